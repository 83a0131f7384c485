//! The thermostats of the server as a device tree, with requested values that the server does not report yet.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;
use url::Url;

use super::wire::Reading;
use crate::home::{
    Away, Capabilities, DeviceId, DeviceTree, Field, HvacMode, ServiceKind, Structure, StructureId, Temperature,
};

/// The fields that a self-hosted server cannot change.
pub(super) const OWN_SERVER: Capabilities =
    Capabilities::lacking(ServiceKind::NoLongerEvil, &[Field::Name, Field::Eta, Field::Label, Field::Streaming]);

/// The fields that the hosted server cannot change.
pub(super) const HOSTED: Capabilities = Capabilities::lacking(
    ServiceKind::HostedNoLongerEvil,
    &[Field::Name, Field::Eta, Field::Label, Field::Streaming, Field::Scale],
);

/// A thermostat wakes after ten minutes at the latest. After this time it will not apply a command any more.
const OBEYS_WITHIN: Duration = Duration::from_mins(12);

/// The fan duration in minutes for the hosted server if the user chose none: the default of a self-hosted
/// server.
pub(super) const FAN_MINUTES: i64 = 60;

/// The known state of an account.
#[derive(Debug)]
pub(super) struct NleState {
    /// The id of the structure if the server names none. It contains the host, so that two servers differ.
    only: String,
    pub(super) readings: BTreeMap<DeviceId, Reading>,
    /// The requested Eco state of each thermostat, until the thermostat reports the same.
    requested: BTreeMap<DeviceId, (bool, Instant)>,
    /// The fan duration in minutes that this program set: no status of the server contains it.
    fan_minutes: BTreeMap<DeviceId, i64>,
}

impl NleState {
    /// Creates an empty state for the server at an address.
    pub(super) fn of(base: &Url) -> Self {
        let host = base.host_str().unwrap_or_default().to_lowercase();
        let port = base.port().map(|port| format!("-{port}")).unwrap_or_default();
        let only = format!("home-{host}{port}").replace(|c: char| !c.is_ascii_alphanumeric() && c != '.', "-");
        Self { only, readings: BTreeMap::new(), requested: BTreeMap::new(), fan_minutes: BTreeMap::new() }
    }

    /// The structure that a thermostat is in.
    pub(super) fn structure_of(&self, reading: &Reading) -> StructureId {
        structure_of(reading, &self.only)
    }

    /// Replaces the whole list. Thermostats that it does not contain are gone.
    pub(super) fn replace_all(&mut self, readings: Vec<Reading>) {
        self.readings = readings.into_iter().map(|reading| (reading.serial.clone(), reading)).collect();
    }

    /// Replaces one thermostat, if it is on the list.
    pub(super) fn replace(&mut self, reading: Reading) {
        if let Some(known) = self.readings.get_mut(&reading.serial) {
            *known = reading;
        }
    }

    /// Stores the values that the server says it stored, so that a second command for the other end of a range
    /// does not restore the old value of the first end.
    pub(super) fn echo(&mut self, serial: &DeviceId, stored: &Value) {
        let Some(reading) = self.readings.get_mut(serial) else { return };
        let thermostat = &mut reading.thermostat;
        for (key, value) in [
            ("target_temperature", &mut thermostat.target_temperature),
            ("target_temperature_low", &mut thermostat.target_temperature_low),
            ("target_temperature_high", &mut thermostat.target_temperature_high),
        ] {
            if let Some(degrees) = stored.get(key).and_then(Value::as_f64).and_then(Temperature::from_celsius) {
                *value = Some(degrees);
            }
        }
    }

    /// Requests an Eco state. The device tree shows it until the thermostat reports Eco itself.
    pub(super) fn request_eco(&mut self, thermostat: DeviceId, eco: bool, now: Instant) {
        self.requested.insert(thermostat, (eco, now));
    }

    pub(super) fn keep_fan_minutes(&mut self, thermostat: &DeviceId, minutes: i64) {
        self.fan_minutes.insert(thermostat.clone(), minutes);
    }

    pub(super) fn fan_minutes(&self, thermostat: &DeviceId) -> Option<i64> {
        self.fan_minutes.get(thermostat).copied()
    }

    /// The thermostats of a structure.
    pub(super) fn of_structure(&self, structure: &StructureId) -> impl Iterator<Item = &Reading> {
        self.readings.values().filter(move |reading| self.structure_of(reading) == *structure)
    }

    /// True if the device tree shows the thermostat in Eco: the requested state, else the reported one.
    pub(super) fn is_eco(&self, reading: &Reading) -> bool {
        self.requested.get(&reading.serial).map_or(reading.is_eco, |(eco, _)| *eco)
    }

    /// Forgets requests that the thermostat has applied, and those that are too old.
    pub(super) fn forget_applied(&mut self, now: Instant) {
        let Self { readings, requested, .. } = self;
        requested.retain(|serial, (eco, since)| {
            // The thermostat's own sensor may also cause Eco, but then the thermostat reports away as well.
            let is_obeyed = readings.get(serial).is_some_and(|reading| {
                if *eco {
                    reading.manual_eco == Some(true)
                } else {
                    reading.manual_eco.is_some() && !reading.is_eco && reading.away != Some(true)
                }
            });
            !is_obeyed && now.duration_since(*since) < OBEYS_WITHIN
        });
    }

    /// Returns the device tree; `name` is the user's name for the account.
    pub(super) fn home(&self, name: &str, capabilities: Capabilities) -> DeviceTree {
        let mut home = DeviceTree::default();
        let mut structures: BTreeMap<StructureId, Structure> = BTreeMap::new();
        for reading in self.readings.values() {
            let id = self.structure_of(reading);
            let structure = structures.entry(id.clone()).or_default();
            structure.thermostats.get_or_insert_default().push(reading.serial.clone());
            let mut thermostat = reading.thermostat.clone();
            thermostat.structure_id = Some(id);
            if thermostat.has_fan == Some(true) {
                thermostat.fan_timer_duration = self.fan_minutes(&reading.serial);
            }
            if self.is_eco(reading) {
                thermostat.previous_hvac_mode = thermostat.hvac_mode.replace(HvacMode::Eco);
            }
            home.thermostats.insert(reading.serial.clone(), Arc::new(thermostat));
        }
        let is_only = structures.len() == 1;
        for (id, mut structure) in structures {
            structure.name = Some(if is_only { name.to_owned() } else { format!("{name} · {id}") });
            structure.away = Some(if self.is_away(&id) { Away::Away } else { Away::Home });
            home.structures.insert(id, Arc::new(structure));
        }
        home.with_capabilities(capabilities)
    }

    /// True if a thermostat without a requested state reports away, or if all are in manual Eco: the server uses
    /// manual Eco to signal that nobody is at home.
    fn is_away(&self, structure: &StructureId) -> bool {
        let mut all_eco = true;
        for reading in self.of_structure(structure) {
            match self.requested.get(&reading.serial) {
                Some((eco, _)) => all_eco &= *eco,
                None if reading.away == Some(true) => return true,
                None => all_eco &= reading.manual_eco == Some(true),
            }
        }
        all_eco
    }
}

/// The structure that a thermostat belongs to.
fn structure_of(reading: &Reading, only: &str) -> StructureId {
    StructureId::new(reading.structure.as_deref().unwrap_or(only))
}
