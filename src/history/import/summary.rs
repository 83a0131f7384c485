//! `YYYY-MM-summary.json`: the runs of the equipment by day of UTC, as Google Takeout wrote them until about 2021. No
//! recording of such a file has been seen here; the fields are those that readers of others name.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::refusal::{RefusalReason, shortened};
use crate::history::interval::{EquipmentPart, Implausible, Interval, IntervalSource};

/// The intervals of a day as the file has it under its begin.
pub(super) fn day_intervals(key: &str, day: &Value) -> Result<Vec<Interval>, RefusalReason> {
    // What is null is not told.
    let day: SummaryDay =
        serde_json::from_value(without_nulls(day)).map_err(|err| RefusalReason::NoSummary(err.to_string()))?;
    day.intervals(key)
}

/// Most levels of a day that are looked through for what is null.
const MOST_LEVELS: usize = 8;

fn without_nulls(value: &Value) -> Value {
    fn at(value: &Value, levels: usize) -> Value {
        match value {
            Value::Object(fields) if levels > 0 => {
                let told = fields.iter().filter(|(_, value)| !value.is_null());
                told.map(|(name, value)| (name.clone(), at(value, levels - 1))).collect()
            }
            Value::Array(values) if levels > 0 => {
                values.iter().filter(|value| !value.is_null()).map(|value| at(value, levels - 1)).collect()
            }
            Value::Object(_) | Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                value.clone()
            }
        }
    }
    at(value, MOST_LEVELS)
}

/// A day of UTC.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct SummaryDay {
    start_ts: Option<String>,
    end_ts: Option<String>,
    total_heating_seconds: Option<f64>,
    total_cooling_seconds: Option<f64>,
    total_humidifier_seconds: Option<f64>,
    cycles: Vec<Cycle>,
    cycles_incomplete: bool,
}

