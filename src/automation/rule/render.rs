//! Rules as the text that [`super::form`] reads.

use jiff::SignedDuration;
use jiff::civil::Time;
use toml::{Table, Value};

use super::form::{DANGERS, SEEN};
use super::form_part::ANY;
use super::{
    Action, Beyond, Condition, Limits, Rule, RuleTrigger, Rules, SunEvent, USUAL_LATE, USUAL_RATE, Weekdays, Which,
};
use crate::automation::form::{DAYS, VERSION};
use crate::automation::schedule::DeviceRef;
use crate::home::{Scale, Setpoint};

/// Writes the form, with the entries that could not be used.
pub(super) fn render(all: &Rules) -> String {
    let mut table = Table::new();
    table.insert("version".to_owned(), VERSION.into());
    if all.scale == Scale::Fahrenheit {
        table.insert("scale".to_owned(), Value::from(all.scale.letter()));
    }
    table.extend(all.unknown.iter().map(|(key, value)| (key.clone(), value.clone())));
    let writer = Writer { scale: all.scale };
    if all.limits != Limits::default() {
        let ends = [("lowest", all.limits.lowest), ("highest", all.limits.highest)];
        table.insert("limits".to_owned(), entry(ends.map(|(key, end)| (key, writer.setpoint(end)))));
    }
    if let Some(place) = all.place {
        let degrees = [("latitude", Value::Float(place.latitude)), ("longitude", Value::Float(place.longitude))];
        table.insert("place".to_owned(), entry(degrees));
    }
    let rules = all.rules.iter().map(|rule| Value::Table(writer.rule(rule)));
    let rules: Vec<Value> = rules.chain(all.unreadable.iter().cloned()).collect();
    if !rules.is_empty() {
        table.insert("rule".to_owned(), Value::Array(rules));
    }
    toml::to_string(&table).unwrap_or_default()
}

