//! What title, role and article tell of a mention, and chunks that end in a role.

use std::ops::Range;

use super::words::NO_NOUNS;
use super::{Determiner, Finder, Mention, MentionKind, NOT_IN_NAMES, Piece};
use crate::Span;
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::phrases::Meaning;
use crate::lexicon::sets::{BODIES, DESCRIBING, DOCUMENTS, GIVEN, REPORTING, ROLES};
use crate::lexicon::spelling::Shape;
use crate::lexicon::words::{Class, Classes};
use crate::scan::token::TokenKind;

/// Words between an article and a noun for somebody, at most.
const LONGEST_ROLE: usize = 5;
/// Nouns that stand for several.
const SEVERAL: Classes = Classes::of(&[Class::Plural, Class::RoleGroup]);

impl Finder<'_> {
    /// The words before a name that tell a role: with a title or role word among them, articles and pronouns left out.
    pub(super) fn role_before(&self, start: usize, end: usize, titled: bool) -> Option<Span> {
        const OPENERS: Classes =
            Classes::of(&[Class::Determiner, Class::PossessivePronoun, Class::Indefinite, Class::Number]);
        if start >= end {
            return None;
        }
        // `Chief Commissioner (CC) Ann Lee`: the letters say the office again.
        let bracket = end.checked_sub(3).filter(|open| *open > start && self.kind(*open) == TokenKind::Open);
        let end = bracket.unwrap_or(end);
        // `15:10 Reform leader Ann Lee`
        let digits = |at: usize| self.tokens[at].span().of(self.text).bytes().all(|sign| sign.is_ascii_digit());
        let opens = |at: usize| self.classes[at].any(OPENERS) || digits(at);
        let start = (start..end).find(|at| !opens(*at) || self.has(*at, Class::RolePerson))?;
        if !titled && !self.classes[end - 1].any(ROLES) {
            return None;
        }
        let (first, last) = (self.tokens[start], self.tokens[end - 1]);
        Some(Span { start: first.start, end: last.end() })
    }

    /// Where a description begins, if a plain word opens it: `parade organiser Ann Lee`; of one in capitals also the sentence:
    /// `Circuit Court Judge Ann Lee`.
    pub(super) fn with_opening_word(&self, start: usize) -> usize {
        let capital = |at: usize| self.kind(at) == TokenKind::Capital;
        let Some(before) = start.checked_sub(1).filter(|at| capital(*at) || self.kind(start) == TokenKind::Lower)
        else {
            return start;
        };
        let classes = self.classes[before];
        let noun = classes.has(Class::Common) && !classes.any(NO_NOUNS.with(NOT_IN_NAMES));
        let quoted = || self.scan.quotation_at(before).is_some();
        if self.is_noun_before_role(before, start) {
            return before;
        }
        let goes_on = capital(before) && capital(start) && !self.tokens[start].opens_paragraph();
        if goes_on && noun && self.opens(before) && !quoted() { before } else { start }
    }

    /// Whether the small word before a role opens what describes somebody: `said parade organiser Ann Lee`.
    fn is_noun_before_role(&self, at: usize, role: usize) -> bool {
        const BEFORE: Classes = REPORTING.with(Classes::of(&[Class::And]));
        if self.kind(role) != TokenKind::Lower || !self.has(role, Class::RolePerson) {
            return false;
        }
        let noun = |at: usize| self.kind(at) == TokenKind::Lower && !self.is_function(at) && !self.looks_like_verb(at);
        let opened = || {
            at.checked_sub(1).is_none_or(|before| {
                !self.tokens[before].is_word()
                    || self.classes[before].any(BEFORE)
                    || before > 0 && self.has(before - 1, Class::According)
            })
        };
        let relative = || self.lexicons.descriptions.is(DescriptionKind::Relative, self.words[role]);
        opened()
            && !relative()
            && noun(at)
            && self.tokens[at].space_before()
            && !self.classes[at].any(BEFORE.with(Classes::of(&[Class::Verb, Class::Determiner])))
            && !self.tokens[role].opens_paragraph()
    }

    /// What title and description before the name tell.
    pub(super) fn describe(&self, mention: &mut Mention, before: &[(Piece, Range<usize>)]) {
        let untold = mention.party_kind == PartyKind::Unknown;
        // `Mr Hart's neighbour Ann Lee`: the title is that of another.
        let of_another = before.iter().rposition(|(piece, _)| *piece == Piece::Clitic);
        for (piece, range) in &before[of_another.map_or(0, |clitic| clitic + 1)..] {
            match piece {
                Piece::Title(title) => {
                    mention.title = Some(*title);
                    mention.party_kind = PartyKind::Person;
                    let gender = self.lexicons.titles[*title as usize].gender;
                    if gender != Gender::Unknown {
                        mention.gender = gender;
                    }
                }
                Piece::Role => {
                    let classes = self.classes[range.end - 1];
                    let body = self.lexicons.descriptions.is(DescriptionKind::Body, self.words[range.end - 1]);
                    let outlet = classes.has(Class::RoleOrganisation)
                        && range
                            .clone()
                            .any(|at| self.lexicons.descriptions.is(DescriptionKind::Outlet, self.words[at]));
                    if outlet && mention.party_kind != PartyKind::Person {
                        mention.party_kind = PartyKind::Outlet;
                    }
                    // `Passenger group RailVoice`: a body, if nothing tells a person.
                    let of_body = classes.any(BODIES) && !classes.any(Classes::of(&[Class::RolePerson, Class::Plural]));
                    if of_body
                        && untold
                        && !outlet
                        && mention.title.is_none()
                        && range.end == mention.head.start
                        && !self.classes[range.end].any(GIVEN)
                    {
                        mention.party_kind = PartyKind::Organisation;
                    }
                    if classes.has(Class::RolePerson) && !body && self.may_be_person(mention, classes) {
                        mention.party_kind = PartyKind::Person;
                    }
                    if let gender @ (Gender::Female | Gender::Male) = gender_of(classes) {
                        mention.gender = gender;
                    }
                }
                _ => {}
            }
        }
        mention.determiner = self.determiner(before);
    }

    /// Whether a role before a name may tell a person: not `the Democrat City Council`, `radical Islam`.
    pub(super) fn may_be_person(&self, mention: &Mention, role: Classes) -> bool {
        let alone = mention.head.len() == 1;
        let adjective = role.has(Class::Modifier) && alone && !self.classes[mention.head.start].any(GIVEN);
        match mention.party_kind {
            PartyKind::Person => true,
            PartyKind::Unknown => !adjective,
            PartyKind::Place | PartyKind::Government => alone && !adjective,
            PartyKind::Organisation | PartyKind::Outlet | PartyKind::Group | PartyKind::Event => false,
        }
    }

    /// `gambling`, `bespectacled`, `left-leaning`: what may describe, though no list has it.
    pub(super) fn is_unlisted_adjective(&self, at: usize) -> bool {
        self.tokens[at].kind == TokenKind::Lower
            && self.glances[at].shape.has(Shape::DESCRIBES)
            && !self.is_function(at)
            && !self.classes[at].any(ROLES)
    }

    /// Whether words that describe lead to a noun for somebody: `, 71-year-old diplomat`, `Florida Republican strategist`.
    pub(super) fn reaches_role(&self, from: usize) -> bool {
        let comma = self.kind(from) == TokenKind::Comma;
        let first = from + usize::from(comma);
        let describes = |at: usize| match self.kind(at) {
            TokenKind::Number => self.is_age(at),
            _ if comma && at == first => self.is_unlisted_adjective(at),
            TokenKind::Lower => {
                self.classes[at].any(DESCRIBING) || self.is_unlisted_adjective(at) || self.next_is_role(at + 1)
            }
            TokenKind::Capital | TokenKind::Upper => true,
            _ => false,
        };
        let ends = |at: &usize| {
            let opens = self.tokens.get(*at).is_none_or(|token| token.opens_paragraph());
            opens || self.next_is_role(*at) && !(comma && *at == first) || !describes(*at)
        };
        let end = (first..first + LONGEST_ROLE).find(ends);
        end.is_some_and(|end| self.next_is_role(end))
    }

    /// `71-year-old`
    pub(super) fn is_age(&self, at: usize) -> bool {
        self.kind(at) == TokenKind::Number && self.tokens[at].span().of(self.text).contains('-')
    }

    fn determiner(&self, pieces: &[(Piece, Range<usize>)]) -> Determiner {
        if pieces.iter().any(|(piece, _)| matches!(piece, Piece::Clitic | Piece::His)) {
            return Determiner::Possessive;
        }
        let Some((piece, range)) = pieces.first() else { return Determiner::None };
        match piece {
            Piece::Determiner if self.has(range.start, Class::Definite) => Determiner::Definite,
            Piece::Determiner => Determiner::Indefinite,
            Piece::Modifier if self.has(range.start, Class::Number) || self.has(range.start, Class::Indefinite) => {
                Determiner::Indefinite
            }
            _ => Determiner::None,
        }
    }

    pub(super) fn nominal(&mut self, pieces: &[(Piece, Range<usize>)]) {
        let range = pieces[0].1.start..pieces[pieces.len() - 1].1.end;
        let (last, mut head) = pieces[pieces.len() - 1].clone();
        // `the former Jungle Queen`
        let names = pieces.iter().rev().take_while(|(piece, _)| matches!(piece, Piece::Name | Piece::Link));
        head.start = names.last().map_or(head.start, |(_, first)| first.start);
        // A lone title or capitalised role is a nominal: `the President`.
        let role = last == Piece::Role && head.len() == 1;
        let classes = if role { self.classes[head.start] } else { self.phrase_role(&head) };
        let lone_capital = range.len() == 1 && self.tokens[range.start].is_capitalised() && !self.opens(range.start);
        let mut mention = self.nominal_of(range, head, classes);
        if let Piece::Title(title) = last {
            mention.title = Some(title);
            mention.gender = self.lexicons.titles[title as usize].gender;
            if lone_capital {
                mention.party_kind = PartyKind::Person;
            }
        }
        if let Some((Piece::Title(title), _)) = pieces.get(pieces.len().wrapping_sub(2)) {
            mention.gender = self.lexicons.titles[*title as usize].gender;
        }
        mention.determiner = self.determiner(pieces);
        self.found.push(mention);
        self.inner_names(&pieces[..pieces.len() - 1]);
    }

    /// The nominal of these tokens, with a head noun of these classes; what it opens with is left open.
    pub(super) fn nominal_of(&self, tokens: Range<usize>, head: Range<usize>, classes: Classes) -> Mention {
        let end = tokens.end;
        let mut mention = self.blank(tokens, MentionKind::Nominal);
        mention.head = head;
        mention.party_kind = OF_ROLES[roles_of(classes)];
        mention.gender = gender_of(classes);
        mention.plural = classes.any(SEVERAL);
        mention.possessive = self.kind(end) == TokenKind::Possessive || self.is_plural_possessive(end);
        mention.role = Some(mention.span);
        mention
    }

    pub(super) fn phrase_role(&self, head: &Range<usize>) -> Classes {
        let last = self.classes[head.end - 1];
        if !self.has(head.start, Class::RoleStart) {
            return last;
        }
        let role = |meaning: &Meaning| match meaning {
            Meaning::Role(index) => Some(self.lexicons.phrase_classes[*index as usize]),
            _ => None,
        };
        let (_, meanings) = self.lexicons.phrases.longest(&self.words[head.clone()]).unwrap_or_default();
        meanings.iter().find_map(role).unwrap_or(last)
    }
}

