//! Mentions: names with their titles and descriptions, nominals such as `a senior official`, pronouns. Each is a stretch
//! of tokens with what its own words tell; whom it means is decided over the whole article, in `entities`.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::token::{Token, TokenKind};
use super::{Extent, Scan};
use crate::Span;
use crate::lexicon::Lexicons;
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::phrases::Meaning;
use crate::lexicon::words::{Class, Classes, WordId};

/// How a mention names its party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MentionKind {
    /// By a name.
    Name,
    /// By a common noun: `the ministry`.
    Nominal,
    /// By a personal pronoun: `he`, `her`.
    Pronoun,
    /// By `who` or `which`.
    Relative,
    /// By `many`, `one`, `others`.
    Indefinite,
    /// By an adjective for a country: `Russian`.
    Demonym,
}

/// A mention of a party.
#[allow(clippy::struct_excessive_bools)] // Independent facts of grammar, each asked for by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// All its words, with title and description.
    pub span: Span,
    /// Indices of its tokens.
    pub tokens: Range<usize>,
    /// Indices of the tokens of the name itself; of a nominal, its head noun.
    pub head: Range<usize>,
    /// How it names its party.
    pub kind: MentionKind,
    /// What the words tell of the party.
    pub party_kind: PartyKind,
    /// Of the party, where the words tell.
    pub gender: Gender,
    /// Whether it stands for several.
    pub plural: bool,
    /// Whether a possessive follows, or it is one: `Trump's`, `his`.
    pub possessive: bool,
    /// Whether a longer mention holds it.
    pub inner: bool,
    /// The title before the name, an index of [`Lexicons::titles`].
    pub title: Option<u32>,
    /// The words that tell the role, without the name: `Kremlin spokesman`.
    pub role: Option<Span>,
    /// The gazetteer party that the name is, an index of [`Lexicons::parties`].
    pub party: Option<u32>,
    /// Whether a demonym or country name stands for the government: the capital city.
    pub capital: bool,
    /// First word of a nominal: `a`, `the`, a number, a possessive.
    pub determiner: Determiner,
    /// Number of its paragraph.
    pub paragraph: u32,
    /// Number of its sentence.
    pub sentence: u32,
    /// Number of the quotation that holds it.
    pub quotation: Option<u32>,
}

/// What a nominal opens with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Determiner {
    /// Nothing.
    #[default]
    None,
    /// `the`, `this`
    Definite,
    /// `a`, `one`, `some`
    Indefinite,
    /// `his`, `Trump's`
    Possessive,
}

/// Puts every mention into `found`, in text order; a longer one before those within it.
pub fn find_mentions(text: &str, scan: &Scan, extent: Extent, lexicons: &Lexicons, found: &mut Vec<Mention>) {
    let family_names = FxHashSet::default();
    let mut finder = Finder { text, scan, lexicons, found: std::mem::take(found), pieces: Vec::new(), family_names };
    finder.learn_family_names();
    let near = match extent {
        Extent::NearQuotations => near_quotations(scan),
        Extent::Everywhere => vec![true; scan.paragraphs.len()],
    };
    for (paragraph, near) in scan.paragraphs.iter().zip(near) {
        let mut at = paragraph.start;
        while at < paragraph.end {
            // Far from any quotation only names matter: they tell full names and roles.
            at = if near || scan.tokens[at].is_capitalised() { finder.mention_at(at) } else { at + 1 };
        }
    }
    *found = finder.found;
    place(scan, found);
}

/// The paragraphs whose pronouns and nominals may matter: those with a quotation, the next, and as many before as a
/// pronoun is looked up.
fn near_quotations(scan: &Scan) -> Vec<bool> {
    let mut near = vec![false; scan.paragraphs.len()];
    let mut done = 0;
    for quotation in &scan.quotations {
        let last = scan.paragraph_of(quotation.marked_tokens().end - 1);
        let start = quotation.paragraph.saturating_sub(NEAR).max(done);
        let end = (last + 2).min(near.len());
        if start < end {
            near[start..end].fill(true);
            done = end;
        }
    }
    near
}

/// Paragraphs before a quotation whose mentions matter to it.
const NEAR: usize = 3;
/// Words of a name or title, at most.
const LONGEST_PHRASE: usize = 12;

/// Notes for every mention where it stands; one pass, as both run in text order.
fn place(scan: &Scan, mentions: &mut [Mention]) {
    let (mut paragraph, mut sentence, mut quotation) = (0, 0, 0);
    for mention in mentions {
        let at = mention.tokens.start;
        // A mention within a longer one may begin before the last one of that, never before its paragraph.
        while scan.paragraphs[paragraph].end <= at {
            paragraph += 1;
        }
        while scan.sentences[sentence].end <= at {
            sentence += 1;
        }
        while scan.quotations.get(quotation).is_some_and(|quotation| quotation.tokens.end <= at) {
            quotation += 1;
        }
        (mention.paragraph, mention.sentence) = (paragraph as u32, sentence as u32);
        let within = scan.quotations.get(quotation).is_some_and(|quotation| quotation.tokens.contains(&at));
        mention.quotation = within.then_some(quotation as u32);
    }
}

/// What a token is within a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Determiner,
    /// A possessive pronoun.
    His,
    Modifier,
    Role,
    /// The first token of a title and the tokens it takes.
    Title(u32),
    /// A word of a name.
    Name,
    /// A lower-case word within a name: `of`, `van`.
    Link,
    Clitic,
}

const MENTION_WORDS: Classes = Classes::of(&[
    Class::Subject,
    Class::Object,
    Class::PossessivePronoun,
    Class::Relative,
    Class::Indefinite,
    Class::Determiner,
    Class::Modifier,
    Class::RolePerson,
    Class::RoleOrganisation,
    Class::RoleGovernment,
    Class::RoleGroup,
    Class::Demonym,
    Class::PhraseStart,
    Class::Number,
]);
/// So many words between a text and its verb: `from Ann Lee to Omar Reyes`.
const LONGEST_SENDERS: usize = 10;
/// So many words between article and verb.
const LONGEST_UNLISTED: usize = 4;
const SAYS: Classes = Classes::of(&[Class::Say, Class::Tell]);
const ROLES: Classes =
    Classes::of(&[Class::RolePerson, Class::RoleOrganisation, Class::RoleGovernment, Class::RoleGroup]);
