//! Text to tokens in one pass over the bytes: words, numbers, punctuation, quotation marks, paragraph breaks. Knows
//! typography, no language: what a word means is looked up later, once a token.

use crate::Span;

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

/// Elements that are paragraphs of their own.
const BLOCKS: [&[u8]; 11] = [b"p", b"br", b"div", b"li", b"h1", b"h2", b"h3", b"h4", b"tr", b"blockquote", b"ul"];
/// A tag longer than this is text: the search for its end must not cost more than the text is long.
const LONGEST_TAG: usize = 2_000;
/// A word longer than this is cut into several tokens.
const LONGEST_WORD: usize = 60_000;

/// The tokens of `text` from byte `from` on. `is_abbreviation` tells whether a word keeps the full stop that follows
/// it (`Mr`), given what stands behind that.
pub fn tokenize(text: &str, from: usize, is_abbreviation: &dyn Fn(&str, &str) -> bool, tokens: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let letters = Letters::of(bytes);
    let mut tokenizer =
        Tokenizer { text, bytes, letters, at: from, flags: SPACE_BEFORE | BREAK_BEFORE, is_abbreviation };
    tokenizer.run(tokens);
}

/// Which bytes of a text are ASCII letters or digits, a bit a byte: the length of a word is read off in one step.
struct Letters(Vec<u64>);

impl Letters {
    const BLOCK: usize = 64;

    fn of(bytes: &[u8]) -> Self {
        let (blocks, rest) = bytes.as_chunks::<{ Self::BLOCK }>();
        let mut last = [0; Self::BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        Self(blocks.iter().chain([&last, &[0; Self::BLOCK]]).map(Self::block).collect())
    }

    /// The bits of a block. First one byte of 0 or 1 each, which the compiler turns into wide instructions; then eight
    /// of them at a time are moved into one byte by a multiplication.
    fn block(bytes: &[u8; Self::BLOCK]) -> u64 {
        let flags: [u8; Self::BLOCK] = std::array::from_fn(|i| {
            let byte = bytes[i];
            u8::from((byte | 0x20).wrapping_sub(b'a') < 26) | u8::from(byte.wrapping_sub(b'0') < 10)
        });
        let (eights, _) = flags.as_chunks::<8>();
        let gathered = eights.iter().map(|eight| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56);
        gathered.enumerate().fold(0, |bits, (i, byte)| bits | byte << (8 * i))
    }

    /// How many letters and digits follow each other from `at` on; no more than are looked at in one step.
    fn run(&self, at: usize) -> usize {
        let (block, bit) = (at / Self::BLOCK, at % Self::BLOCK);
        let ones = (!(self.0[block] >> bit)).trailing_zeros() as usize;
        if bit + ones < Self::BLOCK { ones } else { Self::BLOCK - bit + self.0[block + 1].trailing_ones() as usize }
    }
}

/// What begins at a byte.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    Word,
    Space,
    Line,
    Tag,
    Wide,
    Sign,
}

static STARTS: [Start; 256] = {
    let mut table = [Start::Sign; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'\n' | b'\r' => Start::Line,
            b'<' => Start::Tag,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Start::Word,
            0x80.. => Start::Wide,
            0..=b' ' | 0x7f => Start::Space,
            _ => Start::Sign,
        };
        byte += 1;
    }
    table
};

struct Tokenizer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    letters: Letters,
    at: usize,
    flags: u8,
    is_abbreviation: &'a dyn Fn(&str, &str) -> bool,
}

