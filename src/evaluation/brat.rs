//! brat standoff (`.ann`) to what was reported, by whom, with which cue. Knows the format and three entity types; what
//! of a content stands between quotation marks is told in [`super::gold`].
//!
//! Read are text-bound annotations (`T1<tab>Content 10 50;60 70<tab>text`), events and relations. Offsets count code
//! points from the start of the text, half-open. Types are compared without regard to case; roles, the names of events
//! and relations, and all other lines (attributes, notes, normalisations, equivalences) are passed over.

use rustc_hash::FxHashMap;

use crate::Span;

/// A content that somebody reported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reported {
    /// The stretches of the Content, in text order.
    pub content: Vec<Span>,
    /// Those of its Sources; none where the annotator found none.
    pub sources: Vec<Span>,
    /// Those of its Cues.
    pub cues: Vec<Span>,
}

/// What is wrong with an annotation file, and where. Displays as `file:line: message`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct AnnotationError {
    /// The file as the user knows it.
    pub file: String,
    /// 1-based.
    pub line: usize,
    /// What is wrong, and the remedy.
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Source,
    Cue,
    Content,
    Other,
}

impl Kind {
    fn of(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "source" => Self::Source,
            "cue" => Self::Cue,
            "content" => Self::Content,
            _ => Self::Other,
        }
    }
}

struct Entity {
    kind: Kind,
    spans: Vec<Span>,
}

/// Entities that belong together, as numbers.
struct Group {
    members: Vec<usize>,
    /// Of an event, the entity that it hangs on.
    trigger: Option<usize>,
}

/// The contents of an annotation file. An event joins its trigger and arguments: every Content among them has all its
/// Sources and Cues, and a trigger of another type counts as Cue. A Content of no event has what relations join to it,
/// directly or by way of its Cue. Events come in file order, then the other Contents.
///
/// # Errors
/// The first line that does not have the form, refers to nothing, or does not fit the text.
pub fn read(file: &str, annotations: &str, text: &str) -> Result<Vec<Reported>, AnnotationError> {
    let mut reader = Reader::new(file, text);
    let lines = || annotations.lines().enumerate().map(|(at, line)| (at + 1, line.trim_end_matches('\r')));
    for (number, line) in lines().filter(|(_, line)| line.starts_with('T')) {
        reader.entity(number, line)?;
    }
    for (number, line) in lines().filter(|(_, line)| line.starts_with('E')) {
        reader.trigger(number, line)?;
    }
    let (mut events, mut relations) = (Vec::new(), Vec::new());
    for (number, line) in lines() {
        match line.as_bytes().first() {
            Some(b'E') => events.push(reader.group(number, line)?),
            Some(b'R') => relations.push(reader.group(number, line)?),
            _ => {}
        }
    }
    Ok(reader.reported(&events, &relations))
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    /// For each code point its first byte; one more for the end.
    bytes: Vec<usize>,
    entities: Vec<Entity>,
    /// Number of the entity that an id means: of an event its trigger.
    by_id: FxHashMap<&'a str, usize>,
}

impl<'a> Reader<'a> {
    fn new(file: &'a str, text: &'a str) -> Self {
        let bytes = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
        Self { file, text, bytes, entities: Vec::new(), by_id: FxHashMap::default() }
    }

    fn error(&self, line: usize, message: impl Into<String>) -> AnnotationError {
        AnnotationError { file: self.file.to_owned(), line, message: message.into() }
    }

    fn entity(&mut self, number: usize, line: &'a str) -> Result<(), AnnotationError> {
        let mut cells = line.splitn(3, '\t');
        let (Some(id), Some(place)) = (cells.next(), cells.next()) else {
            return Err(self.error(number, "no tab after the id: write T1<tab>Content 10 50<tab>words"));
        };
        let (kind, offsets) = place.split_once(' ').unwrap_or((place, ""));
        let spans = offsets.split(';').map(|pair| self.span(number, pair)).collect::<Result<Vec<_>, _>>()?;
        if let Some(words) = cells.next() {
            self.check_words(number, id, &spans, words)?;
        }
        self.by_id.insert(id, self.entities.len());
        self.entities.push(Entity { kind: Kind::of(kind), spans });
        Ok(())
    }

