//! Any text: its quotations lie within it, in order, on character boundaries, none in another.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use onrecord::scan::Scan;
use onrecord::{Document, Lexicons};

static LEXICONS: LazyLock<Lexicons> = LazyLock::new(Lexicons::embedded);

fuzz_target!(|text: String| {
    let document = Document { text, ..Document::default() };
    let scan = Scan::of(&document, &LEXICONS);
    let mut end = 0;
    for quotation in &scan.quotations {
        let span = quotation.span;
        assert!(document.text.get(span.start as usize..span.end as usize).is_some(), "within the text");
        assert!(span.start >= end, "one after the other");
        end = span.end;
    }
});
