//! Completions of a path from the present home.

use serde_json::Value;

use crate::home::is_confidential;

/// The maximum number of completions.
const MOST: usize = 50;

/// One completion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathCompletion {
    /// The whole path after accepting it.
    pub path: String,
    /// The name of the device or the value there.
    pub about: String,
    /// True if the path can continue.
    pub has_more: bool,
}

/// The completions of a path in the document. Devices are also found by name.
pub fn complete(document: &Value, typed: &str) -> Vec<PathCompletion> {
    let typed = typed.trim();
    let (before, begun) = typed.rsplit_once('/').unwrap_or(("", typed));
    let mut at = document;
    for segment in before.split('/').filter(|segment| !segment.is_empty()) {
        match at.get(segment) {
            Some(below) => at = below,
            None => return Vec::new(),
        }
    }
    let below = at.as_object().into_iter().flatten();
    let begun = begun.to_lowercase();
    let mut found: Vec<(bool, PathCompletion)> = below
        .filter_map(|(key, value)| {
            let about = if is_confidential(key) { String::new() } else { about(value) };
            let is_start = key.to_lowercase().starts_with(&begun);
            let is_called = value.is_object() && !begun.is_empty() && about.to_lowercase().contains(&begun);
            (is_start || is_called).then(|| {
                let path = format!("/{}/{key}", before.trim_matches('/')).replace("//", "/");
                (!is_start, PathCompletion { path, about, has_more: value.is_object() })
            })
        })
        .collect();
    // Matches by name come last; otherwise the order is that of the document.
    found.sort_by_key(|(is_only_called, _)| *is_only_called);
    found.into_iter().take(MOST).map(|(_, completion)| completion).collect()
}

/// A short description of a value.
fn about(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let name = ["name_long", "name"].into_iter().find_map(|key| fields.get(key)?.as_str());
            name.map_or_else(|| format!("{{{}}}", fields.len()), str::to_owned)
        }
        Value::Array(items) => format!("[{}]", items.len()),
        Value::String(text) => text.clone(),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn paths(typed: &str) -> Vec<String> {
        let document = json!({"devices": {"thermostats": {
            "a1": {"name": "Hallway", "hvac_mode": "heat", "humidity": 40},
            "b2": {"name": "Attic"}}}, "metadata": {}, "structures": {}});
        complete(&document, typed).into_iter().map(|found| found.path).collect()
    }

    #[test]
    fn paths_complete_level_by_level() {
        assert_eq!(paths(""), ["/devices", "/metadata", "/structures"]);
        assert_eq!(paths("/"), ["/devices", "/metadata", "/structures"]);
        assert_eq!(paths("dev"), ["/devices"]);
        assert_eq!(paths("/devices/"), ["/devices/thermostats"]);
        assert_eq!(
            paths("/devices/thermostats/a1/h"),
            ["/devices/thermostats/a1/humidity", "/devices/thermostats/a1/hvac_mode"]
        );
        assert_eq!(paths("/devices/nothing/x"), Vec::<String>::new());
        assert_eq!(paths("/devices/thermostats/a1/name/x"), Vec::<String>::new());
    }

    #[test]
    fn a_device_is_found_by_its_name() {
        assert_eq!(paths("/devices/thermostats/hall"), ["/devices/thermostats/a1"]);
        let document = json!({"x": {"a": {"name": "b"}, "b": {}}});
        let found = complete(&document, "/x/b");
        assert_eq!(found.iter().map(|found| found.path.as_str()).collect::<Vec<_>>(), ["/x/b", "/x/a"]);
    }
}
