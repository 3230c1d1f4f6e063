//! The lists of words, cues, nouns and names, read into the tables of [`Lexicons`].

use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::descriptions::DescriptionKind;
use super::files::Files;
use super::gazetteer::{Gender, PartyKind};
use super::phrases::Meaning;
use super::sets::GIVEN;
use super::tsv::{LexiconError, Parts, Row, each_row, values};
use super::words::{Class, Classes, WordId, Words};
use super::{BEFORE_NUMBER, EntryWords, Lexicons, Pronoun, Title, read_rows};
use crate::scan::token::{Landmarks, TokenKind, tokenize};

#[derive(Deserialize)]
pub(super) struct CueRow<'a> {
    lemma: &'a str,
    third: &'a str,
    past: &'a str,
    participle: &'a str,
    ing: &'a str,
    class: CueClass,
    noun: &'a str,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum CueClass {
    Say,
    Strong,
    Tell,
    Weak,
}

#[derive(Deserialize)]
struct WordRow<'a> {
    word: &'a str,
    classes: &'a str,
}

#[derive(Deserialize)]
pub(super) struct PronounRow<'a> {
    word: &'a str,
    person: u8,
    number: &'a str,
    gender: Gender,
    case: &'a str,
}

#[derive(Deserialize)]
pub(super) struct TitleRow<'a> {
    title: &'a str,
    aliases: &'a str,
    gender: Gender,
    role: &'a str,
}

#[derive(Deserialize)]
pub(super) struct RoleRow<'a> {
    role: &'a str,
    plural: &'a str,
    #[serde(rename = "type")]
    kind: PartyKind,
    gender: Gender,
    title: &'a str,
}

#[derive(Deserialize)]
pub(super) struct NounRow<'a> {
    word: &'a str,
    plural: &'a str,
    kind: &'a str,
}

#[derive(Deserialize)]
pub(super) struct GivenNameRow<'a> {
    name: &'a str,
    gender: Gender,
}

#[derive(Deserialize)]
pub(super) struct NicknameRow<'a> {
    nickname: &'a str,
    names: &'a str,
}

#[derive(Deserialize)]
pub(super) struct DescriptionRow<'a> {
    word: &'a str,
    kind: DescriptionKind,
}

#[derive(Deserialize)]
pub(super) struct CommonRow<'a> {
    word: &'a str,
}

#[derive(Deserialize)]
pub(super) struct AbbreviationRow<'a> {
    abbreviation: &'a str,
    kind: &'a str,
}

#[derive(Deserialize)]
pub(super) struct AdjectiveRow<'a> {
    word: &'a str,
    kind: &'a str,
}

/// Words with a full stop that does not end a sentence, without it, and their kind.
pub(super) fn abbreviations(files: &Files) -> Result<Vec<(String, String)>, LexiconError> {
    let rows = read_rows::<AbbreviationRow>(files, "abbreviations.tsv")?;
    let word = |row: &AbbreviationRow<'_>| row.abbreviation.trim_end_matches('.').to_lowercase();
    Ok(rows.iter().map(|row| (word(&row.value), row.value.kind.to_owned())).collect())
}

/// The words of some lists, which get numbers as they are met.
#[derive(Debug)]
pub(super) struct Vocabulary<'a> {
    pub words: Words,
    pub abbreviations: &'a FxHashMap<String, String>,
}

impl Vocabulary<'_> {
    /// The numbers of an entry's words, split as a text is.
    pub(super) fn intern_all(&mut self, entry: &str) -> EntryWords {
        intern_all(&mut self.words, self.abbreviations, entry)
    }
}

fn intern_all(words: &mut Words, abbreviations: &FxHashMap<String, String>, entry: &str) -> EntryWords {
    // Most entries are such, and there are tens of thousands of them at every start.
    if entry.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ') {
        return intern_plain(words, entry);
    }
    let mut tokens = Vec::new();
    let mut is_abbreviation = |word: Range<usize>| abbreviations.contains_key(&entry[word].to_lowercase());
    tokenize(entry, 0, &mut is_abbreviation, &mut tokens, &mut Landmarks::default());
    tokens.retain(|token| token.kind != TokenKind::Mark);
    tokens.iter().map(|token| words.intern(token.span().of(entry))).collect()
}

