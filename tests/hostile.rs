//! What no article ought to hold, and some do. The promises of the README: no panic, linear time, bounded memory, the
//! rest goes on.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use onrecord::report::{Report, Scope};
use onrecord::rows::rows;
use onrecord::scan::Speech;
use onrecord::{Analyzer, Document, Lexicons};
use tempfile::TempDir;

static LEXICONS: LazyLock<Lexicons> = LazyLock::new(Lexicons::embedded);

const ARTICLE: &str = "“We won,” said Ann Lee, the mayor.";

/// Seconds that the analysis of a text takes, the shorter of two runs. That the rows can be made is half the test.
fn seconds(text: &str) -> f64 {
    let document = Document { id: "a".into(), text: text.to_owned(), ..Document::default() };
    let run = || {
        let start = Instant::now();
        let analysis = Analyzer::new(&LEXICONS).with_speech(Speech::WithTurns).analyze(&document);
        let rows = rows(&document, &analysis, &LEXICONS, true);
        assert_eq!(rows.quotes.len(), analysis.scan.quotations.len());
        start.elapsed().as_secs_f64()
    };
    run().min(run())
}

/// Four times the text may take four times as long, with room for a noisy machine; a quadratic stage would need sixteen
/// times.
fn check_linear(name: &str, text: impl Fn(usize) -> String) {
    check_linear_from(60_000, name, text);
}

/// The same from a text of `size` bytes on: what is cheap shows only in a long one.
fn check_linear_from(size: usize, name: &str, text: impl Fn(usize) -> String) {
    let (short, long) = (text(size), text(4 * size));
    let times = || (seconds(&short).max(0.005), seconds(&long));
    let is_linear = |(short, long): &(f64, f64)| *long < 10.0 * short;
    // A machine that is busy just then is asked again.
    let (short, long) = (0..4).map(|_| times()).find(is_linear).unwrap_or_else(times);
    assert!(is_linear(&(short, long)), "{name}: {short:.3} s, four times as much {long:.3} s");
}

/// Letters of a number, so that each name is another.
fn name(number: usize) -> String {
    let letter = |digit: u32| char::from(b'a' + (number / 20_usize.pow(digit) % 20) as u8);
    (0..4).map(letter).collect()
}

/// So many units, each of its own name, as fit.
fn many_named(unit: &str, size: usize) -> String {
    (0..size / (unit.len() + 3)).map(|number| unit.replace('#', &name(number))).collect()
}

/// The unit as often as fits.
fn many(unit: &str, size: usize) -> String {
    unit.repeat(size / unit.len())
}

#[test]
fn marks_without_end_cost_linear_time() {
    assert!(seconds("\"\"=") < 5.0);
    check_linear("straight marks", |size| many("\"", size));
    check_linear("opening marks", |size| many("“", size));
    check_linear("apostrophes", |size| many("'", size));
    check_linear("unclosed quotations", |size| many("“He said so. ", size));
    check_linear("unclosed paragraphs", |size| many("“He said so.\n\n", size));
    check_linear("nested marks", |size| many("“‘", size / 2) + "x" + &many("’”", size / 2));
    check_linear("single marks beside double ones", |size| many("\n\n'We won,' she said. \"Go,\" he said.", size));
    check_linear("brackets", |size| format!("“We {} won,” Ann Lee said.", many("(", size)));
    check_linear("tags", |size| many("<", size));
}

