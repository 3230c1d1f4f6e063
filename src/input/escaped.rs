//! Signs that are escaped in a text as in the notation of a program, `\"` or `\u201c`, because it was written as JSON, or as Python
//! shows it, and never read back. Between marks so written no quotation would be found, and where `\n` stands for the end of a
//! line, paragraphs would run together, and one person's words be another's.

use std::cell::OnceCell;

/// What a document's message says where such signs were read.
pub(super) const READ: &str =
    r#"signs escaped as in JSON (\", \n) read as what they stand for: positions count in the text as given"#;

/// What tells that `\n` is no part of a path, `C:\news`.
const TELLS: [&str; 5] = [r"\n\n", r"\r\n", r".\n", r#"\""#, r"\u20"];

/// Whether a text is escaped beyond doubt, found out once it is asked.
pub(super) struct Certainty<'a> {
    text: &'a str,
    answer: OnceCell<bool>,
}

impl<'a> Certainty<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, answer: OnceCell::new() }
    }

    fn is_sure(&self) -> bool {
        *self.answer.get_or_init(|| TELLS.iter().any(|tells| self.text.contains(tells)))
    }
}

/// The sign that a text begins with, and the bytes that it takes there.
pub(super) fn sign(text: &str, certainty: &Certainty<'_>) -> Option<(char, usize)> {
    let plain = |sign: char| Some((sign, 2));
    match text.as_bytes().get(1)? {
        mark @ (b'"' | b'\'') => plain(char::from(*mark)),
        b'/' if certainty.is_sure() => plain('/'),
        b'n' if certainty.is_sure() => plain('\n'),
        b'r' if certainty.is_sure() => plain('\r'),
        b't' if certainty.is_sure() => plain('\t'),
        b'u' => code_point(text),
        b'x' => utf_8(text),
        _ => None,
    }
}

/// `\u201c`, `\ud83d\ude00`
fn code_point(text: &str) -> Option<(char, usize)> {
    let unit = |text: &str| u16::from_str_radix(digits(text.strip_prefix(r"\u")?, 4)?, 16).ok();
    let first = unit(text)?;
    let second = text.get(6..).and_then(unit);
    let sign = char::decode_utf16([first].into_iter().chain(second)).next()?.ok()?;
    (!sign.is_control() || sign == '\n').then(|| (sign, 6 * sign.len_utf16()))
}

/// `\xe2\x80\x9c`
fn utf_8(text: &str) -> Option<(char, usize)> {
    let byte = |at: usize| u8::from_str_radix(digits(text.get(4 * at..)?.strip_prefix(r"\x")?, 2)?, 16).ok();
    let bytes: Vec<u8> = (0..4).map_while(byte).collect();
    let sign =
        bytes.utf8_chunks().next()?.valid().chars().next().filter(|sign| !sign.is_ascii() && !sign.is_control())?;
    Some((sign, 4 * sign.len_utf8()))
}

/// So many hexadecimal digits.
fn digits(text: &str, count: usize) -> Option<&str> {
    text.get(..count).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::super::signs::decode;

    fn read(text: &str) -> Option<String> {
        decode(text, 0).map(|decoded| decoded.text)
    }

    #[test]
    fn escaped_signs_are_read() {
        for (text, expected) in [
            (r#"\"We won,\" it\'s"#, "\"We won,\" it's"),
            (r"\u201cWe won,\u201D it\u2019s", "“We won,” it’s"),
            (r"It is over.\n\nLee\tleft.\r\n", "It is over.\n\nLee\tleft.\r\n"),
            (r"\ud83d\ude00 \u00e9", "😀 é"),
            (r"\xe2\x80\x9cNo\xe2\x80\x9d caf\xc3\xa9", "“No” café"),
            (r#"1\/2 \"a\""#, "1/2 \"a\""),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected));
        }
    }

    #[test]
    fn other_uses_stay() {
        for text in [
            "\\",
            r"C:\news\tables\u2.txt",
            r"\u12",
            r"\ud83d",
            r"\u0007",
            r"\x41",
            r"\xe2\x80",
            r"\xff",
            r"\xé",
            r"a \ b",
            r"\ué12",
            r"and\or",
            r"1\/2",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
