//! The document around the devices: `{metadata, devices, structures}`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{DeserializeSeed as _, Deserializer, MapAccess};
use serde_json::{Map, Value};

use super::Key;
use super::object::{AsRecord, Place, ReadObject};
use super::record::Record;
use crate::home::{Change, DeviceId, Home, StructureId};

const THERMOSTATS: &str = "thermostats";
const CAMERAS: &str = "cameras";
const PROTECTS: &str = "smoke_co_alarms";

/// A home, or the kind of thing that stood in its place.
pub(super) struct Document(pub(super) Result<Home, &'static str>);

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Place(Root).deserialize(deserializer).map(Self)
    }
}

struct Root;

impl<'de> ReadObject<'de> for Root {
    type Output = Result<Home, &'static str>;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Output, A::Error> {
        let mut home = Home::default();
        while let Some(key) = map.next_key::<Key<'de>>()? {
            match &*key.0 {
                "metadata" => match map.next_value_seed(AsRecord::place())? {
                    Ok(metadata) => home.metadata = metadata,
                    Err(odd) => keep(&mut home, "metadata".to_owned(), odd),
                },
                "devices" => {
                    if let Some(odd) = map.next_value_seed(Place(Devices(&mut home)))? {
                        keep(&mut home, "devices".to_owned(), odd);
                    }
                }
                "structures" => {
                    let entries = Entries { into: &mut home.structures, extra: &mut home.extra, path: "structures" };
                    map.next_value_seed(Place(entries))?;
                }
                other => {
                    let value = map.next_value()?;
                    keep(&mut home, other.to_owned(), value);
                }
            }
        }
        Ok(Ok(home))
    }

    fn odd(self, value: Value) -> Self::Output {
        Err(match value {
            Value::Null => "null",
            Value::Bool(_) => "a truth value",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        })
    }
}

struct Devices<'a>(&'a mut Home);

impl<'de> ReadObject<'de> for Devices<'_> {
    type Output = Option<Value>;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Output, A::Error> {
        let Home { thermostats, cameras, protects, extra, .. } = self.0;
        while let Some(key) = map.next_key::<Key<'de>>()? {
            match &*key.0 {
                THERMOSTATS => {
                    map.next_value_seed(Place(Entries { into: thermostats, extra, path: "devices/thermostats" }))?;
                }
                CAMERAS => map.next_value_seed(Place(Entries { into: cameras, extra, path: "devices/cameras" }))?,
                PROTECTS => {
                    map.next_value_seed(Place(Entries { into: protects, extra, path: "devices/smoke_co_alarms" }))?;
                }
                other => {
                    extra.insert(format!("devices/{}", escape(other)), map.next_value()?);
                }
            }
        }
        Ok(None)
    }

    fn odd(self, value: Value) -> Self::Output {
        Some(value)
    }
}

struct Entries<'a, K, T> {
    into: &'a mut BTreeMap<K, Arc<T>>,
    extra: &'a mut BTreeMap<String, Value>,
    path: &'static str,
}

/// A record that knows under which key its own id is repeated inside of it.
trait Identified: Record {
    const ID_KEY: &'static str;
    fn extra(&mut self) -> &mut BTreeMap<String, Value>;
}

macro_rules! identified {
    ($($type:ty: $key:literal),+ $(,)?) => {$(
        impl Identified for $type {
            const ID_KEY: &'static str = $key;
            fn extra(&mut self) -> &mut BTreeMap<String, Value> {
                &mut self.extra
            }
        }
    )+};
}

identified! {
    crate::home::Thermostat: "device_id",
    crate::home::Camera: "device_id",
    crate::home::Protect: "device_id",
    crate::home::Structure: "structure_id",
}

