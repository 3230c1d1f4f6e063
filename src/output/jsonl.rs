//! JSON lines: one object a row, its keys the columns in order; an empty cell is `null`, a number a number.

use crate::{
    output::number::{push_integer, push_number},
    table::{Cell, Row},
};

/// Appends the rows, one object a line.
pub(super) fn encode<R: Row>(rows: &[R], out: &mut Vec<u8>) {
    for row in rows {
        let mut before = b"{\"";
        for (column, cell) in R::COLUMNS.iter().zip(row.cells()) {
            out.extend_from_slice(before);
            out.extend_from_slice(column.as_bytes());
            out.extend_from_slice(b"\":");
            push_cell(cell, out);
            before = b",\"";
        }
        out.extend_from_slice(b"}\n");
    }
}

fn push_cell(cell: Cell<'_>, out: &mut Vec<u8>) {
    match cell {
        Cell::Empty => out.extend_from_slice(b"null"),
        Cell::Text(text) => serde_json::to_writer(out, text).expect("a Vec takes all bytes"),
        Cell::QuoteId(id) => serde_json::to_writer(out, &id).expect("a Vec takes all bytes"),
        Cell::Integer(integer) => push_integer(integer, out),
        Cell::Number(number) => push_number(number, out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{QuoteRow, RelationRow};

    #[test]
    fn an_object_a_line() {
        let row = RelationRow {
            date: "2017-04-12".into(),
            outlet: "The \"Post\"\n\u{2028}é\u{1}\\".into(),
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
