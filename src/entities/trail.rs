//! The mentions of an article as a pronoun looks back on them: what it asks of every one, in few bytes.

use super::EntityId;
use crate::lexicon::gazetteer::Gender;
use crate::lexicon::words::Class;
use crate::scan::Scan;
use crate::scan::mention::{Determiner, Mention, MentionKind};

/// No entity, no quotation.
pub(super) const NONE: u32 = u32::MAX;

/// A mention to those after it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Trace {
    /// Whom it means; none while that is unknown.
    pub(super) entity: u32,
    /// The token after it.
    pub(super) end: u32,
    /// The token after what a description says behind its noun; of others the same.
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
    /// `I`: the author, of whom no `he` tells.
    const AUTHOR: Self = Self(128);

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
        if holds { self } else { Self(0) }
    }

    fn of(scan: &Scan, mention: &Mention) -> Self {
        let caption = Self::CAPTION.when(scan.captions[mention.paragraph as usize]);
        let own = match mention.kind {
            MentionKind::Name => Self::THING
                .when(mention.determiner == Determiner::Definite)
                .with(Self::IN_FULL.when(mention.head.len() > 1)),
            MentionKind::Nominal => Self::DOCUMENT.when(scan.has(mention.head.end - 1, Class::Document)),
            MentionKind::Indefinite => Self::INDEFINITE,
            MentionKind::Pronoun => Self::AUTHOR.when(mention.gender == Gender::Unknown && !mention.plural),
            MentionKind::Relative | MentionKind::Demonym => Self(0),
        };
        caption.with(own)
    }
}

impl Trace {
    /// Of a mention of which nobody knows yet whom it means.
    pub(super) fn of(scan: &Scan, mention: &Mention) -> Self {
        Self {
            entity: NONE,
            end: mention.tokens.end as u32,
            described: mention.tokens.end as u32,
            paragraph: mention.paragraph,
            sentence: mention.sentence,
            quotation: mention.quotation.unwrap_or(NONE),
            salience: 0.0,
            traits: Traits::of(scan, mention),
        }
    }

    /// Notes whom it means, if a pronoun may mean the same.
    pub(super) fn mean(&mut self, entity: EntityId) {
        if !self.traits.any(Traits::AUTHOR) {
            self.entity = entity as u32;
        }
    }
}
