//! Any text in a cell: one line a row in the spreadsheet's CSV and in TSV, and nothing that a spreadsheet runs.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord::output::{Encoder, Format, Style};
use onrecord::table::DocumentRow;

fuzz_target!(|cells: (String, String, bool)| {
    let (title, message, semicolon) = cells;
    let row = DocumentRow { doc_id: "a", title: &title, message: &message, ..DocumentRow::default() };
    let delimiter = semicolon.then_some(b';');
    let styles = [(Format::Csv, false), (Format::Csv, true), (Format::Tsv, false), (Format::Jsonl, false)];
    for (format, excel) in styles {
        let Ok(style) = Style::new(format, excel, delimiter) else { continue };
        let mut bytes = Vec::new();
        Encoder::new(style).encode(std::slice::from_ref(&row), &mut bytes);
        let text = String::from_utf8(bytes).expect("UTF-8");
        if excel || format != Format::Csv {
            assert_eq!(text.matches('\n').count(), 1, "one line: {text:?}");
        }
        if excel {
            let separator = if semicolon { b';' } else { b',' };
            let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(separator).from_reader(text.as_bytes());
            let cells = reader.records().next().expect("a row").expect("a table");
            assert!(!cells.iter().any(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{text:?}");
        }
    }
});
