//! Signs of UTF-8 that a program took for Windows-1252, or Mac Roman, and wrote again, as a spreadsheet does with a table of whose
//! encoding it was not told: `â€œ` for `“`, `Ã©` for `é`. Between marks so garbled no quotation would be found.

use std::cell::OnceCell;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use memchr::memmem;

/// What a document's message says where such signs were read.
pub(super) const READ: &str =
    "UTF-8 that was taken for another encoding (â€™) read as what was meant: positions count in the text as given";

/// Punctuation that may well follow a capital letter with an accent: what they make together is a sign only where others tell that
/// the text is garbled.
const PUNCTUATION: &str = "‘’“”‚„–—…•‹›«»";

/// How a text was garbled.
pub(super) struct Garbling<'a> {
    text: &'a str,
    /// What its bytes were taken for.
    encoding: &'static Encoding,
    /// Whether it is garbled beyond doubt, found out once it is asked.
    sure: OnceCell<bool>,
}

impl<'a> Garbling<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        // `‚Äú` is `“` on a Mac.
        let mac = memmem::find(text.as_bytes(), "‚Ä".as_bytes()).is_some();
        Self { text, encoding: if mac { MACINTOSH } else { WINDOWS_1252 }, sure: OnceCell::new() }
    }

    /// The byte with which each sign begins: for the first byte of a sign Windows-1252 has letters from `À` on, Mac Roman `‚` or `√`.
    pub(super) fn lead(&self) -> u8 {
        if self.encoding == MACINTOSH { 0xe2 } else { 0xc3 }
    }

    fn is_sure(&self) -> bool {
        *self
            .sure
            .get_or_init(|| self.encoding == MACINTOSH || self.text.contains("â€") || self.text.contains("â\u{80}"))
    }

    /// The sign that a text begins with, and the bytes that it takes there.
    pub(super) fn sign(&self, text: &str) -> Option<(char, usize)> {
        // What was garbled twice is garbled once, too: `Ã¢â‚¬Å“`.
        let (sign, length) = self.garbled(text, 2).or_else(|| self.garbled(text, 1)).or_else(|| closing_mark(text))?;
        let mut signs = text[..length].chars().skip(1);
        let punctuation = signs.next().is_some_and(|second| PUNCTUATION.contains(second)) && signs.next().is_none();
        (!sign.is_control() && (!punctuation || self.is_sure())).then_some((sign, length))
    }

    /// A sign that was garbled so many times.
    fn garbled(&self, text: &str, times: usize) -> Option<(char, usize)> {
        let (lead, mut end) = self.garbled_less(text, times)?;
        let mut bytes = [self.byte_of(lead)?, 0, 0, 0];
        let length = match bytes[0] {
            0xc2..=0xc6 | 0xcb => 2,
            0xe2 | 0xef => 3,
            0xf0 => 4,
            _ => return None,
        };
        for place in &mut bytes[1..length] {
            let (next, more) = self.garbled_less(&text[end..], times)?;
            (*place, end) = (self.byte_of(next)?, end + more);
        }
        let likely = match bytes[..2] {
            // Marks and dashes, `€`, `™`.
            [0xe2, second] => matches!(second, 0x80 | 0x82 | 0x84),
            // A byte order mark, what stands for a broken sign.
            [0xef, second] => matches!(second, 0xbb | 0xbf),
            [0xf0, second] => second == 0x9f,
            _ => true,
        };
        let sign = std::str::from_utf8(&bytes[..length]).ok().filter(|_| likely)?;
        Some((sign.chars().next()?, end))
    }

    /// The first sign of a text in which those that were garbled once less are read.
    fn garbled_less(&self, text: &str, times: usize) -> Option<(char, usize)> {
        let less = if times > 1 { self.garbled(text, times - 1) } else { None };
        less.or_else(|| text.chars().next().map(|sign| (sign, sign.len_utf8())))
    }

    /// The byte that was taken for a sign beyond ASCII, in Windows-1252 or Latin-1, or in Mac Roman.
    fn byte_of(&self, sign: char) -> Option<u8> {
        if sign <= '\u{ff}' && self.encoding == WINDOWS_1252 {
            return u8::try_from(sign).ok().filter(|byte| *byte >= 0x80);
        }
        let mut room = [0; 4];
        let (bytes, _, unknown) = self.encoding.encode(sign.encode_utf8(&mut room));
        let &[byte] = bytes.as_ref() else { return None };
        (!unknown && byte >= 0x80).then_some(byte)
    }
}

/// `â€` with nothing for its last byte, which Windows-1252 does not have: the closing mark; or with `"`, where a program straightened
/// the mark that a dash ends in.
fn closing_mark(text: &str) -> Option<(char, usize)> {
    let rest = text.strip_prefix("â€").or_else(|| text.strip_prefix("â\u{80}"))?;
    let begun = text.len() - rest.len();
    match rest.chars().next() {
        Some('"') => Some(('—', begun + 1)),
        Some(char::REPLACEMENT_CHARACTER) => Some(('”', begun + char::REPLACEMENT_CHARACTER.len_utf8())),
        _ => Some(('”', begun)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::signs::decode;

    fn read(text: &str) -> Option<String> {
        decode(text, 0).map(|decoded| decoded.text)
    }

    /// Text as a program writes it that takes UTF-8 for Windows-1252.
    fn garble(text: &str) -> String {
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn garbled_signs_are_read() {
        for text in ["“We won,” it’s—no…", "René Škoda, ‘ÀÉ’ £5 «c»", "a\u{a0}b €5™ 😀", "\u{feff}No", "„Nein“"]
        {
            assert_eq!(read(&garble(text)).as_deref(), Some(text));
            assert_eq!(read(&garble(&garble(text))).as_deref(), Some(text), "{}", garble(&garble(text)));
        }
        let on_a_mac = |text: &str| encoding_rs::MACINTOSH.decode_without_bom_handling(text.as_bytes()).0.into_owned();
        for text in ["“We won,” it’s—no…", "‘René’"] {
            assert_eq!(read(&on_a_mac(text)).as_deref(), Some(text), "{}", on_a_mac(text));
        }
        // As Latin-1 has them.
        assert_eq!(read("â\u{80}\u{9c}Noâ\u{80}\u{9d}").as_deref(), Some("“No”"));
        // Of a closing mark the last byte is often lost.
        assert_eq!(read("â€œNo,â€ she said").as_deref(), Some("“No,” she said"));
        assert_eq!(read("â€œNo,â€\u{fffd} she said").as_deref(), Some("“No,” she said"));
        assert_eq!(read("we wonâ€\"no").as_deref(), Some("we won—no"));
        // Among others that are as they should be.
        assert_eq!(read("“FranÃ§ois René”").as_deref(), Some("“François René”"));
    }

    #[test]
    fn what_was_meant_stays() {
        for text in [
            "“CAFÉ” — the ‘CAFÉ’s… «MANHÃ» “IRMÔ",
            "MANHÃ” and IRMÃ’s Ã… –",
            "Ça va, là-bas, façade, Åse, Ötzi, ÅÄÖ",
            "naïve café…”",
            "‚Nein‘, √2 ≈ 1.4",
            "Ã",
            "â",
            "Ãa Â b",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
