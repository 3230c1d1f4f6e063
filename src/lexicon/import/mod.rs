//! Lists of people and organisations, as others publish them, to rows of a gazetteer. Told by their content: the YAML of
//! the United States legislators list, Popolo JSON, and the result of a Wikidata query as CSV, TSV or JSON.
//!
//! What could name the wrong person is left out: a family name alone, a title with one, an initial with one, a single
//! common word or given name; and a name that several parties of the list bear keeps only what they agree on.

mod legislators;
mod popolo;
mod wikidata;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use super::Lexicons;
use super::gazetteer::{Gender, Party, PartyKind};
use super::tsv::LexiconError;
use super::tsv::values;
use super::words::{Class, Classes};

/// What a file gave.
#[derive(Debug, Default)]
pub struct Import {
    /// In the order of the file.
    pub parties: Vec<Listed>,
    /// Records that were left out or changed, with place and reason.
    pub notes: Vec<LexiconError>,
}

/// A party and its other names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The party.
    pub party: Party,
    /// Other names.
    pub aliases: Vec<String>,
}

/// Reads a list in any of the formats.
///
/// # Errors
/// A file in none of the formats, or without any party in it.
pub fn import(file: &str, text: &str, lexicons: &Lexicons) -> Result<Import, LexiconError> {
    let text = text.trim_start_matches('\u{feff}');
    let mut notes = Vec::new();
    let is_said = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    let first = text.lines().find(is_said).unwrap_or_default();
    let parties = match first.trim_start().chars().next() {
        Some('{' | '[') => from_json(file, text, &mut notes)?,
        Some('-') => legislators::parties(file, text, &mut notes),
        _ => wikidata::from_table(file, text, lexicons, &mut notes)?,
    };
    let parties = tidy(file, parties, lexicons, &mut notes);
    if parties.is_empty() {
        let why = notes.first().map_or(String::new(), |note| format!(" ({})", note.message));
        return Err(LexiconError::file(
            file,
            format!("no party could be read from it{why}: check that it is a list of names"),
        ));
    }
    Ok(Import { parties, notes })
}

fn from_json(file: &str, text: &str, notes: &mut Vec<LexiconError>) -> Result<Vec<Listed>, LexiconError> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        LexiconError::at(file, error.line() as u64, format!("is no JSON ({error}): mend it or fetch the file again"))
    })?;
    if value.get("persons").is_some() || value.get("organizations").is_some() {
        return Ok(popolo::parties(file, &value, notes));
    }
    if let Some(rows) = wikidata::json_rows(&value) {
        return Ok(wikidata::from_rows(file, rows, notes));
    }
    let message = "is JSON, but neither Popolo (with \"persons\") nor a Wikidata result (with \"itemLabel\"): give one of these, \
                   or a CSV table";
    Err(LexiconError::file(file, message))
}

impl Import {
    /// The rows as a gazetteer file.
    #[must_use]
    pub fn tsv(&self) -> String {
        let mut text = "name\taliases\tid\ttype\trole\tcountry\tparty\tgender\tstate\n".to_owned();
        for Listed { party, aliases } in &self.parties {
            let Party { name, id, kind, role, country, party, gender, state } = party;
            let aliases = aliases.join("|");
            let cells = [name, &aliases, id, kind_name(*kind), role, country, party, gender_name(*gender), state];
            let cells: Vec<String> = cells.into_iter().map(squeeze).collect();
            text += &cells.join("\t");
            text.push('\n');
        }
        text
    }
}

fn kind_name(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::Person => "person",
        PartyKind::Organisation => "organisation",
        PartyKind::Government => "government",
        PartyKind::Group => "group",
        PartyKind::Outlet => "outlet",
        PartyKind::Event => "event",
        PartyKind::Place => "place",
        PartyKind::Unknown => "",
    }
}

fn gender_name(gender: Gender) -> &'static str {
    match gender {
        Gender::Female => "f",
        Gender::Male => "m",
        Gender::Neuter | Gender::Unknown => "",
    }
}

