//! The marks of an article paired: each that opens with the one that closes it.

use std::ops::Range;

use super::super::Layout;
use super::marks::{FAMILIES, Family, Role};
use super::{Quotation, Style};
use crate::Span;
use crate::lexicon::words::{Class, Classes};
use crate::scan::token::{Token, TokenKind};

/// Tokens of a quotation that holds another in the same marks; a longer one rather lacks its closing mark.
const LONGEST_NESTING: usize = 150;
/// Marks nested deeper than this are passed over.
const DEEPEST: usize = 8;

/// A mark of the kind that stands outside.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marked {
    /// Index of its token.
    pub(super) at: usize,
    /// Closing marks of each family that follow in the paragraph and belong to no opening mark that follows.
    pub(super) closers: [u16; FAMILIES],
    /// The second of those of its own family: were this mark to open a nested quotation, the outer would close there.
    pub(super) beyond: Option<usize>,
    /// Whether a single mark that surely closes stands before the next that opens.
    pub(super) closer_follows: bool,
}

/// What becomes of an open quotation within its paragraph.
pub(super) enum End {
    /// It closes at this mark (an index of `marks`).
    Closed(usize),
    /// This mark opens anew: the quotation was never closed.
    Reopened(usize),
    Unclosed,
}

pub(super) struct Finder<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) paragraphs: &'a [Range<usize>],
    pub(super) classes: &'a dyn Fn(&str) -> Classes,
    pub(super) style: Style,
    /// The marks that may stand outside.
    pub(super) marks: Vec<Marked>,
    /// For each paragraph the index of its first mark, and one past the last mark.
    pub(super) first_marks: Vec<usize>,
    /// Whether `’` opens quotations in this article.
    pub(super) close_opens: bool,
    pub(super) found: Vec<Quotation>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(layout: Layout<'a>, classes: &'a dyn Fn(&str) -> Classes, style: Style) -> Self {
        let Layout { text, tokens, paragraphs, .. } = layout;
        let marks = Vec::with_capacity(layout.landmarks.marks.len());
        let first_marks = Vec::with_capacity(paragraphs.len() + 1);
        let mut closers = std::array::from_fn(|_| Vec::new());
        let mut landmarks = layout.landmarks.marks.iter().map(|mark| *mark as usize).peekable();
        let found = Vec::with_capacity(layout.landmarks.marks.len() / 2);
        let mut finder =
            Self { text, tokens, paragraphs, classes, style, marks, first_marks, close_opens: true, found };
        for range in paragraphs {
            let first = finder.marks.len();
            finder.first_marks.push(first);
            while let Some(at) = landmarks.next_if(|mark| *mark < range.end) {
                if tokens[at].mark().is_single() == (style == Style::Single) {
                    finder.marks.push(Marked { at, closers: [0; FAMILIES], beyond: None, closer_follows: false });
                }
            }
            match style {
                _ if first == finder.marks.len() => {}
                Style::Double => finder.count_closers(first, &mut closers),
                Style::Single => finder.look_for_closers(first),
            }
        }
        finder.first_marks.push(finder.marks.len());
        if style == Style::Single {
            finder.close_opens = finder.may_close_open();
        }
        finder
    }
}

