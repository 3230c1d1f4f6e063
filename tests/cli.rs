//! The program as a person or a scheduler meets it: arguments, exit codes, messages, files.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use tempfile::TempDir;

/// All done; done but some records failed; nothing done.
const DONE: i32 = 0;
const SOME_FAILED: i32 = 1;
const NOTHING: i32 = 2;

const TABLES: [&str; 5] = ["documents.csv", "quotes.csv", "relations.csv", "speakers.csv", "stances.csv"];

/// How a run of the program ended.
struct Run {
    code: i32,
    stdout: Vec<u8>,
    stderr: String,
}

impl Run {
    fn text(&self) -> String {
        String::from_utf8(self.stdout.clone()).expect("the tables are UTF-8")
    }

    /// The rows of a CSV table on stdout, the header first.
    fn rows(&self) -> Vec<Vec<String>> {
        csv_rows(&self.stdout)
    }

    /// The cells of a column on stdout.
    fn column(&self, name: &str) -> Vec<String> {
        column(&self.rows(), name)
    }

    fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}", self.stderr);
        self
    }
}

fn csv_rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let rows = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes).into_records();
    rows.map(|row| row.expect("a table").iter().map(str::to_owned).collect()).collect()
}

fn column(rows: &[Vec<String>], name: &str) -> Vec<String> {
    let at = rows[0].iter().position(|column| column == name).expect("the column is in the table");
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    program.current_dir(env!("CARGO_MANIFEST_DIR"));
    program
}

fn onrecord(arguments: &[&str]) -> Run {
    onrecord_reading(arguments, b"")
}

/// Runs the program with `input` on stdin.
fn onrecord_reading(arguments: &[&str], input: &[u8]) -> Run {
    let mut child = spawn(arguments);
    // A run that ends before it reads closes the pipe.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    let output = child.wait_with_output().expect("the program ends");
    let stderr = String::from_utf8(output.stderr).expect("messages are UTF-8");
    Run { code: output.status.code().expect("no signal ends the program"), stdout: output.stdout, stderr }
}

fn spawn(arguments: &[&str]) -> Child {
    let mut program = program();
    program.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    program.spawn().expect("the binary starts")
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("room in the temporary folder")
}

/// Writes a file and gives its path.
fn file(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(&path, bytes).expect("room in the temporary folder");
    shown(&path)
}

fn shown(path: &Path) -> String {
    path.to_str().expect("a path in UTF-8").to_owned()
}

/// Names in a folder, hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

const ARTICLE: &str = "“We won the vote,” said Ann Lee, the mayor. She called the result “a good day for Redmoor.”\n";

fn article_line(id: &str, text: &str) -> String {
    let text = text.replace('"', "\\\"").replace('\n', "\\n");
    format!("{{\"id\": \"{id}\", \"text\": \"{text}\"}}\n")
}

// Help and usage

/// Help that names every option under a heading of its group and ends with three examples.
fn check_help(command: &[&str], options: &[&str], headings: &[&str]) {
    let run = onrecord(&[command, &["--help"]].concat()).expect(DONE);
    let help = run.text();
    for option in options {
        assert!(help.contains(option), "{command:?} --help does not name {option}:\n{help}");
    }
    for heading in headings {
        assert!(help.contains(&format!("\n{heading}:\n")), "{command:?} --help has no group {heading}:\n{help}");
    }
    let (_, examples) = help.rsplit_once("\nExamples:\n").expect("the help ends with examples");
    let count = examples.lines().filter(|line| line.contains("onrecord ")).count();
    assert_eq!((count, examples.contains("\n\n")), (3, false), "{command:?} --help ends with:\n{examples}");
}

#[test]
fn help_of_scan_names_every_option_in_groups_and_ends_with_examples() {
    let options = [
        "<INPUT>...",
        "--map",
        "--input-format",
        "--date-order",
        "--max-document",
        "-o, --output",
        "--table",
        "--format",
        "--excel",
        "--delimiter",
        "--transcripts",
        "--all-quotations",
        "--min-confidence",
        "--lexicons",
        "--gazetteer",
        "--threads",
        "-q, --quiet",
    ];
    check_help(&["scan"], &options, &["Input", "Output", "Names and words", "Run"]);
}

#[test]
fn no_command_shows_the_help_and_does_nothing() {
    let run = onrecord(&[]).expect(NOTHING);
    for command in ["scan", "explain", "stance", "eval", "gazetteer", "lexicon"] {
        assert!(run.stderr.contains(&format!("\n  {command} ")), "{}", run.stderr);
    }
    assert_eq!(onrecord(&["--version"]).expect(DONE).text(), concat!("onrecord ", env!("CARGO_PKG_VERSION"), "\n"));
}

/// A run that does nothing and says so in a line with these parts.
fn check_nothing(arguments: &[&str], parts: &[&str]) {
    let run = onrecord(arguments).expect(NOTHING);
    assert!(run.stdout.is_empty(), "{}", run.text());
    for part in parts {
        assert!(run.stderr.contains(part), "{arguments:?}: no {part:?} in: {}", run.stderr);
    }
}

#[test]
fn usage_errors_name_what_is_possible() {
    check_nothing(&["scan"], &["--output <DIR>", "<INPUT>", "--help"]);
    check_nothing(&["scan", "data", "-o", "-", "--nonsense"], &["--nonsense"]);
    check_nothing(
        &["scan", "data", "-o", "-", "--table", "quote"],
        &["quotes, stances, documents, speakers, relations"],
    );
    check_nothing(&["scan", "data", "-o", "-", "--format", "xlsx"], &["csv, tsv, jsonl"]);
    check_nothing(&["scan", "data", "-o", "-", "--input-format", "xml"], &["txt, jsonl, json, csv or tsv"]);
    check_nothing(&["scan", "data", "-o", "-", "--threads", "0"], &["--threads", "1..=512"]);
    check_nothing(&["scan", "data", "-o", "-", "--map", "Body"], &["--map Body", "field=column"]);
    for command in [&["scan", "data", "-o", "-"][..], &["explain", "data"]] {
        check_nothing(&[command, &["--map", "text=Body", "--map", "Day"]].concat(), &["--map Day: no = in it"]);
    }
    check_nothing(&["scan", "data", "-o", "-", "--map", "day=Pub"], &["no field \"day\"", "text, date, outlet"]);
    check_nothing(&["scan", "data", "-o", "-", "--excel", "--format", "tsv"], &["--excel", "--format tsv"]);
    check_nothing(&["scan", "data", "-o", "-", "--delimiter", "\""], &["--delimiter", "';'"]);
    check_nothing(&["scan", "data", "-o", "-", "--delimiter", "“"], &["--delimiter", "ASCII"]);
    check_nothing(&["scan", "data", "-o", "-", "--delimiter", ";;"], &["--delimiter", "ASCII"]);
    check_nothing(&["data"], &["data: a command must stand before it", "onrecord scan data -o out"]);
    check_nothing(&["scna"], &["'scan'"]);
}

#[test]
fn the_word_tab_is_a_delimiter() {
    let by_word = onrecord(&["scan", "data", "-o", "-", "--delimiter", "tab"]).expect(DONE).text();
    assert!(by_word.starts_with("quote_id\tdoc_id\t"), "{by_word}");
}

// Input

#[test]
fn who_is_written_with_other_signs_is_no_other() {
    let article = "“We will pay,” said Mayor Ottoline Griﬃn. “We are late,” Grif\u{ad}fin added. “Soon,” Griffin said.\n\n\
        “No,” said Councillor Ste\u{301}phane Dufour. “Never,” said Stéphane Dufour.\n\n\
        “Yes,” said Anne\u{2011}Marie Holt. “Well,” said Anne-Marie Holt.\n";
    let run = onrecord_reading(&["scan", "-", "-o", "-", "--input-format", "txt"], article.as_bytes()).expect(DONE);
    let [mayor, councillor, holt] = ["Ottoline Griffin", "Stéphane Dufour", "Anne-Marie Holt"];
    assert_eq!(run.column("speaker"), [mayor, mayor, mayor, councillor, councillor, holt, holt]);
    assert_eq!(run.column("speaker_mention")[0], "Mayor Ottoline Griﬃn", "as it stands");
}

