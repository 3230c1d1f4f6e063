//! Mentions to entities within one article: the fullest name, titles and roles gathered, namesakes kept apart, and who
//! `he`, `Tillerson`, `the ministry` are. What stays open has no entity; nothing is guessed. Each answer tells how it
//! was found, so that a row can say how sure it is.

// Of two cheap questions about a mention, whose answers are anybody's guess, both are asked: that takes no branch.
#![allow(clippy::needless_bitwise_bool)]

mod appositions;
mod bodies;
mod candidates;
mod descriptions;
mod grounds;
mod joint;
mod names;
mod nominals;
mod notes;
mod pronouns;
mod salience;
mod single_names;
mod spacing;
mod told_apart;
mod trail;
mod voice;
mod wording;

use std::hash::{Hash, Hasher};
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHasher};
use smallvec::SmallVec;

use crate::Span;
use crate::lexicon::Lexicons;
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::{Gender, PartyKind};
pub use crate::lexicon::resolution::Resolution;
use crate::lexicon::sets::GIVEN;
use crate::lexicon::words::{Class, Classes, WordId};
use crate::scan::Scan;
use crate::scan::mention::{Mention, MentionKind};
use crate::scan::token::TokenKind;
use candidates::Suits;
use descriptions::MOST_HOLDERS;
use joint::Joint;
use names::InFull;
use notes::Notes;
use salience::Stops;
use trail::{NONE, Suited, Trace};
pub use wording::Wording;

/// Number of an entity in [`Entities::list`].
pub type EntityId = usize;

/// A party of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entity {
    /// The fullest name that the gazetteer or the article gives.
    pub name: Wording,
    /// Whether the name has several words.
    pub full: bool,
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
    pub role: Wording,
    /// Who they are, where `A and B` are meant together.
    pub members: Box<[EntityId]>,
    /// Its mentions, indices of [`Scan::mentions`], in text order; pronouns not among them.
    pub mentions: SmallVec<[u32; 6]>,
}

/// The parties of an article, and which mention means which.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    /// In the order in which they were told: those named in full first.
    pub list: Vec<Entity>,
    /// For each mention its entity, where it is known.
    pub of_mention: Vec<Option<EntityId>>,
    /// For each mention how its entity was told.
    pub how: Vec<Resolution>,
    /// For each mention what a later pronoun asks of it.
    trail: Vec<Trace>,
    /// Which mentions a pronoun or description may look back on.
    suited: Suited,
    /// For each entity what else is known of it.
    known: Vec<Known>,
    /// Parties that the text joins, in text order.
    joints: Vec<Joint>,
    /// Tables that are made anew for every article in the same room.
    tables: Tables,
}

/// What is known of an entity while the others are found.
#[derive(Clone, Copy, Debug)]
struct Known {
    /// What may stand for it, and what yet may once more is told.
    suits: Suits,
    some_day: Suits,
    kind: PartyKind,
    gender: Gender,
    full: bool,
    unnamed: bool,
    /// The gazetteer party.
    party: Option<u32>,
    /// Its first mention but pronouns, and one past its last; none and 0 while it has none.
    first: u32,
    end: u32,
    /// How it is named in full.
    in_full: InFull,
    /// Whether its role so far tells only how it stands to others.
    related: bool,
}

/// What entities are found by.
#[derive(Clone, Debug, Default)]
struct Tables {
    /// Full name, as the hash of its words, to entity.
    by_key: FxHashMap<u64, EntityId>,
    /// What the article tells of its words.
    notes: Notes,
    /// Where its mentions are gone through.
    stops: Stops,
    /// Quotations with the mentions that they rest on.
    sources: Vec<(usize, usize)>,
    /// The same the other way round, in order of mention.
    spoken: Vec<(usize, usize)>,
    /// For each paragraph whether it is a headline.
    headlines: Vec<bool>,
}

