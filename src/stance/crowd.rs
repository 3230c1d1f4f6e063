//! A quotation with very many parties and words: each party weighs its own words and those around it, where every party would
//! weigh every word.

use smallvec::SmallVec;

use super::binding::Contribution;
use super::grouped::Grouped;
use super::unit::{NodeKind, Unit};
use crate::entities::EntityId;

/// Pairs of a target and a word or party up to which every word is weighed for every target.
const MOST_PAIRS: usize = 1 << 18;
/// In a quotation with more, words before and after a target that are weighed for it besides those that are bound to it.
const WEIGHED_NEAR: usize = 64;

/// The words and parties of a quotation that has very many of both.
pub(super) struct Crowd {
    /// What the words say, by where they stand: nodes and contributions.
    in_order: Vec<(u32, usize)>,
    /// The contributions that are bound to an entity.
    bound: Grouped<EntityId>,
    /// The nodes that name an entity.
    named: Grouped<EntityId>,
}

impl Crowd {
    /// Of a quotation with so many targets, if they and its words are very many.
    pub fn of(unit: &Unit, found: &[Contribution], targets: usize) -> Option<Self> {
        if targets * (found.len() + unit.parties.len()) <= MOST_PAIRS {
            return None;
        }
        let entity = |slot: u32| unit.slots.get(slot as usize).and_then(|slot| slot.entity);
        let mut in_order: Vec<(u32, usize)> = found.iter().zip(0..).map(|(said, at)| (said.node, at)).collect();
        in_order.sort_unstable();
        let bound = found.iter().zip(0..).filter_map(|(said, at)| Some((entity(said.slot)?, at)));
        let named = unit.parties.iter().filter(|node| unit.nodes[**node].kind == NodeKind::Party);
        let named = named.filter_map(|node| Some((entity(unit.nodes[*node].slot)?, *node as u32)));
        Some(Self { in_order, bound: Grouped::of(bound), named: Grouped::of(named) })
    }

    /// The nodes that name a target.
    pub fn named(&self, entity: EntityId) -> SmallVec<[usize; 8]> {
        self.named.get(entity).collect()
    }

    /// The contributions to weigh for a target: those bound to it and those of the words around where it is first named.
    pub fn weighed(&self, entity: EntityId, named: &[usize]) -> Vec<usize> {
        let first = named.first().map_or(0, |first| *first as u32);
        let here = self.in_order.partition_point(|(node, _)| *node < first);
        let near = here.saturating_sub(WEIGHED_NEAR)..self.in_order.len().min(here + WEIGHED_NEAR);
        let near = self.in_order[near].iter().map(|(_, at)| *at);
        let mut all: Vec<usize> = near.chain(self.bound.get(entity)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}
