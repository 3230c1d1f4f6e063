//! The one brace notation of examples, cases and documentation: `“{content:We won,}” {cue:said} {source:Ann Lee}.`
//! Read into a text with named spans, and written back from an analysis, so that two strings can be compared. Knows how
//! spans are written down; judges none. A literal brace or backslash stands after a backslash: `\{`.

use std::fmt;

use crate::Span;
use crate::analyzer::Analysis;
use crate::attribution::{Attribution, Kind};

/// What a braced stretch is to its quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The words between the marks.
    Content,
    /// The mention that the attribution rests on.
    Source,
    /// The reporting words.
    Cue,
    /// Who relayed it.
    Via,
    /// Whom it was said to.
    Addressee,
    /// A party that it speaks of.
    Target,
    /// Words that tell what is thought of it; in examples of the stance lists only.
    Hit,
}

impl Part {
    /// All parts.
    pub const ALL: [Part; 7] =
        [Part::Content, Part::Source, Part::Cue, Part::Via, Part::Addressee, Part::Target, Part::Hit];

    /// The name that stands in the braces: `content`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Part::Content => "content",
            Part::Source => "source",
            Part::Cue => "cue",
            Part::Via => "via",
            Part::Addressee => "addressee",
            Part::Target => "target",
            Part::Hit => "hit",
        }
    }

    fn of_name(name: &str) -> Option<Self> {
        Part::ALL.into_iter().find(|part| part.name() == name)
    }
}

/// A text and what is marked in it. Displays in the brace notation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotated {
    /// Without braces.
    pub text: String,
    /// In text order, a longer one before those within it; each once.
    pub spans: Vec<(Part, Span)>,
}

/// Why a text is not in the brace notation. The byte counts from the start of the notation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotationError {
    /// A brace without a known name.
    #[error(
        "brace at byte {at}: \"{name}\" is no part: write one of {}, as in {{source:Ann Lee}}, or \\{{ for a literal brace",
        Part::ALL.map(Part::name).join(", ")
    )]
    Name {
        /// Of the opening brace.
        at: usize,
        /// What stands where the name should.
        name: String,
    },
    /// An opening brace that nothing closes.
    #[error("brace at byte {0} is not closed: write }} after its words, or \\{{ for a literal brace")]
    Open(usize),
    /// A closing brace that closes nothing.
    #[error("brace at byte {0} closes nothing: delete it, or write \\}} for a literal brace")]
    Close(usize),
    /// Braces with no word between them.
    #[error("brace at byte {0} holds no words: put them after the colon, or delete the brace")]
    Empty(usize),
}

impl Annotated {
    /// Reads the brace notation.
    ///
    /// # Errors
    /// A brace that is not closed, not opened, or without a known name.
    pub fn parse(notation: &str) -> Result<Self, NotationError> {
        let mut parser = Parser {
            rest: notation,
            at: 0,
            text: String::with_capacity(notation.len()),
            open: Vec::new(),
            spans: Vec::new(),
        };
        while parser.step()? {}
        match parser.open.first() {
            Some(open) => Err(NotationError::Open(open.at)),
            None => Ok(Self::new(parser.text, parser.spans)),
        }
    }

    /// A text with spans in any order.
    #[must_use]
    pub fn new(text: String, mut spans: Vec<(Part, Span)>) -> Self {
        spans.sort_by_key(|(part, span)| (span.start, std::cmp::Reverse(span.end), *part));
        spans.dedup();
        Self { text, spans }
    }

    /// What an analysis found about the quotations that `wanted` names by their numbers; other stretches between marks
    /// than speech never have braces.
    #[must_use]
    pub fn of(text: &str, analysis: &Analysis, wanted: impl Fn(usize) -> bool) -> Self {
        let speech = |(number, attribution): &(usize, &Attribution)| attribution.kind != Kind::Other && wanted(*number);
        let spans =
            analysis.attributions.iter().enumerate().filter(speech).flat_map(|(number, _)| parts(analysis, number));
        Self::new(text.to_owned(), spans.collect())
    }

    /// The same without the spans of parts that are not `kept`.
    #[must_use]
    pub fn only(mut self, kept: &[Part]) -> Self {
        self.spans.retain(|(part, _)| kept.contains(part));
        self
    }

    /// The parts that occur, each once.
    #[must_use]
    pub fn parts(&self) -> Vec<Part> {
        Part::ALL.into_iter().filter(|part| self.spans.iter().any(|(known, _)| known == part)).collect()
    }
}

