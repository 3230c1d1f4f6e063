//! Quotation marks to quotations, paragraph by paragraph. Knows typography only: whether a quotation is speech, and
//! whose, is decided later.

use std::ops::Range;

use super::token::{Mark, Token, TokenKind};
use crate::Span;
use crate::lexicon::words::{Class, Classes};

/// A stretch between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The words between the marks, without the marks.
    pub span: Span,
    /// Indices of the tokens between the marks.
    pub tokens: Range<usize>,
    /// Index of the paragraph where it opens.
    pub paragraph: usize,
    /// Whether its closing mark was found; without one it ends with its paragraph.
    pub closed: bool,
}

impl Quotation {
    /// Indices of its tokens with the marks.
    #[must_use]
    pub fn marked_tokens(&self) -> Range<usize> {
        self.tokens.start - 1..self.tokens.end + usize::from(self.closed)
    }
}

/// The outer quotations of a text in text order. `paragraphs` are ranges of `tokens`; `classes` tells what a word is,
/// for the apostrophes and closing marks that look alike.
#[must_use]
pub fn find_quotations(
    text: &str,
    tokens: &[Token],
    paragraphs: &[Range<usize>],
    classes: &dyn Fn(&str) -> Classes,
) -> Vec<Quotation> {
    let mut finder = Finder::new(text, tokens, paragraphs, classes, Style::Double);
    let double = finder.find();
    if !finder.single_marks_may_stand_outside(double.is_empty()) {
        return double;
    }
    let mut finder = Finder::new(text, tokens, paragraphs, classes, Style::Single);
    let single = finder.find();
    let speech: Vec<Speech> = single.iter().map(|quotation| finder.speech_of(quotation)).collect();
    let alone = || double.is_empty() && single.iter().all(|quotation| finder.opens_by_shape(quotation));
    if are_outside(&single, &speech, &double) || alone() { single } else { double }
}

/// Which marks an article sets outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Double,
    Single,
}

/// How much a stretch between single marks looks like speech: a comma or stop before its closing mark tells more than
/// one after it.
type Speech = u8;

/// Single marks stand outside where more stretches between them end like speech than there are others between double
/// marks; what begins within a stretch of the other kind is nested there.
fn are_outside(single: &[Quotation], speech: &[Speech], double: &[Quotation]) -> bool {
    let mut single = single.iter().zip(speech).filter(|(_, speech)| **speech > 0).peekable();
    let mut double = double.iter().peekable();
    let (mut for_single, mut for_double, mut end) = (0, 0, 0);
    loop {
        let first = |quotation: Option<&Quotation>| quotation.map_or(usize::MAX, |quotation| quotation.tokens.start);
        let (next_single, next_double) = (first(single.peek().map(|(q, _)| *q)), first(double.peek().copied()));
        let (quotation, weight) = if next_single < next_double {
            let Some((quotation, speech)) = single.next() else { break };
            (quotation, (usize::from(*speech), 0))
        } else {
            let Some(quotation) = double.next() else { break };
            (quotation, (0, 2))
        };
        if quotation.tokens.start >= end {
            for_single += weight.0;
            for_double += weight.1;
            end = quotation.tokens.end;
        }
    }
    for_single > for_double
}

/// A quotation carried on over more paragraphs than this is not looked for: the search must stay linear.
const LONGEST_RUN: usize = 40;
/// Tokens of a quotation that holds another in the same marks; a longer one rather lacks its closing mark.
const LONGEST_NESTING: usize = 150;
/// Marks nested deeper than this are passed over.
const DEEPEST: usize = 8;

/// Marks that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Straight,
    Curly,
    Angle,
    Typed,
    Single,
}

const FAMILIES: usize = 5;

/// What a mark does by its shape and the spaces around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Opens,
    /// Stands like an opening mark, but may close.
    MayOpen,
    Closes,
}

/// A mark of the kind that stands outside.
#[derive(Clone, Copy, Debug)]
struct Marked {
    /// Index of its token.
    at: usize,
    /// Closing marks of each family that follow in the paragraph and belong to no opening mark that follows.
    closers: [u16; FAMILIES],
    /// The second of those of its own family: were this mark to open a nested quotation, the outer would close there.
    beyond: Option<usize>,
    /// Whether a single mark that surely closes stands before the next that opens.
    closer_follows: bool,
}

