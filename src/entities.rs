//! Mentions to entities within one article: the fullest name, titles and roles gathered, namesakes kept apart, and who
//! `he`, `Tillerson`, `the ministry` are. What stays open has no entity; nothing is guessed.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHasher};

use crate::lexicon::Lexicons;
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::words::{Class, Classes, WordId};
use crate::scan::Scan;
use crate::scan::mention::{Determiner, Mention, MentionKind};
use crate::scan::token::TokenKind;

/// Number of an entity in [`Entities::list`].
pub type EntityId = usize;

/// A party of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entity {
    /// The fullest name that the gazetteer or the article gives.
    pub name: String,
    /// The gazetteer party, an index of [`Lexicons::parties`].
    pub party: Option<u32>,
    /// What it is.
    pub kind: PartyKind,
    /// Of a person.
    pub gender: Gender,
    /// Whether it stands for several.
    pub plural: bool,
    /// Whether it has no name: `a senior official`.
    pub unnamed: bool,
    /// The role as the text gives it first.
    pub role: String,
    /// Its mentions, indices of [`Scan::mentions`], in text order; pronouns not among them.
    pub mentions: Vec<usize>,
}

/// The parties of an article, and which mention means which.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entities {
    /// In order of first mention.
    pub list: Vec<Entity>,
    /// For each mention its entity, where it is known.
    pub of_mention: Vec<Option<EntityId>>,
    /// For each mention how much it stands out to a later pronoun.
    salience: Vec<f32>,
}

impl Entities {
    /// Finds the entities of a scanned text. `sources` are the mentions that quotations are attributed to: they stand
    /// out to the pronouns after them.
    #[must_use]
    pub fn of(text: &str, scan: &Scan, sources: &[usize], lexicons: &Lexicons) -> Self {
        let count = scan.mentions.len();
        let mut builder = Builder {
            text,
            scan,
            lexicons,
            entities: Entities { list: Vec::new(), of_mention: vec![None; count], salience: vec![0.0; count] },
            by_key: FxHashMap::default(),
            by_word: FxHashMap::default(),
            by_role: FxHashMap::default(),
            acronyms: FxHashMap::default(),
            headlines: scan.paragraphs.iter().map(|paragraph| is_headline(scan, paragraph)).collect(),
        };
        builder.full_names();
        builder.single_names();
        builder.appositions();
        builder.nominals();
        builder.saliences(sources);
        builder.pronouns();
        builder.entities
    }

    /// The entity of a mention, if known.
    #[must_use]
    pub fn get(&self, mention: usize) -> Option<&Entity> {
        self.of_mention[mention].map(|entity| &self.list[entity])
    }

    /// Whom a pronoun means: the entity that stands out most among those before it that agree with it, `not` left
    /// out. `None` where no one agrees.
    #[must_use]
    pub fn antecedent(&self, scan: &Scan, pronoun: usize, not: Option<EntityId>) -> Option<EntityId> {
        let wanted = &scan.mentions[pronoun];
        let mut scores: Vec<(EntityId, f32)> = Vec::with_capacity(8);
        let mut seen = 0;
        for candidate in (pronoun.saturating_sub(MOST_LOOKED_AT)..pronoun).rev() {
            let mention = &scan.mentions[candidate];
            let Some(entity) = self.of_mention[candidate] else { continue };
            let distance = wanted.paragraph.saturating_sub(mention.paragraph);
            if distance > FARTHEST_PARAGRAPH || seen > MOST_CANDIDATES {
                break;
            }
            if Some(entity) == not
                || !agrees(wanted, &self.list[entity], mention)
                || mention.tokens.contains(&wanted.tokens.start)
            {
                continue;
            }
            seen += 1;
            let sentences = wanted.sentence.saturating_sub(mention.sentence);
            let mut score =
                self.salience[candidate] - 0.45 * distance as f32 - 0.3 * sentences.min(6) as f32 - 0.05 * seen as f32;
            if mention.quotation.is_some() && mention.quotation != wanted.quotation {
                if self.list[entity].unnamed {
                    continue;
                }
                score -= 1.0;
            }
            if self.list[entity].gender == wanted.gender && wanted.gender != Gender::Unknown {
                score += SAME_GENDER;
            }
            match scores.iter_mut().find(|(known, _)| *known == entity) {
                Some((_, known)) => *known = known.max(score) + AGAIN,
                None => scores.push((entity, score)),
            }
        }
        let best = scores.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.map(|(entity, _)| entity)
    }
}

