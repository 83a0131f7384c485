//! Reads values of any shape.

use serde_json::Value;

/// The entries of a list; empty for anything else.
pub(super) fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

pub(super) fn text(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).map(str::to_owned)
}

/// A description: a text, or an object that contains one.
pub(super) fn description(value: Option<&Value>) -> String {
    text(value).or_else(|| text(value?.get("content"))).unwrap_or_default()
}

/// True if something is disabled.
pub(super) fn is_off(value: &Value) -> bool {
    value.get("disabled").and_then(Value::as_bool) == Some(true)
}

/// A text, or the texts of a list, joined.
fn joined(value: Option<&Value>, between: &str) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) => {
            let part = |part: &Value| text(Some(part)).or_else(|| text(part.get("value"))).unwrap_or_default();
            Some(parts.iter().map(part).collect::<Vec<_>>().join(between))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    }
}

/// An address: a text, or an object with the whole of it or with its parts. Path variables (`:id`) are replaced.
/// The second result has the names of disabled query parts.
pub(super) fn url(value: Option<&Value>) -> Option<(String, Vec<String>)> {
    let value = value?;
    if let Value::String(url) = value {
        return Some((url.clone(), Vec::new()));
    }
    let off: Vec<String> =
        list(value.get("query")).iter().filter(|part| is_off(part)).filter_map(|part| text(part.get("key"))).collect();
    // The whole address contains the disabled parts as well.
    let whole = text(value.get("raw")).filter(|raw| !raw.is_empty() && off.is_empty());
    let mut url = whole.or_else(|| from_parts(value))?;
    for variable in list(value.get("variable")) {
        let name = text(variable.get("key").or_else(|| variable.get("id")));
        if let (Some(name), Some(filled)) = (name, text(variable.get("value")).filter(|filled| !filled.is_empty())) {
            url = with_path_variable(&url, &name, &filled);
        }
    }
    Some((url, off))
}

fn from_parts(value: &Value) -> Option<String> {
    let mut url = text(value.get("protocol")).map(|protocol| format!("{protocol}://")).unwrap_or_default();
    url.push_str(&joined(value.get("host"), ".")?);
    if let Some(port) = text(value.get("port")) {
        url = format!("{url}:{port}");
    }
    if let Some(path) = joined(value.get("path"), "/") {
        url = format!("{url}/{}", path.strip_prefix('/').unwrap_or(&path));
    }
    let query = list(value.get("query")).iter().filter(|part| !is_off(part));
    let pair = |part: &Value| match (text(part.get("key")).unwrap_or_default(), text(part.get("value"))) {
        (key, Some(value)) => format!("{key}={value}"),
        (key, None) => key,
    };
    let query: Vec<String> = query.map(pair).collect();
    if !query.is_empty() {
        url = format!("{url}?{}", query.join("&"));
    }
    if let Some(hash) = text(value.get("hash")) {
        url = format!("{url}#{hash}");
    }
    Some(url)
}

fn with_path_variable(url: &str, name: &str, value: &str) -> String {
    let whole = format!(":{name}");
    let (path, rest) = url.find(['?', '#']).and_then(|at| url.split_at_checked(at)).unwrap_or((url, ""));
    let parts: Vec<&str> = path.split('/').map(|part| if part == whole { value } else { part }).collect();
    format!("{}{rest}", parts.join("/"))
}
