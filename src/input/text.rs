//! `.txt`: one article a file. The text stays the whole file; a date line or a front matter block before the article tells
//! fields of the document and is left out of its body.

use std::sync::Arc;

use super::encoding::decode_owned;
use super::fields::{Draft, Field, Target};
use super::place::Place;
use super::reader::Part;
use super::source::Source;
use super::{Record, date};

/// The file's bytes, unless there are too many or they cannot all be read.
pub(super) fn read(mut source: Source, place: Arc<Place>) -> Part {
    source.fill_to(place.limit().saturating_add(1));
    if source.bytes.len() > place.limit() {
        return Part::Failed(place.whole().too_long());
    }
    match source.trouble() {
        Some(trouble) => Part::Failed(place.whole().failure(trouble)),
        None => Part::Text { bytes: source.bytes, place },
    }
}

/// The article in a file's bytes.
pub(super) fn article(place: &Place, bytes: Vec<u8>) -> Record {
    let (text, note) = decode_owned(bytes);
    let mut draft = Draft::default();
    let (body, unread) = match front_matter(&text, place, &mut draft) {
        Ok(body) => (body.or_else(|| date_line(&text, &mut draft)).unwrap_or(0), String::new()),
        Err(unread) => (0, unread),
    };
    draft.offer(Target { field: Field::Text, rank: 0 }, text);
    draft.finish(&place.whole(), body, &[note, &unread])
}

/// Takes the date from a first line that begins ` date 2017-04-12 `; the byte where the article begins.
fn date_line(text: &str, draft: &mut Draft) -> Option<usize> {
    let rest = text.strip_prefix(' ').unwrap_or(text).strip_prefix("date ")?;
    let date = date::iso(rest.get(..10)?, None).filter(|date| rest.starts_with(date.as_str()))?;
    let rest = &rest[10..];
    if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
        return None;
    }
    draft.offer(Target { field: Field::Date, rank: 0 }, date);
    Some(text.len() - rest.trim_start().len())
}

/// Takes fields from a block between two lines `---`, the second perhaps `...`; the byte where the article begins. A
/// block in which a line is neither `key: value`, a list item, a comment nor blank is no front matter but text; where it
/// has begun with fields, the error says which line that is.
fn front_matter(text: &str, place: &Place, draft: &mut Draft) -> Result<Option<usize>, String> {
    let inner = text.trim_start_matches(['\n', '\r']);
    let mut end = text.len() - inner.len();
    let mut pairs: Vec<(&str, Vec<String>)> = Vec::new();
    for (line, number) in inner.split_inclusive('\n').zip(1..) {
        end += line.len();
        match line.trim_end() {
            "---" if number == 1 => {}
            _ if number == 1 => return Ok(None),
            "---" | "..." => {
                take(&pairs, place, draft);
                return Ok(Some(text.len() - text[end..].trim_start().len()));
            }
            _ if front_matter_line(line, &mut pairs).is_none() => {
                let before = text[..text.len() - inner.len()].matches('\n').count();
                let line = format!("line {} is neither \"key: value\" nor the closing ---", before + number);
                return unread(&pairs, place, &line);
            }
            _ => {}
        }
    }
    unread(&pairs, place, "no line --- closes it")
}

/// That the block is no front matter, or why it could not be read.
fn unread(pairs: &[(&str, Vec<String>)], place: &Place, problem: &str) -> Result<Option<usize>, String> {
    let has_field = pairs.iter().any(|(key, _)| place.settings.options.map.find(key).is_some());
    if has_field { Err(format!("front matter not read, {problem}")) } else { Ok(None) }
}

fn front_matter_line<'a>(line: &'a str, pairs: &mut Vec<(&'a str, Vec<String>)>) -> Option<()> {
    let inner = line.trim();
    if inner.is_empty() || inner.starts_with('#') {
        return Some(());
    }
    if let Some(item) = inner.strip_prefix("- ") {
        pairs.last_mut()?.1.push(unquoted(item));
        return Some(());
    }
    let (key, value) = inner.split_once(':')?;
    pairs.push((key, values(value.trim())));
    Some(())
}

/// One value, or those of a list in brackets.
fn values(value: &str) -> Vec<String> {
    match value.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        Some(list) => list.split(',').map(unquoted).collect(),
        None => vec![unquoted(value)],
    }
}

fn unquoted(value: &str) -> String {
    let value = value.trim();
    let inside = |mark: char| value.strip_prefix(mark)?.strip_suffix(mark);
    match (inside('"'), inside('\'')) {
        (Some(inner), _) => inner.replace("\\\"", "\"").replace("\\\\", "\\"),
        (_, Some(inner)) => inner.replace("''", "'"),
        _ => value.to_owned(),
    }
}

