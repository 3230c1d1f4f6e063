//! Numbers by a key, sorted, so that those of one key are found in a few steps however many there are.

use smallvec::SmallVec;

/// Numbers by a key; those of one key in order.
#[derive(Clone, Debug)]
pub struct Grouped<K>(SmallVec<[(K, u32); 24]>);

impl<K: Ord + Copy> Grouped<K> {
    /// Of keys with their numbers.
    pub fn of(pairs: impl Iterator<Item = (K, u32)>) -> Self {
        let mut pairs: SmallVec<[(K, u32); 24]> = pairs.collect();
        pairs.sort_unstable();
        Self(pairs)
    }

    /// The numbers of a key.
    pub fn get(&self, key: K) -> impl Iterator<Item = usize> {
        let first = self.0.partition_point(|(other, _)| *other < key);
        self.0[first..].iter().take_while(move |(other, _)| *other == key).map(|(_, number)| *number as usize)
    }
}
