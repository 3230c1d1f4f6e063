use proptest::{collection::vec, prelude::*, sample::select};

use super::*;

type Rows<'a> = (Vec<QuoteRow<'a>>, Vec<StanceRow<'a>>);

fn sum(documents: &[Rows<'_>], memory: usize) -> (Vec<String>, Vec<String>) {
    let mut sums = Sums::new(memory);
    for (quotes, stances) in documents {
        sums.add_document(quotes, stances).expect("room");
    }
    given(sums)
}

/// Both tables, each row as it is shown.
fn given(sums: Sums) -> (Vec<String>, Vec<String>) {
    let sums = sums.finish();
    let (mut speakers, mut relations) = (Vec::new(), Vec::new());
    let speaker = |row: &SpeakerRow<'_>| {
        speakers.push(format!("{row:?}"));
        Ok::<(), SumsError>(())
    };
    sums.0.give(speaker).expect("room");
    let relation = |row: &RelationRow<'_>| {
        relations.push(format!("{row:?}"));
        Ok::<(), SumsError>(())
    };
    sums.1.give(relation).expect("room");
    (speakers, relations)
}

fn shown<R: std::fmt::Debug>(rows: &[R]) -> Vec<String> {
    rows.iter().map(|row| format!("{row:?}")).collect()
}

/// A quotation of `document` by `speaker` (`?`: unnamed), in words and in an outlet on a date.
fn quote<'a>(
    document: &'a str,
    number: u32,
    speaker: &'a str,
    text: &'a str,
    outlet: &'a str,
    date: &'a str,
) -> QuoteRow<'a> {
    QuoteRow {
        quote_id: QuoteId { document, start: number, end: number },
        doc_id: document,
        speaker,
        speaker_type: if speaker == "?" { UNNAMED } else { "person" },
        speaker_gender: match speaker {
            "Ann" => FEMALE,
            "Bob" => MALE,
            _ => "",
        },
        text,
        kind: "direct",
        outlet,
        date,
        ..QuoteRow::default()
    }
}

fn stance<'a>(quote: &QuoteRow<'a>, target: &'a str, score: f64) -> StanceRow<'a> {
    let stance = if score > 0.25 {
        "for"
    } else if score < -0.25 {
        "against"
    } else {
        "neutral"
    };
    StanceRow {
        quote_id: quote.quote_id,
        doc_id: quote.doc_id,
        date: quote.date,
        outlet: quote.outlet,
        speaker: quote.speaker,
        speaker_id: quote.speaker_id,
        target,
        stance,
        score,
        ..StanceRow::default()
    }
}

#[test]
fn speakers_and_relations() {
    let first = [
        quote("a", 1, "Ann", "we won the\nelection", "Post", "2020-01-02"),
        quote("a", 2, "Ann", "again", "Post", "2020-01-02"),
        quote("a", 3, "Bob", "no", "Post", "2020-01-02"),
        quote("a", 4, "?", "perhaps", "Post", "2020-01-02"),
        quote("a", 5, "", "who knows", "Post", "2020-01-02"),
        QuoteRow { kind: "other", ..quote("a", 6, "Cid", "The Title", "Post", "2020-01-02") },
    ];
    let first_stances = [
        stance(&first[0], "Bob", -0.5),
        stance(&first[1], "Bob", -0.8),
        stance(&first[1], "Ann", 1.0),
        stance(&first[3], "Bob", 0.4),
        stance(&first[5], "Bob", 1.0),
        stance(&first[2], "", 1.0),
    ];
    let second = [quote("b", 1, "Ann", "one two", "Mail", "2019-12-31")];
    // One article takes her for a man: two others do not.
    let third = [QuoteRow { speaker_gender: MALE, ..quote("c", 1, "Ann", "x", "", "") }];
    let second_stances = [stance(&second[0], "Bob", 0.1)];
    let documents = [
        (first.to_vec(), first_stances.to_vec()),
        (second.to_vec(), second_stances.to_vec()),
        (third.to_vec(), Vec::new()),
    ];
    let (speakers, relations) = sum(&documents, Sums::MEMORY);
    let ann = SpeakerRow {
        speaker: "Ann",
        speaker_type: "person",
        quotes: 4,
        words: 8,
        documents: 3,
        outlets: 2,
        first_date: "2019-12-31",
        last_date: "2020-01-02",
        mean_score_given: Some(-0.4),
        speaker_gender: FEMALE,
        ..SpeakerRow::default()
    };
    let bob = SpeakerRow {
        speaker: "Bob",
        speaker_type: "person",
        quotes: 1,
        words: 1,
        documents: 1,
        outlets: 1,
        first_date: "2020-01-02",
        last_date: "2020-01-02",
        mean_score_received: Some(-0.2),
        speaker_gender: MALE,
        ..SpeakerRow::default()
    };
    assert_eq!(speakers, shown(&[ann, bob]));
    let relation =
        |date, outlet, target| RelationRow { date, outlet, speaker: "Ann", target, ..RelationRow::default() };
    let expected = [
        RelationRow { quotes: 1, neutral: 1, mean_score: 0.1, ..relation("2019-12-31", "Mail", "Bob") },
        RelationRow { quotes: 1, favourable: 1, mean_score: 1.0, ..relation("2020-01-02", "Post", "Ann") },
        RelationRow { quotes: 2, against: 2, mean_score: -0.65, ..relation("2020-01-02", "Post", "Bob") },
    ];
    assert_eq!(relations, shown(&expected));
}

