//! The words that decided, for a reader: `"backing" → for its object; "evil person" → against (-0.76)`.

use std::fmt::Write;

use smallvec::SmallVec;

use super::Context;
use super::binding::{Contribution, Role};
use super::leanings::{Ground, Leaning};
use super::unit::{NONE, NodeKind, Unit};
use crate::Span;

/// A contribution and what it adds to the score of one party.
pub type Part = (Contribution, f32);

/// No more parts than this are shown, the weightiest first; none that adds less; the sum of the others from so much on.
const MOST_PARTS: usize = 4;
const LEAST_PART: f32 = 0.03;
const LEAST_REST: f32 = 0.01;

/// Bytes of most evidences.
const USUAL_LENGTH: usize = 120;

/// Appends the parts of a score, in words, to an empty text. The score is the sum of all parts, squeezed to -1..1; what each is shown to add is
/// squeezed alike, so that the numbers shown add up to the score.
pub fn evidence(context: &Context<'_>, unit: &Unit, parts: &[Part], text: &mut String) {
    let total: f32 = parts.iter().map(|(_, amount)| amount).sum();
    let squeeze = if total.abs() < 1e-6 { 1.0 } else { total.tanh() / total };
    text.reserve(if parts.is_empty() { 0 } else { USUAL_LENGTH });
    let squeezed = parts.iter().map(|(contribution, amount)| (contribution, amount * squeeze));
    let mut shown: SmallVec<[(&Contribution, f32); 8]> =
        squeezed.filter(|(_, amount)| amount.abs() >= LEAST_PART).collect();
    shown.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    shown.truncate(MOST_PARTS);
    shown.sort_by_key(|(contribution, _)| contribution.node);
    for (contribution, amount) in &shown {
        text.push_str(if text.is_empty() { "" } else { "; " });
        part(context, unit, contribution, *amount, text);
    }
    let rest = total * squeeze - shown.iter().map(|(_, amount)| amount).sum::<f32>();
    add(text, &["other words"], f64::from(rest));
}

/// What the rest of the article adds, as further parts: what the reporter or their parties tell of the two, and what the speaker says of the
/// party elsewhere.
pub fn add_elsewhere(text: &mut String, amount: f64, leaning: Option<&Leaning>) {
    let Some(leaning) = leaning else { return add(text, &["elsewhere in the article"], amount) };
    // A score goes no farther than 1, whatever adds to it.
    let same_side = leaning.amount * amount > 0.0;
    let told = if same_side { leaning.amount.abs().min(amount.abs()).copysign(amount) } else { leaning.amount };
    match leaning.ground {
        Ground::Told => add(text, &["elsewhere the reporter: \"", &leaning.words, "\""], told),
        Ground::Rivals | Ground::Opponents => add(text, &["of rival parties"], told),
    }
    add(text, &["elsewhere in the article"], amount - told);
}

/// Appends `what` and what it adds, unless that is next to nothing.
fn add(text: &mut String, what: &[&str], amount: f64) {
    if amount.abs() < f64::from(LEAST_REST) {
        return;
    }
    text.push_str(if text.is_empty() { "" } else { "; " });
    for what in what {
        text.push_str(what);
    }
    text.push_str(" → ");
    text.push_str(side(amount > 0.0));
    push_amount(amount, text);
}

fn part(context: &Context<'_>, unit: &Unit, contribution: &Contribution, amount: f32, text: &mut String) {
    text.push('"');
    push_words(context, unit, contribution.node, contribution.shifter, text);
    let sign = side(amount > 0.0);
    let (before, after) = match contribution.role {
        Role::Inferred => {
            text.push_str("\" → ");
            text.push_str(side((amount > 0.0) == unit_amount(contribution)));
            text.push_str(" its object; \"");
            push_words(context, unit, contribution.through, contribution.shifter, text);
            ("\" → ", "")
        }
        Role::SourceOnTarget => ("\" → ", " its object"),
        Role::Compared => ("\" of another, in comparison → ", ""),
        Role::Loose | Role::Thing | Role::Apart => ("\" nearby → ", ""),
        Role::Possessed => ("\" of its own → ", ""),
        _ => ("\" → ", ""),
    };
    for piece in [before, sign, after] {
        text.push_str(piece);
    }
    push_amount(f64::from(amount), text);
}

/// Appends a number in brackets with its sign and two decimals: ` (-0.76)`.
fn push_amount(amount: f64, text: &mut String) {
    let hundredths = amount.abs() * 100.0 + 0.5;
    #[allow(clippy::cast_sign_loss)] // It has none.
    let nearest = hundredths as u32;
    let rest = hundredths - f64::from(nearest);
    // Right between two only exact arithmetic tells which is nearer.
    if nearest >= 1000 || !(1e-6..1.0 - 1e-6).contains(&rest) {
        _ = write!(text, " ({amount:+.2})");
        return;
    }
    text.push_str(if amount.is_sign_negative() { " (-" } else { " (+" });
    let digit = |number: u32| char::from(b'0' + (number % 10) as u8);
    text.extend([digit(nearest / 100), '.', digit(nearest / 10), digit(nearest), ')']);
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
    let mut text = String::new();
    push_words(context, unit, node, shifter, &mut text);
    text
}

fn push_words(context: &Context<'_>, unit: &Unit, node: u32, shifter: u32, text: &mut String) {
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
    let words = span.of(context.text);
    if !words.bytes().any(|byte| byte <= b' ' || !byte.is_ascii()) {
        return text.push_str(words);
    }
    let mut space = "";
    for word in words.split_whitespace() {
        text.push_str(space);
        text.push_str(word);
        space = " ";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_rounded_as_the_standard_library_does() {
        let eighths = (-90..90).map(|number| f64::from(number) / 8.0);
        let others = (-3000..3000).map(|number| f64::from(number as f32 * 0.001_37));
        for amount in eighths.chain(others).chain([0.0, -0.0, 0.005, 0.015, 12.345, 1e9]) {
            let mut text = String::new();
            push_amount(amount, &mut text);
            assert_eq!(text, format!(" ({amount:+.2})"));
        }
    }
}
