//! The intervals of a thermostat as rows for other programs. Pure.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use super::interval::{CentiCelsius, EquipmentPart, Interval};
use super::layers::{Layer, StoredInterval, layer};

/// An interval of an export, whose values may come from several sources. No two rows tell the same value of the same
/// time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportRow {
    interval: Interval,
    /// The begin in the zone of the thermostat, with its offset.
    local: String,
    sources: Vec<&'static str>,
}

/// The rows of a thermostat, ordered by begin. `stored` is ordered by start.
pub fn export_rows(stored: &[StoredInterval], zone: &TimeZone) -> Vec<ExportRow> {
    let mut rows: BTreeMap<(i64, u32), ExportRow> = BTreeMap::new();
    for told in [Layer::EquipmentPart, Layer::Room, Layer::Outdoor] {
        for interval in layer(stored, told) {
            let row = rows.entry((interval.start, interval.width_s)).or_insert_with(|| ExportRow {
                interval: Interval::new(interval.start, interval.width_s, interval.source),
                local: local_time(interval.start, zone),
                sources: Vec::new(),
            });
            row.add(interval, told);
        }
    }
    rows.into_values().collect()
}

fn local_time(second: i64, zone: &TimeZone) -> String {
    let Ok(at) = Timestamp::from_second(second) else { return String::new() };
    at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// The columns with measured values, and the unit in their names.
const MEASURED: [&str; 7] =
    ["room_min_c", "room_mean_c", "room_max_c", "humidity_percent", "low_target_c", "high_target_c", "outdoor_c"];

impl ExportRow {
    fn add(&mut self, interval: &Interval, told: Layer) {
        let row = &mut self.interval;
        match told {
            Layer::EquipmentPart => {
                row.covered_s = interval.covered_s;
                row.run = interval.run;
                (row.eco_s, row.away_s) = (interval.eco_s, interval.away_s);
            }
            Layer::Room => {
                (row.room, row.humidity, row.mode) = (interval.room, interval.humidity, interval.mode);
                (row.low_target, row.high_target) = (interval.low_target, interval.high_target);
            }
            Layer::Outdoor => row.outdoor = interval.outdoor,
        }
        let word = interval.source.word();
        if !self.sources.contains(&word) {
            self.sources.push(word);
        }
    }

    /// The names of the columns, in order.
    pub fn columns() -> Vec<&'static str> {
        let run = EquipmentPart::ALL.map(EquipmentPart::column);
        let first = ["device", "start", "local", "width_s", "covered_s"];
        first.into_iter().chain(run).chain(MEASURED).chain(["mode", "eco_s", "away_s", "source"]).collect()
    }

    /// The values in the order of the columns; `null` is unknown, and a zero is a zero.
    fn values(&self, device: &str) -> Vec<Value> {
        let it = &self.interval;
        let degrees = |degrees: Option<CentiCelsius>| degrees.map_or(Value::Null, |it| json!(it.celsius()));
        let seconds = |seconds: Option<u32>| json!(seconds);
        let mut values =
            vec![json!(device), json!(it.start), json!(self.local), json!(it.width_s), json!(it.covered_s)];
        values.extend(it.run.all().map(seconds));
        values.extend([
            degrees(it.room.map(|room| room.least)),
            degrees(it.room.map(|room| room.mean)),
            degrees(it.room.map(|room| room.most)),
            it.humidity.map_or(Value::Null, |tenths| json!(f64::from(tenths) / 10.0)),
            degrees(it.low_target),
            degrees(it.high_target),
            degrees(it.outdoor),
            json!(it.mode.map(|mode| mode.word())),
            seconds(it.eco_s),
            seconds(it.away_s),
            json!(self.sources.join("+")),
        ]);
        values
    }

    /// The row as a JSON object; unknown values are `null`.
    pub fn json(&self, device: &str) -> Value {
        let columns = Self::columns().into_iter().map(str::to_owned);
        Value::Object(columns.zip(self.values(device)).collect::<Map<_, _>>())
    }

    /// The row as a line of CSV; unknown values are empty.
    pub fn csv(&self, device: &str) -> String {
        let field = |value: Value| match value {
            Value::Null => String::new(),
            Value::String(text) => csv_field(&text),
            other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => other.to_string(),
        };
        self.values(device).into_iter().map(field).collect::<Vec<_>>().join(",")
    }
}

/// A text as a field of CSV. A spreadsheet must not take the name of a thermostat for a formula.
pub fn csv_field(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::interval::IntervalSource;

    #[test]
    fn a_zero_is_a_zero_and_the_unknown_is_empty() {
        let mut interval =
            Interval { covered_s: 900, ..Interval::new(1_743_465_600, 900, IntervalSource::TakeoutRuntime) };
        interval.run.set(EquipmentPart::Heat, Some(0));
        let rows =
            export_rows(&[StoredInterval { device: 1, interval }], &TimeZone::get("America/New_York").expect("a zone"));
        let line = rows[0].csv("=Hall, way");
        let expected =
            "\"'=Hall, way\",1743465600,2025-03-31T20:00:00-04:00,900,900,0,,,,,,,,,,,,,,,,,,,,,takeout-runtime";
        assert_eq!(line, expected);
        assert_eq!(line.split(',').count() - 1, ExportRow::columns().len(), "the name has a comma of its own");
        assert_eq!(rows[0].json("x")["cool_s"], Value::Null);
    }
}
