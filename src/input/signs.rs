//! Signs that stand in a text as something else: written as HTML, escaped as in JSON, or garbled by a program that took UTF-8 for
//! Windows-1252. Each is read as what it stands for, and where it stood is kept, so that positions count in the text as given.

use memchr::memchr3_iter;

use super::{escaped, markup, misread};
use crate::document::Written;

/// A text with the signs in their place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// The byte at which its article begins.
    pub(super) body: usize,
    /// Where the signs are.
    pub(super) written: Vec<Written>,
    /// What a document's message says of them: nothing where there are none.
    pub(super) notes: [&'static str; 3],
}

impl Decoded {
    /// A text as it is.
    pub(super) fn plain(text: String, body: usize) -> Self {
        Self { text, body, written: Vec::new(), notes: [""; 3] }
    }
}

/// The signs in a text whose article begins at a byte; `None` where there are none.
pub(super) fn decode(text: &str, body: usize) -> Option<Decoded> {
    let (mut decoded, mut written, mut notes) = (String::new(), Vec::new(), [""; 3]);
    let (mut rest, mut more, mut body_read) = (0, 0, None);
    let (garbling, escapes) = (misread::Garbling::of(text), escaped::Certainty::of(text));
    for at in memchr3_iter(b'&', b'\\', garbling.lead(), text.as_bytes()) {
        if at < rest {
            continue;
        }
        let one = |(sign, length): (char, usize)| (sign.to_string(), length);
        let (sign, place, note) = match text.as_bytes()[at] {
            b'&' => (markup::sign(&text[at..]), 0, markup::READ),
            // Front matter has escapes of its own.
            b'\\' if at < body => continue,
            b'\\' => (escaped::sign(&text[at..], &escapes).map(one), 1, escaped::READ),
            _ => (garbling.sign(&text[at..]).map(one), 2, misread::READ),
        };
        let Some((sign, length)) = sign else { continue };
        notes[place] = note;
        if at >= body {
            body_read = body_read.or_else(|| Some(decoded.len() + body - rest));
        }
        decoded.push_str(&text[rest..at]);
        decoded.push_str(&sign);
        rest = at + length;
        more += (text[at..rest].chars().count() - sign.chars().count()) as u32;
        written.push(Written { end: decoded.len() as u32, more });
    }
    if written.is_empty() {
        return None;
    }
    let body = body_read.unwrap_or(decoded.len() + body.saturating_sub(rest));
    Some(Decoded { text: decoded + &text[rest..], body, written, notes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_in_the_text_as_given() {
        let check = |text: &str, body: usize, expected: usize, ends: &[(u32, u32)]| {
            let decoded = decode(text, body).expect("a sign");
            assert_eq!(decoded.body, expected);
            let written: Vec<_> = decoded.written.iter().map(|sign| (sign.end, sign.more)).collect();
            assert_eq!(written, ends);
        };
        check("&quot;No&quot;", 0, 0, &[(1, 5), (4, 10)]);
        check("a: &amp;\n\nNo&rdquo;", 10, 6, &[(4, 4), (11, 10)]);
        check("a: &amp;\n\nNo", 10, 6, &[(4, 4)]);
        check("a\n&rdquo;", 2, 2, &[(5, 6)]);
        check("&amp;quot;No", 0, 0, &[(1, 9)]);
        check("â€œNoâ€ &amp;", 0, 0, &[(3, 2), (8, 3), (10, 7)]);
    }

    #[test]
    fn what_was_read_so_is_told() {
        let notes = |text: &str| decode(text, 0).map(|decoded| decoded.notes);
        assert_eq!(notes("Lee &amp; Sons"), Some([markup::READ, "", ""]));
        assert_eq!(notes("itâ€™s"), Some(["", "", misread::READ]));
        assert_eq!(notes(r#"itâ€™s \"Lee\" &amp; Sons"#), Some([markup::READ, escaped::READ, misread::READ]));
        assert_eq!(notes("it’s Lee & Sons"), None);
    }
}
