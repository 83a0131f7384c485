//! Devices as the Smart Device Management API describes them.

use serde_json::{Value, json};

/// A thermostat's traits, in heat at 21 °C.
pub(crate) fn thermostat_traits() -> Value {
    json!({
        "sdm.devices.traits.Info": {"customName": ""},
        "sdm.devices.traits.Connectivity": {"status": "ONLINE"},
        "sdm.devices.traits.Settings": {"temperatureScale": "CELSIUS"},
        "sdm.devices.traits.Temperature": {"ambientTemperatureCelsius": 20.259995},
        "sdm.devices.traits.Humidity": {"ambientHumidityPercent": 43.0},
        "sdm.devices.traits.ThermostatMode": {"availableModes": ["HEAT", "COOL", "HEATCOOL", "OFF"], "mode": "HEAT"},
        "sdm.devices.traits.ThermostatEco": {"availableModes": ["MANUAL_ECO", "OFF"], "mode": "OFF",
                                             "heatCelsius": 15.5, "coolCelsius": 26.0},
        "sdm.devices.traits.ThermostatHvac": {"status": "HEATING"},
        "sdm.devices.traits.ThermostatTemperatureSetpoint": {"heatCelsius": 21.0},
        "sdm.devices.traits.Fan": {"timerMode": "OFF"},
        "sdm.devices.traits.OfTomorrow": {"answer": 42}
    })
}
