//! What programs write and strict JSON forbids, put right. Knows nothing of keys and articles.

use std::fmt::Write;

/// The text with what programs write and strict JSON forbids put right: halves of surrogate pairs become U+FFFD, bare
/// control characters in strings are escaped, `\'` loses its backslash, `NaN` and `Infinity` become `null`.
/// `None` where there is nothing of the kind.
pub(super) fn repaired(text: &str) -> Option<String> {
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
