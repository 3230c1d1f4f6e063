//! What to call somebody whom nobody names: `spokesman for the union`, `Ann Lee's lawyer`, `Russian foreign ministry`.

use super::{Builder, EntityId, squeeze};
use crate::Span;
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::words::{Class, Classes};
use crate::scan::mention::{Determiner, Mention, MentionKind};
use crate::scan::token::TokenKind;

/// Words of what a description says more after its noun: `a spokesman for the union`.
const LONGEST_DESCRIPTION: usize = 12;
const CUES: Classes = Classes::of(&[Class::Say, Class::Strong, Class::Tell, Class::Weak]);
/// What tells no more of a person: `in a statement`, `at noon`.
const TELLS_NO_MORE: Classes =
    Classes::of(&[Class::Time, Class::Occasion, Class::Message, Class::Document, Class::Number, Class::Ing]);
/// Words that end what a description says.
const ENDS: Classes = Classes::of(&[
    Class::Finite,
    Class::Be,
    Class::Have,
    Class::Do,
    Class::Modal,
    Class::Relative,
    Class::Subordinator,
    Class::That,
    Class::Preposition,
    Class::To,
    Class::Of,
    Class::By,
    Class::And,
    Class::Subject,
    Class::Adverb,
    Class::According,
]);

impl Builder<'_> {
    /// The words of a description without its article, with what stands after its noun: `spokesman for the union`.
    pub(super) fn description(&self, mention: &Mention) -> String {
        let end = self.description_end(mention);
        let span = Span { start: mention.span.start, end: self.scan.tokens[end - 1].end() };
        self.without_article(&squeeze(span.of(self.text))).to_owned()
    }

    /// The token after what a description says behind its noun; the mention's own end where it says no more.
    pub(super) fn description_end(&self, mention: &Mention) -> usize {
        let mut end = mention.tokens.end;
        if !matches!(mention.party_kind, PartyKind::Person | PartyKind::Group)
            || mention.kind != MentionKind::Nominal
            || mention.possessive
            || mention.quotation.is_some()
        {
            return end;
        }
        while let Some(next) =
            self.phrase_end(end, mention.plural).filter(|next| next - mention.tokens.end <= LONGEST_DESCRIPTION)
        {
            end = next;
        }
        end
    }

    /// The token after `for the union`, where that stands at `at`.
    fn phrase_end(&self, at: usize, plural: bool) -> Option<usize> {
        let tells = |at: usize| self.lexicons.links.contains(&self.scan.words[at]);
        let before = at + usize::from(self.scan.kind(at) == TokenKind::Lower && !self.is_describing(at));
        let preposition = [at, before].into_iter().find(|at| self.is_describing(*at) && tells(*at))?;
        let is_word = |at: usize| {
            let token = self.scan.tokens.get(at);
            let word = token.is_some_and(|token| token.is_word() && !token.opens_paragraph());
            (word || self.scan.kind(at) == TokenKind::Possessive) && !self.scan.classes[at].any(ENDS)
        };
        let lower = |at: usize| self.scan.kind(at) == TokenKind::Lower;
        // `voters in the state say`, `a diplomat from a member state`
        let is_verb = |at: usize| lower(at) && (plural && self.scan.classes[at].any(CUES) || self.is_verb(at));
        let opens = |at: usize| at > preposition + 1 && self.scan.has(at, Class::Determiner);
        // `familiar with`: one word may stand between, a verb may not.
        if preposition > at && (self.scan.classes[at].any(ENDS) || is_verb(at)) {
            return None;
        }
        let is_end = |at: &usize| !is_word(*at) || opens(*at) || *at > preposition + 1 && is_verb(*at);
        let end = (preposition + 1..preposition + 1 + LONGEST_DESCRIPTION).find(is_end)?;
        let within = preposition + 1..end;
        let other = within.clone().any(|at| self.scan.classes[at].any(TELLS_NO_MORE));
        (!within.is_empty() && !other).then_some(end)
    }

    fn is_describing(&self, at: usize) -> bool {
        self.scan.has(at, Class::Preposition) || self.scan.has(at, Class::Of)
    }

    /// `her lawyer` to `Ann Lee's lawyer`, if she is known.
    pub(super) fn anchored_name(&mut self, index: usize) -> Option<String> {
        let mention = &self.scan.mentions[index];
        if mention.determiner != Determiner::Possessive || mention.quotation.is_some() {
            return None;
        }
        let pronoun = self.scan.mentions.get(index + 1)?;
        if pronoun.kind != MentionKind::Pronoun || pronoun.tokens.start != mention.tokens.start {
            return None;
        }
        let owner = self.owner_entity(index).filter(|owner| !self.entities.list[*owner].unnamed)?;
        let rest = Span { start: self.scan.tokens[pronoun.tokens.end].start, end: mention.span.end };
        let name = &self.entities.list[owner].name;
        let sign = if name.ends_with('s') { "'" } else { "'s" };
        Some(format!("{name}{sign} {}", squeeze(rest.of(self.text))))
    }

    /// The party of the name or pronoun that a description begins with.
    pub(super) fn owner_entity(&mut self, index: usize) -> Option<EntityId> {
        let mention = &self.scan.mentions[index];
        let within = (index + 1..self.scan.mentions.len())
            .take_while(|inner| self.scan.mentions[*inner].tokens.start < mention.tokens.end)
            .find(|inner| self.scan.mentions[*inner].possessive)?;
        if self.scan.mentions[within].kind == MentionKind::Pronoun && mention.quotation.is_none() {
            self.pronoun(within);
        }
        self.entities.of_mention[within]
    }

    /// The name within a nominal: `Russia` in `Russia's foreign ministry`.
    pub(super) fn owner(&self, index: usize) -> Option<usize> {
        let outer = &self.scan.mentions[index];
        (index + 1..self.scan.mentions.len())
            .take_while(|inner| self.scan.mentions[*inner].tokens.start < outer.tokens.end)
            .find(|inner| matches!(self.scan.mentions[*inner].kind, MentionKind::Name | MentionKind::Demonym))
    }

    /// `Russia's foreign ministry`, `the Russian foreign ministry`: both `Russian foreign ministry`.
    pub(super) fn body_name(&self, index: usize, owner: usize) -> String {
        let (outer, inner) = (&self.scan.mentions[index], &self.scan.mentions[owner]);
        let demonym = inner.party.and_then(|party| self.lexicons.demonyms.get(&party));
        let whole = squeeze(outer.span.of(self.text));
        let Some(demonym) = demonym.filter(|_| inner.possessive || inner.kind == MentionKind::Demonym) else {
            return self.without_article(&whole).to_owned();
        };
        let mut rest = inner.tokens.end;
        if self.scan.kind(rest) == TokenKind::Possessive {
            rest += 1;
        }
        if rest >= outer.tokens.end {
            return self.without_article(&whole).to_owned();
        }
        let rest = Span { start: self.scan.tokens[rest].start, end: outer.span.end };
        format!("{demonym} {}", squeeze(rest.of(self.text)))
    }
}
