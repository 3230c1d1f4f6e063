//! The figures of an evaluation, and how they are shown.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

/// Precision, recall and their harmonic mean, with the counts behind them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Measure {
    /// `hits / found`; 0 where nothing was found.
    pub precision: f64,
    /// `hits / annotated`; 0 where nothing was annotated.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
    /// Right ones.
    pub hits: usize,
    /// Those that the program gave.
    pub found: usize,
    /// Those that annotators gave.
    pub annotated: usize,
}

impl Measure {
    /// From the counts.
    #[must_use]
    pub fn new(hits: usize, found: usize, annotated: usize) -> Self {
        let (precision, recall) = (ratio(hits, found), ratio(hits, annotated));
        let f1 = if hits == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
        Self { precision, recall, f1, hits, found, annotated }
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The quotations of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BreakdownRow {
    /// The kind.
    pub key: &'static str,
    /// Annotated quotations.
    pub annotated: usize,
    /// Those of them that were found.
    pub found: usize,
    /// Those of them with a source.
    pub with_source: usize,
    /// Those found with the right source.
    pub right: usize,
}

/// Annotated quotations by one of their properties.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Breakdown {
    /// The property.
    pub by: &'static str,
    /// One for each of its values.
    pub rows: Vec<BreakdownRow>,
}

/// What a rule decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RuleRow {
    /// Its name.
    pub rule: String,
    /// Quotations to which it gave a source.
    pub rows: usize,
    /// Those with the right one.
    pub right: usize,
}

/// Found quotations with a confidence in one tenth of its range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Bin {
    /// How many.
    pub rows: usize,
    /// Those with the right source.
    pub right: usize,
    /// Their mean confidence.
    pub confidence: f64,
}

/// Bins of equal width for the confidence.
pub const BINS: usize = 10;

impl Bin {
    /// The number of the bin of a confidence.
    #[must_use]
    pub fn of(confidence: f64) -> usize {
        // The confidences are decimals: 0.7 shall not fall below its bin for want of a last bit.
        (1..BINS).filter(|edge| confidence + 1e-9 >= *edge as f64 / BINS as f64).count()
    }

    /// Counts a row; the confidences are summed.
    pub fn add(&mut self, confidence: f64, right: bool) {
        self.rows += 1;
        self.right += usize::from(right);
        self.confidence += confidence;
    }

    /// The bin with the sum of its confidences turned into their mean.
    #[must_use]
    pub fn mean(self) -> Self {
        Self { confidence: if self.rows == 0 { 0.0 } else { self.confidence / self.rows as f64 }, ..self }
    }
}

/// How far confidence and the share of right rows lie apart, averaged over the rows: the expected calibration error (Naeini
/// et al. 2015). The bins hold means.
#[must_use]
pub fn calibration_error(bins: &[Bin]) -> f64 {
    let rows: usize = bins.iter().map(|bin| bin.rows).sum();
    let gap = |bin: &Bin| bin.rows as f64 * (bin.confidence - ratio(bin.right, bin.rows)).abs();
    if rows == 0 { 0.0 } else { bins.iter().map(gap).sum::<f64>() / rows as f64 }
}

/// One error, for reading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ErrorCase {
    /// What kind of error.
    pub kind: String,
    /// Id of the article.
    pub document: String,
    /// Where the quotation begins, in code points.
    pub start: usize,
    /// The annotated source; empty where there is none.
    pub annotated: String,
    /// The mention that the program took; empty where it took none.
    pub found: String,
    /// The rule that decided; empty where none did.
    pub rule: String,
    /// The quotation in double brackets, with the text around it.
    pub context: String,
}

/// All figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Evaluation {
    /// Articles measured.
    pub documents: usize,
    /// Annotated quotations.
    pub annotated: usize,
    /// Found ones.
    pub found: usize,
    /// Annotated contents without quotation marks, which are not measured.
    pub indirect: usize,
    /// Stretches between marks that no annotator attributed.
    pub others: usize,
    /// Those of them that the program takes for quotations.
    pub found_others: usize,
    /// Quotations found.
    pub quotations: Measure,
    /// Found with the right source: the mention meets it in a word that carries it.
    pub speakers: Measure,
    /// The same, and in its head word.
    pub speakers_head: Measure,
    /// The same person by a mention elsewhere counts too.
    pub speakers_same_name: Measure,
    /// The one who relayed it counts too.
    pub speakers_either_layer: Measure,
    /// Right ones among the found quotations that have a source; the precision over those with a mention.
    pub right_of_found: Measure,
    /// Recall by kinds of quotations.
    pub recall_by: Vec<Breakdown>,
    /// Precision by rule, the most frequent first.
    pub rules: Vec<RuleRow>,
    /// Right ones by confidence, in ten bins of equal width.
    pub bins: Vec<Bin>,
    /// Every error, in text order.
    pub errors: Vec<ErrorCase>,
}

impl Evaluation {
    /// The figures as JSON, without the errors.
    ///
    /// # Panics
    /// Never: numbers and texts are JSON.
    #[must_use]
    pub fn json(&self) -> String {
        let without = Self { errors: Vec::new(), ..self.clone() };
        serde_json::to_string_pretty(&without).expect("numbers and texts are JSON") + "\n"
    }

