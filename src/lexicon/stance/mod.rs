//! The stance files as tables: evaluative words, directed verbs and nouns, shifters, masks, events, and the numbers of
//! the engine. One look-up a word, a trie for what has several; knows the columns, binds nothing.

mod adding;
mod camps;
mod derivations;
mod meaning;
mod numbers;
mod placeholders;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::Source;
use super::files::Files;
use super::lists::Vocabulary;
use super::trie::{Trie, bit};
use super::tsv::{LexiconError, Row, each_row};
use super::words::{WordId, Words};
use adding::{GroupRow, MaskRow, ObserverRow};
use camps::Camp;
pub use camps::Camps;
use derivations::Derivations;
pub use meaning::{Entry, Form, Kinds, Known, Meaning, Object, Pos, Sense, Shifter, ShifterKind};
pub use numbers::{Numbers, Rule, RuleName, When};
use placeholders::Placeholders;

/// Everything that `stance` looks up.
#[derive(Clone, Debug, Default)]
pub struct StanceLexicon {
    /// stance.tsv and frames.tsv, in file order.
    pub entries: Vec<Entry>,
    /// shifters.tsv.
    pub shifters: Vec<Shifter>,
    /// targets.tsv: how a target may be found, in the order of [`RuleName`].
    rules: Vec<Rule>,
    /// targets.tsv: the other numbers.
    pub numbers: Numbers,
    /// Kinds of events, `any` first; [`Meaning::Event`] points into them.
    pub event_kinds: Vec<String>,
    /// Prepositions after which a state is meant itself, not a place.
    pub toward: Vec<WordId>,
    /// Words that tell how much, which may stand within a phrase: `a lot of`.
    quantities: Trie<()>,
    /// The word `this`, which points at whom it stands before.
    pub this: WordId,
    /// The word `about`, which announces whom a quotation is about.
    pub about: WordId,
    phrases: Trie<Sense>,
    /// Of frames that may stand around their object, by the first word.
    around: FxHashMap<WordId, Around>,
    /// For each word what it may open: nearly every word that is looked up opens nothing.
    openings: Vec<Opening>,
    /// For each entry its part of speech, close together.
    pos: Vec<Pos>,
    placeholders: Placeholders,
    /// camps.tsv.
    camps: Vec<Camp>,
    /// What tells a camp, by its first word.
    camp_words: FxHashMap<String, Vec<(String, Camps)>>,
    /// observers.tsv.
    observers: FxHashSet<WordId>,
}

/// Tokens between the parts of a frame that stands around its object, at most.
pub const LONGEST_OBJECT: usize = 6;

/// The frames around their object that begin with a word.
#[derive(Clone, Debug, Default)]
struct Around {
    /// The words that go on behind the object, each as one of 64 bits.
    next: u64,
    /// The words behind the object, and the sense.
    frames: Vec<(Vec<WordId>, Sense)>,
}

impl Around {
    /// The bit of [`Self::next`] for the words behind an object.
    fn bit(words: &[WordId]) -> u64 {
        words.first().map_or(u64::MAX, |word| bit(*word))
    }
}

/// What a word may open: a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opening(u8);

impl Opening {
    /// A frame that may stand around its object.
    pub const AROUND: Self = Self(1);
    /// A phrase that announces whom a quotation is about.
    pub const TOPIC: Self = Self(2);
    /// An entry with an object.
    pub const DIRECTED: Self = Self(4);
    /// An event, or what somebody does in one.
    pub const EVENT: Self = Self(8);
    /// A noun for who stands by or against somebody.
    pub const ALLEGIANCE: Self = Self(16);
    /// By itself it points to what the talk is of: `this`.
    pub const POINTER: Self = Self(32);
    /// Words that tell how much: `a lot of`.
    pub const QUANTITY: Self = Self(64);
    /// A verb that is an entry with the words behind it: `lose credibility`.
    pub const VERB_PHRASE: Self = Self(128);

    fn of(meaning: Meaning) -> Self {
        match meaning {
            Meaning::Topic => Self::TOPIC,
            Meaning::Event(_) | Meaning::EventVerb(_) => Self::EVENT,
            Meaning::Allegiance(_) => Self::ALLEGIANCE,
            _ => Self(0),
        }
    }
}

/// The lists of words that [`StanceLexicon::read`] reads, in that order.
const LISTS: [&str; 10] = [
    "camps.tsv",
    "placeholders.tsv",
    "stance.tsv",
    "frames.tsv",
    "shifters.tsv",
    "masks.tsv",
    "events.tsv",
    "allegiances.tsv",
    "observers.tsv",
    "groups.tsv",
];

/// The list of the engine's rules and numbers.
const TARGETS: &str = "targets.tsv";

