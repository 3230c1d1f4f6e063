//! What is wrong with lexicon files: every row that cannot be read, and beyond what reading them tells columns, blanks,
//! order, entries that stand twice or contradict each other, and pattern rows that do not do what their own examples say.
//! Knows the files as text and as rows; finds faults and mends none, except that [`canonical`] puts rows in order.

mod canonical;
mod examples;
mod stances;
#[cfg(test)]
mod tests;

use std::fmt;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::evaluation::judge::ScoringRow;
use crate::lexicon::Lexicons;
use crate::lexicon::cells::{Line, Origin, Table};
use crate::lexicon::columns::{self, known_values, unknown_values};
use crate::lexicon::files::{BUILT_IN, EMBEDDED, Files, Source, header_fault};
use crate::lexicon::gazetteer::{alias_cell, each_gazetteer_row, with_tabs};
use crate::lexicon::tsv::{LexiconError, rows, values};
use crate::notation::Annotated;
pub use canonical::canonical;
use canonical::{order, order_has_meaning};

/// How much a fault matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The list does not do what it says.
    Error,
    /// Worth knowing; the lists work.
    Note,
}

/// Something wrong in a lexicon file. Displays as `file:line: message`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// How much it matters.
    pub severity: Severity,
    /// The file as the user knows it.
    pub file: String,
    /// 1-based line, where one is to blame.
    pub line: Option<u64>,
    /// What is wrong, and the remedy.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        let note = if self.severity == Severity::Note { "note: " } else { "" };
        write!(f, ": {note}{}", self.message)
    }
}

/// Everything wrong with the files as a scan would use them, file by file.
#[must_use]
pub fn faults(files: &Files, gazetteers: &[Source]) -> Vec<Fault> {
    let mut checker = Checker { faults: Vec::new() };
    for (file, message) in scant_replacements(files) {
        checker.tell(Severity::Note, &file, None, message);
    }
    for (name, _) in EMBEDDED {
        checker.list(name, files.get(name));
    }
    checker.gazetteers(gazetteers);
    if !checker.faults.iter().any(|fault| fault.severity == Severity::Error) {
        let own = checker.faults.len();
        checker.whole(files, gazetteers);
        if scant(files).next().is_some() {
            checker.sum_up_built_in(own);
        }
    }
    checker.faults
}

/// The user's files that take the place of a built-in list and hold less than half as many rows, with what is to be said of
/// it: most likely they were meant to add to it. A file with the comment `# replaces` says that they were not.
#[must_use]
pub fn scant_replacements(files: &Files) -> Vec<(String, String)> {
    let is_meant = |source: &Source| source.text.lines().any(|line| line.trim() == MEANT);
    let mut told = Vec::new();
    for (name, source, rows, built_in) in scant(files).filter(|(_, source, ..)| !is_meant(source)) {
        let add = name.replace(".tsv", ".add.tsv");
        let rows = if rows == 1 { "its 1 row takes".to_owned() } else { format!("its {rows} rows take") };
        let message = format!(
            "{rows} the place of the {built_in} built-in ones: name it {add} if they are to be added, \
             or else write the line \"{MEANT}\" in it"
        );
        told.push((source.file.clone(), message));
    }
    told
}

/// The comment in a list that takes the place of a much longer one, and is to.
const MEANT: &str = "# replaces";

/// The lists that take the place of a much longer one: the list's name, the user's file, its rows and the built-in ones.
fn scant(files: &Files) -> impl Iterator<Item = (&'static str, &Source, usize, usize)> {
    files.own().filter_map(|(name, source)| {
        let table = Table::of(source);
        let (_, text) = EMBEDDED.iter().find(|(known, _)| *known == name)?;
        let built_in = Table::of(&Source { file: name.to_owned(), text: (*text).into() }).rows.len();
        let is_scant = table.origin == Origin::Replacing && 2 * table.rows.len() < built_in;
        is_scant.then_some((name, source, table.rows.len(), built_in))
    })
}

