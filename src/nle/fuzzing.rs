//! Fuzz targets for answers of a No Longer Evil server.

use url::Url;

use super::home::{HOSTED, NleState, OWN_SERVER};
use super::{hosted, wire};
use crate::home::DeviceTree;

/// Reads a list of thermostats, a status and a change event. Checks that the device tree is valid for the model.
pub(crate) fn answers(data: &[u8]) {
    let readings = wire::devices(data).unwrap_or_default();
    let mut state = state();
    state.replace_all(readings.into_iter().chain(wire::status(data).ok()).collect());
    check(&state.home("home", OWN_SERVER));
    if let Ok(text) = std::str::from_utf8(data) {
        wire::bell(text);
    }
}

/// Checks the same for the hosted server: a list in the first line, and the status of each thermostat after it.
pub(crate) fn hosted_answers(data: &[u8]) {
    let mut state = state();
    state.replace_all(hosted::fuzzing(data));
    check(&state.home("home", HOSTED));
}

#[expect(clippy::expect_used, reason = "the address is a constant")]
fn state() -> NleState {
    NleState::of(&Url::parse("http://127.0.0.1/").expect("an address"))
}

fn check(home: &DeviceTree) {
    for thermostat in home.thermostats.values() {
        let temperatures = [thermostat.target_temperature, thermostat.ambient_temperature];
        let is_plausible = |degrees: f64| degrees.is_finite() && degrees.abs() <= 1000.0;
        assert!(temperatures.into_iter().flatten().all(|degrees| is_plausible(degrees.celsius_view())));
        assert!(thermostat.humidity.is_none_or(|percent| (0..=100).contains(&percent)));
    }
}
