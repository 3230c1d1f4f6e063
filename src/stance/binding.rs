//! Binds every stance word of a unit to whom it is about: the party that it describes, that does it, that it is done to.
//! Negators and the like change its value on the way. Knows nothing of targets; sums nothing.

use super::unit::{NONE, Node, NodeKind, SPEAKER, Subject, TOPIC, Unit, YOU};
use crate::lexicon::stance::{Entry, Form, Numbers, Object, Pos, ShifterKind, StanceLexicon};
use crate::scan::Scan;
use crate::scan::mention::MentionKind;

/// How a word bears on a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Predicated of it: `X is evil`.
    Predicate,
    /// Stands before it: `evil X`.
    Modifier,
    /// It does it: `X lies`.
    Agent,
    /// In the object of what it does: `X tells lies`.
    AgentFar,
    /// Of something of its own: `X's lies`.
    Possessed,
    /// It is done to it.
    Patient,
    /// The speaker does it to it: `I support X`.
    SourceOnTarget,
    /// It backs or fights whom the speaker thinks well or ill of.
    Inferred,
    /// Of something else in the sentence.
    Thing,
    /// Of nothing that could be told.
    Loose,
}

impl Role {
    /// In words, as `lexicon try` shows it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Role::Predicate => "says what it is",
            Role::Modifier => "stands before it",
            Role::Agent => "it does it",
            Role::AgentFar => "in what it does",
            Role::Possessed => "of its own",
            Role::Patient => "done to it",
            Role::SourceOnTarget => "done to it by the speaker",
            Role::Inferred => "by whom it backs or fights",
            Role::Thing => "of a thing",
            Role::Loose => "of nobody in sight",
        }
    }
}

/// What one word says of one party.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contribution {
    /// The party's slot, [`NONE`] if the word is bound to none.
    pub slot: u32,
    /// Value times weight, signed.
    pub amount: f32,
    /// The word.
    pub node: u32,
    /// How it bears on the party.
    pub role: Role,
    /// The shifter that turned it, [`NONE`] for none.
    pub shifter: u32,
    /// The lexicon's value, before weights.
    pub value: f32,
    /// What the shifters make of it.
    pub factor: f32,
    /// Of an inferred one: the word it follows from.
    pub through: u32,
    /// What that word says of its own party.
    pub through_amount: f32,
}

/// Somebody does something that is good or bad for somebody.
#[derive(Clone, Copy, Debug)]
struct Act {
    agent: u32,
    patient: u32,
    effect: f32,
    node: u32,
}

/// Which of the reporter's words count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reported {
    /// What the speaker does, in the main clause: `Dessan praised Marrow`.
    Deeds,
    /// Around a half-sentence, also what retells the speaker's words.
    Retold,
    /// Also what is known of the speaker otherwise: `Dessan, who supports Marrow`.
    Asides,
}

/// What the words of a unit say, in text order, inferences last.
#[must_use]
pub fn bind(unit: &mut Unit, scan: &Scan, lexicon: &StanceLexicon, reported: Reported) -> Vec<Contribution> {
    let numbers = &lexicon.numbers;
    let mut binder = Binder { unit, scan, lexicon, numbers, reported, found: Vec::new(), acts: Vec::new() };
    for at in 0..binder.unit.nodes.len() {
        let node = binder.unit.nodes[at];
        if node.entry == NONE {
            continue;
        }
        let entry = &lexicon.entries[node.entry as usize];
        match (&entry.object, entry.pos) {
            (Object::None, Pos::Verb) => binder.deed(at, entry),
            (Object::None, _) => binder.evaluation(at, entry),
            (_, Pos::Verb) => binder.verb(at, entry),
            _ => binder.noun(at, entry),
        }
    }
    binder.infer();
    binder.found
}

struct Binder<'a> {
    unit: &'a mut Unit,
    scan: &'a Scan,
    lexicon: &'a StanceLexicon,
    numbers: &'a Numbers,
    reported: Reported,
    found: Vec<Contribution>,
    acts: Vec<Act>,
}

