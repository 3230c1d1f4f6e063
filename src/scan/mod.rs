//! What stands in a text: tokens with their classes, paragraphs, sentences, quotations and mentions. One pass each;
//! decides nothing about who said what.

mod captions;
mod datelines;
mod look_up;
pub mod mention;
mod places;
pub mod quotation;
mod sentences;
pub mod token;
mod transcript;

use std::ops::Range;

use smallvec::{SmallVec, smallvec};

use crate::Document;
use crate::lexicon::Lexicons;
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::sets::REPORTING;
use crate::lexicon::word_cache::WordCache;
use crate::lexicon::words::{Class, Classes, Glance, WordId};
use mention::{Mention, Openings};
pub(crate) use places::Places;
use quotation::Quotation;
use token::{Landmarks, Token, TokenKind};

/// What the scan of a document found, in text order.
#[derive(Clone, Debug, Default)]
pub struct Scan {
    /// Every token.
    pub tokens: Vec<Token>,
    /// Where the tokens stand that cut the text.
    pub landmarks: Landmarks,
    /// For each token the number of its word: of the lexicons, or beyond theirs for another capitalised one; 0 for a
    /// small word that no lexicon has and for a sign. None where nothing is quoted.
    pub words: Vec<WordId>,
    /// For each token the classes of its word. None where nothing is quoted.
    pub classes: Vec<Classes>,
    /// For each token what it tells at a glance. None where nothing is quoted.
    pub glances: Vec<Glance>,
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
    /// Token ranges that tell where the report comes from.
    datelines: Vec<Range<usize>>,
    /// Turns of a transcript, without marks, that nobody asked for.
    pub turns_left_out: usize,
    /// Where mentions may begin.
    openings: Openings,
}

/// A text, its tokens and its paragraphs, which are ranges of them.
#[derive(Clone, Copy, Debug)]
pub struct Layout<'a> {
    /// The text.
    pub text: &'a str,
    /// Every token.
    pub tokens: &'a [Token],
    /// Where the tokens stand that cut the text.
    pub landmarks: &'a Landmarks,
    /// Token ranges of the paragraphs.
    pub paragraphs: &'a [Range<usize>],
}

/// Where the pronouns and nominals of a text are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// In and around quotations.
    NearQuotations,
    /// In the whole text.
    Everywhere,
}

/// For each paragraph whether it is near a quotation; few articles have more.
pub(crate) type Near = SmallVec<[bool; 128]>;

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

/// A part of a scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Finds tokens and paragraphs.
    Tokens,
    /// Finds quotations.
    Quotations,
    /// Looks up the words; finds sentences.
    Words,
    /// Finds the mentions.
    Mentions,
}

impl Phase {
    /// In the order in which they are taken.
    pub(crate) const ALL: [Self; 4] = [Self::Tokens, Self::Quotations, Self::Words, Self::Mentions];
}

impl Scan {
    /// Scans a document. Without a quotation it holds no mentions: there is nothing to tell about names.
    #[must_use]
    pub fn of(document: &Document, lexicons: &Lexicons) -> Self {
        let mut scan = Self::default();
        for phase in Phase::ALL {
            scan.take(phase, document, Speech::Marked, lexicons);
        }
        scan
    }

    /// Scans a text whose mentions matter everywhere, quoted or not.
    #[must_use]
    pub fn whole(document: &Document, lexicons: &Lexicons) -> Self {
        let mut scan = Self::default();
        let text = document.text.as_str();
        scan.find_tokens(document, lexicons);
        scan.find_quotations(text, Speech::Marked, lexicons);
        scan.look_up(text, lexicons);
        scan.find_mentions(text, Extent::Everywhere, lexicons);
        scan
    }

    /// Takes the next of [`Phase::ALL`]; the first forgets what was scanned before.
    pub(crate) fn take(&mut self, phase: Phase, document: &Document, speech: Speech, lexicons: &Lexicons) {
        let text = document.text.as_str();
        match phase {
            Phase::Tokens => self.find_tokens(document, lexicons),
            Phase::Quotations => self.find_quotations(text, speech, lexicons),
            _ if self.quotations.is_empty() => {}
            Phase::Words => self.look_up(text, lexicons),
            Phase::Mentions => self.find_mentions(text, Extent::NearQuotations, lexicons),
        }
    }

