//! The sample articles in, the tables out: the exact bytes (`tests/golden/`), and what a careful reader finds in the
//! articles (`tests/expected/data_quotes.tsv`), down to a list of known misses that only gets shorter.
//!
//! `UPDATE=1 cargo test` rewrites the tables, and takes out of the list of misses what has become right. A new miss is
//! never written by a test: it is mended, or listed by hand.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use serde::de::DeserializeOwned;

const TABLES: [&str; 5] = ["quotes", "stances", "documents", "speakers", "relations"];

/// Columns of `known_misses.tsv`.
const MISSES_HEAD: &str = "\
# What onrecord still gets wrong in the sample articles. tests/golden.rs holds this list: a miss that has become right
# must go (UPDATE=1 cargo test takes it out), a new one fails the test. file and quotation as in data_quotes.tsv, the
# quotation's first 40 characters; column: row, speaker, type, via, stance; output: what comes out instead.
file\tquotation\tcolumn\toutput
";

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn updating() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

/// The tables of the sample articles, as text, in the order of [`TABLES`].
fn scan(threads: &str) -> [String; 5] {
    let out = tempfile::tempdir().expect("room for the tables");
    let done = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["scan", "data", "--gazetteer", "data/gazetteer.tsv", "--quiet", "--threads", threads, "-o"])
        .arg(out.path())
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the binary starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    // Where a document stands is written as the system writes paths.
    let read = |table| fs::read_to_string(out.path().join(format!("{table}.csv"))).expect("a table");
    TABLES.map(|table| read(table).replace(std::path::MAIN_SEPARATOR, "/"))
}

#[test]
fn the_tables_are_the_golden_ones_with_one_thread_and_with_eight() {
    let tables = scan("1");
    if updating() {
        for (name, table) in TABLES.iter().zip(&tables) {
            fs::write(path(&format!("tests/golden/{name}.csv")), table).expect("the golden table can be written");
        }
    }
    for (name, (table, with_eight)) in TABLES.iter().zip(tables.iter().zip(scan("8"))) {
        assert!(*table == with_eight, "{name}.csv: eight threads write other bytes than one");
        let golden = read(&format!("tests/golden/{name}.csv"));
        let differs = table.lines().zip(golden.lines()).find(|(now, golden)| now != golden);
        assert!(
            *table == golden,
            "{name}.csv is not tests/golden/{name}.csv ({} lines, golden {}); first difference, now and golden: {differs:#?}; \
             UPDATE=1 cargo test rewrites it if the new one is right",
            table.lines().count(),
            golden.lines().count(),
        );
    }
}

/// A row of `data_quotes.tsv`.
#[derive(Clone, Debug, Deserialize)]
struct Expected {
    file: String,
    kind: String,
    quotation: String,
    speaker: String,
    speaker_type: String,
    speaker_also: String,
    via: String,
    stances: String,
}

/// A row of the quotes table.
#[derive(Debug, Deserialize)]
struct Quote {
    #[serde(rename = "quote_id")]
    id: String,
    doc_id: String,
    text: String,
    speaker: String,
    speaker_type: String,
    speaker_mention: String,
    via: String,
}

/// A row of the stances table.
#[derive(Debug, Deserialize)]
struct Stance {
    quote_id: String,
    target: String,
    target_mention: String,
    #[serde(rename = "stance")]
    position: String,
}

/// A row of the documents table.
#[derive(Debug, Deserialize)]
struct Article {
    doc_id: String,
    location: String,
}

/// What is wrong in one column of one quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Miss {
    file: String,
    quotation: String,
    column: String,
    output: String,
}

impl Miss {
    fn line(&self) -> String {
        format!("{}\t{}\t{}\t{}", self.file, self.quotation, self.column, self.output)
    }

    /// Which quotation and column it is of.
    fn place(&self) -> [&str; 3] {
        [&self.file, &self.quotation, &self.column]
    }
}

#[test]
fn what_a_careful_reader_finds_is_found_down_to_the_known_misses() {
    let misses = misses();
    let known: Vec<Miss> = read("tests/expected/known_misses.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [file, quotation, column, output] = cells[..] else {
                panic!("known_misses.tsv: not four cells: {line}")
            };
            let [file, quotation, column, output] = [file, quotation, column, output].map(str::to_owned);
            Miss { file, quotation, column, output }
        })
        .collect();
    let is_listed = |miss: &Miss| known.iter().any(|known| known.place() == miss.place());
    let (listed, new): (Vec<Miss>, Vec<Miss>) = misses.into_iter().partition(is_listed);
    if updating() {
        let lines: Vec<String> = listed.iter().map(|miss| miss.line() + "\n").collect();
        let text = format!("{MISSES_HEAD}{}", lines.concat());
        fs::write(path("tests/expected/known_misses.tsv"), text).expect("the list can be written");
    } else {
        let mended = lines(known.iter().filter(|miss| !listed.contains(miss)));
        assert!(
            mended.is_empty(),
            "these are right now, or wrong in another way: look, then UPDATE=1 cargo test:\n{mended}"
        );
    }
    let new = lines(new.iter());
    assert!(
        new.is_empty(),
        "these came out right before: mend them (or list them in tests/expected/known_misses.tsv):\n{new}"
    );
}

fn lines<'a>(misses: impl Iterator<Item = &'a Miss>) -> String {
    misses.map(|miss| miss.line() + "\n").collect()
}

