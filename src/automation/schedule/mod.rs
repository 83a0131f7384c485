//! Weekly schedules of comfort levels, which this computer keeps.
//!
//! ```text
//!   levels     Home 20.5°, Sleep 17°
//!   schedule   Weekdays: Monday 06:30 Home, 08:30 Away, ... A value holds until the next start, across midnight and
//!              from Sunday to Monday.
//!   thermostat Hallway: Weekdays is active
//!   dates      20 December to 3 January: Vacation
//! ```
//!
//! [`ScheduleOf::in_force`] tells the level at an instant. Nothing here runs: [`super::executor`] does.

mod check;
mod edit;
mod form;
mod in_force;
mod level;
mod render;
mod trial;

use std::collections::BTreeMap;

use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

pub use self::check::{Warning, warnings};
pub use self::edit::{ScheduleEdit, edits_between};
pub use self::form::{check_name, check_new_level};
pub use self::in_force::{Boundary, InForce, ScheduleOf};
pub use self::level::{ComfortLevel, LevelWrite, first_levels};
pub use self::trial::{Against, ScheduleTrial, try_schedule};
use super::form_file::{FormFile, Loaded};
use crate::home::{DeviceId, DeviceTree, Scale};

/// Schedules with the problems of their file.
pub type LoadedSchedules = Loaded<Schedules>;

/// The file of schedules.
pub type SchedulesFile = FormFile<Schedules>;

/// Most starts of a day: one for each quarter of an hour.
pub const MOST_STARTS_OF_DAY: usize = 96;
/// Most levels, schedules, and spans of dates.
pub const MOST_OF_KIND: usize = 100;
/// Most thermostats with a schedule.
pub const MOST_THERMOSTATS: usize = 10_000;

/// The days of a week in the order of the lanes.
pub const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// The place of a day in [`WEEK`].
pub fn lane(weekday: Weekday) -> usize {
    usize::try_from(weekday.to_monday_zero_offset()).unwrap_or_default()
}

/// A start of a level within a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// Whole minutes.
    pub at: Time,
    /// The name of the level.
    pub level: String,
}

/// A named week.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schedule {
    pub name: String,
    /// The starts of each day of [`WEEK`], in the order of time.
    pub days: [Vec<Start>; 7],
}

impl Schedule {
    /// The starts of a day.
    pub fn day(&self, weekday: Weekday) -> &[Start] {
        self.days.get(lane(weekday)).map_or(&[], Vec::as_slice)
    }

    /// True without any start, so that nothing is ever in force.
    pub fn is_empty(&self) -> bool {
        self.days.iter().all(Vec::is_empty)
    }

    /// The level that holds at the begin of a day: that of the last start before, from Sunday to Monday too.
    pub fn at_midnight(&self, weekday: Weekday) -> Option<&str> {
        let today = lane(weekday);
        let before = (1..=WEEK.len()).map(|back| (today + WEEK.len() - back) % WEEK.len());
        let mut lasts = before.filter_map(|day| self.days.get(day)?.last());
        Some(&lasts.next()?.level)
    }
}

/// A device by its name, and by its id at the service where it is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DeviceRef {
    pub name: String,
    pub id: Option<DeviceId>,
}

impl DeviceRef {
    /// The thermostat with the id, else the only one with the name: a device that was replaced has a new id and often
    /// the old name.
    pub fn find<'a>(&self, home: &'a DeviceTree) -> Option<&'a DeviceId> {
        if let Some((id, _)) = self.id.as_ref().and_then(|id| home.thermostats.get_key_value(id)) {
            return Some(id);
        }
        let wanted = self.name.to_lowercase();
        let is_named = |name: Option<&str>| name.is_some_and(|name| name.to_lowercase() == wanted);
        let mut named = home.thermostats.iter().filter(|(_, thermostat)| is_named(thermostat.name.as_deref()));
        match (named.next(), named.next()) {
            (Some((id, _)), None) => Some(id),
            // A name of two thermostats says neither.
            (Some(_), Some(_)) | (None, _) => None,
        }
    }
}

/// The schedule of a thermostat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    pub thermostat: DeviceRef,
    /// The name of the active schedule; `None` while none is.
    pub schedule: Option<String>,
}

/// Days on which another schedule is in force: a vacation, or guests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateSpan {
    pub name: String,
    /// The first and the last day.
    pub from: Date,
    pub to: Date,
    pub schedule: String,
    /// Only for these; none for every thermostat with an active schedule.
    pub thermostats: Vec<DeviceRef>,
}

/// All schedules of a person.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Schedules {
    pub levels: Vec<ComfortLevel>,
    pub schedules: Vec<Schedule>,
    pub thermostats: Vec<Assignment>,
    /// Of two spans with a day in common the later one in the list counts.
    pub dates: Vec<DateSpan>,
    /// The scale of temperatures in the file that name none.
    scale: Scale,
    /// Entries of the file that cannot be used; they are written back unchanged.
    unreadable: BTreeMap<String, Vec<toml::Value>>,
    /// Keys and tables of the file that are not known; they are written back unchanged.
    unknown: toml::Table,
}

