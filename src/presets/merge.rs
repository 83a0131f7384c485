//! Merges the presets of a file with the changes of this program, because another one may have changed the file.

use serde_json::Value;

use super::{MAX_NAME_CHARS, Preset, Presets, key};

/// Characters reserved for the number that makes a name unique.
const ROOM_FOR_NUMBER: usize = 8;

impl Presets {
    /// Applies the changes that lead from `base` to `mine`. `base` is the list as this program read or wrote it
    /// last, and `self` the list of the file now.
    ///
    /// A preset that both sides changed is the one of `mine`. A preset that one side changed and the other removed
    /// stays. Of two new presets with one id or name, the one of `mine` gets another.
    pub fn take_changes(&mut self, base: &Self, mine: &Self) {
        self.last_id = self.last_id.max(mine.last_id);
        self.list.retain(|theirs| mine.get(theirs.id).is_some() || base.get(theirs.id) != Some(theirs));
        let is_new = |entry: &&Value| !base.unreadable.contains(entry) && !self.unreadable.contains(entry);
        let unreadable: Vec<Value> = mine.unreadable.iter().filter(is_new).cloned().collect();
        self.unreadable.extend(unreadable);
        let (mut order, mut changed) = (Vec::new(), Vec::new());
        for preset in &mine.list {
            let is_unchanged = base.get(preset.id) == Some(preset);
            let id = if is_unchanged { preset.id } else { self.put(base, preset, &order) };
            order.push(id);
            changed.extend((!is_unchanged).then_some(id));
        }
        if is_reordered(base, mine) {
            let place = |preset: &Preset| order.iter().position(|id| *id == preset.id).unwrap_or(usize::MAX);
            self.list.sort_by_key(place);
        }
        // After all of them, because presets may have exchanged their names.
        for id in changed {
            let name = self.get(id).map(|preset| self.numbered_name(&preset.name, id));
            if let (Some(name), Ok(preset)) = (name, self.get_mut(id)) {
                preset.name = name;
            }
        }
    }

    /// Replaces or inserts a preset that is new or changed, and returns its id. A new one follows the last of the
    /// presets `before` it.
    fn put(&mut self, base: &Self, preset: &Preset, before: &[u64]) -> u64 {
        let mut preset = preset.clone();
        let is_known = base.get(preset.id).is_some() || self.get(preset.id) == Some(&preset);
        match self.get_mut(preset.id) {
            Ok(theirs) if is_known => {
                *theirs = preset;
                return theirs.id;
            }
            Ok(_) => {
                self.last_id = self.last_id.saturating_add(1);
                preset.id = self.last_id;
            }
            Err(_) => {}
        }
        let place_of = |id: &u64| self.list.iter().position(|other| other.id == *id);
        let to = before.iter().rev().find_map(place_of).map_or(0, |last| last + 1);
        let id = preset.id;
        self.list.insert(to, preset);
        id
    }

    /// The name, with a number if another preset than `own` has it.
    pub(super) fn numbered_name(&self, name: &str, own: u64) -> String {
        let is_free = |name: &str| self.list.iter().all(|other| other.id == own || key(&other.name) != key(name));
        // More numbers than taken names, so that one is free; a long name is cut to fit its number.
        let short: String = name.chars().take(MAX_NAME_CHARS - ROOM_FOR_NUMBER).collect();
        let numbered = (2..=self.list.len() + 2).map(|number| format!("{short} {number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        names.find(|name| is_free(name)).unwrap_or_else(|| name.to_owned())
    }
}

/// True if the presets that are in both lists have another order.
fn is_reordered(base: &Presets, mine: &Presets) -> bool {
    let common = |list: &Presets, other: &Presets| -> Vec<u64> {
        list.list.iter().map(|preset| preset.id).filter(|id| other.get(*id).is_some()).collect()
    };
    common(base, mine) != common(mine, base)
}

#[cfg(test)]
#[path = "merge_tests.rs"]
mod tests;
