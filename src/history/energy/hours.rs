//! The seconds of the equipment by the hour of the day, for prices that change during it.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::history::interval::EquipmentPart;
use crate::history::layers::{Layer, StoredInterval, layer};

/// Seconds of heating and cooling by the civil hour in which their intervals begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HoursOfDay {
    pub heat_s: [u64; 24],
    pub cool_s: [u64; 24],
}

impl HoursOfDay {
    /// Adds intervals, which are ordered by start. None may be added twice.
    pub fn add(&mut self, stored: &[StoredInterval], zone: &TimeZone) {
        for interval in layer(stored, Layer::EquipmentPart) {
            let Ok(at) = Timestamp::from_second(interval.start) else { continue };
            let hour = usize::try_from(at.to_zoned(zone.clone()).hour()).unwrap_or_default();
            for (hours, part) in [(&mut self.heat_s, EquipmentPart::Heat), (&mut self.cool_s, EquipmentPart::Cool)] {
                if let Some(sum) = hours.get_mut(hour) {
                    *sum += u64::from(interval.run.get(part).unwrap_or_default());
                }
            }
        }
    }

    /// Adds the hours of another thermostat.
    pub fn plus(&mut self, other: &Self) {
        for (one, other) in [(&mut self.heat_s, &other.heat_s), (&mut self.cool_s, &other.cool_s)] {
            for (sum, more) in one.iter_mut().zip(other) {
                *sum += more;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::interval::{Interval, IntervalSource};

    #[test]
    fn a_run_counts_to_the_hour_on_the_wall() {
        let mut interval = Interval { covered_s: 300, ..Interval::new(1_767_225_600, 300, IntervalSource::Recorded) };
        interval.run.set(EquipmentPart::Heat, Some(120));
        let mut hours = HoursOfDay::default();
        let stored = [StoredInterval { device: 1, interval }];
        hours.add(&stored, &TimeZone::get("Europe/Berlin").expect("a zone"));
        let mut both = hours;
        both.plus(&hours);
        // Midnight in Greenwich is one o'clock in Berlin.
        assert_eq!((hours.heat_s[1], both.heat_s[1], both.heat_s.iter().sum::<u64>()), (120, 240, 240));
    }
}
