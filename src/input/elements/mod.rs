//! `.json`: an array of objects, one object, objects one after the other, or an object that holds one array of objects.
//! Finds where each object begins and ends with a scanner of strings and brackets, so that memory stays bounded and a broken
//! object fails alone; reading it is `json`'s.

mod scan;
#[cfg(test)]
mod tests;
mod wrapping;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use memchr::memchr_iter;

use super::encoding::decode;
use super::fields::shortened;
use super::json;
use super::place::Place;
use super::reader::Part;
use super::source::Source;
use super::{Failure, Record};
use scan::{Scan, Seek, Step, is_blank};
use wrapping::wrapped_array;

/// An object that is longer may hold the file's articles rather than be one: its first bytes are looked at.
const PROBE: usize = 1 << 22;

/// How far back it is looked for what stands before an object.
const LOOK_BACK: usize = 64;

/// One object of an array: where it stands, or why it cannot be read.
#[derive(Debug)]
pub(super) struct Element {
    line: u64,
    number: u64,
    bytes: Result<Range<usize>, Failure>,
}

/// Appends the records of `elements`; `single` where the file is one object.
pub(super) fn read(place: &Place, elements: Vec<Element>, bytes: &[u8], single: bool, records: &mut Vec<Record>) {
    for element in elements {
        records.push(match element.bytes {
            Ok(range) => {
                let spot = if single { place.whole() } else { place.at(element.line, element.number) };
                let (text, note) = decode(&bytes[range]);
                json::article(&text, &spot, note)
            }
            Err(failure) => Record::Failed(failure),
        });
    }
}

/// What encloses the objects.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    /// Nothing: they stand one after the other.
    Top,
    /// The array that the file is.
    Array,
    /// An array in the object that the file is, and in how many objects.
    Wrapped(usize),
}

#[derive(Clone, Copy)]
enum Mode {
    /// Between two objects.
    Between,
    /// In the object that begins at `start`; `probed` once it is known to be an article.
    Inside { start: usize, probed: bool },
    /// In an object that is too long, up to its end.
    Skipping,
    /// After a broken object, up to the next one that begins at `from` or later.
    Seeking { from: usize },
    /// In what follows the array in the object that the file is.
    Tail,
}

/// The objects of a source, about a block of them at a time. Positions count from the source's first byte.
pub(super) struct Elements {
    source: Source,
    place: Arc<Place>,
    level: Level,
    mode: Mode,
    scan: Scan,
    position: usize,
    /// The end of what was cut off last.
    before: Vec<u8>,
    found: Vec<Element>,
    number: u64,
    /// Number of the line in which byte `counted` stands.
    line: u64,
    counted: usize,
    /// Something was wrong and was told, and no whole object came since: what follows from it is not told again.
    broken: bool,
    /// An array was opened.
    opened: bool,
    done: bool,
}

impl Elements {
    pub(super) fn new(source: Source, place: Arc<Place>) -> Self {
        Self {
            source,
            place,
            level: Level::Top,
            mode: Mode::Between,
            scan: Scan::at(0),
            position: 0,
            before: Vec::new(),
            found: Vec::new(),
            number: 0,
            line: 1,
            counted: 0,
            broken: false,
            opened: false,
            done: false,
        }
    }

    /// One step on; `false` when more bytes are needed.
    fn step(&mut self) -> bool {
        match self.mode {
            Mode::Between => self.between(),
            Mode::Inside { start, probed } => self.inside(start, probed),
            Mode::Skipping | Mode::Tail => self.pass(),
            Mode::Seeking { from } => self.seek(from),
        }
    }

    fn between(&mut self) -> bool {
        let rest = &self.source.bytes[self.position..];
        let Some(blank) = rest.iter().position(|byte| !is_blank(*byte) && *byte != b',') else {
            self.position = self.source.bytes.len();
            return false;
        };
        self.position += blank;
        match (self.level, self.source.bytes[self.position]) {
            (Level::Top, b'[') => {
                (self.level, self.opened) = (Level::Array, true);
                self.position += 1;
            }
            (Level::Array, b']') => {
                self.level = Level::Top;
                self.position += 1;
            }
            (Level::Wrapped(depth), b']') => {
                self.scan = Scan::in_objects(self.position + 1, depth);
                self.mode = Mode::Tail;
            }
            (Level::Array | Level::Wrapped(_), _) | (Level::Top, b'{') => self.begin(),
            // A broken object may have left them over.
            (Level::Top, b'}' | b']') => self.position += 1,
            (Level::Top, _) => return self.stray(),
        }
        true
    }

    fn begin(&mut self) {
        let start = self.position;
        self.line_of(start);
        self.number += 1;
        self.scan = Scan::at(start);
        self.mode = Mode::Inside { start, probed: false };
    }

