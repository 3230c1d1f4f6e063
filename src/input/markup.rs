//! Signs that are written as HTML in a text, `&quot;` or `&#8220;` -> the signs that they stand for: between marks so written no
//! quotation would be found, and names with one would be cut. Knows the names of HTML 4 but for Greek letters and
//! mathematics. Tags do no harm, they are passed over where the text is read.

use encoding_rs::WINDOWS_1252;
use memchr::{memchr, memchr_iter};

/// What a document's message says where such signs were read.
pub(super) const READ: &str =
    "signs written as HTML (&amp;) read as what they stand for: positions count in the text so read";

/// The longest name or number and the `;` after it.
const LONGEST: usize = 9;

/// The names of the signs from U+00A0 on, in order.
const LATIN_1: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo", "not", "shy",
    "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot", "cedil", "sup1", "ordm",
    "raquo", "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig",
    "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve",
    "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN",
    "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil", "egrave", "eacute", "ecirc",
    "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml",
    "divide", "oslash", "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
];

/// Other names.
const OTHERS: [(&str, char); 42] = [
    ("quot", '"'),
    ("QUOT", '"'),
    ("amp", '&'),
    ("AMP", '&'),
    ("apos", '\''),
    ("lt", '<'),
    ("LT", '<'),
    ("gt", '>'),
    ("GT", '>'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("bull", '•'),
    ("prime", '′'),
    ("Prime", '″'),
    ("dagger", '†'),
    ("Dagger", '‡'),
    ("permil", '‰'),
    ("euro", '€'),
    ("trade", '™'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Yuml", 'Ÿ'),
    ("circ", 'ˆ'),
    ("tilde", '˜'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
];

/// The text with the signs in their place; `None` where there is none.
pub(super) fn decode(text: &str) -> Option<String> {
    let mut decoded = String::new();
    let mut rest = 0;
    for at in memchr_iter(b'&', text.as_bytes()) {
        let Some((sign, length)) = sign(&text.as_bytes()[at + 1..]) else { continue };
        decoded.push_str(&text[rest..at]);
        decoded.push(sign);
        rest = at + 1 + length;
    }
    (rest > 0).then(|| decoded + &text[rest..])
}

/// The sign whose name or number and `;` stand first, and their length.
fn sign(bytes: &[u8]) -> Option<(char, usize)> {
    let end = memchr(b';', &bytes[..bytes.len().min(LONGEST)])?;
    let name = std::str::from_utf8(&bytes[..end]).ok()?;
    let sign = if let Some(number) = name.strip_prefix('#') { numbered(number)? } else { named(name)? };
    Some((sign, end + 1))
}

fn named(name: &str) -> Option<char> {
    let other = || OTHERS.iter().find(|(known, _)| *known == name).map(|(_, sign)| *sign);
    let latin = || LATIN_1.iter().zip('\u{a0}'..).find(|(known, _)| **known == name).map(|(_, sign)| sign);
    other().or_else(latin)
}

/// The sign of a decimal number or, after an x, a hexadecimal one; those of Windows-1252 are meant by 128 to 159.
fn numbered(number: &str) -> Option<char> {
    let (digits, base) = number.strip_prefix(['x', 'X']).map_or((number, 10), |digits| (digits, 16));
    let is_number = !digits.is_empty() && digits.bytes().all(|digit| char::from(digit).is_digit(base));
    let number = u32::from_str_radix(digits, base).ok().filter(|_| is_number)?;
    match number {
        0x80..=0x9f => WINDOWS_1252.decode_without_bom_handling(&[number as u8]).0.chars().next(),
        _ => char::from_u32(number).filter(|sign| !sign.is_control() || matches!(sign, '\t' | '\n' | '\r')),
    }
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
        assert_eq!(decode("&#xd800; &#1114112; &Quot; &toolonganame;"), None);
        assert_eq!(decode("&&amp;&").as_deref(), Some("&&&"));
    }
}
