//! Documents through the analyzer, in parallel and in input order. The one place with threads: a batch of chunks is
//! analysed at a time and written before the next is read, so that memory is bounded by the batch and the tables are
//! the same bytes for any number of threads.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::ThreadPool;
use rayon::prelude::*;

use crate::analyzer::Analyzer;
use crate::document::Document;
use crate::input::{Chunk, Failure, Record};
use crate::lexicon::Lexicons;
use crate::output::{Encoder, OutputError, Sink};
use crate::rows::{Rows, rows};
use crate::sums::{SeenIds, Sums, SumsError};
use crate::table::{DocumentRow, Row, Table};

/// How a run is done.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Threads that analyse.
    pub threads: usize,
    /// Whether stretches that are not speech are rows too.
    pub all_quotations: bool,
}

/// What a run did so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Documents read.
    pub documents: u64,
    /// Records that could not be read.
    pub failed: u64,
    /// The first few of them, for the reader of the terminal.
    pub failures: Vec<Failure>,
    /// Quotations found.
    pub quotations: u64,
    /// Quotations with a speaker.
    pub attributed: u64,
    /// Stances found.
    pub stances: u64,
    /// Bytes of the texts.
    pub text_bytes: u64,
    /// Bytes of the files on the disk.
    pub input_bytes: u64,
}

/// Why a run ended early.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The threads could not be started.
    #[error("cannot start {threads} threads ({message}): take fewer with --threads")]
    Threads {
        /// As many as were asked for.
        threads: usize,
        /// What the system says.
        message: String,
    },
    /// A table could not be written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// The sums could not be kept.
    #[error(transparent)]
    Sums(#[from] SumsError),
}

/// Chunks of about half a MiB that are in memory at a time, with all that is made of them.
const BATCH: usize = 6;
/// Documents that a thread takes at a time.
const RECORDS_AT_ONCE: usize = 16;
/// At most this many failures are kept to be shown; all are rows of the documents table.
const FAILURES_SHOWN: usize = 5;

/// Analyses all chunks and writes the tables that `sink` wants. `tell` hears of every batch.
///
/// # Errors
/// A table that cannot be written, a reader of stdout that went away, temporary files that fail.
pub fn run(
    chunks: impl Iterator<Item = Chunk>,
    lexicons: &Lexicons,
    encoder: Encoder,
    mut sink: Box<dyn Sink>,
    settings: Settings,
    tell: &mut dyn FnMut(&Progress),
) -> Result<Progress, RunError> {
    let threads = settings.threads.max(1);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| RunError::Threads { threads, message: error.to_string() })?;
    let mut run = Run {
        lexicons,
        encoder,
        settings,
        ids: SeenIds::new(SeenIds::LIMIT),
        sums: Sums::new(Sums::MEMORY),
        progress: Progress::default(),
    };
    let mut chunks = chunks.peekable();
    while chunks.peek().is_some() {
        let batch: Vec<Chunk> = chunks.by_ref().take(BATCH).collect();
        run.batch(&pool, batch, sink.as_mut())?;
        tell(&run.progress);
    }
    let progress = std::mem::take(&mut run.progress);
    run.write_sums(sink.as_mut())?;
    sink.finish()?;
    Ok(progress)
}

struct Run<'a> {
    lexicons: &'a Lexicons,
    encoder: Encoder,
    settings: Settings,
    ids: SeenIds,
    sums: Sums,
    progress: Progress,
}

/// A chunk's rows, and their bytes as they go into the tables.
#[derive(Default)]
struct Done {
    rows: Vec<Rows>,
    quotes: Vec<u8>,
    stances: Vec<u8>,
    documents: Vec<u8>,
}

