//! The embedded lists are clean and in canonical form. `UPDATE=1 cargo test --test lexicons` rewrites them so; a failing
//! run never does.

use std::fs;
use std::path::PathBuf;

use onrecord::check::{Fault, Severity, canonical, faults, without_example};
use onrecord::lexicon::files::{EMBEDDED, Files};

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("lexicons/en").join(name)
}

#[test]
fn embedded_lists_are_canonical() {
    let update = std::env::var_os("UPDATE").is_some_and(|value| value == "1");
    for (name, _) in EMBEDDED {
        let text = fs::read_to_string(path(name)).expect("every list is UTF-8");
        let wanted = canonical(name, &text);
        if update && text != wanted {
            fs::write(path(name), &wanted).expect("the list can be written");
        } else if let Some(line) = first_difference(&text, &wanted) {
            panic!("lexicons/en/{name}:{line} is not in canonical form: run UPDATE=1 cargo test --test lexicons");
        }
    }
}

/// The 1-based line where two texts part.
fn first_difference(text: &str, wanted: &str) -> Option<usize> {
    let same = text.split('\n').zip(wanted.split('\n')).take_while(|(a, b)| a == b).count();
    (text != wanted).then_some(same + 1)
}

#[test]
fn embedded_lists_have_no_fault() {
    let told = faults(&Files::embedded(), &[]);
    let errors: Vec<String> =
        told.iter().filter(|fault| fault.severity == Severity::Error).map(Fault::to_string).collect();
    assert!(errors.is_empty(), "{} faults\n{}", errors.len(), errors.join("\n"));
}

#[test]
fn pattern_rows_have_examples() {
    let files = Files::embedded();
    let lists = ["patterns.tsv", "relays.tsv", "addressees.tsv"];
    let rows: Vec<String> = lists.iter().flat_map(|name| files.get(name)).flat_map(without_example).collect();
    assert!(rows.is_empty(), "{} rows have no example: {}", rows.len(), rows.join(", "));
}