/// The same of letters and spaces.
fn intern_plain(words: &mut Words, entry: &str) -> EntryWords {
    let mut found = EntryWords::new();
    for word in Parts::of(entry, b' ').filter(|word| !word.is_empty()) {
        found.push(words.intern_ascii(word));
    }
    found
}

impl Lexicons {
    pub(super) fn read_abbreviations(&mut self, files: &Files) -> Result<(), LexiconError> {
        for (word, kind) in abbreviations(files)? {
            let number = self.words.add(&word, Classes::of(&[Class::Abbreviation]));
            self.abbreviation_outlines.add(&word.replace('’', "'"));
            self.before_numbers.retain(|other| *other != number);
            if kind == BEFORE_NUMBER {
                self.before_numbers.push(number);
            }
            self.abbreviations.insert(word, kind);
        }
        Ok(())
    }

    pub(super) fn read_words(&mut self, files: &Files) -> Result<(), LexiconError> {
        for source in files.get("words.tsv") {
            for (word, class) in classed_words(&source.file, &source.text)? {
                self.add_entry(word, Classes::of(&[class]), Meaning::Words);
            }
        }
        for Row { value, .. } in read_rows::<PronounRow>(files, "pronouns.tsv")? {
            let classes = values(value.case).fold(Classes::default(), |classes, case| {
                classes.with(match case {
                    "subject" => Classes::of(&[Class::Subject]),
                    "possessive" => Classes::of(&[Class::PossessivePronoun]),
                    "relative" => Classes::of(&[Class::Relative]),
                    _ => Classes::of(&[Class::Object]),
                })
            });
            let word = self.words.add(value.word, classes);
            let pronoun = Pronoun { person: value.person, plural: value.number == "p", gender: value.gender };
            self.pronouns.insert(word, pronoun);
        }
        Ok(())
    }

