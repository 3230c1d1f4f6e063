//! Names of one word to entities: family names, first names and acronyms among those that stand in full.

use smallvec::SmallVec;

use super::names::{MOST_NAMESAKES, MOST_NAMINGS, if_few, is_thing};
use super::notes::Bearer;
use super::trail::NONE;
use super::{Builder, EntityId, Known, Resolution, Wording, may_be};
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::sets::GIVEN;
use crate::lexicon::words::{Class, WordId};
use crate::scan::mention::{Determiner, Mention, MentionKind};
use crate::scan::token::TokenKind;

/// A family name may stand so many paragraphs before the full name, as in a headline.
const LATEST_INTRODUCTION: u32 = 4;
/// Words after a name within which a pronoun may tell the gender of its bearer.
const HINT: usize = 30;
/// Of namesakes, the one whom the article names first bears the family name alone.
const INTRODUCED_FIRST: f32 = 1.0;
/// The other is named in full each time.
const NAMED_IN_FULL: f32 = 0.25;
/// Who is known by the title that stands before the name.
const HOLDS_TITLE: f32 = 3.0;
/// What looks like a first name is none.
const NO_FIRST_NAME: f32 = -1.2;
/// Who is named in full just before is meant, as the subject or otherwise.
const JUST_NAMED: [f32; 2] = [1.0, 0.4];
/// And more where the full name was a speaker's.
const JUST_SPOKE: f32 = 1.2;
/// Mentions before a name that are looked at for who is named near it, at most; of very many namesakes as many after it, too.
const MOST_NEAR: usize = 64;
/// Mentions between a relative's name and whose relative it is, at most.
const MOST_BEFORE_RELATIVE: usize = 6;
/// Words between a subject and its own pronoun, at most.
const NEAR_OWNER: usize = 4;
/// And more in the same paragraph.
const SAME_PARAGRAPH: f32 = 0.8;

