//! CSV and TSV: cells between delimiters. Plain CSV is RFC 4180 with LF, TSV is never quoted, and the spreadsheet's CSV
//! is changed until a double click opens it right (see [`Style`]).

use std::{borrow::Cow, ops::Range, ptr};

use memchr::{memchr, memchr2, memchr3};

use crate::{
    output::{
        Format, Style,
        number::{push_integer, push_number},
    },
    table::{Cells, QuoteId, Row, Table},
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
    if style.excel() {
        for row in rows {
            let mut cells = ExcelCells { style, columns: R::COLUMNS.iter(), cut: Vec::new(), out };
            row.write(&mut cells);
            let cut = cells.cut.join(";");
            end_row(style, &cut, out);
        }
    } else if style.format() == Format::Tsv {
        for row in rows {
            row.write(&mut TsvCells { out });
            end_row(style, "", out);
        }
    } else {
        let mut cells = CsvCells { delimiter: style.delimiter(), id: ("", true), document: None, out };
        for row in rows {
            row.write(&mut cells);
            end_row(style, "", cells.out);
        }
    }
}

/// Cells with a delimiter after each.
struct CsvCells<'r, 'a> {
    delimiter: u8,
    /// The id of the last document, and whether it needs no quotes as a part of an id.
    id: (&'r str, bool),
    document: Option<Document<'r>>,
    out: &'a mut Vec<u8>,
}

/// What the rows of one document share.
struct Document<'r> {
    /// Its id, date and outlet.
    cells: [&'r str; 3],
    /// Where they were written last, with their delimiters.
    written: Range<usize>,
}

impl<'r> Cells<'r> for CsvCells<'r, '_> {
    fn empty(&mut self) {
        self.out.push(self.delimiter);
    }

    fn text(&mut self, text: &'r str) {
        push_text(text, self.delimiter, self.out);
        self.empty();
    }

    fn word(&mut self, word: &'static str) {
        self.out.extend_from_slice(word.as_bytes());
        self.empty();
    }

    /// Few documents have an id that must be quoted, so the parts go straight to the file.
    fn quote_id(&mut self, id: QuoteId<'r>) {
        if !ptr::eq(self.id.0, id.document) {
            let is_plain = is_plain(id.document.as_bytes(), self.delimiter) && !matches!(self.delimiter, b':' | b'-');
            self.id = (id.document, is_plain);
        }
        if self.id.1 {
            push_id(id.document, id, self.out);
        } else {
            push_text(&id.to_string(), self.delimiter, self.out);
        }
        self.empty();
    }

    fn document(&mut self, cells: [&'r str; 3]) {
        let start = self.out.len();
        let same = |document: &&Document| document.cells.iter().zip(cells).all(|(known, cell)| ptr::eq(*known, cell));
        if let Some(document) = self.document.as_ref().filter(same) {
            return self.out.extend_from_within(document.written.clone());
        }
        for cell in cells {
            push_text(cell, self.delimiter, self.out);
            self.empty();
        }
        self.document = Some(Document { cells, written: start..self.out.len() });
    }

    fn integer(&mut self, integer: u64) {
        push_integer(integer, self.out);
        self.empty();
    }

    fn number(&mut self, number: f64) {
        push_number(number, self.out);
        self.empty();
    }
}

/// Cells with a tab after each.
struct TsvCells<'a> {
    out: &'a mut Vec<u8>,
}

impl Cells<'_> for TsvCells<'_> {
    fn empty(&mut self) {
        self.out.push(b'\t');
    }

    fn text(&mut self, text: &str) {
        self.out.extend_from_slice(on_one_line(text).as_bytes());
        self.empty();
    }

    fn quote_id(&mut self, id: QuoteId<'_>) {
        push_id(&on_one_line(id.document), id, self.out);
        self.empty();
    }

    fn integer(&mut self, integer: u64) {
        push_integer(integer, self.out);
        self.empty();
    }

    fn number(&mut self, number: f64) {
        push_number(number, self.out);
        self.empty();
    }
}

/// Cells for the spreadsheet.
struct ExcelCells<'a> {
    style: Style,
    /// Of the cells to come.
    columns: std::slice::Iter<'a, &'static str>,
    /// Of the cells that were cut.
    cut: Vec<&'static str>,
    out: &'a mut Vec<u8>,
}

impl ExcelCells<'_> {
    fn end(&mut self) -> Option<&'static str> {
        self.out.push(self.style.delimiter());
        self.columns.next().copied()
    }
}

impl Cells<'_> for ExcelCells<'_> {
    fn empty(&mut self) {
        self.end();
    }

    fn text(&mut self, text: &str) {
        let is_cut = push_excel_text(self.style, text, self.out);
        let column = self.end();
        self.cut.extend(column.filter(|_| is_cut));
    }

    fn quote_id(&mut self, id: QuoteId<'_>) {
        self.text(&id.to_string());
    }

    fn integer(&mut self, integer: u64) {
        push_integer(integer, self.out);
        self.end();
    }

    fn number(&mut self, number: f64) {
        push_number(number, self.out);
        self.end();
    }
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

/// Appends a quotation's id, the document's written so.
fn push_id(document: &str, id: QuoteId<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(document.as_bytes());
    out.push(b':');
    push_integer(u64::from(id.start), out);
    out.push(b'-');
    push_integer(u64::from(id.end), out);
}

/// Bytes that are looked at together: the compiler makes one instruction of them.
const BLOCK: usize = 16;

/// Whether a cell needs no quotes.
#[inline]
fn is_plain(text: &[u8], delimiter: u8) -> bool {
    // The last block may begin inside the one before; a short cell is its beginning and its end.
    if let Some(last) = text.last_chunk() {
        let mut blocks = text.as_chunks().0.iter().chain([last]);
        return blocks.all(|block| is_plain_block(block, delimiter));
    }
    let mut block = [0; BLOCK];
    if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        block[..8].copy_from_slice(first);
        block[8..].copy_from_slice(last);
    } else if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        block[..4].copy_from_slice(first);
        block[4..8].copy_from_slice(last);
    } else {
        block[..text.len()].copy_from_slice(text);
    }
    is_plain_block(&block, delimiter)
}

#[inline]
fn is_plain_block(block: &[u8; BLOCK], delimiter: u8) -> bool {
    let marks = [delimiter, b'"', b'\n', b'\r'];
    let is_mark = |byte: u8| marks.iter().fold(0, |found, mark| found | u8::from(byte == *mark));
    // As one number, which is compared at once.
    u128::from_ne_bytes(block.map(is_mark)) == 0
}

/// Appends a cell, in quotes where RFC 4180 asks for them. Written by hand because it takes less than half the time of the
/// csv crate's writer, whose bytes the tests hold it to.
fn push_text(text: &str, delimiter: u8, out: &mut Vec<u8>) {
    if is_plain(text.as_bytes(), delimiter) {
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
        let row =
            DocumentRow { doc_id: "a", title, characters: Some(5), message: "z".into(), ..DocumentRow::default() };
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
        let row =
            DocumentRow { title: &longer, author: &full, message: formula.as_str().into(), ..DocumentRow::default() };
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
            let rows = texts.iter().map(|text| RelationRow { outlet: text, quotes: 7, ..RelationRow::default() });
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