#[test]
fn a_table_on_standard_input_is_told_by_its_header() {
    let table = format!("id,body\n1,\"{ARTICLE}\"\n");
    let run = onrecord_reading(&["scan", "-", "-o", "-"], table.as_bytes()).expect(DONE);
    assert_eq!(run.column("doc_id"), ["1", "1"]);
    let table = format!("id\tWords\n1\t\"{ARTICLE}\"\n");
    let run = onrecord_reading(&["scan", "-", "-o", "-", "--map", "text=Words"], table.as_bytes()).expect(DONE);
    assert_eq!(run.column("doc_id"), ["1", "1"]);
    let run = onrecord_reading(&["scan", "-", "-o", "-"], ARTICLE.as_bytes()).expect(NOTHING);
    assert!(run.stderr.contains("say --input-format txt"), "{}", run.stderr);
}

#[test]
fn what_is_left_out_of_a_folder_is_told() {
    let folder = folder();
    for name in ["a.txt", "b.PDF", "c.pdf", "README", ".hidden.md"] {
        file(&folder, name, ARTICLE);
    }
    let news = shown(folder.path());
    let run = onrecord(&["scan", &news, "-o", "-"]).expect(DONE);
    let told =
        "onrecord: left out for their endings: 1 without an ending, 2 .pdf; what is text in them, save as .txt\n";
    assert!(run.stderr.contains(told), "{}", run.stderr);
    assert!(onrecord(&["scan", &news, "-o", "-", "--quiet"]).expect(DONE).stderr.is_empty());
}

#[test]
fn remarks_on_documents_are_counted_at_the_end() {
    let folder = folder();
    let articles = format!("id,date,text\n1,soon,\"{ARTICLE}\"\n2,,\n3,later,\"{ARTICLE}\"\n");
    let path = file(&folder, "a.csv", articles);
    let out = shown(&folder.path().join("out"));
    let run = onrecord(&["scan", &path, "-o", &out]).expect(DONE);
    let told = format!(
        "onrecord: 1 skipped, as nothing is to be read in them; 2 with a remark, the first of {path}:2: date \"soon\" not \
         understood: write it as 2017-04-12; all are in the documents table\n"
    );
    assert!(run.stderr.contains(&told), "{}", run.stderr);
    let run = onrecord(&["scan", &path, "-o", "-"]).expect(DONE);
    assert!(run.stderr.contains("; --table documents gives all\n"), "{}", run.stderr);
    assert!(onrecord(&["scan", &path, "-o", &out, "--quiet"]).expect(DONE).stderr.is_empty());
}

#[test]
fn the_order_of_day_and_month_can_be_said() {
    let articles = format!("id,date,text\n1,03/04/2026,\"{ARTICLE}\"\n");
    let arguments = ["scan", "-", "-o", "-", "--table", "documents"];
    let run = onrecord_reading(&arguments, articles.as_bytes()).expect(DONE);
    let told = "date \"03/04/2026\" may have the day or the month first: say --date-order dmy or mdy";
    assert_eq!((run.column("date"), run.column("message")), (vec![String::new()], vec![told.to_owned()]));
    for (order, expected) in [("dmy", "2026-04-03"), ("mdy", "2026-03-04")] {
        let run = onrecord_reading(&[&arguments[..], &["--date-order", order]].concat(), articles.as_bytes());
        assert_eq!(run.expect(DONE).column("date"), [expected]);
    }
    check_nothing(&["scan", "data", "-o", "-", "--date-order", "ymd"], &["dmy (the day first)"]);
}

#[test]
fn a_mapped_column_that_is_not_there_is_told() {
    let articles = format!("id,day,text\n1,2017-04-12,\"{ARTICLE}\"\n");
    let arguments = ["scan", "-", "-o", "-", "--table", "documents", "--input-format", "csv", "--map"];
    let run = onrecord_reading(&[&arguments[..], &["date=Dya"]].concat(), articles.as_bytes()).expect(DONE);
    assert_eq!(run.column("message"), ["no column \"Dya\"; found \"day\": correct --map"]);
    let run = onrecord_reading(&[&arguments[..], &["date=Day"]].concat(), articles.as_bytes()).expect(DONE);
    assert_eq!((run.column("message"), run.column("date")), (vec![String::new()], vec!["2017-04-12".to_owned()]));
    let arguments = ["scan", "-", "-o", "-", "--table", "documents", "--map", "date=Pub"];
    let lines = b"{\"text\": \"x\"}\n{\"text\": \"x\", \"pub\": null}\n";
    let run = onrecord_reading(&arguments, lines).expect(DONE);
    assert_eq!(run.column("message"), ["no field \"Pub\": correct --map", ""]);
}

#[test]
fn explain_writes_a_page_to_a_file_that_is_called_one() {
    let folder = folder();
    let input = file(&folder, "a.txt", ARTICLE);
    for (name, options, start) in [
        ("a.html", &[][..], "<!doctype html"),
        ("b.HTM", &[][..], "<!doctype html"),
        ("c.txt", &[][..], "a\n"),
        ("d.html", &["--format", "terminal"][..], "a\n"),
    ] {
        let output = shown(&folder.path().join(name));
        onrecord(&[&["explain", &input, "-o", &output][..], options].concat()).expect(DONE);
        let written = fs::read_to_string(&output).expect("the page").to_lowercase();
        assert!(written.starts_with(start), "{name}: {written}");
    }
}

#[test]
fn an_input_without_articles_is_a_row_that_says_so() {
    let folder = folder();
    for (name, bytes, expected) in [
        ("a.jsonl", "\n", "an object a line"),
        ("b.json", "{\"total\": 0, \"articles\": []}", "a list of objects"),
        ("c.csv", "id,text\n", "rows below the header"),
    ] {
        let input = file(&folder, name, bytes);
        let run = onrecord(&["scan", &input, "-o", "-", "--table", "documents"]).expect(DONE);
        let told = [run.column("status"), run.column("message")].concat();
        assert_eq!(told, ["skipped", &format!("no article in it: if there should be any, write {expected}")], "{name}");
    }
}

#[test]
fn explain_tells_that_a_file_holds_more_articles() {
    let folder = folder();
    let one = file(&folder, "one.jsonl", article_line("a", ARTICLE));
    let two = file(&folder, "two.jsonl", article_line("a", ARTICLE) + &article_line("b", ARTICLE));
    assert!(onrecord(&["explain", &one]).expect(DONE).stderr.is_empty());
    let told = format!("onrecord: {two}: holds more articles: --doc 2 shows the second\n");
    assert_eq!(onrecord(&["explain", &two]).expect(DONE).stderr, told);
    assert!(onrecord(&["explain", &two, "--doc", "1"]).expect(DONE).stderr.is_empty());
}

#[test]
fn an_input_that_is_missing_or_holds_nothing_is_named_before_a_table_is_begun() {
    let folder = folder();
    let out = shown(&folder.path().join("out"));
    check_nothing(&["scan", "nowhere.txt", "-o", &out], &["nowhere.txt: no such file or folder: check the path"]);
    let empty = file(&folder, "empty/notes.md", "no article");
    let empty = Path::new(&empty).parent().map(shown).expect("a folder");
    check_nothing(&["scan", &empty, "-o", &out], &[&empty, "no file ending in .txt", "--input-format"]);
    let tables = shown(&folder.path().join("tables"));
    onrecord(&["scan", "data", "-o", &tables]).expect(DONE);
    check_nothing(&["scan", &tables, "-o", &out], &[&tables, "only tables of an earlier run are in this folder"]);
    check_nothing(&["scan", "-", "-", "-o", &out], &["stdin can be read only once"]);
    let odd = file(&folder, "odd.dat", "words");
    check_nothing(&["scan", &odd, "-o", &out], &["odd.dat: ", "--input-format txt, jsonl, json, csv or tsv"]);
    assert!(!Path::new(&out).exists());
}

