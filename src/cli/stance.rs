//! `onrecord stance`: what texts say of parties that are given with them.

use std::error::Error;
use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;

use super::{LexiconOptions, Outcome, print, say};
use crate::input::pairs::{Pair, read_pairs};
use crate::input::{self, Failure, Input, Inputs};
use crate::lexicon::Lexicons;
use crate::output::{NewFile, OutputError};
use crate::rounding::shown;
use crate::stance::pairs::judge;

const EXAMPLES: &str = "\
Examples:
  onrecord stance pairs.csv -o stances.csv      columns id, text, target and perhaps source
  onrecord stance pairs.jsonl -o stances.csv    lines {\"id\": …, \"text\": …, \"target\": {\"name\": …}}
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
    let output = options.output(&inputs)?;
    let pairs: Vec<_> = inputs.files.iter().flat_map(read_pairs).collect();
    let judged: Vec<_> = pairs.into_par_iter().map(|pair| row(&pair?, &lexicons)).collect();
    let (rows, failures): (Vec<_>, Vec<_>) = judged.into_iter().partition(Result::is_ok);
    let rows: Vec<_> = rows.into_iter().flatten().collect();
    for failure in failures.iter().filter_map(|failure| failure.as_ref().err()) {
        say(&format!("onrecord: {failure}"));
    }
    if rows.is_empty() && !failures.is_empty() {
        return Ok(Outcome::Nothing);
    }
    write(output, &table(&rows)?)?;
    Ok(if failures.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
}

fn row(pair: &Pair, lexicons: &Lexicons) -> Result<[String; 4], Failure> {
    let blame = |error| pair.failure(format!("pair {}: {error}", pair.id));
    let target = pair.target.span(&pair.text).map_err(blame)?;
    let source = pair.source.as_ref().map(|source| source.span(&pair.text)).transpose().map_err(blame)?;
    let view = judge(&pair.text, target, source, lexicons);
    Ok([pair.id.clone(), view.position.polarity().into(), shown(view.score).to_string(), view.evidence])
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
    /// The file to write; none where that is standard output.
    fn output(&self, inputs: &Inputs) -> Result<Option<NewFile>, Box<dyn Error>> {
        if self.output == Path::new("-") {
            return Ok(None);
        }
        let same = |input: &&Input| {
            let paths = [Path::new(&input.name), &self.output].map(std::fs::canonicalize);
            matches!(paths, [Ok(input), Ok(output)] if input == output && input.is_file())
        };
        if let Some(input) = inputs.files.iter().find(same) {
            return Err(format!("{}: would be written over: name another file with -o", input.name).into());
        }
        let begun = super::remove_when_stopped("nothing was written");
        let file = NewFile::create(&self.output)?;
        let _ = begun.set(file.unfinished());
        Ok(Some(file))
    }
}

fn write(output: Option<NewFile>, table: &[u8]) -> Result<(), OutputError> {
    output.map_or_else(|| print(table), |file| file.finish(table))
}
