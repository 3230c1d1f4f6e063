//! What single words are where they stand: name words, verbs, function words, lines in capitals.

use super::{Finder, LONGEST_CHUNK, NOT_IN_NAMES, PEOPLE, Piece};
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::phrases::Meaning;
use crate::lexicon::sets::{BODIES, CUES, DOCUMENTS, GIVEN, PORTFOLIO, ROLES};
use crate::lexicon::spelling::Shape;
use crate::lexicon::words::{Class, Classes};
use crate::scan::token::TokenKind;

/// Letters from which on a word in capitals is no abbreviation.
const LONG: usize = 6;
/// Tokens of a line in capitals that are looked at, so that a text in capitals stays linear.
const LONGEST_SHOUT: usize = 40;
/// Adverbs between a modal and its verb, at most.
const MOST_ADVERBS: usize = 3;
/// Words that are no nouns, nor adjectives.
pub(super) const NO_NOUNS: Classes = Classes::of(&[
    Class::Adverb,
    Class::Verb,
    Class::Indefinite,
    Class::Ing,
    Class::Finite,
    Class::Base,
    Class::Participle,
    Class::Have,
    Class::Do,
]);
/// Words that open a sentence with a capital and are no names.
const PLAIN: Classes = NO_NOUNS.with(Classes::of(&[Class::Common, Class::Modifier]));

