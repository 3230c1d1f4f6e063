//! A gazetteer to measure with: `cargo run --release --example gazetteer -- 250000 > big.tsv` writes so many invented
//! people, each with one other name. Always the same ones for a number.

use std::error::Error;
use std::io::{BufWriter, ErrorKind, Write};

const ONSETS: [&str; 20] =
    ["b", "br", "d", "dr", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w"];
const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ae", "ei", "ou"];
const ENDS: [&str; 10] = ["n", "l", "r", "s", "th", "ck", "m", "nd", "x", "y"];

fn main() -> Result<(), Box<dyn Error>> {
    let people: u64 = std::env::args().nth(1).ok_or("say how many people: gazetteer 250000")?.parse()?;
    match write(people, BufWriter::new(std::io::stdout().lock())) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => Ok(done?),
    }
}

fn write(people: u64, mut out: impl Write) -> std::io::Result<()> {
    writeln!(out, "name\taliases\tid\ttype\trole\tcountry\tparty\tgender")?;
    for number in 0..people {
        // About 3,000 first names and 200,000 family names, as in a large country.
        let (first, second) = (name(number % 3001, 2), name(number % 1999 + 7, 2));
        let family = name(number * 7919 % 200_003, 3);
        let gender = if number % 2 == 0 { "f" } else { "m" };
        writeln!(out, "{first} {family}\t{first} {second} {family}\tX{number}\tperson\t\t\t\t{gender}")?;
    }
    out.flush()
}

/// The name with a number: so many syllables, the last one closed.
fn name(mut number: u64, syllables: usize) -> String {
    let mut pick = |from: &[&'static str]| {
        let at = number as usize % from.len();
        number /= from.len() as u64;
        from[at]
    };
    let mut word = String::new();
    for _ in 0..syllables {
        word += pick(&ONSETS);
        word += pick(&VOWELS);
    }
    word += pick(&ENDS);
    word[..1].to_uppercase() + &word[1..]
}
