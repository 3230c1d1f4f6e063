//! Fits the confidence of every pattern to annotated articles, so that of the rows near 0.9 nine in ten rest on the right
//! words.
//!
//! The confidence of a pattern is the share of its decisions that are right, drawn toward that of its family (`after-…`,
//! `before-…`) as if `PRIOR_ROWS` more decisions had been right as often as those of the family; the family is drawn
//! toward all patterns in the same way. A pattern that shares the source of another quotation has a factor: its
//! confidence times that of the other quotation, summed over its decisions, is the number of right ones. Patterns that
//! decide nothing in the articles keep what they have.

use std::fmt::Write;

use rustc_hash::FxHashMap;

use super::gold::GoldDocument;
use super::judge::Judge;
use super::report::{BINS, Bin, calibration_error};
use super::score::{Prediction, verdicts};
use crate::attribution::{Attribution, Kind};
use crate::rounding::nearest;
use crate::scan::Scan;

/// Decisions that the prior is worth. A pattern seen five times is moved halfway to its family.
const PRIOR_ROWS: f64 = 5.0;
/// The confidences hang on each other; they are settled long before so many rounds.
const ROUNDS: usize = 30;
/// No pattern by itself is certain.
const HIGHEST: f64 = 0.99;

/// What was decided about one stretch between marks.
#[derive(Clone, Debug, Default, PartialEq)]
struct Decision {
    article: usize,
    /// Empty where no pattern decided.
    rule: String,
    /// The confidence that it has now.
    confidence: f64,
    /// Position of the decision whose source it shares.
    shares: Option<usize>,
    /// Whether the right source was found; of a stretch that is told not to be speech, whether it is none.
    right: bool,
    /// Whether it is a row with a source.
    is_row: bool,
}

/// The decisions over all articles.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    list: Vec<Decision>,
    articles: usize,
}

/// The confidences of patterns by name.
pub type Confidences = FxHashMap<String, f64>;

impl Decisions {
    /// Adds an article. Only the mentions count: `attributions` are those from before the speakers are named.
    pub fn add(&mut self, judge: &Judge, gold: &GoldDocument, scan: &Scan, attributions: &[Attribution]) {
        let prediction = |(at, attribution): (usize, &Attribution)| Prediction {
            span: scan.quotations[at].span,
            mention: attribution.source.map(|mention| scan.mentions[mention].span),
            ..Prediction::default()
        };
        let predictions: Vec<Prediction> = attributions.iter().enumerate().map(prediction).collect();
        let speech: Vec<Prediction> = of_speech(&predictions, attributions);
        let mut verdicts_of_speech = verdicts(judge, gold, &speech).into_iter();
        let of_all = verdicts(judge, gold, &predictions);
        let first = self.list.len();
        for (attribution, of_all) in attributions.iter().zip(of_all) {
            let right = match attribution.kind {
                Kind::Other => of_all.gold.is_none(),
                _ => verdicts_of_speech.next().is_some_and(|verdict| verdict.hit.source),
            };
            self.list.push(Decision {
                article: self.articles,
                rule: attribution.rule.clone(),
                confidence: attribution.confidence,
                shares: attribution.shares.map(|other| first + other),
                right,
                is_row: attribution.kind != Kind::Other && attribution.source.is_some(),
            });
        }
        self.articles += 1;
    }

    /// The confidences that the articles which `keep` picks by number tell.
    #[must_use]
    pub fn fit(&self, keep: impl Fn(usize) -> bool) -> Confidences {
        let kept: Vec<&Decision> = self.list.iter().filter(|one| keep(one.article) && !one.rule.is_empty()).collect();
        let mut confidences = Confidences::default();
        for _ in 0..ROUNDS {
            let mut rules: FxHashMap<&str, Share> = FxHashMap::default();
            for one in &kept {
                let base = one.shares.map_or(1.0, |other| self.confidence(&self.list[other], &confidences));
                rules.entry(&one.rule).or_default().add(base, one.right);
            }
            let mut families: FxHashMap<&str, Share> = FxHashMap::default();
            let mut all = Share::default();
            let mut names: Vec<&str> = rules.keys().copied().collect();
            names.sort_unstable();
            for name in &names {
                families.entry(family(name)).or_default().join(rules[name]);
                all.join(rules[name]);
            }
            let of_all = all.toward(0.5);
            for name in names {
                let highest =
                    if kept.iter().any(|one| one.rule == name && one.shares.is_some()) { 1.0 } else { HIGHEST };
                let fitted = rules[name].toward(families[family(name)].toward(of_all)).min(highest);
                confidences.insert(name.to_owned(), nearest(fitted * 100.0) as f64 / 100.0);
            }
        }
        confidences
    }

    /// The confidence of a decision, by the given ones where they have its rule.
    fn confidence(&self, one: &Decision, confidences: &Confidences) -> f64 {
        let base = one.shares.map(|other| &self.list[other]);
        match (confidences.get(&one.rule), base) {
            (Some(own), Some(base)) => own * self.confidence(base, confidences),
            (Some(own), None) => *own,
            (None, _) => one.confidence,
        }
    }

