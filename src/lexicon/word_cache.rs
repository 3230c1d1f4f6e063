//! What a thread remembers of the words that it looked up. Knows where a word is kept, not what it is.

use rustc_hash::FxHashMap;

use super::words::{Known, WordId, short_letters};

/// What a thread keeps of the words it looked up: those of late, for the whole table is larger than a processor's cache but few
/// words make most of a text; and those of its present text that no lexicon has.
#[derive(Clone, Debug)]
pub struct WordCache {
    pairs: Box<[Pair; PAIRS]>,
    /// What was told last of a word for which there is no slot.
    beside: Known,
    others: OtherWords,
}

/// Room for two of the words that would have one place, the one asked for last first: few are asked for by turns.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Pair([Slot; 2]);

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// The letters as they stand there: a word and the same with a capital are two.
    key: u128,
    known: Known,
}

/// Numbers for the words of one text that no lexicon has.
#[derive(Clone, Debug, Default)]
struct OtherWords {
    short: FxHashMap<u128, WordId>,
    long: FxHashMap<String, WordId>,
}

impl OtherWords {
    fn number(&mut self, known: usize, key: Result<u128, String>) -> WordId {
        let next = (known + self.short.len() + self.long.len()) as WordId;
        match key {
            Ok(short) => *self.short.entry(short).or_insert(next),
            Err(long) => *self.long.entry(long).or_insert(next),
        }
    }

    /// Keeps the room for the next text, but not that of a very long one: to clear it costs as much as it is large.
    fn clear(&mut self) {
        if self.short.capacity() + self.long.capacity() > LARGE {
            *self = Self::default();
        }
        self.short.clear();
        self.long.clear();
    }
}

/// More words than an article has that no lexicon knows.
const LARGE: usize = 1 << 10;

/// Pairs of 64 bytes: 2 MiB. That is more than a processor's second cache mostly holds, and still a twentieth faster over real
/// articles than a quarter of it: what is not kept here is looked for in tables that are larger.
const PAIRS: usize = 1 << PAIR_BITS;
const PAIR_BITS: u32 = 15;

impl Default for WordCache {
    fn default() -> Self {
        let pairs = vec![Pair::default(); PAIRS].into_boxed_slice();
        Self {
            pairs: pairs.try_into().expect("so many were made"),
            beside: Known::default(),
            others: OtherWords::default(),
        }
    }
}

impl WordCache {
    /// What is known of what stands at `start..end` of `text`: as it was told before, or else by `tell`, which is given the letters as a
    /// number where they are few. What has the same letters and is something else must be `apart`, by a high bit of a byte, which
    /// no letter has.
    #[inline(always)]
    #[allow(clippy::inline_always)] // Asked of every word of a text.
    pub fn kept(
        &mut self,
        text: &str,
        (start, end): (usize, usize),
        apart: u64,
        tell: impl FnOnce(Option<u128>) -> Known,
    ) -> &Known {
        let Some(letters) = short_letters(text, (start, end)) else {
            self.beside = tell(None);
            return &self.beside;
        };
        let key = letters | u128::from(apart);
        let pair = self.pair(key);
        if pair.0[0].key != key {
            pair.bring_to_front(key, || tell(Some(letters)));
        }
        &pair.0[0].known
    }

    /// Puts this in the place of what is known of what stands at `start..end` of `text`, if that is kept, apart from nothing.
    pub fn correct(&mut self, text: &str, place: (usize, usize), known: Known) {
        let Some(letters) = short_letters(text, place) else { return };
        if let Some(slot) = self.pair(letters).0.iter_mut().find(|slot| slot.key == letters) {
            slot.known = known;
        }
    }

    /// Where the word with that key stands, or will.
    fn pair(&mut self, key: u128) -> &mut Pair {
        let mixed = (key as u64 ^ (key >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        &mut self.pairs[(mixed >> (u64::BITS - PAIR_BITS)) as usize]
    }

    /// The number of a word that no lexicon has, `known` of which the lexicons have.
    pub(super) fn number_of_other(&mut self, known: usize, key: Result<u128, String>) -> WordId {
        self.others.number(known, key)
    }

    /// Forgets the words of the text before that no lexicon has.
    pub fn forget_others(&mut self) {
        self.others.clear();
    }
}

impl Pair {
    /// Puts the word with that key first, as the second has it or else as it is told in place of that. No word has the key 0, which
    /// an empty slot has.
    #[cold]
    #[inline(never)]
    fn bring_to_front(&mut self, key: u128, tell: impl FnOnce() -> Known) {
        self.0.swap(0, 1);
        if self.0[0].key != key {
            self.0[0] = Slot { key, known: tell() };
        }
    }
}
