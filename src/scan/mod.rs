//! What stands in a text: tokens with their classes, paragraphs, sentences, quotations and mentions. One pass each;
//! decides nothing about who said what.

mod captions;
pub mod mention;
pub mod quotation;
pub mod token;
mod transcript;

use std::ops::Range;

use crate::Document;
use crate::lexicon::Lexicons;
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::words::{Class, Classes, OtherWords, WordCache, WordId};
use mention::Mention;
use quotation::Quotation;
use token::{Token, TokenKind};

/// What the scan of a document found, in text order.
#[derive(Clone, Debug, Default)]
pub struct Scan {
    /// Every token.
    pub tokens: Vec<Token>,
    /// For each token the number of its word: of the lexicons, or beyond theirs for another capitalised one; 0 for a
    /// small word that no lexicon has and for a sign.
    pub words: Vec<WordId>,
    /// For each token the classes of its word.
    pub classes: Vec<Classes>,
    /// Token ranges of the paragraphs.
    pub paragraphs: Vec<Range<usize>>,
    /// For each paragraph whether it is a line beside the running text: a caption, a sub-heading.
    pub captions: Vec<bool>,
    /// Token ranges of the sentences, which may span quotations.
    pub sentences: Vec<Range<usize>>,
    /// Stretches between outer quotation marks.
    pub quotations: Vec<Quotation>,
    /// Mentions of parties; a mention may stand within a longer one.
    pub mentions: Vec<Mention>,
    /// Turns of a transcript, without marks, that nobody asked for.
    pub turns_left_out: usize,
}

/// Where the pronouns and nominals of a text are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// In and around quotations.
    NearQuotations,
    /// In the whole text.
    Everywhere,
}

/// What a line that leads to a quotation has: `Lee said in a statement`.
const REPORTS: Classes = Classes::of(&[Class::Say, Class::Strong, Class::Tell]);
/// Tokens of a headline, at most.
const LONGEST_HEADLINE: usize = 30;

/// What is looked for as speech.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speech {
    /// What stands between marks.
    #[default]
    Marked,
    /// The turns of transcripts too, which have no marks.
    WithTurns,
}

impl Scan {
    /// Scans a document. Without a quotation it holds no mentions: there is nothing to tell about names.
    #[must_use]
    pub fn of(document: &Document, lexicons: &Lexicons) -> Self {
        Self::reusing(Self::default(), document, Speech::Marked, lexicons)
    }

    /// The same, in the room that another scan took.
    #[must_use]
    pub fn reusing(used: Self, document: &Document, speech: Speech, lexicons: &Lexicons) -> Self {
        used.reaching(Extent::NearQuotations, document, speech, lexicons)
    }

    /// Scans a text whose mentions matter everywhere, quoted or not.
    #[must_use]
    pub fn whole(document: &Document, lexicons: &Lexicons) -> Self {
        Self::default().reaching(Extent::Everywhere, document, Speech::Marked, lexicons)
    }

    fn reaching(self, extent: Extent, document: &Document, speech: Speech, lexicons: &Lexicons) -> Self {
        let text = document.text.as_str();
        let Self { mut tokens, mut words, mut classes, mut mentions, .. } = self;
        tokens.clear();
        tokens.reserve(text.len() / 5);
        words.clear();
        classes.clear();
        mentions.clear();
        let is_abbreviation = |word: &str, after: &str| lexicons.is_abbreviation(word, after);
        token::tokenize(text, document.body, &is_abbreviation, &mut tokens);
        let paragraphs = paragraphs_of(&tokens);
        let quotations =
            quotation::find_quotations(text, &tokens, &paragraphs, &|word| lexicons.words.classes_of(word));
        let turns = transcript::turns(text, &tokens, &paragraphs, lexicons);
        let (quotations, turns_left_out) = match speech {
            Speech::Marked => (quotations, turns.len()),
            Speech::WithTurns => (transcript::join(quotations, turns), 0),
        };
        if quotations.is_empty() && extent == Extent::NearQuotations {
            words.resize(tokens.len(), 0);
            classes.resize(tokens.len(), Classes::default());
            let captions = vec![false; paragraphs.len()];
            return Self { tokens, words, classes, paragraphs, captions, mentions, turns_left_out, ..Self::default() };
        }
        let mut others = OtherWords::default();
        words.reserve(tokens.len());
        classes.reserve(tokens.len());
        let mut cache = lexicons.word_caches.get();
        for token in &mut tokens {
            let (word, of_word) = look_up(text, token, lexicons, &mut cache, &mut others);
            words.push(word);
            classes.push(of_word);
        }
        drop(cache);
        let reports = |at: usize| classes[at].any(REPORTS) && classes[at].has(Class::Finite);
        let captions = captions::captions(text, &tokens, &paragraphs, &quotations, &reports);
        let mut scan =
            Self { tokens, words, classes, paragraphs, captions, quotations, turns_left_out, ..Self::default() };
        scan.sentences = sentences(text, &scan, lexicons);
        mention::find_mentions(text, &scan, extent, lexicons, &mut mentions);
        scan.mentions = mentions;
        scan
    }

