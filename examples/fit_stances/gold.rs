//! The articles, and what the annotators say of the parties that the engine finds.

use std::error::Error;

use onrecord::stance::{Position, Stance, find_stances};
use onrecord::{Analysis, Analyzer, Document, Lexicons};
use serde::Deserialize;

#[derive(Deserialize)]
struct Text {
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

/// What the annotators say of a party of a quotation.
#[derive(Clone, Copy, PartialEq)]
pub enum Judged {
    /// What stance they agree on.
    Stance(Position),
    /// It is spoken of, but they differ.
    Open,
    /// It is not spoken of.
    NotSpokenOf,
    /// Only one of them thinks that it is spoken of.
    Doubtful,
}

/// An annotated article.
pub struct Article {
    document: Document,
    analysis: Analysis,
    /// For each quotation with an annotated stretch what they say of each party of the article.
    quotations: Vec<(usize, Vec<Judged>)>,
    /// How often each stance is meant, against, neutral and for, of whatever parties.
    pub sought: [f64; 3],
}

impl Article {
    /// The stances that the lexicons tell, with what the annotators say.
    pub fn stances<'a>(&'a self, lexicons: &Lexicons) -> impl Iterator<Item = (Stance, Judged)> + use<'a> {
        let Analysis { scan, entities, attributions, .. } = &self.analysis;
        let stances = find_stances(&self.document.text, scan, entities, attributions, lexicons);
        stances.into_iter().flat_map(|stance| {
            let of_it = self.quotations.iter().filter(move |(quotation, _)| *quotation == stance.quotation);
            of_it.map(move |(_, judged)| (stance.clone(), judged[stance.target]))
        })
    }
}

/// Reads the annotated stretches and the articles of which they are.
pub fn read(gold: &str, documents: &str, lexicons: &Lexicons) -> Result<Vec<Article>, Box<dyn Error>> {
    let stretches: Vec<Stretch> = lines(gold)?;
    let mut articles = Vec::new();
    for Text { id, text } in lines::<Text>(documents)? {
        let own: Vec<&Stretch> =
            stretches.iter().filter(|stretch| stretch.doc_id == id && is_speech(stretch)).collect();
        if !own.is_empty() {
            articles.push(article(Document { id, text, ..Document::default() }, &own, lexicons));
        }
    }
    Ok(articles)
}

fn lines<T: for<'a> Deserialize<'a>>(path: &str) -> Result<Vec<T>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let parse =
        |(line, text)| serde_json::from_str(text).map_err(|error| format!("{path}:{}: {error}", line + 1).into());
    text.lines().enumerate().map(parse).collect()
}

fn is_speech(stretch: &Stretch) -> bool {
    stretch.kind.as_deref() == Some("speech")
}

fn article(document: Document, stretches: &[&Stretch], lexicons: &Lexicons) -> Article {
    let analysis = Analyzer::new(lexicons).analyze(&document);
    let mut article = Article { document, analysis, quotations: Vec::new(), sought: [0.0; 3] };
    for stretch in stretches {
        for position in stretch.targets.iter().filter_map(|target| position(target.stance.as_deref()?)) {
            article.sought[position as usize] += 1.0;
        }
        if let Some(quotation) = quotation(&article, stretch) {
            let judged = article.analysis.entities.list.iter().map(|entity| {
                let name = entity.name.of(&article.document.text, lexicons);
                judged(stretch, name)
            });
            article.quotations.push((quotation, judged.collect()));
        }
    }
    article
}

/// The quotation in which most of a stretch stands.
fn quotation(article: &Article, stretch: &Stretch) -> Option<usize> {
    let code_point = |byte: u32| article.document.text[..byte as usize].chars().count();
    article.analysis.scan.quotations.iter().position(|quotation| {
        let (start, end) = (code_point(quotation.span.start), code_point(quotation.span.end));
        2 * stretch.end.min(end).saturating_sub(stretch.start.max(start)) > stretch.end - stretch.start
    })
}

fn judged(stretch: &Stretch, name: &str) -> Judged {
    match stretch.targets.iter().find(|target| is_same(&target.name, name)) {
        Some(target) => target.stance.as_deref().and_then(position).map_or(Judged::Open, Judged::Stance),
        None if stretch.one_sided_targets > 0 => Judged::Doubtful,
        None => Judged::NotSpokenOf,
    }
}

fn position(name: &str) -> Option<Position> {
    [Position::Against, Position::Neutral, Position::For].into_iter().find(|position| position.name() == name)
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
