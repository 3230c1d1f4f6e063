//! A quotation and the reporter's part of its sentence as a row of nodes: parties, the words that the stance lexicon
//! knows, and the grammar between them. Finds subjects by their signs; binds nothing.

use crate::entities::EntityId;
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::stance::Form;
use crate::lexicon::words::{Class, Classes};
use crate::scan::Scan;
use crate::scan::mention::MentionKind;

/// No node, slot or entry.
pub const NONE: u32 = u32::MAX;
/// The slot of the speaker: `I`, `we`, and the speaker's name outside.
pub const SPEAKER: u32 = 0;
/// The slot of `this`, `that`, `it`: what the talk is of.
pub const TOPIC: u32 = 1;
/// The slot of `you`.
pub const YOU: u32 = 2;

/// Nodes of a clause that are looked at before a word, so that one without end costs linear time.
pub(super) const CLAUSE_REACH: usize = 80;
/// Clauses that are gone back through for a subject, at most, and those of them that go on with the one before.
const SUBJECT_CLAUSES: usize = 12;
const SUBJECT_DEPTH: usize = 4;
/// Slots each of which means what the next one does that are followed, at most.
const MOST_LINKS: usize = 64;
/// What governs the noun behind it.
pub const GOVERNING: Classes = Classes::of(&[Class::Of, Class::To, Class::By, Class::Preposition]);
/// Nodes between a party and the verb whose object it is, at most, and the verb.
pub const PHRASE_REACH: usize = 4;

/// What a node is in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// A party, the speaker, `it` or `you`: [`Node::slot`] tells.
    Party,
    /// A deed or happening that somebody did: `strike`.
    Event,
    /// A form of be.
    Be,
    /// A verb like be: `seems`.
    Link,
    /// Any other verb, auxiliaries too.
    Verb,
    /// `would`, `can`
    Modal,
    /// A preposition, `by` too.
    Preposition,
    /// `of`
    Of,
    /// `to`
    To,
    /// `,`
    Comma,
    /// `;`, a dash, a bracket.
    Break,
    /// The end of a sentence.
    Stop,
    /// `and`, `but`
    And,
    /// `because`, `that` before a clause.
    Subordinator,
    /// `who`, `which`, `that` after a noun.
    Relative,
    /// `the`, `a`
    Determiner,
    /// An adverb or shifter.
    Adverb,
    /// Any other word.
    Word,
}

/// A word, phrase or party.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// The party or event, an index of [`Unit::slots`].
    pub slot: u32,
    /// An index of the stance lexicon's entries.
    pub entry: u32,
    /// In which form the entry stands there.
    pub form: Form,
    /// An index of the stance lexicon's shifters.
    pub shifter: u32,
    /// An index of [`Unit::clauses`].
    pub clause: u32,
    /// Counts the sentences of the unit.
    pub sentence: u32,
    /// Whether it stands within the quotation.
    pub inside: bool,
    /// Whether a party is an owner: `Trump's`, `his`, `Russian`.
    pub possessive: bool,
    /// Whether it is a verb of saying or thinking.
    pub says: bool,
}

/// A party, event or role that words can be bound to.
#[allow(clippy::struct_excessive_bools)] // Independent facts, each asked for by itself.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// An index of [`crate::scan::Scan::mentions`].
    pub mention: u32,
    /// Whom it means, where that is known.
    pub entity: Option<EntityId>,
    /// The kind of event, an index of the lexicon's event kinds.
    pub event: Option<u8>,
    /// Another slot that means the same, or itself.
    pub alias: u32,
    /// Whose it is: `Russia` of `Russia's leaders`.
    pub owner: u32,
    /// Its node.
    pub node: u32,
    /// Whether it stands within the quotation.
    pub inside: bool,
    /// Named by a common noun.
    pub described: bool,
    /// Named by a pronoun: `they`.
    pub pronoun: bool,
    /// A description without a name: `a person`.
    pub unnamed: bool,
    /// Only what befell it is spoken of: `the murder of Marrow`.
    pub befallen: bool,
}

