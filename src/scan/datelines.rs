//! Where a report comes from: `DESSAN (Reuters) -`, `Dessan, March 3 (Reuters) –`, `DESSAN, Marland —`. Nobody speaks there, and no
//! `they` means the place.

use std::ops::Range;

use super::Scan;
use super::token::TokenKind;
use crate::lexicon::gazetteer::PartyKind;

/// Tokens before the bracket or the dash, at most.
const LONGEST: usize = 9;

impl Scan {
    /// Finds the tokens of each, in place of those of another text.
    pub(super) fn find_datelines(&mut self) {
        let mut datelines = std::mem::take(&mut self.datelines);
        datelines.clear();
        datelines.extend(self.paragraphs.iter().filter_map(|paragraph| self.dateline(paragraph)));
        self.datelines = datelines;
    }

    /// Whether a token stands in one.
    #[must_use]
    pub fn is_in_dateline(&self, token: usize) -> bool {
        self.datelines.iter().any(|dateline| dateline.contains(&token))
    }

    fn dateline(&self, paragraph: &Range<usize>) -> Option<Range<usize>> {
        let start = paragraph.start;
        if !self.tokens.get(start)?.is_capitalised() {
            return None;
        }
        let capitals = (start..paragraph.end).find(|at| self.kind(*at) != TokenKind::Upper)?;
        let is_sign = |at: &usize| matches!(self.kind(*at), TokenKind::Open | TokenKind::Dash);
        let of_place = |at: &usize| {
            self.tokens[*at].is_capitalised() || matches!(self.kind(*at), TokenKind::Comma | TokenKind::Number)
        };
        let end = (start + 1..paragraph.end).take(LONGEST).find(|at| is_sign(at) || !of_place(at))?;
        match self.kind(end) {
            TokenKind::Dash if capitals > start => Some(start..end),
            TokenKind::Open => {
                let close = (end + 2..paragraph.end).take(LONGEST).find(|at| self.kind(*at) == TokenKind::Close)?;
                (self.kind(close + 1) == TokenKind::Dash && self.names_outlet(end..close)).then_some(start..close + 1)
            }
            _ => None,
        }
    }

    fn names_outlet(&self, tokens: Range<usize>) -> bool {
        let first = self.mentions.partition_point(|mention| mention.tokens.start < tokens.start);
        let mut within = self.mentions[first..].iter().take_while(|mention| mention.tokens.start < tokens.end);
        within.any(|mention| mention.party_kind == PartyKind::Outlet)
    }
}