#[test]
fn the_most_quoted_come_first() {
    let names = ["Bob", "Ann", "Cid", "Cid"];
    let quotes: Vec<QuoteRow<'_>> =
        (0..).zip(names).map(|(number, name)| quote("a", number, name, "", "", "")).collect();
    let (speakers, _) = sum(&[(quotes, Vec::new())], Sums::MEMORY);
    let name = |row: &String| row.split('"').nth(1).map(str::to_owned);
    assert_eq!(speakers.iter().filter_map(name).collect::<Vec<_>>(), ["Cid", "Ann", "Bob"]);
}

#[test]
fn a_separator_in_a_name_spoils_no_other_column() {
    let quotes = vec![quote("a", 1, "An\0n", "", "Post\0", "2020-01-02")];
    let stances = vec![stance(&quotes[0], "Bob", 0.5)];
    let (speakers, relations) = sum(&[(quotes, stances)], 0);
    assert!(speakers[0].contains("speaker: \"An\u{fffd}n\"") && speakers[0].contains("outlets: 1"));
    assert!(relations[0].contains("outlet: \"Post\u{fffd}\"") && relations[0].contains("target: \"Bob\""));
}

prop_compose! {
    fn any_quote()(
        speaker in select(vec!["", "?", "Ann", "Bob", "Cid", "Dan"]),
        speaker_id in select(vec!["", "Q1"]),
        speaker_type in select(vec!["", "person", "group"]),
        outlet in select(vec!["", "Post", "Mail"]),
        date in select(vec!["", "2020-01-01", "2020-01-02"]),
        targets in vec((select(vec!["", "Ann", "Bob", "Eve"]), -1.0..1.0), 0..4),
    ) -> (QuoteRow<'static>, Vec<(&'static str, f64)>) {
        let mut quote = quote("a", 0, speaker, "one two", outlet, date);
        quote.speaker_id = speaker_id;
        quote.speaker_type = if speaker == "?" { UNNAMED } else { speaker_type };
        (quote, targets)
    }
}

fn rows(quotes: Vec<(QuoteRow<'static>, Vec<(&'static str, f64)>)>) -> Rows<'static> {
    let mut rows = Rows::default();
    for (number, (mut quote, targets)) in (0..).zip(quotes) {
        quote.quote_id = QuoteId { document: "a", start: number, end: number };
        rows.1.extend(targets.into_iter().map(|(target, score)| stance(&quote, target, score)));
        rows.0.push(quote);
    }
    rows
}

proptest! {
    #[test]
    fn words_stand_between_white_space(text in "[ab \t\n\x0b\x0c\r\x1c\x1f“’é\u{85}\u{a0}\u{1680}\u{2003}\u{2028}\u{202f}\u{205f}\u{3000}]{0,20}") {
        prop_assert_eq!(words(&text), text.split_whitespace().count() as u64);
    }

    #[test]
    fn files_and_memory_give_the_same_sums(documents in vec(vec(any_quote(), 0..6), 0..60), memory in 0..20_000_usize) {
        let documents: Vec<Rows<'_>> = documents.into_iter().map(rows).collect();
        prop_assert_eq!(sum(&documents, memory), sum(&documents, Sums::MEMORY));
    }

    #[test]
    fn parts_give_the_same_sums(documents in vec(vec(any_quote(), 0..6), 0..60), size in 1..20_usize, memory in 0..20_000_usize) {
        let documents: Vec<Rows<'_>> = documents.into_iter().map(rows).collect();
        let mut whole = Sums::new(memory);
        for part in documents.chunks(size) {
            let mut sums = Sums::new(usize::MAX);
            for (quotes, stances) in part {
                sums.add_document(quotes, stances).expect("room");
            }
            whole.add(&mut sums).expect("room");
        }
        prop_assert_eq!(given(whole), sum(&documents, Sums::MEMORY));
    }

    #[test]
    fn sections_give_the_sums_of_their_documents(
        documents in vec(vec(vec(any_quote(), 0..4), 0..6), 0..20),
        size in 1..5_usize,
        [memory, of_part] in [0..20_000_usize, 0..10_000],
    ) {
        let documents: Vec<Vec<Rows<'_>>> = documents.into_iter().map(|it| it.into_iter().map(rows).collect()).collect();
        let mut whole = Sums::new(memory);
        for part in documents.chunks(size) {
            let mut sums = Sums::new(of_part);
            for sections in part {
                sums.begin_document();
                for (quotes, stances) in sections {
                    sums.add_section(quotes, stances).expect("room");
                }
            }
            whole.add(&mut sums).expect("room");
        }
        let mut in_memory = Sums::new(usize::MAX);
        for sections in &documents {
            in_memory.begin_document();
            for (quotes, stances) in sections {
                in_memory.add_section(quotes, stances).expect("room");
            }
        }
        prop_assert_eq!(given(whole), given(in_memory));
    }
}
