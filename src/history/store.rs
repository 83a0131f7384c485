//! The file of the history: SQLite with a write-ahead log, one writer and any number of readers.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension as _, Statement, Transaction, params_from_iter};

use super::devices::HistoryDevice;
use super::error::HistoryError;
use super::interval::{CentiCelsius, EquipmentPart, Interval};
use super::interval_rows::{self, intervals};
use super::layers::StoredInterval;
use super::recorder::Recorded;
use super::schema;
use super::sums::Period;
use crate::files::{self, Quarantined};

/// Time that a writer waits for another one.
const WAIT: Duration = Duration::from_secs(10);

/// Time after which the file is compacted again, in seconds.
const COMPACT_EACH: i64 = 30 * 86_400;

/// An open history.
#[derive(Debug)]
pub struct HistoryStore {
    pub(super) connection: Connection,
}

/// A history that was opened for writing, and the fate of a damaged file in its place.
#[derive(Debug)]
pub struct Opened {
    pub history: HistoryStore,
    pub damaged: Option<Quarantined>,
}

impl HistoryStore {
    /// The file of the history in a data folder.
    pub fn file_in(data: &Path) -> PathBuf {
        data.join("history.sqlite3")
    }

    /// Opens the history for reading and writing, and makes it if there is none. A damaged file is kept aside.
    pub fn open(path: &Path) -> Result<Opened, HistoryError> {
        match Self::open_once(path) {
            Err(HistoryError::Damaged) => {
                let damaged = set_aside(path);
                if matches!(damaged, Quarantined::Stuck { .. }) {
                    return Err(HistoryError::Damaged);
                }
                Ok(Opened { history: Self::open_once(path)?, damaged: Some(damaged) })
            }
            opened => Ok(Opened { history: opened?, damaged: None }),
        }
    }

    fn open_once(path: &Path) -> Result<Self, HistoryError> {
        create_own(path).map_err(|err| HistoryError::from(&err))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(WAIT)?;
        // Before anything is set: a file of a newer program is left as it is.
        refuse_newer(version(&connection)?)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // What is deleted is overwritten, and does not stay in free pages of the file.
        connection.pragma_update(None, "secure_delete", true)?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        // A commit each five minutes may wait for the disk, so that a loss of power takes no more than a crash.
        connection.pragma_update(None, "synchronous", "full")?;
        back_up(&connection, path)?;
        let tables = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let known = usize::try_from(version(&tables)?).unwrap_or_default();
        for step in schema::steps().iter().skip(known) {
            tables.execute_batch(step)?;
        }
        tables.commit()?;
        let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if verdict == "ok" { Ok(Self { connection }) } else { Err(HistoryError::Damaged) }
    }

    /// Opens the history for reading; `None` if there is none.
    pub fn open_to_read(path: &Path) -> Result<Option<Self>, HistoryError> {
        match fs::metadata(path) {
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(err) => return Err(HistoryError::from(&err)),
            Ok(file) if !file.is_file() => return Err(HistoryError::File(files::FileError::NotPlain)),
            Ok(_) => {}
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(WAIT)?;
        let mut found = version(&connection);
        if matches!(found, Err(HistoryError::ReadOnly | HistoryError::File(_))) && !has_log(path) {
            // In a folder that cannot be written, SQLite can read only a file that nobody changes.
            connection = Connection::open_with_flags(immutable(path), flags | OpenFlags::SQLITE_OPEN_URI)?;
            found = version(&connection);
        }
        match found? {
            // Another program is making the tables.
            0 => Ok(None),
            // Only writers look through the whole file: a reader meets damage where it reads.
            version => refuse_newer(version).map(|()| Some(Self { connection })),
        }
    }

    /// Begins to write. Nothing is kept unless the writer commits.
    pub fn write(&mut self) -> Result<Writer<'_>, HistoryError> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        Ok(Writer { transaction })
    }

    /// The intervals of a thermostat and of those joined to it that begin within `from..to`, ordered by start.
    pub fn intervals(&self, device: &HistoryDevice, from: i64, to: i64) -> Result<Vec<StoredInterval>, HistoryError> {
        intervals(&self.connection, device.id, from, to)
    }

    /// Gives the space of what was deleted back to the disk, and fills the pages that were left half empty.
    pub fn compact(&self) -> Result<(), HistoryError> {
        Ok(self.connection.execute_batch("VACUUM")?)
    }

    /// Compacts the file once a month: intervals that are added one by one leave pages half empty. `now` is in seconds
    /// since 1970.
    pub fn compact_if_due(&self, now: i64) -> Result<(), HistoryError> {
        let sql = "SELECT at FROM upkeep WHERE task = 'compact'";
        let last: Option<i64> = self.connection.query_row(sql, [], |row| row.get(0)).optional()?;
        if last.is_some_and(|last| (last..last.saturating_add(COMPACT_EACH)).contains(&now)) {
            return Ok(());
        }
        // Noted first, so that a full disk does not make it try each five minutes.
        self.connection.execute("INSERT OR REPLACE INTO upkeep (task, at) VALUES ('compact', ?1)", [now])?;
        if last.is_some() { self.compact() } else { Ok(()) }
    }

