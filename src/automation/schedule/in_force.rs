//! The level in force on a thermostat, since when, and the next one.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::{ComfortLevel, DateSpan, Schedule, Schedules};
use crate::automation::civil::instant_of;

/// Days that are searched for a start: each start comes again within a week, and a day may be skipped.
const DAYS_BACK: usize = 9;
/// Days that are searched for the next start: a span of dates may have a schedule without one.
const DAYS_AHEAD: usize = 400;

/// The schedule of one thermostat.
#[derive(Debug, Clone)]
pub struct ScheduleOf<'a> {
    pub(super) all: &'a Schedules,
    /// The schedule of days without another one.
    pub active: &'a Schedule,
    /// The spans of dates that concern the thermostat, each with its schedule.
    pub(super) dates: Vec<(&'a DateSpan, &'a Schedule)>,
}

/// A moment from which a level is in force.
#[derive(Debug, Clone, PartialEq)]
pub struct Boundary<'a> {
    pub at: Timestamp,
    /// The civil time for which it was planned, which the clock may have skipped.
    pub planned: DateTime,
    pub level: &'a ComfortLevel,
    /// The schedule of that day.
    pub schedule: &'a Schedule,
}

/// The level in force at an instant.
#[derive(Debug, Clone, PartialEq)]
pub struct InForce<'a> {
    /// The begin of the level.
    pub now: Boundary<'a>,
    pub next: Option<Boundary<'a>>,
}

