//! Whether a mention is the source that an annotator marked, and what kind of quotation it is. The measures are those of
//! PolNeAR-style evaluation: a mention hits a source if it shares a word that carries it. The words that do not carry it
//! are data, `scoring.tsv`.

use regex_automata::Input;
use regex_automata::meta::Regex;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::gold::GoldQuotation;
use crate::Span;
use crate::lexicon::files::Files;
use crate::lexicon::tsv::{LexiconError, rows, values};

/// A row of `scoring.tsv`.
#[derive(Deserialize)]
pub(crate) struct ScoringRow {
    pub(crate) word: String,
    pub(crate) kinds: String,
}

/// What a word is to the judge.
#[allow(clippy::struct_excessive_bools)] // A word is often several.
#[derive(Clone, Copy, Debug, Default)]
struct Kinds {
    /// A determiner, preposition or the like: no part of a source by itself.
    function: bool,
    /// A title, which carries a source only where nothing else does.
    title: bool,
    pronoun: bool,
    /// A form of `say`.
    said: bool,
}

/// Judges sources by the words of `scoring.tsv`.
#[derive(Debug)]
pub struct Judge {
    words: FxHashMap<String, Kinds>,
    word: Regex,
    /// What ends the part of a source that holds its head: a comma, preposition or relative pronoun.
    boundary: Regex,
    abbreviation: Regex,
    sentence_end: Regex,
    /// The end of what stands before the first word of a sentence.
    opening: Regex,
}

/// Where a mention and a source meet.
#[allow(clippy::struct_excessive_bools)] // Ways to count, each by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hit {
    /// In a word that carries the source.
    pub source: bool,
    /// In its head word.
    pub head: bool,
    /// There, or the mention or the speaker's name ends in the head word.
    pub name: bool,
    /// There, or the relay meets the source.
    pub layer: bool,
}

