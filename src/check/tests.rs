use super::*;
use std::fs;

/// The faults that `text` as `file` in a folder of the user's brings.
fn check(file: &str, text: &str, expected: &[&str]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join(file), text).expect("a file in it");
    let files = Files::embedded().overlay(folder.path()).expect("a folder of lists");
    let prefix = format!("{}{}", folder.path().display(), std::path::MAIN_SEPARATOR);
    let mut told = faults(&files, &[]);
    let is_scant = |fault: &Fault| fault.message.contains("the place of the ");
    told.retain(|fault| fault.file.starts_with(&prefix) && !is_scant(fault));
    let told: Vec<String> = told.iter().map(|fault| fault.to_string().replace(&prefix, "")).collect();
    assert_eq!(told, expected);
}

const CUES: &str = "lemma\tthird\tpast\tparticiple\ting\tclass\tnoun\texample\n";

#[test]
fn a_good_list_has_no_fault() {
    check("cues.add.tsv", &format!("{CUES}yodel\tyodels\tyodelled|yodeled\tyodelled\tyodelling\tstrong\t\t\n"), &[]);
}

#[test]
fn a_list_that_replaces_a_much_longer_one_is_told_first() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("cues.tsv");
    fs::write(&path, format!("{CUES}yodel\tyodels\tyodelled\tyodelled\tyodelling\tstrong\t\t\n"))
        .expect("a file in it");
    let files = Files::embedded().overlay(folder.path()).expect("a folder of lists");
    let told: Vec<String> = faults(&files, &[]).iter().map(ToString::to_string).collect();
    let first = format!("{}: note: its 1 row takes the place of the ", path.display());
    assert!(
        told[0].starts_with(&first)
            && told[0]
                .ends_with("name it cues.add.tsv if they are to be added, or else write the line \"# replaces\" in it"),
        "{told:#?}"
    );
    let summed = "lexicons/en/relays.tsv: 5 rows no longer do what the examples say: a list that was replaced lacks what they need";
    assert!(told.len() < 10 && told.iter().any(|line| line == summed), "{told:#?}");
    let text = fs::read_to_string(&path).expect("the list");
    fs::write(&path, format!("# replaces\r\n{text}")).expect("the list again");
    let files = Files::embedded().overlay(folder.path()).expect("a folder of lists");
    let meant: Vec<String> = faults(&files, &[]).iter().map(ToString::to_string).collect();
    assert_eq!(meant, told[1..]);
}

#[test]
fn columns_are_known_and_complete() {
    check(
        "works.add.tsv",
        "word\tplural\tsort\nhymnal\thymnals\ttitle\n",
        &["works.add.tsv:1: column \"sort\" is unknown: the columns of works.tsv are word, plural, kind"],
    );
    check(
        "works.add.tsv",
        "# ours\nword\tkind\nhymnal\ttitle\n",
        &["works.add.tsv:2: no column \"plural\": add it to the header, with a cell in every row"],
    );
}

#[test]
fn rows_are_told_by_line() {
    let rows = "yodel\tyodels\tyodelled\tyodelled\tyodelling\tloud\t\t\n# note\n\thootles\t\t\t\tsay\tmaybe\t\nhoot \thoots\thooted\thooted\thooting\tstrong\t\t\n";
    check(
        "cues.add.tsv",
        &format!("{CUES}{rows}"),
        &[
            "cues.add.tsv:2: class \"loud\" is unknown: write one of say, strong, tell, weak",
            "cues.add.tsv:4: the lemma is empty: fill it or delete the row",
            "cues.add.tsv:5: lemma \"hoot \" has a blank at its end or start: delete it",
            "cues.add.tsv:4: noun \"maybe\" is unknown: write one of yes",
        ],
    );
    check(
        "words.add.tsv",
        "word\tclasses\nhence\tadvreb\n",
        &["words.add.tsv:2: class \"advreb\" is unknown: see lexicons/README.md for the classes"],
    );
}

#[test]
fn a_phrase_that_another_row_has_as_a_verb_is_told() {
    let rows = "yodel away\tverb\tyodels away|yodelled away|yodelled away|yodelling away\t-1\t\nyodelled away\tphrase\t\t-1\t\n";
    check(
        "stance.add.tsv",
        &format!("entry\tpos\tforms\tvalue\texample\n{rows}"),
        &[
            "stance.add.tsv:3: row yodelled away: \"yodelled away\" stands in stance.add.tsv:2 as verb too: the phrase, here, never counts, delete it",
        ],
    );
}

