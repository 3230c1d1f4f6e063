//! Who answers in an interview whose turns only say `Q:` and `A:`: the one whom the text before them is about. Who asks
//! stays unknown.

use rustc_hash::FxHashMap;

use super::Attribution;
use crate::entities::{Entities, EntityId};
use crate::lexicon::gazetteer::PartyKind;
use crate::scan::Scan;
use crate::scan::quotation::Label;

/// The attributions with the answers given to the one person whom the text before the first turn names, or names most.
#[must_use]
pub fn name_interviewed(mut attributions: Vec<Attribution>, scan: &Scan, entities: &Entities) -> Vec<Attribution> {
    let answers = |quotation: usize| scan.quotations[quotation].label == Some(Label::Answer);
    if !(0..attributions.len()).any(answers) {
        return attributions;
    }
    let interviewed = interviewed(scan, entities);
    for (quotation, attribution) in attributions.iter_mut().enumerate() {
        if answers(quotation) && attribution.source.is_none() {
            attribution.source = interviewed;
        }
    }
    attributions
}

/// The first mention of the interviewed by name.
fn interviewed(scan: &Scan, entities: &Entities) -> Option<usize> {
    let start = scan.quotations.iter().find(|quotation| quotation.label.is_some())?.tokens.start;
    let before = scan.mentions.partition_point(|mention| mention.tokens.start < start);
    let mut counts: FxHashMap<EntityId, usize> = FxHashMap::default();
    for entity in entities.of_mention[..before].iter().flatten() {
        let known = &entities.list[*entity];
        if known.kind == PartyKind::Person && !known.unnamed && !known.plural {
            *counts.entry(*entity).or_default() += 1;
        }
    }
    let most = counts.values().copied().max()?;
    // Among equals nothing tells who is meant.
    let mut first = (0..before)
        .filter(|mention| entities.of_mention[*mention].is_some_and(|entity| counts.get(&entity) == Some(&most)));
    let mention = first.next()?;
    let sole = first.all(|other| entities.of_mention[other] == entities.of_mention[mention]);
    sole.then_some(mention)
}
