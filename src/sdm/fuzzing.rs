//! Fuzz target for answers of Device Access.

use serde_json::Value;

use super::events::{apply_message, messages};
use super::home::SdmState;
use super::wire;
use crate::http::json_value;

/// Reads one line each: a list of devices, a list of structures, and any number of answers with events.
pub(crate) fn answers(data: &[u8]) {
    let mut lines = data.split(|byte| *byte == b'\n');
    let mut next = || lines.next().and_then(|line| json_value(line).ok()).unwrap_or(Value::Null);
    let mut state = SdmState::default();
    if let Some(devices) = wire::devices(&next()) {
        state.take_all(devices, None);
    }
    state.structures = wire::structures(&next());
    for line in lines {
        let Ok(answer) = json_value(line) else { continue };
        for message in messages(&answer) {
            apply_message(&mut state, &message);
        }
    }
    let home = state.home("home");
    for thermostat in home.thermostats.values() {
        let temperatures = [thermostat.target_temperature, thermostat.ambient_temperature];
        let is_plausible = |degrees: f64| degrees.is_finite() && degrees.abs() <= 1000.0;
        assert!(temperatures.into_iter().flatten().all(|degrees| is_plausible(degrees.celsius_view())));
        assert!(thermostat.humidity.is_none_or(|percent| (0..=100).contains(&percent)));
    }
}
