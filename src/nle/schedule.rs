//! The schedule bucket of a thermostat, in the vendor's own form.
//!
//! ```text
//! {"ver":2, "name":"Current Schedule", "schedule_mode":"HEAT",
//!  "days": {"0": {"0": {"type":"HEAT", "time":0, "temp":19.5, "entry_type":"continuation"},
//!                 "1": {"type":"HEAT", "time":26100, "temp":20.5, "entry_type":"setpoint"}}, ...}}
//! ```
//!
//! Day 0 is Monday: so says the self-hosted server, and so a thermostat shows it. The documentation of the hosted server
//! says Sunday; it passes on the same bucket. The first entry of a day is mostly a *continuation*, with the set point
//! of the day before; it is no start of the schedule. The server replaces the whole schedule, and takes one with days
//! that are empty: a written schedule has an entry on each day.

use serde_json::{Map, Value, json};

use crate::home::{DeviceSchedule, DeviceStart, ScheduleMode, ScheduledTarget, Temperature};
use crate::service::StoredSchedule;

/// Seconds of a day.
const DAY_S: u32 = 86_400;
/// Most entries of a day that are read; a thermostat has about ten.
const MOST_ENTRIES: usize = 200;

/// The keys of the days from Monday on.
const DAYS: [&str; 7] = ["0", "1", "2", "3", "4", "5", "6"];

const HEAT: &str = "HEAT";
const COOL: &str = "COOL";
const RANGE: &str = "RANGE";

/// Parses the answer with the schedule of a thermostat. An entry that is not understood is counted and left out.
pub(super) fn parse(answer: &Value) -> Result<StoredSchedule, &'static str> {
    let original = answer.get("schedule").cloned().ok_or("no schedule in the answer")?;
    if original.is_null() {
        return Ok(StoredSchedule { schedule: None, unreadable: 0, original });
    }
    let Some(days) = original.get("days").and_then(Value::as_object) else {
        return Ok(StoredSchedule { schedule: None, unreadable: 1, original });
    };
    let mut unreadable = 0;
    let mut read: [Vec<Entry>; 7] = Default::default();
    for (key, entries) in days {
        let number = DAYS.iter().position(|day| day == key);
        let Some(day) = number.and_then(|number| read.get_mut(number)) else {
            unreadable += 1;
            continue;
        };
        let entries: Vec<&Value> = match entries {
            Value::Array(list) => list.iter().collect(),
            Value::Object(numbered) => numbered.values().collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                unreadable += 1;
                continue;
            }
        };
        day.extend(entries.iter().take(MOST_ENTRIES).filter_map(|entry| Entry::of(entry)));
        unreadable += entries.len().saturating_sub(day.len());
        day.sort_by_key(|entry| entry.start.second);
    }
    let mode = original.get("schedule_mode").and_then(Value::as_str).and_then(mode);
    let mode = mode.or_else(|| read.iter().flatten().next().map(|entry| entry.mode())).unwrap_or(ScheduleMode::Heat);
    // The only entries of a schedule may be continuations, of a set point that holds the whole week.
    let has_starts = read.iter().flatten().any(|entry| !entry.is_continuation);
    let days = read.map(|day| {
        let starts = day.into_iter().filter(|entry| !(has_starts && entry.is_continuation));
        starts.map(|entry| entry.start).collect()
    });
    let name = original.get("name").and_then(Value::as_str).unwrap_or_default();
    let name = name.chars().take(200).collect();
    Ok(StoredSchedule { schedule: Some(DeviceSchedule { name, mode, days }), unreadable, original })
}

/// An entry of a day.
struct Entry {
    start: DeviceStart,
    is_continuation: bool,
}

