//! Fits the numbers of `targets.tsv` on articles whose stances people annotated:
//!
//! ```text
//! cargo run --release --example fit_stances -- decision GOLD.jsonl DOCS.jsonl [LEXICONS] > targets.tsv
//! cargo run --release --example fit_stances -- confidence GOLD.jsonl DOCS.jsonl [LEXICONS] > targets.tsv
//! ```
//!
//! GOLD has an object a quoted stretch: `doc_id`, `start`, `end` in code points, `kind`, `targets` (`name`, `stance`, empty
//! where the annotators differ) and `one_sided_targets`, how many only one of them saw; DOCS the articles' `id` and `text`.
//! LEXICONS is a folder that is laid over the embedded lists.
//!
//! `decision` turns the weights, `pooling` and the thresholds, each by small steps from what the file says, as long as the
//! expected macro-F1 of the stances grows by more than the way costs. A verdict's likelihood is that of an ordinal logistic
//! model around the threshold; a party that is not found counts as wrong, one that is not spoken of only where a verdict is
//! made of it, and opposite verdicts count once more. No weight changes its sign. What is gained is told, and by
//! cross-validation over the articles what would be on others.
//!
//! `confidence` counts, for the decision as it stands. The confidence of a row is that of its rule (the party is spoken of)
//! times that of its verdict. A rule has the share of its parties that are spoken of, drawn toward what stands in the file as
//! if ten more were right as often; the verdicts have their share for neutral, and a line over the score for the others.

mod confidence;
mod decision;
mod gold;

use std::error::Error;
use std::io::{Write, stdout};
use std::path::Path;

use onrecord::Lexicons;
use onrecord::lexicon::files::Files;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, gold, documents, folder @ ..] = arguments.as_slice() else {
        return Err("fit_stances: say what to fit to what: decision or confidence, GOLD.jsonl DOCS.jsonl".into());
    };
    let files = Files::embedded();
    let files = if let Some(folder) = folder.first() { files.overlay(Path::new(folder))? } else { files };
    let mut lexicons = Lexicons::read(&files, &[])?;
    let articles = gold::read(gold, documents, &lexicons)?;
    match what.as_str() {
        "decision" => {
            let numbers = decision::fitted(&articles, &mut lexicons);
            print(&files, |name| numbers.get(name).map(f64::from))?;
        }
        "confidence" => {
            let fitted = confidence::fitted(&articles, &lexicons);
            print(&files, |name| fitted.value(name))?;
        }
        other => return Err(format!("fit_stances: \"{other}\" is nothing to fit: say decision or confidence").into()),
    }
    Ok(())
}

/// targets.tsv with what was fitted.
fn print(files: &Files, value: impl Fn(&str) -> Option<f64>) -> std::io::Result<()> {
    let text = files.get("targets.tsv").first().map_or("", |source| source.text.as_ref());
    let mut out = stdout().lock();
    for line in text.lines() {
        let cells: Vec<&str> = line.splitn(3, '\t').collect();
        match (cells.as_slice(), cells.first().and_then(|name| value(name))) {
            ([name, old, rest], Some(value)) if !line.starts_with('#') => {
                let same = old.parse::<f64>().is_ok_and(|old| (old - value).abs() < 0.005);
                let shown = if same { (*old).to_owned() } else { format!("{value:.2}") };
                writeln!(out, "{name}\t{shown}\t{rest}")?;
            }
            _ => writeln!(out, "{line}")?,
        }
    }
    Ok(())
}
