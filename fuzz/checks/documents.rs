//! Any bytes as a file of any format: records or failures, never a panic, no record lost without a word. The first byte
//! chooses the format.

use std::fs;

use onrecord::input::{self, Options, Reader};

const ENDINGS: [&str; 8] = ["txt", "jsonl", "json", "csv", "tsv", "jsonl.gz", "csv.zst", ""];

/// Checks one input.
///
/// # Panics
/// If a promise is broken.
pub fn check(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let folder = tempfile::tempdir().expect("room");
    let path = folder.path().join("a").with_extension(ENDINGS[usize::from(*first) % ENDINGS.len()]);
    fs::write(&path, bytes).expect("room");
    // A small limit, so that the fuzzer's small files go over it.
    let options = Options { max_document: 2_000, ..Options::default() };
    let Ok(inputs) = input::expand(&[path], &options) else { return };
    for chunk in Reader::new(inputs, &options) {
        drop(chunk.into_records());
    }
}
