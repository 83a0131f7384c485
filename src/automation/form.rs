//! Parts of the text forms of schedules and rules: names, times, temperatures, devices.

use jiff::civil::{Date, Time};
use toml::{Table, Value};

use super::problem::{FormProblem as Problem, Place};
use super::schedule::DeviceRef;
use crate::command::{Typed, temperature};
use crate::home::{Scale, Setpoint, is_unprintable};

/// The version of the files.
pub(super) const VERSION: i64 = 1;

/// The maximum length of a name, in characters.
pub const MAX_NAME_CHARS: usize = 40;

/// The names of the days in the files, in the order of [`super::schedule::WEEK`].
pub(super) const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const DEVICE_KEYS: &str = "name, id";

/// A part of a form, or the reason why it cannot be used.
pub(super) type Read<T> = Result<T, Problem>;

/// Reads the table of a whole file of this version.
pub(super) fn table_of(text: &str) -> Read<Table> {
    let table: Table = text.parse().map_err(|err: toml::de::Error| not_toml(text, &err))?;
    match table.get("version").map_or(Some(VERSION), Value::as_integer) {
        Some(VERSION) => Ok(table),
        Some(newer) if newer > VERSION => Err(Problem::Newer),
        Some(_) | None => Err(Problem::WrongKind { place: Place::File, key: "version".to_owned() }),
    }
}

fn not_toml(text: &str, err: &toml::de::Error) -> Problem {
    let before = err.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let why = err.message().lines().next().unwrap_or_default().to_owned();
    Problem::NotToml { line: before.matches('\n').count() + 1, why }
}

/// Reads the keys of the file itself: the scale of temperatures that name none, and the keys to be written back
/// unchanged. These are the ones that are not known, and a scale that is none.
pub(super) fn scale_and_unknown(table: &Table, known: &'static str, problems: &mut Vec<Problem>) -> (Scale, Table) {
    problems.extend(known_keys(table, &Place::File, known).err());
    let is_known = |key: &str| known.split(", ").any(|known| known == key);
    let unknown = table.iter().filter(|(key, _)| !is_known(key));
    let mut unknown: Table = unknown.map(|(key, value)| (key.clone(), value.clone())).collect();
    let scale = match table.get("scale").map(|scale| (scale, scale.as_str())) {
        None | Some((_, Some("C"))) => Scale::Celsius,
        Some((_, Some("F"))) => Scale::Fahrenheit,
        Some((scale, _)) => {
            problems.push(Problem::WrongKind { place: Place::File, key: "scale".to_owned() });
            unknown.insert("scale".to_owned(), scale.clone());
            Scale::Celsius
        }
    };
    (scale, unknown)
}

/// `06:30` or `6:30`, to the minute.
pub fn time_of_day(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    let is_number = |part: &str, digits: std::ops::RangeInclusive<usize>| {
        digits.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !is_number(hour, 1..=2) || !is_number(minute, 2..=2) {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

/// A name without surrounding space.
pub(super) fn checked_name(name: &str, place: &Place) -> Read<String> {
    let name = name.trim();
    let is_good = !name.is_empty() && name.chars().count() <= MAX_NAME_CHARS && !name.chars().any(is_unprintable);
    if is_good { Ok(name.to_owned()) } else { Err(Problem::BadName { place: place.clone() }) }
}

/// A set point: a number of a scale, or a text such as `70 F`.
pub(super) fn setpoint(value: &Value, scale: Scale, place: &Place) -> Read<Setpoint> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(_) | Value::Datetime(_) | Value::Array(_) | Value::Table(_) => value.to_string(),
    };
    match temperature(&text, scale) {
        Some(Typed::Absolute(setpoint)) => Ok(setpoint),
        Some(Typed::Step(_)) | None => Err(Problem::NoSuchTemperature { place: place.clone(), text }),
    }
}

pub(super) fn known_keys(table: &Table, place: &Place, known: &'static str) -> Read<()> {
    match table.keys().find(|key| !known.split(", ").any(|known| known == key.as_str())) {
        Some(key) => Err(Problem::UnknownKey { place: place.clone(), key: key.clone(), known }),
        None => Ok(()),
    }
}

pub(super) fn text<'t>(table: &'t Table, key: &str, place: &Place) -> Read<Option<&'t str>> {
    match table.get(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Problem::WrongKind { place: place.clone(), key: key.to_owned() }),
    }
}

pub(super) fn required<'t>(table: &'t Table, key: &'static str, place: &Place) -> Read<&'t str> {
    text(table, key, place)?.ok_or_else(|| Problem::Missing { place: place.clone(), key })
}

/// A date of TOML, or the same as a text.
pub(super) fn date(table: &Table, key: &'static str, place: &Place) -> Read<Date> {
    let written = match table.get(key) {
        None => return Err(Problem::Missing { place: place.clone(), key }),
        Some(Value::Datetime(at)) => at.to_string(),
        Some(Value::String(text)) => text.clone(),
        Some(_) => return Err(Problem::WrongKind { place: place.clone(), key: key.to_owned() }),
    };
    let is_date = written.len() == "2026-12-20".len();
    let parsed = written.parse().ok().filter(|_| is_date);
    parsed.ok_or_else(|| Problem::NoSuchDate { place: place.clone(), text: written })
}

/// A thermostat by its name, or by its name and id.
pub(super) fn device_ref(value: &Value, place: &Place) -> Read<DeviceRef> {
    if let Some(name) = value.as_str() {
        return Ok(DeviceRef { name: name.trim().to_owned(), id: None });
    }
    let Some(table) = value.as_table() else {
        return Err(Problem::WrongKind { place: place.clone(), key: "thermostats".to_owned() });
    };
    known_keys(table, place, DEVICE_KEYS)?;
    let name = required(table, "name", place)?.to_owned();
    Ok(DeviceRef { name, id: text(table, "id", place)?.map(Into::into) })
}
