//! What tells two apart who are called by one word: the senator from Vermont is not `the Texas senator`, the German minister
//! not `the French minister`, the mayor of Ashby not `the Dunmore mayor`, the president not `the vice president`, the former
//! mayor not `the current mayor`, nor the Tory member `the Labour MP`.

use smallvec::SmallVec;

use super::names::MOST_NAMINGS;
use super::{Builder, EntityId};
use crate::Span;
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::{Party, PartyKind};
use crate::lexicon::phrases::Meaning;
use crate::lexicon::sets::GIVEN;
use crate::lexicon::words::{Class, Classes, WordId};
use crate::scan::mention::Mention;

/// Bytes of a mark after a name, at most: `(Democrat, North Carolina)`.
const LONGEST_MARK: usize = 40;
/// Letters for a party before the dash of such a mark, at most: `Lab-Ashby`.
const LONGEST_PARTY: usize = 3;
/// Bytes of a description that are looked at, so that one without end costs linear time.
const MOST_BYTES: usize = 200;

/// The states, countries and other names in a description, its rank, and when the office is held.
#[derive(Default)]
pub(super) struct Marks<'a> {
    /// First-level parts of a country, indices of [`crate::Lexicons::parties`].
    pub(super) states: SmallVec<[u32; 2]>,
    /// Ids of countries.
    countries: SmallVec<[&'a str; 2]>,
    /// Towns, and names that no lexicon has.
    names: SmallVec<[&'a str; 2]>,
    /// `deputy` of `the deputy mayor`.
    rank: Option<WordId>,
    /// `former` of `the former mayor`.
    tenure: Option<Tenure>,
}

/// When somebody holds an office.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tenure {
    /// `the former mayor`
    Past,
    /// `the current mayor`
    Present,
}

