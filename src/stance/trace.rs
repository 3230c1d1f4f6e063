//! Every word of a text that the stance lists know, and what it was bound to: for whoever writes the lists.

use std::fmt::Write;

use super::binding::{Contribution, Role};
use super::evidence;
use super::pairs::Case;
use super::unit::{NONE, SPEAKER, TOPIC, YOU};
use crate::Span;
use crate::lexicon::Lexicons;
use crate::lexicon::stance::Object;

/// Shows every hit of a text, what it says of whom, and, of a target, how the score comes about.
#[must_use]
pub fn trace(text: &str, target: Option<Span>, source: Option<Span>, lexicons: &Lexicons) -> String {
    let case = Case::read(text, target, source, lexicons);
    let amounts = case.target.as_ref().map(|target| case.parts(target));
    let mut shown = String::new();
    for (number, contribution) in case.found.iter().enumerate() {
        let adds = amounts.as_ref().map(|amounts| amounts[number].1);
        line(&case, contribution, adds, &mut shown);
    }
    unbound(&case, &mut shown);
    if shown.is_empty() {
        shown.push_str("no word of it is in the stance lists\n");
    }
    if let Some(target) = &case.target {
        let view = case.view(target);
        let sum: f32 = amounts.unwrap_or_default().iter().map(|(_, amount)| amount).sum();
        let name = target.mention.of(text);
        // Adding 0 makes -0 a 0.
        let (sum, score) = (sum + 0.0, view.score + 0.0);
        _ = writeln!(shown, "{name}: sum {sum:+.2}, squeezed to -1..1: {score:+.2} → {}", view.position.name());
    }
    shown
}

/// One hit: `"liar"  noun liar, -2, in stance.tsv  says what it is: Marrow  turned by "not" × -0.75  adds +1.08`.
fn line(case: &Case<'_>, contribution: &Contribution, adds: Option<f32>, shown: &mut String) {
    let words = evidence::words(&case.context(), &case.unit, contribution.node, NONE);
    let Contribution { value, factor, role, shifter, .. } = *contribution;
    _ = write!(shown, "\"{words}\"  {}, {value:+}  {}", row(case, contribution.node), role.name());
    if contribution.slot != NONE {
        _ = write!(shown, ": {}", party(case, contribution.slot));
    }
    if role == Role::Inferred {
        let through = evidence::words(&case.context(), &case.unit, contribution.through, NONE);
        _ = write!(shown, ", through \"{through}\"");
    }
    if shifter != NONE {
        let turned = evidence::words(&case.context(), &case.unit, shifter, NONE);
        _ = write!(shown, "  turned by \"{turned}\" × {factor}");
    } else if (factor - 1.0).abs() > 0.01 {
        _ = write!(shown, "  × {factor:.2}");
    }
    match adds {
        Some(adds) => _ = writeln!(shown, "  adds {:+.2}", adds + 0.0),
        None => shown.push('\n'),
    }
}

/// Words that are in the lists and say nothing here.
fn unbound(case: &Case<'_>, shown: &mut String) {
    for (at, node) in case.unit.nodes.iter().enumerate() {
        let at = at as u32;
        let says = case.found.iter().any(|contribution| contribution.node == at);
        if node.entry != NONE && !says {
            let words = evidence::words(&case.context(), &case.unit, at, NONE);
            _ = writeln!(shown, "\"{words}\"  {}  says nothing here", row(case, at));
        }
    }
}

/// The row of a node's entry: `noun liar in stance.tsv`.
fn row(case: &Case<'_>, node: u32) -> String {
    let Some(entry) = case.lexicons.stance.entries.get(case.unit.nodes[node as usize].entry as usize) else {
        return "shifters.tsv".into();
    };
    let list = if entry.object == Object::None { "stance.tsv" } else { "frames.tsv" };
    format!("{} in {list}", entry.name())
}

fn party(case: &Case<'_>, slot: u32) -> String {
    let place = case.unit.slots[slot as usize];
    match slot {
        SPEAKER => "the speaker".into(),
        TOPIC => "what the talk is of".into(),
        YOU => "you".into(),
        _ if place.event.is_some() => "a deed".into(),
        _ => case.scan.mentions.get(place.mention as usize).map_or_else(String::new, |mention| {
            let named = mention.span.of(case.text);
            match place.entity.map(|entity| case.entities.list[entity].name.of(case.text, case.lexicons)) {
                Some(name) if name != named && !name.is_empty() => format!("{named} ({name})"),
                _ => named.to_owned(),
            }
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, target: &str, expected: &str) {
        let lexicons = Lexicons::embedded();
        let span = text.find(target).map(|start| Span::new(start, start + target.len()));
        assert_eq!(trace(text, span, None, &lexicons), expected, "{text}");
    }

    #[test]
    fn every_hit_is_shown_with_what_it_was_bound_to() {
        check(
            "Marrow is not kind.",
            "Marrow",
            "\"kind\"  adjective kind in stance.tsv, +1  says what it is: Marrow  turned by \"not\" × -0.75  adds -0.61\n\
             Marrow: sum -0.61, squeezed to -1..1: -0.54 → against\n",
        );
        check("It rained.", "", "no word of it is in the stance lists\n");
    }
}
