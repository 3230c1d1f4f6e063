//! Text to tokens in one pass over the bytes: words, numbers, punctuation, quotation marks, paragraph breaks. Knows
//! typography, no language: what a word means is looked up later, once a token.

mod letters;
mod plain;
mod tokenizer;

use std::ops::Range;

use crate::Span;
pub use tokenizer::tokenize;

/// What a token is by its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word that begins in lower case.
    Lower,
    /// A word that begins with a capital and goes on in lower case, or a single capital letter.
    Capital,
    /// A word of two or more capitals (`NATO`), or an initialism with stops (`U.S.`).
    Upper,
    /// Digits, with their separators and letters (`59`, `1,200`, `4th`).
    Number,
    /// The clitic `'s` or `’s`, or a plural's bare apostrophe.
    Possessive,
    /// `,`
    Comma,
    /// `.`, `?`, `!` or `…` that may end a sentence.
    Stop,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// A dash of any length, or a hyphen with a space beside it.
    Dash,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// A quotation mark of any kind; [`Token::mark`] tells which.
    Mark,
    /// Anything else.
    Symbol,
}

/// The signs that quotation marks are written with.
pub const MARK_SIGNS: [char; 20] =
    ['"', '“', '”', '„', '‟', '❝', '❞', '〝', '〞', '″', '＂', '\'', '‘', '’', '‚', '«', '»', '‹', '›', '`'];

/// The quotation marks told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Mark {
    /// `"`, or a backslash-escaped one.
    Straight,
    /// `“`
    CurlyOpen,
    /// `”`
    CurlyClose,
    /// `„`
    Low,
    /// `«`
    AngleOpen,
    /// `»`
    AngleClose,
    /// Two backticks.
    Backticks,
    /// Two apostrophes.
    Apostrophes,
    /// `'` that is no apostrophe within a word.
    SingleStraight,
    /// `‘`
    SingleOpen,
    /// `’` that is no apostrophe within a word.
    SingleClose,
}

const MARKS: [Mark; 11] = [
    Mark::Straight,
    Mark::CurlyOpen,
    Mark::CurlyClose,
    Mark::Low,
    Mark::AngleOpen,
    Mark::AngleClose,
    Mark::Backticks,
    Mark::Apostrophes,
    Mark::SingleStraight,
    Mark::SingleOpen,
    Mark::SingleClose,
];

impl Mark {
    /// Whether the mark is one of the single ones.
    #[must_use]
    pub fn is_single(self) -> bool {
        matches!(self, Mark::SingleStraight | Mark::SingleOpen | Mark::SingleClose)
    }
}

/// A token: 8 bytes, so that an article's tokens stay in the cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte in the text.
    pub start: u32,
    length: u16,
    /// What it is.
    pub kind: TokenKind,
    flags: u8,
}

const SPACE_BEFORE: u8 = 1;
const BREAK_BEFORE: u8 = 2;
const SIGN_WITHIN: u8 = 4;
const MARK_SHIFT: u8 = 4;

impl Token {
    /// One past the last byte.
    #[must_use]
    pub fn end(self) -> u32 {
        self.start + u32::from(self.length)
    }

    /// Its bytes in the text.
    #[must_use]
    pub fn span(self) -> Span {
        Span { start: self.start, end: self.end() }
    }

    /// Whether white space, a tag or the start of the text stands before it.
    #[must_use]
    pub fn space_before(self) -> bool {
        self.flags & SPACE_BEFORE != 0
    }

    /// Whether it opens a paragraph.
    #[must_use]
    pub fn opens_paragraph(self) -> bool {
        self.flags & BREAK_BEFORE != 0
    }

    /// Whether it is a word with a hyphen, an apostrophe or another sign within.
    #[must_use]
    pub fn has_sign_within(self) -> bool {
        self.flags & SIGN_WITHIN != 0
    }

    /// Which quotation mark it is; `Straight` for a token that is none.
    #[must_use]
    pub fn mark(self) -> Mark {
        MARKS[usize::from(self.flags >> MARK_SHIFT)]
    }

    /// Whether it is a word, capitalised or not.
    #[must_use]
    pub fn is_word(self) -> bool {
        matches!(self.kind, TokenKind::Lower | TokenKind::Capital | TokenKind::Upper)
    }

    /// Whether it is a word that begins with a capital.
    #[must_use]
    pub fn is_capitalised(self) -> bool {
        matches!(self.kind, TokenKind::Capital | TokenKind::Upper)
    }
}

/// Indices of the few tokens that cut a text, in text order, so that no later pass looks at all of them again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Landmarks {
    /// The first of each paragraph.
    pub openings: Vec<u32>,
    /// Quotation marks.
    pub marks: Vec<u32>,
    /// Stops, and words that end with one: a sentence may end there.
    pub stops: Vec<u32>,
    /// Colons.
    pub colons: Vec<u32>,
}

impl Landmarks {
    fn clear(&mut self) {
        let Self { openings, marks, stops, colons } = self;
        [openings, marks, stops, colons].into_iter().for_each(Vec::clear);
    }

    /// Adds a token that is a mark or colon, or else a stop or a word that ends with one.
    fn add(&mut self, kind: TokenKind, at: usize) {
        let of_kind = match kind {
            TokenKind::Mark => &mut self.marks,
            TokenKind::Colon => &mut self.colons,
            _ => &mut self.stops,
        };
        of_kind.push(at as u32);
    }

    /// Token ranges of the paragraphs of a text of so many tokens.
    pub fn paragraphs(&self, tokens: usize) -> impl Iterator<Item = Range<usize>> {
        let ends = self.openings.iter().skip(1).map(|opening| *opening as usize).chain([tokens]);
        self.openings.iter().zip(ends).map(|(start, end)| *start as usize..end)
    }
}
