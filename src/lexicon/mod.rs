//! All linguistic knowledge, as data: the embedded lexicon files and what a user lays over them, read once into
//! tables that the stages look things up in. Knows the files' columns; decides nothing about a text.

pub(crate) mod cells;
pub(crate) mod columns;
pub mod descriptions;
pub mod files;
pub mod gazetteer;
#[cfg(feature = "import")]
pub mod import;
mod lists;
mod parties;
pub mod pattern;
pub mod phrases;
pub(crate) mod plain_signs;
pub mod ranker;
pub mod resolution;
pub(crate) mod sets;
pub mod spelling;
pub mod stance;
pub mod traits;
pub mod trie;
pub mod tsv;
pub mod word_cache;
pub mod words;

use std::ops::Range;
use std::path::{Path, PathBuf};

use regex_automata::util::pool::Pool;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use smallvec::SmallVec;

use descriptions::{DescriptionKind, Descriptions};
use files::{Files, Source};
use gazetteer::{Gender, Party};
use lists::Vocabulary;
use pattern::Patterns;
use phrases::Phrases;
use ranker::Ranker;
use resolution::Resolutions;
use stance::StanceLexicon;
use tsv::{LexiconError, Row, each_row};
use word_cache::WordCache;
use words::{Class, Classes, WordId, Words, short_letters};

/// The numbers of an entry's words.
pub(crate) type EntryWords = SmallVec<[WordId; 8]>;

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
    /// The parties of the gazetteer; [`phrases::Meaning::Party`] and others point into it.
    pub parties: Vec<Party>,
    /// Those that are a state, province or other first-level part of a country.
    pub first_level: FxHashSet<u32>,
    /// What texts call a body, by the index of its party: `company`.
    pub nouns: FxHashMap<u32, Vec<WordId>>,
    /// A country's first adjective: `Russian`.
    pub demonyms: FxHashMap<u32, String>,
    /// The ids of the countries.
    countries: FxHashSet<String>,
    /// titles.tsv.
    pub titles: Vec<Title>,
    /// What is known of each pronoun.
    pub pronouns: Pronouns,
    /// Given names that a nickname may stand for: `bill` to `william`.
    pub nicknames: FxHashMap<String, Vec<String>>,
    /// Words that matter in a description.
    pub descriptions: Descriptions,
    /// How sure each way of telling whom a mention means is.
    pub resolutions: Resolutions,
    /// Words with a full stop that does not end a sentence, without it, in lower case, and their kind.
    pub abbreviations: FxHashMap<String, String>,
    /// Their first letters and lengths.
    abbreviation_outlines: Outlines,
    /// Those that are such before a number only.
    before_numbers: Vec<WordId>,
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
    /// The last word of the role.
    pub head: WordId,
    /// Whether the role tells nothing beside an office: [`descriptions::DescriptionKind::Honour`].
    pub honour: bool,
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

/// The pronouns, by the numbers of their words.
#[derive(Clone, Debug, Default)]
pub struct Pronouns(Vec<Option<Pronoun>>);

impl Pronouns {
    /// What is known of a word, if it is a pronoun.
    #[must_use]
    #[allow(clippy::trivially_copy_pass_by_ref)] // As a map has it.
    pub fn get(&self, word: &WordId) -> Option<&Pronoun> {
        self.0.get(*word as usize)?.as_ref()
    }

    fn insert(&mut self, word: WordId, pronoun: Pronoun) {
        let word = word as usize;
        if self.0.len() <= word {
            self.0.resize(word + 1, None);
        }
        self.0[word] = Some(pronoun);
    }
}

/// The lengths of words of a set, a bit each, by their first letters: that most other words are not in it is told at once.
#[derive(Clone, Debug, Default)]
struct Outlines([u32; Self::LETTERS]);

impl Outlines {
    /// The lowest bits of a letter, which are the same in capitals, make so many numbers.
    const LETTERS: usize = 32;

    fn add(&mut self, word: &str) {
        let first = word.bytes().next().unwrap_or_default();
        self.0[usize::from(first) % Self::LETTERS] |= 1 << word.len().min(31);
    }

    /// Whether one has as many letters as this short word in ASCII, given as a number, and begins as it does.
    fn has(&self, letters: u128, length: usize) -> bool {
        self.0[letters as usize % Self::LETTERS] >> length & 1 != 0
    }
}

