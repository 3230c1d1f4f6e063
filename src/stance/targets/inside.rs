//! The parties that a quotation names.

use smallvec::SmallVec;

use super::Finder;
use crate::Span;
use crate::entities::{Entity, EntityId};
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::spelling::Shape;
use crate::lexicon::stance::{RuleName, When};
use crate::lexicon::words::{Class, Classes};
use crate::scan::mention::{Determiner, Mention, MentionKind};
use crate::scan::token::TokenKind;
use crate::stance::binding::{Contribution, Role};
use crate::stance::unit::{NONE, Node, NodeKind, SPEAKER, YOU};
use crate::stance::{Context, MOST_MENTIONS};

impl Finder<'_> {
    /// Parties named within the quotation.
    pub(super) fn inside(&mut self) {
        let unit = self.unit;
        for at in unit.parties.iter().copied() {
            let node = unit.nodes[at];
            if node.slot <= YOU || !node.inside {
                continue;
            }
            let slot = self.unit.slots[node.slot as usize];
            let Some(entity) = slot.entity else {
                self.both(slot.mention as usize);
                continue;
            };
            let mention = &self.context.scan.mentions[slot.mention as usize];
            if mention.inner && (self.owns_a_party(node.slot) || self.is_in_a_body(slot.mention as usize)) {
                continue;
            }
            let start = self.unit.clause_start(at);
            let preposition = self.unit.preposition_before(at, start).filter(|_| !node.possessive);
            let preposition = preposition.filter(|before| !self.joins_clauses(*before, at));
            // `at the military level`, `a Velmaran court`: what only describes a thing.
            let describes = || {
                let next = self.unit.nodes.get(at + 1).filter(|next| next.start == node.end);
                !node.possessive && next.is_some_and(|next| self.is_described_thing(next))
            };
            let governed = preposition
                .is_some_and(|at| self.is_local(&self.unit.nodes[at]) && !self.is_of_a_body(at, entity))
                || slot_is_body(self.context, entity)
                    && mention.kind == MentionKind::Name
                    && (self.unit.is_attribute(at) || describes() && self.is_plain_noun(at + 1));
            if mention.kind == MentionKind::Nominal
                && !self.context.are_several(mention)
                && (describes() || governed && slot_is_body(self.context, entity))
                && !self.context.is_proper(mention, entity)
            {
                if self.is_judged(at) {
                    self.add(entity, mention.span, RuleName::Judged, true);
                }
                continue;
            }
            let named = self.context.rule_inside(entity, mention, governed);
            let named = named.filter(|rule| self.context.lexicons.stance.rule(*rule).when != When::Never);
            let judged = || self.is_judged(at).then_some(RuleName::Judged);
            let Some(rule) = named.or_else(judged) else { continue };
            let told = match rule {
                RuleName::PronounThey => self.context.opens(self.place.quotation, mention),
                RuleName::GroupActing => self.does_something(at),
                _ => true,
            };
            if told {
                self.add(entity, mention.span, rule, true);
            }
        }
    }

    /// `loyal to Velmara`, `my opponent is a liar`: a party that no other rule takes, of which words around it directly say
    /// something good or bad.
    fn is_judged(&self, at: usize) -> bool {
        let nodes = &self.unit.nodes;
        let node = nodes[at];
        let slot = &self.unit.slots[node.slot as usize];
        let mention = &self.context.scan.mentions[slot.mention as usize];
        let Some(party) = slot.entity.map(|entity| &self.context.entities.list[entity]) else { return false };
        let name = mention.kind == MentionKind::Name;
        let listed =
            name && party.party.is_some() && matches!(party.kind, PartyKind::Government | PartyKind::Organisation);
        // `Quillan Mills lied`
        let acting = name
            && party.kind == PartyKind::Unknown
            && (mention.head.len() > 1 || party.mentions.len() > 1)
            && self.does_something(at);
        // `our mission` is the speaker's own, `my opponent` is somebody else.
        let own = || at > 0 && nodes[at - 1].slot == SPEAKER && party.kind != PartyKind::Person;
        let described = self.context.may_be_judged(mention)
            && !own()
            && !nodes.get(at + 1).is_some_and(|next| next.start == node.end && self.is_described_thing(next));
        let direct = |found: &Contribution| {
            let by = nodes[found.node as usize].start;
            let apart = by < node.start || by >= node.end;
            match found.role {
                Role::SourceOnTarget => apart,
                Role::Predicate | Role::Agent | Role::AgentFar | Role::Returned => apart && (described || acting),
                _ => false,
            }
        };
        (listed || acting || described) && self.said_of(node.slot).any(direct)
    }

    /// `the agenda of the Reform Party`: what is of a party that the gazetteer knows tells of the party, what is of a state
    /// does not.
    fn is_of_a_body(&self, preposition: usize, entity: EntityId) -> bool {
        let party = &self.context.entities.list[entity];
        self.unit.nodes[preposition].kind == NodeKind::Of
            && party.kind == PartyKind::Organisation
            && party.party.is_some()
    }

    /// `officials allowed`: whether a verb follows right after a party.
    fn does_something(&self, at: usize) -> bool {
        let nodes = &self.unit.nodes;
        let next = nodes.get(at + 1).filter(|next| next.start == nodes[at].end);
        next.is_some_and(|next| matches!(next.kind, NodeKind::Verb | NodeKind::Be | NodeKind::Modal))
    }

    /// `after Marrow left`: whether what stands before a party opens its clause.
    fn joins_clauses(&self, before: usize, at: usize) -> bool {
        let word = self.unit.nodes[before].start as usize;
        self.context.scan.has(word, Class::Subordinator) && self.does_something(at)
    }

    /// `a Velmaran court`, neither `Velmara bad` nor `the ministry likely to lose`: a word that evaluates nothing and leads to nothing.
    fn is_plain_noun(&self, at: usize) -> bool {
        let leads = self.unit.nodes.get(at + 1).is_some_and(|next| next.kind == NodeKind::To);
        self.unit.nodes[at].entry == NONE && !leads
    }

    /// `level`, and neither `has lied`, which is a word of the lexicon too, nor `consciously refused`.
    fn is_described_thing(&self, next: &Node) -> bool {
        const VERBAL: Classes = Classes::of(&[Class::Be, Class::Have, Class::Do, Class::Modal, Class::Verb]);
        let word = next.kind == NodeKind::Word && !self.context.scan.classes[next.start as usize].any(VERBAL);
        word && !self.context.leads_to_verb(next.start as usize)
    }

    /// `Marrow and Redmoor Mills`: a name beside a party is one too.
    pub(super) fn beside(&mut self) {
        self.note_places();
        let nodes = &self.unit.nodes;
        let named = |at: usize| {
            let node = nodes.get(at).filter(|node| node.kind == NodeKind::Party && node.slot > YOU && node.inside)?;
            let slot = self.unit.slots[node.slot as usize];
            let mention = self.context.scan.mentions.get(slot.mention as usize)?;
            let name = mention.kind == MentionKind::Name && !mention.inner && !mention.possessive;
            // `in Quillan and Redmoor`
            let place = || {
                let governor = self.unit.preposition_before(at, self.unit.clause_start(at));
                governor.is_some_and(|at| self.is_local(&nodes[at]))
            };
            slot.entity.filter(|_| name && !place()).map(|entity| (entity, mention.span))
        };
        let is_target = |entity: EntityId| self.place_of(entity).is_some_and(|place| self.targets[place].inside);
        let joined = |at: usize| matches!(nodes[at].kind, NodeKind::And | NodeKind::Comma);
        let mut found: SmallVec<[(EntityId, Span); 4]> = SmallVec::new();
        for left in self.unit.parties.iter().copied() {
            let at = left + 1;
            if at + 1 >= nodes.len() || !joined(at) {
                continue;
            }
            // `Marrow and even Ammering`, `Marrow and the Redmoor Mills`
            let next = at + 1 + usize::from(matches!(nodes[at + 1].kind, NodeKind::Adverb | NodeKind::Determiner));
            if let (Some(left), Some(right)) = (named(left), named(next)) {
                match (is_target(left.0), is_target(right.0)) {
                    (true, false) => found.push(right),
                    (false, true) => found.push(left),
                    _ => {}
                }
            }
        }
        for (entity, mention) in found {
            self.add(entity, mention, RuleName::OftenNamed, true);
        }
    }

    /// `the Marrow administration` is a party of its own, Marrow not spoken of; `a Marrow presidency` is none.
    fn owns_a_party(&self, slot: u32) -> bool {
        let later = self.unit.slots[slot as usize + 1..].iter().take(MOST_OWNED);
        later
            .into_iter()
            .any(|owned| owned.owner == slot && !owned.unnamed && self.context.is_party(owned.mention as usize))
    }

    /// `in`, `from`, `to`, `of` before a state make a place of it.
    pub(super) fn is_local(&self, node: &Node) -> bool {
        !self.context.lexicons.stance.toward.contains(&self.context.scan.words[node.start as usize])
    }

    /// `the Obama administration`: not Obama.
    fn is_in_a_body(&self, inner: usize) -> bool {
        let mentions = &self.context.scan.mentions;
        let tokens = &mentions[inner].tokens;
        let outer = (inner.saturating_sub(4)..inner).rev();
        let mut outer = outer.filter(|outer| {
            let outer = &mentions[*outer].tokens;
            outer.start <= tokens.start && tokens.end <= outer.end
        });
        outer.any(|index| {
            let outer = &mentions[index];
            matches!(outer.party_kind, PartyKind::Organisation | PartyKind::Government)
                && !outer.head.contains(&tokens.start)
                && self.context.is_party(index)
        })
    }
}

