//! The days of a thermostat with their degree days.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::history::interval::{CentiCelsius, EquipmentPart};
use crate::history::layers::{Layer, StoredInterval, layer};
use crate::history::sums::{CivilDays, PeriodKind, Sums, by_period};

/// The outdoor temperature below which a house is heated, and above which it is cooled, for degree days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DegreeDayBase(pub CentiCelsius);

impl DegreeDayBase {
    /// The bases that are in use somewhere: 12 °C in Switzerland, 15 °C in Germany, 15.5 °C in the United Kingdom,
    /// 17 °C in Denmark and Finland, 18 °C in the Netherlands and at Eurostat, 65 °F in the United States, and 20 °C.
    pub const ALL: [Self; 7] = [
        Self(CentiCelsius(1_200)),
        Self(CentiCelsius(1_500)),
        Self(CentiCelsius(1_550)),
        Self(CentiCelsius(1_700)),
        Self(CentiCelsius(1_800)),
        Self(CentiCelsius(1_833)),
        Self(CentiCelsius(2_000)),
    ];

    /// The usual base of a country, by its two letters.
    pub fn of_country(country: &str) -> Self {
        Self(CentiCelsius(match country.to_ascii_uppercase().as_str() {
            "US" | "CA" => 1_833,
            "GB" | "IE" => 1_550,
            "DE" | "AT" => 1_500,
            "DK" | "FI" => 1_700,
            "CH" => 1_200,
            _ => 1_800,
        }))
    }
}

/// Degree days in degrees Celsius times days, integrated over the outdoor temperatures that are known.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct DegreeDays {
    pub heating: f64,
    pub cooling: f64,
    /// The seconds that they rest on.
    pub known_s: u64,
}

impl DegreeDays {
    fn add(&mut self, outdoor: CentiCelsius, seconds: u32, base: DegreeDayBase) {
        let days = f64::from(seconds) / 86_400.0;
        let below = (base.0.celsius() - outdoor.celsius()) * days;
        self.heating += below.max(0.0);
        self.cooling += (-below).max(0.0);
        self.known_s += u64::from(seconds);
    }

    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self {
            heating: self.heating + other.heating,
            cooling: self.cooling + other.cooling,
            known_s: self.known_s + other.known_s,
        }
    }
}

/// A civil day of a thermostat.
#[derive(Debug, Clone, PartialEq)]
pub struct DayEnergy {
    pub date: Date,
    pub sums: Sums,
    pub degree_days: DegreeDays,
}

/// The days of intervals, which are ordered by start. A day without an interval is left out.
pub fn days(stored: &[StoredInterval], base: DegreeDayBase, zone: &TimeZone) -> Vec<DayEnergy> {
    let mut degree_days: BTreeMap<Date, DegreeDays> = BTreeMap::new();
    let mut civil = CivilDays::new(zone);
    for interval in layer(stored, Layer::Outdoor) {
        let Some((date, outdoor)) = civil.date(interval.start).zip(interval.outdoor) else { continue };
        degree_days.entry(date).or_default().add(outdoor, interval.width_s, base);
    }
    let day = |period: crate::history::sums::Period| {
        let date = period.from.date();
        DayEnergy { date, sums: period.sums, degree_days: degree_days.get(&date).copied().unwrap_or_default() }
    };
    by_period(stored, PeriodKind::Day, zone).into_iter().map(day).collect()
}

/// Runtime for each degree day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PerDegreeDay {
    /// Minutes of heating for a degree day.
    pub heating_min: f64,
    /// The days that it rests on.
    pub days: usize,
}

/// Fewest seconds of a day for which equipment and outdoor temperature are known: twenty hours.
const MOST_OF_A_DAY: u64 = 20 * 3_600;
/// Fewest degree days and days that tell a ratio.
const LEAST_DEGREE_DAYS: f64 = 5.0;
const LEAST_DAYS: usize = 3;

/// The minutes of heating for each degree day, from the days that are known nearly whole; `None` of too few.
pub fn per_degree_day<'a>(days: impl Iterator<Item = &'a DayEnergy>) -> Option<PerDegreeDay> {
    let is_known = |day: &&DayEnergy| day.sums.covered_s >= MOST_OF_A_DAY && day.degree_days.known_s >= MOST_OF_A_DAY;
    let (mut seconds, mut degree_days, mut count) = (0, 0.0, 0);
    for day in days.filter(is_known) {
        let Some(heated) = day.sums.run(EquipmentPart::Heat) else { continue };
        seconds += heated;
        degree_days += day.degree_days.heating;
        count += 1;
    }
    let heating_min = seconds as f64 / 60.0 / degree_days;
    (degree_days >= LEAST_DEGREE_DAYS && count >= LEAST_DAYS).then_some(PerDegreeDay { heating_min, days: count })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::interval::{Interval, IntervalSource};

    fn hour(n: i64, outdoor: f64, heat_s: u32) -> StoredInterval {
        let mut interval =
            Interval { covered_s: 3_600, ..Interval::new(1_767_225_600 + n * 3_600, 3_600, IntervalSource::Recorded) };
        interval.run.set(EquipmentPart::Heat, Some(heat_s));
        interval.outdoor = CentiCelsius::of(outdoor);
        StoredInterval { device: 1, interval }
    }

    #[test]
    fn degree_days_are_integrated_and_not_taken_from_a_mean() {
        // Half of the day 10 below the base and half 10 above: a mean of days would say zero.
        let day: Vec<StoredInterval> = (0..24).map(|n| hour(n, if n < 12 { 8.0 } else { 28.0 }, 600)).collect();
        let base = DegreeDayBase(CentiCelsius(1_800));
        let days = days(&day, base, &TimeZone::UTC);
        let [day] = days.as_slice() else { panic!("{days:?}") };
        assert_eq!((day.degree_days.heating, day.degree_days.cooling, day.degree_days.known_s), (5.0, 5.0, 86_400));
        assert_eq!(day.date.to_string(), "2026-01-01");
    }

    #[test]
    fn a_ratio_needs_whole_days_and_enough_of_them() {
        let base = DegreeDayBase(CentiCelsius(1_800));
        let week: Vec<StoredInterval> = (0..7 * 24).map(|n| hour(n, 8.0, 900)).collect();
        let all = days(&week, base, &TimeZone::UTC);
        let ratio = per_degree_day(all.iter()).expect("a ratio");
        // Six hours a day at ten degree days.
        assert_eq!((ratio.heating_min, ratio.days), (36.0, 7));
        assert_eq!(per_degree_day(all.iter().take(2)), None);
        let nights: Vec<StoredInterval> = week.into_iter().filter(|one| one.interval.start % 86_400 < 43_200).collect();
        assert_eq!(per_degree_day(days(&nights, base, &TimeZone::UTC).iter()), None);
    }
}
