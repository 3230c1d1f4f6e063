//! Words to nodes: by what the stance lexicon and their classes say they are where they stand.

use super::{Builder, Reader};
use crate::lexicon::sets::{AUXILIARIES, CUES, FINITE_VERBS};
use crate::lexicon::spelling::{Ending, Shape, Spelling};
use crate::lexicon::stance::{Form, Kinds, Known, Meaning, Object, Opening, Pos, Sense, ShifterKind};
use crate::lexicon::words::{Class, Classes};
use crate::scan::token::TokenKind;
use crate::stance::unit::{NONE, Node, NodeKind, SPEAKER, TOPIC, YOU};

const AUXILIARY: Classes = Classes::of(&[Class::Verb, Class::Have, Class::Do]);
/// Words that are more than a word or verb.
const GRAMMAR: Classes = Classes::of(&[
    Class::That,
    Class::And,
    Class::Be,
    Class::Modal,
    Class::To,
    Class::Of,
    Class::Determiner,
    Class::Preposition,
    Class::By,
    Class::Subordinator,
    Class::Adverb,
    Class::Negator,
]);
/// Adverbs in a row that are passed over, at most.
const MOST_ADVERBS: usize = 12;
/// Letters of a word that is too short for its ending to tell: `shed`, `king`, `only`.
const LONGEST_STEMLESS: usize = 4;
/// Letters before the ending of a gerund, at least: not `king`.
const SHORTEST_STEM: usize = 2;

