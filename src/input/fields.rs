//! Which column or key holds which field of a document, and how its values become one.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::notes::{cut_note, language_note, longer_note, missing_note};
use super::place::Spot;
use super::signs::Decoded;
use super::{DateOrder, InputError, Record, date, lost_marks, signs};
use crate::Document;
use crate::document::Origin;

/// A field of a document that an input can fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// [`Document::text`]
    Text,
    /// [`Document::date`]
    Date,
    /// [`Document::outlet`]
    Outlet,
    /// [`Document::title`]
    Title,
    /// [`Document::id`]
    Id,
    /// [`Document::author`]
    Author,
    /// [`Document::url`]
    Url,
    /// [`Document::language`]
    Language,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 8] =
        [Self::Text, Self::Date, Self::Outlet, Self::Title, Self::Id, Self::Author, Self::Url, Self::Language];

    /// The names it usually goes by, the first that an input has decides; the first of them is its own.
    #[must_use]
    pub fn usual_names(self) -> &'static [&'static str] {
        match self {
            Self::Text => &[
                "text",
                "body",
                "content",
                "maintext",
                "plaintext",
                "article",
                "fulltext",
                "article_body",
                "article_text",
                "body_text",
                "content_text",
                "story_text",
            ],
            Self::Date => &[
                "date",
                "published",
                "publish_date",
                "date_publish",
                "publishing_date",
                "pub_date",
                "published_at",
                "date_published",
                "publication_date",
                "published_date",
                "publication_datetime",
                "web_publication_date",
                "seen_date",
            ],
            Self::Outlet => &[
                "outlet",
                // Where these stand, `source` is an address or a code.
                "source_name",
                "source_hostname",
                "source",
                "publisher",
                "newspaper",
                "media_name",
                "publication",
                "publisher_name",
                "site_name",
                "source_domain",
                "domain",
                "hostname",
            ],
            Self::Title => &["title", "headline", "web_title"],
            Self::Id => &["id", "doc_id", "stories_id", "text_name", "guid", "article_id", "document_id"],
            Self::Author => &["author", "authors", "byline"],
            Self::Url => &["url", "link", "web_url", "canonical_url"],
            Self::Language => &["language", "lang", "language_code"],
        }
    }

    /// What stands between the strings of a list: paragraphs of a text, several authors.
    pub(super) fn separator(self) -> &'static str {
        if self == Self::Text { "\n\n" } else { "; " }
    }

    /// The keys of an object in the place of a value that name what it is, the best first.
    pub(super) fn labels(self) -> &'static [&'static str] {
        if self == Self::Outlet { &["name", "title"] } else { &["name"] }
    }

    /// The fields' names in one line, for messages.
    pub(super) fn names() -> String {
        Self::ALL.map(|field| field.usual_names()[0]).join(", ")
    }
}

/// Where a column or key leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) field: Field,
    /// Of two columns for one field the one with the lower rank decides.
    pub(super) rank: u8,
}

/// Finds the field that a column or key holds: by its usual names, or by the one name that the user gave.
/// Case, spaces, underscores and hyphens do not count: `Pub Date`, `pub-date` and `pubDate` are one name.
#[derive(Clone, Debug)]
pub struct FieldMap {
    targets: FxHashMap<Box<[u8]>, Target>,
    /// The objects within which a field was mapped, and that field: `article` of `text=article.text`.
    outer: Vec<(Box<[u8]>, Field)>,
    /// The fields that the user mapped, with the names as given.
    mapped: Vec<(Field, String)>,
}

impl Default for FieldMap {
    fn default() -> Self {
        Self::with(&[])
    }
}

impl FieldMap {
    /// The map that `field=column` pairs give, `text=Body,date=Pub`; fields left out keep their usual names.
    ///
    /// # Errors
    /// A pair without `=` or without a name, an unknown field, a field or a column named twice.
    pub fn parse(pairs: &str) -> Result<Self, InputError> {
        Self::parse_all(&[pairs])
    }

