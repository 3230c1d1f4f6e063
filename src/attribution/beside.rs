//! Who stands beside a quotation, whatever way its speaker is told: who relayed it and whom it was said to.

use crate::lexicon::pattern::{Patterns, Symbol, Window};
use crate::scan::mention::MentionKind;

use super::{Attribution, Attributor, Decision, RIGHT};

/// Who stands beside any way of telling a speaker, mentions.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Beside {
    /// Who relayed it.
    via: Option<usize>,
    /// Whom it was said to.
    addressee: Option<usize>,
}

impl<'a> Attributor<'a> {
    /// The patterns of who relays and who is spoken to, where one may fit anywhere in the article.
    pub(super) fn details(&self) -> [Option<&'a Patterns>; 2] {
        let letters = self.units.letters.iter().fold(1 << Symbol::Word as u8, |letters, letter| letters | 1 << letter);
        let lists = [&self.lexicons.relays, &self.lexicons.addressees];
        lists.map(|patterns| Some(patterns).filter(|patterns| patterns.may_fit(letters)))
    }

    /// Who stands beside the quotation of a window.
    pub(super) fn beside(&self, window: &mut Window, details: [Option<&Patterns>; 2]) -> Beside {
        let [relays, addressees] = details.map(|patterns| patterns.and_then(|patterns| patterns.find(window)));
        let mention = |unit: Option<usize>| unit.and_then(|unit| self.mention(unit));
        Beside {
            via: mention(relays.and_then(|found| found.via)),
            addressee: mention(addressees.and_then(|found| found.addressee)),
        }
    }

    /// Forgets who stands beside the quotations whose windows end behind a unit that became another.
    pub(super) fn look_again(&self, unit: usize, before: &mut [Decision]) {
        let sees = |number: usize| self.units.of_quotation[number].is_none_or(|known| known + RIGHT >= unit);
        let seeing = before.iter_mut().enumerate().rev().take_while(|(number, _)| sees(*number));
        seeing.for_each(|(_, decision)| decision.beside = None);
    }

    /// Addressee and relay, which stand beside any way of telling the speaker.
    pub(super) fn add_details(&self, decisions: &[Decision], attributions: &mut [Attribution]) {
        let mut looking = None;
        for (quotation, attribution) in attributions.iter_mut().enumerate() {
            let (Some(source), Some(unit)) = (attribution.source, self.units.of_quotation[quotation]) else { continue };
            let beside = decisions[quotation].beside.unwrap_or_else(|| {
                let (window, details) = looking.get_or_insert_with(|| (Window::default(), self.details()));
                self.see(quotation, unit, window);
                self.beside(window, *details)
            });
            let keep =
                |mention: &usize| *mention != source && self.scan.mentions[*mention].kind != MentionKind::Relative;
            attribution.via = attribution.via.or(beside.via.filter(keep));
            attribution.addressee = attribution.addressee.or(beside.addressee.filter(keep));
        }
    }
}
