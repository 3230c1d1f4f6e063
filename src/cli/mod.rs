//! The command line: what can be asked, and how its answer becomes an exit code.

mod eval;
mod explain;
mod gazetteer;
mod lexicon;
mod scan;
mod stance;

use std::error::Error;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand};

use crate::check;
use crate::lexicon::Lexicons;
use crate::lexicon::files::Files;
use crate::lexicon::tsv::LexiconError;
use crate::output::{Format, OutputError, Unfinished};
use crate::scan::Speech;
use crate::table::Table;

/// Reads the news and tells who said what about whom.
#[derive(Debug, Parser)]
#[command(name = "onrecord", version, max_term_width = 100, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read articles, write tables: who said what about whom.
    Scan(Box<scan::Options>),
    /// Show one article with its quotations, speakers and stances, and why.
    Explain(explain::Options),
    /// Tell what given texts think of given parties, by the word lists alone.
    Stance(stance::Options),
    /// Measure how often it is right, on articles that you annotated.
    Eval(eval::Options),
    /// Turn lists of names in other formats into tables for --gazetteer.
    #[command(subcommand)]
    Gazetteer(gazetteer::Command),
    /// Check the word lists, try them on a text, or write the built-in ones out for editing.
    #[command(subcommand)]
    Lexicon(lexicon::Command),
}

/// Options of every command that analyses.
#[derive(Debug, Args)]
#[command(next_help_heading = "Names and words")]
struct LexiconOptions {
    /// Folder with word lists: `cues.tsv` there replaces the built-in list, `cues.add.tsv` adds its rows to it
    #[arg(long, value_name = "DIR")]
    lexicons: Option<PathBuf>,
    /// Table of parties to know by name (TSV or CSV; columns name, aliases, id, type, role, country, party, gender, noun, state;
    /// only name is required); may be given several times
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
}

impl LexiconOptions {
    /// The lists with the user's.
    ///
    /// # Errors
    /// All that keeps them from being read, a line each.
    fn load(&self) -> Result<Lexicons, Box<dyn Error>> {
        self.load_telling(tell_replaced)
    }

    /// The same; `tell` sees the files first.
    fn load_telling(&self, tell: impl FnOnce(&Files)) -> Result<Lexicons, Box<dyn Error>> {
        let (files, gazetteers) = Lexicons::sources(self.lexicons.as_deref(), &self.gazetteer)?;
        tell(&files);
        Lexicons::read(&files, &gazetteers).map_err(|first| {
            let all = check::unreadable(&files, &gazetteers);
            // A list as a whole may be at fault, not a row.
            if all.is_empty() { first.into() } else { told(&all).into() }
        })
    }
}

/// Tells of lists of the user's that replace a built-in one and hold much less: a name without `.add` is an easy slip.
fn tell_replaced(files: &Files) {
    for (file, message) in check::scant_replacements(files) {
        say(&format!("onrecord: {file}: {message}"));
    }
}

/// Errors that are told one by one; of more, how many.
const TOLD: usize = 20;

/// A line for each error.
fn told(errors: &[LexiconError]) -> String {
    let mut lines: Vec<String> = errors.iter().take(TOLD).map(ToString::to_string).collect();
    if errors.len() > TOLD {
        lines.push(format!("and {} more: onrecord lexicon check tells all", errors.len() - TOLD));
    }
    lines.join("\nonrecord: ")
}

/// How a run ended, as scripts see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// All done.
    Done,
    /// Done, but some records could not be read.
    SomeFailed,
    /// Nothing done: usage, unreadable lexicon, unwritable output, no record that could be read.
    Nothing,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::SomeFailed => ExitCode::from(1),
            Outcome::Nothing => ExitCode::from(2),
        }
    }
}

/// Runs the program with the arguments it was started with.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::try_parse().unwrap_or_else(|error| {
        if let Some(hint) = command_missing(&error) {
            say(&hint);
            std::process::exit(2);
        }
        error.exit()
    });
    let outcome = match cli.command {
        Command::Scan(options) => scan::run(&options),
        Command::Explain(options) => explain::run(&options),
        Command::Stance(options) => stance::run(&options),
        Command::Eval(options) => eval::run(&options),
        Command::Gazetteer(command) => gazetteer::run(&command),
        Command::Lexicon(command) => lexicon::run(&command),
    };
    match outcome {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            say(&format!("onrecord: {error}"));
            Outcome::Nothing.into()
        }
    }
}

/// What to say where a file stands in the place of a command.
fn command_missing(error: &clap::Error) -> Option<String> {
    let first = std::env::args_os().nth(1).map(PathBuf::from)?;
    let is_file = error.kind() == ErrorKind::InvalidSubcommand && first.exists();
    let file = first.display();
    is_file.then(|| {
        format!(
            "onrecord: {file}: a command must stand before it: onrecord scan {file} -o out writes tables to the folder out, \
             onrecord explain {file} shows one article"
        )
    })
}

/// A confidence as an option gives it.
fn confidence(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "give a number from 0 to 1, such as 0.7".to_owned())
}

/// The exit code that shells expect of a program stopped by Ctrl-C.
const STOPPED: i32 = 130;

/// Makes Ctrl-C and a scheduler's stop end the program and remove what it has begun to write, which is to be set as soon as
/// there is any; `lost` tells of it.
fn remove_when_stopped(lost: &'static str) -> Arc<OnceLock<Unfinished>> {
    let begun: Arc<OnceLock<Unfinished>> = Arc::default();
    let begun_here = Arc::clone(&begun);
    let stop = move || {
        let end = || {
            say(&format!("onrecord: stopped before the end: {lost}"));
            std::process::exit(STOPPED);
        };
        begun_here.get().map_or_else(end, |unfinished| unfinished.remove_and(end));
    };
    // Where no handler can be set, a stop leaves files `.quotes.csv.…` behind, and that is all.
    let _ = ctrlc::set_handler(stop);
    begun
}

/// A line to the person at the terminal, or the log of the scheduler. Nothing can be done where that is closed.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Bytes to standard output. That its reader went away is no fault.
fn print(bytes: &[u8]) -> Result<(), OutputError> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(OutputError::Stream(error)),
        _ => Ok(()),
    }
}

/// Whether a file is a table that an earlier run wrote, by its name and its first columns.
fn is_own_table(path: &Path) -> bool {
    let (stem, ending) = (path.file_stem(), path.extension());
    let table = Table::ALL.iter().find(|table| stem.is_some_and(|stem| stem == table.name()));
    let format = Format::ALL.iter().any(|format| ending.is_some_and(|ending| ending == format.name()));
    table.is_some_and(|table| format && is_table(*table, path))
}

/// Whether a file begins as a table does, with its first columns: a file of that name may hold articles.
fn is_table(table: Table, path: &Path) -> bool {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(200).read_to_end(&mut start));
    let text = String::from_utf8_lossy(&start);
    let words: Vec<&str> = text.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_').collect();
    let mut words = words.into_iter().filter(|word| !word.is_empty());
    // Of JSON lines a value stands between the names of the columns.
    let told = if text.starts_with('{') { 1 } else { 2 };
    read.is_ok() && table.columns().iter().take(told).all(|column| words.next() == Some(column))
}

/// So many of something, in words.
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// What is looked for as speech.
fn speech(transcripts: bool) -> Speech {
    if transcripts { Speech::WithTurns } else { Speech::Marked }
}
