//! Words of entries that stand for several: `break one's word` is found as `broke his word`, `breaks their word`.

use serde::Deserialize;

use crate::lexicon::EntryWords;
use crate::lexicon::lists::Vocabulary;
use crate::lexicon::trie::bit;
use crate::lexicon::tsv::{LexiconError, Row, values};
use crate::lexicon::words::WordId;

/// Placeholders of an entry that stand for others; each further one would multiply the sequences, and stands for itself.
const MOST: usize = 4;

#[derive(Deserialize)]
pub(super) struct PlaceholderRow<'a> {
    placeholder: &'a str,
    words: &'a str,
}

/// placeholders.tsv.
#[derive(Clone, Debug, Default)]
pub(super) struct Placeholders {
    all: Vec<Placeholder>,
    /// The words that one begins with, each as one of 64 bits.
    first: u64,
}

#[derive(Clone, Debug)]
struct Placeholder {
    own: EntryWords,
    /// What it stands for.
    choices: Vec<EntryWords>,
}

impl Placeholders {
    /// A row for a placeholder that is known adds to what it stands for.
    pub(super) fn add(
        &mut self,
        vocabulary: &mut Vocabulary<'_>,
        file: &str,
        row: &Row<PlaceholderRow<'_>>,
    ) -> Result<(), LexiconError> {
        let own = vocabulary.intern_all(row.value.placeholder);
        let choices: Vec<_> = values(row.value.words).map(|words| vocabulary.intern_all(words)).collect();
        if own.is_empty() || choices.is_empty() || choices.iter().any(EntryWords::is_empty) {
            let message =
                "a placeholder and the words that it stands for are needed: fill both cells or delete the row";
            return Err(LexiconError::at(file, row.line, message.to_owned()));
        }
        self.first |= bit(own[0]);
        match self.all.iter_mut().find(|known| known.own == own) {
            Some(known) => known.choices.extend(choices),
            None => self.all.push(Placeholder { own, choices }),
        }
        Ok(())
    }

    /// Whether one may stand among words: most entries have none.
    pub(super) fn may_be_among(&self, words: &[WordId]) -> bool {
        words.iter().any(|word| self.first & bit(*word) != 0)
    }

    /// Gives `take` every sequence of words that `words` stand for.
    pub(super) fn each(&self, words: &[WordId], take: &mut dyn FnMut(&[WordId])) {
        self.each_after(words, MOST, &mut Vec::with_capacity(words.len()), take);
    }

    /// The same behind the words that are `begun`, with the next `most` placeholders.
    fn each_after(&self, words: &[WordId], most: usize, begun: &mut Vec<WordId>, take: &mut dyn FnMut(&[WordId])) {
        let length = begun.len();
        if let Some((at, Placeholder { own, choices })) = self.first_in(words).filter(|_| most > 0) {
            begun.extend(&words[..at]);
            let before = begun.len();
            for choice in choices {
                begun.extend(choice);
                self.each_after(&words[at + own.len()..], most - 1, begun, take);
                begun.truncate(before);
            }
        } else {
            begun.extend(words);
            take(begun);
        }
        begun.truncate(length);
    }

    /// The first placeholder among words, and where it stands.
    fn first_in(&self, words: &[WordId]) -> Option<(usize, &Placeholder)> {
        let fits = |at: usize| {
            let mut like = self.all.iter().filter(|known| known.own[0] == words[at]);
            like.find(|known| words[at..].starts_with(&known.own)).map(|known| (at, known))
        };
        (0..words.len()).find_map(fits)
    }
}

#[cfg(test)]
mod tests {
    use rustc_hash::FxHashMap;

    use super::*;
    use crate::lexicon::words::Words;

    #[test]
    fn a_placeholder_stands_for_each_of_its_words() {
        let abbreviations = FxHashMap::default();
        let mut vocabulary = Vocabulary { words: Words::default(), abbreviations: &abbreviations };
        let mut placeholders = Placeholders::default();
        let mut add = |placeholder: &str, words: &str| {
            let value = PlaceholderRow { placeholder, words };
            placeholders.add(&mut vocabulary, "placeholders.tsv", &Row { line: 2, value })
        };
        assert!(add("one's", "his").is_ok() && add("one's", "her own").is_ok());
        assert!(add("", "his").is_err() && add("one's", "").is_err());
        for (entry, expected) in [
            ("keep one's word", &["keep his word", "keep her own word"][..]),
            ("keep someone's word", &["keep someone's word"]),
        ] {
            let (words, mut found) = (vocabulary.intern_all(entry), Vec::new());
            placeholders.each(&words, &mut |words| found.push(words.to_vec()));
            let expected: Vec<_> = expected.iter().map(|text| vocabulary.intern_all(text).to_vec()).collect();
            assert_eq!(found, expected, "{entry}");
        }
    }
}
