//! Found quotations against annotated ones: matching, counts, errors.
//!
//! A found stretch matches an annotated one where they share at least half of the characters that they cover together
//! (intersection over union), one to one, the best pairs first. Precision and recall of the quotations count matches;
//! those of the speakers count matches whose mention meets the source in a word that carries it (see [`Judge::hit`]), over
//! all found quotations with a mention and over all annotated ones with a source.

use std::collections::BTreeMap;

use super::gold::{GoldDocument, GoldQuotation};
use super::judge::{Hit, Judge, length_class};
use super::report::{BINS, Bin, Breakdown, BreakdownRow, ErrorCase, Evaluation, Measure, RuleRow};
use crate::Span;
use crate::analyzer::Analysis;
use crate::attribution::{Attribution, Kind};
use crate::lexicon::Lexicons;
use crate::scan::quotation::Quotation;

/// A quotation that the program found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prediction {
    /// The words between the marks.
    pub span: Span,
    /// The mention that the attribution rests on.
    pub mention: Option<Span>,
    /// Who relayed it.
    pub via: Option<Span>,
    /// The speaker's name; may be empty.
    pub speaker: String,
    /// The pattern that decided.
    pub rule: String,
    /// 0 to 1.
    pub confidence: f64,
}

/// The quotations of an analysis, as the table of quotes shows them.
#[must_use]
pub fn predictions(text: &str, analysis: &Analysis, lexicons: &Lexicons) -> Vec<Prediction> {
    let Analysis { scan, entities, attributions, .. } = analysis;
    let mention = |at: Option<usize>| at.map(|mention| scan.mentions[mention].span);
    let pairs = attributions.iter().zip(&scan.quotations).filter(|(attribution, _)| attribution.kind != Kind::Other);
    let prediction = |(attribution, quotation): (&Attribution, &Quotation)| Prediction {
        span: quotation.span,
        mention: mention(attribution.source),
        via: mention(attribution.via),
        speaker: attribution.speaker.map_or("", |entity| entities.list[entity].name.of(text, lexicons)).to_owned(),
        rule: attribution.rule.clone(),
        confidence: attribution.confidence,
    };
    pairs.map(prediction).collect()
}

/// What became of a prediction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The annotated quotation that it matches.
    pub gold: Option<usize>,
    /// How well its mention is that one's source.
    pub hit: Hit,
}

/// One verdict for each prediction.
#[must_use]
pub fn verdicts(judge: &Judge, gold: &GoldDocument, predictions: &[Prediction]) -> Vec<Verdict> {
    let text = gold.document.text.as_str();
    let found: Vec<Span> = predictions.iter().map(|prediction| prediction.span).collect();
    let annotated: Vec<Span> = gold.quotations.iter().map(|quotation| quotation.span).collect();
    let matched = matches(text, &found, &annotated);
    let verdict = |(prediction, matched): (&Prediction, Option<usize>)| {
        let hit = matched.map(|matched| {
            let Prediction { mention, via, speaker, .. } = prediction;
            judge.hit(text, *mention, speaker, *via, &gold.quotations[matched].sources)
        });
        Verdict { gold: matched, hit: hit.unwrap_or_default() }
    };
    predictions.iter().zip(matched).map(verdict).collect()
}

/// The least share of common characters for a match.
const LEAST_OVERLAP: f64 = 0.5;

/// For each span of `found` the one of `annotated` that it matches.
fn matches(text: &str, found: &[Span], annotated: &[Span]) -> Vec<Option<usize>> {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (at, span) in found.iter().enumerate() {
        let near = annotated.iter().enumerate().filter(|(_, other)| other.overlaps(*span));
        pairs.extend(near.map(|(other, near)| (overlap(text, *span, *near), at, other)));
    }
    pairs.retain(|(overlap, ..)| *overlap >= LEAST_OVERLAP);
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut matched, mut taken) = (vec![None; found.len()], vec![false; annotated.len()]);
    for (_, at, other) in pairs {
        if matched[at].is_none() && !taken[other] {
            matched[at] = Some(other);
            taken[other] = true;
        }
    }
    matched
}

