//! Lexicon files to rows: tab-separated, no quoting, `#` comments, one header row. Knows no file's meaning; an error
//! names file, line, column and what to do.

mod record;

use memchr::{memchr, memchr2};
use serde::de::{Deserialize, DeserializeOwned};
use smallvec::SmallVec;

use record::{Plan, Record};

/// What is wrong with a lexicon or gazetteer file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {message}", line.map(|line| format!(":{line}")).unwrap_or_default())]
pub struct LexiconError {
    /// The file as the user knows it.
    pub file: String,
    /// 1-based line, where one is to blame.
    pub line: Option<u64>,
    /// What is wrong, and the remedy.
    pub message: String,
}

impl LexiconError {
    /// An error at a line of a file.
    pub fn at(file: &str, line: u64, message: impl Into<String>) -> Self {
        Self { file: file.into(), line: Some(line), message: message.into() }
    }

    /// An error of a file as a whole.
    pub fn file(file: &str, message: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, message: message.into() }
    }
}

/// A row and the line it stands on.
#[derive(Clone, Debug)]
pub struct Row<T> {
    /// 1-based.
    pub line: u64,
    /// What stands there.
    pub value: T,
}

/// The rows of a tab-separated file.
///
/// # Errors
/// The first row that does not fit `T`, with its line and the column to blame.
pub fn rows<'a, T: Deserialize<'a>>(file: &str, text: &'a str) -> Result<Vec<Row<T>>, LexiconError> {
    each_row(file, text).collect()
}

/// The same, one after the other.
pub fn each_row<'a, T: Deserialize<'a>>(
    file: &str,
    text: &'a str,
) -> impl Iterator<Item = Result<Row<T>, LexiconError>> {
    let mut lines = Lines::of(text);
    let header: Vec<&str> = lines.next().map(|(_, line)| line.split('\t').collect()).unwrap_or_default();
    let mut plan = Plan::default();
    let mut cells: SmallVec<[&str; 16]> = SmallVec::new();
    lines.map(move |(line, text)| {
        cells.clear();
        split(text, &mut cells);
        row(file, line, &header, &cells, &mut plan)
    })
}

/// The rows of a file whose columns `delimiter` separates; quoting is read where that is not a tab.
///
/// # Errors
/// As for [`rows`].
pub fn separated_rows<T: DeserializeOwned>(file: &str, text: &str, delimiter: u8) -> Result<Vec<Row<T>>, LexiconError> {
    if delimiter == b'\t' {
        return rows(file, text);
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .comment(Some(b'#'))
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().map_err(|error| LexiconError::file(file, error.to_string()))?.clone();
    let header: Vec<&str> = header.iter().collect();
    let mut plan = Plan::default();
    let mut found = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| LexiconError::file(file, error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells: Vec<&str> = record.iter().collect();
        found.push(row(file, line, &header, &cells, &mut plan)?);
    }
    Ok(found)
}

fn row<'a, T: Deserialize<'a>>(
    file: &str,
    line: u64,
    header: &[&str],
    cells: &[&'a str],
    plan: &mut Plan,
) -> Result<Row<T>, LexiconError> {
    if cells.len() > header.len() {
        let message = format!("{} cells, but the header has {}: remove the extra tab", cells.len(), header.len());
        return Err(LexiconError::at(file, line, message));
    }
    match T::deserialize(Record { header, cells, plan }) {
        Ok(value) => Ok(Row { line, value }),
        Err(error) => Err(LexiconError::at(file, line, error.explain(header, cells))),
    }
}

/// Adds the cells of a line.
fn split<'a>(line: &'a str, cells: &mut SmallVec<[&'a str; 16]>) {
    Parts::of(line, b'\t').for_each(|cell| cells.push(cell));
}

/// What stands between separators, as `str::split` gives it; faster where there are few letters between them.
pub(super) struct Parts<'a> {
    rest: Option<&'a str>,
    separator: u8,
}

impl<'a> Parts<'a> {
    /// The parts of a text; the separator is ASCII.
    pub(super) fn of(text: &'a str, separator: u8) -> Self {
        Self { rest: Some(text), separator }
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = &'a str;

    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest?;
        let end = position(rest.as_bytes(), self.separator);
        self.rest = end.map(|end| &rest[end + 1..]);
        Some(&rest[..end.unwrap_or(rest.len())])
    }
}

/// Where a byte stands first, eight at a time: most parts are so short that `memchr` takes longer.
#[inline]
fn position(bytes: &[u8], byte: u8) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH_BITS: u64 = 0x8080_8080_8080_8080;
    let mut rest = bytes;
    while let Some((eight, others)) = rest.split_first_chunk() {
        let different = u64::from_le_bytes(*eight) ^ (ONES * u64::from(byte));
        let equal = different.wrapping_sub(ONES) & !different & HIGH_BITS;
        if equal != 0 {
            return Some(bytes.len() - rest.len() + (equal.trailing_zeros() / 8) as usize);
        }
        rest = others;
    }
    let last = rest.iter().position(|other| *other == byte)?;
    Some(bytes.len() - rest.len() + last)
}

