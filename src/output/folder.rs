//! Tables as files of a folder. A file has its name only when its table is whole: until then it stands beside under a
//! temporary one, and a run that fails leaves the folder as it found it: should one table not get its name, those that have
//! theirs already give it back to the old ones.

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, Weak},
};

use tempfile::{Builder, NamedTempFile, TempPath};

use crate::{
    output::{Encoder, OutputError, Sink, Style},
    table::Table,
};

/// A folder that gets its tables all at once, in [`Sink::finish`].
#[derive(Debug)]
pub struct Folder {
    files: Vec<TableFile>,
    /// The temporary names of `files`, in the same order; each file is removed when its name is dropped.
    names: Arc<Mutex<Vec<TempPath>>>,
}

/// The tables of a folder that do not have their names yet, for who must end the program from elsewhere.
#[derive(Clone, Debug)]
pub struct Unfinished(Weak<Mutex<Vec<TempPath>>>);

impl Unfinished {
    /// The files of these temporary names.
    pub(super) fn of(names: &Arc<Mutex<Vec<TempPath>>>) -> Self {
        Self(Arc::downgrade(names))
    }

    /// Removes the files, then does what ends the program. Where all tables have their names already, or just get them,
    /// neither is done: the run is over by itself.
    pub fn remove_and(&self, end: impl FnOnce()) {
        let Some(names) = self.0.upgrade() else { return };
        let mut names = names.lock().unwrap_or_else(PoisonError::into_inner);
        if !names.is_empty() {
            names.clear();
            end();
        }
    }
}

/// A table on its way to its name.
#[derive(Debug)]
struct TableFile {
    table: Table,
    path: PathBuf,
    file: File,
}

impl Folder {
    /// The folder, made if it is not there, with the tables begun under temporary names. What can be known to fail
    /// later fails here, before any input is read.
    ///
    /// # Errors
    /// When the folder cannot be made or written to, or something other than a file stands in a table's place.
    pub fn create(folder: &Path, tables: &[Table], style: Style) -> Result<Self, OutputError> {
        if folder.is_file() {
            return Err(OutputError::NotAFolder(folder.to_owned()));
        }
        let unwritable = |source| OutputError::Unwritable { folder: folder.to_owned(), source };
        fs::create_dir_all(folder).map_err(unwritable)?;
        let begun = tables.iter().map(|table| begin(folder, *table, style)).collect::<Result<Vec<_>, _>>()?;
        let (files, names) = begun.into_iter().unzip();
        Ok(Self { files, names: Arc::new(Mutex::new(names)) })
    }

    /// The tables as long as they are under their temporary names.
    #[must_use]
    pub fn unfinished(&self) -> Unfinished {
        Unfinished::of(&self.names)
    }

    /// The files that [`Sink::finish`] puts in place, in the order of the tables.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|file| file.path.as_path())
    }
}

impl Sink for Folder {
    fn wants(&self, table: Table) -> bool {
        self.files.iter().any(|file| file.table == table)
    }

    fn write(&mut self, table: Table, bytes: &[u8]) -> Result<(), OutputError> {
        let Some(file) = self.files.iter_mut().find(|file| file.table == table) else { return Ok(()) };
        file.write(bytes)
    }

    fn finish(self: Box<Self>) -> Result<(), OutputError> {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let new = self.files.into_iter().zip(names.drain(..)).map(|(file, name)| file.closed(name));
        put_in_place(new.collect())
    }
}

impl TableFile {
    fn write(&mut self, bytes: &[u8]) -> Result<(), OutputError> {
        let written = self.file.write_all(bytes);
        written.map_err(|source| OutputError::Write { path: self.path.clone(), source })
    }

    /// The path of a whole table and its temporary name. Some systems let no open file be renamed.
    fn closed(self, name: TempPath) -> (PathBuf, TempPath) {
        (self.path, name)
    }
}

/// Gives whole tables their names: all of them, or none.
fn put_in_place(new: Vec<(PathBuf, TempPath)>) -> Result<(), OutputError> {
    let mut placed = Vec::new();
    for (path, name) in new {
        let failed = match set_aside(&path) {
            Err(error) => Some(error),
            Ok(old) => {
                let failed = name.persist(&path).err().map(|error| error.error);
                // Where the old table still has its name the second one is not needed.
                if failed.is_none() || fs::symlink_metadata(&path).is_err() {
                    placed.push((path.clone(), old));
                }
                failed
            }
        };
        if let Some(source) = failed {
            return Err(put_back(placed, OutputError::Replace { path, source }));
        }
    }
    Ok(())
}

