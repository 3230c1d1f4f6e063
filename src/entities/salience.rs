//! How much a mention stands out to the pronouns after it: by what it is in its sentence, and whether it speaks.

use super::Builder;
use super::trail::{Trace, Traits};
use crate::lexicon::sets::{BODIES, GOVERN, REPORTING, VERBS};
use crate::lexicon::spelling::Shape;
use crate::lexicon::words::{Class, Classes, Glance};
use crate::scan::mention::{Determiner, Mention, MentionKind};
use crate::scan::token::{Token, TokenKind};
use crate::scan::{Places, Scan};

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
/// Tokens of a place, and of those that it is of, at most, so that `of Ann of Bo of Cy` without end costs linear time.
const LONGEST_PLACE: usize = 26;

/// What may stand before the subject of a clause within another.
const OPENERS: Classes = Classes::of(&[Class::Subordinator, Class::That, Class::Relative]);
/// What may stand before a description that a verb says somebody to be.
const BEFORE_PREDICATE: Classes = Classes::of(&[Class::Be, Class::Adverb]);

/// How much a mention stands out for which what these bits mean holds: it speaks, is a subject, opens its sentence, and is
/// aside as a part of a name or description, and by what stands before it.
const SALIENCE: [f32; 32] = {
    let added = [SPEAKS, SUBJECT, OPENS, ASIDE, ASIDE];
    let mut all = [0.0; 32];
    let mut bits = 0;
    while bits < all.len() {
        let mut bit = 0;
        while bit < added.len() {
            if bits >> bit & 1 != 0 {
                all[bits] += added[bit];
            }
            bit += 1;
        }
        bits += 1;
    }
    all
};

/// What may be asked of mentions of each kind.
const MAY_STOP: [u8; MentionKind::COUNT] = {
    let mut all = [Stops::OTHERS; MentionKind::COUNT];
    all[MentionKind::Name as usize] = Stops::NAMES | Stops::APPOSED | Stops::JOINED | Stops::OTHERS;
    all[MentionKind::Demonym as usize] = Stops::NAMES;
    all[MentionKind::Nominal as usize] = Stops::APPOSED | Stops::OTHERS;
    all
};
/// Kinds of mentions, a bit each, of which it is asked in quotations, too, whom they mean.
const ANYWHERE: u8 = 1 << MentionKind::Nominal as u8 | 1 << MentionKind::Relative as u8;

/// The same of those that open a clause.
const RELATIVE: u8 = 1 << MentionKind::Relative as u8;

/// A mention where it stands.
#[allow(clippy::struct_excessive_bools)] // Independent facts of grammar, each asked for by itself.
struct Place<'a> {
    mention: &'a Mention,
    /// The classes of the token before it.
    before: Classes,
    /// Whether a comma stands there.
    after_comma: bool,
    /// Whether a preposition does.
    governed: bool,
    /// Whether it opens its sentence.
    opens: bool,
    /// Whether a comma, a bracket, a word like `representing`, or `of`, stands after it and what it describes.
    comma: bool,
    bracket: bool,
    participle: bool,
    of: bool,
    /// The token after it and what is inserted there.
    end: usize,
    after: Word,
    /// The classes of the last word of its name or of its noun.
    noun: Classes,
}

/// The tokens of a text with what is known of each, all equally many: one test tells whether there is one.
#[derive(Clone, Copy)]
struct Words<'a> {
    tokens: &'a [Token],
    classes: &'a [Classes],
    glances: &'a [Glance],
}

/// A token with what is known of it.
#[derive(Clone, Copy)]
struct Word {
    kind: TokenKind,
    classes: Classes,
    /// Whether it is a small word like `looted`.
    ends_in_ed: bool,
}

impl<'a> Words<'a> {
    fn of(scan: &'a Scan) -> Self {
        let tokens = scan.tokens.as_slice();
        Self { tokens, classes: &scan.classes[..tokens.len()], glances: &scan.glances[..tokens.len()] }
    }

