//! Texts whose quotation marks are lost: an archive that knew no typographic signs wrote `?We won,? she said`. No quotation can be
//! found there, and that must be told, as the table would look as if nobody had spoken.

use memchr::memchr_iter;

/// What a document's message says of them.
const LOST: &str =
    "the quotation marks are lost (?We won,? she said): nothing is found between them, get the text anew as UTF-8";

/// Openings that tell that the sign stands for a mark.
const ENOUGH: usize = 2;

/// What is to be said of a text: nothing where its marks are not lost.
pub(super) fn note(text: &str) -> &'static str {
    let lost = |sign: &str| {
        let first = sign.as_bytes()[0];
        let places = || memchr_iter(first, text.as_bytes()).filter(|at| text[*at..].starts_with(sign));
        let before = |at: usize| text[..at].chars().next_back();
        let after = |at: usize| text[at + sign.len()..].chars().next();
        let apart = |sign: Option<char>| sign.is_none_or(char::is_whitespace);
        // A question mark stands behind a word, and before another only where a space was forgotten.
        let opens = |at: &usize| apart(before(*at)) && after(*at).is_some_and(char::is_alphabetic);
        let closes = |at: usize| before(at) == Some(',') && apart(after(at));
        places().filter(opens).nth(ENOUGH - 1).is_some() && places().any(closes)
    };
    if lost("?") || lost("\u{fffd}") { LOST } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_marks_are_told() {
        for mark in ["?", "\u{fffd}"] {
            let text = format!("{mark}We won,{mark} said Lee. {mark}It{mark}s over.{mark}");
            assert_eq!(note(&text), LOST, "{text}");
        }
    }

    #[test]
    fn questions_are_none() {
        for text in [
            "",
            "?",
            "Who? “We won,” said Lee. Who,? and why?Because ?maybe",
            "?a ?b ?",
            "caf\u{fffd}, na\u{fffd}ve, \u{fffd}tat",
        ] {
            assert_eq!(note(text), "", "{text}");
        }
    }
}
