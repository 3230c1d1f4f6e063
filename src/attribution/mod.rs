//! Who said each quotation: the first pattern in file order that fits the units around it decides. Knows no word; the
//! patterns are data.

pub mod units;

use crate::Span;
use crate::entities::{Entities, EntityId};
use crate::lexicon::Lexicons;
use crate::lexicon::pattern::{Found, QuotationEnd, QuotationLook, Symbol, Verdict, Window};
use crate::scan::Scan;
use crate::scan::mention::MentionKind;
use crate::scan::token::TokenKind;
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
    /// The quotation that opens the turn that this one belongs to.
    pub turn: usize,
    /// Whether a source was found and taken back, see [`withhold`].
    pub withheld: bool,
}

/// One attribution for each quotation of the scan, down to the mention that it rests on. Whom that means is told
/// later, by [`name_speakers`]: who speaks is what tells best whom a pronoun means.
#[must_use]
pub fn attribute(text: &str, scan: &Scan, lexicons: &Lexicons) -> Vec<Attribution> {
    if scan.quotations.is_empty() {
        return Vec::new();
    }
    let units = Units::of(text, scan, lexicons);
    let mut attributor = Attributor { text, scan, lexicons, units };
    attributor.all()
}

/// The quotations that have a source, each with the mention that is it.
#[must_use]
pub fn sources(attributions: &[Attribution]) -> Vec<(usize, usize)> {
    let source = |(quotation, attribution): (usize, &Attribution)| Some((quotation, attribution.source?));
    attributions.iter().enumerate().filter_map(source).collect()
}

