//! One JSON object -> one document. Reads the wanted keys only and builds no tree; knows nothing of files.

use std::borrow::Cow;
use std::fmt::{self, Write};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use super::Record;
use super::fields::{Draft, FieldMap, Target, no_text, shortened};
use super::reader::Spot;
use super::strict;

/// What a document's message says where strict JSON would have lost it.
const REPAIRED: &str = "not strict JSON: repaired";

/// The document of the object that `text` is, or why it is none. `note` is what is to be said of its bytes.
pub(super) fn article(text: &str, spot: &Spot, note: &str) -> Record {
    let map = &spot.place.settings.options.map;
    let error = match draft(text, map) {
        Ok(draft) => return finished(draft, text, spot, &[note]),
        Err(error) => error,
    };
    match repaired(text).and_then(|text| draft(&text, map).ok()) {
        Some(draft) => finished(draft, text, spot, &[note, REPAIRED]),
        None => spot.failed(complaint(&error, text)),
    }
}

fn draft(text: &str, map: &FieldMap) -> serde_json::Result<Draft> {
    if let Some(draft) = strict::draft(text, map) {
        return Ok(draft);
    }
    read(text, map)
}

/// As JSON is defined.
pub(super) fn read(text: &str, map: &FieldMap) -> serde_json::Result<Draft> {
    let mut draft = Draft::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    deserializer.deserialize_map(Article { map, draft: &mut draft })?;
    deserializer.end()?;
    Ok(draft)
}

fn finished(draft: Draft, text: &str, spot: &Spot, notes: &[&str]) -> Record {
    if draft.has_text() {
        return draft.finish(spot, 0, notes);
    }
    let keys = keys(text).or_else(|| keys(&repaired(text)?)).unwrap_or_default();
    spot.failed(no_text("field", keys.iter().map(String::as_str)))
}

/// The keys of an object, for the message that none of them is a text.
fn keys(text: &str) -> Option<Vec<String>> {
    struct Keys;
    impl<'de> Visitor<'de> for Keys {
        type Value = Vec<String>;

        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vec<String>, A::Error> {
            let mut keys = Vec::new();
            while let Some((key, IgnoredAny)) = map.next_entry()? {
                keys.push(key);
            }
            Ok(keys)
        }
    }
    serde_json::Deserializer::from_str(text).deserialize_map(Keys).ok()
}

fn complaint(error: &serde_json::Error, text: &str) -> String {
    if text.starts_with('[') {
        return "an array, not one object a line: say --input-format json".to_owned();
    }
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    let reason = match error.classify() {
        Category::Eof => "it ends in the middle".to_owned(),
        Category::Data => return format!("no JSON object ({said}): each article is an object with its fields"),
        _ => format!("{said} at character {}", character(text, error.line(), error.column())),
    };
    let start = shortened(text, 60).replace(['\n', '\r'], " ");
    format!("not valid JSON ({reason}): correct or remove it; it begins {start}")
}

/// The 1-based character at a line and a byte of it, both 1-based.
fn character(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let place = (before + column).saturating_sub(1);
    text.char_indices().take_while(|(at, character)| at + character.len_utf8() <= place).count() + 1
}

/// Reads an object's wanted keys into a draft.
struct Article<'a> {
    map: &'a FieldMap,
    draft: &'a mut Draft,
}

impl<'de> Visitor<'de> for Article<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(target) = map.next_key_seed(Key(self.map))? {
            let Some(target) = target else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let mut value = String::new();
            map.next_value_seed(Text { separator: target.field.separator(), out: &mut value })?;
            self.draft.offer(target, value);
        }
        Ok(())
    }
}

/// Finds the field of a key without keeping the key.
struct Key<'a>(&'a FieldMap);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Option<Target>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Target>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Option<Target>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Option<Target>, E> {
        Ok(self.0.find(key))
    }
}

/// Writes a value as text: strings and numbers as they are, the parts of a list with a separator between, of an object
/// its `name` only, of `null` nothing.
struct Text<'a> {
    separator: &'a str,
    out: &'a mut String,
}

