//! Of whom the reporter says a quotation is, and to whom it is spoken: `Of Marrow, Dessan said`.

use std::ops::Range;

use super::Finder;
use crate::lexicon::stance::{Meaning, RuleName};
use crate::lexicon::words::Class;
use crate::scan::mention::MentionKind;
use crate::stance::unit::{NodeKind, YOU};
use crate::stance::{Context, events, sentence_range};

impl Finder<'_> {
    /// `Of Marrow, Dessan said`; `Dessan said, referring to Marrow`, or to the strikes that Marrow launched.
    pub(super) fn topics(&mut self) {
        for part in reporter_parts(self.context, self.quotation) {
            for at in part.clone() {
                if self.context.scan.quotation_at(at).is_none()
                    && let Some(next) = self.topic_word(at, &part)
                {
                    self.topic_after(next, part.end);
                }
            }
        }
    }

    /// Where the words after a topic word begin, if one stands at the token.
    fn topic_word(&self, at: usize, part: &Range<usize>) -> Option<usize> {
        let scan = self.context.scan;
        let preposition =
            scan.has(at, Class::Of) || scan.tokens[at].span().of(self.context.text).eq_ignore_ascii_case("about");
        let cue = self.context.attributions[self.quotation].cue;
        // `said in February of Marrow`
        let timed = |before: &usize| {
            scan.has(*before, Class::Time) || scan.has(*before, Class::Preposition) && !scan.has(*before, Class::Of)
        };
        let before = (part.start..at).rev().take(4).find(|before| !timed(before));
        let after_cue = before.is_some_and(|before| cue.is_some_and(|cue| cue.end == scan.tokens[before].end()));
        if preposition
            && (after_cue || scan.sentences.get(scan.sentence_of(at)).is_some_and(|sentence| sentence.start == at))
        {
            return Some(at + 1);
        }
        let (length, senses) = self.context.lexicons.stance.longest(&scan.words[at..part.end.min(at + 6)])?;
        senses.iter().any(|sense| sense.meaning == Meaning::Topic).then_some(at + length)
    }

    fn topic_after(&mut self, at: usize, end: usize) {
        let context = self.context;
        let first = context.scan.mentions.partition_point(|mention| mention.tokens.start < at);
        for (index, mention) in context.scan.mentions.iter().enumerate().skip(first).take(4) {
            if mention.tokens.start > at + 2 || mention.tokens.start >= end {
                break;
            }
            if let Some(entity) = context.entities.of_mention[index].filter(|entity| {
                !context.entities.list[*entity].unnamed || mention.plural || self.is_some_group(mention)
            }) && mention.kind != MentionKind::Demonym
                && !mention.possessive
                && events::event_at(context, mention.tokens.end).is_none()
            {
                self.add(entity, mention.span, RuleName::OutsideTopic, false);
                if context.scan.has(mention.tokens.end, Class::And) {
                    self.topic_after(mention.tokens.end + 1, end);
                }
                return;
            }
        }
        for at in at..end.min(at + 6) {
            if let Some(kind) = events::event_at(context, at)
                && let Some((entity, mention)) = events::agent_of(context, at, kind)
            {
                return self.add(entity, context.scan.mentions[mention].span, RuleName::OutsideTopic, false);
            }
        }
    }

    /// `"You lied," he told Marrow`: whom the speaker addresses.
    pub(super) fn addressed(&mut self) {
        let context = self.context;
        let spoken_to =
            self.unit.nodes.iter().any(|node| node.kind == NodeKind::Party && node.slot == YOU && node.inside);
        let Some(addressee) = context.attributions[self.quotation].addressee.filter(|_| spoken_to) else { return };
        if let Some(entity) = context.entities.of_mention[addressee] {
            self.add(entity, context.scan.mentions[addressee].span, RuleName::PronounYou, false);
        }
    }
}

/// Tokens of the quotation's sentence before and after it.
fn reporter_parts(context: &Context<'_>, quotation: usize) -> [Range<usize>; 2] {
    let whole = sentence_range(context, quotation);
    let marked = context.scan.quotations[quotation].marked_tokens();
    [whole.start..marked.start.max(whole.start), marked.end.min(whole.end)..whole.end]
}
