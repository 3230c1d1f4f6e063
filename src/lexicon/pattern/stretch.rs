//! The units on one side of a quotation as sets of places, a bit a place: a node of a pattern takes all the places that
//! are reached so far to those behind it in a few instructions, however many they are.

use smallvec::{SmallVec, smallvec};

use super::PARTS;
use super::expression::{Group, Node, Times};
use super::symbols::Symbol;

/// A set of places: the first stands before all units, the next behind the first unit, and so on.
pub(super) type Places = u64;

/// The first place.
pub(super) const START: Places = 1;

/// More units than this are not looked at.
const LONGEST: usize = 63;

/// A letter that no unit has.
const NONE: u8 = 63;

/// The letters that end a sentence.
pub(super) const SENTENCE_ENDS: u64 =
    1 << Symbol::Stop as u8 | 1 << Symbol::SoftStop as u8 | 1 << Symbol::Paragraph as u8;

/// A set of units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct UnitSet {
    letters: u64,
    /// Those letters, or all others, whichever are fewer.
    few: u64,
    /// All bits where `few` are the others.
    turned: u64,
}

impl UnitSet {
    pub(super) fn new(letters: u64) -> Self {
        let turned = if letters.count_ones() > 32 { !0 } else { 0 };
        Self { letters, few: letters ^ turned, turned }
    }

    pub(super) fn letters(self) -> u64 {
        self.letters
    }
}

/// The units on one side of a quotation, the nearest first.
#[derive(Clone, Debug)]
pub struct Stretch {
    units: [u8; LONGEST + 1],
    length: usize,
    /// The letters up to the first end of a sentence.
    near: u64,
    /// For each letter a bit for each unit that has it. Made when it is first asked for: mostly one looks at one unit
    /// after the other.
    of_letter: [u64; LONGEST + 1],
    /// The letters that stand in it; none while that is not made.
    present: u64,
    /// Where each node of the side that was looked at last may end.
    ends: Ends,
}

/// Where each of some nodes may end.
type Ends = SmallVec<[Places; 32]>;

impl Default for Stretch {
    fn default() -> Self {
        let (units, of_letter) = ([NONE; LONGEST + 1], [0; LONGEST + 1]);
        Self { units, length: 0, near: 0, of_letter, present: 0, ends: Ends::new() }
    }
}

/// Where the parts of a pattern begin and end.
pub(super) type PartPlaces = [Option<(usize, usize)>; PARTS.len()];

impl Stretch {
    /// Takes these units, the nearest of which stands first, and forgets the others.
    pub fn set(&mut self, units: &[u8]) {
        let near = &units[..units.len().min(LONGEST)];
        self.units[..near.len()].copy_from_slice(near);
        self.close(near.len());
    }

    /// The same of units the nearest of which stands last.
    pub fn set_backwards(&mut self, units: &[u8]) {
        let near = &units[units.len().saturating_sub(LONGEST)..];
        for (known, unit) in self.units[..near.len()].iter_mut().zip(near.iter().rev()) {
            *known = *unit;
        }
        self.close(near.len());
    }

    /// Notes that there are so many units, and what stands near.
    fn close(&mut self, length: usize) {
        self.length = length;
        self.units[self.length] = NONE;
        (self.near, self.present) = (1 << NONE, 0);
        for letter in &self.units[..self.length] {
            self.near |= 1 << (letter & NONE);
            if SENTENCE_ENDS >> (letter & NONE) & 1 != 0 {
                break;
            }
        }
    }

    /// The letters up to the first end of a sentence, a bit each.
    pub(super) fn near(&self) -> u64 {
        self.near
    }

    /// The letter of the unit behind a place. Behind the last unit stands whatever stood there before: a sieve may read it, since a
    /// pattern that may end earlier allows every letter there.
    pub(super) fn letter(&self, place: usize) -> u8 {
        self.units[place]
    }

    /// The letters of the units that stand next at the places.
    fn next(&mut self, mut places: Places) -> u64 {
        let mut found = 0;
        while places != 0 {
            found |= 1 << self.unit_at(places);
            places &= places - 1;
        }
        found
    }

