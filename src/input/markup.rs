//! Signs that are written as HTML in a text, `&quot;` or `&#8220;` -> the signs that they stand for: between marks so written no
//! quotation would be found, and names with one would be cut. Tags do no harm, they are passed over where the text is read.

use memchr::{memchr, memchr_iter};

/// What a document's message says where such signs were read.
pub(super) const READ: &str =
    "signs written as HTML (&amp;) read as what they stand for: positions count in the text so read";

/// Bytes of the longest name with its `&` and `;`.
const LONGEST: usize = 33;

/// The text with the signs in their place; `None` where there is none.
pub(super) fn decode(text: &str) -> Option<String> {
    let mut decoded = String::new();
    let mut rest = 0;
    for at in memchr_iter(b'&', text.as_bytes()) {
        let Some(written) = written(&text[at..]) else { continue };
        let sign = htmlize::unescape(written);
        // Browsers read `&copy` in `&copyright;` too, but in a text that may be anything it is no sign.
        if sign.ends_with(';') || sign.chars().any(is_no_sign) {
            continue;
        }
        decoded.push_str(&text[rest..at]);
        decoded.push_str(&sign);
        rest = at + written.len();
    }
    (rest > 0).then(|| decoded + &text[rest..])
}

/// `&quot;` at the beginning of a text; one without `;` may be the `&` of an address.
fn written(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let end = memchr(b';', &bytes[..bytes.len().min(LONGEST)])?;
    bytes[1..end].iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').then(|| &text[..=end])
}

/// What stands for a number that no sign has.
fn is_no_sign(sign: char) -> bool {
    sign == char::REPLACEMENT_CHARACTER || sign.is_control() && !matches!(sign, '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_written_as_html_are_read() {
        for (text, expected) in [
            ("&quot;We won,&quot; she said.", "\"We won,\" she said."),
            ("<p>&ldquo;We won,&rdquo; she said.</p>", "<p>“We won,” she said.</p>"),
            ("Lee &amp; Sons &#8220;c&#8221; &#x201C;d&#X201d;", "Lee & Sons “c” “d”"),
            ("it&#39;s&nbsp;Ren&eacute; &Yuml;&yuml;&Auml;", "it's\u{a0}René ŸÿÄ"),
            ("&#147;We won,&#148; it&#146;s", "“We won,” it’s"),
            ("&lt;p&gt;&amp;quot;&#10;", "<p>&quot;\n"),
        ] {
            assert_eq!(decode(text).as_deref(), Some(expected));
        }
    }

    #[test]
    fn other_uses_stay() {
        for text in ["", "AT&T; R&D", "R&", "&quot", "Q&A: amp;", "&é;", "& quot;", "&#;", "&#x;", "&#0;", "&#+65;"] {
            assert_eq!(decode(text), None, "{text}");
        }
        assert_eq!(decode("&#xd800; &#1114112; &Quot; &copyright; ?a=1&copy=2;&sect=3"), None);
        assert_eq!(decode("&&amp;&").as_deref(), Some("&&&"));
    }
}