    /// The token at a place; a stop where none is.
    #[inline]
    fn at(self, at: usize) -> Word {
        let Self { tokens, classes, glances } = self;
        if at >= tokens.len() {
            return Word { kind: TokenKind::Stop, classes: Classes::default(), ends_in_ed: false };
        }
        let kind = tokens[at].kind;
        let ends_in_ed = glances[at].shape.has(Shape::ED) & (kind == TokenKind::Lower);
        Word { kind, classes: classes[at], ends_in_ed }
    }
}

/// The mentions at which each way of telling whom others mean stops: the few that it may be about.
#[derive(Clone, Debug, Default)]
pub(super) struct Stops {
    /// Names.
    pub(super) names: Places,
    /// Names and descriptions beside which a comma or `of` stands, or that a name may follow.
    pub(super) apposed: Places,
    /// Names after `and`.
    pub(super) joined: Places,
    /// Descriptions, pronouns, and the names of bodies.
    pub(super) others: Places,
    /// For each mention a bit for each of these.
    of_mention: Vec<u8>,
}

impl Stops {
    /// A bit for each, in this order.
    const NAMES: u8 = 1;
    const APPOSED: u8 = 2;
    const JOINED: u8 = 4;
    const OTHERS: u8 = 8;

    /// Gathers what was noted of each mention.
    fn gather(&mut self) {
        let Self { names, apposed, joined, others, of_mention } = self;
        for (places, stop) in
            [(names, Self::NAMES), (apposed, Self::APPOSED), (joined, Self::JOINED), (others, Self::OTHERS)]
        {
            places.gather(of_mention, |stops| stops >> stop.trailing_zeros() & 1);
        }
    }
}

