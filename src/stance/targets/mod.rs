//! The parties that a quotation speaks of: those named in it, and those that the reporter's part of its sentence says
//! it is about. Which rules hold, and how well, stands in targets.tsv.

mod before;
mod compounds;
mod context;
mod exchange;
mod glance;
mod inside;
mod kinds;
mod outside;
mod pronouns;
mod topics;

use std::cell::OnceCell;
use std::ops::Range;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::binding::{Contribution, Reported};
use super::grouped::Grouped;
use super::readings::{Reading, Task};
use super::scoring::Draft;
use super::unit::{NONE, Unit};
use super::{Context, sentence_range};
use crate::Span;
use crate::attribution::Kind;
use crate::entities::{Entity, EntityId};
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::sets::REPORTING;
use crate::lexicon::stance::{RuleName, When};
use crate::lexicon::words::{Class, Classes};
use crate::scan::token::TokenKind;

pub use before::{sentence_before, told_before};
pub use glance::may_name;

/// A party that a quotation speaks of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// Who it is.
    pub entity: EntityId,
    /// The words that name it.
    pub mention: Span,
    /// The rule that found it.
    pub rule: RuleName,
    /// Whether it is named in the quotation.
    pub inside: bool,
}

impl Target {
    /// Whether the party was given with the text.
    #[must_use]
    pub fn is_given(&self) -> bool {
        self.rule == RuleName::Given
    }
}

/// A quotation and where it stands.
#[derive(Clone, Debug)]
pub struct Place {
    /// An index of [`crate::scan::Scan::quotations`].
    pub quotation: usize,
    /// Its tokens and those of the reporter's sentence around it.
    pub range: Range<usize>,
    /// The first mention that opens there or later.
    pub first: usize,
    /// Whether it goes on with what the reporter began.
    pub half_sentence: bool,
}

impl Place {
    /// Of a quotation.
    #[must_use]
    pub fn of(context: &Context<'_>, quotation: usize) -> Self {
        let range = sentence_range(context, quotation);
        let first = context.scan.mentions.partition_point(|mention| mention.tokens.start < range.start);
        Self { quotation, range, first, half_sentence: is_half_sentence(context, quotation) }
    }

    /// To read it in the reporter's sentence.
    #[must_use]
    pub fn task(&self, context: &Context<'_>) -> Task {
        Task {
            speaker: context.attributions[self.quotation].speaker,
            source: context.attributions[self.quotation].source,
            interlocutor: exchange::interlocutor(context, self.quotation),
            range: self.range.clone(),
            first: self.first,
            inside: context.scan.quotations[self.quotation].tokens.clone(),
            reported: if self.half_sentence { Reported::Retold } else { Reported::Deeds },
        }
    }
}

/// The parties of a quotation, in the order of their mentions. `reading` is of it, empty where [`may_name`] tells that it
/// names none.
#[must_use]
pub fn find_targets(context: &Context<'_>, place: &Place, reading: &Reading) -> Targets {
    let Reading { unit, found } = reading;
    let (bound, places) = (OnceCell::new(), FxHashMap::default());
    let mut finder = Finder { context, place, unit, found, bound, targets: SmallVec::new(), places };
    finder.inside();
    finder.beside();
    finder.compounds();
    finder.outside();
    finder.topics();
    finder.addressed();
    finder.event_agents();
    finder.keep_lone();
    finder.targets.sort_by_key(|target| target.mention);
    finder.targets
}