impl Text<'_> {
    fn push(self, text: &str) {
        if !self.out.is_empty() && !text.is_empty() {
            self.out.push_str(self.separator);
        }
        self.out.push_str(text);
    }
}

impl<'de> DeserializeSeed<'de> for Text<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Text<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.push(text);
        Ok(())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.push(itoa::Buffer::new().format(number));
        Ok(())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.push(itoa::Buffer::new().format(number));
        Ok(())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.push(&number.to_string());
        Ok(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.push(if value { "true" } else { "false" });
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Self { separator, out } = self;
        while list.next_element_seed(Text { separator, out })?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { separator, out } = self;
        while let Some(key) = map.next_key::<Cow<str>>()? {
            if key == "name" {
                map.next_value_seed(Text { separator, out })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// The text with what programs write and strict JSON forbids put right: halves of surrogate pairs become U+FFFD, bare
/// control characters in strings are escaped, `\'` loses its backslash, `NaN` and `Infinity` become `null`.
/// `None` where there is nothing of the kind.
fn repaired(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len() + 16);
    let (mut rest, mut in_string) = (text, false);
    while !rest.is_empty() {
        let plain = rest.find(|c: char| if in_string { c < ' ' || c == '"' || c == '\\' } else { "\"NI-".contains(c) });
        let (before, after) = rest.split_at(plain.unwrap_or(rest.len()));
        out.push_str(before);
        rest = match after.as_bytes().first() {
            None => "",
            Some(b'"') => {
                in_string = !in_string;
                copied(after, 1, &mut out)
            }
            Some(b'\\') => repaired_escape(after, &mut out),
            Some(_) if in_string => {
                write!(out, "\\u{:04x}", after.as_bytes()[0]).expect("writing to a string");
                &after[1..]
            }
            Some(_) => repaired_number(after, &mut out),
        };
    }
    (out != text).then_some(out)
}

/// Copies `count` characters, fewer where the text ends; what follows them.
fn copied<'a>(text: &'a str, count: usize, out: &mut String) -> &'a str {
    let end = text.char_indices().nth(count).map_or(text.len(), |(end, _)| end);
    out.push_str(&text[..end]);
    &text[end..]
}

fn repaired_escape<'a>(text: &'a str, out: &mut String) -> &'a str {
    match unicode_escape(text) {
        Some(0xd800..=0xdbff) if unicode_escape(&text[6..]).is_some_and(|low| (0xdc00..=0xdfff).contains(&low)) => {
            copied(text, 12, out)
        }
        Some(0xd800..=0xdfff) => {
            out.push_str("\\ufffd");
            &text[6..]
        }
        _ if text.starts_with("\\'") => {
            out.push('\'');
            &text[2..]
        }
        _ => copied(text, 2, out),
    }
}