    /// Deletes the copies of earlier versions and of damaged files that lie beside a history.
    pub fn remove_copies(path: &Path) -> Result<(), HistoryError> {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name().and_then(|name| name.to_str())) else {
            return Ok(());
        };
        let stem = name.trim_end_matches("sqlite3");
        for entry in fs::read_dir(folder).map_err(|err| HistoryError::from(&err))?.flatten() {
            let found = entry.file_name().to_string_lossy().into_owned();
            let is_old =
                found.strip_prefix(stem).is_some_and(|rest| rest.starts_with('v') && rest.ends_with(".sqlite3"));
            if is_old || found.strip_prefix(name).is_some_and(|rest| rest.starts_with(".corrupt")) {
                fs::remove_file(entry.path()).map_err(|err| HistoryError::from(&err))?;
            }
        }
        Ok(())
    }

    /// The first begin and the last end of the intervals of a thermostat, and their number.
    pub fn extent(&self, device: &HistoryDevice) -> Result<Option<(i64, i64, u64)>, HistoryError> {
        let sql = format!("SELECT min(start), max(start + width_s), count(*) FROM intervals WHERE {OF_DEVICE}");
        let extent = self.connection.query_row(&sql, [device.id], |row| {
            let (first, last): (Option<i64>, Option<i64>) = (row.get(0)?, row.get(1)?);
            Ok(first.zip(last).zip(row.get::<_, i64>(2)?.try_into().ok()))
        })?;
        Ok(extent.map(|((first, last), count)| (first, last, count)))
    }
}

/// The condition for a thermostat and those joined to it.
pub(super) const OF_DEVICE: &str = "device IN (SELECT id FROM devices WHERE id = ?1 OR joined_to = ?1)";

/// A thermostat and those joined to it, by their ids.
pub(super) fn source_devices(connection: &Connection, device: i64) -> Result<Vec<i64>, HistoryError> {
    let mut statement =
        connection.prepare_cached("SELECT id FROM devices WHERE id = ?1 OR joined_to = ?1 ORDER BY id")?;
    let devices = statement.query_map([device], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(devices)
}

/// The version of the file from which on its intervals are packed.
const PACKED_SINCE: i64 = 3;

/// False for a file of an earlier program that no writer has opened yet.
pub(super) fn is_packed(connection: &Connection) -> Result<bool, HistoryError> {
    Ok(version(connection)? >= PACKED_SINCE)
}

/// Copies a file of an earlier version beside itself before its tables change.
fn back_up(connection: &Connection, path: &Path) -> Result<(), HistoryError> {
    let version = version(connection)?;
    if version == 0 || version >= schema::VERSION {
        return Ok(());
    }
    let copy = path.with_extension(format!("v{version}.sqlite3"));
    match fs::remove_file(&copy) {
        Err(err) if err.kind() != io::ErrorKind::NotFound => return Err(HistoryError::from(&err)),
        Ok(()) | Err(_) => {}
    }
    // SQLite makes the file with the rights of the umask, so it is made here before.
    files::open_lock(&copy).map_err(|err| HistoryError::from(&err))?;
    connection.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    Ok(())
}

/// True if a write-ahead log with contents lies beside the file.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    fs::metadata(PathBuf::from(log)).is_ok_and(|log| log.len() > 0)
}

/// The address of a file that nobody changes, for SQLite.
fn immutable(path: &Path) -> String {
    let escaped = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{escaped}?immutable=1")
}

fn refuse_newer(version: i64) -> Result<(), HistoryError> {
    if version > schema::VERSION { Err(HistoryError::Newer(version)) } else { Ok(()) }
}

pub(super) fn version(connection: &Connection) -> Result<i64, HistoryError> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// Creates the file for the user alone, before SQLite opens it; its companions get the same rights. A file that is
/// there is not opened here: closing it would end the locks that this process holds on it through SQLite.
fn create_own(path: &Path) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(file) if file.is_file() => Ok(()),
        Ok(_) => Err(io::ErrorKind::IsADirectory.into()),
        Err(err) if err.kind() == io::ErrorKind::NotFound => files::open_lock(path).map(drop),
        Err(err) => Err(err),
    }
}

/// Renames a damaged file with its companions.
fn set_aside(path: &Path) -> Quarantined {
    for companion in ["-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(companion);
        let companion = PathBuf::from(name);
        if companion.exists() {
            drop(files::quarantine(&companion));
        }
    }
    files::quarantine(path)
}

/// The effect of storing an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutEffect {
    New,
    /// The same, or one that tells more, was there.
    Known,
    /// One that told less was there.
    Better,
}

/// A change of the history that is kept as a whole or not at all.
#[derive(Debug)]
pub struct Writer<'a> {
    pub(super) transaction: Transaction<'a>,
}

