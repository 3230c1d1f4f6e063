//! Fits the weights of `lexicons/en/ranker.tsv` on annotated articles:
//!
//! ```text
//! cargo run --release --example fit_ranker -- GOLD.jsonl DOCS.jsonl [IDS.txt] > ranker.tsv
//! ```
//!
//! `--folds` also tells how weights fitted on a part of the cases do on the rest.
//! GOLD has an object an article: `id`, `quotes` (`start`, `end`, `speaker_spans`, in code points); DOCS its `id` and
//! `text`; IDS the ids of the articles to fit on, one a line. A conditional logit over the options of each quotation
//! that no pattern decides, with weights held small; features seen too rarely are left out. The same input gives the
//! same weights.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::{Write, stderr, stdout};
use std::ops::Range;

use onrecord::attribution::ranking::Choice;
use onrecord::attribution::units::{Of, Units};
use onrecord::lexicon::files::EMBEDDED;
use onrecord::lexicon::ranker::Feature;
use onrecord::scan::Scan;
use onrecord::{Document, Lexicons, Span, attribution};
use serde::Deserialize;

/// A feature must be seen with so many quotations.
const SEEN: usize = 12;
/// How much weights are held small.
const PENALTY: f64 = 3.0;
/// A quotation that a pattern decides counts so much: it tells of the others, but is easier.
const DECIDED: f64 = 0.5;
/// Weights smaller than this are left out.
const LIGHTEST: f64 = 0.02;
const ROUNDS: usize = 300;
const STEP: f64 = 0.05;

#[derive(Deserialize)]
struct Article {
    id: String,
    text: String,
}

#[derive(Deserialize)]
struct Gold {
    id: String,
    quotes: Vec<Quote>,
}

#[derive(Deserialize)]
struct Quote {
    start: usize,
    end: usize,
    speaker_spans: Vec<(usize, usize)>,
}

/// A quotation's options: whether each is right, and its features.
#[derive(Clone)]
struct Case {
    /// Whether no pattern decides it.
    open: bool,
    options: Vec<(bool, Vec<Feature>)>,
}

/// A case with its features by number.
struct Numbered {
    /// How much it counts.
    counts: f64,
    options: Vec<(bool, Vec<usize>)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let (folds, arguments): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|word| word == "--folds");
    let (Some(gold), Some(docs)) = (arguments.first(), arguments.get(1)) else {
        return Err("give the files: fit_ranker GOLD.jsonl DOCS.jsonl [IDS.txt] [--folds]".into());
    };
    let gold: BTreeMap<String, Gold> = lines::<Gold>(gold)?.into_iter().map(|gold| (gold.id.clone(), gold)).collect();
    let mut articles = lines::<Article>(docs)?;
    if let Some(ids) = arguments.get(2) {
        let ids = std::fs::read_to_string(ids)?;
        let ids: BTreeSet<&str> = ids.lines().collect();
        articles.retain(|article| ids.contains(article.id.as_str()));
    }
    let mut lexicons = Lexicons::embedded();
    lexicons.ranker = lexicons.ranker.with_weights([]);
    let mut weights = BTreeMap::new();
    // What is decided before bears on what follows: the second round sees what the first would decide.
    for _ in 0..2 {
        let known = articles.iter().filter_map(|article| Some((article, gold.get(&article.id)?)));
        let cases: Vec<Case> = known.flat_map(|(article, gold)| cases(article, gold, &lexicons)).collect();
        weights = fit(&cases);
        report("fitted on", &cases, &weights);
        if !folds.is_empty() {
            cross(&cases);
        }
        let rounded = weights.iter().map(|(feature, weight)| (*feature, *weight as f32));
        lexicons.ranker = lexicons.ranker.with_weights(rounded);
    }
    print(&weights, &lexicons)?;
    Ok(())
}

fn lines<T: for<'de> Deserialize<'de>>(path: &str) -> Result<Vec<T>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    text.lines().map(|line| serde_json::from_str(line).map_err(|error| format!("{path}: {error}").into())).collect()
}

