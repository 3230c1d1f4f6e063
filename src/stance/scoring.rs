//! Sums what the words say of each target, pools it over the article, and decides against a threshold that depends on
//! how the target was found. All numbers stand in targets.tsv.

use std::cell::OnceCell;

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::binding::{Contribution, Role};
use super::evidence::{self, Part};
use super::leanings::{self, Ground, Leaning};
use super::readings::Reading;
use super::targets::Target;
use super::unit::{NONE, Node, NodeKind, SPEAKER, Slot, TOPIC, Unit, YOU};
use super::{Context, Position, Stance};
use crate::entities::EntityId;
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::stance::{Meaning, Numbers, RuleName, When};
use crate::rounding::shown;
use crate::scan::mention::MentionKind;
use crate::spare::Spare;

/// A target of a quotation with its own score, before the article is looked at.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The quotation.
    pub quotation: usize,
    /// The party.
    pub target: Target,
    /// -1 to 1.
    pub own: f64,
    /// The words that decided.
    pub evidence: String,
    /// Whether another target stands before it in the quotation.
    pub later: bool,
    /// How many the quotation has.
    pub parties: usize,
}

/// Adds a draft for each target of a quotation; `used` are empty strings.
pub(super) fn score(
    context: &Context<'_>,
    quotation: usize,
    reading: &Reading,
    targets: &[Target],
    drafts: &mut Vec<Draft>,
    used: &mut Spare,
) {
    let Reading { unit, found } = reading;
    let numbers = &context.lexicons.stance.numbers;
    // Of those without a name that a judgment makes parties there are some in most quotations.
    let parties = targets.iter().filter(|target| target.rule != RuleName::Judged).count();
    let inside = targets.iter().find(|target| target.inside).map(|target| target.entity);
    let topic = topic(unit, found, targets);
    let crowd = (parties * (found.len() + unit.parties.len()) > MOST_PAIRS).then(|| Crowd::of(unit, found));
    let mut parts: SmallVec<[Part; 8]> = SmallVec::new();
    for target in targets {
        parts.clear();
        let summer = Summer::new(context, unit, target, topic);
        let mut add = |said: &Contribution| parts.push((*said, summer.amount(said) * numbers.scale));
        match crowd.as_ref().filter(|_| target.inside) {
            None => found.iter().for_each(add),
            Some(crowd) => {
                let named = summer.named.get_or_init(|| crowd.named(target.entity));
                crowd.weighed(target.entity, named).into_iter().for_each(|at| add(&found[at]));
            }
        }
        let total: f32 = parts.iter().map(|(_, amount)| amount).sum();
        let mut evidence = used.take();
        evidence::evidence(context, unit, &parts, &mut evidence);
        let later = target.inside && inside != Some(target.entity);
        drafts.push(Draft { quotation, own: f64::from(total.tanh()) + 0.0, evidence, later, parties, target: *target });
    }
}

/// Pairs of a target and a word or party up to which every word is weighed for every target.
const MOST_PAIRS: usize = 1 << 18;
/// In a quotation with more, words before and after a target that are weighed for it besides those that are bound to it.
const WEIGHED_NEAR: usize = 64;

/// The words and parties of a quotation that has very many of both.
struct Crowd {
    /// What the words say, by where they stand: nodes and contributions.
    in_order: Vec<(u32, usize)>,
    /// Whom they are bound to: entities and contributions.
    bound: Vec<(EntityId, usize)>,
    /// Whom the nodes name: entities and nodes.
    named: Vec<(EntityId, usize)>,
}

impl Crowd {
    fn of(unit: &Unit, found: &[Contribution]) -> Self {
        let entity = |slot: u32| unit.slots.get(slot as usize).and_then(|slot| slot.entity);
        let numbered = || found.iter().zip(0..);
        let mut in_order: Vec<(u32, usize)> = numbered().map(|(said, at)| (said.node, at)).collect();
        let bound = numbered().filter_map(|(said, at)| Some((entity(said.slot)?, at)));
        let named = unit.parties.iter().filter(|node| unit.nodes[**node].kind == NodeKind::Party);
        let named = named.filter_map(|node| Some((entity(unit.nodes[*node].slot)?, *node)));
        let (mut bound, mut named): (Vec<_>, Vec<_>) = (bound.collect(), named.collect());
        in_order.sort_unstable();
        bound.sort_unstable();
        named.sort_unstable();
        Self { in_order, bound, named }
    }

