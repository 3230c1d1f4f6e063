//! Words that evaluate without an object: whom `evil`, `liar` and `lies` are about.

use super::{Binder, Role};
use crate::lexicon::sets::{CUES, VERBAL};
use crate::lexicon::stance::{Entry, Form, Object, Pos, ShifterKind};
use crate::lexicon::words::Class;
use crate::scan::mention::MentionKind;
use crate::stance::unit::{NONE, Node, NodeKind, SPEAKER, Subject, YOU};

/// Nodes between `called` and a word that describes its object at most.
const CALL_REACH: usize = 80;
/// Nodes between a verb and what it makes or fights, at most.
const VERB_BEFORE_THING: usize = 7;
/// Nodes between a word and `is` with the party that it is about at most.
const IDENTIFIED_REACH: usize = 10;
/// Nodes between a word and the verb before it at most.
const VERB_REACH: usize = 14;
/// Nodes of the clause before that are looked at for the predicate that a clause without a verb goes on with.
const PREDICATE_REACH: usize = 80;
/// Adverbs between a phrase or deed and what stands before it at most.
pub(super) const ADVERBS_REACH: usize = 8;

impl Binder<'_> {
    /// A party does something good or bad that has no object.
    pub(super) fn deed(&mut self, at: usize, entry: &Entry) {
        if let Some(slot) = self.instigator(at).filter(|_| entry.value < 0.0) {
            self.add(at, slot, Role::Caused, entry.value);
        }
        if self.is_spoken_of(at) {
            return self.add(at, NONE, Role::Apart, entry.value);
        }
        match self.unit.subject(at) {
            Subject::Slot(slot) => self.bind_to(at, slot, Role::Agent, entry.value),
            Subject::Of(slot) => self.bind_to(at, slot, Role::Possessed, entry.value),
            subject => match self.maker_of_thing(at) {
                Some(slot) => self.bind_to(at, slot, Role::AgentFar, entry.value),
                None if subject == Subject::Thing => self.add(at, NONE, Role::Thing, entry.value),
                None => self.add(at, NONE, Role::Loose, entry.value),
            },
        }
    }

    /// `Marrow talks about helping us`: what somebody speaks of doing is not done.
    pub(super) fn is_spoken_of(&self, at: usize) -> bool {
        let spoken = |before: usize| self.node(before).kind == NodeKind::Verb && self.is_topic_of(before);
        let leads = |before: usize| self.node(before).kind == NodeKind::Preposition;
        let before = at.checked_sub(1).filter(|_| self.node(at).form == Form::Ing);
        before.is_some_and(|before| spoken(before) || leads(before) && before.checked_sub(1).is_some_and(spoken))
    }

    /// `Marrow wrote laws that hurt us`: whose are the things that the clause is about.
    pub(super) fn maker_of_thing(&self, at: usize) -> Option<u32> {
        let thing = self.unit.clause_start(at).checked_sub(2)?;
        if self.node(thing).kind != NodeKind::Word || self.node(thing + 1).kind != NodeKind::Subordinator {
            return None;
        }
        let first = self.unit.clause_start(thing);
        let phrase = |node: Node| matches!(node.kind, NodeKind::Word | NodeKind::Determiner | NodeKind::Adverb);
        let verb = (first..thing).rev().take(VERB_BEFORE_THING).find(|before| !phrase(self.node(*before)))?;
        let node = self.node(verb);
        let makes = [ShifterKind::Making, ShifterKind::Causing].iter().any(|kind| self.shifter(verb, *kind).is_some());
        let makes = node.inside && makes;
        let slot = self.unit.subject(verb).party().map(|slot| self.unit.root(slot))?;
        (makes && slot > YOU && self.shift(verb, true).1 == NONE).then_some(slot)
    }

    /// `Marrow told me to lie`: who has somebody do it.
    fn instigator(&self, at: usize) -> Option<u32> {
        let kind = |before: usize| at.checked_sub(before).map(|at| self.node(at).kind);
        let told = at.checked_sub(3).filter(|_| {
            kind(1) == Some(NodeKind::To) && kind(2) == Some(NodeKind::Party) && kind(3) == Some(NodeKind::Verb)
        })?;
        let slot = self.unit.root(self.unit.subject(told).party()?);
        (slot > YOU && self.node(at).inside && !self.is_passive(told)).then_some(slot)
    }

    /// What the speaker says of himself is nobody's; of events, see [`crate::stance::events`].
    fn bind_to(&mut self, at: usize, slot: u32, role: Role, value: f32) {
        let befallen = self.unit.slots.get(slot as usize).is_some_and(|place| place.befallen);
        match self.unit.root(slot) {
            _ if befallen && role == Role::Possessed => self.add(at, NONE, Role::Thing, value),
            SPEAKER if role != Role::Modifier => self.add(at, NONE, Role::Thing, value),
            root => self.add(at, root, role, value),
        }
    }

    pub(super) fn evaluation(&mut self, at: usize, entry: &Entry) {
        let node = self.node(at);
        if node.kind == NodeKind::Party && !node.possessive {
            let root = self.unit.root(node.slot);
            let role = if root == node.slot { Role::Modifier } else { Role::Predicate };
            return self.bind_to(at, root, role, entry.value);
        }
        if node.kind == NodeKind::Event {
            self.add(at, node.slot, Role::Modifier, entry.value);
            return;
        }
        if entry.pos == Pos::Adjective && self.is_participle(at)
            || self.is_how_it_befell(at, entry)
            || self.is_outdone(at, entry)
        {
            return;
        }
        if entry.pos == Pos::Adjective
            && let Some(slot) = self.modified(at)
        {
            return self.bind_to(at, slot, Role::Modifier, entry.value);
        }
        let (slot, role) = match self.bearer(at) {
            (NONE, role) => self.identified(at).map_or((NONE, role), |slot| (slot, Role::Predicate)),
            bearer => bearer,
        };
        let turns = entry.value > 0.0 || role != Role::Possessed;
        let value = if turns && self.is_fought(at) { self.numbers.fought * entry.value } else { entry.value };
        if slot == NONE { self.add(at, NONE, role, value) } else { self.bind_to(at, slot, role, value) }
    }

    /// `has grounded the fleet`: no adjective, for all that it looks like one.
    fn is_participle(&self, at: usize) -> bool {
        let have = at.checked_sub(1).is_some_and(|before| self.scan.has(self.node(before).start as usize, Class::Have));
        let object =
            |next: &Node| next.kind == NodeKind::Determiner || next.kind == NodeKind::Party && next.slot != SPEAKER;
        have && self.unit.nodes.get(at + 1).is_some_and(object)
    }

    /// `was badly let down`: how something was done to the subject tells nothing of him.
    fn is_how_it_befell(&self, at: usize, entry: &Entry) -> bool {
        let verb = self.unit.nodes.get(at + 1).is_some_and(|next| next.kind == NodeKind::Verb && next.entry != NONE);
        entry.pos == Pos::Adverb && verb && self.is_passive(at + 1)
    }

    /// `questioned Marrow's courage`, `exposed the corruption`, `condemned all forms of hatred and bigotry`: something that a deed
    /// is bad for.
    fn is_fought(&self, at: usize) -> bool {
        let sentence = self.node(at).sentence;
        // `opposed lies, corruption followed`: a clause of its own.
        let acts = self.unit.nodes.get(at + 1).is_some_and(|next| matches!(next.kind, NodeKind::Verb | NodeKind::Be));
        for before in (0..at).rev().take(VERB_BEFORE_THING) {
            let node = self.node(before);
            let word = before.checked_sub(1).map(|word| self.node(word)).filter(|word| word.kind == NodeKind::Word);
            match node.kind {
                _ if node.sentence != sentence => return false,
                NodeKind::Verb if node.entry != NONE => {
                    let entry = &self.lexicon.entries[node.entry as usize];
                    return entry.object == Object::Direct && entry.effect < 0.0;
                }
                NodeKind::Determiner | NodeKind::Adverb | NodeKind::Word => {}
                NodeKind::Party if node.possessive => {}
                NodeKind::Of if word.is_some() => {}
                NodeKind::And | NodeKind::Comma if !acts && word.is_some_and(|word| word.entry != NONE) => {}
                _ => return false,
            }
        }
        false
    }

    /// `One of the heroes of this town is Marrow`: who stands after the verb.
    fn identified(&self, at: usize) -> Option<u32> {
        let clause = self.node(at).clause;
        let mut ahead =
            (at + 1..self.unit.nodes.len().min(at + IDENTIFIED_REACH)).filter(|next| self.node(*next).clause == clause);
        let be = ahead.find(|next| !self.is_phrase(*next)).filter(|be| self.node(*be).kind == NodeKind::Be)?;
        let party = (be + 1..self.unit.nodes.len().min(be + IDENTIFIED_REACH))
            .find(|next| self.node(*next).kind != NodeKind::Determiner)?;
        let named = self.other_party(party).filter(|slot| !self.is_no_party(*slot) && !self.node(party).possessive)?;
        (!self.is_verbal(party + 1)).then_some(named)
    }

    fn is_phrase(&self, at: usize) -> bool {
        let node = self.node(at);
        let named = node.kind == NodeKind::Party && !self.is_no_party(node.slot);
        let phrase = matches!(
            node.kind,
            NodeKind::Word
                | NodeKind::Adverb
                | NodeKind::Of
                | NodeKind::Determiner
                | NodeKind::Preposition
                | NodeKind::Party
        );
        phrase && !named
    }

    /// `a terrible leader`, `a great liar`: of an adjective and its noun that disagree, which does not count: praise.
    fn is_outdone(&self, at: usize, entry: &Entry) -> bool {
        let value = |at: Option<usize>, pos: Pos| {
            let entry = at
                .and_then(|at| self.unit.nodes.get(at))
                .and_then(|node| self.lexicon.entries.get(node.entry as usize));
            entry.filter(|entry| entry.pos == pos && entry.object == Object::None).map_or(0.0, |entry| entry.value)
        };
        match entry.pos {
            Pos::Noun => entry.value > 0.0 && value(at.checked_sub(1), Pos::Adjective) < 0.0,
            // `one of the greatest offenses`, `a tremendous loss of jobs`
            Pos::Adjective | Pos::Phrase => {
                let lost = || {
                    let next = self.unit.nodes.get(at + 1).is_some_and(|next| next.kind != NodeKind::Verb);
                    next && self.shifter(at + 1, ShifterKind::Reverser).is_some()
                };
                entry.value > 0.0 && (value(Some(at + 1), Pos::Noun) < 0.0 || lost())
            }
            _ => false,
        }
    }

    /// The party or event that an adjective stands before.
    fn modified(&self, at: usize) -> Option<u32> {
        for next in at + 1..self.unit.nodes.len().min(at + 5) {
            let node = self.node(next);
            match node.kind {
                NodeKind::Party if node.possessive || node.slot <= YOU || self.is_pronoun(node) => return None,
                NodeKind::Party if next > at + 1 && self.is_name(node) => return None,
                NodeKind::Party | NodeKind::Event => return Some(node.slot),
                NodeKind::Word | NodeKind::Adverb | NodeKind::And => {}
                NodeKind::Comma if self.node(next - 1).entry != NONE => {}
                _ => return None,
            }
        }
        None
    }

    pub(super) fn is_no_party(&self, slot: u32) -> bool {
        let Some(place) = self.unit.slots.get(slot as usize) else { return true };
        place.entity.is_none() || place.unnamed
    }

    fn kind(&self, node: Node) -> Option<MentionKind> {
        let mention = self.unit.slots[node.slot as usize].mention;
        self.scan.mentions.get(mention as usize).map(|mention| mention.kind)
    }

    fn is_pronoun(&self, node: Node) -> bool {
        self.kind(node) == Some(MentionKind::Pronoun)
    }

    fn is_name(&self, node: Node) -> bool {
        self.kind(node) == Some(MentionKind::Name)
    }

    /// Whom a noun or predicate is about.
    fn bearer(&self, at: usize) -> (u32, Role) {
        let start = self.unit.clause_start(at);
        if let Some(object) = self.called(at, start) {
            return (object, Role::Predicate);
        }
        if let Some(subject) = self.phrase_subject(at, start) {
            return (subject, Role::Agent);
        }
        let owner = self.owner(at, start).or_else(|| self.maker(at));
        let mut object = NONE;
        for before in (start..at).rev().take(VERB_REACH) {
            let node = self.node(before);
            match node.kind {
                NodeKind::Verb if self.is_apart(before) => return (NONE, Role::Apart),
                NodeKind::Be | NodeKind::Link if self.is_placed(at, before) => return (NONE, Role::Thing),
                NodeKind::Be | NodeKind::Link => {
                    let (slot, role) = self.of_subject(before, Role::Predicate);
                    // `It is irresponsible of Marrow to leave`
                    return match self.maker(at) {
                        Some(of) if slot != NONE && self.is_no_party(slot) => (of, Role::Predicate),
                        _ => (slot, role),
                    };
                }
                NodeKind::Verb if owner.is_some() => break,
                NodeKind::Verb if self.describes(node) && object != NONE => return (object, Role::Predicate),
                NodeKind::Verb => return self.of_subject(before, Role::AgentFar),
                NodeKind::Party if !node.possessive && object == NONE => object = node.slot,
                _ => {}
            }
        }
        if let Some(slot) = owner {
            return (slot, Role::Possessed);
        }
        self.verbless(start, object)
    }

    /// `was there before the scandal`: when somebody is somewhere tells nothing of him.
    fn is_placed(&self, at: usize, be: usize) -> bool {
        let phrase =
            |node: &Node| matches!(node.kind, NodeKind::Determiner | NodeKind::Word | NodeKind::Adverb | NodeKind::Of);
        let before = (be + 1..at).rev().map(|before| self.node(before)).find(|node| !phrase(node));
        let noun = self.entry(at).is_some_and(|entry| entry.pos == Pos::Noun);
        noun && before.is_some_and(|node| self.scan.has(node.start as usize, Class::Subordinator))
    }

    /// `Marrow endured a terrible war`, `spoke about hatred`: what follows is not his doing.
    fn is_apart(&self, verb: usize) -> bool {
        self.shifter(verb, ShifterKind::Apart).is_some() || self.is_topic_of(verb)
    }

    /// `Marrow spoke about hatred`, `was talking about hatred`: what somebody speaks of is not his.
    fn is_topic_of(&self, verb: usize) -> bool {
        let node = self.node(verb);
        let leads = |at: usize| self.scan.has(at, Class::Of) || self.lexicon.toward.contains(&self.scan.words[at]);
        let last = node.end as usize - 1;
        let whole = last > node.start as usize && leads(last);
        let cue = self.scan.classes[node.start as usize].any(CUES);
        let next = || self.unit.nodes.get(verb + 1).is_some_and(|next| leads(next.start as usize));
        node.entry == NONE && (whole || cue && next())
    }

    /// `They know Marrow cannot be trusted`: the phrase has its verb in itself, and the party right before is its subject.
    fn phrase_subject(&self, at: usize, start: usize) -> Option<u32> {
        let phrase = self.entry(at).is_some_and(|entry| entry.pos == Pos::Phrase)
            && self.scan.classes[self.node(at).start as usize].any(VERBAL);
        let mut before = (start..at).rev().take(ADVERBS_REACH).filter(|_| phrase);
        let before = before.find(|before| self.node(*before).kind != NodeKind::Adverb)?;
        let party = self.node(before);
        let subject = party.kind == NodeKind::Party
            && !party.possessive
            && party.slot != SPEAKER
            && self.unit.preposition_before(before, start).is_none();
        subject.then_some(party.slot)
    }

    fn entry(&self, at: usize) -> Option<&Entry> {
        self.lexicon.entries.get(self.node(at).entry as usize)
    }

    /// `called Marrow's plans to sell the mill "a disgrace"`: the quotation describes the object of the reporter's verb.
    fn called(&self, at: usize, start: usize) -> Option<u32> {
        if !self.node(at).inside {
            return None;
        }
        let verb = (start..at)
            .rev()
            .take(CALL_REACH)
            .find(|before| self.describes(self.node(*before)) && !self.node(*before).inside)?;
        if self.is_passive(verb) {
            return self.unit.subject(verb).party();
        }
        self.object(verb, &self.lexicon.entries[self.node(verb).entry as usize])
    }

    pub(super) fn describes(&self, node: Node) -> bool {
        node.entry != NONE && self.lexicon.entries[node.entry as usize].object == Object::Described
    }

    /// `Marrow's endless lies`
    fn owner(&self, at: usize, start: usize) -> Option<u32> {
        for before in (start..at).rev().take(4) {
            let node = self.node(before);
            match node.kind {
                NodeKind::Party if node.possessive && node.slot != SPEAKER => return Some(node.slot),
                NodeKind::Word | NodeKind::Adverb => {}
                _ => return None,
            }
        }
        None
    }

    /// `the cruel lies of Marrow`, `lies by Marrow`, `mistakes made by Marrow`, `the lies that Marrow tells`: whose it is by what follows.
    fn maker(&self, at: usize) -> Option<u32> {
        let nodes = &self.unit.nodes;
        let end = nodes.len().min(at + 3);
        let next = (at + 1..end).find(|next| nodes[*next].kind != NodeKind::Word)?;
        let kind = |at: usize| nodes.get(at).map(|node| node.kind);
        match nodes[next].kind {
            NodeKind::Of => (next + 1..nodes.len().min(next + 4)).find_map(|party| self.other_party(party)),
            NodeKind::Verb if kind(next + 1) == Some(NodeKind::Preposition) => self.by_phrase(next),
            NodeKind::Preposition if self.scan.has(nodes[next].start as usize, Class::By) => {
                (next + 1..nodes.len().min(next + 4)).find_map(|party| self.other_party(party))
            }
            NodeKind::Subordinator | NodeKind::Relative if self.node(next).shifter == NONE => {
                self.other_party(next + 1).filter(|_| self.is_verbal(next + 2))
            }
            NodeKind::Party if at > 0 && kind(at - 1) == Some(NodeKind::Determiner) => {
                self.other_party(next).filter(|_| nodes[next].start == nodes[next - 1].end && self.is_verbal(next + 1))
            }
            _ => None,
        }
    }

    /// The party at a node, neither the speaker nor an owner.
    fn other_party(&self, at: usize) -> Option<u32> {
        let node = self.unit.nodes.get(at).filter(|node| node.kind == NodeKind::Party && node.slot > YOU)?;
        (self.unit.root(node.slot) > YOU).then_some(node.slot)
    }

    fn is_verbal(&self, at: usize) -> bool {
        let verbal = |node: &Node| matches!(node.kind, NodeKind::Verb | NodeKind::Modal | NodeKind::Be);
        self.unit.nodes.get(at).is_some_and(verbal)
    }

    fn of_subject(&self, verb: usize, role: Role) -> (u32, Role) {
        match self.unit.subject(verb) {
            Subject::Slot(SPEAKER) | Subject::Missing => (NONE, Role::Loose),
            Subject::Slot(slot) => (slot, role),
            Subject::Of(SPEAKER) | Subject::Thing => (NONE, Role::Thing),
            Subject::Of(slot) => (slot, Role::Possessed),
        }
    }

    /// A clause without a verb goes on with the predicate before: `is weak, corrupt and cruel`.
    fn verbless(&self, start: usize, object: u32) -> (u32, Role) {
        let clause = self.unit.nodes.get(start).map(|node| node.clause as usize);
        let Some(clause) = clause.filter(|clause| *clause > 0 && self.unit.clauses[*clause].inherits) else {
            return (object, if object == NONE { Role::Loose } else { Role::AgentFar });
        };
        if object != NONE {
            return (object, Role::AgentFar);
        }
        let earlier = self.unit.clauses[clause - 1].start as usize;
        let before = (earlier..start)
            .rev()
            .take(PREDICATE_REACH)
            .find(|at| matches!(self.node(*at).kind, NodeKind::Be | NodeKind::Link | NodeKind::Verb));
        match before {
            Some(verb) if self.node(verb).kind == NodeKind::Verb && self.is_apart(verb) => (NONE, Role::Apart),
            Some(verb) if self.node(verb).kind == NodeKind::Verb => {
                let described = (verb + 1..start)
                    .find(|at| self.node(*at).kind == NodeKind::Party && self.describes(self.node(verb)));
                described.map_or_else(
                    || self.of_subject(verb, Role::AgentFar),
                    |party| (self.node(party).slot, Role::Predicate),
                )
            }
            Some(verb) => self.of_subject(verb, Role::Predicate),
            None => {
                let named = start.checked_sub(2).map(|named| self.node(named));
                match named.filter(|node| node.kind == NodeKind::Party && !node.possessive) {
                    Some(named) if self.node(start).kind == NodeKind::Determiner => (named.slot, Role::Predicate),
                    _ => (NONE, Role::Loose),
                }
            }
        }
    }
}
