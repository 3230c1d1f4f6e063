//! Sums over the whole run: its speakers, its relations, and the document ids it has seen. Memory stays bounded however
//! long the input is: what does not fit goes to temporary files as sorted runs, which are merged at the end. The results
//! depend on neither; scores are summed in whole thousandths, so not even on the order.
//!
//! Who counts: a speaker is a name together with its gazetteer id. Quotations without a speaker have none, and those of
//! unnamed speakers are left out of both tables, because the `a senior official` of two articles is not one person. The
//! rows of kind `other` are no speech and count nowhere. The mean scores leave out what a speaker says of itself; those
//! received count the scores of unnamed speakers too. The first and last date pass over dates that are not ISO.

mod date;
mod groups;
mod merge;
mod names;
mod seen;
mod values;

use std::{io, ptr, sync::Arc};

use thiserror::Error;

pub(crate) use seen::SeenIds;

use crate::{
    rounding::thousandths,
    sums::{
        date::{date_number, date_text},
        groups::{Groups, Sum, parts},
        names::{Names, Order},
        values::{FirstType, RelationSum, Scores, SpeakerSum},
    },
    table::{FEMALE, MALE, QuoteId, QuoteRow, RelationRow, SpeakerRow, StanceRow},
};

/// The sums of a run, document by document in input order.
#[derive(Debug)]
pub(crate) struct Sums {
    memory: usize,
    document: u64,
    speaker_types: Vec<&'static str>,
    /// What the keys are made of.
    names: Names,
    /// By speaker, id and outlet.
    speakers: Groups<SpeakerSum, 3, 15>,
    /// By date, outlet, speaker, id, target and id.
    relations: Groups<RelationSum, 6, 5>,
}

impl Sums {
    /// Bytes of memory for some 100,000 speakers and relations.
    pub(crate) const MEMORY: usize = 48 << 20;

    /// The same for a part of a run, of which there are several at once: many articles, or a piece of a very long one.
    pub const MEMORY_OF_PART: usize = 6 << 20;

    /// Empty sums that take about so many bytes of memory before they use temporary files.
    #[must_use]
    pub(crate) fn new(memory: usize) -> Self {
        Self {
            memory,
            document: 0,
            speaker_types: Vec::new(),
            names: Names::default(),
            speakers: Groups::default(),
            relations: Groups::default(),
        }
    }

    /// Adds all the rows of one document.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    #[cfg(test)]
    fn add_document(&mut self, quotes: &[QuoteRow<'_>], stances: &[StanceRow<'_>]) -> Result<(), SumsError> {
        self.begin_document();
        self.add_section(quotes, stances)
    }

    /// Goes on to the next document.
    pub(crate) fn begin_document(&mut self) {
        self.document += 1;
    }