    fn of_entity(all: &[(EntityId, usize)], entity: EntityId) -> impl Iterator<Item = usize> {
        let first = all.partition_point(|(other, _)| *other < entity);
        all[first..].iter().take_while(move |(other, _)| *other == entity).map(|(_, at)| *at)
    }

    /// The nodes that name a target.
    fn named(&self, entity: EntityId) -> SmallVec<[usize; 8]> {
        Self::of_entity(&self.named, entity).collect()
    }

    /// The contributions to weigh for a target: those bound to it and those of the words around where it is first named.
    fn weighed(&self, entity: EntityId, named: &[usize]) -> Vec<usize> {
        let first = named.first().map_or(0, |first| *first as u32);
        let here = self.in_order.partition_point(|(node, _)| *node < first);
        let near = here.saturating_sub(WEIGHED_NEAR)..self.in_order.len().min(here + WEIGHED_NEAR);
        let near = self.in_order[near].iter().map(|(_, at)| *at);
        let mut all: Vec<usize> = near.chain(Self::of_entity(&self.bound, entity)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// The one target that `this` and `a man` mean: the one whom the reporter names as such, or the only one outside the
/// quotation of whom its words say nothing otherwise.
fn topic(unit: &Unit, found: &[Contribution], targets: &[Target]) -> Option<EntityId> {
    if let Some(topic) = targets.iter().find(|target| target.rule == RuleName::OutsideTopic) {
        return Some(topic.entity);
    }
    let bound = |entity: EntityId| {
        found.iter().any(|c| {
            c.slot != NONE && unit.nodes[c.node as usize].inside && unit.slots[c.slot as usize].entity == Some(entity)
        })
    };
    let outside = targets.iter().filter(|target| !target.inside && target.rule != RuleName::EventAgent);
    let mut outside = outside.filter(|target| !bound(target.entity));
    let first = outside.next()?;
    outside.next().is_none().then_some(first.entity)
}

/// Weighs what the words of a unit say for one target.
pub(super) struct Summer<'a> {
    pub context: &'a Context<'a>,
    pub unit: &'a Unit,
    pub target: &'a Target,
    /// Whom `this` and `a man` mean.
    pub topic: Option<EntityId>,
    pub numbers: &'a Numbers,
    /// The nodes that name the target, found when first asked for.
    named: OnceCell<SmallVec<[usize; 8]>>,
    /// Whether the quotation calls the target by name: `Mr. Marrow, you lied`, likewise.
    addressed: OnceCell<bool>,
    /// Whether only what befell the target is spoken of, likewise.
    befallen: OnceCell<bool>,
}

impl<'a> Summer<'a> {
    /// For a target among the parties of a unit.
    pub fn new(context: &'a Context<'a>, unit: &'a Unit, target: &'a Target, topic: Option<EntityId>) -> Self {
        let numbers = &context.lexicons.stance.numbers;
        let (named, addressed, befallen) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { context, unit, target, topic, numbers, named, addressed, befallen }
    }

    fn named(&self) -> &[usize] {
        let named = || self.unit.parties.iter().copied().filter(|node| self.is_targets(self.unit.nodes[*node]));
        self.named.get_or_init(|| named().collect())
    }

    /// What a contribution adds to the target's sum.
    pub fn amount(&self, contribution: &Contribution) -> f32 {
        let weight = match contribution.slot {
            _ if self.clears(contribution) => self.numbers.given_cleared,
            NONE => self.unbound(contribution),
            // Whoever tells the news, as in a given text, demands nothing.
            _ if contribution.role == Role::Demanded && self.target.is_given() => 0.0,
            slot => self.bound(slot, contribution) * self.suffered(contribution),
        };
        weight * contribution.amount * self.nesting(contribution)
    }

    /// What somebody else says is not the speaker's view, and what he calls a party still less; of a given text it tells more.
    fn nesting(&self, contribution: &Contribution) -> f32 {
        let given = self.target.is_given();
        match contribution.nested {
            true if given => self.numbers.given_nested,
            true => self.numbers.nested,
            false if contribution.called && !given => self.numbers.called,
            false => 1.0,
        }
    }

    /// `was not convicted`, `denies that he lied`: of a given party in a single sentence, that it comes up at all is no
    /// praise.
    fn clears(&self, contribution: &Contribution) -> bool {
        contribution.value < 0.0
            && contribution.amount > 0.0
            && contribution.role != Role::Inferred
            && self.target.is_given()
    }

    /// A speaker tells of what others do to a party without a word of his own, and of what they think of it: theirs is not
    /// his view. Of a given text it is all that there is.
    fn suffered(&self, contribution: &Contribution) -> f32 {
        match contribution.role {
            Role::Patient | Role::Regarded if self.target.is_given() => self.numbers.given_patient,
            Role::Regarded => self.numbers.regarded,
            _ => 1.0,
        }
    }

    /// `Marrow's opponents are liars`, `his wife lied`: that is not said of Marrow, what is said of his aides may be.
    fn is_somebody_else(&self, place: Slot) -> bool {
        let Context { scan, lexicons, .. } = *self.context;
        let Some(mention) = scan.mentions.get(place.mention as usize) else { return false };
        let senses = lexicons.stance.longest(&scan.words[mention.head.clone()]).map_or(&[][..], |(_, senses)| senses);
        let aide = || senses.iter().any(|sense| matches!(sense.meaning, Meaning::Allegiance(1..)));
        mention.party_kind == PartyKind::Person && !aide()
    }

    fn bound(&self, slot: u32, contribution: &Contribution) -> f32 {
        let place = self.unit.slots[slot as usize];
        let is_target = |entity: Option<EntityId>| entity == Some(self.target.entity);
        let is_topic = self.topic == Some(self.target.entity);
        let event_rule = self.target.rule == RuleName::EventAgent;
        match () {
            () if is_target(place.entity) => 1.0,
            () if place.event.is_some() => match self.unit.event_agent(slot, self.context.scan) {
                Some(agent) if is_target(self.unit.slots[agent as usize].entity) => self.numbers.possessed,
                None if event_rule || is_topic => self.numbers.event,
                _ => 0.0,
            },
            () if place.owner != NONE && is_target(self.unit.slots[place.owner as usize].entity) => {
                let is_possessive = self.unit.nodes[self.unit.slots[place.owner as usize].node as usize].possessive;
                // An article names `Redmoor officials` as a party of their own; a given text may mean Redmoor.
                if self.target.is_given() || is_possessive && !self.is_somebody_else(place) {
                    self.numbers.possessed
                } else {
                    0.0
                }
            }
            () if slot == SPEAKER => 0.0,
            () if slot == YOU => {
                if self.target.rule == RuleName::PronounYou || *self.addressed.get_or_init(|| self.is_addressed()) {
                    1.0
                } else {
                    0.0
                }
            }
            () if slot == TOPIC || place.unnamed && place.inside && place.owner == NONE && !self.is_several(place) => {
                if is_topic {
                    1.0
                } else if slot == TOPIC {
                    self.near(contribution)
                } else {
                    0.0
                }
            }
            // `“He is a kind man,” Dessan said of Marrow`
            () if is_topic && self.is_told_of(place) => 1.0,
            // An article names who is meant; a single given sentence often has one tone for all.
            () if self.target.is_given() => self.numbers.other_party * self.near(contribution),
            () => 0.0,
        }
    }

    /// `the people of Redmoor` are not a person who is the target.
    fn is_several(&self, place: Slot) -> bool {
        let party = &self.context.entities.list[self.target.entity];
        let plural = self.context.scan.mentions.get(place.mention as usize).is_some_and(|mention| mention.plural);
        plural && party.kind == PartyKind::Person && !party.plural
    }

    /// `Mr. Marrow, you lied`, `You lied, Mr. Marrow`: the target's name is a clause of its own, and the next begins with `you`,
    /// or the one before has it.
    fn is_addressed(&self) -> bool {
        let nodes = &self.unit.nodes;
        let kind = |at: usize| nodes.get(at).filter(|node| node.inside).map(|node| node.kind);
        let opens = |at: usize| {
            let before = at.checked_sub(1).and_then(kind);
            before.is_none_or(|kind| matches!(kind, NodeKind::Stop | NodeKind::Break | NodeKind::Comma))
        };
        let calls = |at: &usize| {
            let next = nodes.get(at + 2).is_some_and(|node| node.kind == NodeKind::Party && node.slot == YOU);
            let first = next && opens(*at) && kind(at + 1) == Some(NodeKind::Comma);
            first || self.is_called_after(*at)
        };
        self.named().iter().any(calls)
    }

    /// `You lied, Mr. Marrow`, not `You met Lee, Marrow, and Hale`
    fn is_called_after(&self, at: usize) -> bool {
        let nodes = &self.unit.nodes;
        let Some(comma) = at.checked_sub(1).filter(|comma| nodes[*comma].kind == NodeKind::Comma) else { return false };
        let mut after = nodes[at + 1..].iter().take_while(|node| node.inside);
        let ends = match after.next().map(|node| node.kind) {
            None | Some(NodeKind::Stop | NodeKind::Break) => true,
            Some(NodeKind::Comma) => after.next().is_none_or(|node| node.kind != NodeKind::And),
            _ => false,
        };
        let before = nodes[..comma].iter().rev().take(CALLED_REACH);
        let mut clause = before.take_while(|node| node.inside && node.clause == nodes[comma].clause);
        ends && nodes[at].inside
            && clause.any(|node| node.kind == NodeKind::Party && node.slot == YOU && !node.possessive)
    }

    /// A pronoun in the quotation whose party nobody knows, where the reporter names whom the quotation is of.
    fn is_told_of(&self, place: Slot) -> bool {
        let mentions = &self.context.scan.mentions;
        let pronoun = mentions.get(place.mention as usize).is_some_and(|mention| mention.kind == MentionKind::Pronoun);
        // `I met a man, and he was kind`: only who the reporter says is meant is the man.
        let named = self.target.rule == RuleName::OutsideTopic;
        let unnamed = |entity: EntityId| named && self.context.entities.list[entity].unnamed;
        pronoun && place.inside && place.entity.is_none_or(unnamed)
    }

    /// Whether nothing is spoken of but what befell the target: `the murder of Marrow was a terrible crime`.
    fn is_befallen(&self) -> bool {
        let befallen = |node: &usize| self.unit.slots[self.unit.nodes[*node].slot as usize].befallen;
        *self.befallen.get_or_init(|| !self.named().is_empty() && self.named().iter().all(befallen))
    }

    /// A word that is bound to no party tells something of those near it.
    fn unbound(&self, contribution: &Contribution) -> f32 {
        match contribution.role {
            _ if self.is_befallen() => 0.0,
            Role::State | Role::Thing if !self.target.inside => 0.0,
            Role::State => self.numbers.state * self.closeness(contribution),
            // In a text that is given with its party the tone of all that it has to do with tells something.
            Role::Apart if !self.target.is_given() => 0.0,
            Role::Thing | Role::Apart => self.numbers.thing * self.closeness(contribution),
            _ => self.near(contribution),
        }
    }

    fn near(&self, contribution: &Contribution) -> f32 {
        let at = self.unit.nodes[contribution.node as usize];
        if !self.target.inside {
            let distant = matches!(self.target.rule, RuleName::EventAgent | RuleName::OutsideRight);
            return if distant { 0.0 } else { self.numbers.topic };
        }
        let party = self.nearest(contribution.node as usize).map(|party| self.unit.nodes[party]);
        let nearness = match party {
            Some(party) if party.clause == at.clause => self.numbers.same_clause,
            Some(party) if party.sentence == at.sentence => self.numbers.same_sentence,
            _ => self.numbers.other_sentence,
        };
        let given = self.target.is_given();
        nearness * self.closeness(contribution) * if given { self.numbers.given_tone } else { 1.0 }
    }

    /// The node nearest to another that names the target.
    fn nearest(&self, at: usize) -> Option<usize> {
        let named = self.named();
        let after = named.partition_point(|node| *node < at);
        let beside = &named[after.saturating_sub(1)..named.len().min(after + 1)];
        beside.iter().copied().min_by_key(|node| node.abs_diff(at))
    }

    fn is_targets(&self, node: Node) -> bool {
        node.kind == NodeKind::Party
            && node.slot != NONE
            && self.unit.slots[node.slot as usize].entity == Some(self.target.entity)
    }

    /// How much of a word near a given party is meant for it: less where others stand between, and little of what the party
    /// itself tells.
    fn closeness(&self, contribution: &Contribution) -> f32 {
        let numbers = self.numbers;
        let at = contribution.node as usize;
        let party = if self.target.is_given() { self.nearest(at) } else { None };
        let Some(party) = party else { return 1.0 };
        let (first, last) = (party.min(at), party.max(at));
        let other = |node: &&Node| node.kind == NodeKind::Party && node.slot > YOU && !self.is_targets(**node);
        let between = self.unit.nodes[first..last].iter().take(BETWEEN_REACH);
        let others = between.filter(other).take(MOST_OTHERS).count();
        let closeness = numbers.near_beyond.powf(others as f32);
        let reported = contribution.amount < 0.0 && self.unit.reports(party);
        closeness * if reported { numbers.near_reporter } else { 1.0 }
    }
}

/// More other parties than this make a word no farther off.
const MOST_OTHERS: usize = 3;
/// Nodes between a word and a party among which others are counted, at most.
const BETWEEN_REACH: usize = 400;
/// Nodes between `you` and the name of whom it means, at most.
const CALLED_REACH: usize = 80;

/// Pools the drafts over the article and turns them into stances, in the room of `used` ones.
#[must_use]
pub fn decide(context: &Context<'_>, drafts: &mut Vec<Draft>, told: &[Leaning], used: Vec<Stance>) -> Vec<Stance> {
    let pools = pools(context, drafts);
    let mut stances = used;
    stances.clear();
    stances.reserve(drafts.len());
    // Mostly the one who spoke last goes on.
    let mut last = (None, false);
    for (draft, pool) in drafts.drain(..).zip(pools) {
        let speaker = context.attributions[draft.quotation].speaker;
        if speaker != last.0 {
            last = (speaker, speaker.is_some_and(|speaker| context.is_observer(speaker)));
        }
        let leaning = leanings::leaning(told, speaker, draft.target.entity);
        stances.extend(stance(context, draft, Elsewhere { pool, leaning, observed: last.1 }));
    }
    debug_assert!(stances.is_sorted_by_key(|stance| (stance.quotation, stance.mention)), "as drafts are made");
    stances
}

/// Up to so many drafts of one speaker and target are compared with one another; more are told apart by a set.
const FEW: usize = 16;

/// For each draft the sum of all that its speaker says of its target, and how often he does.
fn pools(context: &Context<'_>, drafts: &[Draft]) -> Vec<(f64, usize)> {
    let mut pools: Vec<(f64, usize)> = drafts.iter().map(|draft| (draft.own, 1)).collect();
    let speaker = |draft: &Draft| context.attributions[draft.quotation].speaker;
    let order = drafts.iter().enumerate().filter_map(|(at, draft)| Some((speaker(draft)?, draft.target.entity, at)));
    let mut order: Vec<(EntityId, EntityId, usize)> = order.collect();
    order.sort_unstable();
    let mut few: SmallVec<[&str; FEW]> = SmallVec::new();
    for alike in order.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).filter(|alike| alike.len() > 1) {
        few.clear();
        let mut many: FxHashSet<&str> = FxHashSet::default();
        let (mut sum, mut count) = (0.0, 0);
        for draft in alike.iter().map(|(.., at)| &drafts[*at]) {
            let words = words_said(context, draft.quotation);
            let new = if alike.len() > FEW { many.insert(words) } else { !few.contains(&words) };
            // What a headline or a box says again is said once.
            if new {
                if alike.len() <= FEW {
                    few.push(words);
                }
                (sum, count) = (sum + draft.own, count + 1);
            }
        }
        for (.., at) in alike {
            pools[*at] = (sum, count);
        }
    }
    pools
}

/// The words of a quotation, without the sign that ends them.
fn words_said<'a>(context: &Context<'a>, quotation: usize) -> &'a str {
    let words = context.scan.quotations[quotation].span.of(context.text);
    words.trim_end_matches(|sign: char| !sign.is_alphanumeric())
}