    /// The number of the sentence that holds a token.
    #[must_use]
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.end <= token).min(self.sentences.len().saturating_sub(1))
    }

    /// The number of the paragraph that holds a token.
    #[must_use]
    pub fn paragraph_of(&self, token: usize) -> usize {
        self.paragraphs.partition_point(|paragraph| paragraph.end <= token).min(self.paragraphs.len().saturating_sub(1))
    }

    /// For each paragraph whether it has a quotation, stands right after one that has, or so many before, captions passed over.
    #[must_use]
    pub fn near_quotations(&self, so_many: usize) -> Vec<bool> {
        let mut near = vec![false; self.paragraphs.len()];
        let (mut done, mut known) = (0, None);
        for quotation in &self.quotations {
            let last = self.paragraph_of(quotation.marked_tokens().end - 1);
            let end = (last + 2).min(near.len());
            // What is near already needs no second look, so that a text of captions and quotations stays linear.
            if known.replace(quotation.paragraph) != Some(quotation.paragraph) {
                let running = (done..quotation.paragraph).rev().filter(|before| !self.captions[*before]);
                let start = running.take(so_many).last().unwrap_or(quotation.paragraph);
                near[start..quotation.paragraph].fill(true);
            }
            near[quotation.paragraph.max(done)..end.max(done)].fill(true);
            done = done.max(end);
        }
        near
    }

    /// Whether a paragraph is one short line without a stop in which every word of more than three letters has a capital.
    #[must_use]
    pub fn is_headline(&self, paragraph: usize) -> bool {
        let range = self.paragraphs[paragraph].clone();
        let light = |token: &Token| !token.is_word() || token.is_capitalised() || token.span().len() <= 3;
        range.len() <= LONGEST_HEADLINE
            && self.kind(range.end - 1) != TokenKind::Stop
            && self.tokens[range].iter().all(light)
    }

    /// The quotation that holds a token, if one does.
    #[must_use]
    pub fn quotation_at(&self, token: usize) -> Option<usize> {
        let after = self.quotations.partition_point(|quotation| quotation.tokens.start <= token);
        let candidate = after.checked_sub(1)?;
        (token < self.quotations[candidate].tokens.end).then_some(candidate)
    }

    /// Whether the token at `at` has the class.
    #[must_use]
    pub fn has(&self, at: usize, class: Class) -> bool {
        self.classes.get(at).is_some_and(|classes| classes.has(class))
    }

    /// What kind of token stands at `at`; a sentence stop where none does.
    #[must_use]
    pub fn kind(&self, at: usize) -> TokenKind {
        self.tokens.get(at).map_or(TokenKind::Stop, |token| token.kind)
    }
}

fn look_up(
    text: &str,
    token: &mut Token,
    lexicons: &Lexicons,
    cache: &mut WordCache,
    others: &mut OtherWords,
) -> (WordId, Classes) {
    let place = (token.start as usize, token.end() as usize);
    match token.kind {
        TokenKind::Lower => {
            let found = lexicons.words.number_in(text, place, cache, None);
            let Some(name) = (found.0 == 0).then(|| name_within(text, *token, lexicons)).flatten() else {
                return found;
            };
            token.kind = TokenKind::Capital;
            lexicons.words.number_in(text, (name, place.1), cache, Some(others))
        }
        TokenKind::Capital | TokenKind::Upper => lexicons.words.number_in(text, place, cache, Some(others)),
        TokenKind::Symbol if token.span().of(text) == "&" => lexicons.words.number_in("&", (0, 1), cache, None),
        // `No 10`, `Channel 4`
        TokenKind::Number if token.span().len() <= 2 => lexicons.words.number_in(text, place, cache, None),
        TokenKind::Possessive => lexicons.words.number_in("'s", (0, 2), cache, None),
        _ => (0, Classes::default()),
    }
}

