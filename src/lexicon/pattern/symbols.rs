//! The letters of the patterns' alphabet: what a unit is to a pattern, and how a quotation looks.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

macro_rules! symbols {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),* $(,)?) => {
        /// What a unit is to a pattern.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Symbol { $($(#[$doc])* $variant),* }

        const NAMES: &[(&str, Symbol)] = &[$(($name, Symbol::$variant)),*];

        /// Those alone, close together.
        const LETTERS: [Symbol; NAMES.len()] = [$(Symbol::$variant),*];
    };
}

symbols! {
    /// Another quotation.
    Other = "OTHER",
    /// A mention by name.
    Name = "NAME",
    /// A newspaper, broadcaster or agency by name.
    Outlet = "OUTLET",
    /// A place by name, not before a verb.
    Place = "PLACE",
    /// A mention by a common noun.
    Nominal = "NOMINAL",
    /// A personal pronoun that may be a subject.
    Pronoun = "PRONOUN",
    /// A personal pronoun as object.
    ObjectPronoun = "HIM",
    /// `many`, `one`, `others`.
    Indefinite = "INDEFINITE",
    /// `who`, `which`.
    Relative = "WHO",
    /// `said`, `says`.
    Say = "SAY",
    /// `saying`.
    Saying = "SAYING",
    /// `added`, `wrote`.
    Strong = "STRONG",
    /// `adding`.
    StrongIng = "STRONGING",
    /// `told`.
    Tell = "TELL",
    /// `telling`.
    TellIng = "TELLING",
    /// `called`.
    Weak = "WEAK",
    /// `calling`.
    WeakIng = "WEAKING",
    /// `say`, `add` after `to` or an auxiliary.
    BaseCue = "BASECUE",
    /// `call` after `to` or an auxiliary.
    BaseWeak = "BASEWEAK",
    /// A form of `be`.
    Be = "BE",
    /// A form of `have` or `do`.
    Auxiliary = "AUX",
    /// A modal: `would`.
    Modal = "MODAL",
    /// Another cue after a form of `be`: `was quoted`.
    Quoted = "QUOTED",
    /// A cue that says to whom, there: `was told`, `was asked`, `was urged`. Its subject hears.
    Told = "TOLD",
    /// `recalled` before `Lee saying`: its subject tells what another said.
    Witness = "WITNESS",
    /// `carried`, `broadcast`, `obtained`: words of relaying.
    Relay = "RELAY",
    /// An adverb.
    Adverb = "ADV",
    /// A day, month or other time word.
    Time = "TIME",
    /// A preposition but `for`, `as` and those of place.
    Preposition = "LINK",
    /// `for`
    For = "FOR",
    /// `as`
    As = "AS",
    /// `in`, `on`, `at`
    In = "IN",
    /// `to`
    To = "TO",
    /// `of`
    Of = "OF",
    /// `by`
    By = "BY",
    /// A determiner.
    Determiner = "DET",
    /// A possessive pronoun.
    Possessive = "HIS",
    /// `'s`
    Clitic = "'S",
    /// `and`, `or`, `but`
    And = "AND",
    /// `because`, `when`
    Subordinator = "SUB",
    /// `that`
    That = "THAT",
    /// `not`
    Negator = "NOT",
    /// `according`
    According = "ACCORDING",
    /// A verb that is no cue.
    Verb = "VERB",
    /// A participle in -ing that is no cue.
    VerbIng = "VERBING",
    /// `statement`, `interview`, `tweet`
    Statement = "STATEMENT",
    /// `film`, `song`, `bill`
    Work = "WORK",
    /// `known as`, `titled`, `so-called`
    Naming = "NAMING",
    /// A number.
    Number = "NUMBER",
    /// Any other word.
    Word = "WORD",
    /// `,`
    Comma = "COMMA",
    /// `;`
    Semicolon = "SEMICOLON",
    /// `:`
    Colon = "COLON",
    /// The end of a sentence.
    Stop = "STOP",
    /// A quotation that ends in `?` or `!` may end its sentence here.
    SoftStop = "SOFTSTOP",
    /// A dash.
    Dash = "DASH",
    /// An opening bracket.
    Open = "OPEN",
    /// A closing bracket.
    Close = "CLOSE",
    /// Any other sign.
    Sign = "SIGN",
    /// The start of a paragraph.
    Paragraph = "PAR",
    /// The sign that ends the label of a transcript: `:` in `LEE: We won.`
    Label = "LABEL",
    /// The end of a quotation whose closing mark stands in a later paragraph, or nowhere.
    Unclosed = "UNCLOSED",
}

static NUMBERS: LazyLock<FxHashMap<&str, Symbol>> = LazyLock::new(|| NAMES.iter().copied().collect());

impl Symbol {
    /// A bit for each letter.
    pub(super) const ALL: u64 = (1 << NAMES.len()) - 1;

    /// The symbol of a letter; none for the letter of a quotation in question.
    #[must_use]
    pub fn from_letter(letter: u8) -> Option<Self> {
        LETTERS.get(letter as usize).copied()
    }

    /// The symbol that patterns call `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        NUMBERS.get(name).copied()
    }

    /// What patterns call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES[self as usize].0
    }
}

/// A set of symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Symbols(u64);

impl Symbols {
    /// The set of the given symbols.
    #[must_use]
    pub const fn of(symbols: &[Symbol]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < symbols.len() {
            bits |= 1 << symbols[at] as u8;
            at += 1;
        }
        Self(bits)
    }

    /// The symbols of both sets.
    #[must_use]
    pub const fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether the symbol is in the set.
    #[must_use]
    pub const fn has(self, symbol: Symbol) -> bool {
        self.0 >> symbol as u8 & 1 != 0
    }

    /// Whether the symbol of a letter is in the set; the letter of a quotation in question is in none.
    #[must_use]
    pub const fn has_letter(self, letter: u8) -> bool {
        letter < 64 && self.0 >> letter & 1 != 0
    }
}

// A set is 64 bits, and the last is no letter's.
const _: () = assert!(NAMES.len() < 64);

/// The first of the symbols for the quotation in question; its letter tells how it ends and looks.
pub(super) const QUOTATION: u8 = 0x60;

/// How a quotation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuotationEnd {
    /// Without a sign.
    None,
    /// In a comma.
    Comma,
    /// In a full stop.
    Stop,
    /// In `?`, `!`, a dash or dots.
    Mark,
}

/// How a quotation looks, for patterns to tell speech from titles and fragments from sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotationLook {
    /// Its last sign.
    pub end: QuotationEnd,
    /// Up to three words.
    pub short: bool,
    /// Every word of weight begins with a capital.
    pub title: bool,
    /// It begins in lower case.
    pub lower: bool,
}

impl QuotationLook {
    /// How many looks there are.
    pub(super) const COUNT: u8 = 32;

    /// The letter that stands for such a quotation.
    #[must_use]
    pub fn letter(self) -> u8 {
        QUOTATION + self.number() as u8
    }

    /// All of it as one number below 32.
    #[must_use]
    pub fn number(self) -> usize {
        let looks = u8::from(self.short) * 4 + u8::from(self.title) * 2 + u8::from(self.lower);
        usize::from(self.end as u8 * 8 + looks)
    }
}
