//! Patterns as they are written, read into trees.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::PARTS;
use super::stretch::{SENTENCE_ENDS, UnitSet};
use super::symbols::{QUOTATION, QuotationLook, Symbol, Symbols};

/// A pattern as its parts from left to right.
pub(super) struct Parsed {
    pub(super) left: Vec<Node>,
    pub(super) quotation: Letters,
    pub(super) right: Vec<Node>,
}

/// What stands between two spaces of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// The quotation that the pattern is about, as it must look.
    Quotation(Letters),
    /// A unit of a set, and which of the [`PARTS`] it is.
    Unit { part: Option<usize>, set: UnitSet, times: Times },
    /// Nodes in brackets.
    Group(Group),
}

/// Nodes in brackets, in alternatives.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Group {
    pub(super) alternatives: Vec<Vec<Node>>,
    pub(super) times: Times,
    /// The letters that a round may begin with.
    pub(super) first: u64,
    /// Whether a round may be empty.
    pub(super) hollow: bool,
    /// Whether one of the [`PARTS`] stands in it.
    pub(super) named: bool,
}

impl Group {
    pub(super) fn new(alternatives: Vec<Vec<Node>>, times: Times) -> Self {
        let first = alternatives.iter().fold(0, |letters, nodes| letters | first(nodes));
        let hollow = alternatives.iter().any(|nodes| nodes.iter().all(Node::may_be_empty));
        let named = alternatives.iter().flatten().any(Node::names_part);
        Self { alternatives, times, first, hollow, named }
    }
}

impl Node {
    /// The letters that it may begin with.
    pub(super) fn first(&self) -> u64 {
        match self {
            Self::Quotation(_) => 0,
            Self::Unit { set, .. } => set.letters(),
            Self::Group(group) => group.first,
        }
    }

    /// Whether one of the [`PARTS`] stands in it.
    pub(super) fn names_part(&self) -> bool {
        match self {
            Self::Quotation(_) => false,
            Self::Unit { part, .. } => part.is_some(),
            Self::Group(group) => group.named,
        }
    }

    /// Whether the end of a sentence may stand in it.
    fn may_end_sentence(&self) -> bool {
        match self {
            Self::Quotation(_) => false,
            Self::Unit { set, .. } => set.letters() & SENTENCE_ENDS != 0,
            Self::Group(group) => group.alternatives.iter().flatten().any(Self::may_end_sentence),
        }
    }

    /// Whether nothing may stand for it.
    pub(super) fn may_be_empty(&self) -> bool {
        match self {
            Self::Quotation(_) => false,
            Self::Unit { times, .. } => times.least == 0,
            Self::Group(group) => group.times.least == 0 || group.hollow,
        }
    }
}

/// Some sets of letters of each of which the nodes need one before the first sentence ends, the rarest; all letters where
/// there are fewer sets.
pub(super) fn needs<const SETS: usize>(nodes: &[Node]) -> [u64; SETS] {
    const COMMON: Symbols = Symbols::of(&[
        Symbol::Comma,
        Symbol::And,
        Symbol::Stop,
        Symbol::Paragraph,
        Symbol::Determiner,
        Symbol::Word,
        Symbol::Other,
        Symbol::To,
    ]);
    let passed = nodes.iter().take_while(|node| !node.may_end_sentence()).count();
    let within = nodes.iter().take(passed + 1).filter(|node| !node.may_be_empty());
    let mut sets: Vec<u64> = within.map(Node::first).collect();
    let is_common = |set: u64| (0..64).any(|letter| set >> letter & 1 != 0 && COMMON.has_letter(letter));
    sets.sort_by_key(|set| (is_common(*set), set.count_ones()));
    std::array::from_fn(|at| sets.get(at).copied().unwrap_or(!0))
}

/// The letters that nodes may begin with.
fn first(nodes: &[Node]) -> u64 {
    let passed = nodes.iter().take_while(|node| node.may_be_empty()).count();
    nodes.iter().take(passed + 1).fold(0, |letters, node| letters | node.first())
}

