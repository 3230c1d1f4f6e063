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
    meanings: Vec<Vec<Meaning>>,
}

impl Default for Phrases {
    fn default() -> Self {
        Self { edges: FxHashMap::default(), meanings: vec![Vec::new()] }
    }
}

impl Phrases {
    /// Adds a meaning to a sequence of words.
    pub fn add(&mut self, words: &[WordId], meaning: Meaning) {
        let mut node = 0;
        for &word in words {
            let next = self.meanings.len() as u32;
            node = *self.edges.entry((node, word)).or_insert(next);
            if node == next {
                self.meanings.push(Vec::new());
            }
        }
        let meanings = &mut self.meanings[node as usize];
        if node != 0 && !meanings.contains(&meaning) {
            meanings.push(meaning);
        }
    }

    /// The longest phrase that `words` begins with: its length and meanings.
    pub fn longest(&self, words: impl Iterator<Item = WordId>) -> Option<(usize, &[Meaning])> {
        let (mut node, mut best) = (0, None);
        for (length, word) in (1..).zip(words) {
            let Some(&next) = self.edges.get(&(node, word)) else { break };
            node = next;
            let meanings = &self.meanings[node as usize];
            if !meanings.is_empty() {
                best = Some((length, meanings.as_slice()));
            }
        }
        best
    }
}
