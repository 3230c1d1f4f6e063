//! Where records stand, and how they are to be read.

use std::sync::Arc;

use super::walk::Input;
use super::{Failure, Options, Record};

/// The options, as the formats need them.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) options: Options,
    /// Bytes read at a time; tests make it small to meet every boundary.
    pub(super) block: usize,
}

impl Settings {
    pub(super) fn new(mut options: Options, block: usize) -> Arc<Self> {
        // A text must stay under 4 GiB (see `Document`), and Windows-1252 grows to at most three times its bytes.
        options.max_document = options.max_document.min(u32::MAX as usize / 3);
        Arc::new(Self { options, block })
    }
}

/// The file that records stand in, and how it is to be read.
#[derive(Debug)]
pub(super) struct Place {
    name: String,
    stem: String,
    /// Whether it was met in a folder.
    pub(super) walked: bool,
    pub(super) settings: Arc<Settings>,
}

impl Place {
    pub(super) fn new(input: &Input, settings: &Arc<Settings>) -> Arc<Self> {
        let settings = Arc::clone(settings);
        Arc::new(Self { name: input.name.clone(), stem: input.stem(), walked: input.walked, settings })
    }

    /// Longest record to read, in bytes.
    pub(super) fn limit(&self) -> usize {
        self.settings.options.max_document
    }

    /// The whole file.
    pub(super) fn whole(&self) -> Spot<'_> {
        Spot { place: self, line: None, number: None }
    }

    /// The record that begins in `line` and is the `number`-th: the line number for formats where it tells records apart.
    pub(super) fn at(&self, line: u64, number: u64) -> Spot<'_> {
        Spot { place: self, line: Some(line), number: Some(number) }
    }
}

/// Where one record stands.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    pub(super) place: &'a Place,
    line: Option<u64>,
    number: Option<u64>,
}

impl Spot<'_> {
    /// The id of a document that has none of its own.
    pub(super) fn id(&self) -> String {
        numbered(&self.place.stem, self.number)
    }

    pub(super) fn location(&self) -> String {
        numbered(&self.place.name, self.line)
    }

    pub(super) fn failure(&self, message: impl Into<String>) -> Failure {
        Failure { id: self.id(), location: self.location(), message: message.into() }
    }

    pub(super) fn failed(&self, message: impl Into<String>) -> Record {
        Record::Failed(self.failure(message))
    }

    /// The failure of a record that is longer than allowed.
    pub(super) fn too_long(&self) -> Failure {
        let limit = readable_size(self.place.limit());
        self.failure(format!("article of more than {limit}: raise --max-document or split it"))
    }
}

/// `name:number`.
fn numbered(name: &str, number: Option<u64>) -> String {
    match number {
        Some(number) => [name, ":", itoa::Buffer::new().format(number)].concat(),
        None => name.to_owned(),
    }
}

fn readable_size(bytes: usize) -> String {
    match bytes {
        _ if bytes >= 1 << 20 && bytes.is_multiple_of(1 << 20) => format!("{} MiB", bytes >> 20),
        _ if bytes >= 1 << 10 && bytes.is_multiple_of(1 << 10) => format!("{} KiB", bytes >> 10),
        _ => format!("{bytes} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_written_as_people_say_them() {
        assert_eq!(readable_size(64 << 20), "64 MiB");
        assert_eq!(readable_size(1_000_000), "1000000 bytes");
        assert_eq!(readable_size(2048), "2 KiB");
    }
}
