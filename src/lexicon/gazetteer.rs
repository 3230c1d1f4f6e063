//! Parties known by name: countries, governments, organisations, outlets, public figures, places.

use std::borrow::Cow;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::files::{Source, read_text, unquoted};
use super::tsv::{self, LexiconError, Row};

/// What kind of party it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PartyKind {
    /// One human being.
    Person,
    /// A body of any kind.
    #[serde(alias = "organization")]
    Organisation,
    /// A state, ministry, court or other public authority.
    Government,
    /// People by what they share: `Republicans`.
    Group,
    /// A newspaper, broadcaster or agency: it also relays what others say.
    Outlet,
    /// An election, war, meeting.
    Event,
    /// A town or region; no party by itself.
    Place,
    /// Not told.
    #[default]
    #[serde(rename = "")]
    Unknown,
}

impl PartyKind {
    /// How many there are.
    pub(crate) const COUNT: usize = Self::Unknown as usize + 1;
}

/// Grammatical gender of a person's pronouns, where known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
pub enum Gender {
    /// `she`
    #[serde(rename = "f", alias = "female", alias = "F")]
    Female,
    /// `he`
    #[serde(rename = "m", alias = "male", alias = "M")]
    Male,
    /// `it`
    #[serde(rename = "n")]
    Neuter,
    /// Not told.
    #[default]
    #[serde(rename = "", alias = "u")]
    Unknown,
}

impl Gender {
    /// How many there are.
    pub(crate) const COUNT: usize = Self::Unknown as usize + 1;
}

/// A party of the gazetteer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// The name it goes by in the tables.
    pub name: String,
    /// Stable id, may be empty.
    pub id: String,
    /// What it is.
    pub kind: PartyKind,
    /// Office or trade, may be empty.
    pub role: String,
    /// The country's id, may be empty.
    pub country: String,
    /// Political party, may be empty.
    pub party: String,
    /// Of a person.
    pub gender: Gender,
    /// The first-level parts of the country that a person holds or held office in, joined with `|`, may be empty.
    pub state: String,
}

/// A row of a gazetteer file; only the name is required.
#[derive(Clone, Debug, Deserialize)]
pub struct GazetteerRow {
    /// The name it goes by in the tables.
    pub name: String,
    /// Other names, joined with `|`.
    #[serde(default)]
    pub aliases: String,
    /// Stable id.
    #[serde(default)]
    pub id: String,
    /// What it is.
    #[serde(default, rename = "type")]
    pub kind: PartyKind,
    /// Office or trade.
    #[serde(default)]
    pub role: String,
    /// Country id.
    #[serde(default)]
    pub country: String,
    /// Political party.
    #[serde(default)]
    pub party: String,
    /// Of a person.
    #[serde(default)]
    pub gender: Gender,
    /// What texts call a body, joined with `|`: `company`, `party`.
    #[serde(default)]
    pub noun: String,
    /// Of a person, the states that he holds or held office in, joined with `|`: `Vermont`.
    #[serde(default)]
    pub state: String,
}

impl GazetteerRow {
    /// The party, and its aliases.
    #[must_use]
    pub fn into_party(self) -> (Party, String) {
        let Self { name, aliases, id, kind, role, country, party, gender, state, noun: _ } = self;
        (Party { name, id, kind, role, country, party, gender, state }, aliases)
    }
}

/// A table of parties of the user's.
///
/// # Errors
/// A file that cannot be read or is in another encoding than UTF-8 or UTF-16.
pub fn source(path: &Path) -> Result<Source, LexiconError> {
    let text = read_text(path)?;
    let text = if delimiter(&text) == b'\t' { unquoted(text) } else { text };
    Ok(Source { file: path.display().to_string(), text: text.into() })
}

/// The rows of a gazetteer file, tab-, comma- or semicolon-separated, told by its header.
///
/// # Errors
/// A file without a `name` column, a row that does not fit, a row without a name.
pub fn gazetteer_rows(file: &str, text: &str) -> Result<Vec<Row<GazetteerRow>>, LexiconError> {
    each_gazetteer_row(file, text)?.into_iter().collect()
}

