//! What the words of a text are: each looked up once.

use super::token::{Token, TokenKind};
use crate::lexicon::Lexicons;
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::pattern::Symbol;
use crate::lexicon::traits::{OPENERS, Traits};
use crate::lexicon::words::{Class, Classes, Glance, Known, WordCache, WordId};

/// Gives every token the number and the classes of its word and what it tells at a glance, in place of what the vectors hold. One
/// that is a name behind a small prefix becomes capitalised.
pub(super) fn look_up(
    text: &str,
    tokens: &mut [Token],
    lexicons: &Lexicons,
    cache: &mut WordCache,
    (words, classes, glances): (&mut Vec<WordId>, &mut Vec<Classes>, &mut Vec<Glance>),
) {
    cache.forget_others();
    // Nothing is emptied first: all is written over, so that only what is longer than the text before needs to be filled.
    words.resize(tokens.len(), 0);
    classes.resize(tokens.len(), Classes::default());
    glances.resize(tokens.len(), Glance::default());
    let mut reader = Reader { text, lexicons, cache, possessive: lexicons.words.find("'s") };
    for (((token, word), classes), glance) in tokens.iter_mut().zip(words).zip(classes).zip(glances) {
        Known { word: *word, classes: *classes, glance: *glance } = reader.known(token);
    }
}

struct Reader<'a> {
    text: &'a str,
    lexicons: &'a Lexicons,
    cache: &'a mut WordCache,
    possessive: WordId,
}

impl Reader<'_> {
    #[inline]
    fn known(&mut self, token: &mut Token) -> Known {
        if !token.is_word() {
            return self.beside_words(*token);
        }
        let start = token.start as usize;
        let place = (start, start + token.span().len());
        let known = self.lexicons.words.number_in(self.text, place, self.cache);
        // A small word that no lexicon has stays without a number, unless a name stands within.
        if (known.word == 0) & ((token.kind != TokenKind::Lower) | token.has_sign_within()) {
            return self.unlisted(token, known);
        }
        known
    }

    fn unlisted(&mut self, token: &mut Token, small: Known) -> Known {
        let (mut start, end, mut known) = (token.start as usize, token.end() as usize, small);
        if token.kind == TokenKind::Lower {
            let Some(name) = name_within(self.text, *token, self.lexicons) else { return small };
            token.kind = TokenKind::Capital;
            start = name;
            known = self.lexicons.words.number_in(self.text, (name, end), self.cache);
        }
        if known.word == 0 {
            known.word = self.lexicons.words.number_of_other(self.text, (start, end), self.cache);
        }
        known
    }

    fn beside_words(&mut self, token: Token) -> Known {
        let words = &self.lexicons.words;
        let plain = SIGNS[token.kind as usize];
        let word = match token.kind {
            TokenKind::Possessive => self.possessive,
            // `No 10`, `Channel 4`
            TokenKind::Number if token.span().len() <= 2 => {
                words.find_in(self.text, token.start as usize, token.end() as usize)
            }
            TokenKind::Symbol if token.span().of(self.text) == "&" => words.find("&"),
            _ => return plain,
        };
        let classes = words.classes(word);
        let opens = token.kind == TokenKind::Number && (classes.any(OPENERS) || classes.has(Class::PhraseStart));
        Known { word, classes, glance: Glance { traits: Traits::of_sign(opens), ..plain.glance } }
    }
}

/// For each kind of token what one tells that is no word.
static SIGNS: [Known; TokenKind::Symbol as usize + 1] = {
    let glance = Glance { traits: Traits::of_sign(false), symbol: None };
    let mut signs = [Known { classes: Classes(0), word: 0, glance }; TokenKind::Symbol as usize + 1];
    signs[TokenKind::Comma as usize].glance.symbol = Some(Symbol::Comma);
    signs[TokenKind::Colon as usize].glance.symbol = Some(Symbol::Colon);
    signs[TokenKind::Semicolon as usize].glance.symbol = Some(Symbol::Semicolon);
    signs[TokenKind::Dash as usize].glance.symbol = Some(Symbol::Dash);
    signs[TokenKind::Open as usize].glance.symbol = Some(Symbol::Open);
    signs[TokenKind::Close as usize].glance.symbol = Some(Symbol::Close);
    signs[TokenKind::Possessive as usize].glance.symbol = Some(Symbol::Clitic);
    signs[TokenKind::Number as usize].glance.symbol = Some(Symbol::Number);
    signs[TokenKind::Symbol as usize].glance.symbol = Some(Symbol::Sign);
    signs
};

/// Where the family name begins in `al-Harani`, `d’Orval`; it alone tells who is meant, as `Harani` does.
fn name_within(text: &str, token: Token, lexicons: &Lexicons) -> Option<usize> {
    let (start, word) = (token.start as usize, token.span().of(text));
    let sign = word.bytes().take(LONGEST_PREFIX).position(|byte| !byte.is_ascii_alphabetic())?;
    let rest = ["-", "'", "’"].iter().find_map(|joint| word[sign..].strip_prefix(joint))?;
    let known = || lexicons.descriptions.is(DescriptionKind::Prefix, lexicons.words.find(&word[..sign]));
    (rest.starts_with(char::is_uppercase) && known()).then_some(start + word.len() - rest.len())
}

/// Bytes of a small word before the sign that joins it to a name, and that sign.
const LONGEST_PREFIX: usize = 5;
