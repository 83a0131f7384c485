//! The rules that refuse a write: one set for the window (why a control is blocked), the engine (no call for a
//! write that will be refused) and the simulated service (its answers).
//!
//! The vendor documents no precedence; ours goes from the device to the value.

use jiff::Timestamp;

use super::field::{FieldGroup, FieldValue, ValueKind};
use super::ids::{DeviceId, StructureId};
use super::model::DeviceTree;
use super::refusal::{Equipment, Refusal, SetpointField};
use super::service_kind::ServiceKind;
use super::structure::Structure;
use super::thermostat::{FAN_DURATIONS_MIN, MAX_LABEL_CHARS, Thermostat};
use super::units::Setpoint;
use super::vocab::{AlarmState, Away, HvacMode};
use super::write::{Eta, Field, Node, Slot, Write};

/// A write that passed the rules. [`check`] and [`check_request`] are the only constructors.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked(Write);

impl Checked {
    /// The write.
    pub fn write(&self) -> &Write {
        &self.0
    }

    /// Unwraps the write.
    pub fn into_write(self) -> Write {
        self.0
    }
}

/// Checks a write against the rules of the service.
pub fn check(home: &DeviceTree, write: &Write, now: Timestamp) -> Result<Checked, Refusal> {
    gate(home, &write.slot(), switches_on(write))?;
    match (write, write.value()) {
        (Write::StructureName(_, name), _) if name.trim().is_empty() => return Err(Refusal::NameMissing),
        (Write::Label(_, label), _) => check_label(label)?,
        (Write::Eta(id, eta), _) => check_eta(structure(home, id)?, eta, now)?,
        (Write::Target(id, setpoint), _) => check_setpoint(thermostat(home, id)?, *setpoint)?,
        (Write::Range { thermostat: id, low, high }, _) => check_range(thermostat(home, id)?, *low, *high)?,
        (Write::Mode(id, mode), _) => check_mode(thermostat(home, id)?, mode)?,
        (_, FieldValue::Presence(away)) => check_away(&away)?,
        (_, FieldValue::Minutes(minutes)) => check_fan_duration(minutes)?,
        // Every value of these is allowed, or an arm above has checked it.
        // Every value of these is allowed, or an arm above has checked it.
        (
            _,
            FieldValue::Text(_)
            | FieldValue::Scale(_)
            | FieldValue::Switch(_)
            | FieldValue::Arrival(_)
            | FieldValue::Setpoint(_)
            | FieldValue::Range(..)
            | FieldValue::Mode(_),
        ) => {}
    }
    Ok(Checked(write.clone()))
}

/// Checks a write that the user requested.
///
/// An end of a range that stays as it is can be omitted. If a lock that was set later would refuse that end, it
/// is left out, so that the other end can still be moved.
pub fn check_request(home: &DeviceTree, write: &Write, now: Timestamp) -> Result<Checked, Refusal> {
    check(home, &without_what_stays(home, write), now)
}

/// The write without the end of a range that the home shows already and that the lock forbids.
fn without_what_stays(home: &DeviceTree, write: &Write) -> Write {
    let Write::Range { thermostat: id, low: Some(low), high: Some(high) } = write else { return write.clone() };
    let Some(thermostat) = home.thermostats.get(id) else { return write.clone() };
    let stays_outside = |wanted: Setpoint, shown: Option<super::Temperature>| {
        shown.is_some_and(|shown| wanted.is_shown_by(shown))
            && thermostat
                .lock(wanted.scale)
                .is_some_and(|(least, most)| wanted.degrees < least.degrees || wanted.degrees > most.degrees)
    };
    let drops_low = stays_outside(*low, thermostat.target_temperature_low);
    let drops_high = stays_outside(*high, thermostat.target_temperature_high);
    if drops_low == drops_high {
        // The lock forbids neither end; or both, and nothing would remain.
        return write.clone();
    }
    Write::Range { thermostat: id.clone(), low: (!drops_low).then_some(*low), high: (!drops_high).then_some(*high) }
}

/// The reason why no value at all can be written to a slot now; `None` if the control is enabled.
pub fn blocked(home: &DeviceTree, slot: &Slot) -> Option<Refusal> {
    // A fan that must not start may still be stopped, so its control is blocked only while it is off. Every
    // other condition is the same for all values.
    let starts_fan = slot.field == Field::FanTimer && !fan_is_on(home, slot);
    gate(home, slot, starts_fan).err()
}

fn switches_on(write: &Write) -> bool {
    matches!(write, Write::FanTimer(_, true))
}

