//! Entries of one or several words, found in a sequence of word numbers: a trie in one hash table.

use rustc_hash::FxHashMap;

use super::words::WordId;

/// What a phrase stands for: a row in one of the lexicons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A row of titles.tsv: `Secretary of State`.
    Title(u32),
    /// A cue or noun of several words: `pointed out`, `press release`; an index of the phrases' classes.
    Words(u32),
    /// A name of a gazetteer party.
    Party(u32),
    /// An adjective for a country: `Russian`.
    Demonym(u32),
    /// A capital city, which may stand for its government.
    Capital(u32),
    /// A role of several words: `press secretary`; an index of the phrases' classes.
    Role(u32),
}

/// The trie. Node 0 is the root.
#[derive(Clone, Debug)]
pub struct Phrases {
    edges: FxHashMap<(u32, WordId), u32>,
    nodes: Vec<Meanings>,
}

/// What the words up to a node stand for. Nearly all of half a million names stand for one party: those need no list.
#[derive(Clone, Debug, Default)]
enum Meanings {
    #[default]
    None,
    One(Meaning),
    Several(Vec<Meaning>),
}

impl Meanings {
    fn as_slice(&self) -> &[Meaning] {
        match self {
            Self::None => &[],
            Self::One(meaning) => std::slice::from_ref(meaning),
            Self::Several(meanings) => meanings,
        }
    }

    fn add(&mut self, meaning: Meaning) {
        match self {
            Self::None => *self = Self::One(meaning),
            Self::One(first) => *self = Self::Several(vec![*first, meaning]),
            Self::Several(meanings) => meanings.push(meaning),
        }
    }
}

impl Default for Phrases {
    fn default() -> Self {
        Self { edges: FxHashMap::default(), nodes: vec![Meanings::None] }
    }
}

impl Phrases {
    /// Adds a meaning to a sequence of words.
    pub fn add(&mut self, words: &[WordId], meaning: Meaning) {
        let mut node = 0;
        for &word in words {
            let next = self.nodes.len() as u32;
            node = *self.edges.entry((node, word)).or_insert(next);
            if node == next {
                self.nodes.push(Meanings::None);
            }
        }
        let meanings = &mut self.nodes[node as usize];
        if node != 0 && !meanings.as_slice().contains(&meaning) {
            meanings.add(meaning);
        }
    }

    /// The longest phrase that `words` begins with: its length and meanings.
    pub fn longest(&self, words: impl Iterator<Item = WordId>) -> Option<(usize, &[Meaning])> {
        let (mut node, mut best) = (0, None);
        for (length, word) in (1..).zip(words) {
            let Some(&next) = self.edges.get(&(node, word)) else { break };
            node = next;
            let meanings = self.nodes[node as usize].as_slice();
            if !meanings.is_empty() {
                best = Some((length, meanings));
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_has_all_its_meanings_in_order() {
        let mut phrases = Phrases::default();
        for (words, meaning) in
            [(&[1, 2][..], 7), (&[1, 2], 8), (&[1, 2], 7), (&[1, 2], 9), (&[1, 2, 3, 4], 5), (&[], 6)]
        {
            phrases.add(words, Meaning::Party(meaning));
        }
        let of = |words: &[WordId]| phrases.longest(words.iter().copied());
        let three = [7, 8, 9].map(Meaning::Party);
        assert_eq!(of(&[1, 2, 3, 9]), Some((2, &three[..])));
        assert_eq!(of(&[1, 2, 3, 4]), Some((4, &[Meaning::Party(5)][..])));
        assert_eq!((of(&[1]), of(&[])), (None, None));
    }
}
