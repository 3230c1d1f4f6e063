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
mod seen;
mod values;

use std::io;

use thiserror::Error;

pub use seen::SeenIds;

use crate::{
    sums::{
        date::{date_number, date_text},
        groups::{Groups, Sum},
        values::{FirstType, RelationSum, Scores, SpeakerSum},
    },
    table::{FEMALE, MALE, QuoteId, QuoteRow, RelationRow, SpeakerRow, StanceRow, thousandths},
};

/// The sums of a run, document by document in input order.
#[derive(Debug)]
pub struct Sums {
    memory: usize,
    document: u64,
    speaker_types: Vec<&'static str>,
    /// By speaker, id and outlet.
    speakers: Groups<SpeakerSum, 13>,
    /// By date, outlet, speaker, id, target and id.
    relations: Groups<RelationSum, 5>,
    key: String,
}

impl Sums {
    /// Bytes of memory for some 100,000 speakers and relations.
    pub const MEMORY: usize = 48 << 20;

    /// Empty sums that take about so many bytes of memory before they use temporary files.
    #[must_use]
    pub fn new(memory: usize) -> Self {
        // A third each, and one for the speakers by number of quotations in `finish`.
        let third = memory / 3;
        Self {
            memory: third,
            document: 0,
            speaker_types: Vec::new(),
            speakers: Groups::new(third),
            relations: Groups::new(third),
            key: String::new(),
        }
    }

