//! Reads the tokens of a unit into nodes: mentions to parties, words by what the stance lexicon and their classes say they
//! are here. Who `he` is within a quotation is decided here too.

use std::ops::Range;

use super::unit::{Clause, NONE, Node, NodeKind, SPEAKER, TOPIC, Unit, YOU};
use crate::entities::{Entities, EntityId};
use crate::lexicon::Lexicons;
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::stance::{Form, Meaning, Pos, Sense, ShifterKind};
use crate::lexicon::words::{Class, Classes};
use crate::scan::Scan;
use crate::scan::mention::{Mention, MentionKind};
use crate::scan::token::TokenKind;

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
        let other = reader.scan.quotations.partition_point(|quotation| quotation.tokens.end <= range.start);
        let inside = inside.clone();
        let mut builder =
            Builder { unit: self, reader: *reader, inside, mention: first, other, nominal: None, behind: 0..0 };
        let mut at = range.start;
        while at < range.end {
            at = builder.node(at, range.end);
        }
        self.name_aliases(reader);
    }
}

struct Builder<'a> {
    unit: &'a mut Unit,
    reader: Reader<'a>,
    inside: Range<usize>,
    mention: usize,
    /// The first quotation that does not end before the token.
    other: usize,
    /// A description whose head is still to come.
    nominal: Option<usize>,
    /// The tokens behind its object of a frame that stands around it: `accountable` in `hold Marrow accountable`.
    behind: Range<usize>,
}

/// Words of the longest phrase that the stance lexicon may have.
pub(super) const LONGEST_PHRASE: usize = 8;
/// A pronoun's party is not looked for farther back than so many mentions and paragraphs.
const FARTHEST_MENTION: usize = 60;
const FARTHEST_PARAGRAPH: usize = 4;
const SAYING: Classes = Classes::of(&[Class::Say, Class::Strong, Class::Tell]);
const AUXILIARY: Classes = Classes::of(&[Class::Verb, Class::Have, Class::Do]);
const CUES: Classes = Classes::of(&[Class::Say, Class::Strong, Class::Tell, Class::Weak]);

