//! Quotation marks to quotations, paragraph by paragraph. Knows typography only: whether a quotation is speech, and
//! whose, is decided later.

mod finder;
mod marks;
mod single;
mod unclosed;

use std::ops::Range;

use super::token::TokenKind;
use super::{LONGEST_HEADLINE, Layout};
use crate::Span;
use crate::lexicon::words::Classes;
use finder::Finder;

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
    /// The label that stands before it in a transcript, in place of marks.
    pub label: Option<Label>,
}

/// Whom the label before a turn names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Somebody: `TARN:`
    Name,
    /// Nobody by name: `Q:`, `UNIDENTIFIED MALE:`
    Unnamed,
    /// Who answers: `A:`
    Answer,
}

impl Quotation {
    /// Indices of its tokens with the marks.
    #[must_use]
    pub fn marked_tokens(&self) -> Range<usize> {
        let opening = usize::from(self.label.is_none());
        self.tokens.start - opening..self.tokens.end + usize::from(self.closed)
    }
}

/// The outer quotations of a text in text order. `classes` tells what a word is, for the apostrophes and closing marks that
/// look alike.
#[must_use]
pub fn find_quotations(layout: Layout, classes: &dyn Fn(&str) -> Classes) -> Vec<Quotation> {
    if layout.landmarks.marks.is_empty() {
        return Vec::new();
    }
    let mut finder = Finder::new(layout, classes, Style::Double);
    let double = finder.find();
    if !finder.single_marks_may_stand_outside(layout.landmarks) {
        return if double.is_empty() { in_headline(layout, classes) } else { double };
    }
    let mut finder = Finder::new(layout, classes, Style::Single);
    let single = finder.find();
    let speech: Vec<Speech> = single.iter().map(|quotation| finder.speech_of(quotation)).collect();
    let alone = || double.is_empty() && single.iter().all(|quotation| finder.opens_by_shape(quotation));
    if are_outside(&single, &speech, &double) || alone() {
        return with_beside(single, double.into_iter().filter(|quotation| quotation.closed));
    }
    let stands_beside = |(quotation, speech): &(Quotation, Speech)| {
        let sentence = *speech > 1 && layout.tokens[quotation.tokens.start].is_capitalised();
        let fragment = || !sentence && is_fragment(quotation, layout) && finder.opens_by_shape(quotation);
        *speech > 1 && finder.is_set_off(quotation) || fragment()
    };
    let beside = single.into_iter().zip(speech).filter(|(quotation, _)| finder.ends_within(quotation));
    let beside = beside.filter(stands_beside);
    with_beside(double, beside.map(|(quotation, _)| quotation))
}

/// What stands between single marks in the line above an article: headlines have them whatever the article has.
fn in_headline(layout: Layout, classes: &dyn Fn(&str) -> Classes) -> Vec<Quotation> {
    let Layout { tokens, paragraphs, .. } = layout;
    let Some(line) = paragraphs.first().filter(|line| line.len() <= LONGEST_HEADLINE) else { return Vec::new() };
    let marks = tokens[line.clone()].iter().any(|token| token.kind == TokenKind::Mark && token.mark().is_single());
    let ends = tokens[line.clone()].last().is_none_or(|token| token.kind == TokenKind::Stop);
    if !marks || ends {
        return Vec::new();
    }
    let mut finder = Finder::new(Layout { paragraphs: &paragraphs[..1], ..layout }, classes, Style::Single);
    let found = finder.find();
    let (closed, open) = (|quotation: &Quotation| quotation.closed, |quotation: &Quotation| quotation.tokens.start - 1);
    found.into_iter().filter(|quotation| closed(quotation) && !finder.is_elision(open(quotation))).collect()
}

/// Whether it has several words and stands below the headline: a word alone is rather a term.
fn is_fragment(quotation: &Quotation, layout: Layout) -> bool {
    let headline = quotation.paragraph == 0 && layout.paragraphs[0].len() <= LONGEST_HEADLINE;
    quotation.tokens.len() > 1 && !headline
}

/// Quotations between marks of one kind, and those between marks of the other that stand beside them.
fn with_beside(outer: Vec<Quotation>, beside: impl Iterator<Item = Quotation>) -> Vec<Quotation> {
    let mut all = Vec::with_capacity(outer.len());
    let mut outer = outer.into_iter().peekable();
    for quotation in beside {
        let range = quotation.marked_tokens();
        while let Some(before) = outer.next_if(|before| before.marked_tokens().end <= range.start) {
            all.push(before);
        }
        let overlaps = outer.peek().is_some_and(|next| next.marked_tokens().start < range.end);
        if !overlaps {
            all.push(quotation);
        }
    }
    all.extend(outer);
    all
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::words::Class;
    use crate::scan::token::{Landmarks, tokenize};

    fn check(text: &str, expected: &[&str]) {
        let (mut tokens, mut landmarks) = (Vec::new(), Landmarks::default());
        tokenize(text, 0, &mut |_| false, &mut tokens, &mut landmarks);
        let classes = |word: &str| match word {
            "em" | "n" | "phones" | "tis" => Classes::of(&[Class::Elision]),
            "said" | "says" | "asked" | "told" => Classes::of(&[Class::Say, Class::Finite]),
            _ => Classes::default(),
        };
        let paragraphs: Vec<_> = landmarks.paragraphs(tokens.len()).collect();
        let layout = Layout { text, tokens: &tokens, landmarks: &landmarks, paragraphs: &paragraphs };
        let found = find_quotations(layout, &classes);
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
    fn fragments_in_single_marks_beside_speech_in_double_ones() {
        check(
            "Bridge ‘to fall’\n\nShe said it was ‘a sham from start to finish’ and ‘lost’. “It’s the workers’ plan,” she said.",
            &["a sham from start to finish", "It’s the workers’ plan,"],
        );
    }

    #[test]
    fn two_single_marks_for_a_double_one() {
        check("She said, ‘’It is over,’’ and left. ‘‘Go.’’", &["It is over,", "Go."]);
        check("She said, ‘’A.\n\n“B.\n\n“C.’’\n\nShe left.", &["A.\n\n“B.\n\n“C."]);
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
    fn paragraphs_run_into_one_are_one() {
        check("X said: “We left. “We ran. “It burned.” He wept.", &["We left. “We ran. “It burned."]);
        check("“We won. Mr X left. “They lost,” Y said.", &["They lost,"]);
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
