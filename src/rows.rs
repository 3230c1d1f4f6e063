//! A document's analysis to rows of the tables: byte spans become code points here and nowhere else.

use std::borrow::Cow;

use smallvec::{SmallVec, smallvec};

use crate::analyzer::Analysis;
use crate::attribution::{Attribution, Kind};
use crate::document::{Document, Written, add_note};
use crate::entities::{Entity, EntityId, Wording};
use crate::lexicon::Lexicons;
use crate::lexicon::gazetteer::{Gender, PartyKind};
use crate::span::Span;
use crate::stance::{Position, Stance};
use crate::table::{DocumentRow, FEMALE, MALE, QuoteId, QuoteRow, StanceRow};

/// Told of a transcript whose turns nobody asked for.
pub(crate) const TURNS_LEFT_OUT: &str =
    "a transcript: with --transcripts its turns are rows too, though they have no quotation marks";

/// The rows of one document.
#[derive(Clone, Debug, Default)]
pub struct Rows<'a> {
    /// In text order.
    pub quotes: Vec<QuoteRow<'a>>,
    /// In the order of the quotations.
    pub stances: Vec<StanceRow<'a>>,
    /// The document itself.
    pub document: DocumentRow<'a>,
}

impl Rows<'_> {
    /// The room that they took, for rows of another document.
    #[must_use]
    pub fn emptied<'b>(mut self) -> Rows<'b> {
        self.quotes.clear();
        self.stances.clear();
        // Rows that are none, of another lifetime: the standard library collects these where they stand.
        let quotes = self.quotes.into_iter().map(|_| QuoteRow::default()).collect();
        let stances = self.stances.into_iter().map(|_| StanceRow::default()).collect();
        Rows { quotes, stances, document: DocumentRow::default() }
    }
}

/// The rows of a document. `all` asks for quotations that are not speech too.
#[must_use]
pub fn rows<'a>(document: &'a Document, analysis: &'a Analysis, lexicons: &'a Lexicons, all: bool) -> Rows<'a> {
    rows_reusing(Rows::default(), document, analysis, lexicons, all)
}

/// The same, in the room of others, which are [`emptied`](Rows::emptied).
#[must_use]
pub fn rows_reusing<'a>(
    used: Rows<'a>,
    document: &'a Document,
    analysis: &'a Analysis,
    lexicons: &'a Lexicons,
    all: bool,
) -> Rows<'a> {
    let mut speaks: SmallVec<[bool; 128]> = smallvec![false; analysis.entities.list.len()];
    for speaker in analysis.attributions.iter().filter_map(|attribution| attribution.speaker) {
        speaks[speaker] = true;
    }
    let points = CodePoints::of(&document.text, document.origin.characters, &document.written);
    let builder = Builder { document, analysis, lexicons, points, speaks };
    let Rows { mut quotes, mut stances, .. } = used;
    let shown = |quotation: &usize| all || analysis.attributions[*quotation].kind != Kind::Other;
    quotes.extend((0..analysis.attributions.len()).filter(shown).map(|quotation| builder.quote(quotation)));
    stances.extend(analysis.stances.iter().map(|stance| builder.stance(stance)));
    let document = builder.document(&quotes);
    Rows { quotes, stances, document }
}

struct Builder<'a> {
    document: &'a Document,
    analysis: &'a Analysis,
    lexicons: &'a Lexicons,
    points: CodePoints<'a>,
    /// For each entity whether it speaks somewhere.
    speaks: SmallVec<[bool; 128]>,
}

