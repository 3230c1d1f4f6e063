//! JSON objects as programs mostly write them, read in one pass: strings and whole numbers by keys without escapes. What
//! else there is, and every mistake, is left to [`json`](super::json), which reads the same from these and much slower.

use memchr::memchr2;

use super::fields::{Draft, FieldMap, Target};

/// The wanted values of the object that `text` is; `None` where it holds anything else than strings, numbers and `null`.
pub(super) fn draft(text: &str, map: &FieldMap) -> Option<Draft> {
    if map.goes_inside() {
        return None;
    }
    let mut object = Object { rest: text };
    let mut draft = Draft::default();
    object.mark(b'{')?;
    loop {
        object.mark(b'"')?;
        let key = object.plain()?;
        object.mark(b':')?;
        object.value(map.find(key), &mut draft)?;
        if object.mark(b',').is_none() {
            object.mark(b'}')?;
            return object.rest.trim_ascii().is_empty().then_some(draft);
        }
    }
}

/// An object, as far as it is not read yet.
struct Object<'a> {
    rest: &'a str,
}

/// The most digits that any number of them fits in 64 bits with.
const DIGITS: usize = 18;

impl<'a> Object<'a> {
    /// Goes behind the mark, the next thing after white space.
    fn mark(&mut self, mark: u8) -> Option<()> {
        if self.rest.as_bytes().first() != Some(&mark) {
            self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
        }
        if self.rest.as_bytes().first() != Some(&mark) {
            return None;
        }
        self.go(1);
        Some(())
    }

    /// Takes so many bytes away, the last of them ASCII.
    fn go(&mut self, bytes: usize) -> &'a str {
        let (before, after) = self.rest.split_at(bytes);
        self.rest = after;
        before
    }

    /// The rest of a string without escapes.
    fn plain(&mut self) -> Option<&'a str> {
        let end = memchr2(b'"', b'\\', self.rest.as_bytes())?;
        if self.rest.as_bytes()[end] != b'"' {
            return None;
        }
        let string = &self.go(end + 1)[..end];
        (!has_control(string)).then_some(string)
    }

    /// Offers the value where it is wanted.
    fn value(&mut self, target: Option<Target>, draft: &mut Draft) -> Option<()> {
        let value = if self.mark(b'"').is_some() {
            self.string(target.is_some())?
        } else if let Some(rest) = self.rest.strip_prefix("null") {
            self.rest = rest;
            String::new()
        } else {
            self.number()?.to_owned()
        };
        if let Some(target) = target {
            draft.offer(target, value);
        }
        Some(())
    }

    /// A whole number as JSON has it: without a leading zero.
    fn number(&mut self) -> Option<&'a str> {
        let is_digit = |byte: &u8| byte.is_ascii_digit();
        let count = self.rest.bytes().position(|byte| !is_digit(&byte))?;
        let next = self.rest.as_bytes()[count];
        let is_whole = !matches!(next, b'.' | b'e' | b'E') && (1..=DIGITS).contains(&count);
        (is_whole && (count == 1 || !self.rest.starts_with('0'))).then(|| self.go(count))
    }

    /// The rest of a string; where it is not wanted, nothing.
    fn string(&mut self, wanted: bool) -> Option<String> {
        let mut ahead = Object { rest: self.rest };
        if let Some(string) = ahead.plain() {
            self.rest = ahead.rest;
            return Some(if wanted { string.to_owned() } else { String::new() });
        }
        let begin = self.rest;
        // The text is mostly the last of an object, and what is not written takes no memory.
        let mut out = String::with_capacity(if wanted { self.rest.len() } else { 0 });
        loop {
            // Newlines come in pairs.
            if !self.rest.starts_with('\\') {
                let part = self.go(memchr2(b'"', b'\\', self.rest.as_bytes())?);
                if wanted {
                    out.push_str(part);
                }
            }
            let is_escape = self.go(1) == "\\";
            if !is_escape {
                break;
            }
            let sign = self.escaped()?;
            if wanted {
                out.push(sign);
            }
        }
        (!has_control(&begin[..begin.len() - self.rest.len()])).then_some(out)
    }

    /// The character that stands after a backslash.
    fn escaped(&mut self) -> Option<char> {
        let sign = *self.rest.as_bytes().first().filter(|sign| sign.is_ascii())?;
        self.go(1);
        Some(match sign {
            b'"' | b'\\' | b'/' => char::from(sign),
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => return self.code_point(),
            _ => return None,
        })
    }

    /// The character that four hexadecimal digits give, or a pair of such.
    fn code_point(&mut self) -> Option<char> {
        let first = self.hexadecimal()?;
        if !(0xD800..0xDC00).contains(&first) {
            return char::from_u32(first);
        }
        self.rest = self.rest.strip_prefix("\\u")?;
        let second = self.hexadecimal()?.checked_sub(0xDC00).filter(|second| *second < 0x400)?;
        char::from_u32(0x10000 + ((first - 0xD800) << 10) + second)
    }

    fn hexadecimal(&mut self) -> Option<u32> {
        let digits = self.rest.get(..4).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        self.go(4);
        u32::from_str_radix(digits, 16).ok()
    }
}

