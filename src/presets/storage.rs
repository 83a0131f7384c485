//! Where presets are kept: a file that is replaced as a whole.
//!
//! Loading never fails. A file that cannot be read is kept aside; an entry that cannot be read
//! stays in the file as it came.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{MAX_NAME_CHARS, Preset, Presets};
use crate::files::{Aside, keep_aside, read, replace};

/// The version of the file's form.
const VERSION: u32 = 1;
/// What is added to a name that two presets have.
const ROOM_FOR_NUMBER: usize = 8;

#[derive(Serialize, Deserialize)]
struct FileForm {
    version: u32,
    presets: Vec<Value>,
}

/// What was wrong with the file. Displays as an English sentence without a full stop; the window
/// has its own words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PresetsWarning {
    /// The file is no list of presets.
    #[error("The list of presets {0}")]
    SetAside(Aside),
    /// So many entries mean nothing to this version.
    #[error("{}", unusable(*.0))]
    Unusable(usize),
}

fn unusable(count: usize) -> String {
    match count {
        1 => "One preset cannot be used by this version; it is kept in the file".to_owned(),
        several => format!("{several} presets cannot be used by this version; they are kept in the file"),
    }
}

/// Presets with what a person should know about the file.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Always usable.
    pub presets: Presets,
    /// What was wrong.
    pub notices: Vec<PresetsWarning>,
}

/// A file of presets.
#[derive(Debug, Clone)]
pub struct PresetsFile {
    path: PathBuf,
}

impl PresetsFile {
    /// The file in a folder.
    pub fn in_folder(folder: &Path) -> Self {
        Self { path: folder.join("presets.json") }
    }

    /// Reads the presets; never fails.
    pub fn load(&self) -> Loaded {
        let form = match read(&self.path) {
            Ok(bytes) => serde_json::from_slice::<FileForm>(&bytes).ok().filter(|form| form.version == VERSION),
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Loaded::default(),
            // Saving must not replace what could not be read just now.
            Err(_) => None,
        };
        match form {
            Some(form) => from_entries(form.presets),
            None => Loaded { notices: vec![PresetsWarning::SetAside(keep_aside(&self.path))], ..Loaded::default() },
        }
    }

    /// Whether anything was kept there.
    pub fn exists(&self) -> bool {
        self.path.exists()
    }

    /// Reads several files as one, for those who had one an account. Where two presets have the same
    /// name or number, the later one gets another.
    pub fn load_together(files: &[Self]) -> Loaded {
        let mut all = Loaded::default();
        let mut lists = Vec::new();
        for file in files {
            let Loaded { presets, notices } = file.load();
            all.notices.extend(notices);
            all.presets.unreadable.extend(presets.unreadable);
            lists.extend(presets.list);
        }
        all.presets.last_id = ids_of(&all.presets.unreadable).max().unwrap_or_default();
        for mut preset in lists {
            // What is in the way is fewer than these, so that one of them is free; a long name is cut for
            // its number to fit.
            let short: String = preset.name.chars().take(MAX_NAME_CHARS - ROOM_FOR_NUMBER).collect();
            let numbered = (2..=all.presets.list.len() + 2).map(|number| format!("{short} {number}"));
            let mut names = std::iter::once(preset.name.clone()).chain(numbered);
            let free = names.find(|name| all.presets.free_name(name, None).is_ok());
            preset.name = free.unwrap_or(preset.name);
            preset.id = all.presets.last_id + 1;
            all.presets.last_id = preset.id;
            all.presets.list.push(preset);
        }
        all
    }

    /// Replaces the file as a whole.
    pub fn save(&self, presets: &Presets) -> io::Result<()> {
        let readable = presets.list.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>();
        let mut entries = readable.map_err(io::Error::other)?;
        entries.extend(presets.unreadable.iter().cloned());
        let form = FileForm { version: VERSION, presets: entries };
        replace(&self.path, &serde_json::to_vec_pretty(&form).map_err(io::Error::other)?)
    }
}

fn from_entries(entries: Vec<Value>) -> Loaded {
    let mut presets = Presets::default();
    let mut ids = BTreeSet::new();
    for entry in entries {
        let preset = serde_json::from_value::<Preset>(entry.clone()).ok();
        // A hand may have written what the program would not: a name twice, nothing in it.
        match preset.filter(|preset| !preset.writes.is_empty() && presets.free_name(&preset.name, None).is_ok()) {
            Some(preset) if ids.insert(preset.id) => presets.list.push(preset),
            Some(_) | None => presets.unreadable.push(entry),
        }
    }
    // A number that an unreadable entry has is not given away either.
    presets.last_id = ids.into_iter().chain(ids_of(&presets.unreadable)).max().unwrap_or_default();
    let notices = match presets.unreadable.len() {
        0 => Vec::new(),
        count => vec![PresetsWarning::Unusable(count)],
    };
    Loaded { presets, notices }
}

fn ids_of(entries: &[Value]) -> impl Iterator<Item = u64> {
    entries.iter().filter_map(|entry| entry.get("id")?.as_u64())
}

#[cfg(test)]
#[path = "storage_tests.rs"]
mod tests;
