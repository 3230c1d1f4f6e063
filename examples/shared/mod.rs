//! What the examples share: a generated corpus of a size as people write it.

#[path = "../../benches/corpus/mod.rs"]
mod corpus;

use std::io::{self, Write};

/// Writes about `size` bytes of articles, one object a line, and tells how many. Articles are written whole: the last
/// one may go a little past the size.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(size: u64, seed: u64, mut out: impl Write) -> io::Result<u64> {
    let (mut written, mut count) = (0, 0);
    for article in corpus::articles(seed) {
        if written >= size {
            break;
        }
        let object = serde_json::json!({
            "id": article.id, "date": article.date, "outlet": article.outlet, "title": article.title, "text": article.text,
        });
        let line = format!("{object}\n");
        out.write_all(line.as_bytes())?;
        written += line.len() as u64;
        count += 1;
    }
    out.flush()?;
    Ok(count)
}

/// The number that `500MB`, `2GB`, `64kB` or `1000` names, in powers of ten.
pub fn bytes(size: &str) -> Result<u64, String> {
    let digits = size.find(|character: char| !character.is_ascii_digit()).unwrap_or(size.len());
    let (number, unit) = size.split_at(digits);
    let factor = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kb" | "k" => 1_000,
        "mb" | "m" => 1_000_000,
        "gb" | "g" => 1_000_000_000,
        _ => return Err(format!("{size}: write the size as 500MB")),
    };
    number.parse::<u64>().map(|number| number * factor).map_err(|_| format!("{size}: write the size as 500MB"))
}