/// What was found about one quotation.
fn parts(analysis: &Analysis, number: usize) -> Vec<(Part, Span)> {
    let attribution = &analysis.attributions[number];
    let mention = |mention: Option<usize>| mention.map(|mention| analysis.scan.mentions[mention].span);
    let stances = analysis.stances.iter().filter(|stance| stance.quotation == number);
    let targets = stances.map(|stance| (Part::Target, Some(stance.mention)));
    [
        (Part::Content, Some(analysis.scan.quotations[number].span)),
        (Part::Source, mention(attribution.source)),
        (Part::Cue, attribution.cue),
        (Part::Via, mention(attribution.via)),
        (Part::Addressee, mention(attribution.addressee)),
    ]
    .into_iter()
    .chain(targets)
    .filter_map(|(part, span)| Some((part, span?)))
    .collect()
}

impl fmt::Display for Annotated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let marks: Vec<(Span, Part)> = self.spans.iter().map(|(part, span)| (*span, *part)).collect();
        let mut notation = String::with_capacity(self.text.len() + 16 * marks.len());
        walk(&self.text, Span::new(0, self.text.len()), &marks, |step| match step {
            Step::Open(part) => {
                notation.push('{');
                notation.push_str(part.name());
                notation.push(':');
            }
            Step::Text(text) => push_escaped(&mut notation, text),
            Step::Close(_) => notation.push('}'),
        });
        f.write_str(&notation)
    }
}

fn push_escaped(notation: &mut String, text: &str) {
    for sign in text.chars() {
        if matches!(sign, '{' | '}' | '\\') {
            notation.push('\\');
        }
        notation.push(sign);
    }
}

/// One step through a marked text.
pub(crate) enum Step<'a, T> {
    /// A mark begins.
    Open(&'a T),
    /// Text under the marks that are open.
    Text(&'a str),
    /// The mark that was opened last ends.
    #[cfg_attr(not(feature = "report"), allow(dead_code))] // Only the reports ask which.
    Close(&'a T),
}

/// Tells the text within `range` and the marks on it, in order and always nested: a mark that outlasts the one around it
/// is closed with that and opened anew behind it.
pub(crate) fn walk<'a, T>(text: &'a str, range: Span, marks: &'a [(Span, T)], mut tell: impl FnMut(Step<'a, T>)) {
    let inside = |(span, _): &&(Span, T)| span.start.max(range.start) < span.end.min(range.end);
    let mut waiting: Vec<&(Span, T)> = marks.iter().filter(inside).collect();
    waiting.sort_by_key(|(span, _)| (span.start.max(range.start), std::cmp::Reverse(span.end)));
    let mut waiting = waiting.into_iter().peekable();
    let mut open: Vec<&(Span, T)> = Vec::new();
    let mut at = range.start;
    loop {
        close_ended(&mut open, at, &mut tell);
        while let Some(mark) = waiting.next_if(|(span, _)| span.start.max(range.start) == at) {
            tell(Step::Open(&mark.1));
            open.push(mark);
        }
        let ends = open.iter().map(|(span, _)| span.end);
        let next = ends.chain(waiting.peek().map(|(span, _)| span.start)).chain([range.end]).min().unwrap_or(range.end);
        let next = next.min(range.end);
        if next > at {
            tell(Step::Text(&text[at as usize..next as usize]));
        }
        if next >= range.end {
            break;
        }
        at = next;
    }
    while let Some((_, mark)) = open.pop() {
        tell(Step::Close(mark));
    }
}

/// Closes the marks that end at `at`, and reopens those that were opened within them and do not.
fn close_ended<'a, T>(open: &mut Vec<&'a (Span, T)>, at: u32, tell: &mut impl FnMut(Step<'a, T>)) {
    let Some(first) = open.iter().position(|(span, _)| span.end <= at) else { return };
    let touched = open.split_off(first);
    for (_, mark) in touched.iter().rev() {
        tell(Step::Close(mark));
    }
    for mark in touched.into_iter().filter(|(span, _)| span.end > at) {
        tell(Step::Open(&mark.1));
        open.push(mark);
    }
}

struct Parser<'a> {
    rest: &'a str,
    at: usize,
    text: String,
    open: Vec<Open>,
    spans: Vec<(Part, Span)>,
}

