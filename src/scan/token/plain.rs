//! Plain tokens: what three of its bytes tell all about. Most tokens are, so that their kind is one look into a table.

use super::TokenKind;

/// What stands at a place of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plain {
    /// A token of this kind: a word or number of nothing but ASCII letters and digits, or a sign of one byte.
    Token(TokenKind),
    /// Such a word before a full stop, which belongs to it if it is an abbreviation.
    BeforeStop(TokenKind),
    /// Something at which more must be looked.
    No,
}

/// What is told by the first two bytes of what may be a plain token, and the byte behind it.
#[inline]
pub(super) fn plain(first: u8, second: u8, behind: u8) -> Plain {
    let [first, second, behind] = [first, second, behind].map(|byte| PARTS[usize::from(byte)] as usize);
    PLAIN[first << 8 | second << 4 | behind]
}

/// Whether a plain token may begin with the byte.
pub(super) const fn may_begin(byte: u8) -> bool {
    !matches!(part(byte), Part::GoesOn | Part::Ends)
}

/// What a byte is to a plain token.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Part {
    Small,
    Capital,
    Digit,
    Comma,
    Semicolon,
    Colon,
    Open,
    Close,
    Dot,
    /// `!` or `?`
    Cry,
    Quote,
    /// Another sign that may go on with a word.
    GoesOn,
    /// Another that ends a word.
    Ends,
}

const ALL: [Part; 13] = [
    Part::Small,
    Part::Capital,
    Part::Digit,
    Part::Comma,
    Part::Semicolon,
    Part::Colon,
    Part::Open,
    Part::Close,
    Part::Dot,
    Part::Cry,
    Part::Quote,
    Part::GoesOn,
    Part::Ends,
];

const fn part(byte: u8) -> Part {
    match byte {
        b'a'..=b'z' => Part::Small,
        b'A'..=b'Z' => Part::Capital,
        b'0'..=b'9' => Part::Digit,
        b',' => Part::Comma,
        b';' => Part::Semicolon,
        b':' => Part::Colon,
        b'(' | b'[' | b'{' => Part::Open,
        b')' | b']' | b'}' => Part::Close,
        b'.' => Part::Dot,
        b'!' | b'?' => Part::Cry,
        b'"' => Part::Quote,
        b'-' | b'&' | b'\'' | 0x80.. => Part::GoesOn,
        _ => Part::Ends,
    }
}

static PARTS: [Part; 256] = {
    let mut table = [Part::Ends; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = part(byte as u8);
        byte += 1;
    }
    table
};

static PLAIN: [Plain; 1 << 12] = {
    let mut table = [Plain::No; 1 << 12];
    let mut by = 0;
    while by < ALL.len() * ALL.len() * ALL.len() {
        let (first, second, behind) = (by / ALL.len() / ALL.len(), by / ALL.len() % ALL.len(), by % ALL.len());
        table[first << 8 | second << 4 | behind] = by_parts(ALL[first], ALL[second], ALL[behind]);
        by += 1;
    }
    table
};

const fn by_parts(first: Part, second: Part, behind: Part) -> Plain {
    let kind = match (first, second) {
        (Part::Comma, _) => return Plain::Token(TokenKind::Comma),
        (Part::Semicolon, _) => return Plain::Token(TokenKind::Semicolon),
        (Part::Colon, _) => return Plain::Token(TokenKind::Colon),
        (Part::Open, _) => return Plain::Token(TokenKind::Open),
        (Part::Close, _) => return Plain::Token(TokenKind::Close),
        (Part::Quote, _) => return Plain::Token(TokenKind::Mark),
        (Part::Dot | Part::Cry, Part::Dot | Part::Cry) | (Part::GoesOn | Part::Ends, _) => return Plain::No,
        (Part::Dot | Part::Cry, _) => return Plain::Token(TokenKind::Stop),
        // `NATO`, `McCain`
        (Part::Capital, Part::Capital | Part::Digit) => return Plain::No,
        (Part::Small, _) => TokenKind::Lower,
        (Part::Capital, _) => TokenKind::Capital,
        (Part::Digit, _) => TokenKind::Number,
    };
    match (second, behind) {
        (Part::Small | Part::Capital, Part::Dot) if !matches!(kind, TokenKind::Number) => Plain::BeforeStop(kind),
        (_, Part::Comma) if matches!(kind, TokenKind::Number) => Plain::No,
        // A word of more bytes than are looked at, or one that may go on.
        (_, Part::Small | Part::Capital | Part::Digit | Part::Dot | Part::GoesOn) => Plain::No,
        _ => Plain::Token(kind),
    }
}
