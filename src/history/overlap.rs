//! The likeness of two thermostats: an export and a recording of the same room tell the same temperatures.

use rusqlite::params;

use super::devices::HistoryDevice;
use super::error::HistoryError;
use super::store::HistoryStore;

/// The hours of which two thermostats tell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    pub hours: u64,
    /// The mean difference of their hourly temperatures, in degrees Celsius.
    pub difference: f64,
}

/// Fewest hours, and the largest difference, of the same room. Rooms of one house differ by more for most of a day.
const LEAST_HOURS: u64 = 24;
const MOST_DIFFERENCE: f64 = 0.4;

impl Overlap {
    /// True if both may be the same thermostat.
    pub fn is_alike(&self) -> bool {
        self.hours >= LEAST_HOURS && self.difference <= MOST_DIFFERENCE
    }
}

impl HistoryStore {
    /// Compares the hourly temperatures of two thermostats; `None` if no hour has both.
    pub fn overlap(&self, one: &HistoryDevice, other: &HistoryDevice) -> Result<Option<Overlap>, HistoryError> {
        let sql = "
            WITH
                one AS (SELECT start / 3600 AS hour, avg(room_mean) AS room FROM intervals
                        WHERE device = ?1 AND room_mean IS NOT NULL GROUP BY hour),
                other AS (SELECT start / 3600 AS hour, avg(room_mean) AS room FROM intervals
                          WHERE device = ?2 AND room_mean IS NOT NULL GROUP BY hour)
            SELECT count(*), avg(abs(one.room - other.room)) FROM one JOIN other USING (hour)";
        let row = self.connection.query_row(sql, params![one.id, other.id], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Option<f64>>(1)?))
        })?;
        let (hours, difference) = row;
        Ok(difference.map(|difference| Overlap { hours: hours.unsigned_abs(), difference: difference / 100.0 }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::interval::{CentiCelsius, Interval, IntervalSource, RoomTemperatures};

    #[test]
    fn the_same_room_is_alike_and_another_one_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut history = HistoryStore::open(&folder.path().join("history.sqlite3")).expect("opened").history;
        let writer = history.write().expect("a writer");
        for (key, shift, width) in [("takeout:a", 0, 900), ("hallway", 10, 300), ("cellar", 400, 300)] {
            let device = writer.ensure_device(key, key).expect("a thermostat");
            for n in 0..(30 * 3_600 / i64::from(width)) {
                let mut interval = Interval::new(1_767_225_600 + n * i64::from(width), width, IntervalSource::Recorded);
                let degrees = CentiCelsius(2_000 + shift + (n as i32 % 7));
                interval.room = Some(RoomTemperatures { least: degrees, mean: degrees, most: degrees });
                writer.put(device.id, &interval).expect("stored");
            }
        }
        writer.commit().expect("kept");
        let device = |key| history.keyed(key).expect("read").expect("known");
        let overlap = |other| history.overlap(&device("takeout:a"), &device(other)).expect("compared");
        let alike = overlap("hallway").expect("hours of both");
        assert!(alike.is_alike() && alike.hours == 30, "{alike:?}");
        assert!(!overlap("cellar").expect("hours of both").is_alike());
    }
}
