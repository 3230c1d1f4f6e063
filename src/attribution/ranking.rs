//! The options that a quotation without a deciding pattern has, each with the facts that speak for or against it: the
//! mentions around it, the sources of its neighbours, and that nobody says it. Knows no weight: those are data.

use smallvec::SmallVec;

use crate::lexicon::pattern::{Found, Symbol, Symbols};
use crate::lexicon::ranker::{Feature, Place, Ranker, Template};
use crate::lexicon::sets::AUXILIARIES;
use crate::lexicon::words::{Class, Classes};
use crate::scan::Scan;

use super::Reasons;
use super::between::Between;
use super::clause::{CUE_LIKE, CUES, FILL, LINKS, SENTENCE_ENDS, SUBJECTS, Sentence, closing};
use super::units::{Of, Units};

/// What may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A mention or another quotation, by its unit.
    Source(usize),
    /// That it is no speech.
    Nobody,
}

/// The options of one quotation.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether the features are kept; else there are none.
    pub reasons: Reasons,
    choices: Vec<Candidate>,
    features: Vec<Feature>,
}

#[derive(Clone, Copy, Debug)]
struct Candidate {
    choice: Choice,
    /// The unit of its reporting verb, if it has one.
    cue: Option<usize>,
    /// Where its features begin.
    start: usize,
    /// What its features weigh.
    score: f32,
}

/// The option that weighs most.
#[derive(Clone, Debug)]
pub struct Ranked {
    /// The unit of the source, a mention or another quotation; none where there is nobody to choose.
    pub source: Option<usize>,
    /// The unit of its reporting verb.
    pub cue: Option<usize>,
    /// The share of the source among all options: how likely it is.
    pub share: f64,
    /// The share of the option that nobody speaks.
    pub nobody: f64,
    /// What spoke most for the source, with its weights.
    pub evidence: Vec<(Feature, f32)>,
}

/// Options of a quotation and features of an option, mostly.
const USUAL_OPTIONS: usize = 16;
const USUAL_FEATURES: usize = 24;

/// So many features are told as evidence.
const EVIDENCE: usize = 3;

impl Options {
    /// Each option with its features.
    pub fn iter(&self) -> impl Iterator<Item = (Choice, &[Feature])> {
        (0..self.choices.len()).map(|at| (self.choices[at].choice, self.features_of(at)))
    }

    /// The best source and how likely it is: a conditional logit over the options.
    #[must_use]
    pub fn rank(&self, ranker: &Ranker) -> Ranked {
        let scores: SmallVec<[f64; 24]> = self.choices.iter().map(|candidate| f64::from(candidate.score)).collect();
        let top = scores.iter().copied().fold(f64::MIN, f64::max);
        let total: f64 = scores.iter().map(|score| (score - top).exp()).sum();
        let share = |at: usize| (scores[at] - top).exp() / total;
        let is_nobody = |at: &usize| self.choices[*at].choice == Choice::Nobody;
        let best = (0..scores.len()).filter(|at| !is_nobody(at)).max_by(|a, b| scores[*a].total_cmp(&scores[*b]));
        Ranked {
            source: best.and_then(|at| match self.choices[at].choice {
                Choice::Source(unit) => Some(unit),
                Choice::Nobody => None,
            }),
            cue: best.and_then(|at| self.choices[at].cue),
            share: best.map_or(0.0, share),
            nobody: (0..scores.len()).find(is_nobody).map_or(0.0, share),
            evidence: best.map(|at| self.evidence(at, ranker)).unwrap_or_default(),
        }
    }

    fn evidence(&self, at: usize, ranker: &Ranker) -> Vec<(Feature, f32)> {
        let weighed = self.features_of(at).iter().map(|feature| (*feature, ranker.weight(*feature)));
        let mut weighed: SmallVec<[(Feature, f32); 32]> = weighed.filter(|(_, weight)| *weight > 0.0).collect();
        weighed.sort_by(|a, b| b.1.total_cmp(&a.1));
        weighed.truncate(EVIDENCE);
        weighed.to_vec()
    }