    fn find_tokens(&mut self, document: &Document, lexicons: &Lexicons) {
        let text = document.text.as_str();
        let mut cache = lexicons.word_caches.get();
        let cache: &mut WordCache = &mut cache;
        let mut is_abbreviation = |word| lexicons.is_abbreviation(text, word, cache);
        token::tokenize(text, document.article_start(), &mut is_abbreviation, &mut self.tokens, &mut self.landmarks);
        self.paragraphs.clear();
        self.paragraphs.extend(self.landmarks.paragraphs(self.tokens.len()));
    }

    fn find_quotations(&mut self, text: &str, speech: Speech, lexicons: &Lexicons) {
        let Self { tokens, landmarks, paragraphs, .. } = self;
        let layout = Layout { text, tokens, landmarks, paragraphs };
        let quotations = quotation::find_quotations(layout, &|word| lexicons.words.classes_of(word));
        let turns = transcript::turns(layout, lexicons);
        (self.quotations, self.turns_left_out) = match speech {
            Speech::Marked => (quotations, turns.len()),
            Speech::WithTurns => (transcript::join(quotations, turns), 0),
        };
        self.mentions.clear();
        self.datelines.clear();
        self.sentences.clear();
        self.captions.clear();
        if self.quotations.is_empty() {
            self.words.clear();
            self.classes.clear();
            self.glances.clear();
            self.captions.resize(self.paragraphs.len(), false);
        }
    }

    fn look_up(&mut self, text: &str, lexicons: &Lexicons) {
        let Self { tokens, landmarks, words, classes, glances, paragraphs, quotations, .. } = self;
        look_up::look_up(text, tokens, lexicons, &mut lexicons.word_caches.get(), (words, classes, glances));
        let reports = |at: usize| classes[at].any(REPORTING) && classes[at].has(Class::Finite);
        let layout = Layout { text, tokens, landmarks, paragraphs };
        captions::find_captions(layout, quotations, &reports, &mut self.captions);
        self.openings.find(glances);
        let mut sentences = std::mem::take(&mut self.sentences);
        sentences::find_sentences(text, self, lexicons, &mut sentences);
        self.sentences = sentences;
    }

    fn find_mentions(&mut self, text: &str, extent: Extent, lexicons: &Lexicons) {
        let mut mentions = std::mem::take(&mut self.mentions);
        mention::find_mentions(text, self, extent, lexicons, &mut mentions);
        self.mentions = mentions;
        self.find_datelines();
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
    pub(crate) fn near_quotations(&self, so_many: usize) -> Near {
        let mut near: Near = smallvec![false; self.paragraphs.len()];
        let (mut done, mut known) = (0, None);
        for quotation in &self.quotations {
            let ends = |paragraph: &Range<usize>| paragraph.end >= quotation.marked_tokens().end;
            let more = self.paragraphs[quotation.paragraph..].iter().position(ends).unwrap_or(0);
            let end = (quotation.paragraph + more + 2).min(near.len());
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

    /// The sentence in which the quotation of a mention opens; its own outside.
    #[must_use]
    pub(crate) fn opening_sentence(&self, mention: &Mention) -> u32 {
        let quotation = mention.quotation.and_then(|quotation| self.quotations.get(quotation as usize));
        quotation.map_or(mention.sentence, |quotation| self.sentence_of(quotation.tokens.start) as u32)
    }

    /// The quotation that holds a token, if one does.
    #[must_use]
    pub fn quotation_at(&self, token: usize) -> Option<usize> {
        let after = self.quotations.partition_point(|quotation| quotation.tokens.start <= token);
        let candidate = after.checked_sub(1)?;
        (token < self.quotations[candidate].tokens.end).then_some(candidate)
    }

    /// `Q:`, `A:`: whether a token at the start of a paragraph is all that tells who asks or answers.
    #[must_use]
    pub(crate) fn is_answer_label(&self, at: usize, lexicons: &Lexicons) -> bool {
        self.is_label(at, &[DescriptionKind::Question, DescriptionKind::Answer], lexicons)
    }

    /// Whether a paragraph opens at `at` with a word and a colon that tell what kind of text follows: `EXCLUSIVE:`.
    pub(crate) fn is_notice(&self, at: usize, lexicons: &Lexicons) -> bool {
        self.is_label(at, &[DescriptionKind::Notice], lexicons)
    }

    /// Whether a paragraph opens at `at` with a colon behind a word of one of the kinds.
    fn is_label(&self, at: usize, kinds: &[DescriptionKind], lexicons: &Lexicons) -> bool {
        let opens = self.kind(at + 1) == TokenKind::Colon && self.tokens[at].opens_paragraph();
        opens && kinds.iter().any(|kind| lexicons.descriptions.is(*kind, self.words[at]))
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