#[test]
fn names_without_end_cost_linear_time() {
    check_linear("letters of a name", |size| format!("“We won,” said A{} on Monday.", many("b", size)));
    check_linear("words of a name", |size| format!("“We won,” said {} on Monday.", many("Ann Lee ", size)));
    check_linear("names after commas", |size| format!("“We won,” said Ann Lee{}", many(", Bob Ray", size)));
    check_linear("a list of names", |size| {
        let (names, them) = (many_named("Minister Ann Q#, ", size / 2), many("The ministers left. ", size / 2));
        format!("“We won,” said {names} and Minister Bob Ray. {them}")
    });
    check_linear("names joined", |size| format!("“We won,” said {}", many("Ann Lee and ", size)));
    check_linear("pronouns", |size| format!("“We won,” said Ann. {}", many("he she they ", size)));
    check_linear("descriptions", |size| format!("“We won,” said Ann. {}", many("the senator of a minister ", size)));
    check_linear("brackets that never close behind names", |size| {
        let (named, meant) =
            (many_named("Sen. Ann Q# (D came. ", size / 2), many("The Texas senator left. ", size / 2));
        format!("“We won,” said Ann. {named} {meant}")
    });
    check_linear("relatives told before", |size| {
        format!("“We won,” said Ann. {}", many("Ann Lee met her mother, Cara Ray. Her mother left. ", size))
    });
    check_linear("capitals", |size| format!("“We won,” said Ann.\n\n{}", many("XY ZQ ", size)));
    check_linear("countries' namesakes", |size| {
        format!("“We won,” said Ann. {}", many("Ann Jordan met Jordan. ", size))
    });
    check_linear("particles", |size| format!("“We won,” said Ann {}Lee.", many("van der ", size)));
    check_linear("firms", |size| format!("“We won,” said Ann{}.", many(" & Ray", size)));
    check_linear("roles joined", |size| format!("“We won,” said Ann. {}", many("her friend and poet Ann Lee ", size)));
    check_linear("names within names", |size| {
        format!("“We won,” said Ann. {}", many("Senator Xo Ray-il met Mr. Xo. ", size))
    });
    check_linear("names within a name", |size| {
        format!("“We won,” said Ann. Senator Xo Ray-il won. {}", many("Mr. Xo met Mr. Xo. ", size))
    });
    check_linear("ages", |size| format!("“We won,” said Ann. {}", many("the 30-year-old ", size)));
    check_linear("cues", |size| format!("“We won,” {}", many("said told called ", size)));
}

#[test]
fn namesakes_without_end_cost_linear_time() {
    let check = |unit: &str| check_linear(unit, |size| format!("“We won,” said Ann Lee. {}", many_named(unit, size)));
    check("A# Lee, ");
    check("“We won,” said A# Lee. Lee left.\n\n");
    check("“We won,” said A# Lee. He left. Mr. Lee lied.\n\n");
    check("“We won,” said Ann Q#. Ann left.\n\n");
    check("“We won,” said Q# Jordan. Jordan left.\n\n");
    check("“We won,” said Q# Lee and Z# Lee. The Lees left.\n\n");
    check("Mary Z# Lee left. “No,” her husband said.\n\n");
    check("Ann left. “No,” her husband said.\n\n");
}

#[test]
fn places_without_end_cost_linear_time() {
    check_linear("of one another", |size| format!("“We won,” said Ann Lee {}.", many("of Redmoor ", size)));
    check_linear("of one person", |size| format!("“We won,” said Ann. {}", many("Ann Lee of ", size)));
}

#[test]
fn transcripts_without_end_cost_linear_time() {
    let check = |unit: &str| check_linear(unit, |size| many_named(unit, size));
    check("A# LEE: Who will pay you?\n");
    check("LONDON: Who will pay you?\n\nBOB RAY: I will pay Marrow.\n\n");
    check("MARY Q#, HOST: Who will pay you?\n\nQ#: I will pay Marrow.\n\n");
    check("Q: Who will pay you?\n\nA: I will pay Marrow.\n\n");
}

/// What stands in `<>` again and again, within one quotation.
#[test]
fn words_without_end_in_one_sentence_cost_linear_time() {
    let check = |said: &str| {
        check_linear_from(120_000, said, |size| {
            let mut pieces = said.split(['<', '>']);
            let mut text = pieces.next().unwrap_or_default().to_owned();
            while let Some(unit) = pieces.next() {
                text += &many(unit, size / said.matches('<').count());
                text += pieces.next().unwrap_or_default();
            }
            format!("“{text},” Ann Lee said of Marrow.")
        });
    };
    check("the mill <of mill >, <a disgrace >");
    check("Marrow lies and <bad >");
    check("Marrow lies and <disgrace >");
    check("<if Marrow had listened >");
    check("<had Marrow listened, >");
    check("nobody <writes like Marrow >");
    check("<never ><attacking >Marrow is bad");
    check("<very ><attacking Marrow >is bad");
    check(", she says <mill >, <lies >");
    check("Marrow left, <very ><lied >");
    check("<hero is the the the the >Marrow");
    check("Marrow is <badly >");
}

