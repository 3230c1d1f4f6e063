//! The words that decided, for a reader: `"backing" → for its object; "evil person" → against (-1.0)`.

use std::fmt::Write;

use super::Context;
use super::binding::{Contribution, Role};
use super::unit::{NONE, NodeKind, Unit};
use crate::Span;

/// A contribution and what it adds to the score of one party.
pub type Part = (Contribution, f32);

/// No more parts than this are shown, the weightiest first.
const MOST_PARTS: usize = 4;

/// The parts of a score, in words; `elsewhere` is what the same speaker's other words add.
#[must_use]
pub fn evidence(context: &Context<'_>, unit: &Unit, parts: &[Part]) -> String {
    let mut shown: Vec<&Part> = parts.iter().filter(|(_, amount)| amount.abs() >= 0.05).collect();
    shown.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    shown.truncate(MOST_PARTS);
    shown.sort_by_key(|(contribution, _)| contribution.node);
    let mut text = String::new();
    for (contribution, amount) in shown {
        if !text.is_empty() {
            text.push_str("; ");
        }
        part(context, unit, contribution, *amount, &mut text);
    }
    text
}

/// What the speaker's other words on the party in the article add, as a further part.
pub fn add_elsewhere(text: &mut String, amount: f64) {
    if amount.abs() < 0.05 {
        return;
    }
    let separator = if text.is_empty() { "" } else { "; " };
    _ = write!(text, "{separator}elsewhere in the article → {} ({amount:+.1})", side(amount > 0.0));
}

fn part(context: &Context<'_>, unit: &Unit, contribution: &Contribution, amount: f32, text: &mut String) {
    let words = words(context, unit, contribution.node, contribution.shifter);
    let sign = side(amount > 0.0);
    _ = match contribution.role {
        Role::Inferred => {
            let through = self::words(context, unit, contribution.through, contribution.shifter);
            let good = side((amount > 0.0) == (unit_amount(contribution)));
            write!(text, "\"{words}\" → {good} its object; \"{through}\" → {sign} ({amount:+.1})")
        }
        Role::SourceOnTarget => write!(text, "\"{words}\" → {sign} its object ({amount:+.1})"),
        Role::Loose | Role::Thing => write!(text, "\"{words}\" nearby → {sign} ({amount:+.1})"),
        Role::Possessed => write!(text, "\"{words}\" of its own → {sign} ({amount:+.1})"),
        _ => write!(text, "\"{words}\" → {sign} ({amount:+.1})"),
    };
}

/// Whether the word that an inference goes through is in favour of its party.
fn unit_amount(contribution: &Contribution) -> bool {
    contribution.through_amount > 0.0
}

fn side(good: bool) -> &'static str {
    if good { "for" } else { "against" }
}

/// A node's words, with the noun that an adjective stands before and the negator that turns it.
fn words(context: &Context<'_>, unit: &Unit, node: u32, shifter: u32) -> String {
    let at = node as usize;
    let mut tokens = unit.nodes[at].start..unit.nodes[at].end;
    if let Some(next) = unit.nodes.get(at + 1)
        && matches!(next.kind, NodeKind::Party | NodeKind::Event)
        && unit.nodes[at].kind == NodeKind::Word
        && next.start == tokens.end
        && next.end - tokens.start <= 3
    {
        tokens.end = next.end;
    }
    if shifter != NONE && shifter < node && node - shifter <= 4 {
        tokens.start = unit.nodes[shifter as usize].start;
    }
    let all = &context.scan.tokens;
    let span = Span { start: all[tokens.start as usize].start, end: all[tokens.end as usize - 1].end() };
    span.of(context.text).split_whitespace().collect::<Vec<_>>().join(" ")
}
