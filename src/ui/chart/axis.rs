//! The ticks of the axes: civil times below, round numbers at the side. Pure.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::period::{date_of, midnight};

/// A tick of the axis of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TimeTick {
    /// Seconds since 1970.
    pub(super) at: i64,
    pub(super) label: TickLabel,
}

/// The text at a tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TickLabel {
    /// Hour and minute.
    Time(i8, i8),
    /// The weekday and the day of the month.
    Weekday(Date),
    /// The day and the month.
    Day(Date),
    Month(Date),
    Year(i16),
}

/// The distance of ticks.
#[derive(Debug, Clone, Copy)]
enum Distance {
    Minutes(i64),
    Hours(i64),
    Days(i32),
    Months(i32),
    Years(i16),
}

const DISTANCES: [(Distance, i64); 17] = [
    (Distance::Minutes(5), 300),
    (Distance::Minutes(15), 900),
    (Distance::Minutes(30), 1_800),
    (Distance::Hours(1), 3_600),
    (Distance::Hours(2), 7_200),
    (Distance::Hours(3), 10_800),
    (Distance::Hours(6), 21_600),
    (Distance::Hours(12), 43_200),
    (Distance::Days(1), 86_400),
    (Distance::Days(2), 172_800),
    (Distance::Days(7), 604_800),
    (Distance::Months(1), 2_592_000),
    (Distance::Months(3), 7_776_000),
    (Distance::Months(6), 15_552_000),
    (Distance::Years(1), 31_536_000),
    (Distance::Years(2), 63_072_000),
    (Distance::Years(5), 157_680_000),
];

/// The ticks of a span that is `most` labels wide.
pub(super) fn time_ticks((from, to): (i64, i64), zone: &TimeZone, most: i64) -> Vec<TimeTick> {
    let least = (to - from) / most.max(1);
    let found = DISTANCES.into_iter().find(|(_, seconds)| *seconds >= least);
    let distance = found.map_or(Distance::Years(5), |(distance, _)| distance);
    let mut ticks = match distance {
        Distance::Minutes(minutes) => within_hours((from, to), minutes * 60, zone),
        Distance::Hours(hours) => within_days((from, to), hours, zone),
        Distance::Days(days) => of_days((from, to), days, zone),
        Distance::Months(months) => of_months((from, to), months, zone),
        Distance::Years(years) => of_months((from, to), i32::from(years) * 12, zone),
    };
    ticks.retain(|tick| (from..to).contains(&tick.at));
    ticks.dedup_by_key(|tick| tick.at);
    ticks
}

fn within_hours((from, to): (i64, i64), seconds: i64, zone: &TimeZone) -> Vec<TimeTick> {
    let first = from.div_euclid(seconds) * seconds;
    (first..to)
        .step_by(seconds.unsigned_abs() as usize)
        .map(|at| TimeTick { at, label: time_label(at, zone) })
        .collect()
}

fn time_label(at: i64, zone: &TimeZone) -> TickLabel {
    let time = Timestamp::from_second(at).unwrap_or_default().to_zoned(zone.clone());
    if time.hour() == 0 && time.minute() == 0 {
        TickLabel::Weekday(time.date())
    } else {
        TickLabel::Time(time.hour(), time.minute())
    }
}

fn within_days((from, to): (i64, i64), hours: i64, zone: &TimeZone) -> Vec<TimeTick> {
    let mut ticks = Vec::new();
    for date in dates((from, to), zone) {
        for hour in (0..24).step_by(hours.unsigned_abs() as usize) {
            let Ok(at) = date.at(hour, 0, 0, 0).to_zoned(zone.clone()) else { continue };
            let at = at.timestamp().as_second();
            ticks.push(TimeTick { at, label: time_label(at, zone) });
        }
    }
    ticks
}

/// The civil days that a span touches.
fn dates((from, to): (i64, i64), zone: &TimeZone) -> impl Iterator<Item = Date> + use<> {
    let (first, last) = (date_of(from, zone), date_of(to, zone));
    std::iter::successors(Some(first), |date| date.tomorrow().ok()).take_while(move |date| *date <= last)
}

