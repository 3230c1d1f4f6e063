//! Entries of one or several words, found in a sequence of word numbers.

use rustc_hash::FxHashMap;

use super::words::WordId;

/// Sequences of words with what they stand for. Most look-ups fail, and fail early: the first word leads straight to
/// its node, and each node knows, but for false alarms, which words go on from it.
#[derive(Clone, Debug)]
pub struct Trie<T> {
    /// For each word the sequences that begin with it.
    first: Vec<First>,
    /// Which two words begin a sequence together, each two as one of [`PAIRS`] bits.
    pairs: Vec<u64>,
    edges: FxHashMap<(u32, WordId), u32>,
    /// Node 0 is none.
    nodes: Vec<Node<T>>,
}

/// What a word alone and the word after it tell: most look-ups end here, without a visit to the nodes.
#[derive(Clone, Copy, Debug, Default)]
struct First {
    /// 0 where no sequence begins with the word.
    node: u32,
    /// The words that go on from here, each as one of 31 bits; the highest bit where the word alone means something.
    next: u32,
}

/// The bit of [`First::next`] for a word that means something alone.
const ALONE: u32 = 1 << 31;

/// The bit of [`First::next`] that stands for a second word.
fn first_bit(word: WordId) -> u32 {
    1 << ((word.wrapping_mul(0x9E37_79B9) >> 27) % 31)
}

/// Bits for pairs of words: so few that they stay in the processor's cache.
const PAIRS: usize = 1 << PAIR_BITS;
const PAIR_BITS: u32 = 17;

/// Where the bit of two words stands.
fn pair(first: WordId, second: WordId) -> (usize, u64) {
    let mixed = first.wrapping_mul(0x9E37_79B9).rotate_left(15) ^ second;
    let bit = (mixed.wrapping_mul(0x85EB_CA6B) >> (u32::BITS - PAIR_BITS)) as usize;
    (bit / 64, 1 << (bit % 64))
}

#[derive(Clone, Debug)]
struct Node<T> {
    meanings: Meanings<T>,
    /// The words that go on from here, each as one of 64 bits.
    next: u64,
}

/// What the words up to a node stand for. Nearly all of half a million names stand for one party: those need no list.
#[derive(Clone, Debug, Default)]
enum Meanings<T> {
    #[default]
    None,
    One(T),
    Several(Vec<T>),
}

impl<T: Copy + PartialEq> Meanings<T> {
    fn as_slice(&self) -> &[T] {
        match self {
            Self::None => &[],
            Self::One(meaning) => std::slice::from_ref(meaning),
            Self::Several(meanings) => meanings,
        }
    }

    fn add(&mut self, meaning: T) {
        match self {
            Self::None => *self = Self::One(meaning),
            Self::One(first) => *self = Self::Several(vec![*first, meaning]),
            Self::Several(meanings) => meanings.push(meaning),
        }
    }
}

impl<T> Default for Trie<T> {
    fn default() -> Self {
        let none = Node { meanings: Meanings::None, next: 0 };
        Self { first: Vec::new(), pairs: vec![0; PAIRS / 64], edges: FxHashMap::default(), nodes: vec![none] }
    }
}

/// The bit that stands for a word among those that follow a node.
pub(super) fn bit(word: WordId) -> u64 {
    1 << (word.wrapping_mul(0x9E37_79B9) >> 26)
}

impl<T: Copy + PartialEq> Trie<T> {
    /// Makes room for entries of so many words in all.
    pub fn reserve(&mut self, words: usize) {
        self.edges.reserve(words);
        self.nodes.reserve(words);
    }

    /// Adds a meaning to a sequence of words.
    pub fn add(&mut self, words: &[WordId], meaning: T) {
        let Some((&first, rest)) = words.split_first() else { return };
        let mut node = self.node_of(first);
        match rest.first() {
            Some(second) => self.note_second(first, *second),
            None => self.first[first as usize].next |= ALONE,
        }
        for &word in rest {
            self.nodes[node as usize].next |= bit(word);
            let next = self.nodes.len() as u32;
            node = *self.edges.entry((node, word)).or_insert(next);
            if node == next {
                self.nodes.push(Node { meanings: Meanings::None, next: 0 });
            }
        }
        let meanings = &mut self.nodes[node as usize].meanings;
        if !meanings.as_slice().contains(&meaning) {
            meanings.add(meaning);
        }
    }

    /// Notes that a sequence begins with two words.
    fn note_second(&mut self, first: WordId, second: WordId) {
        self.first[first as usize].next |= first_bit(second);
        let (at, bit) = pair(first, second);
        self.pairs[at] |= bit;
    }

    /// The node of a first word, made now if there was none.
    fn node_of(&mut self, word: WordId) -> u32 {
        let at = word as usize;
        if self.first.len() <= at {
            self.first.resize(at + 1, First::default());
        }
        if self.first[at].node == 0 {
            self.first[at].node = self.nodes.len() as u32;
            self.nodes.push(Node { meanings: Meanings::None, next: 0 });
        }
        self.first[at].node
    }

