//! What the reporter tells of the speakers, whom they back, attack and speak for, over the whole article: it weighs in where
//! a speaker's own words say little of a party. Knows nothing of what quotations say.

use std::ops::Range;

use smallvec::{SmallVec, smallvec};

use super::binding::{Contribution, Reported, Role};
use super::reading::LONGEST_PHRASE;
use super::readings::{Reading, Readings, Task};
use super::scoring::Draft;
use super::unit::{Node, NodeKind, Unit};
use super::{Context, FARTHEST, TOGETHER, evidence, speakers};
use crate::Span;
use crate::entities::{Entities, EntityId};
use crate::lexicon::stance::{Camps, Meaning, Object, Opening, Sense, ShifterKind};
use crate::lexicon::words::{Class, Classes};
use crate::scan::mention::MentionKind;

/// What tells where a speaker stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// The reporter says so.
    Told,
    /// They are of rival parties.
    Rivals,
    /// The same, and both are known politicians: enough by itself.
    Opponents,
}

/// Where a speaker stands toward a party, whatever he says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaning {
    /// Who.
    pub speaker: EntityId,
    /// Toward whom.
    pub target: EntityId,
    /// Added to every score of the two.
    pub amount: f64,
    /// What tells.
    pub ground: Ground,
    /// The reporter's words, where they tell.
    pub words: String,
    /// The mention of the speaker in the sentence that tells so; 0 where none does.
    pub(super) mention: usize,
}

/// The leaning of a speaker toward a party, if the reporter tells of one.
#[must_use]
pub fn leaning(all: &[Leaning], speaker: Option<EntityId>, target: EntityId) -> Option<&Leaning> {
    let key = |leaning: &Leaning| (leaning.speaker, leaning.target);
    let at = all.binary_search_by_key(&(speaker?, target), key).ok()?;
    Some(&all[at])
}

/// What an article's reporter tells of its speakers.
#[derive(Clone, Debug, Default)]
pub struct Leanings {
    /// The speakers with the parties that they speak of, in order.
    pairs: Vec<(EntityId, EntityId)>,
    /// The mentions of both.
    mentions: Vec<u32>,
    /// For each reading the mention of the speaker whose deeds are read, and the range of his pairs.
    deeds: Vec<(usize, Range<usize>)>,
    /// Speakers, and the camps of those whose aides they are.
    serves: Vec<(EntityId, Camps)>,
    found: Vec<Leaning>,
}

impl Leanings {
    /// Looks for what the reporter tells of the speakers of the drafts, and asks for the sentences that have to be read.
    pub fn ask(&mut self, context: &Context<'_>, drafts: &[Draft], readings: &mut Readings) {
        readings.clear();
        self.deeds.clear();
        self.serves.clear();
        self.found.clear();
        self.pairs.clear();
        let speaker = |draft: &Draft| context.attributions[draft.quotation].speaker;
        self.pairs.extend(drafts.iter().filter_map(|draft| Some((speaker(draft)?, draft.target.entity))));
        self.pairs.sort_unstable();
        self.pairs.dedup();
        if self.pairs.is_empty() {
            return;
        }
        let Self { pairs, mentions, deeds, serves, found } = self;
        let (mut speakers, parts) = speakers(context, pairs);
        let Context { scan, entities, .. } = *context;
        mention_parts(entities, &parts, mentions);
        // In few sentences a speaker stands with somebody whom he speaks of.
        let mut parties: SmallVec<[u64; 128]> = smallvec![0; scan.sentences.len()];
        let of = |index: u32| (&scan.mentions[index as usize], entities.of_mention[index as usize]);
        for (mention, entity) in mentions.iter().map(|index| of(*index)) {
            parties[mention.sentence as usize] |= entity.map_or(0, |entity| parts[entity].party);
        }
        let mut finder = Finder { context, readings, pairs, deeds, serves, found };
        for index in mentions.iter().copied() {
            let (mention, entity) = of(index);
            let speaker = entity.and_then(|entity| speakers.get_mut(parts[entity].speaker as usize));
            let Some(Speaker { pairs, parties: own, sentence }) = speaker.filter(|_| mention.quotation.is_none())
            else {
                continue;
            };
            // No pronoun says for whom somebody stands.
            if mention.kind != MentionKind::Pronoun {
                finder.named_with(index as usize, pairs.clone());
            }
            let is_first = sentence.replace(mention.sentence) != Some(mention.sentence);
            if is_first && parties[mention.sentence as usize] & *own != 0 {
                finder.deeds(index as usize, pairs.clone());
            }
        }
    }