/// What keeps the user's files from being read: all of it, where a scan would stop at the first.
#[must_use]
pub fn unreadable(files: &Files, gazetteers: &[Source]) -> Vec<LexiconError> {
    let mut checker = Checker { faults: Vec::new() };
    for (name, source) in files.own() {
        let table = Table::of(source);
        if let Some((line, message)) = header_fault(name, &source.text) {
            checker.error(&source.file, line, message);
            continue;
        }
        checker.read(name, &table);
        unknown_values(name, &table).for_each(|(line, message)| checker.error(&source.file, line, message));
    }
    for name in ["addressees.tsv", "patterns.tsv", "relays.tsv"] {
        if files.own().any(|(own, _)| own == name) {
            examples::compile(files.get(name), |file, line, message| checker.error(file, line, message));
        }
    }
    checker.read_gazetteers(gazetteers);
    let error = |Fault { file, line, message, .. }| LexiconError { file, line, message };
    checker.faults.into_iter().map(error).collect()
}

/// How many rows each list holds, with the list's name in words: `570 cues`.
#[must_use]
pub fn counts(files: &Files, gazetteers: &[Source]) -> Vec<(usize, String)> {
    let rows = |sources: &[Source]| sources.iter().map(|source| Table::of(source).rows.len()).sum::<usize>();
    let mut counts: Vec<(usize, String)> = Vec::new();
    for (name, _) in EMBEDDED {
        let words = name.trim_end_matches(".tsv").replace('_', " ");
        let own = if words == "gazetteer" { gazetteers.iter().map(rows_given).sum() } else { 0 };
        counts.push((rows(files.get(name)) + own, if words == "gazetteer" { "parties".into() } else { words }));
    }
    counts
}

/// How many rows each of the user's files holds.
#[must_use]
pub fn own_counts<'f>(files: &'f Files, gazetteers: &'f [Source]) -> Vec<(&'f str, usize)> {
    let lists = files.own().map(|(_, source)| (source.file.as_str(), Table::of(source).rows.len()));
    lists.chain(gazetteers.iter().map(|source| (source.file.as_str(), rows_given(source)))).collect()
}

/// How many rows a table given with `--gazetteer` holds: a row may have several lines.
fn rows_given(source: &Source) -> usize {
    with_tabs(source).map_or(0, |source| Table::of(&source).rows.len())
}

/// Names of the pattern rows without an example, in the given list.
#[must_use]
pub fn without_example(source: &Source) -> Vec<String> {
    let table = Table::of(source);
    let is_part = |row: &Line| table.cell(row, "verdict") == Some("part");
    let empty = |row: &&Line| table.cell(row, "example").is_some_and(str::is_empty) && !is_part(row);
    table.rows.iter().filter(empty).map(|row| row.cells[0].to_owned()).collect()
}

struct Checker {
    faults: Vec<Fault>,
}

impl Checker {
    fn tell(&mut self, severity: Severity, file: &str, line: Option<u64>, message: impl Into<String>) {
        let fault = Fault { severity, file: file.to_owned(), line, message: message.into() };
        // What is wrong with a header is met again in every row.
        if self.faults.last() != Some(&fault) {
            self.faults.push(fault);
        }
    }

    /// Puts the faults of built-in lists, from this one on, in a line a list: what others lack is not to be mended there.
    fn sum_up_built_in(&mut self, from: usize) {
        let (built_in, mut own): (Vec<Fault>, Vec<Fault>) =
            self.faults.split_off(from).into_iter().partition(|fault| fault.file.starts_with(BUILT_IN));
        let mut lists: Vec<(&str, usize)> = Vec::new();
        for fault in &built_in {
            match lists.iter_mut().find(|(file, _)| *file == fault.file) {
                Some((_, count)) => *count += 1,
                None => lists.push((&fault.file, 1)),
            }
        }
        for (file, count) in lists {
            let rows = if count == 1 { "1 row no longer does" } else { &format!("{count} rows no longer do") };
            let message = format!("{rows} what the examples say: a list that was replaced lacks what they need");
            self.tell(Severity::Error, file, None, message);
        }
        self.faults.append(&mut own);
    }

    fn error(&mut self, file: &str, line: u64, message: impl Into<String>) {
        self.tell(Severity::Error, file, Some(line), message);
    }

