//! An object that is no article itself but holds the array of them.

use std::ops::Range;

use super::super::fields::{FieldMap, same_name};
use super::scan::is_blank;

/// An array in an object.
pub(super) struct Wrapped {
    /// Its `[`.
    pub(super) at: usize,
    /// How many objects it stands in.
    pub(super) depth: usize,
}

/// The array in an object, from its `{` on, that holds the articles; `None` where the object is an article itself: it has
/// a text, or it holds no array of objects. Of several the only one counts whose objects have a text, of an incomplete
/// object the first. An array deeper than the object's own must have such objects. Where there is no such array, an
/// empty one with a usual key counts, unless there is prose beside it: it is the answer of a day without articles.
pub(super) fn wrapped_array(bytes: &[u8], map: &FieldMap, complete: bool) -> Option<Wrapped> {
    let (mut own, mut with_text, mut empty) = (Vec::new(), Vec::new(), Vec::new());
    let (mut has_field, mut has_prose) = (false, false);
    let mut keys = Keys::of(bytes);
    while let Some((key, value, depth)) = keys.next() {
        let is_list = bytes[value] == b'[' && holds_objects(&bytes[value + 1..]);
        if !is_list {
            if depth == 1 && leads_to_text(map, &bytes[key.clone()]) {
                return None;
            }
            has_field |= depth == 1 && leads_to_field(map, &bytes[key.clone()]);
            has_prose |= is_prose(&bytes[value..]);
            if is_empty_list(&bytes[value..]) && is_wrapper(&bytes[key]) {
                empty.push(Wrapped { at: value, depth });
            }
            continue;
        }
        if depth == 1 {
            own.push(value);
        }
        if has_text(&bytes[value + 1..], map) {
            with_text.push(Wrapped { at: value, depth });
        }
        if !complete && (depth == 1 || !with_text.is_empty()) {
            break;
        }
    }
    if let [at] = own[..] {
        return Some(Wrapped { at, depth: 1 });
    }
    let is_bare = own.is_empty() && with_text.is_empty() && !has_field && !has_prose;
    if complete && is_bare && empty.len() == 1 {
        return empty.pop();
    }
    let top = with_text.iter().map(|array| array.depth).min()?;
    let mut fit = with_text.into_iter().filter(|array| array.depth == top);
    fit.next().filter(|_| fit.next().is_none())
}

/// Whether the first object in `bytes` has a text.
fn has_text(bytes: &[u8], map: &FieldMap) -> bool {
    let mut keys = Keys::of(bytes);
    while let Some((key, _, depth)) = keys.next() {
        if depth == 1 && leads_to_text(map, &bytes[key]) {
            return true;
        }
    }
    false
}

/// The keys of an object and of those within it, outside of arrays.
struct Keys<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The brackets that are open.
    open: Vec<u8>,
    previous: u8,
    key: Range<usize>,
}

impl<'a> Keys<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, open: Vec::new(), previous: b' ', key: 0..0 }
    }

    /// A key, where its value begins, and in how many objects it stands; `None` at the end of the object, or of what there
    /// is of it.
    fn next(&mut self) -> Option<(Range<usize>, usize, usize)> {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            let at = self.at;
            let begins_value = self.previous == b':' && !is_blank(byte) && !self.open.contains(&b'[');
            let depth = self.open.len();
            match byte {
                b'"' => {
                    let end = string_end(self.bytes, at + 1)?;
                    self.key = if self.previous == b':' { self.key.clone() } else { at + 1..end };
                    self.at = end;
                }
                b'{' | b'[' => self.open.push(byte),
                b'}' | b']' => {
                    self.open.pop();
                    if self.open.is_empty() {
                        return None;
                    }
                }
                _ => {}
            }
            self.previous = if is_blank(byte) { self.previous } else { byte };
            self.at += 1;
            if begins_value {
                return Some((self.key.clone(), at, depth));
            }
        }
        None
    }
}

fn holds_objects(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{")
}

fn is_empty_list(value: &[u8]) -> bool {
    value.strip_prefix(b"[").is_some_and(|list| list.trim_ascii_start().starts_with(b"]"))
}

/// The keys under which archives and feeds answer with a list of articles.
const WRAPPERS: &[&str] = &[
    "articles",
    "data",
    "docs",
    "documents",
    "entries",
    "hits",
    "items",
    "news",
    "posts",
    "records",
    "results",
    "rows",
    "stories",
    "value",
];

fn is_wrapper(key: &[u8]) -> bool {
    std::str::from_utf8(key).is_ok_and(|key| WRAPPERS.iter().any(|wrapper| same_name(key, wrapper)))
}

/// A string of so many bytes may be an article; what goes before an empty list is shorter.
const PROSE: usize = 100;

/// Whether the value is a string that may be an article: long, and of several words, as addresses are not.
fn is_prose(value: &[u8]) -> bool {
    let Some(string) = value.strip_prefix(b"\"") else { return false };
    let string = &string[..string_end(string, 0).unwrap_or(string.len())];
    string.len() > PROSE && string.contains(&b' ')
}

fn leads_to_text(map: &FieldMap, key: &[u8]) -> bool {
    std::str::from_utf8(key).is_ok_and(|key| map.leads_to_text(key))
}

fn leads_to_field(map: &FieldMap, key: &[u8]) -> bool {
    std::str::from_utf8(key).is_ok_and(|key| map.find(key).is_some())
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
