//! How much a mention stands out to the pronouns after it: by what it is in its sentence, and whether it speaks.

use super::Builder;
use super::trail::{Trace, Traits};
use crate::lexicon::words::{Class, Classes};
use crate::scan::mention::{Mention, MentionKind};
use crate::scan::token::TokenKind;

/// How much a source, or the subject of a reporting verb, stands out.
pub(super) const SPEAKS: f32 = 1.2;
/// A subject.
pub(super) const SUBJECT: f32 = 1.0;
/// The subject of a clause within another: `when Lee came`, `who came`; and if it speaks there.
const SUBORDINATE: f32 = 0.5;
const SPEAKS_ASIDE: f32 = 0.4;
/// What opens its sentence.
const OPENS: f32 = 0.5;
/// `Lee's`, a name within a description, what follows a preposition, `a host` in `Lee is a host`.
const ASIDE: f32 = -0.6;
/// What a mention stands out by at most.
pub(super) const MOST_SALIENT: f32 = SPEAKS + SUBJECT + OPENS;
/// Tokens between a name and its verb, at most.
const LONGEST_INSERTION: usize = 26;

/// Reporting verbs.
const CUES: Classes = Classes::of(&[Class::Say, Class::Strong, Class::Tell]);
/// Words that govern what stands after them.
pub(super) const GOVERN: Classes = Classes::of(&[Class::Preposition, Class::Of]);

/// A mention where it stands.
struct Place<'a> {
    mention: &'a Mention,
    /// The classes of the token before it.
    before: Classes,
    /// Whether a preposition stands there.
    governed: bool,
    /// Whether it opens its sentence.
    opens: bool,
    /// The token after it and what is inserted there.
    end: usize,
}