#[test]
fn an_unreadable_lexicon_or_gazetteer_is_named_with_its_line() {
    let folder = folder();
    let out = shown(&folder.path().join("out"));
    let scan = |option: &str, value: &str, parts: &[&str]| {
        check_nothing(&["scan", "data", "-o", &out, option, value], parts);
    };
    scan("--lexicons", "nowhere", &["nowhere: no such folder: check the path"]);
    let bad = file(
        &folder,
        "bad/cues.add.tsv",
        "lemma\tthird\tpast\tparticiple\ting\tclass\tnoun\texample\nblort\ta\tb\tc\td\tloud\t\t\n",
    );
    let bad = Path::new(&bad).parent().map(shown).expect("a folder");
    scan("--lexicons", &bad, &["cues.add.tsv:2: ", "loud"]);
    let unsure = file(
        &folder,
        "unsure/cues.add.tsv",
        "lemma\tthird\tpast\tparticiple\ting\tclass\tnoun\texample\nblort\ta\tb\tc\td\tstrong\tmaybe\t\n",
    );
    let unsure = Path::new(&unsure).parent().map(shown).expect("a folder");
    scan("--lexicons", &unsure, &["cues.add.tsv:2: noun \"maybe\" is unknown: write one of yes"]);
    let rows = "glorpish\tadjective\t\t-7\t\n".repeat(22);
    let many = file(&folder, "many/stance.add.tsv", format!("entry\tpos\tforms\tvalue\texample\n{rows}"));
    let many = Path::new(&many).parent().map(shown).expect("a folder");
    let out_of_range = "value \"-7\" is out of range: write a number from -3 to 3\n";
    let last = format!("stance.add.tsv:21: {out_of_range}onrecord: and 2 more: onrecord lexicon check tells all");
    scan("--lexicons", &many, &[&format!("stance.add.tsv:2: {out_of_range}onrecord: "), &last]);
    let stray = file(&folder, "stray/cue.tsv", "lemma\n");
    let stray = Path::new(&stray).parent().map(shown).expect("a folder");
    scan("--lexicons", &stray, &["cue.tsv: no lexicon has this name", "cues.tsv"]);
    let above = Path::new(&stray).parent().map(shown).expect("a folder");
    scan("--lexicons", &above, &["holds no lexicon", "cues.add.tsv"]);
    let scant = file(
        &folder,
        "scant/cues.tsv",
        "lemma\tthird\tpast\tparticiple\ting\tclass\tnoun\texample\nblort\tblorts\tblorted\tblorted\tblorting\tstrong\t\t\n",
    );
    let scant = Path::new(&scant).parent().map(shown).expect("a folder");
    let run = onrecord(&["scan", "data", "-o", "-", "--lexicons", &scant]).expect(DONE);
    assert!(run.stderr.contains("built-in ones: name it cues.add.tsv if they are to be added"), "{}", run.stderr);
    assert!(onrecord(&["scan", "data", "-o", "-", "-q", "--lexicons", &scant]).expect(DONE).stderr.is_empty());
    scan("--gazetteer", "nowhere.tsv", &["nowhere.tsv"]);
    scan("--gazetteer", &file(&folder, "a.tsv", "who\nAnn\n"), &["a.tsv: no column \"name\"", "\"who\""]);
    scan("--gazetteer", &file(&folder, "b.csv", "name,type\nAnn Lee,human\n"), &["b.csv:2: ", "human", "person"]);
    assert!(!Path::new(&out).exists());
}

// Output

#[test]
fn an_unwritable_output_fails_before_any_input_is_read() {
    let folder = folder();
    let occupied = file(&folder, "out", "not a folder");
    // Nothing is ever written to this stdin, and it stays open: a run that read it would not end.
    let mut child = spawn(&["scan", "-", "--input-format", "txt", "-o", &occupied]);
    let pipe = child.stdin.take();
    let started = Instant::now();
    while child.try_wait().expect("a running program").is_none() {
        assert!(started.elapsed() < Duration::from_secs(60), "the program waits for its input");
        std::thread::sleep(Duration::from_millis(20));
    }
    drop(pipe);
    let output = child.wait_with_output().expect("the program ended");
    assert_eq!(output.status.code(), Some(NOTHING));
    let expected = format!("onrecord: {occupied}: is a file, not a folder: name a folder with -o\n");
    assert_eq!(String::from_utf8_lossy(&output.stderr), expected);
}

#[test]
fn tables_of_an_earlier_run_among_the_articles_are_no_input() {
    let folder = folder();
    file(&folder, "a.txt", ARTICLE);
    let news = shown(folder.path());
    let tables = || TABLES.map(|name| fs::read(folder.path().join(name)).expect("a table"));
    onrecord(&["scan", &news, "-o", &news]).expect(DONE);
    let first = tables();
    onrecord(&["scan", &news, "-o", &news]).expect(DONE);
    assert_eq!(tables(), first);
    // Wherever the tables of this run go, and it is told.
    let other = self::folder();
    let run = onrecord(&["scan", &news, "-o", &shown(other.path())]).expect(DONE);
    assert_eq!(TABLES.map(|name| fs::read(other.path().join(name)).expect("a table")), first);
    let told = format!("{} and 4 more: left out", shown(&folder.path().join("documents.csv")));
    assert!(run.stderr.contains(&told), "{}", run.stderr);
    // Articles in a file of such a name are read.
    let folder = self::folder();
    file(&folder, "quotes.csv", format!("id,text\n1,\"{ARTICLE}\"\n"));
    let news = shown(folder.path());
    onrecord(&["scan", &news, "-o", &news, "--table", "documents"]).expect(DONE);
    assert!(fs::read_to_string(folder.path().join("documents.csv")).expect("a table").contains("quotes.csv"));
}

#[test]
fn no_table_is_written_over_an_input() {
    let folder = folder();
    let articles = format!("id,text\n1,\"{ARTICLE}\"\n");
    file(&folder, "quotes.csv", &articles);
    let (news, path) = (shown(folder.path()), shown(&folder.path().join("quotes.csv")));
    for input in [&news, &path] {
        let run = onrecord(&["scan", input, "-o", &news]).expect(NOTHING);
        assert!(run.stderr.contains("quotes.csv: a table of that name would be written over it"), "{}", run.stderr);
    }
    assert_eq!(fs::read_to_string(&path).expect("still there"), articles);
    assert_eq!(names(folder.path()), ["quotes.csv"]);
    onrecord(&["scan", &path, "-o", &news, "--format", "tsv"]).expect(DONE);
}

#[test]
fn five_tables_stand_in_a_new_folder_and_nothing_else() {
    let folder = folder();
    let out = folder.path().join("new/out");
    let run = onrecord(&["scan", "data", "-o", &shown(&out)]).expect(DONE);
    assert_eq!(names(&out), TABLES);
    assert!(run.stdout.is_empty());
}

#[test]
fn table_chooses_one() {
    let folder = folder();
    onrecord(&["scan", "data", "-o", &shown(folder.path()), "--table", "speakers", "--format", "tsv"]).expect(DONE);
    assert_eq!(names(folder.path()), ["speakers.tsv"]);
    let run = onrecord(&["scan", "data", "-o", "-", "--table", "documents"]).expect(DONE);
    assert_eq!(run.rows()[0][0], "doc_id");
    assert_eq!(onrecord(&["scan", "data", "-o", "-"]).expect(DONE).rows()[0][0], "quote_id");
}

#[test]
fn formats_say_the_same() {
    let scan = |options: &[&str]| {
        onrecord_reading(&[&["scan", "-", "--input-format", "txt", "-o", "-"], options].concat(), ARTICLE.as_bytes())
            .expect(DONE)
            .text()
    };
    let csv = scan(&[]);
    let cells = csv_rows(csv.as_bytes());
    assert_eq!(column(&cells, "text"), ["We won the vote,", "a good day for Redmoor."]);
    let tsv: Vec<Vec<String>> =
        scan(&["--format", "tsv"]).lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect();
    assert_eq!(tsv, cells);
    let semicolons = scan(&["--delimiter", ";"]);
    assert_eq!(semicolons.lines().next().map(|line| line.replace(';', ",")), csv.lines().next().map(str::to_owned));
    let jsonl = scan(&["--format", "jsonl"]);
    for (line, row) in jsonl.lines().zip(&cells[1..]) {
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).expect("an object");
        let values = cells[0].iter().map(|column| match &object[column] {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(text) => text.clone(),
            number => number.to_string(),
        });
        assert_eq!(values.collect::<Vec<_>>(), *row);
    }
    assert_eq!(jsonl.lines().count(), cells.len() - 1);
}

#[test]
fn excel_opens_the_tables_by_a_double_click() {
    let input = "“=1+1 is all that we know,” said Ann Lee.\n\n“Two\nlines are two more than none,” said Ann Lee.\n";
    let scan = |options: &[&str]| {
        onrecord_reading(&[&["scan", "-", "--input-format", "txt", "-o", "-"], options].concat(), input.as_bytes())
            .expect(DONE)
            .text()
    };
    let text = scan(&["--excel"]);
    assert!(text.starts_with("\u{feff}quote_id,"), "no byte order mark");
    assert!(text.ends_with("\r\n"), "no CRLF");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "a newline stands in a cell");
    assert!(text.lines().next().is_some_and(|header| header.ends_with(",cut")), "no column for cells that were cut");
    assert!(text.contains(",\"'=1+1 is all"), "no guard before a formula: {text}");
    assert!(text.contains("\"Two lines are "), "{text}");
    assert!(scan(&["--excel", "--delimiter", ";"]).starts_with("\u{feff}quote_id;doc_id;"));
}