    /// The expected calibration error of the rows, each with the confidences that `of_article` gives for its article.
    #[must_use]
    pub fn error<'a>(&self, of_article: impl Fn(usize) -> Option<&'a Confidences>) -> f64 {
        let mut bins = [Bin::default(); BINS];
        for one in self.list.iter().filter(|one| one.is_row) {
            let Some(confidences) = of_article(one.article) else { continue };
            bins[Bin::of(self.confidence(one, confidences))].add(self.confidence(one, confidences), one.right);
        }
        calibration_error(&bins.map(Bin::mean))
    }

    /// The expected calibration error where every second article has the confidences fitted to the others: of each half,
    /// and of both together.
    #[must_use]
    pub fn cross_validation(&self) -> [f64; 3] {
        let fitted = [self.fit(|article| article % 2 == 1), self.fit(|article| article % 2 == 0)];
        let half = |half| self.error(|article| (article % 2 == half).then_some(&fitted[half]));
        [half(0), half(1), self.error(|article| Some(&fitted[article % 2]))]
    }

    /// What each rule decided and how its confidence changes from `now`, and how well such confidences hold.
    #[must_use]
    pub fn report(&self, now: &[(&str, f64)], fitted: &Confidences) -> String {
        let mut text = format!("{:<32}{:>9} {:>8} {:>8} {:>8}\n", "rule", "rows", "right", "before", "fitted");
        for (rule, before) in now {
            let Some(fitted) = fitted.get(*rule) else { continue };
            let of = || self.list.iter().filter(|one| one.rule == *rule);
            let (rows, right) = (of().count(), of().filter(|one| one.right).count());
            let share = right as f64 / rows.max(1) as f64;
            _ = writeln!(text, "{rule:<32}{rows:>9} {share:>8.3} {before:>8.2} {fitted:>8.2}");
        }
        let [first, second, both] = self.cross_validation();
        let unfitted = Confidences::default();
        let before = self.error(|_| Some(&unfitted));
        _ = writeln!(text, "\nexpected calibration error {before:.4} with the confidences from before");
        _ = writeln!(
            text,
            "{both:.4} where each half of the articles has those fitted to the other half ({first:.4}, {second:.4} alone)"
        );
        text
    }
}

fn of_speech(predictions: &[Prediction], attributions: &[Attribution]) -> Vec<Prediction> {
    let pairs = predictions.iter().zip(attributions);
    pairs.filter(|(_, attribution)| attribution.kind != Kind::Other).map(|(prediction, _)| prediction.clone()).collect()
}

/// Right decisions among those that could be.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    right: f64,
    whole: f64,
}

impl Share {
    fn add(&mut self, base: f64, right: bool) {
        self.whole += base;
        self.right += f64::from(u8::from(right));
    }

    fn join(&mut self, other: Self) {
        self.whole += other.whole;
        self.right += other.right;
    }

    fn toward(self, prior: f64) -> f64 {
        (self.right + PRIOR_ROWS * prior) / (self.whole + PRIOR_ROWS)
    }
}

/// Patterns of one family have the first word of their names in common.
fn family(rule: &str) -> &str {
    rule.split('-').next().unwrap_or(rule)
}

/// A list of patterns with the given confidences in their column; all else stays as it is.
#[must_use]
pub fn with_confidences(patterns: &str, confidences: &Confidences) -> String {
    let mut column = None;
    let mut text = String::with_capacity(patterns.len());
    for line in patterns.split_inclusive('\n') {
        let (row, end) = line.split_at(line.trim_end_matches(['\n', '\r']).len());
        let mut cells: Vec<String> = row.split('\t').map(str::to_owned).collect();
        match column {
            _ if row.is_empty() || row.starts_with('#') => {}
            None => column = cells.iter().position(|cell| cell == "confidence"),
            Some(at) => {
                if let (Some(fitted), true) = (confidences.get(&cells[0]), at < cells.len()) {
                    cells[at] = fitted.to_string();
                }
            }
        }
        text += &cells.join("\t");
        text += end;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decisions(rows: &[(&str, usize, usize, Option<usize>)]) -> Decisions {
        let mut list = Vec::new();
        for (rule, right, wrong, shares) in rows {
            let decision = |right| Decision {
                rule: (*rule).to_owned(),
                confidence: 0.5,
                shares: *shares,
                right,
                is_row: true,
                ..Decision::default()
            };
            list.extend((0..*right).map(|_| decision(true)));
            list.extend((0..*wrong).map(|_| decision(false)));
        }
        Decisions { list, articles: 1 }
    }

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 0.011, "{found} is not {expected}");
    }

    #[test]
    fn a_frequent_rule_has_its_own_share_a_rare_one_that_of_its_family() {
        let fitted =
            decisions(&[("after-a", 900, 100, None), ("after-b", 0, 1, None), ("split-a", 1, 1, None)]).fit(|_| true);
        near(fitted["after-a"], 0.9);
        near(fitted["after-b"], 0.75);
        near(fitted["split-a"], 0.7);
        assert!(!fitted.contains_key("before-a"));
    }

    #[test]
    fn nothing_is_certain_by_itself() {
        near(decisions(&[("after-a", 5000, 0, None)]).fit(|_| true)["after-a"], 0.99);
    }

    #[test]
    fn a_shared_source_is_sure_as_the_other_quotation_and_the_rule_together() {
        let found = decisions(&[("after-a", 800, 200, None), ("continued", 600, 400, Some(0))]);
        let fitted = found.fit(|_| true);
        near(fitted["continued"], 0.75);
        near(found.confidence(&found.list[1500], &fitted), 0.6);
        let unfitted = Confidences::default();
        assert!(found.error(|_| Some(&fitted)) < 0.01 && found.error(|_| Some(&unfitted)) > 0.15);
    }

    #[test]
    fn only_the_column_changes() {
        let patterns = "# confidence\nname\tconfidence\texample\nPART\t0\t\na\t0.5\t0.5 “x”\r\nb\t0.5\t\n";
        let fitted = Confidences::from_iter([("a".to_owned(), 0.9)]);
        let expected = "# confidence\nname\tconfidence\texample\nPART\t0\t\na\t0.9\t0.5 “x”\r\nb\t0.5\t\n";
        assert_eq!(with_confidences(patterns, &fitted), expected);
    }
}
