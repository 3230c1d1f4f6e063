//! The tables: one flat struct a table, its fields the columns in their order. This is the contract with users: a
//! column is never renamed or given another meaning, new ones come at the end. Offsets count Unicode code points from
//! the start of the document's text, half-open. `None` and the empty string are an empty cell: not known. How a cell is
//! written in a file is `output`'s business.

mod values;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};
use thiserror::Error;

use values::{Value, Word};

/// A table that onrecord writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Table {
    /// One row a quotation: [`QuoteRow`].
    Quotes,
    /// One row a quotation and a party it speaks of: [`StanceRow`].
    Stances,
    /// One row a document read, failed ones too: [`DocumentRow`].
    Documents,
    /// One row a speaker: [`SpeakerRow`].
    Speakers,
    /// One row a date, outlet, speaker and target: [`RelationRow`].
    Relations,
}

impl Table {
    /// All tables, in the order of the documentation.
    pub const ALL: [Table; 5] = [Table::Quotes, Table::Stances, Table::Documents, Table::Speakers, Table::Relations];

    /// The name by which options and files call the table: `quotes`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Table::Quotes => "quotes",
            Table::Stances => "stances",
            Table::Documents => "documents",
            Table::Speakers => "speakers",
            Table::Relations => "relations",
        }
    }

    /// The names of the columns, in order.
    #[must_use]
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Table::Quotes => QuoteRow::COLUMNS,
            Table::Stances => StanceRow::COLUMNS,
            Table::Documents => DocumentRow::COLUMNS,
            Table::Speakers => SpeakerRow::COLUMNS,
            Table::Relations => RelationRow::COLUMNS,
        }
    }
}

impl FromStr for Table {
    type Err = UnknownTable;

    fn from_str(name: &str) -> Result<Self, UnknownTable> {
        Table::ALL.into_iter().find(|table| table.name() == name).ok_or_else(|| UnknownTable(name.to_owned()))
    }
}

/// A name that is no table's.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no table \"{0}\": take one of {names}", names = Table::ALL.map(Table::name).join(", "))]
pub struct UnknownTable(pub String);

/// A row of a table, as its cells in the order of the columns.
pub trait Row {
    /// The table that the row belongs to.
    const TABLE: Table;
    /// The names of the columns, in order.
    const COLUMNS: &'static [&'static str];

    /// Gives the cells in the order of the columns.
    fn write<'r>(&'r self, cells: &mut impl Cells<'r>);
}

/// What takes the cells of rows that live for `'r`, one after the other.
pub trait Cells<'r> {
    /// Not known.
    fn empty(&mut self);
    /// At least one character.
    fn text(&mut self, text: &'r str);
    /// One of the words that a column has, of letters and hyphens.
    fn word(&mut self, word: &'static str) {
        self.text(word);
    }
    /// A quotation's id.
    fn quote_id(&mut self, id: QuoteId<'r>);
    /// A position or a count.
    fn integer(&mut self, integer: u64);
    /// A finite number; three decimals of it count.
    fn number(&mut self, number: f64);
    /// The id, date and outlet of a row's document, which most often are those of the row before.
    fn document(&mut self, cells: [&'r str; 3])
    where
        Self: Sized,
    {
        for cell in cells {
            cell.write(self);
        }
    }
}

/// `doc_id:start-end`: what tells a quotation from every other of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuoteId<'a> {
    /// The document's id.
    pub document: &'a str,
    /// First code point of the words between the marks.
    pub start: u32,
    /// One past their last code point.
    pub end: u32,
}

impl fmt::Display for QuoteId<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}-{}", self.document, self.start, self.end)
    }
}

impl Serialize for QuoteId<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The word for women in the tables.
pub const FEMALE: &str = "female";
/// The word for men in the tables.
pub const MALE: &str = "male";