/// A family name may stand so many paragraphs before the full name, as in a headline.
const LATEST_INTRODUCTION: u32 = 4;
/// Tokens between a name and its verb, at most.
const LONGEST_INSERTION: usize = 26;
/// What it adds that the party's gender is known to agree.
const SAME_GENDER: f32 = 0.8;
/// What a further mention of the same party adds.
const AGAIN: f32 = 0.1;
/// How much a source, or the subject of a reporting verb, stands out.
const SOURCE: f32 = 1.6;
/// A pronoun is not looked up farther back than this.
const FARTHEST_PARAGRAPH: u32 = 5;
/// Nor past this many mentions, so that a text of one paragraph stays linear.
const MOST_LOOKED_AT: usize = 300;
/// Nor past this many mentions that agree.
const MOST_CANDIDATES: usize = 30;

fn agrees(pronoun: &Mention, entity: &Entity, mention: &Mention) -> bool {
    if mention.kind == MentionKind::Indefinite {
        return false;
    }
    match pronoun.gender {
        Gender::Female | Gender::Male => {
            let person = matches!(entity.kind, PartyKind::Person | PartyKind::Unknown);
            let gender = entity.gender == Gender::Unknown || entity.gender == pronoun.gender;
            person && gender && !entity.plural
        }
        Gender::Neuter => matches!(entity.kind, PartyKind::Organisation | PartyKind::Government | PartyKind::Outlet),
        Gender::Unknown if pronoun.plural => {
            entity.plural || matches!(entity.kind, PartyKind::Group | PartyKind::Organisation)
        }
        Gender::Unknown => false,
    }
}

struct Builder<'a> {
    text: &'a str,
    scan: &'a Scan,
    lexicons: &'a Lexicons,
    entities: Entities,
    /// Full name, as the hash of its words, to entity.
    by_key: FxHashMap<u64, EntityId>,
    /// A word of a full name to the entities that bear it, the last word marked.
    by_word: FxHashMap<WordId, Vec<(EntityId, bool)>>,
    /// Head noun of a role to the entities that hold it.
    by_role: FxHashMap<WordId, Vec<EntityId>>,
    acronyms: FxHashMap<WordId, EntityId>,
    /// For each paragraph whether it is a headline.
    headlines: Vec<bool>,
}