/// Everything in which the tables differ from what a careful reader finds, in order.
fn misses() -> Vec<Miss> {
    let [quotes, stances, documents, ..] = scan("2");
    let stances: Vec<Stance> = rows(&stances, b',');
    let articles = articles(&rows(&documents, b','));
    let expected: Vec<Expected> = rows(&read("tests/expected/data_quotes.tsv"), b'\t');
    let mut quotes: Vec<Quote> = rows(&quotes, b',');
    let mut misses = Vec::new();
    for expected in &expected {
        assert!(articles.contains_key(&expected.file), "data_quotes.tsv: no article {}", expected.file);
        let is_it = |quote: &Quote| articles.get(&expected.file) == Some(&quote.doc_id) && expected.is_text_of(quote);
        let quote = quotes.iter().position(is_it).map(|at| quotes.remove(at));
        let stances: Vec<&Stance> =
            stances.iter().filter(|stance| quote.as_ref().is_some_and(|quote| quote.id == stance.quote_id)).collect();
        misses.extend(expected.wrong(quote.as_ref(), &stances));
    }
    for quote in quotes {
        let file = articles.iter().find(|(_, id)| **id == quote.doc_id).map_or("", |(file, _)| file);
        let quotation = beginning(&quote.text);
        let output = format!("an extra row, by {}", or_nobody(&quote.speaker));
        misses.push(Miss { file: file.to_owned(), quotation, column: "row".to_owned(), output });
    }
    misses
}

fn rows<T: DeserializeOwned>(table: &str, delimiter: u8) -> Vec<T> {
    let mut reader = csv::ReaderBuilder::new();
    reader.delimiter(delimiter).quoting(delimiter == b',');
    reader.from_reader(table.as_bytes()).deserialize().map(|row| row.expect("a row of the table")).collect()
}

/// From an article's name in `data_quotes.tsv` to its id: `wire.jsonl#ID`, `reader_mail.csv#N` for the Nth row.
fn articles(documents: &[Article]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut row = 0;
    for Article { doc_id, location } in documents {
        let name = location.trim_start_matches("data/");
        let (file, line) = name.split_once(':').unwrap_or((name, ""));
        row = file.strip_suffix(".csv").map_or(0, |_| row + 1);
        let key = match line {
            "" => file.to_owned(),
            _ if row > 0 => format!("{file}#{row}"),
            _ => format!("{file}#{doc_id}"),
        };
        found.insert(key, doc_id.clone());
    }
    found
}

impl Expected {
    fn is_speech(&self) -> bool {
        self.kind == "direct" || self.kind == "mixed"
    }

    /// Whether the row is this quotation's. Of a long one the list gives both ends; of one whose closing mark is missing
    /// nobody knows the end.
    fn is_text_of(&self, quote: &Quote) -> bool {
        let text = quote.text.replace('\n', "\\n");
        match self.quotation.split_once(" … ") {
            Some((start, end)) => text.starts_with(start) && text.ends_with(end),
            None if self.kind == "damaged" => text.starts_with(&self.quotation),
            None => text == self.quotation,
        }
    }

    /// The misses of its row, which may be missing itself.
    fn wrong(&self, quote: Option<&Quote>, stances: &[&Stance]) -> Vec<Miss> {
        let miss = |column: &str, output: String| Miss {
            file: self.file.clone(),
            quotation: beginning(&self.quotation),
            column: column.to_owned(),
            output,
        };
        let quote = match (quote, self.is_speech()) {
            (Some(quote), true) => quote,
            (None, true) => return vec![miss("row", "no row".to_owned())],
            (Some(quote), false) if self.kind != "damaged" => {
                return vec![miss("row", format!("a row, by {}: {}", or_nobody(&quote.speaker), self.kind))];
            }
            _ => return Vec::new(),
        };
        let mut found = Vec::new();
        let speaker = plain(&quote.speaker);
        if speaker != plain(&self.speaker) && (self.speaker_also.is_empty() || speaker != plain(&self.speaker_also)) {
            let mention = or_nobody(&quote.speaker_mention);
            found.push(miss("speaker", format!("{} ({mention}), not {}", or_nobody(&quote.speaker), self.speaker)));
        } else if quote.speaker_type != self.speaker_type && speaker == plain(&self.speaker) {
            found.push(miss("type", format!("{}, not {}", quote.speaker_type, self.speaker_type)));
        }
        if !overlap(&quote.via, &self.via) {
            found.push(miss("via", format!("{}, not {}", or_nobody(&quote.via), or_nobody(&self.via))));
        }
        for (target, wanted) in self.stances.split("; ").filter_map(|stance| stance.rsplit_once(':')) {
            let is_target = |stance: &&&Stance| {
                [&stance.target, &stance.target_mention].into_iter().any(|name| plain(name) == plain(target))
            };
            match stances.iter().find(is_target) {
                Some(stance) if stance.position == wanted => {}
                Some(stance) => {
                    found.push(miss(&format!("stance {target}"), format!("{}, not {wanted}", stance.position)));
                }
                None => found.push(miss(&format!("stance {target}"), format!("none, not {wanted}"))),
            }
        }
        found
    }
}

fn or_nobody(name: &str) -> &str {
    if name.is_empty() { "nobody" } else { name }
}

/// The first 40 characters on one line.
fn beginning(text: &str) -> String {
    text.replace('\n', "\\n").chars().take(40).collect()
}

/// A name without case and article: whether a nominal keeps its `the` is a matter of taste.
fn plain(name: &str) -> String {
    let name = name.to_lowercase().replace('’', "'");
    ["the ", "a ", "an "].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(&name).to_owned()
}

/// Whether the two share a word of weight, or are both empty: titles and descriptions may be in or out.
fn overlap(found: &str, expected: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let separators = |character: char| !character.is_alphanumeric() && character != '-';
        let words = text.split(separators).map(str::to_lowercase);
        words.filter(|word| !matches!(word.as_str(), "" | "the" | "a" | "an" | "of" | "s")).collect()
    };
    let (found, expected) = (words(found), words(expected));
    (found.is_empty() && expected.is_empty()) || found.iter().any(|word| expected.contains(word))
}
