//! Paths -> the inputs to read, in order. Looks at names, kinds and sizes; opens a file only where its name tells no format.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::fields::{Field, FieldMap};
use super::foreign::{foreign, is_page};
use super::source::{Source, cannot_open};
use super::{Format, InputError, Options, without_compression};

/// Where an input's bytes come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    Stdin,
    File(PathBuf),
    /// It cannot be opened, for this reason; that is told when its turn comes.
    Broken(String),
}

/// One file, or stdin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The path as given, joined for files in folders; `stdin` for `-`.
    pub name: String,
    /// Bytes on the disk; `None` for stdin and pipes.
    pub size: Option<u64>,
    /// `None` where only the bytes can tell and they cannot be looked at before it is this input's turn.
    pub format: Option<Format>,
    /// Whether it was met in a folder, not given by name: it may hold something other than articles.
    pub walked: bool,
    pub(super) origin: Origin,
}

impl Input {
    /// The file name without its ending, nor that of a compression.
    pub(super) fn stem(&self) -> String {
        let Origin::File(path) = &self.origin else { return self.name.clone() };
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let inner = without_compression(&name);
        let stem = Path::new(inner).file_stem().map_or_else(|| inner.into(), |stem| stem.to_string_lossy());
        stem.into_owned()
    }

    /// Whether its name promises compressed bytes.
    pub(super) fn looks_compressed(&self) -> bool {
        without_compression(&self.name).len() < self.name.len()
    }
}

/// What is to be read, in order.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// The files, in order.
    pub files: Vec<Input>,
    /// Bytes on the disk of all of them together; `None` where stdin or a pipe is among them.
    pub size: Option<u64>,
    /// Files in folders that are the program's own and were left out, see [`Options::is_own`].
    pub own: Vec<PathBuf>,
    /// How many files in folders have other endings and were left out, by their endings; `""` for those without one.
    pub others: BTreeMap<String, usize>,
}

/// The files that `paths` name: files, folders (walked recursively, in byte order of the path; hidden files and those of
/// other endings are left out), and `-` for stdin. Looks at everything before anything is read.
///
/// # Errors
/// A path that leads nowhere, a folder without a single article file, a file whose format cannot be told, a second `-`.
pub fn expand(paths: &[PathBuf], options: &Options) -> Result<Inputs, InputError> {
    if paths.is_empty() {
        return Err(InputError::Nothing);
    }
    let (mut inputs, mut left): (Vec<Input>, LeftOut) = Default::default();
    for path in paths {
        if path.as_os_str() == "-" {
            if inputs.iter().any(|input| input.origin == Origin::Stdin) {
                return Err(InputError::StdinTwice);
            }
            let (name, origin) = ("stdin".to_owned(), Origin::Stdin);
            inputs.push(Input { name, size: None, format: options.format, walked: false, origin });
            continue;
        }
        let metadata = fs::metadata(path).map_err(|source| cannot_look(path, source))?;
        if metadata.is_dir() {
            inputs.extend(folder(path, options.is_own, &mut left)?);
        } else {
            inputs.push(named_file(path, &metadata, options)?);
        }
    }
    left.own.sort_unstable();
    let size = inputs.iter().map(|input| input.size).sum();
    Ok(Inputs { files: inputs, size, own: left.own, others: left.others })
}

/// Files in folders that are not read, as [`Inputs`] has them.
#[derive(Default)]
struct LeftOut {
    own: Vec<PathBuf>,
    others: BTreeMap<String, usize>,
}

fn cannot_look(path: &Path, source: std::io::Error) -> InputError {
    let path = path.to_owned();
    match source.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => InputError::Missing(path),
        _ => InputError::Unreadable { path, source },
    }
}

fn named_file(path: &Path, metadata: &fs::Metadata, options: &Options) -> Result<Input, InputError> {
    let size = metadata.is_file().then_some(metadata.len());
    let format = options.format.or_else(|| Format::of_name(path));
    let mut input = file(path, size, format);
    // A pipe must not be opened twice: its reader sniffs.
    if format.is_none() && size.is_some() {
        let Ok(mut source) = Source::open(&input, SNIFFED) else { return Ok(input) };
        source.fill();
        if source.trouble().is_none() {
            input.format = Some(told(&source.bytes, path, &options.map)?);
        }
    }
    Ok(input)
}

