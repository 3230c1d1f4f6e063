//! Attribution patterns: readable expressions over the units of a sentence, compiled to one machine that tries them
//! in file order. A unit is a quotation, a mention, a cue, or a word or sign by its class; see lexicons/README.md.

use std::fmt::Write;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::OnceLock;

use regex_automata::hybrid::BuildError;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::meta::Regex;
use regex_automata::util::pool::Pool;
use regex_automata::util::syntax::parse_with;
use regex_automata::{Anchored, Input, MatchKind, PatternID, PatternSet};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::tsv::{LexiconError, Row};

macro_rules! symbols {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),* $(,)?) => {
        /// What a unit is to a pattern.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Symbol { $($(#[$doc])* $variant),* }

        const NAMES: &[(&str, Symbol)] = &[$(($name, Symbol::$variant)),*];
    };
}

symbols! {
    /// Another quotation.
    Other = "OTHER",
    /// A mention by name.
    Name = "NAME",
    /// A newspaper, broadcaster or agency by name.
    Outlet = "OUTLET",
    /// A place by name, not before a verb.
    Place = "PLACE",
    /// A mention by a common noun.
    Nominal = "NOMINAL",
    /// A personal pronoun that may be a subject.
    Pronoun = "PRONOUN",
    /// A personal pronoun as object.
    ObjectPronoun = "HIM",
    /// `many`, `one`, `others`.
    Indefinite = "INDEFINITE",
    /// `who`, `which`.
    Relative = "WHO",
    /// `said`, `says`.
    Say = "SAY",
    /// `saying`.
    Saying = "SAYING",
    /// `added`, `wrote`.
    Strong = "STRONG",
    /// `adding`.
    StrongIng = "STRONGING",
    /// `told`.
    Tell = "TELL",
    /// `telling`.
    TellIng = "TELLING",
    /// `called`.
    Weak = "WEAK",
    /// `calling`.
    WeakIng = "WEAKING",
    /// `say`, `add` after `to` or an auxiliary.
    BaseCue = "BASECUE",
    /// `call` after `to` or an auxiliary.
    BaseWeak = "BASEWEAK",
    /// A form of `be`.
    Be = "BE",
    /// A form of `have` or `do`.
    Auxiliary = "AUX",
    /// A modal: `would`.
    Modal = "MODAL",
    /// A cue after a form of `be`: `was quoted`.
    Passive = "PASSIVE",
    /// `carried`, `broadcast`, `obtained`: words of relaying.
    Relay = "RELAY",
    /// An adverb.
    Adverb = "ADV",
    /// A day, month or other time word.
    Time = "TIME",
    /// A preposition but `for`, `as` and those of place.
    Preposition = "LINK",
    /// `for`
    For = "FOR",
    /// `as`
    As = "AS",
    /// `in`, `on`, `at`
    In = "IN",
    /// `to`
    To = "TO",
    /// `of`
    Of = "OF",
    /// `by`
    By = "BY",
    /// A determiner.
    Determiner = "DET",
    /// A possessive pronoun.
    Possessive = "HIS",
    /// `'s`
    Clitic = "'S",
    /// `and`, `or`, `but`
    And = "AND",
    /// `because`, `when`
    Subordinator = "SUB",
    /// `that`
    That = "THAT",
    /// `not`
    Negator = "NOT",
    /// `according`
    According = "ACCORDING",
    /// A verb that is no cue.
    Verb = "VERB",
    /// A participle in -ing that is no cue.
    VerbIng = "VERBING",
    /// `statement`, `interview`, `tweet`
    Statement = "STATEMENT",
    /// `film`, `song`, `bill`
    Work = "WORK",
    /// `known as`, `titled`, `so-called`
    Naming = "NAMING",
    /// A number.
    Number = "NUMBER",
    /// Any other word.
    Word = "WORD",
    /// `,`
    Comma = "COMMA",
    /// `;`
    Semicolon = "SEMICOLON",
    /// `:`
    Colon = "COLON",
    /// The end of a sentence.
    Stop = "STOP",
    /// A quotation that ends in `?` or `!` may end its sentence here.
    SoftStop = "SOFTSTOP",
    /// A dash.
    Dash = "DASH",
    /// An opening bracket.
    Open = "OPEN",
    /// A closing bracket.
    Close = "CLOSE",
    /// Any other sign.
    Sign = "SIGN",
    /// The start of a paragraph.
    Paragraph = "PAR",
}