    /// Adds all the rows of one document.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn add_document(&mut self, quotes: &[QuoteRow<'_>], stances: &[StanceRow<'_>]) -> Result<(), SumsError> {
        self.document += 1;
        for quote in quotes.iter().filter(|quote| is_speech(quote) && has_named_speaker(quote)) {
            self.add_quote(quote);
        }
        let mut quotes = QuotesById { quotes, next: 0 };
        for stance in stances {
            if let Some(quote) = quotes.find(stance.quote_id).filter(|quote| is_speech(quote)) {
                self.add_stance(stance, has_named_speaker(quote));
            }
        }
        self.settle()
    }

    /// Adds what was summed of the documents that follow.
    ///
    /// # Errors
    /// When a temporary file cannot be written or read.
    pub fn add(&mut self, other: Sums) -> Result<(), SumsError> {
        let before = self.document;
        self.document += other.document;
        let numbers: Vec<u64> = other.speaker_types.iter().map(|other| self.number_of_type(other)).collect();
        self.speakers.add(other.speakers, |sum| {
            if let Some(first) = &mut sum.first_type {
                (first.document, first.number) = (before + first.document, numbers[first.number as usize]);
            }
        });
        self.relations.add(other.relations, |_| ());
        self.settle()
    }

    fn settle(&mut self) -> Result<(), SumsError> {
        self.speakers.settle()?;
        Ok(self.relations.settle()?)
    }

    /// The rows of both tables: the speakers by number of quotations, the most quoted first, then by name and id; the
    /// relations by their columns from date to target's id.
    ///
    /// # Errors
    /// When a temporary file cannot be written or read.
    pub fn finish(
        self,
    ) -> Result<(impl Iterator<Item = SpeakerResult>, impl Iterator<Item = RelationResult>), SumsError> {
        let types = self.speaker_types;
        let speakers = most_quoted_first(self.speakers, self.memory)?.finish()?;
        let speakers =
            speakers.map(move |group| group.map_or_else(failed, |(key, sum)| Ok(speaker_row(&key, &sum, &types))));
        let relations = self.relations.finish()?;
        let relations = relations.map(|group| group.map_or_else(failed, |(key, sum)| Ok(relation_row(&key, &sum))));
        Ok((speakers, relations))
    }

    fn add_quote(&mut self, quote: &QuoteRow<'_>) {
        let document = self.document;
        let typed = !quote.speaker_type.is_empty();
        let speaker_type = typed.then(|| FirstType { document, number: self.number_of_type(quote.speaker_type) });
        let date = date_number(quote.date);
        let female = match quote.speaker_gender {
            FEMALE => 1,
            MALE => -1,
            _ => 0,
        };
        set_key(&mut self.key, [quote.speaker, quote.speaker_id, quote.outlet]);
        self.speakers.update(&self.key, |sum| {
            sum.quotes += 1;
            sum.words += words(quote.text);
            sum.documents += u64::from(sum.last_document != document);
            sum.last_document = document;
            sum.female += female;
            sum.add_type(speaker_type);
            sum.add_dates(date, date);
        });
    }

    fn add_stance(&mut self, stance: &StanceRow<'_>, is_speaker_named: bool) {
        if stance.target.is_empty() || stance.target_type == UNNAMED {
            return;
        }
        let score = Scores { count: 1, thousandths: thousandths(stance.score) };
        if (stance.speaker, stance.speaker_id) != (stance.target, stance.target_id) {
            set_key(&mut self.key, [stance.target, stance.target_id, stance.outlet]);
            self.speakers.update(&self.key, |sum| sum.received.add(score));
            if is_speaker_named {
                set_key(&mut self.key, [stance.speaker, stance.speaker_id, stance.outlet]);
                self.speakers.update(&self.key, |sum| sum.given.add(score));
            }
        }
        if is_speaker_named {
            let StanceRow { date, outlet, speaker, speaker_id, target, target_id, .. } = stance;
            set_key(&mut self.key, [date, outlet, speaker, speaker_id, target, target_id]);
            self.relations.update(&self.key, |sum| sum.add_stance(stance.stance, score));
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

/// A row of the speakers table, or why it could not be read back.
pub type SpeakerResult = Result<SpeakerRow, SumsError>;

/// A row of the relations table, or why it could not be read back.
pub type RelationResult = Result<RelationRow, SumsError>;

/// What did not fit in memory could not be kept in a temporary file.
#[derive(Debug, Error)]
#[error(
    "{folder}: temporary files cannot be kept there ({0}): make room, or name another folder in TMPDIR",
    folder = std::env::temp_dir().display()
)]
pub struct SumsError(#[from] io::Error);

/// The type of speakers that are nobody in particular.
const UNNAMED: &str = "unnamed";

/// What stands between the parts of a key: below every other character, so that keys sort as their parts do.
const SEPARATOR: char = '\0';

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

/// The number of words, between white space.
fn words(text: &str) -> u64 {
    if !text.is_ascii() {
        return text.split_whitespace().count() as u64;
    }
    // The same many times faster: a word begins where no white space follows white space or nothing.
    let is_space = |byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ');
    let bytes = text.as_bytes();
    let begins = bytes.iter().zip(bytes.iter().skip(1)).map(|(before, byte)| is_space(before) & !is_space(byte));
    begins.map(u64::from).sum::<u64>() + bytes.first().map_or(0, |first| u64::from(!is_space(first)))
}

/// Makes `key` of its parts. A separator inside a part (rubbish in an article) becomes U+FFFD.
fn set_key<const PARTS: usize>(key: &mut String, parts: [&str; PARTS]) {
    key.clear();
    for (number, part) in parts.into_iter().enumerate() {
        if number > 0 {
            key.push(SEPARATOR);
        }
        if part.contains(SEPARATOR) {
            key.push_str(&part.replace(SEPARATOR, "\u{fffd}"));
        } else {
            key.push_str(part);
        }
    }
}

/// The parts of a key; those that it lacks are empty.
fn parts<const PARTS: usize>(key: &str) -> [String; PARTS] {
    let mut parts = key.split(SEPARATOR);
    std::array::from_fn(|_| parts.next().unwrap_or_default().to_owned())
}

/// One group a speaker that was quoted, under a key of its rank, name and id.
fn most_quoted_first(speakers: Groups<SpeakerSum, 13>, memory: usize) -> Result<Groups<SpeakerSum, 13>, SumsError> {
    let mut ranked = Groups::new(memory);
    let mut current = (String::new(), SpeakerSum::default());
    for group in speakers.finish()? {
        let (key, mut sum) = group?;
        let (speaker, outlet) = key.rsplit_once(SEPARATOR).expect("`add_document` made the key of three parts");
        sum.outlets = u64::from(sum.quotes > 0 && !outlet.is_empty());
        if current.0 != speaker {
            let (speaker, sum) = std::mem::replace(&mut current, (speaker.to_owned(), SpeakerSum::default()));
            rank(&speaker, sum, &mut ranked)?;
        }
        current.1.add(sum);
    }
    rank(&current.0, current.1, &mut ranked)?;
    Ok(ranked)
}

fn rank(speaker: &str, sum: SpeakerSum, ranked: &mut Groups<SpeakerSum, 13>) -> Result<(), SumsError> {
    if sum.quotes > 0 {
        let key = format!("{:020}{SEPARATOR}{speaker}", u64::MAX - sum.quotes);
        ranked.update(&key, |ranked| *ranked = sum);
    }
    Ok(ranked.settle()?)
}

fn speaker_row(key: &str, sum: &SpeakerSum, types: &[&'static str]) -> SpeakerRow {
    let [_rank, speaker, speaker_id] = parts(key);
    SpeakerRow {
        speaker,
        speaker_id,
        speaker_type: sum.first_type.and_then(|first| types.get(first.number as usize)).copied().unwrap_or_default(),
        quotes: sum.quotes,
        words: sum.words,
        documents: sum.documents,
        outlets: sum.outlets,
        first_date: date_text(sum.first_date),
        last_date: date_text(sum.last_date),
        mean_score_given: sum.given.mean(),
        mean_score_received: sum.received.mean(),
        speaker_gender: match sum.female {
            1.. => FEMALE,
            0 => "",
            _ => MALE,
        },
    }
}

fn relation_row(key: &str, sum: &RelationSum) -> RelationRow {
    let [date, outlet, speaker, speaker_id, target, target_id] = parts(key);
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

fn failed<T>(error: io::Error) -> Result<T, SumsError> {
    Err(error.into())
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*, sample::select};

    use super::*;

    type Rows<'a> = (Vec<QuoteRow<'a>>, Vec<StanceRow<'a>>);

    fn sum(documents: &[Rows<'_>], memory: usize) -> (Vec<SpeakerRow>, Vec<RelationRow>) {
        let mut sums = Sums::new(memory);
        for (quotes, stances) in documents {
            sums.add_document(quotes, stances).expect("room");
        }
        let (speakers, relations) = sums.finish().expect("room");
        (speakers.map(|row| row.expect("room")).collect(), relations.map(|row| row.expect("room")).collect())
    }

    /// A quotation of `document` by `speaker` (`?`: unnamed), in words and in an outlet on a date.
    fn quote<'a>(
        document: &'a str,
        number: u32,
        speaker: &'a str,
        text: &'a str,
        outlet: &'a str,
        date: &'a str,
    ) -> QuoteRow<'a> {
        QuoteRow {
            quote_id: QuoteId { document, start: number, end: number },
            doc_id: document,
            speaker,
            speaker_type: if speaker == "?" { UNNAMED } else { "person" },
            speaker_gender: match speaker {
                "Ann" => FEMALE,
                "Bob" => MALE,
                _ => "",
            },
            text,
            kind: "direct",
            outlet,
            date,
            ..QuoteRow::default()
        }
    }

    fn stance<'a>(quote: &QuoteRow<'a>, target: &'a str, score: f64) -> StanceRow<'a> {
        let stance = if score > 0.25 {
            "for"
        } else if score < -0.25 {
            "against"
        } else {
            "neutral"
        };
        StanceRow {
            quote_id: quote.quote_id,
            doc_id: quote.doc_id,
            date: quote.date,
            outlet: quote.outlet,
            speaker: quote.speaker,
            speaker_id: quote.speaker_id,
            target,
            stance,
            score,
            ..StanceRow::default()
        }
    }

    #[test]
    fn speakers_and_relations() {
        let first = [
            quote("a", 1, "Ann", "we won the\nelection", "Post", "2020-01-02"),
            quote("a", 2, "Ann", "again", "Post", "2020-01-02"),
            quote("a", 3, "Bob", "no", "Post", "2020-01-02"),
            quote("a", 4, "?", "perhaps", "Post", "2020-01-02"),
            quote("a", 5, "", "who knows", "Post", "2020-01-02"),
            QuoteRow { kind: "other", ..quote("a", 6, "Cid", "The Title", "Post", "2020-01-02") },
        ];
        let first_stances = [
            stance(&first[0], "Bob", -0.5),
            stance(&first[1], "Bob", -0.8),
            stance(&first[1], "Ann", 1.0),
            stance(&first[3], "Bob", 0.4),
            stance(&first[5], "Bob", 1.0),
            stance(&first[2], "", 1.0),
        ];
        let second = [quote("b", 1, "Ann", "one two", "Mail", "2019-12-31")];
        // One article takes her for a man: two others do not.
        let third = [QuoteRow { speaker_gender: MALE, ..quote("c", 1, "Ann", "x", "", "") }];
        let second_stances = [stance(&second[0], "Bob", 0.1)];
        let documents = [
            (first.to_vec(), first_stances.to_vec()),
            (second.to_vec(), second_stances.to_vec()),
            (third.to_vec(), Vec::new()),
        ];
        let (speakers, relations) = sum(&documents, Sums::MEMORY);
        let ann = SpeakerRow {
            speaker: "Ann".into(),
            speaker_type: "person",
            quotes: 4,
            words: 8,
            documents: 3,
            outlets: 2,
            first_date: "2019-12-31".into(),
            last_date: "2020-01-02".into(),
            mean_score_given: Some(-0.4),
            speaker_gender: FEMALE,
            ..SpeakerRow::default()
        };
        let bob = SpeakerRow {
            speaker: "Bob".into(),
            speaker_type: "person",
            quotes: 1,
            words: 1,
            documents: 1,
            outlets: 1,
            first_date: "2020-01-02".into(),
            last_date: "2020-01-02".into(),
            mean_score_received: Some(-0.2),
            speaker_gender: MALE,
            ..SpeakerRow::default()
        };
        assert_eq!(speakers, [ann, bob]);
        let relation = |date: &str, outlet: &str, target: &str| RelationRow {
            date: date.into(),
            outlet: outlet.into(),
            speaker: "Ann".into(),
            target: target.into(),
            ..RelationRow::default()
        };
        let expected = [
            RelationRow { quotes: 1, neutral: 1, mean_score: 0.1, ..relation("2019-12-31", "Mail", "Bob") },
            RelationRow { quotes: 1, favourable: 1, mean_score: 1.0, ..relation("2020-01-02", "Post", "Ann") },
            RelationRow { quotes: 2, against: 2, mean_score: -0.65, ..relation("2020-01-02", "Post", "Bob") },
        ];
        assert_eq!(relations, expected);
    }

    #[test]
    fn the_most_quoted_come_first() {
        let names = ["Bob", "Ann", "Cid", "Cid"];
        let quotes: Vec<QuoteRow<'_>> =
            (0..).zip(names).map(|(number, name)| quote("a", number, name, "", "", "")).collect();
        let (speakers, _) = sum(&[(quotes, Vec::new())], Sums::MEMORY);
        assert_eq!(speakers.iter().map(|row| row.speaker.as_str()).collect::<Vec<_>>(), ["Cid", "Ann", "Bob"]);
    }

    #[test]
    fn a_separator_in_a_name_spoils_no_other_column() {
        let quotes = vec![quote("a", 1, "An\0n", "", "Post\0", "2020-01-02")];
        let stances = vec![stance(&quotes[0], "Bob", 0.5)];
        let (speakers, relations) = sum(&[(quotes, stances)], 0);
        assert_eq!((speakers[0].speaker.as_str(), speakers[0].outlets), ("An\u{fffd}n", 1));
        assert_eq!((relations[0].outlet.as_str(), relations[0].target.as_str()), ("Post\u{fffd}", "Bob"));
    }

    prop_compose! {
        fn any_quote()(
            speaker in select(vec!["", "?", "Ann", "Bob", "Cid", "Dan"]),
            speaker_id in select(vec!["", "Q1"]),
            speaker_type in select(vec!["", "person", "group"]),
            outlet in select(vec!["", "Post", "Mail"]),
            date in select(vec!["", "2020-01-01", "2020-01-02"]),
            targets in vec((select(vec!["", "Ann", "Bob", "Eve"]), -1.0..1.0), 0..4),
        ) -> (QuoteRow<'static>, Vec<(&'static str, f64)>) {
            let mut quote = quote("a", 0, speaker, "one two", outlet, date);
            quote.speaker_id = speaker_id;
            quote.speaker_type = if speaker == "?" { UNNAMED } else { speaker_type };
            (quote, targets)
        }
    }

    fn rows(quotes: Vec<(QuoteRow<'static>, Vec<(&'static str, f64)>)>) -> Rows<'static> {
        let mut rows = Rows::default();
        for (number, (mut quote, targets)) in (0..).zip(quotes) {
            quote.quote_id = QuoteId { document: "a", start: number, end: number };
            rows.1.extend(targets.into_iter().map(|(target, score)| stance(&quote, target, score)));
            rows.0.push(quote);
        }
        rows
    }

    proptest! {
        #[test]
        fn words_stand_between_white_space(text in "[ab \t\n\x0b\x0c\r\x1c\x1f]{0,20}") {
            prop_assert_eq!(words(&text), text.split_whitespace().count() as u64);
        }

        #[test]
        fn files_and_memory_give_the_same_sums(documents in vec(vec(any_quote(), 0..6), 0..60), memory in 0..20_000_usize) {
            let documents: Vec<Rows<'_>> = documents.into_iter().map(rows).collect();
            prop_assert_eq!(sum(&documents, memory), sum(&documents, Sums::MEMORY));
        }

        #[test]
        fn parts_give_the_same_sums(documents in vec(vec(any_quote(), 0..6), 0..60), size in 1..20_usize, memory in 0..20_000_usize) {
            let documents: Vec<Rows<'_>> = documents.into_iter().map(rows).collect();
            let mut whole = Sums::new(memory);
            for part in documents.chunks(size) {
                let mut sums = Sums::new(usize::MAX);
                for (quotes, stances) in part {
                    sums.add_document(quotes, stances).expect("room");
                }
                whole.add(sums).expect("room");
            }
            let (speakers, relations) = whole.finish().expect("room");
            let whole = (speakers.map(|row| row.expect("room")).collect(), relations.map(|row| row.expect("room")).collect());
            prop_assert_eq!(whole, sum(&documents, Sums::MEMORY));
        }
    }
}
