use super::*;
use crate::Document;
use crate::input::testing::{summary, with_spot};

fn document(text: &str) -> Document {
    match with_spot(|spot| article(text, spot, "")) {
        Record::Document(document) => document,
        Record::Failed(failure) | Record::Skipped(failure) => panic!("{failure}"),
    }
}

fn check(text: &str, expected: &str) {
    assert_eq!(with_spot(|spot| summary(&article(text, spot, ""))), expected);
}

#[test]
fn fields_go_by_their_usual_names() {
    let document = document(
        r#"{"Headline":" T ","Pub-Date":"2017-04-12T10:00:00Z","source":{"id":null,"name":"CNN"},"doc_id":12,
            "authors":["Ann Lee",{"name":"Bo"},null],"url":"u","lang":"en","content":"Words\n“x”","extra":[1,{"a":[]}]}"#,
    );
    let expected = Document {
        id: "12".to_owned(),
        location: "a.x:1".to_owned(),
        date: "2017-04-12".to_owned(),
        outlet: "CNN".to_owned(),
        title: "T".to_owned(),
        author: "Ann Lee; Bo".to_owned(),
        url: "u".to_owned(),
        language: "en".to_owned(),
        text: "Words\n“x”".to_owned(),
        ..Document::default()
    };
    assert_eq!(document, expected);
}