#[test]
fn nothing_stands_twice() {
    let rows = "yodel\tyodels\tyodelled\tyodelled\tyodelling\tstrong\t\t\nYodel\tyodels\tyodelled\tyodelled\tyodelling\tweak\t\t\n";
    check(
        "cues.add.tsv",
        &format!("{CUES}{rows}"),
        &[
            "cues.add.tsv:3: \"Yodel\" stands in line 2 too: delete one of the rows",
            "cues.add.tsv:3: \"Yodel\" is weak here and strong in cues.add.tsv:2: give both rows one class",
        ],
    );
    let rows = "name\taliases\nOle Brandt\tOB|the Fox\nIlse Fox\tThe Fox\n";
    check(
        "gazetteer.add.tsv",
        rows,
        &[
            "gazetteer.add.tsv:3: note: \"The Fox\" is a name of \"Ole Brandt\" (gazetteer.add.tsv:2) too, who is meant by it: delete it from one row",
        ],
    );
}

/// The faults of a table given with `--gazetteer`.
fn check_gazetteer(text: &str, expected: &[&str]) {
    let told = faults(&Files::embedded(), &[Source { file: "g.csv".to_owned(), text: text.to_owned().into() }]);
    let told: Vec<String> = told.iter().map(ToString::to_string).collect();
    assert_eq!(told, expected);
}

#[test]
fn a_table_of_parties_is_looked_through_whatever_separates_it() {
    check_gazetteer("Name;Aliases;Type\nOle Brandt;Brandt|the Fox;Person\n", &[]);
    check_gazetteer(
        "name,alias,id\nOle Brandt,Brandt,p1\nIlse Fox,,p1\n",
        &[
            "g.csv:1: note: column \"alias\" is unknown: the columns of gazetteer.tsv are name, aliases, id, type, role, country, party, gender, \
             noun, state",
            "g.csv:3: note: id \"p1\" is that of \"Ole Brandt\" (line 2) too: give each an id of its own",
        ],
    );
    check_gazetteer(
        "name,aliases\nOle Brandt,\"Brandt, the Fox\"\n",
        &["g.csv:2: note: aliases \"Brandt, the Fox\" is one name with a comma in it: put | between several names"],
    );
    check_gazetteer(
        "name,state\nOle Brandt,Vermont|Vt.\nIlse Fox,VT\n",
        &["g.csv:3: note: state \"VT\" is no place in places.tsv, so it tells nothing: write it as there"],
    );
    check_gazetteer("name\n", &["g.csv: note: holds no party: write one a row under the header"]);
}

#[test]
fn every_bad_row_of_a_table_of_parties_is_told() {
    check_gazetteer(
        "name,type\r\nOle Brandt,politician\r\n,person\r\nIlse Fox,person,x\r\n",
        &[
            "g.csv:2: type \"politician\" is unknown: write one of person, organisation, organization, government, group, outlet, event, place, or leave it empty",
            "g.csv:3: the name is empty: fill it or delete the row",
            "g.csv:4: 3 cells, but the header has 2: remove the extra comma, or put quotation marks around a cell with one",
        ],
    );
    check_gazetteer(
        "Ole Brandt\nIlse Fox\n",
        &[
            "g.csv: no column \"name\"; found \"Ole Brandt\": the header row must hold \"name\": write one above the names if there is none",
        ],
    );
    let told = faults(
        &Files::embedded(),
        &[Source { file: "g.tsv".to_owned(), text: "name\taliases\nWill Marsh\tWill\n".into() }],
    );
    assert!(told[0].to_string().starts_with("g.tsv:2: note: \"Will\" is an English word too"), "{told:?}");
}

#[test]
fn values_of_stance_rows_are_held_to_what_the_lists_say() {
    check(
        "stance.add.tsv",
        "entry\tpos\tforms\tvalue\texample\nglorpish\tadjective\t\t-7\t\nglorp\tverb\tglorps|glorped\t-1\t\n",
        &[
            "stance.add.tsv:2: value \"-7\" is out of range: write a number from -3 to 3",
            "stance.add.tsv:3: forms \"glorps|glorped\" are not the four of a verb: write third person|past|participle|-ing form, each though two are the same",
        ],
    );
    check(
        "frames.add.tsv",
        "entry\tpos\tforms\tobject\tto_object\tof_agent\tof_object\teffect\texample\nglorp\tverb\tglorps|glorped|glorped|glorping\tdirekt\t-1\t0\t0\t0\t\n",
        &[
            "frames.add.tsv:2: note: object \"direkt\" is in no built-in row: write direct, or the preposition before the object",
        ],
    );
}

