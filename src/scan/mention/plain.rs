//! Plain chunks: an article or possessive pronoun, words that describe, a noun for somebody, all in small letters. Most
//! nominals are such, and the traits of their words tell it; so are most names, of which no list tells more than that they
//! begin with a first name. Anything else is read piece by piece.

use std::ops::Range;

use super::{Determiner, Finder, MentionKind, NOT_IN_NAMES, Piece};
use crate::lexicon::sets::{DESCRIBING, DOCUMENTS, GIVEN, PORTFOLIO, PRONOUNS, ROLES};
use crate::lexicon::traits::{OPENERS, Traits};
use crate::lexicon::words::{Class, Classes};
use crate::scan::token::{Token, TokenKind};

/// Words of a plain name, at most.
const LONGEST_NAME: usize = 4;
/// Words that describe, at most.
const MOST_DESCRIBING: usize = 4;

/// What follows a word that leads to a mention.
pub(super) enum Plain {
    /// A nominal, with this noun.
    Nominal(Range<usize>),
    /// Nothing that belongs to it.
    Nothing,
    /// Something at which more must be looked, from this token on.
    More(usize),
}

impl Finder<'_> {
    /// Keeps the name that plain words are; returns its end.
    pub(super) fn plain_name(&mut self, words: Range<usize>) -> usize {
        let end = words.end;
        let mut mention = self.blank(words, MentionKind::Name);
        if mention.head.len() > 1 {
            self.name_identity(&mut mention);
        }
        mention.possessive = self.kind(end) == TokenKind::Possessive;
        self.found.push(mention);
        end
    }

    /// Where a name ends whose words are first names or nothing that is known, if nothing beside it may belong to it.
    pub(super) fn plain_name_end(&self, at: usize) -> Option<usize> {
        const PARTICIPLES_GO_ON: Classes = Classes::of(&[Class::By, Class::That]);
        if !self.is_name_or_unknown(at) || at.checked_sub(1).is_some_and(|before| self.tokens[before].is_capitalised())
        {
            return None;
        }
        let mut end = at + 1;
        while self.kind(end) == TokenKind::Capital && end < at + LONGEST_NAME {
            let [last, next] = [end - 1, end].map(|at| self.tokens[at]);
            let signs = last.has_sign_within() | next.has_sign_within();
            // `Former Gladiator Tom`: a word before a first name tells what he was.
            let told = self.classes[end].any(GIVEN) & !self.classes[at].any(GIVEN);
            if signs | told | next.opens_paragraph() || !self.is_name_or_unknown(end) {
                return None;
            }
            end += 1;
        }
        let alone = match self.kind(end) {
            TokenKind::Lower => {
                (self.ends_chunk(end) || self.leads_away(end)) && !self.classes[end].any(PARTICIPLES_GO_ON)
            }
            TokenKind::Comma => !self.has(end + 1, Class::Suffix),
            TokenKind::Possessive => !self.may_follow_clitic(end + 1),
            TokenKind::Stop | TokenKind::Colon | TokenKind::Semicolon | TokenKind::Dash | TokenKind::Close => true,
            _ => false,
        };
        alone.then_some(end)
    }

    /// `Lee of Dessan`, `Lee told Hart`: a function word or verb behind a plain name that nothing makes a part of it.
    fn leads_away(&self, at: usize) -> bool {
        const GOES_ON: Classes = ROLES.with(DOCUMENTS).with(DESCRIBING).with(Classes::of(&[Class::Particle]));
        !self.classes[at].any(GOES_ON)
            && (self.is_function(at) || self.looks_like_verb(at))
            && self.kind(at + 1) != TokenKind::Mark
            && !self.opens_phrase(at)
    }

    /// Whether a word is a first name and nothing else, or nothing that is known; no listed name may begin with it here.
    fn is_name_or_unknown(&self, at: usize) -> bool {
        const NOTHING: Classes =
            GIVEN.with(Classes::of(&[Class::PhraseStart, Class::RoleStart, Class::ExpressionStart]));
        let classes = self.classes[at];
        classes.without(NOTHING).is_empty() && !(classes.has(Class::PhraseStart) && self.begins_phrase(at))
    }

    /// Keeps the nominal from a lead to its noun; returns the end of that.
    pub(super) fn plain_nominal(&mut self, lead: Piece, at: usize, noun: Range<usize>) -> usize {
        let end = noun.end;
        let classes = if noun.len() == 1 { self.classes[noun.start] } else { self.phrase_role(&noun) };
        let mut mention = self.nominal_of(at..end, noun, classes);
        mention.determiner = match lead {
            Piece::His => Determiner::Possessive,
            _ if self.has(at, Class::Definite) => Determiner::Definite,
            _ => Determiner::Indefinite,
        };
        self.found.push(mention);
        end
    }

    /// What follows an article that opens no listed phrase; a word that is none is not plain.
    pub(super) fn plain_after_article(&self, at: usize) -> Plain {
        let classes = self.classes[at];
        if !classes.has(Class::Determiner) {
            return Plain::More(at + 1);
        }
        let leads = match self.tokens[at].kind {
            TokenKind::Lower => self.glances[at].traits.any(Traits::LEADS),
            TokenKind::Capital => !(classes.any(PRONOUNS) || classes.has(Class::PhraseStart) && self.begins_phrase(at)),
            _ => false,
        };
        if leads { self.plain(Piece::Determiner, at) } else { Plain::More(at + 1) }
    }

    /// What follows an article or possessive pronoun, as far as it is plain.
    pub(super) fn plain(&self, piece: Piece, lead: usize) -> Plain {
        let end = lead + 2 + MOST_DESCRIBING;
        // The first word that may be a noun before another.
        let (mut last, mut noun) = (piece, None);
        for at in lead + 1..end {
            let Some((token, traits)) = self.within_paragraph(at) else { return Plain::Nothing };
            match () {
                () if traits.any(Traits::DESCRIBES) => {}
                () if traits.any(Traits::NOUN) => {
                    let more = Plain::More(noun.unwrap_or(at));
                    return self.plain_noun(lead, last, at).unwrap_or(more);
                }
                () if traits.any(Traits::IDLE) && self.is_before_noun(at) => noun = noun.or(Some(at)),
                () if traits.any(Traits::IDLE) => return Plain::Nothing,
                () if traits.any(Traits::SIGN) && token.kind != TokenKind::Number => return Plain::Nothing,
                () => return Plain::More(noun.unwrap_or(at)),
            }
            last = Piece::Modifier;
        }
        Plain::More(noun.unwrap_or(end))
    }

    /// `the tax law`: an idle word that may be a noun, before another.
    fn is_before_noun(&self, at: usize) -> bool {
        self.is_noun(at + 1)
            && !self.is_function(at)
            && !self.looks_like_verb(at)
            && (self.next_is_role(at + 1) || self.next_is_text(at + 1))
    }

    /// The token at a place, unless a paragraph begins there.
    fn within_paragraph(&self, at: usize) -> Option<(Token, Traits)> {
        let token = self.tokens.get(at).filter(|token| !token.opens_paragraph())?;
        Some((*token, self.glances[at].traits))
    }

    /// Whether a word with a capital that is none of a name opens nothing, as far as it and the next word tell.
    pub(super) fn is_plain_capital(&self, at: usize) -> bool {
        const MORE: Classes = OPENERS.with(DOCUMENTS).with(GIVEN).with(Classes::of(&[Class::Plural]));
        let classes = self.classes[at];
        if !classes.any(NOT_IN_NAMES) || classes.any(MORE) || classes.has(Class::PhraseStart) && self.begins_phrase(at)
        {
            return false;
        }
        !self.tokens.get(at + 1).is_some_and(|next| next.is_capitalised()) && !self.is_ambiguous_name(at)
    }

    fn begins_phrase(&self, at: usize) -> bool {
        self.lexicons.phrases.may_begin(&self.words[at..])
    }

    fn is_noun(&self, at: usize) -> bool {
        self.glances.get(at).is_some_and(|glance| glance.traits.any(Traits::NOUN))
    }

    /// What a chunk is that comes to a noun; none where more must be looked at it.
    fn plain_noun(&self, lead: usize, last: Piece, at: usize) -> Option<Plain> {
        const MORE: Classes = Classes::of(&[Class::Time, Class::Determiner, Class::PossessivePronoun]);
        let classes = self.classes[at];
        if classes.any(MORE) {
            return None;
        }
        match if self.opens_phrase(at) { self.phrase(at, Some(last)) } else { None } {
            Some((Piece::Role, end)) if self.ends_after_role(end) => return Some(Plain::Nominal(at..end)),
            Some(_) => return None,
            None => {}
        }
        if !classes.any(ROLES) {
            if classes.any(DESCRIBING) || self.is_noun(at + 1) || self.is_unlisted_adjective(at) {
                return None;
            }
            if !self.speaks(lead, at) {
                return Some(Plain::Nothing);
            }
        }
        self.ends_after_role(at + 1).then_some(Plain::Nominal(at..at + 1))
    }

    /// Whether a chunk whose last piece is a role ends before a token.
    fn ends_after_role(&self, at: usize) -> bool {
        const GOES_ON: Classes = ROLES.with(DOCUMENTS).with(DESCRIBING);
        let Some((token, traits)) = self.within_paragraph(at) else { return true };
        match token.kind {
            TokenKind::Lower if traits.any(Traits::CLOSES) => true,
            TokenKind::Lower => {
                let classes = self.classes[at];
                !(classes.any(GOES_ON)
                    || self.opens_phrase(at)
                    || classes.any(PORTFOLIO) && self.after_portfolio(at).is_some()
                    || classes.has(Class::And) && self.joins_role_of_name(at))
            }
            TokenKind::Capital | TokenKind::Upper => false,
            TokenKind::Possessive => !self.may_follow_clitic(at + 1),
            TokenKind::Open => self.letters_of_office(at, Some(Piece::Role)).is_none(),
            _ => true,
        }
    }
}
