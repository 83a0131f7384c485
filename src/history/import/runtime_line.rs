//! A line of `HvacRuntime.jsonl`: a quarter of an hour of one thermostat, as Google Takeout writes it since 2024.
//!
//! The object stands in a CSV field, with its quotes doubled. Readers of others have met it plain, with escaped quotes,
//! as a JSON string, and within an envelope `{"value": …}`; all of these are taken. Only the form in the CSV field has
//! been seen in a recording.

use std::borrow::Cow;
use std::fmt;

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};
use serde_json::Value;

use super::refusal::RefusalReason;
use crate::history::interval::{CentiCelsius, EquipmentPart, Interval, IntervalMode, IntervalSource, RoomTemperatures};

/// A quarter of an hour with the thermostat that it is of.
#[derive(Debug, Clone, PartialEq)]
pub struct RuntimeLine {
    pub device: String,
    pub zone: Option<String>,
    pub interval: Interval,
}

/// The width of an interval whose end is not told, in seconds.
const USUAL_WIDTH: u32 = 900;

/// Most envelopes around an object.
const MOST_ENVELOPES: usize = 3;

/// Longest id of a thermostat.
const MOST_ID: usize = 128;

/// Reads a line. The error is a reason for a person.
pub fn runtime_line(line: &str) -> Result<RuntimeLine, RefusalReason> {
    let json = unquoted(line)?;
    // A list of values would be read by its order.
    if !json.trim_start().starts_with('{') {
        return Err(RefusalReason::NoObject("a { is missing".to_owned()));
    }
    let mut row: Row = serde_json::from_str(&json).map_err(|err| no_object(&err))?;
    for _ in 0..MOST_ENVELOPES {
        let Some(inner) = row.value.take() else { break };
        let is_object = inner.as_str().map_or(inner.is_object(), |text| text.trim_start().starts_with('{'));
        if !is_object {
            return Err(RefusalReason::Missing("value"));
        }
        let text = inner.as_str().map(serde_json::from_str);
        row = text.unwrap_or_else(|| serde_json::from_value(inner.clone())).map_err(|err| no_object(&err))?;
    }
    row.interval()
}

fn no_object(err: &serde_json::Error) -> RefusalReason {
    RefusalReason::NoObject(err.to_string())
}

/// The object of a line, without the quoting around it.
fn unquoted(line: &str) -> Result<Cow<'_, str>, RefusalReason> {
    let line = line.trim().trim_end_matches(',');
    if line.starts_with("{\\\"") {
        return Ok(Cow::Owned(line.replace("\\\"", "\"")));
    }
    let Some(inner) = line.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return Ok(Cow::Borrowed(line));
    };
    if inner.contains("\\\"") && !inner.contains("\"\"") {
        return serde_json::from_str::<String>(line).map(Cow::Owned).map_err(|err| no_object(&err));
    }
    Ok(Cow::Owned(inner.replace("\"\"", "\"")))
}

/// A time as text in UTC, or as seconds or milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Time(i64);

/// Numbers from here on are milliseconds: as seconds they are thousands of years away.
const MILLISECONDS_FROM: f64 = 1e11;

impl Time {
    fn of_number(number: f64) -> Option<Self> {
        let seconds = if number.abs() >= MILLISECONDS_FROM { number / 1000.0 } else { number };
        (seconds.is_finite() && seconds.abs() < MILLISECONDS_FROM).then(|| Self(seconds.floor() as i64))
    }

