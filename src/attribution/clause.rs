//! What a sentence tells before a quotation: its reporting verbs and which mention is the subject of each. Reads units
//! alone; there is no parser behind it, so a subject is a good guess and counts only as a fact for the ranker.

use crate::lexicon::pattern::{Symbol, Symbols};

use super::units::Units;

/// What may stand between a subject and its verb.
pub(super) const FILL: Symbols =
    Symbols::of(&[Symbol::Adverb, Symbol::Auxiliary, Symbol::Time, Symbol::Modal, Symbol::Negator]);
/// What ends a sentence.
pub(super) const SENTENCE_ENDS: Symbols = Symbols::of(&[Symbol::Stop, Symbol::SoftStop, Symbol::Paragraph]);
/// Reporting verbs in a finite form.
pub(super) const CUES: Symbols = Symbols::of(&[Symbol::Say, Symbol::Strong, Symbol::Tell, Symbol::Weak]);
/// Reporting verbs in any form.
pub(super) const CUE_LIKE: Symbols = Symbols::of(&[
    Symbol::Say,
    Symbol::Strong,
    Symbol::Tell,
    Symbol::Weak,
    Symbol::Saying,
    Symbol::StrongIng,
    Symbol::TellIng,
    Symbol::WeakIng,
    Symbol::BaseCue,
    Symbol::BaseWeak,
    Symbol::Quoted,
    Symbol::Told,
]);
/// Mentions that may be subjects.
pub(super) const SUBJECTS: Symbols = Symbols::of(&[
    Symbol::Name,
    Symbol::Outlet,
    Symbol::Nominal,
    Symbol::Pronoun,
    Symbol::Indefinite,
    Symbol::Relative,
]);
const ING: Symbols =
    Symbols::of(&[Symbol::Saying, Symbol::StrongIng, Symbol::TellIng, Symbol::WeakIng, Symbol::VerbIng]);
const FINITE: Symbols =
    Symbols::of(&[Symbol::Say, Symbol::Strong, Symbol::Tell, Symbol::Weak, Symbol::Verb, Symbol::Be]);
/// Prepositions.
pub(super) const LINKS: Symbols =
    Symbols::of(&[Symbol::Of, Symbol::To, Symbol::Preposition, Symbol::For, Symbol::As, Symbol::In, Symbol::By]);
/// Prepositions that may stand between a noun and what it is of.
const HEADED: Symbols =
    Symbols::of(&[Symbol::Of, Symbol::To, Symbol::Preposition, Symbol::For, Symbol::As, Symbol::In]);
/// What may be a participle before `by`.
const PARTICIPLES: Symbols = Symbols::of(&[Symbol::Verb, Symbol::Relay, Symbol::Weak, Symbol::Strong, Symbol::Word]);
/// Verbs of a clause that tells more of somebody: `the man who saw`.
const RELATED: Symbols = Symbols::of(&[Symbol::Verb, Symbol::Weak]);
/// Verbs of any kind.
const VERBS: Symbols = CUE_LIKE.with(Symbols::of(&[Symbol::Verb, Symbol::VerbIng, Symbol::Be]));
const SIGNS: Symbols = Symbols::of(&[Symbol::Comma, Symbol::Dash]);
/// What may stand before the first phrase of a sentence.
const OPENERS: Symbols = Symbols::of(&[Symbol::And, Symbol::Adverb, Symbol::Determiner]);
/// Units that open a phrase or clause before the main one.
const FRONTED: Symbols =
    Symbols::of(&[Symbol::Subordinator, Symbol::Preposition, Symbol::For, Symbol::As, Symbol::In, Symbol::Verb]);
/// A sign that opens an insertion, and the one that closes it.
const INSERTIONS: [(Symbol, Symbol); 3] =
    [(Symbol::Comma, Symbol::Comma), (Symbol::Open, Symbol::Close), (Symbol::Dash, Symbol::Dash)];

/// A sentence may reach so many units to the left of a quotation.
const REACH: usize = 64;

/// The reporting verbs before a quotation in its sentence, and their subjects.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sentence {
    /// Its first unit.
    pub start: usize,
    /// Words of the quotation, up to eight; not told by units.
    pub words: usize,
    /// The last verb.
    pub verb: Option<usize>,
    /// The last reporting verb before the quotation.
    pub nearest: Option<usize>,
    /// Its subject.
    pub nearest_subject: Option<usize>,
    /// The first finite reporting verb.
    pub outer: Option<usize>,
    /// Its subject.
    pub outer_subject: Option<usize>,
    /// The first mention that may be the subject of the whole.
    pub main: Option<usize>,
}

/// The sign that closes what a sign opens.
pub(super) fn closing(opening: Symbol) -> Option<Symbol> {
    INSERTIONS.iter().find(|(open, _)| *open == opening).map(|(_, close)| *close)
}

