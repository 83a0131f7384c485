//! Schedules of the stand-in for a No Longer Evil server, and a thermostat that reads them.
//!
//! The rules are those of the real server's head of 2026-06-29, whose recorded exchanges a test replays: the whole
//! schedule is replaced, days may be missing or empty, and an entry needs a time and a type. The thermostat is made from
//! what its buckets in recordings show: day 0 is Monday, and a set point holds until the next one, across the week's end.

use serde_json::{Value, json};

/// The steps of a week in which set points are compared: five minutes.
pub(crate) const STEPS: usize = 7 * 24 * 12;

/// The schedule that the server stores for a command, or its message.
pub(super) fn stored(value: &Value) -> Result<Value, String> {
    let word = |value: &Value| -> Option<String> {
        let word = value.as_str()?.to_uppercase();
        ["HEAT", "COOL", "RANGE"].contains(&word.as_str()).then_some(word)
    };
    if value["ver"] != 2 {
        return Err("Schedule ver must be 2".to_owned());
    }
    let mode = word(&value["schedule_mode"]).ok_or("schedule_mode must be one of: COOL, HEAT, RANGE")?;
    let days = value["days"].as_object().ok_or("Schedule must contain a 'days' object")?;
    for (day, entries) in days {
        if !(0..=6).any(|number| number.to_string() == *day) {
            return Err(format!("Invalid day key '{day}' (must be '0'-'6', Monday-Sunday)"));
        }
        for entry in entries_of(entries).ok_or_else(|| format!("Day '{day}' must be a list or dict of setpoints"))? {
            let time = entry["time"].as_f64().ok_or_else(|| format!("Day '{day}': missing 'time'"))?;
            let kind = word(&entry["type"]).ok_or_else(|| format!("Day '{day}': missing 'type'"))?;
            if !(0.0..86_400.0).contains(&time) {
                return Err(format!("Day '{day}': time must be 0-86399"));
            }
            let needed: &[&str] = if kind == "RANGE" { &["temp-min", "temp-max"] } else { &[] };
            if needed.iter().any(|key| entry[*key].is_null()) {
                return Err(format!("Day '{day}': RANGE requires 'temp-min'"));
            }
            for key in ["temp", "temp-min", "temp-max"] {
                if entry[key].as_f64().is_some_and(|degrees| !(4.5..=32.0).contains(&degrees)) {
                    return Err(format!("Day '{day}': {key} outside 4.5-32.0C"));
                }
            }
        }
    }
    let name = value["name"].as_str().unwrap_or_default();
    Ok(json!({"ver": 2, "name": name, "schedule_mode": mode, "days": days}))
}

fn entries_of(day: &Value) -> Option<Vec<&Value>> {
    match day {
        Value::Array(list) => Some(list.iter().collect()),
        Value::Object(numbered) => Some(numbered.values().collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// The set points that a thermostat follows through the week from Monday on, in degrees Celsius: the one of `key`.
pub(crate) fn followed(schedule: &Value, key: &str) -> Vec<Option<f64>> {
    let mut changes: Vec<(usize, f64)> = Vec::new();
    for day in 0..7 {
        for entry in entries_of(&schedule["days"][day.to_string()]).unwrap_or_default() {
            let seconds = usize::try_from(entry["time"].as_u64().expect("seconds")).expect("a number");
            changes.push((day * 288 + seconds / 300, entry[key].as_f64().expect("degrees")));
        }
    }
    changes.sort_by_key(|(step, _)| *step);
    let before = |step: usize| changes.iter().rev().find(|(at, _)| *at <= step).or(changes.last());
    (0..STEPS).map(|step| before(step).map(|(_, degrees)| *degrees)).collect()
}
