//! The requests of Works with Nest: one document, read and written by path.

use serde_json::{Value, json};

use super::wire::{self, Incoming};
use crate::home::{DeviceTree, Write};
use crate::http::{DecodeError, ExampleThermostat, Method, RawApi, RawRequest};

/// The API of Works with Nest.
#[derive(Debug)]
pub struct DocumentApi;

impl RawApi for DocumentApi {
    fn methods(&self) -> &'static [Method] {
        &[Method::Get, Method::Put]
    }

    fn has_document(&self) -> bool {
        true
    }

    fn decode(&self, home: &DeviceTree, path: &[&str], body: &Value) -> Result<Vec<Write>, DecodeError> {
        wire::decode(home, path, body).map_err(|incoming| match incoming {
            Incoming::NotFound => DecodeError::UnknownPath,
            Incoming::NotWritable => DecodeError::NotWritable,
            Incoming::NoPermission(fields) if fields.is_empty() => DecodeError::NotWritable,
            Incoming::NoPermission(fields) => DecodeError::ReadOnly(fields),
            Incoming::Refused(refusal) => DecodeError::Refused(refusal),
            Incoming::WrongFormat(..) | Incoming::Unspecified => DecodeError::WrongType,
        })
    }

    fn examples(&self, home: &DeviceTree) -> Vec<RawRequest> {
        let ExampleThermostat { id, celsius, .. } = ExampleThermostat::of(home);
        let thermostat = format!("/devices/thermostats/{id}");
        let put = |path: String, body: Value| RawRequest::with_body(Method::Put, path, &body);
        let mut all = vec![
            RawRequest::get("/"),
            RawRequest::stream("/"),
            RawRequest::get(thermostat.clone()),
            put(thermostat.clone(), json!({ "target_temperature_c": celsius })),
            put(thermostat, json!({ "hvac_mode": "heat" })),
        ];
        if let Some(structure) = home.structures.keys().next() {
            all.push(put(format!("/structures/{structure}"), json!({ "away": "home" })));
        }
        if let Some(camera) = home.cameras.keys().next() {
            all.push(put(format!("/devices/cameras/{camera}"), json!({ "is_streaming": true })));
        }
        all
    }
}
