//! One article as it was read. Knows no file format; the text lives here and nowhere else.

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
    /// What the reader noticed (`read as Windows-1252`), for the table of documents.
    pub message: String,
}
