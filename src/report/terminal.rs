//! The report in a terminal: wrapped to its width, in colours or, without them, in the brace notation.

use anstyle::{AnsiColor, Effects, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Card, Mark, Report, cut, is_command, needed, score, sign};
use crate::notation::{Step, walk};
use crate::stance::Position;
use crate::table::StanceRow;

/// Whether marks are colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// The terminal's own sixteen.
    Ansi,
    /// None: marks are written out.
    None,
}

/// How the terminal looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Columns; less than 30 is taken as 30.
    pub width: usize,
    /// Whether marks are colours.
    pub colour: Colour,
}

/// Speakers in turn. Red and blue are left to stances.
const VOICES: [AnsiColor; 6] = [
    AnsiColor::Cyan,
    AnsiColor::Yellow,
    AnsiColor::Magenta,
    AnsiColor::Green,
    AnsiColor::BrightCyan,
    AnsiColor::BrightYellow,
];

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const CUE: Style = Style::new().italic();

/// A stretch of text in one style.
type Run = (String, Style);

pub(super) fn render(report: &Report<'_>, look: Look) -> String {
    let look = Look { width: look.width.max(30), ..look };
    let mut page = Page { report, look, written: String::new() };
    page.head();
    for paragraph in 0..report.paragraphs.len() {
        page.paragraph(paragraph);
    }
    page.written
}

struct Page<'a> {
    report: &'a Report<'a>,
    look: Look,
    written: String,
}

