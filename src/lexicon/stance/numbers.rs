//! targets.tsv: how the parties of a quotation are found, and the numbers of the engine.

use serde::Deserialize;

use super::{StanceLexicon, TARGETS, each};
use crate::lexicon::files::{Files, Source};
use crate::lexicon::tsv::{LexiconError, Row};

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
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Share of the parties found by it that are spoken of, 0 to 1.
    pub precision: f32,
    /// Whether it makes a row.
    pub when: When,
}

macro_rules! rules {
    ($($rule:ident $name:literal),+ $(,)?) => {
        /// The ways to find a target that `stance::targets` knows; targets.tsv tells what each is, and has a row for each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum RuleName { $($rule),+ }

        impl RuleName {
            /// Every rule, in order.
            pub const ALL: &'static [Self] = &[$(Self::$rule),+];

            /// As it stands in the tables' `rule` column.
            #[must_use]
            pub fn text(self) -> &'static str {
                match self { $(Self::$rule => $name),+ }
            }
        }
    };
}

impl RuleName {
    /// Whether it finds groups without a name.
    #[must_use]
    pub fn is_group(self) -> bool {
        matches!(self, Self::GroupDescribed | Self::GroupTouched | Self::GroupModified | Self::GroupActing)
    }
}

rules! {
    PersonNamed "person-named",
    PersonPronoun "person-pronoun",
    StateNamed "state-named",
    StateAfterPreposition "state-after-preposition",
    PeopleNamed "people-named",
    BodyNamed "body-named",
    BodyUnknown "body-unknown",
    BodyAfterPreposition "body-after-preposition",
    PlaceNamed "place-named",
    OtherNamed "other-named",
    FirstNamed "first-named",
    OftenNamed "often-named",
    Described "described",
    GroupDescribed "group-described",
    GroupTouched "group-touched",
    GroupModified "group-modified",
    GroupActing "group-acting",
    PronounThey "pronoun-they",
    PronounIt "pronoun-it",
    PronounYou "pronoun-you",
    OutletNamed "outlet-named",
    OutsideLeft "outside-left",
    OutsideRight "outside-right",
    OutsideVerb "outside-verb",
    OutsideTopic "outside-topic",
    Turn "turn",
    Continued "continued",
    EventAgent "event-agent",
    Given "given",
    OutsideBefore "outside-before",
    OutsideBody "outside-body",
    OutsideSubject "outside-subject",
    OutsideFar "outside-far",
    Judged "judged",
}

#[derive(Deserialize)]
pub(super) struct NumberRow<'a> {
    name: &'a str,
    value: f32,
    when: &'a str,
}

