//! Entries of one or several words, found in a sequence of word numbers.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::words::WordId;

/// Sequences of words with what they stand for. What is added is found once all has been: [`Trie::settle`] packs it.
///
/// Most look-ups fail, and fail early: how an entry may go on behind its first word, and behind its second, is told
/// without a visit to the nodes. Those lie in the order in which an entry is followed, so that one or two lines of memory
/// hold it; a table of half a million names is far larger than a processor's cache.
#[derive(Clone, Debug)]
pub struct Trie<T> {
    /// For each word the sequences that begin with it.
    first: Vec<Begun>,
    /// For each two words the sequences that begin with them.
    second: FxHashMap<(WordId, WordId), Begun>,
    /// Which two words begin a sequence together, each two as one of [`PAIRS`] bits.
    pairs: Vec<u64>,
    /// The last one closes the meanings of the one before.
    nodes: Vec<Node>,
    /// What the nodes stand for, in their order.
    meanings: Vec<T>,
    added: Added<T>,
}

/// What the first words of a sequence tell of its end.
#[derive(Clone, Copy, Debug, Default)]
struct Begun {
    node: u32,
    /// The words that go on from here, each as one of 31 bits; the highest bit where the words up to here mean something.
    next: u32,
}

/// The bit of [`Begun::next`] for words that mean something without others.
const ALONE: u32 = 1 << 31;

/// The bit of [`Begun::next`] that stands for a word.
fn next_bit(word: WordId) -> u32 {
    1 << ((word.wrapping_mul(0x9E37_79B9) >> 27) % 31)
}

impl Begun {
    fn is_alone(self) -> bool {
        self.next & ALONE != 0
    }

    fn may_go_on(self, word: WordId) -> bool {
        self.next & next_bit(word) != 0
    }
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

/// The bit that stands for a word among 64.
pub(super) fn bit(word: WordId) -> u64 {
    1 << (word.wrapping_mul(0x9E37_79B9) >> 26)
}

/// The end of a sequence of words, or a part of it.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// Its last word.
    word: WordId,
    /// The first of the nodes that go on from here by one word: they stand side by side in the order of their words.
    children: u32,
    /// How many they are, below the highest byte; that one is the tag.
    count_and_tag: u32,
    /// Where its meanings begin; they end where those of the next node do.
    meanings: u32,
}

impl Node {
    fn children(self) -> Range<usize> {
        self.children as usize..(self.children + (self.count_and_tag & COUNT)) as usize
    }
}

/// The bits of [`Node::count_and_tag`] that count.
const COUNT: u32 = (1 << TAG) - 1;
/// Where the bits of the tag begin.
const TAG: u32 = 24;

/// What was added until the trie is settled.
#[derive(Clone, Debug)]
struct Added<T> {
    /// The words of all entries.
    words: Vec<WordId>,
    entries: Vec<AddedEntry<T>>,
}

#[derive(Clone, Copy, Debug)]
struct AddedEntry<T> {
    /// Its place in [`Added::words`].
    start: u32,
    end: u32,
    meaning: T,
}

impl<T> Default for Added<T> {
    fn default() -> Self {
        Self { words: Vec::new(), entries: Vec::new() }
    }
}

impl<T: Copy> Added<T> {
    fn words_of(&self, entry: &AddedEntry<T>) -> &[WordId] {
        &self.words[entry.start as usize..entry.end as usize]
    }

    /// The entries in the order of their words, those of the same words as they were added.
    fn sorted(&self) -> Vec<AddedEntry<T>> {
        // The first two words, which tell most entries apart, and the place as one number: those are sorted without a look
        // at the entries.
        let key = |words: &[WordId]| match *words {
            [first, second, ..] => (u64::from(first) << 32) + u64::from(second) + 1,
            [first] => u64::from(first) << 32,
            [] => 0,
        };
        let keyed = |(at, entry)| u128::from(key(self.words_of(entry))) << 32 | at as u128;
        let mut order: Vec<u128> = self.entries.iter().enumerate().map(keyed).collect();
        order.sort_unstable();
        let entry = |at: &u128| &self.entries[*at as u32 as usize];
        for alike in order.chunk_by_mut(|one, other| one >> 32 == other >> 32) {
            alike.sort_by(|one, other| self.words_of(entry(one)).cmp(self.words_of(entry(other))));
        }
        order.iter().map(entry).copied().collect()
    }
}

impl<T> Default for Trie<T> {
    fn default() -> Self {
        Self {
            first: Vec::new(),
            second: FxHashMap::default(),
            pairs: vec![0; PAIRS / 64],
            nodes: Vec::new(),
            meanings: Vec::new(),
            added: Added::default(),
        }
    }
}

