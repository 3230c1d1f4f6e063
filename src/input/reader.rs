//! Inputs -> chunks of raw records, on the reading thread; a chunk -> records, on any thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::vec::IntoIter;

use super::elements::{self, Element, Elements};
use super::foreign::foreign;
use super::lines::{self, Lines};
use super::place::{Place, Settings};
use super::separated::{self, Header, Rows};
use super::source::Source;
use super::walk::{Input, SNIFFED, sniff};
use super::{Failure, Format, Inputs, Options, Record, text};

/// Bytes read at a time, and about the size of a chunk.
const BLOCK: usize = 1 << 18;

/// What a compressed file is thought to become, at most, when it is weighed by its size.
const EXPANSION: usize = 8;

/// What even an empty file weighs, so that a chunk does not open thousands.
const FILE_WEIGHT: usize = 1 << 10;

/// Raw records that stand together.
#[derive(Debug)]
pub(super) enum Part {
    /// A file that is small, or one article: opened by the worker.
    File(Input, Arc<Settings>),
    /// One article.
    Text { place: Arc<Place>, bytes: Vec<u8> },
    /// One JSON object a line, the first line being number `line`.
    Lines { place: Arc<Place>, line: u64, bytes: Vec<u8> },
    /// JSON objects that stand somewhere in `bytes`.
    Elements { place: Arc<Place>, elements: Vec<Element>, bytes: Vec<u8>, single: bool },
    /// CSV rows, the first beginning in line `line`.
    Rows { place: Arc<Place>, header: Arc<Header>, line: u64, bytes: Vec<u8> },
    /// Something that could not be read.
    Failed(Failure),
    /// Something that is no article.
    Skipped(Failure),
}

impl Part {
    fn weight(&self) -> usize {
        match self {
            Self::File(input, _) => expected_size(input).unwrap_or(BLOCK) + FILE_WEIGHT,
            Self::Text { bytes, .. }
            | Self::Lines { bytes, .. }
            | Self::Elements { bytes, .. }
            | Self::Rows { bytes, .. } => bytes.len(),
            Self::Failed(_) | Self::Skipped(_) => FILE_WEIGHT,
        }
    }

    /// Appends its records to `records`.
    pub(super) fn read(self, records: &mut Vec<Record>) {
        match self {
            Self::File(input, settings) => open(&input, &settings).parts.for_each(|part| part.read(records)),
            Self::Text { place, bytes } => records.push(text::article(&place, bytes)),
            Self::Lines { place, line, bytes } => lines::read(&place, line, &bytes, records),
            Self::Elements { place, elements, bytes, single } => {
                elements::read(&place, elements, &bytes, single, records);
            }
            Self::Rows { place, header, line, bytes } => separated::read(&place, &header, line, &bytes, records),
            Self::Failed(failure) => records.push(Record::Failed(failure)),
            Self::Skipped(failure) => records.push(Record::Skipped(failure)),
        }
    }
}

/// Bytes after decompression, by the size on the disk.
fn expected_size(input: &Input) -> Option<usize> {
    let size = usize::try_from(input.size?).ok()?;
    Some(if input.looks_compressed() { size.saturating_mul(EXPANSION) } else { size })
}

/// An input as it is read.
pub(super) struct Stream {
    pub(super) parts: Parts,
    /// Bytes taken from it so far.
    taken: Arc<AtomicU64>,
}

/// Begins to read `input`. What goes wrong, now or later, is among the parts.
pub(super) fn open(input: &Input, settings: &Arc<Settings>) -> Stream {
    let place = Place::new(input, settings);
    let step = expected_size(input).map_or(settings.block, |size| settings.block.min(size + 1));
    let source = match Source::open(input, step) {
        Ok(source) => source,
        Err(message) => return Stream { parts: failed(&place, message), taken: Arc::default() },
    };
    let taken = Arc::clone(&source.taken);
    Stream { parts: parts(source, place, input.format), taken }
}

type Parts = Box<dyn Iterator<Item = Part> + Send>;

