//! Error bodies: `{"error", "type", "message", "instance", "details"}`.
//!
//! Texts and anchors are as recorded from the real service where a recording exists. The others are our choice
//! and are marked so.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::wire::Incoming;
use crate::home::{Equipment, Refusal, Scale, Setpoint, SetpointField};

/// The page that the `type` of an error points to, before its anchor.
const TYPE_BASE: &str = "https://developer.nest.com/documentation/cloud/error-messages#";

/// An error body in the form of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// Short text; equal to `message` in every recording.
    #[serde(default)]
    pub error: String,
    /// A link to the vendor's page of errors; the part after `#` names the kind.
    #[serde(default, rename = "type", skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// Long text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// Unique for each call.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub instance: String,
    /// Values that the texts refer to.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub details: BTreeMap<String, String>,
}

/// An error with its HTTP status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WwnError {
    /// HTTP status.
    pub status: u16,
    /// The part of `type` after `#`.
    pub anchor: Cow<'static, str>,
    /// The text of both `error` and `message`.
    pub text: String,
    /// Values that the text refers to.
    pub details: Vec<(Cow<'static, str>, String)>,
}

impl WwnError {
    fn new(status: u16, anchor: &'static str, text: impl Into<String>) -> Self {
        Self { status, anchor: Cow::Borrowed(anchor), text: text.into(), details: Vec::new() }
    }

    fn with(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.details.push((Cow::Borrowed(key), value.into()));
        self
    }

    /// The token is not valid, or no longer.
    pub fn unauthorized() -> Self {
        Self::new(401, "auth-error", "unauthorized")
    }

    /// The credentials are permanently invalid; do not retry.
    pub fn forbidden() -> Self {
        Self::new(403, "forbidden", "forbidden")
    }

    /// The path, id or field does not exist. The body is ours: no recording has one.
    pub fn not_found() -> Self {
        Self::new(404, "unknown", "not found")
    }

    /// The home behind the server refuses the write, with its own message.
    pub fn refused(words: impl Into<String>) -> Self {
        Self::new(400, "unknown", words)
    }

    /// Too many calls.
    pub fn blocked() -> Self {
        Self::new(429, "blocked", "blocked")
    }

    /// The service failed.
    pub fn internal() -> Self {
        Self::new(500, "internal-error", "internal error")
    }

    /// The service is temporarily down.
    pub fn unavailable() -> Self {
        Self::new(503, "service-unavailable", "service unavailable")
    }

    /// The service behind this one did not answer in time. The write may have arrived. The text is ours.
    pub fn unanswered() -> Self {
        Self::new(504, "unknown", "The service did not answer in time; the change may have arrived")
    }

    /// The body is not JSON. The text is ours.
    pub fn not_json() -> Self {
        Self::new(400, "unknown", "Invalid JSON")
    }

    /// The body exceeds the size limit. The text is ours.
    pub fn too_large() -> Self {
        Self::new(413, "unknown", "Request body too large")
    }

    /// `POST` and `DELETE` are not supported on data. The text is ours.
    pub fn method_not_allowed() -> Self {
        Self::new(405, "unknown", "Method not supported")
    }

    /// A field is read-only or not covered by the permissions.
    pub fn no_write_permission(fields: &[String]) -> Self {
        let fields = fields.join(", ");
        let text = format!("No write permission(s) for field(s): {fields}");
        Self::new(400, "no-write-permission", text).with("fields", fields)
    }

    /// The user changed the password: the token still reads but cannot write any more.
    pub fn write_error() -> Self {
        Self::new(400, "unknown", "Write Error")
    }

    /// Returns the body to send. `instance` must be unique for each call.
    pub fn body(&self, instance: String) -> ErrorBody {
        ErrorBody {
            error: self.text.clone(),
            kind: format!("{TYPE_BASE}{}", self.anchor),
            message: self.text.clone(),
            instance,
            details: self.details.iter().map(|(key, value)| (key.clone().into_owned(), value.clone())).collect(),
        }
    }
}

impl ErrorBody {
    /// The part of `type` after `#`. It identifies the kind of error.
    pub fn anchor(&self) -> &str {
        self.kind.rsplit_once('#').map_or("", |(_, anchor)| anchor)
    }
}