impl Judge {
    /// The judge that `scoring.tsv` describes.
    ///
    /// # Errors
    /// A row that does not fit.
    ///
    /// # Panics
    /// Never: the words are escaped before they become part of an expression.
    pub fn new(files: &Files) -> Result<Self, LexiconError> {
        let mut words: FxHashMap<String, Kinds> = FxHashMap::default();
        let (mut boundaries, mut abbreviations) = (Vec::new(), Vec::new());
        for source in files.get("scoring.tsv") {
            for row in rows::<ScoringRow>(&source.file, &source.text)? {
                let ScoringRow { word, kinds } = row.value;
                let known = words.entry(word.to_lowercase()).or_default();
                for kind in values(&kinds) {
                    match kind {
                        "function" => known.function = true,
                        "title" => known.title = true,
                        "pronoun" => known.pronoun = true,
                        "said" => known.said = true,
                        "boundary" => boundaries.push(escaped(&word)),
                        "abbreviation" => abbreviations.push(escaped(&word)),
                        _ => {
                            let message = format!("kind \"{kind}\" is unknown: see lexicons/README.md");
                            return Err(LexiconError::at(&source.file, row.line, message));
                        }
                    }
                }
            }
        }
        let regex = |pattern: &str| Regex::new(pattern).expect("words of letters and fixed signs make a pattern");
        Ok(Self {
            words,
            word: regex(r"\w+(?:[-.'’]\w+)*"),
            boundary: regex(&format!(r",|\(|–|—| (?:{}) ", boundaries.join("|"))),
            abbreviation: regex(&format!(r"(?-u:\b)(?:{}|[A-Z])\.", abbreviations.join("|"))),
            sentence_end: regex(r#"[.!?…]["”’')\]]*\s+["“‘'(\[]*[A-Z0-9]|\n"#),
            opening: regex(r#"(?:[.!?:]["”’']*\s+|\n\s*|["“])$"#),
        })
    }

    fn kinds(&self, word: &str) -> Kinds {
        self.words.get(&word.to_lowercase()).copied().unwrap_or_default()
    }

    fn words_in<'a>(&'a self, text: &'a str, span: Span) -> impl Iterator<Item = Span> + 'a {
        let input = Input::new(text).span(span.start as usize..span.end as usize);
        self.word.find_iter(input).map(|found| Span::new(found.start(), found.end()))
    }

    /// The words that carry a source: no function words, nor titles where it has others.
    fn carrying(&self, text: &str, sources: &[Span]) -> Vec<Span> {
        let all: Vec<Span> = sources.iter().flat_map(|span| self.words_in(text, *span)).collect();
        let without = |spans: &[Span], drop: fn(Kinds) -> bool| -> Vec<Span> {
            spans.iter().copied().filter(|span| !drop(self.kinds(span.of(text)))).collect()
        };
        let content = without(&all, |kinds| kinds.function);
        let named = without(&content, |kinds| kinds.title);
        [named, content, all].into_iter().find(|spans| !spans.is_empty()).unwrap_or_default()
    }

    /// The last word of each stretch before what ends its head.
    fn heads(&self, text: &str, sources: &[Span]) -> Vec<Span> {
        let head = |source: &Span| {
            let words: Vec<Span> = self.words_in(text, *source).collect();
            let cut = self.boundary.find(Input::new(text).span(source.start as usize..source.end as usize));
            let before = |word: &&Span| cut.is_none_or(|cut| word.end as usize <= cut.start());
            words.iter().rfind(before).or(words.last()).copied()
        };
        sources.iter().filter_map(head).collect()
    }

    /// Whether a mention is the source, how strictly that is taken. `name` is the speaker's, `via` the relay.
    #[must_use]
    pub fn hit(&self, text: &str, mention: Option<Span>, name: &str, via: Option<Span>, sources: &[Span]) -> Hit {
        let meets = |mention: Option<Span>, spans: &[Span]| {
            mention.is_some_and(|mention| spans.iter().any(|span| span.overlaps(mention)))
        };
        let carrying = self.carrying(text, sources);
        let heads = self.heads(text, sources);
        let source = meets(mention, &carrying);
        let head = source && meets(mention, &heads);
        let same_name = !sources.is_empty() && self.is_same_name(text, mention, name, &heads);
        Hit { source, head, name: source || same_name, layer: source || meets(via, &carrying) }
    }

    /// Whether the mention or the name ends in the head word of the source, a capitalised one.
    fn is_same_name(&self, text: &str, mention: Option<Span>, name: &str, heads: &[Span]) -> bool {
        let last = |name: &str| {
            let whole = Span::new(0, name.len());
            let words = self.words_in(name, whole).map(|word| word.of(name).to_owned());
            words.filter(|word| word.starts_with(char::is_uppercase)).last()
        };
        let given = [Some(name), mention.map(|mention| mention.of(text))];
        given
            .into_iter()
            .flatten()
            .filter_map(last)
            .any(|last| heads.iter().map(|head| head.of(text)).any(|head| head == last && !self.kinds(head).pronoun))
    }

    /// `none`, `pronoun`, `name` (a capital that is neither a title's nor owed to the start of a sentence) or `nominal`.
    #[must_use]
    pub fn source_kind(&self, text: &str, sources: &[Span]) -> &'static str {
        if sources.is_empty() {
            return "none";
        }
        let words: Vec<Span> = sources.iter().flat_map(|source| self.words_in(text, *source)).collect();
        if words.iter().all(|word| self.kinds(word.of(text)).pronoun) {
            return "pronoun";
        }
        if words.iter().any(|word| self.is_name(text, *word)) { "name" } else { "nominal" }
    }

    fn is_name(&self, text: &str, word: Span) -> bool {
        let (start, end, as_text) = (word.start as usize, word.end as usize, word.of(text));
        let kinds = self.kinds(as_text);
        if !as_text.starts_with(char::is_uppercase) || kinds.function || kinds.title {
            return false;
        }
        let before: usize = text[..start].chars().rev().take(6).map(char::len_utf8).sum();
        let opens = text[..start].trim().is_empty() || self.opening.is_match(&text[start - before..start]);
        let mut after = text[end..].chars().take(3).skip_while(|sign| sign.is_whitespace());
        let capital_follows =
            text[end..].starts_with(char::is_whitespace) && after.next().is_some_and(|sign| sign.is_ascii_uppercase());
        !opens || capital_follows || stands_within_a_sentence(text, as_text)
    }

    /// Where the nearest source stands: before or after in the same sentence, in another sentence or paragraph.
    /// `stretches` are all between marks; their words do not count.
    #[must_use]
    pub fn source_place(&self, text: &str, gold: &GoldQuotation, stretches: &[Span]) -> &'static str {
        let distance = |source: &&Span| {
            if source.end <= gold.span.start {
                i64::from(gold.span.start - source.end)
            } else {
                i64::from(source.start) - i64::from(gold.span.end)
            }
        };
        let Some(source) = gold.sources.iter().min_by_key(distance) else { return "none" };
        let is_before = source.end <= gold.span.start;
        let (left, right) = if is_before { (source.end, gold.span.start) } else { (gold.span.end, source.start) };
        let (left, right) = (back(text, left as usize), forth(text, right as usize));
        let between = self.without_stretches(text, left, right, gold.span, stretches);
        match (between.contains('\n'), self.sentence_end.is_match(&between), is_before) {
            (true, _, true) => "other paragraph, before",
            (true, _, false) => "other paragraph, after",
            (_, true, true) => "other sentence, before",
            (_, true, false) => "other sentence, after",
            (_, _, true) => "same sentence, before",
            (_, _, false) => "same sentence, after",
        }
    }

