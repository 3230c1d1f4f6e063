//! One article as it was read. Knows no file format; the text lives here and nowhere else.

use std::ops::Range;

/// An article: its text and what the input told about it. An empty field was not told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Names the document in every table; unique within a run.
    pub id: String,
    /// Where it was read: a path, with `:line` where a file holds several.
    pub location: String,
    /// ISO date, `2017-04-12`.
    pub date: String,
    /// Newspaper, agency or site.
    pub outlet: String,
    /// Headline.
    pub title: String,
    /// Author or authors, as given.
    pub author: String,
    /// Address of the article.
    pub url: String,
    /// Language code, as given.
    pub language: String,
    /// The whole text, at most 4 GiB: every [`Span`](crate::Span) counts bytes from its start.
    pub text: String,
    /// Byte at which the article begins: after a date line or front matter that stands in `text`.
    pub body: usize,
    /// Where `text` begins in the article, of which it may be a section: very long texts are read in several.
    pub origin: Origin,
    /// Where signs stood written with more characters than they have in `text`, in order: positions count in the article as given.
    pub written: Vec<Written>,
    /// What the reader noticed (`read as Windows-1252`), for the table of documents.
    pub message: String,
}

impl Document {
    /// The byte at which the article begins: [`body`](Self::body), but neither beyond the text, of which front matter may fill a
    /// section and more, nor within a character.
    #[must_use]
    pub fn article_start(&self) -> usize {
        let start = self.body.min(self.text.len());
        (0..=start).rev().find(|byte| self.text.is_char_boundary(*byte)).unwrap_or(0)
    }

    /// The same without its text.
    #[must_use]
    pub fn without_text(&self) -> Self {
        let Self { id, location, date, outlet, title, author, url, language, body, origin, message, .. } = self;
        let [id, location, date, outlet] = [id, location, date, outlet].map(String::clone);
        let [title, author, url, language] = [title, author, url, language].map(String::clone);
        let (body, origin, message) = (*body, *origin, message.clone());
        let (text, written) = (String::new(), Vec::new());
        Self { id, location, date, outlet, title, author, url, language, text, body, origin, written, message }
    }

    /// What of [`written`](Self::written) is in a section of the text, counted from its start.
    #[must_use]
    pub fn written_in(&self, section: Range<usize>) -> Vec<Written> {
        let before = |byte: usize| self.written.partition_point(|sign| sign.end as usize <= byte);
        let (first, end) = (before(section.start), before(section.end));
        let more = first.checked_sub(1).map_or(0, |last| self.written[last].more);
        let within = self.written[first..end].iter();
        within.map(|sign| Written { end: sign.end - section.start as u32, more: sign.more - more }).collect()
    }
}

/// A sign that stood written with more characters than it has, as `&quot;` in HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// One past its last byte.
    pub end: u32,
    /// Code points that it and those before it had more.
    pub more: u32,
}

/// Adds a note to a message, which may hold others already.
pub(crate) fn add_note(message: &mut String, note: &str) {
    if !message.is_empty() && !note.is_empty() {
        message.push_str("; ");
    }
    message.push_str(note);
}

/// What stands in an article before a section of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Code points.
    pub characters: u32,
    /// Paragraphs.
    pub paragraphs: u32,
    /// Sentences, of sections in which something is quoted.
    pub sentences: u32,
}