impl Schedules {
    /// The level with this name, in any case.
    pub fn level(&self, name: &str) -> Option<&ComfortLevel> {
        self.levels.iter().find(|level| is_same_name(&level.name, name))
    }

    /// The schedule with this name, in any case.
    pub fn schedule(&self, name: &str) -> Option<&Schedule> {
        self.schedules.iter().find(|schedule| is_same_name(&schedule.name, name))
    }

    /// The schedule of a thermostat with the dates that concern it; `None` if none is active, or if the thermostat
    /// follows its own one.
    pub fn of<'a>(&'a self, id: &DeviceId, home: &DeviceTree) -> Option<ScheduleOf<'a>> {
        if home.keeps_schedule(id) {
            return None;
        }
        let is_this = |thermostat: &DeviceRef| thermostat.find(home) == Some(id);
        let assigned = self.thermostats.iter().find(|assigned| is_this(&assigned.thermostat))?;
        let active = self.schedule(assigned.schedule.as_deref()?)?;
        Some(self.as_active(active, id, home))
    }
}

impl Schedules {
    /// Takes over the entries of other schedules: all of them, or those of other names beside the own ones.
    pub fn import(&mut self, new: &Self, replaces: bool) {
        let mut all = Self { levels: new.levels.clone(), schedules: new.schedules.clone(), ..self.clone() };
        (all.thermostats, all.dates) = (new.thermostats.clone(), new.dates.clone());
        if !replaces {
            all.levels.extend(self.levels.iter().filter(|level| new.level(&level.name).is_none()).cloned());
            all.schedules.extend(self.schedules.iter().filter(|it| new.schedule(&it.name).is_none()).cloned());
            let is_new = |device: &DeviceRef| new.thermostats.iter().any(|it| it.thermostat == *device);
            all.thermostats.extend(self.thermostats.iter().filter(|it| !is_new(&it.thermostat)).cloned());
            let has_dates = |name: &str| new.dates.iter().any(|span| is_same_name(&span.name, name));
            all.dates.extend(self.dates.iter().filter(|span| !has_dates(&span.name)).cloned());
        }
        *self = all;
    }

    /// A schedule on a thermostat as if it were the active one, with the dates that concern the thermostat.
    pub fn as_active<'a>(&'a self, schedule: &'a Schedule, id: &DeviceId, home: &DeviceTree) -> ScheduleOf<'a> {
        let is_this = |thermostat: &DeviceRef| thermostat.find(home) == Some(id);
        let concerns = |span: &&DateSpan| span.thermostats.is_empty() || span.thermostats.iter().any(is_this);
        let dates = self.dates.iter().filter(concerns);
        let dates = dates.filter_map(|span| Some((span, self.schedule(&span.schedule)?))).collect();
        ScheduleOf { all: self, active: schedule, dates }
    }
}

pub(in crate::automation) fn is_same_name(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

#[cfg(test)]
pub(in crate::automation) mod samples {
    use super::*;
    use crate::home::Setpoint;

    /// A schedule from lines such as `"monday 06:30 Home"`.
    pub(crate) fn schedule(name: &str, starts: &[&str]) -> Schedule {
        let mut schedule = Schedule { name: name.to_owned(), ..Schedule::default() };
        for start in starts {
            let words: Vec<&str> = start.split(' ').collect();
            let [day, time, level] = words.as_slice() else { panic!("{start}") };
            let days = WEEK.iter().filter(|weekday| {
                let weekday = format!("{weekday:?}").to_lowercase();
                *day == "daily" || weekday == *day
            });
            for weekday in days {
                let at = time.parse().expect("a time");
                schedule.days[lane(*weekday)].push(Start { at, level: (*level).to_owned() });
            }
        }
        for day in &mut schedule.days {
            day.sort_by_key(|start| start.at);
        }
        schedule
    }

    pub(crate) fn level(name: &str, heat: f64, cool: f64) -> ComfortLevel {
        let (heat, cool) = (Some(Setpoint::celsius(heat)), Some(Setpoint::celsius(cool)));
        ComfortLevel { name: name.to_owned(), heat, cool }
    }

    pub(crate) fn thermostat(name: &str) -> DeviceRef {
        DeviceRef { name: name.to_owned(), id: None }
    }

    /// One schedule that is active on `Hallway`.
    pub(crate) fn schedules(starts: &[&str]) -> Schedules {
        Schedules {
            levels: vec![level("Home", 20.5, 25.0), level("Away", 18.5, 28.0), level("Sleep", 17.0, 26.0)],
            schedules: vec![schedule("Weekdays", starts)],
            thermostats: vec![Assignment { thermostat: thermostat("Hallway"), schedule: Some("Weekdays".to_owned()) }],
            ..Schedules::default()
        }
    }
}

#[cfg(test)]
mod file_tests;
