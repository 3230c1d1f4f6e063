//! One look-up a word that yields all its classes as bits.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::pattern::Symbol;
use super::plain_signs::plain;
use super::spelling::{Shape, Spelling};
use super::traits::Traits;
use super::word_cache::WordCache;

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
    Definite,
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
    Elision,
    For,
    As,
    In,
    Issue,
    // pronouns.tsv
    Subject,
    Object,
    PossessivePronoun,
    Relative,
    // roles.tsv
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
    RoleStart,
    ExpressionStart,
    StanceStart,
    // abbreviations.tsv
    Abbreviation,
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

    /// Whether no class is in the set. That stance entries begin with a word tells nothing of what it is.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 & !(1 << Class::StanceStart as u8) == 0
    }

    /// The set without `others`.
    #[must_use]
    pub const fn without(self, others: Classes) -> Self {
        Self(self.0 & !others.0)
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
    short: FxHashMap<u128, ShortWord>,
    long: FxHashMap<Box<str>, WordId>,
    classes: Vec<Classes>,
}

/// A word of few letters.
#[derive(Clone, Copy, Debug, Default)]
struct ShortWord {
    word: WordId,
    /// Its classes once more, where they cost no further look: [`Words::settle`] puts them here.
    classes: Classes,
}

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Its classes.
    pub classes: Classes,
    /// Its number.
    pub word: WordId,
    /// What it tells at a glance.
    pub glance: Glance,
}

/// What a word tells at a glance: 4 bytes, which are moved as one, told once for all places where it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(align(4))]
pub struct Glance {
    /// Its traits.
    pub traits: Traits,
    /// What it is to a pattern by itself; none for a stop and a mark.
    pub symbol: Option<Symbol>,
    /// Whether what stands around it tells what it is to a pattern.
    pub is_open: bool,
    /// What its spelling makes of it.
    pub shape: Shape,
}

impl Known {
    fn of(word: WordId, classes: Classes, spelling: Spelling) -> Self {
        let glance = Glance {
            traits: Traits::of_word(classes, spelling),
            symbol: Some(Symbol::of_plain_word(classes, || spelling)),
            is_open: Symbol::is_told_by_others(classes),
            shape: Shape::of(spelling),
        };
        Self { classes, word, glance }
    }
}

impl Default for Words {
    fn default() -> Self {
        Self { short: FxHashMap::default(), long: FxHashMap::default(), classes: vec![Classes::default()] }
    }
}

impl Words {
    /// No words, with room for so many.
    #[must_use]
    pub fn with_room(words: usize) -> Self {
        let mut short = FxHashMap::default();
        short.reserve(words);
        let mut classes = Vec::with_capacity(words);
        classes.push(Classes::default());
        Self { short, classes, long: FxHashMap::default() }
    }

    /// The number of `word`, given one now if it had none.
    pub fn intern(&mut self, word: &str) -> WordId {
        let next = self.classes.len() as WordId;
        let id = match key(word) {
            Ok(short) => return self.intern_short(short),
            Err(long) => *self.long.entry(long.into()).or_insert(next),
        };
        if id == next {
            self.classes.push(Classes::default());
        }
        id
    }

    /// The same of a word in ASCII.
    pub fn intern_ascii(&mut self, word: &str) -> WordId {
        let Some(short) = packed(word.as_bytes()) else { return self.intern(word) };
        self.intern_short(fold(short, word.len()))
    }

    fn intern_short(&mut self, key: u128) -> WordId {
        let next = self.classes.len() as WordId;
        let id = self.short.entry(key).or_insert(ShortWord { word: next, classes: Classes::default() }).word;
        if id == next {
            self.classes.push(Classes::default());
        }
        id
    }

    /// Takes in the words of others with their classes, in the order of their numbers; gives for each of those the number that
    /// the word has here.
    #[must_use]
    pub fn absorb(&mut self, others: Self) -> Vec<WordId> {
        let mut keys: Vec<Option<Result<u128, Box<str>>>> = vec![None; others.count()];
        others.short.into_iter().for_each(|(key, short)| keys[short.word as usize] = Some(Ok(key)));
        others.long.into_iter().for_each(|(key, word)| keys[word as usize] = Some(Err(key)));
        let number = |(key, classes): (Option<Result<u128, Box<str>>>, Classes)| {
            let word = match key {
                Some(Ok(short)) => self.intern_short(short),
                Some(Err(long)) => self.intern(&long),
                None => 0,
            };
            self.add_to(word, classes);
            word
        };
        keys.into_iter().zip(others.classes).map(number).collect()
    }

