//! The rows of the stance files, each put where [`StanceLexicon`] looks it up.

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::derivations::Derivations;
use super::meaning::{Entry, Form, Meaning, Object, Pos, Sense, Shifter, ShifterKind};
use super::{Around, Opening, StanceLexicon};
use crate::lexicon::lists::Vocabulary;
use crate::lexicon::tsv::{LexiconError, Row, values};
use crate::lexicon::words::{Class, Classes, WordId};

#[derive(Deserialize)]
pub(super) struct EntryRow<'a> {
    entry: &'a str,
    pos: Pos,
    forms: &'a str,
    #[serde(deserialize_with = "scaled")]
    value: f32,
    /// Read by nothing but the check of the lists; a file has to have the column.
    #[serde(rename = "example")]
    _example: &'a str,
}

#[derive(Deserialize)]
pub(super) struct FrameRow<'a> {
    entry: &'a str,
    pos: Pos,
    forms: &'a str,
    object: &'a str,
    #[serde(deserialize_with = "scaled")]
    to_object: f32,
    #[serde(deserialize_with = "scaled")]
    of_agent: f32,
    #[serde(deserialize_with = "scaled")]
    of_object: f32,
    #[serde(deserialize_with = "scaled")]
    effect: f32,
    /// Read by nothing but the check of the lists; a file has to have the column.
    #[serde(rename = "example")]
    _example: &'a str,
}

#[derive(Deserialize)]
pub(super) struct ShifterRow<'a> {
    entry: &'a str,
    kind: &'a str,
    factor: f32,
    reach: usize,
    /// Read by nothing but the check of the lists; a file has to have the column.
    #[serde(rename = "example")]
    _example: &'a str,
}

#[derive(Deserialize)]
pub(super) struct AllegianceRow<'a> {
    noun: &'a str,
    plural: &'a str,
    side: &'a str,
}

#[derive(Deserialize)]
pub(super) struct GroupRow<'a> {
    pub noun: &'a str,
    pub article: &'a str,
}

#[derive(Deserialize)]
pub(super) struct ObserverRow<'a> {
    pub noun: &'a str,
    pub plural: &'a str,
}

#[derive(Deserialize)]
pub(super) struct MaskRow<'a> {
    pub phrase: &'a str,
}

#[derive(Deserialize)]
pub(super) struct EventRow<'a> {
    kind: &'a str,
    noun: &'a str,
    plural: &'a str,
    verbs: &'a str,
}

/// A value from -3 to 3.
fn scaled<'a, D: Deserializer<'a>>(cell: D) -> Result<f32, D::Error> {
    let value = f32::deserialize(cell)?;
    let is_scaled = (-3.0..=3.0).contains(&value);
    is_scaled.then_some(value).ok_or_else(|| D::Error::custom("is out of range: write a number from -3 to 3"))
}

/// The forms of a verb in the order of the column `forms`.
const VERB: [Form; 4] = [Form::Third, Form::Past, Form::Participle, Form::Ing];

/// That a verb has four forms beside its base, or none.
fn hold_forms(pos: Pos, count: usize, forms: &str) -> Result<(), String> {
    if pos != Pos::Verb || matches!(count, 0 | 4) {
        return Ok(());
    }
    Err(format!(
        "forms \"{forms}\" are not the four of a verb: write third person|past|participle|-ing form, each though two are \
         the same"
    ))
}

impl StanceLexicon {
    pub(super) fn add(&mut self, vocabulary: &mut Vocabulary<'_>, text: &str, meaning: Meaning, form: Form) {
        let words = vocabulary.intern_all(text);
        self.add_words(vocabulary, &words, Sense { meaning, form }, Opening::of(meaning));
    }

    fn add_words(&mut self, vocabulary: &mut Vocabulary<'_>, words: &[WordId], sense: Sense, opening: Opening) {
        if let Some(first) = words.first() {
            vocabulary.words.add_to(*first, Classes::of(&[Class::StanceStart]));
            self.note(*first, opening);
            if words.len() > 1 && !matches!(sense.form, Form::Plain) {
                self.note(*first, Opening::VERB_PHRASE);
            }
        }
        self.phrases.add(words, sense);
    }