/// What is left of praise that is called in question.
const DENIED: f32 = -0.6;
/// Nodes between a verb and its object at most.
const OBJECT_REACH: usize = 7;
/// Nodes between a word and the verb before it at most.
const VERB_REACH: usize = 14;

impl Binder<'_> {
    fn node(&self, at: usize) -> Node {
        self.unit.nodes[at]
    }

    fn add(&mut self, at: usize, slot: u32, role: Role, value: f32) {
        if value == 0.0 {
            return;
        }
        let numbers = self.numbers;
        let weight = match role {
            Role::Predicate => numbers.predicate,
            Role::Modifier => numbers.modifier,
            Role::Agent => numbers.agent,
            Role::AgentFar => numbers.agent_far,
            Role::Possessed => numbers.possessed,
            Role::Patient => numbers.patient,
            Role::SourceOnTarget => numbers.source_on_target,
            Role::Inferred => numbers.inferred,
            Role::Thing | Role::Loose => 1.0,
        };
        let asserted = value < 0.0 || role == Role::SourceOnTarget;
        let (mut factor, shifter) = self.shift(at, asserted);
        if factor < 0.0 && value < 0.0 {
            // `not bad` says less than `good`.
            factor *= numbers.negated_bad;
        }
        let nested = if slot != NONE && self.is_nested(at) { numbers.nested } else { 1.0 };
        // Only what the reporter tells of the speaker's own doing counts outside the quotation.
        let reporter = match role {
            _ if self.node(at).inside => 1.0,
            Role::SourceOnTarget if self.reported == Reported::Asides || !self.is_aside(at) => 1.0,
            _ if self.reported == Reported::Retold && slot != NONE && self.follows_speaker(at) => numbers.reporter,
            _ => return,
        };
        let amount = value * weight * factor * nested * reporter;
        let node = at as u32;
        let mut contribution =
            Contribution { slot, amount, node, role, shifter, value, factor, through: NONE, through_amount: 0.0 };
        self.found.push(contribution);
        if slot != NONE
            && !matches!(role, Role::Modifier | Role::Possessed)
            && let Some(mate) = self.mate(slot)
        {
            contribution.slot = mate;
            self.found.push(contribution);
        }
    }

    /// The other party of `Marrow and Ammering`, where both are subject or object of one verb.
    fn mate(&self, slot: u32) -> Option<u32> {
        let at = self.unit.slots[slot as usize].node as usize;
        let party = |at: Option<usize>| {
            at.and_then(|at| self.unit.nodes.get(at)).filter(|node| node.kind == NodeKind::Party && !node.possessive)
        };
        let kind = |at: Option<usize>| at.and_then(|at| self.unit.nodes.get(at)).map(|node| node.kind);
        let and = Some(NodeKind::And);
        let verbal = |kind: Option<NodeKind>| {
            matches!(kind, Some(NodeKind::Verb | NodeKind::Be | NodeKind::Link | NodeKind::Modal))
        };
        let governs = |kind: Option<NodeKind>| {
            verbal(kind) || matches!(kind, Some(NodeKind::Preposition | NodeKind::Of | NodeKind::To))
        };
        let before =
            party(at.checked_sub(2)).filter(|_| kind(at.checked_sub(1)) == and && !governs(kind(at.checked_sub(3))));
        let after = || party(Some(at + 2)).filter(|_| kind(Some(at + 1)) == and && !verbal(kind(Some(at + 3))));
        let mate = self.unit.root(before.or_else(after)?.slot);
        (mate > YOU && mate != slot).then_some(mate)
    }

    /// `said Dessan, who supports Marrow`: what the reporter knows of the speaker, not of these words.
    fn is_aside(&self, at: usize) -> bool {
        self.unit.clauses[self.node(at).clause as usize].relative != NONE
    }

    /// Whether the reporter retells the speaker's words here.
    fn follows_speaker(&self, at: usize) -> bool {
        let sentence = self.node(at).sentence;
        let before = self.unit.nodes[..at].iter().rev().take_while(|node| node.sentence == sentence);
        let mut says = false;
        for node in before {
            says |= node.says;
            if node.slot == SPEAKER {
                return says;
            }
        }
        false
    }

    /// Whether somebody else in the quotation is the one who says so.
    fn is_nested(&self, at: usize) -> bool {
        let node = self.node(at);
        let clause = node.clause as usize;
        if clause == 0 || !node.inside {
            return false;
        }
        let opener = self.unit.clauses[clause].start as usize - 1;
        if self.unit.nodes[opener].kind != NodeKind::Subordinator {
            return false;
        }
        let Some(says) = opener.checked_sub(1).map(|says| self.node(says)).filter(|node| node.says) else {
            return false;
        };
        matches!(self.unit.subject(opener - 1), Subject::Slot(slot) if slot > YOU) && says.inside
    }

    /// The factor of the shifters that reach a node, and the one that turns it. `should be kind` blames, `should resign` and
    /// `we should thank him`, which are `asserted`, stay as they are.
    fn shift(&self, at: usize, asserted: bool) -> (f32, u32) {
        let (mut factor, mut turned) = (1.0, NONE);
        let start = self.unit.clause_start(at);
        for (distance, before) in (self.phrase_start(at, start)..at).rev().take(7).enumerate() {
            let node = self.node(before);
            if node.shifter == NONE {
                continue;
            }
            let shifter = &self.lexicon.shifters[node.shifter as usize];
            let demand = shifter.kind == ShifterKind::Modal && shifter.factor < 0.0;
            if distance < shifter.reach && !(demand && asserted) {
                factor *= shifter.factor;
                if matches!(shifter.kind, ShifterKind::Negator | ShifterKind::Reverser) {
                    turned = before as u32;
                }
            }
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
            let thought = opener.checked_sub(1).filter(|before| self.node(*before).says);
            if let Some(thought) = thought
                && let Some(negator) = self.negator_before(thought)
            {
                factor *= self.lexicon.shifters[self.node(negator).shifter as usize].factor;
                turned = negator as u32;
            }
        }
        (factor.clamp(-2.0, 2.0), turned)
    }

    /// `hasn't shown strength or courage`: without a verb of its own, what stands after `or` belongs to what stands before.
    fn phrase_start(&self, at: usize, start: usize) -> usize {
        let joined = start > 0 && self.node(start - 1).kind == NodeKind::And;
        let verbal = |node: &Node| {
            matches!(node.kind, NodeKind::Verb | NodeKind::Be | NodeKind::Link | NodeKind::Modal | NodeKind::Party)
        };
        if joined && !self.unit.nodes[start..at].iter().any(verbal) {
            return self.unit.clause_start(start - 1);
        }
        start
    }

    fn negator_before(&self, at: usize) -> Option<usize> {
        let start = self.unit.clause_start(at);
        (start..at).rev().take(2).find(|before| {
            let shifter = self.node(*before).shifter;
            shifter != NONE && self.lexicon.shifters[shifter as usize].kind == ShifterKind::Negator
        })
    }

    /// A party does something good or bad that has no object.
    fn deed(&mut self, at: usize, entry: &Entry) {
        match self.unit.subject(at) {
            Subject::Slot(slot) => self.bind_to(at, slot, Role::Agent, entry.value),
            Subject::Of(slot) => self.bind_to(at, slot, Role::Possessed, entry.value),
            Subject::Thing => self.add(at, NONE, Role::Thing, entry.value),
            Subject::Missing => self.add(at, NONE, Role::Loose, entry.value),
        }
    }

    /// What the speaker says of himself is nobody's; of events, see [`super::events`].
    fn bind_to(&mut self, at: usize, slot: u32, role: Role, value: f32) {
        match self.unit.root(slot) {
            SPEAKER if role != Role::Modifier => self.add(at, NONE, Role::Thing, value),
            root => self.add(at, root, role, value),
        }
    }

    fn evaluation(&mut self, at: usize, entry: &Entry) {
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
        if entry.pos == Pos::Adjective
            && let Some(slot) = self.modified(at)
        {
            return self.bind_to(at, slot, Role::Modifier, entry.value);
        }
        let (slot, role) = self.bearer(at);
        let value = if entry.value > 0.0 && self.is_denied(at) { DENIED * entry.value } else { entry.value };
        if slot == NONE { self.add(at, NONE, role, value) } else { self.bind_to(at, slot, role, value) }
    }

    /// `questioned Marrow's courage`: something good that a deed is bad for.
    fn is_denied(&self, at: usize) -> bool {
        let start = self.unit.clause_start(at);
        for before in (start..at).rev().take(5) {
            let node = self.node(before);
            match node.kind {
                NodeKind::Verb if node.entry != NONE => {
                    let entry = &self.lexicon.entries[node.entry as usize];
                    return entry.object == Object::Direct && entry.effect < 0.0;
                }
                NodeKind::Determiner | NodeKind::Adverb | NodeKind::Word => {}
                NodeKind::Party if node.possessive => {}
                _ => return false,
            }
        }
        false
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
        let owner = self.owner(at, start);
        let mut object = NONE;
        for before in (start..at).rev().take(VERB_REACH) {
            let node = self.node(before);
            match node.kind {
                NodeKind::Be | NodeKind::Link => return self.of_subject(before, Role::Predicate),
                NodeKind::Verb if owner.is_some() => break,
                NodeKind::Verb if self.describes(node) && object != NONE => return (object, Role::Predicate),
                NodeKind::Verb => return self.of_subject(before, Role::AgentFar),
                NodeKind::Party if !node.possessive && object == NONE => object = node.slot,
                _ => {}
            }
        }
        if let Some(slot) = owner.or_else(|| self.of_phrase(at)) {
            return (slot, Role::Possessed);
        }
        self.verbless(start, object)
    }

    /// `called Marrow's plans to sell the mill "a disgrace"`: the quotation describes the object of the reporter's verb.
    fn called(&self, at: usize, start: usize) -> Option<u32> {
        if !self.node(at).inside {
            return None;
        }
        let verb = (start..at).rev().find(|before| self.describes(self.node(*before)) && !self.node(*before).inside)?;
        if self.is_passive(verb) {
            return as_slot(self.unit.subject(verb));
        }
        self.object(verb, &self.lexicon.entries[self.node(verb).entry as usize])
    }

    fn describes(&self, node: Node) -> bool {
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

    /// `the lies of Marrow`
    fn of_phrase(&self, at: usize) -> Option<u32> {
        let of = self.unit.nodes.get(at + 1).is_some_and(|node| node.kind == NodeKind::Of);
        let party =
            (at + 2..self.unit.nodes.len().min(at + 5)).find(|next| self.node(*next).kind == NodeKind::Party)?;
        (of && self.node(party).slot > YOU).then(|| self.node(party).slot)
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
            .find(|at| matches!(self.node(*at).kind, NodeKind::Be | NodeKind::Link | NodeKind::Verb));
        match before {
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

    /// Somebody does something to somebody.
    fn verb(&mut self, at: usize, entry: &Entry) {
        let passive = self.is_passive(at);
        let object = self.object(at, entry);
        let subject = as_slot(self.unit.subject(at));
        let (agent, patient) = if passive { (self.by_phrase(at), subject.or(object)) } else { (subject, object) };
        let imperative = !passive && agent.is_none() && self.node(at).form == Form::Base && self.opens_sentence(at);
        let agent = if imperative { Some(SPEAKER) } else { agent };
        let infinitive = at > 0 && self.node(at - 1).kind == NodeKind::To;
        // `calls for Marrow to back down`: in the reporter's words nobody does so yet.
        if infinitive && agent != Some(SPEAKER) && !self.node(at).inside {
            return;
        }
        self.act(at, entry, agent, patient, passive);
    }

    fn opens_sentence(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| self.node(before));
        before.is_none_or(|node| node.kind == NodeKind::Stop || !node.inside && self.node(at).inside)
    }

    fn act(&mut self, at: usize, entry: &Entry, agent: Option<u32>, patient: Option<u32>, passive: bool) {
        let agent = agent.map(|agent| self.unit.root(agent));
        let patient = patient.map(|patient| self.unit.root(patient)).filter(|patient| Some(*patient) != agent);
        let noun = entry.pos != Pos::Verb;
        match (agent, patient) {
            (Some(SPEAKER), Some(patient)) => {
                let value = if entry.to_object == 0.0 { entry.of_object } else { entry.to_object };
                self.add(at, patient, Role::SourceOnTarget, value);
            }
            (Some(SPEAKER), None) => self.add(at, NONE, Role::Loose, 0.5 * entry.to_object),
            (Some(agent), patient) => {
                self.add(at, agent, if noun { Role::Possessed } else { Role::Agent }, entry.value);
                if noun && patient.is_none() && entry.value == 0.0 {
                    self.add(at, NONE, Role::Loose, 0.4 * entry.tone());
                }
                if let Some(patient) = patient {
                    self.add(at, patient, Role::Patient, entry.of_object);
                    self.acts.push(Act { agent, patient, effect: entry.effect, node: at as u32 });
                }
            }
            (None, Some(patient)) if self.node(at).kind == NodeKind::Event => {
                self.add(at, patient, Role::Patient, entry.of_object);
            }
            (None, Some(patient)) if noun => self.add(at, patient, Role::Patient, 0.6 * entry.to_object),
            (None, Some(patient)) => {
                let value = if passive || entry.of_object != 0.0 { entry.of_object } else { 0.5 * entry.to_object };
                self.add(at, patient, Role::Patient, value);
            }
            (None, None) => self.add(at, NONE, Role::Loose, 0.4 * entry.tone()),
        }
    }

    /// A noun or adjective with an object: `critics of Marrow`, `proud of her`.
    fn noun(&mut self, at: usize, entry: &Entry) {
        let start = self.unit.clause_start(at);
        let object = self.object(at, entry);
        let owner = self.possessor(at, start);
        let holder = owner.or_else(|| self.holder(at, start));
        // `his support`: the speaker's or another's, the reporter's words leave it open.
        let unclear = !self.node(at).inside && owner == Some(SPEAKER);
        if unclear {
            return;
        }
        if object.is_none() && entry.value != 0.0 {
            return self.evaluation(at, entry);
        }
        self.act(at, entry, holder, object, false);
    }

    /// `I have respect for her`, `she is proud of him`: the subject of the verb that governs the noun or adjective.
    fn holder(&self, at: usize, start: usize) -> Option<u32> {
        for before in (start..at).rev().take(5) {
            match self.node(before).kind {
                NodeKind::Be | NodeKind::Link | NodeKind::Verb => return as_slot(self.unit.subject(before)),
                NodeKind::Determiner | NodeKind::Adverb | NodeKind::Word => {}
                _ => return None,
            }
        }
        None
    }

    fn possessor(&self, at: usize, start: usize) -> Option<u32> {
        for before in (start..at).rev().take(4) {
            let node = self.node(before);
            match node.kind {
                NodeKind::Party if node.possessive => return Some(node.slot),
                NodeKind::Word | NodeKind::Adverb => {}
                _ => return None,
            }
        }
        None
    }

    /// `was accused`, `accused by`
    fn is_passive(&self, at: usize) -> bool {
        let node = self.node(at);
        if !matches!(node.form, Form::Participle | Form::Past) {
            return false;
        }
        let start = self.unit.clause_start(at);
        let be = (start..at)
            .rev()
            .take(4)
            .map(|before| self.node(before))
            .take_while(|node| matches!(node.kind, NodeKind::Be | NodeKind::Adverb | NodeKind::Verb));
        let has_be = be.into_iter().any(|node| node.kind == NodeKind::Be);
        has_be || self.by_phrase(at).is_some()
    }

    /// Who stands after `by`.
    fn by_phrase(&self, at: usize) -> Option<u32> {
        let clause = self.node(at).clause;
        for next in at + 1..self.unit.nodes.len().min(at + 6) {
            let node = self.node(next);
            if node.clause != clause {
                return None;
            }
            if node.kind == NodeKind::Preposition {
                let by = self.scan.has(node.start as usize, crate::lexicon::words::Class::By);
                let party = (next + 1..self.unit.nodes.len().min(next + 5))
                    .find(|party| self.node(*party).kind == NodeKind::Party);
                return party.filter(|_| by).map(|party| self.node(party).slot);
            }
        }
        None
    }

    /// The party that the entry's object is.
    fn object(&self, at: usize, entry: &Entry) -> Option<u32> {
        let prepositions = match &entry.object {
            Object::After(words) => Some(words),
            _ => None,
        };
        let clausal = entry.pos == Pos::Adjective
            && self.unit.nodes.get(at + 1).is_some_and(|node| {
                node.kind == NodeKind::Party && node.slot > YOU || node.kind == NodeKind::Subordinator
            });
        let mut open = prepositions.is_none() || clausal;
        for next in at + 1..self.unit.nodes.len().min(at + 1 + OBJECT_REACH) {
            let node = self.node(next);
            let governing = prepositions.is_some_and(|words| words.contains(&self.scan.words[node.start as usize]));
            match node.kind {
                NodeKind::Preposition | NodeKind::Of | NodeKind::To | NodeKind::Subordinator if governing => {
                    open = true;
                }
                NodeKind::Subordinator if clausal && next == at + 1 => {}
                NodeKind::Party | NodeKind::Event if open && !node.possessive => return Some(node.slot),
                NodeKind::Party if open => return self.possessed(next),
                NodeKind::Determiner | NodeKind::Adverb | NodeKind::Word => {}
                // `mocked the suggestion of Marrow`
                NodeKind::Of if open && next > at + 1 && self.node(next - 1).kind == NodeKind::Word => {}
                NodeKind::Comma if node.clause == self.node(at).clause && self.node(next - 1).entry != NONE => {}
                NodeKind::And if self.node(next - 1).entry != NONE => {}
                _ if !open && matches!(node.kind, NodeKind::Party | NodeKind::Preposition | NodeKind::Of) => {}
                _ => return None,
            }
        }
        None
    }

    /// The owner stands for what is his, unless a party is: `his friend Marrow`.
    fn possessed(&self, at: usize) -> Option<u32> {
        for next in at + 1..self.unit.nodes.len().min(at + 5) {
            let node = self.node(next);
            match node.kind {
                NodeKind::Party | NodeKind::Event => return Some(node.slot),
                NodeKind::Word | NodeKind::Adverb | NodeKind::Determiner => {}
                _ => break,
            }
        }
        Some(self.node(at).slot).filter(|slot| *slot != SPEAKER)
    }

    /// Who backs an evil person is blamed; who fights one is praised.
    fn infer(&mut self) {
        for index in 0..self.acts.len() {
            let Act { agent, patient, effect, node } = self.acts[index];
            if effect == 0.0 || matches!(agent, SPEAKER | TOPIC) {
                continue;
            }
            // What somebody is accused of is no proof that he is bad: only what he is called counts.
            let called = |c: &&Contribution| matches!(c.role, Role::Modifier | Role::Predicate | Role::Possessed);
            let best = self.found.iter().filter(|c| c.slot == patient && c.node != node).filter(called);
            let best = best.copied().reduce(|a, b| if b.amount.abs() > a.amount.abs() { b } else { a });
            let Some(best) = best else { continue };
            let (factor, _) = self.shift(node as usize, true);
            let amount = effect * best.amount * self.numbers.inferred * factor.signum();
            let (through, through_amount) = (best.node, best.amount);
            let shifter = best.shifter;
            self.found.push(Contribution {
                slot: agent,
                amount,
                node,
                role: Role::Inferred,
                shifter,
                value: effect,
                factor,
                through,
                through_amount,
            });
        }
    }
}

fn as_slot(subject: Subject) -> Option<u32> {
    match subject {
        Subject::Slot(slot) => Some(slot),
        Subject::Of(slot) if slot != SPEAKER => Some(slot),
        _ => None,
    }
}
