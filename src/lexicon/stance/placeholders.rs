//! Words of entries that stand for several: `break one's word` is found as `broke his word`, `breaks their word`.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::lexicon::tsv::{Row, values};

#[derive(Deserialize)]
pub(super) struct PlaceholderRow {
    placeholder: String,
    words: String,
}

/// placeholders.tsv: what each stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct Placeholders(FxHashMap<String, Vec<String>>);

impl Placeholders {
    pub(super) fn add(&mut self, row: Row<PlaceholderRow>) {
        let PlaceholderRow { placeholder, words } = row.value;
        self.0.insert(placeholder, values(&words).map(str::to_owned).collect());
    }

    /// Every text that an entry stands for; the entry itself where it has no placeholder.
    pub(super) fn texts(&self, entry: &str) -> Vec<String> {
        if !entry.split(' ').any(|word| self.0.contains_key(word)) {
            return vec![entry.to_owned()];
        }
        entry.split(' ').fold(vec![String::new()], |begun, word| {
            let own = [word.to_owned()];
            let choices = self.0.get(word).map_or(&own[..], |words| words);
            let joint = |begun: &String| if begun.is_empty() { "" } else { " " };
            begun
                .iter()
                .flat_map(|begun| choices.iter().map(move |word| format!("{begun}{}{word}", joint(begun))))
                .collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_stands_for_each_of_its_words() {
        let mut placeholders = Placeholders::default();
        let row = PlaceholderRow { placeholder: "one's".into(), words: "his|her".into() };
        placeholders.add(Row { line: 1, value: row });
        assert_eq!(placeholders.texts("keep one's word"), ["keep his word", "keep her word"]);
        assert_eq!(placeholders.texts("one's"), ["his", "her"]);
        assert_eq!(placeholders.texts("keep someone's word"), ["keep someone's word"]);
    }
}
