//! Strings that serve again, so that not each article asks the allocator for its own.

/// Empty strings with room.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spare(Vec<String>);

/// So many are kept.
const MOST_KEPT: usize = 256;

impl Spare {
    /// Keeps the room of strings that nobody needs any more.
    pub fn keep(&mut self, used: impl Iterator<Item = String>) {
        let emptied = used.filter(|text| text.capacity() > 0).map(|mut text| {
            text.clear();
            text
        });
        self.0.extend(emptied.take(MOST_KEPT));
        self.0.truncate(MOST_KEPT);
    }

    /// An empty string.
    pub fn take(&mut self) -> String {
        self.0.pop().unwrap_or_default()
    }
}
