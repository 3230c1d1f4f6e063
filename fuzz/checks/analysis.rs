//! Any text through the whole analysis to the tables' rows and the page of `explain`, some of its words drawn from news
//! prose so that the rules have something to do: each byte below 128 is a word or sign, each above a letter of its own.

use std::sync::LazyLock;

use onrecord::report::{Report, Scope};
use onrecord::rows::rows;
use onrecord::scan::Speech;
use onrecord::{Analyzer, Document, Lexicons};

static LEXICONS: LazyLock<Lexicons> = LazyLock::new(Lexicons::embedded);

const PIECES: [&str; 64] = [
    "“",
    "”",
    "\"",
    "''",
    "``",
    "'",
    "‘",
    "’",
    "«",
    "»",
    "„",
    ".",
    ",",
    ":",
    "?",
    "!",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "—",
    "(",
    ")",
    "said",
    "told",
    "asked",
    "according to",
    "who",
    "he",
    "she",
    "they",
    "it",
    "his",
    "her",
    "the",
    "a",
    "of",
    "and",
    "not",
    "but",
    "President",
    "Mr.",
    "Ann",
    "Lee",
    "Trump",
    "Russia",
    "Russian",
    "the ministry",
    "spokesman",
    "the two",
    "reporters",
    "is",
    "was",
    "liar",
    "great",
    "praised",
    "a crook",
    "in",
    "on Monday",
    "Reuters",
    "'s",
    "U.S.",
    "Q:",
];

/// Checks one input.
///
/// # Panics
/// If a promise is broken.
pub fn check(bytes: &[u8]) {
    let piece = |byte: &u8| match byte {
        0..64 => PIECES[usize::from(*byte)].to_owned(),
        64..128 => format!(" {} ", PIECES[usize::from(*byte - 64)]),
        _ => char::from(*byte).to_string(),
    };
    let document = Document { id: "a".into(), text: bytes.iter().map(piece).collect(), ..Document::default() };
    let analysis = Analyzer::new(&LEXICONS).with_speech(Speech::WithTurns).analyze(&document);
    let rows = rows(&document, &analysis, &LEXICONS, true);
    assert_eq!(rows.quotes.len(), analysis.scan.quotations.len());
    drop(Report::new(&document, &analysis, &LEXICONS, Scope::All).html());
}
