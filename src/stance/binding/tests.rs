use crate::lexicon::Lexicons;
use crate::{Analyzer, Document};

/// What Dessan thinks of Marrow if he says so.
fn check(said: &[(&str, &str)]) {
    let lexicons = Lexicons::embedded();
    for (said, expected) in said {
        let text = format!("Pavel Dessan spoke. Orrin Marrow was away. \"{said},\" Dessan said.");
        let document = Document { text, ..Document::default() };
        let stances = Analyzer::new(&lexicons).analyze(&document).stances;
        // `the mayor`, `voters` beside whom these are about.
        let asked = stances.iter().filter(|stance| !["judged", "group-described"].contains(&stance.rule));
        let shown: Vec<&str> = asked.map(|stance| stance.position.name()).collect();
        assert_eq!(shown, [*expected], "{said}: {stances:?}");
    }
}

#[test]
fn who_brings_it_about_is_praised_or_blamed() {
    check(&[
        ("Because of Marrow, thousands of people are suffering", "against"),
        ("Thanks to Marrow, we are safe", "for"),
        ("Thanks to Marrow, we are in chaos", "against"),
        ("Without Marrow we would have failed", "for"),
        ("Under Marrow, our schools have thrived", "for"),
        ("Under Marrow's rule, the schools collapsed", "against"),
        ("Marrow left thousands of people homeless", "against"),
        ("Marrow was homeless", "neutral"),
    ]);
}

#[test]
fn what_a_party_is_told_to_do_it_has_not_done() {
    check(&[
        ("Marrow must explain himself", "against"),
        ("I call on Marrow to explain himself", "against"),
        ("It is time for Marrow to go", "against"),
        ("We urge Marrow to stop lying", "against"),
        ("Marrow hasn't paid anybody", "against"),
        ("We can't let Marrow ruin this town", "against"),
        ("Marrow came by train", "neutral"),
    ]);
}

#[test]
fn what_is_not_so_is_no_praise() {
    check(&[
        ("If Marrow had told the truth, we would know", "against"),
        ("Had Marrow been honest, we would know", "against"),
        ("If Marrow cared about us, he would have come", "against"),
        ("If Marrow had a shred of decency she would apologise", "against"),
        ("I would be thrilled if Marrow told the truth", "for"),
        ("Not once in fourteen months has Marrow told us the truth", "against"),
        ("I wish I could say that Marrow was an honest man", "against"),
        ("Marrow talks about helping our neighbours", "neutral"),
        ("Marrow is doing her best to ruin us", "against"),
        ("Marrow is doing her best to help us", "for"),
        ("Marrow could have helped us", "against"),
        ("Marrow lacks the courage to tell the truth", "against"),
        ("Marrow is determined to destroy our schools", "against"),
    ]);
}

#[test]
fn nobody_is_better_than_the_best() {
    check(&[
        ("There is no better mayor than Marrow", "for"),
        ("Nobody is more honest than Marrow", "for"),
        ("I have never met anyone more dedicated than Marrow", "for"),
        ("I have never met anyone more corrupt than Marrow", "against"),
        ("Nobody is more loyal to our town than Marrow", "for"),
        ("There is no one more corrupt than Marrow", "against"),
    ]);
}

#[test]
fn who_fights_something_bad_is_not_bad() {
    check(&[
        ("Marrow exposed the corruption at the mill", "for"),
        ("Marrow solved our problems", "for"),
        ("Marrow has condemned any form of corruption", "for"),
        ("Marrow has condemned bigotry and racism", "for"),
        ("Marrow has vocally opposed racism", "for"),
        ("Marrow spread bigotry and racism", "against"),
    ]);
}

#[test]
fn what_others_call_a_party_is_not_the_speakers_view() {
    check(&[("They call Marrow a liar", "neutral"), ("I call Marrow a liar", "against")]);
}

