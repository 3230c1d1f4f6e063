//! What must never happen, whatever the text: a panic, a span outside the text or within a character, a row whose words
//! are not those at its offsets, a document that is lost, two answers to one question.

use std::fs;
use std::ops::Range;
use std::sync::LazyLock;

use onrecord::input::{self, Reader};
use onrecord::output::{Encoder, Folder, Style};
use onrecord::pipeline::{self, Settings};
use onrecord::rows::{Rows, rows, rows_reusing};
use onrecord::scan::{Scan, Speech};
use onrecord::table::{QuoteRow, StanceRow, Table};
use onrecord::{Analysis, Analyzer, Document, Lexicons, Span};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

static LEXICONS: LazyLock<Lexicons> = LazyLock::new(Lexicons::embedded);

/// Pieces that texts are made of: every mark, what is mistaken for one, and words that the rules look for.
const PIECES: &[&str] = &[
    "“",
    "”",
    "\"",
    "''",
    "``",
    "«",
    "»",
    "„",
    "‘",
    "’",
    "'",
    "`",
    "‹",
    "›",
    "''.",
    ",\"",
    ".”",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "  ",
    "\u{a0}",
    "\u{200d}",
    "\u{feff}",
    "\0",
    "\u{301}",
    "é",
    "漢字",
    "😀",
    "ß",
    "İ",
    "ﬁ",
    ".",
    ",",
    ";",
    ":",
    "?",
    "!",
    "…",
    "...",
    "--",
    "—",
    "-",
    "(",
    ")",
    "[",
    "<",
    ">",
    "<p class=\"lead\">",
    "</p>",
    "<a href=\"",
    "&quot;",
    "â€œ",
    "â€",
    "\\u201c",
    "\\n\\n",
    "\\\"",
    "6'2\"",
    "35\"",
    "'90s",
    "U.S.",
    "Mr.",
    "a.m.",
    "Q:",
    "A:",
    "1,000",
    "$5",
    "@lee",
    "https://a.b/c?d=\"e\"",
    "Ann Lee",
    "Lee",
    "Ms. Lee",
    "Mr. Omar Reyes",
    "Rex Tillerson",
    "Donald Trump",
    "Trump's",
    "NATO",
    "Moscow",
    "Russian",
    "the ministry",
    "a senior official",
    "the Redmoor Post",
    "TASS",
    "O'Brien",
    "de la Cruz",
    "Jr.",
    "he",
    "She",
    "they",
    "it",
    "who",
    "him",
    "I",
    "you",
    "said",
    "says",
    "saying",
    "told reporters",
    "told",
    "added",
    "according to",
    "called",
    "was quoted",
    "asked",
    "of",
    "that",
    "by",
    "in",
    "and",
    "not",
    "never",
    "a liar",
    "honest",
    "hates",
    "praised",
    "the",
    "The",
    "president",
    "spokesman",
    "known as",
    "We won",
    "we will",
    "vote",
];

fn text() -> impl Strategy<Value = String> {
    let pieces = vec((select(PIECES), select(&["", " ", " "][..])), 0..60);
    let of_pieces = pieces.prop_map(|pieces| pieces.into_iter().flat_map(|(piece, space)| [piece, space]).collect());
    prop_oneof![8 => of_pieces, 1 => "[“”\"'‘’a.\n ]{0,40}", 1 => any::<String>()]
}

/// A document whose article begins anywhere in its text, or, as a library may be told, within a character or beyond.
fn document() -> impl Strategy<Value = Document> {
    (text(), prop_oneof![4 => Just(0), 1 => 0..60usize]).prop_map(|(text, body)| Document {
        id: "a".into(),
        text,
        body,
        ..Document::default()
    })
}

fn check_span(span: Span, text: &str) -> Result<(), TestCaseError> {
    prop_assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} in {} bytes", text.len());
    Ok(())
}

fn check_range(range: &Range<usize>, length: usize) -> Result<(), TestCaseError> {
    prop_assert!(range.start <= range.end && range.end <= length, "{range:?} of {length}");
    Ok(())
}

