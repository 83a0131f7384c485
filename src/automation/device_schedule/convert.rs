//! A week of levels as the set points of a thermostat, and the reverse.

use jiff::civil::Time;

use crate::automation::schedule::{
    ComfortLevel, MOST_OF_KIND, MOST_STARTS_OF_DAY, Schedule, Schedules, Start, WEEK, Warning, lane,
};
use crate::home::{
    DeviceSchedule, DeviceStart, HvacMode, Scale, ScheduleMode, ScheduledTarget, Setpoint, Temperature, Thermostat,
};

/// The name of the schedule at a thermostat that has none yet; its own word.
const OWN_NAME: &str = "Current Schedule";

/// The mode for which a thermostat gets a schedule: its present one, else that of its schedule.
pub fn mode_of(thermostat: &Thermostat, present: Option<&DeviceSchedule>) -> ScheduleMode {
    let otherwise = || {
        let can_only_cool = thermostat.can_cool == Some(true) && thermostat.can_heat == Some(false);
        present.map_or(if can_only_cool { ScheduleMode::Cool } else { ScheduleMode::Heat }, |present| present.mode)
    };
    match &thermostat.hvac_mode {
        Some(HvacMode::Heat) => ScheduleMode::Heat,
        Some(HvacMode::Cool) => ScheduleMode::Cool,
        Some(HvacMode::HeatCool) => ScheduleMode::HeatCool,
        Some(HvacMode::Eco | HvacMode::Off | HvacMode::Other(_)) | None => otherwise(),
    }
}

/// A week of levels as the set points of a thermostat. `present` is the one that it replaces.
///
/// A level without a set point for the mode, with one that the thermostat does not allow, or with two that are too close
/// is told as in the warnings of the page.
pub fn to_device(
    all: &Schedules,
    schedule: &Schedule,
    thermostat: &Thermostat,
    present: Option<&DeviceSchedule>,
) -> Result<DeviceSchedule, Warning> {
    let mode = mode_of(thermostat, present);
    let mut days: [Vec<DeviceStart>; 7] = Default::default();
    for weekday in WEEK {
        for start in schedule.day(weekday) {
            let Some(level) = all.level(&start.level) else { continue };
            let target = target(level, mode, thermostat)?;
            let second =
                u32::from(start.at.hour().unsigned_abs()) * 3600 + u32::from(start.at.minute().unsigned_abs()) * 60;
            if let Some(day) = days.get_mut(lane(weekday)) {
                day.push(DeviceStart { second, target });
            }
        }
    }
    let name = present.map(|present| present.name.clone()).filter(|name| !name.is_empty());
    Ok(DeviceSchedule { name: name.unwrap_or_else(|| OWN_NAME.to_owned()), mode, days })
}

fn target(level: &ComfortLevel, mode: ScheduleMode, thermostat: &Thermostat) -> Result<ScheduledTarget, Warning> {
    let name = || level.name.clone();
    let allowed = |setpoint: Setpoint| -> Result<Temperature, Warning> {
        let limits = thermostat.setpoint_range(setpoint.scale);
        let temperature = setpoint.temperature().filter(|_| limits.contains(&setpoint.degrees));
        temperature.ok_or_else(|| {
            let end = |degrees: f64| Setpoint { degrees, scale: setpoint.scale };
            Warning::BeyondLimits { level: name(), setpoint, low: end(*limits.start()), high: end(*limits.end()) }
        })
    };
    let heat = || allowed(level.heat.ok_or_else(|| Warning::NoHeat { level: name() })?);
    let cool = || allowed(level.cool.ok_or_else(|| Warning::NoCool { level: name() })?);
    match mode {
        ScheduleMode::Heat => Ok(ScheduledTarget::Heat(heat()?)),
        ScheduleMode::Cool => Ok(ScheduledTarget::Cool(cool()?)),
        ScheduleMode::HeatCool => {
            let (low, high) = (heat()?, cool()?);
            // Half a hundredth is the rounding of a conversion.
            if high.celsius() - low.celsius() < Scale::Celsius.min_gap() - 0.005 {
                return Err(Warning::NarrowGap { level: name(), gap: Scale::Celsius.gap() });
            }
            Ok(ScheduledTarget::Range { low, high })
        }
    }
}

/// A difference that counts as rounded, in degrees Celsius: more than a thermostat itself rounds away.
const ROUNDED: f64 = 0.05;

/// The schedule of a thermostat as levels.
#[derive(Debug, Clone, PartialEq)]
pub struct TakenOver {
    pub schedule: Schedule,
    /// The levels that do not exist yet, named by their set points.
    pub new_levels: Vec<ComfortLevel>,
    /// The starts that were left out: more than the file takes, or with too many different set points.
    pub left_out: usize,
    /// The starts whose set point lies between two steps of a level, and is rounded.
    pub rounded: usize,
}

