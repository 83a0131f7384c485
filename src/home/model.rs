//! The device tree of an account: its structures and devices at one moment.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::camera::Camera;
use super::capabilities::Capabilities;
use super::confidential::Confidential;
use super::ids::{DeviceId, StructureId};
use super::protect::Protect;
use super::service_kind::ServiceKind;
use super::structure::Structure;
use super::thermostat::Thermostat;
use super::unknown::{Unknown, UnknownFields};
use super::write::Node;

/// All structures and devices of an account.
///
/// Devices are in an `Arc`, so that the copy of a tree with a thousand devices costs a thousand counters, and
/// two versions share the unchanged devices.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DeviceTree {
    /// Properties of the account.
    pub metadata: Metadata,
    pub structures: BTreeMap<StructureId, Arc<Structure>>,
    pub thermostats: BTreeMap<DeviceId, Arc<Thermostat>>,
    pub cameras: BTreeMap<DeviceId, Arc<Camera>>,
    pub protects: BTreeMap<DeviceId, Arc<Protect>>,
    /// Nodes that the model does not contain, by path (`devices/$company`): partner products, and nodes of an
    /// unexpected type.
    pub extra: BTreeMap<String, Unknown>,
}

/// Properties of an account.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Metadata {
    /// The token of the request; never shown.
    pub access_token: Option<Confidential>,
    /// The version of the permissions that the user accepted.
    pub client_version: Option<i64>,
    pub user_id: Option<String>,
    /// Fields that the model does not contain.
    pub extra: UnknownFields,
}

/// One difference to an older tree: the new value, or `None` for a removed node.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Properties of the account.
    Metadata(Box<Metadata>),
    Structure(StructureId, Option<Arc<Structure>>),
    Thermostat(DeviceId, Option<Arc<Thermostat>>),
    Camera(DeviceId, Option<Arc<Camera>>),
    Protect(DeviceId, Option<Arc<Protect>>),
    /// A node that the model does not contain, by path.
    Extra(String, Option<Unknown>),
}

impl DeviceTree {
    /// Several trees as one. A node in two trees is that of the first one; tokens and versions belong to a single
    /// account and are left out.
    pub fn joined<'a>(trees: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut all = Self::default();
        for tree in trees {
            add_unknown(&mut all.structures, &tree.structures);
            add_unknown(&mut all.thermostats, &tree.thermostats);
            add_unknown(&mut all.cameras, &tree.cameras);
            add_unknown(&mut all.protects, &tree.protects);
            add_unknown(&mut all.extra, &tree.extra);
        }
        all
    }

    /// Applies one change.
    pub fn apply(&mut self, change: Change) {
        match change {
            Change::Metadata(metadata) => self.metadata = *metadata,
            Change::Structure(id, value) => set_or_remove(&mut self.structures, id, value),
            Change::Thermostat(id, value) => set_or_remove(&mut self.thermostats, id, value),
            Change::Camera(id, value) => set_or_remove(&mut self.cameras, id, value),
            Change::Protect(id, value) => set_or_remove(&mut self.protects, id, value),
            Change::Extra(path, value) => set_or_remove(&mut self.extra, path, value),
        }
    }

    /// Replaces this tree by a newer one and returns the differences. Equal nodes stay shared.
    pub fn adopt(&mut self, newer: Self) -> Vec<Change> {
        let mut changes = Vec::new();
        if self.metadata != newer.metadata {
            changes.push(Change::Metadata(Box::new(newer.metadata)));
        }
        differences(&self.structures, newer.structures, Change::Structure, &mut changes);
        differences(&self.thermostats, newer.thermostats, Change::Thermostat, &mut changes);
        differences(&self.cameras, newer.cameras, Change::Camera, &mut changes);
        differences(&self.protects, newer.protects, Change::Protect, &mut changes);
        differences(&self.extra, newer.extra, Change::Extra, &mut changes);
        for change in &changes {
            self.apply(change.clone());
        }
        changes
    }

    /// True if the device or structure exists.
    pub fn has(&self, node: &Node) -> bool {
        match node {
            Node::Structure(id) => self.structures.contains_key(id),
            Node::Thermostat(id) => self.thermostats.contains_key(id),
            Node::Camera(id) => self.cameras.contains_key(id),
        }
    }

    /// True if a writable device or structure has this name.
    pub fn has_name(&self, name: &str) -> bool {
        let is_it = |other: &Option<String>| other.as_deref() == Some(name);
        self.structures.values().any(|structure| is_it(&structure.name))
            || self.thermostats.values().any(|thermostat| is_it(&thermostat.name))
            || self.cameras.values().any(|camera| is_it(&camera.name))
    }

    /// The capabilities of a device or structure; all of them for an unknown one.
    pub fn capabilities_of(&self, node: &Node) -> Capabilities {
        let known = match node {
            Node::Structure(id) => self.structures.get(id).map(|structure| structure.capabilities),
            Node::Thermostat(id) => self.thermostats.get(id).map(|thermostat| thermostat.capabilities),
            Node::Camera(id) => self.cameras.get(id).map(|camera| camera.capabilities),
        };
        known.unwrap_or_default()
    }

    /// True if the thermostat follows a schedule of its own that its service can replace, so that this program sends
    /// no set points at the starts.
    pub fn keeps_schedule(&self, id: &DeviceId) -> bool {
        let capabilities = self.thermostats.get(id).map(|thermostat| thermostat.capabilities);
        capabilities.and_then(Capabilities::service).is_some_and(ServiceKind::keeps_schedules)
    }

    /// The capabilities of each device and structure.
    pub fn capabilities(&self) -> impl Iterator<Item = Capabilities> {
        let structures = self.structures.values().map(|structure| structure.capabilities);
        let thermostats = self.thermostats.values().map(|thermostat| thermostat.capabilities);
        structures.chain(thermostats).chain(self.cameras.values().map(|camera| camera.capabilities))
    }

    /// Gives every device and structure the same capabilities, for a service whose devices do not differ.
    #[must_use]
    pub fn with_capabilities(mut self, capabilities: Capabilities) -> Self {
        self.structures.values_mut().for_each(|structure| Arc::make_mut(structure).capabilities = capabilities);
        self.thermostats.values_mut().for_each(|thermostat| Arc::make_mut(thermostat).capabilities = capabilities);
        self.cameras.values_mut().for_each(|camera| Arc::make_mut(camera).capabilities = capabilities);
        self
    }

    /// True if a device of any kind has this id.
    pub fn has_device(&self, id: &DeviceId) -> bool {
        self.thermostats.contains_key(id) || self.cameras.contains_key(id) || self.protects.contains_key(id)
    }

    /// The number of devices.
    pub fn device_count(&self) -> usize {
        self.thermostats.len() + self.cameras.len() + self.protects.len()
    }

    /// The structure of a thermostat, if both are known.
    pub fn structure_of(&self, thermostat: &DeviceId) -> Option<(&StructureId, &Structure)> {
        let id = self.thermostats.get(thermostat)?.structure_id.as_ref()?;
        self.structures.get_key_value(id).map(|(id, structure)| (id, &**structure))
    }

    /// A thermostat to modify; copied first if another tree shares it.
    pub fn thermostat_mut(&mut self, id: &DeviceId) -> Option<&mut Thermostat> {
        self.thermostats.get_mut(id).map(Arc::make_mut)
    }

    /// A camera to modify; copied first if another tree shares it.
    pub fn camera_mut(&mut self, id: &DeviceId) -> Option<&mut Camera> {
        self.cameras.get_mut(id).map(Arc::make_mut)
    }

    /// A Protect to modify; copied first if another tree shares it.
    pub fn protect_mut(&mut self, id: &DeviceId) -> Option<&mut Protect> {
        self.protects.get_mut(id).map(Arc::make_mut)
    }

    /// A structure to modify; copied first if another tree shares it.
    pub fn structure_mut(&mut self, id: &StructureId) -> Option<&mut Structure> {
        self.structures.get_mut(id).map(Arc::make_mut)
    }
}

