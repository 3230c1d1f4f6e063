//! The parties in the reporter's words around a half-sentence, and those to whom the speaker does something there.

use std::ops::Range;

use smallvec::SmallVec;

use super::Finder;
use crate::Span;
use crate::entities::EntityId;
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::sets::AUXILIARIES;
use crate::lexicon::stance::{Form, Object, RuleName};
use crate::lexicon::words::{Class, Classes};
use crate::scan::mention::Determiner;
use crate::scan::token::TokenKind;
use crate::stance::binding::Role;
use crate::stance::unit::{NONE, Node, NodeKind, PHRASE_REACH, Slot, YOU};
use crate::stance::{Context, leanings};

impl Finder<'_> {
    /// Parties in the reporter's part of a half-sentence's sentence, or to whom the speaker does something there.
    pub(super) fn outside(&mut self) {
        let context = self.context;
        let tokens = context.scan.quotations[self.place.quotation].tokens.clone();
        let parties: &[usize] = if self.place.half_sentence { &self.unit.parties } else { &[] };
        for node_at in parties.iter().copied() {
            let node = self.unit.nodes[node_at];
            if node.slot <= YOU || node.inside {
                continue;
            }
            let slot = self.unit.slots[node.slot as usize];
            let Some(entity) = slot.entity else { continue };
            let party = &context.entities.list[entity];
            let person =
                party.kind == PartyKind::Person || party.kind == PartyKind::Unknown && context.is_full_name(party);
            let body = matches!(party.kind, PartyKind::Organisation | PartyKind::Government | PartyKind::Group)
                && !self
                    .unit
                    .preposition_before(node_at, self.unit.clause_start(node_at))
                    .is_some_and(|at| self.is_local(&self.unit.nodes[at]));
            let left = (node.end as usize) <= tokens.start;
            let between = if left { node.end as usize..tokens.start } else { tokens.end..node.start as usize };
            if !left && self.is_made_by(&between) {
                self.subject(node.slot);
                continue;
            }
            let governed = || self.unit.preposition_before(node_at, self.unit.clause_start(node_at)).is_some();
            if left && self.is_apposed(&between) && (person || !governed()) {
                self.subject(node.slot);
                continue;
            }
            // `a “lifeline” for the farmers`
            let people = party.unnamed
                && slot.mention != NONE
                && context.are_certain(&context.scan.mentions[slot.mention as usize]);
            if people && !left && between.len() <= BESIDE && governed() && self.leads_on(&between) {
                self.subject(node.slot);
                continue;
            }
            if party.unnamed || !person && !body {
                continue;
            }
            let mention = context.scan.mentions[slot.mention as usize].span;
            if self.reports(node_at) {
                continue;
            }
            if !left && !self.leads_on(&between) {
                continue;
            }
            let near = !self.is_cut_off(between.clone()) && between.len() <= outside_reach(context);
            let rule = match (person, near) {
                (true, true) if left => RuleName::OutsideLeft,
                (true, true) => RuleName::OutsideRight,
                (true, false) => RuleName::OutsideFar,
                (false, true) => RuleName::OutsideBody,
                (false, false) => continue,
            };
            self.add(entity, mention, rule, false);
            if !left && let Some(joined) = self.joined_after(node_at) {
                self.add(joined.0, joined.1, rule, false);
            }
        }
        if self.place.half_sentence {
            self.subject_outside();
        }
        self.done_to();
    }

    /// `Marrow failed to see it and "should have acted sooner"`: whose predicate the half-sentence is.
    fn subject_outside(&mut self) {
        let Some(first) = self.unit.nodes.iter().position(|node| node.inside) else { return };
        let first = self.first_of_list(first);
        let clause = self.unit.clause_start(first);
        let attribution = &self.context.attributions[self.place.quotation];
        let known = attribution.speaker.is_some() || attribution.source.is_some();
        // `Marrow's “great swindle”`
        let owner = first.checked_sub(1).map(|before| &self.unit.nodes[before]);
        if let Some(owner) = owner.filter(|owner| known && owner.kind == NodeKind::Party && owner.possessive) {
            return self.subject(owner.slot);
        }
        if let Some(object) = self.described_as(first) {
            self.subject(object);
            if let Some(joined) = self.joined_owner(object) {
                self.subject(joined);
            }
            return;
        }
        if let Some(owner) = self.whose_called(first) {
            return self.subject(owner);
        }
        if let Some(described) = self.whom_described(first) {
            return self.subject(described);
        }
        if let Some(both) = self.both_called(first) {
            return both.into_iter().for_each(|slot| self.subject(slot));
        }
        if !self.unit.nodes[clause..=first].iter().any(|node| self.is_verbal(node)) {
            return;
        }
        // Where nobody knows who speaks, it is mostly the subject who does, but nobody to whom something is done.
        if let Some(slot) = self.unit.subject(first).party().map(|slot| self.doer(slot))
            && (known || self.is_taken(self.unit.slots[slot as usize].node as usize))
        {
            if self.is_sure_subject(slot) {
                self.subject(slot);
            }
            self.joined_subjects(slot);
        }
    }

    /// `Marrow's conduct`: whose deed an event is, if that stands before it; else the slot itself.
    fn doer(&self, slot: u32) -> u32 {
        let Slot { event, node, .. } = self.unit.slots[slot as usize];
        let before = (node as usize).checked_sub(1).map(|before| self.unit.nodes[before]);
        let doer = before.filter(|it| event.is_some() && it.kind == NodeKind::Party && it.possessive && it.slot > YOU);
        doer.map_or(slot, |doer| doer.slot)
    }

    /// `the drivers had`, `the drivers, he said, had`, `called drivers “mad”`, not `bring drivers the`: of those without a name
    /// the predicate follows, or the verb takes them.
    fn is_sure_subject(&self, slot: u32) -> bool {
        const LEADING: Classes = Classes::of(&[
            Class::Be,
            Class::Have,
            Class::Do,
            Class::Modal,
            Class::Verb,
            Class::Finite,
            Class::Relative,
        ]);
        let slot = &self.unit.slots[slot as usize];
        let at = slot.node as usize;
        let group =
            self.context.scan.mentions.get(slot.mention as usize).is_some_and(|it| self.context.is_some_group(it));
        if !slot.unnamed || group || self.is_taken(at) {
            return true;
        }
        let mut after = self.unit.nodes[at + 1..].iter().skip_while(|node| node.kind == NodeKind::Adverb);
        after.next().is_some_and(|next| {
            next.kind == NodeKind::Comma
                || self.is_verbal(next)
                || self.context.scan.classes[next.start as usize].any(LEADING)
        })
    }

    /// A verb; `isn't` and `should be` are read as one word that shifts others.
    fn is_verbal(&self, node: &Node) -> bool {
        matches!(node.kind, NodeKind::Verb | NodeKind::Be | NodeKind::Link | NodeKind::Modal | NodeKind::To)
            || node.kind == NodeKind::Adverb && self.context.scan.classes[node.start as usize].any(AUXILIARIES)
            || node.form == Form::Ing
    }

    /// `called the Redmoor bankers`: the object of a verb that the lexicon has.
    fn is_taken(&self, at: usize) -> bool {
        let phrase = |node: &Node| {
            matches!(node.kind, NodeKind::Determiner | NodeKind::Adverb | NodeKind::Word | NodeKind::Party)
        };
        let verb = self.unit.nodes[..at].iter().rev().take(PHRASE_REACH).find(|node| !phrase(node));
        verb.is_some_and(|node| self.takes_object(node))
    }

    fn takes_object(&self, node: &Node) -> bool {
        let entry = self.context.lexicons.stance.entries.get(node.entry as usize);
        node.kind == NodeKind::Verb
            && entry.is_some_and(|entry| matches!(entry.object, Object::Direct | Object::Described))
    }

    /// `described Marrow, among others, as a “liar”`: the object of a verb before `as`, which the half-sentence describes.
    fn described_as(&self, first: usize) -> Option<u32> {
        let nodes = &self.unit.nodes;
        let phrase = |node: &Node| matches!(node.kind, NodeKind::Determiner | NodeKind::Adverb);
        let link = nodes[..first].iter().rposition(|node| !phrase(node))?;
        if !self.context.scan.has(nodes[link].start as usize, Class::As) {
            return None;
        }
        let near = (link.saturating_sub(DESCRIBED_REACH)..link).rev();
        let mut sentence = near.take_while(|at| nodes[*at].sentence == nodes[first].sentence);
        let verb = sentence.find(|at| self.takes_object(&nodes[*at]))?;
        // `was described as`: the subject is, if anybody.
        if verb > 0 && nodes[verb - 1].kind == NodeKind::Be {
            return None;
        }
        // The last party of its phrase: `Velmaran state leaders`.
        let joins = |node: &&Node| phrase(node) || matches!(node.kind, NodeKind::Word | NodeKind::Of | NodeKind::Party);
        let object = nodes[verb + 1..link].iter().take_while(joins).filter(|node| node.kind == NodeKind::Party);
        let (owners, others): (SmallVec<[&Node; 4]>, SmallVec<[&Node; 4]>) = object.partition(|node| node.possessive);
        others.last().or(owners.last()).map(|node| node.slot).filter(|slot| *slot > YOU)
    }

    /// `described Marrow as a “liar” and “cruel”`: where the first of the half-sentences begins that stand in one list.
    fn first_of_list(&self, first: usize) -> usize {
        let (nodes, scan) = (&self.unit.nodes, self.context.scan);
        let mut first = first;
        for _ in 0..LONGEST_LIST {
            let joint = |node: &Node| matches!(node.kind, NodeKind::And | NodeKind::Comma | NodeKind::Determiner);
            let joints = nodes[..first].iter().rev().take_while(|node| joint(node)).count();
            let Some(before) = first.checked_sub(joints + 1).filter(|_| joints > 0) else { break };
            let Some(quotation) = scan.quotation_at(nodes[before].start as usize) else { break };
            let opens = scan.quotations[quotation].tokens.start;
            let start = nodes[..=before].partition_point(|node| (node.start as usize) < opens);
            if start >= first || nodes[start].sentence != nodes[first].sentence {
                break;
            }
            first = start;
        }
        first
    }

    /// `Marrow, whom Dessan called “a liar”`: whom the verb before a half-sentence describes in a relative clause.
    fn whom_described(&self, first: usize) -> Option<u32> {
        let nodes = &self.unit.nodes;
        let start = self.unit.clause_start(first.checked_sub(1)?);
        let describes = |at: &usize| {
            let entry = self.context.lexicons.stance.entries.get(nodes[*at].entry as usize);
            entry.is_some_and(|entry| entry.object == Object::Described)
        };
        let verb = (start..first).rev().take(DESCRIBED_REACH).find(describes)?;
        let whom = self.unit.relative_object(verb)?;
        (self.unit.slots[whom as usize].mention != NONE).then_some(whom)
    }

    /// `called Dessan and Marrow “cowards”`: the two whom the verb right before a half-sentence describes.
    fn both_called(&self, first: usize) -> Option<[u32; 2]> {
        let [verb, left, and, right] = self.unit.nodes[..first].last_chunk()?;
        let entry = self.context.lexicons.stance.entries.get(verb.entry as usize);
        let calls = entry.is_some_and(|entry| entry.object == Object::Described) && and.kind == NodeKind::And;
        let named = |node: &Node| node.kind == NodeKind::Party && !node.possessive && node.slot > YOU;
        (calls && named(left) && named(right)).then_some([left.slot, right.slot])
    }

    /// `called Marrow's latest plan “reckless”`: whose thing the verb before a half-sentence describes with it.
    fn whose_called(&self, first: usize) -> Option<u32> {
        let nodes = &self.unit.nodes;
        let phrase = |node: &Node| {
            matches!(node.kind, NodeKind::Determiner | NodeKind::Adverb | NodeKind::Word)
                || node.kind == NodeKind::Party && node.possessive
        };
        let verb = (0..first).rev().take(DESCRIBED_REACH).find(|at| !phrase(&nodes[*at]))?;
        let entry = self.context.lexicons.stance.entries.get(nodes[verb].entry as usize);
        let calls = entry.is_some_and(|entry| entry.object == Object::Described);
        let mut owners = nodes[verb + 1..first].iter().filter(|node| node.kind == NodeKind::Party);
        owners.next_back().map(|owner| owner.slot).filter(|slot| calls && *slot > YOU)
    }

    /// `mocked Marrow and Hale's promises as “nonsense”`: the owner joined to a party.
    fn joined_owner(&self, slot: u32) -> Option<u32> {
        let at = self.unit.slots[slot as usize].node as usize;
        let joined = self.unit.nodes.get(at + 2)?;
        let and = self.unit.nodes[at + 1].kind == NodeKind::And;
        (and && joined.kind == NodeKind::Party && joined.possessive && joined.slot > YOU).then_some(joined.slot)
    }

    /// A party whose predicate, or whose thing, a half-sentence is: one with a name, or a group.
    fn subject(&mut self, slot: u32) {
        let context = self.context;
        let slot = self.unit.slots[self.unit.root(slot) as usize];
        let Some(mention) = context.scan.mentions.get(slot.mention as usize) else { return };
        if self.is_where(&slot) {
            return;
        }
        let people = context.are_certain(mention) || context.may_be_judged(mention);
        let group =
            |entity: EntityId| people || context.rule_inside(entity, mention, false) == Some(RuleName::GroupDescribed);
        if let Some(entity) = slot.entity.filter(|entity| !context.entities.list[*entity].unnamed || group(*entity)) {
            self.add(entity, mention.span, RuleName::OutsideSubject, slot.inside);
        }
    }

    /// `at a school in Velmara that “we will”`: a state or town behind a preposition is where something is.
    fn is_where(&self, slot: &Slot) -> bool {
        let at = slot.node as usize;
        let place = |entity: EntityId| {
            let party = &self.context.entities.list[entity];
            party.kind == PartyKind::Place || self.context.is_state(entity)
        };
        let node = &self.unit.nodes[at];
        let governor = || self.unit.preposition_before(at, self.unit.clause_start(at));
        node.kind == NodeKind::Party
            && !node.possessive
            && slot.entity.is_some_and(place)
            && governor()
                .map(|before| &self.unit.nodes[before])
                .is_some_and(|it| it.kind != NodeKind::Of && self.is_local(it))
    }

    /// `Dessan and Marrow “were lost”`: who is joined to the subject is one as well.
    fn joined_subjects(&mut self, slot: u32) {
        let nodes = &self.unit.nodes;
        let mut at = self.unit.slots[slot as usize].node as usize;
        loop {
            // `the drivers and the owners`
            let and = at.saturating_sub(1 + usize::from(at > 0 && nodes[at - 1].kind == NodeKind::Determiner));
            if and == 0 || nodes[and].kind != NodeKind::And {
                return;
            }
            let joined = nodes[and - 1];
            let object = and >= 2 && nodes[and - 2].kind == NodeKind::Verb && !nodes[and - 2].says;
            if joined.kind != NodeKind::Party || joined.possessive || joined.inside || joined.slot <= YOU || object {
                return;
            }
            self.subject(joined.slot);
            at = and - 1;
        }
    }

    /// `the “lies” of Marrow and Nortex`
    fn joined_after(&self, at: usize) -> Option<(EntityId, Span)> {
        let nodes = self.unit.nodes.get(at + 1..at + 4).unwrap_or_default();
        let party = nodes.iter().skip(1).find(|node| !matches!(node.kind, NodeKind::Determiner | NodeKind::Word))?;
        let joined = nodes[0].kind == NodeKind::And && party.kind == NodeKind::Party && !party.possessive;
        let slot = self.unit.slots.get(party.slot as usize).filter(|_| joined && party.slot > YOU && !party.inside)?;
        let entity = slot.entity.filter(|entity| !self.context.entities.list[*entity].unnamed)?;
        Some((entity, self.context.scan.mentions[slot.mention as usize].span))
    }

    /// `a “lie” by Marrow`
    fn is_made_by(&self, between: &Range<usize>) -> bool {
        let scan = self.context.scan;
        let mut words = between.clone().filter(|at| scan.kind(*at) != TokenKind::Mark);
        words.next().is_some_and(|at| scan.has(at, Class::By))
            && words.all(|at| scan.has(at, Class::Determiner) || scan.has(at, Class::And))
    }

    /// `“a disaster” for Marrow`, not `“a disaster,” and Marrow`: the reporter's clause goes on from the quotation to the
    /// party.
    fn leads_on(&self, between: &Range<usize>) -> bool {
        const OTHER: Classes = Classes::of(&[
            Class::And,
            Class::Subordinator,
            Class::Relative,
            Class::As,
            Class::Verb,
            Class::Finite,
            Class::Ing,
            Class::Be,
            Class::Have,
            Class::Do,
            Class::Modal,
        ]);
        const DEED: Classes = Classes::of(&[Class::Verb, Class::Finite]);
        let scan = self.context.scan;
        let last = between.start.checked_sub(1);
        let closed = last.is_some_and(|at| matches!(scan.kind(at), TokenKind::Comma | TokenKind::Stop));
        let mut words = between.clone().filter(|at| scan.kind(*at) != TokenKind::Mark).peekable();
        // `The “danger” is Marrow`, `came from Marrow`; not `the “thieves” robbed Marrow`
        let open = scan.quotations[self.place.quotation].tokens.start;
        let thing = open >= 2 && scan.has(open - 2, Class::Determiner);
        let leads = |at: usize| scan.classes[at].any(DEED) && scan.has(at + 1, Class::Preposition);
        if thing && words.peek().is_some_and(|at| scan.has(*at, Class::Be) || leads(*at)) {
            words.next();
        }
        !closed && !words.any(|at| scan.kind(at) == TokenKind::Dash || scan.classes[at].any(OTHER))
    }

    /// Whether a comma, stop or new clause stands between a party and the quotation.
    fn is_cut_off(&self, mut between: Range<usize>) -> bool {
        let scan = self.context.scan;
        between.any(|at| {
            matches!(scan.kind(at), TokenKind::Comma | TokenKind::Semicolon | TokenKind::Stop)
                || scan.has(at, Class::Subordinator)
        })
    }

    /// `Marrow, “a real leader”`, `Marrow, “tired of it all”, left`: what stands in marks describes who stands before them.
    fn is_apposed(&self, between: &Range<usize>) -> bool {
        let scan = self.context.scan;
        let inside = &scan.quotations[self.place.quotation].tokens;
        let cut = |at: usize| matches!(scan.kind(at), TokenKind::Comma | TokenKind::Stop);
        let closed = || cut(inside.end) || cut(inside.end + 1) || inside.end > 0 && cut(inside.end - 1);
        between.end == inside.start
            && between.len() == 2
            && scan.kind(between.start) == TokenKind::Comma
            && (scan.has(inside.start, Class::Determiner)
                || scan.kind(inside.start) == TokenKind::Lower && closed() && !scan.has(inside.start, Class::Be))
    }

    /// `as Marrow said`: whoever reports in the sentence is not spoken of.
    fn reports(&self, at: usize) -> bool {
        let nodes = &self.unit.nodes;
        let before = nodes[..at].iter().rev().find(|node| node.kind != NodeKind::Adverb);
        self.unit.reports(at) || !nodes[at].possessive && before.is_some_and(|node| node.says)
    }

    fn done_to(&mut self) {
        let context = self.context;
        let opens = context.scan.quotations[self.place.quotation].tokens.start;
        for contribution in self.found {
            let node = self.unit.nodes[contribution.node as usize];
            let Some(slot) = self.unit.slots.get(contribution.slot as usize).filter(|slot| slot.mention != NONE) else {
                continue;
            };
            // `“…,” said the only senator to back Marrow` tells of another time.
            let leads = self.place.half_sentence || (node.start as usize) < opens;
            let done_outside = leads
                && contribution.role == Role::SourceOnTarget
                && !node.inside
                && !leanings::is_doubted(context, self.unit, contribution.node);
            let said_of_outside = node.inside && !slot.inside && contribution.role != Role::AgentFar;
            if !done_outside && !said_of_outside {
                continue;
            }
            let mention = &context.scan.mentions[slot.mention as usize];
            // Here a description is enough: `accused the government of`, `mocking state leaders as`.
            let bare_plural = mention.plural && mention.determiner == Determiner::None && done_outside;
            let told = |entity: EntityId| {
                !context.entities.list[entity].unnamed || mention.determiner == Determiner::Definite || bare_plural
            };
            if let Some(entity) = slot.entity.filter(|entity| told(*entity)) {
                self.add(entity, mention.span, RuleName::OutsideVerb, slot.inside);
            }
        }
    }
}

/// Tokens between a half-sentence and those without a name of whom it is, at most: its mark, a preposition, adjectives.
const BESIDE: usize = 4;
/// Half-sentences of one list at most.
const LONGEST_LIST: usize = 16;
/// Nodes between a verb and the `as` after its object, at most.
const DESCRIBED_REACH: usize = 16;

/// Tokens to the left of a half-sentence within which its party may stand.
#[allow(clippy::cast_sign_loss)] // A negative number is none.
fn outside_reach(context: &Context<'_>) -> usize {
    context.lexicons.stance.numbers.outside_reach as usize
}
