//! A quotation, and where it is a part of the reporter's sentence that sentence too, as a row of nodes: parties, the
//! words that the stance lexicon knows, and the grammar between them. Finds subjects and clauses by their signs; binds
//! nothing.

use std::ops::Range;

use crate::entities::{Entities, EntityId};
use crate::lexicon::Lexicons;
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::stance::{Form, Meaning, Object, Pos, Sense, ShifterKind};
use crate::lexicon::words::{Class, Classes};
use crate::scan::Scan;
use crate::scan::mention::{Mention, MentionKind};
use crate::scan::token::TokenKind;

/// No node, slot or entry.
pub const NONE: u32 = u32::MAX;
/// The slot of the speaker: `I`, `we`, and the speaker's name outside.
pub const SPEAKER: u32 = 0;
/// The slot of `this`, `that`, `it`: what the talk is of.
pub const TOPIC: u32 = 1;
/// The slot of `you`.
pub const YOU: u32 = 2;

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
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// An index of [`Scan::mentions`].
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
    /// A description without a name: `a person`.
    pub unnamed: bool,
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

/// What a unit is read from.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The text.
    pub text: &'a str,
    /// Its scan.
    pub scan: &'a Scan,
    /// Its parties.
    pub entities: &'a Entities,
    /// The lexicons.
    pub lexicons: &'a Lexicons,
    /// Who speaks.
    pub speaker: Option<EntityId>,
}

impl Unit {
    /// Reads `range`; `inside` are the tokens of the quotation, others' quotations are passed over.
    pub fn read(&mut self, reader: &Reader<'_>, range: Range<usize>, inside: &Range<usize>) {
        self.nodes.clear();
        self.slots.clear();
        self.clauses.clear();
        for _ in 0..3 {
            self.new_slot(NONE, None);
        }
        self.clauses.push(Clause { start: 0, relative: NONE, inherits: false, sentence: 0 });
        let first = reader.scan.mentions.partition_point(|mention| mention.tokens.start < range.start);
        let mut builder = Builder { unit: self, reader: *reader, inside: inside.clone(), mention: first, nominal: None };
        let mut at = range.start;
        while at < range.end {
            at = builder.node(at, range.end);
        }
        self.name_aliases(reader);
    }

    /// The slot that stands for all with the same meaning.
    #[must_use]
    pub fn root(&self, slot: u32) -> u32 {
        let mut slot = slot;
        for _ in 0..8 {
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

    fn new_slot(&mut self, mention: u32, entity: Option<EntityId>) -> u32 {
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
            unnamed: false,
        });
        slot
    }

    /// The subject of the verb at node `verb`.
    #[must_use]
    pub fn subject(&self, verb: usize) -> Subject {
        self.subject_before(verb, self.nodes[verb].clause as usize, 0)
    }

    fn subject_before(&self, end: usize, clause: usize, depth: usize) -> Subject {
        let Clause { start, relative, inherits, .. } = self.clauses[clause];
        let (mut owner, mut thing) = (Subject::Missing, false);
        for at in (start as usize..end).rev() {
            let node = self.nodes[at];
            match node.kind {
                NodeKind::Party | NodeKind::Event if node.possessive => owner = Subject::Of(node.slot),
                NodeKind::Party | NodeKind::Event => match self.preposition_before(at, start as usize) {
                    None => return Subject::Slot(node.slot),
                    Some(of) if self.nodes[of].kind == NodeKind::Of => owner = Subject::Of(node.slot),
                    Some(_) => {}
                },
                NodeKind::Word if node.entry == NONE => thing = true,
                NodeKind::Word => thing |= owner == Subject::Missing && relative == NONE,
                _ => {}
            }
        }
        match () {
            () if relative != NONE => Subject::Slot(relative),
            () if owner != Subject::Missing => owner,
            () if inherits && clause > 0 && depth < 4 && !thing => self.subject_before(start as usize, clause - 1, depth + 1),
            () if thing => Subject::Thing,
            () => Subject::Missing,
        }
    }

