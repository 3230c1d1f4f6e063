//! What is known of the speakers beside what the reporter tells that they do: to which political camp they belong, and so
//! who of those that speak of each other are rivals (camps.tsv); whether they explain rather than take sides (observers.tsv).

use super::Context;
use super::leanings::{Ground, Leaning, leaning};
use crate::entities::{Entity, EntityId};
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::stance::{Camps, Meaning};
use crate::lexicon::words::{Class, Classes};

/// What follows the head noun of a role.
const ENDS_HEAD: Classes = Classes::of(&[Class::Preposition, Class::Of, Class::For, Class::To, Class::Relative]);
/// Mentions of a party behind which a mark of its camp may stand: it does at the first.
const MARKED_MENTIONS: usize = 3;

/// Adds a leaning of every speaker toward the rivals that he speaks of, of whom the reporter does not tell where he
/// stands. `pairs` are speakers and parties, in order; `found` the leanings so far, in the same order; `serves`, also in
/// order, the camps of those whose aides or supporters the article calls somebody.
pub(super) fn add_rivals(
    context: &Context<'_>,
    pairs: &[(EntityId, EntityId)],
    serves: &[(EntityId, Camps)],
    found: &mut Vec<Leaning>,
) {
    let lexicon = &context.lexicons.stance;
    let known = found.len();
    for pairs in pairs.chunk_by(|a, b| a.0 == b.0) {
        let speaker = pairs[0].0;
        let of_others = serves[serves.partition_point(|(aide, _)| *aide < speaker)..].iter();
        let of_others = of_others.take_while(|(aide, _)| *aide == speaker);
        let camps = of_others.fold(context.camps(speaker), |camps, (_, others)| camps | others);
        for &(_, target) in pairs.iter().filter(|_| camps != 0) {
            let told = || leaning(&found[..known], Some(speaker), target).is_some();
            if lexicon.are_rivals(camps, context.camps(target)) && !told() {
                let amount = -f64::from(lexicon.numbers.rivals);
                let ground = if context.are_politicians(speaker, target) { Ground::Opponents } else { Ground::Rivals };
                found.push(Leaning { speaker, target, amount, ground, words: String::new(), mention: 0 });
            }
        }
    }
}

/// A body of one camp, which the gazetteer knows by a noun, too.
#[derive(Clone, Copy, Debug)]
pub struct CampBody {
    /// Who it is.
    pub entity: EntityId,
    /// Its row in the gazetteer.
    pub listed: u32,
    /// Its camp.
    pub camps: Camps,
}

impl<'a> Context<'a> {
    /// The bodies of camps that the article names.
    pub(super) fn camp_bodies(&self) -> &'a [CampBody] {
        let body = |(entity, party): (EntityId, &Entity)| {
            let listed = party.party.filter(|listed| self.lexicons.nouns.contains_key(listed))?;
            let camps = self.listed_camps(entity);
            (camps != 0).then_some(CampBody { entity, listed, camps })
        };
        self.asked.camp_bodies.get_or_init(|| self.entities.list.iter().enumerate().filter_map(body).collect())
    }
}

impl Context<'_> {
    /// Whether somebody is called an analyst or the like: the head noun of the role tells, `analyst at the bank`.
    pub(super) fn is_observer(&self, entity: EntityId) -> bool {
        let words = &self.lexicons.words;
        let called = self.called(entity).split_whitespace().map(|word| words.find(word));
        let head = called.take_while(|word| !words.classes(*word).any(ENDS_HEAD)).last();
        head.is_some_and(|head| self.lexicons.stance.is_observer(head))
    }

    /// The role of a party; what it is called where it has no name.
    fn called(&self, entity: EntityId) -> &str {
        let party = &self.entities.list[entity];
        let called = if party.unnamed { &party.name } else { &party.role };
        called.of(self.text, self.lexicons)
    }

    /// The camps of a party: its own in the gazetteer, else what its role or the bracket after its name tells.
    pub(super) fn camps(&self, entity: EntityId) -> Camps {
        let (lexicon, listed) = (&self.lexicons.stance, self.listed_camps(entity));
        // Whose party is known, though no row has it, is of no camp that his role seems to tell: `Democratic Unionist`.
        let party = self.entities.list[entity].party.map(|listed| &self.lexicons.parties[listed as usize].party);
        if listed != 0 || party.is_some_and(|party| !party.is_empty()) {
            return listed;
        }
        let called = self.called(entity);
        let told = lexicon.camps_told(called);
        if told != 0 {
            return if self.names_opponent(called) { 0 } else { told };
        }
        self.marked(entity)
    }

    fn listed_camps(&self, entity: EntityId) -> Camps {
        let listed = self.entities.list[entity].party;
        listed.map_or(0, |listed| self.lexicons.stance.camps_of(&self.lexicons.parties[listed as usize]))
    }

    /// Whether both are persons whose party the gazetteer knows.
    fn are_politicians(&self, speaker: EntityId, target: EntityId) -> bool {
        let is_one =
            |entity: EntityId| self.entities.list[entity].kind == PartyKind::Person && self.listed_camps(entity) != 0;
        is_one(speaker) && is_one(target)
    }

    /// `Republican critic`: whoever is against somebody of the camp.
    fn names_opponent(&self, called: &str) -> bool {
        let words = &self.lexicons.words;
        called.split_whitespace().any(|word| {
            let word = [words.find(word)];
            let senses = self.lexicons.stance.longest(&word).map_or(&[][..], |(_, senses)| senses);
            senses.iter().any(|sense| matches!(sense.meaning, Meaning::Allegiance(side) if side < 0))
        })
    }

    /// `Pavel Dessan (R-Texas)`
    fn marked(&self, entity: EntityId) -> Camps {
        let mentions = self.entities.list[entity].mentions.iter().take(MARKED_MENTIONS);
        mentions.fold(0, |camps, mention| {
            let after = &self.text[self.scan.mentions[*mention as usize].span.end as usize..];
            let bracket = after.trim_start_matches(' ').strip_prefix('(');
            camps | bracket.map_or(0, |bracket| self.lexicons.stance.camps_marked(bracket))
        })
    }
}