/// Whether there is a control character, which JSON forbids. All are looked at, so that the compiler takes many at a time.
fn has_control(string: &str) -> bool {
    string.bytes().fold(0, |found, byte| found | u8::from(byte < b' ')) > 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{fields::Field, json};
    use super::*;

    proptest! {
        #[test]
        fn what_is_read_is_what_json_says(
            parts in prop::collection::vec(prop::sample::select(vec![
                "{\"text\":\"", "\",\"id\":", "\",\"title\":\"", "\"}", "\"", "\\", "\\n", "\\u00e9", "\\ud83d", "\\ude00", "é",
                "12", "0", ",", ":", "}", "null", " ", "\t", "\"x\"", "a", "18446744073709551615", "-", ".5",
            ]), 0..12),
        ) {
            let text = format!("{{\"text\":\"{}", parts.concat());
            for text in [&text, &format!("{text}\"}}")] {
                if let Some(draft) = draft(text, &FieldMap::default()) {
                    prop_assert_eq!(json::read(text, &FieldMap::default()).ok(), Some(draft));
                }
            }
        }
    }

    fn check(text: &str, expected: Option<&str>) {
        let draft = draft(text, &FieldMap::default());
        assert_eq!(draft.as_ref().map(|draft| draft.value(Field::Text)), expected, "{text}");
    }

    #[test]
    fn strings_with_escapes() {
        check(r#"{"text":"one"}"#, Some("one"));
        check(
            r#" { "id" : 12 , "x":"\"", "text" : "a\n\"b\"\\\/\u00e9é\ud83d\ude00", "lang":null } "#,
            Some("a\n\"b\"\\/éé😀"),
        );
        check(r#"{"text":"","n":0}"#, Some(""));
    }

    #[test]
    fn the_rest_is_left_to_others() {
        for text in [
            r#"{"text":["a"]}"#,
            r#"{"text":"a","x":1.5}"#,
            r#"{"text":"a","x":01}"#,
            r#"{"text":"a","x":-1}"#,
            r#"{"text":"a","x":true}"#,
            r#"{"text":"\ud83d"}"#,
            r#"{"text":"\u12"}"#,
            r#"{"text":"\x"}"#,
            r#"{"x":"\é"}"#,
            "{\"text\":\"a\tb\"}",
            r#"{"te\u0078t":"a"}"#,
            r#"{"text":"a"} x"#,
            r#"{"text":"a",}"#,
            r#"{"text":"a""#,
            r#"{"text":"a"#,
            r#"{"text":1"#,
            "{",
            "{}",
            "",
        ] {
            check(text, None);
        }
    }
}
