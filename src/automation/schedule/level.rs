//! Comfort levels: named set points, such as *Home* and *Sleep*, for heating and for cooling.

use crate::home::{DeviceId, HvacMode, Scale, Setpoint, Thermostat, Write};
use crate::i18n::Localizer;

/// A named pair of set points. A thermostat takes those of its mode.
#[derive(Debug, Clone, PartialEq)]
pub struct ComfortLevel {
    /// Unique, in any case.
    pub name: String,
    pub heat: Option<Setpoint>,
    pub cool: Option<Setpoint>,
}

/// The part of a level that a mode needs.
#[derive(Debug, Clone, PartialEq)]
pub enum LevelWrite {
    Write(Write),
    /// The mode has no set point: Off, Eco, or one that is not known.
    NoSetpoint,
    /// The level has no set point for this mode.
    Lacking(HvacMode),
}

impl LevelWrite {
    /// The write, if there is one.
    pub fn write(self) -> Option<Write> {
        if let Self::Write(write) = self { Some(write) } else { None }
    }
}

impl ComfortLevel {
    /// The write that puts a thermostat on this level in its present mode.
    pub fn on(&self, id: &DeviceId, thermostat: &Thermostat) -> LevelWrite {
        let Some(mode) = &thermostat.hvac_mode else { return LevelWrite::NoSetpoint };
        let target = |setpoint: Option<Setpoint>| match setpoint {
            Some(setpoint) => LevelWrite::Write(Write::Target(id.clone(), setpoint)),
            None => LevelWrite::Lacking(mode.clone()),
        };
        match mode {
            HvacMode::Heat => target(self.heat),
            HvacMode::Cool => target(self.cool),
            HvacMode::HeatCool if self.heat.is_none() || self.cool.is_none() => LevelWrite::Lacking(mode.clone()),
            HvacMode::HeatCool => {
                LevelWrite::Write(Write::Range { thermostat: id.clone(), low: self.heat, high: self.cool })
            }
            HvacMode::Eco | HvacMode::Off | HvacMode::Other(_) => LevelWrite::NoSetpoint,
        }
    }
}

/// The levels to begin with, at home, away and asleep, with names in the user's language.
pub fn first_levels(i18n: &Localizer, scale: Scale) -> [ComfortLevel; 3] {
    let level = |name, heat: (f64, f64), cool: (f64, f64)| {
        let setpoint = |(celsius, fahrenheit)| match scale {
            Scale::Celsius => Some(Setpoint::celsius(celsius)),
            Scale::Fahrenheit => Some(Setpoint::fahrenheit(fahrenheit)),
        };
        ComfortLevel { name: i18n.text(name).into_owned(), heat: setpoint(heat), cool: setpoint(cool) }
    };
    [
        level("level-home", (20.5, 69.0), (25.0, 77.0)),
        level("level-away", (18.5, 65.0), (28.0, 82.0)),
        level("level-sleep", (17.0, 63.0), (26.0, 79.0)),
    ]
}
