//! The view of one party in one text, both given: the engine by itself, without articles. With a source its own view is
//! asked for, without one that of the text. A given party counts as one, whatever the scan makes of its words.

use super::binding::{self, Contribution, Reported, Role};
use super::evidence::{self, Part};
use super::reading::Reader;
use super::scoring::Summer;
use super::targets::Target;
use super::unit::{NONE, Unit};
use super::{Context, OfArticle, Position};
use crate::entities::{Entities, Entity, EntityId, Wording};
use crate::lexicon::Lexicons;
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::stance::RuleName;
use crate::scan::Scan;
use crate::scan::mention::{Mention, MentionKind};
use crate::scan::token::TokenKind;
use crate::{Document, Span};

/// What a text, or a source in it, thinks of a party.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// The verdict.
    pub position: Position,
    /// -1 to 1.
    pub score: f64,
    /// The words that decided.
    pub evidence: String,
}

/// What `text` says of the party at `target`; what the party at `source` thinks of it, where one is given.
#[must_use]
pub fn judge(text: &str, target: Span, source: Option<Span>, lexicons: &Lexicons) -> View {
    let case = Case::read(text, Some(target), source, lexicons);
    case.target.as_ref().map_or_else(View::default, |target| case.view(target))
}

/// A text read for a given party.
#[derive(Debug)]
pub(super) struct Case<'a> {
    pub text: &'a str,
    pub lexicons: &'a Lexicons,
    pub scan: Scan,
    pub entities: Entities,
    pub unit: Unit,
    pub found: Vec<Contribution>,
    pub target: Option<Target>,
    source: Option<Span>,
    of_article: OfArticle,
}

impl<'a> Case<'a> {
    pub fn read(text: &'a str, target: Option<Span>, source: Option<Span>, lexicons: &'a Lexicons) -> Self {
        let document = Document { text: text.to_owned(), ..Document::default() };
        let mut scan = Scan::whole(&document, lexicons);
        for span in [target, source].into_iter().flatten() {
            ensure_mention(&mut scan, span);
        }
        let mut entities = Entities::of(text, &scan, &[], "", lexicons);
        let mut entity = |span: Option<Span>| {
            let mention = mention_at(&scan, span?)?;
            Some((mention, ensure_entity(&mut entities, &scan, mention, lexicons)))
        };
        let (aimed_at, speaker) = (entity(target), entity(source).map(|(_, speaker)| speaker));
        let target = aimed_at.filter(|(_, entity)| Some(*entity) != speaker).map(|(mention, entity)| Target {
            entity,
            mention: scan.mentions[mention].span,
            rule: RuleName::Given,
            inside: true,
        });
        let mut unit = Unit::default();
        let whole = 0..scan.tokens.len();
        unit.read(
            &Reader {
                text,
                scan: &scan,
                entities: &entities,
                lexicons,
                speaker,
                source: None,
                interlocutor: None,
                bodies: &[],
                camps: 0,
            },
            whole.clone(),
            0,
            &whole,
        );
        let mut found = Vec::new();
        binding::bind(&unit, &scan, &lexicons.stance, Reported::Deeds, &mut found);
        Self { text, lexicons, scan, entities, unit, found, target, source, of_article: OfArticle::default() }
    }

    pub fn context(&self) -> Context<'_> {
        let Self { text, scan, entities, lexicons, of_article, .. } = self;
        Context { text, scan, entities, attributions: &[], lexicons, asked: of_article }
    }

    /// What each word adds for a target before the sum is squeezed to -1..1.
    pub fn parts(&self, target: &Target) -> Vec<Part> {
        let numbers = &self.lexicons.stance.numbers;
        let context = self.context();
        let summer = Summer::new(&context, &self.unit, target, None);
        let weight = |contribution: &Contribution| match self.source {
            _ if self.is_name(contribution, target) => 0.0,
            Some(source) => self.sources_own(contribution, source, target),
            None => 1.0,
        };
        let amount = |contribution: &Contribution| summer.amount(contribution) * weight(contribution) * numbers.scale;
        self.found.iter().map(|contribution| (*contribution, amount(contribution))).collect()
    }

    /// `Winner said`: a given party's name evaluates nobody.
    fn is_name(&self, contribution: &Contribution, target: &Target) -> bool {
        let first = self.scan.tokens[self.unit.nodes[contribution.node as usize].start as usize];
        target.mention.start == first.start && target.mention.end == first.end() && first.is_capitalised()
    }

    pub fn view(&self, target: &Target) -> View {
        let parts = self.parts(target);
        let score = f64::from(parts.iter().map(|(_, amount)| amount).sum::<f32>().tanh());
        let numbers = &self.lexicons.stance.numbers;
        let threshold = f64::from(if self.source.is_some() { numbers.pair_source } else { numbers.pair });
        let parties = self.entities.list.iter().filter(|entity| !entity.unnamed && entity.kind == PartyKind::Person);
        let several = if parties.count() > 1 { f64::from(numbers.pair_several) } else { 0.0 };
        let position = match () {
            () if score.abs() < threshold + several => Position::Neutral,
            () if score < 0.0 => Position::Against,
            () => Position::For,
        };
        let mut evidence = String::new();
        evidence::evidence(&self.context(), &self.unit, &parts, &mut evidence);
        View { position, score, evidence }
    }

    /// The weight of a word as a source's view: in full what the source does to the party, less what stands between them
    /// or, with the source before, in the party's clause.
    fn sources_own(&self, contribution: &Contribution, source: Span, target: &Target) -> f32 {
        let unit = &self.unit;
        let node = unit.nodes[contribution.node as usize];
        let at = self.scan.tokens[node.start as usize].start;
        let (first, last) = if source < target.mention { (source, target.mention) } else { (target.mention, source) };
        let is_target = |slot: u32| slot != NONE && unit.slots[slot as usize].entity == Some(target.entity);
        // `accused Marrow's movement`: what is the party's is not another's.
        let of_another = contribution.slot != NONE
            && unit.slots[contribution.slot as usize].entity.is_some_and(|entity| entity != target.entity)
            && !is_target(unit.slots[contribution.slot as usize].owner);
        match contribution.role {
            _ if of_another => return 0.0,
            Role::SourceOnTarget => return 1.0,
            // What others do to the source is no view of its own.
            Role::Returned => return 0.0,
            _ => {}
        }
        let stands_between = (first.end..last.start).contains(&at);
        let own_clause = source < target.mention
            && is_target(contribution.slot)
            && unit.nodes[unit.slots[contribution.slot as usize].node as usize].clause == node.clause;
        if stands_between || own_clause { self.lexicons.stance.numbers.between } else { 0.0 }
    }
}

