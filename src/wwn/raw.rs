//! The requests of Works with Nest: one document, read and written by path.

use serde_json::{Value, json};

use super::wire::{self, Incoming};
use crate::home::{Away, Camera};
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
        let ExampleThermostat { id, celsius, mode, .. } = ExampleThermostat::of(home);
        let thermostat = format!("/devices/thermostats/{id}");
        let put = |path: String, body: Value| RawRequest::with_body(Method::Put, path, &body);
        let mut all = vec![
            RawRequest::get("/"),
            RawRequest::stream("/"),
            RawRequest::get(thermostat.clone()),
            put(thermostat.clone(), json!({ "target_temperature_c": celsius })),
            put(thermostat, json!({ "hvac_mode": mode.as_str() })),
        ];
        // Each changes something, so that sending one shows what it does.
        if let Some((id, structure)) = home.structures.iter().next() {
            let away = if structure.away == Some(Away::Home) { "away" } else { "home" };
            all.push(put(format!("/structures/{id}"), json!({ "away": away })));
        }
        let is_there = |camera: &Camera| camera.is_reachable();
        let first = home.cameras.iter().find(|(_, camera)| is_there(camera)).or_else(|| home.cameras.iter().next());
        if let Some((id, camera)) = first {
            let is_on = camera.is_streaming == Some(true);
            all.push(put(format!("/devices/cameras/{id}"), json!({ "is_streaming": !is_on })));
        }
        all
    }
}