    /// The preposition that governs the noun phrase with the node `at`.
    #[must_use]
    pub fn preposition_before(&self, at: usize, start: usize) -> Option<usize> {
        for before in (start..at).rev().take(4) {
            let node = self.nodes[before];
            match node.kind {
                NodeKind::Preposition | NodeKind::Of | NodeKind::To => return Some(before),
                NodeKind::Determiner | NodeKind::Adverb | NodeKind::Word => {}
                NodeKind::Party if node.possessive => {}
                _ => return None,
            }
        }
        None
    }

    /// The first node of a node's clause.
    #[must_use]
    pub fn clause_start(&self, at: usize) -> usize {
        self.clauses[self.nodes[at].clause as usize].start as usize
    }

    /// `He is a good man`: `man` is he. `Marrow, a cruel man,`: likewise.
    fn name_aliases(&mut self, reader: &Reader<'_>) {
        for at in 0..self.nodes.len() {
            let node = self.nodes[at];
            if node.kind != NodeKind::Party || node.slot <= YOU || node.possessive {
                continue;
            }
            let mention = self.slots[node.slot as usize].mention as usize;
            if reader.scan.mentions[mention].kind != MentionKind::Nominal {
                continue;
            }
            if let Some(subject) = self.described(at).or_else(|| self.called(at, reader.lexicons)) {
                self.alias(node.slot, subject);
            }
        }
    }

    /// `called Marrow a coward`, `described him as a friend`: the description at node `at` is of the object before it.
    fn called(&self, at: usize, lexicons: &Lexicons) -> Option<u32> {
        let start = self.clause_start(at);
        let mut object = None;
        for before in (start..at).rev().take(8) {
            let node = self.nodes[before];
            match node.kind {
                NodeKind::Determiner | NodeKind::Adverb | NodeKind::Word | NodeKind::Preposition | NodeKind::To => {}
                NodeKind::Party if object.is_none() && !node.possessive => object = Some(node.slot),
                NodeKind::Verb if node.entry != NONE => {
                    let described = lexicons.stance.entries[node.entry as usize].object == Object::Described;
                    return object.filter(|_| described);
                }
                _ => return None,
            }
        }
        None
    }

    /// The slot that the description at node `at` is predicated of.
    fn described(&self, at: usize) -> Option<u32> {
        let start = self.clause_start(at);
        for before in (start..at).rev() {
            let node = self.nodes[before];
            match node.kind {
                NodeKind::Determiner | NodeKind::Adverb | NodeKind::Word => {}
                NodeKind::Be | NodeKind::Link => {
                    return match self.subject(before) {
                        Subject::Slot(slot) => Some(slot),
                        _ => None,
                    };
                }
                _ => return None,
            }
        }
        let opener = start.checked_sub(1)?;
        let named = self.nodes.get(opener.checked_sub(1)?)?;
        let apposed = self.nodes[opener].kind == NodeKind::Comma && named.kind == NodeKind::Party && !named.possessive;
        let article = self.nodes[start].kind == NodeKind::Determiner;
        (apposed && article).then_some(named.slot)
    }
}

struct Builder<'a> {
    unit: &'a mut Unit,
    reader: Reader<'a>,
    inside: Range<usize>,
    mention: usize,
    /// A description whose head is still to come.
    nominal: Option<usize>,
}

/// A pronoun's party is not looked for farther back than so many mentions and paragraphs.
const FARTHEST_MENTION: usize = 60;
const FARTHEST_PARAGRAPH: usize = 4;
const SAYING: Classes = Classes::of(&[Class::Say, Class::Strong, Class::Tell]);
const AUXILIARY: Classes = Classes::of(&[Class::Verb, Class::Have, Class::Do]);
const CUES: Classes = Classes::of(&[Class::Say, Class::Strong, Class::Tell, Class::Weak]);