#[test]
fn progress_and_summary_go_to_stderr_and_quiet_silences_them() {
    let run = onrecord(&["scan", "data", "-o", "-"]).expect(DONE);
    let lines: Vec<&str> = run.stderr.lines().collect();
    let summary = lines.last().expect("a summary");
    assert!(lines[..lines.len() - 1].iter().all(|line| line.starts_with("onrecord: ")), "{}", run.stderr);
    for part in ["13 documents", " quotations (", " % with a speaker)", " stances; ", " s, ", " MB/s"] {
        assert!(summary.contains(part), "no {part:?} in: {summary}");
    }
    assert!(!run.stderr.contains(['\r', '\u{1b}']), "a progress bar in a pipe");
    assert_eq!(onrecord(&["scan", "data", "-o", "-", "--quiet"]).expect(DONE).stderr, "");
    assert_eq!(onrecord(&["scan", "data", "-o", "-", "-q"]).expect(DONE).stdout, run.stdout);
}

#[test]
fn a_closed_pipe_ends_the_run_quietly() {
    let folder = folder();
    let lines: String = (0..600).map(|n| article_line(&n.to_string(), ARTICLE)).collect();
    let input = file(&folder, "many.jsonl", lines);
    let mut child = spawn(&["scan", &input, "-o", "-"]);
    drop(child.stdin.take());
    let mut reader = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut header = String::new();
    reader.read_line(&mut header).expect("a header");
    drop(reader);
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(DONE), ""));
}

/// Runs the program in a shell that lets no file grow past a block, in whose middle the quotes table ends.
#[cfg(unix)]
#[test]
fn a_run_that_fails_leaves_the_old_tables_and_no_other_files() {
    let folder = folder();
    file(&folder, "quotes.csv", "yesterday's\n");
    let out = shown(folder.path());
    let run = Command::new("sh")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 1; exec \"$0\" scan data -o \"$1\"",
            env!("CARGO_BIN_EXE_onrecord"),
            &out,
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("a shell");
    let message = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(NOTHING), "{message}");
    assert!(message.contains("quotes.csv: cannot be written") && message.contains("make room"), "{message}");
    assert_eq!(names(folder.path()), ["quotes.csv"]);
    assert_eq!(fs::read_to_string(folder.path().join("quotes.csv")).expect("the old table"), "yesterday's\n");
}

#[test]
fn a_run_that_is_killed_leaves_no_table_under_its_name() {
    let folder = folder();
    let mut child = spawn(&["scan", "-", "--input-format", "jsonl", "-o", &shown(folder.path())]);
    let mut pipe = child.stdin.take().expect("a pipe");
    let started = Instant::now();
    while names(folder.path()).len() < TABLES.len() {
        assert!(started.elapsed() < Duration::from_secs(60), "the tables are not begun");
        std::thread::sleep(Duration::from_millis(20));
    }
    pipe.write_all(article_line("a", ARTICLE).as_bytes()).expect("an open pipe");
    child.kill().expect("a running program");
    child.wait().expect("a killed program");
    let named: Vec<String> = names(folder.path()).into_iter().filter(|name| !name.starts_with('.')).collect();
    assert_eq!(named, [""; 0]);
}

// Exit codes and failed records

#[test]
fn some_failed_records_are_told_and_the_rest_goes_on() {
    let folder = folder();
    let lines = [article_line("a", ARTICLE).as_str(), "{\"text\":\n", &article_line("b", ARTICLE)].concat();
    let input = file(&folder, "wire.jsonl", lines);
    let run = onrecord(&["scan", &input, "-o", "-", "--table", "documents"]).expect(SOME_FAILED);
    assert_eq!(run.column("status"), ["ok", "failed", "ok"]);
    assert!(run.column("location")[1].ends_with("wire.jsonl:2"));
    assert!(run.column("message")[1].contains("not valid JSON"));
    assert!(run.stderr.starts_with(&format!("onrecord: {input}:2: not valid JSON")), "{}", run.stderr);
    let quiet = onrecord(&["scan", &input, "-o", "-", "--quiet"]).expect(SOME_FAILED);
    assert_eq!(quiet.stderr.lines().count(), 1, "failures are told to the quiet too: {}", quiet.stderr);
    assert_eq!(quiet.column("doc_id"), ["a", "a", "b", "b"]);
}

#[test]
fn only_the_first_failures_are_shown() {
    let scan = |input: &[u8]| onrecord_reading(&["scan", "-", "--input-format", "jsonl", "-o", "-"], input);
    let run = scan(&[&b"{\n".repeat(9)[..], article_line("a", ARTICLE).as_bytes()].concat()).expect(SOME_FAILED);
    assert!(run.stderr.contains("onrecord: 4 more records could not be read: see status failed"), "{}", run.stderr);
    let run = scan(&b"{\n".repeat(9)).expect(NOTHING);
    let told = "onrecord: 4 more records could not be read: --table documents -o - tells all\nonrecord: no record could be read\n";
    assert!(run.stderr.ends_with(told), "{}", run.stderr);
}

#[test]
fn where_nothing_could_be_read_the_old_tables_stay() {
    let folder = folder();
    file(&folder, "quotes.csv", "yesterday's\n");
    let run = onrecord(&["scan", "-", "-o", &shown(folder.path()), "--quiet"]).expect(NOTHING);
    let told = "onrecord: stdin: is empty: see what should have filled it\nonrecord: no record could be read: no table was written\n";
    assert_eq!(run.stderr, told);
    assert_eq!(names(folder.path()), ["quotes.csv"]);
    assert_eq!(fs::read_to_string(folder.path().join("quotes.csv")).expect("the old table"), "yesterday's\n");
}

#[test]
fn when_all_fail_nothing_was_done() {
    let folder = folder();
    let input = file(&folder, "a.csv", "Headline,Story\nVote,“We won.”\n");
    check_nothing(
        &["scan", &input, "-o", &shown(&folder.path().join("out"))],
        &["a.csv: no column \"text\"; found \"Headline\", \"Story\": name the one", "--map text=COLUMN"],
    );
    let run = onrecord(&["scan", &input, "-o", "-", "--map", "text=story", "--table", "documents"]).expect(DONE);
    assert_eq!((run.column("title"), run.column("characters")), (vec!["Vote".to_owned()], vec!["9".to_owned()]));
}

#[test]
fn an_empty_text_is_a_row_and_no_failure() {
    let run = onrecord_reading(&["scan", "-", "--input-format", "txt", "-o", "-", "--table", "documents"], b" \n")
        .expect(DONE);
    assert_eq!((run.column("status"), run.column("message")), (vec!["skipped".to_owned()], vec!["no text".to_owned()]));
}

#[test]
fn a_gazetteer_among_the_articles_is_skipped_and_the_run_is_well() {
    let run = onrecord(&["scan", "data", "-o", "-", "--table", "documents"]).expect(DONE);
    let (status, message) = (run.column("status"), run.column("message"));
    let at = run.column("location").iter().position(|location| location.ends_with("gazetteer.tsv")).expect("a row");
    assert_eq!(
        (status[at].as_str(), message[at].as_str()),
        ("skipped", "no articles: a gazetteer? give it with --gazetteer")
    );
    assert_eq!(status.iter().filter(|status| *status == "ok").count(), 13);
}

#[test]
fn of_two_documents_with_one_id_the_second_gets_another() {
    let lines = [article_line("x", ARTICLE), article_line("x", ARTICLE), article_line("x-2", ARTICLE)].concat();
    let scan = |table: &str| {
        onrecord_reading(&["scan", "-", "--input-format", "jsonl", "-o", "-", "--table", table], lines.as_bytes())
            .expect(DONE)
    };
    let documents = scan("documents");
    assert_eq!(documents.column("doc_id"), ["x", "x-2", "x-2-2"]);
    let messages = documents.column("message");
    assert_eq!(messages[..2], ["", "id \"x\" was taken: this document is \"x-2\""]);
    assert_eq!(scan("quotes").column("doc_id"), ["x", "x", "x-2", "x-2", "x-2-2", "x-2-2"]);
}

