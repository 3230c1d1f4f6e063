//! The weights and thresholds: each is turned a little up and down, and kept where the stances become better than the way
//! from its value in the file costs.

use std::io::{Write, stderr};

use onrecord::Lexicons;
use onrecord::lexicon::stance::Numbers;
use onrecord::stance::{Position, Stance};

use crate::gold::{Article, Judged};

/// What a weight turned to e times its value costs, or a threshold that is moved by [`MOVE`], in macro-F1.
const PULL: f64 = 0.005;
const MOVE: f64 = 0.3;
/// A step of a weight, times or through it, and of a threshold.
const FACTOR: f32 = 1.2;
const STEP: f32 = 0.04;
/// Times that every number is tried.
const ROUNDS: usize = 3;
/// How fast a verdict grows sure beyond the threshold.
const SLOPE: f64 = 8.0;
/// What the share of the opposite verdicts takes off, and what the F1 of the polar ones adds.
const OPPOSITE: f64 = 0.5;
const POLAR: f64 = 0.5;
/// Parts for the cross-validation.
const FOLDS: usize = 5;

/// Numbers of given texts and parties, those that they share, and what is settled otherwise.
const FIXED: [&str; 15] = [
    "weight agent-far",
    "weight between",
    "weight given-cleared",
    "weight given-nested",
    "weight given-patient",
    "weight given-tone",
    "weight near-beyond",
    "weight near-reporter",
    "weight other-party",
    "weight same-clause",
    "weight same-sentence",
    "threshold pair",
    "threshold pair-several",
    "threshold pair-source",
    "threshold own",
];

/// What verdicts there are of what should be: rows against, neutral, for, not spoken of.
#[derive(Clone, Copy, Default)]
pub struct Counts {
    said: [[f64; 3]; 4],
    sought: [f64; 3],
}

impl Counts {
    fn add(&mut self, other: &Self) {
        for (row, others) in self.said.iter_mut().zip(&other.said) {
            row.iter_mut().zip(others).for_each(|(cell, other)| *cell += other);
        }
        self.sought.iter_mut().zip(&other.sought).for_each(|(cell, other)| *cell += other);
    }

    fn f1(&self, class: usize) -> f64 {
        let right = self.said[class][class];
        let said: f64 = self.said[..3].iter().map(|row| row[class]).sum();
        2.0 * right / (said + self.sought[class]).max(1e-9)
    }

    /// Macro-F1 over the three stances; a party that is not found counts as wrong.
    fn macro_f1(&self) -> f64 {
        (0..3).map(|class| self.f1(class)).sum::<f64>() / 3.0
    }

    fn polar_f1(&self) -> f64 {
        let right = self.said[0][0] + self.said[2][2];
        let said: f64 = self.said.iter().map(|row| row[0] + row[2]).sum();
        2.0 * right / (said + self.sought[0] + self.sought[2]).max(1e-9)
    }

    fn opposite(&self) -> f64 {
        (self.said[0][2] + self.said[2][0]) / (self.sought[0] + self.sought[2]).max(1e-9)
    }

    fn worth(&self) -> f64 {
        self.macro_f1() + POLAR * self.polar_f1() - OPPOSITE * self.opposite()
    }

    fn show(&self, what: &str) {
        let [against, neutral, favour] = [0, 1, 2].map(|class| self.f1(class));
        let (all, polar, opposite) = (self.macro_f1(), self.polar_f1(), self.opposite());
        _ = writeln!(
            stderr(),
            "{what:24} f1m {all:.3} (against {against:.3} neutral {neutral:.3} for {favour:.3}) polar {polar:.3} opposite {opposite:.3}"
        );
    }
}

/// How likely each verdict is: an ordinal logistic model around both thresholds.
fn likely(stance: &Stance) -> [f64; 3] {
    let beyond = |side: f64| 1.0 / (1.0 + (-SLOPE * (side * stance.article_score - stance.threshold)).exp());
    let (against, favour) = (beyond(-1.0), beyond(1.0));
    [against, (1.0 - against - favour).max(0.0), favour]
}

fn certain(stance: &Stance) -> [f64; 3] {
    [Position::Against, Position::Neutral, Position::For]
        .map(|position| f64::from(u8::from(stance.position == position)))
}

