//! The text form of schedules: TOML that people read and write.
//!
//! ```toml
//! version = 1
//! scale = "C"                     # of temperatures that name none
//!
//! [levels]
//! Home = { heat = 20.5, cool = 25.0 }
//! Sleep = { heat = "17 C" }
//!
//! [[schedule]]
//! name = "Weekdays"
//! monday = ["06:30 Home", "22:30 Sleep"]
//!
//! [[thermostat]]
//! name = "Hallway"
//! schedule = "Weekdays"           # the active one
//!
//! [[dates]]
//! name = "Christmas"
//! from = 2026-12-20
//! to = 2027-01-03
//! schedule = "Vacation"
//! ```

use toml::{Table, Value};

use super::is_same_name;
use super::render::render;
use super::{
    Assignment, ComfortLevel, DateSpan, DeviceRef, MOST_OF_KIND, MOST_STARTS_OF_DAY, MOST_THERMOSTATS, Schedule,
    Schedules, Start,
};
use crate::automation::form::{
    DAYS, Read, checked_name, date, device_ref, known_keys, required, scale_and_unknown, setpoint, table_of, text,
    time_of_day,
};
use crate::automation::form_file::{Form, Loaded};
use crate::automation::problem::{FormProblem as Problem, Place};
use crate::home::{Scale, Setpoint};

const FILE_KEYS: &str = "version, scale, levels, schedule, thermostat, dates";
const LEVEL_KEYS: &str = "heat, cool";
const SCHEDULE_KEYS: &str = "name, monday, tuesday, wednesday, thursday, friday, saturday, sunday";
const THERMOSTAT_KEYS: &str = "name, id, schedule";
const DATES_KEYS: &str = "name, from, to, schedule, thermostats";

impl Form for Schedules {
    const FILE: &str = "schedules.toml";
    const HEADER: &str = "\
# The schedules of Setpoint. You may edit this file; the program reads it again.
# When the program changes a schedule, it writes the file anew, and comments of yours are not kept.
";

    /// Entries that name one with a problem have one too.
    fn parse(text: &str) -> Read<Loaded<Self>> {
        let table = table_of(text)?;
        let mut reader = Reader { all: Self::default(), problems: Vec::new(), scale: Scale::Celsius };
        reader.read(&table);
        Ok(Loaded { content: reader.all, problems: reader.problems })
    }

    fn to_text(&self) -> String {
        render(self)
    }
}

struct Reader {
    all: Schedules,
    problems: Vec<Problem>,
    scale: Scale,
}

impl Reader {
    fn read(&mut self, table: &Table) {
        (self.scale, self.all.unknown) = scale_and_unknown(table, FILE_KEYS, &mut self.problems);
        match table.get("levels") {
            None => {}
            Some(Value::Table(levels)) => {
                for (name, value) in levels {
                    let read = self.level(name, value);
                    let single = Value::Table(Table::from_iter([(name.clone(), value.clone())]));
                    self.take("levels", &single, read, |all| &mut all.levels);
                }
            }
            Some(other) => {
                self.problems.push(Problem::WrongKind { place: Place::File, key: "levels".to_owned() });
                // Under another name, because levels of the program are written beside it.
                self.all.unknown.insert("levels-not-read".to_owned(), other.clone());
            }
        }
        self.all.scale = self.scale;
        self.entries(table, "schedule", MOST_OF_KIND, Self::schedule, |all| &mut all.schedules);
        self.entries(table, "thermostat", MOST_THERMOSTATS, Self::thermostat, |all| &mut all.thermostats);
        self.entries(table, "dates", MOST_OF_KIND, Self::dates, |all| &mut all.dates);
    }