impl Builder<'_> {
    pub(super) fn single_names(&mut self, mentions: &[usize]) {
        let mut acronyms: SmallVec<[(usize, EntityId); 8]> = SmallVec::new();
        for &index in mentions {
            let mention = &self.scan.mentions[index];
            let Some(word) = self.words(mention).next_back() else { continue };
            let note = self.notes.of(word);
            // Whether `Ann Lee (AL)` is a person, other names tell better than capitals in a bracket.
            if mention.head.len() == 1
                && let Some(entity) = note.and_then(|note| note.acronym)
            {
                acronyms.push((index, entity));
                continue;
            }
            let bearer = note.and_then(|note| self.bearer_among(&note.bearers, index, word));
            let bearer = bearer.or_else(|| self.relative_called(index, word));
            let (entity, how) = bearer.unwrap_or_else(|| self.lone_name(mention, word));
            self.bind(index, entity, how);
        }
        for (index, entity) in acronyms {
            self.bind(index, entity, Resolution::Acronym);
        }
    }

    /// `Omar Reyes and his wife, Ann … Mrs Reyes`: who was named as the relative of a bearer of the family name, by a first name
    /// that agrees with the title. That is her name in full.
    fn relative_called(&mut self, index: usize, word: WordId) -> Option<(EntityId, Resolution)> {
        let mention = &self.scan.mentions[index];
        if mention.title.is_none() || mention.gender == Gender::Unknown {
            return None;
        }
        let mut named = (index.saturating_sub(MOST_NEAR)..index).filter(|at| self.is_relative_of(*at, word));
        let agrees = |id: &EntityId| {
            let known = &self.entities.known[*id];
            let person = matches!(known.kind, PartyKind::Person | PartyKind::Unknown);
            !known.full && person && may_be(known.gender, mention.gender)
        };
        let relative = named.find_map(|at| self.entities.of_mention[at].filter(agrees))?;
        let family_name = self.scan.tokens[mention.head.end - 1].span().of(self.text);
        let name = format!("{} {family_name}", self.words_of(&self.entities.list[relative].name));
        self.notes.entry(word).bearers.push((relative, true));
        self.entities.change(relative, |entity| {
            (entity.name, entity.full) = (Wording::Composed(name.into()), true);
        });
        Some((relative, Resolution::FamilyName))
    }

    /// Whether a first name stands behind `his wife,` and the last who is named before that bears a family name.
    fn is_relative_of(&self, at: usize, family_name: WordId) -> bool {
        let first_name = &self.scan.mentions[at];
        if first_name.kind != MentionKind::Name || first_name.head.len() != 1 || first_name.title.is_some() {
            return false;
        }
        let start = first_name.head.start;
        let comma = usize::from(self.scan.kind(start.wrapping_sub(1)) == TokenKind::Comma);
        let Some(noun) = start.checked_sub(1 + comma) else { return false };
        let is_his = noun > 0 && self.scan.has(noun - 1, Class::PossessivePronoun);
        if !is_his || !self.lexicons.descriptions.is(DescriptionKind::Relative, self.scan.words[noun]) {
            return false;
        }
        let mut before = self.scan.mentions[at.saturating_sub(MOST_BEFORE_RELATIVE)..at].iter().rev();
        let owner = before.find(|owner| owner.kind == MentionKind::Name && owner.tokens.end < noun);
        owner.is_some_and(|owner| self.scan.words[owner.head.end - 1] == family_name)
    }

    /// The party of a name that is nowhere given in full; the gazetteer may know whom it nearly always means.
    fn lone_name(&mut self, mention: &Mention, word: WordId) -> (EntityId, Resolution) {
        let how = if mention.party.is_some() { Resolution::FullName } else { Resolution::LoneName };
        let key = self.key(mention);
        if let Some(&known) = self.by_key.get(&key) {
            return (known, how);
        }
        let entity = self.new_entity(mention);
        self.by_key.insert(key, entity);
        self.notes.entry(word).bearers.push((entity, true));
        // `Dean Harlow arrived. Dean said`
        if self.has_first_name_for_title(mention) {
            self.notes.entry(self.scan.words[mention.head.start - 1]).bearers.push((entity, false));
        }
        (entity, how)
    }

    /// The person whose family name or first name the word is.
    pub(super) fn bearer(&self, index: usize, word: WordId) -> Option<(EntityId, Resolution)> {
        self.bearer_among(&self.notes.of(word)?.bearers, index, word)
    }

    fn bearer_among(&self, known: &[Bearer], index: usize, word: WordId) -> Option<(EntityId, Resolution)> {
        if known.len() > MOST_NAMESAKES {
            // Who is meant of those is never sure.
            let found = self.bearer_among_few(&self.first_or_near(known, index), index, word);
            return found.map(|(bearer, _)| (bearer, Resolution::SharedName));
        }
        self.bearer_among_few(known, index, word)
    }

    /// Of very many who bear a name the first, and those named near a mention.
    fn first_or_near(&self, known: &[Bearer], index: usize) -> SmallVec<[Bearer; 128]> {
        let (first, others) = known.split_at(MOST_NAMESAKES);
        let end = self.scan.mentions.len().min(index + MOST_NEAR);
        let near = &self.entities.of_mention[index.saturating_sub(MOST_NEAR)..end];
        let mut near: SmallVec<[EntityId; 128]> = near.iter().copied().flatten().collect();
        near.sort_unstable();
        near.dedup();
        let bears = |entity: EntityId| {
            let at = others.partition_point(|(other, _)| *other < entity);
            others.get(at).copied().filter(|(other, _)| *other == entity)
        };
        first.iter().copied().chain(near.into_iter().filter_map(bears)).collect()
    }

    fn bearer_among_few(&self, known: &[Bearer], index: usize, word: WordId) -> Option<(EntityId, Resolution)> {
        let mention = &self.scan.mentions[index];
        let by = |last: bool| {
            let fits = move |(id, is_last): &(EntityId, bool)| {
                (*is_last == last && self.may_bear(*id, mention)).then_some(*id)
            };
            known.iter().filter_map(fits)
        };
        let mut fitting = by(true);
        if let Some(sole) = fitting.next().filter(|_| fitting.next().is_none()) {
            return self.is_introduced(sole, index, false).then_some((sole, Resolution::FamilyName));
        }
        let given = || self.lexicons.words.classes(word).any(GIVEN);
        let mut candidates: SmallVec<[EntityId; 4]> = by(true).collect();
        if candidates.is_empty() {
            candidates = if given() && self.may_be_forename(mention) {
                by(false).collect()
            } else {
                by(false).take(MOST_NAMESAKES).filter(|id| self.holds_in_name(*id, index, word)).collect()
            };
        }
        if candidates.is_empty() {
            return self.firm_called(known, index, word).map(|firm| (firm, Resolution::FamilyName));
        }
        if candidates.iter().any(|id| self.entities.known[*id].full) {
            candidates.retain(|id| self.entities.known[*id].full);
        }
        let several = candidates.len() > 1;
        candidates.retain(|id| self.is_introduced(*id, index, several));
        if let [sole] = candidates[..] {
            return Some((sole, Resolution::FamilyName));
        }
        let hint = self.gender_hint(index);
        if hint != Gender::Unknown && candidates.iter().any(|id| self.entities.known[*id].gender == hint) {
            candidates.retain(|id| self.entities.known[*id].gender == hint);
            if let [sole] = candidates[..] {
                return Some((sole, Resolution::FamilyName));
            }
        }
        let first = candidates.iter().copied().min_by_key(|id| self.entities.known[*id].first)?;
        let near = self.named_near(index);
        let score = |id: EntityId| {
            self.ownership(id, index, near.as_deref()) + if id == first { INTRODUCED_FIRST } else { 0.0 }
        };
        let scored = candidates.into_iter().map(|id| (id, score(id)));
        let best = scored.reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.map(|(id, _)| (id, Resolution::SharedName))
    }

    /// `Baek So-yul arrived. Mr. Baek said`, `Luz Ibarra Solano. Ibarra said`: a person whose name holds the word, where
    /// no name ends in it.
    fn holds_in_name(&self, id: EntityId, index: usize, word: WordId) -> bool {
        let (entity, mention) = (&self.entities.list[id], &self.scan.mentions[index]);
        let told = mention.title.is_some() || self.is_subject(index) || mention.possessive;
        if !told || mention.head.len() > 1 || !matches!(entity.kind, PartyKind::Person | PartyKind::Unknown) {
            return false;
        }
        let person = entity.kind == PartyKind::Person || !entity.role.is_empty() || mention.title.is_some();
        // `Mr. Lou` is no Lou Reyes, but may be Lou Jiwen.
        let family = mention.title.is_some_and(|title| self.lexicons.titles[title as usize].role.is_empty())
            && !self.may_be_forename(mention);
        let named = entity.mentions.iter().take(MOST_NAMINGS).map(|known| &self.scan.mentions[*known as usize].head);
        let mut full = named.filter(|head| head.len() > 1);
        full.any(|head| {
            let Some(at) = head.clone().find(|at| self.scan.words[*at] == word) else { return false };
            let next = self.scan.tokens.get(at + 1).map_or("", |next| next.span().of(self.text));
            let joined = next.split_once('-').is_some_and(|(_, second)| second.starts_with(char::is_lowercase));
            let unlisted = || head.len() == 2 && self.scan.classes[at + 1].is_empty();
            at == head.start && (joined || family && unlisted()) || person && !self.scan.classes[at].any(GIVEN)
        })
    }

    /// `Quillan Foods closed. Quillan said`: the only firm whose name begins so.
    fn firm_called(&self, known: &[Bearer], index: usize, word: WordId) -> Option<EntityId> {
        let mention = &self.scan.mentions[index];
        let plain = mention.title.is_none() && mention.party.is_none() && mention.head.len() == 1 && !is_thing(mention);
        if !plain || self.lexicons.words.classes(word).any(GIVEN) {
            return None;
        }
        let begins = |id: &EntityId| {
            let firm = &self.entities.list[*id];
            let mut named =
                firm.mentions.iter().take(MOST_NAMINGS).map(|known| &self.scan.mentions[*known as usize].head);
            firm.kind == PartyKind::Organisation
                && named.any(|head| {
                    head.len() > 1
                        && self.scan.words[head.start] == word
                        && self.lexicons.descriptions.is(DescriptionKind::Firm, self.scan.words[head.end - 1])
                })
        };
        let mut firms = if_few(known).iter().map(|(id, _)| *id).filter(begins);
        firms.next().filter(|firm| firms.all(|other| other == *firm) && self.is_introduced(*firm, index, false))
    }

    /// No title stands before a name, or one that goes with a first name: `Sir Keith`, not `Mr Keith`.
    fn may_be_forename(&self, mention: &Mention) -> bool {
        mention.title.is_none()
            || mention
                .head
                .start
                .checked_sub(1)
                .is_some_and(|title| self.lexicons.descriptions.is(DescriptionKind::Forename, self.scan.words[title]))
    }

    /// Whether kind and gender of an entity agree with a single name.
    fn may_bear(&self, id: EntityId, mention: &Mention) -> bool {
        let known = &self.entities.known[id];
        let person = matches!(known.kind, PartyKind::Person | PartyKind::Unknown);
        let single = !known.full;
        let agrees = person || mention.party_kind != PartyKind::Person;
        // What the gazetteer says of `Trump` is no evidence against Ivanka Trump.
        let gender = if mention.title.is_some() || mention.party.is_none() { mention.gender } else { Gender::Unknown };
        // `the Lantern`: a paper, as `the Daily Lantern` is.
        let outlet = known.kind == PartyKind::Outlet && is_thing(mention);
        may_be(known.gender, gender) & (person | single | outlet) & agrees
    }

    /// Whether the entity is named before the mention, or after it: in a headline and the text's opening a name may
    /// stand alone before it is given in full; where there are `several`, not long before. A name that the gazetteer
    /// knows does not wait for another.
    fn is_introduced(&self, id: EntityId, index: usize, several: bool) -> bool {
        let Known { first, party, .. } = self.entities.known[id];
        if first == NONE || (first as usize) < self.first_with(index) {
            return true;
        }
        let (first, mention) = (&self.scan.mentions[first as usize], &self.scan.mentions[index]);
        let listed_otherwise = mention.party.is_some() && mention.party != party;
        let soon = !several || first.paragraph <= mention.paragraph + LATEST_INTRODUCTION;
        soon && !listed_otherwise
    }

    /// The latest mention of each party that stands before a mention, in its paragraph or the one before; `None` where
    /// there are too many.
    fn named_near(&self, index: usize) -> Option<SmallVec<[(EntityId, usize); 16]>> {
        let mut near: SmallVec<[(EntityId, usize); 16]> = SmallVec::new();
        for (passed, before) in (0..self.first_with(index)).rev().enumerate() {
            if self.scan.mentions[before].paragraph + 1 < self.scan.mentions[index].paragraph {
                break;
            }
            if passed == MOST_NEAR {
                return None;
            }
            let Some(entity) = self.entities.of_mention[before] else { continue };
            if near.iter().all(|(known, _)| *known != entity) {
                near.push((entity, before));
            }
        }
        Some(near)
    }

    /// How much speaks for a namesake that a single name means it. `near` is who is named near the name, where that is known.
    fn ownership(&self, id: EntityId, index: usize, near: Option<&[(EntityId, usize)]>) -> f32 {
        let mention = &self.scan.mentions[index];
        let Known { in_full, party, .. } = self.entities.known[id];
        let mut score = -NAMED_IN_FULL * in_full.mentions.saturating_sub(1).min(3) as f32;
        if party.is_none() && !in_full.given {
            score += NO_FIRST_NAME;
        }
        if self.holds_title(id, mention) {
            score += HOLDS_TITLE;
        }
        let last = match near {
            Some(near) => near.iter().find(|(known, _)| *known == id).map(|(_, before)| *before),
            None => self.last_before(id, index),
        };
        if let Some(before) = last {
            let last = &self.scan.mentions[before];
            if last.head.len() > 1 && last.paragraph + 1 >= mention.paragraph {
                let spoke = self.speaks(before);
                score += if spoke { JUST_SPOKE } else { 0.0 };
                let subject = spoke || self.is_subject(before);
                score += JUST_NAMED[usize::from(!subject)];
                score += if subject && last.paragraph == mention.paragraph { SAME_PARAGRAPH } else { 0.0 };
            }
        }
        score
    }

    /// Whether the title before a name is one that the party is known by: `President Bush`, `Secretary Clinton`.
    fn holds_title(&self, id: EntityId, mention: &Mention) -> bool {
        let Some(title) = mention.title.map(|title| &self.lexicons.titles[title as usize].role) else { return false };
        let entity = &self.entities.list[id];
        let listed = entity.party.map(|party| self.lexicons.parties[party as usize].role.as_str());
        let begins = |role: &str| {
            role.get(..title.len()).is_some_and(|start| start.eq_ignore_ascii_case(title))
                || role.get(role.len().saturating_sub(title.len())..).is_some_and(|end| end.eq_ignore_ascii_case(title))
        };
        !title.is_empty() && (begins(self.words_of(&entity.role)) || listed.is_some_and(begins))
    }

    /// The gender that a subject's own pronoun tells: `Dana Holt phoned her brother`.
    pub(super) fn owner_gender(&self, index: usize) -> Gender {
        let mention = &self.scan.mentions[index];
        let person =
            matches!(mention.party_kind, PartyKind::Person | PartyKind::Unknown) && mention.quotation.is_none();
        if !person || !self.is_subject(index) {
            return Gender::Unknown;
        }
        let near = self.scan.mentions[index + 1..]
            .iter()
            .take(2)
            .filter(|next| next.sentence == mention.sentence && next.tokens.start < mention.tokens.end + NEAR_OWNER);
        let own = near.into_iter().find(|next| next.possessive && next.inner && next.kind == MentionKind::Pronoun);
        own.map_or(Gender::Unknown, |own| own.gender)
    }

    /// The gender that a pronoun soon after a name tells: `Trump paints herself`.
    fn gender_hint(&self, index: usize) -> Gender {
        let mention = &self.scan.mentions[index];
        let mut others = self.scan.mentions[index + 1..].iter().take_while(|other| {
            other.sentence == mention.sentence
                && other.quotation == mention.quotation
                && other.tokens.start < mention.tokens.end + HINT
        });
        let telling = others.find(|other| match other.kind {
            MentionKind::Pronoun => matches!(other.gender, Gender::Female | Gender::Male),
            MentionKind::Name | MentionKind::Nominal => {
                !other.plural && matches!(other.party_kind, PartyKind::Person | PartyKind::Unknown)
                    // `her husband`: the pronoun within tells, the noun does not.
                    && other.determiner != Determiner::Possessive
            }
            _ => false,
        });
        telling.filter(|other| other.kind == MentionKind::Pronoun).map_or(Gender::Unknown, |other| other.gender)
    }
}