/// Shared characters over those covered together; of two spans that overlap.
fn overlap(text: &str, a: Span, b: Span) -> f64 {
    let characters = |start: u32, end: u32| Span { start, end }.of(text).chars().count() as f64;
    characters(a.start.max(b.start), a.end.min(b.end)) / characters(a.start.min(b.start), a.end.max(b.end))
}

/// Counts over documents.
#[derive(Debug, Default)]
pub struct Tally {
    evaluation: Evaluation,
    matched: usize,
    with_mention: usize,
    with_source: usize,
    both: usize,
    matched_with_source: usize,
    hits: [usize; 4],
    breakdowns: BTreeMap<(&'static str, &'static str), BreakdownRow>,
    rules: BTreeMap<String, RuleRow>,
    bins: [Bin; BINS],
}

impl Tally {
    /// Adds a document: its gold and what was found in it.
    pub fn add(&mut self, judge: &Judge, gold: &GoldDocument, predictions: &[Prediction]) {
        let verdicts = verdicts(judge, gold, predictions);
        let count = &mut self.evaluation;
        count.documents += 1;
        count.annotated += gold.quotations.len();
        count.found += predictions.len();
        count.indirect += gold.indirect;
        count.others += gold.others.len();
        self.with_source += gold.quotations.iter().filter(|quotation| !quotation.sources.is_empty()).count();
        let mut found: Vec<Option<usize>> = vec![None; gold.quotations.len()];
        for (at, (prediction, verdict)) in predictions.iter().zip(&verdicts).enumerate() {
            self.add_prediction(gold, prediction, *verdict);
            if let Some(matched) = verdict.gold {
                found[matched] = Some(at);
            }
        }
        let stretches: Vec<Span> =
            gold.quotations.iter().map(|quotation| quotation.span).chain(gold.others.iter().copied()).collect();
        for (quotation, found) in gold.quotations.iter().zip(found) {
            let found = found.map(|at| (&predictions[at], verdicts[at]));
            self.add_quotation(judge, gold, quotation, found, &stretches);
        }
    }

    fn add_prediction(&mut self, gold: &GoldDocument, prediction: &Prediction, verdict: Verdict) {
        self.matched += usize::from(verdict.gold.is_some());
        let right = verdict.hit.source;
        if prediction.mention.is_some() {
            self.with_mention += 1;
            let rule = self.rules.entry(prediction.rule.clone()).or_default();
            rule.rule.clone_from(&prediction.rule);
            rule.rows += 1;
            rule.right += usize::from(right);
            self.bins[Bin::of(prediction.confidence)].add(prediction.confidence, right);
        }
        if verdict.gold.is_none() {
            let on_other = gold.others.iter().any(|other| {
                other.overlaps(prediction.span)
                    && overlap(&gold.document.text, *other, prediction.span) >= LEAST_OVERLAP
            });
            self.evaluation.found_others += usize::from(on_other);
            let kind = if on_other { "no quotation: nobody annotated it" } else { "no quotation: no such stretch" };
            self.add_error(kind.to_owned(), gold, None, Some(prediction));
        }
    }

    fn add_quotation(
        &mut self,
        judge: &Judge,
        gold: &GoldDocument,
        quotation: &GoldQuotation,
        found: Option<(&Prediction, Verdict)>,
        stretches: &[Span],
    ) {
        let text = gold.document.text.as_str();
        let hit = found.map(|(_, verdict)| verdict.hit).unwrap_or_default();
        let has_source = !quotation.sources.is_empty();
        let mention = found.and_then(|(prediction, _)| prediction.mention);
        self.matched_with_source += usize::from(found.is_some() && has_source);
        self.both += usize::from(mention.is_some() && has_source);
        for (count, hit) in self.hits.iter_mut().zip([hit.source, hit.head, hit.name, hit.layer]) {
            *count += usize::from(hit);
        }
        let source = judge.source_kind(text, &quotation.sources);
        let length = length_class(quotation.span.of(text));
        let place = judge.source_place(text, quotation, stretches);
        let cue = judge.cue_kind(text, &quotation.cues);
        for (by, key) in [("source", source), ("length", length), ("place of the source", place), ("cue", cue)] {
            let row = self.breakdowns.entry((by, key)).or_default();
            row.annotated += 1;
            row.found += usize::from(found.is_some());
            row.with_source += usize::from(has_source);
            row.right += usize::from(hit.source);
        }
        let kind = match found {
            None => format!("not found ({length})"),
            Some(_) if !has_source || hit.source => return,
            Some(_) if mention.is_some() => format!("wrong speaker ({source}; {place})"),
            Some(_) => format!("no speaker ({source}; {place})"),
        };
        self.add_error(kind, gold, Some(quotation), found.map(|(prediction, _)| prediction));
    }