/// A stretch with at most one subject and verb.
#[derive(Clone, Copy, Debug)]
pub struct Clause {
    /// First node.
    pub start: u32,
    /// Of a relative clause the slot that it describes.
    pub relative: u32,
    /// Whether it goes on with the subject of the clause before.
    pub inherits: bool,
    /// Counts the sentences of the unit.
    pub sentence: u32,
}

/// What is read of one quotation. Kept and refilled, so that nothing is allocated a token.
#[derive(Clone, Debug, Default)]
pub struct Unit {
    /// In text order.
    pub nodes: Vec<Node>,
    /// The first three are [`SPEAKER`], [`TOPIC`] and [`YOU`].
    pub slots: Vec<Slot>,
    /// In text order.
    pub clauses: Vec<Clause>,
    /// The nodes that are parties; `that` is no longer one where it turns out to be another word.
    pub parties: Vec<usize>,
    /// The nodes with an entry or a shifter.
    pub hits: Vec<usize>,
}

/// The subject of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A party or event.
    Slot(u32),
    /// Something of a party: `his policies`.
    Of(u32),
    /// Something else.
    Thing,
    /// None in sight.
    Missing,
}

/// Where a subject is looked for.
#[derive(Clone, Copy)]
struct Look {
    /// One past the last node that may be it.
    end: usize,
    /// An index of [`Unit::clauses`].
    clause: usize,
    /// How many clauses were gone back through, each going on with the one before.
    depth: usize,
}

impl Subject {
    /// The party that it is, or whose it is unless the speaker's.
    #[must_use]
    pub fn party(self) -> Option<u32> {
        match self {
            Subject::Slot(slot) => Some(slot),
            Subject::Of(slot) if slot != SPEAKER => Some(slot),
            _ => None,
        }
    }
}

impl Unit {
    /// Empties it.
    pub fn clear(&mut self) {
        self.nodes.clear();
        self.slots.clear();
        self.clauses.clear();
        self.parties.clear();
        self.hits.clear();
    }

    /// The slot that stands for all with the same meaning.
    #[must_use]
    pub fn root(&self, slot: u32) -> u32 {
        let mut slot = slot;
        for _ in 0..MOST_LINKS {
            let alias = self.slots[slot as usize].alias;
            if alias == slot {
                break;
            }
            slot = alias;
        }
        slot
    }

    /// Makes `slot` mean what `other` means.
    pub fn alias(&mut self, slot: u32, other: u32) {
        let (from, to) = (self.root(slot), self.root(other));
        if from != to && from > YOU {
            self.slots[from as usize].alias = to;
        }
    }

    pub(super) fn new_slot(&mut self, mention: u32, entity: Option<EntityId>) -> u32 {
        let slot = self.slots.len() as u32;
        let node = self.nodes.len() as u32;
        self.slots.push(Slot {
            mention,
            entity,
            event: None,
            alias: slot,
            owner: NONE,
            node,
            inside: false,
            described: false,
            pronoun: false,
            unnamed: false,
            befallen: false,
        });
        slot
    }

    /// The subject of the verb at node `verb`.
    #[must_use]
    pub fn subject(&self, verb: usize) -> Subject {
        // `called on Marrow to resign`, `not to resign`
        let not = verb.checked_sub(2).is_some_and(|before| self.nodes[before].kind == NodeKind::Adverb);
        if let Some(party) = verb.checked_sub(2 + usize::from(not)).map(|before| self.nodes[before])
            && self.nodes[verb - 1].kind == NodeKind::To
            && party.kind == NodeKind::Party
            && !party.possessive
            && party.clause == self.nodes[verb].clause
        {
            return Subject::Slot(party.slot);
        }
        self.subject_before(verb)
    }

    /// `Marrow, whom voters call a liar`: whom the verb of a relative clause with a subject of its own is about.
    #[must_use]
    pub fn relative_object(&self, verb: usize) -> Option<u32> {
        let relative = self.clauses[self.nodes[verb].clause as usize].relative;
        let subject = (relative != NONE).then(|| self.subject(verb).party())??;
        (self.root(subject) != self.root(relative)).then_some(relative)
    }

