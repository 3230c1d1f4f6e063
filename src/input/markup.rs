//! HTML that was left in a text -> what is to be said of it. The text stays as it is: every position counts in it.

use memchr::{memchr, memchr2_iter};

/// What a document's message says where quotation marks are written as HTML writes them: no quotation is found there.
const MARKS: &str =
    "quotation marks written as HTML (&quot;): their quotations are missed, turn the text into plain text first";

/// What it says of other HTML.
const OTHERS: &str = "HTML in the text (</p>, &amp;): it is read as words, turn the text into plain text first";

/// The names and numbers of double quotation marks, after `&` and before `;`.
const MARK_NAMES: [&str; 8] = ["quot", "ldquo", "rdquo", "#34", "#8220", "#8221", "#x201c", "#x201d"];

/// Of the other signs that newspapers need most.
const OTHER_NAMES: [&str; 9] = ["amp", "nbsp", "apos", "lsquo", "rsquo", "#39", "#8217", "#x27", "#160"];

/// The longest of these names and the `;` after it.
const LONGEST: usize = 9;

/// The note; empty where there is no HTML.
pub(super) fn note(text: &str) -> &'static str {
    let mut found = "";
    for at in memchr2_iter(b'&', b'<', text.as_bytes()) {
        let rest = &text[at + 1..];
        if text.as_bytes()[at] == b'<' {
            found = if begins_tag(rest) { OTHERS } else { found };
            continue;
        }
        let rest = &rest.as_bytes()[..rest.len().min(LONGEST)];
        let Some(end) = memchr(b';', rest) else { continue };
        let is = |names: &[&str]| names.iter().any(|name| name.as_bytes().eq_ignore_ascii_case(&rest[..end]));
        if is(&MARK_NAMES) {
            return MARKS;
        }
        found = if is(&OTHER_NAMES) { OTHERS } else { found };
    }
    found
}

/// Whether a tag goes on behind its `<`: one that closes an element, or one that stands alone.
fn begins_tag(rest: &str) -> bool {
    let closes = rest.strip_prefix('/').is_some_and(|name| name.starts_with(|sign: char| sign.is_ascii_alphabetic()));
    closes || ["p>", "br>", "br/>", "br />"].iter().any(|tag| rest.starts_with(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_told() {
        for text in
            ["&quot;We won,&quot; she said.", "<p>&ldquo;We won,&rdquo; she said.</p>", "a &amp; b &#8220;c&#8221;"]
        {
            assert_eq!(note(text), MARKS, "{text}");
        }
        for text in ["<p>We won.</p>", "Lee &amp; Sons", "we won<br/>", "it&#39;s", "x</a>"] {
            assert_eq!(note(text), OTHERS, "{text}");
        }
    }

    #[test]
    fn signs_of_other_uses_are_none() {
        for text in ["", "AT&T; R&D", "a < b", "<3", "</3", "R&", "<", "&quot", "Q&A: amp;", "&é;", "<-- é"] {
            assert_eq!(note(text), "", "{text}");
        }
    }
}
