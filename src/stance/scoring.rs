//! Sums what the words of a quotation say of each target. All numbers stand in targets.tsv.

use std::cell::OnceCell;

use smallvec::SmallVec;

use super::Context;
use super::binding::{Contribution, Role};
use super::crowd::Crowd;
use super::evidence::{self, Part};
use super::readings::Reading;
use super::targets::Target;
use super::unit::{NONE, Node, NodeKind, SPEAKER, Slot, TOPIC, Unit, YOU};
use crate::entities::EntityId;
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::stance::{Meaning, Numbers, RuleName};
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
    let group = |target: &Target| target.rule.is_group();
    let parties = targets.iter().filter(|target| target.rule != RuleName::Judged).count();
    let groups = targets.iter().filter(|target| group(target)).count();
    let inside = targets.iter().find(|target| target.inside).map(|target| target.entity);
    let topic = topic(unit, found, targets);
    let crowd = Crowd::of(unit, found, targets.len());
    let mut parts: SmallVec<[Part; 8]> = SmallVec::new();
    for target in targets {
        parts.clear();
        let speaker = context.attributions[quotation].speaker;
        let summer = Summer { speaker, ..Summer::new(context, unit, target, topic) };
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
        let parties = if group(target) { parties } else { parties - groups };
        drafts.push(Draft { quotation, own: f64::from(total.tanh()) + 0.0, evidence, later, parties, target: *target });
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
    /// Who speaks, in an article.
    pub speaker: Option<EntityId>,
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
        Self { context, unit, target, topic, speaker: None, numbers, named, addressed, befallen }
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
            Role::Patient | Role::Regarded if self.is_of_rival(contribution) => self.numbers.condemned,
            // `friends of Marrow`
            Role::Regarded if self.unit.names_people(contribution.node as usize, self.context.scan) => 0.0,
            Role::Regarded => self.numbers.regarded,
            // `Marrow criticized the ruling`, said of him by others
            Role::Agent if !self.target.is_given() && contribution.value < 0.0 => {
                f32::from(contribution.value < self.numbers.deed)
            }
            _ => 1.0,
        }
    }

    /// `The Republicans praised Marrow`, as a Democrat tells it: what rivals of the speaker do to somebody who is none.
    fn is_of_rival(&self, contribution: &Contribution) -> bool {
        let doer = self.unit.slots.get(contribution.doer as usize).and_then(|slot| slot.entity);
        let Some((speaker, doer)) = self.speaker.zip(doer) else { return false };
        let (context, lexicon) = (self.context, &self.context.lexicons.stance);
        let camps = context.camps(speaker);
        let rival = |other: EntityId| lexicon.are_rivals(camps, context.camps(other));
        camps != 0 && rival(doer) && !rival(self.target.entity)
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
