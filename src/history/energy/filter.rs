//! The hours of an air filter: the time in which air was moved through it.
//!
//! Nest counts the fan apart: while a furnace heats it drives its own blower, and the fan's time is zero; while it cools,
//! the fan's time is at least that of the cooling. So an interval counts with the longest of the three.

use crate::history::interval::EquipmentPart;
use crate::history::layers::{Layer, StoredInterval, layer};

/// The seconds since a time, of intervals ordered by start. Heating counts if it blows air.
pub fn filter_seconds(stored: &[StoredInterval], since: i64, is_forced_air: bool) -> u64 {
    let intervals = layer(stored, Layer::EquipmentPart).into_iter().filter(|interval| interval.start >= since);
    let seconds = |interval: &crate::history::interval::Interval| {
        let of = |part| interval.run.get(part).unwrap_or_default();
        let heating = if is_forced_air { of(EquipmentPart::Heat) } else { 0 };
        u64::from(of(EquipmentPart::Fan).max(of(EquipmentPart::Cool)).max(heating))
    };
    intervals.map(seconds).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::interval::{Interval, IntervalSource};

    #[test]
    fn an_interval_counts_with_what_ran_longest() {
        let interval = |n: i64, parts: [u32; 3]| {
            let mut one = Interval { covered_s: 900, ..Interval::new(n * 900, 900, IntervalSource::TakeoutRuntime) };
            for (part, seconds) in [EquipmentPart::Heat, EquipmentPart::Cool, EquipmentPart::Fan].into_iter().zip(parts)
            {
                one.run.set(part, Some(seconds));
            }
            StoredInterval { device: 1, interval: one }
        };
        let stored =
            [interval(0, [900, 0, 0]), interval(1, [600, 0, 0]), interval(2, [0, 300, 400]), interval(3, [0; 3])];
        assert_eq!(filter_seconds(&stored, 900, true), 1_000);
        assert_eq!(filter_seconds(&stored, 900, false), 400);
    }
}