    /// Puts the classes where [`Words::known`] finds them, once all have been added.
    pub fn settle(&mut self) {
        #[allow(clippy::iter_over_hash_type)] // Each is seen to by itself.
        for short in self.short.values_mut() {
            short.classes = self.classes[short.word as usize];
        }
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
            Ok(short) => self.short_word(short).word,
            Err(long) => self.long.get(long.as_str()).copied().unwrap_or(0),
        }
    }

    /// The number of the word at `start..end` of `text`, 0 if no lexicon has it.
    #[must_use]
    pub fn find_in(&self, text: &str, start: usize, end: usize) -> WordId {
        match short_letters(text, (start, end)) {
            Some(letters) => self.short_word(fold(letters, end - start)).word,
            None => self.find(&text[start..end]),
        }
    }

    /// What is known of the word at `start..end` of `text`.
    #[inline(always)]
    #[allow(clippy::inline_always)] // Asked of every word of a text: the call would cost as much as the look.
    pub fn number_in(&self, text: &str, place: (usize, usize), cache: &mut WordCache) -> Known {
        *cache.kept(text, place, 0, |letters| self.known(&text[place.0..place.1], letters))
    }

    /// What is known of a word, which may be given as a number, too.
    #[cold]
    #[inline(never)]
    #[must_use]
    pub fn known(&self, text: &str, letters: Option<u128>) -> Known {
        let Some(letters) = letters else {
            let word = self.find(text);
            return Known::of(word, self.classes(word), Spelling::of(text));
        };
        let ShortWord { word, classes } = self.short_word(fold(letters, text.len()));
        Known::of(word, classes, Spelling::of_short(letters, text.len()))
    }

    fn short_word(&self, key: u128) -> ShortWord {
        self.short.get(&key).copied().unwrap_or_default()
    }

    /// The number that the word at `start..end` of `text` has in this text alone: no lexicon knows it.
    pub fn number_of_other(&self, text: &str, (start, end): (usize, usize), cache: &mut WordCache) -> WordId {
        let short = short_letters(text, (start, end)).map(|letters| fold(letters, end - start));
        let key = short.map_or_else(|| key(&text[start..end]), Ok);
        cache.number_of_other(self.count(), key)
    }

    /// How many words there are, the unknown one counted.
    #[must_use]
    pub fn count(&self) -> usize {
        self.classes.len()
    }

    /// The classes of a word; none for one that no lexicon has.
    #[must_use]
    pub fn classes(&self, word: WordId) -> Classes {
        self.classes.get(word as usize).copied().unwrap_or_default()
    }

    /// The classes of a word given as text.
    #[must_use]
    pub fn classes_of(&self, word: &str) -> Classes {
        self.classes(self.find(word))
    }
}

/// A word of up to 16 ASCII bytes as a number, case folded; otherwise the word in lower case with plain apostrophes.
fn key(word: &str) -> Result<u128, String> {
    if let Some(short) = packed(word.as_bytes()).filter(|_| word.is_ascii()) {
        return Ok(fold(short, word.len()));
    }
    if word.is_ascii() {
        return Err(word.to_ascii_lowercase());
    }
    if let Some(short) = plain_key(word.as_bytes()) {
        return Ok(short);
    }
    let folded = plain(word).to_lowercase();
    if folded.len() <= 16 && folded.is_ascii() {
        return key(&folded);
    }
    Err(folded)
}

/// The key of a word that is short and ASCII but for curly apostrophes, which count as straight ones, and soft hyphens.
fn plain_key(word: &[u8]) -> Option<u128> {
    let (mut plain, mut length) = ([0u8; 16], 0);
    let mut rest = word;
    while let Some(&first) = rest.first() {
        let (byte, read) = match rest {
            [0xe2, 0x80, 0x99, ..] => (Some(b'\''), 3),
            [0xc2, 0xad, ..] => (None, 2),
            _ if first.is_ascii() => (Some(first), 1),
            _ => return None,
        };
        rest = &rest[read..];
        if let Some(byte) = byte {
            *plain.get_mut(length)? = byte;
            length += 1;
        }
    }
    Some(fold(u128::from_le_bytes(plain), length))
}

/// Up to 16 bytes as a number.
pub(super) fn packed(bytes: &[u8]) -> Option<u128> {
    let length = bytes.len();
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let (first, last) = (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
        return (length <= 16).then(|| u128::from(first) | u128::from(last) << (8 * (length - 8)));
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        return Some(u128::from(first) | u128::from(last) << (8 * (length - 4)));
    }
    Some(bytes.iter().rev().fold(0, |packed, byte| packed << 8 | u128::from(*byte)))
}

/// The text in small letters; a copy only of one that has others.
#[must_use]
pub fn in_small_letters(text: &str) -> Cow<'_, str> {
    let small = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if text.bytes().all(small) { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) }
}

/// The word at `start..end` of `text` as a number, read as one block; none for a long word, one with letters beyond
/// ASCII, or one at the very end of the text.
pub(super) fn short_letters(text: &str, (start, end): (usize, usize)) -> Option<u128> {
    let block = text.as_bytes().get(start..start + 16)?.first_chunk()?;
    let mask = MASKS.get(end - start)?;
    let word = u128::from_le_bytes(*block) & mask;
    ((word as u64 | (word >> 64) as u64) & HIGH_BITS == 0).then_some(word)
}

/// Sets the bit that tells small letters from capitals in every byte of the word. No other sign that a word may hold
/// (digit, hyphen, apostrophe, full stop, ampersand) is changed by it.
pub(super) fn fold(word: u128, length: usize) -> u128 {
    (word | SMALL) & MASKS[length]
}

const HIGH_BITS: u64 = 0x8080_8080_8080_8080;
const SMALL: u128 = 0x2020_2020_2020_2020_2020_2020_2020_2020;

/// The lowest so many bytes.
const MASKS: [u128; 17] = {
    let mut masks = [0; 17];
    let mut length = 1;
    while length <= 16 {
        masks[length] = u128::MAX >> (128 - 8 * length);
        length += 1;
    }
    masks
};

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
        assert!(words.classes(words.find_in("I don't.", 2, 7)).has(Class::Negator));
        assert!(words.classes(words.find_in("I DON'T think so at all, he said", 2, 7)).has(Class::Negator));
    }
}
