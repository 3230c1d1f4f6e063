//! Which named person a definite description means: `the senator`, `the Republican candidate`, `the 24-year-old`, `her
//! husband`. By role, by what the gazetteer knows, and by who stands out.

use std::ops::Range;

use smallvec::SmallVec;

use super::candidates::{Choice, Fit, MOST_LOOKED_AT, Suits, VAGUE};
use super::names::{MOST_NAMINGS, if_few};
use super::pronouns::CLEAR;
use super::told_apart::{Marks, is_short_for};
use super::{Builder, EntityId, Resolution, may_be};
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::phrases::Meaning;
use crate::lexicon::words::{self, Class, WordId};
use crate::scan::mention::{Determiner, Mention};
use crate::scan::token::TokenKind;

/// What it adds that the text calls the party so.
const HOLDS_ROLE: f32 = 1.5;
/// That the gazetteer does, or knows its party to be the one described.
const LISTED: f32 = 0.8;
/// Of a holder of the role who is not near.
const FAR: f32 = -1.5;
/// A description by no known role means who stands out at least so much.
pub(super) const STANDS_OUT: f32 = 0.5;
/// Who does not hold a role must stand out so much more than who does; the second where a description says only that.
const OUTDOES: [f32; 2] = [0.6, 1.0];
/// Of those who hold a role, the latest so many are looked at, so that a long text stays linear.
pub(super) const MOST_HOLDERS: usize = 50;
/// Mentions between a description and the name behind its comma, at most: the `her` of `her husband, Bo Hart`.
const APPOSED_BEFORE: usize = 3;
/// Tokens of a clause that are looked at, for the same reason.
const LONGEST_CLAUSE: usize = 100;

