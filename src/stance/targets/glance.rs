//! A glance at the mentions of a quotation's sentence: whether it may name a party at all, which spares reading many.

use std::ops::Range;

use super::Place;
use crate::entities::EntityId;
use crate::lexicon::gazetteer::Gender;
use crate::lexicon::stance::{Opening, RuleName, When};
use crate::lexicon::words::Class;
use crate::scan::mention::{Determiner, Mention, MentionKind};
use crate::stance::Context;
use crate::stance::reading::LONGEST_FRAME;

/// Whether the words of a quotation and of the reporter around it may name a party that it speaks of.
#[must_use]
pub fn may_name(context: &Context<'_>, place: &Place) -> bool {
    let scan = context.scan;
    let attribution = &context.attributions[place.quotation];
    let inside = &scan.quotations[place.quotation].tokens;
    let addressed = attribution.addressee.is_some();
    if addressed && context.says_you(inside) {
        return true;
    }
    let mentions = scan.mentions[place.first..].iter().zip(&context.entities.of_mention[place.first..]);
    // Where the last one is mentioned who is no target by that, but to whom something may be done; whether somebody else than the
    // speaker may be mentioned outside.
    let (mut last, mut others) = (None, false);
    for (mention, whom) in mentions.take_while(|(mention, _)| mention.tokens.start < place.range.end) {
        let entity = whom.filter(|entity| Some(*entity) != attribution.speaker);
        let (start, pronoun) = (mention.tokens.start, mention.kind == MentionKind::Pronoun);
        if inside.contains(&start) {
            let may_mean = mention.plural || mention.gender != Gender::Unknown;
            last = if entity.is_some() || pronoun && may_mean { Some(start) } else { last };
            if context.may_be_named(place.quotation, mention, entity) {
                return true;
            }
        } else if mention.quotation.is_none() {
            last = if entity.is_some() { Some(start) } else { last };
            // They are not about whom they are said to.
            let entity = entity.filter(|entity| !addressed || !context.is_addressed(place.quotation, *entity));
            others |= entity.is_some() || start < inside.start && (pronoun || whom.is_none());
            if context.may_be_named_outside(place.quotation, mention, entity) {
                return true;
            }
        }
    }
    let Some(last) = last else { return addressed && others };
    let condemns = || context.condemns(inside.start..last.min(inside.end));
    others && addressed || condemns() || context.does(place, inside, others)
}

impl Context<'_> {
    /// Whether one of the tokens is `you`, or may be short for `you are`.
    fn says_you(&self, tokens: &Range<usize>) -> bool {
        let Self { scan, lexicons, .. } = *self;
        tokens.clone().any(|at| {
            let pronoun = lexicons.pronouns.get(&scan.words[at]);
            let may_be_short = || scan.words[at] == 0 && scan.tokens[at].has_sign_within();
            pronoun.is_some_and(|pronoun| pronoun.person == 2) || may_be_short()
        })
    }

    /// Whether one of the tokens may name what somebody did.
    fn condemns(&self, mut tokens: Range<usize>) -> bool {
        tokens.any(|at| self.lexicons.stance.opens(self.scan.words[at], Opening::EVENT))
    }

    /// Whether the reporter may tell what somebody does to somebody. Where only the speaker is mentioned, that is a word that
    /// tells what he thinks of its object.
    fn does(&self, place: &Place, inside: &Range<usize>, others: bool) -> bool {
        let Self { scan, lexicons, .. } = *self;
        let stance = &lexicons.stance;
        let opening = if others { Opening::DIRECTED } else { Opening::BEARING };
        let bears = |at: usize| {
            let words = &scan.words[at..place.range.end.min(at + LONGEST_FRAME)];
            scan.quotation_at(at).is_none() && stance.entries_at(words).any(|(entry, _)| entry.bears())
        };
        let mut outside = place.range.clone().filter(|at| !inside.contains(at));
        outside.any(|at| stance.opens(scan.words[at], opening) && (others || bears(at)))
    }

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
