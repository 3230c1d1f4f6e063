use std::io::Cursor;

use super::*;
use crate::input::place::Settings;
use crate::input::testing::{limited, lines, summary};
use crate::input::walk::{Input, Origin};
use crate::input::{Format, Options};

const NONE: &str = "a @ a.x SKIPPED: no article in it: if there should be any, write a list of objects";

fn check(json: &str, expected: &[&str]) {
    assert_eq!(lines(json.as_bytes(), Format::Json), expected, "{json}");
}

/// The texts of the documents, `-` for a failure.
fn texts(json: &str, expected: &[&str]) {
    let lines = lines(json.as_bytes(), Format::Json);
    let text = |line: &String| match line.split_once(": \"") {
        Some((_, rest)) if !line.contains("FAILED") => rest.trim_end_matches('"').to_owned(),
        _ => "-".to_owned(),
    };
    assert_eq!(lines.iter().map(text).collect::<Vec<_>>(), expected, "{json}: {lines:#?}");
}

#[test]
fn an_array_of_objects() {
    check(
        " [ {\"text\":\"a \\\" ] } \\\\\"},\n\n{\"text\":\"b\",\"x\":[{},[1,{\"y\":null}]]}\n ]\n",
        &["a:1 @ a.x:1: \"a \\\" ] } \\\\\"", "a:2 @ a.x:3: \"b\""],
    );
    check("[]", &[NONE]);
    check("[\n]", &[NONE]);
}

#[test]
fn one_object_is_the_file() {
    check("{\n \"text\": \"a\"\n}\n", &["a @ a.x: \"a\""]);
    check("\u{feff}{\"images\":[{\"src\":1}],\"text\":\"a\"}", &["a @ a.x: \"a\""]);
    check("{\"id\":7,\"text\":\"a\"}", &["7 @ a.x: \"a\""]);
}

#[test]
fn objects_one_after_the_other() {
    check("{\"text\":\"a\"}\n{\"text\":\"b\"}\n", &["a:1 @ a.x:1: \"a\"", "a:2 @ a.x:2: \"b\""]);
    let far = |blanks: &str| format!("{{\"text\":\"a\"}}{}{{\"text\":\"b\"}}", blanks.repeat(300));
    check(&far("\n, "), &["a:1 @ a.x:1: \"a\"", "a:2 @ a.x:301: \"b\""]);
    check(&far(" "), &["a:1 @ a.x:1: \"a\"", "a:2 @ a.x:1: \"b\""]);
    check(&format!("{{\"text\":\"a\"}}{}", "\n".repeat(300)), &["a @ a.x: \"a\""]);
}

#[test]
fn an_object_that_holds_the_array() {
    let json = "{\"status\":\"ok\", \"count\": 2,\n\"articles\" : [\n{\"text\":\"a\"},{\"text\":\"b\"}], \"more\":{\"x\":[1]}}";
    check(json, &["a:1 @ a.x:3: \"a\"", "a:2 @ a.x:3: \"b\""]);
    texts("{\"content\":[{\"text\":\"a\"}]}", &["a"]);
    texts("{\"a\":[{\"text\":\"a\"}],\"b\":[{\"text\":\"b\"}]}", &["-"]);
    texts("{\"a\":[{\"name\":\"a\"}],\"b\":[{\"id\":[1],\"text\":\"b\"},{\"text\":\"c\"}]}", &["b", "c"]);
}

