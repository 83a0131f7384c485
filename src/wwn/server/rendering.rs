//! Renders the document as text, once for every version of the device tree and not once for every client.
//!
//! The document of ten thousand devices is about thirty megabytes of JSON, and each stream gets all of it after
//! each change. Therefore the text of each device is kept and reused while the device does not change, the large
//! parts are shared between clients, and only the metadata, which holds the client's own token, is rendered for
//! each client.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use serde_json::json;

use super::path::DataPath;
use super::permissions::Permissions;
use super::tokens::Token;
use crate::home::{Camera, Confidential, DeviceId, DeviceTree, Metadata, Protect, Structure, StructureId, Thermostat};
use crate::wwn::wire;

/// Above this number of devices, rendering runs on a blocking thread, so that it does not delay other clients.
const MANY_DEVICES: usize = 300;

/// The views and texts of each set of permissions, made on first use.
#[derive(Default)]
pub(super) struct Renderings {
    visible: Mutex<BTreeMap<Permissions, Visible>>,
    texts: tokio::sync::Mutex<BTreeMap<Permissions, Arc<LargeParts>>>,
}

struct Visible {
    home: Arc<DeviceTree>,
    view: Arc<DeviceTree>,
}

impl Renderings {
    /// Returns the part of a device tree that these permissions show.
    pub(super) fn visible(&self, home: &Arc<DeviceTree>, permissions: Permissions) -> Arc<DeviceTree> {
        let mut known = self.visible.lock().unwrap_or_else(PoisonError::into_inner);
        let before = known.get(&permissions);
        if let Some(same) = before.filter(|before| Arc::ptr_eq(&before.home, home)) {
            return Arc::clone(&same.view);
        }
        let before = before.map(|before| (&*before.home, &*before.view));
        let view = permissions.view(home, before);
        known.insert(permissions, Visible { home: Arc::clone(home), view: Arc::clone(&view) });
        view
    }

    /// Returns the JSON of one node as a token sees it, in pieces; `None` if there is no such node.
    pub(super) async fn text(&self, home: &Arc<DeviceTree>, token: &Token, path: &DataPath) -> Option<Vec<Bytes>> {
        let grant = token.grant();
        let view = self.visible(home, grant.permissions);
        match path.keys()[..] {
            ["metadata", ..] => whole_text(&with_metadata(&view, token), path),
            // Kept nodes of an unknown kind are rare, and a home with such nodes is small, so render all of it.
            _ if !view.extra.is_empty() => whole_text(&with_metadata(&view, token), path),
            [] | ["devices" | "structures"] | ["devices", _] => {
                let text = self.large_text(&view, grant.permissions).await?;
                text.pieces(&path.keys(), &metadata_text(token))
            }
            ["structures" | "devices", ..] => whole_text(&view, path),
            _ => None,
        }
    }

    async fn large_text(&self, view: &Arc<DeviceTree>, permissions: Permissions) -> Option<Arc<LargeParts>> {
        let mut known = self.texts.lock().await;
        let before = known.get(&permissions).map(Arc::clone);
        if let Some(same) = before.as_ref().filter(|before| Arc::ptr_eq(&before.view, view)) {
            return Some(Arc::clone(same));
        }
        let text = if view.device_count() > MANY_DEVICES {
            let view = Arc::clone(view);
            tokio::task::spawn_blocking(move || LargeParts::render(&view, before.as_deref())).await.ok()?
        } else {
            LargeParts::render(view, before.as_deref())
        };
        let text = Arc::new(text);
        known.insert(permissions, Arc::clone(&text));
        Some(text)
    }
}

fn whole_text(home: &DeviceTree, path: &DataPath) -> Option<Vec<Bytes>> {
    wire::node_text(home, &path.keys()).map(|text| vec![Bytes::from(text)])
}

fn with_metadata(view: &DeviceTree, token: &Token) -> DeviceTree {
    let grant = token.grant();
    let metadata = Metadata {
        access_token: Some(Confidential::new(token.text())),
        client_version: Some(grant.client_version),
        user_id: Some(grant.user_id.clone()),
        ..Metadata::default()
    };
    DeviceTree { metadata, ..view.clone() }
}

fn metadata_text(token: &Token) -> Bytes {
    let grant = token.grant();
    let metadata = json!({
        "access_token": token.text(),
        "client_version": grant.client_version,
        "user_id": grant.user_id,
    });
    Bytes::from(metadata.to_string())
}

/// The large parts of a view.
struct LargeParts {
    view: Arc<DeviceTree>,
    thermostats: RenderedRecords<DeviceId, Thermostat>,
    protects: RenderedRecords<DeviceId, Protect>,
    cameras: RenderedRecords<DeviceId, Camera>,
    structures: RenderedRecords<StructureId, Structure>,
}

