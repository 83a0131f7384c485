//! The document of a device tree, as text or as a tree of values, whole or at one path.
//!
//! JSON that the model does not hold stays text when the document becomes text. As values it costs many times as
//! much, so beyond a bound the value only gives its size.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::document::{CAMERAS, Identified, PROTECTS, THERMOSTATS, unescape};
use super::record::JsonRecord;
use super::transcribe::push_text;
use crate::home::{DeviceId, DeviceTree, Metadata, StructureId, Unknown, UnknownFields};

/// The largest amount of JSON in one document, in bytes, that becomes values although the model does not hold
/// it.
const UNKNOWN_VALUES: usize = 1024 * 1024;

/// A node of the document.
enum Tree<'a> {
    Branch(BTreeMap<String, Self>),
    Record { known: Map<String, Value>, unknown: &'a UnknownFields },
    Unknown(&'a str),
}

/// Renders the whole document as text.
pub(super) fn home_text(home: &DeviceTree) -> String {
    let mut out = String::new();
    Tree::of_home(home).write(&mut out);
    out
}

/// Returns the whole document as values. Beyond a megabyte of unknown JSON, a value only gives the size.
pub(crate) fn home_value(home: &DeviceTree) -> Value {
    Tree::of_home(home).value(&mut { UNKNOWN_VALUES })
}

/// Returns the value at a path and renders no more of the device tree than it needs. Beyond a megabyte of
/// unknown JSON, a value only gives the size.
pub(crate) fn node(home: &DeviceTree, path: &[&str]) -> Option<Value> {
    let (tree, rest) = Tree::near(home, path)?;
    tree.at(rest, |found| found.value(&mut { UNKNOWN_VALUES }))
}

/// Returns the JSON at a path.
pub(crate) fn node_text(home: &DeviceTree, path: &[&str]) -> Option<String> {
    let (tree, rest) = Tree::near(home, path)?;
    tree.at(rest, |found| {
        let mut out = String::new();
        found.write(&mut out);
        out
    })
}

impl<'a> Tree<'a> {
    fn of_home(home: &'a DeviceTree) -> Self {
        let mut root = BTreeMap::new();
        let metadata = Self::of_record(&home.metadata);
        if !metadata.is_empty() {
            root.insert("metadata".to_owned(), metadata);
        }
        let mut devices = BTreeMap::new();
        add_records(&mut devices, THERMOSTATS, &home.thermostats, DeviceId::as_str);
        add_records(&mut devices, CAMERAS, &home.cameras, DeviceId::as_str);
        add_records(&mut devices, PROTECTS, &home.protects, DeviceId::as_str);
        if !devices.is_empty() {
            root.insert("devices".to_owned(), Self::Branch(devices));
        }
        add_records(&mut root, "structures", &home.structures, StructureId::as_str);
        let mut document = Self::Branch(root);
        for (path, json) in &home.extra {
            document.restore(path, json);
        }
        document
    }

    /// Returns the record that a path leads into, with the rest of the path; the whole document for other paths.
    fn near<'p>(home: &'a DeviceTree, path: &'p [&'p str]) -> Option<(Self, &'p [&'p str])> {
        Some(match path {
            ["metadata", rest @ ..] if home.metadata != Metadata::default() => (Self::of_record(&home.metadata), rest),
            ["structures", id, rest @ ..] if home.structures.contains_key(*id) => {
                (Self::of_identified(id, &**home.structures.get(*id)?), rest)
            }
            ["devices", THERMOSTATS, id, rest @ ..] if home.thermostats.contains_key(*id) => {
                (Self::of_identified(id, &**home.thermostats.get(*id)?), rest)
            }
            ["devices", CAMERAS, id, rest @ ..] if home.cameras.contains_key(*id) => {
                (Self::of_identified(id, &**home.cameras.get(*id)?), rest)
            }
            ["devices", PROTECTS, id, rest @ ..] if home.protects.contains_key(*id) => {
                (Self::of_identified(id, &**home.protects.get(*id)?), rest)
            }
            ["structures" | "devices", _, _, ..] if home.extra.is_empty() => return None,
            whole => (Self::of_home(home), whole),
        })
    }

    fn of_record(record: &'a impl JsonRecord) -> Self {
        Self::Record { known: record.known(), unknown: record.unknown() }
    }

    fn of_identified<T: Identified>(id: &str, record: &'a T) -> Self {
        let (mut known, unknown) = (record.known(), record.unknown());
        known.insert(T::ID_KEY.to_owned(), Value::from(id));
        Self::Record { known, unknown }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Branch(branch) => branch.is_empty(),
            Self::Record { known, unknown } => known.is_empty() && unknown.is_empty(),
            Self::Unknown(_) => false,
        }
    }

    /// Inserts a kept node at its original path.
    fn restore(&mut self, path: &str, json: &'a Unknown) {
        let mut place = self;
        let mut keys = path.split('/').peekable();
        while let Some(key) = keys.next() {
            let Tree::Branch(branch) = place else { return };
            let entry = branch.entry(unescape(key));
            if keys.peek().is_none() {
                *entry.or_insert(Tree::Unknown("null")) = Tree::Unknown(json.text());
                return;
            }
            place = entry.or_insert_with(|| Tree::Branch(BTreeMap::new()));
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Branch(branch) => {
                out.push('{');
                for (index, (key, tree)) in branch.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    push_text(out, key);
                    out.push(':');
                    tree.write(out);
                }
                out.push('}');
            }
            Self::Record { known, unknown } => write_record(known, unknown, out),
            Self::Unknown(json) => out.push_str(json),
        }
    }

    /// Converts the node to a value. `room` is the rest of [`UNKNOWN_VALUES`].
    fn value(&self, room: &mut usize) -> Value {
        match self {
            Self::Branch(branch) => {
                Value::Object(branch.iter().map(|(key, tree)| (key.clone(), tree.value(room))).collect())
            }
            Self::Record { known, unknown } => {
                let mut fields = known.clone();
                if take(room, unknown.text().unwrap_or_default()) {
                    fields.extend(unknown.to_map());
                } else {
                    fields.insert("…".to_owned(), not_shown(unknown.text().unwrap_or_default()));
                }
                Value::Object(fields)
            }
            Self::Unknown(json) => {
                if take(room, json) {
                    serde_json::from_str(json).unwrap_or_default()
                } else {
                    not_shown(json)
                }
            }
        }
    }

    /// Calls `read` with the node at a path.
    fn at<T>(&self, path: &[&str], read: impl FnOnce(&Tree<'_>) -> T) -> Option<T> {
        let Some((key, rest)) = path.split_first() else { return Some(read(self)) };
        match self {
            Self::Branch(branch) => branch.get(*key)?.at(rest, read),
            Self::Record { known, unknown } => {
                if let Some(json) = unknown.members().get(*key) {
                    return Tree::Unknown(json.get()).at(rest, read);
                }
                let found = rest.iter().try_fold(known.get(*key)?, |value, key| value.as_object()?.get(*key))?;
                Some(read(&Tree::Unknown(&found.to_string())))
            }
            Self::Unknown(json) => {
                let members: BTreeMap<String, &serde_json::value::RawValue> = serde_json::from_str(json).ok()?;
                Tree::Unknown(members.get(*key)?.get()).at(rest, read)
            }
        }
    }
}

