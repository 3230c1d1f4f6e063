//! Whom a pronoun means: of the parties before it that agree with it, the one that stands out most.

use smallvec::SmallVec;

use super::names::GIVEN;
use super::salience::SUBJECT;
use super::trail::{NONE, Trace, Traits};
use super::wording::without_shouting;
use super::{Builder, Entities, Entity, EntityId, Resolution, Wording, may_be};
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::words::{Class, Classes};
use crate::scan::Scan;
use crate::scan::mention::{Mention, MentionKind};
use crate::scan::token::TokenKind;

/// What it adds that the party's gender is known to agree.
const SAME_GENDER: f32 = 0.5;
/// What a further mention of the same party adds, up to so many.
const AGAIN: f32 = 0.07;
const MOST_AGAIN: f32 = 4.0;
/// The latest subject.
const LATEST_SUBJECT: f32 = 0.4;
/// And more where its sentence is the one right before, in the same paragraph.
const SUBJECT_BEFORE: f32 = 0.4;
/// Of a party that has no name, or that no word tells to be a person.
pub(super) const VAGUE: f32 = -0.8;
/// A party that is named in full for the first time.
const INTRODUCED: f32 = 0.3;
/// What each paragraph, sentence and mention between takes.
const PARAGRAPH: f32 = -0.45;
const SENTENCE: f32 = -0.3;
const MENTION: f32 = -0.05;
/// Sentences are counted up to this many.
const MOST_SENTENCES: u32 = 6;
/// The subject of the sentence that the pronoun stands in, or of the one before.
const SAME_SENTENCE: f32 = 0.4;
/// A party mentioned within a quotation only.
const QUOTED: f32 = -1.0;
/// A party mentioned in a caption above.
const CAPTION: f32 = -1.0;
/// A party that the speaker of a quotation names in it.
const SPOKEN_OF: f32 = -1.5;
/// A party that grammar forbids: `he` is not Lee in `he told Lee`.
const FORBIDDEN: f32 = -4.0;
/// A pronoun is not looked up farther back than this.
const FARTHEST_PARAGRAPH: u32 = 5;
/// Nor past this many mentions, so that a text of one paragraph stays linear.
pub(super) const MOST_LOOKED_AT: usize = 300;
/// Nor past this many mentions that agree.
const MOST_CANDIDATES: usize = 30;
/// A pronoun tells a gender of whom this or the paragraph before names.
const NEAR_PARAGRAPH: u32 = 1;
/// From this lead over the second on, a choice is clear.
pub(super) const CLEAR: f32 = 0.6;
/// `they` may be two who were joined so many paragraphs before.
const FARTHEST_JOINT: u32 = 1;
/// Whom `it` and `they` mean, stands out at least so much.
const STANDS_OUT: f32 = 0.0;
/// Words between a verb and what it is done to.
const CLAUSE: usize = 12;

/// The party that stands out most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Choice {
    pub(super) entity: EntityId,
    pub(super) score: f32,
    /// Its lead over the second; infinite where there is none.
    pub(super) lead: f32,
    /// Its latest mention.
    mention: usize,
}

#[derive(Clone, Copy, Debug)]
struct Candidate {
    entity: u32,
    fit: Fit,
    unnamed: bool,
    /// Its latest mention; none before one is found by which it may be meant.
    mention: u32,
    score: f32,
    /// How many more mentions there are.
    again: f32,
}

/// How an entity may be meant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit {
    /// What speaks for it beside its mentions.
    points: f32,
    /// What its latest mention must be.
    needs: Traits,
    /// What its latest mention must not be.
    bars: Traits,
}

impl Fit {
    /// Of an entity with these points, whatever its mentions are.
    pub(super) fn of(points: f32) -> Self {
        Self { points, needs: Traits::default(), bars: Traits::default() }
    }

    fn allows(self, traits: Traits) -> bool {
        traits.has(self.needs) && !traits.any(self.bars)
    }
}

/// Whom a pronoun may mean, as its look back finds them.
struct Candidates {
    list: SmallVec<[Candidate; 12]>,
    /// For the first entities of an article where in the list they are, counted from 1; those after them are searched for.
    seats: [u16; 128],
}

/// The seat of an entity that does not fit.
const MISFIT: u16 = u16::MAX;

