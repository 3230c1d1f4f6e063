//! What the columns of each list may hold.

use super::cells::{Line, Table};
use super::files::{EMBEDDED, Source};
use super::gazetteer::GazetteerRow;
use super::lists::{
    AbbreviationRow, AdjectiveRow, CommonRow, CueRow, DescriptionRow, GivenNameRow, NicknameRow, NounRow, PronounRow,
    RoleRow, TitleRow, classed_words,
};
use super::parties::{CountryRow, PlaceRow};
use super::pattern::{PatternRow, Patterns};
use super::ranker::Ranker;
use super::resolution::shares;
use super::stance::read_apart;
use super::tsv::{LexiconError, rows, values};

/// Columns with few values, which reading them does not tell; those of the embedded list are allowed.
const LIMITED: [(&str, &str); 9] = [
    ("abbreviations.tsv", "kind"),
    ("adjectives.tsv", "kind"),
    ("cues.tsv", "noun"),
    ("pronouns.tsv", "case"),
    ("pronouns.tsv", "number"),
    ("roles.tsv", "title"),
    ("scoring.tsv", "kinds"),
    ("statements.tsv", "kind"),
    ("works.tsv", "kind"),
];

/// Line and message of every row that has another value in such a column.
pub(crate) fn unknown_values<'a>(name: &'a str, table: &'a Table<'_>) -> impl Iterator<Item = (u64, String)> + 'a {
    let limited = LIMITED.iter().filter(move |(list, _)| *list == name);
    limited.flat_map(move |(_, column)| {
        let known = known_values(name, column);
        let unknown = move |row: &Line<'_>| {
            let value = values(table.cell(row, column).unwrap_or("")).find(|value| !known.contains(value))?;
            Some((row.number, format!("{column} \"{value}\" is unknown: write one of {}", known.join(", "))))
        };
        table.rows.iter().filter_map(unknown)
    })
}

pub(crate) fn known_values(name: &str, column: &str) -> Vec<&'static str> {
    let text: &'static str = EMBEDDED.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text);
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let at = lines.next().and_then(|header| header.split('\t').position(|known| known == column));
    let mut known: Vec<&str> = lines.filter_map(|line| line.split('\t').nth(at?)).flat_map(values).collect();
    known.sort_unstable();
    known.dedup();
    known
}

/// The first row of a list of the user's with a word of its own in a column where a list knows but few, which would mean nothing.
pub(crate) fn unknown_word(name: &str, source: &Source) -> Option<LexiconError> {
    let table = Table::of(source);
    let mut unknown = unknown_values(name, &table);
    unknown.next().map(|(line, message)| LexiconError::at(&source.file, line, message))
}

/// Reads rows of a list as the stages will.
///
/// # Errors
/// The first row that does not fit.
pub(crate) fn read(name: &str, file: &str, text: &str) -> Result<(), LexiconError> {
    macro_rules! read {
        ($row:ty) => {
            rows::<$row>(file, text).map(drop)
        };
    }
    match name {
        "abbreviations.tsv" => read!(AbbreviationRow<'_>),
        "addressees.tsv" | "patterns.tsv" | "relays.tsv" => read!(PatternRow),
        "adjectives.tsv" => read!(AdjectiveRow<'_>),
        "common_words.tsv" => read!(CommonRow<'_>),
        "countries.tsv" => read!(CountryRow<'_>),
        "cues.tsv" => read!(CueRow<'_>),
        "descriptions.tsv" => read!(DescriptionRow<'_>),
        "gazetteer.tsv" => read!(GazetteerRow),
        "given_names.tsv" => read!(GivenNameRow<'_>),
        "nicknames.tsv" => read!(NicknameRow<'_>),
        "places.tsv" => read!(PlaceRow<'_>),
        "pronouns.tsv" => read!(PronounRow<'_>),
        "ranker.tsv" => {
            let source = Source { file: file.to_owned(), text: text.to_owned().into() };
            // Which patterns there are makes no row wrong.
            Ranker::read(&[source], &Patterns::new([])?).map(drop)
        }
        "resolutions.tsv" => shares(file, text).map(drop),
        "roles.tsv" => read!(RoleRow<'_>),
        "statements.tsv" | "works.tsv" => read!(NounRow<'_>),
        "titles.tsv" => read!(TitleRow<'_>),
        "words.tsv" => classed_words(file, text).map(drop),
        _ => read_apart(name, file, text),
    }
}
