//! An article outside its quotations as a string of units: a quotation, a mention, a cue, or a word or sign by its
//! class is one letter. Patterns read this string; they never see the text.

use std::ops::Range;

use crate::lexicon::Lexicons;
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::pattern::{QuotationEnd, QuotationLook, Symbol};
use crate::lexicon::sets::{CUES, DOCUMENTS, FINITE_VERBS};
use crate::lexicon::words::{Class, Classes};
use crate::scan::mention::{Mention, MentionKind};
use crate::scan::quotation::{Label, Quotation};
use crate::scan::token::TokenKind;
use crate::scan::{Near, Scan};

use super::look::look;
use super::words::{FORMS, FUNCTION};

/// What a unit is of: 8 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A quotation, by its number.
    Quotation(u32),
    /// A mention, by its number.
    Mention(u32),
    /// Tokens: the first, and how many.
    Tokens(u32, u16),
}

/// The units of an article.
#[derive(Clone, Debug, Default)]
pub struct Units {
    /// One letter a unit, a [`Symbol`].
    pub letters: Vec<u8>,
    /// What each unit is of.
    pub of: Vec<Of>,
    /// For each quotation its unit; none for a nickname within a name.
    pub of_quotation: Vec<Option<usize>>,
    /// How each quotation looks.
    pub looks: Vec<QuotationLook>,
}

impl Units {
    /// The units of a scanned text.
    #[must_use]
    pub fn of(text: &str, scan: &Scan, lexicons: &Lexicons) -> Self {
        Self::reusing(Self::default(), text, scan, lexicons)
    }

    /// The same, in the room that the units of another article took.
    #[must_use]
    pub fn reusing(mut units: Self, text: &str, scan: &Scan, lexicons: &Lexicons) -> Self {
        units.letters.clear();
        units.of.clear();
        units.of_quotation.clear();
        units.looks.clear();
        units.looks.extend(scan.quotations.iter().map(|quotation| look(text, scan, quotation)));
        let (quotation, mention, sentence) = (quotation(scan, 0), mention(scan, 0, 0), sentence(scan, 0));
        let is_labelled = scan.quotations.first().is_some_and(|quotation| quotation.label.is_some());
        let mut builder = Builder { text, scan, lexicons, units, quotation, mention, sentence, is_labelled };
        builder.build();
        builder.units
    }
}

/// A quotation, mention or sentence that is to come: its number and the token that it begins with.
#[derive(Clone, Copy)]
struct Next {
    number: usize,
    token: usize,
}

impl Next {
    fn new(number: usize, token: Option<usize>) -> Self {
        Self { number, token: token.unwrap_or(usize::MAX) }
    }
}

fn quotation(scan: &Scan, number: usize) -> Next {
    Next::new(number, scan.quotations.get(number).map(|quotation| quotation.marked_tokens().start))
}

fn sentence(scan: &Scan, number: usize) -> Next {
    Next::new(number, scan.sentences.get(number).map(|sentence| sentence.start))
}

/// The next mention from a number on that no longer one holds, and that does not begin before a token.
fn mention(scan: &Scan, from: usize, at: usize) -> Next {
    let mut rest = scan.mentions[from..].iter().enumerate();
    let next = rest.find(|(_, mention)| mention.tokens.start >= at && !mention.inner);
    Next::new(from + next.map_or(0, |(passed, _)| passed), next.map(|(_, mention)| mention.tokens.start))
}

/// Words between a nominal and the role of a name that it belongs to, at most.
const LONGEST_ROLE: usize = 4;

pub(super) struct Builder<'a> {
    pub(super) text: &'a str,
    pub(super) scan: &'a Scan,
    pub(super) lexicons: &'a Lexicons,
    pub(super) units: Units,
    quotation: Next,
    mention: Next,
    sentence: Next,
    /// Whether the next quotation has a label.
    is_labelled: bool,
}

/// Words of `in the crowd` between an indefinite and its verb, at most.
const LONGEST_PHRASE: usize = 6;

/// Paragraphs before a quotation that a pattern may look at.
const NEAR: usize = 2;