    /// One lexicon: its sources each, then together.
    fn list(&mut self, name: &'static str, sources: &[Source]) {
        let tables: Vec<Table<'_>> = sources.iter().map(Table::of).collect();
        for table in &tables {
            let before = self.faults.len();
            self.columns(name, table);
            if self.faults.len() == before {
                self.read(name, table);
                self.cells(name, table);
            }
            if table.origin == Origin::Embedded && !order_has_meaning(name) {
                self.order(table);
            }
        }
        self.twice(name, &tables);
        match name {
            "addressees.tsv" | "patterns.tsv" | "relays.tsv" => {
                examples::compile(sources, |file, line, message| self.error(file, line, message));
            }
            "camps.tsv" => stances::rivals(&tables, |file, line, message| self.error(file, line, message)),
            "cues.tsv" => self.cue_classes(&tables),
            "titles.tsv" => self.claims(&tables, "title", Severity::Error),
            "gazetteer.tsv" | "countries.tsv" | "places.tsv" => self.claims(&tables, "name", Severity::Note),
            _ => {}
        }
    }

    /// Files given with `--gazetteer`, which may be separated by commas or semicolons and have other columns too.
    fn gazetteers(&mut self, gazetteers: &[Source]) {
        let tabbed = self.read_gazetteers(gazetteers);
        let mut tables: Vec<Table<'_>> = tabbed.iter().map(Table::of).collect();
        for table in &mut tables {
            table.origin = Origin::Given;
            self.columns("gazetteer.tsv", table);
            self.surrounding_blanks(table);
            self.parties(table);
        }
        self.twice("gazetteer.tsv", &tables);
        self.claims(&tables, "name", Severity::Note);
    }

    /// Tells every row that cannot be read; gives the tables that can.
    fn read_gazetteers(&mut self, gazetteers: &[Source]) -> Vec<Source> {
        let mut tabbed = Vec::new();
        for source in gazetteers {
            let errors = match each_gazetteer_row(&source.file, &source.text) {
                Ok(rows) => {
                    tabbed.extend(with_tabs(source));
                    rows.into_iter().filter_map(Result::err).collect::<Vec<_>>()
                }
                Err(error) => vec![error],
            };
            for error in errors {
                self.tell(Severity::Error, &error.file, error.line, error.message);
            }
        }
        tabbed
    }

    /// What a table of parties says that is likely meant otherwise.
    fn parties(&mut self, table: &Table<'_>) {
        if table.rows.is_empty() {
            self.tell(Severity::Note, table.file, None, "holds no party: write one a row under the header");
        }
        let common = known_values("common_words.tsv", "word");
        let common: FxHashSet<&str> = common.into_iter().collect();
        let places = known_values("places.tsv", "name").into_iter().chain(known_values("places.tsv", "aliases"));
        let places: FxHashSet<&str> = places.flat_map(values).collect();
        let mut ids: FxHashMap<&str, (&str, u64)> = FxHashMap::default();
        for row in &table.rows {
            let cell = |column: &str| table.cell(row, column).unwrap_or("").trim();
            let (name, id, aliases) = (cell("name"), cell("id"), cell("aliases"));
            let (other, line) = *ids.entry(id).or_insert((name, row.number));
            if !id.is_empty() && other != name {
                let message =
                    format!("id \"{id}\" is that of \"{other}\" (line {line}) too: give each an id of its own");
                self.tell(Severity::Note, table.file, Some(row.number), message);
            }
            let aliases = alias_cell(aliases);
            if aliases.contains(',') && !aliases.contains('|') {
                let message =
                    format!("aliases \"{aliases}\" is one name with a comma in it: put | between several names");
                self.tell(Severity::Note, table.file, Some(row.number), message);
            }
            for state in values(cell("state")).filter(|state| !places.contains(state)) {
                let message =
                    format!("state \"{state}\" is no place in places.tsv, so it tells nothing: write it as there");
                self.tell(Severity::Note, table.file, Some(row.number), message);
            }
            let names = [name].into_iter().chain(values(&aliases));
            for word in names.filter(|name| common.contains(name.to_lowercase().as_str())) {
                let message = format!(
                    "\"{word}\" is an English word too, and may be found where it is none of the names or missed where it is: \
                     leave it out where you can"
                );
                self.tell(Severity::Note, table.file, Some(row.number), message);
            }
        }
    }

