//! onrecord reads the news and tells **who said what about whom**.
//!
//! One direction, few nouns:
//!
//! ```text
//! bytes -> Document -> Scan {quotations, mentions} -> Attribution -> Entities -> Stance -> rows -> sinks
//! input    document    scan                            attribution    entities    stance    table   output
//! ```
//!
//! - A stage is a function of the [`Document`], what came before and the [`Lexicons`]. It adds; it never edits.
//! - [`Analyzer::analyze`] is these stages one below the other and cannot fail: odd text gives an unclosed quotation or
//!   an unknown speaker, never an error.
//! - Attribution comes before entities: it finds the *mention* that a quotation rests on (`he`), and who speaks is what
//!   tells best whom a later pronoun means. The speaker is named last.
//! - The text stands in [`Document`] alone; everything else holds byte [`Span`]s into it. They become code points in
//!   [`rows`], once.
//! - All linguistic knowledge is data in `lexicons/`, read by [`lexicon`].
//! - Parallelism stands in [`pipeline`] alone; the output is the same bytes for any number of threads. There, too, very long
//!   texts are read in sections.
//! - Everything up to [`table`] and [`rows`] does no I/O; files and terminals stand in [`input`], [`output`], [`sums`]
//!   (temporary files), [`cli`] and, for the lexicon files, in [`lexicon::files`].
//! - [`evaluation`] measures all this on articles that people annotated, which [`evaluation::folder`] reads.
//!
//! ```
//! use onrecord::{Analyzer, Document, Lexicons, rows};
//!
//! let lexicons = Lexicons::embedded();
//! let document = Document { id: "a".into(), text: "“We won,” Ann Lee said.".into(), ..Document::default() };
//! let analysis = Analyzer::new(&lexicons).analyze(&document);
//! let rows = rows::rows(&document, &analysis, &lexicons, false);
//! assert_eq!((rows.quotes[0].text, rows.quotes[0].speaker), ("We won,", "Ann Lee"));
//! ```

pub mod analyzer;
pub mod attribution;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod document;
pub mod entities;
pub mod evaluation;
pub mod input;
pub mod lexicon;
pub mod notation;
pub mod output;
pub mod pipeline;
#[cfg(feature = "report")]
pub mod report;
mod rounding;
pub mod rows;
pub mod scan;
pub(crate) mod sections;
pub mod span;
mod spare;
pub mod stance;
pub mod sums;
pub mod table;

pub use analyzer::{Analysis, Analyzer};
pub use document::{Document, Written};
pub use lexicon::Lexicons;
pub use span::Span;
