//! A corpus to measure with: `cargo run --release --example corpus -- 500MB > big.jsonl`, a second number is the seed.
//! One generated article a line, always the same ones for a size and seed.

mod shared;

use std::error::Error;
use std::io::{BufWriter, ErrorKind};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let size = shared::bytes(&arguments.next().ok_or("say how much: corpus 500MB [SEED]")?)?;
    let seed = arguments.next().map_or(Ok(1), |seed| seed.parse())?;
    match shared::write(size, seed, BufWriter::new(std::io::stdout().lock())) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => Ok(done.map(drop)?),
    }
}
