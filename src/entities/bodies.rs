//! Which body a description means: `the company`, `the ministry`, `the watchdog`.

use super::candidates::{Fit, MOST_LOOKED_AT, Suits};
use super::descriptions::STANDS_OUT;
use super::pronouns::CLEAR;
use super::{Builder, Entity, EntityId, Known, Resolution};
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::sets::{BODIES, GIVEN};
use crate::lexicon::words::{Class, WordId};
use crate::scan::mention::{Mention, MentionKind};
use crate::scan::token::TokenKind;

/// What it takes that no word tells a name to be a body's.
const UNTOLD: f32 = -0.3;
/// What it takes that a firm is spoken of and an outlet named.
const AS_FIRM: f32 = -1.5;
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
                PartyKind::Outlet if self.lexicons.descriptions.is(DescriptionKind::Commercial, head) => AS_FIRM,
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
        if !alone && !stands_out {
            return None;
        }
        self.how_likely(choice.entity, index).map(|how| (choice.entity, how))
    }

    /// How likely the body that stands out is meant: less where another was named shortly before, as in `Pendle Foods sued Marrow. The
    /// company said`; nobody knows of `Pendle Foods and Marrow`.
    fn how_likely(&self, chosen: EntityId, index: usize) -> Option<Resolution> {
        let mention = &self.scan.mentions[index];
        let head = self.scan.words[mention.head.end - 1];
        let before = (index.saturating_sub(MOST_LOOKED_AT)..index).rev();
        let near = before.take_while(|at| self.scan.mentions[*at].paragraph + 1 >= mention.paragraph);
        let mut how = Resolution::Described;
        for at in near {
            let other = &self.scan.mentions[at];
            let id = self.entities.of_mention[at].filter(|id| *id != chosen);
            let outside = other.kind == MentionKind::Name && other.quotation.is_none();
            if !id.is_some_and(|id| outside && self.may_rival(id, head)) {
                continue;
            }
            how = Resolution::Rivalled;
            let joined = |first: usize, second: usize| {
                let [first, second] = [first, second].map(|at| &self.scan.mentions[at].tokens);
                first.end + 1 == second.start && self.scan.has(first.end, Class::And)
            };
            let is_chosen = |at: usize| self.entities.of_mention[at] == Some(chosen);
            if at > 0 && is_chosen(at - 1) && joined(at - 1, at) || is_chosen(at + 1) && joined(at, at + 1) {
                return None;
            }
        }
        // `The Dessan Gazette reported it. The company said`: of those of whom the paper writes.
        let writes = how == Resolution::Rivalled
            && self.entities.list[chosen].kind == PartyKind::Outlet
            && self.lexicons.descriptions.is(DescriptionKind::Commercial, head);
        (!writes).then_some(how)
    }

    /// Whether a body, or what may be one, may be called by a noun, too.
    fn may_rival(&self, id: EntityId, head: WordId) -> bool {
        let entity = &self.entities.list[id];
        let body = match entity.kind {
            PartyKind::Organisation | PartyKind::Outlet => true,
            PartyKind::Unknown => self.may_name_body(entity),
            _ => false,
        };
        body && !entity.plural && self.may_be_called(entity, head) && !self.is_another_body(entity, head)
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

    /// Whether a noun may stand for such a body: `the ministry` is no firm, nor is a bank an outlet, nor Google an airline.
    pub(super) fn may_be_called(&self, entity: &Entity, head: WordId) -> bool {
        use DescriptionKind::{Civil, Commercial, General, Medium};
        let is = |kind| self.lexicons.descriptions.is(kind, head);
        let nouns = self.nouns_of(entity);
        if !nouns.is_empty() {
            let firm = nouns.iter().any(|noun| self.lexicons.descriptions.is(Commercial, *noun));
            let another = is(Civil) || is(Commercial) || is(Medium);
            return nouns.contains(&head) || !another || is(General) && (firm || !is(Commercial));
        }
        match entity.kind {
            PartyKind::Outlet => is(DescriptionKind::Outlet) || is(Medium),
            PartyKind::Organisation => !(is(Civil) || is(Medium) && !is(General)) || !self.is_firm(entity),
            PartyKind::Unknown => !is(Civil),
            PartyKind::Government => !is(Commercial),
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

    /// `Pendle Foods`: a name that ends in a word the lexicons have, or that the text calls `it`, and that may be a body's.
    fn may_be_body(&self, entity: &Entity) -> bool {
        let first = entity.mentions.first().map(|mention| &self.scan.mentions[*mention as usize]);
        let word = |first: &Mention| !self.scan.classes[first.head.end - 1].is_empty();
        (entity.gender == Gender::Neuter || first.is_some_and(word)) && self.may_name_body(entity)
    }

    /// A name that no given name opens and no title or role describes, and that is never cut short as a person's is.
    fn may_name_body(&self, entity: &Entity) -> bool {
        let thing = matches!(entity.gender, Gender::Unknown | Gender::Neuter);
        let untold = entity.full && entity.party.is_none() && thing;
        let Some(first) = entity.mentions.first().map(|mention| &self.scan.mentions[*mention as usize]) else {
            return false;
        };
        let given = first.head.clone().any(|at| self.scan.classes[at].any(GIVEN));
        let apposed = self.scan.kind(first.tokens.end) == TokenKind::Comma;
        let whole =
            || entity.mentions.iter().take(MOST_MENTIONS).all(|m| self.scan.mentions[*m as usize].head.len() > 1);
        untold && entity.role.is_empty() && !given && !apposed && whole()
    }
}