    /// Adds all that an entry with placeholders stands for.
    fn add_all(&mut self, vocabulary: &mut Vocabulary<'_>, entry: &str, sense: Sense, opening: Opening) {
        let words = vocabulary.intern_all(entry);
        if self.placeholders.may_be_among(&words) {
            let placeholders = std::mem::take(&mut self.placeholders);
            placeholders.each(&words, &mut |words| self.add_words(vocabulary, words, sense, opening));
            self.placeholders = placeholders;
        } else {
            self.add_words(vocabulary, &words, sense, opening);
        }
    }

    /// Adds an entry in all its forms; gives how many stand beside the base. A verb's stand in this order: third, past, participle,
    /// ing; other words' forms have none.
    fn add_forms(
        &mut self,
        vocabulary: &mut Vocabulary<'_>,
        (base, forms): (&str, &str),
        pos: Pos,
        meaning: Meaning,
        opening: Opening,
    ) -> usize {
        let verb = pos == Pos::Verb;
        let form = if verb { Form::Base } else { Form::Plain };
        self.add_all(vocabulary, base, Sense { meaning, form }, opening);
        let mut count = 0;
        for entry in values(forms) {
            let form = if verb { VERB[count.min(3)] } else { Form::Plain };
            self.add_all(vocabulary, entry, Sense { meaning, form }, opening);
            count += 1;
        }
        count
    }

    pub(super) fn add_word(
        &mut self,
        vocabulary: &mut Vocabulary<'_>,
        file: &str,
        row: &Row<EntryRow<'_>>,
    ) -> Result<(), LexiconError> {
        let &EntryRow { entry, pos, forms, value, .. } = &row.value;
        let meaning = Meaning::Entry(self.entries.len() as u32);
        let count = self.add_forms(vocabulary, (entry, forms), pos, meaning, Opening::default());
        hold_forms(pos, count, forms).map_err(|message| LexiconError::at(file, row.line, message))?;
        let object = Object::None;
        self.entries.push(Entry {
            lemma: entry.to_owned(),
            pos,
            value,
            object,
            to_object: 0.0,
            of_object: 0.0,
            effect: 0.0,
        });
        Ok(())
    }

    /// The nouns that adjectives make, those apart that any list has.
    pub(super) fn add_nouns(&mut self, vocabulary: &mut Vocabulary<'_>, derivations: &Derivations) {
        for adjective in 0..self.entries.len() {
            let Entry { lemma, pos: Pos::Adjective, object: Object::None, .. } = &self.entries[adjective] else {
                continue;
            };
            let Some(noun) = derivations.noun_of(lemma).filter(|noun| vocabulary.words.find(noun) == 0) else {
                continue;
            };
            let entry = Entry { lemma: noun, pos: Pos::Noun, ..self.entries[adjective].clone() };
            self.add(vocabulary, &entry.lemma, Meaning::Entry(self.entries.len() as u32), Form::Plain);
            self.entries.push(entry);
        }
    }

    pub(super) fn add_frame(
        &mut self,
        vocabulary: &mut Vocabulary<'_>,
        file: &str,
        row: &Row<FrameRow<'_>>,
    ) -> Result<(), LexiconError> {
        let &FrameRow { entry, pos, forms, object, to_object, of_agent, of_object, effect, .. } = &row.value;
        let meaning = Meaning::Entry(self.entries.len() as u32);
        let opening = if object.is_empty() { Opening::default() } else { Opening::DIRECTED };
        let count = self.add_forms(vocabulary, (entry, forms), pos, meaning, opening);
        hold_forms(pos, count, forms).map_err(|message| LexiconError::at(file, row.line, message))?;
        if object == "around" {
            self.add_around(vocabulary, entry, forms, meaning);
        }
        let object = match object {
            "" => Object::None,
            "direct" | "around" => Object::Direct,
            "described" => Object::Described,
            words => Object::After(values(words).map(|word| vocabulary.words.intern(word)).collect()),
        };
        let lemma = entry.to_owned();
        self.entries.push(Entry { lemma, pos, value: of_agent, object, to_object, of_object, effect });
        Ok(())
    }