impl Symbol {
    /// The symbol of a letter; none for the letter of a quotation in question.
    #[must_use]
    pub fn from_letter(letter: u8) -> Option<Self> {
        NAMES.get(letter as usize).map(|(_, symbol)| *symbol)
    }

    /// The symbol that patterns call `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, symbol)| *symbol)
    }

    /// What patterns call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES[self as usize].0
    }
}

/// A set of symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Symbols(u64);

impl Symbols {
    /// The set of the given symbols.
    #[must_use]
    pub const fn of(symbols: &[Symbol]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < symbols.len() {
            bits |= 1 << symbols[at] as u8;
            at += 1;
        }
        Self(bits)
    }

    /// The symbols of both sets.
    #[must_use]
    pub const fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether the symbol is in the set.
    #[must_use]
    pub const fn has(self, symbol: Symbol) -> bool {
        self.0 >> symbol as u8 & 1 != 0
    }

    /// Whether the symbol of a letter is in the set; the letter of a quotation in question is in none.
    #[must_use]
    pub const fn has_letter(self, letter: u8) -> bool {
        letter < 64 && self.0 >> letter & 1 != 0
    }
}

// A set is 64 bits.
const _: () = assert!(NAMES.len() <= 64);

/// The first of the symbols for the quotation in question; its letter tells how it ends and looks.
const QUOTATION: u8 = 0x60;

/// How a quotation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuotationEnd {
    /// Without a sign.
    None,
    /// In a comma.
    Comma,
    /// In a full stop.
    Stop,
    /// In `?`, `!`, a dash or dots.
    Mark,
}

/// How a quotation looks, for patterns to tell speech from titles and fragments from sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotationLook {
    /// Its last sign.
    pub end: QuotationEnd,
    /// Up to three words.
    pub short: bool,
    /// Every word of weight begins with a capital.
    pub title: bool,
    /// It begins in lower case.
    pub lower: bool,
}

impl QuotationLook {
    /// The letter that stands for such a quotation.
    #[must_use]
    pub fn letter(self) -> u8 {
        QUOTATION + self.number() as u8
    }

    /// All of it as one number below 32.
    #[must_use]
    pub fn number(self) -> usize {
        let looks = u8::from(self.short) * 4 + u8::from(self.title) * 2 + u8::from(self.lower);
        usize::from(self.end as u8 * 8 + looks)
    }
}

/// A row of patterns.tsv.
#[derive(Clone, Debug, Deserialize)]
pub struct PatternRow {
    /// The rule's name in the tables.
    pub name: String,
    /// The expression.
    pub pattern: String,
    /// `speech` or `other`.
    pub verdict: Verdict,
    /// Share of the attributions by this pattern that are right.
    pub confidence: f64,
    /// A text it must decide, in the brace notation.
    pub example: String,
    /// A text it must not decide.
    pub counterexample: String,
}

/// What a pattern says of the quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Somebody said it.
    Speech,
    /// Somebody may have said it: the ranker decides.
    Hint,
    /// A title, a name, a term.
    Other,
    /// No pattern: a part that later rows name, in brackets wherever it stands.
    Part,
}

/// The compiled patterns, with their rows.
///
/// A pattern is read outwards from its quotation: one machine takes the units to the left, last first, one those to
/// the right, and each tells all the patterns whose side fits. The first row both of whose sides fit decides; only
/// then its parts are looked for.
#[derive(Debug)]
pub struct Patterns {
    /// The rows in file order.
    pub rows: Vec<PatternRow>,
    /// The rows in the order in which they are tried: those that only propose come last.
    order: Vec<usize>,
    sides: Vec<Sides>,
    left: Machine,
    right: Machine,
}

/// Lazily built automata over one side of all patterns, with the states that each thread has built so far. Each takes
/// some of the patterns: the states of one for all would be every combination of theirs.
#[derive(Debug)]
struct Machine {
    dfas: Vec<DFA>,
    caches: Pool<Scratch, Box<dyn Fn() -> Scratch + Send + Sync + UnwindSafe + RefUnwindSafe>>,
}

/// What a thread keeps for a machine: the states of its automata, and room for the patterns that fit.
#[derive(Debug)]
struct Scratch {
    automata: Vec<(Cache, PatternSet)>,
}

impl Scratch {
    fn fits(&self, side: usize) -> bool {
        let (_, fitting) = &self.automata[side / PATTERNS_AT_ONCE];
        fitting.contains(PatternID::new_unchecked(side % PATTERNS_AT_ONCE))
    }
}