impl<'de, K, T> ReadObject<'de> for Entries<'_, K, T>
where
    K: Ord + for<'k> From<&'k str>,
    T: Identified,
{
    type Output = ();

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Key<'de>>()? {
            match map.next_value_seed(AsRecord::<T>::place())? {
                Ok(mut record) => {
                    // The id stands twice in the document; once is enough unless they differ.
                    if record.extra().get(T::ID_KEY).is_some_and(|id| *id == *key.0) {
                        record.extra().remove(T::ID_KEY);
                    }
                    self.into.insert(K::from(&key.0), Arc::new(record));
                }
                Err(odd) => {
                    self.extra.insert(format!("{}/{}", self.path, escape(&key.0)), odd);
                }
            }
        }
        Ok(())
    }

    fn odd(self, value: Value) {
        self.extra.insert(self.path.to_owned(), value);
    }
}

fn keep(home: &mut Home, path: String, value: Value) {
    home.extra.insert(path, value);
}

/// JSON pointer's escapes, so that a key may hold a slash.
fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn unescape(key: &str) -> String {
    key.replace("~1", "/").replace("~0", "~")
}

/// The whole document.
pub(crate) fn home_value(home: &Home) -> Value {
    let mut root = Map::new();
    let metadata = home.metadata.write();
    if !metadata.is_empty() {
        root.insert("metadata".to_owned(), Value::Object(metadata));
    }
    let devices = devices_value(home);
    if !devices.is_empty() {
        root.insert("devices".to_owned(), Value::Object(devices));
    }
    if !home.structures.is_empty() {
        root.insert("structures".to_owned(), entries_value(&home.structures, StructureId::as_str));
    }
    let mut document = Value::Object(root);
    for (path, value) in &home.extra {
        restore(&mut document, path, value.clone());
    }
    document
}

fn devices_value(home: &Home) -> Map<String, Value> {
    let mut devices = Map::new();
    if !home.thermostats.is_empty() {
        devices.insert(THERMOSTATS.to_owned(), entries_value(&home.thermostats, DeviceId::as_str));
    }
    if !home.cameras.is_empty() {
        devices.insert(CAMERAS.to_owned(), entries_value(&home.cameras, DeviceId::as_str));
    }
    if !home.protects.is_empty() {
        devices.insert(PROTECTS.to_owned(), entries_value(&home.protects, DeviceId::as_str));
    }
    devices
}

fn entries_value<K, T: Identified>(entries: &BTreeMap<K, Arc<T>>, id: impl Fn(&K) -> &str) -> Value {
    let entry = |(key, record): (&K, &Arc<T>)| {
        let id = id(key);
        (id.to_owned(), record_value(id, &**record))
    };
    Value::Object(entries.iter().map(entry).collect())
}

fn record_value<T: Identified>(id: &str, record: &T) -> Value {
    let mut object = record.write();
    object.entry(T::ID_KEY).or_insert_with(|| Value::from(id));
    Value::Object(object)
}

/// Puts a kept node back where it was read.
fn restore(document: &mut Value, path: &str, value: Value) {
    let mut place = document;
    for key in path.split('/') {
        if place.is_null() {
            *place = Value::Object(Map::new());
        }
        let Value::Object(object) = place else { return };
        place = object.entry(unescape(key)).or_insert(Value::Null);
    }
    *place = value;
}

/// The value at a path, without rendering more of the home than it needs.
pub(crate) fn node(home: &Home, path: &[&str]) -> Option<Value> {
    let (value, rest) = match path {
        ["metadata", rest @ ..] => (Value::Object(home.metadata.write()), rest),
        ["structures", id, rest @ ..] => (record_value(id, &**home.structures.get(*id)?), rest),
        ["devices", THERMOSTATS, id, rest @ ..] => (record_value(id, &**home.thermostats.get(*id)?), rest),
        ["devices", CAMERAS, id, rest @ ..] => (record_value(id, &**home.cameras.get(*id)?), rest),
        ["devices", PROTECTS, id, rest @ ..] => (record_value(id, &**home.protects.get(*id)?), rest),
        whole => (home_value(home), whole),
    };
    descend(&value, rest).cloned()
}

pub(super) fn descend<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, key| value.as_object()?.get(*key))
}

/// The fields of a changed node that differ: path, old value, new value.
///
/// `before` and `after` are the homes around the change.
pub(crate) fn changed_fields(before: &Home, after: &Home, change: &Change) -> Vec<(String, Value, Value)> {
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
