//! descriptions.tsv: words that matter where somebody is described and not named.

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::words::WordId;

/// What a word does in a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DescriptionKind {
    /// A relative who mostly bears the same family name: `husband`.
    Relative,
    /// How somebody stands to others, and no office: `rival`.
    Relation,
    /// Letters after a name that are no part of it: `MP`, `QC`.
    Letters,
    /// Leads to what a description says after its noun: `for` in `a spokesman for the union`.
    Link,
    /// Tells a name: `named` in `a man named Lee`.
    Naming,
    /// Two who were spoken of together: `the two`.
    Pair,
    /// Means only who is known to be one: `judge`, `prime minister`.
    Holder,
    /// A title that a first name follows: `Sir`.
    Forename,
    /// Ends the name of a place: `Street`.
    Place,
    /// Any body of the state or a firm, by which the one spoken of may be meant: `watchdog`, `broadcaster`.
    Body,
    /// A hyphen or apostrophe joins it to a family name: `al` in `al-Harani`.
    Prefix,
    /// Ends the name of a firm: `Holdings`.
    Firm,
    /// With a hyphen before it, ends a word that describes: `based` in `Dessan-based`.
    Ending,
    /// Ends the name of an outlet, `Herald`, or stands before it: `newspaper`.
    Outlet,
    /// The label of who asks in a transcript: `Q`.
    Question,
    /// The label of who answers in a transcript: `A`.
    Answer,
    /// Before what a body's name says it is for: `on` in `Council on Energy`.
    Topic,
    /// A day of the week, which after a first name is no family name: `told Ann Monday`.
    Weekday,
    /// What a title stands for that tells nothing beside an office: `surgeon Dr. Lee` is a surgeon.
    Honour,
    /// What befalls somebody, for which he is not blamed: `the death of Lee`, `Lee's death`.
    Harm,
    /// What one does to another: `the murder of Lee`; `Lee's murder` may be either's.
    Crime,
    /// In the label of somebody whom the transcript cannot name: `UNIDENTIFIED MALE`.
    Unidentified,
    /// Tells, before a colon that opens a paragraph, what kind of text follows: `EXCLUSIVE:`.
    Notice,
    /// Tells how many there are, not who: `enough`, `other`.
    Order,
    /// Sets those who are meant apart from somebody: `the other candidates`.
    Apart,
    /// Tells that who spoke goes on: `she added`.
    Continuing,
    /// Means who is at the head, whatever the office is called: `boss`, `chief`.
    Chief,
    /// An office at the head: `commissioner`, `president`.
    Leader,
    /// An office that its last word alone does not mean: `prime minister`.
    Whole,
    /// After `Mr.` an office and no family name: `Mr. President`.
    Address,
    /// Tells what somebody was: `former`.
    Former,
    /// Leads from a text to whose it is: `a statement from Lee`.
    Sender,
    /// Means no group in particular in the plural: `people`, `children`.
    Anybody,
    /// Tells how old or big somebody is, and of whom not what group: `young people`.
    Age,
    /// Ends the name of a body that many states have so: `Senate`, `Supreme Court`.
    Namesake,
    /// After what was said, tells who heard it: `the court heard`.
    Hearing,
    /// Tells that somebody asked, so that another answers: `she asked`.
    Asking,
    /// Tells that somebody answers who was asked: `she replied`.
    Answering,
    /// Opens the name of a place: `South` in `South Coombe`.
    Direction,
    /// Before somebody who is saying something, tells who heard or remembers it: `recalled Lee saying`.
    Witness,
    /// Opens a clause that tells when something happened: `when`, `after`.
    When,
    /// One of these that means each country's own where an article tells no other: `the Senate`.
    Domestic,
    /// Before an office tells another than the noun alone: `deputy`.
    Rank,
    /// Before an office tells that somebody holds it now: `current`.
    Incumbent,
    /// Speaks for a body, which `it` means in what he says: `spokesman`.
    Voice,
    /// Who brings news may be called so: `broadcaster`, `company`; no other word means an outlet.
    Medium,
    /// No firm is called so: `ministry`, `party`.
    Civil,
    /// None but a firm is called so: `airline`, `company`.
    Commercial,
    /// Any firm may be called so, whatever it does: `company`.
    General,
}

/// The words, and what each does.
#[derive(Debug, Default)]
pub struct Descriptions {
    /// For each word a bit a kind.
    kinds: Vec<u64>,
    /// Those that mean only who is known to be one may have several words; in small letters.
    held: FxHashSet<String>,
    /// Offices that their last words alone do not mean, in small letters.
    whole: FxHashSet<String>,
    /// The words of [`DescriptionKind::Chief`].
    chiefs: Vec<WordId>,
}

impl Descriptions {
    /// Adds a kind to a word.
    pub fn add(&mut self, word: WordId, kind: DescriptionKind) {
        let word = word as usize;
        if self.kinds.len() <= word {
            self.kinds.resize(word + 1, 0);
        }
        self.kinds[word] |= 1 << kind as u16;
        if kind == DescriptionKind::Chief {
            self.chiefs.push(word as WordId);
        }
    }

    /// Adds an office that its last word alone does not mean.
    pub fn add_whole(&mut self, office: &str) {
        self.whole.insert(office.to_lowercase());
    }

    /// Adds a description that means only who is known to be one.
    pub fn add_held(&mut self, description: &str) {
        self.held.insert(description.to_lowercase());
    }

    /// Whether a word is of a kind; for [`DescriptionKind::Holder`] ask [`Descriptions::is_held`], for
    /// [`DescriptionKind::Whole`] [`Descriptions::is_whole`].
    #[must_use]
    pub fn is(&self, kind: DescriptionKind, word: WordId) -> bool {
        self.kinds.get(word as usize).is_some_and(|kinds| kinds >> kind as u16 & 1 != 0)
    }

    /// Whether an office, in small letters, is not meant by its last word alone.
    #[must_use]
    pub fn is_whole(&self, office: &str) -> bool {
        self.whole.contains(office)
    }

    /// The words that mean who is at the head.
    #[must_use]
    pub fn chiefs(&self) -> &[WordId] {
        &self.chiefs
    }

    /// Whether a description, in small letters, means only who is known to be one.
    #[must_use]
    pub fn is_held(&self, description: &str) -> bool {
        self.held.contains(description)
    }
}
