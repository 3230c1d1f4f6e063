//! Lines between the paragraphs that are no part of the running text: captions, sub-headings, links to other articles.
//! What is said goes on after them, and `he` rather means nobody whom only they name.

use std::ops::Range;

use super::Layout;
use super::quotation::Quotation;
use super::token::{Token, TokenKind};

/// Words of such a line, at least: fewer may be the name of who said what stands above it.
const FEWEST_WORDS: usize = 4;
/// Tokens of such a line, at most.
const LONGEST: usize = 60;
/// Tokens of a name with what its bearer is, at most.
const LONGEST_SIGNATURE: usize = 12;
/// Tokens from `said in a statement to reporters` to the end of such a line, at most.
const LONGEST_LEAD: usize = 8;
/// Letters of a small word that a line of names and labels has not.
const COMMON_WORD: usize = 3;

/// Tells for each paragraph, in place of what `found` holds, whether it is such a line: it ends without a stop, where most others have one, or stands in
/// capitals, and holds no quotation. What stands above the first paragraph that has a stop is the article's head.
pub(super) fn find_captions(
    layout: Layout,
    quotations: &[Quotation],
    reports: &dyn Fn(usize) -> bool,
    found: &mut Vec<bool>,
) {
    let Layout { text, tokens, paragraphs, .. } = layout;
    // At first whether it has ended.
    found.clear();
    found.extend(paragraphs.iter().map(|paragraph| is_ended(text, &tokens[paragraph.clone()])));
    let ended = &found[..];
    let first = ended.iter().position(|ended| *ended).unwrap_or(ended.len());
    let few = ended[first..].iter().filter(|ended| !**ended).count() * 2 < ended.len() - first;
    let quoted = |paragraph: &Range<usize>| {
        let after = quotations.partition_point(|quotation| quotation.marked_tokens().start < paragraph.end);
        after > 0 && quotations[after - 1].marked_tokens().end > paragraph.start
    };
    // `Lee said in a statement`, and the statement below it: the colon is forgotten.
    let leads = |number: usize| {
        let next = paragraphs.get(number + 1).is_some_and(|next| tokens[next.start].kind == TokenKind::Mark);
        next && paragraphs[number].clone().rev().take(LONGEST_LEAD).any(reports)
    };
    let is_caption = |number: usize, ended: bool| {
        let paragraph = &paragraphs[number];
        let own = &tokens[paragraph.clone()];
        few && number > first && (!ended && is_line(own) || is_shouted(own)) && !quoted(paragraph) && !leads(number)
    };
    found.iter_mut().enumerate().for_each(|(number, ended)| *ended = is_caption(number, *ended));
}

/// Whether a paragraph ends as a sentence does, or leads to the next.
fn is_ended(text: &str, tokens: &[Token]) -> bool {
    let Some(last) = tokens.iter().rev().find(|token| token.kind != TokenKind::Close) else { return true };
    let abbreviated = text.as_bytes()[last.end() as usize - 1] == b'.';
    !matches!(
        last.kind,
        TokenKind::Lower | TokenKind::Capital | TokenKind::Upper | TokenKind::Number | TokenKind::Possessive
    ) || abbreviated
}

/// Whether it is long enough, and no list of names.
fn is_line(tokens: &[Token]) -> bool {
    let common = |token: &Token| token.kind == TokenKind::Lower && token.span().len() > COMMON_WORD;
    tokens.len() <= LONGEST
        && tokens.first().is_some_and(|token| token.kind != TokenKind::Dash)
        && tokens.iter().filter(|token| token.is_word()).nth(FEWEST_WORDS - 1).is_some()
        && tokens.iter().any(common)
        && !is_signature(tokens)
}

/// `WHAT COMES NEXT.`: a line in capitals that leads to nothing.
fn is_shouted(tokens: &[Token]) -> bool {
    let words = || tokens.iter().filter(|token| token.is_word());
    let leads = tokens.last().is_some_and(|last| matches!(last.kind, TokenKind::Colon | TokenKind::Dash));
    tokens.len() <= LONGEST && words().all(|word| word.kind == TokenKind::Upper) && !leads && words().count() > 1
}

/// `Ann Lee, mayor of Dessan`: who said what stands above.
fn is_signature(tokens: &[Token]) -> bool {
    let name = tokens.iter().take_while(|token| token.is_capitalised()).count();
    tokens.len() <= LONGEST_SIGNATURE && name > 1 && tokens.get(name).is_some_and(|next| next.kind == TokenKind::Comma)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::words::Classes;
    use crate::scan::quotation;
    use crate::scan::token::{Landmarks, tokenize};

    fn check(text: &str, expected: &[usize]) {
        let (mut tokens, mut landmarks) = (Vec::new(), Landmarks::default());
        tokenize(text, 0, &mut |_| false, &mut tokens, &mut landmarks);
        let paragraphs: Vec<_> = landmarks.paragraphs(tokens.len()).collect();
        let layout = Layout { text, tokens: &tokens, landmarks: &landmarks, paragraphs: &paragraphs };
        let quotations = quotation::find_quotations(layout, &|_| Classes::default());
        let said = |at: usize| tokens[at].span().of(text) == "said";
        let mut found = Vec::new();
        find_captions(layout, &quotations, &said, &mut found);
        let found: Vec<usize> = (0..found.len()).filter(|number| found[*number]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_line_without_a_stop_among_paragraphs_is_a_caption() {
        check("Ann Lee came.\n\nAnn Lee waves to the crowd at noon\n\n\"We won,\" she said.\n\nShe left.", &[1]);
        check("Ann Lee came.\n\nTHE NEXT DAY.\n\nShe left.", &[1]);
        check("Ann Lee came.\n\nWave: Ann Lee greets the crowd (right)\n\nShe left.", &[1]);
    }

    #[test]
    fn names_labels_and_what_leads_on_are_none() {
        check("Ann Lee came.\n\nCoroner Bo Hart\n\nShe left.\n\nShe slept.", &[]);
        check("Ann Lee came.\n\nOf the bridge she said that day:\n\n\"It fell.\"\n\nShe left.", &[]);
        check("Ann Lee came.\n\nBo Hart said in a statement\n\n\"It fell.\"\n\nShe left.", &[]);
        check("Ann Lee came.\n\nBo Hart, mayor of Dessan\n\nShe left.\n\nShe slept.", &[]);
        check("Ann Lee came.\n\n— Ann Lee of the bridge company\n\nShe left.\n\nShe slept.", &[]);
        check("Ann Lee came.\n\nShe said that it was \"over and done\" by then\n\nShe left.\n\nShe slept.", &[]);
    }

    #[test]
    fn the_head_of_an_article_and_texts_without_stops_have_none() {
        check("Ann Lee waves to the crowd\n\nShe came.\n\nShe left.", &[]);
        check("Ann Lee came.\n\nthen she waved at them\n\nthen she left the town\n\nthen she slept at home", &[]);
    }
}
