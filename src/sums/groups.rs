//! Sums by key, in memory as long as they fit, beyond it in sorted runs. Knows nothing of what is summed, only that it is
//! so many numbers.

use std::{
    fs::File,
    io::{self, BufReader, Read, Write},
    iter::Peekable,
};

use rustc_hash::FxHashMap;

use crate::sums::merge::{Merge, is_crowded, temporary_file};

/// Runs of about the same length that are merged into one.
const FAN_IN: usize = 16;

/// Bytes that a group's key takes beside its characters.
const OVERHEAD: usize = 32;

/// Something that is summed, and that so many numbers hold. The order in which parts are added must not matter.
pub(super) trait Sum<const NUMBERS: usize>:
    Default + From<[u64; NUMBERS]> + Into<[u64; NUMBERS]> + 'static
{
    /// Adds what was summed elsewhere.
    fn add(&mut self, other: Self);
}

/// Sums by key.
#[derive(Debug)]
pub(super) struct Groups<S, const NUMBERS: usize> {
    sums: FxHashMap<Box<str>, S>,
    /// Bytes that `sums` may take, and those that it takes, about.
    memory: usize,
    taken: usize,
    runs: Vec<Run>,
}

impl<S: Sum<NUMBERS>, const NUMBERS: usize> Groups<S, NUMBERS> {
    /// No groups, in about so many bytes of memory.
    pub(super) fn new(memory: usize) -> Self {
        Self { sums: FxHashMap::default(), memory, taken: 0, runs: Vec::new() }
    }

    /// Changes the key's sum, a new one if it has none in memory.
    pub(super) fn update(&mut self, key: &str, change: impl FnOnce(&mut S)) {
        if let Some(sum) = self.sums.get_mut(key) {
            return change(sum);
        }
        let mut sum = S::default();
        change(&mut sum);
        // A hash map is between half full and full.
        self.taken += key.len() + OVERHEAD + 2 * size_of::<(Box<str>, S)>();
        self.sums.insert(key.into(), sum);
    }

    /// Adds groups that are all in memory, each sum changed first.
    pub(super) fn add(&mut self, mut others: Self, change: impl Fn(&mut S)) {
        debug_assert!(others.runs.is_empty(), "a part of a run has all the memory that it wants");
        others.sums.drain().for_each(|(key, mut other)| {
            change(&mut other);
            self.update(&key, |sum| sum.add(other));
        });
    }

    /// Moves the sums to a file if they take more memory than they may.
    pub(super) fn settle(&mut self) -> io::Result<()> {
        if self.taken <= self.memory {
            return Ok(());
        }
        let sums = self.take_sorted();
        self.runs.push(write_run(sums.into_iter().map(Ok))?);
        while is_crowded(self.runs.iter().map(|run| run.groups), FAN_IN) {
            let crowd = self.runs.drain(self.runs.len() - FAN_IN..);
            let merged = Merged::<S, NUMBERS>::new(crowd.map(read_run::<S, NUMBERS>).collect())?;
            self.runs.push(write_run(merged)?);
        }
        Ok(())
    }

    /// All groups in the order of their keys.
    pub(super) fn finish(mut self) -> io::Result<Merged<S, NUMBERS>> {
        let in_memory: Source<S> = Box::new(self.take_sorted().into_iter().map(Ok));
        Merged::new(self.runs.into_iter().map(read_run::<S, NUMBERS>).chain([in_memory]).collect())
    }

    fn take_sorted(&mut self) -> Vec<(Box<str>, S)> {
        self.taken = 0;
        let mut sums: Vec<(Box<str>, S)> = self.sums.drain().collect();
        sums.sort_unstable_by(|(left, _), (right, _)| left.cmp(right));
        sums
    }
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

    fn count(keys: u64, memory: usize) -> (usize, Vec<(Box<str>, Count)>) {
        let mut groups = Groups::new(memory);
        for number in 0..10_000 {
            groups.update(&format!("é\n\0{}", number * 7919 % keys), |count: &mut Count| {
                *count = Count(count.0 + 1, u64::MAX - keys);
            });
            groups.settle().expect("room");
        }
        let runs = groups.runs.len();
        (runs, groups.finish().expect("room").map(|group| group.expect("room")).collect())
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