    /// The text from `left` to `right` with an `x` for every other stretch between marks and every abbreviation.
    fn without_stretches(&self, text: &str, left: usize, right: usize, own: Span, stretches: &[Span]) -> String {
        let mut between = text[left..right.max(left)].to_owned();
        let mut sorted: Vec<Span> = stretches.to_vec();
        sorted.sort_unstable_by(|a, b| b.cmp(a));
        let mut cut = right;
        for span in sorted.into_iter().filter(|span| *span != own) {
            let (start, end) = (span.start as usize, span.end as usize);
            if left < start && end < right && end <= cut {
                between.replace_range(start - left..end - left, "x");
                cut = start;
            }
        }
        let mut plain = String::with_capacity(between.len());
        let mut at = 0;
        for found in self.abbreviation.find_iter(&between) {
            plain.push_str(&between[at..found.start()]);
            plain.push('x');
            at = found.end();
        }
        plain + &between[at..]
    }

    /// `said` for a form of `say`, `other`, or `none`.
    #[must_use]
    pub fn cue_kind(&self, text: &str, cues: &[Span]) -> &'static str {
        let words: Vec<Span> = cues.iter().flat_map(|cue| self.words_in(text, *cue)).collect();
        match () {
            () if words.is_empty() => "none",
            () if words.iter().any(|word| self.kinds(word.of(text)).said) => "said",
            () => "other",
        }
    }
}

/// Words that a pattern takes as they are.
fn escaped(word: &str) -> String {
    word.chars().flat_map(|sign| (!sign.is_alphanumeric()).then_some('\\').into_iter().chain([sign])).collect()
}

/// Whether a word stands somewhere after a small letter or comma, so that its capital is its own.
fn stands_within_a_sentence(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let mut before = text[..at].chars().rev();
        let blank = before.next() == Some(' ');
        let within = before.next().is_some_and(|sign| sign.is_ascii_lowercase() || sign == ',');
        let ends = !text[at + word.len()..].starts_with(|sign: char| sign.is_alphanumeric() || sign == '_');
        blank && within && ends
    })
}

fn back(text: &str, byte: usize) -> usize {
    text[..byte].char_indices().next_back().map_or(0, |(at, _)| at)
}

fn forth(text: &str, byte: usize) -> usize {
    byte + text[byte..].chars().next().map_or(0, char::len_utf8)
}