    fn features_of(&self, at: usize) -> &[Feature] {
        let end = self.choices.get(at + 1).map_or(self.features.len(), |next| next.start);
        &self.features[self.choices[at].start..end]
    }

    /// Forgets them, and makes room for as many as most quotations have.
    fn clear(&mut self) {
        self.choices.clear();
        self.choices.reserve(USUAL_OPTIONS);
        self.features.clear();
        if self.reasons == Reasons::Kept {
            self.features.reserve(USUAL_OPTIONS * USUAL_FEATURES);
        }
    }
}

/// An option to which features are added.
struct Opened<'o> {
    options: &'o mut Options,
    ranker: &'o Ranker,
    choice: Choice,
    cue: Option<usize>,
    start: usize,
    score: f32,
}

impl Opened<'_> {
    fn add(&mut self, template: Template, first: usize, second: usize) {
        let feature = Feature::new(template, first, second);
        if self.options.reasons == Reasons::Kept {
            self.options.features.push(feature);
        }
        self.score += self.ranker.weight(feature);
    }

    fn close(self) {
        let Self { options, choice, cue, start, score, .. } = self;
        options.choices.push(Candidate { choice, cue, start, score });
    }
}

/// A quotation and what is known before its options are looked at.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The article.
    pub scan: &'a Scan,
    /// Its units.
    pub units: &'a Units,
    /// Which quotation.
    pub quotation: usize,
    /// Its unit.
    pub unit: usize,
    /// How it looks, as [`crate::lexicon::pattern::QuotationLook::number`] counts it.
    pub look: usize,
    /// The first pattern that fits.
    pub hint: Option<Found>,
    /// The source of the last quotation before that has one, a mention.
    pub last: Option<usize>,
    /// Whether the quotation before rests on this one: then this one cannot rest on it.
    pub is_awaited: bool,
    /// How sure the source of the quotation before is, in quarters; 0 where it is no speech.
    pub sure: usize,
    /// What its options are weighed by.
    pub ranker: &'a Ranker,
}

/// So many units to the left are looked at.
const LEFT: usize = 64;
/// And to the right.
const RIGHT: usize = 40;
/// Mentions further away than so many others are no options.
const MENTIONS_LEFT: usize = 12;
const MENTIONS_RIGHT: usize = 5;
/// A number without a bound of its own is counted up to this.
const MANY: usize = 4;

/// The bit of [`Question::look`] that tells a title.
const TITLE: usize = 2;

const MENTIONS: Symbols = Symbols::of(&[
    Symbol::Name,
    Symbol::Outlet,
    Symbol::Place,
    Symbol::Nominal,
    Symbol::Pronoun,
    Symbol::ObjectPronoun,
    Symbol::Possessive,
    Symbol::Indefinite,
    Symbol::Relative,
    Symbol::Statement,
]);
const BEFORE_NOUNS: Symbols = Symbols::of(&[Symbol::Determiner, Symbol::Adverb]);

