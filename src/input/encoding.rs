//! Bytes -> text: UTF-8, UTF-16 with a byte order mark, and Windows-1252 for the rest, or Mac Roman where its quotation marks tell
//! it.

use std::borrow::Cow;
use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, MACINTOSH, WINDOWS_1252};
use memchr::{memchr_iter, memchr2};

/// What a document's message says of bytes that are not UTF-8 at all.
pub(super) const WINDOWS: &str = "not UTF-8: read as Windows-1252";
/// What it says where they are those of old programs on a Mac.
pub(super) const MAC: &str = "not UTF-8: read as Mac Roman";
/// What it says of UTF-8 with a few broken bytes in it.
pub(super) const DAMAGED: &str = "damaged UTF-8: broken bytes read as U+FFFD";

/// The text of `bytes`, and what is to be said of it: nothing where it is UTF-8.
pub(super) fn decode(bytes: &[u8]) -> (Cow<'_, str>, &'static str) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), ""),
        Err(_) => decode_other(bytes),
    }
}

/// As [`decode`], without a copy of what is UTF-8.
pub(super) fn decode_owned(bytes: Vec<u8>) -> (String, &'static str) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, ""),
        Err(error) => {
            let (text, note) = decode_other(error.as_bytes());
            (text.into_owned(), note)
        }
    }
}

/// Windows-1252 hardly ever looks like UTF-8 by chance, so that an article with more good than bad sequences is UTF-8 that
/// was cut or patched, and reading it as Windows-1252 would spoil every quotation mark in it.
fn decode_other(bytes: &[u8]) -> (Cow<'_, str>, &'static str) {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good > bad {
        (String::from_utf8_lossy(bytes), DAMAGED)
    } else if is_mac_roman(bytes) {
        (MACINTOSH.decode_without_bom_handling(bytes).0, MAC)
    } else {
        (WINDOWS_1252.decode_without_bom_handling(bytes).0, WINDOWS)
    }
}

/// Whether a word is quoted as Mac Roman has it and none as Windows-1252 has it, in which the same two bytes are the letters Ò, which
/// seldom begins a word, and Ó, which seldom ends one.
fn is_mac_roman(bytes: &[u8]) -> bool {
    let is_word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let opens = |at: usize| is_word(at + 1) && !(at > 0 && is_word(at - 1));
    let closes = |at: usize| at > 0 && !bytes[at - 1].is_ascii_whitespace() && !is_word(at + 1);
    memchr2(b'\x93', b'\x94', bytes).is_none()
        && memchr_iter(b'\xd2', bytes).any(opens)
        && memchr_iter(b'\xd3', bytes).any(closes)
}

/// Reads UTF-16 as UTF-8; what is broken becomes U+FFFD.
pub(super) struct Utf16<R> {
    source: R,
    decoder: Decoder,
    raw: Vec<u8>,
    decoded: Vec<u8>,
    given: usize,
    end: bool,
}

impl<R: Read> Utf16<R> {
    /// `source` stands after the byte order mark.
    pub(super) fn new(source: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_without_bom_handling();
        Self { source, decoder, raw: vec![0; 1 << 16], decoded: Vec::new(), given: 0, end: false }
    }

    fn decode_more(&mut self) -> io::Result<()> {
        let count = self.source.read(&mut self.raw)?;
        self.end = count == 0;
        let room = self.decoder.max_utf8_buffer_length(count).expect("64 KiB times three fit in memory");
        self.decoded.resize(room, 0);
        let (result, _, written, _) = self.decoder.decode_to_utf8(&self.raw[..count], &mut self.decoded, self.end);
        debug_assert_eq!(result, CoderResult::InputEmpty);
        self.decoded.truncate(written);
        self.given = 0;
        Ok(())
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.decoded.len() && !self.end {
            self.decode_more()?;
        }
        let count = (&self.decoded[self.given..]).read(buffer)?;
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{UTF_16BE, UTF_16LE};

    fn check(bytes: &[u8], text: &str, note: &str) {
        assert_eq!(decode(bytes), (Cow::Borrowed(text), note));
        assert_eq!(decode_owned(bytes.to_vec()).0, text);
    }

    #[test]
    fn utf_8_and_windows_1252() {
        check("“é”\0".as_bytes(), "“é”\0", "");
        check(b"\x93caf\xe9\x94", "“café”", WINDOWS);
        check(b"\x81\xff", "\u{81}ÿ", WINDOWS);
    }

    #[test]
    fn mac_roman_is_told_by_its_quotation_marks() {
        check(b"\xd2It\xd5s the caf\x8e,\xd3 she said", "“It’s the café,” she said", MAC);
        check(b"\x93Yes,\x94 said \xd2scar Cal\xd3", "“Yes,” said Òscar CalÓ", WINDOWS);
        check(b"\xd3scar said \xd2 no", "Óscar said Ò no", WINDOWS);
    }

    #[test]
    fn utf_8_that_was_cut_stays_utf_8() {
        check(b"\xe2\x80\x9cWe won\xe2\x80\x9d, caf\xc3", "“We won”, caf\u{fffd}", DAMAGED);
    }

    #[test]
    fn utf_16_in_any_pieces() {
        let text = "a“é”😀".repeat(20_000);
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, encoding) in [(little, UTF_16LE), (big, UTF_16BE)] {
            let mut read = String::new();
            Utf16::new(&bytes[..], encoding).read_to_string(&mut read).expect("reading from memory");
            assert!(read == text);
        }
    }

    #[test]
    fn broken_utf_16_is_replaced() {
        let mut read = String::new();
        let bytes = [0x61, 0, 0, 0xd8, 0x62, 0, 0x63];
        Utf16::new(&bytes[..], UTF_16LE).read_to_string(&mut read).expect("reading from memory");
        assert_eq!(read, "a\u{fffd}b\u{fffd}");
    }
}
