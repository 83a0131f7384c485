//! Permissions of a token to see and change fields.
//!
//! A user grants permissions to a product. The document leaves out every field that no permission covers, and
//! the server refuses writes to such a field and names it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::home::{Camera, DeviceTree, Structure};

/// The extent of a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum AccessLevel {
    /// Not granted.
    #[default]
    None,
    /// See the fields.
    Read,
    /// See and change the fields.
    ReadWrite,
}

impl AccessLevel {
    fn sees(self) -> bool {
        self >= Self::Read
    }
}

/// The permissions of one token; the vendor's own list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Permissions {
    pub thermostat: AccessLevel,
    pub camera: AccessLevel,
    /// Camera pictures, zones and share links.
    pub images: bool,
    /// Protects. Their fields are always read-only.
    pub protect: bool,
    /// The home/away state and the name of the structure.
    pub away: AccessLevel,
    /// The expected arrival. A client with read access sees when the arrival window begins.
    pub eta: AccessLevel,
    pub postal_code: bool,
    /// Energy rush hours.
    pub energy: bool,
    /// The detection of a person while the structure is set to away.
    pub security: bool,
}

impl Permissions {
    /// Everything.
    pub const ALL: Self = Self {
        thermostat: AccessLevel::ReadWrite,
        camera: AccessLevel::ReadWrite,
        images: true,
        protect: true,
        away: AccessLevel::ReadWrite,
        eta: AccessLevel::ReadWrite,
        postal_code: true,
        energy: true,
        security: true,
    };

    /// See everything, change nothing.
    pub const READ_ONLY: Self = Self {
        thermostat: AccessLevel::Read,
        camera: AccessLevel::Read,
        away: AccessLevel::Read,
        eta: AccessLevel::Read,
        ..Self::ALL
    };

    /// No permission: a client sees only that structures exist.
    pub const NONE: Self = Self {
        thermostat: AccessLevel::None,
        camera: AccessLevel::None,
        images: false,
        protect: false,
        away: AccessLevel::None,
        eta: AccessLevel::None,
        postal_code: false,
        energy: false,
        security: false,
    };

    /// The lines of the consent page.
    pub(super) fn sentences(self) -> Vec<&'static str> {
        let access = |access: AccessLevel, read: &'static str, write: &'static str| match access {
            AccessLevel::None => None,
            AccessLevel::Read => Some(read),
            AccessLevel::ReadWrite => Some(write),
        };
        let flag = |granted: bool, text: &'static str| granted.then_some(text);
        [
            access(self.thermostat, "See thermostats", "See and control thermostats"),
            access(self.camera, "See whether cameras are on", "See cameras and switch them on and off"),
            flag(self.images, "See camera pictures"),
            flag(self.protect, "See smoke and carbon monoxide alarms"),
            access(self.away, "See whether anybody is at home", "See and set whether anybody is at home"),
            access(self.eta, "See expected arrivals", "See and announce arrivals"),
            flag(self.postal_code, "See the postal code"),
            flag(self.energy, "See energy rush hours"),
            flag(self.security, "See whether a person was seen while away"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Returns those of `fields` that these permissions do not allow a client to write.
    pub(super) fn denied(self, keys: &[&str], fields: &[String]) -> Vec<String> {
        let may_write = |field: &str| match keys {
            ["devices", "thermostats", ..] => self.thermostat == AccessLevel::ReadWrite,
            ["devices", "cameras", ..] => self.camera == AccessLevel::ReadWrite,
            ["structures", ..] if field == "eta" => self.eta == AccessLevel::ReadWrite,
            ["structures", ..] => self.away == AccessLevel::ReadWrite,
            _ => true,
        };
        fields.iter().filter(|field| !may_write(field)).cloned().collect()
    }

    /// Returns the part of a device tree that these permissions show.
    ///
    /// `before` is an earlier device tree and its view. Unchanged nodes stay shared with that view, so that the
    /// server does not render them again.
    pub(super) fn view(self, home: &Arc<DeviceTree>, before: Option<(&DeviceTree, &DeviceTree)>) -> Arc<DeviceTree> {
        if self == Self::ALL {
            return Arc::clone(home);
        }
        let mut view = DeviceTree { metadata: home.metadata.clone(), ..DeviceTree::default() };
        if self.thermostat.sees() {
            view.thermostats.clone_from(&home.thermostats);
        }
        if self.camera.sees() {
            let old = before.map(|(home, view)| (&home.cameras, &view.cameras));
            view.cameras = strip(&home.cameras, old, |camera| self.strip_camera(camera));
        }
        if self.protect {
            view.protects.clone_from(&home.protects);
        }
        let old = before.map(|(home, view)| (&home.structures, &view.structures));
        view.structures = strip(&home.structures, old, |structure| self.strip_structure(structure));
        Arc::new(view)
    }

    fn strip_camera(self, camera: &mut Camera) {
        if self.images {
            return;
        }
        camera.is_public_share_enabled = None;
        camera.public_share_url = None;
        camera.snapshot_url = None;
        camera.activity_zones = None;
        if let Some(event) = &mut camera.last_event {
            event.image_url = None;
            event.animated_image_url = None;
            event.activity_zone_ids = None;
        }
    }

    fn strip_structure(self, structure: &mut Structure) {
        let Structure { thermostats, cameras, smoke_co_alarms, .. } = structure;
        keep_if(self.thermostat.sees(), thermostats);
        keep_if(self.camera.sees(), cameras);
        keep_if(self.protect, smoke_co_alarms);
        keep_if(self.protect, &mut structure.co_alarm_state);
        keep_if(self.protect, &mut structure.smoke_alarm_state);
        keep_if(self.away.sees(), &mut structure.away);
        keep_if(self.eta.sees(), &mut structure.eta_begin);
        keep_if(self.postal_code, &mut structure.postal_code);
        keep_if(self.energy, &mut structure.rhr_enrollment);
        keep_if(self.energy, &mut structure.peak_period_start_time);
        keep_if(self.energy, &mut structure.peak_period_end_time);
        keep_if(self.security, &mut structure.wwn_security_state);
    }
}

fn keep_if<T>(granted: bool, field: &mut Option<T>) {
    if !granted {
        *field = None;
    }
}

type Entries<K, T> = BTreeMap<K, Arc<T>>;

/// Entries of an earlier device tree, and their view.
type Before<'a, K, T> = (&'a Entries<K, T>, &'a Entries<K, T>);

fn strip<K: Ord + Clone, T: Clone>(
    entries: &Entries<K, T>,
    before: Option<Before<'_, K, T>>,
    strip: impl Fn(&mut T),
) -> Entries<K, T> {
    let stripped = |(key, entry): (&K, &Arc<T>)| {
        let unchanged = before.and_then(|(source, view)| {
            let same = source.get(key).is_some_and(|old| Arc::ptr_eq(old, entry));
            view.get(key).filter(|_| same).map(Arc::clone)
        });
        let entry = unchanged.unwrap_or_else(|| {
            let mut copy = T::clone(entry);
            strip(&mut copy);
            Arc::new(copy)
        });
        (key.clone(), entry)
    };
    entries.iter().map(stripped).collect()
}
