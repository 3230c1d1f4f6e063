//! What to call somebody whom nobody names: `spokesman for the union`, `Ann Lee's lawyer`, `Russian foreign ministry`.

use std::borrow::Cow;

use super::spacing::{is_even, squeeze};
use super::{Builder, EntityId, Resolution};
use crate::Span;
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::phrases::Meaning;
use crate::lexicon::sets::{BODIES, CUES, GOVERN};
use crate::lexicon::spelling::Shape;
use crate::lexicon::words::{Class, Classes};
use crate::lexicon::{Lexicons, Title};
use crate::scan::mention::{Determiner, Mention, MentionKind};
use crate::scan::token::{Token, TokenKind};

/// Words of what a description says more after its noun: `a spokesman for the union`.
const LONGEST_DESCRIPTION: usize = 12;
/// Words of a title, at most.
const LONGEST_TITLE: usize = 8;
/// What tells no more of a person: `in a statement`, `at noon`.
const TELLS_NO_MORE: Classes =
    Classes::of(&[Class::Time, Class::Occasion, Class::Message, Class::Document, Class::Number, Class::Ing]);
/// Words that end what a description says, as do verbs.
const ENDS: Classes = Classes::of(&[
    Class::Be,
    Class::Have,
    Class::Do,
    Class::Modal,
    Class::Relative,
    Class::Subordinator,
    Class::That,
    Class::Preposition,
    Class::To,
    Class::Of,
    Class::By,
    Class::And,
    Class::Subject,
    Class::Adverb,
    Class::According,
]);

/// 1 for the kind of mentions that describe, and for the kinds of parties of which more may be said behind a noun.
const DESCRIBE: [u8; MentionKind::COUNT] = {
    let mut all = [0; MentionKind::COUNT];
    all[MentionKind::Nominal as usize] = 1;
    all
};
const OF_PERSONS: [u8; PartyKind::COUNT] = {
    let mut all = [0; PartyKind::COUNT];
    all[PartyKind::Person as usize] = 1;
    all[PartyKind::Group as usize] = 1;
    all
};

/// What somebody is called. Most are the text's own words or the gazetteer's: those are not copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wording {
    /// As it stands in the text.
    Text(Span),
    /// The name of a gazetteer party, an index of [`Lexicons::parties`].
    Listed(u32),
    /// What a title stands for, an index of [`Lexicons::titles`].
    Title(u32),
    /// Put together from several places, or from words with odd white space between.
    Composed(Box<str>),
}

impl Default for Wording {
    fn default() -> Self {
        Self::Text(Span::default())
    }
}

impl Wording {
    /// The words, given the text and the lexicons that they were found with.
    #[must_use]
    #[inline]
    pub fn of<'a>(&'a self, text: &'a str, lexicons: &'a Lexicons) -> &'a str {
        match self {
            Self::Text(span) => span.of(text),
            Self::Listed(party) => &lexicons.parties[*party as usize].name,
            Self::Title(title) => &lexicons.titles[*title as usize].role,
            Self::Composed(words) => words,
        }
    }

    /// Whether there are no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Text(span) if span.is_empty())
    }
}

/// The words before a name that tell what its bearer is.
pub(super) struct RoleBefore<'a> {
    pub(super) words: Span,
    text: &'a str,
    /// The title among them, where it stands for all of them or is abbreviated.
    pub(super) title: Option<&'a Title>,
}

