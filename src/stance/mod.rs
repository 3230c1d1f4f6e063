//! What a speaker thinks of the parties that a quotation speaks of: against, neutral or for, with the words that tell.
//! A unit of nodes is read around each quotation, its words are bound to parties, and summed; what the same speaker says
//! of the same party elsewhere in the article counts too. Lexicon and numbers are data.

mod aliases;
pub mod binding;
mod crowd;
pub mod events;
pub mod evidence;
pub mod example;
mod grouped;
pub mod leanings;
pub mod pairs;
pub mod reading;
pub mod readings;
pub mod scoring;
mod speakers;
pub mod targets;
pub mod trace;
pub mod unit;
mod verdict;

use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use crate::Span;
use crate::attribution::{Attribution, Kind};
use crate::entities::{Entities, Entity, EntityId};
use crate::lexicon::Lexicons;
use crate::lexicon::gazetteer::PartyKind;
use crate::scan::Scan;
use crate::spare::Spare;
use events::Doing;
use leanings::Leanings;
use readings::Readings;
use scoring::Draft;
use speakers::CampBody;
use targets::{Place, Targets};

/// Where a speaker stands toward a party.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Position {
    /// Against it.
    Against,
    /// Speaks of it without evaluating it.
    #[default]
    Neutral,
    /// For it.
    For,
}

impl Position {
    /// As the tables write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Position::Against => "against",
            Position::Neutral => "neutral",
            Position::For => "for",
        }
    }

    /// As other tools' data name it.
    #[must_use]
    pub fn polarity(self) -> &'static str {
        match self {
            Position::Against => "negative",
            Position::Neutral => "neutral",
            Position::For => "positive",
        }
    }
}

/// The stance of one quotation toward one party.
#[derive(Clone, Debug, PartialEq)]
pub struct Stance {
    /// The quotation, an index of [`Scan::quotations`].
    pub quotation: usize,
    /// The party.
    pub target: EntityId,
    /// The words that name the party.
    pub mention: Span,
    /// The verdict.
    pub position: Position,
    /// -1 to 1, of these words alone.
    pub score: f64,
    /// -1 to 1, with what the same speaker says of the same party elsewhere in the article.
    pub article_score: f64,
    /// The verdict is neutral where the article score lies below it, without its sign.
    pub threshold: f64,
    /// 0 to 1.
    pub confidence: f64,
    /// How the party was found.
    pub rule: &'static str,
    /// The words that decided.
    pub evidence: String,
}

/// What the stage works on.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The text.
    pub text: &'a str,
    /// Its scan.
    pub scan: &'a Scan,
    /// Its parties.
    pub entities: &'a Entities,
    /// Who said what.
    pub attributions: &'a [Attribution],
    /// The lexicons.
    pub lexicons: &'a Lexicons,
    /// What of the whole article is found when a quotation first asks.
    pub asked: &'a OfArticle,
}

/// What is found in a whole article once a quotation asks for it.
#[derive(Clone, Debug, Default)]
pub struct OfArticle {
    /// Who does what.
    doings: OnceLock<Vec<Doing>>,
    /// The family names of its persons.
    families: OnceLock<FxHashSet<String>>,
    /// Political parties and the like.
    camp_bodies: OnceLock<Vec<CampBody>>,
}

impl Context<'_> {
    /// Whether a word is the last of a person's name.
    fn is_family_name(&self, word: &str) -> bool {
        let persons = || self.entities.list.iter().filter(|entity| entity.kind == PartyKind::Person);
        let name = |entity: &'_ Entity| {
            let full = entity.name.of(self.text, self.lexicons);
            full.rsplit(' ').next().unwrap_or(full).to_owned()
        };
        self.asked.families.get_or_init(|| persons().map(name).collect()).contains(word)
    }

    /// Whether a party is a country.
    #[must_use]
    pub fn is_state(&self, entity: EntityId) -> bool {
        let party = self.entities.list[entity].party.map(|party| &self.lexicons.parties[party as usize]);
        party.is_some_and(|party| {
            party.kind == PartyKind::Government && !party.id.is_empty() && party.id == party.country
        })
    }
}

