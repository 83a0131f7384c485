//! The present as rules see it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::automation::hold::Hold;
use crate::automation::schedule::ComfortLevel;
use crate::home::{DeviceId, DeviceTree, StructureId, Write};

/// The thing that a trigger looks at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// Nothing but the clock, or the log.
    Clock,
    Home(StructureId),
    Device(DeviceId),
    Account(String),
}

impl Subject {
    /// The key in the store.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Clock => "clock".to_owned(),
            Self::Home(id) => format!("home {}", id.as_str()),
            Self::Device(id) => format!("device {}", id.as_str()),
            Self::Account(name) => format!("account {name}"),
        }
    }

    /// The device, if it is one.
    pub(super) fn device(self) -> Option<DeviceId> {
        if let Self::Device(id) = self { Some(id) } else { None }
    }

    /// The name for the user; empty for the clock.
    pub(super) fn name(&self, home: &DeviceTree) -> String {
        let name = match self {
            Self::Clock => return String::new(),
            Self::Account(name) => Some(name.clone()),
            Self::Home(id) => {
                home.structures.get(id).and_then(|it| it.name.clone()).or_else(|| Some(id.as_str().into()))
            }
            Self::Device(id) => device_name(home, id).map(str::to_owned).or_else(|| Some(id.as_str().into())),
        };
        name.unwrap_or_default()
    }
}

/// The name of a device of any kind.
pub(super) fn device_name<'a>(home: &'a DeviceTree, id: &DeviceId) -> Option<&'a str> {
    let thermostat = home.thermostats.get(id).and_then(|it| it.name.as_deref());
    let camera = || home.cameras.get(id).and_then(|it| it.name.as_deref());
    let protect = || home.protects.get(id).and_then(|it| it.name.as_deref());
    thermostat.or_else(camera).or_else(protect)
}

/// An account as rules see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountState {
    pub name: String,
    pub is_signed_out: bool,
    /// True while its service is connected.
    pub is_live: bool,
}

/// The present, as far as it concerns rules.
pub struct RulePresent<'a> {
    pub now: Timestamp,
    /// The zone of homes that tell none.
    pub zone: &'a TimeZone,
    /// The confirmed homes.
    pub home: &'a DeviceTree,
    pub accounts: &'a [AccountState],
    /// True if the service of a home or device is connected, so that its state is the present one.
    pub is_live: &'a dyn Fn(&Subject) -> bool,
    /// The writes of each preset, by its name.
    pub presets: &'a [(String, Vec<Write>)],
    /// The comfort levels of the schedules.
    pub levels: &'a [ComfortLevel],
    pub holds: &'a BTreeMap<DeviceId, Hold>,
    /// The begin of the level that a schedule has in force on a thermostat.
    pub start_in_force: &'a dyn Fn(&DeviceId) -> Option<Timestamp>,
    /// The names of the programs and requests in the settings.
    pub programs: &'a [String],
    pub requests: &'a [String],
}

impl RulePresent<'_> {
    /// The zone in which times of the day are read: that of the first home that tells one.
    pub fn clock_zone(&self) -> TimeZone {
        let zones = self.home.structures.values().filter_map(|structure| structure.zone());
        zones.into_iter().next().unwrap_or_else(|| self.zone.clone())
    }

    /// True if all accounts are connected, so that a device that is not there is gone.
    pub fn is_complete(&self) -> bool {
        !self.accounts.is_empty() && self.accounts.iter().all(|account| account.is_live)
    }
}