/// `Marrow “was cruel” and “lied”`: the parties outside the half-sentence to which one that has none of its own is joined;
/// `drafts` are of the quotations before.
#[must_use]
pub fn carried_on(context: &Context<'_>, quotation: usize, drafts: &[Draft]) -> Targets {
    let Some(last) = drafts.last().map(|draft| draft.quotation) else { return Targets::new() };
    let before = drafts.iter().rev().take_while(|draft| draft.quotation == last);
    let active = |rule: RuleName| context.lexicons.stance.rule(rule).when != When::Never;
    let mut targets: Targets = if is_joined(context, last, quotation) && active(RuleName::Turn) {
        let outside = before.map(|draft| draft.target).filter(|target| !target.inside);
        outside.map(|target| Target { rule: RuleName::Turn, ..target }).collect()
    } else if goes_on(context, last, quotation) && active(RuleName::Continued) {
        let meant = |draft: &&Draft| is_judged_person(context, draft) || is_they(context, quotation, draft);
        let sole = before.clone().next().filter(|_| before.clone().count() == 1).filter(meant);
        let sole = sole.map(|draft| draft.target);
        sole.map(|target| Target { rule: RuleName::Continued, inside: false, ..target }).into_iter().collect()
    } else {
        Targets::new()
    };
    targets.sort_by_key(|target| target.mention);
    targets
}

/// `“He lied,” Dessan said. “It was a disgrace.”`: whether a speaker goes on in the same paragraph.
fn goes_on(context: &Context<'_>, last: usize, quotation: usize) -> bool {
    let Context { scan, attributions, .. } = *context;
    let speaker = attributions[quotation].speaker;
    last + 1 == quotation
        && speaker.is_some()
        && attributions[last].speaker == speaker
        && scan.quotations[last].paragraph == scan.quotations[quotation].paragraph
}

/// Whether a draft says something of a person with a name.
fn is_judged_person(context: &Context<'_>, draft: &Draft) -> bool {
    let party = &context.entities.list[draft.target.entity];
    let least = f64::from(context.lexicons.stance.numbers.least_own);
    party.kind == PartyKind::Person && !party.unnamed && draft.own.abs() >= least
}

/// `“I trust farmers,” Dessan said. “I know that they work.”`: whether a draft is of several whom the quotation speaks of.
fn is_they(context: &Context<'_>, quotation: usize, draft: &Draft) -> bool {
    let Context { scan, lexicons, entities, .. } = *context;
    let party = &entities.list[draft.target.entity];
    let several = |at: usize| {
        let pronoun = lexicons.pronouns.get(&scan.words[at]);
        pronoun.is_some_and(|pronoun| pronoun.person == 3 && pronoun.plural)
    };
    let may_be = party.kind != PartyKind::Person || party.unnamed && party.plural;
    may_be && scan.quotations[quotation].tokens.clone().any(several)
}

/// Whether a quotation goes on where the one before ends, with hardly more than `and` between.
fn is_joined(context: &Context<'_>, last: usize, quotation: usize) -> bool {
    let (scan, attributions) = (context.scan, context.attributions);
    let between = scan.quotations[last].marked_tokens().end..scan.quotations[quotation].marked_tokens().start;
    let mentions = &scan.mentions[scan.mentions.partition_point(|mention| mention.tokens.start < between.start)..];
    last + 1 == quotation
        && attributions[last].speaker == attributions[quotation].speaker
        && between.len() <= JOINED
        && between.clone().any(|at| scan.has(at, Class::And))
        && mentions.first().is_none_or(|mention| mention.tokens.start >= between.end)
}

/// Tokens between two quotations of which one goes on with the other, at most: `and later`.
const JOINED: usize = 3;

/// Of rules whose precision differs by no more, the later one tells more of the words: whom the speaker accuses, not who stands
/// to the left.
const NEARLY_AS_RIGHT: f32 = 0.05;

/// The parties of a quotation.
pub type Targets = SmallVec<[Target; 4]>;

struct Finder<'a> {
    context: &'a Context<'a>,
    place: &'a Place,
    unit: &'a Unit,
    /// What the words of the unit say.
    found: &'a [Contribution],
    /// Which of it is bound to which slot, once that is asked.
    bound: OnceCell<Grouped<u32>>,
    targets: Targets,
    /// Where the targets stand in the list, where they are more than few.
    places: FxHashMap<EntityId, usize>,
}