/// Every span lies in the text and on character boundaries, every index leads somewhere.
fn check_analysis(analysis: &Analysis, document: &Document) -> Result<(), TestCaseError> {
    let Analysis { scan, entities, attributions, stances, .. } = analysis;
    let text = document.text.as_str();
    let tokens = scan.tokens.len();
    // Where nothing is quoted words are not looked up.
    let words = if scan.quotations.is_empty() { 0 } else { tokens };
    prop_assert_eq!((scan.words.len(), scan.classes.len()), (words, words));
    let mut end = document.article_start() as u32;
    for token in &scan.tokens {
        let span = token.span();
        check_span(span, text)?;
        prop_assert!(span.start >= end && !span.is_empty(), "tokens overlap or are empty: {span:?} after {end}");
        end = span.end;
    }
    for range in scan.paragraphs.iter().chain(&scan.sentences) {
        check_range(range, tokens)?;
    }
    let mut end = 0;
    for quotation in &scan.quotations {
        check_span(quotation.span, text)?;
        check_range(&quotation.tokens, tokens)?;
        prop_assert!(quotation.span.start >= end, "quotations overlap");
        end = quotation.span.end;
    }
    for mention in &scan.mentions {
        check_span(mention.span, text)?;
        check_range(&mention.tokens, tokens)?;
        check_range(&mention.head, tokens)?;
        mention.role.map_or(Ok(()), |role| check_span(role, text))?;
    }
    prop_assert_eq!(entities.of_mention.len(), scan.mentions.len());
    prop_assert!(entities.of_mention.iter().flatten().all(|entity| *entity < entities.list.len()));
    prop_assert!(
        entities
            .list
            .iter()
            .flat_map(|entity| &entity.mentions)
            .all(|mention| (*mention as usize) < scan.mentions.len())
    );
    prop_assert_eq!(attributions.len(), scan.quotations.len());
    for attribution in attributions {
        let mentions = [attribution.source, attribution.addressee, attribution.via];
        prop_assert!(mentions.into_iter().flatten().all(|mention| mention < scan.mentions.len()));
        prop_assert!(attribution.speaker.is_none_or(|speaker| speaker < entities.list.len()));
        prop_assert!(attribution.turn < attributions.len());
        prop_assert!((0.0..=1.0).contains(&attribution.confidence));
        attribution.cue.map_or(Ok(()), |cue| check_span(cue, text))?;
    }
    for stance in stances {
        check_span(stance.mention, text)?;
        prop_assert!(stance.quotation < attributions.len() && stance.target < entities.list.len());
        prop_assert!([stance.score, stance.article_score].iter().all(|score| (-1.0..=1.0).contains(score)));
    }
    Ok(())
}

/// The words between two code points, as a reader of the tables takes them: `text[start:end]`.
fn between(text: &str, start: Option<u32>, end: Option<u32>) -> String {
    let (start, end) = (start.unwrap_or(0) as usize, end.unwrap_or(0) as usize);
    text.chars().take(end).skip(start).collect()
}

fn check_quote(quote: &QuoteRow<'_>, text: &str) -> Result<(), TestCaseError> {
    let QuoteRow { quote_id, doc_id, start, end, .. } = quote;
    prop_assert_eq!(quote_id.to_string(), format!("{doc_id}:{start}-{end}"));
    prop_assert_eq!(quote.text, between(text, Some(*start), Some(*end)));
    prop_assert_eq!(quote.speaker_mention, between(text, quote.speaker_start, quote.speaker_end));
    prop_assert_eq!(quote.cue, between(text, quote.cue_start, quote.cue_end));
    prop_assert_eq!(quote.via, between(text, quote.via_start, quote.via_end));
    Ok(())
}

fn check_stance(stance: &StanceRow<'_>, quotes: &[QuoteRow<'_>], text: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(stance.target_mention, between(text, stance.target_start, stance.target_end));
    prop_assert!(quotes.iter().any(|quote| quote.quote_id == stance.quote_id), "a stance without its quotation");
    Ok(())
}

