//! All linguistic knowledge, as data: the embedded lexicon files and what a user lays over them, read once into
//! tables that the stages look things up in. Knows the files' columns; decides nothing about a text.

pub mod check;
pub mod files;
pub mod gazetteer;
#[cfg(feature = "import")]
pub mod import;
pub mod pattern;
pub mod phrases;
pub mod ranker;
pub mod resolution;
pub mod stance;
pub mod trie;
pub mod tsv;
pub mod words;

use std::path::{Path, PathBuf};

use regex_automata::util::pool::Pool;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::scan::token::{TokenKind, tokenize};
use files::{Files, Source};
use gazetteer::{Gender, Party, PartyKind};
use pattern::Patterns;
use phrases::{Meaning, Phrases};
use ranker::{Ranker, RankerRow};
use resolution::Resolutions;
use stance::StanceLexicon;
use tsv::{LexiconError, Row, rows, values};
use words::{Class, Classes, WordCache, WordId, Words};

/// Every lexicon, read and ready.
#[derive(Debug)]
pub struct Lexicons {
    /// The classes of single words.
    pub words: Words,
    /// For each thread the words it looked up last.
    pub word_caches: Pool<WordCache, fn() -> WordCache>,
    /// Names, titles and roles.
    pub phrases: Phrases,
    /// Cues and nouns of several words: `pointed out`.
    pub expressions: Phrases,
    /// The parties of the gazetteer; [`Meaning::Party`] and others point into it.
    pub parties: Vec<Party>,
    /// A country's first adjective: `Russian`.
    pub demonyms: FxHashMap<u32, String>,
    /// titles.tsv.
    pub titles: Vec<Title>,
    /// What is known of each pronoun.
    pub pronouns: FxHashMap<WordId, Pronoun>,
    /// Given names that a nickname may stand for: `bill` to `william`.
    pub nicknames: FxHashMap<String, Vec<String>>,
    /// Nouns for relatives of one family name: `husband`.
    pub relatives: FxHashSet<WordId>,
    /// Nouns that tell how somebody stands to others, and no office: `rival`.
    pub relations: FxHashSet<WordId>,
    /// Words that lead to what a description says after its noun: `for` in `a spokesman for the union`.
    pub links: FxHashSet<WordId>,
    /// Words for two who were spoken of together: `the two`.
    pub pairs: FxHashSet<WordId>,
    /// Words that tell a name: `named` in `a man named Lee`.
    pub namings: FxHashSet<WordId>,
    /// Letters after a name that are no part of it: `MP`, `QC`.
    pub letters: FxHashSet<WordId>,
    /// Titles that a first name follows: `Sir`.
    pub forename_titles: FxHashSet<WordId>,
    /// Small words that a hyphen or apostrophe joins to a family name: `al` in `al-Harani`.
    pub name_prefixes: FxHashSet<WordId>,
    /// Nouns with which the name of a place ends: `Street`.
    pub place_nouns: FxHashSet<WordId>,
    /// Words with which the name of a firm ends: `Holdings`.
    pub firm_nouns: FxHashSet<WordId>,
    /// Words with which the name of an outlet ends, `Herald`, or that stand before it: `newspaper`.
    pub outlet_nouns: FxHashSet<WordId>,
    /// Nouns for any body of the state or a firm, by which the one spoken of may be meant: `watchdog`, `broadcaster`.
    pub body_nouns: FxHashSet<WordId>,
    /// Descriptions, in small letters, that mean only who is known to be one: `judge`, `prime minister`.
    pub held: FxHashSet<String>,
    /// How sure each way of telling whom a mention means is.
    pub resolutions: Resolutions,
    /// Words with a full stop that does not end a sentence, without it, in lower case, and their kind.
    pub abbreviations: FxHashMap<String, String>,
    /// Classes of the phrases that are cues or roles.
    pub phrase_classes: Vec<Classes>,
    /// The attribution patterns.
    pub patterns: Patterns,
    /// The weights that choose a source where no pattern decides.
    pub ranker: Ranker,
    /// Patterns that tell who relayed a quotation.
    pub relays: Patterns,
    /// Patterns that tell whom it was said to.
    pub addressees: Patterns,
    /// Stance words, shifters, events and the numbers of the stance engine.
    pub stance: StanceLexicon,
}