    fn span(&self, number: usize, pair: &str) -> Result<Span, AnnotationError> {
        let parsed =
            pair.trim().split_once(' ').and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
        let Some((start, end)): Option<(usize, usize)> = parsed else {
            let message = format!("\"{pair}\" is no pair of offsets: write start and end with a blank between");
            return Err(self.error(number, message));
        };
        if start >= end || end >= self.bytes.len() {
            let length = self.bytes.len() - 1;
            let message = format!(
                "{start} {end} is no stretch of the text of {length} characters: annotate the .txt file as it is now"
            );
            return Err(self.error(number, message));
        }
        Ok(Span::new(self.bytes[start], self.bytes[end]))
    }

    /// The words that brat keeps beside the offsets must be those of the text: otherwise the text was changed, or
    /// the offsets count something other than code points. White space and signs may differ.
    fn check_words(&self, number: usize, id: &str, spans: &[Span], words: &str) -> Result<(), AnnotationError> {
        let letters = |text: &str| text.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>();
        let found: String = spans.iter().map(|span| letters(span.of(self.text))).collect();
        if found == letters(words) {
            return Ok(());
        }
        let there: Vec<&str> = spans.iter().map(|span| span.of(self.text)).collect();
        let message = format!(
            "{id} says «{words}», but there the text has «{}»: take the .txt file that was annotated, unchanged (offsets \
             count characters from 0, and of a line end each sign)",
            there.join(" ")
        );
        Err(self.error(number, message))
    }

    fn trigger(&mut self, number: usize, line: &'a str) -> Result<(), AnnotationError> {
        let (id, rest) = line.split_once('\t').unwrap_or((line, ""));
        let (_, trigger) = rest.split_whitespace().next().and_then(|first| first.split_once(':')).unwrap_or_default();
        let entity = self.resolve(number, trigger)?;
        self.by_id.insert(id, entity);
        Ok(())
    }

    fn resolve(&self, number: usize, id: &str) -> Result<usize, AnnotationError> {
        let known = self.by_id.get(id).copied();
        known.ok_or_else(|| {
            self.error(number, format!("refers to \"{id}\", which no line has: mend or delete the line"))
        })
    }

    /// What an event or relation joins: the `role:id` pairs of its line.
    fn group(&self, number: usize, line: &str) -> Result<Group, AnnotationError> {
        let (_, rest) = line.split_once('\t').unwrap_or((line, ""));
        let pairs = rest.split_whitespace().filter_map(|part| part.split_once(':'));
        let members = pairs.map(|(_, id)| self.resolve(number, id)).collect::<Result<Vec<_>, _>>()?;
        let trigger = if line.starts_with('E') { members.first().copied() } else { None };
        Ok(Group { members, trigger })
    }

    fn reported(&self, events: &[Group], relations: &[Group]) -> Vec<Reported> {
        let mut found = Vec::new();
        let mut done = vec![false; self.entities.len()];
        for event in events {
            for &content in event.members.iter().filter(|member| self.entities[**member].kind == Kind::Content) {
                done[content] = true;
                found.push(self.of_event(content, event));
            }
        }
        let left = |(entity, done): (usize, bool)| !done && self.entities[entity].kind == Kind::Content;
        let rest = done.into_iter().enumerate().filter(|one| left(*one));
        found.extend(rest.map(|(content, _)| self.of_relations(content, relations)));
        found
    }

    fn of_event(&self, content: usize, event: &Group) -> Reported {
        let is_cue = |member: &usize| {
            let kind = self.entities[*member].kind;
            kind == Kind::Cue || kind == Kind::Other && event.trigger == Some(*member)
        };
        let cues: Vec<usize> = event.members.iter().copied().filter(is_cue).collect();
        self.with(content, &self.of_kind(&event.members, Kind::Source), &cues)
    }