impl<'a> Builder<'a> {
    /// The role before a name; none for `Mr.`
    pub(super) fn role_before(&self, mention: &Mention) -> Option<RoleBefore<'a>> {
        let words = self.without_address(mention, mention.role.filter(|_| !self.has_first_name_for_title(mention))?);
        let text = words.of(self.text);
        let title = mention.title.map(|title| &self.lexicons.titles[title as usize]);
        if title.is_some_and(|title| title.role.is_empty()) {
            return self.role_before_plain_title(mention, words);
        }
        // `surgeon Dr. Lee`
        if title.is_some_and(|title| title.honour)
            && let Some(office) = self.role_before_plain_title(mention, words)
        {
            return Some(office);
        }
        let alone = || !self.without_article(text).contains(char::is_whitespace);
        let title = title.filter(|_| text.ends_with('.') || alone());
        Some(RoleBefore { words, text, title })
    }

    /// `Leader of Opposition` in `Leader of Opposition Smt. Lee`: what is no office and stands between one and the name.
    fn without_address(&self, mention: &Mention, role: Span) -> Span {
        let Some(office) = mention.title.filter(|title| !self.lexicons.titles[*title as usize].role.is_empty()) else {
            return role;
        };
        let is_address = |at: usize| {
            let (_, meanings) = self.lexicons.phrases.longest(&self.scan.words[at..=at]).unwrap_or_default();
            let mut titles = meanings.iter().filter_map(|meaning| match meaning {
                Meaning::Title(title) => Some(*title),
                _ => None,
            });
            titles.any(|title| title != office && self.lexicons.titles[title as usize].role.is_empty())
        };
        let mut end = mention.head.start;
        while end > mention.tokens.start + 1 && is_address(end - 1) {
            end -= 1;
        }
        let end = if end < mention.head.start { self.scan.tokens[end - 1].end() } else { role.end };
        Span { end: end.max(role.start), ..role }
    }

    /// `backbencher` in `backbencher Sir Ann Lee`.
    fn role_before_plain_title(&self, mention: &Mention, role: Span) -> Option<RoleBefore<'a>> {
        let end = mention.head.start - self.title_words(mention);
        let last = end.checked_sub(1).filter(|last| *last >= mention.tokens.start)?;
        let words = Span { start: role.start, end: self.scan.tokens[last].end() };
        let told = words.start < words.end && self.scan.has(last, Class::RolePerson);
        told.then(|| RoleBefore { words, text: words.of(self.text), title: None })
    }

    /// How many words before a name are its title: two of `army spokesman Brig. Gen.`
    fn title_words(&self, mention: &Mention) -> usize {
        let end = mention.head.start;
        let is_title = |start: &usize| {
            let words = &self.scan.words[*start..end];
            self.lexicons.phrases.longest(words).is_some_and(|(length, meanings)| {
                let of_title =
                    |meaning: &Meaning| matches!(meaning, Meaning::Title(title) if Some(*title) == mention.title);
                length == words.len() && meanings.iter().any(of_title)
            })
        };
        let start = (end.saturating_sub(LONGEST_TITLE).max(mention.tokens.start)..end).find(is_title);
        start.map_or(1, |start| end - start)
    }
}