    /// Adds rows of the document that was begun.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub(crate) fn add_section(&mut self, quotes: &[QuoteRow<'_>], stances: &[StanceRow<'_>]) -> Result<(), SumsError> {
        let mut recent = Recent::default();
        for quote in quotes.iter().filter(|quote| is_speech(quote) && has_named_speaker(quote)) {
            self.add_quote(quote, &mut recent);
        }
        let mut quotes = QuotesById { quotes, next: 0 };
        for stance in stances {
            if let Some(quote) = quotes.find(stance.quote_id).filter(|quote| is_speech(quote)) {
                self.add_stance(stance, has_named_speaker(quote), &mut recent);
            }
        }
        self.settle()
    }

    /// Adds what was summed of the documents that follow, and leaves nothing of it but the room.
    ///
    /// # Errors
    /// When a temporary file cannot be written or read.
    pub(crate) fn add(&mut self, other: &mut Sums) -> Result<(), SumsError> {
        let before = self.document;
        self.document += std::mem::take(&mut other.document);
        let types: Vec<u64> = other.speaker_types.iter().map(|other| self.number_of_type(other)).collect();
        let change = |sum: &mut SpeakerSum| {
            if let Some(first) = &mut sum.first_type {
                (first.document, first.number) = (before + first.document, types[first.number as usize]);
            }
            for document in [&mut sum.first_document, &mut sum.last_document].into_iter().filter(|it| **it > 0) {
                *document += before;
            }
        };
        // What did not fit in a part's memory need not fit in this one's.
        for group in other.speakers.take_runs() {
            let (key, mut sum) = group?;
            change(&mut sum);
            let key = parts(&key).map(|name| self.names.number(name));
            self.speakers.sum(key).add(sum);
            self.settle()?;
        }
        for group in other.relations.take_runs() {
            let (key, sum) = group?;
            let key = parts(&key).map(|name| self.names.number(name));
            self.relations.sum(key).add(sum);
            self.settle()?;
        }
        let numbers: Vec<u32> = other.names.iter().map(|name| self.names.number(name)).collect();
        self.speakers.add(&mut other.speakers, &numbers, change);
        self.relations.add(&mut other.relations, &numbers, |_| ());
        other.names.clear();
        self.settle()
    }

    /// Moves all to files when it takes two thirds of the memory: the rest is for the ranking.
    fn settle(&mut self) -> Result<(), SumsError> {
        if self.names.memory() + self.speakers.memory() + self.relations.memory() > self.memory / 3 * 2 {
            let order = self.names.order();
            self.speakers.spill(&self.names, &order)?;
            self.relations.spill(&self.names, &order)?;
            self.names.clear();
        }
        Ok(())
    }

    /// The sums as tables, which may be given away on two threads.
    #[must_use]
    pub(crate) fn finish(self) -> (SpeakerSums, RelationSums) {
        let Self { memory, speaker_types, names, speakers, relations, .. } = self;
        let order = names.order();
        let names = Arc::new((names, order));
        let relations = RelationSums { names: Arc::clone(&names), relations };
        (SpeakerSums { memory: memory / 3, speaker_types, names, speakers }, relations)
    }

    fn add_quote<'r>(&mut self, quote: &QuoteRow<'r>, recent: &mut Recent<'r>) {
        let document = self.document;
        let typed = !quote.speaker_type.is_empty();
        let speaker_type = typed.then(|| FirstType { document, number: self.number_of_type(quote.speaker_type) });
        let date = date_number(quote.date);
        let female = match quote.speaker_gender {
            FEMALE => 1,
            MALE => -1,
            _ => 0,
        };
        let [speaker, id] = recent.speaker.numbers([quote.speaker, quote.speaker_id], &mut self.names);
        let [outlet] = recent.outlet.numbers([quote.outlet], &mut self.names);
        let sum = self.speakers.sum([speaker, id, outlet]);
        sum.quotes += 1;
        sum.words += words(quote.text);
        sum.count(document);
        sum.female += female;
        sum.add_type(speaker_type);
        sum.add_dates(date, date);
    }

    fn add_stance<'r>(&mut self, stance: &StanceRow<'r>, is_speaker_named: bool, recent: &mut Recent<'r>) {
        if stance.target.is_empty() || stance.target_type == UNNAMED {
            return;
        }
        let names = &mut self.names;
        let score = Scores { count: 1, thousandths: thousandths(stance.score) };
        let [outlet] = recent.outlet.numbers([stance.outlet], names);
        let [speaker, speaker_id] = recent.speaker.numbers([stance.speaker, stance.speaker_id], names);
        let [target, target_id] = recent.target.numbers([stance.target, stance.target_id], names);
        if [speaker, speaker_id] != [target, target_id] {
            self.speakers.sum([target, target_id, outlet]).received.add(score);
            if is_speaker_named {
                self.speakers.sum([speaker, speaker_id, outlet]).given.add(score);
            }
        }
        if is_speaker_named {
            let [date] = recent.date.numbers([stance.date], names);
            let key = [date, outlet, speaker, speaker_id, target, target_id];
            self.relations.rare(key).add_stance(stance.stance, score);
        }
    }

    /// The type's place in `speaker_types`.
    fn number_of_type(&mut self, speaker_type: &'static str) -> u64 {
        let known = self.speaker_types.iter().position(|known| *known == speaker_type);
        let number = known.unwrap_or_else(|| {
            self.speaker_types.push(speaker_type);
            self.speaker_types.len() - 1
        });
        number as u64
    }
}

/// The rows of the speakers table.
#[derive(Debug)]
pub(crate) struct SpeakerSums {
    memory: usize,
    speaker_types: Vec<&'static str>,
    names: Arc<(Names, Order)>,
    speakers: Groups<SpeakerSum, 3, 15>,
}

