//! The tables of the history.

use super::interval::EquipmentPart;
use super::interval_rows::pack_statements;

/// The version of the tables, in the file's `user_version`.
pub(super) const VERSION: i64 = 3;

/// The statements that lead from each version of the tables to the next, the first from an empty file. A released
/// step never changes.
pub(super) fn steps() -> [String; VERSION as usize] {
    [create(), CHANGES.to_owned(), format!("{}{UPKEEP}", pack_statements())]
}

/// The statements that add the changes: times in milliseconds since 1970, because two may happen within a second.
const CHANGES: &str = "
    CREATE TABLE changes (
        node TEXT NOT NULL,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        until INTEGER,
        name TEXT NOT NULL,
        before TEXT,
        after TEXT,
        cause TEXT,
        PRIMARY KEY (node, at, kind)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX changes_by_time ON changes (at);
    PRAGMA user_version = 2;";

/// The statements that add the times of upkeep, as seconds since 1970.
const UPKEEP: &str = "
    CREATE TABLE upkeep (task TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    PRAGMA user_version = 3;";

/// The statements that make the tables of version 1.
///
/// Times are seconds since 1970, temperatures hundredths of a degree Celsius, humidity tenths of a percent. NULL is
/// unknown. An interval is keyed by its source too: what an import tells does not replace what was recorded, and
/// [`super::layers`] chooses when reading. The days can be made again from the intervals at any time.
fn create() -> String {
    let run: String = EquipmentPart::ALL.map(|part| format!("{} INTEGER, ", part.column())).concat();
    format!(
        "CREATE TABLE devices (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            zone TEXT,
            zone_since INTEGER,
            joined_to INTEGER REFERENCES devices (id)
        ) STRICT;
        CREATE TABLE intervals (
            device INTEGER NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
            start INTEGER NOT NULL,
            source INTEGER NOT NULL,
            width_s INTEGER NOT NULL,
            covered_s INTEGER NOT NULL,
            {run}
            room_min INTEGER, room_mean INTEGER, room_max INTEGER, humidity INTEGER,
            low_target INTEGER, high_target INTEGER, outdoor INTEGER,
            mode INTEGER, eco_s INTEGER, away_s INTEGER,
            PRIMARY KEY (device, start, source)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE days (
            device INTEGER NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
            date TEXT NOT NULL,
            zone TEXT NOT NULL,
            covered_s INTEGER NOT NULL,
            {run}
            room_s INTEGER NOT NULL, room_min INTEGER, room_mean INTEGER, room_max INTEGER, humidity INTEGER,
            outdoor_s INTEGER NOT NULL, outdoor INTEGER, eco_s INTEGER, away_s INTEGER,
            PRIMARY KEY (device, date)
        ) STRICT, WITHOUT ROWID;
        PRAGMA user_version = 1;"
    )
}