#[test]
fn every_bad_row_is_told_whatever_reads_the_list() {
    check(
        "targets.add.tsv",
        "name\tvalue\twhen\tmeaning\nloudness\t1\t\t\nrule hoot\t1\tnow\t\nrule yodel\t1\tnever\t\n",
        &[
            "targets.add.tsv:2: name \"loudness\" is no number of the engine: remove the row",
            "targets.add.tsv:3: when \"now\" is unknown: take always, polar, alone or never",
            "targets.add.tsv:4: name \"rule yodel\" is no rule of the engine: remove the row",
        ],
    );
    check(
        "derivations.add.tsv",
        "ending\tnoun\n-ish\tishness\nous\t-ousness\n",
        &[
            "derivations.add.tsv:2: noun \"ishness\" does not begin with a hyphen: write -ishness",
            "derivations.add.tsv:3: ending \"ous\" does not begin with a hyphen: write -ous",
        ],
    );
    let empty = "a placeholder and the words that it stands for are needed: fill both cells or delete the row";
    let lines = [2, 3].map(|line| format!("placeholders.add.tsv:{line}: {empty}"));
    check("placeholders.add.tsv", "placeholder\twords\nours\t\nmine\t|\n", &lines.each_ref().map(String::as_str));
    check(
        "ranker.add.tsv",
        "feature\tweight\nkin left NAME\t1\nkind left NAM\t1\npattern yodel 1\t1\n",
        &[
            "ranker.add.tsv:2: feature \"kin\" is unknown: see lexicons/README.md",
            "ranker.add.tsv:3: \"NAM\" is no value of kind: see lexicons/README.md",
        ],
    );
    check(
        "resolutions.add.tsv",
        "kind\tconfidence\texample\nclear\t2\t\nyodel\t0.5\t\n",
        &[
            "resolutions.add.tsv:2: confidence 2 is no share: give a number from 0 to 1",
            "resolutions.add.tsv:3: kind \"yodel\" is unknown: see lexicons/README.md",
        ],
    );
    check(
        "patterns.add.tsv",
        &format!("{PATTERNS}ours\tQ\tspeech\thigh\t\t\nmine\tKOMMA Q\tspeech\t1\t\t\n"),
        &[
            "patterns.add.tsv:2: confidence \"high\" is no number: write one with a point, such as -1.5",
            "patterns.add.tsv:3: pattern mine: \"KOMMA\" is no unit: lexicons/README.md lists them",
        ],
    );
    check(
        "stance.add.tsv",
        "entry\tpos\tforms\tvalue\texample\tvalue\nglorpish\tadjective\t\t1\t\t\n",
        &["stance.add.tsv:1: column \"value\" stands twice: delete one"],
    );
}

#[test]
fn parties_are_counted_by_rows_not_by_lines() {
    let parties = |gazetteers: &[Source]| {
        let counts = counts(&Files::embedded(), gazetteers);
        counts.iter().find(|(_, list)| list == "parties").map_or(0, |(count, _)| *count)
    };
    let given = Source { file: "g.csv".into(), text: "name,role\nOle Brandt,\"mayor\nof Tarn\"\n,\n".into() };
    assert_eq!(parties(&[given]), parties(&[]) + 1);
}

#[test]
fn rivals_that_no_row_has_are_told() {
    let rows = "zz-red\tZZ\tReds\tRed MP\t\tBlues\nzz-blue\tZZ\tBlues\tBlue MP\t\tRed\n";
    check(
        "camps.add.tsv",
        &format!("camp\tcountry\tparty\twords\tmark\trivals\n{rows}"),
        &[
            "camps.add.tsv:3: rivals \"Red\" is the party of no row with country \"ZZ\": correct it, or add a row for it",
        ],
    );
}

