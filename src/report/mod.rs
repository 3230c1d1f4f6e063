//! One article with everything found in it and why, for a person to read: in the terminal or as a page. Makes strings
//! of a finished analysis; finds nothing, reads and writes nothing.

mod html;
mod terminal;

use std::mem::{Discriminant, discriminant};
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Span;
use crate::analyzer::Analysis;
use crate::attribution::{Attribution, Kind};
use crate::document::Document;
use crate::lexicon::Lexicons;
use crate::lexicon::ranker::Feature;
use crate::rounding::thousandths;
use crate::rows::{Rows, rows};
use crate::stance::{Position, Stance};
use crate::table::{QuoteRow, StanceRow};
pub use terminal::{Colour, Look};

/// Which stretches between marks are explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those that are speech: the rows of the quotes table.
    Speech,
    /// Titles, names and terms too.
    All,
}

/// An article, ready to be shown.
#[derive(Debug)]
pub struct Report<'a> {
    document: &'a Document,
    /// The article's paragraphs, without the white space between them.
    paragraphs: Vec<Span>,
    /// In text order.
    cards: Vec<Card<'a>>,
    /// The speakers' names in the order in which they first speak; a card's `voice` points here.
    voices: Vec<&'a str>,
    /// For each paragraph the marks in it.
    marks: Vec<Vec<(Span, Mark)>>,
    marked: FxHashSet<(Span, Discriminant<Mark>)>,
}

/// What is told of one quotation.
#[derive(Debug)]
struct Card<'a> {
    row: QuoteRow<'a>,
    stances: Vec<(Position, StanceRow<'a>)>,
    /// What spoke most for the source where it was ranked among others.
    evidence: String,
    /// The paragraph in which the quotation ends.
    paragraph: usize,
    /// Its speaker, an index of [`Report::voices`].
    voice: Option<usize>,
}

/// What a stretch of the text is. A card's number stands for its quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Quotation(usize),
    Source(usize),
    Cue,
    Via,
    Addressee,
    Target(Position),
}

/// Tells the positions apart without colour.
fn sign(position: Position) -> &'static str {
    match position {
        Position::Against => "−",
        Position::Neutral => "○",
        Position::For => "+",
    }
}

