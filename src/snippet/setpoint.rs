//! The program's own command, which follows redirects, reads the token and checks the answer itself.

use serde_json::{Map, Value};

use super::call::{Call, TokenFrom};
use super::quote::{Charset, Printable};
use crate::home::{FieldGroup, Node, Scale, ValueKind, field_of_key};
use crate::http::Method;

/// The API that a request is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wording {
    /// The Works with Nest API.
    WorksWithNest,
    /// The API of the account.
    OfTheAccount {
        /// True if the request bypasses the rules of the program.
        is_raw: bool,
    },
}

pub(super) fn snippet(call: &Call) -> String {
    let commands = in_words("setpoint", call).unwrap_or_else(|| {
        // A method that the service lacks is sent raw, for its answer.
        let is_raw = match call.method {
            Method::Get | Method::Put => false,
            Method::Patch | Method::Post | Method::Delete => true,
        };
        vec![as_it_is("setpoint", call, is_raw)]
    });
    let token = match &call.token {
        // The variable would be passed to itself.
        TokenFrom::Variable(name) if name == "SETPOINT_TOKEN" => format!(": \"${{{name}:?holds the token}}\""),
        TokenFrom::Variable(name) => format!("export SETPOINT_TOKEN=\"${{{name}:?holds the token}}\""),
        TokenFrom::Text(token) => {
            let text = Printable::ascii(secrecy::ExposeSecret::expose_secret(token));
            format!("export SETPOINT_TOKEN={}", text.in_shell())
        }
    };
    let base = Printable::url(call.base.as_str()).in_shell();
    format!("#!/bin/sh\nset -eu\n{token}\nexport SETPOINT_URL={base}\n{}\n", commands.join("\n"))
}

/// The command for an account of the program, which has the address and the token: the command contains only the
/// request. `None` if the account does not support the request, or if a shell cannot pass its name.
pub fn command(account: &str, call: &Call, wording: Wording) -> Option<String> {
    // After the equals sign a name may begin with a dash.
    let program = format!("setpoint --account={}", shell_word(account)?);
    let commands = match wording {
        Wording::WorksWithNest => in_words(&program, call)?,
        Wording::OfTheAccount { is_raw } => vec![as_it_is(&program, call, is_raw)],
    };
    Some(format!("#!/bin/sh\nset -eu\n{}\n", commands.join("\n")))
}

/// Typed commands for the request.
fn in_words(program: &str, call: &Call) -> Option<Vec<String>> {
    if call.path.contains(['?', '%']) {
        return None;
    }
    match (call.method, &call.body) {
        (Method::Get, _) => Some(vec![format!("{program} get {}", shell_word(&format!("/{}", call.path))?)]),
        (Method::Put | Method::Patch, Some(body)) => writes(program, &call.path, body),
        (Method::Put | Method::Patch | Method::Post | Method::Delete, _) => None,
    }
}

/// The request in the form of the API.
fn as_it_is(program: &str, call: &Call, is_raw: bool) -> String {
    // The path is encoded, so that a shell can pass any.
    let path = format!("/{}", call.path);
    let path = if is_plain(&path) { path } else { Printable::ascii(&path).in_shell() };
    let body = match &call.body {
        Some(body) => format!(" {}", Printable::json(body, Charset::Ascii).in_shell()),
        None => String::new(),
    };
    let raw = if is_raw { " --raw" } else { "" };
    format!("{program} request{raw} {} {path}{body}", call.method.word())
}

/// One command per value.
fn writes(program: &str, path: &str, body: &Value) -> Option<Vec<String>> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let node = |kind: &[&str], id: &str| match kind {
        ["structures"] => Some(Node::Structure(id.into())),
        ["devices", "thermostats"] => Some(Node::Thermostat(id.into())),
        ["devices", "cameras"] => Some(Node::Camera(id.into())),
        _ => None,
    };
    let (node, id, fields) = match (parts.as_slice(), body) {
        ([kind @ .., id], Value::Object(fields)) if node(kind, id).is_some() => (node(kind, id)?, *id, fields.clone()),
        ([kind @ .., id, field], value) => {
            (node(kind, id)?, *id, Map::from_iter([((*field).to_owned(), value.clone())]))
        }
        _ => return None,
    };
    // The fan starts with its duration, and of two scales one counts: one request differs from two commands.
    let known = || fields.keys().filter_map(|key| field_of_key(&node, key));
    let of_fan = known().filter(|(field, _)| field.group() == FieldGroup::Fan).count();
    let has = |scale| known().any(|(_, in_scale)| in_scale == Some(scale));
    if of_fan > 1 || (has(Scale::Celsius) && has(Scale::Fahrenheit)) {
        return None;
    }
    let mut commands = Vec::new();
    for (field, value) in &fields {
        // The two ends of a range are one value.
        let (name, value) = match field.strip_prefix("target_temperature_low_") {
            Some(scale) => {
                let high = fields.get(&format!("target_temperature_high_{scale}"))?;
                let letter = scale.to_uppercase();
                ("range", format!("{}{letter}-{}{letter}", number(value)?, number(high)?))
            }
            None if field.starts_with("target_temperature_high_") => {
                let low = field.replacen("high", "low", 1);
                if fields.contains_key(&low) {
                    continue;
                }
                return None;
            }
            None => field_and_value(&node, field, value)?,
        };
        // After the dashes nothing is parsed as an option.
        let dashes = if id.starts_with('-') || value.starts_with('-') { "-- " } else { "" };
        commands.push(format!("{program} set {dashes}{} {name} {}", shell_word(id)?, shell_word(&value)?));
    }
    (!commands.is_empty()).then_some(commands)
}

fn field_and_value(node: &Node, key: &str, value: &Value) -> Option<(&'static str, String)> {
    let (field, scale) = field_of_key(node, key)?;
    let value = match field.entry().kind {
        ValueKind::Presence | ValueKind::Text | ValueKind::Scale | ValueKind::Mode => value.as_str()?.to_owned(),
        ValueKind::Setpoint => format!("{}{}", number(value)?, scale?.letter()),
        ValueKind::Switch => if value.as_bool()? { "on" } else { "off" }.to_owned(),
        ValueKind::Minutes => number(value)?,
        // A command counts an arrival from now, and the ends of a range are one value.
        ValueKind::Arrival | ValueKind::Range => return None,
    };
    Some((field.word(), value))
}

fn number(value: &Value) -> Option<String> {
    // With a sign it would be a step from the present value.
    value.as_f64().is_some_and(|number| number >= 0.0).then(|| value.to_string())
}

/// A text as one word of a POSIX shell command; `None` for invisible characters.
pub fn shell_word(text: &str) -> Option<String> {
    if is_plain(text) {
        return Some(text.to_owned());
    }
    Printable::word(text).map(|text| text.in_shell())
}

/// True if no character has a meaning in a shell.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_./:+".contains(c))
}
