//! Reads the tokens of a unit into nodes: mentions to parties, words by what the stance lexicon and their classes say they
//! are here. Who `he` is within a quotation is decided here too.

mod parties;
mod words;

use std::ops::Range;

use smallvec::SmallVec;

use super::speakers::CampBody;
use super::unit::{Clause, NONE, Node, NodeKind, Unit};
use crate::entities::{Entities, EntityId};
use crate::lexicon::Lexicons;
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::sets::REPORTING;
use crate::lexicon::stance::{Camps, Form, Kinds, Known, LONGEST_OBJECT, Meaning, Opening};
use crate::lexicon::words::{Class, Classes, WordId};
use crate::scan::Scan;
use crate::scan::mention::MentionKind;
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
    /// The mention that the quotation rests on, whoever that is.
    pub source: Option<usize>,
    /// With whom the speaker talks: not of whom.
    pub interlocutor: Option<EntityId>,
    /// The bodies of camps that the article names.
    pub bodies: &'a [CampBody],
    /// The speaker's camps.
    pub camps: Camps,
}

impl<'a> Reader<'a> {
    /// `lost a lot of credibility`, `lost much of their credibility`: a phrase with words within it that tell how much.
    fn past_quantity(self, at: usize, end: usize) -> Option<Known<'a>> {
        const OWNERS: Classes = Classes::of(&[Class::Determiner, Class::PossessivePronoun]);
        const AUXILIARY: Classes = Classes::of(&[Class::Have, Class::Do]);
        let Self { scan, lexicons, .. } = self;
        let next = scan.words.get(at + 1..end.min(at + LONGEST_PHRASE))?;
        let opens = next.first().is_some_and(|next| lexicons.stance.opens(*next, Opening::QUANTITY));
        // `lost her authority`, not `has their support`
        let owned = || scan.has(at + 1, Class::PossessivePronoun) && !scan.classes[at].any(AUXILIARY);
        if !opens && !owned() {
            return None;
        }
        let quantity = if opens { lexicons.stance.quantity(next)? } else { 0 };
        let article = scan.classes.get(at + 1 + quantity).is_some_and(|classes| classes.any(OWNERS));
        let rest = at + 1 + quantity + usize::from(article);
        let rest = scan.words.get(rest..end.min(rest + LONGEST_PHRASE))?;
        let words: SmallVec<[WordId; LONGEST_PHRASE + 1]> =
            std::iter::once(scan.words[at]).chain(rest.iter().copied()).collect();
        let known = lexicons.stance.known(&words).filter(|known| known.length > 1 && known.kinds.any(Kinds::VERB))?;
        Some(Known { length: known.length + quantity + usize::from(article), ..known })
    }
}

