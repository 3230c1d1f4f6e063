//! The confidences: of a rule, that its party is spoken of; of a verdict, that it is right.

use std::collections::BTreeMap;
use std::io::{Write, stderr};

use onrecord::Lexicons;
use onrecord::lexicon::stance::RuleName;
use onrecord::stance::Position;

use crate::gold::{Article, Judged};

/// Rows that the prior is worth.
const PRIOR_ROWS: f64 = 10.0;
/// No rule by itself is certain.
const HIGHEST: f64 = 0.95;

/// A row with what the annotators say of it.
struct Case {
    article: usize,
    rule: &'static str,
    position: Position,
    score: f64,
    spoken_of: bool,
    /// Whether the verdict is right, where the annotators agree on one.
    verdict: Option<bool>,
}

/// What is fitted.
pub struct Fitted {
    rules: BTreeMap<&'static str, f64>,
    neutral: f64,
    polar: f64,
    slope: f64,
}

impl Fitted {
    /// The fitted value of a row of targets.tsv.
    pub fn value(&self, name: &str) -> Option<f64> {
        match name {
            "confidence neutral" => Some(self.neutral),
            "confidence polar" => Some(self.polar),
            "confidence score" => Some(self.slope),
            _ => name.strip_prefix("rule ").and_then(|rule| self.rules.get(rule).copied()),
        }
    }
}

/// Counts; how well the confidences hold is told, also where every second article has those of the rest.
pub fn fitted(articles: &[Article], lexicons: &Lexicons) -> Fitted {
    let cases: Vec<Case> = articles.iter().enumerate().flat_map(|(at, article)| cases(at, article, lexicons)).collect();
    let halves = [0, 1].map(|half| fit(cases.iter().filter(|case| case.article % 2 != half), lexicons));
    let crossed = error(&cases, |case| confidence(&halves[case.article % 2], case));
    let fitted = fit(cases.iter(), lexicons);
    let own = error(&cases, |case| confidence(&fitted, case));
    _ = writeln!(stderr(), "{} rows, calibration error {own:.3}, {crossed:.3} on the other half", cases.len());
    fitted
}

fn cases<'a>(number: usize, article: &'a Article, lexicons: &Lexicons) -> impl Iterator<Item = Case> + use<'a> {
    let agreed = article.stances(lexicons).filter(|(_, judged)| *judged != Judged::Doubtful);
    agreed.map(move |(stance, judged)| Case {
        article: number,
        rule: stance.rule,
        position: stance.position,
        score: stance.article_score.abs(),
        spoken_of: judged != Judged::NotSpokenOf,
        verdict: match judged {
            Judged::Stance(position) => Some(position == stance.position),
            _ => None,
        },
    })
}

fn fit<'a>(cases: impl Iterator<Item = &'a Case> + Clone, lexicons: &Lexicons) -> Fitted {
    let mut counts: BTreeMap<&'static str, (f64, f64)> = BTreeMap::new();
    for case in cases.clone() {
        let count = counts.entry(case.rule).or_default();
        *count = (count.0 + f64::from(u8::from(case.spoken_of)), count.1 + 1.0);
    }
    let share = |rule: &str, (spoken_of, rows): &(f64, f64)| {
        let prior = PRIOR_ROWS * standing(rule, lexicons);
        ((spoken_of + prior) / (rows + PRIOR_ROWS)).min(HIGHEST)
    };
    let rules = counts.iter().map(|(rule, count)| (*rule, share(rule, count))).collect();
    let told = cases.filter_map(|case| case.verdict.map(|right| (case, f64::from(u8::from(right)))));
    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let neutral =
        mean(told.clone().filter(|(case, _)| case.position == Position::Neutral).map(|(_, right)| right).collect());
    let polar: Vec<(f64, f64)> =
        told.filter(|(case, _)| case.position != Position::Neutral).map(|(case, right)| (case.score, right)).collect();
    let (score, right) = (mean(polar.iter().map(|p| p.0).collect()), mean(polar.iter().map(|p| p.1).collect()));
    let spread: f64 = polar.iter().map(|p| (p.0 - score).powi(2)).sum();
    let slope = polar.iter().map(|p| (p.0 - score) * (p.1 - right)).sum::<f64>() / spread.max(1e-9);
    let slope = slope.max(0.0);
    Fitted { rules, neutral, polar: right - slope * score, slope }
}

/// What targets.tsv says of a rule.
fn standing(rule: &str, lexicons: &Lexicons) -> f64 {
    let known = RuleName::ALL.iter().find(|known| known.text() == rule);
    known.map_or(0.5, |known| f64::from(lexicons.stance.rule(*known).precision))
}

fn confidence(fitted: &Fitted, case: &Case) -> f64 {
    let verdict =
        if case.position == Position::Neutral { fitted.neutral } else { fitted.polar + fitted.slope * case.score };
    fitted.rules.get(case.rule).copied().unwrap_or(0.5) * verdict
}

/// How far confidence and share of right rows lie apart on average, in ten steps of confidence.
fn error(cases: &[Case], confidence: impl Fn(&Case) -> f64) -> f64 {
    let mut bins = [(0.0, 0.0); 10];
    let judged = cases.iter().filter(|case| !case.spoken_of || case.verdict.is_some());
    let mut count = 0.0;
    for case in judged {
        let told = confidence(case);
        let bin = &mut bins[(1..10).take_while(|step| told * 10.0 >= f64::from(*step)).count()];
        *bin = (bin.0 + told, bin.1 + f64::from(u8::from(case.verdict == Some(true))));
        count += 1.0;
    }
    bins.iter().map(|(told, right)| (told - right).abs()).sum::<f64>() / f64::max(count, 1.0)
}