macro_rules! numbers {
    ($($(#[$doc:meta])* $field:ident $name:literal),+ $(,)?) => {
        /// The engine's numbers, one a row of targets.tsv.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Numbers { $($(#[$doc])* pub $field: f32),+ }

        impl Numbers {
            /// Sets the number of that name; whether there is one.
            pub fn set(&mut self, name: &str, value: f32) -> bool {
                match name { $($name => self.$field = value,)+ _ => return false }
                true
            }

            /// The number of that name.
            #[must_use]
            pub fn get(&self, name: &str) -> Option<f32> {
                match name { $($name => Some(self.$field),)+ _ => None }
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
    /// Times that weight, of what others think of a party.
    regarded "weight regarded",
    /// Of what the speaker himself does to a party.
    source_on_target "weight source-on-target",
    /// Of a bad word that a negator turns: `not bad` says less than `good`.
    negated_bad "weight negated-bad",
    /// Of what somebody else in the quotation calls a party.
    called "weight called",
    /// Of what a question asks.
    asked "weight asked",
    /// Of what a party brings about.
    caused "weight caused",
    /// Of what a party is told to do, or does not do.
    demanded "weight demanded",
    /// Of praise that something keeps the party from: `lacks the courage to`.
    unable "weight unable",
    /// Of praise for what is not so: `had he been honest`.
    unreal "weight unreal",
    /// Of praise that is called in question, of something bad that is fought.
    fought "weight fought",
    /// Of `attacks on Marrow` where nobody is told to make them.
    unowned "weight unowned",
    /// The same where they are called good.
    approved "weight approved",
    /// The same where they are called bad, and of what is said where saying so is.
    condemned "weight condemned",
    /// What a word says of its object from which on it accuses: `allegation`.
    accusing "threshold accusing",
    /// In a quotation: of whoever does it, of a word from which on it tells of him.
    deed "threshold deed",
    /// How much more `nobody is kinder than Marrow` says of Marrow than `Ammering is kinder` does, of the two.
    superlative "weight superlative",
    /// What `unlike Marrow, I` says of Marrow, before the factor of `unlike`.
    unlike "weight unlike",
    /// Of what happens to somebody in the sentence.
    state "weight state",
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
    /// The same, where text and party are given.
    given_nested "weight given-nested",
    /// Times the weight of whom something is done to, where text and party are given.
    given_patient "weight given-patient",
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
    /// Of a party whose political camp opposes the speaker's: added against it.
    rivals "weight rivals",
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
    /// Added where it speaks of many.
    threshold_many "threshold many",
    /// Added where the speaker is one who explains.
    threshold_observer "threshold observer",
    /// Added where the words are against a party of a rival camp; of two known politicians, where they are not for it.
    threshold_rival "threshold rival",
    /// Added where the score is in favour.
    threshold_praise "threshold praise",
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
    /// The same where only that they are rivals speaks against the party.
    carried_rivals "threshold carried-rivals",
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

/// What a row of targets.tsv tells.
pub(super) enum Told<'a> {
    /// A number, by its name.
    Number(&'a str, f32),
    /// How a rule is meant.
    Rule(RuleName, Rule),
}

/// What a row tells.
///
/// # Errors
/// A name that the engine does not know, and a word for when a rule holds.
pub(super) fn read<'a>(file: &str, row: &Row<NumberRow<'a>>) -> Result<Told<'a>, LexiconError> {
    let &Row { line, value: NumberRow { name, value, when } } = row;
    let error = |message: String| Err(LexiconError::at(file, line, message));
    let Some(rule) = name.strip_prefix("rule ") else {
        if Numbers::NAMES.contains(&name) {
            return Ok(Told::Number(name, value));
        }
        return error(format!("name \"{name}\" is no number of the engine: remove the row"));
    };
    let when = match when {
        "always" => When::Always,
        "polar" => When::Polar,
        "alone" => When::Alone,
        "never" => When::Never,
        other => return error(format!("when \"{other}\" is unknown: take always, polar, alone or never")),
    };
    match RuleName::ALL.iter().find(|known| known.text() == rule) {
        Some(known) => Ok(Told::Rule(*known, Rule { precision: value, when })),
        None => error(format!("name \"{name}\" is no rule of the engine: remove the row")),
    }
}

impl StanceLexicon {
    /// Of rows with one name the last holds.
    pub(super) fn read_numbers(&mut self, files: &Files) -> Result<(), LexiconError> {
        let mut missing: Vec<&str> = Numbers::NAMES.to_vec();
        let mut rules: Vec<Option<Rule>> = vec![None; RuleName::ALL.len()];
        for Source { file, text } in files.get(TARGETS) {
            each(file, text, |row| {
                match read(file, &row)? {
                    Told::Number(name, value) => {
                        missing.retain(|known| *known != name);
                        self.numbers.set(name, value);
                    }
                    Told::Rule(name, rule) => rules[name as usize] = Some(rule),
                }
                Ok(())
            })?;
        }
        let unruled = rules.iter().position(Option::is_none).map(|rule| RuleName::ALL[rule].text());
        self.rules = rules.into_iter().flatten().collect();
        match missing.first().map(|name| (*name).to_owned()).or(unruled.map(|rule| format!("rule {rule}"))) {
            Some(name) => Err(LexiconError::file(TARGETS, format!("no row \"{name}\": add one"))),
            None => Ok(()),
        }
    }
}