/// Up to so many targets are looked through one by one.
const FEW: usize = 16;

impl Finder<'_> {
    /// What is said of a slot.
    fn said_of(&self, slot: u32) -> impl Iterator<Item = &Contribution> {
        let bound = || self.found.iter().zip(0..).filter(|(said, _)| said.slot != NONE);
        let bound = self.bound.get_or_init(|| Grouped::of(bound().map(|(said, at)| (said.slot, at))));
        bound.get(slot).map(|at| &self.found[at])
    }

    fn add(&mut self, entity: EntityId, mention: Span, rule: RuleName, inside: bool) {
        let lexicon = &self.context.lexicons.stance;
        if !self.context.may_be_target(self.place.quotation, entity, rule) {
            return;
        }
        self.note_places();
        match self.place_of(entity).map(|place| &mut self.targets[place]) {
            Some(known)
                if known.rule == rule
                    || lexicon.rule(known.rule).precision > lexicon.rule(rule).precision + NEARLY_AS_RIGHT => {}
            Some(known) => *known = Target { entity, mention, rule, inside: inside || known.inside },
            None => self.targets.push(Target { entity, mention, rule, inside }),
        }
    }

    /// Notes where the targets stand, if they are more than few.
    fn note_places(&mut self) {
        if self.targets.len() > FEW {
            let new = self.targets.iter().enumerate().skip(self.places.len());
            self.places.extend(new.map(|(place, target)| (target.entity, place)));
        }
    }

    /// Where an entity stands among the targets; asked once their places are noted.
    fn place_of(&self, entity: EntityId) -> Option<usize> {
        if self.targets.len() <= FEW {
            return self.targets.iter().position(|target| target.entity == entity);
        }
        self.places.get(&entity).copied()
    }

    /// Parties that count only where no other is found give way to others.
    fn keep_lone(&mut self) {
        let lone = |target: &Target| self.context.lexicons.stance.rule(target.rule).when == When::Alone;
        if !self.targets.iter().all(lone) {
            self.targets.retain(|target| !lone(target));
        }
    }
}

impl Context<'_> {
    /// Whether a party that a rule finds may be a quotation's target.
    fn may_be_target(&self, quotation: usize, entity: EntityId, rule: RuleName) -> bool {
        let active = self.lexicons.stance.rule(rule).when != When::Never;
        let addressed = || rule != RuleName::PronounYou && self.is_addressed(quotation, entity);
        let place = || rule == RuleName::PlaceNamed && !self.is_speakers_own(quotation, entity);
        // `Redmoor County's “failed schools”`: a place of which something is predicated acts.
        let party = &self.entities.list[entity];
        let acts = rule == RuleName::OutsideSubject && party.kind == PartyKind::Place && party.party.is_some();
        active && (place() || acts || self.may_be_spoken_of(quotation, entity)) && !addressed()
    }

    /// Whether a party may be a quotation's target, however it is found.
    fn may_be_spoken_of(&self, quotation: usize, entity: EntityId) -> bool {
        let party = &self.entities.list[entity];
        let barred = || matches!(party.kind, PartyKind::Place | PartyKind::Event) || self.is_text(party);
        !self.is_speakers_own(quotation, entity) && !barred()
    }

    /// `the Second Amendment`: a name that ends in the noun of a text.
    fn is_text(&self, party: &Entity) -> bool {
        const TEXTS: Classes = Classes::of(&[Class::Document, Class::WorkNoun]);
        let unlisted = party.party.is_none() && !party.unnamed && party.kind == PartyKind::Unknown;
        let last = || party.name.of(self.text, self.lexicons).rsplit_once(' ');
        unlisted && last().is_some_and(|(_, last)| self.lexicons.words.classes_of(last).any(TEXTS))
    }

    /// The speaker, what is named as the speaker's, and who passed his words on.
    fn is_speakers_own(&self, quotation: usize, entity: EntityId) -> bool {
        let attribution = &self.attributions[quotation];
        let is =
            |mention: Option<usize>| mention.is_some_and(|mention| self.entities.of_mention[mention] == Some(entity));
        let name = |entity: EntityId| self.entities.list[entity].name.of(self.text, self.lexicons);
        Some(entity) == attribution.speaker
            || is(attribution.source)
            || is(attribution.via)
            || attribution.speaker.is_some_and(|speaker| is_owned(name(entity), name(speaker)))
    }

    /// A body that the words are said to: `Dessan told Redmoor Radio`.
    fn is_addressed(&self, quotation: usize, entity: EntityId) -> bool {
        let addressee = self.attributions[quotation].addressee.and_then(|mention| self.entities.of_mention[mention]);
        addressee == Some(entity) && self.entities.list[entity].kind != PartyKind::Person
    }
}

