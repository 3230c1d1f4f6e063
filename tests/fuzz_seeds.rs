//! A few of the inputs that the fuzzers found to be unlike any before, for each target (`fuzz/seeds`), through the same checks.

use std::fs;
use std::path::Path;

#[path = "../fuzz/checks/analysis.rs"]
mod analysis;
#[path = "../fuzz/checks/documents.rs"]
mod documents;
#[path = "../fuzz/checks/lexicons.rs"]
mod lexicons;
#[path = "../fuzz/checks/quotations.rs"]
mod quotations;
#[path = "../fuzz/checks/tables.rs"]
mod tables;

/// Every input of a target's corpus; says which one broke.
fn replay(target: &str, check: impl Fn(&[u8]) + std::panic::RefUnwindSafe) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut paths: Vec<_> =
        fs::read_dir(&folder).expect("seeds").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    assert!(paths.len() >= 20, "{} inputs in {}", paths.len(), folder.display());
    let breaks = |path: &&std::path::PathBuf| {
        let bytes = fs::read(path).expect("an input");
        std::panic::catch_unwind(|| check(&bytes)).is_err()
    };
    let broken: Vec<_> = paths.iter().filter(breaks).collect();
    assert!(broken.is_empty(), "{broken:?}");
}

#[test]
fn analysis_of_odd_texts() {
    replay("analysis", analysis::check);
}

#[test]
fn odd_files_of_every_format() {
    replay("documents", documents::check);
}

#[test]
fn odd_lexicons() {
    replay("lexicons", lexicons::check);
}

#[test]
fn quotations_of_odd_texts() {
    replay("quotations", quotations::check);
}

#[test]
fn odd_cells() {
    replay("tables", tables::check);
}