impl<'a> Builder<'a> {
    /// Reads the node at a token; returns the next token.
    fn node(&mut self, at: usize, end: usize) -> usize {
        let scan = self.reader.scan;
        if !self.inside.contains(&at)
            && let Some(other) = scan.quotation_at(at)
        {
            self.push(NodeKind::Word, at, at + 1);
            return scan.quotations[other].tokens.end.max(at + 1);
        }
        let token = scan.tokens[at];
        match token.kind {
            TokenKind::Mark => {}
            TokenKind::Comma => self.boundary(NodeKind::Comma, at),
            TokenKind::Colon | TokenKind::Semicolon | TokenKind::Dash | TokenKind::Open | TokenKind::Close => {
                self.boundary(NodeKind::Break, at);
            }
            TokenKind::Stop => self.boundary(NodeKind::Stop, at),
            TokenKind::Possessive => self.clitic(at),
            TokenKind::Number | TokenKind::Symbol => self.push(NodeKind::Word, at, at + 1),
            TokenKind::Lower | TokenKind::Capital | TokenKind::Upper => return self.word(at, end),
        }
        at + 1
    }

    fn word(&mut self, at: usize, end: usize) -> usize {
        let reader = self.reader;
        let known = reader.lexicons.stance.longest(&reader.scan.words[at..end.min(at + 8)]);
        let mention = self.mention_at(at);
        if let Some((length, senses)) = known
            && length > 1
            && mention.is_none_or(|mention| reader.scan.mentions[mention].kind == MentionKind::Nominal)
        {
            self.pass_mentions(at + length);
            return self.known(at, at + length, senses);
        }
        if let Some(mention) = mention
            && let Some(next) = self.party(at, mention)
        {
            return next;
        }
        if let Some(nominal) = self.nominal
            && reader.scan.mentions[nominal].head.start == at
        {
            self.nominal = None;
            return self.description(nominal, known.filter(|(length, _)| *length == 1).map_or(&[], |(_, senses)| senses));
        }
        match known {
            Some((length, senses)) if !self.is_part_of_name(at) => self.known(at, at + length, senses),
            _ => self.plain(at),
        }
    }

    /// The mention that opens at a token, the outermost first; the next call gives the next one.
    fn mention_at(&mut self, at: usize) -> Option<usize> {
        let mentions = &self.reader.scan.mentions;
        while mentions.get(self.mention).is_some_and(|mention| mention.tokens.start < at) {
            self.mention += 1;
        }
        mentions.get(self.mention).filter(|mention| mention.tokens.start == at).map(|_| {
            self.mention += 1;
            self.mention - 1
        })
    }

    fn pass_mentions(&mut self, end: usize) {
        let mentions = &self.reader.scan.mentions;
        while mentions.get(self.mention).is_some_and(|mention| mention.tokens.start < end) {
            self.mention += 1;
        }
        if self.nominal.is_some_and(|nominal| mentions[nominal].head.start < end) {
            self.nominal = None;
        }
    }

    /// A capital in mid-sentence: a part of a name, whatever the word means otherwise.
    fn is_part_of_name(&self, at: usize) -> bool {
        let scan = self.reader.scan;
        let opens = at == 0
            || scan.tokens[at].opens_paragraph()
            || !matches!(scan.kind(at - 1), TokenKind::Lower | TokenKind::Capital | TokenKind::Upper | TokenKind::Possessive | TokenKind::Number);
        let shouted = scan.kind(at) == TokenKind::Upper;
        scan.tokens[at].is_capitalised() && !opens && !shouted
    }