/// The list that [`StanceLexicon::settle`] reads.
const DERIVATIONS: &str = "derivations.tsv";

/// So many entries the embedded lexicons have, about, in all their forms, and so many words those have together.
const STANCE_ENTRIES: usize = 100_000;
const STANCE_WORDS: usize = 300_000;

impl StanceLexicon {
    /// Reads the files; their words get numbers of the vocabulary. [`Self::settle`] has to follow.
    ///
    /// # Errors
    /// The first row that does not fit, with its place and the remedy.
    pub(super) fn read(files: &Files, vocabulary: &mut Vocabulary<'_>) -> Result<Self, LexiconError> {
        let mut lexicon = Self { event_kinds: vec!["any".into()], ..Self::default() };
        lexicon.phrases.reserve(STANCE_ENTRIES, STANCE_WORDS);
        lexicon.read_numbers(files)?;
        for name in LISTS {
            for source in files.get(name) {
                lexicon.add_rows(name, &source.file, &source.text, vocabulary)?;
            }
        }
        lexicon.settle_camps();
        Ok(lexicon)
    }

    /// Adds the rows of one of the lists.
    fn add_rows(
        &mut self,
        name: &str,
        file: &str,
        text: &str,
        vocabulary: &mut Vocabulary<'_>,
    ) -> Result<(), LexiconError> {
        match name {
            "camps.tsv" => each(file, text, |row| self.add_camp(file, &row)),
            "placeholders.tsv" => each(file, text, |row| self.placeholders.add(vocabulary, file, &row)),
            "stance.tsv" => each(file, text, |row| self.add_word(vocabulary, file, &row)),
            "frames.tsv" => each(file, text, |row| self.add_frame(vocabulary, file, &row)),
            "shifters.tsv" => each(file, text, |row| self.add_shifter(vocabulary, file, &row)),
            "masks.tsv" => each(file, text, |row: Row<MaskRow<'_>>| {
                self.add(vocabulary, row.value.phrase, Meaning::Mask, Form::Plain);
                Ok(())
            }),
            "events.tsv" => each(file, text, |row| {
                self.add_event(vocabulary, &row);
                Ok(())
            }),
            "allegiances.tsv" => each(file, text, |row| self.add_allegiance(vocabulary, file, &row)),
            "observers.tsv" => each(file, text, |row: Row<ObserverRow<'_>>| {
                let nouns = [row.value.noun, row.value.plural];
                self.observers.extend(nouns.map(|noun| vocabulary.words.intern(noun)));
                Ok(())
            }),
            "groups.tsv" => each(file, text, |row: Row<GroupRow<'_>>| {
                let meaning = if row.value.article == "yes" { Meaning::GroupWithArticle } else { Meaning::Group };
                self.add(vocabulary, row.value.noun, meaning, Form::Plain);
                Ok(())
            }),
            _ => Ok(()),
        }
    }

    /// Takes its words' numbers in the vocabulary of all lists, and adds what depends on what the other lists have.
    ///
    /// # Errors
    /// As for [`Self::read`].
    pub(super) fn settle(
        &mut self,
        files: &Files,
        numbers: &[WordId],
        vocabulary: &mut Vocabulary<'_>,
    ) -> Result<(), LexiconError> {
        self.renumber(numbers);
        let mut derivations = Derivations::default();
        for Source { file, text } in files.get(DERIVATIONS) {
            each(file, text, |row| derivations.add(file, &row))?;
        }
        self.add_nouns(vocabulary, &derivations);
        for pointer in ["this", "that", "these", "those"] {
            let word = vocabulary.words.intern(pointer);
            self.note(word, Opening::POINTER);
        }
        (self.this, self.about) = (vocabulary.words.intern("this"), vocabulary.words.intern("about"));
        self.pos = self.entries.iter().map(|entry| entry.pos).collect();
        let Self { phrases, quantities, pos, .. } = self;
        phrases.settle(|senses| {
            let kinds = senses.iter().map(|sense| Kinds::of(sense.meaning, |entry| pos[entry as usize]));
            kinds.fold(Kinds::default(), Kinds::with).bits()
        });
        quantities.settle(|_| 0);
        Ok(())
    }

    /// Gives each word another number.
    fn renumber(&mut self, numbers: &[WordId]) {
        let change = |word: &mut WordId| *word = numbers[*word as usize];
        self.phrases.renumber(numbers);
        self.toward.iter_mut().for_each(change);
        self.quantities.renumber(numbers);
        self.observers = self.observers.iter().map(|word| numbers[*word as usize]).collect();
        for entry in &mut self.entries {
            if let Object::After(words) = &mut entry.object {
                words.iter_mut().for_each(change);
            }
        }
        let around = std::mem::take(&mut self.around).into_iter().map(|(first, mut around)| {
            around.frames.iter_mut().for_each(|(words, _)| words.iter_mut().for_each(change));
            around.next = around.frames.iter().fold(0, |next, (words, _)| next | Around::bit(words));
            (numbers[first as usize], around)
        });
        self.around = around.collect();
        for (word, opening) in std::mem::take(&mut self.openings).into_iter().enumerate() {
            self.note(numbers[word], opening);
        }
    }

    /// The longest phrase that `words` begins with: its length and senses.
    #[must_use]
    pub fn longest(&self, words: &[WordId]) -> Option<(usize, &[Sense])> {
        self.phrases.longest(words)
    }

    /// The same with the kinds of the senses.
    #[must_use]
    #[inline]
    pub fn known(&self, words: &[WordId]) -> Option<Known<'_>> {
        let (length, senses, kinds) = self.phrases.longest_with_tag(words)?;
        Some(Known { length, senses, kinds: Kinds::of_bits(kinds) })
    }

    /// How many of `words` tell how much: `a lot of`.
    #[must_use]
    pub fn quantity(&self, words: &[WordId]) -> Option<usize> {
        self.quantities.longest(words).map(|(length, _)| length)
    }

    /// Whether a word opens such a thing.
    #[must_use]
    pub fn opens(&self, word: WordId, opening: Opening) -> bool {
        self.openings.get(word as usize).is_some_and(|known| known.0 & opening.0 != 0)
    }

    /// Whether a word is the base form of a verb whose object is the next party: `trust`.
    #[must_use]
    pub fn is_done_to(&self, word: WordId) -> bool {
        let direct = |sense: &Sense| match sense.meaning {
            Meaning::Entry(entry) => sense.form == Form::Base && self.entries[entry as usize].object == Object::Direct,
            _ => false,
        };
        self.phrases.longest(&[word]).is_some_and(|(_, senses)| senses.iter().any(direct))
    }

    fn note(&mut self, word: WordId, opening: Opening) {
        if opening != Opening::default() {
            self.openings.resize(self.openings.len().max(word as usize + 1), Opening::default());
            self.openings[word as usize].0 |= opening.0;
        }
    }

    /// The part of speech of an entry.
    #[must_use]
    pub fn pos(&self, entry: u32) -> Pos {
        self.pos[entry as usize]
    }

    /// The frame that begins with `first` and goes on behind its object, which stands before `rest`: the sense, how many
    /// tokens the object has, and how many words follow it. `hold [the mayor] accountable`.
    #[must_use]
    pub fn around(&self, first: WordId, rest: &[WordId]) -> Option<(Sense, usize, usize)> {
        let Around { next, frames } = self.around.get(&first)?;
        (1..=LONGEST_OBJECT).find_map(|gap| {
            let behind = rest.get(gap..)?;
            if behind.first().is_some_and(|word| next & bit(*word) == 0) {
                return None;
            }
            let found = frames.iter().find(|(words, _)| behind.starts_with(words))?;
            Some((found.1, gap, found.0.len()))
        })
    }

    /// Whether groups.tsv has the words, which stand there with an article or without.
    #[must_use]
    pub fn is_group(&self, words: &[WordId], article: bool) -> bool {
        let found = self.longest(words).filter(|(length, _)| *length == words.len());
        let is =
            |sense: &Sense| sense.meaning == Meaning::Group || article && sense.meaning == Meaning::GroupWithArticle;
        found.is_some_and(|(_, senses)| senses.iter().any(is))
    }

    /// Whether observers.tsv has the word.
    #[must_use]
    pub fn is_observer(&self, word: WordId) -> bool {
        self.observers.contains(&word)
    }

    /// Whether a sense only takes words out.
    #[must_use]
    pub fn is_mask(sense: &Sense) -> bool {
        sense.meaning == Meaning::Mask
    }

    /// What targets.tsv says of a rule.
    #[must_use]
    pub fn rule(&self, name: RuleName) -> Rule {
        self.rules[name as usize]
    }
}

