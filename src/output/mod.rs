//! Rows to bytes, bytes to files. Knows how a cell is written in each format and how a file comes to stand in a folder;
//! knows nothing of what the columns mean.
//!
//! [`Encoder`] turns rows into bytes wherever the rows are, in the workers too; [`Folder`] and [`Stream`] take the bytes
//! in the order in which they shall stand. [`NewFile`] is a file by itself.

mod delimited;
mod file;
mod folder;
mod jsonl;
mod number;
mod stream;
mod style;

use std::{io, path::PathBuf};

use thiserror::Error;

pub use file::NewFile;
pub use folder::{Folder, Unfinished};
pub use stream::Stream;
pub use style::{Format, Style, StyleError, UnknownFormat};

use crate::table::{Row, Table};

/// Writes rows as bytes in one style. Holds no state: workers may share one or copy it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoder {
    style: Style,
}

impl Encoder {
    /// An encoder of the style.
    #[must_use]
    pub fn new(style: Style) -> Self {
        Self { style }
    }

    /// Appends what stands before a table's first row: the names of the columns, nothing in JSON lines.
    pub fn header(&self, table: Table, out: &mut Vec<u8>) {
        match self.style.format() {
            Format::Csv | Format::Tsv => delimited::header(self.style, table, out),
            Format::Jsonl => {}
        }
    }

    /// Appends the rows, one a line.
    pub fn encode<R: Row>(&self, rows: &[R], out: &mut Vec<u8>) {
        match self.style.format() {
            Format::Csv | Format::Tsv => delimited::encode(self.style, rows, out),
            Format::Jsonl => jsonl::encode(rows, out),
        }
    }
}

/// Where the bytes of the tables go.
pub trait Sink {
    /// Whether the table is written at all. The rows of another need not be encoded.
    fn wants(&self, table: Table) -> bool;

    /// Appends encoded rows to the table; those of a table that is not wanted are dropped.
    ///
    /// # Errors
    /// When the bytes cannot be written; [`OutputError::Closed`] when nobody reads them any more.
    fn write(&mut self, table: Table, bytes: &[u8]) -> Result<(), OutputError>;

    /// Ends the tables well. A sink that is dropped instead leaves no file behind.
    ///
    /// # Errors
    /// When the last bytes cannot be written or a file cannot get its name.
    fn finish(self: Box<Self>) -> Result<(), OutputError>;
}

/// What helps where a file cannot be written.
fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "make its folder first",
        io::ErrorKind::StorageFull => "make room",
        io::ErrorKind::NotADirectory => "move away the file that stands where its folder should be",
        io::ErrorKind::PermissionDenied => "change the permissions of its folder",
        _ => "mend that",
    }
}

/// Why tables could not be written.
#[derive(Debug, Error)]
pub enum OutputError {
    /// The folder is a file.
    #[error("{}: is a file, not a folder: name a folder with -o", .0.display())]
    NotAFolder(PathBuf),
    /// The folder cannot be made, or no file can be made in it.
    #[error("{}: cannot be written ({source}): name another folder with -o, or change its permissions", folder.display())]
    Unwritable {
        /// As given.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A folder stands where the table's file shall stand.
    #[error("{}: is a folder: move it away, or name another folder with -o", .0.display())]
    Occupied(PathBuf),
    /// The file is a folder.
    #[error("{}: is a folder, not a file: name a file", .0.display())]
    NotAFile(PathBuf),
    /// The file cannot be made or written.
    #[error("{}: cannot be written ({source}): {}, or name another file", path.display(), remedy(source))]
    UnwritableFile {
        /// As given.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The bytes of a table could not be written.
    #[error("{}: cannot be written ({source}): make room, or name another folder with -o, and run again", path.display())]
    Write {
        /// The table's file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The finished table could not take the place of the old one.
    #[error("{}: cannot be replaced ({source}): close it in other programs and run again", path.display())]
    Replace {
        /// The table's file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Neither could all tables take the place of the old ones, nor all old ones have their place again.
    #[error("{source}; tables of two runs stand side by side now: {left}: run again, or rename the old ones")]
    PutBack {
        /// The tables that are new, and where the old ones are.
        left: String,
        /// Why the run failed.
        source: Box<OutputError>,
    },
    /// Standard output takes no bytes.
    #[error("standard output: cannot be written ({0}): lead it to another place")]
    Stream(io::Error),
    /// Nobody reads standard output any more (`| head`): the run ends here, and quietly.
    #[error("standard output: closed by its reader")]
    Closed,
}