impl Builder<'_> {
    /// A word or phrase that the stance lexicon has.
    pub(super) fn known(&mut self, at: usize, known: Known<'_>) -> usize {
        let Known { length, senses, kinds } = known;
        let end = at + length;
        if kinds.any(Kinds::MASK) {
            for at in at..end {
                self.plain(at);
            }
            return end;
        }
        let entry = self.choose(known, false, at);
        let entry = entry.filter(|sense| !self.is_a(*sense, Pos::Noun) || !self.reports(at, end));
        let event = if kinds.any(Kinds::EVENT) { self.event(senses) } else { None };
        let event = event.filter(|_| !self.is_predicate(entry));
        if event.is_none() && entry.is_none() && length > 1 && !kinds.any(Kinds::GRAMMAR) {
            return match self.reader.lexicons.stance.known(&self.reader.scan.words[at..=at]) {
                Some(first) => self.known(at, first),
                None => self.plain(at),
            };
        }
        if event.is_none() && entry.is_none() {
            return self.plain_known(at, end, senses);
        }
        if let Some(kind) = event {
            let slot = self.unit.new_slot(NONE, None);
            (self.unit.slots[slot as usize].event, self.unit.slots[slot as usize].inside) =
                (Some(kind), self.inside.contains(&at));
            self.push(NodeKind::Event, at, end);
            if let Some(node) = self.unit.nodes.last_mut() {
                node.slot = slot;
            }
        }
        let Some(Sense { meaning: Meaning::Entry(entry), form }) = entry else { return end };
        let pos = self.reader.lexicons.stance.pos(entry);
        if event.is_none() {
            self.push(if pos == Pos::Verb { NodeKind::Verb } else { NodeKind::Word }, at, end);
        }
        // `should have`: a demand that blames by itself, and turns the praise after it.
        self.set_entry(entry, form);
        if kinds.any(Kinds::SHIFTER) {
            self.set_shifter(senses);
        }
        end
    }

    fn set_shifter(&mut self, senses: &[Sense]) {
        let shifter = senses.iter().find_map(|sense| match sense.meaning {
            Meaning::Shifter(shifter) => Some(shifter),
            _ => None,
        });
        if let (Some(node), Some(shifter)) = (self.unit.nodes.last_mut(), shifter) {
            node.shifter = shifter;
        }
    }

    /// A shifter, or a word that links.
    fn plain_known(&mut self, at: usize, end: usize, senses: &[Sense]) -> usize {
        let classes = self.reader.scan.classes[at];
        if end == at + 1 {
            self.plain(at);
        } else {
            self.push(NodeKind::Adverb, at, end);
        }
        let is_a = |kind: ShifterKind| {
            let shifters = &self.reader.lexicons.stance.shifters;
            senses.iter().any(
                |sense| matches!(sense.meaning, Meaning::Shifter(shifter) if shifters[shifter as usize].kind == kind),
            )
        };
        // `even though`; `know if`, what is asked
        let asks = || self.reader.scan.has(end - 1, Class::Subordinator) && is_a(ShifterKind::Modal);
        let opens = end > at + 1 && (is_a(ShifterKind::Concession) || asks());
        let inside = self.inside.contains(&at);
        let speaks =
            classes.any(CUES.with(Classes::of(&[Class::Verb]))) || self.reader.scan.glances[at].shape.has(Shape::ING);
        for sense in senses {
            if matches!(sense.meaning, Meaning::Shifter(_)) {
                self.note_hit();
            }
            let last = self.unit.nodes.len() - 1;
            let node = &mut self.unit.nodes[last];
            match sense.meaning {
                Meaning::Shifter(shifter) => {
                    node.shifter = shifter;
                    let kind = self.reader.lexicons.stance.shifters[shifter as usize].kind;
                    if node.kind == NodeKind::Word
                        && !matches!(
                            kind,
                            ShifterKind::Reverser | ShifterKind::Factive | ShifterKind::Causing | ShifterKind::Making
                        )
                    {
                        node.kind = NodeKind::Adverb;
                    }
                    if matches!(kind, ShifterKind::Causing | ShifterKind::Making)
                        && classes.any(Classes::of(&[Class::Verb]))
                    {
                        node.kind = NodeKind::Verb;
                    }
                    match kind {
                        ShifterKind::Cause if end > at + 1 => node.kind = NodeKind::Preposition,
                        ShifterKind::Apart => node.kind = NodeKind::Verb,
                        _ => {}
                    }
                }
                Meaning::Link => node.kind = NodeKind::Link,
                // `talking about`, not `a jab at`
                Meaning::Topic if speaks => node.kind = NodeKind::Verb,
                Meaning::Thought => {
                    node.kind = NodeKind::Verb;
                    node.says = true;
                }
                Meaning::Anyone if inside => {
                    (node.kind, node.slot) = (NodeKind::Party, SPEAKER);
                    self.unit.parties.push(last);
                }
                Meaning::Whoever => node.kind = NodeKind::Determiner,
                Meaning::EventVerb(_) if !classes.has(Class::Of) => node.kind = NodeKind::Verb,
                _ => {}
            }
        }
        if opens && let Some(node) = self.unit.nodes.last_mut() {
            node.kind = NodeKind::Subordinator;
            self.open(false, NONE, false);
        }
        if senses.iter().any(|sense| sense.meaning == Meaning::Whoever) {
            // `those who` in one word.
            self.push(NodeKind::Relative, at, end);
            self.open(false, NONE, false);
        }
        end
    }

    /// Whether an adjective stands right after a form of be: `is offensive` is no event.
    fn is_predicate(&self, entry: Option<Sense>) -> bool {
        let last = self.last_but_adverbs();
        entry.is_some_and(|sense| self.is_a(sense, Pos::Adjective))
            && last.is_some_and(|node| matches!(node.kind, NodeKind::Be | NodeKind::Link))
    }

    fn is_a(&self, sense: Sense, pos: Pos) -> bool {
        matches!(sense.meaning, Meaning::Entry(entry) if self.reader.lexicons.stance.pos(entry) == pos)
    }

    /// `critics claim that`: between a party and what it says stands no noun.
    fn reports(&self, at: usize, end: usize) -> bool {
        let classes = &self.reader.scan.classes;
        let that = end == at + 1 && classes.get(end).is_some_and(|next| next.has(Class::That));
        let party = |node: &Node| node.kind == NodeKind::Party && !node.possessive;
        that && classes[at].any(CUES) && self.unit.nodes.last().is_some_and(party)
    }

    fn event(&self, senses: &[Sense]) -> Option<u8> {
        let kind = senses.iter().find_map(|sense| match sense.meaning {
            Meaning::Event(kind) => Some(kind),
            _ => None,
        })?;
        self.is_noun_place(true).then_some(kind)
    }

    /// The entry that a word is here: verb or noun, by what stands before it.
    pub(super) fn choose(&self, known: Known<'_>, noun: bool, at: usize) -> Option<Sense> {
        let Known { senses, kinds, length } = known;
        if !kinds.any(Kinds::ENTRY) {
            return None;
        }
        let entries = || {
            senses.iter().filter_map(|sense| match sense.meaning {
                Meaning::Entry(entry) => Some((*sense, self.reader.lexicons.stance.pos(entry))),
                _ => None,
            })
        };
        if !kinds.any(Kinds::VERB) {
            // `I hope` is no hope.
            let verb = entries().all(|(_, pos)| pos == Pos::Noun) && self.is_after_i();
            return entries().next().filter(|_| !verb).map(|(sense, _)| sense);
        }
        let ambiguous = entries().any(|(_, pos)| pos != Pos::Verb);
        let describes = entries().any(|(_, pos)| pos == Pos::Adjective);
        let preposition = self.reader.scan.has(at, Class::Preposition);
        // `was failed by the police`
        let passive = || self.reader.scan.has(at + length, Class::By) && self.is_after_be();
        let verb = |form: Form| match form {
            Form::Base if !noun && self.is_verb_due() => true,
            Form::Base if preposition => false,
            Form::Base | Form::Third if noun || self.is_noun_place(ambiguous) => false,
            // `has insulted us`
            Form::Past | Form::Participle if self.is_after_have() || passive() => true,
            Form::Past | Form::Participle => {
                let verb = !ambiguous || self.is_joined_to_deed() || !self.is_noun_place(true);
                verb && !self.describes_object(at + length)
            }
            // `is alarming`
            Form::Ing if describes && self.is_after_be() => false,
            _ => !(noun || ambiguous && self.is_owned_place()),
        };
        let as_verb = entries().find(|(sense, pos)| *pos == Pos::Verb && verb(sense.form));
        let best = as_verb.or_else(|| entries().find(|(_, pos)| *pos != Pos::Verb));
        best.map(|(sense, _)| sense)
    }

    /// `lied and betrayed voters`: goes on with a verb of the same form.
    fn is_joined_to_deed(&self) -> bool {
        let [.., verb, and] = self.unit.nodes.as_slice() else { return false };
        let past = matches!(verb.form, Form::Past | Form::Participle);
        and.kind == NodeKind::And && verb.kind == NodeKind::Verb && past
    }

    /// `opposes assisted travel`: after a verb that has an object, a participle before a noun only describes it.
    fn describes_object(&self, next: usize) -> bool {
        const PRONOUN: Classes = Classes::of(&[Class::Subject, Class::Object, Class::PossessivePronoun]);
        const OTHER: Classes = PRONOUN.with(Classes::of(&[Class::Adverb, Class::Negator, Class::Verb, Class::Have]));
        let Reader { scan, lexicons, .. } = self.reader;
        let governed = self.last_but_adverbs().is_some_and(|node| {
            let entry = lexicons.stance.entries.get(node.entry as usize);
            node.kind == NodeKind::Verb && entry.is_some_and(|entry| entry.object == Object::Direct)
        });
        let noun = || scan.kind(next) == TokenKind::Lower && !scan.classes[next].any(OTHER) && self.is_noun_next(next);
        governed && self.unit.clauses[self.clause as usize].relative == NONE && noun()
    }

    /// The last node that is no adverb, unless so many stand behind it that nothing goes on there.
    fn last_but_adverbs(&self) -> Option<&Node> {
        self.unit.nodes.iter().rev().take(MOST_ADVERBS).find(|node| node.kind != NodeKind::Adverb)
    }

    fn is_after_be(&self) -> bool {
        let last = self.last_but_adverbs();
        last.is_some_and(|node| matches!(node.kind, NodeKind::Be | NodeKind::Link))
    }

    /// Whether only a verb in its base form can stand here: `I like`, `to like`, `don't like`.
    fn is_verb_due(&self) -> bool {
        // `people don't like`
        const AUXILIARY: Classes = Classes::of(&[Class::Do, Class::Modal]);
        let near = self.unit.nodes.iter().rev().take(MOST_ADVERBS);
        let mut adverbs = near.take_while(|node| node.kind == NodeKind::Adverb);
        if adverbs.any(|node| self.reader.scan.classes[node.start as usize].any(AUXILIARY)) {
            return true;
        }
        let last = self.last_but_adverbs();
        last.is_some_and(|node| match node.kind {
            NodeKind::To | NodeKind::Modal => true,
            // `determined to destroy`
            _ if node.end > node.start + 1 && self.reader.scan.has(node.end as usize - 1, Class::To) => true,
            NodeKind::Verb => self.reader.scan.has(node.start as usize, Class::Do),
            // `I like`, not `treated me like`
            NodeKind::Party => matches!(node.slot, SPEAKER | YOU) && !node.possessive && !self.is_only_object(node),
            _ => false,
        })
    }

    fn is_after_have(&self) -> bool {
        let last = self.last_but_adverbs();
        last.is_some_and(|node| node.entry == NONE && self.reader.scan.has(node.end as usize - 1, Class::Have))
    }

    /// After `I` or `we` stands no noun.
    fn is_after_i(&self) -> bool {
        let last = self.last_but_adverbs();
        last.is_some_and(|node| {
            let subject = self.reader.scan.classes[node.start as usize].has(Class::Subject);
            node.kind == NodeKind::Party && node.slot == SPEAKER && !node.possessive && subject
        })
    }

    /// `me`, `us`
    fn is_only_object(&self, node: &Node) -> bool {
        let classes = self.reader.scan.classes[node.start as usize];
        classes.has(Class::Object) && !classes.has(Class::Subject)
    }

    /// Whether a noun or adjective is to be expected after the last node; `otherwise` where nothing tells.
    pub(super) fn is_noun_place(&self, otherwise: bool) -> bool {
        for node in self.unit.nodes.iter().rev().take(3) {
            let known = node.entry != NONE;
            return match node.kind {
                NodeKind::Adverb => continue,
                NodeKind::Party if node.possessive => true,
                NodeKind::Party | NodeKind::Modal | NodeKind::To | NodeKind::Relative => false,
                NodeKind::Determiner
                | NodeKind::Preposition
                | NodeKind::Of
                | NodeKind::Be
                | NodeKind::Link
                | NodeKind::Event => true,
                NodeKind::Word if known => true,
                NodeKind::Verb if known && !node.says => true,
                _ => otherwise,
            };
        }
        otherwise
    }

    /// After an article or owner only a noun can stand.
    fn is_owned_place(&self) -> bool {
        let last = self.last_but_adverbs();
        last.is_some_and(|node| node.kind == NodeKind::Determiner || node.possessive)
    }

    /// A word that only its classes are known of.
    pub(super) fn plain(&mut self, at: usize) -> usize {
        let classes = self.reader.scan.classes[at];
        if classes.any(GRAMMAR) || self.is_pointer(at) {
            self.grammatical(at, classes);
        } else if self.reader.scan.words[at] != 0 || !self.contraction(at) {
            // `the Redmoor primary voters`: before its noun nothing is a verb.
            let verb = self.nominal.is_none() && (classes.any(AUXILIARY) || self.is_verb_here(at, classes));
            let gerund = !verb && self.is_gerund(at);
            let kind = match () {
                () if verb => NodeKind::Verb,
                () if self.leads_to_verb(at) => NodeKind::Adverb,
                () => NodeKind::Word,
            };
            self.push(kind, at, at + 1);
            if gerund && let Some(node) = self.unit.nodes.last_mut() {
                node.form = Form::Ing;
            }
        }
        at + 1
    }

    /// `Marrow vocally opposed`, `has vocally opposed`: how somebody does something, though no list has the word.
    fn leads_to_verb(&self, at: usize) -> bool {
        let scan = self.reader.scan;
        let is = |at: usize, shape| scan.glances.get(at).is_some_and(|glance| glance.shape.has(shape));
        let verb = || is(at + 1, Shape::ED) || scan.classes.get(at + 1).is_some_and(|next| next.any(FINITE_VERBS));
        let acts = || {
            let party = self.unit.nodes.last().is_some_and(|last| last.kind == NodeKind::Party && !last.possessive);
            party || self.is_after_have()
        };
        is(at, Shape::LY) && verb() && acts()
    }

    /// `by creating a mess`: does something, though it stands where a noun may.
    fn is_gerund(&self, at: usize) -> bool {
        let scan = self.reader.scan;
        let last = self.unit.nodes.last();
        let leads = |node: &Node| matches!(node.kind, NodeKind::Preposition | NodeKind::Of | NodeKind::Comma);
        scan.kind(at) == TokenKind::Lower
            && last.is_some_and(leads)
            && Spelling::of(scan.tokens[at].span().of(self.reader.text)).ending(SHORTEST_STEM) == Some(Ending::Ing)
    }

    /// `after Marrow called`, neither `after Marrow` nor `after the Redmoor attacks`: a word that may lead a clause stands before a
    /// party that does something.
    fn opens_clause(&self, at: usize, classes: Classes) -> bool {
        let scan = self.reader.scan;
        let party =
            || scan.mentions.get(self.mention).filter(|party| party.tokens.start == at + 1 && !party.possessive);
        let verb = |at: usize| {
            let past = scan.glances.get(at).is_some_and(|glance| glance.shape.has(Shape::ED));
            let finite =
                |classes: &Classes| classes.any(AUXILIARIES) || classes.has(Class::Finite) && !self.ends_in_s(at);
            past || scan.classes.get(at).is_some_and(finite)
        };
        classes.has(Class::Subordinator) && party().is_some_and(|party| verb(party.tokens.end))
    }

    fn ends_in_s(&self, at: usize) -> bool {
        self.reader.scan.tokens[at].span().of(self.reader.text).ends_with('s')
    }

    /// A word that joins others, or points to them.
    fn grammatical(&mut self, at: usize, classes: Classes) {
        match () {
            () if classes.has(Class::That) => self.that(at),
            () if classes.any(Classes::of(&[Class::And])) => self.boundary(NodeKind::And, at),
            () if classes.has(Class::Be) => self.push(NodeKind::Be, at, at + 1),
            () if classes.has(Class::Modal) => self.push(NodeKind::Modal, at, at + 1),
            () if classes.has(Class::To) => self.push(NodeKind::To, at, at + 1),
            () if classes.has(Class::Of) => self.push(NodeKind::Of, at, at + 1),
            () if self.is_pointer(at) => self.push_party(TOPIC, at..at + 1, false),
            () if classes.has(Class::Determiner) => self.push(NodeKind::Determiner, at, at + 1),
            () if classes.any(Classes::of(&[Class::Preposition, Class::By])) && !self.opens_clause(at, classes) => {
                self.push(NodeKind::Preposition, at, at + 1);
            }
            () if classes.has(Class::Subordinator) && !classes.has(Class::Adverb) => {
                self.push(NodeKind::Subordinator, at, at + 1);
                self.open(false, NONE, false);
            }
            () if classes.any(Classes::of(&[Class::Adverb, Class::Negator])) => self.push(NodeKind::Adverb, at, at + 1),
            () if classes.any(AUXILIARY) || self.is_verb_here(at, classes) => self.push(NodeKind::Verb, at, at + 1),
            () => self.push(NodeKind::Word, at, at + 1),
        }
    }

    /// A verb by its cue class and place, or by its place and shape.
    #[allow(clippy::needless_bitwise_bool)] // All is asked, as each answer is anybody's guess: that takes no branch.
    fn is_verb_here(&self, at: usize, classes: Classes) -> bool {
        let scan = self.reader.scan;
        let (shape, long) = (scan.glances[at].shape, scan.tokens[at].span().len() > LONGEST_STEMLESS);
        let after_subject = self.unit.nodes.last().is_some_and(|node| match node.kind {
            NodeKind::Party => !node.possessive,
            NodeKind::Relative | NodeKind::Modal | NodeKind::To => true,
            _ => false,
        });
        let verbal = classes.any(CUES) | long & (shape.has(Shape::ED) | shape.has(Shape::ING));
        let other = (scan.kind(at) != TokenKind::Lower) | long & shape.has(Shape::LY);
        (verbal | after_subject) & !other && !self.is_noun_place(!verbal && !after_subject)
    }

    /// `that` after a noun opens a relative clause, before a verb it is a pronoun, else it joins clauses.
    fn that(&mut self, at: usize) {
        if self.is_pointer(at)
            && self
                .unit
                .nodes
                .last()
                .is_none_or(|node| !matches!(node.kind, NodeKind::Party | NodeKind::Event | NodeKind::Word))
        {
            self.push_party(TOPIC, at..at + 1, false);
        } else {
            self.relative(at);
        }
    }

    /// `this`, `that` or `these` that stands for something: a verb follows.
    fn is_pointer(&self, at: usize) -> bool {
        let Reader { scan, lexicons, .. } = self.reader;
        let before_verb = || {
            scan.classes.get(at + 1).is_some_and(|classes| classes.any(AUXILIARIES))
                || scan.kind(at + 1) == TokenKind::Possessive
        };
        // With more letters it is a name within a longer word: `al-This`.
        lexicons.stance.opens(scan.words[at], Opening::POINTER) && scan.tokens[at].span().len() <= 5 && before_verb()
    }

    /// `I'm`, `they've`, words that no lexicon has: two nodes of one token.
    fn contraction(&mut self, at: usize) -> bool {
        let reader = self.reader;
        let token = reader.scan.tokens[at];
        if token.span().len() > 9 || !token.has_sign_within() {
            return false;
        }
        let word = token.span().of(reader.text);
        let Some(cut) = word.find(['\'', '’']) else { return false };
        let Some(pronoun) = reader.lexicons.pronouns.get(&reader.lexicons.words.find(&word[..cut])) else {
            return false;
        };
        let slot = match pronoun.person {
            1 => SPEAKER,
            2 => YOU,
            _ => TOPIC,
        };
        self.push_party(slot, at..at + 1, false);
        let rest = reader.lexicons.words.classes_of(&word[cut..]);
        self.push(if rest.has(Class::Be) { NodeKind::Be } else { NodeKind::Modal }, at, at + 1);
        true
    }
}
