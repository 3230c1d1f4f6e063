//! Whom the pronouns of a quotation mean that are no one party: two persons.

use super::Finder;
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::stance::RuleName;
use crate::lexicon::words::Class;
use crate::scan::mention::{Mention, MentionKind};
use crate::stance::Context;

/// Words of a quotation before the pronoun that opens it, at most: `But if they do`.
const OPENING: usize = 3;

/// Mentions before a pronoun among which two may be meant.
const FARTHEST: usize = 30;

/// Mentions that the last words of a name may hold, at most.
const INNER: usize = 4;

impl Finder<'_> {
    /// `Ann Lee met Orrin Marrow and Rusk Ammering. “They lied,” she said`: both are spoken of.
    pub(super) fn both(&mut self, index: usize) {
        let context = self.context;
        let pronoun = &context.scan.mentions[index];
        let they = pronoun.kind == MentionKind::Pronoun && pronoun.plural;
        if !they || !context.opens(self.place.quotation, pronoun) {
            return;
        }
        for person in context.joined_before(index).into_iter().flatten() {
            if let Some(entity) = context.entities.of_mention[person] {
                self.add(entity, pronoun.span, RuleName::PronounThey, true);
            }
        }
    }
}

impl Context<'_> {
    /// `They have no plan`: a pronoun within the first words of a quotation means somebody named before it.
    pub(super) fn opens(&self, quotation: usize, pronoun: &Mention) -> bool {
        let start = self.scan.quotations[quotation].tokens.start;
        pronoun.tokens.start <= start + OPENING && self.scan.has(pronoun.tokens.start, Class::Subject)
    }

    /// The last two persons that a word like `and` joins, in the sentence in which a pronoun's quotation opens, or the one before.
    fn joined_before(&self, index: usize) -> Option<[usize; 2]> {
        let mentions = &self.scan.mentions;
        let first = self.scan.opening_sentence(&mentions[index]);
        let person = |at: usize| {
            let entity = self.entities.of_mention[at].map(|id| &self.entities.list[id]);
            entity.is_some_and(|entity| match entity.kind {
                PartyKind::Person => !entity.unnamed,
                PartyKind::Unknown => self.is_full_name(entity),
                _ => false,
            })
        };
        let near = (index.saturating_sub(FARTHEST)..index).rev();
        let mut near = near.take_while(|at| mentions[*at].sentence + 1 >= first);
        near.find_map(|at| {
            let and = mentions[at].tokens.start.checked_sub(1).filter(|and| self.scan.has(*and, Class::And))?;
            let other = (at.saturating_sub(INNER)..at).rev().find(|other| mentions[*other].tokens.end == and)?;
            (person(at) && person(other)).then_some([other, at])
        })
    }
}
