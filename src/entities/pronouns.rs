//! Whom a pronoun means: of the parties before it that agree with it, the one that stands out most.

use smallvec::SmallVec;

use super::names::GIVEN;
use super::salience::SUBJECT;
use super::wording::without_shouting;
use super::{Builder, Entities, Entity, EntityId, Resolution, Wording, may_be};
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::words::{Class, Classes};
use crate::scan::Scan;
use crate::scan::mention::{Determiner, Mention, MentionKind};
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
    entity: EntityId,
    score: f32,
    mention: usize,
    /// What its judge gave it.
    points: f32,
    again: f32,
}

impl Entities {
    /// Whom a pronoun means: the entity that stands out most among those before it that agree with it, `not` left
    /// out. `None` where no one agrees.
    #[must_use]
    pub fn antecedent(&self, scan: &Scan, pronoun: usize, not: Option<EntityId>) -> Option<EntityId> {
        let wanted = &scan.mentions[pronoun];
        let judge = |id: EntityId, mention: &Mention| {
            let entity = &self.list[id];
            let agrees = Some(id) != not && agrees(scan, wanted, entity, mention);
            agrees.then(|| gender_bonus(wanted, entity))
        };
        self.most_salient(scan, pronoun, judge).map(|choice| choice.entity)
    }

    /// The party before a mention that stands out most, of those to whom `judge` gives points.
    pub(super) fn most_salient(
        &self,
        scan: &Scan,
        index: usize,
        judge: impl Fn(EntityId, &Mention) -> Option<f32>,
    ) -> Option<Choice> {
        let wanted = &scan.mentions[index];
        let mut found: SmallVec<[Candidate; 8]> = SmallVec::new();
        let mut seen = 0;
        let (mut subject, mut main) = (None, None);
        for before in (index.saturating_sub(MOST_LOOKED_AT)..index).rev() {
            let mention = &scan.mentions[before];
            let Some(id) = self.of_mention[before] else { continue };
            if wanted.paragraph.saturating_sub(mention.paragraph) > FARTHEST_PARAGRAPH || seen > MOST_CANDIDATES {
                break;
            }
            // `I` is the author, of whom no `he` tells.
            let author = mention.kind == MentionKind::Pronoun && mention.gender == Gender::Unknown && !mention.plural;
            if author || mention.tokens.contains(&wanted.tokens.start) {
                continue;
            }
            let elsewhere = mention.quotation.is_some() && mention.quotation != wanted.quotation;
            if elsewhere && self.list[id].unnamed {
                continue;
            }
            let known = found.iter().position(|known| known.entity == id);
            let Some(points) = known.map_or_else(|| judge(id, mention), |known| Some(found[known].points)) else {
                continue;
            };
            seen += 1;
            let quoted = if elsewhere { QUOTED } else { 0.0 };
            let aside = scan.captions[mention.paragraph as usize] && mention.paragraph != wanted.paragraph;
            let caption = if aside { CAPTION } else { 0.0 };
            let score = points + quoted + caption + self.nearness(wanted, before, mention) + MENTION * seen as f32;
            if self.salience[before] >= SUBJECT && !elsewhere && !aside {
                subject = subject.or(Some(id));
                // Of two in the sentence before, the first is the subject of the whole.
                if mention.paragraph == wanted.paragraph && mention.sentence + 1 == wanted.sentence {
                    main = Some(id);
                }
            }
            match known.map(|known| &mut found[known]) {
                Some(known) => {
                    known.score = known.score.max(score);
                    known.again += 1.0;
                }
                None => found.push(Candidate { entity: id, score, mention: before, points, again: 0.0 }),
            }
        }
        for candidate in &mut found {
            let latest = if subject == Some(candidate.entity) { LATEST_SUBJECT } else { 0.0 };
            // `Her mother remembers. “She cried,” she says.`
            let unnamed = if self.list[candidate.entity].unnamed { -VAGUE } else { 0.0 };
            let before = if main == Some(candidate.entity) { SUBJECT_BEFORE + unnamed } else { 0.0 };
            candidate.score += latest + before + AGAIN * candidate.again.min(MOST_AGAIN);
        }
        choose(&found)
    }

    fn nearness(&self, wanted: &Mention, before: usize, mention: &Mention) -> f32 {
        let paragraphs = wanted.paragraph.saturating_sub(mention.paragraph);
        let sentences = wanted.sentence.saturating_sub(mention.sentence);
        let same = if sentences == 0 { SAME_SENTENCE } else { 0.0 };
        let first = self.of_mention[before].is_some_and(|id| self.list[id].mentions.first() == Some(&before));
        let introduced =
            if first && mention.kind == MentionKind::Name && mention.head.len() > 1 { INTRODUCED } else { 0.0 };
        self.salience[before]
            + same
            + introduced
            + PARAGRAPH * paragraphs as f32
            + SENTENCE * sentences.min(MOST_SENTENCES) as f32
    }
}

