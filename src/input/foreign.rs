//! The first bytes of files that are no text -> what they are, and how to make text of them.

/// What the file is, and the remedy, for a message; `None` where it may be text.
pub(super) fn foreign(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 9] = [
        (b"%PDF-", "a PDF, not text: save it as plain text (.txt) first"),
        (b"PK\x03\x04", OFFICE),
        (b"\xd0\xcf\x11\xe0", OFFICE),
        (b"{\\rtf", OFFICE),
        (b"\x89PNG", PICTURE),
        (b"\xff\xd8\xff", PICTURE),
        (b"GIF8", PICTURE),
        (b"7z\xbc\xaf", "a packed folder, not text: unpack it first"),
        (b"Rar!", "a packed folder, not text: unpack it first"),
    ];
    KINDS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind)
}

const OFFICE: &str = "a Word, Excel or ZIP file, not text: save a document as plain text (.txt), a table as CSV UTF-8 (.csv), or unpack it";
const PICTURE: &str = "a picture, not text: only text is read";

/// Whether the bytes begin as a web page does.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let begins = |with: &[u8]| start.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    begins(b"<!doctype html") || begins(b"<html") || begins(b"<?xml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_told_by_its_first_bytes() {
        assert!(foreign(b"%PDF-1.7 x").is_some_and(|kind| kind.starts_with("a PDF")));
        assert!(foreign(b"PK\x03\x04").is_some_and(|kind| kind.contains("Excel")));
        assert_eq!(foreign(b"{\"text\":1}"), None);
        assert_eq!(foreign(b""), None);
        assert!(is_page(b"\n<!DOCTYPE HTML><p>") && is_page(b"<html>") && !is_page(b"<p>x</p>"));
    }
}