/// A quotation: who said it, how that is known.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct QuoteRow<'a> {
    /// `doc_id:start-end`.
    pub quote_id: QuoteId<'a>,
    /// Of the document.
    pub doc_id: &'a str,
    /// Of the document.
    pub date: &'a str,
    /// Of the document.
    pub outlet: &'a str,
    /// First code point of the words between the marks.
    pub start: u32,
    /// One past their last code point.
    pub end: u32,
    /// The words, as they stand.
    pub text: &'a str,
    /// `direct`, `mixed` or `other`.
    pub kind: &'static str,
    /// 0-based number of the paragraph.
    pub paragraph: u32,
    /// 0-based number of the sentence.
    pub sentence: u32,
    /// The resolved name.
    pub speaker: &'a str,
    /// The gazetteer's id.
    pub speaker_id: &'a str,
    /// `person`, `organisation`, `government`, `group`, `unnamed`.
    pub speaker_type: &'static str,
    /// The role as the text gives it.
    pub speaker_role: &'a str,
    /// The mention that the attribution rests on.
    pub speaker_mention: &'a str,
    /// Its first code point.
    pub speaker_start: Option<u32>,
    /// One past its last.
    pub speaker_end: Option<u32>,
    /// The reporting words.
    pub cue: &'a str,
    /// Their first code point.
    pub cue_start: Option<u32>,
    /// One past their last.
    pub cue_end: Option<u32>,
    /// Whom it was said to.
    pub addressee: &'a str,
    /// Who relayed it.
    pub via: &'a str,
    /// First code point of the relay.
    pub via_start: Option<u32>,
    /// One past its last.
    pub via_end: Option<u32>,
    /// The rule that decided.
    pub rule: &'a str,
    /// 0 to 1; empty where no mention of a speaker was found.
    pub confidence: Option<f64>,
    /// The same for the stretches of one turn: the `quote_id` of its first stretch.
    pub turn_id: QuoteId<'a>,
    /// `female`, `male`.
    pub speaker_gender: &'static str,
}

/// A quotation's stance toward one party.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct StanceRow<'a> {
    /// Of the quotation.
    pub quote_id: QuoteId<'a>,
    /// Of the document.
    pub doc_id: &'a str,
    /// Of the document.
    pub date: &'a str,
    /// Of the document.
    pub outlet: &'a str,
    /// Of the quotation.
    pub speaker: &'a str,
    /// Of the quotation.
    pub speaker_id: &'a str,
    /// The party's resolved name.
    pub target: &'a str,
    /// The gazetteer's id.
    pub target_id: &'a str,
    /// `person`, `organisation`, `government`, `group`.
    pub target_type: &'static str,
    /// The words that name the party.
    pub target_mention: &'a str,
    /// Their first code point.
    pub target_start: Option<u32>,
    /// One past their last.
    pub target_end: Option<u32>,
    /// `against`, `neutral`, `for`.
    pub stance: &'static str,
    /// -1 to 1: of these words alone.
    pub score: f64,
    /// With what the same speaker says of the same party elsewhere in the article, and what the reporter tells of the two.
    pub article_score: f64,
    /// 0 to 1.
    pub confidence: f64,
    /// How the target was found.
    pub rule: &'static str,
    /// What in the text decided it, readable.
    pub evidence: &'a str,
    /// `neutral` where `article_score`, without its sign, lies below it.
    pub threshold: f64,
}

/// A document that was read, or could not be.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DocumentRow<'a> {
    /// Unique within the run.
    pub doc_id: &'a str,
    /// Path, with `:line` where the file holds several.
    pub location: &'a str,
    /// ISO date.
    pub date: &'a str,
    /// Newspaper, agency or site.
    pub outlet: &'a str,
    /// Headline.
    pub title: &'a str,
    /// As given.
    pub author: &'a str,
    /// As given.
    pub url: &'a str,
    /// As given.
    pub language: &'a str,
    /// Code points of the text.
    pub characters: Option<u32>,
    /// Rows in the quotes table.
    pub quotes: Option<u32>,
    /// Those with a speaker.
    pub attributed: Option<u32>,
    /// `ok`, `skipped`, `failed`.
    pub status: &'static str,
    /// What the reader noticed, or why it failed.
    pub message: Cow<'a, str>,
}