    /// The node of a mention; `None` where its words are read one by one.
    fn party(&mut self, at: usize, index: usize) -> Option<usize> {
        let scan = self.reader.scan;
        let mention = &scan.mentions[index];
        match mention.kind {
            MentionKind::Name => {
                self.named(index, mention);
                Some(mention.tokens.end)
            }
            MentionKind::Demonym => {
                let slot = self.mention_slot(index);
                self.push_party(slot, mention.tokens.clone(), true);
                Some(mention.tokens.end)
            }
            MentionKind::Nominal => {
                let inner = self.mention;
                self.nominal = Some(index);
                if mention.head.start == at {
                    self.nominal = None;
                    let known = self.reader.lexicons.stance.longest(&scan.words[at..=at]);
                    let verb = known.and_then(|(_, senses)| self.choose(senses, false)).filter(|sense| sense.form != Form::Plain);
                    if verb.is_some() && mention.head.len() == 1 {
                        return None;
                    }
                    return Some(self.description(index, known.map_or(&[], |(_, senses)| senses)));
                }
                // An inner mention may open at the same token.
                if scan.mentions.get(inner).is_some_and(|mention| mention.tokens.start == at) {
                    self.mention = inner + 1;
                    return self.party(at, inner);
                }
                None
            }
            MentionKind::Pronoun => Some(self.pronoun(at, index, mention)),
            MentionKind::Relative => {
                self.relative(at);
                Some(at + 1)
            }
            MentionKind::Indefinite => None,
        }
    }

    /// The adjectives before a name are nodes of their own; its titles and the names within it are not.
    fn named(&mut self, index: usize, mention: &Mention) {
        for at in mention.tokens.start..mention.head.start {
            if self.reader.scan.kind(at) != TokenKind::Lower {
                continue;
            }
            let known = self.reader.lexicons.stance.longest(&self.reader.scan.words[at..=at]);
            let Some((_, senses)) = known else {
                self.push(NodeKind::Word, at, at + 1);
                continue;
            };
            if senses.iter().any(|sense| sense.form == Form::Past) {
                self.agent_before(at, index);
            }
            self.known(at, at + 1, senses);
        }
        self.pass_mentions(mention.tokens.end);
        let slot = self.mention_slot(index);
        self.push_party(slot, mention.head.clone(), mention.possessive);
    }

    /// In `Dessan accused Marrow` the words before the last name may pass for its description.
    fn agent_before(&mut self, at: usize, outer: usize) {
        let mentions = &self.reader.scan.mentions;
        let inner = (outer + 1..mentions.len().min(outer + 5)).find(|inner| mentions[*inner].tokens.end == at);
        if let Some(inner) = inner {
            let slot = self.mention_slot(inner);
            self.push_party(slot, mentions[inner].tokens.clone(), false);
        }
    }

    fn description(&mut self, index: usize, senses: &[Sense]) -> usize {
        let mention = &self.reader.scan.mentions[index];
        let slot = self.mention_slot(index);
        let owner = self.unit.nodes.iter().rev().take(4).find(|node| node.possessive && node.start as usize >= mention.tokens.start);
        let owner = owner.map_or(NONE, |node| node.slot);
        let described = &mut self.unit.slots[slot as usize];
        described.owner = owner;
        described.unnamed = described.entity.is_none_or(|entity| self.reader.entities.list[entity].unnamed);
        self.push_party(slot, mention.head.clone(), mention.possessive);
        if let Some(sense) = self.choose(senses, true)
            && let Meaning::Entry(entry) = sense.meaning
            && let Some(node) = self.unit.nodes.last_mut()
        {
            (node.entry, node.form) = (entry, sense.form);
        }
        mention.tokens.end
    }

    fn pronoun(&mut self, at: usize, index: usize, mention: &Mention) -> usize {
        let reader = self.reader;
        let person = reader.lexicons.pronouns.get(&reader.scan.words[at]).map_or(3, |pronoun| pronoun.person);
        let reflexive = mention.span.of(reader.text).ends_with("self") || mention.span.of(reader.text).ends_with("selves");
        let inside = self.inside.contains(&at);
        let slot = match person {
            _ if reflexive => {
                self.push(NodeKind::Word, at, at + 1);
                return at + 1;
            }
            1 if inside => SPEAKER,
            2 if inside => YOU,
            1 | 2 => return self.plain(at),
            _ => self.mention_slot(index),
        };
        let possessive = mention.possessive || reader.scan.has(at, Class::PossessivePronoun) && self.is_noun_next(at + 1);
        self.push_party(slot, at..at + 1, possessive);
        at + 1
    }