    /// Bytes outside of any object or array, up to the next object.
    fn stray(&mut self) -> bool {
        if !self.broken {
            let Some(start) = self.snippet(self.position) else { return false };
            self.line_of(self.position);
            self.number += 1;
            self.fail(format!("no JSON object or array: check --input-format; it begins {start}"));
        }
        self.broken = true;
        self.mode = Mode::Seeking { from: self.position };
        true
    }

    fn inside(&mut self, start: usize, probed: bool) -> bool {
        let step = self.scan.run(&self.source.bytes, self.source.end);
        let reached = if let Step::End(end) = step { end } else { self.scan.position } - start;
        let top = self.level == Level::Top;
        if top && !probed && reached > self.probe() {
            self.mode = Mode::Inside { start, probed: true };
            if self.unwrap(start..start + self.probe(), false) {
                return true;
            }
        }
        match step {
            Step::End(end) if top && reached <= self.probe() && self.unwrap(start..end, true) => {}
            Step::End(end) => self.complete(start..end),
            Step::More if reached > self.place.limit() => {
                self.too_long();
                self.mode = Mode::Skipping;
            }
            Step::Broken { seek, .. } if reached > self.place.limit() => {
                self.too_long();
                self.give_up(seek);
            }
            Step::Broken { at, seek } => return self.broken_at(start, at, seek),
            Step::More => return false,
        }
        true
    }

    fn probe(&self) -> usize {
        PROBE.min(self.place.limit())
    }

    /// Turns to the array of articles in the object at `range`, where it holds one.
    fn unwrap(&mut self, range: Range<usize>, complete: bool) -> bool {
        let map = &self.place.settings.options.map;
        let Some(array) = wrapped_array(&self.source.bytes[range.clone()], map, complete) else { return false };
        (self.level, self.mode, self.opened) = (Level::Wrapped(array.depth), Mode::Between, true);
        self.position = range.start + array.at + 1;
        self.number -= 1;
        true
    }

    fn complete(&mut self, range: Range<usize>) {
        self.position = range.end;
        self.mode = Mode::Between;
        self.broken = false;
        if range.len() > self.place.limit() {
            self.too_long();
        } else {
            self.found.push(Element { line: self.line, number: self.number, bytes: Ok(range) });
        }
    }

    fn broken_at(&mut self, start: usize, at: usize, seek: Seek) -> bool {
        let Some(begins) = self.snippet(start) else { return false };
        self.fail(format!("not valid JSON ({}): correct or remove it; it begins {begins}", seek.reason()));
        self.broken = true;
        self.position = at;
        self.mode = if seek == Seek::Here { Mode::Between } else { Mode::Seeking { from: at.max(start + 1) } };
        true
    }

    /// How the value at `start` begins, for messages; `None` while too little of it is read.
    fn snippet(&self, start: usize) -> Option<String> {
        const SHOWN: usize = 60;
        let bytes = &self.source.bytes[start..];
        let enough = bytes.len() >= SHOWN * 4 || self.source.end;
        let shown = &bytes[..bytes.len().min(SHOWN * 4)];
        enough
            .then(|| shortened(&String::from_utf8_lossy(shown), SHOWN).replace(['\n', '\r'], " ").trim_end().to_owned())
    }

    fn too_long(&mut self) {
        let failure = self.place.at(self.line, self.number).too_long();
        self.found.push(Element { line: self.line, number: self.number, bytes: Err(failure) });
    }

    fn fail(&mut self, message: String) {
        let failure = self.place.at(self.line, self.number).failure(message);
        self.found.push(Element { line: self.line, number: self.number, bytes: Err(failure) });
    }

    /// Passes over what is not wanted, up to the end of its object.
    fn pass(&mut self) -> bool {
        match self.scan.run(&self.source.bytes, self.source.end) {
            Step::More => return false,
            Step::End(end) => {
                self.position = end;
                if matches!(self.mode, Mode::Tail) {
                    self.level = Level::Top;
                } else {
                    self.broken = false;
                }
                self.mode = Mode::Between;
            }
            Step::Broken { seek, .. } => self.give_up(seek),
        }
        true
    }

    /// Leaves a broken object that is passed over. What stands before is forgotten or not, as the blocks fall: the next
    /// object is sought from here on.
    fn give_up(&mut self, seek: Seek) {
        self.broken = true;
        self.position = self.scan.position;
        self.mode = if seek == Seek::Here { Mode::Between } else { Mode::Seeking { from: self.position } };
    }

    fn seek(&mut self, from: usize) -> bool {
        let bytes = &self.source.bytes;
        let next = memchr_iter(b'{', &bytes[from..]).map(|at| from + at).find(|at| begins_object(&self.context(*at)));
        match next {
            Some(at) => {
                self.position = at;
                self.mode = Mode::Between;
            }
            None => self.mode = Mode::Seeking { from: bytes.len() },
        }
        next.is_some()
    }