#[test]
fn where_saying_so_is_judged_it_is_not_said() {
    check(&[
        ("Calling Marrow a liar is absurd", "for"),
        ("Blaming Marrow for the flood is unfair", "for"),
        ("Praising Marrow is a mistake", "against"),
        ("Helping Marrow is a privilege", "for"),
        ("It is shameful to call Marrow a liar", "for"),
        ("It was a mistake to trust Marrow", "against"),
        ("It would be a mistake to underestimate Marrow", "for"),
    ]);
}

#[test]
fn a_view_that_is_denied_is_turned_however_it_is_told() {
    check(&[
        ("I don't think for a minute that Marrow is a liar", "for"),
        ("Neither he nor Marrow is honest", "against"),
        ("Nobody listens to us like Marrow", "for"),
    ]);
}

#[test]
fn who_would_have_helped_did_not() {
    check(&[
        ("If Marrow had hired enough people, we would be safe", "against"),
        ("Had Marrow tested the valve, we would be safe", "against"),
        ("Marrow didn't have to call me", "neutral"),
        ("Marrow has grounded the fleet", "neutral"),
    ]);
}

#[test]
fn what_is_done_to_the_speaker_or_told_him_tells() {
    check(&[
        ("Marrow froze me out", "against"),
        ("Marrow told me to lie", "against"),
        ("Marrow asked me to sit", "neutral"),
    ]);
}

#[test]
fn what_is_denied_of_all_others_holds_of_the_best() {
    check(&[
        ("There has never been a man or a woman more honest than Marrow", "for"),
        ("There is no man that has done more for us than Marrow", "for"),
        ("Worms have shown more courage than Marrow", "against"),
        ("I have never met anybody as kind as Marrow", "for"),
    ]);
}

#[test]
fn who_is_wronged_is_not_blamed() {
    check(&[
        ("It is a disgrace that Marrow was attacked", "for"),
        ("I am disturbed that Marrow was criticized", "for"),
        ("I am disturbed that Marrow lied", "against"),
        ("The town should thank Marrow", "for"),
        ("The town must fire Marrow", "against"),
        ("We must prevent Marrow from being smeared", "for"),
        ("I don't understand why anyone would vote for Marrow", "against"),
    ]);
}

#[test]
fn what_is_asked_is_not_said() {
    check(&[
        ("Does Marrow share our values", "neutral"),
        ("Do you think that Marrow is a racist", "neutral"),
        ("Marrow shares our values", "for"),
        ("Don't vote for Marrow", "against"),
        ("Vote for Marrow", "for"),
    ]);
}

#[test]
fn who_asks_how_anybody_can_says_that_nobody_can() {
    check(&[
        ("How can voters trust Marrow", "against"),
        ("How could any of us trust Marrow", "against"),
        ("Why would anybody vote for Marrow", "against"),
        ("Why should anyone thank Marrow", "against"),
        ("How would voters reach Marrow", "neutral"),
    ]);
}

#[test]
fn what_is_done_to_a_party_tells_of_it_by_what_the_deed_is_called() {
    check(&[
        ("The vote against Marrow was a disgrace", "for"),
        ("The lawsuit against Marrow is a joke", "for"),
        ("The judge's attack on Marrow was disgusting", "for"),
        ("The campaign against Marrow was brave", "against"),
        ("The campaign against Marrow came late", "neutral"),
        ("Support for Marrow is foolish", "against"),
        ("The charges against Marrow are false", "for"),
        ("The charges against Marrow are shocking", "against"),
        ("We condemn the campaign against Marrow", "for"),
        ("We applaud the lawsuit against Marrow", "against"),
        ("The critics of Marrow are liars", "for"),
        ("The decision to fire Marrow was a mistake", "for"),
        ("The judge's calling Marrow a liar was unfair", "for"),
    ]);
}

#[test]
fn a_participle_before_the_object_of_a_verb_is_no_second_deed() {
    check(&[
        ("Marrow opposes assisted travel", "neutral"),
        ("Marrow supports assisted travel", "neutral"),
        ("Marrow lied and betrayed us", "against"),
    ]);
}