/// White space of any kind to single blanks.
fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A gender as lists write it.
fn gender(text: &str) -> Gender {
    match text.trim().to_lowercase().as_str() {
        "f" | "female" | "woman" | "trans woman" | "transgender female" => Gender::Female,
        "m" | "male" | "man" | "trans man" | "transgender male" => Gender::Male,
        _ => Gender::Unknown,
    }
}

/// The text of a JSON value; a number as it is written.
fn text_of(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => squeeze(text),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// Names cleaned, doubtful aliases left out, namesakes made one.
fn tidy(file: &str, parties: Vec<Listed>, lexicons: &Lexicons, notes: &mut Vec<LexiconError>) -> Vec<Listed> {
    let tidier = Tidier { lexicons };
    let mut kept: Vec<Listed> = Vec::with_capacity(parties.len());
    for mut listed in parties {
        listed.party.name = clean(&listed.party.name);
        if let Some(why) = tidier.objection(&listed.party) {
            let message = format!("\"{}\" is left out: {why}", listed.party.name);
            notes.push(LexiconError::file(file, message));
            continue;
        }
        tidier.choose_aliases(&mut listed);
        kept.push(listed);
    }
    tell_apart(file, &mut kept, notes);
    join_namesakes(file, kept, notes)
}

/// A name without what stands in brackets behind it, and without `|`, which would divide it.
fn clean(name: &str) -> String {
    let name = name.split(" (").next().unwrap_or_default().replace('|', " ");
    squeeze(name.trim_matches(|sign: char| sign.is_whitespace() || sign == ','))
}

struct Tidier<'a> {
    lexicons: &'a Lexicons,
}

impl Tidier<'_> {
    fn is(&self, word: &str, classes: &[Class]) -> bool {
        self.lexicons.words.classes_of(word.trim_end_matches('.')).any(Classes::of(classes))
    }

    /// Why a party cannot be told from others by its name.
    fn objection(&self, party: &Party) -> Option<&'static str> {
        let words: Vec<&str> = party.name.split(' ').collect();
        match words[..] {
            [""] => Some("it has no name: fill it in the list"),
            _ if !is_latin(&party.name) => Some("its name is in another script: ask for English labels"),
            [word] if self.is_common(word) => Some("the name alone is a common word or given name: give the full name"),
            _ => None,
        }
    }

    fn is_common(&self, word: &str) -> bool {
        self.is(word, &[Class::Common, Class::GivenFemale, Class::GivenMale, Class::Demonym, Class::RolePerson])
    }

    fn choose_aliases(&self, listed: &mut Listed) {
        let Party { name, kind, .. } = &listed.party;
        let is_person = matches!(kind, PartyKind::Person | PartyKind::Unknown);
        let mut seen = FxHashSet::from_iter([name.to_lowercase()]);
        listed.aliases.iter_mut().for_each(|alias| *alias = clean(alias));
        listed.aliases.retain(|alias| {
            !alias.is_empty()
                && is_latin(alias)
                && self.is_safe(alias, name, is_person)
                && seen.insert(alias.to_lowercase())
        });
    }

    /// Whether an alias can hardly mean anybody else.
    fn is_safe(&self, alias: &str, name: &str, is_person: bool) -> bool {
        let words: Vec<&str> = alias.split(' ').collect();
        let in_name = |word: &&str| name.split(' ').any(|known| known.eq_ignore_ascii_case(word));
        let capitals =
            |word: &&str| word.len() > 2 && word.chars().all(|sign| sign.is_ascii_uppercase() || sign == '.');
        match words[..] {
            [word] if is_person => capitals(&word) && !in_name(&word) && !self.is_common(word),
            [word] => word.starts_with(char::is_uppercase) && word.len() > 2 && !self.is_common(word),
            [first, _] if is_person => first.trim_end_matches('.').chars().count() > 1 && !self.is_title(first),
            [first, ..] if is_person => !self.is_title(first),
            _ => words.iter().any(|word| word.starts_with(char::is_uppercase)),
        }
    }

    fn is_title(&self, word: &str) -> bool {
        let id = self.lexicons.words.find(word.trim_end_matches('.'));
        let is_alone = self.lexicons.phrases.longest(&[id]).is_some_and(|(_, meanings)| {
            meanings.iter().any(|meaning| matches!(meaning, super::phrases::Meaning::Title(_)))
        });
        is_alone || self.is(word, &[Class::RoleTitle, Class::RolePerson])
    }
}

