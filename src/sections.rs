//! Very long texts in sections, each read for itself: so a book, or a year of a paper in one file, costs what as many articles
//! cost, in time and memory. Whom a section names is not known in the next.

/// Bytes of a section, at most. A text that is no longer stays whole.
pub const LONGEST: usize = 1 << 20;

/// Bytes at the end of a section among which a good place to cut is looked for.
const WINDOW: usize = 1 << 16;

/// What may open a paragraph that goes on with the quotation of the one before.
const MARKS: [char; 9] = ['"', '\'', '`', '“', '‘', '„', '‚', '«', '‹'];

/// The sections of a text, in order; together they are the text.
pub fn sections(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (section, others) = rest.split_at(cut(rest));
        rest = others;
        (!section.is_empty()).then_some(section)
    })
}

/// Where the first section ends: before a paragraph that goes on with no quotation, if there is one, else at the end of a line,
/// a sentence, a word.
fn cut(text: &str) -> usize {
    if text.len() <= LONGEST {
        return text.len();
    }
    let (start, end) = (boundary(text, LONGEST - WINDOW), boundary(text, LONGEST));
    let window = &text[start..end];
    let opens = |next: char| !next.is_whitespace() && !MARKS.contains(&next);
    let paragraph = |line: &(usize, &str)| window[line.0 + 1..].starts_with(opens);
    let line = || window.rmatch_indices('\n');
    let sentence = || window.rmatch_indices(". ").next();
    let word = || window.rmatch_indices(char::is_whitespace).next();
    let place = line().find(paragraph).or_else(|| line().next()).or_else(sentence).or_else(word);
    place.map_or(end, |(at, found)| start + at + found.len())
}

/// The last boundary of a character up to a byte.
fn boundary(text: &str, byte: usize) -> usize {
    (0..=byte).rev().find(|byte| text.is_char_boundary(*byte)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_cut_where_no_quotation_goes_on() {
        let text = "“We won,” Ann Lee said.\n\n“And so.\n\n“We go.” They left.\n\nIt rained.\n\n".repeat(40_000);
        let found: Vec<&str> = sections(&text).collect();
        assert_eq!(found.concat(), text);
        assert!(found.len() > 2 && found.iter().all(|section| section.len() <= LONGEST));
        assert!(found.iter().skip(1).all(|section| section.starts_with("It rained.")), "cut elsewhere");
    }

    #[test]
    fn text_without_lines_is_cut_between_words_and_any_text_somewhere() {
        for (unit, opening) in [("Ann Lee won. ", "Ann"), ("won ", "won"), ("é“", ""), ("\n", ""), (" \n", "")] {
            let text = unit.repeat(3 * LONGEST / unit.len());
            let found: Vec<&str> = sections(&text).collect();
            assert_eq!(found.concat(), text);
            assert!(found.iter().all(|section| section.len() <= LONGEST && section.starts_with(opening)), "{unit:?}");
        }
    }

    #[test]
    fn a_text_that_is_not_too_long_stays_whole() {
        let text = "x".repeat(LONGEST);
        assert_eq!(sections(&text).collect::<Vec<_>>(), [text.as_str()]);
        assert_eq!(sections("").count(), 0);
    }
}