fn config(cases: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    // PROPTEST_CASES asks for more or fewer.
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { cases };
    ProptestConfig { cases, failure_persistence: None, ..default }
}

proptest! {
    #![proptest_config(config(20_000))]

    #[test]
    fn any_text_is_analysed_within_its_bounds(document in document()) {
        let analysis = Analyzer::new(&LEXICONS).with_speech(Speech::WithTurns).analyze(&document);
        check_analysis(&analysis, &document)?;
        for all in [false, true] {
            let rows = rows(&document, &analysis, &LEXICONS, all);
            prop_assert!(rows.quotes.is_sorted_by_key(|quote| quote.start));
            for quote in &rows.quotes {
                check_quote(quote, &document.text)?;
            }
            for stance in &rows.stances {
                check_stance(stance, &rows.quotes, &document.text)?;
            }
        }
    }
}

proptest! {
    #![proptest_config(config(5_000))]

    #[test]
    fn the_same_text_gives_the_same_rows(document in document()) {
        let [once, again] = [(), ()].map(|()| Analyzer::new(&LEXICONS).with_speech(Speech::WithTurns).analyze(&document));
        let [once, again] = [&once, &again].map(|analysis| rows(&document, analysis, &LEXICONS, true));
        prop_assert_eq!((once.quotes, once.stances, once.document), (again.quotes, again.stances, again.document));
    }
}

/// That nothing of the documents before is left in what was found of this one.
fn check_same(used: &Analysis, document: &Document, analyzer: Analyzer<'_>) -> Result<(), TestCaseError> {
    let fresh = analyzer.analyze(document);
    prop_assert_eq!(&used.attributions, &fresh.attributions);
    prop_assert_eq!(&used.stances, &fresh.stances);
    prop_assert_eq!(&used.entities.list, &fresh.entities.list);
    prop_assert_eq!(&used.entities.of_mention, &fresh.entities.of_mention);
    // These cannot be compared; what they show of themselves can.
    let shown = |analysis: &Analysis| {
        let Scan { tokens, words, classes, glances, quotations, mentions, .. } = &analysis.scan;
        let how = &analysis.entities.how;
        format!("{tokens:?} {words:?} {classes:?} {glances:?} {quotations:?} {mentions:?} {how:?}")
    };
    let ranges = |analysis: &Analysis| {
        let Scan { paragraphs, captions, sentences, turns_left_out, .. } = analysis.scan.clone();
        (paragraphs, captions, sentences, turns_left_out)
    };
    prop_assert_eq!(ranges(used), ranges(&fresh));
    prop_assert_eq!(shown(used), shown(&fresh));
    Ok(())
}

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn used_room_gives_what_fresh_room_gives(documents in vec(document(), 2..8), all in any::<bool>()) {
        let speech = if all { Speech::WithTurns } else { Speech::Marked };
        let analyzer = Analyzer::new(&LEXICONS).with_speech(speech);
        let (mut analysis, mut room) = (Analysis::default(), Rows::default());
        for document in &documents {
            analysis = analyzer.analyze_reusing(document, analysis);
            check_same(&analysis, document, analyzer)?;
            let used = rows_reusing(room.emptied(), document, &analysis, &LEXICONS, all);
            let fresh = rows(document, &analysis, &LEXICONS, all);
            prop_assert_eq!((&used.quotes, &used.stances), (&fresh.quotes, &fresh.stances));
            prop_assert_eq!(&used.document, &fresh.document);
            room = used.emptied();
        }
    }
}

/// Texts are to be compared with what was given.
fn as_given() -> input::Options {
    input::Options { read_signs: false, ..input::Options::default() }
}

