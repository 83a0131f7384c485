//! The file of presets, changed under a lock and replaced atomically.
//!
//! Loading never fails. A damaged file is quarantined; an unreadable entry stays in the file unchanged.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Preset, Presets};
use crate::files::{Quarantined, lock_file, quarantine, read, replace};
use crate::i18n::{Message, ToMessage, display_english, message};

/// The version of the file format.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct FileForm {
    version: u32,
    presets: Vec<Value>,
}

/// A problem of the file. Displays as an English sentence without a full stop; the window has its own messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PresetsWarning {
    /// The file is no list of presets.
    SetAside(Quarantined),
    /// The number of entries that this version cannot read.
    Unusable(usize),
}

impl ToMessage for PresetsWarning {
    fn to_message(&self) -> Message {
        match self {
            Self::SetAside(aside) => aside.message_of("presets-set-aside", "presets-stuck"),
            Self::Unusable(count) => message!("presets-unusable", count = *count),
        }
    }
}

display_english!(PresetsWarning);

/// Presets with warnings about their file.
#[derive(Debug, Default)]
pub struct LoadedPresets {
    /// The presets, always usable.
    pub presets: Presets,
    /// The warnings.
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
    pub fn load(&self) -> LoadedPresets {
        let form = match read(&self.path) {
            Ok(bytes) => serde_json::from_slice::<FileForm>(&bytes).ok().filter(|form| form.version == VERSION),
            Err(err) if err.kind() == io::ErrorKind::NotFound => return LoadedPresets::default(),
            // Saving must not replace a file that could not be read.
            Err(_) => None,
        };
        match form {
            Some(form) => from_entries(form.presets),
            None => LoadedPresets {
                notices: vec![PresetsWarning::SetAside(quarantine(&self.path))],
                ..LoadedPresets::default()
            },
        }
    }

    /// True if the file exists.
    pub fn exists(&self) -> bool {
        self.path.exists()
    }

    /// Reads several files as one, from the time when each account had its own. Of two presets with the same
    /// name or id the later one gets another.
    pub fn load_together(files: &[Self]) -> LoadedPresets {
        let mut all = LoadedPresets::default();
        let mut lists = Vec::new();
        for file in files {
            let LoadedPresets { presets, notices } = file.load();
            all.notices.extend(notices);
            all.presets.unreadable.extend(presets.unreadable);
            lists.extend(presets.list);
        }
        all.presets.last_id = ids_of(&all.presets.unreadable).max().unwrap_or_default();
        for mut preset in lists {
            preset.id = all.presets.last_id + 1;
            preset.name = all.presets.numbered_name(&preset.name, preset.id);
            all.presets.last_id = preset.id;
            all.presets.list.push(preset);
        }
        all
    }

    /// Reads the presets again after a change of the file. `None` if there are none to be read: the file may be half
    /// written by an editor, so it stays.
    pub fn reload(&self) -> Option<Presets> {
        let form = serde_json::from_slice::<FileForm>(&read(&self.path).ok()?).ok()?;
        (form.version == VERSION).then(|| from_entries(form.presets).presets)
    }

    /// Applies the changes that lead from `base` to `mine` to the file, under its lock, and returns the result. A
    /// file that is gone or damaged counts as `base`.
    ///
    /// # Errors
    /// The lock or the file is not available, or a damaged file cannot be kept aside; the file is unchanged.
    pub fn update(&self, base: &Presets, mine: &Presets) -> io::Result<LoadedPresets> {
        let _lock = lock_file(&self.path)?;
        let mut loaded = if self.exists() { self.load() } else { LoadedPresets::default() };
        if loaded.notices.iter().any(|notice| matches!(notice, PresetsWarning::SetAside(Quarantined::Stuck { .. }))) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        // Unusable entries were reported when the file was loaded.
        loaded.notices.retain(|notice| matches!(notice, PresetsWarning::SetAside(_)));
        if !self.exists() {
            loaded.presets = base.clone();
        }
        loaded.presets.take_changes(base, mine);
        self.save(&loaded.presets)?;
        Ok(loaded)
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Replaces the file.
    fn save(&self, presets: &Presets) -> io::Result<()> {
        let readable = presets.list.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>();
        let mut entries = readable.map_err(io::Error::other)?;
        entries.extend(presets.unreadable.iter().cloned());
        let form = FileForm { version: VERSION, presets: entries };
        replace(&self.path, &serde_json::to_vec_pretty(&form).map_err(io::Error::other)?)
    }
}

fn from_entries(entries: Vec<Value>) -> LoadedPresets {
    let mut presets = Presets::default();
    let mut ids = BTreeSet::new();
    for entry in entries {
        let preset = serde_json::from_value::<Preset>(entry.clone()).ok();
        // A file edited by hand may contain a name twice, or an empty preset.
        match preset.filter(|preset| !preset.writes.is_empty() && presets.free_name(&preset.name, None).is_ok()) {
            Some(preset) if ids.insert(preset.id) => presets.list.push(preset),
            Some(_) | None => presets.unreadable.push(entry),
        }
    }
    // Ids of unreadable entries are not reused either.
    presets.last_id = ids.into_iter().chain(ids_of(&presets.unreadable)).max().unwrap_or_default();
    let notices = match presets.unreadable.len() {
        0 => Vec::new(),
        count => vec![PresetsWarning::Unusable(count)],
    };
    LoadedPresets { presets, notices }
}

fn ids_of(entries: &[Value]) -> impl Iterator<Item = u64> {
    entries.iter().filter_map(|entry| entry.get("id")?.as_u64())
}

#[cfg(test)]
#[path = "storage_tests.rs"]
mod tests;
