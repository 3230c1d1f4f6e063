//! A lexicon file as text: lines and cells, before anything is read from them.

use super::files::{EMBEDDED, Source};
use super::tsv::Lines;

/// Where a list comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Embedded,
    Replacing,
    Adding,
    /// With `--gazetteer`.
    Given,
}

/// A file as lines and cells.
pub(crate) struct Table<'a> {
    pub(crate) file: &'a str,
    pub(crate) text: &'a str,
    pub(crate) origin: Origin,
    pub(crate) header: Vec<String>,
    pub(crate) header_line: u64,
    pub(crate) rows: Vec<Line<'a>>,
}

pub(crate) struct Line<'a> {
    pub(crate) number: u64,
    pub(crate) text: &'a str,
    pub(crate) cells: Vec<&'a str>,
}

/// As the reader has them.
fn names(header: &str) -> Vec<String> {
    let name = |cell: &str| cell.trim().to_lowercase();
    let mut names: Vec<String> = header.split('\t').map(name).collect();
    while names.len() > 1 && names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    names
}

impl<'a> Table<'a> {
    pub(crate) fn of(source: &'a Source) -> Self {
        let mut lines = Lines::of(&source.text);
        let (header_line, header) = lines.next().unwrap_or((1, ""));
        let line = |(number, text): (u64, &'a str)| Line { number, text, cells: text.split('\t').collect() };
        let embedded = EMBEDDED.iter().any(|(_, text)| *text == source.text);
        Self {
            file: &source.file,
            text: &source.text,
            origin: match () {
                () if embedded => Origin::Embedded,
                () if source.file.ends_with(".add.tsv") => Origin::Adding,
                () => Origin::Replacing,
            },
            header: names(header),
            header_line,
            rows: lines.map(line).collect(),
        }
    }

    /// A row's cell in a column; empty where the row is too short, none where there is no such column.
    pub(crate) fn cell(&self, row: &Line<'a>, column: &str) -> Option<&'a str> {
        let at = self.header.iter().position(|known| *known == column)?;
        Some(row.cells.get(at).copied().unwrap_or(""))
    }
}