impl<T: Copy + PartialEq> Trie<T> {
    /// Makes room for so many entries of so many words in all.
    pub fn reserve(&mut self, entries: usize, words: usize) {
        self.added.entries.reserve(entries);
        self.added.words.reserve(words);
    }

    /// Adds a meaning to a sequence of words, to be found when the trie is settled.
    pub fn add(&mut self, words: &[WordId], meaning: T) {
        if words.is_empty() {
            return;
        }
        let start = self.added.words.len() as u32;
        self.added.words.extend_from_slice(words);
        self.added.entries.push(AddedEntry { start, end: self.added.words.len() as u32, meaning });
    }

    /// How many meanings were added.
    #[must_use]
    pub fn count_added(&self) -> usize {
        self.added.entries.len()
    }

    /// What was added after so many, in that order.
    pub fn added_after(&self, count: usize) -> impl Iterator<Item = (&[WordId], T)> {
        self.added.entries[count..].iter().map(|entry| (self.added.words_of(entry), entry.meaning))
    }

    /// Gives each word of what was added another number.
    pub fn renumber(&mut self, numbers: &[WordId]) {
        self.added.words.iter_mut().for_each(|word| *word = numbers[*word as usize]);
    }

    /// Makes what was added to be found, once all has been. Each node bears the tag that `tag` gives what it stands for.
    pub fn settle(&mut self, tag: impl Fn(&[T]) -> u8) {
        let added = std::mem::take(&mut self.added);
        let entries = added.sorted();
        let packing = Packing { trie: self, added: &added, entries: &entries };
        packing.pack();
        let ends = self.nodes.iter().skip(1).map(|node| node.meanings).collect::<Vec<_>>();
        for (node, end) in self.nodes.iter_mut().zip(ends) {
            node.count_and_tag |= u32::from(tag(&self.meanings[node.meanings as usize..end as usize])) << TAG;
        }
    }

    /// The longest entry that `words` begins with: its length and meanings.
    #[must_use]
    #[inline]
    pub fn longest(&self, words: &[WordId]) -> Option<(usize, &[T])> {
        let (length, node) = self.longest_node(words)?;
        Some((length, self.meanings_of(node)))
    }

    /// The same with the tag.
    #[must_use]
    #[inline]
    pub fn longest_with_tag(&self, words: &[WordId]) -> Option<(usize, &[T], u8)> {
        let (length, node) = self.longest_node(words)?;
        Some((length, self.meanings_of(node), (self.nodes[node].count_and_tag >> TAG) as u8))
    }

    /// Whether an entry may begin `words`, as far as its first two words tell.
    #[must_use]
    pub fn may_begin(&self, words: &[WordId]) -> bool {
        self.begun(words).is_some()
    }

    fn meanings_of(&self, node: usize) -> &[T] {
        &self.meanings[self.nodes[node].meanings as usize..self.nodes[node + 1].meanings as usize]
    }

    #[inline]
    fn longest_node(&self, words: &[WordId]) -> Option<(usize, usize)> {
        let (first, goes_on) = self.begun(words)?;
        let longer = if goes_on { self.longest_from_two(words) } else { None };
        longer.or_else(|| first.is_alone().then_some((1, first.node as usize)))
    }

    /// What the first word tells, and whether an entry may go on with the second one; none where neither is one.
    #[inline]
    #[allow(clippy::needless_bitwise_bool)] // All is asked, as each answer is anybody's guess: that takes no branch.
    fn begun(&self, words: &[WordId]) -> Option<(Begun, bool)> {
        let (&word, rest) = words.split_first()?;
        let first = *self.first.get(word as usize)?;
        let goes_on = rest.first().is_some_and(|second| {
            let (at, bit) = pair(word, *second);
            first.may_go_on(*second) & (self.pairs[at] & bit != 0)
        });
        (goes_on | first.is_alone()).then_some((first, goes_on))
    }

    /// The longest entry of two words or more.
    fn longest_from_two(&self, words: &[WordId]) -> Option<(usize, usize)> {
        let &[first, second, ref rest @ ..] = words else { return None };
        let begun = self.second.get(&(first, second))?;
        let goes_on = rest.first().is_some_and(|word| begun.may_go_on(*word));
        let longer = if goes_on { self.longest_below(begun.node as usize, rest) } else { None };
        longer.or_else(|| begun.is_alone().then_some((2, begun.node as usize)))
    }

