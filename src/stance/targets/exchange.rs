//! With whom a speaker talks: who is spoken to is not whom `he` means.

use crate::Lexicons;
use crate::entities::EntityId;
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::PartyKind;
use crate::scan::mention::MentionKind;
use crate::stance::Context;

/// Quotations that one exchange is followed back over, at most.
const LONGEST: usize = 8;
/// Paragraphs between a question and its answer, or from one quotation of an exchange to the next, at most.
const FARTHEST_ANSWER: usize = 2;

/// To whom a quotation is said: `“He did,” he told Lee`. Else who asked, or was spoken to, in those right before it, as long as
/// only the two speak there: `“Why?” Ann Lee asked. “He lied,” Marrow said.`
pub(super) fn interlocutor(context: &Context<'_>, quotation: usize) -> Option<EntityId> {
    let Context { scan, attributions, .. } = *context;
    let speaker = attributions[quotation].speaker;
    let addressed = told(context, quotation);
    if addressed.is_some() {
        return addressed;
    }
    let (mut other, mut later) = (None, scan.quotations[quotation].paragraph);
    for before in (quotation.saturating_sub(LONGEST)..quotation).rev() {
        let paragraph = scan.quotations[before].paragraph;
        if paragraph + FARTHEST_ANSWER < later {
            break;
        }
        later = paragraph;
        let speaks = attributions[before].speaker?;
        if Some(speaks) == speaker {
            if let Some(addressed) = told(context, before) {
                return Some(addressed).filter(|addressed| other.is_none_or(|other| other == *addressed));
            }
            continue;
        }
        if *other.get_or_insert(speaks) != speaks {
            break;
        }
        // Rivals ask, too, from afar: `“Who needs him?” Lee said`.
        let asks = is_question(context, before) && (before + 1 == quotation || is_asked(context, before));
        if asks || speaker.is_some() && told(context, before) == speaker {
            return Some(speaks);
        }
        // Who speaks is not known: of others than the one right before, nothing is.
        speaker?;
    }
    None
}

fn is_question(context: &Context<'_>, quotation: usize) -> bool {
    context.scan.quotations[quotation].span.of(context.text).trim_end().ends_with('?')
}

/// `she asked`
fn is_asked(context: &Context<'_>, quotation: usize) -> bool {
    let Lexicons { words, descriptions, .. } = context.lexicons;
    let cue = context.attributions[quotation].cue.map_or("", |cue| cue.of(context.text));
    cue.split_whitespace().any(|word| descriptions.is(DescriptionKind::Asking, words.find(word)))
}

/// The person by name to whom a quotation is said: whom `told him` means, is itself a guess.
fn told(context: &Context<'_>, quotation: usize) -> Option<EntityId> {
    let attribution = &context.attributions[quotation];
    let mention = attribution.addressee.filter(|at| context.scan.mentions[*at].kind == MentionKind::Name)?;
    let addressee = context.entities.of_mention[mention]?;
    let person = context.entities.list[addressee].kind == PartyKind::Person;
    Some(addressee).filter(|addressee| person && Some(*addressee) != attribution.speaker)
}

#[cfg(test)]
mod tests {
    use crate::stance::tests::check;

    #[test]
    fn who_asks_is_not_whom_the_answer_means() {
        check(
            "Orrin Marrow left. \"But why?\" Rusk Ammering asked. \"When he came home,\" Pavel Dessan said.",
            &["Orrin Marrow: neutral (person-pronoun)"],
        );
    }

    #[test]
    fn nor_whom_the_answers_after_it_mean() {
        check(
            "Orrin Marrow left. \"But why?\" Rusk Ammering asked. \"It was late,\" Pavel Dessan said. \"And then?\" Ammering asked. \
             \"The door was open,\" Dessan said. \"When he came home,\" Dessan said.",
            &["Orrin Marrow: neutral (person-pronoun)"],
        );
    }

    #[test]
    fn a_rival_who_asked_from_afar_may_be_meant() {
        check(
            "Orrin Marrow came. \"Who needs them?\" Marrow said. \"It was late,\" Pavel Dessan said. \"When he came home,\" Dessan said.",
            &["Orrin Marrow: neutral (person-pronoun)"],
        );
    }

    #[test]
    fn to_whom_it_is_told_is_not_whom_it_is_of() {
        check(
            "Orrin Marrow left. Rusk Ammering came. \"When he came home, it was late,\" Pavel Dessan told Ammering.",
            &["Orrin Marrow: neutral (person-pronoun)"],
        );
    }
}