impl Entry {
    fn of(value: &Value) -> Option<Self> {
        let seconds = value.get("time")?.as_f64().filter(|seconds| (0.0..f64::from(DAY_S)).contains(seconds))?;
        let temperature = |key: &str| Temperature::from_celsius(value.get(key)?.as_f64()?);
        let target = match mode(value.get("type")?.as_str()?)? {
            ScheduleMode::Heat => ScheduledTarget::Heat(temperature("temp")?),
            ScheduleMode::Cool => ScheduledTarget::Cool(temperature("temp")?),
            ScheduleMode::HeatCool => {
                ScheduledTarget::Range { low: temperature("temp-min")?, high: temperature("temp-max")? }
            }
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within a day, as checked above")]
        let second = seconds as u32;
        let is_continuation = value.get("entry_type").and_then(Value::as_str) == Some("continuation");
        Some(Self { start: DeviceStart { second, target }, is_continuation })
    }

    fn mode(&self) -> ScheduleMode {
        match self.start.target {
            ScheduledTarget::Heat(_) => ScheduleMode::Heat,
            ScheduledTarget::Cool(_) => ScheduleMode::Cool,
            ScheduledTarget::Range { .. } => ScheduleMode::HeatCool,
        }
    }
}

fn mode(word: &str) -> Option<ScheduleMode> {
    match word.to_ascii_uppercase().as_str() {
        HEAT => Some(ScheduleMode::Heat),
        COOL => Some(ScheduleMode::Cool),
        RANGE => Some(ScheduleMode::HeatCool),
        _ => None,
    }
}

/// The schedule for the server, with all seven days and an entry on each; `None` without any start.
pub(super) fn to_value(schedule: &DeviceSchedule) -> Option<Value> {
    let mut days = Map::new();
    for (lane, starts) in schedule.days.iter().enumerate() {
        let weekday = jiff::civil::Weekday::from_monday_zero_offset(i8::try_from(lane).ok()?).ok()?;
        let mut entries = Vec::new();
        if starts.first().is_none_or(|first| first.second > 0) {
            entries.push(entry(0, schedule.at_midnight(weekday)?, "continuation"));
        }
        entries.extend(starts.iter().map(|start| entry(start.second, start.target, "setpoint")));
        let numbered = entries.into_iter().enumerate().map(|(number, entry)| (number.to_string(), entry));
        days.insert(lane.to_string(), Value::Object(numbered.collect()));
    }
    let word = match schedule.mode {
        ScheduleMode::Heat => HEAT,
        ScheduleMode::Cool => COOL,
        ScheduleMode::HeatCool => RANGE,
    };
    Some(json!({"ver": 2, "name": schedule.name, "schedule_mode": word, "days": days}))
}

fn entry(second: u32, target: ScheduledTarget, kind: &str) -> Value {
    match target {
        ScheduledTarget::Heat(temperature) => {
            json!({"time": second, "type": HEAT, "temp": temperature.celsius(), "entry_type": kind})
        }
        ScheduledTarget::Cool(temperature) => {
            json!({"time": second, "type": COOL, "temp": temperature.celsius(), "entry_type": kind})
        }
        ScheduledTarget::Range { low, high } => json!({
            "time": second, "type": RANGE, "temp-min": low.celsius(), "temp-max": high.celsius(), "entry_type": kind
        }),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::Weekday;

    use super::*;

    fn heat(degrees: f64) -> ScheduledTarget {
        ScheduledTarget::Heat(Temperature::from_celsius(degrees).expect("a temperature"))
    }

    /// The first two days of the schedule of a real thermostat, in the form in which it stores it, as shown in
    /// ha-bridge issue 44; the names of its users are left out.
    fn real() -> Value {
        let of = |time: u32, temp: f64, kind: &str| {
            json!({"temp": temp, "touched_by": 1, "time": time, "touched_tzo": -18000, "type": "HEAT",
                   "entry_type": kind, "touched_at": 1_457_500_178})
        };
        let day = json!({"0": of(0, 19.5, "continuation"), "1": of(26_100, 20.5, "setpoint"),
                         "2": of(32_400, 18.5, "setpoint"), "3": of(81_900, 19.5, "setpoint")});
        json!({"schedule": {"ver": 2, "name": "Current Schedule", "schedule_mode": "HEAT",
                            "days": {"0": day, "1": day}}})
    }

    #[test]
    fn continuations_are_no_starts_and_a_day_without_one_goes_on() {
        let read = parse(&real()).expect("a schedule");
        let week = read.schedule.expect("one");
        assert_eq!((read.unreadable, week.mode, week.name.as_str()), (0, ScheduleMode::Heat, "Current Schedule"));
        let monday: Vec<u32> = week.day(Weekday::Monday).iter().map(|start| start.second).collect();
        assert_eq!(monday, [26_100, 32_400, 81_900]);
        assert_eq!(week.day(Weekday::Sunday), []);
        assert_eq!(week.at_midnight(Weekday::Sunday), Some(heat(19.5)));
    }

    #[test]
    fn a_written_schedule_is_whole_and_reads_back_as_it_was() {
        let week = parse(&real()).expect("a schedule").schedule.expect("one");
        let written = to_value(&week).expect("a value");
        let days = written["days"].as_object().expect("days");
        assert_eq!(days.keys().collect::<Vec<_>>(), ["0", "1", "2", "3", "4", "5", "6"]);
        for (day, entries) in days {
            assert_eq!(entries["0"]["entry_type"], "continuation", "{day}");
            assert_eq!(entries["0"]["temp"], 19.5, "{day}");
        }
        let back = parse(&json!({"schedule": written})).expect("a schedule").schedule.expect("one");
        assert!(back.is_same(&week));
        let none = DeviceSchedule { days: Default::default(), ..week };
        assert_eq!(to_value(&none), None, "an empty week would end the schedule of the thermostat");
    }

    #[test]
    fn a_week_of_one_set_point_may_have_continuations_alone() {
        let only = json!({"0": {"time": 0, "type": "COOL", "temp": 24.83397, "entry_type": "continuation"}});
        let read = parse(&json!({"schedule": {"days": {"0": only}}})).expect("a schedule").schedule.expect("one");
        assert_eq!(read.mode, ScheduleMode::Cool);
        assert_eq!(read.day(Weekday::Monday).len(), 1);
    }

    #[test]
    fn both_forms_of_a_day_are_read_and_what_is_not_understood_is_counted() {
        let list = json!([
            {"time": 79_200, "type": "RANGE", "temp-min": 18.0, "temp-max": 26.0},
            {"time": 21_600, "type": "range", "temp-min": 20.0, "temp-max": 25.0},
            {"time": 86_400, "type": "RANGE", "temp-min": 20.0, "temp-max": 25.0},
            {"time": 60, "type": "RANGE", "temp": 20.0},
            {"time": 60, "type": "ECO", "temp": 20.0},
            {"time": "06:00", "type": "HEAT", "temp": 20.0},
            {"time": 60, "type": "HEAT", "temp": 1e300},
            "six o'clock"
        ]);
        let value = json!({"schedule": {"schedule_mode": "RANGE", "days": {"3": list, "7": [], "monday": [], "4": 5}}});
        let read = parse(&value).expect("a schedule");
        let week = read.schedule.expect("one");
        let seconds: Vec<u32> = week.day(Weekday::Thursday).iter().map(|start| start.second).collect();
        assert_eq!((seconds, read.unreadable, week.mode), (vec![21_600, 79_200], 9, ScheduleMode::HeatCool));
    }

    #[test]
    fn an_answer_without_a_schedule_is_no_empty_schedule() {
        assert!(parse(&json!({"serial": "02AA", "schedule": null})).expect("none").schedule.is_none());
        assert!(parse(&json!({"error": "no"})).is_err());
        for odd in [json!({"ver": 2}), json!([]), json!({"days": [[]]})] {
            let read = parse(&json!({ "schedule": odd })).expect("something that may be replaced");
            assert_eq!((read.schedule, read.unreadable, read.original), (None, 1, odd));
        }
        let twice = json!({"0": [{"time": 0, "type": "HEAT", "temp": 20.0}], "00": [], "+0": [], "7": []});
        let read = parse(&json!({"schedule": {"days": twice}})).expect("a schedule");
        assert_eq!((read.schedule.map(|week| week.days[0].len()), read.unreadable), (Some(1), 3));
    }
}
