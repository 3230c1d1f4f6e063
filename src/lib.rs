//! onrecord reads the news and tells who said what about whom.
pub mod analyzer;
pub mod attribution;
pub mod cli;
pub mod document;
pub mod entities;
pub mod input;
pub mod lexicon;
pub mod output;
pub mod pipeline;
pub mod rows;
pub mod scan;
pub mod span;
pub mod sums;
pub mod table;
pub use analyzer::{Analysis, Analyzer};
pub use document::Document;
pub use lexicon::Lexicons;
pub use span::Span;
