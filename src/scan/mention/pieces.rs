//! Chunks: runs of titles, roles, modifiers and name words, read piece by piece.

use std::ops::Range;

use super::{Finder, LONGEST_CHUNK, LONGEST_PHRASE, LookedUp, PEOPLE, Piece};
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::phrases::Meaning;
use crate::lexicon::sets::{BODIES, DOCUMENTS, GIVEN, ROLES};
use crate::lexicon::spelling::Shape;
use crate::lexicon::words::{Class, Classes};
use crate::scan::token::TokenKind;

impl Finder<'_> {
    /// Reads a chunk from `at` and keeps the mention that it is; returns its end, or `at` where there is none.
    pub(super) fn chunk(&mut self, at: usize) -> usize {
        self.read_pieces(at);
        while let Some((piece, _)) = self.pieces.last() {
            let told = match piece {
                Piece::Name | Piece::Role => true,
                Piece::Title(title) => {
                    self.pieces.len() > 1 || self.speaks_alone(at, *title) || self.is_apposed_office(at, *title)
                }
                _ => false,
            };
            if told {
                break;
            }
            self.pieces.pop();
        }
        let Some((last, range)) = self.pieces.last().cloned() else { return at };
        let start = self.found.len();
        let pieces = std::mem::take(&mut self.pieces);
        match last {
            Piece::Name if !self.is_body_of_office(&pieces) && !self.is_former(&pieces) => self.named(&pieces),
            _ => self.nominal(&pieces),
        }
        self.pieces = pieces;
        if self.found.len() == start { at } else { range.end }
    }

    fn read_pieces(&mut self, start: usize) {
        self.pieces.clear();
        let (mut at, mut last) = (start, None);
        while let Some((piece, end)) = self.piece(at, last) {
            self.pieces.push((piece, at..end));
            (at, last) = (end, Some(piece));
            let goes_on = self.tokens.get(at).is_some_and(|token| !token.opens_paragraph());
            if !goes_on || self.pieces.len() == LONGEST_CHUNK {
                break;
            }
        }
    }

    fn piece(&self, at: usize, last: Option<Piece>) -> Option<(Piece, usize)> {
        const OPENERS: Classes = Classes::of(&[
            Class::PossessivePronoun,
            Class::PhraseStart,
            Class::Determiner,
            Class::For,
            Class::Of,
            Class::Time,
        ]);
        if !self.tokens[at].is_word() {
            return self.sign(at, last);
        }
        if last == Some(Piece::Name) && self.has(at, Class::And) && self.joins_topics(at) {
            return Some((Piece::Modifier, at + 1));
        }
        if self.kind(at) == TokenKind::Lower && last.is_some() && self.ends_chunk(at) {
            return None;
        }
        if (self.classes[at].any(OPENERS) || matches!(last, Some(Piece::Title(_))))
            && let Some(found) = self.listed_piece(at, last)
        {
            return Some(found);
        }
        if last == Some(Piece::Determiner) && self.is_role_not_given(at) {
            return Some((Piece::Role, at + 1));
        }
        if self.tokens[at].is_capitalised()
            && let Some(piece) = self.capital_piece(at, last)
        {
            return Some((piece, at + 1));
        }
        self.lower_piece(at, last)
    }

    /// What a word is by what the lists say of it.
    fn listed_piece(&self, at: usize, last: Option<Piece>) -> Option<(Piece, usize)> {
        let classes = self.classes[at];
        if last.is_none() && classes.has(Class::PossessivePronoun) {
            return Some((Piece::His, at + 1));
        }
        let capital = self.tokens[at].is_capitalised();
        if classes.has(Class::PhraseStart)
            && (capital || self.opens_phrase(at))
            && let Some(found) = self.phrase(at, last)
        {
            return Some(found);
        }
        if classes.has(Class::Determiner) && last.is_none() {
            return Some((Piece::Determiner, at + 1));
        }
        if let Some(piece @ (Piece::Title(_) | Piece::Role)) = last
            && let Some(end) = self.after_portfolio(at)
        {
            return Some((piece, end));
        }
        if matches!(last, Some(Piece::Title(_))) && self.links(at) {
            return Some((Piece::Name, at + 1));
        }
        self.text_after_date(at, last).map(|text| (Piece::Modifier, text))
    }

    /// What a word with a capital is: of a name, or a role before it.
    fn capital_piece(&self, at: usize, last: Option<Piece>) -> Option<Piece> {
        if self.names_members(at) {
            return Some(Piece::Name);
        }
        if self.is_role_before_name(at, last) {
            return Some(Piece::Role);
        }
        // `Marrow & Drew said`: what is joined to a firm’s name is one, though it be a verb.
        let in_firm = last == Some(Piece::Link) && self.kind(at - 1) == TokenKind::Symbol;
        (in_firm || self.is_name_word(at) || self.names_body(at)).then_some(Piece::Name)
    }

    /// Whether a chunk ends before a word in small letters of which neither it nor the next word lets it go on; so most do.
    pub(super) fn ends_chunk(&self, at: usize) -> bool {
        const GO_ON: Classes = Classes::of(&[
            Class::PhraseStart,
            Class::Modifier,
            Class::Demonym,
            Class::Number,
            Class::Particle,
            Class::Preposition,
            Class::Of,
            Class::For,
            Class::And,
            Class::Definite,
            Class::Time,
        ]);
        const NEXT: Classes = ROLES.with(DOCUMENTS);
        !self.classes[at].any(GO_ON.with(NEXT))
            && match self.kind(at + 1) {
                TokenKind::Lower => !self.classes[at + 1].any(NEXT),
                TokenKind::Comma | TokenKind::Number => !self.reaches_role(at + 1),
                next => !matches!(next, TokenKind::Capital | TokenKind::Upper),
            }
    }

    /// A number or sign within a chunk.
    fn sign(&self, at: usize, last: Option<Piece>) -> Option<(Piece, usize)> {
        match self.kind(at) {
            TokenKind::Possessive => {
                let goes_on = matches!(last, Some(Piece::Name | Piece::Role | Piece::Title(_)));
                (goes_on && self.may_follow_clitic(at + 1)).then_some((Piece::Clitic, at + 1))
            }
            TokenKind::Comma if last == Some(Piece::Modifier) => {
                self.reaches_role(at).then_some((Piece::Modifier, at + 1))
            }
            TokenKind::Comma => {
                let suffix = last == Some(Piece::Name) && self.has(at + 1, Class::Suffix);
                suffix.then_some((Piece::Name, at + 2))
            }
            TokenKind::Number => {
                let counts = matches!(last, None | Some(Piece::Determiner));
                let counts = counts || last == Some(Piece::Modifier) && self.is_age(at);
                (counts && self.next_is_noun(at + 1)).then_some((Piece::Modifier, at + 1))
            }
            TokenKind::Mark if matches!(last, Some(Piece::Name | Piece::Role)) && self.is_apostrophe(at) => {
                self.after_plural(at).map(|piece| (piece, at + 1))
            }
            TokenKind::Mark if matches!(last, Some(Piece::Name | Piece::Link)) && self.opens_particle(at) => {
                Some((Piece::Link, at + 2))
            }
            TokenKind::Mark => self.nickname(at, last),
            TokenKind::Symbol => self.joins_firm(at, last).then_some((Piece::Link, at + 1)),
            TokenKind::Open => self.letters_of_office(at, last),
            _ => None,
        }
    }

    /// `Pilots Guild`, `Pilots’ Guild`: the members of a body open its name.
    fn names_members(&self, at: usize) -> bool {
        if !self.has(at, Class::Plural) {
            return false;
        }
        let next = at + 1 + usize::from(self.kind(at + 1) == TokenKind::Mark && self.is_apostrophe(at + 1));
        let token = self.tokens.get(next).filter(|token| token.is_capitalised() && !token.opens_paragraph());
        token.is_some() && self.classes[next].any(BODIES) && !self.classes[next].any(GIVEN)
    }

    /// The mark that ends no quotation and follows a plural: `Dessan Farmers'`.
    fn is_apostrophe(&self, at: usize) -> bool {
        self.is_plural_possessive(at) && self.scan.quotation_at(at - 1).is_none()
    }

    /// What the mark is in `Dessan Farmers' Union` and in `Dessan Rovers' Ann Lee`.
    fn after_plural(&self, at: usize) -> Option<Piece> {
        let classes = self.classes[at + 1];
        let capital = self.tokens[at + 1].is_capitalised();
        match () {
            () if capital && classes.any(BODIES) => Some(Piece::Link),
            () if capital && classes.any(GIVEN) || self.next_is_role(at + 1) => Some(Piece::Clitic),
            () => None,
        }
    }

    /// `Dagny "the Oar" Hallvik`: a nickname between marks within a name.
    fn nickname(&self, at: usize, last: Option<Piece>) -> Option<(Piece, usize)> {
        let given = last == Some(Piece::Name) && self.classes[at - 1].any(GIVEN);
        if !given || !self.tokens[at].space_before() {
            return None;
        }
        let close = (at + 2..at + 6).find(|close| self.kind(*close) == TokenKind::Mark)?;
        let inside = &self.tokens[at + 1..close];
        // `Nurse Lee 'did not care' Hart was ill`
        let capital =
            inside.len() == 1 && !self.looks_like_verb(at + 1) || inside.iter().any(|token| token.is_capitalised());
        let words = capital && inside.iter().all(|token| token.is_word());
        let name = self.tokens.get(close + 1)?;
        let follows =
            name.is_capitalised() && name.space_before() && !name.opens_paragraph() && self.is_name_word(close + 1);
        (words && follows).then_some((Piece::Link, close + 1))
    }

    fn lower_piece(&self, at: usize, last: Option<Piece>) -> Option<(Piece, usize)> {
        let token = self.tokens[at];
        let classes = self.classes[at];
        if matches!(last, Some(Piece::Name | Piece::Link)) && self.links(at) {
            return Some((Piece::Link, at + 1));
        }
        if matches!(last, Some(Piece::Role | Piece::Title(_))) && self.joins_roles(at) {
            return Some((Piece::Modifier, at + 1));
        }
        // A lower-case word after a full name is not part of the mention unless a role follows: `Kremlin spokesman`.
        if classes.any(ROLES) && !self.is_verb_here(at, last) {
            return Some((Piece::Role, at + 1));
        }
        let speaks = || self.pieces.first().is_some_and(|(_, first)| self.speaks(first.start, at));
        if classes.any(DOCUMENTS) && !self.is_role_before_verb(at + 1) && speaks() {
            return Some((Piece::Role, at + 1));
        }
        // `a $2 billion casino`: the sum goes before.
        let counts = || !(last.is_none() && at > 0 && self.kind(at - 1) == TokenKind::Number);
        let modifies = classes.any(Classes::of(&[Class::Modifier, Class::Demonym]));
        let modifies = modifies || classes.has(Class::Number) && counts();
        // `Lee accused Hart`, the accused doctor.
        let modifies = modifies && !(last == Some(Piece::Name) && classes.has(Class::Finite));
        if modifies && (last != Some(Piece::Clitic) || self.next_is_noun(at + 1)) {
            return (last != Some(Piece::Name) || self.next_is_noun(at + 1)).then_some((Piece::Modifier, at + 1));
        }
        // `Republican primary voters`
        let colour = || self.tokens[at - 1].is_capitalised() && self.has(at - 1, Class::Modifier);
        if last == Some(Piece::Role) && self.is_of_body_before_office(at) {
            return Some((Piece::Modifier, at + 1));
        }
        if token.kind != TokenKind::Lower || last.is_none() || last == Some(Piece::Role) && !colour() {
            return None;
        }
        let to_role = self.next_is_role(at + 1);
        if last == Some(Piece::Role) && !to_role {
            return None;
        }
        let to_text = last != Some(Piece::Name) && self.next_is_text(at + 1);
        // `Ann Lee supports terrorists`
        let does = || last == Some(Piece::Name) && classes.has(Class::Finite);
        let unknown = || !self.is_function(at) && !self.looks_like_verb(at) && !does();
        // `a leaked memo`
        let participle = || last == Some(Piece::Determiner) && self.glances[at].shape.has(Shape::ED);
        let described = matches!(last, Some(Piece::Determiner | Piece::Modifier));
        let adjective = || described && self.is_unlisted_adjective(at) && (to_role || self.reaches_role(at + 1));
        let bridges = (to_role || to_text) && unknown() || to_text && participle() || adjective();
        bridges.then_some((Piece::Modifier, at + 1))
    }

    /// `the council policy director`: a noun between those for a body and for one of its people.
    fn is_of_body_before_office(&self, at: usize) -> bool {
        let (body, classes, office) = (self.classes[at - 1], self.classes[at], self.next_is_role(at + 1));
        let plain = |classes: Classes| !classes.has(Class::RolePerson) & !classes.has(Class::Plural);
        office
            && self.kind(at) == TokenKind::Lower
            && plain(body)
            && plain(classes)
            && !classes.has(Class::Finite)
            && self.has(at + 1, Class::RolePerson)
            && !self.has(at + 1, Class::Plural)
            && !self.is_function(at)
            && !self.looks_like_verb(at)
    }

    /// `a Monday memo`, `the Feb. 1 letter`: where the text begins behind a date.
    fn text_after_date(&self, at: usize, last: Option<Piece>) -> Option<usize> {
        let dated = last == Some(Piece::Determiner) && self.has(at, Class::Time);
        let text = at + 1 + usize::from(self.kind(at + 1) == TokenKind::Number);
        (dated && self.next_is_text(text)).then_some(text)
    }

    fn next_is_noun(&self, at: usize) -> bool {
        let kind = self.kind(at);
        let word = matches!(kind, TokenKind::Capital | TokenKind::Upper | TokenKind::Lower);
        word && (self.classes[at].any(ROLES)
            || self.tokens[at].is_capitalised() && self.is_name_word(at)
            || self.has(at, Class::Modifier)
            || self.has(at, Class::Number) && self.next_is_role(at + 1)
            || self.next_is_role(at + 1) && !self.is_function(at) && !self.looks_like_verb(at))
    }

    pub(super) fn may_follow_clitic(&self, at: usize) -> bool {
        // `the council's report said`
        let text = || self.classes.get(at).is_some_and(|classes| classes.any(DOCUMENTS));
        self.next_is_noun(at) || text() && self.verb_reports(at + 1)
    }

    /// The mark of `’t` in `Ann in ’t Veld`, `Bo ’t Hart`.
    fn opens_particle(&self, at: usize) -> bool {
        let (mark, name) = (self.kind(at) == TokenKind::Mark, self.tokens.get(at + 2));
        let single = || self.tokens[at].mark().is_single();
        let touches = || self.tokens.get(at + 1).is_some_and(|particle| !particle.space_before());
        mark && single()
            && touches()
            && self.has(at + 1, Class::Particle)
            && name.is_some_and(|name| name.is_capitalised() && !name.opens_paragraph())
    }

    /// `of`, `for` and `on` in a body's name, a particle in a family name, `&`.
    fn links(&self, at: usize) -> bool {
        let classes = self.classes[at];
        let capital = |at: usize| {
            self.tokens.get(at).is_some_and(|t| t.is_capitalised() && !t.opens_paragraph()) && self.is_name_word(at)
        };
        if classes.has(Class::Preposition) && self.opens_particle(at + 1) {
            return true;
        }
        if classes.has(Class::Particle) {
            return capital(at + 1) || self.has(at + 1, Class::Particle) && capital(at + 2);
        }
        if classes.has(Class::And) && self.joins_words_of_body(at) {
            return true;
        }
        let body = self.pieces.last().is_some_and(|(_, range)| self.classes[range.end - 1].any(BODIES));
        let the = usize::from(self.has(at + 1, Class::Determiner));
        let topic = |at: usize| self.lexicons.descriptions.is(DescriptionKind::Topic, self.words[at]);
        // `Committee on Energy and Commerce`
        if let [.., (Piece::Link, link), (Piece::Name, _)] = &self.pieces[..]
            && classes.has(Class::And)
        {
            let person =
                || self.classes[at + 1].any(GIVEN.with(PEOPLE)) || self.family_names.contains(&self.words[at + 1]);
            let of_common = self.has(link.start, Class::Of) && self.is_office_topic(link.start, at + 1);
            return (topic(link.start) || of_common) && capital(at + 1) && !person();
        }
        body && (classes.has(Class::Of) && capital(at + 1 + the)
            || capital(at + 1) && (classes.has(Class::For) || topic(at)))
            || classes.has(Class::Definite) && self.pieces.last().is_some_and(|(p, _)| *p == Piece::Link)
    }

    /// A title, party or role of several words, or a title of one.
    pub(super) fn phrase(&self, at: usize, last: Option<Piece>) -> Option<(Piece, usize)> {
        let within = at..self.words.len().min(at + LONGEST_PHRASE);
        let lexicons = self.lexicons;
        let found = lexicons.phrases.longest(&self.words[within]);
        self.looked_up.set(LookedUp { at, found });
        let (length, meanings) = found?;
        let end = at + length;
        if self.tokens[at + 1..end].iter().any(|token| token.opens_paragraph()) {
            return None;
        }
        let capital = self.tokens[at].is_capitalised();
        let proper =
            self.holds_capital(at) || self.has(at, Class::Particle) && (at + 1..end).any(|at| self.holds_capital(at));
        for meaning in meanings {
            match *meaning {
                // `a Ministry of Justice`
                Meaning::Title(_) if capital && last == Some(Piece::Link) => return Some((Piece::Name, end)),
                Meaning::Title(_) if capital && length == 1 && self.is_family_name_for_title(at, last) => {
                    return Some((Piece::Name, end));
                }
                Meaning::Title(title)
                    if capital && (last != Some(Piece::Name) || length > 1 || self.title_in_name(at, end)) =>
                {
                    return Some((Piece::Title(title), end));
                }
                Meaning::Party(party) if length == 1 && self.is_one_of_group(party, at) => {
                    return Some((Piece::Role, end));
                }
                Meaning::Party(_) | Meaning::Demonym(_)
                    if self.is_determined(last) && self.is_one_of_a_people(*meaning, at..end, meanings) =>
                {
                    return Some((Piece::Role, end));
                }
                Meaning::Title(title) if capital && self.is_office_of_names(title, at..end, last) => {
                    return Some((Piece::Role, end));
                }
                // `Republicans` is a common word, too.
                Meaning::Party(party) if proper && length == 1 && self.are_a_group(party, at) => {
                    return Some((Piece::Name, end));
                }
                Meaning::Party(_) | Meaning::Demonym(_) | Meaning::Capital(_)
                    if proper && (length > 1 || self.is_name_word(at) || !self.opens(at) || self.reports_here(end)) =>
                {
                    return Some((Piece::Name, end));
                }
                // `State Department` names one, `state department` any.
                Meaning::Role(_)
                    if !(proper && length > 1 && meanings.iter().any(|m| matches!(m, Meaning::Party(_)))) =>
                {
                    return Some((Piece::Role, end));
                }
                _ => {}
            }
        }
        None
    }

    /// `Labour said`, `Shell has denied`: a name that is a common word too, where it opens its sentence.
    fn reports_here(&self, verb: usize) -> bool {
        self.kind(verb) == TokenKind::Lower && self.verb_reports(verb)
    }

    /// `Democrats`: a listed group, not one of it.
    fn are_a_group(&self, party: u32, at: usize) -> bool {
        self.lexicons.parties[party as usize].kind == PartyKind::Group && self.has(at, Class::Plural)
    }

    /// `a Democrat`: one of a listed group, not the group.
    fn is_one_of_group(&self, party: u32, at: usize) -> bool {
        let classes = self.classes[at];
        self.lexicons.parties[party as usize].kind == PartyKind::Group
            && classes.has(Class::RolePerson)
            && !classes.has(Class::Plural)
    }

    /// `the`, `the 25-year-old`: an article stands before, with nothing between but what describes.
    fn is_determined(&self, last: Option<Piece>) -> bool {
        let opened = || matches!(self.pieces.first(), Some((Piece::Determiner, _)));
        last == Some(Piece::Determiner) || last == Some(Piece::Modifier) && opened()
    }

    /// `The Brazilian said`: one of a people before a verb or stop, not what comes from there.
    fn is_one_of_a_people(&self, meaning: Meaning, words: Range<usize>, meanings: &[Meaning]) -> bool {
        let (classes, end) = (self.classes[words.start], words.end);
        let ends = self.is_before_verb(end) || self.kind(end) == TokenKind::Stop;
        let one = || match meaning {
            Meaning::Demonym(_) if words.len() == 1 => classes.has(Class::RolePerson) && !classes.has(Class::Plural),
            // `The New Zealander`
            Meaning::Party(party) => {
                let group = words.len() > 1 && self.lexicons.parties[party as usize].kind == PartyKind::Group;
                let plural = |role: u32| self.lexicons.phrase_classes[role as usize].has(Class::Plural);
                group && meanings.iter().any(|other| matches!(other, Meaning::Role(role) if !plural(*role)))
            }
            _ => false,
        };
        ends && one()
    }
}