#[test]
fn clauses_without_end_cost_linear_time() {
    let said = |unit: &str, size: usize| format!("“We won, {}” Ann Lee said of Bob Ray.", many(unit, size));
    check_linear("deeds", |size| said("Bob is bad and Ray hates Bob ", size));
    check_linear("comparisons", |size| said("bad but better than Bob ", size));
    check_linear("hearsay", |size| said("they say Bob is as bad as they say ", size));
    check_linear("concessions", |size| said("although Bob is bad, but Bob is good, ", size));
    check_linear("verbs", |size| said("is has failed to be not been ", size));
}

/// Each clause goes on with the subject of the one before: a long chain once overflowed the stack.
#[test]
fn clauses_that_go_on_with_others_are_followed_only_so_far() {
    let inserted = |size: usize| format!("“Marrow{}” Ann Lee said of Marrow.", many(", held in a hall, lied", size));
    assert!(seconds(&inserted(500_000)) < 60.0);
    check_linear("insertions", inserted);
}

#[test]
fn parties_without_end_cost_linear_time() {
    const LONG: usize = 600_000;
    check_linear_from(LONG, "events", |size| {
        many("“We condemn the attack on Bob Ray,” Ann Lee said. Xo Hart attacked. ", size)
    });
    let unit = |number: usize| format!("“Ann Q{0} is bad,” Bob Z{0} said, and “Ann Q{0} lies.”\n\n", name(number));
    check_linear_from(LONG, "speakers and parties", |size| (0..size / 60).map(unit).collect());
    let aged = |number: usize| format!("“We won,” said Ann Q{}, 30. The 40-year-old said “no.”\n\n", name(number));
    let asked = "“Who will pay Marrow?” asked Bob Ray.\n\n“I will. Marrow lied,” said Ann Lee.\n\n";
    check_linear_from(LONG, "a name again and again", |size| many(asked, size));
    check_linear("you in a long quotation", |size| format!("“{}” Ann Lee said.", many("You lied to Marrow. ", size)));
    check_linear_from(LONG, "ages of many", |size| (0..size / 60).map(aged).collect());
}

/// Thousands of parties and thousands of words in one quotation.
#[test]
fn parties_and_words_without_end_in_one_quotation_cost_linear_time() {
    let check = |parties: &str, words: &str| {
        check_linear(parties, |size| {
            let (parties, words) = (many_named(parties, size / 2), many(words, size / 2));
            format!("“{parties}Bob Ray {words}” Ann Lee said.")
        });
    };
    check("Ann Q# is a bad liar. ", "is bad. ");
    check("Ann Q# and ", "is bad, bad ");
    check("Ann Q# hates Bob Z#, ", "and hate Bob ");
    check("Ann Q#. ", "bad. ");
    check("Ann Q#, ", "you lied, ");
    check("the Q# government is bad. ", "attack ");
    check("Ann Q#'s aide is bad. ", "the attack was bad. ");
}

#[test]
fn one_long_article_costs_what_many_short_ones_cost() {
    let unit =
        "“We won,” said Ann Lee of the ministry on Monday. Bob Ray told reporters that he “could not agree.” \n\n";
    check_linear("paragraphs", |size| many(unit, size));
    check_linear("one paragraph", |size| many(&unit.replace('\n', ""), size));
}

#[test]
fn a_page_of_thousands_of_speakers_costs_linear_time() {
    let seconds = |size: usize| {
        let text = many_named("“We won,” said Ann Q#.\n\n", size);
        let document = Document { id: "a".into(), text, ..Document::default() };
        let analysis = Analyzer::new(&LEXICONS).analyze(&document);
        let report = Report::new(&document, &analysis, &LEXICONS, Scope::Speech);
        let run = || {
            let start = Instant::now();
            assert!(report.html().len() > size);
            start.elapsed().as_secs_f64().max(0.01)
        };
        run().min(run())
    };
    let is_linear = || seconds(2_000_000) < 10.0 * seconds(500_000);
    // A machine that is busy just then is asked again.
    assert!((0..4).any(|_| is_linear()));
}