/// A run of the equipment.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Cycle {
    caption: Caption,
    start_ts: Option<String>,
    /// `900s`, or a number of seconds.
    duration: Option<Value>,
    heat1: bool,
    heat2: bool,
    heat3: bool,
    heat_aux: bool,
    alt_heat: bool,
    alt_heat2: bool,
    emergency_heat: bool,
    cool1: bool,
    cool2: bool,
    cool3: bool,
    fan: bool,
    humidifier: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Caption {
    parameters: Parameters,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Parameters {
    start_time: Option<String>,
}

/// The width of the intervals into which runs are divided, in seconds.
const WIDTH: i64 = 900;
const DAY: i64 = 86_400;

impl SummaryDay {
    /// The intervals of the day. Runs with their begin and length fill quarters of an hour; without them the sums of
    /// the day are one interval. The error is a reason for a person.
    pub(super) fn intervals(&self, key: &str) -> Result<Vec<Interval>, RefusalReason> {
        let start =
            time(self.start_ts.as_deref().unwrap_or(key)).ok_or_else(|| RefusalReason::NoTime(shortened(key)))?;
        let end = self.end_ts.as_deref().and_then(time).unwrap_or(start + DAY);
        if !(1..=DAY).contains(&(end - start)) || start % WIDTH != 0 {
            let width = u32::try_from(end - start).map_err(|_before| RefusalReason::Order)?;
            return Err(Implausible::Width(width).into());
        }
        if self.cycles.is_empty() {
            return self.of_sums(start, end).map(|interval| interval.into_iter().collect());
        }
        let mut quarters: Vec<Interval> = (start..end)
            .step_by(WIDTH as usize)
            .map(|at| {
                let width = (end - at).min(WIDTH) as u32;
                Interval { covered_s: width, ..Interval::new(at, width, IntervalSource::TakeoutSummary) }
            })
            .collect();
        for cycle in &self.cycles {
            cycle.add_to(&mut quarters)?;
        }
        if self.cycles_incomplete {
            // Only the runs are known, and not that nothing ran between them.
            quarters.retain(|quarter| quarter.run.is_known());
        } else {
            for quarter in &mut quarters {
                for part in [EquipmentPart::Heat, EquipmentPart::Cool, EquipmentPart::Fan] {
                    quarter.run.set(part, Some(quarter.run.get(part).unwrap_or_default()));
                }
            }
        }
        Ok(quarters)
    }

    fn of_sums(&self, start: i64, end: i64) -> Result<Option<Interval>, RefusalReason> {
        let width = u32::try_from(end - start).unwrap_or_default();
        let mut interval = Interval { covered_s: width, ..Interval::new(start, width, IntervalSource::TakeoutSummary) };
        for (part, seconds) in [
            (EquipmentPart::Heat, self.total_heating_seconds),
            (EquipmentPart::Cool, self.total_cooling_seconds),
            (EquipmentPart::Humidifier, self.total_humidifier_seconds),
        ] {
            let Some(seconds) = seconds else { continue };
            if !(0.0..=f64::from(width)).contains(&seconds) {
                return Err(RefusalReason::Value("total", seconds.to_string()));
            }
            interval.run.set(part, Some(seconds.round() as u32));
        }
        Ok(interval.run.is_known().then_some(interval))
    }
}

impl Cycle {
    /// The parts that ran.
    fn parts(&self) -> Vec<EquipmentPart> {
        let parts = [
            (self.heat1 || self.heat2 || self.heat3, EquipmentPart::Heat),
            (self.heat2, EquipmentPart::HeatStage2),
            (self.heat3, EquipmentPart::HeatStage3),
            (self.alt_heat || self.alt_heat2, EquipmentPart::AlternateHeat),
            (self.heat_aux, EquipmentPart::AuxiliaryHeat),
            (self.emergency_heat, EquipmentPart::EmergencyHeat),
            (self.cool1 || self.cool2 || self.cool3, EquipmentPart::Cool),
            (self.cool2, EquipmentPart::CoolStage2),
            (self.cool3, EquipmentPart::CoolStage3),
            (self.fan, EquipmentPart::Fan),
            (self.humidifier, EquipmentPart::Humidifier),
        ];
        parts.into_iter().filter_map(|(ran, part)| ran.then_some(part)).collect()
    }

    fn add_to(&self, quarters: &mut [Interval]) -> Result<(), RefusalReason> {
        let begin = self.start_ts.as_deref().or(self.caption.parameters.start_time.as_deref());
        let begin = begin.and_then(time).ok_or(RefusalReason::NoRun)?;
        let seconds = self.duration.as_ref().and_then(|duration| match duration {
            Value::String(text) => text.trim_end_matches('s').parse::<f64>().ok(),
            Value::Number(seconds) => seconds.as_f64(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        });
        let seconds = seconds.filter(|seconds| (0.0..=DAY as f64).contains(seconds)).ok_or(RefusalReason::NoRun)?;
        let end = begin + seconds.round() as i64;
        let parts = self.parts();
        for quarter in quarters {
            let overlap = end.min(quarter.end()) - begin.max(quarter.start);
            let Some(overlap) = u32::try_from(overlap).ok().filter(|overlap| *overlap > 0) else { continue };
            for part in &parts {
                let sum = quarter.run.get(*part).unwrap_or_default() + overlap;
                quarter.run.set(*part, Some(sum.min(quarter.width_s)));
            }
        }
        Ok(())
    }
}

/// A time such as `2019-08-01T05:12:00Z[UTC]`, in seconds since 1970.
fn time(text: &str) -> Option<i64> {
    text.trim().trim_end_matches("[UTC]").parse::<Timestamp>().ok().map(|at| at.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(json: &str) -> Result<Vec<Interval>, RefusalReason> {
        let days: serde_json::Map<String, Value> = serde_json::from_str(json).expect("JSON");
        let (key, day) = days.into_iter().next().expect("a day");
        day_intervals(&key, &day)
    }

    #[test]
    fn what_is_null_is_not_told_and_a_length_may_be_a_number() {
        let of = |fields: &str| day(&format!(r#"{{"2019-08-01T00:00:00Z": {{{fields}}}}}"#));
        let sums = of(r#""cycles": null, "totalHeatingSeconds": 7200, "totalCoolingSeconds": null"#).expect("a day");
        assert_eq!((sums.len(), sums[0].run.get(EquipmentPart::Heat)), (1, Some(7_200)));
        let run = r#"{"caption": {"parameters": {"startTime": "2019-08-01T05:15:00Z"}}, "duration": 900, "heat1": true, "heat2": null}"#;
        let quarters = of(&format!(r#""cycles": [{run}]"#)).expect("a day");
        let heat: u32 = quarters.iter().filter_map(|quarter| quarter.run.get(EquipmentPart::Heat)).sum();
        assert_eq!((quarters.len(), heat), (96, 900));
        assert!(day(r#"{"2019-08-01T00:00:00Z": null}"#).is_err());
    }

    #[test]
    fn runs_fill_quarters_of_an_hour_and_the_rest_is_off() {
        let quarters = day(
            r#"{"2019-08-01T00:00:00Z": {"startTs": "2019-08-01T00:00:00Z", "endTs": "2019-08-02T00:00:00Z", "cycles": [
                {"caption": {"parameters": {"startTime": "2019-08-01T05:12:00Z[UTC]"}}, "duration": "900s", "heat1": true},
                {"startTs": "2019-08-01T23:50:00Z", "duration": "1200s", "cool1": true, "fan": true}]}}"#,
        )
        .expect("a day");
        assert_eq!(quarters.len(), 96);
        let heat: Vec<u32> =
            quarters[20..23].iter().filter_map(|quarter| quarter.run.get(EquipmentPart::Heat)).collect();
        assert_eq!(heat, [180, 720, 0]);
        assert_eq!(quarters[95].run.get(EquipmentPart::Cool), Some(600), "the day after has the rest");
        let sum: u32 = quarters.iter().filter_map(|quarter| quarter.run.get(EquipmentPart::Heat)).sum();
        assert_eq!(sum, 900);
    }

    #[test]
    fn a_day_without_runs_has_its_sums_and_an_incomplete_one_only_its_runs() {
        let sums = day(r#"{"2019-08-01T00:00:00Z": {"totalHeatingSeconds": 7200, "totalCoolingSeconds": 0}}"#);
        let sums = sums.expect("a day");
        assert_eq!((sums.len(), sums[0].width_s, sums[0].run.get(EquipmentPart::Heat)), (1, 86_400, Some(7200)));
        let incomplete = day(r#"{"2019-08-01T00:00:00Z": {"cyclesIncomplete": true, "cycles": [
                {"startTs": "2019-08-01T05:00:00Z", "duration": "600s", "heat1": true}]}}"#);
        assert_eq!(incomplete.expect("a day").len(), 1);
        assert_eq!(day(r#"{"2019-08-01T00:00:00Z": {}}"#), Ok(Vec::new()), "nothing is told");
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for json in [
            r#"{"yesterday": {}}"#,
            r#"{"2019-08-01T00:00:00Z": {"totalHeatingSeconds": 86401}}"#,
            r#"{"2019-08-01T00:00:00Z": {"endTs": "2019-09-01T00:00:00Z"}}"#,
            r#"{"2019-08-01T00:00:00Z": {"cycles": [{"duration": "900s", "heat1": true}]}}"#,
            r#"{"2019-08-01T00:00:00Z": {"cycles": [{"startTs": "2019-08-01T05:00:00Z", "heat1": true}]}}"#,
        ] {
            day(json).expect_err(json);
        }
    }
}
