//! Whom a pronoun or description may mean: one look back over the mentions before it finds who fits and who of them
//! stands out most.

use smallvec::SmallVec;

use super::salience::{MOST_SALIENT, SUBJECT};
use super::trail::{NONE, Trace, Traits};
use super::{Entities, Entity, EntityId, Known};
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::scan::Scan;
use crate::scan::mention::Mention;

/// What it adds that the party's gender is known to agree.
pub(super) const SAME_GENDER: f32 = 0.5;
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
const PARAGRAPHS: [f32; FARTHEST_PARAGRAPH as usize + 1] = multiples(-0.45);
const SENTENCES: [f32; MOST_SENTENCES as usize + 1] = multiples(-0.3);
const MENTIONS: [f32; MOST_CANDIDATES + 2] = multiples(-0.05);
/// Sentences are counted up to this many.
const MOST_SENTENCES: u32 = 6;
/// The subject of the sentence that the pronoun stands in, or of the one before.
const SAME_SENTENCE: f32 = 0.4;
/// A party mentioned within a quotation only.
const QUOTED: f32 = -1.0;
/// A party mentioned in a caption above.
const CAPTION: f32 = -1.0;
/// What is added where one or none of two things holds, and where both do: looked up without a branch, which the compiler
/// would make of two entries.
const QUOTED_IF_BOTH: [f32; 3] = [0.0, 0.0, QUOTED];
const CAPTION_IF_BOTH: [f32; 3] = [0.0, 0.0, CAPTION];
const INTRODUCED_IF_BOTH: [f32; 3] = [0.0, 0.0, INTRODUCED];
/// By the sentences between.
const SAME: [f32; MOST_SENTENCES as usize + 1] = [SAME_SENTENCE, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
/// A pronoun is not looked up farther back than this.
const FARTHEST_PARAGRAPH: u32 = 5;
/// Nor past this many mentions, so that a text of one paragraph stays linear.
pub(super) const MOST_LOOKED_AT: usize = 300;
/// Nor past this many mentions that agree.
const MOST_CANDIDATES: usize = 30;
/// What rounding may add to a score, and much more.
const ROUNDING: f32 = 0.01;

/// What a candidate gets as a subject, by what these bits mean: it is the latest, it is that of the sentence before, it is
/// unnamed. `Her mother remembers. “She cried,” she says.`
const OF_SUBJECT: [f32; 8] = {
    let mut all = [0.0; 8];
    let mut bits = 0;
    while bits < all.len() {
        let latest = if bits & 1 != 0 { LATEST_SUBJECT } else { 0.0 };
        let unnamed = if bits & 4 != 0 { -VAGUE } else { 0.0 };
        all[bits] = latest + if bits & 2 != 0 { SUBJECT_BEFORE + unnamed } else { 0.0 };
        bits += 1;
    }
    all
};

/// 0, 1, 2 and more times a number.
const fn multiples<const N: usize>(once: f32) -> [f32; N] {
    let mut all = [0.0; N];
    let mut times = 0;
    while times < N {
        all[times] = once * times as f32;
        times += 1;
    }
    all
}

/// The party that stands out most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Choice {
    pub(super) entity: EntityId,
    pub(super) score: f32,
    /// Its lead over the second; infinite where there is none.
    pub(super) lead: f32,
    /// Its latest mention.
    pub(super) mention: usize,
}

/// A set of what may stand for a party, as far as the party itself tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Suits(u8);

impl Suits {
    const NOTHING: Self = Self(0);
    const HE: Self = Self(1);
    const SHE: Self = Self(2);
    const IT: Self = Self(4);
    const THEY: Self = Self(8);
    /// A description of a person.
    pub(super) const PERSON: Self = Self(16);
    /// `the company`
    pub(super) const BODY: Self = Self(32);
    const ALL: Self = Self(63);

    pub(super) fn of(entity: &Entity) -> Self {
        let [always, single, named] = SUITS_BY_KIND[entity.kind as usize];
        let by_kind = always.with(single.when(!entity.plural)).with(named.when(!entity.plural & !entity.unnamed));
        Self(by_kind.0 & !HARDLY_OF[entity.gender as usize].0).with(Self::THEY.when(entity.plural))
    }