impl Candidates {
    fn new() -> Self {
        Self { list: SmallVec::new(), seats: [0; 128] }
    }

    /// Where in the list an entity is; none for one that does not fit. Each is judged when it is met first.
    fn seat(&mut self, entities: &[Entity], entity: u32, judge: &impl Fn(EntityId) -> Option<Fit>) -> Option<usize> {
        let seat = self.seats.get(entity as usize).copied();
        let known = match seat {
            Some(MISFIT) => return None,
            Some(0) => None,
            Some(seat) => return Some(seat as usize - 1),
            None => self.list.iter().position(|known| known.entity == entity),
        };
        known.or_else(|| self.add(&entities[entity as usize], entity, judge(entity as usize)))
    }

    fn add(&mut self, party: &Entity, entity: u32, fit: Option<Fit>) -> Option<usize> {
        let place = fit.map(|fit| {
            let unnamed = party.unnamed;
            self.list.push(Candidate { entity, fit, unnamed, mention: NONE, score: f32::NEG_INFINITY, again: -1.0 });
            self.list.len()
        });
        if let Some(seat) = self.seats.get_mut(entity as usize) {
            *seat = place.map_or(MISFIT, |place| place as u16);
        }
        place.map(|place| place - 1)
    }
}

impl Entities {
    /// Whom a pronoun means: the entity that stands out most among those before it that agree with it, `not` left
    /// out. `None` where no one agrees.
    #[must_use]
    pub fn antecedent(&self, scan: &Scan, pronoun: usize, not: Option<EntityId>) -> Option<EntityId> {
        let wanted = &scan.mentions[pronoun];
        let judge = |id: EntityId| if Some(id) == not { None } else { fit(wanted, &self.list[id]) };
        self.most_salient(scan, pronoun, judge).map(|choice| choice.entity)
    }

    /// The party before a mention that stands out most, of those that `judge` finds fit.
    pub(super) fn most_salient(
        &self,
        scan: &Scan,
        index: usize,
        judge: impl Fn(EntityId) -> Option<Fit>,
    ) -> Option<Choice> {
        let (wanted, start) = (self.trail[index], scan.mentions[index].tokens.start);
        let mut found = Candidates::new();
        let mut seen = 0;
        let (mut subject, mut main) = (NONE, NONE);
        let earliest = index.saturating_sub(MOST_LOOKED_AT);
        for (back, trace) in self.trail[earliest..index].iter().enumerate().rev() {
            let before = earliest + back;
            if trace.entity == NONE {
                continue;
            }
            let paragraphs = wanted.paragraph.saturating_sub(trace.paragraph);
            if paragraphs > FARTHEST_PARAGRAPH || seen > MOST_CANDIDATES {
                break;
            }
            let Some(seat) = found.seat(&self.list, trace.entity, &judge) else { continue };
            let candidate = &mut found.list[seat];
            let elsewhere = trace.quotation != NONE && trace.quotation != wanted.quotation;
            let around = || trace.end as usize > start && scan.mentions[before].tokens.contains(&start);
            let fits = candidate.mention != NONE || candidate.fit.allows(trace.traits);
            if elsewhere && candidate.unnamed || !fits || around() {
                continue;
            }
            seen += 1;
            let quoted = if elsewhere { QUOTED } else { 0.0 };
            let aside = trace.traits.has(Traits::CAPTION) && paragraphs > 0;
            let caption = if aside { CAPTION } else { 0.0 };
            let nearness = self.nearness(&wanted, before, trace);
            let score = candidate.fit.points + quoted + caption + nearness + MENTION * seen as f32;
            candidate.score = if score > candidate.score { score } else { candidate.score };
            candidate.again += 1.0;
            if candidate.mention == NONE {
                candidate.mention = before as u32;
            }
            if trace.salience >= SUBJECT && !elsewhere && !aside {
                subject = if subject == NONE { trace.entity } else { subject };
                // Of two in the sentence before, the first is the subject of the whole.
                if paragraphs == 0 && trace.sentence + 1 == wanted.sentence {
                    main = trace.entity;
                }
            }
        }
        for candidate in &mut found.list {
            let latest = if subject == candidate.entity { LATEST_SUBJECT } else { 0.0 };
            // `Her mother remembers. “She cried,” she says.`
            let unnamed = if candidate.unnamed { -VAGUE } else { 0.0 };
            let before = if main == candidate.entity { SUBJECT_BEFORE + unnamed } else { 0.0 };
            candidate.score += latest + before + AGAIN * candidate.again.min(MOST_AGAIN);
        }
        choose(&found.list)
    }