fn fan_is_on(home: &DeviceTree, slot: &Slot) -> bool {
    match &slot.node {
        Node::Thermostat(id) => home.thermostats.get(id).is_some_and(|t| t.fan_timer_active == Some(true)),
        Node::Structure(_) | Node::Camera(_) => false,
    }
}

/// The rules that do not depend on the value.
fn gate(home: &DeviceTree, slot: &Slot, starts_fan: bool) -> Result<(), Refusal> {
    home.capabilities_of(&slot.node).check(slot.field)?;
    match &slot.node {
        Node::Structure(id) => structure(home, id).map(drop),
        Node::Camera(id) => {
            let camera = home.cameras.get(id).ok_or_else(|| Refusal::Unknown(id.to_string()))?;
            if camera.is_reachable() { Ok(()) } else { Err(Refusal::Offline) }
        }
        Node::Thermostat(id) => {
            let thermostat = thermostat(home, id)?;
            if !thermostat.is_reachable() {
                return Err(Refusal::Offline);
            }
            match slot.field.group() {
                FieldGroup::Climate => {
                    emergency_heat(thermostat)?;
                    let kind = slot.field.entry().kind;
                    if kind == ValueKind::Setpoint {
                        target_fits_mode(thermostat)
                    } else if kind == ValueKind::Range {
                        range_fits_mode(thermostat)
                    } else {
                        Ok(())
                    }
                }
                FieldGroup::Fan => {
                    if thermostat.has_fan == Some(false) {
                        return Err(Refusal::NoFan);
                    }
                    if starts_fan {
                        fan_fits_mode(home, slot, thermostat)?;
                        no_smoke(home, id)?;
                    }
                    Ok(())
                }
                FieldGroup::Home | FieldGroup::Arrival | FieldGroup::Settings | FieldGroup::Camera => Ok(()),
            }
        }
    }
}

fn thermostat<'a>(home: &'a DeviceTree, id: &DeviceId) -> Result<&'a Thermostat, Refusal> {
    home.thermostats.get(id).map(|t| &**t).ok_or_else(|| Refusal::Unknown(id.to_string()))
}

fn structure<'a>(home: &'a DeviceTree, id: &StructureId) -> Result<&'a Structure, Refusal> {
    home.structures.get(id).map(|s| &**s).ok_or_else(|| Refusal::Unknown(id.to_string()))
}

fn emergency_heat(thermostat: &Thermostat) -> Result<(), Refusal> {
    if thermostat.is_using_emergency_heat == Some(true) { Err(Refusal::EmergencyHeat) } else { Ok(()) }
}

fn target_fits_mode(thermostat: &Thermostat) -> Result<(), Refusal> {
    match &thermostat.hvac_mode {
        None | Some(HvacMode::Heat | HvacMode::Cool) => Ok(()),
        Some(mode @ (HvacMode::HeatCool | HvacMode::Eco | HvacMode::Off | HvacMode::Other(_))) => {
            Err(Refusal::ModeForbids { field: SetpointField::Target, mode: mode.clone() })
        }
    }
}

fn range_fits_mode(thermostat: &Thermostat) -> Result<(), Refusal> {
    match &thermostat.hvac_mode {
        None | Some(HvacMode::HeatCool) => Ok(()),
        Some(mode @ (HvacMode::Heat | HvacMode::Cool | HvacMode::Eco | HvacMode::Off | HvacMode::Other(_))) => {
            Err(Refusal::ModeForbids { field: SetpointField::Low, mode: mode.clone() })
        }
    }
}

/// Google Device Access refuses `Fan.SetTimer` in the mode off; the other services start the fan then.
fn fan_fits_mode(home: &DeviceTree, slot: &Slot, thermostat: &Thermostat) -> Result<(), Refusal> {
    let is_at_google = home.capabilities_of(&slot.node).service() == Some(ServiceKind::DeviceAccess);
    let is_off = thermostat.hvac_mode == Some(HvacMode::Off);
    if is_at_google && is_off { Err(Refusal::FanNeedsMode) } else { Ok(()) }
}

/// The vendor stops the fan during a smoke or carbon monoxide alarm, because it would spread them.
fn no_smoke(home: &DeviceTree, id: &DeviceId) -> Result<(), Refusal> {
    let Some((structure_id, structure)) = home.structure_of(id) else { return Ok(()) };
    let of_structure = [&structure.smoke_alarm_state, &structure.co_alarm_state];
    let alarm = of_structure.into_iter().flatten().any(|state| *state == AlarmState::Emergency)
        || home
            .protects
            .values()
            .filter(|protect| protect.structure_id.as_ref() == Some(structure_id))
            .any(|protect| protect.worst_alarm() == AlarmState::Emergency);
    if alarm { Err(Refusal::SafetyShutoff) } else { Ok(()) }
}

