//! An article outside its quotations as a string of units: a quotation, a mention, a cue, or a word or sign by its
//! class is one letter. Patterns read this string; they never see the text.

use crate::lexicon::Lexicons;
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::pattern::{QuotationEnd, QuotationLook, Symbol};
use crate::lexicon::phrases::Meaning;
use crate::lexicon::words::{Class, Classes};
use crate::scan::Scan;
use crate::scan::mention::{Mention, MentionKind};
use crate::scan::quotation::{Label, Quotation};
use crate::scan::token::TokenKind;

/// What a unit is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A quotation, by its number.
    Quotation(usize),
    /// A mention, by its number.
    Mention(usize),
    /// Tokens from the first up to the second.
    Tokens(usize, usize),
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
}

impl Units {
    /// The units of a scanned text.
    #[must_use]
    pub fn of(text: &str, scan: &Scan, lexicons: &Lexicons) -> Self {
        let mut builder = Builder { text, scan, lexicons, units: Units::default(), sentence: 0 };
        builder.build();
        builder.units
    }
}

/// Tokens of `, March 3` and of `(Reuters)` at most.
const LONGEST_DATELINE: usize = 6;

/// Words between a nominal and the role of a name that it belongs to, at most.
const LONGEST_ROLE: usize = 4;

struct Builder<'a> {
    text: &'a str,
    scan: &'a Scan,
    lexicons: &'a Lexicons,
    units: Units,
    sentence: usize,
}

/// Paragraphs before a quotation that a pattern may look at.
const NEAR: usize = 2;