    fn sort_by_letter(&mut self) {
        if self.present != 0 {
            return;
        }
        self.of_letter = [0; LONGEST + 1];
        for (at, letter) in self.units[..self.length].iter().enumerate() {
            self.of_letter[usize::from(*letter) & LONGEST] |= 1 << at;
            self.present |= 1 << (letter & NONE);
        }
    }

    /// The places to which a node leads from any of `from`.
    pub(super) fn reach(&mut self, node: &Node, from: Places) -> Places {
        match node {
            Node::Quotation(_) => 0,
            Node::Unit { set, times, .. } if times.most == 1 => {
                // All the places where it may be missing, else none: told without a branch.
                let missing = u64::from(times.least).wrapping_sub(1);
                from & missing | self.reach_one(*set, from)
            }
            Node::Unit { set, times, .. } => self.reach_several(*set, *times, from),
            Node::Group(group) => self.reach_group(group, from),
        }
    }

    /// The places from which a node leads to any of `to`.
    fn come(&mut self, node: &Node, to: Places) -> Places {
        match node {
            Node::Quotation(_) => 0,
            Node::Unit { set, times, .. } => {
                let units = self.units(*set);
                repeated(*times, to, |to| to >> 1 & units)
            }
            Node::Group(group) => repeated(group.times, to, |to| self.come_once(group, to)),
        }
    }

    fn come_once(&mut self, group: &Group, to: Places) -> Places {
        group.alternatives.iter().fold(0, |found, nodes| found | self.come_all(nodes, to))
    }

    fn come_all(&mut self, nodes: &[Node], to: Places) -> Places {
        nodes.iter().rev().fold(to, |to, node| if to == 0 { 0 } else { self.come(node, to) })
    }

    fn unit_at(&self, place: Places) -> u8 {
        self.units[place.trailing_zeros() as usize & LONGEST]
    }

    /// The units of a set, the bit of each at the place before it.
    fn units(&mut self, set: UnitSet) -> u64 {
        self.sort_by_letter();
        let (mut letters, mut found) = (set.few & self.present, 0);
        while letters != 0 {
            found |= self.of_letter[letters.trailing_zeros() as usize];
            letters &= letters - 1;
        }
        (found ^ set.turned) & ((1 << self.length) - 1)
    }

    #[inline]
    fn reach_one(&mut self, set: UnitSet, from: Places) -> Places {
        if from.is_power_of_two() {
            return if set.letters >> self.unit_at(from) & 1 != 0 { from << 1 } else { 0 };
        }
        (from & self.units(set)) << 1
    }

    fn reach_several(&mut self, set: UnitSet, times: Times, from: Places) -> Places {
        let units = self.units(set);
        if times.least == 0 && times.most == u32::MAX {
            // Carries run from each place to the end of its run of units.
            return ((from & units).wrapping_add(units) ^ units) | from;
        }
        repeated(times, from, |from| (from & units) << 1)
    }

    fn reach_group(&mut self, group: &Group, from: Places) -> Places {
        repeated(group.times, from, |from| {
            // Mostly what is in brackets may be missing, and is.
            if group.first & self.next(from) == 0 {
                return if group.hollow { from } else { 0 };
            }
            group.alternatives.iter().fold(0, |found, nodes| found | self.reach_all(nodes, from))
        })
    }

    fn reach_all(&mut self, nodes: &[Node], from: Places) -> Places {
        nodes.iter().fold(from, |from, node| if from == 0 { 0 } else { self.reach(node, from) })
    }

    /// Whether a side of a pattern fits.
    pub(super) fn fits(&mut self, nodes: &[Node]) -> bool {
        self.ends.clear();
        let mut places = START;
        for node in nodes {
            places = self.reach(node, places);
            if places == 0 {
                return false;
            }
            self.ends.push(places);
        }
        true
    }

    /// The parts of the side that was just found to fit, where it prefers to find them: as regular expressions do, it takes the
    /// first alternative, and as many as it may of what may stand often.
    pub(super) fn parts(&mut self, nodes: &[Node]) -> PartPlaces {
        let (mut parts, mut ends) = (PartPlaces::default(), Ends::from_slice(&self.ends));
        self.walk_back(nodes, &mut ends);
        self.follow(nodes, 0, &ends, &mut parts);
        parts
    }