    fn entries<T>(
        &mut self,
        table: &Table,
        key: &'static str,
        most: usize,
        read: fn(&Self, &Table, &Place) -> Read<T>,
        list: fn(&mut Schedules) -> &mut Vec<T>,
    ) {
        let values = match table.get(key) {
            None => return,
            Some(Value::Array(values)) => values,
            Some(other) => {
                let wrong = Err(Problem::WrongKind { place: Place::File, key: key.to_owned() });
                return self.take(key, other, wrong, list);
            }
        };
        for (index, value) in values.iter().enumerate() {
            let place = Place::Entry(key, index + 1);
            let entry = match value {
                Value::Table(_) if index >= most => Err(Problem::TooMany { place, most }),
                Value::Table(entry) => read(self, entry, &place),
                Value::String(_)
                | Value::Integer(_)
                | Value::Float(_)
                | Value::Boolean(_)
                | Value::Datetime(_)
                | Value::Array(_) => Err(Problem::WrongKind { place, key: key.to_owned() }),
            };
            self.take(key, value, entry, list);
        }
    }

    /// Adds an entry, or keeps its value aside with the problem.
    fn take<T>(&mut self, key: &str, value: &Value, read: Read<T>, list: fn(&mut Schedules) -> &mut Vec<T>) {
        match read {
            Ok(entry) => list(&mut self.all).push(entry),
            Err(problem) => {
                self.problems.push(problem);
                self.all.unreadable.entry(key.to_owned()).or_default().push(value.clone());
            }
        }
    }

    fn level(&self, name: &str, value: &Value) -> Read<ComfortLevel> {
        let place = Place::Level(name.to_owned());
        let Some(table) = value.as_table() else { return Err(Problem::WrongKind { place, key: name.to_owned() }) };
        known_keys(table, &place, LEVEL_KEYS)?;
        let name = checked_name(name, &place)?;
        if self.all.level(&name).is_some() {
            return Err(Problem::NameTaken { place });
        }
        if self.all.levels.len() >= MOST_OF_KIND {
            return Err(Problem::TooMany { place, most: MOST_OF_KIND });
        }
        let end = |key: &str| table.get(key).map(|value| setpoint(value, self.scale, &place)).transpose();
        let (heat, cool) = (end("heat")?, end("cool")?);
        check_level(&ComfortLevel { name: name.clone(), heat, cool }, &place)?;
        Ok(ComfortLevel { name, heat, cool })
    }

    fn schedule(&self, table: &Table, entry: &Place) -> Read<Schedule> {
        let name = checked_name(required(table, "name", entry)?, entry)?;
        let place = Place::Schedule(name.clone());
        known_keys(table, &place, SCHEDULE_KEYS)?;
        if self.all.schedule(&name).is_some() {
            return Err(Problem::NameTaken { place });
        }
        if is_reserved(&name) {
            return Err(Problem::BadName { place });
        }
        let mut schedule = Schedule { name, ..Schedule::default() };
        for (key, starts) in DAYS.iter().zip(&mut schedule.days) {
            *starts = self.day(table, key, &place)?;
        }
        if schedule.is_empty() {
            return Err(Problem::NoStart { place });
        }
        Ok(schedule)
    }

    fn day(&self, table: &Table, key: &'static str, place: &Place) -> Read<Vec<Start>> {
        let wrong_kind = || Problem::WrongKind { place: place.clone(), key: key.to_owned() };
        let texts = match table.get(key) {
            None => return Ok(Vec::new()),
            Some(Value::Array(texts)) => texts,
            Some(_) => return Err(wrong_kind()),
        };
        if texts.len() > MOST_STARTS_OF_DAY {
            return Err(Problem::TooMany { place: place.clone(), most: MOST_STARTS_OF_DAY });
        }
        let mut starts = Vec::new();
        for text in texts {
            starts.push(self.start(text.as_str().ok_or_else(wrong_kind)?, place)?);
        }
        starts.sort_by_key(|start| start.at);
        for pair in starts.windows(2) {
            if let [one, other] = pair
                && one.at == other.at
            {
                let time = one.at.strftime("%H:%M").to_string();
                return Err(Problem::SameTime { place: place.clone(), day: key, time });
            }
        }
        Ok(starts)
    }

    /// `06:30 Home`.
    fn start(&self, text: &str, place: &Place) -> Read<Start> {
        let (place, owned) = (place.clone(), text.to_owned());
        let Some((time, level)) = text.trim().split_once(char::is_whitespace) else {
            return Err(Problem::NoSuchStart { place, text: owned });
        };
        let Some(at) = time_of_day(time) else { return Err(Problem::NoSuchTime { place, text: time.to_owned() }) };
        match self.all.level(level) {
            Some(level) => Ok(Start { at, level: level.name.clone() }),
            None => Err(Problem::NoSuchLevel { place, level: level.trim().to_owned() }),
        }
    }

