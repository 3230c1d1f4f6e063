//! Countries, places and the gazetteer: who is a party, and by which names.

use serde::Deserialize;

use super::files::{Files, Source};
use super::gazetteer::{self, GazetteerRow, Party, PartyKind};
use super::phrases::Meaning;
use super::tsv::{LexiconError, Row, values};
use super::words::{Class, Classes, WordId};
use super::{Lexicons, read_rows};

#[derive(Deserialize)]
pub(super) struct CountryRow<'a> {
    name: &'a str,
    aliases: &'a str,
    id: &'a str,
    demonyms: &'a str,
    people: &'a str,
    capital: &'a str,
}

#[derive(Deserialize)]
pub(super) struct PlaceRow<'a> {
    name: &'a str,
    aliases: &'a str,
    #[serde(rename = "type")]
    level: &'a str,
    country: &'a str,
}

impl Lexicons {
    /// The user's parties come first: where two claim a name, the user's is meant.
    pub(super) fn read_gazetteer(&mut self, files: &Files, gazetteers: &[Source]) -> Result<(), LexiconError> {
        for source in gazetteers.iter().rev() {
            for Row { value, .. } in gazetteer::gazetteer_rows(&source.file, &source.text)? {
                self.add_party(value);
            }
        }
        let own = self.parties.len() as u32;
        for source in files.get("gazetteer.tsv") {
            for Row { value, .. } in gazetteer::gazetteer_rows(&source.file, &source.text)? {
                // One whom the user lists too is the user's, also by the names that only the embedded list has.
                match self.party_named(&value.name).filter(|party| *party < own) {
                    Some(party) if self.parties[party as usize].kind == value.kind => {
                        self.name_party(party, values(&value.aliases));
                    }
                    _ => self.add_party(value),
                }
            }
        }
        for Row { value, .. } in read_rows::<CountryRow>(files, "countries.tsv")? {
            self.add_country(&value);
        }
        for Row { value, .. } in read_rows::<PlaceRow>(files, "places.tsv")? {
            let party = Party {
                name: value.name.to_owned(),
                kind: PartyKind::Place,
                country: value.country.to_owned(),
                ..Party::default()
            };
            let place = self.add_names(party, value.aliases);
            if value.level == "state" {
                self.first_level.insert(place);
            }
        }
        Ok(())
    }

    fn add_party(&mut self, row: GazetteerRow) {
        let nouns: Vec<WordId> = values(&row.noun).map(|noun| self.words.intern(noun)).collect();
        let (party, aliases) = row.into_party();
        let index = self.add_names(party, &aliases);
        if !nouns.is_empty() {
            self.nouns.insert(index, nouns);
        }
    }

    pub(super) fn add_names(&mut self, party: Party, aliases: &str) -> u32 {
        let index = self.parties.len() as u32;
        self.name_party(index, [party.name.as_str()].into_iter().chain(values(aliases)));
        self.parties.push(party);
        index
    }

    /// The party that came first with this name.
    pub(super) fn party_named(&mut self, name: &str) -> Option<u32> {
        let words = self.intern_all(name);
        let (length, meanings) = self.phrases.longest(&words)?;
        let party = |meaning: &Meaning| if let Meaning::Party(party) = meaning { Some(*party) } else { None };
        meanings.iter().find_map(party).filter(|_| length == words.len())
    }

    pub(super) fn name_party<'n>(&mut self, party: u32, names: impl Iterator<Item = &'n str>) {
        for name in names {
            let words = self.intern_all(without_article(name));
            self.add_phrase(&words, Meaning::Party(party));
        }
    }

    fn add_country(&mut self, row: &CountryRow<'_>) {
        let country = Party {
            name: row.name.to_owned(),
            id: row.id.to_owned(),
            kind: PartyKind::Government,
            country: row.id.to_owned(),
            ..Party::default()
        };
        let index = self.add_names(country, row.aliases);
        self.countries.insert(row.id.to_owned());
        if let Some(demonym) = values(row.demonyms).next() {
            self.demonyms.insert(index, demonym.into());
        }
        for demonym in values(row.demonyms) {
            let words = self.intern_all(demonym);
            if let [word] = words[..] {
                self.words.add_to(word, Classes::of(&[Class::Demonym]));
            }
            self.add_phrase(&words, Meaning::Demonym(index));
        }
        for capital in values(row.capital) {
            let words = self.intern_all(capital);
            self.add_phrase(&words, Meaning::Capital(index));
        }
        if let Some(people) = values(row.people).next() {
            let group =
                Party { name: people.into(), kind: PartyKind::Group, country: row.id.to_owned(), ..Party::default() };
            self.add_names(group, row.people);
        }
    }
}

fn without_article(mut name: &str) -> &str {
    for article in ["the ", "The "] {
        while let Some(rest) = name.strip_prefix(article) {
            name = rest;
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_party_that_the_user_lists_too_is_the_users_by_all_its_names() {
        let text = "name\tid\ttype\nBarack Obama\tmine\tperson\nNATO\tmine too\tperson\n";
        let source = Source { file: "mine.tsv".into(), text: text.into() };
        let mut lexicons = Lexicons::read(&Files::embedded(), &[source]).expect("good lists");
        let mut id = |name: &str| {
            let party = lexicons.party_named(name).expect("a known name");
            lexicons.parties[party as usize].id.clone()
        };
        assert_eq!((id("Barack Obama").as_str(), id("Obama").as_str()), ("mine", "mine"));
        // What is something else is not joined.
        assert_eq!((id("NATO").as_str(), id("North Atlantic Treaty Organization").as_str()), ("mine too", "org/nato"));
    }
}
