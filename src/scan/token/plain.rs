//! Plain tokens: words and numbers of nothing but ASCII letters and digits, and signs of one byte. Most tokens are, and three of
//! their bytes tell all about them: the first, the second, and the one behind.

use super::TokenKind;

/// What the bytes of what may be a plain token tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plain {
    /// A word, number or sign of this kind, and whether it is a word before a full stop, which belongs to it if it is an abbreviation.
    Token(TokenKind, bool),
    /// A sign of this kind that is a landmark.
    Landmark(TokenKind),
    /// A word or number of this kind, if what stands behind does not go on with it.
    Stem(TokenKind),
    /// Something at which more must be looked.
    No,
}

/// What the first two bytes and the one behind tell.
#[inline]
pub(super) fn plain(first: u8, second: u8, behind: u8) -> Plain {
    let first = FIRSTS[usize::from(first)];
    let against = first.against & (SECONDS[usize::from(second)] | BEHIND[usize::from(behind)]);
    // One test for most: that a full stop stands behind makes no other branch.
    match against & !STOP_BEHIND {
        0 => Plain::Token(first.kind, against != 0),
        LANDMARK => Plain::Landmark(first.kind),
        GOES_ON => Plain::Stem(first.kind),
        _ => Plain::No,
    }
}

/// Bytes of the possessive that stands at the beginning of what follows a word, `'s` or `’s`, with no letter behind; 0 where none does.
pub(super) fn possessive(rest: &[u8]) -> usize {
    let (length, behind) = match rest {
        [b'\'', b's', behind, ..] => (2, behind),
        [0xe2, 0x80, 0x99, b's', behind, ..] => (LONGEST_POSSESSIVE, behind),
        _ => return 0,
    };
    if behind.is_ascii_alphanumeric() || !behind.is_ascii() { 0 } else { length }
}

/// Bytes of `’s`.
pub(super) const LONGEST_POSSESSIVE: usize = 4;

/// What a token is that begins with a byte, and what speaks against it: signs that may stand at its second place or behind it.
#[derive(Clone, Copy)]
struct First {
    kind: TokenKind,
    against: u8,
}

/// Nothing plain.
const NEVER: u8 = 1;
/// A landmark.
const LANDMARK: u8 = 2;
/// A full stop behind a word of two letters or more.
const STOP_BEHIND: u8 = 4;
/// A sign behind that may go on with a word, or a letter: the word is longer than what was looked at.
const GOES_ON: u8 = 8;
/// A sign behind that may go on with a number.
const GOES_ON_WITH_NUMBER: u8 = 16;
/// A capital or digit at the second place: `NATO`, `McCain`.
const CAPITAL_SECOND: u8 = 32;
/// A stop at the second place.
const STOP_SECOND: u8 = 64;

const fn first(byte: u8) -> First {
    let (kind, against) = match byte {
        b'a'..=b'z' => (TokenKind::Lower, STOP_BEHIND | GOES_ON),
        b'A'..=b'Z' => (TokenKind::Capital, STOP_BEHIND | GOES_ON | CAPITAL_SECOND),
        b'0'..=b'9' => (TokenKind::Number, GOES_ON | GOES_ON_WITH_NUMBER),
        b',' => (TokenKind::Comma, 0),
        b';' => (TokenKind::Semicolon, 0),
        b'(' | b'[' | b'{' => (TokenKind::Open, 0),
        b')' | b']' | b'}' => (TokenKind::Close, 0),
        b':' => (TokenKind::Colon, LANDMARK),
        b'"' => (TokenKind::Mark, LANDMARK),
        b'.' | b'!' | b'?' => (TokenKind::Stop, LANDMARK | STOP_SECOND),
        _ => (TokenKind::Symbol, NEVER),
    };
    First { kind, against }
}

static FIRSTS: [First; 256] = {
    let mut table = [first(0); 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = first(byte as u8);
        byte += 1;
    }
    table
};

static SECONDS: [u8; 256] = {
    let mut table = [NEVER | LANDMARK; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] |= match byte as u8 {
            b'A'..=b'Z' | b'0'..=b'9' => CAPITAL_SECOND,
            b'.' => STOP_SECOND | GOES_ON,
            b'!' | b'?' => STOP_SECOND,
            _ => 0,
        };
        byte += 1;
    }
    table
};

static BEHIND: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = match byte as u8 {
            b'.' => STOP_BEHIND | GOES_ON_WITH_NUMBER,
            b',' => GOES_ON_WITH_NUMBER,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'&' | b'\'' | 0x80.. => GOES_ON,
            _ => 0,
        };
        byte += 1;
    }
    table
};