impl Builder<'_> {
    /// Tells of every mention what a later one asks of it, and chooses where to stop.
    #[inline(never)]
    pub(super) fn trail(&mut self, stops: &mut Stops) {
        let mentions = &self.scan.mentions;
        stops.of_mention.clear();
        let mut trail = std::mem::take(&mut self.entities.trail);
        let words = Words::of(self.scan);
        let mut speakers = 0;
        for (index, mention) in mentions.iter().enumerate() {
            let before = speakers;
            while self.spoken.get(speakers).is_some_and(|(mention, _)| *mention == index) {
                speakers += 1;
            }
            let speaks = speakers > before;
            let described = self.nominal_end(mention);
            let place = self.place(words, mention, described);
            let subject = self.is_subject_at(&place);
            let mut trace = Trace::of(self.scan, mention, place.noun);
            trace.described = described as u32;
            trace.salience = self.salience_of(&place, subject, speaks);
            trace.traits = trace.traits.with(Traits::SUBJECT.when(subject)).with(Traits::SPEAKS.when(speaks));
            trail.push(trace);
            stops.of_mention.push(self.stops_at(&place));
        }
        stops.gather();
        self.entities.trail = trail;
    }

    fn place<'m>(&self, words: Words<'_>, mention: &'m Mention, described: usize) -> Place<'m> {
        let (last, next) = (words.at(mention.tokens.start.wrapping_sub(1)), words.at(described));
        let governed = last.classes.any(GOVERN);
        let (comma, of) = (next.kind == TokenKind::Comma, next.classes.has(Class::Of));
        let bracket = next.kind == TokenKind::Open;
        let inserted = comma | of | bracket;
        // After a mention that a preposition governs nothing is inserted.
        let mut end = if governed { mention.tokens.end } else { described };
        if inserted & !governed {
            end = self.end_of_insertion(mention, described);
        }
        Place {
            mention,
            before: last.classes,
            after_comma: last.kind == TokenKind::Comma,
            governed,
            opens: self.opens_sentence(mention),
            comma,
            bracket,
            participle: self.is_participle(described),
            of,
            end,
            after: words.at(end),
            noun: words.at(mention.head.end.wrapping_sub(1)).classes,
        }
    }

    /// Which ways stop at a mention, told without a branch, as what comes next is anybody's guess.
    fn stops_at(&self, place: &Place<'_>) -> u8 {
        let Place { mention, comma, bracket, participle, of, .. } = *place;
        let (name, nominal) = (mention.kind == MentionKind::Name, mention.kind == MentionKind::Nominal);
        let unquoted = mention.quotation.is_none();
        let open = bracket | participle | (mention.determiner == Determiner::Indefinite);
        let beside = comma | name & of | nominal & open;
        let anywhere = ANYWHERE >> mention.kind as u8 & 1 != 0;
        let other = anywhere | !name & unquoted | name & self.may_have_body_noun(place);
        let asked = [true, beside & !mention.inner, unquoted & place.before.has(Class::And), other];
        asked.iter().rev().fold(0, |stops, asked| stops << 1 | u8::from(*asked)) & MAY_STOP[mention.kind as usize]
    }

    /// Whether a noun for a body may stand in a name, or right before it.
    fn may_have_body_noun(&self, place: &Place<'_>) -> bool {
        let head = &place.mention.head;
        let first = self.classes(head.start).with(self.classes(head.start.wrapping_sub(1)));
        first.with(place.noun).any(BODIES) | (head.len() > 2)
    }

    fn salience_of(&self, place: &Place<'_>, subject: bool, source: bool) -> f32 {
        let mention = place.mention;
        let sayer = self.is_sayer(place);
        let relative = RELATIVE >> mention.kind as u8 & 1 != 0;
        let led = relative | place.before.any(OPENERS.with(REPORTING));
        if led && (relative || self.is_subordinate(place)) {
            return SUBORDINATE + if sayer { SPEAKS_ASIDE } else { 0.0 };
        }
        // `According to Lee, it is over.`
        let according = self.classes(mention.tokens.start.wrapping_sub(2)).has(Class::According);
        let opens = place.opens | (subject & !place.opens && self.opens_main_clause(mention));
        let within = mention.possessive & !place.opens | mention.inner;
        let predicate = (mention.kind == MentionKind::Nominal) & place.before.any(BEFORE_PREDICATE);
        let aside = place.governed | (predicate && self.is_predicate(place));
        let holds = [source | sayer | according, subject | according, opens, within, aside];
        SALIENCE[holds.iter().rev().fold(0, |bits, holds| bits << 1 | usize::from(*holds))]
    }

    /// The classes of a token; none where no token is.
    fn classes(&self, at: usize) -> Classes {
        self.scan.classes.get(at).copied().unwrap_or_default()
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

    /// Of a description: `Lee is a host`, `Lee is now a host`.
    fn is_predicate(&self, place: &Place<'_>) -> bool {
        let adverb = place.before.has(Class::Adverb);
        let before = place.mention.tokens.start.saturating_sub(1 + usize::from(adverb));
        self.scan.has(before, Class::Be)
    }

    pub(super) fn opens_sentence(&self, mention: &Mention) -> bool {
        self.scan.sentences[mention.sentence as usize].start == mention.tokens.start
    }

    /// `when Lee came`, `Hart said Lee came`.
    #[inline(never)]
    fn is_subordinate(&self, place: &Place<'_>) -> bool {
        let tokens = &place.mention.tokens;
        // `after` may govern a clause or a name.
        let opens = place.before.any(OPENERS) && (!place.governed || self.is_verb(self.after_insertion(tokens.end)));
        let cue = tokens.start - 1;
        opens || self.is_cue(cue) && !self.is_inverted(cue) && self.is_verb(tokens.end)
    }

    pub(super) fn is_cue(&self, at: usize) -> bool {
        let classes = self.classes(at);
        classes.any(REPORTING) & classes.has(Class::Finite)
    }

    /// A cue before its subject follows what is said: `“We won,” said Lee`.
    fn is_inverted(&self, cue: usize) -> bool {
        cue.checked_sub(1).is_none_or(|before| !self.scan.tokens[before].is_word())
    }

    /// A cue stands beside the mention: `Lee said`, `Lee, a doctor, said`, `said Lee`.
    fn is_sayer(&self, place: &Place<'_>) -> bool {
        const SKIPPED: Classes = Classes::of(&[Class::Adverb, Class::Have]);
        let skip = usize::from(place.after.classes.any(SKIPPED));
        let after = self.is_cue(place.end + skip);
        let before = place.before.any(REPORTING) & place.mention.quotation.is_none();
        after
            || before && {
                let cue = place.mention.tokens.start - 1;
                self.is_cue(cue) && self.is_inverted(cue)
            }
    }

    /// The token after a mention, what it describes and what a comma, a bracket or `of` inserts there.
    #[inline(never)]
    fn end_of_insertion(&self, mention: &Mention, described: usize) -> usize {
        let end = mention.tokens.end;
        if self.is_apposed_subject(mention) && self.is_verb(end + 1) {
            return end + 1;
        }
        self.after_inserted(described)
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
        let Place { mention, end: at, after: Word { kind, classes: after, ends_in_ed }, .. } = *place;
        let name = mention.kind == MentionKind::Name;
        let (lower, apart) = (kind == TokenKind::Lower, (kind == TokenKind::Comma) | (kind == TokenKind::Open));
        let verb = after.any(VERBS) | ends_in_ed;
        let free = !(mention.inner | mention.possessive | place.governed);
        // `A woman who left said`
        let sure = verb | place.opens & (name & (lower | apart) | after.has(Class::Relative));
        let (late, led) = (after.has(Class::Adverb), name & lower & place.after_comma);
        // Few are left to be looked at once more.
        let later = || late && self.is_verb(at + 1) || led && self.follows_opening(mention);
        free & sure | (free & !sure & (late | led) && later())
    }

    /// `At the meeting, Lee all but wept`: behind the comma of what opens the sentence.
    fn follows_opening(&self, mention: &Mention) -> bool {
        const OPENERS: Classes = Classes::of(&[Class::Preposition, Class::Subordinator, Class::Time, Class::Adverb]);
        let (start, opening) = (mention.tokens.start, self.scan.sentences[mention.sentence as usize].start);
        let opens = mention.kind == MentionKind::Name
            && self.scan.kind(start.wrapping_sub(1)) == TokenKind::Comma
            && start > opening + 1
            && start - opening <= LONGEST_INSERTION
            && self.scan.classes[opening].any(OPENERS);
        opens && (opening..start - 1).all(|at| self.scan.kind(at) != TokenKind::Comma)
    }

    /// `At the meeting(,) Lee said`: the subject behind what opens the paragraph, with or without a comma.
    fn opens_main_clause(&self, mention: &Mention) -> bool {
        let (start, opening) = (mention.tokens.start, self.scan.sentences[mention.sentence as usize].start);
        let opens = (start > opening + 1)
            & (start <= opening + LONGEST_INSERTION)
            & self.scan.tokens[opening].opens_paragraph()
            & self.classes(opening).has(Class::Preposition);
        let led = || (opening..start).all(|at| self.scan.tokens[at].is_word() && !self.is_verb(at));
        opens && (self.follows_opening(mention) || led())
    }

    pub(super) fn is_verb(&self, at: usize) -> bool {
        let Some(classes) = self.scan.classes.get(at) else { return false };
        classes.any(VERBS) || self.ends_in_ed(at)
    }

    /// Whether a token is a small word like `looted`.
    fn ends_in_ed(&self, at: usize) -> bool {
        let ends = self.scan.glances.get(at).is_some_and(|glance| glance.shape.has(Shape::ED));
        ends & (self.scan.kind(at) == TokenKind::Lower)
    }

    /// The token after `, a doctor of note,` or `(R-Tex.)` where one stands at `at` and a verb follows it; else `at`.
    fn after_insertion(&self, at: usize) -> usize {
        if self.is_inserted(at) { self.after_inserted(at) } else { at }
    }

    /// Whether a token may open what is inserted.
    fn is_inserted(&self, at: usize) -> bool {
        matches!(self.scan.kind(at), TokenKind::Comma | TokenKind::Open) | self.scan.has(at, Class::Of)
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
        while self.scan.has(end, Class::Of) && end < at + LONGEST_PLACE {
            let first = end + 1 + usize::from(self.scan.has(end + 1, Class::Determiner));
            let named = |next: &usize| {
                let token = self.scan.tokens.get(*next);
                token.is_some_and(|token| token.is_capitalised() && !token.opens_paragraph())
            };
            let words = (first..first + LONGEST_PLACE).take_while(named).count();
            if words == 0 {
                return end;
            }
            end = first + words;
        }
        end
    }
}
