//! Countries, places and the gazetteer: who is a party, and by which names.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::files::{Files, Source};
use super::gazetteer::{self, GazetteerRow, Party, PartyKind};
use super::phrases::{Meaning, Phrases};
use super::tsv::{LexiconError, Row, values};
use super::words::{Class, Classes, WordId};
use super::{EntryWords, Lexicons, read_rows};

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

/// The names that the embedded list has.
#[derive(Default)]
struct Listed {
    /// For each the party that came first with it.
    first: FxHashMap<EntryWords, Option<u32>>,
    /// So many of the phrases have been looked at.
    seen: usize,
}

impl Listed {
    /// Takes in whose names were added since.
    fn look_at(&mut self, phrases: &Phrases) {
        if self.first.is_empty() {
            return;
        }
        for (words, meaning) in phrases.added_after(self.seen) {
            if let (Meaning::Party(party), Some(first)) = (meaning, self.first.get_mut(words)) {
                first.get_or_insert(party);
            }
        }
        self.seen = phrases.count_added();
    }

    fn party(&self, name: &[WordId]) -> Option<u32> {
        self.first.get(name).copied().flatten()
    }
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
        let mut rows = Vec::new();
        for source in files.get("gazetteer.tsv") {
            rows.extend(gazetteer::gazetteer_rows(&source.file, &source.text)?.into_iter().map(|row| row.value));
        }
        // One whom the user lists too is the user's, also by the names that only the embedded list has.
        let mut listed = Listed::default();
        if own > 0 {
            listed.first = rows.iter().map(|row| (self.intern_all(without_article(&row.name)), None)).collect();
        }
        for row in rows {
            listed.look_at(&self.phrases);
            match listed.party(&self.intern_all(without_article(&row.name))).filter(|party| *party < own) {
                Some(party) if self.parties[party as usize].kind == row.kind => {
                    self.name_party(party, values(&row.aliases));
                }
                _ => self.add_party(row),
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
        let lexicons = Lexicons::read(&Files::embedded(), &[source]).expect("good lists");
        let id = |name: &str| {
            let words: Vec<WordId> = name.split(' ').map(|word| lexicons.words.find(word)).collect();
            let (_, meanings) = lexicons.phrases.longest(&words).expect("a known name");
            let party = |meaning: &Meaning| if let Meaning::Party(party) = meaning { Some(*party) } else { None };
            lexicons.parties[meanings.iter().find_map(party).expect("a party") as usize].id.clone()
        };
        assert_eq!((id("Barack Obama").as_str(), id("Obama").as_str()), ("mine", "mine"));
        // What is something else is not joined.
        assert_eq!((id("NATO").as_str(), id("North Atlantic Treaty Organization").as_str()), ("mine too", "org/nato"));
    }
}
