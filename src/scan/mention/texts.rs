//! Sources told by what they do: texts that speak for themselves, and nouns that no list has.

use super::{Determiner, Finder, MentionKind};
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::words::{Class, Classes};
use crate::scan::token::TokenKind;

/// So many words between a text and its verb: `from Ann Lee to Omar Reyes`.
const LONGEST_SENDERS: usize = 10;
/// So many words between article and verb.
const LONGEST_UNLISTED: usize = 4;
const SAYS: Classes = Classes::of(&[Class::Say, Class::Tell]);
const REPORTS: Classes = SAYS.with(Classes::of(&[Class::Strong]));

impl Finder<'_> {
    /// `“…,” the dog walker said`, `The 43-year-old told the court`: beside a quotation or at the start of a sentence, a
    /// noun that no list has is a source by what it does. What it is stays unknown, but an age tells a person.
    pub(super) fn unlisted(&mut self, at: usize) -> Option<usize> {
        let after_mark = |at: usize| at > 0 && self.kind(at - 1) == TokenKind::Mark;
        let inverted = at > 0 && after_mark(at - 1) && self.is_cue(at - 1, Class::Finite);
        // `Taking to the stage, the 29-year-old said`
        let aged = self.kind(at + 1) == TokenKind::Number && self.is_unlisted(at + 1);
        if !inverted && !after_mark(at) && !aged && !self.opens(at) {
            return None;
        }
        let end = (at + 1..at + 1 + LONGEST_UNLISTED).find(|next| !self.is_unlisted(*next))?;
        let is_age = self.kind(end - 1) == TokenKind::Number;
        let verb = if is_age { self.after_origin(end) } else { end };
        let strong = || is_age || after_mark(at) && self.has(verb, Class::Strong);
        let says = self.is_cue(verb, Class::Finite) && (self.classes[verb].any(SAYS) || strong());
        // `The 43-year-old, from Dessan, told the court`
        let reports = says || is_age && self.verb_reports(end) || inverted && self.may_follow_source(end);
        // `said the ship's cook`
        if end == at + 1 || !reports || self.kind(end) == TokenKind::Possessive {
            return None;
        }
        let mut mention = self.blank(at..end, MentionKind::Nominal);
        mention.head = end - 1..end;
        // `the ex-midfielder`
        let person = is_age || self.is_role_with_hyphen(end - 1);
        mention.party_kind = if person { PartyKind::Person } else { PartyKind::Unknown };
        mention.determiner = if self.has(at, Class::Definite) { Determiner::Definite } else { Determiner::Indefinite };
        mention.role = Some(mention.span);
        self.found.push(mention);
        Some(end)
    }

    /// `His lodger said`, `“…,” her lamplighter told Lee`: somebody of whom no list tells is not whose he is.
    pub(super) fn unlisted_of_owner(&mut self, at: usize) -> Option<usize> {
        let after_mark = at > 0 && self.kind(at - 1) == TokenKind::Mark;
        if !after_mark && !self.opens(at) {
            return None;
        }
        let end = (at + 1..at + 1 + LONGEST_UNLISTED).find(|next| !self.is_unlisted(*next))?;
        if end == at + 1 || !self.is_cue(end, Class::Finite) || !self.classes[end].any(REPORTS) {
            return None;
        }
        let mut mention = self.blank(at..end, MentionKind::Nominal);
        mention.head = end - 1..end;
        mention.determiner = Determiner::Possessive;
        mention.role = Some(mention.span);
        self.found.push(mention);
        Some(end)
    }

    /// The token after `from New Dessan`, where that stands at `at`.
    fn after_origin(&self, at: usize) -> usize {
        if !self.has(at, Class::Preposition) {
            return at;
        }
        let is_place = |at: &usize| self.tokens.get(*at).is_some_and(|token| token.is_capitalised());
        (at + 1..at + 1 + LONGEST_UNLISTED).find(|next| !is_place(next)).unwrap_or(at)
    }

    /// What may stand after `said the dog walker`: a sign, or the word that opens what is said more of him.
    fn may_follow_source(&self, at: usize) -> bool {
        const OPENERS: Classes = Classes::of(&[
            Class::Preposition,
            Class::Of,
            Class::Relative,
            Class::Subordinator,
            Class::Time,
            Class::And,
        ]);
        self.kind(at) != TokenKind::Lower || self.classes[at].any(OPENERS)
    }

    /// A word in small letters that may be a noun or stand before one; an age.
    fn is_unlisted(&self, at: usize) -> bool {
        match self.kind(at) {
            TokenKind::Lower => {
                let counts = self.classes[at].any(Classes::of(&[Class::Number, Class::Indefinite]));
                !counts && !self.is_function(at) && !self.looks_like_verb(at)
            }
            TokenKind::Number => self.tokens[at].span().of(self.text).contains('-'),
            _ => false,
        }
    }

    /// `the report said`, `a sign reading`, `according to a study by`: a text that speaks for itself is a source.
    /// Its chunk begins with `first`.
    pub(super) fn speaks(&self, first: usize, at: usize) -> bool {
        let according = first >= 2 && self.has(first - 2, Class::According);
        let inverted = first >= 2
            && self.is_cue(first - 1, Class::Finite)
            && !self.has(first - 1, Class::Tell)
            && matches!(self.kind(first - 2), TokenKind::Mark | TokenKind::Comma);
        // `which Lee claims affirmed`
        let related = first >= 1 && self.has(first - 1, Class::Relative) && self.is_cue(at, Class::Finite);
        // `recalled Ann Lee telling him`
        let named = |at: usize| self.tokens[at].is_capitalised() && !self.has(at, Class::Determiner);
        let tells = first < at
            && named(first)
            && named(at - 1)
            && self.is_cue(at, Class::Ing)
            && !self.is_cue(at + 1, Class::Finite);
        !related
            && !tells
            && !self.is_issued(first, at + 1)
            && (according
                || inverted
                || self.verb_reports(at + 1)
                || self.reports_after_place(at + 1)
                || self.is_spoken_of(first, at + 1))
    }

    /// `The report was blunt.`, `A report from last May was blunt.`: what opens a sentence may speak in the next one.
    fn is_spoken_of(&self, first: usize, next: usize) -> bool {
        let between = |at: &usize| self.kind(*at) != TokenKind::Stop && !self.is_cue(*at, Class::Finite);
        let mut words = (next..self.tokens.len().min(next + LONGEST_UNLISTED)).take_while(between);
        self.opens(first) && words.any(|at| self.has(at, Class::Be))
    }

    /// `issued a statement saying`: who issued it speaks.
    fn is_issued(&self, first: usize, next: usize) -> bool {
        first >= 1 && self.has(first - 1, Class::Issue) && self.is_cue(next, Class::Ing)
    }

    /// `said`, `also said`, `has said`, `reading`, `that said`; `, signed by forty engineers, said`.
    pub(super) fn verb_reports(&self, at: usize) -> bool {
        const AUXILIARIES: Classes = Classes::of(&[Class::Have, Class::Do, Class::Modal]);
        const PASSED: Classes = Classes::of(&[Class::Adverb, Class::That, Class::Relative]);
        if self.kind(at) == TokenKind::Comma {
            let inserted = at + 2..(at + 14).min(self.tokens.len());
            let inserted = inserted.take_while(|at| self.kind(*at) != TokenKind::Stop);
            let close = inserted.into_iter().find(|at| self.kind(*at) == TokenKind::Comma);
            return close.is_some_and(|close| self.is_cue(close + 1, Class::Finite));
        }
        let passed = usize::from(self.classes.get(at).is_some_and(|classes| classes.any(PASSED)));
        let verb = at + passed;
        self.is_cue(verb, Class::Finite)
            || self.is_cue(verb, Class::Ing)
            || self.classes.get(verb).is_some_and(|classes| classes.any(AUXILIARIES))
                && (self.is_cue(verb + 1, Class::Participle) || self.is_cue(verb + 1, Class::Base))
    }

    /// `the report by the council said`, `an email from Ann Lee to Omar Reyes said`, `a memo seen by Ann Lee said`
    fn reports_after_place(&self, at: usize) -> bool {
        let between = |between: usize| {
            let token = self.tokens[between];
            (token.is_word() || token.kind == TokenKind::Number) && !token.opens_paragraph()
        };
        let described = self.has(at, Class::Preposition) || self.is_participle(at);
        described
            && (at + 2..at + LONGEST_SENDERS)
                .find(|next| self.is_cue(*next, Class::Finite))
                .is_some_and(|end| (at + 1..end).all(between))
    }

    /// `signed by`, `sent to`, `published in`
    fn is_participle(&self, at: usize) -> bool {
        const PASSED_ON: Classes = Classes::of(&[Class::Issue, Class::Relay]);
        const LINKS: Classes = Classes::of(&[Class::Preposition, Class::To, Class::By]);
        let classes = |at: usize| self.classes.get(at).copied().unwrap_or_default();
        let by = classes(at + 1).has(Class::By) && !self.is_function(at);
        self.kind(at) == TokenKind::Lower && (by || classes(at).any(PASSED_ON) && classes(at + 1).any(LINKS))
    }
}
