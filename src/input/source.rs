//! An input's bytes as they are needed: opened, decompressed, without byte order mark, UTF-16 as UTF-8.

use std::fs::File;
use std::io::{self, BufReader, Cursor, ErrorKind, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{UTF_16BE, UTF_16LE};
use flate2::bufread::MultiGzDecoder;

use super::encoding::Utf16;
use super::walk::{Input, Origin};
use super::zstd::Zstd;

type Bytes = Box<dyn Read + Send>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Compression {
    None,
    Gzip,
    Zstd,
}

/// An open input and what of it was read but not yet used.
pub(super) struct Source {
    reader: Bytes,
    compression: Compression,
    /// Bytes taken from the file or pipe itself so far.
    pub(super) taken: Arc<AtomicU64>,
    /// Read and not yet cut off.
    pub(super) bytes: Vec<u8>,
    /// Nothing more can be read.
    pub(super) end: bool,
    /// Why, where it is not the end of the input.
    error: Option<io::Error>,
    step: usize,
}

impl Source {
    /// Opens `input`; its bytes will be read `step` at a time.
    pub(super) fn open(input: &Input, step: usize) -> Result<Self, String> {
        let raw: Bytes = match &input.origin {
            Origin::Stdin => Box::new(io::stdin()),
            Origin::File(path) => Box::new(File::open(path).map_err(|error| cannot_open(&error))?),
            Origin::Broken(message) => return Err(message.clone()),
        };
        Ok(Self::new(raw, step))
    }

    pub(super) fn new(raw: Bytes, step: usize) -> Self {
        let taken = Arc::new(AtomicU64::new(0));
        let (head, rest) = peek(Box::new(Counting { inner: raw, taken: Arc::clone(&taken) }), 4);
        let (compression, reader) = decompressed(head, rest);
        let reader = without_mark(reader);
        Self { reader, compression, taken, bytes: Vec::new(), end: false, error: None, step }
    }

    /// Reads one step more, less only at the end.
    pub(super) fn fill(&mut self) {
        let mut filled = self.bytes.len();
        self.bytes.resize(filled + self.step, 0);
        while filled < self.bytes.len() && !self.end {
            match self.reader.read(&mut self.bytes[filled..]) {
                Ok(0) => self.end = true,
                Ok(count) => filled += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.error = Some(error);
                    self.end = true;
                }
            }
        }
        self.bytes.truncate(filled);
    }

    /// Reads until `count` bytes are there, or all.
    pub(super) fn fill_to(&mut self, count: usize) {
        while self.bytes.len() < count && !self.end {
            self.fill();
        }
    }

    /// Takes the first `count` bytes away.
    pub(super) fn cut(&mut self, count: usize) -> Vec<u8> {
        let mut rest = Vec::with_capacity(self.bytes.len() - count + if self.end { 0 } else { self.step });
        rest.extend_from_slice(&self.bytes[count..]);
        self.bytes.truncate(count);
        std::mem::replace(&mut self.bytes, rest)
    }

    /// Forgets the first `count` bytes.
    pub(super) fn forget(&mut self, count: usize) {
        self.bytes.drain(..count);
    }

    /// What went wrong with reading, where something did.
    pub(super) fn trouble(&self) -> Option<String> {
        let error = self.error.as_ref()?;
        let kind = match self.compression {
            Compression::None => return Some(format!("cannot be read on ({error}): check the disk or the pipe")),
            Compression::Gzip => "gzip",
            Compression::Zstd => "zstd",
        };
        let reason = if is_cut(error) { "it ends too early".to_owned() } else { error.to_string() };
        Some(format!("damaged {kind} data ({reason}), what came before was read: get the file anew"))
    }
}

fn is_cut(error: &io::Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::UnexpectedEof) {
            return true;
        }
        // An `io::Error` that wraps another error hides it from `source`.
        cause = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    false
}

/// The message for an input that cannot be opened.
pub(super) fn cannot_open(error: &io::Error) -> String {
    format!("cannot be opened ({error}): check the path and its rights")
}

