//! Intervals as rows of the file, packed so that a year of a thermostat takes less than five megabytes.
//!
//! The lowest and the highest temperature are distances from the mean, and the seconds of parts that few homes have
//! stand in two columns. The view `intervals` tells the same in plain columns, for other programs.

use std::sync::LazyLock;

use rusqlite::types::{Type, ValueRef};
use rusqlite::{Connection, Row, Statement, params};

use super::error::HistoryError;
use super::interval::{
    CentiCelsius, EquipmentPart, Interval, IntervalMode, IntervalSource, RoomTemperatures, RunSeconds,
};
use super::layers::StoredInterval;
use super::store::{is_packed, source_devices};

/// The parts with a column of their own.
const COMMON: [EquipmentPart; 3] = [EquipmentPart::Heat, EquipmentPart::Cool, EquipmentPart::Fan];

/// The parts that few homes have. Their order is that of the bits of `idle_parts`, and never changes.
const RARE: [EquipmentPart; 8] = [
    EquipmentPart::HeatStage2,
    EquipmentPart::HeatStage3,
    EquipmentPart::AlternateHeat,
    EquipmentPart::AuxiliaryHeat,
    EquipmentPart::EmergencyHeat,
    EquipmentPart::CoolStage2,
    EquipmentPart::CoolStage3,
    EquipmentPart::Humidifier,
];

/// The columns of a row, in the order in which it is read and written. `idle_parts` has a bit for each rare part that
/// did not run; `other_runs` is JSON with the seconds of those that did.
const COLUMNS: &str = "device, start, source, width_s, missing_s, heat_s, cool_s, fan_s, room_mean, room_below,
    room_above, humidity, low_target, high_target, outdoor, mode, eco_s, away_s, idle_parts, other_runs";

/// The columns of [`COLUMNS`] from the plain ones of an earlier version.
fn packed_columns() -> String {
    // In SQL, shifts bind no closer than the operators between bits.
    let idle = RARE.iter().enumerate().map(|(bit, part)| format!("(({} IS 0) << {bit})", part.column()));
    let idle = idle.collect::<Vec<_>>().join(" | ");
    let runs = RARE.map(|part| format!("'{0}', nullif({0}, 0)", part.column())).join(", ");
    format!(
        "device, start, source, width_s, max(width_s - covered_s, 0), heat_s, cool_s, fan_s, room_mean,
         room_mean - room_min, room_max - room_mean, humidity, low_target, high_target, outdoor, mode, eco_s, away_s,
         nullif({idle}, 0), nullif(json_patch('{{}}', json_object({runs})), '{{}}')"
    )
}

/// The statements that pack the intervals of version 2.
pub(super) fn pack_statements() -> String {
    let rare = RARE.iter().enumerate().map(|(bit, part)| {
        let column = part.column();
        format!("coalesce(other_runs ->> '$.{column}', CASE WHEN idle_parts >> {bit} & 1 THEN 0 END) AS {column}")
    });
    let rare = rare.collect::<Vec<_>>().join(", ");
    format!(
        "CREATE TABLE interval_rows (
            device INTEGER NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
            start INTEGER NOT NULL,
            source INTEGER NOT NULL,
            width_s INTEGER NOT NULL,
            missing_s INTEGER NOT NULL,
            heat_s INTEGER, cool_s INTEGER, fan_s INTEGER,
            room_mean INTEGER, room_below INTEGER, room_above INTEGER, humidity INTEGER,
            low_target INTEGER, high_target INTEGER, outdoor INTEGER,
            mode INTEGER, eco_s INTEGER, away_s INTEGER,
            idle_parts INTEGER, other_runs TEXT,
            PRIMARY KEY (device, start, source)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO interval_rows ({COLUMNS}) SELECT {} FROM intervals;
        DROP TABLE intervals;
        CREATE VIEW intervals AS SELECT device, start, source, width_s, width_s - missing_s AS covered_s,
            heat_s, cool_s, fan_s, {rare},
            room_mean - room_below AS room_min, room_mean, room_mean + room_above AS room_max, humidity,
            low_target, high_target, outdoor, mode, eco_s, away_s
        FROM interval_rows;",
        packed_columns()
    )
}

const SPAN: &str = "WHERE device = ?1 AND start >= ?2 AND start < ?3 ORDER BY start, source";

