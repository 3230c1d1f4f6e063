//! Pairs of a text and a party to be judged by themselves: JSON lines with `text`, `target` and perhaps `source`, or CSV
//! and TSV with the same in columns. Offsets count code points, half-open, and may be missing: then the first place where the
//! name stands is meant.
//!
//! Like a document, a pair that cannot be read takes no other with it: it is a [`Failure`] where it would stand.

use serde::{Deserialize, Deserializer};

use super::encoding::decode_owned;
use super::fields::{FieldMap, same_name};
use super::separated::table;
use super::source::Source;
use super::walk::sniff;
use super::{Failure, Format, Input};
use crate::Span;

/// A text and the party that is to be judged in it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Pair {
    /// Names the pair in the result.
    #[serde(deserialize_with = "text_or_number")]
    pub id: String,
    /// Where it was read: `path:line`.
    #[serde(skip)]
    pub location: String,
    /// The text.
    pub text: String,
    /// The party that is judged.
    pub target: Place,
    /// Whose view of it is asked for; none for the view of the text itself.
    pub source: Option<Place>,
}

impl Pair {
    /// What became of a pair that cannot be judged.
    #[must_use]
    pub fn failure(&self, message: impl Into<String>) -> Failure {
        Failure { id: self.id.clone(), location: self.location.clone(), message: message.into() }
    }
}

/// A party in a text. In JSON a name alone will do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Written")]
pub struct Place {
    /// As it stands there.
    pub name: String,
    /// First code point.
    pub start: Option<usize>,
    /// One past the last code point.
    pub end: Option<usize>,
}

/// How a party stands in JSON.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a party is a name, or an object with name and perhaps start and end")]
enum Written {
    Name(String),
    Place { name: String, start: Option<usize>, end: Option<usize> },
}

impl From<Written> for Place {
    fn from(written: Written) -> Self {
        match written {
            Written::Name(name) => Self { name, ..Self::default() },
            Written::Place { name, start, end } => Self { name, start, end },
        }
    }
}

impl Place {
    /// The bytes of `text` that it names.
    ///
    /// # Errors
    /// A message where they are not in the text.
    pub fn span(&self, text: &str) -> Result<Span, String> {
        let Place { name, start, end } = self;
        let (start, end) = match (*start, *end) {
            (Some(start), Some(end)) => (start, end),
            (None, None) => return self.first_in(text),
            _ => return Err(format!("\"{name}\" has a start or an end alone: give both or neither")),
        };
        let byte = |place: usize| text.char_indices().map(|(byte, _)| byte).chain([text.len()]).nth(place);
        let (Some(from), Some(to), true) = (byte(start), byte(end), start < end) else {
            let length = text.chars().count();
            let stretch = format!("{start} to {end} is no stretch of its text of {length} characters");
            return Err(format!("{stretch}: correct start and end"));
        };
        let there = &text[from..to];
        if there != name {
            return Err(format!("from {start} to {end} stands \"{there}\" and not \"{name}\": {COUNTED}"));
        }
        Ok(Span::new(from, to))
    }

    fn first_in(&self, text: &str) -> Result<Span, String> {
        let name = &self.name;
        if name.is_empty() {
            return Err("no name of a party: write it as it stands in the text".to_owned());
        }
        if text.trim().is_empty() {
            return Err("no text: write the text that the party stands in".to_owned());
        }
        let found = text.find(name.as_str());
        found.map(|start| Span::new(start, start + name.len())).ok_or_else(|| {
            format!("\"{name}\" does not stand in its text: write the name as it stands there, or correct the text")
        })
    }
}

/// All pairs of an input, in order, and what is none; one failure where the input holds nothing that is read.
#[must_use]
pub fn read_pairs(input: &Input) -> Vec<Result<Pair, Failure>> {
    let whole = |message: String| Failure { id: input.stem(), location: input.name.clone(), message };
    let mut source = match Source::open(input, 1 << 16) {
        Ok(source) => source,
        Err(message) => return vec![Err(whole(message))],
    };
    source.fill_to(usize::MAX);
    let trouble = source.trouble().map(|trouble| Err(whole(trouble)));
    let (text, _) = decode_owned(source.bytes);
    let pairs = match input.format.or_else(|| sniff(text.as_bytes(), &FieldMap::default())) {
        Some(Format::Csv) => separated(&input.name, &text, None),
        Some(Format::Tsv) => separated(&input.name, &text, Some(b'\t')),
        Some(Format::Jsonl) => Ok(lines(&input.name, &text)),
        None if text.trim().is_empty() => Ok(Vec::new()),
        None | Some(Format::Json | Format::Txt) => Err(ONLY_THESE.to_owned()),
    };
    pairs.unwrap_or_else(|message| vec![Err(whole(message))]).into_iter().chain(trouble).collect()
}