impl Builder<'_> {
    /// Tells of every mention what a later one asks of it.
    pub(super) fn trail(&mut self) {
        let mut speakers = self.spoken.iter().map(|(mention, _)| *mention).peekable();
        let mut trail = Vec::with_capacity(self.scan.mentions.len());
        for (index, mention) in self.scan.mentions.iter().enumerate() {
            let mut speaks = false;
            while speakers.next_if_eq(&index).is_some() {
                speaks = true;
            }
            let mut trace = Trace::of(self.scan, mention);
            if mention.kind == MentionKind::Nominal {
                trace.described = self.nominal_end(mention) as u32;
            }
            let place = self.place(mention, trace.described as usize);
            let subject = self.is_subject_at(&place);
            trace.salience = self.salience_of(&place, subject, speaks);
            let told = Traits::SUBJECT.when(subject).with(Traits::SPEAKS.when(speaks));
            trace.traits = trace.traits.with(told);
            trail.push(trace);
        }
        self.entities.trail = trail;
    }

    fn place<'m>(&self, mention: &'m Mention, described: usize) -> Place<'m> {
        let before = mention.tokens.start.checked_sub(1).map(|before| self.scan.classes[before]).unwrap_or_default();
        let governed = before.any(GOVERN);
        // After a mention that a preposition governs nothing is inserted.
        let end = if governed { mention.tokens.end } else { self.end_of(mention, described) };
        Place { mention, before, governed, opens: self.opens_sentence(mention), end }
    }

    fn salience_of(&self, place: &Place<'_>, subject: bool, source: bool) -> f32 {
        let mention = place.mention;
        if mention.kind == MentionKind::Relative || self.is_subordinate(place) {
            return SUBORDINATE + if self.is_sayer(place) { SPEAKS_ASIDE } else { 0.0 };
        }
        let mut salience = 0.0;
        // `According to Lee, it is over.`
        let according = mention.tokens.start.checked_sub(2).is_some_and(|at| self.scan.has(at, Class::According));
        if source || according || self.is_sayer(place) {
            salience += SPEAKS;
        }
        if subject || according {
            salience += SUBJECT;
        }
        if place.opens || subject && self.opens_main_clause(mention) {
            salience += OPENS;
        }
        if mention.possessive && !place.opens || mention.inner {
            salience += ASIDE;
        }
        if place.governed || self.is_predicate(mention) {
            salience += ASIDE;
        }
        salience
    }

    /// Whether a quotation rests on the mention.
    pub(super) fn speaks(&self, index: usize) -> bool {
        self.entities.trail[index].traits.has(Traits::SPEAKS)
    }

    /// Whether the mention is a subject.
    pub(super) fn is_subject(&self, index: usize) -> bool {
        self.entities.trail[index].traits.has(Traits::SUBJECT)
    }

    /// A preposition stands before it.
    pub(super) fn is_governed(&self, mention: &Mention) -> bool {
        mention.tokens.start > 0 && self.scan.classes[mention.tokens.start - 1].any(GOVERN)
    }

    /// `Lee is a host`
    fn is_predicate(&self, mention: &Mention) -> bool {
        if mention.kind != MentionKind::Nominal {
            return false;
        }
        let Some(before) = mention.tokens.start.checked_sub(1) else { return false };
        let before = if self.scan.has(before, Class::Adverb) { before.saturating_sub(1) } else { before };
        self.scan.has(before, Class::Be)
    }

    pub(super) fn opens_sentence(&self, mention: &Mention) -> bool {
        self.scan.sentences[mention.sentence as usize].start == mention.tokens.start
    }

    /// `when Lee came`, `Hart said Lee came`.
    fn is_subordinate(&self, place: &Place<'_>) -> bool {
        const OPENERS: Classes = Classes::of(&[Class::Subordinator, Class::That, Class::Relative]);
        if !place.before.any(OPENERS.with(CUES)) {
            return false;
        }
        let tokens = &place.mention.tokens;
        // `after` may govern a clause or a name.
        let opens = place.before.any(OPENERS) && (!place.governed || self.is_verb(self.after_insertion(tokens.end)));
        let cue = tokens.start - 1;
        opens || self.is_cue(cue) && !self.is_inverted(cue) && self.is_verb(tokens.end)
    }

    pub(super) fn is_cue(&self, at: usize) -> bool {
        self.scan.classes.get(at).is_some_and(|classes| classes.any(CUES) && classes.has(Class::Finite))
    }

    /// A cue before its subject follows what is said: `“We won,” said Lee`.
    fn is_inverted(&self, cue: usize) -> bool {
        cue.checked_sub(1).is_none_or(|before| !self.scan.tokens[before].is_word())
    }

    /// A cue stands beside the mention: `Lee said`, `Lee, a doctor, said`, `said Lee`.
    fn is_sayer(&self, place: &Place<'_>) -> bool {
        const SKIPPED: Classes = Classes::of(&[Class::Adverb, Class::Have]);
        let skip = usize::from(self.scan.classes.get(place.end).is_some_and(|classes| classes.any(SKIPPED)));
        let inverted = || {
            place.before.any(CUES) && {
                let cue = place.mention.tokens.start - 1;
                self.is_cue(cue) && self.is_inverted(cue)
            }
        };
        self.is_cue(place.end + skip) || place.mention.quotation.is_none() && inverted()
    }

    /// The token after a mention, what it describes and what is inserted there.
    fn end_of(&self, mention: &Mention, described: usize) -> usize {
        let end = mention.tokens.end;
        if self.is_apposed_subject(mention) && self.is_verb(end + 1) {
            return end + 1;
        }
        self.after_insertion(described)
    }

    /// `The mayor, Ann Lee, said`: a name between commas after what opens the sentence.
    fn is_apposed_subject(&self, mention: &Mention) -> bool {
        let (start, end) = (mention.tokens.start, mention.tokens.end);
        let is_comma = |at: usize| self.scan.kind(at) == TokenKind::Comma;
        if mention.kind != MentionKind::Name || !is_comma(end) {
            return false;
        }
        let opening = self.scan.sentences[mention.sentence as usize].start;
        if start <= opening + 1 || !is_comma(start - 1) {
            return false;
        }
        let before = opening..start - 1;
        before.len() <= LONGEST_INSERTION
            && !self.scan.classes[opening].any(Classes::of(&[Class::Preposition, Class::Subordinator]))
            && before.into_iter().all(|at| self.scan.tokens[at].is_word() && !self.is_verb(at))
    }

    /// Whether a verb follows a mention, or it opens its sentence as a subject does.
    fn is_subject_at(&self, place: &Place<'_>) -> bool {
        let Place { mention, end: at, .. } = *place;
        if mention.inner || mention.possessive || place.governed {
            return false;
        }
        self.is_verb(at)
            || self.scan.has(at, Class::Adverb) && self.is_verb(at + 1)
            || mention.kind == MentionKind::Name
                && match self.scan.kind(at) {
                    TokenKind::Lower => place.opens || self.follows_opening(mention),
                    TokenKind::Comma | TokenKind::Open => place.opens,
                    _ => false,
                }
    }

    /// `At the meeting, Lee all but wept`: behind the comma of what opens the sentence.
    fn follows_opening(&self, mention: &Mention) -> bool {
        const OPENERS: Classes = Classes::of(&[Class::Preposition, Class::Subordinator, Class::Time, Class::Adverb]);
        let (start, opening) = (mention.tokens.start, self.scan.sentences[mention.sentence as usize].start);
        let opens = mention.kind == MentionKind::Name
            && start > opening + 1
            && start - opening <= LONGEST_INSERTION
            && self.scan.kind(start - 1) == TokenKind::Comma
            && self.scan.classes[opening].any(OPENERS);
        opens && (opening..start - 1).all(|at| self.scan.kind(at) != TokenKind::Comma)
    }

    /// `At the meeting(,) Lee said`: the subject behind what opens the paragraph, with or without a comma.
    fn opens_main_clause(&self, mention: &Mention) -> bool {
        let (start, opening) = (mention.tokens.start, self.scan.sentences[mention.sentence as usize].start);
        let opens = start > opening + 1
            && start - opening <= LONGEST_INSERTION
            && self.scan.tokens[opening].opens_paragraph()
            && self.scan.has(opening, Class::Preposition);
        let led = || (opening..start).all(|at| self.scan.tokens[at].is_word() && !self.is_verb(at));
        opens && (self.follows_opening(mention) || led())
    }

    pub(super) fn is_verb(&self, at: usize) -> bool {
        const VERBS: Classes =
            Classes::of(&[Class::Be, Class::Have, Class::Do, Class::Modal, Class::Finite, Class::Verb]);
        let Some(classes) = self.scan.classes.get(at) else { return false };
        classes.any(VERBS) || self.ends_in_ed(at)
    }

    /// Whether a token is a small word like `looted`.
    fn ends_in_ed(&self, at: usize) -> bool {
        let token = self.scan.tokens[at];
        let end = token.end() as usize;
        token.kind == TokenKind::Lower
            && end - token.start as usize >= 2
            && self.text.as_bytes().get(end - 2..end) == Some(b"ed")
    }

    /// The token after `, a doctor of note,` or `(R-Tex.)` where one stands at `at` and a verb follows it; else `at`.
    fn after_insertion(&self, at: usize) -> usize {
        let inserted = matches!(self.scan.kind(at), TokenKind::Comma | TokenKind::Open) || self.scan.has(at, Class::Of);
        if inserted { self.after_inserted(at) } else { at }
    }

    fn after_inserted(&self, at: usize) -> usize {
        let open = self.after_place(at);
        let closing = match self.scan.kind(open) {
            TokenKind::Comma => TokenKind::Comma,
            TokenKind::Open => TokenKind::Close,
            _ if open > at && self.is_verb(open) => return open,
            _ => return at,
        };
        for close in open + 2..open + LONGEST_INSERTION {
            match self.scan.kind(close) {
                TokenKind::Stop | TokenKind::Mark => return at,
                kind if kind == closing => {
                    let after = close + 1 + usize::from(self.scan.kind(close + 1) == TokenKind::Comma);
                    if self.is_verb(after) || self.scan.has(after, Class::Adverb) && self.is_verb(after + 1) {
                        return after;
                    }
                }
                _ => {}
            }
        }
        at
    }

    /// The token after `of New York` or `of the Patriarchate of Jerusalem`, where that stands at `at`.
    pub(super) fn after_place(&self, at: usize) -> usize {
        let mut end = at;
        while self.scan.has(end, Class::Of) {
            let mut next = end + 1 + usize::from(self.scan.has(end + 1, Class::Determiner));
            let first = next;
            while self.scan.tokens.get(next).is_some_and(|token| token.is_capitalised() && !token.opens_paragraph()) {
                next += 1;
            }
            if next == first {
                return end;
            }
            end = next;
        }
        end
    }
}
