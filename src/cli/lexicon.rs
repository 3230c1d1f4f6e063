//! `onrecord lexicon`: check the word lists, write the built-in ones out.

use std::error::Error;
use std::path::PathBuf;

use clap::Subcommand;

use super::{Outcome, say};
use crate::lexicon::Lexicons;
use crate::lexicon::files::EMBEDDED;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check a folder of word lists as `scan --lexicons` would use it; without one, the built-in lists
    Check {
        /// The folder
        dir: Option<PathBuf>,
        /// Gazetteer files to check with it
        #[arg(long, value_name = "FILE")]
        gazetteer: Vec<PathBuf>,
    },
    /// Write the built-in lists into a folder, for editing; files that are there already stay as they are
    Dump {
        /// The folder
        dir: PathBuf,
    },
}

pub(super) fn run(command: &Command) -> Result<Outcome, Box<dyn Error>> {
    match command {
        Command::Check { dir, gazetteer } => {
            let lexicons = Lexicons::load(dir.as_deref(), gazetteer)?;
            say(&format!("all good: {}", lexicons.titles.len()));
            Ok(Outcome::Done)
        }
        Command::Dump { dir } => {
            std::fs::create_dir_all(dir).map_err(|error| format!("{}: cannot be made: {error}", dir.display()))?;
            let mut written = 0;
            for (name, text) in EMBEDDED {
                let path = dir.join(name);
                if path.exists() {
                    say(&format!("{}: is there already, left as it is", path.display()));
                    continue;
                }
                std::fs::write(&path, text).map_err(|error| format!("{}: cannot be written: {error}", path.display()))?;
                written += 1;
            }
            say(&format!("{written} lists written to {}: edit one and scan with --lexicons {0}", dir.display()));
            Ok(Outcome::Done)
        }
    }
}