impl Units {
    /// The symbol of a unit; none behind the last.
    pub(super) fn symbol(&self, unit: usize) -> Option<Symbol> {
        self.letters.get(unit).and_then(|letter| Symbol::from_letter(*letter))
    }

    /// Whether a unit is one of the symbols.
    pub(super) fn is(&self, unit: usize, symbols: Symbols) -> bool {
        self.letters.get(unit).is_some_and(|letter| symbols.has_letter(*letter))
    }

    /// Whether a unit is the symbol.
    pub(super) fn is_a(&self, unit: usize, symbol: Symbol) -> bool {
        self.letters.get(unit) == Some(&(symbol as u8))
    }

    /// What the sentence tells before the unit of a quotation.
    pub(super) fn sentence_before(&self, unit: usize) -> Sentence {
        let seen = unit.saturating_sub(REACH);
        let start = (seen..unit).rev().find(|at| self.is(*at, SENTENCE_ENDS)).map_or(seen, |end| end + 1);
        let nearest = (start..unit).rev().find(|at| self.is(*at, CUE_LIKE));
        let outer = (start..unit).find(|at| self.is(*at, CUES));
        Sentence {
            start,
            words: 0,
            verb: (start..unit).rev().find(|at| self.is(*at, VERBS)),
            nearest,
            nearest_subject: nearest.and_then(|cue| self.subject(cue, start)),
            outer,
            outer_subject: outer.and_then(|cue| self.subject(cue, start)),
            main: self.main_subject(start, unit),
        }
    }

    /// The mention that a verb has as its subject: the one before it, insertions passed over, but not one after a
    /// preposition; that of the verb before for `and called`, `, calling`.
    fn subject(&self, verb: usize, start: usize) -> Option<usize> {
        let mut at = verb.checked_sub(1)?;
        while at > start && self.is(at, FILL) {
            at -= 1;
        }
        let after_sign = self.is(at, SIGNS) && self.is(verb, ING);
        if after_sign || self.is_a(at, Symbol::And) {
            return self.subject_before(at, start);
        }
        if let Some((opening, _)) = INSERTIONS.iter().find(|(_, close)| self.is_a(at, *close)) {
            at = (start..at).rev().find(|unit| self.is_a(*unit, *opening))?.checked_sub(1)?;
        }
        let mut subject = (start..=at).rev().find(|unit| self.is(*unit, SUBJECTS))?;
        while let Some(head) = self.head_before(subject, start) {
            subject = head;
        }
        Some(subject)
    }

    /// The subject of the clause before a unit: of its outermost reporting verb, or else of its last verb.
    fn subject_before(&self, unit: usize, start: usize) -> Option<usize> {
        let outer = (start..unit).find(|at| self.is(*at, CUES));
        let verb = outer.or_else(|| (start..unit).rev().find(|at| self.is(*at, FINITE)));
        match verb {
            Some(verb) if verb > start => self.subject(verb, start),
            _ => (start..unit).rev().find(|at| self.is(*at, SUBJECTS)),
        }
    }

    /// `a friend of Ann Lee`, `the union representing Ann Lee`, `a letter signed by Ann Lee`, `the man who saw Ann Lee`: what
    /// stands first.
    fn head_before(&self, mention: usize, start: usize) -> Option<usize> {
        let back = |at: usize| at.checked_sub(1).filter(|at| *at >= start);
        let mut at = back(mention)?;
        if self.is_a(at, Symbol::Determiner) {
            at = back(at)?;
        }
        if self.is_a(at, Symbol::By) {
            at = back(at)?;
            if !self.is(at, PARTICIPLES) {
                return None;
            }
        } else if self.is(at, RELATED) {
            while self.is(at, RELATED) || self.is(at, FILL) {
                at = back(at)?;
            }
            let who = self.is_a(at, Symbol::Relative).then(|| back(at)).flatten();
            return who.filter(|head| self.is(*head, SUBJECTS));
        } else if !self.is(at, HEADED) && !self.is(at, ING) {
            return None;
        }
        back(at).filter(|head| self.is(*head, SUBJECTS))
    }

    /// The first mention of a sentence that does not stand after a preposition; `After the vote, Ann Lee`: behind the
    /// comma.
    fn main_subject(&self, start: usize, end: usize) -> Option<usize> {
        let opener = (start..end).find(|at| !self.is(*at, OPENERS))?;
        let fronted = self.is(opener, FRONTED) || self.is(opener, ING);
        let comma = (opener..end).find(|at| fronted && self.is_a(*at, Symbol::Comma));
        let from = comma.map_or(start, |comma| comma + 1);
        (from..end).find(|at| self.is(*at, SUBJECTS) && !self.is_linked(*at, from))
    }

    /// Whether a preposition stands before a mention.
    fn is_linked(&self, mention: usize, from: usize) -> bool {
        let before = (from..mention).rev().find(|at| !self.is_a(*at, Symbol::Determiner));
        before.is_some_and(|before| self.is(before, LINKS))
    }
}