/// Patterns of an automaton. Twelve were fastest of 5 to 112.
const PATTERNS_AT_ONCE: usize = 12;

impl Machine {
    fn new(expressions: &[String]) -> Result<Self, Box<BuildError>> {
        let config = DFA::config().match_kind(MatchKind::All).cache_capacity(CACHE).skip_cache_capacity_check(true);
        let mut builder = DFA::builder();
        builder.syntax(syntax()).configure(config);
        let build = |some: &[String]| builder.build_many(some).map_err(Box::new);
        let dfas = expressions.chunks(PATTERNS_AT_ONCE).map(build).collect::<Result<Vec<DFA>, _>>()?;
        let own = dfas.clone();
        let automaton = |dfa: &DFA| (dfa.create_cache(), PatternSet::new(dfa.pattern_len()));
        let scratch = move || Scratch { automata: own.iter().map(automaton).collect() };
        Ok(Self { dfas, caches: Pool::new(Box::new(scratch)) })
    }

    /// Notes all the patterns that fit a prefix of `units`.
    fn fit(&self, units: &[u8], scratch: &mut Scratch) -> Option<()> {
        let input = Input::new(units).anchored(Anchored::Yes);
        for (dfa, (cache, fitting)) in self.dfas.iter().zip(&mut scratch.automata) {
            fitting.clear();
            dfa.try_which_overlapping_matches(cache, &input, fitting).ok()?;
        }
        Some(())
    }
}

/// Bytes of automaton states that a thread keeps.
const CACHE: usize = 8 << 20;

/// A pattern's quotation letters and its two sides.
#[derive(Clone, Debug)]
struct Sides {
    quotation: Letters,
    left: Option<Side>,
    right: Option<Side>,
}

/// The parts of a pattern that can be named.
const PARTS: [&str; 4] = ["source", "cue", "addressee", "via"];

/// A side that asks for something: an empty one fits anything and is in no machine.
#[derive(Clone, Debug)]
struct Side {
    expression: String,
    /// Finds the parts; built when the pattern decides for the first time, which many never do.
    finder: OnceLock<Option<PartFinder>>,
    /// Its number in the machine.
    number: usize,
}

/// The expression of a side with its groups.
#[derive(Clone, Debug)]
struct PartFinder {
    regex: Regex,
    /// The groups that are the [`PARTS`].
    groups: [Option<usize>; 4],
}

impl PartFinder {
    /// None for an expression without parts.
    fn new(expression: &str) -> Option<Self> {
        let regex = Regex::builder().syntax(syntax()).build(expression).ok()?;
        let groups = PARTS.map(|name| regex.group_info().to_index(PatternID::ZERO, name));
        groups.iter().any(Option::is_some).then_some(Self { regex, groups })
    }
}

impl Side {
    fn new(expression: String, all: &mut Vec<String>) -> Result<Option<Self>, String> {
        if expression.is_empty() {
            return Ok(None);
        }
        parse_with(&expression, &syntax()).map_err(|error| error.to_string())?;
        all.push(expression.clone());
        Ok(Some(Self { expression, finder: OnceLock::new(), number: all.len() - 1 }))
    }

    fn fits(side: Option<&Self>, scratch: &Scratch) -> bool {
        side.is_none_or(|side| scratch.fits(side.number))
    }
}

/// Where a pattern found its parts: indices of units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The row that decided.
    pub row: usize,
    /// The source, a mention or another quotation whose source it shares.
    pub source: Option<usize>,
    /// The cue's first unit.
    pub cue: Option<usize>,
    /// Who was spoken to.
    pub addressee: Option<usize>,
    /// Who relayed it.
    pub via: Option<usize>,
}

/// The units around one quotation.
#[derive(Clone, Debug, Default)]
pub struct Window {
    /// Those before it, the nearest first.
    pub left: Vec<u8>,
    /// Its own letter.
    pub quotation: u8,
    /// Those after it.
    pub right: Vec<u8>,
    /// Its unit in the article.
    pub unit: usize,
}

