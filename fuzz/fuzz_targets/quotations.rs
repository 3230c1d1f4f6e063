//! See `checks/quotations.rs`.
#![no_main]

#[path = "../checks/quotations.rs"]
mod quotations;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| quotations::check(bytes));
