//! Sums over stretches of civil time: days, weeks, months, years. Pure.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Zoned};

use super::interval::{CentiCelsius, EquipmentPart, Interval};
use super::layers::{Layer, StoredInterval, layer};

/// A kind of civil period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodKind {
    Day,
    /// From Monday on.
    Week,
    Month,
    Year,
}

impl PeriodKind {
    /// The first day of the period of a day.
    pub fn first(self, date: Date) -> Date {
        match self {
            Self::Day => date,
            Self::Week => {
                let back = date.weekday().since(Weekday::Monday);
                date.checked_sub(Span::new().days(back)).unwrap_or(date)
            }
            Self::Month => date.first_of_month(),
            Self::Year => date.first_of_year(),
        }
    }

    /// The first day after a period that begins on this day.
    pub fn next(self, first: Date) -> Date {
        let length = match self {
            Self::Day => Span::new().days(1),
            Self::Week => Span::new().days(7),
            Self::Month => Span::new().months(1),
            Self::Year => Span::new().years(1),
        };
        first.checked_add(length).unwrap_or(Date::MAX)
    }
}

/// The mean of values, each with the seconds for which it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mean {
    total: i64,
    seconds: u64,
}

impl Mean {
    /// Adds a value that stands for seconds.
    pub(super) fn add(&mut self, value: i32, seconds: u32) {
        self.total += i64::from(value) * i64::from(seconds);
        self.seconds += u64::from(seconds);
    }

    fn plus(&mut self, other: Self) {
        self.total += other.total;
        self.seconds += other.seconds;
    }

    /// The seconds that the mean rests on.
    pub fn seconds(self) -> u64 {
        self.seconds
    }

    /// The rounded mean; `None` of nothing.
    pub fn value(self) -> Option<i32> {
        let seconds = i64::try_from(self.seconds).ok().filter(|seconds| *seconds > 0)?;
        i32::try_from((self.total as f64 / seconds as f64).round() as i64).ok()
    }
}

/// The sums of a period, and the seconds that each number rests on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sums {
    /// Seconds in which the equipment was observed.
    pub covered_s: u64,
    run: [Option<u64>; EquipmentPart::ALL.len()],
    pub room_least: Option<CentiCelsius>,
    pub room_mean: Mean,
    pub room_most: Option<CentiCelsius>,
    pub humidity: Mean,
    pub outdoor: Mean,
    pub eco_s: Option<u64>,
    pub away_s: Option<u64>,
}

impl Sums {
    /// Seconds of a part of the equipment; `None` where nothing told of it.
    pub fn run(&self, part: EquipmentPart) -> Option<u64> {
        self.run.get(part as usize).copied().flatten()
    }

    /// Adds other sums, of another time or of another thermostat.
    pub fn plus(&mut self, other: &Self) {
        let sum = |one: &mut Option<u64>, other: Option<u64>| {
            if let Some(other) = other {
                *one = Some(one.unwrap_or_default() + other);
            }
        };
        self.covered_s += other.covered_s;
        for (one, other) in self.run.iter_mut().zip(other.run) {
            sum(one, other);
        }
        self.room_least = self.room_least.into_iter().chain(other.room_least).min();
        self.room_most = self.room_most.into_iter().chain(other.room_most).max();
        self.room_mean.plus(other.room_mean);
        self.humidity.plus(other.humidity);
        self.outdoor.plus(other.outdoor);
        sum(&mut self.eco_s, other.eco_s);
        sum(&mut self.away_s, other.away_s);
    }

    fn add(&mut self, interval: &Interval, layer: Layer) {
        let plus = |sum: &mut Option<u64>, seconds: Option<u32>| {
            if let Some(seconds) = seconds {
                *sum = Some(sum.unwrap_or_default() + u64::from(seconds));
            }
        };
        match layer {
            Layer::EquipmentPart => {
                self.covered_s += u64::from(interval.covered_s);
                for (sum, seconds) in self.run.iter_mut().zip(interval.run.all()) {
                    plus(sum, seconds);
                }
                plus(&mut self.eco_s, interval.eco_s);
                plus(&mut self.away_s, interval.away_s);
            }
            Layer::Room => {
                if let Some(room) = interval.room {
                    self.room_least = Some(self.room_least.map_or(room.least, |least| least.min(room.least)));
                    self.room_most = Some(self.room_most.map_or(room.most, |most| most.max(room.most)));
                    self.room_mean.add(room.mean.0, interval.width_s);
                }
                if let Some(humidity) = interval.humidity {
                    self.humidity.add(humidity, interval.width_s);
                }
            }
            Layer::Outdoor => {
                if let Some(outdoor) = interval.outdoor {
                    self.outdoor.add(outdoor.0, interval.width_s);
                }
            }
        }
    }
}

/// A period with its sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    pub from: Zoned,
    pub to: Zoned,
    pub sums: Sums,
}

/// The sums of intervals, which are ordered by start.
pub fn sum_up(stored: &[StoredInterval]) -> Sums {
    let mut sums = Sums::default();
    for kind in [Layer::EquipmentPart, Layer::Room, Layer::Outdoor] {
        for interval in layer(stored, kind) {
            sums.add(interval, kind);
        }
    }
    sums
}

