//! Captures the present state of a home as writes that restore it.

use std::collections::BTreeSet;

use crate::home::{Away, DeviceTree, FAN_DURATIONS_MIN, Field, HvacMode, Node, Slot, Thermostat, Write, by_name};

/// The values to capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Modes and the setpoints that apply in them.
    pub climate: bool,
    /// The state of fans.
    pub fans: bool,
    /// The state of cameras.
    pub cameras: bool,
    /// Home or away; off by default.
    pub away: bool,
    /// Only these devices and structures; `None` for all.
    pub only: Option<BTreeSet<Node>>,
}

impl Default for Scope {
    fn default() -> Self {
        Self { climate: true, fans: true, cameras: true, away: false, only: None }
    }
}

impl Scope {
    fn covers(&self, node: &Node) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(node))
    }
}

/// The writes that restore the present state, without unknown values.
pub fn capture(home: &DeviceTree, scope: &Scope) -> Vec<Write> {
    let present = |node: &Node, field| Slot { node: node.clone(), field }.present(home, None);
    let mut writes = Vec::new();
    for (id, structure) in &home.structures {
        let node = Node::Structure(id.clone());
        let is_settable = matches!(structure.away, Some(Away::Home | Away::Away));
        if scope.away && is_settable && scope.covers(&node) {
            writes.extend(present(&node, Field::Away));
        }
    }
    for id in by_name(&home.thermostats, |thermostat| thermostat.name.as_deref()) {
        let Some(thermostat) = home.thermostats.get(id) else { continue };
        let node = Node::Thermostat(id.clone());
        if !scope.covers(&node) {
            continue;
        }
        let mut fields = Vec::new();
        if scope.climate {
            fields.extend_from_slice(climate_fields(thermostat));
        }
        if scope.fans && thermostat.has_fan != Some(false) {
            fields.extend_from_slice(fan_fields(thermostat));
        }
        writes.extend(fields.into_iter().filter_map(|field| present(&node, field)));
    }
    for id in by_name(&home.cameras, |camera| camera.name.as_deref()) {
        let node = Node::Camera(id.clone());
        if scope.cameras && scope.covers(&node) {
            writes.extend(present(&node, Field::Streaming));
        }
    }
    writes
}

/// The mode and the setpoints that it has.
fn climate_fields(thermostat: &Thermostat) -> &'static [Field] {
    match thermostat.hvac_mode {
        Some(HvacMode::Heat | HvacMode::Cool) => &[Field::Mode, Field::Target],
        Some(HvacMode::HeatCool) => &[Field::Mode, Field::Range],
        Some(HvacMode::Eco | HvacMode::Off) => &[Field::Mode],
        // An unknown mode cannot be set again.
        Some(HvacMode::Other(_)) | None => &[],
    }
}

/// A running fan is started again for its duration.
fn fan_fields(thermostat: &Thermostat) -> &'static [Field] {
    let offered = |minutes: i64| u32::try_from(minutes).is_ok_and(|minutes| FAN_DURATIONS_MIN.contains(&minutes));
    match (thermostat.running_fan(), thermostat.fan_timer_active) {
        (Some(minutes), _) if offered(minutes) => Field::FAN,
        (_, Some(_)) => &[Field::FanTimer],
        (_, None) => &[],
    }
}