impl Builder<'_> {
    /// Reads the node at a token; returns the next token.
    fn node(&mut self, at: usize, end: usize) -> usize {
        let scan = self.reader.scan;
        if let Some(end) = self.other_quotation(at) {
            self.push(NodeKind::Word, at, at + 1);
            return end.max(at + 1);
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

    /// The end of another quotation that holds the token.
    fn other_quotation(&mut self, at: usize) -> Option<usize> {
        if self.inside.contains(&at) {
            return None;
        }
        let quotations = &self.reader.scan.quotations;
        while quotations.get(self.other).is_some_and(|quotation| quotation.tokens.end <= at) {
            self.other += 1;
        }
        quotations
            .get(self.other)
            .filter(|quotation| quotation.tokens.start <= at)
            .map(|quotation| quotation.tokens.end)
    }

    fn word(&mut self, at: usize, end: usize) -> usize {
        let reader = self.reader;
        if self.behind.contains(&at) {
            self.pass_mentions(at + 1);
            self.push(NodeKind::Word, at, at + 1);
            return at + 1;
        }
        let known = if reader.scan.has(at, Class::StanceStart) {
            reader.lexicons.stance.longest(&reader.scan.words[at..end.min(at + LONGEST_PHRASE)])
        } else {
            None
        };
        if known.is_none_or(|(length, _)| length == 1)
            && reader.scan.has(at, Class::StanceStart)
            && self.around(at, end)
        {
            return at + 1;
        }
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
            return self
                .description(nominal, known.filter(|(length, _)| *length == 1).map_or(&[], |(_, senses)| senses));
        }
        match known {
            Some((length, senses)) if !self.is_part_of_name(at) => self.known(at, at + length, senses),
            _ => self.plain(at),
        }
    }

    /// `held Marrow accountable`: a verb whose other words stand behind its object, which is a party.
    fn around(&mut self, at: usize, end: usize) -> bool {
        let Reader { scan, lexicons, .. } = self.reader;
        let rest = at + 1..end.min(at + 12);
        let Some((sense, object, words)) = lexicons.stance.around(scan.words[at], &scan.words[rest]) else {
            return false;
        };
        let object = at + 1..at + 1 + object;
        let first = scan.mentions.partition_point(|mention| mention.tokens.start < object.start);
        let names = scan.mentions.get(first).is_some_and(|mention| mention.tokens.start < object.end);
        let one = object.clone().all(|token| scan.tokens[token].is_word() || scan.kind(token) == TokenKind::Possessive);
        let Meaning::Entry(entry) = sense.meaning else { return false };
        if !names || !one || sense.form == Form::Base && self.is_noun_place(false) {
            return false;
        }
        self.push(NodeKind::Verb, at, at + 1);
        if let Some(node) = self.unit.nodes.last_mut() {
            (node.entry, node.form) = (entry, sense.form);
        }
        self.behind = object.end..object.end + words;
        true
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
            || !matches!(
                scan.kind(at - 1),
                TokenKind::Lower | TokenKind::Capital | TokenKind::Upper | TokenKind::Possessive | TokenKind::Number
            );
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
                    let verb = known
                        .and_then(|(_, senses)| self.choose(senses, false, scan.classes[at]))
                        .filter(|sense| sense.form != Form::Plain);
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

    /// `racist comments`: a word that may name people stands before a noun, where it describes.
    fn is_before_noun(&self, index: usize, senses: &[Sense]) -> bool {
        const NONE_OF: Classes = Classes::of(&[
            Class::Preposition,
            Class::To,
            Class::Of,
            Class::By,
            Class::And,
            Class::Be,
            Class::Have,
            Class::Do,
            Class::Modal,
            Class::That,
            Class::Subordinator,
            Class::Adverb,
            Class::Determiner,
            Class::Negator,
            Class::Verb,
            Class::Say,
            Class::Strong,
            Class::Tell,
            Class::Weak,
        ]);
        let Reader { scan, lexicons, .. } = self.reader;
        let next = scan.mentions[index].head.end;
        let adjective = senses.iter().any(|sense| match sense.meaning {
            Meaning::Entry(entry) => lexicons.stance.entries[entry as usize].pos == Pos::Adjective,
            _ => false,
        });
        adjective && scan.kind(next) == TokenKind::Lower && !scan.classes[next].any(NONE_OF)
    }

    fn description(&mut self, index: usize, senses: &[Sense]) -> usize {
        if self.is_before_noun(index, senses) {
            let at = self.reader.scan.mentions[index].head.start;
            return self.known(at, at + 1, senses);
        }
        let mention = &self.reader.scan.mentions[index];
        let slot = self.mention_slot(index);
        let owner = self
            .unit
            .nodes
            .iter()
            .rev()
            .take(4)
            .find(|node| node.possessive && node.start as usize >= mention.tokens.start);
        let owner = owner.map_or(NONE, |node| node.slot);
        let described = &mut self.unit.slots[slot as usize];
        described.owner = owner;
        described.unnamed = described.entity.is_none_or(|entity| self.reader.entities.list[entity].unnamed);
        self.push_party(slot, mention.head.clone(), mention.possessive);
        if let Some(sense) = self.choose(senses, true, Classes::default())
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
        let reflexive =
            mention.span.of(reader.text).ends_with("self") || mention.span.of(reader.text).ends_with("selves");
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
        let possessive =
            mention.possessive || reader.scan.has(at, Class::PossessivePronoun) && self.is_noun_next(at + 1);
        self.push_party(slot, at..at + 1, possessive);
        at + 1
    }

    fn is_noun_next(&self, at: usize) -> bool {
        const BREAKS: Classes = Classes::of(&[
            Class::Preposition,
            Class::To,
            Class::Of,
            Class::And,
            Class::Determiner,
            Class::Subordinator,
            Class::That,
            Class::Be,
        ]);
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
            (known, MentionKind::Pronoun)
                if !inside && known == reader.speaker && self.is_object_of_speaker(mention) =>
            {
                self.person_before(index, mention)
            }
            (known, MentionKind::Nominal) if inside && self.is_pointed_at(mention) => {
                self.person_before(index, mention).or(known)
            }
            (known, _) => known,
        };
        if entity.is_some() && entity == reader.speaker {
            return SPEAKER;
        }
        let slot = self.unit.new_slot(index as u32, entity);
        self.unit.slots[slot as usize].inside = inside;
        slot
    }

    /// `Dessan accused him`: he is not Dessan.
    fn is_object_of_speaker(&self, pronoun: &Mention) -> bool {
        let person = matches!(pronoun.gender, Gender::Female | Gender::Male) && !pronoun.possessive;
        let object = person && self.reader.scan.has(pronoun.tokens.start, Class::Object);
        let nodes = &self.unit.nodes;
        let sentence = (0..nodes.len()).rev().take_while(|at| nodes[*at].kind != NodeKind::Stop);
        let mut subject = sentence.filter(|at| {
            let done_to = *at > 0 && nodes[at - 1].kind == NodeKind::Verb;
            nodes[*at].kind == NodeKind::Party && !nodes[*at].possessive && !done_to && self.may_act(nodes[*at].slot)
        });
        object && subject.next().is_some_and(|at| nodes[at].slot == SPEAKER)
    }

    fn may_act(&self, slot: u32) -> bool {
        let entity = self.unit.slots[slot as usize].entity;
        slot == SPEAKER || entity.is_some_and(|entity| self.reader.entities.list[entity].kind == PartyKind::Person)
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

    /// The person before a mention who agrees with it in gender, is not the speaker, and stands out most: named shortly
    /// before, in the same quotation, or often in the article.
    fn person_before(&self, index: usize, pronoun: &Mention) -> Option<EntityId> {
        let Reader { scan, entities, speaker, .. } = self.reader;
        let paragraph = scan.paragraph_of(pronoun.tokens.start);
        let mut best: Option<(EntityId, f32)> = None;
        let mut seen: Vec<EntityId> = Vec::with_capacity(8);
        for before in (index.saturating_sub(FARTHEST_MENTION)..index).rev() {
            let mention = &scan.mentions[before];
            let paragraphs = paragraph.saturating_sub(scan.paragraph_of(mention.tokens.start));
            if paragraphs > FARTHEST_PARAGRAPH {
                break;
            }
            let Some(id) = entities.of_mention[before].filter(|id| Some(*id) != speaker) else { continue };
            let entity = &entities.list[id];
            let person = entity.kind == PartyKind::Person && !entity.plural && !entity.unnamed;
            let agrees = entity.gender == pronoun.gender
                || pronoun.gender == Gender::Unknown
                || entity.gender == Gender::Unknown;
            if !person || !agrees || mention.kind == MentionKind::Relative || seen.contains(&id) {
                continue;
            }
            let numbers = &self.reader.lexicons.stance.numbers;
            let same_quotation = mention.quotation.is_some() && mention.quotation == pronoun.quotation;
            let score = numbers.antecedent_same * f32::from(same_quotation)
                - numbers.antecedent_paragraph * paragraphs as f32
                - numbers.antecedent_other * seen.len() as f32
                - numbers.antecedent_inner * f32::from(mention.inner)
                - numbers.antecedent_gender * f32::from(entity.gender == Gender::Unknown)
                + numbers.antecedent_often * (entity.mentions.len().max(1) as f32).ln();
            seen.push(id);
            if best.is_none_or(|(_, known)| score > known) {
                best = Some((id, score));
            }
        }
        best.map(|(id, _)| id)
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
        let after = scan
            .classes
            .get(at + 1)
            .is_some_and(|c| c.any(Classes::of(&[Class::Determiner, Class::Negator, Class::Adverb])));
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
        let entry = self.choose(senses, false, self.reader.scan.classes[at]);
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
            (self.unit.slots[slot as usize].event, self.unit.slots[slot as usize].inside) =
                (Some(kind), self.inside.contains(&at));
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
        // `should have`: a demand that blames by itself, and turns the praise after it.
        let shifter = senses.iter().find_map(|sense| match sense.meaning {
            Meaning::Shifter(shifter) => Some(shifter),
            _ => None,
        });
        if let Some(node) = self.unit.nodes.last_mut() {
            (node.entry, node.form, node.shifter) = (entry, form, shifter.unwrap_or(NONE));
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
                    if node.kind == NodeKind::Word
                        && self.reader.lexicons.stance.shifters[shifter as usize].kind != ShifterKind::Reverser
                    {
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
    fn choose(&self, senses: &[Sense], noun: bool, classes: Classes) -> Option<Sense> {
        let entries = || {
            senses.iter().filter_map(|sense| match sense.meaning {
                Meaning::Entry(entry) => Some((*sense, self.reader.lexicons.stance.entries[entry as usize].pos)),
                _ => None,
            })
        };
        let only_verbs = entries().all(|(_, pos)| pos == Pos::Verb);
        let ambiguous = entries().any(|(_, pos)| pos != Pos::Verb);
        let describes = entries().any(|(_, pos)| pos == Pos::Adjective);
        let preposition = classes.has(Class::Preposition);
        let verb = |form: Form| match form {
            Form::Base if !noun && self.is_verb_due() => true,
            Form::Base if preposition => false,
            Form::Base | Form::Third if noun || self.is_noun_place(ambiguous) => false,
            Form::Past | Form::Participle => only_verbs || !self.is_noun_place(true),
            // `is alarming`
            Form::Ing if describes && self.is_after_be() => false,
            _ => !(noun || ambiguous && self.is_owned_place()),
        };
        let as_verb = entries().find(|(sense, pos)| *pos == Pos::Verb && verb(sense.form));
        let best = as_verb.or_else(|| entries().find(|(_, pos)| *pos != Pos::Verb));
        best.map(|(sense, _)| sense)
    }

    fn is_after_be(&self) -> bool {
        let last = self.unit.nodes.iter().rev().find(|node| node.kind != NodeKind::Adverb);
        last.is_some_and(|node| matches!(node.kind, NodeKind::Be | NodeKind::Link))
    }

    /// Whether only a verb in its base form can stand here: `I like`, `to like`, `don't like`.
    fn is_verb_due(&self) -> bool {
        let last = self.unit.nodes.iter().rev().find(|node| node.kind != NodeKind::Adverb);
        last.is_some_and(|node| match node.kind {
            NodeKind::To | NodeKind::Modal => true,
            NodeKind::Verb => self.reader.scan.has(node.start as usize, Class::Do),
            NodeKind::Party => matches!(node.slot, SPEAKER | YOU) && !node.possessive,
            _ => false,
        })
    }

    /// Whether a noun or adjective is to be expected after the last node; `otherwise` where nothing tells.
    fn is_noun_place(&self, otherwise: bool) -> bool {
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
            () if classes.any(Classes::of(&[Class::Preposition, Class::By])) => {
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
        let scan = self.reader.scan;
        let word = scan.tokens[at].span();
        let verb = Classes::of(&[Class::Be, Class::Have, Class::Do, Class::Modal]);
        let before_verb = scan.classes.get(at + 1).is_some_and(|classes| classes.any(verb))
            || scan.kind(at + 1) == TokenKind::Possessive;
        before_verb
            && word.len() <= 5
            && ["this", "that", "these", "those"].iter().any(|p| word.of(self.reader.text).eq_ignore_ascii_case(p))
    }

    /// `I'm`, `they've`: two nodes of one token.
    fn contraction(&mut self, at: usize) -> bool {
        let reader = self.reader;
        let token = reader.scan.tokens[at];
        if reader.scan.words[at] != 0 || token.span().len() > 9 {
            return false;
        }
        let word = token.span().of(reader.text);
        // Nearly every word has no apostrophe, and a look at its bytes tells.
        if !word.bytes().any(|byte| byte == b'\'' || !byte.is_ascii()) {
            return false;
        }
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