    /// The map that several such lists of pairs give.
    ///
    /// # Errors
    /// The same.
    pub fn parse_all<S: AsRef<str>>(lists: &[S]) -> Result<Self, InputError> {
        let mut chosen: Vec<(Field, Box<[u8]>)> = Vec::new();
        let mut mapped = Vec::new();
        for pair in lists.iter().flat_map(|pairs| pairs_in(pairs.as_ref())) {
            let error = |problem| InputError::Mapping { mapping: pair.to_owned(), problem };
            let (field, column) = pair.split_once('=').ok_or_else(|| error("no = in it"))?;
            let field = field_named(field, pair)?;
            let name = column.trim().to_owned();
            let column = normalised(column);
            if column.is_empty() {
                return Err(error("no column name"));
            }
            if chosen.iter().any(|(other, name)| *other == field || *name == column) {
                return Err(error("a field or column that was named before"));
            }
            chosen.push((field, column));
            mapped.push((field, name));
        }
        Ok(Self { mapped, ..Self::with(&chosen) })
    }

    fn with(chosen: &[(Field, Box<[u8]>)]) -> Self {
        let usual = |field: &Field| !chosen.iter().any(|(other, _)| other == field);
        let mut targets = FxHashMap::default();
        for field in Field::ALL.into_iter().filter(usual) {
            for (name, rank) in field.usual_names().iter().zip(0..) {
                targets.insert(normalised(name), Target { field, rank });
            }
        }
        let mut outer = Vec::new();
        for (field, name) in chosen {
            targets.insert(name.clone(), Target { field: *field, rank: 0 });
            let dots = (0..name.len()).filter(|at| name[*at] == PATH);
            outer.extend(dots.map(|at| (name[..at].into(), *field)));
        }
        Self { targets, outer, mapped: Vec::new() }
    }

    /// The name of the text that the user gave.
    pub(super) fn mapped_text(&self) -> Option<&str> {
        self.mapped.iter().find(|(field, _)| *field == Field::Text).map(|(_, name)| name.as_str())
    }

    /// What is to be said of mapped names, other than a text's, that are none of `names`, a table's columns.
    pub(super) fn missing(&self, names: &[&str]) -> String {
        let is_there = |wanted: &str| names.iter().any(|name| normalised(name) == normalised(wanted));
        let others = self.mapped.iter().filter(|(field, name)| *field != Field::Text && !is_there(name));
        let missing: Vec<&str> = others.map(|(_, name)| name.as_str()).collect();
        let is_free = |name: &&&str| !name.is_empty() && self.find(name).is_none();
        missing_note("column", &missing, &names.iter().filter(is_free).copied().collect::<Vec<_>>())
    }

    /// Whether a field may stand in an object within another.
    pub(super) fn goes_inside(&self) -> bool {
        !self.outer.is_empty()
    }

    /// Whether a field may stand in the object of this key, `article` of `text=article.text`; the key of one within
    /// others has theirs before it.
    pub(super) fn is_outer(&self, path: &str) -> bool {
        let path = normalised(path);
        self.outer.iter().any(|(name, _)| *name == path)
    }

    /// Whether the key is that of a text, or of an object with one in it.
    pub(super) fn leads_to_text(&self, key: &str) -> bool {
        let inside = || {
            let key = normalised(key);
            self.outer.iter().any(|(name, field)| *field == Field::Text && *name == key)
        };
        self.find(key).is_some_and(|target| target.field == Field::Text) || (self.goes_inside() && inside())
    }

    /// Where the column or key `name` leads; `None` where no field wants it.
    pub(super) fn find(&self, name: &str) -> Option<Target> {
        const ROOM: usize = 64;
        if !name.is_ascii() || name.len() > ROOM {
            return self.targets.get(&normalised(name)).copied();
        }
        let (mut short, mut count) = ([0; ROOM], 0);
        for byte in name.bytes().filter(|byte| counts(*byte)) {
            short[count] = byte.to_ascii_lowercase();
            count += 1;
        }
        self.targets.get(&short[..count]).copied()
    }
}

/// The pairs between commas. What has no `=` is a part of the name before it, which has a comma in it.
fn pairs_in(pairs: &str) -> Vec<&str> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for part in pairs.split(',') {
        let range = start..start + part.len();
        start = range.end + 1;
        match found.last_mut() {
            _ if part.trim().is_empty() => {}
            Some(last) if !part.contains('=') => last.end = range.end,
            _ => found.push(range),
        }
    }
    found.into_iter().map(|range| pairs[range].trim()).collect()
}

/// Stands between the keys of objects within each other.
pub(super) const PATH: u8 = b'.';

/// Stands after the key of a list of objects, in messages.
pub(super) const LIST: &str = "[]";

fn field_named(name: &str, mapping: &str) -> Result<Field, InputError> {
    let wanted = normalised(name);
    let found = Field::ALL.into_iter().find(|field| normalised(field.usual_names()[0]) == wanted);
    found.ok_or_else(|| InputError::UnknownField { mapping: mapping.to_owned(), field: name.trim().to_owned() })
}

