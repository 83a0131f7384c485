//! A thermostat of the history: one that was heard, or one of an export.

use jiff::tz::TimeZone;
use rusqlite::Row;

/// A thermostat of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryDevice {
    pub id: i64,
    /// The id at its source: `takeout:…`, or that of an account.
    pub key: String,
    pub name: String,
    /// The name of its time zone, if a source told it.
    pub zone: Option<String>,
    /// The thermostat to which its intervals are counted.
    pub joined_to: Option<i64>,
}

impl HistoryDevice {
    /// The zone of its civil days: its own, or else that of this computer.
    pub fn time_zone(&self) -> TimeZone {
        let own = self.zone.as_deref().and_then(|name| TimeZone::get(name).ok());
        own.unwrap_or_else(TimeZone::system)
    }

    /// The name of [`Self::time_zone`], as far as it has one.
    pub fn zone_name(&self) -> String {
        self.time_zone().iana_name().unwrap_or("UTC").to_owned()
    }
}

/// The columns of a device. One that no source told a zone has that of the latest line of those joined to it.
pub(super) const DEVICE_COLUMNS: &str = "id, key, name, coalesce(zone, (
    SELECT joined.zone FROM devices AS joined WHERE joined.joined_to = devices.id AND joined.zone IS NOT NULL
    ORDER BY joined.zone_since DESC, joined.zone LIMIT 1)), joined_to";

pub(super) fn device_of_row(row: &Row<'_>) -> rusqlite::Result<HistoryDevice> {
    Ok(HistoryDevice {
        id: row.get(0)?,
        key: row.get(1)?,
        name: row.get(2)?,
        zone: row.get(3)?,
        joined_to: row.get(4)?,
    })
}

/// A thermostat with the time that it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    pub key: String,
    pub name: String,
    /// The first begin and the last end, as seconds since 1970; `None` without an interval.
    pub extent: Option<(i64, i64)>,
    pub intervals: u64,
}
