//! The simulated home as its clients see it.

use serde_json::{Value, json};
use setpoint::home::{AlarmState, BatteryHealth};
use setpoint::simulator::{EventKind, Options};

use super::client::Scene;

#[tokio::test]
async fn away_puts_thermostats_in_eco_and_home_brings_those_back() {
    let scene = Scene::new().await;
    let structure = format!("/structures/{}", scene.structure());
    let paths = ["Hallway", "Bedroom", "Studio"].map(|name| format!("/devices/thermostats/{}", scene.thermostat(name)));
    assert_eq!(scene.put(&paths[2], r#"{"hvac_mode":"eco"}"#).await.0, 200);
    assert_eq!(scene.put(&structure, r#"{"away":"away"}"#).await.0, 200);
    for (path, previous) in paths.iter().zip(["heat", "heat-cool", "heat"]) {
        let (_, thermostat) = scene.get(path).await;
        assert_eq!((&thermostat["hvac_mode"], &thermostat["previous_hvac_mode"]), (&json!("eco"), &json!(previous)));
        assert_eq!((&thermostat["has_leaf"], &thermostat["hvac_state"]), (&json!(true), &json!("off")));
    }
    assert_eq!(scene.put(&structure, r#"{"away":"home"}"#).await.0, 200);
    for (path, mode) in paths.iter().zip(["heat", "heat-cool", "eco"]) {
        assert_eq!(scene.get(&format!("{path}/hvac_mode")).await.1, mode);
    }
    assert_eq!(scene.get(&format!("{}/hvac_state", paths[0])).await.1, "heating");
    scene.simulation.stop().await;
}

#[tokio::test]
async fn fans_run_out() {
    let scene = Scene::with(Options { speed: 900.0, ..Options::default() }).await;
    let hallway = format!("/devices/thermostats/{}", scene.thermostat("Hallway"));
    let mut stream = scene.stream(&hallway).await;
    stream.put().await;
    assert_eq!(scene.put(&hallway, r#"{"fan_timer_duration":30,"fan_timer_active":true}"#).await.0, 200);
    let running = stream.put_with(|thermostat| thermostat["fan_timer_active"] == true).await;
    assert_ne!(running["fan_timer_timeout"], "1970-01-01T00:00:00.000Z");
    let idle = stream.put_with(|thermostat| thermostat["fan_timer_active"] == false).await;
    assert_eq!(idle["fan_timer_timeout"], "1970-01-01T00:00:00.000Z");
    scene.simulation.stop().await;
}

#[tokio::test]
async fn rooms_are_heated_while_clients_watch() {
    let scene = Scene::with(Options { speed: 3600.0, ..Options::default() }).await;
    let hallway = format!("/devices/thermostats/{}", scene.thermostat("Hallway"));
    let mut stream = scene.stream(&hallway).await;
    let (_, first) = stream.put().await;
    assert_eq!((&first["hvac_state"], &first["ambient_temperature_c"]), (&json!("heating"), &json!(19.5)));
    assert!(first["time_to_target"].as_str().expect("text").starts_with('~'));
    let warm = |thermostat: &Value| thermostat["ambient_temperature_c"].as_f64().is_some_and(|ambient| ambient >= 20.5);
    stream.put_with(warm).await;
    scene.simulation.stop().await;
}

#[tokio::test]
async fn cameras_see_people_and_show_them() {
    let scene = Scene::new().await;
    let controls = scene.simulation.controls();
    let (garden, nursery) = (scene.camera("Garden"), scene.camera("Nursery"));
    assert!(!controls.camera_event(&nursery, EventKind::Person), "it is off");
    assert_eq!(scene.put(&format!("/structures/{}", scene.structure()), r#"{"away":"away"}"#).await.0, 200);
    assert!(controls.camera_event(&garden, EventKind::Person));
    let (_, camera) = scene.get(&format!("/devices/cameras/{garden}")).await;
    assert_eq!((&camera["last_event"]["has_person"], camera["last_event"].get("end_time")), (&json!(true), None));
    let (_, security) = scene.get(&format!("/structures/{}/wwn_security_state", scene.structure())).await;
    assert_eq!(security, "deter");
    let links =
        [&camera["snapshot_url"], &camera["last_event"]["image_url"], &camera["last_event"]["animated_image_url"]];
    for (link, kind) in links.into_iter().zip(["image/png", "image/png", "image/gif"]) {
        let link = link.as_str().expect("a link");
        assert!(link.starts_with(&scene.api("/pictures/")) && !link.contains(scene.simulation.token()));
        let answer = scene.http.get(link).send().await.expect("an answer");
        assert_eq!((answer.status().as_u16(), answer.headers()["content-type"].to_str().expect("text")), (200, kind));
        assert!(answer.bytes().await.expect("a picture").len() > 1000);
        let guess = link.split_once("auth=").expect("a key").0.to_owned() + "auth=guess";
        assert_eq!(scene.http.get(guess).send().await.expect("an answer").status(), 401);
    }
    assert_eq!(scene.put(&format!("/devices/cameras/{garden}"), r#"{"is_streaming":false}"#).await.0, 200);
    let (_, event) = scene.get(&format!("/devices/cameras/{garden}/last_event")).await;
    assert!(event["end_time"].is_string(), "a camera that is switched off sees no more of it");
    scene.simulation.stop().await;
}

#[tokio::test]
async fn alarms_reach_the_structure_and_stop_the_fan() {
    let scene = Scene::new().await;
    let controls = scene.simulation.controls();
    let kitchen = scene.protect("Kitchen");
    let hallway = format!("/devices/thermostats/{}", scene.thermostat("Hallway"));
    assert_eq!(scene.put(&hallway, r#"{"fan_timer_active":true}"#).await.0, 200);
    let path = format!("/devices/smoke_co_alarms/{kitchen}");
    let alarms = [
        (AlarmState::Warning, "warning", "yellow"),
        (AlarmState::Emergency, "emergency", "red"),
        (AlarmState::Ok, "ok", "green"),
    ];
    for (state, word, ring) in alarms {
        assert!(controls.smoke(&kitchen, state));
        let (_, protect) = scene.get(&path).await;
        assert_eq!((&protect["smoke_alarm_state"], &protect["ui_color_state"]), (&json!(word), &json!(ring)));
        let (_, structure) = scene.get(&format!("/structures/{}", scene.structure())).await;
        assert_eq!((&structure["smoke_alarm_state"], &structure["co_alarm_state"]), (&json!(word), &json!("ok")));
    }
    assert_eq!(scene.get(&format!("{hallway}/fan_timer_active")).await.1, false);
    assert!(controls.co(&kitchen, AlarmState::Warning) && controls.battery(&kitchen, BatteryHealth::Replace));
    assert_eq!(scene.get(&format!("{path}/ui_color_state")).await.1, "yellow");
    assert!(controls.set_online(&kitchen, false));
    assert_eq!(scene.get(&format!("{path}/ui_color_state")).await.1, "gray");
    let (status, error) = scene.put(&path, r#"{"smoke_alarm_state":"ok"}"#).await;
    assert_eq!((status, &error["details"]["fields"]), (400, &json!("smoke_alarm_state")));
    assert!(!controls.smoke(&"nothing".into(), AlarmState::Ok));
    scene.simulation.stop().await;
}