impl Builder<'_> {
    /// The words of a span with single spaces between; `bare` without a leading article.
    pub(super) fn wording(&self, span: Span, bare: bool) -> Wording {
        let text = span.of(self.text);
        if !is_even(text) {
            let words = squeeze(text);
            return Wording::Composed(if bare { self.without_article(&words).into() } else { words.into() });
        }
        let kept = if bare { self.without_article(text).len() } else { text.len() };
        Wording::Text(Span { start: span.end - kept as u32, end: span.end })
    }

    /// The words that somebody is called by.
    pub(super) fn words_of<'w>(&'w self, wording: &'w Wording) -> &'w str {
        wording.of(self.text, self.lexicons)
    }

    /// The words without a leading article or possessive pronoun.
    pub(super) fn without_article<'t>(&self, text: &'t str) -> &'t str {
        let Some((first, rest)) = text.split_once(' ') else { return text };
        if is_article(self.lexicons.words.classes_of(first)) { rest } else { text }
    }

    /// A role without the word that counts its holders: `former adviser` for `another former adviser`.
    pub(super) fn without_count(&self, role: Wording) -> Wording {
        let words = self.words_of(&role);
        let Some((first, rest)) = words.split_once(' ') else { return role };
        let classes = self.lexicons.words.classes_of(first);
        if !classes.has(Class::Indefinite) || !classes.any(Classes::of(&[Class::Number, Class::Determiner])) {
            return role;
        }
        match role {
            Wording::Text(span) => Wording::Text(Span { start: span.end - rest.len() as u32, end: span.end }),
            _ => Wording::Composed(rest.into()),
        }
    }

    /// `Republican Representative` for `Republican Rep.`
    pub(super) fn role_wording(&self, mention: &Mention, role: &RoleBefore<'_>) -> Wording {
        let Some(Title { role: title, .. }) = role.title else { return self.wording(role.words, true) };
        let words = if is_even(role.text) { Cow::Borrowed(role.text) } else { Cow::Owned(squeeze(role.text)) };
        let of_title = self.title_words(mention);
        let before = self.without_article(&words).rsplitn(of_title + 1, ' ').nth(of_title);
        match (before, mention.title) {
            (None, Some(title)) => Wording::Title(title),
            _ => Wording::Composed(format!("{} {title}", before.unwrap_or_default()).into()),
        }
    }

    /// The words of a description without its article, with what stands after its noun: `spokesman for the union`.
    pub(super) fn description(&self, index: usize) -> Wording {
        let (mention, end) = (&self.scan.mentions[index], self.description_end(index));
        let span = Span { start: mention.span.start, end: self.scan.tokens[end - 1].end() };
        match self.after_article(mention.tokens.start) {
            Some(start) if start < span.end && is_even(span.of(self.text)) => Wording::Text(Span { start, ..span }),
            _ => self.wording(span, true),
        }
    }

    /// The byte after an article and its space where one stands at a token, the token's own first byte where another word
    /// does; none where that must be read in the text.
    fn after_article(&self, at: usize) -> Option<u32> {
        let (token, bytes) = (self.scan.tokens[at], self.text.as_bytes());
        let plain = match token.kind {
            TokenKind::Lower => true,
            TokenKind::Capital => bytes[token.start as usize].is_ascii_uppercase(),
            _ => false,
        };
        let apart = bytes.get(token.end() as usize) == Some(&b' ');
        let start = if is_article(self.scan.classes[at]) { token.end() + 1 } else { token.start };
        (plain && apart).then_some(start)
    }

    /// The token after what a description says behind its noun; the mention's own end where it says no more.
    pub(super) fn description_end(&self, index: usize) -> usize {
        self.entities.trail[index].described as usize
    }

    /// The same, read in the text.
    pub(super) fn nominal_end(&self, mention: &Mention) -> usize {
        let mut end = mention.tokens.end;
        // Of most descriptions nothing more is said; one test tells it.
        let may_go_on = !mention.possessive & (self.is_describing(end) | self.is_describing(end + 1));
        let told = DESCRIBE[mention.kind as usize] & OF_PERSONS[mention.party_kind as usize];
        if told & u8::from(may_go_on) == 0 {
            return end;
        }
        if mention.quotation.is_some() {
            return self.end_of_home(mention);
        }
        while let Some(next) =
            self.phrase_end(end, mention.plural).filter(|next| next - mention.tokens.end <= LONGEST_DESCRIPTION)
        {
            end = next;
        }
        end
    }

    /// The token after `people of Redmoor`, all that a quotation's description says behind its noun.
    fn end_of_home(&self, mention: &Mention) -> usize {
        let end = mention.tokens.end;
        let home = end + 1 + usize::from(self.scan.has(end + 1, Class::Definite));
        let named = matches!(self.scan.kind(home), TokenKind::Capital | TokenKind::Upper);
        if mention.plural && self.scan.has(end, Class::Of) && named { self.end_of_name(home + 1) } else { end }
    }

    /// The token after `for the union`, where that stands at `at`.
    fn phrase_end(&self, at: usize, plural: bool) -> Option<usize> {
        if !self.is_describing(at) && !self.is_describing(at + 1) {
            return None;
        }
        let tells = |at: usize| self.lexicons.descriptions.is(DescriptionKind::Link, self.scan.words[at]);
        let before = at + usize::from(self.scan.kind(at) == TokenKind::Lower && !self.is_describing(at));
        let preposition = [at, before].into_iter().find(|at| self.is_describing(*at) && tells(*at))?;
        // `chairman of the judges`
        let noun = |at: usize| self.scan.has(at - 1, Class::Determiner);
        let is_word = |at: usize| {
            let token = self.scan.tokens.get(at);
            let word = token.is_some_and(|token| token.is_word() && !token.opens_paragraph());
            let joint = self.scan.kind(at) == TokenKind::Symbol && self.scan.has(at, Class::And);
            let owner = self.scan.kind(at) == TokenKind::Possessive || self.is_plural_owner(at);
            (word || joint || owner)
                && !self.scan.classes[at].any(ENDS)
                && (noun(at) || !self.scan.has(at, Class::Finite))
        };
        let lower = |at: usize| self.scan.kind(at) == TokenKind::Lower;
        // `voters in the state say`, `a diplomat from a member state`
        let is_verb =
            |at: usize| lower(at) && !noun(at) && (plural && self.scan.classes[at].any(CUES) || self.is_verb(at));
        let opens = |at: usize| at > preposition + 1 && self.scan.has(at, Class::Determiner);
        // `familiar with`: one word may stand between, a verb may not.
        if preposition > at && (self.scan.classes[at].any(ENDS.with(Classes::of(&[Class::Finite]))) || is_verb(at)) {
            return None;
        }
        let is_end = |at: &usize| !is_word(*at) || opens(*at) || *at > preposition + 1 && is_verb(*at);
        let end = (preposition + 1..preposition + 1 + LONGEST_DESCRIPTION).find(is_end)?;
        let end = self.end_of_name(end);
        let within = preposition + 1..end;
        // `Office of Public Statements` is a name.
        let other = within
            .clone()
            .any(|at| self.scan.has(at, Class::Time) || lower(at) && self.scan.classes[at].any(TELLS_NO_MORE));
        // `of Lee's 2030 campaign`, `of television's “Harbour Lights”`
        let goes_on = |token: &Token| token.is_word() || matches!(token.kind, TokenKind::Number | TokenKind::Mark);
        let cut = self.scan.kind(end - 1) == TokenKind::Possessive && self.scan.tokens.get(end).is_some_and(goes_on);
        // `the doctors for their “patience”`, `the police for leaking it`
        let open = self.scan.classes[end - 1].any(Classes::of(&[Class::Determiner, Class::PossessivePronoun]));
        let deed = plural && self.scan.has(preposition, Class::For) && self.is_participle(preposition + 1);
        (!within.is_empty() && !other && !cut && !open && !deed).then_some(end)
    }

    /// The mark in `head of the Teachers’ Circle`.
    fn is_plural_owner(&self, at: usize) -> bool {
        let Some([before, mark, after]) = at.checked_sub(1).and_then(|before| self.scan.tokens.get(before..at + 2))
        else {
            return false;
        };
        mark.kind == TokenKind::Mark
            && mark.mark().is_single()
            && !mark.space_before()
            && before.span().of(self.text).ends_with('s')
            && after.is_capitalised()
            && after.space_before()
    }

    /// The end of the name that holds the token, or goes on with `and`: `Harbor and Ferry Union`; else the token itself.
    fn end_of_name(&self, at: usize) -> usize {
        let capital = |at: usize| {
            self.scan.tokens.get(at).is_some_and(|token| token.is_capitalised() && !token.opens_paragraph())
        };
        if self.scan.has(at, Class::And) && capital(at - 1) {
            let end = (at + 1..at + LONGEST_DESCRIPTION).find(|at| !capital(*at)).unwrap_or(at);
            if end > at + 1 && self.scan.classes[end - 1].any(BODIES) {
                return end;
            }
        }
        let after = self.scan.mentions.partition_point(|mention| mention.tokens.start < at);
        let names = self.scan.mentions[..after].iter().rev().take(3);
        let ends = names.filter(|mention| mention.kind == MentionKind::Name).map(|mention| mention.tokens.end);
        ends.fold(at, usize::max)
    }

    /// `representing`
    pub(super) fn is_participle(&self, at: usize) -> bool {
        self.scan.glances.get(at).is_some_and(|glance| glance.shape.has(Shape::ING))
    }

    fn is_describing(&self, at: usize) -> bool {
        self.scan.classes.get(at).is_some_and(|classes| classes.any(GOVERN))
    }

    /// `her lawyer` to `Ann Lee's lawyer`, if she is known.
    pub(super) fn anchored_name(&mut self, index: usize) -> Option<Wording> {
        let mention = &self.scan.mentions[index];
        if mention.determiner != Determiner::Possessive || mention.quotation.is_some() {
            return None;
        }
        let pronoun = self.scan.mentions.get(index + 1)?;
        if pronoun.kind != MentionKind::Pronoun || pronoun.tokens.start != mention.tokens.start {
            return None;
        }
        let owner = self.owner_entity(index).filter(|owner| !self.entities.list[*owner].unnamed)?;
        let rest = Span { start: self.scan.tokens[pronoun.tokens.end].start, end: mention.span.end };
        // `its business` of a business that was found to be somebody's: the same.
        let same = self.words_of(&self.entities.list[owner].name).ends_with(rest.of(self.text));
        (!same).then(|| self.owned_name(owner, rest))
    }

    /// `Ann Lee's campaign`
    fn owned_name(&self, owner: EntityId, rest: Span) -> Wording {
        let (name, rest) = (self.words_of(&self.entities.list[owner].name), rest.of(self.text));
        let mut words = String::with_capacity(name.len() + "'s ".len() + rest.len());
        words.push_str(name);
        words.push_str(if name.ends_with('s') { "' " } else { "'s " });
        if is_even(rest) {
            words.push_str(rest);
        } else {
            words.push_str(&squeeze(rest));
        }
        Wording::Composed(words.into())
    }

    /// The party of the name or pronoun that a description begins with.
    pub(super) fn owner_entity(&mut self, index: usize) -> Option<EntityId> {
        let mention = &self.scan.mentions[index];
        let within = (index + 1..self.scan.mentions.len())
            .take_while(|inner| self.scan.mentions[*inner].tokens.start < mention.tokens.end)
            .find(|inner| self.scan.mentions[*inner].possessive)?;
        if self.scan.mentions[within].kind == MentionKind::Pronoun && mention.quotation.is_none() {
            self.pronoun(within);
        }
        self.entities.of_mention[within]
    }

    /// The name within a nominal: `Russia` in `Russia's foreign ministry`.
    pub(super) fn owner(&self, index: usize) -> Option<usize> {
        let outer = &self.scan.mentions[index];
        (index + 1..self.scan.mentions.len())
            .take_while(|inner| self.scan.mentions[*inner].tokens.start < outer.tokens.end)
            .find(|inner| matches!(self.scan.mentions[*inner].kind, MentionKind::Name | MentionKind::Demonym))
    }

    /// `Russia's foreign ministry`, `the Russian foreign ministry`: both `Russian foreign ministry`. `Ms. Lee's campaign`,
    /// `the Lee campaign`: both `Ann Lee's campaign`, where the article tells her name.
    pub(super) fn body_name(&self, index: usize, owner: usize) -> Wording {
        let (outer, inner) = (&self.scan.mentions[index], &self.scan.mentions[owner]);
        let demonym = inner.party.and_then(|party| self.lexicons.demonyms.get(&party));
        let demonym = demonym.filter(|_| inner.possessive || inner.kind == MentionKind::Demonym);
        let person = self.sure_person(owner).filter(|_| outer.determiner != Determiner::Indefinite);
        if demonym.is_none() && person.is_none() {
            return self.wording(outer.span, true);
        }
        let mut rest = inner.tokens.end;
        // A plural's apostrophe is a mark: `Technologies' board`.
        if matches!(self.scan.kind(rest), TokenKind::Possessive | TokenKind::Mark) {
            rest += 1;
        }
        if rest >= outer.tokens.end {
            return self.wording(outer.span, true);
        }
        let rest = Span { start: self.scan.tokens[rest].start, end: outer.span.end };
        match (demonym, person) {
            (Some(demonym), _) => Wording::Composed(format!("{demonym} {}", squeeze(rest.of(self.text))).into()),
            (None, Some(person)) => self.owned_name(person, rest),
            (None, None) => self.wording(outer.span, true),
        }
    }

    /// The person whom a name means beyond doubt, if the article tells the full name.
    fn sure_person(&self, mention: usize) -> Option<EntityId> {
        let sure = matches!(self.entities.how[mention], Resolution::FullName | Resolution::FamilyName);
        let person = self.entities.of_mention[mention].filter(|_| sure)?;
        let entity = &self.entities.list[person];
        (entity.kind == PartyKind::Person && entity.full).then_some(person)
    }
}