/// The stances of all quotations that are speech, also where nobody knows whose, in order of quotation and mention.
#[must_use]
pub fn find_stances(
    text: &str,
    scan: &Scan,
    entities: &Entities,
    attributions: &[Attribution],
    lexicons: &Lexicons,
) -> Vec<Stance> {
    let mut room = Room::default();
    let mut take = |phase| room.take(phase, text, scan, entities, attributions, lexicons);
    Phase::ALL.into_iter().find_map(&mut take).unwrap_or_default()
}

/// A part of the way to an article's stances. Each is so much code that it pushes the others' out of the processor's cache, so
/// each is better taken for several articles before the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Looks which quotations may name somebody.
    Ask,
    /// Reads what was asked for.
    Read,
    /// Binds the words of what was read.
    Bind,
    /// Finds the targets.
    Target,
    /// Scores the targets.
    Score,
    /// Asks for the sentences in which the reporter tells of the speakers.
    Lean,
    /// Decides.
    Decide,
}

impl Phase {
    /// In the order in which they are taken.
    pub(crate) const ALL: [Self; 9] = [
        Self::Ask,
        Self::Read,
        Self::Bind,
        Self::Target,
        Self::Score,
        Self::Lean,
        Self::Read,
        Self::Bind,
        Self::Decide,
    ];
}

/// What is found on the way to the stances of an article; kept for the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Room {
    of_article: OfArticle,
    work: Work,
}

#[derive(Clone, Debug, Default)]
struct Work {
    readings: Readings,
    asked: Vec<Asked>,
    drafts: Vec<Draft>,
    leanings: Leanings,
    used: Used,
}

/// What stances of another article took.
#[derive(Clone, Debug, Default)]
struct Used {
    stances: Vec<Stance>,
    /// For what decided.
    evidence: Spare,
}

/// A quotation whose targets are asked for.
#[derive(Clone, Debug)]
struct Asked {
    place: Place,
    /// The number of its reading; none where it names nobody.
    reading: Option<usize>,
    targets: Targets,
}

/// Quotations that go through each phase together, at most, so that their nodes stay in the cache.
const TOGETHER: usize = 64;

impl Room {
    /// Takes the room of stances that nobody needs any more.
    pub(crate) fn reuse(&mut self, mut stances: Vec<Stance>) {
        let Used { stances: known, evidence } = &mut self.work.used;
        evidence.keep(stances.drain(..).map(|stance| stance.evidence));
        *known = stances;
    }

    /// Takes the next of [`Phase::ALL`]; the stances, if it is the last.
    pub(crate) fn take(
        &mut self,
        phase: Phase,
        text: &str,
        scan: &Scan,
        entities: &Entities,
        attributions: &[Attribution],
        lexicons: &Lexicons,
    ) -> Option<Vec<Stance>> {
        let Self { of_article, work } = self;
        if phase == Phase::Ask {
            *of_article = OfArticle::default();
        }
        let context = &Context { text, scan, entities, attributions, lexicons, asked: &*of_article };
        match phase {
            Phase::Ask => work.ask_all(context),
            Phase::Read => work.readings.read(context),
            Phase::Bind => work.readings.bind(context),
            Phase::Target => work.find_targets(context),
            Phase::Score => work.score(context),
            Phase::Lean => work.leanings.ask(context, &work.drafts, &mut work.readings),
            Phase::Decide => {
                let leanings = work.leanings.tell(context, &mut work.readings);
                let stances = std::mem::take(&mut work.used.stances);
                return Some(verdict::decide(context, &mut work.drafts, leanings, stances));
            }
        }
        None
    }
}

