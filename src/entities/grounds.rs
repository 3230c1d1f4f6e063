//! What speaks for or against a party that a pronoun may mean, beside how much it stands out: whom grammar forbids, who goes on to speak,
//! whose clause stands right before, who was asked.

use smallvec::SmallVec;

use super::candidates::{MOST_LOOKED_AT, Suits};
use super::salience::{SPEAKS, SUBJECT};
use super::{Builder, EntityId};
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::Gender;
use crate::lexicon::words::{Class, Classes};
use crate::scan::mention::{Mention, MentionKind};
use crate::scan::token::TokenKind;

/// A party that the speaker of a quotation names in it.
const SPOKEN_OF: f32 = -1.5;
/// A party that grammar forbids: `he` is not Lee in `he told Lee`.
pub(super) const FORBIDDEN: f32 = -4.0;
/// Mentions between who was asked and the pronoun of who answers, at most.
const MOST_BEFORE_ANSWER: usize = 8;
/// The subject of the clause right before: `if Lee wins, he will go`.
const OF_CLAUSE: f32 = 3.0;
/// Mentions between that subject and the pronoun, at most.
const MOST_IN_CLAUSE: usize = 8;
/// Mentions that stand within one another, at most.
const MOST_AROUND: usize = 6;
/// Who spoke before, where a verb says that somebody goes on: `she added`, at most so many paragraphs later.
const CONTINUED: f32 = 1.5;
const CONTINUED_AFTER: u32 = 2;
/// Words between a verb and what it is done to.
pub(super) const CLAUSE: usize = 12;

/// Why a party is more or less likely to be meant.
#[derive(Clone, Copy)]
enum Ground {
    SpokenOf,
    Forbidden,
    Continued,
    OfClause,
}

impl Ground {
    fn weight(self) -> f32 {
        match self {
            Self::SpokenOf => SPOKEN_OF,
            Self::Forbidden => FORBIDDEN,
            Self::Continued => CONTINUED,
            Self::OfClause => OF_CLAUSE,
        }
    }
}

/// What speaks for or against certain parties.
#[derive(Default)]
pub(super) struct Grounds {
    list: SmallVec<[(EntityId, Ground); 8]>,
    /// A bit for each party among them, and perhaps others: there are none for most who are asked for.
    some: u64,
}

impl Grounds {
    fn add(&mut self, entity: Option<EntityId>, ground: Ground) {
        if let Some(entity) = entity {
            self.list.push((entity, ground));
            self.some |= Self::bit(entity);
        }
    }

    fn bit(entity: EntityId) -> u64 {
        1 << (entity % 64)
    }

    /// Whether a quotation names a party that is said to have spoken it.
    pub(super) fn is_spoken_of(&self, entity: EntityId) -> bool {
        self.some & Self::bit(entity) != 0
            && self.list.iter().any(|(known, ground)| *known == entity && matches!(ground, Ground::SpokenOf))
    }

    /// Points with what an entity's grounds add, each once.
    pub(super) fn added_to(&self, mut points: f32, entity: EntityId) -> f32 {
        if self.some & Self::bit(entity) == 0 {
            return points;
        }
        let mut counted = 0;
        for (_, ground) in self.list.iter().filter(|(known, _)| *known == entity) {
            let bit = 1_u8 << *ground as u8;
            if counted & bit == 0 {
                points += ground.weight();
            }
            counted |= bit;
        }
        points
    }
}