    /// The leanings of the speakers toward the parties that they speak of, in order of speaker and party.
    pub fn tell(&mut self, context: &Context<'_>, readings: &mut Readings) -> &[Leaning] {
        let Self { pairs, deeds, serves, found, .. } = self;
        Finder { context, readings, pairs, deeds, serves, found }.tell_deeds();
        found.sort_by_key(|leaning| (leaning.speaker, leaning.target, leaning.mention));
        // The first that is told holds, unless the reporter tells the opposite too: then nothing does.
        found.dedup_by(|later, first| {
            let same = (later.speaker, later.target) == (first.speaker, first.target);
            if same && later.amount * first.amount < 0.0 {
                first.amount = 0.0;
            }
            same
        });
        serves.sort_unstable();
        serves.dedup();
        speakers::add_rivals(context, pairs, serves, found);
        found.sort_by_key(|leaning| (leaning.speaker, leaning.target));
        found
    }
}

/// A speaker and the parties that he speaks of.
struct Speaker {
    /// Himself and each of the parties, a range of the pairs.
    pairs: Range<usize>,
    /// The parties, a bit each.
    parties: u64,
    /// The sentence of the reporter's that was read for him last.
    sentence: Option<u32>,
}

/// What an entity is in the pairs.
#[derive(Clone, Copy)]
struct Part {
    /// Its number among the speakers; a higher one for others.
    speaker: u32,
    /// Its bit among the parties that are spoken of, shared with others where they are many; none for others.
    party: u64,
}

/// Every speaker, and for each entity what it is; behind the last, what nobody is.
fn speakers(context: &Context<'_>, pairs: &[(EntityId, EntityId)]) -> (SmallVec<[Speaker; 8]>, SmallVec<[Part; 128]>) {
    let none = Part { speaker: u32::MAX, party: 0 };
    let mut parts: SmallVec<[Part; 128]> = smallvec![none; context.entities.list.len() + 1];
    let (mut start, mut known) = (0, 0);
    let mut speakers = SmallVec::new();
    for (number, pairs) in pairs.chunk_by(|a, b| a.0 == b.0).enumerate() {
        parts[pairs[0].0].speaker = number as u32;
        let mut parties = 0;
        for (_, target) in pairs {
            let bit = &mut parts[*target].party;
            if *bit == 0 {
                *bit = 1 << (known % u64::BITS);
                known += 1;
            }
            parties |= *bit;
        }
        speakers.push(Speaker { pairs: start..start + pairs.len(), parties, sentence: None });
        start += pairs.len();
    }
    (speakers, parts)
}

/// Puts the mentions of the speakers and of whom they speak of into `found`. Which mentions they are is anybody's guess, so that no
/// branch depends on it.
fn mention_parts(entities: &Entities, parts: &[Part], found: &mut Vec<u32>) {
    let nobody = entities.list.len();
    found.clear();
    found.resize(entities.of_mention.len(), 0);
    let mut count = 0;
    for (index, entity) in entities.of_mention.iter().enumerate() {
        let Part { speaker, party } = parts[entity.unwrap_or(nobody)];
        found[count] = index as u32;
        count += usize::from(speaker != u32::MAX || party != 0);
    }
    found.truncate(count);
}

/// `denied that she had praised Marrow`, `was accused of backing him`, `asked whether he trusts him`: a deed of which the sentence
/// does not tell that the speaker did it.
pub(super) fn is_doubted(context: &Context<'_>, unit: &Unit, at: u32) -> bool {
    let Context { scan, lexicons, .. } = *context;
    let nodes = &unit.nodes;
    let first = (at as usize).saturating_sub(DOUBT_REACH);
    (first..at as usize).rev().take_while(|before| nodes[*before].sentence == nodes[at as usize].sentence).any(
        |before| {
            let node = &nodes[before];
            let doubts =
                lexicons.stance.shifters.get(node.shifter as usize).is_some_and(|shifter| match shifter.kind {
                    ShifterKind::Reverser => true,
                    ShifterKind::Modal => scan.has(node.start as usize, Class::Subordinator),
                    _ => false,
                });
            let blame = || lexicons.stance.entries.get(node.entry as usize).is_some_and(|entry| entry.to_object < 0.0);
            let is = |at: Option<usize>, kind| at.is_some_and(|at| nodes[at].kind == kind);
            let blamed = || is(before.checked_sub(1), NodeKind::Be) && is(Some(before + 1), NodeKind::Of) && blame();
            // The same as one phrase.
            let of = |node: &Node| node.end - node.start > 1 && scan.has(node.end as usize - 1, Class::Of);
            let value = || lexicons.stance.entries.get(node.entry as usize).map_or(0.0, |entry| entry.value);
            doubts || blamed() || of(node) && value() < 0.0
        },
    )
}