fn cases(article: &Article, gold: &Gold, lexicons: &Lexicons) -> Vec<Case> {
    let document = Document { id: article.id.clone(), text: article.text.clone(), ..Document::default() };
    let scan = Scan::of(&document, lexicons);
    let points = CodePoints::of(&article.text);
    let tweets = tweets(&article.text);
    let spans: Vec<Range<usize>> = scan.quotations.iter().map(|quotation| points.range(quotation.span)).collect();
    let quotes: Vec<Option<&Quote>> =
        spans.iter().map(|span| gold.quotes.iter().find(|quote| same(span, &(quote.start..quote.end)))).collect();
    let mut found = Vec::new();
    attribution::questions(&article.text, &scan, lexicons, |quotation, open, units, options| {
        let quote = quotes[quotation];
        if quote.is_some_and(|quote| quote.speaker_spans.is_empty())
            || tweets.iter().any(|tweet| tweet.contains(&(scan.quotations[quotation].span.start as usize)))
        {
            return;
        }
        let sources = quote.map(|quote| source_mentions(quote, &scan, &points)).unwrap_or_default();
        let right = |choice: Choice| match (choice, quote) {
            (Choice::Nobody, quote) => quote.is_none(),
            (Choice::Source(_), None) => false,
            (Choice::Source(unit), Some(quote)) => is_right(unit, units, &sources, quote, &quotes),
        };
        let options: Vec<(bool, Vec<Feature>)> =
            options.iter().map(|(choice, features)| (right(choice), features.to_vec())).collect();
        let case = Case { open, options };
        if case.options.iter().any(|(right, _)| *right) {
            found.push(case);
        }
    });
    found
}

fn is_right(unit: usize, units: &Units, sources: &[usize], quote: &Quote, quotes: &[Option<&Quote>]) -> bool {
    match units.of[unit] {
        Of::Mention(mention) => sources.contains(&(mention as usize)),
        Of::Quotation(other) => quotes[other as usize].is_some_and(|other| {
            let overlap = |(start, end): (usize, usize)| {
                quote.speaker_spans.iter().any(|(own_start, own_end)| start < *own_end && *own_start < end)
            };
            other.speaker_spans.iter().any(|span| overlap(*span))
        }),
        Of::Tokens(..) => false,
    }
}

/// The first mention of each stretch that the annotators marked as the source.
fn source_mentions(quote: &Quote, scan: &Scan, points: &CodePoints) -> Vec<usize> {
    let first = |(start, end): &(usize, usize)| {
        scan.mentions.iter().position(|mention| {
            let head = points.range(head_span(scan, mention.head.clone()));
            !mention.inner && head.start < *end && *start < head.end
        })
    };
    quote.speaker_spans.iter().filter_map(first).collect()
}

fn head_span(scan: &Scan, tokens: Range<usize>) -> Span {
    scan.tokens[tokens.start].span().join(scan.tokens[tokens.end - 1].span())
}

/// Whether two stretches share at least half of what they cover together.
fn same(a: &Range<usize>, b: &Range<usize>) -> bool {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    2 * shared >= a.end.max(b.end) - a.start.min(b.start)
}

/// Where tags of embedded tweets stand: no text.
fn tweets(text: &str) -> Vec<Range<usize>> {
    text.match_indices("<tweet").map(|(at, _)| at..text[at..].find('>').map_or(text.len(), |end| at + end)).collect()
}

/// Code-point offsets of a text's bytes.
struct CodePoints(Vec<usize>);

impl CodePoints {
    fn of(text: &str) -> Self {
        let mut points = vec![0; text.len() + 1];
        let mut count = 0;
        for (at, byte) in text.bytes().enumerate() {
            points[at] = count;
            count += usize::from(byte & 0xC0 != 0x80);
            points[at] = if byte & 0xC0 == 0x80 { count } else { points[at] };
        }
        points[text.len()] = count;
        Self(points)
    }

    fn range(&self, span: Span) -> Range<usize> {
        self.0[span.start as usize]..self.0[span.end as usize]
    }
}

/// The weights that make the right options likeliest, with a penalty on their squares; by Adam over all cases at once.
fn fit(cases: &[Case]) -> BTreeMap<Feature, f64> {
    let mut seen: BTreeMap<Feature, usize> = BTreeMap::new();
    for case in cases {
        let distinct: BTreeSet<Feature> =
            case.options.iter().flat_map(|(_, features)| features.iter().copied()).collect();
        for feature in distinct {
            *seen.entry(feature).or_default() += 1;
        }
    }
    seen.retain(|_, count| *count >= SEEN);
    let number: BTreeMap<Feature, usize> = seen.keys().copied().zip(0..).collect();
    let numbered: Vec<Numbered> = cases
        .iter()
        .map(|case| {
            let numbers = |features: &[Feature]| features.iter().filter_map(|f| number.get(f).copied()).collect();
            let options = case.options.iter().map(|(right, features)| (*right, numbers(features))).collect();
            Numbered { counts: if case.open { 1.0 } else { DECIDED }, options }
        })
        .collect();
    let weights = descend(&numbered, number.len());
    number.keys().copied().zip(weights).collect()
}