/// The format that the first bytes of a file tell.
fn told(bytes: &[u8], path: &Path, map: &FieldMap) -> Result<Format, InputError> {
    let path = || path.to_owned();
    match foreign(bytes) {
        Some(kind) => Err(InputError::Foreign { path: path(), kind }),
        None if is_page(bytes) => Err(InputError::Foreign { path: path(), kind: PAGE }),
        None => sniff(bytes, map).ok_or_else(|| InputError::UnknownFormat(path())),
    }
}

const PAGE: &str =
    "a web page or XML, not plain text: save the article's text as .txt, or say --input-format txt to read it as it is";

/// Bytes that [`sniff`] wants to see, if there are as many.
pub(super) const SNIFFED: usize = 1 << 16;

/// The format that the first bytes tell: JSON, where the first of them opens an array or an object that its line does
/// not close, JSON Lines where it does; a table, where the first line is a header row with a column for the text.
pub(super) fn sniff(bytes: &[u8], map: &FieldMap) -> Option<Format> {
    let bytes = bytes.trim_ascii_start();
    match bytes.first()? {
        b'[' => Some(Format::Json),
        b'{' => {
            let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or(bytes);
            let open = line.len() < bytes.len() && !line.trim_ascii_end().ends_with(b"}");
            Some(if open { Format::Json } else { Format::Jsonl })
        }
        _ => header_format(bytes, map),
    }
}

/// The format of the table that begins with these bytes, if one does.
fn header_format(bytes: &[u8], map: &FieldMap) -> Option<Format> {
    let line = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).next()?;
    let line = String::from_utf8_lossy(line);
    let delimiter = ['\t', ';', ','].into_iter().find(|delimiter| line.contains(*delimiter))?;
    let mut names = line.split(delimiter).map(|name| name.trim().trim_matches('"'));
    // A sentence may have a comma, and `article` before it.
    let is_header = names.clone().all(|name| name.len() <= LONGEST_NAME);
    let has_text = names.any(|name| map.find(name).is_some_and(|target| target.field == Field::Text));
    (is_header && has_text).then_some(if delimiter == '\t' { Format::Tsv } else { Format::Csv })
}

/// Columns have no longer names, in bytes, where nothing but the header tells that there are columns.
const LONGEST_NAME: usize = 30;

fn folder(path: &Path, is_own: fn(&Path) -> bool, left: &mut LeftOut) -> Result<Vec<Input>, InputError> {
    let visible = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
    let entries = WalkDir::new(path).follow_links(true).into_iter().filter_entry(visible);
    let mut inputs: Vec<Input> =
        entries.filter_map(|entry| entry.map_or_else(|error| broken(&error), |entry| listed(entry, left))).collect();
    let before = left.own.len();
    inputs.retain(|input| {
        let path = Path::new(&input.name);
        let kept = !is_own(path);
        if !kept {
            left.own.push(path.to_owned());
        }
        kept
    });
    if inputs.is_empty() && left.own.len() > before {
        return Err(InputError::OnlyTables(path.to_owned()));
    }
    if inputs.is_empty() {
        return Err(InputError::EmptyFolder(path.to_owned()));
    }
    inputs.sort_unstable_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
    Ok(inputs)
}

/// A regular file with one of the endings; pipes and devices in folders are passed over.
fn listed(entry: DirEntry, left: &mut LeftOut) -> Option<Input> {
    if !entry.file_type().is_file() {
        return None;
    }
    let Some(format) = Format::of_name(entry.path()) else {
        let ending = entry.path().extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        *left.others.entry(ending).or_default() += 1;
        return None;
    };
    let size = entry.metadata().map_or(0, |metadata| metadata.len());
    Some(Input { walked: true, ..file(&entry.into_path(), Some(size), Some(format)) })
}

