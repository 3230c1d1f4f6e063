//! Where sentences end.

use std::ops::Range;

use super::Scan;
use super::token::TokenKind;
use crate::lexicon::Lexicons;
use crate::lexicon::words::{Class, Classes};

/// Token ranges of the sentences, in place of what `found` holds. One ends with its paragraph, or after a stop and its closing marks, before white space and a
/// capital, mark or number.
pub(super) fn find_sentences(text: &str, scan: &Scan, lexicons: &Lexicons, found: &mut Vec<Range<usize>>) {
    found.clear();
    let mut stops = scan.landmarks.stops.iter().map(|stop| *stop as usize).peekable();
    for paragraph in &scan.paragraphs {
        let mut start = paragraph.start;
        while let Some(stop) = stops.next_if(|stop| *stop < paragraph.end) {
            let closes = |at: usize| {
                let token = scan.tokens[at];
                matches!(token.kind, TokenKind::Close | TokenKind::Mark) && !token.space_before()
            };
            let end = (stop + 1..paragraph.end).find(|at| !closes(*at));
            if let Some(end) = end.filter(|end| opens_sentence(text, scan, lexicons, *end)) {
                found.push(start..end);
                start = end;
            }
        }
        found.push(start..paragraph.end);
    }
}

/// Whether the token opens a sentence, where something that may end one stands before it.
fn opens_sentence(text: &str, scan: &Scan, lexicons: &Lexicons, at: usize) -> bool {
    let token = scan.tokens[at];
    let opens = token.space_before()
        && match token.kind {
            TokenKind::Capital | TokenKind::Upper | TokenKind::Number | TokenKind::Open | TokenKind::Symbol => true,
            TokenKind::Mark => scan.tokens.get(at + 1).is_some_and(|next| !next.space_before()),
            _ => false,
        };
    let before = scan.tokens[at - 1];
    opens && (!before.is_word() || abbreviation_ends(before.span().of(text), scan, lexicons, at))
}

/// Words that open a sentence.
const OPENERS: Classes = Classes::of(&[
    Class::Determiner,
    Class::Subject,
    Class::Preposition,
    Class::And,
    Class::Subordinator,
    Class::Adverb,
]);

/// `U.S.` or `Inc.` ends a sentence before a word that opens one (`The`, `He`), never before a name.
fn abbreviation_ends(word: &str, scan: &Scan, lexicons: &Lexicons, at: usize) -> bool {
    let opens = scan.tokens[at].kind == TokenKind::Mark || scan.classes[at].any(OPENERS);
    let is_title =
        || lexicons.abbreviations.get(&word.trim_end_matches('.').to_lowercase()).map(String::as_str) == Some("title");
    opens && word.len() != 2 && !is_title()
}
