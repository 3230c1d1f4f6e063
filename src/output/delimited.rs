//! CSV and TSV: cells between delimiters. Plain CSV is RFC 4180 with LF, TSV is never quoted, and the spreadsheet's CSV
//! is changed until a double click opens it right (see [`Style`]).

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3};

use crate::{
    output::{
        Format, Style,
        number::{push_integer, push_number},
    },
    table::{Cell, QuoteId, Row, Table},
};

/// Characters (UTF-16 units) that a cell of Excel holds.
const EXCEL_CELL: usize = 32_767;

/// The spreadsheet's last column: the names of the columns whose cells were cut, `;` between them.
const CUT_COLUMN: &str = "cut";

/// Appends the names of the columns, after a byte order mark for the spreadsheet.
pub(super) fn header(style: Style, table: Table, out: &mut Vec<u8>) {
    if style.excel() {
        out.extend_from_slice("\u{feff}".as_bytes());
    }
    for column in table.columns() {
        out.extend_from_slice(column.as_bytes());
        out.push(style.delimiter());
    }
    end_row(style, CUT_COLUMN, out);
}

/// Appends the rows, one a line.
pub(super) fn encode<R: Row>(style: Style, rows: &[R], out: &mut Vec<u8>) {
    for row in rows {
        if style.excel() {
            push_excel_row(style, row, out);
        } else {
            push_row(style, row, out);
        }
    }
}

fn push_row<R: Row>(style: Style, row: &R, out: &mut Vec<u8>) {
    for cell in row.cells() {
        match cell {
            Cell::Empty => {}
            Cell::Text(text) if style.format() == Format::Tsv => out.extend_from_slice(on_one_line(text).as_bytes()),
            Cell::Text(text) => push_text(text, style.delimiter(), out),
            Cell::QuoteId(id) => push_id(id, style, out),
            Cell::Integer(integer) => push_integer(integer, out),
            Cell::Number(number) => push_number(number, out),
        }
        out.push(style.delimiter());
    }
    end_row(style, "", out);
}

fn push_excel_row<R: Row>(style: Style, row: &R, out: &mut Vec<u8>) {
    let mut cut_columns = Vec::new();
    for (column, cell) in R::COLUMNS.iter().zip(row.cells()) {
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => {
                if push_excel_text(style, text, out) {
                    cut_columns.push(*column);
                }
            }
            Cell::QuoteId(id) => {
                if push_excel_text(style, &id.to_string(), out) {
                    cut_columns.push(*column);
                }
            }
            Cell::Integer(integer) => push_integer(integer, out),
            Cell::Number(number) => push_number(number, out),
        }
        out.push(style.delimiter());
    }
    end_row(style, &cut_columns.join(";"), out);
}

/// Appends a cell that no spreadsheet runs; tells whether it had to be cut.
fn push_excel_text(style: Style, text: &str, out: &mut Vec<u8>) -> bool {
    let text = without_formula(text);
    let kept = first_units(&text, EXCEL_CELL);
    push_text(kept, style.delimiter(), out);
    kept.len() < text.len()
}

/// Puts the end of the line in the place of the last delimiter, for the spreadsheet after a last cell.
fn end_row(style: Style, excel_cell: &str, out: &mut Vec<u8>) {
    if style.excel() {
        push_text(excel_cell, style.delimiter(), out);
        out.extend_from_slice(b"\r\n");
    } else {
        out.pop();
        out.push(b'\n');
    }
}

/// Appends a quotation's id. Few documents have an id that must be quoted, so the parts go straight to the file.
fn push_id(id: QuoteId<'_>, style: Style, out: &mut Vec<u8>) {
    if style.format() == Format::Tsv {
        out.extend_from_slice(on_one_line(id.document).as_bytes());
    } else if is_plain(id.document, style.delimiter()) && !matches!(style.delimiter(), b':' | b'-') {
        out.extend_from_slice(id.document.as_bytes());
    } else {
        return push_text(&id.to_string(), style.delimiter(), out);
    }
    out.push(b':');
    push_integer(u64::from(id.start), out);
    out.push(b'-');
    push_integer(u64::from(id.end), out);
}

