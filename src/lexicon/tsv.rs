//! Lexicon files to rows: tab-separated, no quoting, `#` comments, one header row. Knows no file's meaning; an error
//! names file, line, column and what to do.

use serde::de::DeserializeOwned;

/// What is wrong with a lexicon or gazetteer file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {message}", line.map(|line| format!(":{line}")).unwrap_or_default())]
pub struct LexiconError {
    /// The file as the user knows it.
    pub file: String,
    /// 1-based line, where one is to blame.
    pub line: Option<u64>,
    /// What is wrong, and the remedy.
    pub message: String,
}

impl LexiconError {
    /// An error at a line of a file.
    pub fn at(file: &str, line: u64, message: impl Into<String>) -> Self {
        Self { file: file.into(), line: Some(line), message: message.into() }
    }

    /// An error of a file as a whole.
    pub fn file(file: &str, message: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, message: message.into() }
    }
}

/// A row and the line it stands on.
#[derive(Clone, Debug)]
pub struct Row<T> {
    /// 1-based.
    pub line: u64,
    /// What stands there.
    pub value: T,
}

/// The rows of a tab-separated file.
///
/// # Errors
/// The first row that does not fit `T`, with its line and the column to blame.
pub fn rows<T: DeserializeOwned>(file: &str, text: &str) -> Result<Vec<Row<T>>, LexiconError> {
    separated_rows(file, text, b'\t')
}

/// The rows of a file whose columns `delimiter` separates; quoting is read where that is not a tab.
///
/// # Errors
/// As for [`rows`].
pub fn separated_rows<T: DeserializeOwned>(file: &str, text: &str, delimiter: u8) -> Result<Vec<Row<T>>, LexiconError> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .quoting(delimiter != b'\t')
        .comment(Some(b'#'))
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().map_err(|error| LexiconError::file(file, error.to_string()))?.clone();
    let mut found = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => return Ok(found),
            Ok(true) => {}
            Err(error) => return Err(LexiconError::file(file, error.to_string())),
        }
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() > header.len() {
            let message = format!("{} cells, but the header has {}: remove the extra tab", record.len(), header.len());
            return Err(LexiconError::at(file, line, message));
        }
        while record.len() < header.len() {
            record.push_field("");
        }
        let value = record.deserialize(Some(&header)).map_err(|error| explain(file, line, &header, &record, &error))?;
        found.push(Row { line, value });
    }
}

fn explain(
    file: &str,
    line: u64,
    header: &csv::StringRecord,
    record: &csv::StringRecord,
    error: &csv::Error,
) -> LexiconError {
    let csv::ErrorKind::Deserialize { err, .. } = error.kind() else {
        return LexiconError::at(file, line, error.to_string());
    };
    let message = match err.field().map(|field| field as usize) {
        Some(field) => format!(
            "{} \"{}\" does not fit: {}",
            header.get(field).unwrap_or("column"),
            record.get(field).unwrap_or(""),
            err.kind()
        ),
        None => err.kind().to_string(),
    };
    LexiconError::at(file, line, message)
}

/// The values of a cell that holds several, joined with `|`.
pub fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    struct Word {
        word: String,
        value: i8,
    }

    #[test]
    fn a_row_knows_its_line() {
        let found: Vec<Row<Word>> = rows("x.tsv", "# note\nword\tvalue\n\"odd\t3\n").expect("a good file");
        assert_eq!((found[0].line, found[0].value.word.as_str(), found[0].value.value), (3, "\"odd", 3));
    }

    #[test]
    fn an_error_names_file_line_and_column() {
        let error = rows::<Word>("x.tsv", "word\tvalue\nlow\thigh\n").expect_err("high is no number");
        assert_eq!(error.to_string(), "x.tsv:2: value \"high\" does not fit: invalid digit found in string");
        let error = rows::<Word>("x.tsv", "word\tvalue\na\t1\tb\n").expect_err("a cell too many");
        assert_eq!(error.to_string(), "x.tsv:2: 3 cells, but the header has 2: remove the extra tab");
    }
}
