//! Descriptions to entities: appositions, roles, `the ministry`, and what to call somebody who has no name.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::names::BODIES;
use super::pronouns::{CLEAR, Choice, MOST_LOOKED_AT};
use super::{Builder, Entity, EntityId, Resolution, may_be, squeeze};
use crate::Span;
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::phrases::Meaning;
use crate::lexicon::words::{Class, Classes, WordId};
use crate::scan::mention::{Determiner, Mention, MentionKind};
use crate::scan::token::TokenKind;

/// What it adds that the text calls the party so.
const HOLDS_ROLE: f32 = 1.5;
/// That the gazetteer does, or knows its party or country to be the one described.
const LISTED: f32 = 0.8;
/// Of a holder of the role who is not near.
const FAR: f32 = -1.5;
/// A description by no known role means who stands out at least so much.
const STANDS_OUT: f32 = 0.5;
/// Who does not hold a role must stand out so much more than who does; the second where a description says only that.
const OUTDOES: [f32; 2] = [0.6, 1.0];
/// Words of what a description says more after its noun: `a spokesman for the union`.
const LONGEST_DESCRIPTION: usize = 12;
/// Words between a description and the name that it tells: `who gave his name only as`.
const LONGEST_NAMING: usize = 8;
/// `the ministers` may be two who were joined so many paragraphs before.
const FARTHEST_JOINT: u32 = 2;

