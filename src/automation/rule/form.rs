//! The text form of rules: TOML that people read and write.
//!
//! ```toml
//! version = 1
//! scale = "C"                     # of temperatures that name none
//!
//! [limits]                        # no rule crosses them
//! lowest = 10
//! highest = 30
//!
//! [place]                         # for sunrise and sunset
//! latitude = 52.52
//! longitude = 13.40
//!
//! [[rule]]
//! name = "Save energy when everybody has left"
//! on = true
//! when = [{ presence = "away" }]
//! if = [{ room = "Hallway", above = 15 }]
//! then = [{ command = "all eco" }, { notify = "Everybody has left" }]
//! late = "30 min"
//! rate = 6
//! ```

use toml::{Table, Value};

use super::form_part::{ANY, Part};
use super::render::render;
use super::{
    Action, Condition, Coordinates, Danger, Limits, MOST_PARTS, MOST_RULES, MOST_TEXT_CHARS, Rule, RuleTrigger, Rules,
    Seen, SunEvent, USUAL_LATE, USUAL_RATE, Which,
};
use crate::automation::form::{Read, checked_name, date, known_keys, required, scale_and_unknown, setpoint, table_of};
use crate::automation::form_file::{Form, Loaded};
use crate::automation::problem::{FormProblem as Problem, Place};
use crate::home::{HvacMode, Scale, Setpoint, is_unprintable};

const FILE_KEYS: &str = "version, scale, limits, place, rule";
const LIMIT_KEYS: &str = "lowest, highest";
const PLACE_KEYS: &str = "latitude, longitude";
const RULE_KEYS: &str = "name, on, when, if, then, late, rate";
/// The keys by which a trigger is told.
const TRIGGERS: &str = "presence, arrival, time, sun, room, humidity, camera, alarm, offline, no-effect, window-open, \
                        signed-out, failed-change";
/// The keys by which a condition is told.
const CONDITIONS: &str = "presence, from, first, mode, room, humidity, device, camera";
/// The keys by which an action is told.
const ACTIONS: &str = "command, level, end-eco, resume, preset, notify, program, request";
/// Most times within an hour.
const MOST_RATE: i64 = 60;

impl Form for Rules {
    const FILE: &str = "rules.toml";
    const HEADER: &str = "\
# The rules of Setpoint. You may edit this file; the program reads it again.
# When the program changes a rule, it writes the file anew, and comments of yours are not kept.
";

    fn parse(text: &str) -> Read<Loaded<Self>> {
        let table = table_of(text)?;
        let mut loaded = Loaded::default();
        read(&table, &mut loaded);
        Ok(loaded)
    }

    fn to_text(&self) -> String {
        render(self)
    }
}

fn read(table: &Table, loaded: &mut Loaded<Rules>) {
    let Loaded { content: all, problems } = loaded;
    (all.scale, all.unknown) = scale_and_unknown(table, FILE_KEYS, problems);
    if let Some(value) = table.get("limits") {
        match limits(value, all.scale) {
            Ok(limits) => all.limits = limits,
            Err(problem) => {
                all.bad_limits = Some(problem.clone());
                problems.push(problem);
                all.unknown.insert("limits".to_owned(), value.clone());
            }
        }
    }
    if let Some(value) = table.get("place") {
        match coordinates(value) {
            Ok(place) => all.place = Some(place),
            Err(problem) => {
                problems.push(problem);
                all.unknown.insert("place".to_owned(), value.clone());
            }
        }
    }
    let entries = match table.get("rule") {
        None => return,
        Some(Value::Array(entries)) => entries,
        Some(other) => {
            problems.push(Problem::WrongKind { place: Place::File, key: "rule".to_owned() });
            all.unreadable.push(other.clone());
            return;
        }
    };
    for (index, value) in entries.iter().enumerate() {
        let place = Place::Entry("rule", index + 1);
        let entry = match value.as_table() {
            Some(_) if index >= MOST_RULES => Err(Problem::TooMany { place, most: MOST_RULES }),
            Some(entry) => rule(all, entry, &place),
            None => Err(Problem::WrongKind { place, key: "rule".to_owned() }),
        };
        match entry {
            Ok(rule) => all.rules.push(rule),
            Err(problem) => {
                problems.push(problem);
                all.unreadable.push(value.clone());
            }
        }
    }
}

fn limits(value: &Value, scale: Scale) -> Read<Limits> {
    let place = Place::Limits;
    let Some(table) = value.as_table() else { return Err(Problem::WrongKind { place, key: "limits".to_owned() }) };
    known_keys(table, &place, LIMIT_KEYS)?;
    let mut limits = Limits::default();
    for (key, end) in [("lowest", &mut limits.lowest), ("highest", &mut limits.highest)] {
        if let Some(value) = table.get(key) {
            let read = setpoint(value, scale, &place)?;
            if !read.scale.range().contains(&read.degrees) {
                return Err(Problem::NoSuchTemperature { place, text: read.to_string() });
            }
            *end = read;
        }
    }
    if in_celsius(limits.lowest) > in_celsius(limits.highest) {
        return Err(Problem::Crossed { place });
    }
    Ok(limits)
}