    /// The same with what the party may yet suit: of what kind it is, a later mention may tell; a gender that is told
    /// leaves it less to suit.
    pub(super) fn some_day(self, kind: PartyKind) -> Self {
        if kind == PartyKind::Unknown { Self::ALL } else { self }
    }

    pub(super) const fn when(self, holds: bool) -> Self {
        Self(self.0 * holds as u8)
    }

    /// A bit for each.
    pub(super) fn bits(self) -> u64 {
        u64::from(self.0)
    }

    /// What a party must suit that a pronoun means.
    pub(super) fn pronoun(pronoun: &Mention) -> Self {
        let plural = pronoun.plural & (pronoun.gender == Gender::Unknown);
        SUITS_PRONOUN[pronoun.gender as usize + usize::from(plural)]
    }

    const fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    pub(super) const fn any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
}

/// What may stand for a party of each kind, and what else for a single one, and for one that has a name too.
const SUITS_BY_KIND: [[Suits; 3]; PartyKind::COUNT] = {
    let mut all = [[Suits::NOTHING; 3]; PartyKind::COUNT];
    let (either, nothing) = (Suits::HE.with(Suits::SHE), Suits::NOTHING);
    all[PartyKind::Person as usize] = [nothing, either.with(Suits::PERSON), nothing];
    all[PartyKind::Unknown as usize] = [nothing, Suits::IT, either.with(Suits::BODY)];
    all[PartyKind::Organisation as usize] = [Suits::IT.with(Suits::THEY), nothing, Suits::BODY];
    all[PartyKind::Government as usize] = [Suits::IT, nothing, Suits::BODY];
    all[PartyKind::Outlet as usize] = [Suits::IT, nothing, Suits::BODY];
    all[PartyKind::Group as usize] = [Suits::THEY, nothing, nothing];
    all
};

/// What suits a pronoun of each gender, and at last one of none that stands for several.
const SUITS_PRONOUN: [Suits; Gender::COUNT + 1] = {
    let mut all = [Suits::NOTHING; Gender::COUNT + 1];
    all[Gender::Female as usize] = Suits::SHE;
    all[Gender::Male as usize] = Suits::HE;
    all[Gender::Neuter as usize] = Suits::IT;
    all[Gender::COUNT] = Suits::THEY;
    all
};

/// What never stands for somebody of a gender.
const HARDLY_OF: [Suits; Gender::COUNT] = {
    let mut all = [Suits::NOTHING; Gender::COUNT];
    all[Gender::Female as usize] = Suits::HE;
    all[Gender::Male as usize] = Suits::SHE;
    all[Gender::Neuter as usize] = Suits::HE.with(Suits::SHE);
    all
};

/// How a party may be meant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit {
    /// What speaks for it beside its mentions.
    pub(super) points: f32,
    /// What its latest mention must be.
    pub(super) needs: Traits,
    /// What its latest mention must not be.
    pub(super) bars: Traits,
}

impl Fit {
    /// Of a party with these points, whatever its mentions are.
    pub(super) fn of(points: f32) -> Self {
        Self { points, needs: Traits::default(), bars: Traits::default() }
    }

    pub(super) fn allows(self, traits: Traits) -> bool {
        traits.has(self.needs) & !traits.any(self.bars)
    }
}

#[derive(Clone, Copy, Debug)]
struct Candidate {
    entity: u32,
    points: f32,
    unnamed: bool,
    /// Its first mention in the article.
    first: u32,
    /// Its latest mention.
    mention: u32,
    score: f32,
    /// How many more mentions there are.
    again: f32,
}

/// A look back from a mention.
struct Look<'a> {
    known: &'a [Known],
    wanted: Trace,
    candidates: SmallVec<[Candidate; 16]>,
    /// For the first entities of an article where they are among the candidates, counted from 1; 0 of those that must be
    /// searched for, as the others.
    seats: [u8; 64],
    /// Mentions of those who fit.
    seen: usize,
    /// The latest subject, and the first of the sentence before.
    subject: u32,
    main: u32,
}

/// The seat of an entity that does not fit.
const MISFIT: u8 = u8::MAX;

