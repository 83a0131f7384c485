//! The instants of triggers that are due by the clock: times of the day, sunrise and sunset.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::sun::sun_event;
use super::{Coordinates, RuleTrigger, Weekdays};
use crate::automation::civil::instant_of;
use crate::automation::schedule::lane;

/// Days to look ahead: a polar night, and the weekday after it.
const MOST_DAYS: i32 = 200;
/// Most missed instants that are counted.
const MOST_COUNTED: u64 = 10_000;

/// The clock and the place by which moments are told.
#[derive(Debug, Clone)]
pub(super) struct MomentClock<'a> {
    pub(super) zone: &'a TimeZone,
    pub(super) place: Option<Coordinates>,
}

impl MomentClock<'_> {
    /// The first instant after another one; `None` for a trigger of another kind, or if there is none within half a year.
    pub(super) fn next_after(&self, trigger: &RuleTrigger, after: Timestamp) -> Option<Timestamp> {
        let (RuleTrigger::Time { days, .. } | RuleTrigger::Sun { days, .. }) = *trigger else { return None };
        // An offset may move the event of a day to the day before or after it.
        let from = after.to_zoned(self.zone.clone()).date();
        let earliest = (-1..=1).filter_map(|day| from.checked_add(day.days()).ok());
        let mut first: Option<Timestamp> = None;
        for date in earliest {
            if let Some(at) = self.on(trigger, date, days).filter(|at| *at > after) {
                first = Some(first.map_or(at, |first| first.min(at)));
            }
        }
        if first.is_some() {
            return first;
        }
        let later = (2..MOST_DAYS).filter_map(|day| from.checked_add(day.days()).ok());
        later.filter_map(|date| self.on(trigger, date, days)).find(|at| *at > after)
    }

    fn on(&self, trigger: &RuleTrigger, date: Date, days: Weekdays) -> Option<Timestamp> {
        if !days.has(lane(date.weekday())) {
            return None;
        }
        if let RuleTrigger::Time { at, .. } = trigger {
            return instant_of(date.to_datetime(*at), self.zone);
        }
        let RuleTrigger::Sun { event, offset, .. } = trigger else { return None };
        let event = sun_event(*event, date, self.place?, self.zone)?;
        event.checked_add(*offset).ok()
    }

    /// The last instant in a span of time, and the number of those before it in the span.
    pub(super) fn last_between(
        &self,
        trigger: &RuleTrigger,
        after: Timestamp,
        until: Timestamp,
    ) -> Option<(Timestamp, u64)> {
        // A program that did not run for years does not count them all.
        let recent = until.checked_sub(SignedDuration::from_hours(24 * 400)).unwrap_or(after);
        let mut last = self.next_after(trigger, after.max(recent)).filter(|at| *at <= until)?;
        let mut earlier = 0;
        while let Some(next) = self.next_after(trigger, last).filter(|at| *at <= until && earlier < MOST_COUNTED) {
            last = next;
            earlier += 1;
        }
        Some((last, earlier))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;

    fn instants(zone: &str, (hour, minute): (i8, i8), days: [bool; 7], from: &str, count: usize) -> Vec<String> {
        let zone = TimeZone::get(zone).expect("a zone");
        let clock = MomentClock { zone: &zone, place: None };
        let trigger = RuleTrigger::Time { at: time(hour, minute, 0, 0), days: Weekdays(days) };
        let mut at: Timestamp = from.parse().expect("an instant");
        let mut found = Vec::new();
        for _ in 0..count {
            at = clock.next_after(&trigger, at).expect("a next one");
            found.push(at.to_zoned(zone.clone()).strftime("%a %F %H:%M").to_string());
        }
        found
    }

    #[test]
    fn a_time_is_due_once_a_day_whatever_the_clocks_do() {
        let daily = [false; 7];
        assert_eq!(
            instants("Europe/Berlin", (2, 30), daily, "2026-03-27T12:00:00Z", 3),
            ["Sat 2026-03-28 02:30", "Sun 2026-03-29 03:00", "Mon 2026-03-30 02:30"]
        );
        assert_eq!(
            instants("Europe/Berlin", (2, 30), daily, "2026-10-24T12:00:00Z", 2),
            ["Sun 2026-10-25 02:30", "Mon 2026-10-26 02:30"]
        );
        let weekend = [false, false, false, false, false, true, true];
        assert_eq!(
            instants("America/New_York", (7, 0), weekend, "2026-11-26T12:00:00Z", 3),
            ["Sat 2026-11-28 07:00", "Sun 2026-11-29 07:00", "Sat 2026-12-05 07:00"]
        );
    }

    #[test]
    fn missed_instants_are_counted() {
        let clock = MomentClock { zone: &TimeZone::UTC, place: None };
        let trigger = RuleTrigger::Time { at: time(6, 0, 0, 0), days: Weekdays::default() };
        let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
        let found = clock.last_between(&trigger, at("2026-03-01T06:00:00Z"), at("2026-03-04T05:00:00Z"));
        assert_eq!(found, Some((at("2026-03-03T06:00:00Z"), 1)));
        let found = clock.last_between(&trigger, at("2026-03-01T06:00:00Z"), at("2026-03-01T07:00:00Z"));
        assert_eq!(found, None);
    }
}
