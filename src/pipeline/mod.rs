//! Documents through the analyzer, in parallel and in input order. The one place with threads: each takes the next chunk,
//! analyses it and writes what was made of it when its turn comes, or leaves it to the thread before. So memory is bounded
//! by a few chunks and the tables are the same bytes for any number of threads.

mod worker;

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::document::add_note;
use crate::input::{Chunk, Failure, Record};
use crate::lexicon::Lexicons;
use crate::output::{Encoder, OutputError, Sink};
use crate::rows::Rows;
use crate::scan::Speech;
use crate::sums::{SeenIds, Sums, SumsError};
use crate::table::{Row, Table};
use worker::{Rooms, Worker};

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
    /// Documents and files in which there was nothing to read.
    pub skipped: u64,
    /// Documents that were read and of which the documents table has something to tell.
    pub noted: u64,
    /// The first of that, with its place.
    pub first_note: Option<String>,
    /// Documents with a date.
    pub dated: u64,
    /// Documents with an outlet.
    pub with_outlet: u64,
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
    /// Whether no record could be read.
    #[must_use]
    pub fn read_nothing(&self) -> bool {
        self.failed > 0 && self.documents == 0
    }

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
        self.skipped += other.skipped;
        self.noted += other.noted;
        self.first_note = self.first_note.take().or(other.first_note);
        self.dated += other.dated;
        self.with_outlet += other.with_outlet;
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

/// Chunks a thread that may be read and not yet written.
const CHUNKS_AHEAD: u64 = 3;
/// At most this many failures are kept to be shown; all are rows of the documents table.
const FAILURES_SHOWN: usize = 5;

/// Analyses all chunks and writes the tables that `sink` wants. `tell` hears of every chunk.
///
/// # Errors
/// A table that cannot be written, a reader of stdout that went away, temporary files that fail.
pub fn run(
    chunks: impl Iterator<Item = Chunk> + Send,
    lexicons: &Lexicons,
    encoder: Encoder,
    sink: Box<dyn Sink + Send>,
    settings: Settings,
    tell: &mut (dyn FnMut(&Progress) + Send),
) -> Result<Progress, RunError> {
    let threads = settings.threads.max(1);
    let tables: Vec<Table> = Table::ALL.into_iter().filter(|table| sink.wants(*table)).collect();
    let worker = Worker { lexicons, encoder, settings, tables: &tables };
    let written = Written {
        chunks: 0,
        waiting: BTreeMap::new(),
        used: Vec::new(),
        sums: Sums::new(Sums::MEMORY),
        progress: Progress::default(),
        sink,
        tell,
    };
    let run = Run {
        ahead: CHUNKS_AHEAD * threads as u64,
        read: Mutex::new((0, chunks)),
        named: Mutex::new((0, SeenIds::new(SeenIds::LIMIT))),
        was_named: Condvar::new(),
        written: Mutex::new(written),
        was_written: Condvar::new(),
        is_over: AtomicBool::new(false),
        error: Mutex::new(None),
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            let started = thread::Builder::new().spawn_scoped(scope, || run.work(worker));
            if let Err(error) = started {
                return run.fail(RunError::Threads { threads, message: error.to_string() });
            }
        }
        run.work(worker);
    });
    let Run { written, error, .. } = run;
    if let Some(error) = error.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(error);
    }
    written.into_inner().unwrap_or_else(PoisonError::into_inner).finish(encoder, threads)
}

/// What the threads share. A chunk is read, named and written in input order, each under a lock of its own.
struct Run<'a, C> {
    /// Chunks that may be read and not yet written.
    ahead: u64,
    /// Chunks read, and those to come.
    read: Mutex<(u64, C)>,
    /// Chunks whose records have their ids, and the ids.
    named: Mutex<(u64, SeenIds)>,
    was_named: Condvar,
    written: Mutex<Written<'a>>,
    was_written: Condvar,
    /// Whether a thread failed, so that the others need not go on.
    is_over: AtomicBool,
    error: Mutex<Option<RunError>>,
}

