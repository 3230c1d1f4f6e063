//! What stands beside a name and tells a role: `Ann Lee, a doctor`, `The spokesman, Bo Hart,`, `a man named Lee`.

use super::Builder;
use super::may_be;
use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::lexicon::words::{Class, Classes};
use crate::scan::Places;
use crate::scan::mention::{Determiner, Mention, MentionKind};
use crate::scan::token::TokenKind;

/// Of the age of nearly all whose age is told.
const AGE_DIGITS: usize = 2;
/// Words between a description and the name that it tells: `who gave his name only as`.
const LONGEST_NAMING: usize = 8;

impl Builder<'_> {
    /// `NAME, a doctor,`, `NAME of Iowa, a doctor,` and `The spokesman, NAME,` tell a role.
    pub(super) fn appositions(&mut self, mentions: &Places) {
        for index in mentions.iter() {
            let first = &self.scan.mentions[index];
            let nominal = match first.kind {
                MentionKind::Name => false,
                MentionKind::Nominal => true,
                _ => continue,
            };
            if let Some(named) = self.named_after(index) {
                self.describe(named, index);
                continue;
            }
            let described = self.description_end(index);
            let end = if nominal { self.after_participle(described) } else { self.after_place(first.tokens.end) };
            let doing = end > described;
            // `The chairman of the Harbour Party (HP), Ann Lee,`
            let lettered = self.scan.kind(end) == TokenKind::Open && self.scan.kind(end + 2) == TokenKind::Close;
            let end = if lettered { end + 3 } else { end };
            if self.scan.kind(end) != TokenKind::Comma {
                continue;
            }
            // `Her neighbour, 82-year-old Ann Lee, said`
            let aged = usize::from(nominal && self.scan.kind(end + 1) == TokenKind::Number);
            // `Ann Lee, 34, a bricklayer`
            let age = self.scan.kind(end + 1) == TokenKind::Number && self.scan.kind(end + 2) == TokenKind::Comma;
            if !nominal && (age && self.is_age(end + 1) || self.is_who(end + 1)) {
                self.tell_person(index);
            }
            let aged = if age { 2 } else { aged };
            let Some(second) = self.mention_at(index, end + 1 + aged) else { continue };
            let next = &self.scan.mentions[second];
            let (named, nominal) = match (first.kind, next.kind) {
                // `After a talk with Lee, the mayor said` is of two people.
                (MentionKind::Name, MentionKind::Nominal) if self.is_apposed(first, second) => (index, second),
                (MentionKind::Nominal, MentionKind::Name)
                    // `The witness accusing the mayor, Lee said, left`
                    if self.is_named(first, next) && (!doing || self.is_cut_off(next)) =>
                {
                    (second, index)
                }
                _ => continue,
            };
            self.describe(named, nominal);
        }
    }

    /// Whether a name after a description and a comma is of what is described. `To be president, Lee needs` and `Of the senator,
    /// Lee said` are no appositions, nor is `The charity, Lee said, closed`.
    fn is_named(&self, description: &Mention, name: &Mention) -> bool {
        if self.is_cut_off(name) {
            return description.party_kind == PartyKind::Person
                || !self.goes_on_with(name) && !self.is_set_before(description);
        }
        let definite = description.determiner != Determiner::Indefinite;
        definite && description.party_kind == PartyKind::Person && self.opens_sentence(description)
    }

    /// `At the charity, Lee,` at the beginning of a sentence.
    fn is_set_before(&self, description: &Mention) -> bool {
        let opening = self.scan.sentences[description.sentence as usize].start;
        opening + 1 == description.tokens.start && self.is_governed(description)
    }

    /// Behind the name stands what is said of a person, or the rest of a list: `Lee, 54,`, `Lee, who left`, `Lee, a welder`,
    /// `Lee, and the union`.
    fn goes_on_with(&self, name: &Mention) -> bool {
        let end = name.tokens.end;
        let told = self.scan.kind(end + 1) == TokenKind::Number
            || self.is_who(end + 1)
            || self.scan.has(end + 1, Class::And)
            || self.scan.has(end + 1, Class::Determiner);
        self.scan.kind(end) == TokenKind::Comma && told
    }

    /// Where the comma stands behind `the member representing Dessan North, Ann Lee,`; else what was asked for.
    fn after_participle(&self, end: usize) -> usize {
        if !self.is_participle(end) {
            return end;
        }
        let ends = |at: &usize| !self.scan.tokens.get(*at).is_some_and(|token| token.is_word()) || self.is_cue(*at);
        let comma = (end + 1..end + LONGEST_NAMING).find(ends);
        comma.filter(|at| self.scan.kind(*at) == TokenKind::Comma).unwrap_or(end)
    }

    /// `Hart, 54, shook his head`
    fn is_age(&self, number: usize) -> bool {
        self.scan.tokens[number].span().of(self.text).len() == AGE_DIGITS
    }

    /// `Hart, who left, shook his head`
    fn is_who(&self, at: usize) -> bool {
        let word = self.scan.words.get(at).and_then(|word| self.lexicons.pronouns.get(word));
        word.is_some_and(|word| word.gender != Gender::Neuter) && self.scan.has(at, Class::Relative)
    }

    /// Makes a person of whom a name stands for that nothing tells to be anything else.
    fn tell_person(&mut self, name: usize) {
        let Some(entity) = self.entities.of_mention[name] else { return };
        if self.entities.list[entity].kind == PartyKind::Unknown {
            self.entities.change(entity, |known| known.kind = PartyKind::Person);
        }
    }

    /// The name in `a man named Lee`, `a woman calling herself Lee`, `a driver who gave his name only as Lee`,
    /// `her driver, who gave his name only as Lee`.
    fn named_after(&self, index: usize) -> Option<usize> {
        let nominal = &self.scan.mentions[index];
        let person = nominal.kind == MentionKind::Nominal && nominal.party_kind == PartyKind::Person && !nominal.plural;
        if !person || !matches!(nominal.determiner, Determiner::Indefinite | Determiner::Possessive) {
            return None;
        }
        // `A resident of Mill Street, who gave her name only as Lee`
        let end = self.description_end(index);
        let apart = self.scan.kind(end) == TokenKind::Comma && self.scan.has(end + 1, Class::Relative);
        let from = if apart { end + 1 } else { nominal.tokens.end };
        let is_naming = |at: &usize| self.lexicons.descriptions.is(DescriptionKind::Naming, self.scan.words[*at]);
        let end = (from..from + LONGEST_NAMING)
            .find(|at| self.scan.kind(*at) != TokenKind::Lower)
            .filter(|end| *end > from && self.scan.tokens.get(*end).is_some_and(|token| token.is_capitalised()))?;
        let naming = (from..end).find(is_naming)?;
        let last = end - 1;
        let leads = self.scan.has(last, Class::Object) || self.scan.has(last, Class::As);
        let alone = !apart && naming == last && last == from && !self.scan.has(naming, Class::Ing);
        if !(alone || naming < last && leads) {
            return None;
        }
        let next = (index + 1..self.scan.mentions.len().min(index + 6)).find(|next| {
            let mention = &self.scan.mentions[*next];
            mention.tokens.start == end && mention.kind == MentionKind::Name
        })?;
        // `One farmer called Lee “a liar”`, `a farmer called Lee a liar`: that is no name of hers.
        let after = self.scan.mentions[next].tokens.end;
        let called = self.scan.kind(after) == TokenKind::Mark && self.scan.quotation_at(after + 1).is_some()
            || self.scan.has(after, Class::Determiner);
        (!called).then_some(next)
    }

    /// The outer mention that begins at a token, not far after another.
    pub(super) fn mention_at(&self, index: usize, at: usize) -> Option<usize> {
        let mentions = &self.scan.mentions;
        (index + 1..mentions.len().min(index + 8))
            .find(|next| !mentions[*next].inner && mentions[*next].tokens.start >= at)
            .filter(|next| mentions[*next].tokens.start == at)
    }

    /// Whether a description after a name and a comma is of the one who is named.
    fn is_apposed(&self, name: &Mention, description: usize) -> bool {
        const HELPS: Classes = Classes::of(&[Class::Be, Class::Have, Class::Modal]);
        let end = self.description_end(description);
        // `Lee, a mayor of Dessan has left`: the second comma is forgotten.
        let forgotten = || self.opens_sentence(name) && self.scan.classes.get(end).is_some_and(|next| next.any(HELPS));
        self.is_closed(end) || forgotten()
    }

    /// Whether a description may end before the token: no verb stands there, nor a noun that the description belongs to, as in
    /// `Lee, Hart wage delegate war`.
    fn is_closed(&self, at: usize) -> bool {
        // What a list may go on from tells nothing of a word's kind.
        const NOUN: Classes = Classes::of(&[
            Class::Common,
            Class::CueNoun,
            Class::StanceStart,
            Class::PhraseStart,
            Class::RoleStart,
            Class::ExpressionStart,
        ]);
        let noun = self.scan.kind(at) == TokenKind::Lower && NOUN.with(self.scan.classes[at]) == NOUN;
        !noun && !self.is_verb(at)
    }

    /// Nothing of the clause follows: `another guest, Ann Lee.`, `another guest, Ann Lee of the Greens.`
    fn is_cut_off(&self, mention: &Mention) -> bool {
        let end = self.after_place(mention.tokens.end);
        !matches!(self.scan.kind(end), TokenKind::Lower | TokenKind::Capital | TokenKind::Upper)
            && mention.party_kind != PartyKind::Place
    }

    /// `Nurses United, the ministry and the police` are three.
    fn is_listed(&self, nominal: usize) -> bool {
        let end = self.description_end(nominal);
        self.scan.has(end, Class::And) || self.scan.kind(end) == TokenKind::Comma && self.scan.has(end + 1, Class::And)
    }

    fn describe(&mut self, named: usize, nominal: usize) {
        let role = &self.scan.mentions[nominal];
        let Some(entity) = self.entities.of_mention[named].filter(|_| !role.plural) else { return };
        if role.party_kind != PartyKind::Person {
            // `Nurses United, a union`: no person.
            let body = matches!(role.party_kind, PartyKind::Organisation | PartyKind::Government);
            if self.entities.list[entity].kind == PartyKind::Unknown && body {
                self.entities.change(entity, |known| known.kind = role.party_kind);
            }
            let kind = self.entities.list[entity].kind;
            let is_body = matches!(kind, PartyKind::Organisation | PartyKind::Outlet | PartyKind::Government);
            if body && is_body && (nominal < named || !self.is_listed(nominal)) {
                self.entities.tell(nominal, entity, self.entities.how[named]);
            }
            return;
        }
        let head = self.words(role).next_back().unwrap_or(0);
        let known = &self.entities.list[entity];
        // `The vessel's owner, Marrow Foods, said`
        let is_body = matches!(known.kind, PartyKind::Organisation | PartyKind::Outlet);
        if nominal < named && is_body && self.is_cut_off(&self.scan.mentions[named]) {
            self.entities.tell(nominal, entity, self.entities.how[named]);
            return;
        }
        if !matches!(known.kind, PartyKind::Person | PartyKind::Unknown) || !may_be(known.gender, role.gender) {
            return;
        }
        self.entities.change(entity, |known| {
            known.kind = PartyKind::Person;
            if known.gender == Gender::Unknown {
                known.gender = role.gender;
            }
        });
        self.hold_role(entity, head);
        self.tell_role(entity, head, |builder| builder.description(nominal));
        self.entities.tell(nominal, entity, self.entities.how[named]);
    }
}

