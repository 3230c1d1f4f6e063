//! The examples of the stance lists: `{source:Dessan} {hit:praised} {target:Marrow}. → for` says what a row does, and is
//! held to it.

use super::binding::Contribution;
use super::pairs::Case;
use super::unit::NONE;
use crate::Span;
use crate::lexicon::Lexicons;
use crate::lexicon::stance::Object;
use crate::notation::{Annotated, Part};

/// Whether an example comes out as it says, and by the words that it marks.
///
/// # Errors
/// What it comes out as instead, or what is missing in it.
pub fn judge(example: &str, lexicons: &Lexicons) -> Result<(), String> {
    let Some((notation, expected)) = example.split_once(" → ") else {
        return Err("it has no verdict: end it with → for, → against or → neutral".into());
    };
    let annotated = Annotated::parse(notation).map_err(|error| error.to_string())?;
    let part = |wanted: Part| annotated.spans.iter().find(|(part, _)| *part == wanted).map(|(_, span)| *span);
    let (Some(target), Some(hit)) = (part(Part::Target), part(Part::Hit)) else {
        return Err("it marks no target or no hit: write {target:Marrow} and {hit:…}".into());
    };
    let case = Case::read(&annotated.text, Some(target), part(Part::Source), lexicons);
    let target = case.target.as_ref().map(|target| target.entity);
    let about = |contribution: &&Contribution| {
        contribution.slot != NONE && case.unit.slots[contribution.slot as usize].entity == target
    };
    let sum: f32 = case.found.iter().filter(about).map(|contribution| contribution.amount).sum();
    let got = match () {
        () if sum > 0.0 => "for",
        () if sum < 0.0 => "against",
        () => "neutral",
    };
    if got != expected {
        let words = case.words_at(hit);
        return Err(format!("it comes out as {got}; the hit is read as {words}"));
    }
    let by_hit = expected == "neutral"
        || case.describes_at(hit)
        || case.found.iter().filter(about).any(|contribution| case.is_at(contribution, hit));
    if by_hit {
        Ok(())
    } else {
        Err(format!("it is {got}, but not by its hit, which is read as {}", case.words_at(hit)))
    }
}

impl Case<'_> {
    fn node_span(&self, node: u32) -> Span {
        let node = self.unit.nodes[node as usize];
        let (first, last) = (self.scan.tokens[node.start as usize], self.scan.tokens[node.end as usize - 1]);
        Span { start: first.start, end: last.end() }
    }

    /// Whether the word of a contribution, or the shifter that turned it, stands there.
    fn is_at(&self, contribution: &Contribution, span: Span) -> bool {
        let nodes = [contribution.node, contribution.shifter];
        nodes.into_iter().filter(|node| *node != NONE).any(|node| self.node_span(node).overlaps(span))
    }

    /// Whether the row there only joins a party to its description: `called`.
    fn describes_at(&self, span: Span) -> bool {
        self.entries_at(span).any(|entry| self.lexicons.stance.entries[entry as usize].object == Object::Described)
    }

    fn entries_at(&self, span: Span) -> impl Iterator<Item = u32> {
        let at = (0..self.unit.nodes.len()).filter(move |node| self.node_span(*node as u32).overlaps(span));
        at.map(|node| self.unit.nodes[node].entry).filter(|entry| *entry != NONE)
    }

    /// The rows that the words there are read as.
    fn words_at(&self, span: Span) -> String {
        let lemma = |entry: u32| self.lexicons.stance.entries[entry as usize].name();
        let rows: Vec<String> = self.entries_at(span).map(lemma).collect();
        if rows.is_empty() { "no row: a mask or a longer name may hold it".into() } else { rows.join(", ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(example: &str, expected: Result<(), &str>) {
        let lexicons = Lexicons::embedded();
        assert_eq!(judge(example, &lexicons), expected.map_err(str::to_owned), "{example}");
    }

    #[test]
    fn an_example_is_held_to_what_it_says() {
        check("{target:Marrow} {hit:lied}. → against", Ok(()));
        check("{target:Marrow} {hit:lied}. → for", Err("it comes out as against; the hit is read as verb lie"));
        check(
            "{target:Marrow} {hit:came} and lied. → against",
            Err("it is against, but not by its hit, which is read as no row: a mask or a longer name may hold it"),
        );
        check(
            "{target:Marrow} lied. → against",
            Err("it marks no target or no hit: write {target:Marrow} and {hit:…}"),
        );
        check("{target:Marrow} {hit:lied}.", Err("it has no verdict: end it with → for, → against or → neutral"));
    }
}