impl Builder<'_> {
    fn build(&mut self) {
        let (mut at, mut quotation, mut mention, mut paragraph) = (0, 0, 0, 0);
        let near = self.near_quotations();
        while at < self.scan.tokens.len() {
            while self.scan.paragraphs[paragraph].end <= at {
                paragraph += 1;
            }
            if !near[paragraph] {
                at = self.scan.paragraphs[paragraph].end;
                continue;
            }
            self.boundary(at);
            // A nickname between marks within a name is behind already.
            while self.scan.quotations.get(quotation).is_some_and(|inside| inside.marked_tokens().start < at) {
                self.units.of_quotation.push(None);
                quotation += 1;
            }
            let marked = self.scan.quotations.get(quotation).map(Quotation::marked_tokens);
            if let Some(marked) = marked.filter(|marked| marked.start == at) {
                self.units.of_quotation.push(Some(self.units.letters.len()));
                self.push(Symbol::Other, Of::Quotation(quotation));
                let inside = &self.scan.quotations[quotation];
                let to_end = marked.end == self.scan.paragraphs[paragraph].end;
                if !inside.closed && inside.label.is_none() && to_end {
                    self.push(Symbol::Unclosed, Of::Tokens(marked.end, marked.end));
                }
                (at, quotation) = (marked.end, quotation + 1);
                continue;
            }
            if let Some(symbol) = self.in_label(quotation, at) {
                self.push(symbol, Of::Tokens(at, at + 1));
                at += 1;
                continue;
            }
            while self.scan.mentions.get(mention).is_some_and(|m| m.tokens.start < at || m.inner) {
                mention += 1;
            }
            if let Some(found) = self.scan.mentions.get(mention).filter(|found| found.tokens.start == at)
                && let Some(symbol) = self.mention(found)
            {
                self.push(symbol, Of::Mention(mention));
                at = found.tokens.end;
                // `Democrats’ remarks`: the mark alone is the possessive.
                if found.possessive && symbol != Symbol::Possessive && self.scan.kind(at) == TokenKind::Mark {
                    self.push(Symbol::Clitic, Of::Tokens(at, at + 1));
                }
                continue;
            }
            at = self.token(at);
        }
        self.push(Symbol::Stop, Of::Tokens(at, at));
        self.units.of_quotation.resize(self.scan.quotations.len(), None);
    }

    /// What a token of the label is that stands before a quotation, where it names nobody.
    fn in_label(&self, quotation: usize, at: usize) -> Option<Symbol> {
        let next = self.scan.quotations.get(quotation)?;
        let label = next.label?;
        let start = self.scan.paragraphs[next.paragraph].start;
        if at + 1 == next.tokens.start {
            return Some(Symbol::Label);
        }
        (label != Label::Name && at >= start).then_some(Symbol::Word)
    }

    /// The paragraphs that a pattern may look at: those with a quotation, two before and one after.
    fn near_quotations(&self) -> Vec<bool> {
        let near = self.scan.near_quotations(NEAR);
        // What is said goes on after a caption.
        near.iter().zip(&self.scan.captions).map(|(near, caption)| *near && !caption).collect()
    }

    fn push(&mut self, symbol: Symbol, of: Of) {
        self.units.letters.push(symbol as u8);
        self.units.of.push(of);
    }

    /// A paragraph or sentence that opens at the token.
    fn boundary(&mut self, at: usize) {
        if self.scan.tokens[at].opens_paragraph() || at == 0 {
            self.push(Symbol::Paragraph, Of::Tokens(at, at));
        }
        while self.scan.sentences.get(self.sentence).is_some_and(|sentence| sentence.start < at) {
            self.sentence += 1;
        }
        let opens = self.scan.sentences.get(self.sentence).is_some_and(|sentence| sentence.start == at);
        if !opens || self.scan.tokens[at].opens_paragraph() {
            return;
        }
        let symbol = match self.units.of.last() {
            Some(Of::Quotation(last)) if self.look(*last).end == QuotationEnd::Mark => Symbol::SoftStop,
            _ => Symbol::Stop,
        };
        self.push(symbol, Of::Tokens(at, at));
    }

    /// How a quotation looks.
    fn look(&self, quotation: usize) -> QuotationLook {
        look(self.text, self.scan, &self.scan.quotations[quotation])
    }

    fn mention(&self, mention: &Mention) -> Option<Symbol> {
        Some(match mention.kind {
            MentionKind::Name | MentionKind::Nominal if self.is_dateline(mention) => Symbol::Place,
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

    /// `DESSAN (Reuters) -`, `Dessan, March 3 (Reuters) –`, `DESSAN —`: where the report comes from.
    fn is_dateline(&self, mention: &Mention) -> bool {
        let start = mention.tokens.start;
        let kind = |at: usize| self.scan.kind(at);
        if !self.scan.tokens[start].opens_paragraph() && start > 0 {
            return false;
        }
        let capitals = (start..mention.tokens.end).all(|at| kind(at) == TokenKind::Upper);
        let mut at = mention.tokens.end;
        while at < mention.tokens.end + LONGEST_DATELINE && kind(at) != TokenKind::Open && kind(at) != TokenKind::Dash {
            at += 1;
        }
        match kind(at) {
            TokenKind::Dash => capitals,
            TokenKind::Open => {
                let close = (at + 2..at + LONGEST_DATELINE).find(|close| kind(*close) == TokenKind::Close);
                close.is_some_and(|close| kind(close + 1) == TokenKind::Dash && self.names_outlet(at..close))
            }
            _ => false,
        }
    }

    /// `(Reuters)`: `Ann Lee (Greens) – the mayor – said` is no line of origin.
    fn names_outlet(&self, tokens: std::ops::Range<usize>) -> bool {
        let first = self.scan.mentions.partition_point(|mention| mention.tokens.start < tokens.start);
        let mut within = self.scan.mentions[first..].iter().take_while(|mention| mention.tokens.start < tokens.end);
        within.any(|mention| mention.party_kind == PartyKind::Outlet)
    }

    /// `had a blunt message for Lee: “…”`: what is sent to somebody is no source.
    fn is_sent(&self, mention: &Mention) -> bool {
        const TEXTS: Classes = Classes::of(&[Class::Message, Class::Document]);
        let end = mention.tokens.end;
        if !self.scan.has(end, Class::To) && !self.scan.has(end, Class::For) || !self.scan.classes[end - 1].any(TEXTS) {
            return false;
        }
        let next = self.scan.mentions.partition_point(|other| other.tokens.start <= end);
        let to = self.scan.mentions.get(next).filter(|to| to.tokens.start == end + 1);
        to.is_some_and(|to| self.scan.kind(to.tokens.end) == TokenKind::Colon)
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
            let name = self.scan.mentions.partition_point(|other| other.tokens.start < end);
            self.scan.mentions.get(name).is_some_and(|name| {
                (end + 1..=next).contains(&name.tokens.start) && name.kind == MentionKind::Name && name.role.is_some()
            })
        })
    }

    /// A demonym before a verb or sign is a party; before a noun it describes.
    fn stands_alone(&self, mention: &Mention) -> bool {
        let next = mention.tokens.end;
        let verb = Classes::of(&[Class::Be, Class::Have, Class::Modal, Class::Finite, Class::Do]);
        self.scan.classes.get(next).is_some_and(|classes| classes.any(verb))
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
    }

    /// `with one calling`, `and others calling`.
    fn is_joined(&self) -> bool {
        matches!(
            self.units.letters.last().copied().and_then(Symbol::from_letter),
            Some(Symbol::Preposition | Symbol::And)
        )
    }

    fn token(&mut self, at: usize) -> usize {
        let token = self.scan.tokens[at];
        let symbol = match token.kind {
            TokenKind::Comma => Symbol::Comma,
            TokenKind::Colon => Symbol::Colon,
            TokenKind::Semicolon => Symbol::Semicolon,
            TokenKind::Dash => Symbol::Dash,
            TokenKind::Open => Symbol::Open,
            TokenKind::Close => Symbol::Close,
            TokenKind::Possessive => Symbol::Clitic,
            TokenKind::Number => Symbol::Number,
            TokenKind::Stop | TokenKind::Mark => return at + 1,
            TokenKind::Symbol => Symbol::Sign,
            TokenKind::Lower | TokenKind::Capital | TokenKind::Upper => return self.word(at),
        };
        self.push(symbol, Of::Tokens(at, at + 1));
        at + 1
    }

    fn word(&mut self, at: usize) -> usize {
        let (mut classes, mut end) = (self.scan.classes[at], at + 1);
        if classes.has(Class::ExpressionStart)
            && let Some((length, meanings)) =
                self.lexicons.expressions.longest(&self.scan.words[at..self.scan.words.len().min(at + 6)])
        {
            let of_words = meanings.iter().filter_map(|meaning| match meaning {
                Meaning::Words(index) => Some(self.lexicons.phrase_classes[*index as usize]),
                _ => None,
            });
            if let Some(all) = of_words.reduce(Classes::with) {
                (classes, end) = (all, at + length);
            }
        }
        let symbol = self.cue(at, classes).unwrap_or_else(|| self.plain(at, classes));
        self.push(symbol, Of::Tokens(at, end));
        end
    }

    /// The cue that a word is here, by its form and what stands before it.
    fn cue(&self, at: usize, classes: Classes) -> Option<Symbol> {
        if !classes.any(CUES) || self.is_noun_here(at, classes) {
            return None;
        }
        let strength = |say, strong, tell, weak| match () {
            () if classes.has(Class::Say) => say,
            () if classes.has(Class::Strong) => strong,
            () if classes.has(Class::Tell) => tell,
            () => weak,
        };
        let weak = classes.has(Class::Weak) && !classes.any(Classes::of(&[Class::Say, Class::Strong, Class::Tell]));
        let before = self.before();
        if classes.has(Class::Ing) {
            return Some(strength(Symbol::Saying, Symbol::StrongIng, Symbol::TellIng, Symbol::WeakIng));
        }
        // `took to Chirper to hit back`: a form that is past and base alike.
        if before == Some(Symbol::To) && classes.has(Class::Base) {
            return Some(if weak { Symbol::BaseWeak } else { Symbol::BaseCue });
        }
        let finite = Some(strength(Symbol::Say, Symbol::Strong, Symbol::Tell, Symbol::Weak));
        if before == Some(Symbol::Be) {
            let participle = classes.any(Classes::of(&[Class::Participle, Class::Finite]));
            return participle.then(|| strength(Symbol::Quoted, Symbol::Quoted, Symbol::Told, Symbol::Quoted));
        }
        if classes.has(Class::Finite) {
            return if weak && before == Some(Symbol::Word) && self.is_plural_noun(at, classes) {
                None
            } else {
                finite
            };
        }
        if classes.has(Class::Participle) {
            return if before == Some(Symbol::Auxiliary) { finite } else { None };
        }
        // `did concede`, but not `did not concede`
        if !weak && at > 0 && self.scan.has(at - 1, Class::Do) {
            return finite;
        }
        match before {
            Some(Symbol::To | Symbol::Auxiliary | Symbol::Modal) => {
                Some(if weak { Symbol::BaseWeak } else { Symbol::BaseCue })
            }
            Some(Symbol::Nominal) if classes.has(Class::CueNoun) && !self.is_several() => None,
            Some(Symbol::Nominal | Symbol::Pronoun | Symbol::Indefinite | Symbol::Relative) => finite,
            Some(Symbol::Name | Symbol::Outlet) if self.is_several() => finite,
            _ => None,
        }
    }

    /// `interest rates`: after a common noun the form in -s of a word that is a noun as often.
    fn is_plural_noun(&self, at: usize, classes: Classes) -> bool {
        classes.has(Class::CueNoun) && self.scan.tokens[at].span().of(self.text).ends_with('s')
    }

    /// Whether the name or nominal before may be the subject of `say` and `claim`: `Republicans`, `Lee and Hart`. In
    /// `the Lee attack`, `the president’s debate` the verb is a noun.
    fn is_several(&self) -> bool {
        let is_name = |letter: &u8| [Symbol::Name as u8, Symbol::Outlet as u8, Symbol::Nominal as u8].contains(letter);
        let Some(name) = self.units.letters.iter().rposition(is_name) else { return false };
        let joined = name.checked_sub(1).is_some_and(|before| self.units.letters[before] == Symbol::And as u8);
        let Of::Mention(mention) = self.units.of[name] else { return joined };
        let mention = &self.scan.mentions[mention];
        joined || mention.plural || mention.head_span(&self.scan.tokens).of(self.text).ends_with('s')
    }

    /// The last unit, adverbs and `not` passed over.
    fn before(&self) -> Option<Symbol> {
        let pass = [Symbol::Adverb as u8, Symbol::Negator as u8, Symbol::Time as u8];
        let last = self.units.letters.iter().rev().take(3).find(|letter| !pass.contains(letter))?;
        Symbol::from_letter(*last)
    }

    /// `a claim`, `his remark`, `the report`: a cue's letters, but a noun.
    fn is_noun_here(&self, at: usize, classes: Classes) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        if self.is_after_named(classes) || self.is_cry(at, classes) {
            return true;
        }
        if matches!(self.units.of.last(), Some(Of::Mention(_)))
            && !matches!(self.before(), Some(Symbol::Possessive | Symbol::Word))
        {
            return false;
        }
        let noun_follows = Classes::of(&[Class::Determiner, Class::PossessivePronoun, Class::Modifier, Class::Number]);
        // `the then mayor`, but `the mayor then asked`.
        let after_noun_opener = self.scan.classes[before].any(noun_follows)
            && !self.scan.has(before, Class::Adverb)
            && !self.scan.has(before, Class::Object)
            && !self.scan.has(before, Class::That)
            || self.before() == Some(Symbol::Clitic)
            || self.scan.classes[before].any(Classes::of(&[Class::Preposition, Class::Of]))
                && !classes.has(Class::Ing)
                && !self.scan.classes[before].any(Classes::of(&[Class::Subordinator, Class::To]));
        // `Lee’s warning`, but `Lee’s calling it`.
        let of_name = self.before() == Some(Symbol::Clitic) && classes.any(STATEMENTS);
        let owned =
            of_name || self.scan.classes[before].any(Classes::of(&[Class::Determiner, Class::PossessivePronoun]));
        if owned && classes.has(Class::Ing) && !self.scan.has(before, Class::Object) {
            return true;
        }
        after_noun_opener
            && (classes.has(Class::CueNoun)
                || classes.any(Classes::of(&[Class::Finite, Class::Base])) && !classes.has(Class::Ing))
    }

    /// `; cries of “shame” rang out`: at the start of a clause, a form in -s of a word that is a noun as often.
    fn is_cry(&self, at: usize, classes: Classes) -> bool {
        const OPEN: [Symbol; 4] = [Symbol::Stop, Symbol::Paragraph, Symbol::Semicolon, Symbol::And];
        let opens = self.units.letters.last().is_some_and(|last| OPEN.iter().any(|open| *open as u8 == *last));
        opens && classes.any(STATEMENTS) && self.scan.has(at + 1, Class::Of)
    }

    /// `the “Today” show`: after a quotation with an article, a word that may be a noun.
    fn is_after_named(&self, classes: Classes) -> bool {
        let Some(at) = self.units.of.len().checked_sub(2) else { return false };
        let opened = [Symbol::Determiner, Symbol::Possessive, Symbol::Clitic].map(|symbol| symbol as u8);
        matches!(self.units.of[at + 1], Of::Quotation(_))
            && classes.any(Classes::of(&[Class::CueNoun, Class::WorkNoun]))
            && opened.contains(&self.units.letters[at])
    }

    fn plain(&self, at: usize, classes: Classes) -> Symbol {
        const TABLE: [(Class, Symbol); 24] = [
            (Class::According, Symbol::According),
            (Class::Negator, Symbol::Negator),
            (Class::Be, Symbol::Be),
            (Class::Have, Symbol::Auxiliary),
            (Class::Do, Symbol::Auxiliary),
            (Class::Modal, Symbol::Modal),
            (Class::That, Symbol::That),
            (Class::To, Symbol::To),
            (Class::Of, Symbol::Of),
            (Class::By, Symbol::By),
            (Class::And, Symbol::And),
            (Class::PossessivePronoun, Symbol::Possessive),
            (Class::Document, Symbol::Statement),
            (Class::Occasion, Symbol::Statement),
            (Class::Message, Symbol::Statement),
            (Class::Relay, Symbol::Relay),
            (Class::Determiner, Symbol::Determiner),
            (Class::For, Symbol::For),
            (Class::As, Symbol::As),
            (Class::In, Symbol::In),
            (Class::Preposition, Symbol::Preposition),
            (Class::Time, Symbol::Time),
            (Class::Subordinator, Symbol::Subordinator),
            (Class::Adverb, Symbol::Adverb),
        ];
        if classes.is_empty() {
            return self.shape(at, classes);
        }
        if let Some((_, symbol)) = TABLE.iter().find(|(class, _)| classes.has(*class)) {
            return *symbol;
        }
        if classes.has(Class::Naming) {
            return Symbol::Naming;
        }
        if classes.has(Class::WorkNoun) {
            return Symbol::Work;
        }
        if classes.has(Class::Number) {
            return Symbol::Number;
        }
        self.shape(at, classes)
    }

    fn shape(&self, at: usize, classes: Classes) -> Symbol {
        let word = self.scan.tokens[at].span().of(self.text);
        let lower = self.scan.kind(at) == TokenKind::Lower;
        match () {
            () if classes.has(Class::Verb) => Symbol::Verb,
            () if lower && word.ends_with("ed") && word.len() > 4 => Symbol::Verb,
            () if lower && word.ends_with("ing") && word.len() > 5 => Symbol::VerbIng,
            () if lower && word.ends_with("ly") && word.len() > 4 => Symbol::Adverb,
            () => Symbol::Word,
        }
    }
}