#[cfg(test)]
mod tests {
    use crate::{Analyzer, Document, Lexicons};

    fn check_role(text: &str, expected: &str) {
        let lexicons = Lexicons::embedded();
        let document = Document { text: text.into(), ..Document::default() };
        let analysis = Analyzer::new(&lexicons).analyze(&document);
        let speaker = analysis.attributions.last().and_then(|attribution| attribution.speaker).expect("a speaker");
        assert_eq!(analysis.entities.list[speaker].role.of(text, &lexicons), expected, "{text}");
    }

    #[test]
    fn a_noun_after_a_description_makes_it_none() {
        check_role("Nadia Brock, Dessan delegate, left. \"We were there,\" Brock said.", "Dessan delegate");
        check_role("Nadia Brock, Reyes wage delegate war. \"We were there,\" Brock said.", "");
    }

    #[test]
    fn a_role_is_told_with_what_it_is_of() {
        let said = "\"We were there,\" Brock said.";
        check_role(
            &format!("Nadia Brock, president of the Harbour Union, left. {said}"),
            "president of the Harbour Union",
        );
        let pilots = format!("Nadia Brock, head of the Pilots’ Circle, left. {said}");
        check_role(&pilots, "head of the Pilots' Circle");
        check_role(&format!("The spokeswoman for the union, Nadia Brock, left. {said}"), "spokeswoman for the union");
        check_role(&format!("The president of the union (TU), Nadia Brock, left. {said}"), "president of the union");
        check_role(&format!("Nadia Brock, a friend of Ms. Lee's, left. {said}"), "friend of Ms. Lee's");
        check_role(&format!("Nadia Brock, director of Lee's 2030 campaign, left. {said}"), "director");
    }

