//! Fits the confidences of `lexicons/en/targets.tsv` on articles whose stances people annotated:
//!
//! ```text
//! cargo run --release --example fit_stances -- GOLD.jsonl DOCS.jsonl > targets.tsv
//! ```
//!
//! GOLD has an object a quoted stretch: `doc_id`, `start`, `end` in code points, `kind`, `targets` (`name`, `stance`, empty
//! where the annotators differ) and `one_sided_targets`, how many only one of them saw; DOCS the articles' `id` and `text`.
//! The confidence of a row is that of its rule (the party is spoken of) times that of its verdict. A rule has the share of
//! its parties that are spoken of, drawn toward what stands in the file as if [`PRIOR_ROWS`] more were right as often; the
//! verdicts have their share for neutral, and a line over the score for the others. How well the confidences hold is told, also
//! where every second article has those fitted to the rest.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{Write, stderr, stdout};

use onrecord::lexicon::files::EMBEDDED;
use onrecord::stance::Position;
use onrecord::{Analyzer, Document, Lexicons};
use serde::Deserialize;

/// Rows that the prior is worth.
const PRIOR_ROWS: f64 = 10.0;
/// No rule by itself is certain.
const HIGHEST: f64 = 0.95;

#[derive(Deserialize)]
struct Article {
    id: String,
    text: String,
}

#[derive(Deserialize)]
struct Stretch {
    doc_id: String,
    start: usize,
    end: usize,
    kind: Option<String>,
    #[serde(default)]
    targets: Vec<Target>,
    #[serde(default)]
    one_sided_targets: usize,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    stance: Option<String>,
}

/// A row with what the annotators say of it.
#[derive(Clone)]
struct Case {
    article: usize,
    rule: String,
    position: Position,
    score: f64,
    spoken_of: bool,
    /// Whether the verdict is right, where the annotators agree on one.
    verdict: Option<bool>,
}

/// What is fitted.
struct Fitted {
    rules: BTreeMap<String, f64>,
    neutral: f64,
    polar: f64,
    slope: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [gold, documents] = arguments.as_slice() else {
        return Err("fit_stances: name the annotated stretches and the articles: GOLD.jsonl DOCS.jsonl".into());
    };
    let stretches: Vec<Stretch> = read(gold)?;
    let lexicons = Lexicons::embedded();
    let mut cases = Vec::new();
    for (number, article) in read::<Article>(documents)?.into_iter().enumerate() {
        let of_article: Vec<&Stretch> = stretches.iter().filter(|stretch| stretch.doc_id == article.id).collect();
        if !of_article.is_empty() {
            add_cases(number, article, &of_article, &lexicons, &mut cases);
        }
    }
    let halves = [0, 1].map(|half| fit(cases.iter().filter(|case| case.article % 2 != half)));
    let crossed = error(&cases, |case| confidence(&halves[case.article % 2], case));
    let fitted = fit(cases.iter());
    let own = error(&cases, |case| confidence(&fitted, case));
    writeln!(stderr(), "{} rows, calibration error {own:.3}, {crossed:.3} on the other half", cases.len())?;
    print(&fitted)?;
    Ok(())
}

fn read<T: for<'a> Deserialize<'a>>(path: &str) -> Result<Vec<T>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let parse =
        |(line, text)| serde_json::from_str(text).map_err(|error| format!("{path}:{}: {error}", line + 1).into());
    text.lines().enumerate().map(parse).collect()
}

