//! The thermostats in the file of the history: found, made, joined and forgotten.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::{OptionalExtension as _, params};

use super::devices::{DEVICE_COLUMNS, HistoryDevice, HistoryEntry, device_of_row};
use super::error::HistoryError;
use super::monthly::periods;
use super::store::{HistoryStore, OF_DEVICE, Writer};
use super::sums::PeriodKind;

impl HistoryStore {
    /// All thermostats, by name.
    pub fn devices(&self) -> Result<Vec<HistoryDevice>, HistoryError> {
        let sql = format!("SELECT {DEVICE_COLUMNS} FROM devices ORDER BY name, id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let devices = statement.query_map([], device_of_row)?.collect::<Result<_, _>>()?;
        Ok(devices)
    }

    /// The thermostats whose intervals are counted for themselves: those that are joined to no other.
    pub fn own_devices(&self) -> Result<Vec<HistoryDevice>, HistoryError> {
        Ok(self.devices()?.into_iter().filter(|device| device.joined_to.is_none()).collect())
    }

    /// The thermostats whose intervals are counted for themselves, with the time that each covers.
    pub fn entries(&self) -> Result<Vec<HistoryEntry>, HistoryError> {
        let entry = |device: HistoryDevice| {
            let extent = self.extent(&device)?;
            Ok(HistoryEntry {
                key: device.key,
                name: device.name,
                extent: extent.map(|(from, to, _)| (from, to)),
                intervals: extent.map_or(0, |(.., count)| count),
            })
        };
        self.own_devices()?.into_iter().map(entry).collect()
    }

    /// The thermostat with this id at its source, or the one to which its intervals are counted.
    pub fn keyed(&self, key: &str) -> Result<Option<HistoryDevice>, HistoryError> {
        let sql = format!(
            "SELECT {DEVICE_COLUMNS} FROM devices
             WHERE id = (SELECT coalesce(joined_to, id) FROM devices WHERE key = ?1)"
        );
        Ok(self.connection.query_row(&sql, [key], device_of_row).optional()?)
    }

    /// The thermostat with exactly this name, whatever the case; `None` if there is none.
    pub fn named(&self, name: &str) -> Result<Option<HistoryDevice>, HistoryError> {
        let wanted = name.trim().to_lowercase();
        let mut devices = self.devices()?;
        devices.retain(|device| device.name.to_lowercase() == wanted);
        if devices.iter().any(|device| device.joined_to.is_none()) {
            // One that is joined is told by the other.
            devices.retain(|device| device.joined_to.is_none());
        }
        only(name, devices)
    }

    /// The thermostat with a name, or the one whose id ends so.
    pub fn find(&self, name: &str) -> Result<HistoryDevice, HistoryError> {
        if let Some(device) = self.named(name)? {
            return Ok(device);
        }
        let wanted = name.trim().to_lowercase();
        let by_id = |device: &HistoryDevice| {
            wanted.chars().count() >= LEAST_OF_ID && device.key.to_lowercase().ends_with(&wanted)
        };
        let found = only(name, self.devices()?.into_iter().filter(by_id).collect())?;
        found.ok_or_else(|| HistoryError::NoDevice(name.to_owned()))
    }
}

/// Fewest characters that tell an id by its end.
const LEAST_OF_ID: usize = 4;

/// The only one of the thermostats that a name may mean.
fn only(name: &str, mut found: Vec<HistoryDevice>) -> Result<Option<HistoryDevice>, HistoryError> {
    if found.len() > 1 {
        let among: Vec<&str> = found.iter().map(|device| device.key.as_str()).collect();
        return Err(HistoryError::SeveralDevices { name: name.to_owned(), among: among.join(", ") });
    }
    Ok(found.pop())
}

impl Writer<'_> {
    /// The thermostat with a key.
    fn device(&self, key: &str) -> Result<Option<HistoryDevice>, HistoryError> {
        let sql = format!("SELECT {DEVICE_COLUMNS} FROM devices WHERE key = ?1");
        Ok(self.transaction.query_row(&sql, [key], device_of_row).optional()?)
    }

    /// The thermostat with a key, made with this name if it is new.
    pub fn ensure_device(&self, key: &str, name: &str) -> Result<HistoryDevice, HistoryError> {
        if let Some(device) = self.device(key)? {
            return Ok(device);
        }
        self.transaction.execute("INSERT INTO devices (key, name) VALUES (?1, ?2)", [key, name])?;
        Ok(HistoryDevice {
            id: self.transaction.last_insert_rowid(),
            key: key.to_owned(),
            name: name.to_owned(),
            zone: None,
            joined_to: None,
        })
    }

    /// Keeps the zone that a source told last: the one of the latest time wins, whatever came first.
    pub fn note_zone(&self, device: i64, zone: &str, since: i64) -> Result<(), HistoryError> {
        self.transaction.execute(
            "UPDATE devices SET zone = ?2, zone_since = ?3
             WHERE id = ?1 AND (zone_since IS NULL OR (zone_since, zone) < (?3, ?2))",
            params![device, zone, since],
        )?;
        Ok(())
    }