/// The sums of the intervals that begin between each two neighbours of `bounds`, which are seconds since 1970 in order.
pub fn sums_between(stored: &[StoredInterval], bounds: &[i64]) -> Vec<Sums> {
    let mut sums = vec![Sums::default(); bounds.len().saturating_sub(1)];
    for kind in [Layer::EquipmentPart, Layer::Room, Layer::Outdoor] {
        for interval in layer(stored, kind) {
            let after = bounds.partition_point(|bound| *bound <= interval.start);
            if let Some(sums) = after.checked_sub(1).and_then(|at| sums.get_mut(at)) {
                sums.add(interval, kind);
            }
        }
    }
    sums
}

/// Sums intervals, which are ordered by start, by the civil periods of a zone. An interval that reaches into another
/// day is divided. A period without an interval is left out: nothing is known of it.
pub fn by_period(stored: &[StoredInterval], kind: PeriodKind, zone: &TimeZone) -> Vec<Period> {
    let mut sums: BTreeMap<Date, Sums> = BTreeMap::new();
    for kind_of_value in [Layer::EquipmentPart, Layer::Room, Layer::Outdoor] {
        let mut days = CivilDays::new(zone);
        for interval in layer(stored, kind_of_value) {
            let mut rest = interval.start;
            while rest < interval.end() {
                let Some((date, end)) = days.date_and_end(rest) else { break };
                let sums = sums.entry(kind.first(date)).or_default();
                if rest == interval.start && interval.end() <= end {
                    sums.add(interval, kind_of_value);
                } else if let Some(part) = interval.part(rest, end) {
                    sums.add(&part, kind_of_value);
                }
                rest = end;
            }
        }
    }
    let at = |date: Date| date.to_zoned(zone.clone()).ok();
    let period = |(first, sums)| Some(Period { from: at(first)?, to: at(kind.next(first))?, sums });
    sums.into_iter().filter_map(period).collect()
}

/// The civil days of times in order. The bounds of the last day are kept, because most times follow within it.
pub(super) struct CivilDays<'a> {
    zone: &'a TimeZone,
    last: Option<(i64, i64, Date)>,
}

impl<'a> CivilDays<'a> {
    pub(super) fn new(zone: &'a TimeZone) -> Self {
        Self { zone, last: None }
    }

    pub(super) fn date(&mut self, second: i64) -> Option<Date> {
        self.date_and_end(second).map(|(date, _)| date)
    }

    /// The day of a time, and its end in seconds.
    fn date_and_end(&mut self, second: i64) -> Option<(Date, i64)> {
        if let Some((_, to, date)) = self.last.filter(|(from, to, _)| (*from..*to).contains(&second)) {
            return Some((date, to));
        }
        let zoned = Timestamp::from_second(second).ok()?.to_zoned(self.zone.clone());
        let from = zoned.start_of_day().ok()?.timestamp().as_second();
        let to = zoned.tomorrow().ok()?.start_of_day().ok()?.timestamp().as_second();
        self.last = Some((from, to, zoned.date()));
        Some((zoned.date(), to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::interval::IntervalSource;

    fn zone() -> TimeZone {
        TimeZone::get("America/New_York").expect("a zone")
    }

    fn quarter_hours(from: &str, count: i64) -> Vec<StoredInterval> {
        let from: Timestamp = from.parse().expect("a time");
        let quarter = |index: i64| {
            let mut interval = Interval {
                covered_s: 900,
                ..Interval::new(from.as_second() + index * 900, 900, IntervalSource::TakeoutRuntime)
            };
            interval.run.set(EquipmentPart::Heat, Some(60));
            StoredInterval { device: 1, interval }
        };
        (0..count).map(quarter).collect()
    }

    #[test]
    fn civil_days_have_23_and_25_hours() {
        let lengths = |from, count| {
            let periods = by_period(&quarter_hours(from, count), PeriodKind::Day, &zone());
            periods.into_iter().map(|period| (period.from.date().to_string(), period.sums.covered_s / 3600)).collect()
        };
        let spring: Vec<(String, u64)> = lengths("2025-03-09T05:00:00Z", 4 * 47);
        assert_eq!(spring, [("2025-03-09".to_owned(), 23), ("2025-03-10".to_owned(), 24)]);
        let autumn: Vec<(String, u64)> = lengths("2025-11-02T04:00:00Z", 4 * 25);
        assert_eq!(autumn, [("2025-11-02".to_owned(), 25)]);
    }

    #[test]
    fn weeks_begin_on_monday_and_longer_periods_on_their_first_day() {
        let two_months = quarter_hours("2025-03-31T04:00:00Z", 4 * 24 * 40);
        let starts = |kind| {
            let periods = by_period(&two_months, kind, &zone());
            periods.into_iter().map(|period| period.from.date().to_string()).collect::<Vec<_>>()
        };
        assert_eq!(starts(PeriodKind::Week).first().map(String::as_str), Some("2025-03-31"));
        assert_eq!(starts(PeriodKind::Month), ["2025-03-01", "2025-04-01", "2025-05-01"]);
        assert_eq!(starts(PeriodKind::Year), ["2025-01-01"]);
    }
}
