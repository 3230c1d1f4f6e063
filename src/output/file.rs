//! One file that is written at once: a table that is no part of a run, a list of words.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tempfile::TempPath;

use super::OutputError;
use super::folder::{Unfinished, temporary_file};

/// A file on its way to its name, which it gets when it is whole: until then an older one has it.
#[derive(Debug)]
pub struct NewFile {
    /// As given.
    given: PathBuf,
    path: PathBuf,
    file: File,
    /// The temporary name; none where `path` is a device or a pipe, which is written as it is.
    name: Arc<Mutex<Vec<TempPath>>>,
}

impl NewFile {
    /// Begins the file, so that what can be known to fail later fails here.
    ///
    /// # Errors
    /// When its folder cannot be written to, or is not there, or `path` is a folder.
    pub fn create(path: &Path) -> Result<Self, OutputError> {
        let unwritable = |source| OutputError::UnwritableFile { path: path.to_owned(), source };
        let found = fs::metadata(path).ok();
        if found.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(OutputError::NotAFile(path.to_owned()));
        }
        if found.as_ref().is_some_and(|found| !found.is_file()) {
            let file = File::options().write(true).open(path).map_err(unwritable)?;
            return Ok(Self { given: path.to_owned(), path: path.to_owned(), file, name: Arc::default() });
        }
        let given = path.to_owned();
        // Of a link the file that it leads to is replaced.
        let path = if found.is_some() { fs::canonicalize(path).map_err(unwritable)? } else { path.to_owned() };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (file, name) = temporary_file(folder, &name).map_err(unwritable)?.into_parts();
        Ok(Self { given, path, file, name: Arc::new(Mutex::new(vec![name])) })
    }

    /// The file as long as it is under its temporary name.
    #[must_use]
    pub fn unfinished(&self) -> Unfinished {
        Unfinished::of(&self.name)
    }

    /// Writes the file and gives it its name.
    ///
    /// # Errors
    /// When the bytes cannot be written or the file cannot get its name.
    pub fn finish(mut self, bytes: &[u8]) -> Result<(), OutputError> {
        let written = self.file.write_all(bytes);
        written.map_err(|source| OutputError::UnwritableFile { path: self.given.clone(), source })?;
        // Some systems let no open file be renamed.
        drop(self.file);
        let mut names = self.name.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(name) = names.pop() else { return Ok(()) };
        let path = self.path;
        name.persist(&path).map_err(|error| OutputError::Replace { path, source: error.error })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_file_stays_until_the_new_one_is_whole() {
        let folder = tempfile::tempdir().expect("room in the temporary folder");
        let path = folder.path().join("stances.csv");
        fs::write(&path, "old").expect("room");
        let read = || fs::read_to_string(&path).expect("a file");
        drop(NewFile::create(&path).expect("begun"));
        assert_eq!(read(), "old");
        let file = NewFile::create(&path).expect("begun");
        assert_eq!(read(), "old");
        file.finish(b"new").expect("room");
        assert_eq!(read(), "new");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_devices_stay_what_they_are() {
        let folder = tempfile::tempdir().expect("room in the temporary folder");
        let [path, link] = ["a.csv", "link.csv"].map(|name| folder.path().join(name));
        fs::write(&path, "old").expect("room");
        std::os::unix::fs::symlink(&path, &link).expect("a link");
        NewFile::create(&link).expect("begun").finish(b"new").expect("room");
        assert_eq!(fs::read_to_string(&path).expect("a file"), "new");
        assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
        let null = Path::new("/dev/null");
        NewFile::create(null).expect("begun").finish(b"lost").expect("room");
        assert!(!fs::metadata(null).expect("a device").is_file());
    }

    #[test]
    fn what_cannot_be_written_is_told_before_it_is_made() {
        let folder = tempfile::tempdir().expect("room in the temporary folder");
        let place = folder.path().display();
        let error = NewFile::create(folder.path()).expect_err("a folder");
        assert_eq!(error.to_string(), format!("{place}: is a folder, not a file: name a file"));
        let missing = folder.path().join("none").join("a.csv");
        let error = NewFile::create(&missing).expect_err("no folder");
        assert!(error.to_string().starts_with(&format!("{}: cannot be written (", missing.display())), "{error}");
        assert!(error.to_string().ends_with("): make its folder first, or name another file"), "{error}");
        let told = |kind: std::io::ErrorKind| {
            let error = OutputError::UnwritableFile { path: "a.csv".into(), source: kind.into() }.to_string();
            error.rsplit("): ").next().map(str::to_owned).unwrap_or_default()
        };
        for (kind, remedy) in [
            (std::io::ErrorKind::PermissionDenied, "change the permissions of its folder, or name another file"),
            (
                std::io::ErrorKind::NotADirectory,
                "move away the file that stands where its folder should be, or name another file",
            ),
            (std::io::ErrorKind::TimedOut, "mend that, or name another file"),
        ] {
            assert_eq!(told(kind), remedy);
        }
    }
}