/// `Ann Lee`, `Ann Lee's party`: the name itself, or of what is the owner's.
fn is_owned(name: &str, owner: &str) -> bool {
    let rest = name.strip_prefix(owner);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("'s ") || rest.starts_with("’s "))
}

/// Whether a quotation goes on with what the reporter began: `a fan of Marrow, “a real leader”`.
pub(super) fn is_half_sentence(context: &Context<'_>, quotation: usize) -> bool {
    let scan = context.scan;
    let tokens = &scan.quotations[quotation].tokens;
    let open = tokens.start.saturating_sub(1);
    let joined = open > 0
        && !scan.tokens[open].opens_paragraph()
        && (scan.tokens[open - 1].is_word() || scan.kind(open - 1) == TokenKind::Possessive)
        && !scan.classes[open - 1].any(REPORTING);
    context.attributions[quotation].kind == Kind::Mixed
        || joined
        || scan.kind(tokens.start) == TokenKind::Lower && !scan.tokens[open].opens_paragraph()
}

#[cfg(test)]
mod tests {
    use crate::stance::tests::check;

    #[test]
    fn a_part_of_a_word_names_a_party() {
        check(
            "Orrin Marrow met Ann Lee. \"We are sick of Marrow-Lee policies,\" Pavel Dessan said.",
            &["Orrin Marrow: neutral (person-named)", "Ann Lee: neutral (person-named)"],
        );
        check(
            "Orrin Marrow left. \"No, @OrrinMarrow, we are not there,\" Pavel Dessan wrote.",
            &["Orrin Marrow: neutral (person-named)"],
        );
        check("Pavel Dessan met American Airlines. \"It is a pro-American idea,\" Dessan said.", &[]);
    }

    /// Once only the first fifty parties of an article were asked.
    #[test]
    fn a_family_is_known_however_many_are_named_before() {
        let letters = |number: u8| [number / 10, number % 10].map(|digit| char::from(b'a' + digit));
        let others: Vec<String> =
            (0..80).map(|number| format!("Ann Q{} left. ", String::from_iter(letters(number)))).collect();
        let text = format!("{}Orrin Marrow came. \"I do not trust the Marrows,\" Pavel Dessan said.", others.concat());
        check(&text, &["Marrows: against (people-named)"]);
    }

    #[test]
    fn who_stands_before_the_noun_of_no_party_is_one() {
        check(
            "Orrin Marrow met Pavel Dessan. \"A Marrow presidency comes next,\" Dessan said.",
            &["Orrin Marrow: neutral (person-named)"],
        );
    }

    #[test]
    fn a_description_before_an_adverb_is_a_party() {
        check(
            "Orrin Marrow met Ann Lee. \"We know the Marrow administration consciously refused,\" Ann Lee said.",
            &["Orrin Marrow's administration: against (described)"],
        );
    }

    #[test]
    fn a_first_name_and_a_name_that_comes_often_are_parties() {
        check("Pavel Dessan left. \"We thank Robert for the boat,\" Dessan said.", &["Robert: for (first-named)"]);
        check(
            "Quillan came. Quillan stayed. Nobody met Quillan. \"I have never seen Quillan,\" Pavel Dessan said.",
            &["Quillan: neutral (often-named)"],
        );
        check("Quillan came. \"I have never seen Quillan,\" Pavel Dessan said.", &[]);
        check("Quillan came. Quillan stayed. Nobody met Quillan. \"I live in Quillan,\" Pavel Dessan said.", &[]);
    }

