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
    let (header_line, header) = lines.next().unwrap_or((1, ""));
    let header = Header::of(file, header_line, b'\t', header.split('\t'));
    let mut plan = Plan::default();
    let mut cells: SmallVec<[&str; 16]> = SmallVec::new();
    lines.map(move |(line, text)| {
        cells.clear();
        split(text, &mut cells);
        row(&header, line, &cells, &mut plan)
    })
}

/// The rows of a file whose columns `delimiter` separates, each or what is wrong with it; quoting is read where that is not
/// a tab.
///
/// # Errors
/// A header that cannot be read.
pub fn separated_rows<T: DeserializeOwned>(
    file: &str,
    text: &str,
    delimiter: u8,
) -> Result<Vec<Result<Row<T>, LexiconError>>, LexiconError> {
    if delimiter == b'\t' {
        return Ok(each_row(file, text).collect());
    }
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = LineNumbers::of(text);
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).comment(Some(b'#')).flexible(true).from_reader(text.as_bytes());
    let broken = |error: csv::Error| LexiconError::file(file, error.to_string());
    let header = reader.headers().map_err(broken)?.clone();
    let header_line = lines.line(header.position());
    let header = Header::of(file, header_line, delimiter, header.iter());
    let mut plan = Plan::default();
    let mut found = Vec::new();
    let mut records = reader.records().peekable();
    if records.peek().is_none() && never_closes(text, delimiter) {
        return Err(LexiconError::at(file, header_line, NEVER_CLOSES));
    }
    while let Some(record) = records.next() {
        let record = record.map_err(broken)?;
        let line = lines.line(record.position());
        let cells: Vec<&str> = record.iter().collect();
        let start = record.position().map_or(0, |position| position.byte() as usize);
        if records.peek().is_none() && never_closes(&text[start..], delimiter) {
            found.push(Err(LexiconError::at(file, line, NEVER_CLOSES)));
            break;
        }
        if !cells.iter().all(|cell| cell.trim().is_empty()) {
            found.push(row(&header, line, &cells, &mut plan));
        }
    }
    Ok(found)
}

/// What is wrong with a row that swallows all below it.
const NEVER_CLOSES: &str = "a quotation mark opens in this row and never closes: close it";

/// Whether a cell that opens with a quotation mark is open at the end of these rows.
pub(super) fn never_closes(rows: &str, delimiter: u8) -> bool {
    let mut rest = rows.as_bytes();
    let mut begins_row = true;
    while let Some(first) = rest.first() {
        let is_comment = begins_row && *first == b'#';
        if *first == b'"' {
            let Some(end) = cell_end(&rest[1..]) else { return true };
            rest = &rest[1 + end..];
        }
        let ends = |byte: &u8| matches!(byte, b'\n' | b'\r') || (*byte == delimiter && !is_comment);
        let Some(end) = rest.iter().position(ends) else { return false };
        begins_row = rest[end] != delimiter;
        rest = &rest[end + 1..];
    }
    false
}

/// The quotation mark that closes a cell, from the byte after the one that opens it; two of them stand for one in it.
fn cell_end(cell: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + memchr(b'"', &cell[from..])?;
        if cell.get(at + 1) != Some(&b'"') {
            return Some(at + 1);
        }
        from = at + 2;
    }
}

/// The lines in which the records of a CSV text begin, asked for in order. The `csv` crate takes blank lines and comments
/// before a record for part of it, and counts one line too few where one ends in CRLF.
pub(super) struct LineNumbers<'a> {
    rest: &'a [u8],
    /// Bytes before the rest.
    before: usize,
    line: u64,
}

impl<'a> LineNumbers<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { rest: text.as_bytes(), before: 0, line: 1 }
    }

    /// The 1-based line of a record; that of the one before where its place is not known.
    pub(super) fn line(&mut self, position: Option<&csv::Position>) -> u64 {
        let start = position.map_or(0, |position| position.byte() as usize).saturating_sub(self.before);
        let (passed, rest) = self.rest.split_at(start.min(self.rest.len()));
        let (passed, rest) = self.rest.split_at(passed.len() + no_record(rest));
        let ends = |at: &usize| passed[*at] == b'\n' || (passed[*at] == b'\r' && passed.get(at + 1) != Some(&b'\n'));
        self.line += (0..passed.len()).filter(ends).count() as u64;
        (self.before, self.rest) = (self.before + passed.len(), rest);
        self.line
    }
}

/// The length of the blank lines and comments that these rows begin with.
fn no_record(rows: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at += rows[at..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        if rows.get(at) != Some(&b'#') {
            return at;
        }
        at = memchr2(b'\n', b'\r', &rows[at..]).map_or(rows.len(), |end| at + end);
    }
}

