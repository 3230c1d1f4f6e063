//! The parties that a quotation names.

use smallvec::SmallVec;

use super::Finder;
use crate::Span;
use crate::entities::EntityId;
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::sets::VERBAL;
use crate::lexicon::stance::{RuleName, When};
use crate::lexicon::words::{Class, Classes};
use crate::scan::mention::{Mention, MentionKind};
use crate::stance::Context;
use crate::stance::binding::{Contribution, Role};
use crate::stance::unit::{NONE, Node, NodeKind, PHRASE_REACH, SPEAKER, YOU};

impl Finder<'_> {
    /// Parties named within the quotation.
    pub(super) fn inside(&mut self) {
        let unit = self.unit;
        for at in unit.parties.iter().copied() {
            let node = unit.nodes[at];
            if node.slot <= YOU || !node.inside {
                continue;
            }
            let slot = self.unit.slots[node.slot as usize];
            let Some(entity) = slot.entity else {
                self.both(slot.mention as usize);
                continue;
            };
            let mention = &self.context.scan.mentions[slot.mention as usize];
            if mention.inner && (self.owns_a_party(node.slot) || self.is_in_a_body(slot.mention as usize)) {
                continue;
            }
            let start = self.unit.clause_start(at);
            let preposition = self.unit.preposition_before(at, start).filter(|_| !node.possessive);
            let preposition = preposition.filter(|before| !self.joins_clauses(*before, at));
            // `at the military level`, `a Velmaran court`: what only describes a thing.
            let describes = || {
                let next = self.unit.nodes.get(at + 1).filter(|next| next.start == node.end);
                !node.possessive && next.is_some_and(|next| self.is_described_thing(next))
            };
            let governed = preposition
                .is_some_and(|at| self.is_local(&self.unit.nodes[at]) && !self.is_of_a_body(at, entity))
                || slot_is_body(self.context, entity)
                    && mention.kind == MentionKind::Name
                    && (self.unit.is_attribute(at) || describes() && self.is_plain_noun(at + 1));
            if mention.kind == MentionKind::Nominal
                && !self.context.are_several(mention)
                && (describes()
                    || governed && mention.party_kind != PartyKind::Group && slot_is_body(self.context, entity))
                && !self.context.is_proper(mention, entity)
            {
                if self.is_judged(at) {
                    self.add(entity, mention.span, RuleName::Judged, true);
                }
                continue;
            }
            let named = self.context.rule_inside(entity, mention, governed);
            let named = named.filter(|rule| self.context.lexicons.stance.rule(*rule).when != When::Never);
            let judged = || self.is_judged(at).then_some(RuleName::Judged);
            let Some(rule) = named.or_else(judged) else { continue };
            let group = matches!(rule, RuleName::GroupDescribed | RuleName::GroupModified | RuleName::GroupActing);
            if group && self.describes_others(at) {
                continue;
            }
            let touched = rule == RuleName::GroupDescribed && self.is_only_touched(mention);
            let rule = if touched { RuleName::GroupTouched } else { rule };
            let told = match rule {
                RuleName::PronounThey => self.context.opens(self.place.quotation, mention),
                RuleName::GroupActing => self.does_something(at),
                _ => true,
            };
            if told {
                self.add(entity, mention.span, rule, true);
            }
        }
    }

    /// `loyal to Velmara`, `my opponent is a liar`: a party that no other rule takes, of which words around it directly say
    /// something good or bad.
    fn is_judged(&self, at: usize) -> bool {
        let nodes = &self.unit.nodes;
        let node = nodes[at];
        let slot = &self.unit.slots[node.slot as usize];
        let mention = &self.context.scan.mentions[slot.mention as usize];
        let Some(party) = slot.entity.map(|entity| &self.context.entities.list[entity]) else { return false };
        let name = mention.kind == MentionKind::Name;
        let listed =
            name && party.party.is_some() && matches!(party.kind, PartyKind::Government | PartyKind::Organisation);
        // `Quillan Mills lied`
        let acting = name
            && party.kind == PartyKind::Unknown
            && (mention.head.len() > 1 || party.mentions.len() > 1)
            && self.does_something(at);
        // `our mission` is the speaker's own, `my opponent` is somebody else.
        let own = || at > 0 && nodes[at - 1].slot == SPEAKER && party.kind != PartyKind::Person;
        let described = self.context.may_be_judged(mention)
            && !own()
            && !nodes.get(at + 1).is_some_and(|next| next.start == node.end && self.is_described_thing(next));
        let direct = |found: &Contribution| {
            let by = nodes[found.node as usize].start;
            let apart = by < node.start || by >= node.end;
            match found.role {
                Role::SourceOnTarget => apart,
                Role::Predicate | Role::Agent | Role::AgentFar | Role::Returned => apart && (described || acting),
                _ => false,
            }
        };
        (listed || acting || described) && self.said_of(node.slot).any(direct)
    }

    /// `many states`, `media attention`: of which groups the words hardly speak.
    fn is_only_touched(&self, mention: &Mention) -> bool {
        const COUNTS: Classes = Classes::of(&[Class::Number, Class::Indefinite]);
        let counts = |at: usize| self.context.scan.classes[at].any(COUNTS);
        let people = mention.party_kind == PartyKind::Person;
        !people && (mention.tokens.start..mention.head.start).any(counts) || self.context.stands_before_noun(mention)
    }

    /// `They are citizens`, `as journalists`: what somebody else is, not `It is voters who decide`.
    fn describes_others(&self, at: usize) -> bool {
        let nodes = &self.unit.nodes;
        let relative = self.context.scan.has(nodes[at].end as usize, Class::Relative);
        let phrase = |node: &&Node| matches!(node.kind, NodeKind::Determiner | NodeKind::Adverb);
        let before = nodes[..at].iter().rev().take(PHRASE_REACH).find(|node| !phrase(node));
        let predicate = before.is_some_and(|node| matches!(node.kind, NodeKind::Be | NodeKind::Link));
        let predicate = predicate && !relative;
        let named_as = || {
            let before = nodes[..at].last();
            before.is_some_and(|node| self.context.scan.has(node.start as usize, Class::As))
        };
        predicate || named_as()
    }

    /// `the agenda of the Reform Party`: what is of a party that the gazetteer knows tells of the party, what is of a state
    /// does not.
    fn is_of_a_body(&self, preposition: usize, entity: EntityId) -> bool {
        let party = &self.context.entities.list[entity];
        self.unit.nodes[preposition].kind == NodeKind::Of
            && party.kind == PartyKind::Organisation
            && party.party.is_some()
    }

    /// `officials allowed`: whether a verb follows right after a party.
    fn does_something(&self, at: usize) -> bool {
        let nodes = &self.unit.nodes;
        let next = nodes.get(at + 1).filter(|next| next.start == nodes[at].end);
        next.is_some_and(|next| matches!(next.kind, NodeKind::Verb | NodeKind::Be | NodeKind::Modal))
    }

    /// `after Marrow left`: whether what stands before a party opens its clause.
    fn joins_clauses(&self, before: usize, at: usize) -> bool {
        let word = self.unit.nodes[before].start as usize;
        self.context.scan.has(word, Class::Subordinator) && self.does_something(at)
    }

    /// `a Velmaran court`, neither `Velmara bad` nor `the ministry likely to lose`: a word that evaluates nothing and leads to nothing.
    fn is_plain_noun(&self, at: usize) -> bool {
        let leads = self.unit.nodes.get(at + 1).is_some_and(|next| next.kind == NodeKind::To);
        self.unit.nodes[at].entry == NONE && !leads
    }

    /// `level`, and neither `has lied`, which is a word of the lexicon too, nor `consciously refused`.
    fn is_described_thing(&self, next: &Node) -> bool {
        let word = next.kind == NodeKind::Word && !self.context.scan.classes[next.start as usize].any(VERBAL);
        word && !self.context.leads_to_verb(next.start as usize)
    }

    /// `Marrow and Redmoor Mills`: a name beside a party is one too.
    pub(super) fn beside(&mut self) {
        self.note_places();
        let nodes = &self.unit.nodes;
        let named = |at: usize| {
            let node = nodes.get(at).filter(|node| node.kind == NodeKind::Party && node.slot > YOU && node.inside)?;
            let slot = self.unit.slots[node.slot as usize];
            let mention = self.context.scan.mentions.get(slot.mention as usize)?;
            let name = mention.kind == MentionKind::Name && !mention.inner && !mention.possessive;
            // `in Quillan and Redmoor`
            let place = || {
                let governor = self.unit.preposition_before(at, self.unit.clause_start(at));
                governor.is_some_and(|at| self.is_local(&nodes[at]))
            };
            slot.entity.filter(|_| name && !place()).map(|entity| (entity, mention.span))
        };
        let is_target = |entity: EntityId| self.place_of(entity).is_some_and(|place| self.targets[place].inside);
        let joined = |at: usize| matches!(nodes[at].kind, NodeKind::And | NodeKind::Comma);
        let mut found: SmallVec<[(EntityId, Span); 4]> = SmallVec::new();
        for left in self.unit.parties.iter().copied() {
            let at = left + 1;
            if at + 1 >= nodes.len() || !joined(at) {
                continue;
            }
            // `Marrow and even Ammering`, `Marrow and the Redmoor Mills`
            let next = at + 1 + usize::from(matches!(nodes[at + 1].kind, NodeKind::Adverb | NodeKind::Determiner));
            if let (Some(left), Some(right)) = (named(left), named(next)) {
                match (is_target(left.0), is_target(right.0)) {
                    (true, false) => found.push(right),
                    (false, true) => found.push(left),
                    _ => {}
                }
            }
        }
        for (entity, mention) in found {
            self.add(entity, mention, RuleName::OftenNamed, true);
        }
    }

    /// `the Marrow administration` is a party of its own, Marrow not spoken of; `a Marrow presidency` is none.
    fn owns_a_party(&self, slot: u32) -> bool {
        let later = self.unit.slots[slot as usize + 1..].iter().take(MOST_OWNED);
        later
            .into_iter()
            .any(|owned| owned.owner == slot && !owned.unnamed && self.context.is_party(owned.mention as usize))
    }

    /// `in`, `from`, `to`, `of` before a state make a place of it.
    pub(super) fn is_local(&self, node: &Node) -> bool {
        !self.context.lexicons.stance.toward.contains(&self.context.scan.words[node.start as usize])
    }

    /// `the Obama administration`: not Obama.
    fn is_in_a_body(&self, inner: usize) -> bool {
        let mentions = &self.context.scan.mentions;
        let tokens = &mentions[inner].tokens;
        let outer = (inner.saturating_sub(4)..inner).rev();
        let mut outer = outer.filter(|outer| {
            let outer = &mentions[*outer].tokens;
            outer.start <= tokens.start && tokens.end <= outer.end
        });
        outer.any(|index| {
            let outer = &mentions[index];
            matches!(outer.party_kind, PartyKind::Organisation | PartyKind::Government)
                && !outer.head.contains(&tokens.start)
                && self.context.is_party(index)
        })
    }
}

/// Slots behind an owner's among which those are that are his, at most: his mention stands within theirs.
const MOST_OWNED: usize = 16;

fn slot_is_body(context: &Context<'_>, entity: EntityId) -> bool {
    context.entities.list[entity].kind != PartyKind::Person
}