impl<'a> Builder<'a> {
    fn quote(&self, quotation: usize) -> QuoteRow<'a> {
        let Analysis { scan, entities, attributions, .. } = self.analysis;
        let attribution: &'a Attribution = &attributions[quotation];
        let span = scan.quotations[quotation].span;
        let quote_id = self.id(quotation);
        let speaker = attribution.speaker.map(|entity| &entities.list[entity]);
        let mention = attribution.source.map(|mention| scan.mentions[mention].span);
        let via = attribution.via.map(|mention| scan.mentions[mention].span);
        let at = |span: Option<Span>| span.map(|span| self.points.span(span)).unzip();
        let (speaker_start, speaker_end) = at(mention);
        let (cue_start, cue_end) = at(attribution.cue);
        let (via_start, via_end) = at(via);
        let first = scan.quotations[quotation].tokens.start;
        QuoteRow {
            quote_id,
            doc_id: &self.document.id,
            date: &self.document.date,
            outlet: &self.document.outlet,
            start: quote_id.start,
            end: quote_id.end,
            text: span.of(&self.document.text),
            kind: match attribution.kind {
                Kind::Direct => "direct",
                Kind::Mixed => "mixed",
                Kind::Other => "other",
            },
            paragraph: self.document.origin.paragraphs + scan.quotations[quotation].paragraph as u32,
            sentence: self.document.origin.sentences + scan.sentence_of(first) as u32,
            speaker: speaker.map_or("", |entity| self.words(&entity.name)),
            speaker_id: speaker.map_or("", |entity| self.party_id(entity)),
            speaker_type: speaker.map_or("", speaker_type),
            speaker_role: speaker.map_or("", |entity| self.words(&entity.role)),
            speaker_mention: self.text(mention),
            speaker_start,
            speaker_end,
            cue: self.text(attribution.cue),
            cue_start,
            cue_end,
            addressee: self.text(attribution.addressee.map(|mention| scan.mentions[mention].span)),
            via: self.text(via),
            via_start,
            via_end,
            rule: &attribution.rule,
            confidence: (attribution.source.is_some() || attribution.withheld).then_some(attribution.confidence),
            turn_id: self.id(attribution.turn),
            speaker_gender: self.gender(attribution),
        }
    }

    fn stance(&self, stance: &'a Stance) -> StanceRow<'a> {
        let Analysis { entities, attributions, .. } = self.analysis;
        let target = &entities.list[stance.target];
        let speaker = attributions[stance.quotation].speaker.map(|entity| &entities.list[entity]);
        let (start, end) = self.points.span(stance.mention);
        StanceRow {
            quote_id: self.id(stance.quotation),
            doc_id: &self.document.id,
            date: &self.document.date,
            outlet: &self.document.outlet,
            speaker: speaker.map_or("", |entity| self.words(&entity.name)),
            speaker_id: speaker.map_or("", |entity| self.party_id(entity)),
            target: self.words(&target.name),
            target_id: self.party_id(target),
            target_type: self.target_type(stance.target),
            target_mention: self.text(Some(stance.mention)),
            target_start: Some(start),
            target_end: Some(end),
            stance: match stance.position {
                Position::Against => "against",
                Position::Neutral => "neutral",
                Position::For => "for",
            },
            score: stance.score,
            article_score: stance.article_score,
            confidence: stance.confidence,
            rule: stance.rule,
            evidence: &stance.evidence,
            threshold: stance.threshold,
        }
    }

    /// As of a speaker; empty where nothing tells what a name is, as of `Wall Street`: only people speak.
    fn target_type(&self, target: EntityId) -> &'static str {
        let entity = &self.analysis.entities.list[target];
        let untold = entity.kind == PartyKind::Unknown && entity.gender == Gender::Unknown && entity.role.is_empty();
        if untold && !entity.unnamed && !self.speaks[target] { "" } else { speaker_type(entity) }
    }

    /// Of the one who speaks, or of all who speak together; where nobody is known to, what the mention tells, `she`, unless
    /// too little tells that she does.
    fn gender(&self, attribution: &Attribution) -> &'static str {
        let Analysis { scan, entities, .. } = self.analysis;
        let mention = attribution.source.map(|mention| &scan.mentions[mention]).filter(|mention| !mention.plural);
        let told = mention.map_or(Gender::Unknown, |mention| mention.gender);
        let of = |id: EntityId| entities.list[id].gender;
        let gender = match attribution.speaker.map(|speaker| (speaker, &entities.list[speaker].members[..])) {
            Some((_, [first, others @ ..])) => {
                let same = others.iter().all(|other| of(*other) == of(*first));
                if same { of(*first) } else { Gender::Unknown }
            }
            Some((speaker, [])) => match entities.list[speaker].kind {
                PartyKind::Person | PartyKind::Unknown if of(speaker) == Gender::Unknown => told,
                PartyKind::Person | PartyKind::Unknown => of(speaker),
                _ => Gender::Unknown,
            },
            None if attribution.confidence < self.lexicons.resolutions.least => Gender::Unknown,
            None => told,
        };
        match gender {
            Gender::Female => FEMALE,
            Gender::Male => MALE,
            Gender::Neuter | Gender::Unknown => "",
        }
    }

    fn id(&self, quotation: usize) -> QuoteId<'a> {
        let (start, end) = self.points.span(self.analysis.scan.quotations[quotation].span);
        QuoteId { document: &self.document.id, start, end }
    }

    fn text(&self, span: Option<Span>) -> &'a str {
        span.map_or("", |span| span.of(&self.document.text))
    }

    fn words(&self, wording: &'a Wording) -> &'a str {
        wording.of(&self.document.text, self.lexicons)
    }

    fn party_id(&self, entity: &Entity) -> &'a str {
        entity.party.map_or("", |party| &self.lexicons.parties[party as usize].id)
    }

    fn document(&self, quotes: &[QuoteRow<'_>]) -> DocumentRow<'a> {
        let Document { text, .. } = self.document;
        let speech = || quotes.iter().filter(|quote| quote.kind != "other");
        DocumentRow {
            characters: Some(self.points.at(text.len())),
            quotes: Some(speech().count() as u32),
            attributed: Some(speech().filter(|quote| !quote.speaker.is_empty()).count() as u32),
            status: if text[self.document.article_start()..].trim().is_empty() { "skipped" } else { "ok" },
            message: self.message(),
            ..DocumentRow::of(self.document)
        }
    }

    /// What the input told, and whether this is a transcript whose turns are left out.
    fn message(&self) -> Cow<'a, str> {
        let told = &self.document.message;
        if self.analysis.scan.turns_left_out == 0 {
            return told.into();
        }
        let mut message = told.clone();
        add_note(&mut message, TURNS_LEFT_OUT);
        message.into()
    }
}