struct Open {
    part: Part,
    at: usize,
    start: usize,
}

impl Parser<'_> {
    /// Reads up to the next sign of the notation and it; false at the end.
    fn step(&mut self) -> Result<bool, NotationError> {
        let Some(sign) = self.rest.find(['{', '}', '\\']) else {
            self.text.push_str(self.rest);
            return Ok(false);
        };
        self.text.push_str(&self.rest[..sign]);
        self.skip(sign);
        match self.rest.as_bytes()[0] {
            b'{' => self.open()?,
            b'}' => self.close()?,
            _ => self.escape(),
        }
        Ok(true)
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = &self.rest[bytes..];
        self.at += bytes;
    }

    fn open(&mut self) -> Result<(), NotationError> {
        let end = self.rest.find(|c: char| c != '{' && !c.is_ascii_lowercase()).unwrap_or(self.rest.len());
        let name = &self.rest[1..end];
        let part = Part::of_name(name).filter(|_| self.rest[end..].starts_with(':'));
        let part = part.ok_or_else(|| NotationError::Name { at: self.at, name: name.to_owned() })?;
        self.open.push(Open { part, at: self.at, start: self.text.len() });
        self.skip(end + 1);
        Ok(())
    }

    fn close(&mut self) -> Result<(), NotationError> {
        let Open { part, at, start } = self.open.pop().ok_or(NotationError::Close(self.at))?;
        if start == self.text.len() {
            return Err(NotationError::Empty(at));
        }
        self.spans.push((part, Span::new(start, self.text.len())));
        self.skip(1);
        Ok(())
    }

    /// A backslash before any other sign than a brace or itself is text.
    fn escape(&mut self) {
        let escaped = self.rest[1..].chars().next().filter(|sign| matches!(sign, '{' | '}' | '\\'));
        self.text.push(escaped.unwrap_or('\\'));
        self.skip(1 + usize::from(escaped.is_some()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(notation: &str, text: &str, spans: &[(Part, &str)]) {
        let annotated = Annotated::parse(notation).expect("good notation");
        assert_eq!(annotated.text, text);
        let found: Vec<(Part, &str)> = annotated.spans.iter().map(|(part, span)| (*part, span.of(text))).collect();
        assert_eq!(found, spans);
        assert_eq!(annotated.to_string(), notation);
    }

    #[test]
    fn what_is_read_is_written_back() {
        check("No braces.", "No braces.", &[]);
        check(
            "“{content:We won,}” {cue:said} {source:Ann Lee}.",
            "“We won,” said Ann Lee.",
            &[(Part::Content, "We won,"), (Part::Cue, "said"), (Part::Source, "Ann Lee")],
        );
        check(
            "{source:an aide to {via:Bo}} {cue:said}",
            "an aide to Bo said",
            &[(Part::Source, "an aide to Bo"), (Part::Via, "Bo"), (Part::Cue, "said")],
        );
        check(r"a \{brace\} and a \\ in {source:\{}", r"a {brace} and a \ in {", &[(Part::Source, "{")]);
    }

    #[test]
    fn a_lone_backslash_is_text() {
        let annotated = Annotated::parse(r#"\"{content:Go}\""#).expect("good notation");
        assert_eq!(annotated.text, r#"\"Go\""#);
    }

    #[test]
    fn errors_tell_place_and_remedy() {
        let error = |notation| Annotated::parse(notation).expect_err("bad notation").to_string();
        assert_eq!(
            error("a {speaker:b}"),
            "brace at byte 2: \"speaker\" is no part: write one of content, source, cue, via, addressee, target, hit, \
             as in {source:Ann Lee}, or \\{ for a literal brace"
        );
        assert!(error("{source b}").starts_with("brace at byte 0: \"source\" is no part"));
        assert!(error("{cue:{cue:a}").starts_with("brace at byte 0 is not closed"));
        assert!(error("a}").starts_with("brace at byte 1 closes nothing"));
        assert!(error("{cue:}").starts_with("brace at byte 0 holds no words"));
    }

    #[test]
    fn marks_that_cross_are_written_nested() {
        let spans = vec![(Part::Source, Span::new(0, 4)), (Part::Cue, Span::new(2, 6))];
        let annotated = Annotated::new("abcdef".into(), spans);
        assert_eq!(annotated.to_string(), "{source:ab{cue:cd}}{cue:ef}");
    }
}
