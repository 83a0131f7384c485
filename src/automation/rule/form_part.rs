//! The parts of a rule in the file: the keys of a trigger, a condition or an action.

use jiff::SignedDuration;
use jiff::civil::Time;
use toml::{Table, Value};

use super::{Beyond, LONGEST_TIME, Weekdays, Which};
use crate::automation::form::{DAYS, Read, checked_name, device_ref, known_keys, required, text, time_of_day};
use crate::automation::problem::{FormProblem as Problem, Place};
use crate::automation::schedule::DeviceRef;
use crate::home::Away;

/// The word for each device of a kind.
pub(super) const ANY: &str = "any";

/// A trigger, condition or action in the file.
pub(super) struct Part<'a> {
    pub(super) table: &'a Table,
    pub(super) place: &'a Place,
}

impl Part<'_> {
    /// The first key of the list that is in the table.
    pub(super) fn kind(&self, known: &'static str) -> Read<&'static str> {
        let found = known.split(", ").find(|key| self.table.contains_key(*key));
        let key = self.table.keys().next().cloned().unwrap_or_default();
        found.ok_or_else(|| Problem::UnknownKey { place: self.place.clone(), key, known })
    }

    pub(super) fn only(&self, known: &'static str) -> Read<()> {
        known_keys(self.table, self.place, known)
    }

    pub(super) fn wrong(&self, key: &str) -> Problem {
        Problem::WrongKind { place: self.place.clone(), key: key.to_owned() }
    }

    pub(super) fn name(&self, key: &str) -> Read<Option<String>> {
        text(self.table, key, self.place)?.map(|name| checked_name(name, self.place)).transpose()
    }

    pub(super) fn switch(&self, key: &str) -> Read<Option<bool>> {
        self.table.get(key).map(|value| value.as_bool().ok_or_else(|| self.wrong(key))).transpose()
    }

    pub(super) fn is_true(&self, key: &str) -> Read<()> {
        if self.switch(key)? == Some(true) { Ok(()) } else { Err(self.wrong(key)) }
    }

    pub(super) fn presence(&self) -> Read<Away> {
        self.word("presence", &[("home", Away::Home), ("away", Away::Away)])
    }

    pub(super) fn word<T: Clone>(&self, key: &'static str, words: &[(&str, T)]) -> Read<T> {
        let word = required(self.table, key, self.place)?;
        let found = words.iter().find(|(known, _)| *known == word).map(|(_, value)| value.clone());
        found.ok_or_else(|| {
            let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
            Problem::NoSuchWord { place: self.place.clone(), text: word.to_owned(), known: known.join(", ") }
        })
    }

    pub(super) fn time(&self, key: &'static str) -> Read<Time> {
        let written = required(self.table, key, self.place)?;
        let missing = || Problem::NoSuchTime { place: self.place.clone(), text: written.to_owned() };
        time_of_day(written).ok_or_else(missing)
    }

    pub(super) fn days(&self) -> Read<Weekdays> {
        let days = match self.table.get("days") {
            None => return Ok(Weekdays::default()),
            Some(Value::Array(days)) => days,
            Some(_) => return Err(self.wrong("days")),
        };
        let mut chosen = Weekdays::default();
        for day in days {
            let lane = DAYS.iter().position(|name| day.as_str().is_some_and(|day| name.eq_ignore_ascii_case(day)));
            let Some(is_chosen) = lane.and_then(|lane| chosen.0.get_mut(lane)) else {
                let (text, known) = (day.as_str().unwrap_or_default().to_owned(), DAYS.join(", "));
                return Err(Problem::NoSuchWord { place: self.place.clone(), text, known });
            };
            *is_chosen = true;
        }
        Ok(chosen)
    }

    /// A length such as `10 min` or `1 h 30 min`, not negative; `None` without the key.
    pub(super) fn time_span(&self, key: &'static str) -> Read<Option<SignedDuration>> {
        let span = self.time_span_or_before(key)?;
        match span {
            Some(span) if span.is_negative() => {
                let text = text(self.table, key, self.place)?.unwrap_or_default().to_owned();
                Err(Problem::NoSuchSpan { place: self.place.clone(), text })
            }
            span => Ok(span),
        }
    }

    /// The same, or `-30 min`.
    pub(super) fn time_span_or_before(&self, key: &'static str) -> Read<Option<SignedDuration>> {
        let Some(written) = text(self.table, key, self.place)? else { return Ok(None) };
        let read = time_span(written);
        read.map(Some).ok_or_else(|| Problem::NoSuchSpan { place: self.place.clone(), text: written.to_owned() })
    }

    pub(super) fn device(&self, key: &'static str) -> Read<DeviceRef> {
        let value = self.table.get(key).ok_or_else(|| Problem::Missing { place: self.place.clone(), key })?;
        device_ref(value, self.place)
    }

    pub(super) fn which(&self, key: &'static str) -> Read<Which> {
        let device = self.device(key)?;
        Ok(if device.name == ANY && device.id.is_none() { Which::Any } else { Which::One(device) })
    }

    pub(super) fn beyond<T>(&self, read: impl Fn(&Value) -> Read<T>) -> Read<Beyond<T>> {
        match (self.table.get("above"), self.table.get("below")) {
            (Some(above), None) => Ok(Beyond::Above(read(above)?)),
            (None, Some(below)) => Ok(Beyond::Below(read(below)?)),
            (Some(_), Some(_)) => {
                Err(Problem::UnknownKey { place: self.place.clone(), key: "below".to_owned(), known: "above" })
            }
            (None, None) => Err(Problem::Missing { place: self.place.clone(), key: "above" }),
        }
    }

    pub(super) fn percent(&self, value: &Value) -> Read<i64> {
        let whole = value.as_integer().filter(|percent| (0..=100).contains(percent));
        whole.ok_or_else(|| Problem::NoSuchNumber { place: self.place.clone(), text: value.to_string() })
    }
}

/// A length of time in words such as `10 min`, at most a week.
pub(super) fn time_span(text: &str) -> Option<SignedDuration> {
    let span: SignedDuration = text.trim().parse().ok()?;
    (span.abs() <= LONGEST_TIME && span.subsec_nanos() == 0).then_some(span)
}
