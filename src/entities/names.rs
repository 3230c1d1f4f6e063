//! Names in full to entities, and the acronyms that stand beside them.

use std::ops::Range;

use smallvec::SmallVec;

use super::notes::Bearer;
use super::spacing::has_space;
use super::wording::without_shouting;
use super::{Builder, Entity, EntityId, Known, Resolution, Wording, may_be};
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::sets::{BODIES, GIVEN};
use crate::lexicon::stance::{Meaning, Pos, Sense};
use crate::lexicon::words::{Class, Classes, WordId};
use crate::scan::Places;
use crate::scan::mention::{Determiner, Mention, MentionKind};
use crate::scan::token::TokenKind;

/// Bearers of a name up to which all are looked at; of more the first so many and those who are near, so that a long text stays
/// linear.
pub(super) const MOST_NAMESAKES: usize = 50;
/// Mentions of somebody that are looked at for a full name.
pub(super) const MOST_NAMINGS: usize = 8;

/// Tokens of a name with a nickname between marks, at least.
const SHORTEST_WITH_NICKNAME: usize = 4;

/// How an entity is named in full.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct InFull {
    /// How often.
    pub(super) mentions: u32,
    /// Whether the first name is one: `Oscar-winner Sarandon` has none.
    pub(super) given: bool,
}

