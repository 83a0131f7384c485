//! The end of a hold at the end of a command: `hallway 21 until 22:00`, `hallway 21 for 2h`.

use jiff::civil::{Time, Weekday};
use jiff::{SignedDuration, ToSpan as _, Zoned};

use super::ParseError;
use crate::home::{DeviceId, DeviceTree, HoldEnd, Node, Write};

/// The longest hold with an end.
const LONGEST: SignedDuration = SignedDuration::from_hours(366 * 24);

/// A command with the end of a hold, split from the words before it.
#[derive(Debug, Clone, PartialEq)]
pub struct TimedCommand<'t> {
    /// The words before, such as `hallway 21`.
    pub command: &'t str,
    /// The end, or the reason why the words behind tell none.
    pub ends: Result<HoldEnd, ParseError>,
}

/// Splits a text at its last `until` or `for`; `None` if it has none. A command that is complete as a whole, such as
/// `fan on for 30 min`, is no hold, so the whole text has to be tried first.
pub fn split_hold<'t>(text: &'t str, now: &Zoned) -> Option<TimedCommand<'t>> {
    let lower = text.to_lowercase();
    // A letter whose lower case has another length would shift the places.
    if lower.len() != text.len() {
        return None;
    }
    if let Some(command) = lower.strip_suffix(" forever").or_else(|| lower.strip_suffix(" permanently")) {
        return Some(TimedCommand { command: text.get(..command.len())?.trim(), ends: Ok(HoldEnd::Never) });
    }
    let found = [(" until ", true), (" till ", true), (" til ", true), (" for ", false)];
    let last = found.into_iter().filter_map(|(word, is_until)| Some((lower.rfind(word)?, word.len(), is_until)));
    let (at, length, is_until) = last.max_by_key(|(at, ..)| *at)?;
    let end = lower.get(at + length..)?.trim();
    let ends = if is_until { until(end, now) } else { for_time(end, now) };
    let ends = ends.ok_or_else(|| ParseError::NoSuchEnd { text: end.to_owned() });
    Some(TimedCommand { command: text.get(..at)?.trim(), ends })
}

/// Reads the end of a hold as `22:00`, `tomorrow 7:00`, `2h`, `next` or `cancelled`.
///
/// # Errors
/// The text is none of them.
pub fn hold_end(text: &str, now: &Zoned) -> Result<HoldEnd, ParseError> {
    let lower = text.trim().to_lowercase();
    let end = match (lower.strip_prefix("until "), lower.strip_prefix("for ")) {
        (Some(end), _) => until(end, now),
        (None, Some(time)) => for_time(time, now),
        // `2h` is a time here, and the hour of a clock behind `until`.
        (None, None) => for_time(&lower, now).or_else(|| until(&lower, now)),
    };
    end.ok_or_else(|| ParseError::NoSuchEnd { text: text.trim().to_owned() })
}

fn until(text: &str, now: &Zoned) -> Option<HoldEnd> {
    match text {
        "next" | "next start" | "next set point" | "next setpoint" | "the next set point" | "the next start" => {
            return Some(HoldEnd::NextStart);
        }
        "cancelled" | "canceled" | "cancel" | "i cancel" | "i cancel it" | "forever" | "further notice" => {
            return Some(HoldEnd::Never);
        }
        _ => {}
    }
    let (day, clock) = match text.split_once(' ') {
        Some((day, clock)) if weekday(day).is_some() || day == "tomorrow" || day == "today" => (Some(day), clock),
        Some(_) | None => (None, text),
    };
    let clock = clock.strip_prefix("at ").unwrap_or(clock);
    // `until monday` means its begin.
    let (day, time) = match (day, weekday(text), text) {
        (None, Some(_), _) | (None, None, "tomorrow") => (Some(text), Time::midnight()),
        (day, ..) => (day, time_of_day(clock)?),
    };
    let today = now.date();
    let date = match day {
        None | Some("today") => today,
        Some("tomorrow") => today.tomorrow().ok()?,
        Some(name) => {
            let wanted = weekday(name)?;
            // The next such day; today counts while the time is ahead.
            let ahead = i64::from(today.weekday().until(wanted));
            today.checked_add(ahead.days()).ok()?
        }
    };
    let end = date.to_datetime(time).to_zoned(now.time_zone().clone()).ok()?;
    let end = match day {
        _ if end > *now => end,
        None => date.tomorrow().ok()?.to_datetime(time).to_zoned(now.time_zone().clone()).ok()?,
        Some("today" | "tomorrow") => return None,
        Some(_) => date.checked_add(7.days()).ok()?.to_datetime(time).to_zoned(now.time_zone().clone()).ok()?,
    };
    Some(HoldEnd::At(end.timestamp()))
}

