//! Which body a description means: `the company`, `the ministry`, `the watchdog`.

use super::candidates::{Fit, Suits};
use super::descriptions::STANDS_OUT;
use super::pronouns::CLEAR;
use super::{Builder, Entity, EntityId, Known, Resolution};
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::sets::{BODIES, GIVEN};
use crate::lexicon::words::WordId;
use crate::scan::token::TokenKind;

/// What it takes that no word tells a name to be a body's.
const UNTOLD: f32 = -0.3;
/// The only body of the paragraphs before is meant if it stands out so much.
const ALONE: f32 = -1.5;
/// Mentions of a name that are looked at, so that a long text stays linear.
const MOST_MENTIONS: usize = 20;

impl Builder<'_> {
    /// A body described at length is the antecedent of its bare head noun: `the ministry`.
    pub(super) fn known_body(&self, index: usize, head: WordId) -> Option<(EntityId, Resolution)> {
        let mention = &self.scan.mentions[index];
        let bare = mention.tokens.len() - mention.head.len() <= 1 && mention.party_kind != PartyKind::Group;
        let entity = self.notes.of(head).filter(|_| bare)?.body?;
        // `the report`, of whose writer nothing is told.
        let text = mention.party_kind == PartyKind::Unknown && self.entities.list[entity].unnamed;
        Some((entity, if text { Resolution::Unfound } else { Resolution::Body }))
    }

    /// `the company`: the organisation that the text is about just then.
    pub(super) fn likely_body(&self, index: usize) -> Option<(EntityId, Resolution)> {
        let mention = &self.scan.mentions[index];
        if !self.may_be_anyone(index) {
            return None;
        }
        let head = self.scan.words[mention.head.end - 1];
        // `the watchdog`: a noun that a body of the state may be called by, too.
        let listed = self.lexicons.descriptions.is(DescriptionKind::Body, head);
        let of_state = listed && mention.party_kind != PartyKind::Person;
        // `the left-leaning newspaper` is one of the outlets.
        let outlet = self.lexicons.descriptions.is(DescriptionKind::Outlet, head);
        let civil = self.lexicons.descriptions.is(DescriptionKind::Civil, head);
        let body = listed || mention.party_kind == PartyKind::Organisation;
        if !body || !outlet && !self.is_bare(mention) {
            return None;
        }
        let judge = |id: EntityId, _: &Known| {
            let entity = &self.entities.list[id];
            if !self.may_be_called(entity, head) {
                return None;
            }
            let points = match entity.kind {
                PartyKind::Outlet => 0.0,
                _ if outlet => return None,
                // `The ministry` may be the Foreign Office, and never the Labour Party.
                PartyKind::Organisation if listed && !civil => 0.0,
                PartyKind::Organisation if self.nouns_of(entity).contains(&head) => 0.0,
                PartyKind::Organisation | PartyKind::Unknown if self.is_another_body(entity, head) => return None,
                PartyKind::Organisation => 0.0,
                PartyKind::Government if of_state && !self.is_country(entity) => 0.0,
                // `Pendle Foods`: nothing tells that it is a person.
                PartyKind::Unknown if self.may_be_body(entity) => UNTOLD,
                _ => return None,
            };
            (!entity.unnamed && !entity.plural).then(|| Fit::of(points))
        };
        let choice = self.entities.most_salient(self.scan, index, (Suits::BODY, None), judge)?;
        let alone = choice.lead.is_infinite() && choice.score >= ALONE;
        let stands_out = choice.score >= STANDS_OUT && choice.lead >= CLEAR;
        (alone || stands_out).then_some((choice.entity, Resolution::Described))
    }

    /// `the company` is not the Harbour Union, nor the Union of Pilots: whether nouns of the name tell another kind of body.
    pub(super) fn is_another_body(&self, entity: &Entity, head: WordId) -> bool {
        let Some(first) = entity.mentions.first().map(|mention| &self.scan.mentions[*mention as usize]) else {
            return false;
        };
        let firm = |at: usize| self.lexicons.descriptions.is(DescriptionKind::Firm, self.scan.words[at]);
        let nouns = || first.head.clone().filter(|at| self.scan.classes[*at].any(BODIES));
        nouns().next().is_some() && nouns().all(|at| self.scan.words[at] != head && !firm(at))
    }

    /// Whether a noun may stand for such a body: `the ministry` is no firm, nor is a bank an outlet.
    pub(super) fn may_be_called(&self, entity: &Entity, head: WordId) -> bool {
        let is = |kind| self.lexicons.descriptions.is(kind, head);
        match entity.kind {
            PartyKind::Outlet => is(DescriptionKind::Outlet) || is(DescriptionKind::Medium),
            PartyKind::Organisation if self.nouns_of(entity).is_empty() => {
                !is(DescriptionKind::Civil) || !self.is_firm(entity)
            }
            // `The union` is the Teamsters, no bank and no ministry is.
            PartyKind::Organisation => {
                let nouns = self.nouns_of(entity);
                let firm = |noun: &WordId| self.lexicons.descriptions.is(DescriptionKind::Commercial, *noun);
                let another = is(DescriptionKind::Civil) || is(DescriptionKind::Commercial) && !nouns.iter().any(firm);
                nouns.contains(&head) || !another
            }
            PartyKind::Unknown => !is(DescriptionKind::Civil),
            PartyKind::Government => !is(DescriptionKind::Commercial),
            _ => true,
        }
    }

    /// What the gazetteer says that texts call a body.
    fn nouns_of(&self, entity: &Entity) -> &[WordId] {
        let nouns = entity.party.and_then(|party| self.lexicons.nouns.get(&party));
        nouns.map_or(&[], Vec::as_slice)
    }

    /// `Norlink Inc.`
    fn is_firm(&self, entity: &Entity) -> bool {
        let firm = |at: usize| self.lexicons.descriptions.is(DescriptionKind::Firm, self.scan.words[at]);
        let first = entity.mentions.first().map(|mention| &self.scan.mentions[*mention as usize]);
        first.is_some_and(|first| first.head.clone().any(firm))
    }

    /// `Pendle Foods`: a name that ends in a word the lexicons have, that no given name opens and no title or role
    /// describes, and that is never cut short as a person's is.
    fn may_be_body(&self, entity: &Entity) -> bool {
        let untold = entity.full && entity.party.is_none() && entity.gender == Gender::Unknown;
        let Some(first) = entity.mentions.first().map(|mention| &self.scan.mentions[*mention as usize]) else {
            return false;
        };
        let given = first.head.clone().any(|at| self.scan.classes[at].any(GIVEN));
        let word = !self.scan.classes[first.head.end - 1].is_empty();
        let apposed = self.scan.kind(first.tokens.end) == TokenKind::Comma;
        let whole =
            || entity.mentions.iter().take(MOST_MENTIONS).all(|m| self.scan.mentions[*m as usize].head.len() > 1);
        untold && entity.role.is_empty() && word && !given && !apposed && whole()
    }
}