impl Writer<'_> {
    /// Keeps what was written.
    pub fn commit(self) -> Result<(), HistoryError> {
        Ok(self.transaction.commit()?)
    }

    /// Stores an interval. Of two with the same begin and source the one that tells more stays, so the order in which
    /// they arrive does not matter.
    pub fn put(&self, device: i64, interval: &Interval) -> Result<PutEffect, HistoryError> {
        if interval_rows::insert_new(&self.transaction, device, interval)? {
            return Ok(PutEffect::New);
        }
        let known = interval_rows::one(&self.transaction, device, interval)?;
        if known.is_some_and(|known| known == *interval || precedence(interval) <= precedence(&known)) {
            return Ok(PutEffect::Known);
        }
        interval_rows::replace(&self.transaction, device, interval)?;
        Ok(PutEffect::Better)
    }

    /// Adds a recorded interval to what was recorded of the same five minutes before: the program may have been started
    /// anew in between. Makes its day again.
    pub fn record(&self, recorded: &Recorded) -> Result<(), HistoryError> {
        let interval = &recorded.interval;
        let device = self.ensure_device(&recorded.device, &recorded.name)?;
        self.rename(&device, &recorded.name)?;
        if let Some(zone) = &recorded.zone {
            self.note_zone(device.id, zone, interval.start)?;
        }
        let known = intervals(&self.transaction, device.id, interval.start, interval.start + 1)?;
        let known = known.into_iter().find(|it| it.device == device.id && it.interval.source == interval.source);
        let sum = known.map_or_else(|| interval.clone(), |known| known.interval.plus(interval));
        interval_rows::replace(&self.transaction, device.id, &sum)?;
        if recorded.zone.is_some() && recorded.zone != device.zone {
            // Its earlier days have other bounds now.
            return self.rebuild_days_of(device.id);
        }
        self.rebuild_day_of(device.id, interval.start)
    }

    /// Adds days of a thermostat.
    pub(super) fn insert_days(&self, device: i64, zone: &str, days: &[Period]) -> Result<(), HistoryError> {
        let run = EquipmentPart::ALL.map(|part| format!("{}, ", part.column())).concat();
        let places = vec!["?"; 13 + EquipmentPart::ALL.len()].join(", ");
        let sql = format!(
            "INSERT INTO days (device, date, zone, covered_s, {run} room_s, room_min, room_mean, room_max, humidity,
             outdoor_s, outdoor, eco_s, away_s) VALUES ({places})"
        );
        let mut statement = self.transaction.prepare_cached(&sql)?;
        days.iter().try_for_each(|day| insert_day(&mut statement, device, zone, day))
    }
}

fn insert_day(statement: &mut Statement<'_>, device: i64, zone: &str, day: &Period) -> Result<(), HistoryError> {
    use rusqlite::types::Value;
    let whole = |seconds: u64| Value::Integer(i64::try_from(seconds).unwrap_or(i64::MAX));
    let maybe = |seconds: Option<u64>| seconds.map_or(Value::Null, whole);
    let degrees = |degrees: Option<CentiCelsius>| degrees.map_or(Value::Null, |it| Value::Integer(it.0.into()));
    let number = |number: Option<i32>| number.map_or(Value::Null, |it| Value::Integer(it.into()));
    let sums = &day.sums;
    let mut values = vec![
        Value::Integer(device),
        Value::Text(day.from.date().to_string()),
        Value::Text(zone.to_owned()),
        whole(sums.covered_s),
    ];
    values.extend(EquipmentPart::ALL.map(|part| maybe(sums.run(part))));
    values.extend([
        whole(sums.room_mean.seconds()),
        degrees(sums.room_least),
        number(sums.room_mean.value()),
        degrees(sums.room_most),
        number(sums.humidity.value()),
        whole(sums.outdoor.seconds()),
        number(sums.outdoor.value()),
        maybe(sums.eco_s),
        maybe(sums.away_s),
    ]);
    statement.execute(params_from_iter(values))?;
    Ok(())
}

/// The rank of an interval among those of one begin and source: those with more coverage, then with more known values,
/// then the larger ones.
fn precedence(interval: &Interval) -> (u32, usize, Vec<Option<i64>>) {
    let degrees = |degrees: Option<CentiCelsius>| degrees.map(|degrees| i64::from(degrees.0));
    let mut values = vec![Some(i64::from(interval.width_s))];
    values.extend(interval.run.all().map(|seconds| seconds.map(i64::from)));
    values.extend([
        degrees(interval.room.map(|room| room.least)),
        degrees(interval.room.map(|room| room.mean)),
        degrees(interval.room.map(|room| room.most)),
    ]);
    values.extend(interval_rows::other_values(interval));
    (interval.covered_s, values.iter().flatten().count(), values)
}

#[cfg(test)]
impl HistoryStore {
    /// The covered seconds and those of heating over all kept days.
    pub(super) fn sums_of_days(&self, device: &HistoryDevice) -> Result<(u64, u64), HistoryError> {
        let sql = "SELECT total(covered_s), total(heat_s) FROM days WHERE device = ?1";
        let sums: (f64, f64) = self.connection.query_row(sql, [device.id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok((sums.0 as u64, sums.1 as u64))
    }
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