const ONLY_THESE: &str = "pairs are read from JSON lines, CSV or TSV: say --input-format jsonl, csv or tsv";

const JSON_FORM: &str = r#"write {"id": "1", "text": "Lee is brave.", "target": "Lee"}"#;

/// The failure of what stands in a line and is no pair.
fn failure(name: &str, line: u64, message: String) -> Failure {
    Failure { id: line.to_string(), location: format!("{name}:{line}"), message }
}

fn lines(name: &str, text: &str) -> Vec<Result<Pair, Failure>> {
    let filled = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let read = |(number, line): (u64, &str)| match serde_json::from_str::<Pair>(line) {
        Ok(pair) => Ok(Pair { location: format!("{name}:{number}"), ..pair }),
        Err(error) => {
            let error = error.to_string();
            let reason = error.split(" at line ").next().unwrap_or_default();
            Err(failure(name, number, format!("no pair ({reason}): {JSON_FORM}")))
        }
    };
    filled.map(read).collect()
}

/// An id may be a number in JSON.
fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "an id is a string or a number")]
    enum Id {
        Text(String),
        Number(serde_json::Number),
    }
    Ok(match Id::deserialize(deserializer)? {
        Id::Text(text) => text,
        Id::Number(number) => number.to_string(),
    })
}

/// The columns of a table of pairs; it has the first three.
const COLUMNS: [&str; 8] =
    ["id", "text", "target", "target_start", "target_end", "source", "source_start", "source_end"];
const REQUIRED: usize = 3;

/// Where each of [`COLUMNS`] stands in a row.
fn places(header: &[String]) -> Result<[Option<usize>; COLUMNS.len()], String> {
    let places = COLUMNS.map(|column| header.iter().position(|name| same_name(name, column)));
    let missing: Vec<String> = (0..REQUIRED)
        .filter(|column| places[*column].is_none())
        .map(|column| format!("{:?}", COLUMNS[column]))
        .collect();
    if missing.is_empty() {
        return Ok(places);
    }
    if header.is_empty() {
        return Err("is empty: give a header row with the columns id, text and target, and rows under it".to_owned());
    }
    let found: Vec<String> = header.iter().map(|name| format!("{name:?}")).collect();
    let (missing, found) = (missing.join(", "), found.join(", "));
    Err(format!("no column {missing}; found {found}: name the columns id, text and target in the first row"))
}

fn separated(name: &str, text: &str, delimiter: Option<u8>) -> Result<Vec<Result<Pair, Failure>>, String> {
    let mut rows = table(text.as_bytes(), delimiter).into_iter();
    let header = rows.next().map_or(Ok(Vec::new()), |(_, row)| row)?;
    let places = places(&header)?;
    let read = |(line, row): (u64, Result<Vec<String>, String>)| {
        let pair = row.and_then(|row| pair(&row, places));
        let pair = pair.map_err(|message| failure(name, line, message))?;
        Ok(Pair { location: format!("{name}:{line}"), ..pair })
    };
    Ok(rows.map(read).collect())
}

fn pair(row: &[String], places: [Option<usize>; COLUMNS.len()]) -> Result<Pair, String> {
    let [id, text, target, target_start, target_end, source, source_start, source_end] =
        places.map(|place| place.and_then(|place| row.get(place)).map_or("", String::as_str));
    let number = |cell: &str| match cell.trim() {
        "" => Ok(None),
        digits => digits.parse().map(Some).map_err(|_| format!("\"{digits}\" is no position: {COUNTED}")),
    };
    let place = |name: &str, start, end| -> Result<Place, String> {
        Ok(Place { name: name.trim().to_owned(), start: number(start)?, end: number(end)? })
    };
    let target = place(target, target_start, target_end)?;
    let source = Some(place(source, source_start, source_end)?).filter(|source| !source.name.is_empty());
    Ok(Pair { id: id.trim().to_owned(), location: String::new(), text: text.to_owned(), target, source })
}

