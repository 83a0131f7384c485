//! Devices and homes by name.

use std::collections::BTreeMap;

use super::ParseError;
use crate::home::{DeviceTree, Node, by_name};

/// A device or home that a text can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The device or structure.
    pub node: Node,
    /// The name, with the kind if two share it.
    pub name: String,
    /// `home`, `thermostat` or `camera`; may always follow the name.
    pub kind: &'static str,
}

/// All names: homes, thermostats and cameras, the devices of a kind in the order of their names.
pub fn names(home: &DeviceTree) -> Vec<Named> {
    let structures = home.structures.iter().map(|(id, s)| (Node::Structure(id.clone()), s.name.as_deref(), "home"));
    let thermostats = by_name(&home.thermostats, |thermostat| thermostat.name.as_deref()).into_iter();
    let thermostats = thermostats.map(|id| {
        let name = home.thermostats.get(id).and_then(|thermostat| thermostat.name.as_deref());
        (Node::Thermostat(id.clone()), name, "thermostat")
    });
    let cameras = by_name(&home.cameras, |camera| camera.name.as_deref()).into_iter();
    let cameras = cameras.map(|id| {
        let name = home.cameras.get(id).and_then(|camera| camera.name.as_deref());
        (Node::Camera(id.clone()), name, "camera")
    });
    let all: Vec<(Node, String, &'static str)> = structures
        .chain(thermostats)
        .chain(cameras)
        .map(|(node, name, kind)| {
            let name = name.filter(|name| !name.trim().is_empty()).map(str::to_owned);
            let name = name.unwrap_or_else(|| node.id().to_owned());
            (node, name, kind)
        })
        .collect();
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for (_, name, _) in &all {
        *count.entry(key(name)).or_default() += 1;
    }
    all.into_iter()
        .map(|(node, name, kind)| {
            let is_shared = count.get(&key(&name)).is_some_and(|count| *count > 1);
            Named { node, name: if is_shared { format!("{name} {kind}") } else { name }, kind }
        })
        .collect()
}

/// Finds a device or home by its id, its name, or a unique part of its name.
pub fn find(home: &DeviceTree, text: &str) -> Result<Named, ParseError> {
    let directory = Directory::of(home);
    let found = match directory.exact(text) {
        exact if exact.is_empty() => directory.partial(text),
        exact => exact,
    };
    match found.as_slice() {
        [] => Err(directory.no_such_name(text)),
        [one] => Ok((*one).clone()),
        several => Err(ambiguous(text, several)),
    }
}

/// A name in the form for comparison: lower case, single spaces.
pub(super) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&word.to_lowercase());
    }
    key
}

/// The error for several matches; equal names are distinguished by their ids.
pub(super) fn ambiguous(text: &str, several: &[&Named]) -> ParseError {
    let candidate = |named: &&Named| {
        let is_shared = several.iter().filter(|other| other.name == named.name).count() > 1;
        if is_shared { format!("{} ({})", named.name, named.node.id()) } else { named.name.clone() }
    };
    ParseError::Ambiguous { name: text.to_owned(), candidates: several.iter().map(candidate).collect() }
}

/// All names, ready for comparison.
pub(super) struct Directory {
    entries: Vec<NameEntry>,
}

struct NameEntry {
    named: Named,
    key: String,
    with_kind: String,
}

impl Directory {
    pub(super) fn of(home: &DeviceTree) -> Self {
        let entries = names(home).into_iter().map(|named| {
            let key = key(&named.name);
            let with_kind = format!("{key} {}", named.kind);
            NameEntry { named, key, with_kind }
        });
        Self { entries: entries.collect() }
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Named> {
        self.entries.iter().map(|entry| &entry.named)
    }

    /// The number of words of the longest name, with its kind.
    pub(super) fn most_words(&self) -> usize {
        self.entries.iter().map(|entry| entry.with_kind.split(' ').count()).max().unwrap_or_default()
    }

    /// Matches by id, or else by the whole name.
    pub(super) fn exact(&self, text: &str) -> Vec<&Named> {
        let by_id: Vec<&Named> = self.all().filter(|named| named.node.id() == text.trim()).collect();
        if by_id.is_empty() { self.by(text, |name, wanted| name == wanted) } else { by_id }
    }

    /// Matches by the beginning of the name, or else by the beginning of one of its words.
    pub(super) fn partial(&self, text: &str) -> Vec<&Named> {
        let beginning = self.beginning(text);
        if !beginning.is_empty() {
            return beginning;
        }
        self.by(text, |name, wanted| name.split(' ').any(|word| word.starts_with(wanted)))
    }

    /// Matches by the beginning of the name.
    pub(super) fn beginning(&self, text: &str) -> Vec<&Named> {
        self.by(text, |name, wanted| name.starts_with(wanted))
    }

    fn by(&self, text: &str, fits: impl Fn(&str, &str) -> bool) -> Vec<&Named> {
        let wanted = key(text);
        if wanted.is_empty() {
            return Vec::new();
        }
        let fits = |entry: &&NameEntry| fits(&entry.key, &wanted) || fits(&entry.with_kind, &wanted);
        self.entries.iter().filter(fits).map(|entry| &entry.named).collect()
    }

    pub(super) fn no_such_name(&self, text: &str) -> ParseError {
        let known = self.all().map(|named| named.name.clone()).collect();
        ParseError::NoSuchName { name: text.to_owned(), known }
    }

    /// The unique text for this device: its name, or its id if another one has the name.
    pub(super) fn spelling(&self, named: &Named) -> String {
        let spelling = named.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_unique = matches!(self.exact(&spelling).as_slice(), [one] if one.node == named.node);
        if is_unique { spelling } else { named.node.id().to_owned() }
    }
}
