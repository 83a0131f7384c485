//! Schedules as the text that [`super::form`] reads.

use jiff::civil::Date;
use toml::{Table, Value};

use super::{Assignment, ComfortLevel, DateSpan, DeviceRef, Schedule, Schedules, WEEK, lane};
use crate::automation::form::{DAYS, VERSION};
use crate::home::Scale;

/// Writes the form, with the entries that could not be used.
pub(super) fn render(all: &Schedules) -> String {
    let mut table = Table::new();
    table.insert("version".to_owned(), VERSION.into());
    if all.scale == Scale::Fahrenheit {
        table.insert("scale".to_owned(), Value::from(all.scale.letter()));
    }
    table.extend(all.unknown.iter().map(|(key, value)| (key.clone(), value.clone())));
    let level = |level: &ComfortLevel| (level.name.clone(), Value::Table(level_table(level, all.scale)));
    let mut levels: Table = all.levels.iter().map(level).collect();
    let aside = |key: &str| all.unreadable.get(key).cloned().unwrap_or_default();
    for unreadable in aside("levels") {
        if let Value::Table(unreadable) = unreadable {
            for (name, value) in unreadable {
                levels.entry(name).or_insert(value);
            }
        }
    }
    table.insert("levels".to_owned(), Value::Table(levels));
    let entries = [
        ("schedule", all.schedules.iter().map(schedule_table).collect::<Vec<_>>()),
        ("thermostat", all.thermostats.iter().map(assignment_table).collect()),
        ("dates", all.dates.iter().map(dates_table).collect()),
    ];
    for (key, known) in entries {
        let values: Vec<Value> = known.into_iter().map(Value::Table).chain(aside(key)).collect();
        if !values.is_empty() {
            table.insert(key.to_owned(), Value::Array(values));
        }
    }
    toml::to_string(&table).unwrap_or_default()
}

fn level_table(level: &ComfortLevel, scale: Scale) -> Table {
    let setpoints = [("heat", level.heat), ("cool", level.cool)];
    let written = setpoints.into_iter().filter_map(|(key, setpoint)| {
        let setpoint = setpoint?;
        let is_plain = setpoint.scale == scale;
        let value = if is_plain { Value::Float(setpoint.degrees) } else { Value::from(setpoint.to_string()) };
        Some((key.to_owned(), value))
    });
    written.collect()
}

fn schedule_table(schedule: &Schedule) -> Table {
    let mut table = Table::from_iter([("name".to_owned(), Value::from(schedule.name.clone()))]);
    for weekday in WEEK {
        let starts = schedule.day(weekday);
        if starts.is_empty() {
            continue;
        }
        let texts = starts.iter().map(|start| Value::from(format!("{} {}", start.at.strftime("%H:%M"), start.level)));
        let key = DAYS.get(lane(weekday)).copied().unwrap_or_default();
        table.insert(key.to_owned(), Value::Array(texts.collect()));
    }
    table
}

fn device_entries(device: &DeviceRef) -> impl Iterator<Item = (String, Value)> {
    let id = device.id.as_ref().map(|id| ("id".to_owned(), Value::from(id.as_str())));
    std::iter::once(("name".to_owned(), Value::from(device.name.clone()))).chain(id)
}

fn assignment_table(assigned: &Assignment) -> Table {
    let schedule = assigned.schedule.as_ref().map(|name| ("schedule".to_owned(), Value::from(name.clone())));
    device_entries(&assigned.thermostat).chain(schedule).collect()
}

fn dates_table(span: &DateSpan) -> Table {
    let day = |date: Date| {
        let parsed: Option<toml::value::Datetime> = date.to_string().parse().ok();
        parsed.map_or_else(|| Value::from(date.to_string()), Value::Datetime)
    };
    let mut table = Table::from_iter([
        ("name".to_owned(), Value::from(span.name.clone())),
        ("from".to_owned(), day(span.from)),
        ("to".to_owned(), day(span.to)),
        ("schedule".to_owned(), Value::from(span.schedule.clone())),
    ]);
    if !span.thermostats.is_empty() {
        let devices = span.thermostats.iter().map(|device| Value::Table(device_entries(device).collect()));
        table.insert("thermostats".to_owned(), Value::Array(devices.collect()));
    }
    table
}
