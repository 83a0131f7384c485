//! The program's own command, which follows redirects, reads the token and checks the answer itself.

use serde_json::{Map, Value};

use super::call::{Call, Method, TokenFrom};
use super::quote::{Charset, Printable};

/// Why there is no command for a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsayable {
    /// A shell cannot hand it over.
    #[error("`setpoint` has no words for {0}; every other language can say it")]
    Field(String),
}

pub(super) fn snippet(call: &Call) -> Result<String, Unsayable> {
    let is_plain = !call.path.contains(['?', '%']);
    let commands = match (call.method, &call.body) {
        (Method::Get, _) if is_plain => vec![format!("setpoint get {}", word(&format!("/{}", call.path))?)],
        // In words where there are some, else as the API has it.
        (Method::Put | Method::Patch, Some(body)) if is_plain => {
            writes(&call.path, body).or_else(|_unsayable| request(call).map(|command| vec![command]))?
        }
        (Method::Get | Method::Put | Method::Patch | Method::Post | Method::Delete, _) => vec![request(call)?],
    };
    let token = match &call.token {
        // It would hand itself to itself.
        TokenFrom::Variable(name) if name == "SETPOINT_TOKEN" => format!(": \"${{{name}:?holds the token}}\""),
        TokenFrom::Variable(name) => format!("export SETPOINT_TOKEN=\"${{{name}:?holds the token}}\""),
        TokenFrom::Text(token) => {
            let text = Printable::ascii(secrecy::ExposeSecret::expose_secret(token));
            format!("export SETPOINT_TOKEN={}", text.in_shell())
        }
    };
    let base = Printable::url(call.base.as_str()).in_shell();
    Ok(format!("#!/bin/sh\nset -eu\n{token}\nexport SETPOINT_URL={base}\n{}\n", commands.join("\n")))
}

/// The request as it is. What the service has no method for goes past the rules, to hear what it says.
fn request(call: &Call) -> Result<String, Unsayable> {
    let path = word(&format!("/{}", call.path))?;
    let body = match &call.body {
        Some(body) => format!(" {}", Printable::json(body, Charset::Ascii).in_shell()),
        None => String::new(),
    };
    let raw = match call.method {
        Method::Get | Method::Put => "",
        Method::Patch | Method::Post | Method::Delete => " --raw",
    };
    Ok(format!("setpoint request{raw} {} {path}{body}", call.method.word()))
}

/// One command for each value.
fn writes(path: &str, body: &Value) -> Result<Vec<String>, Unsayable> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let (id, fields) = match (parts.as_slice(), body) {
        (["structures", id] | ["devices", "thermostats" | "cameras", id], Value::Object(fields)) => {
            (*id, fields.clone())
        }
        (["structures", id, field] | ["devices", "thermostats" | "cameras", id, field], value) => {
            (*id, Map::from_iter([((*field).to_owned(), value.clone())]))
        }
        _ => return Err(Unsayable::Field(path.to_owned())),
    };
    // Behind the dashes nothing is taken for an option.
    let id = if id.starts_with('-') { format!("-- {}", word(id)?) } else { word(id)? };
    let mut commands = Vec::new();
    for (field, value) in &fields {
        let unsayable = || Unsayable::Field(format!("{field}: {value}"));
        // The two ends of a range are one value.
        let (name, value) = match field.strip_prefix("target_temperature_low_") {
            Some(scale) => {
                let high = fields.get(&format!("target_temperature_high_{scale}")).ok_or_else(unsayable)?;
                let letter = scale.to_uppercase();
                ("range", format!("{}{letter}-{}{letter}", number(value, unsayable)?, number(high, unsayable)?))
            }
            None if field.starts_with("target_temperature_high_") => {
                let low = field.replacen("high", "low", 1);
                if fields.contains_key(&low) {
                    continue;
                }
                return Err(unsayable());
            }
            None => field_and_value(field, value, unsayable)?,
        };
        commands.push(format!("setpoint set {id} {name} {}", word(&value)?));
    }
    if commands.is_empty() { Err(Unsayable::Field(body.to_string())) } else { Ok(commands) }
}

fn field_and_value(
    field: &str,
    value: &Value,
    unsayable: impl Fn() -> Unsayable + Copy,
) -> Result<(&'static str, String), Unsayable> {
    let text = || value.as_str().map(str::to_owned).ok_or_else(unsayable);
    let on_off = || value.as_bool().map(|on| if on { "on" } else { "off" }.to_owned()).ok_or_else(unsayable);
    Ok(match field {
        "away" => ("away", text()?),
        "name" => ("name", text()?),
        "label" => ("label", text()?),
        "temperature_scale" => ("scale", text()?),
        "hvac_mode" => ("mode", text()?),
        "target_temperature_f" => ("target", format!("{}F", number(value, unsayable)?)),
        "target_temperature_c" => ("target", format!("{}C", number(value, unsayable)?)),
        "fan_timer_active" => ("fan", on_off()?),
        "fan_timer_duration" => ("fan-duration", number(value, unsayable)?),
        "is_streaming" => ("streaming", on_off()?),
        // Arrivals among them: a command counts from now.
        _ => return Err(unsayable()),
    })
}

fn number(value: &Value, unsayable: impl Fn() -> Unsayable) -> Result<String, Unsayable> {
    // With a sign it would be a step from the present value.
    if value.as_f64().is_some_and(|number| number >= 0.0) { Ok(value.to_string()) } else { Err(unsayable()) }
}

/// A word of a command: as it is where a shell has no other use for it.
fn word(text: &str) -> Result<String, Unsayable> {
    let is_plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_./:+".contains(c));
    if is_plain {
        return Ok(text.to_owned());
    }
    Printable::word(text).map(|text| text.in_shell()).ok_or_else(|| Unsayable::Field(format!("{text:?}")))
}