fn in_celsius(setpoint: Setpoint) -> Option<f64> {
    setpoint.temperature().map(|temperature| temperature.celsius())
}

fn coordinates(value: &Value) -> Read<Coordinates> {
    let place = Place::Coordinates;
    let Some(table) = value.as_table() else { return Err(Problem::WrongKind { place, key: "place".to_owned() }) };
    known_keys(table, &place, PLACE_KEYS)?;
    let degrees = |key: &'static str, most: f64| {
        let value = table.get(key).ok_or_else(|| Problem::Missing { place: place.clone(), key })?;
        let number = value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64));
        let number = number.filter(|number| number.abs() <= most);
        number.ok_or_else(|| Problem::NoSuchNumber { place: place.clone(), text: value.to_string() })
    };
    Ok(Coordinates { latitude: degrees("latitude", 90.0)?, longitude: degrees("longitude", 180.0)? })
}

fn rule(all: &Rules, table: &Table, entry: &Place) -> Read<Rule> {
    let name = checked_name(required(table, "name", entry)?, entry)?;
    let place = Place::Rule(name.clone());
    known_keys(table, &place, RULE_KEYS)?;
    if all.rule(&name).is_some() {
        return Err(Problem::NameTaken { place });
    }
    let triggers = parts(table, "when", &place, |part| trigger(part, all.scale))?;
    let conditions = parts(table, "if", &place, |part| condition(part, all.scale))?;
    let actions = parts(table, "then", &place, action)?;
    for (key, is_empty) in [("when", triggers.is_empty()), ("then", actions.is_empty())] {
        if is_empty {
            return Err(Problem::Missing { place, key });
        }
    }
    let reader = Part { table, place: &place };
    let rate = match table.get("rate") {
        None => USUAL_RATE,
        Some(value) => {
            let whole = value.as_integer().filter(|rate| (1..=MOST_RATE).contains(rate));
            let whole = whole.and_then(|rate| u32::try_from(rate).ok());
            whole.ok_or_else(|| Problem::NoSuchNumber { place: place.clone(), text: value.to_string() })?
        }
    };
    let late = reader.time_span("late")?.unwrap_or(USUAL_LATE);
    let is_on = reader.switch("on")?.unwrap_or(true);
    Ok(Rule { name, is_on, triggers, conditions, actions, late, rate })
}

fn parts<T>(table: &Table, key: &'static str, place: &Place, read: impl Fn(&Part<'_>) -> Read<T>) -> Read<Vec<T>> {
    let wrong = || Problem::WrongKind { place: place.clone(), key: key.to_owned() };
    let values = match table.get(key) {
        None => return Ok(Vec::new()),
        Some(Value::Array(values)) => values,
        Some(_) => return Err(wrong()),
    };
    if values.len() > MOST_PARTS {
        return Err(Problem::TooMany { place: place.clone(), most: MOST_PARTS });
    }
    values.iter().map(|value| read(&Part { table: value.as_table().ok_or_else(wrong)?, place })).collect()
}

