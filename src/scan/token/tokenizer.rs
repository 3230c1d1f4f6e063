//! One pass over the bytes of a text. Most words are nothing but ASCII letters with a space or a sign behind that belongs to
//! no word: those are read in a short loop of their own.

use std::ops::Range;

use super::letters::Letters;
use super::plain::{LONGEST_POSSESSIVE, Plain, plain, possessive};
use super::{BREAK_BEFORE, Landmarks, MARK_SHIFT, Mark, SIGN_WITHIN, SPACE_BEFORE, Token, TokenKind};

/// Elements that are paragraphs of their own.
const BLOCKS: [&[u8]; 11] = [b"p", b"br", b"div", b"li", b"h1", b"h2", b"h3", b"h4", b"tr", b"blockquote", b"ul"];
/// A tag longer than this is text: the search for its end must not cost more than the text is long.
const LONGEST_TAG: usize = 2_000;
/// A word longer than this is cut into several tokens.
const LONGEST_WORD: usize = 60_000;

/// Reads the tokens of `text` from byte `from` on, and where its landmarks are, in place of what `tokens` and `landmarks` hold.
/// `is_abbreviation` tells whether the word of these bytes keeps the full stop that follows it (`Mr`).
pub fn tokenize(
    text: &str,
    from: usize,
    is_abbreviation: &mut dyn FnMut(Range<usize>) -> bool,
    tokens: &mut Vec<Token>,
    landmarks: &mut Landmarks,
) {
    let bytes = text.as_bytes();
    tokens.clear();
    tokens.reserve(text.len() / 5);
    landmarks.clear();
    let letters = Letters::of(bytes);
    Tokenizer { text, bytes, letters, at: from, flags: 0, is_abbreviation, tokens, landmarks }.run();
}

/// Bytes that are looked at for a plain token: a block of letters, a possessive, and the byte behind.
const WINDOW: usize = Letters::BLOCK + LONGEST_POSSESSIVE + 1;