impl<'a> ScheduleOf<'a> {
    /// The span of dates that decides the schedule of a day.
    pub fn span_on(&self, date: Date) -> Option<&'a DateSpan> {
        self.dated(date).map(|(span, _)| span)
    }

    fn dated(&self, date: Date) -> Option<(&'a DateSpan, &'a Schedule)> {
        self.dates.iter().rev().find(|(span, _)| (span.from..=span.to).contains(&date)).copied()
    }

    /// The schedule of a day.
    pub fn on(&self, date: Date) -> &'a Schedule {
        self.dated(date).map_or(self.active, |(_, schedule)| schedule)
    }

    /// The boundaries of a civil day, in the order of time. Where the day has another schedule than the day before, its
    /// level begins at midnight.
    pub fn boundaries_on(&self, date: Date, zone: &TimeZone) -> Vec<Boundary<'a>> {
        let schedule = self.on(date);
        let starts = schedule.day(date.weekday()).iter().map(|start| (start.at, start.level.as_str()));
        let begins_at_midnight = schedule.day(date.weekday()).first().is_some_and(|first| first.at == Time::midnight());
        let is_other = date.yesterday().is_ok_and(|before| self.on(before).name != schedule.name);
        let taken_over = (is_other && !begins_at_midnight)
            .then(|| schedule.at_midnight(date.weekday()))
            .flatten()
            .map(|level| (Time::midnight(), level));
        let all = taken_over.into_iter().chain(starts);
        all.filter_map(|(time, level)| {
            let planned = date.to_datetime(time);
            Some(Boundary { at: instant_of(planned, zone)?, planned, level: self.all.level(level)?, schedule })
        })
        .collect()
    }

    /// The last boundary that is not after an instant.
    pub fn last_boundary(&self, at: Timestamp, zone: &TimeZone) -> Option<Boundary<'a>> {
        // A day that the clock skips lies ahead on the calendar and ends at the same instant.
        let mut date = at.to_zoned(zone.clone()).date().tomorrow().ok()?;
        for _ in 0..DAYS_BACK {
            let last = self.boundaries_on(date, zone).into_iter().rev().find(|boundary| boundary.at <= at);
            if last.is_some() {
                return last;
            }
            date = date.yesterday().ok()?;
        }
        None
    }

    /// The first boundary after an instant. Of several at the same instant, which a skipped hour makes, the last one
    /// counts.
    pub fn next_boundary(&self, after: Timestamp, zone: &TimeZone) -> Option<Boundary<'a>> {
        let mut date = after.to_zoned(zone.clone()).date().yesterday().ok()?;
        let mut next: Option<Boundary<'a>> = None;
        for _ in 0..DAYS_AHEAD {
            for boundary in self.boundaries_on(date, zone).into_iter().filter(|boundary| boundary.at > after) {
                match &next {
                    Some(found) if boundary.at > found.at => return next,
                    Some(_) | None => next = Some(boundary),
                }
            }
            date = date.tomorrow().ok()?;
            let is_past = |found: &Boundary<'_>| {
                let later = found.planned.checked_add(2.days());
                later.is_ok_and(|later| date.at(0, 0, 0, 0) > later)
            };
            if next.as_ref().is_some_and(is_past) {
                return next;
            }
        }
        next
    }

    /// The level in force at an instant; `None` for a schedule without a start.
    pub fn in_force(&self, at: Timestamp, zone: &TimeZone) -> Option<InForce<'a>> {
        let now = self.last_boundary(at, zone)?;
        Some(InForce { now, next: self.next_boundary(at, zone) })
    }

    /// All boundaries after one instant and not after another, in the order of time; one for each instant.
    pub fn boundaries_between(&self, after: Timestamp, until: Timestamp, zone: &TimeZone) -> Vec<Boundary<'a>> {
        let mut all: Vec<Boundary<'a>> = Vec::new();
        let Ok(mut date) = after.to_zoned(zone.clone()).date().yesterday() else { return all };
        let Ok(last) = until.to_zoned(zone.clone()).date().tomorrow() else { return all };
        while date <= last {
            let within = |boundary: &Boundary<'_>| boundary.at > after && boundary.at <= until;
            for boundary in self.boundaries_on(date, zone).into_iter().filter(within) {
                if all.last().is_some_and(|before| before.at == boundary.at) {
                    all.pop();
                }
                all.push(boundary);
            }
            let Ok(tomorrow) = date.tomorrow() else { break };
            date = tomorrow;
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{level, schedule, schedules, thermostat};
    use super::super::{DateSpan, Schedules};
    use super::*;
    use crate::home::{DeviceTree, Thermostat};
    use jiff::SignedDuration;
    use jiff::civil::date;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn home() -> DeviceTree {
        let mut home = DeviceTree::default();
        let hallway = Thermostat { name: Some("Hallway".to_owned()), ..Thermostat::default() };
        home.thermostats.insert("t1".into(), Arc::new(hallway));
        home
    }

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).expect("a zone")
    }

    fn at(civil: DateTime, zone: &TimeZone) -> Timestamp {
        instant_of(civil, zone).expect("an instant")
    }

    const WEEKDAYS: [&str; 5] =
        ["daily 06:30 Home", "monday 08:30 Away", "tuesday 08:30 Away", "daily 17:00 Home", "daily 22:30 Sleep"];

    #[test]
    fn a_level_holds_until_the_next_start_across_midnight_and_from_sunday_to_monday() {
        let (all, berlin) = (schedules(&WEEKDAYS), zone("Europe/Berlin"));
        let of = all.of(&"t1".into(), &home()).expect("a schedule");
        // 2 March 2026 is a Monday.
        for (day, hour, minute, level, next) in [
            (2, 0, 0, "Sleep", "Home"),
            (2, 6, 29, "Sleep", "Home"),
            (2, 6, 30, "Home", "Away"),
            (2, 12, 0, "Away", "Home"),
            (4, 12, 0, "Home", "Home"),
            (1, 23, 0, "Sleep", "Home"),
        ] {
            let found = of.in_force(at(date(2026, 3, day).at(hour, minute, 0, 0), &berlin), &berlin).expect("in force");
            let levels = (found.now.level.name.as_str(), found.next.as_ref().map(|next| next.level.name.as_str()));
            assert_eq!(levels, (level, Some(next)), "{day} {hour}:{minute}");
        }
        let alone = schedules(&["sunday 20:00 Sleep"]);
        let of = alone.of(&"t1".into(), &home()).expect("a schedule");
        let found = of.in_force(at(date(2026, 3, 7).at(12, 0, 0, 0), &berlin), &berlin).expect("in force");
        assert_eq!(found.now.planned, date(2026, 3, 1).at(20, 0, 0, 0));
        assert_eq!(found.next.expect("a next").planned, date(2026, 3, 8).at(20, 0, 0, 0));
        let nothing = schedules(&[]);
        assert_eq!(nothing.of(&"t1".into(), &home()).expect("one").in_force(Timestamp::UNIX_EPOCH, &berlin), None);
    }

    fn with_vacation() -> Schedules {
        let mut all = schedules(&WEEKDAYS);
        all.levels.push(level("Frost", 10.0, 30.0));
        all.schedules.push(schedule("Vacation", &["monday 12:00 Frost"]));
        all.dates.push(DateSpan {
            name: "Christmas".to_owned(),
            from: date(2026, 12, 20),
            to: date(2027, 1, 3),
            schedule: "Vacation".to_owned(),
            thermostats: vec![thermostat("Hallway")],
        });
        all
    }

    #[test]
    fn other_dates_begin_and_end_at_midnight() {
        let (all, berlin) = (with_vacation(), zone("Europe/Berlin"));
        let of = all.of(&"t1".into(), &home()).expect("a schedule");
        let midnight = at(date(2026, 12, 20).at(0, 0, 0, 0), &berlin);
        let before = of.in_force(midnight - SignedDuration::from_secs(1), &berlin).expect("in force");
        assert_eq!(before.now.level.name, "Sleep");
        assert_eq!(before.next.expect("a next").at, midnight);
        let begun = of.in_force(midnight, &berlin).expect("in force");
        assert_eq!((begun.now.level.name.as_str(), begun.now.schedule.name.as_str()), ("Frost", "Vacation"));
        let over = of.in_force(at(date(2027, 1, 4).at(0, 0, 0, 0), &berlin), &berlin).expect("in force");
        assert_eq!((over.now.level.name.as_str(), over.now.schedule.name.as_str()), ("Sleep", "Weekdays"));
        // A span for another thermostat does not concern this one.
        let mut other = all.clone();
        other.dates[0].thermostats = vec![thermostat("Bedroom")];
        let of = other.of(&"t1".into(), &home()).expect("a schedule");
        assert_eq!(of.in_force(midnight, &berlin).expect("in force").now.level.name, "Sleep");
    }

    #[test]
    fn a_day_that_was_skipped_ends_with_its_last_level() {
        let (all, apia) =
            (schedules(&["daily 08:00 Home", "friday 20:00 Away", "daily 22:00 Sleep"]), zone("Pacific/Apia"));
        let of = all.of(&"t1".into(), &home()).expect("a schedule");
        let jump = at(date(2011, 12, 31).at(0, 0, 0, 0), &apia);
        let found = of.in_force(jump, &apia).expect("in force");
        // Friday's three starts fall on one instant, and its last one counts.
        assert_eq!((found.now.at, found.now.planned), (jump, date(2011, 12, 30).at(22, 0, 0, 0)));
        let next = of.next_boundary(jump - SignedDuration::from_secs(1), &apia).expect("a next");
        assert_eq!((next.at, next.level.name.as_str()), (jump, "Sleep"));
        assert_eq!(found.next.expect("a next").planned, date(2011, 12, 31).at(8, 0, 0, 0));
        let between =
            of.boundaries_between(jump - SignedDuration::from_hours(3), jump + SignedDuration::from_hours(9), &apia);
        assert_eq!(
            between.iter().map(|boundary| boundary.at).collect::<Vec<_>>(),
            [jump - SignedDuration::from_hours(2), jump, jump + SignedDuration::from_hours(8)]
        );
    }

    fn any_week() -> impl Strategy<Value = Vec<(usize, i8, i8, usize)>> {
        proptest::collection::vec((0_usize..7, 0_i8..24, 0_i8..4, 0_usize..3), 1..20)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// Walking from boundary to boundary meets the same instants as the list of all of them, and each one is the
        /// last boundary from its instant until the next.
        #[test]
        fn every_boundary_of_a_year_is_met_once(week in any_week(), zone_number in 0_usize..4, other in any::<bool>()) {
            let names = [("Europe/Berlin", 2026), ("America/New_York", 2026), ("Australia/Lord_Howe", 2026), ("Pacific/Apia", 2011)];
            let (name, year) = names[zone_number];
            let zone = zone(name);
            let mut all = schedules(&[]);
            for (day, hour, quarter, level) in week {
                let start = super::super::Start {
                    at: jiff::civil::time(hour, quarter * 15, 0, 0),
                    level: ["Home", "Away", "Sleep"][level].to_owned(),
                };
                let day = &mut all.schedules[0].days[day];
                if !day.iter().any(|known| known.at == start.at) {
                    day.push(start);
                }
                day.sort_by_key(|start| start.at);
            }
            if other {
                let vacation = with_vacation();
                all.levels = vacation.levels;
                all.schedules.push(vacation.schedules[1].clone());
                let span = DateSpan { from: date(year, 6, 1), to: date(year, 6, 20), ..vacation.dates[0].clone() };
                all.dates.push(span);
            }
            let of = all.of(&"t1".into(), &home()).expect("a schedule");
            let (begin, end) = (at(date(year, 1, 1).at(0, 0, 0, 0), &zone), at(date(year + 1, 1, 3).at(0, 0, 0, 0), &zone));
            let listed = of.boundaries_between(begin, end, &zone);
            let mut walked = Vec::new();
            let mut now = begin;
            while let Some(next) = of.next_boundary(now, &zone).filter(|next| next.at <= end) {
                prop_assert!(next.at > now);
                now = next.at;
                walked.push(next);
            }
            prop_assert_eq!(&walked, &listed);
            for pair in listed.windows(2) {
                for moment in [pair[0].at, pair[1].at - SignedDuration::from_secs(1)] {
                    let found = of.last_boundary(moment, &zone);
                    prop_assert_eq!(found.as_ref(), Some(&pair[0]));
                }
            }
        }
    }
}
