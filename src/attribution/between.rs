//! What stands between a quotation and a source that it may have, counted without a branch.

use crate::lexicon::pattern::{Symbol, Symbols};

use super::clause::{CUES, SENTENCE_ENDS};

/// What a clause opens with.
const THROUGH: [Symbol; 4] = [Symbol::Relative, Symbol::Subordinator, Symbol::That, Symbol::Colon];

/// What is counted of the units between a quotation and another: of which symbols so many are passed.
const COUNTED: [Symbols; 4] = [CUES, Symbols::of(&[Symbol::Other]), Symbols::of(&[Symbol::Comma]), SENTENCE_ENDS];

/// For each symbol what it adds to the counts of [`COUNTED`], a byte each: no more than 255 units are passed.
const COUNTS: [[u8; COUNTED.len()]; 64] = {
    let (mut counts, mut at) = ([[0; COUNTED.len()]; 64], 0);
    while at < 64 * COUNTED.len() {
        let (letter, count) = (at / COUNTED.len(), at % COUNTED.len());
        counts[letter][count] = COUNTED[count].has_letter(letter as u8) as u8;
        at += 1;
    }
    counts
};

/// For each symbol which of [`THROUGH`] it is, as a bit.
const THROUGH_BITS: [u8; 64] = {
    let (mut bits, mut at) = ([0; 64], 0);
    while at < THROUGH.len() {
        bits[THROUGH[at] as usize] = 1 << at;
        at += 1;
    }
    bits
};

/// What stands between a quotation and a unit: counted outwards, unit by unit.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Between {
    /// How many units.
    pub units: usize,
    /// Those of [`COUNTED`], a byte each.
    counts: u32,
    /// Which of [`THROUGH`], as bits.
    pub through: u8,
}

impl Between {
    /// Goes on beyond a unit.
    pub fn pass(&mut self, symbol: Symbol) {
        self.units += 1;
        self.counts += u32::from_le_bytes(COUNTS[symbol as usize]);
        self.through |= THROUGH_BITS[symbol as usize];
    }

    /// How many reporting verbs, quotations, commas and ends of sentences.
    pub fn counts(&self) -> [usize; COUNTED.len()] {
        self.counts.to_le_bytes().map(usize::from)
    }
}