/// Which classes for people and bodies a noun has, a bit each in their order, and above them whether it has one for texts.
fn roles_of(classes: Classes) -> usize {
    const { assert!(ROLES.0 == 0b1111 << Class::RolePerson as u8) };
    (classes.0 >> Class::RolePerson as u8) as usize & 0b1111 | usize::from(classes.any(DOCUMENTS)) << 4
}

/// What a noun stands for by these bits: looked up, as what comes next is anybody's guess.
const OF_ROLES: [PartyKind; 32] = {
    let mut all = [PartyKind::Person; 32];
    let mut bits = 0;
    while bits < all.len() {
        let (person, organisation, government) = (bits & 1 != 0, bits & 2 != 0, bits & 4 != 0);
        let (group, text) = (bits & 8 != 0, bits & 16 != 0);
        all[bits] = match () {
            () if government => PartyKind::Government,
            () if organisation => PartyKind::Organisation,
            () if group => PartyKind::Group,
            () if text && !person => PartyKind::Unknown,
            () => PartyKind::Person,
        };
        bits += 1;
    }
    all
};

fn gender_of(classes: Classes) -> Gender {
    const BY_CLASSES: [Gender; 4] = [Gender::Unknown, Gender::Female, Gender::Male, Gender::Unknown];
    BY_CLASSES[usize::from(classes.has(Class::Feminine)) | usize::from(classes.has(Class::Masculine)) << 1]
}
