//! Documents through the analyzer, in parallel and in input order. The one place with threads: while a batch of chunks is
//! analysed, the one before is written and the next is read, so that memory is bounded by three batches and the tables
//! are the same bytes for any number of threads.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::ThreadPool;
use rayon::prelude::*;

use crate::analyzer::{Analysis, Analyzer};
use crate::document::Document;
use crate::input::{Chunk, Failure, Record};
use crate::lexicon::Lexicons;
use crate::output::{Encoder, OutputError, Sink};
use crate::rows::{Rows, rows};
use crate::scan::Speech;
use crate::sums::{SeenIds, Sums, SumsError};
use crate::table::{DocumentRow, Row, Table};

/// How a run is done.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Threads that analyse.
    pub threads: usize,
    /// Whether stretches that are not speech are rows too.
    pub all_quotations: bool,
    /// No speaker is named below this confidence, from 0 to 1.
    pub least_confidence: f64,
    /// What is looked for as speech.
    pub speech: Speech,
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

impl Progress {
    fn fail(&mut self, failure: &Failure) {
        self.failed += 1;
        if self.failures.len() < FAILURES_SHOWN {
            self.failures.push(failure.clone());
        }
    }

    /// Adds what was done of the documents that follow.
    fn add(&mut self, other: Progress) {
        self.documents += other.documents;
        self.failed += other.failed;
        let room = FAILURES_SHOWN.saturating_sub(self.failures.len());
        self.failures.extend(other.failures.into_iter().take(room));
        self.quotations += other.quotations;
        self.attributed += other.attributed;
        self.stances += other.stances;
        self.text_bytes += other.text_bytes;
        self.input_bytes += other.input_bytes;
    }

    /// Counts the rows of a document.
    fn count(&mut self, rows: &Rows<'_>) {
        self.quotations += u64::from(rows.document.quotes.unwrap_or(0));
        self.attributed += u64::from(rows.document.attributed.unwrap_or(0));
        self.stances += rows.stances.len() as u64;
    }
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
    let mut chunks = chunks;
    let mut read = || chunks.by_ref().take(BATCH).collect::<Vec<Chunk>>();
    let (mut batch, mut analysed) = (read(), Vec::new());
    while !batch.is_empty() {
        (batch, analysed) = run.batch(&pool, batch, analysed, &mut read, sink.as_mut())?;
        tell(&run.progress);
    }
    run.write(analysed, sink.as_mut())?;
    tell(&run.progress);
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

/// What was made of some documents: the bytes of their rows as they go into the tables, and what is counted of them.
struct Done {
    progress: Progress,
    sums: Sums,
    quotes: Vec<u8>,
    stances: Vec<u8>,
    documents: Vec<u8>,
}

/// What was made of a batch, in input order.
type Analysed = Vec<Result<Done, RunError>>;

impl Run<'_> {
    /// Analyses a batch, writes the one analysed before it and reads the next: gives what was read and what was analysed.
    fn batch(
        &mut self,
        pool: &ThreadPool,
        chunks: Vec<Chunk>,
        before: Analysed,
        read: &mut dyn FnMut() -> Vec<Chunk>,
        sink: &mut dyn Sink,
    ) -> Result<(Vec<Chunk>, Analysed), RunError> {
        self.progress.input_bytes += chunks.iter().map(|chunk| chunk.consumed).sum::<u64>();
        let mut records: Vec<Vec<Record>> = pool.install(|| chunks.into_par_iter().map(Chunk::into_records).collect());
        for record in records.iter_mut().flatten() {
            self.name(record)?;
        }
        let records: Vec<Record> = records.into_iter().flatten().collect();
        let tables: Vec<Table> = Table::ALL.into_iter().filter(|table| sink.wants(*table)).collect();
        let worker =
            Worker { lexicons: self.lexicons, encoder: self.encoder, settings: self.settings, tables: &tables };
        let mut analysed = Vec::new();
        let others = pool.in_place_scope(|scope| {
            scope.spawn(|_| {
                analysed = records.par_chunks(RECORDS_AT_ONCE).map(|records| worker.records(records)).collect();
            });
            self.write(before, sink).map(|()| read())
        });
        Ok((others?, analysed))
    }

