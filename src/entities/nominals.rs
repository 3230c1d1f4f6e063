//! Descriptions to entities, in text order with the pronouns between them: somebody named, `the ministry`, or somebody
//! whom nobody names.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::salience::SUBJECT;
use super::spacing::has_space;
use super::{Builder, Entity, EntityId, Resolution, may_be};
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::sets::{BODIES, DOCUMENTS, PORTFOLIO};
use crate::lexicon::words::{Class, Classes, WordId};
use crate::scan::Places;
use crate::scan::mention::{Determiner, Mention, MentionKind};
use crate::scan::token::TokenKind;

/// Parties of an article that are asked whether a description may mean one of them, for the same reason.
const MOST_PARTIES: usize = 300;
/// Mentions between a name and the description by its bearer's age, for the same reason.
const FARTHEST_NAME: usize = 1_000;
/// A text may be named so many words before.
const FARTHEST_TEXT: usize = 150;
/// Words between who issues a text and its noun, at most.
const MOST_BEFORE_TEXT: usize = 4;
/// Tokens of `of the seven senior players,`, at most.
const MOST_OF_MEMBERS: usize = 8;
/// `the ministers` may be two who were joined so many paragraphs before.
const FARTHEST_JOINT: u32 = 2;

impl Builder<'_> {
    /// Descriptions and pronouns, in text order: each may rest on those before it.
    pub(super) fn others(&mut self, mentions: &Places) {
        for index in mentions.iter() {
            let mention = &self.scan.mentions[index];
            match mention.kind {
                MentionKind::Name => self.learn_body(index),
                MentionKind::Nominal => match self.entities.of_mention[index] {
                    None => self.nominal(index),
                    Some(entity) => self.learn_apposed(index, entity),
                },
                MentionKind::Relative => {
                    self.entities.how[index] = Resolution::Relative;
                    if let Some(entity) = self.before_relative(index) {
                        self.entities.mean(index, entity);
                    }
                }
                MentionKind::Pronoun => self.pronoun(index),
                MentionKind::Indefinite => self.indefinite(index),
                MentionKind::Demonym => {}
            }
        }
    }

    /// `One of them, Ann Lee,`: who is named then. `The two`, `both`: who were joined shortly before.
    fn indefinite(&mut self, index: usize) {
        if let Some(named) = self.named_member(index)
            && let Some(entity) = self.entities.of_mention[named]
        {
            self.entities.tell(index, entity, self.entities.how[named]);
            return;
        }
        let joint = self.joint_before(index, FARTHEST_JOINT).filter(|joint| self.is_pair(index, *joint));
        if let Some(joint) = joint {
            let entity = self.joint_entity(joint);
            self.entities.tell(index, entity, Resolution::Joint);
        }
    }

    /// The name behind the comma in `One of them, the teacher Ann Lee,` and `said another, Ann Lee.`.
    fn named_member(&self, index: usize) -> Option<usize> {
        const ENDS: [TokenKind; 2] = [TokenKind::Comma, TokenKind::Stop];
        let mention = &self.scan.mentions[index];
        let (of, first) = (mention.tokens.end, mention.head.end - 1);
        if self.scan.kind(of) == TokenKind::Comma && self.is_cue(mention.tokens.start.wrapping_sub(1)) {
            let named = self.mention_at(index, of + 1).filter(|named| self.is_persons(*named))?;
            return ENDS.contains(&self.scan.kind(self.scan.mentions[named].tokens.end)).then_some(named);
        }
        if !self.scan.has(of, Class::Of) || !self.scan.has(first, Class::Number) {
            return None;
        }
        let comma = (of + 2..of + MOST_OF_MEMBERS).find(|at| self.scan.kind(*at) == TokenKind::Comma)?;
        let of_one = (of..comma).all(|at| self.scan.tokens[at].is_word());
        let named = self.mention_at(index, comma + 1).filter(|named| of_one && self.is_persons(*named))?;
        let end = self.scan.mentions[named].tokens.end;
        (self.scan.kind(end) == TokenKind::Comma).then_some(named)
    }

    fn is_persons(&self, name: usize) -> bool {
        let mention = &self.scan.mentions[name];
        let kind = self.entities.of_mention[name].map(|entity| self.entities.list[entity].kind);
        mention.kind == MentionKind::Name && matches!(kind, Some(PartyKind::Person | PartyKind::Unknown))
    }

    /// Whether a mention is a word for two, and the text joined two.
    fn is_pair(&self, index: usize, joint: usize) -> bool {
        let head = self.scan.mentions[index].head.end - 1;
        self.lexicons.descriptions.is(DescriptionKind::Pair, self.scan.words[head])
            && self.entities.joints[joint].mentions.len() == 2
    }

    fn learn_body(&mut self, index: usize) {
        let Mention { head, tokens, .. } = &self.scan.mentions[index];
        let Some(entity) = self.entities.of_mention[index] else { return };
        // `Department for Education`, `the charity Safe Rivers`, `Ohio Board of Elections`: the noun stands in front.
        let places = [Some(head.end - 1), Some(head.start), head.start.checked_sub(1)];
        let led = head.clone().find(|at| self.scan.classes.get(at + 1).is_some_and(|next| next.any(PORTFOLIO)));
        let nouns = places.into_iter().chain([led]).flatten().filter(|at| tokens.contains(at));
        for at in nouns.filter(|at| self.scan.classes[*at].any(BODIES)) {
            self.notes.entry(self.scan.words[at]).body = Some(entity);
        }
    }

    /// `Nurses United, a union`: the union, from here on.
    fn learn_apposed(&mut self, index: usize, entity: EntityId) {
        let mention = &self.scan.mentions[index];
        if mention.party_kind != PartyKind::Person {
            self.notes.entry(self.scan.words[mention.head.end - 1]).body = Some(entity);
        }
    }

    /// `the senator`: who was called so; `the ministry`: the body named so before; `a senior official`: unnamed.
    fn nominal(&mut self, index: usize) {
        let mention = &self.scan.mentions[index];
        // An age is no word: `the 43-year-old`.
        let head = self.role_of_title(mention).or_else(|| self.words(mention).next_back()).unwrap_or_default();
        let known = match mention.determiner {
            Determiner::Definite | Determiner::None => {
                self.aged(index).or_else(|| self.issuer_of(index)).or_else(|| self.known(index, head))
            }
            Determiner::Possessive => {
                let told = self.told_before(index, head);
                told.or_else(|| self.relative_of(index, head)).or_else(|| self.writer_of(index))
            }
            Determiner::Indefinite => None,
        };
        // `Lee, whom the senator called`: somebody else.
        let known = known.filter(|(entity, _)| self.told_of_before(index) != Some(*entity));
        let (entity, how) = known.unwrap_or_else(|| self.nominal_entity(index));
        if mention.party_kind != PartyKind::Person {
            self.notes.entry(head).body = Some(entity);
        } else if head != 0 && self.entities.list[entity].unnamed && !mention.plural && self.introduces(index) {
            self.hold_role(entity, head);
        }
        self.bind(index, entity, how);
    }

    /// The noun that a title in capitals stands for: of `the PM`, `minister`.
    fn role_of_title(&self, mention: &Mention) -> Option<WordId> {
        let office = self.office_of(mention)?;
        office.rsplit(' ').next().map(|noun| self.lexicons.words.find(noun))
    }

    /// The office that a title in capitals stands for: of `the PM`, `Prime Minister`.
    pub(super) fn office_of(&self, mention: &Mention) -> Option<&str> {
        let title = mention.title.filter(|_| mention.head.len() == 1)?;
        let office = self.lexicons.titles[title as usize].role.as_str();
        let short = self.scan.kind(mention.head.start) == TokenKind::Upper;
        (short && !office.is_empty()).then_some(office)
    }

    /// `the 43-year-old`: who was introduced as `Ann Lee, 43`.
    fn aged(&self, index: usize) -> Option<(EntityId, Resolution)> {
        let at = self.scan.mentions[index].tokens.start + 1;
        if self.scan.kind(at) != TokenKind::Number {
            return None;
        }
        let (age, _) = self.scan.tokens[at].span().of(self.text).split_once('-')?;
        let is_aged = |other: &Mention| {
            let end = other.tokens.end;
            other.kind == MentionKind::Name
                && matches!(self.scan.kind(end), TokenKind::Comma | TokenKind::Open)
                && self.scan.tokens.get(end + 1).is_some_and(|token| token.span().of(self.text) == age)
        };
        let named =
            (index.saturating_sub(FARTHEST_NAME)..index).rev().find(|other| is_aged(&self.scan.mentions[*other]))?;
        Some((self.entities.of_mention[named]?, Resolution::Role))
    }

    /// `her letter`, `Lee's lawsuit`: a text says what its writer says. A country's constitution has none.
    fn writer_of(&mut self, index: usize) -> Option<(EntityId, Resolution)> {
        let mention = &self.scan.mentions[index];
        let text = mention.party_kind == PartyKind::Unknown && self.scan.classes[mention.head.end - 1].any(DOCUMENTS);
        let owner = self.owner_entity(index).filter(|_| text)?;
        self.may_write(owner).then_some((owner, Resolution::Anchored))
    }

    fn may_write(&self, owner: EntityId) -> bool {
        let writer = &self.entities.list[owner];
        !self.is_country(writer) && !writer.unnamed && !matches!(writer.kind, PartyKind::Place | PartyKind::Event)
    }

    /// `the statement`, after `Lee released a statement`, `a statement from Lee`, `a lawsuit filed by Lee`: hers.
    fn issuer_of(&self, index: usize) -> Option<(EntityId, Resolution)> {
        let mention = &self.scan.mentions[index];
        let noun = mention.head.end - 1;
        if mention.determiner != Determiner::Definite || mention.party_kind != PartyKind::Unknown {
            return None;
        }
        let (text, first) = (self.scan.words[noun], mention.tokens.start.saturating_sub(FARTHEST_TEXT));
        let bare = self.is_bare(mention) && self.scan.classes[noun].any(DOCUMENTS);
        let mut earlier = (first..mention.tokens.start).rev().filter(|at| bare && self.scan.words[*at] == text);
        let owner = earlier.find_map(|at| {
            let issuer = self.sender_after(at, index).or_else(|| self.issuer_before(at, index));
            issuer.or_else(|| self.speaker_in(at, index))
        })?;
        self.may_write(owner).then_some((owner, Resolution::Anchored))
    }

    /// Lee, of a text at `at` with `from Lee`, `by Lee`, `filed by Lee` behind it; not with `obtained by Lee`, nor is what a
    /// paper published the paper's.
    fn sender_after(&self, at: usize, index: usize) -> Option<EntityId> {
        let sender = |at: &usize| self.lexicons.descriptions.is(DescriptionKind::Sender, self.scan.words[*at]);
        let leads = [at + 1, at + 2].into_iter().find(sender).filter(|leads| self.is_one_sentence(at, *leads))?;
        let relayed = leads > at + 1 && self.scan.has(at + 1, Class::Relay);
        let from = self.scan.mentions[..index].partition_point(|mention| mention.tokens.start <= leads);
        let owner = (from..index).find(|owner| !self.scan.mentions[*owner].possessive)?;
        let begins = self.scan.mentions[owner].tokens.start == leads + 1;
        let passed_on = |id: &EntityId| {
            relayed && (!self.scan.has(at + 1, Class::Issue) || self.entities.list[*id].kind == PartyKind::Outlet)
        };
        self.entities.of_mention[owner].filter(|id| begins && !passed_on(id))
    }

    /// Lee, of a text at `at` in `Lee released a statement`.
    fn issuer_before(&self, at: usize, index: usize) -> Option<EntityId> {
        const PASSED: Classes = Classes::of(&[Class::Have, Class::Adverb]);
        let verb = (at.saturating_sub(MOST_BEFORE_TEXT)..at).rev().find(|at| self.scan.has(*at, Class::Issue));
        let mut verb = verb.filter(|verb| self.is_one_sentence(*verb, at))?;
        while verb > 0 && self.scan.classes[verb - 1].any(PASSED) {
            verb -= 1;
        }
        let after = self.scan.mentions[..index].partition_point(|mention| mention.tokens.start < verb);
        let near = (after.saturating_sub(MOST_BEFORE_TEXT)..after).rev();
        let issuer = near.into_iter().find(|issuer| {
            let issuer = &self.scan.mentions[*issuer];
            issuer.tokens.end == verb && !issuer.inner && !self.is_governed(issuer)
        })?;
        self.entities.of_mention[issuer]
    }

    /// Lee, of a text at `at` in `In a statement, Lee said` and `Lee said in a statement`.
    fn speaker_in(&self, at: usize, index: usize) -> Option<EntityId> {
        let first = at.saturating_sub(MOST_BEFORE_TEXT);
        let led = (first..at).rev().find(|at| self.scan.has(*at, Class::In))?;
        let comma = (at + 1..=at + MOST_BEFORE_TEXT).find(|at| self.scan.kind(*at) == TokenKind::Comma);
        let near = self.scan.mentions[..index].partition_point(|mention| mention.tokens.start < led);
        let around = near.saturating_sub(MOST_BEFORE_TEXT)..index.min(near + MOST_BEFORE_TEXT);
        let speaker = around.into_iter().find(|speaker| {
            let Mention { tokens, inner, .. } = &self.scan.mentions[*speaker];
            let before = tokens.end + 1 == led;
            let after = comma.is_some_and(|comma| tokens.start == comma + 1);
            !inner && (before || after) && self.is_cue(tokens.end)
        })?;
        self.entities.of_mention[speaker]
    }

    fn is_one_sentence(&self, first: usize, last: usize) -> bool {
        self.scan.sentence_of(first) == self.scan.sentence_of(last)
    }

    /// Whether a later description with the same noun may mean the same unnamed person: `a judge`; `the judge` where it
    /// is a subject.
    fn introduces(&self, index: usize) -> bool {
        let mention = &self.scan.mentions[index];
        let bare = self.is_bare(mention) || self.is_office_of_place(mention);
        let subject = bare && self.entities.trail[index].salience >= SUBJECT;
        match mention.determiner {
            Determiner::Indefinite | Determiner::Possessive => true,
            Determiner::Definite => subject,
            Determiner::None => false,
        }
    }

    /// `the Bishop of Brack`: an office with a capital and what it is of.
    fn is_office_of_place(&self, mention: &Mention) -> bool {
        let capital = |at: usize| self.scan.tokens.get(at).is_some_and(|token| token.is_capitalised());
        let (head, end) = (&mention.head, mention.tokens.end);
        mention.tokens.len() == head.len() + 1
            && capital(head.start)
            && self.scan.has(end, Class::Of)
            && capital(end + 1)
    }

    fn known(&mut self, index: usize, head: WordId) -> Option<(EntityId, Resolution)> {
        let mention = &self.scan.mentions[index];
        if mention.plural {
            let joint = self.joint_described(index);
            let joint = joint.map(|joint| (self.joint_entity(joint), Resolution::Joint));
            return joint.or_else(|| self.known_body(index, head));
        }
        match mention.party_kind {
            PartyKind::Person
                if self.lexicons.descriptions.is(DescriptionKind::Body, head)
                    && self.notes.of(head).is_none_or(|note| note.holders.is_empty()) =>
            {
                self.likely_body(index).or_else(|| self.described(index, head))
            }
            PartyKind::Person => self.described(index, head),
            _ => self.known_body(index, head).or_else(|| self.likely_body(index)),
        }
    }

    pub(super) fn is_country(&self, entity: &Entity) -> bool {
        entity.party.is_some_and(|party| self.lexicons.demonyms.contains_key(&party))
    }

    /// `the two`, `the ministers`: several who were joined before, and each of them called so.
    fn joint_described(&self, index: usize) -> Option<usize> {
        let mention = &self.scan.mentions[index];
        let joint = self.joint_before(index, FARTHEST_JOINT)?;
        if mention.determiner != Determiner::Definite {
            return None;
        }
        if self.is_pair(index, joint) {
            return Some(joint);
        }
        if mention.party_kind != PartyKind::Person {
            return None;
        }
        let head = mention.head_span(&self.scan.tokens).of(self.text).to_lowercase();
        let called = |mention: &usize| {
            let role = self
                .entities
                .get(*mention)
                .map(|entity| self.words_of(&entity.role).to_lowercase())
                .unwrap_or_default();
            role.split_whitespace().next_back().is_some_and(|word| head.starts_with(word))
        };
        self.entities.joints[joint].mentions.iter().all(called).then_some(joint)
    }

    /// Whether a description that says no more than `the businessman` may be of somebody whom the article names. `The judge` is
    /// known to be none of them.
    pub(super) fn may_be_named(&self, index: usize) -> bool {
        let mention = &self.scan.mentions[index];
        let called = mention.head_span(&self.scan.tokens).of(self.text).to_lowercase();
        let called = self.office_of(mention).map_or(called, str::to_lowercase);
        let held = self.lexicons.descriptions.is_held(&called);
        let told = !mention.plural && self.may_be_anyone(index) && !held;
        if !told || self.scan.has(mention.tokens.end, Class::Relative) {
            return false;
        }
        // `Lee said the captain had called`: of two people.
        let subjects = self.subjects_before(index);
        let mut list = self.entities.list.iter().take(MOST_PARTIES).enumerate();
        list.any(|(id, entity)| self.may_mean(mention, entity) && !subjects.contains(&id))
    }

    /// Whether an entity with a name is of the kind that a description tells.
    fn may_mean(&self, mention: &Mention, entity: &Entity) -> bool {
        use PartyKind::{Government, Organisation, Outlet, Person, Unknown};
        let noun = mention.head.end - 1;
        let body = matches!(entity.kind, Organisation | Outlet);
        let fits = match mention.party_kind {
            Person => entity.kind == Person && may_be(entity.gender, mention.gender),
            Organisation | Government => {
                let head = self.scan.words[noun];
                body && !self.is_another_body(entity, head) && self.may_be_called(entity, head)
            }
            Unknown => (body || entity.kind == Person) && self.scan.classes[noun].any(DOCUMENTS),
            _ => false,
        };
        fits && !entity.unnamed && !entity.plural
    }

    /// An entity for a description that no name is known for.
    fn nominal_entity(&mut self, index: usize) -> (EntityId, Resolution) {
        let mention = &self.scan.mentions[index];
        let body = matches!(mention.party_kind, PartyKind::Government | PartyKind::Organisation);
        let owner = if body { self.owner(index) } else { None };
        let (name, named, how) = match owner {
            Some(owner) => (self.body_name(index, owner), true, Resolution::FullName),
            None => match self.anchored_name(index) {
                Some(name) => (name, body, Resolution::Anchored),
                // How it was told is asked of who speaks.
                None if self.speaks(index) && self.may_be_named(index) => {
                    (self.description(index), false, Resolution::Unfound)
                }
                None => (self.description(index), false, Resolution::Unnamed),
            },
        };
        if named || how == Resolution::Anchored {
            let mut hasher = FxHasher::default();
            (3u8, self.words_of(&name).to_lowercase()).hash(&mut hasher);
            let key = hasher.finish();
            if let Some(&known) = self.by_key.get(&key) {
                return (known, how);
            }
            self.by_key.insert(key, self.entities.list.len());
        }
        let full = has_space(self.words_of(&name));
        let entity = self.entities.add(Entity {
            name,
            full,
            kind: mention.party_kind,
            gender: mention.gender,
            plural: mention.plural,
            unnamed: !named,
            ..Entity::default()
        });
        (entity, how)
    }
}
