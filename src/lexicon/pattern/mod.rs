//! Attribution patterns: readable expressions over the units of a sentence, compiled to one machine that tries them
//! in file order. A unit is a quotation, a mention, a cue, or a word or sign by its class; see lexicons/README.md.

mod expression;
mod machine;
mod symbols;

use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::OnceLock;

use regex_automata::nfa::thompson::backtrack::{BoundedBacktracker, Cache};
use regex_automata::util::pool::Pool;
use regex_automata::util::primitives::NonMaxUsize;
use regex_automata::util::syntax::parse_with;
use regex_automata::{Anchored, Input, PatternID};
use serde::Deserialize;

use super::tsv::{LexiconError, Row};
use expression::{Parsed, Parts, expression};
use machine::{Bits, Machine, syntax};
use symbols::QUOTATION;
pub use symbols::{QuotationEnd, QuotationLook, Symbol, Symbols};

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
    /// For each look of a quotation, the places in that order of the patterns that may be about it.
    about: Vec<Bits>,
    /// The sides of each row.
    sides: Vec<[Side; 2]>,
    left: Machine,
    right: Machine,
}

/// The parts of a pattern that can be named.
const PARTS: [&str; 4] = ["source", "cue", "addressee", "via"];

/// One side of a pattern; an empty one fits anything.
#[derive(Debug)]
struct Side {
    expression: String,
    /// Finds the parts; built when the pattern decides for the first time, which many never do.
    finder: OnceLock<Option<PartFinder>>,
}

/// The expression of a side with its groups. Built in a tenth of the time of a `meta::Regex`, and as fast on a window.
#[derive(Debug)]
struct PartFinder {
    regex: BoundedBacktracker,
    caches: Pool<Cache, MakeCache>,
    /// The groups that are the [`PARTS`].
    groups: [Option<usize>; 4],
}

type MakeCache = Box<dyn Fn() -> Cache + Send + Sync + UnwindSafe + RefUnwindSafe>;

/// Where the whole and each group begin and end.
type Slots = [Option<NonMaxUsize>; 2 + 2 * PARTS.len()];

impl PartFinder {
    /// None for an expression without parts.
    fn new(expression: &str) -> Option<Self> {
        let regex = BoundedBacktracker::builder().syntax(syntax()).build(expression).ok()?;
        let groups = PARTS.map(|name| regex.get_nfa().group_info().to_index(PatternID::ZERO, name));
        let own = regex.clone();
        let caches = Pool::new(Box::new(move || own.create_cache()) as MakeCache);
        groups.iter().any(Option::is_some).then_some(Self { regex, caches, groups })
    }

    /// Where the parts begin and end in units that the expression fits.
    fn parts(&self, units: &[u8]) -> [Option<(usize, usize)>; 4] {
        let mut slots = Slots::default();
        let input = Input::new(units).anchored(Anchored::Yes);
        // A window is far shorter than what the search has room for, so that it never gives up.
        let _ = self.regex.try_search_slots(&mut self.caches.get(), &input, &mut slots);
        let slot = |at: usize| slots[at].map(NonMaxUsize::get);
        self.groups.map(|group| Some((slot(2 * group?)?, slot(2 * group? + 1)?)))
    }
}

impl Side {
    fn new(expression: String) -> Result<Self, String> {
        parse_with(&expression, &syntax()).map_err(|error| error.to_string())?;
        Ok(Self { expression, finder: OnceLock::new() })
    }

    fn finder(&self) -> Option<&PartFinder> {
        self.finder.get_or_init(|| PartFinder::new(&self.expression)).as_ref()
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
    pub fn new(file: &str, all: Vec<Row<PatternRow>>) -> Result<Self, LexiconError> {
        let (mut rows, mut quotations, mut sides) = (Vec::new(), Vec::new(), Vec::new());
        let mut parts = Parts::default();
        for Row { line, value: row } in all {
            if row.verdict == Verdict::Part {
                parts.insert(row.name, row.pattern);
                continue;
            }
            let blame = |message: String| LexiconError::at(file, line, format!("pattern {}: {message}", row.name));
            let parsed = Parsed::new(&row.pattern, &parts).map_err(blame)?;
            let side = |expression| Side::new(expression).map_err(blame);
            sides.push([side(expression(&parsed.left, true))?, side(expression(&parsed.right, false))?]);
            quotations.push(parsed.quotation);
            rows.push(row);
        }
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|row| rows[*row].verdict == Verdict::Hint);
        let machine = |side: usize| {
            let expressions: Vec<&str> = order.iter().map(|row| sides[*row][side].expression.as_str()).collect();
            Machine::new(&expressions)
                .map_err(|error| LexiconError::file(file, format!("the patterns are too many or too wide: {error}")))
        };
        let (left, right) = (machine(0)?, machine(1)?);
        let about = |look: u8| {
            let is_about = |at: &usize| quotations[order[*at]] >> (QUOTATION + look) & 1 != 0;
            (0..order.len()).filter(is_about).fold(Bits::new(order.len()), Bits::with)
        };
        let about = (0..QuotationLook::COUNT).map(about).collect();
        Ok(Self { rows, order, about, sides, left, right })
    }

    /// The first pattern in file order that fits the window and decides; where none does, the first that proposes.
    #[must_use]
    pub fn find(&self, window: &Window) -> Option<Found> {
        let (mut left, mut right) = (self.left.scratch(), self.right.scratch());
        let left = self.left.fit(&window.left, &mut left)?;
        let right = self.right.fit(&window.right, &mut right)?;
        let about = &self.about[usize::from(window.quotation - QUOTATION)];
        about.first_common(left, right).map(|at| self.parts(self.order[at], window))
    }

    /// Where the named parts of a pattern that fits are.
    fn parts(&self, row: usize, window: &Window) -> Found {
        let mut found = Found { row, ..Found::default() };
        let [left, right] = &self.sides[row];
        for (side, units, is_left) in [(left, &window.left, true), (right, &window.right, false)] {
            let Some(finder) = side.finder() else { continue };
            let of_found = [&mut found.source, &mut found.cue, &mut found.addressee, &mut found.via];
            for (part, place) in of_found.into_iter().zip(finder.parts(units)) {
                if let Some((start, end)) = place {
                    *part = Some(if is_left { window.unit - end } else { window.unit + 1 + start });
                }
            }
        }
        found
    }
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