impl Entities {
    /// The party before a mention that stands out most, of those that suit the one thing wanted and that `judge` finds fit. Where only
    /// whom a pronoun means matters, and whether the lead is so much, that much is `enough`.
    pub(super) fn most_salient(
        &self,
        scan: &Scan,
        index: usize,
        (suits, enough): (Suits, Option<f32>),
        judge: impl Fn(EntityId, &Known) -> Option<Fit>,
    ) -> Option<Choice> {
        if suits == Suits::NOTHING {
            return None;
        }
        let mut look = Look::new(self, index);
        let start = scan.mentions[index].tokens.start;
        let mut paragraph = look.wanted.paragraph;
        let farthest = paragraph.saturating_sub(FARTHEST_PARAGRAPH);
        let earliest = index.saturating_sub(MOST_LOOKED_AT);
        for before in self.suited.latest(earliest..index, suits) {
            let trace = &self.trail[before];
            if before < earliest || trace.paragraph < farthest || look.seen > MOST_CANDIDATES {
                break;
            }
            if !self.known[trace.entity as usize].suits.any(suits) {
                continue;
            }
            // Who is a subject must be known.
            let turned = (trace.paragraph != paragraph) & (look.subject != NONE);
            paragraph = trace.paragraph;
            if turned && enough.is_some_and(|lead| look.is_settled(trace, lead)) {
                break;
            }
            let around = trace.end as usize > start && scan.mentions[before].tokens.contains(&start);
            if around {
                continue;
            }
            if let Some(seat) = look.seat(trace, &judge) {
                look.at(seat, before, trace);
            }
        }
        look.choose()
    }
}

impl<'a> Look<'a> {
    fn new(entities: &'a Entities, index: usize) -> Self {
        Self {
            known: &entities.known,
            wanted: entities.trail[index],
            candidates: SmallVec::new(),
            seats: [0; 64],
            seen: 0,
            subject: NONE,
            main: NONE,
        }
    }

    /// Whether a mention stands in a quotation that does not hold the wanted one.
    fn is_elsewhere(&self, trace: &Trace) -> bool {
        (trace.quotation != NONE) & (trace.quotation != self.wanted.quotation)
    }

    /// Where among the candidates an entity is that may be meant by one of its mentions; none for another.
    #[inline]
    fn seat(&mut self, trace: &Trace, judge: &impl Fn(EntityId, &Known) -> Option<Fit>) -> Option<usize> {
        let entity = trace.entity as usize;
        let seat = match self.seats.get(entity).copied() {
            Some(MISFIT) => return None,
            Some(0) => None,
            Some(seat) => Some(seat as usize - 1),
            None => self.candidates.iter().position(|known| known.entity == trace.entity),
        };
        let known = &self.known[entity];
        let hidden = known.unnamed & self.is_elsewhere(trace);
        if seat.is_some() {
            return seat.filter(|_| !hidden);
        }
        let fit = judge(entity, known);
        if let (None, Some(place)) = (fit, self.seats.get_mut(entity)) {
            *place = MISFIT;
        }
        let fit = fit.filter(|fit| fit.allows(trace.traits) & !hidden)?;
        Some(self.add(entity, fit.points))
    }

    /// Gives a seat to an entity with these points.
    fn add(&mut self, entity: usize, points: f32) -> usize {
        let seat = self.candidates.len();
        if let Some(place) = self.seats.get_mut(entity) {
            *place = seat as u8 + 1;
        }
        let Known { unnamed, first, .. } = self.known[entity];
        let (entity, score) = (entity as u32, f32::NEG_INFINITY);
        self.candidates.push(Candidate { entity, points, unnamed, first, mention: NONE, score, again: -1.0 });
        seat
    }