/// How positions are given.
const COUNTED: &str = "count characters (Unicode code points) from 0";

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(line: u64, source: Option<&str>) -> Pair {
        Pair {
            id: "1".into(),
            location: format!("a:{line}"),
            text: "Lee is brave.".into(),
            target: Place { name: "Lee".into(), start: Some(0), end: Some(3) },
            source: source.map(|name| Place { name: name.into(), start: None, end: None }),
        }
    }

    #[test]
    fn json_lines_and_tables_say_the_same() {
        let line = r#"{"id": "1", "text": "Lee is brave.", "source": null, "target": {"name": "Lee", "start": 0, "end": 3}, "label": "x"}"#;
        assert_eq!(lines("a", &format!("\n{line}\n")), [Ok(pair(2, None))]);
        assert_eq!(lines("a", &line.replace("\"1\"", "1")), [Ok(pair(1, None))]);
        let place = |name: &str| Place { name: name.into(), ..Place::default() };
        let plain = r#"{"id": "1", "text": "Lee is brave.", "source": "Ann", "target": "Lee"}"#;
        assert_eq!(lines("a", plain), [Ok(Pair { target: place("Lee"), ..pair(1, Some("Ann")) })]);
        let table =
            "id,text,target,target_start,target_end,source\n1,Lee is brave.,Lee,0,3,\n\n1,Lee is brave.,Lee,0,3,Ann\n";
        let expected = vec![Ok(pair(2, None)), Ok(pair(4, Some("Ann")))];
        assert_eq!(separated("a", table, None), Ok(expected.clone()));
        assert_eq!(separated("a", &table.replace(',', "\t"), Some(b'\t')), Ok(expected.clone()));
        let others = table.replace(',', ";").replace("id;", "Id;").replace("target_start", "Target Start");
        assert_eq!(separated("a", &others, None), Ok(expected));
    }

    #[test]
    fn a_place_is_counted_in_characters_or_found_by_its_name() {
        let place = |start, end| Place { name: "Lee".into(), start, end };
        let text = "“Lee”";
        assert_eq!(place(Some(1), Some(4)).span(text), Ok(Span::new(3, 6)));
        assert_eq!(place(None, None).span(text), Ok(Span::new(3, 6)));
        let check = |place: Place, text: &str, expected: &str| {
            assert_eq!(place.span(text).expect_err(expected), expected);
        };
        check(place(Some(4), Some(9)), text, "4 to 9 is no stretch of its text of 5 characters: correct start and end");
        check(
            place(Some(3), Some(5)),
            text,
            "from 3 to 5 stands \"e”\" and not \"Lee\": count characters (Unicode code points) from 0",
        );
        check(place(Some(1), None), text, "\"Lee\" has a start or an end alone: give both or neither");
        let missing = "\"Lee\" does not stand in its text: write the name as it stands there, or correct the text";
        check(place(None, None), "Ann", missing);
        check(place(None, None), " ", "no text: write the text that the party stands in");
        check(Place::default(), "Ann", "no name of a party: write it as it stands in the text");
    }

    /// The messages of what is no pair, and how many are.
    fn told(read: Vec<Result<Pair, Failure>>) -> (Vec<String>, usize) {
        let (good, bad): (Vec<_>, Vec<_>) = read.into_iter().partition(Result::is_ok);
        (bad.into_iter().filter_map(Result::err).map(|failure| failure.to_string()).collect(), good.len())
    }

    #[test]
    fn what_is_no_pair_is_told_with_its_line_and_the_rest_is_read() {
        let good = r#"{"id": "1", "text": "Lee is brave.", "target": "Lee"}"#;
        let (messages, count) = told(lines("a.jsonl", &format!("\n{{\"id\": \"1\", \"text\": \"\"}}\n{good}\nx\n")));
        let expected = [
            format!("a.jsonl:2: no pair (missing field `target`): {JSON_FORM}"),
            format!("a.jsonl:4: no pair (expected value): {JSON_FORM}"),
        ];
        assert_eq!((&messages[..], count), (&expected[..], 1));
        let table = "id,text,target,target_start\n1,Lee\n2,Lee is brave.,Lee,\n3,Lee is brave.,Lee,first\n4,\"Lee\nis.,Lee,\n5,Lee is.,Lee,\n";
        let (messages, count) = told(separated("a.csv", table, None).expect("three columns"));
        let expected = [
            "a.csv:2: only 2 of 4 cells: check the quoting",
            "a.csv:4: \"first\" is no position: count characters (Unicode code points) from 0",
            "a.csv:5: a quotation mark opens in this row and never closes: close it",
        ];
        assert_eq!((&messages[..], count), (&expected.map(str::to_owned)[..], 2));
    }

    #[test]
    fn a_table_without_its_columns_names_them() {
        let check = |table: &str, expected: &str| {
            assert_eq!(separated("a.csv", table, None).expect_err(expected), expected);
        };
        let remedy = "name the columns id, text and target in the first row";
        check(
            "id,text,party\n1,Lee is brave.,Lee\n",
            &format!("no column \"target\"; found \"id\", \"text\", \"party\": {remedy}"),
        );
        check("", "is empty: give a header row with the columns id, text and target, and rows under it");
    }
}