/// What becomes of an open quotation within its paragraph.
enum End {
    /// It closes at this mark (an index of `marks`).
    Closed(usize),
    /// This mark opens anew: the quotation was never closed.
    Reopened(usize),
    Unclosed,
}

struct Finder<'a> {
    text: &'a str,
    tokens: &'a [Token],
    paragraphs: &'a [Range<usize>],
    classes: &'a dyn Fn(&str) -> Classes,
    style: Style,
    /// The marks that may stand outside.
    marks: Vec<Marked>,
    /// For each paragraph the index of its first mark, and one past the last mark.
    first_marks: Vec<usize>,
    /// Whether `’` opens quotations in this article.
    close_opens: bool,
    found: Vec<Quotation>,
}

impl<'a> Finder<'a> {
    fn new(
        text: &'a str,
        tokens: &'a [Token],
        paragraphs: &'a [Range<usize>],
        classes: &'a dyn Fn(&str) -> Classes,
        style: Style,
    ) -> Self {
        let (marks, first_marks) = (Vec::new(), Vec::with_capacity(paragraphs.len() + 1));
        let mut finder =
            Self { text, tokens, paragraphs, classes, style, marks, first_marks, close_opens: true, found: Vec::new() };
        for range in paragraphs {
            let first = finder.marks.len();
            finder.first_marks.push(first);
            for at in range.clone() {
                if tokens[at].kind == TokenKind::Mark && tokens[at].mark().is_single() == (style == Style::Single) {
                    finder.marks.push(Marked { at, closers: [0; FAMILIES], beyond: None, closer_follows: false });
                }
            }
            match style {
                Style::Double => finder.count_closers(first),
                Style::Single => finder.look_for_closers(first),
            }
        }
        finder.first_marks.push(finder.marks.len());
        if style == Style::Single {
            finder.close_opens = finder.may_close_open();
        }
        finder
    }