    fn of_text(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches("[UTC]").trim_end_matches(" UTC");
        if let Ok(at) = text.parse::<Timestamp>() {
            return Some(Self(at.as_second()));
        }
        if let Ok(number) = text.parse::<f64>() {
            return Self::of_number(number);
        }
        let civil: jiff::civil::DateTime = text.parse().ok()?;
        let at = jiff::tz::TimeZone::UTC.to_timestamp(civil).ok()?;
        Some(Self(at.as_second()))
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfTime;
        impl Visitor<'_> for OfTime {
            type Value = Time;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a time")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Time, E> {
                Time::of_text(text).ok_or_else(|| E::custom("no time"))
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Time, E> {
                Time::of_number(number).ok_or_else(|| E::custom("no time"))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Time, E> {
                self.visit_f64(number as f64)
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Time, E> {
                self.visit_f64(number as f64)
            }
        }
        deserializer.deserialize_any(OfTime)
    }
}

/// The object of a line, as far as it is kept: postal codes and ids of homes are not.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Row {
    value: Option<Value>,
    device_id: Option<String>,
    time_zone: Option<String>,
    interval_start: Option<Time>,
    hourly_start: Option<Time>,
    start_time: Option<Time>,
    interval_end: Option<Time>,
    end_time: Option<Time>,
    heating_time: Option<f64>,
    cooling_time: Option<f64>,
    heat_mode_time: Option<f64>,
    cool_mode_time: Option<f64>,
    heatcool_mode_time: Option<f64>,
    off_mode_time: Option<f64>,
    heat_stage2_time: Option<f64>,
    heat_stage3_time: Option<f64>,
    cool_stage2_time: Option<f64>,
    cool_stage3_time: Option<f64>,
    alt_heat1_time: Option<f64>,
    alt_heat2_time: Option<f64>,
    aux_heat_time: Option<f64>,
    emergency_heat_time: Option<f64>,
    fan_time: Option<f64>,
    auto_away_time: Option<f64>,
    manual_away_time: Option<f64>,
    heating_target: Option<f64>,
    cooling_target: Option<f64>,
    indoor_temp: Option<f64>,
    indoor_humidity: Option<f64>,
    outdoor_temp: Option<f64>,
    weather_temp: Option<f64>,
}

impl Row {
    fn interval(self) -> Result<RuntimeLine, RefusalReason> {
        let device = self.device_id.clone().ok_or(RefusalReason::Missing("device_id"))?;
        if device.is_empty() || device.len() > MOST_ID || device.chars().any(char::is_control) {
            return Err(RefusalReason::NoId);
        }
        let start = self
            .interval_start
            .or(self.hourly_start)
            .or(self.start_time)
            .ok_or(RefusalReason::Missing("interval_start"))?
            .0;
        let is_hour = self.interval_start.is_none() && self.hourly_start.is_some();
        let usual = if is_hour { 3600 } else { USUAL_WIDTH };
        let width = match self.interval_end.or(self.end_time) {
            Some(end) => u32::try_from(end.0 - start).map_err(|_before| RefusalReason::Order)?,
            None => usual,
        };
        let mut interval = Interval::new(start, width, IntervalSource::TakeoutRuntime);
        let modes = self.modes()?;
        let told = modes.iter().any(|(_, seconds)| seconds.is_some());
        let covered: u32 = modes.iter().filter_map(|(_, seconds)| *seconds).sum();
        self.run_into(&mut interval)?;
        interval.covered_s = match (told, interval.run.is_known()) {
            // Equipment that ran was observed, even if no mode is told.
            (true, _) if covered == 0 => interval.run.all().into_iter().flatten().max().unwrap_or_default(),
            (true, _) => covered,
            (false, true) => width,
            (false, false) => 0,
        };
        interval.mode = modes
            .iter()
            .filter_map(|(mode, s)| Some((s.filter(|s| *s > 0)?, *mode)))
            .max_by_key(|it| it.0)
            .map(|it| it.1);
        let away = [whole("auto_away_time", self.auto_away_time)?, whole("manual_away_time", self.manual_away_time)?];
        // The two are said apart, and together they cannot be longer than the interval.
        interval.away_s = away.into_iter().flatten().reduce(u32::saturating_add).map(|away| away.min(width));
        self.measures_into(&mut interval)?;
        interval.check()?;
        Ok(RuntimeLine { device, zone: self.time_zone.filter(|zone| !zone.is_empty()), interval })
    }