impl<'a> DocumentRow<'a> {
    /// What the input told of a document.
    #[must_use]
    pub fn of(document: &'a Document) -> Self {
        let Document { id, location, date, outlet, title, author, url, language, message, .. } = document;
        let message = message.into();
        Self { doc_id: id, location, date, outlet, title, author, url, language, message, ..Self::default() }
    }

    /// Counts a section in.
    pub(crate) fn add_section(&mut self, section: &DocumentRow<'_>) {
        let sum = |a: Option<u32>, b: Option<u32>| Some(a.unwrap_or(0) + b.unwrap_or(0));
        self.quotes = sum(self.quotes, section.quotes);
        self.attributed = sum(self.attributed, section.attributed);
        // One that has text is enough.
        if self.status != "ok" {
            self.status = section.status;
        }
    }
}

/// The word for an entity's kind in the tables.
#[must_use]
pub fn speaker_type(entity: &Entity) -> &'static str {
    if entity.unnamed {
        return "unnamed";
    }
    match entity.kind {
        PartyKind::Person | PartyKind::Unknown => "person",
        PartyKind::Organisation | PartyKind::Outlet | PartyKind::Event => "organisation",
        PartyKind::Government | PartyKind::Place => "government",
        PartyKind::Group => "group",
    }
}

/// Turns byte offsets into code points of the article as given.
struct CodePoints<'a> {
    /// Those before the text.
    origin: u32,
    /// Signs that had more of them there.
    written: &'a [Written],
    /// One for every [`BLOCK`] bytes of the text and one for its end; none where it is ASCII.
    blocks: SmallVec<[Block; USUAL_BLOCKS]>,
}

/// Blocks of most articles.
const USUAL_BLOCKS: usize = 128;

/// Bytes of a text that are looked at together.
const BLOCK: usize = 64;

struct Block {
    /// A bit for each byte that continues a character.
    continued: u64,
    /// Such bytes in the blocks before.
    before: u32,
}

impl<'a> CodePoints<'a> {
    fn of(text: &str, origin: u32, written: &'a [Written]) -> Self {
        let mut blocks = SmallVec::new();
        if !text.is_ascii() {
            blocks.reserve_exact(text.len() / BLOCK + 2);
            let mut before = 0;
            for bytes in text.as_bytes().chunks(BLOCK).chain([&[][..]]) {
                let continued = if bytes.is_ascii() { 0 } else { continued(bytes) };
                blocks.push(Block { continued, before });
                before += continued.count_ones();
            }
        }
        Self { origin, written, blocks }
    }

    fn span(&self, span: Span) -> (u32, u32) {
        (self.at(span.start as usize), self.at(span.end as usize))
    }

    fn at(&self, byte: usize) -> u32 {
        let point = self.origin + byte as u32 + self.more(byte);
        if self.blocks.is_empty() {
            return point;
        }
        let block = &self.blocks[byte / BLOCK];
        let before = block.continued & ((1 << (byte % BLOCK)) - 1);
        point - block.before - before.count_ones()
    }

    /// By how many the text up to a byte was longer as given.
    fn more(&self, byte: usize) -> u32 {
        let signs = self.written.partition_point(|sign| sign.end as usize <= byte);
        signs.checked_sub(1).map_or(0, |last| self.written[last].more)
    }
}