    fn nearness(&self, wanted: &Trace, before: usize, trace: &Trace) -> f32 {
        let paragraphs = wanted.paragraph.saturating_sub(trace.paragraph);
        let sentences = wanted.sentence.saturating_sub(trace.sentence);
        let same = if sentences == 0 { SAME_SENTENCE } else { 0.0 };
        let first = || self.list[trace.entity as usize].mentions.first() == Some(&before);
        let introduced = if trace.traits.has(Traits::IN_FULL) && first() { INTRODUCED } else { 0.0 };
        trace.salience
            + same
            + introduced
            + PARAGRAPH * paragraphs as f32
            + SENTENCE * sentences.min(MOST_SENTENCES) as f32
    }
}

/// Who has the best score; of two equals, who is mentioned last.
fn choose(found: &[Candidate]) -> Option<Choice> {
    let mut found = found.iter().filter(|candidate| candidate.mention != NONE);
    let mut best = found.next()?;
    let mut second = f32::NEG_INFINITY;
    for next in found {
        let better = next.score > best.score || next.score >= best.score && next.mention > best.mention;
        second = second.max(if better { best.score } else { next.score });
        best = if better { next } else { best };
    }
    let (entity, mention) = (best.entity as usize, best.mention as usize);
    Some(Choice { entity, score: best.score, lead: best.score - second, mention })
}

/// The author's name, if it is one person's: `By Ann Lee`, not `Ann Lee and Bo Hart`, `News Desk, Dessan`.
fn sole_author(author: &str) -> Option<&str> {
    let author = author.trim();
    let name = author.strip_prefix("By ").unwrap_or(author);
    let is_name = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|sign| sign.is_alphabetic() || matches!(sign, '.' | '-' | '\'' | '’'))
    };
    let particle = |word: &str| word.len() <= 3 && word.chars().all(char::is_lowercase) && word != "and";
    let words = || name.split_whitespace();
    let all = words().all(|word| is_name(word) || particle(word));
    ((2..=4).contains(&words().count()) && all).then_some(name)
}

/// How an entity that agrees with a pronoun in gender and number may be meant by it.
fn fit(pronoun: &Mention, entity: &Entity) -> Option<Fit> {
    let bars = Traits::INDEFINITE;
    match pronoun.gender {
        Gender::Female | Gender::Male => {
            if !may_be(entity.gender, pronoun.gender) || entity.plural {
                return None;
            }
            // `the Patriarchate`: an article stands before no person's name.
            let bars = match entity.kind {
                PartyKind::Person => bars,
                PartyKind::Unknown if !entity.unnamed => bars.with(Traits::THING),
                _ => return None,
            };
            Some(Fit { bars, ..Fit::of(gender_bonus(pronoun, entity)) })
        }
        Gender::Neuter => {
            let needs = match entity.kind {
                PartyKind::Organisation | PartyKind::Government | PartyKind::Outlet => Traits::default(),
                PartyKind::Unknown if !entity.plural => Traits::DOCUMENT,
                _ => return None,
            };
            Some(Fit { points: 0.0, needs, bars })
        }
        Gender::Unknown => {
            let several = entity.plural || matches!(entity.kind, PartyKind::Group | PartyKind::Organisation);
            (pronoun.plural && several).then(|| Fit { bars, ..Fit::of(0.0) })
        }
    }
}

fn gender_bonus(pronoun: &Mention, entity: &Entity) -> f32 {
    let same = if entity.gender == pronoun.gender { SAME_GENDER } else { 0.0 };
    same + if entity.unnamed || entity.kind == PartyKind::Unknown { VAGUE } else { 0.0 }
}