/// The names of a file's columns, and where they stand.
struct Header<'f> {
    file: &'f str,
    line: u64,
    delimiter: u8,
    names: Vec<String>,
}

impl<'f> Header<'f> {
    /// Spreadsheets leave empty columns at the end, people blanks and capitals.
    fn of<'a>(file: &'f str, line: u64, delimiter: u8, cells: impl Iterator<Item = &'a str>) -> Self {
        let mut names: Vec<String> = cells.map(|cell| cell.trim().to_lowercase()).collect();
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        Self { file, line, delimiter, names }
    }
}

fn row<'a, T: Deserialize<'a>>(
    header: &Header<'_>,
    line: u64,
    cells: &[&'a str],
    plan: &mut Plan,
) -> Result<Row<T>, LexiconError> {
    let Header { file, names, .. } = header;
    let (own, more) = cells.split_at(cells.len().min(names.len()));
    if more.iter().any(|cell| !cell.trim().is_empty()) {
        let sign = match header.delimiter {
            b'\t' => "tab",
            b';' => "semicolon",
            _ => "comma, or put quotation marks around a cell with one",
        };
        let message = format!("{} cells, but the header has {}: remove the extra {sign}", cells.len(), names.len());
        return Err(LexiconError::at(file, line, message));
    }
    match T::deserialize(Record { header: names, cells: own, plan }) {
        Ok(value) => Ok(Row { line, value }),
        Err(misfit) => {
            let line = if misfit.is_of_header() { header.line } else { line };
            Err(LexiconError::at(file, line, misfit.explain(names, own)))
        }
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
pub(super) struct Lines<'a> {
    rest: &'a str,
    number: u64,
    /// Whether lines may end in a carriage return.
    returns: bool,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
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
            if !is_passed_over(line) {
                return Some((self.number, line));
            }
        }
    }
}

/// Whether a line is blank or a comment. Spreadsheets write tabs where a row was deleted.
fn is_passed_over(line: &str) -> bool {
    match line.as_bytes().first() {
        None | Some(b'#') => true,
        Some(b'\t' | b' ') => line.trim().is_empty(),
        Some(_) => false,
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
    fn a_mark_is_open_only_where_its_cell_has_no_other() {
        for closed in
            ["Pipe 5\" or,\"y\"", "Pipe 5\",\"\"", "\"a\"\"b\",c\n# \"d,\"e", "\"a\" \",\"b\"\n", "a,b\"\n", "\"\""]
        {
            assert!(!never_closes(closed, b','), "{closed}");
        }
        for open in ["\"a,b\n", "a,\"b", "\"a\",\"b\"\"\n", "# x\n\na,\"", "\"\"\""] {
            assert!(never_closes(open, b','), "{open}");
        }
    }

    #[test]
    fn an_error_names_file_line_and_column() {
        let check = |text: &str, expected: &str| {
            let error = rows::<Word>("x.tsv", text).expect_err("a row that does not fit");
            assert_eq!(error.to_string(), format!("x.tsv:{expected}"));
        };
        check("word\tvalue\nlow\thigh\n", "2: value \"high\" is no whole number from -128 to 127");
        check("word\tvalue\na\t1\tb\n", "2: 3 cells, but the header has 2: remove the extra tab");
        check("# c\nword\n\nlow\n", "2: no column \"value\": add it to the header, with a cell in every row");
        let short =
            "2: value \"\" is no whole number from -128 to 127 (this row has 1 cell, the header 2: is a tab missing?)";
        check("word\tvalue\nlow 3\n", short);
    }

    #[test]
    fn an_error_of_a_word_or_a_decimal_says_what_to_write() {
        #[derive(Debug, Deserialize)]
        #[serde(rename_all = "lowercase")]
        #[allow(dead_code)]
        enum Kind {
            Loud,
            Soft,
            #[serde(rename = "")]
            None,
        }
        #[derive(Debug, Deserialize)]
        #[allow(dead_code)]
        struct Sound {
            kind: Kind,
            value: f32,
        }
        let check = |row: &str, expected: &str| {
            let error = rows::<Sound>("x.tsv", &format!("kind\tvalue\n{row}\n")).expect_err("a row that does not fit");
            assert_eq!(error.message, expected);
        };
        check("shrill\t1", "kind \"shrill\" is unknown: write one of loud, soft, or leave it empty");
        check("loud\t-1,5", "value \"-1,5\" is no number: write one with a point, such as -1.5");
        check("loud\thigh", "value \"high\" is no number: write one with a point, such as -1.5");
        assert!(rows::<Sound>("x.tsv", "Kind\tvalue\t\nLoud\t1\t\t\n\t \n \n").is_ok_and(|rows| rows.len() == 1));
    }
}
