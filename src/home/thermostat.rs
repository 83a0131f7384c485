//! A thermostat as the service describes it.

use jiff::Timestamp;

use super::capabilities::Capabilities;
use super::ids::{DeviceId, StructureId, WhereId};
use super::running_parts::RunningParts;
use super::units::{Scale, Setpoint, Temperature};
use super::unknown::UnknownFields;
use super::vocab::{HvacMode, HvacState, Training};
use super::write::Write;
use crate::home::Field;

/// The durations of the fan timer, in minutes.
///
/// One client has 960 in place of 720; the vendor's own app ends at twelve hours.
pub const FAN_DURATIONS_MIN: [u32; 8] = [15, 30, 45, 60, 120, 240, 480, 720];

/// The maximum length of a label, in characters.
pub const MAX_LABEL_CHARS: usize = 255;

/// A thermostat.
///
/// The service may leave out any field: the vendor omits values that the permissions, the device, its firmware
/// or its state do not provide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Thermostat {
    /// The fields that its service can change.
    pub capabilities: Capabilities,
    pub structure_id: Option<StructureId>,
    /// The place of the thermostat.
    pub where_id: Option<WhereId>,
    /// The name of that place.
    pub where_name: Option<String>,
    /// Place and label in one: `Driveway (94C7)`.
    pub name: Option<String>,
    /// The same with the kind of device: `Driveway Thermostat (94C7)`.
    pub name_long: Option<String>,
    /// A nickname. Writable.
    pub label: Option<String>,
    /// The language of its display, such as `en-GB`.
    pub locale: Option<String>,
    /// The version of the firmware.
    pub software_version: Option<String>,
    /// The last contact with the service.
    pub last_connection: Option<Timestamp>,
    /// True if the service can reach it.
    pub is_online: Option<bool>,
    /// True if cooling equipment is connected.
    pub can_cool: Option<bool>,
    /// True if heating equipment is connected.
    pub can_heat: Option<bool>,
    /// True while a heat pump runs on emergency heat; setpoints and mode cannot change then.
    pub is_using_emergency_heat: Option<bool>,
    /// True if the thermostat can run the fan alone.
    pub has_fan: Option<bool>,
    /// True while the fan timer runs. Writable.
    pub fan_timer_active: Option<bool>,
    /// The duration of the fan timer, in minutes. Writable.
    pub fan_timer_duration: Option<i64>,
    /// The end of the fan timer; the epoch while it is not running.
    pub fan_timer_timeout: Option<Timestamp>,
    /// True if the present setpoint saves energy.
    pub has_leaf: Option<bool>,
    /// The scale of the device's display. Writable.
    pub temperature_scale: Option<Scale>,
    /// The setpoint of heat and cool. Writable.
    pub target_temperature: Option<Temperature>,
    /// The upper setpoint of heat-cool. Writable.
    pub target_temperature_high: Option<Temperature>,
    /// The lower setpoint of heat-cool. Writable.
    pub target_temperature_low: Option<Temperature>,
    /// The temperature at which Eco starts to cool.
    pub eco_temperature_high: Option<Temperature>,
    /// The temperature at which Eco starts to heat.
    pub eco_temperature_low: Option<Temperature>,
    /// The old name of the upper Eco temperature.
    pub away_temperature_high: Option<Temperature>,
    /// The old name of the lower Eco temperature.
    pub away_temperature_low: Option<Temperature>,
    /// True if a PIN on the device limits the setpoints.
    pub is_locked: Option<bool>,
    /// The lowest setpoint while locked; present even when not locked.
    pub locked_temp_min: Option<Temperature>,
    /// The highest setpoint while locked; present even when not locked.
    pub locked_temp_max: Option<Temperature>,
    /// The mode. Writable.
    pub hvac_mode: Option<HvacMode>,
    /// The mode before Eco; an empty word if there is none.
    pub previous_hvac_mode: Option<HvacMode>,
    /// The present activity of the equipment.
    pub hvac_state: Option<HvacState>,
    /// The parts of the equipment that run now. No part of the Works with Nest API.
    pub running_parts: RunningParts,
    /// The temperature of the room.
    pub ambient_temperature: Option<Temperature>,
    /// Relative humidity in percent.
    pub humidity: Option<i64>,
    /// True if the thermostat may compensate for direct sun.
    pub sunlight_correction_enabled: Option<bool>,
    /// True while it compensates for direct sun.
    pub sunlight_correction_active: Option<bool>,
    /// The estimated time until the target is reached.
    pub time_to_target: Option<TimeToTarget>,
    /// `ready` if the estimate can be trusted.
    pub time_to_target_training: Option<Training>,
    /// Fields that the model does not contain, or not exactly as sent.
    pub extra: UnknownFields,
}