    /// The bytes before byte `at`, some of them cut off already.
    fn context(&self, at: usize) -> Cow<'_, [u8]> {
        let here = &self.source.bytes[at.saturating_sub(LOOK_BACK)..at];
        let missing = (LOOK_BACK - here.len()).min(self.before.len());
        match missing {
            0 => Cow::Borrowed(here),
            _ => Cow::Owned([&self.before[self.before.len() - missing..], here].concat()),
        }
    }

    /// Counts lines up to byte `at`, or back to it: what is broken may end before it was begun.
    fn line_of(&mut self, at: usize) {
        let between = self.counted.min(at)..self.counted.max(at);
        let lines = memchr_iter(b'\n', &self.source.bytes[between]).count() as u64;
        self.line = if at < self.counted { self.line - lines } else { self.line + lines };
        self.counted = at;
    }

    /// The first byte that is still needed once the objects found are cut off.
    fn needed(&self) -> usize {
        match self.mode {
            Mode::Between => self.position,
            Mode::Inside { start, .. } => start,
            Mode::Skipping | Mode::Tail => self.scan.position,
            Mode::Seeking { from } => from,
        }
    }

    /// Cuts off what is done with; a part, where there are objects in it.
    fn cut(&mut self) -> Option<Part> {
        let count = self.needed();
        if count == 0 && self.found.is_empty() {
            return None;
        }
        self.line_of(count);
        self.before = self.context(count).into_owned();
        let bytes = self.source.cut(count);
        self.move_back(count);
        let single = self.is_single();
        let elements = std::mem::take(&mut self.found);
        (!elements.is_empty()).then(|| Part::Elements { place: Arc::clone(&self.place), elements, bytes, single })
    }

    fn move_back(&mut self, count: usize) {
        self.position = self.position.saturating_sub(count);
        self.counted -= count;
        self.scan.move_back(count);
        match &mut self.mode {
            Mode::Inside { start: place, .. } | Mode::Seeking { from: place } => *place -= count,
            _ => {}
        }
    }

    /// Whether the file so far is one object.
    fn is_single(&self) -> bool {
        let alone = self.number == 1 && !self.opened && !self.broken;
        alone && self.found.first().is_some_and(|element| element.bytes.is_ok())
    }

    /// Forgets the blanks behind an object that waits for the end of the file or another one: they may be without end.
    fn forget_blanks(&mut self) {
        let end = self.found.last().and_then(|element| element.bytes.as_ref().ok()).map_or(0, |bytes| bytes.end);
        if matches!(self.mode, Mode::Between) && self.position == self.source.bytes.len() && end < self.position {
            self.line_of(self.position);
            self.source.bytes.truncate(end);
            (self.position, self.counted) = (end, end);
        }
    }

    /// What is wrong with the end of the file, once all of it was read.
    fn finish(&mut self) {
        self.done = true;
        let unfinished = matches!(self.mode, Mode::Inside { .. });
        if let Some(trouble) = self.source.trouble() {
            self.number += u64::from(!unfinished);
            self.line_of(if unfinished { self.counted } else { self.source.bytes.len() });
            self.fail(trouble);
        } else if unfinished {
            let Mode::Inside { start, .. } = self.mode else { return };
            self.broken_at(start, start, Seek::Nothing);
        } else if self.level != Level::Top && !self.broken {
            self.line_of(self.source.bytes.len());
            self.number += 1;
            self.fail("the file ends before its array does: articles may be missing, get the file anew".to_owned());
        } else if self.number == 0 && !self.opened {
            let failure = self.place.whole().failure("no JSON in this file: it is empty");
            self.found.push(Element { line: 1, number: 1, bytes: Err(failure) });
        }
    }
}

impl Iterator for Elements {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        while !self.done {
            while self.step() {}
            // Whether the first object is the only one is known when another follows or the file ends.
            if self.source.end {
                self.finish();
                return self.cut();
            }
            if self.is_single() {
                self.forget_blanks();
            } else if let Some(part) = self.cut() {
                return Some(part);
            }
            self.source.fill();
        }
        None
    }
}

/// Whether an object that follows these bytes is likely one of the array's, not one within another: it follows a closed
/// one, or it is first in its line.
fn begins_object(before: &[u8]) -> bool {
    let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or(before);
    let first_in_line = line.len() < before.len() && line.iter().all(|byte| is_blank(*byte) || *byte == b',');
    let before = before.trim_ascii_end();
    first_in_line || before.strip_suffix(b",").unwrap_or(before).trim_ascii_end().ends_with(b"}")
}
