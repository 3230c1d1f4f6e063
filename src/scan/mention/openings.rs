//! Where mentions may begin: told of 64 words at once by their traits, so that nothing is asked of the words between.

use crate::lexicon::traits::Traits;
use crate::lexicon::words::Glance;
use crate::scan::places::{BLOCK, Places, bits};

/// Where mentions may begin.
#[derive(Clone, Debug, Default)]
pub(crate) struct Openings {
    /// Those of every kind.
    pub(super) all: Places,
    /// Words with capitals.
    pub(super) capitals: Places,
    /// Those of them that stand after another.
    pub(super) capital_pairs: Places,
}

/// The words of a block that have a trait, a bit each.
#[derive(Clone, Copy, Default)]
struct Block {
    opens: u64,
    capitals: u64,
    leads: u64,
    idle: u64,
    nouns: u64,
    signs: u64,
}

impl Block {
    fn of(glances: &[Glance; BLOCK]) -> Self {
        let traits: [Traits; BLOCK] = std::array::from_fn(|at| glances[at].traits);
        let with = |one: Traits| bits(|at| traits[at].bit(one));
        Self {
            opens: with(Traits::OPENS),
            capitals: with(Traits::CAPITAL),
            leads: with(Traits::LEADS),
            idle: with(Traits::IDLE),
            nouns: with(Traits::NOUN),
            signs: with(Traits::SIGN),
        }
    }

    /// The openings of a block between two others. Most articles lead to nothing: a word comes after them that no mention
    /// goes on with. After a sign it may be a source yet by what it does.
    fn openings(self, before: Self, after: Self) -> u64 {
        let idle = self.idle >> 1 | after.idle << (BLOCK - 1);
        let noun = self.nouns >> 2 | after.nouns << (BLOCK - 2);
        let sign = self.signs << 1 | before.signs >> (BLOCK - 1) | self.signs << 2 | before.signs >> (BLOCK - 2);
        self.opens & !(self.leads & idle & !noun & !sign)
    }
}

impl Openings {
    /// Finds those of a text with these words, in place of what it holds.
    pub(crate) fn find(&mut self, glances: &[Glance]) {
        let (blocks, rest) = glances.as_chunks::<BLOCK>();
        let mut last = [Glance::default(); BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        for places in [&mut self.all, &mut self.capitals, &mut self.capital_pairs] {
            places.0.clear();
            places.0.reserve(blocks.len() + 1);
        }
        let (mut before, mut next) = (Block::default(), blocks.iter().chain([&last]).map(Block::of).peekable());
        while let Some(block) = next.next() {
            let after = next.peek().copied().unwrap_or_default();
            self.all.0.push(block.openings(before, after));
            self.capitals.0.push(block.capitals);
            let pairs = block.capitals & (block.capitals << 1 | before.capitals >> (BLOCK - 1));
            self.capital_pairs.0.push(pairs);
            before = block;
        }
    }
}
