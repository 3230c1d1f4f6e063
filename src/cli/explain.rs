//! `onrecord explain`: one article, shown with what was found and why.

use std::error::Error;
use std::ffi::OsStr;
use std::io::{ErrorKind, Write, stdout};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{LexiconOptions, Outcome, is_own_table, say};
use crate::analyzer::Analyzer;
use crate::document::Document;
use crate::input::{self, FieldMap, Reader, Record};
use crate::output::{NewFile, OutputError};
use crate::report::{Colour, Look, Report, Scope};

const EXAMPLES: &str = "\
Examples:
  onrecord explain article.txt                the article in the terminal, in colour
  onrecord explain today.jsonl --doc 3        the third article of a file
  onrecord explain today.csv -o page.html     a page to look at, print or send";

/// Options of `explain`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Options {
    /// A file or folder with articles, or - for standard input
    #[arg(value_name = "FILE")]
    input: PathBuf,

    /// The article to show, where there are several: its id, or its number from 1 [default: the first]
    #[arg(long, value_name = "ID|N", help_heading = "Input")]
    doc: Option<String>,
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

    /// terminal, or html: one page that needs nothing else [default: html for a file so called, else terminal]
    #[arg(long, value_name = "FORMAT", value_enum, hide_possible_values = true, help_heading = "Output")]
    format: Option<Format>,
    /// File to write to; - for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-", hide_default_value = true, help_heading = "Output")]
    output: PathBuf,
    /// Also the turns of transcripts, which have no marks: `TARN: Who will pay?`, `Q: Who will pay?`
    #[arg(long, help_heading = "Output")]
    transcripts: bool,
    /// Also stretches between marks that are not speech: titles, names, terms
    #[arg(long, help_heading = "Output")]
    all_quotations: bool,
    /// Columns to fill [default: those of the terminal, at most 100]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(30..=1000), help_heading = "Output")]
    width: Option<u16>,

    #[command(flatten)]
    lexicons: LexiconOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Terminal,
    Html,
}

pub(super) fn run(options: &Options) -> Result<Outcome, Box<dyn Error>> {
    let lexicons = options.lexicons.load()?;
    let document = options.document()?;
    let analysis = Analyzer::new(&lexicons).with_speech(super::speech(options.transcripts)).analyze(&document);
    let scope = if options.all_quotations { Scope::All } else { Scope::Speech };
    let report = Report::new(&document, &analysis, &lexicons, scope);
    let shown = match options.format() {
        Format::Terminal => report.terminal(options.look()),
        Format::Html => report.html(),
    };
    options.write(&shown)?;
    Ok(Outcome::Done)
}

/// So many ids are told where the one asked for is not there.
const IDS_TOLD: usize = 5;

impl Options {
    /// The article that is asked for. Where none is, and there are several, that is told.
    fn document(&self) -> Result<Document, Box<dyn Error>> {
        let map = FieldMap::parse_all(&self.map)?;
        let input_options = input::Options {
            map,
            format: self.input_format,
            date_order: self.date_order,
            is_own: is_own_table,
            ..input::Options::default()
        };
        let inputs = input::expand(std::slice::from_ref(&self.input), &input_options)?;
        let mut records = Reader::new(inputs, &input_options).flat_map(input::Chunk::into_records);
        let (mut ids, mut number) = (Vec::new(), 0usize);
        while let Some(record) = records.next() {
            number += 1;
            match record {
                Record::Document(document) if self.is_wanted(&document.id, number) => {
                    // Standard input may not go on for long.
                    if self.doc.is_none() && self.input != Path::new("-") && records.next().is_some() {
                        say(&format!(
                            "onrecord: {}: holds more articles: --doc 2 shows the second",
                            self.input.display()
                        ));
                    }
                    return Ok(document);
                }
                Record::Failed(failure) if self.is_wanted(&failure.id, number) => {
                    return Err(failure.to_string().into());
                }
                Record::Document(document) if ids.len() < IDS_TOLD => ids.push(document.id),
                _ => {}
            }
        }
        Err(self.not_there(&ids, number).into())
    }

    /// As asked for, or else as the name of the file tells.
    fn format(&self) -> Format {
        let is_page = |ending: &OsStr| ["html", "htm"].iter().any(|page| ending.eq_ignore_ascii_case(page));
        let told = if self.output.extension().is_some_and(is_page) { Format::Html } else { Format::Terminal };
        self.format.unwrap_or(told)
    }

    fn is_wanted(&self, id: &str, number: usize) -> bool {
        self.doc.as_deref().is_none_or(|doc| doc == id || doc.parse() == Ok(number))
    }

    fn not_there(&self, ids: &[String], number: usize) -> String {
        let file = self.input.display();
        let Some(doc) = self.doc.as_deref().filter(|_| number > 0) else { return format!("{file}: holds no article") };
        let more = if number > ids.len() { ", …" } else { "" };
        format!(
            "{file}: no article \"{doc}\" among its {number}: give a number up to {number}, or an id: {}{more}",
            ids.join(", ")
        )
    }

    fn look(&self) -> Look {
        let to_stdout = self.output == Path::new("-");
        let coloured = to_stdout && anstream::AutoStream::choice(&stdout()) != anstream::ColorChoice::Never;
        let terminal = terminal_size::terminal_size().filter(|_| to_stdout).map_or(80, |(width, _)| width.0.min(100));
        Look {
            width: usize::from(self.width.unwrap_or(terminal)),
            colour: if coloured { Colour::Ansi } else { Colour::None },
        }
    }

    fn write(&self, text: &str) -> Result<(), OutputError> {
        if self.output != Path::new("-") {
            return NewFile::create(&self.output)?.finish(text.as_bytes());
        }
        let mut out = anstream::AutoStream::new(stdout(), anstream::ColorChoice::AlwaysAnsi).lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(OutputError::Stream(error)),
            _ => Ok(()),
        }
    }
}
