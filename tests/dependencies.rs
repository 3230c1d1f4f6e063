//! What the program is built from: crates of the public registry, under licences that ours allows, and no others.

use std::process::Command;

use serde_json::Value;

/// Licences that may be combined with MIT and Apache 2.0 in a program that anybody may use; `deny.toml` names the same.
const ALLOWED: [&str; 5] = ["Apache-2.0", "MIT", "BSD-3-Clause", "Unicode-3.0", "Zlib"];

/// Every crate that the lock file names.
fn packages() -> Vec<Value> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["metadata", "--format-version", "1", "--locked"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let output = command.output().expect("cargo runs its tests");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    metadata["packages"].as_array().expect("a list").clone()
}

/// Whether one of the choices that a licence expression offers needs allowed licences only: `MIT OR Apache-2.0`,
/// `(MIT OR Apache-2.0) AND Unicode-3.0`.
fn is_allowed(expression: &str) -> bool {
    let plain = expression.replace(['(', ')'], " ").replace('/', " OR ");
    let choices = |all: &str| all.split(" OR ").any(|choice| ALLOWED.contains(&choice.trim()));
    plain.split(" AND ").all(choices)
}

#[test]
fn every_dependency_is_from_the_registry_and_free_to_use() {
    let packages = packages();
    assert!(packages.len() > 20);
    for package in packages.iter().filter(|package| package["name"] != "onrecord") {
        let name = package["name"].as_str().unwrap_or_default();
        let source = package["source"].as_str().unwrap_or("a folder");
        assert!(source.starts_with("registry+https://github.com/rust-lang/crates.io-index"), "{name} is from {source}");
        let licence = package["license"].as_str().unwrap_or("no licence");
        assert!(is_allowed(licence), "{name} is under {licence}");
    }
}

#[test]
fn deny_toml_allows_the_same_licences() {
    let deny = include_str!("../deny.toml");
    let allowed = ALLOWED.map(|licence| format!("\"{licence}\"")).join(", ");
    assert!(deny.contains(&format!("allow = [{allowed}]")));
}

#[test]
fn a_licence_that_asks_for_more_is_not_allowed() {
    assert!(
        is_allowed("MIT OR Apache-2.0")
            && is_allowed("Unlicense/MIT")
            && is_allowed("(MIT OR GPL-3.0) AND Unicode-3.0")
    );
    assert!(!is_allowed("GPL-3.0") && !is_allowed("MIT AND GPL-3.0"));
}
