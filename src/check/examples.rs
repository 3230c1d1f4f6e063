//! Pattern rows on their own examples: each row alone decides its example and not its counterexample.

use std::mem;

use crate::analyzer::{Analysis, Analyzer};
use crate::attribution::Kind;
use crate::document::Document;
use crate::lexicon::Lexicons;
use crate::lexicon::cells::{Origin, Table};
use crate::lexicon::files::{Files, Source};
use crate::lexicon::pattern::{PatternRow, Patterns, Verdict};
use crate::lexicon::tsv::{Row, each_row};
use crate::notation::{Annotated, Part};
use crate::scan::Speech;

/// Tells file, line and message of every row that does not do what it says. The lexicons come back as they were.
pub(super) fn check(files: &Files, lexicons: &mut Lexicons, mut tell: impl FnMut(&str, u64, String)) {
    for list in List::ALL {
        let sources = files.get(list.file());
        let rows: Vec<Vec<Row<PatternRow>>> = sources.iter().map(rows).collect();
        let all: Vec<Row<PatternRow>> = rows.iter().flatten().cloned().collect();
        for (source, rows) in sources.iter().zip(rows) {
            let own = Table::of(source).origin != Origin::Embedded;
            for row in rows {
                let mut messages = judge(list, &row, &all, lexicons);
                if own && row.value.verdict != Verdict::Part && row.value.example.is_empty() {
                    messages
                        .push(format!("it has no example: write a text that it decides, in braces as in {EXAMPLE}"));
                }
                for message in messages {
                    tell(&source.file, row.line, format!("row {}: {message}", row.value.name));
                }
            }
        }
    }
}

/// Tells file, line and message of every row whose expression cannot be read; rows that cannot be read at all are told elsewhere.
pub(super) fn compile(sources: &[Source], mut tell: impl FnMut(&str, u64, String)) {
    let rows: Vec<Vec<Row<PatternRow>>> = sources.iter().map(rows).collect();
    let all: Vec<Row<PatternRow>> = rows.iter().flatten().cloned().collect();
    if Patterns::new(in_file("", all.clone())).is_ok() {
        return;
    }
    for (source, rows) in sources.iter().zip(&rows) {
        for row in rows {
            if let Err(error) = Patterns::new(in_file(&source.file, alone(row, &all))) {
                tell(&source.file, row.line, error.message);
            }
        }
    }
}

const EXAMPLE: &str = "“{content:We won,}” {cue:said} {source:Ann Lee}.";

fn rows(source: &Source) -> Vec<Row<PatternRow>> {
    each_row(&source.file, &source.text).filter_map(Result::ok).collect()
}

/// The lists of patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    Patterns,
    Relays,
    Addressees,
}

impl List {
    const ALL: [List; 3] = [List::Patterns, List::Relays, List::Addressees];

    fn file(self) -> &'static str {
        match self {
            List::Patterns => "patterns.tsv",
            List::Relays => "relays.tsv",
            List::Addressees => "addressees.tsv",
        }
    }

    fn of(self, lexicons: &mut Lexicons) -> &mut Patterns {
        match self {
            List::Patterns => &mut lexicons.patterns,
            List::Relays => &mut lexicons.relays,
            List::Addressees => &mut lexicons.addressees,
        }
    }

    /// The quotations that the row decided.
    fn decided(self, row: &PatternRow, analysis: &Analysis) -> Vec<usize> {
        let decided = |number: &usize| {
            let attribution = &analysis.attributions[*number];
            match self {
                List::Patterns => attribution.rule == row.name,
                List::Relays => attribution.via.is_some(),
                List::Addressees => attribution.addressee.is_some(),
            }
        };
        (0..analysis.attributions.len()).filter(decided).collect()
    }
}

/// What the row alone makes of its example and counterexample, where that is not what it should.
fn judge(list: List, row: &Row<PatternRow>, all: &[Row<PatternRow>], lexicons: &mut Lexicons) -> Vec<String> {
    let mut messages = Vec::new();
    if row.value.example.is_empty() && row.value.counterexample.is_empty() {
        return messages;
    }
    let alone = Patterns::new(in_file(list.file(), trial(row, all)));
    let Ok(alone) = alone else { return messages };
    let together = mem::replace(list.of(lexicons), alone);
    // Weights stand for rows by their place among all, and a row alone decides what it proposes.
    let ranker = mem::take(&mut lexicons.ranker);
    let decided = example(list, &row.value, lexicons).unwrap_or_else(|message| {
        messages.push(message);
        None
    });
    messages.extend(counterexample(list, &row.value, lexicons).err());
    *list.of(lexicons) = together;
    lexicons.ranker = ranker;
    // What a hint proposes may be overruled.
    if let Some((expected, decided)) = decided.filter(|_| row.value.verdict != Verdict::Hint) {
        messages.extend(in_order(&row.value, &expected, &decided, lexicons).err());
    }
    messages
}

