//! One side of all patterns as automata.

use std::panic::{RefUnwindSafe, UnwindSafe};

use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::hybrid::{BuildError, LazyStateID};
use regex_automata::util::pool::{Pool, PoolGuard};
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, MatchError, MatchKind};

/// Lazily built automata over one side of all patterns, with the states that each thread has built so far. Each takes
/// some of the patterns: the states of one for all would be every combination of theirs.
#[derive(Debug)]
pub(super) struct Machine {
    dfas: Vec<DFA>,
    /// The place of each automaton's patterns.
    places: Vec<Places>,
    /// The patterns that ask nothing of this side and are in no automaton.
    free: Bits,
    scratch: Pool<Scratch, MakeScratch>,
}

/// The places of an automaton's patterns in the order in which they are tried.
type Places = Vec<usize>;

type MakeScratch = Box<dyn Fn() -> Scratch + Send + Sync + UnwindSafe + RefUnwindSafe>;

/// What a thread keeps for a machine: the states of its automata, and room for the patterns that fit.
#[derive(Debug)]
pub(super) struct Scratch {
    caches: Vec<Cache>,
    fits: Bits,
}

/// Patterns of an automaton. Twelve were fastest of 5 to 112.
const PATTERNS_AT_ONCE: usize = 12;

/// Bytes of automaton states that a thread keeps.
const CACHE: usize = 8 << 20;

impl Machine {
    /// For the patterns in the order in which they are tried; an empty expression asks nothing.
    pub(super) fn new(expressions: &[&str]) -> Result<Self, Box<BuildError>> {
        let config = DFA::config().match_kind(MatchKind::All).cache_capacity(CACHE).skip_cache_capacity_check(true);
        let mut builder = DFA::builder();
        builder.syntax(syntax()).configure(config);
        let (asking, free): (Places, Places) = (0..expressions.len()).partition(|at| !expressions[*at].is_empty());
        let places: Vec<Places> = asking.chunks(PATTERNS_AT_ONCE).map(<[usize]>::to_vec).collect();
        let build = |places: &Places| {
            let some: Vec<&str> = places.iter().map(|at| expressions[*at]).collect();
            builder.build_many(&some).map_err(Box::new)
        };
        let dfas = places.iter().map(build).collect::<Result<Vec<DFA>, _>>()?;
        let (own, room) = (dfas.clone(), Bits::new(expressions.len()));
        let scratch = move || Scratch { caches: own.iter().map(DFA::create_cache).collect(), fits: room.clone() };
        let free = free.into_iter().fold(Bits::new(expressions.len()), Bits::with);
        Ok(Self { dfas, places, free, scratch: Pool::new(Box::new(scratch)) })
    }

    /// This thread's room for an answer.
    pub(super) fn scratch(&self) -> PoolGuard<'_, Scratch, MakeScratch> {
        self.scratch.get()
    }

    /// All the patterns that fit a prefix of `units`.
    pub(super) fn fit<'s>(&self, units: &[u8], scratch: &'s mut Scratch) -> Option<&'s Bits> {
        let Scratch { caches, fits } = scratch;
        fits.clone_from(&self.free);
        for ((dfa, cache), places) in self.dfas.iter().zip(caches).zip(&self.places) {
            run(dfa, cache, units, |pattern| fits.set(places[pattern])).ok()?;
        }
        Some(fits)
    }
}

/// Tells `fit` every pattern that fits a prefix of `units`. The crate's own search for overlapping matches starts anew at
/// each of them, which took twice as long.
fn run(dfa: &DFA, cache: &mut Cache, units: &[u8], mut fit: impl FnMut(usize)) -> Result<(), MatchError> {
    let gave_up = |offset| move |_| MatchError::gave_up(offset);
    let input = Input::new(units).anchored(Anchored::Yes);
    let mut state = dfa.start_state_forward(cache, &input)?;
    let mut tell = |cache: &Cache, state: LazyStateID| {
        for index in 0..dfa.match_len(cache, state) {
            fit(dfa.match_pattern(cache, state, index).as_usize());
        }
    };
    // A state tells what fits before the unit that led to it.
    for (at, unit) in units.iter().enumerate() {
        state = dfa.next_state(cache, state, *unit).map_err(gave_up(at))?;
        if state.is_match() {
            tell(cache, state);
        } else if state.is_dead() {
            return Ok(());
        }
    }
    state = dfa.next_eoi_state(cache, state).map_err(gave_up(units.len()))?;
    if state.is_match() {
        tell(cache, state);
    }
    Ok(())
}

/// The syntax of expressions over letters.
pub(super) fn syntax() -> syntax::Config {
    syntax::Config::new().unicode(false).utf8(false).dot_matches_new_line(true)
}

/// A set of small numbers.
#[derive(Debug)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// The empty set, with room for the numbers below `count`.
    pub(super) fn new(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    pub(super) fn set(&mut self, number: usize) {
        self.0[number / 64] |= 1 << (number % 64);
    }

    pub(super) fn with(mut self, number: usize) -> Self {
        self.set(number);
        self
    }

    /// The least number that is in all three sets.
    pub(super) fn first_common(&self, second: &Self, third: &Self) -> Option<usize> {
        let words = self.0.iter().zip(&second.0).zip(&third.0);
        let (at, common) = words.map(|((a, b), c)| a & b & c).enumerate().find(|(_, common)| *common != 0)?;
        Some(at * 64 + common.trailing_zeros() as usize)
    }
}

impl Clone for Bits {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }

    // Derived it would allocate anew for each quotation.
    fn clone_from(&mut self, source: &Self) {
        self.0.clone_from(&source.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_all_three_sets() {
        let bits = |numbers: &[usize]| numbers.iter().copied().fold(Bits::new(200), Bits::with);
        assert_eq!(bits(&[1, 70, 150]).first_common(&bits(&[2, 70, 150]), &bits(&[1, 150, 2])), Some(150));
        assert_eq!(bits(&[1]).first_common(&bits(&[1]), &bits(&[65])), None);
    }
}
