//! What the reporter tells of the speakers, whom they back, attack and speak for, over the whole article: it weighs in where
//! a speaker's own words say little of a party. Knows nothing of what quotations say.

use std::ops::Range;

use super::binding::{Reported, Role};
use super::reading::LONGEST_PHRASE;
use super::scoring::Draft;
use super::{Context, FARTHEST, Reading, evidence};
use crate::Span;
use crate::entities::EntityId;
use crate::lexicon::stance::{Meaning, Object, Opening, Sense};
use crate::lexicon::words::{Class, Classes};

/// Where a speaker stands toward a party, as the reporter tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaning {
    /// Who.
    pub speaker: EntityId,
    /// Toward whom.
    pub target: EntityId,
    /// Added to every score of the two.
    pub amount: f64,
    /// The reporter's words.
    pub words: String,
}

/// The leaning of a speaker toward a party, if the reporter tells of one.
#[must_use]
pub fn leaning(all: &[Leaning], speaker: Option<EntityId>, target: EntityId) -> Option<&Leaning> {
    let key = |leaning: &Leaning| (leaning.speaker, leaning.target);
    let at = all.binary_search_by_key(&(speaker?, target), key).ok()?;
    Some(&all[at])
}

/// The leanings of the speakers toward the parties that they speak of, in order of speaker and party.
#[must_use]
pub fn find_leanings(context: &Context<'_>, reading: &mut Reading, drafts: &[Draft]) -> Vec<Leaning> {
    let speaker = |draft: &Draft| context.attributions[draft.quotation].speaker;
    let pairs = drafts.iter().filter_map(|draft| Some((speaker(draft)?, draft.target.entity)));
    let mut pairs: Vec<(EntityId, EntityId)> = pairs.collect();
    pairs.sort_unstable();
    pairs.dedup();
    if pairs.is_empty() {
        return Vec::new();
    }
    let (mut speakers, number) = speakers(context, &pairs);
    let mut finder = Finder { context, reading, found: Vec::new() };
    for (index, entity) in context.entities.of_mention.iter().enumerate() {
        let Some(number) = entity.map(|entity| number[entity] as usize).filter(|number| *number < speakers.len())
        else {
            continue;
        };
        let mention = &context.scan.mentions[index];
        if mention.quotation.is_none() {
            let Speaker { pairs, sentence } = &mut speakers[number];
            finder.named_with(index, pairs);
            if sentence.replace(mention.sentence) != Some(mention.sentence) {
                finder.deeds(index, pairs);
            }
        }
    }
    let mut found = finder.found;
    found.sort_by_key(|leaning| (leaning.speaker, leaning.target));
    // The first that is told holds, unless the reporter tells the opposite too: then nothing does.
    found.dedup_by(|later, first| {
        let same = (later.speaker, later.target) == (first.speaker, first.target);
        if same && later.amount * first.amount < 0.0 {
            first.amount = 0.0;
        }
        same
    });
    found
}

/// A speaker and the parties that he speaks of.
struct Speaker<'a> {
    /// Himself and each of the parties.
    pairs: &'a [(EntityId, EntityId)],
    /// The sentence of the reporter's that was read for him last.
    sentence: Option<u32>,
}

/// Every speaker, and for each entity its number among them, a higher one for others.
fn speakers<'a>(context: &Context<'_>, pairs: &'a [(EntityId, EntityId)]) -> (Vec<Speaker<'a>>, Vec<u32>) {
    let mut number = vec![u32::MAX; context.entities.list.len()];
    let speakers = pairs.chunk_by(|a, b| a.0 == b.0).enumerate().map(|(at, pairs)| {
        number[pairs[0].0] = at as u32;
        Speaker { pairs, sentence: None }
    });
    (speakers.collect(), number)
}

/// Tokens between a word and the party that is named with it: `a spokesman for the Marrow campaign`.
const NAMED_WITH: usize = 4;
const LEADS_ON: Classes = Classes::of(&[Class::Of, Class::For, Class::To]);

struct Finder<'a> {
    context: &'a Context<'a>,
    reading: &'a mut Reading,
    found: Vec<Leaning>,
}

