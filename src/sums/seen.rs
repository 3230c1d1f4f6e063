//! Which document ids a run has seen, so that every document gets one of its own. Of an id only a fingerprint of 64 bits
//! is kept: two different ids share one once in 18 quintillion pairs, and then one gets a suffix that it did not need.

use std::{
    collections::{HashMap, HashSet},
    fs::File,
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, BufReader, Read, Seek, SeekFrom, Write},
};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::sums::{
    SumsError,
    merge::{Merge, is_crowded, temporary_file},
};

/// Runs of about the same length that are merged into one: two, because every new id is looked up in every run.
const FAN_IN: usize = 2;

/// Fingerprints that are read at once.
const BLOCK: u64 = 128;

/// Bytes of a fingerprint.
const WIDTH: u64 = 8;

/// The ids that a run has seen.
#[derive(Debug)]
pub(crate) struct SeenIds {
    limit: usize,
    recent: FxHashSet<u64>,
    runs: Vec<Run>,
    /// The suffix to try first, for ids that were seen more than once.
    suffixes: FxHashMap<u64, u64>,
}

impl SeenIds {
    /// Ids that are held in some 20 MB of memory.
    pub(crate) const LIMIT: usize = 1_000_000;

    /// None seen; up to `limit` are held in memory, more in temporary files.
    #[must_use]
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, recent: HashSet::default(), runs: Vec::new(), suffixes: HashMap::default() }
    }

    /// None for an id that was not seen before, else the id to take in its place, which was not seen either: `id-2`,
    /// `id-3` and so on.
    ///
    /// # Errors
    /// When a temporary file cannot be written or read.
    pub(crate) fn unique(&mut self, id: &str) -> Result<Option<String>, SumsError> {
        let seen = fingerprint(id);
        if !self.contains(seen)? {
            self.insert(seen)?;
            return Ok(None);
        }
        let suffix = self.first_free_suffix(id, self.suffixes.get(&seen).copied().unwrap_or(2))?;
        if self.suffixes.len() >= self.limit {
            self.suffixes.clear();
        }
        self.suffixes.insert(seen, suffix + 1);
        let unique = format!("{id}-{suffix}");
        self.insert(fingerprint(&unique))?;
        Ok(Some(unique))
    }

    /// A suffix from `first` on whose id was not seen. Searched by doubling steps and then by halving: where the last
    /// suffix was forgotten, a million documents of one id take some forty looks each, not a million.
    fn first_free_suffix(&self, id: &str, first: u64) -> Result<u64, SumsError> {
        let is_taken = |suffix: u64| self.contains(fingerprint(&format!("{id}-{suffix}")));
        let (mut taken, mut free, mut step) = (first - 1, first, 1);
        while is_taken(free)? {
            (taken, free, step) = (free, free + step, step * 2);
        }
        while free - taken > 1 {
            let middle = taken.midpoint(free);
            if is_taken(middle)? {
                taken = middle;
            } else {
                free = middle;
            }
        }
        Ok(free)
    }

    fn contains(&self, fingerprint: u64) -> io::Result<bool> {
        if self.recent.contains(&fingerprint) {
            return Ok(true);
        }
        for run in &self.runs {
            if run.contains(fingerprint)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn insert(&mut self, fingerprint: u64) -> io::Result<()> {
        self.recent.insert(fingerprint);
        if self.recent.len() <= self.limit {
            return Ok(());
        }
        let mut recent: Vec<u64> = self.recent.drain().collect();
        recent.sort_unstable();
        self.runs.push(Run::write(recent.into_iter().map(Ok))?);
        while is_crowded(self.runs.iter().map(|run| run.length), FAN_IN) {
            let crowd = self.runs.drain(self.runs.len() - FAN_IN..).map(Run::read);
            let merged = Merge::new(crowd.collect())?;
            self.runs.push(Run::write(merged.map(|next| next.map(|(fingerprint, ())| fingerprint)))?);
        }
        Ok(())
    }
}

/// A temporary file of fingerprints in ascending order, little-endian.
#[derive(Debug)]
struct Run {
    file: File,
    /// Number of fingerprints.
    length: u64,
}

impl Run {
    fn write(fingerprints: impl Iterator<Item = io::Result<u64>>) -> io::Result<Self> {
        let mut length = 0;
        let file = temporary_file(|writer| {
            for fingerprint in fingerprints {
                writer.write_all(&fingerprint?.to_le_bytes())?;
                length += 1;
            }
            Ok(())
        })?;
        Ok(Self { file, length })
    }

    fn read(mut self) -> impl Iterator<Item = io::Result<(u64, ())>> {
        let rewound = self.file.rewind();
        let mut reader = BufReader::new(self.file);
        let mut next = move || {
            let mut bytes = [0; WIDTH as usize];
            reader.read_exact(&mut bytes).map(|()| (u64::from_le_bytes(bytes), ()))
        };
        rewound.err().map(Err).into_iter().chain((0..self.length).map(move |_| next()))
    }

    /// Whether the fingerprint is among them. It is looked for where it would stand if they were spread evenly, which,
    /// being hashes, they nearly are: so two blocks or three are read, however long the run.
    fn contains(&self, fingerprint: u64) -> io::Result<bool> {
        // If it is there, it stands in `start..end`, and between the values `low` and `high`.
        let (mut start, mut end) = (0, self.length);
        let (mut low, mut high) = (0, u64::MAX);
        let mut block = [0; (BLOCK * WIDTH) as usize];
        while start < end {
            let guess = start + share(end - start, fingerprint - low, high - low);
            let first = guess.saturating_sub(BLOCK / 2).max(start);
            let length = BLOCK.min(end - first);
            let block = &mut block[..(length * WIDTH) as usize];
            self.read_at(first, block)?;
            let fingerprints = block.as_chunks().0;
            let [lowest, highest] = [0, fingerprints.len() - 1].map(|number| u64::from_le_bytes(fingerprints[number]));
            if fingerprint < lowest {
                (end, high) = (first, lowest);
            } else if fingerprint > highest {
                (start, low) = (first + length, highest);
            } else {
                let found = fingerprints.binary_search_by_key(&fingerprint, |bytes| u64::from_le_bytes(*bytes));
                return Ok(found.is_ok());
            }
        }
        Ok(false)
    }

    /// Fills the block from fingerprint number `first` on.
    fn read_at(&self, first: u64, block: &mut [u8]) -> io::Result<()> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(first * WIDTH))?;
        file.read_exact(block)
    }
}