#[test]
fn how_much_of_it_does_not_hide_a_deed() {
    check(&[
        ("Marrow lost a lot of credibility", "against"),
        ("Marrow has lost much of her authority", "against"),
        ("Marrow lost her authority", "against"),
        ("Marrow lost a lot of hair", "neutral"),
        ("Marrow committed one of the greatest offenses", "against"),
    ]);
}

#[test]
fn who_does_it_may_stand_behind_an_opening_phrase() {
    check(&[
        ("For years Marrow lied", "against"),
        ("After the flood Marrow saved us", "for"),
        ("In the end Marrow lied", "against"),
        ("Year after year he lied to us", "against"),
    ]);
}

#[test]
fn by_whom_a_deed_is_done_tells_what_is_thought_of_it() {
    check(&[
        ("Those who attacked Marrow are cowards", "for"),
        ("Anyone who trusts Marrow is a fool", "against"),
        ("Shame on those who attacked Marrow", "for"),
        ("Whoever smeared Marrow is a coward", "for"),
        ("Whoever trusts Marrow is a fool", "against"),
        ("I despise everyone who betrayed Marrow", "for"),
    ]);
}

#[test]
fn what_nobody_would_do_is_not_what_nobody_knows() {
    check(&[
        ("Nobody who respects us would vote for Marrow", "against"),
        ("No one who has met us could trust Marrow", "against"),
        ("Everyone who knows us will vote for Marrow", "for"),
    ]);
}

#[test]
fn where_it_is_wrong_to_refuse_it_should_be_done() {
    check(&[
        ("The mayor's refusal to condemn Marrow is a disgrace", "against"),
        ("The mayor's refusal to thank Marrow is a disgrace", "for"),
        ("The mayor's refusal to support Marrow was brave", "against"),
        ("Marrow's refusal to thank the town is a disgrace", "against"),
    ]);
}

#[test]
fn a_phrase_may_open_with_whose_it_is() {
    check(&[
        ("My vote for Marrow was a mistake", "against"),
        ("My vote for Marrow was brave", "for"),
        ("The vote for Marrow was late", "neutral"),
    ]);
}

#[test]
fn the_ruling_of_a_court_is_judged_whoever_the_court_is() {
    check(&[("The court's ruling against Marrow was wrong", "for"), ("Her ruling against Marrow was wrong", "for")]);
}

#[test]
fn that_somebody_has_friends_or_was_charged_is_a_report() {
    check(&[
        ("Friends of Marrow came by train", "neutral"),
        ("I am a friend of Marrow", "for"),
        ("Marrow was charged with fraud", "neutral"),
        ("Marrow declined to answer", "neutral"),
        ("Marrow is expected to plead not guilty", "neutral"),
    ]);
}

#[test]
fn whom_the_clause_of_a_pronoun_names_it_does_not_mean() {
    check(&[("He has more courage than Marrow", "against"), ("When he spoke, Marrow lied", "against")]);
}

#[test]
fn what_is_so_because_of_what_a_party_does_is_due_to_it() {
    check(&[
        ("Families are suffering because Marrow closed the mill", "against"),
        ("Our schools have thrived because Marrow came", "for"),
        ("I am sad because Marrow left", "neutral"),
        ("Thanks to Marrow, we have water", "for"),
    ]);
}

#[test]
fn whoever_has_rigged_or_overrun_it_is_blamed() {
    check(&[
        ("The vote was rigged by Marrow", "against"),
        ("Marrow has a stranglehold on the port", "against"),
        ("Marrow would rather sit in the bath than work", "against"),
        ("Our prayers go out to Marrow", "for"),
    ]);
}

#[test]
fn what_the_side_of_the_speaker_does_he_does() {
    check(&[
        ("Our members support Marrow", "for"),
        ("My party opposes Marrow", "against"),
        ("My party met Marrow", "neutral"),
    ]);
    let text = "\"Our team outhustled the other campaigns,\" Pavel Dessan said.";
    crate::stance::tests::check(text, &["other campaigns: against (judged)"]);
}

