//! What is said of a party where saying or doing so is judged itself: `calling Marrow a liar is absurd`, `it is shameful to
//! attack Marrow`, `the campaign against Marrow was brave`.

use std::ops::Range;

use smallvec::SmallVec;

use super::evaluation::ADVERBS_REACH;
use super::{Binder, Contribution, Role, found_within};
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::sets::VERBAL;
use crate::lexicon::stance::{Entry, Form, Object, Pos, ShifterKind};
use crate::lexicon::words::Class;
use crate::stance::unit::{GOVERNING, NONE, Node, NodeKind, SPEAKER, TOPIC, YOU};

/// Nodes of a judged deed at most.
const DEED_REACH: usize = 12;
/// Nodes between `is` and what it is said to be at most.
const PREDICATE_REACH: usize = 4;

impl Binder<'_> {
    /// Turns what a deed says of its object where the deed is called bad; what it is called is nobody's.
    pub(super) fn judge(&mut self, deeds: &[usize]) {
        for at in deeds.iter().copied() {
            let node = self.node(at);
            self.judge_doers(at);
            match node.form {
                Form::Ing if node.inside => self.judge_subject(at),
                Form::Base if node.inside && self.opens_with_to(at) => self.judge_subject(at),
                Form::Base if node.inside => self.judge_infinitive(at),
                Form::Past | Form::Participle if node.inside => self.judge_befallen(at),
                _ => {}
            }
        }
    }

    /// `To call Marrow a liar is absurd`
    fn opens_with_to(&self, at: usize) -> bool {
        let to = at.checked_sub(1).filter(|to| self.node(*to).kind == NodeKind::To);
        let entry = &self.lexicon.entries[self.node(at).entry as usize];
        // `To see him so is sad` says it of him.
        let directed = entry.to_object != 0.0 || entry.object == Object::Described;
        directed && to.is_some_and(|to| self.unit.clause_start(at) == to)
    }

    /// `What they did to Marrow was a disgrace`: who is wronged, where a clause tells it.
    pub(super) fn judge_done(&mut self) {
        for index in 0..self.unit.parties.len() {
            let at = self.unit.parties[index];
            let (Some(verb), node) = (at.checked_sub(2), self.node(at)) else { continue };
            let done =
                self.node(at - 1).kind == NodeKind::To && self.scan.has(self.node(verb).start as usize, Class::Do);
            let opens = self.unit.clause_start(at).checked_sub(1);
            let what = opens.is_some_and(|what| self.node(what).kind == NodeKind::Subordinator);
            if !done || !what || !node.inside || node.possessive || node.slot <= YOU {
                continue;
            }
            let predicate = self.predicate_of(at - 1, at);
            let patient = self.unit.root(node.slot);
            let verdict = self.take_predicate(&predicate, patient, None);
            if verdict < 0.0 {
                let amount = self.numbers.condemned * verdict * self.numbers.patient;
                let place = found_within(self.found, 0..predicate.start).end;
                let said = Contribution::of(predicate.start, patient, Role::Patient, amount);
                self.found.insert(place, said);
            }
        }
    }

    /// `Calling Marrow a liar is absurd`
    fn judge_subject(&mut self, at: usize) {
        let start = self.unit.clause_start(at);
        // `The judge's calling Marrow a liar`
        let leads = |before: usize| {
            let node = self.node(before);
            matches!(node.kind, NodeKind::Adverb | NodeKind::Determiner | NodeKind::To)
                || node.kind == NodeKind::Party && (node.possessive || self.node(before + 1).possessive)
        };
        let opens = || (start..at).all(leads);
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
        self.judge_decision(judgement, at);
        let entry = self.lexicon.entries.get(self.node(judgement).entry as usize);
        let bad = entry.is_some_and(|e| e.object == Object::None && e.pos != Pos::Verb && e.value < 0.0);
        if bad && !self.is_refused(judgement) && self.is_directed(at) {
            let end = self.within_clause(at).last().map_or(at + 1, |last| last + 1);
            self.turn(at, end, judgement as u32);
        }
    }

    /// `Those who attacked Marrow are cowards`, `Shame on everyone who attacked Marrow`: by whom a deed is done tells what is
    /// thought of it.
    fn judge_doers(&mut self, at: usize) {
        let (node, start) = (self.node(at), self.unit.clause_start(at));
        let who = start.checked_sub(2).filter(|head| self.node(head + 1).kind == NodeKind::Relative);
        let Some(head) = who.filter(|_| node.inside && at - start <= PREDICATE_REACH) else { return };
        let entry = &self.lexicon.entries[node.entry as usize];
        let doers = self.node(head).slot;
        let place = self.unit.slots.get(doers as usize).filter(|_| doers > YOU);
        let named = place.is_some_and(|place| place.entity.is_some() && !place.described);
        if entry.to_object == 0.0 || named || entry.object == Object::None || self.is_passive(at) {
            return;
        }
        let Some(patient) = self.object(at, entry).map(|slot| self.unit.root(slot)).filter(|slot| *slot > YOU) else {
            return;
        };
        let predicate = self.predicate_of(head, at);
        let mut verdict = self.take_predicate(&predicate, patient, None);
        if verdict == 0.0 {
            verdict = self.take_welcome(head).unwrap_or_default();
        }
        // Whoever smeared Marrow did wrong by the word alone.
        if verdict < 0.0 || verdict > 0.0 && self.is_directed(at) {
            self.redo(at, entry, patient, verdict.signum());
        }
    }

    /// `The decision to fire Marrow was a mistake`
    fn judge_decision(&mut self, head: usize, at: usize) {
        let node = self.node(head);
        let mention = self.unit.slots.get(node.slot as usize).map(|slot| slot.mention as usize);
        let mention = mention.and_then(|mention| self.scan.mentions.get(mention));
        // A decision may be the source of a quotation, too.
        let thing = node.kind == NodeKind::Party && mention.is_some_and(|said| said.party_kind == PartyKind::Unknown);
        let noun = matches!(node.kind, NodeKind::Word | NodeKind::Event) || thing;
        let opens = head.checked_sub(1).is_none_or(|before| {
            let before = self.node(before);
            let apart = matches!(before.kind, NodeKind::Stop | NodeKind::Break | NodeKind::Comma);
            before.kind == NodeKind::Determiner || before.possessive || apart || !before.inside
        });
        // `the refusal to thank Marrow`
        let refused = self.is_refused(head);
        let noun = noun && opens && (refused || node.entry == NONE && node.shifter == NONE);
        if !noun || node.end != self.node(head + 1).start || !self.is_directed(at) {
            return;
        }
        let predicate = self.predicate_of(head, at);
        let entry = &self.lexicon.entries[self.node(at).entry as usize];
        let patient = self.object(at, entry).map(|slot| self.unit.root(slot)).filter(|_| !predicate.is_empty());
        let Some(patient) = patient else { return };
        let owner = self.possessor(head, self.unit.clause_start(head)).map(|slot| self.unit.root(slot));
        let verdict = self.take_predicate(&predicate, patient, owner.filter(|_| refused));
        if refused && verdict != 0.0 && patient > YOU {
            self.ask_for(at, entry, patient, verdict);
        } else if verdict < 0.0 {
            self.turn(at, predicate.start, predicate.start as u32);
        }
    }

    /// `refusal to`: says that the deed after it is not done.
    fn is_refused(&self, head: usize) -> bool {
        self.shifter(head, ShifterKind::Reverser).is_some()
    }

    /// `Her refusal to thank Marrow is a disgrace`: where it is wrong not to do so, it should be done.
    fn ask_for(&mut self, at: usize, entry: &Entry, patient: u32, verdict: f32) {
        let share = if verdict < 0.0 { self.numbers.approved } else { self.numbers.condemned };
        for said in found_within(self.found, at..at + 1) {
            let said = &mut self.found[said];
            said.amount = if said.slot == patient { 0.0 } else { said.amount };
        }
        let amount = share * entry.to_object * self.numbers.patient;
        let place = found_within(self.found, at..at + 1).end;
        self.found.insert(place, Contribution::of(at, patient, Role::Patient, amount));
    }

    /// `The lawsuit against Marrow is a joke`, `her disgusting attack on Marrow`, `I welcome the charges against Marrow`: what is
    /// done to a party, where a noun tells it, is called good or bad itself.
    pub(super) fn judge_nouns(&mut self, nouns: &[usize]) {
        for at in nouns.iter().copied() {
            let entry = &self.lexicon.entries[self.node(at).entry as usize];
            if entry.to_object == 0.0 || !self.is_directed(at) {
                continue;
            }
            let Some(patient) = self.object(at, entry).map(|slot| self.unit.root(slot)).filter(|slot| *slot > YOU)
            else {
                continue;
            };
            let verdict = self.verdict_on(at, entry, patient);
            // A `smear campaign` is wrong by its own name.
            if let Some(verdict) = verdict.filter(|_| entry.to_object * entry.effect >= 0.0) {
                self.redo(at, entry, patient, verdict);
            }
        }
    }

    /// Whether what a noun tells is called good (1) or bad (-1).
    fn verdict_on(&mut self, at: usize, entry: &Entry, patient: u32) -> Option<f32> {
        let predicate = self.predicate_of(at, at);
        let owner = self.possessor(at, self.unit.clause_start(at)).map(|slot| self.unit.root(slot));
        let mut verdict = self.take_predicate(&predicate, patient, owner);
        let accuses = entry.of_object <= self.numbers.accusing;
        if verdict < 0.0 && accuses && predicate.into_iter().any(|node| self.is_grave(node)) {
            return None;
        }
        if verdict == 0.0 {
            verdict = self.take_welcome(at).unwrap_or_default();
        }
        if verdict >= 0.0 && self.is_bad_before(at, accuses) && self.is_anybodys(at) {
            verdict = -1.0;
        }
        (verdict != 0.0).then(|| verdict.signum())
    }

    /// `is a joke`, `must stop`, `was disgusting`: what is predicated of a noun that nothing governs.
    fn predicate_of(&self, head: usize, at: usize) -> Range<usize> {
        let verbal = |next: &usize| {
            let node = self.node(*next);
            let opens = self.scan.classes[node.start as usize].any(VERBAL);
            matches!(node.kind, NodeKind::Verb | NodeKind::Be | NodeKind::Link | NodeKind::Modal) || opens
        };
        let governed = self.unit.preposition_before(head, self.unit.clause_start(head)).is_some();
        let Some(first) = self.within_clause(at).find(verbal).filter(|_| !governed) else { return 0..0 };
        let (node, end) = (self.node(first), self.unit.nodes.len());
        let phrase = node.entry != NONE && node.kind == NodeKind::Word;
        // `has been a disgrace`
        let been = first + usize::from(self.scan.has(node.start as usize, Class::Have));
        match self.unit.nodes.get(been).map(|be| be.kind) {
            _ if phrase => first..first + 1,
            Some(NodeKind::Be | NodeKind::Link) => {
                let near = been + 1..end.min(been + 1 + PREDICATE_REACH);
                let said = near.take_while(|next| self.node(*next).clause == node.clause).count();
                been + 1..been + 1 + said
            }
            _ => 0..0,
        }
    }

    /// What a deed is called, which is not said of whom it is done to; rather of whose it is.
    fn take_predicate(&mut self, predicate: &Range<usize>, patient: u32, owner: Option<u32>) -> f32 {
        let owner = owner.filter(|owner| *owner > YOU && *owner != patient);
        let mut verdict = 0.0;
        for said in found_within(self.found, predicate.clone()) {
            let said = &mut self.found[said];
            let verb = self.lexicon.entries[self.unit.nodes[said.node as usize].entry as usize].pos == Pos::Verb;
            verdict += if verb { 0.0 } else { said.value * said.factor };
            match owner.filter(|_| said.slot == patient) {
                Some(owner) => (said.slot, said.role) = (owner, Role::Possessed),
                None if said.slot == NONE || said.slot == patient => {
                    (said.slot, said.role, said.amount) = (NONE, Role::Thing, 0.0);
                }
                None => {}
            }
        }
        verdict
    }

    /// `condemn the campaign against Marrow`: what the speaker thinks of what a noun tells, by the verb that governs it.
    fn take_welcome(&mut self, at: usize) -> Option<f32> {
        let phrase = |node: Node| {
            matches!(node.kind, NodeKind::Word | NodeKind::Adverb | NodeKind::Determiner)
                || node.kind == NodeKind::Party && node.possessive
        };
        let near = (self.unit.clause_start(at)..at).rev().take(PREDICATE_REACH);
        let exclaimed = |node: Node| node.entry != NONE && self.scan.classes[node.end as usize - 1].any(GOVERNING);
        let verb = near.into_iter().find(|before| !phrase(self.node(*before)) || exclaimed(self.node(*before)))?;
        let entry = self.lexicon.entries.get(self.node(verb).entry as usize)?;
        // `Shame on`
        let exclaims = entry.pos == Pos::Phrase && self.node(verb).end > self.node(verb).start + 1;
        let speaks = entry.pos == Pos::Verb && self.unit.subject(verb).party() == Some(SPEAKER);
        if !(exclaims || speaks && !self.is_passive(verb)) {
            return None;
        }
        for said in found_within(self.found, verb..verb + 1) {
            let said = &mut self.found[said];
            said.amount = if said.slot == NONE { 0.0 } else { said.amount };
        }
        let value = if exclaims { entry.value } else { entry.to_object };
        Some(value * self.shift(verb, true).0)
    }

    /// `the disgusting attacks on Marrow`, not `obstruction of justice allegations`: a noun tells what it is about.
    fn is_bad_before(&self, at: usize, accuses: bool) -> bool {
        let bad = |before: usize| {
            let entry = self.lexicon.entries.get(self.node(before).entry as usize);
            let bad = entry.is_some_and(|e| e.object == Object::None && e.pos == Pos::Adjective && e.value < 0.0);
            bad && !(accuses && self.is_grave(before))
        };
        let before = (at.saturating_sub(2)..at).rev();
        before.take_while(|before| self.node(*before).kind == NodeKind::Word).any(bad)
    }

    /// `the judge's attack on Marrow`, `the attack on Marrow`, `This is an attack on Marrow`, not `they launched an attack on Marrow`,
    /// nor one of the speaker's own.
    fn is_anybodys(&self, at: usize) -> bool {
        let start = self.unit.clause_start(at);
        let owner = self.possessor(at, start);
        let doer = owner.or_else(|| self.holder(at, start)).map(|slot| self.unit.root(slot));
        doer.is_none_or(|slot| slot == TOPIC || owner.is_some() && slot != SPEAKER)
    }

    /// `shocking`: says how bad a thing is that somebody is accused of, and not that he is accused of it wrongly.
    fn is_grave(&self, at: usize) -> bool {
        self.shifter(at, ShifterKind::Grave).is_some()
    }

    /// Says anew what a noun tells of whom it is done to.
    fn redo(&mut self, at: usize, entry: &Entry, patient: u32, verdict: f32) {
        for said in found_within(self.found, at..at + 1) {
            let said = &mut self.found[said];
            let object = matches!(said.role, Role::Patient | Role::Regarded | Role::SourceOnTarget);
            // Who is praised for it is not blamed.
            if object || verdict > 0.0 && said.amount < 0.0 {
                said.amount = 0.0;
            }
        }
        let share = if verdict < 0.0 { self.numbers.condemned } else { self.numbers.approved };
        let (first, value) = (self.found.len(), self.way(at, patient) * share * entry.to_object);
        self.add(at, patient, Role::Patient, value);
        let (place, added) = (found_within(&self.found[..first], at..at + 1).end, self.found.len() - first);
        self.found[place..].rotate_right(added);
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

    /// `does his best to ruin us`, `you can count on Marrow to blame others`: praise that only leads to a bad deed is none.
    pub(super) fn mock(&mut self) {
        for index in 0..self.found.len() {
            let said = self.found[index];
            let at = said.node as usize;
            if said.amount > 0.0 && said.value > 0.0 && self.node(at).inside && self.leads_to_misdeed(at) {
                self.found[index].amount = self.numbers.condemned * said.amount;
            }
        }
    }

    /// Whether `to` and a bad deed follow a node, or the party right after it.
    fn leads_to_misdeed(&self, at: usize) -> bool {
        let party = |next: usize| self.unit.nodes.get(next).is_some_and(|node| node.kind == NodeKind::Party);
        let whole = self.scan.has(self.node(at).end as usize - 1, Class::To);
        let to = at + 1 + usize::from(!whole && party(at + 1));
        let leads = whole || self.unit.nodes.get(to).is_some_and(|node| node.kind == NodeKind::To);
        let deed = to + usize::from(!whole);
        let node = self.unit.nodes.get(deed).filter(|node| leads && node.kind == NodeKind::Verb);
        let entry = node.and_then(|node| self.lexicon.entries.get(node.entry as usize));
        entry.is_some_and(|entry| entry.value < self.numbers.deed) && self.shift(deed, true).1 == NONE
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