impl Question<'_> {
    /// Puts the options in the place of others, in no order that matters.
    pub fn find_options(&self, options: &mut Options) {
        options.clear();
        let sentence = Sentence { words: self.word_count(), ..self.units.sentence_before(self.unit) };
        if self.look & TITLE != 0 || (sentence.words as f64) < self.ranker.always_speech {
            self.nobody(&sentence, options);
        }
        self.left(&sentence, options);
        self.right(sentence.words, options);
    }

    fn open<'o>(&'o self, options: &'o mut Options, choice: Choice, cue: Option<usize>) -> Opened<'o> {
        let start = options.features.len();
        Opened { options, ranker: self.ranker, choice, cue, start, score: 0.0 }
    }

    fn letter(&self, unit: usize) -> Option<Symbol> {
        self.units.symbol(unit)
    }

    fn is(&self, unit: usize, symbols: Symbols) -> bool {
        self.units.is(unit, symbols)
    }

    fn is_a(&self, unit: usize, symbol: Symbol) -> bool {
        self.units.is_a(unit, symbol)
    }

    fn symbol(&self, unit: usize) -> usize {
        self.units.letters.get(unit).map_or(Symbol::Stop as usize, |letter| usize::from(*letter))
    }

    fn nobody(&self, sentence: &Sentence, options: &mut Options) {
        let place = Place::Nobody as usize;
        let words = sentence.words;
        let cue = sentence.nearest.map_or(Symbol::Stop as usize, |cue| self.symbol(cue));
        let mut option = self.open(options, Choice::Nobody, None);
        option.add(Template::Look, place, self.look);
        option.add(Template::Words, place, words);
        option.add(Template::LookAfter, self.look, self.before());
        option.add(Template::LookBefore, self.look, self.symbol(self.unit + 1));
        option.add(Template::CueBefore, cue, words.min(MANY));
        option.add(Template::Cues, place, self.count(sentence.start..self.unit, CUES));
        option.add(Template::Quotations, place, self.count(sentence.start..self.unit, Symbols::of(&[Symbol::Other])));
        if let Some(hint) = self.hint {
            option.add(Template::Pattern, hint.row, 2);
        }
        option.add(Template::Neighbour, self.neighbour(), words.min(MANY));
        option.add(Template::Inside, self.inside(), words.min(MANY));
        option.close();
    }

    /// 0 without a quotation before in the paragraph; 1 for one that is no speech, 3 for one that is; 2, 4 in the
    /// same sentence.
    fn neighbour(&self) -> usize {
        let Some(before) = self.quotation.checked_sub(1).map(|before| &self.scan.quotations[before]) else { return 0 };
        let own = &self.scan.quotations[self.quotation];
        if before.paragraph != own.paragraph {
            return 0;
        }
        let same = self.scan.sentence_of(before.tokens.start) == self.scan.sentence_of(own.tokens.start);
        1 + usize::from(same) + if self.sure > 0 { 2 } else { 0 }
    }

    /// What words the quotation has, added up: 1 a pronoun, 2 a verb such as `is` or `will`; 4 it begins with an article.
    fn inside(&self) -> usize {
        const PRONOUNS: Classes = Classes::of(&[Class::Subject, Class::Object, Class::PossessivePronoun]);
        const VERBS: Classes = AUXILIARIES.with(Classes::of(&[Class::Negator]));
        let tokens = self.scan.quotations[self.quotation].tokens.clone();
        let first = self.scan.classes.get(tokens.start).is_some_and(|classes| classes.has(Class::Determiner));
        let all = tokens.take(8).fold(Classes::default(), |all, token| all.with(self.scan.classes[token]));
        usize::from(all.any(PRONOUNS)) + 2 * usize::from(all.any(VERBS)) + 4 * usize::from(first)
    }

    /// How many words the quotation has, up to eight.
    fn word_count(&self) -> usize {
        let tokens = self.scan.quotations[self.quotation].tokens.clone();
        tokens.filter(|token| self.scan.tokens[*token].is_word()).take(8).count()
    }

    fn before(&self) -> usize {
        self.unit.checked_sub(1).map_or(Symbol::Paragraph as usize, |unit| self.symbol(unit))
    }

    fn count(&self, mut range: std::ops::Range<usize>, symbols: Symbols) -> usize {
        range.by_ref().filter(|unit| self.is(*unit, symbols)).take(MANY).count()
    }

    fn left(&self, sentence: &Sentence, options: &mut Options) {
        let (mut place, mut mentions, mut shared) = (Place::Left, 0, false);
        let mut between = Between::default();
        let first = self.unit.saturating_sub(LEFT);
        for (unit, letter) in (first..self.unit).zip(&self.units.letters[first..self.unit]).rev() {
            let Some(symbol) = Symbol::from_letter(*letter) else { continue };
            match symbol {
                Symbol::Stop | Symbol::SoftStop if place == Place::Left => place = Place::Before,
                Symbol::Paragraph if place == Place::ParagraphBefore => break,
                Symbol::Paragraph => place = Place::ParagraphBefore,
                Symbol::Other if !shared => {
                    shared = true;
                    if !self.is_awaited {
                        self.option((Place::Shared, unit, mentions), &between, sentence, options);
                    }
                }
                symbol if MENTIONS.has(symbol) && mentions < MENTIONS_LEFT => {
                    if matches!(self.units.of[unit], Of::Mention(_)) {
                        self.option((place, unit, mentions), &between, sentence, options);
                        mentions += 1;
                    }
                }
                _ => {}
            }
            between.pass(symbol);
        }
    }

    fn right(&self, words: usize, options: &mut Options) {
        let (mut place, mut mentions, mut shared) = (Place::Right, 0, false);
        let (mut between, none) = (Between::default(), Sentence { words, ..Sentence::default() });
        for (unit, letter) in self.units.letters.iter().enumerate().skip(self.unit + 1).take(RIGHT) {
            let Some(symbol) = Symbol::from_letter(*letter) else { continue };
            match symbol {
                Symbol::Paragraph => break,
                Symbol::Stop if place == Place::After => break,
                Symbol::Stop => place = Place::After,
                Symbol::Other if place == Place::Right && !shared => {
                    shared = true;
                    self.option((Place::SharedNext, unit, mentions), &between, &none, options);
                }
                symbol if SUBJECTS.has(symbol) && mentions < MENTIONS_RIGHT => {
                    if matches!(self.units.of[unit], Of::Mention(_)) {
                        self.option((place, unit, mentions), &between, &none, options);
                        mentions += 1;
                    }
                }
                _ => {}
            }
            between.pass(symbol);
        }
    }

    fn option(
        &self,
        (place, unit, order): (Place, usize, usize),
        between: &Between,
        sentence: &Sentence,
        options: &mut Options,
    ) {
        let at = place as usize;
        let ((follows, verb), precedes) = (self.follows(unit), self.precedes(unit));
        let edge = if unit < self.unit { self.before() } else { self.symbol(self.unit + 1) };
        let mut option = self.open(options, Choice::Source(unit), self.cue_of(unit, verb, sentence));
        option.add(Template::Order, at, order.min(MANY));
        option.add(Template::Kind, at, self.symbol(unit));
        option.add(Template::Follows, at, follows as usize);
        option.add(Template::Tail, follows as usize, self.symbol(verb + 1));
        option.add(Template::Precedes, at, precedes);
        option.add(Template::Frame, precedes, follows as usize);
        option.add(Template::Opens, at, self.opens(unit));
        option.add(Template::Distance, at, (between.units + 1).ilog2() as usize);
        let [cues, quotations, commas, sentences] = between.counts();
        option.add(Template::Cues, at, cues.min(MANY));
        option.add(Template::Quotations, at, quotations.min(MANY));
        option.add(Template::Commas, at, commas.min(MANY));
        option.add(Template::Sentences, at, sentences.min(MANY));
        option.add(Template::Through, at, usize::from(between.through));
        option.add(Template::Does, follows as usize, self.symbol(unit));
        if matches!(place, Place::Shared | Place::SharedNext) {
            let (first, second) = if unit < self.unit { (unit + 1, self.unit - 1) } else { (self.unit + 1, unit - 1) };
            option.add(Template::Joins, self.symbol(first), self.symbol(second));
            if place == Place::Shared {
                option.add(Template::Sure, at, self.sure);
            }
        }
        option.add(Template::Edge, at, edge);
        option.add(Template::Look, at, self.look);
        option.add(Template::Words, at, sentence.words);
        option.add(Template::Last, at, self.like_last(unit));
        if unit < self.unit {
            option.add(Template::Meets, self.before(), follows as usize);
        }
        if place == Place::Left {
            let cue = |cue: Option<usize>| cue.map_or(Symbol::Stop as usize, |cue| self.symbol(cue));
            let is = |subject: Option<usize>| usize::from(subject == Some(unit));
            option.add(Template::Nearest, cue(sentence.nearest), is(sentence.nearest_subject));
            option.add(Template::Outer, cue(sentence.outer), is(sentence.outer_subject));
            option.add(Template::Verbs, follows as usize, cue(sentence.verb));
            option.add(Template::Main, cue(sentence.verb), is(sentence.main));
        }
        if let Some(hint) = self.hint {
            option.add(Template::Pattern, hint.row, usize::from(hint.source == Some(unit)));
        }
        option.close();
    }

    /// The reporting verb that a source goes with: its own, the one before it as in `said Ann Lee`, or the nearest cue
    /// where it is the subject of that.
    fn cue_of(&self, unit: usize, verb: usize, sentence: &Sentence) -> Option<usize> {
        let before = unit.checked_sub(1).filter(|before| unit > self.unit && self.is(*before, CUES));
        let nearest = sentence.nearest.filter(|_| sentence.nearest_subject == Some(unit));
        Some(verb).filter(|verb| self.is(*verb, CUE_LIKE)).or(before).or(nearest)
    }

    /// The verb of a mention, or what else follows it, and where; adverbs, appositions and brackets passed over.
    fn follows(&self, unit: usize) -> (Symbol, usize) {
        let at = self.pass(unit + 1);
        let symbol = self.letter(at).unwrap_or(Symbol::Stop);
        match symbol {
            Symbol::To | Symbol::By => return (symbol, at),
            symbol if LINKS.has(symbol) => return self.verb_after_place(at).unwrap_or((symbol, at)),
            Symbol::Clitic | Symbol::Word => return self.statement_of(unit, at).unwrap_or((symbol, at)),
            _ => {}
        }
        let Some(closing) = closing(symbol) else { return (symbol, at) };
        if self.is_a(at + 1, Symbol::Relative) {
            return (Symbol::Relative, at + 1);
        }
        let inside = (at + 1..at + 16).take_while(|unit| !self.is(*unit, SENTENCE_ENDS) && !self.is_quotation(*unit));
        let Some(close) = inside.skip(1).find(|unit| self.is_a(*unit, closing)) else { return (symbol, at) };
        let verb = self.pass(close + 1);
        if self.is(verb, CUE_LIKE) { (self.letter(verb).unwrap_or(symbol), verb) } else { (symbol, at) }
    }

    /// `Ann Lee’s angry remark`, `her remark`: the remark.
    fn statement_of(&self, unit: usize, at: usize) -> Option<(Symbol, usize)> {
        const BETWEEN: Symbols = Symbols::of(&[Symbol::Word, Symbol::Time, Symbol::Verb]);
        if !self.is_a(at, Symbol::Clitic) && !self.is_a(unit, Symbol::Possessive) {
            return None;
        }
        let noun = (at + 1..at + 4).find(|unit| !self.is(*unit, BETWEEN))?;
        self.is_a(noun, Symbol::Statement).then_some((Symbol::Statement, noun))
    }

    /// `Ann Lee of Dessan said`: the cue, where no sign stands before it.
    fn verb_after_place(&self, at: usize) -> Option<(Symbol, usize)> {
        let cue = (at + 1..at + 7).find(|unit| !self.is_plain(*unit))?;
        self.is(cue, CUES).then(|| self.letter(cue).map(|symbol| (symbol, cue))).flatten()
    }

    fn is_plain(&self, unit: usize) -> bool {
        const PLAIN: Symbols = Symbols::of(&[
            Symbol::Word,
            Symbol::Name,
            Symbol::Place,
            Symbol::Outlet,
            Symbol::Nominal,
            Symbol::Determiner,
            Symbol::Of,
            Symbol::Preposition,
            Symbol::For,
            Symbol::As,
            Symbol::In,
            Symbol::Number,
            Symbol::Work,
        ]);
        self.is(unit, PLAIN) || self.is(unit, FILL)
    }

    fn is_quotation(&self, unit: usize) -> bool {
        self.is_a(unit, Symbol::Other)
    }

    fn pass(&self, from: usize) -> usize {
        (from..from + 6).find(|unit| !self.is(*unit, FILL)).unwrap_or(from)
    }

    fn precedes(&self, unit: usize) -> usize {
        let mut before = (0..unit).rev().take(3).filter(|unit| !self.is(*unit, BEFORE_NOUNS));
        let Some(before) = before.next() else { return Symbol::Paragraph as usize };
        // `the remark of Ann Lee`
        let is_theirs = before > 0 && self.is(before, LINKS) && self.is_a(before - 1, Symbol::Statement);
        self.symbol(if is_theirs { before - 1 } else { before })
    }

    /// 0 for the first unit of a sentence, 1 for its first mention, 2 for another.
    fn opens(&self, unit: usize) -> usize {
        for (passed, before) in (0..unit).rev().enumerate() {
            match self.letter(before) {
                Some(symbol) if SENTENCE_ENDS.has(symbol) => return usize::from(passed > 1),
                Some(symbol) if MENTIONS.has(symbol) || symbol == Symbol::Other => return 2,
                _ => {}
            }
        }
        0
    }

    fn like_last(&self, unit: usize) -> usize {
        let Some(last) = self.last else { return 0 };
        match self.units.of[unit] {
            Of::Mention(mention) if mention as usize == last => 1,
            Of::Mention(mention) if self.name_word(mention as usize) == self.name_word(last) => 1,
            _ => 2,
        }
    }

    /// The last word of a mention's name.
    fn name_word(&self, mention: usize) -> Option<u32> {
        let head = self.scan.mentions[mention].head.end.checked_sub(1)?;
        self.scan.words.get(head).copied().filter(|word| *word != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicons;
    use crate::{Document, attribution};

    /// The options of the first quotation of a text, as the words of the mentions; `nobody` and `other` for the rest.
    fn check(text: &str, expected: &[&str]) {
        let lexicons = Lexicons::embedded();
        let document = Document { text: text.into(), ..Document::default() };
        let scan = Scan::of(&document, &lexicons);
        let mut shown: Option<Vec<String>> = None;
        attribution::questions(text, &scan, &lexicons, |_, _, units, options| {
            let name = |choice: Choice| match choice {
                Choice::Nobody => "nobody".to_owned(),
                Choice::Source(unit) => match units.of[unit] {
                    Of::Mention(mention) => scan.mentions[mention as usize].span.of(text).to_owned(),
                    _ => "other".to_owned(),
                },
            };
            shown.get_or_insert_with(|| options.iter().map(|(choice, _)| name(choice)).collect());
        });
        assert_eq!(shown.unwrap_or_default(), expected, "{text}");
    }

    #[test]
    fn mentions_around_and_nobody_may_be_chosen() {
        check("Ann Lee saw Omar Reyes “at last” with Ruth Hale.", &["nobody", "Omar Reyes", "Ann Lee", "Ruth Hale"]);
        check("Ann Lee left. He came “at last” and “again.”", &["nobody", "He", "Ann Lee", "other"]);
    }

    #[test]
    fn many_words_are_always_speech() {
        check("Ann Lee was sure “the bridge would never ever fall.”", &["Ann Lee"]);
    }

    #[test]
    fn a_friend_of_somebody_is_the_subject() {
        let text = "A friend of Ann Lee called the bridge “a trap.”";
        let lexicons = Lexicons::embedded();
        let scan = Scan::of(&Document { text: text.into(), ..Document::default() }, &lexicons);
        let units = Units::of(text, &scan, &lexicons);
        let unit = units.of_quotation[0].expect("a quotation");
        let subject = units.sentence_before(unit).nearest_subject.and_then(|unit| units.symbol(unit));
        assert_eq!(subject, Some(Symbol::Nominal));
    }
}