impl Builder<'_> {
    /// Names of two words and more, and gazetteer names, come first: a family name alone is looked up among them.
    /// Notes the mentions by other names.
    pub(super) fn full_names(&mut self, mentions: &Places, singles: &mut SmallVec<[usize; 64]>) {
        let mut places: SmallVec<[usize; 32]> = SmallVec::new();
        for index in mentions.iter() {
            let mention = &self.scan.mentions[index];
            if self.in_headline(mention) {
                continue;
            }
            let several = mention.head.len() > 1;
            let listed = mention.party.is_some() && mention.party_kind != PartyKind::Person;
            if !several && !listed {
                singles.push(index);
                continue;
            }
            if !several && matches!(mention.party_kind, PartyKind::Place | PartyKind::Government) {
                places.push(index);
                continue;
            }
            let entity = self.spelt_out(mention).unwrap_or_else(|| self.full_name(mention));
            self.bind(index, entity, Resolution::FullName);
            if several && self.entities.known[entity].gender == Gender::Unknown {
                let gender = self.owner_gender(index);
                if gender != Gender::Unknown {
                    self.entities.change(entity, |entity| entity.gender = gender);
                }
            }
            if several {
                let in_full = &mut self.entities.known[entity].in_full;
                in_full.mentions += 1;
                in_full.given |= self.scan.classes[mention.head.start].any(GIVEN);
            }
            self.learn_acronym(mention, entity);
        }
        for index in places {
            self.place_or_bearer(index);
        }
    }

    /// `Scarborough said`, `Rosa Jordan left. Jordan said`: a place or country, unless somebody of the article bears its name and
    /// nothing tells that it is one.
    fn place_or_bearer(&mut self, index: usize) {
        let mention = &self.scan.mentions[index];
        let after = mention.tokens.end;
        // `the Cuban embargo` is no Mark Cuban's.
        let alone = self.scan.kind(after) != TokenKind::Lower || self.is_verb(after);
        let word = self.last_word(mention).filter(|_| alone && !mention.inner && !self.is_governed(mention));
        let bearer = word.and_then(|word| self.bearer(index, word).filter(|(id, _)| self.is_family_name(word, *id)));
        let person = bearer.filter(|(id, _)| self.entities.list[*id].kind == PartyKind::Person);
        let (entity, how) = person.unwrap_or_else(|| (self.full_name(mention), Resolution::FullName));
        self.bind(index, entity, how);
        if person.is_none() {
            self.learn_acronym(mention, entity);
        }
    }

    /// Whether somebody's name ends in the word: `America Reyes` is not meant by her first name, which is a country's.
    fn is_family_name(&self, word: WordId, bearer: EntityId) -> bool {
        self.notes.of(word).is_some_and(|note| note.bearers.binary_search(&(bearer, true)).is_ok())
    }

    fn full_name(&mut self, mention: &Mention) -> EntityId {
        let key = self.key(mention);
        if let Some(&entity) = self.by_key.get(&key) {
            return entity;
        }
        let last = self.last_word(mention);
        if let Some(known) = last.and_then(|last| self.notes.of(last)).filter(|note| !note.bearers.is_empty()) {
            let bearers = &known.bearers;
            if let Some(entity) = self.mocked(mention, bearers) {
                return entity;
            }
            if let Some(entity) = self.variant_of(mention, bearers).or_else(|| self.tail_of(mention, bearers)) {
                self.by_key.insert(key, entity);
                self.lengthen(entity, mention);
                return entity;
            }
        }
        let entity = self.new_entity(mention);
        self.by_key.insert(key, entity);
        for at in mention.head.clone() {
            let word = self.scan.words[at];
            self.notes.entry(word).bearers.push((entity, Some(word) == last));
        }
        entity
    }

    /// Whom `Crazy Lee`, `Lazy Ann` in a quotation mean: the one person known by that name.
    fn mocked(&self, mention: &Mention, known: &[Bearer]) -> Option<EntityId> {
        let first = self.scan.classes[mention.head.start];
        let stance = &self.lexicons.stance;
        let describes = |sense: &Sense| match sense.meaning {
            Meaning::Entry(entry) => stance.entries[entry as usize].pos == Pos::Adjective,
            _ => false,
        };
        let word = mention.head.start..=mention.head.start;
        let mocks = || stance.longest(&self.scan.words[word]).is_some_and(|(_, senses)| senses.iter().any(describes));
        let told = mention.title.is_some() || mention.party.is_some() || mention.quotation.is_none();
        if told || mention.head.len() != 2 || first.any(GIVEN) || !mocks() {
            return None;
        }
        let person = |id: &EntityId| self.entities.list[*id].kind == PartyKind::Person && self.entities.list[*id].full;
        let mut bearers = if_few(known).iter().map(|(id, _)| *id).filter(person);
        bearers.next().filter(|_| bearers.next().is_none())
    }

    /// A known person with the same family name and a first name that may be the same: `Bob Corker`, `Robert P. Corker`.
    fn variant_of(&self, mention: &Mention, known: &[Bearer]) -> Option<EntityId> {
        if !matches!(mention.party_kind, PartyKind::Person | PartyKind::Unknown) || mention.head.len() < 2 {
            return None;
        }
        let first = self.scan.tokens[mention.head.start].span().of(self.text);
        let may_vary = |entity: &EntityId| {
            let Known { kind, full, gender, party, .. } = self.entities.known[*entity];
            let both_listed = mention.party.is_some() & party.is_some();
            (kind == PartyKind::Person) & full & !both_listed & may_be(gender, mention.gender)
        };
        let is_same = |entity: &EntityId| {
            let entity = &self.entities.list[*entity];
            let known = self.words_of(&entity.name).split_whitespace().next().unwrap_or("");
            self.same_first(first, known) || abbreviates(first, self.words_of(&entity.role))
        };
        family(known).filter(may_vary).find(is_same)
    }

    /// A known person whose family name the mention is: `Ruiz de Orsa`, `Van der Aa`.
    fn tail_of(&self, mention: &Mention, known: &[Bearer]) -> Option<EntityId> {
        let first = self.scan.classes[mention.head.start];
        if mention.head.len() < 2 || first.any(GIVEN) && !first.has(Class::Particle) || mention.party.is_some() {
            return None;
        }
        let tail = &self.scan.words[mention.head.clone()];
        let ends_so = |head: &Range<usize>| head.len() > tail.len() && self.scan.words[head.clone()].ends_with(tail);
        family(known).find(|entity| {
            let entity = &self.entities.list[*entity];
            let named =
                || entity.mentions.iter().take(MOST_NAMINGS).map(|known| &self.scan.mentions[*known as usize].head);
            matches!(entity.kind, PartyKind::Person | PartyKind::Unknown)
                && entity.party.is_none()
                && named().any(ends_so)
        })
    }

    /// Whether two first names may be one person's.
    fn same_first(&self, a: &str, b: &str) -> bool {
        let [a, b] = [a, b].map(|name| name.trim_end_matches('.').to_lowercase());
        let (a, b) = (a.as_str(), b.as_str());
        let stands_for = |nick: &str, name: &str| {
            self.lexicons.nicknames.get(nick).is_some_and(|names| names.iter().any(|n| n == name))
        };
        let initial = |a: &str, b: &str| a.chars().count() == 1 && b.starts_with(a);
        a == b || stands_for(a, b) || stands_for(b, a) || initial(a, b) || initial(b, a)
    }

    fn lengthen(&mut self, entity: EntityId, mention: &Mention) {
        let name = mention.head_span(&self.scan.tokens);
        let length = self.words_of(&self.entities.list[entity].name).len();
        let longer = (name.len() > length).then(|| self.wording(name, false));
        let (text, lexicons) = (self.text, self.lexicons);
        self.entities.change(entity, |known| {
            if let (None, Some(party)) = (known.party, mention.party) {
                (known.party, known.name) = (Some(party), Wording::Listed(party));
                known.gender = mention.gender;
            } else if let (None, Some(longer)) = (known.party, longer) {
                known.name = longer;
            }
            known.full = has_space(known.name.of(text, lexicons));
        });
    }

    pub(super) fn new_entity(&mut self, mention: &Mention) -> EntityId {
        let name = match mention.party {
            Some(party) => Wording::Listed(party),
            None => self.own_name(mention),
        };
        let owned = mention.party_kind == PartyKind::Unknown && self.is_owned(mention);
        let kind = if owned { PartyKind::Organisation } else { mention.party_kind };
        let full = has_space(self.words_of(&name));
        self.entities.add(Entity {
            name,
            full,
            party: mention.party,
            kind,
            gender: mention.gender,
            plural: mention.plural,
            ..Entity::default()
        })
    }

    /// The name as it stands, a nickname between marks left out; `St Orla's Trust` whole, as `Trust` names nobody.
    fn own_name(&self, mention: &Mention) -> Wording {
        let is_mark = |at: &usize| self.scan.kind(*at) == TokenKind::Mark;
        let wording = |start: usize, end: usize| {
            let (first, last) = (self.scan.tokens[start], self.scan.tokens[end - 1]);
            self.wording(first.span().join(last.span()), false)
        };
        let mut head = mention.head.clone();
        if self.has_first_name_for_title(mention) {
            head.start -= 1;
        }
        if self.is_owned(mention) {
            return self.wording(mention.span, true);
        }
        if mention.party_kind == PartyKind::Person && self.is_shouted(&head) {
            let shouted = wording(head.start, head.end);
            return Wording::Composed(without_shouting(self.words_of(&shouted)).into());
        }
        let marks = || (head.clone().find(is_mark), head.clone().rev().find(is_mark));
        match if head.len() < SHORTEST_WITH_NICKNAME { (None, None) } else { marks() } {
            (Some(open), Some(close)) if open > head.start && open < close && close + 1 < head.end => {
                let (before, after) = (wording(head.start, open), wording(close + 1, head.end));
                Wording::Composed(format!("{} {}", self.words_of(&before), self.words_of(&after)).into())
            }
            _ => wording(head.start, head.end),
        }
    }

    /// `Dean Baker`: what may be a title is a first name where a family name alone follows.
    pub(super) fn has_first_name_for_title(&self, mention: &Mention) -> bool {
        let before = mention.head.start.checked_sub(1).filter(|before| mention.tokens.contains(before));
        mention.head.len() == 1 && before.is_some_and(|before| self.scan.classes[before].any(GIVEN))
    }

    /// `ANN LEE, HOST: We won.`: in a table she is the same as in other articles.
    fn is_shouted(&self, head: &Range<usize>) -> bool {
        head.len() > 1 && head.clone().all(|at| self.scan.kind(at) == TokenKind::Upper)
    }

    /// `St Orla's Trust`: the last word is no name by itself.
    fn is_owned(&self, mention: &Mention) -> bool {
        let plain = self.scan.classes[mention.head.start].any(BODIES.with(Classes::of(&[Class::Common])));
        mention.determiner == Determiner::Possessive && mention.head.len() == 1 && plain
    }

    /// Whom letters that a list has otherwise mean here: the article gave them for a name of its own.
    fn spelt_out(&self, mention: &Mention) -> Option<EntityId> {
        let (first, last) = (mention.head.start, mention.head.end - 1);
        if first != last || self.scan.kind(first) != TokenKind::Upper {
            return None;
        }
        let entity = self.notes.of(self.scan.words[first])?.acronym?;
        let named = self.entities.list[entity]
            .mentions
            .iter()
            .take(MOST_NAMINGS)
            .map(|m| &self.scan.mentions[*m as usize].head);
        let letters = self.scan.tokens[first].span().of(self.text);
        let spells = |head: &Range<usize>| {
            let capitals = head.clone().filter(|at| self.scan.tokens[*at].is_capitalised());
            capitals.filter_map(|at| self.scan.tokens[at].span().of(self.text).chars().next()).eq(letters.chars())
        };
        named.into_iter().any(spells).then_some(entity)
    }

    /// `World Trade Council (WTC)`: the capitals in the bracket name the body before it, if they begin as it does.
    fn learn_acronym(&mut self, mention: &Mention, entity: EntityId) {
        let after = mention.tokens.end;
        let bracket = self.scan.kind(after) == TokenKind::Open
            && self.scan.kind(after + 1) == TokenKind::Upper
            && self.scan.kind(after + 2) == TokenKind::Close;
        let first =
            |at: usize| self.scan.tokens[at].span().of(self.text).chars().next().map(|sign| sign.to_ascii_lowercase());
        if bracket && first(mention.head.start) == first(after + 1) {
            self.notes.entry(self.scan.words[after + 1]).acronym.get_or_insert(entity);
        }
    }
}

