//! Whom a pronoun means: of the parties before it that agree with it, the one that stands out most.

use smallvec::SmallVec;

use super::candidates::{Choice, Fit, MOST_LOOKED_AT, SAME_GENDER, Suits, VAGUE};
use super::grounds::{CLAUSE, FORBIDDEN};
use super::trail::Traits;
use super::wording::without_shouting;
use super::{Builder, Entity, EntityId, Known, Resolution, Wording};
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::sets::GIVEN;
use crate::lexicon::words::{Class, Classes};
use crate::scan::mention::{Determiner, Mention, MentionKind};
use crate::scan::token::TokenKind;

/// Somebody without a name who has not spoken yet, where another who has may be meant.
const SILENT: f32 = -2.0;
/// Speakers before a pronoun that are asked whether they may be meant.
const LAST_SPEAKERS: usize = 8;
/// A pronoun tells a gender of whom this or the paragraph before names.
const NEAR_PARAGRAPH: u32 = 1;
/// From this lead over the second on, a choice is clear.
pub(super) const CLEAR: f32 = 0.6;
/// `they` may be two who were joined so many paragraphs before.
const FARTHEST_JOINT: u32 = 1;
/// Mentions of its sentence before a pronoun that are looked at, at most.
const MOST_IN_SENTENCE: usize = 12;
/// Mentions between who was told something and who says something, at most.
const MOST_BETWEEN: usize = 10;
/// Whom `it` and `they` mean, stands out at least so much.
const STANDS_OUT: f32 = 0.0;

/// The author's name, if it is one person's: `By Ann Lee`, not `Ann Lee and Bo Hart`, `News Desk, Dessan`.
fn sole_author(author: &str) -> Option<&str> {
    let author = author.trim();
    let name = author.strip_prefix("By ").unwrap_or(author);
    let is_name = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|sign| sign.is_alphabetic() || matches!(sign, '.' | '-' | '\'' | '’'))
    };
    let particle = |word: &str| word.len() <= 3 && word.chars().all(char::is_lowercase) && word != "and";
    let words = || name.split_whitespace();
    let all = words().all(|word| is_name(word) || particle(word));
    ((2..=4).contains(&words().count()) && all).then_some(name)
}

/// What a pronoun asks of those whom its gender and number suit, looked up for each without a branch.
struct Asks {
    gender: Gender,
    /// What is added where the gender is another or the same, and where it is vague who the party is.
    points: [[f32; 2]; 2],
    /// What must and must not be where the party's kind is told, and where it is not.
    needs: [Traits; 2],
    bars: [Traits; 2],
}

impl Asks {
    fn of(pronoun: &Mention) -> Self {
        let (gender, nothing) = (pronoun.gender, Traits::default());
        let plain = Self { gender, points: [[0.0; 2]; 2], needs: [nothing; 2], bars: [Traits::INDEFINITE; 2] };
        match gender {
            Gender::Female | Gender::Male => Self {
                points: [[0.0, 0.0 + VAGUE], [SAME_GENDER, SAME_GENDER + VAGUE]],
                // `the Patriarchate`: an article stands before no person's name.
                bars: [Traits::INDEFINITE, Traits::INDEFINITE.with(Traits::THING)],
                ..plain
            },
            Gender::Neuter => Self { needs: [nothing, Traits::DOCUMENT], ..plain },
            Gender::Unknown => plain,
        }
    }

    /// How an entity may be meant.
    fn fit(&self, known: &Known) -> Fit {
        let untold = known.kind == PartyKind::Unknown;
        let (same, vague) = (known.gender == self.gender, untold | known.unnamed);
        let points = self.points[usize::from(same)][usize::from(vague)];
        Fit { points, needs: self.needs[usize::from(untold)], bars: self.bars[usize::from(untold)] }
    }
}

