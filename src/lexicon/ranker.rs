//! The weights by which the source of a quotation is chosen where no pattern decides: ranker.tsv, fitted by
//! `examples/fit_ranker.rs`. A feature is a readable fact about one option: `follows left STRONG` is a mention in the
//! same sentence, left of the quotation, that a strong cue follows.

use serde::Deserialize;

use super::files::Source;
use super::pattern::{Patterns, Symbol};
use super::tsv::{LexiconError, Row, each_row};

macro_rules! templates {
    ($($(#[$doc:meta])* $variant:ident = $name:literal [$($slot:ident),*]),* $(,)?) => {
        /// What a feature is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Template { $($(#[$doc])* $variant),* }

        const TEMPLATES: &[(&str, &[Slot])] = &[$(($name, &[$(Slot::$slot),*])),*];
    };
}

templates! {
    /// How many mentions stand nearer to the quotation.
    Order = "order" [Place, Number],
    /// What kind of mention it is.
    Kind = "kind" [Place, Unit],
    /// Its verb, or what follows it.
    Follows = "follows" [Place, Unit],
    /// What follows its verb.
    Tail = "tail" [Unit, Unit],
    /// What stands before it.
    Precedes = "precedes" [Place, Unit],
    /// What stands before it, and its verb.
    Frame = "frame" [Unit, Unit],
    /// Whether it opens its sentence (0), is its first mention (1) or not (2).
    Opens = "opens" [Place, Number],
    /// How far it is: 0, 1, 2 to 3, 4 to 7 units and so on.
    Distance = "distance" [Place, Number],
    /// How many cues stand between.
    Cues = "cues" [Place, Number],
    /// How many quotations stand between.
    Quotations = "quotations" [Place, Number],
    /// How many commas stand between.
    Commas = "commas" [Place, Number],
    /// How many ends of sentences stand between.
    Sentences = "sentences" [Place, Number],
    /// The last cue before the quotation, and whether this is its subject.
    Nearest = "nearest" [Unit, Number],
    /// The first cue of the sentence, and whether this is its subject.
    Outer = "outer" [Unit, Number],
    /// What stands next to the quotation, on the side of the option.
    Edge = "edge" [Place, Unit],
    /// What stands before the quotation, and the verb of the option.
    Meets = "meets" [Unit, Unit],
    /// The pattern that fits first, and whether it means this one.
    Pattern = "pattern" [Row, Number],
    /// Whether it has the name of the last source: 1 yes, 2 no, 0 there is none.
    Last = "last" [Place, Number],
    /// How the quotation ends and begins.
    Look = "look" [Place, Look],
    /// What stands before the quotation, and how it looks.
    LookAfter = "look-after" [Look, Unit],
    /// What stands after the quotation, and how it looks.
    LookBefore = "look-before" [Look, Unit],
    /// How many words the quotation has, up to 8.
    Words = "words" [Place, Number],
    /// The last cue before the quotation, and how many words this has.
    CueBefore = "cue-before" [Unit, Number],
    /// The verb of the mention, and the last verb before the quotation.
    Verbs = "verbs" [Unit, Unit],
    /// The verb of the mention, and what kind it is.
    Does = "does" [Unit, Unit],
    /// Which of `who`, a subordinator, `that`, a colon stand between: 1, 2, 4, 8 added up.
    Through = "through" [Place, Number],
    /// What follows the other quotation, and what stands before this one.
    Joins = "joins" [Unit, Unit],
    /// How sure the other quotation's source is, in quarters.
    Sure = "sure" [Place, Number],
    /// Whether the quotation before in the paragraph (1) or sentence (2) is no speech; 3, 4 where it is.
    Neighbour = "neighbour" [Number, Number],
    /// The last verb before the quotation, and whether this is the main subject of the sentence.
    Main = "main" [Unit, Number],
    /// What words the quotation has, and how many.
    Inside = "inside" [Number, Number],
}

/// What the value of a feature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Place,
    Unit,
    Number,
    Look,
    Row,
}

/// Where an option stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Place {
    /// Left of the quotation in its sentence.
    Left,
    /// Right of it in its sentence.
    Right,
    /// In a sentence before, in the same paragraph.
    Before,
    /// In a paragraph before.
    ParagraphBefore,
    /// In a sentence after.
    After,
    /// The source of the quotation before.
    Shared,
    /// The source of the quotation after.
    SharedNext,
    /// Nobody: it is no speech.
    Nobody,
}

const PLACES: [&str; 8] = ["left", "right", "before", "paragraph-before", "after", "shared", "shared-next", "nobody"];

const LOOKS: [&str; 4] = ["none", "comma", "stop", "mark"];

/// The largest value of a feature, which none has.
const NO_VALUE: u64 = 0xFF_FFFF;

/// A fact about an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Feature(u64);

impl Feature {
    /// The feature of a template with its values; 0 for one that it has not.
    #[must_use]
    pub fn new(template: Template, first: usize, second: usize) -> Self {
        Self((template as u64) << 48 | (first as u64 & NO_VALUE) << 24 | second as u64 & NO_VALUE)
    }

