//! What a decision is checked by before it stands: what a pattern or the weights say of a quotation is taken back where the
//! place of the quotation or the words of the cue speak against it. Decides nothing itself.

use crate::lexicon::descriptions::DescriptionKind;
use crate::lexicon::pattern::{QuotationEnd, Symbol, Verdict};
use crate::scan::quotation::Quotation;
use crate::scan::token::{Mark, TokenKind};

use super::units::Of;
use super::{Attributor, Decision, clause};

impl Attributor<'_> {
    /// Whether what was decided of a quotation at its unit cannot be; `before` are the decisions before it.
    pub(super) fn is_refuted(&self, quotation: usize, unit: usize, decision: &Decision, before: &[Decision]) -> bool {
        match decision.verdict {
            Some(Verdict::Other) => self.is_announced(quotation, unit) || self.is_sentence_alone(quotation, unit),
            Some(Verdict::Speech) => self.is_heard(decision, unit) || self.is_answer(quotation, decision, before),
            _ => false,
        }
    }

    /// `said: “It is over.”`: a sentence after a reporting verb and a colon is speech, whoever said it.
    fn is_announced(&self, quotation: usize, unit: usize) -> bool {
        let look = self.units.looks[quotation];
        let is_sentence = !look.lower && matches!(look.end, QuotationEnd::Stop | QuotationEnd::Mark);
        let before = |back: usize| unit.checked_sub(back).and_then(|unit| self.units.symbol(unit));
        is_sentence
            && matches!(before(1), Some(Symbol::Colon | Symbol::Semicolon))
            && before(2).is_some_and(|cue| clause::CUES.has(cue))
    }

    /// `She shakes her head. “It was orange.”`: what ends its paragraph as a sentence of its own is speech, whoever said it.
    fn is_sentence_alone(&self, quotation: usize, unit: usize) -> bool {
        let look = self.units.looks[quotation];
        let is_sentence = !look.lower && !look.title && matches!(look.end, QuotationEnd::Stop | QuotationEnd::Mark);
        let opens = matches!(
            unit.checked_sub(1).and_then(|unit| self.units.symbol(unit)),
            Some(Symbol::Paragraph | Symbol::Stop)
        );
        let next = unit + 1 + usize::from(self.units.symbol(unit + 1) == Some(Symbol::Stop));
        let ends = matches!(self.units.symbol(next), None | Some(Symbol::Paragraph));
        is_sentence && opens && ends && !self.is_heading_in_marks(quotation)
    }

    /// `‘A healthy place.’` where others stand in double marks: a heading.
    fn is_heading_in_marks(&self, quotation: usize) -> bool {
        let single = |quotation: &Quotation| {
            let mark = quotation.marked_tokens().start;
            self.scan.kind(mark) == TokenKind::Mark
                && matches!(self.scan.tokens[mark].mark(), Mark::SingleStraight | Mark::SingleOpen | Mark::SingleClose)
        };
        let quotations = &self.scan.quotations;
        single(&quotations[quotation]) && !quotations.iter().all(single)
    }

    /// `“What did he say?” she asked. ¶ “Nothing.”`: who asks does not answer.
    fn is_answer(&self, quotation: usize, decision: &Decision, before: &[Decision]) -> bool {
        let shared = decision.found.source.map(|unit| self.units.of[unit]);
        let Some(Of::Quotation(question)) = shared.filter(|of| matches!(of, Of::Quotation(_))) else { return false };
        let question = question as usize;
        let Some(asked) = before.get(question) else { return false };
        let asking = |word: usize| self.lexicons.descriptions.is(DescriptionKind::Asking, self.scan.words[word]);
        let is_asked = match asked.found.cue.map(|cue| self.units.of[cue]) {
            Some(Of::Tokens(first, _)) => asking(first as usize),
            _ => false,
        };
        let paragraph = |quotation: usize| self.scan.quotations[quotation].paragraph;
        is_asked && self.units.looks[question].end == QuotationEnd::Mark && paragraph(question) < paragraph(quotation)
    }

    /// `“He ran,” the court heard.`: who hears it does not say it.
    fn is_heard(&self, decision: &Decision, unit: usize) -> bool {
        let hearing = |word: usize| self.lexicons.descriptions.is(DescriptionKind::Hearing, self.scan.words[word]);
        match decision.found.cue.filter(|cue| *cue > unit).map(|cue| self.units.of[cue]) {
            Some(Of::Tokens(first, _)) => hearing(first as usize),
            _ => false,
        }
    }
}
