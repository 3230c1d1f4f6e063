//! The view of one party in one text, both given: the engine by itself, without articles. With a source its own view is
//! asked for, without one that of the text. A given party counts as one, whatever the scan makes of its words.

use super::binding::{self, Contribution, Role};
use super::evidence::{self, Part};
use super::reading::Reader;
use super::scoring::Summer;
use super::targets::Target;
use super::unit::{NONE, Unit};
use super::{Context, Position};
use crate::entities::{Entities, Entity, EntityId};
use crate::lexicon::Lexicons;
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::scan::Scan;
use crate::scan::mention::{Determiner, Mention, MentionKind};
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
    let document = Document { text: text.to_owned(), ..Document::default() };
    let mut scan = Scan::whole(&document, lexicons);
    for span in [Some(target), source].into_iter().flatten() {
        ensure_mention(&mut scan, span);
    }
    let Some(mention) = mention_at(&scan, target) else { return View::default() };
    let mut entities = Entities::of(text, &scan, &[], lexicons);
    let entity = ensure_entity(&mut entities, &scan, mention, text);
    let speaker = source.and_then(|source| mention_at(&scan, source));
    let speaker = speaker.map(|source| ensure_entity(&mut entities, &scan, source, text));
    if speaker == Some(entity) {
        return View::default();
    }
    let context = Context { text, scan: &scan, entities: &entities, attributions: &[], lexicons };
    let rule = lexicons.stance.rule("given");
    let target = Target { entity, mention: scan.mentions[mention].span, rule, inside: true };
    view(&context, &target, source.zip(speaker))
}

fn view(context: &Context<'_>, target: &Target, source: Option<(Span, EntityId)>) -> View {
    let Context { text, scan, entities, lexicons, .. } = *context;
    let reader = Reader { text, scan, entities, lexicons, speaker: source.map(|(_, entity)| entity) };
    let whole = 0..scan.tokens.len();
    let mut unit = Unit::default();
    unit.read(&reader, whole.clone(), &whole);
    let found = binding::bind(&mut unit, scan, &lexicons.stance, false);
    let numbers = &lexicons.stance.numbers;
    let summer = Summer { context, unit: &unit, target, topic: None, numbers };
    let weight = |contribution: &Contribution| match source {
        Some((source, _)) => sources_own(context, &unit, contribution, source, target),
        None => 1.0,
    };
    let amount = |contribution: &Contribution| summer.amount(contribution) * weight(contribution) * numbers.scale;
    let parts: Vec<Part> = found.iter().map(|contribution| (*contribution, amount(contribution))).collect();
    let score = f64::from(parts.iter().map(|(_, amount)| amount).sum::<f32>().tanh());
    let threshold = f64::from(if source.is_some() { numbers.pair_source } else { numbers.pair });
    let position = match () {
        () if score.abs() < threshold => Position::Neutral,
        () if score < 0.0 => Position::Against,
        () => Position::For,
    };
    View { position, score, evidence: evidence::evidence(context, &unit, &parts) }
}

/// The weight of a word as a source's view: in full what the source does to the party, less what stands between them or,
/// with the source before, in the party's clause.
fn sources_own(context: &Context<'_>, unit: &Unit, contribution: &Contribution, source: Span, target: &Target) -> f32 {
    if contribution.role == Role::SourceOnTarget {
        return 1.0;
    }
    let numbers = &context.lexicons.stance.numbers;
    let node = unit.nodes[contribution.node as usize];
    let at = context.scan.tokens[node.start as usize].start;
    let (first, last) = if source < target.mention { (source, target.mention) } else { (target.mention, source) };
    let between = (first.end..last.start).contains(&at);
    let own_clause = source < target.mention
        && contribution.slot != NONE
        && unit.slots[contribution.slot as usize].entity == Some(target.entity)
        && unit.nodes[unit.slots[contribution.slot as usize].node as usize].clause == node.clause;
    if between || own_clause { numbers.between } else { 0.0 }
}

/// The mention that a stretch of text most likely means: the one that covers it best and whose head it holds.
fn mention_at(scan: &Scan, span: Span) -> Option<usize> {
    let overlap = |a: Span, b: Span| f64::from(a.end.min(b.end).saturating_sub(a.start.max(b.start)));
    let fit = |mention: &Mention| {
        let head = mention.head_span(&scan.tokens);
        let common = overlap(mention.span, span);
        let union = mention.span.len() as f64 + span.len() as f64 - common;
        overlap(head, span) / head.len() as f64 + common / union
    };
    let able = |mention: &Mention| !matches!(mention.kind, MentionKind::Relative | MentionKind::Indefinite);
    let fits = (0..scan.mentions.len()).filter(|index| able(&scan.mentions[*index]));
    let fits = fits.map(|index| (index, fit(&scan.mentions[index]))).filter(|(_, fit)| *fit >= 1.0);
    fits.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(index, _)| index)
}

/// Makes a name of the words at `span` where the scan found no mention there.
fn ensure_mention(scan: &mut Scan, span: Span) {
    if mention_at(scan, span).is_some() {
        return;
    }
    let first = scan.tokens.partition_point(|token| token.end() <= span.start);
    let end = scan.tokens.partition_point(|token| token.start < span.end);
    if first >= end {
        return;
    }
    let mention = Mention {
        span: Span { start: scan.tokens[first].start, end: scan.tokens[end - 1].end() },
        tokens: first..end,
        head: first..end,
        kind: MentionKind::Name,
        party_kind: PartyKind::Unknown,
        gender: Gender::Unknown,
        plural: false,
        possessive: scan.kind(end) == crate::scan::token::TokenKind::Possessive,
        inner: false,
        title: None,
        role: None,
        party: None,
        capital: false,
        determiner: Determiner::None,
        paragraph: scan.paragraph_of(first) as u32,
        sentence: scan.sentence_of(first) as u32,
        quotation: scan.quotation_at(first).map(|quotation| quotation as u32),
    };
    let place = scan.mentions.partition_point(|known| known.tokens.start < first);
    scan.mentions.insert(place, mention);
}

/// The entity of a mention; a new one where it has none, which like pronouns without another then mean too.
fn ensure_entity(entities: &mut Entities, scan: &Scan, mention: usize, text: &str) -> EntityId {
    if let Some(known) = entities.of_mention[mention] {
        return known;
    }
    let given = &scan.mentions[mention];
    let entity = entities.list.len();
    entities.list.push(Entity {
        name: given.span.of(text).to_owned(),
        kind: given.party_kind,
        gender: given.gender,
        plural: given.plural,
        mentions: vec![mention],
        ..Entity::default()
    });
    let like = |other: &Mention| {
        other.kind == MentionKind::Pronoun && other.gender == given.gender && other.plural == given.plural
    };
    for (index, other) in scan.mentions.iter().enumerate() {
        let same = index == mention || given.kind == MentionKind::Pronoun && like(other);
        if same && entities.of_mention[index].is_none() {
            entities.of_mention[index] = Some(entity);
        }
    }
    entity
}
