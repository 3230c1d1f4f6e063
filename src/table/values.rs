//! What a field of a row writes in its cell: nothing where it is empty, not known or no number.

use std::borrow::Cow;

use super::{Cells, QuoteId};

/// What a field of a row writes in its cell.
pub(super) trait Value<'r> {
    fn write(self, cells: &mut impl Cells<'r>);
}

impl<'r> Value<'r> for &'r str {
    fn write(self, cells: &mut impl Cells<'r>) {
        if self.is_empty() {
            cells.empty();
        } else {
            cells.text(self);
        }
    }
}

impl<'r> Value<'r> for &'r Cow<'_, str> {
    fn write(self, cells: &mut impl Cells<'r>) {
        self.as_ref().write(cells);
    }
}

/// One of a column's few words.
pub(super) struct Word(pub(super) &'static str);

impl<'r> Value<'r> for Word {
    fn write(self, cells: &mut impl Cells<'r>) {
        if self.0.is_empty() {
            cells.empty();
        } else {
            cells.word(self.0);
        }
    }
}

impl<'r> Value<'r> for QuoteId<'r> {
    fn write(self, cells: &mut impl Cells<'r>) {
        if self == QuoteId::default() {
            cells.empty();
        } else {
            cells.quote_id(self);
        }
    }
}

impl<'r> Value<'r> for u32 {
    fn write(self, cells: &mut impl Cells<'r>) {
        cells.integer(u64::from(self));
    }
}

impl<'r> Value<'r> for u64 {
    fn write(self, cells: &mut impl Cells<'r>) {
        cells.integer(self);
    }
}

impl<'r> Value<'r> for f64 {
    fn write(self, cells: &mut impl Cells<'r>) {
        if self.is_finite() {
            cells.number(self);
        } else {
            cells.empty();
        }
    }
}

impl<'r, V: Value<'r>> Value<'r> for Option<V> {
    fn write(self, cells: &mut impl Cells<'r>) {
        match self {
            Some(value) => value.write(cells),
            None => cells.empty(),
        }
    }
}
