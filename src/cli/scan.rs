//! `onrecord scan`: articles in, tables out.

use std::error::Error;
use std::io::{IsTerminal, stderr, stdout};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use indicatif::{HumanBytes, ProgressBar, ProgressStyle};

use super::{LexiconOptions, Outcome, counted, is_own_table, say};
use crate::input::{self, FieldMap, Input, Inputs, Reader};
use crate::output::{Encoder, Folder, Format, OutputError, Sink, Stream, Style};
use crate::pipeline::{self, Progress, RunError, Settings};
use crate::table::Table;

const EXAMPLES: &str = "\
Examples:
  onrecord scan articles/ -o out                     a folder of articles to five tables in out/
  onrecord scan today.jsonl.gz -o out --excel        tables that open right by a double click
  cat today.csv | onrecord scan - --table quotes -o - --map text=Body | head";

/// Options of `scan`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[allow(clippy::struct_excessive_bools)] // Independent switches.
pub(super) struct Options {
    /// Files, folders (read with all that is in them), or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// Columns or keys that hold a field, where they have other names than the usual: text=Body,date=Pub;
    /// may be given several times
    #[arg(long, value_name = "FIELD=NAME,...", help_heading = "Input")]
    map: Vec<String>,
    /// Format of standard input and of files whose name does not tell: txt, jsonl, json, csv, tsv
    #[arg(long, value_name = "FORMAT", help_heading = "Input")]
    input_format: Option<input::Format>,
    /// Which number of dates such as 03/04/2026 is the day: dmy or mdy [default: such dates stay empty]
    #[arg(long, value_name = "ORDER", help_heading = "Input")]
    date_order: Option<input::DateOrder>,
    /// Longest article in MiB; a longer one is a failed record
    #[arg(long, value_name = "MIB", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=1024), help_heading = "Input")]
    max_document: u32,

    /// Folder for the tables; - for one on standard output: that of --table, or quotes
    #[arg(short, long, value_name = "DIR", help_heading = "Output")]
    output: PathBuf,
    /// Only this table: quotes, stances, documents, speakers, relations
    #[arg(long, value_name = "TABLE", help_heading = "Output")]
    table: Option<Table>,
    /// Format of the tables: csv, tsv, jsonl
    #[arg(long, value_name = "FORMAT", default_value_t = Format::Csv, help_heading = "Output")]
    format: Format,
    /// CSV that opens right by a double click (BOM, CRLF, one line a row, no formulas, cells Excel can hold)
    #[arg(long, help_heading = "Output")]
    excel: bool,
    /// Sign between the cells; ';' where Excel expects it, as in much of Europe
    #[arg(long, value_name = "SIGN", value_parser = delimiter, help_heading = "Output")]
    delimiter: Option<u8>,
    /// Rows also for the turns of transcripts, which have no marks: `TARN: Who will pay?`, `Q: Who will pay?`
    #[arg(long, help_heading = "Output")]
    transcripts: bool,
    /// Rows also for stretches between marks that are not speech (titles, terms), with kind `other`
    #[arg(long, help_heading = "Output")]
    all_quotations: bool,
    /// No speaker where the confidence is below X, from 0 to 1: such quotations stay rows without speaker and stances
    #[arg(long, value_name = "X", default_value_t = 0.0, hide_default_value = true, value_parser = super::confidence, help_heading = "Output")]
    min_confidence: f64,

    #[command(flatten)]
    lexicons: LexiconOptions,

    /// Threads to work with; the tables are the same for any number [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512), help_heading = "Run")]
    threads: Option<u16>,
    /// No progress and no closing summary
    #[arg(short, long, help_heading = "Run")]
    quiet: bool,
}

