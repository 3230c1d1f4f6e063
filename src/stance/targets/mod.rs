//! The parties that a quotation speaks of: those named in it, and those that the reporter's part of its sentence says
//! it is about. Which rules hold, and how well, stands in targets.tsv.

mod context;
mod inside;
mod outside;
mod topics;

use super::Context;
use super::binding::Contribution;
use super::unit::Unit;
use crate::Span;
use crate::attribution::Kind;
use crate::entities::{Entity, EntityId};
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::stance::{StanceLexicon, When};
use crate::lexicon::words::{Class, Classes};
use crate::scan::token::TokenKind;

/// A party that a quotation speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Who it is.
    pub entity: EntityId,
    /// The words that name it.
    pub mention: Span,
    /// The rule that found it, an index of the stance lexicon's rules.
    pub rule: usize,
    /// Whether it is named in the quotation.
    pub inside: bool,
}

impl Target {
    /// Whether the party was given with the text.
    #[must_use]
    pub fn is_given(&self, lexicon: &StanceLexicon) -> bool {
        lexicon.rules[self.rule].name == "given"
    }
}

/// The parties of a quotation whose unit is read and bound, in the order of their mentions. `before` are those of the
/// stretch that the quotation carries on.
#[must_use]
pub fn find_targets(
    context: &Context<'_>,
    quotation: usize,
    unit: &Unit,
    found: &[Contribution],
    before: &[Target],
) -> Vec<Target> {
    let mut finder = Finder { context, quotation, unit, targets: Vec::new() };
    finder.inside();
    finder.beside();
    finder.outside(found);
    finder.topics();
    finder.addressed();
    finder.event_agents(found);
    finder.keep_lone();
    if finder.targets.is_empty() {
        finder.sentence_before();
    }
    if finder.targets.is_empty() {
        let rule = context.lexicons.stance.rule("turn");
        if context.lexicons.stance.rules[rule].when != When::Never {
            let named = before.iter().find(|target| !context.entities.list[target.entity].unnamed);
            finder.targets.extend(named.map(|target| Target { rule, inside: false, ..target.clone() }));
        }
    }
    finder.targets.sort_by_key(|target| target.mention);
    finder.targets
}

/// Of rules whose precision differs by no more, the later one tells more of the words: whom the speaker accuses, not who stands
/// to the left.
const NEARLY_AS_RIGHT: f32 = 0.05;

struct Finder<'a> {
    context: &'a Context<'a>,
    quotation: usize,
    unit: &'a Unit,
    targets: Vec<Target>,
}

impl Finder<'_> {
    fn add(&mut self, entity: EntityId, mention: Span, rule: &str, inside: bool) {
        let context = self.context;
        let rule = context.lexicons.stance.rule(rule);
        let rules = &context.lexicons.stance.rules;
        let party = &context.entities.list[entity];
        let barred = matches!(party.kind, PartyKind::Place | PartyKind::Event) || self.is_text(party);
        if rules[rule].when == When::Never || barred || self.is_speakers_own(entity, rule) {
            return;
        }
        match self.targets.iter_mut().find(|target| target.entity == entity) {
            Some(known)
                if known.rule == rule || rules[known.rule].precision > rules[rule].precision + NEARLY_AS_RIGHT => {}
            Some(known) => *known = Target { entity, mention, rule, inside: inside || known.inside },
            None => self.targets.push(Target { entity, mention, rule, inside }),
        }
    }

    /// `the Second Amendment`: a name that ends in the noun of a text.
    fn is_text(&self, party: &Entity) -> bool {
        const TEXTS: Classes = Classes::of(&[Class::Document, Class::WorkNoun]);
        let context = self.context;
        let unlisted = party.party.is_none() && !party.unnamed && party.kind == PartyKind::Unknown;
        let last = || party.name.of(context.text, context.lexicons).rsplit_once(' ');
        unlisted && last().is_some_and(|(_, last)| context.lexicons.words.classes_of(last).any(TEXTS))
    }

    /// Parties that count only where no other is found give way to others.
    fn keep_lone(&mut self) {
        let rules = &self.context.lexicons.stance.rules;
        let lone = |target: &Target| rules[target.rule].when == When::Alone;
        if !self.targets.iter().all(lone) {
            self.targets.retain(|target| !lone(target));
        }
    }

    /// The speaker, and who passed his words on.
    fn is_speakers_own(&self, entity: EntityId, rule: usize) -> bool {
        let context = self.context;
        let attribution = &context.attributions[self.quotation];
        let of = |mention: Option<usize>| mention.and_then(|mention| context.entities.of_mention[mention]);
        let name = |entity: EntityId| context.entities.list[entity].name.of(context.text, context.lexicons);
        let spoken_to = context.lexicons.stance.rules[rule].name == "pronoun-you";
        let addressee = of(attribution.addressee)
            .filter(|addressee| !spoken_to && context.entities.list[*addressee].kind != PartyKind::Person);
        Some(entity) == attribution.speaker
            || attribution.speaker.is_some_and(|speaker| name(speaker) == name(entity))
            || Some(entity) == of(attribution.via)
            || Some(entity) == addressee
            || Some(entity) == of(attribution.source)
    }
}

/// Whether a quotation goes on with what the reporter began: `a fan of Marrow, “a real leader”`.
pub(super) fn is_half_sentence(context: &Context<'_>, quotation: usize) -> bool {
    let scan = context.scan;
    let tokens = &scan.quotations[quotation].tokens;
    let open = tokens.start.saturating_sub(1);
    let joined = open > 0
        && !scan.tokens[open].opens_paragraph()
        && scan.tokens[open - 1].is_word()
        && !scan.classes[open - 1].any(SAYING);
    context.attributions[quotation].kind == Kind::Mixed
        || joined
        || scan.kind(tokens.start) == TokenKind::Lower && !scan.tokens[open].opens_paragraph()
}

const SAYING: Classes = Classes::of(&[Class::Say, Class::Strong, Class::Tell]);