#[test]
fn an_article_longer_than_allowed_fails_alone() {
    let long = article_line("long", &"word ".repeat(250_000));
    let run = onrecord_reading(
        &["scan", "-", "-o", "-", "--table", "documents", "--max-document", "1"],
        [long, article_line("short", ARTICLE)].concat().as_bytes(),
    );
    assert_eq!((run.code, run.column("status")), (SOME_FAILED, vec!["failed".to_owned(), "ok".to_owned()]));
    assert!(run.column("message")[0].contains("more than 1 MiB: raise --max-document"));
}

// Input

#[test]
fn map_names_the_columns() {
    let csv = "When,Paper,What,Body\n2026-02-03,The Redmoor Post,Vote,“We won the vote,” said Ann Lee.\n";
    let options = ["scan", "-", "--input-format", "csv", "-o", "-", "--table", "documents", "--map"];
    let run = onrecord_reading(&[&options[..], &["date=when,outlet=PAPER, title = What"]].concat(), csv.as_bytes());
    let row = run.expect(DONE);
    assert_eq!(
        [row.column("date"), row.column("outlet"), row.column("title")].concat(),
        ["2026-02-03", "The Redmoor Post", "Vote"]
    );
    let folder = folder();
    let input = file(&folder, "a.csv", csv);
    let told = |given: &str| {
        let run = onrecord(&["scan", &input, "-o", "-", "--map", given]).expect(DONE);
        run.stderr.lines().find(|line| line.contains("no article has")).unwrap_or_default().to_owned()
    };
    let end = "if the input has, name its columns with --map";
    assert_eq!(
        told("title=What"),
        format!("onrecord: no article has a date or an outlet: {end} date=NAME,outlet=NAME")
    );
    assert_eq!(told("date=When"), format!("onrecord: no article has an outlet: {end} outlet=NAME"));
    assert_eq!(told("date=When,outlet=Paper"), "");
    let run = onrecord_reading(&[&options[..], &["date=when", "--map", "outlet=PAPER"]].concat(), csv.as_bytes());
    let row = run.expect(DONE);
    assert_eq!([row.column("date"), row.column("outlet")].concat(), ["2026-02-03", "The Redmoor Post"]);
}

#[test]
fn compressed_files_and_stdin_are_read_as_what_they_hold() {
    let folder = folder();
    let lines = article_line("a", ARTICLE);
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(lines.as_bytes()).expect("memory");
    let gzip = encoder.finish().expect("memory");
    let zstd = compress_to_vec(lines.as_bytes(), CompressionLevel::Fastest);
    let plain = file(&folder, "a.jsonl", &lines);
    let expected = onrecord(&["scan", &plain, "-o", "-"]).expect(DONE).stdout;
    assert_eq!(csv_rows(&expected).len(), 3);
    // Told by its first bytes: the second file's name promises nothing.
    for (name, bytes) in [("a.jsonl.gz", &gzip), ("b.dump", &gzip), ("c.ndjson.zst", &zstd)] {
        assert_eq!(onrecord(&["scan", &file(&folder, name, bytes), "-o", "-"]).expect(DONE).stdout, expected, "{name}");
    }
    for bytes in [lines.as_bytes(), &gzip, &zstd] {
        assert_eq!(onrecord_reading(&["scan", "-", "-o", "-"], bytes).expect(DONE).stdout, expected);
    }
}

#[test]
fn stdin_that_tells_no_format_is_told_to() {
    let run = onrecord_reading(&["scan", "-", "-o", "-"], b"text\nWords\n").expect(NOTHING);
    assert!(run.stderr.contains("say --input-format txt, jsonl, json, csv or tsv"), "{}", run.stderr);
    let scan = |format: &str, bytes: &[u8]| {
        let run = onrecord_reading(&["scan", "-", "-o", "-", "--input-format", format, "--table", "documents"], bytes);
        run.expect(DONE).column("characters")
    };
    assert_eq!(scan("csv", b"text\nWords\n"), ["5"]);
    assert_eq!(scan("tsv", b"id\ttext\n1\tWords\n"), ["5"]);
    assert_eq!(scan("txt", b"text\nWords\n"), ["11"]);
    assert_eq!(scan("json", b"[{\"text\": \"one\"}, {\"text\": \"seven\"}]"), ["3", "5"]);
    assert_eq!(scan("jsonl", b"{\"text\": \"one\"}\n{\"text\": \"seven\"}\n"), ["3", "5"]);
}

