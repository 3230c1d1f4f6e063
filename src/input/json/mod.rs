//! One JSON object -> one document. Reads the wanted keys only and builds no tree; knows nothing of files.

mod repair;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use super::Record;
use super::fields::{Draft, Field, FieldMap, LIST, PATH, Target, shortened};
use super::notes::no_text;
use super::place::Spot;
use super::strict;
use repair::repaired;

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
    deserializer.deserialize_map(Article { map, within: "", draft: &mut draft })?;
    deserializer.end()?;
    Ok(draft)
}

fn finished(draft: Draft, text: &str, spot: &Spot, notes: &[&str]) -> Record {
    if draft.has_text() {
        let missing = draft.missing(&spot.place.settings.options.map);
        if missing.is_empty() {
            return draft.finish(spot, 0, notes);
        }
        return draft.finish(spot, 0, &[notes, &[&missing]].concat());
    }
    let keys = keys(text).or_else(|| keys(&repaired(text)?)).unwrap_or_default();
    spot.failed(no_text("field", &spot.place.settings.options.map, keys.iter().map(String::as_str)))
}

/// The keys of an object, for the message that none of them is a text; those of objects in it with the outer key before
/// them, `article.title`, also where such an object is the first of a list, `articles[].title`.
fn keys(text: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    serde_json::Deserializer::from_str(text).deserialize_map(Keys { path: String::new(), found: &mut found }).ok()?;
    Some(found)
}

/// Numbers, truth values and `null` as an empty string is visited.
macro_rules! others_as_strings {
    () => {
        fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
            self.visit_str("")
        }

        fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
            self.visit_str("")
        }

        fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
            self.visit_str("")
        }

        fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
            self.visit_str("")
        }

        fn visit_unit<E: Error>(self) -> Result<(), E> {
            self.visit_str("")
        }
    };
}

struct Keys<'a> {
    /// The key of the value, with those of the objects around it.
    path: String,
    found: &'a mut Vec<String>,
}

/// Objects within more others than this are told as one key.
const LEVELS: usize = 4;

impl<'de> DeserializeSeed<'de> for Keys<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Keys<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { path, found } = self;
        let level = path.bytes().filter(|byte| *byte == PATH).count();
        while let Some(key) = map.next_key::<Cow<str>>()? {
            let path = if path.is_empty() { key.into_owned() } else { format!("{path}{}{key}", char::from(PATH)) };
            if level < LEVELS {
                map.next_value_seed(Keys { path, found: &mut *found })?;
            } else {
                found.push(path);
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Self { path, found } = self;
        let before = found.len();
        if list.next_element_seed(Keys { path: format!("{path}{LIST}"), found: &mut *found })?.is_some() {
            while list.next_element::<IgnoredAny>()?.is_some() {}
        }
        // A list of other things than objects is like one value.
        if found[before..].iter().all(|key| key.ends_with(LIST)) {
            found.truncate(before);
            found.push(path);
        }
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        self.found.push(self.path);
        Ok(())
    }

    others_as_strings!();
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
    /// The keys of the objects around it, with `.` after each.
    within: &'a str,
    draft: &'a mut Draft,
}

impl<'de> Visitor<'de> for Article<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key_seed(Key { map: self.map, within: self.within })? {
            match key {
                Wanted::Field(target) => {
                    let mut value = String::new();
                    let Target { field, .. } = target;
                    let text = Text { separator: field.separator(), labels: field.labels(), out: &mut value };
                    let is_plain = map.next_value_seed(text)?;
                    // An object is no text, though a text may be in it.
                    if is_plain || field != Field::Text {
                        self.draft.offer(target, value);
                    }
                }
                Wanted::Inside(within) => {
                    map.next_value_seed(Inside(Article { map: self.map, within: &within, draft: &mut *self.draft }))?;
                }
                Wanted::Nothing => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// What a key leads to.
enum Wanted {
    Field(Target),
    /// An object in which a field is looked for; its key as [`Article::within`] has it.
    Inside(String),
    Nothing,
}

/// Finds the field of a key without keeping the key.
struct Key<'a> {
    map: &'a FieldMap,
    within: &'a str,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Wanted;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Wanted, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Wanted;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Wanted, E> {
        let Self { map, within } = self;
        if !map.goes_inside() {
            return Ok(map.find(key).map_or(Wanted::Nothing, Wanted::Field));
        }
        let path = format!("{within}{key}");
        Ok(match map.find(&path) {
            Some(target) => Wanted::Field(target),
            None if map.is_outer(&path) => Wanted::Inside(path + "."),
            None => Wanted::Nothing,
        })
    }
}

/// An object within another; anything else is passed over.
struct Inside<'a>(Article<'a>);

impl<'de> DeserializeSeed<'de> for Inside<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Inside<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        self.0.visit_map(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    others_as_strings!();
}

/// Writes a value as text: strings and numbers as they are, the parts of a list with a separator between, of an object
/// its label only, of `null` nothing. Tells whether there is anything but objects without a label.
struct Text<'a> {
    separator: &'a str,
    labels: &'a [&'a str],
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
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Text<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<bool, E> {
        self.push(text);
        Ok(true)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<bool, E> {
        self.push(itoa::Buffer::new().format(number));
        Ok(true)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<bool, E> {
        self.push(itoa::Buffer::new().format(number));
        Ok(true)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<bool, E> {
        self.push(&number.to_string());
        Ok(true)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<bool, E> {
        self.push(if value { "true" } else { "false" });
        Ok(true)
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        Ok(true)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<bool, A::Error> {
        let Self { separator, labels, out } = self;
        let (mut some_plain, mut is_empty) = (false, true);
        while let Some(is_plain) = list.next_element_seed(Text { separator, labels, out })? {
            (some_plain, is_empty) = (some_plain || is_plain, false);
        }
        Ok(some_plain || is_empty)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let (mut best, mut is_known): (Option<(usize, String)>, bool) = (None, false);
        while let Some(key) = map.next_key::<Cow<str>>()? {
            let rank = self.labels.iter().position(|label| key == *label);
            let Some(rank) = rank.filter(|rank| best.as_ref().is_none_or(|(other, _)| rank < other)) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let mut label = String::new();
            let text = Text { separator: self.separator, labels: self.labels, out: &mut label };
            let is_plain = map.next_value_seed(text)?;
            is_known |= is_plain;
            if is_plain && !label.trim().is_empty() {
                best = Some((rank, label));
            }
        }
        if let Some((_, label)) = best {
            self.push(&label);
        }
        Ok(is_known)
    }
}
