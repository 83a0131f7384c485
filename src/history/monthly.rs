//! The past in parts: at no time more than about a month of a thermostat is in memory.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::{Connection, Statement};

use super::devices::HistoryDevice;
use super::error::HistoryError;
use super::interval::MOST_WIDTH;
use super::interval_rows::intervals;
use super::layers::StoredInterval;
use super::store::{HistoryStore, OF_DEVICE, source_devices};
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

/// Reads the intervals that begin within a span about month by month, ordered by start. No interval of one part reaches
/// into the next, so that each stretch of time is told once.
pub(super) fn each_month<E: From<HistoryError>>(
    connection: &Connection,
    (device, zone): (i64, &TimeZone),
    (from, to): (i64, i64),
    mut take: impl FnMut(&[StoredInterval]) -> Result<(), E>,
) -> Result<(), E> {
    let Some((first, last)) = begins(connection, device)? else { return Ok(()) };
    let mut from = from.max(first);
    let to = to.min(last.saturating_add(1));
    while from < to {
        let month = months((from, to), zone).first().map_or(to, |(_, end)| *end);
        let end = uncrossed(connection, device, month)?.min(to);
        take(&intervals(connection, device, from, end)?)?;
        from = end;
    }
    Ok(())
}

/// Most intervals that are followed to a time that none of them crosses.
const MOST_CROSSED: usize = 1_000;

