//! The words that decided, for a reader: `"backing" → for its object; "evil person" → against (-0.76)`.

use std::fmt::Write;

use super::Context;
use super::binding::{Contribution, Role};
use super::leanings::Leaning;
use super::unit::{NONE, NodeKind, Unit};
use crate::Span;

/// A contribution and what it adds to the score of one party.
pub type Part = (Contribution, f32);

/// No more parts than this are shown, the weightiest first; none that adds less; the sum of the others from so much on.
const MOST_PARTS: usize = 4;
const LEAST_PART: f32 = 0.03;
const LEAST_REST: f32 = 0.01;

/// The parts of a score, in words. The score is the sum of all parts, squeezed to -1..1; what each is shown to add is
/// squeezed alike, so that the numbers shown add up to the score.
#[must_use]
pub fn evidence(context: &Context<'_>, unit: &Unit, parts: &[Part]) -> String {
    let total: f32 = parts.iter().map(|(_, amount)| amount).sum();
    let squeeze = if total.abs() < 1e-6 { 1.0 } else { total.tanh() / total };
    let mut shown: Vec<Part> = parts.iter().map(|(contribution, amount)| (*contribution, amount * squeeze)).collect();
    shown.retain(|(_, amount)| amount.abs() >= LEAST_PART);
    shown.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    shown.truncate(MOST_PARTS);
    shown.sort_by_key(|(contribution, _)| contribution.node);
    let mut text = String::new();
    for (contribution, amount) in &shown {
        if !text.is_empty() {
            text.push_str("; ");
        }
        part(context, unit, contribution, *amount, &mut text);
    }
    let rest = total * squeeze - shown.iter().map(|(_, amount)| amount).sum::<f32>();
    add(&mut text, "other words", f64::from(rest));
    text
}

/// What the rest of the article adds, as further parts: what the reporter tells of the two, and what the speaker says of the
/// party elsewhere.
pub fn add_elsewhere(text: &mut String, amount: f64, leaning: Option<&Leaning>) {
    let Some(leaning) = leaning else { return add(text, "elsewhere in the article", amount) };
    // A score goes no farther than 1, whatever adds to it.
    let same_side = leaning.amount * amount > 0.0;
    let told = if same_side { leaning.amount.abs().min(amount.abs()).copysign(amount) } else { leaning.amount };
    add(text, &format!("elsewhere the reporter: \"{}\"", leaning.words), told);
    add(text, "elsewhere in the article", amount - told);
}

fn add(text: &mut String, what: &str, amount: f64) {
    if amount.abs() < f64::from(LEAST_REST) {
        return;
    }
    let separator = if text.is_empty() { "" } else { "; " };
    _ = write!(text, "{separator}{what} → {} ({amount:+.2})", side(amount > 0.0));
}

fn part(context: &Context<'_>, unit: &Unit, contribution: &Contribution, amount: f32, text: &mut String) {
    let words = words(context, unit, contribution.node, contribution.shifter);
    let sign = side(amount > 0.0);
    _ = match contribution.role {
        Role::Inferred => {
            let through = self::words(context, unit, contribution.through, contribution.shifter);
            let good = side((amount > 0.0) == (unit_amount(contribution)));
            write!(text, "\"{words}\" → {good} its object; \"{through}\" → {sign} ({amount:+.2})")
        }
        Role::SourceOnTarget => write!(text, "\"{words}\" → {sign} its object ({amount:+.2})"),
        Role::Compared => write!(text, "\"{words}\" of another, in comparison → {sign} ({amount:+.2})"),
        Role::Loose | Role::Thing => write!(text, "\"{words}\" nearby → {sign} ({amount:+.2})"),
        Role::Possessed => write!(text, "\"{words}\" of its own → {sign} ({amount:+.2})"),
        _ => write!(text, "\"{words}\" → {sign} ({amount:+.2})"),
    };
}

/// Whether the word that an inference goes through is in favour of its party.
fn unit_amount(contribution: &Contribution) -> bool {
    contribution.through_amount > 0.0
}

fn side(good: bool) -> &'static str {
    if good { "for" } else { "against" }
}

/// A node's words, with the noun that an adjective stands before and the word that turns it.
pub(super) fn words(context: &Context<'_>, unit: &Unit, node: u32, shifter: u32) -> String {
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
    if shifter != NONE && shifter.abs_diff(node) <= 4 {
        tokens.start = tokens.start.min(unit.nodes[shifter as usize].start);
        tokens.end = tokens.end.max(unit.nodes[shifter as usize].end);
    }
    let all = &context.scan.tokens;
    let span = Span { start: all[tokens.start as usize].start, end: all[tokens.end as usize - 1].end() };
    span.of(context.text).split_whitespace().collect::<Vec<_>>().join(" ")
}