fn count<'a>(
    articles: impl Iterator<Item = &'a Article>,
    lexicons: &Lexicons,
    verdict: fn(&Stance) -> [f64; 3],
) -> Counts {
    let mut counts = Counts::default();
    for article in articles {
        counts.sought.iter_mut().zip(article.sought).for_each(|(sum, sought)| *sum += sought);
        for (stance, judged) in article.stances(lexicons) {
            let row = match judged {
                Judged::Stance(position) => position as usize,
                Judged::NotSpokenOf => 3,
                Judged::Open | Judged::Doubtful => continue,
            };
            counts.said[row].iter_mut().zip(verdict(&stance)).for_each(|(cell, share)| *cell += share);
        }
    }
    counts
}

/// A number and how it may be turned.
struct Turned {
    name: &'static str,
    prior: f32,
}

impl Turned {
    fn all(numbers: &Numbers) -> Vec<Self> {
        let turned = |name: &&'static str| {
            let kind = name.split(' ').next().unwrap_or_default();
            matches!(kind, "weight" | "threshold" | "pooling") && !FIXED.contains(name)
        };
        let names = Numbers::NAMES.iter().copied().filter(turned);
        names.map(|name| Self { name, prior: numbers.get(name).unwrap_or_default() }).collect()
    }

    fn is_threshold(&self) -> bool {
        self.name.starts_with("threshold")
    }

    /// The numbers beside one: never of the other sign, but a threshold may lower the others.
    fn steps(&self, value: f32) -> [f32; 2] {
        match self.is_threshold() {
            true if self.name == "threshold" => [value + STEP, (value - STEP).max(0.01)],
            true => [value + STEP, value - STEP],
            false => [value * FACTOR, value / FACTOR],
        }
    }

    fn cost(&self, value: f32) -> f64 {
        let way =
            if self.is_threshold() { f64::from(value - self.prior) / MOVE } else { f64::from(value / self.prior).ln() };
        PULL * way * way
    }
}

fn worth(articles: &[&Article], lexicons: &Lexicons) -> f64 {
    count(articles.iter().copied(), lexicons, likely).worth()
}

/// Turns the numbers of `lexicons` until nothing is gained.
fn fit(articles: &[&Article], lexicons: &mut Lexicons, all: &[Turned]) {
    let mut best = worth(articles, lexicons);
    for _ in 0..ROUNDS {
        let before = best;
        for number in all.iter().filter(|number| number.prior != 0.0 || number.is_threshold()) {
            for side in 0..2 {
                best = turn(articles, lexicons, number, side, best);
            }
        }
        if best - before < 1e-4 {
            break;
        }
    }
}

/// Goes on in one direction while that is worth its cost; what it is worth then.
fn turn(articles: &[&Article], lexicons: &mut Lexicons, number: &Turned, side: usize, mut best: f64) -> f64 {
    loop {
        let value = lexicons.stance.numbers.get(number.name).unwrap_or_default();
        let next = number.steps(value)[side];
        lexicons.stance.numbers.set(number.name, next);
        let worth = worth(articles, lexicons);
        if worth - number.cost(next) <= best - number.cost(value) + 1e-6 {
            lexicons.stance.numbers.set(number.name, value);
            return best;
        }
        best = worth;
    }
}

/// The fitted numbers; what they are worth is told, also on articles that they were not fitted to.
pub fn fitted(articles: &[Article], lexicons: &mut Lexicons) -> Numbers {
    let prior = lexicons.stance.numbers.clone();
    let all = Turned::all(&prior);
    count(articles.iter(), lexicons, certain).show("as it is");
    let mut crossed = Counts::default();
    for fold in 0..FOLDS {
        let is_other = |(at, article): (usize, _)| (at % FOLDS != fold).then_some(article);
        let others: Vec<&Article> = articles.iter().enumerate().filter_map(is_other).collect();
        fit(&others, lexicons, &all);
        crossed.add(&count(articles.iter().skip(fold).step_by(FOLDS), lexicons, certain));
        lexicons.stance.numbers = prior.clone();
    }
    crossed.show("fitted to the others");
    fit(&articles.iter().collect::<Vec<_>>(), lexicons, &all);
    count(articles.iter(), lexicons, certain).show("fitted to all");
    std::mem::replace(&mut lexicons.stance.numbers, prior)
}
