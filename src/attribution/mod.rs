//! Who said each quotation: the first pattern in file order that fits the units around it decides. Knows no word; the
//! patterns are data.

mod beside;
mod between;
mod checks;
mod clause;
mod interview;
mod look;
pub mod ranking;
pub mod units;
mod words;

use smallvec::{SmallVec, smallvec};

use crate::Span;
use crate::entities::{Entities, EntityId};
use crate::lexicon::Lexicons;
use crate::lexicon::pattern::{Found, QuotationEnd, QuotationLook, Symbol, Verdict, Window};
use crate::lexicon::ranker::Feature;
use crate::rounding::shown;
use crate::scan::Scan;
use crate::scan::token::TokenKind;
use crate::spare::Spare;
use beside::Beside;
pub use interview::name_interviewed;
use ranking::{Options, Question};
use units::{Of, Units};

/// What kind of quotation it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A sentence or more.
    Direct,
    /// A part of the reporter's own sentence.
    Mixed,
    /// Not speech: a title, a name, a term.
    #[default]
    Other,
}

/// Who said a quotation, and how that is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// What kind of quotation it is.
    pub kind: Kind,
    /// The mention that it rests on, an index of [`Scan::mentions`].
    pub source: Option<usize>,
    /// The party that the mention means.
    pub speaker: Option<EntityId>,
    /// The reporting words.
    pub cue: Option<Span>,
    /// Whom it was said to, a mention.
    pub addressee: Option<usize>,
    /// Who relayed it, a mention.
    pub via: Option<usize>,
    /// The name of the pattern that decided; empty where none did.
    pub rule: String,
    /// 0 to 1.
    pub confidence: f64,
    /// The quotation whose source it shares, where its pattern says so; its confidence is a factor of this one's.
    pub shares: Option<usize>,
    /// Where the source was ranked among others, what spoke most for it, with the weights.
    pub evidence: Vec<(Feature, f32)>,
    /// The quotation that opens the turn that this one belongs to.
    pub turn: usize,
    /// Whether a source was found and taken back, see [`Analyzer::with_least_confidence`](crate::Analyzer::with_least_confidence).
    pub withheld: bool,
}

/// Whether what spoke for a source that was ranked is kept with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reasons {
    /// For those who show or learn from them.
    #[default]
    Kept,
    /// No table has them.
    Dropped,
}

/// Room to find the attributions of one article after the other in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Room {
    units: Units,
    options: Options,
    decisions: Vec<Decision>,
    /// For the names of rules.
    rules: Spare,
}

/// One attribution for each quotation of the scan, down to the mention that it rests on. Whom that means is told
/// later, in the analysis: who speaks is what tells best whom a pronoun means.
#[must_use]
pub fn attribute(text: &str, scan: &Scan, lexicons: &Lexicons) -> Vec<Attribution> {
    let mut attributions = Vec::new();
    attribute_in(&mut Room::default(), text, scan, lexicons, Reasons::Kept, &mut attributions);
    attributions
}

/// The same in the place of other attributions; with or without the reasons for sources that were ranked.
pub(crate) fn attribute_in(
    room: &mut Room,
    text: &str,
    scan: &Scan,
    lexicons: &Lexicons,
    reasons: Reasons,
    attributions: &mut Vec<Attribution>,
) {
    let Room { units, options, decisions, rules } = room;
    options.reasons = reasons;
    rules.keep(attributions.drain(..).map(|attribution| attribution.rule));
    if scan.quotations.is_empty() {
        return;
    }
    let mut attributor =
        Attributor { scan, lexicons, units: Units::reusing(std::mem::take(units), text, scan, lexicons) };
    attributor.all(options, decisions, rules, attributions);
    *units = attributor.units;
}

/// The quotations that have a source, each with the mention that is it.
pub fn sources(attributions: &[Attribution]) -> impl Iterator<Item = (usize, usize)> {
    let source = |(quotation, attribution): (usize, &Attribution)| Some((quotation, attribution.source?));
    attributions.iter().enumerate().filter_map(source)
}

/// The attributions with the speakers that their sources mean. How sure that is counts in their confidence; where too
/// little remains of it, the speaker stays open.
#[must_use]
pub(crate) fn name_speakers(
    mut attributions: Vec<Attribution>,
    entities: &Entities,
    lexicons: &Lexicons,
) -> Vec<Attribution> {
    for attribution in &mut attributions {
        let Some(mention) = attribution.source else { continue };
        let confidence = attribution.confidence * lexicons.resolutions.confidence(entities.how[mention]);
        if let Some(entity) = entities.of_mention[mention].filter(|_| confidence >= lexicons.resolutions.least) {
            (attribution.speaker, attribution.confidence) = (Some(entity), confidence);
        }
    }
    attributions
}