    #[test]
    fn people_with_a_name_before_them_are_a_party() {
        check(
            "Pavel Dessan called Redmoor bankers \"fat cats\" and left.",
            &["Redmoor bankers: against (outside-subject)"],
        );
    }

    #[test]
    fn a_family_is_a_party() {
        check(
            "Orrin Marrow met Pavel Dessan. \"The Marrows are from here,\" Dessan said.",
            &["Marrows: neutral (people-named)"],
        );
    }

    #[test]
    fn a_place_that_is_judged_for_what_it_does_is_a_party() {
        check(
            "Pavel Dessan left. \"Ohio has failed its people, and Ohio is corrupt,\" Dessan said.",
            &["Ohio: against (place-named)"],
        );
        check("Pavel Dessan left. \"Life in Ohio is cruel,\" Dessan said.", &[]);
    }

    #[test]
    fn two_who_are_joined_are_both_meant_by_they() {
        check(
            "Orrin Marrow and Rusk Ammering left. \"So they came by train,\" Pavel Dessan said.",
            &["Orrin Marrow: neutral (pronoun-they)", "Rusk Ammering: neutral (pronoun-they)"],
        );
    }

    #[test]
    fn they_look_back_from_where_the_quotation_opens_past_people_in_general() {
        check(
            "The Republicans met people. \"They are cruel,\" Pavel Dessan said.",
            &["Republicans: against (pronoun-they)"],
        );
    }

    #[test]
    fn people_of_whom_something_is_told_are_a_party() {
        check(
            "Pavel Dessan left. \"I saw that in May officials lied to us,\" Dessan said.",
            &["officials: against (group-acting)"],
        );
        check("Pavel Dessan left. \"They are just volunteers working at night,\" Dessan said.", &[]);
    }

    #[test]
    fn plural_groups_stay_groups_after_a_preposition() {
        check(
            "Pavel Dessan left. \"We are disgusted by other countries,\" Dessan said.",
            &["other countries: against (group-described)"],
        );
        check("Pavel Dessan left. \"We count 20 countries,\" Dessan said.", &[]);
    }

    #[test]
    fn others_of_whom_something_bad_is_said_are_a_party() {
        check(
            "Pavel Dessan left. \"The other candidates are liars,\" Dessan said.",
            &["other candidates: against (judged)"],
        );
        check("Pavel Dessan left. \"The other candidates came late,\" Dessan said.", &[]);
    }

    #[test]
    fn bodies_of_a_kind_are_a_party_where_something_bad_is_said_of_them() {
        check(
            "Pavel Dessan left. \"The train companies lied to us,\" Dessan said.",
            &["train companies: against (judged)"],
        );
        check(
            "Pavel Dessan left. \"The immigration department treated her like a criminal,\" Dessan said.",
            &["immigration department: against (judged)"],
        );
        check("Pavel Dessan left. \"The train companies met at noon,\" Dessan said.", &[]);
    }

    #[test]
    fn a_place_where_somebody_speaks_or_lives_is_no_subject() {
        check("Pavel Dessan told reporters at a school in Ohio that \"to win would be helpful.\"", &[]);
        check(
            "Pavel Dessan said the people of Ohio \"are honest\" and left.",
            &["people of Ohio: for (outside-subject)"],
        );
    }

    #[test]
    fn groups_are_parties_though_nothing_is_said_for_or_against_them() {
        check("Pavel Dessan left. \"I talked to farmers,\" Dessan said.", &["farmers: neutral (group-described)"]);
        check(
            "Pavel Dessan left. \"I owe nothing to special interests,\" Dessan said.",
            &["special interests: neutral (group-described)"],
        );
        check("Pavel Dessan left. \"I saw that whites vote,\" Dessan said.", &["whites: neutral (group-described)"]);
        check("Pavel Dessan left. \"It is teachers who came,\" Dessan said.", &["teachers: neutral (group-described)"]);
    }

