//! Parties that a quotation names only as a part of a word: `pro-Marrow`, `Marrow-Lee`, `@OrrinMarrow`.

use memchr::memchr;

use super::Finder;
use crate::Span;
use crate::entities::EntityId;
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::stance::RuleName;
use crate::scan::mention::MentionKind;
use crate::scan::token::TokenKind;
use crate::stance::Context;

/// Mentions before such a word among which its parts are looked for.
const FARTHEST: usize = 100;

impl Finder<'_> {
    /// Adds who is named as a part of a word.
    pub(super) fn compounds(&mut self) {
        let context = self.context;
        let scan = context.scan;
        let quotation = &scan.quotations[self.place.quotation];
        // Nearly every quotation has neither such a word nor an odd sign.
        let mut tokens = scan.tokens[quotation.tokens.clone()].iter();
        if !tokens.any(|token| token.has_sign_within() || token.kind == TokenKind::Symbol) {
            return;
        }
        let has_handle = memchr(b'@', quotation.span.of(context.text).as_bytes()).is_some();
        for at in quotation.tokens.clone() {
            if !has_handle && !scan.tokens[at].has_sign_within() {
                continue;
            }
            let token = scan.tokens[at].span();
            let word = token.of(context.text);
            let handle =
                (token.start as usize).checked_sub(1).is_some_and(|sign| context.text.as_bytes()[sign] == b'@');
            if handle {
                self.part(at, token, |name, _| name.split(' ').flat_map(str::chars).eq(word.chars()));
            } else if scan.tokens[at].has_sign_within() {
                for part in word.split('-').filter(|part| part.starts_with(char::is_uppercase)) {
                    // Of a person the family name is enough: `pro-American` is not for American Airlines.
                    self.part(at, token, |name, person| {
                        name == part || person && name.rsplit(' ').next() == Some(part)
                    });
                }
            }
        }
    }

    /// Adds the latest party before a token whose name fits, unless the token itself is its name.
    fn part(&mut self, at: usize, token: Span, fits: impl Fn(&str, bool) -> bool) {
        let context = self.context;
        let before = context.scan.mentions.partition_point(|mention| mention.tokens.start < at);
        let named = context.scan.mentions[..before].iter().enumerate().rev().take(FARTHEST);
        let mut named = named.filter(|(_, mention)| mention.kind == MentionKind::Name && mention.tokens.end <= at);
        let found = named.find_map(|(index, _)| {
            let entity = context.entities.of_mention[index]?;
            let party = &context.entities.list[entity];
            let person = party.kind == PartyKind::Person;
            fits(party.name.of(context.text, context.lexicons), person).then_some(entity)
        });
        if let Some((entity, rule)) = found.and_then(|entity| Some((entity, context.rule_of_part(entity)?))) {
            self.add(entity, token, rule, true);
        }
    }
}

impl Context<'_> {
    /// The rule by which a party counts of which a part of a word is the name.
    fn rule_of_part(&self, entity: EntityId) -> Option<RuleName> {
        let first = *self.entities.list[entity].mentions.first()?;
        self.rule_inside(entity, &self.scan.mentions[first as usize], false)
    }
}
