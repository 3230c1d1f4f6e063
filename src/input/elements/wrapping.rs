//! An object that is no article itself but holds the array of them.

use super::super::fields::{Field, FieldMap};
use super::scan::is_blank;

/// Where in an object, from its `{` on, the array begins that holds the articles; `None` where the object is an article
/// itself: it has a text, or it holds no array of objects or several. Of an incomplete one the first array counts.
pub(super) fn wrapped_array(bytes: &[u8], map: &FieldMap, complete: bool) -> Option<usize> {
    let (mut at, mut depth, mut previous) = (0, 0_usize, b' ');
    let (mut key, mut array) = (0..0, None);
    while at < bytes.len() {
        let byte = bytes[at];
        if depth == 1 && previous == b':' && !is_blank(byte) {
            if byte == b'[' && holds_objects(&bytes[at + 1..]) {
                let several = array.replace(at).is_some();
                if several || !complete {
                    return array.filter(|_| !several);
                }
            } else if is_text(map, &bytes[key.clone()]) {
                return None;
            }
        }
        match byte {
            b'"' => {
                let end = string_end(bytes, at + 1)?;
                key = if depth == 1 && previous != b':' { at + 1..end } else { key };
                at = end;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        previous = if is_blank(byte) { previous } else { byte };
        at += 1;
    }
    array
}

fn holds_objects(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{")
}

fn is_text(map: &FieldMap, key: &[u8]) -> bool {
    let target = std::str::from_utf8(key).ok().and_then(|key| map.find(key));
    target.is_some_and(|target| target.field == Field::Text)
}

/// The quotation mark that ends the string that has begun before `from`.
fn string_end(bytes: &[u8], mut from: usize) -> Option<usize> {
    loop {
        let at = from + memchr::memchr2(b'"', b'\\', bytes.get(from..)?)?;
        if bytes[at] == b'"' {
            return Some(at);
        }
        from = at + 2;
    }
}