/// What was written, and what it is written with.
struct Written<'a> {
    chunks: u64,
    /// What was made of later chunks, by their numbers.
    waiting: BTreeMap<u64, Done>,
    /// Room for more.
    used: Vec<Done>,
    sums: Sums,
    progress: Progress,
    sink: Box<dyn Sink + Send>,
    tell: &'a mut (dyn FnMut(&Progress) + Send),
}

/// What was made of a chunk: the bytes of its rows as they go into the tables, and what is counted of them.
struct Done {
    progress: Progress,
    sums: Sums,
    quotes: Vec<u8>,
    stances: Vec<u8>,
    documents: Vec<u8>,
}

impl Default for Done {
    fn default() -> Self {
        Self {
            progress: Progress::default(),
            sums: Sums::new(Sums::MEMORY_OF_PART),
            quotes: Vec::new(),
            stances: Vec::new(),
            documents: Vec::new(),
        }
    }
}

/// Ends the run when a thread panics, so that none waits for it.
struct EndOnPanic<'a, 'r, C>(&'a Run<'r, C>);

impl<C> Drop for EndOnPanic<'_, '_, C> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.end();
        }
    }
}

impl<C: Iterator<Item = Chunk>> Run<'_, C> {
    /// Takes chunk after chunk until there are no more.
    fn work(&self, worker: Worker<'_>) {
        let _guard = EndOnPanic(self);
        let mut rooms = Rooms::default();
        while let Some((number, chunk)) = self.next() {
            if let Err(error) = self.chunk(number, chunk, worker, &mut rooms) {
                self.fail(error);
            }
        }
    }

    /// The next chunk and its number, once enough of those before are written.
    fn next(&self) -> Option<(u64, Chunk)> {
        let mut read = lock(&self.read);
        let is_far_ahead = |written: &mut Written| read.0 >= written.chunks + self.ahead && !self.is_over();
        drop(self.was_written.wait_while(lock(&self.written), is_far_ahead));
        let chunk = if self.is_over() { None } else { read.1.next() };
        read.0 += 1;
        chunk.map(|chunk| (read.0 - 1, chunk))
    }

    fn chunk(&self, number: u64, chunk: Chunk, worker: Worker<'_>, rooms: &mut Rooms) -> Result<(), RunError> {
        let mut done = lock(&self.written).used.pop().unwrap_or_default();
        done.progress.input_bytes = chunk.consumed;
        let mut records = chunk.into_records();
        self.name(number, &mut records, &mut done.progress)?;
        worker.records(&records, rooms, &mut done)?;
        let mut written = lock(&self.written);
        written.add(number, done)?;
        self.was_written.notify_all();
        Ok(())
    }

    /// Gives the records ids of their own, after those of the chunks before.
    fn name(&self, number: u64, records: &mut [Record], progress: &mut Progress) -> Result<(), RunError> {
        let is_early = |named: &mut (u64, SeenIds)| named.0 < number && !self.is_over();
        let mut named = self.was_named.wait_while(lock(&self.named), is_early).unwrap_or_else(PoisonError::into_inner);
        for record in records {
            name(record, &mut named.1, progress)?;
        }
        named.0 += 1;
        self.was_named.notify_all();
        Ok(())
    }
}

