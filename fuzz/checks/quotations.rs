//! Any text: its quotations lie within it, in order, on character boundaries, none in another.

use std::sync::LazyLock;

use onrecord::scan::Scan;
use onrecord::{Document, Lexicons};

static LEXICONS: LazyLock<Lexicons> = LazyLock::new(Lexicons::embedded);

/// Checks one input, as text.
///
/// # Panics
/// If a promise is broken.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let document = Document { text, ..Document::default() };
    let found = Scan::of(&document, &LEXICONS);
    let mut end = 0;
    for quotation in &found.quotations {
        let span = quotation.span;
        assert!(document.text.get(span.start as usize..span.end as usize).is_some(), "within the text");
        assert!(span.start >= end, "one after the other");
        end = span.end;
    }
}