/// A title that stands before a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Title {
    /// As it goes into the tables' role column; empty for `Mr.`.
    pub role: String,
    /// Of the bearer, where the title tells.
    pub gender: Gender,
}

/// A pronoun's grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pronoun {
    /// 1, 2 or 3.
    pub person: u8,
    /// Whether it stands for several.
    pub plural: bool,
    /// Of what it stands for.
    pub gender: Gender,
}

#[derive(Deserialize)]
struct CueRow {
    lemma: String,
    third: String,
    past: String,
    participle: String,
    ing: String,
    class: CueClass,
    noun: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum CueClass {
    Say,
    Strong,
    Tell,
    Weak,
}

#[derive(Deserialize)]
struct WordRow {
    word: String,
    classes: String,
}

#[derive(Deserialize)]
struct PronounRow {
    word: String,
    person: u8,
    number: String,
    gender: Gender,
    case: String,
}

#[derive(Deserialize)]
struct TitleRow {
    title: String,
    aliases: String,
    gender: Gender,
    role: String,
}

#[derive(Deserialize)]
struct RoleRow {
    role: String,
    plural: String,
    #[serde(rename = "type")]
    kind: PartyKind,
    gender: Gender,
    title: String,
}

#[derive(Deserialize)]
struct NounRow {
    word: String,
    plural: String,
    kind: String,
}

#[derive(Deserialize)]
struct GivenNameRow {
    name: String,
    gender: Gender,
}

#[derive(Deserialize)]
struct NicknameRow {
    nickname: String,
    names: String,
}

#[derive(Deserialize)]
struct DescriptionRow {
    word: String,
    kind: DescriptionKind,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum DescriptionKind {
    Relative,
    Relation,
    Letters,
    Link,
    Naming,
    Pair,
    Holder,
    Forename,
    Place,
    Body,
    Prefix,
    Firm,
    Outlet,
}

#[derive(Deserialize)]
struct CommonRow {
    word: String,
}

#[derive(Deserialize)]
struct AbbreviationRow {
    abbreviation: String,
    kind: String,
}

#[derive(Deserialize)]
struct CountryRow {
    name: String,
    aliases: String,
    id: String,
    demonyms: String,
    people: String,
    capital: String,
}

#[derive(Deserialize)]
struct PlaceRow {
    name: String,
    aliases: String,
    country: String,
}

impl Lexicons {
    /// The embedded lexicons.
    ///
    /// # Panics
    /// Never: a test reads the embedded files.
    #[must_use]
    pub fn embedded() -> Self {
        Self::read(&Files::embedded(), &[]).expect("a test reads the embedded lexicons")
    }

    /// The embedded lexicons with a folder laid over them and gazetteer files added.
    ///
    /// # Errors
    /// The first file that cannot be read or row that does not fit, with its place and the remedy.
    pub fn load(folder: Option<&Path>, gazetteers: &[PathBuf]) -> Result<Self, LexiconError> {
        let files = Files::embedded();
        let files = if let Some(folder) = folder { files.overlay(folder)? } else { files };
        let read = |path: &PathBuf| {
            let file = path.display().to_string();
            match std::fs::read_to_string(path) {
                Ok(text) => Ok(Source { file, text }),
                Err(error) => Err(LexiconError::file(&file, format!("cannot be read: {error}"))),
            }
        };
        let added = gazetteers.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        Self::read(&files, &added)
    }

