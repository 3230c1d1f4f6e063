//! A corpus to measure with: `cargo run --release --example corpus -- 500MB > big.jsonl`, a second number is the seed.
//! One generated article a line, always the same ones for a size and seed.

#[path = "../benches/corpus/mod.rs"]
mod corpus;

use std::error::Error;
use std::io::{BufWriter, ErrorKind, Write};

/// Articles are written whole: the last one may go a little past the size.
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let size = bytes(&arguments.next().ok_or("say how much: corpus 500MB [SEED]")?)?;
    let seed = arguments.next().map_or(Ok(1), |seed| seed.parse())?;
    match write(size, seed, BufWriter::new(std::io::stdout().lock())) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => Ok(done?),
    }
}

fn write(size: u64, seed: u64, mut out: impl Write) -> std::io::Result<()> {
    let mut written = 0;
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
    }
    out.flush()
}

/// The number that `500MB`, `2GB`, `64kB` or `1000` names, in powers of ten.
fn bytes(size: &str) -> Result<u64, String> {
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
