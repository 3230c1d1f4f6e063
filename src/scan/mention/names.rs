//! Chunks that end in a name: where the name begins and ends, whose it is, and the names within it.

use std::ops::Range;

use super::offices::LONGEST_INITIALS;
use super::{Determiner, Finder, LONGEST_PHRASE, LookedUp, Mention, MentionKind, PEOPLE, Piece};
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::phrases::Meaning;
use crate::lexicon::sets::{BODIES, GIVEN};
use crate::lexicon::words::{Class, Classes};
use crate::scan::token::TokenKind;

/// Words that are no names by themselves.
pub(super) const PLAIN: Classes = Classes::of(&[Class::Common, Class::Modifier]);

impl Finder<'_> {
    pub(super) fn named(&mut self, pieces: &[(Piece, Range<usize>)]) {
        let cut =
            pieces.iter().rposition(|(piece, _)| !matches!(piece, Piece::Name | Piece::Link)).map_or(0, |i| i + 1);
        let (before, name_pieces) = pieces.split_at(cut);
        let mut name = name_pieces[0].1.start..name_pieces[name_pieces.len() - 1].1.end;
        let whole = name.end;
        name.end = self.without_letters(&name);
        let described = name.start;
        if name_pieces.len() > 1 {
            self.strip_description(name_pieces, &mut name);
        }
        let start = before.first().map_or(described, |(_, range)| range.start);
        let mut mention = self.blank(start..whole, MentionKind::Name);
        mention.head = name.clone();
        self.name_identity(&mut mention);
        // `Ms. Gao` is not the GAO.
        let titled = || before.iter().any(|(piece, _)| matches!(piece, Piece::Title(_)));
        if name.len() == 1 && mention.party_kind != PartyKind::Person && titled() {
            mention.forget_party();
        }
        if before.iter().all(|(piece, _)| *piece == Piece::Determiner) && self.is_no_name(&mention) {
            return;
        }
        if !before.is_empty() {
            self.describe(&mut mention, before);
            self.capital_noun(&mut mention);
        }
        mention.possessive = self.kind(whole) == TokenKind::Possessive || self.is_plural_possessive(whole);
        if mention.kind == MentionKind::Demonym && before.is_empty() && self.is_demonym_people(&mention) {
            mention.kind = MentionKind::Name;
        }
        mention.role = self.role_before(self.with_opening_word(start), name.start, mention.title.is_some());
        let last = self.classes[name.start.saturating_sub(1)];
        if mention.role.is_some()
            && mention.title.is_none()
            && last.has(Class::RolePerson)
            && !self.may_be_person(&mention, last)
        {
            mention.role = None;
        }
        self.found.push(mention);
        if !before.is_empty() {
            self.inner_names(before);
        }
        if described < name.start {
            self.inner_name(described..name.start);
        }
    }

    /// `the Opposition`, `the Bench`: a noun for several with a capital and an article is no person.
    fn capital_noun(&self, mention: &mut Mention) {
        let classes = self.classes[mention.head.start];
        let untold = mention.party_kind == PartyKind::Unknown && mention.head.len() == 1;
        if mention.determiner != Determiner::Definite || !untold || classes.has(Class::RolePerson) {
            return;
        }
        mention.party_kind = match () {
            () if classes.has(Class::RoleGroup) => PartyKind::Group,
            () if classes.has(Class::RoleGovernment) => PartyKind::Government,
            () if classes.has(Class::RoleOrganisation) => PartyKind::Organisation,
            () => PartyKind::Unknown,
        };
    }

    /// `the Democratic vote`, `on TV`: an adjective with a capital and a plain word in capitals name nobody, unless a first name
    /// told it to be a family's.
    fn is_no_name(&self, mention: &Mention) -> bool {
        let at = mention.head.start;
        let classes = self.classes[at];
        if !classes.any(PLAIN) || mention.head.len() > 1 || mention.party.is_some() || classes.any(GIVEN) {
            return false;
        }
        let (next, word) = (self.kind(at + 1), self.words[at]);
        let plain = match self.kind(at) {
            TokenKind::Capital => classes.has(Class::Modifier) && next == TokenKind::Lower,
            TokenKind::Upper => classes.has(Class::Common) && next != TokenKind::Colon,
            _ => false,
        };
        plain && !self.is_before_verb(at + 1) && !self.family_names.contains(&word)
    }

    /// Where a name ends before `QC`, `MP`, `OBE`; a name alone stays whole.
    fn without_letters(&self, name: &Range<usize>) -> usize {
        let is_letters = |at: &usize| {
            let token = self.tokens[*at];
            (token.kind == TokenKind::Upper || token.span().of(self.text).ends_with('.'))
                && self.lexicons.descriptions.is(DescriptionKind::Letters, self.words[*at])
        };
        let letters = name.clone().rev().take_while(is_letters).count();
        let end = name.end - letters;
        // `MP Lee`, `Irish TD`: letters that are all that tells somebody, or stand after one word.
        if end > name.start + 1 { end } else { name.end }
    }

    /// `Republican Donald Trump`, `Russian Foreign Minister`: leading words that describe leave the name.
    fn strip_description(&self, pieces: &[(Piece, Range<usize>)], name: &mut Range<usize>) {
        // `National Golf Foundation`: what describes a body belongs to its name.
        let body = self.classes[name.end - 1].any(BODIES);
        for (i, (_, range)) in pieces.iter().enumerate() {
            let rest = pieces.len() - i;
            let was = i == 0 && self.is_what_somebody_was(pieces);
            let describes = was
                || rest >= 2
                    && pieces[i + 1].0 == Piece::Name
                    && (rest >= 3 || self.classes[pieces[i + 1].1.start].any(GIVEN) || pieces[i + 1].1.len() > 1)
                    && !(body && self.has(range.start, Class::Modifier))
                    && self.is_described(range.clone())
                    && !self.belongs_to_name(range, pieces[i + 1].1.start..name.end);
            let whole = || self.party_of(range.start..name.end).is_some();
            if !describes || whole() {
                break;
            }
            name.start = pieces[i + 1].1.start;
        }
    }

    /// `the former Spice Girl`: what somebody was, and no name.
    pub(super) fn is_former(&self, pieces: &[(Piece, Range<usize>)]) -> bool {
        let [(Piece::Determiner, the), (Piece::Modifier, former), rest @ ..] = pieces else { return false };
        let plain = |(piece, range): &(Piece, Range<usize>)| match piece {
            Piece::Name => !self.classes[range.start].any(GIVEN),
            Piece::Title(title) => self.lexicons.titles[*title as usize].role.is_empty(),
            piece => matches!(piece, Piece::Link),
        };
        let (Some((_, first)), Some((_, last))) = (rest.first(), rest.last()) else { return false };
        self.has(the.start, Class::Definite)
            && self.lexicons.descriptions.is(DescriptionKind::Former, self.words[former.start])
            && rest.iter().all(plain)
            && self.party_of(first.start..last.end).is_none()
            && self.verb_reports(last.end)
    }

    /// `Former Gladiator Tom`: a word before a first name tells what he was.
    fn is_what_somebody_was(&self, pieces: &[(Piece, Range<usize>)]) -> bool {
        let [(_, what), (Piece::Name, name)] = pieces else { return false };
        let before = || what.start.checked_sub(1).map(|before| self.words[before]);
        !self.classes[what.start].any(GIVEN)
            && self.classes[name.start].any(GIVEN)
            && before().is_some_and(|before| self.lexicons.descriptions.is(DescriptionKind::Former, before))
    }

    /// `New Hampshire Public Radio`: a place is a part of what follows, if that is no person's name, and so is an adjective or a
    /// party before plain words.
    fn belongs_to_name(&self, place: &Range<usize>, rest: Range<usize>) -> bool {
        let classes = self.classes[rest.start];
        if classes.any(GIVEN.with(PEOPLE)) {
            return false;
        }
        let kind = |range: Range<usize>| self.party_of(range).map(|party| self.lexicons.parties[party as usize].kind);
        let is_place = matches!(kind(place.clone()), Some(PartyKind::Place | PartyKind::Government));
        let demonym = self.has(place.start, Class::Demonym);
        classes.any(PLAIN) || is_place && !demonym && kind(rest) != Some(PartyKind::Person)
    }

    /// Whether the tokens are a demonym, place, party or body that may describe the name after them.
    fn is_described(&self, range: Range<usize>) -> bool {
        let classes = self.classes[range.start];
        if classes.has(Class::Demonym) {
            return true;
        }
        if classes.any(GIVEN) && range.len() == 1 {
            return false;
        }
        if classes.has(Class::Modifier) {
            return true;
        }
        let Some(party) = self.party_of(range) else { return false };
        self.lexicons.parties[party as usize].kind != PartyKind::Person
    }

    pub(super) fn party_of(&self, range: Range<usize>) -> Option<u32> {
        self.phrase_of(range)?.iter().find_map(|meaning| match meaning {
            Meaning::Party(party) => Some(*party),
            _ => None,
        })
    }

    /// What the tokens stand for, all of them together.
    fn phrase_of(&self, range: Range<usize>) -> Option<&[Meaning]> {
        if !self.has(range.start, Class::PhraseStart) {
            return None;
        }
        let (length, meanings) = match self.looked_up.get() {
            LookedUp { at, found }
                if at == range.start
                    && range.len() <= LONGEST_PHRASE
                    && found.is_none_or(|(length, _)| length <= range.len()) =>
            {
                found?
            }
            _ => self.lexicons.phrases.longest(&self.words[range.clone()])?,
        };
        (length == range.len()).then_some(meanings)
    }

    /// What a person's name stands for without its middle initial: `Ann B. Lee`.
    fn without_initial(&self, name: &Range<usize>) -> Option<&[Meaning]> {
        if name.len() != 3 || !self.classes[name.start].any(GIVEN) {
            return None;
        }
        let initial = self.tokens[name.start + 1].span().of(self.text);
        if initial.len() != 2 || !initial.ends_with('.') {
            return None;
        }
        let words = [self.words[name.start], self.words[name.end - 1]];
        let (length, meanings) = self.lexicons.phrases.longest(&words)?;
        let person = |meaning: &Meaning| match meaning {
            Meaning::Party(party) => self.lexicons.parties[*party as usize].kind == PartyKind::Person,
            _ => false,
        };
        (length == 2 && meanings.iter().any(person)).then_some(meanings)
    }

    /// What the name's own words tell: party, kind, gender.
    pub(super) fn name_identity(&self, mention: &mut Mention) {
        let head = mention.head.clone();
        if let Some(meanings) = self.phrase_of(head.clone()).or_else(|| self.without_initial(&head)) {
            self.take_meaning(mention, meanings);
        }
        if mention.party.is_some() {
            return;
        }
        if head.len() == 1 {
            // `TARN: We were there.` is a person of a transcript.
            if self.kind(head.start) == TokenKind::Upper && self.kind(head.end) != TokenKind::Colon {
                mention.party_kind = PartyKind::Organisation;
            }
            return;
        }
        let classes = self.classes[head.start];
        let body = head.clone().any(|at| self.classes[at].any(BODIES) && self.tokens[at].is_capitalised());
        // `Lawrence H. Tribe` is no tribe.
        let initial = || head.len() > 2 && self.tokens[head.start + 1].span().of(self.text).ends_with('.');
        let body = body && !(classes.any(GIVEN) && initial());
        // `Marrow & Hale`
        let body = body || head.clone().any(|at| self.kind(at) == TokenKind::Symbol);
        let last = self.words[head.end - 1];
        let ends_as_outlet = || !classes.any(GIVEN) && self.lexicons.descriptions.is(DescriptionKind::Outlet, last);
        if ends_as_outlet() || self.opens_with_outlet(&head) {
            mention.party_kind = PartyKind::Outlet;
        } else if body
            || !classes.any(GIVEN) && self.lexicons.descriptions.is(DescriptionKind::Firm, last)
            || self.opens_with_letters(&head)
        {
            mention.party_kind = if head.clone().any(|at| self.has(at, Class::RoleGovernment)) {
                PartyKind::Government
            } else {
                PartyKind::Organisation
            };
        } else if self.lexicons.descriptions.is(DescriptionKind::Place, last) {
            mention.party_kind = PartyKind::Place;
        } else if classes.any(GIVEN) {
            mention.party_kind = PartyKind::Person;
            mention.gender = match (classes.has(Class::GivenFemale), classes.has(Class::GivenMale)) {
                (true, false) => Gender::Female,
                (false, true) => Gender::Male,
                _ => Gender::Unknown,
            };
        }
    }

    /// `UK Sport`, `AAWU Sport`: a country's or a body's letters open no person's name; `AJ Lee`, `MARROW Lee` and `TV Star Ann Lee`
    /// are persons.
    fn opens_with_letters(&self, head: &Range<usize>) -> bool {
        let letters = self.tokens[head.start].span();
        let plain = || head.clone().skip(1).all(|at| self.classes[at].any(PLAIN));
        let long = || letters.of(self.text).chars().count() > LONGEST_INITIALS;
        let body = || long() && plain() || self.party_of(head.start..head.start + 1).is_some();
        self.kind(head.start) == TokenKind::Upper
            && !letters.of(self.text).contains('.')
            && head.clone().skip(1).all(|at| self.kind(at) == TokenKind::Capital)
            && !head.clone().any(|at| self.classes[at].any(GIVEN))
            && body()
    }

    /// `BBC Scotland`, `ABC News Dessan`: an outlet's name, and what no first name opens.
    fn opens_with_outlet(&self, head: &Range<usize>) -> bool {
        // `Sana Hart` is not of SANA.
        let first_name = self.kind(head.start) == TokenKind::Capital && self.classes[head.start].any(GIVEN);
        if !self.has(head.start, Class::PhraseStart) || first_name {
            return false;
        }
        let Some((length, meanings)) = self.lexicons.phrases.longest(&self.words[head.clone()]) else {
            return false;
        };
        let outlet = |meaning: &Meaning| match meaning {
            Meaning::Party(party) => self.lexicons.parties[*party as usize].kind == PartyKind::Outlet,
            _ => false,
        };
        let rest = head.start + length..head.end;
        !rest.is_empty() && meanings.iter().any(outlet) && !self.classes[rest.start].any(GIVEN.with(PEOPLE))
    }

    fn take_meaning(&self, mention: &mut Mention, meanings: &[Meaning]) {
        let party = meanings.iter().find_map(|meaning| match meaning {
            Meaning::Party(party) => Some((*party, MentionKind::Name, false)),
            _ => None,
        });
        let other = meanings.iter().find_map(|meaning| match meaning {
            Meaning::Demonym(party) => Some((*party, MentionKind::Demonym, false)),
            Meaning::Capital(party) => Some((*party, MentionKind::Name, true)),
            _ => None,
        });
        let demonym_first = matches!(other, Some((_, MentionKind::Demonym, _)));
        let chosen = if demonym_first { other.or(party) } else { party.or(other) };
        let Some((index, kind, capital)) = chosen else { return };
        let party = &self.lexicons.parties[index as usize];
        (mention.party, mention.kind, mention.capital) = (Some(index), kind, capital);
        (mention.party_kind, mention.gender) = (party.kind, party.gender);
        mention.plural = party.kind == PartyKind::Group;
    }

    /// `Russians` is people, `Russian` mostly describes; `American` alone before a verb is a person.
    fn is_demonym_people(&self, mention: &Mention) -> bool {
        mention.span.of(self.text).ends_with('s')
    }

    /// The names within a description are mentions too: `Kremlin` in `Kremlin spokesman`.
    pub(super) fn inner_names(&mut self, pieces: &[(Piece, Range<usize>)]) {
        let mut run: Option<Range<usize>> = None;
        for (piece, range) in pieces {
            match (piece, &mut run) {
                (Piece::Name | Piece::Link, Some(run)) => run.end = range.end,
                (Piece::Name, None) => run = Some(range.clone()),
                _ => {
                    if let Some(run) = run.take() {
                        self.inner_name(run);
                    }
                }
            }
        }
        if let Some(run) = run {
            self.inner_name(run);
        }
    }

    fn inner_name(&mut self, range: Range<usize>) {
        let mut mention = self.blank(range.clone(), MentionKind::Name);
        mention.inner = true;
        self.name_identity(&mut mention);
        if self.is_no_name(&mention) {
            return;
        }
        mention.possessive = self.kind(range.end) == TokenKind::Possessive;
        self.found.push(mention);
    }
}
