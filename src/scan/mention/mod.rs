//! Mentions: names with their titles and descriptions, nominals such as `a senior official`, pronouns. Each is a stretch
//! of tokens with what its own words tell; whom it means is decided over the whole article, in `entities`.

mod abroad;
mod ambiguous;
mod described;
mod joins;
mod names;
mod offices;
mod openings;
mod pieces;
mod plain;
mod texts;
mod words;

use std::cell::Cell;
use std::ops::Range;

use rustc_hash::FxHashSet;
use smallvec::smallvec;

use super::token::{Token, TokenKind};
use super::{Extent, Scan};
use crate::Span;
use crate::lexicon::Lexicons;
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::phrases::Meaning;
use crate::lexicon::sets::{DESCRIBING, DOCUMENTS, GIVEN, PRONOUNS, ROLES};
use crate::lexicon::traits::{IN_SMALL_LETTERS, LEADS, OPENERS, Traits};
use crate::lexicon::words::{Class, Classes, Glance, WordId};
use ambiguous::AMBIGUOUS;
pub(super) use openings::Openings;
use plain::Plain;

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

impl MentionKind {
    /// How many there are.
    pub const COUNT: usize = Self::Demonym as usize + 1;
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

/// Puts every mention into `found`, in text order; a longer one before those within it. None where the words of the scan were not
/// looked up, as nothing is quoted.
pub fn find_mentions(text: &str, scan: &Scan, extent: Extent, lexicons: &Lexicons, found: &mut Vec<Mention>) {
    let Scan { tokens, words, classes, glances, openings, .. } = scan;
    if glances.is_empty() {
        return;
    }
    found.reserve(tokens.len() / USUAL_DISTANCE);
    let mut finder = Finder {
        text,
        scan,
        tokens,
        words,
        classes,
        glances,
        lexicons,
        found: std::mem::take(found),
        pieces: Vec::with_capacity(LONGEST_CHUNK),
        family_names: FxHashSet::default(),
        first_names: FxHashSet::default(),
        looked_up: Cell::new(LookedUp { at: usize::MAX, found: None }),
        paragraph: 0,
    };
    finder.learn_family_names(openings);
    let near = match extent {
        Extent::NearQuotations => scan.near_quotations(NEAR),
        Extent::Everywhere => smallvec![true; scan.paragraphs.len()],
    };
    for ((number, paragraph), near) in (0..).zip(&scan.paragraphs).zip(near) {
        finder.paragraph = number;
        // Far from any quotation only names matter: they tell full names and roles.
        let (openings, opens) =
            if near { (&openings.all, Traits::OPENS) } else { (&openings.capitals, Traits::CAPITAL) };
        let first = paragraph.start;
        let mut at = if glances[first].traits.any(opens) { finder.mention_at(first) } else { first + 1 };
        while let Some(opening) = openings.next(at, paragraph.end) {
            at = finder.mention_at(opening);
        }
    }
    *found = finder.found;
    place(scan, found);
    abroad::forget_bodies_abroad(scan, lexicons, found);
}

/// Paragraphs before a quotation whose mentions matter to it: as many as a pronoun is looked up.
const NEAR: usize = 3;
/// Words of a name or title, at most.
const LONGEST_PHRASE: usize = 12;
/// Tokens for one mention, mostly.
const USUAL_DISTANCE: usize = 6;
/// Pieces of a chunk, at most.
const LONGEST_CHUNK: usize = 24;

/// Notes for every mention in which sentence and quotation it stands; one pass, as both run in text order.
fn place(scan: &Scan, mentions: &mut [Mention]) {
    let (mut sentence, mut quotation, mut within) = (0, 0, None);
    // The tokens for which all of these hold.
    let mut stretch = 0..0;
    for mention in mentions {
        let at = mention.tokens.start;
        if !stretch.contains(&at) {
            while scan.sentences[sentence].end <= at {
                sentence += 1;
            }
            while scan.quotations.get(quotation).is_some_and(|quotation| quotation.tokens.end <= at) {
                quotation += 1;
            }
            let next = scan.quotations.get(quotation).map_or(usize::MAX..usize::MAX, |next| next.tokens.clone());
            within = next.contains(&at).then_some(quotation as u32);
            let end = if within.is_some() { next.end } else { next.start };
            stretch = at..end.min(scan.sentences[sentence].end);
        }
        mention.sentence = sentence as u32;
        mention.quotation = within;
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

/// Words for people, before whose names they stand.
const PEOPLE: Classes = Classes::of(&[Class::RolePerson, Class::RoleTitle, Class::Demonym]);
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

struct Finder<'a> {
    text: &'a str,
    scan: &'a Scan,
    tokens: &'a [Token],
    words: &'a [WordId],
    classes: &'a [Classes],
    glances: &'a [Glance],
    lexicons: &'a Lexicons,
    found: Vec<Mention>,
    pieces: Vec<(Piece, Range<usize>)>,
    /// Words that the article shows to be names alone, though they are common words too: `Sweet`, `Cross`; first names among them: `Bill`.
    family_names: FxHashSet<WordId>,
    /// Words that the article shows to be first names, though they are months or modal verbs too: `April`, `Will`.
    first_names: FxHashSet<WordId>,
    looked_up: Cell<LookedUp<'a>>,
    /// The number of the paragraph that is looked through.
    paragraph: u32,
}

/// What was found last of what a token begins: its length and meanings. What a name means is asked again.
#[derive(Clone, Copy)]
struct LookedUp<'a> {
    at: usize,
    found: Option<(usize, &'a [Meaning])>,
}

impl Finder<'_> {
    /// Common words that the article shows to be family names are such everywhere in it.
    fn learn_family_names(&mut self, openings: &Openings) {
        let (mut from, end) = (0, self.tokens.len());
        while let Some(at) = openings.capital_pairs.next(from, end) {
            from = at + 1;
            if self.tokens[at].kind == TokenKind::Capital && !self.tokens[at].opens_paragraph() {
                if let Some(family_name) = self.family_name_at(at) {
                    self.family_names.insert(self.words[family_name]);
                }
                if self.is_first_name_in_full(at - 1) {
                    self.first_names.insert(self.words[at - 1]);
                } else if self.is_plain_first_name(at - 1) {
                    self.family_names.insert(self.words[at - 1]);
                }
            }
        }
    }

    /// `Bill Carrow`, `Drew Carrow`: a first name that is a common word or a verb, but no title, before what is none.
    fn is_plain_first_name(&self, at: usize) -> bool {
        let (first, next) = (self.classes[at], self.classes[at + 1]);
        first.any(GIVEN)
            && !first.any(NOT_IN_NAMES.with(PEOPLE))
            && !first.without(GIVEN).is_empty()
            && self.kind(at) == TokenKind::Capital
            && next.is_empty()
            && !self.scan.is_headline(self.scan.paragraph_of(at))
    }

    /// Which of two words with capitals is a family name though it is a common word: the second after a given name or
    /// title, the first before `Dae-jung`.
    fn family_name_at(&self, at: usize) -> Option<usize> {
        let classes = self.classes[at];
        let unlisted = classes.is_empty();
        if unlisted || classes.any(GIVEN) {
            let token = self.tokens[at];
            let joined = if token.has_sign_within() { token.span().of(self.text).split_once('-') } else { None };
            if joined.is_some_and(|(_, second)| second.starts_with(char::is_lowercase)) || unlisted {
                return joined.map(|_| at - 1).filter(|at| !self.is_function(*at));
            }
        }
        let before = self.tokens[at - 1].span();
        let titled = self.has(at - 1, Class::PhraseStart) && before.of(self.text).ends_with('.');
        let told = if classes.any(NOT_IN_NAMES) {
            classes.any(AMBIGUOUS) && self.is_family_name_after_given(at)
        } else {
            // `Lee Calls Bridge a Trap`: in a headline every word has a capital.
            let in_headline = || self.scan.is_headline(self.scan.paragraph_of(at));
            titled || self.classes[at - 1].any(GIVEN) && !in_headline()
        };
        told.then_some(at)
    }

    /// What token stands at `at`, as [`Scan::kind`] has it.
    fn kind(&self, at: usize) -> TokenKind {
        self.tokens.get(at).map_or(TokenKind::Stop, |token| token.kind)
    }

    /// Whether the token at `at` has the class.
    fn has(&self, at: usize, class: Class) -> bool {
        self.classes.get(at).is_some_and(|classes| classes.has(class))
    }

    /// Finds what begins at `at`; returns where to go on.
    fn mention_at(&mut self, at: usize) -> usize {
        self.pieces.clear();
        // Before all others, as they are many and nothing else is asked of them.
        if self.classes[at].any(PRONOUNS)
            && let Some(next) = self.pronoun(at)
        {
            return next;
        }
        match self.tokens[at].kind {
            TokenKind::Lower if !self.classes[at].any(OPENERS) => {
                if self.opens_phrase(at) {
                    self.chunk(at).max(at + 1)
                } else {
                    at + 1
                }
            }
            TokenKind::Lower if self.is_inverted_cue(at) => at + 1,
            TokenKind::Upper | TokenKind::Capital
                if self.scan.is_answer_label(at, self.lexicons) || self.scan.is_notice(at, self.lexicons) =>
            {
                at + 1
            }
            TokenKind::Capital if self.tokens[at].has_sign_within() && self.is_party_of_state(at) => at + 1,
            TokenKind::Capital => match self.plain_name_end(at) {
                Some(end) => self.plain_name(at..end),
                None if self.is_plain_capital(at) => at + 1,
                None => self.opened_by(at),
            },
            TokenKind::Upper => self.shouted(at).unwrap_or_else(|| self.opened_by(at)),
            TokenKind::Lower | TokenKind::Number => self.opened_by(at),
            _ => at + 1,
        }
    }

    /// Finds what a word that may be more than the first of a phrase opens; returns where to go on.
    fn opened_by(&mut self, at: usize) -> usize {
        let classes = self.classes[at];
        match self.plain_after_article(at) {
            Plain::Nominal(noun) => return self.plain_nominal(Piece::Determiner, at, noun),
            Plain::More(from) if self.opens_chunk(at, from) => {
                let end = self.chunk(at);
                if end > at {
                    return end;
                }
            }
            _ => {}
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

    /// Whether a chunk may open with the word, as far as the words after it tell, of which those up to `from` leave it open.
    fn opens_chunk(&self, at: usize, from: usize) -> bool {
        let classes = self.classes[at];
        match self.tokens[at].kind {
            TokenKind::Capital | TokenKind::Upper => {
                !classes.has(Class::Determiner) || self.leads_on(at, from) || self.opens_phrase(at)
            }
            TokenKind::Lower => {
                classes.any(ROLES) || classes.any(LEADS) && self.leads_on(at, from) || self.opens_phrase(at)
            }
            _ => self.leads_on(at, from),
        }
    }

    /// Whether a role, text or name may follow a word that leads to one, from a word on before which nothing tells; most `the` and
    /// `a` stand before other nouns.
    fn leads_on(&self, lead: usize, from: usize) -> bool {
        const ENDS: Classes = ROLES.with(DOCUMENTS);
        for at in from..lead + LONGEST_CHUNK {
            let Some(token) = self.tokens.get(at).filter(|token| !token.opens_paragraph()) else { return false };
            let classes = self.classes[at];
            match token.kind {
                TokenKind::Capital | TokenKind::Upper | TokenKind::Number => return true,
                TokenKind::Lower if classes.any(ENDS) || self.opens_phrase(at) => return true,
                TokenKind::Lower if classes.any(DESCRIBING) => {}
                TokenKind::Lower => {
                    let dated = classes.has(Class::Time) && self.kind(at + 1) == TokenKind::Number;
                    return self.next_is_role(at + 1)
                        || self.next_is_text(at + 1 + usize::from(dated))
                        || self.is_unlisted_adjective(at) && self.reaches_role(at + 1);
                }
                _ => return false,
            }
        }
        true
    }

    /// Whether a name, title or role of several words may begin with the word, as far as it and the next one tell.
    #[inline]
    fn opens_phrase(&self, at: usize) -> bool {
        self.classes[at].has(Class::PhraseStart) && self.may_begin_phrase(at)
    }

    fn may_begin_phrase(&self, at: usize) -> bool {
        self.lexicons.phrases.may_begin(&self.words[at..])
            && (self.classes[at].any(IN_SMALL_LETTERS) || self.holds_capital(at))
    }

    #[inline]
    fn holds_capital(&self, at: usize) -> bool {
        let token = self.tokens[at];
        let bytes = &self.text.as_bytes()[token.start as usize..token.end() as usize];
        token.is_capitalised()
            || !bytes.iter().all(u8::is_ascii_lowercase) && token.span().of(self.text).contains(char::is_uppercase)
    }

    fn blank(&self, tokens: Range<usize>, kind: MentionKind) -> Mention {
        Mention { paragraph: self.paragraph, ..Mention::of(self.tokens, tokens, kind) }
    }

    fn pronoun(&mut self, at: usize) -> Option<usize> {
        let token = self.tokens[at];
        if token.kind == TokenKind::Upper {
            return None;
        }
        let classes = self.classes[at];
        // `Lee himself said`
        let emphatic = classes.has(Class::Adverb) && self.found.last().is_some_and(|last| last.tokens.end == at);
        let pronoun = self.lexicons.pronouns.get(&self.words[at]).filter(|_| !emphatic)?;
        if classes.has(Class::PossessivePronoun) {
            let end = match self.plain(Piece::His, at) {
                Plain::Nominal(noun) => self.plain_nominal(Piece::His, at, noun),
                Plain::More(from) if self.leads_on(at, from) => self.chunk(at),
                _ => self.unlisted_of_owner(at).unwrap_or(at),
            };
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
        if self.is_of_things(at) {
            return;
        }
        let mut mention = self.blank(at..at + 1, MentionKind::Indefinite);
        mention.plural = !self.has(at, Class::Number);
        self.found.push(mention);
    }
}

impl Mention {
    /// Of tokens of which nothing else is known yet, not even where they stand.
    #[must_use]
    pub fn of(all: &[Token], tokens: Range<usize>, kind: MentionKind) -> Self {
        Self {
            span: Span { start: all[tokens.start].start, end: all[tokens.end - 1].end() },
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

    /// Takes back what a list says the name means.
    fn forget_party(&mut self) {
        (self.kind, self.party, self.capital) = (MentionKind::Name, None, false);
        (self.party_kind, self.gender, self.plural) = (PartyKind::Unknown, Gender::Unknown, false);
    }

    /// The bytes of its name or head noun.
    #[must_use]
    pub fn head_span(&self, tokens: &[Token]) -> Span {
        Span { start: tokens[self.head.start].start, end: tokens[self.head.end - 1].end() }
    }
}