    /// The lexicons of `files`, and gazetteers of the user's.
    ///
    /// # Errors
    /// As for [`Lexicons::load`].
    pub fn read(files: &Files, gazetteers: &[Source]) -> Result<Self, LexiconError> {
        let mut lexicons = Self {
            words: Words::default(),
            word_caches: Pool::new(WordCache::default),
            phrases: Phrases::default(),
            expressions: Phrases::default(),
            parties: Vec::new(),
            demonyms: FxHashMap::default(),
            titles: Vec::new(),
            pronouns: FxHashMap::default(),
            nicknames: FxHashMap::default(),
            relatives: FxHashSet::default(),
            relations: FxHashSet::default(),
            links: FxHashSet::default(),
            namings: FxHashSet::default(),
            letters: FxHashSet::default(),
            forename_titles: FxHashSet::default(),
            place_nouns: FxHashSet::default(),
            name_prefixes: FxHashSet::default(),
            firm_nouns: FxHashSet::default(),
            outlet_nouns: FxHashSet::default(),
            body_nouns: FxHashSet::default(),
            held: FxHashSet::default(),
            pairs: FxHashSet::default(),
            resolutions: Resolutions::read(files)?,
            abbreviations: FxHashMap::default(),
            phrase_classes: Vec::new(),
            patterns: read_patterns(files, "patterns.tsv")?,
            ranker: Ranker::default(),
            relays: read_patterns(files, "relays.tsv")?,
            addressees: read_patterns(files, "addressees.tsv")?,
            stance: StanceLexicon::default(),
        };
        lexicons.read_abbreviations(files)?;
        lexicons.read_words(files)?;
        lexicons.read_cues(files)?;
        lexicons.read_nouns(files)?;
        lexicons.read_names(files)?;
        lexicons.read_gazetteer(files, gazetteers)?;
        lexicons.ranker = lexicons.read_ranker(files)?;
        lexicons.stance = StanceLexicon::read(files, &mut lexicons)?;
        Ok(lexicons)
    }

    fn read_ranker(&self, files: &Files) -> Result<Ranker, LexiconError> {
        let file = files.get("ranker.tsv").first().map_or("ranker.tsv", |source| source.file.as_str());
        Ranker::read(file, &read_rows::<RankerRow>(files, "ranker.tsv")?, &self.patterns)
    }

    /// Whether a word keeps the full stop after it.
    #[must_use]
    pub fn is_abbreviation(&self, word: &str) -> bool {
        self.words.classes_of(word).has(Class::Abbreviation)
    }

    fn read_abbreviations(&mut self, files: &Files) -> Result<(), LexiconError> {
        for row in read_rows::<AbbreviationRow>(files, "abbreviations.tsv")? {
            let word = row.value.abbreviation.trim_end_matches('.').to_lowercase();
            self.words.add(&word, Classes::of(&[Class::Abbreviation]));
            self.abbreviations.insert(word, row.value.kind);
        }
        Ok(())
    }

    fn read_words(&mut self, files: &Files) -> Result<(), LexiconError> {
        for source in files.get("words.tsv") {
            for Row { line, value } in rows::<WordRow>(&source.file, &source.text)? {
                for name in values(&value.classes) {
                    let class = word_class(name).ok_or_else(|| {
                        LexiconError::at(
                            &source.file,
                            line,
                            format!("class \"{name}\" is unknown: see lexicons/README.md"),
                        )
                    })?;
                    self.add_entry(&value.word, Classes::of(&[class]), Meaning::Words);
                }
            }
        }
        for Row { value, .. } in read_rows::<PronounRow>(files, "pronouns.tsv")? {
            let classes = values(&value.case).fold(Classes::default(), |classes, case| {
                classes.with(match case {
                    "subject" => Classes::of(&[Class::Subject]),
                    "possessive" => Classes::of(&[Class::PossessivePronoun]),
                    "relative" => Classes::of(&[Class::Relative]),
                    _ => Classes::of(&[Class::Object]),
                })
            });
            let word = self.words.add(&value.word, classes);
            let pronoun = Pronoun { person: value.person, plural: value.number == "p", gender: value.gender };
            self.pronouns.insert(word, pronoun);
        }
        Ok(())
    }