impl SpeakerSums {
    /// Gives them away: by number of quotations, the most quoted first, then by name and id.
    ///
    /// # Errors
    /// When a temporary file cannot be written or read; those of `take`.
    pub(crate) fn give<E: From<SumsError>>(
        mut self,
        mut take: impl FnMut(&SpeakerRow<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut ranking = self.ranking()?;
        let order = ranking.names.order();
        ranking.speakers.give(&ranking.names, &order, |[_rank, speaker, id], sum| {
            let [first_date, last_date] = [sum.first_date, sum.last_date].map(date_text);
            let kind = sum.first_type.and_then(|first| self.speaker_types.get(first.number as usize));
            take(&SpeakerRow {
                speaker_type: kind.copied().unwrap_or_default(),
                first_date: &first_date,
                last_date: &last_date,
                ..speaker_row([speaker, id], &sum)
            })
        })
    }

    /// The speakers that were quoted, those of all outlets together.
    fn ranking(&mut self) -> Result<Ranking, SumsError> {
        let mut ranking = Ranking { memory: self.memory, names: Names::default(), speakers: Groups::default() };
        let mut current = ([String::new(), String::new()], SpeakerSum::default());
        let (names, order) = &*self.names;
        self.speakers.give(names, order, |[speaker, id, outlet], mut sum| {
            sum.outlets = u64::from(sum.quotes > 0 && !outlet.is_empty());
            if current.0 != [speaker, id] {
                ranking.add(&current.0, std::mem::take(&mut current.1))?;
                current.0 = [speaker, id].map(str::to_owned);
            }
            current.1.add(sum);
            Ok::<(), SumsError>(())
        })?;
        ranking.add(&current.0, current.1)?;
        Ok(ranking)
    }
}

/// The rows of the relations table.
#[derive(Debug)]
pub(crate) struct RelationSums {
    names: Arc<(Names, Order)>,
    relations: Groups<RelationSum, 6, 5>,
}

impl RelationSums {
    /// Gives them away, by their columns from date to target's id.
    ///
    /// # Errors
    /// When a temporary file cannot be read; those of `take`.
    pub(crate) fn give<E: From<SumsError>>(
        mut self,
        mut take: impl FnMut(&RelationRow<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let (names, order) = &*self.names;
        self.relations.give(names, order, |key, sum| take(&relation_row(key, &sum)))
    }
}

/// What did not fit in memory could not be kept in a temporary file.
#[derive(Debug, Error)]
#[error(
    "{folder}: temporary files cannot be kept there ({0}): make room, or name another folder in TMPDIR",
    folder = std::env::temp_dir().display()
)]
pub struct SumsError(#[from] io::Error);

/// The type of speakers that are nobody in particular.
const UNNAMED: &str = "unnamed";

/// Finds quotations by their id, at once when the ids come in the order of the quotations, as stances do.
struct QuotesById<'a> {
    quotes: &'a [QuoteRow<'a>],
    /// The one that was found last.
    next: usize,
}

impl<'a> QuotesById<'a> {
    fn find(&mut self, quote_id: QuoteId<'_>) -> Option<&'a QuoteRow<'a>> {
        let (before, after) = self.quotes.split_at(self.next);
        let found = after.iter().chain(before).position(|quote| quote.quote_id == quote_id)?;
        self.next = (self.next + found) % self.quotes.len();
        self.quotes.get(self.next)
    }
}

fn is_speech(quote: &QuoteRow<'_>) -> bool {
    matches!(quote.kind, "direct" | "mixed")
}

fn has_named_speaker(quote: &QuoteRow<'_>) -> bool {
    !quote.speaker.is_empty() && quote.speaker_type != UNNAMED
}

/// The numbers of the cells that were met last: most often the next row has the same.
#[derive(Default)]
struct Recent<'r> {
    date: Last<'r, 1>,
    outlet: Last<'r, 1>,
    speaker: Last<'r, 2>,
    target: Last<'r, 2>,
}

#[derive(Default)]
struct Last<'r, const CELLS: usize>(Option<([&'r str; CELLS], [u32; CELLS])>);

