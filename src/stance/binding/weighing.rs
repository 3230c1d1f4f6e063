//! What a word adds to a party: its value times the weight of its role, turned by shifters; less where another says so or
//! the reporter tells it.

use super::{Binder, Contribution, Reported, Role};
use crate::lexicon::stance::{Object, ShifterKind};
use crate::stance::unit::{NONE, Node, NodeKind, SPEAKER, Subject, TOPIC, YOU};

/// Nodes between a word and the verb of saying before it at most.
const SAID_REACH: usize = 9;

impl Binder<'_> {
    pub(super) fn add(&mut self, at: usize, slot: u32, role: Role, value: f32) {
        if value == 0.0 {
            return;
        }
        let numbers = self.numbers;
        let weight = match role {
            Role::Predicate => numbers.predicate,
            Role::Modifier => numbers.modifier,
            Role::Agent => numbers.agent,
            Role::AgentFar => numbers.agent_far,
            Role::Possessed => numbers.possessed,
            Role::Patient => numbers.patient,
            Role::SourceOnTarget => numbers.source_on_target,
            Role::Inferred => numbers.inferred,
            Role::Caused => numbers.caused,
            Role::Demanded => numbers.demanded,
            Role::Compared | Role::State | Role::Thing | Role::Loose => 1.0,
        };
        let asserted = value < 0.0 || role == Role::SourceOnTarget;
        let (mut factor, shifter) = self.shift(at, asserted);
        if factor < 0.0 && value < 0.0 {
            // `not bad` says less than `good`.
            factor *= numbers.negated_bad;
        }
        let nested = slot != NONE && self.is_nested(at);
        let called = slot != NONE && self.node(at).inside && self.is_called_by_another(at);
        // Only what the reporter tells of the speaker's own doing counts outside the quotation.
        let reporter = match role {
            _ if self.node(at).inside => 1.0,
            Role::SourceOnTarget if self.reported == Reported::Asides || !self.is_aside(at) => 1.0,
            _ if self.reported == Reported::Retold && slot != NONE && self.follows_speaker(at) => numbers.reporter,
            _ => return,
        };
        let amount = value * weight * factor * reporter;
        let of = Contribution::of(at, slot, role, amount);
        let mut contribution = Contribution { shifter, value, factor, nested, called, ..of };
        self.found.push(contribution);
        if slot != NONE
            && !matches!(role, Role::Modifier | Role::Possessed)
            && let Some(mate) = self.mate(slot)
        {
            contribution.slot = mate;
            self.found.push(contribution);
        }
    }

    /// The other party of `Marrow and Ammering`, where both are subject or object of one verb.
    fn mate(&self, slot: u32) -> Option<u32> {
        let at = self.unit.slots[slot as usize].node as usize;
        let party = |at: Option<usize>| {
            at.and_then(|at| self.unit.nodes.get(at)).filter(|node| node.kind == NodeKind::Party && !node.possessive)
        };
        let kind = |at: Option<usize>| at.and_then(|at| self.unit.nodes.get(at)).map(|node| node.kind);
        let and = Some(NodeKind::And);
        let verbal = |kind: Option<NodeKind>| {
            matches!(kind, Some(NodeKind::Verb | NodeKind::Be | NodeKind::Link | NodeKind::Modal))
        };
        let governs = |kind: Option<NodeKind>| {
            verbal(kind) || matches!(kind, Some(NodeKind::Preposition | NodeKind::Of | NodeKind::To))
        };
        let before =
            party(at.checked_sub(2)).filter(|_| kind(at.checked_sub(1)) == and && !governs(kind(at.checked_sub(3))));
        let after = || party(Some(at + 2)).filter(|_| kind(Some(at + 1)) == and && !verbal(kind(Some(at + 3))));
        let mate = self.unit.root(before.or_else(after)?.slot);
        (mate > YOU && mate != slot).then_some(mate)
    }

    /// `said Dessan, who supports Marrow`: what the reporter knows of the speaker, not of these words.
    fn is_aside(&self, at: usize) -> bool {
        self.unit.clauses[self.node(at).clause as usize].relative != NONE
    }

    /// Whether the reporter retells the speaker's words here.
    fn follows_speaker(&self, at: usize) -> bool {
        let sentence = self.node(at).sentence;
        let before = self.unit.nodes[..at].iter().rev().take_while(|node| node.sentence == sentence);
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
            let goes_on = |node: &Node| matches!(node.kind, NodeKind::Party | NodeKind::Subordinator);
            let says_so = self.node(*says).says && self.shifter(*says, ShifterKind::Factive).is_none();
            says_so && self.unit.nodes.get(says + 1).is_some_and(goes_on)
        });
        let Some(says) = says.filter(|says| self.node(*says).inside) else { return false };
        match self.unit.subject(says) {
            Subject::Slot(slot) | Subject::Of(slot) => !matches!(self.unit.root(slot), SPEAKER | YOU),
            Subject::Thing => true,
            Subject::Missing => false,
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
