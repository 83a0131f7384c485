//! Days and hours as the metric of ENERGY STAR for connected thermostats wants them: by one fixed offset from UTC, in
//! degrees Fahrenheit and minutes, with what is not known left out.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan as _};

use crate::history::interval::{CentiCelsius, EquipmentPart, Interval};
use crate::history::layers::{Layer, StoredInterval, layer};

/// Hours of a day.
pub(crate) const HOURS: usize = 24;
/// Fewest seconds of a day that tell its runtime: an hour may be missing.
const LEAST_OF_A_DAY: u32 = 23 * 3_600;
/// Fewest seconds of an hour that tell its temperature.
const LEAST_OF_AN_HOUR: u32 = 1_800;

/// A day by the fixed offset.
#[derive(Debug, Clone, PartialEq)]
pub struct EpaDay {
    pub date: Date,
    /// Minutes of heating and cooling; `None` of a day that is not known nearly whole.
    pub heat_min: Option<f64>,
    pub cool_min: Option<f64>,
    /// Minutes by hour.
    pub auxiliary_min: [Option<f64>; HOURS],
    pub emergency_min: [Option<f64>; HOURS],
    /// Degrees Fahrenheit by hour.
    pub room_f: [Option<f64>; HOURS],
    pub outdoor_f: [Option<f64>; HOURS],
    pub low_target_f: [Option<f64>; HOURS],
    pub high_target_f: [Option<f64>; HOURS],
}

/// Collects the days of a past that is given part by part.
#[derive(Debug, Clone)]
pub struct EpaDays {
    offset: Offset,
    days: BTreeMap<Date, DayUnderWay>,
}

/// A mean of values that stand for seconds.
#[derive(Debug, Clone, Copy, Default)]
struct HourMean {
    total: f64,
    seconds: u32,
}

impl HourMean {
    fn add(&mut self, degrees: Option<CentiCelsius>, seconds: u32) {
        if let Some(degrees) = degrees {
            self.total += (degrees.celsius() * 1.8 + 32.0) * f64::from(seconds);
            self.seconds += seconds;
        }
    }

    fn mean(self) -> Option<f64> {
        (self.seconds >= LEAST_OF_AN_HOUR).then(|| self.total / f64::from(self.seconds))
    }
}

#[derive(Debug, Clone, Default)]
struct DayUnderWay {
    covered_s: u32,
    heat_s: Option<u32>,
    cool_s: Option<u32>,
    auxiliary_s: [Option<u32>; HOURS],
    emergency_s: [Option<u32>; HOURS],
    room: [HourMean; HOURS],
    outdoor: [HourMean; HOURS],
    low_target: [HourMean; HOURS],
    high_target: [HourMean; HOURS],
}

impl EpaDays {
    /// Days by the standard time of a zone, which the metric wants throughout the year.
    pub fn new(zone: &TimeZone, now: Timestamp) -> Self {
        let year = now.to_zoned(zone.clone()).year();
        let of_month = |month| {
            let noon = jiff::civil::date(year, month, 1).at(12, 0, 0, 0).to_zoned(zone.clone());
            noon.map_or(Offset::UTC, |noon| noon.offset())
        };
        // Summer time is ahead of standard time, in the south as well.
        Self { offset: of_month(1).min(of_month(7)), days: BTreeMap::new() }
    }

    /// The offset from UTC, as `-0500`.
    pub fn offset_text(&self) -> String {
        let seconds = self.offset.seconds();
        let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
        format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
    }