impl Builder<'_> {
    /// `the Ohio Republican`, of Gov. Rusk Ammering of Ohio: whether the text, or the gazetteer, tells that somebody is of the state that
    /// a description names.
    pub(super) fn is_of_state(&self, id: EntityId, said: &Marks<'_>) -> bool {
        let shares = |own: &[u32]| own.iter().any(|state| said.states.contains(state));
        !said.states.is_empty() && (shares(&self.own_marks(id).states) || shares(&self.listed_states(id)))
    }

    /// The states that the gazetteer tells of somebody.
    fn listed_states(&self, id: EntityId) -> SmallVec<[u32; 2]> {
        let Some(party) = self.entities.list[id].party else { return SmallVec::new() };
        let Party { role, state, .. } = &self.lexicons.parties[party as usize];
        let mut states = self.marks_in(role).states;
        states.extend(state.split('|').flat_map(|state| self.marks_in(state).states));
        states
    }

    /// What the text tells somebody to be.
    pub(super) fn told(&self, id: EntityId) -> &str {
        let entity = &self.entities.list[id];
        self.words_of(if entity.unnamed { &entity.name } else { &entity.role })
    }

    /// The marks that the text tells of somebody, before and behind the name.
    fn own_marks(&self, id: EntityId) -> Marks<'_> {
        let mut own = self.marks_in(self.told(id));
        for index in self.entities.list[id].mentions.iter().take(MOST_NAMINGS) {
            let behind = self.marks_in(self.mark_behind(*index as usize));
            own.states.extend(behind.states);
            own.countries.extend(behind.countries);
            own.names.extend(behind.names);
        }
        own
    }

    /// Whether a description has other marks than the text tells of somebody: another state, or of who is `called` by the same noun
    /// another country, town, body, rank or time.
    pub(super) fn is_told_apart(&self, id: EntityId, said: &Marks<'_>, called: &str) -> bool {
        if said.states.is_empty()
            && said.countries.is_empty()
            && said.names.is_empty()
            && said.rank.is_none()
            && said.tenure.is_none()
        {
            return false;
        }
        let (told, mut own) = (self.told(id), self.own_marks(id));
        if own.states.is_empty() && !said.states.is_empty() {
            own.states = self.listed_states(id);
        }
        let noun = called.rsplit(' ').next().unwrap_or(called);
        let same_word = || told.split_whitespace().any(|word| word.eq_ignore_ascii_case(noun));
        // A deputy coach may be called a coach, a coach is no deputy.
        let outranks = said.rank.is_some() && own.rank != said.rank;
        // Who is the mayor at first may be the former one by now.
        let times = [said.tenure, own.tenure];
        let another_time = times == [Some(Tenure::Present), Some(Tenure::Past)]
            || times == [Some(Tenure::Past), Some(Tenure::Present)];
        let others = || {
            outranks
                || another_time
                || are_disjoint(&own.countries, &said.countries)
                || are_disjoint(&own.names, &said.names)
        };
        are_disjoint(&own.states, &said.states) || others() && same_word()
    }

    /// Of those whom a description may mean, who held the office at another time than it says, where one of them suits it: the
    /// former mayor is not `the mayor`, nor the mayor `the former mayor`.
    pub(super) fn of_another_time(&self, holders: &[EntityId], said: &Marks<'_>) -> Vec<EntityId> {
        if holders.len() < 2 || said.tenure == Some(Tenure::Present) {
            return Vec::new();
        }
        let suits = |id: &EntityId| {
            let words = self.told(*id).split_whitespace().map(|word| self.lexicons.words.find(word));
            let own = self.tenure_in(&words.collect::<SmallVec<[WordId; 8]>>());
            (own == Some(Tenure::Past)) == (said.tenure == Some(Tenure::Past))
        };
        let (suiting, others): (Vec<EntityId>, Vec<EntityId>) = holders.iter().partition(|id| suits(id));
        if suiting.is_empty() { Vec::new() } else { others }
    }

    /// Of a description, with what it says behind its noun.
    pub(super) fn marks_of(&self, mention: &Mention) -> Marks<'_> {
        let end = self.scan.tokens[self.nominal_end(mention) - 1].end();
        let most = mention.span.start + MOST_BYTES as u32;
        self.marks_in(if end <= most { Span { end, ..mention.span }.of(self.text) } else { "" })
    }

    /// `Vermont` of `of Vermont`, `(D-Vt.)` or `, D-Vt.,` behind a mention; empty where nothing of the kind stands there.
    fn mark_behind(&self, index: usize) -> &str {
        let mention = &self.scan.mentions[index];
        let behind = &self.text[mention.span.end as usize..];
        let place = self.after_place(mention.tokens.end);
        if place > mention.tokens.end {
            return Span { start: mention.span.end, end: self.scan.tokens[place - 1].end() }.of(self.text);
        }
        party_mark(behind).map_or("", |(_, state)| state)
    }

    /// `R` of `(R-Ohio)` or `, R-Ohio,` behind somebody's name, `Democrat` of `(Democrat, Vermont)`: the party as far as it is written.
    pub(super) fn party_behind(&self, id: EntityId) -> Option<&str> {
        let marked = |index: &u32| {
            let behind = &self.text[self.scan.mentions[*index as usize].span.end as usize..];
            party_mark(behind).map(|(party, _)| party)
        };
        self.entities.list[id].mentions.iter().take(MOST_NAMINGS).find_map(marked)
    }

    /// Whether the text tells somebody to be of another party than a description does: a Tory backbencher is not `the Labour MP`.
    pub(super) fn is_of_another_party(&self, id: EntityId, party: &str) -> bool {
        if party.is_empty() {
            return false;
        }
        let mut own = self.told(id).split_whitespace().filter_map(|word| self.party_named(word));
        let marked = || self.party_behind(id).is_some_and(|mark| !is_short_for(mark, party));
        own.next_back().map_or_else(marked, |own| own != party)
    }

    /// Whether somebody is told with capitals before the noun, as a description has, and with others: who manages Kildare City
    /// is not `the Ostrey boss`, `the Lib Dem MP` is not `a Labour MP`.
    pub(super) fn is_described_otherwise(&self, id: EntityId, mention: &Mention) -> bool {
        let own = capitals_before_noun(self.told(id));
        let described = capitals_before_noun(self.without_article(mention.span.of(self.text)));
        are_disjoint(&own, &described)
    }

    /// The political party that a word stands for: `Tory`, `Republican`.
    fn party_named(&self, word: &str) -> Option<&str> {
        let (_, meanings) = self.lexicons.phrases.longest(&[self.lexicons.words.find(word)])?;
        let parties = meanings.iter().filter_map(|meaning| match meaning {
            Meaning::Party(party) => Some(&self.lexicons.parties[*party as usize]),
            _ => None,
        });
        let mut named = parties.filter(|party| party.kind != PartyKind::Person).map(|party| party.party.as_str());
        named.find(|party| !party.is_empty())
    }

    /// When somebody is told to hold the office that words name.
    fn tenure_in(&self, words: &[WordId]) -> Option<Tenure> {
        let holds = |kind| words.iter().any(|word| self.lexicons.descriptions.is(kind, *word));
        // `New York's former mayor`
        let present = || holds(DescriptionKind::Incumbent).then_some(Tenure::Present);
        if holds(DescriptionKind::Former) { Some(Tenure::Past) } else { present() }
    }

    /// Of words of the text or of a lexicon.
    fn marks_in<'w>(&'w self, words: &'w str) -> Marks<'w> {
        const PLAIN: Classes = GIVEN.with(Classes::of(&[Class::Common, Class::Demonym, Class::Modifier]));
        let lexicons = self.lexicons;
        let words: SmallVec<[&str; 8]> = words.split_whitespace().map(bare).collect();
        let ids: SmallVec<[WordId; 8]> = words.iter().map(|word| lexicons.words.find(word)).collect();
        let rank = ids.iter().copied().find(|word| lexicons.descriptions.is(DescriptionKind::Rank, *word));
        let tenure = self.tenure_in(&ids);
        let (mut marks, mut at) = (Marks { rank, tenure, ..Marks::default() }, 0);
        while at < words.len() {
            let Some((length, meanings)) = lexicons.phrases.longest(&ids[at..]) else {
                // `Ashby-born` tells where somebody comes from, not of what he is.
                let plain = lexicons.words.classes(ids[at]).any(PLAIN) || words[at].contains('-');
                let name = words[at].starts_with(char::is_uppercase) && !plain;
                if name {
                    marks.names.push(words[at]);
                }
                at += 1;
                continue;
            };
            for meaning in meanings {
                match meaning {
                    Meaning::Party(party) if lexicons.first_level.contains(party) => marks.states.push(*party),
                    Meaning::Party(party) | Meaning::Demonym(party) => {
                        let party = &lexicons.parties[*party as usize];
                        if party.kind == PartyKind::Place {
                            marks.names.push(&party.name);
                        } else if lexicons.is_country(&party.id) {
                            marks.countries.push(&party.country);
                        }
                    }
                    _ => {}
                }
            }
            at += length;
        }
        marks
    }
}