/// A bit for each of up to 64 bytes that continues a character: whose highest bit is set and the next is not.
fn continued(bytes: &[u8]) -> u64 {
    // Multiplying gathers the lowest bits of eight bytes in the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let eight = |bytes: [u8; 8]| {
        let bytes = u64::from_le_bytes(bytes);
        let continued = (bytes & !(bytes << 1)) >> 7 & 0x0101_0101_0101_0101;
        continued.wrapping_mul(GATHER) >> 56
    };
    let (words, rest) = bytes.as_chunks();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    words.iter().chain([&last]).take(8).zip(0..).fold(0, |bits, (word, number)| bits | eight(*word) << (8 * number))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Analyzer;

    proptest! {
        #[test]
        fn offsets_count_characters(text in "[aé“😀]{0,200}") {
            let points = CodePoints::of(&text, 7, &[]);
            for (point, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.at(byte), 7 + point as u32);
            }
            prop_assert_eq!(points.at(text.len()), 7 + text.chars().count() as u32);
        }
    }

    #[test]
    fn a_transcript_is_told_beside_what_the_input_told() {
        let lexicons = Lexicons::embedded();
        let check = |message: &str, expected: &str| {
            let text = "TARN: Who will pay?\n\nHALE: Not the town.\n\nTARN: Who then?\n";
            let document = Document { text: text.into(), message: message.into(), ..Document::default() };
            let analysis = Analyzer::new(&lexicons).analyze(&document);
            assert_eq!(rows(&document, &analysis, &lexicons, false).document.message, expected);
        };
        check("", TURNS_LEFT_OUT);
        check("not UTF-8: read as Windows-1252", &format!("not UTF-8: read as Windows-1252; {TURNS_LEFT_OUT}"));
    }

    #[test]
    fn a_role_does_not_open_with_whose() {
        let lexicons = Lexicons::embedded();
        let text = "Castle United, whose head coach Olaf Brand admitted that he was “tired”, drew.";
        let document = Document { text: text.into(), ..Document::default() };
        let analysis = Analyzer::new(&lexicons).analyze(&document);
        assert_eq!(rows(&document, &analysis, &lexicons, false).quotes[0].speaker_role, "head coach");
    }

    #[test]
    fn a_group_by_its_description_is_no_person() {
        let lexicons = Lexicons::embedded();
        let text = "Passenger group RailVoice urged both to “lock the door and order pizza”.";
        let document = Document { text: text.into(), ..Document::default() };
        let analysis = Analyzer::new(&lexicons).analyze(&document);
        let quotes = rows(&document, &analysis, &lexicons, false).quotes;
        assert_eq!((quotes[0].speaker, quotes[0].speaker_type), ("RailVoice", "organisation"));
    }

    /// The genders of the speakers of a text's quotations.
    fn check_genders(text: &str, expected: &[&str]) {
        let lexicons = Lexicons::embedded();
        let document = Document { text: text.into(), ..Document::default() };
        let analysis = Analyzer::new(&lexicons).analyze(&document);
        let rows = rows(&document, &analysis, &lexicons, false);
        let genders: Vec<&str> = rows.quotes.iter().map(|quote| quote.speaker_gender).collect();
        assert_eq!(genders, expected, "{text}");
    }

    #[test]
    fn gender_is_told_by_name_title_and_pronoun() {
        check_genders("“We won,” said Nadia Brock.", &[FEMALE]);
        check_genders("“We won,” said Mr. Dessan.", &[MALE]);
        check_genders("“We won,” said Tarn Dessan, the mayor. “We will go on,” he added.", &[MALE, MALE]);
        check_genders("“We won,” he said.", &[MALE]);
        check_genders("“We won,” a spokeswoman said.", &[FEMALE]);
    }

    #[test]
    fn what_nothing_tells_is_empty() {
        check_genders("“We won,” said Tarn Dessan.", &[""]);
        check_genders("Tarn Dessan said only that she was “a great athlete.”", &[""]);
        // Who speaks is a guess here.
        let guess = "Robert Hart was for years the “second man” of the party, which saw him as “our friend” at last.";
        check_genders(guess, &[""]);
        check_genders("“We won,” the Harbour Union said.", &[""]);
        check_genders("“We won,” Nadia Brock and Robert Hart said.", &[""]);
        check_genders("“We won,” Nadia Brock and Anna Hart said.", &[FEMALE]);
    }
}