fn decompressed(head: Vec<u8>, rest: Bytes) -> (Compression, Bytes) {
    let compression = match head[..] {
        [0x1f, 0x8b, ..] => Compression::Gzip,
        [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18] => Compression::Zstd,
        _ => Compression::None,
    };
    let whole = Cursor::new(head).chain(rest);
    let reader: Bytes = match compression {
        Compression::None => Box::new(whole),
        Compression::Gzip => Box::new(MultiGzDecoder::new(BufReader::with_capacity(1 << 16, whole))),
        Compression::Zstd => Box::new(Zstd::new(BufReader::with_capacity(1 << 17, whole))),
    };
    (compression, reader)
}

fn without_mark(reader: Bytes) -> Bytes {
    let (mut head, rest) = peek(reader, 3);
    let (encoding, mark) = match head[..] {
        [0xef, 0xbb, 0xbf] => (None, 3),
        [0xff, 0xfe, ..] => (Some(UTF_16LE), 2),
        [0xfe, 0xff, ..] => (Some(UTF_16BE), 2),
        _ => (None, 0),
    };
    head.drain(..mark);
    let text = Cursor::new(head).chain(rest);
    match encoding {
        Some(encoding) => Box::new(Utf16::new(text, encoding)),
        None => Box::new(text),
    }
}

/// The first `count` bytes, and a reader of what follows. An error on the way comes again from that reader.
fn peek(mut reader: Bytes, count: usize) -> (Vec<u8>, Bytes) {
    let mut head = Vec::new();
    match (&mut reader).take(count as u64).read_to_end(&mut head) {
        Ok(_) => (head, reader),
        Err(error) => (head, Box::new(Fails(Some(error)))),
    }
}

/// Gives one error, then nothing.
struct Fails(Option<io::Error>);

impl Read for Fails {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Counts what it hands on.
struct Counting {
    inner: Bytes,
    taken: Arc<AtomicU64>,
}

impl Read for Counting {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.taken.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{gzip, zstd};
    use super::*;

    fn read(bytes: &[u8]) -> (Vec<u8>, Option<String>) {
        let mut source = Source::new(Box::new(Cursor::new(bytes.to_vec())), 7);
        source.fill_to(usize::MAX);
        let trouble = source.trouble();
        (source.bytes, trouble)
    }

    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(read(bytes), (expected.as_bytes().to_vec(), None));
    }

    #[test]
    fn compression_is_told_by_the_first_bytes() {
        check(b"plain text", "plain text");
        check(&gzip(b"text"), "text");
        check(&[gzip(b"one "), gzip(b"two")].concat(), "one two");
        check(&zstd(b"text"), "text");
        check(&[zstd(b"one "), zstd(b"two")].concat(), "one two");
        check(b"", "");
        check(b"\x1f", "\x1f");
    }

    #[test]
    fn byte_order_marks_are_undone() {
        check(b"\xef\xbb\xbfab", "ab");
        check(b"\xff\xfea\0\xe9\0", "aé");
        check(b"\xfe\xff\0a\0\xe9", "aé");
        check(&gzip(b"\xff\xfea\0\xe9\0"), "aé");
        check(b"\xff\xfe", "");
    }

    #[test]
    fn a_cut_stream_gives_what_came_before_and_says_so() {
        let text = "Some words. ".repeat(10_000);
        for (name, bytes) in [("gzip", gzip(text.as_bytes())), ("zstd", zstd(text.as_bytes()))] {
            let (read, trouble) = read(&bytes[..bytes.len() - 1]);
            assert!(text.as_bytes().starts_with(&read) && read.len() > text.len() / 2, "{name}: {}", read.len());
            let expected =
                format!("damaged {name} data (it ends too early), what came before was read: get the file anew");
            assert_eq!(trouble, Some(expected));
        }
    }

    #[test]
    fn cutting_keeps_the_rest() {
        let mut source = Source::new(Box::new(Cursor::new(b"abcdef".to_vec())), 4);
        source.fill();
        assert_eq!(source.cut(3), b"abc");
        source.fill();
        assert_eq!((&source.bytes[..], source.end), (&b"def"[..], true));
        assert_eq!(source.taken.load(Ordering::Relaxed), 6);
    }
}
