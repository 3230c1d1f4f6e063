//! One side of many patterns as a tree: what several begin with is tried once.

use smallvec::{SmallVec, smallvec};

use super::expression::{Group, Node, Times};
use super::stretch::{Places, START, Stretch};

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
    /// The looks of the quotations that the patterns from here on may be about, a bit each.
    looks: u32,
    /// The first of the patterns from here on.
    first: usize,
    /// How many nodes stand before it.
    depth: usize,
    /// The step after all that follow it.
    behind: usize,
    node: Node,
    /// The patterns that end here, and the looks of the quotations that each may be about.
    patterns: SmallVec<[(usize, u32); 1]>,
}

/// One side of a pattern.
pub(super) struct Side<'a> {
    /// The place of the pattern in the order in which they are tried.
    pub(super) pattern: usize,
    /// The looks of the quotations that it may be about.
    pub(super) looks: u32,
    /// Outwards.
    pub(super) nodes: &'a [Node],
}

/// A node with those that may follow it.
struct Branch {
    node: Node,
    looks: u32,
    first: usize,
    patterns: SmallVec<[(usize, u32); 1]>,
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
            let Branch { node, looks, first, patterns, branches } = branch;
            self.steps.push(Step { next, looks, first, depth, behind: 0, node, patterns });
            self.add(branches, depth + 1);
            self.steps[at].behind = self.steps.len();
        }
    }

    /// The first pattern before `end` that fits the units around a quotation of this look, and that `also` takes.
    pub(super) fn find(
        &self,
        units: &mut Stretch,
        look: u32,
        end: usize,
        mut also: impl FnMut(usize) -> bool,
    ) -> usize {
        let mut best = end;
        let mut reached: SmallVec<[(Places, u64); 24]> = smallvec![(START, units.next(START)); self.depth + 1];
        for first in &self.first[reached[0].1.trailing_zeros() as usize] {
            let (mut at, end) = (*first, self.steps[*first].behind);
            while at < end {
                let step = &self.steps[at];
                let (from, next) = reached[step.depth];
                if step.first >= best || step.looks >> look & 1 == 0 || step.next & next == 0 {
                    at = step.behind;
                    continue;
                }
                let places = units.reach(&step.node, from);
                if places == 0 {
                    at = step.behind;
                    continue;
                }
                at += 1;
                if at < step.behind {
                    reached[step.depth + 1] = (places, units.next(places));
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
    for (passed, node) in side.nodes.iter().enumerate() {
        let node = plain(node);
        let at = branches.iter().position(|branch| branch.node == node).unwrap_or_else(|| {
            let (patterns, branches_after) = (SmallVec::new(), Vec::new());
            branches.push(Branch { node, looks: 0, first: side.pattern, patterns, branches: branches_after });
            branches.len() - 1
        });
        let branch = &mut branches[at];
        branch.looks |= side.looks;
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
