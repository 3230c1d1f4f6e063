//! Negators, modals and the like: which of them reach a word, and what they make of it.

use super::{Binder, Contribution, Role, found_within};
use crate::lexicon::sets::AUXILIARIES;
use crate::lexicon::stance::{Form, Meaning, Object, Pos, ShifterKind};
use crate::lexicon::words::Class;
use crate::stance::unit::{NONE, Node, NodeKind, SPEAKER};

/// Nodes between a word and `had` in a clause with `if` at most.
const UNREAL_REACH: usize = 12;
/// Nodes between a condition and the verb of what would be at most.
const WOULD_REACH: usize = 30;
/// Nodes between a negator at the head of a clause and what it denies at most.
const FRONTED_REACH: usize = 20;
/// Nodes between the head of a question and a clause in it at most.
const ASKED_REACH: usize = 16;
/// Nodes between `think` and the clause that depends on it at most.
const THOUGHT_REACH: usize = 5;
/// Nodes between `think` and a word of what is thought at most, in one clause.
const DENIED_REACH: usize = 12;
/// Nodes between a verb and its subject at most.
const SUBJECT_REACH: usize = 6;
/// Nodes of a clause without a verb that belongs to the one before it at most: no shifter reaches farther.
const JOINED_REACH: usize = 16;

