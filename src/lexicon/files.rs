//! The lexicon files as text: the embedded ones, and a folder of the user's that replaces or extends them.

use std::borrow::Cow;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::tsv::{LexiconError, Lines};

/// One lexicon file's text, under the name an error shows.
#[derive(Clone, Debug)]
pub struct Source {
    /// `cues.tsv`, or the path of the user's file.
    pub file: String,
    /// What stands in it.
    pub text: Cow<'static, str>,
}

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        /// Name and text of every embedded lexicon file.
        pub const EMBEDDED: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../lexicons/en/", $name)))),*];
    };
}

embedded![
    "abbreviations.tsv",
    "addressees.tsv",
    "adjectives.tsv",
    "allegiances.tsv",
    "camps.tsv",
    "common_words.tsv",
    "countries.tsv",
    "cues.tsv",
    "derivations.tsv",
    "descriptions.tsv",
    "events.tsv",
    "frames.tsv",
    "gazetteer.tsv",
    "given_names.tsv",
    "groups.tsv",
    "masks.tsv",
    "nicknames.tsv",
    "observers.tsv",
    "patterns.tsv",
    "placeholders.tsv",
    "places.tsv",
    "pronouns.tsv",
    "ranker.tsv",
    "relays.tsv",
    "resolutions.tsv",
    "roles.tsv",
    "scoring.tsv",
    "shifters.tsv",
    "stance.tsv",
    "statements.tsv",
    "targets.tsv",
    "titles.tsv",
    "words.tsv",
    "works.tsv",
];

/// Where the embedded files stand, as messages name it.
pub(crate) const BUILT_IN: &str = "lexicons/en/";

/// The sources of every lexicon file, in the order they are read.
#[derive(Clone, Debug)]
pub struct Files {
    sources: Vec<(&'static str, Vec<Source>)>,
}

impl Files {
    /// The embedded files.
    #[must_use]
    pub fn embedded() -> Self {
        let source = |(name, text): &(&'static str, &'static str)| {
            (*name, vec![Source { file: format!("{BUILT_IN}{name}"), text: Cow::Borrowed(*text) }])
        };
        Self { sources: EMBEDDED.iter().map(source).collect() }
    }

    /// Lays a folder over the files: `cues.tsv` there replaces the embedded one, `cues.add.tsv` adds its rows.
    ///
    /// # Errors
    /// A folder or file that cannot be read, a folder without a lexicon, and a `.tsv` file that no lexicon has the name of.
    pub fn overlay(mut self, folder: &Path) -> Result<Self, LexiconError> {
        let shown = folder.display().to_string();
        let unreadable = |error: std::io::Error| {
            let message = match error.kind() {
                _ if folder.is_file() => "is a file: name the folder that it is in".to_owned(),
                ErrorKind::NotFound => "no such folder: check the path; put quotes around one with spaces".to_owned(),
                _ => format!("cannot be read ({error}): check its rights"),
            };
            LexiconError::file(&shown, message)
        };
        let entries = fs::read_dir(folder).map_err(unreadable)?;
        let mut paths: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
        paths.sort();
        let is_list = |path: &Path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("tsv"));
        if let Some(error) = paths.iter().filter(|path| !is_list(path)).find_map(|path| misnamed(path)) {
            return Err(error);
        }
        paths.retain(|path| is_list(path));
        if paths.is_empty() {
            // Not the folder that was meant, most likely: its names and words would be missed in silence.
            let message = "holds no lexicon: put one there, as cues.add.tsv, or name the folder that has them";
            return Err(LexiconError::file(&shown, message));
        }
        for path in paths {
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            let adds = name.strip_suffix(".add.tsv").map(|stem| format!("{stem}.tsv"));
            let wanted = adds.as_deref().unwrap_or(name);
            let shown = path.display().to_string();
            let Some((_, sources)) = self.sources.iter_mut().find(|(known, _)| *known == wanted) else {
                return Err(LexiconError::file(&shown, no_such_list(wanted, adds.is_some())));
            };
            let text = unquoted(read_text(&path)?);
            if adds.is_none() {
                sources.clear();
            }
            sources.push(Source { file: shown, text: text.into() });
        }
        Ok(self)
    }

    /// The user's files, each with the name of the list that it replaces or extends.
    pub(crate) fn own(&self) -> impl Iterator<Item = (&'static str, &Source)> {
        let is_own = |source: &&Source| matches!(source.text, Cow::Owned(_));
        self.sources.iter().flat_map(move |(name, sources)| sources.iter().filter(is_own).map(|source| (*name, source)))
    }

    /// The sources of one file, the embedded or replacing one first.
    ///
    /// # Panics
    /// If no embedded file has that name, which is a mistake in this crate.
    #[must_use]
    pub fn get(&self, name: &str) -> &[Source] {
        let found = self.sources.iter().find(|(known, _)| *known == name);
        &found.expect("every lexicon is embedded").1
    }
}

