//! What must never happen, whatever the bytes: a panic, a lost or an invented record, a difference by block size.

use proptest::prelude::*;

use super::testing::{gzip, limited, lines, records, zstd};
use super::{Format, Options, Record};

const FORMATS: [Format; 5] = [Format::Txt, Format::Jsonl, Format::Json, Format::Csv, Format::Tsv];

/// Bytes in which the marks that the formats live by are frequent.
fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let token = prop_oneof![
        8 => prop::sample::select(vec![
            "{", "}", "[", "]", "\"", "\"\"", "\\", ":", ",", ";", "\t", "\n", "\r\n", "\r", "{\"text\":\"a\"}", "\"text\"",
            "text,id\n", "text\tid\n", "\\u", "\\ud83d", "\\ude00", "---\n", "title: x\n", " date 2017-04-12 ", "null", "1", "\u{feff}", "“é”",
            "\0", " ", "NaN", "id,text\n", "sep=;\n",
        ]).prop_map(|token| token.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 1..4),
    ];
    prop::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat())
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(vec![
            "a", "b", " ", "\n", "\r\n", "\"", "'", ",", ";", "\\", "{", "}", "[", "]", "},{", "“é”", "\0", "\t",
        ]),
        1..30,
    )
    .prop_map(|words| format!("x{}x", words.concat()))
}

fn texts_of(records: Vec<Record>) -> Vec<String> {
    let text = |record| match record {
        Record::Document(document) => document.text,
        Record::Failed(failure) | Record::Skipped(failure) => panic!("{failure}"),
    };
    records.into_iter().map(text).collect()
}

#[test]
fn what_is_broken_may_end_before_it_was_begun() {
    let bytes = b"[\"\\ud83d\\ud83d\0\\";
    limited(bytes, Format::Json, 12);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_a_format_panic_or_depend_on_the_block_size(bytes in hostile()) {
        for format in FORMATS {
            lines(&bytes, format);
            limited(&bytes, format, 12);
        }
    }

    #[test]
    fn no_compressed_bytes_make_a_panic(mut bytes in hostile(), at in any::<prop::sample::Index>(), flip in any::<u8>()) {
        bytes.extend_from_within(..);
        for mut packed in [gzip(&bytes), zstd(&bytes)] {
            let at = at.index(packed.len());
            packed[at] ^= flip;
            records(&packed, Format::Jsonl, &Options::default(), 64);
        }
    }

    #[test]
    fn every_line_that_is_not_blank_is_one_record(bytes in hostile()) {
        // The mark that begins a file is taken off before, and those before a line count as blanks.
        prop_assume!(!bytes.starts_with(b"\xff\xfe") && !bytes.starts_with(b"\xfe\xff"));
        let blank = |line: &[u8]| {
            let mut line = line;
            while let Some(rest) = line.strip_prefix("\u{feff}".as_bytes()) {
                line = rest;
            }
            line.trim_ascii().is_empty()
        };
        prop_assume!(!bytes.starts_with(b"\x1f\x8b"));
        // What begins as an array, or as an object on several lines, is read as such.
        let start = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes).trim_ascii_start();
        prop_assume!(!matches!(start, [b'[', ..] | [b'{', b'\n' | b'\r' | b' ' | b'\t', ..]));
        let expected = bytes.split(|byte| *byte == b'\n').filter(|line| !blank(line)).count();
        let records = records(&bytes, Format::Jsonl, &Options::default(), 16);
        let found = records.iter().filter(|record| !matches!(record, Record::Skipped(_))).count();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn texts_come_back_from_every_format(texts in prop::collection::vec(text(), 1..6), block in 1..40_usize) {
        let options = Options { read_signs: false, ..Options::default() };
        let objects: Vec<String> =
            texts.iter().map(|text| serde_json::json!({"id": 1, "text": text}).to_string()).collect();
        let array = format!("[{}]", objects.join(", "));
        let wrapped = format!("{{\"n\":[1],\"all\":{array}}}");
        for (bytes, format) in [(objects.join("\n"), Format::Jsonl), (array, Format::Json), (wrapped, Format::Json)] {
            prop_assert_eq!(texts_of(records(bytes.as_bytes(), format, &options, block)), texts.clone());
        }
        for (delimiter, format) in [(b',', Format::Csv), (b';', Format::Csv), (b'\t', Format::Tsv)] {
            let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
            writer.write_record(["id", "text", "x"]).expect("writing to memory");
            for text in &texts {
                writer.write_record(["1", text, ""]).expect("writing to memory");
            }
            let bytes = writer.into_inner().expect("writing to memory");
            prop_assert_eq!(texts_of(records(&bytes, format, &options, block)), texts.clone());
        }
    }

    /// Rows are cut where the csv crate would cut them, however the marks stand.
    #[test]
    fn rows_are_those_of_the_csv_crate(bytes in hostile()) {
        let bytes = [&b"id,text\n"[..], &bytes, b"\"\n"].concat();
        let records = records(&bytes, Format::Csv, &Options { read_signs: false, ..Options::default() }, 8);
        if records.iter().any(|record| matches!(record, Record::Failed(_))) {
            return Ok(());
        }
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(&bytes[..]);
        let rows = reader.byte_records().map(|row| row.expect("memory"));
        let blank = |row: &csv::ByteRecord| row.len() == 1 && row[0].trim_ascii().is_empty();
        let expected: Vec<usize> = rows.filter(|row| !blank(row)).map(|row| row.get(1).map_or(0, <[u8]>::len)).collect();
        let utf_8 = std::str::from_utf8(&bytes).is_ok();
        let found: Vec<usize> = texts_of(records).iter().map(String::len).collect();
        prop_assert_eq!(found.len(), expected.len());
        prop_assert!(!utf_8 || found == expected);
    }
}