/// What stands before a closing sign that is near.
fn mark_before(mark: &str, close: char) -> Option<&str> {
    let mut near = mark.char_indices().take_while(|(at, _)| *at <= LONGEST_MARK);
    near.find(|(_, sign)| *sign == close).map(|(end, _)| &mark[..end])
}

/// The party and the state in what stands behind a name: `D` and `Vt.` of ` (D-Vt.)` and `, D-Vt.,`, and of `(Democrat, Vt.)`.
fn party_mark(behind: &str) -> Option<(&str, &str)> {
    if let Some(inner) = behind.trim_start_matches(' ').strip_prefix('(') {
        return mark_before(inner, ')').and_then(|mark| behind_party(mark, &['-', '–', ',']));
    }
    // `, a senator,` is a description, which tells a role.
    let mark = mark_before(behind.strip_prefix(", ")?, ',')?;
    behind_party(mark, &['-', '–'])
}

/// `D` and `Vt.` of `D-Vt.`, and where a comma may stand there, of `Democrat, Vt.`; not `Luc` of `Jean-Luc`.
fn behind_party<'m>(mark: &'m str, signs: &[char]) -> Option<(&'m str, &'m str)> {
    let (party, rest) = mark.split_once(signs)?;
    let dash = mark[party.len()..].starts_with(['-', '–']);
    (!dash || party.chars().count() <= LONGEST_PARTY).then(|| (party.trim(), rest.trim_start()))
}

/// `R` for `Republican`, `Lab` for `Labour`.
pub(super) fn is_short_for(mark: &str, party: &str) -> bool {
    !mark.is_empty() && party.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark))
}

/// `Lib Dem` of `Lib Dem MP`.
fn capitals_before_noun(words: &str) -> SmallVec<[&str; 4]> {
    let before = words.rsplit_once(' ').map_or("", |(before, _)| before);
    before.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).collect()
}

/// A word without signs beside it, and without `'s`.
fn bare(word: &str) -> &str {
    let word = word.trim_matches(|sign: char| !sign.is_alphanumeric() && sign != '.');
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// Whether both tell something, and nothing that is the same.
fn are_disjoint<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    !a.is_empty() && !b.is_empty() && !a.iter().any(|one| b.contains(one))
}

#[cfg(test)]
mod tests {
    use crate::{Analyzer, Document, Lexicons};