/// The statements of an import, made once: an export has hundreds of thousands of lines.
static SELECT_SPAN: LazyLock<String> = LazyLock::new(|| format!("SELECT {COLUMNS} FROM interval_rows {SPAN}"));
static SELECT_ONE: LazyLock<String> =
    LazyLock::new(|| format!("SELECT {COLUMNS} FROM interval_rows WHERE device = ?1 AND start = ?2 AND source = ?3"));
static INSERT_NEW: LazyLock<String> = LazyLock::new(|| insert_statement("INSERT OR IGNORE"));
static REPLACE: LazyLock<String> = LazyLock::new(|| insert_statement("INSERT OR REPLACE"));

fn insert_statement(verb: &str) -> String {
    let places = vec!["?"; COLUMNS.split(',').count()].join(", ");
    format!("{verb} INTO interval_rows ({COLUMNS}) VALUES ({places})")
}

/// The intervals of a thermostat and of those joined to it that begin within `from..to`, ordered by start, thermostat
/// and source. Those of a source that this program does not know are left out.
pub(super) fn intervals(
    connection: &Connection,
    device: i64,
    from: i64,
    to: i64,
) -> Result<Vec<StoredInterval>, HistoryError> {
    let plain =
        if is_packed(connection)? { None } else { Some(format!("SELECT {} FROM intervals {SPAN}", packed_columns())) };
    let mut statement = connection.prepare_cached(plain.as_deref().unwrap_or(&SELECT_SPAN))?;
    let devices = source_devices(connection, device)?;
    let mut all = Vec::new();
    for device in &devices {
        let mut rows = statement.query(params![device, from, to])?;
        while let Some(row) = rows.next()? {
            all.extend(stored_of_row(row)?);
        }
    }
    if devices.len() > 1 {
        all.sort_by_key(|one: &StoredInterval| (one.interval.start, one.device, one.interval.source as u8));
    }
    Ok(all)
}

/// The interval with a key, as it is stored.
pub(super) fn one(connection: &Connection, device: i64, like: &Interval) -> Result<Option<Interval>, HistoryError> {
    let mut statement = connection.prepare_cached(&SELECT_ONE)?;
    let mut rows = statement.query(params![device, like.start, like.source as i64])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(stored_of_row(row)?.map(|stored| stored.interval))
}

/// Stores an interval unless its key is taken. Returns true if it was stored.
pub(super) fn insert_new(connection: &Connection, device: i64, interval: &Interval) -> Result<bool, HistoryError> {
    let mut statement = connection.prepare_cached(&INSERT_NEW)?;
    Ok(insert(&mut statement, device, interval)? == 1)
}

/// Stores an interval in the place of the one with its key.
pub(super) fn replace(connection: &Connection, device: i64, interval: &Interval) -> Result<(), HistoryError> {
    let mut statement = connection.prepare_cached(&REPLACE)?;
    insert(&mut statement, device, interval)?;
    Ok(())
}

fn insert(statement: &mut Statement<'_>, device: i64, interval: &Interval) -> rusqlite::Result<usize> {
    let seconds = |seconds: Option<u32>| seconds.map(i64::from);
    let degrees = |degrees: Option<CentiCelsius>| degrees.map(|degrees| i64::from(degrees.0));
    let apart = |one: CentiCelsius, other: CentiCelsius| i64::from(one.0) - i64::from(other.0);
    let [heat, cool, fan] = COMMON.map(|part| seconds(interval.run.get(part)));
    let idle = RARE.iter().enumerate().filter(|(_, part)| interval.run.get(**part) == Some(0));
    let idle: i64 = idle.map(|(bit, _)| 1 << bit).sum();
    let numbers = [
        Some(device),
        Some(interval.start),
        Some(interval.source as i64),
        Some(i64::from(interval.width_s)),
        Some(i64::from(interval.width_s.saturating_sub(interval.covered_s))),
        heat,
        cool,
        fan,
        degrees(interval.room.map(|room| room.mean)),
        interval.room.map(|room| apart(room.mean, room.least)),
        interval.room.map(|room| apart(room.most, room.mean)),
    ];
    let numbers = numbers.into_iter().chain(other_values(interval)).chain([(idle > 0).then_some(idle)]);
    let mut index = 1;
    for number in numbers {
        statement.raw_bind_parameter(index, number)?;
        index += 1;
    }
    statement.raw_bind_parameter(index, other_runs(interval))?;
    statement.raw_execute()
}