    fn of_relations(&self, content: usize, relations: &[Group]) -> Reported {
        let beside = |entity: usize| {
            let of = relations.iter().filter(move |relation| relation.members.contains(&entity));
            of.flat_map(|relation| relation.members.iter().copied()).collect::<Vec<usize>>()
        };
        let mut near = beside(content);
        let cues = self.of_kind(&near, Kind::Cue);
        near.extend(cues.iter().flat_map(|cue| beside(*cue)));
        self.with(content, &self.of_kind(&near, Kind::Source), &cues)
    }

    fn of_kind(&self, members: &[usize], kind: Kind) -> Vec<usize> {
        members.iter().copied().filter(|member| self.entities[*member].kind == kind).collect()
    }

    fn with(&self, content: usize, sources: &[usize], cues: &[usize]) -> Reported {
        let spans = |members: &[usize]| {
            let mut spans: Vec<Span> =
                members.iter().flat_map(|member| self.entities[*member].spans.iter().copied()).collect();
            spans.sort_unstable();
            spans.dedup();
            spans
        };
        Reported { content: spans(&[content]), sources: spans(sources), cues: spans(cues) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "“Née here,” Ann Lee said. “Never left.”";

    /// Content, sources and cues of every attribution, as texts.
    fn check(annotations: &str, expected: &[[&str; 3]]) {
        let found = read("a.ann", annotations, TEXT).expect("good annotations");
        let words = |spans: &[Span]| spans.iter().map(|span| span.of(TEXT)).collect::<Vec<_>>().join(" … ");
        let found: Vec<[String; 3]> =
            found.iter().map(|r| [words(&r.content), words(&r.sources), words(&r.cues)]).collect();
        assert_eq!(found, expected);
    }

    const ENTITIES: &str =
        "T1\tContent 1 10;27 38\tNée here, Never left.\nT2\tsource 12 19\tAnn Lee\nT3\tCue 20 24\tsaid\n";

    #[test]
    fn an_event_joins_its_arguments_whatever_their_roles() {
        let event = "E1\tAttribution:T3 Who:T2 What:T1\nA1\tDoubt E1\n#1\tNote E1\tsic\n";
        check(&format!("{ENTITIES}{event}"), &[["Née here, … Never left.", "Ann Lee", "said"]]);
    }

    #[test]
    fn a_trigger_of_another_type_is_the_cue() {
        check(
            "T1\tContent 1 10\nT2\tReport 20 24\nT3\tSource 12 19\nE1\tReport:T2 By:T3 That:T1\r\n",
            &[["Née here,", "Ann Lee", "said"]],
        );
    }

    #[test]
    fn relations_join_directly_or_by_the_cue() {
        let expected = &[["Née here, … Never left.", "Ann Lee", "said"]];
        check(&format!("{ENTITIES}R1\tby Arg1:T1 Arg2:T2\nR2\twith Arg1:T1 Arg2:T3\n"), expected);
        check(&format!("{ENTITIES}R1\tby Arg1:T3 Arg2:T2\nR2\twith Arg1:T3 Arg2:T1\n"), expected);
        check(ENTITIES, &[["Née here, … Never left.", "", ""]]);
    }

    #[test]
    fn errors_name_line_and_remedy() {
        let check = |annotations: &str, expected: &str| {
            let error = read("a.ann", annotations, TEXT).expect_err(annotations).to_string();
            assert!(error.starts_with(expected), "{error}");
        };
        check("T1\tContent 1 10\tNée there,\n", "a.ann:1: T1 says «Née there,», but there the text has «Née here,»");
        check("\nT1\tContent 1 99\tx\n", "a.ann:2: 1 99 is no stretch of the text of 39 characters");
        check("T1\tContent 1\tx\n", "a.ann:1: \"1\" is no pair of offsets");
        check("T1 Content\n", "a.ann:1: no tab after the id");
        check("E1\tSays:T9 By:T2\n", "a.ann:1: refers to \"T9\", which no line has");
    }
}
