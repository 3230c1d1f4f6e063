//! One side of many patterns as a tree: what several begin with is tried once.

use smallvec::SmallVec;

use super::expression::{Group, Node, Times, needs};
use super::stretch::{START, Stretch};

/// The nodes of patterns, read outwards from the quotation, each before those that follow it.
#[derive(Debug)]
pub(super) struct Machine {
    steps: Vec<Step>,
    /// For each letter the steps before which no other stands and with which it may go on.
    first: Vec<Vec<usize>>,
    depth: usize,
}

#[derive(Debug)]
struct Step {
    /// The letters that may stand next where this fits with what follows it.
    next: u64,
    /// Two sets of letters of each of which the patterns from here on need one in the sentence.
    needs: [u64; 2],
    /// The looks of the quotations that the patterns from here on may be about, a bit each.
    looks: u32,
    /// The first of the patterns from here on.
    first: u32,
    /// How many nodes stand before it.
    depth: u32,
    /// The step after all that follow it.
    behind: u32,
    /// Whether it is a single unit, which must stand.
    is_plain: bool,
    /// Whether so many may follow it that it pays to see first what stands next.
    forks: bool,
    node: Node,
    /// The patterns that end here, and the looks of the quotations that each may be about.
    patterns: SmallVec<[(u32, u32); 1]>,
}

/// One side of a pattern.
pub(super) struct Side<'a> {
    /// The place of the pattern in the order in which they are tried.
    pub(super) pattern: u32,
    /// The looks of the quotations that it may be about.
    pub(super) looks: u32,
    /// Outwards.
    pub(super) nodes: &'a [Node],
}

/// A node with those that may follow it.
struct Branch {
    node: Node,
    needs: [u64; 2],
    looks: u32,
    first: u32,
    patterns: SmallVec<[(u32, u32); 1]>,
    branches: Vec<Branch>,
}

impl Machine {
    /// For sides that are not empty, in the order in which their patterns are tried.
    pub(super) fn new<'a>(sides: impl Iterator<Item = Side<'a>>) -> Self {
        let mut branches = Vec::new();
        for side in sides {
            plant(&mut branches, &side);
        }
        let mut machine = Self { steps: Vec::new(), first: Vec::new(), depth: 0 };
        machine.add(branches, 0);
        let opens = |letter: u8| {
            let steps = machine.steps.iter().enumerate();
            steps.filter(|(_, step)| step.depth == 0 && step.next >> letter & 1 != 0).map(|(at, _)| at).collect()
        };
        machine.first = (0..64).map(opens).collect();
        machine
    }

    fn add(&mut self, branches: Vec<Branch>, depth: usize) {
        self.depth = self.depth.max(depth);
        for branch in branches {
            let (at, next) = (self.steps.len(), branch.next());
            let Branch { node, needs, looks, first, patterns, branches } = branch;
            let is_plain = matches!(node, Node::Unit { times: Times { least: 1, most: 1, .. }, .. });
            let (depth, forks) = (depth as u32, branches.len() > FEW);
            self.steps.push(Step { next, needs, looks, first, depth, behind: 0, is_plain, forks, node, patterns });
            self.add(branches, depth as usize + 1);
            self.steps[at].behind = self.steps.len() as u32;
        }
    }

    /// The first pattern before `end` that fits the units around a quotation of this look, and that `also` takes.
    pub(super) fn find(&self, units: &mut Stretch, look: u32, end: u32, mut also: impl FnMut(u32) -> bool) -> u32 {
        let mut best = end;
        let (mut room, mut more_room) = ([(0, 0); DEPTH], Vec::new());
        let reached = if self.depth < DEPTH {
            &mut room[..]
        } else {
            more_room.resize(self.depth + 1, (0, 0));
            &mut more_room[..]
        };
        let near = units.near();
        reached[0] = (START, units.next(START));
        for first in &self.first[reached[0].1.trailing_zeros() as usize] {
            let (mut at, end) = (*first, self.steps[*first].behind as usize);
            while at < end {
                let step = &self.steps[at];
                let (from, next) = reached[step.depth as usize];
                let [one, other] = step.needs;
                if step.first >= best
                    || step.looks >> look & 1 == 0
                    || step.next & next == 0
                    || one & near == 0
                    || other & near == 0
                {
                    at = step.behind as usize;
                    continue;
                }
                // Where one unit stands next, it is seen already that it fits.
                let sole = step.is_plain && from.is_power_of_two() && next != !0;
                let places = if sole { from << 1 } else { units.reach(&step.node, from) };
                if places == 0 {
                    at = step.behind as usize;
                    continue;
                }
                at += 1;
                if at < step.behind as usize {
                    let seen = step.forks || places.is_power_of_two();
                    reached[step.depth as usize + 1] = (places, if seen { units.next(places) } else { !0 });
                }
                for (pattern, looks) in &step.patterns {
                    if *pattern < best && looks >> look & 1 != 0 && also(*pattern) {
                        best = *pattern;
                    }
                }
            }
        }
        best
    }
}

/// Nodes that follow one another, mostly.
const DEPTH: usize = 24;

/// To so many nodes what stands next is not shown.
const FEW: usize = 2;

impl Branch {
    /// The letters that may stand next where the node fits with what follows it.
    fn next(&self) -> u64 {
        if !self.node.may_be_empty() {
            return self.node.first();
        }
        if !self.patterns.is_empty() {
            return !0;
        }
        self.branches.iter().fold(self.node.first(), |letters, branch| letters | branch.next())
    }
}

/// Adds a pattern to the branches, along those that it has in common with others.
fn plant(mut branches: &mut Vec<Branch>, side: &Side<'_>) {
    let needs = needs(side.nodes);
    for (passed, node) in side.nodes.iter().enumerate() {
        let node = plain(node);
        let at = branches.iter().position(|branch| branch.node == node).unwrap_or_else(|| {
            let (patterns, branches_after) = (SmallVec::new(), Vec::new());
            let first = side.pattern;
            branches.push(Branch { node, needs: [0; 2], looks: 0, first, patterns, branches: branches_after });
            branches.len() - 1
        });
        let branch = &mut branches[at];
        branch.looks |= side.looks;
        branch.needs = [branch.needs[0] | needs[0], branch.needs[1] | needs[1]];
        if passed + 1 == side.nodes.len() {
            branch.patterns.push((side.pattern, side.looks));
        }
        branches = &mut branch.branches;
    }
}

/// The node without what does not matter to whether it fits: names of parts, what is looked for first.
fn plain(node: &Node) -> Node {
    let eager = |times: &Times| Times { lazy: false, ..*times };
    match node {
        Node::Quotation(look) => Node::Quotation(*look),
        Node::Unit { set, times, .. } => Node::Unit { part: None, set: *set, times: eager(times) },
        Node::Group(Group { alternatives, times, .. }) => {
            let alternatives = alternatives.iter().map(|nodes| nodes.iter().map(plain).collect()).collect();
            Node::Group(Group::new(alternatives, eager(times)))
        }
    }
}