/// The attributions with the speakers that their sources mean. How sure that is counts in their confidence; where too
/// little remains of it, the speaker stays open.
#[must_use]
pub fn name_speakers(mut attributions: Vec<Attribution>, entities: &Entities, lexicons: &Lexicons) -> Vec<Attribution> {
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
pub fn withhold(mut attributions: Vec<Attribution>, least: f64) -> Vec<Attribution> {
    let doubtful = |attribution: &&mut Attribution| attribution.source.is_some() && attribution.confidence < least;
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

struct Attributor<'a> {
    text: &'a str,
    scan: &'a Scan,
    lexicons: &'a Lexicons,
    units: Units,
}

impl Attributor<'_> {
    fn all(&mut self) -> Vec<Attribution> {
        let mut window = Window::default();
        let mut found: Vec<Option<Found>> = Vec::with_capacity(self.scan.quotations.len());
        for quotation in 0..self.scan.quotations.len() {
            let Some(unit) = self.units.of_quotation[quotation] else {
                found.push(None);
                continue;
            };
            self.see(quotation, unit, &mut window);
            let decided = self.lexicons.patterns.find(&window);
            // What is a title or a term is a word to the quotations after it.
            if decided.is_some_and(|found| self.lexicons.patterns.rows[found.row].verdict == Verdict::Other) {
                self.units.letters[unit] = Symbol::Word as u8;
            }
            found.push(decided);
        }
        let mut attributions = vec![Attribution::default(); found.len()];
        let mut done = vec![false; found.len()];
        for quotation in 0..found.len() {
            self.decide(quotation, &found, &mut attributions, &mut done);
        }
        self.add_details(&mut attributions);
        attributions
    }

    /// The units around a quotation, it alone with the letter that tells how it looks.
    fn see(&self, quotation: usize, unit: usize, window: &mut Window) {
        let end = (unit + 1 + RIGHT).min(self.units.letters.len());
        window.left.clear();
        window.left.extend(self.units.letters[unit.saturating_sub(LEFT)..unit].iter().rev());
        window.quotation = units::look(self.text, self.scan, &self.scan.quotations[quotation]).letter();
        window.right.clear();
        window.right.extend_from_slice(&self.units.letters[unit + 1..end]);
        window.unit = unit;
    }

    /// Turns what a pattern found into an attribution; one that rests on another quotation waits for that.
    fn decide(&self, quotation: usize, found: &[Option<Found>], attributions: &mut [Attribution], done: &mut [bool]) {
        // A chain of quotations that rest on each other is followed to its end, then decided backwards.
        let mut chain = vec![quotation];
        while let Some(next) = chain.last().and_then(|last| self.rests_on(found[*last]))
            && !done[next]
            && !chain.contains(&next)
            && chain.len() < 64
        {
            chain.push(next);
        }
        for quotation in chain.into_iter().rev() {
            if !done[quotation] {
                attributions[quotation] = self.attribution(quotation, found[quotation], attributions);
                done[quotation] = true;
            }
        }
    }

    /// The quotation whose source a pattern says is shared.
    fn rests_on(&self, found: Option<Found>) -> Option<usize> {
        match self.units.of[found?.source?] {
            Of::Quotation(other) => Some(other),
            _ => None,
        }
    }

    fn attribution(&self, quotation: usize, found: Option<Found>, known: &[Attribution]) -> Attribution {
        let look = units::look(self.text, self.scan, &self.scan.quotations[quotation]);
        let Some(found) = found else {
            let nickname = self.units.of_quotation[quotation].is_none();
            let kind = if look.short || look.title || nickname { Kind::Other } else { Kind::Direct };
            return Attribution { kind, turn: quotation, ..Attribution::default() };
        };
        let row = &self.lexicons.patterns.rows[found.row];
        let rule = row.name.clone();
        if row.verdict == Verdict::Other {
            return Attribution { rule, confidence: row.confidence, turn: quotation, ..Attribution::default() };
        }
        let kind = if self.is_mixed(quotation, look) { Kind::Mixed } else { Kind::Direct };
        if let Some(other) = self.rests_on(Some(found)) {
            return self.shared(
                quotation,
                other,
                &known[other],
                Attribution { kind, rule, confidence: row.confidence, ..Attribution::default() },
            );
        }
        let source = found.source.and_then(|unit| self.mention(unit));
        Attribution {
            kind,
            source,
            speaker: None,
            cue: found.cue.and_then(|unit| self.span(unit)),
            addressee: found.addressee.and_then(|unit| self.mention(unit)),
            via: found.via.and_then(|unit| self.mention(unit)),
            rule,
            confidence: row.confidence,
            shares: None,
            turn: quotation,
            withheld: false,
        }
    }

    /// A quotation with the source of another; not speech where that one is not.
    fn shared(&self, quotation: usize, other: usize, known: &Attribution, own: Attribution) -> Attribution {
        if known.source.is_none() {
            let look = units::look(self.text, self.scan, &self.scan.quotations[quotation]);
            let kind = if look.short || look.title || known.kind == Kind::Other && look.lower {
                Kind::Other
            } else {
                own.kind
            };
            return Attribution { kind, turn: quotation, ..Attribution::default() };
        }
        let turn = if other < quotation { known.turn } else { quotation };
        let confidence = own.confidence * known.confidence;
        Attribution { source: known.source, cue: known.cue, turn, confidence, shares: Some(other), ..own }
    }

    fn mention(&self, unit: usize) -> Option<usize> {
        match self.units.of[unit] {
            Of::Mention(mention) => Some(mention),
            _ => None,
        }
    }

    /// The words of a unit; none for the end of a sentence or paragraph.
    fn span(&self, unit: usize) -> Option<Span> {
        match self.units.of[unit] {
            Of::Mention(mention) => Some(self.scan.mentions[mention].span),
            Of::Quotation(quotation) => Some(self.scan.quotations[quotation].span),
            Of::Tokens(start, end) => {
                let tokens = &self.scan.tokens[start..end];
                Some(tokens.first()?.span().join(tokens.last()?.span()))
            }
        }
    }

    /// A quotation that is a part of the reporter's sentence: it begins in lower case, or neither opens nor is set
    /// off, and is no sentence by itself.
    fn is_mixed(&self, quotation: usize, look: QuotationLook) -> bool {
        let open = self.scan.quotations[quotation].tokens.start - 1;
        let set_off = open == 0
            || self.scan.tokens[open].opens_paragraph()
            || !self.scan.tokens[open - 1].is_word() && self.scan.kind(open - 1) != TokenKind::Number;
        let part = look.lower || look.end == QuotationEnd::None;
        part && !set_off || look.short && look.lower
    }

    /// Addressee and relay, which stand beside any way of telling the speaker.
    fn add_details(&self, attributions: &mut [Attribution]) {
        let mut window = Window::default();
        for (quotation, attribution) in attributions.iter_mut().enumerate() {
            let (Some(_), Some(unit)) = (attribution.source, self.units.of_quotation[quotation]) else { continue };
            self.see(quotation, unit, &mut window);
            let via = self.lexicons.relays.find(&window).and_then(|found| self.mention(found.via?));
            let addressee = self.lexicons.addressees.find(&window).and_then(|found| self.mention(found.addressee?));
            let source = attribution.source;
            let keep = |mention: &usize| {
                Some(*mention) != source && self.scan.mentions[*mention].kind != MentionKind::Relative
            };
            attribution.via = attribution.via.or(via.filter(keep));
            attribution.addressee = attribution.addressee.or(addressee.filter(keep));
        }
    }
}
