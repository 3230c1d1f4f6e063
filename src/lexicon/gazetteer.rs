//! Parties known by name: countries, governments, organisations, outlets, public figures, places.

use serde::{Deserialize, Serialize};

use super::tsv::{self, LexiconError, Row};

/// What kind of party it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PartyKind {
    /// One human being.
    Person,
    /// A body of any kind.
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
}

impl GazetteerRow {
    /// The party, and its aliases.
    #[must_use]
    pub fn into_party(self) -> (Party, String) {
        let Self { name, aliases, id, kind, role, country, party, gender } = self;
        (Party { name, id, kind, role, country, party, gender }, aliases)
    }
}

/// The rows of a gazetteer file, tab-, comma- or semicolon-separated, told by its header.
///
/// # Errors
/// A file without a `name` column, a row that does not fit, a row without a name.
pub fn gazetteer_rows(file: &str, text: &str) -> Result<Vec<Row<GazetteerRow>>, LexiconError> {
    let header = text.lines().find(|line| !line.starts_with('#')).unwrap_or("");
    let delimiter = [b'\t', b';', b','].into_iter().find(|d| header.as_bytes().contains(d)).unwrap_or(b'\t');
    let columns = header.trim_start_matches('\u{feff}').split(delimiter as char);
    if !columns.clone().any(|column| column.trim().trim_matches('"') == "name") {
        let found = columns.map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(", ");
        let message = format!("no column \"name\"; found {found}: the header row must hold \"name\"");
        return Err(LexiconError::file(file, message));
    }
    let rows: Vec<Row<GazetteerRow>> = tsv::separated_rows(file, text, delimiter)?;
    match rows.iter().find(|row| row.value.name.trim().is_empty()) {
        Some(row) => Err(LexiconError::at(file, row.line, "the name is empty: fill it or delete the row")),
        None => Ok(rows),
    }
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
    fn errors_name_the_remedy() {
        let error = gazetteer_rows("g.tsv", "Name\tid\nx\ty\n").expect_err("no name column");
        assert!(error.to_string().contains("must hold \"name\""), "{error}");
        let error = gazetteer_rows("g.tsv", "name\ttype\nAnn\thuman\n").expect_err("no such type");
        assert!(error.to_string().starts_with("g.tsv:2: ") && error.to_string().contains("human"), "{error}");
    }
}