/// The parts of an open input; its first bytes tell the format where it is not given.
pub(super) fn parts(mut source: Source, place: Arc<Place>, format: Option<Format>) -> Parts {
    source.fill_to(FIRST);
    if let Some(kind) = foreign(&source.bytes) {
        return failed(&place, kind.to_owned());
    }
    let format = format.or_else(|| {
        source.fill_to(SNIFFED);
        sniff(&source.bytes, &place.settings.options.map)
    });
    let format = format.map(|format| if is_array(&source.bytes, format) { Format::Json } else { format });
    let several = Arc::clone(&place);
    match format {
        Some(Format::Txt) => Box::new(std::iter::once(text::read(source, place))),
        Some(Format::Jsonl) => or_none(Lines::new(source, place), &several, "an object a line"),
        Some(Format::Json) => or_none(Elements::new(source, place), &several, OBJECTS),
        Some(Format::Csv) => or_none(Rows::new(source, place, None), &several, ROWS),
        Some(Format::Tsv) => or_none(Rows::new(source, place, Some(b'\t')), &several, ROWS),
        None => {
            let why = if source.bytes.is_empty() { EMPTY } else { UNKNOWN_FORMAT };
            failed(&place, source.trouble().unwrap_or_else(|| why.to_owned()))
        }
    }
}

/// The parts of a file that may hold several articles; where it holds none, that is one, which says what was `expected`.
fn or_none(parts: impl Iterator<Item = Part> + Send + 'static, place: &Place, expected: &str) -> Parts {
    let is_blank = |part: &Part| matches!(part, Part::Lines { bytes, .. } if bytes.trim_ascii_start().is_empty());
    let mut parts = parts.filter(move |part| !is_blank(part));
    let none = || place.whole().failure(format!("no article in it: if there should be any, write {expected}"));
    let first = parts.next().unwrap_or_else(|| Part::Skipped(none()));
    Box::new(std::iter::once(first).chain(parts))
}

const OBJECTS: &str = "a list of objects";

const ROWS: &str = "rows below the header";

/// Bytes that tell whether a file is text, and an array from lines.
const FIRST: usize = 1 << 8;

/// Whether what is called JSON lines is one array, or one object with its fields on lines of their own.
fn is_array(bytes: &[u8], format: Format) -> bool {
    let bytes = bytes.trim_ascii_start();
    let is_object = || {
        bytes.strip_prefix(b"{").is_some_and(|rest| {
            let fields = rest.trim_ascii_start();
            fields.starts_with(b"\"") && rest[..rest.len() - fields.len()].contains(&b'\n')
        })
    };
    format == Format::Jsonl && (bytes.starts_with(b"[") || is_object())
}

const EMPTY: &str = "is empty: see what should have filled it";

const UNKNOWN_FORMAT: &str = "its first bytes tell no format: say --input-format txt, jsonl, json, csv or tsv";

fn failed(place: &Place, message: String) -> Parts {
    Box::new(std::iter::once(Part::Failed(place.whole().failure(message))))
}

/// About a quarter of a MiB of raw records, to be read on any thread.
#[derive(Debug, Default)]
pub struct Chunk {
    /// Bytes of the files on the disk (compressed ones where they are) that were read for it since the chunk before.
    pub consumed: u64,
    parts: Vec<Part>,
}

impl Chunk {
    /// Its records in input order. Small files are opened and read here.
    #[must_use]
    pub fn into_records(self) -> Vec<Record> {
        let mut records = Vec::new();
        self.parts.into_iter().for_each(|part| part.read(&mut records));
        records
    }
}

/// Reads inputs as chunks, in order.
pub struct Reader {
    settings: Arc<Settings>,
    inputs: IntoIter<Input>,
    open: Option<Open>,
}

struct Open {
    stream: Stream,
    size: Option<u64>,
    /// Bytes that chunks have accounted for.
    told: u64,
}

impl Reader {
    /// Reads `inputs`; nothing is opened yet.
    #[must_use]
    pub fn new(inputs: Inputs, options: &Options) -> Self {
        Self::with(inputs, Settings::new(options.clone(), BLOCK))
    }

    pub(super) fn with(inputs: Inputs, settings: Arc<Settings>) -> Self {
        Self { settings, inputs: inputs.files.into_iter(), open: None }
    }

