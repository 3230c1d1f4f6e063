//! Whom a quotation is about that names nobody, by what the reporter tells right before it: `Dessan was scathing about Marrow. “It
//! was cowardly,” he said.`

use smallvec::SmallVec;

use super::Target;
use crate::lexicon::stance::{Opening, RuleName, When};
use crate::stance::binding::{Contribution, Reported, Role};
use crate::stance::leanings;
use crate::stance::readings::{Reading, Task};
use crate::stance::unit::NONE;
use crate::stance::{Context, FARTHEST};

/// The reporter's sentence before a quotation, if he may tell there what the speaker does to somebody.
#[must_use]
pub fn sentence_before(context: &Context<'_>, quotation: usize) -> Option<Task> {
    let Context { scan, entities, lexicons, attributions, .. } = *context;
    let speaker = attributions[quotation].speaker?;
    let opens = scan.quotations[quotation].marked_tokens().start;
    let range = scan.sentences[scan.sentence_of(opens).checked_sub(1)?].clone();
    let first = scan.mentions.partition_point(|mention| mention.tokens.start < range.start);
    let here = scan.mentions[first..].iter().zip(&entities.of_mention[first..]);
    let mut here = here.take_while(|(mention, _)| mention.tokens.start < range.end);
    let tells = lexicons.stance.rule(RuleName::OutsideBefore).when != When::Never
        && range.end <= opens
        && range.len() <= 2 * FARTHEST
        && here.any(|(mention, entity)| *entity == Some(speaker) && mention.quotation.is_none())
        && range.clone().any(|at| lexicons.stance.opens(scan.words[at], Opening::DIRECTED));
    let task = Task {
        speaker: Some(speaker),
        source: None,
        range,
        first,
        inside: 0..0,
        reported: Reported::Asides,
        interlocutor: None,
    };
    tells.then_some(task)
}

/// The one party to whom the speaker does something there, and how good that is.
#[must_use]
pub fn told_before(context: &Context<'_>, quotation: usize, reading: &Reading) -> Option<(Target, f32)> {
    let Reading { unit, found } = reading;
    let done = |said: &&Contribution| {
        said.role == Role::SourceOnTarget && said.slot != NONE && !leanings::is_doubted(context, unit, said.node)
    };
    let mut parties: SmallVec<[(Target, f32); 2]> = SmallVec::new();
    for said in found.iter().filter(done) {
        let slot = unit.slots[said.slot as usize];
        let Some(entity) = slot.entity.filter(|entity| !context.entities.list[*entity].unnamed) else { continue };
        let Some(mention) = context.scan.mentions.get(slot.mention as usize) else { continue };
        let rule = RuleName::OutsideBefore;
        if !context.may_be_target(quotation, entity, rule) {
            continue;
        }
        match parties.iter_mut().find(|(known, _)| known.entity == entity) {
            Some((_, amount)) => *amount += said.amount,
            None => parties.push((Target { entity, mention: mention.span, rule, inside: false }, said.amount)),
        }
    }
    if parties.len() == 1 { parties.pop() } else { None }
}

#[cfg(test)]
mod tests {
    use crate::stance::tests::check;

    #[test]
    fn the_sentence_before_tells_whom_words_without_a_party_are_of() {
        check(
            "Pavel Dessan was scathing about Orrin Marrow. \"It was cowardly,\" Dessan said.",
            &["Orrin Marrow: against (outside-before)"],
        );
        check(
            "Pavel Dessan praised Orrin Marrow for the rescue. \"It was very brave,\" he said.",
            &["Orrin Marrow: for (outside-before)"],
        );
        check("Pavel Dessan praised Orrin Marrow. \"It was cowardly,\" Dessan said.", &[]);
        check("Pavel Dessan met Orrin Marrow. \"It was cowardly,\" Dessan said.", &[]);
        check("Pavel Dessan criticized Orrin Marrow and Ann Lee. \"It was cowardly,\" Dessan said.", &[]);
    }
}
