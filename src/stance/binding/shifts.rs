//! Negators, modals and the like: which of them reach a word, and what they make of it.

use super::{Binder, Contribution, Role, found_within};
use crate::lexicon::stance::ShifterKind;
use crate::lexicon::words::Class;
use crate::stance::unit::{NONE, Node, NodeKind, SPEAKER};

/// Nodes between a verb and its subject at most.
const SUBJECT_REACH: usize = 6;

impl Binder<'_> {
    /// The factor of the shifters that reach a node, and the one that turns it. `should be kind` blames, `should resign` and
    /// `we should thank him`, which are `asserted`, stay as they are.
    pub(super) fn shift(&self, at: usize, asserted: bool) -> (f32, u32) {
        let (mut factor, mut turned) = (1.0, NONE);
        let start = self.unit.clause_start(at);
        for (distance, before) in (self.phrase_start(at, start)..at).rev().take(7).enumerate() {
            let node = self.node(before);
            if node.shifter == NONE {
                continue;
            }
            let shifter = &self.lexicon.shifters[node.shifter as usize];
            let demand = shifter.kind == ShifterKind::Modal && shifter.factor <= 0.0;
            if distance < shifter.reach && !(demand && asserted) {
                factor *= shifter.factor;
                if matches!(shifter.kind, ShifterKind::Negator | ShifterKind::Reverser) {
                    turned = before as u32;
                }
            }
        }
        // `if we elect him`
        if start > 0
            && self.node(start - 1).kind == NodeKind::Subordinator
            && let Some(modal) = self.lexicon.shifters.get(self.node(start - 1).shifter as usize)
        {
            factor *= modal.factor;
        }
        // `I don't think he is honest`
        if start > 1 && self.node(start - 1).kind != NodeKind::Stop {
            let opener = if self.node(start - 1).kind == NodeKind::Subordinator { start - 1 } else { start };
            let thought = opener.checked_sub(1).filter(|before| self.node(*before).says);
            if let Some(thought) = thought
                && let Some(negator) = self.negator_before(thought)
            {
                factor *= self.lexicon.shifters[self.node(negator).shifter as usize].factor;
                turned = negator as u32;
            }
        }
        (factor.clamp(-2.0, 2.0), turned)
    }

    /// `hasn't shown strength or courage`: without a verb of its own, what stands after `or` belongs to what stands before.
    fn phrase_start(&self, at: usize, start: usize) -> usize {
        let joined = start > 0 && self.node(start - 1).kind == NodeKind::And;
        let verbal = |node: &Node| {
            matches!(node.kind, NodeKind::Verb | NodeKind::Be | NodeKind::Link | NodeKind::Modal | NodeKind::Party)
        };
        if joined && !self.unit.nodes[start..at].iter().any(verbal) {
            return self.unit.clause_start(start - 1);
        }
        start
    }

    /// `He is able, but he lies`: what stands before `but` in its sentence is granted.
    pub(super) fn grant(&mut self) {
        let mut first = 0;
        for index in 0..self.shifters.len() {
            let at = self.shifters[index];
            let Some(factor) = self.shifter(at, ShifterKind::Counter).map(|shifter| shifter.factor) else { continue };
            let sentence = self.node(at).sentence;
            for index in found_within(&self.found, first..at) {
                let said = self.found[index];
                if self.node(said.node as usize).sentence == sentence && !self.is_reported_deed(&said) {
                    self.found[index].amount *= factor;
                }
            }
            first = at;
        }
    }

    /// `Dessan criticized Marrow, but`: it was done, and is not granted as `I like Marrow, but` is.
    fn is_reported_deed(&self, said: &Contribution) -> bool {
        let node = said.node as usize;
        let speaker = |at: &usize| self.node(*at).slot == SPEAKER;
        let subject = (node.saturating_sub(SUBJECT_REACH)..node).rev().find(speaker);
        said.role == Role::SourceOnTarget
            && subject.is_none_or(|at| !self.scan.has(self.node(at).start as usize, Class::Subject))
    }

    fn negator_before(&self, at: usize) -> Option<usize> {
        let start = self.unit.clause_start(at);
        (start..at).rev().take(2).find(|before| {
            let shifter = self.node(*before).shifter;
            shifter != NONE && self.lexicon.shifters[shifter as usize].kind == ShifterKind::Negator
        })
    }
}