impl Patterns {
    /// Compiles the rows of a pattern file.
    ///
    /// # Errors
    /// An expression that cannot be read, with its file, line and the word to blame.
    pub fn new(file: &str, rows: Vec<Row<PatternRow>>) -> Result<Self, LexiconError> {
        let (mut left, mut right, mut sides) = (Vec::new(), Vec::new(), Vec::new());
        let mut parts = Parts::default();
        for row in &rows {
            if row.value.verdict == Verdict::Part {
                parts.insert(row.value.name.clone(), row.value.pattern.clone());
                continue;
            }
            let blame =
                |message: String| LexiconError::at(file, row.line, format!("pattern {}: {message}", row.value.name));
            let parsed = Parsed::new(&row.value.pattern, &parts).map_err(blame)?;
            sides.push(Sides {
                quotation: parsed.quotation,
                left: Side::new(expression(&parsed.left, true), &mut left).map_err(blame)?,
                right: Side::new(expression(&parsed.right, false), &mut right).map_err(blame)?,
            });
        }
        let machine = |expressions: &[String]| {
            Machine::new(expressions)
                .map_err(|error| LexiconError::file(file, format!("the patterns are too many or too wide: {error}")))
        };
        let (left, right) = (machine(&left)?, machine(&right)?);
        let rows: Vec<PatternRow> =
            rows.into_iter().map(|row| row.value).filter(|row| row.verdict != Verdict::Part).collect();
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|row| rows[*row].verdict == Verdict::Hint);
        Ok(Self { rows, order, sides, left, right })
    }

    /// The first pattern in file order that fits the window and decides; where none does, the first that proposes.
    #[must_use]
    pub fn find(&self, window: &Window) -> Option<Found> {
        let (mut left, mut right) = (self.left.caches.get(), self.right.caches.get());
        self.left.fit(&window.left, &mut left)?;
        self.right.fit(&window.right, &mut right)?;
        let letter: Letters = 1 << window.quotation;
        let fits = |row: &usize| {
            let sides = &self.sides[*row];
            sides.quotation & letter != 0
                && Side::fits(sides.left.as_ref(), &left)
                && Side::fits(sides.right.as_ref(), &right)
        };
        let row = self.order.iter().find(|row| fits(row))?;
        Some(self.parts(*row, window))
    }

    /// Where the named parts of a pattern that fits are.
    fn parts(&self, row: usize, window: &Window) -> Found {
        let mut found = Found { row, ..Found::default() };
        let sides = &self.sides[row];
        for (side, units, is_left) in [(&sides.left, &window.left, true), (&sides.right, &window.right, false)] {
            let finder =
                side.as_ref().and_then(|side| side.finder.get_or_init(|| PartFinder::new(&side.expression)).as_ref());
            let Some(PartFinder { regex, groups }) = finder else { continue };
            let mut captures = regex.create_captures();
            regex.captures(Input::new(units).anchored(Anchored::Yes), &mut captures);
            let of_found = [&mut found.source, &mut found.cue, &mut found.addressee, &mut found.via];
            for (part, group) in of_found.into_iter().zip(groups) {
                if let Some(group) = group.and_then(|group| captures.get_group(group)) {
                    *part = Some(if is_left { window.unit - group.end } else { window.unit + 1 + group.start });
                }
            }
        }
        found
    }
}

fn syntax() -> regex_automata::util::syntax::Config {
    regex_automata::util::syntax::Config::new().unicode(false).utf8(false).dot_matches_new_line(true)
}

/// A pattern as its parts from left to right.
struct Parsed {
    left: Vec<Node>,
    quotation: Letters,
    right: Vec<Node>,
}

enum Node {
    Unit { name: Option<String>, set: Letters, quantifier: String },
    Group { alternatives: Vec<Vec<Node>>, quantifier: String },
}

impl Parsed {
    fn new(pattern: &str, parts: &Parts) -> Result<Self, String> {
        let mut words = pattern.split_whitespace();
        let (mut alternatives, closed) = nodes(&mut words, parts)?;
        let (1, None) = (alternatives.len(), closed) else {
            return Err("put alternatives in brackets, and close every bracket once".into());
        };
        let mut left = alternatives.pop().unwrap_or_default();
        let is_quotation = |node: &Node| matches!(node, Node::Unit { set, .. } if *set != 0 && set & !QUOTATIONS == 0);
        let at = left.iter().position(is_quotation).ok_or("it has no Q: the quotation that it is about")?;
        let right = left.split_off(at + 1);
        let Some(Node::Unit { set, .. }) = left.pop() else { return Err("it has no Q".into()) };
        if right.iter().any(is_quotation) {
            return Err("it has Q twice: write OTHER for another quotation".into());
        }
        Ok(Self { left, quotation: set, right })
    }
}