    fn add_error(
        &mut self,
        kind: String,
        gold: &GoldDocument,
        quotation: Option<&GoldQuotation>,
        found: Option<&Prediction>,
    ) {
        let text = gold.document.text.as_str();
        let Some(span) = quotation.map(|gold| gold.span).or(found.map(|found| found.span)) else { return };
        let sources = quotation.map(|gold| gold.sources.iter().map(|source| source.of(text)).collect::<Vec<_>>());
        self.evaluation.errors.push(ErrorCase {
            kind,
            document: gold.document.id.clone(),
            start: text[..span.start as usize].chars().count(),
            annotated: sources.map(|sources| sources.join(" … ")).unwrap_or_default(),
            found: found.and_then(|found| found.mention).map(|mention| mention.of(text).to_owned()).unwrap_or_default(),
            rule: found.map(|found| found.rule.clone()).unwrap_or_default(),
            context: context(text, span),
        });
    }

    /// The figures.
    #[must_use]
    pub fn finish(self) -> Evaluation {
        let Evaluation { annotated, found, .. } = self.evaluation;
        let speakers = |hits: usize| Measure::new(hits, self.with_mention, self.with_source);
        let [source, head, name, layer] = self.hits;
        let mut rules: Vec<RuleRow> = self.rules.into_values().collect();
        rules.sort_by_key(|row| std::cmp::Reverse(row.rows));
        Evaluation {
            quotations: Measure::new(self.matched, found, annotated),
            speakers: speakers(source),
            speakers_head: speakers(head),
            speakers_same_name: speakers(name),
            speakers_either_layer: speakers(layer),
            right_of_found: Measure::new(source, self.both, self.matched_with_source),
            recall_by: breakdowns(&self.breakdowns),
            rules,
            bins: self.bins.into_iter().map(Bin::mean).collect(),
            ..self.evaluation
        }
    }
}

fn breakdowns(rows: &BTreeMap<(&'static str, &'static str), BreakdownRow>) -> Vec<Breakdown> {
    let mut found: Vec<Breakdown> = Vec::new();
    for by in ["source", "length", "place of the source", "cue"] {
        let mut of: Vec<BreakdownRow> = rows
            .iter()
            .filter(|((table, _), _)| *table == by)
            .map(|((_, key), row)| BreakdownRow { key, ..*row })
            .collect();
        if by == "length" {
            // `16 words and more` is last, which is not its place among the letters.
            of.sort_by_key(|row| row.key.split(['-', ' ']).next().and_then(|number| number.parse::<u32>().ok()));
        }
        found.push(Breakdown { by, rows: of });
    }
    found
}

/// Characters shown to each side of a stretch.
const CONTEXT: usize = 160;