/// The text of a file of the user's: UTF-8, or UTF-16 with its mark, as spreadsheets save `Unicode text`.
///
/// # Errors
/// A file that cannot be read or is in another encoding.
pub fn read_text(path: &Path) -> Result<String, LexiconError> {
    let error = |message: String| LexiconError::file(&path.display().to_string(), message);
    let bytes = fs::read(path).map_err(|problem| match problem.kind() {
        ErrorKind::NotFound => error("no such file: check the path; put quotes around one with spaces".to_owned()),
        _ if path.is_dir() => error("is a folder: name a file in it".to_owned()),
        _ => error(format!("cannot be read ({problem}): check its rights")),
    })?;
    let units = |read: fn([u8; 2]) -> u16| bytes[2..].chunks_exact(2).map(move |unit| read([unit[0], unit[1]]));
    let text = match bytes[..] {
        [0xff, 0xfe, ..] => String::from_utf16(&units(u16::from_le_bytes).collect::<Vec<_>>()).ok(),
        [0xfe, 0xff, ..] => String::from_utf16(&units(u16::from_be_bytes).collect::<Vec<_>>()).ok(),
        _ => String::from_utf8(bytes).ok(),
    };
    text.ok_or_else(|| error("is not in UTF-8: save it as UTF-8, in Excel as `CSV UTF-8` or `Unicode Text`".to_owned()))
}

/// The text with the quotation marks taken off that spreadsheets put around cells, as `"a ""b"" c"` for `a "b" c`.
#[must_use]
pub fn unquoted(text: String) -> String {
    if !text.contains('"') {
        return text;
    }
    let cell = |cell: &str| {
        let inner = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"'))?;
        (!inner.is_empty() && !inner.replace("\"\"", "").contains('"')).then(|| inner.replace("\"\"", "\""))
    };
    let line = |line: &str| {
        let whole = line.trim_end_matches(['\n', '\r']);
        let cells: Vec<String> = whole.split('\t').map(|text| cell(text).unwrap_or_else(|| text.to_owned())).collect();
        cells.join("\t") + &line[whole.len()..]
    };
    text.split_inclusive(['\n', '\r']).map(line).collect()
}

/// What is wrong with the header row of a list of the user's, and in which line: without it rows would be lost in silence.
#[must_use]
pub fn header_fault(name: &str, text: &str) -> Option<(u64, String)> {
    let (_, embedded) = EMBEDDED.iter().find(|(known, _)| *known == name)?;
    let (_, known) = header(embedded);
    let (line, header) = header(text);
    let known: Vec<&str> = known.split('\t').collect();
    let names: Vec<String> = header.split('\t').map(|name| name.trim().to_lowercase()).collect();
    let is_known = |name: &String| known.contains(&name.as_str());
    let columns = known.join(", ");
    let message = match () {
        () if header.is_empty() => "holds no row: delete the file or write a header row and rows".to_owned(),
        () if names.iter().all(|name| is_known(name) || name.is_empty()) => return None,
        () if names.iter().any(is_known) => {
            let unknown = names.iter().find(|name| !is_known(name) && !name.is_empty())?;
            format!("column \"{unknown}\" is unknown: the columns of {name} are {columns}")
        }
        () if names.len() == 1 && known.len() > 1 => {
            format!(
                "no tab stands in the header row: put one tab between two cells, not blanks, commas or semicolons; the columns of {name} are {columns}"
            )
        }
        () => format!(
            "this is no header row: write the names of the columns above the rows; those of {name} are {columns}"
        ),
    };
    Some((line, message))
}

/// The first line that is no comment, and its number.
fn header(text: &str) -> (u64, &str) {
    Lines::of(text).next().unwrap_or((1, ""))
}

/// That a file has the name of a list and the ending of another format, where it does.
fn misnamed(path: &Path) -> Option<LexiconError> {
    const TABLES: [&str; 6] = ["csv", "txt", "tab", "xlsx", "xls", "ods"];
    let name = path.file_name()?.to_str()?.to_lowercase();
    let (stem, ending) = name.rsplit_once('.')?;
    let list = stem.strip_suffix(".tsv").unwrap_or(stem);
    let list = list.strip_suffix(".add").unwrap_or(list);
    let is_list = EMBEDDED.iter().any(|(known, _)| known.strip_suffix(".tsv") == Some(list));
    let add = if stem.contains(".add") { ".add" } else { "" };
    (is_list && TABLES.contains(&ending)).then(|| {
        let message = format!("word lists have tabs between the cells and end in .tsv: save it so, as {list}{add}.tsv");
        LexiconError::file(&path.display().to_string(), message)
    })
}