impl Page<'_> {
    fn head(&mut self) {
        let report = self.report;
        self.block(&[(report.headline().to_owned(), BOLD)], "", "", PLAIN);
        let particulars = report.particulars().join(" · ");
        if !particulars.is_empty() {
            self.block(&[(particulars, DIM)], "", "", PLAIN);
        }
        self.block(&[(report.counts(), PLAIN)], "", "", PLAIN);
        if !report.document.message.is_empty() {
            self.block(&[(report.document.message.clone(), DIM)], "", "", PLAIN);
        }
        if !report.cards.is_empty() {
            self.written.push('\n');
            let legend = self.legend();
            self.block(&legend, "", "", PLAIN);
        }
    }

    fn legend(&self) -> Vec<Run> {
        let run = |text: &str, style: Style| (text.to_owned(), style);
        if self.look.colour == Colour::None {
            return vec![run(
                "[1] a quotation's number, explained under its paragraph · {source:who said it} · {cue:reporting words} · \
                 {via:who relayed it} · {to:whom it was said to} · {against:…} {for:…} {neutral:…} whom it speaks of",
                PLAIN,
            )];
        }
        let first = voice(Some(0));
        vec![
            run("“quotation”", first),
            run("[1]", DIM),
            run(" in its speaker's colour · ", DIM),
            run("source", first.underline().bold()),
            run(" · ", DIM),
            run("cue", CUE),
            run(" · speaks of: ", DIM),
            run("against−", target(Position::Against)),
            run(" ", DIM),
            run("for+", target(Position::For)),
            run(" ", DIM),
            run("neutral○", target(Position::Neutral)),
        ]
    }

    fn paragraph(&mut self, paragraph: usize) {
        self.written.push('\n');
        let runs = if self.look.colour == Colour::None { self.braced(paragraph) } else { self.coloured(paragraph) };
        self.block(&runs, "", "", PLAIN);
        let report = self.report;
        for (number, card) in report.cards_of(paragraph) {
            self.card(number, card);
        }
    }

    /// A paragraph with its marks as styles, the inner over the outer.
    fn coloured(&self, paragraph: usize) -> Vec<Run> {
        let (mut runs, mut styles) = (Vec::new(), vec![PLAIN]);
        walk(&self.report.document.text, self.report.paragraphs[paragraph], &self.report.marks[paragraph], |step| {
            match step {
                Step::Open(mark) => styles.push(self.style(*mark, styles.last().copied().unwrap_or(PLAIN))),
                Step::Text(text) => runs.push((text.to_owned(), styles.last().copied().unwrap_or(PLAIN))),
                Step::Close(mark) => {
                    let style = styles.pop().unwrap_or(PLAIN);
                    match mark {
                        Mark::Quotation(card) if self.report.cards[*card].paragraph == paragraph => {
                            runs.push((number(*card), DIM));
                        }
                        Mark::Target(position) => runs.push((sign(*position).to_owned(), style)),
                        _ => {}
                    }
                }
            }
        });
        runs
    }

    /// A paragraph with its marks written out.
    fn braced(&self, paragraph: usize) -> Vec<Run> {
        let mut text = String::new();
        walk(&self.report.document.text, self.report.paragraphs[paragraph], &self.report.marks[paragraph], |step| {
            match step {
                Step::Open(Mark::Quotation(_)) => {}
                Step::Open(mark) => {
                    text.push('{');
                    text.push_str(name(*mark));
                    text.push(':');
                }
                Step::Text(inside) => text.push_str(inside),
                Step::Close(Mark::Quotation(card)) => {
                    if self.report.cards[*card].paragraph == paragraph {
                        text.push_str(&number(*card));
                    }
                }
                Step::Close(_) => text.push('}'),
            }
        });
        vec![(text, PLAIN)]
    }

    fn style(&self, mark: Mark, around: Style) -> Style {
        match mark {
            Mark::Quotation(card) => voice(self.report.cards[card].voice),
            Mark::Source(card) => voice(self.report.cards[card].voice).underline().bold(),
            Mark::Cue => CUE,
            Mark::Via | Mark::Addressee => around.underline(),
            Mark::Target(position) => target(position),
        }
    }

    fn card(&mut self, number: usize, card: &Card) {
        let bar = voice(card.voice);
        let speaker = card.speaker();
        let label = format!("[{number}] ");
        let room = self.look.width.saturating_sub(2 + label.len() + 5 + speaker.width()).max(24);
        let lead =
            [(label, DIM), (format!("“{}”", cut(card.row.text, room)), bar), (" — ".into(), DIM), (speaker, BOLD)];
        self.block(&lead, "│ ", "│     ", bar);
        let mut grounds = Vec::new();
        for (name, value) in card.grounds() {
            let sign = if grounds.is_empty() { "" } else { " · " };
            grounds.push((format!("{sign}{name} "), DIM));
            grounds.push((value, PLAIN));
        }
        self.block(&grounds, "│   ", "│     ", bar);
        for (position, stance) in &card.stances {
            self.stance(*position, stance, bar);
        }
    }

    fn stance(&mut self, position: Position, stance: &StanceRow<'_>, bar: Style) {
        let StanceRow { target: party, evidence, rule, .. } = stance;
        let evidence = if evidence.is_empty() { String::new() } else { format!(": {evidence}") };
        let rule = if rule.is_empty() { String::new() } else { format!(" · {rule}") };
        let runs = [
            ("→ ".into(), DIM),
            (format!("{} {}", sign(position), position.name()), target(position)),
            (format!(" {party}"), BOLD),
            (format!(" (score {}{}){evidence}", score(stance.score), needed(stance)), PLAIN),
            (rule, DIM),
        ];
        self.block(&runs, "│   ", "│     ", bar);
    }

    /// Runs as lines of at most the width, the first after `first`, the others after `rest`, both in `margin`.
    fn block(&mut self, runs: &[Run], first: &str, rest: &str, margin: Style) {
        let width = self.look.width - first.width().max(rest.width());
        for (number, line) in wrap(runs, width).into_iter().enumerate() {
            let lead = if number == 0 { first } else { rest };
            self.put(lead, margin);
            for (text, style) in line {
                self.put(&text, style);
            }
            self.written.truncate(self.written.trim_end_matches(' ').len());
            self.written.push('\n');
        }
    }

    fn put(&mut self, text: &str, style: Style) {
        if self.look.colour == Colour::None || style == PLAIN || text.is_empty() {
            self.written.push_str(text);
        } else {
            let styled = format_args!("{style}{text}{style:#}").to_string();
            self.written.push_str(&styled);
        }
    }
}

/// A quotation's number as the text shows it.
fn number(card: usize) -> String {
    format!("[{}]", card + 1)
}

fn voice(voice: Option<usize>) -> Style {
    voice.map_or(DIM, |voice| PLAIN.fg_color(Some(VOICES[voice % VOICES.len()].into())))
}

fn target(position: Position) -> Style {
    let colour = match position {
        Position::Against => AnsiColor::BrightRed,
        Position::Neutral => return BOLD.effects(Effects::BOLD | Effects::UNDERLINE),
        Position::For => AnsiColor::BrightBlue,
    };
    BOLD.fg_color(Some(colour.into())).underline()
}

