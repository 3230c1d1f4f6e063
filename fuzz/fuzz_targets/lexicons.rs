//! Any text as a word list or a table of names: read, or refused with file and line. The first byte chooses the list.
#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;
use onrecord::Lexicons;

const FILES: [&str; 8] = [
    "cues.add.tsv",
    "patterns.add.tsv",
    "stance.add.tsv",
    "frames.add.tsv",
    "roles.add.tsv",
    "words.add.tsv",
    "gazetteer.add.tsv",
    "shifters.add.tsv",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let folder = tempfile::tempdir().expect("room");
    if first % 2 == 0 {
        fs::write(folder.path().join(FILES[usize::from(*first / 2) % FILES.len()]), bytes).expect("room");
        drop(Lexicons::load(Some(folder.path()), &[]));
    } else {
        let path = folder.path().join("names.csv");
        fs::write(&path, bytes).expect("room");
        drop(Lexicons::load(None, &[path]));
    }
});