    fn template(self) -> usize {
        (self.0 >> 48) as usize
    }

    fn values(self) -> (usize, usize) {
        ((self.0 >> 24 & NO_VALUE) as usize, (self.0 & NO_VALUE) as usize)
    }

    /// Whether it is of a pattern that a user's list has not.
    fn is_void(self) -> bool {
        self.values().0 == NO_VALUE as usize
    }

    /// The feature as ranker.tsv writes it: its template and its values.
    #[must_use]
    pub fn name(self, patterns: &Patterns) -> Option<String> {
        let (name, slots) = TEMPLATES.get(self.template())?;
        let values = <[usize; 2]>::from(self.values());
        let shown: Option<Vec<String>> = slots
            .iter()
            .zip(values)
            .map(|(slot, value)| match slot {
                Slot::Place => PLACES.get(value).map(|name| (*name).to_owned()),
                Slot::Unit => Symbol::from_letter(value as u8).map(|symbol| symbol.name().to_owned()),
                Slot::Number => Some(value.to_string()),
                Slot::Look => Some(look_name(value)),
                Slot::Row => patterns.rows.get(value).map(|row| row.name.clone()),
            })
            .collect();
        Some(format!("{name} {}", shown?.join(" ")))
    }

    fn read(text: &str, patterns: &Patterns) -> Result<Self, String> {
        let mut given = text.split(' ');
        let name = given.next().unwrap_or_default();
        let template = TEMPLATES.iter().position(|(known, _)| *known == name);
        let template = template.ok_or_else(|| format!("feature \"{name}\" is unknown: see lexicons/README.md"))?;
        let slots = TEMPLATES[template].1;
        let mut read = [0; 2];
        for (slot, place) in slots.iter().zip(&mut read) {
            let value =
                given.next().ok_or_else(|| format!("{name} needs {} values: see lexicons/README.md", slots.len()))?;
            *place = slot
                .read(value, patterns)
                .ok_or_else(|| format!("\"{value}\" is no value of {name}: see lexicons/README.md"))?;
        }
        Ok(Self((template as u64) << 48 | (read[0] as u64) << 24 | read[1] as u64))
    }
}

impl Slot {
    fn read(self, value: &str, patterns: &Patterns) -> Option<usize> {
        match self {
            Slot::Place => PLACES.iter().position(|name| *name == value),
            Slot::Unit => Symbol::named(value).map(|symbol| symbol as usize),
            Slot::Number => value.parse().ok(),
            Slot::Look => look_number(value),
            // A pattern that a user's list has not has no weight either.
            Slot::Row => Some(patterns.rows.iter().position(|row| row.name == value).unwrap_or(NO_VALUE as usize)),
        }
    }
}

/// `comma-short-title-lower`
fn look_name(look: usize) -> String {
    let mut name = LOOKS[look / 8 % 4].to_owned();
    for (bit, part) in [(4, "-short"), (2, "-title"), (1, "-lower")] {
        if look & bit != 0 {
            name.push_str(part);
        }
    }
    name
}

/// The look of that name.
fn look_number(name: &str) -> Option<usize> {
    let mut parts = name.split('-');
    let end = parts.next()?;
    let end = LOOKS.iter().position(|known| *known == end)?;
    let bits = parts.map(|part| match part {
        "short" => 4,
        "title" => 2,
        "lower" => 1,
        _ => 0,
    });
    Some(bits.fold(8 * end, |look, bit| look | bit)).filter(|look| look_name(*look) == name)
}

#[derive(Deserialize)]
struct RankerRow<'a> {
    /// The template's name and its values, with spaces between; or `number` and which one.
    feature: &'a str,
    /// What the feature adds to the score of an option; of a number, the number.
    weight: f64,
}

/// A weight for each feature, in one row: of each template a table of its first value by its second, as large as the largest
/// values that have a weight. The scan asks for a hundred weights a quotation, which is why this is no map.
#[derive(Clone, Debug, Default)]
struct Weights {
    tables: [Table; TEMPLATES.len()],
    values: Vec<f32>,
}

/// The weights of one template.
#[derive(Clone, Copy, Debug, Default)]
struct Table {
    start: u32,
    rows: u32,
    columns: u32,
}

impl Table {
    fn place(&self, feature: Feature) -> Option<usize> {
        let (first, second) = ((feature.0 >> 24 & NO_VALUE) as u32, (feature.0 & NO_VALUE) as u32);
        (first < self.rows && second < self.columns).then(|| (self.start + first * self.columns + second) as usize)
    }
}

impl Weights {
    fn get(&self, feature: Feature) -> f32 {
        let place = self.tables.get(feature.template()).and_then(|table| table.place(feature));
        place.and_then(|place| self.values.get(place)).copied().unwrap_or(0.0)
    }
}

