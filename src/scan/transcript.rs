//! Turns of a transcript, `TARN: Who will pay?`, `Q: Who will pay?`: speech without marks. Knows how such a text is laid out;
//! who speaks is decided later, as for any quotation.

use std::cell::OnceCell;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Layout;
use super::quotation::{Label, Quotation};
use super::token::{Token, TokenKind};
use crate::lexicon::Lexicons;
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::phrases::Meaning;
use crate::lexicon::words::{Class, Classes, WordId};

/// Tokens of a label, at most: `SENATOR ANN LEE (GREENS)`.
const LONGEST_LABEL: usize = 8;
/// Tokens of a label in capitals, at most: `ANN LEE, CHIEF POLITICAL CORRESPONDENT OF THE DESSAN HERALD`.
const LONGEST_IN_CAPITALS: usize = 20;
/// A text with fewer turns is no transcript.
const FEWEST_TURNS: usize = 3;
/// At least one turn in so many asks, or speaks of `I` or `you`.
const SPOKEN: usize = 3;
/// Paragraphs that carry on a turn, at most: the farther from its label, the less is sure that it is not the reporter who
/// speaks. Of the last turn none do: nothing tells where it ends.
const LONGEST_TURN: usize = 6;
/// Words that are no name, so that no label holds them: `Location`, `Where`.
const PLAIN: Classes = Classes::of(&[
    Class::Common,
    Class::Time,
    Class::Preposition,
    Class::Determiner,
    Class::Subject,
    Class::Relative,
    Class::Subordinator,
    Class::And,
    Class::Be,
    Class::Modal,
    Class::Verb,
    Class::Adverb,
    Class::Document,
    Class::Occasion,
    Class::Message,
    Class::WorkNoun,
    Class::Number,
]);
/// Words that a label may hold though they are plain too.
const PEOPLE: Classes =
    Classes::of(&[Class::RolePerson, Class::RoleTitle, Class::GivenFemale, Class::GivenMale, Class::Abbreviation]);

/// A paragraph that opens with a label.
struct Opening<'a> {
    paragraph: usize,
    /// The first token after the label.
    start: usize,
    /// The words of the label that name somebody.
    words: &'a str,
    label: Label,
    capitals: bool,
    /// Whether somebody speaks, without marks; else it only ends the turn before.
    spoken: bool,
}

impl<'a> Opening<'a> {
    /// `LEE` of `SENATOR ANN LEE`: later labels hold no more.
    fn last_word(&self) -> &'a str {
        self.words.rsplit(' ').next().unwrap_or(self.words)
    }
}

/// Where a label ends.
struct Found {
    /// One past its last word.
    end: usize,
    /// One past its sign, which may be a part of the word: `Q.`
    start: usize,
    /// None where it names nothing that speaks: `CAPTION:`
    label: Option<Label>,
}

/// The turns of a text that is laid out as a transcript; none where it is not.
#[must_use]
pub fn turns(layout: Layout, lexicons: &Lexicons) -> Vec<Quotation> {
    let Layout { text, tokens, paragraphs, .. } = layout;
    let reader = Reader { text, tokens, paragraphs, lexicons };
    let mut colons = layout.landmarks.colons.iter().map(|colon| *colon as usize).peekable();
    let mut openings = Vec::new();
    for (number, Range { start, end }) in paragraphs.iter().cloned().enumerate() {
        while colons.next_if(|colon| *colon <= start).is_some() {}
        let colon = colons.peek().copied().filter(|colon| *colon < end.min(start + 1 + LONGEST_IN_CAPITALS));
        if tokens[start].is_capitalised() && (colon.is_some() || reader.is_set_off(start)) {
            openings.extend(reader.opening(number, colon));
        }
    }
    if openings.len() < FEWEST_TURNS { Vec::new() } else { reader.turns(&openings) }
}

/// The quotations of a text and its turns; what is quoted within a turn belongs to that.
#[must_use]
pub fn join(quotations: Vec<Quotation>, turns: Vec<Quotation>) -> Vec<Quotation> {
    let outside = |quotation: &Quotation| {
        let next = turns.partition_point(|turn| turn.tokens.end <= quotation.tokens.start);
        turns.get(next).is_none_or(|turn| turn.tokens.start >= quotation.tokens.end)
    };
    let mut all: Vec<Quotation> = quotations.into_iter().filter(outside).collect();
    all.extend(turns);
    all.sort_by_key(|quotation| quotation.tokens.start);
    all
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    paragraphs: &'a [Range<usize>],
    lexicons: &'a Lexicons,
}