/// A part of the way to the entities of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Tells of every mention what later ones ask of it.
    Trail,
    /// Finds whom names mean.
    Names,
    /// Finds whom descriptions and pronouns mean.
    Others,
}

impl Phase {
    /// In the order in which they are taken.
    pub(crate) const ALL: [Self; 3] = [Self::Trail, Self::Names, Self::Others];
}

impl Known {
    /// Of an entity of which the text has told no more.
    fn of(entity: &Entity) -> Self {
        let (suits, first) = (Suits::of(entity), entity.mentions.first().copied().unwrap_or(NONE));
        let end = entity.mentions.last().map_or(0, |last| last + 1);
        Self {
            suits,
            some_day: suits.some_day(entity.kind),
            kind: entity.kind,
            gender: entity.gender,
            full: entity.full,
            unnamed: entity.unnamed,
            party: entity.party,
            first,
            end,
            in_full: InFull::default(),
            related: false,
        }
    }

    /// Notes how an entity was changed.
    fn renew(&mut self, entity: &Entity) {
        let Self { first, end, in_full, related, .. } = *self;
        *self = Self { first, end, in_full, related, ..Self::of(entity) };
    }
}

impl Tables {
    /// Forgets an article, for another; the room that a very long one took is given back.
    fn begin(&mut self, scan: &Scan, sources: impl Iterator<Item = (usize, usize)>) {
        self.sources.clear();
        self.sources.extend(sources);
        self.spoken.clear();
        self.spoken.extend(self.sources.iter().map(|(quotation, mention)| (*mention, *quotation)));
        self.spoken.sort_unstable();
        self.headlines.clear();
        if !scan.mentions.is_empty() {
            self.headlines.extend(scan.paragraphs.iter().map(|paragraph| gives_no_names(scan, paragraph)));
        }
        self.notes.clear();
        if self.by_key.capacity() > MOST_KEPT {
            self.by_key = FxHashMap::default();
        }
        self.by_key.clear();
    }
}

/// Entries for which room is kept from article to article.
const MOST_KEPT: usize = 4_096;

impl Entities {
    /// Finds the entities of a scanned text. `sources` are quotations and the mentions that they are attributed to:
    /// these stand out to the pronouns after them. `author` is who wrote the article, empty where nobody knows: that is
    /// whom `I` outside a quotation means.
    #[must_use]
    pub fn of(text: &str, scan: &Scan, sources: &[(usize, usize)], author: &str, lexicons: &Lexicons) -> Self {
        let mut entities = Self::default();
        entities.begin(scan, sources.iter().copied());
        for phase in Phase::ALL {
            entities.take(phase, text, scan, author, lexicons);
        }
        entities
    }

    /// Forgets an article, for another with these sources.
    pub(crate) fn begin(&mut self, scan: &Scan, sources: impl Iterator<Item = (usize, usize)>) {
        let mentions = scan.mentions.len();
        self.list.clear();
        self.known.clear();
        self.of_mention.clear();
        self.of_mention.resize(mentions, None);
        self.how.clear();
        self.how.resize(mentions, Resolution::default());
        self.trail.clear();
        self.trail.reserve(mentions);
        self.suited.clear();
        self.joints.clear();
        self.tables.begin(scan, sources);
    }

    /// Takes the next of [`Phase::ALL`], begun with what is the same for all.
    pub(crate) fn take(&mut self, phase: Phase, text: &str, scan: &Scan, author: &str, lexicons: &Lexicons) {
        if scan.mentions.is_empty() {
            return;
        }
        let Tables { by_key, notes, mut stops, sources, spoken, headlines } = std::mem::take(&mut self.tables);
        let mut builder = Builder {
            text,
            scan,
            lexicons,
            entities: self,
            sources,
            author,
            writer: None,
            spoken,
            by_key,
            notes,
            headlines,
        };
        match phase {
            Phase::Trail => builder.trail(&mut stops),
            Phase::Names => builder.names(&stops),
            Phase::Others => builder.rest(&stops),
        }
        let Builder { by_key, notes, sources, spoken, headlines, .. } = builder;
        self.tables = Tables { by_key, notes, stops, sources, spoken, headlines };
    }

