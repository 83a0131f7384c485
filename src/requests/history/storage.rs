//! The file of a history, changed under a lock and replaced atomically.

use std::io;
use std::path::{Path, PathBuf};

use super::History;
use crate::files::{Quarantined, lock_file, quarantine, read, replace};

/// The version of the file format.
const VERSION: u32 = 1;

/// The file of a history.
#[derive(Debug, Clone)]
pub struct HistoryFile {
    path: PathBuf,
}

impl HistoryFile {
    /// The file in a folder.
    pub fn in_folder(folder: &Path) -> Self {
        Self { path: folder.join("requests.json") }
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the file; never fails. A damaged file is quarantined, and the result says so.
    pub fn load(&self) -> (History, Option<Quarantined>) {
        let (history, quarantined) = self.load_if_present();
        (history.unwrap_or_default(), quarantined)
    }

    /// `None` if the file is missing or damaged.
    fn load_if_present(&self) -> (Option<History>, Option<Quarantined>) {
        match read(&self.path) {
            Ok(bytes) => match parse(&bytes) {
                Some(history) => (Some(history), None),
                None => (None, Some(quarantine(&self.path))),
            },
            Err(err) if err.kind() == io::ErrorKind::NotFound => (None, None),
            Err(_) => (None, Some(quarantine(&self.path))),
        }
    }

    /// Reads the file again after a change. `None` if it cannot be read: an editor may have written one half of it,
    /// so it stays.
    pub fn reload(&self) -> Option<History> {
        parse(&read(&self.path).ok()?)
    }

    /// Reads, changes and replaces the file under its lock, and returns the result.
    ///
    /// # Errors
    /// The lock or the file is not available, or a damaged file cannot be kept aside; the file is unchanged.
    pub fn update(&self, change: impl FnOnce(&mut History)) -> io::Result<(History, Option<Quarantined>)> {
        self.update_or(&History::default(), change)
    }

    /// Applies the changes that lead from `base` to `mine` to the file, under its lock, and returns the result. A
    /// file that is gone or damaged counts as `base`.
    ///
    /// # Errors
    /// As of [`Self::update`].
    pub fn merge(&self, base: &History, mine: &History) -> io::Result<(History, Option<Quarantined>)> {
        self.update_or(base, |history| history.take_changes(base, mine))
    }

    fn update_or(
        &self,
        missing: &History,
        change: impl FnOnce(&mut History),
    ) -> io::Result<(History, Option<Quarantined>)> {
        let _lock = lock_file(&self.path)?;
        let (history, quarantined) = self.load_if_present();
        if matches!(quarantined, Some(Quarantined::Stuck { .. })) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut history = history.unwrap_or_else(|| missing.clone());
        change(&mut history);
        history.version = VERSION;
        replace(&self.path, &serde_json::to_vec_pretty(&history).map_err(io::Error::other)?)?;
        Ok((history, quarantined))
    }
}

fn parse(bytes: &[u8]) -> Option<History> {
    serde_json::from_slice::<History>(bytes).ok().filter(|history| history.version == VERSION)
}

#[cfg(test)]
#[path = "storage_tests.rs"]
mod tests;
