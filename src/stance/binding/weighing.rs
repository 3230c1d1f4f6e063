//! What a word adds to a party: its value times the weight of its role, turned by shifters; less where another says so or
//! the reporter tells it.

use super::{Binder, Contribution, Reported, Role};
use crate::stance::unit::{NONE, NodeKind, SPEAKER, Subject, YOU};

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
            Role::Thing | Role::Loose => 1.0,
        };
        let asserted = value < 0.0 || role == Role::SourceOnTarget;
        let (mut factor, shifter) = self.shift(at, asserted);
        if factor < 0.0 && value < 0.0 {
            // `not bad` says less than `good`.
            factor *= numbers.negated_bad;
        }
        let nested = if slot != NONE && self.is_nested(at) { numbers.nested } else { 1.0 };
        // Only what the reporter tells of the speaker's own doing counts outside the quotation.
        let reporter = match role {
            _ if self.node(at).inside => 1.0,
            Role::SourceOnTarget if self.reported == Reported::Asides || !self.is_aside(at) => 1.0,
            _ if self.reported == Reported::Retold && slot != NONE && self.follows_speaker(at) => numbers.reporter,
            _ => return,
        };
        let amount = value * weight * factor * nested * reporter;
        let node = at as u32;
        let mut contribution =
            Contribution { slot, amount, node, role, shifter, value, factor, through: NONE, through_amount: 0.0 };
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

    /// Whether somebody else in the quotation is the one who says so.
    fn is_nested(&self, at: usize) -> bool {
        let node = self.node(at);
        let clause = node.clause as usize;
        if clause == 0 || !node.inside {
            return false;
        }
        let opener = self.unit.clauses[clause].start as usize - 1;
        if self.unit.nodes[opener].kind != NodeKind::Subordinator {
            return false;
        }
        let Some(says) = opener.checked_sub(1).map(|says| self.node(says)).filter(|node| node.says) else {
            return false;
        };
        matches!(self.unit.subject(opener - 1), Subject::Slot(slot) if slot > YOU) && says.inside
    }
}