    #[test]
    fn groups_that_are_counted_or_only_tell_of_what_kind_something_is_are_none() {
        check("Pavel Dessan left. \"Many states have lakes,\" Dessan said.", &[]);
        check("Pavel Dessan left. \"We got media attention,\" Dessan said.", &[]);
        check("Pavel Dessan left. \"We are refugees,\" Dessan said.", &[]);
        check("Pavel Dessan left. \"As teachers, we read a lot,\" Dessan said.", &[]);
    }

    #[test]
    fn some_words_mean_a_group_with_the_article_only() {
        check("Pavel Dessan left. \"Leadership is a habit,\" Dessan said.", &[]);
        check(
            "Pavel Dessan left. \"The leadership met at noon,\" Dessan said.",
            &["leadership: neutral (group-described)"],
        );
    }

    #[test]
    fn an_adjective_makes_a_group_of_people_unless_it_tells_their_age() {
        check("Pavel Dessan left. \"I met poor people,\" Dessan said.", &["poor people: neutral (group-modified)"]);
        check("Pavel Dessan left. \"I met young people,\" Dessan said.", &[]);
        check("Pavel Dessan left. \"I know the pressure people feel,\" Dessan said.", &[]);
        check("Pavel Dessan left. \"I met one of the most senior candidates,\" Dessan said.", &[]);
    }

    #[test]
    fn groups_beside_a_half_sentence_are_parties() {
        check(
            "Pavel Dessan left. Dessan said it was a \"lifeboat\" for farmers.",
            &["farmers: neutral (outside-subject)"],
        );
        check("Pavel Dessan left. Dessan said it was a \"lifeboat\" for people.", &[]);
        check(
            "Pavel Dessan left. \"It will last for years,\" Dessan said of smugglers.",
            &["smugglers: neutral (outside-topic)"],
        );
    }

    #[test]
    fn whose_plan_is_called_something_is_a_party() {
        check(
            "Orrin Marrow left. Pavel Dessan called Marrow's plan \"a bridge\".",
            &["Orrin Marrow: neutral (outside-subject)"],
        );
    }

    #[test]
    fn who_goes_on_without_a_party_speaks_of_the_one_whom_he_judged() {
        check(
            "Orrin Marrow left. \"Marrow is a liar,\" Pavel Dessan said. \"The numbers are wrong.\"",
            &["Orrin Marrow: against (person-named)", "Orrin Marrow: against (continued)"],
        );
        check(
            "Orrin Marrow left. \"Marrow came at noon,\" Pavel Dessan said. \"The door was open.\"",
            &["Orrin Marrow: neutral (person-named)"],
        );
    }

    #[test]
    fn they_in_what_a_speaker_says_next_are_those_of_whom_he_spoke() {
        check(
            "Ann Lee left. \"I met farmers,\" Pavel Dessan said. \"I saw at noon that they read a lot.\"",
            &["farmers: neutral (group-described)", "farmers: neutral (continued)"],
        );
        check(
            "Ann Lee left. \"I met farmers,\" Pavel Dessan said. \"I left at noon.\"",
            &["farmers: neutral (group-described)"],
        );
    }

    #[test]
    fn who_is_told_is_known_after_a_description_of_the_speaker() {
        check(
            "\"You lied,\" Ann Lee, a teacher from Redmoor, told Orrin Marrow.",
            &["Orrin Marrow: against (pronoun-you)"],
        );
    }

    #[test]
    fn a_clause_may_open_with_a_preposition() {
        check(
            "Pavel Dessan left. \"That was after the European Parliament had met,\" Dessan said.",
            &["European Parliament: neutral (body-named)"],
        );
    }
}