impl Builder<'_> {
    /// All of them for a pronoun, given who spoke before where a verb tells that somebody goes on.
    pub(super) fn grounds(&self, index: usize, continued: Option<EntityId>) -> Grounds {
        let mut grounds = Grounds::default();
        self.add_named_in_its_quotations(index, &mut grounds);
        self.add_forbidden(index, &mut grounds);
        grounds.add(continued, Ground::Continued);
        let of_clause = self.asked_whether(index).or_else(|| self.subject_of_clause_before(index));
        grounds.add(of_clause.or_else(|| self.owner_by_deed(index)), Ground::OfClause);
        if let Some((asked, questioner)) = self.asked_before(index) {
            grounds.add(Some(asked), Ground::Continued);
            grounds.add(Some(questioner), Ground::Forbidden);
        }
        grounds
    }

    /// `Lee asked Hart whether she knew`: who is asked of what she did; not `asked Hart when she came in`.
    fn asked_whether(&self, index: usize) -> Option<EntityId> {
        let pronoun = &self.scan.mentions[index];
        let clause = pronoun.tokens.start.checked_sub(1)?;
        let asked = index.checked_sub(1)?;
        let mention = &self.scan.mentions[asked];
        if mention.kind != MentionKind::Name
            || mention.tokens.end != clause
            || !self.scan.has(clause, Class::Subordinator)
            || self.lexicons.descriptions.is(DescriptionKind::When, self.scan.words[clause])
        {
            return None;
        }
        let asks = self.scan.words[mention.tokens.start.checked_sub(1)?];
        let entity = self.entities.of_mention[asked]?;
        let suits = self.entities.known[entity].suits.any(Suits::pronoun(pronoun));
        (suits && self.lexicons.descriptions.is(DescriptionKind::Asking, asks)).then_some(entity)
    }

    /// Who was asked, and who asked, right before somebody answers: `Lee asked Hart if it was true. “No,” she replied.`
    pub(super) fn asked_before(&self, index: usize) -> Option<(EntityId, EntityId)> {
        let pronoun = &self.scan.mentions[index];
        let word = *self.scan.words.get(pronoun.tokens.end)?;
        let answers = self.lexicons.descriptions.is(DescriptionKind::Answering, word);
        if !answers && !self.scan.has(pronoun.tokens.end, Class::Say) {
            return None;
        }
        let near = (index.saturating_sub(MOST_BEFORE_ANSWER)..index).rev();
        let near = near.take_while(|at| {
            let mention = &self.scan.mentions[*at];
            mention.paragraph == pronoun.paragraph && mention.sentence + 1 >= pronoun.sentence
        });
        let asking = |at: usize| self.lexicons.descriptions.is(DescriptionKind::Asking, self.scan.words[at]);
        let mut named = near.filter(|at| self.scan.mentions[*at].quotation.is_none());
        let asked = named.find(|at| {
            let mention = &self.scan.mentions[*at];
            let verb = mention.tokens.start.checked_sub(1);
            mention.kind == MentionKind::Name && !mention.possessive && verb.is_some_and(asking)
        })?;
        let questioner = named.find(|at| self.is_subject(*at))?;
        let (asked, questioner) = (self.entities.of_mention[asked]?, self.entities.of_mention[questioner]?);
        // `He asked Ruehl if it was true. “Yes,” she said.`: only one of them is a woman.
        let suits = |id: EntityId| self.entities.known[id].suits.any(Suits::pronoun(pronoun));
        let told = answers || suits(asked) && !suits(questioner);
        (told && asked != questioner).then_some((asked, questioner))
    }

    /// `“It is over,” she added`: who spoke just before.
    pub(super) fn speaker_continued(&self, index: usize) -> Option<EntityId> {
        let pronoun = &self.scan.mentions[index];
        let verb = pronoun.tokens.end + usize::from(self.scan.has(pronoun.tokens.end, Class::Adverb));
        let word = *self.scan.words.get(verb)?;
        if !self.lexicons.descriptions.is(DescriptionKind::Continuing, word) {
            return None;
        }
        let before = self.spoken.partition_point(|(mention, _)| *mention < index).checked_sub(1)?;
        let (source, _) = self.spoken[before];
        let near = self.scan.mentions[source].paragraph + CONTINUED_AFTER >= pronoun.paragraph;
        self.sayer_between(source, index).or(self.entities.of_mention[source]).filter(|_| near)
    }

    /// Who is told to have said something, without marks, between a source and a pronoun that agrees.
    fn sayer_between(&self, source: usize, index: usize) -> Option<EntityId> {
        let pronoun = &self.scan.mentions[index];
        let between = (source + 1..index).rev().take(MOST_LOOKED_AT);
        let mut named = between.filter(|at| self.scan.mentions[*at].kind == MentionKind::Name);
        let at = named.find(|at| self.entities.trail[*at].salience >= SPEAKS + SUBJECT)?;
        let suits = |id: &EntityId| self.entities.known[*id].suits.any(Suits::pronoun(pronoun));
        self.entities.of_mention[at].filter(suits)
    }

    /// `If Lee wins, he will go`: the subject of the clause that the pronoun's follows. `If Lee wins, he said,` interrupts
    /// what somebody else says; `when Lee came, he said` may tell of Lee.
    fn subject_of_clause_before(&self, index: usize) -> Option<EntityId> {
        const SAYS: Classes = Classes::of(&[Class::Say, Class::Strong]);
        let pronoun = &self.scan.mentions[index];
        let comma = pronoun.tokens.start.checked_sub(1).filter(|at| self.scan.kind(*at) == TokenKind::Comma)?;
        if !self.scan.has(pronoun.tokens.start, Class::Subject) {
            return None;
        }
        let verb = pronoun.tokens.end;
        let says = self.scan.classes.get(verb)?.any(SAYS);
        let interrupts = says && self.scan.kind(verb + 1) == TokenKind::Comma;
        let before = (index.saturating_sub(MOST_IN_CLAUSE)..index).rev();
        let before = before.take_while(|at| self.scan.mentions[*at].sentence == pronoun.sentence);
        let subject = before.into_iter().find(|at| self.opens_clause(*at, comma))?;
        let opener = self.scan.mentions[subject].tokens.start - 1;
        let when = || self.lexicons.descriptions.is(DescriptionKind::When, self.scan.words[opener]);
        self.entities.of_mention[subject].filter(|_| !says || !interrupts && when())
    }

    /// `Hart, 54, gave the ring to his wife`: the subject of the sentence that a possessive stands in, where nobody else is named before
    /// it there whom it suits.
    fn owner_by_deed(&self, index: usize) -> Option<EntityId> {
        let pronoun = &self.scan.mentions[index];
        let suits = Suits::pronoun(pronoun);
        let before = (index.saturating_sub(MOST_IN_CLAUSE)..index).rev().filter(|_| pronoun.possessive);
        let mut owner = None;
        for at in before.take_while(|at| self.scan.mentions[*at].sentence == pronoun.sentence) {
            let mention = &self.scan.mentions[at];
            if mention.tokens.end > pronoun.tokens.start {
                continue;
            }
            let entity = self.entities.of_mention[at].filter(|_| mention.quotation.is_none())?;
            if !self.entities.known[entity].suits.any(suits) {
                continue;
            }
            if owner.is_some_and(|owner| owner != entity) {
                return None;
            }
            // `Loew's critics quote his remark`
            let opens = || mention.possessive && self.opens_sentence(mention);
            if mention.kind == MentionKind::Name && (self.is_subject(at) || opens()) {
                owner = Some(entity);
            } else if owner.is_none() {
                return None;
            }
        }
        owner
    }

    /// Whether a mention is the subject of a clause that a word like `if` opens and a comma ends.
    fn opens_clause(&self, index: usize, comma: usize) -> bool {
        const LEADS: Classes = Classes::of(&[Class::That, Class::And, Class::Say, Class::Strong, Class::Tell]);
        let mention = &self.scan.mentions[index];
        let start = self.scan.sentences[mention.sentence as usize].start;
        let Some(opener) = mention.tokens.start.checked_sub(1).filter(|at| *at >= start) else { return false };
        let free = !mention.possessive && !mention.inner && mention.quotation.is_none();
        free && self.scan.has(opener, Class::Subordinator)
            && (opener == start || self.scan.classes[opener - 1].any(LEADS) || self.is_break(opener - 1))
            && (mention.tokens.end..comma).all(|at| !self.is_break(at) || self.scan.has(at, Class::And))
    }

    /// The quotations that rest on a mention as their source.
    pub(super) fn quotations_of(&self, index: usize) -> impl Iterator<Item = usize> {
        let first = self.spoken.partition_point(|(mention, _)| *mention < index);
        let own = self.spoken[first..].iter().take_while(move |(mention, _)| *mention == index);
        own.map(|(_, quotation)| *quotation)
    }

    /// The parties that the quotations resting on a mention name: nobody says his own name.
    fn add_named_in_its_quotations(&self, index: usize, grounds: &mut Grounds) {
        if !self.speaks(index) {
            return;
        }
        for quotation in self.quotations_of(index) {
            let tokens = &self.scan.quotations[quotation].tokens;
            let first = self.scan.mentions.partition_point(|mention| mention.tokens.start < tokens.start);
            let within = (first..self.scan.mentions.len())
                .take(MOST_LOOKED_AT)
                .take_while(|mention| self.scan.mentions[*mention].tokens.start < tokens.end)
                .filter(|mention| self.scan.mentions[*mention].kind == MentionKind::Name);
            within.for_each(|mention| grounds.add(self.entities.of_mention[mention], Ground::SpokenOf));
        }
    }

    /// The parties that a pronoun cannot be: those named after it in its clause, the subject right before it where it is an
    /// object, and the one that waits for its verb meanwhile.
    fn add_forbidden(&self, index: usize, grounds: &mut Grounds) {
        let pronoun = &self.scan.mentions[index];
        if pronoun.possessive {
            return;
        }
        grounds.add(self.told_of_before(index), Ground::Forbidden);
        if let Some(waiting) = self.waiting_subject(index) {
            grounds.add(self.entities.of_mention[waiting], Ground::Forbidden);
        }
        let end = pronoun.tokens.end + CLAUSE;
        // How far nothing ends the clause.
        let mut at = pronoun.tokens.end;
        for (mention, after) in (index + 1..).zip(&self.scan.mentions[index + 1..]) {
            let start = after.tokens.start;
            if start >= end {
                break;
            }
            if after.kind != MentionKind::Name {
                continue;
            }
            if (at..=start).any(|at| self.is_break(at)) {
                break;
            }
            at = at.max(start + 1);
            grounds.add(self.entities.of_mention[mention], Ground::Forbidden);
        }
        if let Some(before) = index.checked_sub(1).filter(|_| self.scan.has(pronoun.tokens.start, Class::Object)) {
            let subject = &self.scan.mentions[before];
            let gap = pronoun.tokens.start.saturating_sub(subject.tokens.end);
            // `Lee spoke. It was clear.`
            if subject.sentence == pronoun.sentence && (1..=2).contains(&gap) && self.is_subject(before) {
                grounds.add(self.entities.of_mention[before], Ground::Forbidden);
            }
        }
    }

    /// Lee of `Lee, whom he called a liar`: who is told of in the clause whose subject a mention is.
    pub(super) fn told_of_before(&self, index: usize) -> Option<EntityId> {
        let relative = index.checked_sub(1)?;
        let Mention { kind, tokens, gender, .. } = &self.scan.mentions[relative];
        let right_before = tokens.end == self.scan.mentions[index].tokens.start;
        let of_person = *kind == MentionKind::Relative && *gender != Gender::Neuter;
        self.entities.of_mention[relative].filter(|_| of_person && right_before)
    }

    /// `Lee, he said, was a liar`, `Lee had, he said, lied`: who opens the sentence that the pronoun and a verb of saying interrupt.
    fn waiting_subject(&self, index: usize) -> Option<usize> {
        const SAYS: Classes = Classes::of(&[Class::Say, Class::Strong]);
        const BEGUN: Classes = Classes::of(&[Class::Be, Class::Have, Class::Modal]);
        let pronoun = &self.scan.mentions[index];
        let comma = pronoun.tokens.start.checked_sub(1).filter(|at| self.scan.kind(*at) == TokenKind::Comma)?;
        if !self.scan.classes.get(pronoun.tokens.end)?.any(SAYS) {
            return None;
        }
        let start = self.scan.sentences[pronoun.sentence as usize].start;
        let waits = |before: &usize| {
            let subject = &self.scan.mentions[*before].tokens;
            let begun = || subject.end + 1 == comma && self.scan.classes[subject.end].any(BEGUN);
            subject.start == start && (subject.end == comma || begun())
        };
        (index.saturating_sub(MOST_AROUND)..index).find(waits)
    }

    fn is_break(&self, at: usize) -> bool {
        matches!(self.scan.kind(at), TokenKind::Comma | TokenKind::Semicolon | TokenKind::Mark | TokenKind::Stop)
            || self.scan.has(at, Class::And)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ground_counts_once_in_whatever_order_they_come() {
        let mut grounds = Grounds::default();
        for ground in [Ground::Continued, Ground::OfClause, Ground::Continued] {
            grounds.add(Some(7), ground);
        }
        grounds.add(None, Ground::Forbidden);
        assert!((grounds.added_to(1.0, 7) - (1.0 + CONTINUED + OF_CLAUSE)).abs() < f32::EPSILON);
        assert!((grounds.added_to(1.0, 71) - 1.0).abs() < f32::EPSILON);
    }
}
