//! Names that are words of time, modal verbs or prepositions too: `Olga May`, `Will Tarn`, `Ms. Day`, `Bo From`.

use super::{Finder, NOT_IN_NAMES, PEOPLE, Piece};
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::sets::GIVEN;
use crate::lexicon::words::{Class, Classes};
use crate::scan::token::TokenKind;

/// Words that may be such a name.
pub(super) const AMBIGUOUS: Classes = Classes::of(&[Class::Time, Class::Modal, Class::Preposition]);
/// Tokens that are looked at for the end of a question.
const LONGEST_QUESTION: usize = 60;
/// Before a word of time these tell that it is one: `in May`, `last May`.
const BEFORE_TIME: Classes = Classes::of(&[Class::Preposition, Class::Of, Class::Time, Class::Number, Class::Suffix]);

impl Finder<'_> {
    /// Whether a word of time or a modal verb is part of a name where it stands.
    pub(super) fn is_ambiguous_name(&self, at: usize) -> bool {
        let classes = self.classes[at];
        classes.any(AMBIGUOUS)
            && self.kind(at) == TokenKind::Capital
            && (self.is_family_name_after_given(at)
                || self.is_given_before_family_name(at)
                || self.is_known_family_name(at)
                || self.is_known_first_name(at)
                || self.is_given_alone(at))
            && !self.scan.is_headline(self.scan.paragraph_of(at))
    }

    /// `which Will claims`, `Will said`: a modal verb has no capital there, nor a finite form after it.
    fn is_given_alone(&self, at: usize) -> bool {
        let classes = self.classes[at];
        let capital = self.tokens.get(at + 1).is_some_and(|next| next.is_capitalised());
        classes.has(Class::Modal)
            && classes.any(GIVEN)
            && !classes.has(Class::Time)
            && if self.opens(at) {
                self.is_cue(at + 1, Class::Finite) && !self.is_cue(at + 1, Class::Base)
            } else {
                !capital && self.may_stand_after(at)
            }
    }

    /// `Olga May said`, `Bill Early Jr.`; not `told Olga Monday`, `met Olga March 3`.
    pub(super) fn is_family_name_after_given(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|_| !self.opens(at)) else { return false };
        self.classes[before].any(GIVEN)
            && self.kind(before) == TokenKind::Capital
            && !self.is_weekday(at)
            && !self.goes_on_in_capitals(at + 1)
    }

    /// `said Will Tarn`, `Rep. May Tarn`; not `in May Tarn said`, `Why Will Tarn Win`.
    fn is_given_before_family_name(&self, at: usize) -> bool {
        const VERBS: Classes = Classes::of(&[Class::Verb, Class::Finite, Class::Base, Class::Have, Class::Do]);
        let family = self.tokens.get(at + 1).is_some_and(|next| next.is_capitalised() && !next.opens_paragraph())
            && !self.classes[at + 1].any(NOT_IN_NAMES.with(VERBS).with(PEOPLE));
        self.classes[at].any(GIVEN)
            && family
            && if self.opens(at) {
                let opens = || self.has_verb_or_comma(at + 2) || self.has(at + 2, Class::Verb) && !self.is_asked(at);
                // Of words of time only those that are modal verbs too begin a question.
                !self.has(at, Class::Modal) && !self.has(at + 1, Class::Common) || opens()
            } else {
                self.may_stand_after(at)
            }
    }

    /// `Will Tarn go home?`: a question mark ends what begins at `at`; or nothing near does.
    fn is_asked(&self, at: usize) -> bool {
        let stop = (at..at + LONGEST_QUESTION).find(|at| self.kind(*at) == TokenKind::Stop);
        stop.and_then(|stop| self.tokens.get(stop)).is_none_or(|stop| stop.span().of(self.text) == "?")
    }

    /// `April Dunn` and `Will Dunn`, but no `May Day`: what shows that the first word is a name where it stands alone.
    pub(super) fn is_first_name_in_full(&self, at: usize) -> bool {
        self.classes[at].any(AMBIGUOUS)
            && self.classes[at].any(GIVEN)
            && self.kind(at) == TokenKind::Capital
            && !self.has(at + 1, Class::Common)
            && self.is_given_before_family_name(at)
            && !self.scan.is_headline(self.scan.paragraph_of(at))
    }

    /// `April said`, `said April`, where the article names an April Dunn.
    fn is_known_first_name(&self, at: usize) -> bool {
        if !self.first_names.contains(&self.words[at]) || self.goes_on_in_capitals(at + 1) {
            return false;
        }
        let before = |back: usize| at.checked_sub(back).filter(|_| !self.opens(at));
        // `“We won,” said April`; not `he said April was cold`.
        let inverted = before(2).is_some_and(|mark| self.is_cue(at - 1, Class::Finite) && !self.tokens[mark].is_word());
        let says = self.is_cue(at + 1, Class::Finite) && !self.is_cue(at + 1, Class::Base);
        inverted || says && (self.opens(at) || self.may_stand_after(at))
    }

    /// `May said`, `Ms. Day`, where the article names an Olga May or the title tells.
    fn is_known_family_name(&self, at: usize) -> bool {
        if matches!(self.pieces.last(), Some((Piece::Title(_), _))) {
            return if self.is_weekday(at) { self.is_family_name(at + 1) } else { !self.goes_on_in_capitals(at + 1) };
        }
        self.family_names.contains(&self.words[at])
            && !self.goes_on_in_capitals(at + 1)
            && if self.opens(at) {
                self.has_verb_or_comma(at + 1)
            } else {
                self.may_stand_after(at) || self.is_quoted_person(at)
            }
    }

    /// `according to May`, `as May said`: nothing that one says of a month.
    fn is_quoted_person(&self, at: usize) -> bool {
        let said = || self.is_cue(at + 1, Class::Finite) && !self.is_cue(at + 1, Class::Base);
        at >= 2 && self.has(at - 2, Class::According) || self.has(at - 1, Class::As) && said()
    }

    /// `Ms. Bishop`, `King said` where the article names an Anna King: a family name that is a title, too; `Dean said`: a
    /// first name.
    pub(super) fn is_family_name_for_title(&self, at: usize, last: Option<Piece>) -> bool {
        let alone = self.tokens.get(at + 1).is_none_or(|next| !next.is_capitalised() || next.opens_paragraph());
        let family = match last {
            Some(Piece::Title(title)) => self.lexicons.titles[title as usize].role.is_empty(),
            None if self.family_names.contains(&self.words[at]) => true,
            None | Some(Piece::Role) => self.classes[at].any(GIVEN),
            _ => false,
        };
        alone && family && !self.lexicons.descriptions.is(DescriptionKind::Address, self.words[at])
    }

    /// `Mr. Sunday Akande`: what follows a day is the name of a family, not `Mr. Sunday Night`.
    fn is_family_name(&self, at: usize) -> bool {
        let next = self.tokens.get(at).filter(|next| next.is_capitalised() && !next.opens_paragraph());
        next.is_some() && !self.classes[at].any(NOT_IN_NAMES.with(PEOPLE)) && !self.has(at, Class::Common)
    }

    /// Whether what stands before leaves it open that a name begins at `at`.
    fn may_stand_after(&self, at: usize) -> bool {
        let before = at - 1;
        let titled = matches!(self.pieces.last(), Some((Piece::Title(_) | Piece::Role, _)));
        let time = self.has(at, Class::Time) && self.classes[before].any(BEFORE_TIME);
        titled || !time && !self.tokens[before].is_capitalised()
    }

    /// A name or a number follows: `Grace March 3`, `Why Nadia Will Go`.
    fn goes_on_in_capitals(&self, at: usize) -> bool {
        let capital = self.tokens.get(at).is_some_and(|next| next.is_capitalised() && !next.opens_paragraph());
        self.kind(at) == TokenKind::Number || capital && !self.has(at, Class::Suffix)
    }

    fn has_verb_or_comma(&self, at: usize) -> bool {
        // `Will Tarn back her?`: no form that a modal verb governs.
        matches!(self.kind(at), TokenKind::Comma | TokenKind::Possessive)
            || self.is_cue(at, Class::Finite) && !self.is_cue(at, Class::Base)
    }

    fn is_weekday(&self, at: usize) -> bool {
        self.lexicons.descriptions.is(DescriptionKind::Weekday, self.words[at])
    }
}