/// Gives the file at `path` a second, temporary name, under which it outlives its replacement until that name is dropped;
/// `None` where there is no such file. Where a file can have but one name, it loses the first for a moment.
fn set_aside(path: &Path) -> io::Result<Option<TempPath>> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Ok(found) if found.is_dir() => return Err(ErrorKind::IsADirectory.into()),
        _ => {}
    }
    let (folder, name) = (path.parent().unwrap_or(path), path.file_name().unwrap_or_default().to_string_lossy());
    let prefix = format!(".{name}.");
    let aside = Builder::new().prefix(&prefix).make_in(folder, |aside| match fs::hard_link(path, aside) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => fs::rename(path, aside),
        result => result,
    })?;
    Ok(Some(aside.into_temp_path()))
}

/// Undoes what [`put_in_place`] did before `error`, which it gives back; where that cannot be, another, that tells where the old
/// tables are.
fn put_back(placed: Vec<(PathBuf, Option<TempPath>)>, error: OutputError) -> OutputError {
    let mut left = Vec::new();
    for (path, old) in placed {
        let Some(old) = old else {
            // A table that was not there before: what matters is that no reader takes it for one of a whole run.
            if fs::remove_file(&path).is_err_and(|error| error.kind() != ErrorKind::NotFound) {
                left.push(format!("{} is new", path.display()));
            }
            continue;
        };
        if let Err(error) = old.persist(&path) {
            let kept = error.path.keep().map_or_else(|_| "lost".to_owned(), |kept| kept.display().to_string());
            left.push(format!("{} is new, the old one is {kept}", path.display()));
        }
    }
    if left.is_empty() { error } else { OutputError::PutBack { left: left.join("; "), source: Box::new(error) } }
}

/// The table under a temporary name, with its header.
fn begin(folder: &Path, table: Table, style: Style) -> Result<(TableFile, TempPath), OutputError> {
    let name = style.file_name(table);
    let path = folder.join(&name);
    if path.is_dir() {
        return Err(OutputError::Occupied(path));
    }
    let unwritable = |source| OutputError::Unwritable { folder: folder.to_owned(), source };
    let (file, temporary_name) = temporary_file(folder, &name).map_err(unwritable)?.into_parts();
    let mut file = TableFile { table, path, file };
    let mut header = Vec::new();
    Encoder::new(style).header(table, &mut header);
    file.write(&header)?;
    Ok((file, temporary_name))
}

