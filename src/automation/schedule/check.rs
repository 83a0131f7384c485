//! Warnings about schedules that are allowed and seldom meant.

use jiff::SignedDuration;
use jiff::civil::Time;

use super::{ComfortLevel, Schedule, Schedules, WEEK};
use crate::home::{Scale, Setpoint, Thermostat};
use crate::i18n::{Message, ToMessage, message};

/// Two starts that are closer are probably a mistake: a thermostat needs longer to react.
const CLOSE: SignedDuration = SignedDuration::from_mins(15);

/// A warning about the schedule of a thermostat.
#[derive(Debug, Clone, PartialEq)]
pub enum Warning {
    /// Two starts of a day, in its lane of [`WEEK`], are closer than a quarter of an hour.
    Close {
        lane: usize,
        first: Time,
        second: Time,
    },
    /// The set points of a level are closer than heat-cool allows.
    NarrowGap {
        level: String,
        gap: Setpoint,
    },
    /// The thermostat does not allow a set point of the level: beyond its lock.
    BeyondLimits {
        level: String,
        setpoint: Setpoint,
        low: Setpoint,
        high: Setpoint,
    },
    /// The level has no set point for equipment that the thermostat has.
    NoHeat {
        level: String,
    },
    NoCool {
        level: String,
    },
}

impl ToMessage for Warning {
    fn to_message(&self) -> Message {
        match self {
            Self::Close { first, second, .. } => {
                let time = |time: &Time| time.strftime("%H:%M").to_string();
                message!("schedule-warning-close", first = time(first), second = time(second))
            }
            Self::NarrowGap { level, gap } => message!("schedule-warning-gap", level = level, gap = *gap),
            Self::BeyondLimits { level, setpoint, low, high } => {
                message!("schedule-warning-limits", level = level, setpoint = *setpoint, low = *low, high = *high)
            }
            Self::NoHeat { level } => message!("schedule-warning-no-heat", level = level),
            Self::NoCool { level } => message!("schedule-warning-no-cool", level = level),
        }
    }
}

/// The warnings about a schedule on a thermostat.
pub fn warnings(all: &Schedules, schedule: &Schedule, thermostat: Option<&Thermostat>) -> Vec<Warning> {
    let mut found = Vec::new();
    for (lane, day) in schedule.days.iter().enumerate() {
        for pair in day.windows(2) {
            let [first, second] = pair else { continue };
            if second.at.duration_since(first.at) < CLOSE {
                found.push(Warning::Close { lane, first: first.at, second: second.at });
            }
        }
    }
    let used = |level: &&ComfortLevel| {
        let starts = WEEK.iter().flat_map(|day| schedule.day(*day));
        starts.into_iter().any(|start| super::is_same_name(&start.level, &level.name))
    };
    for level in all.levels.iter().filter(used) {
        found.extend(of_level(level, thermostat));
    }
    found
}

fn of_level(level: &ComfortLevel, thermostat: Option<&Thermostat>) -> Vec<Warning> {
    let name = || level.name.clone();
    let mut found = Vec::new();
    let can = |equipment: fn(&Thermostat) -> Option<bool>| {
        thermostat.is_some_and(|thermostat| equipment(thermostat) == Some(true))
    };
    let (can_heat, can_cool) = (can(|one| one.can_heat), can(|one| one.can_cool));
    if can_heat && level.heat.is_none() {
        found.push(Warning::NoHeat { level: name() });
    }
    if can_cool && level.cool.is_none() {
        found.push(Warning::NoCool { level: name() });
    }
    if let (Some(heat), Some(cool)) = (level.heat, level.cool)
        && (thermostat.is_none() || (can_heat && can_cool))
        && gap(heat, cool) < heat.scale.min_gap()
    {
        found.push(Warning::NarrowGap { level: name(), gap: heat.scale.gap() });
    }
    if let Some(thermostat) = thermostat {
        for setpoint in [level.heat, level.cool].into_iter().flatten() {
            let limits = thermostat.setpoint_range(setpoint.scale);
            if !limits.contains(&setpoint.degrees) {
                let end = |degrees: f64| Setpoint { degrees, scale: setpoint.scale };
                let (low, high) = (end(*limits.start()), end(*limits.end()));
                found.push(Warning::BeyondLimits { level: name(), setpoint, low, high });
            }
        }
    }
    found
}

/// The distance in degrees of the scale of the first one.
fn gap(heat: Setpoint, cool: Setpoint) -> f64 {
    let degrees = |setpoint: Setpoint| match heat.scale {
        _ if setpoint.scale == heat.scale => setpoint.degrees,
        Scale::Celsius => setpoint.temperature().map_or(f64::NAN, |temperature| temperature.celsius()),
        Scale::Fahrenheit => setpoint.temperature().map_or(f64::NAN, |temperature| temperature.fahrenheit()),
    };
    degrees(cool) - degrees(heat)
}
