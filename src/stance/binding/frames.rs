//! Directed words: who does or feels it, and toward whom.

use super::inference::Act;
use super::{Binder, Role};
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::stance::{Entry, Form, Meaning, Object, Pos, ShifterKind};
use crate::lexicon::words::{Class, WordId};
use crate::stance::unit::{NONE, Node, NodeKind, SPEAKER, YOU};

/// Nodes between a word and its object at the head of the sentence at most.
const FRONTED_REACH: usize = 12;
/// Nodes between a verb and its object at most.
const OBJECT_REACH: usize = 7;

impl Binder<'_> {
    /// Somebody does something to somebody.
    pub(super) fn verb(&mut self, at: usize, entry: &Entry) {
        if let Some(slot) = self.described_doer(at) {
            return self.add(at, slot, Role::Modifier, entry.value);
        }
        if self.is_spoken_of(at) {
            return self.add(at, NONE, Role::Apart, entry.value);
        }
        let passive = self.is_passive(at);
        let object = self.object(at, entry);
        // `the day before the shooting`
        let noun = self.node(at).form == Form::Ing && at > 0 && self.node(at - 1).kind == NodeKind::Determiner;
        let subject = if noun { None } else { self.unit.subject(at).party() };
        let (agent, patient) = if passive { (self.by_phrase(at), subject.or(object)) } else { (subject, object) };
        let imperative = !passive && agent.is_none() && self.node(at).form == Form::Base && self.opens_sentence(at);
        let agent = if imperative { Some(SPEAKER) } else { agent };
        let infinitive = at > 0 && self.node(at - 1).kind == NodeKind::To;
        // `calls for Marrow to back down`: in the reporter's words nobody does so yet.
        if infinitive && agent != Some(SPEAKER) && !self.node(at).inside {
            return;
        }
        if agent.is_none()
            && !passive
            && let Some(maker) = self.maker_of_thing(at)
        {
            self.add(at, maker, Role::AgentFar, entry.value);
        }
        self.act(at, entry, agent, patient, passive);
    }

    /// `a cheering crowd`: who does it stands right after the participle.
    fn described_doer(&self, at: usize) -> Option<u32> {
        let node = self.node(at);
        let article = at.checked_sub(1).is_some_and(|before| self.node(before).kind == NodeKind::Determiner);
        let next =
            self.unit.nodes.get(at + 1).filter(|next| article && node.form == Form::Ing && next.start == node.end)?;
        (next.kind == NodeKind::Party && !next.possessive).then(|| self.unit.root(next.slot))
    }

    /// `Help Marrow`, `don't help Marrow`
    fn opens_sentence(&self, at: usize) -> bool {
        let before = (0..at).rev().map(|before| self.node(before));
        let leads = |node: &Node| node.kind == NodeKind::Adverb || self.scan.has(node.start as usize, Class::Do);
        let before = before.take(3).find(|node| !leads(node));
        before.is_none_or(|node| node.kind == NodeKind::Stop || !node.inside && self.node(at).inside)
    }

    fn act(&mut self, at: usize, entry: &Entry, agent: Option<u32>, patient: Option<u32>, passive: bool) {
        let agent = agent.map(|agent| self.unit.root(agent));
        let patient = patient.map(|patient| self.unit.root(patient)).filter(|patient| Some(*patient) != agent);
        let agent = agent.map(|agent| if self.is_speakers_side(agent) { SPEAKER } else { agent });
        if let Some(lost) = agent.filter(|agent| *agent > YOU && self.unit.slots[*agent as usize].befallen) {
            // `I am devastated by the death of Marrow`
            let grieves = patient == Some(SPEAKER) && entry.value < 0.0;
            let value = if grieves { self.numbers.condemned * entry.value } else { 0.0 };
            return self.add(at, lost, Role::Patient, value);
        }
        let noun = entry.pos != Pos::Verb;
        let way = patient.map_or(1.0, |patient| self.way(at, patient));
        match (agent, patient) {
            (Some(SPEAKER), Some(patient)) => {
                let value = if entry.to_object == 0.0 { entry.of_object } else { entry.to_object };
                self.add(at, patient, Role::SourceOnTarget, way * value);
            }
            (Some(SPEAKER), None) => self.add(at, NONE, Role::Loose, 0.5 * entry.to_object),
            (Some(agent), patient) => {
                self.add(at, agent, if noun { Role::Possessed } else { Role::Agent }, entry.value);
                if patient == Some(SPEAKER) && entry.effect != 0.0 {
                    self.add(at, agent, Role::Returned, Self::in_return(entry));
                }
                if noun && patient.is_none() && entry.value == 0.0 {
                    self.add(at, NONE, Role::Loose, 0.4 * entry.tone());
                }
                if let Some(patient) = patient {
                    // `The town should thank Marrow` is the speaker's view.
                    let theirs = entry.is_view() && !self.is_demanded(at);
                    let role = if theirs { Role::Regarded } else { Role::Patient };
                    let first = self.found.len();
                    self.add(at, patient, role, way * entry.of_object);
                    // Whom `smear` wrongs is wronged by anybody.
                    let doer = if entry.of_object * entry.effect < 0.0 { NONE } else { agent };
                    self.found[first..].iter_mut().for_each(|said| said.doer = doer);
                    self.acts.push(Act { agent, patient, effect: way.signum() * entry.effect, node: at as u32 });
                }
            }
            (None, Some(patient)) if self.node(at).kind == NodeKind::Event => {
                self.add(at, patient, Role::Patient, entry.of_object);
            }
            (None, Some(patient)) if noun => {
                // `the case against Marrow`, `friends of Marrow`: that there is one, or are some, tells nothing yet.
                let told = if entry.of_object == 0.0 { 0.0 } else { self.numbers.unowned };
                let role = if self.unit.names_people(at, self.scan) { Role::Regarded } else { Role::Patient };
                self.add(at, patient, role, way * told * entry.to_object);
            }
            (None, Some(patient)) => {
                let value = if passive || entry.of_object != 0.0 { entry.of_object } else { 0.5 * entry.to_object };
                self.add(at, patient, Role::Patient, way * value);
            }
            (None, None) => self.add(at, NONE, Role::Loose, 0.4 * entry.tone()),
        }
    }

    /// `our members`, `my party`: who acts with the speaker; not `my opponent`, `our critics`.
    fn is_speakers_side(&self, agent: u32) -> bool {
        let slot = self.unit.slots[agent as usize];
        let Some(mention) = self.scan.mentions.get(slot.mention as usize) else { return false };
        let owner = slot.owner != NONE && self.unit.root(slot.owner) == SPEAKER;
        let body = matches!(mention.party_kind, PartyKind::Organisation | PartyKind::Group);
        let foes = || {
            let known = self.lexicon.longest(&self.scan.words[mention.head.clone()]);
            known.is_some_and(|(_, senses)| senses.iter().any(|sense| sense.meaning == Meaning::Allegiance(-1)))
        };
        owner && slot.inside && (body || mention.plural) && self.node(slot.node as usize).entry == NONE && !foes()
    }

    /// `supports the fight against Marrow`: what stands between a word and its object turns it.
    pub(super) fn way(&self, at: usize, patient: u32) -> f32 {
        let nodes = &self.unit.nodes;
        let ahead = at + 1..nodes.len().min(at + OBJECT_REACH);
        let party = |next: &usize| nodes[*next].kind == NodeKind::Party && self.unit.root(nodes[*next].slot) == patient;
        let Some(object) = ahead.clone().find(party) else { return 1.0 };
        let turned = (ahead.start..object).find_map(|next| self.shifter(next, ShifterKind::Reverser));
        turned.map_or(1.0, |shifter| shifter.factor)
    }

    /// What the speaker thinks of whoever does it to him, beyond what the word says: `Marrow froze me out`.
    fn in_return(entry: &Entry) -> f32 {
        let felt = 0.5 * entry.to_object;
        if felt.abs() > entry.value.abs() { felt - entry.value } else { 0.0 }
    }

    /// A noun or adjective with an object: `critics of Marrow`, `proud of her`.
    pub(super) fn noun(&mut self, at: usize, entry: &Entry) {
        let start = self.unit.clause_start(at);
        let object = self.object(at, entry);
        let owner = self.possessor(at, start);
        let holder = owner.or_else(|| self.holder(at, start));
        // `his support`: the speaker's or another's, the reporter's words leave it open.
        let unclear = !self.node(at).inside && owner == Some(SPEAKER);
        if unclear {
            return;
        }
        if object.is_none()
            && owner == Some(SPEAKER)
            && let Some(receiver) = self.receiver(at, start)
        {
            return self.act(at, entry, owner, Some(receiver), false);
        }
        if object.is_none() && entry.value != 0.0 {
            return self.evaluation(at, entry);
        }
        self.act(at, entry, holder, object, false);
    }

    /// `I have respect for her`, `she is proud of him`: the subject of the verb that governs the noun or adjective.
    pub(super) fn holder(&self, at: usize, start: usize) -> Option<u32> {
        for before in (start..at).rev().take(5) {
            match self.node(before).kind {
                NodeKind::Be | NodeKind::Link | NodeKind::Verb => return self.unit.subject(before).party(),
                NodeKind::Determiner | NodeKind::Adverb | NodeKind::Word => {}
                _ => return None,
            }
        }
        None
    }

    /// `Marrow has my support`, `Marrow lost our trust`: who has what is the speaker's.
    fn receiver(&self, at: usize, start: usize) -> Option<u32> {
        let phrase = |node: Node| {
            matches!(node.kind, NodeKind::Word | NodeKind::Adverb | NodeKind::Determiner)
                || node.kind == NodeKind::Party && node.possessive
        };
        let verb = (start..at).rev().take(5).find(|before| !phrase(self.node(*before)))?;
        let node = self.node(verb);
        let party = self.unit.subject(verb).party().filter(|slot| self.unit.root(*slot) > YOU)?;
        (node.kind == NodeKind::Verb && node.inside && node.entry == NONE && !node.says).then_some(party)
    }

    pub(super) fn possessor(&self, at: usize, start: usize) -> Option<u32> {
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
    pub(super) fn is_passive(&self, at: usize) -> bool {
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
        // `should be` is one node.
        let is_be = |node: Node| node.kind == NodeKind::Be || self.scan.has(node.end as usize - 1, Class::Be);
        let has_be = be.into_iter().any(is_be);
        has_be || self.by_phrase(at).is_some()
    }

    /// Who stands after `by`.
    pub(super) fn by_phrase(&self, at: usize) -> Option<u32> {
        let clause = self.node(at).clause;
        for next in at + 1..self.unit.nodes.len().min(at + 6) {
            let node = self.node(next);
            if node.clause != clause {
                return None;
            }
            if node.kind == NodeKind::Preposition {
                let by = self.scan.has(node.start as usize, Class::By);
                let party = (next + 1..self.unit.nodes.len().min(next + 5))
                    .find(|party| self.node(*party).kind == NodeKind::Party);
                return party.filter(|_| by).map(|party| self.node(party).slot);
            }
        }
        None
    }

    /// The party that the entry's object is.
    pub(super) fn object(&self, at: usize, entry: &Entry) -> Option<u32> {
        let prepositions = match &entry.object {
            Object::After(words) => Some(words),
            _ => None,
        };
        let clausal = entry.pos == Pos::Adjective
            && self.unit.nodes.get(at + 1).is_some_and(|node| {
                node.kind == NodeKind::Party && node.slot > YOU || node.kind == NodeKind::Subordinator
            });
        let whom = || self.unit.relative_object(at).filter(|_| !self.is_passive(at));
        if entry.object == Object::Described
            && let Some(described) = whom()
        {
            return Some(described);
        }
        let mut open = prepositions.is_none() || clausal;
        let first = self.past_naming(at);
        for next in first..self.unit.nodes.len().min(first + OBJECT_REACH) {
            let node = self.node(next);
            let governing = prepositions.is_some_and(|words| words.contains(&self.scan.words[node.start as usize]));
            match node.kind {
                NodeKind::Preposition | NodeKind::Of | NodeKind::To | NodeKind::Subordinator if governing => {
                    open = true;
                }
                NodeKind::Subordinator if clausal && next == at + 1 => {}
                // `praised Redmoor officials`
                NodeKind::Party if open && !node.possessive && self.unit.is_attribute(next) => {}
                NodeKind::Party | NodeKind::Event if open && !node.possessive => return Some(node.slot),
                NodeKind::Party if open => return self.possessed(next),
                // `condemned the campaign against Marrow`: what a phrase leads to is its object.
                NodeKind::Word if entry.pos == Pos::Verb && self.leads_to_object(node) => break,
                NodeKind::Determiner | NodeKind::Adverb | NodeKind::Word => {}
                // `mocked the suggestion of Marrow`
                NodeKind::Of if open && next > at + 1 && self.node(next - 1).kind == NodeKind::Word => {}
                // `“I thank,” Dessan said`
                NodeKind::Comma if self.closes_quotation(next) => return self.fronted(at, prepositions),
                NodeKind::Comma if node.clause == self.node(at).clause && self.node(next - 1).entry != NONE => {}
                NodeKind::And if self.node(next - 1).entry != NONE => {}
                _ if !open && matches!(node.kind, NodeKind::Party | NodeKind::Preposition | NodeKind::Of) => {}
                _ => break,
            }
        }
        let open = |next: &Node| !matches!(next.kind, NodeKind::Word | NodeKind::Determiner | NodeKind::Party);
        let bare = || entry.object == Object::Direct && self.unit.nodes.get(at + 1).is_none_or(open);
        let taken = || whom().filter(|_| entry.pos == Pos::Verb && bare());
        self.fronted(at, prepositions).or_else(taken)
    }

    /// `campaign against`: a noun phrase with the word that leads to its object.
    fn leads_to_object(&self, node: Node) -> bool {
        let entry = self.lexicon.entries.get(node.entry as usize);
        node.end > node.start + 1 && entry.is_some_and(|e| e.pos == Pos::Noun && e.object == Object::Direct)
    }

    /// `criticized what he called Marrow's retreat`: where the object of a verb begins, after the words by which the speaker
    /// names it.
    fn past_naming(&self, verb: usize) -> usize {
        let node = |at: usize| self.unit.nodes.get(at).copied();
        let entered = self.scan.has(self.node(verb).end as usize - 1, Class::Subordinator);
        let what = entered || node(verb + 1).is_some_and(|what| what.kind == NodeKind::Subordinator);
        let he = verb + if entered { 1 } else { 2 };
        let speaker = node(he).is_some_and(|he| he.kind == NodeKind::Party && he.slot == SPEAKER);
        let calls = node(he + 1).is_some_and(|verb| verb.says || self.describes(verb));
        match node(he + 2).map(|next| next.kind) {
            _ if !what || !speaker || !calls => verb + 1,
            // `what he described as`
            Some(NodeKind::Preposition) => he + 3,
            _ => he + 2,
        }
    }

    /// Whether the quotation ends after a node.
    fn closes_quotation(&self, at: usize) -> bool {
        self.node(at).inside && self.unit.nodes.get(at + 1).is_some_and(|next| !next.inside)
    }

    /// `Without Marrow, we are lost`: the words that lead to the object open the sentence.
    fn fronted(&self, at: usize, prepositions: Option<&Vec<WordId>>) -> Option<u32> {
        let sentence = self.node(at).sentence;
        let far = at.saturating_sub(FRONTED_REACH);
        let first = (far..at).find(|first| self.node(*first).sentence == sentence && self.node(*first).inside)?;
        let opens = first == 0 || self.node(first - 1).sentence != sentence || !self.node(first - 1).inside;
        let governs = prepositions?.contains(&self.scan.words[self.node(first).start as usize]);
        let party = self.unit.nodes.get(first + 1).filter(|_| opens && governs && first + 1 < at)?;
        (party.kind == NodeKind::Party && !party.possessive && party.slot > YOU).then_some(party.slot)
    }

    /// The owner stands for what is his, unless a party is: `his friend Marrow`.
    fn possessed(&self, at: usize) -> Option<u32> {
        for next in at + 1..self.unit.nodes.len().min(at + 5) {
            let node = self.node(next);
            match node.kind {
                NodeKind::Party | NodeKind::Event if node.inside == self.node(at).inside => return Some(node.slot),
                NodeKind::Word | NodeKind::Adverb | NodeKind::Determiner => {}
                _ => break,
            }
        }
        Some(self.node(at).slot).filter(|slot| *slot != SPEAKER)
    }
}
