//! What is summed of a speaker and of a relation, and how two sums become one. Each is so many numbers, for the files.

use crate::{rounding::nearest, sums::groups::Sum};

/// What is known of a speaker.
#[derive(Debug, Default)]
pub(super) struct SpeakerSum {
    pub(super) first_type: Option<FirstType>,
    pub(super) quotes: u64,
    pub(super) words: u64,
    pub(super) documents: u64,
    pub(super) outlets: u64,
    pub(super) first_date: Option<u64>,
    pub(super) last_date: Option<u64>,
    pub(super) given: Scores,
    pub(super) received: Scores,
    /// How many more of the quotations are a woman's than a man's.
    pub(super) female: i64,
    /// The documents that were counted first and last; 0 for none. Where sums settle within a document, the next ones begin
    /// with the same, which is not counted twice.
    pub(super) first_document: u64,
    pub(super) last_document: u64,
}

/// A type and the document that told it; the earliest decides.
#[derive(Clone, Copy, Debug)]
pub(super) struct FirstType {
    /// Counted from 1.
    pub(super) document: u64,
    /// The type's place in `Sums::speaker_types`.
    pub(super) number: u64,
}

impl SpeakerSum {
    /// Counts a document, unless it is the one that was counted last.
    pub(super) fn count(&mut self, document: u64) {
        self.add_documents(1, document, document);
    }

    fn add_documents(&mut self, count: u64, first: u64, last: u64) {
        let goes_on = first > 0 && first == self.last_document;
        self.documents += count - u64::from(goes_on);
        self.first_document = if self.first_document == 0 { first } else { self.first_document };
        self.last_document = self.last_document.max(last);
    }

    pub(super) fn add_type(&mut self, other: Option<FirstType>) {
        self.first_type = self.first_type.into_iter().chain(other).min_by_key(|first| first.document);
    }

    pub(super) fn add_dates(&mut self, first: Option<u64>, last: Option<u64>) {
        self.first_date = self.first_date.into_iter().chain(first).min();
        self.last_date = self.last_date.max(last);
    }
}

impl Sum<15> for SpeakerSum {
    fn add(&mut self, other: Self) {
        self.add_type(other.first_type);
        self.quotes += other.quotes;
        self.words += other.words;
        self.add_documents(other.documents, other.first_document, other.last_document);
        self.outlets += other.outlets;
        self.add_dates(other.first_date, other.last_date);
        self.given.add(other.given);
        self.received.add(other.received);
        self.female += other.female;
    }
}

impl From<SpeakerSum> for [u64; 15] {
    fn from(sum: SpeakerSum) -> Self {
        let SpeakerSum { quotes, words, documents, outlets, female, first_document, last_document, .. } = sum;
        let female = female.cast_unsigned();
        let [document, number] = sum.first_type.map_or([0; 2], |first| [first.document, first.number]);
        let [first, last] = [sum.first_date, sum.last_date].map(Option::unwrap_or_default);
        let ([given, given_sum], [received, received_sum]) = (sum.given.into(), sum.received.into());
        [
            document,
            number,
            quotes,
            words,
            documents,
            outlets,
            first,
            last,
            given,
            given_sum,
            received,
            received_sum,
            female,
            first_document,
            last_document,
        ]
    }
}

impl From<[u64; 15]> for SpeakerSum {
    fn from(numbers: [u64; 15]) -> Self {
        let [document, number, quotes, words, documents, outlets, first, last, given @ .., _, _, _, _, _] = numbers;
        let [.., received, received_sum, female, first_document, last_document] = numbers;
        Self {
            first_type: (document > 0).then_some(FirstType { document, number }),
            quotes,
            words,
            documents,
            outlets,
            first_date: (first > 0).then_some(first),
            last_date: (last > 0).then_some(last),
            given: given.into(),
            received: [received, received_sum].into(),
            female: female.cast_signed(),
            first_document,
            last_document,
        }
    }
}

/// What is known of a relation.
#[derive(Debug, Default)]
pub(super) struct RelationSum {
    pub(super) favourable: u64,
    pub(super) neutral: u64,
    pub(super) against: u64,
    pub(super) scores: Scores,
}

impl RelationSum {
    pub(super) fn add_stance(&mut self, stance: &str, score: Scores) {
        match stance {
            "for" => self.favourable += 1,
            "against" => self.against += 1,
            _ => self.neutral += 1,
        }
        self.scores.add(score);
    }
}

impl Sum<5> for RelationSum {
    fn add(&mut self, other: Self) {
        self.favourable += other.favourable;
        self.neutral += other.neutral;
        self.against += other.against;
        self.scores.add(other.scores);
    }
}

impl From<RelationSum> for [u64; 5] {
    fn from(sum: RelationSum) -> Self {
        let RelationSum { favourable, neutral, against, scores } = sum;
        let [count, scores] = scores.into();
        [favourable, neutral, against, count, scores]
    }
}

impl From<[u64; 5]> for RelationSum {
    fn from([favourable, neutral, against, count, scores]: [u64; 5]) -> Self {
        Self { favourable, neutral, against, scores: [count, scores].into() }
    }
}

/// Scores, summed exactly.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scores {
    pub(super) count: u64,
    pub(super) thousandths: i64,
}

impl Scores {
    pub(super) fn add(&mut self, other: Self) {
        self.count += other.count;
        self.thousandths += other.thousandths;
    }

    /// The mean, to three places; none of no scores.
    pub(super) fn mean(self) -> Option<f64> {
        let mean = self.thousandths as f64 / self.count as f64;
        (self.count > 0).then(|| nearest(mean) as f64 / 1000.0)
    }
}

impl From<Scores> for [u64; 2] {
    fn from(scores: Scores) -> Self {
        [scores.count, scores.thousandths.cast_unsigned()]
    }
}

impl From<[u64; 2]> for Scores {
    fn from([count, thousandths]: [u64; 2]) -> Self {
        Self { count, thousandths: thousandths.cast_signed() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn means_round_like_numbers_do() {
        let mean = |count, thousandths| Scores { count, thousandths }.mean();
        assert_eq!(mean(0, 0), None);
        assert_eq!(mean(3, -2000), Some(-0.667));
        assert_eq!(mean(1, 1), Some(0.001));
        assert_eq!(mean(2, -1300), Some(-0.65));
    }

    proptest! {
        #[test]
        fn sums_are_their_numbers(numbers in proptest::array::uniform15(1_u64..)) {
            prop_assert_eq!(<[u64; 15]>::from(SpeakerSum::from(numbers)), numbers);
        }
    }
}
