//! Conditions at the present.

use jiff::{ToSpan as _, Zoned};

use super::levels::{is_beyond_humidity, is_beyond_room, is_presence, is_reachable};
use super::present::{RulePresent, Subject};
use super::resolve::{find_camera, find_device, find_home};
use super::run::JudgedCondition;
use super::{Condition, Weekdays};
use crate::automation::schedule::{DeviceRef, lane};
use crate::home::Thermostat;

/// Judges a condition, and notes the value that it was compared with.
pub(super) fn judge(condition: &Condition, present: &RulePresent<'_>) -> JudgedCondition {
    let (holds, value) = holds(condition, present);
    JudgedCondition { condition: condition.clone(), holds, value }
}

type Judged = (Option<bool>, Option<String>);

fn holds(condition: &Condition, present: &RulePresent<'_>) -> Judged {
    let now = present.now.to_zoned(present.clock_zone());
    match condition {
        Condition::Presence { home, is } => of_home(home.as_deref(), is, present),
        Condition::Between { from, to, days } => {
            let is_within = is_between(&now, (*from, *to), *days);
            (Some(is_within), Some(now.strftime("%H:%M").to_string()))
        }
        Condition::Dates { first, last } => {
            let is_within = (*first..=*last).contains(&now.date());
            (Some(is_within), Some(now.date().to_string()))
        }
        Condition::Mode { of, is } => of_thermostat(of, present, |thermostat| {
            let mode = thermostat.hvac_mode.as_ref()?;
            Some((mode == is, mode.to_string()))
        }),
        Condition::Room { of, is } => of_thermostat(of, present, |thermostat| {
            let room = thermostat.ambient_temperature?.setpoint(thermostat.scale());
            Some((is_beyond_room(thermostat, *is, false)?, room.to_string()))
        }),
        Condition::Humidity { of, is } => of_thermostat(of, present, |thermostat| {
            Some((is_beyond_humidity(thermostat, *is, false)?, format!("{} %", thermostat.humidity?)))
        }),
        Condition::Online { of, is } => {
            let id = find_device(of, present.home).filter(|id| (present.is_live)(&Subject::Device((*id).clone())));
            let is_online = id.and_then(|id| is_reachable(id, present));
            (is_online.map(|online| online == *is), is_online.map(|online| online.to_string()))
        }
        Condition::Camera { of, is_on } => {
            let id = find_camera(of, present.home).filter(|id| (present.is_live)(&Subject::Device((*id).clone())));
            let camera = id.and_then(|id| present.home.cameras.get(id));
            let streams = camera.filter(|camera| camera.is_reachable()).and_then(|camera| camera.is_streaming);
            (streams.map(|streams| streams == *is_on), streams.map(|streams| streams.to_string()))
        }
    }
}

fn of_home(name: Option<&str>, is: &crate::home::Away, present: &RulePresent<'_>) -> Judged {
    let homes = find_home(name, present.home);
    let known = homes.iter().map(|id| {
        let structure = present.home.structures.get(*id).filter(|_| (present.is_live)(&Subject::Home((*id).clone())));
        is_presence(structure?.away.as_ref(), is)
    });
    let known: Vec<Option<bool>> = known.collect();
    let value = homes.first().and_then(|id| present.home.structures.get(*id)?.away.as_ref()).map(ToString::to_string);
    // All homes have to be so.
    let holds = match known.as_slice() {
        [] => None,
        all if all.contains(&Some(false)) => Some(false),
        all if all.contains(&None) => None,
        _ => Some(true),
    };
    (holds, value)
}

fn of_thermostat(
    of: &DeviceRef,
    present: &RulePresent<'_>,
    judge: impl FnOnce(&Thermostat) -> Option<(bool, String)>,
) -> Judged {
    let id = of.find(present.home).filter(|id| (present.is_live)(&Subject::Device((*id).clone())));
    let thermostat = id.and_then(|id| present.home.thermostats.get(id)).filter(|it| it.is_reachable());
    match thermostat.and_then(|thermostat| judge(thermostat)) {
        Some((holds, value)) => (Some(holds), Some(value)),
        None => (None, None),
    }
}

/// True within a span of the day; one that passes midnight belongs to the day of its begin. A span from a time to itself
/// is the whole day.
fn is_between(now: &Zoned, (from, to): (jiff::civil::Time, jiff::civil::Time), days: Weekdays) -> bool {
    let time = now.time();
    let today = lane(now.weekday());
    if from < to {
        return (from..to).contains(&time) && days.has(today);
    }
    let yesterday = now.date().checked_sub(1.day()).map_or(today, |date| lane(date.weekday()));
    (time >= from && days.has(today)) || (time < to && days.has(yesterday))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_belongs_to_the_day_of_its_begin() {
        let at = |text: &str| text.parse::<Zoned>().expect("a time");
        let span = |from: &str, to: &str| (from.parse().expect("a time"), to.parse().expect("a time"));
        let friday = Weekdays([false, false, false, false, true, false, false]);
        let night = span("22:00", "06:00");
        for (text, expected) in [
            ("2026-11-27T21:59[UTC]", false),
            ("2026-11-27T22:00[UTC]", true),
            ("2026-11-28T05:59[UTC]", true),
            ("2026-11-28T06:00[UTC]", false),
            ("2026-11-28T22:00[UTC]", false),
            ("2026-11-27T05:00[UTC]", false),
        ] {
            assert_eq!(is_between(&at(text), night, friday), expected, "{text}");
        }
        assert!(is_between(&at("2026-11-28T12:00[UTC]"), span("09:00", "17:00"), Weekdays::default()));
        assert!(!is_between(&at("2026-11-28T17:00[UTC]"), span("09:00", "17:00"), Weekdays::default()));
    }
}
