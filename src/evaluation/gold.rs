//! Annotated contents to the quotations that the program shall find: what of a content stands between quotation marks.

use super::brat::Reported;
use crate::Span;
use crate::document::Document;
use crate::scan::token::MARK_SIGNS;

/// A quotation that an annotator attributed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldQuotation {
    /// The words between the marks.
    pub span: Span,
    /// Stretches of its Source; none where the annotator found none.
    pub sources: Vec<Span>,
    /// Stretches of its Cue.
    pub cues: Vec<Span>,
}

/// An article with what annotators found in it.
#[derive(Clone, Debug, Default)]
pub struct GoldDocument {
    /// The article.
    pub document: Document,
    /// In text order.
    pub quotations: Vec<GoldQuotation>,
    /// Stretches between marks that no annotator attributed: titles, terms, scare quotes.
    pub others: Vec<Span>,
    /// Contents without quotation marks, which are not measured.
    pub indirect: usize,
}

/// The share of a stretch between marks that a content must cover, where it does not coincide with one.
const LEAST_COVERAGE: f64 = 0.5;

/// The gold of a document. `stretches` is what stands between marks, as the scan finds it. A piece of a content between
/// marks of its own is a quotation as annotated; of a longer piece, the stretches that it covers at least half. Where two
/// contents claim a stretch, the one that covers more of it has it, then the longer one, then the first.
#[must_use]
pub fn gold_document(document: Document, reported: &[Reported], stretches: &[Span]) -> GoldDocument {
    let text = document.text.as_str();
    let mut claims: Vec<Claim> = Vec::new();
    let mut indirect = 0;
    for (order, one) in reported.iter().enumerate() {
        let before = claims.len();
        claims.extend(claimed(text, &one.content, stretches).map(|(span, coverage)| Claim { span, coverage, order }));
        indirect += usize::from(claims.len() == before);
    }
    let length = |claim: &Claim| reported[claim.order].content.iter().map(|span| span.len()).sum::<usize>();
    claims.sort_by(|a, b| {
        b.coverage
            .total_cmp(&a.coverage)
            .then(length(b).cmp(&length(a)))
            .then(a.order.cmp(&b.order))
            .then(a.span.cmp(&b.span))
    });
    let mut quotations: Vec<GoldQuotation> = Vec::new();
    for Claim { span, order, .. } in claims {
        if quotations.iter().all(|known| !known.span.overlaps(span)) {
            let Reported { sources, cues, .. } = reported[order].clone();
            quotations.push(GoldQuotation { span, sources, cues });
        }
    }
    quotations.sort_by_key(|quotation| quotation.span);
    let is_free = |stretch: &&Span| quotations.iter().all(|known| !known.span.overlaps(**stretch));
    let others = stretches.iter().filter(is_free).copied().collect();
    GoldDocument { document, quotations, others, indirect }
}

struct Claim {
    span: Span,
    coverage: f64,
    order: usize,
}

/// The quotations of a content, and how much of each it covers.
fn claimed<'a>(text: &'a str, content: &'a [Span], stretches: &'a [Span]) -> impl Iterator<Item = (Span, f64)> + 'a {
    let whole = |piece: &Span| Some((between_marks(text, *piece)?, 1.0));
    let covered = move |stretch: &Span| {
        let shared: usize = content.iter().map(|piece| shared(text, *piece, *stretch)).sum();
        let coverage = shared as f64 / characters(text, *stretch).max(1) as f64;
        (coverage >= LEAST_COVERAGE).then_some((*stretch, coverage))
    };
    let marked = content.iter().filter_map(whole).collect::<Vec<_>>();
    let taken = marked.clone();
    let rest = stretches.iter().filter(move |stretch| taken.iter().all(|(span, _)| !span.overlaps(**stretch)));
    marked.into_iter().chain(rest.filter_map(covered))
}

fn characters(text: &str, span: Span) -> usize {
    span.of(text).chars().count()
}

fn shared(text: &str, a: Span, b: Span) -> usize {
    let (start, end) = (a.start.max(b.start), a.end.min(b.end));
    if start < end { characters(text, Span { start, end }) } else { 0 }
}

