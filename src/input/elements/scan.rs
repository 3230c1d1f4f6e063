//! Where a JSON value ends, or that it is broken.

use memchr::memchr3;

/// Brackets within one another, at most: they may be without end, and what is nested far less is not read anyway.
const DEEPEST: usize = 1 << 20;

/// What a scan came to.
pub(super) enum Step {
    /// More bytes are needed.
    More,
    /// The value ends before this byte.
    End(usize),
    /// It is broken; the next object is to be sought from this byte on.
    Broken { at: usize, seek: Seek },
}

/// How a value is broken, and with that where the next one can be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Seek {
    /// An object begins where none can: it is the next one.
    Here,
    /// A string does not end in its line.
    OpenString,
    /// Something stands where it cannot.
    Misplaced,
    /// The file ends.
    Nothing,
}

impl Seek {
    pub(super) fn reason(self) -> &'static str {
        match self {
            Self::Here => "the next one begins before it ends",
            Self::OpenString => "a string does not end in its line",
            Self::Misplaced => "brackets, commas or quotation marks do not fit",
            Self::Nothing => "it ends in the middle",
        }
    }
}

/// A scanner for the end of a JSON value. Knows as much grammar as it takes to notice early that an object is broken.
pub(super) struct Scan {
    pub(super) position: usize,
    stack: Vec<u8>,
    in_string: bool,
    /// Where the last string began.
    string: usize,
    /// The last byte that was no blank and stood outside of strings; `"` for a string, `0` for a number or word.
    previous: u8,
}

impl Scan {
    /// For the value that begins at `position`.
    pub(super) fn at(position: usize) -> Self {
        Self { position, stack: Vec::new(), in_string: false, string: position, previous: b':' }
    }

    /// For what follows a value in so many objects.
    pub(super) fn in_objects(position: usize, depth: usize) -> Self {
        Self { stack: vec![b'{'; depth], previous: b']', ..Self::at(position) }
    }

    pub(super) fn run(&mut self, bytes: &[u8], end: bool) -> Step {
        loop {
            if self.in_string {
                if let Some(step) = self.string(bytes) {
                    return step;
                }
            } else {
                let Some(byte) = bytes.get(self.position) else {
                    let whole = end && self.stack.is_empty() && self.previous == 0;
                    return if whole { Step::End(self.position) } else { Step::More };
                };
                if let Some(step) = self.token(*byte) {
                    return step;
                }
            }
        }
    }

    /// Goes to the end of the string.
    fn string(&mut self, bytes: &[u8]) -> Option<Step> {
        let Some(at) = memchr3(b'"', b'\\', b'\n', &bytes[self.position..]) else {
            self.position = bytes.len();
            return Some(Step::More);
        };
        let at = self.position + at;
        match bytes[at] {
            b'"' => {
                self.position = at + 1;
                (self.in_string, self.previous) = (false, b'"');
                self.stack.is_empty().then_some(Step::End(at + 1))
            }
            b'\n' => {
                self.position = at;
                Some(Step::Broken { at: self.string, seek: Seek::OpenString })
            }
            _ if at + 1 < bytes.len() => {
                self.position = at + 2;
                None
            }
            _ => {
                self.position = at;
                Some(Step::More)
            }
        }
    }

    fn token(&mut self, byte: u8) -> Option<Step> {
        let at = self.position;
        let after_value = matches!(self.previous, b'"' | b'}' | b']');
        match byte {
            b'"' if !after_value && self.previous != 0 => {
                (self.in_string, self.string) = (true, at);
            }
            b'{' | b'[' if self.may_open() && self.stack.len() == DEEPEST => return Some(self.misplaced()),
            b'{' | b'[' if self.may_open() => self.stack.push(byte),
            b'{' if self.stack == [b'{'] => return Some(Step::Broken { at, seek: Seek::Here }),
            b'}' | b']' if self.stack.last() == Some(&(byte - 2)) => {
                self.stack.pop();
                if self.stack.is_empty() {
                    return Some(Step::End(at + 1));
                }
            }
            b',' | b':' if !self.stack.is_empty() => {}
            _ if self.stack.is_empty() && (is_blank(byte) || byte == b',' || byte == b']') => {
                return Some(Step::End(at));
            }
            _ if is_blank(byte) => {
                self.position += 1;
                return None;
            }
            b'"' | b'{' | b'[' | b'}' | b']' => return Some(self.misplaced()),
            _ if after_value => return Some(self.misplaced()),
            _ => {
                self.position += 1;
                self.previous = 0;
                return None;
            }
        }
        self.position += 1;
        self.previous = byte;
        None
    }

    /// Follows the bytes when the first `count` are cut off.
    pub(super) fn move_back(&mut self, count: usize) {
        self.position = self.position.saturating_sub(count);
        self.string = self.string.saturating_sub(count);
    }

    /// Whether an object or array may begin here.
    fn may_open(&self) -> bool {
        match self.previous {
            b':' | b'[' => true,
            b',' => self.stack.last() == Some(&b'['),
            _ => false,
        }
    }

    /// After a string the fault may be that it ended too late, and then the next object begins in what was taken for it.
    fn misplaced(&self) -> Step {
        let at = if self.previous == b'"' { self.string } else { self.position };
        Step::Broken { at, seek: Seek::Misplaced }
    }
}

pub(super) fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0xb
}