    /// The entity of a mention, if known.
    #[must_use]
    pub fn get(&self, mention: usize) -> Option<&Entity> {
        self.of_mention[mention].map(|entity| &self.list[entity])
    }

    /// Adds an entity.
    #[inline]
    pub(crate) fn add(&mut self, entity: Entity) -> EntityId {
        self.known.push(Known::of(&entity));
        self.list.push(entity);
        self.list.len() - 1
    }

    /// Changes what is known of an entity.
    fn change(&mut self, id: EntityId, change: impl FnOnce(&mut Entity)) {
        change(&mut self.list[id]);
        self.known[id].renew(&self.list[id]);
    }

    /// Makes the mentions known to those that look back on them: whom names mean is told by now.
    fn open_trail(&mut self) {
        self.suited.open(self.trail.len());
        let Some(last) = self.known.len().checked_sub(1) else { return };
        for (mention, trace) in self.trail.iter().enumerate() {
            let known = &self.known[last.min(trace.entity as usize)];
            self.suited.note(mention, known.some_day.when(trace.entity != NONE));
        }
    }

    /// Notes whom a mention means.
    #[inline]
    pub(crate) fn mean(&mut self, mention: usize, entity: EntityId) {
        self.of_mention[mention] = Some(entity);
        let trace = &mut self.trail[mention];
        trace.mean(entity);
        // `I` stays out.
        if self.suited.is_open() && trace.entity == entity as u32 {
            self.suited.note(mention, self.known[entity].some_day);
        }
    }

    /// Notes whom a mention means and how that was told.
    fn tell(&mut self, mention: usize, entity: EntityId, how: Resolution) {
        self.mean(mention, entity);
        self.how[mention] = how;
    }
}

struct Builder<'a> {
    text: &'a str,
    scan: &'a Scan,
    lexicons: &'a Lexicons,
    entities: &'a mut Entities,
    /// Quotations with the mentions that they rest on.
    sources: Vec<(usize, usize)>,
    /// Who wrote the article, as given.
    author: &'a str,
    /// The party that the author is, once the text says `I`.
    writer: Option<EntityId>,
    /// The same the other way round, in order of mention.
    spoken: Vec<(usize, usize)>,
    /// Full name, as the hash of its words, to entity.
    by_key: FxHashMap<u64, EntityId>,
    /// What the article tells of its words.
    notes: Notes,
    /// For each paragraph whether it is a headline.
    headlines: Vec<bool>,
}

