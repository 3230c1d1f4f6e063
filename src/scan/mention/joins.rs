//! What joins two words of one mention: the `and` between two roles or within a body's name, the sign in a firm's.

use super::{Finder, PEOPLE, Piece};
use crate::lexicon::phrases::Meaning;
use crate::lexicon::sets::{BODIES, GIVEN};
use crate::lexicon::words::Class;
use crate::scan::token::TokenKind;

/// Words of a second role before a name, at most.
const LONGEST_ROLE: usize = 6;
/// Words of a body behind an `and` in its name, at most.
const LONGEST_BODY: usize = 4;

impl Finder<'_> {
    /// `her friend and fellow poet Ann Lee`: the `and` between two roles of one person.
    pub(super) fn joins_roles(&self, at: usize) -> bool {
        let is_and = self.has(at, Class::And) && self.kind(at) == TokenKind::Lower;
        let opened = matches!(self.pieces.first(), Some((Piece::Determiner | Piece::His, _)));
        // `said mayor and farmer Ann Lee`
        let first = self.pieces.first().map_or(at, |(_, range)| range.start);
        let said =
            |before: usize| self.is_cue(before, Class::Finite) && before > 0 && !self.tokens[before - 1].is_word();
        // `Hart’s lawyer and former clerk Ann Lee`, `former mayor and clerk Ann Lee`
        let owned = matches!(self.pieces.as_slice(), [(Piece::Name, _), (Piece::Clitic, _), ..]);
        let bare = matches!(self.pieces.first(), Some((Piece::Modifier | Piece::Name, _)));
        let opened = opened || owned || bare || self.opens(first) || first.checked_sub(1).is_some_and(said);
        is_and && opened && self.joins_role_of_name(at)
    }

    /// Whether a role and its holder's name stand after the word that joins it to the role before.
    pub(super) fn joins_role_of_name(&self, at: usize) -> bool {
        if self.has(at - 1, Class::Plural) {
            return false;
        }
        // `former Rovers player Ann Lee`, `founder and CEO Ann Lee`
        let name = (at + 2..at + 1 + LONGEST_ROLE).find(|next| {
            let role = self.classes.get(next - 1).copied().unwrap_or_default();
            self.kind(*next) == TokenKind::Capital
                && matches!(self.kind(next - 1), TokenKind::Lower | TokenKind::Upper)
                && role.has(Class::RolePerson)
                && !role.has(Class::Plural)
        });
        name.is_some_and(|name| {
            let words = || (at + 1..name).all(|word| self.tokens[word].is_word() && !self.is_function(word));
            words() && self.is_name_word(name)
        })
    }

    /// `Marrow & Hale`: the sign between two names of a firm.
    pub(super) fn joins_firm(&self, at: usize, last: Option<Piece>) -> bool {
        let next = self.tokens.get(at + 1);
        last == Some(Piece::Name)
            && self.has(at, Class::And)
            && next.is_some_and(|next| next.is_capitalised() && !next.opens_paragraph())
    }

    /// `World Travel and Tourism Council`: the `and` between words with capitals that name nobody each, before a body's noun.
    pub(super) fn joins_words_of_body(&self, at: usize) -> bool {
        let word = |at: usize| {
            let classes = self.classes[at];
            self.kind(at) == TokenKind::Capital
                && !self.tokens[at].opens_paragraph()
                && classes.has(Class::Common)
                && !classes.any(GIVEN.with(PEOPLE))
                && !self.family_names.contains(&self.words[at])
        };
        // `Apple and Target Corporation`
        let is_party = |at: usize| {
            let found = self.lexicons.phrases.longest(&self.words[at..=at]);
            found.is_some_and(|(_, meanings)| meanings.iter().any(|meaning| matches!(meaning, Meaning::Party(_))))
        };
        let word = |at: usize| word(at) && !is_party(at);
        let before = self.pieces.iter().rev().take_while(|(piece, _)| *piece == Piece::Name);
        let mut before = before.flat_map(|(_, range)| range.clone()).peekable();
        let named = before.peek().is_some() && before.all(word);
        let end = (at + 1..self.tokens.len().min(at + 1 + LONGEST_BODY)).take_while(|at| word(*at)).last();
        named && end.is_some_and(|noun| self.classes[noun].any(BODIES))
    }
}
