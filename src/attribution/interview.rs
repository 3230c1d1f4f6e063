//! Who answers in an interview whose turns only say `Q:` and `A:`: the one whom the text before them is about. Who asks
//! stays unknown.

use rustc_hash::FxHashMap;

use super::Attribution;
use crate::entities::{Entities, EntityId};
use crate::lexicon::Lexicons;
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::PartyKind;
use crate::scan::Scan;
use crate::scan::quotation::{Label, Quotation};

/// The attributions with the answers given to the one person whom the text before the first turn names, or names most.
#[must_use]
pub fn name_interviewed(
    mut attributions: Vec<Attribution>,
    scan: &Scan,
    entities: &Entities,
    lexicons: &Lexicons,
) -> Vec<Attribution> {
    let answers = |quotation: usize| {
        let quotation = &scan.quotations[quotation];
        quotation.label == Some(Label::Answer) || is_marked_answer(scan, quotation, lexicons)
    };
    let Some(first) = (0..attributions.len()).find(|quotation| answers(*quotation)) else { return attributions };
    let labelled = scan.quotations.iter().position(|quotation| quotation.label.is_some());
    let interviewed = interviewed(scan, entities, labelled.map_or(first, |labelled| labelled.min(first)));
    for (quotation, attribution) in attributions.iter_mut().enumerate() {
        if answers(quotation) && attribution.source.is_none() {
            attribution.source = interviewed;
        }
    }
    attributions
}

/// `A: “I had a baby.”`
fn is_marked_answer(scan: &Scan, quotation: &Quotation, lexicons: &Lexicons) -> bool {
    let Some(label) = quotation.marked_tokens().start.checked_sub(2) else { return false };
    scan.is_answer_label(label, lexicons) && lexicons.descriptions.is(DescriptionKind::Answer, scan.words[label])
}

/// The first mention of the interviewed by name, before a quotation with which the interview begins.
fn interviewed(scan: &Scan, entities: &Entities, first: usize) -> Option<usize> {
    let start = scan.quotations.get(first)?.tokens.start;
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
