//! How a quotation looks: its last sign, its length, its capitals.

use crate::lexicon::pattern::{QuotationEnd, QuotationLook};
use crate::scan::Scan;
use crate::scan::quotation::Quotation;
use crate::scan::token::TokenKind;

/// How a quotation ends and looks.
#[must_use]
pub fn look(text: &str, scan: &Scan, quotation: &Quotation) -> QuotationLook {
    let inside = quotation.span.of(text).trim_end_matches(['\'', '’', '"', '”', ' ', ')']);
    let end = match inside.chars().next_back() {
        Some(',') => QuotationEnd::Comma,
        Some('.') if !inside.ends_with("...") => QuotationEnd::Stop,
        Some('?' | '!' | '…' | '.' | '-' | '–' | '—') => QuotationEnd::Mark,
        _ => QuotationEnd::None,
    };
    let words =
        || quotation.tokens.clone().filter(|at| scan.tokens[*at].is_word() || scan.kind(*at) == TokenKind::Number);
    let heavy = |at: &usize| scan.tokens[*at].span().len() > 3 || scan.tokens[*at].is_capitalised();
    let mut weighty = words().take(30).filter(heavy).peekable();
    let title = weighty.peek().is_some()
        && weighty.all(|at| scan.tokens[at].is_capitalised() || scan.kind(at) == TokenKind::Number)
        && !is_in_headline(scan, quotation);
    let lower = words().next().is_some_and(|at| scan.kind(at) == TokenKind::Lower);
    QuotationLook { end, short: words().nth(3).is_none(), title, lower }
}

/// Words with capitals around a quotation that tell a headline.
const FEWEST_CAPITALS: usize = 3;

/// `Mayor Calls Bridge ‘A Death Trap’ Again`: where every word of weight has a capital, that tells of no title.
fn is_in_headline(scan: &Scan, quotation: &Quotation) -> bool {
    let around =
        |at: &usize| scan.tokens[*at].is_word() && scan.tokens[*at].span().len() > 3 && !quotation.tokens.contains(at);
    scan.is_headline(quotation.paragraph)
        && scan.paragraphs[quotation.paragraph].clone().filter(around).nth(FEWEST_CAPITALS - 1).is_some()
}
