//! The signs in what somebody is called, so that the tables of many articles have one name for whom they write with other white space
//! or another apostrophe: most are taken as they stand.

use crate::lexicon::plain_signs::{is_plain, plain};

/// Whether a text has no white space but single spaces, and no sign but those of a keyboard.
pub(super) fn is_even(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut all, mut space_before) = (Signs::default(), 0);
    let blocks = bytes.chunks_exact(8);
    let rest = !blocks.remainder().is_empty();
    for block in blocks {
        let signs = Signs::of(block.try_into().expect("eight bytes"), space_before);
        (all, space_before) = (all.and(signs), signs.spaces >> 56);
    }
    match bytes.last_chunk() {
        // What was seen already is seen again.
        Some(last) if rest => all = all.and(Signs::of(*last, 0)),
        Some(_) => {}
        None => all = Signs::of_few(bytes),
    }
    if all.beyond == 0 { all.odd == 0 } else { is_even_beyond_ascii(text) }
}

/// Whether a space stands in a text.
pub(super) fn has_space(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (blocks, _) = bytes.as_chunks::<8>();
    let rest = bytes.last_chunk().map_or_else(|| Signs::of_few(bytes), |last| Signs::of(*last, 0));
    blocks.iter().fold(rest.spaces, |spaces, block| spaces | Signs::of(*block, 0).spaces) != 0
}

/// What stands in eight bytes, a bit for each byte.
#[derive(Clone, Copy, Default)]
struct Signs {
    spaces: u64,
    /// Signs below a space, and spaces after a space.
    odd: u64,
    /// Signs that are not ASCII.
    beyond: u64,
}

impl Signs {
    fn of(bytes: [u8; 8], space_before: u64) -> Self {
        const EACH: u64 = 0x0101_0101_0101_0101;
        const HIGH: u64 = EACH * 0x80;
        let bytes = u64::from_le_bytes(bytes);
        let beyond = bytes & HIGH;
        let low = bytes & !HIGH;
        // Without its highest bit the second byte of `Š` and `à` is a space, too.
        let spaces = !(((low ^ (EACH * 0x20)) + (HIGH - EACH)) | bytes) & HIGH;
        let small = bytes.wrapping_sub(EACH * 0x20) & HIGH;
        Self { spaces, odd: small | spaces & (spaces << 8 | space_before), beyond }
    }

    /// Of less than eight bytes.
    fn of_few(bytes: &[u8]) -> Self {
        if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            let [first, last] = [first, last].map(|four| u64::from(u32::from_le_bytes(*four)));
            let signs = Self::of((first | last << 32).to_le_bytes(), 0);
            if signs.spaces == 0 {
                return signs;
            }
        }
        let mut padded = [b'a'; 8];
        padded[..bytes.len()].copy_from_slice(bytes);
        Self::of(padded, 0)
    }

    fn and(self, other: Self) -> Self {
        Self { spaces: other.spaces, odd: self.odd | other.odd, beyond: self.beyond | other.beyond }
    }
}

#[cold]
fn is_even_beyond_ascii(text: &str) -> bool {
    let seen = |sign: char| sign == ' ' || !sign.is_whitespace();
    !text.contains("  ") && text.chars().all(seen) && text.bytes().all(|byte| byte >= b' ') && is_plain(text)
}

/// White space of any kind as single spaces, and every sign as a keyboard has it.
pub(super) fn squeeze(text: &str) -> String {
    plain(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_that_ends_in_the_byte_of_a_no_break_space_is_no_space() {
        for letter in ["Š", "à", "Ġ", "ꀠ"] {
            assert!(letter.as_bytes().iter().any(|byte| byte & 0x7f == 0x20), "{letter}");
            for length in 0..20 {
                let name = format!("{letter}{}", "x".repeat(length));
                assert!(!has_space(&name) && is_even(&name), "{name}");
                assert!(has_space(&format!("{name} {name}")), "{name}");
            }
        }
    }

    #[test]
    fn odd_white_space_is_seen_wherever_it_stands() {
        for length in 0..20 {
            let even = "x".repeat(length);
            assert!(is_even(&even) && !has_space(&even), "{length}");
            for (place, odd) in (0..=length).flat_map(|place| [" ", "  ", "\t", "\u{ad}", "’"].map(|odd| (place, odd)))
            {
                let text = format!("{}{odd}{}", &even[..place], &even[place..]);
                assert_eq!(has_space(&text), odd.contains(' '), "{text:?}");
                assert_eq!(is_even(&text), odd == " ", "{text:?}");
                assert_eq!(is_even(&text), is_even_beyond_ascii(&text), "{text:?}");
            }
        }
    }
}
