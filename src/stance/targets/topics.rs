//! Of whom the reporter says a quotation is, and to whom it is spoken: `Of Marrow, Dessan said`.

use std::ops::Range;

use super::Finder;
use crate::entities::EntityId;
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::stance::{Meaning, Opening, RuleName};
use crate::lexicon::words::Class;
use crate::scan::mention::MentionKind;
use crate::stance::unit::YOU;
use crate::stance::{Context, events};

/// Letters of `about`: with more it is a name within a longer word.
const ABOUT: usize = 5;

/// Mentions before and after an addressee that may tell that he is an interviewer.
const INTERVIEWER_BEFORE: usize = 2;
const INTERVIEWER_AFTER: usize = 3;
/// Tokens between an interviewer and the outlet, at most.
const BESIDE: usize = 2;

impl Finder<'_> {
    /// `Of Marrow, Dessan said`; `Dessan said, referring to Marrow`, or to the strikes that Marrow launched.
    pub(super) fn topics(&mut self) {
        let Context { scan, lexicons, .. } = *self.context;
        let lexicon = &lexicons.stance;
        for part in self.reporter_parts() {
            for at in part.clone() {
                let word = scan.words[at];
                let may_open = scan.has(at, Class::Of) || word == lexicon.about || lexicon.opens(word, Opening::TOPIC);
                if may_open
                    && scan.quotation_at(at).is_none()
                    && let Some(next) = self.topic_word(at, &part)
                {
                    self.topic_after(next, part.end);
                }
            }
        }
    }

    /// Tokens of the quotation's sentence before and after it.
    fn reporter_parts(&self) -> [Range<usize>; 2] {
        let Range { start, end } = self.place.range;
        let marked = self.context.scan.quotations[self.place.quotation].marked_tokens();
        [start..marked.start.max(start), marked.end.min(end)..end]
    }

    /// Where the words after a topic word begin, if one stands at the token.
    fn topic_word(&self, at: usize, part: &Range<usize>) -> Option<usize> {
        let Context { scan, lexicons, .. } = *self.context;
        let lexicon = &lexicons.stance;
        let preposition =
            scan.has(at, Class::Of) || scan.words[at] == lexicon.about && scan.tokens[at].span().len() == ABOUT;
        if preposition
            && (self.is_after_cue(at, part)
                || scan.sentences.get(scan.sentence_of(at)).is_some_and(|own| own.start == at))
        {
            return Some(at + 1);
        }
        let (length, senses) = lexicon.longest(&scan.words[at..part.end.min(at + 6)])?;
        senses.iter().any(|sense| sense.meaning == Meaning::Topic).then_some(at + length)
    }

    /// `said in February of Marrow`
    fn is_after_cue(&self, at: usize, part: &Range<usize>) -> bool {
        let scan = self.context.scan;
        let cue = self.context.attributions[self.place.quotation].cue;
        let timed = |before: &usize| {
            scan.has(*before, Class::Time) || scan.has(*before, Class::Preposition) && !scan.has(*before, Class::Of)
        };
        let before = (part.start..at).rev().take(4).find(|before| !timed(before));
        before.is_some_and(|before| cue.is_some_and(|cue| cue.end == scan.tokens[before].end()))
    }

    fn topic_after(&mut self, at: usize, end: usize) {
        let context = self.context;
        let first = context.scan.mentions.partition_point(|mention| mention.tokens.start < at);
        for (index, mention) in context.scan.mentions.iter().enumerate().skip(first).take(4) {
            if mention.tokens.start > at + 2 || mention.tokens.start >= end {
                break;
            }
            if let Some(entity) = context.entities.of_mention[index].filter(|entity| {
                !context.entities.list[*entity].unnamed
                    || context.are_certain(mention)
                    || context.is_some_group(mention)
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
        let Some(addressee) = context.attributions[self.place.quotation].addressee else { return };
        let mut parties = self.unit.parties.iter().map(|at| &self.unit.nodes[*at]);
        if !parties.any(|node| node.slot == YOU && node.inside) {
            return;
        }
        let person = |entity: &EntityId| {
            let party = &context.entities.list[*entity];
            party.kind == PartyKind::Person && !party.unnamed
        };
        if let Some(entity) = context.entities.of_mention[addressee].filter(person)
            && !self.is_interviewer(addressee)
        {
            self.add(entity, context.scan.mentions[addressee].span, RuleName::PronounYou, false);
        }
    }

    /// `told Redmoor Radio's Ann Lee`, `told Ann Lee of Redmoor Radio`: who only asks is not spoken of.
    fn is_interviewer(&self, addressee: usize) -> bool {
        let mentions = &self.context.scan.mentions;
        let tokens = &mentions[addressee].tokens;
        let first = addressee.saturating_sub(INTERVIEWER_BEFORE);
        let near = mentions[first..].iter().take(INTERVIEWER_BEFORE + 1 + INTERVIEWER_AFTER);
        let mut outlets = near.filter(|mention| mention.party_kind == PartyKind::Outlet);
        outlets.any(|outlet| outlet.tokens.start <= tokens.end + BESIDE && tokens.start <= outlet.tokens.end + BESIDE)
    }
}