#[test]
fn fields_go_by_the_names_that_archives_and_feeds_give_them() {
    let check = |json: &str, expected: [&str; 5]| {
        let Document { date, outlet, url, author, text, .. } = document(json);
        assert_eq!([&date, &outlet, &url, &author, &text], expected, "{json}");
    };
    check(
        r#"{"uri":"8","url":"u","body":"x","source":{"uri":"redmoor.example","title":"Redmoor Post"},"authors":[{"name":"Ann Lee"}]}"#,
        ["", "Redmoor Post", "u", "Ann Lee", "x"],
    );
    check(r#"{"text":"x","outlet":{"name":null,"title":"Redmoor Post"}}"#, ["", "Redmoor Post", "", "", "x"]);
    check(r#"{"text":"x","outlet":{"title":"Redmoor Post","name":" "}}"#, ["", "Redmoor Post", "", "", "x"]);
    check(
        r#"{"text":"x","hostname":"redmoor.example","source":"https://redmoor.example/7","source-hostname":"Redmoor Post"}"#,
        ["", "Redmoor Post", "", "", "x"],
    );
    check(
        r#"{"link":"u","content_text":"x","seendate":"20260304T031500Z","hostname":"redmoor.example","byline":"Ann Lee"}"#,
        ["2026-03-04", "redmoor.example", "u", "Ann Lee", "x"],
    );
    check(
        r#"{"articleBody":"x","datePublished":"2026-03-04","publisher":{"@type":"Organization","name":"Redmoor Post"}}"#,
        ["2026-03-04", "Redmoor Post", "", "", "x"],
    );
    check(
        r#"{"publication":"Redmoor Post","content":"x","webPublicationDate":"2026-03-04T01:02:03Z","webUrl":"u"}"#,
        ["2026-03-04", "Redmoor Post", "u", "", "x"],
    );
    check(r#"{"text":"x","source":{"title":"Second","name":"First"}}"#, ["", "First", "", "", "x"]);
}

#[test]
fn values_of_all_kinds() {
    assert_eq!(document(r#"{"text":"","body":"b","content":"c"}"#).text, "b");
    assert_eq!(document(r#"{"content":"c","text":null,"body":{"x":1}}"#).text, "c");
    assert_eq!(document(r#"{"text":["one","two"]}"#).text, "one\n\ntwo");
    assert_eq!(document(r#"{"text":"x","id":-1.5}"#).id, "-1.5");
    assert_eq!(document(r#"{"text":"x","date":1491955200.0}"#).date, "2017-04-12");
    assert_eq!(document(r#"{"te\u0078t":"x\u0000“"}"#).text, "x\0“");
}

#[test]
fn an_object_without_text_fails_and_an_empty_text_does_not() {
    check(
        r#"{"title":"T","Body2":"x"}"#,
        r#"a:1 @ a.x:1 FAILED: no field "text"; found "title", "Body2": name it with --map text=Body2"#,
    );
    check("{}", r#"a:1 @ a.x:1 FAILED: no field "text", nor any other"#);
    check(r#"{"text":" "}"#, r#"a:1 @ a.x:1: " " (no text)"#);
    check(r#"{"text":null}"#, r#"a:1 @ a.x:1: "" (no text)"#);
}

#[test]
fn an_object_is_no_text_but_may_hold_one() {
    check(
        r#"{"article":{"id":7,"text":"x","tags":["a"]},"comments":[{"by":"y"},{}]}"#,
        "a:1 @ a.x:1 FAILED: no field \"text\"; found \"article.id\", \"article.text\", \"article.tags\", \"comments[].by\": \
         name it with --map text=article.text",
    );
    check(
        r#"{"response":{"results":[{"fields":{"bodyText":"x"}}]}}"#,
        "a:1 @ a.x:1 FAILED: no field \"text\"; found \"response.results[].fields.bodyText\": \
         name it with --map text=fields.bodyText",
    );
    check(
        r#"{"items":[],"content":[{"x":1}]}"#,
        r#"a:1 @ a.x:1 FAILED: no field "text"; found "items", "content[].x": name the one with the articles' texts by --map text=FIELD; without one nothing can be read"#,
    );
}

#[test]
fn a_field_may_stand_in_an_object_within_the_object() {
    let check = |map: &str, json: &str, expected: [&str; 3]| {
        let draft = draft(json, &FieldMap::parse(map).expect("a good mapping")).expect("an object");
        assert_eq!([Field::Text, Field::Title, Field::Id].map(|field| draft.value(field)), expected, "{json}");
    };
    let map = "text=article.text,title=article.meta.head";
    check(map, r#"{"id":1,"article":{"id":2,"text":"x","meta":{"head":"y","n":[1]}}}"#, ["x", "y", "1"]);
    check(map, r#"{"Article":{"Text":["x","z"],"meta":null}}"#, ["x\n\nz", "", ""]);
    check(map, r#"{"article":[{"text":"x"}],"article.text":"z","text":"w"}"#, ["z", "", ""]);
    check("text=content.rendered", r#"{"id":true,"content":{"rendered":"x"}}"#, ["x", "", "true"]);
}

#[test]
fn a_date_that_is_not_understood_is_told() {
    check(r#"{"text":"x","date":"soon"}"#, r#"a:1 @ a.x:1: "x" (date "soon" not understood: write it as 2017-04-12)"#);
}

#[test]
fn broken_escapes_and_other_slips_lose_no_record() {
    let check = |json: &str, expected: &str| {
        let document = document(json);
        assert_eq!((document.text.as_str(), document.message.as_str()), (expected, REPAIRED), "{json}");
    };
    check(r#"{"text":"a\ud83d b"}"#, "a\u{fffd} b");
    check(r#"{"text":"a\ude00\ud83d\ude00\ud83d"}"#, "a\u{fffd}😀\u{fffd}");
    check(r#"{"text":"\ud83d\u0041\\ud83d"}"#, "\u{fffd}A\\ud83d");
    check("{\"text\":\"tab\there\0\"}", "tab\there\0");
    check(r#"{"text":"NaN it\'s","score":NaN,"low":-Infinity,"n":-1}"#, "NaN it's");
}

#[test]
fn what_cannot_be_repaired_fails_in_plain_words() {
    let begins = "correct or remove it; it begins";
    check(
        r#"{"text":"x"} y"#,
        &format!(
            "a:1 @ a.x:1 FAILED: not valid JSON (trailing characters at character 14): {begins} {{\"text\":\"x\"}} y"
        ),
    );
    check(r#"{"é":tru"#, &format!("a:1 @ a.x:1 FAILED: not valid JSON (it ends in the middle): {begins} {{\"é\":tru"));
    check(
        r#"{"é":x}"#,
        &format!("a:1 @ a.x:1 FAILED: not valid JSON (expected value at character 6): {begins} {{\"é\":x}}"),
    );
    check(
        "12",
        "a:1 @ a.x:1 FAILED: no JSON object (invalid type: integer `12`, expected an object): each article is an object with its fields",
    );
    check(
        r#"{"text":"\ud8"#,
        &format!("a:1 @ a.x:1 FAILED: not valid JSON (it ends in the middle): {begins} {{\"text\":\"\\ud8"),
    );
}
