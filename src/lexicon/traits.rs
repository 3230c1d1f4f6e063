//! What a word tells at a glance, a bit each: what it may do in a mention, as far as its classes and letters tell by
//! themselves. Told once a word, so that most of a text is passed over without a look at its classes.

use super::sets::{DESCRIBING, DOCUMENTS, PRONOUNS, ROLES};
use super::spelling::Spelling;
use super::words::{Class, Classes};

/// A set of traits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits(u8);

/// Such words open a mention only if what it is comes after them.
pub(crate) const LEADS: Classes =
    Classes::of(&[Class::Determiner, Class::PossessivePronoun, Class::Modifier, Class::Demonym, Class::Number]);
/// What opens a mention by itself or leads to one; a name or role of several words aside.
pub(crate) const OPENERS: Classes = Classes::of(&[Class::Indefinite]).with(LEADS).with(PRONOUNS).with(ROLES);
/// Only such words open a listed phrase in small letters: there a listed name is none.
pub(crate) const IN_SMALL_LETTERS: Classes = Classes::of(&[Class::RoleStart, Class::RolePerson, Class::Particle]);
/// Words that describe.
const DESCRIBES: Classes = Classes::of(&[Class::Modifier, Class::Demonym]);

impl Traits {
    /// It begins with a capital.
    pub const CAPITAL: Self = Self(1);
    /// It may open a mention.
    pub const OPENS: Self = Self(1 << 1);
    /// It does so only if what it is comes after it.
    pub const LEADS: Self = Self(1 << 2);
    /// After one that leads it ends the search, unless a noun follows.
    pub const IDLE: Self = Self(1 << 3);
    /// A noun for somebody or for a text, in small letters.
    pub const NOUN: Self = Self(1 << 4);
    /// It describes what comes after it, and is nothing else.
    pub const DESCRIBES: Self = Self(1 << 5);
    /// A mention that ends in a role ends before it.
    pub const CLOSES: Self = Self(1 << 6);
    /// It is no word.
    pub const SIGN: Self = Self(1 << 7);

    /// The traits of a word.
    #[must_use]
    pub fn of_word(classes: Classes, spelling: Spelling) -> Self {
        const DATES: Classes = Classes::of(&[Class::Time]);
        const BY_ITSELF: Classes = Classes::of(&[Class::Indefinite]).with(ROLES).with(PRONOUNS);
        const JOINS: Classes = Classes::of(&[Class::For, Class::Of, Class::And]);
        let opens_phrase = classes.has(Class::PhraseStart) && (classes.any(IN_SMALL_LETTERS) || spelling.holds_capital);
        let noun = classes.any(ROLES.with(DOCUMENTS));
        let plain = !noun && !opens_phrase;
        let adjective = spelling.has_hyphen || spelling.is_participle();
        let traits = [
            (Self::OPENS, classes.any(OPENERS) || opens_phrase),
            (Self::LEADS, classes.any(LEADS) && !classes.any(BY_ITSELF) && !opens_phrase),
            (Self::IDLE, plain && !classes.any(DESCRIBING.with(DATES)) && !adjective),
            (Self::NOUN, noun),
            (Self::DESCRIBES, plain && classes.any(DESCRIBES) && !classes.any(DATES)),
            (Self::CLOSES, plain && !classes.any(DESCRIBING.with(JOINS))),
        ];
        let small = traits.into_iter().fold(0, |all, (one, has)| all | (one.0 * u8::from(has)));
        Self(if spelling.is_capitalised { Self::CAPITAL.0 | Self::OPENS.0 } else { small })
    }

    /// The traits of a sign or number.
    #[must_use]
    pub const fn of_sign(opens: bool) -> Self {
        Self(Self::SIGN.0 | if opens { Self::OPENS.0 } else { 0 })
    }

    /// Whether it has one of these traits.
    #[must_use]
    pub const fn any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// 1 where it has a trait, else 0.
    #[must_use]
    pub const fn bit(self, one: Self) -> u8 {
        self.0 >> one.0.trailing_zeros() & 1
    }
}
