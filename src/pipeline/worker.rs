//! Records to the bytes of rows, on one thread: those of short texts go through each step of the analysis together, a very long
//! text is read in sections. What breaks off is a failed row, and the rest goes on.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Done, RunError, SUMS, Settings};
use crate::analyzer::{Analysis, Analyzer, Step};
use crate::attribution::Reasons;
use crate::document::{Document, add_note};
use crate::input::{Failure, Record};
use crate::lexicon::Lexicons;
use crate::output::Encoder;
use crate::rows::{Rows, TURNS_LEFT_OUT, rows_reusing};
use crate::sections;
use crate::table::{DocumentRow, Table};

/// What a thread needs to turn records into rows.
#[derive(Clone, Copy)]
pub(super) struct Worker<'a> {
    pub lexicons: &'a Lexicons,
    pub encoder: Encoder,
    pub settings: Settings,
    /// Those that are written.
    pub tables: &'a [Table],
}

const FAILED: &str = "failed";
const SKIPPED: &str = "skipped";

/// Bytes of text that go through each step of the analysis together. The program's instructions are far more than the cache
/// next to the processor takes, those of one step not so many more; but the articles and what is found in them should
/// stay in the cache behind it.
const TOGETHER: usize = 1 << 15;

/// A shorter text counts for as much.
const LEAST: usize = 1 << 10;

/// How many of the next records go together; none where the first is read in sections.
fn together(records: &[Record]) -> usize {
    let mut bytes = 0;
    let fits = |record: &&Record| {
        let (before, length) = (bytes, if let Record::Document(document) = record { document.text.len() } else { 0 });
        bytes += length.max(LEAST);
        before < TOGETHER && length <= sections::LONGEST
    };
    records.iter().take_while(fits).count()
}

/// Room that is used again for the next documents.
#[derive(Default)]
pub(super) struct Rooms {
    /// Of documents that go together; none of a document whose analysis broke off.
    analyses: Vec<Option<Analysis>>,
    /// Of one document.
    rows: Rows<'static>,
}

/// The documents among records.
fn documents(records: &[Record]) -> impl Iterator<Item = &Document> + Clone {
    records.iter().filter_map(|record| if let Record::Document(document) = record { Some(document) } else { None })
}