    /// Gives each word another number.
    pub fn renumber(&mut self, numbers: &[WordId]) {
        let first = vec![First::default(); numbers.iter().max().map_or(0, |most| *most as usize + 1)];
        // For each node the word that it is the first one of, plus one.
        let mut opener: Vec<WordId> = vec![0; self.nodes.len()];
        for (word, known) in std::mem::replace(&mut self.first, first).into_iter().enumerate() {
            if known.node != 0 {
                let word = numbers[word];
                self.first[word as usize] = First { node: known.node, next: known.next & ALONE };
                opener[known.node as usize] = word + 1;
            }
        }
        self.pairs.fill(0);
        self.nodes.iter_mut().for_each(|node| node.next = 0);
        let edges = std::mem::take(&mut self.edges);
        self.edges.reserve(edges.len());
        #[allow(clippy::iter_over_hash_type)] // Each is noted by itself.
        for ((node, word), next) in edges {
            let word = numbers[word as usize];
            self.nodes[node as usize].next |= bit(word);
            if let Some(opener) = opener[node as usize].checked_sub(1) {
                self.note_second(opener, word);
            }
            self.edges.insert((node, word), next);
        }
    }

    /// What each node stands for.
    pub fn meanings(&self) -> impl Iterator<Item = &[T]> {
        self.nodes.iter().map(|node| node.meanings.as_slice())
    }

    /// The longest entry that `words` begins with: its length and meanings.
    #[must_use]
    #[inline]
    pub fn longest(&self, words: &[WordId]) -> Option<(usize, &[T])> {
        let (length, node) = self.longest_node(words)?;
        Some((length, self.meanings_of(node)))
    }

    /// What a node stands for.
    #[must_use]
    pub fn meanings_of(&self, node: usize) -> &[T] {
        self.nodes[node].meanings.as_slice()
    }

    /// The same with the node, a place in [`Self::meanings`].
    #[must_use]
    #[inline]
    pub fn longest_node(&self, words: &[WordId]) -> Option<(usize, usize)> {
        match self.begun(words)? {
            (node, false) => Some((1, node as usize)),
            (node, true) => self.longest_from(node, &words[1..]),
        }
    }

    /// Whether an entry may begin `words`, as far as its first two words tell.
    #[must_use]
    pub fn may_begin(&self, words: &[WordId]) -> bool {
        self.begun(words).is_some()
    }

    /// The node of the first word, and whether an entry may go on with the second one; none where neither is one.
    #[inline]
    #[allow(clippy::needless_bitwise_bool)] // All is asked, as each answer is anybody's guess: that takes no branch.
    fn begun(&self, words: &[WordId]) -> Option<(u32, bool)> {
        let (&word, rest) = words.split_first()?;
        let first = self.first.get(word as usize)?;
        let goes_on = rest.first().is_some_and(|second| {
            let (at, bit) = pair(word, *second);
            (first.next & first_bit(*second) != 0) & (self.pairs[at] & bit != 0)
        });
        (goes_on | (first.next & ALONE != 0)).then_some((first.node, goes_on))
    }

    /// The longest entry that goes on from a node of a first word with `rest`.
    fn longest_from(&self, node: u32, rest: &[WordId]) -> Option<(usize, usize)> {
        let mut at = node;
        let mut best = None;
        let mut rest = rest.iter();
        for length in 1.. {
            let node = &self.nodes[at as usize];
            if !node.meanings.as_slice().is_empty() {
                best = Some((length, at as usize));
            }
            let Some(word) = rest.next().filter(|word| node.next & bit(**word) != 0) else { break };
            let Some(next) = self.edges.get(&(at, *word)) else { break };
            at = *next;
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_entry_has_all_its_meanings_in_order() {
        let mut trie = Trie::default();
        for (words, meaning) in
            [(&[1, 2][..], 7), (&[1, 2], 8), (&[1, 2], 7), (&[1, 2], 9), (&[1, 2, 3, 4], 5), (&[], 6)]
        {
            trie.add(words, meaning);
        }
        assert_eq!(trie.longest(&[1, 2, 3, 9]), Some((2, &[7, 8, 9][..])));
        assert_eq!(trie.longest(&[1, 2, 3, 4]), Some((4, &[5][..])));
        assert_eq!((trie.longest(&[1]), trie.longest(&[]), trie.longest(&[9])), (None, None, None));
    }

    #[test]
    fn words_may_get_other_numbers() {
        let mut trie = Trie::default();
        for (words, meaning) in [(&[1, 2][..], 7), (&[1], 8), (&[3, 1, 2], 9)] {
            trie.add(words, meaning);
        }
        trie.renumber(&[0, 30, 10, 20]);
        assert_eq!(trie.longest(&[30, 10]), Some((2, &[7][..])));
        assert_eq!(trie.longest(&[30, 20]), Some((1, &[8][..])));
        assert_eq!(trie.longest(&[20, 30, 10]), Some((3, &[9][..])));
        assert_eq!((trie.longest(&[1, 2]), trie.longest(&[20, 30])), (None, None));
    }
}