    pub(super) fn read_cues(&mut self, files: &Files) -> Result<(), LexiconError> {
        for Row { value, .. } in read_rows::<CueRow>(files, "cues.tsv")? {
            let class = match value.class {
                CueClass::Say => Class::Say,
                CueClass::Strong => Class::Strong,
                CueClass::Tell => Class::Tell,
                CueClass::Weak => Class::Weak,
            };
            let noun = if value.noun == "yes" { Classes::of(&[Class::CueNoun]) } else { Classes::default() };
            let forms = [
                (value.lemma, Classes::of(&[class, Class::Base]).with(noun)),
                (value.third, Classes::of(&[class, Class::Finite]).with(noun)),
                (value.past, Classes::of(&[class, Class::Finite])),
                (value.participle, Classes::of(&[class, Class::Participle])),
                (value.ing, Classes::of(&[class, Class::Ing])),
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
    pub(super) fn add_entry(&mut self, entry: &str, classes: Classes, meaning: fn(u32) -> Meaning) {
        let words = self.intern_all(entry);
        if let [word] = words[..] {
            self.words.add_to(word, classes);
            return;
        }
        let index = self.phrase_classes.len() as u32;
        self.phrase_classes.push(classes);
        self.add_phrase(&words, meaning(index));
    }

    pub(super) fn add_phrase(&mut self, words: &[WordId], meaning: Meaning) {
        let Some(&first) = words.first() else { return };
        if matches!(meaning, Meaning::Words(_)) {
            self.words.add_to(first, Classes::of(&[Class::ExpressionStart]));
            self.expressions.add(words, meaning);
        } else {
            let role =
                if matches!(meaning, Meaning::Role(_)) { Classes::of(&[Class::RoleStart]) } else { Classes::default() };
            self.words.add_to(first, role.with(Classes::of(&[Class::PhraseStart])));
            self.phrases.add(words, meaning);
        }
    }

    /// The numbers of an entry's words, split as a text is.
    pub(super) fn intern_all(&mut self, entry: &str) -> EntryWords {
        intern_all(&mut self.words, &self.abbreviations, entry)
    }

    pub(super) fn read_nouns(&mut self, files: &Files) -> Result<(), LexiconError> {
        for Row { value, .. } in read_rows::<RoleRow>(files, "roles.tsv")? {
            let class = match value.kind {
                PartyKind::Person | PartyKind::Unknown => Class::RolePerson,
                PartyKind::Government => Class::RoleGovernment,
                PartyKind::Group => Class::RoleGroup,
                _ => Class::RoleOrganisation,
            };
            let mut classes = Classes::of(&[class]).with(gender_class(value.gender));
            self.add_entry(value.role, classes.with(if_yes(value.title, Class::RoleTitle)), Meaning::Role);
            classes = classes.with(Classes::of(&[Class::Plural]));
            for plural in values(value.plural) {
                self.add_entry(plural, classes, Meaning::Role);
            }
        }
        for Row { value, .. } in read_rows::<TitleRow>(files, "titles.tsv")? {
            let index = self.titles.len() as u32;
            let role = value.role.to_owned();
            self.titles.push(Title { role, gender: value.gender, head: 0, honour: false });
            for title in [value.title].into_iter().chain(values(value.aliases)) {
                let words = self.intern_all(title);
                self.add_phrase(&words, Meaning::Title(index));
            }
        }
        for Row { value, .. } in read_rows::<AdjectiveRow>(files, "adjectives.tsv")? {
            let word = self.words.add(value.word, Classes::of(&[Class::Modifier]));
            if value.kind == "order" {
                self.descriptions.add(word, DescriptionKind::Order);
            }
        }
        for (file, default) in [("statements.tsv", Class::Document), ("works.tsv", Class::WorkNoun)] {
            for Row { value, .. } in read_rows::<NounRow>(files, file)? {
                let class = match value.kind {
                    "occasion" => Class::Occasion,
                    "message" => Class::Message,
                    "naming" => Class::Naming,
                    _ => default,
                };
                self.add_entry(value.word, Classes::of(&[class]), Meaning::Words);
                for plural in values(value.plural) {
                    self.add_entry(plural, Classes::of(&[class, Class::Plural]), Meaning::Words);
                }
            }
        }
        Ok(())
    }

    pub(super) fn read_names(&mut self, files: &Files) -> Result<(), LexiconError> {
        for Row { value, .. } in read_rows::<GivenNameRow>(files, "given_names.tsv")? {
            let classes = match value.gender {
                Gender::Female => Classes::of(&[Class::GivenFemale]),
                Gender::Male => Classes::of(&[Class::GivenMale]),
                _ => GIVEN,
            };
            self.words.add(value.name, classes);
        }
        for Row { value, .. } in read_rows::<NicknameRow>(files, "nicknames.tsv")? {
            let names = values(value.names).map(str::to_lowercase);
            self.nicknames.entry(value.nickname.to_lowercase()).or_default().extend(names);
        }
        for Row { value, .. } in read_rows::<DescriptionRow>(files, "descriptions.tsv")? {
            match value.kind {
                DescriptionKind::Holder => self.descriptions.add_held(value.word),
                DescriptionKind::Whole => self.descriptions.add_whole(value.word),
                kind => {
                    let word = self.words.intern(value.word);
                    self.descriptions.add(word, kind);
                }
            }
        }
        for Row { value, .. } in read_rows::<CommonRow>(files, "common_words.tsv")? {
            self.words.add(value.word, Classes::of(&[Class::Common]));
        }
        Ok(())
    }
}

pub(super) fn gender_class(gender: Gender) -> Classes {
    match gender {
        Gender::Female => Classes::of(&[Class::Feminine]),
        Gender::Male => Classes::of(&[Class::Masculine]),
        _ => Classes::default(),
    }
}

pub(super) fn if_yes(cell: &str, class: Class) -> Classes {
    if cell == "yes" { Classes::of(&[class]) } else { Classes::default() }
}

/// The words of a file in the form of words.tsv, once for each of their classes.
///
/// # Errors
/// The first row that does not fit.
pub(super) fn classed_words<'a>(file: &str, text: &'a str) -> Result<Vec<(&'a str, Class)>, LexiconError> {
    let mut found = Vec::new();
    for row in each_row(file, text) {
        let Row { line, value: WordRow { word, classes } } = row?;
        for name in values(classes) {
            let unknown = || format!("class \"{name}\" is unknown: see lexicons/README.md for the classes");
            let class = word_class(name).ok_or_else(|| LexiconError::at(file, line, unknown()))?;
            found.push((word, class));
        }
    }
    Ok(found)
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