/// The code unit of a `\uXXXX` that `text` begins with.
fn unicode_escape(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

fn repaired_number<'a>(text: &'a str, out: &mut String) -> &'a str {
    for name in ["NaN", "-Infinity", "Infinity"] {
        if let Some(rest) = text.strip_prefix(name) {
            out.push_str("null");
            return rest;
        }
    }
    copied(text, 1, out)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{summary, with_spot};
    use super::*;
    use crate::Document;

    fn document(text: &str) -> Document {
        match with_spot(|spot| article(text, spot, "")) {
            Record::Document(document) => document,
            Record::Failed(failure) | Record::Skipped(failure) => panic!("{failure}"),
        }
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(with_spot(|spot| summary(&article(text, spot, ""))), expected);
    }

    #[test]
    fn fields_go_by_their_usual_names() {
        let document = document(
            r#"{"Headline":" T ","Pub-Date":"2017-04-12T10:00:00Z","source":{"id":null,"name":"CNN"},"doc_id":12,
                "authors":["Ann Lee",{"name":"Bo"},null],"url":"u","lang":"en","content":"Words\n“x”","extra":[1,{"a":[]}]}"#,
        );
        let expected = Document {
            id: "12".to_owned(),
            location: "a.x:1".to_owned(),
            date: "2017-04-12".to_owned(),
            outlet: "CNN".to_owned(),
            title: "T".to_owned(),
            author: "Ann Lee; Bo".to_owned(),
            url: "u".to_owned(),
            language: "en".to_owned(),
            text: "Words\n“x”".to_owned(),
            ..Document::default()
        };
        assert_eq!(document, expected);
    }

    #[test]
    fn values_of_all_kinds() {
        assert_eq!(document(r#"{"text":"","body":"b","content":"c"}"#).text, "b");
        assert_eq!(document(r#"{"content":"c","text":null,"body":{"x":1}}"#).text, "c");
        assert_eq!(document(r#"{"text":["one","two"]}"#).text, "one\n\ntwo");
        assert_eq!(document(r#"{"text":"x","id":-1.5}"#).id, "-1.5");
        assert_eq!(document(r#"{"text":"x","date":1491955200.0}"#).date, "2017-04-12");
        assert_eq!(document(r#"{"te\u0078t":"x\u0000“"}"#).text, "x\0“");
    }

    #[test]
    fn an_object_without_text_fails_and_an_empty_text_does_not() {
        check(
            r#"{"title":"T","Body2":"x"}"#,
            r#"a:1 @ a.x:1 FAILED: no field "text"; found "title", "Body2": name it with --map text=Body2"#,
        );
        check("{}", r#"a:1 @ a.x:1 FAILED: no field "text", nor any other"#);
        check(r#"{"text":" "}"#, r#"a:1 @ a.x:1: " " (no text)"#);
        check(r#"{"text":null}"#, r#"a:1 @ a.x:1: "" (no text)"#);
    }

    #[test]
    fn a_date_that_is_not_understood_is_told() {
        check(
            r#"{"text":"x","date":"soon"}"#,
            r#"a:1 @ a.x:1: "x" (date "soon" not understood: write it as 2017-04-12)"#,
        );
    }

    #[test]
    fn broken_escapes_and_other_slips_lose_no_record() {
        let check = |json: &str, expected: &str| {
            let document = document(json);
            assert_eq!((document.text.as_str(), document.message.as_str()), (expected, REPAIRED), "{json}");
        };
        check(r#"{"text":"a\ud83d b"}"#, "a\u{fffd} b");
        check(r#"{"text":"a\ude00\ud83d\ude00\ud83d"}"#, "a\u{fffd}😀\u{fffd}");
        check(r#"{"text":"\ud83d\u0041\\ud83d"}"#, "\u{fffd}A\\ud83d");
        check("{\"text\":\"tab\there\0\"}", "tab\there\0");
        check(r#"{"text":"NaN it\'s","score":NaN,"low":-Infinity,"n":-1}"#, "NaN it's");
    }

    #[test]
    fn what_cannot_be_repaired_fails_in_plain_words() {
        let begins = "correct or remove it; it begins";
        check(
            r#"{"text":"x"} y"#,
            &format!(
                "a:1 @ a.x:1 FAILED: not valid JSON (trailing characters at character 14): {begins} {{\"text\":\"x\"}} y"
            ),
        );
        check(
            r#"{"é":tru"#,
            &format!("a:1 @ a.x:1 FAILED: not valid JSON (it ends in the middle): {begins} {{\"é\":tru"),
        );
        check(
            r#"{"é":x}"#,
            &format!("a:1 @ a.x:1 FAILED: not valid JSON (expected value at character 6): {begins} {{\"é\":x}}"),
        );
        check(
            "12",
            "a:1 @ a.x:1 FAILED: no JSON object (invalid type: integer `12`, expected an object): each article is an object with its fields",
        );
        check(
            r#"{"text":"\ud8"#,
            &format!("a:1 @ a.x:1 FAILED: not valid JSON (it ends in the middle): {begins} {{\"text\":\"\\ud8"),
        );
    }
}
