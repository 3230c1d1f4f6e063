//! The options of the tables: which of them go together.

use std::{fmt, str::FromStr};

use thiserror::Error;

use crate::table::Table;

/// A file format of the tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Comma-separated, RFC 4180, lines ended by LF.
    #[default]
    Csv,
    /// Tab-separated, without quoting, so that `cut` reads it: tabs and newlines inside a cell are spaces.
    Tsv,
    /// One JSON object a line; an empty cell is `null`.
    Jsonl,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 3] = [Format::Csv, Format::Tsv, Format::Jsonl];

    /// The name by which the option calls it, and the ending of its files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Jsonl => "jsonl",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        Format::ALL.into_iter().find(|format| format.name() == name).ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

/// A name that is no format's.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no format \"{0}\": take one of {names}", names = Format::ALL.map(Format::name).join(", "))]
pub struct UnknownFormat(pub String);

/// How the tables are written: options that go together.
///
/// `excel` is CSV that a spreadsheet opens right by a double click: a byte order mark, lines ended by CRLF, newlines
/// inside a cell as spaces, an apostrophe before a text that would be taken for a formula, cells cut at the 32,767
/// characters that Excel holds, and a last column `cut` that names the cut ones. Numbers keep their `.` as the decimal
/// mark whatever the delimiter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    format: Format,
    excel: bool,
    delimiter: Option<u8>,
}

impl Style {
    /// The style of these options; `delimiter` stands in for CSV's comma.
    ///
    /// # Errors
    /// When the options do not go together, or the delimiter would be taken for a part of a cell.
    pub fn new(format: Format, excel: bool, delimiter: Option<u8>) -> Result<Self, StyleError> {
        if excel && format != Format::Csv {
            return Err(StyleError::ExcelWith(format));
        }
        if let Some(delimiter) = delimiter {
            if format != Format::Csv {
                return Err(StyleError::DelimiterWith(format));
            }
            if !is_delimiter(delimiter) {
                return Err(StyleError::Delimiter(delimiter.into()));
            }
        }
        Ok(Self { format, excel, delimiter })
    }

    /// The file format.
    #[must_use]
    pub fn format(self) -> Format {
        self.format
    }

    /// What a table's file is called: `quotes.csv`.
    #[must_use]
    pub fn file_name(self, table: Table) -> String {
        format!("{}.{}", table.name(), self.format)
    }

    /// Whether the tables are for a spreadsheet.
    #[must_use]
    pub fn excel(self) -> bool {
        self.excel
    }

    /// What stands between two cells of a delimited format.
    #[must_use]
    pub fn delimiter(self) -> u8 {
        match self.format {
            Format::Tsv => b'\t',
            Format::Csv | Format::Jsonl => self.delimiter.unwrap_or(b','),
        }
    }
}

/// Options that do not go together.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StyleError {
    /// A spreadsheet format other than CSV.
    #[error("--excel writes csv: leave out --format {0}")]
    ExcelWith(Format),
    /// A delimiter where there is nothing to delimit, or nothing else.
    #[error("--delimiter is for csv: leave out --delimiter or --format {0}")]
    DelimiterWith(Format),
    /// A delimiter that is a part of words, numbers or quoting.
    #[error("--delimiter {0:?}: take a punctuation mark that is in no number, such as ';' or '|', or a tab")]
    Delimiter(char),
}

/// Whether a reader can tell the byte from a number, a word and quoting.
fn is_delimiter(byte: u8) -> bool {
    byte == b'\t' || (byte.is_ascii_punctuation() && !b"\"'.-+_".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_error(format: Format, excel: bool, delimiter: Option<u8>, message: &str) {
        let error = Style::new(format, excel, delimiter).expect_err(message);
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn formats_are_read_back() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(format));
        }
        let error = "xlsx".parse::<Format>().expect_err("no such format");
        assert_eq!(error.to_string(), "no format \"xlsx\": take one of csv, tsv, jsonl");
    }

    #[test]
    fn options_that_clash_are_named() {
        check_error(
            Format::Jsonl,
            false,
            Some(b';'),
            "--delimiter is for csv: leave out --delimiter or --format jsonl",
        );
        check_error(Format::Tsv, false, Some(b';'), "--delimiter is for csv: leave out --delimiter or --format tsv");
        check_error(Format::Jsonl, true, None, "--excel writes csv: leave out --format jsonl");
        check_error(
            Format::Csv,
            true,
            Some(b'"'),
            "--delimiter '\"': take a punctuation mark that is in no number, such as ';' or '|', or a tab",
        );
        for delimiter in b"\n\r.-+5e_' \0\xe9" {
            assert!(Style::new(Format::Csv, false, Some(*delimiter)).is_err(), "{delimiter}");
        }
    }

    #[test]
    fn delimiters() {
        let delimiter = |format, delimiter| Style::new(format, false, delimiter).map(Style::delimiter);
        assert_eq!(delimiter(Format::Csv, None), Ok(b','));
        assert_eq!(delimiter(Format::Csv, Some(b';')), Ok(b';'));
        assert_eq!(delimiter(Format::Csv, Some(b'\t')), Ok(b'\t'));
        assert_eq!(delimiter(Format::Tsv, None), Ok(b'\t'));
    }
}