pub(super) fn normalised(name: &str) -> Box<[u8]> {
    name.to_lowercase().bytes().filter(|byte| counts(*byte)).collect()
}

/// Whether two columns have one name.
pub(super) fn same_name(name: &str, other: &str) -> bool {
    normalised(name) == normalised(other)
}

fn counts(byte: u8) -> bool {
    !matches!(byte, b' ' | b'_' | b'-' | b'\t')
}

/// The first `count` characters of `text`, with `…` where there are more.
pub(super) fn shortened(text: &str, count: usize) -> String {
    match text.char_indices().nth(count) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A document in the making: the best value so far for each field.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    values: [String; Field::ALL.len()],
    ranks: [Option<u8>; Field::ALL.len()],
    /// The rank of the text that was taken and of one that is much longer and was not.
    longer: Option<(u8, u8)>,
}

impl Draft {
    /// Takes `value` unless the field has one from a name that comes first. An empty one only tells that the field exists.
    pub(super) fn offer(&mut self, target: Target, value: String) {
        let place = target.field as usize;
        let better = self.ranks[place].is_none_or(|rank| target.rank < rank);
        if target.field == Field::Text && !value.is_empty() && !self.values[place].is_empty() {
            let (taken, other) = if better { (&value, &self.values[place]) } else { (&self.values[place], &value) };
            let ranks = (self.ranks[place].unwrap_or(target.rank), target.rank);
            let ranks = (ranks.0.min(ranks.1), ranks.0.max(ranks.1));
            let is_teaser = ranks.0 < ranks.1 && other.len() > TEASER * taken.len();
            self.longer = is_teaser.then_some(ranks).or(self.longer);
        }
        if self.ranks[place].is_none() || (!value.is_empty() && (better || self.values[place].is_empty())) {
            self.ranks[place] = Some(target.rank);
            self.values[place] = value;
        }
    }

    /// What is to be said of fields that the user mapped, other than a text, and that the input does not have.
    pub(super) fn missing(&self, map: &FieldMap) -> String {
        let others =
            map.mapped.iter().filter(|(field, _)| *field != Field::Text && self.ranks[*field as usize].is_none());
        missing_note("field", &others.map(|(_, name)| name.as_str()).collect::<Vec<_>>(), &[])
    }

    /// Whether the input has a text, be it empty.
    pub(super) fn has_text(&self) -> bool {
        self.ranks[Field::Text as usize].is_some()
    }

    /// The best value so far.
    #[cfg(test)]
    pub(super) fn value(&self, field: Field) -> &str {
        &self.values[field as usize]
    }

    /// The document with the article beginning at byte `body` of its text.
    pub(super) fn finish(self, spot: &Spot, body: usize, notes: &[&str]) -> Record {
        let [text, date, outlet, title, id, author, url, language] = self.values;
        let (date, date_note) = read_date(&date, spot.place.settings.options.date_order);
        let keeps = !spot.place.settings.options.read_signs;
        let as_meant = |text: &str, body| if keeps { None } else { signs::decode(text, body) };
        let found = as_meant(&text, body);
        let label = |value: String| as_meant(&value, 0).map_or(value, |meant| meant.text);
        let Decoded { text, body, written, notes: [html, escaped, misread] } =
            found.unwrap_or_else(|| Decoded::plain(text, body));
        let empty = if text[body..].trim().is_empty() { "no text" } else { "" };
        let (other_text, language_note) = (self.longer.map_or_else(String::new, longer_note), language_note(&language));
        let cut = cut_note(&text);
        let own = [
            date_note.as_str(),
            &other_text,
            &language_note,
            html,
            escaped,
            misread,
            lost_marks::note(&text),
            &cut,
            empty,
        ];
        let notes = notes.iter().copied().chain(own);
        let message = notes.filter(|note| !note.is_empty()).collect::<Vec<_>>().join("; ");
        let id = trimmed(id);
        let id = if id.is_empty() { spot.id() } else { id };
        Record::Document(Document {
            id,
            location: spot.location(),
            date,
            outlet: trimmed(label(outlet)),
            title: trimmed(label(title)),
            author: trimmed(label(author)),
            url: trimmed(url),
            language: trimmed(language),
            text,
            body,
            origin: Origin::default(),
            written,
            message,
        })
    }
}

