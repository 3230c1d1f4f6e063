//! The patterns once more as regular expressions, which tell what has to be found.

use std::fmt::Write;

use regex_automata::meta::Regex;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};

use super::expression::{Group, Node, Times};
use super::stretch::Stretch;
use super::{PARTS, Patterns};
use crate::lexicon::Lexicons;

fn expression(nodes: &[Node]) -> String {
    nodes.iter().map(written).collect()
}

fn written(node: &Node) -> String {
    match node {
        Node::Quotation(_) => "[^\\x00-\\xff]".to_owned(),
        Node::Unit { part, set, times } => {
            let letters = (0..64).filter(|letter| set.letters() >> letter & 1 != 0);
            let set = letters.fold(String::new(), |mut text, letter| {
                let _ = write!(text, "\\x{letter:02x}");
                text
            });
            let name = part.map_or("?:".to_owned(), |part| format!("?P<{}>", PARTS[part]));
            format!("({name}[{set}]){}", often(*times))
        }
        Node::Group(Group { alternatives, times, .. }) => {
            let all: Vec<String> = alternatives.iter().map(|nodes| expression(nodes)).collect();
            format!("(?:{}){}", all.join("|"), often(*times))
        }
    }
}

fn often(Times { least, most, lazy }: Times) -> String {
    let most = if most == u32::MAX { String::new() } else { most.to_string() };
    format!("{{{least},{most}}}{}", if lazy { "?" } else { "" })
}

fn check(side: &[Node], all: &[Vec<u8>]) -> usize {
    let syntax = syntax::Config::new().unicode(false).utf8(false);
    let regex = Regex::builder().syntax(syntax).build(&expression(side)).expect("a regular expression");
    let mut found = regex.create_captures();
    let mut stretch = Stretch::default();
    let mut fits = 0;
    for units in all {
        stretch.set(units);
        regex.captures(Input::new(units).anchored(Anchored::Yes), &mut found);
        assert_eq!(stretch.fits(side), found.is_match(), "{side:?} in {units:?}");
        if found.is_match() {
            fits += 1;
            let expected = PARTS.map(|name| found.get_group_by_name(name).map(|span| (span.start, span.end)));
            assert_eq!(stretch.parts(side), expected, "{side:?} in {units:?}");
        }
    }
    fits
}

/// Units in no order, of which the frequent ones stand often.
pub(super) fn units(count: usize) -> Vec<Vec<u8>> {
    let mut state = 7u64;
    let mut random = move |below: u64| {
        state = state.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(1);
        (state >> 33) % below
    };
    let unit =
        |random: &mut dyn FnMut(u64) -> u64| if random(2) == 0 { random(62) } else { random(12) * random(6) } as u8;
    (0..count).map(|_| (0..random(24)).map(|_| unit(&mut random)).collect()).collect()
}

#[test]
fn sides_fit_as_regular_expressions_do() {
    let Lexicons { patterns, relays, addressees, .. } = Lexicons::embedded();
    let sides = [patterns, relays, addressees].into_iter().flat_map(|Patterns { sides, .. }| sides);
    let all = units(400);
    let fits: usize = sides.flatten().map(|side| check(&side, &all)).sum();
    assert!(fits > 5000, "{fits}");
}
