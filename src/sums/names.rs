//! Strings by number: what the keys of sums are made of, so that a sum is found by a few numbers and not by their words.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Strings, each with a number: the first 0, the next 1.
#[derive(Debug, Default)]
pub(super) struct Names {
    text: String,
    /// Where each ends in `text`.
    ends: Vec<usize>,
    /// Numbers and 1, each at the place of its string's hash or behind it; 0 is free. Half of them or more are. As many as a
    /// power of two, which spares a division.
    table: Vec<u32>,
}

/// What stands between the parts of a key: below every other character, so that keys sort as their parts do.
pub(super) const SEPARATOR: char = '\0';

impl Names {
    /// The string's number. A separator inside (rubbish in an article) becomes U+FFFD.
    pub(super) fn number(&mut self, name: &str) -> u32 {
        if self.table.len() < 2 * (self.ends.len() + 1) {
            self.grow();
        }
        let mut place = self.place(name);
        while let Some(number) = self.table[place].checked_sub(1) {
            if self.of(number) == name {
                return number;
            }
            place = self.after(place);
        }
        if name.contains(SEPARATOR) {
            return self.number(&name.replace(SEPARATOR, "\u{fffd}"));
        }
        self.text.push_str(name);
        self.ends.push(self.text.len());
        self.table[place] = self.ends.len() as u32;
        self.ends.len() as u32 - 1
    }

    /// The string of the number.
    pub(super) fn of(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[number]]
    }

    /// All strings in the order of their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len() as u32).map(|number| self.of(number))
    }

    /// How they sort.
    pub(super) fn order(&self) -> Order {
        // The first bytes as a number decide nearly always.
        let beginning = |name: &str| {
            let mut bytes = [0; 8];
            let length = name.len().min(8);
            bytes[..length].copy_from_slice(&name.as_bytes()[..length]);
            u64::from_be_bytes(bytes)
        };
        let mut names: Vec<(u64, &str, u32)> =
            self.iter().zip(0..).map(|(name, number)| (beginning(name), name, number)).collect();
        names.sort_unstable();
        let numbers: Vec<u32> = names.into_iter().map(|(_, _, number)| number).collect();
        let mut ranks = vec![0; numbers.len()];
        for (rank, number) in (0..).zip(&numbers) {
            ranks[*number as usize] = rank;
        }
        Order { numbers, ranks }
    }

    /// Forgets all, but keeps the room.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.table.fill(0);
    }

    /// Bytes that they take, about.
    pub(super) fn memory(&self) -> usize {
        self.text.len() + self.ends.len() * size_of::<usize>() + self.table.len() * size_of::<u32>()
    }

    fn place(&self, name: &str) -> usize {
        let mut hasher = FxHasher::default();
        hasher.write(name.as_bytes());
        hasher.finish() as usize & (self.table.len() - 1)
    }

    fn after(&self, place: usize) -> usize {
        (place + 1) & (self.table.len() - 1)
    }

    fn grow(&mut self) {
        self.table = vec![0; (4 * (self.ends.len() + 1)).next_power_of_two().max(64)];
        for number in 0..self.ends.len() as u32 {
            let mut place = self.place(self.of(number));
            while self.table[place] > 0 {
                place = self.after(place);
            }
            self.table[place] = number + 1;
        }
    }
}

/// How the strings of some names sort.
#[derive(Debug)]
pub(super) struct Order {
    /// The numbers in the order of their strings.
    numbers: Vec<u32>,
    /// The place of each number among them.
    ranks: Vec<u32>,
}

impl Order {
    /// A key of numbers as one of their places, which sorts as the strings do.
    pub(super) fn ranked<const PARTS: usize>(&self, key: [u32; PARTS]) -> [u32; PARTS] {
        key.map(|number| self.ranks[number as usize])
    }

    /// The strings of such a key.
    pub(super) fn words<'a, const PARTS: usize>(&self, ranked: [u32; PARTS], names: &'a Names) -> [&'a str; PARTS] {
        ranked.map(|rank| names.of(self.numbers[rank as usize]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_number() {
        let mut names = Names::default();
        let words: Vec<String> = (0..1000).map(|word| format!("é{word}")).chain([String::new()]).collect();
        for _ in 0..2 {
            let numbers: Vec<u32> = words.iter().map(|word| names.number(word)).collect();
            assert_eq!(numbers, (0..1001).collect::<Vec<u32>>());
        }
        assert!(names.iter().eq(&words));
        let order = names.order();
        assert!((0..1001).map(|rank| order.words([rank], &names)).is_sorted());
        assert_eq!(order.words(order.ranked([7, 1000]), &names), ["é7", ""]);
        names.clear();
        assert_eq!((names.number("b"), names.number("a\0"), names.number("a\u{fffd}")), (0, 1, 1));
    }
}