/// Whether a cell needs no quotes. Every byte is looked at, not only those up to the first hit: so the compiler takes
/// sixteen at a time.
fn is_plain(text: &str, delimiter: u8) -> bool {
    let is_plain = |byte: &u8| *byte != delimiter && !matches!(byte, b'"' | b'\n' | b'\r');
    text.as_bytes().iter().fold(true, |plain, byte| plain & is_plain(byte))
}

/// Appends a cell, in quotes where RFC 4180 asks for them. Written by hand because it takes less than half the time of the
/// csv crate's writer, whose bytes the tests hold it to.
fn push_text(text: &str, delimiter: u8, out: &mut Vec<u8>) {
    if is_plain(text, delimiter) {
        return out.extend_from_slice(text.as_bytes());
    }
    out.push(b'"');
    let mut rest = text.as_bytes();
    while let Some(quote) = memchr(b'"', rest) {
        out.extend_from_slice(&rest[..=quote]);
        out.push(b'"');
        rest = &rest[quote + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

/// The text with a space for every tab and newline. Its number of characters stays, so that offsets still fit.
fn on_one_line(text: &str) -> Cow<'_, str> {
    match memchr3(b'\t', b'\n', b'\r', text.as_bytes()) {
        Some(_) => text.replace(['\t', '\n', '\r'], " ").into(),
        None => text.into(),
    }
}

/// The text with a space for every newline, and an apostrophe before it if a spreadsheet would run it as a formula: the
/// marks named by OWASP's "CSV Injection", also full-width and after white space.
fn without_formula(text: &str) -> Cow<'_, str> {
    let is_formula = text.starts_with(['\t', '\r', '\n'])
        || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let has_newline = memchr2(b'\n', b'\r', text.as_bytes()).is_some();
    if !is_formula && !has_newline {
        return text.into();
    }
    let apostrophe = if is_formula { "'" } else { "" };
    format!("{apostrophe}{}", text.replace(['\n', '\r'], " ")).into()
}

/// The longest beginning of the text that has at most `limit` UTF-16 units.
fn first_units(text: &str, limit: usize) -> &str {
    if text.len() <= limit {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, character)| {
        units += character.len_utf16();
        units > limit
    });
    end.map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*, sample::select};

    use super::*;
    use crate::{
        output::Encoder,
        table::{DocumentRow, RelationRow, StanceRow},
    };

    fn style(format: Format, excel: bool, delimiter: Option<u8>) -> Style {
        Style::new(format, excel, delimiter).expect("options that go together")
    }

    /// Checks the line of a document whose title is `title`, between the cells `a` and `z`.
    fn check_cell(style: Style, title: &str, expected: &str) {
        let row = DocumentRow { doc_id: "a", title, characters: Some(5), message: "z", ..DocumentRow::default() };
        let mut out = Vec::new();
        Encoder::new(style).encode(&[row], &mut out);
        let line = String::from_utf8(out).expect("UTF-8");
        let delimiter = char::from(style.delimiter()).to_string();
        let rest = if style.excel() { ",,,,5,,,,z,\r\n" } else { ",,,,5,,,,z\n" }.replace(',', &delimiter);
        assert_eq!(line, format!("a{}{expected}{rest}", delimiter.repeat(4)));
    }

    #[test]
    fn plain_csv() {
        let csv = Style::default();
        check_cell(csv, "plain", "plain");
        check_cell(csv, "", "");
        check_cell(csv, "a, b", "\"a, b\"");
        check_cell(csv, "\"Yes\"", "\"\"\"Yes\"\"\"");
        check_cell(csv, "one\ntwo\r\n", "\"one\ntwo\r\n\"");
        check_cell(csv, "=1+1", "=1+1");
        check_cell(csv, "“Да”; é\t", "“Да”; é\t");
        check_cell(style(Format::Csv, false, Some(b';')), "a; b, c", "\"a; b, c\"");
    }

    #[test]
    fn tsv_is_never_quoted() {
        let tsv = style(Format::Tsv, false, None);
        check_cell(tsv, "\"Yes\", a", "\"Yes\", a");
        check_cell(tsv, "one\ttwo\nthree\r\nfour", "one two three  four");
        check_cell(tsv, "=1", "=1");
    }

    #[test]
    fn excel_cells() {
        let excel = style(Format::Csv, true, None);
        check_cell(excel, "one\ntwo\r\nthree", "one two  three");
        check_cell(excel, "a,b", "\"a,b\"");
        for formula in ["=1", "+1", "-1", "@a", "\t=1", " =1", "＝1", "-"] {
            check_cell(excel, formula, &format!("'{formula}"));
        }
        check_cell(excel, "\r1", "' 1");
        check_cell(excel, "=\"x\"", "\"'=\"\"x\"\"\"");
        check_cell(excel, "a-b", "a-b");
        check_cell(style(Format::Csv, true, Some(b';')), "a; b", "\"a; b\"");
    }

    #[test]
    fn excel_leaves_numbers_alone() {
        let row = StanceRow { stance: "against", score: -0.5, evidence: "-0.5", ..StanceRow::default() };
        let mut out = Vec::new();
        Encoder::new(style(Format::Csv, true, Some(b';'))).encode(&[row], &mut out);
        assert_eq!(String::from_utf8_lossy(&out), ";;;;;;;;;;;;against;-0.5;0;0;;'-0.5;0;\r\n");
    }

    #[test]
    fn excel_cuts_long_cells() {
        let full = "x".repeat(EXCEL_CELL);
        let (longer, formula) = (format!("{full}y"), format!("={full}"));
        let row = DocumentRow { title: &longer, author: &full, message: &formula, ..DocumentRow::default() };
        let mut out = Vec::new();
        Encoder::new(style(Format::Csv, true, None)).encode(&[row], &mut out);
        let expected = format!(",,,,{full},{full},,,,,,,'={},title;message\r\n", &full[2..]);
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }

    #[test]
    fn characters_are_never_cut_in_two() {
        assert_eq!(first_units("a😀b", 4), "a😀b");
        assert_eq!(first_units("a😀b", 3), "a😀");
        assert_eq!(first_units("a😀b", 2), "a");
        assert_eq!(first_units("éé", 2), "éé");
        assert_eq!(first_units("ééé", 2), "éé");
    }

    #[test]
    fn headers() {
        let header = |style| {
            let mut out = Vec::new();
            Encoder::new(style).header(Table::Relations, &mut out);
            String::from_utf8(out).expect("UTF-8")
        };
        let names = "date,outlet,speaker,speaker_id,target,target_id,quotes,for,neutral,against,mean_score";
        assert_eq!(header(Style::default()), format!("{names}\n"));
        assert_eq!(header(style(Format::Tsv, false, None)), format!("{}\n", names.replace(',', "\t")));
        assert_eq!(header(style(Format::Csv, true, None)), format!("\u{feff}{names},cut\r\n"));
        assert_eq!(header(style(Format::Jsonl, false, None)), "");
    }

    proptest! {
        #[test]
        fn csv_is_what_the_csv_crate_writes(texts in vec("[a\",;\r\n\té 😀-]{0,40}", 1..5), delimiter in select(b",;|\t")) {
            let rows = texts.iter().map(|text| RelationRow { outlet: text.clone(), quotes: 7, ..RelationRow::default() });
            let mut out = Vec::new();
            Encoder::new(style(Format::Csv, false, Some(delimiter))).encode(&rows.collect::<Vec<_>>(), &mut out);
            let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
            for text in &texts {
                writer.write_record(["", text, "", "", "", "", "7", "0", "0", "0", "0"]).expect("memory");
            }
            prop_assert_eq!(out, writer.into_inner().expect("memory"));
        }
    }
}