/// The first time from one on that no interval crosses.
fn uncrossed(connection: &Connection, device: i64, time: i64) -> Result<i64, HistoryError> {
    let sql = format!(
        "SELECT max(start + width_s) FROM intervals
         WHERE {OF_DEVICE} AND start > ?2 - {MOST_WIDTH} AND start < ?2 AND start + width_s > ?2"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut time = time;
    for _ in 0..MOST_CROSSED {
        let Some(end) = statement.query_row([device, time], |row| row.get::<_, Option<i64>>(0))? else { break };
        time = end;
    }
    Ok(time)
}

/// The first and the last begin of the intervals of a thermostat and of those joined to it.
fn begins(connection: &Connection, device: i64) -> Result<Option<(i64, i64)>, HistoryError> {
    // Asked one by one, both are found at the ends of the key.
    let mut first = connection.prepare_cached("SELECT min(start) FROM intervals WHERE device = ?1")?;
    let mut last = connection.prepare_cached("SELECT max(start) FROM intervals WHERE device = ?1")?;
    let mut found: Option<(i64, i64)> = None;
    for device in source_devices(connection, device)? {
        let of = |statement: &mut Statement<'_>| statement.query_row([device], |row| row.get::<_, Option<i64>>(0));
        if let Some((begin, end)) = of(&mut first)?.zip(of(&mut last)?) {
            found = Some(found.map_or((begin, end), |known| (known.0.min(begin), known.1.max(end))));
        }
    }
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

    /// The sums of a thermostat by civil periods of its zone, within a span.
    pub fn periods(
        &self,
        device: &HistoryDevice,
        kind: PeriodKind,
        within: (i64, i64),
    ) -> Result<Vec<Period>, HistoryError> {
        periods(&self.connection, (device.id, &device.time_zone()), kind, within)
    }
}

/// The sums of a thermostat and of those joined to it by civil periods, within a span.
pub(super) fn periods(
    connection: &Connection,
    (device, zone): (i64, &TimeZone),
    kind: PeriodKind,
    (from, to): (i64, i64),
) -> Result<Vec<Period>, HistoryError> {
    let mut periods: Vec<Period> = Vec::new();
    // An interval that begins before the span may reach into it.
    let earliest = from.saturating_sub(i64::from(MOST_WIDTH));
    each_month(connection, (device, zone), (earliest, to), |stored| {
        let is_inside = |one: &StoredInterval| one.interval.start >= from && one.interval.end() <= to;
        let found = if stored.iter().all(is_inside) {
            by_period(stored, kind, zone)
        } else {
            let part = |one: &StoredInterval| {
                Some(StoredInterval { device: one.device, interval: one.interval.part(from, to)? })
            };
            by_period(&stored.iter().filter_map(part).collect::<Vec<_>>(), kind, zone)
        };
        for period in found {
            match periods.last_mut() {
                // A period goes on in the next part.
                Some(last) if last.from == period.from => last.sums.plus(&period.sums),
                Some(_) | None => periods.push(period),
            }
        }
        Ok::<_, HistoryError>(())
    })?;
    Ok(periods)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::interval::{EquipmentPart, Interval, IntervalSource};

    fn opened(intervals: &[Interval], zone: &str) -> (tempfile::TempDir, HistoryStore) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut history = HistoryStore::open(&folder.path().join("history.sqlite3")).expect("opened").history;
        let writer = history.write().expect("a writer");
        let device = writer.ensure_device("a", "Hallway").expect("a thermostat");
        writer.note_zone(device.id, zone, 1).expect("noted");
        for interval in intervals {
            writer.put(device.id, interval).expect("stored");
        }
        writer.rebuild_days_of(device.id).expect("made");
        writer.commit().expect("kept");
        (folder, history)
    }

    fn heated(start: i64, width: u32, seconds: u32, source: IntervalSource) -> Interval {
        let mut interval = Interval { covered_s: width, ..Interval::new(start, width, source) };
        interval.run.set(EquipmentPart::Heat, Some(seconds));
        interval
    }

    #[test]
    fn no_second_counts_twice_at_the_end_of_a_month() {
        // 31 May and 1 June 2020 of UTC as sums, and the same time in quarters of an hour.
        let begin = 1_590_883_200;
        let mut all: Vec<Interval> =
            (0..2).map(|n| heated(begin + n * 86_400, 86_400, 7_200, IntervalSource::TakeoutSummary)).collect();
        all.extend((0..192).map(|n| heated(begin + n * 900, 900, 75, IntervalSource::TakeoutRuntime)));
        let (_folder, history) = opened(&all, "America/Los_Angeles");
        let device = history.find("hallway").expect("there");
        let sum = |kind| {
            let periods = history.periods(&device, kind, (i64::MIN, i64::MAX)).expect("read");
            let heat: u64 = periods.iter().filter_map(|period| period.sums.run(EquipmentPart::Heat)).sum();
            (periods.iter().map(|period| period.sums.covered_s).sum::<u64>(), heat)
        };
        for kind in [PeriodKind::Day, PeriodKind::Week, PeriodKind::Month, PeriodKind::Year] {
            assert_eq!(sum(kind), (172_800, 14_400), "{kind:?}");
        }
        assert_eq!(history.sums_of_days(&device).expect("days"), (172_800, 14_400));
    }

    #[test]
    fn a_wide_interval_is_divided_at_midnight_and_at_the_bounds() {
        // 29 March 2020 of UTC in Berlin, where that day has 23 hours.
        let begin = 1_585_440_000;
        let (_folder, history) =
            opened(&[heated(begin, 86_400, 7_201, IntervalSource::TakeoutSummary)], "Europe/Berlin");
        let device = history.find("hallway").expect("there");
        let periods = |kind, within| history.periods(&device, kind, within).expect("read");
        let days = periods(PeriodKind::Day, (i64::MIN, i64::MAX));
        let covered: Vec<u64> = days.iter().map(|day| day.sums.covered_s).collect();
        assert_eq!(covered, [22 * 3_600, 2 * 3_600]);
        for day in &days {
            let length = day.to.timestamp().as_second() - day.from.timestamp().as_second();
            assert!(day.sums.covered_s <= length.unsigned_abs());
        }
        let heat: u64 = days.iter().filter_map(|day| day.sums.run(EquipmentPart::Heat)).sum();
        assert_eq!(heat, 7_201, "no second is lost");
        let within = periods(PeriodKind::Year, (begin + 300, begin + 900));
        assert_eq!(within[0].sums.covered_s, 600);
    }

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
