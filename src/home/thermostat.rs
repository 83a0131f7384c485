//! A thermostat as the service describes it.

use jiff::Timestamp;

use super::ids::{StructureId, WhereId};
use super::units::{Scale, Setpoint, Temperature};
use super::unknown::UnknownFields;
use super::words::{HvacMode, HvacState, Training};

/// The durations, in minutes, that the fan timer can be set to.
///
/// One client names 960 in place of 720; the vendor's own app ends at twelve hours.
pub const FAN_DURATIONS_MIN: [u32; 8] = [15, 30, 45, 60, 120, 240, 480, 720];

/// The longest label, in characters.
pub const MAX_LABEL_CHARS: usize = 255;

/// A thermostat.
///
/// Every field may be missing: the vendor leaves out what the permissions, the device, its
/// firmware or its state do not provide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Thermostat {
    /// The structure that it is in.
    pub structure_id: Option<StructureId>,
    /// The place that it hangs in.
    pub where_id: Option<WhereId>,
    /// The name of that place.
    pub where_name: Option<String>,
    /// Place and label in one: `Driveway (94C7)`.
    pub name: Option<String>,
    /// The same with the kind of device: `Driveway Thermostat (94C7)`.
    pub name_long: Option<String>,
    /// A nickname; may be written.
    pub label: Option<String>,
    /// The language that it speaks, such as `en-GB`.
    pub locale: Option<String>,
    /// Firmware.
    pub software_version: Option<String>,
    /// When it last spoke to the service.
    pub last_connection: Option<Timestamp>,
    /// Whether the service can reach it.
    pub is_online: Option<bool>,
    /// Whether cooling equipment is connected.
    pub can_cool: Option<bool>,
    /// Whether heating equipment is connected.
    pub can_heat: Option<bool>,
    /// Whether a heat pump's emergency heat is on; setpoints and mode cannot change then.
    pub is_using_emergency_heat: Option<bool>,
    /// Whether the fan can run by itself.
    pub has_fan: Option<bool>,
    /// Whether the fan timer runs; may be written.
    pub fan_timer_active: Option<bool>,
    /// Minutes for which the fan runs when its timer is started; may be written.
    pub fan_timer_duration: Option<i64>,
    /// When the fan stops; the epoch when it is not running.
    pub fan_timer_timeout: Option<Timestamp>,
    /// Whether the present setpoint saves energy.
    pub has_leaf: Option<bool>,
    /// The scale on the device's own display; may be written.
    pub temperature_scale: Option<Scale>,
    /// The setpoint of heat and cool; may be written.
    pub target_temperature: Option<Temperature>,
    /// The upper setpoint of heat-cool; may be written.
    pub target_temperature_high: Option<Temperature>,
    /// The lower setpoint of heat-cool; may be written.
    pub target_temperature_low: Option<Temperature>,
    /// Where eco starts to cool.
    pub eco_temperature_high: Option<Temperature>,
    /// Where eco starts to heat.
    pub eco_temperature_low: Option<Temperature>,
    /// The old name of the eco pair.
    pub away_temperature_high: Option<Temperature>,
    /// The old name of the eco pair.
    pub away_temperature_low: Option<Temperature>,
    /// Whether setpoints are limited by a PIN on the device.
    pub is_locked: Option<bool>,
    /// The lowest setpoint while locked; sent even when not locked.
    pub locked_temp_min: Option<Temperature>,
    /// The highest setpoint while locked; sent even when not locked.
    pub locked_temp_max: Option<Temperature>,
    /// What it is told to do; may be written.
    pub hvac_mode: Option<HvacMode>,
    /// The mode to return to from eco; an empty word when there is none.
    pub previous_hvac_mode: Option<HvacMode>,
    /// What the equipment does now.
    pub hvac_state: Option<HvacState>,
    /// The room's temperature.
    pub ambient_temperature: Option<Temperature>,
    /// Relative humidity in percent.
    pub humidity: Option<i64>,
    /// Whether direct sun on the device is made allowance for.
    pub sunlight_correction_enabled: Option<bool>,
    /// Whether it is just now.
    pub sunlight_correction_active: Option<bool>,
    /// How long until the target is reached.
    pub time_to_target: Option<TimeToTarget>,
    /// Whether that can be trusted.
    pub time_to_target_training: Option<Training>,
    /// Fields that the model does not hold, or not exactly as they came.
    pub extra: UnknownFields,
}

impl Thermostat {
    /// The scale to show temperatures in: what the device shows, else Celsius.
    pub fn scale(&self) -> Scale {
        self.temperature_scale.unwrap_or_default()
    }

    /// Whether writes reach it; a device that does not say is taken to be there.
    pub fn is_reachable(&self) -> bool {
        self.is_online != Some(false)
    }

    /// The limits of setpoints just now: the vendor's, or the lock's where it is on.
    pub fn setpoint_range(&self, scale: Scale) -> std::ops::RangeInclusive<f64> {
        let vendor = scale.range();
        let locked = self.lock(scale).map(|(low, high)| {
            let (start, end) = (low.degrees.max(*vendor.start()), high.degrees.min(*vendor.end()));
            start..=end
        });
        // Limits that leave nothing are a mistake of the service, not a range.
        locked.filter(|range| range.start() <= range.end()).unwrap_or(vendor)
    }

    /// The lock's limits, while the device is locked.
    pub fn lock(&self, scale: Scale) -> Option<(Setpoint, Setpoint)> {
        let limits = self.locked_temp_min.zip(self.locked_temp_max);
        let (low, high) = limits.filter(|_| self.is_locked == Some(true))?;
        Some((low.setpoint(scale), high.setpoint(scale)))
    }

    /// The limits of Eco, the lower one where it heats and the upper one where it cools: services tell
    /// both whatever the equipment.
    pub fn eco_limits(&self) -> (Option<Temperature>, Option<Temperature>) {
        let low = self.eco_temperature_low.filter(|_| self.can_heat != Some(false));
        (low, self.eco_temperature_high.filter(|_| self.can_cool != Some(false)))
    }

    /// The modes that its equipment allows, in the vendor's order.
    pub fn modes(&self) -> Vec<HvacMode> {
        let fits = |mode: &&HvacMode| match mode {
            HvacMode::Heat => self.can_heat != Some(false),
            HvacMode::Cool => self.can_cool != Some(false),
            HvacMode::HeatCool => self.can_heat != Some(false) && self.can_cool != Some(false),
            HvacMode::Eco | HvacMode::Off | HvacMode::Other(_) => true,
        };
        HvacMode::KNOWN.iter().filter(fits).cloned().collect()
    }

    /// The mode to return to from eco, where the device remembers one.
    pub fn mode_before_eco(&self) -> Option<&HvacMode> {
        self.previous_hvac_mode.as_ref().filter(|mode| !mode.as_str().is_empty())
    }
}

/// The vendor's estimate of the time until the target is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeToTarget {
    /// How exact it is.
    pub precision: Precision,
    /// Minutes; 0 when there is nothing to wait for.
    pub minutes: u32,
}

/// How exact an estimate is.
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
    /// Reads `~20`, `<5` or `>120`.
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

    /// `about 20 min`, or nothing when there is nothing to wait for.
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
    fn a_lock_that_leaves_nothing_is_no_range() {
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
