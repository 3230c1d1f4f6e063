//! The report as one page: no script, nothing loaded from elsewhere, light and dark, made for print as well.

use std::fmt::Write;

use super::{Card, Mark, Report, cut, is_command, needed, score, sign};
use crate::notation::{Step, walk};
use crate::stance::Position;
use crate::table::StanceRow;

/// Tints for speakers in turn; page.css gives them their hues.
const VOICES: usize = 8;

/// Characters of a quotation that its card repeats.
const REPEATED: usize = 90;

const STYLE: &str = include_str!("page.css");

pub(super) fn render(report: &Report<'_>) -> String {
    let title = escape(report.headline());
    let language = report.document.language.as_str();
    let plain = !language.is_empty() && language.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-');
    let language = if plain { language } else { "en" };
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"onrecord\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
    );
    head(report, &title, &mut page);
    page.push_str("<main>\n");
    for paragraph in 0..report.paragraphs.len() {
        section(report, paragraph, &mut page);
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn head(report: &Report<'_>, title: &str, page: &mut String) {
    let particulars: Vec<String> =
        report.particulars().into_iter().map(|text| format!("<span>{}</span>", escape(text))).collect();
    page.push_str("<header>\n");
    put(page, format_args!("<h1 dir=\"auto\">{title}</h1>\n"));
    put(page, format_args!("<p class=\"particulars\">{}</p>\n", particulars.join(" · ")));
    put(page, format_args!("<p class=\"counts\">{}</p>\n", report.counts()));
    if !report.document.message.is_empty() {
        put(page, format_args!("<p class=\"particulars\">{}</p>\n", escape(&report.document.message)));
    }
    if !report.cards.is_empty() {
        voices(report, page);
        page.push_str(LEGEND);
    }
    page.push_str("</header>\n");
}

const LEGEND: &str = "<p class=\"legend\"><span class=\"q\">“quotation”</span> in its speaker’s colour, its number leads to the reason · \
<span class=\"source\">source</span> · <span class=\"cue\">cue</span> · \
<span class=\"via\">who relayed it, whom it was said to</span> · speaks of: \
<span class=\"target against\">against<sup>−</sup></span> <span class=\"target for\">for<sup>+</sup></span> \
<span class=\"target neutral\">neutral<sup>○</sup></span></p>\n";

/// The speakers with their tints, how often they speak, and a way to their first quotation.
fn voices(report: &Report<'_>, page: &mut String) {
    page.push_str("<ul class=\"voices\">\n");
    // Of each voice the number of the first quotation, and how many there are.
    let mut spoken = vec![(1, 0); report.voices.len()];
    for (number, voice) in report.cards.iter().enumerate().filter_map(|(number, card)| Some((number + 1, card.voice?)))
    {
        let (first, quotations) = &mut spoken[voice];
        *first = if *quotations == 0 { number } else { *first };
        *quotations += 1;
    }
    for (voice, (name, (first, quotations))) in report.voices.iter().zip(spoken).enumerate() {
        let tint = tint(Some(voice));
        put(
            page,
            format_args!("<li><a class=\"q {tint}\" href=\"#m{first}\">{}</a> {quotations}</li>\n", escape(name)),
        );
    }
    page.push_str("</ul>\n");
}

fn section(report: &Report<'_>, paragraph: usize, page: &mut String) {
    page.push_str("<section>\n<p class=\"text\" dir=\"auto\">");
    walk(&report.document.text, report.paragraphs[paragraph], &report.marks[paragraph], |step| match step {
        Step::Open(mark) => open(report, *mark, page),
        Step::Text(text) => page.push_str(&escape(text)),
        Step::Close(mark) => close(report, paragraph, *mark, page),
    });
    page.push_str("</p>\n");
    if report.cards_of(paragraph).next().is_some() {
        page.push_str("<aside>\n");
        for (number, found) in report.cards_of(paragraph) {
            card(number, found, page);
        }
        page.push_str("</aside>\n");
    }
    page.push_str("</section>\n");
}

fn open(report: &Report<'_>, mark: Mark, page: &mut String) {
    let voice = |card: usize| tint(report.cards[card].voice);
    match mark {
        Mark::Quotation(card) => put(page, format_args!("<span class=\"q {}\">", voice(card))),
        Mark::Source(card) => put(page, format_args!("<span class=\"source {}\">", voice(card))),
        Mark::Cue => page.push_str("<span class=\"cue\">"),
        Mark::Via => page.push_str("<span class=\"via\" title=\"relayed by\">"),
        Mark::Addressee => page.push_str("<span class=\"via\" title=\"said to\">"),
        Mark::Target(position) => put(page, format_args!("<span class=\"target {}\">", position.name())),
    }
}

fn close(report: &Report<'_>, paragraph: usize, mark: Mark, page: &mut String) {
    match mark {
        Mark::Quotation(card) if report.cards[card].paragraph == paragraph => {
            let number = card + 1;
            put(page, format_args!("</span><a class=\"number\" id=\"m{number}\" href=\"#q{number}\">{number}</a>"));
        }
        Mark::Target(position) => {
            let (name, sign) = (position.name(), sign(position));
            put(page, format_args!("<sup title=\"{name}\">{sign}</sup></span>"));
        }
        _ => page.push_str("</span>"),
    }
}

fn card(number: usize, card: &Card, page: &mut String) {
    let tint = tint(card.voice);
    put(page, format_args!("<article class=\"card {tint}\" id=\"q{number}\">\n"));
    put(
        page,
        format_args!(
            "<h2><a class=\"number\" href=\"#m{number}\">{number}</a> {}</h2>\n<blockquote dir=\"auto\">{}</blockquote>\n<dl>",
            escape(&card.speaker()),
            escape(&cut(card.row.text, REPEATED))
        ),
    );
    for (name, value) in card.grounds() {
        put(page, format_args!("<div><dt>{name}</dt><dd>{}</dd></div>", escape(&value)));
    }
    page.push_str("</dl>\n");
    for (position, found) in &card.stances {
        stance(*position, found, page);
    }
    page.push_str("</article>\n");
}

fn stance(position: Position, stance: &StanceRow<'_>, page: &mut String) {
    let (name, sign) = (position.name(), sign(position));
    put(
        page,
        format_args!(
            "<p class=\"stance\"><span class=\"target {name}\"><b>{sign}</b> {name}</span> <b>{}</b> <span class=\"score\">score {}{}</span>",
            escape(stance.target),
            score(stance.score),
            needed(stance)
        ),
    );
    page.push_str("<br>");
    for (class, text) in [("evidence", &stance.evidence), ("rule", &stance.rule)] {
        put(page, format_args!("<span class=\"{class}\">{}</span> ", escape(text)));
    }
    page.push_str("</p>\n");
}

/// The class that gives a speaker's tint.
fn tint(voice: Option<usize>) -> String {
    voice.map_or_else(|| "v0".into(), |voice| format!("v{}", voice % VOICES + 1))
}

fn put(page: &mut String, text: std::fmt::Arguments<'_>) {
    page.write_fmt(text).expect("a String takes all text");
}

/// Text that a page shows as it stands.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 16);
    for sign in text.chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            sign if is_command(sign) => escaped.push('\u{fffd}'),
            sign => escaped.push(sign),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::Scope;
    use super::super::tests::with_report;

    fn page(text: &str) -> String {
        with_report(text, Scope::All, super::render)
    }

    #[test]
    fn marks_and_cards_lead_to_each_other() {
        let page = page("“We won the harbor,” Ann Lee said.");
        assert!(
            page.contains(
                "<p class=\"text\" dir=\"auto\"><span class=\"q v1\">“We won the harbor,”</span>\
             <a class=\"number\" id=\"m1\" href=\"#q1\">1</a> <span class=\"source v1\">Ann Lee</span> \
             <span class=\"cue\">said</span>.</p>"
            ),
            "{page}"
        );
        assert!(page.contains("<article class=\"card v1\" id=\"q1\">"), "{page}");
    }

    #[test]
    fn an_article_stays_text() {
        let page = page("“Type <script>alert('&')</script> and \u{0} see,” <b onclick=x>Ann Lee</b> said.");
        assert!(page.contains("Type &lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt; and \u{fffd} see"), "{page}");
        assert!(page.contains("<title>Vote &lt;i&gt;&amp; row&lt;/i&gt;</title>"), "{page}");
        assert!(!page.contains("<script") && !page.contains("<b onclick"), "{page}");
    }

    #[test]
    fn every_element_is_closed() {
        let page =
            page("“One is here.\n\n“Two ‘is’ here,” said Ann Lee. “Three \"x\" <p>it is,” he told Bo Hart.\n\n“Four");
        for element in ["span", "a", "p", "section", "aside", "article", "dl", "div", "ul", "li", "main", "header"] {
            let opened = page.matches(&format!("<{element}>")).count() + page.matches(&format!("<{element} ")).count();
            assert_eq!(opened, page.matches(&format!("</{element}>")).count(), "{element}\n{page}");
        }
    }

    #[test]
    fn nothing_is_loaded() {
        let page = page("“See http://example.org/x.png now,” Ann Lee said.");
        for loading in ["src=", "url(", "@import", "<link", "<script", "http-equiv"] {
            assert!(!page.contains(loading), "{loading}");
        }
    }
}