    /// The next part and the bytes consumed for it; a part may be missing at the end of an input.
    fn advance(&mut self) -> Option<(Option<Part>, u64)> {
        if let Some(open) = &mut self.open {
            let part = open.stream.parts.next();
            let consumed = open.consumed(part.is_none());
            if part.is_none() {
                self.open = None;
            }
            return Some((part, consumed));
        }
        let input = self.inputs.next()?;
        if self.is_for_workers(&input) {
            let size = input.size.unwrap_or(0);
            return Some((Some(Part::File(input, Arc::clone(&self.settings))), size));
        }
        let stream = open(&input, &self.settings);
        self.open = Some(Open { stream, size: input.size, told: 0 });
        Some((None, 0))
    }

    /// Whether a worker may open the file: it is small, or one article.
    fn is_for_workers(&self, input: &Input) -> bool {
        let small = expected_size(input).is_some_and(|size| size <= self.settings.block);
        small || (input.size.is_some() && input.format == Some(Format::Txt))
    }
}

impl Open {
    /// Bytes read since the last call; at the end also those that were left unread, so that the sum is the file's size.
    fn consumed(&mut self, end: bool) -> u64 {
        let mut taken = self.stream.taken.load(Ordering::Relaxed);
        if end {
            taken = taken.max(self.size.unwrap_or(0));
        }
        let consumed = taken - self.told;
        self.told = taken;
        consumed
    }
}

impl Iterator for Reader {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        let mut chunk = Chunk::default();
        let mut weight = 0;
        while weight < self.settings.block {
            let Some((part, consumed)) = self.advance() else { break };
            chunk.consumed += consumed;
            weight += part.as_ref().map_or(0, Part::weight);
            chunk.parts.extend(part);
        }
        (!chunk.parts.is_empty() || chunk.consumed > 0).then_some(chunk)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::super::testing::{gzip, summary};
    use super::super::{expand, testing};
    use super::*;

    /// A folder with these files, read with the given block size: one line a record.
    fn read(files: &[(&str, &[u8])], block: usize) -> (Vec<String>, u64) {
        let root = tempfile::tempdir().expect("a folder");
        for (name, bytes) in files {
            fs::write(root.path().join(name), bytes).expect("written");
        }
        let inputs = expand(&[root.path().to_owned()], &Options::default()).expect("files");
        let size = inputs.size;
        let mut consumed = 0;
        let mut lines = Vec::new();
        for chunk in Reader::with(inputs, Settings::new(Options::default(), block)) {
            consumed += chunk.consumed;
            lines.extend(chunk.into_records().iter().map(summary));
        }
        assert_eq!(Some(consumed), size);
        let root = format!("{}{}", root.path().display(), std::path::MAIN_SEPARATOR);
        (lines.iter().map(|line| line.replace(&root, "")).collect(), consumed)
    }

    #[test]
    fn every_kind_of_file_in_order_for_any_block_size() {
        let jsonl = b"{\"text\":\"x1\"}\n\n{\"text\":\n{\"text\":\"x2\",\"id\":7}";
        let files: [(&str, &[u8]); 7] = [
            ("a.txt", b" date 2017-04-12 Words."),
            ("b.jsonl", jsonl),
            ("c.json", b"[{\"text\":\"j1\"},\n {\"text\":\"j2\"}]"),
            ("d.csv", b"id,text\n1,\"c\n1\"\n2,c2\n"),
            ("e.jsonl.gz", &gzip(jsonl)),
            ("f.tsv", b"id\tBody2\n1\tx\n"),
            ("g.json", b"{\"text\":\"alone\"}"),
        ];
        let expected = [
            "a @ a.txt: \" date 2017-04-12 Words.\"",
            "b:1 @ b.jsonl:1: \"x1\"",
            "b:3 @ b.jsonl:3 FAILED: not valid JSON (it ends in the middle): correct or remove it; it begins {\"text\":",
            "7 @ b.jsonl:4: \"x2\"",
            "c:1 @ c.json:1: \"j1\"",
            "c:2 @ c.json:2: \"j2\"",
            "1 @ d.csv:2: \"c\\n1\"",
            "2 @ d.csv:4: \"c2\"",
            "e:1 @ e.jsonl.gz:1: \"x1\"",
            "e:3 @ e.jsonl.gz:3 FAILED: not valid JSON (it ends in the middle): correct or remove it; it begins {\"text\":",
            "7 @ e.jsonl.gz:4: \"x2\"",
            "f @ f.tsv FAILED: no column \"text\"; found \"id\", \"Body2\": name it with --map text=Body2",
            "g @ g.json: \"alone\"",
        ];
        for block in [1, 2, 3, 7, 16, 64, 1 << 19] {
            assert_eq!(read(&files, block).0, expected, "block of {block}");
        }
    }

