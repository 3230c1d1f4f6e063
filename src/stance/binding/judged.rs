//! What is said of a party where saying or doing so is judged itself: `calling Marrow a liar is absurd`, `it is shameful to
//! attack Marrow`.

use std::ops::Range;

use smallvec::SmallVec;

use super::evaluation::ADVERBS_REACH;
use super::{Binder, Role, found_within};
use crate::lexicon::stance::{Form, Object, Pos};
use crate::lexicon::words::Class;
use crate::stance::unit::{NONE, NodeKind, YOU};

/// Nodes of a judged deed at most.
const DEED_REACH: usize = 12;
/// Nodes between `is` and what it is said to be at most.
const PREDICATE_REACH: usize = 4;

impl Binder<'_> {
    /// Turns what a deed says of its object where the deed is called bad; what it is called is nobody's.
    pub(super) fn judge(&mut self, deeds: &[usize]) {
        for at in deeds.iter().copied() {
            let node = self.node(at);
            match node.form {
                Form::Ing if node.inside => self.judge_subject(at),
                Form::Base if node.inside => self.judge_infinitive(at),
                Form::Past | Form::Participle if node.inside => self.judge_befallen(at),
                _ => {}
            }
        }
    }

    /// `Calling Marrow a liar is absurd`
    fn judge_subject(&mut self, at: usize) {
        let start = self.unit.clause_start(at);
        let opens = || (start..at).all(|before| self.node(before).kind == NodeKind::Adverb);
        if at - start > DEED_REACH || !opens() || !self.is_directed(at) {
            return;
        }
        let Some(be) = self.within_clause(at).find(|be| matches!(self.node(*be).kind, NodeKind::Be | NodeKind::Link))
        else {
            return;
        };
        let judging = be + 1..(be + 1 + PREDICATE_REACH).min(self.unit.nodes.len());
        let judgements = found_within(self.found, judging);
        let Some(first) = self.found.get(judgements.start).filter(|_| !judgements.is_empty()) else { return };
        let judgement = first.node;
        let verdict: f32 = self.found[judgements.clone()].iter().map(|said| said.value * said.factor).sum();
        // `Helping Marrow is a privilege` praises Marrow.
        if verdict > 0.0 && self.lexicon.entries[self.node(at).entry as usize].to_object >= 0.0 {
            return;
        }
        for said in &mut self.found[judgements] {
            (said.slot, said.role, said.amount) = (NONE, Role::Thing, 0.0);
        }
        if verdict < 0.0 {
            self.turn(at, be, judgement);
        }
    }

    /// `It is shameful to call Marrow a liar`
    fn judge_infinitive(&mut self, at: usize) {
        let Some(judgement) = self.before_to(at) else { return };
        let entry = self.lexicon.entries.get(self.node(judgement).entry as usize);
        let bad = entry.is_some_and(|e| e.object == Object::None && e.pos != Pos::Verb && e.value < 0.0);
        if bad && self.is_directed(at) {
            let end = self.within_clause(at).last().map_or(at + 1, |last| last + 1);
            self.turn(at, end, judgement as u32);
        }
    }

    /// `It is a shame that Marrow was attacked`, `I am disturbed that Marrow was criticized`: bad is who did it.
    fn judge_befallen(&mut self, at: usize) {
        let start = self.unit.clause_start(at);
        let that = start.checked_sub(1).filter(|that| self.node(*that).kind == NodeKind::Subordinator);
        let Some(judgement) = that.and_then(|that| that.checked_sub(1)) else { return };
        let bad = self.lexicon.entries.get(self.node(judgement).entry as usize).is_some_and(|entry| {
            let value = if entry.object == Object::None { entry.value } else { entry.to_object };
            entry.pos != Pos::Verb && value < 0.0
        });
        let deed = &self.lexicon.entries[self.node(at).entry as usize];
        if !bad || deed.effect >= 0.0 || !self.is_passive(at) {
            return;
        }
        for said in found_within(self.found, judgement..judgement + 1) {
            (self.found[said].slot, self.found[said].amount) = (NONE, 0.0);
        }
        let amount = self.numbers.condemned * deed.to_object;
        for said in found_within(self.found, at..at + 1).filter(|_| amount > 0.0) {
            let said = &mut self.found[said];
            if said.role == Role::Patient && said.slot > YOU {
                (said.amount, said.shifter) = (amount, judgement as u32);
            }
        }
    }

    /// `was accused of helping his friends`, `criticised for backing Marrow`: what somebody is blamed for is no praise of anybody.
    pub(super) fn blame(&mut self, deeds: &[usize]) {
        let blamed: SmallVec<[Range<usize>; 2]> = deeds
            .iter()
            .copied()
            .filter(|at| self.node(*at).form == Form::Ing && self.is_blamed_for(*at))
            .map(|at| at..self.within_clause(at).last().unwrap_or(at) + 1)
            .collect();
        if blamed.is_empty() {
            return;
        }
        for said in self.found.iter_mut().filter(|said| said.amount > 0.0 && said.role != Role::SourceOnTarget) {
            let node = said.node as usize;
            let before = blamed.partition_point(|deed| deed.start <= node);
            if before.checked_sub(1).is_some_and(|deed| blamed[deed].contains(&node)) {
                said.amount = 0.0;
            }
        }
    }

    /// Whether `accused of`, `blamed for` or the like leads to a deed.
    fn is_blamed_for(&self, at: usize) -> bool {
        let mut before = (0..at).rev().take(ADVERBS_REACH);
        let Some(leads) = before.find(|before| self.node(*before).kind != NodeKind::Adverb) else { return false };
        let node = self.node(leads);
        let entry = |at: usize| self.lexicon.entries.get(self.node(at).entry as usize);
        // `accused of` is one phrase.
        let last = node.end as usize - 1;
        let phrase = last > node.start as usize
            && self.scan.has(last, Class::Of)
            && entry(leads).is_some_and(|entry| entry.object == Object::None && entry.value < 0.0);
        let leading = matches!(node.kind, NodeKind::Of | NodeKind::Preposition);
        let verb = leads.checked_sub(1).filter(|_| leading);
        phrase
            || verb.is_some_and(|verb| entry(verb).is_some_and(|entry| entry.to_object < 0.0) && self.is_passive(verb))
    }

    /// The node before `to`, or the phrase that ends in it, before an infinitive.
    pub(super) fn before_to(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        let node = self.node(before);
        if node.entry != NONE && self.scan.has(node.end as usize - 1, Class::To) {
            return Some(before);
        }
        before.checked_sub(1).filter(|_| node.kind == NodeKind::To)
    }

    /// The nodes after a verb in its clause.
    fn within_clause(&self, at: usize) -> impl Iterator<Item = usize> {
        let clause = self.node(at).clause;
        (at + 1..self.unit.nodes.len().min(at + DEED_REACH)).take_while(move |next| self.node(*next).clause == clause)
    }

    /// Has an object, and does not call itself wrong, as `smear` and `underestimate` do.
    fn is_directed(&self, at: usize) -> bool {
        let entry = &self.lexicon.entries[self.node(at).entry as usize];
        entry.object != Object::None && entry.to_object * entry.of_object >= 0.0
    }

    /// What the nodes of a deed say of a party is not so.
    fn turn(&mut self, at: usize, end: usize, judgement: u32) {
        let condemned = self.numbers.condemned;
        for said in found_within(self.found, at..end) {
            let said = &mut self.found[said];
            if said.slot == NONE {
                said.amount = 0.0;
            } else if said.slot > YOU {
                (said.amount, said.factor) = (said.amount * condemned, said.factor * condemned);
                (said.shifter, said.nested, said.called) = (judgement, false, false);
            }
        }
    }
}