/// Whether all letters are Latin ones.
fn is_latin(name: &str) -> bool {
    let latin = |sign: char| (sign as u32) < 0x250 || (0x1E00..0x1F00).contains(&(sign as u32));
    name.chars().filter(|sign| sign.is_alphabetic()).all(latin)
}

/// Several parties of one name become one that has only what they agree on: the name alone does not tell who is meant.
fn join_namesakes(file: &str, parties: Vec<Listed>, notes: &mut Vec<LexiconError>) -> Vec<Listed> {
    let mut kept: Vec<Listed> = Vec::with_capacity(parties.len());
    let mut by_name: FxHashMap<String, usize> = FxHashMap::default();
    for listed in parties {
        let Some(&first) = by_name.get(&listed.party.name.to_lowercase()) else {
            by_name.insert(listed.party.name.to_lowercase(), kept.len());
            kept.push(listed);
            continue;
        };
        let (known, other) = (&mut kept[first], listed);
        let aliases = std::mem::take(&mut known.aliases);
        let (a, b) = (&mut known.party, &other.party);
        if a.id == b.id {
            known.aliases = aliases.into_iter().chain(other.aliases).collect();
            continue;
        }
        let message = format!("\"{}\" is the name of {} and {}: kept once, without an id", a.name, a.id, b.id);
        notes.push(LexiconError::file(file, message));
        for (cell, other) in [
            (&mut a.id, &b.id),
            (&mut a.role, &b.role),
            (&mut a.country, &b.country),
            (&mut a.party, &b.party),
            (&mut a.state, &b.state),
        ] {
            if cell != other {
                cell.clear();
            }
        }
        a.gender = if a.gender == b.gender { a.gender } else { Gender::Unknown };
    }
    kept
}

/// A name that is another party's name or alias too does not tell who is meant: such a party goes by one of its other
/// names, and such an alias is left out.
fn tell_apart(file: &str, parties: &mut [Listed], notes: &mut Vec<LexiconError>) {
    let mut claims: FxHashMap<String, Option<String>> = FxHashMap::default();
    for (at, Listed { party, aliases }) in parties.iter().enumerate() {
        let id = if party.id.is_empty() { format!(" {at}") } else { party.id.clone() };
        for name in [&party.name].into_iter().chain(aliases) {
            let claim = claims.entry(name.to_lowercase()).or_insert_with(|| Some(id.clone()));
            *claim = claim.take().filter(|known| *known == id);
        }
    }
    for Listed { party, aliases } in parties {
        aliases.retain(|alias| claims.get(&alias.to_lowercase()).is_some_and(Option::is_some));
        if claims.get(&party.name.to_lowercase()).is_some_and(Option::is_none) && !aliases.is_empty() {
            let other = aliases.remove(0);
            let message = format!("\"{}\" is a name of others too: {} is listed as \"{other}\"", party.name, party.id);
            notes.push(LexiconError::file(file, message));
            party.name = other;
        }
    }
}

