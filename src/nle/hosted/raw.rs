//! The requests of the hosted server: calls below the id of a thermostat.

use serde_json::{Value, json};

use crate::home::{DeviceTree, Write};
use crate::http::{DecodeError, ExampleThermostat, Method, RawApi, RawRequest};

/// The API of the hosted server.
#[derive(Debug)]
pub struct HostedApi;

impl RawApi for HostedApi {
    fn methods(&self) -> &'static [Method] {
        &[Method::Get, Method::Post]
    }

    /// The server uses ids of thermostats that no home shows, so no request stands for a write.
    fn decode(&self, _home: &DeviceTree, _path: &[&str], _body: &Value) -> Result<Vec<Write>, DecodeError> {
        Err(DecodeError::NotUnderstood)
    }

    fn examples(&self, home: &DeviceTree) -> Vec<RawRequest> {
        let celsius = ExampleThermostat::of(home).celsius;
        let body = json!({ "value": celsius, "mode": "heat", "scale": "C" });
        vec![
            RawRequest::get("/devices"),
            RawRequest::get("/thermostat/ID/status"),
            RawRequest::with_body(Method::Post, "/thermostat/ID/temperature", &body),
        ]
    }
}
