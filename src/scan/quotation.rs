//! Quotation marks to quotations, paragraph by paragraph. Knows typography only: whether a quotation is speech, and
//! whose, is decided later.

use std::ops::Range;

use super::token::{Mark, Token, TokenKind};
use crate::Span;

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

/// The outer quotations of a text in text order. `paragraphs` are ranges of `tokens`.
#[must_use]
pub fn find_quotations(text: &str, tokens: &[Token], paragraphs: &[Range<usize>]) -> Vec<Quotation> {
    let style = Style::of(text, tokens);
    let mut finder = Finder { text, tokens, style, found: Vec::new() };
    let mut number = 0;
    while number < paragraphs.len() {
        number = finder.paragraph(paragraphs, number);
    }
    finder.found
}

/// Which marks an article sets outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Double,
    Single,
}

impl Style {
    /// Single marks stand outside where more stretches between single marks end like speech than there are double
    /// openings at all.
    fn of(text: &str, tokens: &[Token]) -> Self {
        let marks =
            |single: bool| tokens.iter().filter(move |t| t.kind == TokenKind::Mark && t.mark().is_single() == single);
        if marks(true).nth(1).is_none() {
            return Style::Double;
        }
        let scan = Finder { text, tokens, style: Style::Single, found: Vec::new() };
        let (mut depth, mut openings, mut speech) = (0, 0usize, 0usize);
        for (i, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Mark) {
            if !token.mark().is_single() {
                if scan.may_open(i) && depth == 0 {
                    openings += 1;
                }
                depth = usize::from(scan.may_open(i));
            } else if depth == 0 && scan.closes_surely(i) {
                speech += 1;
            }
        }
        if speech >= 1 && speech > openings { Style::Single } else { Style::Double }
    }
}

/// A quotation carried on over more paragraphs than this is not looked for: the search must stay linear.
const LONGEST_RUN: usize = 40;

struct Finder<'a> {
    text: &'a str,
    tokens: &'a [Token],
    style: Style,
    found: Vec<Quotation>,
}

