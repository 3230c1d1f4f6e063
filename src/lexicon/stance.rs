//! The stance files as tables: evaluative words, directed verbs and nouns, shifters, masks, events, and the numbers of
//! the engine. One look-up a word, a trie for what has several; knows the columns, binds nothing.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::files::Files;
use super::trie::Trie;
use super::tsv::{LexiconError, Row, rows, values};
use super::words::{Class, Classes, WordId};
use super::{Lexicons, Source};

/// Everything that `stance` looks up.
#[derive(Clone, Debug, Default)]
pub struct StanceLexicon {
    /// stance.tsv and frames.tsv, in file order.
    pub entries: Vec<Entry>,
    /// shifters.tsv.
    pub shifters: Vec<Shifter>,
    /// targets.tsv: how a target may be found.
    pub rules: Vec<Rule>,
    /// targets.tsv: the other numbers.
    pub numbers: Numbers,
    /// Kinds of events, `any` first; [`Meaning::Event`] points into them.
    pub event_kinds: Vec<String>,
    /// Prepositions after which a state is meant itself, not a place.
    pub toward: Vec<WordId>,
    phrases: Trie<Sense>,
    /// Of frames that may stand around their object, by the first word: the others and the sense.
    around: FxHashMap<WordId, Vec<(Vec<WordId>, Sense)>>,
}

/// What a word or phrase can mean to stance, and in which form it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sense {
    /// The row.
    pub meaning: Meaning,
    /// The form.
    pub form: Form,
}

/// A row of one of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// An index of [`StanceLexicon::entries`].
    Entry(u32),
    /// An index of [`StanceLexicon::shifters`].
    Shifter(u32),
    /// Not what it looks like: `United States`.
    Mask,
    /// An event, by an index of [`StanceLexicon::event_kinds`].
    Event(u8),
    /// A verb of such events.
    EventVerb(u8),
    /// Names a group that one may be for or against: `immigrants`.
    Group,
    /// Joins subject and description: `seems`.
    Link,
    /// Who is so called stands by (1) or against (-1) whoever is named with it: `spokesman`, `critic`.
    Allegiance(i8),
    /// A word that announces whom a quotation is about: `referring to`.
    Topic,
    /// A clause after it belongs to whoever holds the view: `think`.
    Thought,
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
    /// Its example in brace notation.
    pub example: String,
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
            Pos::Verb => "verb",
        };
        format!("{pos} {}", self.lemma)
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
    /// Its example.
    pub example: String,
}

/// Whether a target found by a rule becomes a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// Always.
    Always,
    /// Only if it is not neutral.
    Polar,
    /// Only where no other rule finds a party.
    Alone,
    /// Never: the rule is switched off.
    Never,
}

/// A way to find a target.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// As it stands in the tables' `rule` column.
    pub name: String,
    /// Share of the parties found by it that are spoken of, 0 to 1.
    pub precision: f32,
    /// Whether it makes a row.
    pub when: When,
}

#[derive(Deserialize)]
struct EntryRow {
    entry: String,
    pos: Pos,
    forms: String,
    value: f32,
    example: String,
}

#[derive(Deserialize)]
struct FrameRow {
    entry: String,
    pos: Pos,
    forms: String,
    object: String,
    to_object: f32,
    of_agent: f32,
    of_object: f32,
    effect: f32,
    example: String,
}

#[derive(Deserialize)]
struct ShifterRow {
    entry: String,
    kind: String,
    factor: f32,
    reach: usize,
    example: String,
}

#[derive(Deserialize)]
struct AllegianceRow {
    noun: String,
    plural: String,
    side: String,
}

#[derive(Deserialize)]
struct GroupRow {
    noun: String,
}

#[derive(Deserialize)]
struct MaskRow {
    phrase: String,
}

#[derive(Deserialize)]
struct EventRow {
    kind: String,
    noun: String,
    plural: String,
    verbs: String,
}

#[derive(Deserialize)]
struct NumberRow {
    name: String,
    value: f32,
    when: String,
}