/// The message for a file that has no list's name.
fn no_such_list(name: &str, adds: bool) -> String {
    let names: Vec<&str> = EMBEDDED.iter().map(|(name, _)| *name).collect();
    let like = names.iter().min_by_key(|known| edits(known, &name.to_lowercase())).copied();
    let like = like.filter(|known| edits(known, &name.to_lowercase()) <= 2);
    let meant = like.map(|known| if adds { known.replace(".tsv", ".add.tsv") } else { known.to_owned() });
    let meant = meant.map_or_else(String::new, |meant| format!("{meant}? It must be "));
    format!("no lexicon has this name: rename it to {meant}one of {}", names.join(", "))
}

/// How many letters are to be put in, left out or changed to make one word of the other.
fn edits(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = above + 1;
        for at in 0..other.len() {
            let changed = diagonal + usize::from(letter != other[at]);
            diagonal = row[at + 1];
            row[at + 1] = changed.min(row[at] + 1).min(row[at + 1] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, bytes) in files {
            fs::write(folder.path().join(name), bytes).expect("a file in it");
        }
        folder
    }

    /// The message of a folder with one file of a user's.
    fn message(name: &str, bytes: &[u8]) -> String {
        let folder = folder(&[(name, bytes)]);
        let error = Files::embedded().overlay(folder.path()).expect_err("a folder that cannot be used");
        error.to_string().replace(&format!("{}{}", folder.path().display(), std::path::MAIN_SEPARATOR), "")
    }

    #[test]
    fn a_file_of_another_name_or_ending_is_told() {
        let told = message("cue.add.tsv", b"");
        assert!(
            told.starts_with("cue.add.tsv: no lexicon has this name: rename it to cues.add.tsv? It must be one of abb"),
            "{told}"
        );
        let told = message("Cues.tsv", b"");
        assert!(told.contains("rename it to cues.tsv?"), "{told}");
        assert!(message("other.tsv", b"").contains("rename it to one of"));
        let told = message("cues.add.csv", b"");
        assert_eq!(
            told,
            "cues.add.csv: word lists have tabs between the cells and end in .tsv: save it so, as cues.add.tsv"
        );
        assert!(message("stance.tsv.txt", b"").ends_with("as stance.tsv"));
        assert!(message("stance.add.tsv.txt", b"").ends_with("as stance.add.tsv"));
        assert!(message("cues.tsv", b"caf\xe9").starts_with("cues.tsv: is not in UTF-8: save it as UTF-8"));
    }

    #[test]
    fn a_list_given_for_its_folder_is_told() {
        let folder = folder(&[("cues.add.tsv", b"")]);
        let path = folder.path().join("cues.add.tsv");
        let error = Files::embedded().overlay(&path).expect_err("a file is no folder");
        assert_eq!(error.message, "is a file: name the folder that it is in");
    }

    #[test]
    fn what_spreadsheets_save_is_read() {
        let text = "word\tclasses\n\"a \"\"b\"\" c\"\t\"x\"\r\n\"a\" b\t\"\n";
        assert_eq!(unquoted(text.to_owned()), "word\tclasses\na \"b\" c\tx\r\n\"a\" b\t\"\n");
        assert_eq!(unquoted("\"word\"\t\"kind\"\r\"a\"\t\"x\"\r".to_owned()), "word\tkind\ra\tx\r");
        let utf_16: Vec<u8> = "\u{feff}word\té\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let folder = folder(&[("words.add.tsv", &utf_16)]);
        let files = Files::embedded().overlay(folder.path()).expect("a folder of lists");
        assert_eq!(files.get("words.tsv")[1].text, "word\té\n");
    }

    #[test]
    fn a_header_that_would_lose_the_rows_is_told() {
        let check = |text: &str, expected: Option<(u64, &str)>| {
            let told = header_fault("works.tsv", text);
            let told = told.as_ref().map(|(line, message)| (*line, message.split(':').next().unwrap_or_default()));
            assert_eq!(told, expected, "{text}");
        };
        check("# ours\r\nWord\tplural \tkind\t\t\r\n", None);
        check("\n# ours\nword\tsort\n", Some((3, "column \"sort\" is unknown")));
        check("word,plural,kind\n", Some((1, "no tab stands in the header row")));
        check("hymnal\thymnals\ttitle\n", Some((1, "this is no header row")));
        check("# ours\n", Some((1, "holds no row")));
    }

    #[test]
    fn edits_are_counted() {
        for (one, other, expected) in [("cues", "cues", 0), ("cue", "cues", 1), ("ceus", "cues", 2), ("", "ab", 2)] {
            assert_eq!(edits(one, other), expected);
        }
    }

    #[test]
    fn the_line_of_a_header_is_told_whatever_ends_the_lines() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["# ours", "", "word\tsort", "lie\tverb", ""].join(end);
            assert_eq!(header_fault("words.tsv", &text).map(|(line, _)| line), Some(3), "{end:?}");
        }
    }
}