/// The values of an interval beside its equipment and its room, in the order of their columns.
pub(super) fn other_values(interval: &Interval) -> [Option<i64>; 7] {
    let degrees = |degrees: Option<CentiCelsius>| degrees.map(|degrees| i64::from(degrees.0));
    [
        interval.humidity.map(i64::from),
        degrees(interval.low_target),
        degrees(interval.high_target),
        degrees(interval.outdoor),
        interval.mode.map(|mode| i64::from(mode as u8)),
        interval.eco_s.map(i64::from),
        interval.away_s.map(i64::from),
    ]
}

/// The seconds of the rare parts that ran, as JSON; `None` if none did.
fn other_runs(interval: &Interval) -> Option<String> {
    let ran = RARE.iter().filter_map(|part| Some((part, interval.run.get(*part).filter(|seconds| *seconds > 0)?)));
    let fields: Vec<String> = ran.map(|(part, seconds)| format!("\"{}\":{seconds}", part.column())).collect();
    (!fields.is_empty()).then(|| format!("{{{}}}", fields.join(",")))
}

/// The value of a column, as a number.
fn number<T: TryFrom<i64>>(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<T>> {
    match row.get_ref(index)? {
        ValueRef::Null => Ok(None),
        ValueRef::Integer(value) => match T::try_from(value) {
            Ok(value) => Ok(Some(value)),
            Err(_) => Err(rusqlite::Error::IntegralValueOutOfRange(index, value)),
        },
        other @ (ValueRef::Real(_) | ValueRef::Text(_) | ValueRef::Blob(_)) => {
            Err(rusqlite::Error::InvalidColumnType(index, COLUMNS.to_owned(), other.data_type()))
        }
    }
}

fn known<T: TryFrom<i64>>(row: &Row<'_>, index: usize) -> rusqlite::Result<T> {
    number(row, index)?.ok_or_else(|| rusqlite::Error::InvalidColumnType(index, COLUMNS.to_owned(), Type::Null))
}

fn stored_of_row(row: &Row<'_>) -> rusqlite::Result<Option<StoredInterval>> {
    let Some(source) = IntervalSource::of_number(known(row, 2)?) else { return Ok(None) };
    let mut interval = Interval::new(known(row, 1)?, known(row, 3)?, source);
    interval.covered_s = interval.width_s.saturating_sub(known(row, 4)?);
    let mut run = RunSeconds::default();
    for (index, part) in (5..).zip(COMMON) {
        run.set(part, number(row, index)?);
    }
    let degrees = |index: usize| Ok::<_, rusqlite::Error>(number(row, index)?.map(CentiCelsius));
    if let (Some(mean), Some(below), Some(above)) = (number::<i32>(row, 8)?, number::<i32>(row, 9)?, number(row, 10)?) {
        let [least, most] = [mean.saturating_sub(below), mean.saturating_add(above)].map(CentiCelsius);
        interval.room = Some(RoomTemperatures { least, mean: CentiCelsius(mean), most });
    }
    interval.humidity = number(row, 11)?;
    interval.low_target = degrees(12)?;
    interval.high_target = degrees(13)?;
    interval.outdoor = degrees(14)?;
    interval.mode = number::<u8>(row, 15)?.and_then(IntervalMode::of_number);
    interval.eco_s = number(row, 16)?;
    interval.away_s = number(row, 17)?;
    if let Some(idle) = number::<i64>(row, 18)? {
        for (bit, part) in RARE.into_iter().enumerate() {
            run.set(part, (idle >> bit & 1 == 1).then_some(0));
        }
    }
    if let ValueRef::Text(text) = row.get_ref(19)? {
        read_other_runs(text, &mut run);
    }
    interval.run = run;
    Ok(Some(StoredInterval { device: known(row, 0)?, interval }))
}

/// Reads what [`other_runs`] wrote. Parts that this program does not know are left out.
fn read_other_runs(json: &[u8], run: &mut RunSeconds) {
    let ran: std::collections::BTreeMap<String, u32> = serde_json::from_slice(json).unwrap_or_default();
    for part in RARE {
        if let Some(seconds) = ran.get(part.column()) {
            run.set(part, Some(*seconds));
        }
    }
}
