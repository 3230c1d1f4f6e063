//! Words of entries that stand for several: `break one's word` is found as `broke his word`, `breaks their word`.

use serde::Deserialize;

use crate::lexicon::tsv::{LexiconError, Row, values};
use crate::lexicon::words::WordId;
use crate::lexicon::{EntryWords, Lexicons, Source};

/// Placeholders of an entry that stand for others; each further one would multiply the sequences, and stands for itself.
const MOST: usize = 4;

#[derive(Deserialize)]
pub(super) struct PlaceholderRow<'a> {
    placeholder: &'a str,
    words: &'a str,
}

/// placeholders.tsv.
#[derive(Clone, Debug, Default)]
pub(super) struct Placeholders(Vec<Placeholder>);

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
        lexicons: &mut Lexicons,
        source: &Source,
        row: &Row<PlaceholderRow<'_>>,
    ) -> Result<(), LexiconError> {
        let own = lexicons.intern_all(row.value.placeholder);
        let choices: Vec<_> = values(row.value.words).map(|words| lexicons.intern_all(words)).collect();
        if own.is_empty() || choices.is_empty() || choices.iter().any(EntryWords::is_empty) {
            let message =
                "a placeholder and the words that it stands for are needed: fill both cells or delete the row";
            return Err(LexiconError::at(&source.file, row.line, message.to_owned()));
        }
        match self.0.iter_mut().find(|known| known.own == own) {
            Some(known) => known.choices.extend(choices),
            None => self.0.push(Placeholder { own, choices }),
        }
        Ok(())
    }

    /// Gives `take` every sequence of words that `words` stand for.
    pub(super) fn each(&self, words: &[WordId], take: &mut dyn FnMut(&[WordId])) {
        // Most entries have none.
        match self.first_in(words) {
            Some(_) => self.each_after(words, MOST, &mut Vec::with_capacity(words.len()), take),
            None => take(words),
        }
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
            let mut like = self.0.iter().filter(|known| known.own[0] == words[at]);
            like.find(|known| words[at..].starts_with(&known.own)).map(|known| (at, known))
        };
        (0..words.len()).find_map(fits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_stands_for_each_of_its_words() {
        let mut lexicons = Lexicons::embedded();
        let mut placeholders = Placeholders::default();
        let source = Source { file: "placeholders.tsv".into(), text: "".into() };
        let mut add = |placeholder: &str, words: &str| {
            let value = PlaceholderRow { placeholder, words };
            placeholders.add(&mut lexicons, &source, &Row { line: 2, value })
        };
        assert!(add("one's", "his").is_ok() && add("one's", "her own").is_ok());
        assert!(add("", "his").is_err() && add("one's", "").is_err());
        for (entry, expected) in [
            ("keep one's word", &["keep his word", "keep her own word"][..]),
            ("keep someone's word", &["keep someone's word"]),
        ] {
            let (words, mut found) = (lexicons.intern_all(entry), Vec::new());
            placeholders.each(&words, &mut |words| found.push(words.to_vec()));
            let expected: Vec<_> = expected.iter().map(|text| lexicons.intern_all(text).to_vec()).collect();
            assert_eq!(found, expected, "{entry}");
        }
    }
}