    fn read_cues(&mut self, files: &Files) -> Result<(), LexiconError> {
        for Row { value, .. } in read_rows::<CueRow>(files, "cues.tsv")? {
            let class = match value.class {
                CueClass::Say => Class::Say,
                CueClass::Strong => Class::Strong,
                CueClass::Tell => Class::Tell,
                CueClass::Weak => Class::Weak,
            };
            let noun = if value.noun == "yes" { Classes::of(&[Class::CueNoun]) } else { Classes::default() };
            let forms = [
                (&value.lemma, Classes::of(&[class, Class::Base]).with(noun)),
                (&value.third, Classes::of(&[class, Class::Finite]).with(noun)),
                (&value.past, Classes::of(&[class, Class::Finite])),
                (&value.participle, Classes::of(&[class, Class::Participle])),
                (&value.ing, Classes::of(&[class, Class::Ing])),
            ];
            for (cell, classes) in forms {
                for form in values(cell) {
                    self.add_entry(form, classes, Meaning::Words);
                }
            }
        }
        Ok(())
    }

    /// Gives a single word its classes, or makes a phrase with them.
    fn add_entry(&mut self, entry: &str, classes: Classes, meaning: fn(u32) -> Meaning) {
        let words = self.intern_all(entry);
        if let [word] = words[..] {
            self.words.add_to(word, classes);
            return;
        }
        let index = self.phrase_classes.len() as u32;
        self.phrase_classes.push(classes);
        self.add_phrase(&words, meaning(index));
    }

    fn add_phrase(&mut self, words: &[WordId], meaning: Meaning) {
        let Some(&first) = words.first() else { return };
        if matches!(meaning, Meaning::Words(_)) {
            self.words.add_to(first, Classes::of(&[Class::ExpressionStart]));
            self.expressions.add(words, meaning);
        } else {
            self.words.add_to(first, Classes::of(&[Class::PhraseStart]));
            self.phrases.add(words, meaning);
        }
    }

    /// The numbers of an entry's words, split as a text is.
    fn intern_all(&mut self, entry: &str) -> Vec<WordId> {
        let mut tokens = Vec::new();
        let abbreviations = &self.abbreviations;
        tokenize(entry, 0, &|word| abbreviations.contains_key(&word.to_lowercase()), &mut tokens);
        tokens.retain(|token| token.kind != TokenKind::Mark);
        tokens.iter().map(|token| self.words.intern(token.span().of(entry))).collect()
    }

    fn read_nouns(&mut self, files: &Files) -> Result<(), LexiconError> {
        for Row { value, .. } in read_rows::<RoleRow>(files, "roles.tsv")? {
            let class = match value.kind {
                PartyKind::Person | PartyKind::Unknown => Class::RolePerson,
                PartyKind::Government => Class::RoleGovernment,
                PartyKind::Group => Class::RoleGroup,
                _ => Class::RoleOrganisation,
            };
            let mut classes = Classes::of(&[class]).with(gender_class(value.gender));
            self.add_entry(&value.role, classes.with(if_yes(&value.title, Class::RoleTitle)), Meaning::Role);
            classes = classes.with(Classes::of(&[Class::Plural]));
            for plural in values(&value.plural) {
                self.add_entry(plural, classes, Meaning::Role);
            }
        }
        for Row { value, .. } in read_rows::<TitleRow>(files, "titles.tsv")? {
            let index = self.titles.len() as u32;
            self.titles.push(Title { role: value.role, gender: value.gender });
            for title in [value.title.as_str()].into_iter().chain(values(&value.aliases)) {
                let words = self.intern_all(title);
                self.add_phrase(&words, Meaning::Title(index));
            }
        }
        for Row { value, .. } in read_rows::<WordRowKind>(files, "adjectives.tsv")? {
            self.words.add(&value.word, Classes::of(&[Class::Modifier]));
        }
        for (file, default) in [("statements.tsv", Class::Document), ("works.tsv", Class::WorkNoun)] {
            for Row { value, .. } in read_rows::<NounRow>(files, file)? {
                let class = match value.kind.as_str() {
                    "occasion" => Class::Occasion,
                    "message" => Class::Message,
                    "naming" => Class::Naming,
                    _ => default,
                };
                self.add_entry(&value.word, Classes::of(&[class]), Meaning::Words);
                for plural in values(&value.plural) {
                    self.add_entry(plural, Classes::of(&[class, Class::Plural]), Meaning::Words);
                }
            }
        }
        Ok(())
    }

