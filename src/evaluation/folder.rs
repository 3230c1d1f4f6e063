//! A folder of annotated articles: pairs of `.txt` and `.ann` files, read from the disk.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};
use walkdir::WalkDir;

use super::brat::{self, AnnotationError, Reported};
use crate::document::Document;
use crate::input::{self, InputError, Reader, Record};

/// Why an article of the folder, or the whole folder, is not measured.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// No annotations in it.
    #[error(
        "{0}: no file ending in .ann in this folder: name a folder with pairs of .txt and .ann files (brat standoff)"
    )]
    Empty(PathBuf),
    /// It is a file.
    #[error("{0}: is a file: name the folder that it is in")]
    File(PathBuf),
    /// It cannot be looked through.
    #[error("{path}: cannot be read ({message}): check the path and its rights")]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        message: String,
    },
    /// Annotations in another encoding.
    #[error("{0}: is not in UTF-8: save it so")]
    Encoding(PathBuf),
    /// Annotations without their text.
    #[error("{0}: no .txt file of the same name beside it, nor just one elsewhere in the folder: add it")]
    NoText(PathBuf),
    /// The text is no article.
    #[error("{path}: {message}")]
    Text {
        /// The file.
        path: PathBuf,
        /// What the reader says.
        message: String,
    },
    /// The reader does not take it.
    #[error(transparent)]
    Input(#[from] InputError),
    /// Annotations that do not have the form, or do not fit the text.
    #[error(transparent)]
    Annotation(#[from] AnnotationError),
}

/// An article and its annotations, as files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The `.ann` file.
    pub annotations: PathBuf,
    /// The `.txt` file: of the same name, in the same folder, or the only one of that name in another.
    pub text: Option<PathBuf>,
}

/// What a folder of annotated articles holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gold {
    /// In the order of the `.ann` files' paths.
    pub pairs: Vec<Pair>,
    /// The `.txt` files that are in no pair, in the order of their paths.
    pub unannotated: Vec<PathBuf>,
}

/// The pairs of a folder and its subfolders.
///
/// # Errors
/// A file, a folder that cannot be read, or one without any `.ann` file.
pub fn gold(folder: &Path) -> Result<Gold, FolderError> {
    if folder.is_file() {
        return Err(FolderError::File(folder.to_owned()));
    }
    let (mut annotations, mut all_texts) = (Vec::new(), Vec::new());
    let mut texts = FxHashMap::<PathBuf, Vec<PathBuf>>::default();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| FolderError::Unreadable {
            path: error.path().unwrap_or(folder).to_owned(),
            message: error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
        })?;
        let path = entry.into_path();
        let (Some(stem), Some(ending)) = (path.file_stem(), path.extension()) else { continue };
        if ending.eq_ignore_ascii_case("ann") {
            annotations.push(path);
        } else if ending.eq_ignore_ascii_case("txt") {
            texts.entry(PathBuf::from(stem)).or_default().push(path.clone());
            all_texts.push(path);
        }
    }
    if annotations.is_empty() {
        return Err(FolderError::Empty(folder.to_owned()));
    }
    let pair = |annotations: PathBuf| {
        let known = annotations.file_stem().and_then(|stem| texts.get(Path::new(stem))).map_or(&[][..], Vec::as_slice);
        let beside = known.iter().find(|text| text.parent() == annotations.parent());
        let text = beside.or(if let [only] = known { Some(only) } else { None }).cloned();
        Pair { annotations, text }
    };
    let pairs: Vec<Pair> = annotations.into_iter().map(pair).collect();
    let paired: FxHashSet<&PathBuf> = pairs.iter().filter_map(|pair| pair.text.as_ref()).collect();
    let unannotated = all_texts.into_iter().filter(|text| !paired.contains(text)).collect();
    Ok(Gold { pairs, unannotated })
}

/// Whether anything is annotated in the article of a pair, of whatever type.
#[must_use]
pub fn is_annotated(pair: &Pair) -> bool {
    std::fs::read_to_string(&pair.annotations).is_ok_and(|lines| lines.lines().any(|line| line.starts_with('T')))
}

/// The article of a pair, read as `scan` reads it, but for signs that are written as HTML, and what is annotated in it.
///
/// # Errors
/// A file that cannot be read, annotations that do not have the form or do not fit the text.
pub fn read(pair: &Pair) -> Result<(Document, Vec<Reported>), FolderError> {
    let path = pair.text.as_ref().ok_or_else(|| FolderError::NoText(pair.annotations.clone()))?;
    // Annotations count in the text as it is given.
    let options = input::Options { format: Some(input::Format::Txt), read_signs: false, ..input::Options::default() };
    let inputs = input::expand(std::slice::from_ref(path), &options)?;
    let record = Reader::new(inputs, &options).flat_map(input::Chunk::into_records).next();
    let failed = |message: String| FolderError::Text { path: path.clone(), message };
    let document = match record {
        Some(Record::Document(document)) => document,
        Some(Record::Failed(failure) | Record::Skipped(failure)) => return Err(failed(failure.message)),
        None => return Err(failed("holds no article: fill it or delete its annotations".to_owned())),
    };
    let annotations = std::fs::read_to_string(&pair.annotations).map_err(|error| {
        let path = pair.annotations.clone();
        match error.kind() {
            ErrorKind::InvalidData => FolderError::Encoding(path),
            _ => FolderError::Unreadable { path, message: error.to_string() },
        }
    })?;
    let reported = brat::read(&pair.annotations.display().to_string(), &annotations, &document.text)?;
    Ok((document, reported))
}