/// Nodes before a deed among which a word that leaves it open is looked for: `denied that she had ever`.
const DOUBT_REACH: usize = 8;

/// Tokens between a word and the party that is named with it: `a spokesman for the Marrow campaign`.
const NAMED_WITH: usize = 4;
const LEADS_ON: Classes = Classes::of(&[Class::Of, Class::For, Class::To]);

struct Finder<'a> {
    context: &'a Context<'a>,
    readings: &'a mut Readings,
    pairs: &'a [(EntityId, EntityId)],
    deeds: &'a mut Vec<(usize, Range<usize>)>,
    serves: &'a mut Vec<(EntityId, Camps)>,
    found: &'a mut Vec<Leaning>,
}

impl Finder<'_> {
    /// `Marrow spokesman Pavel Dessan`, `Dessan, an ally of Marrow`
    fn named_with(&mut self, index: usize, pairs: Range<usize>) {
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
        let pairs = &self.pairs[pairs];
        let leads_on = scan.classes.get(noun.end).is_some_and(|classes| classes.any(LEADS_ON));
        let end = if leads_on { noun.end + NAMED_WITH } else { noun.start };
        for (at, inner) in scan.mentions.iter().enumerate().skip(index + 1) {
            if inner.tokens.start >= end {
                break;
            }
            let Some(target) = entities.of_mention[at] else { continue };
            if side > 0 {
                self.serves.push((pairs[0].0, self.context.camps(target)));
            }
            if has(pairs, target) {
                let amount = f64::from(f32::from(side) * lexicons.stance.numbers.allegiance);
                let words = self.words(inner.tokens.start.min(noun.start)..inner.tokens.end.max(noun.end));
                self.found.push(Leaning {
                    speaker: pairs[0].0,
                    target,
                    amount,
                    ground: Ground::Told,
                    words,
                    mention: index,
                });
            }
        }
    }

    /// `Dessan, who supports Marrow`, `Dessan has long attacked Marrow`: notes what is to be read.
    fn deeds(&mut self, index: usize, own: Range<usize>) {
        let pairs = &self.pairs[own.clone()];
        let scan = self.context.scan;
        let range = scan.sentences[scan.mentions[index].sentence as usize].clone();
        if range.len() <= 2 * FARTHEST && self.may_tell(&range, index, pairs) {
            let first = scan.mentions.partition_point(|mention| mention.tokens.start < range.start);
            self.readings.add(Task {
                speaker: Some(pairs[0].0),
                source: None,
                interlocutor: None,
                range,
                first,
                inside: 0..0,
                reported: Reported::Asides,
            });
            self.deeds.push((index, own));
            if self.deeds.len() == TOGETHER {
                self.readings.read_and_bind(self.context);
                self.tell_deeds();
            }
        }
    }

    /// What was read tells.
    fn tell_deeds(&mut self) {
        for (number, (mention, pairs)) in self.deeds.drain(..).enumerate() {
            let pairs = &self.pairs[pairs];
            let Reading { unit, found } = self.readings.get(Some(number));
            let done = |contribution: &&Contribution| {
                contribution.role == Role::SourceOnTarget && !is_doubted(self.context, unit, contribution.node)
            };
            for contribution in found.iter().filter(done) {
                let slot = unit.slots[contribution.slot as usize];
                if let Some(target) = slot.entity.filter(|target| has(pairs, *target)) {
                    let told = self.context.lexicons.stance.numbers.told;
                    let amount = f64::from(contribution.amount.signum() * told);
                    let words = evidence::words(self.context, unit, contribution.node, contribution.shifter);
                    let speaker = pairs[0].0;
                    self.found.push(Leaning { speaker, target, amount, ground: Ground::Told, words, mention });
                }
            }
        }
        self.readings.clear();
    }

    /// Whether a word for what somebody does to somebody stands between the speaker and one of the parties, or opens the
    /// sentence, and one may be bound to them: a glance that spares reading most of them.
    fn may_tell(&self, tokens: &Range<usize>, index: usize, pairs: &[(EntityId, EntityId)]) -> bool {
        let Context { scan, lexicons, .. } = *self.context;
        let places = self.places(tokens, index, pairs);
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
        let between = |at: usize| at == tokens.start || places.has_between(at);
        let (mut told, mut bound) = (false, false);
        let named = places.aim > 0 && places.target.first != usize::MAX;
        named
            && tokens.clone().filter(|at| stance.opens(scan.words[*at], Opening::DIRECTED)).any(|at| {
                let mut deed = None;
                let mut is_deed = || *deed.get_or_insert_with(|| deed_at(at));
                told = told || between(at) && is_deed();
                // `held Marrow accountable` is no phrase that a look-up finds.
                let mut acts = || is_deed() || stance.opens(scan.words[at], Opening::AROUND);
                bound = bound || scan.quotation_at(at).is_none() && self.may_bind(tokens, at, &places) && acts();
                told && bound
            })
    }

    /// Where the speaker and the parties stand in a sentence with the mention `index`.
    fn places(&self, tokens: &Range<usize>, index: usize, pairs: &[(EntityId, EntityId)]) -> Places {
        let Context { scan, entities, .. } = *self.context;
        let before = scan.mentions[..index].iter().rev();
        let first = index - before.take_while(|mention| mention.tokens.start >= tokens.start).count();
        let within = scan.mentions[first..].iter().take_while(|mention| mention.tokens.start < tokens.end);
        let mut places = Places { speaker: Reach::NONE, target: Reach::NONE, own: usize::MAX, aim: 0 };
        for (mention, entity) in within.zip(&entities.of_mention[first..]) {
            let Some(entity) = *entity else { continue };
            let (start, quoted) = (mention.tokens.start, mention.quotation.is_some());
            let (own, target) = (entity == pairs[0].0, has(pairs, entity));
            if own {
                places.speaker.add(start);
            }
            if target {
                places.target.add(start);
            }
            // `Dessan accused him`: who passes for the speaker may be a party.
            let other = || mention.kind == MentionKind::Pronoun && scan.has(start, Class::Object);
            if own && !quoted {
                places.own = places.own.min(start);
            }
            if !quoted && (target || own && other()) {
                places.aim = places.aim.max(mention.tokens.end);
            }
        }
        places
    }

    /// Whether what the word at a token tells may be done by the speaker to a party: he stands before it, or is told to do
    /// so (`Thank Marrow`) or says so (`I'm`), and the party after it; or it is done `by Dessan`.
    fn may_bind(&self, tokens: &Range<usize>, at: usize, places: &Places) -> bool {
        let Context { text, scan, .. } = *self.context;
        let opens = || at == tokens.start || !scan.tokens[at - 1].is_word();
        let joined = |byte: u8| byte == b'\'' || !byte.is_ascii();
        let may_be_i = |at: usize| scan.words[at] == 0 && scan.tokens[at].span().of(text).bytes().any(joined);
        let acts = || places.own < at || opens() || (tokens.start..at).any(may_be_i);
        at < places.aim && acts() || (at..tokens.end).any(|by| scan.has(by, Class::By))
    }

    fn words(&self, tokens: Range<usize>) -> String {
        let all = &self.context.scan.tokens;
        let span = Span { start: all[tokens.start].start, end: all[tokens.end - 1].end() };
        span.of(self.context.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Where a sentence mentions a speaker and the parties that he speaks of.
struct Places {
    speaker: Reach,
    target: Reach,
    /// Where the reporter first mentions the speaker.
    own: usize,
    /// Where the reporter's last mention of a party ends; 0 where there is none.
    aim: usize,
}

impl Places {
    /// Whether the speaker stands on one side of a token and a party on the other.
    fn has_between(&self, token: usize) -> bool {
        self.speaker.is_before(token) && self.target.is_after(token)
            || self.speaker.is_after(token) && self.target.is_before(token)
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
