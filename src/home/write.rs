//! Typed writes to a home.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::field::FieldValue;
use super::ids::{DeviceId, StructureId};
use super::model::DeviceTree;
use super::units::{Scale, Setpoint};
use super::vocab::{Away, HvacMode};

/// One change of a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Write {
    /// Home or away.
    Away(StructureId, Away),
    StructureName(StructureId, String),
    /// The expected arrival, or its cancellation.
    Eta(StructureId, Eta),
    /// The scale on the thermostat's own display.
    Scale(DeviceId, Scale),
    /// The setpoint of heat and cool.
    Target(DeviceId, Setpoint),
    /// The setpoints of heat-cool; `None` leaves one as it is.
    Range {
        thermostat: DeviceId,
        /// The lower setpoint.
        low: Option<Setpoint>,
        /// The upper setpoint.
        high: Option<Setpoint>,
    },
    /// The mode of a thermostat.
    Mode(DeviceId, HvacMode),
    /// Starts the fan for its duration, or stops it.
    FanTimer(DeviceId, bool),
    /// The duration of the fan timer, in minutes.
    FanDuration(DeviceId, i64),
    /// The thermostat's nickname; empty for none.
    Label(DeviceId, String),
    /// Switches a camera on or off.
    Streaming(DeviceId, bool),
}

/// An expected arrival.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Eta {
    /// Names the trip, so that a later estimate replaces an earlier one.
    pub trip_id: String,
    /// Begin and end of the estimate; `None` cancels the trip.
    pub window: Option<(Timestamp, Timestamp)>,
}

/// A writable structure or device.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    Structure(StructureId),
    Thermostat(DeviceId),
    Camera(DeviceId),
}

impl Node {
    /// The id of a device; `None` for a home.
    pub fn device(&self) -> Option<&DeviceId> {
        match self {
            Self::Thermostat(id) | Self::Camera(id) => Some(id),
            Self::Structure(_) => None,
        }
    }
}

/// A writable value of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// [`Write::Away`]
    Away,
    /// [`Write::StructureName`]
    Name,
    /// [`Write::Eta`]
    Eta,
    /// [`Write::Scale`]
    Scale,
    /// [`Write::Target`]
    Target,
    /// [`Write::Range`]
    Range,
    /// [`Write::Mode`]
    Mode,
    /// [`Write::FanTimer`]
    FanTimer,
    /// [`Write::FanDuration`]
    FanDuration,
    /// [`Write::Label`]
    Label,
    /// [`Write::Streaming`]
    Streaming,
}

impl Field {
    /// The first field in order: all slots of a node follow the one with this field.
    pub const FIRST: Self = Self::Away;
}

/// One writable value of a home. At most one write for it is in flight.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Slot {
    /// The device or structure.
    pub node: Node,
    /// The value.
    pub field: Field,
}

impl Write {
    /// The value that the write changes.
    pub fn slot(&self) -> Slot {
        let (node, field) = match self {
            Self::Away(id, _) => (Node::Structure(id.clone()), Field::Away),
            Self::StructureName(id, _) => (Node::Structure(id.clone()), Field::Name),
            Self::Eta(id, _) => (Node::Structure(id.clone()), Field::Eta),
            Self::Scale(id, _) => (Node::Thermostat(id.clone()), Field::Scale),
            Self::Target(id, _) => (Node::Thermostat(id.clone()), Field::Target),
            Self::Range { thermostat, .. } => (Node::Thermostat(thermostat.clone()), Field::Range),
            Self::Mode(id, _) => (Node::Thermostat(id.clone()), Field::Mode),
            Self::FanTimer(id, _) => (Node::Thermostat(id.clone()), Field::FanTimer),
            Self::FanDuration(id, _) => (Node::Thermostat(id.clone()), Field::FanDuration),
            Self::Label(id, _) => (Node::Thermostat(id.clone()), Field::Label),
            Self::Streaming(id, _) => (Node::Camera(id.clone()), Field::Streaming),
        };
        Slot { node, field }
    }

    /// The text, for writes that set one.
    pub fn text(&self) -> Option<&str> {
        if let Self::StructureName(_, text) | Self::Label(_, text) = self { Some(text) } else { None }
    }

    /// The camera that the write switches on.
    pub fn switched_on_camera(&self) -> Option<&DeviceId> {
        if let Self::Streaming(camera, true) = self { Some(camera) } else { None }
    }

    /// True for the cancellation of an arrival.
    pub fn is_cancelled_arrival(&self) -> bool {
        matches!(self, Self::Eta(_, eta) if eta.window.is_none())
    }

