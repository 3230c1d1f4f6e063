//! camps.tsv: political parties that oppose each other, and how an article tells who belongs to them.

use std::cmp::Ordering;

use serde::Deserialize;

use super::StanceLexicon;
use crate::lexicon::gazetteer::Party;
use crate::lexicon::tsv::{LexiconError, Row, values};

/// Camps that somebody may be of, one a bit: `Labour` is one in several countries.
pub type Camps = u64;

#[derive(Deserialize)]
pub(super) struct CampRow<'a> {
    country: &'a str,
    party: &'a str,
    words: &'a str,
    mark: &'a str,
    rivals: &'a str,
}

/// A political party of a country.
#[derive(Clone, Debug)]
pub struct Camp {
    name: String,
    country: String,
    mark: String,
    rival_names: Vec<String>,
    /// The camps that oppose it.
    rivals: Camps,
}

/// The letters and digits that a text begins with.
fn first_word(text: &str) -> &str {
    text.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default()
}

impl StanceLexicon {
    pub(super) fn add_camp(&mut self, file: &str, row: &Row<CampRow<'_>>) -> Result<(), LexiconError> {
        let &Row { line, value: CampRow { country, party, words, mark, rivals } } = row;
        if self.camps.len() == Camps::BITS as usize {
            let message = format!("there is room for {} camps: remove one", Camps::BITS);
            return Err(LexiconError::at(file, line, message));
        }
        let (name, country, mark) = (party.to_owned(), country.to_owned(), mark.to_owned());
        for words in values(words) {
            let told = self.camp_words.entry(first_word(words).to_owned()).or_default();
            told.push((words.to_owned(), 1 << self.camps.len()));
        }
        let rival_names = values(rivals).map(str::to_owned).collect();
        self.camps.push(Camp { name, country, mark, rival_names, rivals: 0 });
        Ok(())
    }

    /// Tells each camp its rivals, once all are known.
    pub(super) fn settle_camps(&mut self) {
        let rivals = |camp: &Camp| {
            let opposes = |other: &Camp| other.country == camp.country && camp.rival_names.contains(&other.name);
            self.camps_where(opposes)
        };
        let rivals: Vec<Camps> = self.camps.iter().map(rivals).collect();
        for (camp, rivals) in self.camps.iter_mut().zip(rivals) {
            camp.rivals = rivals;
        }
    }

    fn camps_where(&self, is: impl Fn(&Camp) -> bool) -> Camps {
        self.camps.iter().enumerate().filter(|(_, camp)| is(camp)).fold(0, |camps, (at, _)| camps | 1 << at)
    }

    /// The camp of a gazetteer party.
    #[must_use]
    pub fn camps_of(&self, party: &Party) -> Camps {
        if party.party.is_empty() {
            return 0;
        }
        self.camps_where(|camp| camp.name == party.party && camp.country == party.country)
    }

    /// The camps that a description tells: `Labour MP`. Of words that begin at the same place the most count: a `Liberal
    /// Democrat` is no Democrat.
    #[must_use]
    pub fn camps_told(&self, description: &str) -> Camps {
        let (mut camps, mut after_word, mut told_up_to) = (0, false, 0);
        for (at, sign) in description.char_indices() {
            let opens = sign.is_alphanumeric() && !after_word;
            after_word = sign.is_alphanumeric();
            if opens && at >= told_up_to {
                let (length, told) = self.camps_at(&description[at..]);
                (camps, told_up_to) = (camps | told, at + length);
            }
        }
        camps
    }

    /// The most words that `rest`, which opens with a word, begins with: how long they are, and whose.
    fn camps_at(&self, rest: &str) -> (usize, Camps) {
        let begins =
            |words: &str| rest.strip_prefix(words).is_some_and(|after| !after.starts_with(char::is_alphanumeric));
        let told = self.camp_words.get(first_word(rest)).into_iter().flatten();
        told.filter(|(words, _)| begins(words)).fold((0, 0), |(length, camps), (words, told)| {
            match words.len().cmp(&length) {
                Ordering::Greater => (words.len(), *told),
                Ordering::Equal => (length, camps | told),
                Ordering::Less => (length, camps),
            }
        })
    }

    /// The camps that a mark in brackets tells, given what stands after the bracket: `R-Texas)`.
    #[must_use]
    pub fn camps_marked(&self, bracket: &str) -> Camps {
        let marks = |camp: &Camp| {
            let after = bracket.strip_prefix(camp.mark.as_str()).filter(|_| !camp.mark.is_empty());
            after.is_some_and(|after| after.starts_with(['-', '–', ',', ')']))
        };
        self.camps_where(marks)
    }

    /// Whether those of `a` and those of `b` are of camps that oppose each other, and of none together.
    #[must_use]
    pub fn are_rivals(&self, a: Camps, b: Camps) -> bool {
        let opposed = |(at, camp): (usize, &Camp)| a & 1 << at != 0 && camp.rivals & b != 0;
        a & b == 0 && self.camps.iter().enumerate().any(opposed)
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicons;

    #[test]
    fn rivals_are_rivals_of_each_other() {
        let lexicon = Lexicons::embedded().stance;
        for (at, camp) in lexicon.camps.iter().enumerate() {
            let known = camp.rivals.count_ones() as usize;
            assert_eq!(known, camp.rival_names.len(), "{}: a rival has no row", camp.name);
            let mutual = lexicon.camps_where(|other| other.rivals & 1 << at != 0);
            assert_eq!(camp.rivals, mutual, "{}", camp.name);
        }
    }

    #[test]
    fn words_and_marks_tell_a_camp() {
        let lexicon = Lexicons::embedded().stance;
        let rivals = |a: &str, b: &str| lexicon.are_rivals(lexicon.camps_told(a), lexicon.camps_told(b));
        assert!(rivals("Labour MP", "Tory peer"));
        assert!(!rivals("Labour MP", "labour minister"));
        assert!(!rivals("Labour MP", "Democratic strategist"));
        assert!(!rivals("Republican who joined the Democrats", "Democrat"));
        assert_eq!(lexicon.camps_marked("R-Texas)"), lexicon.camps_told("Republican"));
        assert_eq!(lexicon.camps_marked("Reyes)"), 0);
    }
}
