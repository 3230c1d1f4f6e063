//! The cells of a row as the fields of a struct, borrowed from the text.

use std::fmt::{self, Display};

use serde::Deserializer;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// A row with the header above it.
pub(super) struct Record<'r, 'a> {
    pub(super) header: &'r [String],
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
    fn of(header: &[String], fields: &[&str]) -> Self {
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
    problem: Problem,
}

#[derive(Debug)]
enum Problem {
    /// The header lacks a column.
    NoColumn(&'static str),
    /// The header has a column twice.
    TwoColumns(&'static str),
    /// The cell is none of these words.
    NoneOf(&'static [&'static str]),
    /// The cell is not what this says.
    Other(String),
}

impl Misfit {
    /// Whether the header is to blame.
    pub(super) fn is_of_header(&self) -> bool {
        matches!(self.problem, Problem::NoColumn(_) | Problem::TwoColumns(_))
    }

    /// The same in a sentence that names the column, the cell and the remedy.
    pub(super) fn explain(&self, header: &[String], cells: &[&str]) -> String {
        let name = self.column.and_then(|column| header.get(column)).map_or("column", String::as_str);
        let cell = self.column.and_then(|column| cells.get(column)).copied().unwrap_or("");
        let told = match &self.problem {
            Problem::NoColumn(column) => return no_column(column),
            Problem::TwoColumns(column) => return format!("column \"{column}\" stands twice: delete one"),
            Problem::Other(message) if self.column.is_none() => return message.clone(),
            Problem::Other(message) => format!("{name} \"{cell}\" {message}"),
            Problem::NoneOf(words) => {
                let or_empty = if words.contains(&"") { ", or leave it empty" } else { "" };
                let words: Vec<&str> = words.iter().copied().filter(|word| !word.is_empty()).collect();
                let what = if cell.is_empty() {
                    format!("the {name} is empty")
                } else {
                    format!("{name} \"{cell}\" is unknown")
                };
                format!("{what}: write one of {}{or_empty}", words.join(", "))
            }
        };
        // Cells that slipped to another column are the likelier fault of a short row.
        if cells.len() < header.len() {
            let count = if cells.len() == 1 { "1 cell" } else { &format!("{} cells", cells.len()) };
            format!("{told} (this row has {count}, the header {}: is a tab missing?)", header.len())
        } else {
            told
        }
    }
}

/// What is said of a column that is missing in the header.
pub(super) fn no_column(column: &str) -> String {
    format!("no column \"{column}\": add it to the header, with a cell in every row")
}

impl Display for Misfit {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.explain(&[], &[]))
    }
}

impl std::error::Error for Misfit {}

impl Error for Misfit {
    fn custom<T: Display>(message: T) -> Self {
        Self { column: None, problem: Problem::Other(message.to_string()) }
    }

    fn unknown_variant(_: &str, words: &'static [&'static str]) -> Self {
        Self { column: None, problem: Problem::NoneOf(words) }
    }

    fn missing_field(column: &'static str) -> Self {
        Self { column: None, problem: Problem::NoColumn(column) }
    }

    fn duplicate_field(column: &'static str) -> Self {
        Self { column: None, problem: Problem::TwoColumns(column) }
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
    header: &'r [String],
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
        let text = cells.get(column).copied().unwrap_or("");
        seed.deserialize(Self { text, column })
            .map_err(|misfit| Misfit { column: misfit.column.or(Some(column)), ..misfit })
    }
}

impl Cell<'_> {
    /// That its text is no such number.
    fn misfit(&self, wanted: &str) -> Misfit {
        Misfit { column: Some(self.column), problem: Problem::Other(format!("is {wanted}")) }
    }

    /// That it is no number with decimals.
    fn no_decimal(&self) -> Misfit {
        let pointed = self.text.replace(',', ".");
        let example = if pointed.parse::<f64>().is_ok() { pointed.as_str() } else { "-1.5" };
        self.misfit(&format!("no number: write one with a point, such as {example}"))
    }
}

macro_rules! whole_numbers {
    ($($deserialize:ident $visit:ident $number:ty),*) => {
        $(fn $deserialize<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Misfit> {
            let wanted = || format!("no whole number from {} to {}", <$number>::MIN, <$number>::MAX);
            visitor.$visit(self.text.parse().map_err(|_| self.misfit(&wanted()))?)
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
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        let is_known = words.contains(&self.text);
        let alike = || words.iter().copied().find(|word| word.eq_ignore_ascii_case(self.text));
        let word = if is_known { None } else { alike() };
        visitor.visit_enum(BorrowedStrDeserializer::new(word.unwrap_or(self.text)))
    }

    fn deserialize_f32<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_f32(self.text.parse().map_err(|_| self.no_decimal())?)
    }

    fn deserialize_f64<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_f64(self.text.parse().map_err(|_| self.no_decimal())?)
    }

    fn deserialize_bool<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_bool(self.text.parse().map_err(|_| self.misfit("neither true nor false"))?)
    }

    whole_numbers! {
        deserialize_i8 visit_i8 i8, deserialize_u8 visit_u8 u8, deserialize_i32 visit_i32 i32,
        deserialize_u32 visit_u32 u32, deserialize_u64 visit_u64 u64
    }

    forward_to_deserialize_any! {
        <W: Visitor<'a>>
        i16 i64 u16 char str string bytes byte_buf unit unit_struct newtype_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}