impl Builder<'_> {
    /// A pronoun outside quotations.
    pub(super) fn pronoun(&mut self, index: usize) {
        if self.entities.of_mention[index].is_some() {
            return;
        }
        let pronoun = &self.scan.mentions[index];
        // `I` and `you` outside a quotation: of these only who writes is known; of `we` nobody.
        if pronoun.gender == Gender::Unknown && (!pronoun.plural || self.is_first_person(index)) {
            if !pronoun.plural {
                self.writer(index);
            }
            return;
        }
        if let Some(entity) = self.main_subject_after(index) {
            self.entities.tell(index, entity, Resolution::PronounClear);
            return;
        }
        if let Some(voice) = self.voice_before(index) {
            if let Some(body) = self.body_of_voice(voice, index) {
                self.entities.tell(index, body, Resolution::PronounOther);
            }
            return;
        }
        let telling = matches!(pronoun.gender, Gender::Female | Gender::Male);
        // Of whom he says `that she was great` is mostly, but not surely, himself.
        let retold = pronoun.tokens.start.checked_sub(1).is_some_and(|before| self.scan.has(before, Class::That));
        let subject = self.scan.has(pronoun.tokens.start, Class::Subject) && !retold;
        // How clear it is, is asked of who speaks, and where a pronoun may tell a gender.
        let asked = telling && (subject || self.speaks(index));
        let choice = self.standing_out(index, asked);
        if pronoun.plural
            && let Some(joint) = self.joint_before(index, FARTHEST_JOINT)
            && choice.is_none_or(|choice| choice.mention < self.entities.joints[joint].last())
        {
            let entity = self.joint_entity(joint);
            self.entities.tell(index, entity, Resolution::Joint);
            return;
        }
        let least = if telling { FORBIDDEN + 1.0 } else { STANDS_OUT };
        let Some(choice) = choice.filter(|choice| choice.score > least) else {
            if let Some(entity) = self.somebody_before(index) {
                self.entities.tell(index, entity, Resolution::PronounOther);
            }
            return;
        };
        let choice = if asked { self.nearer(index, choice) } else { choice };
        let how = self.how_sure(index, &choice);
        self.entities.tell(index, choice.entity, how);
        if subject && telling && how != Resolution::Unfound && choice.lead >= CLEAR {
            self.learn_gender(index, choice.entity);
        }
    }

    /// Of the parties before a pronoun that agree with it, the one that stands out most. Where it is `asked` how clear that is,
    /// more of them are looked at.
    fn standing_out(&self, index: usize, asked: bool) -> Option<Choice> {
        let pronoun = &self.scan.mentions[index];
        let continued = self.speaker_continued(index);
        let grounds = self.grounds(index, continued);
        let asks = Asks::of(pronoun);
        let spoke = self.spoke_before(index);
        let named_spoke = spoke.iter().any(|id| {
            let known = &self.entities.known[*id];
            !known.unnamed && known.gender == pronoun.gender
        });
        let (open, told_of) = (self.open_before(index), self.speaks_of_sentence(index));
        let barred = |known: &Known| {
            let first = known.first as usize;
            let told = told_of.is_some_and(|[sentence, quotation]| {
                known.unnamed && first >= sentence || first >= quotation && !self.is_subject(first)
            });
            told && first < index || open.is_some_and(|open| (open..index).contains(&first) && !self.is_subject(first))
        };
        let judge = |id: EntityId, known: &Known| {
            if grounds.is_spoken_of(id) && self.is_first_named_by(index, known) || barred(known) {
                return None;
            }
            let mut fit = asks.fit(known);
            fit.points = grounds.added_to(fit.points, id);
            if named_spoke && known.unnamed && !spoke.contains(&id) && !self.was_subject(id, index) {
                fit.points += SILENT;
            }
            Some(fit)
        };
        // Who spoke before may stand farther back than a look ends that has found somebody clear.
        let enough = continued.is_none().then_some(if asked { CLEAR } else { 0.0 });
        self.entities.most_salient(self.scan, index, (Suits::pronoun(pronoun), enough), judge)
    }

    /// Who stands out more, but in an earlier paragraph, is less likely meant than whom this one names.
    fn nearer(&self, index: usize, choice: Choice) -> Choice {
        let opened = || self.subject_of_sentence_before(index, choice.entity);
        match self.named_in_paragraph(index, choice.entity).or_else(opened) {
            Some((mention, entity)) => Choice { entity, mention, lead: 0.0, ..choice },
            None => choice,
        }
    }

    /// How sure it is that a pronoun means whom it is taken to mean.
    fn how_sure(&self, index: usize, choice: &Choice) -> Resolution {
        let telling = matches!(self.scan.mentions[index].gender, Gender::Female | Gender::Male);
        match choice.lead {
            _ if !telling => Resolution::PronounOther,
            _ if self.may_answer(index, choice.entity) => Resolution::Unfound,
            _ if self.speaks(index) && self.may_be_somebody_named(choice.entity) => Resolution::Unfound,
            _ if self.speaks(index) && !self.may_speak(choice.entity) => Resolution::Unfound,
            f32::INFINITY => Resolution::PronounAlone,
            CLEAR.. => Resolution::PronounClear,
            _ => Resolution::PronounClose,
        }
    }

    /// Somebody of whom no word tells the gender has that of a pronoun near: `the girl` a page before may be whom `she` means
    /// instead.
    fn learn_gender(&mut self, index: usize, entity: EntityId) {
        if self.entities.known[entity].gender != Gender::Unknown {
            return;
        }
        let pronoun = &self.scan.mentions[index];
        let named = self.last_before(entity, index);
        let near = |named: usize| self.scan.mentions[named].paragraph + NEAR_PARAGRAPH >= pronoun.paragraph;
        if named.is_some_and(near) {
            self.entities.change(entity, |entity| entity.gender = pronoun.gender);
        }
    }

    /// `One minister went further. “It is mad,” they said.`: somebody without a name, the subject of the sentence before.
    fn somebody_before(&self, index: usize) -> Option<EntityId> {
        let pronoun = &self.scan.mentions[index];
        if !pronoun.plural || pronoun.gender != Gender::Unknown || !self.speaks(index) {
            return None;
        }
        let near = (index.saturating_sub(MOST_LOOKED_AT)..index).rev();
        let mut near = near.filter(|at| self.scan.mentions[*at].quotation.is_none()).peekable();
        let sentence = self.scan.mentions[*near.peek()?].sentence;
        let mut near = near.take_while(|at| {
            let mention = &self.scan.mentions[*at];
            mention.sentence == sentence && mention.paragraph == pronoun.paragraph && sentence < pronoun.sentence
        });
        let subject = near.find(|at| self.is_subject(*at))?;
        let entity = self.entities.of_mention[subject]?;
        let Entity { kind, unnamed, plural, .. } = self.entities.list[entity];
        (kind == PartyKind::Person && unnamed && !plural).then_some(entity)
    }

    /// `“You lied,” the judge told him. “I did not,” he said.`: of who spoke to one whom the pronoun suits no word tells that it
    /// suits him, too.
    fn may_answer(&self, index: usize, chosen: EntityId) -> bool {
        let pronoun = &self.scan.mentions[index];
        if !self.speaks(index) || !self.entities.known[chosen].unnamed {
            return false;
        }
        let near = (index.saturating_sub(MOST_BETWEEN)..index).rev();
        let mut near = near.filter(|at| self.scan.mentions[*at].quotation.is_none());
        let (Some(hearer), Some(speaker)) = (near.next(), near.next()) else { return false };
        let [told, teller] = [hearer, speaker].map(|at| &self.scan.mentions[at]);
        let close = told.paragraph == pronoun.paragraph && told.sentence + 1 >= pronoun.sentence;
        let gender = |id: usize| self.entities.known[id].gender == pronoun.gender;
        let agrees = told.gender == pronoun.gender || self.entities.of_mention[hearer].is_some_and(gender);
        close
            && agrees
            && teller.gender == Gender::Unknown
            && self.entities.of_mention[speaker] == Some(chosen)
            && told.tokens.start == teller.tokens.end + 1
            && self.scan.has(teller.tokens.end, Class::Tell)
    }

    /// `The Italian was asked. “No,” he said.`: of whom no name is known, while somebody named may be meant.
    fn may_be_somebody_named(&self, id: EntityId) -> bool {
        let Known { unnamed, first, .. } = self.entities.known[id];
        let first = first as usize;
        let plain = |mention: &Mention| mention.determiner == Determiner::Definite && self.is_bare(mention);
        unnamed && self.scan.mentions.get(first).is_some_and(plain) && self.may_be_named(first)
    }

    /// Whether anything tells that a party is a person: `The council wrote to Marlow. “We lost it,” she said.`
    fn may_speak(&self, id: EntityId) -> bool {
        let Entity { kind, gender, mentions, .. } = &self.entities.list[id];
        let mut latest = mentions.iter().rev().take(MOST_LOOKED_AT).map(|mention| *mention as usize);
        *kind != PartyKind::Unknown
            || *gender != Gender::Unknown
            || latest.any(|at| self.is_subject(at) || self.speaks(at))
    }

    /// A pronoun of the same gender, a subject before another in its sentence, of which nobody knows whom it means: of whom is
    /// first told after it, but as a subject, the second does not mean either. `He mocked Lee when he said so.`
    fn open_before(&self, index: usize) -> Option<usize> {
        let pronoun = &self.scan.mentions[index];
        let near = (index.saturating_sub(MOST_IN_SENTENCE)..index).rev();
        let near = near.take_while(|at| self.scan.mentions[*at].sentence == pronoun.sentence);
        let open = |at: &usize| {
            let other = &self.scan.mentions[*at];
            let alike = other.kind == MentionKind::Pronoun && other.gender == pronoun.gender && !other.possessive;
            alike && other.quotation.is_none() && self.scan.has(other.tokens.start, Class::Subject)
        };
        let open = near.filter(open).last()?;
        self.entities.of_mention[open].is_none().then_some(open)
    }

    /// The first mention of the sentence that a pronoun ends, saying what stands in it, and the first from its quotation on: of
    /// whom it first tells there, is whom he speaks of. `The plan is “a gift” to our youth, he said.`
    fn speaks_of_sentence(&self, index: usize) -> Option<[usize; 2]> {
        let pronoun = &self.scan.mentions[index];
        let quotation = self.quotations_of(index).next()?;
        let sentence = &self.scan.sentences[pronoun.sentence as usize];
        let said = &self.scan.quotations[quotation].tokens;
        let within = (sentence.start..pronoun.tokens.start).contains(&said.end);
        let first = |from: usize| self.scan.mentions.partition_point(|mention| mention.tokens.start < from);
        within.then(|| [sentence.start, said.start].map(first))
    }

    /// Whether nobody named a party before a quotation that rests on a mention: `“If Lee could help me I would be glad,” he said.`
    fn is_first_named_by(&self, index: usize, known: &Known) -> bool {
        let first = self.scan.mentions.get(known.first as usize);
        let Some(quotation) = first.and_then(|first| first.quotation) else { return false };
        self.quotations_of(index).any(|own| own == quotation as usize)
    }

    /// Whether somebody is the subject of the sentence before a pronoun, in the same paragraph.
    fn was_subject(&self, id: EntityId, index: usize) -> bool {
        let pronoun = &self.scan.mentions[index];
        self.last_before(id, index).is_some_and(|last| {
            let mention = &self.scan.mentions[last];
            mention.paragraph == pronoun.paragraph && mention.sentence + 1 >= pronoun.sentence && self.is_subject(last)
        })
    }

    /// Who spoke last before a pronoun that speaks.
    fn spoke_before(&self, index: usize) -> SmallVec<[EntityId; LAST_SPEAKERS]> {
        if !self.speaks(index) {
            return SmallVec::new();
        }
        let before = self.spoken.partition_point(|(mention, _)| *mention < index);
        let last = self.spoken[before.saturating_sub(LAST_SPEAKERS)..before].iter();
        last.filter_map(|(mention, _)| self.entities.of_mention[*mention]).collect()
    }

    /// Somebody else whom the pronoun suits and its own paragraph names before it, where `chosen` stands in none of its mentions.
    fn named_in_paragraph(&self, index: usize, chosen: EntityId) -> Option<(usize, EntityId)> {
        let pronoun = &self.scan.mentions[index];
        let near = (index.saturating_sub(MOST_LOOKED_AT)..index).rev();
        let near = near.take_while(|at| self.scan.mentions[*at].paragraph == pronoun.paragraph);
        let mut found = None;
        for at in near {
            let mention = &self.scan.mentions[at];
            let Some(entity) = self.entities.of_mention[at].filter(|_| mention.quotation.is_none()) else { continue };
            if entity == chosen {
                return None;
            }
            let suits = self.is_like_person(at) && self.entities.known[entity].suits.any(Suits::pronoun(pronoun));
            if found.is_none() && mention.kind == MentionKind::Name && !mention.inner && !mention.possessive && suits {
                found = Some((at, entity));
            }
        }
        found
    }

    /// Whether a mention is of a person, or of somebody by two names who does something and whom nothing tells to be anything else,
    /// not even a word as in `Super League`.
    fn is_like_person(&self, index: usize) -> bool {
        let Some(entity) = self.entities.of_mention[index] else { return false };
        let Known { kind, full, .. } = self.entities.known[entity];
        let head = &self.scan.mentions[index].head;
        let is_name =
            || head.len() > 1 && !self.scan.classes[head.clone()].iter().any(|classes| classes.has(Class::Common));
        kind == PartyKind::Person || kind == PartyKind::Unknown && full && self.is_subject(index) && is_name()
    }

    /// `Quillon was unmoved.`: a single name that does something, which nothing tells to be a person's or a thing's.
    fn is_lone_subject(&self, index: usize) -> bool {
        let Some(entity) = self.entities.of_mention[index] else { return false };
        let Mention { head, party_kind, .. } = &self.scan.mentions[index];
        let bare = head.len() == 1 && self.scan.mentions[index].tokens.len() == 1;
        let untold = *party_kind == PartyKind::Unknown && self.entities.known[entity].kind == PartyKind::Unknown;
        bare && untold && self.scan.classes[head.start].is_empty() && self.is_subject(index)
    }

    /// `Singer Lee spoke of love. “It is over,” she said.`: somebody else whom the pronoun suits and who is the subject of the
    /// sentence before the quotation, where `chosen` stands in none of its mentions.
    fn subject_of_sentence_before(&self, index: usize, chosen: EntityId) -> Option<(usize, EntityId)> {
        let pronoun = &self.scan.mentions[index];
        let near = (index.saturating_sub(MOST_LOOKED_AT)..index).rev();
        let mut near = near.filter(|at| self.scan.mentions[*at].quotation.is_none()).peekable();
        let sentence = self.scan.mentions[*near.peek().filter(|_| self.speaks(index))?].sentence;
        // `A reporter asked Lee how it was. He replied`
        if self.asked_before(index).is_some_and(|(asked, _)| asked == chosen) {
            return None;
        }
        let (mut found, mut named_aside) = (None, false);
        for at in near {
            let mention = &self.scan.mentions[at];
            if mention.sentence != sentence || mention.paragraph != pronoun.paragraph || sentence == pronoun.sentence {
                break;
            }
            let Some(entity) = self.entities.of_mention[at] else { continue };
            if entity == chosen && self.is_subject(at) {
                return None;
            }
            named_aside |= entity == chosen;
            let suits = (self.is_like_person(at) || self.is_lone_subject(at))
                && self.entities.known[entity].suits.any(Suits::pronoun(pronoun));
            // `Lee's next film is a comedy.`
            let topic = mention.possessive && self.opens_sentence(mention);
            let named = mention.kind == MentionKind::Name && (self.is_subject(at) || topic) && !named_aside;
            // `A nurse held her hand.`
            let introduced = mention.determiner == Determiner::Indefinite && self.opens_sentence(mention);
            if (named || introduced) && suits {
                found = Some((at, entity));
            }
        }
        found
    }

    fn is_first_person(&self, index: usize) -> bool {
        let word = self.scan.words[self.scan.mentions[index].tokens.start];
        self.lexicons.pronouns.get(&word).is_some_and(|pronoun| pronoun.person == 1)
    }

    /// `I asked her`: the author, where the article names one.
    fn writer(&mut self, index: usize) {
        let first = self.is_first_person(index);
        let is_person = |name: &&str| {
            let given = name.split_whitespace().next().unwrap_or("");
            self.lexicons.words.classes_of(given).any(GIVEN)
        };
        let Some(name) = sole_author(self.author).filter(|_| first).filter(is_person) else { return };
        // Looked for once: a text may say `I` often.
        let named = || self.entities.list.iter().position(|entity| self.words_of(&entity.name) == name);
        let known = self.writer.or_else(named);
        let writer = known.unwrap_or_else(|| {
            let name = Wording::Composed(without_shouting(name).into());
            self.entities.add(Entity { name, full: true, kind: PartyKind::Person, ..Entity::default() })
        });
        self.writer = Some(writer);
        self.entities.tell(index, writer, Resolution::PronounAlone);
    }

    /// `When asked what she thought, Ms. Lee smiled`: the subject that a clause before it waits for.
    fn main_subject_after(&self, index: usize) -> Option<EntityId> {
        const OPENERS: Classes = Classes::of(&[Class::Subordinator, Class::Relative]);
        let pronoun = &self.scan.mentions[index];
        let sentence = &self.scan.sentences[pronoun.sentence as usize];
        let opens = self.scan.classes.get(sentence.start).is_some_and(|classes| classes.any(OPENERS));
        if !opens || !matches!(pronoun.gender, Gender::Female | Gender::Male) {
            return None;
        }
        let comma = (pronoun.tokens.end..pronoun.tokens.end + CLAUSE)
            .find(|at| !matches!(self.scan.kind(*at), TokenKind::Lower | TokenKind::Number))
            .filter(|at| self.scan.kind(*at) == TokenKind::Comma)?;
        let next =
            self.scan.mentions[index + 1..].iter().take(6).position(|mention| mention.tokens.start == comma + 1)?;
        let mention = &self.scan.mentions[index + 1 + next];
        let entity = self.entities.of_mention[index + 1 + next]?;
        let named = mention.kind == MentionKind::Name && self.is_subject(index + 1 + next);
        let (traits, known) = (self.entities.trail[index + 1 + next].traits, &self.entities.known[entity]);
        let agrees = || known.suits.any(Suits::pronoun(pronoun)) && Asks::of(pronoun).fit(known).allows(traits);
        (named && agrees()).then_some(entity)
    }

    /// Whom a name tells more about: the source of `a source close to Lee who`. Without a comma `who` tells which one is meant,
    /// which a name does.
    fn described_by(&self, name: usize) -> Option<usize> {
        let start = self.scan.mentions[name].tokens.start;
        let before = (name.saturating_sub(3)..name).rev().find(|at| !self.scan.mentions[*at].inner)?;
        let nominal = &self.scan.mentions[before];
        let person = nominal.kind == MentionKind::Nominal && nominal.party_kind == PartyKind::Person;
        let led = self.is_governed(&self.scan.mentions[name]);
        let close = start.checked_sub(nominal.tokens.end).is_some_and(|gap| (1..=2).contains(&gap));
        (person && led && close).then_some(before)
    }

    /// The mention right before `who`, over a comma and over the place in `a senator from Iowa, who`.
    pub(super) fn before_relative(&self, index: usize) -> Option<EntityId> {
        let at = self.scan.mentions[index].tokens.start;
        let thing = self.scan.mentions[index].gender == Gender::Neuter;
        let mut candidate = None;
        for before in (index.saturating_sub(6)..index).rev() {
            let mention = &self.scan.mentions[before];
            let entity = self.entities.get(before);
            let person = entity.is_some_and(|entity| match entity.kind {
                PartyKind::Place | PartyKind::Event => false,
                PartyKind::Person => !thing,
                _ => true,
            });
            if mention.inner || mention.tokens.end > at || at - mention.tokens.end > 12 || !person {
                continue;
            }
            candidate = candidate.or(self.entities.of_mention[before]);
            // `a note from Rikka Quell who`: nobody whom the text names before.
            let named = mention.tokens.end == at && mention.kind == MentionKind::Name;
            let beside = named && mention.head.len() > 1;
            if named && let Some(told) = self.described_by(before) {
                return self.entities.of_mention[told];
            }
            if beside || entity.is_some_and(|entity| entity.kind == PartyKind::Person) {
                return self.entities.of_mention[before];
            }
        }
        candidate
    }
}
