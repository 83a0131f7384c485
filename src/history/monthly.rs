//! The past in parts: at no time more than a month of a thermostat is in memory.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::Connection;

use super::devices::HistoryDevice;
use super::error::HistoryError;
use super::interval_rows::intervals;
use super::layers::StoredInterval;
use super::store::{HistoryStore, OF_DEVICE};
use super::sums::{Period, PeriodKind, by_period};

/// The civil months of a span in seconds since 1970, the first and the last of which may be parts of one.
pub fn months((from, to): (i64, i64), zone: &TimeZone) -> Vec<(i64, i64)> {
    let Ok(first) = Timestamp::from_second(from) else { return Vec::new() };
    let mut bounds = vec![from];
    let mut next = PeriodKind::Month.next(first.to_zoned(zone.clone()).date().first_of_month());
    while let Ok(at) = next.to_zoned(zone.clone())
        && at.timestamp().as_second() < to
    {
        bounds.push(at.timestamp().as_second());
        next = PeriodKind::Month.next(next);
    }
    bounds.push(to);
    bounds.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect()
}

/// Reads the intervals that begin within a span month by month, ordered by start.
pub(super) fn each_month<E: From<HistoryError>>(
    connection: &Connection,
    (device, zone): (i64, &TimeZone),
    (from, to): (i64, i64),
    mut take: impl FnMut(&[StoredInterval]) -> Result<(), E>,
) -> Result<(), E> {
    let Some((first, last)) = begins(connection, device)? else { return Ok(()) };
    for (from, to) in months((from.max(first), to.min(last.saturating_add(1))), zone) {
        if from < to {
            take(&intervals(connection, device, from, to)?)?;
        }
    }
    Ok(())
}

/// The first and the last begin of the intervals of a thermostat and of those joined to it.
fn begins(connection: &Connection, device: i64) -> Result<Option<(i64, i64)>, HistoryError> {
    let sql = format!("SELECT min(start), max(start) FROM intervals WHERE {OF_DEVICE}");
    let found = connection.query_row(&sql, [device], |row| {
        let (first, last): (Option<i64>, Option<i64>) = (row.get(0)?, row.get(1)?);
        Ok(first.zip(last))
    })?;
    Ok(found)
}

impl HistoryStore {
    /// Reads the intervals of a thermostat that begin within a span month by month, ordered by start.
    pub fn each_month<E: From<HistoryError>>(
        &self,
        device: &HistoryDevice,
        within: (i64, i64),
        take: impl FnMut(&[StoredInterval]) -> Result<(), E>,
    ) -> Result<(), E> {
        each_month(&self.connection, (device.id, &device.time_zone()), within, take)
    }

    /// The sums of a thermostat by civil periods of its zone, over the intervals that begin within a span.
    pub fn periods(
        &self,
        device: &HistoryDevice,
        kind: PeriodKind,
        within: (i64, i64),
    ) -> Result<Vec<Period>, HistoryError> {
        let mut periods: Vec<Period> = Vec::new();
        self.each_month(device, within, |stored| {
            for period in by_period(stored, kind, &device.time_zone()) {
                match periods.last_mut() {
                    // A week or a year goes on in the next month.
                    Some(last) if last.from == period.from => last.sums.plus(&period.sums),
                    Some(_) | None => periods.push(period),
                }
            }
            Ok::<_, HistoryError>(())
        })?;
        Ok(periods)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::interval::{EquipmentPart, Interval, IntervalSource};

    #[test]
    fn sums_do_not_depend_on_the_months_in_which_they_are_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut history = HistoryStore::open(&folder.path().join("history.sqlite3")).expect("opened").history;
        let writer = history.write().expect("a writer");
        let device = writer.ensure_device("a", "Hallway").expect("a thermostat");
        writer.note_zone(device.id, "Europe/Berlin", 1).expect("noted");
        // Sunday, 27 September 2026, to Friday, 6 November: over the end of summer time.
        for n in 0..40 * 24 {
            let start = 1_790_460_000 + n * 3_600;
            let mut interval = Interval { covered_s: 1_800, ..Interval::new(start, 3_600, IntervalSource::Recorded) };
            interval.run.set(EquipmentPart::Heat, Some(600));
            writer.put(device.id, &interval).expect("stored");
        }
        writer.rebuild_days_of(device.id).expect("made");
        writer.commit().expect("kept");
        let device = history.find("hallway").expect("there");
        let all = history.intervals(&device, i64::MIN, i64::MAX).expect("read");
        for kind in [PeriodKind::Day, PeriodKind::Week, PeriodKind::Month, PeriodKind::Year] {
            let at_once = by_period(&all, kind, &device.time_zone());
            assert_eq!(history.periods(&device, kind, (i64::MIN, i64::MAX)).expect("read"), at_once, "{kind:?}");
        }
        assert_eq!(history.sums_of_days(&device).expect("days"), (40 * 24 * 1_800, 40 * 24 * 600));
        let mut parts = Vec::new();
        let each = |stored: &[StoredInterval]| {
            parts.push(stored.len());
            Ok::<_, HistoryError>(())
        };
        history.each_month(&device, (i64::MIN, i64::MAX), each).expect("read");
        assert_eq!((parts.len(), parts.iter().sum::<usize>()), (3, 40 * 24));
    }
}