const CUES: Classes = Classes::of(&[Class::Say, Class::Strong, Class::Tell, Class::Weak]);
const STATEMENTS: Classes = Classes::of(&[Class::Document, Class::Message, Class::Occasion]);
const FORMS: Classes = Classes::of(&[Class::Finite, Class::Base]);
const FUNCTION: Classes = Classes::of(&[
    Class::Preposition,
    Class::To,
    Class::Of,
    Class::By,
    Class::And,
    Class::That,
    Class::Determiner,
    Class::Subordinator,
    Class::Time,
    Class::Adverb,
]);

/// How a quotation ends and looks.
#[must_use]
pub fn look(text: &str, scan: &Scan, quotation: &Quotation) -> QuotationLook {
    let inside = quotation.span.of(text).trim_end_matches(['\'', '’', '"', '”', ' ', ')']);
    let end = match inside.chars().next_back() {
        Some(',') => QuotationEnd::Comma,
        Some('.') if !inside.ends_with("...") => QuotationEnd::Stop,
        Some('?' | '!' | '…' | '.' | '-' | '–' | '—') => QuotationEnd::Mark,
        _ => QuotationEnd::None,
    };
    let words =
        || quotation.tokens.clone().filter(|at| scan.tokens[*at].is_word() || scan.kind(*at) == TokenKind::Number);
    let heavy = |at: &usize| scan.tokens[*at].span().len() > 3 || scan.tokens[*at].is_capitalised();
    let mut weighty = words().take(30).filter(heavy).peekable();
    let title = weighty.peek().is_some()
        && weighty.all(|at| scan.tokens[at].is_capitalised() || scan.kind(at) == TokenKind::Number)
        && !is_in_headline(scan, quotation);
    let lower = words().next().is_some_and(|at| scan.kind(at) == TokenKind::Lower);
    QuotationLook { end, short: words().nth(3).is_none(), title, lower }
}

/// Words with capitals around a quotation that tell a headline.
const FEWEST_CAPITALS: usize = 3;

/// `Mayor Calls Bridge ‘A Death Trap’ Again`: where every word of weight has a capital, that tells of no title.
fn is_in_headline(scan: &Scan, quotation: &Quotation) -> bool {
    let around =
        |at: &usize| scan.tokens[*at].is_word() && scan.tokens[*at].span().len() > 3 && !quotation.tokens.contains(at);
    scan.is_headline(quotation.paragraph)
        && scan.paragraphs[quotation.paragraph].clone().filter(around).nth(FEWEST_CAPITALS - 1).is_some()
}