/// How often something stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Times {
    pub(super) least: u32,
    pub(super) most: u32,
    /// Whether fewer are looked for first.
    pub(super) lazy: bool,
}

impl Parsed {
    pub(super) fn new(pattern: &str, parts: &Parts) -> Result<Self, String> {
        let mut left = in_brackets(pattern, parts)?;
        let is_quotation = |node: &Node| matches!(node, Node::Quotation(_));
        let at = left.iter().position(is_quotation).ok_or("it has no Q: the quotation that it is about")?;
        let right = left.split_off(at + 1);
        let Some(Node::Quotation(quotation)) = left.pop() else { return Err("it has no Q".into()) };
        if right.iter().any(is_quotation) {
            return Err("it has Q twice: write OTHER for another quotation".into());
        }
        Ok(Self { left, quotation, right })
    }
}

/// Named parts of patterns.
#[derive(Default)]
pub(super) struct Parts(FxHashMap<String, Result<Vec<Vec<Node>>, String>>);

impl Parts {
    /// A part names no other part, so that none can hold itself. What is wrong with it, the patterns that use it tell.
    pub(super) fn add(&mut self, name: String, pattern: &str) {
        let alternatives = match nodes(&mut pattern.split_whitespace(), &Self::default()) {
            Ok((alternatives, None)) => Ok(alternatives),
            Ok(_) => Err(format!("part {name}: close every bracket once")),
            Err(message) => Err(message),
        };
        self.0.insert(name, alternatives);
    }
}

/// The nodes of a pattern that has no alternatives but in brackets.
fn in_brackets(pattern: &str, parts: &Parts) -> Result<Vec<Node>, String> {
    match nodes(&mut pattern.split_whitespace(), parts)? {
        (mut alternatives, None) if alternatives.len() == 1 => Ok(alternatives.pop().unwrap_or_default()),
        _ => Err("put alternatives in brackets, and close every bracket once".into()),
    }
}

/// The alternatives up to a closing bracket or the end, and how often the bracket stands.
fn nodes(words: &mut dyn Iterator<Item = &str>, parts: &Parts) -> Result<(Vec<Vec<Node>>, Option<Times>), String> {
    let mut alternatives = vec![Vec::new()];
    while let Some(word) = words.next() {
        if let Some(quantifier) = word.strip_prefix(')') {
            return Ok((alternatives, Some(times(quantifier)?)));
        }
        let node = match word {
            "|" => {
                alternatives.push(Vec::new());
                continue;
            }
            "(" => {
                let (inner, times) = nodes(words, parts)?;
                Node::Group(Group::new(inner, times.ok_or("a bracket is not closed")?))
            }
            _ => node(word, parts)?,
        };
        alternatives.last_mut().ok_or("empty")?.push(node);
    }
    Ok((alternatives, None))
}

/// `source=NAME|NOMINAL{0,2}`, or the name of a part.
fn node(word: &str, parts: &Parts) -> Result<Node, String> {
    let end = word.find(['*', '+', '?', '{']).unwrap_or(word.len());
    let times = times(&word[end..])?;
    if let Some(alternatives) = parts.0.get(&word[..end]) {
        return Ok(Node::Group(Group::new(alternatives.clone()?, times)));
    }
    let (part, units) = match word[..end].split_once('=') {
        Some((name, units)) => {
            let part = PARTS.iter().position(|part| *part == name);
            let part = part.ok_or_else(|| format!("\"{name}=\": only source= cue= addressee= via= can be named"))?;
            (Some(part), units)
        }
        None => (None, &word[..end]),
    };
    let letters = set(units)?;
    if letters != 0 && letters & !QUOTATIONS == 0 {
        return Ok(Node::Quotation(letters));
    }
    Ok(Node::Unit { part, set: UnitSet::new(letters as u64 & Symbol::ALL), times })
}