fn descend(cases: &[Numbered], size: usize) -> Vec<f64> {
    let (mut weights, mut mean, mut square) = (vec![0.0; size], vec![0.0; size], vec![0.0; size]);
    for round in 1..=ROUNDS {
        let mut gradient: Vec<f64> = weights.iter().map(|weight| PENALTY * weight).collect();
        for case in cases {
            add_gradient(case, &weights, &mut gradient);
        }
        let step = STEP * (1.0 - round as f64 / (ROUNDS + 1) as f64);
        let power = i32::try_from(round).unwrap_or(i32::MAX);
        for at in 0..size {
            mean[at] = 0.9 * mean[at] + 0.1 * gradient[at];
            square[at] = 0.999 * square[at] + 0.001 * gradient[at] * gradient[at];
            let (m, s) = (mean[at] / (1.0 - 0.9f64.powi(power)), square[at] / (1.0 - 0.999f64.powi(power)));
            weights[at] -= step * m / (s.sqrt() + 1e-8);
        }
    }
    weights
}

/// Adds the gradient of the logarithm of the share that wrong options have.
fn add_gradient(case: &Numbered, weights: &[f64], gradient: &mut [f64]) {
    let shares = shares(&case.options, weights);
    let right: f64 = case.options.iter().zip(&shares).filter(|((right, _), _)| *right).map(|(_, share)| share).sum();
    for ((is_right, features), share) in case.options.iter().zip(shares) {
        let error = if *is_right { share - share / right } else { share };
        for feature in features {
            gradient[*feature] += case.counts * error;
        }
    }
}

fn shares(case: &[(bool, Vec<usize>)], weights: &[f64]) -> Vec<f64> {
    let score = |features: &Vec<usize>| features.iter().map(|feature| weights[*feature]).sum();
    softmax(&case.iter().map(|(_, features)| score(features)).collect::<Vec<f64>>())
}

fn softmax(scores: &[f64]) -> Vec<f64> {
    let best = scores.iter().copied().fold(f64::MIN, f64::max);
    let total: f64 = scores.iter().map(|score| (score - best).exp()).sum();
    scores.iter().map(|score| (score - best).exp() / total).collect()
}

/// How many of the cases that no pattern decides come out right, and how surprising the right options are on average.
fn report(what: &str, cases: &[Case], weights: &BTreeMap<Feature, f64>) {
    let score = |features: &[Feature]| features.iter().filter_map(|f| weights.get(f)).sum::<f64>();
    let (mut count, mut right, mut loss) = (0, 0, 0.0);
    for case in cases.iter().filter(|case| case.open) {
        let scores: Vec<f64> = case.options.iter().map(|(_, features)| score(features)).collect();
        let shares = softmax(&scores);
        let of_right: f64 = case.options.iter().zip(&shares).filter(|((right, _), _)| *right).map(|(_, s)| s).sum();
        let best = (0..shares.len()).max_by(|a, b| shares[*a].total_cmp(&shares[*b]));
        count += 1;
        right += usize::from(best.is_some_and(|best| case.options[best].0));
        loss -= of_right.ln();
    }
    let _ = writeln!(stderr(), "{what}: {right} of {count} right, loss {:.4}", loss / f64::from(count));
}

/// What weights fitted on four fifths of the cases make of the fifth part, for each fifth.
fn cross(cases: &[Case]) {
    for fold in 0..5 {
        let inside = |at: usize| at * 5 / cases.len() == fold;
        let part = |wanted: bool| -> Vec<Case> {
            (0..cases.len()).filter(|at| inside(*at) == wanted).map(|at| cases[at].clone()).collect()
        };
        report("held back", &part(true), &fit(&part(false)));
    }
}

/// The rows of ranker.tsv, sorted, with the comments and numbers of the embedded file.
fn print(weights: &BTreeMap<Feature, f64>, lexicons: &Lexicons) -> std::io::Result<()> {
    let embedded = EMBEDDED.iter().find(|(name, _)| *name == "ranker.tsv").map_or("", |(_, text)| *text);
    let is_head = |line: &&str| line.starts_with('#') || line.starts_with("feature\t");
    let numbers = embedded.lines().filter(|line| line.starts_with("number ")).map(str::to_owned);
    let heavy = weights.iter().filter(|(_, weight)| weight.abs() >= LIGHTEST);
    let row = |(feature, weight): (&Feature, &f64)| {
        feature.name(&lexicons.patterns).map(|name| format!("{name}\t{weight:.2}"))
    };
    let mut rows: Vec<String> = numbers.chain(heavy.filter_map(row)).collect();
    rows.sort_by_key(|row| row.to_lowercase());
    let mut lines = embedded.lines().filter(is_head).map(str::to_owned).chain(rows);
    let mut out = stdout().lock();
    lines.try_for_each(|line| writeln!(out, "{line}"))
}