impl Thermostat {
    /// The scale for display: that of the device, or Celsius.
    pub fn scale(&self) -> Scale {
        self.temperature_scale.unwrap_or_default()
    }

    /// The duration for which the fan starts, in minutes.
    pub fn fan_minutes(&self) -> i64 {
        self.fan_timer_duration.unwrap_or(FAN_DURATIONS_MIN[0].into())
    }

    /// The duration of the running fan, in minutes; `None` if the fan is off.
    pub fn running_fan(&self) -> Option<i64> {
        self.fan_timer_duration.filter(|_| self.fan_timer_active == Some(true))
    }

    /// The writes that start the fan for a time, without the duration if it is set.
    pub fn fan_for(&self, id: &DeviceId, minutes: i64) -> Vec<Write> {
        let writes = Write::fan_for(id, minutes);
        let skipped = usize::from(self.fan_timer_duration == Some(minutes));
        writes.into_iter().skip(skipped).collect()
    }

    /// True if the room is as warm as the mode wants it, by the numbers that the thermostat shows: at the target, or up to
    /// two steps beyond it. `None` if a number is unknown, or if the mode wants nothing.
    pub fn is_content(&self) -> Option<bool> {
        let shown = |temperature: Option<Temperature>| Some(temperature?.setpoint(self.scale()).degrees);
        let room = shown(self.ambient_temperature)?;
        let beyond = 2.0 * self.scale().step();
        match self.hvac_mode {
            Some(HvacMode::Heat) => {
                let target = shown(self.target_temperature)?;
                Some((target..=target + beyond).contains(&room))
            }
            Some(HvacMode::Cool) => {
                let target = shown(self.target_temperature)?;
                Some((target - beyond..=target).contains(&room))
            }
            Some(HvacMode::HeatCool) => {
                Some((shown(self.target_temperature_low)?..=shown(self.target_temperature_high)?).contains(&room))
            }
            Some(HvacMode::Eco | HvacMode::Off | HvacMode::Other(_)) | None => None,
        }
    }

    /// True unless the thermostat says that it is offline.
    pub fn is_reachable(&self) -> bool {
        self.is_online != Some(false)
    }

    /// The write that moves the target, or both ends of the range, by some degrees of a scale; `None` if the present
    /// values are not known. The rules are not checked.
    pub fn moved_by(&self, id: &DeviceId, degrees: f64, scale: Scale) -> Option<Write> {
        let moved = |temperature: Option<Temperature>| {
            let present = temperature?.setpoint(scale);
            Some(Setpoint { degrees: present.degrees + degrees, scale }.rounded())
        };
        if self.hvac_mode != Some(HvacMode::HeatCool) {
            return Some(Write::Target(id.clone(), moved(self.target_temperature)?));
        }
        let (low, high) = (moved(self.target_temperature_low)?, moved(self.target_temperature_high)?);
        Some(Write::Range { thermostat: id.clone(), low: Some(low), high: Some(high) })
    }

    /// The value that is most useful to see: the target or the range while it has one, and the mode otherwise.
    pub fn main_field(&self) -> Field {
        match self.hvac_mode {
            Some(HvacMode::Heat | HvacMode::Cool) => Field::Target,
            Some(HvacMode::HeatCool) => Field::Range,
            Some(HvacMode::Eco | HvacMode::Off | HvacMode::Other(_)) | None => Field::Mode,
        }
    }

    /// The present limits of setpoints: the vendor's, or those of the lock.
    pub fn setpoint_range(&self, scale: Scale) -> std::ops::RangeInclusive<f64> {
        let vendor = scale.range();
        let locked = self.lock(scale).map(|(low, high)| {
            let (start, end) = (low.degrees.max(*vendor.start()), high.degrees.min(*vendor.end()));
            start..=end
        });
        // An empty range is a mistake of the service.
        locked.filter(|range| range.start() <= range.end()).unwrap_or(vendor)
    }

    /// The limits of the lock, while the device is locked.
    pub fn lock(&self, scale: Scale) -> Option<(Setpoint, Setpoint)> {
        let limits = self.locked_temp_min.zip(self.locked_temp_max);
        let (low, high) = limits.filter(|_| self.is_locked == Some(true))?;
        Some((low.setpoint(scale), high.setpoint(scale)))
    }

