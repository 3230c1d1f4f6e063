//! What a mark does by its shape, the spaces and signs around it: opens, closes, or measures.

use super::finder::{Finder, Marked};
use crate::scan::token::{Mark, TokenKind};

/// Marks that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Straight,
    Curly,
    Angle,
    Typed,
    Single,
}

pub(super) const FAMILIES: usize = 5;

/// What a mark does by its shape and the spaces around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Opens,
    /// Stands like an opening mark, but may close.
    MayOpen,
    Closes,
}

impl Finder<'_> {
    pub(super) fn opens(&self, number: usize) -> bool {
        let Marked { at, closers, .. } = self.marks[number];
        if self.tokens.get(at + 1).is_none_or(|next| next.opens_paragraph()) {
            return false;
        }
        match self.tokens[at].mark() {
            Mark::Low | Mark::Backticks => true,
            Mark::CurlyOpen | Mark::AngleOpen => closers[self.family(at) as usize] > 0 || !self.stands_closing(at),
            // A straight mark right after a word or sign and before a space closes; unopened, it is stray.
            Mark::Straight => !self.is_measure(at) && (self.may_open(at) || self.tokens[at].space_before()),
            Mark::CurlyClose | Mark::Apostrophes | Mark::AngleClose => self.may_open(at),
            Mark::SingleStraight | Mark::SingleOpen | Mark::SingleClose => self.opens_single(at),
        }
    }

    pub(super) fn family(&self, at: usize) -> Family {
        match self.tokens[at].mark() {
            Mark::Straight => Family::Straight,
            Mark::CurlyOpen | Mark::CurlyClose | Mark::Low => Family::Curly,
            Mark::AngleOpen | Mark::AngleClose => Family::Angle,
            Mark::Backticks | Mark::Apostrophes => Family::Typed,
            Mark::SingleStraight | Mark::SingleOpen | Mark::SingleClose => Family::Single,
        }
    }

    pub(super) fn role(&self, at: usize) -> Role {
        let space_before = self.tokens[at].space_before();
        match self.tokens[at].mark() {
            // `„…“`, `»…«`, and `“…“` by mistake.
            Mark::CurlyOpen | Mark::AngleOpen if self.stands_closing(at) => Role::Closes,
            Mark::CurlyOpen | Mark::AngleOpen | Mark::Low | Mark::Backticks | Mark::SingleOpen => Role::Opens,
            Mark::Straight | Mark::Apostrophes if self.may_open(at) && space_before => Role::Opens,
            Mark::Straight | Mark::Apostrophes | Mark::AngleClose if self.may_open(at) => Role::MayOpen,
            Mark::CurlyClose if self.may_open(at) && space_before => Role::MayOpen,
            _ => Role::Closes,
        }
    }

    /// White space or an opening sign before; none after, nor a sign that goes on with what stands before.
    pub(super) fn may_open(&self, at: usize) -> bool {
        let token = self.tokens[at];
        let before = token.space_before()
            || at == 0
            || matches!(
                self.tokens[at - 1].kind,
                TokenKind::Open | TokenKind::Dash | TokenKind::Mark | TokenKind::Colon
            )
            || matches!(self.tokens[at - 1].kind, TokenKind::Symbol);
        before && self.touches_next(at) && !self.goes_on(at + 1)
    }

    /// A comma, closing bracket or single stop.
    fn goes_on(&self, at: usize) -> bool {
        let token = self.tokens[at];
        match token.kind {
            TokenKind::Comma | TokenKind::Semicolon | TokenKind::Colon | TokenKind::Close => true,
            TokenKind::Stop => token.end() - token.start == 1 && !self.touches_next(at),
            _ => false,
        }
    }

    /// No white space before; after it white space, a sign or the end.
    pub(super) fn stands_closing(&self, at: usize) -> bool {
        let opening = |kind| matches!(kind, TokenKind::Number | TokenKind::Open | TokenKind::Symbol);
        at > 0
            && !self.tokens[at].space_before()
            && !self.may_open(at)
            && !(self.touches_next(at) && (self.tokens[at + 1].is_word() || opening(self.tokens[at + 1].kind)))
    }

    pub(super) fn touches_next(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|next| !next.space_before() && !next.opens_paragraph())
    }

    pub(super) fn touches_next_word(&self, at: usize) -> bool {
        self.touches_next(at) && self.tokens[at + 1].is_word()
    }

    /// `35"`, `6'2"`: a measure, unless a quotation is open.
    pub(super) fn is_measure(&self, at: usize) -> bool {
        at > 0 && !self.tokens[at].space_before() && self.tokens[at - 1].kind == TokenKind::Number
    }

    /// `6'2"`: feet and inches, even within a quotation.
    pub(super) fn is_feet_and_inches(&self, at: usize) -> bool {
        self.is_measure(at)
            && at >= 3
            && self.tokens[at - 2].kind == TokenKind::Mark
            && self.tokens[at - 2].mark().is_single()
            && self.tokens[at - 3].kind == TokenKind::Number
    }
}

impl Mark {
    /// Whether the mark closes by its shape.
    pub(super) fn is_closer(self) -> bool {
        matches!(self, Mark::CurlyClose | Mark::AngleClose | Mark::SingleClose | Mark::Apostrophes)
    }
}