    fn modes(&self) -> Result<[(IntervalMode, Option<u32>); 4], RefusalReason> {
        Ok([
            (IntervalMode::Heat, whole("heat_mode_time", self.heat_mode_time)?),
            (IntervalMode::Cool, whole("cool_mode_time", self.cool_mode_time)?),
            (IntervalMode::HeatCool, whole("heatcool_mode_time", self.heatcool_mode_time)?),
            (IntervalMode::Off, whole("off_mode_time", self.off_mode_time)?),
        ])
    }

    fn run_into(&self, interval: &mut Interval) -> Result<(), RefusalReason> {
        let alternate = [whole("alt_heat1_time", self.alt_heat1_time)?, whole("alt_heat2_time", self.alt_heat2_time)?];
        interval.run.set(EquipmentPart::AlternateHeat, alternate.into_iter().flatten().max());
        for (part, name, seconds) in [
            (EquipmentPart::Heat, "heating_time", self.heating_time),
            (EquipmentPart::HeatStage2, "heat_stage2_time", self.heat_stage2_time),
            (EquipmentPart::HeatStage3, "heat_stage3_time", self.heat_stage3_time),
            (EquipmentPart::AuxiliaryHeat, "aux_heat_time", self.aux_heat_time),
            (EquipmentPart::EmergencyHeat, "emergency_heat_time", self.emergency_heat_time),
            (EquipmentPart::Cool, "cooling_time", self.cooling_time),
            (EquipmentPart::CoolStage2, "cool_stage2_time", self.cool_stage2_time),
            (EquipmentPart::CoolStage3, "cool_stage3_time", self.cool_stage3_time),
            (EquipmentPart::Fan, "fan_time", self.fan_time),
        ] {
            interval.run.set(part, whole(name, seconds)?);
        }
        Ok(())
    }

    fn measures_into(&self, interval: &mut Interval) -> Result<(), RefusalReason> {
        let room = degrees("indoor_temp", self.indoor_temp)?;
        interval.room = room.map(|mean| RoomTemperatures { least: mean, mean, most: mean });
        interval.humidity = match self.indoor_humidity {
            None => None,
            Some(percent) if (0.0..=100.0).contains(&percent) => Some((percent * 10.0).round() as i32),
            Some(percent) => return Err(RefusalReason::Value("indoor_humidity", percent.to_string())),
        };
        interval.low_target = degrees("heating_target", self.heating_target)?;
        interval.high_target = degrees("cooling_target", self.cooling_target)?;
        interval.outdoor = degrees("outdoor_temp", self.outdoor_temp.or(self.weather_temp))?;
        Ok(())
    }
}

/// Seconds as a whole number.
fn whole(name: &'static str, seconds: Option<f64>) -> Result<Option<u32>, RefusalReason> {
    match seconds {
        None => Ok(None),
        Some(seconds) if (0.0..=86_400.0 * 2.0).contains(&seconds) => Ok(Some(seconds.round() as u32)),
        Some(seconds) => Err(RefusalReason::Value(name, seconds.to_string())),
    }
}

