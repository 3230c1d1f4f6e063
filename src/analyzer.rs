//! The whole flow for one document.

use crate::Document;
use crate::attribution::{self, Attribution, Reasons};
use crate::entities::{self, Entities};
use crate::lexicon::Lexicons;
use crate::scan::{self, Scan, Speech};
use crate::stance::{self, Stance};

/// Everything found in a document.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// What stands in the text.
    pub scan: Scan,
    /// Whom the mentions mean.
    pub entities: Entities,
    /// Who said each quotation, in the order of [`Scan::quotations`].
    pub attributions: Vec<Attribution>,
    /// What the speakers think of the parties they speak of.
    pub stances: Vec<Stance>,
    /// Room to find the attributions and stances of the next document in.
    attribution_room: attribution::Room,
    room: stance::Room,
}

/// Analyses documents with one set of lexicons.
#[derive(Clone, Copy, Debug)]
pub struct Analyzer<'a> {
    lexicons: &'a Lexicons,
    least_confidence: f64,
    speech: Speech,
    reasons: Reasons,
}

impl<'a> Analyzer<'a> {
    /// An analyzer with the given lexicons.
    #[must_use]
    pub fn new(lexicons: &'a Lexicons) -> Self {
        Self { lexicons, least_confidence: 0.0, speech: Speech::Marked, reasons: Reasons::Kept }
    }

    /// The same analyzer, which names no speaker where the confidence is below `least`, from 0 to 1.
    #[must_use]
    pub fn with_least_confidence(self, least: f64) -> Self {
        Self { least_confidence: least, ..self }
    }

    /// The same analyzer, which looks for this kind of speech.
    #[must_use]
    pub fn with_speech(self, speech: Speech) -> Self {
        Self { speech, ..self }
    }

    /// The same analyzer, which keeps the reasons for sources that were ranked or drops them.
    #[must_use]
    pub fn with_reasons(self, reasons: Reasons) -> Self {
        Self { reasons, ..self }
    }

    /// Finds who said what about whom. Odd text gives an unclosed quotation or an unknown speaker, never an error.
    #[must_use]
    pub fn analyze(&self, document: &Document) -> Analysis {
        self.analyze_reusing(document, Analysis::default())
    }

    /// The same, in the room that the analysis of another document took.
    #[must_use]
    pub fn analyze_reusing(&self, document: &Document, used: Analysis) -> Analysis {
        let mut analysis = used;
        Step::all().for_each(|step| self.take(step, document, &mut analysis));
        analysis
    }

    /// Takes one of the steps that make an analysis, those before it being taken.
    pub(crate) fn take(&self, step: Step, document: &Document, analysis: &mut Analysis) {
        let (text, lexicons) = (document.text.as_str(), self.lexicons);
        let Analysis { scan, entities, attributions, stances, attribution_room, room } = analysis;
        match step {
            Step::Scan(phase) => scan.take(phase, document, self.speech, lexicons),
            Step::Attribution => {
                attribution::attribute_in(attribution_room, text, scan, lexicons, self.reasons, attributions);
            }
            Step::Entities(phase) => {
                if phase == entities::Phase::Trail {
                    entities.begin(scan, attribution::sources(attributions));
                }
                entities.take(phase, text, scan, &document.author, lexicons);
                if phase == entities::Phase::Others {
                    let named = attribution::name_interviewed(std::mem::take(attributions), scan, entities, lexicons);
                    let named = attribution::name_speakers(named, entities, lexicons);
                    *attributions = attribution::withhold(named, self.least_confidence);
                }
            }
            Step::Stances(phase) => {
                if phase == stance::Phase::Ask {
                    room.reuse(std::mem::take(stances));
                }
                if let Some(found) = room.take(phase, text, scan, entities, attributions, lexicons) {
                    *stances = found;
                }
            }
        }
    }
}

/// A step on the way to an analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Finds what stands in the text.
    Scan(scan::Phase),
    /// Finds what each quotation rests on.
    Attribution,
    /// Finds whom the mentions mean, so who speaks.
    Entities(entities::Phase),
    /// Finds what the speakers think.
    Stances(stance::Phase),
}

impl Step {
    /// In the order in which they are taken.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        let scan = scan::Phase::ALL.map(Self::Scan).into_iter();
        let entities = entities::Phase::ALL.map(Self::Entities);
        scan.chain([Self::Attribution]).chain(entities).chain(stance::Phase::ALL.map(Self::Stances))
    }
}
