//! Signs that are written as HTML in a text -> what is to be said of it. The text stays as it is: every position counts
//! in it. Tags do no harm, they are passed over where the text is read.

use memchr::{memchr, memchr_iter};

/// What a document's message says where quotation marks are written as HTML writes them: no quotation is found there.
const MARKS: &str =
    "quotation marks written as HTML (&quot;): their quotations are missed, turn the text into plain text first";

/// What it says of other signs.
const OTHERS: &str = "signs written as HTML (&amp;): names with one may be cut, turn the text into plain text first";

/// The names and numbers of double quotation marks, after `&` and before `;`.
const MARK_NAMES: [&str; 8] = ["quot", "ldquo", "rdquo", "#34", "#8220", "#8221", "#x201c", "#x201d"];

/// Of the other signs that newspapers need most.
const OTHER_NAMES: [&str; 9] = ["amp", "nbsp", "apos", "lsquo", "rsquo", "#39", "#8217", "#x27", "#160"];

/// The longest of these names and the `;` after it.
const LONGEST: usize = 9;

/// The note; empty where there is no such sign.
pub(super) fn note(text: &str) -> &'static str {
    let mut found = "";
    for at in memchr_iter(b'&', text.as_bytes()) {
        let rest = &text.as_bytes()[at + 1..];
        let rest = &rest[..rest.len().min(LONGEST)];
        let Some(end) = memchr(b';', rest) else { continue };
        let is = |names: &[&str]| names.iter().any(|name| name.as_bytes().eq_ignore_ascii_case(&rest[..end]));
        if is(&MARK_NAMES) {
            return MARKS;
        }
        found = if is(&OTHER_NAMES) { OTHERS } else { found };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_written_as_html_are_told() {
        for text in
            ["&quot;We won,&quot; she said.", "<p>&ldquo;We won,&rdquo; she said.</p>", "a &amp; b &#8220;c&#8221;"]
        {
            assert_eq!(note(text), MARKS, "{text}");
        }
        for text in ["Lee &amp; Sons", "it&#39;s &", "é&nbsp;é"] {
            assert_eq!(note(text), OTHERS, "{text}");
        }
    }

    #[test]
    fn signs_of_other_uses_are_none() {
        for text in ["", "AT&T; R&D", "<p>a</p>", "R&", "&quot", "Q&A: amp;", "&é;", "& quot;"] {
            assert_eq!(note(text), "", "{text}");
        }
    }
}