    fn is_noun_next(&self, at: usize) -> bool {
        const BREAKS: Classes =
            Classes::of(&[Class::Preposition, Class::To, Class::Of, Class::And, Class::Determiner, Class::Subordinator, Class::That, Class::Be]);
        let scan = self.reader.scan;
        scan.tokens.get(at).is_some_and(|token| token.is_word()) && !scan.classes[at].any(BREAKS)
    }

    /// The slot of a mention: the speaker's own where it means the speaker.
    fn mention_slot(&mut self, index: usize) -> u32 {
        let reader = self.reader;
        let mention = &reader.scan.mentions[index];
        let inside = self.inside.contains(&mention.tokens.start);
        let entity = match (reader.entities.of_mention[index], mention.kind) {
            (None, MentionKind::Pronoun) if inside => self.antecedent(index, mention),
            (known, MentionKind::Nominal) if inside && self.is_pointed_at(mention) => self.person_before(index, mention).or(known),
            (known, _) => known,
        };
        if entity.is_some() && entity == reader.speaker {
            return SPEAKER;
        }
        let slot = self.unit.new_slot(index as u32, entity);
        self.unit.slots[slot as usize].inside = inside;
        slot
    }

    /// Whom a pronoun in the quotation means: the latest person of its gender who is not the speaker; else as outside.
    fn antecedent(&self, index: usize, pronoun: &Mention) -> Option<EntityId> {
        let Reader { scan, entities, speaker, .. } = self.reader;
        if !matches!(pronoun.gender, Gender::Female | Gender::Male) {
            return if pronoun.plural { entities.antecedent(scan, index, speaker) } else { None };
        }
        self.person_before(index, pronoun)
    }

    /// `this man`, `this guy`
    fn is_pointed_at(&self, mention: &Mention) -> bool {
        let reader = self.reader;
        let first = reader.scan.tokens[mention.tokens.start].span();
        first.len() == 4
            && first.of(reader.text).eq_ignore_ascii_case("this")
            && mention.party_kind == PartyKind::Person
            && !mention.plural
    }

    /// The latest person before a mention that agrees with it in gender and is not the speaker.
    fn person_before(&self, index: usize, pronoun: &Mention) -> Option<EntityId> {
        let Reader { scan, entities, speaker, .. } = self.reader;
        let paragraph = scan.paragraph_of(pronoun.tokens.start);
        let mut unsure = None;
        for before in (index.saturating_sub(FARTHEST_MENTION)..index).rev() {
            let mention = &scan.mentions[before];
            if scan.paragraph_of(mention.tokens.start) + FARTHEST_PARAGRAPH < paragraph {
                break;
            }
            let Some(id) = entities.of_mention[before].filter(|id| Some(*id) != speaker) else { continue };
            let entity = &entities.list[id];
            if entity.kind != PartyKind::Person || entity.plural || entity.unnamed || mention.kind == MentionKind::Relative {
                continue;
            }
            if entity.gender == pronoun.gender || pronoun.gender == Gender::Unknown {
                return Some(id);
            }
            if entity.gender == Gender::Unknown {
                unsure = unsure.or(Some(id));
            }
        }
        unsure
    }

    fn push_party(&mut self, slot: u32, tokens: Range<usize>, possessive: bool) {
        self.push(NodeKind::Party, tokens.start, tokens.end);
        if let Some(node) = self.unit.nodes.last_mut() {
            (node.slot, node.possessive) = (slot, possessive);
        }
    }

    fn push(&mut self, kind: NodeKind, start: usize, end: usize) {
        let clause = self.unit.clauses.len() as u32 - 1;
        let sentence = self.unit.clauses[clause as usize].sentence;
        let inside = self.inside.contains(&start);
        let says = self.reader.scan.classes[start].any(SAYING);
        self.unit.nodes.push(Node {
            kind,
            start: start as u32,
            end: end as u32,
            slot: NONE,
            entry: NONE,
            form: Form::Plain,
            shifter: NONE,
            clause,
            sentence,
            inside,
            possessive: false,
            says,
        });
    }