/// The alternatives up to a closing bracket or the end, and the bracket's quantifier.
fn nodes(words: &mut dyn Iterator<Item = &str>, parts: &Parts) -> Result<(Vec<Vec<Node>>, Option<String>), String> {
    let mut alternatives = vec![Vec::new()];
    while let Some(word) = words.next() {
        if let Some(quantifier) = word.strip_prefix(')') {
            return Ok((alternatives, Some(quantifier.to_owned())));
        }
        let node = match word {
            "|" => {
                alternatives.push(Vec::new());
                continue;
            }
            "(" => {
                let (inner, quantifier) = nodes(words, parts)?;
                Node::Group { alternatives: inner, quantifier: quantifier.ok_or("a bracket is not closed")? }
            }
            _ => match part(word, parts)? {
                Some(part) => part,
                None => unit(word)?,
            },
        };
        alternatives.last_mut().ok_or("empty")?.push(node);
    }
    Ok((alternatives, None))
}

/// Named parts of patterns, as they stand in the file.
type Parts = FxHashMap<String, String>;

/// The part that a word names, with its quantifier.
fn part(word: &str, parts: &Parts) -> Result<Option<Node>, String> {
    let end = word.find(['*', '+', '?', '{']).unwrap_or(word.len());
    let Some(text) = parts.get(&word[..end]) else { return Ok(None) };
    // A part names no other part, so that none can hold itself.
    let (alternatives, closed) = nodes(&mut text.split_whitespace(), &Parts::default())?;
    if closed.is_some() {
        return Err(format!("part {}: close every bracket once", &word[..end]));
    }
    Ok(Some(Node::Group { alternatives, quantifier: word[end..].to_owned() }))
}

/// `source=NAME|NOMINAL{0,2}`
fn unit(word: &str) -> Result<Node, String> {
    let (name, rest) = match word.split_once('=') {
        Some((name, rest)) if PARTS.contains(&name) => (Some(name.to_owned()), rest),
        Some((name, _)) => return Err(format!("\"{name}=\": only source= cue= addressee= via= can be named")),
        None => (None, word),
    };
    let end = rest.find(['*', '+', '?', '{']).unwrap_or(rest.len());
    Ok(Node::Unit { name, set: set(&rest[..end])?, quantifier: rest[end..].to_owned() })
}

/// The nodes as a regular expression over unit letters, in reading order or backwards.
fn expression(nodes: &[Node], backwards: bool) -> String {
    let part = |node: &Node| match node {
        Node::Unit { name: Some(name), set, quantifier } => format!("(?P<{name}>{}){quantifier}", letters(*set)),
        Node::Unit { name: None, set, quantifier } => format!("{}{quantifier}", letters(*set)),
        Node::Group { alternatives, quantifier } => {
            let all: Vec<String> = alternatives.iter().map(|nodes| expression(nodes, backwards)).collect();
            format!("(?:{}){quantifier}", all.join("|"))
        }
    };
    if backwards { nodes.iter().rev().map(part).collect() } else { nodes.iter().map(part).collect() }
}

/// A set of letters as bits: 0 to 95 symbols, from 96 quotations.
type Letters = u128;

const QUOTATIONS: Letters = !0 << QUOTATION;

/// `A|B&C`, `!A|B`: union binds last, `!` takes all that follows it.
fn set(text: &str) -> Result<Letters, String> {
    if let Some(rest) = text.strip_prefix('!') {
        return Ok(!set(rest)? & !QUOTATIONS);
    }
    text.split('|').try_fold(0, |union, part| {
        Ok(union | part.split('&').try_fold(!0, |all, name| Ok::<_, String>(all & named(name)?))?)
    })
}