    /// The longest entry that goes on from a node of two words with `rest`.
    fn longest_below(&self, node: usize, rest: &[WordId]) -> Option<(usize, usize)> {
        let (mut at, mut best) = (node, None);
        for (length, word) in (3..).zip(rest) {
            let children = self.nodes[at].children();
            let Ok(child) = self.nodes[children.clone()].binary_search_by_key(word, |node| node.word) else { break };
            at = children.start + child;
            if !self.meanings_of(at).is_empty() {
                best = Some((length, at));
            }
        }
        best
    }
}

/// Sorted entries on their way into the nodes of a trie.
struct Packing<'a, T> {
    trie: &'a mut Trie<T>,
    added: &'a Added<T>,
    entries: &'a [AddedEntry<T>],
}

/// Entries that begin with the same words; and how many words, of those that have more.
type Longer = (Range<usize>, usize);

impl<T: Copy + PartialEq> Packing<'_, T> {
    fn pack(mut self) {
        let last = self.entries.last().map_or(0, |entry| self.added.words_of(entry)[0] as usize + 1);
        self.trie.first = vec![Begun::default(); last];
        let mut all = (0..self.entries.len(), 0);
        while let Some((first, longer)) = self.next_node(&mut all) {
            let first_word = self.trie.nodes[first].word;
            let mut next = self.alone(first);
            let mut seconds = longer;
            while let Some((second, longer)) = self.next_node(&mut seconds) {
                let word = self.trie.nodes[second].word;
                let alone = self.alone(second);
                let children = self.add_below(second, longer);
                let behind = children.fold(alone, |bits, child| bits | next_bit(self.trie.nodes[child].word));
                let begun = Begun { node: second as u32, next: behind };
                self.trie.second.insert((first_word, word), begun);
                let (at, bit) = pair(first_word, word);
                self.trie.pairs[at] |= bit;
                next |= next_bit(word);
            }
            self.trie.first[first_word as usize] = Begun { node: first as u32, next };
        }
        self.push(0);
    }

    /// The bit that tells whether a node means something, which is the newest one.
    fn alone(&self, node: usize) -> u32 {
        if (self.trie.nodes[node].meanings as usize) < self.trie.meanings.len() { ALONE } else { 0 }
    }

    /// A node for the next word of the first of the entries, of which those with that word are taken: the longer ones come with it.
    fn next_node(&mut self, (entries, length): &mut Longer) -> Option<(usize, Longer)> {
        let words = |at: usize| self.added.words_of(&self.entries[at]);
        let start = entries.clone().next()?;
        let word = words(start)[*length];
        let end = entries.clone().find(|at| words(*at)[*length] != word).unwrap_or(entries.end);
        let longer = (start..end).find(|at| words(*at).len() > *length + 1).unwrap_or(end);
        entries.start = end;
        let node = self.push(word);
        let meanings = &mut self.trie.meanings;
        let own = meanings.len();
        for entry in &self.entries[start..longer] {
            if !meanings[own..].contains(&entry.meaning) {
                meanings.push(entry.meaning);
            }
        }
        Some((node, (longer..end, *length + 1)))
    }

    /// Adds all nodes below one, those of each behind it and its like, without calling itself: an entry may be long. Gives its
    /// children.
    fn add_below(&mut self, node: usize, longer: Longer) -> Range<usize> {
        if longer.0.is_empty() {
            return self.trie.nodes[node].children();
        }
        let mut open = vec![(node, longer)];
        while let Some((parent, mut longer)) = open.pop() {
            let (children, opened) = (self.trie.nodes.len(), open.len());
            while let Some(child) = self.next_node(&mut longer) {
                open.push(child);
            }
            open[opened..].reverse();
            let count = self.trie.nodes.len() - children;
            let parent = &mut self.trie.nodes[parent];
            (parent.children, parent.count_and_tag) = (children as u32, count as u32 & COUNT);
        }
        self.trie.nodes[node].children()
    }

    fn push(&mut self, word: WordId) -> usize {
        let meanings = self.trie.meanings.len() as u32;
        self.trie.nodes.push(Node { word, children: 0, count_and_tag: 0, meanings });
        self.trie.nodes.len() - 1
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
        trie.settle(|meanings| meanings.len() as u8);
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
        trie.settle(|_| 0);
        assert_eq!(trie.longest(&[30, 10]), Some((2, &[7][..])));
        assert_eq!(trie.longest(&[30, 20]), Some((1, &[8][..])));
        assert_eq!(trie.longest(&[20, 30, 10]), Some((3, &[9][..])));
        assert_eq!((trie.longest(&[1, 2]), trie.longest(&[20, 30])), (None, None));
    }
}
