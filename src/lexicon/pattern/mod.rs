//! Attribution patterns: readable expressions over the units of a sentence, tried in file order. A unit is a quotation,
//! a mention, a cue, or a word or sign by its class; see lexicons/README.md.

mod expression;
mod plain;
#[cfg(test)]
mod reference;
mod sieve;
mod stretch;
mod symbols;

use serde::Deserialize;

use super::tsv::{LexiconError, Row};
use expression::{Group, Node, Parsed, Parts};
use sieve::{AT_ONCE, Asked, Sieve};
pub use stretch::Stretch;
use symbols::QUOTATION;
pub use symbols::{QuotationEnd, QuotationLook, Symbol, Symbols};

/// A row of patterns.tsv.
#[derive(Clone, Debug, Deserialize)]
pub struct PatternRow {
    /// The rule's name in the tables.
    pub name: String,
    /// The expression.
    pub pattern: String,
    /// `speech`, `hint`, `other` or `part`.
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
/// A pattern is read outwards from its quotation, one side after the other. Of the rows that a sieve leaves, the first
/// both of whose sides fit decides; only then its parts are looked for.
#[derive(Debug)]
pub struct Patterns {
    /// The rows in file order.
    pub rows: Vec<PatternRow>,
    /// The rows in the order in which they are tried: those that only propose come last.
    order: Vec<usize>,
    /// The sides of each row, outwards from the quotation.
    sides: Vec<[Vec<Node>; 2]>,
    /// Which of them may fit, in that order.
    sieves: Vec<Sieve>,
}

/// The parts of a pattern that can be named.
const PARTS: [&str; 4] = ["source", "cue", "addressee", "via"];

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
    pub left: Stretch,
    /// Its own letter.
    pub quotation: u8,
    /// Those after it.
    pub right: Stretch,
    /// Its unit in the article.
    pub unit: usize,
}

impl Patterns {
    /// Reads the rows of pattern files, each with its file.
    ///
    /// # Errors
    /// An expression that cannot be read, with its file, line and the word to blame.
    pub fn new<'f>(all: impl IntoIterator<Item = (&'f str, Row<PatternRow>)>) -> Result<Self, LexiconError> {
        let (mut rows, mut looks, mut sides) = (Vec::new(), Vec::new(), Vec::new());
        let mut parts = Parts::default();
        for (file, Row { line, value: row }) in all {
            if row.verdict == Verdict::Part {
                parts.add(row.name, &row.pattern);
                continue;
            }
            let blame = |message: String| LexiconError::at(file, line, format!("pattern {}: {message}", row.name));
            let Parsed { left, quotation, right } = Parsed::new(&row.pattern, &parts).map_err(blame)?;
            sides.push([backwards(left), right]);
            looks.push((quotation >> QUOTATION) as u32);
            rows.push(row);
        }
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|row| rows[*row].verdict == Verdict::Hint);
        let sieve =
            |rows: &[usize]| Sieve::new(rows.iter().map(|row| Asked { looks: looks[*row], sides: &sides[*row] }));
        let sieves = order.chunks(AT_ONCE).map(sieve).collect();
        Ok(Self { rows, order, sides, sieves })
    }

    /// The first pattern in file order that fits the window and decides; where none does, the first that proposes.
    #[must_use]
    pub fn find(&self, window: &mut Window) -> Option<Found> {
        let look = usize::from(window.quotation - QUOTATION);
        for (sieve, rows) in self.sieves.iter().zip(self.order.chunks(AT_ONCE)) {
            let mut candidates = sieve.pass(look, [&window.left, &window.right]);
            while candidates != 0 {
                let row = rows[candidates.trailing_zeros() as usize];
                let [left, right] = &self.sides[row];
                if window.right.fits(right) && window.left.fits(left) {
                    return Some(self.parts(row, window));
                }
                candidates &= candidates - 1;
            }
        }
        None
    }

    /// Whether one may fit anywhere among units that have these letters, a bit each.
    #[must_use]
    pub fn may_fit(&self, letters: u64) -> bool {
        let stands = |node: &Node| node.may_be_empty() || node.first() & letters != 0;
        self.sides.iter().any(|sides| sides.iter().flatten().all(stands))
    }

    /// Where the named parts of a pattern that fits are.
    fn parts(&self, row: usize, window: &mut Window) -> Found {
        let mut found = Found { row, ..Found::default() };
        let [left, right] = &self.sides[row];
        for (side, units, is_left) in [(left, &mut window.left, true), (right, &mut window.right, false)] {
            if !side.iter().any(Node::names_part) {
                continue;
            }
            let of_found = [&mut found.source, &mut found.cue, &mut found.addressee, &mut found.via];
            for (part, place) in of_found.into_iter().zip(units.parts(side)) {
                if let Some((start, end)) = place {
                    *part = Some(if is_left { window.unit - end } else { window.unit + 1 + start });
                }
            }
        }
        found
    }
}

