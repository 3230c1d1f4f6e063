//! The mentions of an article as a pronoun looks back on them: what it asks of every one, in few bytes.

use std::ops::Range;

use super::EntityId;
use super::candidates::Suits;
use crate::lexicon::gazetteer::Gender;
use crate::lexicon::words::{Class, Classes};
use crate::scan::Scan;
use crate::scan::mention::{Determiner, Mention, MentionKind};

/// No entity, no quotation.
pub(super) const NONE: u32 = u32::MAX;

/// A mention to those after it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Trace {
    /// Whom it means; none while that is unknown.
    pub(super) entity: u32,
    /// The token after it, and the one after what a description says behind its noun.
    pub(super) end: u32,
    pub(super) described: u32,
    pub(super) paragraph: u32,
    pub(super) sentence: u32,
    /// The quotation that holds it.
    pub(super) quotation: u32,
    /// How much it stands out.
    pub(super) salience: f32,
    /// What else it is.
    pub(super) traits: Traits,
}

/// A set of what a mention may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Traits(u8);

impl Traits {
    /// `many`, `one`.
    pub(super) const INDEFINITE: Self = Self(1);
    /// A name with an article: `the Patriarchate`.
    pub(super) const THING: Self = Self(2);
    /// `the letter`.
    pub(super) const DOCUMENT: Self = Self(4);
    /// A name of several words.
    pub(super) const IN_FULL: Self = Self(8);
    /// In a caption.
    pub(super) const CAPTION: Self = Self(16);
    /// A subject.
    pub(super) const SUBJECT: Self = Self(32);
    /// The source of a quotation.
    pub(super) const SPEAKS: Self = Self(64);
    /// `I`, the author, of whom no `he` tells; the place that a report comes from.
    const APART: Self = Self(128);

    pub(super) const fn has(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    pub(super) const fn any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    pub(super) const fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    pub(super) const fn when(self, holds: bool) -> Self {
        Self(self.0 * holds as u8)
    }

    /// Of a mention with a noun, or a name that ends in a word, of these classes.
    fn of(scan: &Scan, mention: &Mention, noun: Classes) -> Self {
        let document = noun.has(Class::Document);
        let definite = mention.determiner == Determiner::Definite;
        // Put together without a branch, as what comes next is anybody's guess.
        let told = Self::INDEFINITE
            .with(Self::THING.when(definite))
            .with(Self::DOCUMENT.when(document))
            .with(Self::IN_FULL.when(mention.head.len() > 1))
            .with(Self::APART.when((mention.gender == Gender::Unknown) & !mention.plural));
        let caption = Self::CAPTION.when(scan.captions[mention.paragraph as usize]);
        let dateline = Self::APART.when(scan.is_in_dateline(mention.tokens.start));
        Self(told.0 & OF_KIND[mention.kind as usize].0).with(caption).with(dateline)
    }
}

/// What mentions of each kind may be by their own words.
const OF_KIND: [Traits; MentionKind::COUNT] = {
    let mut all = [Traits(0); MentionKind::COUNT];
    all[MentionKind::Name as usize] = Traits::THING.with(Traits::IN_FULL);
    all[MentionKind::Nominal as usize] = Traits::DOCUMENT;
    all[MentionKind::Pronoun as usize] = Traits::APART;
    all[MentionKind::Indefinite as usize] = Traits::INDEFINITE;
    all
};

impl Trace {
    /// Of a mention of which nobody knows yet whom it means.
    pub(super) fn of(scan: &Scan, mention: &Mention, noun: Classes) -> Self {
        Self {
            entity: NONE,
            end: mention.tokens.end as u32,
            described: mention.tokens.end as u32,
            paragraph: mention.paragraph,
            sentence: mention.sentence,
            quotation: mention.quotation.unwrap_or(NONE),
            salience: 0.0,
            traits: Traits::of(scan, mention, noun),
        }
    }

    /// Notes whom it means, if a pronoun may mean the same.
    pub(super) fn mean(&mut self, entity: EntityId) {
        if !self.traits.any(Traits::APART) {
            self.entity = entity as u32;
        }
    }
}

/// What the party of each mention may be meant by, so that a look back passes over those who suit nothing that is wanted:
/// eight mentions a number.
#[derive(Clone, Debug, Default)]
pub(super) struct Suited(Vec<[u64; 8]>);

impl Suited {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether mentions are noted yet.
    pub(super) fn is_open(&self) -> bool {
        !self.0.is_empty()
    }

    /// Makes room for so many mentions; before, none is noted.
    pub(super) fn open(&mut self, mentions: usize) {
        self.0.resize(mentions / 64 + 1, [0; 8]);
    }

    /// Notes what may stand for a mention's party.
    pub(super) fn note(&mut self, mention: usize, suits: Suits) {
        if let Some(block) = self.0.get_mut(mention / 64) {
            block[mention / 8 % 8] |= suits.bits() << (mention % 8 * 8);
        }
    }

    /// The mentions of a range that are noted to suit the one thing wanted, the latest first, and perhaps some right before
    /// it.
    pub(super) fn latest(&self, mentions: Range<usize>, wanted: Suits) -> impl Iterator<Item = usize> {
        let way = wanted.bits().trailing_zeros();
        let (first, mut at) = (mentions.start / 64, mentions.end / 64);
        let mut left = self.block(at, way) & ((1 << (mentions.end % 64)) - 1);
        std::iter::from_fn(move || {
            while left == 0 {
                at = at.checked_sub(1).filter(|at| *at >= first)?;
                left = self.block(at, way);
            }
            let place = left.ilog2();
            left ^= 1 << place;
            Some(at * 64 + place as usize)
        })
    }

    /// Which of 64 mentions suit a way, a bit each.
    fn block(&self, at: usize, way: u32) -> u64 {
        const EACH: u64 = 0x0101_0101_0101_0101;
        // Brings the lowest bits of eight bytes together in the highest.
        const TOGETHER: u64 = 0x0102_0408_1020_4080;
        let bits = |eight: u64| (eight >> way & EACH).wrapping_mul(TOGETHER) >> 56;
        self.0.get(at).map_or(0, |block| block.iter().rev().fold(0, |all, eight| all << 8 | bits(*eight)))
    }
}