/// The row with the parts that expressions are made of.
fn alone(row: &Row<PatternRow>, all: &[Row<PatternRow>]) -> Vec<Row<PatternRow>> {
    all.iter().filter(|other| other.value.verdict == Verdict::Part).chain([row]).cloned().collect()
}

fn in_file(file: &str, rows: Vec<Row<PatternRow>>) -> impl Iterator<Item = (&str, Row<PatternRow>)> {
    rows.into_iter().map(move |row| (file, row))
}

/// The row alone. One that takes the source of another quotation needs the others to find that; it is tried first.
fn trial(row: &Row<PatternRow>, all: &[Row<PatternRow>]) -> Vec<Row<PatternRow>> {
    let mut trial = alone(row, all);
    if row.value.pattern.split_whitespace().any(|word| word.starts_with("source=") && word.contains("OTHER")) {
        let is_other =
            |other: &&Row<PatternRow>| other.value.verdict != Verdict::Part && other.value.name != row.value.name;
        trial.extend(all.iter().filter(is_other).cloned());
    }
    trial
}

/// An example as it should come out, and the quotations that the row decided.
type Decided = Option<(Annotated, Vec<usize>)>;

fn example(list: List, row: &PatternRow, lexicons: &Lexicons) -> Result<Decided, String> {
    if row.example.is_empty() {
        return Ok(None);
    }
    let expected = Annotated::parse(&with_paragraphs(&row.example)).map_err(|error| format!("example: {error}"))?;
    let analysis = analyze(&expected.text, lexicons);
    let decided = list.decided(row, &analysis);
    if decided.is_empty() {
        return Err("it does not decide its example: change one of them".into());
    }
    let other = decided.iter().all(|number| analysis.attributions[*number].kind == Kind::Other);
    let proposes_nobody = row.verdict == Verdict::Hint && !row.pattern.contains("source=");
    if other != (list == List::Patterns && (row.verdict == Verdict::Other || proposes_nobody)) {
        return Err("its example comes out with the other verdict: change the verdict or the example".into());
    }
    let found =
        Annotated::of(&expected.text, &analysis, |number| decided.contains(&number)).only(&compared(row, &expected));
    if found != expected {
        return Err(format!("its example comes out as {found}: change the pattern or the example"));
    }
    Ok(Some((expected, decided)))
}

fn counterexample(list: List, row: &PatternRow, lexicons: &Lexicons) -> Result<(), String> {
    if row.counterexample.is_empty() {
        return Ok(());
    }
    let text = Annotated::parse(&with_paragraphs(&row.counterexample))
        .map_err(|error| format!("counterexample: {error}"))?
        .text;
    if list.decided(row, &analyze(&text, lexicons)).is_empty() {
        return Ok(());
    }
    Err("it decides its counterexample: narrow the pattern or change the counterexample".into())
}

/// The example among all rows: one before may decide it, but not otherwise.
fn in_order(row: &PatternRow, expected: &Annotated, decided: &[usize], lexicons: &Lexicons) -> Result<(), String> {
    let analysis = analyze(&expected.text, lexicons);
    let found =
        Annotated::of(&expected.text, &analysis, |number| decided.contains(&number)).only(&compared(row, expected));
    if found == *expected {
        return Ok(());
    }
    let rules: Vec<&str> = decided.iter().map(|number| analysis.attributions[*number].rule.as_str()).collect();
    Err(format!(
        "among all rows its example comes out as {found}, by {}: move the row up or change the example",
        rules.join(", ")
    ))
}

/// What is compared: contents, what the pattern names, what the example marks.
fn compared(row: &PatternRow, expected: &Annotated) -> Vec<Part> {
    let names = |part: &Part| {
        row.pattern.split_whitespace().any(|word| word.split('=').next() == Some(part.name()) && word.contains('='))
    };
    let mut parts = expected.parts();
    parts.extend(Part::ALL.into_iter().filter(names));
    parts.push(Part::Content);
    parts
}

/// A cell has one line: `¶` stands where a paragraph begins.
fn with_paragraphs(example: &str) -> String {
    example.replace(" ¶ ", "\n\n")
}

fn analyze(text: &str, lexicons: &Lexicons) -> Analysis {
    let document = Document { id: "example".into(), text: text.to_owned(), ..Document::default() };
    Analyzer::new(lexicons).with_speech(Speech::WithTurns).analyze(&document)
}