impl Builder<'_> {
    /// Finds whom names mean, and what stands beside them.
    #[inline(never)]
    fn names(&mut self, stops: &Stops) {
        let mut singles = SmallVec::new();
        self.full_names(&stops.names, &mut singles);
        self.single_names(&singles);
        self.appositions(&stops.apposed);
        self.join_names(&stops.joined);
        self.entities.open_trail();
    }

    /// Finds whom descriptions and pronouns mean.
    #[inline(never)]
    fn rest(&mut self, stops: &Stops) {
        self.others(&stops.others);
        self.join_sources();
    }

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

    /// Notes that a mention means an entity, and what it tells of it.
    fn bind(&mut self, index: usize, id: EntityId, how: Resolution) {
        let mention = &self.scan.mentions[index];
        self.entities.tell(index, id, how);
        let (mentions, number) = (&mut self.entities.list[id].mentions, index as u32);
        let known = &mut self.entities.known[id];
        // Full names are bound before the others, so a later call may bring an earlier mention.
        if known.end > number {
            let place = mentions.partition_point(|known| *known < number);
            mentions.insert(place, number);
        } else {
            mentions.push(number);
        }
        known.first = known.first.min(number);
        known.end = known.end.max(number + 1);
        let Known { gender, kind, .. } = *known;
        if (gender == Gender::Unknown) & (mention.gender != Gender::Unknown) {
            self.entities.change(id, |entity| entity.gender = mention.gender);
        }
        if kind == PartyKind::Unknown {
            let kind = if self.is_paper(index) { PartyKind::Organisation } else { mention.party_kind };
            if kind != PartyKind::Unknown {
                self.entities.change(id, |entity| entity.kind = kind);
            }
        }
        // Of namesakes who is meant is too unsure to tell a role.
        // `The judge Lee spoke of` is another, where Lee is known.
        let article = how == Resolution::FamilyName && self.scan.has(mention.tokens.start, Class::Determiner);
        if mention.role.is_some() && mention.kind == MentionKind::Name && how != Resolution::SharedName && !article {
            self.learn_role(index, id);
        }
    }

    /// Whether a speaker of whom nothing else is told is no person: `Southern Water said`, `the Lantern said`.
    fn is_paper(&self, index: usize) -> bool {
        let mention = &self.scan.mentions[index];
        // `the Texan` is a person.
        let thing = || !self.scan.has(mention.head.start, Class::Modifier) && names::is_thing(mention);
        self.speaks(index) && (self.is_plain(mention) || thing())
    }

    /// `Southern Water`: nothing of the name tells a person.
    fn is_plain(&self, mention: &Mention) -> bool {
        const PLAIN: Classes = Classes::of(&[Class::Common, Class::Modifier, Class::Demonym]);
        const PERSON: Classes = Classes::of(&[Class::RolePerson, Class::RoleTitle]);
        let is_plain = |at: usize| {
            let classes = self.scan.classes[at];
            let person = !classes.has(Class::Demonym) && classes.any(PERSON) || classes.any(GIVEN);
            classes.any(PLAIN) && !person
        };
        mention.title.is_none() && mention.head.len() > 1 && mention.head.clone().all(is_plain)
    }

    /// What stands before the name tells a role.
    fn learn_role(&mut self, index: usize, id: EntityId) {
        let mention = &self.scan.mentions[index];
        let Some(role) = self.role_before(mention) else { return };
        let end = mention.head.start;
        match role.title {
            Some(title) => self.hold_role(id, title.head),
            None if self.is_last_word(end - 1, role.words) => {}
            None => {
                let last = role.words.of(self.text).split_whitespace().next_back();
                self.hold_role(id, last.map_or(0, |word| self.lexicons.words.find(word)));
            }
        }
        for at in mention.tokens.start..end {
            let of_title = mention.title.is_some() && !self.scan.has(at, Class::Of);
            if self.scan.has(at, Class::RolePerson) || of_title || at + 1 == end {
                self.hold_role(id, self.scan.words[at]);
            }
        }
        // What others call somebody in their quotations is no role, unless it is a title; `Senators Lee and Hart` have two.
        let called = mention.quotation.is_some() && mention.title.is_none();
        let lower = |at: usize| self.scan.kind(at) == TokenKind::Lower;
        let people = |at: usize| self.scan.has(at, Class::Plural) && self.scan.has(at, Class::RolePerson);
        let several = (mention.tokens.start..end).any(|at| people(at) && (lower(at) || at + 1 == end));
        if !called && !several {
            self.tell_role(id, self.scan.words[end - 1], |builder| builder.role_wording(mention, &role));
        }
    }

    /// Whether a token is the last word of a span.
    fn is_last_word(&self, at: usize, span: Span) -> bool {
        let token = self.scan.tokens[at];
        let before = token.start.checked_sub(1).map(|before| self.text.as_bytes()[before as usize]);
        token.end() == span.end && (token.start == span.start || before == Some(b' '))
    }

    /// Gives an entity a role with this head noun: the first that is told, but `senator` rather than `rival`.
    fn tell_role(&mut self, id: EntityId, head: WordId, wording: impl FnOnce(&Self) -> Wording) {
        let kinds = [DescriptionKind::Relation, DescriptionKind::Relative];
        let relation = || kinds.iter().any(|kind| self.lexicons.descriptions.is(*kind, head));
        if self.entities.list[id].role.is_empty() {
            self.entities.known[id].related |= relation();
        } else if self.entities.known[id].related && !relation() {
            self.entities.known[id].related = false;
        } else {
            return;
        }
        let role = wording(self);
        self.entities.list[id].role = self.without_count(role);
    }

    fn hold_role(&mut self, id: EntityId, word: WordId) {
        if word == 0 {
            return;
        }
        let holders = &mut self.notes.entry(word).holders;
        let latest = &holders[holders.len().saturating_sub(MOST_HOLDERS)..];
        if !latest.contains(&id) {
            holders.push(id);
        }
    }

    /// The last mention of an entity that begins before another mention.
    fn last_before(&self, id: EntityId, index: usize) -> Option<usize> {
        let first = self.first_with(index);
        // Numbers alone are compared: to look at the mentions themselves is slow where a long text has many.
        let mentions = &self.entities.list[id].mentions;
        let after = mentions.partition_point(|mention| (*mention as usize) < first);
        after.checked_sub(1).map(|before| mentions[before] as usize)
    }

    /// The first mention that begins where another does: those before it begin before.
    fn first_with(&self, index: usize) -> usize {
        let (start, others) = (self.scan.mentions[index].tokens.start, self.scan.mentions[..index].iter().rev());
        index - others.take_while(|other| other.tokens.start == start).count()
    }

    fn in_headline(&self, mention: &Mention) -> bool {
        self.headlines[mention.paragraph as usize] && mention.party.is_none() && !self.is_signature(mention)
    }

    /// `Ann Lee, Bridge Company` under what she said: a source that is cut off opens the line.
    fn is_signature(&self, mention: &Mention) -> bool {
        let line = &self.scan.paragraphs[mention.paragraph as usize];
        let end = mention.tokens.end;
        let cut_off = end == line.end || matches!(self.scan.kind(end), TokenKind::Comma | TokenKind::Stop);
        let signs = |(source, _): &(usize, usize)| self.scan.mentions[*source].tokens == mention.tokens;
        mention.tokens.start == line.start && cut_off && {
            let starts = |(source, _): &(usize, usize)| self.scan.mentions[*source].tokens.start;
            let first = self.spoken.partition_point(|spoken| starts(spoken) < line.start);
            self.spoken[first..].iter().take_while(|spoken| starts(spoken) == line.start).any(signs)
        }
    }
}