    fn read_names(&mut self, files: &Files) -> Result<(), LexiconError> {
        for Row { value, .. } in read_rows::<GivenNameRow>(files, "given_names.tsv")? {
            let classes = match value.gender {
                Gender::Female => Classes::of(&[Class::GivenFemale]),
                Gender::Male => Classes::of(&[Class::GivenMale]),
                _ => Classes::of(&[Class::GivenFemale, Class::GivenMale]),
            };
            self.words.add(&value.name, classes);
        }
        for Row { value, .. } in read_rows::<NicknameRow>(files, "nicknames.tsv")? {
            let names = values(&value.names).map(str::to_lowercase);
            self.nicknames.entry(value.nickname.to_lowercase()).or_default().extend(names);
        }
        for Row { value, .. } in read_rows::<DescriptionRow>(files, "descriptions.tsv")? {
            if let DescriptionKind::Holder = value.kind {
                self.held.insert(value.word.to_lowercase());
                continue;
            }
            let word = self.words.intern(&value.word);
            let set = match value.kind {
                DescriptionKind::Holder => continue,
                DescriptionKind::Forename => &mut self.forename_titles,
                DescriptionKind::Place => &mut self.place_nouns,
                DescriptionKind::Prefix => &mut self.name_prefixes,
                DescriptionKind::Firm => &mut self.firm_nouns,
                DescriptionKind::Outlet => &mut self.outlet_nouns,
                DescriptionKind::Body => &mut self.body_nouns,
                DescriptionKind::Relative => &mut self.relatives,
                DescriptionKind::Relation => &mut self.relations,
                DescriptionKind::Link => &mut self.links,
                DescriptionKind::Naming => &mut self.namings,
                DescriptionKind::Letters => &mut self.letters,
                DescriptionKind::Pair => &mut self.pairs,
            };
            set.insert(word);
        }
        for Row { value, .. } in read_rows::<CommonRow>(files, "common_words.tsv")? {
            self.words.add(&value.word, Classes::of(&[Class::Common]));
        }
        Ok(())
    }

    /// The user's parties come first: where two claim a name, the user's is meant.
    fn read_gazetteer(&mut self, files: &Files, gazetteers: &[Source]) -> Result<(), LexiconError> {
        for source in gazetteers.iter().rev() {
            for Row { value, .. } in gazetteer::gazetteer_rows(&source.file, &source.text)? {
                self.add_names(value.party(), &value.aliases);
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
                    _ => {
                        self.add_names(value.party(), &value.aliases);
                    }
                }
            }
        }
        for Row { value, .. } in read_rows::<CountryRow>(files, "countries.tsv")? {
            self.add_country(&value);
        }
        for Row { value, .. } in read_rows::<PlaceRow>(files, "places.tsv")? {
            let party =
                Party { name: value.name.clone(), kind: PartyKind::Place, country: value.country, ..Party::default() };
            self.add_names(party, &value.aliases);
        }
        Ok(())
    }

    fn add_names(&mut self, party: Party, aliases: &str) -> u32 {
        let index = self.parties.len() as u32;
        self.name_party(index, [party.name.as_str()].into_iter().chain(values(aliases)));
        self.parties.push(party);
        index
    }

