//! Any text in a cell: one line a row in the spreadsheet's CSV and in TSV, and nothing that a spreadsheet runs.

use onrecord::output::{Encoder, Format, Style};
use onrecord::table::DocumentRow;

/// Checks one input: two cells with a zero between; where that is missing, commas part the cells.
///
/// # Panics
/// If a promise is broken.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (semicolon, (title, message)) = text.split_once('\0').map_or((false, (&*text, "")), |cells| (true, cells));
    let row = DocumentRow { doc_id: "a", title, message: message.into(), ..DocumentRow::default() };
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
            let mut reader =
                csv::ReaderBuilder::new().has_headers(false).delimiter(separator).from_reader(text.as_bytes());
            let cells = reader.records().next().expect("a row").expect("a table");
            assert!(!cells.iter().any(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{text:?}");
        }
    }
}
