//! Paths -> the inputs to read, in order. Looks at names, kinds and sizes; opens a file only where its name tells no format.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

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
    let (mut inputs, mut own): (Vec<Input>, Vec<PathBuf>) = Default::default();
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
            inputs.extend(folder(path, options.is_own, &mut own)?);
        } else {
            inputs.push(named_file(path, &metadata, options)?);
        }
    }
    own.sort_unstable();
    let size = inputs.iter().map(|input| input.size).sum();
    Ok(Inputs { files: inputs, size, own })
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
            input.format = Some(sniff(&source.bytes).ok_or_else(|| InputError::UnknownFormat(path.to_owned()))?);
        }
    }
    Ok(input)
}

/// Bytes that [`sniff`] wants to see, if there are as many.
pub(super) const SNIFFED: usize = 1 << 16;

/// The format that the first bytes tell: JSON, where the first of them opens an array or an object that its line does
/// not close, JSON Lines where it does.
pub(super) fn sniff(bytes: &[u8]) -> Option<Format> {
    let bytes = bytes.trim_ascii_start();
    match bytes.first()? {
        b'[' => Some(Format::Json),
        b'{' => {
            let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or(bytes);
            let open = line.len() < bytes.len() && !line.trim_ascii_end().ends_with(b"}");
            Some(if open { Format::Json } else { Format::Jsonl })
        }
        _ => None,
    }
}

fn folder(path: &Path, is_own: fn(&Path) -> bool, own: &mut Vec<PathBuf>) -> Result<Vec<Input>, InputError> {
    let visible = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
    let entries = WalkDir::new(path).follow_links(true).into_iter().filter_entry(visible);
    let mut inputs: Vec<Input> =
        entries.filter_map(|entry| entry.map_or_else(|error| broken(&error), listed)).collect();
    inputs.retain(|input| {
        let path = Path::new(&input.name);
        let kept = !is_own(path);
        if !kept {
            own.push(path.to_owned());
        }
        kept
    });
    if inputs.is_empty() {
        return Err(InputError::EmptyFolder(path.to_owned()));
    }
    inputs.sort_unstable_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
    Ok(inputs)
}

/// A regular file with one of the endings; pipes and devices in folders are passed over.
fn listed(entry: DirEntry) -> Option<Input> {
    let format = Format::of_name(entry.path()).filter(|_| entry.file_type().is_file())?;
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
        let root = format!("{}/", root.display());
        inputs.files.iter().map(|input| input.name.replace(&root, "")).collect()
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
        let check = |bytes: &[u8], expected: Option<Format>| assert_eq!(sniff(bytes), expected);
        check(b" \n [ {", Some(Format::Json));
        check(b"{\"a\":1}\n{\"a\":2}\n", Some(Format::Jsonl));
        check(b"{\"a\":1", Some(Format::Jsonl));
        check(b"{\n \"a\":1}", Some(Format::Json));
        check(b"a,b\n", None);
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