    /// Adds intervals, which are ordered by start. None may be added twice.
    pub fn add(&mut self, stored: &[StoredInterval]) {
        for interval in layer(stored, Layer::EquipmentPart) {
            let Some((day, hour)) = self.place(interval) else { continue };
            day.covered_s += interval.covered_s;
            let add = |sum: &mut Option<u32>, seconds: Option<u32>| {
                if let Some(seconds) = seconds {
                    *sum = Some(sum.unwrap_or_default() + seconds);
                }
            };
            add(&mut day.heat_s, interval.run.get(EquipmentPart::Heat));
            add(&mut day.cool_s, interval.run.get(EquipmentPart::Cool));
            if let Some(sum) = day.auxiliary_s.get_mut(hour) {
                add(sum, interval.run.get(EquipmentPart::AuxiliaryHeat));
            }
            if let Some(sum) = day.emergency_s.get_mut(hour) {
                add(sum, interval.run.get(EquipmentPart::EmergencyHeat));
            }
        }
        for interval in layer(stored, Layer::Room) {
            let Some((day, hour)) = self.place(interval) else { continue };
            let told = [
                (&mut day.room, interval.room.map(|room| room.mean)),
                (&mut day.low_target, interval.low_target),
                (&mut day.high_target, interval.high_target),
            ];
            for (hours, degrees) in told {
                if let Some(mean) = hours.get_mut(hour) {
                    mean.add(degrees, interval.width_s);
                }
            }
        }
        for interval in layer(stored, Layer::Outdoor) {
            let Some((day, hour)) = self.place(interval) else { continue };
            if let Some(mean) = day.outdoor.get_mut(hour) {
                mean.add(interval.outdoor, interval.width_s);
            }
        }
    }

    fn place(&mut self, interval: &Interval) -> Option<(&mut DayUnderWay, usize)> {
        let at = self.offset.to_datetime(Timestamp::from_second(interval.start).ok()?);
        let hour = usize::try_from(at.hour()).ok()?;
        Some((self.days.entry(at.date()).or_default(), hour))
    }

    /// The days in order, without one left out: a day of which nothing is known is empty.
    pub fn finish(&self) -> Vec<EpaDay> {
        let (Some((first, _)), Some((last, _))) = (self.days.first_key_value(), self.days.last_key_value()) else {
            return Vec::new();
        };
        let dates = std::iter::successors(Some(*first), |date| date.checked_add(1.day()).ok());
        let day = |date: Date| {
            let day = self.days.get(&date).cloned().unwrap_or_default();
            let is_whole = day.covered_s >= LEAST_OF_A_DAY;
            let minutes = |seconds: Option<u32>| seconds.map(|seconds| f64::from(seconds) / 60.0);
            EpaDay {
                date,
                heat_min: minutes(day.heat_s).filter(|_| is_whole),
                cool_min: minutes(day.cool_s).filter(|_| is_whole),
                auxiliary_min: day.auxiliary_s.map(minutes),
                emergency_min: day.emergency_s.map(minutes),
                room_f: day.room.map(HourMean::mean),
                outdoor_f: day.outdoor.map(HourMean::mean),
                low_target_f: day.low_target.map(HourMean::mean),
                high_target_f: day.high_target.map(HourMean::mean),
            }
        };
        dates.take_while(|date| date <= last).map(day).collect()
    }
}

impl EpaDay {
    /// The names of the columns of the interval file, in the order of its documentation (`docs/data_files.rst` of
    /// EPA's `thermostat`).
    pub fn columns() -> Vec<String> {
        let mut columns = ["thermostat_id", "date", "cool_runtime", "heat_runtime"].map(str::to_owned).to_vec();
        for name in ["auxiliary_heat", "emergency_heat", "temp_in", "heating_setpoint", "cooling_setpoint"] {
            columns.extend((0..HOURS).map(|hour| format!("{name}_{hour:02}")));
        }
        columns
    }

    /// The day as a line of the interval file. A zero is a zero, and what is not known is empty.
    pub fn csv(&self, id: &str) -> String {
        let number = |value: &Option<f64>| value.map(|value| format!("{value:.4}")).unwrap_or_default();
        let mut fields = vec![id.to_owned(), self.date.to_string(), number(&self.cool_min), number(&self.heat_min)];
        for hours in [&self.auxiliary_min, &self.emergency_min, &self.room_f, &self.low_target_f, &self.high_target_f] {
            fields.extend(hours.iter().map(number));
        }
        fields.join(",")
    }
}