fn named(name: &str) -> Result<Letters, String> {
    use Symbol as S;
    let of = |symbols: &[Symbol]| symbols.iter().fold(0, |set, symbol| set | 1 << *symbol as u8);
    let looks =
        |wanted: &dyn Fn(u8) -> bool| (0..32).filter(|i| wanted(*i)).fold(0, |set, i| set | 1 << (QUOTATION + i));
    Ok(match name {
        "Q" => QUOTATIONS,
        "ENDNONE" => looks(&|i| i / 8 == 0),
        "ENDCOMMA" => looks(&|i| i / 8 == 1),
        "ENDSTOP" => looks(&|i| i / 8 == 2),
        "ENDMARK" => looks(&|i| i / 8 == 3),
        "SHORT" => looks(&|i| i & 4 != 0),
        "LONG" => looks(&|i| i & 4 == 0),
        "TITLE" => looks(&|i| i & 2 != 0),
        "PLAIN" => looks(&|i| i & 2 == 0),
        "LOWER" => looks(&|i| i & 1 != 0),
        "UPPER" => looks(&|i| i & 1 == 0),
        "MENTION" => of(&[S::Name, S::Outlet, S::Nominal, S::Pronoun, S::Indefinite]),
        "PREP" => of(&[S::Preposition, S::For, S::As, S::In]),
        "CUE" => of(&[S::Say, S::Strong, S::Tell]),
        "CUEING" => of(&[S::Saying, S::StrongIng, S::TellIng]),
        "ANYCUE" => of(&[S::Say, S::Strong, S::Tell, S::Weak, S::Saying, S::StrongIng, S::TellIng, S::WeakIng]),
        "ANY" => !QUOTATIONS,
        // Within one sentence.
        "GAP" => !QUOTATIONS & !of(&[S::Stop, S::Paragraph, S::SoftStop]),
        // The same without another quotation, and without a cue.
        "SOLO" => !QUOTATIONS & !of(&[S::Stop, S::Paragraph, S::SoftStop, S::Other]),
        "QUIET" => !QUOTATIONS & !of(&[S::Stop, S::Paragraph, S::SoftStop]) & !named("ANYCUE")?,
        // Within one clause-like stretch: no other quotation, no heavy sign.
        "NEAR" => {
            !QUOTATIONS
                & !of(&[S::Stop, S::Paragraph, S::SoftStop, S::Other, S::Semicolon, S::Colon, S::Dash, S::Comma])
        }
        _ => match Symbol::named(name) {
            Some(symbol) => of(&[symbol]),
            None => return Err(format!("\"{name}\" is no unit: lexicons/README.md lists them")),
        },
    })
}

fn letters(set: Letters) -> String {
    let mut text = String::from("[");
    for letter in (0..128u8).filter(|letter| set >> letter & 1 == 1) {
        let _ = write!(text, "\\x{letter:02x}");
    }
    text.push(']');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(lines: &[(&str, &str)]) -> Patterns {
        let row = |(name, pattern): &(&str, &str)| Row {
            line: 1,
            value: PatternRow {
                name: (*name).into(),
                pattern: (*pattern).into(),
                verdict: Verdict::Speech,
                confidence: 1.0,
                example: String::new(),
                counterexample: String::new(),
            },
        };
        Patterns::new("patterns.tsv", lines.iter().map(row).collect()).expect("good patterns")
    }

    fn window(left: &[Symbol], right: &[Symbol]) -> Window {
        let look = QuotationLook { end: QuotationEnd::Comma, short: false, title: false, lower: false };
        Window {
            left: left.iter().rev().map(|symbol| *symbol as u8).collect(),
            quotation: look.letter(),
            right: right.iter().map(|symbol| *symbol as u8).collect(),
            unit: left.len(),
        }
    }

    #[test]
    fn the_first_that_fits_decides() {
        let patterns =
            patterns(&[("after", "Q COMMA? source=MENTION cue=SAY"), ("before", "source=MENTION cue=SAY GAP* Q")]);
        let said = [Symbol::Name, Symbol::Say];
        let found = patterns.find(&window(&said, &said)).expect("both fit");
        assert_eq!((found.row, found.source, found.cue), (0, Some(3), Some(4)));
        let found = patterns.find(&window(&said, &[])).expect("one fits");
        assert_eq!((found.row, found.source, found.cue), (1, Some(0), Some(1)));
    }

    #[test]
    fn the_farthest_that_fits_is_meant() {
        let patterns = patterns(&[("before", "source=MENTION cue=SAY GAP* Q")]);
        let said = [Symbol::Name, Symbol::Say, Symbol::Pronoun, Symbol::Say, Symbol::That];
        assert_eq!(patterns.find(&window(&said, &[])).expect("fits").source, Some(0));
    }

    #[test]
    fn a_bad_word_is_named() {
        let error = |pattern: &str| Parsed::new(pattern, &Parts::default()).err().unwrap_or_default();
        assert_eq!(error("Q COMA"), "\"COMA\" is no unit: lexicons/README.md lists them");
        assert_eq!(error("who=NAME Q"), "\"who=\": only source= cue= addressee= via= can be named");
        assert_eq!(error("NAME SAY"), "it has no Q: the quotation that it is about");
    }
}