#[test]
fn encodings_are_told_and_offsets_count_code_points() {
    let article = "Café: “We won,” said Ann Lee.";
    let scan = |bytes: &[u8], table: &str| {
        onrecord_reading(&["scan", "-", "--input-format", "txt", "-o", "-", "--table", table], bytes).expect(DONE)
    };
    let windows: Vec<u8> = article
        .chars()
        .map(|c| match c {
            '“' => 0x93,
            '”' => 0x94,
            'é' => 0xe9,
            c => c as u8,
        })
        .collect();
    let utf_16: Vec<u8> = "\u{feff}".encode_utf16().chain(article.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let utf_16_be: Vec<u8> =
        "\u{feff}".encode_utf16().chain(article.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let marked = ["\u{feff}", article].concat();
    for bytes in [article.as_bytes(), &windows, &utf_16, &utf_16_be, marked.as_bytes()] {
        let quotes = scan(bytes, "quotes");
        assert_eq!(
            [quotes.column("text"), quotes.column("start"), quotes.column("end")].concat(),
            ["We won,", "7", "14"]
        );
    }
    assert_eq!(scan(&windows, "documents").column("message"), ["not UTF-8: read as Windows-1252"]);
    for bytes in [article.as_bytes(), &utf_16, &utf_16_be, marked.as_bytes()] {
        assert_eq!(scan(bytes, "documents").column("message"), [""]);
    }
}

/// A table of an article that stands in standard input.
fn table_of(article: &str, table: &str) -> Run {
    let arguments = ["scan", "-", "--input-format", "txt", "-o", "-", "--table", table];
    onrecord_reading(&arguments, article.as_bytes()).expect(DONE)
}

#[test]
fn signs_written_as_html_are_read_and_positions_count_in_the_text_as_given() {
    let article = "<p>&quot;We won,&quot; said Ann Lee of Lee &amp; Sons.</p>";
    let scan = |table: &str| table_of(article, table);
    let quotes = scan("quotes");
    let cells = ["text", "start", "end", "speaker_start", "speaker_end"].map(|name| quotes.column(name).concat());
    assert_eq!(cells, ["We won,", "9", "16", "28", "35"]);
    assert_eq!([&article[9..16], &article[28..35]], ["We won,", "Ann Lee"]);
    let documents = scan("documents");
    assert_eq!(documents.column("characters"), [article.len().to_string()]);
    let told = "signs written as HTML (&amp;) read as what they stand for: positions count in the text as given";
    assert_eq!(documents.column("message"), [told]);
}

#[test]
fn garbled_signs_are_read_and_positions_count_in_the_text_as_given() {
    // As a spreadsheet writes a table of UTF-8 that it took for Windows-1252; of the closing mark the last byte is lost.
    let article = "â€œItâ€™s over,â€ said RenÃ© Dessan.";
    let scan = |table: &str| table_of(article, table);
    let quotes = scan("quotes");
    let cells = ["text", "start", "end", "speaker"].map(|name| quotes.column(name).concat());
    assert_eq!(cells, ["It’s over,", "3", "15", "René Dessan"]);
    assert_eq!(article.chars().skip(3).take(12).collect::<String>(), "Itâ€™s over,");
    let told =
        "UTF-8 that was taken for another encoding (â€™) read as what was meant: positions count in the text as given";
    assert_eq!(scan("documents").column("message"), [told]);
}

/// In a text that was never unescaped every person after the first `\n` would speak with the words of others.
#[test]
fn escaped_lines_are_paragraphs() {
    let article = r#"Ann Lee is the mayor. \"We won,\" Lee said.\n\nBo Hart agreed: \u201cWe did.\u201d"#;
    let scan = |table: &str| table_of(article, table);
    let quotes = scan("quotes");
    assert_eq!(quotes.column("text"), ["We won,", "We did."]);
    assert_eq!(quotes.column("speaker"), ["Ann Lee", "Bo Hart"]);
    let start = article.find("We did.").expect("a quotation");
    let place = [start, start + "We did.".len()].map(|place| place.to_string());
    assert_eq!([&quotes.column("start")[1], &quotes.column("end")[1]], place.each_ref());
    assert!(scan("documents").column("message")[0].starts_with("signs escaped as in JSON"));
}

#[test]
fn lost_quotation_marks_are_told() {
    let article = "?We won,? Ann Lee said. ?It?s over.?";
    let documents = table_of(article, "documents");
    assert!(documents.column("message")[0].starts_with("the quotation marks are lost"));
}

/// A long text is read in sections: what each of them tells joins what the reader told.
#[test]
fn several_notes_on_one_article_are_all_told() {
    let turns = b"TARN: Who will pay?\n\nHALE: Not the caf\xe9.\n\nTARN: Who then?\n\n";
    let message = |bytes: &[u8]| {
        let arguments = ["scan", "-", "--input-format", "txt", "-o", "-", "--table", "documents"];
        onrecord_reading(&arguments, bytes).expect(DONE).column("message").concat()
    };
    let told = "not UTF-8: read as Windows-1252; a transcript: with --transcripts its turns are rows too, though they have no \
                quotation marks";
    assert_eq!(message(turns), told);
    let sections = "; a very long text: read in 2 sections, each for itself";
    assert_eq!(message(&turns.repeat((600 << 10) / turns.len())), format!("{told}{sections}"));
}

#[test]
fn inputs_are_read_in_the_order_given_and_folders_in_the_order_of_names() {
    let folder = folder();
    for name in ["b/2.txt", "b/10.txt", "a.txt"] {
        file(&folder, name, ARTICLE);
    }
    let [first, second] = ["b", "a.txt"].map(|name| shown(&folder.path().join(name)));
    let run = onrecord(&["scan", &first, &second, "-o", "-", "--table", "documents"]).expect(DONE);
    assert_eq!(run.column("doc_id"), ["10", "2", "a"]);
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let folder = folder();
    // Several chunks of half a MiB, and stray marks that must not reach over the end of an article.
    let articles =
        ["data/harbor_vote.txt", "data/island_strike.txt", "data/hospital_inquiry.txt", "data/bridge_closure.txt"];
    let texts = articles.map(|name| fs::read_to_string(name).expect("a sample article"));
    let lines: String = (0..720).map(|n| article_line(&format!("{}", n / 2), &texts[n % texts.len()])).collect();
    assert!(lines.len() > 1 << 20);
    let input = file(&folder, "many.jsonl", lines);
    let tables = ["1", "2", "8"].map(|threads| {
        let out = folder.path().join(threads);
        onrecord(&["scan", &input, "-o", &shown(&out), "--threads", threads]).expect(DONE);
        TABLES.map(|table| fs::read(out.join(table)).expect("a table"))
    });
    assert_eq!(csv_rows(&tables[0][0]).len(), 721);
    for (name, ((one, two), eight)) in TABLES.iter().zip(tables[0].iter().zip(&tables[1]).zip(&tables[2])) {
        assert!(one == two && one == eight, "{name}");
    }
}

// Names and words

#[test]
fn a_gazetteer_adds_a_name() {
    let folder = folder();
    let gazetteer =
        file(&folder, "more.csv", "name,aliases,id,type\n\"Quorn, Beth\",Old Bess|the Ferry Queen,X7,person\n");
    let scan = |options: &[&str]| {
        let run = onrecord_reading(
            &[&["scan", "-", "--input-format", "txt", "-o", "-"], options].concat(),
            "“We won,” Old Bess said.".as_bytes(),
        );
        let run = run.expect(DONE);
        [run.column("speaker"), run.column("speaker_id")].concat()
    };
    assert_eq!(scan(&["--gazetteer", &gazetteer]), ["Quorn, Beth", "X7"]);
    assert_ne!(scan(&[]), ["Quorn, Beth", "X7"]);
}

#[test]
fn a_list_that_cannot_be_dumped_is_named() {
    let folder = folder();
    let occupied = file(&folder, "words", "no folder");
    check_nothing(&["lexicon", "dump", &occupied], &["words: cannot be made (", "name another folder"]);
}

#[cfg(target_os = "linux")]
#[test]
fn standard_output_that_takes_no_bytes_is_told() {
    let trials = ["lexicon", "try", "Dessan praised Marrow."];
    for arguments in [&["lexicon", "check"][..], &trials, &["explain", "data"], &["eval", "tests/gold"]] {
        let full = fs::File::options().write(true).open("/dev/full").expect("a device that takes nothing");
        let output = program().args(arguments).stdout(full).output().expect("the binary starts");
        assert_eq!(output.status.code(), Some(NOTHING), "{arguments:?}");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains("onrecord: standard output: cannot be written ("), "{told}");
    }
}

#[test]
fn explain_passes_over_tables_of_an_earlier_run() {
    let folder = folder();
    let article = file(&folder, "b.txt", ARTICLE);
    let place = shown(folder.path());
    let run = onrecord(&["scan", &article, "-o", &place]).expect(DONE);
    assert!(run.stderr.contains("1 document, 2 quotations (100.0 % with a speaker), 0 stances; "), "{}", run.stderr);
    check_nothing(&["explain", &place, "--doc", "2"], &["no article \"2\" among its 1: "]);
}

#[test]
fn dumped_lexicons_are_the_built_in_ones_and_an_edited_one_counts() {
    let folder = folder();
    let lexicons = folder.path().join("words");
    let shown = shown(&lexicons);
    let run = onrecord(&["lexicon", "dump", &shown]).expect(DONE);
    assert!(run.stderr.contains(&shown), "{}", run.stderr);
    assert!(names(&lexicons).contains(&"cues.tsv".to_owned()));
    let cue = |options: &[&str]| {
        let arguments = [&["scan", "-", "--input-format", "txt", "-o", "-"], options].concat();
        let run = onrecord_reading(&arguments, "“We won the vote on Monday,” Ann Lee blorn.".as_bytes()).expect(DONE);
        [run.column("speaker"), run.column("cue")].concat()
    };
    let built_in = cue(&[]);
    assert_ne!(built_in, ["Ann Lee", "blorn"]);
    assert_eq!(cue(&["--lexicons", &shown]), built_in);
    let row = "blorn\tblorns\tblorn\tblorn\tblorning\tstrong\t\t\n";
    let cues = fs::read_to_string(lexicons.join("cues.tsv")).expect("the dumped list");
    fs::write(lexicons.join("cues.tsv"), cues + row).expect("room");
    assert_eq!(cue(&["--lexicons", &shown]), ["Ann Lee", "blorn"]);
    // Files that are there are not written over.
    onrecord(&["lexicon", "dump", &shown]).expect(DONE);
    assert_eq!(cue(&["--lexicons", &shown]), ["Ann Lee", "blorn"]);
}

#[test]
fn a_lexicon_can_be_extended_by_a_few_rows() {
    let folder = folder();
    let added = "lemma\tthird\tpast\tparticiple\ting\tclass\tnoun\texample\n\
                 blorn\tblorns\tblorn\tblorn\tblorning\tstrong\t\t\n";
    let path = PathBuf::from(file(&folder, "mine/cues.add.tsv", added));
    let lexicons = path.parent().map(shown).expect("a folder");
    let run = onrecord_reading(
        &["scan", "-", "--input-format", "txt", "-o", "-", "--lexicons", &lexicons],
        "“We won the vote on Monday,” Ann Lee blorted. “We won the rest too,” said Omar Reyes.".as_bytes(),
    );
    assert_eq!(run.expect(DONE).column("cue"), ["blorted", "said"]);
    onrecord(&["lexicon", "check", &lexicons]).expect(DONE);
}

#[test]
fn all_quotations_adds_what_is_not_speech() {
    let article = "She read the novel “Two Rivers” twice. “We won,” said Ann Lee.";
    let scan = |options: &[&str]| {
        let arguments = [&["scan", "-", "--input-format", "txt", "-o", "-"], options].concat();
        let run = onrecord_reading(&arguments, article.as_bytes()).expect(DONE);
        (run.column("text"), run.column("kind"))
    };
    assert_eq!(scan(&[]).0, ["We won,"]);
    let (texts, kinds) = scan(&["--all-quotations"]);
    assert_eq!((texts, kinds[0].as_str()), (vec!["Two Rivers".to_owned(), "We won,".to_owned()], "other"));
}

#[cfg(unix)]
#[test]
fn a_stopped_run_leaves_the_folder_as_it_was() {
    for signal in ["-INT", "-TERM"] {
        let folder = TempDir::new().expect("room");
        fs::write(folder.path().join("quotes.csv"), "yesterday's").expect("room");
        let names = || {
            let entries = fs::read_dir(folder.path()).expect("a folder");
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect::<Vec<_>>()
        };
        let mut command = program();
        command.args(["scan", "-", "-q", "--input-format", "jsonl", "-o"]).arg(folder.path());
        // Standard input stays open: the run waits for an article that never comes.
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program");
        let _open = child.stdin.take();
        let begun = Instant::now();
        while names().len() < 6 && begun.elapsed() < Duration::from_secs(30) {
            std::thread::sleep(Duration::from_millis(10));
        }
        assert_eq!(names().len(), 6, "five tables under temporary names");
        // The files are known to the handler just after they are made.
        std::thread::sleep(Duration::from_millis(300));
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()), "kill works");
        assert_eq!(child.wait().expect("it ends").code(), Some(130));
        assert_eq!(names(), ["quotes.csv"]);
        assert_eq!(fs::read_to_string(folder.path().join("quotes.csv")).expect("a file"), "yesterday's");
    }
}