impl<'a> Report<'a> {
    /// Gathers what is to be shown of a document and its analysis.
    #[must_use]
    pub fn new(document: &'a Document, analysis: &'a Analysis, lexicons: &'a Lexicons, scope: Scope) -> Self {
        let Rows { quotes, stances, .. } = rows(document, analysis, lexicons, scope == Scope::All);
        let is_shown = |attribution: &Attribution| scope == Scope::All || attribution.kind != Kind::Other;
        let attributions = analysis.attributions.iter().enumerate();
        let shown = attributions.filter(|(_, attribution)| is_shown(attribution));
        let paragraphs = paragraphs(analysis);
        let mut report = Report {
            document,
            cards: Vec::with_capacity(quotes.len()),
            voices: Vec::new(),
            marks: vec![Vec::new(); paragraphs.len()],
            marked: FxHashSet::default(),
            paragraphs,
        };
        let mut stances = analysis.stances.iter().zip(stances).peekable();
        let mut speakers = FxHashMap::default();
        for (row, (number, attribution)) in quotes.into_iter().zip(shown) {
            report.mark(analysis, number, attribution);
            let voice = attribution.speaker.map(|speaker| {
                *speakers.entry(speaker).or_insert_with(|| {
                    report.voices.push(row.speaker);
                    report.voices.len() - 1
                })
            });
            let end = analysis.scan.quotations[number].span.end;
            let paragraph = report.paragraphs.partition_point(|paragraph| paragraph.end < end);
            let own = |(stance, _): &(&Stance, StanceRow<'a>)| stance.quotation == number;
            let own = std::iter::from_fn(|| stances.next_if(own));
            let stances = own.map(|(stance, row)| (stance.position, row)).collect();
            let evidence = evidence(attribution, lexicons);
            report.cards.push(Card { row, stances, evidence, paragraph, voice });
        }
        for stance in &analysis.stances {
            report.add(stance.mention, Mark::Target(stance.position));
        }
        report
    }

    /// The article in signs and colours for a terminal.
    #[must_use]
    pub fn terminal(&self, look: Look) -> String {
        terminal::render(self, look)
    }

    /// The article as one page that needs nothing else.
    #[must_use]
    pub fn html(&self) -> String {
        html::render(self)
    }

    /// Marks the parts of the quotation that the next card is about.
    fn mark(&mut self, analysis: &Analysis, number: usize, attribution: &Attribution) {
        let card = self.cards.len();
        let tokens = analysis.scan.quotations[number].marked_tokens();
        let (first, last) = (analysis.scan.tokens[tokens.start], analysis.scan.tokens[tokens.end - 1]);
        let mention = |mention: Option<usize>| mention.map(|mention| analysis.scan.mentions[mention].span);
        let found = [
            (Some(Span { start: first.start, end: last.end() }), Mark::Quotation(card)),
            (mention(attribution.source), Mark::Source(card)),
            (attribution.cue, Mark::Cue),
            (mention(attribution.via), Mark::Via),
            (mention(attribution.addressee), Mark::Addressee),
        ];
        for (span, mark) in found {
            if let Some(span) = span {
                self.add(span, mark);
            }
        }
    }

    /// Marks a stretch, unless it is marked so already: what serves several quotations is marked for the first.
    fn add(&mut self, span: Span, mark: Mark) {
        if span.is_empty() || !self.marked.insert((span, discriminant(&mark))) {
            return;
        }
        let first = self.paragraphs.partition_point(|paragraph| paragraph.end <= span.start);
        let reached = self.paragraphs[first..].iter().take_while(|paragraph| paragraph.start < span.end).count();
        for marks in &mut self.marks[first..first + reached] {
            marks.push((span, mark));
        }
    }

    fn headline(&self) -> &str {
        if self.document.title.is_empty() { &self.document.id } else { &self.document.title }
    }

    /// Outlet, date, author, id and place, those that are known.
    fn particulars(&self) -> Vec<&str> {
        let Document { outlet, date, author, id, location, title, .. } = self.document;
        let id: &str = if title.is_empty() { "" } else { id };
        [outlet.as_str(), date, author, id, location].into_iter().filter(|text| !text.is_empty()).collect()
    }

    /// `12 quotations, 11 with a speaker · 6 speakers · 5 stances`
    fn counts(&self) -> String {
        let speech = self.cards.iter().filter(|card| card.row.kind != "other");
        let attributed = speech.clone().filter(|card| !card.row.speaker_mention.is_empty()).count();
        let stances: usize = self.cards.iter().map(|card| card.stances.len()).sum();
        format!(
            "{}, {attributed} with a speaker · {} · {}",
            count(speech.count(), "quotation"),
            count(self.voices.len(), "speaker"),
            count(stances, "stance")
        )
    }

    /// The cards under a paragraph, with their numbers from 1.
    fn cards_of(&self, paragraph: usize) -> impl Iterator<Item = (usize, &Card<'_>)> {
        let first = self.cards.partition_point(|card| card.paragraph < paragraph);
        (first + 1..).zip(&self.cards[first..]).take_while(move |(_, card)| card.paragraph == paragraph)
    }
}

impl Card<'_> {
    /// Name and, in brackets, role; who it is where no name is known.
    fn speaker(&self) -> String {
        let QuoteRow { kind, speaker, speaker_role, speaker_mention, .. } = &self.row;
        match () {
            () if *kind == "other" => "not speech".into(),
            () if speaker.is_empty() && speaker_mention.is_empty() => "speaker unknown".into(),
            () if speaker.is_empty() => format!("“{}”, not resolved", flat(speaker_mention)),
            () if speaker_role.is_empty() || speaker_role == speaker => (*speaker).to_owned(),
            () => format!("{speaker} ({})", flat(speaker_role)),
        }
    }