/// Whether a word is an article or a possessive pronoun. `another`, `some` say which: they are none.
fn is_article(classes: Classes) -> bool {
    const ARTICLES: Classes = Classes::of(&[Class::Determiner, Class::PossessivePronoun]);
    classes.any(ARTICLES) && !classes.has(Class::Indefinite)
}

/// `Ann Lee` for `ANN LEE`, as bylines and transcripts write names; `JP McBride` for `JP MCBRIDE`.
pub(super) fn without_shouting(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let words: Vec<String> = name.split(' ').map(word_without_shouting).collect();
    words.join(" ")
}

fn word_without_shouting(word: &str) -> String {
    if word.len() == 2 && !word.contains(['A', 'E', 'I', 'O', 'U', 'Y']) {
        return word.to_owned();
    }
    let mut small = String::with_capacity(word.len());
    for sign in word.chars() {
        if small.ends_with(char::is_alphabetic) && small != "Mc" {
            small.extend(sign.to_lowercase());
        } else {
            small.push(sign);
        }
    }
    small
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_capitals_is_a_name() {
        let names = ["ANN B. LEE-HART", "Ann Lee", "J. O’NEIL", "JP MCBRIDE"].map(without_shouting);
        assert_eq!(names, ["Ann B. Lee-Hart", "Ann Lee", "J. O’Neil", "JP McBride"]);
    }
}
