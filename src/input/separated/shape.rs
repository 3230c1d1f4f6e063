//! How rows are divided into cells, and where they end.

use memchr::{memchr, memchr2, memchr3};

/// Bytes that are looked at to tell how cells are separated and quoted.
pub(super) const PROBE: usize = 1 << 18;

/// How rows are divided into cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// What stands between cells.
    pub delimiter: u8,
    /// Whether quotation marks enclose cells, or are words' own.
    pub quoting: bool,
    /// The byte that ends a line, perhaps with another beside it: old programs on a Mac write carriage returns alone.
    pub end: u8,
}

/// The shape of a file that begins with these bytes; `end` where they are all of it.
pub(super) fn shape(bytes: &[u8], delimiter: Option<u8>, end: bool) -> Shape {
    let delimiter = delimiter.unwrap_or_else(|| likely_delimiter(bytes));
    let probe = &bytes[..bytes.len().min(PROBE)];
    let quoting = delimiter != b'\t' || cells_are_quoted(probe, delimiter, end && probe.len() == bytes.len());
    Shape { delimiter, quoting, end: line_end(bytes) }
}

/// The byte that ends the lines of a file that begins with these bytes, by the first line.
pub(super) fn line_end(bytes: &[u8]) -> u8 {
    let first = memchr2(b'\n', b'\r', bytes).map(|at| &bytes[at..]);
    if first.is_some_and(|end| end.starts_with(b"\r") && !end.starts_with(b"\r\n")) { b'\r' } else { b'\n' }
}

/// The most frequent of comma, semicolon and tab in the header line, outside of quotation marks.
fn likely_delimiter(bytes: &[u8]) -> u8 {
    let (mut counts, mut quoted) = ([0; 3], false);
    for byte in bytes {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            b',' if !quoted => counts[0] += 1,
            b';' if !quoted => counts[1] += 1,
            b'\t' if !quoted => counts[2] += 1,
            _ => {}
        }
    }
    let [comma, semicolon, tab] = counts;
    match () {
        () if semicolon > comma && semicolon >= tab => b';',
        () if tab > comma => b'\t',
        () => b',',
    }
}

/// Whether every cell that begins with a quotation mark also ends with one. Many programs write tab-separated cells as they
/// are; `"We won," she said.` must keep its quotation marks then.
fn cells_are_quoted(bytes: &[u8], delimiter: u8, end: bool) -> bool {
    let mut scan = Scan::new(Shape { delimiter, quoting: true, end: b'\n' });
    while let Some(at) = memchr(b'"', &bytes[scan.position..]).map(|at| scan.position + at) {
        scan.position = at + 1;
        let opens = at == 0 || bytes[at - 1] == delimiter || is_end(bytes[at - 1]);
        if !opens {
            continue;
        }
        scan.quoted = true;
        if !scan.close(bytes, end) {
            return !end;
        }
        if scan.goes_on {
            return false;
        }
    }
    true
}

/// A scanner for the ends of rows, which agrees with the `csv` crate on where a quotation mark opens and closes a cell.
pub(super) struct Scan {
    /// What the rows look like.
    pub shape: Shape,
    /// How far it has read.
    pub position: usize,
    /// Where the row begins.
    pub start: usize,
    /// In a quoted cell.
    pub quoted: bool,
    /// In a row that is too long; it began before the bytes do.
    pub skipping: bool,
    /// A quoted cell went on after its closing mark.
    pub goes_on: bool,
}

impl Scan {
    /// Of rows of this shape, from their first byte on.
    pub fn new(shape: Shape) -> Self {
        Self { shape, position: 0, start: 0, quoted: false, skipping: false, goes_on: false }
    }

    /// The end of the last row that ends in `bytes`; 0 where none does.
    pub fn rows_end(&mut self, bytes: &[u8], end: bool) -> usize {
        while self.start < bytes.len() {
            let Some(row_end) = self.row_end(bytes, end) else { break };
            self.start = row_end;
        }
        self.start
    }

    /// The byte after the row, the first byte of its line end included; `None` where more bytes are needed.
    pub fn row_end(&mut self, bytes: &[u8], end: bool) -> Option<usize> {
        loop {
            if self.quoted && !self.close(bytes, end) {
                return None;
            }
            let rest = &bytes[self.position..];
            let next = if self.shape.quoting { memchr3(b'"', b'\n', b'\r', rest) } else { memchr2(b'\n', b'\r', rest) };
            let Some(at) = next.map(|at| self.position + at) else {
                self.position = bytes.len();
                return end.then_some(bytes.len());
            };
            self.position = at + 1;
            if bytes[at] != b'"' {
                return Some(at + 1);
            }
            self.quoted = self.opens(bytes, at);
        }
    }

    fn opens(&self, bytes: &[u8], at: usize) -> bool {
        let first = at == self.start && !self.skipping;
        first || (at > 0 && bytes[at - 1] == self.shape.delimiter)
    }

    /// Goes behind the quotation mark that closes the cell; `false` where more bytes are needed.
    fn close(&mut self, bytes: &[u8], end: bool) -> bool {
        while let Some(at) = memchr(b'"', &bytes[self.position..]).map(|at| self.position + at) {
            match bytes.get(at + 1) {
                Some(b'"') => self.position = at + 2,
                None if !end => {
                    self.position = at;
                    return false;
                }
                next => {
                    self.position = at + 1;
                    self.quoted = false;
                    self.goes_on |= next.is_some_and(|next| *next != self.shape.delimiter && !is_end(*next));
                    return true;
                }
            }
        }
        self.position = bytes.len();
        false
    }
}

/// Whether a byte ends a line.
pub(super) fn is_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}