    /// Ends the clause with a sign or conjunction, which opens the next one.
    fn boundary(&mut self, kind: NodeKind, at: usize) {
        let inherits = matches!(kind, NodeKind::Comma | NodeKind::And | NodeKind::Break);
        self.push(kind, at, at + 1);
        self.open(inherits, NONE, kind == NodeKind::Stop);
    }

    fn open(&mut self, inherits: bool, relative: u32, sentence: bool) {
        let last = self.unit.clauses.last().map_or(0, |clause| clause.sentence);
        let start = self.unit.nodes.len() as u32;
        self.unit.clauses.push(Clause { start, relative, inherits, sentence: last + u32::from(sentence) });
    }

    /// `who`, or `that` after a noun: a clause about the party before it.
    fn relative(&mut self, at: usize) {
        let mut before = self.unit.nodes.iter().rev();
        let last = before.next().copied();
        let last = if last.is_some_and(|node| node.kind == NodeKind::Comma) { before.next().copied() } else { last };
        let slot = match last {
            Some(node) if matches!(node.kind, NodeKind::Party | NodeKind::Event) && !node.possessive => node.slot,
            _ => NONE,
        };
        self.push(if slot == NONE { NodeKind::Subordinator } else { NodeKind::Relative }, at, at + 1);
        self.open(false, slot, false);
    }

    /// `'s`: a form of be or have after a pronoun or before an article, else the sign of an owner.
    fn clitic(&mut self, at: usize) {
        let scan = self.reader.scan;
        let short = Classes::of(&[Class::Subject, Class::That, Class::Relative]);
        let before = at.checked_sub(1).is_some_and(|before| scan.classes[before].any(short));
        let after = scan.classes.get(at + 1).is_some_and(|c| c.any(Classes::of(&[Class::Determiner, Class::Negator, Class::Adverb])));
        if before || after {
            self.push(NodeKind::Be, at, at + 1);
        } else if let Some(last) = self.unit.nodes.last_mut() {
            last.possessive = true;
        }
    }

    /// A word or phrase that the stance lexicon has.
    fn known(&mut self, at: usize, end: usize, senses: &[Sense]) -> usize {
        if senses.iter().any(|sense| sense.meaning == Meaning::Mask) {
            for at in at..end {
                self.plain(at);
            }
            return end;
        }
        let entry = self.choose(senses, false);
        let event = self.event(senses).filter(|_| !self.is_predicate(entry));
        let grammar = |sense: &Sense| !matches!(sense.meaning, Meaning::Entry(_) | Meaning::Event(_));
        if event.is_none() && entry.is_none() && end > at + 1 && !senses.iter().any(grammar) {
            return match self.reader.lexicons.stance.longest(&self.reader.scan.words[at..=at]) {
                Some((_, senses)) => self.known(at, at + 1, senses),
                None => self.plain(at),
            };
        }
        if event.is_none() && entry.is_none() {
            return self.plain_known(at, end, senses);
        }
        if let Some(kind) = event {
            let slot = self.unit.new_slot(NONE, None);
            (self.unit.slots[slot as usize].event, self.unit.slots[slot as usize].inside) = (Some(kind), self.inside.contains(&at));
            self.push(NodeKind::Event, at, end);
            if let Some(node) = self.unit.nodes.last_mut() {
                node.slot = slot;
            }
        }
        let Some(Sense { meaning: Meaning::Entry(entry), form }) = entry else { return end };
        let pos = self.reader.lexicons.stance.entries[entry as usize].pos;
        if event.is_none() {
            self.push(if pos == Pos::Verb { NodeKind::Verb } else { NodeKind::Word }, at, end);
        }
        if let Some(node) = self.unit.nodes.last_mut() {
            (node.entry, node.form) = (entry, form);
        }
        end
    }