fn add_unknown<K: Ord + Clone, V: Clone>(all: &mut BTreeMap<K, V>, more: &BTreeMap<K, V>) {
    for (id, node) in more {
        all.entry(id.clone()).or_insert_with(|| node.clone());
    }
}

fn set_or_remove<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: Option<V>) {
    match value {
        Some(value) => map.insert(key, value),
        None => map.remove(&key),
    };
}

/// Walks two sorted maps side by side.
fn differences<K: Ord + Clone, V: PartialEq>(
    old: &BTreeMap<K, V>,
    new: BTreeMap<K, V>,
    change: impl Fn(K, Option<V>) -> Change,
    changes: &mut Vec<Change>,
) {
    let mut old = old.iter().peekable();
    for (key, value) in new {
        while let Some((gone, _)) = old.next_if(|(old_key, _)| **old_key < key) {
            changes.push(change(gone.clone(), None));
        }
        let same = old.next_if(|(old_key, _)| **old_key == key).is_some_and(|(_, old_value)| *old_value == value);
        if !same {
            changes.push(change(key, Some(value)));
        }
    }
    changes.extend(old.map(|(gone, _)| change(gone.clone(), None)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(ids: &[(&str, i64)]) -> DeviceTree {
        let thermostat = |(id, humidity): &(&str, i64)| {
            let thermostat = Thermostat { humidity: Some(*humidity), ..Thermostat::default() };
            (DeviceId::new(*id), Arc::new(thermostat))
        };
        DeviceTree { thermostats: ids.iter().map(thermostat).collect(), ..DeviceTree::default() }
    }

    #[test]
    fn adopt_returns_added_removed_and_changed_nodes() {
        let mut old = home(&[("a", 1), ("b", 2), ("d", 4)]);
        let kept = old.thermostats.get("b").cloned().expect("b");
        let changes = old.adopt(home(&[("b", 2), ("c", 3), ("d", 5)]));
        let named: Vec<_> = changes
            .iter()
            .map(|change| {
                let Change::Thermostat(id, value) = change else { panic!("unexpected {change:?}") };
                (id.as_str(), value.is_some())
            })
            .collect();
        assert_eq!(named, [("a", false), ("c", true), ("d", true)]);
        assert_eq!(old, home(&[("b", 2), ("c", 3), ("d", 5)]));
        assert!(Arc::ptr_eq(&kept, old.thermostats.get("b").expect("b")), "an equal device stays shared");
    }

    #[test]
    fn adopting_an_equal_home_changes_nothing() {
        let mut old = home(&[("a", 1)]);
        assert_eq!(old.adopt(home(&[("a", 1)])), []);
    }
}