impl Finder<'_> {
    /// `Marrow spokesman Pavel Dessan`, `Dessan, an ally of Marrow`
    fn named_with(&mut self, index: usize, pairs: &[(EntityId, EntityId)]) {
        let Context { scan, lexicons, entities, .. } = *self.context;
        let outer = &scan.mentions[index].tokens;
        let opens = |at: &usize| lexicons.stance.opens(scan.words[*at], Opening::ALLEGIANCE);
        let side = |at: usize| {
            let (length, senses) = lexicons.stance.longest(&scan.words[at..outer.end])?;
            senses.iter().find_map(|sense| match sense.meaning {
                Meaning::Allegiance(side) => Some((at..at + length, side)),
                _ => None,
            })
        };
        let Some((noun, side)) = outer.clone().filter(opens).find_map(side) else {
            return;
        };
        let leads_on = scan.classes.get(noun.end).is_some_and(|classes| classes.any(LEADS_ON));
        let end = if leads_on { noun.end + NAMED_WITH } else { noun.start };
        for (at, inner) in scan.mentions.iter().enumerate().skip(index + 1) {
            if inner.tokens.start >= end {
                break;
            }
            if let Some(target) = entities.of_mention[at].filter(|target| has(pairs, *target)) {
                let amount = f64::from(f32::from(side) * lexicons.stance.numbers.allegiance);
                let words = self.words(inner.tokens.start.min(noun.start)..inner.tokens.end.max(noun.end));
                self.found.push(Leaning { speaker: pairs[0].0, target, amount, words });
            }
        }
    }

    /// `Dessan, who supports Marrow`, `Dessan has long attacked Marrow`
    fn deeds(&mut self, index: usize, pairs: &[(EntityId, EntityId)]) {
        let Context { scan, lexicons, .. } = *self.context;
        let tokens = scan.sentences[scan.mentions[index].sentence as usize].clone();
        if tokens.len() > 2 * FARTHEST || !self.may_tell(&tokens, index, pairs) {
            return;
        }
        let speaker = pairs[0].0;
        self.reading.read_reported(self.context, Some(speaker), tokens, Reported::Asides);
        let Reading { unit, found } = &*self.reading;
        for contribution in found.iter().filter(|contribution| contribution.role == Role::SourceOnTarget) {
            let slot = unit.slots[contribution.slot as usize];
            if let Some(target) = slot.entity.filter(|target| has(pairs, *target)) {
                let amount = contribution.amount.signum() * lexicons.stance.numbers.told;
                let words = evidence::words(self.context, unit, contribution.node, contribution.shifter);
                self.found.push(Leaning { speaker, target, amount: f64::from(amount), words });
            }
        }
    }

    /// Whether a word for what somebody does to somebody stands between the speaker and one of the parties, or opens the
    /// sentence: a glance that spares reading most of them.
    fn may_tell(&self, tokens: &Range<usize>, index: usize, pairs: &[(EntityId, EntityId)]) -> bool {
        let Context { scan, entities, lexicons, .. } = *self.context;
        let (mut speaker, mut target) = (Reach::NONE, Reach::NONE);
        // What stands in quotations is passed over.
        let (mut own, mut told) = (usize::MAX, false);
        let before = scan.mentions[..index].iter().rev();
        let first = index - before.take_while(|mention| mention.tokens.start >= tokens.start).count();
        let within = scan.mentions[first..].iter().take_while(|mention| mention.tokens.start < tokens.end);
        for (mention, entity) in within.zip(&entities.of_mention[first..]) {
            let Some(entity) = *entity else { continue };
            let quoted = mention.quotation.is_some();
            if entity == pairs[0].0 {
                speaker.add(mention.tokens.start);
                own = if quoted { own } else { own.min(mention.tokens.start) };
            }
            if has(pairs, entity) {
                target.add(mention.tokens.start);
                told |= !quoted;
            }
        }
        let stance = &lexicons.stance;
        let is_deed = |sense: &Sense| match sense.meaning {
            Meaning::Entry(entry) => stance.entries[entry as usize].object != Object::None,
            _ => false,
        };
        let deed_in = |words: Range<usize>| {
            stance.longest(&scan.words[words]).is_some_and(|(_, senses)| senses.iter().any(is_deed))
        };
        // A word may be one where the phrase that it opens is none.
        let deed_at = |at: usize| deed_in(at..tokens.end.min(at + LONGEST_PHRASE)) || deed_in(at..at + 1);
        let between = |at: usize| {
            let (before, after) =
                (speaker.is_before(at) && target.is_after(at), speaker.is_after(at) && target.is_before(at));
            before || after || at == tokens.start
        };
        let (mut tells, mut acts) = (false, false);
        told && tokens.clone().filter(|at| stance.opens(scan.words[*at], Opening::DIRECTED)).any(|at| {
            tells = tells || between(at) && deed_at(at);
            acts = acts || scan.quotation_at(at).is_none() && (own < at || self.may_act_after(tokens, at));
            tells && acts
        })
    }

    /// Whether who does the deed at a token may not stand before it: `praised by Dessan`, `Thank Marrow`; or as `I'm`.
    fn may_act_after(&self, tokens: &Range<usize>, at: usize) -> bool {
        let Context { text, scan, .. } = *self.context;
        let opens = at == tokens.start || !scan.tokens[at - 1].is_word();
        let joined = |byte: u8| byte == b'\'' || !byte.is_ascii();
        let may_be_i = |at: usize| scan.words[at] == 0 && scan.tokens[at].span().of(text).bytes().any(joined);
        opens || (at..tokens.end).any(|by| scan.has(by, Class::By)) || (tokens.start..at).any(may_be_i)
    }

    fn words(&self, tokens: Range<usize>) -> String {
        let all = &self.context.scan.tokens;
        let span = Span { start: all[tokens.start].start, end: all[tokens.end - 1].end() };
        span.of(self.context.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// From where to where in a sentence a party is mentioned.
#[derive(Clone, Copy)]
struct Reach {
    first: usize,
    last: usize,
}

impl Reach {
    const NONE: Self = Self { first: usize::MAX, last: 0 };

    fn add(&mut self, token: usize) {
        (self.first, self.last) = (self.first.min(token), self.last.max(token));
    }

    fn is_before(self, token: usize) -> bool {
        self.first < token
    }

    fn is_after(self, token: usize) -> bool {
        self.last > token
    }
}

fn has(pairs: &[(EntityId, EntityId)], target: EntityId) -> bool {
    pairs.binary_search_by_key(&target, |pair| pair.1).is_ok()
}