impl<'a> Reader<'a> {
    /// Whether a stop stands at the end of a word or after it, or a colon, as after `Q` and `A`.
    fn is_set_off(&self, at: usize) -> bool {
        let last = self.tokens[at].end() as usize - 1;
        let next = self.tokens.get(at + 1).map(|next| next.kind);
        self.text.as_bytes()[last] == b'.' || matches!(next, Some(TokenKind::Colon | TokenKind::Stop))
    }

    /// The label that opens a paragraph whose first colon stands at `colon`.
    fn opening(&self, paragraph: usize, colon: Option<usize>) -> Option<Opening<'a>> {
        let range = self.paragraphs[paragraph].clone();
        let within = |tokens: usize| colon.filter(|colon| *colon <= range.start + tokens);
        let named = || within(LONGEST_LABEL).and_then(|colon| self.named(range.start..colon));
        let capitals = || within(LONGEST_IN_CAPITALS).and_then(|colon| self.shouted(range.start..colon));
        let Found { end, start, label } = self.asks_or_answers(range.start).or_else(named).or_else(capitals)?;
        let next = self.tokens.get(start).filter(|_| start < range.end);
        if next.is_some_and(|next| !next.space_before()) {
            return None;
        }
        let words = self.words(range.start..end);
        let spoken = label.is_some() && next.is_some_and(|next| next.kind != TokenKind::Mark);
        let label = label.unwrap_or(Label::Unnamed);
        Some(Opening { paragraph, start, words, label, capitals: is_in_capitals(words), spoken })
    }

    /// `Q:`, `Q.`, `Answer:`
    fn asks_or_answers(&self, at: usize) -> Option<Found> {
        let word = self.word(at);
        let short = word.strip_suffix('.');
        let sign = self.tokens.get(at + 1).filter(|next| matches!(next.kind, TokenKind::Colon | TokenKind::Stop));
        let start = if short.is_some() { at + 1 } else { sign.map(|_| at + 2)? };
        let id = self.lexicons.words.find(short.unwrap_or(word));
        let is = |kind| self.lexicons.descriptions.is(kind, id);
        let label = match () {
            () if is(DescriptionKind::Question) => Label::Unnamed,
            () if is(DescriptionKind::Answer) => Label::Answer,
            () => return None,
        };
        Some(Found { end: at + 1, start, label: Some(label) })
    }

    /// A label of names, titles and roles: `Mayor Lee`, `SENATOR ANN LEE (GREENS)`.
    fn named(&self, label: Range<usize>) -> Option<Found> {
        let end = label.clone().find(|at| self.tokens[*at].kind == TokenKind::Open).unwrap_or(label.end);
        let closed = end == label.end || self.tokens[label.end - 1].kind == TokenKind::Close;
        let names = closed && !self.is_unidentified(&label) && (label.start..end).all(|at| self.may_name(at));
        names.then_some(Found { end, start: label.end + 1, label: Some(Label::Name) })
    }

    /// A label in capitals: a name and who that is, `ANN LEE, KBN ANCHOR`, or somebody without one, `UNIDENTIFIED MALE`. Any
    /// other, `CAPTION`, only ends the turn before.
    fn shouted(&self, label: Range<usize>) -> Option<Found> {
        if !is_in_capitals(self.words(label.clone())) {
            return None;
        }
        let start = label.end + 1;
        if self.is_unidentified(&label) {
            return Some(Found { end: label.end, start, label: Some(Label::Unnamed) });
        }
        let is_sign = |at: &usize| matches!(self.tokens[*at].kind, TokenKind::Comma | TokenKind::Open);
        let end = label.clone().find(is_sign).unwrap_or(label.end);
        let named = end < label.end && (label.start..end).all(|at| self.may_name(at));
        Some(Found { end, start, label: named.then_some(Label::Name) })
    }

    /// `UNIDENTIFIED MALE`, `QUESTION FROM AUDIENCE`; not `All`, which may open a sentence.
    fn is_unidentified(&self, label: &Range<usize>) -> bool {
        let kinds = [DescriptionKind::Unidentified, DescriptionKind::Question];
        let tells = |at: usize| {
            let word = self.lexicons.words.find(self.word(at));
            kinds.iter().any(|kind| self.lexicons.descriptions.is(*kind, word))
        };
        is_in_capitals(self.words(label.clone())) && label.clone().any(tells)
    }

    fn may_name(&self, at: usize) -> bool {
        let classes = self.lexicons.words.classes_of(self.word(at));
        self.tokens[at].is_capitalised() && (!classes.any(PLAIN) || classes.any(PEOPLE))
            || classes.any(Classes::of(&[Class::Definite, Class::Particle, Class::Of]))
    }

    /// The turns, if this is a transcript: two labels and more, one of them again, and mostly people who talk to each other.
    fn turns(&self, openings: &[Opening]) -> Vec<Quotation> {
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for opening in openings {
            *counts.entry(opening.last_word()).or_default() += 1;
        }
        let (counts, longer) = (&counts, OnceCell::new());
        let bears = |words: &str| longer.get_or_init(|| endings(openings)).contains(words);
        let is_label = |opening: &Opening| {
            (opening.capitals || opening.label != Label::Name || counts[opening.last_word()] > 1)
                && (!self.is_place(opening) || bears(opening.words))
        };
        let known = |opening: &&Opening| opening.spoken && is_label(opening);
        let labelled = openings.iter().filter(known).count();
        let again = openings.iter().filter(known).any(|opening| counts[opening.last_word()] > 1);
        let first = openings.iter().find(known).map(Opening::last_word);
        let several = openings.iter().filter(known).any(|opening| Some(opening.last_word()) != first);
        let talk = openings.iter().filter(known).filter(|opening| self.is_talk(opening)).count();
        if labelled < FEWEST_TURNS || !again || !several || talk * SPOKEN < labelled {
            return Vec::new();
        }
        let end = |at: usize| openings.get(at + 1).map_or(openings[at].paragraph + 1, |next| next.paragraph);
        let turns = openings.iter().enumerate().filter(|(_, opening)| known(opening));
        turns.map(|(at, opening)| self.turn(opening, end(at))).collect()
    }

    /// `LONDON: Three ports closed.` may come from a place.
    fn is_place(&self, opening: &Opening) -> bool {
        let words: Vec<WordId> = opening.words.split(' ').map(|word| self.lexicons.words.find(word)).collect();
        let listed = self.lexicons.phrases.longest(&words).filter(|(length, _)| *length == words.len());
        let place = |meaning: &Meaning| match meaning {
            Meaning::Party(party) => {
                let kind = self.lexicons.parties[*party as usize].kind;
                matches!(kind, PartyKind::Place | PartyKind::Government)
            }
            meaning => matches!(meaning, Meaning::Capital(_)),
        };
        listed.is_some_and(|(_, meanings)| meanings.iter().any(place))
    }

    /// Whether somebody asks, or speaks of himself or to somebody, in the paragraph that a label opens.
    fn is_talk(&self, opening: &Opening) -> bool {
        let mut words = opening.start..self.paragraphs[opening.paragraph].end;
        words.any(|at| {
            let word = self.word(at);
            let subject = word.split(['\'', '’']).next().unwrap_or(word);
            let pronoun = self.lexicons.pronouns.get(&self.lexicons.words.find(subject));
            word == "?" || pronoun.is_some_and(|pronoun| pronoun.person < 3 && pronoun.person > 0)
        })
    }

    /// What is said until the paragraph `end`: not what stands in brackets, `(LAUGHTER)`, nor what comes after that or after a
    /// quotation.
    fn turn(&self, opening: &Opening, end: usize) -> Quotation {
        let first = opening.paragraph;
        let aside = |paragraph: &usize| {
            let kind = self.tokens[self.paragraphs[*paragraph].start].kind;
            matches!(kind, TokenKind::Open | TokenKind::Stop) || self.quotes(*paragraph)
        };
        let end = end.min(first + 1 + LONGEST_TURN);
        let until = (first + 1..end).find(aside).unwrap_or(end);
        let words = opening.start..self.paragraphs[until - 1].end;
        let span = self.tokens[words.start].span().join(self.tokens[words.end - 1].span());
        Quotation { span, tokens: words, paragraph: first, closed: false, label: Some(opening.label) }
    }

    /// Whether somebody is quoted in a paragraph: the reporter may be back.
    fn quotes(&self, paragraph: usize) -> bool {
        let double = |token: &Token| token.kind == TokenKind::Mark && !token.mark().is_single();
        self.tokens[self.paragraphs[paragraph].clone()].iter().any(double)
    }

    fn words(&self, tokens: Range<usize>) -> &'a str {
        self.tokens[tokens.start].span().join(self.tokens[tokens.end - 1].span()).of(self.text)
    }

    fn word(&self, at: usize) -> &'a str {
        self.tokens[at].span().of(self.text)
    }
}

/// What the labels end in: who is called so is no place.
fn endings<'a>(openings: &[Opening<'a>]) -> FxHashSet<&'a str> {
    let words = openings.iter().map(|opening| opening.words);
    words.flat_map(|words| words.match_indices(' ').map(|(at, _)| &words[at + 1..])).collect()
}

fn is_in_capitals(words: &str) -> bool {
    !words.contains(char::is_lowercase)
}
