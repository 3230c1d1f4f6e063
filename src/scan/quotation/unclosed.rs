//! Quotations that their paragraph leaves open: carried on in the next ones, or ended where the reporter speaks.

use std::ops::Range;

use super::finder::{End, Finder};
use crate::lexicon::words::Class;
use crate::scan::token::TokenKind;

/// A quotation carried on over more paragraphs than this is not looked for: the search must stay linear.
const LONGEST_RUN: usize = 40;
/// Words of a name before `said`, at most.
const LONGEST_NAME: usize = 4;

impl Finder<'_> {
    /// Where a quotation that its paragraph leaves open closes: each following paragraph opens anew, the last closes.
    pub(super) fn carried_on(&self, number: usize, start: usize) -> Option<(usize, usize)> {
        if self.opens_before(start) {
            return None;
        }
        for next in (number + 1..self.paragraphs.len()).take(LONGEST_RUN) {
            let (first, last_mark) = (self.first_marks[next], self.first_marks[next + 1]);
            let opener = self.marks.get(first).filter(|marked| marked.at == self.paragraphs[next].start)?;
            if self.tokens[opener.at].mark().is_closer() {
                return None;
            }
            match self.end_of(first, last_mark) {
                End::Closed(closer) => return Some((next, closer)),
                End::Reopened(_) => return None,
                End::Unclosed => {}
            }
        }
        None
    }

    /// Whether an unclosed quotation begins within a sentence that goes on: then the mark is one too many.
    fn opens_before(&self, start: usize) -> bool {
        start > 0 && self.tokens[start - 1].is_word() && !self.tokens[start].opens_paragraph()
    }

    /// A quotation without a closing mark runs to its paragraph's end where it opens the paragraph or a clause.
    pub(super) fn may_run_to_end(&self, start: usize, range: &Range<usize>) -> bool {
        let introduced = start == range.start
            || matches!(self.tokens[start - 1].kind, TokenKind::Colon | TokenKind::Comma | TokenKind::Stop);
        introduced && range.end - start > 4
    }

    /// Where an unclosed quotation ends: after the comma before `Lee said.`, where the reporter speaks; else at `end`.
    pub(super) fn before_reporter(&self, start: usize, end: usize) -> usize {
        let is_comma = |at: &usize| self.tokens[*at].kind == TokenKind::Comma;
        (start + 1..end).filter(is_comma).find(|at| self.reports(at + 1, end)).map_or(end, |at| at + 1)
    }

    /// Whether a name of up to four words, or a pronoun, stands at `at`, and after it `said` and a stop.
    fn reports(&self, at: usize, end: usize) -> bool {
        let is_name = |at: &usize| self.tokens[*at].is_capitalised();
        let name = (at..end).take(LONGEST_NAME).take_while(is_name).count();
        let classes = |at: usize| (self.classes)(self.tokens[at].span().of(self.text));
        let verb = if name == 0 && at < end && classes(at).has(Class::Subject) { at + 1 } else { at + name };
        verb > at
            && verb + 1 < end
            && classes(verb).has(Class::Say)
            && classes(verb).has(Class::Finite)
            && self.tokens[verb + 1].kind == TokenKind::Stop
    }
}
