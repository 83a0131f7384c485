//! The raw API of a service: requests that the user types, and the writes that they stand for.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::home::Scale;
use crate::home::{DeviceId, DeviceTree, HvacMode, Refusal, Setpoint, Thermostat, Write};

/// The method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Read.
    Get,
    /// Write the given fields.
    Put,
    /// The same as PUT.
    Patch,
    /// Add.
    Post,
    /// Remove.
    Delete,
}

impl Method {
    /// All methods.
    pub const ALL: [Self; 5] = [Self::Get, Self::Put, Self::Patch, Self::Post, Self::Delete];

    /// The name in a request.
    pub fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }

    /// The method with this name.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.word().eq_ignore_ascii_case(word))
    }

    /// True if the method has a body.
    pub fn has_body(self) -> bool {
        match self {
            Self::Put | Self::Patch | Self::Post => true,
            Self::Get | Self::Delete => false,
        }
    }
}

/// A request to the API of a service, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RawRequest {
    pub method: Method,
    /// The path below the base URL, with or without a leading slash.
    pub path: String,
    /// JSON, or empty.
    #[serde(default)]
    pub body: String,
    /// True to ask for a stream of events instead of an answer that ends.
    #[serde(default)]
    pub wants_stream: bool,
}

impl Default for RawRequest {
    fn default() -> Self {
        Self { method: Method::Get, path: "/".to_owned(), body: String::new(), wants_stream: false }
    }
}

impl RawRequest {
    /// A read.
    pub fn get(path: impl Into<String>) -> Self {
        Self { path: path.into(), ..Self::default() }
    }

    /// A stream of events.
    pub fn stream(path: impl Into<String>) -> Self {
        Self { wants_stream: true, ..Self::get(path) }
    }

    /// A request with a body.
    pub fn with_body(method: Method, path: impl Into<String>, body: &Value) -> Self {
        let body = serde_json::to_string_pretty(body).unwrap_or_default();
        Self { method, path: path.into(), body, wants_stream: false }
    }
}

/// The reason why a request cannot be read as writes.
#[derive(Debug, Clone, PartialEq)]
pub enum DecodeError {
    /// The home has no such path.
    UnknownPath,
    /// The value at the path is not writable, or not as a whole.
    NotWritable,
    /// Fields that are read-only or do not exist.
    ReadOnly(Vec<String>),
    /// The rules refuse the value.
    Refused(Refusal),
    /// The value has the wrong type.
    WrongType,
    /// The request stands for no write that this program knows.
    NotUnderstood,
}

/// The raw API of a service.
pub trait RawApi: std::fmt::Debug + Send + Sync + 'static {
    /// The methods that the service has.
    fn methods(&self) -> &'static [Method];

    /// True if the device tree is one document, whose paths are those of the API.
    fn has_document(&self) -> bool {
        false
    }

    /// True if a request of this method may have a body.
    fn may_have_body(&self, method: Method) -> bool {
        method.has_body()
    }

    /// Reads a request as writes, so that rules, budget and activity log apply; `path` is split into segments.
    fn decode(&self, home: &DeviceTree, path: &[&str], body: &Value) -> Result<Vec<Write>, DecodeError>;

    /// Example requests for the existing devices.
    fn examples(&self, home: &DeviceTree) -> Vec<RawRequest>;
}

/// The thermostat of an example.
#[derive(Debug, Clone, PartialEq)]
pub struct ExampleThermostat {
    /// The id, or a placeholder if the home has none.
    pub id: String,
    /// True unless it has no fan.
    pub has_fan: bool,
    /// A target near the present one and other than it, in degrees Celsius.
    pub celsius: f64,
    /// True if its mode is Cool now, so that its target is one for cooling.
    pub cools: bool,
    /// The mode to change to: Cool or Heat, other than the present one if it has both.
    pub mode: HvacMode,
}

impl ExampleThermostat {
    /// Prefers a thermostat that accepts a single target now, so that each example can be sent.
    pub fn of(home: &DeviceTree) -> Self {
        let takes_target = |thermostat: &Thermostat| {
            let has_target = matches!(thermostat.hvac_mode, Some(HvacMode::Heat | HvacMode::Cool));
            has_target && thermostat.is_online != Some(false)
        };
        let fitting = home.thermostats.iter().find(|(_, thermostat)| takes_target(thermostat));
        let Some((id, thermostat)) = fitting.or_else(|| home.thermostats.iter().next()) else {
            let mode = HvacMode::Heat;
            return Self { id: "ID".to_owned(), has_fan: true, celsius: 21.0, cools: false, mode };
        };
        let cools = thermostat.hvac_mode == Some(HvacMode::Cool);
        let can_cool = thermostat.modes().contains(&HvacMode::Cool);
        let heats = thermostat.hvac_mode == Some(HvacMode::Heat);
        let range = thermostat.setpoint_range(Scale::Celsius);
        let target = thermostat.target_temperature.filter(|_| thermostat.hvac_mode != Some(HvacMode::Eco));
        Self {
            id: id.to_string(),
            has_fan: thermostat.has_fan != Some(false),
            celsius: target.map_or(21.0, |temperature| {
                let present = temperature.celsius_view();
                if range.contains(&(present + 1.0)) { present + 1.0 } else { present - 1.0 }
            }),
            cools,
            mode: if heats && can_cool { HvacMode::Cool } else { HvacMode::Heat },
        }
    }
}

/// The thermostat with this id.
pub fn known_thermostat<'h>(home: &'h DeviceTree, id: &str) -> Result<(&'h DeviceId, &'h Thermostat), DecodeError> {
    let found = home.thermostats.get_key_value(id);
    let (id, thermostat) = found.ok_or_else(|| DecodeError::Refused(Refusal::Unknown(id.to_owned())))?;
    Ok((id, thermostat))
}

/// The write of one or both ends of a range.
pub fn range_of(id: &DeviceId, low: Option<Setpoint>, high: Option<Setpoint>) -> Result<Write, DecodeError> {
    match (low, high) {
        (None, None) => Err(DecodeError::WrongType),
        (low, high) => Ok(Write::Range { thermostat: id.clone(), low, high }),
    }
}
