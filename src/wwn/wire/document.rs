//! The document around the devices: `{metadata, devices, structures}`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::{DeserializeSeed as _, IgnoredAny, MapAccess};
use serde_json::{Map, Value};

use super::object::{AsRecord, ObjectSeed, ReadObject};
use super::record::{JsonRecord, OwnId, next_json};
use super::room::ReadBounds;
use super::tree::node;
use super::{Malformed, ObjectKey};
use crate::home::{Change, DeviceTree, Unknown};

pub(super) const THERMOSTATS: &str = "thermostats";
pub(super) const CAMERAS: &str = "cameras";
pub(super) const PROTECTS: &str = "smoke_co_alarms";

/// Parses a document. Leaves out devices beyond the bound for its length, and logs how many.
pub(super) fn read(json: &[u8]) -> Result<DeviceTree, Malformed> {
    let room = ReadBounds::of(json.len());
    let mut reader = serde_json::Deserializer::from_slice(json);
    let home = ObjectSeed(Root(&room)).deserialize(&mut reader)?;
    reader.end()?;
    if room.left_out() > 0 {
        tracing::warn!(
            left_out = room.left_out(),
            bytes = json.len(),
            "a document has more entries than it has room for"
        );
    }
    home.map_err(Malformed::NotAHome)
}

struct Root<'a>(&'a ReadBounds);

impl<'de> ReadObject<'de> for Root<'_> {
    type Output = Result<DeviceTree, &'static str>;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Output, A::Error> {
        let room = self.0;
        let mut home = DeviceTree::default();
        while let Some(key) = map.next_key::<ObjectKey<'de>>()? {
            match &*key.0 {
                "metadata" => match map.next_value_seed(AsRecord::place(room, None))? {
                    Ok(metadata) => home.metadata = metadata,
                    Err(odd) => keep(&mut home.extra, room, "metadata".to_owned(), &odd),
                },
                "devices" => {
                    if let Some(odd) = map.next_value_seed(ObjectSeed(Devices { home: &mut home, room }))? {
                        keep(&mut home.extra, room, "devices".to_owned(), &odd);
                    }
                }
                "structures" => {
                    let DeviceTree { structures: into, extra, .. } = &mut home;
                    map.next_value_seed(ObjectSeed(MapEntries { into, extra, room, path: "structures" }))?;
                }
                other => {
                    let json = next_json(&mut map)?;
                    keep(&mut home.extra, room, escape(other), &json);
                }
            }
        }
        Ok(Ok(home))
    }

    fn odd(self, json: String) -> Self::Output {
        Err(match json.as_bytes().first() {
            Some(b'n') => "null",
            Some(b't' | b'f') => "a truth value",
            Some(b'"') => "a text",
            Some(b'[') => "a list",
            Some(b'{') => "an object",
            Some(_) | None => "a number",
        })
    }
}

struct Devices<'a> {
    home: &'a mut DeviceTree,
    room: &'a ReadBounds,
}

impl<'de> ReadObject<'de> for Devices<'_> {
    type Output = Option<String>;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Output, A::Error> {
        let Self { home, room } = self;
        let DeviceTree { thermostats, cameras, protects, extra, .. } = home;
        while let Some(key) = map.next_key::<ObjectKey<'de>>()? {
            match &*key.0 {
                THERMOSTATS => {
                    let path = "devices/thermostats";
                    map.next_value_seed(ObjectSeed(MapEntries { into: thermostats, extra, room, path }))?;
                }
                CAMERAS => {
                    map.next_value_seed(ObjectSeed(MapEntries {
                        into: cameras,
                        extra,
                        room,
                        path: "devices/cameras",
                    }))?;
                }
                PROTECTS => {
                    let path = "devices/smoke_co_alarms";
                    map.next_value_seed(ObjectSeed(MapEntries { into: protects, extra, room, path }))?;
                }
                other => {
                    let json = next_json(&mut map)?;
                    keep(extra, room, format!("devices/{}", escape(other)), &json);
                }
            }
        }
        Ok(None)
    }

    fn odd(self, json: String) -> Self::Output {
        Some(json)
    }
}

struct MapEntries<'a, K, T> {
    into: &'a mut BTreeMap<K, Arc<T>>,
    extra: &'a mut BTreeMap<String, Unknown>,
    room: &'a ReadBounds,
    path: &'static str,
}

/// A record whose object repeats its own id in a field.
pub(super) trait Identified: JsonRecord {
    const ID_KEY: &'static str;
}

macro_rules! identified {
    ($($type:ty: $key:literal),+ $(,)?) => {$(
        impl Identified for $type {
            const ID_KEY: &'static str = $key;
        }
    )+};
}

identified! {
    crate::home::Thermostat: "device_id",
    crate::home::Camera: "device_id",
    crate::home::Protect: "device_id",
    crate::home::Structure: "structure_id",
}

impl<'de, K, T> ReadObject<'de> for MapEntries<'_, K, T>
where
    K: Ord + for<'k> From<&'k str>,
    T: Identified,
{
    type Output = ();

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<ObjectKey<'de>>()? {
            if !self.room.record(&key.0) {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let own = OwnId { field: T::ID_KEY, id: &key.0 };
            match map.next_value_seed(AsRecord::<T>::place(self.room, Some(own)))? {
                Ok(record) => drop(self.into.insert(K::from(&key.0), Arc::new(record))),
                Err(odd) => keep(self.extra, self.room, format!("{}/{}", self.path, escape(&key.0)), &odd),
            }
        }
        Ok(())
    }

    fn odd(self, json: String) {
        keep(self.extra, self.room, self.path.to_owned(), &json);
    }
}

fn keep(extra: &mut BTreeMap<String, Unknown>, room: &ReadBounds, path: String, json: &str) {
    if room.unknown_node(&path) {
        extra.insert(path, Unknown::of_text(json));
    }
}

/// Escapes a key as in a JSON pointer, so that it may hold a slash.
fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

pub(super) fn unescape(key: &str) -> String {
    key.replace("~1", "/").replace("~0", "~")
}

/// Returns the fields of a changed node that differ: path, old value, new value.
///
/// `before` and `after` are the device trees before and after the change.
pub(crate) fn changed_fields(before: &DeviceTree, after: &DeviceTree, change: &Change) -> Vec<(String, Value, Value)> {
    let path: Vec<&str> = match change {
        Change::Metadata(_) => vec!["metadata"],
        Change::Structure(id, _) => vec!["structures", id.as_str()],
        Change::Thermostat(id, _) => vec!["devices", THERMOSTATS, id.as_str()],
        Change::Camera(id, _) => vec!["devices", CAMERAS, id.as_str()],
        Change::Protect(id, _) => vec!["devices", PROTECTS, id.as_str()],
        Change::Extra(path, _) => path.split('/').collect(),
    };
    let prefix = format!("/{}", path.join("/"));
    let (old, new) = (node(before, &path), node(after, &path));
    match (old, new) {
        (Some(Value::Object(old)), Some(Value::Object(new))) => {
            let mut keys: Vec<&String> = old.keys().chain(new.keys().filter(|key| !old.contains_key(*key))).collect();
            keys.sort();
            let value = |object: &Map<String, Value>, key: &str| object.get(key).cloned().unwrap_or(Value::Null);
            keys.into_iter()
                .filter(|key| old.get(*key) != new.get(*key))
                .map(|key| (format!("{prefix}/{key}"), value(&old, key), value(&new, key)))
                .collect()
        }
        (old, new) => vec![(prefix, old.unwrap_or(Value::Null), new.unwrap_or(Value::Null))],
    }
}