impl Finder<'_> {
    /// From the paragraph's end back to its first mark. `closers` is room for the marks of each family.
    fn count_closers(&mut self, first: usize, closers: &mut [Vec<usize>; FAMILIES]) {
        closers.iter_mut().for_each(Vec::clear);
        for number in (first..self.marks.len()).rev() {
            let at = self.marks[number].at;
            let family = self.family(at) as usize;
            let own = &closers[family];
            self.marks[number].beyond = own.len().checked_sub(2).map(|second| own[second]);
            self.marks[number].closers =
                std::array::from_fn(|family| u16::try_from(closers[family].len()).unwrap_or(u16::MAX));
            match self.role(at) {
                Role::Opens | Role::MayOpen => drop(closers[family].pop()),
                Role::Closes if self.is_measure(at) => {}
                Role::Closes => closers[family].push(at),
            }
        }
    }

    pub(super) fn find(&mut self) -> Vec<Quotation> {
        let (mut number, mut mark) = (0, 0);
        while number < self.paragraphs.len() {
            (number, mark) = self.paragraph(number, mark);
        }
        std::mem::take(&mut self.found)
    }

    /// Pairs the marks of one paragraph from `mark` on, and of those that carry on its last quotation; returns the
    /// paragraph and mark to go on with.
    fn paragraph(&mut self, number: usize, mark: usize) -> (usize, usize) {
        let (range, last_mark) = (self.paragraphs[number].clone(), self.first_marks[number + 1]);
        let mut next = mark;
        while next < last_mark {
            let mut opener = next;
            next += 1;
            if !self.opens(opener) {
                continue;
            }
            let closer = loop {
                match self.end_of(opener, last_mark) {
                    End::Closed(closer) => break Some(closer),
                    End::Reopened(anew) => {
                        self.push_reported(opener, anew, &range, number);
                        opener = anew;
                    }
                    End::Unclosed => break None,
                }
            };
            let start = self.marks[opener].at;
            if let Some(closer) = closer {
                self.push(start, self.marks[closer].at, number, true);
                next = closer + 1;
                continue;
            }
            if let Some((paragraph, closer)) = self.carried_on(number, start) {
                self.push(start, self.marks[closer].at, number, true);
                return (paragraph, closer + 1);
            }
            if self.may_run_to_end(start, &range) {
                self.push(start, self.before_reporter(start, range.end), number, false);
            }
            break;
        }
        (number + 1, last_mark)
    }

    /// Keeps what an unclosed quotation has before the reporter speaks: `“We won, said Lee. “We knew.”`
    fn push_reported(&mut self, opener: usize, anew: usize, range: &Range<usize>, paragraph: usize) {
        let (start, end) = (self.marks[opener].at, self.marks[anew].at);
        let close = self.before_reporter(start, end);
        if close < end && self.style == Style::Double && self.may_run_to_end(start, range) {
            self.push(start, close, paragraph, false);
        }
    }

    fn push(&mut self, open: usize, close: usize, paragraph: usize, closed: bool) {
        let start = self.tokens[open].end() as usize;
        let end = if closed { self.tokens[close].start as usize } else { self.tokens[close - 1].end() as usize };
        let inside = &self.text[start..end];
        let trimmed = inside.trim();
        if !trimmed.chars().any(char::is_alphanumeric) {
            return;
        }
        let start = start + (inside.len() - inside.trim_start().len());
        let span = Span::new(start, start + trimmed.len());
        self.found.push(Quotation { span, tokens: open + 1..close, paragraph, closed, label: None });
    }

    /// What becomes of the quotation that `opener` opens, among the marks up to `last`.
    pub(super) fn end_of(&self, opener: usize, last: usize) -> End {
        let mut nested = Vec::new();
        for number in opener + 1..last {
            let end = match self.style {
                Style::Double => self.step(opener, number, &mut nested),
                Style::Single => self.single_step(opener, number),
            };
            if let Some(end) = end {
                return end;
            }
        }
        End::Unclosed
    }

    /// Whether a mark within the quotation that `opener` opens begins a paragraph of it: `“We left. “We ran. “We hid.”`, paragraphs
    /// of speech that were run into one. One mark alone is rather one that somebody forgot to close before.
    fn resumes(&self, opener: usize, number: usize) -> bool {
        let next = || self.marks.get(number + 1).is_some_and(|next| self.role(next.at) == Role::Opens);
        self.runs_on(number) && (number > opener + 1 || next() && self.runs_on(number + 1))
    }

    /// Whether a mark begins a sentence and since the mark before nobody else spoke.
    fn runs_on(&self, number: usize) -> bool {
        const CUES: Classes = Classes::of(&[Class::Say, Class::Strong]);
        let classes = |at: usize| (self.classes)(self.tokens[at].span().of(self.text));
        // `Lee said it`, `he said it`, `the mayor said.`
        let reports = |at: usize| {
            let verb = classes(at);
            let ends =
                !verb.has(Class::CueNoun) && matches!(self.tokens[at + 1].kind, TokenKind::Stop | TokenKind::Comma);
            let source = || self.tokens[at - 1].is_capitalised() || classes(at - 1).has(Class::Subject);
            verb.any(CUES) && verb.has(Class::Finite) && (ends || source())
        };
        let (before, at) = (self.marks[number - 1].at, self.marks[number].at);
        let next = self.tokens.get(at + 1);
        self.tokens[at - 1].kind == TokenKind::Stop
            && next.is_some_and(|next| next.is_capitalised() && !next.opens_paragraph())
            && !(before + 2..at).any(reports)
    }

    /// What a double mark does within an open quotation: it closes it, opens anew, or belongs to what is nested there.
    fn step(&self, opener: usize, number: usize, nested: &mut Vec<Family>) -> Option<End> {
        let (start, Marked { at, closers, beyond, .. }) = (self.marks[opener].at, self.marks[number]);
        if self.is_feet_and_inches(at) {
            return None;
        }
        let (outer, family, role) = (self.family(start), self.family(at), self.role(at));
        let open = |family: Family| nested.iter().filter(|nested| **nested == family).count();
        let left = |family: Family| usize::from(closers[family as usize]).saturating_sub(open(family));
        if role != Role::Closes {
            let doubled = at == start + 1 && (family == outer || family != Family::Angle && outer != Family::Angle);
            let balanced = family != outer && left(outer) > 0
                || left(family) > 1 && beyond.is_some_and(|close| close - start < LONGEST_NESTING);
            if balanced && !doubled {
                if nested.len() < DEEPEST {
                    nested.push(family);
                }
                return None;
            }
            // What begins within a sentence, as `a gift to us`, does not go on so.
            let sentence = self.tokens[start + 1].is_capitalised();
            if !doubled && sentence && family == outer && self.resumes(opener, number) {
                return None;
            }
            if (role == Role::Opens || doubled) && self.opens(number) {
                return Some(End::Reopened(number));
            }
        }
        if at == start + 1 {
            return None;
        }
        if let Some(depth) = nested.iter().rposition(|nested| *nested == family) {
            nested.truncate(depth);
            return None;
        }
        if family == outer {
            return Some(End::Closed(number));
        }
        // A mark of another family closes too (`“…"`), but angles and measures do not mix while the proper one follows.
        if left(outer) > 0 && (family == Family::Angle || outer == Family::Angle || self.is_measure(at)) {
            return None;
        }
        if nested.pop().is_some() { None } else { Some(End::Closed(number)) }
    }
}