/// What is known of the speaker and party of a draft besides it.
#[derive(Clone, Copy)]
struct Elsewhere<'a> {
    /// The sum of all that the speaker says of the party, and how often he does.
    pool: (f64, usize),
    leaning: Option<&'a Leaning>,
    /// Whether the speaker is one who explains.
    observed: bool,
}

fn stance(context: &Context<'_>, draft: Draft, elsewhere: Elsewhere<'_>) -> Option<Stance> {
    let Elsewhere { pool: (sum, count), leaning, observed } = elsewhere;
    let lexicon = &context.lexicons.stance;
    let numbers = &lexicon.numbers;
    let others = if count > 1 { (sum - draft.own) / ((count - 1) as f64).sqrt() } else { 0.0 };
    let said = draft.own + f64::from(numbers.pooling) * others;
    let pooled = (said + leaning.map_or(0.0, |leaning| leaning.amount)).clamp(-1.0, 1.0);
    let least_own = f64::from(numbers.least_own);
    let blamed_rival = leaning.and_then(|leaning| match leaning.ground {
        Ground::Told => None,
        Ground::Rivals => Some(said <= -least_own),
        Ground::Opponents => Some(said < least_own),
    });
    let threshold = threshold(context, &draft, Met { count, observed, praised: pooled > 0.0, blamed_rival });
    // Clear words are never turned by what stands elsewhere.
    let clear = draft.own.abs() >= f64::from(numbers.clear);
    let side = draft.own.signum();
    let article_score = shown(if clear { side * (side * pooled).max(threshold) } else { pooled });
    let position = match () {
        () if article_score.abs() < threshold => Position::Neutral,
        () if article_score < 0.0 => Position::Against,
        () => Position::For,
    };
    let Draft { quotation, target, own, mut evidence, .. } = draft;
    let rule = lexicon.rule(target.rule);
    let silent = own.abs() < f64::from(numbers.least_own);
    // `“…” would bore viewers`: of those without a name around a quotation hardly one is a party unless it is evaluated.
    let nobody = !target.inside
        && target.rule != RuleName::OutsideSubject
        && context.entities.list[target.entity].unnamed
        && position == Position::Neutral;
    if nobody || rule.when == When::Polar && (position == Position::Neutral || silent) {
        return None;
    }
    evidence::add_elsewhere(&mut evidence, article_score - own, leaning);
    if evidence.is_empty() {
        evidence.push_str("spoken of without evaluation");
    }
    let confidence = f64::from(rule.precision) * verdict_confidence(numbers, position, article_score);
    Some(Stance {
        quotation,
        target: target.entity,
        mention: target.mention,
        position,
        score: own,
        article_score,
        threshold,
        confidence,
        rule: target.rule.text(),
        evidence,
    })
}