    /// Writes what was analysed and adds it to the sums.
    fn write(&mut self, analysed: Analysed, sink: &mut dyn Sink) -> Result<(), RunError> {
        for done in analysed {
            let done = done?;
            sink.write(Table::Quotes, &done.quotes)?;
            sink.write(Table::Stances, &done.stances)?;
            sink.write(Table::Documents, &done.documents)?;
            self.progress.add(done.progress);
            self.sums.add(done.sums)?;
        }
        Ok(())
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
                self.progress.fail(failure);
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
        if !SUMS.iter().any(|table| sink.wants(*table)) {
            return Ok(());
        }
        let (speakers, relations) = self.sums.finish()?;
        write_all(speakers, self.encoder, sink)?;
        write_all(relations, self.encoder, sink)
    }
}

/// What a thread needs to turn records into rows.
#[derive(Clone, Copy)]
struct Worker<'a> {
    lexicons: &'a Lexicons,
    encoder: Encoder,
    settings: Settings,
    /// Those that are written.
    tables: &'a [Table],
}

/// The tables that are summed over the whole run.
const SUMS: [Table; 2] = [Table::Speakers, Table::Relations];

const FAILED: &str = "failed";
const SKIPPED: &str = "skipped";

impl Worker<'_> {
    fn records(&self, records: &[Record]) -> Result<Done, RunError> {
        let mut done = Done {
            progress: Progress::default(),
            sums: Sums::new(usize::MAX),
            quotes: Vec::new(),
            stances: Vec::new(),
            documents: Vec::new(),
        };
        let mut room = Analysis::default();
        for record in records {
            match record {
                Record::Document(document) => self.document(document, &mut room, &mut done)?,
                Record::Failed(failure) => self.add(&without_document(failure, FAILED), &mut done)?,
                Record::Skipped(failure) => self.add(&without_document(failure, SKIPPED), &mut done)?,
            }
        }
        Ok(done)
    }

    /// Analyses a document. Should that panic, which is a mistake in this program, the document is a failed row and the
    /// run goes on.
    fn document(&self, document: &Document, room: &mut Analysis, done: &mut Done) -> Result<(), RunError> {
        let Settings { least_confidence, speech, .. } = self.settings;
        let analyzer = Analyzer::new(self.lexicons).with_least_confidence(least_confidence).with_speech(speech);
        let used = std::mem::take(room);
        let rows = |analysis| rows(document, analysis, self.lexicons, self.settings.all_quotations);
        if let Ok(analysis) = catch_unwind(AssertUnwindSafe(|| analyzer.analyze_reusing(document, used)))
            && let Ok(rows) = catch_unwind(AssertUnwindSafe(|| rows(&analysis)))
        {
            self.add(&rows, done)?;
            *room = analysis;
            return Ok(());
        }
        let message = "the analysis broke off, which is a mistake in onrecord: please report it with this article";
        let failure = Failure { id: document.id.clone(), location: document.location.clone(), message: message.into() };
        done.progress.fail(&failure);
        let mut rows = without_document(&failure, FAILED);
        rows.document.characters = Some(document.text.chars().count() as u32);
        self.add(&rows, done)
    }

    fn add(&self, rows: &Rows<'_>, done: &mut Done) -> Result<(), RunError> {
        if self.tables.contains(&Table::Quotes) {
            self.encoder.encode(&rows.quotes, &mut done.quotes);
        }
        if self.tables.contains(&Table::Stances) {
            self.encoder.encode(&rows.stances, &mut done.stances);
        }
        if self.tables.contains(&Table::Documents) {
            self.encoder.encode(std::slice::from_ref(&rows.document), &mut done.documents);
        }
        done.progress.count(rows);
        if SUMS.iter().any(|table| self.tables.contains(table)) {
            done.sums.add_document(&rows.quotes, &rows.stances)?;
        }
        Ok(())
    }
}

/// The one row of what gave no document.
fn without_document<'a>(failure: &'a Failure, status: &'static str) -> Rows<'a> {
    let Failure { id, location, message } = failure;
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
