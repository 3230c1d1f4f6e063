//! Parties that the text joins: `Ann Lee and Bo Hart said`, and `they`, `the two`, `the ministers` after them.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::{Builder, Entity, EntityId, Resolution, Wording};
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::sets::GIVEN;
use crate::lexicon::words::{Class, Classes};
use crate::scan::Places;
use crate::scan::mention::MentionKind;
use crate::scan::token::TokenKind;

/// Parties joined by `and`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Joint {
    /// Their mentions, in text order.
    pub(super) mentions: Vec<usize>,
    /// The party that they are together, once somebody asks for it.
    pub(super) entity: Option<EntityId>,
}

/// Words of a description between two who are joined.
const LONGEST_DESCRIPTION: usize = 10;
/// Who are more than so many are a list of names, and nobody that speaks or is meant by a word.
const MOST_JOINED: usize = 50;

impl Joint {
    pub(super) fn last(&self) -> usize {
        self.mentions[self.mentions.len() - 1]
    }
}

/// What may stand before the first of several: it begins a clause, or follows a reporting verb.
const BEFORE: Classes = Classes::of(&[Class::Subordinator, Class::That, Class::And, Class::Finite, Class::According]);

impl Builder<'_> {
    /// Finds the persons and bodies that `and` joins as a subject or after a reporting verb.
    pub(super) fn join_names(&mut self, mentions: &Places) {
        for index in mentions.iter() {
            let before = self.scan.mentions[index].tokens.start;
            let after_and = before > 1 && self.is_and(before - 1) && self.is_joinable(index);
            if after_and
                && let Some(mentions) = self.joined_before(index)
                && self.is_clause_start(mentions[0])
            {
                self.entities.joints.push(Joint { mentions, entity: None });
            }
        }
    }

    fn is_and(&self, at: usize) -> bool {
        self.scan.has(at, Class::And) && self.scan.tokens[at].span().of(self.text).eq_ignore_ascii_case("and")
    }

    fn is_joinable(&self, index: usize) -> bool {
        let mention = &self.scan.mentions[index];
        let outer = mention.kind == MentionKind::Name && !mention.inner && !mention.possessive && !mention.capital;
        outer
            && self.entities.get(index).is_some_and(|entity| {
                let body = matches!(entity.kind, PartyKind::Organisation | PartyKind::Government);
                // `Helen` in `Helen and Mark Foley`
                let given = mention.head.len() == 1 && self.scan.classes[mention.head.start].any(GIVEN);
                entity.kind == PartyKind::Person || entity.party.is_some() && body || entity.full || given
            })
    }

    fn is_body(&self, index: usize) -> bool {
        let kind = self.entities.get(index).map(|entity| entity.kind);
        matches!(kind, Some(PartyKind::Organisation | PartyKind::Government | PartyKind::Outlet))
    }

    fn is_person(&self, index: usize) -> bool {
        self.entities.get(index).is_some_and(|entity| entity.kind == PartyKind::Person)
    }

    /// The mention, and those before it that `and` and commas join to it.
    fn joined_before(&self, index: usize) -> Option<Vec<usize>> {
        let mentions = &self.scan.mentions;
        let mut found = vec![index];
        // Before `and` a comma may stand where there are three.
        let mut end = mentions[index].tokens.start - 1;
        let serial = self.scan.kind(end - 1) == TokenKind::Comma;
        end -= usize::from(serial);
        loop {
            let first = found[found.len() - 1];
            let adjacent = |before: &usize| mentions[*before].tokens.end == end && self.is_joinable(*before);
            let described = |before: &usize| serial && found.len() == 1 && self.is_described_until(*before, end);
            let before = (first.saturating_sub(6)..first).rev().find(|before| adjacent(before) || described(before))?;
            let party = |mention: usize| self.entities.of_mention[mention];
            if found.len() == MOST_JOINED {
                return None;
            }
            if self.is_body(before) != self.is_body(index) || found.iter().any(|known| party(*known) == party(before)) {
                return None;
            }
            found.push(before);
            if mentions[before].tokens.end != end {
                found.reverse();
                return Some(found);
            }
            let start = mentions[before].tokens.start;
            let listed = start > 1 && self.scan.kind(start - 1) == TokenKind::Comma && self.is_person(before);
            if !listed || !self.ends_name(start - 1) {
                break;
            }
            end = start - 1;
        }
        // `Lee, and Hart said` is two clauses.
        if serial && found.len() < 3 {
            return None;
        }
        found.reverse();
        Some(found)
    }

    /// `Ann Lee, a doctor, and Bo Hart`, `Ann Lee, 34, and Bo Hart`, `Ann Lee, who runs the mill, and Bo Hart`: whether what is
    /// said of a person fills the words up to a comma; a verb only after `who`.
    fn is_described_until(&self, index: usize, comma: usize) -> bool {
        let after = self.scan.mentions[index].tokens.end;
        let within = after + 1..comma;
        let is_word = |at: usize| self.scan.tokens[at].is_word() || self.scan.kind(at) == TokenKind::Number;
        let clause = self.scan.has(after + 1, Class::Relative);
        self.is_joinable(index)
            && self.is_person(index)
            && self.scan.kind(after) == TokenKind::Comma
            && within.len() <= LONGEST_DESCRIPTION
            && !within.is_empty()
            && within.into_iter().all(|at| is_word(at) && (clause || !self.is_verb(at)))
    }

    /// Whether the name of a person ends right before a token.
    fn ends_name(&self, at: usize) -> bool {
        let after = self.scan.mentions.partition_point(|mention| mention.tokens.start < at);
        (after.saturating_sub(6)..after).any(|before| {
            self.scan.mentions[before].tokens.end == at && self.is_joinable(before) && self.is_person(before)
        })
    }

    /// Nothing that governs a mention stands before it.
    fn is_clause_start(&self, index: usize) -> bool {
        let at = self.scan.mentions[index].tokens.start;
        let Some(before) = at.checked_sub(1) else { return true };
        self.scan.tokens[at].opens_paragraph()
            || !self.scan.tokens[before].is_word()
            || self.scan.classes[before].any(BEFORE)
    }

    /// The party that the parties of a joint are together.
    pub(super) fn joint_entity(&mut self, joint: usize) -> EntityId {
        if let Some(entity) = self.entities.joints[joint].entity {
            return entity;
        }
        let mentions = &self.entities.joints[joint].mentions;
        let members: Box<[EntityId]> =
            mentions.iter().filter_map(|mention| self.entities.of_mention[*mention]).collect();
        let mut hasher = FxHasher::default();
        (2u8, &members).hash(&mut hasher);
        let key = hasher.finish();
        let entity = self.by_key.get(&key).copied().unwrap_or_else(|| {
            let names: Vec<&str> =
                members.iter().map(|member| self.words_of(&self.entities.list[*member].name)).collect();
            let kind = self.entities.list[members[0]].kind;
            let name = Wording::Composed(names.join("; ").into());
            self.entities.add(Entity { name, full: true, kind, plural: true, members, ..Entity::default() })
        });
        self.by_key.insert(key, entity);
        self.entities.joints[joint].entity = Some(entity);
        entity
    }

    /// A source that is the first or last of several stands for all of them.
    pub(super) fn join_sources(&mut self) {
        for number in 0..self.sources.len() {
            let (joints, (_, source)) = (&self.entities.joints, self.sources[number]);
            let by = |mention: fn(&Joint) -> usize| joints.binary_search_by_key(&source, mention).ok();
            let joint = by(Joint::last).or_else(|| by(|joint| joint.mentions[0]));
            if let Some(joint) = joint {
                let entity = self.joint_entity(joint);
                self.entities.tell(source, entity, Resolution::Joint);
            }
        }
    }

    /// Whom `they`, `the two` or `the ministers` mean, if the text joined several shortly before.
    pub(super) fn joint_before(&self, index: usize, farthest: u32) -> Option<usize> {
        let mention = &self.scan.mentions[index];
        let joints = &self.entities.joints;
        let after = joints.partition_point(|joint| joint.last() < index);
        let last = after.checked_sub(1)?;
        let near = self.scan.mentions[joints[last].last()].paragraph + farthest >= mention.paragraph;
        near.then_some(last)
    }
}
