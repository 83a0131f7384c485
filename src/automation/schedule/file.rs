//! The file of schedules, changed under a lock and replaced atomically.

use std::io;
use std::path::{Path, PathBuf};

use super::Schedules;
use super::form;
use super::problem::ScheduleProblem;
use super::render::render;
use crate::files::{FileError, Quarantined, lock_file, quarantine, read_text, replace};

/// The largest file that is read: 10,000 thermostats with their ids need less than half of it.
const MOST_BYTES: u64 = 2 * 1024 * 1024;

/// The first lines of the file.
const HEADER: &str = "\
# The schedules of Setpoint. You may edit this file; the program reads it again.
# When the program changes a schedule, it writes the file anew, and comments of yours are not kept.
";

/// Schedules with the problems of their file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LoadedSchedules {
    /// The entries that can be used.
    pub schedules: Schedules,
    pub problems: Vec<ScheduleProblem>,
}

/// A file of schedules.
#[derive(Debug, Clone)]
pub struct SchedulesFile {
    path: PathBuf,
}

impl SchedulesFile {
    /// The file in a folder.
    pub fn in_folder(folder: &Path) -> Self {
        Self { path: folder.join("schedules.toml") }
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the file, which stays as it is. A missing one has no schedules.
    ///
    /// # Errors
    /// The file cannot be read, or is no TOML of this version. Nothing of it can be used.
    pub fn load(&self) -> Result<LoadedSchedules, ScheduleProblem> {
        match read_text(&self.path, MOST_BYTES) {
            Ok(text) => parse(&text),
            Err(err) if err.kind() == io::ErrorKind::NotFound => Ok(LoadedSchedules::default()),
            Err(err) => Err(ScheduleProblem::Unreadable(FileError::from(&err))),
        }
    }

    /// Changes the schedules in the file, under its lock. A file that is no TOML is quarantined first, and returned in
    /// the problems.
    ///
    /// # Errors
    /// The file cannot be locked, read, quarantined or replaced, or is of a newer version; it stays as it is.
    pub fn update(&self, change: impl FnOnce(&mut Schedules)) -> Result<LoadedSchedules, ScheduleProblem> {
        let unreadable = |err: &io::Error| ScheduleProblem::Unreadable(FileError::from(err));
        let _lock = lock_file(&self.path).map_err(|err| unreadable(&err))?;
        let mut loaded = match self.load() {
            Ok(loaded) => loaded,
            Err(ScheduleProblem::NotToml { .. }) => {
                let aside = quarantine(&self.path);
                if matches!(aside, Quarantined::Stuck { .. }) {
                    return Err(ScheduleProblem::SetAside(aside));
                }
                LoadedSchedules { problems: vec![ScheduleProblem::SetAside(aside)], ..LoadedSchedules::default() }
            }
            Err(problem) => return Err(problem),
        };
        change(&mut loaded.schedules);
        let text = format!("{HEADER}{}", render(&loaded.schedules));
        if text.len() as u64 > MOST_BYTES {
            // A larger file would not be read again.
            return Err(ScheduleProblem::Unreadable(FileError::NotPlain));
        }
        replace(&self.path, text.as_bytes()).map_err(|err| unreadable(&err))?;
        Ok(loaded)
    }
}

/// Reads schedules from a text.
///
/// # Errors
/// The text is no TOML of this version.
pub(super) fn parse(text: &str) -> Result<LoadedSchedules, ScheduleProblem> {
    let (schedules, problems) = form::parse(text)?;
    Ok(LoadedSchedules { schedules, problems })
}

impl Schedules {
    /// Reads schedules from a text, for an import.
    ///
    /// # Errors
    /// The text is no TOML of this version.
    pub fn parse(text: &str) -> Result<LoadedSchedules, ScheduleProblem> {
        parse(text)
    }

    /// The text of the schedules, for the file and for an export.
    pub fn to_text(&self) -> String {
        render(self)
    }
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;
