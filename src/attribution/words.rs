//! What a single word or sign is to a pattern: by its classes, by its form, and by what stands before it.

use super::units::{Builder, Of};
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::pattern::Symbol;
use crate::lexicon::phrases::Meaning;
use crate::lexicon::sets::{CUES, GOVERN, REPORTING};
use crate::lexicon::spelling::Spelling;
use crate::lexicon::words::{Class, Classes, Glance, WordId};
use crate::scan::token::TokenKind;

/// Words of an expression, at most.
const LONGEST_EXPRESSION: usize = 6;

/// Tokens between who remembers and what another says, at most.
const LONGEST_WITNESSED: usize = 14;

/// Mentions one within another, at most.
const NESTED: usize = 3;

/// Units between who hears and the verb of whom he hears, at most.
const LONGEST_HEARD: usize = 6;

impl Builder<'_> {
    /// Adds the unit of a token; where the next one begins.
    #[inline]
    pub(super) fn token(&mut self, at: usize) -> usize {
        let Glance { symbol, is_open, .. } = self.scan.glances[at];
        let Some(symbol) = symbol else { return at + 1 };
        if is_open {
            return self.open_word(at, symbol);
        }
        self.push_tokens(symbol, at..at + 1);
        at + 1
    }

    /// The words from a token on that may be an expression.
    fn expression(&self, at: usize) -> &[WordId] {
        &self.scan.words[at..self.scan.words.len().min(at + LONGEST_EXPRESSION)]
    }

    /// A word that may report, or with which expressions begin; `plain` where it does neither here.
    #[inline(never)]
    fn open_word(&mut self, at: usize, plain: Symbol) -> usize {
        let classes = self.scan.classes[at];
        let begins = classes.has(Class::ExpressionStart) && self.lexicons.expressions.may_begin(self.expression(at));
        // Few of these words report, and nearly all with which expressions begin stand by themselves.
        if begins || classes.any(CUES) {
            return self.cue_or_expression(at, classes, begins);
        }
        self.push_tokens(plain, at..at + 1);
        at + 1
    }

    /// The same for one that reports, or with which an expression `begins` as far as its first words tell.
    #[inline(never)]
    fn cue_or_expression(&mut self, at: usize, of_word: Classes, begins: bool) -> usize {
        let (mut classes, mut end) = (of_word, at + 1);
        if begins && let Some((length, meanings)) = self.lexicons.expressions.longest(self.expression(at)) {
            let of_words = meanings.iter().filter_map(|meaning| match meaning {
                Meaning::Words(index) => Some(self.lexicons.phrase_classes[*index as usize]),
                _ => None,
            });
            if let Some(all) = of_words.reduce(Classes::with) {
                (classes, end) = (all, at + length);
            }
        }
        let symbol = self.cue(at, classes).unwrap_or_else(|| Symbol::of_plain_word(classes, || self.spelling(at)));
        self.push_tokens(symbol, at..end);
        end
    }

    fn spelling(&self, at: usize) -> Spelling {
        Spelling::of(self.scan.tokens[at].span().of(self.text))
    }

    /// The cue that a word is here, by its form and what stands before it.
    fn cue(&self, at: usize, classes: Classes) -> Option<Symbol> {
        if !classes.any(CUES) || self.is_noun_here(at, classes) {
            return None;
        }
        let strength = |say, strong, tell, weak| match () {
            () if classes.has(Class::Say) => say,
            () if classes.has(Class::Strong) => strong,
            () if classes.has(Class::Tell) => tell,
            () => weak,
        };
        let weak = classes.has(Class::Weak) && !classes.any(REPORTING);
        let before = self.before();
        if before != Some(Symbol::Be) && self.is_witness(at) {
            return Some(Symbol::Witness);
        }
        if classes.has(Class::Base) && self.is_witnessed() {
            return Some(if weak { Symbol::BaseWeak } else { Symbol::BaseCue });
        }
        if classes.has(Class::Ing) {
            return Some(strength(Symbol::Saying, Symbol::StrongIng, Symbol::TellIng, Symbol::WeakIng));
        }
        // `took to Chirper to hit back`: a form that is past and base alike.
        if before == Some(Symbol::To) && classes.has(Class::Base) {
            return Some(if weak { Symbol::BaseWeak } else { Symbol::BaseCue });
        }
        let finite = Some(strength(Symbol::Say, Symbol::Strong, Symbol::Tell, Symbol::Weak));
        if before == Some(Symbol::Be) {
            let participle = classes.any(Classes::of(&[Class::Participle, Class::Finite]));
            return participle.then(|| strength(Symbol::Quoted, Symbol::Quoted, Symbol::Told, Symbol::Quoted));
        }
        if classes.has(Class::Finite) {
            return if weak && before == Some(Symbol::Word) && self.is_plural_noun(at, classes) {
                None
            } else {
                finite
            };
        }
        if classes.has(Class::Participle) {
            return if before == Some(Symbol::Auxiliary) { finite } else { None };
        }
        // `did concede`, but not `did not concede`
        if !weak && at > 0 && self.scan.has(at - 1, Class::Do) {
            return finite;
        }
        match before {
            Some(Symbol::To | Symbol::Auxiliary | Symbol::Modal) => {
                Some(if weak { Symbol::BaseWeak } else { Symbol::BaseCue })
            }
            Some(Symbol::Nominal) if classes.has(Class::CueNoun) && !self.is_several() => None,
            Some(Symbol::Nominal | Symbol::Pronoun | Symbol::Indefinite | Symbol::Relative) => finite,
            Some(Symbol::Name | Symbol::Outlet) if self.is_several() => finite,
            _ => None,
        }
    }

    /// `recalled Lee saying`, `heard somebody shout`: who remembers or hears what another says.
    fn is_witness(&self, at: usize) -> bool {
        if !self.lexicons.descriptions.is(DescriptionKind::Witness, self.scan.words[at]) {
            return false;
        }
        let mut commas = 0;
        for next in at + 1..self.scan.tokens.len().min(at + LONGEST_WITNESSED) {
            match self.scan.kind(next) {
                TokenKind::Comma => commas += 1,
                kind if !self.scan.tokens[next].is_word() && kind != TokenKind::Number => return false,
                _ => {}
            }
            let classes = self.scan.classes[next];
            if classes.any(CUES) && classes.has(Class::Ing) {
                return next > at + 1 && commas % 2 == 0 && !self.scan.has(next - 1, Class::As);
            }
            if classes.any(CUES) && classes.has(Class::Base) && self.is_object_of(at, next) {
                return true;
            }
            if classes.any(CUES) && classes.has(Class::Finite) && !classes.has(Class::CueNoun) {
                return false;
            }
        }
        false
    }

    /// Whether what stands between a verb and a token is a mention, perhaps with an article.
    fn is_object_of(&self, verb: usize, end: usize) -> bool {
        let begun = self.scan.mentions.partition_point(|mention| mention.tokens.start < end);
        let mut last = self.scan.mentions[..begun].iter().rev().take(NESTED);
        let is_article = || self.scan.has(verb + 1, Class::Determiner);
        last.any(|mention| {
            let start = mention.tokens.start;
            mention.tokens.end == end && (start == verb + 1 || start == verb + 2 && is_article())
        })
    }

    /// Whether what stands before is somebody whom another hears, in the same clause.
    fn is_witnessed(&self) -> bool {
        let Some(Of::Mention(_)) = self.units.of.last() else { return false };
        let heard =
            self.units.letters.iter().rev().take(LONGEST_HEARD).position(|letter| *letter == Symbol::Witness as u8);
        heard.is_some_and(|back| {
            let between = self.units.letters.iter().rev().take(back);
            !between.clone().any(|letter| *letter == Symbol::Comma as u8 || *letter == Symbol::Stop as u8)
        })
    }

    /// `interest rates`: after a common noun the form in -s of a word that is a noun as often.
    fn is_plural_noun(&self, at: usize, classes: Classes) -> bool {
        classes.has(Class::CueNoun) && self.scan.tokens[at].span().of(self.text).ends_with('s')
    }

    /// Whether the name or nominal before may be the subject of `say` and `claim`: `Republicans`, `Lee and Hart`. In
    /// `the Lee attack`, `the president’s debate` the verb is a noun.
    fn is_several(&self) -> bool {
        let is_name = |letter: &u8| [Symbol::Name as u8, Symbol::Outlet as u8, Symbol::Nominal as u8].contains(letter);
        let Some(name) = self.units.letters.iter().rposition(is_name) else { return false };
        let joined = name.checked_sub(1).is_some_and(|before| self.units.letters[before] == Symbol::And as u8);
        let Of::Mention(mention) = self.units.of[name] else { return joined };
        let mention = &self.scan.mentions[mention as usize];
        joined || mention.plural || mention.head_span(&self.scan.tokens).of(self.text).ends_with('s')
    }

    /// The last unit, adverbs and `not` passed over.
    pub(super) fn before(&self) -> Option<Symbol> {
        let pass = [Symbol::Adverb as u8, Symbol::Negator as u8, Symbol::Time as u8];
        let last = self.units.letters.iter().rev().take(3).find(|letter| !pass.contains(letter))?;
        Symbol::from_letter(*last)
    }

    /// `a claim`, `his remark`, `the report`: a cue's letters, but a noun.
    fn is_noun_here(&self, at: usize, classes: Classes) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        if self.is_after_named(classes) || self.is_cry(at, classes) {
            return true;
        }
        if matches!(self.units.of.last(), Some(Of::Mention(_)))
            && !matches!(self.before(), Some(Symbol::Possessive | Symbol::Word))
        {
            return false;
        }
        let noun_follows = Classes::of(&[Class::Determiner, Class::PossessivePronoun, Class::Modifier, Class::Number]);
        // `the then mayor`, but `the mayor then asked`.
        let after_noun_opener = self.scan.classes[before].any(noun_follows)
            && !self.scan.has(before, Class::Adverb)
            && !self.scan.has(before, Class::Object)
            && !self.scan.has(before, Class::That)
            || self.before() == Some(Symbol::Clitic)
            || self.scan.classes[before].any(GOVERN)
                && !classes.has(Class::Ing)
                && !self.scan.classes[before].any(Classes::of(&[Class::Subordinator, Class::To]));
        // `Lee’s warning`, but `Lee’s calling it`.
        let of_name = self.before() == Some(Symbol::Clitic) && classes.any(STATEMENTS);
        let owned =
            of_name || self.scan.classes[before].any(Classes::of(&[Class::Determiner, Class::PossessivePronoun]));
        if owned && classes.has(Class::Ing) && !self.scan.has(before, Class::Object) {
            return true;
        }
        after_noun_opener
            && (classes.has(Class::CueNoun)
                || classes.any(Classes::of(&[Class::Finite, Class::Base])) && !classes.has(Class::Ing))
    }

    /// `; cries of “shame” rang out`: at the start of a clause, a form in -s of a word that is a noun as often.
    fn is_cry(&self, at: usize, classes: Classes) -> bool {
        const OPEN: [Symbol; 4] = [Symbol::Stop, Symbol::Paragraph, Symbol::Semicolon, Symbol::And];
        let opens = self.units.letters.last().is_some_and(|last| OPEN.iter().any(|open| *open as u8 == *last));
        opens && classes.any(STATEMENTS) && self.scan.has(at + 1, Class::Of)
    }

    /// `the “Today” show`: after a quotation with an article, a word that may be a noun.
    fn is_after_named(&self, classes: Classes) -> bool {
        let Some(at) = self.units.of.len().checked_sub(2) else { return false };
        let opened = [Symbol::Determiner, Symbol::Possessive, Symbol::Clitic].map(|symbol| symbol as u8);
        matches!(self.units.of[at + 1], Of::Quotation(_))
            && classes.any(Classes::of(&[Class::CueNoun, Class::WorkNoun]))
            && opened.contains(&self.units.letters[at])
    }
}

const STATEMENTS: Classes = Classes::of(&[Class::Document, Class::Message, Class::Occasion]);
pub(super) const FORMS: Classes = Classes::of(&[Class::Finite, Class::Base]);
pub(super) const FUNCTION: Classes = Classes::of(&[
    Class::Preposition,
    Class::To,
    Class::Of,
    Class::By,
    Class::And,
    Class::That,
    Class::Determiner,
    Class::Subordinator,
    Class::Time,
    Class::Adverb,
]);
