//! `onrecord eval`: how often the program is right on articles that people annotated.

use std::error::Error;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{LexiconOptions, Outcome, print, say};
use crate::analyzer::Analyzer;
use crate::attribution::attribute;
use crate::evaluation::calibration::{Decisions, with_confidences};
use crate::evaluation::folder::{self, FolderError, Gold, Pair};
use crate::evaluation::gold::{GoldDocument, gold_document};
use crate::evaluation::judge::Judge;
use crate::evaluation::score::{Tally, predictions};
use crate::lexicon::Lexicons;
use crate::lexicon::files::Files;
use crate::output::NewFile;
use crate::scan::Scan;

const EXAMPLES: &str = "\
Examples:
  onrecord eval annotated                                  precision, recall and F1
  onrecord eval annotated --errors 50 > errors.txt         the figures, and 50 errors to read
  onrecord eval annotated --calibrate mine/patterns.tsv    patterns with confidences of your own";

/// Options of `eval`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Options {
    /// Folder with annotated articles: pairs of .txt and .ann files in brat standoff, with the types Source, Cue, Content
    #[arg(value_name = "GOLD_DIR")]
    gold: PathBuf,

    /// Also about N errors with their context, spread over the kinds of errors
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, help_heading = "Output")]
    errors: usize,
    /// The figures as JSON, for a script
    #[arg(long, conflicts_with = "errors", help_heading = "Output")]
    json: bool,
    /// Measure as if `scan` had this option: no speaker where the confidence is below X, from 0 to 1
    #[arg(long, value_name = "X", default_value_t = 0.0, hide_default_value = true, value_parser = super::confidence, help_heading = "Output")]
    min_confidence: f64,
    /// Write the list of patterns, with confidences fitted to these articles, to FILE
    #[arg(long, value_name = "FILE", conflicts_with_all = ["errors", "json", "min_confidence"], help_heading = "Output")]
    calibrate: Option<PathBuf>,

    #[command(flatten)]
    lexicons: LexiconOptions,
}

pub(super) fn run(options: &Options) -> Result<Outcome, Box<dyn Error>> {
    let files = options.files()?;
    let lexicons = options.lexicons.load()?;
    let judge = Judge::new(&files)?;
    let Gold { pairs, unannotated } = folder::gold(&options.gold)?;
    tell_unannotated(&unannotated);
    match &options.calibrate {
        Some(path) => calibrate(path, &files, &pairs, &judge, &lexicons),
        None => measure(options, &pairs, &judge, &lexicons),
    }
}

/// Tells which texts are not measured.
fn tell_unannotated(texts: &[PathBuf]) {
    let Some(first) = texts.first() else { return };
    let more = if texts.len() > 1 { format!(" and {} more", texts.len() - 1) } else { String::new() };
    let ann = first.with_extension("ann");
    say(&format!(
        "onrecord: {}{more}: not measured, without annotations: annotate it, or add an empty {} where nobody is quoted",
        first.display(),
        ann.file_name().unwrap_or_default().display()
    ));
}

impl Options {
    fn files(&self) -> Result<Files, Box<dyn Error>> {
        let files = Files::embedded();
        Ok(if let Some(folder) = self.lexicons.lexicons.as_deref() { files.overlay(folder)? } else { files })
    }
}

fn measure(options: &Options, pairs: &[Pair], judge: &Judge, lexicons: &Lexicons) -> Result<Outcome, Box<dyn Error>> {
    let mut tally = Tally::default();
    let outcome = each(pairs, lexicons, |gold, _| {
        let analyzer = Analyzer::new(lexicons).with_least_confidence(options.min_confidence);
        let analysis = analyzer.analyze(&gold.document);
        tally.add(judge, &gold, &predictions(&gold.document.text, &analysis, lexicons));
    });
    if outcome != Outcome::Nothing {
        let evaluation = tally.finish();
        if evaluation.annotated + evaluation.indirect == 0 && pairs.iter().any(folder::is_annotated) {
            let folder = options.gold.display();
            say(&format!(
                "onrecord: {folder}: no annotation has the type Content: measured are Source, Cue and Content, rename yours to these"
            ));
        }
        let figures = if options.json { evaluation.json() } else { evaluation.text() };
        print((figures + &evaluation.error_list(options.errors)).as_bytes())?;
    }
    Ok(outcome)
}

/// Gives every article that can be read to `take`, with its scan, and tells of the others.
fn each(pairs: &[Pair], lexicons: &Lexicons, mut take: impl FnMut(GoldDocument, Scan)) -> Outcome {
    let mut failed = 0;
    for pair in pairs {
        match gold_of(pair, lexicons) {
            Ok((gold, scan)) => take(gold, scan),
            Err(error) => {
                say(&format!("onrecord: {error}"));
                failed += 1;
            }
        }
    }
    match failed {
        0 => Outcome::Done,
        _ if failed == pairs.len() => Outcome::Nothing,
        _ => Outcome::SomeFailed,
    }
}

fn gold_of(pair: &Pair, lexicons: &Lexicons) -> Result<(GoldDocument, Scan), FolderError> {
    let (document, reported) = folder::read(pair)?;
    let scan = Scan::of(&document, lexicons);
    let stretches: Vec<_> = scan.quotations.iter().map(|quotation| quotation.span).collect();
    Ok((gold_document(document, &reported, &stretches), scan))
}

fn calibrate(
    path: &Path,
    files: &Files,
    pairs: &[Pair],
    judge: &Judge,
    lexicons: &Lexicons,
) -> Result<Outcome, Box<dyn Error>> {
    let mut decisions = Decisions::default();
    let outcome = each(pairs, lexicons, |gold, scan| {
        let attributions = attribute(&gold.document.text, &scan, lexicons);
        decisions.add(judge, &gold, &scan, &attributions);
    });
    if outcome == Outcome::Nothing {
        return Ok(outcome);
    }
    let fitted = decisions.fit(|_| true);
    let now: Vec<(&str, f64)> = lexicons.patterns.rows.iter().map(|row| (row.name.as_str(), row.confidence)).collect();
    let report = decisions.report(&now, &fitted);
    let mut text = String::new();
    for source in files.get("patterns.tsv") {
        let rows = with_confidences(&source.text, &fitted);
        let is_header = |line: &&str| !text.is_empty() && line.starts_with("name\t");
        let rows: String = rows.split_inclusive('\n').filter(|line| !is_header(line)).collect();
        text += &rows;
    }
    NewFile::create(path)?.finish(text.as_bytes())?;
    print(report.as_bytes())?;
    say(&format!("the patterns with their fitted confidences are in {}", path.display()));
    Ok(outcome)
}