    /// Applies the requested value only; side effects are left to the service.
    pub fn apply_optimistic(&self, home: &mut DeviceTree) {
        match self {
            Self::Away(id, away) => {
                if let Some(structure) = home.structure_mut(id) {
                    structure.away = Some(away.clone());
                }
            }
            Self::StructureName(id, name) => {
                if let Some(structure) = home.structure_mut(id) {
                    structure.name = Some(name.clone());
                }
            }
            Self::Eta(id, eta) => {
                if let Some(structure) = home.structure_mut(id) {
                    structure.eta_begin = eta.window.map(|(begin, _)| begin);
                }
            }
            Self::Scale(id, scale) => {
                if let Some(thermostat) = home.thermostat_mut(id) {
                    thermostat.temperature_scale = Some(*scale);
                }
            }
            Self::Target(id, setpoint) => {
                if let Some(thermostat) = home.thermostat_mut(id) {
                    thermostat.target_temperature = setpoint.temperature();
                }
            }
            Self::Range { thermostat, low, high } => {
                if let Some(thermostat) = home.thermostat_mut(thermostat) {
                    if let Some(low) = low {
                        thermostat.target_temperature_low = low.temperature();
                    }
                    if let Some(high) = high {
                        thermostat.target_temperature_high = high.temperature();
                    }
                }
            }
            Self::Mode(id, mode) => {
                if let Some(thermostat) = home.thermostat_mut(id) {
                    thermostat.hvac_mode = Some(mode.clone());
                }
            }
            Self::FanTimer(id, on) => {
                if let Some(thermostat) = home.thermostat_mut(id) {
                    thermostat.fan_timer_active = Some(*on);
                }
            }
            Self::FanDuration(id, minutes) => {
                if let Some(thermostat) = home.thermostat_mut(id) {
                    thermostat.fan_timer_duration = Some(*minutes);
                }
            }
            Self::Label(id, label) => {
                if let Some(thermostat) = home.thermostat_mut(id) {
                    thermostat.label = Some(label.clone());
                }
            }
            Self::Streaming(id, on) => {
                if let Some(camera) = home.camera_mut(id) {
                    camera.is_streaming = Some(*on);
                }
            }
        }
    }

    /// The scale of its setpoints, if it has any.
    pub fn scale(&self) -> Option<Scale> {
        if let Self::Target(_, setpoint) = self {
            return Some(setpoint.scale);
        }
        let Self::Range { low, high, .. } = self else { return None };
        low.or(*high).map(|setpoint| setpoint.scale)
    }

    /// True if the home shows the requested value.
    pub fn is_shown_by(&self, home: &DeviceTree) -> bool {
        match self {
            Self::Away(id, away) => home.structures.get(id).is_some_and(|s| s.away.as_ref() == Some(away)),
            Self::StructureName(id, name) => home.structures.get(id).is_some_and(|s| s.name.as_ref() == Some(name)),
            Self::Eta(id, eta) => home.structures.get(id).is_some_and(|s| {
                let shown = s.eta_begin.filter(|begin| *begin != Timestamp::UNIX_EPOCH);
                shown.map(Timestamp::as_second) == eta.window.map(|(begin, _)| begin.as_second())
            }),
            Self::Scale(id, scale) => home.thermostats.get(id).is_some_and(|t| t.temperature_scale == Some(*scale)),
            Self::Target(id, wanted) => {
                home.thermostats.get(id).and_then(|t| t.target_temperature).is_some_and(|t| wanted.is_shown_by(t))
            }
            Self::Range { thermostat, low, high } => home.thermostats.get(thermostat).is_some_and(|t| {
                let shows = |wanted: &Option<Setpoint>, shown: Option<_>| {
                    wanted.is_none_or(|wanted| shown.is_some_and(|shown| wanted.is_shown_by(shown)))
                };
                shows(low, t.target_temperature_low) && shows(high, t.target_temperature_high)
            }),
            Self::Mode(id, mode) => home.thermostats.get(id).is_some_and(|t| t.hvac_mode.as_ref() == Some(mode)),
            Self::FanTimer(id, on) => home.thermostats.get(id).is_some_and(|t| t.fan_timer_active == Some(*on)),
            Self::FanDuration(id, min) => home.thermostats.get(id).is_some_and(|t| t.fan_timer_duration == Some(*min)),
            Self::Label(id, label) => {
                home.thermostats.get(id).is_some_and(|t| t.label.as_deref().unwrap_or_default() == label)
            }
            Self::Streaming(id, on) => home.cameras.get(id).is_some_and(|c| c.is_streaming == Some(*on)),
        }
    }

    /// True if the write would change nothing. Starting a running fan restarts its timer, so that is never a
    /// no-op.
    pub fn is_no_op_in(&self, home: &DeviceTree) -> bool {
        !matches!(self, Self::FanTimer(_, true)) && self.is_shown_by(home)
    }