    /// The party that came first with this name.
    fn party_named(&mut self, name: &str) -> Option<u32> {
        let words = self.intern_all(name);
        let (length, meanings) = self.phrases.longest(&words)?;
        let party = |meaning: &Meaning| if let Meaning::Party(party) = meaning { Some(*party) } else { None };
        meanings.iter().find_map(party).filter(|_| length == words.len())
    }

    fn name_party<'n>(&mut self, party: u32, names: impl Iterator<Item = &'n str>) {
        for name in names {
            let words = self.intern_all(name.trim_start_matches("the ").trim_start_matches("The "));
            self.add_phrase(&words, Meaning::Party(party));
        }
    }

    fn add_country(&mut self, row: &CountryRow) {
        let country = Party {
            name: row.name.clone(),
            id: row.id.clone(),
            kind: PartyKind::Government,
            country: row.id.clone(),
            ..Party::default()
        };
        let index = self.add_names(country, &row.aliases);
        if let Some(demonym) = values(&row.demonyms).next() {
            self.demonyms.insert(index, demonym.into());
        }
        for demonym in values(&row.demonyms) {
            let words = self.intern_all(demonym);
            if let [word] = words[..] {
                self.words.add_to(word, Classes::of(&[Class::Demonym]));
            }
            self.add_phrase(&words, Meaning::Demonym(index));
        }
        for capital in values(&row.capital) {
            let words = self.intern_all(capital);
            self.add_phrase(&words, Meaning::Capital(index));
        }
        if let Some(people) = values(&row.people).next() {
            let group =
                Party { name: people.into(), kind: PartyKind::Group, country: row.id.clone(), ..Party::default() };
            self.add_names(group, &row.people);
        }
    }
}

#[derive(Deserialize)]
struct WordRowKind {
    word: String,
}

fn read_rows<T: serde::de::DeserializeOwned>(files: &Files, name: &str) -> Result<Vec<Row<T>>, LexiconError> {
    let mut found = Vec::new();
    for source in files.get(name) {
        found.extend(rows(&source.file, &source.text)?);
    }
    Ok(found)
}

fn read_patterns(files: &Files, name: &str) -> Result<Patterns, LexiconError> {
    let file = files.get(name).first().map_or(name, |source| source.file.as_str());
    Patterns::new(file, read_rows(files, name)?)
}

fn gender_class(gender: Gender) -> Classes {
    match gender {
        Gender::Female => Classes::of(&[Class::Feminine]),
        Gender::Male => Classes::of(&[Class::Masculine]),
        _ => Classes::default(),
    }
}

fn if_yes(cell: &str, class: Class) -> Classes {
    if cell == "yes" { Classes::of(&[class]) } else { Classes::default() }
}

/// The classes that words.tsv may give a word.
fn word_class(name: &str) -> Option<Class> {
    Some(match name {
        "be" => Class::Be,
        "have" => Class::Have,
        "do" => Class::Do,
        "modal" => Class::Modal,
        "adverb" => Class::Adverb,
        "time" => Class::Time,
        "preposition" => Class::Preposition,
        "for" => Class::For,
        "as" => Class::As,
        "in" => Class::In,
        "issue" => Class::Issue,
        "to" => Class::To,
        "of" => Class::Of,
        "by" => Class::By,
        "determiner" => Class::Determiner,
        "definite" => Class::Definite,
        "and" => Class::And,
        "subordinator" => Class::Subordinator,
        "that" => Class::That,
        "negator" => Class::Negator,
        "according" => Class::According,
        "indefinite" => Class::Indefinite,
        "particle" => Class::Particle,
        "suffix" => Class::Suffix,
        "verb" => Class::Verb,
        "number" => Class::Number,
        "relay" => Class::Relay,
        "elision" => Class::Elision,
        _ => return None,
    })
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
