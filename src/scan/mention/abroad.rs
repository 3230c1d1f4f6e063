//! Bodies that many states have under one name: whether `the Senate` is the one that the gazetteer has or another's.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Mention, MentionKind, Scan};
use crate::lexicon::Lexicons;
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::phrases::Meaning;
use crate::lexicon::words::WordId;

/// An article that names a country so often, and nothing of the one whose body the gazetteer has, is about that country.
const ABOUT: usize = 3;

/// Takes the gazetteer's party from mentions that mean another state's body: `the Nigerian Senate`, `the Senate` after it, and
/// `the Senate` in an article that is about Nigeria and names nothing else of the country whose body the gazetteer has.
pub(super) fn forget_bodies_abroad(scan: &Scan, lexicons: &Lexicons, mentions: &mut [Mention]) {
    let finder = Bodies { scan, lexicons };
    if !mentions.iter().any(|mention| finder.shared(mention).is_some()) {
        return;
    }
    let mut named: FxHashMap<&str, usize> = FxHashMap::default();
    for mention in mentions.iter() {
        let country = match finder.shared(mention) {
            // `the State Department`, `Republicans`: hardly anybody else's.
            Some((_, home)) => finder.owner(mention, home).or((!finder.is_domestic(mention)).then_some(home)),
            None => finder.country_of(mention),
        };
        if let Some(country) = country {
            *named.entry(country).or_default() += 1;
        }
    }
    let mut abroad = FxHashSet::default();
    for mention in mentions.iter_mut() {
        let Some((party, home)) = finder.shared(mention) else { continue };
        let about_another = || !named.contains_key(home) && named.values().any(|times| *times >= ABOUT);
        match finder.owner(mention, home) {
            Some(owner) if owner == home => drop(abroad.remove(&party)),
            Some(_) => drop(abroad.insert(party)),
            None if finder.is_domestic(mention) && about_another() => drop(abroad.insert(party)),
            None => {}
        }
        if abroad.contains(&party) {
            mention.party = None;
        }
    }
}

struct Bodies<'a> {
    scan: &'a Scan,
    lexicons: &'a Lexicons,
}

impl<'a> Bodies<'a> {
    /// `the Senate`: without more words each country means its own.
    fn is_domestic(&self, mention: &Mention) -> bool {
        self.lexicons.descriptions.is(DescriptionKind::Domestic, self.scan.words[mention.head.end - 1])
    }

    /// The party that the gazetteer has for a name that many states have for theirs, and the country of that party.
    fn shared(&self, mention: &Mention) -> Option<(u32, &'a str)> {
        let words = &self.scan.words[mention.head.clone()];
        let ends_so = self.lexicons.descriptions.is(DescriptionKind::Namesake, words[words.len() - 1]);
        if mention.kind != MentionKind::Name || !ends_so {
            return None;
        }
        // `Nigerian Senate` is no name that the gazetteer has, but what it ends in.
        let within = || (1..words.len()).find_map(|from| self.body(&words[from..]));
        let party = mention.party.or_else(within)?;
        let country = self.lexicons.parties[party as usize].country.as_str();
        self.lexicons.is_country(country).then_some((party, country))
    }

    /// The party whose name the words are.
    fn body(&self, words: &[WordId]) -> Option<u32> {
        let (length, meanings) = self.lexicons.phrases.longest(words)?;
        let party = |meaning: &Meaning| match meaning {
            Meaning::Party(party) => Some(*party),
            _ => None,
        };
        meanings.iter().find_map(party).filter(|_| length == words.len())
    }

    /// The country in `the Nigerian Senate`, `Israel's Supreme Court`, `the U.S. Senate`; the body's `home` where a name of several
    /// may be one there: `Georgia Republicans`.
    fn owner(&self, mention: &Mention, home: &str) -> Option<&'a str> {
        let last = mention.head.end - 1;
        (mention.tokens.start..last).find_map(|at| {
            let (_, meanings) = self.lexicons.phrases.longest(&self.scan.words[at..last])?;
            let countries = meanings.iter().filter_map(|meaning| match meaning {
                Meaning::Party(party) | Meaning::Demonym(party) => Some(&self.lexicons.parties[*party as usize]),
                _ => None,
            });
            let mut countries = countries.filter(|party| party.country == home || party.id == party.country);
            let first = countries.next()?;
            let own = countries.find(|party| party.country == home);
            Some(own.unwrap_or(first).country.as_str()).filter(|id| self.lexicons.is_country(id))
        })
    }

    /// The country that a mention tells the article to be about.
    fn country_of(&self, mention: &Mention) -> Option<&'a str> {
        let country = self.lexicons.parties[mention.party? as usize].country.as_str();
        Some(country).filter(|country| self.lexicons.is_country(country))
    }
}

#[cfg(test)]
mod tests {
    use crate::{Analyzer, Document, Lexicons};

    /// The id of whom the last quotation is by.
    fn check(text: &str, expected: Option<&str>) {
        let lexicons = Lexicons::embedded();
        let document = Document { text: text.into(), ..Document::default() };
        let analysis = Analyzer::new(&lexicons).analyze(&document);
        let speaker = analysis.attributions.last().and_then(|attribution| attribution.speaker).expect("a speaker");
        let party = analysis.entities.list[speaker].party;
        assert_eq!(party.map(|party| lexicons.parties[party as usize].id.as_str()), expected, "{text}");
    }

    #[test]
    fn another_state_has_a_body_of_that_name_too() {
        let senate = Some("gov/us-senate");
        check("“We agree,” the Senate said.", senate);
        check("“We agree,” the Nigerian Senate said.", None);
        check("“We agree,” Australia’s Senate said.", None);
        check("The Nigerian Senate met. “We agree,” the Senate said.", None);
        check("The Nigerian Senate wrote to the U.S. Senate. “We agree,” the Senate said.", senate);
        check("Georgia Republicans met. “We agree,” Republicans said.", Some("group/republicans"));
        check("“We agree,” India’s FBI said.", Some("gov/us-fbi"));
    }

    #[test]
    fn an_article_about_one_country_means_its_bodies() {
        check("Nigeria is hot. The Nigerian rains were late. Abuja burned. “We agree,” the Senate said.", None);
        check(
            "Nigeria is hot. The Nigerian rains were late. Abuja burned, as did Texas. “We agree,” the Senate said.",
            Some("gov/us-senate"),
        );
        let about = |text: &str| format!("Nigeria is hot. The Nigerian rains were late. Abuja burned. {text}");
        check(&about("“We agree,” the State Department said."), Some("gov/us-state-department"));
        check(&about("“We agree,” Republicans said."), Some("group/republicans"));
        check(&about("Republicans left. “We agree,” the Senate said."), Some("gov/us-senate"));
        check("“We agree,” the Nigerian Justice Department said.", None);
    }
}