/// How long a quotation is, in words.
#[must_use]
pub fn length_class(words: &str) -> &'static str {
    match words.split_whitespace().count() {
        0..=3 => "1-3 words",
        4..=6 => "4-6 words",
        7..=15 => "7-15 words",
        _ => "16 words and more",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "“We will rebuild it,” the Dessan bridge warden Rhoda Quennell said. He called it “a very big bridge.”\n\n\
                        “Never again,” she told the President. Later Quennell and Dessan slept.";

    fn judge() -> Judge {
        Judge::new(&Files::embedded()).expect("the embedded list is good")
    }

    fn span(part: &str) -> Span {
        let start = TEXT.find(part).expect("a part of the text");
        Span::new(start, start + part.len())
    }

    const SOURCE: &str = "the Dessan bridge warden Rhoda Quennell";

    #[test]
    fn a_hit_shares_a_carrying_word_a_strict_one_the_head() {
        let judge = judge();
        let check = |mention: &str, expected: (bool, bool)| {
            let hit = judge.hit(TEXT, Some(span(mention)), "", None, &[span(SOURCE)]);
            assert_eq!((hit.source, hit.head), expected, "{mention}");
        };
        check("Quennell", (true, true));
        check("Dessan", (true, false));
        check("the Dessan", (true, false));
        check("the", (false, false));
        check("President", (false, false));
        assert_eq!(judge.hit(TEXT, None, "", None, &[span(SOURCE)]), Hit::default());
    }

    #[test]
    fn the_same_name_elsewhere_and_the_relay_are_told_apart() {
        let judge = judge();
        let later = TEXT.rfind("Quennell").map(|at| Span::new(at, at + 8));
        let hit = judge.hit(TEXT, later, "", None, &[span(SOURCE)]);
        assert_eq!((hit.source, hit.name), (false, true));
        let hit = judge.hit(TEXT, Some(span("He")), "Rhoda Quennell", None, &[span(SOURCE)]);
        assert_eq!((hit.source, hit.name), (false, true));
        let hit = judge.hit(TEXT, Some(span("she")), "Dessan", Some(span("Rhoda")), &[span(SOURCE)]);
        assert_eq!((hit.name, hit.layer), (false, true));
    }

    #[test]
    fn a_title_carries_a_source_only_alone() {
        let judge = judge();
        let check = |source: &str, expected: &[&str]| {
            let whole = [Span::new(0, source.len())];
            let words: Vec<&str> = judge.carrying(source, &whole).iter().map(|word| word.of(source)).collect();
            assert_eq!(words, expected);
        };
        check("President Quennell", &["Quennell"]);
        check("the President", &["President"]);
        check("his bridge", &["bridge"]);
        check("this", &["this"]);
    }

    #[test]
    fn kinds_and_places() {
        let judge = judge();
        let kinds = [SOURCE, "He", "she", "the President"].map(|source| judge.source_kind(TEXT, &[span(source)]));
        assert_eq!(kinds, ["name", "pronoun", "pronoun", "nominal"]);
        let stretches = ["We will rebuild it,", "a very big bridge.", "Never again,"].map(span);
        let place = |quotation: usize, source: &str| {
            let gold = GoldQuotation { span: stretches[quotation], sources: vec![span(source)], cues: vec![] };
            judge.source_place(TEXT, &gold, &stretches)
        };
        assert_eq!(place(0, SOURCE), "same sentence, after");
        assert_eq!(place(1, "He"), "same sentence, before");
        assert_eq!(place(1, "Quennell"), "other sentence, before");
        assert_eq!(place(2, "Quennell"), "other paragraph, before");
        assert_eq!(judge.cue_kind(TEXT, &[span("told")]), "other");
        assert_eq!(judge.cue_kind(TEXT, &[span("said")]), "said");
        let lengths = [3, 4, 7, 16].map(|words| length_class(&"w ".repeat(words)));
        assert_eq!(lengths, ["1-3 words", "4-6 words", "7-15 words", "16 words and more"]);
    }
}