    /// A shifter, or a word that links.
    fn plain_known(&mut self, at: usize, end: usize, senses: &[Sense]) -> usize {
        let classes = self.reader.scan.classes[at];
        if end == at + 1 {
            self.plain(at);
        } else {
            self.push(NodeKind::Adverb, at, end);
        }
        for sense in senses {
            let Some(node) = self.unit.nodes.last_mut() else { continue };
            match sense.meaning {
                Meaning::Shifter(shifter) => {
                    node.shifter = shifter;
                    if node.kind == NodeKind::Word && self.reader.lexicons.stance.shifters[shifter as usize].kind != ShifterKind::Reverser {
                        node.kind = NodeKind::Adverb;
                    }
                }
                Meaning::Link => node.kind = NodeKind::Link,
                Meaning::Thought => {
                    node.kind = NodeKind::Verb;
                    node.says = true;
                }
                Meaning::EventVerb(_) if !classes.has(Class::Of) => node.kind = NodeKind::Verb,
                _ => {}
            }
        }
        end
    }

    /// Whether an adjective stands right after a form of be: `is offensive` is no event.
    fn is_predicate(&self, entry: Option<Sense>) -> bool {
        let last = self.unit.nodes.iter().rev().find(|node| node.kind != NodeKind::Adverb);
        let adjective = entry.is_some_and(|sense| match sense.meaning {
            Meaning::Entry(entry) => self.reader.lexicons.stance.entries[entry as usize].pos == Pos::Adjective,
            _ => false,
        });
        adjective && last.is_some_and(|node| matches!(node.kind, NodeKind::Be | NodeKind::Link))
    }

    fn event(&self, senses: &[Sense]) -> Option<u8> {
        let kind = senses.iter().find_map(|sense| match sense.meaning {
            Meaning::Event(kind) => Some(kind),
            _ => None,
        })?;
        self.is_noun_place(true).then_some(kind)
    }

    /// The entry that a word is here: verb or noun, by what stands before it.
    fn choose(&self, senses: &[Sense], noun: bool) -> Option<Sense> {
        let entries = || {
            senses.iter().filter_map(|sense| match sense.meaning {
                Meaning::Entry(entry) => Some((*sense, self.reader.lexicons.stance.entries[entry as usize].pos)),
                _ => None,
            })
        };
        let only_verbs = entries().all(|(_, pos)| pos == Pos::Verb);
        let ambiguous = entries().any(|(_, pos)| pos != Pos::Verb);
        let verb = |form: Form| match form {
            Form::Base | Form::Third if noun || self.is_noun_place(ambiguous) => false,
            Form::Past | Form::Participle => only_verbs || !self.is_noun_place(true),
            _ => !noun && !(ambiguous && self.is_owned_place()),
        };
        let as_verb = entries().find(|(sense, pos)| *pos == Pos::Verb && verb(sense.form));
        let best = as_verb.or_else(|| entries().find(|(_, pos)| *pos != Pos::Verb));
        best.map(|(sense, _)| sense)
    }

    /// Whether a noun or adjective is to be expected after the last node; `otherwise` where nothing tells.
    fn is_noun_place(&self, otherwise: bool) -> bool {
        for node in self.unit.nodes.iter().rev().take(3) {
            match node.kind {
                NodeKind::Adverb => {}
                NodeKind::Party if node.possessive => return true,
                NodeKind::Party | NodeKind::Modal | NodeKind::To | NodeKind::Relative => return false,
                NodeKind::Determiner | NodeKind::Preposition | NodeKind::Of | NodeKind::Be | NodeKind::Link => return true,
                NodeKind::Word if node.entry != NONE => return true,
                NodeKind::And | NodeKind::Comma | NodeKind::Word => return otherwise,
                NodeKind::Verb if node.says || node.entry == NONE => return otherwise,
                NodeKind::Verb | NodeKind::Event => return true,
                NodeKind::Break | NodeKind::Stop | NodeKind::Subordinator => return otherwise,
            }
        }
        otherwise
    }

    /// After an article or owner only a noun can stand.
    fn is_owned_place(&self) -> bool {
        let last = self.unit.nodes.iter().rev().find(|node| node.kind != NodeKind::Adverb);
        last.is_some_and(|node| node.kind == NodeKind::Determiner || node.kind == NodeKind::Party && node.possessive)
    }