    #[test]
    fn a_role_has_no_counting_word_no_verb_and_all_of_its_name() {
        let said = "\"We were there,\" Brock said.";
        check_role(&format!("Nadia Brock, another former adviser, left. {said}"), "former adviser");
        check_role(&format!("Nadia Brock, the most able teacher, left. {said}"), "most able teacher");
        check_role(&format!("It will almost certainly force Sen. Nadia Brock to stay. {said}"), "Senator");
        check_role(&format!("Circuit Court Judge Nadia Brock left. {said}"), "Circuit Court Judge");
        check_role(&format!("Nadia Brock, star of television’s “Harbour Lights,” left. {said}"), "star");
        check_role(&format!("One farmer called Nadia Brock “a liar.” {said}"), "");
        let committee = format!("Nadia Brock, head of the Committee on Energy and Commerce, left. {said}");
        check_role(&committee, "head of the Committee on Energy and Commerce");
        check_role("\"We were there,\" Dean Brock said.", "");
        check_role(&format!("According to parade organiser Nadia Brock, they left. {said}"), "parade organiser");
        check_role(&format!("They left the spotlight to daughter Nadia Brock. {said}"), "daughter");
        check_role(&format!("Surgeon Dr. Nadia Brock left. {said}"), "Surgeon");
        check_role(&format!("Dr. Nadia Brock left. {said}"), "Doctor");
        check_role(&format!("Committee chair Dame Nadia Brock left. {said}"), "Committee chair");
        check_role(&format!("Glaciologist Dr Nadia Brock left. {said}"), "Glaciologist");
        check_role(&format!("MD & CEO Nadia Brock left. {said}"), "MD & CEO");
        check_role(&format!("Leader of Opposition Smt. Nadia Brock left. {said}"), "Leader of Opposition");
        check_role(&format!("Minister for Revenue Smt. Nadia Brock left. {said}"), "Minister for Revenue");
        check_role(&format!("Nadia Brock, the Labour MP who chairs the board, left. {said}"), "Labour MP");
    }

    #[test]
    fn an_office_is_told_rather_than_a_relation() {
        let said = "\"We were there,\" Brock said.";
        check_role(&format!("Lee met rival Nadia Brock. Senator Brock left. {said}"), "Senator");
        check_role(&format!("Senator Nadia Brock left. Lee met rival Nadia Brock. {said}"), "Senator");
        check_role(&format!("Lee met rival Nadia Brock. {said}"), "rival");
    }

    #[test]
    fn who_stands_beside_a_name_by_chance_is_somebody_else() {
        let said = "\"We were there,\" Brock said.";
        check_role(&format!("Nadia Brock left. The judge Brock was talking of stayed. {said}"), "");
        check_role(&format!("Nadia Brock left. Regarding the judge, Brock was silent. {said}"), "");
        check_role(&format!("Nadia Brock left. A sign read \"Liar Brock\" there. {said}"), "");
        check_role(&format!("Lee met with candidates Nadia Brock and Bo Hart. {said}"), "");
    }
}