    /// What the attribution rests on, as name and value.
    fn grounds(&self) -> Vec<(&'static str, String)> {
        let QuoteRow { rule, confidence, speaker_mention, speaker_start, cue, via, addressee, .. } = &self.row;
        let confidence = confidence.map(|confidence| format!(", confidence {confidence:.2}")).unwrap_or_default();
        let place = speaker_start.map(|start| format!(" (at {start})")).unwrap_or_default();
        let rule = if rule.is_empty() { "none fits" } else { rule };
        [
            ("rule", format!("{rule}{confidence}")),
            ("rests on", quoted(speaker_mention, &place)),
            ("for it", self.evidence.clone()),
            ("cue", quoted(cue, "")),
            ("via", flat(via)),
            ("said to", flat(addressee)),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
    }
}

/// The features that spoke most for the source, as ranker.tsv names them, with their weights.
fn evidence(attribution: &Attribution, lexicons: &Lexicons) -> String {
    let shown = |(feature, weight): &(Feature, f32)| {
        let name = feature.name(&lexicons.patterns)?;
        Some(format!("{name} {weight:+.1}"))
    };
    attribution.evidence.iter().filter_map(shown).collect::<Vec<_>>().join(", ")
}

fn quoted(text: &str, after: &str) -> String {
    if text.is_empty() { String::new() } else { format!("“{}”{after}", flat(text)) }
}

/// From the first word or sign of each paragraph to its last; white space and tags between paragraphs are left out.
fn paragraphs(analysis: &Analysis) -> Vec<Span> {
    let tokens = &analysis.scan.tokens;
    let span = |range: &Range<usize>| Span { start: tokens[range.start].start, end: tokens[range.end - 1].end() };
    analysis.scan.paragraphs.iter().map(span).collect()
}

/// `+0.62`, `-0.18`, `0.00`
fn score(value: f64) -> String {
    match thousandths(value) {
        -4..=4 => "0.00".into(),
        _ => format!("{value:+.2}"),
    }
}

/// How strong the score of a neutral stance would have to be, where its words have one: `, 0.46 needed`.
fn needed(stance: &StanceRow<'_>) -> String {
    let weak = stance.stance == "neutral" && thousandths(stance.article_score) != 0;
    if weak { format!(", {:.2} needed", stance.threshold) } else { String::new() }
}

/// `1 stance`, `2 stances`
fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// On one line, white space of any kind as single blanks.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most `signs` characters of a text on one line, cut between words where that is near.
fn cut(text: &str, signs: usize) -> String {
    let text = flat(text);
    let Some((end, _)) = text.char_indices().nth(signs) else { return text };
    let whole = &text[..end];
    let end = whole.rfind(' ').filter(|blank| *blank * 2 > whole.len()).unwrap_or(whole.len());
    format!("{}…", whole[..end].trim_end_matches([' ', ',', ';', ':']))
}

/// A sign that a text may show but that must not command the terminal or turn the line around.
fn is_command(sign: char) -> bool {
    sign.is_control() && !sign.is_whitespace()
        || matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{85}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyzer::Analyzer;

    /// Renders an article with the embedded lexicons.
    pub(super) fn with_report<T>(text: &str, scope: Scope, see: impl Fn(&Report<'_>) -> T) -> T {
        let document = Document {
            id: "d1".into(),
            title: "Vote <i>& row</i>".into(),
            outlet: "The Halden Courier".into(),
            date: "2026-03-04".into(),
            text: text.into(),
            ..Document::default()
        };
        let lexicons = Lexicons::embedded();
        let analysis = Analyzer::new(&lexicons).analyze(&document);
        see(&Report::new(&document, &analysis, &lexicons, scope))
    }

    #[test]
    fn a_multi_paragraph_quotation_has_its_card_at_its_end() {
        let text = "“One is here.\n\n“Two is here,” said Ann Lee.\n\nThe end.";
        let places = with_report(text, Scope::Speech, |report| {
            (report.paragraphs.len(), report.cards.iter().map(|card| card.paragraph).collect::<Vec<_>>())
        });
        assert_eq!(places, (3, vec![1]));
    }

    #[test]
    fn a_text_is_cut_between_words() {
        assert_eq!(cut("one two\nthree", 40), "one two three");
        assert_eq!(cut("one two, three four", 9), "one two…");
        assert_eq!(cut("Überlängenwort", 6), "Überlä…");
    }

    #[test]
    fn counts_are_words() {
        let text = "“We won the day,” Ann Lee said. “Yes we did,” Bo Hart said.";
        assert_eq!(
            with_report(text, Scope::Speech, |report| report.counts().split(" · ").next().map(str::to_owned)),
            Some("2 quotations, 2 with a speaker".into())
        );
        assert_eq!(count(1, "stance"), "1 stance");
    }

    #[test]
    fn an_empty_article_is_shown() {
        for text in ["", "   ", "\n\n", "No speech."] {
            with_report(text, Scope::All, |report| {
                assert!(report.html().contains("0 quotations"));
                assert!(report.terminal(Look { width: 60, colour: Colour::None }).contains("0 quotations"));
            });
        }
    }
}