    /// Counts a mention of a candidate.
    #[inline]
    fn at(&mut self, seat: usize, before: usize, trace: &Trace) {
        let elsewhere = self.is_elsewhere(trace);
        let (wanted, candidate) = (&self.wanted, &mut self.candidates[seat]);
        self.seen += 1;
        let paragraphs = wanted.paragraph.saturating_sub(trace.paragraph);
        let caption = [trace.traits.has(Traits::CAPTION), paragraphs > 0];
        let aside = caption[0] & caption[1];
        let introduced =
            both([trace.traits.has(Traits::IN_FULL), candidate.first == before as u32], INTRODUCED_IF_BOTH);
        let nearness = nearness(wanted, trace, introduced);
        let quoted = both([trace.quotation != NONE, trace.quotation != wanted.quotation], QUOTED_IF_BOTH);
        let caption = both(caption, CAPTION_IF_BOTH);
        let score = candidate.points + quoted + caption + nearness + MENTIONS[self.seen];
        candidate.score = if score > candidate.score { score } else { candidate.score };
        candidate.again += 1.0;
        candidate.mention = if candidate.mention == NONE { before as u32 } else { candidate.mention };
        let subject = (trace.salience >= SUBJECT) & !elsewhere & !aside;
        self.subject = if subject & (self.subject == NONE) { trace.entity } else { self.subject };
        // Of two in the sentence before, the first is the subject of the whole.
        let main = subject & (paragraphs == 0) & (trace.sentence + 1 == wanted.sentence);
        self.main = if main { trace.entity } else { self.main };
    }

    /// What a candidate gets as a subject.
    fn of_subject(&self, candidate: &Candidate) -> f32 {
        let holds = [self.subject == candidate.entity, self.main == candidate.entity, candidate.unnamed];
        OF_SUBJECT[holds.iter().rev().fold(0, |bits, holds| bits << 1 | usize::from(*holds))]
    }

    /// Whether no mention from this one back can bring anybody as near as `lead` to who stands out most now.
    fn is_settled(&self, trace: &Trace, lead: f32) -> bool {
        let paragraphs = self.wanted.paragraph.saturating_sub(trace.paragraph);
        let sentences = sentences_between(self.wanted.sentence.saturating_sub(trace.sentence));
        let most = SAME_GENDER + MOST_SALIENT + INTRODUCED;
        let later = most + PARAGRAPHS[paragraphs as usize] + SENTENCES[sentences] + MENTIONS[self.seen];
        // Who leads now, and the best and second best of what each may come to but for further mentions.
        let [mut leader, mut first, mut second] = [f32::NEG_INFINITY; 3];
        for candidate in &self.candidates {
            let at_most = higher(candidate.score, later) + self.of_subject(candidate);
            leader = higher(leader, self.score(candidate));
            second = higher(second, if at_most > first { first } else { at_most });
            first = higher(first, at_most);
        }
        let needed = leader - lead - AGAIN * MOST_AGAIN - ROUNDING;
        // That somebody stands alone must be known to the end.
        let known = (lead <= 0.0) | (self.candidates.len() > 1);
        known & (needed >= 0.0) & (needed >= later) & (needed > second)
    }

    fn score(&self, candidate: &Candidate) -> f32 {
        candidate.score + (self.of_subject(candidate) + AGAIN * candidate.again.min(MOST_AGAIN))
    }

    /// Who has the best score; of two equals, who is mentioned last.
    fn choose(&self) -> Option<Choice> {
        let mut best = Choice { entity: 0, score: f32::NEG_INFINITY, lead: 0.0, mention: 0 };
        let mut second = f32::NEG_INFINITY;
        for candidate in &self.candidates {
            let (mention, score) = (candidate.mention as usize, self.score(candidate));
            if score > best.score || score >= best.score && mention > best.mention {
                second = best.score;
                best = Choice { entity: candidate.entity as usize, score, mention, ..best };
            } else {
                second = second.max(score);
            }
        }
        (best.score > f32::NEG_INFINITY).then_some(Choice { lead: best.score - second, ..best })
    }
}

/// How much a mention stands out from where the wanted one is; `introduced` if it is the first by a full name.
fn nearness(wanted: &Trace, trace: &Trace, introduced: f32) -> f32 {
    let paragraphs = wanted.paragraph.saturating_sub(trace.paragraph);
    let sentences = sentences_between(wanted.sentence.saturating_sub(trace.sentence));
    trace.salience + SAME[sentences] + introduced + PARAGRAPHS[paragraphs as usize] + SENTENCES[sentences]
}

/// Sentences between, as far as they are counted.
fn sentences_between(count: u32) -> usize {
    count.min(MOST_SENTENCES) as usize
}

/// What two things add together.
fn both(hold: [bool; 2], amounts: [f32; 3]) -> f32 {
    amounts[usize::from(hold[0]) + usize::from(hold[1])]
}

/// The higher of two scores, neither of them a NaN: one instruction.
fn higher(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}
