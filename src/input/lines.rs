//! `.jsonl`: one JSON object a line. The reading thread looks for newlines only.

use std::sync::Arc;

use memchr::{memchr, memchr_iter, memrchr};

use super::encoding::decode;
use super::json;
use super::place::Place;
use super::reader::Part;
use super::source::Source;
use super::{Failure, Record};

/// The lines of a source, about a block of them at a time.
pub(super) struct Lines {
    source: Source,
    place: Arc<Place>,
    /// Number of the line that the source's bytes begin with.
    line: u64,
    /// How many of them hold no newline for certain.
    searched: usize,
    /// The rest of the line belongs to a record that was too long.
    skipping: bool,
    done: bool,
}

impl Lines {
    pub(super) fn new(source: Source, place: Arc<Place>) -> Self {
        Self { source, place, line: 1, searched: 0, skipping: false, done: false }
    }

    /// The first `count` bytes, which are whole lines, as a part.
    fn cut(&mut self, count: usize) -> Part {
        let bytes = self.source.cut(count);
        let line = self.line;
        self.line += memchr_iter(b'\n', &bytes).count() as u64;
        self.searched = self.source.bytes.len();
        Part::Lines { place: Arc::clone(&self.place), line, bytes }
    }

    /// Forgets the rest of a line that is too long, as far as it is read.
    fn skip(&mut self) {
        match memchr(b'\n', &self.source.bytes) {
            Some(end) => {
                self.source.forget(end + 1);
                self.line += 1;
                self.skipping = false;
            }
            None => self.source.bytes.clear(),
        }
        self.searched = 0;
    }

    /// What stands after the last newline, then what went wrong with reading. A line that was cut off is not a record.
    fn last(&mut self) -> Option<Part> {
        let trouble = self.source.trouble();
        let whole = trouble.is_none() || self.source.bytes.trim_ascii_end().ends_with(b"}");
        if whole && !self.source.bytes.is_empty() {
            return Some(self.cut(self.source.bytes.len()));
        }
        self.done = true;
        trouble.map(|trouble| Part::Failed(self.place.at(self.line, self.line).failure(trouble)))
    }

    fn too_long(&mut self) -> Failure {
        self.skipping = true;
        self.place.at(self.line, self.line).too_long()
    }
}

impl Iterator for Lines {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        while !self.done {
            if self.skipping {
                self.skip();
            }
            if let Some(end) = memrchr(b'\n', &self.source.bytes[self.searched..]) {
                return Some(self.cut(self.searched + end + 1));
            }
            self.searched = self.source.bytes.len();
            if self.source.end {
                return self.last();
            }
            // One byte more may be the carriage return of the line's end.
            if self.searched > self.place.limit().saturating_add(1) {
                return Some(Part::Failed(self.too_long()));
            }
            self.source.fill();
        }
        None
    }
}

/// Appends the records of some lines, the first of them number `first`.
pub(super) fn read(place: &Place, first: u64, bytes: &[u8], records: &mut Vec<Record>) {
    let whole = std::str::from_utf8(bytes).ok();
    let (mut start, mut number) = (0, first);
    for end in memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        let decoded = whole.map(|text| &text[start..end]);
        records.extend(record(place, number, &bytes[start..end], decoded));
        (start, number) = (end + 1, number + 1);
        if start >= bytes.len() {
            break;
        }
    }
}