    /// The forms once more, as words that stand around an object.
    fn add_around(&mut self, vocabulary: &mut Vocabulary<'_>, base: &str, forms: &str, meaning: Meaning) {
        let forms = values(forms).zip(VERB);
        let mut all: Vec<(Vec<WordId>, Form)> = Vec::new();
        for (entry, form) in std::iter::once((base, Form::Base)).chain(forms) {
            let words = vocabulary.intern_all(entry);
            self.placeholders.each(&words, &mut |words| all.push((words.to_vec(), form)));
        }
        for (words, form) in all {
            let Some((first, others)) = words.split_first() else { continue };
            self.note(*first, Opening::AROUND);
            let known = self.around.entry(*first).or_default();
            known.next |= Around::bit(others);
            if !known.frames.iter().any(|(words, _)| words == others) {
                known.frames.push((others.to_vec(), Sense { meaning, form }));
            }
        }
    }

    pub(super) fn add_shifter(
        &mut self,
        vocabulary: &mut Vocabulary<'_>,
        file: &str,
        row: &Row<ShifterRow<'_>>,
    ) -> Result<(), LexiconError> {
        let &Row { line, value: ShifterRow { entry, kind, factor, reach, .. } } = row;
        let kind = match kind {
            "negator" => ShifterKind::Negator,
            "intensifier" => ShifterKind::Intensifier,
            "diminisher" => ShifterKind::Diminisher,
            "modal" => ShifterKind::Modal,
            "reverser" => ShifterKind::Reverser,
            "concession" => ShifterKind::Concession,
            "counter" => ShifterKind::Counter,
            "factive" => ShifterKind::Factive,
            "contrast" => ShifterKind::Contrast,
            "likeness" => ShifterKind::Likeness,
            "cause" => ShifterKind::Cause,
            "causing" => ShifterKind::Causing,
            "making" => ShifterKind::Making,
            "apart" => ShifterKind::Apart,
            "unreal" => ShifterKind::Unreal,
            "grave" => ShifterKind::Grave,
            "none" => ShifterKind::None,
            "link" | "topic" | "thought" | "anyone" | "whoever" => {
                let meaning = match kind {
                    "link" => Meaning::Link,
                    "topic" => Meaning::Topic,
                    "anyone" => Meaning::Anyone,
                    "whoever" => Meaning::Whoever,
                    _ => Meaning::Thought,
                };
                self.add(vocabulary, entry, meaning, Form::Plain);
                return Ok(());
            }
            "quantity" => {
                let words = vocabulary.intern_all(entry);
                if let Some(first) = words.first() {
                    self.note(*first, Opening::QUANTITY);
                }
                self.quantities.add(&words, ());
                return Ok(());
            }
            "toward" => {
                self.toward.extend(vocabulary.intern_all(entry));
                return Ok(());
            }
            other => {
                let message = format!(
                    "kind \"{other}\" is unknown: take negator, intensifier, diminisher, modal, reverser, concession, counter, contrast, likeness, factive, cause, causing, making, unreal, grave, none, link, topic, thought, anyone, whoever, quantity or toward"
                );
                return Err(LexiconError::at(file, line, message));
            }
        };
        self.add(vocabulary, entry, Meaning::Shifter(self.shifters.len() as u32), Form::Plain);
        self.shifters.push(Shifter { kind, factor, reach });
        Ok(())
    }

    pub(super) fn add_allegiance(
        &mut self,
        vocabulary: &mut Vocabulary<'_>,
        file: &str,
        row: &Row<AllegianceRow<'_>>,
    ) -> Result<(), LexiconError> {
        let AllegianceRow { noun, plural, side } = &row.value;
        let side = match *side {
            "for" => 1,
            "against" => -1,
            other => {
                let message = format!("side \"{other}\" is unknown: take for or against");
                return Err(LexiconError::at(file, row.line, message));
            }
        };
        let meaning = Meaning::Allegiance(side);
        self.add_forms(vocabulary, (noun, plural), Pos::Noun, meaning, Opening::of(meaning));
        Ok(())
    }

    pub(super) fn add_event(&mut self, vocabulary: &mut Vocabulary<'_>, row: &Row<EventRow<'_>>) {
        let EventRow { kind, noun, plural, verbs } = &row.value;
        let known = self.event_kinds.iter().position(|known| known == kind);
        let kind = known.unwrap_or_else(|| {
            self.event_kinds.push((*kind).to_owned());
            self.event_kinds.len() - 1
        }) as u8;
        self.add_forms(vocabulary, (noun, plural), Pos::Noun, Meaning::Event(kind), Opening::EVENT);
        for verb in values(verbs) {
            self.add(vocabulary, verb, Meaning::EventVerb(kind), Form::Past);
        }
    }
}