/// Who bears a name, unless they are very many: of those nobody is known to be the only one.
pub(super) fn if_few(known: &[Bearer]) -> &[Bearer] {
    if known.len() <= MOST_NAMESAKES { known } else { &[] }
}

/// Who bears a family name; of very many the first and the latest.
fn family(known: &[Bearer]) -> impl Iterator<Item = EntityId> {
    let (first, rest) = known.split_at(MOST_NAMESAKES.min(known.len()));
    let latest = &rest[rest.len().saturating_sub(MOST_NAMESAKES)..];
    first.iter().chain(latest).filter(|(_, is_last)| *is_last).map(|(entity, _)| *entity)
}

/// `DPP`, of a Deputy Public Prosecutor.
fn abbreviates(letters: &str, role: &str) -> bool {
    letters.len() > 1 && role.split(' ').filter_map(|word| word.chars().next()).eq(letters.chars())
}

/// `the Courier`, `The Daily Lantern`: an article right before a name is none of a person's.
pub(super) fn is_thing(mention: &Mention) -> bool {
    let named = mention.kind == MentionKind::Name && mention.title.is_none() && !mention.plural;
    named && mention.determiner == Determiner::Definite && mention.head.start == mention.tokens.start + 1
}

#[cfg(test)]
mod tests {
    use crate::entities::Resolution;
    use crate::lexicon::gazetteer::PartyKind;
    use crate::{Analyzer, Document, Lexicons};