    /// The lower Eco limit if it heats, and the upper one if it cools. Services send both whatever the
    /// equipment.
    pub fn eco_limits(&self) -> (Option<Temperature>, Option<Temperature>) {
        let low = self.eco_temperature_low.filter(|_| self.can_heat != Some(false));
        (low, self.eco_temperature_high.filter(|_| self.can_cool != Some(false)))
    }

    /// The modes that the equipment allows, in the vendor's order.
    pub fn modes(&self) -> Vec<HvacMode> {
        let fits = |mode: &&HvacMode| match mode {
            HvacMode::Heat => self.can_heat != Some(false),
            HvacMode::Cool => self.can_cool != Some(false),
            HvacMode::HeatCool => self.can_heat != Some(false) && self.can_cool != Some(false),
            HvacMode::Eco | HvacMode::Off | HvacMode::Other(_) => true,
        };
        HvacMode::KNOWN.iter().filter(fits).cloned().collect()
    }

    /// The mode to return to after Eco, if the device remembers one.
    pub fn mode_before_eco(&self) -> Option<&HvacMode> {
        self.previous_hvac_mode.as_ref().filter(|mode| !mode.as_str().is_empty())
    }
}

/// The vendor's estimate of the time until the target is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeToTarget {
    /// The precision of the estimate.
    pub precision: Precision,
    /// Minutes; 0 if there is nothing to wait for.
    pub minutes: u32,
}

/// The precision of an estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// `~`
    About,
    /// `<`
    LessThan,
    /// `>`
    MoreThan,
}

impl TimeToTarget {
    /// Parses `~20`, `<5` or `>120`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest = text.chars();
        let precision = match rest.next()? {
            '~' => Precision::About,
            '<' => Precision::LessThan,
            '>' => Precision::MoreThan,
            _ => return None,
        };
        let minutes = rest.as_str().parse().ok()?;
        Some(Self { precision, minutes })
    }

    /// `about 20 min`; `None` if there is nothing to wait for.
    pub fn in_words(self) -> Option<String> {
        let minutes = self.minutes;
        match (self.precision, minutes) {
            (Precision::About, 0) => None,
            (Precision::About, _) => Some(format!("about {minutes} min")),
            (Precision::LessThan, _) => Some(format!("under {minutes} min")),
            (Precision::MoreThan, _) => Some(format!("over {minutes} min")),
        }
    }
}

impl std::fmt::Display for TimeToTarget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = match self.precision {
            Precision::About => '~',
            Precision::LessThan => '<',
            Precision::MoreThan => '>',
        };
        write!(f, "{sign}{}", self.minutes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_to_target_is_read_and_written_as_the_service_does() {
        for text in ["~0", "~20", "<5", ">120"] {
            let time = TimeToTarget::parse(text).expect("well formed");
            assert_eq!(time.to_string(), text);
        }
        for text in ["", "20", "~", "~x", "~-1", "="] {
            assert_eq!(TimeToTarget::parse(text), None, "for {text:?}");
        }
        assert_eq!(TimeToTarget::parse("~0").and_then(TimeToTarget::in_words), None);
    }

    #[test]
    fn the_lock_narrows_the_setpoints_only_while_it_is_on() {
        let mut thermostat = Thermostat {
            locked_temp_min: Temperature::from_celsius(20.0),
            locked_temp_max: Temperature::from_celsius(22.0),
            ..Thermostat::default()
        };
        assert_eq!(thermostat.setpoint_range(Scale::Celsius), 9.0..=32.0);
        thermostat.is_locked = Some(true);
        assert_eq!(thermostat.setpoint_range(Scale::Celsius), 20.0..=22.0);
        assert_eq!(thermostat.setpoint_range(Scale::Fahrenheit), 68.0..=72.0);
    }

    #[test]
    fn an_empty_lock_range_is_ignored() {
        let thermostat = Thermostat {
            is_locked: Some(true),
            locked_temp_min: Temperature::from_celsius(40.0),
            locked_temp_max: Temperature::from_celsius(10.0),
            ..Thermostat::default()
        };
        assert_eq!(thermostat.setpoint_range(Scale::Celsius), 9.0..=32.0);
    }

    #[test]
    fn only_modes_that_fit_the_equipment_are_offered() {
        let heat_only = Thermostat { can_heat: Some(true), can_cool: Some(false), ..Thermostat::default() };
        assert_eq!(heat_only.modes(), [HvacMode::Heat, HvacMode::Eco, HvacMode::Off]);
    }
}