/// `*`, `{0,3}`, `+?`
fn times(quantifier: &str) -> Result<Times, String> {
    let (often, lazy) = match quantifier.strip_suffix('?') {
        Some(often) if !often.is_empty() => (often, true),
        _ => (quantifier, false),
    };
    let counted = |text: &str| {
        let count = text.strip_prefix('{')?.strip_suffix('}')?;
        let (least, most) = count.split_once(',').unwrap_or((count, count));
        let most = if most.is_empty() { u32::MAX } else { most.parse().ok()? };
        Some((least.parse().ok()?, most)).filter(|(least, most)| least <= most)
    };
    let (least, most) = match often {
        "" => (1, 1),
        "?" => (0, 1),
        "*" => (0, u32::MAX),
        "+" => (1, u32::MAX),
        _ => counted(often)
            .ok_or_else(|| format!("\"{quantifier}\" does not say how often: write ?, *, +, {{3}} or {{0,3}}"))?,
    };
    Ok(Times { least, most, lazy })
}

/// A set of letters as bits: 0 to 95 symbols, from 96 quotations.
pub(super) type Letters = u128;

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
    let known = SETS.get(name).copied().or_else(|| Symbol::named(name).map(|symbol| 1 << symbol as u8));
    known.ok_or_else(|| format!("\"{name}\" is no unit: lexicons/README.md lists them"))
}

/// The names that stand for several letters.
static SETS: LazyLock<FxHashMap<&str, Letters>> = LazyLock::new(|| {
    use Symbol as S;
    let of = |symbols: &[Symbol]| symbols.iter().fold(0, |set, symbol| set | 1 << *symbol as u8);
    let looks = |wanted: &dyn Fn(u8) -> bool| {
        (0..QuotationLook::COUNT).filter(|i| wanted(*i)).fold(0, |set, i| set | 1 << (QUOTATION + i))
    };
    let cues = of(&[S::Say, S::Strong, S::Tell, S::Weak, S::Saying, S::StrongIng, S::TellIng, S::WeakIng]);
    // Within one sentence.
    let gap = !QUOTATIONS & !of(&[S::Stop, S::Paragraph, S::SoftStop]);
    [
        ("Q", QUOTATIONS),
        ("ENDNONE", looks(&|i| i / 8 == 0)),
        ("ENDCOMMA", looks(&|i| i / 8 == 1)),
        ("ENDSTOP", looks(&|i| i / 8 == 2)),
        ("ENDMARK", looks(&|i| i / 8 == 3)),
        ("SHORT", looks(&|i| i & 4 != 0)),
        ("LONG", looks(&|i| i & 4 == 0)),
        ("TITLE", looks(&|i| i & 2 != 0)),
        ("PLAIN", looks(&|i| i & 2 == 0)),
        ("LOWER", looks(&|i| i & 1 != 0)),
        ("UPPER", looks(&|i| i & 1 == 0)),
        ("MENTION", of(&[S::Name, S::Outlet, S::Nominal, S::Pronoun, S::Indefinite])),
        ("PREP", of(&[S::Preposition, S::For, S::As, S::In])),
        ("CUE", of(&[S::Say, S::Strong, S::Tell])),
        ("CUEING", of(&[S::Saying, S::StrongIng, S::TellIng])),
        ("PASSIVE", of(&[S::Quoted, S::Told])),
        ("ANYCUE", cues),
        ("ANY", !QUOTATIONS),
        ("GAP", gap),
        // The same without another quotation, and without a cue.
        ("SOLO", gap & !of(&[S::Other])),
        ("QUIET", gap & !cues),
        // Within one clause-like stretch: no other quotation, no heavy sign.
        ("NEAR", gap & !of(&[S::Other, S::Semicolon, S::Colon, S::Dash, S::Comma])),
    ]
    .into_iter()
    .collect()
});
