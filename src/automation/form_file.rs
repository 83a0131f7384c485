//! Files that people edit and the program changes: read whole, changed under a lock, and replaced atomically.

use std::fmt::Debug;
use std::io;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use super::form::Read;
use super::problem::FormProblem;
use crate::files::{FileError, Quarantined, lock_file, quarantine, read_text, replace};

/// The largest file that is read: 10,000 thermostats with their ids need less than half of it.
const MOST_BYTES: u64 = 2 * 1024 * 1024;

/// The content of a file, with the problems of those entries that cannot be used.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Loaded<T> {
    pub content: T,
    pub problems: Vec<FormProblem>,
}

/// The content of such a file.
pub trait Form: Default + Debug {
    /// The name of the file.
    const FILE: &str;
    /// The first lines of the file.
    const HEADER: &str;

    /// Reads the text. An entry with a problem is kept aside and written back unchanged.
    ///
    /// # Errors
    /// The text is no TOML of this version.
    fn parse(text: &str) -> Read<Loaded<Self>>;

    /// The text, for the file and for an export.
    fn to_text(&self) -> String;
}

/// A file with such a content.
#[derive(Debug, Clone)]
pub struct FormFile<T> {
    path: PathBuf,
    content: PhantomData<fn() -> T>,
}

impl<T: Form> FormFile<T> {
    /// The file in a folder.
    pub fn in_folder(folder: &Path) -> Self {
        Self { path: folder.join(T::FILE), content: PhantomData }
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the file, which stays as it is. A missing one is empty.
    ///
    /// # Errors
    /// The file cannot be read, or is no TOML of this version. Nothing of it can be used.
    pub fn load(&self) -> Read<Loaded<T>> {
        match read_text(&self.path, MOST_BYTES) {
            Ok(text) => T::parse(&text),
            Err(err) if err.kind() == io::ErrorKind::NotFound => {
                Ok(Loaded { content: T::default(), problems: Vec::new() })
            }
            Err(err) => Err(FormProblem::Unreadable(FileError::from(&err))),
        }
    }

    /// Changes the content of the file, under its lock. A file that is no TOML is quarantined first, and returned in the
    /// problems.
    ///
    /// # Errors
    /// The file cannot be locked, read, quarantined or replaced, or is of a newer version; it stays as it is.
    pub fn update(&self, change: impl FnOnce(&mut T)) -> Read<Loaded<T>> {
        self.update_from(T::default, change)
    }

    /// The same, where a content that was in force takes the place of one that is no TOML.
    ///
    /// # Errors
    /// Those of [`Self::update`].
    pub fn update_from(&self, in_force: impl FnOnce() -> T, change: impl FnOnce(&mut T)) -> Read<Loaded<T>> {
        let unreadable = |err: &io::Error| FormProblem::Unreadable(FileError::from(err));
        let _lock = lock_file(&self.path).map_err(|err| unreadable(&err))?;
        let mut loaded = match self.load() {
            Ok(loaded) => loaded,
            Err(FormProblem::NotToml { .. }) => {
                let aside = quarantine(&self.path);
                if matches!(aside, Quarantined::Stuck { .. }) {
                    return Err(FormProblem::SetAside(aside));
                }
                Loaded { content: in_force(), problems: vec![FormProblem::SetAside(aside)] }
            }
            Err(problem) => return Err(problem),
        };
        change(&mut loaded.content);
        let text = format!("{}{}", T::HEADER, loaded.content.to_text());
        if text.len() as u64 > MOST_BYTES {
            // A larger file would not be read again.
            return Err(FormProblem::Unreadable(FileError::NotPlain));
        }
        replace(&self.path, text.as_bytes()).map_err(|err| unreadable(&err))?;
        Ok(loaded)
    }
}
