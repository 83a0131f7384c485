//! A whole account: its structures and devices at one moment.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::abilities::Abilities;
use super::camera::Camera;
use super::confidential::Confidential;
use super::ids::{DeviceId, StructureId};
use super::protect::Protect;
use super::structure::Structure;
use super::thermostat::Thermostat;
use super::unknown::{Unknown, UnknownFields};
use super::write::Node;

/// Everything that one account shows.
///
/// Devices are behind `Arc`, so that a copy of a home of a thousand devices costs a thousand
/// counters, and two versions of it share what did not change.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Home {
    /// What its service can do.
    pub abilities: Abilities,
    /// Where homes of several services are one: what the services of these devices and structures
    /// can do, if that is less than everything.
    pub lacking: BTreeMap<Node, Abilities>,
    /// About the account itself.
    pub metadata: Metadata,
    /// Structures by id.
    pub structures: BTreeMap<StructureId, Arc<Structure>>,
    /// Thermostats by id.
    pub thermostats: BTreeMap<DeviceId, Arc<Thermostat>>,
    /// Cameras by id.
    pub cameras: BTreeMap<DeviceId, Arc<Camera>>,
    /// Protects by id.
    pub protects: BTreeMap<DeviceId, Arc<Protect>>,
    /// Nodes that the model does not hold, by path (`devices/$company`): partner products, and
    /// nodes of an unexpected type.
    pub extra: BTreeMap<String, Unknown>,
}

/// About the account.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Metadata {
    /// The token that asked; never shown.
    pub access_token: Option<Confidential>,
    /// The version of the permissions that the user accepted last.
    pub client_version: Option<i64>,
    /// The user.
    pub user_id: Option<String>,
    /// Fields that the model does not hold.
    pub extra: UnknownFields,
}

/// One thing that is different in a newer home: its new value, or `None` when it is gone.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// About the account.
    Metadata(Box<Metadata>),
    /// A structure.
    Structure(StructureId, Option<Arc<Structure>>),
    /// A thermostat.
    Thermostat(DeviceId, Option<Arc<Thermostat>>),
    /// A camera.
    Camera(DeviceId, Option<Arc<Camera>>),
    /// A Protect.
    Protect(DeviceId, Option<Arc<Protect>>),
    /// A node that the model does not hold, by path.
    Extra(String, Option<Unknown>),
}

impl Home {
    /// Makes one change.
    pub fn apply(&mut self, change: Change) {
        match change {
            Change::Metadata(metadata) => self.metadata = *metadata,
            Change::Structure(id, value) => put(&mut self.structures, id, value),
            Change::Thermostat(id, value) => put(&mut self.thermostats, id, value),
            Change::Camera(id, value) => put(&mut self.cameras, id, value),
            Change::Protect(id, value) => put(&mut self.protects, id, value),
            Change::Extra(path, value) => put(&mut self.extra, path, value),
        }
    }

    /// Takes over a newer home and says what is different; what is equal stays shared.
    pub fn adopt(&mut self, newer: Self) -> Vec<Change> {
        let mut changes = Vec::new();
        self.abilities = newer.abilities;
        self.lacking = newer.lacking;
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

    /// Whether there is such a device or structure.
    pub fn has(&self, node: &Node) -> bool {
        match node {
            Node::Structure(id) => self.structures.contains_key(id),
            Node::Thermostat(id) => self.thermostats.contains_key(id),
            Node::Camera(id) => self.cameras.contains_key(id),
        }
    }

    /// Whether anything that can be written to is called so.
    pub fn has_name(&self, name: &str) -> bool {
        let is_it = |other: &Option<String>| other.as_deref() == Some(name);
        self.structures.values().any(|structure| is_it(&structure.name))
            || self.thermostats.values().any(|thermostat| is_it(&thermostat.name))
            || self.cameras.values().any(|camera| is_it(&camera.name))
    }

    /// What the service behind a device or structure can do.
    pub fn abilities_of(&self, node: &Node) -> Abilities {
        self.lacking.get(node).copied().unwrap_or(self.abilities)
    }

    /// Whether there is a device of any kind with this id.
    pub fn has_device(&self, id: &DeviceId) -> bool {
        self.thermostats.contains_key(id) || self.cameras.contains_key(id) || self.protects.contains_key(id)
    }

    /// How many devices there are.
    pub fn device_count(&self) -> usize {
        self.thermostats.len() + self.cameras.len() + self.protects.len()
    }

    /// The structure that a thermostat is in, where both are known.
    pub fn structure_of(&self, thermostat: &DeviceId) -> Option<(&StructureId, &Structure)> {
        let id = self.thermostats.get(thermostat)?.structure_id.as_ref()?;
        self.structures.get_key_value(id).map(|(id, structure)| (id, &**structure))
    }

    /// A thermostat to change in place; copied first when another home shares it.
    pub fn thermostat_mut(&mut self, id: &DeviceId) -> Option<&mut Thermostat> {
        self.thermostats.get_mut(id).map(Arc::make_mut)
    }

    /// A camera to change in place.
    pub fn camera_mut(&mut self, id: &DeviceId) -> Option<&mut Camera> {
        self.cameras.get_mut(id).map(Arc::make_mut)
    }

    /// A Protect to change in place.
    pub fn protect_mut(&mut self, id: &DeviceId) -> Option<&mut Protect> {
        self.protects.get_mut(id).map(Arc::make_mut)
    }

    /// A structure to change in place.
    pub fn structure_mut(&mut self, id: &StructureId) -> Option<&mut Structure> {
        self.structures.get_mut(id).map(Arc::make_mut)
    }
}

fn put<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: Option<V>) {
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

    fn home(ids: &[(&str, i64)]) -> Home {
        let thermostat = |(id, humidity): &(&str, i64)| {
            let thermostat = Thermostat { humidity: Some(*humidity), ..Thermostat::default() };
            (DeviceId::new(*id), Arc::new(thermostat))
        };
        Home { thermostats: ids.iter().map(thermostat).collect(), ..Home::default() }
    }

    #[test]
    fn adopting_names_what_came_went_and_changed() {
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