/// Reads rows of a stance list by themselves.
///
/// # Errors
/// The first row that does not fit.
pub(crate) fn read_apart(name: &str, file: &str, text: &str) -> Result<(), LexiconError> {
    match name {
        TARGETS => return each(file, text, |row| numbers::read(file, &row).map(drop)),
        DERIVATIONS => return each(file, text, |row| Derivations::default().add(file, &row)),
        _ => {}
    }
    let abbreviations = FxHashMap::default();
    let mut vocabulary = Vocabulary { words: Words::default(), abbreviations: &abbreviations };
    StanceLexicon::default().add_rows(name, file, text, &mut vocabulary)
}

fn each<'f, T: Deserialize<'f>>(
    file: &str,
    text: &'f str,
    mut take: impl FnMut(Row<T>) -> Result<(), LexiconError>,
) -> Result<(), LexiconError> {
    each_row(file, text).try_for_each(|row| take(row?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicons;

    /// Each row's first two cells in lower case, of an embedded file.
    fn keys(name: &str) -> Vec<(String, String)> {
        let files = Files::embedded();
        let lines = files.get(name)[0].text.lines().filter(|line| !line.starts_with('#')).skip(1);
        let key = |line: &str| {
            let mut cells = line.split('\t').map(str::to_lowercase);
            (cells.next().unwrap_or_default(), cells.next().unwrap_or_default())
        };
        lines.map(key).collect()
    }

    #[test]
    fn files_are_sorted_and_no_entry_stands_twice() {
        for name in [
            "stance.tsv",
            "frames.tsv",
            "shifters.tsv",
            "masks.tsv",
            "events.tsv",
            "groups.tsv",
            "observers.tsv",
            "allegiances.tsv",
            "camps.tsv",
            "targets.tsv",
        ] {
            let keys = keys(name);
            let wrong = keys.windows(2).find(|pair| pair[0] >= pair[1]);
            assert!(wrong.is_none(), "{name}: {wrong:?} not in order, or twice");
        }
    }

    #[test]
    fn no_word_is_in_both_files_as_the_same_part_of_speech() {
        let frames = keys("frames.tsv");
        let twice: Vec<_> = keys("stance.tsv").into_iter().filter(|key| frames.contains(key)).collect();
        assert!(twice.is_empty(), "{twice:?}: keep the row in frames.tsv");
    }

    #[test]
    fn short_verbs_double_their_last_letter() {
        let vowel = |letter: &char| "aeiou".contains(*letter);
        for name in ["stance.tsv", "frames.tsv"] {
            let files = Files::embedded();
            let rows = files.get(name)[0].text.lines().filter(|line| !line.starts_with('#'));
            for row in rows.map(|line| line.split('\t').collect::<Vec<_>>()).filter(|row| row[1] == "verb") {
                let base: Vec<char> = row[0].split(' ').next().unwrap_or_default().chars().collect();
                let [.., before, middle, last] = base[..] else { continue };
                let doubles = !vowel(&before) && vowel(&middle) && "bdgmnprt".contains(last);
                let single: String = base.iter().collect::<String>() + "ed";
                let wrong = doubles && base.iter().filter(|letter| vowel(letter)).count() == 1;
                assert!(!(wrong && row[2].split(['|', ' ']).any(|form| form == single)), "{name}: {row:?}");
            }
        }
    }

    #[test]
    fn no_irregular_verb_has_a_regular_past() {
        let irregular = "bear beat become begin bend bind bite bleed blow break breed bring build buy catch choose cling come \
                         creep deal dig do draw drink drive eat fall feed feel fight find fling fly forget forgive freeze get give \
                         go grind grow hang have hear hide hold keep know lead leave lend lose make mean meet mislead pay read \
                         rewrite ride ring rise run say see seek sell send shake shine shoot shrink sing sink sit sleep slide \
                         sling speak spend spring stand steal stick sting stink strike strive swear sweep swim swing take teach \
                         tear tell think throw understand wake wear weep win withhold write";
        let irregular: FxHashSet<&str> = irregular.split_whitespace().collect();
        for name in ["stance.tsv", "frames.tsv"] {
            let files = Files::embedded();
            let rows = files.get(name)[0].text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
            for row in rows.filter(|row| row.len() > 2 && row[1] == "verb") {
                let base = row[0].split(' ').next().unwrap_or_default();
                let regular = format!("{base}{}", if base.ends_with('e') { "d" } else { "ed" });
                let wrong = |form: &str| form.split(' ').next() == Some(regular.as_str());
                assert!(!irregular.contains(base) || !row[2].split('|').any(wrong), "{name}: {row:?}");
            }
        }
    }

    #[test]
    fn values_lie_within_three() {
        let lexicons = Lexicons::embedded();
        for entry in &lexicons.stance.entries {
            let values = [entry.value, entry.to_object, entry.of_object];
            assert!(values.iter().all(|value| (-3.0..=3.0).contains(value)), "{}", entry.lemma);
        }
    }

    #[test]
    fn the_longest_phrase_is_found() {
        let lexicons = Lexicons::embedded();
        let words: Vec<WordId> = ["take", "issue", "with", "it"].iter().map(|word| lexicons.words.find(word)).collect();
        assert_eq!(lexicons.stance.longest(&words).map(|(length, _)| length), Some(3));
        assert!(lexicons.stance.longest(&words[3..]).is_none());
    }
}