pub(super) fn run(options: &Options) -> Result<Outcome, Box<dyn Error>> {
    let started = Instant::now();
    let style = Style::new(options.format, options.excel, options.delimiter)?;
    // Taken down piece by piece at the end they would cost a twentieth of the start.
    let lexicons = if options.quiet { options.lexicons.load_telling(|_| {}) } else { options.lexicons.load() };
    let lexicons = ManuallyDrop::new(lexicons?);
    let input_options = options.input()?;
    let inputs = input::expand(&options.inputs, &input_options)?;
    options.spare(&inputs, style)?;
    options.tell_left_out(&inputs);
    let sink = match options.sink(style) {
        Err(OutputError::Closed) => return Ok(Outcome::Done),
        sink => sink?,
    };
    let bar = options.progress_bar(inputs.size);
    let settings = options.settings();
    let mut tell = |progress: &Progress| {
        bar.set_position(progress.input_bytes);
        bar.set_message(format!("{} documents", progress.documents));
    };
    let has_columns = inputs.files.iter().any(|file| !matches!(file.format, None | Some(input::Format::Txt)));
    let reader = Reader::new(inputs, &input_options);
    let result = pipeline::run(reader, &lexicons, Encoder::new(style), sink, settings, &mut tell);
    bar.finish_and_clear();
    match result {
        Ok(progress) => {
            let unnamed = unnamed_columns(&progress).filter(|_| has_columns);
            Ok(options.close(&progress, unnamed.as_deref(), started))
        }
        Err(RunError::Output(OutputError::Closed)) => Ok(Outcome::Done),
        Err(error) => Err(error.into()),
    }
}

impl Options {
    fn input(&self) -> Result<input::Options, input::InputError> {
        let map = FieldMap::parse_all(&self.map)?;
        let max_document = (self.max_document as usize) << 20;
        Ok(input::Options {
            map,
            format: self.input_format,
            date_order: self.date_order,
            read_signs: true,
            max_document,
            is_own: is_own_table,
        })
    }

    /// That no table is written over what is to be read.
    ///
    /// # Errors
    /// Names the input and the remedy.
    fn spare(&self, inputs: &Inputs, style: Style) -> Result<(), String> {
        let Ok(folder) = std::fs::canonicalize(&self.output) else { return Ok(()) };
        let tables = self.table.map_or_else(|| Table::ALL.to_vec(), |table| vec![table]);
        let written: Vec<PathBuf> = tables.iter().map(|table| folder.join(style.file_name(*table))).collect();
        let lost = |input: &&Input| {
            let path = Path::new(&input.name);
            let named = written.iter().any(|table| table.file_name() == path.file_name());
            named && std::fs::canonicalize(path).is_ok_and(|path| written.contains(&path))
        };
        inputs.files.iter().find(lost).map_or(Ok(()), |input| {
            Err(format!("{}: a table of that name would be written over it: choose another folder with -o", input.name))
        })
    }

    fn sink(&self, style: Style) -> Result<Box<dyn Sink + Send>, OutputError> {
        let to_stdout = self.output == Path::new("-");
        Ok(match self.table {
            Some(table) if to_stdout => Box::new(Stream::create(stdout(), table, style)?),
            None if to_stdout => Box::new(Stream::create(stdout(), Table::Quotes, style)?),
            Some(table) => Box::new(self.folder(&[table], style)?),
            None => Box::new(self.folder(&Table::ALL, style)?),
        })
    }

    /// The folder of the tables; Ctrl-C and a scheduler's stop leave it as it was.
    fn folder(&self, tables: &[Table], style: Style) -> Result<Folder, OutputError> {
        let begun = super::remove_when_stopped("no table was written");
        let folder = Folder::create(&self.output, tables, style)?;
        let _ = begun.set(folder.unfinished());
        Ok(folder)
    }

    fn settings(&self) -> Settings {
        Settings {
            threads: self.threads(),
            all_quotations: self.all_quotations,
            least_confidence: self.min_confidence,
            speech: super::speech(self.transcripts),
        }
    }

    fn threads(&self) -> usize {
        self.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
    }

