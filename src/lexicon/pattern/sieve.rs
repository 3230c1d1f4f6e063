//! Which patterns may fit at all, told of many at once, a bit a pattern: nearly all need a letter beside the quotation or in
//! its sentence that does not stand there.

use super::expression::{Node, needs};
use super::stretch::{Places, START, Stretch, repeated};
use super::symbols::QuotationLook;

/// So many patterns are asked at once.
pub(super) const AT_ONCE: usize = u64::BITS as usize;

/// Letters, the last of which is none.
const LETTERS: usize = 64;
/// Units next to the quotation that are looked at.
const NEXT: usize = 4;
/// Sets of letters of each of which one is looked for in the sentence.
const NEEDS: usize = 3;

/// What a pattern asks.
pub(super) struct Asked<'a> {
    /// The looks of the quotations that it may be about, a bit each.
    pub(super) looks: u32,
    /// Left and right of the quotation, outwards.
    pub(super) sides: &'a [Vec<Node>; 2],
}

/// What some patterns ask.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    /// For each look of a quotation those that may be about it.
    looks: [u64; QuotationLook::COUNT as usize],
    sides: [Side; 2],
}

/// What they ask of one side of the quotation.
#[derive(Clone, Debug)]
struct Side {
    /// For each of the next units, by its letter, those to which it may be that unit.
    next: [[u64; LETTERS]; NEXT],
    /// For each letter those to which it is one of a set that they need.
    needs: [[u64; NEEDS]; LETTERS],
}

impl Sieve {
    /// Of [`AT_ONCE`] patterns at most.
    pub(super) fn new<'a>(patterns: impl Iterator<Item = Asked<'a>>) -> Self {
        let side = Side { next: [[0; LETTERS]; NEXT], needs: [[0; NEEDS]; LETTERS] };
        let mut sieve = Self { looks: [0; QuotationLook::COUNT as usize], sides: [side.clone(), side] };
        for (pattern, Asked { looks, sides }) in patterns.enumerate() {
            let bit = 1 << pattern;
            for (look, patterns) in sieve.looks.iter_mut().enumerate() {
                *patterns |= if looks >> look & 1 != 0 { bit } else { 0 };
            }
            for (side, nodes) in sieve.sides.iter_mut().zip(sides) {
                side.add(nodes, bit);
            }
        }
        sieve
    }

    /// Those that may fit a quotation of this look between these units, a bit each.
    pub(super) fn pass(&self, look: usize, units: [&Stretch; 2]) -> u64 {
        let sides = || self.sides.iter().zip(units);
        let next = |found, (side, units): (&Side, &Stretch)| found & side.allow(units);
        let found = sides().fold(self.looks[look], next);
        sides().fold(found, |found, (side, units)| if found == 0 { 0 } else { found & side.met(units) })
    }
}

impl Side {
    fn add(&mut self, nodes: &[Node], pattern: u64) {
        let add = |letters: u64, patterns: &mut dyn FnMut(usize)| {
            (0..LETTERS).filter(|letter| letters >> letter & 1 != 0).for_each(patterns);
        };
        for (letters, next) in next(nodes).into_iter().zip(&mut self.next) {
            add(letters, &mut |letter| next[letter] |= pattern);
        }
        for (set, letters) in needs::<NEEDS>(nodes).into_iter().enumerate() {
            add(letters, &mut |letter| self.needs[letter][set] |= pattern);
        }
    }

    /// Those to which the next units may be what they are.
    fn allow(&self, units: &Stretch) -> u64 {
        let next = self.next.iter().enumerate();
        next.fold(!0, |found, (place, of_letter)| found & of_letter[usize::from(units.letter(place)) % LETTERS])
    }

    /// Those whose needs the sentence meets.
    fn met(&self, units: &Stretch) -> u64 {
        let (mut letters, mut met) = (units.near(), [0; NEEDS]);
        while letters != 0 {
            let of_letter = &self.needs[letters.trailing_zeros() as usize];
            met.iter_mut().zip(of_letter).for_each(|(met, patterns)| *met |= patterns);
            letters &= letters - 1;
        }
        met.into_iter().fold(!0, |found, met| found & met)
    }
}

/// The letters that each of the next units may have where nodes fit; all letters from where they may end.
fn next(nodes: &[Node]) -> [u64; NEXT] {
    let mut letters = [0; NEXT];
    let ends = pass_all(nodes, START, &mut letters);
    for (place, letters) in letters.iter_mut().enumerate() {
        *letters |= if ends & ((2 << place) - 1) != 0 { !0 } else { 0 };
    }
    letters
}

fn pass_all(nodes: &[Node], from: Places, letters: &mut [u64; NEXT]) -> Places {
    nodes.iter().fold(from, |from, node| pass(node, from, letters))
}

/// The places to which a node may lead from others, whatever stands there, as far as they are looked at.
fn pass(node: &Node, from: Places, letters: &mut [u64; NEXT]) -> Places {
    const SEEN: Places = (1 << NEXT) - 1;
    match node {
        Node::Quotation(_) => 0,
        Node::Unit { set, times, .. } => repeated(*times, from, |from| {
            for (place, letters) in letters.iter_mut().enumerate() {
                *letters |= if from >> place & 1 != 0 { set.letters() } else { 0 };
            }
            from << 1 & SEEN
        }),
        Node::Group(group) => repeated(group.times, from, |from| {
            group.alternatives.iter().fold(0, |found, nodes| found | pass_all(nodes, from, letters))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::reference::units;
    use super::super::{QUOTATION, Window};
    use crate::lexicon::Lexicons;

    #[test]
    fn the_first_of_all_that_fit_is_found() {
        let patterns = Lexicons::embedded().patterns;
        let all = units(800);
        let mut found = 0;
        for (number, sides) in all.chunks_exact(2).enumerate() {
            let look = number as u8 % 32;
            let mut window = Window { quotation: QUOTATION + look, unit: sides[0].len(), ..Window::default() };
            window.left.set(&sides[0]);
            window.right.set(&sides[1]);
            let expected = patterns.order.iter().enumerate().find(|(place, row)| {
                let is_about = patterns.sieves[place / 64].looks[usize::from(look)] >> (place % 64) & 1 != 0;
                let [left, right] = &patterns.sides[**row];
                is_about && window.left.fits(left) && window.right.fits(right)
            });
            assert_eq!(patterns.find(&mut window).map(|found| found.row), expected.map(|(_, row)| *row));
            found += usize::from(expected.is_some());
        }
        assert!(found > 100, "{found}");
    }
}
