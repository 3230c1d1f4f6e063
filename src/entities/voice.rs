//! Whom `it` means in what somebody says for a body: `a spokesman for Norlink said it was looking into the matter`.

use super::{Builder, EntityId};
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::words::Class;
use crate::scan::token::TokenKind;

/// Words from the cue to the pronoun: `said in a statement that it`.
const LONGEST_LEAD: usize = 6;
/// Mentions from the pronoun back to who speaks.
const FARTHEST_VOICE: usize = 6;

impl Builder<'_> {
    /// Who speaks for a body, where `it` opens what he says.
    pub(super) fn voice_before(&self, index: usize) -> Option<usize> {
        let pronoun = &self.scan.mentions[index];
        let before = pronoun.tokens.start.checked_sub(1).filter(|_| pronoun.gender == Gender::Neuter)?;
        let that = self.scan.has(before, Class::That);
        if pronoun.possessive || !that && !self.is_cue(before) {
            return None;
        }
        let first = self.scan.sentences[pronoun.sentence as usize].start.max(before.saturating_sub(LONGEST_LEAD));
        let cue = (first..=before).rev().find(|at| self.is_cue(*at))?;
        (index.saturating_sub(FARTHEST_VOICE)..index).rev().find(|at| self.is_voice(*at, cue))
    }

    /// The body for which he speaks, where a name before `it` tells which.
    pub(super) fn body_of_voice(&self, voice: usize, index: usize) -> Option<EntityId> {
        let (start, end) = (self.scan.mentions[voice].tokens.start, self.scan.mentions[index].tokens.start);
        (voice + 1..index).find_map(|at| {
            let tokens = &self.scan.mentions[at].tokens;
            let body = self.entities.of_mention[at].filter(|_| tokens.start >= start && tokens.end <= end)?;
            let kind = self.entities.list[body].kind;
            let person_or_place = matches!(kind, PartyKind::Person | PartyKind::Place | PartyKind::Event);
            (!person_or_place).then_some(body)
        })
    }

    /// Whether a mention is the subject of the cue, and one of its words tells that he speaks for others.
    fn is_voice(&self, index: usize, cue: usize) -> bool {
        let mention = &self.scan.mentions[index];
        let end = self.description_end(index);
        let subject = end == cue || end + 1 == cue && self.scan.kind(end) == TokenKind::Comma;
        let mut words = mention.tokens.clone();
        subject
            && !mention.inner
            && mention.quotation.is_none()
            && words.any(|at| self.lexicons.descriptions.is(DescriptionKind::Voice, self.scan.words[at]))
    }
}
