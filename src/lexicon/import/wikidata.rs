//! The result of a Wikidata query, as its page downloads it: CSV, TSV or JSON, with columns by the usual names of the
//! variables (`item`, `itemLabel`, `altLabel`, `genderLabel`, …). Several rows of one item are one party.

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::{Listed, country_id, gender, text_of};
use crate::lexicon::Lexicons;
use crate::lexicon::gazetteer::{Gender, Party, PartyKind};
use crate::lexicon::tsv::LexiconError;

/// A row: its place in the file, and its cells by column.
pub(super) type Record = (Option<u64>, FxHashMap<Column, String>);

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Column {
    Name,
    Id,
    Aliases,
    Gender,
    Party,
    Role,
    Country,
    Kind,
}

/// Names of columns in small letters, without signs; the label of a thing is wanted, not its number.
const COLUMNS: [(Column, &[&str]); 8] = [
    (Column::Name, &["itemlabel", "personlabel", "subjectlabel", "humanlabel", "label", "name"]),
    (Column::Id, &["item", "person", "subject", "human", "qid", "wikidata", "wikidataid", "id"]),
    (
        Column::Aliases,
        &["altlabel", "itemaltlabel", "personaltlabel", "altlabels", "aliases", "alias", "alternativelabels"],
    ),
    (Column::Gender, &["genderlabel", "sexlabel", "sexorgenderlabel", "gender", "sex"]),
    (Column::Party, &["partylabel", "politicalpartylabel", "memberofpoliticalpartylabel", "party"]),
    (
        Column::Role,
        &[
            "positionlabel",
            "positionheldlabel",
            "officelabel",
            "occupationlabel",
            "position",
            "office",
            "role",
            "occupation",
        ],
    ),
    (
        Column::Country,
        &["countrylabel", "countryofcitizenshiplabel", "citizenshiplabel", "nationalitylabel", "country"],
    ),
    (Column::Kind, &["instancelabel", "instanceoflabel", "classlabel", "typelabel", "type"]),
];

/// The columns that a header names, by position; of two for one thing the one that stands first in [`COLUMNS`].
fn columns<'a>(header: impl Iterator<Item = &'a str>) -> Vec<(Column, usize)> {
    let plain = |name: &str| name.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>().to_lowercase();
    let header: Vec<String> = header.map(plain).collect();
    let place = |names: &[&str]| names.iter().find_map(|name| header.iter().position(|known| known == name));
    COLUMNS.iter().filter_map(|(column, names)| Some((*column, place(names)?))).collect()
}

pub(super) fn from_table(
    file: &str,
    text: &str,
    lexicons: &Lexicons,
    notes: &mut Vec<LexiconError>,
) -> Result<Vec<Listed>, LexiconError> {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b'\t', b';', b','].into_iter().find(|sign| first.as_bytes().contains(sign)).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| LexiconError::file(file, error.to_string()))?.clone();
    let columns = columns(header.iter());
    if columns.iter().all(|(column, _)| *column != Column::Name) {
        let found = header.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        let message = format!(
            "no column for the name (itemLabel, label or name); found {found}: give a Wikidata result as CSV, Popolo JSON, or \
             the YAML of the legislators list"
        );
        return Err(LexiconError::file(file, message));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map(csv::Position::line);
                let mut cells: FxHashMap<Column, String> = columns
                    .iter()
                    .map(|(column, at)| (*column, record.get(*at).unwrap_or_default().to_owned()))
                    .collect();
                cells.entry(Column::Country).and_modify(|country| *country = country_id(country, lexicons));
                rows.push((line, cells));
            }
            Err(error) => notes.push(LexiconError::file(file, format!("{error}: mend the row"))),
        }
    }
    Ok(from_rows(file, rows, notes))
}

/// The rows of a result in JSON: the plain list, or the one with the answer of the query service around it.
pub(super) fn json_rows(value: &Value) -> Option<Vec<Record>> {
    let bindings = value.get("results").and_then(|results| results.get("bindings"));
    let rows = bindings.unwrap_or(value).as_array()?;
    let record = |row: &Value| {
        let cells = row.as_object()?;
        let names: Vec<&str> = cells.keys().map(String::as_str).collect();
        let text = |at: usize| {
            let value = cells.get(names[at])?;
            Some(text_of(value.get("value").or(Some(value))))
        };
        let found = columns(names.iter().copied());
        Some((None, found.into_iter().filter_map(|(column, at)| Some((column, text(at)?))).collect()))
    };
    let rows: Vec<Record> = rows.iter().filter_map(record).collect();
    rows.iter().any(|(_, cells)| cells.contains_key(&Column::Name)).then_some(rows)
}

pub(super) fn from_rows(file: &str, rows: Vec<Record>, notes: &mut Vec<LexiconError>) -> Vec<Listed> {
    let has_kind = rows.iter().any(|(_, cells)| cells.contains_key(&Column::Kind));
    let mut found: Vec<Listed> = Vec::new();
    let mut by_id: FxHashMap<String, usize> = FxHashMap::default();
    for (line, cells) in rows {
        let listed = listed(&cells, has_kind);
        let name = listed.party.name.as_str();
        if name.is_empty() || is_number(name) {
            let but = if name.is_empty() { String::new() } else { format!(" but its number {name}") };
            let message = format!("the record has no name{but}: ask for labels in English");
            notes.push(LexiconError { file: file.to_owned(), line, message });
            continue;
        }
        if let Some(&known) = by_id.get(&listed.party.id).filter(|_| !listed.party.id.is_empty()) {
            let Listed { party, aliases } = listed;
            let same = &mut found[known];
            if party.name != same.party.name {
                let message = format!(
                    "\"{}\" has the id of \"{}\" and is taken for another name of it",
                    party.name, same.party.name
                );
                notes.push(LexiconError { file: file.to_owned(), line, message });
                same.aliases.push(party.name);
            }
            same.aliases.extend(aliases);
            continue;
        }
        by_id.insert(listed.party.id.clone(), found.len());
        found.push(listed);
    }
    found
}

/// `Q42`, which stands for an item without a label.
fn is_number(name: &str) -> bool {
    name.strip_prefix('Q')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()))
}

fn listed(cells: &FxHashMap<Column, String>, has_kind: bool) -> Listed {
    let cell = |column: Column| cells.get(&column).map_or("", |cell| cell.trim());
    let gender = gender(cell(Column::Gender));
    let party = Party {
        name: cell(Column::Name).to_owned(),
        id: cell(Column::Id).rsplit('/').next().unwrap_or_default().to_owned(),
        kind: kind(cell(Column::Kind), has_kind, gender != Gender::Unknown || !cell(Column::Role).is_empty()),
        role: cell(Column::Role).to_owned(),
        country: cell(Column::Country).to_owned(),
        party: cell(Column::Party).to_owned(),
        gender,
        state: String::new(),
    };
    let aliases = cell(Column::Aliases).split([',', ';', '|']).map(|alias| alias.trim().to_owned()).collect();
    Listed { party, aliases }
}

fn kind(named: &str, has_kind: bool, is_human: bool) -> PartyKind {
    match named.to_lowercase().as_str() {
        "human" | "person" => PartyKind::Person,
        "" if is_human => PartyKind::Person,
        "" => PartyKind::Unknown,
        _ if has_kind => PartyKind::Organisation,
        _ => PartyKind::Unknown,
    }
}