    fn subject_before(&self, verb: usize) -> Subject {
        let mut look = Look { end: verb, clause: self.nodes[verb].clause as usize, depth: 0 };
        for _ in 1..SUBJECT_CLAUSES {
            match self.subject_within(look) {
                (_, Some(next)) => look = next,
                (subject, None) => return subject,
            }
        }
        self.subject_within(look).0
    }

    /// The subject that a clause names, and where to look on if it is that of a clause before.
    fn subject_within(&self, look: Look) -> (Subject, Option<Look>) {
        let Look { end, clause, depth } = look;
        let Clause { start, relative, inherits, .. } = self.clauses[clause];
        if depth == 0 && relative != NONE && self.is_said_by_another(start as usize, end) {
            return (Subject::Slot(relative), None);
        }
        let (mut owner, mut thing, mut first) = (Subject::Missing, false, Subject::Missing);
        for at in (start as usize..end).rev().take(CLAUSE_REACH) {
            let node = self.nodes[at];
            match node.kind {
                NodeKind::Party | NodeKind::Event if node.possessive => owner = Subject::Of(node.slot),
                NodeKind::Party if self.is_attribute(at) => {}
                NodeKind::Party | NodeKind::Event => match self.governor(at, start as usize) {
                    None if self.is_done_to(at, start as usize) => thing = true,
                    None if self.is_address(at) => {}
                    // `who attacked Marrow is`
                    None if depth == 0 && self.is_object_of_relative(at, start as usize) => thing |= relative == NONE,
                    // `Dessan helped Marrow and lied`
                    None if depth > 0 && self.is_object(at, start as usize) => {}
                    // `Dessan gave Marrow a ring and lied`: the first one is who did both.
                    None if depth > 0 => first = Subject::Slot(node.slot),
                    None => return (Subject::Slot(node.slot), None),
                    // `Marrow, of Redmoor, was`
                    Some(of) if of == start as usize && inherits => {}
                    Some(of) if self.nodes[of].kind == NodeKind::Of => owner = Subject::Of(node.slot),
                    Some(_) => {}
                },
                // `Marrow said the flood was`: what follows the verb is a clause of its own.
                NodeKind::Verb if node.says && (thing && depth == 0 || first != Subject::Missing) => break,
                NodeKind::Word if node.form == Form::Ing && node.entry == NONE => {}
                NodeKind::Word if inherits && self.tells_when(at, start as usize) => {}
                NodeKind::Word if node.entry == NONE => thing = true,
                NodeKind::Word => thing |= owner == Subject::Missing && relative == NONE,
                _ => {}
            }
        }
        let found = match () {
            () if first != Subject::Missing => first,
            () if relative != NONE => Subject::Slot(relative),
            () => owner,
        };
        if found != Subject::Missing {
            return (found, None);
        }
        let goes_on = inherits
            && clause > 0
            && depth < SUBJECT_DEPTH
            && (!thing || depth > 0 && self.is_verbless(start as usize, end));
        let subject = if thing { Subject::Thing } else { Subject::Missing };
        (subject, goes_on.then(|| self.look_before(look)))
    }

    /// `the clinic that Marrow said was safe`: who says so right before a verb is not its subject.
    fn is_said_by_another(&self, start: usize, end: usize) -> bool {
        let Some([party, says]) = self.nodes[start..end].last_chunk() else { return false };
        says.kind == NodeKind::Verb && says.says && party.kind == NodeKind::Party && !party.possessive
    }

    /// Where the subject stands of a clause that goes on with that of one before.
    fn look_before(&self, look: Look) -> Look {
        let Look { end, clause, depth } = look;
        let start = self.clauses[clause].start as usize;
        let mut nodes = self.nodes[start..=end].iter().take(CLAUSE_REACH);
        let mut opens = || nodes.find(|node| node.kind != NodeKind::Adverb);
        if clause > 1 && opens().is_some_and(|node| is_verbal(node.kind)) && self.is_inserted(clause - 1) {
            // As if nothing stood between.
            return Look { end: self.clauses[clause - 1].start as usize, clause: clause - 2, depth };
        }
        let before = clause - 1 - usize::from(clause > 1 && self.is_aside(clause - 1));
        Look { end: self.clauses[before + 1].start as usize, clause: before, depth: depth + 1 }
    }