#[test]
fn odd_letters_are_text_like_any_other() {
    check_linear("NUL", |size| many("“We won,”\0 Ann Lee\0 said.\0", size));
    check_linear("right to left", |size| many("‏“שלום,” אמר דוד. ", size));
    check_linear("combining marks", |size| format!("“We won,” Ann L{} said.", many("e\u{301}", size)));
    check_linear("numbers", |size| format!("“We won,” {}", many("1,2.3'", size)));
    check_linear("no white space", |size| many("said“Ann”", size));
}

// The program as a whole

fn folder() -> TempDir {
    tempfile::tempdir().expect("room in the temporary folder")
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_onrecord"))
}

/// Scans `input` to `folder/out`, quietly.
fn scan(input: &Path, folder: &TempDir, more: &[&str]) -> Output {
    let out = folder.path().join("out");
    let run = program().arg("scan").arg(input).arg("-o").arg(out).arg("-q").args(more).stdin(Stdio::null()).output();
    run.expect("the binary starts")
}

/// The ids of the documents and their status.
fn documents(folder: &TempDir) -> Vec<(String, String)> {
    let mut table = csv::Reader::from_path(folder.path().join("out/documents.csv")).expect("a table");
    let rows = table.records().map(|row| row.expect("a row"));
    rows.map(|row| (row[0].to_owned(), row[11].to_owned())).collect()
}

fn statuses(folder: &TempDir) -> Vec<String> {
    documents(folder).into_iter().map(|(_, status)| status).collect()
}

#[test]
fn records_that_cannot_be_read_fail_alone() {
    let (folder, deep) = (folder(), 100_000);
    let input = folder.path().join("a.jsonl");
    let nested = format!("{}{}", "[".repeat(deep), "]".repeat(deep));
    let lines = [
        format!("{{\"id\": \"a\", \"text\": \"{ARTICLE}\"}}"),
        format!("{{\"id\": \"b\", \"text\": \"x\", \"more\": {nested}}}"),
        "{\"id\": \"c\", \"text\": \"\\ud800 “We won,” Ann Lee said.\"}".to_owned(),
        "{\"id\": \"d\", \"text\": ".to_owned(),
        "\u{0}\u{0}\u{0}".to_owned(),
        format!("{{\"id\": \"f\", \"text\": \"{}\"}}", many("x ", 2 << 20)),
        format!("{{\"id\": \"g\", \"text\": \"{ARTICLE}\"}}"),
    ];
    fs::write(&input, lines.join("\n")).expect("room");
    let run = scan(&input, &folder, &["--max-document", "1"]);
    assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
    let statuses = statuses(&folder);
    assert_eq!(statuses.len(), lines.len(), "{statuses:?}");
    assert_eq!((statuses[0].as_str(), statuses[6].as_str()), ("ok", "ok"));
    assert_eq!(statuses[3..6], ["failed", "failed", "failed"]);
}

#[test]
fn a_very_long_text_is_read_in_sections() {
    let folder = folder();
    let table = |name: &str| {
        let mut table = csv::Reader::from_path(folder.path().join("out").join(name)).expect("a table");
        table.records().map(|row| row.expect("a row")).collect::<Vec<_>>()
    };
    let unit = "“We won é,” said Ann Lee, the mayor.\n\nIt rained.\n\n";
    let html = "&ldquo;We won &eacute;,&rdquo; said Ann Lee, the mayor.\n\nIt rained.\n\n";
    for (opening, unit) in [("", unit), ("---\ntitle: A year\n---\n\n", unit), ("", html)] {
        let place = |words: &str| unit[..unit.find(words).expect("words of the unit")].chars().count();
        let text = format!("{opening}{}", many(unit, 3_000_000));
        fs::write(folder.path().join("a.txt"), &text).expect("room");
        assert_eq!(scan(&folder.path().join("a.txt"), &folder, &[]).status.code(), Some(0));
        let (quotes, documents) = (table("quotes.csv"), table("documents.csv"));
        for (number, quote) in quotes.iter().enumerate() {
            let start = opening.chars().count() + unit.chars().count() * number + place("We");
            let places = [&quote[4], &quote[5], &quote[8]].map(|cell| cell.parse::<usize>().expect("a number"));
            let paragraph = if opening.is_empty() { 2 * number } else { places[2] };
            assert_eq!(places, [start, start + place(",") + 1 - place("We"), paragraph]);
            assert_eq!([&quote[6], &quote[10]], ["We won é,", "Ann Lee"]);
        }
        let [document] = &documents[..] else { panic!("{documents:?}") };
        let count = (3_000_000 / unit.len()).to_string();
        assert_eq!([&document[9], &document[10], &document[11]], [count.as_str(), count.as_str(), "ok"]);
        assert_eq!(document[8], text.chars().count().to_string());
        assert!(document[12].contains("sections, each for itself"), "{}", &document[12]);
        assert_eq!(&table("speakers.csv")[0][5], "1", "one document");
    }
}

