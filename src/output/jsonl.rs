//! JSON lines: one object a row, its keys the columns in order; an empty cell is `null`, a number a number.

use crate::{
    output::number::{push_integer, push_number},
    table::{Cells, QuoteId, Row},
};

/// Appends the rows, one object a line.
pub(super) fn encode<R: Row>(rows: &[R], out: &mut Vec<u8>) {
    for row in rows {
        row.write(&mut JsonCells { columns: R::COLUMNS.iter(), before: b"{\"", out });
        out.extend_from_slice(b"}\n");
    }
}

/// Cells as the values of an object.
struct JsonCells<'a> {
    /// Of the cells to come.
    columns: std::slice::Iter<'a, &'static str>,
    /// What stands before the next key.
    before: &'static [u8],
    out: &'a mut Vec<u8>,
}

impl JsonCells<'_> {
    fn key(&mut self) {
        let column = self.columns.next().expect("a row has a cell for each column");
        self.out.extend_from_slice(self.before);
        self.out.extend_from_slice(column.as_bytes());
        self.out.extend_from_slice(b"\":");
        self.before = b",\"";
    }
}

impl Cells<'_> for JsonCells<'_> {
    fn empty(&mut self) {
        self.key();
        self.out.extend_from_slice(b"null");
    }

    fn text(&mut self, text: &str) {
        self.key();
        serde_json::to_writer(&mut *self.out, text).expect("a Vec takes all bytes");
    }

    fn quote_id(&mut self, id: QuoteId<'_>) {
        self.key();
        serde_json::to_writer(&mut *self.out, &id).expect("a Vec takes all bytes");
    }

    fn integer(&mut self, integer: u64) {
        self.key();
        push_integer(integer, self.out);
    }

    fn number(&mut self, number: f64) {
        self.key();
        push_number(number, self.out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{QuoteRow, RelationRow};

    #[test]
    fn an_object_a_line() {
        let row = RelationRow {
            date: "2017-04-12",
            outlet: "The \"Post\"\n\u{2028}é\u{1}\\",
            quotes: 2,
            favourable: 1,
            mean_score: -0.5,
            ..RelationRow::default()
        };
        let mut out = Vec::new();
        encode(&[row.clone(), row], &mut out);
        let line = "{\"date\":\"2017-04-12\",\"outlet\":\"The \\\"Post\\\"\\n\u{2028}é\\u0001\\\\\",\"speaker\":null,\
                    \"speaker_id\":null,\"target\":null,\"target_id\":null,\"quotes\":2,\"for\":1,\"neutral\":0,\
                    \"against\":0,\"mean_score\":-0.5}\n";
        assert_eq!(String::from_utf8_lossy(&out), line.repeat(2));
    }

    #[test]
    fn every_line_is_json() {
        let row = QuoteRow { text: "\0\t\r\n\"\\/😀", confidence: Some(0.9), ..QuoteRow::default() };
        let mut out = Vec::new();
        encode(&[row], &mut out);
        let value: serde_json::Value = serde_json::from_slice(&out).expect("an object");
        assert_eq!(value["text"], "\0\t\r\n\"\\/😀");
        assert_eq!(value["confidence"], 0.9);
        assert!(value["speaker_start"].is_null());
    }
}
