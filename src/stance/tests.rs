use super::*;
use crate::lexicon::files::{Files, Source};
use crate::lexicon::tsv::{Row, rows};
use crate::{Analyzer, Document};

#[derive(serde::Deserialize)]
struct Example<'a> {
    entry: &'a str,
    example: &'a str,
}

fn examples(source: &Source) -> Vec<Row<Example<'_>>> {
    rows(&source.file, &source.text).expect("a good list")
}

#[test]
fn every_example_of_the_lexicon_is_right() {
    let (lexicons, files) = (Lexicons::embedded(), Files::embedded());
    let sources = ["stance.tsv", "frames.tsv", "shifters.tsv"].map(|name| &files.get(name)[0]);
    let all = sources.into_iter().flat_map(examples).map(|row| (row.value.entry, row.value.example));
    let filled = all.filter(|(_, example)| !example.is_empty());
    let wrong = filled.filter_map(|(lemma, example)| {
        example::judge(example, &lexicons).err().map(|message| format!("{lemma}: {example}: {message}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

pub(super) fn check(text: &str, expected: &[&str]) {
    check_with(&Lexicons::embedded(), text, expected);
}

/// What all quotations of a text think of a party.
pub(super) fn positions(text: &str, party: &str) -> Vec<&'static str> {
    let lexicons = Lexicons::embedded();
    let document = Document { text: text.into(), ..Document::default() };
    let analysis = Analyzer::new(&lexicons).analyze(&document);
    let name = |stance: &&Stance| analysis.entities.list[stance.target].name.of(text, &lexicons) == party;
    analysis.stances.iter().filter(name).map(|stance| stance.position.name()).collect()
}

fn check_with(lexicons: &Lexicons, text: &str, expected: &[&str]) {
    let document = Document { text: text.into(), ..Document::default() };
    let analysis = Analyzer::new(lexicons).analyze(&document);
    let found: Vec<String> = analysis
        .stances
        .iter()
        .map(|stance| {
            let name = analysis.entities.list[stance.target].name.of(text, lexicons);
            format!("{name}: {} ({})", stance.position.name(), stance.rule)
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn who_backs_an_evil_person_is_blamed() {
    check(
        "Pavel Dessan met Orrin Marrow and Rusk Ammering. \"Frankly, Marrow is backing a person that's truly an evil person,\" \
         Dessan said, referring to Ammering.",
        &["Orrin Marrow: against (person-named)", "Rusk Ammering: against (outside-topic)"],
    );
}

#[test]
fn who_says_so_is_not_what_it_is_said_of() {
    check(
        "Pavel Dessan met Orrin Marrow. \"The clinic, which Marrow said was a success, has two doors,\" Dessan said.",
        &["clinic: for (judged)", "Orrin Marrow: neutral (person-named)"],
    );
}

#[test]
fn readiness_what_somebody_can_show_and_whether_somebody_is_backed_are_no_praise() {
    for words in [
        "Marrow is prepared to sign the paper",
        "Marrow can boast a mill of his own",
        "Marrow presided over the hearing",
        "My only question is whether or not they support Marrow",
    ] {
        let text = format!("Pavel Dessan met Orrin Marrow. \"{words},\" Dessan said.");
        check(&text, &["Orrin Marrow: neutral (person-named)"]);
    }
}

#[test]
fn how_and_when_somebody_should_go_are_blame() {
    for words in ["The sooner Marrow is gone, the better", "I am disappointed in how Marrow ran the mill"] {
        let text = format!("Pavel Dessan met Orrin Marrow. \"{words},\" Dessan said.");
        check(&text, &["Orrin Marrow: against (person-named)"]);
    }
}

#[test]
fn what_two_do_who_are_joined_is_said_of_both() {
    check(
        "Pavel Dessan met Orrin Marrow. \"Marrow and his friends are crooks,\" Dessan said.",
        &["Orrin Marrow: against (person-named)"],
    );
    check(
        "Pavel Dessan said Orrin Marrow and Ann Lee \"lied to everyone in this town\" and left.",
        &["Orrin Marrow: against (outside-subject)", "Ann Lee: against (outside-subject)"],
    );
    check(
        "Pavel Dessan called Orrin Marrow and Ann Lee \"cowards\" and left.",
        &["Orrin Marrow: against (outside-subject)", "Ann Lee: against (outside-subject)"],
    );
}

#[test]
fn what_is_denied_stays_denied_after_and_and_who_cannot_bully_is_no_friend() {
    for words in ["Marrow doesn't live here and doesn't care", "We will not be bullied by Marrow"] {
        let text = format!("Pavel Dessan met Orrin Marrow. \"{words},\" Dessan said.");
        check(&text, &["Orrin Marrow: against (person-named)"]);
    }
}

#[test]
fn clear_words_are_not_turned_by_the_rest_of_the_article() {
    check(
        "Pavel Dessan met Orrin Marrow. \"Marrow is cruel,\" Dessan said.\n\n\"Marrow is brave and honest,\" Dessan said.",
        &["Orrin Marrow: against (person-named)", "Orrin Marrow: for (person-named)"],
    );
}

#[test]
fn what_a_box_says_again_is_said_once() {
    let lexicons = Lexicons::embedded();
    let scores = |again: &str| {
        let text = format!(
            "Pavel Dessan met Orrin Marrow. \"Marrow must act,\" Dessan said.\n\n\"{again}\"\n\nPavel Dessan, mayor\n\nHe left."
        );
        let analysis = Analyzer::new(&lexicons).analyze(&Document { text, ..Document::default() });
        let stances: Vec<(f64, f64)> = analysis.stances.iter().map(|s| (s.score, s.article_score)).collect();
        assert_eq!(stances.len(), 2, "{again}");
        stances
    };
    assert!(scores("Marrow must act.").iter().all(|(own, all)| (own - all).abs() < 0.001));
    assert!(scores("Marrow must act now.").iter().any(|(own, all)| (own - all).abs() > 0.001));
}

#[test]
fn the_clause_of_a_half_sentence_tells_whose_predicate_it_is() {
    check(
        "Pavel Dessan met Orrin Marrow. Marrow missed the flood and \"should be ashamed,\" Dessan said, as Rusk Ammering \
         noted.",
        &["Orrin Marrow: against (outside-left)"],
    );
}

#[test]
fn whoever_is_addressed_is_spoken_of() {
    check(
        "Pavel Dessan met Orrin Marrow. \"You are a liar,\" Dessan told Marrow.",
        &["Orrin Marrow: against (pronoun-you)"],
    );
}

#[test]
fn the_reporter_tells_whom_it_is_about() {
    check(
        "Pavel Dessan met Orrin Marrow. Of Marrow, Dessan added: \"This is an animal.\"",
        &["Orrin Marrow: against (outside-topic)"],
    );
    check(
        "Pavel Dessan met Orrin Marrow. Dessan called Marrow \"a liar\" on Monday.",
        &["Orrin Marrow: against (outside-subject)"],
    );
}

#[test]
fn the_reporter_goes_on_after_a_question() {
    check(
        "Pavel Dessan met Orrin Marrow. \"Who do they think they are?\" Dessan said in March of Marrow.",
        &["Orrin Marrow: against (outside-topic)"],
    );
}

#[test]
fn whom_the_speaker_accuses_is_not_the_speaker() {
    check(
        "Orrin Marrow loomed large at the debate. Pavel Dessan called him divisive and accused him of failing to \"stand with us.\"",
        &["Orrin Marrow: against (outside-subject)"],
    );
}

#[test]
fn a_quotation_may_go_on_with_what_the_reporter_began() {
    check(
        "Pavel Dessan spoke. He said that Orrin Marrow, \"an honest leader who can win this,\" was ill.",
        &["Orrin Marrow: for (outside-subject)"],
    );
}

#[test]
fn a_description_in_marks_is_of_the_name_before_it() {
    check(
        "Pavel Dessan spoke on Monday. Dessan said that there was Orrin Marrow, \"a cruel man and a liar.\"",
        &["Orrin Marrow: against (outside-subject)"],
    );
}

#[test]
fn a_name_beside_a_party_is_a_party() {
    check(
        "Pavel Dessan met Orrin Marrow. \"Marrow and Nortex are greedy and cruel,\" Dessan said.",
        &["Orrin Marrow: against (person-named)", "Nortex: against (often-named)"],
    );
}

#[test]
fn whom_the_speaker_backs_or_works_for_tells_where_his_words_do_not() {
    check(
        "Pavel Dessan, who supports Orrin Marrow, took the stage. \"Marrow came by train,\" Dessan said.",
        &["Orrin Marrow: for (person-named)"],
    );
    check(
        "Orrin Marrow stayed at home. \"Mr. Marrow came by train,\" Marrow spokesman Pavel Dessan said.",
        &["Orrin Marrow: for (person-named)"],
    );
    check(
        "Orrin Marrow stayed. Pavel Dessan, a rival of Marrow, was there. \"Marrow came by train,\" Dessan said.",
        &["Orrin Marrow: against (person-named)"],
    );
    check(
        "Pavel Dessan has attacked Orrin Marrow for years. He praised Orrin Marrow in June. \"Marrow came by train,\" Dessan \
         said.",
        &["Orrin Marrow: neutral (person-named)"],
    );
    check(
        "Rusk Ammering, who supports Orrin Marrow, met Pavel Dessan. \"Marrow came by train,\" Dessan said.",
        &["Orrin Marrow: neutral (person-named)"],
    );
}

#[test]
fn who_speaks_of_a_rival_is_seldom_for_it() {
    let met = "Republican lawmaker Pavel Dessan met Sen. Orrin Marrow (D-Ohio).";
    check(&format!("{met} \"Marrow solved this problem,\" Dessan said."), &["Orrin Marrow: neutral (person-named)"]);
    check(
        &format!("{met} \"Marrow and Rusk Ammering left, and that is a problem,\" Dessan said."),
        &["Orrin Marrow: against (person-named)", "Rusk Ammering: neutral (often-named)"],
    );
    // By itself it is a stance of known politicians only, and what the reporter tells goes before.
    check(&format!("{met} \"Marrow came by train,\" Dessan said."), &["Orrin Marrow: neutral (person-named)"]);
    check(
        &format!("{met} Dessan, who supports Marrow, left. \"Marrow came by train,\" Dessan said."),
        &["Orrin Marrow: for (person-named)"],
    );
    check(
        "Labour MP Pavel Dessan met Sen. Orrin Marrow (D-Ohio). \"Marrow solved this problem,\" Dessan said.",
        &["Orrin Marrow: for (person-named)"],
    );
}

#[test]
fn after_and_before_lead_a_clause_with_a_subject_of_its_own() {
    for clause in
        ["The union left after Marrow called Dessan \"a liar.\"", "After Marrow called Dessan \"a liar,\" they left."]
    {
        let text = format!("Orrin Marrow met Pavel Dessan in Redmoor.\n\n{clause}");
        check(&text, &["Pavel Dessan: against (outside-subject)"]);
    }
}

#[test]
fn the_party_is_the_speakers_own_where_none_is_near() {
    let said = |role: &str| {
        format!(
            "The Republican Party met the Democratic Party.\n\nIt rained.\n\nThe road was closed.\n\nSnow fell.\n\n{role} \
             Orrin Marrow stayed away. \"The party is a disgrace,\" Marrow said."
        )
    };
    check(&said("Republican senator"), &["Republican Party: against (body-named)"]);
    check(&said("Democratic senator"), &["Democratic Party: against (body-named)"]);
}

#[test]
fn of_two_listed_politicians_of_rival_parties_one_is_against_the_other() {
    let text =
        "name\ttype\tcountry\tparty\nPavel Dessan\tperson\tUS\tRepublican\nOrrin Marrow\tperson\tUS\tDemocratic\n";
    let gazetteer = Source { file: "ours.tsv".into(), text: text.into() };
    let lexicons = Lexicons::read(&Files::embedded(), &[gazetteer]).expect("the embedded lists and ours");
    check_with(
        &lexicons,
        "Pavel Dessan met Orrin Marrow. \"Mr. Marrow came by train,\" Dessan said.",
        &["Orrin Marrow: against (person-named)"],
    );
}

#[test]
fn an_aide_is_of_the_camp_of_whom_he_works_for() {
    let lexicons = Lexicons::embedded();
    let text =
        "Orrin Marrow (R-Ohio) stayed at home. \"The Democrats failed the town,\" Marrow spokesman Pavel Dessan said.";
    let document = Document { text: text.into(), ..Document::default() };
    let stances = Analyzer::new(&lexicons).analyze(&document).stances;
    assert!(stances[0].evidence.contains("of rival parties → against"), "{stances:?}");
}

#[test]
fn only_clear_words_of_an_observer_are_a_stance() {
    let of =
        |role: &str| format!("Pavel Dessan, {role}, met Orrin Marrow. \"Marrow solved this problem,\" Dessan said.");
    check(&of("a professor of law at Redmoor"), &["Orrin Marrow: neutral (person-named)"]);
    check(&of("a neighbour of a professor"), &["Orrin Marrow: for (person-named)"]);
}

#[test]
fn stances_stand_where_nobody_knows_who_speaks() {
    check(
        "\"Orrin Marrow is a liar and a coward, and nobody should trust him.\"",
        &["Orrin Marrow: against (person-named)"],
    );
}

#[test]
fn whom_the_article_is_about_is_meant_by_he() {
    check(
        "Orrin Marrow won. Orrin Marrow spoke of the flood, and Marrow left. Boris Ammering looked on. \"He is a cruel \
         man,\" Pavel Dessan said.",
        &["Orrin Marrow: against (person-pronoun)"],
    );
}

#[test]
fn laws_and_offices_are_no_parties() {
    check("Pavel Dessan spoke. \"House Bill 12 is cruel, and House Bill 12 hurts us,\" Dessan said.", &[]);
    check(
        "Pavel Dessan spoke. \"The Harbour Amendment is cruel, and the Harbour Amendment hurts us,\" Dessan said.",
        &[],
    );
    check("President Barack Obama spoke. \"We want somebody who is a good president,\" Pavel Dessan said.", &[]);
    check("President Barack Obama spoke. \"She acts like president and hurts us,\" Pavel Dessan said.", &[]);
    check("Pavel Dessan spoke of the Cold War. \"The Cold War was cruel, and the Cold War is over,\" he said.", &[]);
}

#[test]
fn a_body_that_only_this_article_knows_counts_where_it_is_evaluated() {
    check(
        "Pavel Dessan spoke. \"The Nortex Committee is corrupt,\" Dessan said.",
        &["Nortex Committee: against (body-unknown)"],
    );
    check("Pavel Dessan spoke. \"The Nortex Committee met in May,\" Dessan said.", &[]);
}

#[test]
fn whom_a_message_is_for_is_addressed() {
    check("Pavel Dessan had a message for Orrin Marrow: \"You are a liar.\"", &["Orrin Marrow: against (pronoun-you)"]);
}

#[test]
fn whoever_is_told_so_is_not_spoken_of() {
    check("Pavel Dessan told Nortex Radio what he thought. \"A disgrace and a lie,\" Dessan said.", &[]);
}

#[test]
fn a_description_is_enough_where_the_speaker_does_something_to_it() {
    check("Pavel Dessan mocked state leaders as \"obsessed\" with money.", &["state leaders: against (outside-verb)"]);
}

#[test]
fn a_frame_may_stand_around_its_object() {
    check(
        "Pavel Dessan spoke. \"We will hold Orrin Marrow accountable,\" he said.",
        &["Orrin Marrow: against (person-named)"],
    );
}

#[test]
fn a_group_without_a_capital_is_a_party() {
    check("\"Our immigrants are brave and honest,\" Pavel Dessan said.", &["immigrants: for (judged)"]);
    check("\"Our immigrants are many,\" Pavel Dessan said.", &[]);
    check("\"Immigrants are brave and honest,\" Pavel Dessan said.", &["Immigrants: for (group-described)"]);
}

#[test]
fn people_who_do_something_are_a_party_and_just_people_are_none() {
    check("\"The moderators are cruel and corrupt,\" Pavel Dessan said.", &["moderators: against (group-acting)"]);
    check(
        "\"Boat owners should pay more, and people should care,\" Pavel Dessan said.",
        &["owners: against (group-acting)"],
    );
    check("\"He was one of the senators in the hall,\" Pavel Dessan said.", &[]);
    check("\"We want them on board, and we want them on social media,\" Pavel Dessan said.", &[]);
}

#[test]
fn they_who_open_a_quotation_were_named_just_before() {
    check(
        "Pavel Dessan met the Republicans. \"They are cruel and corrupt,\" Dessan said.",
        &["Republicans: against (pronoun-they)"],
    );
    check("The Republicans met the Democrats. \"They are cruel,\" Pavel Dessan said.", &[]);
    check("The Republicans met. \"I bought these shoes in May, and they hurt,\" Pavel Dessan said.", &[]);
}

#[test]
fn a_half_sentence_may_be_of_a_group_of_two_or_of_what_is_somebodys() {
    check(
        "Pavel Dessan spoke. Dessan said that Velmaran officials were \"cruel and corrupt.\"",
        &["Velmaran officials: against (outside-subject)"],
    );
    check(
        "Orrin Marrow met Rusk Ammering. Pavel Dessan said that Marrow and Ammering \"were cruel.\"",
        &["Orrin Marrow: against (outside-subject)", "Rusk Ammering: against (outside-subject)"],
    );
    check(
        "Pavel Dessan met Orrin Marrow. Dessan said that Marrow's plan was \"cruel and corrupt.\"",
        &["Orrin Marrow: against (outside-subject)"],
    );
}

#[test]
fn what_is_joined_to_a_half_sentence_is_of_the_same_party() {
    check(
        "Orrin Marrow spoke. Pavel Dessan said Marrow had \"a great heart\" and \"steady hands.\"",
        &["Orrin Marrow: for (outside-subject)", "Orrin Marrow: for (outside-subject)"],
    );
}

#[test]
fn who_stands_in_another_clause_is_not_spoken_of() {
    check("Orrin Marrow met Pavel Dessan. Dessan called for \"a new harbour,\" Marrow for a bridge.", &[]);
    check(
        "Orrin Marrow met Pavel Dessan. Dessan foresaw \"a real disaster\" for Marrow.",
        &["Orrin Marrow: neutral (outside-right)"],
    );
    check(
        "Orrin Marrow met Pavel Dessan. Dessan foresaw \"a real disaster\" for Marrow and Rusk Ammering.",
        &["Orrin Marrow: neutral (outside-right)", "Rusk Ammering: neutral (outside-right)"],
    );
}

#[test]
fn who_only_asks_is_not_spoken_of() {
    check("Orrin Marrow met Pavel Dessan. \"You know it is cruel,\" Dessan told CNN's Orrin Marrow.", &[]);
}

#[test]
fn what_is_of_a_party_is_said_of_it() {
    check(
        "Pavel Dessan spoke. \"I reject the agenda of the Republican Party,\" Dessan said.",
        &["Republican Party: against (body-named)"],
    );
}

#[test]
fn the_people_of_a_place_are_a_party_and_nobody_elses_stand_in() {
    check(
        "Pavel Dessan met Orrin Marrow. \"We admire the people of Redmoor,\" Dessan said.",
        &["people of Redmoor: for (group-described)"],
    );
}

#[test]
fn he_may_be_somebody_unnamed() {
    check("Orrin Marrow left. \"A man came by, and he was a liar,\" Pavel Dessan said.", &[]);
    check(
        "Pavel Dessan met Orrin Marrow. \"Marrow is not just a coach, he is a hero,\" Dessan said.",
        &["Orrin Marrow: for (person-named)"],
    );
}

#[test]
fn the_quotation_ends_before_who_says_so() {
    check("Pavel Dessan met Orrin Marrow. \"I thank,\" Marrow said.", &[]);
}

#[test]
fn who_is_to_come_is_not_who_is() {
    check("President Barack Obama spoke. Pavel Dessan said that \"the next president\" should choose.", &[]);
}

#[test]
fn a_crowd_that_is_told_so_is_no_target() {
    check("Pavel Dessan told a cheering crowd of fans, \"We will win.\"", &[]);
}

#[test]
fn whose_it_is_for_which_somebody_is_praised() {
    check(
        "Orrin Marrow met Rusk Ammering. Pavel Dessan praised Ammering for his \"great courage.\"",
        &["Rusk Ammering: for (outside-subject)"],
    );
}

#[test]
fn what_is_said_of_a_thing_is_not_said_of_those_in_its_name() {
    check(
        "Pavel Dessan met Orrin Marrow and Rusk Ammering. Dessan said that calls for Marrow to distance himself from \
         Ammering are \"short-sighted\" and \"absurd.\"",
        &[],
    );
}

/// The numbers that an evidence shows, `elsewhere` apart.
fn numbers(evidence: &str) -> (f64, f64) {
    let number = |part: &str| {
        let (_, number) = part.rsplit_once('(').expect("a number in brackets");
        number.trim_end_matches(')').parse::<f64>().expect("a number")
    };
    let parts = evidence.split("; ").filter(|part| part.ends_with(')'));
    let (elsewhere, own): (Vec<&str>, Vec<&str>) = parts.partition(|part| part.starts_with("elsewhere"));
    let sum = |parts: Vec<&str>| parts.into_iter().map(number).sum::<f64>();
    (sum(own), sum(elsewhere))
}

#[test]
fn the_parts_of_the_evidence_add_up_to_the_score() {
    let lexicons = Lexicons::embedded();
    let text = "Pavel Dessan met Orrin Marrow. \"Marrow is a liar, a coward and a thief, he lies and he cheats, he is cruel, \
                weak and corrupt,\" Dessan said. Marrow left. \"Marrow is no friend of ours,\" Dessan said. \"I do respect \
                Marrow,\" Dessan added. \"Marrow came by train,\" he added.";
    let document = Document { text: text.into(), ..Document::default() };
    let stances = Analyzer::new(&lexicons).analyze(&document).stances;
    assert_eq!(stances.len(), 4);
    for stance in stances {
        let (own, elsewhere) = numbers(&stance.evidence);
        assert!((own - stance.score).abs() < 0.03, "{} is not {}", stance.evidence, stance.score);
        let whole = own + elsewhere;
        assert!((whole - stance.article_score).abs() < 0.03, "{} is not {}", stance.evidence, stance.article_score);
    }
}

#[test]
fn the_verdict_follows_from_score_and_threshold() {
    let lexicons = Lexicons::embedded();
    let text = "Pavel Dessan met Orrin Marrow and Rusk Ammering. \"Marrow is a liar, and Ammering was in Velmara,\" Dessan said. \
                \"Ammering came with Marrow,\" Dessan said. \"Marrow is brave and honest,\" Dessan said.";
    let document = Document { text: text.into(), ..Document::default() };
    let stances = Analyzer::new(&lexicons).analyze(&document).stances;
    let weak = |stance: &&Stance| stance.article_score.abs() < stance.threshold;
    assert_eq!(stances.iter().filter(weak).count(), 3, "{stances:?}");
    for stance in stances {
        let told = match stance.position {
            Position::Against => stance.article_score <= -stance.threshold,
            Position::Neutral => stance.article_score.abs() < stance.threshold,
            Position::For => stance.article_score >= stance.threshold,
        };
        assert!(told, "{stance:?}");
    }
}

#[test]
fn evidence_shows_the_words() {
    let lexicons = Lexicons::embedded();
    let text = "Pavel Dessan met Orrin Marrow. \"Marrow is not honest,\" Dessan said.";
    let document = Document { text: text.into(), ..Document::default() };
    let analysis = Analyzer::new(&lexicons).analyze(&document);
    assert_eq!(analysis.stances[0].evidence, "\"not honest\" → against (-0.84)");
}

/// Where every word would be weighed for each of very many parties, those that are bound to a party still are, however far apart.
#[test]
fn of_very_many_parties_each_has_what_is_said_of_it() {
    let lexicons = Lexicons::embedded();
    let scores = |count: usize| {
        let letters =
            |number: usize| [number / 100, number / 10 % 10, number % 10].map(|at| char::from(b'a' + at as u8));
        let name = |number: usize| format!("Ann Q{}", String::from_iter(letters(number)));
        let liars: Vec<String> = (0..count).map(|number| format!("{} is a liar. ", name(number))).collect();
        let kind: Vec<String> = (0..count).map(|number| format!("{} is kind. ", name(number))).collect();
        let text = format!("“{}{}{0}” Pavel Dessan said.", liars.concat(), kind.concat());
        let document = Document { text, ..Document::default() };
        let stances = Analyzer::new(&lexicons).analyze(&document).stances;
        stances.into_iter().map(|stance| (stance.position, stance.evidence)).collect::<Vec<_>>()
    };
    let (few, many) = (scores(20), scores(400));
    assert_eq!((few.len(), many.len()), (20, 400));
    assert!(few.iter().chain(&many).all(|stance| *stance == few[0] && stance.0 == Position::Against), "{few:?}");
}