/// The same, each row or what is wrong with it.
///
/// # Errors
/// A file without a `name` column.
pub fn each_gazetteer_row(
    file: &str,
    text: &str,
) -> Result<Vec<Result<Row<GazetteerRow>, LexiconError>>, LexiconError> {
    let delimiter = delimiter(text);
    let header = header(text);
    let columns = header.split(delimiter as char).map(|column| column.trim().trim_matches('"'));
    if columns.clone().any(|column| column.eq_ignore_ascii_case("name")) {
        let mut rows = tsv::separated_rows(file, text, delimiter)?;
        for row in &mut rows {
            finish(file, row);
        }
        return Ok(rows);
    }
    // The YAML and JSON of lists that others publish, and a Wikidata result as a table.
    let is_other_format = ["- ", "-\t", "{", "["].iter().any(|start| header.trim_start().starts_with(start))
        || columns.clone().any(|column| column.eq_ignore_ascii_case("itemLabel"));
    let mut words = header.split_whitespace();
    let message = if header.is_empty() {
        "is empty: write a header row with the column \"name\", and the names under it".to_owned()
    } else if columns.clone().count() == 1 && words.any(|word| word.eq_ignore_ascii_case("name")) {
        "no tab, comma or semicolon stands in the header row: put one between two cells, in every row, not blanks"
            .to_owned()
    } else if is_other_format {
        "is no table of names yet: make one of it with onrecord gazetteer import FILE -o names.tsv, and give that"
            .to_owned()
    } else {
        let found = columns.map(|column| format!("{column:?}")).collect::<Vec<_>>().join(", ");
        format!(
            "no column \"name\"; found {found}: the header row must hold \"name\": write one above the names if there is none"
        )
    };
    Err(LexiconError::file(file, message))
}

/// Holds that a row has a name; takes semicolons between aliases for what they are meant.
fn finish(file: &str, row: &mut Result<Row<GazetteerRow>, LexiconError>) {
    let Ok(Row { line, value }) = row else { return };
    if value.name.trim().is_empty() {
        *row = Err(LexiconError::at(file, *line, "the name is empty: fill it or delete the row"));
    } else if let Cow::Owned(aliases) = alias_cell(&value.aliases) {
        value.aliases = aliases;
    }
}

/// A cell of aliases with | between them: semicolons where it has none are meant so.
pub(crate) fn alias_cell(cell: &str) -> Cow<'_, str> {
    if cell.contains(';') && !cell.contains('|') { cell.replace(';', "|").into() } else { cell.into() }
}

/// The same table with tabs, each row in its line; `None` where it cannot be read, or a row swallows those below it.
pub(crate) fn with_tabs(source: &Source) -> Option<Source> {
    let delimiter = delimiter(&source.text);
    if delimiter == b'\t' {
        return Some(source.clone());
    }
    let text = source.text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.delimiter(delimiter).comment(Some(b'#')).flexible(true).has_headers(false);
    let (mut tabbed, mut lines, mut numbers) = (String::new(), 0, tsv::LineNumbers::of(text));
    let mut last = 0;
    for record in reader.from_reader(text.as_bytes()).into_records() {
        let record = record.ok()?;
        let line = numbers.line(record.position());
        last = record.position().map_or(last, |position| position.byte() as usize);
        while lines + 1 < line {
            tabbed.push('\n');
            lines += 1;
        }
        let cells: Vec<String> = record.iter().map(|cell| cell.replace(['\t', '\n', '\r'], " ")).collect();
        tabbed += &cells.join("\t");
        tabbed.push('\n');
        lines += 1;
    }
    let is_whole = !tsv::never_closes(&text[last..], delimiter);
    is_whole.then(|| Source { file: source.file.clone(), text: tabbed.into() })
}