impl From<Incoming> for WwnError {
    fn from(incoming: Incoming) -> Self {
        match incoming {
            Incoming::NotFound => Self::not_found(),
            Incoming::NotWritable => Self::new(400, "unknown", "Not writable"),
            Incoming::NoPermission(fields) => Self::no_write_permission(&fields),
            Incoming::Refused(refusal) => Self::from(&refusal),
            Incoming::WrongFormat(field, value) => {
                Self::new(400, "format-error", format!("Temperature '{value}' is in wrong format"))
                    .with("field_name", field)
            }
            Incoming::Unspecified => Self::new(400, "unknown", "Unspecified error"),
        }
    }
}

impl From<&Refusal> for WwnError {
    fn from(refusal: &Refusal) -> Self {
        let unknown = |text: &str| Self::new(400, "unknown", text);
        match refusal {
            Refusal::Unknown(id) => unknown(&format!("Invalid thermostat id: {id}")),
            Refusal::Offline => Self::new(400, "not-online", "Thermostat is not online"),
            Refusal::ModeForbids { field, mode } => mode_error(*field, mode.as_str()),
            Refusal::EquipmentLacks { mode, lacks } => {
                let action = match lacks {
                    Equipment::Heating => "heat",
                    Equipment::Cooling => "cool",
                };
                let text = format!("Cannot change HVAC mode to {mode}: HVAC cannot {action}");
                Self::new(400, "incompatible-mode", text).with("mode", mode.as_str()).with("action", action)
            }
            Refusal::UnknownMode(mode) => unknown(&format!("Invalid HVAC mode: {mode}")),
            Refusal::TooHigh(setpoint) => limit_error(*setpoint, "high"),
            Refusal::TooLow(setpoint) => limit_error(*setpoint, "low"),
            Refusal::AboveLock(setpoint, lock) => lock_error(*setpoint, *lock, "high"),
            Refusal::BelowLock(setpoint, lock) => lock_error(*setpoint, *lock, "low"),
            Refusal::LowAboveHigh(low, high) => {
                let (low, high) = (number(*low), number(*high));
                let text =
                    format!("Cannot set target low temperature '{low}' higher than target high temperature '{high}'");
                Self::new(400, "low-high-error", text).with("lowTemp", low).with("highTemp", high)
            }
            Refusal::TooClose(scale) => {
                let gap = match scale {
                    Scale::Celsius => "1.5 degrees C",
                    Scale::Fahrenheit => "3 degrees F",
                };
                Self::new(400, "range-error", format!("Cannot set target temperature closer than {gap}."))
            }
            Refusal::NotATemperature(text) => {
                Self::new(400, "format-error", format!("Temperature '{text}' is in wrong format"))
            }
            // No recording: the vendor's documents only say that the value cannot be changed in this mode.
            Refusal::EmergencyHeat => {
                Self::new(400, "mode-error", "Cannot change target temperature while emergency heat is on")
            }
            Refusal::SafetyShutoff => {
                Self::new(400, "safety-shutoff-on", "Cannot activate fan during smoke/co safety shutoff")
            }
            Refusal::NoFan => unknown("Thermostat does not have a fan"),
            // No recording: the vendor's own service started the fan in every mode.
            Refusal::FanNeedsMode => Self::new(400, "mode-error", "Cannot activate fan while mode is off"),
            Refusal::FanDurationNotOffered(_) => {
                unknown("Cannot set fan_timer_duration to the selected value. See API reference for allowed values.")
            }
            Refusal::LabelTooLong(_) => unknown("Label must be less than 256 characters"),
            Refusal::NameMissing => unknown("Name must not be empty"),
            Refusal::NotAnAwayState(_) => unknown("Invalid value for Away"),
            Refusal::NotAway => unknown("Not in away mode"),
            Refusal::NoThermostat => unknown("permission denied"),
            Refusal::ServiceLacks { .. } => unknown(&refusal.to_string()),
            Refusal::ArrivalInThePast | Refusal::ArrivalEndsBeforeItBegins => unknown("Invalid ETA"),
        }
    }
}

fn mode_error(field: SetpointField, mode: &str) -> WwnError {
    if mode == "eco" {
        // The users logged the text but not its anchor, so the anchor is ours.
        return WwnError::new(400, "mode-error", "Cannot change target temperature while mode is eco");
    }
    let field = match field {
        SetpointField::Target => "target_temperature",
        SetpointField::Low => "target_temperature_low",
        SetpointField::High => "target_temperature_high",
    };
    WwnError::new(400, "mode-error", format!("Cannot set {field} while mode is {mode}"))
        .with("fieldName", field)
        .with("mode", mode)
}

