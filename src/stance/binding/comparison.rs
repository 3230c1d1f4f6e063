//! Parties that are compared: what is good of one is bad of the other. `a better mayor than Marrow`; `unlike Marrow, I`.

use smallvec::SmallVec;

use super::{Binder, Contribution, Role, found_within};
use crate::lexicon::stance::{Meaning, Shifter, ShifterKind};
use crate::lexicon::words::Class;
use crate::stance::unit::{NONE, Node, NodeKind, SPEAKER, Subject, TOPIC, YOU};

/// Nodes between a word and the party that it is compared with at most.
const REACH: usize = 8;
/// Nodes between `never` or `no` and the clause with the comparison at most.
const DENIED_REACH: usize = 8;
/// Nodes from a word of comparison to the party after it at most.
pub(super) const COMPARED_REACH: usize = 4;
/// Nodes between `nobody` and `like` at most.
const LIKENED_REACH: usize = 40;

impl Binder<'_> {
    /// What follows from comparisons.
    pub(super) fn compare(&mut self) {
        let mut compared: SmallVec<[Contribution; 4]> = SmallVec::new();
        for index in 0..self.shifters.len() {
            let at = self.shifters[index];
            if self.shifter(at, ShifterKind::Likeness).is_some() {
                compared.extend(self.likened(at));
            }
            let Some(shifter) = self.shifter(at, ShifterKind::Contrast) else { continue };
            let factor = shifter.factor;
            self.affirm(at);
            let Some(party) = self.compared(at) else { continue };
            let said = self.said_before(at, party);
            let opens = self.unit.clause_start(at) == at || at.checked_sub(1).is_some_and(|before| self.is_cut(before));
            let said = said.or_else(|| if opens { self.said_after(at, party) } else { None });
            // Unlike whom we do not lie, lies, and not a little: what is taken from `not bad` is given back.
            let denied = |said: &Contribution| said.value < 0.0 && said.factor < 0.0;
            let in_full = |said: &Contribution| if denied(said) { self.numbers.negated_bad.recip() } else { 1.0 };
            let turn = if said.is_some_and(|said| self.does_nobody(&said)) { -1.0 } else { 1.0 };
            let amount = |said: &Contribution| factor * said.value * said.factor * in_full(said) * turn;
            if let Some((best, denied)) = self.best_of_all(at, party) {
                let said = self.found[best];
                self.found[best].amount = 0.0;
                let amount = self.numbers.superlative * factor * said.value * denied;
                compared.push(Contribution { slot: party, amount, role: Role::Compared, ..said });
                continue;
            }
            match said {
                Some(said) if self.node(said.node as usize).inside => {
                    self.take_from_all(said.node);
                    compared.push(Contribution { slot: party, amount: amount(&said), role: Role::Compared, ..said });
                }
                None if opens && self.is_about_speaker(at) => {
                    compared.push(Contribution::of(at, party, Role::Compared, factor * self.numbers.unlike));
                }
                _ => {}
            }
        }
        self.found.extend(compared);
    }

    /// `No town has been hurt more by Marrow than ours`: that nobody else is so does not deny it.
    fn affirm(&mut self, at: usize) {
        let clause = self.node(at).clause;
        for index in found_within(self.found, at.saturating_sub(REACH)..at) {
            let said = &self.found[index];
            let done = matches!(said.role, Role::Agent | Role::Patient | Role::Regarded | Role::SourceOnTarget);
            let denied = done && said.shifter != NONE && said.factor < 0.0;
            let nobody = |said: &Contribution| {
                let kind = self.node(said.shifter as usize).kind;
                matches!(kind, NodeKind::Party | NodeKind::Determiner)
            };
            let named = || !self.is_no_party(said.slot);
            if denied && nobody(said) && named() && self.node(said.node as usize).clause == clause {
                let said = &mut self.found[index];
                (said.amount, said.factor) = (said.amount / said.factor, 1.0);
            }
        }
    }

    /// `nobody is more loyal to us than Marrow`: what nobody does to a party, as the deed that was affirmed shows.
    fn does_nobody(&self, said: &Contribution) -> bool {
        let nobody = || self.node(said.shifter as usize).kind == NodeKind::Party;
        said.slot != NONE && said.role == Role::SourceOnTarget && said.shifter != NONE && nobody() && said.factor > 0.0
    }

    /// `worms have more spine than Marrow`: a word that is said of another is not also near Marrow.
    fn take_from_all(&mut self, node: u32) {
        for said in found_within(self.found, node as usize..node as usize + 1) {
            if self.found[said].slot == NONE {
                self.found[said].amount = 0.0;
            }
        }
    }

    /// `If anyone deserves it, it is Marrow`: whom the clause after a condition names for it.
    pub(super) fn single_out(&mut self) {
        for clause in 1..self.unit.clauses.len() {
            let start = self.unit.clauses[clause].start as usize;
            let [it, be, party] = self.unit.nodes.get(start..start + 3).unwrap_or_default() else { continue };
            let named = party.kind == NodeKind::Party && !party.possessive && !self.is_no_party(party.slot);
            let pronoun = self.unit.slots.get(it.slot as usize).is_some_and(|slot| slot.pronoun);
            if !(it.slot == TOPIC || pronoun) || be.kind != NodeKind::Be || !named {
                continue;
            }
            let first = self.unit.clauses[clause - 1].start as usize;
            let opens = first.checked_sub(1).is_some_and(|if_| self.shifter(if_, ShifterKind::Modal).is_some());
            let anyone = self
                .unit
                .nodes
                .get(first)
                .is_some_and(|node| node.slot == SPEAKER && self.scan.has(node.start as usize, Class::Indefinite));
            let said = found_within(self.found, first..start);
            let weight = |index: &usize| self.found[*index].value.abs();
            let best = said.clone().max_by(|a, b| weight(a).total_cmp(&weight(b)));
            let Some(best) = best.filter(|_| opens && anyone) else { continue };
            let (slot, best) = (self.unit.root(party.slot), self.found[best]);
            for index in said {
                self.found[index].amount = 0.0;
            }
            let amount = best.value * self.numbers.predicate;
            let place = found_within(self.found, first..start).end;
            let said = Contribution { slot, amount, factor: 1.0, shifter: NONE, role: Role::Predicate, ..best };
            self.found.insert(place, said);
        }
    }

    /// `nobody listens like Marrow`: what nobody else does; without a word that tells how, it is praise.
    fn likened(&mut self, at: usize) -> Option<Contribution> {
        let party = self.compared(at).filter(|_| self.node(at).inside)?;
        let start = self.unit.clause_start(at).max(at.saturating_sub(LIKENED_REACH));
        let nobody = (start..at).any(|before| {
            let node = self.node(before);
            node.slot == SPEAKER && self.shifter(before, ShifterKind::Negator).is_some()
        });
        // `Nobody was hurt like Marrow`, `nobody wants to end like Marrow` praise nobody.
        let verb = at.checked_sub(1).filter(|verb| self.node(*verb).kind == NodeKind::Verb)?;
        let led =
            (start..verb).any(|before| matches!(self.node(before).kind, NodeKind::Modal | NodeKind::To | NodeKind::Be));
        let ill = found_within(self.found, start..at).any(|said| self.found[said].value < 0.0);
        if !nobody || led || ill {
            return None;
        }
        for said in found_within(self.found, start..at) {
            self.found[said].amount = 0.0;
        }
        Some(Contribution::of(at, party, Role::Compared, self.numbers.unlike))
    }

    /// `no better mayor than Marrow`, `never met a kinder man than Marrow`: nobody is more so than the party. The word, and the
    /// factor that denies it of all others.
    fn best_of_all(&self, at: usize, party: u32) -> Option<(usize, f32)> {
        let clause = self.node(at).clause;
        let near = found_within(self.found, at.saturating_sub(REACH)..at);
        let mut near = near.filter(|index| {
            let said = &self.found[*index];
            let node = said.node as usize;
            let nobody = said.slot == NONE || self.unit.slots[said.slot as usize].unnamed;
            let turned = said.shifter != NONE && said.factor < 0.0;
            let anyone = turned && self.node(said.shifter as usize).kind == NodeKind::Party;
            let one = node + 1 < at || anyone || said.value < 0.0;
            self.node(node).clause == clause && nobody && turned && one && said.slot != party
        });
        let turned = near.next().map(|index| (index, self.found[index].factor));
        turned.or_else(|| self.best_of_none(at, party))
    }

    /// `there has never been a man or a woman more able than Marrow`, `no man that has done more than Marrow`: what is denied
    /// stands in a clause before.
    fn best_of_none(&self, at: usize, party: u32) -> Option<(usize, f32)> {
        let clause = self.node(at).clause;
        let mut near = found_within(self.found, at.saturating_sub(REACH)..at);
        let index = near.find(|index| {
            let said = &self.found[*index];
            let nobodys = said.slot == NONE || self.unit.slots[said.slot as usize].unnamed;
            self.node(said.node as usize).clause == clause && nobodys && said.factor > 0.0 && said.slot != party
        })?;
        let word = self.found[index].node as usize;
        let first = self.unit.clause_start(word);
        if let Some(factor) = (first..word).rev().take(REACH).find_map(|before| self.seeming_negator(before)) {
            return Some((index, factor));
        }
        let sentence = self.node(at).sentence;
        let named = |node: &Node| node.kind == NodeKind::Party && !self.is_no_party(node.slot) || node.slot == SPEAKER;
        let before = (first.saturating_sub(DENIED_REACH)..first).rev().map(|before| (before, self.node(before)));
        let mut before = before.take_while(|(_, node)| {
            node.sentence == sentence && !named(node) && !matches!(node.kind, NodeKind::Comma | NodeKind::Break)
        });
        let denied = before.find_map(|(before, _)| self.shifter(before, ShifterKind::Negator))?;
        Some((index, denied.factor))
    }

    /// `never met anyone more`: of a phrase that opens with a negator and by itself turns nothing, what the negator makes of others.
    fn seeming_negator(&self, at: usize) -> Option<f32> {
        let Node { start, end, .. } = self.node(at);
        if end <= start + 1 || self.shifter(at, ShifterKind::None).is_none() {
            return None;
        }
        let (_, senses) = self.lexicon.longest(&self.scan.words[start as usize..=start as usize])?;
        senses.iter().find_map(|sense| match sense.meaning {
            Meaning::Shifter(shifter) => {
                let shifter = &self.lexicon.shifters[shifter as usize];
                (shifter.kind == ShifterKind::Negator).then_some(shifter.factor)
            }
            _ => None,
        })
    }

    /// The shifter at a node, if it is of the kind.
    pub(super) fn shifter(&self, at: usize, kind: ShifterKind) -> Option<&Shifter> {
        let shifter = self.lexicon.shifters.get(self.node(at).shifter as usize)?;
        (shifter.kind == kind).then_some(shifter)
    }

    fn is_cut(&self, at: usize) -> bool {
        matches!(self.node(at).kind, NodeKind::Comma | NodeKind::Stop | NodeKind::Break | NodeKind::And)
    }

    /// The party after a word of comparison.
    pub(super) fn compared(&self, at: usize) -> Option<u32> {
        for next in at + 1..self.unit.nodes.len().min(at + COMPARED_REACH) {
            let node = self.node(next);
            match node.kind {
                NodeKind::Party => return Some(self.unit.root(node.slot)).filter(|slot| *slot > YOU),
                NodeKind::Determiner | NodeKind::Adverb | NodeKind::Word => {}
                _ => return None,
            }
        }
        None
    }

    /// The clearest word before the comparison, in its clause, that is not said of the party itself.
    fn said_before(&self, at: usize, party: u32) -> Option<Contribution> {
        let clause = self.node(at).clause;
        let said = &self.found[found_within(self.found, at.saturating_sub(REACH)..at)];
        let said = said.iter().filter(|said| self.node(said.node as usize).clause == clause);
        self.clearest(said, party).filter(|said| said.value > 0.0 && self.compares(said))
    }

    /// `no better than Marrow` puts both down; `nobody is better than Marrow` does not.
    fn compares(&self, said: &Contribution) -> bool {
        said.factor > 0.0 || said.shifter != NONE && self.node(said.shifter as usize).kind == NodeKind::Party
    }

    /// The clearest word of the clauses after `unlike Marrow`.
    fn said_after(&self, at: usize, party: u32) -> Option<Contribution> {
        let sentence = self.node(at).sentence;
        let said = &self.found[found_within(self.found, at + 1..at + 2 * REACH)];
        self.clearest(said.iter().filter(|said| self.node(said.node as usize).sentence == sentence), party)
    }

    fn clearest<'c>(&self, said: impl Iterator<Item = &'c Contribution>, party: u32) -> Option<Contribution> {
        let of_another = said.filter(|c| c.slot == NONE || self.unit.root(c.slot) != party);
        let weight = |c: &Contribution| (c.value * c.factor).abs();
        of_another.copied().reduce(|a, b| if weight(&b) > weight(&a) { b } else { a })
    }

    /// `unlike Marrow, I`: the clause after the party is the speaker's.
    fn is_about_speaker(&self, at: usize) -> bool {
        let sentence = self.node(at).sentence;
        let rest = (at + 1..self.unit.nodes.len().min(at + REACH)).filter(|next| self.node(*next).sentence == sentence);
        let verb = rest.filter(|next| {
            matches!(self.node(*next).kind, NodeKind::Verb | NodeKind::Be | NodeKind::Modal | NodeKind::Link)
        });
        let subject = verb.map(|verb| self.unit.subject(verb)).next();
        subject == Some(Subject::Slot(SPEAKER))
    }
}
