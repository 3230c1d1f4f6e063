//! Who brings about what: `because of Marrow, we are safe`, `Marrow left thousands homeless`; and what a party is told to do or
//! does not do.

use smallvec::SmallVec;

use super::comparison::COMPARED_REACH;
use super::{Binder, Contribution, Role, found_within};
use crate::lexicon::stance::{Entry, Object, ShifterKind};
use crate::lexicon::words::Class;
use crate::scan::mention::MentionKind;
use crate::stance::unit::{NONE, Node, NodeKind, SPEAKER, Subject, YOU};

/// Nodes between a state and the verb that brings it about at most.
const CAUSING_REACH: usize = 10;
/// Nodes between a word of cause and what is brought about at most.
const CAUSE_REACH: usize = 16;
/// Nodes between `must` and the deed that is asked for at most.
const DEED_REACH: usize = 4;
/// Nodes before and after `not` that are looked at for words that say more.
const OMITTED_REACH: usize = 20;
/// Nodes from the start of `had Marrow listened` on that are looked at for something good at most.
const PROMISED_REACH: usize = 80;

impl Binder<'_> {
    /// Something good or bad happens to somebody: it says nothing of them, but of who brings it about.
    pub(super) fn state(&mut self, at: usize, entry: &Entry) {
        match self.causer(at) {
            Some(slot) => self.add(at, slot, Role::Caused, entry.value),
            None => self.add(at, NONE, Role::State, entry.value),
        }
    }

    /// `Marrow left thousands of families homeless`
    fn causer(&self, at: usize) -> Option<u32> {
        let start = self.unit.clause_start(at);
        let verbal = |before: &usize| {
            matches!(self.node(*before).kind, NodeKind::Verb | NodeKind::Be | NodeKind::Link | NodeKind::Modal)
        };
        let verb = (start..at).rev().take(CAUSING_REACH).find(verbal)?;
        self.shifter(verb, ShifterKind::Causing)?;
        self.unit.subject(verb).party().map(|slot| self.unit.root(slot)).filter(|slot| *slot > YOU)
    }

    /// What follows from words of cause: the clearest that is said of no party near them is due to the one after them.
    pub(super) fn cause(&mut self) {
        let mut caused: SmallVec<[Contribution; 4]> = SmallVec::new();
        for index in 0..self.shifters.len() {
            let at = self.shifters[index];
            let Some(factor) = self.shifter(at, ShifterKind::Cause).map(|shifter| shifter.factor) else { continue };
            let Some(party) = self.causing_party(at).filter(|_| self.node(at).inside) else { continue };
            let Some(best) = self.happens_near(at, party) else { continue };
            let said = self.found[best];
            let amount = factor * said.value * said.factor * self.numbers.caused;
            self.found[best].amount = 0.0;
            // `Thanks to Marrow, we are in chaos`
            for own in found_within(self.found, at..at + 1).filter(|_| factor > 0.0 && amount < 0.0) {
                self.found[own].amount = 0.0;
            }
            caused.push(Contribution { slot: party, amount, role: Role::Caused, ..said });
        }
        if !caused.is_empty() {
            self.found.extend(caused);
            self.found.sort_by_key(|said| said.node);
        }
    }

    /// The party after a word of cause: `because of Marrow`, `under Marrow's rule`; not `under Velmaran law`.
    pub(super) fn causing_party(&self, at: usize) -> Option<u32> {
        let party = self.compared(at)?;
        let near = at + 1..self.unit.nodes.len().min(at + COMPARED_REACH);
        let next = near.into_iter().find(|next| self.node(*next).kind == NodeKind::Party)?;
        let mention = self.scan.mentions.get(self.unit.slots[self.node(next).slot as usize].mention as usize)?;
        let names = mention.kind == MentionKind::Name || !self.node(next).possessive;
        names.then_some(party)
    }

    /// The clearest contribution in the sentence of node `at` that no named party bears.
    fn happens_near(&self, at: usize, party: u32) -> Option<usize> {
        let sentence = self.node(at).sentence;
        // `I am sad because Marrow left`
        let joins = self.node(at).kind == NodeKind::Subordinator;
        let near = found_within(self.found, at.saturating_sub(CAUSE_REACH)..at + CAUSE_REACH);
        let free = near.filter(|index| {
            let said = &self.found[*index];
            let node = said.node as usize;
            let felt = joins && self.unit.subject(node) == Subject::Slot(SPEAKER) && said.role == Role::Loose;
            let here =
                node != at && self.node(node).sentence == sentence && !said.nested && said.slot != party && !felt;
            here && self.is_nobodys(said)
        });
        let weight = |index: &usize| (self.found[*index].value * self.found[*index].factor).abs();
        free.max_by(|a, b| weight(a).total_cmp(&weight(b)))
    }

    /// Of no party, and without an object of its own.
    fn is_nobodys(&self, said: &Contribution) -> bool {
        let entry = self.lexicon.entries.get(self.node(said.node as usize).entry as usize);
        if entry.is_some_and(|entry| entry.object != Object::None) {
            return false;
        }
        let Some(slot) = self.unit.slots.get(said.slot as usize) else { return true };
        slot.unnamed && matches!(slot.owner, NONE | SPEAKER) || slot.event.is_some()
    }

    /// What a party is told to do it has not done, and what it does not do is mostly missed: `Marrow must explain himself`,
    /// `it's time for Marrow to go`, `Marrow hasn't paid anybody`.
    pub(super) fn demand(&mut self) {
        let before = self.found.len();
        for index in 0..self.shifters.len() {
            let at = self.shifters[index];
            if !self.node(at).inside {
                continue;
            }
            match self.lexicon.shifters[self.node(at).shifter as usize].kind {
                ShifterKind::Modal => self.add_for(self.told(at), at),
                ShifterKind::Negator => self.add_for(self.omits(at), at),
                ShifterKind::Unreal => {
                    // The condition does not weaken what it tells: he has not done so.
                    let slot = self.missed(at).filter(|slot| *slot > YOU);
                    let demanded = -self.numbers.demanded;
                    self.found.extend(slot.map(|slot| Contribution::of(at, slot, Role::Demanded, demanded)));
                }
                _ => {}
            }
        }
        if self.found.len() > before {
            self.found.sort_by_key(|said| said.node);
        }
    }

    fn add_for(&mut self, told: Option<u32>, at: usize) {
        if let Some(slot) = told.filter(|slot| *slot > YOU) {
            self.add(at, slot, Role::Demanded, -1.0);
        }
    }

    /// Who is told so.
    fn told(&self, at: usize) -> Option<u32> {
        let next = self.unit.nodes.get(at + 1);
        let factor = self.shifter(at, ShifterKind::Modal)?.factor;
        // `Marrow needs to win` blames nobody.
        if factor > 0.0
            || factor == 0.0 && self.is_praise_ahead(at)
            || next.is_some_and(|next| next.kind == NodeKind::Be)
        {
            return None;
        }
        // `It was supposed to be Marrow` asks nothing of him.
        let asks = !self.scan.has(self.node(at).end as usize - 1, Class::To);
        match next.filter(|next| asks && next.kind == NodeKind::Party && !next.possessive) {
            Some(party) => Some(self.unit.root(party.slot)),
            None => self.acting(at),
        }
    }

    fn is_praise_ahead(&self, at: usize) -> bool {
        let clause = self.node(at).clause;
        let ahead = self.unit.nodes[at + 1..].iter().take(DEED_REACH).take_while(|node| node.clause == clause);
        let mut entries = ahead.filter_map(|node| self.lexicon.entries.get(node.entry as usize));
        entries.any(|entry| entry.value > 0.0)
    }

    /// Who does not do what a clause tells that has no other word of the lists.
    fn omits(&self, at: usize) -> Option<u32> {
        let clause = self.node(at).clause;
        let start = self.unit.clause_start(at).max(at.saturating_sub(OMITTED_REACH));
        let near = self.unit.nodes[start..].iter().take(2 * OMITTED_REACH).take_while(|node| node.clause == clause);
        let known = near.into_iter().any(|node| node.entry != NONE);
        let verb = self.unit.nodes.get(at + 1).is_some_and(|next| next.kind == NodeKind::Verb && !next.says);
        // `He didn't have to call`
        let free = self.scan.has(self.node(at).end as usize, Class::Have)
            && self.unit.nodes.get(at + 2).is_some_and(|next| next.kind == NodeKind::To);
        if known || !verb || free { None } else { self.acting(at) }
    }

    /// Who would have done what a clause tells that has no other word of the lists: `if Marrow had listened`, `had Marrow
    /// listened`.
    fn missed(&self, at: usize) -> Option<u32> {
        let start = self.unit.clause_start(at);
        let opens = at == start;
        let conditional = || start > 0 && self.shifter(start - 1, ShifterKind::Modal).is_some();
        if !opens && !conditional() {
            return None;
        }
        let party = self.unit.nodes.get(if opens { at + 1 } else { start })?;
        let verb = self.unit.nodes.get(if opens { at + 2 } else { at + 1 })?;
        if verb.kind != NodeKind::Verb || party.kind != NodeKind::Party || party.possessive {
            return None;
        }
        let clause = self.node(at).clause;
        let rest = self.unit.nodes[start..].iter().take(OMITTED_REACH).take_while(|node| node.clause == clause);
        let mut others = rest.filter(|node| node.start != self.node(at).start);
        let known = others.any(|node| node.entry != NONE || node.shifter != NONE);
        // `Had Marrow lived, he would be ninety` blames nobody.
        let good = |node: &Node| node.entry != NONE && self.lexicon.entries[node.entry as usize].value > 0.0;
        let sentence = self.node(at).sentence;
        let ahead = self.unit.nodes[start..].iter().take(PROMISED_REACH);
        let promised = || ahead.take_while(|node| node.sentence == sentence).any(good);
        (!known && promised()).then(|| self.unit.root(party.slot))
    }

    fn acting(&self, at: usize) -> Option<u32> {
        match self.unit.subject(at) {
            Subject::Slot(slot) => Some(self.unit.root(slot)),
            _ => None,
        }
    }
}