/// The record of one line, `decoded` where that was done; `None` for a blank one.
fn record(place: &Place, number: u64, bytes: &[u8], decoded: Option<&str>) -> Option<Record> {
    let spot = place.at(number, number);
    let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    if bytes.len() > place.limit() {
        return Some(Record::Failed(spot.too_long()));
    }
    let (text, note) = decoded.map_or_else(|| decode(bytes), |text| (text.into(), ""));
    // Files that begin with a byte order mark may have been joined.
    let text = text.trim_start_matches('\u{feff}').trim_ascii();
    (!text.is_empty()).then(|| json::article(text, &spot, note))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::super::place::Settings;
    use super::super::testing::{gzip, limited, lines, records, summary};
    use super::super::{Format, Options};
    use super::*;

    fn check(bytes: &[u8], expected: &[&str]) {
        assert_eq!(lines(bytes, Format::Jsonl), expected);
    }

    #[test]
    fn each_line_is_a_record_and_blank_ones_are_none() {
        check(b"{\"text\":\"one\"}\r\n\r\n \t\n{\"text\":\"two\"}", &["a:1 @ a.x:1: \"one\"", "a:4 @ a.x:4: \"two\""]);
        let none = "a @ a.x SKIPPED: no article in it: if there should be any, write an object a line";
        check(b"", &[none]);
        check(b"\n\n", &[none]);
    }

    #[test]
    fn a_byte_order_mark_may_stand_before_any_line() {
        let bytes = b"\xef\xbb\xbf{\"text\":\"one\"}\n\xef\xbb\xbf{\"text\":\"two\"}\n";
        check(bytes, &["a:1 @ a.x:1: \"one\"", "a:2 @ a.x:2: \"two\""]);
    }

    #[test]
    fn the_encoding_is_decided_line_by_line() {
        let bytes = b"{\"text\":\"caf\xe9\"}\n{\"text\":\"caf\xc3\xa9\"}\n";
        check(bytes, &["a:1 @ a.x:1: \"café\" (not UTF-8: read as Windows-1252)", "a:2 @ a.x:2: \"café\""]);
        let utf_16: Vec<u8> =
            "\u{feff}{\"text\":\"é\"}\n{\"text\":\"“\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&utf_16, &["a:1 @ a.x:1: \"é\"", "a:2 @ a.x:2: \"“\""]);
    }

    #[test]
    fn a_bad_line_fails_alone() {
        let begins = "correct or remove it; it begins";
        check(
            b"{\n{\"text\":\"x\"}\n{\"text\" \"x\"}\nwords\n[{}]\n",
            &[
                &format!("a:1 @ a.x:1 FAILED: not valid JSON (it ends in the middle): {begins} {{"),
                "a:2 @ a.x:2: \"x\"",
                &format!(
                    "a:3 @ a.x:3 FAILED: not valid JSON (expected `:` at character 9): {begins} {{\"text\" \"x\"}}"
                ),
                &format!("a:4 @ a.x:4 FAILED: not valid JSON (expected value at character 1): {begins} words"),
                "a:5 @ a.x:5 FAILED: an array, not one object a line: say --input-format json",
            ],
        );
    }

    #[test]
    fn a_line_over_the_limit_fails_alone() {
        let long = format!("{{\"text\":\"{}\"}}\r\n{{\"text\":\"b\"}}\r\n", "a".repeat(30));
        let expected = |limit: usize| {
            [
                format!("a:1 @ a.x:1 FAILED: article of more than {limit} bytes: raise --max-document or split it"),
                "a:2 @ a.x:2: \"b\"".to_owned(),
            ]
        };
        assert_eq!(limited(long.as_bytes(), Format::Jsonl, 40), expected(40));
        assert_eq!(limited(long.as_bytes(), Format::Jsonl, 20), expected(20));
        assert!(limited(long.as_bytes(), Format::Jsonl, 41)[0].starts_with("a:1 @ a.x:1: \"aaa"));
    }

    #[test]
    fn a_line_of_ten_megabytes_is_never_held_whole() {
        let mut bytes = vec![b'x'; 10_000_000];
        bytes.extend(b"\n{\"text\":\"b\"}\n");
        let place = Place::new(
            &super::super::walk::Input {
                name: "a.jsonl".to_owned(),
                size: None,
                format: None,
                walked: false,
                origin: super::super::walk::Origin::Stdin,
            },
            &Settings::new(Options { max_document: 1_000_000, ..Options::default() }, 1 << 19),
        );
        let mut splitter = Lines::new(Source::new(Box::new(Cursor::new(bytes)), 1 << 19), place);
        let (mut largest, mut records) = (0, Vec::new());
        while let Some(part) = splitter.next() {
            largest = largest.max(splitter.source.bytes.capacity());
            part.read(&mut records);
        }
        assert!(largest < 4_000_000, "{largest}");
        let lines: Vec<String> = records.iter().map(summary).collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].contains("article of more than 1000000 bytes") && lines[1].ends_with("2: \"b\""), "{lines:?}");
    }

    #[test]
    fn a_cut_gzip_stream_gives_its_whole_lines_and_one_failure() {
        let text: Vec<String> = (0..2000).map(|n| format!("{{\"text\":\"number {n} of {}\"}}\n", n * n)).collect();
        let bytes = gzip(text.concat().as_bytes());
        let records = records(&bytes[..bytes.len() / 2], Format::Jsonl, &Options::default(), 1 << 12);
        let (last, read) = records.split_last().expect("records");
        assert!(read.len() > 300 && read.iter().all(|record| matches!(record, Record::Document(_))), "{}", read.len());
        let line = read.len() + 1;
        let expected = format!(
            "a:{line} @ a.x:{line} FAILED: damaged gzip data (it ends too early), what came before was read: get the file anew"
        );
        assert_eq!(summary(last), expected);
    }
}