fn of_days((from, to): (i64, i64), days: i32, zone: &TimeZone) -> Vec<TimeTick> {
    let days_since = |date: Date| date.since(Date::constant(2001, 1, 1)).map_or(0, |span| span.get_days());
    let is_tick = |date: &Date| match days {
        1 => true,
        // Every second day of the month, so that the ticks of a month are the same in each view.
        2 => date.day() % 2 == 1 && date.day() < 31,
        // 1 January 2001 was a Monday.
        days => days_since(*date).rem_euclid(days) == 0,
    };
    let label = |date| if days == 1 { TickLabel::Weekday(date) } else { TickLabel::Day(date) };
    let ticks = dates((from, to), zone).filter(is_tick);
    ticks.map(|date| TimeTick { at: midnight(date, zone), label: label(date) }).collect()
}

fn of_months((from, to): (i64, i64), months: i32, zone: &TimeZone) -> Vec<TimeTick> {
    let first = date_of(from, zone);
    let years = (months / 12).max(1) as i16;
    let start = if months >= 12 { first.year() - first.year().rem_euclid(years) } else { first.year() };
    let Ok(start) = Date::new(start, 1, 1) else { return Vec::new() };
    let next = |date: &Date| date.checked_add(Span::new().months(months)).ok();
    let last = date_of(to, zone);
    let label = |date: Date| if date.month() == 1 { TickLabel::Year(date.year()) } else { TickLabel::Month(date) };
    let all = std::iter::successors(Some(start), next).take_while(|date| *date <= last);
    all.map(|date| TimeTick { at: midnight(date, zone), label: label(date) }).collect()
}

/// Round numbers within a range, at most `most` of them, and the number of their decimals.
pub(super) fn value_ticks((least, most_value): (f64, f64), most: usize) -> (Vec<f64>, usize) {
    let wanted = (most_value - least) / most.max(1) as f64;
    let step = [0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0].into_iter().find(|step| *step >= wanted).unwrap_or(100.0);
    let first = (least / step).ceil() as i64;
    let last = (most_value / step).floor() as i64;
    let ticks = (first..=last).map(|n| n as f64 * step).collect();
    (ticks, usize::from(step < 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        text.parse::<Timestamp>().expect("a time").as_second()
    }

    fn ticks(from: &str, to: &str, most: i64) -> Vec<TickLabel> {
        let zone = TimeZone::get("Europe/Berlin").expect("a zone");
        time_ticks((at(from), at(to)), &zone, most).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn hours_are_those_of_the_clock_on_the_wall() {
        // The day on which the clock goes back: from 3 to 2 o'clock.
        let day = ticks("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 8);
        let hours =
            |label: &TickLabel| if let TickLabel::Time(hour, minute) = label { (*hour, *minute) } else { (0, 0) };
        assert_eq!(day.iter().map(hours).collect::<Vec<_>>(), [0, 6, 12, 18].map(|hour| (hour, 0)));
        assert!(matches!(day[0], TickLabel::Weekday(_)));
    }

    #[test]
    fn longer_spans_have_days_and_months() {
        let week = ticks("2026-11-22T23:00:00Z", "2026-11-29T23:00:00Z", 8);
        assert_eq!(week.len(), 7);
        let month = ticks("2026-10-31T23:00:00Z", "2026-11-30T23:00:00Z", 8);
        assert!(
            month
                .iter()
                .all(|label| matches!(label, TickLabel::Day(date) if date.weekday().to_monday_one_offset() == 1))
        );
        let year = ticks("2025-12-31T23:00:00Z", "2026-12-31T23:00:00Z", 14);
        assert_eq!(year.len(), 12);
        assert_eq!(year[0], TickLabel::Year(2026));
        let ages = ticks("2006-12-31T23:00:00Z", "2026-12-31T23:00:00Z", 8);
        assert!((3..=8).contains(&ages.len()), "{ages:?}");
    }

    #[test]
    fn values_are_round() {
        assert_eq!(value_ticks((16.6, 21.4), 6), (vec![17.0, 18.0, 19.0, 20.0, 21.0], 0));
        assert_eq!(value_ticks((19.9, 21.1), 4), (vec![20.0, 20.5, 21.0], 1));
        assert_eq!(value_ticks((-12.0, 32.0), 5).0, [-10.0, 0.0, 10.0, 20.0, 30.0]);
    }
}