    /// `The mayor, Ann Lee, on Monday accused`: a word right behind a preposition that opens the clause does nothing itself.
    fn tells_when(&self, at: usize, start: usize) -> bool {
        at == start + 1 && self.nodes[start].kind == NodeKind::Preposition
    }

    /// `, she said on Monday,`: a clause between two commas that only tells who says so.
    fn is_aside(&self, clause: usize) -> bool {
        let (start, end) = (self.clauses[clause].start as usize, self.clauses[clause + 1].start as usize);
        let nodes = &self.nodes[start..end];
        let commas =
            start > 0 && self.nodes[start - 1].kind == NodeKind::Comma && self.nodes[end - 1].kind == NodeKind::Comma;
        let says = nodes.iter().take(2).any(|node| node.says);
        commas && says && nodes.len() <= CLAUSE_REACH && nodes.iter().any(|node| node.slot == SPEAKER)
    }

    /// `The vote, held in the hall, was`: a participle or place between two commas.
    fn is_inserted(&self, clause: usize) -> bool {
        let (start, end) = (self.clauses[clause].start as usize, self.clauses[clause + 1].start as usize);
        let comma = |at: usize| self.nodes[at].kind == NodeKind::Comma;
        let first = self.nodes[start];
        start > 0
            && comma(start - 1)
            && comma(end - 1)
            && (matches!(first.kind, NodeKind::Verb | NodeKind::Preposition) || first.form == Form::Ing)
    }

    /// `Marrow, of Mill Lane, Redmoor, was`: a place that tells where another is.
    fn is_address(&self, at: usize) -> bool {
        let kind = |at: Option<usize>| at.and_then(|at| self.nodes.get(at)).map(|node| node.kind);
        let before = |back: usize| kind(at.checked_sub(back));
        let place = matches!(before(3), Some(NodeKind::Of | NodeKind::Preposition));
        let commas = before(1) == Some(NodeKind::Comma) && kind(Some(at + 1)) == Some(NodeKind::Comma);
        commas && place && before(2) == Some(NodeKind::Party)
    }

    /// `to leave Marrow`: the object of an infinitive.
    fn is_done_to(&self, at: usize, start: usize) -> bool {
        let kind = |before: usize| at.checked_sub(before).filter(|at| *at >= start).map(|at| self.nodes[at].kind);
        kind(1) == Some(NodeKind::Verb) && kind(2) == Some(NodeKind::To)
    }

    /// `helped Marrow`, `runs the Mill Guild`, `found a small group`: a verb that does not report stands before it.
    fn is_object(&self, at: usize, start: usize) -> bool {
        let phrase = |node: &Node| {
            matches!(node.kind, NodeKind::Determiner | NodeKind::Word | NodeKind::Adverb)
                || node.kind == NodeKind::Party && node.possessive
        };
        let before = self.nodes[start..at].iter().rev().take(PHRASE_REACH).find(|node| !phrase(node));
        before.is_some_and(|node| node.kind == NodeKind::Verb && !node.says)
    }

    fn is_object_of_relative(&self, at: usize, start: usize) -> bool {
        let opens = start.checked_sub(1).is_some_and(|who| self.nodes[who].kind == NodeKind::Relative);
        opens && self.is_object(at, start)
    }

    /// `, 50,`: a clause that only describes.
    fn is_verbless(&self, start: usize, end: usize) -> bool {
        !self.nodes[start..end].iter().rev().take(CLAUSE_REACH).any(|node| is_verbal(node.kind))
    }

    /// The preposition that governs the noun phrase with the node `at`.
    #[must_use]
    pub fn preposition_before(&self, at: usize, start: usize) -> Option<usize> {
        for before in (start..at).rev().take(4) {
            let node = self.nodes[before];
            match node.kind {
                NodeKind::Preposition | NodeKind::Of | NodeKind::To => {
                    return Some(before).filter(|_| !self.is_after_opening(at, before, start));
                }
                NodeKind::Determiner | NodeKind::Adverb | NodeKind::Word => {}
                NodeKind::Party if node.possessive => {}
                _ => return None,
            }
        }
        None
    }