fn delimiter(text: &str) -> u8 {
    let header = header(text).as_bytes();
    [b'\t', b';', b','].into_iter().find(|delimiter| header.contains(delimiter)).unwrap_or(b'\t')
}

/// The first line that is no comment and not blank.
fn header(text: &str) -> &str {
    tsv::Lines::of(text).next().map_or("", |(_, line)| line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_name_is_required() {
        let rows = gazetteer_rows("g.csv", "name,type\n\"Lee, Ann\",person\n").expect("a good file");
        assert_eq!((rows[0].value.name.as_str(), rows[0].value.kind), ("Lee, Ann", PartyKind::Person));
    }

    #[test]
    fn what_people_and_spreadsheets_write_is_read() {
        let text = "\u{feff} Name ;Aliases;TYPE;;\r\nAnn Lee;Lee; Person;;\r\n;;;;\r\nRed Union;\"RU; the Reds\";Organization\r\n";
        let text = text.replace(" Person", "Person");
        let rows = gazetteer_rows("g.csv", &text).expect("a good file");
        let rows: Vec<_> = rows.iter().map(|row| (row.line, row.value.name.as_str(), row.value.kind)).collect();
        assert_eq!(rows, [(2, "Ann Lee", PartyKind::Person), (4, "Red Union", PartyKind::Organisation)]);
        let rows = gazetteer_rows("g.csv", &text).expect("a good file");
        assert_eq!(tsv::values(&rows[1].value.aliases).collect::<Vec<_>>(), ["RU", "the Reds"]);
    }

    #[test]
    fn a_list_in_another_format_is_told_how_to_become_a_table() {
        for text in ["- id:\n    a: b\n", "{\"persons\": []}", "[]", "item,itemLabel\nQ1,Ann Lee\n"] {
            let error = gazetteer_rows("g.yaml", text).expect_err("no table").to_string();
            assert!(error.contains("onrecord gazetteer import"), "{error}");
        }
        let error = gazetteer_rows("g.csv", "name,id\nAnn,1,2\n").expect_err("a cell too many").to_string();
        assert!(error.starts_with("g.csv:2: 3 cells, but the header has 2: remove the extra comma"), "{error}");
    }

    #[test]
    fn errors_name_the_remedy() {
        let error = gazetteer_rows("g.tsv", "Who\tid\nx\ty\n").expect_err("no name column");
        assert!(error.to_string().contains("must hold \"name\""), "{error}");
        let error = gazetteer_rows("g.csv", "").expect_err("nothing in it").to_string();
        assert!(error.starts_with("g.csv: is empty: write a header row"), "{error}");
        let error = gazetteer_rows("g.tsv", "name   type\nAnn   person\n").expect_err("blanks").to_string();
        assert!(error.contains("put one between two cells, in every row, not blanks"), "{error}");
        let error = gazetteer_rows("g.csv", "name,type\nBo,person\n\"Ann,person\nCy,person\n").expect_err("open mark");
        assert_eq!(error.to_string(), "g.csv:3: a quotation mark opens in this row and never closes: close it");
        let error = gazetteer_rows("g.csv", "# ours\nname,\"type\nAnn,person\n").expect_err("open mark in the header");
        assert_eq!(error.to_string(), "g.csv:2: a quotation mark opens in this row and never closes: close it");
        let error = gazetteer_rows("g.csv", "# a\nname,type\n# b\nAnn,person\n\n# c\r\nBo,x\n").expect_err("no type");
        assert!(error.to_string().starts_with("g.csv:7: type \"x\" is unknown"), "{error}");
        for row in ["Pipe 5\" or,\"person\"", "Pipe 5\",\"\""] {
            gazetteer_rows("g.csv", &format!("name,type\n{row}\n")).expect("a mark in a cell opens nothing");
        }
        let error = gazetteer_rows("g.tsv", "name\ttype\nAnn\thuman\n").expect_err("no such type");
        assert!(error.to_string().starts_with("g.tsv:2: ") && error.to_string().contains("human"), "{error}");
    }
}
