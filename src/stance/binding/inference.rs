//! What follows from whom a party backs or fights.

use super::{Binder, Contribution, Role};
use crate::stance::unit::{SPEAKER, TOPIC};

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
        for index in 0..self.acts.len() {
            let Act { agent, patient, effect, node } = self.acts[index];
            if effect == 0.0 || matches!(agent, SPEAKER | TOPIC) {
                continue;
            }
            // What somebody is accused of is no proof that he is bad: only what he is called counts.
            let called = |c: &&Contribution| matches!(c.role, Role::Modifier | Role::Predicate | Role::Possessed);
            let best = self.found.iter().filter(|c| c.slot == patient && c.node != node).filter(called);
            let best = best.copied().reduce(|a, b| if b.amount.abs() > a.amount.abs() { b } else { a });
            let Some(best) = best else { continue };
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
                nested: best.nested,
            });
        }
    }
}
