//! Patterns as they are written, and the regular expressions over letters that they stand for.

use std::fmt::Write;

use rustc_hash::FxHashMap;

use super::PARTS;
use super::symbols::{QUOTATION, QuotationLook, Symbol};

/// A pattern as its parts from left to right.
pub(super) struct Parsed {
    pub(super) left: Vec<Node>,
    pub(super) quotation: Letters,
    pub(super) right: Vec<Node>,
}

pub(super) enum Node {
    Unit { name: Option<String>, set: Letters, quantifier: String },
    Group { alternatives: Vec<Vec<Node>>, quantifier: String },
}

impl Parsed {
    pub(super) fn new(pattern: &str, parts: &Parts) -> Result<Self, String> {
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
pub(super) type Parts = FxHashMap<String, String>;

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
pub(super) fn expression(nodes: &[Node], backwards: bool) -> String {
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
    use Symbol as S;
    let of = |symbols: &[Symbol]| symbols.iter().fold(0, |set, symbol| set | 1 << *symbol as u8);
    let looks = |wanted: &dyn Fn(u8) -> bool| {
        (0..QuotationLook::COUNT).filter(|i| wanted(*i)).fold(0, |set, i| set | 1 << (QUOTATION + i))
    };
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
        "PASSIVE" => of(&[S::Quoted, S::Told]),
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

/// The set as a class of ranges: a quarter of the program's start was spent on reading each letter by itself.
fn letters(set: Letters) -> String {
    let mut text = String::from("[");
    let has = |letter: &u8| set >> letter & 1 == 1;
    let mut letters = (0..128u8).peekable();
    while let Some(first) = letters.find(has) {
        let last = std::iter::from_fn(|| letters.next_if(has)).last().unwrap_or(first);
        let _ = write!(text, "\\x{first:02x}-\\x{last:02x}");
    }
    text.push(']');
    text
}
