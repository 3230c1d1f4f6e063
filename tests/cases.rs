//! The annotated texts of `tests/cases/`: braces out, the text through the analyzer, braces back in from what it found,
//! and the two compared. A case ends at a line `---`; above its text may stand `# what it shows`, below it
//! `=> Ann Lee | - | Bo Hart`: the speakers of its quotations in order, `-` for none. Of source, cue, via, addressee and
//! target only those are compared that the case marks; contents always. Below may also stand `-> Ann Lee: against | Bo Hart: for`:
//! the parties of all its quotations in order, neutral ones left out.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use onrecord::notation::{Annotated, Part};
use onrecord::scan::Speech;
use onrecord::stance::Position;
use onrecord::{Analysis, Analyzer, Document, Lexicons};

struct Case {
    /// `typography.txt:12`
    place: String,
    note: String,
    notation: String,
    speakers: Option<Vec<String>>,
    stances: Option<Vec<String>>,
}

fn read_cases(path: &Path) -> Vec<Case> {
    let file = fs::read_to_string(path).expect("a readable file of cases");
    let name = path.file_name().expect("a file").to_string_lossy().into_owned();
    let mut cases = Vec::new();
    let breaks = |text: &str| text.matches('\n').count();
    let mut line = 0;
    for block in format!("\n{file}").split("\n---\n") {
        let first = line + breaks(&block[..block.len() - block.trim_start().len()]);
        if let Some(case) = read_case(block, format!("{name}:{first}")) {
            cases.push(case);
        }
        line += breaks(block) + 2;
    }
    cases
}

fn read_case(block: &str, place: String) -> Option<Case> {
    let lines = || block.trim().lines();
    let starting = |sign: &str| lines().filter_map(|line| line.strip_prefix(sign)).map(str::trim).collect::<Vec<_>>();
    let text: Vec<&str> =
        lines().filter(|line| !["# ", "=> ", "-> "].iter().any(|sign| line.starts_with(sign))).collect();
    let notation = text.join("\n").trim().to_owned();
    let listed = |sign: &str| {
        starting(sign).first().map(|all| all.split('|').map(|one| one.trim().to_owned()).collect::<Vec<String>>())
    };
    let (speakers, stances) = (listed("=> "), listed("-> "));
    (!notation.is_empty()).then(|| Case { place, note: starting("# ").join(" "), notation, speakers, stances })
}

/// What differs, empty where nothing does.
fn differences(case: &Case, lexicons: &Lexicons) -> String {
    let expected = match Annotated::parse(&case.notation) {
        Ok(expected) => expected,
        Err(error) => return format!("{}: {error}\n", case.place),
    };
    let document = Document { id: "case".into(), text: expected.text.clone(), ..Document::default() };
    let analysis = Analyzer::new(lexicons).with_speech(Speech::WithTurns).analyze(&document);
    let mut parts = expected.parts();
    parts.push(Part::Content);
    let found = Annotated::of(&document.text, &analysis, |_| true).only(&parts).to_string();
    let mut told = String::new();
    if found != expected.to_string() {
        told = format!("  expected {expected}\n  found    {found}\n");
    }
    let speakers = speakers(&document.text, &analysis, lexicons);
    if case.speakers.as_ref().is_some_and(|expected| *expected != speakers) {
        let expected = case.speakers.as_deref().unwrap_or_default().join(" | ");
        let _ = writeln!(told, "  speakers expected {expected}\n  speakers found    {}", speakers.join(" | "));
    }
    let stances = stances(&document.text, &analysis, lexicons);
    if case.stances.as_ref().is_some_and(|expected| *expected != stances) {
        let expected = case.stances.as_deref().unwrap_or_default().join(" | ");
        let _ = writeln!(told, "  stances expected {expected}\n  stances found    {}", stances.join(" | "));
    }
    if told.is_empty() { told } else { format!("{} {} {:?}\n{told}", case.place, case.note, rules(&analysis)) }
}

fn speech(analysis: &Analysis) -> impl Iterator<Item = &onrecord::attribution::Attribution> {
    analysis.attributions.iter().filter(|attribution| attribution.kind != onrecord::attribution::Kind::Other)
}

fn speakers(text: &str, analysis: &Analysis, lexicons: &Lexicons) -> Vec<String> {
    let name = |speaker: Option<usize>| {
        speaker.map_or("-", |entity| analysis.entities.list[entity].name.of(text, lexicons)).to_owned()
    };
    speech(analysis).map(|attribution| name(attribution.speaker)).collect()
}

/// `Ann Lee: against`, or `-` where nobody is for or against anybody.
fn stances(text: &str, analysis: &Analysis, lexicons: &Lexicons) -> Vec<String> {
    let polar = analysis.stances.iter().filter(|stance| stance.position != Position::Neutral);
    let shown: Vec<String> = polar
        .map(|stance| {
            let name = analysis.entities.list[stance.target].name.of(text, lexicons);
            format!("{name}: {}", stance.position.name())
        })
        .collect();
    if shown.is_empty() { vec!["-".into()] } else { shown }
}

fn rules(analysis: &Analysis) -> Vec<&str> {
    analysis.attributions.iter().map(|attribution| attribution.rule.as_str()).collect()
}

fn check(theme: &str) {
    let lexicons = Lexicons::embedded();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(theme);
    let cases = read_cases(&path);
    assert!(!cases.is_empty(), "{theme} holds no case");
    let told: Vec<String> =
        cases.iter().map(|case| differences(case, &lexicons)).filter(|told| !told.is_empty()).collect();
    assert!(told.is_empty(), "{} of {} cases of {theme} differ\n\n{}", told.len(), cases.len(), told.join("\n"));
}

#[test]
fn typography() {
    check("typography.txt");
}

#[test]
fn attribution() {
    check("attribution.txt");
}

#[test]
fn anaphora() {
    check("anaphora.txt");
}

#[test]
fn stance() {
    check("stance.txt");
}

#[test]
fn regressions() {
    check("regressions.txt");
}