/// The two letters of a country given by name; letters stay, what is unknown is empty.
fn country_id(name: &str, lexicons: &Lexicons) -> String {
    let name = values(name).next().unwrap_or_default().trim_start_matches("the ");
    if name.len() == 2 && name.chars().all(|sign| sign.is_ascii_uppercase()) {
        return name.to_owned();
    }
    let words: Vec<_> = name.split([' ', '-']).map(|word| lexicons.words.find(word)).collect();
    let found = lexicons.phrases.longest(&words).filter(|(length, _)| *length == words.len());
    let meanings = found.map_or(&[][..], |(_, meanings)| meanings).iter();
    let country = meanings.filter_map(|meaning| match meaning {
        super::phrases::Meaning::Party(party) => Some(&lexicons.parties[*party as usize]),
        _ => None,
    });
    country
        .filter(|party| party.kind == PartyKind::Government)
        .map(|party| party.country.clone())
        .next()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    static LEXICONS: LazyLock<Lexicons> = LazyLock::new(Lexicons::embedded);

    fn check(text: &str, rows: &[&str], notes: &[&str]) {
        let import = import("list", text, &LEXICONS).expect("a list");
        let tsv = import.tsv();
        assert_eq!(tsv.lines().skip(1).collect::<Vec<_>>(), rows);
        let told: Vec<String> = import.notes.iter().map(ToString::to_string).collect();
        assert_eq!(told, notes);
        super::super::gazetteer::gazetteer_rows("list", &tsv).expect("a gazetteer");
    }

    fn check_error(text: &str, part: &str) {
        let error = import("list", text, &LEXICONS).expect_err(text).to_string();
        assert!(error.contains(part), "{error}");
    }

    #[test]
    fn legislators() {
        let text = "\
# people
- id: {bioguide: Q000001, wikidata: Q1, wikipedia: Rhoda Quennell (politician)}
  name: {first: Rhoda, middle: Ann, last: Quennell, official_full: Rhoda A. Quennell}
  bio: {gender: F}
  terms:
  - {type: rep, start: '2011-01-05', end: '2017-01-03', state: WA, party: Republican}
  - {type: sen, start: '2017-01-03', end: '2029-01-03', state: WA, party: Democrat}
- id:
    bioguide: T000002
  name:
    first: Robert
    nickname: Bob
    last: Tasker
    suffix: Jr.
  bio:
    gender: M
  terms:
  - type: rep
    end: '2019-01-03'
- name: {first: Nobody
- id: {bioguide: O000003}
  name: {first: Old, last: Timer}
  terms: [{type: prez, end: '1801-03-04'}]
- id: {bioguide: E000004}
  name: {middle: X}
";
        check(
            text,
            &[
                "Rhoda Quennell\tRhoda A. Quennell|Rhoda Ann Quennell\tQ000001\tperson\tSenator\tUS\tDemocrat\tf\tWashington State",
                "Bob Tasker\tRobert Tasker|Robert Tasker Jr.|Bob Tasker Jr.\tT000002\tperson\tRepresentative\tUS\t\tm\t",
            ],
            &[
                "list:20: this record is no YAML (while parsing a flow mapping, did not find expected ',' or '}'): mend it",
                "list:24: the record has no first and last name: fill them in",
                "list: 1 who left office more than 60 years before the newest term ends are left out: Old Timer (1801)",
            ],
        );
    }

    #[test]
    fn popolo() {
        let text = r#"{
            "persons": [
                {"id": "p1", "name": "Ilse Fennimore", "gender": "female", "given_name": "Ilse", "family_name": "Fennimore",
                 "other_names": [{"name": "Ilse Marie Fennimore"}, {"name": "Fennimore"}, {"name": "Madam Fennimore"}, {"name": "И. Ф."}]},
                {"id": "p2", "other_names": [{"note": "Main", "given_name": "Orrin", "family_name": "Tasker"}]},
                {"id": "p3", "other_names": []},
                {"id": "p4", "name": "Paul"}
            ],
            "organizations": [
                {"id": "o1", "name": "Lantern Party", "classification": "party", "other_names": [{"name": "The Lantern"}, {"name": "LP"}]},
                {"id": "o2", "name": "Velmaran Assembly", "classification": "legislature"}
            ],
            "memberships": [
                {"person_id": "p1", "organization_id": "o2", "on_behalf_of_id": "o1", "role": "member", "start_date": "2015-01-01"},
                {"person_id": "p1", "organization_id": "o2", "role": "member", "start_date": "2010-01-01"},
                {"person_id": "p2", "organization_id": "o1", "role": "chair"}
            ]
        }"#;
        check(
            text,
            &[
                "Ilse Fennimore\tIlse Marie Fennimore\tp1\tperson\tmember of the Velmaran Assembly\t\tLantern Party\tf\t",
                "Orrin Tasker\t\tp2\tperson\tchair\t\tLantern Party\t\t",
                "Lantern Party\tThe Lantern\to1\torganisation\t\t\t\t\t",
                "Velmaran Assembly\t\to2\tgovernment\t\t\t\t\t",
            ],
            &[
                "list: persons[2] (p3) has no name: give it \"name\" or \"other_names\"",
                "list: \"Paul\" is left out: the name alone is a common word or given name: give the full name",
            ],
        );
    }

    #[test]
    fn wikidata() {
        let text = "\
item,itemLabel,altLabel,genderLabel,partyLabel,positionLabel,countryLabel
http://www.wikidata.org/entity/Q11,Gwenda Pellow,\"Gwen Pellow, Pellow\",female,Lantern Party,mayor,Norway
http://www.wikidata.org/entity/Q11,Gwenda Pellow,Gwenda Mary Pellow,female,Other Party,senator,Norway
http://www.wikidata.org/entity/Q12,Q12,,male,,,
http://www.wikidata.org/entity/Q13,Jon Dray,,male,,clerk,
http://www.wikidata.org/entity/Q14,Jon Dray,,male,,cook,
";
        check(
            text,
            &[
                "Gwenda Pellow\tGwen Pellow|Gwenda Mary Pellow\tQ11\tperson\tmayor\tNO\tLantern Party\tf\t",
                "Jon Dray\t\t\tperson\t\t\t\tm\t",
            ],
            &[
                "list:4: the record has no name but its number Q12: ask for labels in English",
                "list: \"Jon Dray\" is the name of Q13 and Q14: kept once, without an id",
            ],
        );
        check("Person;PersonLabel\nQ11;Gwenda Pellow\n", &["Gwenda Pellow\t\tQ11\t\t\t\t\t\t"], &[]);
        let json = r#"{"results": {"bindings": [{"item": {"value": "http://x/Q11"}, "itemLabel": {"value": "Gwenda Pellow"}}]}}"#;
        check(json, &["Gwenda Pellow\t\tQ11\t\t\t\t\t\t"], &[]);
        check(
            r#"[{"item": "http://x/Q11", "itemLabel": "Gwenda Pellow"}]"#,
            &["Gwenda Pellow\t\tQ11\t\t\t\t\t\t"],
            &[],
        );
    }

    #[test]
    fn two_names_with_one_id_are_told() {
        check(
            "id,name\nQ1,Ann Dray\nQ1,Bo Carr\n",
            &["Ann Dray\tBo Carr\tQ1\t\t\t\t\t\t"],
            &["list:3: \"Bo Carr\" has the id of \"Ann Dray\" and is taken for another name of it"],
        );
    }

    #[test]
    fn an_alias_of_two_parties_tells_neither() {
        let text = "item,itemLabel,altLabel\nQ1,Ann Dray,A. B. Dray|Ann of Redmoor\nQ2,Ada Dray,A. B. Dray\n";
        check(text, &["Ann Dray\tAnn of Redmoor\tQ1\t\t\t\t\t\t", "Ada Dray\t\tQ2\t\t\t\t\t\t"], &[]);
    }

    #[test]
    fn a_name_that_is_anothers_too_gives_way_to_one_that_is_not() {
        let text = "item,itemLabel,altLabel\nQ1,Ann Dray,Ann Mary Dray\nQ2,Ann W. Dray,Ann Dray\n";
        check(
            text,
            &["Ann Mary Dray\t\tQ1\t\t\t\t\t\t", "Ann W. Dray\t\tQ2\t\t\t\t\t\t"],
            &["list: \"Ann Dray\" is a name of others too: Q1 is listed as \"Ann Mary Dray\""],
        );
    }

    #[test]
    fn what_is_no_list_is_told_with_the_remedy() {
        check_error("a,b\n1,2\n", "list: no column for the name (itemLabel, label or name); found \"a\", \"b\"");
        check_error("{\"x\": 1}", "neither Popolo");
        check_error("{\"persons\": [", "list:1: is no JSON");
        check_error("itemLabel\nQ7\n", "no party could be read");
    }
}
