//! Sorted runs: when to merge them, and how.

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    io::{self, BufWriter, Seek, Write},
};

/// Sorted sources as one sorted sequence. Equal keys come one after the other, those of earlier sources first.
#[derive(Debug)]
pub(super) struct Merge<S, K: Ord, V> {
    sources: Vec<S>,
    /// The next key of every source that has one.
    heads: BinaryHeap<Reverse<(K, usize)>>,
    /// What belongs to it.
    values: Vec<Option<V>>,
}

impl<S: Iterator<Item = io::Result<(K, V)>>, K: Ord, V> Merge<S, K, V> {
    /// The sources' sequence.
    pub(super) fn new(sources: Vec<S>) -> io::Result<Self> {
        let values = sources.iter().map(|_| None).collect();
        let mut merge = Self { heads: BinaryHeap::new(), values, sources };
        for source in 0..merge.sources.len() {
            merge.advance(source)?;
        }
        Ok(merge)
    }

    fn advance(&mut self, source: usize) -> io::Result<()> {
        if let Some(next) = self.sources[source].next() {
            let (key, value) = next?;
            self.values[source] = Some(value);
            self.heads.push(Reverse((key, source)));
        }
        Ok(())
    }
}

impl<S: Iterator<Item = io::Result<(K, V)>>, K: Ord, V> Iterator for Merge<S, K, V> {
    type Item = io::Result<(K, V)>;

    fn next(&mut self) -> Option<Self::Item> {
        let Reverse((key, source)) = self.heads.pop()?;
        let value = self.values[source].take().expect("every head has a value");
        Some(self.advance(source).map(|()| (key, value)))
    }
}

/// Whether the last `fan_in` runs, of about the same length, shall become one. So there are never many runs, and no
/// entry is written often: both grow with the logarithm of the number of entries.
pub(super) fn is_crowded(lengths: impl DoubleEndedIterator<Item = u64>, fan_in: usize) -> bool {
    let newest: Vec<u64> = lengths.rev().take(fan_in).collect();
    newest.len() == fan_in && newest[fan_in - 1] <= newest[0] * (fan_in as u64 / 2)
}

/// A nameless temporary file with what `write` put there, at its beginning.
pub(super) fn temporary_file<W>(write: W) -> io::Result<std::fs::File>
where
    W: FnOnce(&mut BufWriter<std::fs::File>) -> io::Result<()>,
{
    let mut writer = BufWriter::new(tempfile::tempfile()?);
    write(&mut writer)?;
    writer.flush()?;
    let mut file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.rewind()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_merged_in_order() {
        let source = |values: &'static [(u32, char)]| values.iter().copied().map(Ok);
        let sources = vec![source(&[(1, 'a'), (3, 'a')]), source(&[]), source(&[(1, 'c'), (2, 'c'), (4, 'c')])];
        let merged: Vec<(u32, char)> =
            Merge::new(sources).expect("no files").map(|next| next.expect("no files")).collect();
        assert_eq!(merged, [(1, 'a'), (1, 'c'), (2, 'c'), (3, 'a'), (4, 'c')]);
    }

    #[test]
    fn errors_are_passed_on() {
        let source = vec![Ok((1, ())), Err(io::Error::other("broken"))];
        let mut merge = Merge::new(vec![source.into_iter()]).expect("a first entry");
        assert!(merge.next().expect("an entry").is_err());
        assert!(merge.next().is_none());
    }

    #[test]
    fn runs_stay_few() {
        for fan_in in [2, 8] {
            let mut lengths = Vec::new();
            for _ in 0..1000 {
                lengths.push(1);
                while is_crowded(lengths.iter().copied(), fan_in) {
                    let merged = lengths.drain(lengths.len() - fan_in..).sum();
                    lengths.push(merged);
                }
                assert!(lengths.len() < 30, "{lengths:?}");
            }
            assert_eq!(lengths.iter().sum::<u64>(), 1000);
        }
    }
}
