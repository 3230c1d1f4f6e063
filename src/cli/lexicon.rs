//! `onrecord lexicon`: check the word lists, try them on a text, write the built-in ones out.

use std::error::Error;
use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::{LexiconOptions, Outcome, print, say};
use crate::check::{self, Severity};
use crate::input::pairs::Place;
use crate::lexicon::Lexicons;
use crate::lexicon::files::EMBEDDED;
use crate::output::NewFile;
use crate::stance::trace::trace;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check a folder of word lists as `scan --lexicons` would use it; without one, the built-in lists
    ///
    /// Faults go to standard output, one a line: file, line, what is wrong, what to do. Exit code 0: no fault
    /// (notes are none), 1: faults, 2: a file that cannot be read at all.
    Check {
        /// The folder
        dir: Option<PathBuf>,
        /// Gazetteer files to check with it
        #[arg(long, value_name = "FILE")]
        gazetteer: Vec<PathBuf>,
    },
    /// Show what the stance lists find in a text: every hit, its row, and whom it was bound to
    Try {
        /// The text; it needs no quotation marks
        text: String,
        /// The party that is judged, as it stands in the text; without it, only the hits are shown
        #[arg(long, value_name = "NAME")]
        target: Option<String>,
        /// Whose view of the target is asked for, as it stands in the text [default: the writer's]
        #[arg(long, value_name = "NAME", requires = "target")]
        source: Option<String>,
        #[command(flatten)]
        lexicons: LexiconOptions,
    },
    /// Write the built-in lists into a folder, for editing; files that are there already stay as they are
    Dump {
        /// The folder
        dir: PathBuf,
    },
}

pub(super) fn run(command: &Command) -> Result<Outcome, Box<dyn Error>> {
    match command {
        Command::Check { dir, gazetteer } => check(dir.as_deref(), gazetteer),
        Command::Try { text, target, source, lexicons } => {
            try_out(text, target.as_deref(), source.as_deref(), &lexicons.load()?)
        }
        Command::Dump { dir } => dump(dir),
    }
}

fn try_out(
    text: &str,
    target: Option<&str>,
    source: Option<&str>,
    lexicons: &Lexicons,
) -> Result<Outcome, Box<dyn Error>> {
    let span = |name: Option<&str>| {
        let place = |name: &str| Place { name: name.to_owned(), ..Place::default() }.span(text);
        let missing = |name: &str| format!("\"{name}\" does not stand in the text: write it as it stands there");
        name.map(|name| place(name).map_err(|_| missing(name))).transpose()
    };
    print(trace(text, span(target)?, span(source)?, lexicons).as_bytes())?;
    Ok(Outcome::Done)
}

fn check(dir: Option<&Path>, gazetteer: &[PathBuf]) -> Result<Outcome, Box<dyn Error>> {
    let (files, gazetteers) = Lexicons::sources(dir, gazetteer)?;
    let faults = check::faults(&files, &gazetteers);
    let mut lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let errors = faults.iter().filter(|fault| fault.severity == Severity::Error).count();
    let notes = match faults.len() - errors {
        0 => String::new(),
        1 => "; 1 note".into(),
        notes => format!("; {notes} notes"),
    };
    lines.push(match errors {
        0 => {
            let counts = check::counts(&files, &gazetteers).into_iter().map(|(count, list)| format!("{count} {list}"));
            let own = check::own_counts(&files, &gazetteers).into_iter();
            let own: Vec<String> = own
                .map(|(file, rows)| format!("{rows} {} of {file}, ", if rows == 1 { "row" } else { "rows" }))
                .collect();
            format!("all good: {}in all {}{notes}", own.concat(), counts.collect::<Vec<_>>().join(", "))
        }
        1 => format!("1 fault{notes}"),
        _ => format!("{errors} faults{notes}"),
    });
    lines.push(String::new());
    print(lines.join("\n").as_bytes())?;
    Ok(if errors == 0 { Outcome::Done } else { Outcome::SomeFailed })
}

fn dump(dir: &Path) -> Result<Outcome, Box<dyn Error>> {
    std::fs::create_dir_all(dir)
        .map_err(|error| format!("{}: cannot be made ({error}): name another folder", dir.display()))?;
    let mut written = 0;
    for (name, text) in EMBEDDED {
        let path = dir.join(name);
        if path.exists() {
            say(&format!("{}: is there already, left as it is", path.display()));
            continue;
        }
        // Half a list would replace the whole one.
        NewFile::create(&path)?.finish(text.as_bytes())?;
        written += 1;
    }
    say(&format!("{written} lists written to {}: edit one and scan with --lexicons {0}", dir.display()));
    Ok(Outcome::Done)
}