impl Run<'_> {
    fn batch(&mut self, pool: &ThreadPool, chunks: Vec<Chunk>, sink: &mut dyn Sink) -> Result<(), RunError> {
        self.progress.input_bytes += chunks.iter().map(|chunk| chunk.consumed).sum::<u64>();
        let mut read: Vec<Vec<Record>> = pool.install(|| chunks.into_par_iter().map(Chunk::into_records).collect());
        for record in read.iter_mut().flatten() {
            self.name(record)?;
        }
        let worker = Worker {
            lexicons: self.lexicons,
            encoder: self.encoder,
            all_quotations: self.settings.all_quotations,
            quotes: sink.wants(Table::Quotes),
            stances: sink.wants(Table::Stances),
            documents: sink.wants(Table::Documents),
        };
        let records: Vec<Record> = read.into_iter().flatten().collect();
        let done: Vec<Done> =
            pool.install(|| records.par_chunks(RECORDS_AT_ONCE).map(|records| worker.records(records)).collect());
        let sums = sink.wants(Table::Speakers) || sink.wants(Table::Relations);
        for done in done {
            sink.write(Table::Quotes, &done.quotes)?;
            sink.write(Table::Stances, &done.stances)?;
            sink.write(Table::Documents, &done.documents)?;
            for rows in &done.rows {
                self.count(rows);
                if sums {
                    self.sums.add_document(&rows.quotes, &rows.stances)?;
                }
            }
        }
        Ok(())
    }

    fn count(&mut self, rows: &Rows) {
        self.progress.quotations += u64::from(rows.document.quotes.unwrap_or(0));
        self.progress.attributed += u64::from(rows.document.attributed.unwrap_or(0));
        self.progress.stances += rows.stances.len() as u64;
        if rows.document.status == FAILED && rows.document.characters.is_some() {
            let DocumentRow { doc_id: id, location, message, .. } = rows.document.clone();
            self.fail(Failure { id, location, message });
        }
    }

    fn fail(&mut self, failure: Failure) {
        self.progress.failed += 1;
        if self.progress.failures.len() < FAILURES_SHOWN {
            self.progress.failures.push(failure);
        }
    }

    /// Gives a record an id of its own and counts it.
    fn name(&mut self, record: &mut Record) -> Result<(), RunError> {
        match record {
            Record::Document(document) => {
                self.progress.documents += 1;
                self.progress.text_bytes += document.text.len() as u64;
                self.make_unique(&mut document.id, &mut document.message)?;
            }
            Record::Failed(failure) => {
                self.make_unique(&mut failure.id, &mut failure.message)?;
                self.fail(failure.clone());
            }
            Record::Skipped(skipped) => self.make_unique(&mut skipped.id, &mut skipped.message)?,
        }
        Ok(())
    }

    /// Gives the second of two equal ids a suffix, and says so.
    fn make_unique(&mut self, id: &mut String, message: &mut String) -> Result<(), RunError> {
        if let Some(other) = self.ids.unique(id)? {
            add_note(message, &format!("id \"{id}\" was taken: this document is \"{other}\""));
            *id = other;
        }
        Ok(())
    }

    fn write_sums(self, sink: &mut dyn Sink) -> Result<(), RunError> {
        if !sink.wants(Table::Speakers) && !sink.wants(Table::Relations) {
            return Ok(());
        }
        let (speakers, relations) = self.sums.finish()?;
        write_all(speakers, self.encoder, sink)?;
        write_all(relations, self.encoder, sink)
    }
}

/// What a thread needs to turn records into rows.
#[allow(clippy::struct_excessive_bools)] // One for each table that may be left out.
#[derive(Clone, Copy)]
struct Worker<'a> {
    lexicons: &'a Lexicons,
    encoder: Encoder,
    all_quotations: bool,
    quotes: bool,
    stances: bool,
    documents: bool,
}

const FAILED: &str = "failed";
const SKIPPED: &str = "skipped";

impl Worker<'_> {
    fn records(self, records: &[Record]) -> Done {
        let mut done = Done::default();
        for record in records {
            let rows = match record {
                Record::Document(document) => self.document(document),
                Record::Failed(failure) => without_document(failure, FAILED),
                Record::Skipped(failure) => without_document(failure, SKIPPED),
            };
            if self.quotes {
                self.encoder.encode(&rows.quotes, &mut done.quotes);
            }
            if self.stances {
                self.encoder.encode(&rows.stances, &mut done.stances);
            }
            if self.documents {
                self.encoder.encode(std::slice::from_ref(&rows.document), &mut done.documents);
            }
            done.rows.push(rows);
        }
        done
    }

    /// The rows of a document. Should the analysis panic, which is a mistake in this program, the document is a failed
    /// row and the run goes on.
    fn document(self, document: &Document) -> Rows {
        let analysis = || {
            let analysis = Analyzer::new(self.lexicons).analyze(document);
            rows(document, &analysis, self.lexicons, self.all_quotations)
        };
        catch_unwind(AssertUnwindSafe(analysis)).unwrap_or_else(|_| {
            let message = "the analysis broke off, which is a mistake in onrecord: please report it with this article";
            let failure =
                Failure { id: document.id.clone(), location: document.location.clone(), message: message.into() };
            let mut rows = without_document(&failure, FAILED);
            rows.document.characters = Some(document.text.chars().count() as u32);
            rows
        })
    }
}

/// The one row of what gave no document.
fn without_document(failure: &Failure, status: &'static str) -> Rows {
    let Failure { id, location, message } = failure.clone();
    let document = DocumentRow { doc_id: id, location, status, message, ..DocumentRow::default() };
    Rows { document, ..Rows::default() }
}

fn add_note(message: &mut String, note: &str) {
    if !message.is_empty() {
        message.push_str("; ");
    }
    message.push_str(note);
}

/// Rows are encoded and written this many at a time.
const ROWS_AT_ONCE: usize = 1000;

fn write_all<R: Row>(
    rows: impl Iterator<Item = Result<R, SumsError>>,
    encoder: Encoder,
    sink: &mut dyn Sink,
) -> Result<(), RunError> {
    let mut rows = rows.peekable();
    let mut bytes = Vec::new();
    while rows.peek().is_some() {
        let some = rows.by_ref().take(ROWS_AT_ONCE).collect::<Result<Vec<R>, _>>()?;
        bytes.clear();
        encoder.encode(&some, &mut bytes);
        sink.write(R::TABLE, &bytes)?;
    }
    Ok(())
}
