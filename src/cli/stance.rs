//! `onrecord stance`: what texts say of parties that are given with them.

use std::error::Error;
use std::io::{ErrorKind, Write, stdout};
use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;

use super::{LexiconOptions, Outcome};
use crate::input::{
    self,
    pairs::{Pair, read_pairs},
};
use crate::lexicon::Lexicons;
use crate::stance::pairs::judge;

const EXAMPLES: &str = "\
Examples:
  onrecord stance pairs.jsonl -o stances.csv        {\"id\": \"1\", \"text\": \"Lee lied.\", \"target\": {\"name\": \"Lee\"}}
  onrecord stance pairs.csv -o stances.csv          columns id, text, target and perhaps source
  head pairs.jsonl | onrecord stance - -o - --lexicons mine";

/// Options of `stance`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Options {
    /// A file of pairs (JSON lines, CSV or TSV), or - for standard input
    ///
    /// Each has an id, a text, the target that is judged, and perhaps a source, whose view of it is asked for. In JSON
    /// lines target and source are objects with name, start and end (in characters; without them the first place where
    /// the name stands is meant); in tables they are columns, with `target_start`, `target_end`, `source_start` and `source_end`.
    #[arg(value_name = "PAIRS")]
    input: PathBuf,

    /// Format of standard input and of files whose name does not tell: jsonl, csv, tsv
    #[arg(long, value_name = "FORMAT", help_heading = "Input")]
    input_format: Option<input::Format>,

    /// File to write: id, label (negative, neutral, positive), score (-1 to 1) and evidence, as CSV; - for standard output
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: PathBuf,

    #[command(flatten)]
    lexicons: LexiconOptions,
}

pub(super) fn run(options: &Options) -> Result<Outcome, Box<dyn Error>> {
    let lexicons = options.lexicons.load()?;
    let input_options = input::Options { format: options.input_format, ..input::Options::default() };
    let inputs = input::expand(std::slice::from_ref(&options.input), &input_options)?;
    let mut pairs = Vec::new();
    for file in &inputs.files {
        pairs.extend(read_pairs(file)?);
    }
    let rows = pairs.par_iter().map(|pair| row(pair, &lexicons)).collect::<Result<Vec<_>, String>>()?;
    options.write(&table(&rows)?)?;
    Ok(Outcome::Done)
}

fn row(pair: &Pair, lexicons: &Lexicons) -> Result<[String; 4], String> {
    let blame = |error| format!("pair {}: {error}", pair.id);
    let target = pair.target.span(&pair.text).map_err(blame)?;
    let source = pair.source.as_ref().map(|source| source.span(&pair.text)).transpose().map_err(blame)?;
    let view = judge(&pair.text, target, source, lexicons);
    // Adding 0 makes -0 a 0.
    let score = (view.score * 1000.0).round() / 1000.0 + 0.0;
    Ok([pair.id.clone(), view.position.polarity().into(), score.to_string(), view.evidence])
}

fn table(rows: &[[String; 4]]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["id", "label", "score", "evidence"])?;
    for row in rows {
        writer.write_record(row)?;
    }
    Ok(writer.into_inner()?)
}

impl Options {
    fn write(&self, table: &[u8]) -> Result<(), String> {
        if self.output != Path::new("-") {
            let blame =
                |error| format!("{}: cannot be written ({error}): name another file with -o", self.output.display());
            return std::fs::write(&self.output, table).map_err(blame);
        }
        match stdout().lock().write_all(table) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("standard output: {error}")),
            _ => Ok(()),
        }
    }
}