    /// From the paragraph's end back to its first mark.
    fn count_closers(&mut self, first: usize) {
        let mut closers: [Vec<usize>; FAMILIES] = std::array::from_fn(|_| Vec::new());
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

    fn look_for_closers(&mut self, first: usize) {
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
    fn may_close_open(&self) -> bool {
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

    /// Whether one single mark at least opens and a later one ends speech; where the marks are `alone`, whether a pair
    /// that is no apostrophe by its shape stands there.
    fn single_marks_may_stand_outside(&self, alone: bool) -> bool {
        let mut opened = false;
        for (at, token) in self.tokens.iter().enumerate() {
            if token.kind != TokenKind::Mark || !token.mark().is_single() {
                continue;
            }
            if opened && (self.speech(at) > 0 || alone && self.closes_alone(at)) {
                return true;
            }
            opened |= token.mark() == Mark::SingleOpen || self.may_open(at);
        }
        false
    }

    fn find(&mut self) -> Vec<Quotation> {
        let (mut number, mut mark) = (0, 0);
        while number < self.paragraphs.len() {
            (number, mark) = self.paragraph(number, mark);
        }
        std::mem::take(&mut self.found)
    }

    fn opens_by_shape(&self, quotation: &Quotation) -> bool {
        let open = quotation.tokens.start - 1;
        quotation.closed && self.tokens[open].mark() == Mark::SingleOpen && !self.is_left_out(open)
    }

    fn speech_of(&self, quotation: &Quotation) -> Speech {
        if quotation.closed { self.speech(quotation.tokens.end) } else { 0 }
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
                    End::Reopened(anew) => opener = anew,
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

    /// Where a quotation that its paragraph leaves open closes: each following paragraph opens anew, the last closes.
    fn carried_on(&self, number: usize, start: usize) -> Option<(usize, usize)> {
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
        self.found.push(Quotation { span, tokens: open + 1..close, paragraph, closed });
    }

    /// What becomes of the quotation that `opener` opens, among the marks up to `last`.
    fn end_of(&self, opener: usize, last: usize) -> End {
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

    fn single_step(&self, opener: usize, number: usize) -> Option<End> {
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

    fn family(&self, at: usize) -> Family {
        match self.tokens[at].mark() {
            Mark::Straight => Family::Straight,
            Mark::CurlyOpen | Mark::CurlyClose | Mark::Low => Family::Curly,
            Mark::AngleOpen | Mark::AngleClose => Family::Angle,
            Mark::Backticks | Mark::Apostrophes => Family::Typed,
            Mark::SingleStraight | Mark::SingleOpen | Mark::SingleClose => Family::Single,
        }
    }

    fn role(&self, at: usize) -> Role {
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
    fn may_open(&self, at: usize) -> bool {
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
    fn stands_closing(&self, at: usize) -> bool {
        let opening = |kind| matches!(kind, TokenKind::Number | TokenKind::Open | TokenKind::Symbol);
        at > 0
            && !self.tokens[at].space_before()
            && !self.may_open(at)
            && !(self.touches_next(at) && (self.tokens[at + 1].is_word() || opening(self.tokens[at + 1].kind)))
    }

    fn touches_next(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|next| !next.space_before() && !next.opens_paragraph())
    }

    fn opens(&self, number: usize) -> bool {
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

    fn opens_single(&self, at: usize) -> bool {
        let by_shape = match self.tokens[at].mark() {
            Mark::SingleOpen => true,
            Mark::SingleClose => self.close_opens && self.may_open(at),
            _ => self.may_open(at),
        };
        by_shape && !self.is_elision(at)
    }

    fn touches_next_word(&self, at: usize) -> bool {
        self.touches_next(at) && self.tokens[at + 1].is_word()
    }

    /// `35"`, `6'2"`: a measure, unless a quotation is open.
    fn is_measure(&self, at: usize) -> bool {
        at > 0 && !self.tokens[at].space_before() && self.tokens[at - 1].kind == TokenKind::Number
    }

    /// `6'2"`: feet and inches, even within a quotation.
    fn is_feet_and_inches(&self, at: usize) -> bool {
        self.is_measure(at)
            && at >= 3
            && self.tokens[at - 2].kind == TokenKind::Mark
            && self.tokens[at - 2].mark().is_single()
            && self.tokens[at - 3].kind == TokenKind::Number
    }

    /// `'em`, `’90s`: an apostrophe where letters are left out.
    fn is_elision(&self, at: usize) -> bool {
        !self.touches_next_inline(at) || self.tokens[at].mark() != Mark::SingleOpen && self.is_left_out(at)
    }

    /// The second of the marks of `'n'`.
    fn ends_n(&self, at: usize) -> bool {
        at >= 2 && self.tokens[at - 1].span().of(self.text) == "n" && self.tokens[at - 2].kind == TokenKind::Mark
    }

    fn touches_next_inline(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|next| !next.space_before())
    }

    /// Whether letters or digits are left out before the next word, whatever sign stands for them.
    fn is_left_out(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1).filter(|next| !next.space_before()) else { return false };
        let word = next.span().of(self.text);
        next.kind == TokenKind::Number && word.ends_with('s') || (self.classes)(word).has(Class::Elision)
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

    /// `’` before a space, where `‘` opened.
    fn closes_alone(&self, at: usize) -> bool {
        self.tokens[at].mark() == Mark::SingleClose && !self.tokens[at].space_before() && !self.touches_next(at)
    }

    fn cue_follows(&self, at: usize) -> bool {
        let next = self.tokens.get(at + 1).filter(|next| next.space_before() && !next.opens_paragraph());
        next.is_some_and(|next| {
            let classes = (self.classes)(next.span().of(self.text));
            classes.any(CUES) && classes.has(Class::Finite)
        })
    }

    /// A single mark after a sentence's sign and before a space or sign closes; after a word it may be an apostrophe.
    fn closes_surely(&self, at: usize) -> bool {
        let token = self.tokens[at];
        at > 0
            && token.mark() != Mark::SingleOpen
            && !token.space_before()
            && matches!(self.tokens[at - 1].kind, TokenKind::Comma | TokenKind::Stop | TokenKind::Dash)
            && !self.touches_next_word(at)
    }

    /// A single mark after a word closes, unless the word is a plural's possessive and a surer mark follows.
    fn closes_word(&self, number: usize) -> bool {
        let Marked { at, closer_follows, .. } = self.marks[number];
        let token = self.tokens[at];
        if token.mark() == Mark::SingleOpen || token.space_before() || self.touches_next_word(at) || self.ends_n(at) {
            return false;
        }
        let plural = self.tokens[at - 1].span().of(self.text).ends_with(['s', 'S', 'z']);
        let word_follows = self.tokens.get(at + 1).is_some_and(|next| next.is_word() && !next.opens_paragraph());
        !(plural && word_follows && closer_follows) || self.cue_follows(at)
    }

    /// A quotation without a closing mark runs to its paragraph's end where it opens the paragraph or a clause.
    fn may_run_to_end(&self, start: usize, range: &Range<usize>) -> bool {
        let introduced = start == range.start
            || matches!(self.tokens[start - 1].kind, TokenKind::Colon | TokenKind::Comma | TokenKind::Stop);
        introduced && range.end - start > 4
    }
}

impl Finder<'_> {
    /// Where an unclosed quotation ends: after the comma before `Lee said.`, where the reporter speaks; else at `end`.
    fn before_reporter(&self, start: usize, end: usize) -> usize {
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

/// Words of a name before `said`, at most.
const LONGEST_NAME: usize = 4;
/// Words after a closing single mark that tell it from an apostrophe.
const CUES: Classes = Classes::of(&[Class::Say, Class::Strong, Class::Tell]);

impl Mark {
    /// Whether the mark closes by its shape.
    fn is_closer(self) -> bool {
        matches!(self, Mark::CurlyClose | Mark::AngleClose | Mark::SingleClose | Mark::Apostrophes)
    }
}

#[cfg(test)]
mod tests {
    use super::super::paragraphs_of;
    use super::*;
    use crate::scan::token::tokenize;

    fn check(text: &str, expected: &[&str]) {
        let mut tokens = Vec::new();
        tokenize(text, 0, &|_| false, &mut tokens);
        let classes = |word: &str| match word {
            "em" | "n" | "phones" | "tis" => Classes::of(&[Class::Elision]),
            "said" | "says" | "asked" | "told" => Classes::of(&[Class::Say, Class::Finite]),
            _ => Classes::default(),
        };
        let found = find_quotations(text, &tokens, &paragraphs_of(&tokens), &classes);
        let found: Vec<&str> = found.iter().map(|quotation| quotation.span.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_kind_of_mark() {
        check(
            "He said, \"Go.\" “No,” she said. ''Why?'' ``So,'' he said. «Ja» „Nein“ „Doch”",
            &["Go.", "No,", "Why?", "So,", "Ja", "Nein", "Doch"],
        );
        check("Mixed “marks\" and \"marks” stand.", &["marks", "marks"]);
    }

    #[test]
    fn single_marks_that_stand_alone() {
        check("He blasted it as ‘a slap in the face’ for renters.", &["a slap in the face"]);
        check("Rock ‘n’ roll and the boys’ club.", &[]);
    }

    #[test]
    fn an_unclosed_quotation_ends_where_the_reporter_speaks() {
        check("\"The wells are dry, Nadia Brock said. She left.", &["The wells are dry,"]);
        check("\"The wells are dry, and Nadia Brock knew.", &["The wells are dry, and Nadia Brock knew."]);
    }

    #[test]
    fn nested_marks_belong_to_the_outer() {
        check("“He said ‘go’ and ‘stay,’” she said.", &["He said ‘go’ and ‘stay,’"]);
        check(
            "'He said \"go\" to me,' she said. 'I don't know the workers' names.'",
            &["He said \"go\" to me,", "I don't know the workers' names."],
        );
        check("“He said “go” to me,” she said.", &["He said “go” to me,"]);
    }

    #[test]
    fn single_marks_where_the_article_uses_them() {
        check(
            "‘It’s the ministers’ plan,’ he said. ‘Rock ’n’ roll.’",
            &["It’s the ministers’ plan,", "Rock ’n’ roll."],
        );
        check("The workers' union and the '90s: \"Yes,\" it said.", &["Yes,"]);
    }

    #[test]
    fn paragraphs_that_each_open_are_one() {
        check("\"One.\n\n\"Two.\n\n\"Three,\" she said. \"Four.\"", &["One.\n\n\"Two.\n\n\"Three,", "Four."]);
    }

    #[test]
    fn a_mark_too_few_spoils_its_paragraph_at_most() {
        check("She said \"go and left.\n\n\"Stay,\" he said.", &["Stay,"]);
        check("\"One is gone, he said.\n\nThen \"two\" came.", &["One is gone, he said.", "two"]);
        check("A stray” mark. “Two,” he said.", &["Two,"]);
        check("“Lost and “found,” he said.", &["found,"]);
    }

    #[test]
    fn a_mark_closes_what_its_kind_opened() {
        check("«I never called it “a disaster”, not once,» he said.", &["I never called it “a disaster”, not once,"]);
        check("«A \"b\" c,» he said. „He said \"go\" to us,“ she said.", &["A \"b\" c,", "He said \"go\" to us,"]);
        check("„A “b” c,” he said. \"He said “go” to me,\" she said.", &["A “b” c,", "He said “go” to me,"]);
        check(
            "“It is \"so\" and so,” he said. “Go,\" she said. \"Stay,” he said.",
            &["It is \"so\" and so,", "Go,", "Stay,"],
        );
        check("\"“Go,” he said, and left.\"", &["Go,"]);
        check("“Lost and \"found,\" he said. \"Lost and “found,” he said.", &["found,", "found,"]);
        check(
            "“He is 5'9\" or 70\" tall,” she said. »Ja«, sagte er. “So,“ she said.",
            &["He is 5'9\" or 70\" tall,", "Ja", "So,"],
        );
    }

    #[test]
    fn nested_in_the_same_marks() {
        check(
            "“The sign says “no swimming” in three languages,” he said. “Go.”",
            &["The sign says “no swimming” in three languages,", "Go."],
        );
        check("“A “b” and “c “d” e” f,” he said.", &["A “b” and “c “d” e” f,"]);
        check(
            "\"She said \"go\" to me,\" he said. \"(\"No\") twice.\"",
            &["She said \"go\" to me,", "(\"No\") twice."],
        );
        check("«Il a dit «non» deux fois», dit-elle.", &["Il a dit «non» deux fois"]);
        let apart = format!("“Lost. “Found,” he said. {} A stray” mark.", "“Go,” she said. ".repeat(60));
        check(&apart, &["Found,"].into_iter().chain(["Go,"; 60]).collect::<Vec<_>>());
    }

    #[test]
    fn single_marks_with_the_stop_outside() {
        check(
            "‘The cables are rusted through’, said X. ‘Nobody looked for years’.",
            &["The cables are rusted through", "Nobody looked for years"],
        );
        check("'The workers' union is tired' said X. She blamed the workers' union.", &["The workers' union is tired"]);
        check(
            "‘He told me “not now” and then he said “never”,’ said X. ‘So I left.’",
            &["He told me “not now” and then he said “never”,", "So I left."],
        );
        check(
            "“He calls it ‘austerity’, I call it ‘theft’,” she said.",
            &["He calls it ‘austerity’, I call it ‘theft’,"],
        );
        check("The so-called ‘big plan’, “a joke,” he said. “So it is.”", &["a joke,", "So it is."]);
    }

    #[test]
    fn apostrophes_open_nothing() {
        check("The ’phones rang for ’em. ‘The ministers’ plan is dead,’ he said.", &["The ministers’ plan is dead,"]);
        check("He took the 'phones. 'It's the workers' union,' he said.", &["It's the workers' union,"]);
        check("’It’s dead,’ he said. ’So it is.’", &["It’s dead,", "So it is."]);
        check("Back in the '90s the workers' union met the ministers' men, and the drivers'.", &[]);
        check("‘We danced to rock ‘n’ roll in the ‘90s,’ he said.", &["We danced to rock ‘n’ roll in the ‘90s,"]);
    }

    #[test]
    fn signs_beside_marks() {
        let expected = ["It is simple", "we were robbed,"];
        check("“It is simple”—and here she paused—“we were robbed,” said X.", &expected);
        check("\"It is simple\"—and here she paused—\"we were robbed,\" said X.", &expected);
        check("'It is simple'--and here she paused--'we were robbed,' said X.", &expected);
        check(
            "He laughed (\"a lot\") and left [\"soon\"]; \"I was—\", he said. \"No\"(he lied).",
            &["a lot", "soon", "I was—", "No"],
        );
    }

    #[test]
    fn what_follows_a_carried_on_quotation_may_be_carried_on() {
        check("“A.\n\n“B,” he said. “C.\n\n“D,” she said.", &["A.\n\n“B,", "C.\n\n“D,"]);
    }

    #[test]
    fn measures_and_tags_are_no_quotations() {
        check("He is 6'2\" and 35\" wide, <a title=\"x\">she</a> said: \"He is 6'2\" tall.\"", &["He is 6'2\" tall."]);
    }
}
