//! Any rows for a word list or a table of names: read, or refused with file and line. The first byte chooses the list. The long
//! lists beside it are empty, so that an input takes a hundredth of a second, not one.

use std::fs;
use std::sync::LazyLock;

use onrecord::Lexicons;
use onrecord::lexicon::files::EMBEDDED;
use tempfile::TempDir;

/// A lexicon longer than this stands empty beside the one that is tried.
const LONG: usize = 12_000;

/// A folder of lexicons, the long ones empty.
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("room");
    for (name, text) in EMBEDDED.iter().filter(|(_, text)| text.len() > LONG) {
        fs::write(folder.path().join(name), header(text)).expect("room");
    }
    folder
});

/// The line of column names.
fn header(text: &str) -> String {
    text.lines().find(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).unwrap_or_default()
}

/// Checks one input.
///
/// # Panics
/// If a promise is broken.
pub fn check(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let lists = EMBEDDED.len() + 1;
    let (name, columns) = EMBEDDED.get(usize::from(*first) % lists).copied().unwrap_or(("names.csv", ""));
    let path = FOLDER.path().join(name.replace(".tsv", ".add.tsv"));
    fs::write(&path, [header(columns).as_bytes(), bytes].concat()).expect("room");
    let names = if columns.is_empty() { vec![path.clone()] } else { Vec::new() };
    drop(Lexicons::load(Some(FOLDER.path()), &names));
    fs::remove_file(&path).expect("it was written");
}