fn take(pairs: &[(&str, Vec<String>)], place: &Place, draft: &mut Draft) {
    for (key, values) in pairs {
        let Some(target) = place.settings.options.map.find(key) else { continue };
        if target.field != Field::Text {
            let values: Vec<&str> = values.iter().map(String::as_str).filter(|value| !value.is_empty()).collect();
            draft.offer(target, values.join(target.field.separator()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{limited, lines, records};
    use super::super::{Format, Options, markup};
    use super::*;
    use crate::Document;

    fn document(bytes: &[u8]) -> Document {
        match records(bytes, Format::Txt, &Options::default(), 64).pop() {
            Some(Record::Document(document)) => document,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_date_line_gives_the_date_and_is_no_part_of_the_body() {
        let check = |text: &str, date: &str, body: &str| {
            let document = document(text.as_bytes());
            assert_eq!((document.date.as_str(), &document.text[document.body..]), (date, body));
            assert_eq!((document.text.as_str(), document.message.as_str()), (text, ""));
        };
        check(" date 2017-04-12 Secretary of State", "2017-04-12", "Secretary of State");
        check("date 2017-04-12\r\n\r\nWords", "2017-04-12", "Words");
        check("date 2017-04-1234 dates", "", "date 2017-04-1234 dates");
        check("date 2017-02-30 is none", "", "date 2017-02-30 is none");
        check("  date 2017-04-12 x", "", "  date 2017-04-12 x");
        check("A date 2017-04-12 x", "", "A date 2017-04-12 x");
        check("date 2017-04-1é x", "", "date 2017-04-1é x");
    }

    #[test]
    fn front_matter_gives_the_fields() {
        let text = "---\r\ntitle: \"She said: \\\"No\\\"\"\r\npub-date: 2017/04/12\n# note\nAuthors:\n  - Ann Lee\n  - 'Bo O''Hara'\n\
                    source: The Post\nid: 12\ntext: ignored\nother: x\n---\n\n\nWords.\n";
        let document = document(text.as_bytes());
        assert_eq!(document.title, "She said: \"No\"");
        assert_eq!(document.date, "2017-04-12");
        assert_eq!(document.author, "Ann Lee; Bo O'Hara");
        assert_eq!((document.outlet.as_str(), document.id.as_str()), ("The Post", "12"));
        assert_eq!((document.text.as_str(), &document.text[document.body..]), (text, "Words.\n"));
        let listed = self::document(b"---\nauthor: [Ann Lee, \"Bo\"]\ndate: soon\n---\nWords.");
        assert_eq!(listed.author, "Ann Lee; Bo");
        assert_eq!(listed.message, "date \"soon\" not understood: write it as 2017-04-12");
    }

    #[test]
    fn a_rule_at_the_start_is_no_front_matter() {
        for text in ["---\nWords without a colon.\n---\nMore.", "---\nShe said: no\n", "----\ntitle: b\n---\n"] {
            let document = document(text.as_bytes());
            assert_eq!((document.body, document.title.as_str(), document.message.as_str()), (0, "", ""), "{text}");
        }
    }

    #[test]
    fn front_matter_that_does_not_close_is_told() {
        let check = |text: &str, expected: &str| {
            let document = document(text.as_bytes());
            assert_eq!(
                (document.body, document.title.as_str(), document.message.as_str()),
                (0, "", expected),
                "{text}"
            );
        };
        check("---\ntitle: never closed\n", "front matter not read, no line --- closes it");
        let line_4 = "front matter not read, line 4 is neither \"key: value\" nor the closing ---";
        check("---\ntitle: a\n\nWords.\n", line_4);
        check("---\ntitle: a\nid: b\n----\nWords.\n", line_4);
    }

    #[test]
    fn blank_lines_may_stand_before_front_matter_and_dots_after_it() {
        let document = document(b"\n\r\n---\ntitle: a\n...\nWords.\n");
        assert_eq!((document.title.as_str(), &document.text[document.body..]), ("a", "Words.\n"));
    }

    #[test]
    fn signs_written_as_html_are_read_and_told() {
        let document = document(b"---\ntitle: Lee &amp; Sons\n---\n&quot;We won,&quot; she said.");
        assert_eq!(&document.text[document.body..], "\"We won,\" she said.");
        assert_eq!((document.title.as_str(), document.message.as_str()), ("Lee & Sons", markup::READ));
    }

    #[test]
    fn bytes_of_all_kinds() {
        let check = |bytes: &[u8], expected: &str| assert_eq!(lines(bytes, Format::Txt), [expected]);
        check(b"", r#"a @ a.x: "" (no text)"#);
        check(b" \n\n", r#"a @ a.x: " \n\n" (no text)"#);
        check(b"---\nid: 1\n---\n", r#"1 @ a.x: "---\nid: 1\n---\n" (no text)"#);
        check(b"\xef\xbb\xbfone\r\ntwo\0", r#"a @ a.x: "one\r\ntwo\0""#);
        check(
            b"\x93caf\xe9\x94",
            r#"a @ a.x: "“café” (not UTF-8: read as Windows-1252)"#.replace("é” ", "é”\" ").as_str(),
        );
        check(b"\xff\xfea\0\x1c\x20", r#"a @ a.x: "a“""#);
    }

    #[test]
    fn a_file_over_the_limit_is_one_failure() {
        assert_eq!(limited(b"123456", Format::Txt, 6), [r#"a @ a.x: "123456""#]);
        let expected = ["a @ a.x FAILED: article of more than 5 bytes: raise --max-document or split it"];
        assert_eq!(limited(b"123456", Format::Txt, 5), expected);
    }
}
