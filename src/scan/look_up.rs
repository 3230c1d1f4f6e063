//! What the words of a text are: each looked up once.

use super::token::{Token, TokenKind};
use crate::lexicon::Lexicons;
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::pattern::Symbol;
use crate::lexicon::spelling::{Shape, Spelling};
use crate::lexicon::traits::{OPENERS, Traits};
use crate::lexicon::word_cache::WordCache;
use crate::lexicon::words::{Class, Classes, Glance, Known, WordId};

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
    let possessive = lexicons.words.find("'s");
    for (((token, word), classes), glance) in tokens.iter_mut().zip(words).zip(classes).zip(glances) {
        let start = token.start as usize;
        let place = (start, start + token.span().len());
        let tell = |letters| tell(text, *token, letters, lexicons, possessive);
        let known = cache.kept(text, place, APART[token.kind as usize], tell);
        (*word, *classes, *glance) = (if known.word == NONE { 0 } else { known.word }, known.classes, known.glance);
        // One test, seldom true.
        if known.word == 0 {
            Known { word: *word, classes: *classes, glance: *glance } = unlisted(text, token, *known, lexicons, cache);
        }
    }
}

/// In the cache, the number of what has none: a sign, or a small word that no lexicon has and in which no name stands. 0 there is a
/// word that gets a number in each text of its own.
const NONE: WordId = WordId::MAX;

/// What is known of a word that no lexicon has, by a name within it, or by itself.
#[inline(never)]
fn unlisted(text: &str, token: &mut Token, small: Known, lexicons: &Lexicons, cache: &mut WordCache) -> Known {
    let (mut start, end, mut known) = (token.start as usize, token.end() as usize, small);
    if token.kind == TokenKind::Lower {
        let Some(name) = name_within(text, *token, lexicons) else {
            // It came into the cache before a full stop, when nobody asked for names within.
            cache.correct(text, (start, end), Known { word: NONE, ..small });
            return small;
        };
        token.kind = TokenKind::Capital;
        start = name;
        known = lexicons.words.number_in(text, (name, end), cache);
        known.glance.shape = small.glance.shape;
    }
    if known.word == 0 {
        known.word = lexicons.words.number_of_other(text, (start, end), cache);
    }
    known
}

/// What is known of a token that no cache holds.
#[cold]
#[inline(never)]
fn tell(text: &str, token: Token, letters: Option<u128>, lexicons: &Lexicons, possessive: WordId) -> Known {
    let words = &lexicons.words;
    if token.is_word() {
        let known = words.known(token.span().of(text), letters);
        let has_none =
            known.word == 0 && token.kind == TokenKind::Lower && name_within(text, token, lexicons).is_none();
        return if has_none { Known { word: NONE, ..known } } else { known };
    }
    let mut plain = SIGNS[token.kind as usize];
    if token.kind == TokenKind::Number {
        plain.glance.shape = Shape::of(Spelling::of(token.span().of(text)));
    }
    let word = match token.kind {
        TokenKind::Possessive => possessive,
        // `No 10`, `Channel 4`
        TokenKind::Number if token.span().len() <= 2 => words.find(token.span().of(text)),
        TokenKind::Symbol if token.span().of(text) == "&" => words.find("&"),
        _ => return plain,
    };
    if word == 0 {
        return plain;
    }
    let classes = words.classes(word);
    let opens = token.kind == TokenKind::Number && (classes.any(OPENERS) || classes.has(Class::PhraseStart));
    Known { word, classes, glance: Glance { traits: Traits::of_sign(opens), ..plain.glance } }
}

/// What tells signs of different kinds apart that have the same letters, such as an apostrophe and a mark, and numbers from words: a
/// high bit of a byte for each bit of the kind.
static APART: [u64; SIGNS.len()] = {
    let mut apart = [0; SIGNS.len()];
    let mut kind = TokenKind::Number as usize;
    while kind < apart.len() {
        let mut bit = 0;
        while bit < 4 {
            apart[kind] |= (kind as u64 >> bit & 1) << (8 * bit + 7);
            bit += 1;
        }
        kind += 1;
    }
    apart
};

/// For each kind of token what one tells that is no word.
static SIGNS: [Known; TokenKind::Symbol as usize + 1] = {
    let glance = Glance { traits: Traits::of_sign(false), symbol: None, is_open: false, shape: Shape::NONE };
    let mut signs = [Known { classes: Classes(0), word: NONE, glance }; TokenKind::Symbol as usize + 1];
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