const DOCUMENTS: Classes = Classes::of(&[Class::Document, Class::Message]);
const BODIES: Classes = Classes::of(&[Class::RoleOrganisation, Class::RoleGovernment]);
const GIVEN: Classes = Classes::of(&[Class::GivenMale, Class::GivenFemale]);
const NOT_IN_NAMES: Classes = Classes::of(&[
    Class::Time,
    Class::Subject,
    Class::Object,
    Class::PossessivePronoun,
    Class::Relative,
    Class::Preposition,
    Class::Subordinator,
    Class::And,
    Class::That,
    Class::Negator,
    Class::Be,
    Class::Modal,
    Class::Determiner,
    Class::According,
]);

/// Words that open a sentence with a capital and are no names.
const PLAIN: Classes = Classes::of(&[
    Class::Common,
    Class::Adverb,
    Class::Modifier,
    Class::Verb,
    Class::Indefinite,
    Class::Ing,
    Class::Finite,
    Class::Base,
    Class::Participle,
    Class::Have,
    Class::Do,
]);

struct Finder<'a> {
    text: &'a str,
    scan: &'a Scan,
    lexicons: &'a Lexicons,
    found: Vec<Mention>,
    pieces: Vec<(Piece, Range<usize>)>,
    /// Words that the article shows to be family names, though they are common words too: `Sweet`, `Cross`.
    family_names: FxHashSet<WordId>,
}

/// Letters from which on a word in capitals is no abbreviation.
const LONG: usize = 6;