/// The attributions with those below the confidence `least` taken back: nobody is named, nor is what tells of them, but
/// rule and confidence stay, so that it can be seen what was taken back.
#[must_use]
pub(crate) fn withhold(mut attributions: Vec<Attribution>, least: f64) -> Vec<Attribution> {
    // A row that says 0.9 is not below 0.9.
    let doubtful =
        |attribution: &&mut Attribution| attribution.source.is_some() && shown(attribution.confidence) < least;
    for attribution in attributions.iter_mut().filter(doubtful) {
        let Attribution { kind, rule, confidence, shares, turn, .. } = std::mem::take(attribution);
        *attribution = Attribution { kind, rule, confidence, shares, turn, withheld: true, ..Attribution::default() };
    }
    attributions
}

/// A pattern sees this many units to the left of a quotation.
const LEFT: usize = 50;
/// And this many to its right.
const RIGHT: usize = 32;

/// Quotations each of which rests on a later one that are followed, at most; they may rest on one another.
const MOST_LINKS: usize = 64;

/// The rule of a source that no pattern proposed.
const RANKED: &str = "ranked";

/// What was decided of a quotation.
#[derive(Clone, Debug, Default)]
struct Decision {
    /// Where the parts are.
    found: Found,
    /// The pattern that decided or proposed it.
    row: Option<usize>,
    /// None where nothing fits; [`Verdict::Hint`] where the source stays open.
    verdict: Option<Verdict>,
    confidence: f64,
    /// What spoke most for a source that was ranked.
    evidence: Vec<(Feature, f32)>,
    /// Who stands beside it; none where that is yet to be looked for.
    beside: Option<Beside>,
}

/// Every quotation, whether the ranker has to decide it, and its options, for those who fit the weights.
pub fn questions(text: &str, scan: &Scan, lexicons: &Lexicons, mut see: impl FnMut(usize, bool, &Units, &Options)) {
    if scan.quotations.is_empty() {
        return;
    }
    let units = Units::of(text, scan, lexicons);
    let shown = units.clone();
    let mut attributor = Attributor { scan, lexicons, units };
    let shown = |quotation, open, options: &Options| see(quotation, open, &shown, options);
    attributor.decide_all(true, &mut Options::default(), &mut Vec::new(), shown);
}

struct Attributor<'a> {
    scan: &'a Scan,
    lexicons: &'a Lexicons,
    units: Units,
}