/// The nodes from right to left.
fn backwards(nodes: Vec<Node>) -> Vec<Node> {
    let turn = |node| match node {
        Node::Group(Group { alternatives, times, .. }) => {
            Node::Group(Group::new(alternatives.into_iter().map(backwards).collect(), times))
        }
        other => other,
    };
    nodes.into_iter().rev().map(turn).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(lines: &[(&str, &str)]) -> Patterns {
        let row = |(name, pattern): &(&str, &str)| {
            let value = PatternRow {
                name: (*name).into(),
                pattern: (*pattern).into(),
                verdict: Verdict::Speech,
                confidence: 1.0,
                example: String::new(),
                counterexample: String::new(),
            };
            ("patterns.tsv", Row { line: 1, value })
        };
        Patterns::new(lines.iter().map(row)).expect("good patterns")
    }

    fn window(left: &[Symbol], right: &[Symbol]) -> Window {
        let look = QuotationLook { end: QuotationEnd::Comma, short: false, title: false, lower: false };
        let letters = |symbols: &[Symbol]| symbols.iter().map(|symbol| *symbol as u8).collect::<Vec<u8>>();
        let mut window = Window { quotation: look.letter(), unit: left.len(), ..Window::default() };
        window.left.set_backwards(&letters(left));
        window.right.set(&letters(right));
        window
    }

    #[test]
    fn the_first_that_fits_decides() {
        let patterns =
            patterns(&[("after", "Q COMMA? source=MENTION cue=SAY"), ("before", "source=MENTION cue=SAY GAP* Q")]);
        let said = [Symbol::Name, Symbol::Say];
        let found = patterns.find(&mut window(&said, &said)).expect("both fit");
        assert_eq!((found.row, found.source, found.cue), (0, Some(3), Some(4)));
        let found = patterns.find(&mut window(&said, &[])).expect("one fits");
        assert_eq!((found.row, found.source, found.cue), (1, Some(0), Some(1)));
    }

    #[test]
    fn the_farthest_that_fits_is_meant() {
        let patterns = patterns(&[("before", "source=MENTION cue=SAY GAP* Q")]);
        let said = [Symbol::Name, Symbol::Say, Symbol::Pronoun, Symbol::Say, Symbol::That];
        assert_eq!(patterns.find(&mut window(&said, &[])).expect("fits").source, Some(0));
    }

    #[test]
    fn a_bad_word_is_named() {
        let error = |pattern: &str| Parsed::new(pattern, &Parts::default()).err().unwrap_or_default();
        assert_eq!(error("Q COMA"), "\"COMA\" is no unit: lexicons/README.md lists them");
        assert_eq!(error("who=NAME Q"), "\"who=\": only source= cue= addressee= via= can be named");
        assert_eq!(error("NAME SAY"), "it has no Q: the quotation that it is about");
    }
}
