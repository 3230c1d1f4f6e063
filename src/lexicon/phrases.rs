//! What the words and phrases of the lexicons stand for.

use super::trie::Trie;

/// What a phrase stands for: a row in one of the lexicons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A row of titles.tsv: `Secretary of State`.
    Title(u32),
    /// A cue or noun of several words: `pointed out`, `press release`; an index of the phrases' classes.
    Words(u32),
    /// A name of a gazetteer party.
    Party(u32),
    /// An adjective for a country: `Russian`.
    Demonym(u32),
    /// A capital city, which may stand for its government.
    Capital(u32),
    /// A role of several words: `press secretary`; an index of the phrases' classes.
    Role(u32),
}

/// Phrases, by the numbers of their words.
pub type Phrases = Trie<Meaning>;