/// A file `.quotes.csv.…` with the permissions of any new file; it is removed when dropped.
pub(super) fn temporary_file(folder: &Path, name: &str) -> io::Result<NamedTempFile> {
    let prefix = format!(".{name}.");
    let mut builder = Builder::new();
    builder.prefix(&prefix);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Format;

    fn new_folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("room in the temporary folder")
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    fn check_error(folder: &Path, expected: &str) {
        let error = Folder::create(folder, &Table::ALL, Style::default()).expect_err(expected);
        assert_eq!(error.to_string(), expected.replace("{}", &folder.display().to_string()));
    }

    #[test]
    fn names_come_last() {
        let outer = new_folder();
        let folder = outer.path().join("new/out");
        let tables = [Table::Quotes, Table::Speakers];
        let mut sink = Box::new(Folder::create(&folder, &tables, Style::default()).expect("a folder"));
        assert!(sink.wants(Table::Quotes) && !sink.wants(Table::Stances));
        sink.write(Table::Quotes, b"row\n").expect("room");
        sink.write(Table::Stances, b"lost\n").expect("nothing to do");
        let temporary = names(&folder);
        assert_eq!(temporary.len(), 2);
        assert!(temporary[0].starts_with(".quotes.csv.") && temporary[1].starts_with(".speakers.csv."));
        assert_eq!(sink.paths().collect::<Vec<_>>(), [folder.join("quotes.csv"), folder.join("speakers.csv")]);
        sink.finish().expect("renamed");
        assert_eq!(names(&folder), ["quotes.csv", "speakers.csv"]);
        let quotes = fs::read_to_string(folder.join("quotes.csv")).expect("a table");
        assert_eq!(quotes, format!("{}\nrow\n", Table::Quotes.columns().join(",")));
    }

    #[test]
    fn a_dropped_run_changes_nothing() {
        let folder = new_folder();
        fs::write(folder.path().join("quotes.jsonl"), "old").expect("room");
        let style = Style::new(Format::Jsonl, false, None).expect("a style");
        let mut sink = Folder::create(folder.path(), &Table::ALL, style).expect("a folder");
        sink.write(Table::Quotes, b"new").expect("room");
        drop(sink);
        assert_eq!(names(folder.path()), ["quotes.jsonl"]);
        assert_eq!(fs::read_to_string(folder.path().join("quotes.jsonl")).expect("the old table"), "old");
    }

    #[test]
    fn an_old_table_is_replaced() {
        let folder = new_folder();
        fs::write(folder.path().join("quotes.jsonl"), "old").expect("room");
        let style = Style::new(Format::Jsonl, false, None).expect("a style");
        Box::new(Folder::create(folder.path(), &[Table::Quotes], style).expect("a folder")).finish().expect("renamed");
        assert_eq!(fs::read_to_string(folder.path().join("quotes.jsonl")).expect("the new table"), "");
    }

    #[test]
    fn tables_get_their_names_all_or_none() {
        let folder = new_folder();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("quotes.csv"), "old").expect("room");
        let tables = [Table::Quotes, Table::Stances, Table::Documents];
        let mut sink = Box::new(Folder::create(folder.path(), &tables, Style::default()).expect("a folder"));
        sink.write(Table::Quotes, b"new").expect("room");
        // Comes while the run goes on; quotes and stances have their names before it is their neighbour's turn.
        fs::create_dir_all(path("documents.csv/x")).expect("room");
        let error = sink.finish().expect_err("a folder in the way");
        assert!(error.to_string().starts_with(&format!("{}: cannot be replaced (", path("documents.csv").display())));
        assert_eq!(names(folder.path()), ["documents.csv", "quotes.csv"]);
        assert_eq!(fs::read_to_string(path("quotes.csv")).expect("the old table"), "old");
    }

    #[test]
    fn an_old_table_that_cannot_be_put_back_is_kept_and_named() {
        let folder = new_folder();
        let path = folder.path().join("quotes.csv");
        fs::write(&path, "old").expect("room");
        let old = set_aside(&path).expect("a second name");
        fs::remove_file(&path).expect("there");
        fs::create_dir_all(path.join("x")).expect("room");
        let error = put_back(vec![(path.clone(), old)], OutputError::Closed).to_string();
        let kept = names(folder.path()).into_iter().find(|name| name.starts_with('.')).expect("the old table");
        assert_eq!(fs::read_to_string(folder.path().join(&kept)).expect("the old table"), "old");
        assert!(
            error.contains(&format!("{} is new, the old one is ", path.display())) && error.contains(&kept),
            "{error}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn tables_have_the_permissions_of_any_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = new_folder();
        fs::write(folder.path().join("other"), "").expect("room");
        Box::new(Folder::create(folder.path(), &[Table::Quotes], Style::default()).expect("a folder"))
            .finish()
            .expect("renamed");
        let mode = |name| fs::metadata(folder.path().join(name)).expect("a file").permissions().mode();
        assert_eq!(mode("quotes.csv"), mode("other"));
    }

    #[test]
    fn what_cannot_be_written_is_told_at_once() {
        let outer = new_folder();
        let file = outer.path().join("file");
        fs::write(&file, "").expect("room");
        check_error(&file, "{}: is a file, not a folder: name a folder with -o");
        fs::create_dir_all(outer.path().join("out/stances.csv")).expect("room");
        let error = Folder::create(&outer.path().join("out"), &Table::ALL, Style::default()).expect_err("a folder");
        let place = outer.path().join("out").join("stances.csv");
        assert_eq!(
            error.to_string(),
            format!("{}: is a folder: move it away, or name another folder with -o", place.display())
        );
        assert_eq!(names(&outer.path().join("out")), ["stances.csv"]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn an_unwritable_folder_is_named() {
        let outer = new_folder();
        let file = outer.path().join("file");
        fs::write(&file, "").expect("room");
        check_error(
            &file.join("out"),
            "{}: cannot be written (Not a directory (os error 20)): name another folder with -o, or change its \
             permissions",
        );
    }
}
