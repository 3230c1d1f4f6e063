//! Which bytes of a text are ASCII letters or digits, a bit a byte: the length of a word is read off in one step.

/// A bit for each byte of a text, and blocks without any behind them.
pub(super) struct Letters(Vec<u64>);

impl Letters {
    /// Bytes whose bits are one number; as many are looked at in one step.
    pub(super) const BLOCK: usize = 64;

    pub(super) fn of(bytes: &[u8]) -> Self {
        let (blocks, rest) = bytes.as_chunks::<{ Self::BLOCK }>();
        let mut last = [0; Self::BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        Self(blocks.iter().chain([&last, &[0; Self::BLOCK]]).map(Self::block).collect())
    }

    /// The bits of a block. First one byte of 0 or 1 each, which the compiler turns into wide instructions; then eight
    /// of them at a time are moved into one byte by a multiplication.
    fn block(bytes: &[u8; Self::BLOCK]) -> u64 {
        let flags: [u8; Self::BLOCK] = std::array::from_fn(|i| {
            let byte = bytes[i];
            u8::from((byte | 0x20).wrapping_sub(b'a') < 26) | u8::from(byte.wrapping_sub(b'0') < 10)
        });
        let (eights, _) = flags.as_chunks::<8>();
        let gathered = eights.iter().map(|eight| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56);
        gathered.enumerate().fold(0, |bits, (i, byte)| bits | byte << (8 * i))
    }

    /// How many letters and digits follow each other from `at` on, [`Self::BLOCK`] at most.
    #[inline]
    pub(super) fn run(&self, at: usize) -> usize {
        let (block, bit) = (at / Self::BLOCK, at % Self::BLOCK);
        let Some(high) = self.0.get(block + 1) else { return 0 };
        (self.0[block] >> bit | high << 1 << (Self::BLOCK - 1 - bit)).trailing_ones() as usize
    }
}
