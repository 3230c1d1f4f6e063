//! Of which state, province or the like somebody is: the senator from Vermont is not `the Texas senator`.

use std::ops::Range;

use smallvec::SmallVec;

use super::names::MOST_NAMINGS;
use super::{Builder, EntityId};
use crate::lexicon::phrases::Meaning;
use crate::lexicon::words::{Class, WordId};

/// Bytes of a mark after a name, at most: `(Democrat, North Carolina)`.
const LONGEST_MARK: usize = 40;
/// Words of the name of a state, at most.
const LONGEST_NAME: usize = 4;

impl Builder<'_> {
    /// Whether the text tells that a person is of another state than a description does.
    pub(super) fn is_of_another_state(&self, id: EntityId, said: Option<u32>) -> bool {
        said.is_some_and(|said| self.state_of(id).is_some_and(|own| own != said))
    }

    /// The state that a person's role, or what stands behind the name, tells: `senator from Vermont`, `Ann Lee of Vermont`, `Ann Lee
    /// (D-Vt.)`.
    fn state_of(&self, id: EntityId) -> Option<u32> {
        let entity = &self.entities.list[id];
        let called = if entity.unnamed { &entity.name } else { &entity.role };
        let told = self.state_named(self.words_of(called));
        told.or_else(|| entity.mentions.iter().take(MOST_NAMINGS).find_map(|index| self.state_behind(*index as usize)))
    }

    /// The first state that tokens name.
    pub(super) fn state_among(&self, mut tokens: Range<usize>) -> Option<u32> {
        let end = tokens.end;
        tokens.find_map(|at| {
            let begins = self.scan.has(at, Class::PhraseStart);
            begins.then(|| self.state(&self.scan.words[at..end.min(at + LONGEST_NAME)])).flatten()
        })
    }

    /// `of Vermont`, `(D-Vt.)`, `, D-Vt.,` behind a mention.
    fn state_behind(&self, index: usize) -> Option<u32> {
        let mention = &self.scan.mentions[index];
        let end = mention.tokens.end;
        if self.scan.has(end, Class::Of) {
            return self.state(&self.scan.words[end + 1..self.scan.words.len().min(end + 1 + LONGEST_NAME)]);
        }
        let behind = &self.text[mention.span.end as usize..];
        let bracket = behind.trim_start_matches(' ').strip_prefix('(').map(|inner| (inner, ')'));
        let (mark, close) = bracket.or_else(|| behind.strip_prefix(", ").map(|mark| (mark, ',')))?;
        let mark = &mark[..mark.find(close).filter(|end| *end <= LONGEST_MARK)?];
        // `, a senator,` is a description, which tells a role.
        let party = mark.find(['-', '–', ','])?;
        self.state_named(mark[party..].trim_start_matches(['-', '–', ',', ' ']))
    }

    /// The first state that words of the text, or of a lexicon, name.
    fn state_named(&self, words: &str) -> Option<u32> {
        let words: SmallVec<[WordId; 8]> = words
            .split_whitespace()
            .map(|word| self.lexicons.words.find(word.trim_matches([',', '’', '\''])))
            .collect();
        (0..words.len()).find_map(|at| self.state(&words[at..words.len().min(at + LONGEST_NAME)]))
    }

    /// The state whose name words begin with.
    fn state(&self, words: &[WordId]) -> Option<u32> {
        let (_, meanings) = self.lexicons.phrases.longest(words)?;
        meanings.iter().find_map(|meaning| match meaning {
            Meaning::Party(party) => Some(*party).filter(|party| self.lexicons.first_level.contains(party)),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::{Analyzer, Document, Lexicons};

    #[test]
    fn the_senator_of_one_state_is_not_that_of_another() {
        let lexicons = Lexicons::embedded();
        let speaker = |text: String| {
            let document = Document { text, ..Document::default() };
            let analysis = Analyzer::new(&lexicons).analyze(&document);
            let speaker = analysis.attributions[0].speaker.map(|speaker| &analysis.entities.list[speaker].name);
            speaker.map(|name| name.of(&document.text, &lexicons).to_owned())
        };
        for said in [
            "Rusk Ammering, the senator from Vermont, came.",
            "Sen. Rusk Ammering of Vermont came.",
            "Sen. Rusk Ammering (D-Vt.) came.",
            "Sen. Rusk Ammering, D-Vt., came.",
            "Sen. Rusk Ammering (Democrat, Vermont) came.",
            "Vermont Sen. Rusk Ammering came.",
            "Sen. Rusk Ammering (D-N.C.) came.",
        ] {
            assert_eq!(speaker(format!("{said} “We won,” the Texas senator said.")), None, "{said}");
        }
        let vermont = "Sen. Rusk Ammering (D-Vt.) came. “We won,” the Vermont senator said.";
        assert_eq!(speaker(vermont.to_owned()).as_deref(), Some("Rusk Ammering"));
        // Of whom no state is told, he may be.
        let untold = "Sen. Rusk Ammering came. “We won,” the Texas senator said.";
        assert_eq!(speaker(untold.to_owned()).as_deref(), Some("Rusk Ammering"));
    }
}
