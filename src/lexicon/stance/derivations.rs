//! Nouns that adjectives make: `boorishness` evaluates as `boorish` does, without a row of its own.

use serde::Deserialize;

use crate::lexicon::tsv::{LexiconError, Row};

#[derive(Deserialize)]
pub(super) struct DerivationRow<'a> {
    ending: &'a str,
    noun: &'a str,
}

/// derivations.tsv: endings of adjectives with those of their nouns, the longest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Derivations(Vec<(String, Option<String>)>);

impl Derivations {
    pub(super) fn add(&mut self, file: &str, row: &Row<DerivationRow<'_>>) -> Result<(), LexiconError> {
        let plain = |column: &str, cell: &str| {
            let message = || format!("{column} \"{cell}\" does not begin with a hyphen: write -{cell}");
            let plain = cell.strip_prefix('-').map(str::to_owned);
            plain.ok_or_else(|| LexiconError::at(file, row.line, message()))
        };
        let DerivationRow { ending, noun } = row.value;
        let ending = plain("ending", ending)?;
        let noun = if noun.is_empty() { None } else { Some(plain("noun", noun)?) };
        let after = self.0.partition_point(|(known, _)| known.len() > ending.len());
        self.0.insert(after, (ending, noun));
        Ok(())
    }

    /// The noun that an adjective of one word makes.
    pub(super) fn noun_of(&self, adjective: &str) -> Option<String> {
        let (stem, noun) =
            self.0.iter().find_map(|(ending, noun)| Some((adjective.strip_suffix(ending.as_str())?, noun)))?;
        noun.as_ref().filter(|_| !adjective.contains(' ')).map(|noun| format!("{stem}{noun}"))
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicons;
    use crate::lexicon::stance::{Meaning, Pos};

    /// The part of speech and value of a word that has but one meaning.
    fn meaning(word: &str) -> Option<(Pos, f32)> {
        let lexicons = Lexicons::embedded();
        let (_, senses) = lexicons.stance.longest(&[lexicons.words.find(word)])?;
        match senses {
            [sense] => match sense.meaning {
                Meaning::Entry(entry) => {
                    let entry = &lexicons.stance.entries[entry as usize];
                    Some((entry.pos, entry.value))
                }
                _ => None,
            },
            _ => None,
        }
    }

    #[test]
    fn adjectives_make_nouns() {
        assert_eq!(meaning("boorishness"), meaning("boorish").map(|(_, value)| (Pos::Noun, value)));
        assert_eq!(meaning("clumsiness"), meaning("clumsy").map(|(_, value)| (Pos::Noun, value)));
        assert_eq!(meaning("abominableness"), None);
    }

    #[test]
    fn a_noun_with_a_row_keeps_its_own_value() {
        let (pos, value) = meaning("kindness").expect("kindness has a row");
        assert_eq!(pos, Pos::Noun);
        assert!(value > 1.0, "{value}");
    }
}