/// Where the family name begins in `al-Harani`, `d’Orval`; it alone tells who is meant, as `Harani` does.
fn name_within(text: &str, token: Token, lexicons: &Lexicons) -> Option<usize> {
    let (start, word) = (token.start as usize, token.span().of(text));
    let sign = word.bytes().take(LONGEST_PREFIX).position(|byte| !byte.is_ascii_alphabetic())?;
    let rest = ["-", "'", "’"].iter().find_map(|joint| word[sign..].strip_prefix(joint))?;
    let known = || lexicons.descriptions.is(DescriptionKind::Prefix, lexicons.words.find(&word[..sign]));
    (rest.starts_with(char::is_uppercase) && known()).then_some(start + word.len() - rest.len())
}

/// Bytes of a small word before the sign that joins it to a name, and that sign.
const LONGEST_PREFIX: usize = 5;

/// Token ranges of the paragraphs.
#[must_use]
pub fn paragraphs_of(tokens: &[Token]) -> Vec<Range<usize>> {
    ranges(tokens.len(), |at| tokens[at].opens_paragraph())
}

/// Cuts `0..length` before every index that `opens`.
fn ranges(length: usize, opens: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for at in 1..length {
        if opens(at) {
            found.push(start..at);
            start = at;
        }
    }
    if start < length {
        found.push(start..length);
    }
    found
}

/// A sentence ends after a stop and its closing marks, before white space and a capital, mark or number.
fn sentences(text: &str, scan: &Scan, lexicons: &Lexicons) -> Vec<Range<usize>> {
    let mut found = Vec::with_capacity(scan.tokens.len() / 20);
    let (mut start, mut ended) = (0, false);
    for (at, token) in scan.tokens.iter().enumerate() {
        if at > start && (token.opens_paragraph() || ended && opens_sentence(text, scan, lexicons, at)) {
            found.push(start..at);
            start = at;
        }
        ended = match token.kind {
            TokenKind::Stop => true,
            TokenKind::Close | TokenKind::Mark => ended && !token.space_before(),
            TokenKind::Lower | TokenKind::Capital | TokenKind::Upper => {
                text.as_bytes()[token.end() as usize - 1] == b'.'
            }
            _ => false,
        };
    }
    if start < scan.tokens.len() {
        found.push(start..scan.tokens.len());
    }
    found
}

/// Whether the token opens a sentence, where something that may end one stands before it.
fn opens_sentence(text: &str, scan: &Scan, lexicons: &Lexicons, at: usize) -> bool {
    let token = scan.tokens[at];
    let opens = token.space_before()
        && match token.kind {
            TokenKind::Capital | TokenKind::Upper | TokenKind::Number | TokenKind::Open | TokenKind::Symbol => true,
            TokenKind::Mark => scan.tokens.get(at + 1).is_some_and(|next| !next.space_before()),
            _ => false,
        };
    let before = scan.tokens[at - 1];
    opens && (!before.is_word() || abbreviation_ends(before.span().of(text), scan, lexicons, at))
}

/// Words that open a sentence.
const OPENERS: Classes = Classes::of(&[
    Class::Determiner,
    Class::Subject,
    Class::Preposition,
    Class::And,
    Class::Subordinator,
    Class::Adverb,
]);

/// `U.S.` or `Inc.` ends a sentence before a word that opens one (`The`, `He`), never before a name.
fn abbreviation_ends(word: &str, scan: &Scan, lexicons: &Lexicons, at: usize) -> bool {
    let opens = scan.tokens[at].kind == TokenKind::Mark || scan.classes[at].any(OPENERS);
    let is_title =
        || lexicons.abbreviations.get(&word.trim_end_matches('.').to_lowercase()).map(String::as_str) == Some("title");
    opens && word.len() != 2 && !is_title()
}
