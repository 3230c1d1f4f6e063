//! Signs that are written as HTML in a text, `&quot;` or `&#8220;` -> the signs that they stand for: between marks so written no
//! quotation would be found, and names with one would be cut. Tags do no harm, they are passed over where the text is read.

use memchr::memchr;

/// What a document's message says where such signs were read.
pub(super) const READ: &str =
    "signs written as HTML (&amp;) read as what they stand for: positions count in the text as given";

/// Bytes of the longest name with its `&` and `;`.
const LONGEST: usize = 33;

/// The sign that a text begins with, and the bytes that it takes there.
pub(super) fn sign(text: &str) -> Option<(String, usize)> {
    let (sign, length) = written_once(text)?;
    if sign == "&" {
        // `&amp;quot;`, as of a page within a feed.
        let inner: String = "&".chars().chain(text[length..].chars().take(LONGEST)).collect();
        if let Some((sign, more)) = written_once(&inner) {
            return Some((sign, length + more - 1));
        }
    }
    Some((sign, length))
}

/// Of one without `;` nobody knows whether it is the `&` of an address.
fn written_once(text: &str) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    let end = memchr(b';', &bytes[..bytes.len().min(LONGEST)])?;
    if !bytes[1..end].iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'#') {
        return None;
    }
    let sign = htmlize::unescape(&text[..=end]);
    // Browsers read `&copy` in `&copyright;` too, but in a text that may be anything it is no sign.
    let is_whole = !sign.ends_with(';') && !sign.chars().any(is_no_sign);
    is_whole.then(|| (sign.into_owned(), end + 1))
}

/// What stands for a number that no sign has.
fn is_no_sign(sign: char) -> bool {
    sign == char::REPLACEMENT_CHARACTER || sign.is_control() && !matches!(sign, '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::super::signs::decode;

    fn read(text: &str) -> Option<String> {
        decode(text, 0).map(|decoded| decoded.text)
    }

    #[test]
    fn signs_written_as_html_are_read() {
        for (text, expected) in [
            ("&quot;We won,&quot; she said.", "\"We won,\" she said."),
            ("<p>&ldquo;We won,&rdquo; she said.</p>", "<p>“We won,” she said.</p>"),
            ("Lee &amp; Sons &#8220;c&#8221; &#x201C;d&#X201d;", "Lee & Sons “c” “d”"),
            ("it&#39;s&nbsp;Ren&eacute; &Yuml;&yuml;&Auml;", "it's\u{a0}René ŸÿÄ"),
            ("&#147;We won,&#148; it&#146;s", "“We won,” it’s"),
            ("&lt;p&gt;&#10;", "<p>\n"),
            ("&amp;#8220;Yes&amp;rdquo; &amp;amp; &amp;quot", "“Yes” & &quot"),
            ("&&amp;&", "&&&"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected));
        }
    }

    #[test]
    fn other_uses_stay() {
        for text in ["", "AT&T; R&D", "R&", "&quot", "Q&A: amp;", "&é;", "& quot;", "&#;", "&#x;", "&#0;", "&#+65;"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read("&#xd800; &#1114112; &Quot; &copyright; ?a=1&copy=2;&sect=3"), None);
    }
}