/// A text so many times as long as the one that was taken is likely to be the article of which that one is a teaser.
const TEASER: usize = 2;

/// The ISO date, and a note where there is none for what was written.
fn read_date(value: &str, order: Option<DateOrder>) -> (String, String) {
    if let Some(date) = date::iso(value, order) {
        return (date, String::new());
    }
    let shown = shortened(value, 40);
    let note = match value.trim() {
        "" => String::new(),
        value if date::is_ambiguous(value) => {
            format!("date {shown:?} may have the day or the month first: say --date-order dmy or mdy")
        }
        _ => format!("date {shown:?} not understood: write it as 2017-04-12"),
    };
    (String::new(), note)
}

fn trimmed(value: String) -> String {
    let inner = value.trim();
    if inner.len() == value.len() { value } else { inner.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(map: &FieldMap, name: &str) -> Option<Field> {
        map.find(name).map(|target| target.field)
    }

    #[test]
    fn names_are_found_whatever_their_case_and_separators() {
        let map = FieldMap::default();
        for name in ["pub_date", "Pub-Date", "PUB DATE", "pubDate", "published"] {
            assert_eq!(field(&map, name), Some(Field::Date), "{name}");
        }
        assert_eq!(field(&map, "text2"), None);
        assert_eq!(field(&map, ""), None);
        assert_eq!(field(&map, &"x".repeat(100)), None);
    }

    #[test]
    fn a_mapping_replaces_the_usual_names_of_its_field_only() {
        let map = FieldMap::parse("text=Body 2, date=Année ,title=text").expect("a good mapping");
        assert_eq!(field(&map, "body_2"), Some(Field::Text));
        assert_eq!(field(&map, "année"), Some(Field::Date));
        assert_eq!(field(&map, "text"), Some(Field::Title));
        assert_eq!(field(&map, "body"), None);
        assert_eq!(field(&map, "headline"), None);
        assert_eq!(field(&map, "lang"), Some(Field::Language));
        let map = FieldMap::parse("text=Story, in full,,date=Day, Month").expect("names with commas");
        assert_eq!((field(&map, "Story, in full"), field(&map, "Day, Month")), (Some(Field::Text), Some(Field::Date)));
    }

    #[test]
    fn a_bad_mapping_says_what_is_possible() {
        let check = |pairs: &str, expected: &str| {
            assert_eq!(FieldMap::parse(pairs).expect_err("a bad mapping").to_string(), expected);
        };
        let form = "write field=column pairs with commas between, as in text=Body,date=Pub";
        check(
            "text=Body,day=Pub",
            r#"--map day=Pub: no field "day": the fields are text, date, outlet, title, id, author, url, language"#,
        );
        check("Body", &format!("--map Body: no = in it: {form}"));
        let error = FieldMap::parse_all(&["text=Body", "Day"]).expect_err("no field for it").to_string();
        assert_eq!(error, format!("--map Day: no = in it: {form}"));
        check("text=", &format!("--map text=: no column name: {form}"));
        check("text=a,title=A", &format!("--map title=A: a field or column that was named before: {form}"));
    }

    #[test]
    fn a_longer_text_beside_the_one_taken_is_told() {
        let check = |offers: [(u8, &str); 2], expected: Option<(u8, u8)>| {
            let mut draft = Draft::default();
            for (rank, value) in offers {
                draft.offer(Target { field: Field::Text, rank }, value.to_owned());
            }
            assert_eq!(draft.longer, expected);
        };
        check([(0, "short"), (1, "the whole article")], Some((0, 1)));
        check([(2, "the whole article"), (0, "short")], Some((0, 2)));
        check([(0, "the whole article"), (1, "short")], None);
        check([(0, "as long"), (1, "as long as")], None);
        let told = "the text was taken from \"text\", a longer one is in \"body\": --map text=body takes that";
        assert_eq!(longer_note((0, 1)), told);
    }

    #[test]
    fn the_first_usual_name_with_a_value_decides() {
        let check = |offers: [(u8, &str); 3], expected: &str| {
            let mut draft = Draft::default();
            for (rank, value) in offers {
                draft.offer(Target { field: Field::Title, rank }, value.to_owned());
            }
            assert_eq!(draft.values[Field::Title as usize], expected);
        };
        check([(1, "b"), (0, "a"), (2, "c")], "a");
        check([(0, ""), (2, "c"), (1, "b")], "b");
        check([(0, ""), (1, ""), (2, "c")], "c");
    }
}
