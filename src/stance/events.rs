//! Who did what a quotation condemns: the party that modifies or does the same kind of thing elsewhere in the article.

use super::unit::{NONE, Node, NodeKind, Unit, YOU};
use super::{Context, MOST_MENTIONS};
use crate::entities::EntityId;
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::stance::{Meaning, Opening};
use crate::lexicon::words::{Class, Classes};
use crate::scan::Scan;
use crate::scan::mention::MentionKind;
use crate::scan::token::TokenKind;

/// The kind of the nouns that stand for every kind.
const ANY: u8 = 0;

/// The kind of event that a noun at the token names.
#[must_use]
pub fn event_at(context: &Context<'_>, at: usize) -> Option<u8> {
    let words = context.scan.words.get(at..=at)?;
    if !context.lexicons.stance.opens(words[0], Opening::EVENT) {
        return None;
    }
    let (_, senses) = context.lexicons.stance.longest(words)?;
    senses.iter().find_map(|sense| match sense.meaning {
        Meaning::Event(kind) => Some(kind),
        _ => None,
    })
}

/// Who did the event that the noun at the token names, with the mention that says so: `American strikes`,
/// `Marrow's attack`, `an attack by Marrow`, `the missiles Marrow launched`.
#[must_use]
pub fn agent_of(context: &Context<'_>, at: usize, kind: u8) -> Option<(EntityId, usize)> {
    let scan = context.scan;
    let before = (at.saturating_sub(4)..at).rev().take_while(|before| {
        scan.tokens[*before].is_word() && !scan.classes[*before].any(NOT_IN_PHRASE)
            || scan.kind(*before) == TokenKind::Possessive
    });
    let mut before = before.filter_map(|before| party_ending(context, before + 1));
    let after = || {
        let by = (at + 1..scan.tokens.len().min(at + 3)).find(|by| scan.has(*by, Class::By));
        by.and_then(|by| (by + 1..by + 3).find_map(|start| party_starting(context, start)))
    };
    let relative = || {
        let skip = usize::from(scan.has(at + 1, Class::That));
        let found = party_starting(context, at + 1 + skip)?;
        let end = scan.mentions[found.1].tokens.end;
        (end..end + 2).any(|verb| does(context, verb, kind)).then_some(found)
    };
    before.next().or_else(after).or_else(relative)
}

/// A word of the article that tells who did something.
#[derive(Clone, Copy, Debug)]
pub struct Doing {
    at: usize,
    /// The kind of event.
    kind: u8,
    /// Who did it, with the mention that says so.
    agent: Option<(EntityId, usize)>,
}

/// Every word of the article for an event or for what somebody does in one, in text order. Found once for all quotations:
/// few condemn an event of which they don't say who did it, but one article may have thousands of them.
#[must_use]
pub fn find_doings(context: &Context<'_>) -> Vec<Doing> {
    let mut found = Vec::new();
    let lexicon = &context.lexicons.stance;
    for at in (0..context.scan.tokens.len()).filter(|at| lexicon.opens(context.scan.words[*at], Opening::EVENT)) {
        if let Some(kind) = event_at(context, at) {
            found.push(Doing { at, kind, agent: agent_of(context, at, kind) });
        }
        let Some((_, senses)) = context.lexicons.stance.longest(&context.scan.words[at..=at]) else { continue };
        for sense in senses {
            if let Meaning::EventVerb(kind) = sense.meaning {
                let agent = party_ending(context, at).or_else(|| party_ending(context, at.saturating_sub(1)));
                found.push(Doing { at, kind, agent });
            }
        }
    }
    found
}

/// Doings before and after a quotation that are looked at, so that an article of any length costs linear time.
const MOST_DOINGS: usize = 200;

/// The party that most often does such things in the article, `patients` and the speaker's own side left out.
#[must_use]
pub fn likely_agent(
    context: &Context<'_>,
    quotation: usize,
    kind: u8,
    patients: &[EntityId],
) -> Option<(EntityId, usize)> {
    let speaker = context.attributions[quotation].speaker;
    let own = context.scan.quotations[quotation].tokens.clone();
    let doings = context.asked.doings.get_or_init(|| find_doings(context));
    let here = doings.partition_point(|doing| doing.at < own.start);
    let near = &doings[here.saturating_sub(MOST_DOINGS)..doings.len().min(here + MOST_DOINGS)];
    let mut votes: Vec<(EntityId, usize, f32)> = Vec::new();
    let mut last = None;
    for doing in near.iter().filter(|doing| (kind == ANY || doing.kind == kind) && !own.contains(&doing.at)) {
        // A word that is both noun and verb counts once.
        if last.replace(doing.at) == Some(doing.at) {
            continue;
        }
        let Some((entity, mention)) = doing.agent else { continue };
        let barred = Some(entity) == speaker
            || patients.iter().any(|patient| *patient == entity || belongs(context, entity, *patient))
            || speaker.is_some_and(|speaker| belongs(context, speaker, entity));
        if barred {
            continue;
        }
        if let Some((.., count)) = votes.iter_mut().find(|(known, ..)| *known == entity) {
            *count += 1.0;
        } else {
            let state = context.entities.list[entity].kind == PartyKind::Government;
            votes.push((entity, mention, if state { 1.5 } else { 1.0 }));
        }
    }
    let best = votes.into_iter().reduce(|best, next| if next.2 > best.2 { next } else { best });
    best.map(|(entity, mention, _)| (entity, mention))
}

