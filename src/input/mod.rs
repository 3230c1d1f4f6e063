//! Inputs -> documents, in input order and in bounded memory.
//!
//! ```text
//! paths --expand--> Inputs --Reader--> Chunk, Chunk, ...  --into_records-->  Record, Record, ...
//!       walk.rs             reader.rs  raw records            on any thread    Document or Failure
//! ```
//!
//! The reading thread only finds where records end: `source` opens, decompresses and undoes UTF-16; `lines`, `elements`
//! and `separated` look for line, element and row ends and cut about a quarter of a MiB of raw records at a time. Files small enough
//! to be one chunk are not even opened there. What costs time (UTF-8, JSON, CSV, field names, dates) is done by
//! [`Chunk::into_records`], which any thread may call.
//!
//! Nothing is lost silently: what cannot be read, or is no article, is a [`Failure`] that stands where the document would
//! stand. This module knows nothing of what an article says, and it prints nothing.

mod date;
mod elements;
mod encoding;
mod escaped;
mod fields;
mod foreign;
mod json;
mod lines;
mod lost_marks;
mod markup;
mod misread;
mod notes;
pub mod pairs;
mod place;
#[cfg(test)]
mod properties;
mod reader;
mod separated;
mod signs;
mod source;
mod strict;
#[cfg(test)]
mod testing;
mod text;
mod walk;
mod zstd;

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::Document;
pub use date::DateOrder;
pub use fields::{Field, FieldMap};
pub use reader::{Chunk, Reader};
pub use walk::{Input, Inputs, expand};

/// How inputs are read.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which columns or keys hold which field.
    pub map: FieldMap,
    /// Format of stdin and of the files given by name, whatever their ending; files in folders go by their ending.
    pub format: Option<Format>,
    /// Which number of a date is the day where that is not clear; `None` leaves such a date out.
    pub date_order: Option<DateOrder>,
    /// Whether signs that are written as HTML, or garbled, are read as what they stand for.
    pub read_signs: bool,
    /// Bytes of a record as it stands in the file, after decompression; a longer one is a [`Failure`].
    pub max_document: usize,
    /// Whether a file is no input though it stands in a folder that is one: a table of an earlier run.
    pub is_own: fn(&Path) -> bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            map: FieldMap::default(),
            format: None,
            date_order: None,
            read_signs: true,
            max_document: 64 << 20,
            is_own: |_| false,
        }
    }
}

/// How a file holds its articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One article a file.
    Txt,
    /// One JSON object a line.
    Jsonl,
    /// An array of objects, one object, or an object that holds one array of objects.
    Json,
    /// One row an article, commas, semicolons or tabs between the cells, a header row.
    Csv,
    /// One row an article, tabs between the cells, a header row.
    Tsv,
}

impl Format {
    /// The format that a file's name tells, also before `.gz` and `.zst`.
    #[must_use]
    pub fn of_name(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy();
        let (_, ending) = without_compression(&name).rsplit_once('.')?;
        ending.parse().ok()
    }
}

impl FromStr for Format {
    type Err = InputError;

    fn from_str(name: &str) -> Result<Self, InputError> {
        match name.to_ascii_lowercase().as_str() {
            "txt" => Ok(Self::Txt),
            "jsonl" | "ndjson" => Ok(Self::Jsonl),
            "json" => Ok(Self::Json),
            "csv" => Ok(Self::Csv),
            "tsv" => Ok(Self::Tsv),
            _ => Err(InputError::FormatName(name.to_owned())),
        }
    }
}

/// The file name without `.gz` or `.zst`.
fn without_compression(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((inner, ending)) if is_compression(ending) => inner,
        _ => name,
    }
}

fn is_compression(ending: &str) -> bool {
    ["gz", "zst"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// What became of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant)] // Nearly all records are documents.
pub enum Record {
    /// It was read.
    Document(Document),
    /// It was not.
    Failed(Failure),
    /// A file of a walked folder that holds something other than articles.
    Skipped(Failure),
}

/// A record, or a whole file, that gave no document. Displays as `location: message`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Id that the document would have had without one of its own.
    pub id: String,
    /// Path as given, with `:line` where the file holds several.
    pub location: String,
    /// What happened and what to do.
    pub message: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.location, self.message)
    }
}

/// Why nothing can be read; told before anything is.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// No input was named.
    #[error("no input: name a file, a folder, or - for stdin")]
    Nothing,
    /// A path leads nowhere.
    #[error("{0}: no such file or folder: check the path; put quotes around one with spaces")]
    Missing(PathBuf),
    /// A path cannot be looked at.
    #[error("{path}: cannot be read ({source}): check its rights")]
    Unreadable {
        /// The path as given.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A folder without articles.
    #[error(
        "{0}: no file ending in .txt, .jsonl, .ndjson, .json, .csv or .tsv in this folder, nor one with .gz or .zst after it: \
         name a file of another ending itself, with --input-format"
    )]
    EmptyFolder(PathBuf),
    /// A folder with nothing but tables that the program wrote.
    #[error("{0}: only tables of an earlier run are in this folder, which are no articles: name the folder with those")]
    OnlyTables(PathBuf),
    /// A file that is no text, and what it is.
    #[error("{path}: {kind}")]
    Foreign {
        /// The path as given.
        path: PathBuf,
        /// What it is, and the remedy.
        kind: &'static str,
    },
    /// A file whose name and first bytes tell no format.
    #[error(
        "{0}: neither its name nor its first bytes tell its format: say --input-format txt, jsonl, json, csv or tsv"
    )]
    UnknownFormat(PathBuf),
    /// `-` stands twice.
    #[error("-: stdin can be read only once: leave the second - out")]
    StdinTwice,
    /// Not the name of a format.
    #[error("no format {0:?}: choose txt, jsonl, json, csv or tsv")]
    FormatName(String),
    /// A mapping names a field that does not exist.
    #[error("--map {mapping}: no field {field:?}: the fields are {}", Field::names())]
    UnknownField {
        /// The pair as given.
        mapping: String,
        /// Its left side.
        field: String,
    },
    /// A mapping is no `field=column` pair, or repeats one.
    #[error("--map {mapping}: {problem}: write field=column pairs with commas between, as in text=Body,date=Pub")]
    Mapping {
        /// The pair as given.
        mapping: String,
        /// What is wrong with it.
        problem: &'static str,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_the_format() {
        let check =
            |name: &str, expected: Option<Format>| assert_eq!(Format::of_name(Path::new(name)), expected, "{name}");
        check("a.txt", Some(Format::Txt));
        check("a/b.TXT.gz", Some(Format::Txt));
        check("a.jsonl", Some(Format::Jsonl));
        check("a.ndjson.zst", Some(Format::Jsonl));
        check("a.json", Some(Format::Json));
        check("a.b.csv.GZ", Some(Format::Csv));
        check("a.tsv", Some(Format::Tsv));
        check("a.gz", None);
        check("a.md", None);
        check("txt", None);
    }

    #[test]
    fn an_unknown_format_lists_the_formats() {
        let error = "xml".parse::<Format>().expect_err("not a format");
        assert_eq!(error.to_string(), r#"no format "xml": choose txt, jsonl, json, csv or tsv"#);
    }
}