impl Builder<'_> {
    fn build(&mut self) {
        let near = self.near_quotations();
        let tokens = self.scan.paragraphs.iter().zip(&near).filter(|(_, near)| **near);
        let most = tokens.map(|(paragraph, _)| paragraph.len() + 2).sum::<usize>() + 1;
        self.units.letters.reserve(most);
        self.units.of.reserve(most);
        let mut at = 0;
        for (paragraph, near) in near.iter().enumerate() {
            let range = self.scan.paragraphs[paragraph].clone();
            at = at.max(range.start);
            if *near && at < range.end {
                at = self.paragraph(at, &range);
            }
        }
        let end = self.scan.tokens.len();
        self.push_tokens(Symbol::Stop, end..end);
        self.units.of_quotation.resize(self.scan.quotations.len(), None);
    }

    /// Adds the units of a paragraph from a token on: where it stops, behind a quotation that ends in a later paragraph.
    fn paragraph(&mut self, from: usize, range: &Range<usize>) -> usize {
        let mut at = from;
        self.pass(at);
        if at == range.start {
            self.push_tokens(Symbol::Paragraph, at..at);
            at = self.answer_label(at);
            self.pass(at);
        }
        while at < range.end {
            if at == self.sentence.token {
                if at != range.start {
                    self.sentence_end(at);
                }
                self.sentence = sentence(self.scan, self.sentence.number + 1);
            }
            let quotation = self.quotation(at, range).or_else(|| self.in_label(at));
            at = quotation.or_else(|| self.mention_at(at)).unwrap_or_else(|| self.token(at));
            self.pass(at);
            let next = self.next_event(at).min(range.end);
            if at < next {
                while at < next {
                    at = self.token(at);
                }
                // An expression of several words may end behind what begins next.
                if at > next {
                    self.pass(at);
                }
            }
        }
        at
    }

    /// Adds `A:`, the label of who asks or answers, where a quotation in marks follows it at the start of a paragraph; where the
    /// next unit begins.
    fn answer_label(&mut self, at: usize) -> usize {
        if !self.scan.is_answer_label(at, self.lexicons) || self.quotation.token != at + 2 {
            return at;
        }
        self.push_tokens(Symbol::Word, at..at + 1);
        self.push_tokens(Symbol::Label, at + 1..at + 2);
        at + 2
    }

    /// The next token from `at` on, where all before is passed, that may be more than a word or sign by itself.
    fn next_event(&self, at: usize) -> usize {
        // Any token before it may be one of its label.
        if self.is_labelled { at } else { self.sentence.token.min(self.mention.token).min(self.quotation.token) }
    }

    /// Passes what begins before a token.
    fn pass(&mut self, at: usize) {
        while self.sentence.token < at {
            self.sentence = sentence(self.scan, self.sentence.number + 1);
        }
        // A nickname between marks within a name is behind already.
        while self.quotation.token < at {
            self.pass_quotation(None);
        }
        if self.mention.token < at {
            self.mention = mention(self.scan, self.mention.number + 1, at);
        }
    }

    fn next_quotation(&self) -> Option<&Quotation> {
        self.scan.quotations.get(self.quotation.number)
    }

    /// Goes on to the quotation after the next, whose unit this is.
    fn pass_quotation(&mut self, unit: Option<usize>) {
        self.units.of_quotation.push(unit);
        self.quotation = quotation(self.scan, self.quotation.number + 1);
        self.is_labelled = self.next_quotation().is_some_and(|quotation| quotation.label.is_some());
    }

    /// Adds the quotation that begins at a token; where it ends.
    fn quotation(&mut self, at: usize, paragraph: &Range<usize>) -> Option<usize> {
        if self.quotation.token != at {
            return None;
        }
        let inside = self.next_quotation()?;
        let end = inside.marked_tokens().end;
        let is_unclosed = !inside.closed && inside.label.is_none() && end == paragraph.end;
        let (number, unit) = (self.quotation.number as u32, self.units.letters.len());
        self.push(Symbol::Other, Of::Quotation(number));
        if is_unclosed {
            self.push_tokens(Symbol::Unclosed, end..end);
        }
        self.pass_quotation(Some(unit));
        Some(end)
    }

    /// Adds a token of the label that stands before a quotation, where it names nobody; where the next one begins.
    fn in_label(&mut self, at: usize) -> Option<usize> {
        let next = self.next_quotation().filter(|_| self.is_labelled)?;
        let label = next.label?;
        let symbol = if at + 1 == next.tokens.start {
            Symbol::Label
        } else if label != Label::Name && at >= self.scan.paragraphs[next.paragraph].start {
            Symbol::Word
        } else {
            return None;
        };
        self.push_tokens(symbol, at..at + 1);
        Some(at + 1)
    }

    /// Adds the mention that begins at a token; where it ends.
    fn mention_at(&mut self, at: usize) -> Option<usize> {
        if self.mention.token != at {
            return None;
        }
        let number = self.mention.number;
        let found = &self.scan.mentions[number];
        let end = found.tokens.end;
        if self.scan.is_in_dateline(at) {
            // Nobody who may have spoken.
            self.push_tokens(Symbol::Place, at..end);
            return Some(end);
        }
        let symbol = self.mention(found)?;
        self.push(symbol, Of::Mention(number as u32));
        // `Democrats’ remarks`: the mark alone is the possessive.
        if found.possessive && symbol != Symbol::Possessive && self.scan.kind(end) == TokenKind::Mark {
            self.push_tokens(Symbol::Clitic, end..end + 1);
        }
        Some(end)
    }

    /// The paragraphs that a pattern may look at: those with a quotation, two before and one after.
    fn near_quotations(&self) -> Near {
        let mut near = self.scan.near_quotations(NEAR);
        // What is said goes on after a caption.
        near.iter_mut().zip(&self.scan.captions).for_each(|(near, caption)| *near &= !caption);
        near
    }

    fn push(&mut self, symbol: Symbol, of: Of) {
        self.units.letters.push(symbol as u8);
        self.units.of.push(of);
    }

    pub(super) fn push_tokens(&mut self, symbol: Symbol, tokens: Range<usize>) {
        self.push(symbol, Of::Tokens(tokens.start as u32, tokens.len() as u16));
    }

    /// Adds the end of a sentence before the one that opens at the token.
    fn sentence_end(&mut self, at: usize) {
        let symbol = match self.units.of.last() {
            Some(Of::Quotation(last)) if self.units.looks[*last as usize].end == QuotationEnd::Mark => Symbol::SoftStop,
            _ => Symbol::Stop,
        };
        self.push_tokens(symbol, at..at);
    }

    fn mention(&self, mention: &Mention) -> Option<Symbol> {
        Some(match mention.kind {
            MentionKind::Name if self.ends_address(mention) => Symbol::Place,
            MentionKind::Name if self.is_party_mark(mention) => return None,
            MentionKind::Name if matches!(mention.party_kind, PartyKind::Outlet) => Symbol::Outlet,
            MentionKind::Name
                if mention.party_kind == PartyKind::Place
                    && !self.stands_alone(mention)
                    && !self.is_said_by(mention) =>
            {
                Symbol::Place
            }
            MentionKind::Name => Symbol::Name,
            MentionKind::Demonym if self.stands_alone(mention) || self.is_said_by(mention) => Symbol::Name,
            MentionKind::Demonym => Symbol::Word,
            MentionKind::Nominal if self.describes_name(mention) || self.is_sent(mention) => return None,
            MentionKind::Nominal if self.is_outlet(mention) => Symbol::Outlet,
            MentionKind::Nominal => Symbol::Nominal,
            MentionKind::Relative => Symbol::Relative,
            MentionKind::Indefinite if self.is_partitive(mention) => Symbol::Indefinite,
            MentionKind::Indefinite => return None,
            MentionKind::Pronoun if mention.possessive => Symbol::Possessive,
            MentionKind::Pronoun if self.scan.has(mention.tokens.start, Class::Subject) => Symbol::Pronoun,
            MentionKind::Pronoun
                if self.scan.has(mention.tokens.start, Class::PossessivePronoun)
                    && self.may_own(mention.tokens.end) =>
            {
                Symbol::Possessive
            }
            MentionKind::Pronoun => Symbol::ObjectPronoun,
        })
    }

    /// `police in Ashby, Dessan, said`: where the place is. A name that nobody knows is one there only after the subject of
    /// the sentence, and one of several words only where that is several.
    fn ends_address(&self, mention: &Mention) -> bool {
        let back = |back: usize| self.units.letters.iter().nth_back(back).copied().and_then(Symbol::from_letter);
        if back(0) != Some(Symbol::Comma) {
            return false;
        }
        if self.scan.kind(mention.tokens.end) != TokenKind::Comma {
            // `Lee of Ashby, Dessan said`, but not `of the city, Dessan said`.
            let of_place = matches!(back(1), Some(Symbol::Place | Symbol::Name))
                && matches!(back(2), Some(Symbol::In | Symbol::Of | Symbol::Preposition));
            let subject = matches!(back(3), Some(Symbol::Name | Symbol::Nominal));
            return mention.party_kind == PartyKind::Place && of_place && subject;
        }
        let after_name = matches!(back(1), Some(Symbol::Place | Symbol::Name));
        let in_place = after_name && matches!(back(2), Some(Symbol::In | Symbol::Of)) && mention.title.is_none();
        match mention.party_kind {
            PartyKind::Place | PartyKind::Government => in_place,
            _ if in_place && self.is_postal_code(mention) => true,
            PartyKind::Unknown if in_place => self.is_at_home(mention.head.len()),
            _ => false,
        }
    }

    /// `D.` in `Ann Lee (D., Ohio)`.
    fn is_party_mark(&self, mention: &Mention) -> bool {
        let opens = mention.tokens.start.checked_sub(1).is_some_and(|before| self.scan.kind(before) == TokenKind::Open);
        opens && mention.span.end - mention.span.start <= 2 && self.scan.kind(mention.tokens.end) == TokenKind::Comma
    }

    /// `OH` in `Ashby, OH, …`: two capitals.
    fn is_postal_code(&self, mention: &Mention) -> bool {
        let alone = mention.tokens.len() == 1 && mention.span.end - mention.span.start == 2;
        alone && mention.party.is_none() && self.scan.kind(mention.tokens.start) == TokenKind::Upper
    }

    /// Whether the subject of the sentence stands four units back, and is several where the name has more `words` than one.
    fn is_at_home(&self, words: usize) -> bool {
        let Some(at) = self.units.letters.len().checked_sub(4) else { return false };
        let before = at.checked_sub(1).and_then(|before| Symbol::from_letter(self.units.letters[before]));
        let opens = matches!(
            before,
            Some(Symbol::Stop | Symbol::Paragraph | Symbol::Determiner | Symbol::Other | Symbol::SoftStop)
        );
        let subject = match self.units.of[at] {
            Of::Mention(subject) => &self.scan.mentions[subject as usize],
            _ => return false,
        };
        opens && subject.kind == MentionKind::Nominal && (words == 1 || subject.plural)
    }

    /// `(Reuters)`: `Ann Lee (Greens) – the mayor – said` is no line of origin.
    /// `had a blunt message for Lee: “…”`: what is sent to somebody is no source.
    fn is_sent(&self, mention: &Mention) -> bool {
        let end = mention.tokens.end;
        if !self.scan.has(end, Class::To) && !self.scan.has(end, Class::For)
            || !self.scan.classes[end - 1].any(DOCUMENTS)
        {
            return false;
        }
        let next = self.scan.mentions.partition_point(|other| other.tokens.start <= end);
        let to = self.scan.mentions.get(next).filter(|to| to.tokens.start == end + 1);
        to.is_some_and(|to| self.scan.kind(to.tokens.end) == TokenKind::Colon)
    }

    /// `the Karst news agency`, `the newspaper`
    fn is_outlet(&self, mention: &Mention) -> bool {
        let outlet = |at: usize| self.lexicons.descriptions.is(DescriptionKind::Outlet, self.scan.words[at]);
        matches!(mention.party_kind, PartyKind::Organisation | PartyKind::Outlet) && mention.tokens.clone().any(outlet)
    }

    /// `state transport minister Ann Lee`, `Dessanian cricket captain Ann Lee`: the nominal belongs to the role of a name
    /// after it, with nothing but nouns between.
    fn describes_name(&self, mention: &Mention) -> bool {
        let end = mention.tokens.end;
        let noun = |at: &usize| {
            self.scan.kind(*at) == TokenKind::Lower
                && !self.scan.classes[*at].any(FUNCTION.with(FORMS))
                && !self.scan.has(*at, Class::Be)
        };
        let next = (end..end + LONGEST_ROLE).find(|at| !noun(at));
        next.is_some_and(|next| {
            let mut after = self.scan.mentions[self.mention.number..].iter();
            after.find(|other| other.tokens.start >= end).is_some_and(|name| {
                (end + 1..=next).contains(&name.tokens.start) && name.kind == MentionKind::Name && name.role.is_some()
            })
        })
    }

    /// A demonym before a verb or sign is a party; before a noun it describes.
    fn stands_alone(&self, mention: &Mention) -> bool {
        let next = mention.tokens.end;
        self.scan.classes.get(next).is_some_and(|classes| classes.any(FINITE_VERBS))
    }

    /// `said Cuban,`: a demonym that is the family name of who speaks; `wrote one on Monday`.
    fn is_said_by(&self, mention: &Mention) -> bool {
        let cue = matches!(self.before(), Some(Symbol::Say | Symbol::Strong | Symbol::Tell));
        let end = mention.tokens.end;
        let phrase = mention.kind == MentionKind::Indefinite && self.scan.has(end, Class::Preposition);
        let ends = phrase || !self.scan.tokens.get(end).is_some_and(|next| next.is_word());
        cue && ends
            && self.units.letters.len() >= 2
            && self.units.letters[self.units.letters.len() - 2] == Symbol::Other as u8
    }

    /// `her` is a possessive before a noun or a quotation.
    fn may_own(&self, at: usize) -> bool {
        if self.scan.kind(at) == TokenKind::Mark {
            return true;
        }
        self.scan.kind(at) == TokenKind::Lower && !self.scan.classes[at].any(FUNCTION)
    }

    /// `many say`, `one of them`, `others, who`: by itself a source.
    fn is_partitive(&self, mention: &Mention) -> bool {
        let next = mention.tokens.end;
        let classes = self.scan.classes.get(next).copied().unwrap_or_default();
        classes.any(CUES) && (classes.any(FORMS) || classes.has(Class::Ing) && self.is_joined())
            || classes.has(Class::Of)
            || classes.any(Classes::of(&[Class::Have, Class::Relative]))
            || self.is_said_by(mention)
            || classes.has(Class::Preposition) && self.speaks_after_phrase(next)
    }

    /// `someone in the crowd shouted`, `four in 10 said`
    fn speaks_after_phrase(&self, at: usize) -> bool {
        const NO_MORE: Classes = CUES.with(FUNCTION);
        let is_cue = |at: usize| self.scan.classes[at].any(CUES) && self.scan.has(at, Class::Finite);
        let within = |at: &usize| {
            let Some(classes) = self.scan.classes.get(*at) else { return false };
            let noun = !classes.any(NO_MORE) || classes.has(Class::Determiner);
            noun && matches!(self.scan.kind(*at), TokenKind::Lower | TokenKind::Number | TokenKind::Capital)
        };
        let words = (at + 1..at + 1 + LONGEST_PHRASE).take_while(within).count();
        let verb = at + 1 + words;
        words > 0 && verb < self.scan.tokens.len() && is_cue(verb)
    }

    /// `with one calling`, `and others calling`.
    fn is_joined(&self) -> bool {
        matches!(
            self.units.letters.last().copied().and_then(Symbol::from_letter),
            Some(Symbol::Preposition | Symbol::And)
        )
    }
}
