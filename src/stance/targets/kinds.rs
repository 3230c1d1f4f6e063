//! As what kind of party a mention in a quotation counts, if as any.

use crate::entities::{Entity, EntityId};
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::sets::{FINITE_VERBS, GIVEN, VERBS};
use crate::lexicon::spelling::Shape;
use crate::lexicon::stance::{RuleName, When};
use crate::lexicon::words::{Class, Classes};
use crate::scan::mention::{Determiner, Mention, MentionKind};
use crate::scan::token::TokenKind;
use crate::stance::unit::GOVERNING;
use crate::stance::{Context, MOST_MENTIONS};

impl Context<'_> {
    /// `the guards`, `her team`, `the other candidates`, `the new coach`: a description without a name that means somebody certain.
    pub(super) fn may_be_judged(&self, mention: &Mention) -> bool {
        let certain = match mention.determiner {
            Determiner::Definite => true,
            Determiner::Possessive => mention.head.start == mention.tokens.start + 1,
            _ => false,
        };
        mention.kind == MentionKind::Nominal
            && (certain || self.are_the_others(mention))
            && matches!(mention.party_kind, PartyKind::Person | PartyKind::Organisation | PartyKind::Government)
            && !self.are_anybody(mention)
    }

    /// `the other candidates`, `some other teams`
    fn are_the_others(&self, mention: &Mention) -> bool {
        let before = mention.head.start.checked_sub(1).filter(|before| *before >= mention.tokens.start);
        let apart = |at: usize| self.lexicons.descriptions.is(DescriptionKind::Apart, self.scan.words[at]);
        mention.determiner != Determiner::Possessive && before.is_some_and(apart)
    }

    /// Whether a mention is a party by itself.
    pub(super) fn is_party(&self, index: usize) -> bool {
        let Some(entity) = self.entities.of_mention.get(index).copied().flatten() else { return false };
        let rule = self.rule_inside(entity, &self.scan.mentions[index], false);
        rule.is_some_and(|rule| self.lexicons.stance.rule(rule).when != When::Never)
    }

    /// `families`, not `the public`, which may stand before a noun as an adjective does.
    pub(super) fn are_several(&self, mention: &Mention) -> bool {
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
    pub(super) fn is_proper(&self, mention: &Mention, entity: EntityId) -> bool {
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
        self.goes_on(mention, VERBS)
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
    pub(super) fn leads_to_verb(&self, adverb: usize) -> bool {
        let is = |at: usize, shape| self.scan.glances.get(at).is_some_and(|glance| glance.shape.has(shape));
        let next = adverb + 1;
        let verb = is(next, Shape::ED) || self.scan.classes.get(next).is_some_and(|next| next.any(FINITE_VERBS));
        is(adverb, Shape::LY) && verb
    }

    /// `we thank Orrin`
    fn is_first_name(&self, mention: &Mention) -> bool {
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

    /// `media attention`, `jury duty`: one word for several before a plain noun, which only tells of what kind that is.
    pub(super) fn stands_before_noun(&self, mention: &Mention) -> bool {
        const OTHERS: Classes = FINITE_VERBS.with(VERBS).with(GOVERNING).with(Classes::of(&[
            Class::Adverb,
            Class::And,
            Class::As,
            Class::Base,
            Class::Determiner,
            Class::Indefinite,
            Class::Ing,
            Class::Negator,
            Class::Object,
            Class::Participle,
            Class::PossessivePronoun,
            Class::Relative,
            Class::Subject,
            Class::Subordinator,
            Class::That,
            Class::Time,
        ]));
        let next = mention.tokens.end;
        // `whites vote`: some are several, though no list has one of them.
        let many = mention.head_span(&self.scan.tokens).of(self.text).ends_with('s');
        let shaped = |shape: Shape| self.scan.glances[next].shape.has(shape);
        let noun = || !self.scan.classes[next].any(OTHERS) && !shaped(Shape::VERB) && !shaped(Shape::DESCRIBES);
        !self.are_several(mention)
            && !many
            && !mention.possessive
            && self.scan.kind(next) == TokenKind::Lower
            && mention.quotation == self.quotation_of(next)
            && noun()
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
        let counted = mention.party_kind != PartyKind::Person
            && (mention.tokens.start.saturating_sub(1)..mention.head.start).any(number);
        let told = match mention.determiner {
            _ if counted => false,
            Determiner::Definite => true,
            Determiner::None | Determiner::Indefinite => mention.plural,
            Determiner::Possessive => false,
        };
        told && self.lexicons.stance.is_group(words, mention.determiner == Determiner::Definite)
    }

    /// `Velmaran voters`, `the working class`: people told apart by a word before the noun, and not `our voters`.
    fn is_modified_group(&self, mention: &Mention) -> bool {
        const COUNTS: Classes = Classes::of(&[Class::Number, Class::Indefinite]);
        // `the general public`, `the vast majority` are nobody in particular.
        let people = mention.party_kind == PartyKind::Person;
        let article = usize::from(mention.determiner != Determiner::None);
        let before = mention.tokens.start + article..mention.head.start;
        // `enough people`, `three voters` are any.
        let tells = |at: usize| {
            !self.scan.classes[at].any(COUNTS)
                && !self.lexicons.descriptions.is(DescriptionKind::Order, self.scan.words[at])
        };
        let open = matches!(mention.determiner, Determiner::None | Determiner::Definite);
        // `poor people`, not `the pressure people feel`
        let described = |at: usize| {
            let aged = self.lexicons.descriptions.is(DescriptionKind::Age, self.scan.words[at]);
            self.scan.has(at, Class::Modifier) && tells(at) && !aged
        };
        let certain = || !self.are_anybody(mention) || self.are_told_apart(mention) || before.clone().all(described);
        mention.plural && people && open && before.clone().any(tells) && certain() && !self.is_one_of_most(mention)
    }

    /// `one of the most gifted members`: of one somebody is spoken.
    fn is_one_of_most(&self, mention: &Mention) -> bool {
        let most = (mention.tokens.start..mention.head.start).any(|at| self.scan.has(at, Class::Indefinite));
        most && self.is_part(mention)
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

    /// `the people`, not `people`: persons who are more than anybody.
    pub(super) fn are_certain(&self, mention: &Mention) -> bool {
        let certain = || match mention.determiner {
            Determiner::Indefinite => false,
            Determiner::Definite => true,
            _ => !self.are_anybody(mention) || self.are_told_apart(mention) || self.is_some_group(mention),
        };
        mention.plural && mention.party_kind == PartyKind::Person && certain()
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

/// Mentions of a party, pronouns among them, of which an article tells more than where it is.
const OFTEN: usize = 3;

/// Adverbs and the like between a verb and its noun, at most: `are not just`.
const LONGEST_LINK: usize = 3;

/// `in the company`, `from the ministry`: bodies, which a preposition makes places, where people stay people.
fn is_body(mention: &Mention) -> bool {
    !matches!(mention.party_kind, PartyKind::Person | PartyKind::Group)
}

/// A body that only this article knows may be a programme, a law or a place.
fn body(party: &Entity) -> RuleName {
    if party.party.is_some() { RuleName::BodyNamed } else { RuleName::BodyUnknown }
}