impl Builder<'_> {
    /// The person whom a definite description means: by role, party, country and how much they stand out.
    pub(super) fn described(&self, index: usize, head: WordId) -> Option<(EntityId, Resolution)> {
        let mention = &self.scan.mentions[index];
        let chief = self.lexicons.descriptions.is(DescriptionKind::Chief, head);
        let called = mention.head_span(&self.scan.tokens).of(self.text);
        let called = words::in_small_letters(self.office_of(mention).unwrap_or(called));
        let exclusive = self.lexicons.descriptions.is_held(&called);
        let holders = if chief { self.chiefs(mention) } else { self.latest_holders(head).to_vec() };
        let holders: Vec<EntityId> =
            holders.into_iter().filter(|id| !exclusive || !self.holds_another(*id, &called)).collect();
        if holders.is_empty() && mention.determiner != Determiner::Definite {
            return None;
        }
        // `the wife of the accused` is not the one whose husband somebody else is.
        let related = |kind| self.lexicons.descriptions.is(kind, head);
        if self.scan.has(mention.tokens.end, Class::Of)
            && !self.counts_children(mention)
            && (related(DescriptionKind::Relative) || related(DescriptionKind::Relation))
        {
            return None;
        }
        let said = self.said_of(mention);
        let subjects = self.subjects_before(index);
        let of_another_time = self.of_another_time(&holders, &said.marks);
        let told = |id: EntityId| {
            let entity = &self.entities.list[id];
            let person = entity.kind == PartyKind::Person && !entity.plural;
            if !person || !may_be(entity.gender, mention.gender) || of_another_time.contains(&id) {
                return None;
            }
            let holds = holders.contains(&id);
            let leads_another = || self.has_office_below(id) || self.is_described_otherwise(id, mention);
            if self.is_more_than(id, &called) || chief && !holds && leads_another() {
                return None;
            }
            if self.is_told_apart(id, &said.marks, said.called) {
                return None;
            }
            if holds
                && (self.is_of_another_party(id, said.party)
                    || entity.unnamed && self.is_described_otherwise(id, mention))
            {
                return None;
            }
            let listed = if holds && entity.party.is_none() { Some(0.0) } else { self.listed_evidence(&said, id) };
            listed.map(|points| points + if holds { HOLDS_ROLE } else { 0.0 })
        };
        let evidence = |id: EntityId| if subjects.contains(&id) { None } else { told(id) };
        // `the Ohio Republican` is the governor of Ohio before anybody else, `the Ohio senator` is not.
        let is_of_state = |id: EntityId| {
            let called =
                || !said.party.is_empty() || self.listed_evidence(&said, id).is_some_and(|points| points > 0.0);
            self.is_of_state(id, &said.marks) && (holders.contains(&id) || called())
        };
        if !said.marks.states.is_empty() {
            let other = self.most_salient(index, &|id| evidence(id).filter(|_| is_of_state(id)));
            let near = other.or_else(|| self.most_salient(index, &|id| told(id).filter(|_| is_of_state(id))));
            if let Some(near) = near {
                return Some((near.entity, Resolution::Described));
            }
        }
        let holder = self.holder(index, &holders, &evidence);
        let inner = self.owner(index);
        let owned = inner.is_some_and(|inner| self.scan.mentions[inner].party_kind == PartyKind::Person);
        if owned || !self.may_be_anyone(index) {
            // `a Lee supporter` is told by Lee, not known.
            return holder.map(|(holder, _)| (holder, Resolution::Role));
        }
        // `the Florida senator`: an office alone does not tell him from other senators.
        let knows =
            |id: EntityId| evidence(id).filter(|_| self.listed_evidence(&said, id).is_some_and(|points| points > 0.0));
        if exclusive {
            // `the judge` is no lawyer who stands out.
            let place = inner.map(|inner| self.scan.mentions[inner].span.of(self.text));
            let of_place = |id: EntityId| place.is_none_or(|place| self.is_office_of(id, place));
            let judge =
                |id: EntityId| if holders.contains(&id) { evidence(id) } else { knows(id).filter(|_| of_place(id)) };
            let near = self.most_salient(index, &judge).map(|near| near.entity);
            return near.or(holder.map(|(far, _)| far)).map(|found| (found, Resolution::Role));
        }
        // Who was described by another word is seldom meant by this one.
        let vague = |id: EntityId| if self.entities.list[id].unnamed { VAGUE } else { 0.0 };
        let listed = if inner.is_none() { self.most_salient(index, &knows) } else { None };
        let near = listed.or_else(|| self.most_salient(index, &|id| evidence(id).map(|points| points + vague(id))));
        match (near, holder) {
            (_, Some(holder)) => Some(self.holder_or_near(mention, holder, near)),
            // `the sister` is whose sister somebody was told to be, not whoever stands out.
            (_, None) if related(DescriptionKind::Relative) && !self.counts_children(mention) => None,
            (Some(near), None) if Self::is_meant(&near, evidence(near.entity)) => {
                let named = !self.entities.list[near.entity].unnamed;
                named.then_some((near.entity, Resolution::Described))
            }
            _ => {
                let sole = self.sole_person(index, &said).filter(|id| evidence(*id).is_some());
                sole.map(|entity| (entity, Resolution::Described))
            }
        }
    }

    /// Of those who were called so, the latest.
    fn latest_holders(&self, head: WordId) -> &[EntityId] {
        let holders = self.notes.of(head).map_or(&[][..], |note| &note.holders);
        &holders[holders.len().saturating_sub(MOST_HOLDERS)..]
    }

    /// Those at the head of the body that a description names: of `the City boss`, City's manager.
    fn chiefs(&self, mention: &Mention) -> Vec<EntityId> {
        let words = self.lexicons.descriptions.chiefs().iter();
        let holders = words.flat_map(|word| self.latest_holders(*word)).copied();
        holders.filter(|id| !self.is_described_otherwise(*id, mention)).collect()
    }

    /// Whether somebody is told to be something that leads nobody: a striker is not `the City boss`.
    fn has_office_below(&self, id: EntityId) -> bool {
        let words = self.words_of(&self.entities.list[id].role);
        let leads = |word| self.lexicons.descriptions.is(DescriptionKind::Leader, self.lexicons.words.find(word));
        !words.is_empty() && !words.split_whitespace().any(leads)
    }

    /// Whether a word alone says too little of somebody's office: the prime minister is not `the minister`.
    fn is_more_than(&self, id: EntityId, called: &str) -> bool {
        let office = self.called(id);
        let before = office.len().checked_sub(called.len() + 1);
        if before.is_none_or(|before| office.as_bytes()[before] != b' ') {
            return false;
        }
        let mut words = office.rsplitn(3, ' ');
        let (Some(last), Some(before)) = (words.next(), words.next()) else { return false };
        let ends = last.eq_ignore_ascii_case(called);
        ends && self.lexicons.descriptions.is_whole(&format!("{before} {last}").to_lowercase())
    }

    /// What somebody is told to be: unnamed, by the description; else by the text, or by the gazetteer.
    fn called(&self, id: EntityId) -> &str {
        let entity = &self.entities.list[id];
        let told = self.told(id);
        match entity.party {
            Some(party) if told.is_empty() => {
                self.lexicons.parties[party as usize].role.split(" of ").next().unwrap_or("")
            }
            _ => told,
        }
    }

    /// The person who stands out most, of those for whom there is evidence.
    fn most_salient(&self, index: usize, evidence: &dyn Fn(EntityId) -> Option<f32>) -> Option<Choice> {
        self.entities.most_salient(self.scan, index, (Suits::PERSON, None), |id, _| evidence(id).map(Fit::of))
    }

    /// Who holds the role, unless somebody with a name stands out far more.
    fn holder_or_near(
        &self,
        mention: &Mention,
        (holder, score): (EntityId, f32),
        near: Option<Choice>,
    ) -> (EntityId, Resolution) {
        let needed = score + OUTDOES[usize::from(self.is_bare(mention))];
        let outdoes =
            |near: &Choice| !self.entities.list[near.entity].unnamed && near.lead >= CLEAR && near.score > needed;
        near.filter(outdoes).map_or((holder, Resolution::Role), |near| (near.entity, Resolution::Described))
    }

    /// Whether the gazetteer knows a party's office to be that of a place: `the Florida governor`.
    fn is_office_of(&self, id: EntityId, place: &str) -> bool {
        let party = self.entities.list[id].party.map(|party| &self.lexicons.parties[party as usize]);
        party.is_some_and(|party| party.role.contains(place))
    }

    /// Whether what a party is called ends like a description of several words and is another office: of an interior
    /// minister, `prime minister`.
    fn holds_another(&self, id: EntityId, called: &str) -> bool {
        let Some((_, last)) = called.rsplit_once(' ') else { return false };
        let role = self.words_of(&self.entities.list[id].role).to_lowercase();
        role.ends_with(last) && role.len() > last.len() && !role.contains(called)
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
        let judge = |id: EntityId| if holders.contains(&id) { evidence(id) } else { None };
        if let Some(near) = self.most_salient(index, &judge) {
            return Some((near.entity, near.score));
        }
        let known = |id: &&EntityId| self.last_before(**id, index).is_some() && evidence(**id).is_some();
        let named = holders.iter().rev().filter(|id| !self.entities.list[**id].unnamed);
        named.max_by_key(|id| (known(id), self.last_before(**id, index))).filter(known).map(|id| (*id, FAR))
    }

    /// Whether who stands out most does so far enough to be meant by a description that nobody is known by.
    fn is_meant(near: &Choice, evidence: Option<f32>) -> bool {
        let needed = if evidence.is_some_and(|points| points > 0.0) { CLEAR / 2.0 } else { CLEAR };
        near.score >= STANDS_OUT && near.lead >= needed
    }

    /// The parties that are subjects in the mention's sentence before it: `Lee said the senator` is of two people.
    pub(super) fn subjects_before(&self, index: usize) -> Vec<EntityId> {
        let mention = &self.scan.mentions[index];
        // `Lee's plan failed, the senator said`: what is reported stands first.
        if mention.tokens.start > 0 && self.scan.kind(mention.tokens.start - 1) == TokenKind::Comma {
            return Vec::new();
        }
        let before = (index.saturating_sub(20)..index).rev().map(|before| (before, &self.scan.mentions[before]));
        let is_cut =
            |at: &usize| matches!(self.scan.kind(*at), TokenKind::Mark | TokenKind::Colon | TokenKind::Semicolon);
        let sentence = self.scan.sentences[mention.sentence as usize].start;
        let sentence = sentence.max(mention.tokens.start.saturating_sub(LONGEST_CLAUSE));
        let clause = (sentence..mention.tokens.start).rev().find(is_cut).unwrap_or(sentence);
        before
            .take_while(|(_, other)| other.tokens.start >= clause)
            .filter(|(before, other)| other.quotation == mention.quotation && self.is_subject(*before))
            .filter_map(|(before, _)| self.entities.of_mention[before])
            .collect()
    }

    /// A definite description that says no more after its noun.
    pub(super) fn may_be_anyone(&self, index: usize) -> bool {
        let mention = &self.scan.mentions[index];
        mention.determiner == Determiner::Definite
            && mention.quotation.is_none()
            && (self.description_end(index) == mention.tokens.end || self.counts_children(mention))
    }

    /// `the mother of four`: no more than `the mother` tells who that is.
    fn counts_children(&self, mention: &Mention) -> bool {
        let of = mention.tokens.end;
        let number = || self.scan.has(of + 1, Class::Number) || self.scan.kind(of + 1) == TokenKind::Number;
        self.scan.has(of, Class::Of) && number() && !self.scan.tokens.get(of + 2).is_some_and(|next| next.is_word())
    }

    pub(super) fn is_bare(&self, mention: &Mention) -> bool {
        mention.tokens.len() - mention.head.len() <= 1 && !self.scan.has(mention.tokens.end, Class::Of)
    }

    /// What a description says of party, country and office.
    fn said_of(&self, mention: &Mention) -> Said<'_> {
        let called = mention.head_span(&self.scan.tokens).of(self.text);
        let mut said = Said { called, marks: self.marks_of(mention), ..Said::default() };
        for at in mention.tokens.clone().filter(|at| self.scan.has(*at, Class::PhraseStart)) {
            let Some((_, meanings)) = self.lexicons.phrases.longest(&self.scan.words[at..=at]) else {
                continue;
            };
            for meaning in meanings {
                match meaning {
                    // `Republican`, `GOP`
                    Meaning::Party(party) if self.lexicons.parties[*party as usize].kind != PartyKind::Person => {
                        said.party = &self.lexicons.parties[*party as usize].party;
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
        // Of whom nothing is known, neither party nor country is guessed.
        let Some(party) = self.entities.list[id].party else {
            let unsaid =
                said.country.is_empty().then_some(0.0).or_else(|| self.is_from(id, said.country).then_some(LISTED));
            let marked = || self.party_behind(id).is_some_and(|party| is_short_for(party, said.party));
            return unsaid
                .filter(|_| said.party.is_empty() || marked())
                .map(|points| if said.party.is_empty() { points } else { points + LISTED });
        };
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

    /// Whether the text tells beside somebody's name that he is from a country: `Germany's Ann Lee`, `Ann Lee of Germany`.
    fn is_from(&self, id: EntityId, country: &str) -> bool {
        let from = |other: usize| {
            let party = self.scan.mentions.get(other).and_then(|place| place.party);
            party.is_some_and(|party| self.lexicons.parties[party as usize].country == country)
        };
        self.entities.list[id].mentions.iter().take(MOST_NAMINGS).any(|index| {
            let index = *index as usize;
            let Range { start, end } = self.scan.mentions[index].tokens;
            let starts = |after: usize, at: usize| {
                self.scan.mentions.get(after).is_some_and(|place| place.tokens.start == at) && from(after)
            };
            let before = index.checked_sub(1).is_some_and(|before| {
                let place = &self.scan.mentions[before];
                place.possessive && place.tokens.end + 1 == start && from(before)
            });
            let follows = self.scan.has(end, Class::Of) || self.scan.kind(end) == TokenKind::Open;
            let inner = (index + 1..)
                .take_while(|at| self.scan.mentions.get(*at).is_some_and(|other| other.tokens.start < end));
            before || follows && starts(index + 1, end + 1) || inner.into_iter().any(from)
        })
    }

    /// `the candidate`, where only one person has been named in this paragraph and the two before.
    fn sole_person(&self, index: usize, said: &Said<'_>) -> Option<EntityId> {
        let mention = &self.scan.mentions[index];
        if mention.determiner != Determiner::Definite
            || mention.quotation.is_some()
            || self.scan.has(mention.tokens.end, Class::Of) && !self.counts_children(mention)
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
                && !self.is_told_apart(*id, &said.marks, said.called)
        })
    }

    /// `her husband`, after `her husband, Bo Hart,`: who was told to be that of the same person.
    pub(super) fn told_before(&mut self, index: usize, head: WordId) -> Option<(EntityId, Resolution)> {
        let holders: SmallVec<[EntityId; 4]> = self.latest_holders(head).iter().rev().copied().collect();
        let owner = if holders.is_empty() { None } else { self.owner_entity(index) }?;
        for id in holders {
            let named = !self.entities.list[id].unnamed && id != owner;
            let namings: SmallVec<[u32; 4]> =
                self.entities.list[id].mentions.iter().copied().filter(|_| named).take(MOST_NAMINGS).collect();
            for naming in namings {
                let around = (naming as usize).saturating_sub(APPOSED_BEFORE)..index.min(naming as usize + 2);
                for apposed in around {
                    let mention = &self.scan.mentions[apposed];
                    let same = mention.determiner == Determiner::Possessive
                        && self.entities.of_mention[apposed] == Some(id)
                        && self.last_word(mention) == Some(head);
                    if same && self.owner_entity(apposed) == Some(owner) {
                        return Some((id, Resolution::Role));
                    }
                }
            }
        }
        None
    }

    /// `her husband`: the one other person of her family name whom the article names.
    pub(super) fn relative_of(&mut self, index: usize, head: WordId) -> Option<(EntityId, Resolution)> {
        if !self.lexicons.descriptions.is(DescriptionKind::Relative, head) {
            return None;
        }
        let owner = self.owner_entity(index)?;
        let named = |mention: &u32| &self.scan.mentions[*mention as usize];
        let mut mentions = self.entities.list[owner].mentions.iter().take(MOST_LOOKED_AT).map(named);
        let first = mentions.find(|mention| mention.head.len() > 1)?;
        let family = self.last_word(first)?;
        let gender = self.scan.mentions[index].gender;
        let fits = |id: EntityId| {
            let entity = &self.entities.list[id];
            let person = matches!(entity.kind, PartyKind::Person | PartyKind::Unknown);
            id != owner && person && entity.full && may_be(entity.gender, gender)
        };
        let bearers = if_few(&self.notes.of(family)?.bearers);
        let mut others = bearers.iter().filter(|(_, is_last)| *is_last).map(|(id, _)| *id).filter(|id| fits(*id));
        let other = others.next().filter(|_| others.next().is_none())?;
        if self.entities.list[other].gender == Gender::Unknown {
            self.entities.change(other, |other| other.gender = gender);
        }
        Some((other, Resolution::Described))
    }
}

/// What a description says; empty where it does not.
#[derive(Default)]
struct Said<'a> {
    /// The noun itself.
    called: &'a str,
    party: &'a str,
    country: &'a str,
    marks: Marks<'a>,
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