/// Takes over the schedule of a thermostat under a name. A level that shows the same set point is used again; of two
/// starts within a minute the later one counts.
pub fn take_over(all: &Schedules, device: &DeviceSchedule, name: String, scale: Scale) -> TakenOver {
    let mut taken = TakenOver {
        schedule: Schedule { name, ..Schedule::default() },
        new_levels: Vec::new(),
        left_out: 0,
        rounded: 0,
    };
    for weekday in WEEK {
        let mut starts: Vec<Start> = Vec::new();
        for start in device.day(weekday) {
            let minute = start.second / 60;
            let (hour, minute) = (i8::try_from(minute / 60), i8::try_from(minute % 60));
            let at = hour.ok().zip(minute.ok()).and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
            let level = level_for(all, &mut taken.new_levels, start.target, scale);
            let (Some(at), Some(level)) = (at, level) else {
                taken.left_out += 1;
                continue;
            };
            let (low, high) = start.target.temperatures();
            let is_rounded = |exact: Temperature| {
                let near = nearest(exact, scale).temperature();
                near.is_none_or(|near| (near.celsius() - exact.celsius()).abs() > ROUNDED)
            };
            taken.rounded += usize::from(is_rounded(low) || high.is_some_and(is_rounded));
            if starts.last().is_some_and(|last| last.at == at) {
                starts.pop();
            }
            starts.push(Start { at, level });
        }
        taken.left_out += starts.len().saturating_sub(MOST_STARTS_OF_DAY);
        starts.truncate(MOST_STARTS_OF_DAY);
        if let Some(day) = taken.schedule.days.get_mut(lane(weekday)) {
            *day = starts;
        }
    }
    taken
}

/// The nearest set point of a level in a scale.
fn nearest(temperature: Temperature, scale: Scale) -> Setpoint {
    let degrees = match scale {
        Scale::Celsius => temperature.celsius(),
        Scale::Fahrenheit => temperature.fahrenheit(),
    };
    Setpoint { degrees, scale }.rounded()
}

/// The name of a level with this set point: a present one, a new one of before, or another new one.
fn level_for(
    all: &Schedules,
    new_levels: &mut Vec<ComfortLevel>,
    target: ScheduledTarget,
    scale: Scale,
) -> Option<String> {
    let shows = |setpoint: Option<Setpoint>, wanted: Temperature| {
        let own = setpoint.and_then(Setpoint::temperature);
        own.is_some_and(|own| nearest(own, scale) == nearest(wanted, scale))
    };
    let fits = |level: &&ComfortLevel| match target {
        ScheduledTarget::Heat(wanted) => shows(level.heat, wanted),
        ScheduledTarget::Cool(wanted) => shows(level.cool, wanted),
        ScheduledTarget::Range { low, high } => shows(level.heat, low) && shows(level.cool, high),
    };
    if let Some(level) = all.levels.iter().chain(new_levels.iter()).find(fits) {
        return Some(level.name.clone());
    }
    if all.levels.len() + new_levels.len() >= MOST_OF_KIND {
        return None;
    }
    let (low, high) = target.temperatures();
    let shown = |temperature: Temperature| nearest(temperature, scale);
    let base = match high {
        Some(high) => format!("{}–{}", shown(low).short(), shown(high).short()),
        None => shown(low).short(),
    };
    let is_taken = |name: &str| {
        let is_it = |level: &ComfortLevel| level.name.eq_ignore_ascii_case(name);
        all.levels.iter().any(is_it) || new_levels.iter().any(is_it)
    };
    let names = std::iter::once(base.clone()).chain((2..=MOST_OF_KIND + 1).map(|number| format!("{base} {number}")));
    let name = names.into_iter().find(|name| !is_taken(name))?;
    let (heat, cool) = match target {
        ScheduledTarget::Heat(wanted) => (Some(shown(wanted)), None),
        ScheduledTarget::Cool(wanted) => (None, Some(shown(wanted))),
        ScheduledTarget::Range { low, high } => (Some(shown(low)), Some(shown(high))),
    };
    new_levels.push(ComfortLevel { name: name.clone(), heat, cool });
    Some(name)
}

#[cfg(test)]
mod tests {
    use jiff::civil::Weekday;

    use super::*;
    use crate::automation::schedule::samples::{level, schedules};

    fn thermostat(mode: HvacMode) -> Thermostat {
        Thermostat { hvac_mode: Some(mode), can_heat: Some(true), can_cool: Some(true), ..Thermostat::default() }
    }

    fn celsius(degrees: f64) -> Temperature {
        Temperature::from_celsius(degrees).expect("a temperature")
    }

    #[test]
    fn a_week_of_levels_comes_back_as_the_same_week() {
        let all = schedules(&["daily 06:30 Home", "daily 08:30 Away", "sunday 22:00 Sleep"]);
        let week = all.schedule("Weekdays").expect("a schedule").clone();
        for mode in [HvacMode::Heat, HvacMode::Cool, HvacMode::HeatCool] {
            let device = to_device(&all, &week, &thermostat(mode.clone()), None).expect("a schedule");
            assert_eq!((device.name.as_str(), device.day(Weekday::Sunday).len()), (OWN_NAME, 3));
            let taken = take_over(&all, &device, "Weekdays".to_owned(), Scale::Celsius);
            assert_eq!(
                taken,
                TakenOver { schedule: week.clone(), new_levels: vec![], left_out: 0, rounded: 0 },
                "{mode:?}"
            );
        }
        let cool = to_device(&all, &week, &thermostat(HvacMode::Cool), None).expect("a schedule");
        assert_eq!(cool.at_midnight(Weekday::Monday), Some(ScheduledTarget::Cool(celsius(26.0))));
    }