impl LargeParts {
    fn render(view: &Arc<DeviceTree>, before: Option<&Self>) -> Self {
        let devices = |kind: &'static str| move |id: &DeviceId| wire::node_text(view, &["devices", kind, id.as_str()]);
        let structure = |id: &StructureId| wire::node_text(view, &["structures", id.as_str()]);
        Self {
            thermostats: RenderedRecords::render(
                &view.thermostats,
                DeviceId::as_str,
                devices("thermostats"),
                before.map(|before| &before.thermostats),
            ),
            protects: RenderedRecords::render(
                &view.protects,
                DeviceId::as_str,
                devices("smoke_co_alarms"),
                before.map(|before| &before.protects),
            ),
            cameras: RenderedRecords::render(
                &view.cameras,
                DeviceId::as_str,
                devices("cameras"),
                before.map(|before| &before.cameras),
            ),
            structures: RenderedRecords::render(
                &view.structures,
                StructureId::as_str,
                structure,
                before.map(|before| &before.structures),
            ),
            view: Arc::clone(view),
        }
    }

    fn pieces(&self, keys: &[&str], metadata: &Bytes) -> Option<Vec<Bytes>> {
        match keys {
            [] => {
                let mut members = Members::default();
                if let Some(devices) = self.devices() {
                    members.add("devices", devices);
                }
                members.add("metadata", vec![metadata.clone()]);
                if let Some(structures) = self.structures.text() {
                    members.add("structures", vec![structures]);
                }
                Some(members.close())
            }
            ["devices"] => self.devices(),
            ["devices", "thermostats"] => self.thermostats.text().map(|text| vec![text]),
            ["devices", "smoke_co_alarms"] => self.protects.text().map(|text| vec![text]),
            ["devices", "cameras"] => self.cameras.text().map(|text| vec![text]),
            ["structures"] => self.structures.text().map(|text| vec![text]),
            _ => None,
        }
    }

    fn devices(&self) -> Option<Vec<Bytes>> {
        let mut members = Members::default();
        let kinds = [
            ("cameras", self.cameras.text()),
            ("smoke_co_alarms", self.protects.text()),
            ("thermostats", self.thermostats.text()),
        ];
        for (kind, text) in kinds {
            if let Some(text) = text {
                members.add(kind, vec![text]);
            }
        }
        (!members.pieces.is_empty()).then(|| members.close())
    }
}

/// The members of an object whose values are already text.
#[derive(Default)]
struct Members {
    pieces: Vec<Bytes>,
}

impl Members {
    fn add(&mut self, key: &str, value: Vec<Bytes>) {
        let before = if self.pieces.is_empty() { '{' } else { ',' };
        self.pieces.push(Bytes::from(format!("{before}\"{key}\":")));
        self.pieces.extend(value);
    }

    fn close(mut self) -> Vec<Bytes> {
        self.pieces.push(Bytes::from_static(if self.pieces.is_empty() { b"{}" } else { b"}" }));
        self.pieces
    }
}

/// The records of one kind as `{"<id>":{…},…}`, and the range of each record in that text.
struct RenderedRecords<K, T> {
    text: Bytes,
    places: BTreeMap<K, (Arc<T>, Range<usize>)>,
}

impl<K: Ord + Clone, T> RenderedRecords<K, T> {
    fn render(
        entries: &BTreeMap<K, Arc<T>>,
        id: impl Fn(&K) -> &str,
        render: impl Fn(&K) -> Option<String>,
        before: Option<&Self>,
    ) -> Self {
        let unchanged = |(key, entry): (&K, &Arc<T>)| {
            let (old, range) = before?.places.get(key)?;
            Arc::ptr_eq(old, entry).then_some(range)
        };
        if let Some(before) = before
            && before.places.len() == entries.len()
            && entries.iter().all(|entry| unchanged(entry).is_some())
        {
            return Self { text: before.text.clone(), places: before.places.clone() };
        }
        let mut text = Vec::with_capacity(before.map_or(0, |before| before.text.len() + 1024));
        let mut places = BTreeMap::new();
        for (key, entry) in entries {
            text.push(if places.is_empty() { b'{' } else { b',' });
            text.extend_from_slice(serde_json::Value::from(id(key)).to_string().as_bytes());
            text.push(b':');
            let start = text.len();
            match (unchanged((key, entry)), before) {
                (Some(range), Some(before)) => text.extend_from_slice(&before.text[range.clone()]),
                _ => text.extend_from_slice(render(key).unwrap_or_else(|| "{}".to_owned()).as_bytes()),
            }
            places.insert(key.clone(), (Arc::clone(entry), start..text.len()));
        }
        text.push(b'}');
        Self { text: Bytes::from(text), places }
    }

    fn text(&self) -> Option<Bytes> {
        (!self.places.is_empty()).then(|| self.text.clone())
    }
}