#[test]
fn what_cannot_be_meant_keeps_a_list_from_being_read() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let rows = "glorpish\tadjective\t\t-7\t\nglorp\tverb\tglorps\t-1\t\nglorpy\tadjective\t\t-3\t\n";
    fs::write(folder.path().join("stance.add.tsv"), format!("entry\tpos\tforms\tvalue\texample\n{rows}"))
        .expect("a file in it");
    let files = Files::embedded().overlay(folder.path()).expect("a folder of lists");
    let gazetteer = Source { file: "g.csv".into(), text: "name,type\nOle,person\nIlse,fox\n".into() };
    let works = Source { file: "works.add.tsv".into(), text: "word\tplural\tkind\nhymnal\thymnals\tsong\n".into() };
    let told = columns::unknown_word("works.tsv", &works).expect("a kind that no work has").to_string();
    assert!(told.starts_with("works.add.tsv:2: kind \"song\" is unknown: write one of "), "{told}");
    let first = Lexicons::read(&files, &[]).expect_err("a value out of range");
    let told = unreadable(&files, &[gazetteer]);
    assert_eq!(told[0], first);
    assert_eq!(told.iter().map(|error| error.line).collect::<Vec<_>>(), [Some(2), Some(3), Some(3)]);
}

const PATTERNS: &str = "name\tpattern\tverdict\tconfidence\texample\tcounterexample\n";

fn check_pattern(row: &str, expected: &[&str]) {
    let expected: Vec<String> = expected.iter().map(|message| format!("patterns.add.tsv:2: {message}")).collect();
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    check("patterns.add.tsv", &format!("{PATTERNS}{row}\n"), &expected);
}

#[test]
fn a_pattern_keeps_its_promise() {
    let pattern = "mine\tQ COMMA? source=MENTION cue=SAY\tspeech\t0.9";
    check_pattern(
        &format!("{pattern}\t“{{content:We won,}}” {{source:Ann Lee}} {{cue:said}}.\t“We won,” said Ann Lee."),
        &[],
    );
    check_pattern(
        &format!("{pattern}\t“{{content:We won,}}” {{source:Ann Lee}} said.\t“We won,” Ann Lee said."),
        &[
            "row mine: its example comes out as “{content:We won,}” {source:Ann Lee} {cue:said}.: change the pattern or the example",
            "row mine: it decides its counterexample: narrow the pattern or change the counterexample",
        ],
    );
    check_pattern(
        &format!("{pattern}\t“{{content:We won,}}” said Ann Lee.\t"),
        &["row mine: it does not decide its example: change one of them"],
    );
    check_pattern(
        &format!("{pattern}\t\t"),
        &[
            "row mine: it has no example: write a text that it decides, in braces as in “{content:We won,}” {cue:said} {source:Ann Lee}.",
        ],
    );
    check_pattern(
        "mine\tQ KOMMA\tspeech\t0.9\t\t",
        &["pattern mine: \"KOMMA\" is no unit: lexicons/README.md lists them"],
    );
}

#[test]
fn a_row_may_use_a_part() {
    let part = "MINE\tCOMMA|DASH\tpart\t0\t\t";
    let row = |pattern| format!("{PATTERNS}{part}\nmine\t{pattern}\tspeech\t0.9\t");
    let example = "“{content:We won}” — {source:Ann Lee} {cue:said}.\t\n";
    check("patterns.add.tsv", &(row("Q MINE source=MENTION cue=SAY") + example), &[]);
    check(
        "patterns.add.tsv",
        &(row("Q MINE source=MENTION KOMMA") + example),
        &["patterns.add.tsv:3: pattern mine: \"KOMMA\" is no unit: lexicons/README.md lists them"],
    );
}

#[test]
fn a_row_that_shares_a_source_is_tried_with_the_rest() {
    let example = "“We won,” {source:Ann Lee} {cue:said}. “{content:We will win again.}”";
    check_pattern(&format!("mine\tsource=OTHER SOLO* STOP Q\tspeech\t0.9\t{example}\t"), &[]);
}

#[test]
fn canonical_order() {
    let text = "\u{feff}# head\nword\tkind\r\nb\tx\n# about a\na\nB\ty\n\n";
    assert_eq!(canonical("works.tsv", text), "# head\nword\tkind\n# about a\na\t\nB\ty\nb\tx\n");
    assert_eq!(canonical("relays.tsv", "name\nb\na"), "name\nb\na\n");
}

#[test]
fn what_a_replaced_list_spoils_is_a_line_a_list() {
    let fault = |file: &str, line| Fault {
        severity: Severity::Error,
        file: format!("{BUILT_IN}{file}"),
        line: Some(line),
        message: "x".to_owned(),
    };
    let mut checker = Checker { faults: vec![fault("a.tsv", 1), fault("b.tsv", 1), fault("a.tsv", 2)] };
    checker.sum_up_built_in(0);
    let told: Vec<String> = checker.faults.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(
        told[0].contains("a.tsv: 2 rows no longer do") && told[1].contains("b.tsv: 1 row no longer does"),
        "{told:#?}"
    );
}
