//! What a token is to a pattern by itself: a word by its classes and letters, a sign by its kind.

use super::Symbol;
use crate::lexicon::sets::CUES;
use crate::lexicon::spelling::{Ending, Spelling};
use crate::lexicon::words::{Class, Classes};

/// Letters before an ending, at least.
const STEM: usize = 3;

impl Symbol {
    /// Whether a word may report, or expressions begin with it: then what stands around it tells what it is.
    #[must_use]
    pub fn is_told_by_others(classes: Classes) -> bool {
        classes.any(CUES.with(Classes::of(&[Class::ExpressionStart])))
    }

    /// What a word is that does not report.
    #[must_use]
    pub fn of_plain_word(classes: Classes, spelling: impl FnOnce() -> Spelling) -> Self {
        let known = classes.0 & PLAIN.0;
        if known == 0 {
            return Self::of_unlisted(classes, spelling());
        }
        if known.is_power_of_two() {
            return SYMBOLS[known.trailing_zeros() as usize];
        }
        let (mut first, mut others) = (TABLE.len(), known);
        while others != 0 {
            first = first.min(usize::from(PLACES[others.trailing_zeros() as usize]));
            others &= others - 1;
        }
        TABLE[first].1
    }

    fn of_unlisted(classes: Classes, spelling: Spelling) -> Self {
        if classes.has(Class::Verb) {
            return Self::Verb;
        }
        if spelling.is_capitalised {
            return Self::Word;
        }
        match spelling.ending(STEM) {
            Some(Ending::Ed) => Self::Verb,
            Some(Ending::Ing) => Self::VerbIng,
            Some(Ending::Ly) => Self::Adverb,
            None => Self::Word,
        }
    }
}

/// What the classes of a word make it, the first that it has.
const TABLE: [(Class, Symbol); 27] = [
    (Class::According, Symbol::According),
    (Class::Negator, Symbol::Negator),
    (Class::Be, Symbol::Be),
    (Class::Have, Symbol::Auxiliary),
    (Class::Do, Symbol::Auxiliary),
    (Class::Modal, Symbol::Modal),
    (Class::That, Symbol::That),
    (Class::To, Symbol::To),
    (Class::Of, Symbol::Of),
    (Class::By, Symbol::By),
    (Class::And, Symbol::And),
    (Class::PossessivePronoun, Symbol::Possessive),
    (Class::Document, Symbol::Statement),
    (Class::Occasion, Symbol::Statement),
    (Class::Message, Symbol::Statement),
    (Class::Relay, Symbol::Relay),
    (Class::Determiner, Symbol::Determiner),
    (Class::For, Symbol::For),
    (Class::As, Symbol::As),
    (Class::In, Symbol::In),
    (Class::Preposition, Symbol::Preposition),
    (Class::Time, Symbol::Time),
    (Class::Subordinator, Symbol::Subordinator),
    (Class::Adverb, Symbol::Adverb),
    (Class::Naming, Symbol::Naming),
    (Class::WorkNoun, Symbol::Work),
    (Class::Number, Symbol::Number),
];

/// The classes of the table.
const PLAIN: Classes = {
    let (mut classes, mut at) = (Classes(0), 0);
    while at < TABLE.len() {
        classes = classes.with(Classes::of(&[TABLE[at].0]));
        at += 1;
    }
    classes
};

/// The table by class: nearly every word has one of its classes at most.
const SYMBOLS: [Symbol; 64] = {
    let (mut symbols, mut at) = ([Symbol::Word; 64], 0);
    while at < TABLE.len() {
        symbols[TABLE[at].0 as usize] = TABLE[at].1;
        at += 1;
    }
    symbols
};

/// For each class its place in the table.
const PLACES: [u8; 64] = {
    let (mut places, mut at) = ([0; 64], 0);
    while at < TABLE.len() {
        places[TABLE[at].0 as usize] = at as u8;
        at += 1;
    }
    places
};