fn choose(found: &[Candidate]) -> Option<Choice> {
    let best = found.iter().copied().reduce(|best, next| if next.score > best.score { next } else { best })?;
    let others = found.iter().filter(|other| other.entity != best.entity);
    let second = others.map(|other| other.score).fold(f32::NEG_INFINITY, f32::max);
    Some(Choice { entity: best.entity, score: best.score, lead: best.score - second, mention: best.mention })
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

fn agrees(scan: &Scan, pronoun: &Mention, entity: &Entity, mention: &Mention) -> bool {
    if mention.kind == MentionKind::Indefinite {
        return false;
    }
    match pronoun.gender {
        Gender::Female | Gender::Male => {
            // `the Patriarchate`: an article stands before no person's name.
            let thing = mention.kind == MentionKind::Name && mention.determiner == Determiner::Definite;
            let unknown = entity.kind == PartyKind::Unknown && !thing && !entity.unnamed;
            let person = entity.kind == PartyKind::Person || unknown;
            person && may_be(entity.gender, pronoun.gender) && !entity.plural
        }
        Gender::Neuter => {
            let text = mention.kind == MentionKind::Nominal && scan.has(mention.head.end - 1, Class::Document);
            let body = matches!(entity.kind, PartyKind::Organisation | PartyKind::Government | PartyKind::Outlet);
            body || text && entity.kind == PartyKind::Unknown && !entity.plural
        }
        Gender::Unknown if pronoun.plural => {
            entity.plural || matches!(entity.kind, PartyKind::Group | PartyKind::Organisation)
        }
        Gender::Unknown => false,
    }
}

fn gender_bonus(pronoun: &Mention, entity: &Entity) -> f32 {
    let mut bonus = 0.0;
    if matches!(pronoun.gender, Gender::Female | Gender::Male) {
        if entity.gender == pronoun.gender {
            bonus += SAME_GENDER;
        }
        if entity.unnamed || entity.kind == PartyKind::Unknown {
            bonus += VAGUE;
        }
    }
    bonus
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
        let spoken_of = self.named_in_its_quotations(index);
        let forbidden = self.forbidden(index);
        let judge = |id: EntityId, mention: &Mention| {
            let entity = &self.entities.list[id];
            if !agrees(self.scan, pronoun, entity, mention) {
                return None;
            }
            let spoken = if spoken_of.contains(&id) { SPOKEN_OF } else { 0.0 };
            let excluded = if forbidden.contains(&id) { FORBIDDEN } else { 0.0 };
            Some(gender_bonus(pronoun, entity) + spoken + excluded)
        };
        if let Some(entity) = self.main_subject_after(index) {
            self.entities.of_mention[index] = Some(entity);
            self.entities.how[index] = Resolution::PronounClear;
            return;
        }
        let choice = self.entities.most_salient(self.scan, index, judge);
        if pronoun.plural
            && let Some(joint) = self.joint_before(index, FARTHEST_JOINT)
            && choice.is_none_or(|choice| choice.mention < self.entities.joints[joint].last())
        {
            self.entities.of_mention[index] = Some(self.joint_entity(joint));
            self.entities.how[index] = Resolution::Joint;
            return;
        }
        let telling = matches!(pronoun.gender, Gender::Female | Gender::Male);
        let least = if telling { FORBIDDEN + 1.0 } else { STANDS_OUT };
        let Some(choice) = choice.filter(|choice| choice.score > least) else { return };
        self.entities.of_mention[index] = Some(choice.entity);
        self.entities.how[index] = match pronoun.gender {
            Gender::Female | Gender::Male if choice.lead.is_infinite() => Resolution::PronounAlone,
            Gender::Female | Gender::Male if choice.lead >= CLEAR => Resolution::PronounClear,
            Gender::Female | Gender::Male => Resolution::PronounClose,
            _ => Resolution::PronounOther,
        };
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
        self.entities.of_mention[index] = Some(writer);
        self.entities.how[index] = Resolution::PronounAlone;
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
        let named = mention.kind == MentionKind::Name && self.is_subject(mention);
        (named && agrees(self.scan, pronoun, &self.entities.list[entity], mention)).then_some(entity)
    }

    /// The parties that the quotations resting on a mention name: nobody says his own name.
    fn named_in_its_quotations(&self, index: usize) -> SmallVec<[EntityId; 8]> {
        let from = self.spoken.partition_point(|(mention, _)| *mention < index);
        let quotations = self.spoken[from..].iter().take_while(|(mention, _)| *mention == index);
        let mut found = SmallVec::new();
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
        let is_break = |at: usize| {
            matches!(self.scan.kind(at), TokenKind::Comma | TokenKind::Semicolon | TokenKind::Mark | TokenKind::Stop)
                || self.scan.has(at, Class::And)
        };
        let at = pronoun.tokens.end;
        let end = (at..at + CLAUSE).find(|at| is_break(*at)).unwrap_or(at + CLAUSE);
        let after = self.scan.mentions[index + 1..].iter().take_while(|mention| mention.tokens.start < end);
        let named = (index + 1..).zip(after).filter(|(_, mention)| mention.kind == MentionKind::Name);
        if !pronoun.possessive {
            found.extend(named.filter_map(|(mention, _)| self.entities.of_mention[mention]));
        }
        let object = self.scan.has(pronoun.tokens.start, Class::Object) && !pronoun.possessive;
        if let Some(before) = index.checked_sub(1).filter(|_| object) {
            let gap = pronoun.tokens.start.saturating_sub(self.scan.mentions[before].tokens.end);
            if (1..=2).contains(&gap) && self.is_subject(&self.scan.mentions[before]) {
                found.extend(self.entities.of_mention[before]);
            }
        }
        found
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