/// A stretch in double brackets with the text around it, in one line.
fn context(text: &str, span: Span) -> String {
    let (start, end) = (span.start as usize, span.end as usize);
    let before: usize = text[..start].chars().rev().take(CONTEXT).map(char::len_utf8).sum();
    let after: usize = text[end..].chars().take(CONTEXT).map(char::len_utf8).sum();
    let shown = format!("{}[[{}]]{}", &text[start - before..start], &text[start..end], &text[end..end + after]);
    shown.replace("\r\n", "\n").replace('\n', " ¶ ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::lexicon::files::Files;

    const TEXT: &str = "“We will rebuild it in spring,” warden Rhoda Quennell said. He called it “a very big bridge.”\n\n\
                        “Never again,” she told the mayor. A so-called “expert” left.";

    fn span(part: &str) -> Span {
        let start = TEXT.find(part).expect("a part of the text");
        Span::new(start, start + part.len())
    }

    fn gold() -> GoldDocument {
        let quotation = |part: &str, source: &str, cue: &str| GoldQuotation {
            span: span(part),
            sources: vec![span(source)],
            cues: vec![span(cue)],
        };
        GoldDocument {
            document: Document { id: "a".into(), text: TEXT.into(), ..Document::default() },
            quotations: vec![
                quotation("We will rebuild it in spring,", "warden Rhoda Quennell", "said"),
                quotation("a very big bridge.", "He", "called"),
                quotation("Never again,", "she", "told"),
            ],
            others: vec![span("expert")],
            indirect: 0,
        }
    }

    fn found(part: &str, mention: Option<&str>) -> Prediction {
        let rule = if mention.is_some() { "some-rule" } else { "" };
        Prediction {
            span: span(part),
            mention: mention.map(span),
            rule: rule.into(),
            confidence: 0.9,
            ..Prediction::default()
        }
    }

    fn perfect() -> Vec<Prediction> {
        let parts =
            [("We will rebuild it in spring,", "Quennell"), ("a very big bridge.", "He"), ("Never again,", "she")];
        parts.map(|(part, mention)| found(part, Some(mention))).to_vec()
    }

    fn score(predictions: &[Prediction]) -> Evaluation {
        let judge = Judge::new(&Files::embedded()).expect("the embedded list is good");
        let mut tally = Tally::default();
        tally.add(&judge, &gold(), predictions);
        tally.finish()
    }

    #[test]
    fn all_right_is_one_and_nothing_is_nought() {
        let all = score(&perfect());
        for measure in [all.quotations, all.speakers, all.speakers_head, all.right_of_found] {
            assert_eq!((measure.precision, measure.recall, measure.f1), (1.0, 1.0, 1.0));
        }
        assert_eq!((all.errors.len(), all.others, all.found_others), (0, 1, 0));
        let none = score(&[]);
        assert_eq!((none.quotations.f1, none.speakers.recall, none.errors.len()), (0.0, 0.0, 3));
    }

    #[test]
    fn a_match_shares_half_of_the_characters() {
        let hits = |shift: u32| {
            let Span { start, end } = span("We will rebuild it in spring,");
            let moved = Prediction { span: Span { start: start + shift, end: end + shift }, ..Prediction::default() };
            score(&[moved]).quotations.hits
        };
        // 29 characters (and two marks of three bytes behind them): 20 of 38 shared, then 18 of 40.
        assert_eq!((hits(9), hits(11)), (1, 0));
    }

    #[test]
    fn a_stretch_is_matched_once() {
        let twice = score(&[found("We will rebuild it in spring,", None), found("We will rebuild it in spring", None)]);
        assert_eq!((twice.quotations.hits, twice.quotations.precision), (1, 0.5));
    }

    #[test]
    fn what_nobody_annotated_is_an_error_of_its_own() {
        let mut predictions = perfect();
        predictions.push(found("expert", Some("mayor")));
        let scored = score(&predictions);
        assert_eq!((scored.quotations.precision, scored.speakers.precision), (0.75, 0.75));
        assert_eq!((scored.found_others, scored.errors[0].kind.as_str()), (1, "no quotation: nobody annotated it"));
        assert_eq!((scored.rules[0].rows, scored.rules[0].right), (4, 3));
    }

    #[test]
    fn breakdowns_and_errors_tell_where_it_is_wrong() {
        let mut predictions = perfect();
        predictions[1].mention = Some(span("Quennell"));
        let scored = score(&predictions);
        let error = &scored.errors[0];
        assert_eq!(error.kind, "wrong speaker (pronoun; same sentence, before)");
        assert_eq!(
            (error.annotated.as_str(), error.found.as_str(), error.rule.as_str()),
            ("He", "Quennell", "some-rule")
        );
        assert!(error.context.contains("it “[[a very big bridge.]]” ¶  ¶ “Never"), "{}", error.context);
        let by_source: Vec<(&str, usize, usize)> =
            scored.recall_by[0].rows.iter().map(|row| (row.key, row.annotated, row.right)).collect();
        assert_eq!(by_source, [("name", 1, 1), ("pronoun", 2, 1)]);
    }
}