/// What begins at a byte, if no plain token does.
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
    while byte < table.len() {
        table[byte] = match byte as u8 {
            b'\n' | b'\r' => Start::Line,
            b'<' => Start::Tag,
            0x80.. => Start::Wide,
            0..=b' ' | 0x7f => Start::Space,
            byte if byte.is_ascii_alphanumeric() => Start::Word,
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
    is_abbreviation: &'a mut dyn FnMut(Range<usize>) -> bool,
    tokens: &'a mut Vec<Token>,
    landmarks: &'a mut Landmarks,
}

impl Tokenizer<'_> {
    fn run(&mut self) {
        self.open_paragraph();
        loop {
            self.plain_tokens();
            let Some(&byte) = self.bytes.get(self.at) else { break };
            match STARTS[usize::from(byte)] {
                Start::Word => self.word(self.at),
                Start::Space => self.space(1),
                Start::Line => self.line_break(),
                Start::Tag if self.skip_tag() => {}
                Start::Wide => self.wide(),
                Start::Tag | Start::Sign => self.punctuation(byte),
            }
        }
        self.landmarks.openings.pop_if(|opening| *opening as usize == self.tokens.len());
    }

    fn space(&mut self, length: usize) {
        self.flags |= SPACE_BEFORE;
        self.at += length;
    }

    fn open_paragraph(&mut self) {
        self.flags |= SPACE_BEFORE | BREAK_BEFORE;
        let next = self.tokens.len() as u32;
        if self.landmarks.openings.last() != Some(&next) {
            self.landmarks.openings.push(next);
        }
    }

    /// The plain tokens from here on with nothing but a space between them, as far as a whole block of text follows.
    #[inline(never)]
    fn plain_tokens(&mut self) {
        let (mut at, mut flags, mut rest) = (self.at, self.flags, &self.bytes[self.at..]);
        // Whether a word was read last at which a full stop stands.
        let mut at_stop = false;
        while let Some(window) = rest.first_chunk::<WINDOW>() {
            let length = self.letters.run(at).max(1);
            let token = |kind| Token { start: at as u32, length: length as u16, kind, flags };
            let read = match plain(window[0], window[1], window[length]) {
                Plain::Token(kind, before_stop) => {
                    at_stop = before_stop;
                    self.tokens.push(token(kind));
                    length
                }
                _ if std::mem::take(&mut at_stop) && self.keep_stop(at) => length,
                Plain::Landmark(kind) => {
                    self.landmarks.add(kind, self.tokens.len());
                    self.tokens.push(token(kind));
                    length
                }
                Plain::Stem(kind) => {
                    let possessive = possessive(&window[length..]);
                    if possessive == 0 {
                        break;
                    }
                    self.tokens.push(token(kind));
                    let (start, kind) = ((at + length) as u32, TokenKind::Possessive);
                    self.tokens.push(Token { start, length: possessive as u16, kind, flags: 0 });
                    length + possessive
                }
                Plain::No if window.starts_with(b"\n\n") && !b"\n\r\t ".contains(&window[2]) => {
                    (self.flags, at, rest) = (0, at + 2, &rest[2..]);
                    self.open_paragraph();
                    flags = self.flags;
                    continue;
                }
                Plain::No => break,
            };
            let space = u8::from(window[read] == b' ');
            flags = space * SPACE_BEFORE;
            let passed = read + usize::from(space);
            at += passed;
            rest = &rest[passed..];
        }
        (self.at, self.flags) = (at, flags);
        if at_stop && self.keep_stop(at) {
            self.pass(1);
        }
    }

    /// Gives the full stop at a byte to the word before it, if that is an abbreviation; tells whether it did.
    fn keep_stop(&mut self, stop: usize) -> bool {
        let Some(word) = self.tokens.last_mut() else { return false };
        let kept = (self.is_abbreviation)(word.start as usize..stop);
        if kept {
            word.length += 1;
            self.landmarks.stops.push(self.tokens.len() as u32 - 1);
        }
        kept
    }

    /// Passes over a token, and the space behind it.
    fn pass(&mut self, length: usize) {
        self.at += length;
        let space = u8::from(self.bytes.get(self.at) == Some(&b' '));
        self.at += usize::from(space);
        self.flags = space * SPACE_BEFORE;
    }

    /// Adds a token, and passes the space behind it.
    fn take(&mut self, kind: TokenKind, length: usize) {
        self.tokens.push(Token { start: self.at as u32, length: length as u16, kind, flags: self.flags });
        self.pass(length);
    }

    /// A token that is a landmark too.
    fn take_landmark(&mut self, kind: TokenKind, length: usize) {
        self.landmarks.add(kind, self.tokens.len());
        self.take(kind, length);
    }

    fn take_mark(&mut self, mark: Mark, length: usize) {
        self.flags |= (mark as u8) << MARK_SHIFT;
        self.take_landmark(TokenKind::Mark, length);
    }

    /// A blank line ends a paragraph; a single line break does unless the line was only wrapped.
    fn line_break(&mut self) {
        let start = self.at;
        let mut breaks = 0;
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' => breaks += 1,
                b' ' | b'\t' | b'\r' => {}
                _ => break,
            }
            self.at += 1;
        }
        let before = || self.bytes[..start].iter().rev().find(|b| !b" \t\r".contains(b));
        let wrapped = breaks < 2
            && self.bytes.get(self.at).is_some_and(u8::is_ascii_lowercase)
            && before().is_some_and(|b| b.is_ascii_alphanumeric() || *b == b',');
        if wrapped {
            self.flags |= SPACE_BEFORE;
        } else {
            self.open_paragraph();
        }
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
            self.open_paragraph();
        }
        self.space(1 + end + 1);
        true
    }

    /// A word or number that begins at the current byte.
    fn word(&mut self, start: usize) {
        let mut end = start;
        loop {
            let run = self.letters.run(end);
            end += run;
            let Some(&byte) = self.bytes.get(end) else { break };
            if run == Letters::BLOCK {
                continue;
            }
            let inner = if byte == b' ' { 0 } else { self.inner_sign(byte, start, end) };
            if inner == 0 {
                break;
            }
            end += inner;
            self.flags |= SIGN_WITHIN;
        }
        if end - start > LONGEST_WORD {
            end = start + LONGEST_WORD;
            while !self.text.is_char_boundary(end) {
                end -= 1;
            }
        }
        let kind = self.kind_of(start, end);
        if self.bytes.get(end) == Some(&b'.') && kind != TokenKind::Number && (self.is_abbreviation)(start..end) {
            end += 1;
        }
        if kind != TokenKind::Number && self.bytes[end - 1] == b'.' {
            self.take_landmark(kind, end - start);
        } else {
            self.take(kind, end - start);
        }
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
            '\u{2010}' | '\u{2011}' => self.joins(start, at, 3),
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
        at > start && self.is_word_byte(at + length) && self.is_behind_letter(at)
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

    /// Whether a letter or digit ends before `at`, with what marks stand behind it.
    fn is_behind_letter(&self, at: usize) -> bool {
        let before = self.bytes[at - 1];
        let wide = || self.text[..at].chars().rev().find(|c| !is_combining(*c)).is_some_and(char::is_alphanumeric);
        before.is_ascii_alphanumeric() || !before.is_ascii() && wide()
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

    /// What begins with a character beyond ASCII: a token, or white space.
    fn wide(&mut self) {
        let c = self.char_at(self.at);
        let length = c.len_utf8();
        match c {
            '“' | '❝' | '〝' => self.take_mark(Mark::CurlyOpen, length),
            '”' | '‟' | '〞' | '❞' => self.take_mark(Mark::CurlyClose, length),
            '„' => self.take_mark(Mark::Low, length),
            '″' | '＂' => self.take_mark(Mark::Straight, length),
            '«' => self.take_mark(Mark::AngleOpen, length),
            '»' => self.take_mark(Mark::AngleClose, length),
            // `‘’I wish …’’`: two single marks for a double one.
            '‘' if matches!(self.char_at(self.at + length), '‘' | '’') => {
                self.take_mark(Mark::CurlyOpen, 2 * length);
            }
            '’' if self.char_at(self.at + length) == '’' => self.take_mark(Mark::CurlyClose, 2 * length),
            '‘' | '‚' => self.take_mark(Mark::SingleOpen, length),
            '’' | '‛' => self.apostrophe(Mark::SingleClose, length),
            '–' | '—' | '―' | '‒' => self.take(TokenKind::Dash, length),
            '…' => self.take_landmark(TokenKind::Stop, length),
            '\u{2028}' | '\u{2029}' | '\u{85}' => {
                self.open_paragraph();
                self.at += length;
            }
            c if c.is_whitespace() || is_invisible(c) => self.space(length),
            c if c.is_alphanumeric() => self.word(self.at),
            _ => self.take(TokenKind::Symbol, length),
        }
    }

    fn punctuation(&mut self, byte: u8) {
        let next = self.bytes.get(self.at + 1).copied();
        match byte {
            b'"' => self.take_mark(Mark::Straight, 1),
            b'\\' if next == Some(b'"') => self.take_mark(Mark::Straight, 2),
            b'`' if next == Some(b'`') => self.take_mark(Mark::Backticks, 2),
            b'`' => self.take_mark(Mark::SingleOpen, 1),
            b'\'' if next == Some(b'\'') => self.take_mark(Mark::Apostrophes, 2),
            b'\'' => self.apostrophe(Mark::SingleStraight, 1),
            b',' => self.take(TokenKind::Comma, 1),
            b':' => self.take_landmark(TokenKind::Colon, 1),
            b';' => self.take(TokenKind::Semicolon, 1),
            b'(' | b'[' | b'{' => self.take(TokenKind::Open, 1),
            b')' | b']' | b'}' => self.take(TokenKind::Close, 1),
            b'.' | b'!' | b'?' => {
                let length = self.bytes[self.at..].iter().take_while(|b| b".!?".contains(b)).count();
                self.take_landmark(TokenKind::Stop, length.min(LONGEST_WORD));
            }
            b'-' => {
                let length = self.bytes[self.at..].iter().take_while(|b| **b == b'-').count();
                self.take(TokenKind::Dash, length.min(LONGEST_WORD));
            }
            _ => self.take(TokenKind::Symbol, 1),
        }
    }

    /// `'s` after a word, a plural's apostrophe is left to the pairing of marks; anything else is a single mark.
    fn apostrophe(&mut self, mark: Mark, length: usize) {
        let after_word = self.flags & SPACE_BEFORE == 0 && self.at > 0 && {
            let before = self.bytes[self.at - 1];
            let wide = || self.text[..self.at].chars().next_back().is_some_and(char::is_alphanumeric);
            before.is_ascii_alphanumeric() || before == b'.' || !before.is_ascii() && wide()
        };
        if let (true, Some(clitic)) = (after_word, self.clitic(self.at + length)) {
            let possessive = matches!(self.bytes[self.at + length], b's' | b'S');
            let kind = if possessive { TokenKind::Possessive } else { TokenKind::Lower };
            self.take(kind, length + clitic);
        } else {
            self.take_mark(mark, length);
        }
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
        let mut is_abbreviation = |word| matches!(&text[word], "Mr" | "Sen");
        tokenize(text, 0, &mut is_abbreviation, &mut tokens, &mut Landmarks::default());
        let found: Vec<&str> = tokens.iter().map(|token| token.span().of(text)).collect();
        assert_eq!(found.join("|"), expected);
    }

    #[test]
    fn letters_beyond_ascii_are_joined_by_hyphens_of_any_kind() {
        check("André-Louis Meyer", "André-Louis|Meyer");
        check("Anne\u{2011}Marie and Ste\u{301}-Anne", "Anne\u{2011}Marie|and|Ste\u{301}-Anne");
        check("café - bar", "café|-|bar");
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

    /// The tokens of a text, read as far from its end as plain ones are read in their loop, and as near to it as they are not.
    #[test]
    fn plain_tokens_are_tokens() {
        let read = |text: &str| {
            let (mut tokens, mut landmarks) = (Vec::new(), Landmarks::default());
            tokenize(text, 0, &mut |word| matches!(&text[word], "Mr" | "Sen"), &mut tokens, &mut landmarks);
            (tokens, landmarks.openings)
        };
        for text in [
            "Lee's son’s, the Lees' men's. Mr. Hart's and the 1980's, O'Dowd's 's I's it'sn",
            "Ann said.\n\nShe left\n\n\nso.\n\n\tThen, \n\n“Go”\n\n",
        ] {
            let (near, far) = (read(text), read(&format!("{text} {}", "end ".repeat(WINDOW))));
            assert_eq!(near.0, far.0[..near.0.len()], "{text}");
            assert_eq!(near.1, far.1[..near.1.len()], "{text}");
        }
    }

    #[test]
    fn tags_and_blanks_are_passed_over() {
        check("<a href=\"x\">one</a> <\u{200b}two 3 < 4", "one|<|two|3|<|4");
    }

    #[test]
    fn a_wrapped_line_is_no_paragraph() {
        let (mut tokens, mut landmarks) = (Vec::new(), Landmarks::default());
        tokenize("one\ntwo\n\nthree.\nFour", 0, &mut |_| false, &mut tokens, &mut landmarks);
        let opening: Vec<bool> = tokens.iter().map(|token| token.opens_paragraph()).collect();
        assert_eq!(opening, [true, false, true, false, true]);
        assert!(landmarks.paragraphs(tokens.len()).eq([0..2, 2..4, 4..5]));
    }
}
