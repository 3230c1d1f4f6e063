//! Mentions to parties: names with their descriptions, and who `he` is within a quotation.

use smallvec::SmallVec;

use super::{Builder, Reader};
use crate::entities::{Entity, EntityId};
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::stance::{Form, Known, Meaning, Pos, Sense};
use crate::lexicon::words::{Class, Classes};
use crate::scan::mention::{Determiner, Mention, MentionKind};
use crate::scan::token::TokenKind;
use crate::stance::speakers::CampBody;
use crate::stance::unit::{GOVERNING, NONE, NodeKind, SPEAKER, YOU};

/// A pronoun's party is not looked for farther back than so many mentions and paragraphs.
const FARTHEST_MENTION: usize = 60;
const FARTHEST_PARAGRAPH: u32 = 4;

/// Mentions after a pronoun that are looked at for whom it does not mean, at most.
const FARTHEST_NAMED: usize = 6;
/// Words of `tragic and untimely death` after its owner, at most.
const LONGEST_OWNED: usize = 4;

impl Builder<'_> {
    /// The node of a mention; `None` where its words are read one by one.
    pub(super) fn party(&mut self, at: usize, index: usize) -> Option<usize> {
        let scan = self.reader.scan;
        let mention = &scan.mentions[index];
        match mention.kind {
            MentionKind::Name => {
                self.named(at, index, mention);
                Some(mention.tokens.end)
            }
            MentionKind::Demonym => {
                let slot = self.mention_slot(index);
                self.push_party(slot, mention.tokens.clone(), true);
                Some(mention.tokens.end)
            }
            MentionKind::Nominal => {
                let inner = self.mention;
                self.nominal = Some(index);
                if mention.head.start == at {
                    self.nominal = None;
                    let known = self.reader.lexicons.stance.known(&scan.words[at..=at]);
                    let verb =
                        known.and_then(|known| self.choose(known, false, at)).filter(|sense| sense.form != Form::Plain);
                    if verb.is_some() && mention.head.len() == 1 {
                        return None;
                    }
                    return Some(self.description(index, known));
                }
                // An inner mention may open at the same token.
                if scan.mentions.get(inner).is_some_and(|mention| mention.tokens.start == at) {
                    self.turn_to(inner + 1);
                    return self.party(at, inner);
                }
                None
            }
            MentionKind::Pronoun => Some(self.pronoun(at, index, mention)),
            MentionKind::Relative => {
                self.relative(at);
                Some(at + 1)
            }
            MentionKind::Indefinite => None,
        }
    }

    /// The adjectives before a name are nodes of their own; its titles and the names within it are not.
    fn named(&mut self, start: usize, index: usize, mention: &Mention) {
        for at in start..mention.head.start {
            if self.reader.scan.kind(at) != TokenKind::Lower {
                continue;
            }
            let Some(known) = self.reader.lexicons.stance.known(&self.reader.scan.words[at..=at]) else {
                self.push(NodeKind::Word, at, at + 1);
                continue;
            };
            if known.senses.iter().any(|sense| sense.form == Form::Past) {
                self.agent_before(at, index);
            }
            self.known(at, known);
        }
        self.pass_mentions(mention.tokens.end);
        let slot = self.mention_slot(index);
        self.push_party(slot, mention.head.clone(), mention.possessive);
    }

    /// In `Dessan accused Marrow` the words before the last name may pass for its description.
    fn agent_before(&mut self, at: usize, outer: usize) {
        let mentions = &self.reader.scan.mentions;
        let inner = (outer + 1..mentions.len().min(outer + 5)).find(|inner| mentions[*inner].tokens.end == at);
        if let Some(inner) = inner {
            let slot = self.mention_slot(inner);
            self.push_party(slot, mentions[inner].tokens.clone(), false);
        }
    }

    /// `racist comments`: a word that may name people stands before a noun, where it describes.
    fn is_before_noun(&self, index: usize, senses: &[Sense]) -> bool {
        const NONE_OF: Classes = Classes::of(&[
            Class::Preposition,
            Class::To,
            Class::Of,
            Class::By,
            Class::And,
            Class::Be,
            Class::Have,
            Class::Do,
            Class::Modal,
            Class::That,
            Class::Subordinator,
            Class::Adverb,
            Class::Determiner,
            Class::Negator,
            Class::Verb,
            Class::Say,
            Class::Strong,
            Class::Tell,
            Class::Weak,
        ]);
        let Reader { scan, lexicons, .. } = self.reader;
        let next = scan.mentions[index].head.end;
        let adjective = senses.iter().any(|sense| match sense.meaning {
            Meaning::Entry(entry) => lexicons.stance.pos(entry) == Pos::Adjective,
            _ => false,
        });
        adjective && scan.kind(next) == TokenKind::Lower && !scan.classes[next].any(NONE_OF)
    }

    /// A description, `known` being the stance word that its head is.
    pub(super) fn description(&mut self, index: usize, known: Option<Known<'_>>) -> usize {
        if let Some(known) = known.filter(|known| self.is_before_noun(index, known.senses)) {
            return self.known(self.reader.scan.mentions[index].head.start, known);
        }
        let mention = &self.reader.scan.mentions[index];
        let slot = self.mention_slot(index);
        let owner = self
            .unit
            .nodes
            .iter()
            .rev()
            .take(4)
            .find(|node| node.possessive && node.start as usize >= mention.tokens.start);
        // `Redmoor officials`, `Redmoor city officials`: of Redmoor.
        let words = self.unit.nodes.iter().rev().take_while(|node| mention.tokens.start <= node.start as usize);
        let attribute = words.into_iter().find(|node| node.kind == NodeKind::Party).filter(|node| node.slot > YOU);
        let owner = owner.or(attribute).map_or(NONE, |node| node.slot);
        let described = &mut self.unit.slots[slot as usize];
        described.owner = owner;
        described.unnamed = described.entity.is_none_or(|entity| self.reader.entities.list[entity].unnamed);
        self.push_party(slot, mention.head.clone(), mention.possessive);
        if let Some(sense) = known.and_then(|known| self.choose(known, true, mention.head.start))
            && let Meaning::Entry(entry) = sense.meaning
        {
            self.set_entry(entry, sense.form);
        }
        mention.tokens.end
    }

    fn pronoun(&mut self, at: usize, index: usize, mention: &Mention) -> usize {
        let reader = self.reader;
        let person = reader.lexicons.pronouns.get(&reader.scan.words[at]).map_or(3, |pronoun| pronoun.person);
        // Most pronouns are too short.
        let ends_with = |ending: &str| mention.span.of(reader.text).ends_with(ending);
        let reflexive = mention.span.len() >= 4 && (ends_with("self") || ends_with("selves"));
        let inside = self.inside.contains(&at);
        let slot = match person {
            _ if reflexive => {
                self.push(NodeKind::Word, at, at + 1);
                return at + 1;
            }
            1 if inside => SPEAKER,
            2 if inside => YOU,
            1 | 2 => return self.plain(at),
            _ => self.object_before(at, mention).unwrap_or_else(|| self.mention_slot(index)),
        };
        let possessive =
            mention.possessive || reader.scan.has(at, Class::PossessivePronoun) && self.is_noun_next(at + 1);
        self.push_party(slot, at..at + 1, possessive);
        at + 1
    }

    /// `praised Marrow for her`: whose it is that a deed is done for is whom it is done to.
    fn object_before(&self, at: usize, pronoun: &Mention) -> Option<u32> {
        let Reader { scan, entities, .. } = self.reader;
        let [.., verb, object, link] = self.unit.nodes.as_slice() else { return None };
        let frame = verb.kind == NodeKind::Verb && verb.entry != NONE;
        let link = link.kind == NodeKind::Preposition && link.end as usize == at && scan.has(at - 1, Class::For);
        let party = frame && link && object.kind == NodeKind::Party && object.slot > YOU && !object.possessive;
        let entity = self.unit.slots.get(object.slot as usize).filter(|_| party)?.entity?;
        let told = entities.list[entity].gender;
        let agrees = told == Gender::Unknown || pronoun.gender == Gender::Unknown || told == pronoun.gender;
        (agrees && pronoun.possessive).then_some(object.slot)
    }

    pub(super) fn is_noun_next(&self, at: usize) -> bool {
        const BREAKS: Classes = Classes::of(&[
            Class::Preposition,
            Class::To,
            Class::Of,
            Class::And,
            Class::Determiner,
            Class::Subordinator,
            Class::That,
            Class::Be,
        ]);
        let scan = self.reader.scan;
        scan.tokens.get(at).is_some_and(|token| token.is_word()) && !scan.classes[at].any(BREAKS)
    }

    /// The slot of a mention: the speaker's own where it means the speaker.
    fn mention_slot(&mut self, index: usize) -> u32 {
        let reader = self.reader;
        let mention = &reader.scan.mentions[index];
        let inside = self.inside.contains(&mention.tokens.start);
        let entity = match (reader.entities.of_mention[index], mention.kind) {
            (None, MentionKind::Pronoun) if inside => self.antecedent(index, mention),
            (known, MentionKind::Pronoun)
                if !inside && known == reader.speaker && self.is_object_of_speaker(mention) =>
            {
                self.person_before(index, mention, FARTHEST_PARAGRAPH)
            }
            // `Dessan said the senator “lied”`: the senator is not Dessan.
            (known, MentionKind::Nominal) if !inside && known == reader.speaker && self.is_told_by_speaker() => None,
            (known, MentionKind::Pronoun)
                if !inside && known.is_some() && known == reader.speaker && self.is_of_another(index, mention) =>
            {
                self.person_before(index, mention, 0)
            }
            (known, MentionKind::Nominal) if inside && self.is_pointed_at(mention) => {
                self.person_before(index, mention, FARTHEST_PARAGRAPH).or(known)
            }
            (known, MentionKind::Nominal) if inside => self.own_body(index, known).or(known),
            (known, _) => known,
        };
        let speaks =
            entity.is_some() && entity == reader.speaker || reader.source == Some(index) && reader.speaker.is_none();
        if speaks {
            return SPEAKER;
        }
        let slot = self.unit.new_slot(index as u32, entity);
        let befallen = self.is_befallen(mention);
        let new = &mut self.unit.slots[slot as usize];
        (new.inside, new.befallen) = (inside, befallen);
        new.described = mention.kind == MentionKind::Nominal;
        new.pronoun = mention.kind == MentionKind::Pronoun;
        slot
    }

    /// `the party`, where its paragraph has not named the one that it is taken for, `known`: the speaker's own, if the
    /// article names it.
    fn own_body(&self, index: usize, known: Option<EntityId>) -> Option<EntityId> {
        let Reader { scan, entities, lexicons, bodies, camps, .. } = self.reader;
        let mention = &scan.mentions[index];
        if bodies.is_empty() || mention.determiner != Determiner::Definite || mention.tokens.len() != 2 {
            return None;
        }
        let head = scan.words[mention.head.end - 1];
        let called = |body: &&CampBody| lexicons.nouns.get(&body.listed).is_some_and(|nouns| nouns.contains(&head));
        let own = bodies.iter().find(|body| body.camps == camps && called(body))?;
        let named = |at: &usize| scan.mentions[*at].kind == MentionKind::Name && entities.of_mention[*at] == known;
        let mut near = (index.saturating_sub(FARTHEST_MENTION)..index).rev();
        let mut is_near = || near.find(named).is_some_and(|at| scan.mentions[at].paragraph == mention.paragraph);
        (known.is_none() || !is_near()).then_some(own.entity)
    }

    /// `the murder of Marrow`, `Marrow's tragic death`: something that befell somebody.
    fn is_befallen(&self, mention: &Mention) -> bool {
        let Reader { scan, lexicons, .. } = self.reader;
        let is = |kind: DescriptionKind, at: usize| {
            scan.words.get(at).is_some_and(|word| lexicons.descriptions.is(kind, *word))
        };
        let (start, end) = (mention.tokens.start, mention.tokens.end);
        let done = |at: usize| is(DescriptionKind::Harm, at) || is(DescriptionKind::Crime, at);
        if start >= 2 && scan.has(start - 1, Class::Of) && done(start - 2) {
            return true;
        }
        let owned = end + usize::from(matches!(scan.kind(end), TokenKind::Possessive | TokenKind::Mark));
        let mut nouns = (owned..owned + LONGEST_OWNED).take_while(|at| scan.kind(*at) == TokenKind::Lower);
        mention.possessive && nouns.any(|at| is(DescriptionKind::Harm, at))
    }

    /// `When Marrow ran, he “lied,” Dessan said`: somebody else is named before, and the speaker only after.
    fn is_of_another(&self, index: usize, pronoun: &Mention) -> bool {
        let Reader { scan, entities, speaker, .. } = self.reader;
        let nodes = &self.unit.nodes;
        let opens = self.unit.parties.iter().rev().take_while(|at| nodes[**at].sentence == self.sentence);
        let mut opens = opens.map(|at| nodes[*at].slot);
        let person = matches!(pronoun.gender, Gender::Female | Gender::Male) && !pronoun.possessive;
        let before = pronoun.tokens.end <= self.inside.start && pronoun.tokens.end + 3 >= self.inside.start;
        let named_after = || {
            let mut after = scan.mentions[index..].iter().zip(&entities.of_mention[index..]);
            let after = after.find(|(mention, _)| mention.tokens.start >= self.inside.end);
            after.is_some_and(|(mention, entity)| {
                mention.sentence == pronoun.sentence && mention.kind == MentionKind::Name && *entity == speaker
            })
        };
        person && before && opens.clone().count() > 0 && !opens.any(|slot| slot == SPEAKER) && named_after()
    }

    /// `Dessan accused him`: he is not Dessan.
    fn is_object_of_speaker(&self, pronoun: &Mention) -> bool {
        let person = matches!(pronoun.gender, Gender::Female | Gender::Male) && !pronoun.possessive;
        let object = person && self.reader.scan.has(pronoun.tokens.start, Class::Object);
        let nodes = &self.unit.nodes;
        let sentence = (0..nodes.len()).rev().take_while(|at| nodes[*at].kind != NodeKind::Stop);
        let mut subject = sentence.filter(|at| {
            let done_to = *at > 0 && nodes[at - 1].kind == NodeKind::Verb;
            let governed = || self.unit.preposition_before(*at, self.unit.clause_start(*at)).is_some();
            nodes[*at].kind == NodeKind::Party
                && !nodes[*at].possessive
                && !done_to
                && self.may_act(nodes[*at].slot)
                && !governed()
        });
        object && subject.next().is_some_and(|at| nodes[at].slot == SPEAKER)
    }

    /// `Dessan said`: the speaker and the verb of saying stand right before.
    fn is_told_by_speaker(&self) -> bool {
        let mut before = self.unit.nodes.iter().rev();
        before.next().is_some_and(|node| node.says) && before.next().is_some_and(|node| node.slot == SPEAKER)
    }

    fn may_act(&self, slot: u32) -> bool {
        let entity = self.unit.slots[slot as usize].entity;
        slot == SPEAKER || entity.is_some_and(|entity| self.reader.entities.list[entity].kind == PartyKind::Person)
    }

    /// Whom a pronoun in the quotation means: the latest person of its gender who is not the speaker; else as outside.
    fn antecedent(&self, index: usize, pronoun: &Mention) -> Option<EntityId> {
        if !matches!(pronoun.gender, Gender::Female | Gender::Male) {
            return if pronoun.plural { self.several_before(index, pronoun) } else { None };
        }
        self.person_before(index, pronoun, FARTHEST_PARAGRAPH)
    }

    /// `They have no plan`: the last group or body in the same quotation; else the only one of this sentence and the one
    /// before.
    fn several_before(&self, index: usize, pronoun: &Mention) -> Option<EntityId> {
        let Reader { scan, entities, speaker, lexicons, .. } = self.reader;
        let mut only = [None; 3];
        let first = scan.opening_sentence(pronoun);
        let before = scan.mentions[..index].iter().zip(&entities.of_mention[..index]);
        for (mention, entity) in before.rev().take(FARTHEST_MENTION) {
            if mention.sentence + 1 < first || mention.paragraph + 1 < pronoun.paragraph {
                break;
            }
            let Some(id) = entity.filter(|id| Some(*id) != speaker && is_several(mention, &entities.list[*id])) else {
                continue;
            };
            if mention.quotation.is_some() && mention.quotation == pronoun.quotation {
                return Some(id);
            }
            let unnamed = entities.list[id].unnamed;
            // `people` are nobody in particular, and of what somebody is an aide nothing is said.
            let head = scan.words[mention.head.end - 1];
            let before = mention.tokens.start.checked_sub(1);
            let part = !mention.plural && before.is_some_and(|before| scan.classes[before].any(GOVERNING));
            let part = part || scan.is_in_dateline(mention.tokens.start);
            if unnamed && lexicons.descriptions.is(DescriptionKind::Anybody, head) || part {
                continue;
            }
            let tier = &mut only[if mention.quotation.is_some() { 0 } else { 1 + usize::from(unnamed) }];
            *tier = Some(tier.map_or(Some(id), |known: Option<EntityId>| known.filter(|known| *known == id)));
        }
        only.into_iter().flatten().next().flatten()
    }

    /// `He is kinder than Marrow`, `he knows that Marrow left`: whom the clause of a pronoun in the quotation names after it, that is
    /// not whom the pronoun means.
    fn named_by_subject(&self, index: usize, pronoun: &Mention) -> SmallVec<[EntityId; 2]> {
        let Reader { scan, entities, .. } = self.reader;
        let subject = pronoun.kind == MentionKind::Pronoun
            && pronoun.quotation.is_some()
            && !pronoun.possessive
            && scan.has(pronoun.tokens.start, Class::Subject);
        let after = scan.mentions[index + 1..].iter().zip(&entities.of_mention[index + 1..]);
        let after = after.take(if subject { FARTHEST_NAMED } else { 0 });
        let here = after.take_while(|(mention, _)| {
            let between = pronoun.tokens.end..mention.tokens.start.max(pronoun.tokens.end);
            let cut = |at: usize| scan.kind(at) == TokenKind::Comma || scan.has(at, Class::And);
            mention.sentence == pronoun.sentence
                && mention.quotation == pronoun.quotation
                && !between.into_iter().any(cut)
        });
        here.filter(|(mention, _)| mention.kind == MentionKind::Name).filter_map(|(_, entity)| *entity).collect()
    }

    /// `this man`, `this guy`
    fn is_pointed_at(&self, mention: &Mention) -> bool {
        let reader = self.reader;
        let first = mention.tokens.start;
        reader.scan.tokens[first].span().len() == 4
            && reader.scan.words[first] == reader.lexicons.stance.this
            && mention.party_kind == PartyKind::Person
            && !mention.plural
    }

    /// `A man came, and he lied`, not `my sister`, who may be known: a description before the pronoun in the quotation, which describes nobody else as
    /// `He is a man who` does.
    fn is_somebody_unnamed(&self, entity: &Entity, mention: &Mention, pronoun: &Mention) -> bool {
        let scan = self.reader.scan;
        let agrees = || mention.gender == pronoun.gender || mention.gender == Gender::Unknown;
        let describes = || {
            let before = mention.tokens.start.checked_sub(1);
            before.is_some_and(|at| {
                scan.has(at, Class::Be) || matches!(scan.kind(at), TokenKind::Comma | TokenKind::Dash)
            })
        };
        entity.unnamed
            && entity.kind == PartyKind::Person
            && mention.kind == MentionKind::Nominal
            && mention.quotation == pronoun.quotation
            && pronoun.kind == MentionKind::Pronoun
            && agrees()
            && !mention.plural
            && !mention.possessive
            && matches!(mention.determiner, Determiner::Definite | Determiner::Indefinite)
            && !describes()
    }

    /// The person before a mention who agrees with it in gender, is not the speaker, and stands out most: named shortly
    /// before, in the same quotation, or often in the article.
    fn person_before(&self, index: usize, pronoun: &Mention, reach: u32) -> Option<EntityId> {
        let Reader { scan, entities, speaker, interlocutor, .. } = self.reader;
        let interlocutor = interlocutor.filter(|_| pronoun.quotation.is_some());
        let (mut best, mut unnamed): (Option<(EntityId, f32)>, Option<EntityId>) = (None, None);
        let others = self.named_by_subject(index, pronoun);
        let mut seen: SmallVec<[EntityId; 16]> = SmallVec::new();
        for before in (index.saturating_sub(FARTHEST_MENTION)..index).rev() {
            let mention = &scan.mentions[before];
            let paragraphs = pronoun.paragraph.saturating_sub(mention.paragraph);
            if paragraphs > reach {
                break;
            }
            let Some(id) = entities.of_mention[before].filter(|id| Some(*id) != speaker && Some(*id) != interlocutor)
            else {
                continue;
            };
            let entity = &entities.list[id];
            if best.is_none() && unnamed.is_none() && self.is_somebody_unnamed(entity, mention, pronoun) {
                unnamed = Some(id);
            }
            // Of those named elsewhere, none comes before somebody in the same quotation.
            if unnamed.is_some() && mention.quotation != pronoun.quotation {
                return best.map_or(unnamed, |(id, _)| Some(id));
            }
            let person = entity.kind == PartyKind::Person && !entity.plural && !entity.unnamed;
            let agrees = entity.gender == pronoun.gender
                || pronoun.gender == Gender::Unknown
                || entity.gender == Gender::Unknown;
            let other = mention.kind == MentionKind::Relative || others.contains(&id);
            if !person || !agrees || other || seen.contains(&id) {
                continue;
            }
            // In the reporter's words the last one named in the sentence is meant.
            if pronoun.quotation.is_none() && mention.quotation.is_none() && mention.sentence == pronoun.sentence {
                return Some(id);
            }
            let numbers = &self.reader.lexicons.stance.numbers;
            let same_quotation = mention.quotation.is_some() && mention.quotation == pronoun.quotation;
            let score = numbers.antecedent_same * f32::from(same_quotation)
                - numbers.antecedent_paragraph * paragraphs as f32
                - numbers.antecedent_other * seen.len() as f32
                - numbers.antecedent_inner * f32::from(mention.inner)
                - numbers.antecedent_gender * f32::from(entity.gender == Gender::Unknown)
                + numbers.antecedent_often * (entity.mentions.len().max(1) as f32).ln();
            seen.push(id);
            if best.is_none_or(|(_, known)| score > known) {
                best = Some((id, score));
            }
        }
        best.map(|(id, _)| id).or(unnamed)
    }
}

/// Whom `they` may mean: a group, a body, or people whom the article describes.
fn is_several(mention: &Mention, entity: &Entity) -> bool {
    let body = matches!(entity.kind, PartyKind::Organisation | PartyKind::Group | PartyKind::Government);
    let definite = mention.determiner == Determiner::Definite;
    match mention.kind {
        _ if mention.inner => false,
        MentionKind::Name => body,
        MentionKind::Nominal if !entity.unnamed => body,
        MentionKind::Nominal if mention.plural => definite || mention.determiner == Determiner::None,
        MentionKind::Nominal => definite && matches!(entity.kind, PartyKind::Organisation | PartyKind::Group),
        _ => false,
    }
}
