//! Sums by key, in memory as long as they fit, beyond it in sorted runs. Knows nothing of what is summed, only that it is
//! so many numbers.

use std::{
    fs::File,
    io::{self, BufReader, Read, Write},
    iter::Peekable,
};

use rustc_hash::FxHashMap;

use crate::sums::{
    SumsError,
    merge::{Merge, is_crowded, temporary_file},
    names::{Names, Order, SEPARATOR},
};

/// Runs of about the same length that are merged into one.
const FAN_IN: usize = 16;

/// The latest of the rare sums that are looked at for one of the same key.
const LATEST: usize = 16;

/// Something that is summed, and that so many numbers hold. Parts are added in the order of their documents.
pub(super) trait Sum<const NUMBERS: usize>:
    Default + From<[u64; NUMBERS]> + Into<[u64; NUMBERS]> + 'static
{
    /// Adds what was summed elsewhere.
    fn add(&mut self, other: Self);
}

/// Sums by key, a key being so many [`Names`].
#[derive(Debug)]
pub(super) struct Groups<S, const PARTS: usize, const NUMBERS: usize> {
    sums: FxHashMap<[u32; PARTS], S>,
    /// Those whose keys hardly come twice, which need no look-up: a key may have several, until they are sorted.
    rare: Vec<([u32; PARTS], S)>,
    runs: Vec<Run>,
}

impl<S, const PARTS: usize, const NUMBERS: usize> Default for Groups<S, PARTS, NUMBERS> {
    fn default() -> Self {
        Self { sums: FxHashMap::default(), rare: Vec::new(), runs: Vec::new() }
    }
}

impl<S: Sum<NUMBERS>, const PARTS: usize, const NUMBERS: usize> Groups<S, PARTS, NUMBERS> {
    /// The key's sum, a new one if it has none in memory.
    pub(super) fn sum(&mut self, key: [u32; PARTS]) -> &mut S {
        self.sums.entry(key).or_default()
    }

    /// A sum of a key that hardly comes twice: one of the latest, or a new one.
    pub(super) fn rare(&mut self, key: [u32; PARTS]) -> &mut S {
        let latest = self.rare.len().saturating_sub(LATEST);
        let known = self.rare[latest..].iter().rposition(|(known, _)| *known == key);
        let place = known.map_or(self.rare.len(), |known| latest + known);
        if known.is_none() {
            self.rare.push((key, S::default()));
        }
        &mut self.rare[place].1
    }

    /// Gives away what is in files: keys and their sums, a key's earlier ones first.
    pub(super) fn take_runs(&mut self) -> impl Iterator<Item = io::Result<(Box<str>, S)>> + use<S, PARTS, NUMBERS> {
        std::mem::take(&mut self.runs).into_iter().flat_map(read_run)
    }

    /// Adds groups that are in memory and leaves none of them, each sum changed first. `numbers` are those that the parts of
    /// their keys have here.
    pub(super) fn add(&mut self, others: &mut Self, numbers: &[u32], change: impl Fn(&mut S)) {
        debug_assert!(others.runs.is_empty(), "what is in files comes before");
        others.sums.drain().for_each(|(key, mut other)| {
            change(&mut other);
            self.sum(key.map(|part| numbers[part as usize])).add(other);
        });
        self.rare.extend(others.rare.drain(..).map(|(key, mut other)| {
            change(&mut other);
            (key.map(|part| numbers[part as usize]), other)
        }));
    }

    /// Bytes of memory that they take, about: a hash map or a list is between half full and full.
    pub(super) fn memory(&self) -> usize {
        (self.sums.len() + self.rare.len()) * 2 * size_of::<([u32; PARTS], S)>()
    }

    /// Moves the sums to a file.
    pub(super) fn spill(&mut self, names: &Names, order: &Order) -> io::Result<()> {
        let sums = self.take_sorted(order).into_iter();
        self.runs.push(write_run(sums.map(|(key, sum)| Ok((joined(order.words(key, names)), sum))))?);
        while is_crowded(self.runs.iter().map(|run| run.groups), FAN_IN) {
            let crowd = self.runs.drain(self.runs.len() - FAN_IN..);
            let merged = Merged::<S, NUMBERS>::new(crowd.map(read_run::<S, NUMBERS>).collect())?;
            self.runs.push(write_run(merged)?);
        }
        Ok(())
    }

    /// Gives all groups away, in the order of their keys.
    pub(super) fn give<E: From<SumsError>>(
        &mut self,
        names: &Names,
        order: &Order,
        mut take: impl FnMut([&str; PARTS], S) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut in_memory = self.take_sorted(order).into_iter();
        if self.runs.is_empty() {
            return in_memory.try_for_each(|(key, sum)| take(order.words(key, names), sum));
        }
        let in_memory: Vec<_> = in_memory.map(|(key, sum)| Ok((joined(order.words(key, names)), sum))).collect();
        let in_memory: Source<S> = Box::new(in_memory.into_iter());
        let runs = self.runs.drain(..).map(read_run::<S, NUMBERS>);
        for group in Merged::<S, NUMBERS>::new(runs.chain([in_memory]).collect()).map_err(SumsError::from)? {
            let (key, sum) = group.map_err(SumsError::from)?;
            take(parts(&key), sum)?;
        }
        Ok(())
    }

