//! The files of an export, as the fuzzer makes them.

use std::collections::BTreeMap;
use std::io;

use serde_json::Value;

use super::lines::each_line;
use super::runtime_line::runtime_line;
use super::sensors::{sensor_columns, sensor_row};
use super::summary::day_intervals;
use crate::history::interval::Interval;

/// Each reader of an export takes intervals that are possible, or says why not: as lines of JSON, as rows of sensors,
/// and as days.
#[expect(clippy::expect_used, reason = "a promise that is broken ends the fuzzer")]
pub(crate) fn export(data: &[u8]) {
    let (mut reader, mut columns) = (data, None);
    let read = each_line::<io::Error>(&mut reader, |number, line| {
        let Ok(line) = line else { return Ok(()) };
        if let Ok(line) = runtime_line(line) {
            possible(&line.interval);
            assert!(!line.device.is_empty());
        }
        if number == 1 {
            columns = sensor_columns(line);
        }
        if let Ok(Some(interval)) = sensor_row(line, columns) {
            assert!(interval.covered_s <= interval.width_s);
        }
        Ok(())
    });
    read.expect("bytes in memory are read");
    let Ok(days) = serde_json::from_slice::<BTreeMap<String, Value>>(data) else { return };
    for (key, day) in &days {
        for interval in day_intervals(key, day).unwrap_or_default() {
            let ran = interval.run.all().into_iter().flatten().max().unwrap_or_default();
            assert!(ran <= interval.width_s && interval.covered_s <= interval.width_s, "{interval:?}");
        }
    }
}

fn possible(interval: &Interval) {
    assert_eq!(interval.check(), Ok(()), "{interval:?}");
}