#[test]
fn min_confidence_takes_back_speakers_but_no_quotation() {
    let folder = folder();
    let scan = |name: &str, least: &str| {
        let out = folder.path().join(name);
        onrecord(&["scan", "data", "-o", &shown(&out), "--min-confidence", least]).expect(DONE);
        let table = |table: &str| csv_rows(&fs::read(out.join(table)).expect("a table"));
        (table("quotes.csv"), table("stances.csv"))
    };
    let ((all, stances), (sure, sure_stances)) = (scan("all", "0"), scan("sure", "0.9"));
    for name in ["quote_id", "rule", "confidence", "kind", "turn_id"] {
        assert_eq!(column(&all, name), column(&sure, name));
    }
    let confidences = column(&sure, "confidence");
    let doubtful = |confidence: &String| confidence.parse::<f64>().is_ok_and(|confidence| confidence < 0.9);
    assert!(confidences.iter().any(doubtful));
    for name in
        ["speaker", "speaker_id", "speaker_type", "speaker_role", "speaker_mention", "speaker_start", "cue", "via"]
    {
        for ((before, after), confidence) in column(&all, name).iter().zip(column(&sure, name)).zip(&confidences) {
            assert_eq!(&after, if doubtful(confidence) { "" } else { before.as_str() }, "{name}");
        }
    }
    let ids: Vec<String> = column(&sure, "quote_id");
    let is_doubtful = |id: &String| ids.iter().zip(&confidences).any(|(known, of)| known == id && doubtful(of));
    assert!(column(&stances, "quote_id").iter().any(is_doubtful));
    assert!(!column(&sure_stances, "quote_id").iter().any(is_doubtful));
    check_nothing(&["scan", "data", "-o", "-", "--min-confidence", "70"], &["--min-confidence", "from 0 to 1"]);
}

// Measuring

#[test]
fn eval_gives_precision_and_recall_on_annotated_articles() {
    let run = onrecord(&["eval", "tests/gold", "--errors", "5"]).expect(DONE);
    let text = run.text();
    let starts = [
        "2 articles, 6 annotated quotations, 6 found; 1 annotated contents without quotation marks are not measured",
        "quotations                      1.000   1.000  1.000   6 of 6 found, 6 annotated",
        "speakers                        0.833   0.833  0.833   5 of 6 found, 6 annotated",
        "Of 1 stretches between marks that nobody attributed 0 are taken for quotations.",
        "recall by source",
        "precision by rule",
        "right by confidence",
        "## wrong speaker (name; other paragraph, before): 1",
        "- oven 149: annotated «Ilse Fennimore», found «he» (after-source-cue)",
    ];
    for start in starts {
        assert!(text.lines().any(|line| line.starts_with(start)), "no line {start:?} in:\n{text}");
    }
    let figures = onrecord(&["eval", "tests/gold", "--json"]).expect(DONE).text();
    let figures: serde_json::Value = serde_json::from_str(&figures).expect("JSON");
    assert_eq!((&figures["speakers"]["hits"], &figures["speakers"]["found"]), (&5.into(), &6.into()));
}

#[test]
fn eval_goes_on_after_annotations_that_do_not_fit_and_names_them() {
    let folder = folder();
    file(&folder, "good.txt", ARTICLE);
    file(&folder, "good.ann", "T1\tContent 1 16\tWe won the vote,\nT2\tSource 24 31\tAnn Lee\nE1\tSays:T1 By:T2\n");
    file(&folder, "moved.txt", ARTICLE);
    file(&folder, "moved.ann", "T1\tContent 2 17\tWe won the vote,\n");
    file(&folder, "alone.ann", "");
    let gold = shown(folder.path());
    let run = onrecord(&["eval", &gold]).expect(SOME_FAILED);
    assert!(run.stderr.contains("alone.ann: no .txt file of the same name"), "{}", run.stderr);
    assert!(run.stderr.contains("moved.ann:1: T1 says «We won the vote,»"), "{}", run.stderr);
    assert!(run.text().starts_with("1 articles, 1 annotated quotations, 2 found"), "{}", run.text());
    check_nothing(&["eval", "nowhere"], &["nowhere: cannot be read"]);
    check_nothing(&["eval", "data"], &["data: no file ending in .ann", "brat"]);
    check_nothing(&["eval", "Cargo.toml"], &["Cargo.toml: is a file: name the folder that it is in"]);
}

#[test]
fn annotations_count_in_the_text_as_it_is_given() {
    let folder = folder();
    let gold = shown(folder.path());
    let text = "Lee &amp; Sons lost. “We won,” said Ann Lee.\n";
    let at = |words: &str| {
        let start = text.find(words).map(|byte| text[..byte].chars().count()).expect("in the text");
        format!("{start} {}\t{words}", start + words.chars().count())
    };
    let (source, cue, content) = (at("Ann Lee"), at("said"), at("“We won,”"));
    file(&folder, "a.txt", text);
    file(&folder, "a.ann", format!("T1\tSource {source}\nT2\tCue {cue}\nT3\tContent {content}\nE1\tX:T2 a:T1 b:T3\n"));
    let run = onrecord(&["eval", &gold]).expect(DONE);
    assert!(run.text().contains("1 of 1 found, 1 annotated"), "{}", run.text());
}

#[test]
fn eval_tells_of_texts_without_annotations() {
    let folder = folder();
    for name in ["a.txt", "b.txt", "c.txt"] {
        file(&folder, name, ARTICLE);
    }
    file(&folder, "a.ann", "");
    let run = onrecord(&["eval", &shown(folder.path())]).expect(DONE);
    let b = shown(&folder.path().join("b.txt"));
    let told = format!(
        "onrecord: {b} and 1 more: not measured, without annotations: annotate it, or add an empty b.ann where nobody is quoted\n"
    );
    assert_eq!(run.stderr, told);
    assert!(run.text().starts_with("1 article"), "{}", run.text());
}

#[test]
fn eval_tells_of_other_types_and_encodings() {
    let folder = folder();
    file(&folder, "a.txt", "“We won,” said Ann Lee.");
    file(&folder, "a.ann", "T1\tQuote 1 8\tWe won,\n");
    let gold = shown(folder.path());
    let run = onrecord(&["eval", &gold]).expect(DONE);
    assert_eq!(
        run.stderr,
        format!(
            "onrecord: {gold}: no annotation has the type Content: measured are Source, Cue and Content, rename yours to these\n"
        )
    );
    let utf_16: Vec<u8> = "\u{feff}T1\tContent 1 8\tWe won,\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    file(&folder, "a.ann", utf_16);
    check_nothing(&["eval", &gold], &["a.ann: is not in UTF-8: save it so"]);
}

#[test]
fn eval_calibrates_the_patterns() {
    let folder = folder();
    let path = shown(&folder.path().join("patterns.tsv"));
    let run = onrecord(&["eval", "tests/gold", "--calibrate", &path]).expect(DONE);
    assert!(run.text().contains("expected calibration error"), "{}", run.text());
    let fitted = fs::read_to_string(&path).expect("the patterns");
    let embedded = include_str!("../lexicons/en/patterns.tsv");
    let rest = |text: &str| {
        let without =
            |line: &str| line.split('\t').enumerate().filter(|(at, _)| *at != 3).map(|(_, cell)| cell).collect();
        text.lines().map(without).collect::<Vec<String>>()
    };
    assert_eq!(rest(&fitted), rest(embedded), "only the confidences change");
    assert_ne!(fitted, embedded);
    let dir = shown(folder.path());
    onrecord(&["scan", "data", "-o", "-", "--lexicons", &dir]).expect(DONE);
    check_nothing(&["eval", "tests/gold", "--calibrate", "nowhere/p.tsv"], &["nowhere/p.tsv: cannot be written"]);
}

