//! What a word or phrase can mean to stance: an evaluation, a directed deed, a shifter, an event, a group.

use serde::Deserialize;

use crate::lexicon::words::WordId;

/// What a word or phrase can mean to stance, and in which form it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sense {
    /// The row.
    pub meaning: Meaning,
    /// The form.
    pub form: Form,
}

/// Which kinds of senses a word has: a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// Not what it looks like.
    pub const MASK: Self = Self(1);
    /// An entry.
    pub const ENTRY: Self = Self(2);
    /// An entry that is a verb.
    pub const VERB: Self = Self(4);
    /// An event.
    pub const EVENT: Self = Self(8);
    /// A shifter.
    pub const SHIFTER: Self = Self(16);
    /// Neither entry nor event.
    pub const GRAMMAR: Self = Self(32);

    /// Of a sense; `pos` is its entry's.
    pub(super) fn of(meaning: Meaning, pos: impl Fn(u32) -> Pos) -> Self {
        match meaning {
            Meaning::Entry(entry) if pos(entry) == Pos::Verb => Self(Self::ENTRY.0 | Self::VERB.0),
            Meaning::Entry(_) => Self::ENTRY,
            Meaning::Event(_) => Self::EVENT,
            Meaning::Mask => Self(Self::MASK.0 | Self::GRAMMAR.0),
            Meaning::Shifter(_) => Self(Self::SHIFTER.0 | Self::GRAMMAR.0),
            _ => Self::GRAMMAR,
        }
    }

    /// The set as a trie keeps it.
    pub(super) fn bits(self) -> u8 {
        self.0
    }

    pub(super) fn of_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// Both sets together.
    pub(super) fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether one of `others` is in the set.
    #[must_use]
    pub fn any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
}

/// What a word or phrase can mean.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Words.
    pub length: usize,
    /// All that it can mean.
    pub senses: &'a [Sense],
    /// Their kinds.
    pub kinds: Kinds,
}

/// A row of one of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// An index of [`super::StanceLexicon::entries`].
    Entry(u32),
    /// An index of [`super::StanceLexicon::shifters`].
    Shifter(u32),
    /// Not what it looks like: `United States`.
    Mask,
    /// An event, by an index of [`super::StanceLexicon::event_kinds`].
    Event(u8),
    /// A verb of such events.
    EventVerb(u8),
    /// Names a group that one may be for or against: `immigrants`.
    Group,
    /// The same with its article only: `the leadership`.
    GroupWithArticle,
    /// Joins subject and description: `seems`.
    Link,
    /// Who is so called stands by (1) or against (-1) whoever is named with it: `spokesman`, `critic`.
    Allegiance(i8),
    /// A word that announces whom a quotation is about: `referring to`.
    Topic,
    /// A clause after it belongs to whoever holds the view: `think`.
    Thought,
    /// Stands for whoever is right, so for the one who uses it: `nobody`, `anyone`.
    Anyone,
    /// Stands for those who do what follows: `whoever`.
    Whoever,
}

/// Grammatical form of a word in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Adjective, noun, phrase: as it stands.
    Plain,
    /// `accuse`
    Base,
    /// `accuses`
    Third,
    /// `accused`
    Past,
    /// `taken`; of most verbs the same word as the past.
    Participle,
    /// `accusing`
    Ing,
}

/// Part of speech of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pos {
    /// Describes a noun, or is predicated.
    Adjective,
    /// Describes a deed.
    Adverb,
    /// Names or describes a party or its deeds.
    Noun,
    /// A saying that stands where a predicate does.
    Phrase,
    /// What happens to people, good or bad; says nothing of them, but of who causes it.
    State,
    /// Tells what a party does.
    Verb,
}

/// Which words are an entry's object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Object {
    /// It has none.
    #[default]
    None,
    /// The next party: `accuse X`.
    Direct,
    /// The next party, and what follows describes it: `call X a liar`.
    Described,
    /// The party after one of these words: `criticism of X`.
    After(Vec<WordId>),
}

/// An evaluative word or a directed verb, noun or adjective. Values run from -3 to 3.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its base form.
    pub lemma: String,
    /// Part of speech.
    pub pos: Pos,
    /// Of whom it describes, or who does it, as the one who uses the word sees it.
    pub value: f32,
    /// What its object is.
    pub object: Object,
    /// What the one who does it thinks of its object.
    pub to_object: f32,
    /// What the one who uses the word thinks of its object.
    pub of_object: f32,
    /// Whether it is good (1) or bad (-1) for its object.
    pub effect: f32,
}

impl Entry {
    /// Part of speech and base form, as messages name the row: `verb lie`.
    #[must_use]
    pub fn name(&self) -> String {
        let pos = match self.pos {
            Pos::Adjective => "adjective",
            Pos::Adverb => "adverb",
            Pos::Noun => "noun",
            Pos::Phrase => "phrase",
            Pos::State => "state",
            Pos::Verb => "verb",
        };
        format!("{pos} {}", self.lemma)
    }

    /// Whether it tells how whoever does it sees the object, and a speaker who says it shows the same: favor, not smear.
    #[must_use]
    pub fn is_view(&self) -> bool {
        self.to_object * self.of_object > 0.0
    }

    /// What the word says of those near it where neither who does it nor to whom is told.
    #[must_use]
    pub fn tone(&self) -> f32 {
        [self.value, self.of_object].into_iter().find(|value| *value != 0.0).unwrap_or(0.0)
    }
}

/// What a shifter does to the words it reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ShifterKind {
    /// Turns round: `not`.
    Negator,
    /// Makes stronger: `very`.
    Intensifier,
    /// Makes weaker: `somewhat`.
    Diminisher,
    /// Makes unreal: `would`.
    Modal,
    /// Turns round the deed it governs: `stop`, `lack of`.
    Reverser,
    /// Grants what its clause says, before the point is made: `although`.
    Concession,
    /// Makes the point: what stands before it in the sentence is granted: `but`.
    Counter,
    /// What follows is so for whoever uses the word too: `knows that`.
    Factive,
    /// What is said of another says the opposite of the party after it: `than`, `unlike`.
    Contrast,
    /// Nobody is so as the party after it: `nobody writes like him`.
    Likeness,
    /// Whoever follows brings about the rest of its sentence: `because of`; turned round by `without`.
    Cause,
    /// In a clause with `if` or before its subject, says that it is not so: `if he had been honest`.
    Unreal,
    /// A verb whose subject brings about the state that follows its object: `left us homeless`.
    Causing,
    /// A verb whose subject makes a thing, of which more is said: `wrote laws that hurt us`.
    Making,
    /// A verb whose object is none of its subject's doing: `endured a terrible war`, `spoke about the scandal`.
    Apart,
    /// Of what somebody is accused of says how bad it is, not that he is accused wrongly: `shocking`.
    Grave,
    /// Looks like a shifter and is none: `not only`.
    None,
}

/// A row of shifters.tsv.
#[derive(Clone, Debug, PartialEq)]
pub struct Shifter {
    /// What it does.
    pub kind: ShifterKind,
    /// What the value is multiplied with.
    pub factor: f32,
    /// Words to the right that it reaches at most.
    pub reach: usize,
}