fn add_cases(number: usize, article: Article, stretches: &[&Stretch], lexicons: &Lexicons, cases: &mut Vec<Case>) {
    let document = Document { id: article.id, text: article.text, ..Document::default() };
    let analysis = Analyzer::new(lexicons).analyze(&document);
    let code_point = |byte: u32| document.text[..byte as usize].chars().count();
    for (at, quotation) in analysis.scan.quotations.iter().enumerate() {
        let (start, end) = (code_point(quotation.span.start), code_point(quotation.span.end));
        let shared = |stretch: &Stretch| stretch.end.min(end).saturating_sub(stretch.start.max(start));
        let Some(stretch) = stretches.iter().find(|stretch| 2 * shared(stretch) > stretch.end - stretch.start) else {
            continue;
        };
        if stretch.kind.as_deref() != Some("speech") {
            continue;
        }
        for stance in analysis.stances.iter().filter(|stance| stance.quotation == at) {
            let name = analysis.entities.list[stance.target].name.of(&document.text, lexicons);
            let target = stretch.targets.iter().find(|target| is_same(&target.name, name));
            if target.is_none() && stretch.one_sided_targets > 0 {
                continue;
            }
            let verdict = target.and_then(|target| target.stance.as_deref()).map(|told| told == stance.position.name());
            cases.push(Case {
                article: number,
                rule: stance.rule.to_owned(),
                position: stance.position,
                score: stance.article_score.abs(),
                spoken_of: target.is_some(),
                verdict,
            });
        }
    }
}

/// The same party: one name's words are among the other's.
fn is_same(a: &str, b: &str) -> bool {
    const SMALL: [&str; 7] = ["the", "a", "an", "of", "mr", "mrs", "ms"];
    let words = |name: &str| -> Vec<String> {
        let name = name.to_lowercase();
        let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        words.filter(|word| !SMALL.contains(word)).map(str::to_owned).collect()
    };
    let (a, b) = (words(a), words(b));
    !a.is_empty() && !b.is_empty() && (a.iter().all(|word| b.contains(word)) || b.iter().all(|word| a.contains(word)))
}

fn fit<'a>(cases: impl Iterator<Item = &'a Case> + Clone) -> Fitted {
    let mut counts: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for case in cases.clone() {
        let count = counts.entry(&case.rule).or_default();
        *count = (count.0 + f64::from(u8::from(case.spoken_of)), count.1 + 1.0);
    }
    let share = |rule: &str, (spoken_of, rows): &(f64, f64)| {
        let prior = PRIOR_ROWS * standing(rule).unwrap_or(0.5);
        ((spoken_of + prior) / (rows + PRIOR_ROWS)).min(HIGHEST)
    };
    let rules = counts.iter().map(|(rule, count)| ((*rule).to_owned(), share(rule, count))).collect();
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
fn standing(rule: &str) -> Option<f64> {
    let (_, embedded) = EMBEDDED.iter().find(|(name, _)| *name == "targets.tsv")?;
    let value = |line: &str| {
        line.strip_prefix("rule ")?.strip_prefix(rule)?.strip_prefix('\t')?.split('\t').next()?.parse().ok()
    };
    embedded.lines().find_map(value)
}

fn confidence(fitted: &Fitted, case: &Case) -> f64 {
    let verdict =
        if case.position == Position::Neutral { fitted.neutral } else { fitted.polar + fitted.slope * case.score };
    fitted.rules.get(&case.rule).copied().unwrap_or(0.5) * verdict
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

/// targets.tsv with what was fitted.
fn print(fitted: &Fitted) -> std::io::Result<()> {
    let embedded = EMBEDDED.iter().find(|(name, _)| *name == "targets.tsv").map_or("", |(_, text)| *text);
    let value = |name: &str| match name {
        "confidence neutral" => Some(fitted.neutral),
        "confidence polar" => Some(fitted.polar),
        "confidence score" => Some(fitted.slope),
        _ => name.strip_prefix("rule ").and_then(|rule| fitted.rules.get(rule).copied()),
    };
    let mut out = stdout().lock();
    for line in embedded.lines() {
        let cells: Vec<&str> = line.splitn(3, '\t').collect();
        match cells.as_slice() {
            [name, _, rest] if !line.starts_with('#') && value(name).is_some() => {
                writeln!(out, "{name}\t{:.2}\t{rest}", value(name).unwrap_or_default())?;
            }
            _ => writeln!(out, "{line}")?,
        }
    }
    Ok(())
}
