//! Comfort levels: named set points, such as *Home* and *Sleep*, for heating and for cooling.

use crate::home::{DeviceId, DeviceTree, HvacMode, Scale, Setpoint, Thermostat, Write};
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

impl ComfortLevel {
    /// The writes that put every thermostat on this level in its present mode; those without a set point are left out.
    pub fn on_all(&self, home: &DeviceTree) -> Vec<Write> {
        let thermostats = home.thermostats.iter();
        thermostats.filter_map(|(id, thermostat)| self.on(id, thermostat).write()).collect()
    }

    /// The level behind writes that are set points alone, the same on every thermostat of the home; `None` for any
    /// others. The present modes tell which ones are for heat.
    pub fn of_writes(name: &str, writes: &[Write], home: &DeviceTree) -> Option<Self> {
        let mut level = Self { name: name.to_owned(), heat: None, cool: None };
        let mut keep = |heat: Option<Setpoint>, cool: Option<Setpoint>| {
            for (kept, new) in [(&mut level.heat, heat), (&mut level.cool, cool)] {
                let is_same = kept.is_none() || new.is_none() || *kept == new;
                *kept = kept.or(new);
                if !is_same {
                    return None;
                }
            }
            Some(())
        };
        for write in writes {
            match write {
                Write::Target(id, setpoint) => match home.thermostats.get(id)?.hvac_mode.as_ref()? {
                    HvacMode::Heat => keep(Some(*setpoint), None)?,
                    HvacMode::Cool => keep(None, Some(*setpoint))?,
                    HvacMode::HeatCool | HvacMode::Eco | HvacMode::Off | HvacMode::Other(_) => return None,
                },
                Write::Range { low, high, .. } => keep(*low, *high)?,
                Write::Mode(..)
                | Write::Scale(..)
                | Write::Label(..)
                | Write::FanTimer(..)
                | Write::FanDuration(..)
                | Write::Away(..)
                | Write::StructureName(..)
                | Write::Eta(..)
                | Write::Streaming(..) => return None,
            }
        }
        let mut on_all = level.on_all(home);
        let mut writes = writes.to_vec();
        on_all.sort_by_key(Write::slot);
        writes.sort_by_key(Write::slot);
        (!writes.is_empty() && on_all == writes).then_some(level)
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn home(modes: &[HvacMode]) -> DeviceTree {
        let mut home = DeviceTree::default();
        for (number, mode) in modes.iter().enumerate() {
            let thermostat = Thermostat { hvac_mode: Some(mode.clone()), ..Thermostat::default() };
            home.thermostats.insert(format!("t{number}").as_str().into(), Arc::new(thermostat));
        }
        home
    }

    fn target(number: usize, degrees: f64) -> Write {
        Write::Target(format!("t{number}").as_str().into(), Setpoint::celsius(degrees))
    }

    #[test]
    fn set_points_that_agree_are_a_level_and_put_every_thermostat_on_it_again() {
        let home = home(&[HvacMode::Heat, HvacMode::Cool, HvacMode::Heat]);
        let writes = vec![target(0, 17.0), target(1, 26.0), target(2, 17.0)];
        let level = ComfortLevel::of_writes("Night", &writes, &home).expect("a level");
        assert_eq!((level.heat, level.cool), (Some(Setpoint::celsius(17.0)), Some(Setpoint::celsius(26.0))));
        assert_eq!(level.on_all(&home), writes);
        assert_eq!(ComfortLevel::of_writes("Night", &writes[..2], &home), None, "it would set the third one too");
        let range = Write::Range { thermostat: "t0".into(), low: level.heat, high: level.cool };
        let alone = super::tests::home(&[HvacMode::HeatCool]);
        assert_eq!(ComfortLevel::of_writes("Night", &[range], &alone), Some(level));
    }

    #[test]
    fn other_writes_are_no_level() {
        let home = home(&[HvacMode::Heat, HvacMode::Heat, HvacMode::Off]);
        for writes in [
            vec![target(0, 17.0), target(1, 18.0)],
            vec![target(2, 17.0)],
            vec![target(9, 17.0)],
            vec![target(0, 17.0), Write::Mode("t1".into(), HvacMode::Heat)],
            vec![],
        ] {
            assert_eq!(ComfortLevel::of_writes("Night", &writes, &home), None, "{writes:?}");
        }
    }
}
