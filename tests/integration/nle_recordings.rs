//! Recorded exchanges of a real No Longer Evil server, if a folder of them is present.

use std::sync::Arc;

use serde_json::Value;
use setpoint::home::{Away, HvacMode, Scale, Setpoint, Temperature, Write};
use setpoint::nle::{NleClient, NleService};
use setpoint::service::Service as _;

use crate::nle::TIMES;
use crate::support;

/// The folder with recordings of a real server, if present: `SETPOINT_RECORDINGS` names the folder above it,
/// else it is beside the checkout.
pub(super) fn recordings() -> Option<std::path::PathBuf> {
    let beside = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/fixtures");
    let above = std::env::var_os("SETPOINT_RECORDINGS").map_or(beside, std::path::PathBuf::from);
    Some(above.join("nle")).filter(|folder| folder.is_dir())
}

/// Recorded exchanges of a real server: the requests of this program are among them, and the program reads the
/// answers.
#[tokio::test]
async fn recorded_exchanges_are_those_of_this_client() {
    let Some(folder) = recordings() else {
        println!("no folder of recordings here");
        return;
    };
    let mut exchanges: Vec<(String, Value)> = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("text");
        let recorded: Value = serde_json::from_str(&text).expect("JSON");
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if recorded.get("path").is_some() {
            exchanges.push((name, recorded));
        }
    }
    let recorded = Arc::new(exchanges);
    let answering = Arc::clone(&recorded);
    let server = support::Recorder::start(move |seen| {
        let body: Value = serde_json::from_str(&seen.body).unwrap_or_default();
        let found = answering.iter().find(|(name, exchange)| match seen.path.as_str() {
            "/api/devices" => name == "devices-one",
            "/status" => name == "status",
            "/command" => exchange["path"] == "/command" && same(&exchange["request"], &body),
            _ => false,
        });
        if seen.body.contains("fan_timer_duration_minutes") {
            // There is no recording of this command, so the answer is that of similar commands.
            return support::json(200, "{\"success\":true,\"data\":{\"object_key\":\"device\",\"values\":{}}}");
        }
        match found {
            Some((_, exchange)) => support::json(
                u16::try_from(exchange["status"].as_u64().unwrap_or(500)).unwrap_or(500),
                &exchange["response"].to_string(),
            ),
            None => support::json(599, "{\"error\":\"nobody recorded this\"}"),
        }
    })
    .await;
    let client = NleClient::new(server.url().as_str(), None).expect("a client");
    let service = NleService::new(client, "Mill Lane", TIMES);
    let home = Arc::clone(&service).fetch().await.expect("the recorded home");
    let (id, thermostat) = home.thermostats.iter().next().expect("a thermostat");
    assert_eq!(thermostat.ambient_temperature, Temperature::from_celsius(20.25));
    assert_eq!(thermostat.target_temperature, Temperature::from_celsius(21.0));
    let last = thermostat.last_connection.expect("a time").to_string();
    assert!(last.starts_with("2026-11-22T19:43:09"), "{last}");
    let (low, high) = (Some(Setpoint::celsius(20.0)), Some(Setpoint::celsius(25.0)));
    for write in [
        Write::Target(id.clone(), Setpoint::celsius(22.5)),
        Write::Range { thermostat: id.clone(), low, high },
        Write::Mode(id.clone(), HvacMode::HeatCool),
        Write::Scale(id.clone(), Scale::Fahrenheit),
        Write::FanDuration(id.clone(), 15),
        Write::FanTimer(id.clone(), true),
        Write::FanTimer(id.clone(), false),
        Write::Away(home.structures.keys().next().expect("a structure").clone(), Away::Away),
    ] {
        // The rules require another mode for some of these writes; the wire format does not.
        let mut fitting = home.clone();
        if let Write::Range { .. } = write {
            fitting.thermostat_mut(id).expect("there").hvac_mode = Some(HvacMode::HeatCool);
        }
        let checked = setpoint::home::check(&fitting, &write, jiff::Timestamp::UNIX_EPOCH).expect("allowed");
        let made = Arc::clone(&service).write(checked).await;
        assert_eq!(made, Ok(()), "{write:?}");
    }
    let shown = format!("{:?}", Arc::clone(&service).fetch().await);
    assert!(!shown.contains("nl_xxxxxxxx"), "the secret of a device is kept");
}

/// True if the requests are equal. Numbers compare by value.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| other.get(key).is_some_and(|other| same(value, other)))
        }
        (one, other) => one == other,
    }
}
