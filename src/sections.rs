//! Very long texts in sections, each read for itself: so a book, or a year of a paper in one file, costs what as many articles
//! cost, in time and memory. Whom a section names is not known in the next.

use crate::scan::token::MARK_SIGNS;

/// Bytes of a section, at most. A text that is no longer stays whole.
pub(crate) const LONGEST: usize = 1 << 19;

/// Bytes at the end of a section among which a good place to cut is looked for.
const WINDOW: usize = 1 << 16;

/// The sections of a text, in order and of about one length; together they are the text.
pub(crate) fn sections(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (section, others) = rest.split_at(cut(rest));
        rest = others;
        (!section.is_empty()).then_some(section)
    })
}

/// Where the first section ends: at the start of a line if there is one, else behind a sentence or a word.
fn cut(text: &str) -> usize {
    // So many that none is longer though each may end early.
    let count = text.len().div_ceil(LONGEST - WINDOW);
    if text.len() <= LONGEST {
        return text.len();
    }
    let end = boundary(text, text.len().div_ceil(count) + WINDOW);
    let start = boundary(text, end - WINDOW);
    let window = &text[start..end];
    let sentence = || window.rmatch_indices(". ").next();
    let word = || window.rmatch_indices(char::is_whitespace).next();
    let behind = |(at, found): (usize, &str)| at + found.len();
    start + line(window).or_else(|| sentence().or_else(word).map(behind)).unwrap_or(window.len())
}

/// How well a text may be cut before a line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It may go on with a sentence.
    Wrapped,
    /// It may go on with a quotation.
    Quoted,
    /// It is a paragraph if each line is.
    Line,
    /// A blank line stands before it.
    Paragraph,
}

/// The start of the last of the lines that fit best, if any.
fn line(window: &str) -> Option<usize> {
    let (mut best, mut start, mut blank) = (None, 0, false);
    for line in window.split_inclusive('\n') {
        let fit = match opening(line) {
            None => None,
            Some(opening) if MARK_SIGNS.contains(&opening) => Some(Fit::Quoted),
            Some(opening) if opening.is_lowercase() => Some(Fit::Wrapped),
            Some(_) if blank => Some(Fit::Paragraph),
            Some(_) => Some(Fit::Line),
        };
        // The window itself opens within a line.
        if let Some(fit) = fit.filter(|fit| start > 0 && best.is_none_or(|(best, _)| *fit >= best)) {
            best = Some((fit, start));
        }
        blank = fit.is_none();
        start += line.len();
    }
    best.map(|(_, start)| start)
}

/// The first sign of a line behind blanks and HTML tags; none where it is blank.
fn opening(line: &str) -> Option<char> {
    let mut rest = line.trim_start();
    while let Some((_, behind)) = rest.strip_prefix('<').and_then(|tag| tag.split_once('>')) {
        rest = behind.trim_start();
    }
    rest.chars().next()
}

/// The last boundary of a character up to a byte.
fn boundary(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len())).rev().find(|byte| text.is_char_boundary(*byte)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts a text of many units, all but the first section of which should begin so.
    fn check(unit: &str, openings: &[&str]) {
        let text = unit.repeat(5 * LONGEST / 2 / unit.len());
        let found: Vec<&str> = sections(&text).collect();
        assert_eq!(found.concat(), text);
        let longest = found.iter().map(|section| section.len()).max().unwrap_or(0);
        let shortest = found.iter().map(|section| section.len()).min().unwrap_or(0);
        assert!(longest <= LONGEST && shortest > LONGEST / 2, "{unit:?}: {shortest} to {longest}");
        let opens = |section: &str| openings.iter().any(|opening| section.starts_with(opening));
        assert!(found.len() > 2 && found.iter().skip(1).all(|section| opens(section)), "{unit:?} is cut elsewhere");
    }

    #[test]
    fn sections_begin_where_no_quotation_goes_on() {
        check("“We won,” Ann Lee said.\n\n“And so.\n\n“We go.” They left.\n\nIt rained.\n\n", &["It rained."]);
        check(
            "“We won,” Lee said.\r\n\r\n“And so.\r\n\r\n“We go.” They left.\r\n\r\nIt rained.\r\n\r\n",
            &["It rained."],
        );
        check("  “We won,” Ann Lee said.\n  It rained.\n", &["  It rained."]);
        check("<p>“We won,” Ann Lee said.</p>\n<p>It rained.</p>\n", &["<p>It rained."]);
    }

    #[test]
    fn wrapped_lines_are_cut_between_paragraphs() {
        check(
            "Ann Lee of Redmoor\nand Bob Ray of\nDessan left.\n\nIt rained\nin Dessan.\n\n",
            &["Ann Lee of", "It rained"],
        );
        check("“We won,” Ann Lee said.\n", &["“We won"]);
    }

    #[test]
    fn text_without_lines_is_cut_between_words_and_any_text_somewhere() {
        check("Ann Lee won. ", &["Ann"]);
        check("won ", &["won"]);
        check("é“", &[""]);
        check("\n", &[""]);
        check(" \n", &[""]);
        check("<", &[""]);
    }

    #[test]
    fn a_text_that_is_not_too_long_stays_whole() {
        let text = "x".repeat(LONGEST);
        assert_eq!(sections(&text).collect::<Vec<_>>(), [text.as_str()]);
        assert_eq!(sections("").count(), 0);
    }
}
