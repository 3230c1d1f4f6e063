//! resolutions.tsv: how sure each way of telling whom a mention means is. Knows the numbers, not the ways.

use serde::Deserialize;

use super::files::Files;
use super::tsv::{LexiconError, Row, each_row};

macro_rules! resolutions {
    ($($(#[$doc:meta])* $kind:ident $name:literal),* $(,)?) => {
        /// How the party of a mention was told.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum Resolution {
            $($(#[$doc])* $kind,)*
        }

        impl Resolution {
            /// Every way, with the name of its row.
            pub const ALL: &[(Resolution, &str)] = &[$((Resolution::$kind, $name)),*];
        }
    };
}

resolutions! {
    /// A name of several words, or one that the gazetteer knows.
    #[default]
    FullName "full name",
    /// A part of a full name that one party of the article bears.
    FamilyName "family name",
    /// The same, where several bear it.
    SharedName "shared name",
    /// A single name, nowhere given in full.
    LoneName "lone name",
    /// Capitals that a bracket introduced.
    Acronym "acronym",
    /// `who`, after whom it stands.
    Relative "who",
    /// A description of somebody nobody names.
    Unnamed "unnamed",
    /// `the businessman`, where nobody is found whom that may mean.
    Unfound "unfound",
    /// A description, told by somebody named: `Lee's lawyer`.
    Anchored "anchored",
    /// A description by a role that a named party holds.
    Role "role",
    /// A description of whom the text is about just then.
    Described "described",
    /// The same, where another party may as well be described.
    Rivalled "rivalled",
    /// `the ministry`, named or described at length before.
    Body "body",
    /// A pronoun with which one party agrees.
    PronounAlone "pronoun alone",
    /// A pronoun with several, of whom one stands out.
    PronounClear "pronoun clear",
    /// A pronoun with several, of whom none stands out far.
    PronounClose "pronoun close",
    /// `they`, `it`.
    PronounOther "pronoun other",
    /// `A and B`, or who both are.
    Joint "joint",
}

/// The numbers of resolutions.tsv.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolutions {
    confidence: Vec<f64>,
    /// Below this product of a quotation's confidence and its speaker's, the speaker stays open.
    pub least: f64,
}

#[derive(Deserialize)]
struct ResolutionRow<'a> {
    kind: &'a str,
    confidence: f64,
}

/// The row that holds [`Resolutions::least`].
const LEAST: &str = "least";

impl Resolutions {
    /// Reads the file, the last row of a name counting.
    ///
    /// # Errors
    /// A row that no way has the name of, a number that is no share, and a way without a row.
    pub fn read(files: &Files) -> Result<Self, LexiconError> {
        let mut confidence = vec![None; Resolution::ALL.len()];
        let mut least = None;
        for source in files.get("resolutions.tsv") {
            for (way, value) in shares(&source.file, &source.text)? {
                match way {
                    Some(at) => confidence[at] = Some(value),
                    None => least = Some(value),
                }
            }
        }
        let missing = |name: &str| LexiconError::file("resolutions.tsv", format!("no row \"{name}\": add one"));
        let known = confidence.into_iter().zip(Resolution::ALL);
        let confidence =
            known.map(|(value, (_, name))| value.ok_or_else(|| missing(name))).collect::<Result<_, _>>()?;
        Ok(Self { confidence, least: least.ok_or_else(|| missing(LEAST))? })
    }

    /// The share of mentions told in this way that are told rightly.
    #[must_use]
    pub fn confidence(&self, resolution: Resolution) -> f64 {
        self.confidence[resolution as usize]
    }
}

/// The rows of a file: the place of a way in [`Resolution::ALL`], none for [`Resolutions::least`], and the share.
///
/// # Errors
/// The first row that no way has the name of, or whose number is no share.
pub(super) fn shares(file: &str, text: &str) -> Result<Vec<(Option<usize>, f64)>, LexiconError> {
    let share = |Row { line, value: ResolutionRow { kind, confidence } }: Row<ResolutionRow<'_>>| {
        let error = |message: String| Err(LexiconError::at(file, line, message));
        if !(0.0..=1.0).contains(&confidence) {
            return error(format!("confidence {confidence} is no share: give a number from 0 to 1"));
        }
        match Resolution::ALL.iter().position(|(_, name)| *name == kind) {
            None if kind != LEAST => error(format!("kind \"{kind}\" is unknown: see lexicons/README.md")),
            way => Ok((way, confidence)),
        }
    };
    each_row(file, text).map(|row| share(row?)).collect()
}

impl Default for Resolutions {
    fn default() -> Self {
        Self { confidence: vec![1.0; Resolution::ALL.len()], least: 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// What reading the built-in lists with `rows` added says.
    fn check(rows: &str, expected: &str) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let text = format!("kind\tconfidence\texample\n{rows}");
        fs::write(folder.path().join("resolutions.add.tsv"), text).expect("a file in it");
        let files = Files::embedded().overlay(folder.path()).expect("a folder of lists");
        let error = Resolutions::read(&files).expect_err("a row that does not fit");
        assert!(error.to_string().ends_with(expected), "{error}");
    }

    #[test]
    fn errors_name_the_remedy() {
        check("guess\t0.5\t\n", ":2: kind \"guess\" is unknown: see lexicons/README.md");
        check("role\t1.5\t\n", ":2: confidence 1.5 is no share: give a number from 0 to 1");
    }

    #[test]
    fn every_way_has_a_row() {
        let resolutions = Resolutions::read(&Files::embedded()).expect("the embedded list");
        assert!(resolutions.least > 0.0);
        for (resolution, name) in Resolution::ALL {
            assert!(resolutions.confidence(*resolution) > 0.0, "{name}");
        }
    }
}