#[test]
fn an_array_in_an_object_within_the_object() {
    texts(
        r#"{"r":{"n":[1,"x"],"list":[{"text":"a"},{"text":"b"}],"y":{"z":1}},"z":"q"}{"text":"c"}"#,
        &["a", "b", "c"],
    );
    texts(r#"{"title":"T","meta":{"tags":[{"name":"x"}]}}"#, &["-"]);
    texts(r#"{"text":"T","meta":{"notes":[{"text":"x"}]}}"#, &["T"]);
    texts("{\"status\":\"error\"}", &["-"]);
}

#[test]
fn an_answer_without_articles_is_none() {
    check(r#"{"status":"ok","totalResults":0,"articles":[]}"#, &[NONE]);
    check(r#"{"articles":{"results": [ ],"totalResults":0}}"#, &[NONE]);
    let fails = |json: &str| assert!(lines(json.as_bytes(), Format::Json)[0].contains("FAILED"), "{json}");
    fails(r#"{"title":"T","tags":[]}"#);
    fails(r#"{"tags":[],"links":[]}"#);
    check(r#"{"status":"ok","errors":[],"response":{"docs":[],"next":null}}"#, &[NONE]);
    fails(r#"{"Body2":"“We won,” said Ann Lee.","tags":[]}"#);
    fails(r#"{"message":"API key invalid","errors":[]}"#);
    let story = "“We won,” said Ann Lee. ".repeat(5);
    fails(&format!(r#"{{"Body2":"{story}","items":[]}}"#));
    check(&format!(r#"{{"next":"https://redmoor.example/{}","items":[]}}"#, "x".repeat(200)), &[NONE]);
}

#[test]
fn an_object_too_long_to_be_an_article_is_opened_too() {
    let articles = vec!["{\"text\":\"0123456789\"}"; 20].join(",\n");
    let json = format!("{{\"status\":\"ok\",\"articles\":[{articles}],\"n\":20}}");
    assert_eq!(limited(json.as_bytes(), Format::Json, 60).len(), 20);
    assert!(limited(json.as_bytes(), Format::Json, 60)[19].starts_with("a:20 @ a.x:20: "));
}

#[test]
fn a_broken_object_fails_alone() {
    texts(r#"[{"text":"a"},{"text":},{"text":"c"}]"#, &["a", "-", "c"]);
    texts(r#"[{"text":"a"},{"text":"b",{"text":"c"}]"#, &["a", "-", "c"]);
    texts(r#"[{"text":"a","x":{"y":1},{"text":"b"}]"#, &["-", "b"]);
    texts("[{\"text\":\"a},\n{\"text\":\"b\"}]", &["-", "b"]);
    texts(r#"[{"text":"a},{"text":"b"}]"#, &["-", "b"]);
    texts(r#"[{"text":"say "hello" now","n":1},{"text":"b"},{"text":"c"}]"#, &["-", "b", "c"]);
    texts("[{\"text\":\"two\nlines\"},\n{\"text\":\"b\"}]", &["-", "b"]);
    texts("[{\"text\":\"a\"]\n", &["-"]);
    texts("{\"text\":\"a\"\n{\"text\":\"b\"}\n", &["-", "b"]);
    texts(r#"[{"text":"a"}}, {"text":"b"}]"#, &["a", "-", "b"]);
}

#[test]
fn what_is_no_object_fails_alone() {
    texts(r#"[1, {"text":"a"}, "x", null, [{"text":"b"}], {"text":"c"}]"#, &["-", "a", "-", "-", "-", "c"]);
    check(
        "[12]",
        &[
            "a:1 @ a.x:1 FAILED: no JSON object (invalid type: integer `12`, expected an object): each article is an object with its fields",
        ],
    );
}

#[test]
fn a_file_that_ends_too_early_says_so() {
    check(
        "[{\"text\":\"a\"},\n",
        &[
            "a:1 @ a.x:1: \"a\"",
            "a:2 @ a.x:2 FAILED: the file ends before its array does: articles may be missing, get the file anew",
        ],
    );
    check(
        "[{\"text\":\"a\"},\n{\"text\":\"b",
        &[
            "a:1 @ a.x:1: \"a\"",
            "a:2 @ a.x:2 FAILED: not valid JSON (it ends in the middle): correct or remove it; it begins {\"text\":\"b",
        ],
    );
    check("{", &["a:1 @ a.x:1 FAILED: not valid JSON (it ends in the middle): correct or remove it; it begins {"]);
    check("", &["a @ a.x FAILED: no JSON in this file: it is empty"]);
}

#[test]
fn words_between_objects_are_told_each_time() {
    texts("{\"text\":\"a\"}\nwords, words\n{\"text\":\"b\"}\nmore\n{\"text\":\"c\"}", &["a", "-", "b", "-", "c"]);
}

#[test]
fn words_are_one_failure() {
    check(
        "words and more",
        &["a:1 @ a.x:1 FAILED: no JSON object or array: check --input-format; it begins words and more"],
    );
}

#[test]
fn a_long_object_is_never_held_whole() {
    let long = format!("{{\"text\":\"{}\"}}", "a\\n".repeat(5_000_000));
    for json in [format!("[{long},\n{{\"text\":\"b\"}}]"), format!("{long}\n{{\"text\":\"b\"}}")] {
        let input = Input { name: "a.json".to_owned(), size: None, format: None, walked: false, origin: Origin::Stdin };
        let settings = Settings::new(Options { max_document: 1_000_000, ..Options::default() }, 1 << 19);
        let source = Source::new(Box::new(Cursor::new(json.into_bytes())), 1 << 19);
        let mut elements = Elements::new(source, Place::new(&input, &settings));
        let (mut largest, mut records) = (0, Vec::new());
        while let Some(part) = elements.next() {
            largest = largest.max(elements.source.bytes.capacity());
            part.read(&mut records);
        }
        assert!(largest < 4_000_000, "{largest}");
        assert_eq!(records.len(), 2);
        assert_eq!(summary(&records[1]), "a.json:2 @ a.json:2: \"b\"");
    }
}

#[test]
fn what_stands_between_long_objects_is_told_for_any_block_size() {
    let bytes = b"{title: x\ntext,id\n{text,id\n\\ud83d}\"";
    assert_eq!(limited(bytes, Format::Json, 12).len(), 3);
}

#[test]
fn an_object_over_the_limit_fails_alone() {
    let json = format!("[{{\"text\":\"{}\"}},\n{{\"text\":\"b\"}}]", "a".repeat(50));
    let expected =
        ["a:1 @ a.x:1 FAILED: article of more than 20 bytes: raise --max-document or split it", "a:2 @ a.x:2: \"b\""];
    assert_eq!(limited(json.as_bytes(), Format::Json, 20), expected);
}
