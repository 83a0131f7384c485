//! The refusals of the service and their texts.

use reqwest::Method;
use serde_json::{Value, json};
use setpoint::home::{AlarmState, Setpoint};
use setpoint::rate_limit::Rate;
use setpoint::simulator::Options;
use setpoint::wwn::server::{AccessLevel, Permissions, ServerLimits};

use super::client::{Scene, read};

fn anchor(body: &Value) -> &str {
    body["type"].as_str().and_then(|kind| kind.split_once('#')).expect("an anchor").1
}

#[tokio::test]
async fn each_rule_has_its_own_error() {
    let scene = Scene::new().await;
    let controls = scene.simulation.controls();
    let hallway = format!("/devices/thermostats/{}", scene.thermostat("Hallway"));
    let bedroom = format!("/devices/thermostats/{}", scene.thermostat("Bedroom"));
    let studio = format!("/devices/thermostats/{}", scene.thermostat("Studio"));
    let structure = format!("/structures/{}", scene.structure());
    let label = format!(r#"{{"label":"{}"}}"#, "x".repeat(256));
    let trip = |begin: &str| format!(r#"{{"eta":{{"trip_id":"t","estimated_arrival_window_begin":"{begin}"}}}}"#);
    let table = [
        (
            &hallway,
            r#"{"target_temperature_low_c":19.0}"#,
            "mode-error",
            "Cannot set target_temperature_low while mode is heat",
        ),
        (
            &bedroom,
            r#"{"target_temperature_f":70}"#,
            "mode-error",
            "Cannot set target_temperature while mode is heat-cool",
        ),
        (
            &studio,
            r#"{"hvac_mode":"heat-cool"}"#,
            "incompatible-mode",
            "Cannot change HVAC mode to heat-cool: HVAC cannot cool",
        ),
        (&hallway, r#"{"target_temperature_f":100}"#, "high-f-value", "Temperature F value is too high: 100.0"),
        (&hallway, r#"{"target_temperature_f":40}"#, "low-f-value", "Temperature F value is too low: 40.0"),
        (&hallway, r#"{"target_temperature_c":32.5}"#, "high-c-value", "Temperature C value is too high: 32.5"),
        (&hallway, r#"{"target_temperature_c":8.5}"#, "low-c-value", "Temperature C value is too low: 8.5"),
        (
            &bedroom,
            r#"{"target_temperature_low_f":74,"target_temperature_high_f":72}"#,
            "low-high-error",
            "Cannot set target low temperature '74.0' higher than target high temperature '72.0'",
        ),
        (
            &bedroom,
            r#"{"target_temperature_low_c":21.0,"target_temperature_high_c":22.0}"#,
            "range-error",
            "Cannot set target temperature closer than 1.5 degrees C.",
        ),
        (&hallway, r#"{"target_temperature_c":"warm"}"#, "format-error", "Temperature 'warm' is in wrong format"),
        (
            &hallway,
            r#"{"fan_timer_timeout":"2030-01-01T00:00:00.000Z"}"#,
            "no-write-permission",
            "No write permission(s) for field(s): fan_timer_timeout",
        ),
        (&hallway, r#"{"hvac_mode":"blah"}"#, "unknown", "Invalid HVAC mode: blah"),
        (
            &hallway,
            r#"{"fan_timer_duration":17}"#,
            "unknown",
            "Cannot set fan_timer_duration to the selected value. See API reference for allowed values.",
        ),
        (&hallway, label.as_str(), "unknown", "Label must be less than 256 characters"),
        (&hallway, r#"{"temperature_scale":"D"}"#, "unknown", "Unspecified error"),
        (&structure, r#"{"away":"holiday"}"#, "unknown", "Invalid value for Away"),
        (&structure, &trip("2090-01-01T00:00:00.000Z"), "unknown", "Not in away mode"),
        (&structure, "{}", "unknown", "Not writable"),
    ];
    let mut instances = Vec::new();
    for (path, body, kind, text) in table {
        let (status, error) = scene.put(path, body).await;
        assert_eq!((status, anchor(&error), &error["message"]), (400, kind, &json!(text)), "for {body}");
        assert_eq!(error["error"], error["message"]);
        instances.push(error["instance"].clone());
    }
    let calls = instances.len();
    instances.sort_by_key(Value::to_string);
    instances.dedup();
    assert_eq!(instances.len(), calls, "each call has an instance of its own");

    let (_, unknown) = scene.put("/devices/thermostats/456", r#"{"label":"x"}"#).await;
    assert_eq!(unknown["message"], "Invalid thermostat id: 456");
    assert_eq!(scene.put(&structure, r#"{"away":"away"}"#).await.0, 200);
    assert_eq!(scene.put(&structure, &trip("2090-01-01T00:00:00.000Z")).await.0, 200);
    assert_eq!(scene.get(&format!("{structure}/eta_begin")).await.1, "2090-01-01T00:00:00.000Z");
    let (_, eco) = scene.put(&hallway, r#"{"target_temperature_c":21.0}"#).await;
    assert_eq!(eco["message"], "Cannot change target temperature while mode is eco");
    assert_eq!(scene.put(&structure, r#"{"away":"home"}"#).await.0, 200);

    let id = scene.thermostat("Hallway");
    assert!(controls.lock(&id, Some((Setpoint::celsius(19.0), Setpoint::celsius(20.5)))));
    let (_, locked) = scene.put(&hallway, r#"{"target_temperature_c":21.0}"#).await;
    assert_eq!(anchor(&locked), "high-c-value-4-lock");
    assert_eq!(locked["details"], json!({"tempC": "21.0", "highLockTemp": "20.5"}));
    assert!(controls.lock(&id, None));
    assert!(controls.emergency_heat(&id, true));
    assert_eq!(scene.put(&hallway, r#"{"hvac_mode":"off"}"#).await.0, 400);
    assert!(controls.emergency_heat(&id, false));
    assert!(controls.smoke(&scene.protect("Kitchen"), AlarmState::Emergency));
    let (_, smoke) = scene.put(&hallway, r#"{"fan_timer_active":true}"#).await;
    assert_eq!(anchor(&smoke), "safety-shutoff-on");
    assert!(controls.set_online(&id, false));
    let (_, offline) = scene.put(&hallway, r#"{"hvac_mode":"off"}"#).await;
    assert_eq!((anchor(&offline), &offline["message"]), ("not-online", &json!("Thermostat is not online")));
    scene.simulation.stop().await;
}

#[tokio::test]
async fn malformed_requests_are_answered() {
    let scene = Scene::new().await;
    let hallway = format!("/devices/thermostats/{}", scene.thermostat("Hallway"));
    let deep = "[".repeat(50_000);
    for body in [
        "",
        "{",
        "{\"label\":",
        "NaN",
        "{\"target_temperature_c\":NaN}",
        "{\"target_temperature_c\":1e999}",
        "nonsense",
        deep.as_str(),
    ] {
        assert_eq!(scene.put(&hallway, body).await.0, 400, "for {:?}", &body[..body.len().min(40)]);
    }
    for body in [
        "[]",
        "null",
        "{\"target_temperature_c\":null}",
        "{\"label\":{\"a\":[1]}}",
        "{\"target_temperature_c\":1e300}",
        "{\"hvac_mode\":7}",
    ] {
        assert_eq!(scene.put(&hallway, body).await.0, 400, "for {body}");
    }
    let not_text = scene.send(Method::PUT, &hallway, b"{\"label\":\"\xff\xfe\"}".to_vec()).await;
    assert_eq!(read(not_text).await.0, 400);
    let large = format!("{{\"label\":\"{}\"}}", "x".repeat(70_000));
    assert_eq!(scene.put(&hallway, &large).await.0, 413);
    let long = format!("/{}", "a/".repeat(10_000));
    for path in [
        "/nothing",
        "/structures/%ff",
        "/devices/thermostats/x/y/z",
        "/structures/..%2f..",
        "/devices/cameras/%00",
        long.as_str(),
    ] {
        let (status, body) = scene.get(path).await;
        assert_eq!((status, &body["error"]), (404, &json!("not found")), "for {:?}", &path[..path.len().min(40)]);
        assert!(scene.put(path, "{\"a\":1}").await.0 >= 400);
    }
    for method in [Method::POST, Method::DELETE, Method::OPTIONS] {
        let answer = scene.send(method, &hallway, "{}").await;
        assert!(answer.headers()["allow"].to_str().expect("text").contains("PUT"));
        assert_eq!(read(answer).await.0, 405);
    }
    let encoded = hallway.replace("thermostats", "therm%6Fstats");
    assert_eq!(scene.get(&encoded).await.0, 200);
    assert_eq!(scene.get("/").await.0, 200, "and it is still there");
    scene.simulation.stop().await;
}

#[tokio::test]
async fn fields_without_a_permission_are_absent_and_read_only() {
    let permissions = Permissions {
        camera: AccessLevel::Read,
        images: false,
        away: AccessLevel::Read,
        postal_code: false,
        ..Permissions::READ_ONLY
    };
    let scene = Scene::with(Options { permissions, ..Options::default() }).await;
    let structure = format!("/structures/{}", scene.structure());
    let camera = format!("/devices/cameras/{}", scene.camera("Garden"));
    let (_, root) = scene.get("/").await;
    assert!(root["structures"][scene.structure().as_str()].get("postal_code").is_none());
    assert!(root["devices"]["cameras"][scene.camera("Garden").as_str()].get("snapshot_url").is_none());
    for path in
        [format!("{structure}/postal_code"), format!("{camera}/snapshot_url"), format!("{camera}/last_event/image_url")]
    {
        assert_eq!(scene.get(&path).await.0, 404, "for {path}");
    }
    assert_eq!(scene.get(&format!("{camera}/last_event/has_motion")).await.0, 200);
    let thermostat = format!("/devices/thermostats/{}", scene.thermostat("Hallway"));
    for (path, body, field) in [
        (structure.clone(), r#"{"away":"away"}"#, "away"),
        (format!("{structure}/away"), r#""away""#, "away"),
        (camera, r#"{"is_streaming":false}"#, "is_streaming"),
        (thermostat.clone(), r#"{"target_temperature_c":20.0}"#, "target_temperature_c"),
        (format!("{thermostat}/label"), r#""x""#, "label"),
    ] {
        let (status, error) = scene.put(&path, body).await;
        assert_eq!((status, anchor(&error)), (400, "no-write-permission"), "for {body}");
        assert_eq!(error["details"]["fields"], field);
    }
    scene.simulation.stop().await;

    let nothing = Scene::with(Options { permissions: Permissions::NONE, ..Options::default() }).await;
    let (_, root) = nothing.get("/").await;
    assert!(root.get("devices").is_none() && root["structures"].is_object(), "{root}");
    assert_eq!(nothing.get("/devices").await.0, 404);
    nothing.simulation.stop().await;
}

#[tokio::test]
async fn too_many_calls_and_too_many_changes_are_blocked() {
    let slow = |burst| Rate { burst, refill: std::time::Duration::from_mins(10) };
    let limits = ServerLimits { calls: slow(6), changes: slow(2) };
    let scene = Scene::with(Options { limits, ..Options::default() }).await;
    let hallway = format!("/devices/thermostats/{}", scene.thermostat("Hallway"));
    let mut statuses = Vec::new();
    // A refused change does not count as a change, but as a call.
    for target in ["40.0", "20.0", "21.0", "22.0"] {
        let answer = scene.send(Method::PUT, &format!("{hallway}/target_temperature_c"), target).await;
        let wait = answer
            .headers()
            .get("retry-after")
            .map(|wait| wait.to_str().expect("text").parse::<u64>().expect("seconds"));
        assert_eq!(wait.is_some(), answer.status() == 429);
        statuses.push(answer.status().as_u16());
    }
    assert_eq!(statuses, [400, 200, 200, 429]);
    assert_eq!(scene.get(&hallway).await.0, 200);
    assert_eq!(scene.put(&format!("/structures/{}", scene.structure()), r#"{"away":"away"}"#).await.0, 200);
    let (status, blocked) = scene.get("/").await;
    assert_eq!((status, anchor(&blocked), &blocked["error"]), (429, "blocked", &json!("blocked")));
    scene.simulation.stop().await;
}