impl Finder<'_> {
    /// Whether a reporting verb stands at `at` in the form.
    pub(super) fn is_cue(&self, at: usize, form: Class) -> bool {
        self.classes.get(at).is_some_and(|classes| classes.any(CUES) && classes.has(form))
            && self.kind(at) == TokenKind::Lower
    }

    /// `“…,” noted Dr Lee`: right after a quotation what may describe is a verb.
    pub(super) fn is_inverted_cue(&self, at: usize) -> bool {
        self.has(at, Class::Modifier)
            && at > 0
            && self.kind(at - 1) == TokenKind::Mark
            && self.is_cue(at, Class::Finite)
    }

    /// A role word that is a verb here: `police officers guard`, `aide` never.
    pub(super) fn is_verb_here(&self, at: usize, last: Option<Piece>) -> bool {
        let classes = self.classes[at];
        if !matches!(last, None | Some(Piece::Name | Piece::Role)) || self.is_role_before_verb(at) {
            return false;
        }
        let participle = || self.glances[at].shape.has(Shape::ED);
        let cue = classes.any(Classes::of(&[Class::Finite, Class::Verb])) || participle();
        // `Doctors said`
        let opens = last.is_none() && classes.has(Class::Plural) && self.opens(at);
        let governed = last.is_none() && !classes.has(Class::Plural) && self.is_after_modal(at);
        // `the Saudis state`
        let cue = cue || last == Some(Piece::Name) && classes.has(Class::Base) && self.has(at - 1, Class::Plural);
        governed || cue && !opens || self.takes_person(at, last)
    }

    /// `voters trust Ann Lee`, `I trust Lee`, `can anyone trust Lee`: a body is not named before a person.
    fn takes_person(&self, at: usize, last: Option<Piece>) -> bool {
        let classes = self.classes[at];
        let body = classes.any(BODIES) && !classes.any(PEOPLE) && !classes.has(Class::Plural);
        let person = || {
            let known = |next: &Classes| next.any(GIVEN) || self.family_names.contains(&self.words[at + 1]);
            let alone = || self.kind(at + 1) == TokenKind::Capital && self.lexicons.stance.is_done_to(self.words[at]);
            self.classes.get(at + 1).is_some_and(|next| known(next) || alone()) && self.is_name_word(at + 1)
        };
        let subject = || match last {
            None => at > 0 && self.classes[at - 1].any(Classes::of(&[Class::Subject, Class::Indefinite])),
            _ => last == Some(Piece::Role) && self.has(at - 1, Class::Plural),
        };
        body && subject() && person()
    }

    /// `will almost certainly force Sen. Lee`
    fn is_after_modal(&self, at: usize) -> bool {
        let adverb = |before: &usize| self.has(*before, Class::Adverb) || self.glances[*before].shape.has(Shape::LY);
        let adverbs = (0..at).rev().take(MOST_ADVERBS).take_while(adverb).count();
        (at - adverbs).checked_sub(1).is_some_and(|before| self.has(before, Class::Modal))
    }

    /// `the appeal judges ruled`: a role in the plural before a verb, though it may be a verb itself.
    pub(super) fn is_role_before_verb(&self, at: usize) -> bool {
        const VERBS: Classes = Classes::of(&[Class::Be, Class::Have, Class::Modal, Class::Finite, Class::Verb]);
        let classes = |at: usize| self.classes.get(at).copied().unwrap_or_default();
        let role = classes(at).has(Class::Plural) && classes(at).any(ROLES);
        role && self.kind(at) == TokenKind::Lower && classes(at + 1).any(VERBS) && self.kind(at + 1) == TokenKind::Lower
    }

    pub(super) fn is_function(&self, at: usize) -> bool {
        const FUNCTION: Classes = Classes::of(&[
            Class::Determiner,
            Class::Preposition,
            Class::To,
            Class::Of,
            Class::By,
            Class::And,
            Class::Subordinator,
            Class::That,
            Class::Be,
            Class::Have,
            Class::Do,
            Class::Modal,
            Class::Negator,
            Class::Adverb,
            Class::Time,
            Class::Subject,
            Class::Object,
            Class::PossessivePronoun,
            Class::Relative,
            Class::Verb,
            Class::According,
        ]);
        self.classes[at].any(FUNCTION)
    }

    pub(super) fn looks_like_verb(&self, at: usize) -> bool {
        const CUE_FORMS: Classes = Classes::of(&[Class::Finite, Class::Ing, Class::Participle, Class::Base]);
        let classes = self.classes[at];
        if classes.any(CUE_FORMS) && !classes.has(Class::CueNoun) {
            return true;
        }
        self.glances[at].shape.has(Shape::VERB)
    }

    pub(super) fn next_is_role(&self, at: usize) -> bool {
        self.kind(at) == TokenKind::Lower
            && self.classes[at].any(ROLES)
            && (!self.classes[at].any(Classes::of(&[Class::Finite, Class::Verb])) || self.is_role_before_verb(at))
    }

    /// Whether the noun of a text that may be a source stands at `at`.
    pub(super) fn next_is_text(&self, at: usize) -> bool {
        self.kind(at) == TokenKind::Lower && self.classes[at].any(DOCUMENTS)
    }

    /// Whether a capitalised word belongs to a name, rather than only opening a sentence.
    pub(super) fn is_name_word(&self, at: usize) -> bool {
        let token = self.tokens[at];
        let classes = self.classes[at];
        if classes.any(NOT_IN_NAMES) && token.kind != TokenKind::Upper {
            return self.is_ambiguous_name(at);
        }
        if self.is_headline_cue(at) {
            return false;
        }
        if !self.opens(at) || self.goes_on_after_quotation(at) {
            return !(classes.has(Class::Time) && token.kind == TokenKind::Capital);
        }
        let plain = classes.any(PLAIN) || classes.any(ROLES);
        if !plain || token.kind == TokenKind::Upper {
            return !self.opens_participle(at);
        }
        let next_is_name = self.tokens.get(at + 1).is_some_and(|next| next.is_capitalised() && !next.opens_paragraph())
            && !self.classes[at + 1].any(NOT_IN_NAMES);
        // `Moon Tae-il was born here. Mr. Moon said`
        let family = self.family_names.contains(&self.words[at]);
        let opens_name = || self.opens_body(at) || self.opens_place(at);
        next_is_name && (classes.any(GIVEN) || family || opens_name()) || family && self.is_before_verb(at + 1)
    }

    /// `Ben Hart, R-Neb., said`: the party and state of a member of the United States' Congress.
    pub(super) fn is_party_of_state(&self, at: usize) -> bool {
        let set_off =
            at.checked_sub(1).is_some_and(|before| matches!(self.kind(before), TokenKind::Comma | TokenKind::Open));
        let Some((party, state)) = self.tokens[at].span().of(self.text).split_once('-').filter(|_| set_off) else {
            return false;
        };
        // The stop of `Neb.` may be a token of its own.
        let is_state = |state: &str| {
            let found = self.lexicons.phrases.longest(&[self.lexicons.words.find(state)]);
            let first_level = &self.lexicons.first_level;
            let of_state = |meaning: &Meaning| matches!(meaning, Meaning::Party(party) if first_level.contains(party));
            found.is_some_and(|(_, meanings)| meanings.iter().any(of_state))
        };
        party.len() == 1 && (is_state(state) || is_state(&format!("{state}.")))
    }

    /// `one of the main reasons`: no person or body, as far as the lists tell.
    pub(super) fn is_of_things(&self, at: usize) -> bool {
        let leads = self.has(at + 1, Class::Of) && self.has(at + 2, Class::Definite);
        let plain = |at: &usize| self.kind(*at) == TokenKind::Lower && !self.is_function(*at);
        let last =
            (at + 3..at + 3 + LONGEST_CHUNK).take_while(plain).take_while(|at| !self.is_cue(*at, Class::Finite)).last();
        leads && last.is_some_and(|noun| self.has(noun, Class::Common) && !self.classes[noun].any(ROLES.with(BODIES)))
    }

    /// `Southern Water said`: an adjective or noun that opens a sentence, where a common word with a capital follows that
    /// nothing but a name gives it.
    fn opens_body(&self, at: usize) -> bool {
        let (first, next) = (self.classes[at], self.classes[at + 1]);
        first.any(Classes::of(&[Class::Common, Class::Modifier]))
            && !first.any(NO_NOUNS)
            && !first.has(Class::Number)
            && !next.any(GIVEN.with(PEOPLE))
            && next.has(Class::Common)
            && self.tokens.get(at + 2).is_some_and(|verb| !verb.is_capitalised() && !verb.opens_paragraph())
            && self.is_before_verb(at + 2)
    }

    /// `South Coombe Council said`: what opens the name of a place opens a sentence.
    fn opens_place(&self, at: usize) -> bool {
        self.lexicons.descriptions.is(DescriptionKind::Direction, self.words[at])
            && !self.classes[at + 1].any(GIVEN.with(PEOPLE))
    }

    /// `Dismayed by the news, Lee left`: an unlisted participle that opens a sentence.
    fn opens_participle(&self, at: usize) -> bool {
        const LEADS: Classes = Classes::of(&[Class::By, Class::That]);
        let known = || self.classes[at].any(GIVEN) || self.family_names.contains(&self.words[at]);
        let led = self.classes.get(at + 1).is_some_and(|next| next.any(LEADS));
        led && !known() && self.kind(at) == TokenKind::Capital && self.glances[at].shape.has(Shape::ED)
    }

    /// `Nadia Brock Says`, `Nadia Brock Calls Bridge a Trap`: a reporting verb with a capital.
    fn is_headline_cue(&self, at: usize) -> bool {
        let classes = self.classes[at];
        let verb = classes.any(CUES) && classes.has(Class::Finite) && !classes.any(GIVEN);
        verb && self.kind(at) == TokenKind::Capital
            && !self.family_names.contains(&self.words[at])
            && self.tokens[at].span().of(self.text).ends_with('s')
            && self.scan.is_headline(self.scan.paragraph_of(at))
    }

    /// The end of a line in capitals that begins at `at`, `COUNCIL ENDS TAX ON THE BRIDGE`: it names nobody who speaks.
    pub(super) fn shouted(&self, at: usize) -> Option<usize> {
        let opens = |at: usize| self.tokens.get(at).is_none_or(|token| token.opens_paragraph());
        let upper = |at: usize| self.kind(at) == TokenKind::Upper && !opens(at);
        let goes_on = |at: &usize| match self.kind(*at) {
            TokenKind::Comma => upper(*at + 1),
            kind => matches!(kind, TokenKind::Upper | TokenKind::Possessive) && !opens(*at),
        };
        let end = (at + 1..at + LONGEST_SHOUT).find(|next| !goes_on(next)).unwrap_or(at + LONGEST_SHOUT);
        let words = || (at..end).filter(|at| self.kind(*at) == TokenKind::Upper);
        let is_long = |at: usize| self.tokens[at].span().len() >= LONG;
        let told = words().nth(2).is_some() && words().any(|at| self.is_function(at))
            || words().nth(3).is_some() && words().any(is_long);
        // `SENATOR HALE OF DESSAN: I will.` is a transcript's line.
        (told && self.kind(end) != TokenKind::Colon).then_some(end)
    }

    /// `Federation of Small Firms`, where it opens its sentence.
    pub(super) fn names_body(&self, at: usize) -> bool {
        let capital = |at: usize| self.tokens.get(at).is_some_and(|next| next.is_capitalised());
        self.classes[at].any(BODIES)
            && self.classes.get(at + 1).is_some_and(|classes| classes.any(PORTFOLIO))
            && (capital(at + 2) || self.has(at + 2, Class::Definite) && capital(at + 3))
    }

    /// Whether a verb, possessive or sign follows that a name may stand before.
    pub(super) fn is_before_verb(&self, at: usize) -> bool {
        const VERBS: Classes = Classes::of(&[
            Class::Be,
            Class::Have,
            Class::Do,
            Class::Modal,
            Class::Finite,
            Class::Verb,
            Class::Adverb,
            Class::And,
        ]);
        matches!(self.kind(at), TokenKind::Possessive | TokenKind::Comma)
            || self.classes.get(at).is_some_and(|classes| classes.any(VERBS))
            || self.kind(at) == TokenKind::Lower && self.looks_like_verb(at)
    }

    /// Whether a token stands where any word has a capital.
    pub(super) fn opens(&self, at: usize) -> bool {
        if at == 0 || self.tokens[at].opens_paragraph() {
            return true;
        }
        matches!(
            self.kind(at - 1),
            TokenKind::Stop
                | TokenKind::Mark
                | TokenKind::Colon
                | TokenKind::Dash
                | TokenKind::Open
                | TokenKind::Symbol
        )
    }

    /// `“We won,” Rose said`: what has a capital behind a quotation that ends in a comma, whose sentence goes on.
    fn goes_on_after_quotation(&self, at: usize) -> bool {
        let Some(comma) = at.checked_sub(2).filter(|_| self.kind(at - 1) == TokenKind::Mark) else { return false };
        let within = self.kind(comma) == TokenKind::Comma && !self.tokens[at - 1].space_before();
        // `“I will go,” Says Ann Lee`
        let verb = self.has(at, Class::Finite);
        let capital = || !verb && self.tokens.get(at + 1).is_some_and(|next| next.is_capitalised());
        within
            && self.tokens[at].space_before()
            && (capital() || self.kind(at + 1) == TokenKind::Possessive || self.is_cue(at + 1, Class::Finite))
    }

    pub(super) fn is_plural_possessive(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        token.kind == TokenKind::Mark
            && token.mark().is_single()
            && !token.space_before()
            && self.tokens[at - 1].span().of(self.text).ends_with('s')
            && self.tokens.get(at + 1).is_some_and(|next| next.is_word() && next.space_before())
    }
}