impl Builder<'_> {
    /// A pronoun outside quotations.
    pub(super) fn pronoun(&mut self, index: usize) {
        if self.entities.of_mention[index].is_some() {
            return;
        }
        let pronoun = &self.scan.mentions[index];
        // `I` and `you` outside a quotation: of these only who writes is known.
        if pronoun.gender == Gender::Unknown && !pronoun.plural {
            self.writer(index);
            return;
        }
        if let Some(entity) = self.main_subject_after(index) {
            self.entities.tell(index, entity, Resolution::PronounClear);
            return;
        }
        let spoken_of = self.named_in_its_quotations(index);
        let forbidden = self.forbidden(index);
        let judge = |id: EntityId| {
            let mut fit = fit(pronoun, &self.entities.list[id])?;
            fit.points += if spoken_of.contains(&id) { SPOKEN_OF } else { 0.0 };
            fit.points += if forbidden.contains(&id) { FORBIDDEN } else { 0.0 };
            Some(fit)
        };
        let choice = self.entities.most_salient(self.scan, index, judge);
        if pronoun.plural
            && let Some(joint) = self.joint_before(index, FARTHEST_JOINT)
            && choice.is_none_or(|choice| choice.mention < self.entities.joints[joint].last())
        {
            let entity = self.joint_entity(joint);
            self.entities.tell(index, entity, Resolution::Joint);
            return;
        }
        let telling = matches!(pronoun.gender, Gender::Female | Gender::Male);
        let least = if telling { FORBIDDEN + 1.0 } else { STANDS_OUT };
        let Some(choice) = choice.filter(|choice| choice.score > least) else { return };
        let how = match choice.lead {
            _ if !telling => Resolution::PronounOther,
            f32::INFINITY => Resolution::PronounAlone,
            CLEAR.. => Resolution::PronounClear,
            _ => Resolution::PronounClose,
        };
        self.entities.tell(index, choice.entity, how);
        // Of whom he says `that she was great` is mostly, but not surely, himself.
        let retold = pronoun.tokens.start.checked_sub(1).is_some_and(|before| self.scan.has(before, Class::That));
        let subject = self.scan.has(pronoun.tokens.start, Class::Subject) && !retold;
        // `the girl` a page before may be whom `she` means rather than somebody of whom no word tells it.
        let named = self.last_before(choice.entity, pronoun.tokens.start);
        let near = named.is_some_and(|named| self.scan.mentions[named].paragraph + NEAR_PARAGRAPH >= pronoun.paragraph);
        let entity = &mut self.entities.list[choice.entity];
        if entity.gender == Gender::Unknown
            && choice.lead >= CLEAR
            && subject
            && near
            && matches!(pronoun.gender, Gender::Female | Gender::Male)
        {
            entity.gender = pronoun.gender;
        }
    }

    /// `I asked her`: the author, where the article names one.
    fn writer(&mut self, index: usize) {
        let word = self.scan.words[self.scan.mentions[index].tokens.start];
        let first = self.lexicons.pronouns.get(&word).is_some_and(|pronoun| pronoun.person == 1);
        let is_person = |name: &&str| {
            let given = name.split_whitespace().next().unwrap_or("");
            self.lexicons.words.classes_of(given).any(GIVEN)
        };
        let Some(name) = sole_author(self.author).filter(|_| first).filter(is_person) else { return };
        // Looked for once: a text may say `I` often.
        let named = || self.entities.list.iter().position(|entity| self.words_of(&entity.name) == name);
        let known = self.writer.or_else(named);
        let writer = known.unwrap_or_else(|| {
            let name = Wording::Composed(without_shouting(name).into());
            self.add(Entity { name, full: true, kind: PartyKind::Person, ..Entity::default() })
        });
        self.writer = Some(writer);
        self.entities.tell(index, writer, Resolution::PronounAlone);
    }

    /// `When asked what she thought, Ms. Lee smiled`: the subject that a clause before it waits for.
    fn main_subject_after(&self, index: usize) -> Option<EntityId> {
        const OPENERS: Classes = Classes::of(&[Class::Subordinator, Class::Relative]);
        let pronoun = &self.scan.mentions[index];
        let sentence = &self.scan.sentences[pronoun.sentence as usize];
        let opens = self.scan.classes.get(sentence.start).is_some_and(|classes| classes.any(OPENERS));
        if !opens || !matches!(pronoun.gender, Gender::Female | Gender::Male) {
            return None;
        }
        let comma = (pronoun.tokens.end..pronoun.tokens.end + CLAUSE)
            .find(|at| !matches!(self.scan.kind(*at), TokenKind::Lower | TokenKind::Number))
            .filter(|at| self.scan.kind(*at) == TokenKind::Comma)?;
        let next =
            self.scan.mentions[index + 1..].iter().take(6).position(|mention| mention.tokens.start == comma + 1)?;
        let mention = &self.scan.mentions[index + 1 + next];
        let entity = self.entities.of_mention[index + 1 + next]?;
        let named = mention.kind == MentionKind::Name && self.is_subject(index + 1 + next);
        let traits = self.entities.trail[index + 1 + next].traits;
        let agrees = || fit(pronoun, &self.entities.list[entity]).is_some_and(|fit| fit.allows(traits));
        (named && agrees()).then_some(entity)
    }

    /// The parties that the quotations resting on a mention name: nobody says his own name.
    fn named_in_its_quotations(&self, index: usize) -> SmallVec<[EntityId; 8]> {
        let mut found = SmallVec::new();
        if !self.speaks(index) {
            return found;
        }
        let from = self.spoken.partition_point(|(mention, _)| *mention < index);
        let quotations = self.spoken[from..].iter().take_while(|(mention, _)| *mention == index);
        for (_, quotation) in quotations {
            let tokens = &self.scan.quotations[*quotation].tokens;
            let first = self.scan.mentions.partition_point(|mention| mention.tokens.start < tokens.start);
            let within = (first..self.scan.mentions.len())
                .take(MOST_LOOKED_AT)
                .take_while(|mention| self.scan.mentions[*mention].tokens.start < tokens.end)
                .filter(|mention| self.scan.mentions[*mention].kind == MentionKind::Name);
            found.extend(within.filter_map(|mention| self.entities.of_mention[mention]));
        }
        found
    }

    /// The parties that a pronoun cannot be: those named after it in its clause, and the subject right before it where
    /// it is an object.
    fn forbidden(&self, index: usize) -> SmallVec<[EntityId; 4]> {
        let pronoun = &self.scan.mentions[index];
        let mut found = SmallVec::new();
        if pronoun.possessive {
            return found;
        }
        let end = pronoun.tokens.end + CLAUSE;
        // How far nothing ends the clause.
        let mut at = pronoun.tokens.end;
        for (mention, after) in (index + 1..).zip(&self.scan.mentions[index + 1..]) {
            let start = after.tokens.start;
            if start >= end || (at..=start).any(|at| self.is_break(at)) {
                break;
            }
            at = at.max(start + 1);
            if after.kind == MentionKind::Name {
                found.extend(self.entities.of_mention[mention]);
            }
        }
        if let Some(before) = index.checked_sub(1).filter(|_| self.scan.has(pronoun.tokens.start, Class::Object)) {
            let gap = pronoun.tokens.start.saturating_sub(self.scan.mentions[before].tokens.end);
            if (1..=2).contains(&gap) && self.is_subject(before) {
                found.extend(self.entities.of_mention[before]);
            }
        }
        found
    }

    fn is_break(&self, at: usize) -> bool {
        matches!(self.scan.kind(at), TokenKind::Comma | TokenKind::Semicolon | TokenKind::Mark | TokenKind::Stop)
            || self.scan.has(at, Class::And)
    }

    /// The mention right before `who`, over a comma and over the place in `a senator from Iowa, who`.
    pub(super) fn before_relative(&self, index: usize) -> Option<EntityId> {
        let at = self.scan.mentions[index].tokens.start;
        let thing = self.scan.mentions[index].gender == Gender::Neuter;
        let mut candidate = None;
        for before in (index.saturating_sub(6)..index).rev() {
            let mention = &self.scan.mentions[before];
            let entity = self.entities.get(before);
            let person = entity.is_some_and(|entity| match entity.kind {
                PartyKind::Place | PartyKind::Event => false,
                PartyKind::Person => !thing,
                _ => true,
            });
            if mention.inner || mention.tokens.end > at || at - mention.tokens.end > 12 || !person {
                continue;
            }
            candidate = candidate.or(self.entities.of_mention[before]);
            // `a note from Rikka Quell who`: nobody whom the text names before.
            let beside = mention.tokens.end == at && mention.kind == MentionKind::Name && mention.head.len() > 1;
            if beside || entity.is_some_and(|entity| entity.kind == PartyKind::Person) {
                return self.entities.of_mention[before];
            }
        }
        candidate
    }
}
