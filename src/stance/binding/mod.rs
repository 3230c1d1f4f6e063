//! Binds every stance word of a unit to whom it is about: the party that it describes, that does it, that it is done to.
//! Negators and the like change its value on the way. Knows nothing of targets; sums nothing.

mod causes;
mod comparison;
mod evaluation;
mod frames;
mod inference;
mod judged;
mod shifts;
mod weighing;

use std::ops::Range;

use smallvec::SmallVec;

use super::unit::{NONE, Node, Unit};
use crate::lexicon::stance::{Numbers, Object, Pos, StanceLexicon};
use crate::scan::Scan;
use inference::Act;

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
    /// Somebody else thinks so of it: `voters favor X`.
    Regarded,
    /// The speaker does it to it: `I support X`.
    SourceOnTarget,
    /// It does it to the speaker.
    Returned,
    /// It backs or fights whom the speaker thinks well or ill of.
    Inferred,
    /// Said of another with whom it is compared.
    Compared,
    /// It brings it about: `because of X, we are safe`.
    Caused,
    /// It is told to do so.
    Demanded,
    /// Happens to somebody.
    State,
    /// Of something else in the sentence.
    Thing,
    /// Of what it speaks of or lives through: `X spoke about the scandal`.
    Apart,
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
            Role::Regarded => "what others think of it",
            Role::SourceOnTarget => "done to it by the speaker",
            Role::Returned => "it does it to the speaker",
            Role::Inferred => "by whom it backs or fights",
            Role::Compared => "of another whom it is compared with",
            Role::Caused => "it brings it about",
            Role::Demanded => "it is told to",
            Role::State => "happens to somebody",
            Role::Thing => "of a thing",
            Role::Apart => "of what it speaks of or lives through",
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
    /// Of what is done to a party: the slot of who does it, [`NONE`] if nobody is in sight.
    pub doer: u32,
    /// Whether somebody else in the quotation says so.
    pub nested: bool,
    /// Whether somebody else in the quotation calls the party so.
    pub called: bool,
}

impl Contribution {
    /// Of a role that no lexicon value stands behind.
    fn of(node: usize, slot: u32, role: Role, amount: f32) -> Self {
        let (node, value) = (node as u32, amount);
        Self {
            slot,
            amount,
            node,
            role,
            shifter: NONE,
            value,
            factor: 1.0,
            through: NONE,
            through_amount: 0.0,
            doer: NONE,
            nested: false,
            called: false,
        }
    }
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

/// Puts what the words of a unit say into `found`, in text order, inferences last.
pub fn bind(unit: &Unit, scan: &Scan, lexicon: &StanceLexicon, reported: Reported, found: &mut Vec<Contribution>) {
    found.clear();
    if unit.hits.is_empty() {
        return;
    }
    let numbers = &lexicon.numbers;
    let (acts, shifters) = (SmallVec::new(), SmallVec::new());
    let mut binder = Binder { unit, scan, lexicon, numbers, reported, found, acts, shifters };
    let (mut deeds, mut nouns): (SmallVec<[usize; 8]>, SmallVec<[usize; 8]>) = (SmallVec::new(), SmallVec::new());
    for at in unit.hits.iter().copied() {
        let node = unit.nodes[at];
        if node.shifter != NONE {
            binder.shifters.push(at);
        }
        if node.entry == NONE {
            continue;
        }
        let entry = &lexicon.entries[node.entry as usize];
        match (&entry.object, entry.pos) {
            // Of the reporter's words only what somebody does to somebody counts, unless they retell the speaker's.
            (Object::None, _) if !node.inside && reported != Reported::Retold => {}
            (Object::None, Pos::State) => binder.state(at, entry),
            (Object::None, Pos::Verb) => binder.deed(at, entry),
            (Object::None, _) => binder.evaluation(at, entry),
            (_, Pos::Verb) => {
                binder.verb(at, entry);
                deeds.push(at);
            }
            (_, pos) => {
                binder.noun(at, entry);
                if pos == Pos::Noun {
                    nouns.push(at);
                }
            }
        }
    }
    binder.judge(&deeds);
    binder.judge_nouns(&nouns);
    binder.judge_done();
    binder.mock();
    if !binder.shifters.is_empty() {
        binder.demand();
        binder.grant();
        binder.cause();
        binder.single_out();
        binder.compare();
    }
    binder.infer();
    binder.blame(&deeds);
}

struct Binder<'a> {
    unit: &'a Unit,
    scan: &'a Scan,
    lexicon: &'a StanceLexicon,
    numbers: &'a Numbers,
    reported: Reported,
    found: &'a mut Vec<Contribution>,
    acts: SmallVec<[Act; 8]>,
    /// The nodes with a shifter.
    shifters: SmallVec<[usize; 8]>,
}

/// Which contributions, in text order, are of the nodes.
fn found_within(found: &[Contribution], nodes: Range<usize>) -> Range<usize> {
    let first = found.partition_point(|contribution| (contribution.node as usize) < nodes.start);
    let length = found[first..].partition_point(|contribution| (contribution.node as usize) < nodes.end);
    first..first + length
}

impl Binder<'_> {
    fn node(&self, at: usize) -> Node {
        self.unit.nodes[at]
    }
}

#[cfg(test)]
mod tests;