#[test]
fn front_matter_may_be_longer_than_a_section() {
    let folder = folder();
    let front = format!("---\ntitle: A year\nnote: {}\n---\n\n", many("x", 700_000));
    fs::write(folder.path().join("a.txt"), format!("{front}{ARTICLE}\n")).expect("room");
    let run = scan(&folder.path().join("a.txt"), &folder, &[]);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let mut table = csv::Reader::from_path(folder.path().join("out/quotes.csv")).expect("a table");
    let quotes: Vec<_> = table.records().map(|row| row.expect("a row")).collect();
    let [quote] = &quotes[..] else { panic!("{quotes:?}") };
    assert_eq!([&quote[4], &quote[6]], [&(front.len() + 1).to_string(), "We won,"]);
    assert_eq!(statuses(&folder), ["ok"]);
}

#[test]
fn thousands_of_files_are_each_a_row() {
    let folder = folder();
    let input = folder.path().join("articles");
    fs::create_dir(&input).expect("room");
    for number in 0..3000 {
        fs::write(input.join(format!("{number:04}.txt")), ARTICLE).expect("room");
    }
    assert_eq!(scan(&input, &folder, &[]).status.code(), Some(0));
    let documents = documents(&folder);
    assert!((0..3000).map(|number| format!("{number:04}")).eq(documents.into_iter().map(|(id, _)| id)));
}

#[test]
fn a_file_that_changes_while_it_is_read_breaks_nothing() {
    let folder = folder();
    let input = folder.path().join("a.jsonl");
    let line = format!("{{\"text\": \"{ARTICLE}\"}}\n");
    fs::write(&input, line.repeat(20_000)).expect("room");
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for size in (0u64..).map(|round| 1_000 * (1 + round % 700)) {
                if done.load(Ordering::Relaxed) {
                    break;
                }
                let mut file = OpenOptions::new().append(true).open(&input).expect("the file is there");
                file.set_len(size).expect("a shorter or longer file");
                file.write_all(line.as_bytes()).expect("room");
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        for _ in 0..10 {
            let run = scan(&input, &folder, &[]);
            let message = String::from_utf8_lossy(&run.stderr).into_owned();
            assert!(run.status.code().is_some_and(|code| code <= 2), "{message}");
            assert!(!message.contains("panicked"), "{message}");
        }
        done.store(true, Ordering::Relaxed);
    });
}

/// An article's words are text, whatever they look like: nothing is executed, fetched or opened because of them.
#[test]
fn what_an_article_says_is_not_done() {
    let folder = folder();
    let (input, made) = (folder.path().join("$(touch made).txt"), folder.path().join("made"));
    let text = format!(
        "“`touch {0}`; $(touch {0}),” said =cmd|' /C touch {0}'!A0. “<img src=http://localhost:1/x>,” said ../../made.",
        made.display()
    );
    fs::write(&input, text).expect("room");
    assert_eq!(scan(&input, &folder, &["--excel"]).status.code(), Some(0));
    assert!(!made.exists());
    let explained = program().args(["explain", "--format", "html"]).arg(&input).output().expect("the binary starts");
    let page = String::from_utf8(explained.stdout).expect("UTF-8");
    assert!(page.contains("&lt;img src") && !page.contains("<img"), "{page}");
}

