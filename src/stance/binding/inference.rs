//! What follows from whom a party backs or fights.

use smallvec::SmallVec;

use super::{Binder, Contribution, Role, found_within};
use crate::stance::unit::{NONE, SPEAKER, TOPIC};

/// Somebody does something that is good or bad for somebody.
#[derive(Clone, Copy, Debug)]
pub(super) struct Act {
    pub agent: u32,
    pub patient: u32,
    pub effect: f32,
    pub node: u32,
}

impl Binder<'_> {
    /// Who backs an evil person is blamed; who fights one is praised.
    pub(super) fn infer(&mut self) {
        if self.acts.is_empty() || !self.found.iter().any(|said| said.slot != NONE && is_call(said)) {
            return;
        }
        let clearest = self.clearest_calls();
        self.discredit(&clearest);
        for index in 0..self.acts.len() {
            let Act { agent, patient, effect, node } = self.acts[index];
            if effect == 0.0 || matches!(agent, SPEAKER | TOPIC) {
                continue;
            }
            let calls = clearest.get(patient as usize).into_iter().flatten().flatten();
            let Some(best) = calls.copied().find(|call| call.node != node) else { continue };
            let (factor, _) = self.shift(node as usize, true);
            let amount = effect * best.amount * self.numbers.inferred * factor.signum();
            let (through, through_amount) = (best.node, best.amount);
            let shifter = best.shifter;
            self.found.push(Contribution {
                slot: agent,
                amount,
                node,
                role: Role::Inferred,
                shifter,
                value: effect,
                factor,
                through,
                through_amount,
                doer: NONE,
                nested: best.nested,
                called: best.called,
            });
        }
    }

    /// `Those racists denounced Marrow`: what bad people do to a party is no blame.
    fn discredit(&mut self, clearest: &[[Option<Contribution>; 2]]) {
        let bad = |act: &&Act| {
            let mut calls = clearest.get(act.agent as usize).into_iter().flatten().flatten();
            calls.any(|call| call.role == Role::Modifier && call.amount < 0.0)
        };
        let bad: SmallVec<[Act; 2]> = self.acts.iter().filter(bad).copied().collect();
        if bad.is_empty() {
            return;
        }
        self.found.sort_by_key(|said| said.node);
        for Act { patient, node, .. } in bad {
            for said in found_within(self.found, node as usize..node as usize + 1) {
                let said = &mut self.found[said];
                if said.slot == patient && matches!(said.role, Role::Patient | Role::Regarded) {
                    said.amount *= self.numbers.condemned;
                }
            }
        }
    }

    /// For each slot the clearest that the party is called, and the clearest by another word. What somebody is accused of is
    /// no proof that he is bad: only what he is called counts.
    fn clearest_calls(&self) -> Vec<[Option<Contribution>; 2]> {
        let mut clearest: Vec<[Option<Contribution>; 2]> = vec![[None; 2]; self.unit.slots.len()];
        for call in self.found.iter().filter(|said| is_call(said)).copied() {
            let Some([first, second]) = clearest.get_mut(call.slot as usize) else { continue };
            let beats = |known: Option<Contribution>| known.is_none_or(|known| call.amount.abs() > known.amount.abs());
            let same = first.is_some_and(|first| first.node == call.node);
            if beats(*first) {
                if !same {
                    *second = *first;
                }
                *first = Some(call);
            } else if !same && beats(*second) {
                *second = Some(call);
            }
        }
        clearest
    }
}

/// Whether a party is called something.
fn is_call(said: &Contribution) -> bool {
    matches!(said.role, Role::Modifier | Role::Predicate | Role::Possessed)
}