    fn columns(&mut self, name: &str, table: &Table<'_>) {
        let Some((_, text)) = EMBEDDED.iter().find(|(known, _)| *known == name) else { return };
        let own = Source { file: name.to_owned(), text: (*text).into() };
        let known = Table::of(&own).header;
        if !table.header.iter().any(|column| known.contains(column)) {
            if let Some((line, message)) = header_fault(name, table.text) {
                self.error(table.file, line, message);
            }
            return;
        }
        for (at, column) in table.header.iter().enumerate() {
            if !known.contains(column) {
                if column.is_empty() {
                    continue;
                }
                let message = format!("column \"{column}\" is unknown: the columns of {name} are {}", known.join(", "));
                // Tables of parties may have columns of the user's own.
                let severity = if table.origin == Origin::Given { Severity::Note } else { Severity::Error };
                self.tell(severity, table.file, Some(table.header_line), message);
            } else if table.header[..at].contains(column) {
                self.error(table.file, table.header_line, format!("column \"{column}\" stands twice: delete one"));
            }
        }
    }

    /// Reads every row by itself, so that all the bad ones are told.
    fn read(&mut self, name: &str, table: &Table<'_>) {
        let header = table.header.join("\t");
        let whole: Vec<&str> = table.rows.iter().map(|row| row.text).collect();
        if read(name, table.file, &format!("{header}\n{}\n", whole.join("\n"))).is_ok() {
            return;
        }
        for row in &table.rows {
            let Err(error) = read(name, table.file, &format!("{header}\n{}\n", row.text)) else { continue };
            // The header of what is read here stands in its first line.
            if error.line == Some(1) {
                self.error(table.file, table.header_line, error.message);
                return;
            }
            self.error(table.file, row.number, error.message);
        }
    }

    fn cells(&mut self, name: &str, table: &Table<'_>) {
        self.blanks(table);
        for (line, message) in unknown_values(name, table) {
            self.error(table.file, line, message);
        }
        stances::cells(name, table, |severity, line, message| self.tell(severity, table.file, Some(line), message));
        for row in &table.rows {
            for column in ["example", "counterexample"] {
                if let Err(error) = Annotated::parse(table.cell(row, column).unwrap_or("")) {
                    self.error(table.file, row.number, format!("{column}: {error}"));
                }
            }
        }
    }

    fn blanks(&mut self, table: &Table<'_>) {
        for row in &table.rows {
            if row.cells[0].trim().is_empty() {
                let message = format!("the {} is empty: fill it or delete the row", table.header[0]);
                self.error(table.file, row.number, message);
            }
        }
        self.surrounding_blanks(table);
    }

    fn surrounding_blanks(&mut self, table: &Table<'_>) {
        for row in &table.rows {
            let blank = |(_, cell): &(usize, &&str)| cell.trim() != **cell && !cell.trim().is_empty();
            if let Some((at, cell)) = row.cells.iter().enumerate().find(blank) {
                let column = table.header.get(at).map_or("cell", String::as_str);
                self.error(
                    table.file,
                    row.number,
                    format!("{column} \"{cell}\" has a blank at its end or start: delete it"),
                );
            }
        }
    }

    fn order(&mut self, table: &Table<'_>) {
        for pair in table.rows.windows(2) {
            let (before, row) = (pair[0].cells[0], pair[1].cells[0]);
            if order(before) > order(row) {
                let message = format!(
                    "\"{row}\" stands after \"{before}\": put the rows in order with UPDATE=1 cargo test --test lexicons"
                );
                self.error(table.file, pair[1].number, message);
            }
        }
    }