fn check_away(away: &Away) -> Result<(), Refusal> {
    match away {
        Away::Home | Away::Away => Ok(()),
        Away::AutoAway | Away::Unknown | Away::Other(_) => Err(Refusal::NotAnAwayState(away.to_string())),
    }
}

fn check_eta(structure: &Structure, eta: &Eta, now: Timestamp) -> Result<(), Refusal> {
    // A cancellation is allowed at any time.
    let Some((begin, end)) = eta.window else { return Ok(()) };
    if !matches!(structure.away, Some(Away::Away | Away::AutoAway)) {
        return Err(Refusal::NotAway);
    }
    if structure.thermostats.as_ref().is_none_or(Vec::is_empty) {
        return Err(Refusal::NoThermostat);
    }
    if begin < now {
        return Err(Refusal::ArrivalInThePast);
    }
    if end < begin {
        return Err(Refusal::ArrivalEndsBeforeItBegins);
    }
    Ok(())
}

fn check_setpoint(thermostat: &Thermostat, setpoint: Setpoint) -> Result<(), Refusal> {
    if !setpoint.degrees.is_finite() {
        return Err(Refusal::NotATemperature(setpoint.degrees.to_string()));
    }
    let allowed = setpoint.scale.range();
    if setpoint.degrees > *allowed.end() {
        return Err(Refusal::TooHigh(setpoint));
    }
    if setpoint.degrees < *allowed.start() {
        return Err(Refusal::TooLow(setpoint));
    }
    if let Some((low, high)) = thermostat.lock(setpoint.scale) {
        if setpoint.degrees > high.degrees {
            return Err(Refusal::AboveLock(setpoint, high));
        }
        if setpoint.degrees < low.degrees {
            return Err(Refusal::BelowLock(setpoint, low));
        }
    }
    Ok(())
}

fn check_range(thermostat: &Thermostat, low: Option<Setpoint>, high: Option<Setpoint>) -> Result<(), Refusal> {
    for setpoint in [low, high].into_iter().flatten() {
        check_setpoint(thermostat, setpoint)?;
    }
    let scale = low.or(high).map_or_else(|| thermostat.scale(), |setpoint| setpoint.scale);
    let in_scale = |wanted: Option<Setpoint>, shown: Option<super::Temperature>| match wanted {
        Some(wanted) if wanted.scale == scale => Some(wanted),
        Some(wanted) => wanted.temperature().map(|t| t.setpoint(scale)),
        None => shown.map(|t| t.setpoint(scale)),
    };
    let low = in_scale(low, thermostat.target_temperature_low);
    let high = in_scale(high, thermostat.target_temperature_high);
    let Some((low, high)) = low.zip(high) else { return Ok(()) };
    if low.degrees > high.degrees {
        return Err(Refusal::LowAboveHigh(low, high));
    }
    if high.degrees - low.degrees < scale.min_gap() {
        return Err(Refusal::TooClose(scale));
    }
    Ok(())
}

fn check_mode(thermostat: &Thermostat, mode: &HvacMode) -> Result<(), Refusal> {
    let (needs_heat, needs_cool) = match mode {
        HvacMode::Heat => (true, false),
        HvacMode::Cool => (false, true),
        HvacMode::HeatCool => (true, true),
        HvacMode::Eco | HvacMode::Off => (false, false),
        HvacMode::Other(word) => return Err(Refusal::UnknownMode(word.to_string())),
    };
    let lacks = |lacks| Err(Refusal::EquipmentLacks { mode: mode.clone(), lacks });
    if needs_cool && thermostat.can_cool == Some(false) {
        return lacks(Equipment::Cooling);
    }
    if needs_heat && thermostat.can_heat == Some(false) {
        return lacks(Equipment::Heating);
    }
    Ok(())
}

fn check_fan_duration(minutes: i64) -> Result<(), Refusal> {
    let offered = u32::try_from(minutes).is_ok_and(|minutes| FAN_DURATIONS_MIN.contains(&minutes));
    if offered { Ok(()) } else { Err(Refusal::FanDurationNotOffered(minutes)) }
}

fn check_label(label: &str) -> Result<(), Refusal> {
    let chars = label.chars().count();
    if chars > MAX_LABEL_CHARS { Err(Refusal::LabelTooLong(chars)) } else { Ok(()) }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