/// Lines with their numbers, without blank ones and comments.
struct Lines<'a> {
    rest: &'a str,
    number: u64,
    /// Whether lines may end in a carriage return.
    returns: bool,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let rest = text.trim_start_matches('\u{feff}');
        Self { rest, number: 0, returns: memchr(b'\r', rest.as_bytes()).is_some() }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = (u64, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let bytes = self.rest.as_bytes();
            let end = if self.returns { memchr2(b'\n', b'\r', bytes) } else { memchr(b'\n', bytes) };
            let end = end.unwrap_or(bytes.len());
            let line = &self.rest[..end];
            let ending = if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 };
            self.rest = self.rest.get(end + ending..).unwrap_or("");
            self.number += 1;
            if !line.is_empty() && !line.starts_with('#') {
                return Some((self.number, line));
            }
        }
    }
}

/// The values of a cell that holds several, joined with `|`.
pub fn values(cell: &str) -> impl Iterator<Item = &str> {
    Parts::of(cell, b'|').map(trimmed).filter(|value| !value.is_empty())
}

/// As `str::trim` has it; most values have nothing to take off.
fn trimmed(value: &str) -> &str {
    match value.as_bytes() {
        [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => value,
        _ => value.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    struct Word {
        word: String,
        value: i8,
    }

    #[test]
    fn parts_are_those_of_the_standard_library() {
        for text in
            ["", "|", "a", "abcdefgh|", "abcdefg|h", "|abcdefghijklmnop||q", "é|ü€|{}|}", "abcdefghijklmnopqrstuvwxyz"]
        {
            let expected: Vec<&str> = text.split('|').collect();
            assert_eq!(Parts::of(text, b'|').collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn a_row_knows_its_line() {
        let found: Vec<Row<Word>> = rows("x.tsv", "# note\nword\tvalue\n\"odd\t3\n").expect("a good file");
        assert_eq!((found[0].line, found[0].value.word.as_str(), found[0].value.value), (3, "\"odd", 3));
    }

    #[test]
    fn lines_end_as_they_like_and_columns_stand_anywhere() {
        for text in [
            "value\tword\n\n1\ta\n# b\n2\tb",
            "value\tword\r\n\r\n1\ta\r\n# b\r\n2\tb\r\n",
            "value\tword\r\r1\ta\r#\r2\tb",
        ] {
            let found: Vec<Row<Word>> = rows("x.tsv", text).expect("a good file");
            let found: Vec<_> = found.iter().map(|row| (row.line, row.value.word.as_str(), row.value.value)).collect();
            assert_eq!(found, [(3, "a", 1), (5, "b", 2)], "{text:?}");
        }
    }

    #[test]
    fn an_error_names_file_line_and_column() {
        let error = rows::<Word>("x.tsv", "word\tvalue\nlow\thigh\n").expect_err("high is no number");
        assert_eq!(error.to_string(), "x.tsv:2: value \"high\" does not fit: invalid digit found in string");
        let error = rows::<Word>("x.tsv", "word\tvalue\na\t1\tb\n").expect_err("a cell too many");
        assert_eq!(error.to_string(), "x.tsv:2: 3 cells, but the header has 2: remove the extra tab");
        let error = rows::<Word>("x.tsv", "word\nlow\n").expect_err("a column too few");
        assert_eq!(error.to_string(), "x.tsv:2: missing field `value`");
    }
}