/// The share of such verdicts that are right, of parties that are spoken of.
fn verdict_confidence(numbers: &Numbers, position: Position, article_score: f64) -> f64 {
    if position == Position::Neutral {
        return f64::from(numbers.confidence_neutral);
    }
    f64::from(numbers.confidence_polar) + f64::from(numbers.confidence_score) * article_score.abs()
}

/// How speaker and party meet in the article.
#[derive(Clone, Copy)]
struct Met {
    /// How often.
    count: usize,
    /// Whether the speaker is one who explains.
    observed: bool,
    /// Whether the score is in favour.
    praised: bool,
    /// Of rivals, whether what is said is against the party; of known politicians, whether it is not for it: that others
    /// are rivals is by itself no stance.
    blamed_rival: Option<bool>,
}

/// The least absolute score that is not neutral, by what tends to be neutral. Where the quotation's own words say
/// nothing, only a clear view elsewhere counts.
fn threshold(context: &Context<'_>, draft: &Draft, met: Met) -> f64 {
    let lexicon = &context.lexicons.stance;
    let numbers = &lexicon.numbers;
    let party = &context.entities.list[draft.target.entity];
    let state = party.kind == PartyKind::Group || context.is_state(draft.target.entity);
    let conditions = [
        (true, numbers.threshold),
        (met.observed, numbers.threshold_observer),
        (met.blamed_rival == Some(true), numbers.threshold_rival),
        (met.praised, numbers.threshold_praise),
        (draft.later, numbers.threshold_later),
        (state, numbers.threshold_state),
        (met.count == 1, numbers.threshold_once),
        (draft.parties > 1, numbers.threshold_several),
        (draft.parties >= MANY, numbers.threshold_many),
        (!draft.target.inside, numbers.threshold_outside),
    ];
    let sum: f32 = conditions.iter().filter(|(holds, _)| *holds).map(|(_, amount)| *amount).sum();
    let far = draft.target.rule == RuleName::Turn;
    let carried = if far { numbers.carried_far } else { numbers.carried };
    let silent = draft.own.abs() < f64::from(numbers.least_own);
    let least = match () {
        () if !met.praised && met.blamed_rival == Some(false) => sum.max(numbers.carried_rivals),
        () if silent => sum.max(carried),
        () => sum,
    };
    shown(f64::from(least.max(numbers.threshold).min(numbers.clear)))
}

/// So many parties are a list, of whom a quotation seldom evaluates each.
const MANY: usize = 4;
