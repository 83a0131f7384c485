//! Recordings of the real service, if a folder of them is present: each document is read without loss.
//! `SETPOINT_RECORDINGS` names the folder, else it is beside the checkout.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use setpoint::wwn::wire::{parse, render};

fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("SETPOINT_RECORDINGS").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/fixtures/wwn");
    named.or(Some(beside)).filter(|folder| folder.is_dir())
}

/// Collects everything of `recorded` that is missing or different in `written`. `written` may contain more (an
/// id that stood only in a key, the other view of a temperature).
fn lost(path: &str, recorded: &Value, written: &Value, losses: &mut Vec<String>) {
    match (recorded, written) {
        (Value::Object(recorded), Value::Object(written)) => {
            for (key, value) in recorded {
                lost(&format!("{path}/{key}"), value, written.get(key).unwrap_or(&Value::Null), losses);
            }
        }
        (Value::Array(recorded), Value::Array(written)) if recorded.len() == written.len() => {
            for (index, value) in recorded.iter().enumerate() {
                lost(&format!("{path}/{index}"), value, &written[index], losses);
            }
        }
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => {}
        (a, b) if a == b => {}
        (a, b) => losses.push(format!("{path}: {a} became {b}")),
    }
}

/// The document that contains a recorded node.
fn document(name: &str, node: Value) -> Option<Value> {
    let entry = |node: Value| Value::Object(Map::from_iter([("x".to_owned(), node)]));
    let id = node.get("device_id").or_else(|| node.get("structure_id")).cloned();
    let keyed = |node: Value| match &id {
        Some(Value::String(id)) => Value::Object(Map::from_iter([(id.clone(), node)])),
        _ => entry(node),
    };
    if node.get("devices").is_some_and(|devices| devices.get("thermostats").is_some()) || name.contains("top-level") {
        return Some(node.get("data").filter(|data| data.is_object()).cloned().unwrap_or(node));
    }
    if name.contains("structures") {
        return Some(json!({"structures": node}));
    }
    if name.contains("structure") {
        return Some(json!({"structures": keyed(node)}));
    }
    for (part, kind) in [
        ("thermostat", "thermostats"),
        ("ios-device", "thermostats"),
        ("camera", "cameras"),
        ("smoke", "smoke_co_alarms"),
    ] {
        if name.contains(part) {
            return Some(json!({"devices": {kind: keyed(node)}}));
        }
    }
    name.contains("metadata").then(|| json!({"metadata": node}))
}

#[test]
fn recordings_are_read_without_loss() {
    let Some(folder) = folder() else {
        println!("no folder of recordings here");
        return;
    };
    let mut read = 0;
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("text");
        let Ok(node) = serde_json::from_str::<Value>(&text) else { panic!("{name} is no JSON") };
        let Some(document) = document(&name, node) else { continue };
        let home = parse(document.to_string().as_bytes()).unwrap_or_else(|err| panic!("{name}: {err}"));
        let written: Value = serde_json::from_str(&render(&home)).expect("our own JSON");
        let mut losses = Vec::new();
        lost("", &document, &written, &mut losses);
        assert!(losses.is_empty(), "{name}:\n{}", losses.join("\n"));
        read += 1;
    }
    println!("{read} recordings read");
    assert!(read > 0, "the folder holds no recording that this test knows");
}