    /// Keys that stand twice, where there is one with the same part of speech or as the same shifter: in one file a mistake, over two files worth
    /// knowing.
    fn twice(&mut self, name: &str, tables: &[Table<'_>]) {
        let mut seen: FxHashMap<String, (usize, u64)> = FxHashMap::default();
        for (at, table) in tables.iter().enumerate() {
            for row in &table.rows {
                let key = row.cells[0].trim();
                let folded = if order_has_meaning(name) { key.to_owned() } else { key.to_lowercase() };
                // `friend` may be of two kinds, `attack` a verb and a noun.
                let of_kinds = matches!(name, "descriptions.tsv" | "shifters.tsv");
                let sense = table.cell(row, if of_kinds { "kind" } else { "pos" }).unwrap_or("");
                let &mut (first, line) = seen.entry(format!("{folded}\t{sense}")).or_insert((at, row.number));
                if key.is_empty() || (first, line) == (at, row.number) {
                    continue;
                }
                let place = format!("{}:{line}", tables[first].file);
                if first == at {
                    self.error(
                        table.file,
                        row.number,
                        format!("\"{key}\" stands in line {line} too: delete one of the rows"),
                    );
                } else if order_has_meaning(name) {
                    let message = format!("\"{key}\" is the name of {place} too: give the row a name of its own");
                    self.error(table.file, row.number, message);
                } else {
                    let is_number = matches!(name, "ranker.tsv" | "resolutions.tsv" | "targets.tsv");
                    let holds = if is_number { "this row holds" } else { "what both say holds" };
                    let message = format!("\"{key}\" is listed in {place} too: {holds}");
                    self.tell(Severity::Note, table.file, Some(row.number), message);
                }
            }
        }
    }

    /// A form with two classes would be looked up as both.
    fn cue_classes(&mut self, tables: &[Table<'_>]) {
        let mut seen: FxHashMap<String, (&str, String)> = FxHashMap::default();
        for table in tables {
            for row in &table.rows {
                let class = table.cell(row, "class").unwrap_or("");
                let forms = ["lemma", "third", "past", "participle", "ing"];
                let forms = forms.iter().flat_map(|column| values(table.cell(row, column).unwrap_or("")));
                for form in forms {
                    let own = || (class, format!("{}:{}", table.file, row.number));
                    let (known, place) = seen.entry(form.to_lowercase()).or_insert_with(own).clone();
                    if known != class {
                        let message =
                            format!("\"{form}\" is {class} here and {known} in {place}: give both rows one class");
                        self.error(table.file, row.number, message);
                        break;
                    }
                }
            }
        }
    }

    /// Names and aliases that two rows claim.
    fn claims(&mut self, tables: &[Table<'_>], column: &str, severity: Severity) {
        let mut seen: FxHashMap<String, (String, String)> = FxHashMap::default();
        for table in tables {
            for row in &table.rows {
                let name = table.cell(row, column).unwrap_or("").trim();
                let place = format!("{}:{}", table.file, row.number);
                let aliases = alias_cell(table.cell(row, "aliases").unwrap_or(""));
                for claimed in [name].into_iter().chain(values(&aliases)) {
                    let own = || (place.clone(), name.to_owned());
                    let (first, bearer) = seen.entry(claimed.to_lowercase()).or_insert_with(own).clone();
                    if first != place && !(claimed == name && bearer == name) {
                        let message = format!(
                            "\"{claimed}\" is a name of \"{bearer}\" ({first}) too, who is meant by it: delete it from one row"
                        );
                        self.tell(severity, table.file, Some(row.number), message);
                    }
                }
            }
        }
    }

    /// The lists together, and the pattern rows on their examples.
    fn whole(&mut self, files: &Files, gazetteers: &[Source]) {
        match Lexicons::read(files, gazetteers) {
            Ok(mut lexicons) => {
                examples::check(files, &mut lexicons, |file, line, message| self.error(file, line, message));
                stances::check(files, &lexicons, |severity, file, line, message| {
                    self.tell(severity, file, Some(line), message);
                });
            }
            Err(error) => self.tell(Severity::Error, &error.file, error.line, error.message),
        }
    }
}

/// Reads rows of a list as the program will.
fn read(name: &str, file: &str, text: &str) -> Result<(), LexiconError> {
    match name {
        "scoring.tsv" => rows::<ScoringRow>(file, text).map(drop),
        _ => columns::read(name, file, text),
    }
}