/// `part / whole` of `length`, rounded down, and at most `length - 1`.
fn share(length: u64, part: u64, whole: u64) -> u64 {
    let share = u128::from(length) * u128::from(part) / u128::from(whole.max(1));
    (share as u64).min(length - 1)
}

/// The same for an id in every run of the program: the hasher has no random keys.
fn fingerprint(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn unique(seen: &mut SeenIds, id: &str) -> Option<String> {
        seen.unique(id).expect("room")
    }

    #[test]
    fn suffixes_count_from_two() {
        let mut seen = SeenIds::new(SeenIds::LIMIT);
        assert_eq!(unique(&mut seen, "a"), None);
        assert_eq!(unique(&mut seen, "b"), None);
        assert_eq!(unique(&mut seen, "a").as_deref(), Some("a-2"));
        assert_eq!(unique(&mut seen, "a-3"), None);
        assert_eq!(unique(&mut seen, "a-2").as_deref(), Some("a-2-2"));
        assert_eq!(unique(&mut seen, "a").as_deref(), Some("a-4"));
        assert_eq!(unique(&mut seen, "").as_deref(), None);
        assert_eq!(unique(&mut seen, "").as_deref(), Some("-2"));
    }

    #[test]
    fn one_id_for_all_is_no_burden() {
        for limit in [10, 3_000, SeenIds::LIMIT] {
            let mut seen = SeenIds::new(limit);
            assert_eq!(unique(&mut seen, "a"), None);
            for number in 2..10_000 {
                assert_eq!(unique(&mut seen, "a"), Some(format!("a-{number}")));
            }
        }
    }

    #[test]
    fn a_forgotten_suffix_is_found_again() {
        let mut seen = SeenIds::new(SeenIds::LIMIT);
        assert_eq!(unique(&mut seen, "a"), None);
        for number in 2..1_000 {
            seen.suffixes.clear();
            assert_eq!(unique(&mut seen, "a"), Some(format!("a-{number}")));
        }
    }

    #[test]
    fn runs_find_what_they_hold() {
        let fingerprints: Vec<u64> = (0..20_000).map(|number| fingerprint(&number.to_string())).collect();
        let extremes = [0, 1, 2, 3, u64::MAX - 1, u64::MAX];
        let all: BTreeSet<u64> = fingerprints.iter().copied().chain(extremes).collect();
        let run = Run::write(all.iter().copied().map(Ok)).expect("room");
        for fingerprint in &all {
            assert!(run.contains(*fingerprint).expect("room"));
            let next = fingerprint.saturating_add(1);
            assert_eq!(run.contains(next).expect("room"), all.contains(&next));
        }
    }

    proptest! {
        #[test]
        fn every_document_gets_an_id_of_its_own(ids in vec("[ab](-[23])?", 0..200), limit in 0..20_usize) {
            let mut seen = SeenIds::new(limit);
            let mut reference = BTreeSet::new();
            for id in ids {
                let replacement = unique(&mut seen, &id);
                prop_assert_eq!(replacement.is_some(), reference.contains(&id));
                let taken = replacement.unwrap_or(id);
                prop_assert!(reference.insert(taken));
            }
        }
    }
}