const NOT_IN_PHRASE: Classes = Classes::of(&[
    Class::Preposition,
    Class::Of,
    Class::To,
    Class::By,
    Class::And,
    Class::Be,
    Class::Have,
    Class::That,
    Class::Modal,
    Class::Determiner,
    Class::Subordinator,
]);

/// Whether the word at the token is a verb of doing such things.
fn does(context: &Context<'_>, at: usize, kind: u8) -> bool {
    let Some(word) = context.scan.words.get(at..=at) else { return false };
    let Some((_, senses)) = context.lexicons.stance.longest(word) else { return false };
    senses.iter().any(|sense| matches!(sense.meaning, Meaning::EventVerb(of) if of == kind || kind == ANY))
}

fn party_ending(context: &Context<'_>, end: usize) -> Option<(EntityId, usize)> {
    let scan = context.scan;
    let after = scan.mentions.partition_point(|mention| mention.tokens.start < end);
    (after.saturating_sub(6)..after).rev().find_map(|index| {
        let mention = &scan.mentions[index];
        (mention.tokens.end == end).then(|| acting(context, index)).flatten()
    })
}

fn party_starting(context: &Context<'_>, start: usize) -> Option<(EntityId, usize)> {
    let scan = context.scan;
    let first = scan.mentions.partition_point(|mention| mention.tokens.start < start);
    let found = scan.mentions.get(first).filter(|mention| mention.tokens.start == start)?;
    (!found.inner).then(|| acting(context, first)).flatten()
}

/// The entity of a mention that can do things and has a name.
fn acting(context: &Context<'_>, index: usize) -> Option<(EntityId, usize)> {
    let entity = context.entities.of_mention[index]?;
    let party = &context.entities.list[entity];
    let named =
        matches!(context.scan.mentions[index].kind, MentionKind::Name | MentionKind::Demonym | MentionKind::Nominal);
    let acts =
        matches!(party.kind, PartyKind::Person | PartyKind::Government | PartyKind::Organisation | PartyKind::Group);
    (named && acts && !party.unnamed).then_some((entity, index))
}

/// Whether the article describes `member` by `owner`: `Syrian President Bashar Assad`.
fn belongs(context: &Context<'_>, member: EntityId, owner: EntityId) -> bool {
    let scan = context.scan;
    context.entities.list[member].mentions.iter().take(MOST_MENTIONS).any(|index| {
        let (tokens, next) = (&scan.mentions[*index as usize].tokens, *index as usize + 1);
        let inner = scan.mentions[next..].iter().zip(&context.entities.of_mention[next..]);
        let mut inner = inner.take_while(|(mention, _)| mention.tokens.start < tokens.end);
        inner.any(|(_, entity)| *entity == Some(owner))
    })
}

/// Nodes between an event and the verb before it at most.
const TAKER_REACH: usize = 4;

impl Unit {
    /// Who does an event of the unit: its owner, or who stands after `by`; after `of`, where it may be any deed: `the conduct
    /// of Marrow`.
    #[must_use]
    pub fn event_agent(&self, event: u32, scan: &Scan) -> Option<u32> {
        let slot = self.slots[event as usize];
        let at = slot.node as usize;
        let owner = self.nodes[..at].iter().rev().take(4).take_while(|node| {
            matches!(node.kind, NodeKind::Word | NodeKind::Adverb) || node.possessive || node.kind == NodeKind::Party
        });
        let mut owner = owner.filter(|node| node.kind == NodeKind::Party && node.slot > YOU);
        let after = || {
            let joins = self.nodes.get(at + 1).filter(|node| match node.kind {
                NodeKind::Of => slot.event == Some(ANY),
                _ => scan.has(node.start as usize, Class::By),
            })?;
            let phrase = self.nodes[at + 2..].iter().take(4).take_while(|node| node.clause == joins.clause);
            phrase.into_iter().find(|node| node.kind == NodeKind::Party && node.slot > YOU && !node.possessive)
        };
        owner.next().or_else(after).map(|node| node.slot).or_else(|| self.taker(at))
    }

    /// `Marrow took a cruel decision`: the subject of the verb whose object the event is.
    fn taker(&self, event: usize) -> Option<u32> {
        let start = self.clause_start(event);
        let phrase = |node: &Node| matches!(node.kind, NodeKind::Word | NodeKind::Adverb | NodeKind::Determiner);
        let verb = (start..event).rev().take(TAKER_REACH).find(|before| !phrase(&self.nodes[*before]))?;
        let takes = self.nodes[verb].kind == NodeKind::Verb && self.nodes[verb].entry == NONE && !self.nodes[verb].says;
        self.subject(verb).party().filter(|slot| takes && *slot > YOU)
    }

    /// To whom an event of the unit is done: who stands after `against` or `on`.
    #[must_use]
    pub fn event_patient(&self, event: u32) -> Option<EntityId> {
        let at = self.slots[event as usize].node as usize;
        let after = self.nodes.get(at + 1).is_some_and(|node| node.kind == NodeKind::Preposition);
        let party =
            self.nodes.iter().skip(at + 2).take(4).find(|node| node.kind == NodeKind::Party && node.slot > YOU)?;
        self.slots[party.slot as usize].entity.filter(|_| after)
    }
}