    fn progress_bar(&self, size: Option<u64>) -> ProgressBar {
        if self.quiet || !stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let (bar, template) = match size {
            Some(size) => (ProgressBar::new(size), "{bar:30} {percent:>3} %  {msg}  {bytes_per_sec}  {eta} left"),
            None => (ProgressBar::no_length(), "{spinner}  {msg}  {bytes}  {bytes_per_sec}"),
        };
        bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()))
    }

    /// Tells which tables of an earlier run stood among the articles, and what else was left out there.
    fn tell_left_out(&self, inputs: &Inputs) {
        if self.quiet {
            return;
        }
        if let Some(first) = inputs.own.first() {
            let more = if inputs.own.len() > 1 { format!(" and {} more", inputs.own.len() - 1) } else { String::new() };
            say(&format!("onrecord: {}{more}: left out, as tables of an earlier run are no articles", first.display()));
        }
        if !inputs.others.is_empty() {
            let kinds = inputs.others.iter().map(|(ending, count)| match ending.as_str() {
                "" => format!("{count} without an ending"),
                _ => format!("{count} .{ending}"),
            });
            let kinds = kinds.collect::<Vec<_>>().join(", ");
            say(&format!("onrecord: left out for their endings: {kinds}; what is text in them, save as .txt"));
        }
    }

    /// What else is to be known of the documents, in a line; each document's own is in the documents table.
    fn remarks(&self, progress: &Progress) -> Option<String> {
        let mut parts = Vec::new();
        if progress.skipped > 0 {
            parts.push(format!("{} skipped, as nothing is to be read in them", progress.skipped));
        }
        if let Some(first) = &progress.first_note {
            parts.push(format!("{} with a remark, the first of {first}", progress.noted));
        }
        let is_written = self.table.is_none_or(|table| table == Table::Documents) && self.output != Path::new("-");
        let where_told = if is_written { "all are in the documents table" } else { "--table documents gives all" };
        (!parts.is_empty()).then(|| format!("onrecord: {}; {where_told}", parts.join("; ")))
    }

    /// The closing lines and the exit code.
    fn close(&self, progress: &Progress, unnamed: Option<&str>, started: Instant) -> Outcome {
        for failure in &progress.failures {
            say(&format!("onrecord: {failure}"));
        }
        let more = progress.failed.saturating_sub(progress.failures.len() as u64);
        let nothing = progress.read_nothing();
        if more > 0 {
            let told =
                if nothing { "--table documents -o - tells all" } else { "see status failed in the documents table" };
            say(&format!("onrecord: {more} more records could not be read: {told}"));
        }
        if nothing {
            let stays = if self.output == Path::new("-") { "" } else { ": no table was written" };
            say(&format!("onrecord: no record could be read{stays}"));
            return Outcome::Nothing;
        }
        if !self.quiet {
            if let Some(remarks) = self.remarks(progress) {
                say(&remarks);
            }
            unnamed.into_iter().for_each(say);
            say(&summary(progress, started.elapsed().as_secs_f64()));
        }
        if progress.failed == 0 { Outcome::Done } else { Outcome::SomeFailed }
    }
}

/// A sign between cells as the option gives it.
fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        [sign] if sign.is_ascii() => Ok(*sign),
        _ if matches!(text, "tab" | "\\t") => Ok(b'\t'),
        _ => Err("give one ASCII sign, such as ';' or '|', or the word tab".to_owned()),
    }
}

/// That no article has a date or an outlet, which tables need that are summed by them: the columns may have other names.
fn unnamed_columns(progress: &Progress) -> Option<String> {
    let (missing, option) = match (progress.dated, progress.with_outlet) {
        _ if progress.documents <= progress.skipped => return None,
        (0, 0) => ("a date or an outlet", "date=NAME,outlet=NAME"),
        (0, _) => ("a date", "date=NAME"),
        (_, 0) => ("an outlet", "outlet=NAME"),
        _ => return None,
    };
    Some(format!("onrecord: no article has {missing}: if the input has, name its columns with --map {option}"))
}

fn summary(progress: &Progress, seconds: f64) -> String {
    let Progress { documents, quotations, attributed, stances, text_bytes, .. } = progress;
    let share = if *quotations == 0 { 0.0 } else { 100.0 * *attributed as f64 / *quotations as f64 };
    let [documents, quotations, stances] = [documents, quotations, stances].map(|count| *count as usize);
    format!(
        "{}, {} ({share:.1} % with a speaker), {}; {} of text in {seconds:.1} s, {:.1} MB/s",
        counted(documents, "document", "documents"),
        counted(quotations, "quotation", "quotations"),
        counted(stances, "stance", "stances"),
        HumanBytes(*text_bytes),
        *text_bytes as f64 / 1e6 / seconds.max(1e-9)
    )
}