impl Worker<'_> {
    /// Adds the rows of records.
    pub fn records(&self, records: &[Record], rooms: &mut Rooms, done: &mut Done) -> Result<(), RunError> {
        let mut rest = records;
        while !rest.is_empty() {
            let (next, others) = rest.split_at(together(rest));
            if let ([], [Record::Document(document), others @ ..]) = (next, others) {
                self.long_document(document, rooms, done)?;
                rest = others;
                continue;
            }
            self.analyze(&documents(next), &mut rooms.analyses);
            let mut analysed = rooms.analyses.iter().map(Option::as_ref);
            for record in next {
                match record {
                    Record::Document(document) => {
                        self.document(document, analysed.next().flatten(), &mut rooms.rows, done)?;
                    }
                    Record::Failed(failure) => self.add_document(&without_document(failure, FAILED), done),
                    Record::Skipped(failure) => self.add_document(&without_document(failure, SKIPPED), done),
                }
            }
            // Of long texts one room is kept, not as many as once went together.
            if documents(next).any(|document| document.text.len() > TOGETHER) {
                rooms.analyses.truncate(1);
            }
            rest = others;
        }
        Ok(())
    }

    /// Adds the rows of a very long document, section by section. Where the analysis of one breaks off, those of the others stay.
    fn long_document(&self, document: &Document, rooms: &mut Rooms, done: &mut Done) -> Result<(), RunError> {
        let mut section = document.without_text();
        let mut row = DocumentRow::of(document);
        let (mut number, mut broken, mut note, mut start) = (0, 0, "", 0);
        done.sums.begin_document();
        for text in sections::sections(&document.text) {
            number += 1;
            section.text.push_str(text);
            section.written = document.written_in(start..start + text.len());
            start += text.len();
            self.analyze(&std::iter::once(&section), &mut rooms.analyses);
            let analysis = rooms.analyses.first().and_then(Option::as_ref);
            let rows = analysis.and_then(|analysis| self.rows(&section, analysis, &mut rooms.rows));
            if let (Some(analysis), Some(rows)) = (analysis, rows) {
                self.add(&rows, done)?;
                row.add_section(&rows.document);
                note = if analysis.scan.turns_left_out > 0 { TURNS_LEFT_OUT } else { note };
                rooms.rows = rows.emptied();
                section.origin.paragraphs += analysis.scan.paragraphs.len() as u32;
                section.origin.sentences += analysis.scan.sentences.len() as u32;
            } else {
                broken = number;
            }
            section.origin.characters +=
                text.chars().count() as u32 + section.written.last().map_or(0, |sign| sign.more);
            section.body = section.body.saturating_sub(text.len());
            section.text.clear();
        }
        rooms.analyses.truncate(1);
        row.characters = Some(section.origin.characters);
        let mut message = document.message.clone();
        add_note(&mut message, note);
        if broken > 0 {
            let mistake = format!("section {broken} of {number}: {BROKE_OFF}");
            let failure = Failure { message: mistake, ..failure(document) };
            done.progress.fail(&failure);
            add_note(&mut message, &failure.message);
            row.status = FAILED;
        } else if row.status != SKIPPED {
            add_note(&mut message, &format!("a very long text: read in {number} sections, each for itself"));
        }
        self.add_document(&DocumentRow { message: message.into(), ..row }, done);
        Ok(())
    }

    /// Analyses documents; none of one where that panics, which is a mistake in this program.
    fn analyze<'d>(&self, documents: &(impl Iterator<Item = &'d Document> + Clone), rooms: &mut Vec<Option<Analysis>>) {
        let Settings { least_confidence, speech, .. } = self.settings;
        let analyzer = Analyzer::new(self.lexicons)
            .with_least_confidence(least_confidence)
            .with_speech(speech)
            .with_reasons(Reasons::Dropped);
        rooms.resize_with(rooms.len().max(documents.clone().count()), Option::default);
        for room in rooms.iter_mut() {
            room.get_or_insert_default();
        }
        for step in Step::all() {
            for (document, room) in documents.clone().zip(rooms.iter_mut()) {
                let Some(begun) = room else { continue };
                if catch_unwind(AssertUnwindSafe(|| analyzer.take(step, document, begun))).is_err() {
                    *room = None;
                }
            }
        }
    }

    /// Adds the rows of a document. Without an analysis, or should the rows panic, it is a failed row and the run goes on.
    fn document(
        &self,
        document: &Document,
        analysis: Option<&Analysis>,
        room: &mut Rows<'static>,
        done: &mut Done,
    ) -> Result<(), RunError> {
        let Some(rows) = analysis.and_then(|analysis| self.rows(document, analysis, room)) else {
            self.broke_off(document, done);
            return Ok(());
        };
        done.sums.begin_document();
        self.add(&rows, done)?;
        self.add_document(&rows.document, done);
        *room = rows.emptied();
        Ok(())
    }

    /// The rows of a document, in the room of others; none should they panic.
    fn rows<'r>(
        &'r self,
        document: &'r Document,
        analysis: &'r Analysis,
        room: &mut Rows<'static>,
    ) -> Option<Rows<'r>> {
        let used = std::mem::take(room).emptied();
        let rows = || rows_reusing(used, document, analysis, self.lexicons, self.settings.all_quotations);
        catch_unwind(AssertUnwindSafe(rows)).ok()
    }

    /// Adds the failed row of a document.
    fn broke_off(&self, document: &Document, done: &mut Done) {
        let failure = failure(document);
        done.progress.fail(&failure);
        let characters = Some(document.text.chars().count() as u32);
        self.add_document(&DocumentRow { characters, ..without_document(&failure, FAILED) }, done);
    }

    /// Adds the rows of quotations and stances.
    fn add(&self, rows: &Rows<'_>, done: &mut Done) -> Result<(), RunError> {
        if self.tables.contains(&Table::Quotes) {
            self.encoder.encode(&rows.quotes, &mut done.quotes);
        }
        if self.tables.contains(&Table::Stances) {
            self.encoder.encode(&rows.stances, &mut done.stances);
        }
        done.progress.count(rows);
        if SUMS.iter().any(|table| self.tables.contains(table)) {
            done.sums.add_section(&rows.quotes, &rows.stances)?;
        }
        Ok(())
    }

    fn add_document(&self, row: &DocumentRow<'_>, done: &mut Done) {
        let progress = &mut done.progress;
        progress.dated += u64::from(!row.date.is_empty());
        progress.with_outlet += u64::from(!row.outlet.is_empty());
        match row.status {
            SKIPPED => progress.skipped += 1,
            FAILED => {}
            _ if row.message.is_empty() => {}
            _ => {
                progress.noted += 1;
                progress.first_note.get_or_insert_with(|| format!("{}: {}", row.location, row.message));
            }
        }
        if self.tables.contains(&Table::Documents) {
            self.encoder.encode(std::slice::from_ref(row), &mut done.documents);
        }
    }
}

const BROKE_OFF: &str = "the analysis broke off, which is a mistake in onrecord: please report it with this article";

/// That of a document whose analysis broke off.
fn failure(document: &Document) -> Failure {
    Failure { id: document.id.clone(), location: document.location.clone(), message: BROKE_OFF.into() }
}

/// The row of what gave no document.
fn without_document<'a>(failure: &'a Failure, status: &'static str) -> DocumentRow<'a> {
    let Failure { id, location, message } = failure;
    DocumentRow { doc_id: id, location, status, message: message.into(), ..DocumentRow::default() }
}
