//! Rows of the stance lists on their own examples, dead rows and rows that say the opposite of one another.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Severity;
use crate::lexicon::Lexicons;
use crate::lexicon::cells::{Line, Table};
use crate::lexicon::columns::known_values;
use crate::lexicon::files::Files;
use crate::lexicon::stance::StanceLexicon;
use crate::lexicon::tsv::values;
use crate::stance::example;

/// Tells severity, file, line and message of every row that does not do what it says.
pub(super) fn check(files: &Files, lexicons: &Lexicons, mut tell: impl FnMut(Severity, &str, u64, String)) {
    let mut sides: FxHashMap<String, Vec<Side>> = FxHashMap::default();
    for list in ["stance.tsv", "frames.tsv", "shifters.tsv"] {
        for source in files.get(list) {
            let table = Table::of(source);
            for row in &table.rows {
                let key = row.cells[0];
                let example = table.cell(row, "example").unwrap_or("");
                if let Some(Err(message)) = (!example.is_empty()).then(|| example::judge(example, lexicons)) {
                    let message = format!("row {key}: its example does not do what it says: {message}");
                    tell(Severity::Error, table.file, row.number, message);
                }
                if list != "shifters.tsv" && is_masked(key, lexicons) {
                    let message = format!("row {key} is dead: masks.tsv has the same words: delete it from one list");
                    tell(Severity::Error, table.file, row.number, message);
                }
                let place = format!("{}:{}", table.file, row.number);
                for (said, pos, value) in sides_of(&table, row) {
                    let known = sides.entry(said.to_lowercase()).or_default();
                    if let Some(other) = known.iter().find(|other| other.pos == pos && other.value * value < 0.0) {
                        let message = format!(
                            "row {key} says {value:+} of \"{said}\", {} says {:+}: the first holds, delete one",
                            other.place, other.value
                        );
                        tell(Severity::Error, table.file, row.number, message);
                    }
                    let another = |other: &&Side| (other.pos == PHRASE) != (pos == PHRASE);
                    if list == "stance.tsv"
                        && let Some(other) = known.iter().find(another)
                    {
                        let dead = if pos == PHRASE { "here" } else { "there" };
                        let message = format!(
                            "row {key}: \"{said}\" stands in {} as {} too: the phrase, {dead}, never counts, delete it",
                            other.place, other.pos
                        );
                        tell(Severity::Error, table.file, row.number, message);
                    }
                    known.push(Side { pos, value, place: place.clone() });
                }
            }
        }
    }
}

/// Tells severity, line and message of every row of a stance list in which a cell is likely meant otherwise.
pub(super) fn cells(name: &str, table: &Table<'_>, mut tell: impl FnMut(Severity, u64, String)) {
    if name != "frames.tsv" {
        return;
    }
    let objects = known_values(name, "object");
    for row in &table.rows {
        let object = table.cell(row, "object").unwrap_or("");
        if let Some(object) = values(object).find(|object| !objects.contains(object)) {
            let message = format!(
                "object \"{object}\" is in no built-in row: write direct, or the preposition before the object"
            );
            tell(Severity::Note, row.number, message);
        }
    }
}

/// Tells file, line and message of every camp with a rival that has no row: the two would not oppose each other.
pub(super) fn rivals(tables: &[Table<'_>], mut tell: impl FnMut(&str, u64, String)) {
    let camps: FxHashSet<(&str, &str)> = tables
        .iter()
        .flat_map(|table| table.rows.iter().map(|row| (cell(table, row, "country"), cell(table, row, "party"))))
        .collect();
    for table in tables {
        for row in &table.rows {
            let country = cell(table, row, "country");
            let unknown = |rival: &&str| !camps.contains(&(country, *rival));
            if let Some(rival) = values(cell(table, row, "rivals")).find(unknown) {
                let message = format!(
                    "rivals \"{rival}\" is the party of no row with country \"{country}\": correct it, or add a row for it"
                );
                tell(table.file, row.number, message);
            }
        }
    }
}

/// A row's cell in a column, empty where there is none.
fn cell<'a>(table: &Table<'a>, row: &Line<'a>, column: &str) -> &'a str {
    table.cell(row, column).unwrap_or("")
}

/// Words that the list has as a verb, noun or adjective are read as such.
const PHRASE: &str = "phrase";

/// What a row says of one of its forms.
struct Side {
    pos: String,
    value: f32,
    place: String,
}

/// The forms of a row with their part of speech and value: the stance toward the object, where it has one.
fn sides_of<'a>(table: &Table<'a>, row: &Line<'a>) -> Vec<(&'a str, String, f32)> {
    let number = |column: &str| table.cell(row, column).and_then(|cell| cell.parse::<f32>().ok()).unwrap_or(0.0);
    let value = [number("value"), number("to_object"), number("of_object"), number("of_agent")];
    let value = value.into_iter().find(|value| *value != 0.0).unwrap_or(0.0);
    let pos = table.cell(row, "pos").unwrap_or("").to_owned();
    let forms = values(table.cell(row, "forms").unwrap_or(""));
    [row.cells[0]].into_iter().chain(forms).map(|form| (form, pos.clone(), value)).collect()
}

/// Whether a mask takes the whole row.
fn is_masked(words: &str, lexicons: &Lexicons) -> bool {
    let numbers: Vec<_> = words.split_whitespace().map(|word| lexicons.words.find(word)).collect();
    let longest = lexicons.stance.longest(&numbers);
    longest.is_some_and(|(length, senses)| length == numbers.len() && senses.iter().any(StanceLexicon::is_mask))
}