    /// Counts the intervals of one thermostat, and of those joined to it, to another. Makes the days of both again, and
    /// of the one to which they were counted before.
    pub fn join(&self, one: &HistoryDevice, to: &HistoryDevice) -> Result<(), HistoryError> {
        if to.joined_to.is_some() || one.id == to.id {
            return Err(HistoryError::Circle(to.name.clone(), one.name.clone()));
        }
        self.transaction
            .execute("UPDATE devices SET joined_to = ?2 WHERE id = ?1 OR joined_to = ?1", params![one.id, to.id])?;
        self.transaction.execute("DELETE FROM days WHERE device = ?1", [one.id])?;
        for device in [Some(to.id), one.joined_to].into_iter().flatten() {
            self.rebuild_days_of(device)?;
        }
        Ok(())
    }

    /// The name of the thermostat to which this one's intervals are counted, if it is another one.
    pub fn counted_to(&self, device: i64) -> Result<Option<String>, HistoryError> {
        let sql = "SELECT name FROM devices WHERE id = (SELECT joined_to FROM devices WHERE id = ?1)";
        Ok(self.transaction.query_row(sql, [device], |row| row.get(0)).optional()?)
    }

    /// Deletes a thermostat with its intervals, and those joined to it.
    pub fn forget(&self, device: &HistoryDevice) -> Result<(), HistoryError> {
        self.forget_changes_of(device, None)?;
        self.transaction.execute("DELETE FROM devices WHERE joined_to = ?1", [device.id])?;
        self.transaction.execute("DELETE FROM devices WHERE id = ?1", [device.id])?;
        device.joined_to.map_or(Ok(()), |other| self.rebuild_days_of(other))
    }

    /// Deletes everything.
    pub fn forget_all(&self) -> Result<(), HistoryError> {
        self.forget_all_changes(None)?;
        self.transaction.execute("DELETE FROM devices", [])?;
        Ok(())
    }

    /// Deletes the changes of a thermostat and of those joined to it.
    fn forget_changes_of(&self, device: &HistoryDevice, before: Option<i64>) -> Result<(), HistoryError> {
        let mut statement =
            self.transaction.prepare_cached("SELECT key FROM devices WHERE id = ?1 OR joined_to = ?1")?;
        let keys: Vec<String> = statement.query_map([device.id], |row| row.get(0))?.collect::<Result<_, _>>()?;
        keys.iter().try_for_each(|key| self.forget_changes(key, before))
    }

    /// Deletes what a thermostat and those joined to it did before a time.
    pub fn forget_before(&self, device: &HistoryDevice, time: i64) -> Result<(), HistoryError> {
        self.forget_changes_of(device, Some(time))?;
        let sql = format!("DELETE FROM interval_rows WHERE {OF_DEVICE} AND start + width_s <= ?2");
        self.transaction.execute(&sql, params![device.id, time])?;
        self.rebuild_days_of(device.id)
    }

    /// Makes all days of the thermostat again to which this one's intervals are counted.
    pub fn rebuild_days_of(&self, device: i64) -> Result<(), HistoryError> {
        let Some(root) = self.root(device)? else { return Ok(()) };
        self.transaction.execute("DELETE FROM days WHERE device = ?1", [root.id])?;
        let zone = root.time_zone();
        let days = periods(&self.transaction, (root.id, &zone), PeriodKind::Day, (i64::MIN, i64::MAX))?;
        self.insert_days(root.id, &root.zone_name(), &days)
    }

    /// Makes the day of a time again, of the thermostat to which this one's intervals are counted.
    pub(super) fn rebuild_day_of(&self, device: i64, second: i64) -> Result<(), HistoryError> {
        let Some(root) = self.root(device)? else { return Ok(()) };
        let zone = root.time_zone();
        let Some((date, from, to)) = day_of(second, &zone) else { return Ok(()) };
        self.transaction.execute("DELETE FROM days WHERE device = ?1 AND date = ?2", params![root.id, date])?;
        let days = periods(&self.transaction, (root.id, &zone), PeriodKind::Day, (from, to))?;
        self.insert_days(root.id, &root.zone_name(), &days)
    }

    /// The thermostat to which the intervals of this one are counted.
    fn root(&self, device: i64) -> Result<Option<HistoryDevice>, HistoryError> {
        let sql = format!(
            "SELECT {DEVICE_COLUMNS} FROM devices WHERE id = (SELECT coalesce(joined_to, id) FROM devices WHERE id = ?1)"
        );
        Ok(self.transaction.query_row(&sql, [device], device_of_row).optional()?)
    }

    /// Keeps the present name of a thermostat.
    pub(super) fn rename(&self, device: &HistoryDevice, name: &str) -> Result<(), HistoryError> {
        if device.name != name {
            self.transaction.execute("UPDATE devices SET name = ?2 WHERE id = ?1", params![device.id, name])?;
        }
        Ok(())
    }
}

/// The civil day of a time, with its begin and its end in seconds.
fn day_of(second: i64, zone: &TimeZone) -> Option<(String, i64, i64)> {
    let at = Timestamp::from_second(second).ok()?.to_zoned(zone.clone());
    let from = at.start_of_day().ok()?;
    let to = at.tomorrow().ok()?.start_of_day().ok()?;
    Some((at.date().to_string(), from.timestamp().as_second(), to.timestamp().as_second()))
}