impl<'r, const CELLS: usize> Last<'r, CELLS> {
    fn numbers(&mut self, cells: [&'r str; CELLS], names: &mut Names) -> [u32; CELLS] {
        if let Some((last, numbers)) = self.0
            && last.iter().zip(cells).all(|(last, cell)| ptr::eq(*last, cell))
        {
            return numbers;
        }
        let numbers = cells.map(|cell| names.number(cell));
        self.0 = Some((cells, numbers));
        numbers
    }
}

/// Speakers by number of quotations.
struct Ranking {
    memory: usize,
    names: Names,
    /// By what the number of quotations lacks of the highest, name and id.
    speakers: Groups<SpeakerSum, 3, 15>,
}

impl Ranking {
    fn add(&mut self, speaker: &[String; 2], sum: SpeakerSum) -> Result<(), SumsError> {
        if sum.quotes > 0 {
            // As many digits for every number of quotations that a run can count, so that they sort as numbers do.
            let rank = self.names.number(itoa::Buffer::new().format(u64::MAX - sum.quotes));
            let [name, id] = [0, 1].map(|part| self.names.number(&speaker[part]));
            *self.speakers.rare([rank, name, id]) = sum;
        }
        if self.names.memory() + self.speakers.memory() > self.memory {
            self.speakers.spill(&self.names, &self.names.order())?;
            self.names.clear();
        }
        Ok(())
    }
}

/// The number of words, between white space.
fn words(text: &str) -> u64 {
    let is_space = |byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ');
    let bytes = text.as_bytes();
    if has_wide_space(bytes) {
        return text.split_whitespace().count() as u64;
    }
    // The same many times faster: a word begins where no white space follows white space or nothing.
    let begins = |bytes: &[u8], after: &[u8]| {
        let begins = bytes.iter().zip(after).map(|(before, byte)| u8::from(is_space(before) & !is_space(byte)));
        u64::from(begins.sum::<u8>())
    };
    let after = bytes.get(1..).unwrap_or_default();
    // Sums of up to 255 in one byte, which the compiler turns into wide instructions.
    let begins: u64 = bytes.chunks(255).zip(after.chunks(255)).map(|(bytes, after)| begins(bytes, after)).sum();
    begins + bytes.first().map_or(0, |first| u64::from(!is_space(first)))
}

/// Whether the text may have white space beyond ASCII, which begins with one of four bytes; curly marks do not count.
fn has_wide_space(text: &[u8]) -> bool {
    let is = |byte: u8, other: u8| u8::from(byte == other);
    let wide = |first: u8, second: u8, third: u8| {
        let space = is(second, 0x81) | is(second, 0x80) & u8::from(!(0x8B..=0xA7).contains(&third));
        let other = is(first, 0xC2) & (is(second, 0x85) | is(second, 0xA0));
        is(first, 0xE2) & space | other | is(first, 0xE1) | is(first, 0xE3)
    };
    if text.is_ascii() {
        return false;
    }
    let (second, third) = (text.get(1..).unwrap_or_default(), text.get(2..).unwrap_or_default());
    let triples = text.iter().zip(second).zip(third);
    let found = triples.fold(0, |found, ((first, second), third)| found | wide(*first, *second, *third));
    let last = text.last_chunk().map_or(0, |[first, second]| wide(*first, *second, 0));
    (found | last) > 0
}

fn speaker_row<'a>([speaker, speaker_id]: [&'a str; 2], sum: &SpeakerSum) -> SpeakerRow<'a> {
    SpeakerRow {
        speaker,
        speaker_id,
        quotes: sum.quotes,
        words: sum.words,
        documents: sum.documents,
        outlets: sum.outlets,
        mean_score_given: sum.given.mean(),
        mean_score_received: sum.received.mean(),
        speaker_gender: match sum.female {
            1.. => FEMALE,
            0 => "",
            _ => MALE,
        },
        ..SpeakerRow::default()
    }
}

fn relation_row<'a>(key: [&'a str; 6], sum: &RelationSum) -> RelationRow<'a> {
    let [date, outlet, speaker, speaker_id, target, target_id] = key;
    RelationRow {
        date,
        outlet,
        speaker,
        speaker_id,
        target,
        target_id,
        quotes: sum.scores.count,
        favourable: sum.favourable,
        neutral: sum.neutral,
        against: sum.against,
        mean_score: sum.scores.mean().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests;