impl Finder<'_> {
    /// A common word with a capital that follows a given name or title is a family name in the whole article.
    fn learn_family_names(&mut self) {
        for at in 1..self.scan.tokens.len() {
            let (token, before) = (self.scan.tokens[at], self.scan.tokens[at - 1]);
            let plain =
                !self.scan.classes[at].is_empty() && token.kind == TokenKind::Capital && before.is_capitalised();
            if !plain || token.opens_paragraph() || self.scan.classes[at].any(NOT_IN_NAMES) {
                continue;
            }
            let titled = before.span().of(self.text).ends_with('.') && self.scan.has(at - 1, Class::PhraseStart);
            if self.scan.classes[at - 1].any(GIVEN) || titled {
                self.family_names.insert(self.scan.words[at]);
            }
        }
    }

    /// Finds what begins at `at`; returns where to go on.
    fn mention_at(&mut self, at: usize) -> usize {
        let token = self.scan.tokens[at];
        if !token.is_word() && token.kind != TokenKind::Number {
            return at + 1;
        }
        if token.kind == TokenKind::Upper
            && let Some(end) = self.shouted(at)
        {
            return end;
        }
        let classes = self.scan.classes[at];
        if !token.is_capitalised() && !classes.any(MENTION_WORDS) {
            return at + 1;
        }
        if classes.any(Classes::of(&[Class::Subject, Class::Object, Class::PossessivePronoun, Class::Relative]))
            && let Some(next) = self.pronoun(at)
        {
            return next;
        }
        if token.is_capitalised() || !classes.has(Class::Determiner) || self.may_follow_determiner(at + 1) {
            let end = self.chunk(at);
            if end > at {
                return end;
            }
        }
        if classes.has(Class::Determiner)
            && let Some(end) = self.unlisted(at)
        {
            return end;
        }
        if classes.has(Class::Indefinite) {
            self.indefinite(at);
        }
        at + 1
    }

    /// `“…,” the dog walker said`, `The 43-year-old told the court`: beside a quotation or at the start of a sentence, a
    /// noun that no list has is a source by what it does. What it is stays unknown, but an age tells a person.
    fn unlisted(&mut self, at: usize) -> Option<usize> {
        let after_mark = |at: usize| at > 0 && self.scan.kind(at - 1) == TokenKind::Mark;
        let inverted = at > 0 && after_mark(at - 1) && self.is_cue(at - 1, Class::Finite);
        if !inverted && !after_mark(at) && !self.opens(at) {
            return None;
        }
        let end = (at + 1..at + 1 + LONGEST_UNLISTED).find(|next| !self.is_unlisted(*next))?;
        let is_age = self.scan.kind(end - 1) == TokenKind::Number;
        let verb = if is_age { self.after_origin(end) } else { end };
        let strong = || is_age || after_mark(at) && self.scan.has(verb, Class::Strong);
        let says = self.is_cue(verb, Class::Finite) && (self.scan.classes[verb].any(SAYS) || strong());
        // `The 43-year-old, from Dessan, told the court`
        let reports = says || is_age && self.verb_reports(end) || inverted && self.may_follow_source(end);
        if end == at + 1 || !reports {
            return None;
        }
        let mut mention = self.blank(at..end, MentionKind::Nominal);
        mention.head = end - 1..end;
        mention.party_kind = if is_age { PartyKind::Person } else { PartyKind::Unknown };
        mention.determiner =
            if self.scan.has(at, Class::Definite) { Determiner::Definite } else { Determiner::Indefinite };
        mention.role = Some(mention.span);
        self.found.push(mention);
        Some(end)
    }

    /// The token after `from New Dessan`, where that stands at `at`.
    fn after_origin(&self, at: usize) -> usize {
        if !self.scan.has(at, Class::Preposition) {
            return at;
        }
        let is_place = |at: &usize| self.scan.tokens.get(*at).is_some_and(|token| token.is_capitalised());
        (at + 1..at + 1 + LONGEST_UNLISTED).find(|next| !is_place(next)).unwrap_or(at)
    }

    /// What may stand after `said the dog walker`: a sign, or the word that opens what is said more of him.
    fn may_follow_source(&self, at: usize) -> bool {
        const OPENERS: Classes = Classes::of(&[
            Class::Preposition,
            Class::Of,
            Class::Relative,
            Class::Subordinator,
            Class::Time,
            Class::And,
        ]);
        self.scan.kind(at) != TokenKind::Lower || self.scan.classes[at].any(OPENERS)
    }

    /// A word in small letters that may be a noun or stand before one; an age.
    fn is_unlisted(&self, at: usize) -> bool {
        match self.scan.kind(at) {
            TokenKind::Lower => {
                let counts = self.scan.classes[at].any(Classes::of(&[Class::Number, Class::Indefinite]));
                !counts && !self.is_function(at) && !self.looks_like_verb(at)
            }
            TokenKind::Number => self.scan.tokens[at].span().of(self.text).contains('-'),
            _ => false,
        }
    }

    /// Whether a mention may go on after its determiner; most `the` and `a` stand before other nouns.
    fn may_follow_determiner(&self, at: usize) -> bool {
        const INNER: Classes = Classes::of(&[
            Class::RolePerson,
            Class::RoleOrganisation,
            Class::RoleGovernment,
            Class::RoleGroup,
            Class::Modifier,
            Class::Demonym,
            Class::Number,
            Class::PhraseStart,
            Class::Document,
            Class::Message,
        ]);
        match self.scan.kind(at) {
            TokenKind::Lower => self.scan.classes[at].any(INNER) || self.next_is_role(at + 1),
            TokenKind::Capital | TokenKind::Upper | TokenKind::Number => true,
            _ => false,
        }
    }

    fn blank(&self, tokens: Range<usize>, kind: MentionKind) -> Mention {
        let (first, last) = (self.scan.tokens[tokens.start], self.scan.tokens[tokens.end - 1]);
        Mention {
            span: Span { start: first.start, end: last.end() },
            head: tokens.clone(),
            tokens,
            kind,
            party_kind: PartyKind::Unknown,
            gender: Gender::Unknown,
            plural: false,
            possessive: false,
            inner: false,
            title: None,
            role: None,
            party: None,
            capital: false,
            determiner: Determiner::None,
            paragraph: 0,
            sentence: 0,
            quotation: None,
        }
    }

    fn pronoun(&mut self, at: usize) -> Option<usize> {
        let token = self.scan.tokens[at];
        if token.kind == TokenKind::Upper {
            return None;
        }
        let classes = self.scan.classes[at];
        let pronoun = self.lexicons.pronouns.get(&self.scan.words[at])?;
        if classes.has(Class::PossessivePronoun) {
            let end = self.chunk(at);
            if end > at {
                let mut mention = self.blank(at..at + 1, MentionKind::Pronoun);
                (mention.gender, mention.plural) = (pronoun.gender, pronoun.plural);
                (mention.possessive, mention.inner) = (true, true);
                self.found.push(mention);
                return Some(end);
            }
        }
        let kind = if classes.has(Class::Relative) { MentionKind::Relative } else { MentionKind::Pronoun };
        let mut mention = self.blank(at..at + 1, kind);
        (mention.gender, mention.plural) = (pronoun.gender, pronoun.plural);
        mention.possessive = classes.has(Class::PossessivePronoun) && !classes.has(Class::Object);
        self.found.push(mention);
        Some(at + 1)
    }

    fn indefinite(&mut self, at: usize) {
        let mut mention = self.blank(at..at + 1, MentionKind::Indefinite);
        mention.plural = !self.scan.has(at, Class::Number);
        self.found.push(mention);
    }

    /// Reads a chunk from `at` and keeps the mention that it is; returns its end, or `at` where there is none.
    fn chunk(&mut self, at: usize) -> usize {
        self.read_pieces(at);
        while let Some((piece, _)) = self.pieces.last() {
            if matches!(piece, Piece::Name | Piece::Role) || matches!(piece, Piece::Title(_)) && self.pieces.len() > 1 {
                break;
            }
            self.pieces.pop();
        }
        let Some((last, range)) = self.pieces.last().cloned() else { return at };
        let start = self.found.len();
        let pieces = std::mem::take(&mut self.pieces);
        match last {
            Piece::Name => self.named(&pieces),
            _ => self.nominal(&pieces),
        }
        self.pieces = pieces;
        if self.found.len() == start { at } else { range.end }
    }

    fn read_pieces(&mut self, start: usize) {
        self.pieces.clear();
        let mut at = start;
        while at < self.scan.tokens.len() && self.pieces.len() < 24 {
            let token = self.scan.tokens[at];
            if at > start && (token.opens_paragraph() || self.scan.kind(at - 1) == TokenKind::Stop) {
                break;
            }
            let Some((piece, end)) = self.piece(at, start) else { break };
            self.pieces.push((piece, at..end));
            at = end;
        }
    }

    fn piece(&self, at: usize, start: usize) -> Option<(Piece, usize)> {
        let token = self.scan.tokens[at];
        let classes = self.scan.classes[at];
        let last = self.pieces.last().map(|(piece, _)| *piece);
        match token.kind {
            TokenKind::Possessive => {
                let goes_on = matches!(last, Some(Piece::Name | Piece::Role | Piece::Title(_)));
                return (goes_on && self.may_follow_clitic(at + 1)).then_some((Piece::Clitic, at + 1));
            }
            TokenKind::Comma => {
                let suffix = last == Some(Piece::Name) && self.scan.has(at + 1, Class::Suffix);
                return suffix.then_some((Piece::Name, at + 2));
            }
            TokenKind::Number => {
                let counts = at == start || last == Some(Piece::Determiner);
                return (counts && self.next_is_noun(at + 1)).then_some((Piece::Modifier, at + 1));
            }
            TokenKind::Mark if last == Some(Piece::Name) && self.is_apostrophe(at) => {
                return self.after_plural(at).map(|piece| (piece, at + 1));
            }
            TokenKind::Mark => return self.nickname(at, last),
            TokenKind::Capital | TokenKind::Upper | TokenKind::Lower => {}
            _ => return None,
        }
        if last.is_none() && classes.has(Class::PossessivePronoun) {
            return Some((Piece::His, at + 1));
        }
        if classes.has(Class::PhraseStart)
            && let Some(found) = self.phrase(at, last)
        {
            return Some(found);
        }
        if classes.has(Class::Determiner) && last.is_none() {
            return Some((Piece::Determiner, at + 1));
        }
        if let Some(piece @ (Piece::Title(_) | Piece::Role)) = last
            && let Some(end) = self.after_portfolio(at)
        {
            return Some((piece, end));
        }
        if matches!(last, Some(Piece::Title(_))) && self.links(at) {
            return Some((Piece::Name, at + 1));
        }
        if self.is_role_before_name(at, last) {
            return Some((Piece::Role, at + 1));
        }
        if token.is_capitalised() && (self.is_name_word(at) || self.names_body(at)) {
            return Some((Piece::Name, at + 1));
        }
        self.lower_piece(at, last)
    }

    /// `General Counsel Ann Lee`: a role with a capital is no part of the name.
    fn is_role_before_name(&self, at: usize, last: Option<Piece>) -> bool {
        let capital = |at: usize| {
            self.scan.tokens.get(at).is_some_and(|token| token.is_capitalised() && !token.opens_paragraph())
        };
        let family_name = last == Some(Piece::Name) && self.scan.classes[at - 1].any(GIVEN);
        self.scan.has(at, Class::RolePerson)
            && !family_name
            && self.scan.tokens[at].is_capitalised()
            && capital(at + 1)
            && self.scan.classes[at + 1].any(GIVEN)
            && capital(at + 2)
            && !self.scan.classes[at].any(GIVEN)
    }

    /// Where the name begins in `Minister for Health and Sport Ann Lee`, `Mayor of Dessan Ann Lee`: what an office is for
    /// stands, capitalised, before the name of its holder.
    fn after_portfolio(&self, at: usize) -> Option<usize> {
        const OPENS: Classes = Classes::of(&[Class::For, Class::Of]);
        const JOINS: Classes = Classes::of(&[Class::For, Class::Of, Class::And, Class::Definite]);
        let before = self.scan.tokens[at - 1];
        if !self.scan.classes[at].any(OPENS) || !before.is_capitalised() {
            return None;
        }
        for next in at + 1..self.scan.tokens.len().min(at + LONGEST_PHRASE) {
            let token = self.scan.tokens[next];
            if token.opens_paragraph() || !token.is_word() {
                return None;
            }
            if !token.is_capitalised() {
                if !self.scan.classes[next].any(JOINS) {
                    return None;
                }
                continue;
            }
            let family =
                self.scan.tokens.get(next + 1).is_some_and(|after| {
                    after.is_capitalised() && !after.opens_paragraph() && self.is_name_word(next + 1)
                });
            let initials = || token.span().of(self.text).ends_with('.') && token.kind == TokenKind::Upper;
            let named = self.scan.tokens[next - 1].is_capitalised() && family;
            if named && (self.scan.classes[next].any(GIVEN) || initials()) {
                return Some(next);
            }
        }
        None
    }

    /// The mark that ends no quotation and follows a plural: `Dessan Farmers'`.
    fn is_apostrophe(&self, at: usize) -> bool {
        self.is_plural_possessive(at) && self.scan.quotation_at(at - 1).is_none()
    }

    /// What the mark is in `Dessan Farmers' Union` and in `Dessan Rovers' Ann Lee`.
    fn after_plural(&self, at: usize) -> Option<Piece> {
        let classes = self.scan.classes[at + 1];
        let capital = self.scan.tokens[at + 1].is_capitalised();
        match () {
            () if capital && classes.any(BODIES) => Some(Piece::Link),
            () if capital && classes.any(GIVEN) || self.next_is_role(at + 1) => Some(Piece::Clitic),
            () => None,
        }
    }

    /// `Dagny "the Oar" Hallvik`: a nickname between marks within a name.
    fn nickname(&self, at: usize, last: Option<Piece>) -> Option<(Piece, usize)> {
        let given = last == Some(Piece::Name) && self.scan.classes[at - 1].any(GIVEN);
        if !given || !self.scan.tokens[at].space_before() {
            return None;
        }
        let close = (at + 2..at + 6).find(|close| self.scan.kind(*close) == TokenKind::Mark)?;
        let words = self.scan.tokens[at + 1..close].iter().all(|token| token.is_word());
        let name = self.scan.tokens.get(close + 1)?;
        let follows =
            name.is_capitalised() && name.space_before() && !name.opens_paragraph() && self.is_name_word(close + 1);
        (words && follows).then_some((Piece::Link, close + 1))
    }

    fn lower_piece(&self, at: usize, last: Option<Piece>) -> Option<(Piece, usize)> {
        let token = self.scan.tokens[at];
        let classes = self.scan.classes[at];
        if last == Some(Piece::Name) && self.links(at) {
            return Some((Piece::Link, at + 1));
        }
        // A lower-case word after a full name is not part of the mention unless a role follows: `Kremlin spokesman`.
        if classes.any(ROLES) && !self.is_verb_here(at, last) {
            return Some((Piece::Role, at + 1));
        }
        if classes.any(DOCUMENTS) && self.speaks(at, last) {
            return Some((Piece::Role, at + 1));
        }
        let modifies = classes.has(Class::Modifier) || classes.has(Class::Demonym) || classes.has(Class::Number);
        // `Lee accused Hart`, the accused doctor.
        let modifies = modifies && !(last == Some(Piece::Name) && classes.has(Class::Finite));
        if modifies && (last != Some(Piece::Clitic) || self.next_is_noun(at + 1)) {
            return (last != Some(Piece::Name) || self.next_is_noun(at + 1)).then_some((Piece::Modifier, at + 1));
        }
        let unknown = token.kind == TokenKind::Lower && !self.is_function(at) && !self.looks_like_verb(at);
        let bridges = unknown && last.is_some() && last != Some(Piece::Role) && self.next_is_role(at + 1);
        bridges.then_some((Piece::Modifier, at + 1))
    }

    /// `the report said`, `a sign reading`, `according to a study by`: a text that speaks for itself is a source.
    fn speaks(&self, at: usize, last: Option<Piece>) -> bool {
        let first = self.pieces.first().map_or(at, |(_, range)| range.start);
        let according = first >= 2 && self.scan.has(first - 2, Class::According);
        let inverted = first >= 2
            && self.is_cue(first - 1, Class::Finite)
            && matches!(self.scan.kind(first - 2), TokenKind::Mark | TokenKind::Comma);
        last.is_some()
            && !self.is_issued(first, at + 1)
            && (according
                || inverted
                || self.verb_reports(at + 1)
                || self.reports_after_place(at + 1)
                || self.is_spoken_of(first, at + 1))
    }

    /// `The report was blunt.`, `A report from last May was blunt.`: what opens a sentence may speak in the next one.
    fn is_spoken_of(&self, first: usize, next: usize) -> bool {
        let between = |at: &usize| self.scan.kind(*at) != TokenKind::Stop && !self.is_cue(*at, Class::Finite);
        let mut words = (next..self.scan.tokens.len().min(next + LONGEST_UNLISTED)).take_while(between);
        self.opens(first) && words.any(|at| self.scan.has(at, Class::Be))
    }

    /// `issued a statement saying`: who issued it speaks.
    fn is_issued(&self, first: usize, next: usize) -> bool {
        first >= 1 && self.scan.has(first - 1, Class::Issue) && self.is_cue(next, Class::Ing)
    }

    /// `said`, `also said`, `has said`, `reading`, `that said`; `, signed by forty engineers, said`.
    fn verb_reports(&self, at: usize) -> bool {
        const AUXILIARIES: Classes = Classes::of(&[Class::Have, Class::Do, Class::Modal]);
        const PASSED: Classes = Classes::of(&[Class::Adverb, Class::That, Class::Relative]);
        if self.scan.kind(at) == TokenKind::Comma {
            let inserted = at + 2..(at + 14).min(self.scan.tokens.len());
            let inserted = inserted.take_while(|at| self.scan.kind(*at) != TokenKind::Stop);
            let close = inserted.into_iter().find(|at| self.scan.kind(*at) == TokenKind::Comma);
            return close.is_some_and(|close| self.is_cue(close + 1, Class::Finite));
        }
        let passed = usize::from(self.scan.classes.get(at).is_some_and(|classes| classes.any(PASSED)));
        let verb = at + passed;
        self.is_cue(verb, Class::Finite)
            || self.is_cue(verb, Class::Ing)
            || self.scan.classes.get(verb).is_some_and(|classes| classes.any(AUXILIARIES))
                && (self.is_cue(verb + 1, Class::Participle) || self.is_cue(verb + 1, Class::Base))
    }

    /// `the report by the council said`, `an email from Ann Lee to Omar Reyes said`
    fn reports_after_place(&self, at: usize) -> bool {
        let between =
            |between: usize| self.scan.tokens[between].is_word() && !self.scan.tokens[between].opens_paragraph();
        self.scan.has(at, Class::Preposition)
            && (at + 2..at + LONGEST_SENDERS)
                .find(|next| self.is_cue(*next, Class::Finite))
                .is_some_and(|end| (at + 1..end).all(between))
    }

    /// Whether a reporting verb stands at `at` in the form.
    fn is_cue(&self, at: usize, form: Class) -> bool {
        const CUES: Classes = Classes::of(&[Class::Say, Class::Strong, Class::Weak, Class::Tell]);
        self.scan.classes.get(at).is_some_and(|classes| classes.any(CUES) && classes.has(form))
            && self.scan.kind(at) == TokenKind::Lower
    }

    /// A role word that is a verb here: `police officers guard`, `aide` never.
    fn is_verb_here(&self, at: usize, last: Option<Piece>) -> bool {
        let classes = self.scan.classes[at];
        let participle = self.scan.tokens[at].span().of(self.text).ends_with("ed");
        let cue = classes.any(Classes::of(&[Class::Finite, Class::Verb])) || participle;
        // `Doctors said`
        let opens = last.is_none() && classes.has(Class::Plural) && self.opens(at);
        cue && !opens && matches!(last, None | Some(Piece::Name | Piece::Role))
    }

    fn is_function(&self, at: usize) -> bool {
        const FUNCTION: Classes = Classes::of(&[
            Class::Determiner,
            Class::Preposition,
            Class::To,
            Class::Of,
            Class::By,
            Class::And,
            Class::Subordinator,
            Class::That,
            Class::Be,
            Class::Have,
            Class::Do,
            Class::Modal,
            Class::Negator,
            Class::Adverb,
            Class::Time,
            Class::Subject,
            Class::Object,
            Class::PossessivePronoun,
            Class::Relative,
            Class::Verb,
            Class::According,
        ]);
        self.scan.classes[at].any(FUNCTION)
    }

    fn looks_like_verb(&self, at: usize) -> bool {
        const CUE_FORMS: Classes = Classes::of(&[Class::Finite, Class::Ing, Class::Participle, Class::Base]);
        let word = self.scan.tokens[at].span().of(self.text);
        let noun = self.scan.has(at, Class::CueNoun);
        // `London-based`, `left-leaning` describe.
        let looks = word.ends_with("ed") || word.ends_with("ing") || word.ends_with("ly");
        looks && !word.contains('-') || self.scan.classes[at].any(CUE_FORMS) && !noun
    }

    fn next_is_role(&self, at: usize) -> bool {
        self.scan.kind(at) == TokenKind::Lower
            && self.scan.classes[at].any(ROLES)
            && !self.scan.classes[at].any(Classes::of(&[Class::Finite, Class::Verb]))
    }

    fn next_is_noun(&self, at: usize) -> bool {
        let kind = self.scan.kind(at);
        let word = matches!(kind, TokenKind::Capital | TokenKind::Upper | TokenKind::Lower);
        word && (self.scan.classes[at].any(ROLES)
            || self.scan.tokens[at].is_capitalised() && self.is_name_word(at)
            || self.scan.has(at, Class::Modifier)
            || self.scan.has(at, Class::Number) && self.next_is_role(at + 1)
            || self.next_is_role(at + 1) && !self.is_function(at) && !self.looks_like_verb(at))
    }

    fn may_follow_clitic(&self, at: usize) -> bool {
        // `the council's report said`
        let text = || self.scan.classes.get(at).is_some_and(|classes| classes.any(DOCUMENTS));
        self.next_is_noun(at) || text() && self.verb_reports(at + 1)
    }

    /// `of` in a body's name, a particle in a family name, `&`.
    fn links(&self, at: usize) -> bool {
        let classes = self.scan.classes[at];
        let capital = |at: usize| {
            self.scan.tokens.get(at).is_some_and(|t| t.is_capitalised() && !t.opens_paragraph())
                && self.is_name_word(at)
        };
        if classes.has(Class::Particle) {
            return capital(at + 1) || self.scan.has(at + 1, Class::Particle) && capital(at + 2);
        }
        let body = self.pieces.last().is_some_and(|(_, range)| self.scan.classes[range.end - 1].any(BODIES));
        let the = usize::from(self.scan.has(at + 1, Class::Determiner));
        classes.has(Class::Of) && body && capital(at + 1 + the)
            || classes.has(Class::For) && body && capital(at + 1)
            || self.scan.has(at, Class::Definite) && self.pieces.last().is_some_and(|(p, _)| *p == Piece::Link)
    }

    /// Whether a capitalised word belongs to a name, rather than only opening a sentence.
    fn is_name_word(&self, at: usize) -> bool {
        let token = self.scan.tokens[at];
        let classes = self.scan.classes[at];
        if classes.any(NOT_IN_NAMES) && token.kind != TokenKind::Upper {
            return false;
        }
        if !self.opens(at) {
            return !(classes.has(Class::Time) && token.kind == TokenKind::Capital);
        }
        let plain = classes.any(PLAIN) || classes.any(ROLES);
        if !plain || token.kind == TokenKind::Upper {
            return true;
        }
        if self.family_names.contains(&self.scan.words[at]) && self.is_before_verb(at + 1) {
            return true;
        }
        let next_is_name =
            self.scan.tokens.get(at + 1).is_some_and(|next| next.is_capitalised() && !next.opens_paragraph())
                && !self.scan.classes[at + 1].any(NOT_IN_NAMES);
        next_is_name && classes.any(GIVEN)
    }

    /// The end of a line in capitals that begins at `at`, `COUNCIL ENDS TAX ON THE BRIDGE`: it names nobody who speaks.
    fn shouted(&self, at: usize) -> Option<usize> {
        let opens = |at: usize| self.scan.tokens.get(at).is_none_or(|token| token.opens_paragraph());
        let goes_on =
            |at: &usize| matches!(self.scan.kind(*at), TokenKind::Upper | TokenKind::Possessive) && !opens(*at);
        let end = (at + 1..=self.scan.tokens.len()).find(|next| !goes_on(next))?;
        let words = || (at..end).filter(|at| self.scan.kind(*at) == TokenKind::Upper);
        let is_long = |at: usize| self.scan.tokens[at].span().len() >= LONG;
        let told = words().nth(2).is_some() && words().any(|at| self.is_function(at))
            || words().nth(3).is_some() && words().any(is_long);
        // `SENATOR HALE OF DESSAN: I will.` is a transcript's line.
        (told && self.scan.kind(end) != TokenKind::Colon).then_some(end)
    }

    /// `Federation of Small Firms`, where it opens its sentence.
    fn names_body(&self, at: usize) -> bool {
        const LEADS: Classes = Classes::of(&[Class::Of, Class::For]);
        let capital = |at: usize| self.scan.tokens.get(at).is_some_and(|next| next.is_capitalised());
        self.scan.classes[at].any(BODIES)
            && self.scan.classes.get(at + 1).is_some_and(|classes| classes.any(LEADS))
            && (capital(at + 2) || self.scan.has(at + 2, Class::Definite) && capital(at + 3))
    }

    /// Whether a verb, possessive or sign follows that a name may stand before.
    fn is_before_verb(&self, at: usize) -> bool {
        const VERBS: Classes = Classes::of(&[
            Class::Be,
            Class::Have,
            Class::Do,
            Class::Modal,
            Class::Finite,
            Class::Verb,
            Class::Adverb,
            Class::And,
        ]);
        matches!(self.scan.kind(at), TokenKind::Possessive | TokenKind::Comma)
            || self.scan.classes.get(at).is_some_and(|classes| classes.any(VERBS))
            || self.scan.kind(at) == TokenKind::Lower && self.looks_like_verb(at)
    }

    /// Whether a token stands where any word has a capital.
    fn opens(&self, at: usize) -> bool {
        if at == 0 || self.scan.tokens[at].opens_paragraph() {
            return true;
        }
        matches!(
            self.scan.kind(at - 1),
            TokenKind::Stop
                | TokenKind::Mark
                | TokenKind::Colon
                | TokenKind::Dash
                | TokenKind::Open
                | TokenKind::Symbol
        )
    }

    /// A title, party or role of several words, or a title of one.
    fn phrase(&self, at: usize, last: Option<Piece>) -> Option<(Piece, usize)> {
        let within = at..self.scan.words.len().min(at + LONGEST_PHRASE);
        let (length, meanings) = self.lexicons.phrases.longest(&self.scan.words[within])?;
        let end = at + length;
        if self.scan.tokens[at + 1..end].iter().any(|token| token.opens_paragraph()) {
            return None;
        }
        let capital = self.scan.tokens[at].is_capitalised();
        let holds_capital = |at: usize| self.scan.tokens[at].span().of(self.text).contains(char::is_uppercase);
        let proper =
            (at..end).any(holds_capital) && (capital || self.scan.has(at, Class::Particle) || holds_capital(at));
        for meaning in meanings {
            match *meaning {
                Meaning::Title(title)
                    if capital && (last != Some(Piece::Name) || length > 1 || self.title_in_name(at, end)) =>
                {
                    return Some((Piece::Title(title), end));
                }
                Meaning::Party(party) if length == 1 && self.is_one_of_group(party, at) => {
                    return Some((Piece::Role, end));
                }
                Meaning::Party(_) | Meaning::Demonym(_) | Meaning::Capital(_)
                    if proper && (length > 1 || self.is_name_word(at) || !self.opens(at) || self.reports_here(end)) =>
                {
                    return Some((Piece::Name, end));
                }
                // `State Department` names one, `state department` any.
                Meaning::Role(_)
                    if !(proper && length > 1 && meanings.iter().any(|m| matches!(m, Meaning::Party(_)))) =>
                {
                    return Some((Piece::Role, end));
                }
                _ => {}
            }
        }
        None
    }

    /// `Labour said`, `Shell has denied`: a name that is a common word too, where it opens its sentence.
    fn reports_here(&self, verb: usize) -> bool {
        self.scan.kind(verb) == TokenKind::Lower && self.verb_reports(verb)
    }

    /// `a Democrat`: one of a listed group, not the group.
    fn is_one_of_group(&self, party: u32, at: usize) -> bool {
        let classes = self.scan.classes[at];
        self.lexicons.parties[party as usize].kind == PartyKind::Group
            && classes.has(Class::RolePerson)
            && !classes.has(Class::Plural)
    }

    /// `Florida Sen. Marco Rubio`: a title after a place is still one when a name follows.
    fn title_in_name(&self, at: usize, end: usize) -> bool {
        let word = self.scan.tokens[at].span().of(self.text);
        let letters = || self.lexicons.letters.contains(&self.scan.words[at]) && self.scan.kind(at) == TokenKind::Upper;
        let capital = self.scan.tokens.get(end).is_some_and(|next| next.is_capitalised() && !next.opens_paragraph());
        word.ends_with('.')
            || capital && letters()
            || self.scan.tokens.get(end).is_some_and(|next| next.is_capitalised() && self.scan.classes[end].any(GIVEN))
    }

    fn named(&mut self, pieces: &[(Piece, Range<usize>)]) {
        let cut =
            pieces.iter().rposition(|(piece, _)| !matches!(piece, Piece::Name | Piece::Link)).map_or(0, |i| i + 1);
        let (before, name_pieces) = pieces.split_at(cut);
        let mut name = name_pieces[0].1.start..name_pieces[name_pieces.len() - 1].1.end;
        let whole = name.end;
        name.end = self.without_letters(&name);
        let described = self.strip_description(name_pieces, &mut name);
        let start = before.first().map_or(described, |(_, range)| range.start);
        let mut mention = self.blank(start..whole, MentionKind::Name);
        mention.head = name.clone();
        self.name_identity(&mut mention);
        if before.iter().all(|(piece, _)| *piece == Piece::Determiner) && self.is_no_name(&mention) {
            return;
        }
        self.describe(&mut mention, before);
        mention.possessive = self.scan.kind(whole) == TokenKind::Possessive || self.is_plural_possessive(whole);
        if mention.kind == MentionKind::Demonym && before.is_empty() && self.is_demonym_people(&mention) {
            mention.kind = MentionKind::Name;
        }
        mention.role = self.role_before(start, name.start, mention.title.is_some());
        self.found.push(mention);
        self.inner_names(before);
        if described < name.start {
            self.inner_name(described..name.start);
        }
    }

    /// `the Democratic vote`, `on TV`: an adjective with a capital and a plain word in capitals name nobody, unless a first name
    /// told it to be a family's.
    fn is_no_name(&self, mention: &Mention) -> bool {
        let at = mention.head.start;
        let classes = self.scan.classes[at];
        let (next, word) = (self.scan.kind(at + 1), self.scan.words[at]);
        let plain = match self.scan.kind(at) {
            TokenKind::Capital => classes.has(Class::Modifier) && next == TokenKind::Lower,
            TokenKind::Upper => classes.has(Class::Common) && next != TokenKind::Colon,
            _ => false,
        };
        let alone = mention.head.len() == 1 && mention.party.is_none();
        plain && alone && !classes.any(GIVEN) && !self.is_before_verb(at + 1) && !self.family_names.contains(&word)
    }

    /// Where a name ends before `QC`, `MP`, `OBE`; a name alone stays whole.
    fn without_letters(&self, name: &Range<usize>) -> usize {
        let is_letters = |at: &usize| {
            self.scan.kind(*at) == TokenKind::Upper && self.lexicons.letters.contains(&self.scan.words[*at])
        };
        let letters = name.clone().rev().take_while(is_letters).count();
        let end = name.end - letters;
        // `MP Lee`, `Irish TD`: letters that are all that tells somebody, or stand after one word.
        if end > name.start + 1 { end } else { name.end }
    }

    /// The words before a name that tell a role: with a title or role word among them, articles and pronouns left out.
    fn role_before(&self, start: usize, end: usize, titled: bool) -> Option<Span> {
        const OPENERS: Classes =
            Classes::of(&[Class::Determiner, Class::PossessivePronoun, Class::Indefinite, Class::Number]);
        let start =
            (start..end).find(|at| !self.scan.classes[*at].any(OPENERS) || self.scan.has(*at, Class::RolePerson))?;
        if !titled && !self.scan.classes[end - 1].any(ROLES) {
            return None;
        }
        let (first, last) = (self.scan.tokens[start], self.scan.tokens[end - 1]);
        Some(Span { start: first.start, end: last.end() })
    }

    /// `Republican Donald Trump`, `Russian Foreign Minister`: leading words that describe leave the name.
    fn strip_description(&self, pieces: &[(Piece, Range<usize>)], name: &mut Range<usize>) -> usize {
        let start = name.start;
        // `National Golf Foundation`: what describes a body belongs to its name.
        let body = self.scan.classes[name.end - 1].any(BODIES);
        for (i, (_, range)) in pieces.iter().enumerate() {
            let rest = pieces.len() - i;
            let describes = rest >= 2
                && pieces[i + 1].0 == Piece::Name
                && self.is_described(range.clone())
                && !(body && self.scan.has(range.start, Class::Modifier))
                && (rest >= 3 || self.scan.classes[pieces[i + 1].1.start].any(GIVEN) || pieces[i + 1].1.len() > 1);
            let whole = self.party_of(range.start..name.end).is_some();
            if !describes || whole {
                break;
            }
            name.start = pieces[i + 1].1.start;
        }
        start
    }

    /// Whether the tokens are a demonym, place, party or body that may describe the name after them.
    fn is_described(&self, range: Range<usize>) -> bool {
        let classes = self.scan.classes[range.start];
        if classes.has(Class::Demonym) {
            return true;
        }
        if classes.any(GIVEN) && range.len() == 1 {
            return false;
        }
        if classes.has(Class::Modifier) {
            return true;
        }
        let Some(party) = self.party_of(range) else { return false };
        self.lexicons.parties[party as usize].kind != PartyKind::Person
    }

    fn party_of(&self, range: Range<usize>) -> Option<u32> {
        let (length, meanings) = self.lexicons.phrases.longest(&self.scan.words[range.clone()])?;
        if length != range.len() {
            return None;
        }
        meanings.iter().find_map(|meaning| match meaning {
            Meaning::Party(party) => Some(*party),
            _ => None,
        })
    }

    /// What the name's own words tell: party, kind, gender.
    fn name_identity(&self, mention: &mut Mention) {
        let head = mention.head.clone();
        if let Some((length, meanings)) = self.lexicons.phrases.longest(&self.scan.words[head.clone()])
            && length == head.len()
        {
            self.take_meaning(mention, meanings);
        }
        if mention.party.is_some() {
            return;
        }
        let classes = self.scan.classes[head.start];
        let body = head
            .clone()
            .any(|at| self.scan.classes[at].any(BODIES) && self.scan.tokens[at].is_capitalised() && head.len() > 1);
        if body {
            mention.party_kind = if head.clone().any(|at| self.scan.has(at, Class::RoleGovernment)) {
                PartyKind::Government
            } else {
                PartyKind::Organisation
            };
        } else if head.len() > 1 && self.lexicons.place_nouns.contains(&self.scan.words[head.end - 1]) {
            mention.party_kind = PartyKind::Place;
        } else if classes.any(GIVEN) && head.len() > 1 {
            mention.party_kind = PartyKind::Person;
            mention.gender = match (classes.has(Class::GivenFemale), classes.has(Class::GivenMale)) {
                (true, false) => Gender::Female,
                (false, true) => Gender::Male,
                _ => Gender::Unknown,
            };
        } else if head.len() == 1 && self.scan.kind(head.start) == TokenKind::Upper {
            mention.party_kind = PartyKind::Organisation;
        }
    }

    fn take_meaning(&self, mention: &mut Mention, meanings: &[Meaning]) {
        let party = meanings.iter().find_map(|meaning| match meaning {
            Meaning::Party(party) => Some((*party, MentionKind::Name, false)),
            _ => None,
        });
        let other = meanings.iter().find_map(|meaning| match meaning {
            Meaning::Demonym(party) => Some((*party, MentionKind::Demonym, false)),
            Meaning::Capital(party) => Some((*party, MentionKind::Name, true)),
            _ => None,
        });
        let demonym_first = matches!(other, Some((_, MentionKind::Demonym, _)));
        let chosen = if demonym_first { other.or(party) } else { party.or(other) };
        let Some((index, kind, capital)) = chosen else { return };
        let party = &self.lexicons.parties[index as usize];
        (mention.party, mention.kind, mention.capital) = (Some(index), kind, capital);
        (mention.party_kind, mention.gender) = (party.kind, party.gender);
        mention.plural = party.kind == PartyKind::Group;
    }

    /// `Russians` is people, `Russian` mostly describes; `American` alone before a verb is a person.
    fn is_demonym_people(&self, mention: &Mention) -> bool {
        mention.span.of(self.text).ends_with('s')
    }

    fn is_plural_possessive(&self, at: usize) -> bool {
        let Some(token) = self.scan.tokens.get(at) else { return false };
        token.kind == TokenKind::Mark
            && token.mark().is_single()
            && !token.space_before()
            && self.scan.tokens[at - 1].span().of(self.text).ends_with('s')
            && self.scan.tokens.get(at + 1).is_some_and(|next| next.is_word() && next.space_before())
    }

    /// What title and description before the name tell.
    fn describe(&self, mention: &mut Mention, before: &[(Piece, Range<usize>)]) {
        for (piece, range) in before {
            match piece {
                Piece::Title(title) => {
                    mention.title = Some(*title);
                    mention.party_kind = PartyKind::Person;
                    let gender = self.lexicons.titles[*title as usize].gender;
                    if gender != Gender::Unknown {
                        mention.gender = gender;
                    }
                }
                Piece::Role => {
                    let classes = self.scan.classes[range.end - 1];
                    if classes.has(Class::RolePerson) && mention.party_kind != PartyKind::Organisation {
                        mention.party_kind = PartyKind::Person;
                    }
                    if let gender @ (Gender::Female | Gender::Male) = gender_of(classes) {
                        mention.gender = gender;
                    }
                }
                _ => {}
            }
        }
        mention.determiner = self.determiner(before);
    }

    fn determiner(&self, pieces: &[(Piece, Range<usize>)]) -> Determiner {
        if pieces.iter().any(|(piece, _)| matches!(piece, Piece::Clitic | Piece::His)) {
            return Determiner::Possessive;
        }
        let Some((piece, range)) = pieces.first() else { return Determiner::None };
        match piece {
            Piece::Determiner if self.scan.has(range.start, Class::Definite) => Determiner::Definite,
            Piece::Determiner => Determiner::Indefinite,
            Piece::Modifier
                if self.scan.has(range.start, Class::Number) || self.scan.has(range.start, Class::Indefinite) =>
            {
                Determiner::Indefinite
            }
            _ => Determiner::None,
        }
    }

    fn nominal(&mut self, pieces: &[(Piece, Range<usize>)]) {
        let range = pieces[0].1.start..pieces[pieces.len() - 1].1.end;
        let (last, head) = pieces[pieces.len() - 1].clone();
        // A lone title or capitalised role is a nominal: `the President`.
        let classes = if let (Piece::Role, 1) = (last, head.len()) {
            self.scan.classes[head.start]
        } else {
            self.phrase_role(&head)
        };
        let lone_capital =
            range.len() == 1 && self.scan.tokens[range.start].is_capitalised() && !self.opens(range.start);
        let mut mention = self.blank(range.clone(), MentionKind::Nominal);
        mention.head = head.clone();
        mention.party_kind = match () {
            () if lone_capital && matches!(last, Piece::Title(_)) => PartyKind::Person,
            () if classes.has(Class::RoleGovernment) => PartyKind::Government,
            () if classes.has(Class::RoleOrganisation) => PartyKind::Organisation,
            () if classes.has(Class::RoleGroup) => PartyKind::Group,
            () if classes.any(DOCUMENTS) && !classes.has(Class::RolePerson) => PartyKind::Unknown,
            () => PartyKind::Person,
        };
        mention.gender = gender_of(classes);
        if let Piece::Title(title) = last {
            mention.title = Some(title);
            mention.gender = self.lexicons.titles[title as usize].gender;
        }
        mention.plural = classes.has(Class::Plural) || classes.has(Class::RoleGroup);
        mention.possessive = self.scan.kind(range.end) == TokenKind::Possessive || self.is_plural_possessive(range.end);
        mention.determiner = self.determiner(pieces);
        mention.role = Some(mention.span);
        self.found.push(mention);
        self.inner_names(&pieces[..pieces.len() - 1]);
    }

    fn phrase_role(&self, head: &Range<usize>) -> Classes {
        let last = self.scan.classes[head.end - 1];
        match self.lexicons.phrases.longest(&self.scan.words[head.clone()]) {
            Some((_, meanings)) => meanings.iter().find_map(|meaning| match meaning {
                Meaning::Role(index) => Some(self.lexicons.phrase_classes[*index as usize]),
                _ => None,
            }),
            None => None,
        }
        .unwrap_or(last)
    }

    /// The names within a description are mentions too: `Kremlin` in `Kremlin spokesman`.
    fn inner_names(&mut self, pieces: &[(Piece, Range<usize>)]) {
        let mut run: Option<Range<usize>> = None;
        for (piece, range) in pieces {
            match (piece, &mut run) {
                (Piece::Name | Piece::Link, Some(run)) => run.end = range.end,
                (Piece::Name, None) => run = Some(range.clone()),
                _ => {
                    if let Some(run) = run.take() {
                        self.inner_name(run);
                    }
                }
            }
        }
        if let Some(run) = run {
            self.inner_name(run);
        }
    }

    fn inner_name(&mut self, range: Range<usize>) {
        let mut mention = self.blank(range.clone(), MentionKind::Name);
        mention.inner = true;
        self.name_identity(&mut mention);
        if self.is_no_name(&mention) {
            return;
        }
        mention.possessive = self.scan.kind(range.end) == TokenKind::Possessive;
        self.found.push(mention);
    }
}

fn gender_of(classes: Classes) -> Gender {
    match (classes.has(Class::Feminine), classes.has(Class::Masculine)) {
        (true, false) => Gender::Female,
        (false, true) => Gender::Male,
        _ => Gender::Unknown,
    }
}

impl Mention {
    /// The bytes of its name or head noun.
    #[must_use]
    pub fn head_span(&self, tokens: &[Token]) -> Span {
        Span { start: tokens[self.head.start].start, end: tokens[self.head.end - 1].end() }
    }
}