    /// The preferred way through nodes from a place to one of `to`: the place where it ends.
    fn walk(&mut self, nodes: &[Node], from: usize, to: Places, parts: &mut PartPlaces) -> usize {
        let mut ends = Ends::new();
        nodes.iter().fold(START << from, |from, node| {
            let places = self.reach(node, from);
            ends.push(places);
            places
        });
        let Some(last) = ends.last_mut() else { return from };
        *last &= to;
        self.walk_back(nodes, &mut ends);
        self.follow(nodes, from, &ends, parts)
    }

    /// Leaves of the ends to which nodes come those from where they are left for the last.
    fn walk_back(&mut self, nodes: &[Node], ends: &mut [Places]) {
        for at in (1..nodes.len()).rev() {
            if !ends[at - 1].is_power_of_two() {
                ends[at - 1] &= self.come(&nodes[at], ends[at]);
            }
        }
    }

    /// The place where the preferred way from a place over the ends of nodes comes to.
    fn follow(&mut self, nodes: &[Node], from: usize, ends: &[Places], parts: &mut PartPlaces) -> usize {
        nodes.iter().zip(ends).fold(from, |at, (node, &to)| {
            let sole = to.is_power_of_two().then(|| to.trailing_zeros() as usize);
            match node {
                Node::Quotation(_) => at,
                Node::Unit { part, times, .. } => {
                    let several = || preferred(self.reach(node, START << at) & to, times.lazy);
                    let end = sole.or_else(several).unwrap_or(at);
                    if let Some(part) = part.filter(|_| end > at) {
                        parts[part] = Some((end - 1, end));
                    }
                    end
                }
                Node::Group(group) => match sole.filter(|_| !group.named) {
                    Some(end) => end,
                    None => self.walk_group(group, at, to, parts),
                },
            }
        })
    }

    fn walk_group(&mut self, group: &Group, from: usize, to: Places, parts: &mut PartPlaces) -> usize {
        let Times { least, most, lazy } = group.times;
        // From where one comes to `to` with so many rounds that may be left out, then with those that may not.
        let mut ends: SmallVec<[Places; 16]> = smallvec![to];
        let optional = most - least;
        while ends.len() <= optional as usize {
            let last = ends[ends.len() - 1];
            ends.push(last | self.come_once(group, last));
            if last == ends[ends.len() - 1] {
                break;
            }
        }
        let kept = ends.len() - 1;
        for _ in 0..least {
            ends.push(self.come_once(group, ends[ends.len() - 1]));
        }
        let mut at = from;
        for round in (0..least as usize).rev() {
            at = self.walk_once(group, at, ends[kept + round], parts).unwrap_or(at);
        }
        for left in (0..optional).rev() {
            if lazy && to >> at & 1 != 0 {
                break;
            }
            match self.walk_once(group, at, ends[kept.min(left as usize)], parts) {
                Some(end) if end > at => at = end,
                _ => break,
            }
        }
        at
    }

    fn walk_once(&mut self, group: &Group, from: usize, to: Places, parts: &mut PartPlaces) -> Option<usize> {
        let nodes = group.alternatives.iter().find(|nodes| self.come_all(nodes, to) >> from & 1 != 0)?;
        Some(self.walk(nodes, from, to, parts))
    }
}

/// The places to which so many rounds lead.
pub(super) fn repeated(times: Times, from: Places, mut once: impl FnMut(Places) -> Places) -> Places {
    let mut now = from;
    for _ in 0..times.least {
        now = once(now);
        if now == 0 {
            return 0;
        }
    }
    let mut found = now;
    for _ in times.least..times.most {
        // From a place that was reached with fewer rounds one comes as far.
        now = once(now) & !found;
        if now == 0 {
            break;
        }
        found |= now;
    }
    found
}

/// The farthest place, or the nearest.
fn preferred(places: Places, nearest: bool) -> Option<usize> {
    if places == 0 {
        return None;
    }
    Some(if nearest { places.trailing_zeros() } else { places.ilog2() } as usize)
}