/// Where a process can be given no more than so much memory.
#[cfg(target_os = "linux")]
mod bounded_memory {
    use std::fs::File;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    /// Runs the program in no more than so many MiB of address space.
    fn scan_within(mebibytes: u64, input: &str, folder: &TempDir, more: &str) -> Output {
        let out = folder.path().join("out");
        let command = format!(
            "ulimit -v {}; exec {} scan {input} -o {} -q --threads 2 {more}",
            mebibytes << 10,
            env!("CARGO_BIN_EXE_onrecord"),
            out.display()
        );
        Command::new("sh").arg("-c").arg(command).stdin(Stdio::null()).output().expect("a shell")
    }

    #[test]
    fn a_packed_line_without_end_takes_no_memory() {
        let folder = folder();
        let input = folder.path().join("a.jsonl.gz");
        let mut packed = GzEncoder::new(File::create(&input).expect("room"), Compression::fast());
        packed.write_all(b"{\"id\": \"a\", \"text\": \"").expect("room");
        let block = vec![b'x'; 1 << 20];
        for _ in 0..1200 {
            packed.write_all(&block).expect("room");
        }
        packed.write_all(format!("\"}}\n{{\"id\": \"b\", \"text\": \"{ARTICLE}\"}}\n").as_bytes()).expect("room");
        packed.finish().expect("room");
        let run = scan_within(800, &input.display().to_string(), &folder, "--max-document 4");
        assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
        assert_eq!(statuses(&folder), ["failed", "ok"]);
    }

    /// Whether an object is the only one of its file is known where the file ends.
    #[test]
    fn blanks_without_end_take_no_memory() {
        let folder = folder();
        let object = format!("{{\"id\": \"a\", \"text\": \"{ARTICLE}\"}}");
        for (name, after, expected) in
            [("a.json.gz", "", &["ok"][..]), ("b.json.gz", "{\"text\": \"x\"}", &["ok", "ok"])]
        {
            let input = folder.path().join(name);
            let mut packed = GzEncoder::new(File::create(&input).expect("room"), Compression::fast());
            packed.write_all(object.as_bytes()).expect("room");
            let block = b"  \n ".repeat(1 << 18);
            for _ in 0..700 {
                packed.write_all(&block).expect("room");
            }
            packed.write_all(after.as_bytes()).expect("room");
            packed.finish().expect("room");
            let run = scan_within(500, &input.display().to_string(), &folder, "");
            assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
            assert_eq!(statuses(&folder), expected);
        }
    }

    /// What is nested without end is passed over, and the next object is read.
    #[test]
    fn brackets_without_end_take_no_memory() {
        let folder = folder();
        let input = folder.path().join("a.json.gz");
        let mut packed = GzEncoder::new(File::create(&input).expect("room"), Compression::fast());
        packed.write_all(b"{\"id\": \"a\", \"text\": \"x\", \"more\": ").expect("room");
        let block = vec![b'['; 1 << 20];
        for _ in 0..700 {
            packed.write_all(&block).expect("room");
        }
        packed.write_all(format!("\n{{\"id\": \"b\", \"text\": \"{ARTICLE}\"}}\n").as_bytes()).expect("room");
        packed.finish().expect("room");
        let run = scan_within(500, &input.display().to_string(), &folder, "--max-document 4");
        assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
        assert_eq!(statuses(&folder), ["failed", "ok"]);
    }

    #[test]
    fn an_endless_input_takes_no_memory() {
        let line = format!(
            "{{\"id\": \"a\", \"text\": \"{}\"}}",
            many(&format!("{ARTICLE} Nobody came to the harbour. "), 5_000)
        );
        // 150 MB, three times what the program may take.
        let input = format!("<(yes '{line}' | head -n 30000)").replace('’', "'");
        let command = format!(
            "ulimit -v {}; {} scan - --input-format jsonl --table documents -o - -q < {input} | wc -l",
            400u64 << 10,
            env!("CARGO_BIN_EXE_onrecord")
        );
        let Ok(run) = Command::new("bash").arg("-c").arg(command).stdin(Stdio::null()).output() else { return };
        assert_eq!(String::from_utf8_lossy(&run.stdout).trim(), "30001", "{}", String::from_utf8_lossy(&run.stderr));
    }
}
