//! What a word adds to a party: its value times the weight of its role, turned by shifters; less where another says so or
//! the reporter tells it.

use super::{Binder, Contribution, Reported, Role};
use crate::lexicon::sets::VERBAL;
use crate::lexicon::stance::{Form, Object, ShifterKind};
use crate::lexicon::words::{Class, Classes};
use crate::stance::unit::{NONE, Node, NodeKind, SPEAKER, Subject, TOPIC, YOU};

/// Nodes between a word and the verb of saying before it at most.
const SAID_REACH: usize = 9;
/// Adverbs between `should` and a deed at most.
const DEMANDED_REACH: usize = 8;
/// Nodes between the speaker and what the reporter retells of his words at most.
const RETOLD_REACH: usize = 400;
/// Nodes of a list of parties before and after one of them that are looked at, so that a long list stays linear.
const FARTHEST_MATE: usize = 40;

impl Binder<'_> {
    pub(super) fn add(&mut self, at: usize, slot: u32, role: Role, value: f32) {
        if value == 0.0 {
            return;
        }
        let numbers = self.numbers;
        // Only what the reporter tells of the speaker's own doing counts outside the quotation.
        let reporter = match role {
            _ if self.node(at).inside => 1.0,
            Role::SourceOnTarget if self.reported == Reported::Asides || !self.is_aside(at) => 1.0,
            _ if self.reported == Reported::Retold && slot != NONE && self.follows_speaker(at) => numbers.reporter,
            _ => return,
        };
        let weight = match role {
            Role::Predicate => numbers.predicate,
            Role::Modifier => numbers.modifier,
            Role::Agent | Role::Returned => numbers.agent,
            Role::AgentFar => numbers.agent_far,
            Role::Possessed => numbers.possessed,
            Role::Patient | Role::Regarded => numbers.patient,
            Role::SourceOnTarget => numbers.source_on_target,
            Role::Inferred => numbers.inferred,
            Role::Caused => numbers.caused,
            Role::Demanded => numbers.demanded,
            Role::Compared | Role::State | Role::Thing | Role::Apart | Role::Loose => 1.0,
        };
        let asserted = value < 0.0 || role == Role::SourceOnTarget || role == Role::Patient && self.is_demanded(at);
        // `We don't want terrorists here`: what a party is called by its own name is not denied.
        let own_name = role == Role::Modifier && self.node(at).kind == NodeKind::Party;
        let (mut factor, shifter) = if own_name { (1.0, NONE) } else { self.shift(at, asserted) };
        // `to fix the mistakes of Marrow`: they were made all the same.
        let reverses = shifter != NONE && self.shifter(shifter as usize, ShifterKind::Reverser).is_some();
        if role == Role::Possessed && value < 0.0 && reverses {
            factor = factor.abs();
        }
        // `to keep Marrow from being smeared`: he is wronged, whether it is stopped or not.
        if matches!(role, Role::Patient | Role::Regarded) && value > 0.0 && factor < 0.0 && self.is_wrong(at) {
            factor = if reverses { factor.abs() } else { 0.0 };
        }
        if factor < 0.0 && value < 0.0 && !reverses {
            // `not bad` says less than `good`; who solved a problem has done well.
            factor *= numbers.negated_bad;
        }
        let nested = slot != NONE && self.is_nested(at);
        let called = slot != NONE && self.node(at).inside && self.is_called_by_another(at);
        let amount = value * weight * factor * reporter;
        let of = Contribution::of(at, slot, role, amount);
        let contribution = Contribution { shifter, value, factor, nested, called, ..of };
        self.found.push(contribution);
        if slot != NONE && !matches!(role, Role::Modifier | Role::Possessed) {
            self.add_to_mates(slot, contribution);
        }
    }

    /// A deed of enemies, after which one feels for the object: `smear`.
    fn is_wrong(&self, at: usize) -> bool {
        self.lexicon.entries.get(self.node(at).entry as usize).is_some_and(|entry| entry.effect < 0.0)
    }

    /// `The town should thank Marrow` praises him.
    pub(super) fn is_demanded(&self, at: usize) -> bool {
        let before = (at.saturating_sub(DEMANDED_REACH)..at)
            .rev()
            .find(|before| self.node(*before).kind != NodeKind::Adverb || self.node(*before).shifter != NONE);
        before.and_then(|before| self.shifter(before, ShifterKind::Modal)).is_some_and(|modal| modal.factor <= 0.0)
    }

    /// The other parties of `Marrow, Quill and Ammering`, where all are subject or object of one verb.
    fn add_to_mates(&mut self, slot: u32, of: Contribution) {
        let at = self.unit.slots[slot as usize].node as usize;
        let mut left = at;
        while at - left < FARTHEST_MATE
            && let Some(before) = self.mate_before(left, left == at)
        {
            left = before;
        }
        // `He met Marrow and Ammering is a liar`, but not `we saw Marrow and Ammering lying`
        let apart = || self.node(of.node as usize).form != Form::Ing || of.node as usize != at + 1;
        // `said Marrow and Ammering lied`, `called Marrow and Ammering liars`
        let takes_both = |verb: usize| self.node(verb).says || self.describes(self.node(verb));
        let of_both = || left.checked_sub(1).is_some_and(takes_both);
        if left < at && self.governs(left.checked_sub(1)) && apart() && !of_both() {
            left = at;
        }
        let right = self.last_mate(at).unwrap_or(at);
        for mate in (left..=right).filter(|mate| *mate != at && mate.abs_diff(at) <= FARTHEST_MATE) {
            let node = self.node(mate);
            let mate = if node.kind == NodeKind::Party { self.unit.root(node.slot) } else { slot };
            let same = self.unit.slots[mate as usize].entity == self.unit.slots[slot as usize].entity;
            if mate > YOU && mate != slot && !same {
                self.found.push(Contribution { slot: mate, ..of });
            }
        }
    }

    /// The party that a list has before the one at a node: after `and` at its end, else after a comma.
    fn mate_before(&self, at: usize, last: bool) -> Option<usize> {
        let joint = if last { self.phrase_before(at) } else { at }.checked_sub(1)?;
        let comma = joint.checked_sub(1).filter(|comma| last && self.node(*comma).kind == NodeKind::Comma);
        let joined = self.node(joint).kind == if last { NodeKind::And } else { NodeKind::Comma };
        let before = comma.unwrap_or(joint).checked_sub(1)?;
        (joined && self.is_listed(before)).then_some(before)
    }

    /// `his friends`, `the board`: where the noun phrase of the party at a node begins.
    fn phrase_before(&self, at: usize) -> usize {
        let leads = |before: &usize| {
            let node = self.node(*before);
            node.kind == NodeKind::Determiner || node.kind == NodeKind::Party && node.possessive
        };
        at.checked_sub(1).filter(leads).unwrap_or(at)
    }

    /// The end of the list that goes on after a party: `Marrow, Quill and Ammering`, but not `Marrow, and Ammering left`.
    fn last_mate(&self, at: usize) -> Option<usize> {
        let kind = |at: usize| self.unit.nodes.get(at).map(|node| node.kind);
        let mut last = at;
        loop {
            let comma = kind(last + 1) == Some(NodeKind::Comma);
            let and = kind(last + 1 + usize::from(comma)) == Some(NodeKind::And);
            let next = last + 1 + usize::from(comma) + usize::from(and);
            if !(comma || and)
                || next - at > FARTHEST_MATE
                || self.unit.nodes.get(next).is_none()
                || !self.is_listed(next)
            {
                return None;
            }
            last = next;
            if and {
                return Some(last)
                    .filter(|last| last - at == 2 && !comma || self.governs(at.checked_sub(1)))
                    .filter(|last| !self.is_verbal_node(last + 1));
            }
        }
    }

    fn is_listed(&self, at: usize) -> bool {
        let node = self.node(at);
        node.kind == NodeKind::Party && !node.possessive
    }

    /// A verb, or a phrase that opens with one: `is wrong about`.
    fn is_verbal_node(&self, at: usize) -> bool {
        let verbal = |node: &Node| {
            matches!(node.kind, NodeKind::Verb | NodeKind::Be | NodeKind::Link | NodeKind::Modal)
                || self.scan.classes[node.start as usize].any(VERBAL)
        };
        self.unit.nodes.get(at).is_some_and(verbal)
    }

    fn governs(&self, at: Option<usize>) -> bool {
        let preposition = |at: usize| matches!(self.node(at).kind, NodeKind::Preposition | NodeKind::Of | NodeKind::To);
        at.is_some_and(|at| self.is_verbal_node(at) || preposition(at))
    }

    /// `said Dessan, who supports Marrow`: what the reporter knows of the speaker, not of these words.
    fn is_aside(&self, at: usize) -> bool {
        self.unit.clauses[self.node(at).clause as usize].relative != NONE
    }

    /// Whether the reporter retells the speaker's words here.
    fn follows_speaker(&self, at: usize) -> bool {
        let sentence = self.node(at).sentence;
        let before = self.unit.nodes[at.saturating_sub(RETOLD_REACH)..at].iter().rev();
        let before = before.take_while(|node| node.sentence == sentence);
        let mut says = false;
        for node in before {
            says |= node.says;
            if node.slot == SPEAKER {
                return says;
            }
        }
        false
    }

    /// Whether somebody else in the quotation is the one who says so: `they say Marrow is a liar`, `as bad as people say`; not
    /// `he knows that he lied`, which the speaker says too.
    fn is_nested(&self, at: usize) -> bool {
        let node = self.node(at);
        node.inside && (self.is_told_before(at) || self.is_told_after(at))
    }

    fn is_told_before(&self, at: usize) -> bool {
        let sentence = self.node(at).sentence;
        let near = at.saturating_sub(SAID_REACH)..at;
        let says = near.rev().take_while(|before| self.node(*before).sentence == sentence).find(|says| {
            let says_so = self.node(*says).says && self.shifter(*says, ShifterKind::Factive).is_none();
            says_so && self.goes_on(*says)
        });
        let Some(says) = says.filter(|says| self.node(*says).inside) else { return false };
        match self.unit.subject(says) {
            // `Dessan wants you to believe that`
            Subject::Slot(YOU) if self.node(says - 1).kind == NodeKind::To => true,
            Subject::Slot(slot) | Subject::Of(slot) => !matches!(self.unit.root(slot), SPEAKER | YOU),
            Subject::Thing => true,
            // `Some say that`
            Subject::Missing => {
                let told = says > self.unit.clause_start(says) && self.node(says - 1).kind == NodeKind::Determiner;
                told || self.names_teller(says)
            }
        }
    }

    /// `According to Dessan, Marrow is a liar`: whose view it is stands after the phrase.
    fn names_teller(&self, says: usize) -> bool {
        const LEADS: Classes = Classes::of(&[Class::To, Class::Of]);
        let node = self.node(says);
        let teller = self.unit.nodes.get(says + 1).is_some_and(|next| next.kind == NodeKind::Party && next.slot > YOU);
        teller && node.end > node.start + 1 && self.scan.classes[node.end as usize - 1].any(LEADS)
    }

    /// Whether what somebody says follows the verb: `say that`, `say Marrow`, `say, 'I`, `said in his speech that`.
    fn goes_on(&self, says: usize) -> bool {
        let next = |after: usize| self.unit.nodes.get(says + after);
        match next(1).map(|node| node.kind) {
            Some(NodeKind::Party | NodeKind::Subordinator) => true,
            Some(NodeKind::Comma | NodeKind::Break) => next(2).is_some_and(|node| node.slot == SPEAKER),
            Some(NodeKind::Preposition) => {
                let phrase = |node: &&Node| {
                    matches!(node.kind, NodeKind::Preposition | NodeKind::Determiner | NodeKind::Word)
                        || node.kind == NodeKind::Party && node.possessive
                };
                let mut after = self.unit.nodes[says + 1..].iter().take(SAID_REACH).skip_while(phrase);
                after.next().is_some_and(|node| node.kind == NodeKind::Subordinator)
            }
            _ => false,
        }
    }

    /// `They call Marrow a liar`
    fn is_called_by_another(&self, at: usize) -> bool {
        let start = self.unit.clause_start(at);
        let describes = |before: &usize| {
            let node = self.node(*before);
            let entry = self.lexicon.entries.get(node.entry as usize);
            entry.is_some_and(|entry| entry.object == Object::Described) && node.shifter == NONE
        };
        let Some(verb) = (start..at).rev().take(SAID_REACH).find(describes) else { return false };
        if self.is_passive(verb) {
            return false;
        }
        match self.unit.subject(verb) {
            Subject::Slot(slot) | Subject::Of(slot) => !matches!(self.unit.root(slot), SPEAKER | YOU | TOPIC),
            Subject::Thing => true,
            // `Some call him a liar`
            Subject::Missing => verb > start,
        }
    }

    fn is_told_after(&self, at: usize) -> bool {
        let joins = self.unit.nodes.get(at + 1).is_some_and(|node| {
            matches!(node.kind, NodeKind::Subordinator | NodeKind::Preposition) && node.shifter == NONE
        });
        let teller = |node: &Node| matches!(node.kind, NodeKind::Party | NodeKind::Word) && node.slot != SPEAKER;
        let told = |at: usize| self.unit.nodes.get(at).is_some_and(|node| node.says);
        joins && self.unit.nodes.get(at + 2).is_some_and(teller) && told(at + 3)
    }
}
