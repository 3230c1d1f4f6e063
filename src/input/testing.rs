//! What the tests of several formats need: an input from memory, compressed bytes, a record in one line.

use std::io::{Cursor, Write};
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::place::{Place, Settings, Spot};
use super::reader::parts;
use super::source::Source;
use super::walk::{Input, Origin};
use super::{Format, Options, Record};

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("writing to memory");
    encoder.finish().expect("writing to memory")
}

pub(super) fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

/// `id @ location: "text"`, with the body's start and the message where there are any, or `id @ location FAILED: message`.
pub(super) fn summary(record: &Record) -> String {
    match record {
        Record::Failed(failure) => format!("{} @ {} FAILED: {}", failure.id, failure.location, failure.message),
        Record::Skipped(failure) => format!("{} @ {} SKIPPED: {}", failure.id, failure.location, failure.message),
        Record::Document(document) => {
            let message = if document.message.is_empty() { String::new() } else { format!(" ({})", document.message) };
            format!("{} @ {}: {:?}{message}", document.id, document.location, document.text)
        }
    }
}

/// The records of an input of this format called `a.x`.
pub(super) fn records(bytes: &[u8], format: Format, options: &Options, block: usize) -> Vec<Record> {
    let input = Input {
        name: "a.x".to_owned(),
        size: None,
        format: Some(format),
        walked: false,
        origin: Origin::File("a.x".into()),
    };
    read(bytes, &input, &Settings::new(options.clone(), block))
}

/// The same as lines, for the usual options, after holding that the block size changes nothing.
pub(super) fn lines(bytes: &[u8], format: Format) -> Vec<String> {
    limited(bytes, format, Options::default().max_document)
}

/// As [`lines`] with a limit for the record's length.
pub(super) fn limited(bytes: &[u8], format: Format, max_document: usize) -> Vec<String> {
    let options = Options { max_document, ..Options::default() };
    let whole = records(bytes, format, &options, 1 << 19);
    for block in [1, 2, 3, 5, 8, 13, 64] {
        assert_eq!(records(bytes, format, &options, block), whole, "block of {block}");
    }
    whole.iter().map(summary).collect()
}

/// The records of stdin with these bytes, whose format is to be told by them, as lines.
pub(super) fn sniffed(bytes: &[u8]) -> Vec<String> {
    let input = Input { name: "stdin".to_owned(), size: None, format: None, walked: false, origin: Origin::Stdin };
    read(bytes, &input, &Settings::new(Options::default(), 1 << 19)).iter().map(summary).collect()
}

fn read(bytes: &[u8], input: &Input, settings: &Arc<Settings>) -> Vec<Record> {
    let source = Source::new(Box::new(Cursor::new(bytes.to_vec())), settings.block);
    let mut records = Vec::new();
    parts(source, Place::new(input, settings), input.format).for_each(|part| part.read(&mut records));
    records
}

/// A spot in line 1 of `a.x`, for the usual options.
pub(super) fn with_spot<T>(use_it: impl FnOnce(&Spot) -> T) -> T {
    let input =
        Input { name: "a.x".to_owned(), size: None, format: None, walked: false, origin: Origin::File("a.x".into()) };
    let place = Place::new(&input, &Settings::new(Options::default(), 1 << 19));
    use_it(&place.at(1, 1))
}