impl Builder<'_> {
    /// The numbers of the words of a mention's name or head noun.
    fn words(&self, mention: &Mention) -> impl DoubleEndedIterator<Item = WordId> {
        let is_word = |at: &usize| self.scan.tokens[*at].is_word();
        mention.head.clone().filter(is_word).map(|at| self.scan.words[at])
    }

    /// The last word, `Jr.` passed over.
    fn last_word(&self, mention: &Mention) -> Option<WordId> {
        let is_name = |at: &usize| self.scan.tokens[*at].is_word() && !self.scan.has(*at, Class::Suffix);
        mention.head.clone().rev().find(is_name).map(|at| self.scan.words[at])
    }

    /// What names are compared by: the gazetteer party, or the words.
    fn key(&self, mention: &Mention) -> u64 {
        let mut hasher = FxHasher::default();
        match mention.party {
            Some(party) => (0u8, party).hash(&mut hasher),
            None => self.words(mention).for_each(|word| (1u8, word).hash(&mut hasher)),
        }
        hasher.finish()
    }

    /// Names of two words and more, and gazetteer names, come first: a family name alone is looked up among them.
    fn full_names(&mut self) {
        for index in 0..self.scan.mentions.len() {
            let mention = &self.scan.mentions[index];
            if !matches!(mention.kind, MentionKind::Name | MentionKind::Demonym) || self.in_headline(mention) {
                continue;
            }
            let several = mention.head.len() > 1;
            let listed = mention.party.is_some() && mention.party_kind != PartyKind::Person;
            if !several && !listed {
                continue;
            }
            let entity = self.full_name(mention);
            self.bind(index, entity);
            self.learn_acronym(mention, entity);
        }
    }

    fn full_name(&mut self, mention: &Mention) -> EntityId {
        let key = self.key(mention);
        if let Some(&entity) = self.by_key.get(&key) {
            return entity;
        }
        if let Some(entity) = self.variant_of(mention) {
            self.by_key.insert(key, entity);
            self.lengthen(entity, mention);
            return entity;
        }
        let entity = self.new_entity(mention);
        self.by_key.insert(key, entity);
        let last = self.last_word(mention);
        for word in mention.head.clone().map(|at| self.scan.words[at]) {
            self.by_word.entry(word).or_default().push((entity, Some(word) == last));
        }
        entity
    }

    /// A known person with the same family name and a first name that may be the same: `Bob Corker`, `Robert P. Corker`.
    fn variant_of(&self, mention: &Mention) -> Option<EntityId> {
        if !matches!(mention.party_kind, PartyKind::Person | PartyKind::Unknown) || mention.head.len() < 2 {
            return None;
        }
        let known = self.by_word.get(&self.last_word(mention)?)?;
        let first = self.scan.tokens[mention.head.start].span().of(self.text).trim_end_matches('.').to_lowercase();
        known.iter().filter(|(_, is_last)| *is_last).map(|(entity, _)| *entity).find(|entity| {
            let entity = &self.entities.list[*entity];
            let both_listed = mention.party.is_some() && entity.party.is_some();
            let known = entity.name.split_whitespace().next().unwrap_or("").trim_end_matches('.').to_lowercase();
            entity.kind == PartyKind::Person
                && !both_listed
                && entity.name.contains(' ')
                && self.same_first(&first, &known)
        })
    }

    fn same_first(&self, a: &str, b: &str) -> bool {
        let stands_for = |nick: &str, name: &str| {
            self.lexicons.nicknames.get(nick).is_some_and(|names| names.iter().any(|n| n == name))
        };
        let initial = |a: &str, b: &str| a.chars().count() == 1 && b.starts_with(a);
        a == b || stands_for(a, b) || stands_for(b, a) || initial(a, b) || initial(b, a)
    }

    fn lengthen(&mut self, entity: EntityId, mention: &Mention) {
        let name = mention.head_span(&self.scan.tokens).of(self.text);
        let known = &mut self.entities.list[entity];
        if let (None, Some(party)) = (known.party, mention.party) {
            known.party = Some(party);
            known.name.clone_from(&self.lexicons.parties[party as usize].name);
            known.gender = mention.gender;
        } else if known.party.is_none() && name.len() > known.name.len() {
            name.clone_into(&mut known.name);
        }
    }

    fn new_entity(&mut self, mention: &Mention) -> EntityId {
        let name = match mention.party {
            Some(party) => self.lexicons.parties[party as usize].name.clone(),
            None => self.own_name(mention),
        };
        self.entities.list.push(Entity {
            name,
            party: mention.party,
            kind: mention.party_kind,
            gender: mention.gender,
            plural: mention.plural,
            ..Entity::default()
        });
        self.entities.list.len() - 1
    }

    /// The name as it stands, a nickname between marks left out.
    fn own_name(&self, mention: &Mention) -> String {
        let is_mark = |at: &usize| self.scan.kind(*at) == TokenKind::Mark;
        let text = |start: usize, end: usize| {
            let (first, last) = (self.scan.tokens[start], self.scan.tokens[end - 1]);
            squeeze(first.span().join(last.span()).of(self.text))
        };
        let head = mention.head.clone();
        match (head.clone().find(is_mark), head.clone().rev().find(is_mark)) {
            (Some(open), Some(close)) if open > head.start && close + 1 < head.end => {
                format!("{} {}", text(head.start, open), text(close + 1, head.end))
            }
            _ => text(head.start, head.end),
        }
    }

    /// Notes that a mention means an entity, and what it tells of it.
    fn bind(&mut self, index: usize, id: EntityId) {
        let mention = &self.scan.mentions[index];
        self.entities.of_mention[index] = Some(id);
        let entity = &mut self.entities.list[id];
        // Full names are bound before the others, so a later call may bring an earlier mention.
        match entity.mentions.last() {
            Some(last) if *last > index => {
                let place = entity.mentions.partition_point(|known| *known < index);
                entity.mentions.insert(place, index);
            }
            _ => entity.mentions.push(index),
        }
        if entity.gender == Gender::Unknown {
            entity.gender = mention.gender;
        }
        if entity.kind == PartyKind::Unknown {
            entity.kind = mention.party_kind;
        }
        if mention.kind != MentionKind::Name {
            return;
        }
        let Some(role) = self.role_text(mention) else { return };
        if let Some(word) = role.split_whitespace().next_back() {
            self.hold_role(id, self.lexicons.words.find(word));
        }
        let end = mention.head.start;
        for at in mention.tokens.start..end {
            let of_title = mention.title.is_some() && !self.scan.has(at, Class::Of);
            if self.scan.has(at, Class::RolePerson) || of_title || at + 1 == end {
                self.hold_role(id, self.scan.words[at]);
            }
        }
        if self.entities.list[id].role.is_empty() {
            self.entities.list[id].role = role;
        }
    }

    /// The role before a name: `Republican Representative` for `Republican Rep.`; none for `Mr.` or a mere article.
    fn role_text(&self, mention: &Mention) -> Option<String> {
        let role = squeeze(mention.role?.of(self.text));
        let role = self.without_article(&role);
        let Some(title) = mention.title else { return Some(role.to_owned()) };
        let title = &self.lexicons.titles[title as usize].role;
        let abbreviated = role.ends_with('.');
        match role.rsplit_once(' ') {
            _ if title.is_empty() => None,
            Some((before, _)) if abbreviated => Some(format!("{before} {title}")),
            None => Some(title.clone()),
            _ => Some(role.to_owned()),
        }
    }

    /// The words without a leading article or possessive pronoun.
    fn without_article<'t>(&self, text: &'t str) -> &'t str {
        const ARTICLES: Classes = Classes::of(&[Class::Determiner, Class::PossessivePronoun]);
        let Some((first, rest)) = text.split_once(' ') else { return text };
        let classes = self.lexicons.words.classes_of(first);
        // `another`, `some` say which: they stay.
        if classes.any(ARTICLES) && !classes.has(Class::Indefinite) { rest } else { text }
    }

    fn hold_role(&mut self, id: EntityId, word: WordId) {
        let bearers = self.by_role.entry(word).or_default();
        if word != 0 && !bearers.contains(&id) {
            bearers.push(id);
        }
    }

    /// `World Trade Council (WTC)`: the capitals in the bracket name the body before it.
    fn learn_acronym(&mut self, mention: &Mention, entity: EntityId) {
        let after = mention.tokens.end;
        let bracket = self.scan.kind(after) == TokenKind::Open
            && self.scan.kind(after + 1) == TokenKind::Upper
            && self.scan.kind(after + 2) == TokenKind::Close;
        if bracket {
            self.acronyms.entry(self.scan.words[after + 1]).or_insert(entity);
        }
    }

    fn single_names(&mut self) {
        for index in 0..self.scan.mentions.len() {
            let mention = &self.scan.mentions[index];
            if mention.kind != MentionKind::Name
                || self.entities.of_mention[index].is_some()
                || self.in_headline(mention)
            {
                continue;
            }
            let Some(word) = self.words(mention).next_back() else { continue };
            let acronym = self.acronyms.get(&word).copied().filter(|_| mention.head.len() == 1);
            let entity = acronym.or_else(|| self.bearer(mention, word)).unwrap_or_else(|| {
                let key = self.key(mention);
                if let Some(&known) = self.by_key.get(&key) {
                    return known;
                }
                let entity = self.new_entity(mention);
                self.by_key.insert(key, entity);
                self.by_word.entry(word).or_default().push((entity, true));
                entity
            });
            self.bind(index, entity);
        }
    }

    /// The person whose family name or first name the word is: gender agrees, else the last one mentioned before.
    fn bearer(&self, mention: &Mention, word: WordId) -> Option<EntityId> {
        let known = self.by_word.get(&word)?;
        let fits = |id: EntityId| {
            let entity = &self.entities.list[id];
            let gender = mention.gender == Gender::Unknown
                || entity.gender == Gender::Unknown
                || entity.gender == mention.gender;
            let person = matches!(entity.kind, PartyKind::Person | PartyKind::Unknown);
            let single = !entity.name.contains(' ');
            let agrees = person || mention.party_kind != PartyKind::Person;
            gender && (person || single) && agrees
        };
        let by = |last: bool| {
            known.iter().filter(move |(_, is_last)| *is_last == last).map(|(id, _)| *id).filter(|id| fits(*id))
        };
        let given = self.lexicons.words.classes(word).any(Classes::of(&[Class::GivenFemale, Class::GivenMale]));
        let candidates: Vec<EntityId> = match by(true).next() {
            Some(_) => by(true).collect(),
            None if given && mention.title.is_none() => by(false).collect(),
            None => return None,
        };
        let at = mention.tokens.start;
        let introduced = |id: &EntityId| {
            let first =
                self.entities.list[*id].mentions.first().map_or(0, |first| self.scan.mentions[*first].paragraph);
            first <= mention.paragraph + LATEST_INTRODUCTION
        };
        let nearest = |id: &EntityId| {
            let mentions = &self.entities.list[*id].mentions;
            let after = mentions.partition_point(|mention| self.scan.mentions[*mention].tokens.start < at);
            let before = after.checked_sub(1).map(|before| self.scan.mentions[mentions[before]].tokens.start);
            before.map_or((0, usize::MAX - mentions.first().copied().unwrap_or(0)), |start| (1, start))
        };
        candidates.into_iter().filter(introduced).max_by_key(nearest)
    }

    /// `NAME, a doctor,` and `The spokesman, NAME,` tell a role.
    fn appositions(&mut self) {
        for index in 0..self.scan.mentions.len().saturating_sub(1) {
            let (first, second) = (&self.scan.mentions[index], self.next_outer(index));
            let Some(second) = second else { continue };
            let comma = self.scan.kind(first.tokens.end) == TokenKind::Comma
                && self.scan.mentions[second].tokens.start == first.tokens.end + 1;
            if !comma || first.inner {
                continue;
            }
            let next = &self.scan.mentions[second];
            let (named, nominal) = match (first.kind, next.kind) {
                (MentionKind::Name, MentionKind::Nominal) => (index, second),
                (MentionKind::Nominal, MentionKind::Name) if first.determiner != Determiner::Indefinite => {
                    (second, index)
                }
                _ => continue,
            };
            let role = &self.scan.mentions[nominal];
            let person = role.party_kind == PartyKind::Person && !role.plural;
            let Some(entity) = self.entities.of_mention[named].filter(|_| person) else { continue };
            if matches!(self.entities.list[entity].kind, PartyKind::Person | PartyKind::Unknown) {
                self.entities.list[entity].kind = PartyKind::Person;
                let head = self.words(role).next_back().unwrap_or(0);
                let words = squeeze(role.span.of(self.text));
                if self.entities.list[entity].gender == Gender::Unknown {
                    self.entities.list[entity].gender = role.gender;
                }
                self.hold_role(entity, head);
                if self.entities.list[entity].role.is_empty() {
                    let role = self.without_article(&words).to_owned();
                    self.entities.list[entity].role = role;
                }
                self.entities.of_mention[nominal] = Some(entity);
            }
        }
    }

    fn next_outer(&self, index: usize) -> Option<usize> {
        let end = self.scan.mentions[index].tokens.end;
        (index + 1..self.scan.mentions.len().min(index + 8)).find(|next| {
            let mention = &self.scan.mentions[*next];
            !mention.inner && mention.tokens.start >= end
        })
    }

    /// `the senator`: who was called so; `the ministry`: the body named so before; `a senior official`: unnamed.
    fn nominals(&mut self) {
        let mut bodies: FxHashMap<WordId, EntityId> = FxHashMap::default();
        for index in 0..self.scan.mentions.len() {
            let mention = &self.scan.mentions[index];
            if let (MentionKind::Name, Some(entity)) = (mention.kind, self.entities.of_mention[index])
                && self.scan.classes[mention.head.end - 1].any(BODIES)
            {
                bodies.insert(self.scan.words[mention.head.end - 1], entity);
            }
            if mention.kind != MentionKind::Nominal || self.entities.of_mention[index].is_some() {
                continue;
            }
            let Some(head) = self.words(mention).next_back() else { continue };
            let definite = matches!(mention.determiner, Determiner::Definite | Determiner::None);
            let described = if definite { self.described_by(index, head) } else { None };
            let known = if definite {
                described.or_else(|| Self::known_body(&bodies, mention, head)).or_else(|| self.sole_person(index))
            } else {
                None
            };
            let entity = known.unwrap_or_else(|| self.nominal_entity(index));
            let entity = self.same_nominal(entity);
            if mention.party_kind != PartyKind::Person {
                bodies.insert(head, entity);
            }
            self.bind(index, entity);
        }
    }

    /// A body described at length is the antecedent of its bare head noun: `the ministry`.
    fn known_body(bodies: &FxHashMap<WordId, EntityId>, mention: &Mention, head: WordId) -> Option<EntityId> {
        let bare = mention.tokens.len() - mention.head.len() <= 1;
        bodies.get(&head).copied().filter(|_| bare && mention.party_kind != PartyKind::Group)
    }

    /// `the candidate`, where only one person has been named in this paragraph and the two before.
    fn sole_person(&self, index: usize) -> Option<EntityId> {
        let mention = &self.scan.mentions[index];
        let bare =
            mention.determiner == Determiner::Definite && mention.party_kind == PartyKind::Person && !mention.plural;
        if !bare || mention.quotation.is_some() || self.scan.has(mention.tokens.end, Class::Of) {
            return None;
        }
        let mut sole = None;
        for before in (index.saturating_sub(MOST_LOOKED_AT)..index).rev() {
            let other = &self.scan.mentions[before];
            if other.paragraph + 2 < mention.paragraph {
                break;
            }
            let Some(id) = self.entities.of_mention[before] else { continue };
            let entity = &self.entities.list[id];
            let person =
                matches!(entity.kind, PartyKind::Person | PartyKind::Unknown) && !entity.unnamed && !entity.plural;
            if !person {
                continue;
            }
            if sole.is_some_and(|known| known != id) {
                return None;
            }
            sole = Some(id);
        }
        let agrees = |id: &EntityId| {
            let gender = self.entities.list[*id].gender;
            let known = self.entities.list[*id].kind == PartyKind::Person;
            known && (mention.gender == Gender::Unknown || gender == mention.gender || gender == Gender::Unknown)
        };
        sole.filter(agrees)
    }

    /// The latest entity before that holds the role.
    fn described_by(&self, index: usize, head: WordId) -> Option<EntityId> {
        let mention = &self.scan.mentions[index];
        if mention.plural || mention.party_kind != PartyKind::Person {
            return None;
        }
        let bearers = self.by_role.get(&head)?;
        let at = mention.tokens.start;
        let place = |id: &EntityId| {
            let mentions = &self.entities.list[*id].mentions;
            let after = mentions.partition_point(|m| self.scan.mentions[*m].tokens.start < at);
            after.checked_sub(1).map(|before| self.scan.mentions[mentions[before]].tokens.start)
        };
        let agreeing = bearers.iter().filter(|id| {
            let gender = self.entities.list[**id].gender;
            mention.gender == Gender::Unknown || gender == Gender::Unknown || gender == mention.gender
        });
        agreeing.filter_map(|id| place(id).map(|start| (start, *id))).max().map(|(_, id)| id)
    }

    /// An entity for a nominal that no name is known for.
    fn nominal_entity(&mut self, index: usize) -> EntityId {
        let mention = &self.scan.mentions[index];
        let body = matches!(mention.party_kind, PartyKind::Government | PartyKind::Organisation);
        let owner = self.owner(index);
        let named = body && owner.is_some();
        let text = squeeze(mention.span.of(self.text));
        let name = match owner {
            Some(owner) if body => self.body_name(index, owner),
            _ => text,
        };
        let name = if named { name } else { self.without_article(&name).to_owned() };
        self.entities.list.push(Entity {
            name,
            kind: mention.party_kind,
            gender: mention.gender,
            plural: mention.plural,
            unnamed: !named,
            ..Entity::default()
        });
        self.entities.list.len() - 1
    }

    /// Two nominals with the same full words are one party where the words name it: `the Russian foreign ministry`.
    fn same_nominal(&mut self, id: EntityId) -> EntityId {
        let entity = &self.entities.list[id];
        if entity.unnamed || !entity.mentions.is_empty() {
            return id;
        }
        let mut hasher = FxHasher::default();
        entity.name.to_lowercase().hash(&mut hasher);
        let key = hasher.finish();
        if let Some(&known) = self.by_key.get(&key) {
            if known != id && id + 1 == self.entities.list.len() {
                self.entities.list.pop();
            }
            return known;
        }
        self.by_key.insert(key, id);
        id
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
        let rest = crate::Span { start: self.scan.tokens[rest].start, end: outer.span.end };
        format!("{demonym} {}", squeeze(rest.of(self.text)))
    }

    fn saliences(&mut self, sources: &[usize]) {
        for &source in sources {
            self.entities.salience[source] = SOURCE;
        }
        for index in 0..self.scan.mentions.len() {
            let mention = &self.scan.mentions[index];
            let mut salience = self.entities.salience[index];
            if salience < SOURCE && self.is_sayer(mention) {
                salience += SOURCE;
            }
            if self.is_subject(mention) {
                salience += 1.0;
            }
            if self.scan.sentences[mention.sentence as usize].start == mention.tokens.start {
                salience += 0.5;
            }
            if mention.possessive || mention.inner {
                salience -= 0.6;
            }
            if mention.tokens.start > 0 && self.scan.has(mention.tokens.start - 1, Class::Preposition) {
                salience -= 0.6;
            }
            self.entities.salience[index] = salience;
        }
    }

    /// A cue stands beside the mention: `Lee said`, `Lee, a doctor, said`, `said Lee`.
    fn is_sayer(&self, mention: &Mention) -> bool {
        const CUES: Classes = Classes::of(&[Class::Say, Class::Strong, Class::Tell]);
        let cue = |at: usize| self.scan.classes.get(at).is_some_and(|c| c.any(CUES) && c.has(Class::Finite));
        let after = self.after_insertion(mention.tokens.end);
        let skip = usize::from(self.scan.has(after, Class::Adverb) || self.scan.has(after, Class::Have));
        cue(after + skip) || mention.tokens.start > 0 && cue(mention.tokens.start - 1) && mention.quotation.is_none()
    }

    /// A verb follows the mention.
    fn is_subject(&self, mention: &Mention) -> bool {
        if mention.inner {
            return false;
        }
        let at = self.after_insertion(mention.tokens.end);
        self.is_verb(at) || self.scan.has(at, Class::Adverb) && self.is_verb(at + 1)
    }

    fn is_verb(&self, at: usize) -> bool {
        const VERBS: Classes =
            Classes::of(&[Class::Be, Class::Have, Class::Do, Class::Modal, Class::Finite, Class::Verb]);
        self.scan.classes.get(at).is_some_and(|classes| classes.any(VERBS))
            || self.scan.kind(at) == TokenKind::Lower && self.scan.tokens[at].span().of(self.text).ends_with("ed")
    }

    /// The token after `, a doctor of note,` or `(R-Tex.)` where one stands at `at` and a verb follows it; else `at`.
    fn after_insertion(&self, at: usize) -> usize {
        let place = if self.scan.has(at, Class::Of) && self.scan.tokens.get(at + 1).is_some_and(|t| t.is_capitalised())
        {
            2
        } else {
            0
        };
        let open = at + place;
        let closing = match self.scan.kind(open) {
            TokenKind::Comma => TokenKind::Comma,
            TokenKind::Open => TokenKind::Close,
            _ => return at,
        };
        for close in open + 2..open + LONGEST_INSERTION {
            match self.scan.kind(close) {
                TokenKind::Stop | TokenKind::Mark => return at,
                kind if kind == closing => {
                    let after = close + 1 + usize::from(self.scan.kind(close + 1) == TokenKind::Comma);
                    if self.is_verb(after) || self.scan.has(after, Class::Adverb) && self.is_verb(after + 1) {
                        return after;
                    }
                }
                _ => {}
            }
        }
        at
    }

    /// Pronouns outside quotations, and `who`.
    fn pronouns(&mut self) {
        for index in 0..self.scan.mentions.len() {
            let mention = &self.scan.mentions[index];
            match mention.kind {
                MentionKind::Relative => self.entities.of_mention[index] = self.before_relative(index),
                MentionKind::Pronoun if mention.quotation.is_none() => {
                    let entity = self.entities.antecedent(self.scan, index, None);
                    self.entities.of_mention[index] = entity;
                    if let Some(entity) = entity.map(|id| &mut self.entities.list[id])
                        && entity.gender == Gender::Unknown
                        && matches!(mention.gender, Gender::Female | Gender::Male)
                    {
                        entity.gender = mention.gender;
                    }
                }
                _ => {}
            }
        }
    }

    /// The mention right before `who`, over a comma and over the place in `a senator from Iowa, who`.
    fn before_relative(&self, index: usize) -> Option<EntityId> {
        let at = self.scan.mentions[index].tokens.start;
        let mut candidate = None;
        for before in (index.saturating_sub(6)..index).rev() {
            let mention = &self.scan.mentions[before];
            let entity = self.entities.get(before);
            let person = entity.is_some_and(|entity| !matches!(entity.kind, PartyKind::Place | PartyKind::Event));
            if mention.inner || mention.tokens.end > at || at - mention.tokens.end > 12 || !person {
                continue;
            }
            candidate = candidate.or(self.entities.of_mention[before]);
            if entity.is_some_and(|entity| entity.kind == PartyKind::Person) {
                return self.entities.of_mention[before];
            }
        }
        candidate
    }

    fn in_headline(&self, mention: &Mention) -> bool {
        mention.party.is_none() && self.headlines[mention.paragraph as usize]
    }
}

/// A line of capitalised words without a final stop gives no names: any word may be a capital there.
fn is_headline(scan: &Scan, paragraph: &Range<usize>) -> bool {
    if paragraph.len() > 25 || scan.kind(paragraph.end - 1) == TokenKind::Stop {
        return false;
    }
    let words = || scan.tokens[paragraph.clone()].iter().filter(|token| token.is_word());
    let lower_common = words().any(|token| token.kind == TokenKind::Lower && token.span().len() > 4);
    !lower_common && words().nth(4).is_some()
}

const BODIES: Classes = Classes::of(&[Class::RoleOrganisation, Class::RoleGovernment]);

/// White space of any kind as single spaces.
fn squeeze(text: &str) -> String {
    let even = text.is_ascii() && !text.contains("  ") && !text.contains(['\n', '\t', '\r']);
    if even {
        return text.to_owned();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