    /// The speaker of the quotation that a description has, after another description or title of Rusk Ammering.
    fn speaker(lexicons: &Lexicons, told: &str, described: &str) -> Option<String> {
        let text = format!("{told} came at noon. “We won,” {described} said.");
        let document = Document { text, ..Document::default() };
        let analysis = Analyzer::new(lexicons).analyze(&document);
        let speaker = analysis.attributions[0].speaker.map(|speaker| &analysis.entities.list[speaker].name);
        speaker.map(|name| name.of(&document.text, lexicons).to_owned())
    }

    #[test]
    fn who_is_of_another_place_or_body_is_not_meant() {
        let lexicons = Lexicons::embedded();
        for (told, other, same) in [
            ("Rusk Ammering, the senator from Vermont,", "the Texas senator", "the Vermont senator"),
            ("Sen. Rusk Ammering of Vermont", "the Texas senator", "the Vermont senator"),
            ("Sen. Rusk Ammering of Vermont, with Texas voters,", "the Texas senator", "the Vermont senator"),
            ("Sen. Rusk Ammering (D-Vt.)", "the Texas senator", "the Vermont senator"),
            ("Sen. Rusk Ammering (Democrat, Vermont)", "the Texas senator", "the Vermont senator"),
            ("Sen. Rusk Ammering (D-N.C.)", "the Texas senator", "the North Carolina senator"),
            ("Vermont Sen. Rusk Ammering", "the Texas senator", "the senator from Vermont"),
            ("Rusk Ammering, the German interior minister,", "the French interior minister", "the German minister"),
            ("German Interior Minister Rusk Ammering", "the minister of France", "the interior minister of Germany"),
            ("Rusk Ammering, the mayor of Ashby,", "the Dunmore mayor", "the Ashby mayor"),
            ("Rusk Ammering, the mayor of Ashby,", "the mayor of Dunmore", "the mayor of Ashby"),
            ("Mayor Rusk Ammering of Ashby", "the mayor of Dunmore", "the Ashby mayor"),
            ("President Rusk Ammering", "the vice president", "the president"),
            ("Vice President Rusk Ammering", "the president", "the vice president"),
            ("Lt. Gov. Rusk Ammering", "the other governor", "the lieutenant governor"),
            ("Health Secretary Rusk Ammering", "the shadow health secretary", "the health secretary"),
            ("Coach Rusk Ammering", "the assistant coach", "the head coach"),
            ("Rusk Ammering, chief executive of Nortex,", "the Velmark chief executive", "the Nortex chief executive"),
        ] {
            // Somebody unnamed, or nobody where it is not sure that it is another.
            let found = speaker(&lexicons, told, other);
            assert!(found.as_ref().is_none_or(|name| other.ends_with(name)), "{told} {other}: {found:?}");
            assert_eq!(speaker(&lexicons, told, same).as_deref(), Some("Rusk Ammering"), "{told} {same}");
        }
    }

    #[test]
    fn the_gazetteer_tells_states_where_the_text_does_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let names = folder.path().join("names.tsv");
        std::fs::write(&names, "name\ttype\trole\tstate\nRusk Ammering\tperson\tSenator\tUtah|Vermont\n")
            .expect("written");
        let lexicons = Lexicons::load(None, &[names]).expect("lexicons");
        for (described, expected) in [
            ("the Vermont senator", Some("Rusk Ammering")),
            ("the Utah senator", Some("Rusk Ammering")),
            ("the Texas senator", None),
        ] {
            assert_eq!(speaker(&lexicons, "Rusk Ammering", described).as_deref(), expected, "{described}");
        }
        let told = speaker(&lexicons, "Sen. Rusk Ammering of Texas", "the Texas senator");
        assert_eq!(told.as_deref(), Some("Rusk Ammering"), "what the text tells counts first");
    }

    #[test]
    fn who_is_told_no_place_may_be_meant() {
        let lexicons = Lexicons::embedded();
        for (told, described) in [
            ("Sen. Rusk Ammering", "the Texas senator"),
            ("Rusk Ammering, the Ashby mayor,", "the mayor"),
            ("Rusk Ammering, the national security adviser,", "the White House adviser"),
            ("Rusk Ammering, the mayor of Ashby,", "the Dunmore-born mayor"),
            ("Mayor Rusk Ammering, Jean-Luc Dray, and others", "the Ashby mayor"),
        ] {
            assert_eq!(speaker(&lexicons, told, described).as_deref(), Some("Rusk Ammering"), "{told} {described}");
        }
    }
}
