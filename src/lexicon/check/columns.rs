//! What the columns of each list may hold.

use super::super::files::EMBEDDED;
use super::super::gazetteer::GazetteerRow;
use super::super::lists::{
    AbbreviationRow, AdjectiveRow, CommonRow, CueRow, DescriptionRow, GivenNameRow, NicknameRow, NounRow, PronounRow,
    RoleRow, TitleRow, WordRow,
};
use super::super::parties::{CountryRow, PlaceRow};
use super::super::pattern::PatternRow;
use super::super::resolution::ResolutionRow;
use super::super::stance::stance_reader;
use super::super::tsv::{RowReader, rows, values};
use crate::evaluation::judge::ScoringRow;

/// Columns with few values, which reading them does not tell; those of the embedded list are allowed.
pub(super) const LIMITED: [(&str, &str); 9] = [
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

pub(super) fn known_values(name: &str, column: &str) -> Vec<&'static str> {
    let text: &'static str = EMBEDDED.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text);
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let at = lines.next().and_then(|header| header.split('\t').position(|known| known == column));
    let mut known: Vec<&str> = lines.filter_map(|line| line.split('\t').nth(at?)).flat_map(values).collect();
    known.sort_unstable();
    known.dedup();
    known
}

/// Reads a list's rows as the stages will.
pub(super) fn reader(name: &str) -> RowReader {
    macro_rules! read {
        ($row:ty) => {
            |file, text| rows::<$row>(file, text).map(drop)
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
        "resolutions.tsv" => read!(ResolutionRow<'_>),
        "roles.tsv" => read!(RoleRow<'_>),
        "scoring.tsv" => read!(ScoringRow),
        "statements.tsv" | "works.tsv" => read!(NounRow<'_>),
        "titles.tsv" => read!(TitleRow<'_>),
        "words.tsv" => read!(WordRow<'_>),
        _ => stance_reader(name).unwrap_or(|_, _| Ok(())),
    }
}
