//! Offices within a chunk: titles that stand for somebody, what an office is of, roles before names.

use std::ops::Range;

use super::names::PLAIN;
use super::{Finder, LONGEST_PHRASE, Piece};
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::sets::{BODIES, GIVEN, PORTFOLIO, ROLES};
use crate::lexicon::words::{Class, Classes};
use crate::scan::token::TokenKind;

/// Letters of a first name's initials without stops, at most: `JRR Lee`.
pub(super) const LONGEST_INITIALS: usize = 3;
/// Words for one of the things that an office is for, at most.
const LONGEST_TOPIC: usize = 3;

impl Finder<'_> {
    /// `Sheriff's Office`: a body told by whose it is, and no person of that name.
    pub(super) fn is_body_of_office(&self, pieces: &[(Piece, Range<usize>)]) -> bool {
        let [.., (Piece::Title(_) | Piece::Role, _), (Piece::Clitic, _), (Piece::Name, name)] = pieces else {
            return false;
        };
        name.len() == 1 && self.classes[name.start].any(BODIES)
    }

    /// `PM says`, `says MP`: an office in capitals, as headlines have it.
    pub(super) fn speaks_alone(&self, at: usize, title: u32) -> bool {
        let speaks = |verb: usize| self.kind(verb) == TokenKind::Lower && self.verb_reports(verb);
        self.kind(at) == TokenKind::Upper
            && !self.lexicons.titles[title as usize].role.is_empty()
            && (speaks(at + 1) || at > 0 && speaks(at - 1))
    }

    /// `Ann Lee, CEO of Marrow`, `Ann Lee, MP for Dessan`: an office in capitals beside a name.
    pub(super) fn is_apposed_office(&self, at: usize, title: u32) -> bool {
        const LEADS: Classes = Classes::of(&[Class::Of, Class::For, Class::In, Class::And]);
        self.kind(at) == TokenKind::Upper
            && !self.lexicons.titles[title as usize].role.is_empty()
            && at >= 2
            && self.kind(at - 1) == TokenKind::Comma
            && self.tokens[at - 2].is_capitalised()
            && self.classes.get(at + 1).is_some_and(|next| next.any(LEADS))
    }

    /// `General Counsel Ann Lee`: a role with a capital is no part of the name.
    pub(super) fn is_role_before_name(&self, at: usize, last: Option<Piece>) -> bool {
        let capital =
            |at: usize| self.tokens.get(at).is_some_and(|token| token.is_capitalised() && !token.opens_paragraph());
        let family_name = || last == Some(Piece::Name) && self.classes[at - 1].any(GIVEN);
        capital(at + 1)
            && capital(at + 2)
            && !self.classes[at].any(GIVEN)
            && (self.classes[at + 1].any(GIVEN) || self.is_initials(at + 1))
            && !family_name()
            && (self.has(at, Class::RolePerson) || self.is_role_with_hyphen(at))
    }

    /// `M.`, `K.T.`
    pub(super) fn is_initials(&self, at: usize) -> bool {
        let word = self.tokens[at].span().of(self.text);
        word.ends_with('.') && word.split('.').all(|letter| letter.chars().count() <= 1)
    }

    /// `Dessan-based`, `Co-anchor`, `Secretary-Treasurer`: no `Smith-Baker`.
    pub(super) fn is_role_with_hyphen(&self, at: usize) -> bool {
        let Some((first, last)) = self.tokens[at].span().of(self.text).rsplit_once('-') else { return false };
        let words = &self.lexicons.words;
        let is_role = |word: &str| words.classes_of(word).has(Class::RolePerson);
        if last.starts_with(char::is_uppercase) {
            return is_role(first) && is_role(last);
        }
        is_role(last) || self.lexicons.descriptions.is(DescriptionKind::Ending, words.find(last))
    }

    /// Where the name begins in `Minister for Health and Sport Ann Lee`, `Mayor of Dessan Ann Lee`: what an office is for
    /// stands, capitalised, before the name of its holder.
    pub(super) fn after_portfolio(&self, at: usize) -> Option<usize> {
        const JOINS: Classes = Classes::of(&[Class::For, Class::Of, Class::And, Class::Definite]);
        if !self.classes[at].any(PORTFOLIO) {
            return None;
        }
        // `leader of Dessan Council Ann Lee`: in small letters only behind a body.
        let office = |last: usize| self.tokens[at - 1].is_capitalised() || self.classes[last].any(BODIES);
        for next in at + 1..self.tokens.len().min(at + LONGEST_PHRASE) {
            let token = self.tokens[next];
            if token.opens_paragraph() || !token.is_word() {
                return None;
            }
            if !token.is_capitalised() {
                if !self.classes[next].any(JOINS) {
                    return None;
                }
                continue;
            }
            let family = self
                .tokens
                .get(next + 1)
                .is_some_and(|after| after.is_capitalised() && !after.opens_paragraph() && self.is_name_word(next + 1));
            let named = self.tokens[next - 1].is_capitalised() && family && office(next - 1);
            if named && (self.classes[next].any(GIVEN) || self.is_initials(next)) {
                return Some(next);
            }
        }
        None
    }

    /// `Chief Election Commissioner (CEC) Ann Lee`: the letters of an office between it and its holder's name.
    pub(super) fn letters_of_office(&self, at: usize, last: Option<Piece>) -> Option<(Piece, usize)> {
        let office = last.filter(|piece| matches!(piece, Piece::Title(_) | Piece::Role))?;
        let [letters, close, name] = self.tokens.get(at + 1..at + 4)? else { return None };
        let within = letters.kind == TokenKind::Upper && close.kind == TokenKind::Close;
        (within && name.is_capitalised() && !name.opens_paragraph()).then_some((office, at + 3))
    }

    /// `Department of Fish and Wildlife`: what an office is of goes on with a plain word; `Bank of England and Treasury` are two.
    pub(super) fn is_office_topic(&self, of: usize, next: usize) -> bool {
        let office = of.checked_sub(1).is_some_and(|noun| self.has(noun, Class::RoleGovernment));
        let plain = |at: usize| {
            self.kind(at) == TokenKind::Capital
                && self.has(at, Class::Common)
                && !self.classes[at].any(ROLES)
                && self.party_of(at..at + 1).is_none()
        };
        office && plain(next)
    }

    /// `Food Safety and Water Commissioner Ann Lee`: the `and` between the two things that one person's office is for; in `Pilots
    /// United and Safety Commissioner Ann Lee` it joins two who speak.
    pub(super) fn joins_topics(&self, and: usize) -> bool {
        const NOT_TOPICS: Classes = GIVEN.with(BODIES).with(Classes::of(&[Class::RolePerson]));
        let topic = |at: usize| {
            self.kind(at) == TokenKind::Capital
                && self.classes[at].any(PLAIN)
                && !self.classes[at].any(NOT_TOPICS)
                && self.party_of(at..at + 1).is_none()
        };
        let Some((_, first)) = self.pieces.first() else { return false };
        let office = (and + 2..and + 2 + LONGEST_TOPIC)
            .find(|office| self.has(*office, Class::RolePerson))
            .filter(|office| self.kind(*office) == TokenKind::Capital && !self.has(*office, Class::Plural));
        let holder = |at: usize| {
            let token = self.tokens.get(at);
            let capital = token.is_some_and(|token| token.is_capitalised() && !token.opens_paragraph());
            capital && (self.classes[at].any(GIVEN) || self.is_initials(at))
        };
        self.kind(and) == TokenKind::Lower
            && self.pieces.iter().all(|(piece, _)| matches!(piece, Piece::Name | Piece::Modifier))
            && (first.start..and).all(topic)
            && office.is_some_and(|office| (and + 1..office).all(topic) && holder(office + 1))
    }

    /// `The Dessan City Mayor said`: an office behind what it is of, with an article and no name after it.
    pub(super) fn is_office_of_names(&self, title: u32, words: Range<usize>, last: Option<Piece>) -> bool {
        let (next, first) = (self.tokens.get(words.end), self.pieces.first());
        last == Some(Piece::Name)
            && words.len() == 1
            && matches!(first, Some((Piece::Determiner, _)))
            && self.pieces[1..].iter().all(|(piece, _)| *piece == Piece::Name)
            && self.has(words.start, Class::RolePerson)
            // `the Dessan Union Leader`, a newspaper
            && !self.classes[words.start - 1].any(BODIES)
            && !self.lexicons.titles[title as usize].role.is_empty()
            && !next.is_some_and(|next| next.is_capitalised() && !next.opens_paragraph())
    }

    /// `the Scot`, `the Dean`: a role that is a first name too, with an article and no name after it; `the Londoner`: one with
    /// a capital of its own; `A JUDGE has`: one that opens an article in capitals.
    pub(super) fn is_role_not_given(&self, at: usize) -> bool {
        let classes = self.classes[at];
        let next = self.tokens.get(at + 1);
        let shouted = self.kind(at) == TokenKind::Upper && classes.any(ROLES);
        let named = classes.any(GIVEN) || !classes.has(Class::Common);
        (shouted || named && classes.has(Class::RolePerson))
            && !next.is_some_and(|next| next.is_capitalised() && !next.opens_paragraph())
    }

    /// `Florida Sen. Marco Rubio`: a title after a place is still one when a name follows.
    pub(super) fn title_in_name(&self, at: usize, end: usize) -> bool {
        let word = self.tokens[at].span().of(self.text);
        let letters = || {
            self.lexicons.descriptions.is(DescriptionKind::Letters, self.words[at]) && self.kind(at) == TokenKind::Upper
        };
        let capital = self.tokens.get(end).is_some_and(|next| next.is_capitalised() && !next.opens_paragraph());
        // `Jharkhand Governor CP Radhakrishnan`
        let initials = || {
            let next = self.tokens.get(end..end + 2);
            next.is_some_and(|next| {
                next[0].kind == TokenKind::Upper
                    && next[0].span().len() <= LONGEST_INITIALS
                    && next[1].kind == TokenKind::Capital
                    && !next[1].opens_paragraph()
                    && self.party_of(end..end + 1).is_none()
            })
        };
        // `Sikandar Sultan Raja`, but `Phoenix Mayor Ann Lee`
        let first_name = || self.classes[at - 1].any(GIVEN) && self.party_of(at - 1..at).is_none();
        word.ends_with('.')
            || initials()
            || letters() && (capital || self.may_be_letters_of(at))
            || capital && self.classes[end].any(GIVEN) && !first_name()
    }

    /// `a Labour MP`, `Labour MP for Dessan`: letters after a party, or after an article, are no part of a person's name.
    fn may_be_letters_of(&self, at: usize) -> bool {
        let opened = matches!(self.pieces.first(), Some((Piece::Determiner | Piece::His, _)));
        let name = self.pieces.iter().rposition(|(piece, _)| *piece != Piece::Name).map_or(0, |last| last + 1);
        let party = self.pieces.get(name).and_then(|(_, range)| self.party_of(range.start..at));
        opened || party.is_some_and(|party| self.lexicons.parties[party as usize].kind != PartyKind::Person)
    }
}