/// The mention that a stretch of text most likely means: the one that covers it best and whose head it holds.
fn mention_at(scan: &Scan, place: Span) -> Option<usize> {
    let overlap = |a: Span, b: Span| f64::from(a.end.min(b.end).saturating_sub(a.start.max(b.start)));
    let fit = |mention: &Mention| {
        let head = mention.head_span(&scan.tokens);
        let common = overlap(mention.span, place);
        let union = mention.span.len() as f64 + place.len() as f64 - common;
        overlap(head, place) / head.len() as f64 + common / union
    };
    let able = |mention: &Mention| !matches!(mention.kind, MentionKind::Relative | MentionKind::Indefinite);
    let candidates = (0..scan.mentions.len()).filter(|index| able(&scan.mentions[*index]));
    let rated = candidates.map(|index| (index, fit(&scan.mentions[index]))).filter(|(_, fit)| *fit >= 1.0);
    rated.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(index, _)| index)
}

/// Makes a name of the words at `place` where the scan found no mention there.
fn ensure_mention(scan: &mut Scan, place: Span) {
    if mention_at(scan, place).is_some() {
        return;
    }
    let first = scan.tokens.partition_point(|token| token.end() <= place.start);
    let end = scan.tokens.partition_point(|token| token.start < place.end);
    if first >= end {
        return;
    }
    let mention = Mention {
        possessive: scan.kind(end) == TokenKind::Possessive,
        paragraph: scan.paragraph_of(first) as u32,
        sentence: scan.sentence_of(first) as u32,
        quotation: scan.quotation_at(first).map(|quotation| quotation as u32),
        ..Mention::of(&scan.tokens, first..end, MentionKind::Name)
    };
    let index = scan.mentions.partition_point(|known| known.tokens.start < first);
    scan.mentions.insert(index, mention);
}

/// The entity of a mention; a new one where it has none, which like pronouns without another then mean too.
fn ensure_entity(entities: &mut Entities, scan: &Scan, mention: usize, lexicons: &Lexicons) -> EntityId {
    if let Some(known) = entities.of_mention[mention] {
        return known;
    }
    let given = &scan.mentions[mention];
    let entity = entities.add(Entity {
        name: Wording::Text(given.span),
        kind: given.party_kind,
        gender: given.gender,
        plural: given.plural,
        mentions: [mention as u32].into_iter().collect(),
        ..Entity::default()
    });
    let person =
        |mention: &Mention| lexicons.pronouns.get(&scan.words[mention.tokens.start]).map(|pronoun| pronoun.person);
    let like = |other: &Mention| {
        other.kind == MentionKind::Pronoun
            && other.gender == given.gender
            && other.plural == given.plural
            && person(other) == person(given)
    };
    for (index, other) in scan.mentions.iter().enumerate() {
        let same = index == mention || given.kind == MentionKind::Pronoun && like(other);
        if same && entities.of_mention[index].is_none() {
            entities.mean(index, entity);
        }
    }
    entity
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, source: &str, target: &str, expected: Position) {
        let lexicons = Lexicons::embedded();
        let place = |name: &str| {
            let start = text.find(name).expect("the text names it") as u32;
            Span { start, end: start + name.len() as u32 }
        };
        let view = judge(text, place(target), Some(place(source)), &lexicons);
        assert_eq!(view.position, expected, "{text}: {view:?}");
    }

    fn check_text(text: &str, target: &str, expected: Position) {
        let lexicons = Lexicons::embedded();
        let start = text.find(target).expect("the text names it");
        let view = judge(text, Span::new(start, start + target.len()), None, &lexicons);
        assert_eq!(view.position, expected, "{text}: {view:?}");
    }

    #[test]
    fn what_a_party_reports_is_not_said_of_it() {
        check_text("Marrow said the flood was a disgrace.", "Marrow", Position::Neutral);
        check_text("Marrow said that the flood was a disgrace.", "Marrow", Position::Neutral);
        check_text("Marrow said he was a liar.", "Marrow", Position::Against);
    }

    #[test]
    fn what_clears_a_party_is_no_praise() {
        check_text("Marrow was not convicted of fraud.", "Marrow", Position::Neutral);
        check_text("Marrow was convicted of fraud.", "Marrow", Position::Against);
    }

    #[test]
    fn a_name_evaluates_nobody() {
        check_text("Winner wrote a letter.", "Winner", Position::Neutral);
    }

    #[test]
    fn what_a_source_does_to_something_of_the_party_counts() {
        check("Dessan has blamed Marrow’s movement for the flood.", "Dessan", "Marrow", Position::Against);
        check("Dessan has praised Marrow’s movement.", "Dessan", "Marrow", Position::For);
        check("Dessan has praised Ammering’s movement, unlike Marrow.", "Dessan", "Marrow", Position::Neutral);
    }
}