fn degrees(name: &'static str, celsius: Option<f64>) -> Result<Option<CentiCelsius>, RefusalReason> {
    match celsius {
        None => Ok(None),
        Some(celsius) => match CentiCelsius::of(celsius) {
            Some(degrees) => Ok(Some(degrees)),
            None => Err(RefusalReason::Value(name, celsius.to_string())),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = r#"{"device_id":"RANDOM1234567890","interval_start":"2025-04-01T00:00:00Z","interval_end":"2025-04-01T00:15:00Z","heating_time":120,"cooling_time":0,"heat_mode_time":300,"cool_mode_time":0,"heatcool_mode_time":600,"off_mode_time":0,"fan_time":60,"auto_away_time":10,"manual_away_time":0,"heating_target":20.555557,"cooling_target":22.222229,"indoor_temp":21.548723,"indoor_humidity":56.935696,"outdoor_temp":19,"postal_code":"08102","time_zone":"America/New_York","start_time_local":null}"#;

    fn read(line: &str) -> RuntimeLine {
        runtime_line(line).unwrap_or_else(|err| panic!("{line}: {err}"))
    }

    #[test]
    fn every_form_of_a_line_is_the_same_interval() {
        let plain = read(PLAIN);
        let interval = &plain.interval;
        assert_eq!((interval.start, interval.width_s, interval.covered_s), (1_743_465_600, 900, 900));
        assert_eq!(interval.run.get(EquipmentPart::Heat), Some(120));
        assert_eq!(interval.room.map(|room| room.mean), Some(CentiCelsius(2155)));
        assert_eq!((interval.humidity, interval.low_target), (Some(569), Some(CentiCelsius(2056))));
        assert_eq!((interval.mode, interval.away_s), (Some(IntervalMode::HeatCool), Some(10)));
        assert_eq!(plain.zone.as_deref(), Some("America/New_York"));
        let text = serde_json::to_string(PLAIN).expect("text");
        for form in [
            format!("\"{}\"\r", PLAIN.replace('"', "\"\"")),
            PLAIN.replace('"', "\\\""),
            text.clone(),
            format!("{{\"value\": {PLAIN}}}"),
            format!("{{\"value\": {text}}}"),
            PLAIN.replace("\"2025-04-01T00:00:00Z\"", "1743465600").replace("\"2025-04-01T00:15:00Z\"", "1743466500.0"),
            PLAIN.replace("2025-04-01T00:00:00Z", "2025-04-01T00:00:00Z[UTC]"),
            PLAIN.replace("\"2025-04-01T00:00:00Z\"", "1743465600000"),
            PLAIN.replace("\"interval_end\":\"2025-04-01T00:15:00Z\",", ""),
        ] {
            assert_eq!(read(&form), plain, "{form}");
        }
    }

    #[test]
    fn a_run_without_a_mode_is_not_lost() {
        let line = PLAIN.replace("\"heat_mode_time\":300", "\"heat_mode_time\":0");
        let line = line.replace("\"heatcool_mode_time\":600", "\"heatcool_mode_time\":0");
        let interval = read(&line).interval;
        assert_eq!((interval.covered_s, interval.run.get(EquipmentPart::Heat)), (120, Some(120)));
    }

    #[test]
    fn what_cannot_be_is_refused_with_the_reason() {
        for (from, to, reason) in [
            ("\"heating_time\":120", "\"heating_time\":901", "901 s do not fit into a span of 900 s"),
            ("\"heating_time\":120", "\"heating_time\":-1", "heating_time is -1"),
            ("\"heating_time\":120", "\"heating_time\":\"x\"", "invalid type"),
            ("\"off_mode_time\":0", "\"off_mode_time\":1", "901 s do not fit"),
            ("21.548723", "999", "indoor_temp is 999"),
            ("56.935696", "-3", "indoor_humidity is -3"),
            ("T00:15:00Z", "T00:00:00Z", "a span of 0 s"),
            ("2025-04-01T00:15:00Z", "2025-04-03T00:15:00Z", "a span of 173700 s"),
            ("2025-04-01T00:15:00Z", "2025-03-01T00:15:00Z", "before its begin"),
            ("\"device_id\":\"RANDOM1234567890\",", "", "device_id is missing"),
            ("interval_start", "began", "interval_start is missing"),
            ("2025-04-01T00:00:00Z", "yesterday", "no time"),
        ] {
            let line = PLAIN.replace(from, to);
            let why = runtime_line(&line).expect_err(to).to_string();
            assert!(why.contains(reason), "{to}: {why}");
        }
        let listed = r#"[null,"abcd",null,"2025-04-01T00:00:00Z",null,null,null,null,120,0]"#;
        for line in [
            "",
            "[]",
            listed,
            "{\"value\": []}",
            "x",
            "\"\"",
            "{\"value\":{\"value\":{\"value\":{\"value\":{}}}}}",
            "\u{0}",
        ] {
            runtime_line(line).expect_err(line);
        }
    }
}