impl Work {
    /// Asks for all quotations; of very many, all but the last are scored at once.
    fn ask_all(&mut self, context: &Context<'_>) {
        let speech = |quotation: &usize| {
            let attribution = &context.attributions[*quotation];
            attribution.kind != Kind::Other && !attribution.withheld
        };
        let mut speech = (0..context.attributions.len()).filter(speech).peekable();
        self.drafts.clear();
        self.ask(context, speech.by_ref().take(TOGETHER));
        while speech.peek().is_some() {
            self.readings.read_and_bind(context);
            self.find_targets(context);
            self.score(context);
            self.ask(context, speech.by_ref().take(TOGETHER));
        }
    }

    /// Asks for those quotations that may name somebody.
    fn ask(&mut self, context: &Context<'_>, quotations: impl Iterator<Item = usize>) {
        let Self { readings, asked, .. } = self;
        readings.clear();
        asked.clear();
        asked.extend(quotations.map(|quotation| {
            let place = Place::of(context, quotation);
            let reading = targets::may_name(context, &place).then(|| readings.add(place.task(context)));
            Asked { place, reading, targets: Targets::new() }
        }));
    }

    fn find_targets(&mut self, context: &Context<'_>) {
        let Self { readings, asked, .. } = self;
        for Asked { place, reading, targets } in asked {
            *targets = targets::find_targets(context, place, readings.get(*reading));
        }
    }

    fn score(&mut self, context: &Context<'_>) {
        let Self { readings, asked, drafts, used, .. } = self;
        for Asked { place, reading, targets } in asked {
            if targets.is_empty() {
                targets.extend(targets::carried_on(context, place.quotation, drafts));
            }
            let mut done = 0.0;
            if targets.is_empty()
                && let Some(task) = targets::sentence_before(context, place.quotation)
            {
                let told = readings.add(task);
                readings.read_and_bind(context);
                let told = targets::told_before(context, place.quotation, readings.get(Some(told)));
                targets.extend(told.map(|(target, amount)| {
                    done = f64::from(amount);
                    target
                }));
            }
            if targets.is_empty() {
                continue;
            }
            if reading.is_none() {
                *reading = Some(readings.add(place.task(context)));
                readings.read_and_bind(context);
            }
            let reading = readings.get(*reading);
            scoring::score(context, place.quotation, reading, targets, drafts, &mut used.evidence);
            // Words that do not go with what was done are of something else.
            if done != 0.0 {
                drafts.pop_if(|draft| draft.own * done <= 0.0);
            }
        }
    }
}

/// Mentions of a party that are looked at, so that an article of any length costs linear time.
const MOST_MENTIONS: usize = 50;

/// Tokens before and after a quotation that are read, so that a sentence of a thousand quotations stays linear.
const FARTHEST: usize = 80;

/// The tokens of a quotation and of the reporter's sentence around it.
fn sentence_range(context: &Context<'_>, quotation: usize) -> Range<usize> {
    let scan = context.scan;
    let marked = scan.quotations[quotation].marked_tokens();
    let number = scan.sentence_of(marked.start);
    let first = &scan.sentences[number];
    // Few quotations go far beyond the sentence in which they open.
    let ends = |sentence: &Range<usize>| sentence.end >= marked.end;
    let last = scan.sentences[number..].iter().position(ends).map_or(scan.sentences.len() - 1, |more| number + more);
    // `“Why?” Dessan asked of Marrow.`: what stands after a question passes for a sentence of its own.
    let goes_on = scan.sentences[last].end == marked.end && {
        let source = context.attributions[quotation].source.map(|source| scan.mentions[source].tokens.start);
        let next = scan.sentences.get(last + 1);
        source.zip(next).is_some_and(|(source, next)| source >= marked.end && source < next.end)
    };
    let last = &scan.sentences[last + usize::from(goes_on)];
    let start = first.start.max(marked.start.saturating_sub(FARTHEST));
    start..last.end.min(marked.end + FARTHEST).max(marked.end)
}

#[cfg(test)]
mod tests;