impl FromIterator<(Feature, f32)> for Weights {
    /// Of a feature that comes twice, the later weight holds.
    fn from_iter<I: IntoIterator<Item = (Feature, f32)>>(weights: I) -> Self {
        let weights: Vec<(Feature, f32)> = weights.into_iter().filter(|(feature, _)| !feature.is_void()).collect();
        let mut found = Self::default();
        for (feature, _) in &weights {
            let table = &mut found.tables[feature.template()];
            let (first, second) = feature.values();
            table.rows = table.rows.max(first as u32 + 1);
            table.columns = table.columns.max(second as u32 + 1);
        }
        let mut length = 0;
        for table in &mut found.tables {
            table.start = length;
            length += table.rows * table.columns;
        }
        found.values.resize(length as usize, 0.0);
        for (feature, weight) in weights {
            if let Some(place) = found.tables[feature.template()].place(feature) {
                found.values[place] = weight;
            }
        }
        found
    }
}

/// The weights, and the numbers that decide what is done with the scores.
#[derive(Clone, Debug)]
pub struct Ranker {
    weights: Weights,
    /// From this share on that nobody speaks, a quotation is no speech.
    pub not_speech: f64,
    /// Below this share, of the sources alone, a source is left open.
    pub source: f64,
    /// A quotation of so many words, 8 at most, is speech, unless it looks like a title.
    pub always_speech: f64,
}

impl Default for Ranker {
    fn default() -> Self {
        Self { weights: Weights::default(), not_speech: 0.5, source: 0.0, always_speech: 8.0 }
    }
}

impl Ranker {
    /// The weights of ranker.tsv.
    ///
    /// # Errors
    /// The first row whose feature or value is unknown, with file, line and the remedy.
    pub fn read(sources: &[Source], patterns: &Patterns) -> Result<Self, LexiconError> {
        let mut ranker = Self::default();
        let mut weights = Vec::new();
        for Source { file, text } in sources {
            for row in each_row(file, text) {
                let Row { line, value: RankerRow { feature, weight } } = row?;
                match feature {
                    "number not-speech" => ranker.not_speech = weight,
                    "number source" => ranker.source = weight,
                    "number always-speech" => ranker.always_speech = weight,
                    _ => {
                        let feature = Feature::read(feature, patterns);
                        let feature = feature.map_err(|message| LexiconError::at(file, line, message))?;
                        weights.push((feature, weight as f32));
                    }
                }
            }
        }
        ranker.weights = weights.into_iter().collect();
        Ok(ranker)
    }

    /// A ranker with other weights.
    #[must_use]
    pub fn with_weights(&self, weights: impl IntoIterator<Item = (Feature, f32)>) -> Self {
        Self { weights: weights.into_iter().collect(), ..self.clone() }
    }

    /// Whether there is nothing to rank by.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.weights.values.is_empty()
    }

    /// What a feature adds; 0 where it has no weight.
    #[must_use]
    pub fn weight(&self, feature: Feature) -> f32 {
        self.weights.get(feature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicons;

    fn error(feature: &str) -> String {
        let text = format!("feature\tweight\n{feature}\t1\n");
        let source = Source { file: "ranker.tsv".into(), text: text.into() };
        let patterns = Lexicons::embedded().patterns;
        Ranker::read(&[source], &patterns).expect_err("a bad feature").to_string()
    }

    #[test]
    fn a_bad_feature_is_named() {
        assert_eq!(error("kin left NAME"), "ranker.tsv:2: feature \"kin\" is unknown: see lexicons/README.md");
        assert_eq!(error("kind left NAM"), "ranker.tsv:2: \"NAM\" is no value of kind: see lexicons/README.md");
        assert_eq!(error("kind left"), "ranker.tsv:2: kind needs 2 values: see lexicons/README.md");
    }

    #[test]
    fn a_feature_has_its_weight_and_no_others() {
        let patterns = Lexicons::embedded().patterns;
        let feature = |name: &str| Feature::read(name, &patterns).expect("a good feature");
        let weights =
            [(feature("kind left NAME"), 1.0), (feature("words right 3"), -2.0), (feature("pattern nosuch 1"), 5.0)];
        let ranker = Ranker::default().with_weights(weights);
        for (feature, weight) in weights.into_iter().take(2) {
            assert!((ranker.weight(feature) - weight).abs() < f32::EPSILON);
        }
        for other in [
            "kind right NAME",
            "kind left PLACE",
            "words left 3",
            "words right 8",
            "pattern nosuch 1",
            "edge left NAME",
        ] {
            assert!(ranker.weight(feature(other)).abs() < f32::EPSILON, "{other}");
        }
    }

    #[test]
    fn a_feature_is_written_as_it_is_read() {
        let patterns = Lexicons::embedded().patterns;
        for name in ["kind left NAME", "look nobody comma-short-lower", "pattern subject 1", "joins AND COMMA"] {
            let feature = Feature::read(name, &patterns).expect("a good feature");
            assert_eq!(feature.name(&patterns).as_deref(), Some(name));
        }
    }
}
