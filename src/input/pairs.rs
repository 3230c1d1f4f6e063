//! Pairs of a text and a party to be judged by themselves: JSON lines with `text`, `target` and perhaps `source`, or CSV
//! and TSV with the same in columns. Offsets count code points, half-open, and may be missing: then the first place where the
//! name stands is meant.

use serde::Deserialize;

use super::encoding::decode_owned;
use super::source::Source;
use super::{Format, Input};
use crate::Span;

/// A text and the party that is to be judged in it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Pair {
    /// Names the pair in the result.
    pub id: String,
    /// The text.
    pub text: String,
    /// The party that is judged.
    pub target: Place,
    /// Whose view of it is asked for; none for the view of the text itself.
    pub source: Option<Place>,
}

/// A party in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Place {
    /// As it stands there.
    pub name: String,
    /// First code point.
    #[serde(default)]
    pub start: Option<usize>,
    /// One past the last code point.
    #[serde(default)]
    pub end: Option<usize>,
}

impl Place {
    /// The bytes of `text` that it names.
    ///
    /// # Errors
    /// A message where they are not in the text.
    pub fn span(&self, text: &str) -> Result<Span, String> {
        let (Some(start), Some(end)) = (self.start, self.end) else {
            let found = text.find(&self.name).filter(|_| !self.name.is_empty());
            let missing =
                || format!("\"{}\" does not stand in its text: correct the name, or give start and end", self.name);
            return found.map(|start| Span::new(start, start + self.name.len())).ok_or_else(missing);
        };
        let byte = |place: usize| text.char_indices().map(|(byte, _)| byte).chain([text.len()]).nth(place);
        let outside = || {
            let length = text.chars().count();
            format!("{start} to {end} is no stretch of its text of {length} characters: correct start and end")
        };
        match (byte(start), byte(end)) {
            (Some(from), Some(to)) if from < to => Ok(Span::new(from, to)),
            _ => Err(outside()),
        }
    }
}

/// All pairs of an input, in order.
///
/// # Errors
/// A message with the line of the first record that is no pair, and the remedy.
pub fn read_pairs(input: &Input) -> Result<Vec<Pair>, String> {
    let mut source = Source::open(input, 1 << 16).map_err(|error| format!("{}: {error}", input.name))?;
    while !source.end {
        source.fill();
    }
    if let Some(trouble) = source.trouble() {
        return Err(format!("{}: {trouble}", input.name));
    }
    let (text, _) = decode_owned(source.bytes);
    match input.format {
        Some(Format::Csv) => separated(&input.name, &text, b','),
        Some(Format::Tsv) => separated(&input.name, &text, b'\t'),
        None | Some(Format::Jsonl) => lines(&input.name, &text),
        Some(Format::Json | Format::Txt) => Err(format!(
            "{}: pairs are read from JSON lines, CSV or TSV: say --input-format jsonl, csv or tsv",
            input.name
        )),
    }
}

const JSON_FORM: &str = r#"write {"id": "1", "text": "Lee is brave.", "target": {"name": "Lee"}}"#;

fn lines(name: &str, text: &str) -> Result<Vec<Pair>, String> {
    let filled = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let read = |(number, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|error| {
            let error = error.to_string();
            let reason = error.split(" at line ").next().unwrap_or_default();
            format!("{name}:{number}: no pair ({reason}): {JSON_FORM}")
        })
    };
    filled.map(read).collect()
}

/// A row of a table of pairs.
#[derive(Deserialize)]
struct PairRow {
    id: String,
    text: String,
    target: String,
    target_start: Option<usize>,
    target_end: Option<usize>,
    source: Option<String>,
    source_start: Option<usize>,
    source_end: Option<usize>,
}

impl From<PairRow> for Pair {
    fn from(row: PairRow) -> Self {
        let PairRow { id, text, target, target_start, target_end, source, source_start, source_end } = row;
        let source = source.filter(|name| !name.is_empty());
        Pair {
            id,
            text,
            target: Place { name: target, start: target_start, end: target_end },
            source: source.map(|name| Place { name, start: source_start, end: source_end }),
        }
    }
}

fn separated(name: &str, text: &str, delimiter: u8) -> Result<Vec<Pair>, String> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let rows = reader.deserialize::<PairRow>();
    let blame = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        let reason = match error.kind() {
            csv::ErrorKind::Deserialize { err, .. } => err.to_string(),
            _ => error.to_string(),
        };
        format!("{name}:{line}: no pair ({reason}): give each row the columns id, text and target")
    };
    rows.map(|row| row.map(Pair::from).map_err(blame)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(source: Option<&str>) -> Pair {
        Pair {
            id: "1".into(),
            text: "Lee is brave.".into(),
            target: Place { name: "Lee".into(), start: Some(0), end: Some(3) },
            source: source.map(|name| Place { name: name.into(), start: None, end: None }),
        }
    }

    #[test]
    fn json_lines_and_tables_say_the_same() {
        let line = r#"{"id": "1", "text": "Lee is brave.", "source": null, "target": {"name": "Lee", "start": 0, "end": 3}, "label": "x"}"#;
        assert_eq!(lines("a", &format!("\n{line}\n")), Ok(vec![pair(None)]));
        let table =
            "id,text,target,target_start,target_end,source\n1,Lee is brave.,Lee,0,3,\n1,Lee is brave.,Lee,0,3,Ann\n";
        assert_eq!(separated("a", table, b','), Ok(vec![pair(None), pair(Some("Ann"))]));
    }

    #[test]
    fn a_place_is_counted_in_characters_or_found_by_its_name() {
        let place = |start, end| Place { name: "Lee".into(), start, end };
        let text = "“Lee”";
        assert_eq!(place(Some(1), Some(4)).span(text), Ok(Span::new(3, 6)));
        assert_eq!(place(None, None).span(text), Ok(Span::new(3, 6)));
        let error = place(Some(4), Some(9)).span(text).expect_err("too far");
        assert_eq!(error, "4 to 9 is no stretch of its text of 5 characters: correct start and end");
        let error = place(None, None).span("Ann").expect_err("not there");
        assert_eq!(error, "\"Lee\" does not stand in its text: correct the name, or give start and end");
    }

    #[test]
    fn what_is_no_pair_is_told_with_its_line() {
        let error = lines("a.jsonl", "\n{\"id\": \"1\", \"text\": \"\"}\n").expect_err("no target");
        assert_eq!(error, format!("a.jsonl:2: no pair (missing field `target`): {JSON_FORM}"));
        let error = separated("a.csv", "id,text\n1,Lee is brave.\n", b',').expect_err("no target");
        assert_eq!(error, "a.csv:2: no pair (missing field `target`): give each row the columns id, text and target");
    }
}