    fn thermostat(&self, table: &Table, entry: &Place) -> Read<Assignment> {
        let name = checked_name(required(table, "name", entry)?, entry)?;
        let place = Place::Thermostat(name.clone());
        known_keys(table, &place, THERMOSTAT_KEYS)?;
        let thermostat = DeviceRef { name, id: text(table, "id", &place)?.map(Into::into) };
        let is_taken = self.all.thermostats.iter().any(|assigned| {
            let other = &assigned.thermostat;
            other.name == thermostat.name && other.id == thermostat.id
        });
        if is_taken {
            return Err(Problem::NameTaken { place });
        }
        let schedule = text(table, "schedule", &place)?.map(|name| self.schedule_name(name, &place)).transpose()?;
        Ok(Assignment { thermostat, schedule })
    }

    fn schedule_name(&self, name: &str, place: &Place) -> Read<String> {
        let found = self.all.schedule(name).map(|schedule| schedule.name.clone());
        found.ok_or_else(|| Problem::NoSuchSchedule { place: place.clone(), schedule: name.to_owned() })
    }

    fn dates(&self, table: &Table, entry: &Place) -> Read<DateSpan> {
        let name = checked_name(required(table, "name", entry)?, entry)?;
        let place = Place::Dates(name.clone());
        known_keys(table, &place, DATES_KEYS)?;
        let (from, to) = (date(table, "from", &place)?, date(table, "to", &place)?);
        if to < from {
            return Err(Problem::Backwards { place });
        }
        if self.all.dates.iter().any(|span| is_same_name(&span.name, &name)) {
            return Err(Problem::NameTaken { place });
        }
        let schedule = self.schedule_name(required(table, "schedule", &place)?, &place)?;
        let devices = match table.get("thermostats") {
            None => Vec::new(),
            Some(Value::Array(devices)) => {
                devices.iter().map(|device| device_ref(device, &place)).collect::<Read<Vec<_>>>()?
            }
            Some(_) => return Err(Problem::WrongKind { place, key: "thermostats".to_owned() }),
        };
        if devices.len() > MOST_THERMOSTATS {
            return Err(Problem::TooMany { place, most: MOST_THERMOSTATS });
        }
        Ok(DateSpan { name, from, to, schedule, thermostats: devices })
    }
}

/// Refuses a level that no thermostat could take.
fn check_level(level: &ComfortLevel, place: &Place) -> Read<()> {
    let (heat, cool) = (level.heat, level.cool);
    for setpoint in [heat, cool].into_iter().flatten() {
        if !setpoint.scale.range().contains(&setpoint.degrees) {
            return Err(Problem::NoSuchTemperature { place: place.clone(), text: setpoint.to_string() });
        }
    }
    let celsius = |setpoint: Setpoint| setpoint.temperature().map(|temperature| temperature.celsius());
    match (heat.and_then(celsius), cool.and_then(celsius)) {
        (None, None) => Err(Problem::NoSetpoint { place: place.clone() }),
        (Some(heat), Some(cool)) if heat > cool => Err(Problem::Crossed { place: place.clone() }),
        (Some(_), _) | (_, Some(_)) => Ok(()),
    }
}

/// Refuses a name that the file would refuse.
pub fn check_name(name: &str) -> Result<String, Problem> {
    let place = Place::Schedule(name.trim().to_owned());
    if is_reserved(name.trim()) {
        return Err(Problem::BadName { place });
    }
    checked_name(name, &place)
}

/// True for the words by which a command means no schedule.
fn is_reserved(name: &str) -> bool {
    ["off", "none"].iter().any(|word| name.eq_ignore_ascii_case(word))
}

/// Refuses a level that the file would refuse.
pub fn check_new_level(level: &ComfortLevel) -> Result<(), Problem> {
    let place = Place::Level(level.name.clone());
    checked_name(&level.name, &place)?;
    check_level(level, &place)
}