impl Context<'_> {
    /// `the guards`, `her team`: a description that tells apart from others by nothing but who they are or whose.
    pub(super) fn may_be_judged(&self, mention: &Mention) -> bool {
        mention.kind == MentionKind::Nominal
            && matches!(mention.determiner, Determiner::Definite | Determiner::Possessive)
            && mention.head.start == mention.tokens.start + 1
            && matches!(mention.party_kind, PartyKind::Person | PartyKind::Organisation | PartyKind::Government)
            && !self.are_anybody(mention)
    }

    /// Whether a mention is a party by itself.
    fn is_party(&self, index: usize) -> bool {
        let Some(entity) = self.entities.of_mention.get(index).copied().flatten() else { return false };
        let rule = self.rule_inside(entity, &self.scan.mentions[index], false);
        rule.is_some_and(|rule| self.lexicons.stance.rule(rule).when != When::Never)
    }

    /// `families`, not `the public`, which may stand before a noun as an adjective does.
    fn are_several(&self, mention: &Mention) -> bool {
        self.scan.has(mention.head.end - 1, Class::Plural)
    }

    /// `the Marrows`: who bear the name of a person.
    fn is_family(&self, mention: &Mention) -> bool {
        if mention.head.len() != 1 || !self.has_article(mention) {
            return false;
        }
        let name = mention.head_span(&self.scan.tokens).of(self.text);
        let Some(name) = name.strip_suffix('s') else { return false };
        self.is_family_name(name)
    }

    /// `the State Department`: a description that is a name.
    fn is_proper(&self, mention: &Mention, entity: EntityId) -> bool {
        let scan = self.scan;
        let party = &self.entities.list[entity];
        let capital = |at: usize| matches!(scan.kind(at), TokenKind::Capital | TokenKind::Upper);
        let head = mention.head.start;
        party.party.is_some() && !self.is_office(mention)
            || mention.tokens.start + 1 < head && capital(head) && capital(head - 1)
    }

    /// `wants to be president`, `a good president`, `the next president`: not the one who is.
    fn is_office(&self, mention: &Mention) -> bool {
        let mut before = mention.tokens.start..mention.head.start;
        let any = matches!(mention.determiner, Determiner::None | Determiner::Indefinite)
            || before.any(|at| self.scan.has(at, Class::Time));
        any && !mention.plural && self.scan.kind(mention.head.start) == TokenKind::Lower
    }

    pub(super) fn rule_inside(&self, entity: EntityId, mention: &Mention, governed: bool) -> Option<RuleName> {
        let party = &self.entities.list[entity];
        let (kind, gender) = (mention.kind, mention.gender);
        let kind =
            if kind == MentionKind::Nominal && self.is_proper(mention, entity) { MentionKind::Name } else { kind };
        Some(match (kind, party.kind) {
            (MentionKind::Pronoun, _) if gender == Gender::Unknown && mention.plural => RuleName::PronounThey,
            (MentionKind::Pronoun, _) if party.unnamed => return None,
            (MentionKind::Pronoun, _) if matches!(gender, Gender::Female | Gender::Male) => RuleName::PersonPronoun,
            (MentionKind::Pronoun, _) => RuleName::PronounIt,
            (MentionKind::Demonym, _) => RuleName::StateAfterPreposition,
            (MentionKind::Nominal, _) if !party.unnamed && self.is_office(mention) => return None,
            (MentionKind::Nominal, _) if !party.unnamed => RuleName::Described,
            (MentionKind::Nominal, _)
                if self.is_some_group(mention) && (self.are_several(mention) || !governed || !is_body(mention)) =>
            {
                RuleName::GroupDescribed
            }
            (MentionKind::Nominal, _) if self.is_modified_group(mention) => RuleName::GroupModified,
            (MentionKind::Nominal, _) if self.are_certain_people(mention) || self.are_bare_people(mention) => {
                RuleName::GroupActing
            }
            (MentionKind::Nominal | MentionKind::Relative | MentionKind::Indefinite, _) => return None,
            (_, PartyKind::Place) if governed || !self.acts(mention) => return None,
            (_, PartyKind::Place) => RuleName::PlaceNamed,
            _ if party.party.is_none() && self.is_numbered_or_adjective(mention) => return None,
            _ if party.party.is_none() && self.is_family(mention) => RuleName::PeopleNamed,
            _ if mention.capital && self.has_article(mention) => return None,
            (_, PartyKind::Person) => RuleName::PersonNamed,
            (_, PartyKind::Group) => RuleName::PeopleNamed,
            (_, PartyKind::Outlet) => RuleName::OutletNamed,
            (_, PartyKind::Organisation) if !governed && self.is_known_body(entity) => body(party),
            (_, PartyKind::Government) if !governed && !self.is_state(entity) => body(party),
            (_, PartyKind::Government) if governed => RuleName::StateAfterPreposition,
            (_, PartyKind::Government) => RuleName::StateNamed,
            (_, PartyKind::Unknown) if self.is_persons_name(mention, party) => RuleName::PersonNamed,
            _ if !governed && self.acts(mention) && self.is_written_as_name(mention, party) => RuleName::OftenNamed,
            _ if !governed && party.mentions.len() > 1 && self.is_joined(mention) => RuleName::OftenNamed,
            (_, PartyKind::Organisation) if governed && party.party.is_some() && !mention.capital => {
                RuleName::BodyAfterPreposition
            }
            _ if !governed && self.is_first_name(mention) => RuleName::FirstNamed,
            _ if !governed && party.mentions.len() >= OFTEN => RuleName::OftenNamed,
            _ => RuleName::OtherNamed,
        })
    }

    /// `Quillan needs to know`: what does something is a party, where `the Quillan virus` may be anything.
    fn acts(&self, mention: &Mention) -> bool {
        const ACTING: Classes =
            Classes::of(&[Class::Be, Class::Have, Class::Do, Class::Modal, Class::Verb, Class::Finite]);
        self.goes_on(mention, ACTING)
    }

    /// `if Quillan wins`, not `NEVER`, nor `Worms` at the start, unless the article has it again.
    fn is_written_as_name(&self, mention: &Mention, party: &Entity) -> bool {
        let goes_on = mention
            .tokens
            .start
            .checked_sub(1)
            .is_some_and(|before| self.scan.tokens[before].is_word() || self.scan.kind(before) == TokenKind::Comma);
        party.mentions.len() > 1 || goes_on && self.scan.kind(mention.head.start) == TokenKind::Capital
    }

    /// `Quillan and Marrow`, `unlike Quillan`
    fn is_joined(&self, mention: &Mention) -> bool {
        let before = mention.tokens.start.checked_sub(1);
        let toward = before.is_some_and(|before| self.lexicons.stance.toward.contains(&self.scan.words[before]));
        toward || self.goes_on(mention, Classes::of(&[Class::And]))
    }

    /// `consciously refused`, not `monthly report`
    fn leads_to_verb(&self, adverb: usize) -> bool {
        const FINITE: Classes = Classes::of(&[Class::Be, Class::Have, Class::Do, Class::Modal, Class::Finite]);
        let is = |at: usize, shape| self.scan.glances.get(at).is_some_and(|glance| glance.shape.has(shape));
        let next = adverb + 1;
        let verb = is(next, Shape::ED) || self.scan.classes.get(next).is_some_and(|next| next.any(FINITE));
        is(adverb, Shape::LY) && verb
    }

    /// `we thank Orrin`
    fn is_first_name(&self, mention: &Mention) -> bool {
        const GIVEN: Classes = Classes::of(&[Class::GivenFemale, Class::GivenMale]);
        let first = mention.head.start;
        mention.head.len() == 1 && self.scan.kind(first) == TokenKind::Capital && self.scan.classes[first].any(GIVEN)
    }

    /// Whether a word of one of the classes follows in the same quotation.
    fn goes_on(&self, mention: &Mention, classes: Classes) -> bool {
        let next = self.scan.classes.get(mention.tokens.end);
        next.is_some_and(|next| next.any(classes)) && mention.quotation == self.quotation_of(mention.tokens.end)
    }

    /// The quotation that holds a token.
    fn quotation_of(&self, at: usize) -> Option<u32> {
        self.scan.quotation_at(at).map(|quotation| quotation as u32)
    }

    /// `Rusk Ammering`, not `Redmoor Heights`: several words, and the first is a first name.
    fn is_persons_name(&self, mention: &Mention, party: &Entity) -> bool {
        const GIVEN: Classes = Classes::of(&[Class::GivenFemale, Class::GivenMale]);
        let mut mentions = party.mentions.iter().take(MOST_MENTIONS).map(|index| &self.scan.mentions[*index as usize]);
        let first = mentions.find(|full| full.head.len() > 1).unwrap_or(mention).head.start;
        self.is_full_name(party) && self.scan.classes[first].any(GIVEN)
    }

    pub(super) fn is_full_name(&self, party: &Entity) -> bool {
        let name = party.name.of(self.text, self.lexicons);
        (2..=3).contains(&name.split_whitespace().count())
    }

    /// `the Bern`: no capital of a state.
    fn has_article(&self, mention: &Mention) -> bool {
        let before = mention.head.start.checked_sub(1);
        before.is_some_and(|before| self.scan.has(before, Class::Determiner))
    }

    /// `House Bill 12`, `Democratic`: capitals that are no party's name.
    fn is_numbered_or_adjective(&self, mention: &Mention) -> bool {
        let scan = self.scan;
        let single = mention.head.len() == 1 && mention.kind == MentionKind::Name;
        scan.kind(mention.tokens.end) == TokenKind::Number || single && scan.has(mention.head.start, Class::Modifier)
    }

    /// A group of groups.tsv, or the people of somewhere.
    pub(super) fn is_some_group(&self, mention: &Mention) -> bool {
        self.is_group(mention) || self.is_people_of(mention)
    }

    /// `the people of Redmoor`, `victims of the Redmoor attack`
    fn is_people_of(&self, mention: &Mention) -> bool {
        let scan = self.scan;
        let of = mention.head.end;
        let name = |at: usize| matches!(scan.kind(at), TokenKind::Capital | TokenKind::Upper);
        let named = name(of + 1) || scan.has(of + 1, Class::Definite) && name(of + 2);
        mention.plural && mention.party_kind == PartyKind::Person && scan.has(of, Class::Of) && named
    }

    /// `the media`, `immigrants`: not `their media`, and not `on board`, `a company`.
    fn is_group(&self, mention: &Mention) -> bool {
        let words = &self.scan.words[mention.head.clone()];
        // `20 states`
        let number = |at: usize| self.scan.kind(at) == TokenKind::Number || self.scan.has(at, Class::Number);
        let counted = is_body(mention) && (mention.tokens.start.saturating_sub(1)..mention.head.start).any(number);
        let told = match mention.determiner {
            _ if counted => false,
            Determiner::Definite => true,
            Determiner::None | Determiner::Indefinite => mention.plural,
            Determiner::Possessive => false,
        };
        told && self.lexicons.stance.is_group(words)
    }

    /// `Velmaran voters`, `the working class`: people told apart by a word before the noun, and not `our voters`.
    fn is_modified_group(&self, mention: &Mention) -> bool {
        const COUNTS: Classes = Classes::of(&[Class::Number, Class::Indefinite]);
        // `the general public`, `the vast majority` are nobody in particular.
        let people = mention.party_kind == PartyKind::Person;
        let article = usize::from(mention.determiner != Determiner::None);
        let mut before = mention.tokens.start + article..mention.head.start;
        // `enough people`, `three voters` are any.
        let tells = |at: usize| {
            !self.scan.classes[at].any(COUNTS)
                && !self.lexicons.descriptions.is(DescriptionKind::Order, self.scan.words[at])
        };
        let open = matches!(mention.determiner, Determiner::None | Determiner::Definite);
        let certain = || !self.are_anybody(mention) || self.are_told_apart(mention);
        mention.plural && people && open && before.any(tells) && certain()
    }

    /// `people`, `children`
    pub(super) fn are_anybody(&self, mention: &Mention) -> bool {
        self.lexicons.descriptions.is(DescriptionKind::Anybody, self.scan.words[mention.head.end - 1])
    }

    /// `the Velmaran people`, `working-class people`: not `young people`.
    pub(super) fn are_told_apart(&self, mention: &Mention) -> bool {
        (mention.tokens.start..mention.head.start).any(|at| {
            let capital = matches!(self.scan.kind(at), TokenKind::Capital | TokenKind::Upper);
            capital || self.scan.tokens[at].span().of(self.text).contains('-')
        })
    }

    /// `the moderators`, `gun owners should know`: people who were spoken of before or do something, and not just `people`.
    fn are_certain_people(&self, mention: &Mention) -> bool {
        let people = mention.plural && mention.party_kind == PartyKind::Person;
        let before = mention.tokens.start.checked_sub(1);
        let counted = before.is_some_and(|before| self.scan.kind(before) == TokenKind::Number);
        people
            && match mention.determiner {
                Determiner::Definite => mention.head.start == mention.tokens.start + 1 && !self.is_part(mention),
                Determiner::None => mention.head.start == mention.tokens.start && self.acts(mention),
                Determiner::Indefinite | Determiner::Possessive => false,
            }
            && !counted
            && !self.are_anybody(mention)
    }

    /// `officials`, not `They are officials`.
    fn are_bare_people(&self, mention: &Mention) -> bool {
        const LINK: Classes = Classes::of(&[Class::Adverb, Class::And]);
        const NOBODY: Classes = Classes::of(&[Class::Be, Class::As, Class::Number]);
        let bare = mention.determiner == Determiner::None && mention.head.start == mention.tokens.start;
        let people = mention.plural && mention.party_kind == PartyKind::Person && !self.are_anybody(mention);
        let mut before = self.scan.classes[..mention.tokens.start].iter().rev().take(LONGEST_LINK);
        let first = before.find(|classes| !classes.any(LINK));
        bare && people && !first.is_some_and(|classes| classes.any(NOBODY)) && !self.is_part(mention)
    }

    /// `one of the senators`: one of them is spoken of.
    fn is_part(&self, mention: &Mention) -> bool {
        let of = mention.tokens.start.checked_sub(1).filter(|at| self.scan.has(*at, Class::Of));
        let whole = of.and_then(|of| of.checked_sub(1));
        whole.is_some_and(|whole| self.scan.classes[whole].any(Classes::of(&[Class::Number, Class::Indefinite])))
    }

    /// A bare run of capitals may be anything.
    fn is_known_body(&self, entity: EntityId) -> bool {
        let party = &self.entities.list[entity];
        party.party.is_some() || party.full || party.mentions.len() > 1
    }
}

/// Slots behind an owner's among which those are that are his, at most: his mention stands within theirs.
const MOST_OWNED: usize = 16;

/// Mentions of a party, pronouns among them, of which an article tells more than where it is.
const OFTEN: usize = 3;

/// Adverbs and the like between a verb and its noun, at most: `are not just`.
const LONGEST_LINK: usize = 3;

/// `in the company`, `from the ministry`: bodies, which a preposition makes places, where people stay people.
fn is_body(mention: &Mention) -> bool {
    mention.party_kind != PartyKind::Person
}

/// A body that only this article knows may be a programme, a law or a place.
fn body(party: &Entity) -> RuleName {
    if party.party.is_some() { RuleName::BodyNamed } else { RuleName::BodyUnknown }
}

fn slot_is_body(context: &Context<'_>, entity: EntityId) -> bool {
    context.entities.list[entity].kind != PartyKind::Person
}