    /// A word that only its classes are known of.
    fn plain(&mut self, at: usize) -> usize {
        let classes = self.reader.scan.classes[at];
        match () {
            () if self.contraction(at) => return at + 1,
            () if classes.has(Class::That) => self.that(at),
            () if classes.any(Classes::of(&[Class::And])) => self.boundary(NodeKind::And, at),
            () if classes.has(Class::Be) => self.push(NodeKind::Be, at, at + 1),
            () if classes.has(Class::Modal) => self.push(NodeKind::Modal, at, at + 1),
            () if classes.has(Class::To) => self.push(NodeKind::To, at, at + 1),
            () if classes.has(Class::Of) => self.push(NodeKind::Of, at, at + 1),
            () if self.is_pointer(at) => self.push_party(TOPIC, at..at + 1, false),
            () if classes.has(Class::Determiner) => self.push(NodeKind::Determiner, at, at + 1),
            () if classes.any(Classes::of(&[Class::Preposition, Class::By])) => self.push(NodeKind::Preposition, at, at + 1),
            () if classes.has(Class::Subordinator) && !classes.has(Class::Adverb) => {
                self.push(NodeKind::Subordinator, at, at + 1);
                self.open(false, NONE, false);
            }
            () if classes.any(Classes::of(&[Class::Adverb, Class::Negator])) => self.push(NodeKind::Adverb, at, at + 1),
            () if classes.any(AUXILIARY) || self.is_verb_here(at, classes) => self.push(NodeKind::Verb, at, at + 1),
            () => self.push(NodeKind::Word, at, at + 1),
        }
        at + 1
    }

    /// A verb by its cue class and place, or by its place and shape.
    fn is_verb_here(&self, at: usize, classes: Classes) -> bool {
        let scan = self.reader.scan;
        if scan.kind(at) != TokenKind::Lower {
            return false;
        }
        let word = scan.tokens[at].span().of(self.reader.text);
        let verbal = classes.any(CUES) || word.len() > 4 && (word.ends_with("ed") || word.ends_with("ing"));
        let adverb = word.len() > 4 && word.ends_with("ly");
        let after_subject = self.unit.nodes.last().is_some_and(|node| match node.kind {
            NodeKind::Party => !node.possessive,
            NodeKind::Relative | NodeKind::Modal | NodeKind::To => true,
            _ => false,
        });
        (verbal || after_subject) && !adverb && !self.is_noun_place(!verbal && !after_subject)
    }

    /// `that` after a noun opens a relative clause, before a verb it is a pronoun, else it joins clauses.
    fn that(&mut self, at: usize) {
        if self.is_pointer(at) && self.unit.nodes.last().is_none_or(|node| !matches!(node.kind, NodeKind::Party | NodeKind::Event | NodeKind::Word)) {
            self.push_party(TOPIC, at..at + 1, false);
        } else {
            self.relative(at);
        }
    }

    /// `this`, `that` or `these` that stands for something: a verb follows.
    fn is_pointer(&self, at: usize) -> bool {
        let scan = self.reader.scan;
        let word = scan.tokens[at].span();
        let pointer = word.len() <= 5 && ["this", "that", "these", "those"].iter().any(|p| word.of(self.reader.text).eq_ignore_ascii_case(p));
        let verb = Classes::of(&[Class::Be, Class::Have, Class::Do, Class::Modal]);
        pointer && (scan.classes.get(at + 1).is_some_and(|classes| classes.any(verb)) || scan.kind(at + 1) == TokenKind::Possessive)
    }

    /// `I'm`, `they've`: two nodes of one token.
    fn contraction(&mut self, at: usize) -> bool {
        let reader = self.reader;
        let word = reader.scan.tokens[at].span().of(reader.text);
        if reader.scan.words[at] != 0 || word.len() > 9 {
            return false;
        }
        let Some(cut) = word.find(['\'', '’']) else { return false };
        let Some(pronoun) = reader.lexicons.pronouns.get(&reader.lexicons.words.find(&word[..cut])) else { return false };
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