fn name(mark: Mark) -> &'static str {
    match mark {
        Mark::Quotation(_) => "content",
        Mark::Source(_) => "source",
        Mark::Cue => "cue",
        Mark::Via => "via",
        Mark::Addressee => "to",
        Mark::Target(position) => position.name(),
    }
}

/// Runs as lines of at most `width` columns, cut between words; a word that is longer is cut within.
fn wrap(runs: &[Run], width: usize) -> Vec<Vec<Run>> {
    let mut lines = Lines { width, done: vec![Vec::new()], used: 0, word: Vec::new(), word_width: 0, blank: None };
    for (text, style) in runs {
        for sign in text.chars() {
            if sign.is_whitespace() {
                lines.end_word();
                lines.blank = lines.blank.or(Some(*style));
            } else {
                lines.push(if is_command(sign) { '\u{fffd}' } else { sign }, *style);
            }
        }
    }
    lines.end_word();
    lines.done
}

struct Lines {
    width: usize,
    done: Vec<Vec<Run>>,
    used: usize,
    word: Vec<Run>,
    word_width: usize,
    /// The style of white space that waits to be written.
    blank: Option<Style>,
}

impl Lines {
    fn push(&mut self, sign: char, style: Style) {
        let width = sign.width().unwrap_or(0);
        if self.word_width + width > self.width {
            self.end_word();
        }
        self.word_width += width;
        append(&mut self.word, &sign.to_string(), style);
    }

    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let blank = self.blank.take();
        if self.used > 0 && self.used + usize::from(blank.is_some()) + self.word_width > self.width {
            self.done.push(Vec::new());
            self.used = 0;
        }
        let line = self.done.last_mut().expect("one line at least");
        if let Some(style) = blank.filter(|_| self.used > 0) {
            append(line, " ", style);
            self.used += 1;
        }
        for (text, style) in self.word.drain(..) {
            append(line, &text, style);
        }
        self.used += self.word_width;
        self.word_width = 0;
    }
}

/// Adds text, to the last run where that has the same style.
fn append(runs: &mut Vec<Run>, text: &str, style: Style) {
    match runs.last_mut() {
        Some((last, known)) if *known == style => last.push_str(text),
        _ => runs.push((text.to_owned(), style)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::with_report;
    use super::super::{Report, Scope};
    use super::*;

    const TEXT: &str = "“We won the harbor back and nobody can take it from us again,” Ann Lee said. They danced.";

    fn shown(report: &Report<'_>, width: usize, colour: Colour) -> String {
        report.terminal(Look { width, colour })
    }

    #[test]
    fn without_colours_marks_are_written_out() {
        let text = with_report(TEXT, Scope::Speech, |report| shown(report, 100, Colour::None));
        let expected = "\
“We won the harbor back and nobody can take it from us again,”[1] {source:Ann Lee} {cue:said}. They
danced.
│ [1] “We won the harbor back and nobody can take it from us again,” — Ann Lee
│   rule after-source-cue, confidence 0.98 · rests on “Ann Lee” (at 63) · cue “said”
";
        assert!(text.ends_with(expected), "{text}");
        assert!(!text.contains('\u{1b}'));
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for width in [30, 44, 80] {
            let text = with_report(TEXT, Scope::All, |report| shown(report, width, Colour::None));
            let widest = text.lines().map(UnicodeWidthStr::width).max();
            assert!(widest <= Some(width), "{widest:?} > {width}\n{text}");
        }
    }

    #[test]
    fn colours_change_no_words() {
        let text = with_report("“Go on, all of you,” Ann Lee said.", Scope::Speech, |report| {
            shown(report, 80, Colour::Ansi)
        });
        assert!(text.contains("\u{1b}[36m“Go on, all of you,”\u{1b}[0m\u{1b}[2m[1]\u{1b}[0m"), "{text}");
    }

    #[test]
    fn an_article_cannot_command_the_terminal() {
        let text = with_report("“Go \u{1b}[31mnow\u{202e},” Ann Lee said.", Scope::Speech, |report| {
            shown(report, 80, Colour::None)
        });
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
        assert!(text.contains("\u{fffd}[31mnow\u{fffd}"), "{text:?}");
    }

    #[test]
    fn long_and_wide_words_are_cut() {
        let lines = wrap(&[("東京東京東京 ab".into(), PLAIN)], 8);
        let lines: Vec<String> = lines.into_iter().map(|line| line.into_iter().map(|run| run.0).collect()).collect();
        assert_eq!(lines, ["東京東京", "東京 ab"]);
    }
}