fn add_records<'a, K, T: Identified>(
    branch: &mut BTreeMap<String, Tree<'a>>,
    name: &str,
    records: &'a BTreeMap<K, Arc<T>>,
    id: impl Fn(&K) -> &str,
) {
    if !records.is_empty() {
        let record = |(key, record): (&K, &'a Arc<T>)| {
            let id = id(key);
            (id.to_owned(), Tree::of_identified(id, &**record))
        };
        branch.insert(name.to_owned(), Tree::Branch(records.iter().map(record).collect()));
    }
}

fn write_record(known: &Map<String, Value>, unknown: &UnknownFields, out: &mut String) {
    let Some(text) = unknown.text() else {
        out.push_str(&serde_json::to_string(known).unwrap_or_default());
        return;
    };
    let mut overruled = BTreeSet::new();
    unknown.each_name(|name| {
        if known.contains_key(name) {
            overruled.insert(name.to_owned());
        }
    });
    out.push('{');
    for (name, value) in known.iter().filter(|(name, _)| !overruled.contains(name.as_str())) {
        push_text(out, name);
        out.push(':');
        out.push_str(&value.to_string());
        out.push(',');
    }
    out.push_str(text.strip_prefix('{').unwrap_or(text));
}

fn take(room: &mut usize, json: &str) -> bool {
    let rest = room.checked_sub(json.len());
    *room = rest.unwrap_or(*room);
    rest.is_some()
}

fn not_shown(json: &str) -> Value {
    Value::from(format!("{} bytes are not shown", json.len()))
}