    /// The groups in memory in the order of their keys, which are ranked.
    fn take_sorted(&mut self, order: &Order) -> Vec<([u32; PARTS], S)> {
        let all = self.sums.drain().chain(self.rare.drain(..));
        let mut sums: Vec<([u32; PARTS], S)> = all.map(|(key, sum)| (order.ranked(key), sum)).collect();
        sums.sort_unstable_by_key(|(key, _)| *key);
        sums.dedup_by(|(other, sum), (key, first)| {
            let is_of_key = other == key;
            if is_of_key {
                first.add(std::mem::take(sum));
            }
            is_of_key
        });
        sums
    }
}

/// The words as one string, which sorts as they do.
fn joined<const PARTS: usize>(words: [&str; PARTS]) -> Box<str> {
    let mut separator = [0; 4];
    words.join(SEPARATOR.encode_utf8(&mut separator)).into()
}

/// The words that were joined.
pub(super) fn parts<const PARTS: usize>(joined: &str) -> [&str; PARTS] {
    let mut parts = joined.split(SEPARATOR);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

/// Groups in the order of their keys, one a key.
pub(super) struct Merged<S: Sum<NUMBERS>, const NUMBERS: usize>(Peekable<Merge<Source<S>, Box<str>, S>>);

/// Groups in the order of their keys.
type Source<S> = Box<dyn Iterator<Item = io::Result<(Box<str>, S)>>>;

impl<S: Sum<NUMBERS>, const NUMBERS: usize> Merged<S, NUMBERS> {
    fn new(sources: Vec<Source<S>>) -> io::Result<Self> {
        Ok(Self(Merge::new(sources)?.peekable()))
    }
}

impl<S: Sum<NUMBERS>, const NUMBERS: usize> Iterator for Merged<S, NUMBERS> {
    type Item = io::Result<(Box<str>, S)>;

    fn next(&mut self) -> Option<Self::Item> {
        let (key, mut sum) = match self.0.next()? {
            Ok(group) => group,
            Err(error) => return Some(Err(error)),
        };
        let is_of_key = |next: &Self::Item| next.as_ref().is_ok_and(|(next, _)| *next == key);
        while let Some(Ok((_, other))) = self.0.next_if(is_of_key) {
            sum.add(other);
        }
        Some(Ok((key, sum)))
    }
}

/// A temporary file of groups in the order of their keys: the key's length in four bytes, the key, the numbers in eight
/// bytes each, all little-endian. CSV or JSON would take several times as long.
#[derive(Debug)]
struct Run {
    file: File,
    groups: u64,
}

fn write_run<S: Sum<NUMBERS>, const NUMBERS: usize>(
    sums: impl Iterator<Item = io::Result<(Box<str>, S)>>,
) -> io::Result<Run> {
    let mut groups = 0;
    let file = temporary_file(|writer| {
        for group in sums {
            let (key, sum) = group?;
            writer.write_all(&(key.len() as u32).to_le_bytes())?;
            writer.write_all(key.as_bytes())?;
            writer.write_all(sum.into().map(u64::to_le_bytes).as_flattened())?;
            groups += 1;
        }
        Ok(())
    })?;
    Ok(Run { file, groups })
}

fn read_run<S: Sum<NUMBERS>, const NUMBERS: usize>(run: Run) -> Source<S> {
    let mut reader = BufReader::new(run.file);
    Box::new((0..run.groups).map(move |_| read_group(&mut reader)))
}

fn read_group<S: Sum<NUMBERS>, const NUMBERS: usize>(reader: &mut impl Read) -> io::Result<(Box<str>, S)> {
    let mut length = [0; 4];
    reader.read_exact(&mut length)?;
    let mut key = vec![0; u32::from_le_bytes(length) as usize];
    reader.read_exact(&mut key)?;
    let mut numbers = [[0; 8]; NUMBERS];
    reader.read_exact(numbers.as_flattened_mut())?;
    let key = String::from_utf8(key).map_err(|_| io::ErrorKind::InvalidData)?;
    Ok((key.into(), numbers.map(u64::from_le_bytes).into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts, and carries a number that a file must bring back whole.
    #[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
    struct Count(u64, u64);

    impl From<[u64; 2]> for Count {
        fn from([count, number]: [u64; 2]) -> Self {
            Self(count, number)
        }
    }

    impl From<Count> for [u64; 2] {
        fn from(Count(count, number): Count) -> Self {
            [count, number]
        }
    }

    impl Sum<2> for Count {
        fn add(&mut self, other: Self) {
            self.0 += other.0;
            self.1 = self.1.max(other.1);
        }
    }

    fn count(keys: u64, memory: usize) -> (usize, Vec<(String, Count)>) {
        let mut names = Names::default();
        let mut groups = Groups::<Count, 2, 2>::default();
        for number in 0..10_000 {
            let key = [names.number("é\n"), names.number(&(number * 7919 % keys).to_string())];
            let count = groups.sum(key);
            *count = Count(count.0 + 1, u64::MAX - keys);
            if groups.memory() > memory {
                groups.spill(&names, &names.order()).expect("room");
                names.clear();
            }
        }
        let (runs, mut all) = (groups.runs.len(), Vec::new());
        let given = groups.give(&names, &names.order(), |key, count| {
            all.push((key.join(" "), count));
            Ok::<(), SumsError>(())
        });
        given.expect("room");
        (runs, all)
    }

    #[test]
    fn runs_and_memory_agree() {
        let (runs, expected) = count(500, usize::MAX);
        assert_eq!((runs, expected.len()), (0, 500));
        assert!(expected.is_sorted() && expected.iter().all(|(_, count)| *count == Count(20, u64::MAX - 500)));
        for memory in [2_000, 20_000] {
            let (runs, groups) = count(500, memory);
            assert!(0 < runs && runs < 40, "{runs}");
            assert_eq!(groups, expected);
        }
    }
}