fn for_time(text: &str, now: &Zoned) -> Option<HoldEnd> {
    let length = match text {
        "ever" => return Some(HoldEnd::Never),
        "an hour" | "one hour" => SignedDuration::from_hours(1),
        "half an hour" => SignedDuration::from_mins(30),
        "a day" | "one day" => SignedDuration::from_hours(24),
        text => duration(text)?,
    };
    let is_fitting = length >= SignedDuration::from_mins(1) && length <= LONGEST;
    // Whole seconds, as people say them.
    let now = jiff::Timestamp::from_second(now.timestamp().as_second()).ok()?;
    let end = now.checked_add(length).ok().filter(|_| is_fitting)?;
    Some(HoldEnd::At(end))
}

/// `2h`, `90 min`, `1 h 30 min`, `1h30`, `3 days`.
fn duration(text: &str) -> Option<SignedDuration> {
    let text = text.replace(" and ", " ");
    let mut rest = text.trim();
    let mut seconds: i64 = 0;
    let mut last_unit = 0;
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',')).len();
        let number: f64 = rest.get(..digits)?.replace(',', ".").parse().ok()?;
        rest = rest.get(digits..)?.trim_start();
        let letters = rest.len() - rest.trim_start_matches(char::is_alphabetic).len();
        let unit = match rest.get(..letters)? {
            "m" | "min" | "mins" | "minute" | "minutes" => 60,
            "h" | "hr" | "hrs" | "hour" | "hours" => 3_600,
            "d" | "day" | "days" => 86_400,
            // `1h30`
            "" if last_unit == 3_600 => 60,
            _ => return None,
        };
        last_unit = unit;
        let part = number * f64::from(unit);
        if !(0.0..1e9).contains(&part) {
            return None;
        }
        seconds = seconds.checked_add(part.round() as i64)?;
        rest = rest.get(letters..)?.trim_start();
    }
    (last_unit > 0).then(|| SignedDuration::from_secs(seconds))
}

/// `22:00`, `22`, `10pm`, `10:30 pm`, `noon`, `midnight`.
fn time_of_day(text: &str) -> Option<Time> {
    match text {
        "noon" => return Time::new(12, 0, 0, 0).ok(),
        "midnight" => return Some(Time::midnight()),
        _ => {}
    }
    let text = text.strip_suffix("o'clock").unwrap_or(text).trim();
    let (number, half) = [("pm", Some(12)), ("p.m.", Some(12)), ("am", Some(0)), ("a.m.", Some(0)), ("h", None)]
        .into_iter()
        .find_map(|(suffix, half)| Some((text.strip_suffix(suffix)?.trim(), half)))
        .unwrap_or((text, None));
    let (hour, minute) = number.split_once([':', '.', 'h']).unwrap_or((number, "0"));
    let is_number = |part: &str| !part.is_empty() && part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(hour) || !is_number(minute) {
        return None;
    }
    let hour: i8 = hour.parse().ok()?;
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    Time::new(hour, minute.parse().ok()?, 0, 0).ok()
}

fn weekday(name: &str) -> Option<Weekday> {
    let days = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let is_this = |whole: &str| name == whole || (name.len() == 3 && whole.starts_with(name));
    days.into_iter().find_map(|(whole, day)| is_this(whole).then_some(day))
}