#[test]
fn help_of_eval_names_every_option() {
    let options = ["<GOLD_DIR>", "--errors", "--json", "--min-confidence", "--calibrate", "--lexicons", "--gazetteer"];
    check_help(&["eval"], &options, &["Output", "Names and words"]);
}

// Given texts and parties

#[test]
fn help_of_stance_names_every_option_in_groups_and_ends_with_examples() {
    let options = ["<PAIRS>", "--input-format", "-o, --output", "--lexicons", "--gazetteer"];
    check_help(&["stance"], &options, &["Input", "Output", "Names and words"]);
}

#[test]
fn given_pairs_are_judged_without_a_quotation() {
    let pairs = concat!(
        r#"{"id": "a", "text": "Dessan praised Marrow.", "target": {"name": "Marrow", "start": 15, "end": 21}, "source": {"name": "Dessan", "start": 0, "end": 6}}"#,
        "\n",
        r#"{"id": "b", "text": "Dessan praised Marrow.", "target": {"name": "Dessan"}, "source": {"name": "Marrow"}}"#,
        "\n",
        r#"{"id": "c", "text": "Marrow is a liar.", "target": {"name": "Marrow"}}"#,
        "\n",
    );
    let run = onrecord_reading(&["stance", "-", "-o", "-"], pairs.as_bytes()).expect(DONE);
    assert_eq!(run.rows()[0], ["id", "label", "score", "evidence"]);
    assert_eq!(run.column("id"), ["a", "b", "c"]);
    assert_eq!(run.column("label"), ["positive", "neutral", "negative"]);
    assert_eq!(run.column("evidence")[0], "\"praised\" → for its object (+0.97)");
    let table = "id,text,target,source\na,Dessan praised Marrow.,Marrow,Dessan\nb,Dessan praised Marrow.,Dessan,Marrow\nc,Marrow is a liar.,Marrow,\n";
    let folder = folder();
    let (input, output) = (file(&folder, "pairs.csv", table), shown(&folder.path().join("stances.csv")));
    onrecord(&["stance", &input, "-o", &output]).expect(DONE);
    assert_eq!(fs::read(&output).expect("a table"), run.stdout);
}

#[test]
fn a_pair_that_cannot_be_judged_is_named() {
    let folder = folder();
    let pairs = file(&folder, "pairs.csv", "id,text,target\n7,Marrow is a liar.,Dessan\n");
    let told = "pairs.csv:2: pair 7: \"Dessan\" does not stand in its text";
    check_nothing(&["stance", &pairs, "-o", "-"], &[told]);
    let lines = file(&folder, "pairs.jsonl", "{\"id\": \"7\"}\n");
    check_nothing(&["stance", &lines, "-o", "-"], &["pairs.jsonl:1: no pair (missing field `text`)"]);
    check_nothing(&["stance", "data/ceasefire_talks.txt", "-o", "-"], &["JSON lines, CSV or TSV"]);
    let texts = file(&folder, "texts.csv", "id,text,party\n7,Marrow is a liar.,Marrow\n");
    let told =
        "texts.csv: no column \"target\"; found \"id\", \"text\", \"party\": name the columns id, text and target";
    check_nothing(&["stance", &texts, "-o", "-"], &[told]);
}

#[test]
fn pairs_that_cannot_be_judged_are_told_and_the_rest_goes_on() {
    let folder = folder();
    let table = "id,text,target\n7,Marrow is a liar.,Marrow\n8,Marrow\n9,Marrow is a liar.,Dessan\n10,Marrow is brave.,Marrow\n";
    let pairs = file(&folder, "pairs.csv", table);
    let output = file(&folder, "stances.csv", "yesterday's");
    let run = onrecord(&["stance", &pairs, "-o", &output]).expect(SOME_FAILED);
    let rows = csv_rows(&fs::read(&output).expect("a table"));
    assert_eq!(
        (column(&rows, "id"), column(&rows, "label")),
        (vec!["7".into(), "10".into()], vec!["negative".into(), "positive".into()])
    );
    let told: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(told.len(), 2, "{}", run.stderr);
    assert!(told[0].ends_with("pairs.csv:3: only 2 of 3 cells: check the quoting"), "{}", told[0]);
    assert!(told[1].contains("pairs.csv:4: pair 9: \"Dessan\" does not stand in its text"), "{}", told[1]);
    assert_eq!(names(folder.path()), ["pairs.csv", "stances.csv"]);
    // Where none is judged, and where it would be lost itself, what was there stays.
    let none = file(&folder, "none.csv", "id,text,target\n9,Marrow is a liar.,Dessan\n");
    check_nothing(&["stance", &none, "-o", &output], &["none.csv:2: "]);
    assert_eq!(csv_rows(&fs::read(&output).expect("the table")), rows);
    check_nothing(&["stance", &pairs, "-o", &pairs], &["pairs.csv: would be written over"]);
    check_nothing(&["stance", &pairs, "-o", "nowhere/out.csv"], &["nowhere/out.csv: cannot be written"]);
    assert_eq!(fs::read_to_string(&pairs).expect("the pairs"), table);
}

// Lists of names

const QUERY: &str = "item,itemLabel,altLabel,genderLabel,partyLabel,positionLabel,countryLabel\n\
    http://www.wikidata.org/entity/Q11,Gwenda Pellow,\"Gwen Pellow, Pellow\",female,Lantern Party,mayor,Norway\n\
    http://www.wikidata.org/entity/Q12,Q12,,,,,\n";

#[test]
fn an_imported_list_names_the_speakers() {
    let folder = folder();
    let list = file(&folder, "query.csv", QUERY);
    let names = shown(&folder.path().join("names.tsv"));
    let run = onrecord(&["gazetteer", "import", &list, "-o", &names]).expect(SOME_FAILED);
    assert!(run.stderr.contains("query.csv:3: the record has no name but its number Q12"), "{}", run.stderr);
    assert!(run.stderr.ends_with("1 party with 1 other name\n"), "{}", run.stderr);
    onrecord(&["lexicon", "check", "--gazetteer", &names]).expect(DONE);
    let text = "“We won,” Gwen Pellow said. “We lost,” said Omar Pellow.\n";
    let article = file(&folder, "a.txt", text);
    let run = onrecord(&["scan", &article, "-o", "-", "--gazetteer", &names]).expect(DONE);
    assert_eq!(run.column("speaker"), ["Gwenda Pellow", "Omar Pellow"]);
    assert_eq!(run.column("speaker_id"), ["Q11", ""]);
    let family = file(&folder, "b.txt", "“We won,” Pellow said.\n");
    let run = onrecord(&["scan", &family, "-o", "-", "--gazetteer", &names]).expect(DONE);
    assert_eq!(run.column("speaker_id"), [""], "a family name alone is nobody of the list");
}

#[test]
fn what_is_no_list_of_names_is_told() {
    let folder = folder();
    let odd = file(&folder, "odd.csv", "a,b\n1,2\n");
    check_nothing(&["gazetteer", "import", &odd], &["odd.csv: no column for the name", "\"a\", \"b\""]);
    check_nothing(&["gazetteer", "import", "nowhere.yaml"], &["nowhere.yaml: no such file: check the path"]);
    let good = file(&folder, "good.csv", "itemLabel\nGwenda Pellow\n");
    let run = onrecord(&["gazetteer", "import", &good]).expect(DONE);
    assert_eq!(
        run.text(),
        "name\taliases\tid\ttype\trole\tcountry\tparty\tgender\tstate\nGwenda Pellow\t\t\t\t\t\t\t\t\n"
    );
    check_nothing(&["gazetteer", "import", &good, "-o", "nowhere/n.tsv"], &["nowhere/n.tsv: cannot be written"]);
}

#[test]
fn help_of_gazetteer_import_tells_the_formats() {
    let help = onrecord(&["gazetteer", "import", "--help"]).expect(DONE).text();
    for part in ["legislators", "Popolo", "itemLabel", "-o, --output", "Exit code", "Examples:"] {
        assert!(help.contains(part), "{help}");
    }
}

#[test]
fn a_text_can_be_tried_against_the_stance_lists() {
    let source = ["lexicon", "try", "Dessan praised Marrow.", "--target", "Marrow", "--source", "Dessan"];
    let shown = onrecord(&source).expect(DONE).text();
    assert!(shown.contains("\"praised\"  verb praise in frames.tsv"), "{shown}");
    assert!(shown.ends_with("→ for\n"), "{shown}");
    check_nothing(&["lexicon", "try", "It rained.", "--target", "Marrow"], &["\"Marrow\" does not stand in the text"]);
}