impl<C> Run<'_, C> {
    fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }

    /// Ends the run with its first error.
    fn fail(&self, error: RunError) {
        lock(&self.error).get_or_insert(error);
        self.end();
    }

    fn end(&self) {
        self.is_over.store(true, Ordering::Relaxed);
        // A thread between its look and its sleep would miss the call: it has the lock.
        drop(lock(&self.named));
        self.was_named.notify_all();
        drop(lock(&self.written));
        self.was_written.notify_all();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Gives a record an id of its own and counts it.
fn name(record: &mut Record, ids: &mut SeenIds, progress: &mut Progress) -> Result<(), RunError> {
    match record {
        Record::Document(document) => {
            progress.documents += 1;
            progress.text_bytes += document.text.len() as u64;
            make_unique(&mut document.id, &mut document.message, ids)
        }
        Record::Failed(failure) => {
            make_unique(&mut failure.id, &mut failure.message, ids)?;
            progress.fail(failure);
            Ok(())
        }
        Record::Skipped(skipped) => make_unique(&mut skipped.id, &mut skipped.message, ids),
    }
}

/// Gives the second of two equal ids a suffix, and says so.
fn make_unique(id: &mut String, message: &mut String, ids: &mut SeenIds) -> Result<(), RunError> {
    if let Some(other) = ids.unique(id)? {
        add_note(message, &format!("id \"{id}\" was taken: this document is \"{other}\""));
        *id = other;
    }
    Ok(())
}

impl Written<'_> {
    /// Writes what was made of a chunk and of those that waited for it, or lets it wait.
    fn add(&mut self, number: u64, done: Done) -> Result<(), RunError> {
        self.waiting.insert(number, done);
        while let Some(done) = self.waiting.remove(&self.chunks) {
            self.write(done)?;
            self.chunks += 1;
            (self.tell)(&self.progress);
        }
        Ok(())
    }

    fn write(&mut self, mut done: Done) -> Result<(), RunError> {
        let tables = [
            (Table::Quotes, &mut done.quotes),
            (Table::Stances, &mut done.stances),
            (Table::Documents, &mut done.documents),
        ];
        for (table, bytes) in tables {
            self.sink.write(table, bytes)?;
            bytes.clear();
        }
        self.progress.add(std::mem::take(&mut done.progress));
        self.sums.add(&mut done.sums)?;
        self.used.push(done);
        Ok(())
    }

    /// Writes the sums and ends the tables. Where nothing could be read the old ones stay, which are worth more than empty ones.
    fn finish(mut self, encoder: Encoder, threads: usize) -> Result<Progress, RunError> {
        if self.progress.read_nothing() {
            return Ok(self.progress);
        }
        if SUMS.iter().any(|table| self.sink.wants(*table)) {
            write_sums(self.sums, encoder, self.sink.as_mut(), threads)?;
        }
        self.sink.finish()?;
        Ok(self.progress)
    }
}

fn write_sums(sums: Sums, encoder: Encoder, sink: &mut (dyn Sink + Send), threads: usize) -> Result<(), RunError> {
    let sink = Mutex::new(sink);
    let rows = || SumRows { encoder, bytes: Vec::new(), sink: &sink };
    let (speakers, relations) = sums.finish();
    let write_speakers = || {
        let mut rows = rows();
        speakers.give(|row| rows.add(row)).and_then(|()| rows.write(Table::Speakers))
    };
    let write_relations = || {
        let mut rows = rows();
        relations.give(|row| rows.add(row)).and_then(|()| rows.write(Table::Relations))
    };
    if threads == 1 {
        return write_speakers().and_then(|()| write_relations());
    }
    thread::scope(|scope| {
        let speakers = scope.spawn(write_speakers);
        let relations = write_relations();
        speakers.join().unwrap_or_else(|panic| resume_unwind(panic)).and(relations)
    })
}

/// Bytes of the sums' rows that are written at a time.
const BYTES_AT_ONCE: usize = 1 << 16;

/// Rows of the sums on their way to their table.
struct SumRows<'a, 's> {
    encoder: Encoder,
    bytes: Vec<u8>,
    sink: &'a Mutex<&'s mut (dyn Sink + Send)>,
}

impl SumRows<'_, '_> {
    fn add<R: Row>(&mut self, row: &R) -> Result<(), RunError> {
        self.encoder.encode(std::slice::from_ref(row), &mut self.bytes);
        if self.bytes.len() >= BYTES_AT_ONCE { self.write(R::TABLE) } else { Ok(()) }
    }

    fn write(&mut self, table: Table) -> Result<(), RunError> {
        lock(self.sink).write(table, &self.bytes)?;
        self.bytes.clear();
        Ok(())
    }
}

/// The tables that are summed over the whole run.
const SUMS: [Table; 2] = [Table::Speakers, Table::Relations];