/// The words of a piece that stands between a pair of marks, its own or those just outside, with no such mark inside.
fn between_marks(text: &str, piece: Span) -> Option<Span> {
    let words = piece.of(text);
    let inner = words.trim().trim_matches(MARK_SIGNS).trim();
    let start = piece.start as usize + words.find(inner)?;
    let (before, after) = (&text[..start], &text[start + inner.len()..]);
    let opening =
        before.trim_end_matches([' ', '\u{a0}']).chars().next_back().filter(|sign| MARK_SIGNS.contains(sign))?;
    let closing = after.trim_start_matches([' ', '\u{a0}']).chars().next().filter(|sign| MARK_SIGNS.contains(sign))?;
    let is_apostrophe = |sign| matches!(sign, '\'' | '’' | '‘');
    let holds_more = |mark: char| match mark {
        // Two apostrophes may be one mark; a single one inside may belong to a word.
        mark if is_apostrophe(mark) => inner.contains("''"),
        // A further paragraph of one quotation opens with a mark of its own.
        mark => inner.match_indices(mark).any(|(at, _)| !inner[..at].ends_with('\n')),
    };
    (!inner.is_empty() && !holds_more(opening) && !holds_more(closing)).then(|| Span::new(start, start + inner.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str, part: &str) -> Span {
        let start = text.find(part).expect("a part of the text");
        Span::new(start, start + part.len())
    }

    /// The quotations that contents give, the other stretches, and the contents without marks.
    fn check(text: &str, contents: &[&[&str]], stretches: &[&str], expected: (&[&str], &[&str], usize)) {
        let reported: Vec<Reported> = contents
            .iter()
            .map(|parts| Reported {
                content: parts.iter().map(|part| span(text, part)).collect(),
                ..Reported::default()
            })
            .collect();
        let stretches: Vec<Span> = stretches.iter().map(|part| span(text, part)).collect();
        let gold = gold_document(Document { text: text.into(), ..Document::default() }, &reported, &stretches);
        let quotations: Vec<&str> = gold.quotations.iter().map(|quotation| quotation.span.of(text)).collect();
        let others: Vec<&str> = gold.others.iter().map(|other| other.of(text)).collect();
        assert_eq!((quotations.as_slice(), others.as_slice(), gold.indirect), expected);
    }

    #[test]
    fn a_piece_between_marks_is_a_quotation_as_annotated() {
        let text = "“We won,” Ann Lee said. “We did.”";
        check(text, &[&["We won,", "We did."]], &["We won,", "We did."], (&["We won,", "We did."], &[], 0));
        check(text, &[&["“We won,”", "“We did.”"]], &[], (&["We won,", "We did."], &[], 0));
        check("''We won,'' Ann Lee said.", &[&["''We won,''"]], &["We won,"], (&["We won,"], &[], 0));
    }

    #[test]
    fn of_a_longer_piece_the_stretches_that_it_covers() {
        let text = "She said that the “bridge” fell and “nobody came” at last.";
        let stretches = ["bridge", "nobody came"];
        check(text, &[&["that the “bridge” fell and “nobody came” at last"]], &stretches, (&stretches, &[], 0));
        check(text, &[&["fell and “nobody"]], &stretches, (&["nobody came"], &["bridge"], 0));
        check(text, &[&["“bridge” fell and “nobody came”"]], &stretches, (&stretches, &[], 0));
    }

    #[test]
    fn a_content_without_marks_is_counted_only() {
        check("Ann Lee said the bridge fell.", &[&["the bridge fell"]], &[], (&[], &[], 1));
    }

    #[test]
    fn the_content_that_covers_most_has_the_stretch() {
        let text = "The Herald said Ann Lee said it was “a death trap” by night.";
        let outer = "Ann Lee said it was “a death trap” by night";
        let sources = |first: &str, second: &str| {
            let reported = [first, second].map(|content| Reported {
                content: vec![span(text, content)],
                sources: vec![span(text, content)],
                ..Reported::default()
            });
            let document = Document { text: text.into(), ..Document::default() };
            let gold = gold_document(document, &reported, &[span(text, "a death trap")]);
            gold.quotations[0].sources[0].of(text).to_owned()
        };
        assert_eq!(sources("it was “a death trap” by night", outer), outer);
        assert_eq!(sources("it was “a death", outer), outer);
    }
}
