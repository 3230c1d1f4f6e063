//! The YAML of the public-domain list of United States legislators and presidents: one list item a person, with `id`,
//! `name`, `bio` and `terms`. Items are read one by one, so that a broken one costs no other.

use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Map, Value};

use super::{Listed, gender, text_of};
use crate::lexicon::gazetteer::{Party, PartyKind};
use crate::lexicon::tsv::LexiconError;

/// Whose last term ended so many years before the newest one in the list does not speak in today's news; a namesake does.
const LONGEST_AGO: i32 = 60;

pub(super) fn parties(file: &str, text: &str, notes: &mut Vec<LexiconError>) -> Vec<Listed> {
    let mut found: Vec<(Listed, Option<i32>)> = Vec::new();
    for (line, item) in items(text) {
        match person(&item) {
            Ok(person) => found.push(person),
            Err(message) => notes.push(LexiconError::at(file, line, message)),
        }
    }
    let newest = found.iter().filter_map(|(_, year)| *year).max();
    let is_past = |year: &Option<i32>| year.zip(newest).is_some_and(|(year, newest)| newest - year > LONGEST_AGO);
    let past: Vec<String> = found
        .iter()
        .filter(|(_, year)| is_past(year))
        .map(|(listed, year)| format!("{} ({})", listed.party.name, year.unwrap_or_default()))
        .collect();
    if !past.is_empty() {
        let message = format!(
            "{} who left office more than {LONGEST_AGO} years before the newest term ends are left out: {}",
            past.len(),
            past.join(", ")
        );
        notes.push(LexiconError::file(file, message));
    }
    found.into_iter().filter(|(_, year)| !is_past(year)).map(|(listed, _)| listed).collect()
}

/// The items of the outermost list, each with its first line, 1-based.
fn items(text: &str) -> Vec<(u64, String)> {
    let mut items: Vec<(u64, String)> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.starts_with("- ") || line == "-" {
            items.push((number, String::new()));
        }
        if let Some((_, item)) = items.last_mut().filter(|_| !line.starts_with("---") && !line.starts_with('#')) {
            item.push_str(line);
            item.push('\n');
        }
    }
    items
}

/// A person, and the year in which the last term ends.
fn person(item: &str) -> Result<(Listed, Option<i32>), String> {
    let nodes =
        Yaml::load_from_str(item).map_err(|error| format!("this record is no YAML ({}): mend it", error.info()))?;
    let record = nodes.first().map(json).and_then(|list| list.get(0).cloned()).unwrap_or_default();
    let cell = |group: &str, key: &str| text_of(record.get(group).and_then(|group| group.get(key)));
    let name = |key: &str| cell("name", key);
    let (first, last) = (name("first"), name("last"));
    if first.is_empty() || last.is_empty() {
        return Err("the record has no first and last name: fill them in".to_owned());
    }
    let term = record.get("terms").and_then(Value::as_array).and_then(|terms| terms.last());
    let of_term = |key: &str| text_of(term.and_then(|term| term.get(key)));
    let joined = |parts: &[&str]| parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let nickname = if name("nickname").is_empty() { first.clone() } else { name("nickname") };
    let suffix = name("suffix");
    let usual = joined(&[&nickname, &last]);
    let encyclopedic = cell("id", "wikipedia");
    let aliases = vec![
        usual.clone(),
        name("official_full"),
        joined(&[&first, &last]),
        joined(&[&first, &name("middle"), &last]),
        joined(&[&first, &last, &suffix]),
        joined(&[&nickname, &last, &suffix]),
    ];
    let party = Party {
        name: if encyclopedic.is_empty() { usual } else { encyclopedic },
        id: ["bioguide", "wikidata", "govtrack"]
            .map(|key| cell("id", key))
            .into_iter()
            .find(|id| !id.is_empty())
            .unwrap_or_default(),
        kind: PartyKind::Person,
        role: office(&of_term("type")).to_owned(),
        country: "US".to_owned(),
        party: of_term("party"),
        gender: gender(&cell("bio", "gender")),
        state: state(&of_term("state")).to_owned(),
    };
    let year = of_term("end").get(..4).and_then(|year| year.parse().ok());
    Ok((Listed { party, aliases }, year))
}

/// The letters of this list, a part of its format, for states, and their names as the list of places has them.
const STATES: [(&str, &str); 50] = [
    ("AK", "Alaska"),
    ("AL", "Alabama"),
    ("AR", "Arkansas"),
    ("AZ", "Arizona"),
    ("CA", "California"),
    ("CO", "Colorado"),
    ("CT", "Connecticut"),
    ("DE", "Delaware"),
    ("FL", "Florida"),
    ("GA", "Georgia"),
    ("HI", "Hawaii"),
    ("IA", "Iowa"),
    ("ID", "Idaho"),
    ("IL", "Illinois"),
    ("IN", "Indiana"),
    ("KS", "Kansas"),
    ("KY", "Kentucky"),
    ("LA", "Louisiana"),
    ("MA", "Massachusetts"),
    ("MD", "Maryland"),
    ("ME", "Maine"),
    ("MI", "Michigan"),
    ("MN", "Minnesota"),
    ("MO", "Missouri"),
    ("MS", "Mississippi"),
    ("MT", "Montana"),
    ("NC", "North Carolina"),
    ("ND", "North Dakota"),
    ("NE", "Nebraska"),
    ("NH", "New Hampshire"),
    ("NJ", "New Jersey"),
    ("NM", "New Mexico"),
    ("NV", "Nevada"),
    ("NY", "New York"),
    ("OH", "Ohio"),
    ("OK", "Oklahoma"),
    ("OR", "Oregon"),
    ("PA", "Pennsylvania"),
    ("RI", "Rhode Island"),
    ("SC", "South Carolina"),
    ("SD", "South Dakota"),
    ("TN", "Tennessee"),
    ("TX", "Texas"),
    ("UT", "Utah"),
    ("VA", "Virginia"),
    ("VT", "Vermont"),
    ("WA", "Washington State"),
    ("WI", "Wisconsin"),
    ("WV", "West Virginia"),
    ("WY", "Wyoming"),
];

/// The name of a state; of a territory, which has no name of its own here, nothing.
fn state(letters: &str) -> &'static str {
    STATES.iter().find(|(known, _)| *known == letters).map_or("", |(_, name)| name)
}

/// The office that a term's type stands for in this list.
fn office(kind: &str) -> &str {
    match kind {
        "sen" => "Senator",
        "rep" => "Representative",
        "prez" => "President",
        "viceprez" => "Vice President",
        other => other,
    }
}

fn json(node: &Yaml<'_>) -> Value {
    match node {
        Yaml::Representation(text, ..) | Yaml::Value(Scalar::String(text)) => Value::String(text.to_string()),
        Yaml::Value(Scalar::Integer(number)) => Value::from(*number),
        Yaml::Value(Scalar::FloatingPoint(number)) => Value::String(number.to_string()),
        Yaml::Value(Scalar::Boolean(value)) => Value::String(value.to_string()),
        Yaml::Sequence(items) => Value::Array(items.iter().map(json).collect()),
        Yaml::Mapping(pairs) => {
            let pair = |(key, value): (&Yaml<'_>, &Yaml<'_>)| Some((text_of(Some(&json(key))), json(value)));
            Value::Object(pairs.iter().filter_map(pair).collect::<Map<_, _>>())
        }
        Yaml::Tagged(_, inner) => json(inner),
        _ => Value::Null,
    }
}