    /// The requested value as text in records.
    pub fn value_text(&self) -> String {
        match self.value() {
            FieldValue::Presence(away) => away.to_string(),
            FieldValue::Text(text) => match text.as_str() {
                "" => "none".to_owned(),
                text => format!("“{text}”"),
            },
            FieldValue::Arrival(eta) => match eta.window {
                Some((begin, _)) => begin.strftime("%Y-%m-%d %H:%M UTC").to_string(),
                None => "cancelled".to_owned(),
            },
            FieldValue::Scale(scale) => scale.sign().to_owned(),
            FieldValue::Setpoint(setpoint) => setpoint.to_string(),
            FieldValue::Range(low, high) => match (low, high) {
                (Some(low), Some(high)) => format!("{}–{}", low.short(), high),
                (Some(low), None) => format!("from {low}"),
                (None, Some(high)) => format!("up to {high}"),
                (None, None) => "unchanged".to_owned(),
            },
            FieldValue::Mode(mode) => mode.title().to_owned(),
            FieldValue::Switch(on) => if on { "on" } else { "off" }.to_owned(),
            FieldValue::Minutes(minutes) => format!("{minutes} min"),
        }
    }

    /// The writes that start the fan for a time. The duration goes before the start, which uses it.
    pub fn fan_for(thermostat: &DeviceId, minutes: i64) -> [Self; 2] {
        [Self::FanDuration(thermostat.clone(), minutes), Self::FanTimer(thermostat.clone(), true)]
    }
}

impl Slot {
    /// The write that would set this value to the present one: for undo, and for the old value in the journal.
    /// `None` if the home does not show it.
    pub fn present(&self, home: &DeviceTree, scale: Option<Scale>) -> Option<Write> {
        match &self.node {
            Node::Structure(id) => {
                let structure = home.structures.get(id)?;
                match self.field {
                    Field::Away => Some(Write::Away(id.clone(), structure.away.clone()?)),
                    Field::Name => Some(Write::StructureName(id.clone(), structure.name.clone()?)),
                    // The id of a trip cannot be read, so an arrival cannot be restored.
                    Field::Eta
                    | Field::Scale
                    | Field::Target
                    | Field::Range
                    | Field::Mode
                    | Field::FanTimer
                    | Field::FanDuration
                    | Field::Label
                    | Field::Streaming => None,
                }
            }
            Node::Thermostat(id) => self.present_on_thermostat(home, id, scale),
            Node::Camera(id) => Some(Write::Streaming(id.clone(), home.cameras.get(id)?.is_streaming?)),
        }
    }

    fn present_on_thermostat(&self, home: &DeviceTree, id: &DeviceId, scale: Option<Scale>) -> Option<Write> {
        let thermostat = home.thermostats.get(id)?;
        let scale = scale.unwrap_or_else(|| thermostat.scale());
        let id = id.clone();
        match self.field {
            Field::Scale => Some(Write::Scale(id, thermostat.temperature_scale?)),
            Field::Target => Some(Write::Target(id, thermostat.target_temperature?.setpoint(scale))),
            Field::Range => Some(Write::Range {
                thermostat: id,
                low: Some(thermostat.target_temperature_low?.setpoint(scale)),
                high: Some(thermostat.target_temperature_high?.setpoint(scale)),
            }),
            Field::Mode => Some(Write::Mode(id, thermostat.hvac_mode.clone()?)),
            Field::FanTimer => Some(Write::FanTimer(id, thermostat.fan_timer_active?)),
            Field::FanDuration => Some(Write::FanDuration(id, thermostat.fan_timer_duration?)),
            Field::Label => Some(Write::Label(id, thermostat.label.clone().unwrap_or_default())),
            Field::Away | Field::Name | Field::Eta | Field::Streaming => None,
        }
    }
}

impl Node {
    /// The id in the service's spelling.
    pub fn id(&self) -> &str {
        match self {
            Self::Structure(id) => id.as_str(),
            Self::Thermostat(id) | Self::Camera(id) => id.as_str(),
        }
    }

    /// The name for display: place and label, or the id if there is no name.
    pub fn name<'a>(&'a self, home: &'a DeviceTree) -> &'a str {
        let (name, id) = match self {
            Self::Structure(id) => (home.structures.get(id).and_then(|s| s.name.as_deref()), id.as_str()),
            Self::Thermostat(id) => (home.thermostats.get(id).and_then(|t| t.name.as_deref()), id.as_str()),
            Self::Camera(id) => (home.cameras.get(id).and_then(|c| c.name.as_deref()), id.as_str()),
        };
        name.unwrap_or(id)
    }
}