fn limit_error(setpoint: Setpoint, side: &str) -> WwnError {
    let degrees = number(setpoint);
    let text = format!("Temperature {} value is too {side}: {degrees}", setpoint.scale.letter());
    let (anchor, key) = match (side, setpoint.scale) {
        ("high", Scale::Celsius) => ("high-c-value", "tempC"),
        ("high", Scale::Fahrenheit) => ("high-f-value", "tempF"),
        (_, Scale::Celsius) => ("low-c-value", "tempC"),
        (_, Scale::Fahrenheit) => ("low-f-value", "tempF"),
    };
    WwnError::new(400, anchor, text).with(key, degrees)
}

fn lock_error(setpoint: Setpoint, lock: Setpoint, side: &str) -> WwnError {
    let (degrees, limit) = (number(setpoint), number(lock));
    let letter = setpoint.scale.letter();
    let text = format!("Temperature {letter} '{degrees}' is too {side} for lock temperature '{limit}'");
    let (anchor, limit_key) = match (side, setpoint.scale) {
        ("high", Scale::Celsius) => ("high-c-value-4-lock", "highLockTemp"),
        ("high", Scale::Fahrenheit) => ("high-f-value-4-lock", "highLockTemp"),
        (_, Scale::Celsius) => ("low-c-value-4-lock", "lowLockTemp"),
        (_, Scale::Fahrenheit) => ("low-f-value-4-lock", "lowLockTemp"),
    };
    let key = match setpoint.scale {
        Scale::Celsius => "tempC",
        Scale::Fahrenheit => "tempF",
    };
    WwnError::new(400, anchor, text).with(key, degrees).with(limit_key, limit)
}

/// Formats the degrees, always with a decimal point, as in the recordings.
fn number(setpoint: Setpoint) -> String {
    format!("{:?}", setpoint.degrees)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::home::HvacMode;

    fn text_and_details(refusal: &Refusal) -> (String, String, Vec<(Cow<'static, str>, String)>) {
        let error = WwnError::from(refusal);
        (error.text, error.anchor.into_owned(), error.details)
    }

    /// The bodies that users of the real service logged. The case names are ours.
    #[test]
    fn refusals_are_worded_as_recorded() {
        let (text, anchor, details) =
            text_and_details(&Refusal::ModeForbids { field: SetpointField::Low, mode: HvacMode::Cool });
        assert_eq!(text, "Cannot set target_temperature_low while mode is cool");
        assert_eq!(anchor, "mode-error");
        assert_eq!(
            details,
            [("fieldName".into(), "target_temperature_low".to_owned()), ("mode".into(), "cool".to_owned())]
        );

        let (text, anchor, details) = text_and_details(&Refusal::TooHigh(Setpoint::fahrenheit(100.0)));
        assert_eq!(text, "Temperature F value is too high: 100.0");
        assert_eq!((anchor.as_str(), details), ("high-f-value", vec![("tempF".into(), "100.0".to_owned())]));

        let above = Refusal::AboveLock(Setpoint::celsius(21.0), Setpoint::celsius(20.5));
        let (text, anchor, details) = text_and_details(&above);
        assert_eq!(text, "Temperature C '21.0' is too high for lock temperature '20.5'");
        assert_eq!(anchor, "high-c-value-4-lock");
        assert_eq!(details, [("tempC".into(), "21.0".to_owned()), ("highLockTemp".into(), "20.5".to_owned())]);

        let crossed = Refusal::LowAboveHigh(Setpoint::fahrenheit(74.0), Setpoint::fahrenheit(72.0));
        let (text, ..) = text_and_details(&crossed);
        assert_eq!(text, "Cannot set target low temperature '74.0' higher than target high temperature '72.0'");
    }

    #[test]
    fn a_body_points_to_the_vendors_page() {
        let body = WwnError::blocked().body("1".to_owned());
        assert_eq!(body.kind, "https://developer.nest.com/documentation/cloud/error-messages#blocked");
        assert_eq!(body.anchor(), "blocked");
        let json = serde_json::to_value(&body).expect("plain data");
        assert!(json.get("details").is_none(), "no details, no key: {json}");
    }
}
