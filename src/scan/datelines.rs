//! Where a report comes from: `DESSAN (Coastwire) -`, `Dessan, March 3 (Reuters) –`, `DESSAN, Marland —`, `DESSAN: `. Nobody speaks
//! there, and no `they` means the place.

use std::ops::Range;

use super::Scan;
use super::token::TokenKind;
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::sets::GIVEN;

/// Tokens before the bracket or the dash, at most.
const LONGEST: usize = 9;
/// A colon ends one in the first so many paragraphs, below a headline and a byline.
const LATEST: usize = 3;
/// A paragraph of fewer tokens may be a headline, whose colon tells who speaks: `LEE: Bridge is “a trap”`.
const SHORTEST: usize = 25;

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
        let is_sign = |at: &usize| matches!(self.kind(*at), TokenKind::Open | TokenKind::Dash | TokenKind::Colon);
        let of_place = |at: &usize| {
            self.tokens[*at].is_capitalised() || matches!(self.kind(*at), TokenKind::Comma | TokenKind::Number)
        };
        let end = (start + 1..paragraph.end).take(LONGEST).find(|at| is_sign(at) || !of_place(at))?;
        match self.kind(end) {
            TokenKind::Dash if capitals > start => Some(start..end),
            TokenKind::Open => {
                let close = (end + 2..paragraph.end).take(LONGEST).find(|at| self.kind(*at) == TokenKind::Close)?;
                let told = self.names_outlet(end..close) || capitals > start && !self.names_somebody(start, end..close);
                (self.kind(close + 1) == TokenKind::Dash && told).then_some(start..close + 1)
            }
            TokenKind::Colon if capitals == end => self.is_place_with_colon(paragraph, end).then_some(start..end),
            _ => None,
        }
    }

    /// `DESSAN: The mayor said so.`; `LEE: We won.` is a turn of a transcript.
    fn is_place_with_colon(&self, paragraph: &Range<usize>, colon: usize) -> bool {
        let early = self.paragraphs.iter().take(LATEST).any(|first| first.start == paragraph.start);
        let report = self.tokens.get(colon + 1).is_some_and(|next| next.is_capitalised());
        let first = self.mentions.partition_point(|mention| mention.tokens.start < paragraph.start);
        let named = self.mentions.get(first).filter(|mention| mention.tokens.start < colon);
        let person = named.is_some_and(|named| named.party_kind == PartyKind::Person || named.title.is_some());
        let report = report && self.quotation_at(colon + 1).is_none();
        early && paragraph.len() >= SHORTEST && report && !person && !self.labels_others(paragraph)
    }

    /// `LEE: …` where `HART: …` opens another paragraph: whoever speaks.
    fn labels_others(&self, paragraph: &Range<usize>) -> bool {
        self.paragraphs.iter().filter(|other| other.start != paragraph.start).any(|other| {
            let colon = other.clone().take(LONGEST).find(|at| self.kind(*at) != TokenKind::Upper);
            colon.is_some_and(|colon| colon > other.start && self.kind(colon) == TokenKind::Colon)
        })
    }

    /// `ANN LEE (54) –`, `ANN LEE (Greens) –`: somebody who is asked in the street.
    fn names_somebody(&self, start: usize, bracket: Range<usize>) -> bool {
        let age = bracket.len() == 2 && self.kind(bracket.start + 1) == TokenKind::Number;
        age || bracket.start == start + 2 && self.classes[start].any(GIVEN)
    }

    fn names_outlet(&self, tokens: Range<usize>) -> bool {
        let first = self.mentions.partition_point(|mention| mention.tokens.start < tokens.start);
        let mut within = self.mentions[first..].iter().take_while(|mention| mention.tokens.start < tokens.end);
        within.any(|mention| mention.party_kind == PartyKind::Outlet)
    }
}
