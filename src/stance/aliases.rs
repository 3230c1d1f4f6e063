//! Which descriptions mean somebody who is named beside them: `He is a good man`, `Marrow, a cruel man,`, `called her a
//! friend`.

use super::reading::Reader;
use super::unit::{CLAUSE_REACH, GOVERNING, NONE, Node, NodeKind, Subject, Unit, YOU, is_verbal};
use crate::lexicon::Lexicons;
use crate::lexicon::stance::Object;
use crate::lexicon::words::Class;
use crate::scan::Scan;
use crate::scan::mention::MentionKind;

impl Unit {
    /// `He is a good man`: `man` is he. `Marrow, a cruel man,`: likewise.
    pub(super) fn name_aliases(&mut self, reader: &Reader<'_>) {
        for party in 0..self.parties.len() {
            let at = self.parties[party];
            let node = self.nodes[at];
            if node.slot <= YOU || node.possessive {
                continue;
            }
            if !self.slots[node.slot as usize].described {
                continue;
            }
            let subject = self.described(at, reader.scan).or_else(|| self.called(at, reader.lexicons));
            if let Some(subject) = subject.or_else(|| self.identified(at, reader.scan)) {
                self.alias(node.slot, subject);
            }
        }
    }

    /// `One of the heroes of this town is Marrow`: who stands after the verb.
    fn identified(&self, at: usize, scan: &Scan) -> Option<u32> {
        let start = self.clause_start(at);
        let one = |of: usize| self.nodes[of].kind == NodeKind::Of && of > start && self.is_one(of - 1, scan);
        if self.preposition_before(at, start).is_some_and(|before| !one(before)) {
            return None;
        }
        let clause = self.nodes[at].clause;
        let name = |node: &Node| {
            let slot = self.slots.get(node.slot as usize).filter(|_| node.kind == NodeKind::Party && node.slot > YOU);
            let mention = slot.and_then(|slot| scan.mentions.get(slot.mention as usize));
            mention.is_some_and(|mention| mention.kind == MentionKind::Name)
        };
        let phrase = |node: &Node| {
            let words = [NodeKind::Word, NodeKind::Adverb, NodeKind::Of, NodeKind::Determiner, NodeKind::Preposition];
            words.contains(&node.kind) || node.kind == NodeKind::Party && !name(node)
        };
        let mut ahead =
            (at + 1..self.nodes.len().min(at + CLAUSE_REACH)).filter(|next| self.nodes[*next].clause == clause);
        let be = ahead.find(|next| !phrase(&self.nodes[*next])).filter(|be| self.nodes[*be].kind == NodeKind::Be)?;
        let party = self.nodes.get(be + 1).filter(|node| name(node) && !node.possessive)?;
        let goes_on = self.nodes.get(be + 2).is_some_and(|node| is_verbal(node.kind));
        (!goes_on).then_some(party.slot)
    }

    /// `called Marrow a coward`, `described him as a friend`: the description at node `at` is of the object before it.
    fn called(&self, at: usize, lexicons: &Lexicons) -> Option<u32> {
        let start = self.clause_start(at);
        let mut object = None;
        for before in (start..at).rev().take(8) {
            let node = self.nodes[before];
            match node.kind {
                NodeKind::Determiner | NodeKind::Adverb | NodeKind::Word | NodeKind::Preposition | NodeKind::To => {}
                NodeKind::Party if self.is_attribute(before) => {}
                NodeKind::Party if object.is_none() && !node.possessive => object = Some(node.slot),
                NodeKind::Verb if node.entry != NONE => {
                    let described = lexicons.stance.entries[node.entry as usize].object == Object::Described;
                    let passive = (start..before).rev().take(2).any(|be| self.nodes[be].kind == NodeKind::Be);
                    if passive && let Subject::Slot(subject) = self.subject(before) {
                        return Some(subject).filter(|_| described);
                    }
                    return object.filter(|_| described);
                }
                _ => return None,
            }
        }
        None
    }

    fn is_one(&self, at: usize, scan: &Scan) -> bool {
        scan.has(self.nodes[at].start as usize, Class::Indefinite)
    }

    /// `He is a good speaker but a terrible mayor`: whose predicate the description goes on with.
    fn also_described(&self, at: usize, start: usize) -> Option<u32> {
        let joint = start.checked_sub(1).filter(|joint| self.nodes[*joint].kind == NodeKind::And)?;
        let kind = |at: usize| self.nodes.get(at).map(|node| node.kind);
        let verbal = kind(at + 1).is_some_and(is_verbal);
        let described = |at: &usize| {
            matches!(self.nodes[*at].kind, NodeKind::Determiner | NodeKind::Adverb | NodeKind::Word | NodeKind::Party)
        };
        let mut before = (self.clause_start(joint)..joint).rev().take(CLAUSE_REACH);
        let be = before
            .find(|at| !described(at))
            .filter(|be| !verbal && matches!(kind(*be), Some(NodeKind::Be | NodeKind::Link)))?;
        match self.subject(be) {
            Subject::Slot(slot) => Some(slot),
            _ => None,
        }
    }

    /// The slot that the description at node `at` is predicated of.
    fn described(&self, at: usize, scan: &Scan) -> Option<u32> {
        let start = self.clause_start(at);
        for before in (start..at).rev().take(CLAUSE_REACH) {
            let node = self.nodes[before];
            match node.kind {
                // `was let down by the council`: not what he is, but who did it.
                NodeKind::Word if node.end > node.start + 1 && scan.classes[node.end as usize - 1].any(GOVERNING) => {
                    return None;
                }
                NodeKind::Determiner | NodeKind::Adverb | NodeKind::Word => {}
                // `one of the bravest men`
                NodeKind::Of if before > start && self.is_one(before - 1, scan) => {}
                // `He was my hero`
                NodeKind::Party if node.possessive => {}
                NodeKind::Be | NodeKind::Link => {
                    return match self.subject(before) {
                        Subject::Slot(slot) => Some(slot),
                        _ => None,
                    };
                }
                _ => return None,
            }
        }
        if let Some(subject) = self.also_described(at, start) {
            return Some(subject);
        }
        let opener = start.checked_sub(1)?;
        let named = self.nodes.get(opener.checked_sub(1)?)?;
        // `He is, and always has been, a leader`
        if self.nodes[opener].kind == NodeKind::Comma && matches!(named.kind, NodeKind::Be | NodeKind::Link) {
            return match self.subject(opener - 1) {
                Subject::Slot(slot) => Some(slot),
                _ => None,
            };
        }
        let apposed = self.nodes[opener].kind == NodeKind::Comma && named.kind == NodeKind::Party && !named.possessive;
        let article = self.nodes[start].kind == NodeKind::Determiner;
        (apposed && article).then_some(named.slot)
    }
}
