//! Which bytes of a text are ASCII letters or digits, a bit a byte: the length of a word is read off in one step.

use crate::scan::places::{BLOCK, bits};

/// A bit for each byte of a text, and blocks without any behind them.
pub(super) struct Letters(Vec<u64>);

impl Letters {
    /// Bytes whose bits are one number; as many are looked at in one step.
    pub(super) const BLOCK: usize = BLOCK;

    pub(super) fn of(bytes: &[u8]) -> Self {
        let (blocks, rest) = bytes.as_chunks::<{ Self::BLOCK }>();
        let mut last = [0; Self::BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        Self(blocks.iter().chain([&last, &[0; Self::BLOCK]]).map(Self::block).collect())
    }

    fn block(bytes: &[u8; Self::BLOCK]) -> u64 {
        bits(|at| {
            let byte = bytes[at];
            u8::from((byte | 0x20).wrapping_sub(b'a') < 26) | u8::from(byte.wrapping_sub(b'0') < 10)
        })
    }

    /// How many letters and digits follow each other from `at` on, [`Self::BLOCK`] at most.
    #[inline]
    pub(super) fn run(&self, at: usize) -> usize {
        let (block, bit) = (at / Self::BLOCK, at % Self::BLOCK);
        let Some(high) = self.0.get(block + 1) else { return 0 };
        (self.0[block] >> bit | high << 1 << (Self::BLOCK - 1 - bit)).trailing_ones() as usize
    }
}