fn entry(pairs: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    Value::Table(pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

struct Writer {
    scale: Scale,
}

impl Writer {
    fn rule(&self, rule: &Rule) -> Table {
        let list = |values: Vec<Value>| Value::Array(values);
        let mut table = Table::new();
        table.insert("name".to_owned(), Value::from(rule.name.clone()));
        table.insert("on".to_owned(), Value::from(rule.is_on));
        table.insert("when".to_owned(), list(rule.triggers.iter().map(|it| self.trigger(it)).collect()));
        if !rule.conditions.is_empty() {
            table.insert("if".to_owned(), list(rule.conditions.iter().map(|it| self.condition(it)).collect()));
        }
        table.insert("then".to_owned(), list(rule.actions.iter().map(action).collect()));
        if rule.late != USUAL_LATE {
            table.insert("late".to_owned(), Value::from(span_text(rule.late)));
        }
        if rule.rate != USUAL_RATE {
            table.insert("rate".to_owned(), Value::from(i64::from(rule.rate)));
        }
        table
    }

    fn setpoint(&self, setpoint: Setpoint) -> Value {
        if setpoint.scale == self.scale { Value::Float(setpoint.degrees) } else { Value::from(setpoint.to_string()) }
    }

    fn trigger(&self, trigger: &RuleTrigger) -> Value {
        match trigger {
            RuleTrigger::Presence { home, becomes } => {
                entry([("presence", Value::from(becomes.as_str()))].into_iter().chain(of_home(home.as_deref())))
            }
            RuleTrigger::Arrival { home } => {
                entry([("arrival", Value::from(true))].into_iter().chain(of_home(home.as_deref())))
            }
            RuleTrigger::Time { at, days } => entry([("time", time(*at))].into_iter().chain(days_entry(*days))),
            RuleTrigger::Sun { event, offset, days } => {
                let word = match event {
                    SunEvent::Sunrise => "sunrise",
                    SunEvent::Sunset => "sunset",
                };
                let offset = (!offset.is_zero()).then(|| ("offset", Value::from(span_text(*offset))));
                entry([("sun", Value::from(word))].into_iter().chain(offset).chain(days_entry(*days)))
            }
            RuleTrigger::Room { of, is, lasts } => {
                let beyond = self.beyond(*is);
                entry([("room", which(of)), beyond].into_iter().chain(lasting(*lasts)))
            }
            RuleTrigger::Humidity { of, is, lasts } => {
                entry([("humidity", which(of)), percent(*is)].into_iter().chain(lasting(*lasts)))
            }
            RuleTrigger::Camera { of, sees } => entry([("camera", which(of)), ("sees", word(&SEEN, sees))]),
            RuleTrigger::Alarm { of, danger, is_over } => {
                let of = (*of != Which::Any).then(|| ("of", which(of)));
                entry([("alarm", word(&DANGERS, danger))].into_iter().chain(of).chain(over(*is_over)))
            }
            RuleTrigger::Offline { of, lasts } => entry([("offline", which(of))].into_iter().chain(lasting(*lasts))),
            RuleTrigger::NoEffect { of, lasts } => entry([("no-effect", which(of))].into_iter().chain(lasting(*lasts))),
            RuleTrigger::WindowOpen { of, is_over } => {
                entry([("window-open", which(of))].into_iter().chain(over(*is_over)))
            }
            RuleTrigger::SignedOut { account } => entry([("signed-out", account.as_deref().unwrap_or(ANY).into())]),
            RuleTrigger::FailedChange => entry([("failed-change", Value::from(true))]),
        }
    }

    fn condition(&self, condition: &Condition) -> Value {
        match condition {
            Condition::Presence { home, is } => {
                entry([("presence", Value::from(is.as_str()))].into_iter().chain(of_home(home.as_deref())))
            }
            Condition::Between { from, to, days } => {
                entry([("from", time(*from)), ("to", time(*to))].into_iter().chain(days_entry(*days)))
            }
            Condition::Dates { first, last } => {
                entry([("first", Value::from(first.to_string())), ("last", Value::from(last.to_string()))])
            }
            Condition::Mode { of, is } => entry([("mode", Value::from(is.as_str())), ("of", device(of))]),
            Condition::Room { of, is } => entry([("room", device(of)), self.beyond(*is)]),
            Condition::Humidity { of, is } => entry([("humidity", device(of)), percent(*is)]),
            Condition::Online { of, is } => entry([("device", device(of)), ("online", Value::from(*is))]),
            Condition::Camera { of, is_on } => entry([("camera", device(of)), ("on", Value::from(*is_on))]),
        }
    }

    fn beyond(&self, is: Beyond<Setpoint>) -> (&'static str, Value) {
        match is {
            Beyond::Above(setpoint) => ("above", self.setpoint(setpoint)),
            Beyond::Below(setpoint) => ("below", self.setpoint(setpoint)),
        }
    }
}

fn action(action: &Action) -> Value {
    match action {
        Action::Command(text) => entry([("command", Value::from(text.clone()))]),
        Action::Level { of, level } => {
            let of = (*of != Which::Any).then(|| ("of", which(of)));
            entry([("level", Value::from(level.clone()))].into_iter().chain(of))
        }
        Action::EndEco(of) => entry([("end-eco", which(of))]),
        Action::Resume(of) => entry([("resume", which(of))]),
        Action::Preset(name) => entry([("preset", Value::from(name.clone()))]),
        Action::Notify(text) => entry([("notify", Value::from(text.clone()))]),
        Action::Program(name) => entry([("program", Value::from(name.clone()))]),
        Action::Request(name) => entry([("request", Value::from(name.clone()))]),
    }
}

fn percent(is: Beyond<i64>) -> (&'static str, Value) {
    match is {
        Beyond::Above(percent) => ("above", Value::from(percent)),
        Beyond::Below(percent) => ("below", Value::from(percent)),
    }
}

fn word<T: PartialEq>(words: &[(&str, T)], value: &T) -> Value {
    let found = words.iter().find(|(_, known)| known == value);
    Value::from(found.map_or("", |(word, _)| *word))
}

fn of_home(name: Option<&str>) -> Option<(&'static str, Value)> {
    name.map(|name| ("home", Value::from(name)))
}

fn time(at: Time) -> Value {
    Value::from(at.strftime("%H:%M").to_string())
}

fn over(is_over: bool) -> Option<(&'static str, Value)> {
    is_over.then(|| ("over", Value::from(true)))
}

fn lasting(lasts: SignedDuration) -> Option<(&'static str, Value)> {
    (!lasts.is_zero()).then(|| ("for", Value::from(span_text(lasts))))
}

/// The length of a time as the form has it: `1h 30m`.
pub fn span_text(span: SignedDuration) -> String {
    let seconds = span.as_secs().abs();
    let parts = [(seconds / 3_600, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")];
    let words: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count} {unit}")).collect();
    let sign = if span.is_negative() { "-" } else { "" };
    if words.is_empty() { "0 min".to_owned() } else { format!("{sign}{}", words.join(" ")) }
}

fn days_entry(days: Weekdays) -> Option<(&'static str, Value)> {
    let named = DAYS.iter().zip(days.0).filter(|(_, is_chosen)| *is_chosen).map(|(name, _)| Value::from(*name));
    (!days.is_daily()).then(|| ("days", Value::Array(named.collect())))
}

fn device(device: &DeviceRef) -> Value {
    match &device.id {
        None => Value::from(device.name.clone()),
        Some(id) => entry([("name", Value::from(device.name.clone())), ("id", Value::from(id.as_str()))]),
    }
}

fn which(which: &Which) -> Value {
    match which {
        Which::Any => Value::from(ANY),
        Which::One(one) => device(one),
    }
}
