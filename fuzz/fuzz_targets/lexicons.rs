//! See `checks/lexicons.rs`.
#![no_main]

#[path = "../checks/lexicons.rs"]
mod lexicons;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| lexicons::check(bytes));
