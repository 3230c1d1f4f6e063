//! Sets of places in a row, a bit a place: what many of them have is told in a few instructions.

use std::array;

/// Places whose bits are one number; as many are looked at in one step.
pub(super) const BLOCK: usize = 64;

/// The bits of a block. First one byte of 0 or 1 each, which the compiler turns into wide instructions; then eight of
/// them at a time are moved into one byte by a multiplication.
#[inline]
pub(super) fn bits(flag: impl FnMut(usize) -> u8) -> u64 {
    let flags: [u8; BLOCK] = array::from_fn(flag);
    let (eights, _) = flags.as_chunks::<8>();
    let gathered = eights.iter().map(|eight| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56);
    gathered.enumerate().fold(0, |bits, (i, byte)| bits | byte << (8 * i))
}

/// A set of places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Places(pub(super) Vec<u64>);

impl Places {
    /// Makes it the set of places at which things stand for which `flag` is 1; else it is 0.
    pub(crate) fn gather<T: Copy + Default>(&mut self, things: &[T], flag: impl Fn(T) -> u8) {
        let (blocks, rest) = things.as_chunks::<BLOCK>();
        let mut last = [T::default(); BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        self.0.clear();
        self.0.extend(blocks.iter().chain([&last]).map(|block| bits(|at| flag(block[at]))));
    }

    /// Its places, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        let (mut block, mut left) = (0, self.0.first().copied().unwrap_or(0));
        std::iter::from_fn(move || {
            while left == 0 {
                block += 1;
                left = *self.0.get(block)?;
            }
            let place = block * BLOCK + left.trailing_zeros() as usize;
            left &= left - 1;
            Some(place)
        })
    }

    /// The first place of the set in `from..end`.
    #[inline]
    pub(super) fn next(&self, from: usize, end: usize) -> Option<usize> {
        let (mut block, mut passed) = (from / BLOCK, from % BLOCK);
        while block * BLOCK < end {
            let rest = self.0[block] >> passed << passed;
            if rest != 0 {
                return Some(block * BLOCK + rest.trailing_zeros() as usize).filter(|place| *place < end);
            }
            (block, passed) = (block + 1, 0);
        }
        None
    }
}