    /// The figures to be read.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text =
            format!("{} articles, {} annotated quotations, {} found", self.documents, self.annotated, self.found);
        if self.indirect > 0 {
            _ = write!(text, "; {} annotated contents without quotation marks are not measured", self.indirect);
        }
        text += "\n\n                            precision  recall     F1\n";
        for (name, measure) in [
            ("quotations", self.quotations),
            ("speakers", self.speakers),
            ("  by the head word", self.speakers_head),
            ("  or the same name", self.speakers_same_name),
            ("  or the relay", self.speakers_either_layer),
        ] {
            let Measure { precision, recall, f1, hits, found, annotated } = measure;
            let counts = format!("{hits} of {found} found, {annotated} annotated");
            _ = writeln!(text, "{name:<28}{precision:>9.3} {recall:>7.3} {f1:>6.3}   {counts}");
        }
        let given = self.right_of_found;
        _ = writeln!(
            text,
            "\nOf {} found quotations with a source {:.3} have the right one.",
            given.annotated, given.recall
        );
        let Self { others, found_others, .. } = self;
        _ = writeln!(
            text,
            "Of {others} stretches between marks that nobody attributed {found_others} are taken for quotations."
        );
        self.tables(&mut text);
        text
    }

    fn tables(&self, text: &mut String) {
        for Breakdown { by, rows } in &self.recall_by {
            let head = format!("recall by {by}");
            _ = writeln!(text, "\n{head:<32}{:>9} {:>10} {:>8}", "annotated", "quotations", "speakers");
            for row in rows {
                let (found, right) = (ratio(row.found, row.annotated), ratio(row.right, row.with_source));
                let right = if row.with_source == 0 { "-".to_owned() } else { format!("{right:.3}") };
                _ = writeln!(text, "  {:<30}{:>9} {found:>10.3} {right:>8}", row.key, row.annotated);
            }
        }
        _ = writeln!(text, "\n{:<32}{:>9} {:>10}", "precision by rule", "rows", "right");
        for RuleRow { rule, rows, right } in &self.rules {
            _ = writeln!(text, "  {rule:<30}{rows:>9} {:>10.3}", ratio(*right, *rows));
        }
        _ = writeln!(text, "\n{:<32}{:>9} {:>10} {:>8}", "right by confidence", "rows", "confidence", "right");
        for (at, bin) in self.bins.iter().enumerate().filter(|(_, bin)| bin.rows > 0) {
            let range = format!("{:.1} to {:.1}", at as f64 / 10.0, (at + 1) as f64 / 10.0);
            let right = ratio(bin.right, bin.rows);
            _ = writeln!(text, "  {range:<30}{:>9} {:>10.3} {right:>8.3}", bin.rows, bin.confidence);
        }
        _ = writeln!(text, "  expected calibration error {:.4}", calibration_error(&self.bins));
    }

    /// About so many errors, spread evenly over the articles of each kind, the most frequent kind first.
    #[must_use]
    pub fn error_list(&self, count: usize) -> String {
        let mut kinds: BTreeMap<&str, Vec<&ErrorCase>> = BTreeMap::new();
        for error in &self.errors {
            kinds.entry(&error.kind).or_default().push(error);
        }
        let mut kinds: Vec<(&str, Vec<&ErrorCase>)> = kinds.into_iter().collect();
        kinds.sort_by_key(|(_, errors)| std::cmp::Reverse(errors.len()));
        let each = (count / kinds.len().max(1)).max(1);
        let mut text = String::new();
        for (kind, errors) in kinds.iter().take(count) {
            _ = writeln!(text, "\n## {kind}: {}", errors.len());
            for error in errors.iter().step_by((errors.len() / each).max(1)).take(each) {
                let ErrorCase { document, start, annotated, found, rule, context, .. } = error;
                let rule = if rule.is_empty() { "no rule" } else { rule };
                _ = writeln!(
                    text,
                    "- {document} {start}: annotated «{annotated}», found «{found}» ({rule})\n    {context}"
                );
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calibration_error_weighs_bins_by_their_rows() {
        let bins =
            [Bin { rows: 3, right: 3, confidence: 0.9 }, Bin::default(), Bin { rows: 1, right: 0, confidence: 0.5 }];
        assert!((calibration_error(&bins) - (3.0 * 0.1 + 0.5) / 4.0).abs() < 1e-12);
        assert!(calibration_error(&[Bin::default()]).abs() < 1e-12);
    }

    #[test]
    fn errors_are_spread_over_their_kinds() {
        let error = |kind: &str, start| ErrorCase { kind: kind.into(), start, ..ErrorCase::default() };
        let errors = vec![error("a", 1), error("b", 2), error("b", 3), error("b", 4), error("b", 5)];
        let shown = Evaluation { errors, ..Evaluation::default() }.error_list(4);
        let lines: Vec<&str> = shown.lines().filter(|line| line.starts_with(['#', '-'])).collect();
        let starts: Vec<&str> = lines.iter().map(|line| line.split(':').next().unwrap_or_default()).collect();
        assert_eq!(starts, ["## b", "-  2", "-  4", "## a", "-  1"]);
    }
}