impl Attributor<'_> {
    fn all(
        &mut self,
        options: &mut Options,
        decisions: &mut Vec<Decision>,
        rules: &mut Spare,
        attributions: &mut Vec<Attribution>,
    ) {
        self.decide_all(false, options, decisions, |_, _, _| {});
        attributions.resize_with(decisions.len(), Attribution::default);
        let mut done: SmallVec<[bool; 64]> = smallvec![false; decisions.len()];
        for quotation in 0..decisions.len() {
            self.settle(quotation, decisions, rules, attributions, &mut done);
        }
        self.add_details(decisions, attributions);
    }

    /// Decides every quotation in text order. `see` is shown the options of those that are ranked; with `all`, also of
    /// those that a pattern decides.
    fn decide_all(
        &mut self,
        all: bool,
        options: &mut Options,
        decisions: &mut Vec<Decision>,
        mut see: impl FnMut(usize, bool, &Options),
    ) {
        decisions.clear();
        decisions.reserve(self.scan.quotations.len());
        let (mut window, details, mut last) = (Window::default(), self.details(), None);
        let mut sources: SmallVec<[Option<usize>; 32]> = SmallVec::new();
        for quotation in 0..self.scan.quotations.len() {
            let Some(unit) = self.units.of_quotation[quotation] else {
                decisions.push(Decision::default());
                sources.push(None);
                continue;
            };
            self.see(quotation, unit, &mut window);
            let found = self.lexicons.patterns.find(&mut window);
            let proposed = found.map(|found| self.pattern_decision(found));
            let open = proposed.as_ref().is_none_or(|decision| decision.verdict == Some(Verdict::Hint));
            if all || open {
                self.question((quotation, unit), found, last, decisions.last()).find_options(options);
                see(quotation, open, options);
            }
            let beside = Some(self.beside(&mut window, details));
            let mut decision = if open { self.ranked(options, proposed) } else { proposed.unwrap_or_default() };
            if self.is_refuted(quotation, unit, &decision, decisions) {
                decision = Decision { verdict: Some(Verdict::Hint), ..Decision::default() };
            }
            // What is a title or a term is a word to the quotations after it, and what nobody says for sure is no better.
            let unsure = decision.confidence < self.lexicons.resolutions.least;
            if decision.verdict == Some(Verdict::Other) || decision.verdict == Some(Verdict::Speech) && unsure {
                self.units.letters[unit] = Symbol::Word as u8;
                self.look_again(unit, decisions);
            }
            let source = self.source_of(&decision, decisions, &sources);
            last = source.or(last);
            sources.push(source);
            decisions.push(Decision { beside, ..decision });
        }
    }

    /// What is known of a quotation at its unit, `before` which another was decided.
    fn question(
        &self,
        (quotation, unit): (usize, usize),
        hint: Option<Found>,
        last: Option<usize>,
        before: Option<&Decision>,
    ) -> Question<'_> {
        let look = self.units.looks[quotation].number();
        let spoken = before.filter(|before| before.verdict == Some(Verdict::Speech));
        let confidence = spoken.map_or(0.0, |before| before.confidence);
        let sure = [0.25, 0.5, 0.75].iter().filter(|quarter| confidence >= **quarter).count();
        let is_awaited = before.is_some_and(|before| before.found.source == Some(unit));
        let (scan, units, ranker) = (self.scan, &self.units, &self.lexicons.ranker);
        Question { scan, units, quotation, unit, look, hint, last, is_awaited, sure, ranker }
    }

    fn pattern_decision(&self, found: Found) -> Decision {
        let row = &self.lexicons.patterns.rows[found.row];
        Decision {
            found,
            row: Some(found.row),
            verdict: Some(row.verdict),
            confidence: row.confidence,
            ..Decision::default()
        }
    }

    /// The best option; without weights the hint.
    fn ranked(&self, options: &Options, hinted: Option<Decision>) -> Decision {
        let ranker = &self.lexicons.ranker;
        if ranker.is_empty() {
            let proposes = |hint: &Decision| if hint.found.source.is_some() { Verdict::Speech } else { Verdict::Other };
            let verdict = hinted.as_ref().map(proposes);
            return Decision { verdict, ..hinted.unwrap_or_default() };
        }
        let best = options.rank(ranker);
        if best.nobody >= ranker.not_speech {
            let row = hinted.filter(|hint| hint.found.source.is_none()).and_then(|hint| hint.row);
            return Decision { row, verdict: Some(Verdict::Other), confidence: best.nobody, ..Decision::default() };
        }
        if best.share < ranker.source * (1.0 - best.nobody) || best.source.is_none() {
            return Decision { verdict: Some(Verdict::Hint), ..Decision::default() };
        }
        let own = Found { source: best.source, cue: best.cue, ..Found::default() };
        let hint = hinted.filter(|hint| hint.found.source == best.source);
        Decision {
            found: hint.as_ref().map_or(own, |hint| hint.found),
            row: hint.and_then(|hint| hint.row),
            verdict: Some(Verdict::Speech),
            confidence: best.share,
            evidence: best.evidence,
            beside: None,
        }
    }

    /// The mention that a decision comes to, as far as it is known yet; `sources` are those that the decisions before it came to.
    fn source_of(&self, decision: &Decision, before: &[Decision], sources: &[Option<usize>]) -> Option<usize> {
        let mut unit = decision.found.source?;
        // Only what rests on a later quotation is followed on.
        for _ in 0..MOST_LINKS {
            match self.units.of[unit] {
                Of::Mention(mention) => return Some(mention as usize),
                Of::Quotation(other) => {
                    let other = other as usize;
                    if let Some(source) = sources.get(other).copied().flatten() {
                        return Some(source);
                    }
                    unit = before.get(other)?.found.source?;
                }
                Of::Tokens(..) => return None,
            }
        }
        None
    }

    /// The units around a quotation, it alone with the letter that tells how it looks.
    fn see(&self, quotation: usize, unit: usize, window: &mut Window) {
        let end = (unit + 1 + RIGHT).min(self.units.letters.len());
        window.left.set_backwards(&self.units.letters[unit.saturating_sub(LEFT)..unit]);
        window.quotation = self.units.looks[quotation].letter();
        window.right.set(&self.units.letters[unit + 1..end]);
        window.unit = unit;
    }

    /// Turns what a pattern found into an attribution; one that rests on another quotation waits for that, a chain of them for its end.
    fn settle(
        &self,
        quotation: usize,
        decisions: &[Decision],
        rules: &mut Spare,
        attributions: &mut [Attribution],
        done: &mut [bool],
    ) {
        let next = |quotation: usize| self.rests_on(&decisions[quotation]);
        for quotation in chain(quotation, next, done).into_iter().rev() {
            attributions[quotation] = self.attribution(quotation, &decisions[quotation], attributions, rules);
        }
    }

    /// The quotation whose source a pattern says is shared.
    fn rests_on(&self, decision: &Decision) -> Option<usize> {
        match self.units.of[decision.found.source?] {
            Of::Quotation(other) => Some(other as usize),
            _ => None,
        }
    }

    /// The attribution of a quotation; `rules` has room for the name of its rule.
    fn attribution(
        &self,
        quotation: usize,
        decision: &Decision,
        known: &[Attribution],
        rules: &mut Spare,
    ) -> Attribution {
        let look = self.units.looks[quotation];
        let kind = if self.is_mixed(quotation, look) { Kind::Mixed } else { Kind::Direct };
        let Decision { found, row, verdict, confidence, evidence, .. } = decision.clone();
        let mut rule = || {
            let mut rule = rules.take();
            rule.push_str(row.map_or(RANKED, |row| &self.lexicons.patterns.rows[row].name));
            rule
        };
        match verdict {
            None => {
                let nickname = self.units.of_quotation[quotation].is_none();
                let kind = if look.short || look.title || nickname { Kind::Other } else { Kind::Direct };
                return Attribution { kind, turn: quotation, ..Attribution::default() };
            }
            Some(Verdict::Hint) => return Attribution { kind, turn: quotation, ..Attribution::default() },
            Some(Verdict::Other) => {
                return Attribution { rule: rule(), confidence, turn: quotation, ..Attribution::default() };
            }
            Some(_) => {}
        }
        if let Some(other) = self.rests_on(decision) {
            let own = Attribution { kind, rule: rule(), confidence, evidence, ..Attribution::default() };
            return Self::shared(quotation, other, &known[other], own);
        }
        Attribution {
            kind,
            source: found.source.and_then(|unit| self.mention(unit)),
            speaker: None,
            cue: found.cue.and_then(|unit| self.span(unit)),
            addressee: found.addressee.and_then(|unit| self.mention(unit)),
            via: found.via.and_then(|unit| self.mention(unit)),
            rule: rule(),
            confidence,
            shares: None,
            evidence,
            turn: quotation,
            withheld: false,
        }
    }

    /// A quotation with the source of another; not speech where that one is not.
    fn shared(quotation: usize, other: usize, known: &Attribution, own: Attribution) -> Attribution {
        if known.source.is_none() {
            let kind = if known.kind == Kind::Other { Kind::Other } else { own.kind };
            return Attribution { kind, turn: quotation, ..Attribution::default() };
        }
        let turn = if other < quotation { known.turn } else { quotation };
        let confidence = own.confidence * known.confidence;
        Attribution { source: known.source, cue: known.cue, turn, confidence, shares: Some(other), ..own }
    }

    fn mention(&self, unit: usize) -> Option<usize> {
        match self.units.of[unit] {
            Of::Mention(mention) => Some(mention as usize),
            _ => None,
        }
    }

    /// The words of a unit; none for the end of a sentence or paragraph.
    fn span(&self, unit: usize) -> Option<Span> {
        match self.units.of[unit] {
            Of::Mention(mention) => Some(self.scan.mentions[mention as usize].span),
            Of::Quotation(quotation) => Some(self.scan.quotations[quotation as usize].span),
            Of::Tokens(start, count) => {
                let tokens = &self.scan.tokens[start as usize..][..usize::from(count)];
                Some(tokens.first()?.span().join(tokens.last()?.span()))
            }
        }
    }

    /// A quotation that is a part of the reporter's sentence: it begins in lower case, or neither opens nor is set
    /// off, and is no sentence by itself.
    fn is_mixed(&self, quotation: usize, look: QuotationLook) -> bool {
        let open = self.scan.quotations[quotation].tokens.start - 1;
        if self.scan.quotations[quotation].label.is_some() {
            return false;
        }
        let set_off = open == 0
            || self.scan.tokens[open].opens_paragraph()
            || !self.scan.tokens[open - 1].is_word() && self.scan.kind(open - 1) != TokenKind::Number;
        let part = look.lower || look.end == QuotationEnd::None;
        part && !set_off || look.short && look.lower
    }
}

/// A quotation and those on which one after another rests, as far as they are not `done`, which they then are.
fn chain(first: usize, next: impl Fn(usize) -> Option<usize>, done: &mut [bool]) -> SmallVec<[usize; 8]> {
    let mut chain = SmallVec::new();
    let mut link = Some(first);
    while let Some(quotation) = link.filter(|quotation| !done[*quotation]) {
        done[quotation] = true;
        chain.push(quotation);
        link = next(quotation);
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::chain;

    #[test]
    fn a_chain_of_any_length_is_followed_to_its_end_and_a_circle_once() {
        let last = 1_000;
        let mut done = vec![false; last + 1];
        assert_eq!(chain(0, |at| (at < last).then_some(at + 1), &mut done).into_vec(), (0..=last).collect::<Vec<_>>());
        assert!(chain(7, |_| None, &mut done).is_empty(), "done already");
        assert_eq!(chain(1, |at| Some((at + 1) % 3), &mut [false; 5]).into_vec(), [1, 2, 0]);
    }
}
