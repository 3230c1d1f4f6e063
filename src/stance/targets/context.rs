//! The parties that a quotation's own sentence does not name: those of the sentence before, and who did what it condemns.

use std::ops::Range;

use super::Finder;
use crate::entities::EntityId;
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::stance::RuleName;
use crate::scan::mention::MentionKind;
use crate::stance::binding::{Contribution, Reported, Role};
use crate::stance::unit::{Node, SPEAKER, TOPIC, Unit, YOU};
use crate::stance::{Context, Reading, events};

impl Finder<'_> {
    /// `Dessan questioned Marrow's temper. "A hothead,"`: to whom the speaker does something in the sentence before.
    pub(super) fn sentence_before(&mut self, spare: &mut Reading) {
        let context = self.context;
        let Context { scan, entities, attributions, .. } = *context;
        let start = self.place.range.start;
        let Some(sentence) = start.checked_sub(1).map(|last| scan.sentences[scan.sentence_of(last)].clone()) else {
            return;
        };
        let speaker = attributions[self.place.quotation].speaker;
        if speaker.is_none() || scan.paragraph_of(sentence.start) + 1 < scan.paragraph_of(start) {
            return;
        }
        // A longer one mostly says itself of whom it is.
        if scan.quotations[self.place.quotation].tokens.len() > short(context) {
            return;
        }
        if !self.names_another(&sentence) {
            return;
        }
        spare.read_reported(context, speaker, sentence, Reported::Deeds);
        let Reading { unit, found } = &*spare;
        for contribution in found.iter().filter(|contribution| contribution.role == Role::SourceOnTarget) {
            let slot = unit.slots[contribution.slot as usize];
            if let Some(entity) = slot.entity.filter(|entity| !entities.list[*entity].unnamed)
                && let Some(mention) = scan.mentions.get(slot.mention as usize)
            {
                self.add(entity, mention.span, RuleName::SentenceBefore, false);
            }
        }
        if self.targets.is_empty() {
            self.only_other(unit);
        }
    }

    /// Whether the tokens name the speaker and may name somebody else: a glance that spares reading most sentences.
    fn names_another(&self, tokens: &Range<usize>) -> bool {
        let Context { scan, entities, attributions, .. } = *self.context;
        let speaker = attributions[self.place.quotation].speaker;
        let first = scan.mentions.partition_point(|mention| mention.tokens.start < tokens.start);
        let (mut own, mut other) = (false, false);
        for (mention, entity) in scan.mentions[first..].iter().zip(&entities.of_mention[first..]) {
            if mention.tokens.start >= tokens.end {
                break;
            }
            // `him` may be another, for all that it passes for the speaker.
            let pronoun = mention.kind == MentionKind::Pronoun;
            own |= *entity == speaker;
            other |= pronoun || *entity != speaker && entity.is_some_and(|entity| !entities.list[entity].unnamed);
        }
        own && other
    }

    /// `Dessan took Marrow's claim apart. “Malarkey,”`: the only party that the sentence before names beside its subject, the
    /// speaker.
    fn only_other(&mut self, unit: &Unit) {
        // `Dessan told Redmoor Radio`: who is told so is not spoken of.
        let told = |at: usize| at.checked_sub(1).is_some_and(|before| unit.nodes[before].says);
        let parties = || {
            let named = unit.parties.iter().filter(|at| !told(**at)).map(|at| &unit.nodes[*at]);
            named.filter(|node| node.slot != TOPIC && node.slot != YOU)
        };
        if parties().next().is_none_or(|node| node.slot != SPEAKER || node.possessive) {
            return;
        }
        if let Some((entity, mention)) = self.only_party(unit, parties()) {
            self.add(entity, self.context.scan.mentions[mention].span, RuleName::SentenceBefore, false);
        }
    }

    /// The party with a name beside the speaker among the nodes, with its mention, if there is but one.
    fn only_party<'n>(&self, unit: &Unit, nodes: impl Iterator<Item = &'n Node>) -> Option<(EntityId, usize)> {
        let mut only = None;
        for node in nodes.filter(|node| node.slot > YOU) {
            let slot = unit.slots[node.slot as usize];
            let Some(entity) = slot.entity else { continue };
            let party = &self.context.entities.list[entity];
            let acts = matches!(
                party.kind,
                PartyKind::Person | PartyKind::Organisation | PartyKind::Group | PartyKind::Government
            );
            let workplace = party.kind != PartyKind::Person && self.is_workplace(unit, slot.node as usize);
            if party.unnamed || !acts || workplace {
                continue;
            }
            match only {
                Some((known, _)) if known != entity => return None,
                _ => only = Some((entity, slot.mention as usize)),
            }
        }
        only
    }

    /// `a professor at the Redmoor School`: a body after a preposition that tells where somebody is or belongs.
    fn is_workplace(&self, unit: &Unit, at: usize) -> bool {
        unit.preposition_before(at, unit.clause_start(at)).is_some_and(|before| self.is_local(&unit.nodes[before]))
    }

    /// Who did what the quotation condemns without a name.
    pub(super) fn event_agents(&mut self, found: &[Contribution]) {
        let unit = self.unit;
        for (number, slot) in unit.slots.iter().enumerate() {
            let Some(kind) = slot.event.filter(|_| slot.inside) else { continue };
            let total: f32 = found.iter().filter(|c| c.slot == number as u32).map(|c| c.amount).sum();
            if total >= 0.0 || unit.event_agent(number as u32, self.context.scan).is_some() {
                continue;
            }
            // Without a party that it is done to, there is too little to tell which event is meant.
            let patient: Vec<EntityId> = unit.event_patient(number as u32).into_iter().collect();
            if patient.is_empty() {
                continue;
            }
            if let Some((entity, mention)) = events::likely_agent(self.context, self.place.quotation, kind, &patient) {
                self.add(entity, self.context.scan.mentions[mention].span, RuleName::EventAgent, false);
            }
        }
    }
}

/// Tokens of a quotation of which the sentence before may tell whom it is of, at most.
#[allow(clippy::cast_sign_loss)] // A negative number is none.
fn short(context: &Context<'_>) -> usize {
    context.lexicons.stance.numbers.before_reach as usize
}