impl Builder<'_> {
    /// `NAME, a doctor,`, `NAME of Iowa, a doctor,` and `The spokesman, NAME,` tell a role.
    pub(super) fn appositions(&mut self) {
        for index in 0..self.scan.mentions.len().saturating_sub(1) {
            let first = &self.scan.mentions[index];
            if first.inner {
                continue;
            }
            let end = self.after_place(first.tokens.end);
            if let Some(named) = self.named_after(index) {
                self.describe(named, index);
                continue;
            }
            let Some(second) = self.mention_at(index, end + 1) else { continue };
            if self.scan.kind(end) != TokenKind::Comma {
                continue;
            }
            let next = &self.scan.mentions[second];
            let (named, nominal) = match (first.kind, next.kind) {
                (MentionKind::Name, MentionKind::Nominal) => (index, second),
                (MentionKind::Nominal, MentionKind::Name)
                    if first.determiner != Determiner::Indefinite || self.is_cut_off(next) =>
                {
                    (second, index)
                }
                _ => continue,
            };
            self.describe(named, nominal);
        }
    }

    /// The name in `a man named Lee`, `a woman calling herself Lee`, `a driver who gave his name only as Lee`.
    fn named_after(&self, index: usize) -> Option<usize> {
        let nominal = &self.scan.mentions[index];
        let person = nominal.kind == MentionKind::Nominal && nominal.party_kind == PartyKind::Person && !nominal.plural;
        if !person || nominal.determiner != Determiner::Indefinite {
            return None;
        }
        let from = nominal.tokens.end;
        let is_naming = |at: &usize| self.lexicons.namings.contains(&self.scan.words[*at]);
        let end = (from..from + LONGEST_NAMING)
            .find(|at| self.scan.kind(*at) != TokenKind::Lower)
            .filter(|end| *end > from && self.scan.tokens.get(*end).is_some_and(|token| token.is_capitalised()))?;
        let naming = (from..end).find(is_naming)?;
        let last = end - 1;
        let leads = self.scan.has(last, Class::Object) || self.lexicons.words.find("as") == self.scan.words[last];
        let alone = naming == last && last == from && !self.scan.has(naming, Class::Ing);
        if !alone && !(naming < last && leads) {
            return None;
        }
        let next = (index + 1..self.scan.mentions.len().min(index + 4)).find(|next| {
            let mention = &self.scan.mentions[*next];
            mention.tokens.start == end && mention.kind == MentionKind::Name
        })?;
        Some(next)
    }

    /// The outer mention that begins at a token, not far after another.
    fn mention_at(&self, index: usize, at: usize) -> Option<usize> {
        let mentions = &self.scan.mentions;
        (index + 1..mentions.len().min(index + 8))
            .find(|next| !mentions[*next].inner && mentions[*next].tokens.start >= at)
            .filter(|next| mentions[*next].tokens.start == at)
    }

    /// Nothing of the clause follows: `another guest, Ann Lee.`
    fn is_cut_off(&self, mention: &Mention) -> bool {
        !matches!(self.scan.kind(mention.tokens.end), TokenKind::Lower | TokenKind::Capital | TokenKind::Upper)
            && mention.party_kind != PartyKind::Place
    }

    fn describe(&mut self, named: usize, nominal: usize) {
        let role = &self.scan.mentions[nominal];
        let Some(entity) = self.entities.of_mention[named].filter(|_| !role.plural) else { return };
        if role.party_kind != PartyKind::Person {
            // `Nurses United, a union`: no person.
            let known = &mut self.entities.list[entity];
            let body = matches!(role.party_kind, PartyKind::Organisation | PartyKind::Government);
            if known.kind == PartyKind::Unknown && body {
                known.kind = role.party_kind;
            }
            return;
        }
        let head = self.words(role).next_back().unwrap_or(0);
        let known = &mut self.entities.list[entity];
        if !matches!(known.kind, PartyKind::Person | PartyKind::Unknown) || !may_be(known.gender, role.gender) {
            return;
        }
        known.kind = PartyKind::Person;
        if known.gender == Gender::Unknown {
            known.gender = role.gender;
        }
        self.hold_role(entity, head);
        if self.entities.list[entity].role.is_empty() {
            let words = squeeze(role.span.of(self.text));
            self.entities.list[entity].role = self.without_article(&words).to_owned();
        }
        self.entities.of_mention[nominal] = Some(entity);
        self.entities.how[nominal] = self.entities.how[named];
    }

    /// Descriptions and pronouns, in text order: each may rest on those before it.
    pub(super) fn others(&mut self) {
        for index in 0..self.scan.mentions.len() {
            let mention = &self.scan.mentions[index];
            match mention.kind {
                MentionKind::Name => self.learn_body(index),
                MentionKind::Nominal if self.entities.of_mention[index].is_none() => self.nominal(index),
                MentionKind::Relative => {
                    self.entities.of_mention[index] = self.before_relative(index);
                    self.entities.how[index] = Resolution::Relative;
                }
                MentionKind::Pronoun if mention.quotation.is_none() => self.pronoun(index),
                _ => {}
            }
        }
    }

    fn learn_body(&mut self, index: usize) {
        let last = self.scan.mentions[index].head.end - 1;
        if let Some(entity) = self.entities.of_mention[index]
            && self.scan.classes[last].any(BODIES)
        {
            self.bodies.insert(self.scan.words[last], entity);
        }
    }

    /// `the senator`: who was called so; `the ministry`: the body named so before; `a senior official`: unnamed.
    fn nominal(&mut self, index: usize) {
        let mention = &self.scan.mentions[index];
        let Some(head) = self.words(mention).next_back() else { return };
        let known = match mention.determiner {
            Determiner::Definite | Determiner::None => self.known(index, head),
            Determiner::Possessive => self.relative_of(index, head),
            Determiner::Indefinite => None,
        };
        let (entity, how) = known.unwrap_or_else(|| self.nominal_entity(index));
        if mention.party_kind != PartyKind::Person {
            self.bodies.insert(head, entity);
        } else if mention.determiner == Determiner::Indefinite && !mention.plural {
            self.hold_role(entity, head);
        }
        self.bind(index, entity, how);
    }

    fn known(&mut self, index: usize, head: WordId) -> Option<(EntityId, Resolution)> {
        let mention = &self.scan.mentions[index];
        if mention.plural {
            let joint = self.joint_described(index);
            let joint = joint.map(|joint| (self.joint_entity(joint), Resolution::Joint));
            return joint.or_else(|| self.known_body(index, head));
        }
        match mention.party_kind {
            PartyKind::Person => self.described(index, head),
            _ => self.known_body(index, head).or_else(|| self.likely_body(index)),
        }
    }

    /// A body described at length is the antecedent of its bare head noun: `the ministry`.
    fn known_body(&self, index: usize, head: WordId) -> Option<(EntityId, Resolution)> {
        let mention = &self.scan.mentions[index];
        let bare = mention.tokens.len() - mention.head.len() <= 1 && mention.party_kind != PartyKind::Group;
        self.bodies.get(&head).filter(|_| bare).map(|entity| (*entity, Resolution::Body))
    }

    fn is_bare(&self, mention: &Mention) -> bool {
        mention.tokens.len() - mention.head.len() <= 1 && !self.scan.has(mention.tokens.end, Class::Of)
    }

    /// `the company`: the organisation that the text is about just then.
    fn likely_body(&self, index: usize) -> Option<(EntityId, Resolution)> {
        let mention = &self.scan.mentions[index];
        let bare = self.is_bare(mention) && mention.determiner == Determiner::Definite;
        if !bare || mention.party_kind != PartyKind::Organisation || mention.quotation.is_some() {
            return None;
        }
        let judge = |id: EntityId, _: &Mention| {
            let entity = &self.entities.list[id];
            let body = matches!(entity.kind, PartyKind::Organisation | PartyKind::Outlet);
            (body && !entity.unnamed && !entity.plural).then_some(0.0)
        };
        let choice = self.entities.most_salient(self.scan, index, judge)?;
        (choice.score >= STANDS_OUT && choice.lead >= CLEAR).then_some((choice.entity, Resolution::Described))
    }

    /// `the two`, `the ministers`: several who were joined before, and each of them called so.
    fn joint_described(&self, index: usize) -> Option<usize> {
        let mention = &self.scan.mentions[index];
        let joint = self.joint_before(index, FARTHEST_JOINT)?;
        if mention.determiner != Determiner::Definite || mention.party_kind != PartyKind::Person {
            return None;
        }
        let head = mention.head_span(&self.scan.tokens).of(self.text).to_lowercase();
        let called = |mention: &usize| {
            let role = self.entities.get(*mention).map(|entity| entity.role.to_lowercase()).unwrap_or_default();
            role.split_whitespace().next_back().is_some_and(|word| head.starts_with(word))
        };
        self.entities.joints[joint].mentions.iter().all(called).then_some(joint)
    }

    /// The person whom a definite description means: by role, party, country and how much they stand out.
    fn described(&self, index: usize, head: WordId) -> Option<(EntityId, Resolution)> {
        let mention = &self.scan.mentions[index];
        let holders = self.by_role.get(&head).map_or(&[][..], Vec::as_slice);
        if holders.is_empty() && mention.determiner != Determiner::Definite {
            return None;
        }
        let said = self.said_of(mention);
        let subjects = self.subjects_before(index);
        let evidence = |id: EntityId| {
            let entity = &self.entities.list[id];
            let person = entity.kind == PartyKind::Person && !entity.plural;
            if !person || !may_be(entity.gender, mention.gender) || subjects.contains(&id) {
                return None;
            }
            let holds = holders.contains(&id);
            let listed = if holds && entity.party.is_none() { Some(0.0) } else { self.listed_evidence(&said, id) };
            listed.map(|points| points + if holds { HOLDS_ROLE } else { 0.0 })
        };
        let judge = |id: EntityId, _: &Mention| evidence(id);
        let holder = self.holder(index, holders, &evidence);
        let near = self.entities.most_salient(self.scan, index, judge);
        match (near, holder) {
            (Some(near), Some((_, score)))
                if near.lead >= CLEAR
                    && near.score > score + OUTDOES[usize::from(self.is_bare(mention))]
                    && self.may_be_anyone(mention)
                    && !self.entities.list[near.entity].unnamed =>
            {
                Some((near.entity, Resolution::Described))
            }
            (_, Some((holder, _))) => Some((holder, Resolution::Role)),
            (Some(near), None) if self.may_be_anyone(mention) && Self::is_meant(&near, evidence(near.entity)) => {
                Some((near.entity, Resolution::Described))
            }
            _ => self.sole_person(index, &said).map(|entity| (entity, Resolution::Described)),
        }
    }

    /// Who holds the role that a description names: near by, who stands out most; else who was called so last.
    fn holder(
        &self,
        index: usize,
        holders: &[EntityId],
        evidence: &impl Fn(EntityId) -> Option<f32>,
    ) -> Option<(EntityId, f32)> {
        if holders.is_empty() {
            return None;
        }
        let judge = |id: EntityId, _: &Mention| evidence(id).filter(|_| holders.contains(&id));
        if let Some(near) = self.entities.most_salient(self.scan, index, judge) {
            return Some((near.entity, near.score));
        }
        let at = self.scan.mentions[index].tokens.start;
        let known = |id: &&EntityId| self.last_before(**id, at).is_some() && evidence(**id).is_some();
        let named = holders.iter().rev().filter(|id| !self.entities.list[**id].unnamed);
        named.max_by_key(|id| (known(id), self.last_before(**id, at))).filter(known).map(|id| (*id, FAR))
    }

    /// Whether who stands out most does so far enough to be meant by a description that nobody is known by.
    fn is_meant(near: &Choice, evidence: Option<f32>) -> bool {
        let needed = if evidence.is_some_and(|points| points > 0.0) { CLEAR / 2.0 } else { CLEAR };
        near.score >= STANDS_OUT && near.lead >= needed
    }

    /// The parties that are subjects in the mention's sentence before it: `Lee said the senator` is of two people.
    fn subjects_before(&self, index: usize) -> Vec<EntityId> {
        let mention = &self.scan.mentions[index];
        // `Lee's plan failed, the senator said`: what is reported stands first.
        if mention.tokens.start > 0 && self.scan.kind(mention.tokens.start - 1) == TokenKind::Comma {
            return Vec::new();
        }
        let before = (index.saturating_sub(20)..index).rev().map(|before| (before, &self.scan.mentions[before]));
        let is_cut =
            |at: &usize| matches!(self.scan.kind(*at), TokenKind::Mark | TokenKind::Colon | TokenKind::Semicolon);
        let sentence = self.scan.sentences[mention.sentence as usize].start;
        let clause = (sentence..mention.tokens.start).rev().find(is_cut).unwrap_or(sentence);
        before
            .take_while(|(_, other)| other.tokens.start >= clause)
            .filter(|(_, other)| other.quotation == mention.quotation && self.is_subject(other))
            .filter_map(|(before, _)| self.entities.of_mention[before])
            .collect()
    }

    /// A definite description that says no more after its noun.
    fn may_be_anyone(&self, mention: &Mention) -> bool {
        mention.determiner == Determiner::Definite
            && mention.quotation.is_none()
            && self.description_end(mention) == mention.tokens.end
    }

    /// What a description says of party, country and office.
    fn said_of(&self, mention: &Mention) -> Said<'_> {
        let mut said = Said { called: mention.head_span(&self.scan.tokens).of(self.text), ..Said::default() };
        for at in mention.tokens.clone().filter(|at| self.scan.has(*at, Class::PhraseStart)) {
            let Some((_, meanings)) = self.lexicons.phrases.longest(self.scan.words[at..=at].iter().copied()) else {
                continue;
            };
            for meaning in meanings {
                match meaning {
                    Meaning::Party(group) if self.lexicons.parties[*group as usize].kind == PartyKind::Group => {
                        said.party = &self.lexicons.parties[*group as usize].party;
                    }
                    Meaning::Demonym(state) => said.country = &self.lexicons.parties[*state as usize].country,
                    _ => {}
                }
            }
        }
        said
    }

    /// How much of what a description says the gazetteer knows of a party; none where it knows otherwise.
    fn listed_evidence(&self, said: &Said<'_>, id: EntityId) -> Option<f32> {
        // Of whom nothing is known, a country is not guessed.
        let Some(party) = self.entities.list[id].party else { return said.country.is_empty().then_some(0.0) };
        let listed = &self.lexicons.parties[party as usize];
        let mut points = 0.0;
        // That somebody is an American tells nothing in an American paper.
        for (said, known, worth) in [(said.party, &listed.party, LISTED), (said.country, &listed.country, 0.0)] {
            if said.is_empty() || known.is_empty() {
                continue;
            }
            if said != known {
                return None;
            }
            points += worth;
        }
        Some(points + if is_called(&listed.role, said.called) { LISTED } else { 0.0 })
    }

    /// `the candidate`, where only one person has been named in this paragraph and the two before.
    fn sole_person(&self, index: usize, said: &Said<'_>) -> Option<EntityId> {
        let mention = &self.scan.mentions[index];
        if mention.determiner != Determiner::Definite
            || mention.quotation.is_some()
            || self.scan.has(mention.tokens.end, Class::Of)
        {
            return None;
        }
        let mut sole = None;
        for before in (index.saturating_sub(MOST_LOOKED_AT)..index).rev() {
            if self.scan.mentions[before].paragraph + 2 < mention.paragraph {
                break;
            }
            let Some(id) = self.entities.of_mention[before] else { continue };
            let entity = &self.entities.list[id];
            let person =
                matches!(entity.kind, PartyKind::Person | PartyKind::Unknown) && !entity.unnamed && !entity.plural;
            if person && sole.is_some_and(|known| known != id) {
                return None;
            }
            sole = sole.or(person.then_some(id));
        }
        sole.filter(|id| {
            let entity = &self.entities.list[*id];
            entity.kind == PartyKind::Person
                && may_be(entity.gender, mention.gender)
                && self.listed_evidence(said, *id).is_some()
        })
    }

    /// `her husband`: the one other person of her family name whom the article names.
    fn relative_of(&mut self, index: usize, head: WordId) -> Option<(EntityId, Resolution)> {
        if !self.lexicons.relatives.contains(&head) {
            return None;
        }
        let owner = self.owner_entity(index)?;
        let first = *self.entities.list[owner].mentions.iter().find(|m| self.scan.mentions[**m].head.len() > 1)?;
        let family = self.last_word(&self.scan.mentions[first])?;
        let gender = self.scan.mentions[index].gender;
        let fits = |id: EntityId| {
            let entity = &self.entities.list[id];
            let person = matches!(entity.kind, PartyKind::Person | PartyKind::Unknown);
            id != owner && person && entity.name.contains(' ') && may_be(entity.gender, gender)
        };
        let bearers = self.by_word.get(&family)?;
        let mut others = bearers.iter().filter(|(_, is_last)| *is_last).map(|(id, _)| *id).filter(|id| fits(*id));
        let other = others.next().filter(|_| others.next().is_none())?;
        if self.entities.list[other].gender == Gender::Unknown {
            self.entities.list[other].gender = gender;
        }
        Some((other, Resolution::Described))
    }

    /// An entity for a description that no name is known for.
    fn nominal_entity(&mut self, index: usize) -> (EntityId, Resolution) {
        let mention = &self.scan.mentions[index];
        let body = matches!(mention.party_kind, PartyKind::Government | PartyKind::Organisation);
        let owner = self.owner(index);
        let (name, named, how) = match owner {
            Some(owner) if body => (self.body_name(index, owner), true, Resolution::FullName),
            _ => match self.anchored_name(index) {
                Some(name) => (name, false, Resolution::Anchored),
                None => (self.description(mention), false, Resolution::Unnamed),
            },
        };
        if named || how == Resolution::Anchored {
            let mut hasher = FxHasher::default();
            (3u8, name.to_lowercase()).hash(&mut hasher);
            let key = hasher.finish();
            if let Some(&known) = self.by_key.get(&key) {
                return (known, how);
            }
            self.by_key.insert(key, self.entities.list.len());
        }
        let entity = self.add(Entity {
            name,
            kind: mention.party_kind,
            gender: mention.gender,
            plural: mention.plural,
            unnamed: !named,
            ..Entity::default()
        });
        (entity, how)
    }

    /// The words of a description without its article, with what stands after its noun: `spokesman for the union`.
    fn description(&self, mention: &Mention) -> String {
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
        const TELLS_NO_MORE: Classes =
            Classes::of(&[Class::Time, Class::Occasion, Class::Message, Class::Document, Class::Number, Class::Ing]);
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
        let tells = |at: usize| self.lexicons.links.contains(&self.scan.words[at]);
        let before = at + usize::from(self.scan.kind(at) == TokenKind::Lower && !self.is_describing(at));
        let preposition = [at, before].into_iter().find(|at| self.is_describing(*at) && tells(*at))?;
        const CUES: Classes = Classes::of(&[Class::Say, Class::Strong, Class::Tell, Class::Weak]);
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
        let end =
            (preposition + 1..).find(|at| !is_word(*at) || opens(*at) || *at > preposition + 1 && is_verb(*at))?;
        let within = preposition + 1..end;
        let other = within.clone().any(|at| self.scan.classes[at].any(TELLS_NO_MORE));
        (!within.is_empty() && !other).then_some(end)
    }

    fn is_describing(&self, at: usize) -> bool {
        self.scan.has(at, Class::Preposition) || self.scan.has(at, Class::Of)
    }

    /// `her lawyer` to `Ann Lee's lawyer`, if she is known.
    fn anchored_name(&mut self, index: usize) -> Option<String> {
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
    fn owner_entity(&mut self, index: usize) -> Option<EntityId> {
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
    fn owner(&self, index: usize) -> Option<usize> {
        let outer = &self.scan.mentions[index];
        (index + 1..self.scan.mentions.len())
            .take_while(|inner| self.scan.mentions[*inner].tokens.start < outer.tokens.end)
            .find(|inner| matches!(self.scan.mentions[*inner].kind, MentionKind::Name | MentionKind::Demonym))
    }

    /// `Russia's foreign ministry`, `the Russian foreign ministry`: both `Russian foreign ministry`.
    fn body_name(&self, index: usize, owner: usize) -> String {
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

/// What a description says; empty where it does not.
#[derive(Clone, Copy, Default)]
struct Said<'a> {
    /// The noun itself.
    called: &'a str,
    party: &'a str,
    country: &'a str,
}

/// Whether an office is called so: `President of the United States` a president, `White House press secretary` a
/// secretary.
fn is_called(office: &str, called: &str) -> bool {
    let short = office.split(" of ").next().unwrap_or("");
    let before = short.len().checked_sub(called.len()).filter(|before| short.is_char_boundary(*before));
    let ends = before.is_some_and(|before| {
        short[before..].eq_ignore_ascii_case(called) && (before == 0 || short[..before].ends_with(' '))
    });
    ends || office.eq_ignore_ascii_case(called)
}