/// A speaker over the whole run.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SpeakerRow<'a> {
    /// The resolved name.
    pub speaker: &'a str,
    /// The gazetteer's id.
    pub speaker_id: &'a str,
    /// As in [`QuoteRow`].
    pub speaker_type: &'static str,
    /// Quotations.
    pub quotes: u64,
    /// Words in them.
    pub words: u64,
    /// Documents with at least one.
    pub documents: u64,
    /// Outlets with at least one.
    pub outlets: u64,
    /// Earliest date.
    pub first_date: &'a str,
    /// Latest date.
    pub last_date: &'a str,
    /// Mean stance score of the speaker toward others.
    pub mean_score_given: Option<f64>,
    /// Mean stance score of others toward the speaker.
    pub mean_score_received: Option<f64>,
    /// As in [`QuoteRow`]: the more frequent one.
    pub speaker_gender: &'static str,
}

/// What a dashboard sums: one date, outlet, speaker and target.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RelationRow<'a> {
    /// ISO date.
    pub date: &'a str,
    /// Newspaper, agency or site.
    pub outlet: &'a str,
    /// The resolved name.
    pub speaker: &'a str,
    /// The gazetteer's id.
    pub speaker_id: &'a str,
    /// The party's resolved name.
    pub target: &'a str,
    /// The gazetteer's id.
    pub target_id: &'a str,
    /// Quotations.
    pub quotes: u64,
    /// Of them for the target.
    #[serde(rename = "for")]
    pub favourable: u64,
    /// Of them neutral.
    pub neutral: u64,
    /// Of them against the target.
    pub against: u64,
    /// Mean of their scores.
    pub mean_score: f64,
}

/// Writes the [`Row`] of a struct from the list of its fields, those of the document in braces where they repeat from row to
/// row, with what they are written as where that is not what they are. A field left out does not compile.
macro_rules! row {
    ($row:ident in $table:ident: $id:ident, {$($document:ident),+}, $($field:ident $(: $kind:ident)?),+ $(,)?) => {
        impl Row for $row<'_> {
            const TABLE: Table = Table::$table;
            const COLUMNS: &'static [&'static str] =
                &[stringify!($id), $(stringify!($document),)+ $(stringify!($field)),+];

            fn write<'r>(&'r self, cells: &mut impl Cells<'r>) {
                let Self { $id, $($document,)+ $($field),+ } = *self;
                $id.write(cells);
                cells.document([$($document),+]);
                $(row!(@value $field $($kind)?).write(cells);)+
            }
        }
    };
    ($row:ident $(<$life:lifetime>)? in $table:ident: $($field:ident $(as $column:literal)?),+ $(,)?) => {
        impl Row for $row $(<$life>)? {
            const TABLE: Table = Table::$table;
            const COLUMNS: &'static [&'static str] = &[$(row!(@column $field $($column)?)),+];

            fn write<'r>(&'r self, cells: &mut impl Cells<'r>) {
                let Self { $($field),+ } = self;
                $($field.write(cells);)+
            }
        }
    };
    (@value $field:ident) => { $field };
    (@value $field:ident $kind:ident) => { $kind($field) };
    (@column $field:ident) => { stringify!($field) };
    (@column $field:ident $column:literal) => { $column };
}

row!(QuoteRow in Quotes:
    quote_id, {doc_id, date, outlet}, start, end, text, kind: Word, paragraph, sentence, speaker, speaker_id,
    speaker_type: Word, speaker_role, speaker_mention, speaker_start, speaker_end, cue, cue_start, cue_end, addressee,
    via, via_start, via_end, rule, confidence, turn_id, speaker_gender: Word);