/// A folder that cannot be listed or a link that leads nowhere is told; a link back up the tree leads to nothing new.
fn broken(error: &walkdir::Error) -> Option<Input> {
    let path = error.path().filter(|_| error.loop_ancestor().is_none())?;
    let unlisted_folder = path.is_dir();
    let reason = error.io_error().map_or_else(|| error.to_string(), cannot_open);
    let mut input = file(path, Some(0), Format::of_name(path));
    input.origin = Origin::Broken(reason);
    (input.format.is_some() || unlisted_folder).then_some(input)
}

fn file(path: &Path, size: Option<u64>, format: Option<Format>) -> Input {
    let name = path.to_string_lossy().into_owned();
    Input { name, size, format, walked: false, origin: Origin::File(path.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{gzip, zstd};
    use super::*;

    fn names(inputs: &Inputs, root: &Path) -> Vec<String> {
        let root = format!("{}{}", root.display(), std::path::MAIN_SEPARATOR);
        inputs.files.iter().map(|input| input.name.replace(&root, "").replace(std::path::MAIN_SEPARATOR, "/")).collect()
    }

    fn write(root: &Path, name: &str, bytes: &[u8]) -> PathBuf {
        let path = root.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, bytes).expect("written");
        path
    }

    #[test]
    fn a_folder_is_walked_in_byte_order() {
        let root = tempfile::tempdir().expect("a folder");
        for name in ["b.txt", "a/2.json", "a/10.csv.gz", "a.txt", "Z.tsv.zst", ".hidden.txt", ".git/x.txt", "c.md", "d"]
        {
            write(root.path(), name, b"12");
        }
        let inputs = expand(&[root.path().to_owned()], &Options::default()).expect("files");
        assert_eq!(names(&inputs, root.path()), ["Z.tsv.zst", "a.txt", "a/10.csv.gz", "a/2.json", "b.txt"]);
        assert_eq!(inputs.size, Some(10));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_but_not_in_circles_and_broken_ones_are_told() {
        use std::os::unix::fs::symlink;
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "a/1.txt", b"");
        symlink(root.path(), root.path().join("a/up")).expect("a link");
        symlink(root.path().join("nowhere"), root.path().join("gone.txt")).expect("a link");
        symlink(root.path().join("nowhere"), root.path().join("gone.md")).expect("a link");
        symlink(root.path().join("a/1.txt"), root.path().join("link.txt")).expect("a link");
        let inputs = expand(&[root.path().to_owned()], &Options::default()).expect("files");
        assert_eq!(names(&inputs, root.path()), ["a/1.txt", "gone.txt", "link.txt"]);
        assert!(matches!(&inputs.files[1].origin, Origin::Broken(message) if message.starts_with("cannot be opened")));
    }

    #[cfg(unix)]
    #[test]
    fn pipes_in_folders_are_passed_over() {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "a.txt", b"");
        let made = std::process::Command::new("mkfifo").arg(root.path().join("b.txt")).status();
        assert!(made.is_ok_and(|status| status.success()), "mkfifo works");
        let inputs = expand(&[root.path().to_owned()], &Options::default()).expect("files");
        assert_eq!(names(&inputs, root.path()), ["a.txt"]);
        let pipe = expand(&[root.path().join("b.txt")], &Options::default()).expect("a pipe by name is meant");
        assert_eq!(pipe.size, None);
    }

    #[test]
    fn errors_name_the_path_and_the_remedy() {
        let root = tempfile::tempdir().expect("a folder");
        let check = |path: &Path, expected: &str| {
            let error = expand(&[path.to_owned()], &Options::default()).expect_err("an error").to_string();
            assert!(error.starts_with(&path.display().to_string()) && error.contains(expected), "{error}");
        };
        check(&root.path().join("none.txt"), "no such file or folder");
        check(&root.path().join("none"), "no such file or folder");
        check(root.path(), "no file ending in .txt");
        check(&write(root.path(), "a.dat", b"words"), "--input-format");
        check(&write(root.path(), "empty.dat", b""), "--input-format");
        check(root.path(), "no file ending in .txt");
        let twice = expand(&["-".into(), "-".into()], &Options::default()).expect_err("an error");
        assert!(twice.to_string().contains("only once"));
        assert!(matches!(expand(&[], &Options::default()), Err(InputError::Nothing)));
    }

    #[test]
    fn first_bytes_tell_json() {
        let check = |bytes: &[u8], expected: Option<Format>| assert_eq!(sniff(bytes, &FieldMap::default()), expected);
        check(b" \n [ {", Some(Format::Json));
        check(b"{\"a\":1}\n{\"a\":2}\n", Some(Format::Jsonl));
        check(b"{\"a\":1", Some(Format::Jsonl));
        check(b"{\n \"a\":1}", Some(Format::Json));
        check(b"a,b\n", None);
    }

    #[test]
    fn a_header_row_with_a_text_tells_a_table() {
        let check = |bytes: &[u8], expected: Option<Format>| assert_eq!(sniff(bytes, &FieldMap::default()), expected);
        check(b"id,\"Text\"\n1,x\n", Some(Format::Csv));
        check(b"url;body\r\n", Some(Format::Csv));
        check(b"id\ttext\tlang\n", Some(Format::Tsv));
        check(b"text\nx\n", None);
        check(b"Text, we were told on Sunday by the mayor herself, is no news\n", None);
        let map = FieldMap::parse("text=Words").expect("a good mapping");
        assert_eq!(sniff(b"id,words\n", &map), Some(Format::Csv));
    }

    #[test]
    fn files_that_are_no_text_are_told() {
        let root = tempfile::tempdir().expect("a folder");
        let check = |name: &str, bytes: &[u8], expected: &str| {
            let path = write(root.path(), name, bytes);
            let error = expand(&[path], &Options::default()).expect_err("an error").to_string();
            assert!(error.contains(expected), "{error}");
        };
        check("a.pdf", b"%PDF-1.4", "a.pdf: a PDF, not text: save it");
        check("a.docx", b"PK\x03\x04xx", "a Word, Excel or ZIP file");
        check("a.html", b"<!doctype html>", "a web page or XML");
    }

    #[test]
    fn files_of_other_endings_are_counted() {
        let root = tempfile::tempdir().expect("a folder");
        for name in ["a.txt", "b.PDF", "c.pdf", "d/e.md", "README", ".hidden.md"] {
            write(root.path(), name, b"x");
        }
        let others = expand(&[root.path().to_owned()], &Options::default()).expect("files").others;
        let expected = [("", 1), ("md", 1), ("pdf", 2)].map(|(ending, count)| (ending.to_owned(), count));
        assert_eq!(others, BTreeMap::from(expected));
    }

    #[test]
    fn the_option_decides_for_files_given_by_name() {
        let root = tempfile::tempdir().expect("a folder");
        let path = write(root.path(), "a.dat", b"words");
        let options = Options { format: Some(Format::Csv), ..Options::default() };
        let inputs = expand(&[path, "-".into()], &options).expect("files");
        assert!(inputs.files.iter().all(|input| input.format == Some(Format::Csv)));
        assert_eq!(inputs.size, None);
    }

    #[test]
    fn compressed_json_is_sniffed_too() {
        let root = tempfile::tempdir().expect("a folder");
        let gz = write(root.path(), "a", &gzip(b"[]"));
        let zst = write(root.path(), "b", &zstd(b"{}"));
        let inputs = expand(&[gz, zst], &Options::default()).expect("files");
        assert_eq!(inputs.files[0].format, Some(Format::Json));
        assert_eq!(inputs.files[1].format, Some(Format::Jsonl));
    }

    #[test]
    fn the_stem_leaves_endings_off() {
        let check = |path: &str, expected: &str| assert_eq!(file(Path::new(path), None, None).stem(), expected);
        check("x/a.txt", "a");
        check("x/a.b.txt.gz", "a.b");
        check("a", "a");
        check(".txt", ".txt");
    }
}