#[test]
fn whose_death_hurts_is_mourned() {
    check(&[("I am devastated by the death of Marrow", "for"), ("I am devastated by Marrow", "against")]);
}

#[test]
fn who_is_named_for_it_if_anyone_is_is_meant() {
    check(&[
        ("If anyone can save the mill, it's Marrow", "for"),
        ("If anyone is a liar, it is Marrow", "against"),
        ("If anyone asks, it was Marrow", "neutral"),
    ]);
}

#[test]
fn who_criticizes_is_not_blamed_for_it() {
    check(&[("Marrow criticized the ruling", "neutral"), ("Marrow insulted the judges", "against")]);
}

#[test]
fn what_was_lost_does_not_turn_the_next_deed() {
    check(&[("Marrow lost the files and betrayed us", "against"), ("How can anyone believe Marrow", "against")]);
}

#[test]
fn the_loss_of_something_does_not_turn_what_the_loss_is() {
    check(&[
        ("The loss of jobs under Marrow is disgusting", "against"),
        ("The lack of help from Marrow was appalling", "against"),
        ("Marrow should have a voice", "neutral"),
        ("Marrow should have listened", "against"),
    ]);
}

#[test]
fn a_negator_before_think_reaches_all_that_is_thought() {
    check(&[
        ("I don't think Marrow has ever been completely honest", "against"),
        ("I do not believe Marrow has ever really been a coward", "for"),
        ("I don't think Marrow has never been honest with us", "for"),
        ("I didn't know Marrow had ever been so honest with us", "for"),
    ]);
}

#[test]
fn a_question_that_asks_who_would_is_answered_by_nobody() {
    check(&[
        ("Who would ever trust Marrow?", "against"),
        ("Who could defend Marrow?", "against"),
        ("I know somebody who would trust Marrow", "for"),
    ]);
}

#[test]
fn what_if_and_whether_ask_is_not_said() {
    check(&[
        ("I wonder whether Marrow is honest", "neutral"),
        ("We will see if Marrow is a liar", "neutral"),
        ("We don't know whether or not Marrow lied", "neutral"),
        ("Time will tell if Marrow is a great mayor", "neutral"),
    ]);
}

#[test]
fn what_rivals_of_the_speaker_do_is_judged_by_who_they_are() {
    let said = |said: &str| {
        let text =
            format!("Orrin Marrow was away. \"{said},\" said Pavel Dessan (D-Ohio), who met Len Quill (R-Texas).");
        crate::stance::tests::positions(&text, "Orrin Marrow")
    };
    assert_eq!(said("Quill condemned Marrow"), ["for"]);
    assert_eq!(said("Quill praised Marrow"), ["against"]);
    assert_eq!(said("Quill has smeared Marrow"), ["for"]);
}

#[test]
fn who_is_wronged_in_a_clause_is_not_blamed() {
    check(&[
        ("What they did to Marrow was a disgrace", "for"),
        ("What Marrow did to the nurses was a disgrace", "against"),
        ("What they did to Marrow was a surprise", "neutral"),
    ]);
}

#[test]
fn an_infinitive_that_opens_the_sentence_is_judged() {
    check(&[
        ("To call Marrow a liar is absurd", "for"),
        ("To praise Marrow is a mistake", "against"),
        ("To praise Marrow is a habit", "for"),
    ]);
}

#[test]
fn what_is_claimed_of_a_party_may_be_false() {
    check(&[
        ("The rumours about Marrow are false", "for"),
        ("The claims about Marrow are baseless", "for"),
        ("The rumours about Marrow began here", "neutral"),
    ]);
}

#[test]
fn what_few_do_is_denied_of_most() {
    check(&[
        ("Few voters trust Marrow", "against"),
        ("A few voters thanked Marrow", "for"),
        ("There are few people I admire more than Marrow", "for"),
        ("We want Marrow back", "for"),
        ("It would be a tragedy to lose Marrow", "for"),
    ]);
}