row!(StanceRow in Stances:
    quote_id, {doc_id, date, outlet}, speaker, speaker_id, target, target_id, target_type: Word, target_mention,
    target_start, target_end, stance: Word, score, article_score, confidence, rule: Word, evidence, threshold);

row!(DocumentRow<'_> in Documents:
    doc_id, location, date, outlet, title, author, url, language, characters, quotes, attributed, status, message);

row!(SpeakerRow<'_> in Speakers:
    speaker, speaker_id, speaker_type, quotes, words, documents, outlets, first_date, last_date, mean_score_given,
    mean_score_received, speaker_gender);

row!(RelationRow<'_> in Relations:
    date, outlet, speaker, speaker_id, target, target_id, quotes, favourable as "for", neutral, against, mean_score);

#[cfg(test)]
mod tests {
    use super::*;

    /// The columns of TABLES.md: the contract, written once more by hand.
    const CONTRACT: [&str; 5] = [
        "quote_id,doc_id,date,outlet,start,end,text,kind,paragraph,sentence,speaker,speaker_id,speaker_type,\
         speaker_role,speaker_mention,speaker_start,speaker_end,cue,cue_start,cue_end,addressee,via,via_start,via_end,\
         rule,confidence,turn_id,speaker_gender",
        "quote_id,doc_id,date,outlet,speaker,speaker_id,target,target_id,target_type,target_mention,target_start,\
         target_end,stance,score,article_score,confidence,rule,evidence,threshold",
        "doc_id,location,date,outlet,title,author,url,language,characters,quotes,attributed,status,message",
        "speaker,speaker_id,speaker_type,quotes,words,documents,outlets,first_date,last_date,mean_score_given,\
         mean_score_received,speaker_gender",
        "date,outlet,speaker,speaker_id,target,target_id,quotes,for,neutral,against,mean_score",
    ];

    #[test]
    fn columns_are_the_contract() {
        assert_eq!(Table::ALL.map(|table| table.columns().join(",")), CONTRACT.map(str::to_owned));
    }

    fn check_serde<R: Row + Serialize + Default>() {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.serialize(R::default()).expect("a row is flat");
        let bytes = writer.into_inner().expect("a Vec takes all bytes");
        let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        assert_eq!(String::from_utf8_lossy(header), R::TABLE.columns().join(","));
    }

    #[test]
    fn columns_are_what_serde_calls_them() {
        check_serde::<QuoteRow>();
        check_serde::<StanceRow>();
        check_serde::<DocumentRow>();
        check_serde::<SpeakerRow>();
        check_serde::<RelationRow>();
    }

    #[test]
    fn names_are_read_back() {
        for table in Table::ALL {
            assert_eq!(table.name().parse(), Ok(table));
        }
        let error = "quote".parse::<Table>().expect_err("no such table");
        assert_eq!(
            error.to_string(),
            "no table \"quote\": take one of quotes, stances, documents, speakers, relations"
        );
    }

    #[derive(Default)]
    struct Written(Vec<String>);

    impl Cells<'_> for Written {
        fn empty(&mut self) {
            self.0.push(String::new());
        }

        fn text(&mut self, text: &str) {
            self.0.push(text.to_owned());
        }

        fn quote_id(&mut self, id: QuoteId<'_>) {
            self.0.push(id.to_string());
        }

        fn integer(&mut self, integer: u64) {
            self.0.push(integer.to_string());
        }

        fn number(&mut self, number: f64) {
            self.0.push(number.to_string());
        }
    }

    #[test]
    fn what_is_not_known_is_empty() {
        let row = QuoteRow { start: 3, speaker_start: Some(5), confidence: Some(f64::NAN), ..QuoteRow::default() };
        let mut cells = Written::default();
        row.write(&mut cells);
        assert_eq!(cells.0[0], "");
        assert_eq!(cells.0[4], "3");
        assert_eq!(cells.0[15..=16], ["5", ""]);
        assert_eq!(cells.0[25], "");
        assert_eq!(cells.0.len(), QuoteRow::COLUMNS.len());
    }
}