impl Finder<'_> {
    /// Pairs the marks of one paragraph, and of those that carry on its last quotation; returns the next paragraph.
    fn paragraph(&mut self, paragraphs: &[Range<usize>], number: usize) -> usize {
        let range = paragraphs[number].clone();
        let mut open = None;
        for at in range.clone() {
            if self.tokens[at].kind != TokenKind::Mark || !self.is_outer(at) {
                continue;
            }
            match open {
                None if self.opens(at, range.end) => open = Some(at),
                None => {}
                Some(start) if self.closes(at, start, range.end) => {
                    self.push(start, at, number, true);
                    open = None;
                }
                Some(_) if self.reopens(at, range.end) => open = Some(at),
                Some(_) => {}
            }
        }
        let Some(start) = open else { return number + 1 };
        if let Some((close, last)) = self.carried_on(paragraphs, number, start) {
            self.push(start, close, number, true);
            return self.rest_of(paragraphs, last, close);
        }
        if self.may_run_to_end(start, &range) {
            self.push(start, range.end, number, false);
        }
        number + 1
    }

    /// The paragraph in which a carried-on quotation closes may hold further ones.
    fn rest_of(&mut self, paragraphs: &[Range<usize>], number: usize, close: usize) -> usize {
        let rest = [close + 1..paragraphs[number].end];
        if !rest[0].is_empty() {
            let before = self.found.len();
            self.paragraph(&rest, 0);
            for quotation in &mut self.found[before..] {
                quotation.paragraph = number;
            }
        }
        number + 1
    }

    /// Where a quotation that its paragraph leaves open closes: each following paragraph opens anew, the last closes.
    fn carried_on(&self, paragraphs: &[Range<usize>], number: usize, start: usize) -> Option<(usize, usize)> {
        for (next, range) in paragraphs.iter().enumerate().skip(number + 1).take(LONGEST_RUN) {
            let first = range.start;
            let reopens = self.tokens[first].kind == TokenKind::Mark
                && self.is_outer(first)
                && !self.tokens[first].mark().is_closer();
            if !reopens {
                return None;
            }
            for at in first + 1..range.end {
                if self.tokens[at].kind != TokenKind::Mark || !self.is_outer(at) {
                    continue;
                }
                if self.closes(at, first, range.end) {
                    return (!self.opens_before(start)).then_some((at, next));
                }
                if self.reopens(at, range.end) {
                    return None;
                }
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

    fn is_outer(&self, at: usize) -> bool {
        self.tokens[at].mark().is_single() == (self.style == Style::Single)
    }

    /// White space or an opening sign before, none after.
    fn may_open(&self, at: usize) -> bool {
        let token = self.tokens[at];
        let before = token.space_before()
            || at == 0
            || matches!(
                self.tokens[at - 1].kind,
                TokenKind::Open | TokenKind::Dash | TokenKind::Mark | TokenKind::Colon
            )
            || matches!(self.tokens[at - 1].kind, TokenKind::Symbol);
        before && self.touches_next(at)
    }

    fn touches_next(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|next| !next.space_before() && !next.opens_paragraph())
    }

    fn opens(&self, at: usize, end: usize) -> bool {
        let token = self.tokens[at];
        if at + 1 >= end {
            return false;
        }
        match token.mark() {
            Mark::CurlyOpen | Mark::Low | Mark::AngleOpen | Mark::Backticks => true,
            Mark::SingleOpen => !self.is_elision(at),
            Mark::SingleStraight | Mark::SingleClose => self.may_open(at) && !self.is_elision(at),
            Mark::Straight => {
                !self.is_measure(at)
                    && (self.may_open(at) || token.space_before() || !self.touches_next_word(at))
                    && !self.only_closes(at)
            }
            Mark::CurlyClose | Mark::Apostrophes | Mark::AngleClose => self.may_open(at),
        }
    }

    fn touches_next_word(&self, at: usize) -> bool {
        self.touches_next(at) && self.tokens[at + 1].is_word()
    }

    /// A straight mark right after a word or sign and before a space closes; unopened, it is stray.
    fn only_closes(&self, at: usize) -> bool {
        !self.tokens[at].space_before() && !self.may_open(at)
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
        let Some(next) = self.tokens.get(at + 1).filter(|next| !next.space_before()) else { return true };
        if self.tokens[at].mark() == Mark::SingleOpen {
            return false;
        }
        next.kind == TokenKind::Number && next.span().of(self.text).ends_with('s')
            || matches!(
                next.span().of(self.text),
                "em" | "n" | "til" | "tis" | "twas" | "cause" | "bout" | "round" | "cos"
            )
    }

    fn closes(&self, at: usize, open: usize, end: usize) -> bool {
        let token = self.tokens[at];
        if at == open + 1 || self.is_feet_and_inches(at) {
            return false;
        }
        match token.mark() {
            Mark::CurlyClose | Mark::AngleClose => true,
            Mark::CurlyOpen => self.tokens[open].mark() == Mark::Low,
            Mark::Low | Mark::AngleOpen | Mark::Backticks | Mark::SingleOpen => false,
            Mark::Straight | Mark::Apostrophes => {
                let opener_like = token.space_before() && self.touches_next(at);
                let nested = opener_like && self.marks_left(at, end) % 2 == 1 && self.marks_left(at, end) > 1;
                !opener_like && !nested
            }
            Mark::SingleStraight | Mark::SingleClose => self.closes_surely(at) || self.closes_word(at, end),
        }
    }

    /// Outer marks after `at` in its paragraph.
    fn marks_left(&self, at: usize, end: usize) -> usize {
        self.tokens[at + 1..end].iter().take(400).filter(|t| t.kind == TokenKind::Mark && !t.mark().is_single()).count()
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
    fn closes_word(&self, at: usize, end: usize) -> bool {
        if self.tokens[at].space_before() || self.touches_next_word(at) {
            return false;
        }
        let plural = self.tokens[at - 1].span().of(self.text).ends_with(['s', 'S', 'z']);
        let word_follows = self.tokens.get(at + 1).is_some_and(|next| next.is_word() && !next.opens_paragraph());
        !(plural && word_follows) || !self.closer_follows(at, end)
    }

    /// Whether a single mark that surely closes stands before the next that opens.
    fn closer_follows(&self, at: usize, end: usize) -> bool {
        for next in at + 1..end.min(at + 200) {
            if self.tokens[next].kind != TokenKind::Mark || !self.tokens[next].mark().is_single() {
                continue;
            }
            if self.may_open(next) && !self.is_elision(next) {
                return false;
            }
            if self.closes_surely(next) || !self.touches_next_word(next) {
                return true;
            }
        }
        false
    }

    /// Whether an opening mark within an open quotation tells that the earlier one was never closed.
    fn reopens(&self, at: usize, end: usize) -> bool {
        let closers =
            self.tokens[at..end].iter().take(400).filter(|t| t.kind == TokenKind::Mark && t.mark().is_closer()).count();
        let openers = self.tokens[at..end]
            .iter()
            .take(400)
            .filter(|t| {
                t.kind == TokenKind::Mark && matches!(t.mark(), Mark::CurlyOpen | Mark::Backticks | Mark::AngleOpen)
            })
            .count();
        match self.tokens[at].mark() {
            Mark::CurlyOpen | Mark::Backticks | Mark::AngleOpen => closers <= openers,
            Mark::Straight | Mark::Apostrophes => self.may_open(at),
            Mark::SingleOpen => true,
            _ => false,
        }
    }

    /// A quotation without a closing mark runs to its paragraph's end where it opens the paragraph or a clause.
    fn may_run_to_end(&self, start: usize, range: &Range<usize>) -> bool {
        let introduced = start == range.start
            || matches!(self.tokens[start - 1].kind, TokenKind::Colon | TokenKind::Comma | TokenKind::Stop);
        introduced && range.end - start > 4
    }
}

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
        let found = find_quotations(text, &tokens, &paragraphs_of(&tokens));
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
    fn measures_and_tags_are_no_quotations() {
        check("He is 6'2\" and 35\" wide, <a title=\"x\">she</a> said: \"He is 6'2\" tall.\"", &["He is 6'2\" tall."]);
    }
}