/// The kind of abbreviations that are such before a number only, in abbreviations.tsv.
const BEFORE_NUMBER: &str = "number";

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
        let (files, gazetteers) = Self::sources(folder, gazetteers)?;
        Self::read(&files, &gazetteers)
    }

    /// What [`Lexicons::load`] reads, as text.
    ///
    /// # Errors
    /// The first file that cannot be read.
    pub fn sources(folder: Option<&Path>, gazetteers: &[PathBuf]) -> Result<(Files, Vec<Source>), LexiconError> {
        let files = Files::embedded();
        let files = if let Some(folder) = folder { files.overlay(folder)? } else { files };
        let gazetteers = gazetteers.iter().map(|path| gazetteer::source(path)).collect::<Result<Vec<_>, _>>()?;
        Ok((files, gazetteers))
    }

    /// The lexicons of `files`, and gazetteers of the user's.
    ///
    /// # Errors
    /// As for [`Lexicons::load`].
    pub fn read(files: &Files, gazetteers: &[Source]) -> Result<Self, LexiconError> {
        for (name, source) in files.own() {
            if let Some((line, message)) = files::header_fault(name, &source.text) {
                return Err(LexiconError::at(&source.file, line, message));
            }
            if let Some(error) = columns::unknown_word(name, source) {
                return Err(error);
            }
        }
        // The stance lists are longer than all others together: they are read beside them, with numbers for their words
        // that hold among themselves.
        let (stance, others) = both(|| read_stance(files), || Self::without_stance(files, gazetteers));
        let (mut lexicons, (mut stance, words)) = (others?, stance?);
        let numbers = lexicons.words.absorb(words);
        let (words, abbreviations) = (std::mem::take(&mut lexicons.words), &lexicons.abbreviations);
        let mut vocabulary = Vocabulary { words, abbreviations };
        stance.settle(files, &numbers, &mut vocabulary)?;
        (lexicons.words, lexicons.stance) = (vocabulary.words, stance);
        lexicons.words.settle();
        lexicons.read_titles();
        Ok(lexicons)
    }

    fn without_stance(files: &Files, gazetteers: &[Source]) -> Result<Self, LexiconError> {
        let mut lexicons = Self {
            words: Words::with_room(WORDS),
            word_caches: Pool::new(WordCache::default),
            phrases: Phrases::default(),
            expressions: Phrases::default(),
            parties: Vec::new(),
            first_level: FxHashSet::default(),
            nouns: FxHashMap::default(),
            demonyms: FxHashMap::default(),
            countries: FxHashSet::default(),
            titles: Vec::new(),
            pronouns: Pronouns::default(),
            nicknames: FxHashMap::default(),
            descriptions: Descriptions::default(),
            resolutions: Resolutions::read(files)?,
            abbreviations: FxHashMap::default(),
            abbreviation_outlines: Outlines::default(),
            before_numbers: Vec::new(),
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
        lexicons.phrases.settle(|_| 0);
        lexicons.expressions.settle(|_| 0);
        lexicons.ranker = Ranker::read(files.get("ranker.tsv"), &lexicons.patterns)?;
        Ok(lexicons)
    }

    /// Looks up the words of the titles' roles, once all words are known.
    fn read_titles(&mut self) {
        let Self { titles, words, descriptions, .. } = self;
        for title in titles {
            title.head = title.role.split_whitespace().next_back().map_or(0, |word| words.find(word));
            title.honour = descriptions.is(DescriptionKind::Honour, words.find(&title.role));
        }
    }

    /// Whether it is the id of a country.
    #[must_use]
    pub fn is_country(&self, id: &str) -> bool {
        self.countries.contains(id)
    }

    /// Whether the word of these bytes keeps the full stop after it: `No.` does so before a number only.
    pub fn is_abbreviation(&self, text: &str, word: Range<usize>, cache: &mut WordCache) -> bool {
        let place = (word.start, word.end);
        if short_letters(text, place).is_some_and(|letters| !self.abbreviation_outlines.has(letters, word.len())) {
            return false;
        }
        let known = self.words.number_in(text, place, cache);
        let is_before_number = || {
            let after = text[word.end + 1..].trim_start_matches([' ', '\u{a0}']);
            after.starts_with(|sign: char| sign.is_ascii_digit())
        };
        known.classes.has(Class::Abbreviation) && (!self.before_numbers.contains(&known.word) || is_before_number())
    }
}

/// The stance lists, and the words that their numbers are of.
fn read_stance(files: &Files) -> Result<(StanceLexicon, Words), LexiconError> {
    let abbreviations: FxHashMap<String, String> = lists::abbreviations(files)?.into_iter().collect();
    let mut vocabulary = Vocabulary { words: Words::with_room(WORDS), abbreviations: &abbreviations };
    let lexicon = StanceLexicon::read(files, &mut vocabulary)?;
    Ok((lexicon, vocabulary.words))
}

/// The results of both, the first in a thread of its own where the system gives one.
fn both<A: Send, B>(apart: impl Fn() -> A + Sync, here: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().spawn_scoped(scope, &apart);
        let here = here();
        let apart = match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(_) => apart(),
        };
        (apart, here)
    })
}

/// So many words the embedded lexicons have, about.
const WORDS: usize = 57_000;

fn read_rows<'f, T: Deserialize<'f>>(files: &'f Files, name: &str) -> Result<Vec<Row<T>>, LexiconError> {
    let mut found = Vec::new();
    for source in files.get(name) {
        for row in each_row(&source.file, &source.text) {
            found.push(row?);
        }
    }
    Ok(found)
}

fn read_patterns(files: &Files, name: &str) -> Result<Patterns, LexiconError> {
    let mut rows = Vec::new();
    for source in files.get(name) {
        for row in each_row(&source.file, &source.text) {
            rows.push((source.file.as_str(), row?));
        }
    }
    Patterns::new(rows)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Files, Lexicons};

    #[test]
    fn a_pattern_that_cannot_be_read_is_told_of_its_own_file() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let text = "name\tpattern\tverdict\tconfidence\texample\tcounterexample\nours\tSOURCES Q\tspeech\t0.5\t\t\n";
        fs::write(folder.path().join("patterns.add.tsv"), text).expect("a file in it");
        let files = Files::embedded().overlay(folder.path()).expect("a folder of lists");
        let error = Lexicons::read(&files, &[]).expect_err("a row that does not fit").to_string();
        assert!(error.contains("patterns.add.tsv:2: pattern ours:"), "{error}");
    }
}