proptest! {
    #![proptest_config(config(60))]

    /// Whatever goes through the steps together, on whatever thread and in whatever room.
    #[test]
    fn a_run_writes_what_each_document_gives_alone(texts in vec(text(), 1..40), threads in 1..4_usize) {
        let folder = tempfile::tempdir().expect("room in the temporary folder");
        let line = |(number, text): (usize, &String)| {
            serde_json::json!({ "id": number.to_string(), "text": text }).to_string() + "\n"
        };
        let path = folder.path().join("a.jsonl");
        fs::write(&path, texts.iter().enumerate().map(line).collect::<String>()).expect("room");
        let options = as_given();
        let inputs = input::expand(&[path], &options).expect("a file");
        let encoder = Encoder::new(Style::default());
        let tables = [Table::Quotes, Table::Stances];
        let sink = Folder::create(folder.path(), &tables, Style::default()).expect("a folder");
        let settings = Settings { threads, all_quotations: true, least_confidence: 0.0, speech: Speech::WithTurns };
        let reader = Reader::new(inputs, &options);
        let run = pipeline::run(reader, &LEXICONS, encoder, Box::new(sink), settings, &mut |_| {});
        run.expect("a folder that can be written");
        let [mut quotes, mut stances] = [Vec::new(), Vec::new()];
        encoder.header(Table::Quotes, &mut quotes);
        encoder.header(Table::Stances, &mut stances);
        for (number, text) in texts.iter().enumerate() {
            let document = Document { id: number.to_string(), text: text.clone(), ..Document::default() };
            let analysis = Analyzer::new(&LEXICONS).with_speech(Speech::WithTurns).analyze(&document);
            let rows = rows(&document, &analysis, &LEXICONS, true);
            encoder.encode(&rows.quotes, &mut quotes);
            encoder.encode(&rows.stances, &mut stances);
        }
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("a table");
        prop_assert_eq!(read("quotes.csv"), String::from_utf8(quotes).expect("UTF-8"));
        prop_assert_eq!(read("stances.csv"), String::from_utf8(stances).expect("UTF-8"));
    }

    #[test]
    fn no_document_is_lost(texts in vec(text(), 1..20), same_id in any::<bool>()) {
        let folder = tempfile::tempdir().expect("room in the temporary folder");
        let id = |number: usize| if same_id { "a".to_owned() } else { number.to_string() };
        let line = |(number, text): (usize, &String)| serde_json::json!({ "id": id(number), "text": text }).to_string() + "\n";
        let path = folder.path().join("a.jsonl");
        fs::write(&path, texts.iter().enumerate().map(line).collect::<String>()).expect("room");
        let options = as_given();
        let inputs = input::expand(&[path], &options).expect("a file");
        let style = Style::default();
        let sink = Folder::create(folder.path(), &[Table::Documents], style).expect("a folder");
        let settings = Settings { threads: 2, all_quotations: false, least_confidence: 0.0, speech: Speech::WithTurns };
        let reader = Reader::new(inputs, &options);
        let progress = pipeline::run(reader, &LEXICONS, Encoder::new(style), Box::new(sink), settings, &mut |_| {});
        prop_assert_eq!(progress.expect("a folder that can be written").documents, texts.len() as u64);
        let mut table = csv::Reader::from_path(folder.path().join("documents.csv")).expect("a table");
        let documents: Vec<_> = table.records().map(|row| row.expect("a row")).collect();
        prop_assert_eq!(documents.len(), texts.len());
        for (number, (row, text)) in documents.iter().zip(&texts).enumerate() {
            let expected = if same_id && number > 0 { format!("a-{}", number + 1) } else { id(number) };
            prop_assert_eq!(&row[0], expected);
            prop_assert_eq!(&row[8], text.chars().count().to_string());
            prop_assert_eq!(&row[11], if text.trim().is_empty() { "skipped" } else { "ok" });
        }
    }
}

/// Texts that broke the analysis once, found by the fuzzer.
const ONCE_BROKE: [&str; 1] =
    [" liar said of Q:“U.S.the two» President  Russia  not andandandandandandandand liar said of  Russia "];

#[test]
fn what_broke_once_breaks_no_more() {
    for text in ONCE_BROKE {
        let document = Document { id: "a".into(), text: text.into(), ..Document::default() };
        let analysis = Analyzer::new(&LEXICONS).with_speech(Speech::WithTurns).analyze(&document);
        let rows = rows(&document, &analysis, &LEXICONS, true);
        assert_eq!(rows.quotes.len(), analysis.scan.quotations.len(), "{text}");
    }
}
