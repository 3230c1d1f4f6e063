//! `onrecord gazetteer`: lists of names in other formats to a table for `--gazetteer`.

use std::error::Error;
use std::path::PathBuf;

use clap::Subcommand;

use super::{Outcome, counted, print, say};
use crate::lexicon::Lexicons;
use crate::lexicon::files::read_text;
use crate::lexicon::import::import;
use crate::output::NewFile;

const EXAMPLES: &str = "\
Examples:
  onrecord gazetteer import legislators-current.yaml -o names.tsv   United States legislators
  onrecord gazetteer import ep-popolo-v1.0.json -o names.tsv        a parliament, in Popolo
  onrecord gazetteer import query.csv > names.tsv                   what a Wikidata query found";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Turn a list of people or organisations into a table for --gazetteer
    ///
    /// The format is told by the content: the YAML of the United States legislators list, Popolo JSON, or the result of a
    /// Wikidata query as CSV, TSV or JSON with itemLabel and, as far as there are, item, altLabel, genderLabel, partyLabel,
    /// positionLabel, countryLabel. A record that cannot be used is told and left out. Exit code 0: all taken, 1: some left
    /// out, 2: nothing done.
    #[command(after_help = EXAMPLES)]
    Import {
        /// The list
        file: PathBuf,
        /// File to write to; - for standard output
        #[arg(short, long, value_name = "FILE", default_value = "-", hide_default_value = true)]
        output: PathBuf,
    },
}

/// At most this many records that were left out are told one by one.
const NOTES_SHOWN: usize = 10;

pub(super) fn run(command: &Command) -> Result<Outcome, Box<dyn Error>> {
    let Command::Import { file, output } = command;
    let name = file.display().to_string();
    let text = read_text(file)?;
    let import = import(&name, &text, &Lexicons::embedded())?;
    let table = import.tsv();
    if output.as_os_str() == "-" {
        print(table.as_bytes())?;
    } else {
        NewFile::create(output)?.finish(table.as_bytes())?;
    }
    for note in import.notes.iter().take(NOTES_SHOWN) {
        say(&format!("onrecord: {note}"));
    }
    let more = import.notes.len().saturating_sub(NOTES_SHOWN);
    if more > 0 {
        say(&format!("onrecord: {more} more records were left out or changed"));
    }
    let aliases: usize = import.parties.iter().map(|listed| listed.aliases.len()).sum();
    let (parties, aliases) =
        (counted(import.parties.len(), "party", "parties"), counted(aliases, "other name", "other names"));
    say(&format!("{parties} with {aliases}"));
    Ok(if import.notes.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
}