fn trigger(part: &Part<'_>, scale: Scale) -> Read<RuleTrigger> {
    let kind = part.kind(TRIGGERS)?;
    let lasts = || Ok(part.time_span("for")?.unwrap_or_default());
    Ok(match kind {
        "presence" => {
            part.only("presence, home")?;
            RuleTrigger::Presence { home: part.name("home")?, becomes: part.presence()? }
        }
        "arrival" => {
            part.only("arrival, home")?;
            part.is_true("arrival")?;
            RuleTrigger::Arrival { home: part.name("home")? }
        }
        "time" => {
            part.only("time, days")?;
            RuleTrigger::Time { at: part.time("time")?, days: part.days()? }
        }
        "sun" => {
            part.only("sun, offset, days")?;
            let events = [("sunrise", SunEvent::Sunrise), ("sunset", SunEvent::Sunset)];
            let offset = part.time_span_or_before("offset")?.unwrap_or_default();
            RuleTrigger::Sun { event: part.word("sun", &events)?, offset, days: part.days()? }
        }
        "room" => {
            part.only("room, above, below, for")?;
            let is = part.beyond(|value| setpoint(value, scale, part.place))?;
            RuleTrigger::Room { of: part.which("room")?, is, lasts: lasts()? }
        }
        "humidity" => {
            part.only("humidity, above, below, for")?;
            let is = part.beyond(|value| part.percent(value))?;
            RuleTrigger::Humidity { of: part.which("humidity")?, is, lasts: lasts()? }
        }
        "camera" => {
            part.only("camera, sees")?;
            RuleTrigger::Camera { of: part.which("camera")?, sees: part.word("sees", &SEEN)? }
        }
        "alarm" => {
            part.only("alarm, of, over")?;
            let of = if part.table.contains_key("of") { part.which("of")? } else { Which::Any };
            let is_over = part.switch("over")?.unwrap_or_default();
            RuleTrigger::Alarm { of, danger: part.word("alarm", &DANGERS)?, is_over }
        }
        "offline" => {
            part.only("offline, for")?;
            RuleTrigger::Offline { of: part.which("offline")?, lasts: lasts()? }
        }
        "no-effect" => {
            part.only("no-effect, for")?;
            RuleTrigger::NoEffect { of: part.which("no-effect")?, lasts: lasts()? }
        }
        "window-open" => {
            part.only("window-open, over")?;
            RuleTrigger::WindowOpen {
                of: part.which("window-open")?,
                is_over: part.switch("over")?.unwrap_or_default(),
            }
        }
        "signed-out" => {
            part.only("signed-out")?;
            RuleTrigger::SignedOut { account: part.name("signed-out")?.filter(|name| name != ANY) }
        }
        _ => {
            part.only("failed-change")?;
            part.is_true("failed-change")?;
            RuleTrigger::FailedChange
        }
    })
}

/// The perceptions of cameras, by their words.
pub(super) const SEEN: [(&str, Seen); 4] =
    [("person", Seen::Person), ("motion", Seen::Motion), ("sound", Seen::Sound), ("anything", Seen::Anything)];
/// The dangers, by their words.
pub(super) const DANGERS: [(&str, Danger); 3] =
    [("smoke", Danger::Smoke), ("carbon-monoxide", Danger::CarbonMonoxide), ("any", Danger::Any)];

fn condition(part: &Part<'_>, scale: Scale) -> Read<Condition> {
    Ok(match part.kind(CONDITIONS)? {
        "presence" => {
            part.only("presence, home")?;
            Condition::Presence { home: part.name("home")?, is: part.presence()? }
        }
        "from" => {
            part.only("from, to, days")?;
            Condition::Between { from: part.time("from")?, to: part.time("to")?, days: part.days()? }
        }
        "first" => {
            part.only("first, last")?;
            let (first, last) = (date(part.table, "first", part.place)?, date(part.table, "last", part.place)?);
            if last < first {
                return Err(Problem::Backwards { place: part.place.clone() });
            }
            Condition::Dates { first, last }
        }
        "mode" => {
            part.only("mode, of")?;
            let modes: Vec<(&str, HvacMode)> =
                HvacMode::KNOWN.iter().map(|mode| (mode.as_str(), mode.clone())).collect();
            Condition::Mode { is: part.word("mode", &modes)?, of: part.device("of")? }
        }
        "room" => {
            part.only("room, above, below")?;
            let is = part.beyond(|value| setpoint(value, scale, part.place))?;
            Condition::Room { of: part.device("room")?, is }
        }
        "humidity" => {
            part.only("humidity, above, below")?;
            Condition::Humidity { of: part.device("humidity")?, is: part.beyond(|value| part.percent(value))? }
        }
        "device" => {
            part.only("device, online")?;
            Condition::Online { of: part.device("device")?, is: part.switch("online")?.unwrap_or(true) }
        }
        _ => {
            part.only("camera, on")?;
            Condition::Camera { of: part.device("camera")?, is_on: part.switch("on")?.unwrap_or(true) }
        }
    })
}

fn action(part: &Part<'_>) -> Read<Action> {
    let kind = part.kind(ACTIONS)?;
    part.only(if kind == "level" { "level, of" } else { kind })?;
    if kind == "resume" {
        return Ok(Action::Resume(part.which(kind)?));
    }
    if kind == "end-eco" {
        return Ok(Action::EndEco(part.which(kind)?));
    }
    let text = required(part.table, kind, part.place)?.trim();
    if text.is_empty() || text.chars().count() > MOST_TEXT_CHARS || text.chars().any(is_unprintable) {
        return Err(Problem::BadText { place: part.place.clone(), key: kind, most: MOST_TEXT_CHARS });
    }
    let text = text.to_owned();
    Ok(match kind {
        "command" => Action::Command(text),
        "level" => {
            let of = if part.table.contains_key("of") { part.which("of")? } else { Which::Any };
            Action::Level { of, level: text }
        }
        "preset" => Action::Preset(text),
        "notify" => Action::Notify(text),
        "program" => Action::Program(text),
        _ => Action::Request(text),
    })
}
