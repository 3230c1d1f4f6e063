//! One look-up a word that yields all its classes as bits.

use rustc_hash::FxHashMap;

/// What a word can be. A word is often several: `claim` is a cue and a noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs)] // The lexicon files' heads say what each class is.
pub enum Class {
    // cues.tsv
    Say,
    Strong,
    Tell,
    Weak,
    Finite,
    Base,
    Participle,
    Ing,
    CueNoun,
    // words.tsv
    Be,
    Have,
    Do,
    Modal,
    Adverb,
    Time,
    Preposition,
    To,
    Of,
    By,
    Determiner,
    And,
    Subordinator,
    That,
    Negator,
    According,
    Indefinite,
    Particle,
    Suffix,
    Verb,
    Number,
    Relay,
    // pronouns.tsv
    Subject,
    Object,
    PossessivePronoun,
    Relative,
    // titles.tsv, roles.tsv
    Title,
    RolePerson,
    RoleOrganisation,
    RoleGovernment,
    RoleGroup,
    Plural,
    Masculine,
    Feminine,
    RoleTitle,
    // given_names.tsv
    GivenMale,
    GivenFemale,
    // common_words.tsv, adjectives.tsv, statements.tsv, works.tsv
    Common,
    Modifier,
    Document,
    Occasion,
    Message,
    WorkNoun,
    Naming,
    // countries.tsv, places.tsv, gazetteer
    Demonym,
    PhraseStart,
}

/// A set of [`Class`]es.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(pub u64);

impl Classes {
    /// The set of the given classes.
    #[must_use]
    pub const fn of(classes: &[Class]) -> Self {
        let mut bits = 0;
        let mut i = 0;
        while i < classes.len() {
            bits |= 1 << classes[i] as u8;
            i += 1;
        }
        Self(bits)
    }

    /// Whether the class is in the set.
    #[must_use]
    pub const fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u8) != 0
    }

    /// Whether one of `others` is in the set.
    #[must_use]
    pub const fn any(self, others: Classes) -> bool {
        self.0 & others.0 != 0
    }

    /// Both sets together.
    #[must_use]
    pub const fn with(self, others: Classes) -> Self {
        Self(self.0 | others.0)
    }
}

/// Number of a word in [`Words`]; 0 is a word that no lexicon has.
pub type WordId = u32;

/// Every word of every lexicon, looked up without regard to case.
#[derive(Clone, Debug)]
pub struct Words {
    short: FxHashMap<u128, WordId>,
    long: FxHashMap<Box<str>, WordId>,
    classes: Vec<Classes>,
}

impl Default for Words {
    fn default() -> Self {
        Self { short: FxHashMap::default(), long: FxHashMap::default(), classes: vec![Classes::default()] }
    }
}

impl Words {
    /// The number of `word`, given one now if it had none.
    pub fn intern(&mut self, word: &str) -> WordId {
        let known = self.find(word);
        if known != 0 {
            return known;
        }
        let id = self.classes.len() as WordId;
        self.classes.push(Classes::default());
        match key(word) {
            Ok(short) => self.short.insert(short, id),
            Err(long) => self.long.insert(long.into(), id),
        };
        id
    }

    /// Adds classes to a word.
    pub fn add(&mut self, word: &str, classes: Classes) -> WordId {
        let id = self.intern(word);
        self.add_to(id, classes);
        id
    }

    /// Adds classes to a word that has a number.
    pub fn add_to(&mut self, word: WordId, classes: Classes) {
        self.classes[word as usize] = self.classes[word as usize].with(classes);
    }

    /// The number of `word`, 0 if no lexicon has it.
    #[must_use]
    pub fn find(&self, word: &str) -> WordId {
        match key(word) {
            Ok(short) => self.short.get(&short).copied().unwrap_or(0),
            Err(long) => self.long.get(long.as_str()).copied().unwrap_or(0),
        }
    }

    /// The classes of a word.
    #[must_use]
    pub fn classes(&self, word: WordId) -> Classes {
        self.classes[word as usize]
    }

    /// The classes of a word given as text.
    #[must_use]
    pub fn classes_of(&self, word: &str) -> Classes {
        self.classes(self.find(word))
    }
}

/// A word of up to 16 ASCII bytes as a number, case folded; otherwise the word in lower case with plain apostrophes.
fn key(word: &str) -> Result<u128, String> {
    let bytes = word.as_bytes();
    if bytes.len() <= 16 && word.is_ascii() {
        let mut folded = [0u8; 16];
        for (to, from) in folded.iter_mut().zip(bytes) {
            *to = from.to_ascii_lowercase();
        }
        return Ok(u128::from_le_bytes(folded));
    }
    let folded = word.to_lowercase().replace('’', "'");
    if folded.len() <= 16 && folded.is_ascii() {
        return key(&folded);
    }
    Err(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_whatever_its_case_and_apostrophe() {
        let mut words = Words::default();
        words.add("don't", Classes::of(&[Class::Negator]));
        words.add("Élysée", Classes::of(&[Class::Demonym]));
        words.add("counterrevolutionary", Classes::of(&[Class::Weak]));
        assert!(words.classes_of("Don’t").has(Class::Negator));
        assert!(words.classes_of("ÉLYSÉE").has(Class::Demonym));
        assert!(words.classes_of("Counterrevolutionary").has(Class::Weak));
        assert_eq!(words.find("absent"), 0);
    }
}
