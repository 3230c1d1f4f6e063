//! See `checks/documents.rs`.
#![no_main]

#[path = "../checks/documents.rs"]
mod documents;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| documents::check(bytes));