/// A line of capitalised words gives no names: any word may be a capital there.
fn gives_no_names(scan: &Scan, paragraph: &Range<usize>) -> bool {
    if paragraph.len() > 25 {
        return false;
    }
    let words = || scan.tokens[paragraph.clone()].iter().filter(|token| token.is_word());
    if words().any(|token| token.kind == TokenKind::Lower && token.span().len() > 4) {
        return false;
    }
    // `Ann Lee: “I saw it all”`
    let unquoted = |at: &usize| scan.tokens[*at].is_word() && scan.quotation_at(*at).is_none();
    let own_words = paragraph.clone().filter(unquoted);
    // `Chief Commissioner Ann Lee said: “We lost.”`
    let reports =
        || paragraph.clone().filter(unquoted).any(|at| scan.kind(at) == TokenKind::Lower && scan.has(at, Class::Say));
    // `Mr. Lee said: “I do not know.”` ends in a mark.
    let closed = scan.kind(paragraph.end - 1) == TokenKind::Mark && paragraph.len() > 1;
    let sentence = scan.kind(paragraph.end - 1 - usize::from(closed)) == TokenKind::Stop
        && words().filter(|token| token.is_capitalised()).count() * 4 < words().count() * 3;
    !sentence && own_words.take(5).count() == 5 && !reports()
}

/// Whether two genders may be one person's.
fn may_be(a: Gender, b: Gender) -> bool {
    a == b || a == Gender::Unknown || b == Gender::Unknown
}
