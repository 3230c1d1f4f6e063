//! What the letters of a word tell whatever it means: its capitals, its hyphen, its ending.

use super::words::{fold, packed};

/// How a word is spelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spelling {
    /// Whether it begins with a capital.
    pub is_capitalised: bool,
    /// Whether it has a capital anywhere.
    pub holds_capital: bool,
    /// Whether it has a hyphen.
    pub has_hyphen: bool,
    length: usize,
    /// The last four bytes, the very last highest.
    end: u32,
}

/// An ending that tells what a word may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// `-ed`
    Ed,
    /// `-ing`
    Ing,
    /// `-ly`
    Ly,
}

/// What its spelling makes of a word, a bit each: told once a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape(u8);

impl Shape {
    /// None.
    pub const NONE: Self = Self(0);
    /// It ends in `-ed`.
    pub const ED: Self = Self(1);
    /// It may be a form of a verb, or an adverb. `London-based`, `left-leaning` describe.
    pub const VERB: Self = Self(2);
    /// It may describe: a participle, or a word with a hyphen.
    pub const DESCRIBES: Self = Self(4);
    /// It ends in `-ly`.
    pub const LY: Self = Self(8);
    /// It ends in `-ing`.
    pub const ING: Self = Self(16);

    /// Of a word of this spelling.
    #[must_use]
    pub fn of(spelling: Spelling) -> Self {
        let ending = spelling.ending(0);
        let shapes = [
            (Self::ED, ending == Some(Ending::Ed)),
            (Self::VERB, ending.is_some() && !spelling.has_hyphen),
            (Self::DESCRIBES, spelling.is_participle() || spelling.has_hyphen),
            (Self::LY, ending == Some(Ending::Ly)),
            (Self::ING, ending == Some(Ending::Ing)),
        ];
        Self(shapes.into_iter().fold(0, |all, (one, has)| all | (one.0 * u8::from(has))))
    }

    /// Whether it is of this shape.
    #[must_use]
    pub const fn has(self, one: Self) -> bool {
        self.0 & one.0 != 0
    }
}

impl Spelling {
    /// Of any word.
    #[must_use]
    pub fn of(word: &str) -> Self {
        if let Some(letters) = packed(word.as_bytes()).filter(|_| word.is_ascii()) {
            return Self::of_short(letters, word.len());
        }
        Self {
            is_capitalised: word.starts_with(char::is_uppercase),
            holds_capital: !word.bytes().all(|byte| byte.is_ascii_lowercase()) && word.contains(char::is_uppercase),
            has_hyphen: word.contains('-'),
            length: word.len(),
            end: word.bytes().fold(0, |end, byte| end >> 8 | u32::from(byte) << 24),
        }
    }

    /// Of a word of so many ASCII bytes, 16 at most, the first of them the lowest, no other above.
    #[must_use]
    pub(super) fn of_short(letters: u128, length: usize) -> Self {
        const ONES: u128 = u128::MAX / 0xff;
        // A byte is 0 where a hyphen stands; what is borrowed from a byte above one that is 0 tells nothing new.
        let hyphens = letters ^ (ONES * u128::from(b'-'));
        Self {
            is_capitalised: (letters as u8).is_ascii_uppercase(),
            holds_capital: fold(letters, length) != letters,
            has_hyphen: hyphens.wrapping_sub(ONES) & !hyphens & ONES << 7 != 0,
            length,
            end: (letters << (128 - 8 * length) >> 96) as u32,
        }
    }

    /// Whether it ends as participles do.
    #[must_use]
    pub fn is_participle(self) -> bool {
        const ED: u32 = u16::from_le_bytes(*b"ed") as u32;
        const ING: u32 = u32::from_le_bytes(*b"ing\0");
        self.end >> 16 == ED || self.end >> 8 == ING
    }

    /// Its ending, behind so many letters at least.
    #[must_use]
    pub fn ending(self, letters: usize) -> Option<Ending> {
        let [_, c, b, a] = self.end.to_le_bytes();
        let (ending, length) = match [c, b, a] {
            [_, b'e', b'd'] => (Ending::Ed, 2),
            [b'i', b'n', b'g'] => (Ending::Ing, 3),
            [_, b'l', b'y'] => (Ending::Ly, 2),
            _ => return None,
        };
        (self.length >= letters + length).then_some(ending)
    }
}