    #[test]
    fn a_gazetteer_among_articles_is_skipped() {
        let files: [(&str, &[u8]); 3] =
            [("a.txt", b"Words."), ("b.tsv", b"Name\taliases\nAnn Lee\tLee\n"), ("c.csv", b"name;text\nx;y\n")];
        let expected = [
            "a @ a.txt: \"Words.\"",
            "b @ b.tsv SKIPPED: no articles: a gazetteer? give it with --gazetteer",
            "c:2 @ c.csv:2: \"y\"",
        ];
        for block in [1, 1 << 19] {
            assert_eq!(read(&files, block).0, expected, "block of {block}");
        }
    }

    #[test]
    fn an_array_is_read_though_its_name_says_lines() {
        let files: [(&str, &[u8]); 3] = [
            ("a.jsonl", b"\n[{\"text\":\"a\"},\n{\"text\":\"b\"}]"),
            ("b.jsonl", b"{\n  \"text\": \"c\"\n}\n"),
            ("c.txt", b"%PDF-1.4 words"),
        ];
        let expected = [
            "a:1 @ a.jsonl:2: \"a\"",
            "a:2 @ a.jsonl:3: \"b\"",
            "b @ b.jsonl: \"c\"",
            "c @ c.txt FAILED: a PDF, not text: save it as plain text (.txt) first",
        ];
        for block in [1, 7, 1 << 19] {
            assert_eq!(read(&files, block).0, expected, "block of {block}");
        }
    }

    #[test]
    fn a_gazetteer_given_by_name_fails() {
        let root = tempfile::tempdir().expect("a folder");
        let path = root.path().join("a.csv");
        fs::write(&path, "name,role\nAnn Lee,mayor\n").expect("written");
        let inputs = expand(&[path], &Options::default()).expect("a file");
        let records: Vec<Record> = Reader::new(inputs, &Options::default()).flat_map(Chunk::into_records).collect();
        assert!(matches!(&records[..], [Record::Failed(failure)] if failure.message.contains("no column \"text\"")));
    }

    #[test]
    fn many_small_files_make_few_chunks() {
        let root = tempfile::tempdir().expect("a folder");
        for number in 0..2000 {
            fs::write(root.path().join(format!("{number:04}.txt")), "x".repeat(1000)).expect("written");
        }
        let inputs = expand(&[root.path().to_owned()], &Options::default()).expect("files");
        let chunks: Vec<Chunk> = Reader::new(inputs, &Options::default()).collect();
        assert!((2..=20).contains(&chunks.len()), "{}", chunks.len());
        let records: Vec<Record> = chunks.into_iter().flat_map(Chunk::into_records).collect();
        assert_eq!(records.len(), 2000);
        assert!(summary(&records[1999]).starts_with("1999 @ "));
    }

    #[test]
    fn a_file_that_vanished_fails_and_the_next_goes_on() {
        let root = tempfile::tempdir().expect("a folder");
        let paths: Vec<PathBuf> = ["a.txt", "b.txt"].iter().map(|name| root.path().join(name)).collect();
        for path in &paths {
            fs::write(path, "x").expect("written");
        }
        let inputs = expand(&paths, &Options::default()).expect("files");
        fs::remove_file(&paths[0]).expect("removed");
        let records: Vec<Record> = Reader::new(inputs, &Options::default()).flat_map(Chunk::into_records).collect();
        assert!(
            matches!(&records[0], Record::Failed(failure) if failure.id == "a" && failure.message.contains("cannot be opened"))
        );
        assert!(matches!(&records[1], Record::Document(document) if document.id == "b"));
    }

    #[test]
    fn bytes_of_no_format_are_one_failure() {
        assert_eq!(
            testing::sniffed(b"words"),
            ["stdin @ stdin FAILED: its first bytes tell no format: say --input-format txt, jsonl, json, csv or tsv"]
        );
        assert_eq!(testing::sniffed(b""), ["stdin @ stdin FAILED: is empty: see what should have filled it"]);
        assert_eq!(testing::sniffed(b" {\"text\":\"x\"}"), ["stdin:1 @ stdin:1: \"x\""]);
    }
}