impl Unit {
    /// Reads `range`, whose first mention is `first`; `inside` are the tokens of the quotation, others' quotations are passed
    /// over.
    pub fn read(&mut self, reader: &Reader<'_>, range: Range<usize>, first: usize, inside: &Range<usize>) {
        self.clear();
        self.nodes.reserve(range.len() + 1);
        self.slots.reserve(USUAL_SLOTS);
        self.clauses.reserve(USUAL_SLOTS);
        self.parties.reserve(USUAL_SLOTS);
        self.hits.reserve(USUAL_SLOTS);
        for _ in 0..3 {
            self.new_slot(NONE, None);
        }
        self.clauses.push(Clause { start: 0, relative: NONE, inherits: false, sentence: 0 });
        let other = reader.scan.quotations.partition_point(|quotation| quotation.tokens.end <= range.start);
        let mut builder = Builder {
            unit: self,
            reader: *reader,
            inside: inside.clone(),
            mention: first,
            mention_start: 0,
            other,
            look: range.start,
            nominal: None,
            behind: 0..0,
            clause: 0,
            sentence: 0,
        };
        builder.turn_to(first);
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
    /// The next mention.
    mention: usize,
    /// Its first token.
    mention_start: usize,
    /// The first quotation that does not end before the token.
    other: usize,
    /// The first token that may be in another quotation.
    look: usize,
    /// A description whose head is still to come.
    nominal: Option<usize>,
    /// The tokens behind its object of a frame that stands around it: `accountable` in `hold Marrow accountable`.
    behind: Range<usize>,
    /// The last clause and its sentence.
    clause: u32,
    sentence: u32,
}

/// Slots, or clauses, that most units have room in.
const USUAL_SLOTS: usize = 24;
/// Words of the longest phrase that the stance lexicon may have.
pub(super) const LONGEST_PHRASE: usize = 8;
/// Tokens of `(D-Ohio)`, at most.
const LONGEST_BRACKET: usize = 8;

impl Builder<'_> {
    /// Reads the node at a token; returns the next token.
    #[inline]
    fn node(&mut self, at: usize, end: usize) -> usize {
        let scan = self.reader.scan;
        if at >= self.look
            && let Some(end) = self.other_quotation(at)
        {
            self.push(NodeKind::Word, at, at + 1);
            return end.max(at + 1);
        }
        let token = scan.tokens[at];
        match token.kind {
            TokenKind::Mark => {}
            TokenKind::Comma => self.boundary(NodeKind::Comma, at),
            TokenKind::Open if let Some(next) = self.bracket(at, end) => {
                self.pass_mentions(next);
                return next;
            }
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

    /// `Marrow (D-Ohio) called`: where the reporter's brackets about somebody end.
    fn bracket(&self, at: usize, end: usize) -> Option<usize> {
        let close = (at..end.min(at + LONGEST_BRACKET)).find(|at| self.reader.scan.kind(*at) == TokenKind::Close)?;
        let crosses = at < self.inside.end && self.inside.start <= close;
        (!crosses).then_some(close + 1)
    }

    /// The end of another quotation that holds the token; else notes where the next look is due.
    fn other_quotation(&mut self, at: usize) -> Option<usize> {
        if self.inside.contains(&at) {
            self.look = self.inside.end;
            return None;
        }
        let quotations = &self.reader.scan.quotations;
        while quotations.get(self.other).is_some_and(|quotation| quotation.tokens.end <= at) {
            self.other += 1;
        }
        let other = quotations.get(self.other).map(|quotation| &quotation.tokens);
        if let Some(tokens) = other.filter(|tokens| tokens.start <= at) {
            return Some(tokens.end);
        }
        let next = other.map_or(usize::MAX, |tokens| tokens.start);
        self.look = if at < self.inside.start { next.min(self.inside.start) } else { next };
        None
    }

    #[inline]
    fn word(&mut self, at: usize, end: usize) -> usize {
        let reader = self.reader;
        let alone = at < self.mention_start && self.nominal.is_none() && at >= self.behind.end;
        if alone && !reader.scan.has(at, Class::StanceStart) {
            return self.plain(at);
        }
        if self.behind.contains(&at) {
            self.pass_mentions(at + 1);
            self.push(NodeKind::Word, at, at + 1);
            return at + 1;
        }
        if let Some(next) = self.owned_phrase(at, end) {
            return next;
        }
        if let Some(mention) = self.sole_mention_at(at)
            && let Some(next) = self.party(at, mention)
        {
            return next;
        }
        let known = if reader.scan.has(at, Class::StanceStart) {
            reader.lexicons.stance.known(&reader.scan.words[at..end.min(at + LONGEST_PHRASE)])
        } else {
            None
        };
        let short = known.is_none_or(|known| known.length == 1);
        let phrase = short && reader.lexicons.stance.opens(reader.scan.words[at], Opening::VERB_PHRASE);
        let known = if phrase { reader.past_quantity(at, end).or(known) } else { known };
        if short && reader.lexicons.stance.opens(reader.scan.words[at], Opening::AROUND) && self.around(at, end) {
            return at + 1;
        }
        let mention = self.mention_at(at);
        if let Some(known) = known
            && known.length > 1
            && known.senses.iter().any(|sense| !matches!(sense.meaning, Meaning::Group | Meaning::GroupWithArticle))
            && mention.is_none_or(|mention| match reader.scan.mentions[mention].kind {
                MentionKind::Nominal => true,
                MentionKind::Relative => self.asks(at),
                _ => false,
            })
        {
            if known.kinds.any(Kinds::MASK)
                && let Some(described) = mention.or(self.nominal).filter(|nominal| {
                    let nominal = &reader.scan.mentions[*nominal];
                    let ends = at <= nominal.head.start && nominal.head.end == at + known.length;
                    ends && (nominal.party_kind == PartyKind::Person || nominal.head.start == at)
                })
            {
                // `the prime minister`: no evaluation, but somebody.
                self.nominal = None;
                return self.description(described, None).max(at + known.length);
            }
            self.pass_mentions(at + known.length);
            return self.known(at, known);
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
            return self.description(nominal, known.filter(|known| known.length == 1));
        }
        match known {
            Some(known) if !self.is_part_of_name(at) => self.known(at, known),
            _ => self.plain(at),
        }
    }

    /// `my vote for`: a phrase that opens with whose it is, who stays a party of its own.
    fn owned_phrase(&mut self, at: usize, end: usize) -> Option<usize> {
        let Reader { scan, lexicons, .. } = self.reader;
        if at != self.mention_start || !scan.has(at, Class::StanceStart) || !scan.has(at, Class::PossessivePronoun) {
            return None;
        }
        let known = lexicons.stance.known(&scan.words[at..end.min(at + LONGEST_PHRASE)])?;
        if known.length == 1 || !known.kinds.any(Kinds::ENTRY) || known.kinds.any(Kinds::VERB) {
            return None;
        }
        let owner = self.sole_mention_at(at)?;
        self.party(at, owner)?;
        self.pass_mentions(at + known.length);
        Some(self.known(at + 1, Known { length: known.length - 1, ..known }))
    }

    /// `held Marrow accountable`: a verb whose other words stand behind its object, which is a party.
    fn around(&mut self, at: usize, end: usize) -> bool {
        let Reader { scan, lexicons, .. } = self.reader;
        let mut next = scan.mentions[self.mention.min(scan.mentions.len())..].iter();
        let next = next.find(|mention| mention.tokens.start > at);
        if next.is_none_or(|mention| mention.tokens.start > at + LONGEST_OBJECT) {
            return false;
        }
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
        self.set_entry(entry, sense.form);
        self.behind = object.end..object.end + words;
        true
    }

    /// The mention that opens at a token where that alone tells what the token is, whatever the lexicon has.
    fn sole_mention_at(&mut self, at: usize) -> Option<usize> {
        if at != self.mention_start {
            return None;
        }
        let Reader { scan, lexicons, .. } = self.reader;
        let words = match scan.mentions[self.mention].kind {
            MentionKind::Nominal | MentionKind::Indefinite => true,
            MentionKind::Relative => self.asks(at),
            _ => false,
        };
        if words || lexicons.stance.opens(scan.words[at], Opening::AROUND) {
            return None;
        }
        self.mention_at(at)
    }

    /// `Who would trust him?`: a word that may join a clause opens a sentence.
    fn asks(&self, at: usize) -> bool {
        let scan = self.reader.scan;
        at.checked_sub(1).is_none_or(|before| !scan.tokens[before].is_word() && scan.kind(before) != TokenKind::Comma)
    }

    /// The mention that opens at a token, the outermost first; the next call gives the next one.
    fn mention_at(&mut self, at: usize) -> Option<usize> {
        if at < self.mention_start {
            return None;
        }
        self.pass_starts(at);
        let mention = self.mention;
        (self.mention_start == at).then(|| {
            self.turn_to(mention + 1);
            mention
        })
    }

    /// Makes a mention the next one.
    fn turn_to(&mut self, mention: usize) {
        self.mention = mention;
        self.mention_start = self.reader.scan.mentions.get(mention).map_or(usize::MAX, |next| next.tokens.start);
    }

    fn pass_starts(&mut self, end: usize) {
        while self.mention_start < end {
            self.turn_to(self.mention + 1);
        }
    }

    fn pass_mentions(&mut self, end: usize) {
        while self.mention_start < end {
            let mention = &self.reader.scan.mentions[self.mention];
            if mention.kind == MentionKind::Name && mention.head.start == end {
                // `not only Marrow`: the words before a name are a saying.
                self.mention_start = end;
            } else {
                self.turn_to(self.mention + 1);
            }
        }
        let mentions = &self.reader.scan.mentions;
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

    fn push_party(&mut self, slot: u32, tokens: Range<usize>, possessive: bool) {
        self.unit.parties.push(self.unit.nodes.len());
        self.push(NodeKind::Party, tokens.start, tokens.end);
        if let Some(node) = self.unit.nodes.last_mut() {
            (node.slot, node.possessive) = (slot, possessive);
        }
    }

    /// Gives the last node an entry.
    fn set_entry(&mut self, entry: u32, form: Form) {
        self.note_hit();
        if let Some(node) = self.unit.nodes.last_mut() {
            (node.entry, node.form) = (entry, form);
        }
    }

    /// Notes that the last node has an entry or shifter.
    fn note_hit(&mut self) {
        let last = self.unit.nodes.len() - 1;
        if self.unit.hits.last() != Some(&last) {
            self.unit.hits.push(last);
        }
    }

    fn push(&mut self, kind: NodeKind, start: usize, end: usize) {
        let (clause, sentence) = (self.clause, self.sentence);
        let inside = self.inside.contains(&start);
        let says = self.reader.scan.classes[start].any(REPORTING);
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
        (self.clause, self.sentence) = (self.clause + 1, self.sentence + u32::from(sentence));
        let start = self.unit.nodes.len() as u32;
        self.unit.clauses.push(Clause { start, relative, inherits, sentence: self.sentence });
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
        // `those who lied`
        let Reader { scan, lexicons, .. } = self.reader;
        let who = || lexicons.pronouns.get(&scan.words[at]).is_some_and(|who| who.gender != Gender::Neuter);
        let relative = slot != NONE || scan.has(at, Class::Relative) && !scan.has(at, Class::That) && who();
        self.push(if relative { NodeKind::Relative } else { NodeKind::Subordinator }, at, at + 1);
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
}