#[test]
fn who_stands_after_is_is_meant() {
    check(&[
        ("One of the heroes of this town is Marrow", "for"),
        ("The real liar here is Marrow", "against"),
        ("Most people don't like Marrow", "against"),
        ("Marrow is a good speaker but a terrible mayor", "against"),
        ("Marrow is a good man and the mayor is a liar", "for"),
    ]);
}

#[test]
fn whose_things_do_harm_does_harm() {
    check(&[
        ("Marrow wrote laws that hurt the town", "against"),
        ("Marrow wrote a plan that deceived people", "against"),
        ("Marrow read laws that hurt the town", "neutral"),
    ]);
}

#[test]
fn whom_a_relative_clause_is_about_is_its_object() {
    check(&[("Marrow, whom I admire, came late", "for"), ("I met Marrow, who we call a liar", "against")]);
}

#[test]
fn who_doubts_it_says_that_it_is_not_so() {
    check(&[
        ("I doubt that Marrow is committed to the cause", "against"),
        ("I question whether Marrow is committed to the cause", "against"),
        ("There is no doubt that Marrow is a hero", "for"),
        ("I doubt that Marrow should be trusted", "against"),
        ("Marrow should be trusted", "for"),
    ]);
}

#[test]
fn what_an_allegation_is_about_does_not_turn_it() {
    check(&[("There are obstruction of justice allegations against Marrow", "against")]);
}

#[test]
fn what_somebody_is_blamed_for_is_no_praise() {
    check(&[
        ("Marrow was criticised for helping his friends", "against"),
        ("Marrow was accused of openly supporting his colleagues", "against"),
        ("Marrow was praised for helping his friends", "for"),
    ]);
}

#[test]
fn the_worse_word_of_two_counts() {
    check(&[("Marrow is a great liar", "against"), ("Marrow is a terrible leader", "against")]);
}

#[test]
fn what_stands_before_the_object_turns_the_deed() {
    check(&[("I support the fight against Marrow", "against"), ("I support Marrow", "for")]);
}

#[test]
fn the_attacks_of_bad_people_are_no_blame() {
    check(&[("The judge denounced Marrow", "against"), ("The corrupt judge denounced Marrow", "for")]);
}

#[test]
fn that_nobody_else_is_so_does_not_deny_it() {
    check(&[
        ("No town has been hurt more by Marrow than ours", "against"),
        ("Nobody supports Marrow more than we do", "for"),
        ("Marrow cares more about money than he cares about us", "against"),
    ]);
}

#[test]
fn whoever_stands_before_what_he_says_reports_it() {
    check(&[("The judge claims that Marrow is a liar", "against"), ("I am fine with Marrow", "for")]);
}

#[test]
fn a_noun_after_i_is_a_verb() {
    check(&[("I hope that Marrow comes", "neutral"), ("Marrow gives me hope", "for")]);
}

#[test]
fn all_of_a_list_are_meant() {
    let lexicons = Lexicons::embedded();
    let said = |said: &str| {
        let text = format!("Pavel Dessan met Orrin Marrow, Len Quill and Ed Ammering. \"{said},\" Dessan said.");
        let document = Document { text, ..Document::default() };
        let stances = Analyzer::new(&lexicons).analyze(&document).stances;
        stances.iter().map(|stance| stance.position.name()).collect::<Vec<_>>()
    };
    assert_eq!(said("Marrow, Quill and Ammering are liars"), ["against"; 3]);
    assert_eq!(said("I thank Marrow, Quill, and Ammering"), ["for"; 3]);
    assert_eq!(said("Marrow is kind, and Ammering is a liar"), ["for", "against"]);
}

#[test]
fn who_is_found_so_is_meant() {
    check(&[
        ("I find Marrow a generous man", "for"),
        ("Marrow is, and always has been, an amazing leader", "for"),
        ("Any captain will find me a generous man, and Marrow knows", "neutral"),
    ]);
}