impl Binder<'_> {
    /// The factor of the shifters that reach a node, and the one that turns it. `should be kind` blames, `should resign` and
    /// `we should thank him`, which are `asserted`, stay as they are.
    pub(super) fn shift(&self, at: usize, asserted: bool) -> (f32, u32) {
        let (mut factor, mut turned, mut demanded, mut blame) = (1.0, NONE, false, 1.0);
        let start = self.unit.clause_start(at);
        let first = self.phrase_start(at, start);
        let is_verb = self.node(at).kind == NodeKind::Verb;
        for (distance, before) in (first..at).rev().take(7).enumerate() {
            let node = self.node(before);
            if node.shifter == NONE {
                continue;
            }
            let shifter = &self.lexicon.shifters[node.shifter as usize];
            // `lost the files and blamed us`
            if before < start && shifter.kind == ShifterKind::Reverser && node.kind == NodeKind::Verb && is_verb {
                continue;
            }
            // `the loss of jobs is disgusting`
            if shifter.kind == ShifterKind::Reverser && self.ends_before(before, at) {
                continue;
            }
            let demand = shifter.kind == ShifterKind::Modal && shifter.factor <= 0.0;
            demanded |= demand;
            if shifter.kind == ShifterKind::Cause && self.causing_party(before).is_some() {
                continue;
            }
            // `care more about money than they care about us`: what is less is not so.
            if shifter.kind == ShifterKind::Contrast && self.is_clause_of_less(before + 1, at) {
                return (0.0, NONE);
            }
            if distance < shifter.reach && !(demand && asserted) {
                *if demand { &mut blame } else { &mut factor } *= shifter.factor;
                if matches!(shifter.kind, ShifterKind::Negator | ShifterKind::Reverser) {
                    turned = before as u32;
                }
            }
        }
        // `neither Marrow nor Ammering is honest`
        let joint = start.checked_sub(1).filter(|joint| first == start && self.node(*joint).kind == NodeKind::And);
        if let Some(joint) = joint
            && let Some(nor) = self.shifter(joint, ShifterKind::Negator).filter(|nor| at - start <= nor.reach)
        {
            factor *= nor.factor;
            turned = joint as u32;
        }
        if let Some(nobody) = self.nobody_before(at, start) {
            factor *= self.lexicon.shifters[self.node(nobody).shifter as usize].factor;
            turned = nobody as u32;
        }
        // `should stop lying`
        let stops = turned != NONE && self.shifter(turned as usize, ShifterKind::Reverser).is_some();
        if demanded && asserted && stops && factor < 0.0 {
            factor = -factor;
        }
        // `should never help`, `doubt that they should help`: a negator turns what is demanded, not the blame in demanding it.
        if demanded && !asserted {
            factor = if turned == NONE { factor * blame } else { -factor.abs() };
        }
        // `lacks the courage to tell the truth`
        if !asserted && self.is_unable(at) {
            factor *= self.numbers.unable;
        }
        if !asserted && self.is_unreal(at, start) {
            return (self.numbers.unreal, turned);
        }
        if self.is_asked(start) {
            factor *= self.numbers.asked;
        }
        // `if we elect him`
        if start > 0
            && self.node(start - 1).kind == NodeKind::Subordinator
            && let Some(modal) = self.lexicon.shifters.get(self.node(start - 1).shifter as usize)
        {
            factor *= modal.factor;
        }
        // `I don't think he is honest`
        if start > 1 && self.node(start - 1).kind != NodeKind::Stop {
            let opener = if self.node(start - 1).kind == NodeKind::Subordinator { start - 1 } else { start };
            if let Some(thought) = self.thought_before(opener)
                && let Some(negator) = self.negator_before(thought)
            {
                factor *= self.lexicon.shifters[self.node(negator).shifter as usize].factor;
                turned = negator as u32;
            }
        }
        if let Some(negator) = self.fronted_negator(at, start) {
            factor *= self.lexicon.shifters[self.node(negator).shifter as usize].factor;
            turned = negator as u32;
        }
        if let Some(negator) = self.denied_before(at, start).filter(|negator| turned != *negator as u32) {
            factor *= self.lexicon.shifters[self.node(negator).shifter as usize].factor;
            turned = negator as u32;
        }
        (factor.clamp(-2.0, 2.0), turned)
    }

    /// `I don't think Marrow has ever been completely honest`: what turns a view, where nothing parts it from what is thought.
    fn denied_before(&self, at: usize, start: usize) -> Option<usize> {
        let thought = (start..at).rev().take(DENIED_REACH).find(|before| self.node(*before).says)?;
        let mut next = thought + 1..at;
        let subject = next.find(|next| !matches!(self.node(*next).kind, NodeKind::Determiner | NodeKind::Adverb))?;
        let negator = self.negator_before(thought).filter(|_| self.node(subject).kind == NodeKind::Party)?;
        let Node { start, end, .. } = self.node(thought);
        let (_, senses) = self.lexicon.longest(&self.scan.words[start as usize..end as usize])?;
        let is_view = senses.iter().any(|sense| sense.meaning == Meaning::Thought);
        (is_view && self.shifter(thought, ShifterKind::Factive).is_none()).then_some(negator)
    }

    /// `lack of`: whether the phrase that a noun governs ends in a form of be before a node.
    fn ends_before(&self, noun: usize, at: usize) -> bool {
        let of = self.scan.has(self.node(noun).end as usize - 1, Class::Of);
        of && (noun + 1..at).any(|next| matches!(self.node(next).kind, NodeKind::Be | NodeKind::Link))
    }

    /// `Nobody who knows us would trust him`: what is denied of whom a relative clause is about, in the predicate after it.
    fn nobody_before(&self, at: usize, start: usize) -> Option<usize> {
        let who = start.checked_sub(1).filter(|who| self.node(*who).kind == NodeKind::Relative)?;
        let nobody = who.checked_sub(1).filter(|nobody| self.shifter(*nobody, ShifterKind::Negator).is_some())?;
        let first = self.first_predicate(start, at)?;
        let auxiliary = |next: usize| {
            let node = self.node(next);
            node.kind == NodeKind::Modal || self.scan.classes[node.start as usize].any(AUXILIARIES)
        };
        let party = |next: &usize| self.node(*next).kind == NodeKind::Party;
        let object = (first + 1..at).find(party)?;
        (object + 1..=at).any(auxiliary).then_some(nobody)
    }

    /// The first verb of a clause before a node.
    fn first_predicate(&self, start: usize, at: usize) -> Option<usize> {
        let verbal = |node: Node| matches!(node.kind, NodeKind::Verb | NodeKind::Be | NodeKind::Link);
        (start..at).take(UNREAL_REACH).find(|next| verbal(self.node(*next)))
    }

    /// Whether a word is the verb of a party that stands right after a word of comparison.
    fn is_clause_of_less(&self, party: usize, at: usize) -> bool {
        let node = self.node(party);
        party < at && node.kind == NodeKind::Party && !node.possessive && self.node(at).kind == NodeKind::Verb
    }

    /// `lacks the courage to tell the truth`: something bad keeps the party from what the infinitive tells.
    fn is_unable(&self, at: usize) -> bool {
        let deed =
            self.lexicon.entries.get(self.node(at).entry as usize).is_some_and(|entry| entry.object == Object::None);
        let Some(before) = self.before_to(at).filter(|_| deed) else { return false };
        let Some(entry) = self.lexicon.entries.get(self.node(before).entry as usize) else { return false };
        let describes = entry.object == Object::None && entry.pos != Pos::Verb;
        describes && entry.value < 0.0
    }

    /// `Does Marrow share our values?`, `Do you think that Marrow is a liar?`
    fn is_asked(&self, start: usize) -> bool {
        let sentence = self.node(start).sentence;
        let near = (start.saturating_sub(ASKED_REACH)..start).rev();
        let first =
            near.take_while(|before| self.node(*before).sentence == sentence && self.node(*before).inside).last();
        let first = first.unwrap_or(start);
        let opener = self.node(first);
        let auxiliary = matches!(opener.kind, NodeKind::Be | NodeKind::Modal)
            || self.scan.has(opener.start as usize, Class::Do)
            || self.scan.has(opener.start as usize, Class::Have);
        let plain = opener.entry == NONE && (opener.shifter == NONE || opener.kind == NodeKind::Modal);
        let party = self.unit.nodes.get(first + 1);
        let asked = party.is_some_and(|node| node.kind == NodeKind::Party && node.slot != SPEAKER && !node.possessive);
        auxiliary && plain && asked && party.is_some_and(|party| party.clause == opener.clause)
    }

    /// `if he had been honest`, `had he been honest`
    fn is_unreal(&self, at: usize, start: usize) -> bool {
        let conditional = start > 0
            && self
                .lexicon
                .shifters
                .get(self.node(start - 1).shifter as usize)
                .is_some_and(|s| s.kind == ShifterKind::Modal);
        let unreal = (start.max(at.saturating_sub(UNREAL_REACH))..at)
            .find(|before| self.shifter(*before, ShifterKind::Unreal).is_some());
        // Not `Marrow, of Redmoor, had her heart in it`.
        let inverted = |next: &Node| next.kind == NodeKind::Party && !next.possessive;
        unreal.is_some_and(|unreal| conditional || unreal == start && inverted(&self.node(unreal + 1)))
            || conditional && self.is_past(start, at) && self.would_follow(at)
    }

    /// `if he cared`, `if he had a shred of decency`, `if he was honest`: whether a clause up to a node has a verb in the past.
    fn is_past(&self, start: usize, at: usize) -> bool {
        let unreal = |node: &Node| {
            let first = node.start as usize;
            let (_, senses) = self.lexicon.longest(&self.scan.words[first..=first]).unwrap_or_default();
            senses.iter().any(|sense| match sense.meaning {
                Meaning::Shifter(shifter) => self.lexicon.shifters[shifter as usize].kind == ShifterKind::Unreal,
                _ => false,
            })
        };
        let past = |node: &Node| {
            node.kind == NodeKind::Be || node.kind == NodeKind::Verb && node.form == Form::Past || unreal(node)
        };
        self.unit.nodes[start.max(at.saturating_sub(UNREAL_REACH))..=at].iter().any(past)
    }

    /// `…, he would have come`: whether what would be then follows; `it would be great if Marrow won` wishes for it.
    fn would_follow(&self, at: usize) -> bool {
        let sentence = self.node(at).sentence;
        (at + 1..self.unit.nodes.len().min(at + WOULD_REACH)).any(|next| {
            let node = self.node(next);
            let weaker = self.shifter(next, ShifterKind::Modal).is_some_and(|modal| modal.factor > 0.0);
            node.kind == NodeKind::Modal && weaker && node.sentence == sentence
        })
    }

    /// `Not once in a year has Marrow told the truth`: the negator at the head of a clause that goes on as a question does.
    fn fronted_negator(&self, at: usize, start: usize) -> Option<usize> {
        let reach = self.shifter(start, ShifterKind::Negator)?.reach;
        let auxiliary = |node: &Node| {
            let helps = matches!(node.kind, NodeKind::Be | NodeKind::Modal);
            helps || self.scan.classes[node.start as usize].any(AUXILIARIES)
        };
        let inverted =
            |pair: &[Node]| auxiliary(&pair[0]) && pair[1].kind == NodeKind::Party && pair[0].end == pair[1].start;
        let far = at - start > reach && at - start <= FRONTED_REACH;
        (far && self.unit.nodes[start + 1..=at].windows(2).any(inverted)).then_some(start)
    }

    /// `hasn't shown strength or courage`: without a verb of its own, what stands after `or` belongs to what stands before.
    fn phrase_start(&self, at: usize, start: usize) -> usize {
        let joined = start > 0 && self.node(start - 1).kind == NodeKind::And;
        let verbal = |node: &Node| {
            matches!(node.kind, NodeKind::Verb | NodeKind::Be | NodeKind::Link | NodeKind::Modal | NodeKind::Party)
        };
        // `doesn't live here and doesn't care`
        let auxiliary = self.scan.classes[self.node(at).start as usize].any(AUXILIARIES);
        if joined && !auxiliary && at - start <= JOINED_REACH && !self.unit.nodes[start..at].iter().any(verbal) {
            return self.unit.clause_start(start - 1);
        }
        start
    }

    /// `He is able, but he lies`: what stands before `but` in its sentence is granted.
    pub(super) fn grant(&mut self) {
        let mut first = 0;
        for index in 0..self.shifters.len() {
            let at = self.shifters[index];
            let Some(factor) = self.shifter(at, ShifterKind::Counter).map(|shifter| shifter.factor) else { continue };
            let sentence = self.node(at).sentence;
            for index in found_within(self.found, first..at) {
                let said = self.found[index];
                if self.node(said.node as usize).sentence == sentence && !self.is_reported_deed(&said) {
                    self.found[index].amount *= factor;
                }
            }
            first = at;
        }
    }

    /// `Dessan criticized Marrow, but`: it was done, and is not granted as `I like Marrow, but` is.
    fn is_reported_deed(&self, said: &Contribution) -> bool {
        let node = said.node as usize;
        let speaker = |at: &usize| self.node(*at).slot == SPEAKER;
        let subject = (node.saturating_sub(SUBJECT_REACH)..node).rev().find(speaker);
        said.role == Role::SourceOnTarget
            && subject.is_none_or(|at| !self.scan.has(self.node(at).start as usize, Class::Subject))
    }

    /// `think that`, `think for a minute that`: the verb of thinking that a clause depends on.
    fn thought_before(&self, opener: usize) -> Option<usize> {
        let adverbial = |node: &Node| {
            let phrase =
                matches!(node.kind, NodeKind::Preposition | NodeKind::Determiner | NodeKind::Adverb | NodeKind::Word);
            phrase && !node.says && node.entry == NONE
        };
        let mut near = (opener.saturating_sub(THOUGHT_REACH)..opener).rev();
        near.find(|before| !adverbial(&self.node(*before))).filter(|before| self.node(*before).says)
    }

    fn negator_before(&self, at: usize) -> Option<usize> {
        let start = self.unit.clause_start(at);
        (start..at).rev().take(2).find(|before| {
            let shifter = self.node(*before).shifter;
            shifter != NONE && self.lexicon.shifters[shifter as usize].kind == ShifterKind::Negator
        })
    }
}
