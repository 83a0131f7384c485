//! Presets: named sets of writes, such as "Night", applied together.
//!
//! A preset is captured from the present state ([`capture()`]) or suggested ([`suggestions`]), previewed before
//! it is applied ([`Preset::ready`]), and kept in one list for all accounts ([`Presets`]). The engine applies
//! it.

mod capture;
mod merge;
mod storage;
mod suggest;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use capture::{Scope, capture};
pub use storage::{LoadedPresets, PresetsFile, PresetsWarning};
pub use suggest::{Starter, Suggestion, suggestions};

use crate::home::{DeviceTree, PreviewLine, Refusal, Verdict, Write, preview};
use crate::i18n::{Message, ToMessage, display_english, message};

/// The maximum length of a name, in characters.
pub const MAX_NAME_CHARS: usize = 40;

/// A named set of writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preset {
    /// Unique within the list; never changes.
    pub id: u64,
    /// The name given by the user.
    pub name: String,
    pub writes: Vec<Write>,
    /// The names of its devices when it was made, by id, for devices that are gone.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub devices: BTreeMap<String, String>,
}

impl Preset {
    /// The preview of its writes, in the order of sending. A device that is gone is included under its former
    /// name.
    pub fn ready(&self, home: &DeviceTree, now: Timestamp) -> Vec<PreviewLine> {
        let mut lines = preview(home, &self.writes, now);
        for line in &mut lines {
            if let Verdict::Refused(Refusal::Unknown(id)) = &line.verdict
                && let Some(name) = self.devices.get(id)
            {
                line.name.clone_from(name);
            }
        }
        lines
    }
}

/// The reason why a preset cannot be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PresetError {
    /// The name is empty.
    NameMissing,
    /// The name is too long for a button.
    NameTooLong(usize),
    /// Another preset has the name, in some case.
    NameTaken(String),
    /// The preset has no writes.
    Empty,
    /// The preset was removed meanwhile.
    Gone,
}

impl ToMessage for PresetError {
    fn to_message(&self) -> Message {
        match self {
            Self::NameMissing => message!("preset-name-empty"),
            Self::NameTooLong(chars) => message!("preset-name-long", chars = *chars, most = MAX_NAME_CHARS),
            Self::NameTaken(name) => message!("preset-name-taken", name = name),
            Self::Empty => message!("preset-sets-nothing"),
            Self::Gone => message!("preset-unknown"),
        }
    }
}

display_english!(PresetError);

/// The presets of all accounts of the settings, or of the simulated home, in their order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Presets {
    list: Vec<Preset>,
    /// Entries of the file that this version cannot read; they are written back unchanged.
    unreadable: Vec<Value>,
    last_id: u64,
}

impl Presets {
    /// All presets, in order.
    pub fn list(&self) -> &[Preset] {
        &self.list
    }

    /// The preset with this id.
    pub fn get(&self, id: u64) -> Option<&Preset> {
        self.list.iter().find(|preset| preset.id == id)
    }

    /// The preset with this name, in any case.
    pub fn find(&self, name: &str) -> Option<&Preset> {
        let wanted = key(name);
        self.list.iter().find(|preset| key(&preset.name) == wanted)
    }

    /// Adds a preset at the end and returns its id. `home` has the names of the devices.
    pub fn add(&mut self, name: &str, writes: Vec<Write>, home: &DeviceTree) -> Result<u64, PresetError> {
        let name = self.free_name(name, None)?;
        if writes.is_empty() {
            return Err(PresetError::Empty);
        }
        let devices = device_names(&writes, home, &BTreeMap::new());
        self.last_id = self.last_id.saturating_add(1);
        self.list.push(Preset { id: self.last_id, name, writes, devices });
        Ok(self.last_id)
    }

    /// Renames a preset.
    pub fn rename(&mut self, id: u64, name: &str) -> Result<(), PresetError> {
        let name = self.free_name(name, Some(id))?;
        self.get_mut(id)?.name = name;
        Ok(())
    }

    /// Replaces the writes of a preset.
    pub fn replace(&mut self, id: u64, writes: Vec<Write>, home: &DeviceTree) -> Result<(), PresetError> {
        let preset = self.get_mut(id)?;
        if writes.is_empty() {
            return Err(PresetError::Empty);
        }
        preset.devices = device_names(&writes, home, &preset.devices);
        preset.writes = writes;
        Ok(())
    }

    /// Removes a preset and returns it with its place, for [`Presets::put_back`].
    pub fn remove(&mut self, id: u64) -> Option<(usize, Preset)> {
        let at = self.list.iter().position(|preset| preset.id == id)?;
        Some((at, self.list.remove(at)))
    }

    /// Restores a removed preset under its old id.
    pub fn put_back(&mut self, at: usize, preset: Preset) -> Result<(), PresetError> {
        self.free_name(&preset.name, None)?;
        self.last_id = self.last_id.max(preset.id);
        self.list.insert(at.min(self.list.len()), preset);
        Ok(())
    }

    /// Moves a preset to a place, or to the end.
    pub fn move_to(&mut self, id: u64, to: usize) -> Result<(), PresetError> {
        let (_, preset) = self.remove(id).ok_or(PresetError::Gone)?;
        self.list.insert(to.min(self.list.len()), preset);
        Ok(())
    }

    fn get_mut(&mut self, id: u64) -> Result<&mut Preset, PresetError> {
        self.list.iter_mut().find(|preset| preset.id == id).ok_or(PresetError::Gone)
    }

    /// The name in its stored form, unless a preset other than `own` has it.
    pub fn free_name(&self, name: &str, own: Option<u64>) -> Result<String, PresetError> {
        let name = name.trim();
        let chars = name.chars().count();
        if name.is_empty() {
            return Err(PresetError::NameMissing);
        }
        if chars > MAX_NAME_CHARS {
            return Err(PresetError::NameTooLong(chars));
        }
        match self.find(name) {
            Some(other) if Some(other.id) != own => Err(PresetError::NameTaken(other.name.clone())),
            Some(_) | None => Ok(name.to_owned()),
        }
    }
}

fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

fn device_names(writes: &[Write], home: &DeviceTree, before: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for write in writes {
        let node = write.slot().node;
        let id = node.id();
        let now = node.name(home);
        let name = if now == id { before.get(id).map_or(now, String::as_str) } else { now };
        names.insert(id.to_owned(), name.to_owned());
    }
    names
}

#[cfg(test)]
#[path = "preset_tests.rs"]
mod tests;