macro_rules! numbers {
    ($($(#[$doc:meta])* $field:ident $name:literal),+ $(,)?) => {
        /// The engine's numbers, one a row of targets.tsv.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Numbers { $($(#[$doc])* pub $field: f32),+ }

        impl Numbers {
            /// Sets the number of that name; whether there is one.
            fn set(&mut self, name: &str, value: f32) -> bool {
                match name { $($name => self.$field = value,)+ _ => return false }
                true
            }

            /// Every name, in order.
            pub const NAMES: &'static [&'static str] = &[$($name),+];
        }
    };
}

numbers! {
    /// Of a word predicated of a party.
    predicate "weight predicate",
    /// Of a word that stands before its noun.
    modifier "weight modifier",
    /// Of what a party does.
    agent "weight agent",
    /// Of a word in the object of what a party does.
    agent_far "weight agent-far",
    /// Of what is a party's: its policies, its record.
    possessed "weight possessed",
    /// Of whom something is done to.
    patient "weight patient",
    /// Of what the speaker himself does to a party.
    source_on_target "weight source-on-target",
    /// Of a bad word that a negator turns: `not bad` says less than `good`.
    negated_bad "weight negated-bad",
    /// Of what is inferred from whom one backs or fights.
    inferred "weight inferred",
    /// Of a word about a thing, for a party in the same sentence.
    thing "weight thing",
    /// Of a word that nothing is bound to, for a party in its clause.
    same_clause "weight same-clause",
    /// The same, for a party in its sentence.
    same_sentence "weight same-sentence",
    /// The same, for a party in another sentence.
    other_sentence "weight other-sentence",
    /// The same, for a party named outside the quotation only.
    topic "weight topic",
    /// Of what somebody else says of a party within the quotation.
    nested "weight nested",
    /// Of the reporter's words.
    reporter "weight reporter",
    /// Of an event, for who did it.
    event "weight event",
    /// Multiplies the sum before it is squeezed to -1..1.
    scale "scale",
    /// Of what the same speaker says of the same party elsewhere.
    pooling "pooling",
    /// Of what the reporter tells that the speaker does to the party.
    told "weight told",
    /// Of a party with which the reporter names the speaker: `Marrow's spokesman`.
    allegiance "weight allegiance",
    /// Least absolute score of a row that is not neutral.
    threshold "threshold",
    /// Added for a party that is not the first named in the quotation.
    threshold_later "threshold later",
    /// Added for a state or a people.
    threshold_state "threshold state",
    /// Added where speaker and party meet once only.
    threshold_once "threshold once",
    /// Added where the quotation speaks of several parties.
    threshold_several "threshold several",
    /// Added for a party that is not named in the quotation.
    threshold_outside "threshold outside",
    /// Least absolute score of its own of a row that is kept for what it says, and below which words say nothing.
    least_own "threshold own",
    /// Least absolute score of its own of words that hold whatever the other thresholds say.
    clear "threshold clear",
    /// Least absolute score with the rest of the article, where the words themselves say nothing.
    carried "threshold carried",
    /// The same where the party is not named either.
    carried_far "threshold carried-far",
    /// Least absolute score of a given text that is not neutral toward a given party.
    pair "threshold pair",
    /// Added where the text names several persons.
    pair_several "threshold pair-several",
    /// The same, where it is a given source's.
    pair_source "threshold pair-source",
    /// Times the weight of nearness, where text and party are given: there is no article that tells more.
    given_tone "weight given-tone",
    /// Of something bad that a negator turns, where text and party are given.
    given_cleared "weight given-cleared",
    /// Of a word near a given party, for each other party between.
    near_beyond "weight near-beyond",
    /// Of a bad word near a given party that reports: it mostly tells of others.
    near_reporter "weight near-reporter",
    /// Of a word that is bound to another party, for one near it, beside the weight of nearness.
    other_party "weight other-party",
    /// Of a word that does not tell what the given source does, but stands between it and the party.
    between "weight between",
    /// For whom a pronoun means: of somebody named in the same quotation.
    antecedent_same "antecedent same-quotation",
    /// Taken off for each paragraph between.
    antecedent_paragraph "antecedent paragraph",
    /// Taken off for each other person between.
    antecedent_other "antecedent other",
    /// Taken off for a name within a longer one.
    antecedent_inner "antecedent inner",
    /// Taken off where the gender is not known.
    antecedent_gender "antecedent gender",
    /// Times the logarithm of how often the article names the person.
    antecedent_often "antecedent often",
    /// Share of the neutral verdicts that are right.
    confidence_neutral "confidence neutral",
    /// Share of the polar verdicts that are right at score 0.
    confidence_polar "confidence polar",
    /// What a score of 1 adds to it.
    confidence_score "confidence score",
    /// Words to the left of a half-sentence within which its party may stand.
    outside_reach "reach outside",
}

/// Tokens between the parts of a frame that stands around its object, at most.
const LONGEST_OBJECT: usize = 6;

impl StanceLexicon {
    /// Reads the files; their words get numbers among the lexicons' words.
    ///
    /// # Errors
    /// The first row that does not fit, with its place and the remedy.
    pub fn read(files: &Files, lexicons: &mut Lexicons) -> Result<Self, LexiconError> {
        let mut lexicon = Self { event_kinds: vec!["any".into()], ..Self::default() };
        lexicon.read_numbers(files)?;
        each(files, "stance.tsv", |_, row| {
            lexicon.add_word(lexicons, row);
            Ok(())
        })?;
        each(files, "frames.tsv", |_, row| {
            lexicon.add_frame(lexicons, row);
            Ok(())
        })?;
        each(files, "shifters.tsv", |source, row| lexicon.add_shifter(lexicons, source, row))?;
        each(files, "masks.tsv", |_, row: Row<MaskRow>| {
            lexicon.add(lexicons, &row.value.phrase, Meaning::Mask, Form::Plain);
            Ok(())
        })?;
        each(files, "events.tsv", |_, row| {
            lexicon.add_event(lexicons, &row);
            Ok(())
        })?;
        each(files, "allegiances.tsv", |source, row| lexicon.add_allegiance(lexicons, source, &row))?;
        each(files, "groups.tsv", |_, row: Row<GroupRow>| {
            lexicon.add(lexicons, &row.value.noun, Meaning::Group, Form::Plain);
            Ok(())
        })?;
        Ok(lexicon)
    }

    /// The longest phrase that `words` begins with: its length and senses.
    #[must_use]
    pub fn longest(&self, words: &[WordId]) -> Option<(usize, &[Sense])> {
        self.phrases.longest(words)
    }

    /// The frame that begins with `first` and goes on behind its object, which stands before `rest`: the sense, how many
    /// tokens the object has, and how many words follow it. `hold [the mayor] accountable`.
    #[must_use]
    pub fn around(&self, first: WordId, rest: &[WordId]) -> Option<(Sense, usize, usize)> {
        let frames = self.around.get(&first)?;
        (1..=LONGEST_OBJECT).find_map(|gap| {
            let behind = rest.get(gap..)?;
            let found = frames.iter().find(|(words, _)| behind.starts_with(words))?;
            Some((found.1, gap, found.0.len()))
        })
    }

    /// Whether groups.tsv has the words.
    #[must_use]
    pub fn is_group(&self, words: &[WordId]) -> bool {
        let found = self.longest(words).filter(|(length, _)| *length == words.len());
        found.is_some_and(|(_, senses)| senses.iter().any(|sense| sense.meaning == Meaning::Group))
    }

    /// Whether a sense only takes words out.
    #[must_use]
    pub fn is_mask(sense: &Sense) -> bool {
        sense.meaning == Meaning::Mask
    }

    /// The number of the rule of that name.
    ///
    /// # Panics
    /// If targets.tsv has no such rule, which reading it made sure of.
    #[must_use]
    pub fn rule(&self, name: &str) -> usize {
        self.rules.iter().position(|rule| rule.name == name).expect("reading targets.tsv checks the rules")
    }

    fn add(&mut self, lexicons: &mut Lexicons, text: &str, meaning: Meaning, form: Form) {
        let words = lexicons.intern_all(text);
        if let Some(first) = words.first() {
            lexicons.words.add_to(*first, Classes::of(&[Class::StanceStart]));
        }
        self.phrases.add(&words, Sense { meaning, form });
    }

    /// A verb's forms stand in this order: third, past, participle, ing; other words' forms have none.
    fn add_forms(&mut self, lexicons: &mut Lexicons, base: &str, forms: &str, pos: Pos, meaning: Meaning) {
        const VERB: [Form; 4] = [Form::Third, Form::Past, Form::Participle, Form::Ing];
        let verb = pos == Pos::Verb;
        self.add(lexicons, base, meaning, if verb { Form::Base } else { Form::Plain });
        for (i, form) in values(forms).enumerate() {
            self.add(lexicons, form, meaning, if verb { VERB[i.min(3)] } else { Form::Plain });
        }
    }

    fn add_word(&mut self, lexicons: &mut Lexicons, row: Row<EntryRow>) {
        let EntryRow { entry, pos, forms, value, example } = row.value;
        let meaning = Meaning::Entry(self.entries.len() as u32);
        self.add_forms(lexicons, &entry, &forms, pos, meaning);
        let object = Object::None;
        self.entries.push(Entry {
            lemma: entry,
            pos,
            value,
            object,
            to_object: 0.0,
            of_object: 0.0,
            effect: 0.0,
            example,
        });
    }

    fn add_frame(&mut self, lexicons: &mut Lexicons, row: Row<FrameRow>) {
        let FrameRow { entry, pos, forms, object, to_object, of_agent, of_object, effect, example } = row.value;
        let meaning = Meaning::Entry(self.entries.len() as u32);
        self.add_forms(lexicons, &entry, &forms, pos, meaning);
        if object == "around" {
            self.add_around(lexicons, &entry, &forms, meaning);
        }
        let object = match object.as_str() {
            "" => Object::None,
            "direct" | "around" => Object::Direct,
            "described" => Object::Described,
            words => Object::After(values(words).map(|word| lexicons.words.intern(word)).collect()),
        };
        self.entries.push(Entry { lemma: entry, pos, value: of_agent, object, to_object, of_object, effect, example });
    }

    /// The forms once more, as words that stand around an object.
    fn add_around(&mut self, lexicons: &mut Lexicons, base: &str, forms: &str, meaning: Meaning) {
        const VERB: [Form; 4] = [Form::Third, Form::Past, Form::Participle, Form::Ing];
        let forms = values(forms).zip(VERB);
        for (text, form) in std::iter::once((base, Form::Base)).chain(forms) {
            let words = lexicons.intern_all(text);
            let Some((first, others)) = words.split_first() else { continue };
            let known = self.around.entry(*first).or_default();
            if !known.iter().any(|(words, _)| words == others) {
                known.push((others.to_vec(), Sense { meaning, form }));
            }
        }
    }

    fn add_shifter(
        &mut self,
        lexicons: &mut Lexicons,
        source: &Source,
        row: Row<ShifterRow>,
    ) -> Result<(), LexiconError> {
        let Row { line, value: ShifterRow { entry, kind, factor, reach, example } } = row;
        let kind = match kind.as_str() {
            "negator" => ShifterKind::Negator,
            "intensifier" => ShifterKind::Intensifier,
            "diminisher" => ShifterKind::Diminisher,
            "modal" => ShifterKind::Modal,
            "reverser" => ShifterKind::Reverser,
            "none" => ShifterKind::None,
            "link" | "topic" | "thought" => {
                let meaning = match kind.as_str() {
                    "link" => Meaning::Link,
                    "topic" => Meaning::Topic,
                    _ => Meaning::Thought,
                };
                self.add(lexicons, &entry, meaning, Form::Plain);
                return Ok(());
            }
            "toward" => {
                self.toward.extend(lexicons.intern_all(&entry));
                return Ok(());
            }
            other => {
                let message = format!(
                    "kind \"{other}\" is unknown: take negator, intensifier, diminisher, modal, reverser, none, link, topic, thought or toward"
                );
                return Err(LexiconError::at(&source.file, line, message));
            }
        };
        self.add(lexicons, &entry, Meaning::Shifter(self.shifters.len() as u32), Form::Plain);
        self.shifters.push(Shifter { kind, factor, reach, example });
        Ok(())
    }

    fn add_allegiance(
        &mut self,
        lexicons: &mut Lexicons,
        source: &Source,
        row: &Row<AllegianceRow>,
    ) -> Result<(), LexiconError> {
        let AllegianceRow { noun, plural, side } = &row.value;
        let side = match side.as_str() {
            "for" => 1,
            "against" => -1,
            other => {
                let message = format!("side \"{other}\" is unknown: take for or against");
                return Err(LexiconError::at(&source.file, row.line, message));
            }
        };
        self.add_forms(lexicons, noun, plural, Pos::Noun, Meaning::Allegiance(side));
        Ok(())
    }

    fn add_event(&mut self, lexicons: &mut Lexicons, row: &Row<EventRow>) {
        let EventRow { kind, noun, plural, verbs } = &row.value;
        let known = self.event_kinds.iter().position(|known| known == kind);
        let kind = known.unwrap_or_else(|| {
            self.event_kinds.push(kind.clone());
            self.event_kinds.len() - 1
        }) as u8;
        self.add_forms(lexicons, noun, plural, Pos::Noun, Meaning::Event(kind));
        for verb in values(verbs) {
            self.add(lexicons, verb, Meaning::EventVerb(kind), Form::Past);
        }
    }

    fn read_numbers(&mut self, files: &Files) -> Result<(), LexiconError> {
        let mut missing: Vec<&str> = Numbers::NAMES.to_vec();
        each(files, "targets.tsv", |source, Row { line, value }: Row<NumberRow>| {
            let NumberRow { name, value, when } = value;
            let Some(rule) = name.strip_prefix("rule ") else {
                missing.retain(|known| *known != name);
                let known = self.numbers.set(&name, value);
                let error = || {
                    LexiconError::at(
                        &source.file,
                        line,
                        format!("name \"{name}\" is no number of the engine: remove the row"),
                    )
                };
                return if known { Ok(()) } else { Err(error()) };
            };
            let when = match when.as_str() {
                "always" => When::Always,
                "polar" => When::Polar,
                "alone" => When::Alone,
                "never" => When::Never,
                other => {
                    let message = format!("when \"{other}\" is unknown: take always, polar, alone or never");
                    return Err(LexiconError::at(&source.file, line, message));
                }
            };
            self.rules.push(Rule { name: rule.into(), precision: value, when });
            Ok(())
        })?;
        let unruled = RULES.iter().find(|rule| !self.rules.iter().any(|known| known.name == **rule));
        match missing.first().map(|name| (*name).to_owned()).or(unruled.map(|rule| format!("rule {rule}"))) {
            Some(name) => Err(LexiconError::file("targets.tsv", format!("no row \"{name}\": add one"))),
            None => Ok(()),
        }
    }
}

/// The rules that `stance::targets` knows; targets.tsv has a row for each.
pub const RULES: [&str; 25] = [
    "person-named",
    "person-pronoun",
    "state-named",
    "state-after-preposition",
    "people-named",
    "body-named",
    "other-named",
    "often-named",
    "described",
    "group-described",
    "pronoun-they",
    "pronoun-it",
    "pronoun-you",
    "outlet-named",
    "outside-left",
    "outside-right",
    "outside-verb",
    "outside-topic",
    "turn",
    "event-agent",
    "given",
    "sentence-before",
    "outside-body",
    "outside-subject",
    "outside-far",
];

fn each<T: serde::de::DeserializeOwned>(
    files: &Files,
    name: &str,
    mut take: impl FnMut(&Source, Row<T>) -> Result<(), LexiconError>,
) -> Result<(), LexiconError> {
    for source in files.get(name) {
        for row in rows::<T>(&source.file, &source.text)? {
            take(source, row)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

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
            "allegiances.tsv",
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
