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
/// What is added where something does not hold, and where it does: looked up without a branch.
const QUOTED_OR_NOT: [f32; 2] = [0.0, QUOTED];
const CAPTION_OR_NOT: [f32; 2] = [0.0, CAPTION];
const INTRODUCED_OR_NOT: [f32; 2] = [0.0, INTRODUCED];
const SAME_OR_NOT: [f32; 2] = [0.0, SAME_SENTENCE];
/// A pronoun is not looked up farther back than this.
const FARTHEST_PARAGRAPH: u32 = 5;
/// Nor past this many mentions, so that a text of one paragraph stays linear.
pub(super) const MOST_LOOKED_AT: usize = 300;
/// Nor past this many mentions that agree.
const MOST_CANDIDATES: usize = 30;
/// What rounding may add to a score, and much more.
const ROUNDING: f32 = 0.01;

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
        let he_or_she = match entity.gender {
            _ if entity.plural => Self::NOTHING,
            Gender::Female => Self::SHE,
            Gender::Male => Self::HE,
            Gender::Neuter => Self::NOTHING,
            Gender::Unknown => Self::HE.with(Self::SHE),
        };
        let single = |suits: Self| if entity.plural { Self::NOTHING } else { suits };
        let named = |suits: Self| if entity.unnamed { Self::NOTHING } else { suits };
        let by_kind = match entity.kind {
            PartyKind::Person => he_or_she.with(single(Self::PERSON)),
            PartyKind::Unknown => named(he_or_she).with(single(Self::IT)).with(single(named(Self::BODY))),
            PartyKind::Organisation => Self::IT.with(Self::THEY).with(single(named(Self::BODY))),
            PartyKind::Government | PartyKind::Outlet => Self::IT.with(single(named(Self::BODY))),
            PartyKind::Group => Self::THEY,
            PartyKind::Event | PartyKind::Place => Self::NOTHING,
        };
        if entity.plural { by_kind.with(Self::THEY) } else { by_kind }
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
        match pronoun.gender {
            Gender::Female => Self::SHE,
            Gender::Male => Self::HE,
            Gender::Neuter => Self::IT,
            Gender::Unknown if pronoun.plural => Self::THEY,
            Gender::Unknown => Self::NOTHING,
        }
    }

    const fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    pub(super) const fn any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
}

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
    /// Who has the best score but for what a subject gets, and that score.
    leader: usize,
    best: f32,
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
            if trace.paragraph != paragraph {
                paragraph = trace.paragraph;
                if enough.is_some_and(|lead| look.is_settled(trace, lead)) {
                    break;
                }
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
            leader: 0,
            best: f32::NEG_INFINITY,
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
        let aside = trace.traits.has(Traits::CAPTION) & (paragraphs > 0);
        let introduced = trace.traits.has(Traits::IN_FULL) & (candidate.first == before as u32);
        let nearness = nearness(wanted, trace, INTRODUCED_OR_NOT[usize::from(introduced)]);
        let quoted = QUOTED_OR_NOT[usize::from(elsewhere)];
        let caption = CAPTION_OR_NOT[usize::from(aside)];
        let score = candidate.points + quoted + caption + nearness + MENTIONS[self.seen];
        candidate.score = if score > candidate.score { score } else { candidate.score };
        candidate.again += 1.0;
        candidate.mention = if candidate.mention == NONE { before as u32 } else { candidate.mention };
        let leads = score > self.best;
        self.leader = if leads { seat } else { self.leader };
        self.best = if leads { score } else { self.best };
        let subject = (trace.salience >= SUBJECT) & !elsewhere & !aside;
        self.subject = if subject & (self.subject == NONE) { trace.entity } else { self.subject };
        // Of two in the sentence before, the first is the subject of the whole.
        let main = subject & (paragraphs == 0) & (trace.sentence + 1 == wanted.sentence);
        self.main = if main { trace.entity } else { self.main };
    }

    /// What a candidate gets as a subject.
    fn of_subject(&self, candidate: &Candidate) -> f32 {
        let latest = if self.subject == candidate.entity { LATEST_SUBJECT } else { 0.0 };
        // `Her mother remembers. “She cried,” she says.`
        let unnamed = if candidate.unnamed { -VAGUE } else { 0.0 };
        latest + if self.main == candidate.entity { SUBJECT_BEFORE + unnamed } else { 0.0 }
    }

    /// Whether no mention from this one back can bring anybody as near as `lead` to who stands out most now.
    fn is_settled(&self, trace: &Trace, lead: f32) -> bool {
        let paragraphs = self.wanted.paragraph.saturating_sub(trace.paragraph);
        let sentences = self.wanted.sentence.saturating_sub(trace.sentence);
        // Who is a subject must be known.
        if self.subject == NONE {
            return false;
        }
        let most = SAME_GENDER + MOST_SALIENT + INTRODUCED;
        let later = most + PARAGRAPHS[paragraphs as usize] + sentences_between(sentences) + MENTIONS[self.seen];
        let Some(leader) = self.candidates.get(self.leader) else { return false };
        // What the second has at most.
        let most = self.score(leader) - lead - AGAIN * MOST_AGAIN - ROUNDING;
        if most < later || most < 0.0 {
            return false;
        }
        let mut others = self.candidates.iter().filter(|other| other.entity != leader.entity);
        // That somebody stands alone must be known to the end.
        let known = lead <= 0.0 || others.clone().next().is_some();
        known && others.all(|other| other.score.max(later) + self.of_subject(other) < most)
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
    let sentences = wanted.sentence.saturating_sub(trace.sentence);
    let same = SAME_OR_NOT[usize::from(sentences == 0)];
    trace.salience + same + introduced + PARAGRAPHS[paragraphs as usize] + sentences_between(sentences)
}

/// What sentences between take.
fn sentences_between(count: u32) -> f32 {
    SENTENCES[count.min(MOST_SENTENCES) as usize]
}
