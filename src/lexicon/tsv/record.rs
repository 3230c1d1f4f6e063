//! The cells of a row as the fields of a struct, borrowed from the text.

use std::fmt::{self, Display};

use serde::Deserializer;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// A row with the header above it.
pub(super) struct Record<'r, 'a> {
    pub(super) header: &'r [&'r str],
    pub(super) cells: &'r [&'a str],
    pub(super) plan: &'r mut Plan,
}

/// How the fields are found, the same in all rows of a file.
#[derive(Default)]
pub(super) enum Plan {
    #[default]
    Unknown,
    /// Each field has this column.
    Columns(Vec<usize>),
    /// A field has no column or several: the names are compared in each row.
    Names,
}

impl Plan {
    fn of(header: &[&str], fields: &[&str]) -> Self {
        let column = |field: &&str| {
            let mut columns = (0..header.len()).filter(|at| header[*at] == *field);
            columns.next().filter(|_| columns.next().is_none())
        };
        fields.iter().map(column).collect::<Option<Vec<usize>>>().map_or(Self::Names, Self::Columns)
    }
}

/// Why a row does not fit.
#[derive(Debug)]
pub(super) struct Misfit {
    column: Option<usize>,
    message: String,
}

impl Misfit {
    /// The same in a sentence that names the column.
    pub(super) fn explain(self, header: &[&str], cells: &[&str]) -> String {
        let Some(column) = self.column else { return self.message };
        let name = header.get(column).copied().unwrap_or("column");
        format!("{name} \"{}\" does not fit: {}", cells.get(column).copied().unwrap_or(""), self.message)
    }
}

impl Display for Misfit {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.message)
    }
}

impl std::error::Error for Misfit {}

impl Error for Misfit {
    fn custom<T: Display>(message: T) -> Self {
        Self { column: None, message: message.to_string() }
    }
}

impl<'a> Deserializer<'a> for Record<'_, 'a> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let Self { header, cells, .. } = self;
        visitor.visit_map(Named { header, cells, next: 0 })
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        if matches!(self.plan, Plan::Unknown) {
            *self.plan = Plan::of(self.header, fields);
        }
        match &*self.plan {
            Plan::Columns(columns) => visitor.visit_seq(InOrder { cells: self.cells, columns: columns.iter() }),
            _ => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        <W: Visitor<'a>>
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct
        seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// The cells in the order of the fields.
struct InOrder<'r, 'a> {
    cells: &'r [&'a str],
    columns: std::slice::Iter<'r, usize>,
}

impl<'a> SeqAccess<'a> for InOrder<'_, 'a> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        let Some(column) = self.columns.next() else { return Ok(None) };
        Cell::read(self.cells, *column, seed).map(Some)
    }
}

/// The cells with the names of their columns.
struct Named<'r, 'a> {
    header: &'r [&'r str],
    cells: &'r [&'a str],
    next: usize,
}

impl<'a> MapAccess<'a> for Named<'_, 'a> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, Misfit> {
        let Some(name) = self.header.get(self.next) else { return Ok(None) };
        self.next += 1;
        seed.deserialize(serde::de::value::StrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        Cell::read(self.cells, self.next - 1, seed)
    }
}

/// What stands in a cell.
struct Cell<'a> {
    text: &'a str,
    column: usize,
}

impl<'a> Cell<'a> {
    fn read<T: DeserializeSeed<'a>>(cells: &[&'a str], column: usize, seed: T) -> Result<T::Value, Misfit> {
        seed.deserialize(Self { text: cells.get(column).copied().unwrap_or(""), column })
    }
}

impl Cell<'_> {
    /// What is wrong with its text. A word that is none of the known ones is told without its column.
    fn misfit(&self, error: &dyn Display) -> Misfit {
        Misfit { column: Some(self.column), message: error.to_string() }
    }
}

macro_rules! parsed {
    ($($deserialize:ident $visit:ident),*) => {
        $(fn $deserialize<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Misfit> {
            visitor.$visit(self.text.parse().map_err(|error| self.misfit(&error))?)
        })*
    };
}

impl<'a> Deserializer<'a> for Cell<'a> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_borrowed_str(self.text)
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.text.is_empty() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_enum(BorrowedStrDeserializer::new(self.text))
    }

    parsed! {
        deserialize_i8 visit_i8, deserialize_u8 visit_u8, deserialize_i32 visit_i32, deserialize_u32 visit_u32,
        deserialize_u64 visit_u64, deserialize_f32 visit_f32, deserialize_f64 visit_f64, deserialize_bool visit_bool
    }

    forward_to_deserialize_any! {
        <W: Visitor<'a>>
        i16 i64 u16 char str string bytes byte_buf unit unit_struct newtype_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}
