//! The parties that a quotation speaks of: those named in it, and those that the reporter's part of its sentence says
//! it is about. Which rules hold, and how well, stands in targets.tsv.

use std::ops::Range;

use super::Context;
use super::binding::{self, Contribution, Role};
use super::events;
use super::reading::Reader;
use super::unit::{Node, NodeKind, SPEAKER, Subject, TOPIC, Unit, YOU};
use crate::Span;
use crate::attribution::Kind;
use crate::entities::{Entity, EntityId};
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::stance::{Meaning, StanceLexicon, When};
use crate::lexicon::words::{Class, Classes};
use crate::scan::mention::{Determiner, Mention, MentionKind};
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
        let barred = matches!(party.kind, PartyKind::Place | PartyKind::Event);
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

    /// Parties named within the quotation.
    fn inside(&mut self) {
        for at in 0..self.unit.nodes.len() {
            let node = self.unit.nodes[at];
            if node.kind != NodeKind::Party || node.slot <= YOU || !node.inside {
                continue;
            }
            let slot = self.unit.slots[node.slot as usize];
            let Some(entity) = slot.entity else { continue };
            let mention = &self.context.scan.mentions[slot.mention as usize];
            if mention.inner && (self.owns_a_party(node.slot) || self.is_in_a_body(slot.mention as usize)) {
                continue;
            }
            let start = self.unit.clause_start(at);
            let governed =
                self.unit.preposition_before(at, start).is_some_and(|at| self.is_local(at)) && !node.possessive;
            // `at the military level`: a description that only describes a thing.
            let next = self.unit.nodes.get(at + 1).filter(|next| next.kind == NodeKind::Word && next.start == node.end);
            if mention.kind == MentionKind::Nominal
                && !self.is_proper(mention, entity)
                && (next.is_some() || governed && slot_is_body(self.context, entity))
            {
                continue;
            }
            if let Some(rule) = self.rule_inside(entity, mention, governed) {
                self.add(entity, mention.span, rule, true);
            }
        }
    }

    /// `Marrow and Redmoor Mills`: a name beside a party is one too.
    fn beside(&mut self) {
        let nodes = &self.unit.nodes;
        let named = |at: usize| {
            let node = nodes.get(at).filter(|node| node.kind == NodeKind::Party && node.slot > YOU && node.inside)?;
            let slot = self.unit.slots[node.slot as usize];
            let mention = self.context.scan.mentions.get(slot.mention as usize)?;
            let name = mention.kind == MentionKind::Name && !mention.inner && !mention.possessive;
            slot.entity.filter(|_| name).map(|entity| (entity, mention.span))
        };
        let is_target = |entity: EntityId| self.targets.iter().any(|target| target.entity == entity && target.inside);
        let joined = |at: usize| matches!(nodes[at].kind, NodeKind::And | NodeKind::Comma);
        let mut found = Vec::new();
        for at in (1..nodes.len().saturating_sub(1)).filter(|at| joined(*at)) {
            if let (Some(left), Some(right)) = (named(at - 1), named(at + 1)) {
                match (is_target(left.0), is_target(right.0)) {
                    (true, false) => found.push(right),
                    (false, true) => found.push(left),
                    _ => {}
                }
            }
        }
        for (entity, mention) in found {
            self.add(entity, mention, "often-named", true);
        }
    }

    /// `the Marrow administration` is a party of its own, Marrow not spoken of.
    fn owns_a_party(&self, slot: u32) -> bool {
        self.unit.slots.iter().any(|owned| owned.owner == slot && !owned.unnamed)
    }

    /// `in`, `from`, `to`, `of` before a state make a place of it.
    fn is_local(&self, at: usize) -> bool {
        let node = self.unit.nodes[at];
        let word = self.context.scan.tokens[node.start as usize].span().of(self.context.text);
        let against = ["against", "for", "by", "with", "about", "like", "than", "on"];
        !against.iter().any(|against| word.eq_ignore_ascii_case(against))
    }

    /// `the Obama administration`: not Obama.
    fn is_in_a_body(&self, inner: usize) -> bool {
        let mentions = &self.context.scan.mentions;
        let tokens = &mentions[inner].tokens;
        let outer = mentions[..inner].iter().rev().take(4);
        let mut outer = outer.filter(|outer| outer.tokens.start <= tokens.start && tokens.end <= outer.tokens.end);
        outer.any(|outer| {
            matches!(outer.party_kind, PartyKind::Organisation | PartyKind::Government)
                && !outer.head.contains(&tokens.start)
        })
    }

    /// `the State Department`: a description that is a name.
    fn is_proper(&self, mention: &Mention, entity: EntityId) -> bool {
        let scan = self.context.scan;
        let party = &self.context.entities.list[entity];
        let capital = |at: usize| matches!(scan.kind(at), TokenKind::Capital | TokenKind::Upper);
        let head = mention.head.start;
        party.party.is_some() || mention.tokens.start + 1 < head && capital(head) && capital(head - 1)
    }

    fn rule_inside(&self, entity: EntityId, mention: &Mention, governed: bool) -> Option<&'static str> {
        let party = &self.context.entities.list[entity];
        let (kind, gender) = (mention.kind, mention.gender);
        let kind =
            if kind == MentionKind::Nominal && self.is_proper(mention, entity) { MentionKind::Name } else { kind };
        Some(match (kind, party.kind) {
            (MentionKind::Pronoun, _) if matches!(gender, Gender::Female | Gender::Male) => "person-pronoun",
            (MentionKind::Pronoun, _) if gender == Gender::Neuter => "pronoun-it",
            (MentionKind::Pronoun, _) => "pronoun-they",
            (MentionKind::Demonym, _) => "state-after-preposition",
            (MentionKind::Nominal, _) if !party.unnamed => "described",
            (MentionKind::Nominal, _) if self.is_group(mention) && !governed => "group-described",
            (MentionKind::Nominal | MentionKind::Relative | MentionKind::Indefinite, _) => return None,
            (_, PartyKind::Person) => "person-named",
            (_, PartyKind::Group) => "people-named",
            (_, PartyKind::Outlet) => "outlet-named",
            (_, PartyKind::Organisation) if !governed && self.is_known_body(entity) => "body-named",
            (_, PartyKind::Government) if !governed && !self.context.is_state(entity) => "body-named",
            (_, PartyKind::Government) if governed => "state-after-preposition",
            (_, PartyKind::Government) => "state-named",
            (_, PartyKind::Unknown) if self.is_full_name(party) && party.mentions.len() > 1 => "person-named",
            _ if !governed && party.mentions.len() > 1 => "often-named",
            _ => "other-named",
        })
    }

    fn is_full_name(&self, party: &Entity) -> bool {
        let name = party.name.of(self.context.text, self.context.lexicons);
        (2..=3).contains(&name.split_whitespace().count())
    }

    /// `the media`, `immigrants`: not `their media`.
    fn is_group(&self, mention: &Mention) -> bool {
        let words = &self.context.scan.words[mention.head.clone()];
        mention.determiner != Determiner::Possessive && self.context.lexicons.stance.is_group(words)
    }

    /// A bare run of capitals may be anything.
    fn is_known_body(&self, entity: EntityId) -> bool {
        let party = &self.context.entities.list[entity];
        party.party.is_some() || party.full || party.mentions.len() > 1
    }

    /// Parties in the reporter's part of a half-sentence's sentence, or to whom the speaker does something there.
    fn outside(&mut self, found: &[Contribution]) {
        let context = self.context;
        let tokens = context.scan.quotations[self.quotation].tokens.clone();
        let mixed = is_half_sentence(context, self.quotation);
        for (node_at, node) in self.unit.nodes.iter().enumerate() {
            if node.kind != NodeKind::Party || node.slot <= YOU || node.inside || !mixed {
                continue;
            }
            let slot = self.unit.slots[node.slot as usize];
            let Some(entity) = slot.entity else { continue };
            let party = &context.entities.list[entity];
            let person =
                party.kind == PartyKind::Person || party.kind == PartyKind::Unknown && self.is_full_name(party);
            let body = matches!(party.kind, PartyKind::Organisation | PartyKind::Government | PartyKind::Group)
                && !self
                    .unit
                    .preposition_before(node_at, self.unit.clause_start(node_at))
                    .is_some_and(|at| self.is_local(at));
            if party.unnamed || !person && !body {
                continue;
            }
            let mention = context.scan.mentions[slot.mention as usize].span;
            if self.reports(node_at) {
                continue;
            }
            let left = (node.end as usize) <= tokens.start;
            let between = if left { node.end as usize..tokens.start } else { tokens.end..node.start as usize };
            let near = self.is_apposed(&between)
                || !self.is_cut_off(between.clone()) && between.len() <= outside_reach(context);
            let rule = match (person, near) {
                (true, true) if left => "outside-left",
                (true, true) => "outside-right",
                (true, false) => "outside-far",
                (false, true) => "outside-body",
                (false, false) => continue,
            };
            self.add(entity, mention, rule, false);
        }
        if mixed {
            self.subject_outside();
        }
        self.done_to(found);
    }

    /// `Marrow failed to see it and "should have acted sooner"`: whose predicate the half-sentence is.
    fn subject_outside(&mut self) {
        let context = self.context;
        let Some(first) = self.unit.nodes.iter().position(|node| node.inside) else { return };
        let verbal = |node: &Node| {
            matches!(node.kind, NodeKind::Verb | NodeKind::Be | NodeKind::Link | NodeKind::Modal | NodeKind::To)
        };
        let clause = self.unit.clause_start(first);
        if !verbal(&self.unit.nodes[first]) && !self.unit.nodes[clause..first].iter().any(verbal) {
            return;
        }
        let Subject::Slot(slot) = self.unit.subject(first) else { return };
        let slot = self.unit.slots[self.unit.root(slot) as usize];
        let Some(mention) = context.scan.mentions.get(slot.mention as usize) else { return };
        if let Some(entity) = slot.entity.filter(|entity| !context.entities.list[*entity].unnamed) {
            self.add(entity, mention.span, "outside-subject", slot.inside);
        }
    }

    /// `"You lied," he told Marrow`: whom the speaker addresses.
    fn addressed(&mut self) {
        let context = self.context;
        let spoken_to =
            self.unit.nodes.iter().any(|node| node.kind == NodeKind::Party && node.slot == YOU && node.inside);
        let Some(addressee) = context.attributions[self.quotation].addressee.filter(|_| spoken_to) else { return };
        if let Some(entity) = context.entities.of_mention[addressee] {
            self.add(entity, context.scan.mentions[addressee].span, "pronoun-you", false);
        }
    }

    /// Whether a comma, stop or new clause stands between a party and the quotation.
    fn is_cut_off(&self, mut between: Range<usize>) -> bool {
        let scan = self.context.scan;
        between.any(|at| {
            matches!(scan.kind(at), TokenKind::Comma | TokenKind::Semicolon | TokenKind::Stop)
                || scan.has(at, Class::Subordinator)
        })
    }

    /// `Marrow, “a real leader”`: what stands in marks describes the name before them.
    fn is_apposed(&self, between: &Range<usize>) -> bool {
        let scan = self.context.scan;
        let inside = &scan.quotations[self.quotation].tokens;
        between.end == inside.start
            && between.len() == 2
            && scan.kind(between.start) == TokenKind::Comma
            && scan.has(inside.start, Class::Determiner)
    }

    /// `as Marrow said`: whoever reports in the sentence is not spoken of.
    fn reports(&self, at: usize) -> bool {
        let nodes = &self.unit.nodes;
        let after = nodes.iter().skip(at + 1).find(|node| node.kind != NodeKind::Adverb);
        let before = nodes[..at].iter().rev().find(|node| node.kind != NodeKind::Adverb);
        !nodes[at].possessive && [after, before].into_iter().flatten().any(|node| node.says)
    }

    fn done_to(&mut self, found: &[Contribution]) {
        let context = self.context;
        for contribution in found {
            let node = self.unit.nodes[contribution.node as usize];
            let Some(slot) =
                self.unit.slots.get(contribution.slot as usize).filter(|slot| slot.mention != super::unit::NONE)
            else {
                continue;
            };
            let done_outside = contribution.role == Role::SourceOnTarget && !node.inside;
            let said_of_outside = node.inside && !slot.inside && contribution.role != Role::AgentFar;
            if !done_outside && !said_of_outside {
                continue;
            }
            let mention = &context.scan.mentions[slot.mention as usize];
            // Here a description is enough: `accused the government of`.
            let told =
                |entity: EntityId| !context.entities.list[entity].unnamed || mention.determiner == Determiner::Definite;
            if let Some(entity) = slot.entity.filter(|entity| told(*entity)) {
                self.add(entity, mention.span, "outside-verb", slot.inside);
            }
        }
    }

    /// `Of Marrow, Dessan said`; `Dessan said, referring to Marrow`, or to the strikes that Marrow launched.
    fn topics(&mut self) {
        for part in reporter_parts(self.context, self.quotation) {
            for at in part.clone() {
                if self.context.scan.quotation_at(at).is_none()
                    && let Some(next) = self.topic_word(at, &part)
                {
                    self.topic_after(next, part.end);
                }
            }
        }
    }

    /// Where the words after a topic word begin, if one stands at the token.
    fn topic_word(&self, at: usize, part: &Range<usize>) -> Option<usize> {
        let scan = self.context.scan;
        let preposition =
            scan.has(at, Class::Of) || scan.tokens[at].span().of(self.context.text).eq_ignore_ascii_case("about");
        let cue = self.context.attributions[self.quotation].cue;
        // `said in February of Marrow`
        let timed = |before: &usize| {
            scan.has(*before, Class::Time) || scan.has(*before, Class::Preposition) && !scan.has(*before, Class::Of)
        };
        let before = (part.start..at).rev().take(4).find(|before| !timed(before));
        let after_cue = before.is_some_and(|before| cue.is_some_and(|cue| cue.end == scan.tokens[before].end()));
        if preposition
            && (after_cue || scan.sentences.get(scan.sentence_of(at)).is_some_and(|sentence| sentence.start == at))
        {
            return Some(at + 1);
        }
        let (length, senses) = self.context.lexicons.stance.longest(&scan.words[at..part.end.min(at + 6)])?;
        senses.iter().any(|sense| sense.meaning == Meaning::Topic).then_some(at + length)
    }

    fn topic_after(&mut self, at: usize, end: usize) {
        let context = self.context;
        let first = context.scan.mentions.partition_point(|mention| mention.tokens.start < at);
        for (index, mention) in context.scan.mentions.iter().enumerate().skip(first).take(4) {
            if mention.tokens.start > at + 2 || mention.tokens.start >= end {
                break;
            }
            if let Some(entity) = context.entities.of_mention[index]
                .filter(|entity| !context.entities.list[*entity].unnamed || mention.plural)
                && mention.kind != MentionKind::Demonym
                && !mention.possessive
                && events::event_at(context, mention.tokens.end).is_none()
            {
                self.add(entity, mention.span, "outside-topic", false);
                if context.scan.has(mention.tokens.end, Class::And) {
                    self.topic_after(mention.tokens.end + 1, end);
                }
                return;
            }
        }
        for at in at..end.min(at + 6) {
            if let Some(kind) = events::event_at(context, at)
                && let Some((entity, mention)) = events::agent_of(context, at, kind)
            {
                return self.add(entity, context.scan.mentions[mention].span, "outside-topic", false);
            }
        }
    }

    /// `Dessan questioned Marrow's temper. "A hothead,"`: to whom the speaker does something in the sentence before.
    fn sentence_before(&mut self) {
        let context = self.context;
        let Context { text, scan, entities, attributions, lexicons } = *context;
        let start = super::sentence_range(context, self.quotation).start;
        let Some(sentence) = start.checked_sub(1).map(|last| scan.sentences[scan.sentence_of(last)].clone()) else {
            return;
        };
        let speaker = attributions[self.quotation].speaker;
        if speaker.is_none() || scan.paragraph_of(sentence.start) + 1 < scan.paragraph_of(start) {
            return;
        }
        let mut unit = Unit::default();
        unit.read(&Reader { text, scan, entities, lexicons, speaker }, sentence, &(0..0));
        let found = binding::bind(&mut unit, scan, &lexicons.stance, false);
        for contribution in found.iter().filter(|contribution| contribution.role == Role::SourceOnTarget) {
            let slot = unit.slots[contribution.slot as usize];
            if let Some(entity) = slot.entity.filter(|entity| !entities.list[*entity].unnamed)
                && let Some(mention) = scan.mentions.get(slot.mention as usize)
            {
                self.add(entity, mention.span, "sentence-before", false);
            }
        }
        if self.targets.is_empty() {
            self.only_other(&unit);
        }
    }

    /// `Dessan took Marrow's claim apart. “Malarkey,”`: the only party that the sentence before names beside its subject, the
    /// speaker.
    fn only_other(&mut self, unit: &Unit) {
        let parties =
            || unit.nodes.iter().filter(|node| node.kind == NodeKind::Party && node.slot != TOPIC && node.slot != YOU);
        if parties().next().is_none_or(|node| node.slot != SPEAKER || node.possessive) {
            return;
        }
        let mut other = None;
        for node in parties().filter(|node| node.slot > YOU) {
            let slot = unit.slots[node.slot as usize];
            let Some(entity) = slot.entity else { continue };
            let party = &self.context.entities.list[entity];
            let acts = matches!(
                party.kind,
                PartyKind::Person | PartyKind::Organisation | PartyKind::Group | PartyKind::Government
            );
            if party.unnamed || !acts {
                continue;
            }
            match other {
                Some((known, _)) if known != entity => return,
                _ => other = Some((entity, slot.mention)),
            }
        }
        if let Some((entity, mention)) = other {
            self.add(entity, self.context.scan.mentions[mention as usize].span, "sentence-before", false);
        }
    }

    /// Who did what the quotation condemns without a name.
    fn event_agents(&mut self, found: &[Contribution]) {
        let unit = self.unit;
        for (number, slot) in unit.slots.iter().enumerate() {
            let Some(kind) = slot.event.filter(|_| slot.inside) else { continue };
            let total: f32 = found.iter().filter(|c| c.slot == number as u32).map(|c| c.amount).sum();
            if total >= 0.0 || unit.event_agent(number as u32).is_some() {
                continue;
            }
            // Without a party that it is done to, there is too little to tell which event is meant.
            let patient: Vec<EntityId> = unit.event_patient(number as u32).into_iter().collect();
            if patient.is_empty() {
                continue;
            }
            if let Some((entity, mention)) = events::likely_agent(self.context, self.quotation, kind, &patient) {
                self.add(entity, self.context.scan.mentions[mention].span, "event-agent", false);
            }
        }
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

fn slot_is_body(context: &Context<'_>, entity: EntityId) -> bool {
    context.entities.list[entity].kind != PartyKind::Person
}

/// Tokens to the left of a half-sentence within which its party may stand.
#[allow(clippy::cast_sign_loss)] // A negative number is none.
fn outside_reach(context: &Context<'_>) -> usize {
    context.lexicons.stance.numbers.outside_reach as usize
}

/// Two words or three: most likely a person, whom no list of given names knows.
/// Tokens of the quotation's sentence before and after it.
fn reporter_parts(context: &Context<'_>, quotation: usize) -> [Range<usize>; 2] {
    let whole = super::sentence_range(context, quotation);
    let marked = context.scan.quotations[quotation].marked_tokens();
    [whole.start..marked.start.max(whole.start), marked.end.min(whole.end)..whole.end]
}
