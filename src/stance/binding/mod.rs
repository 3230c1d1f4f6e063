//! Binds every stance word of a unit to whom it is about: the party that it describes, that does it, that it is done to.
//! Negators and the like change its value on the way. Knows nothing of targets; sums nothing.

mod causes;
mod comparison;
mod evaluation;
mod frames;
mod inference;
mod judged;
mod shifts;
mod weighing;

use std::ops::Range;

use smallvec::SmallVec;

use super::unit::{NONE, Node, Unit};
use crate::lexicon::stance::{Numbers, Object, Pos, StanceLexicon};
use crate::scan::Scan;
use inference::Act;

/// How a word bears on a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Predicated of it: `X is evil`.
    Predicate,
    /// Stands before it: `evil X`.
    Modifier,
    /// It does it: `X lies`.
    Agent,
    /// In the object of what it does: `X tells lies`.
    AgentFar,
    /// Of something of its own: `X's lies`.
    Possessed,
    /// It is done to it.
    Patient,
    /// Somebody else thinks so of it: `voters favor X`.
    Regarded,
    /// The speaker does it to it: `I support X`.
    SourceOnTarget,
    /// It does it to the speaker.
    Returned,
    /// It backs or fights whom the speaker thinks well or ill of.
    Inferred,
    /// Said of another with whom it is compared.
    Compared,
    /// It brings it about: `because of X, we are safe`.
    Caused,
    /// It is told to do so.
    Demanded,
    /// Happens to somebody.
    State,
    /// Of something else in the sentence.
    Thing,
    /// Of what it speaks of or lives through: `X spoke about the scandal`.
    Apart,
    /// Of nothing that could be told.
    Loose,
}

impl Role {
    /// In words, as `lexicon try` shows it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Role::Predicate => "says what it is",
            Role::Modifier => "stands before it",
            Role::Agent => "it does it",
            Role::AgentFar => "in what it does",
            Role::Possessed => "of its own",
            Role::Patient => "done to it",
            Role::Regarded => "what others think of it",
            Role::SourceOnTarget => "done to it by the speaker",
            Role::Returned => "it does it to the speaker",
            Role::Inferred => "by whom it backs or fights",
            Role::Compared => "of another whom it is compared with",
            Role::Caused => "it brings it about",
            Role::Demanded => "it is told to",
            Role::State => "happens to somebody",
            Role::Thing => "of a thing",
            Role::Apart => "of what it speaks of or lives through",
            Role::Loose => "of nobody in sight",
        }
    }
}

/// What one word says of one party.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contribution {
    /// The party's slot, [`NONE`] if the word is bound to none.
    pub slot: u32,
    /// Value times weight, signed.
    pub amount: f32,
    /// The word.
    pub node: u32,
    /// How it bears on the party.
    pub role: Role,
    /// The shifter that turned it, [`NONE`] for none.
    pub shifter: u32,
    /// The lexicon's value, before weights.
    pub value: f32,
    /// What the shifters make of it.
    pub factor: f32,
    /// Of an inferred one: the word it follows from.
    pub through: u32,
    /// What that word says of its own party.
    pub through_amount: f32,
    /// Of what is done to a party: the slot of who does it, [`NONE`] if nobody is in sight.
    pub doer: u32,
    /// Whether somebody else in the quotation says so.
    pub nested: bool,
    /// Whether somebody else in the quotation calls the party so.
    pub called: bool,
}

impl Contribution {
    /// Of a role that no lexicon value stands behind.
    fn of(node: usize, slot: u32, role: Role, amount: f32) -> Self {
        let (node, value) = (node as u32, amount);
        Self {
            slot,
            amount,
            node,
            role,
            shifter: NONE,
            value,
            factor: 1.0,
            through: NONE,
            through_amount: 0.0,
            doer: NONE,
            nested: false,
            called: false,
        }
    }
}

/// Which of the reporter's words count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reported {
    /// What the speaker does, in the main clause: `Dessan praised Marrow`.
    Deeds,
    /// Around a half-sentence, also what retells the speaker's words.
    Retold,
    /// Also what is known of the speaker otherwise: `Dessan, who supports Marrow`.
    Asides,
}

/// Puts what the words of a unit say into `found`, in text order, inferences last.
pub fn bind(unit: &Unit, scan: &Scan, lexicon: &StanceLexicon, reported: Reported, found: &mut Vec<Contribution>) {
    found.clear();
    if unit.hits.is_empty() {
        return;
    }
    let numbers = &lexicon.numbers;
    let (acts, shifters) = (SmallVec::new(), SmallVec::new());
    let mut binder = Binder { unit, scan, lexicon, numbers, reported, found, acts, shifters };
    let (mut deeds, mut nouns): (SmallVec<[usize; 8]>, SmallVec<[usize; 8]>) = (SmallVec::new(), SmallVec::new());
    for at in unit.hits.iter().copied() {
        let node = unit.nodes[at];
        if node.shifter != NONE {
            binder.shifters.push(at);
        }
        if node.entry == NONE {
            continue;
        }
        let entry = &lexicon.entries[node.entry as usize];
        match (&entry.object, entry.pos) {
            // Of the reporter's words only what somebody does to somebody counts, unless they retell the speaker's.
            (Object::None, _) if !node.inside && reported != Reported::Retold => {}
            (Object::None, Pos::State) => binder.state(at, entry),
            (Object::None, Pos::Verb) => binder.deed(at, entry),
            (Object::None, _) => binder.evaluation(at, entry),
            (_, Pos::Verb) => {
                binder.verb(at, entry);
                deeds.push(at);
            }
            (_, pos) => {
                binder.noun(at, entry);
                if pos == Pos::Noun {
                    nouns.push(at);
                }
            }
        }
    }
    binder.judge(&deeds);
    binder.judge_nouns(&nouns);
    binder.judge_done();
    if !binder.shifters.is_empty() {
        binder.demand();
        binder.grant();
        binder.cause();
        binder.single_out();
        binder.compare();
    }
    binder.infer();
    binder.blame(&deeds);
}

struct Binder<'a> {
    unit: &'a Unit,
    scan: &'a Scan,
    lexicon: &'a StanceLexicon,
    numbers: &'a Numbers,
    reported: Reported,
    found: &'a mut Vec<Contribution>,
    acts: SmallVec<[Act; 8]>,
    /// The nodes with a shifter.
    shifters: SmallVec<[usize; 8]>,
}

/// Which contributions, in text order, are of the nodes.
fn found_within(found: &[Contribution], nodes: Range<usize>) -> Range<usize> {
    let first = found.partition_point(|contribution| (contribution.node as usize) < nodes.start);
    let length = found[first..].partition_point(|contribution| (contribution.node as usize) < nodes.end);
    first..first + length
}

impl Binder<'_> {
    fn node(&self, at: usize) -> Node {
        self.unit.nodes[at]
    }
}

#[cfg(test)]
mod tests {
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
            ("Nobody is more loyal to our town than Marrow", "for"),
            ("There is no one more corrupt than Marrow", "against"),
        ]);
    }

    #[test]
    fn who_fights_something_bad_is_not_bad() {
        check(&[("Marrow exposed the corruption at the mill", "for"), ("Marrow solved our problems", "for")]);
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
        check(&[
            ("The court's ruling against Marrow was wrong", "for"),
            ("Her ruling against Marrow was wrong", "for"),
        ]);
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
}
