//! What an article has told of its words: who bears a name, who holds a role, which body a noun stands for.

use smallvec::SmallVec;

use super::{EntityId, MOST_KEPT};
use crate::lexicon::words::WordId;

/// An entity in whose full name a word stands, and whether it is the last word there.
pub(super) type Bearer = (EntityId, bool);

/// What the article tells of a word.
#[derive(Clone, Debug, Default)]
pub(super) struct Note {
    word: WordId,
    /// The entities in whose full names it stands, in order.
    pub(super) bearers: SmallVec<[Bearer; 2]>,
    /// The entities that hold the role of which it is the head noun.
    pub(super) holders: SmallVec<[EntityId; 2]>,
    /// The body named or described with it last: `ministry`.
    pub(super) body: Option<EntityId>,
    /// The entity of which it is the acronym.
    pub(super) acronym: Option<EntityId>,
}

/// The notes on the words of an article, in a table that is searched from a place that the word's number gives.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    /// One more than the number of a note; 0 where none is. A power of two.
    slots: Vec<u32>,
    list: Vec<Note>,
    /// How many notes there are; those behind them are another article's, whose room is used again.
    count: usize,
}

/// Slots of an article with few names.
const FEW: usize = 256;

impl Note {
    /// Takes another word, of which nothing is known.
    fn begin(&mut self, word: WordId) {
        self.bearers.clear();
        self.holders.clear();
        (self.word, self.body, self.acronym) = (word, None, None);
    }
}

impl Notes {
    /// Forgets every word, and makes room for some; the room that a very long article took is given back.
    pub(super) fn clear(&mut self) {
        self.list.truncate(MOST_KEPT);
        self.count = 0;
        self.slots.truncate(FEW);
        self.slots.fill(0);
        self.slots.resize(FEW, 0);
    }

    /// What is known of a word.
    pub(super) fn of(&self, word: WordId) -> Option<&Note> {
        self.find(word).ok().map(|number| &self.list[number])
    }

    /// The same, to be added to.
    pub(super) fn entry(&mut self, word: WordId) -> &mut Note {
        let number = self.find(word).unwrap_or_else(|slot| self.add(word, slot));
        &mut self.list[number]
    }

    /// The number of the word's note, or else the slot where it may be put.
    fn find(&self, word: WordId) -> Result<usize, usize> {
        let last = self.slots.len() - 1;
        let mut slot = (word.wrapping_mul(0x9E37_79B9) >> 8) as usize & last;
        while let Some(number) = self.slots[slot].checked_sub(1) {
            if self.list[number as usize].word == word {
                return Ok(number as usize);
            }
            slot = (slot + 1) & last;
        }
        Err(slot)
    }

    fn add(&mut self, word: WordId, slot: usize) -> usize {
        if self.count == self.list.len() {
            self.list.push(Note::default());
        }
        self.list[self.count].begin(word);
        self.count += 1;
        self.slots[slot] = self.count as u32;
        if self.count * 2 > self.slots.len() {
            self.grow();
        }
        self.count - 1
    }

    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 2];
        for number in 0..self.count {
            if let Err(slot) = self.find(self.list[number].word) {
                self.slots[slot] = number as u32 + 1;
            }
        }
    }
}