    #[test]
    fn the_mode_is_the_present_one_or_that_of_the_schedule() {
        let cool = DeviceSchedule { name: String::new(), mode: ScheduleMode::Cool, days: Default::default() };
        assert_eq!(mode_of(&thermostat(HvacMode::Heat), Some(&cool)), ScheduleMode::Heat);
        assert_eq!(mode_of(&thermostat(HvacMode::Off), Some(&cool)), ScheduleMode::Cool);
        assert_eq!(mode_of(&thermostat(HvacMode::Eco), None), ScheduleMode::Heat);
        let only_cools = Thermostat { can_heat: Some(false), ..thermostat(HvacMode::Off) };
        assert_eq!(mode_of(&only_cools, None), ScheduleMode::Cool);
    }

    #[test]
    fn a_level_that_the_thermostat_cannot_follow_is_told() {
        let mut all = schedules(&["daily 06:30 Home"]);
        let week = all.schedule("Weekdays").expect("a schedule").clone();
        let made = |all: &Schedules, mode: HvacMode| to_device(all, &week, &thermostat(mode), None);
        all.levels = vec![ComfortLevel { cool: None, ..level("Home", 20.5, 25.0) }];
        assert!(made(&all, HvacMode::Heat).is_ok());
        assert_eq!(made(&all, HvacMode::HeatCool), Err(Warning::NoCool { level: "Home".to_owned() }));
        all.levels = vec![level("Home", 24.0, 25.0)];
        assert!(matches!(made(&all, HvacMode::HeatCool), Err(Warning::NarrowGap { .. })));
        all.levels = vec![level("Home", 40.0, 45.0)];
        assert!(matches!(made(&all, HvacMode::Heat), Err(Warning::BeyondLimits { .. })));
        all.levels = vec![ComfortLevel { heat: None, ..level("Home", 20.5, 25.0) }];
        assert_eq!(made(&all, HvacMode::Heat), Err(Warning::NoHeat { level: "Home".to_owned() }));
    }

    #[test]
    fn learned_set_points_become_levels_named_by_what_the_thermostat_shows() {
        let all = schedules(&["daily 06:30 Home"]);
        let mut days: [Vec<DeviceStart>; 7] = Default::default();
        let heat = |second: u32, degrees: f64| DeviceStart { second, target: ScheduledTarget::Heat(celsius(degrees)) };
        days[0] = vec![heat(21_600, 20.6), heat(21_630, 22.523_21), heat(79_230, 19.606_54)];
        let device = DeviceSchedule { name: String::new(), mode: ScheduleMode::Heat, days };
        let taken = take_over(&all, &device, "Old".to_owned(), Scale::Celsius);
        let starts: Vec<String> =
            taken.schedule.day(Weekday::Monday).iter().map(|start| format!("{} {}", start.at, start.level)).collect();
        assert_eq!(starts, ["06:00:00 22.5°", "22:00:00 19.5°"], "two starts within a minute are one");
        let heats: Vec<_> = taken.new_levels.iter().map(|level| (level.heat, level.cool)).collect();
        assert_eq!(heats, [(Some(Setpoint::celsius(22.5)), None), (Some(Setpoint::celsius(19.5)), None)]);
    }

    #[test]
    fn set_points_are_rounded_to_the_nearest_step_of_the_thermostat() {
        let all = schedules(&["daily 06:30 Home"]);
        let week = |degrees: &[f64]| {
            let mut days: [Vec<DeviceStart>; 7] = Default::default();
            days[0] = (0_u32..)
                .zip(degrees)
                .map(|(hour, degrees)| DeviceStart {
                    second: hour * 3600,
                    target: ScheduledTarget::Heat(celsius(*degrees)),
                })
                .collect();
            DeviceSchedule { name: String::new(), mode: ScheduleMode::Heat, days }
        };
        let taken = take_over(&all, &week(&[18.4, 20.95, 21.0]), "Old".to_owned(), Scale::Celsius);
        let heats: Vec<f64> = taken.new_levels.iter().filter_map(|level| level.heat.map(|heat| heat.degrees)).collect();
        assert_eq!((heats, taken.rounded), (vec![21.0], 2), "18.5 is a level already, and 20.95 is 21.0");
        // On a thermostat that shows °F, the level of 18.5 °C is 65 °F, and 18.0 °C is 64 °F.
        let fahrenheit = Temperature::from_fahrenheit(65.0).expect("a temperature");
        let taken = take_over(&all, &week(&[fahrenheit.celsius(), 18.0]), "Old".to_owned(), Scale::Fahrenheit);
        let of = |level: &ComfortLevel| level.heat.map(|heat| (heat.degrees, heat.scale));
        let heats: Vec<_> = taken.new_levels.iter().map(of).collect();
        assert_eq!(heats, [Some((64.0, Scale::Fahrenheit))], "18.5 °C shows as 65 °F");
    }
}
