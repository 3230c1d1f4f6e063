//! A glance at the mentions of a quotation's sentence: whether it may name a party at all, which spares reading many.

use super::Place;
use crate::entities::EntityId;
use crate::lexicon::gazetteer::Gender;
use crate::lexicon::stance::{Opening, RuleName, When};
use crate::lexicon::words::Class;
use crate::scan::mention::{Determiner, Mention, MentionKind};
use crate::stance::Context;

/// Whether the words of a quotation and of the reporter around it may name a party that it speaks of.
#[must_use]
pub fn may_name(context: &Context<'_>, place: &Place) -> bool {
    let scan = context.scan;
    let attribution = &context.attributions[place.quotation];
    if attribution.addressee.is_some() {
        return true;
    }
    let inside = &scan.quotations[place.quotation].tokens;
    let mentions = scan.mentions[place.first..].iter().zip(&context.entities.of_mention[place.first..]);
    // Whether somebody is spoken of who is no target by that, but to whom something may be done.
    let mut some = false;
    for (mention, entity) in mentions.take_while(|(mention, _)| mention.tokens.start < place.range.end) {
        let entity = entity.filter(|entity| Some(*entity) != attribution.speaker);
        if inside.contains(&mention.tokens.start) {
            let may_mean = mention.plural || mention.gender != Gender::Unknown;
            some |= entity.is_some() || mention.kind == MentionKind::Pronoun && may_mean;
            if context.may_be_named(place.quotation, mention, entity) {
                return true;
            }
        } else if mention.quotation.is_none() {
            some |= entity.is_some();
            if context.may_be_named_outside(place.quotation, mention, entity) {
                return true;
            }
        }
    }
    let opens = |at: usize, opening| context.lexicons.stance.opens(scan.words[at], opening);
    let does = || place.range.clone().any(|at| opens(at, Opening::DIRECTED) && !inside.contains(&at));
    let condemns = || inside.clone().any(|at| opens(at, Opening::EVENT));
    some && (condemns() || does())
}

impl Context<'_> {
    /// Whether a mention in a quotation may make its entity a target.
    fn may_be_named(&self, quotation: usize, mention: &Mention, entity: Option<EntityId>) -> bool {
        let active = |rule: RuleName| self.lexicons.stance.rule(rule).when != When::Never;
        match (mention.kind, mention.gender, entity) {
            (MentionKind::Pronoun, Gender::Female | Gender::Male, _) => active(RuleName::PersonPronoun),
            (MentionKind::Pronoun, Gender::Neuter, _) => active(RuleName::PronounIt),
            (MentionKind::Pronoun, Gender::Unknown, _) => {
                active(RuleName::PronounThey) && mention.plural && self.opens(quotation, mention)
            }
            // `this man` may be somebody else.
            (MentionKind::Nominal, ..) if self.scan.words[mention.tokens.start] == self.lexicons.stance.this => true,
            (.., Some(_)) if active(RuleName::Judged) && self.may_be_judged(mention) => true,
            (.., Some(entity)) => [true, false].into_iter().any(|governed| {
                let rule = self.rule_inside(entity, mention, governed);
                rule.is_some_and(|rule| self.may_be_target(quotation, entity, rule))
            }),
            (.., None) => false,
        }
    }

    /// Whether a mention in the reporter's words may make its entity a target.
    fn may_be_named_outside(&self, quotation: usize, mention: &Mention, entity: Option<EntityId>) -> bool {
        let Some(entity) = entity else {
            // `him` may be another than the speaker, for all that he passes for him.
            return mention.kind == MentionKind::Pronoun && self.scan.has(mention.tokens.start, Class::Object);
        };
        // `a man` is nobody whom anything is said of.
        let told = match mention.determiner {
            Determiner::Definite => true,
            Determiner::None => mention.plural,
            Determiner::Indefinite | Determiner::Possessive => false,
        };
        (told || !self.entities.list[entity].unnamed) && self.may_be_spoken_of(quotation, entity)
    }
}
