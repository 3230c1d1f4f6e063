//! What the words of a text are: each looked up once.

use super::token::{Token, TokenKind};
use crate::lexicon::Lexicons;
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::words::{Classes, WordCache, WordId};

/// Gives every token the number and the classes of its word, in place of what the vectors hold. One that is a name behind a small
/// prefix becomes capitalised.
pub(super) fn look_up(
    text: &str,
    tokens: &mut [Token],
    lexicons: &Lexicons,
    cache: &mut WordCache,
    (words, classes): (&mut Vec<WordId>, &mut Vec<Classes>),
) {
    cache.forget_others();
    // Nothing is emptied first: all is written over, so that only what is longer than the text before needs to be filled.
    words.resize(tokens.len(), 0);
    classes.resize(tokens.len(), Classes::default());
    let mut reader = Reader { text, lexicons, cache, possessive: lexicons.words.find("'s") };
    for ((token, word), classes) in tokens.iter_mut().zip(words).zip(classes) {
        (*word, *classes) = reader.word_of(token);
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
    fn word_of(&mut self, token: &mut Token) -> (WordId, Classes) {
        if !token.is_word() {
            return self.beside_words(*token);
        }
        let place = (token.start as usize, token.end() as usize);
        let (word, classes) = self.lexicons.words.number_in(self.text, place, self.cache);
        if word == 0 { self.unknown(token) } else { (word, classes) }
    }

    /// A small word that no lexicon has stays without a number, unless a name stands within.
    fn unknown(&mut self, token: &mut Token) -> (WordId, Classes) {
        let (start, end) = (token.start as usize, token.end() as usize);
        if token.kind != TokenKind::Lower {
            return (self.lexicons.words.number_of_other(self.text, (start, end), self.cache), Classes::default());
        }
        if !token.has_sign_within() {
            return (0, Classes::default());
        }
        let Some(name) = name_within(self.text, *token, self.lexicons) else { return (0, Classes::default()) };
        token.kind = TokenKind::Capital;
        match self.lexicons.words.number_in(self.text, (name, end), self.cache) {
            (0, classes) => (self.lexicons.words.number_of_other(self.text, (name, end), self.cache), classes),
            found => found,
        }
    }

    fn beside_words(&mut self, token: Token) -> (WordId, Classes) {
        let words = &self.lexicons.words;
        let word = match token.kind {
            TokenKind::Possessive => self.possessive,
            // `No 10`, `Channel 4`
            TokenKind::Number if token.span().len() <= 2 => {
                words.find_in(self.text, token.start as usize, token.end() as usize)
            }
            TokenKind::Symbol if token.span().of(self.text) == "&" => words.find("&"),
            _ => return (0, Classes::default()),
        };
        (word, words.classes(word))
    }
}

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
