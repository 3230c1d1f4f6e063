//! Quotations that their paragraph leaves open: carried on in the next ones, or ended where the reporter speaks.

use std::ops::Range;

use super::finder::{End, Finder};
use crate::lexicon::words::{Class, Classes};
use crate::scan::token::TokenKind;

/// A quotation carried on over more paragraphs than this is not looked for: the search must stay linear.
const LONGEST_RUN: usize = 40;
/// Words of a name before `said`, at most.
const LONGEST_NAME: usize = 4;
/// Tokens before an opening mark that are looked at for who speaks, at most.
const LONGEST_LEAD: usize = 40;

impl Finder<'_> {
    /// Where a quotation that its paragraph leaves open closes: each following paragraph opens anew, the last closes.
    pub(super) fn carried_on(&self, number: usize, start: usize) -> Option<(usize, usize)> {
        let end = self.paragraphs[number].end;
        if self.opens_before(start) || self.before_reporter(start, end) < end {
            return None;
        }
        for next in (number + 1..self.paragraphs.len()).take(LONGEST_RUN) {
            let (first, last_mark) = (self.first_marks[next], self.first_marks[next + 1]);
            let opener = self.marks.get(first).filter(|marked| marked.at == self.paragraphs[next].start)?;
            if self.tokens[opener.at].mark().is_closer() {
                return None;
            }
            match self.end_of(first, last_mark) {
                End::Closed(closer) => {
                    return (!self.is_anothers(start, self.marks[closer].at)).then_some((next, closer));
                }
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

    /// Whether at `at` stands a name of up to four words, or a pronoun, and after it `said` and a stop, or the same the other way
    /// round: `said Ann Lee.`, `said Ann Lee, a farmer.`
    fn reports(&self, at: usize, end: usize) -> bool {
        let inverted = at < end && self.says(at);
        let name = if inverted { at + 1 } else { at };
        let named = self.name_end(name, end);
        let pronoun = || name < end && self.class_of(name).has(Class::Subject);
        let named = if named == name && pronoun() { name + 1 } else { named };
        let stop = if inverted { named } else { named + 1 };
        let ends = |at: usize| {
            let kind = self.tokens[at].kind;
            kind == TokenKind::Stop || inverted && kind == TokenKind::Comma
        };
        named > name && stop < end && (inverted || self.says(named)) && ends(stop)
    }

    /// Where a name of up to four words ends that begins at `at`.
    fn name_end(&self, at: usize, end: usize) -> usize {
        let is_name = |at: &usize| self.tokens[*at].is_capitalised();
        at + (at..end).take(LONGEST_NAME).take_while(is_name).count()
    }

    fn class_of(&self, at: usize) -> Classes {
        (self.classes)(self.tokens[at].span().of(self.text))
    }

    fn says(&self, at: usize) -> bool {
        let classes = self.class_of(at);
        classes.has(Class::Say) && classes.has(Class::Finite)
    }

    /// `Lee said: “We won. ¶ “We lost,” said Hart.`: whether somebody speaks after a closing mark who is not named in the sentence
    /// that leads to the opening one.
    fn is_anothers(&self, open: usize, close: usize) -> bool {
        let word = |at: usize| self.tokens[at].span().of(self.text);
        let lead = (0..open).rev().take(LONGEST_LEAD).take_while(|at| {
            let token = self.tokens[*at];
            (token.kind != TokenKind::Stop || *at + 1 == open)
                && token.kind != TokenKind::Mark
                && !self.tokens[*at + 1].opens_paragraph()
        });
        let lead = open - lead.count()..open;
        // `He said` may be who speaks next.
        let is_name = |at: usize| {
            lead.contains(&at) && self.tokens[at].is_capitalised() && !self.class_of(at).has(Class::Subject)
        };
        let named = || lead.clone().any(|at| self.says(at) && (is_name(at.wrapping_sub(1)) || is_name(at + 1)));
        let said = close + 1 < self.tokens.len() && self.says(close + 1);
        let name = close + 2..if said { self.name_end(close + 2, self.tokens.len()) } else { close + 2 };
        !name.is_empty() && named() && !name.clone().any(|at| lead.clone().any(|other| word(other) == word(at)))
    }
}