/// The thermostats whose set points the writes change, if they change nothing else.
///
/// # Errors
/// A write of something that cannot be held.
pub fn held_thermostats(writes: &[Write]) -> Result<Vec<DeviceId>, ParseError> {
    let of_write = |write: &Write| match (write, write.slot().node) {
        (Write::Target(..) | Write::Range { .. }, Node::Thermostat(id)) => Ok(id),
        (_, Node::Thermostat(_) | Node::Camera(_) | Node::Structure(_)) => Err(ParseError::NotHeld(write.slot().field)),
    };
    writes.iter().map(of_write).collect()
}

/// The writes of the present set points of a thermostat, to hold them: `hallway until 22:00`. `None` if it has none.
pub fn present_setpoint(home: &DeviceTree, id: &DeviceId) -> Option<Write> {
    let thermostat = home.thermostats.get(id)?;
    let slot = crate::home::Slot { node: Node::Thermostat(id.clone()), field: thermostat.main_field() };
    slot.present(home, None).filter(|write| held_thermostats(std::slice::from_ref(write)).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Wednesday, 4 March 2026, 18:30 in Berlin.
    fn now() -> Zoned {
        "2026-03-04T18:30[Europe/Berlin]".parse().expect("a time")
    }

    fn end(text: &str) -> Option<String> {
        let split = split_hold(text, &now()).unwrap_or_else(|| panic!("{text} has no end"));
        assert_eq!(split.command, "Hallway 21", "{text}");
        match split.ends.ok()? {
            HoldEnd::At(at) => Some(at.to_zoned(now().time_zone().clone()).strftime("%d %H:%M").to_string()),
            HoldEnd::NextStart => Some("next".to_owned()),
            HoldEnd::Never => Some("never".to_owned()),
        }
    }

    #[test]
    fn ends_are_read_as_people_write_them() {
        for (text, expected) in [
            ("until 22:00", "04 22:00"),
            ("until 22", "04 22:00"),
            ("till 10pm", "04 22:00"),
            ("until 10:30 pm", "04 22:30"),
            ("UNTIL 7:15", "05 07:15"),
            ("until 18:30", "05 18:30"),
            ("until noon", "05 12:00"),
            ("until midnight", "05 00:00"),
            ("until tomorrow", "05 00:00"),
            ("until tomorrow 7:00", "05 07:00"),
            ("until tomorrow at 7am", "05 07:00"),
            ("until wednesday 20:00", "04 20:00"),
            ("until wed 18:00", "11 18:00"),
            ("until monday", "09 00:00"),
            ("until sunday 12am", "08 00:00"),
            ("for 2h", "04 20:30"),
            ("for 2 hours", "04 20:30"),
            ("for 90 min", "04 20:00"),
            ("for 1h30", "04 20:00"),
            ("for 1 h 30 min", "04 20:00"),
            ("for 1.5 hours", "04 20:00"),
            ("for an hour", "04 19:30"),
            ("for half an hour", "04 19:00"),
            ("for 3 days", "07 18:30"),
            ("until next", "next"),
            ("until the next set point", "next"),
            ("until cancelled", "never"),
            ("until I cancel", "never"),
            ("forever", "never"),
        ] {
            assert_eq!(end(&format!("Hallway 21 {text}")).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_end_is_refused() {
        for text in [
            "until 25:00",
            "until 22:60",
            "until soon",
            "until 13pm",
            "until today 7:00",
            "for 0 min",
            "for 2",
            "for 400 days",
            "for ages",
            "until -1",
            "for 1e9 h",
            "for 99999999999999999999 days",
        ] {
            assert_eq!(end(&format!("Hallway 21 {text}")), None, "{text}");
        }
        assert_eq!(split_hold("Hallway 21", &now()), None);
        assert_eq!(split_hold("İstanbul 21 until 22:00", &now()), None, "a letter that changes its length");
    }

    #[test]
    fn an_end_alone_may_stand_without_its_word() {
        let at = |text: &str| match hold_end(text, &now()) {
            Ok(HoldEnd::At(at)) => at.to_zoned(now().time_zone().clone()).strftime("%d %H:%M").to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(at("22:00"), "04 22:00");
        assert_eq!(at("2h"), "04 20:30");
        assert_eq!(at("until tomorrow 7"), "05 07:00");
        assert_eq!(hold_end("next", &now()), Ok(HoldEnd::NextStart));
        assert!(hold_end("soon", &now()).is_err());
    }
}