    fn kind_of_speaker(text: &str) -> Option<PartyKind> {
        let lexicons = Lexicons::embedded();
        let document = Document { text: text.into(), ..Document::default() };
        let analysis = Analyzer::new(&lexicons).analyze(&document);
        analysis.attributions[0].speaker.map(|speaker| analysis.entities.list[speaker].kind)
    }

    #[test]
    fn of_very_many_nobody_is_surely_the_only_one() {
        let lexicons = Lexicons::embedded();
        let how = |women: u8| {
            let letters = |number: u8| [number / 10, number % 10].map(|digit| char::from(b'a' + digit));
            let names = (0..women).map(|number| format!("Mrs. Q{} Lee left. ", String::from_iter(letters(number))));
            let text = format!("Bob Lee came. {}“We won,” Mr. Lee said.", names.collect::<String>());
            let document = Document { text, ..Document::default() };
            let analysis = Analyzer::new(&lexicons).analyze(&document);
            let source = analysis.attributions[0].source.expect("a source");
            let speaker = analysis.entities.get(source).expect("a speaker");
            (speaker.name.of(&document.text, &lexicons).to_owned(), analysis.entities.how[source])
        };
        assert_eq!(how(10), ("Bob Lee".to_owned(), Resolution::FamilyName));
        assert_eq!(how(90), ("Bob Lee".to_owned(), Resolution::SharedName));
    }

    #[test]
    fn letters_before_a_family_name_may_be_initials() {
        assert_eq!(kind_of_speaker("\"We were there,\" UK Sport said."), Some(PartyKind::Organisation));
        assert_ne!(kind_of_speaker("\"We were there,\" AJP Lowry said."), Some(PartyKind::Organisation));
        assert_ne!(kind_of_speaker("\"We were there,\" MARROW Lowry said."), Some(PartyKind::Organisation));
    }

    #[test]
    fn an_article_before_a_name_tells_that_it_is_no_person() {
        assert_eq!(kind_of_speaker("\"We were there,\" The Lantern reported."), Some(PartyKind::Organisation));
        assert_eq!(kind_of_speaker("\"We were there,\" Lantern reported."), Some(PartyKind::Unknown));
        assert_eq!(kind_of_speaker("\"We were there,\" BBC Dessan reported."), Some(PartyKind::Outlet));
        assert_eq!(kind_of_speaker("\"We were there,\" the Texan said."), Some(PartyKind::Person));
    }
}
