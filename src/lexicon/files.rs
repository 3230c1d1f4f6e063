//! The lexicon files as text: the embedded ones, and a folder of the user's that replaces or extends them.

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use super::tsv::LexiconError;

/// One lexicon file's text, under the name an error shows.
#[derive(Clone, Debug)]
pub struct Source {
    /// `cues.tsv`, or the path of the user's file.
    pub file: String,
    /// What stands in it.
    pub text: Cow<'static, str>,
}

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        /// Name and text of every embedded lexicon file.
        pub const EMBEDDED: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../lexicons/en/", $name)))),*];
    };
}

embedded![
    "abbreviations.tsv",
    "addressees.tsv",
    "adjectives.tsv",
    "allegiances.tsv",
    "camps.tsv",
    "common_words.tsv",
    "countries.tsv",
    "cues.tsv",
    "derivations.tsv",
    "descriptions.tsv",
    "events.tsv",
    "frames.tsv",
    "gazetteer.tsv",
    "given_names.tsv",
    "groups.tsv",
    "masks.tsv",
    "nicknames.tsv",
    "observers.tsv",
    "patterns.tsv",
    "placeholders.tsv",
    "places.tsv",
    "pronouns.tsv",
    "ranker.tsv",
    "relays.tsv",
    "resolutions.tsv",
    "roles.tsv",
    "scoring.tsv",
    "shifters.tsv",
    "stance.tsv",
    "statements.tsv",
    "targets.tsv",
    "titles.tsv",
    "words.tsv",
    "works.tsv",
];

/// The sources of every lexicon file, in the order they are read.
#[derive(Clone, Debug)]
pub struct Files {
    sources: Vec<(&'static str, Vec<Source>)>,
}

impl Files {
    /// The embedded files.
    #[must_use]
    pub fn embedded() -> Self {
        let source = |(name, text): &(&'static str, &'static str)| {
            (*name, vec![Source { file: format!("lexicons/en/{name}"), text: Cow::Borrowed(*text) }])
        };
        Self { sources: EMBEDDED.iter().map(source).collect() }
    }

    /// Lays a folder over the files: `cues.tsv` there replaces the embedded one, `cues.add.tsv` adds its rows.
    ///
    /// # Errors
    /// A folder or file that cannot be read, a folder without a lexicon, and a `.tsv` file that no lexicon has the name of.
    pub fn overlay(mut self, folder: &Path) -> Result<Self, LexiconError> {
        let shown = folder.display().to_string();
        let unreadable = |error: std::io::Error| {
            LexiconError::file(&shown, format!("cannot be read ({error}): give --lexicons an existing folder"))
        };
        let entries = fs::read_dir(folder).map_err(unreadable)?;
        let mut paths: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
        paths.retain(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("tsv")));
        paths.sort();
        if paths.is_empty() {
            // Not the folder that was meant, most likely: its names and words would be missed in silence.
            let message = "holds no lexicon: put one there, as cues.add.tsv, or name the folder that has them";
            return Err(LexiconError::file(&shown, message));
        }
        for path in paths {
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            let adds = name.strip_suffix(".add.tsv").map(|stem| format!("{stem}.tsv"));
            let wanted = adds.as_deref().unwrap_or(name);
            let shown = path.display().to_string();
            let Some((_, sources)) = self.sources.iter_mut().find(|(known, _)| *known == wanted) else {
                let names: Vec<&str> = EMBEDDED.iter().map(|(name, _)| *name).collect();
                let message = format!("no lexicon has this name: rename it to one of {}", names.join(", "));
                return Err(LexiconError::file(&shown, message));
            };
            let text = fs::read_to_string(&path)
                .map_err(|error| LexiconError::file(&shown, format!("cannot be read: {error}: save it as UTF-8")))?;
            if adds.is_none() {
                sources.clear();
            }
            sources.push(Source { file: shown, text: text.into() });
        }
        Ok(self)
    }

    /// The sources of one file, the embedded or replacing one first.
    ///
    /// # Panics
    /// If no embedded file has that name, which is a mistake in this crate.
    #[must_use]
    pub fn get(&self, name: &str) -> &[Source] {
        let found = self.sources.iter().find(|(known, _)| *known == name);
        &found.expect("every lexicon is embedded").1
    }
}
