//! Single marks, which are mostly apostrophes: where they open and close quotations, and whether they stand outside.

use super::finder::{End, Finder, Marked};
use super::{Quotation, Speech};
use crate::lexicon::sets::REPORTING;
use crate::lexicon::words::Class;
use crate::scan::token::{Landmarks, Mark, TokenKind};

impl Finder<'_> {
    pub(super) fn look_for_closers(&mut self, first: usize) {
        let mut follows = false;
        for number in (first..self.marks.len()).rev() {
            self.marks[number].closer_follows = follows;
            let at = self.marks[number].at;
            if self.may_open(at) && !self.is_elision(at) {
                follows = false;
            } else if self.closes_surely(at) || !self.touches_next_word(at) {
                follows = true;
            }
        }
    }

    /// `’` before a word is an apostrophe, unless the article has no other mark to open with.
    pub(super) fn may_close_open(&self) -> bool {
        let (mut straight, mut closing) = (0, 0);
        for marked in &self.marks {
            match self.tokens[marked.at].mark() {
                Mark::SingleOpen => return false,
                _ if !self.may_open(marked.at) || self.is_elision(marked.at) => {}
                Mark::SingleClose => closing += 1,
                _ => straight += 1,
            }
        }
        closing > straight
    }

    /// Whether one single mark at least opens, and a later one ends speech or is no apostrophe by its shape.
    pub(super) fn single_marks_may_stand_outside(&self, landmarks: &Landmarks) -> bool {
        let mut opened = false;
        for at in landmarks.marks.iter().map(|mark| *mark as usize) {
            let token = self.tokens[at];
            if !token.mark().is_single() {
                continue;
            }
            if opened && (self.speech(at) > 0 || self.closes_alone(at)) {
                return true;
            }
            opened |= token.mark() == Mark::SingleOpen || self.may_open(at);
        }
        false
    }

    pub(super) fn opens_by_shape(&self, quotation: &Quotation) -> bool {
        let open = quotation.tokens.start - 1;
        quotation.closed && self.tokens[open].mark() == Mark::SingleOpen && !self.is_left_out(open)
    }

    /// Whether it ends in its paragraph.
    pub(super) fn ends_within(&self, quotation: &Quotation) -> bool {
        quotation.tokens.end < self.paragraphs[quotation.paragraph].end
    }

    /// Whether it opens a paragraph or stands after a clause's sign.
    pub(super) fn is_set_off(&self, quotation: &Quotation) -> bool {
        let open = quotation.tokens.start - 1;
        let begins = self.tokens[open].opens_paragraph() && self.tokens[open + 1].is_capitalised();
        !self.is_elision(open) && (begins || self.opens_clause(open))
    }

    pub(super) fn speech_of(&self, quotation: &Quotation) -> Speech {
        if quotation.closed { self.speech(quotation.tokens.end) } else { 0 }
    }

    pub(super) fn single_step(&self, opener: usize, number: usize) -> Option<End> {
        let (start, at) = (self.marks[opener].at, self.marks[number].at);
        if at != start + 1 && (self.closes_surely(at) || self.closes_word(number)) {
            return Some(End::Closed(number));
        }
        let anew = match self.tokens[at].mark() {
            Mark::SingleOpen => !self.is_left_out(at),
            _ => self.opens_clause(at),
        };
        (anew && self.opens(number)).then_some(End::Reopened(number))
    }

    /// A mark after a clause's sign and before a capital: more than an apostrophe.
    fn opens_clause(&self, at: usize) -> bool {
        at > 0
            && self.tokens[at].space_before()
            && matches!(self.tokens[at - 1].kind, TokenKind::Comma | TokenKind::Stop | TokenKind::Colon)
            && self.touches_next(at)
            && self.tokens[at + 1].is_capitalised()
    }

    pub(super) fn opens_single(&self, at: usize) -> bool {
        let by_shape = match self.tokens[at].mark() {
            Mark::SingleOpen => true,
            Mark::SingleClose => self.close_opens && self.may_open(at),
            _ => self.may_open(at),
        };
        by_shape && !self.is_elision(at)
    }

    /// How much the single mark looks like the end of speech: 2 after a comma or stop, 1 before one or before a word
    /// that tells who spoke.
    fn speech(&self, at: usize) -> Speech {
        if self.closes_surely(at) {
            return 2;
        }
        if at == 0 || self.tokens[at].space_before() || self.tokens[at].mark() == Mark::SingleOpen {
            return 0;
        }
        let sign_follows =
            self.touches_next(at) && matches!(self.tokens[at + 1].kind, TokenKind::Comma | TokenKind::Stop);
        Speech::from(sign_follows || self.cue_follows(at))
    }

    /// A single mark after a sentence's sign and before a space or sign closes; after a word it may be an apostrophe.
    pub(super) fn closes_surely(&self, at: usize) -> bool {
        let token = self.tokens[at];
        at > 0
            && token.mark() != Mark::SingleOpen
            && !token.space_before()
            && matches!(self.tokens[at - 1].kind, TokenKind::Comma | TokenKind::Stop | TokenKind::Dash)
            && !self.touches_next_word(at)
    }

    /// A single mark after a word closes, unless the word is a plural's possessive and a surer mark follows.
    pub(super) fn closes_word(&self, number: usize) -> bool {
        let Marked { at, closer_follows, .. } = self.marks[number];
        let token = self.tokens[at];
        if token.mark() == Mark::SingleOpen || token.space_before() || self.touches_next_word(at) || self.ends_n(at) {
            return false;
        }
        let plural = self.tokens[at - 1].span().of(self.text).ends_with(['s', 'S', 'z']);
        let word_follows = self.tokens.get(at + 1).is_some_and(|next| next.is_word() && !next.opens_paragraph());
        !(plural && word_follows && closer_follows) || self.cue_follows(at)
    }

    /// `’` before a space, where `‘` opened.
    fn closes_alone(&self, at: usize) -> bool {
        self.tokens[at].mark() == Mark::SingleClose && !self.tokens[at].space_before() && !self.touches_next(at)
    }

    fn cue_follows(&self, at: usize) -> bool {
        let next = self.tokens.get(at + 1).filter(|next| next.space_before() && !next.opens_paragraph());
        next.is_some_and(|next| {
            let classes = (self.classes)(next.span().of(self.text));
            classes.any(REPORTING) && classes.has(Class::Finite)
        })
    }

    /// `'em`, `’90s`: an apostrophe where letters are left out.
    pub(super) fn is_elision(&self, at: usize) -> bool {
        !self.touches_next_inline(at) || self.tokens[at].mark() != Mark::SingleOpen && self.is_left_out(at)
    }

    /// Whether letters or digits are left out before the next word, whatever sign stands for them.
    fn is_left_out(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1).filter(|next| !next.space_before()) else { return false };
        let word = next.span().of(self.text);
        next.kind == TokenKind::Number && word.ends_with('s') || (self.classes)(word).has(Class::Elision)
    }

    /// The second of the marks of `'n'`.
    fn ends_n(&self, at: usize) -> bool {
        at >= 2 && self.tokens[at - 1].span().of(self.text) == "n" && self.tokens[at - 2].kind == TokenKind::Mark
    }

    fn touches_next_inline(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|next| !next.space_before())
    }
}