impl Tokenizer<'_> {
    fn run(&mut self, tokens: &mut Vec<Token>) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match STARTS[usize::from(byte)] {
                Start::Word => tokens.push(self.ascii_word()),
                Start::Space => self.space(1),
                Start::Line => self.line_break(),
                Start::Tag if self.skip_tag() => {}
                Start::Wide => tokens.extend(self.wide()),
                Start::Tag | Start::Sign => tokens.push(self.punctuation(byte)),
            }
        }
    }

    fn space(&mut self, length: usize) {
        self.flags |= SPACE_BEFORE;
        self.at += length;
    }

    /// A word or number that begins with an ASCII letter or digit. Most stand before a space and are nothing but
    /// letters: those are done here at once.
    fn ascii_word(&mut self) -> Token {
        let length = self.letters.run(self.at);
        if self.bytes.get(self.at + length) != Some(&b' ') {
            return self.word(self.at);
        }
        let token = self.take(self.kind_of(self.at, self.at + length), length);
        self.space(1);
        token
    }

    fn take(&mut self, kind: TokenKind, length: usize) -> Token {
        let token = Token { start: self.at as u32, length: length as u16, kind, flags: self.flags };
        self.at += length;
        self.flags = 0;
        token
    }

    fn take_mark(&mut self, mark: Mark, length: usize) -> Token {
        let mut token = self.take(TokenKind::Mark, length);
        token.flags |= (mark as u8) << MARK_SHIFT;
        token
    }

    /// A blank line ends a paragraph; a single line break does unless the line was only wrapped.
    fn line_break(&mut self) {
        let before = self.bytes[..self.at].iter().rev().find(|b| !b" \t\r".contains(b)).copied();
        let mut breaks = 0;
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' => breaks += 1,
                b' ' | b'\t' | b'\r' => {}
                _ => break,
            }
            self.at += 1;
        }
        let wrapped = breaks < 2
            && self.bytes.get(self.at).is_some_and(u8::is_ascii_lowercase)
            && before.is_some_and(|b| b.is_ascii_alphanumeric() || b == b',');
        self.flags |= if wrapped { SPACE_BEFORE } else { SPACE_BEFORE | BREAK_BEFORE };
    }

    /// Passes over `<tag …>`; the end of a block element ends the paragraph.
    fn skip_tag(&mut self) -> bool {
        let rest = &self.bytes[self.at + 1..];
        if !rest.first().is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!')) {
            return false;
        }
        let window = &rest[..rest.len().min(LONGEST_TAG)];
        let Some(end) = memchr::memchr2(b'>', b'<', window).filter(|&end| window[end] == b'>') else { return false };
        let name: &[u8] = &window[..end];
        let name = name.strip_prefix(b"/").unwrap_or(name);
        let length = name.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(name.len());
        if BLOCKS.iter().any(|block| block.eq_ignore_ascii_case(&name[..length])) {
            self.flags |= BREAK_BEFORE;
        }
        self.flags |= SPACE_BEFORE;
        self.at += 1 + end + 1;
        true
    }

    /// A word or number that begins at the current byte.
    fn word(&mut self, start: usize) -> Token {
        let mut end = start;
        loop {
            let run = self.letters.run(end);
            end += run;
            let Some(&byte) = self.bytes.get(end) else { break };
            if run > Letters::BLOCK && byte.is_ascii_alphanumeric() {
                continue;
            }
            let inner = if byte == b' ' { 0 } else { self.inner_sign(byte, start, end) };
            if inner == 0 {
                break;
            }
            end += inner;
        }
        if end - start > LONGEST_WORD {
            end = start + LONGEST_WORD;
            while !self.text.is_char_boundary(end) {
                end -= 1;
            }
        }
        let kind = self.kind_of(start, end);
        if self.bytes.get(end) == Some(&b'.')
            && kind != TokenKind::Number
            && (self.is_abbreviation)(&self.text[start..end], &self.text[end + 1..])
        {
            end += 1;
        }
        self.take(kind, end - start)
    }

    /// Bytes of the sign at `at` if it belongs to the word that began at `start`, else 0.
    fn inner_sign(&self, byte: u8, start: usize, at: usize) -> usize {
        match byte {
            b'-' | b'&' => usize::from(self.joins(start, at, 1)),
            b'.' => usize::from(self.is_initial(start, at) || self.is_in_number(start, at)),
            b',' => usize::from(self.is_in_number(start, at)),
            b'\'' => usize::from(self.is_inner_apostrophe(at, 1)),
            0x80.. => self.wide_letter(start, at),
            _ => 0,
        }
    }

    fn kind_of(&self, start: usize, end: usize) -> TokenKind {
        match self.bytes[start] {
            b'a'..=b'z' => return TokenKind::Lower,
            b'0'..=b'9' => return TokenKind::Number,
            b'A'..=b'Z' if self.bytes.get(start + 1).is_some_and(u8::is_ascii_lowercase) => return TokenKind::Capital,
            _ => {}
        }
        let word = &self.text[start..end];
        let first = word.chars().next().unwrap_or(' ');
        if first.is_numeric() {
            return TokenKind::Number;
        }
        if !first.is_uppercase() {
            return TokenKind::Lower;
        }
        let upper = word.chars().filter(|c| c.is_uppercase()).nth(1).is_some() && !word.chars().any(char::is_lowercase);
        if upper { TokenKind::Upper } else { TokenKind::Capital }
    }

    /// `1,200`, `3.5`
    fn is_in_number(&self, start: usize, at: usize) -> bool {
        at - start < 40
            && self.is_digit(at + 1)
            && self.bytes[start..at].iter().all(|byte| byte.is_ascii_digit() || b".,".contains(byte))
    }

    /// Bytes of the letter beyond ASCII, or apostrophe within the word, at `at`; 0 for another sign.
    fn wide_letter(&self, start: usize, at: usize) -> usize {
        let c = self.char_at(at);
        let belongs = match c {
            '’' => self.is_inner_apostrophe(at, 3),
            // A soft hyphen is not seen.
            '\u{ad}' => at > start && self.text[at + 2..].starts_with(char::is_alphabetic),
            // `HernÃ¡n`: the second half of a letter that was decoded wrongly; the first may be an A and its tilde apart.
            '\u{80}'..='\u{bf}' if c != '«' && c != '»' && c != '\u{a0}' => {
                let before = &self.text[..at];
                c.is_alphanumeric()
                    || before.ends_with('Ã')
                    || before.ends_with("A\u{303}")
                    || at > start + 2 && (before.ends_with('Â') || before.ends_with("A\u{302}"))
            }
            _ => c.is_alphanumeric() || is_combining(c),
        };
        if belongs { c.len_utf8() } else { 0 }
    }

    /// A hyphen or ampersand between two letters or digits belongs to the word.
    fn joins(&self, start: usize, at: usize, length: usize) -> bool {
        at > start && self.is_word_byte(at + length) && self.is_word_byte(at - 1)
            || at > start && self.bytes[at - 1] == b'.' && self.is_word_byte(at + length)
    }

    /// Whether the full stop at `at` closes a single letter: `J.`, `U.S.`, `a.m.`.
    fn is_initial(&self, start: usize, at: usize) -> bool {
        let single = |i: usize| self.bytes[i].is_ascii_alphabetic() && (i == start || self.bytes[i - 1] == b'.');
        if at == start || !single(at - 1) {
            return false;
        }
        let capital = self.bytes[at - 1].is_ascii_uppercase();
        let letter_follows =
            self.bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) && self.bytes.get(at + 2) == Some(&b'.');
        capital || letter_follows || at - 1 > start
    }

    /// `'` within a word (`don't`), but not before a possessive s (`Trump's`).
    fn is_inner_apostrophe(&self, at: usize, length: usize) -> bool {
        if !self.is_word_byte(at + length) || self.is_digit(at + length) {
            return false;
        }
        self.clitic(at + length).is_none()
    }

    /// Bytes of the clitic that stands at `at`, after its apostrophe: `s`, `m`, `d`, `re`, `ll`, `ve`.
    fn clitic(&self, at: usize) -> Option<usize> {
        let rest = &self.bytes[at.min(self.bytes.len())..];
        let length = match rest {
            [a, b, ..] if [*b"re", *b"ll", *b"ve"].contains(&[a.to_ascii_lowercase(), b.to_ascii_lowercase()]) => 2,
            [b's' | b'S' | b'm' | b'M' | b'd' | b'D', ..] => 1,
            _ => return None,
        };
        (!self.is_word_byte(at + length)).then_some(length)
    }

    fn is_word_byte(&self, at: usize) -> bool {
        self.bytes.get(at).is_some_and(u8::is_ascii_alphanumeric)
            || self.bytes.get(at).is_some_and(|b| *b >= 0x80)
                && self.text.is_char_boundary(at)
                && self.char_at(at).is_alphabetic()
    }

    fn is_digit(&self, at: usize) -> bool {
        self.bytes.get(at).is_some_and(u8::is_ascii_digit)
    }

    fn char_at(&self, at: usize) -> char {
        self.text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('\0')
    }

    /// A token that begins with a character beyond ASCII, or none where that was white space.
    fn wide(&mut self) -> Option<Token> {
        let c = self.char_at(self.at);
        let length = c.len_utf8();
        Some(match c {
            '“' => self.take_mark(Mark::CurlyOpen, length),
            '”' | '‟' | '〞' => self.take_mark(Mark::CurlyClose, length),
            '„' => self.take_mark(Mark::Low, length),
            '«' => self.take_mark(Mark::AngleOpen, length),
            '»' => self.take_mark(Mark::AngleClose, length),
            '‘' | '‚' => self.take_mark(Mark::SingleOpen, length),
            '’' | '‛' => self.apostrophe(Mark::SingleClose, length),
            '–' | '—' | '―' | '‒' => self.take(TokenKind::Dash, length),
            '…' => self.take(TokenKind::Stop, length),
            '\u{2028}' | '\u{2029}' | '\u{85}' => {
                self.at += length;
                self.flags |= SPACE_BEFORE | BREAK_BEFORE;
                return None;
            }
            c if c.is_whitespace() || is_invisible(c) => {
                self.at += length;
                self.flags |= SPACE_BEFORE;
                return None;
            }
            c if c.is_alphanumeric() => self.word(self.at),
            _ => self.take(TokenKind::Symbol, length),
        })
    }

    fn punctuation(&mut self, byte: u8) -> Token {
        let next = self.bytes.get(self.at + 1).copied();
        match byte {
            b'"' => self.take_mark(Mark::Straight, 1),
            b'\\' if next == Some(b'"') => self.take_mark(Mark::Straight, 2),
            b'`' if next == Some(b'`') => self.take_mark(Mark::Backticks, 2),
            b'`' => self.take_mark(Mark::SingleOpen, 1),
            b'\'' if next == Some(b'\'') => self.take_mark(Mark::Apostrophes, 2),
            b'\'' => self.apostrophe(Mark::SingleStraight, 1),
            b',' => self.take(TokenKind::Comma, 1),
            b':' => self.take(TokenKind::Colon, 1),
            b';' => self.take(TokenKind::Semicolon, 1),
            b'(' | b'[' | b'{' => self.take(TokenKind::Open, 1),
            b')' | b']' | b'}' => self.take(TokenKind::Close, 1),
            b'.' | b'!' | b'?' => {
                let length = self.bytes[self.at..].iter().take_while(|b| b".!?".contains(b)).count();
                self.take(TokenKind::Stop, length.min(LONGEST_WORD))
            }
            b'-' => {
                let length = self.bytes[self.at..].iter().take_while(|b| **b == b'-').count();
                self.take(TokenKind::Dash, length.min(LONGEST_WORD))
            }
            _ => self.take(TokenKind::Symbol, 1),
        }
    }

    /// `'s` after a word, a plural's apostrophe is left to the pairing of marks; anything else is a single mark.
    fn apostrophe(&mut self, mark: Mark, length: usize) -> Token {
        let after_word = self.flags & SPACE_BEFORE == 0 && self.at > 0 && {
            let before = self.text[..self.at].chars().next_back();
            before.is_some_and(|c| c.is_alphanumeric() || c == '.')
        };
        if let (true, Some(clitic)) = (after_word, self.clitic(self.at + length)) {
            let possessive = matches!(self.bytes[self.at + length], b's' | b'S');
            let kind = if possessive { TokenKind::Possessive } else { TokenKind::Lower };
            return self.take(kind, length + clitic);
        }
        self.take_mark(mark, length)
    }
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200c}' | '\u{feff}' | '\u{ad}' | '\u{200e}' | '\u{200f}' | '\u{2060}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut tokens = Vec::new();
        tokenize(text, 0, &|word, _| matches!(word, "Mr" | "Sen"), &mut tokens);
        let found: Vec<&str> = tokens.iter().map(|token| token.span().of(text)).collect();
        assert_eq!(found.join("|"), expected);
    }

    #[test]
    fn words_keep_their_inner_signs() {
        check("Don't tell Mr. Lee's son.", "Don't|tell|Mr.|Lee|'s|son|.");
        check("I’m sure they'll say O'Dowd'd won.", "I|’m|sure|they|'ll|say|O'Dowd|'d|won|.");
        check("Jean-Luc’s U.S.-led 1,200 men", "Jean-Luc|’s|U.S.-led|1,200|men");
        check("J.R. Ewing at 5 p.m. AT&T", "J.R.|Ewing|at|5|p.m.|AT&T");
        check("O’Neill and rock 'n' roll", "O’Neill|and|rock|'|n|'|roll");
    }

    #[test]
    fn marks_are_tokens() {
        check("\"A,\" ``b'' “c” ‘d’", "\"|A|,|\"|``|b|''|“|c|”|‘|d|’");
        check("wait... what?!", "wait|...|what|?!");
    }

    #[test]
    fn tags_and_blanks_are_passed_over() {
        check("<a href=\"x\">one</a> <\u{200b}two 3 < 4", "one|<|two|3|<|4");
    }

    #[test]
    fn a_wrapped_line_is_no_paragraph() {
        let mut tokens = Vec::new();
        tokenize("one\ntwo\n\nthree.\nFour", 0, &|_, _| false, &mut tokens);
        let opening: Vec<bool> = tokens.iter().map(|token| token.opens_paragraph()).collect();
        assert_eq!(opening, [true, false, true, false, true]);
    }
}
