//! How fast each stage is, over the same generated articles: `cargo bench --bench stages`, with a name behind `--` for one. The rate
//! is bytes of text a second on one core.
//!
//! Measured with divan, which is small, knows bytes a second and needs no plots.

mod corpus;

use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use onrecord::entities::Entities;
use onrecord::output::{Encoder, Style};
use onrecord::rows::rows;
use onrecord::scan::token::Landmarks;
use onrecord::scan::{Extent, Layout, Scan, mention, quotation, token};
use onrecord::{Analysis, Analyzer, Document, Lexicons, attribution, stance};

/// Bytes of text that a stage goes through in one round.
const SIZE: usize = 2_000_000;

static LEXICONS: LazyLock<Lexicons> = LazyLock::new(Lexicons::embedded);

/// The articles with everything that is found in them, so that each stage can be measured on the results of those before.
static ARTICLES: LazyLock<Vec<(Document, Analysis)>> = LazyLock::new(|| {
    let mut size = 0;
    let articles = corpus::articles(1).take_while(|article| {
        size += article.text.len();
        size < SIZE
    });
    let analyzed = |article| {
        let analysis = Analyzer::new(&LEXICONS).analyze(&article);
        (article, analysis)
    };
    articles.map(analyzed).collect()
});

fn main() {
    divan::Divan::default().sample_count(20).config_with_args().main();
}

/// Measures a stage over all the articles.
fn measure<T>(bencher: Bencher, stage: impl Fn(&Document, &Analysis) -> T + Sync) {
    let size: usize = ARTICLES.iter().map(|(document, _)| document.text.len()).sum();
    bencher.counter(BytesCount::new(size)).bench(|| {
        for (document, analysis) in ARTICLES.iter() {
            black_box(stage(document, analysis));
        }
    });
}

#[divan::bench]
fn a_tokens(bencher: Bencher) {
    measure(bencher, |document, _| {
        let mut cache = LEXICONS.word_caches.get();
        let (mut tokens, mut landmarks) = (Vec::new(), Landmarks::default());
        let mut is_abbreviation = |word| LEXICONS.is_abbreviation(&document.text, word, &mut cache);
        token::tokenize(&document.text, document.body, &mut is_abbreviation, &mut tokens, &mut landmarks);
        (tokens, landmarks)
    });
}

#[divan::bench]
fn b_quotations(bencher: Bencher) {
    measure(bencher, |document, analysis| {
        let Scan { tokens, landmarks, paragraphs, .. } = &analysis.scan;
        let layout = Layout { text: &document.text, tokens, landmarks, paragraphs };
        quotation::find_quotations(layout, &|word| LEXICONS.words.classes_of(word))
    });
}

#[divan::bench]
fn c_mentions(bencher: Bencher) {
    measure(bencher, |document, analysis| {
        let mut found = Vec::new();
        mention::find_mentions(&document.text, &analysis.scan, Extent::NearQuotations, &LEXICONS, &mut found);
        found
    });
}

#[divan::bench]
fn d_scan(bencher: Bencher) {
    measure(bencher, |document, _| Scan::of(document, &LEXICONS));
}

#[divan::bench]
fn e_attribution(bencher: Bencher) {
    measure(bencher, |document, analysis| attribution::attribute(&document.text, &analysis.scan, &LEXICONS));
}

#[divan::bench]
fn f_entities(bencher: Bencher) {
    measure(bencher, |document, analysis| {
        let sources: Vec<_> = attribution::sources(&analysis.attributions).collect();
        Entities::of(&document.text, &analysis.scan, &sources, &document.author, &LEXICONS)
    });
}

#[divan::bench]
fn g_stances(bencher: Bencher) {
    measure(bencher, |document, analysis| {
        let Analysis { scan, entities, attributions, .. } = analysis;
        stance::find_stances(&document.text, scan, entities, attributions, &LEXICONS)
    });
}

#[divan::bench]
fn h_whole_analysis(bencher: Bencher) {
    measure(bencher, |document, _| Analyzer::new(&LEXICONS).analyze(document));
}

#[divan::bench]
fn i_rows_as_csv(bencher: Bencher) {
    let encoder = Encoder::new(Style::default());
    measure(bencher, |document, analysis| {
        let rows = rows(document, analysis, &LEXICONS, false);
        let mut bytes = Vec::new();
        encoder.encode(&rows.quotes, &mut bytes);
        encoder.encode(&rows.stances, &mut bytes);
        bytes
    });
}
