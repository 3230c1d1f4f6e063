//! What a speaker thinks of the parties that a quotation speaks of: against, neutral or for, with the words that tell.
//! A unit of nodes is read around each quotation, its words are bound to parties, and summed; what the same speaker says
//! of the same party elsewhere in the article counts too. Lexicon and numbers are data.

pub mod binding;
pub mod events;
pub mod evidence;
pub mod scoring;
pub mod targets;
pub mod unit;

use std::ops::Range;

use crate::Span;
use crate::attribution::{Attribution, Kind};
use crate::entities::{Entities, EntityId};
use crate::lexicon::Lexicons;
use crate::scan::Scan;
use scoring::Draft;
use unit::{Reader, Unit};

/// Where a speaker stands toward a party.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Position {
    /// Against it.
    Against,
    /// Speaks of it without evaluating it.
    #[default]
    Neutral,
    /// For it.
    For,
}

impl Position {
    /// As the tables write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Position::Against => "against",
            Position::Neutral => "neutral",
            Position::For => "for",
        }
    }
}

/// The stance of one quotation toward one party.
#[derive(Clone, Debug, PartialEq)]
pub struct Stance {
    /// The quotation, an index of [`Scan::quotations`].
    pub quotation: usize,
    /// The party.
    pub target: EntityId,
    /// The words that name the party.
    pub mention: Span,
    /// The verdict.
    pub position: Position,
    /// -1 to 1, of these words alone.
    pub score: f64,
    /// -1 to 1, with what the same speaker says of the same party elsewhere in the article.
    pub article_score: f64,
    /// 0 to 1.
    pub confidence: f64,
    /// How the party was found.
    pub rule: String,
    /// The words that decided.
    pub evidence: String,
}

/// What the stage works on.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The text.
    pub text: &'a str,
    /// Its scan.
    pub scan: &'a Scan,
    /// Its parties.
    pub entities: &'a Entities,
    /// Who said what.
    pub attributions: &'a [Attribution],
    /// The lexicons.
    pub lexicons: &'a Lexicons,
}

/// The stances of all quotations that are speech and have a source, in order of quotation and mention.
#[must_use]
pub fn find_stances(
    text: &str,
    scan: &Scan,
    entities: &Entities,
    attributions: &[Attribution],
    lexicons: &Lexicons,
) -> Vec<Stance> {
    let context = Context { text, scan, entities, attributions, lexicons };
    let mut drafts: Vec<Draft> = Vec::new();
    let mut unit = Unit::default();
    for (quotation, attribution) in attributions.iter().enumerate() {
        if attribution.kind == Kind::Other || attribution.source.is_none() {
            continue;
        }
        let reader = Reader { text, scan, entities, lexicons, speaker: attribution.speaker };
        let inside = scan.quotations[quotation].tokens.clone();
        unit.read(&reader, sentence_range(&context, quotation), &inside);
        let found = binding::bind(&mut unit, scan, &lexicons.stance);
        let before = carried_on(&context, quotation, &drafts);
        let targets = targets::find_targets(&context, quotation, &unit, &found, &before);
        scoring::score(&context, quotation, &unit, &found, targets, &mut drafts);
    }
    scoring::decide(&context, drafts)
}

/// The tokens of a quotation and of the reporter's sentence around it.
fn sentence_range(context: &Context<'_>, quotation: usize) -> Range<usize> {
    let scan = context.scan;
    let marked = scan.quotations[quotation].marked_tokens();
    let first = &scan.sentences[scan.sentence_of(marked.start)];
    let last = &scan.sentences[scan.sentence_of(marked.end.saturating_sub(1))];
    first.start..last.end.max(marked.end)
}

/// The targets of the stretch just before, if the same speaker spoke it in the same turn or paragraph.
fn carried_on(context: &Context<'_>, quotation: usize, drafts: &[Draft]) -> Vec<targets::Target> {
    let Some(last) = drafts.last().map(|draft| draft.quotation) else { return Vec::new() };
    let (attributions, scan) = (context.attributions, context.scan);
    let same_speaker = attributions[last].speaker.is_some() && attributions[last].speaker == attributions[quotation].speaker;
    let near = scan.quotations[last].paragraph == scan.quotations[quotation].paragraph
        || attributions[last].turn == attributions[quotation].turn;
    if !same_speaker || !near || last + 2 < quotation {
        return Vec::new();
    }
    drafts.iter().filter(|draft| draft.quotation == last).map(|draft| draft.target.clone()).collect()
}