    /// `For years Marrow lied`: what the preposition that opens the clause governs ends before the party, which does something.
    fn is_after_opening(&self, at: usize, preposition: usize, start: usize) -> bool {
        let node = self.nodes[at];
        let noun = at > preposition + 1 && self.nodes[at - 1].kind == NodeKind::Word;
        let party = node.kind == NodeKind::Party && !node.possessive && node.slot != TOPIC;
        // `year after year they lied`
        let pronoun = || self.slots.get(node.slot as usize).is_some_and(|slot| slot.pronoun);
        let opens = || self.nodes[start..preposition].iter().all(|node| node.kind == NodeKind::Adverb);
        if !noun || !party || !(pronoun() || opens()) {
            return false;
        }
        let next = self.nodes[at + 1..].iter().take(PHRASE_REACH).find(|node| node.kind != NodeKind::Adverb);
        next.is_some_and(|next| is_verbal(next.kind) && next.form != Form::Ing && next.clause == node.clause)
    }

    /// The preposition that governs a party, also where it only tells which: `in the Redmoor hall`, `in winning the hall`.
    fn governor(&self, at: usize, start: usize) -> Option<usize> {
        let at = at - usize::from(at > start && self.is_attribute(at - 1));
        let phrase =
            |at: &usize| matches!(self.nodes[*at].kind, NodeKind::Determiner | NodeKind::Word | NodeKind::Adverb);
        let verb = (start..at)
            .rev()
            .take(PHRASE_REACH)
            .find(|before| !phrase(before) || self.nodes[*before].form == Form::Ing);
        let verb = verb.filter(|verb| self.nodes[*verb].form == Form::Ing && !self.nodes[*verb].says);
        let leads = |at: &usize| matches!(self.nodes[*at].kind, NodeKind::Preposition | NodeKind::Of);
        let before = verb.and_then(|verb| verb.checked_sub(1)).filter(|before| *before >= start && leads(before));
        before.or_else(|| self.preposition_before(at, start))
    }

    /// `the Redmoor neighbourhood`, `Redmoor primary voters`: a name that only tells which party is meant, before it.
    #[must_use]
    pub fn is_attribute(&self, at: usize) -> bool {
        let node = self.nodes[at];
        // `In it she thanked`: a pronoun is none, nor has the speaker any.
        let named = self.slots.get(node.slot as usize).is_some_and(|slot| slot.entity.is_some());
        if node.kind != NodeKind::Party || node.possessive || !named {
            return false;
        }
        let word = |node: &&Node| matches!(node.kind, NodeKind::Word | NodeKind::Adverb);
        let words = self.nodes[at + 1..].iter().take(PHRASE_REACH).take_while(word).count();
        let next = self.nodes.get(at + 1 + words).filter(|next| next.kind == NodeKind::Party && next.slot > YOU);
        next.is_some_and(|next| next.start == node.end || self.slots[next.slot as usize].owner == node.slot)
    }

    /// `Marrow said`: whether the party at a node is the one who says so.
    #[must_use]
    pub fn reports(&self, at: usize) -> bool {
        let after = self.nodes[at + 1..].iter().take(CLAUSE_REACH).find(|node| node.kind != NodeKind::Adverb);
        !self.nodes[at].possessive && after.is_some_and(|node| node.says)
    }

    /// `friends of Marrow`: whether the word at a node names people.
    #[must_use]
    pub fn names_people(&self, at: usize, scan: &Scan) -> bool {
        let slot = self.slots.get(self.nodes[at].slot as usize);
        let mention = slot.and_then(|slot| scan.mentions.get(slot.mention as usize));
        mention.is_some_and(|mention| mention.kind == MentionKind::Nominal && mention.party_kind == PartyKind::Person)
    }

    /// The first node of a node's clause.
    #[must_use]
    pub fn clause_start(&self, at: usize) -> usize {
        self.clauses[self.nodes[at].clause as usize].start as usize
    }
}

/// What a predicate may begin with.
pub(super) const fn is_verbal(kind: NodeKind) -> bool {
    matches!(kind, NodeKind::Verb | NodeKind::Be | NodeKind::Link | NodeKind::Modal)
}
