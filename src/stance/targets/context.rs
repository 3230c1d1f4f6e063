//! The parties that a quotation's own sentence does not name: who did what it condemns.

use super::Finder;
use crate::entities::EntityId;
use crate::lexicon::stance::RuleName;
use crate::stance::events;

impl Finder<'_> {
    /// Who did what the quotation condemns without a name.
    pub(super) fn event_agents(&mut self) {
        let unit = self.unit;
        for (number, slot) in unit.slots.iter().enumerate() {
            let Some(kind) = slot.event.filter(|_| slot.inside) else { continue };
            let total: f32 = self.said_of(number as u32).map(|c| c.amount).sum();
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
