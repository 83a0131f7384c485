//! No Longer Evil: engine, client and a stand-in for the server together, over real sockets.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use crate::nle_recordings::recordings;
use crate::support;

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Value, json};
use setpoint::engine::{Connection, Engine, Outcome};
use setpoint::home::{
    Away, Field, HvacMode, HvacState, Refusal, Scale, ServiceKind, Setpoint, Slot, StructureId, Temperature, Write,
    blocked,
};
use setpoint::nle::{NleClient, NleService, NleTimes};
use setpoint::service::{Reason, Service as _};
use support::engine::{engine_on, live, wanted};
use support::nle::{API_KEY, Nle, Trouble};
use support::until;

pub(super) const TIMES: NleTimes = NleTimes {
    debounce: Duration::from_millis(60),
    debounce_at_most: Duration::from_millis(300),
    poll: Duration::from_millis(700),
    poll_alone: Duration::from_millis(200),
    bells_again: Duration::from_millis(100),
    first_pause: Duration::from_millis(30),
    longest_pause: Duration::from_millis(60),
};

fn service(server: &Nle) -> Arc<NleService> {
    service_with(server, None, TIMES)
}

fn service_with(server: &Nle, token: Option<&str>, times: NleTimes) -> Arc<NleService> {
    let token = token.map(SecretString::from);
    let client = NleClient::new(&server.url, token.as_ref()).expect("a client");
    NleService::new(client, "Mill Lane", times)
}

fn last(server: &Nle) -> (String, String, Value) {
    server.commands().last().cloned().expect("a command")
}

#[tokio::test]
async fn a_home_is_shown_with_what_the_server_knows_and_without_the_devices_secret() {
    let server = Nle::start(&["02AA01AB50120001", "02AA01AB50120002"]).await;
    let engine = engine_on(service(&server));
    let snapshot = live(&engine).await;
    let home = &snapshot.confirmed;
    assert_eq!((home.thermostats.len(), home.structures.len()), (2, 1));
    let structure = home.structures.values().next().expect("a home");
    assert_eq!((structure.name.as_deref(), &structure.away), (Some("Mill Lane"), &Some(Away::Home)));
    let thermostat = &home.thermostats["02AA01AB50120001"];
    assert_eq!(thermostat.name.as_deref(), Some("Room 02AA01AB50120001"));
    assert_eq!(thermostat.target_temperature, Temperature::from_celsius(21.0));
    assert_eq!((&thermostat.hvac_mode, &thermostat.hvac_state), (&Some(HvacMode::Heat), &Some(HvacState::Heating)));
    assert_eq!(thermostat.humidity, Some(41));
    assert!(!format!("{snapshot:?}").contains(API_KEY), "the secret of a device is kept");
}

#[tokio::test]
async fn every_write_of_the_mapping_table_arrives_as_its_command() {
    let server = Nle::start(&["02AA01AB50120001"]).await;
    let engine = engine_on(service(&server));
    live(&engine).await;
    let t = || "02AA01AB50120001".into();
    let done = [
        (Write::Target(t(), Setpoint::celsius(22.5)), "set_temperature", json!(22.5)),
        (Write::Target(t(), Setpoint::fahrenheit(70.0)), "set_temperature", json!((70.0 - 32.0) / 1.8)),
        (Write::Scale(t(), Scale::Fahrenheit), "set_device_setting", json!({"temperature_scale": "F"})),
        (Write::FanTimer(t(), true), "set_fan", json!("on")),
        (Write::FanTimer(t(), false), "set_fan", json!("auto")),
        (Write::Mode(t(), HvacMode::HeatCool), "set_mode", json!("heat-cool")),
        (
            Write::Range { thermostat: t(), low: Some(Setpoint::celsius(18.0)), high: Some(Setpoint::celsius(25.0)) },
            "set_temperature",
            json!({"high": 25.0, "low": 18.0}),
        ),
        (
            Write::Range { thermostat: t(), low: Some(Setpoint::celsius(19.0)), high: None },
            "set_temperature",
            json!({"high": 25.0, "low": 19.0}),
        ),
        (Write::Mode(t(), HvacMode::Cool), "set_mode", json!("cool")),
        (Write::Mode(t(), HvacMode::Off), "set_mode", json!("off")),
    ];
    let kept = wanted(&engine, Write::FanDuration(t(), 30)).await;
    assert_eq!(kept.outcome, Outcome::Done);
    assert_eq!(last(&server).2, json!({"fan_timer_duration_minutes": 30}));
    for (write, name, value) in done {
        let record = wanted(&engine, write.clone()).await;
        assert_eq!(record.outcome, Outcome::Done, "{write:?}");
        assert_eq!(last(&server), ("02AA01AB50120001".to_owned(), name.to_owned(), value), "{write:?}");
    }
    let sent = server.commands().len();
    for (write, field) in [
        (Write::Label(t(), "Kate".to_owned()), Field::Label),
        (Write::StructureName(only(&engine), "Mill".to_owned()), Field::Name),
    ] {
        let record = wanted(&engine, write).await;
        let lacks = Refusal::ServiceLacks { service: ServiceKind::NoLongerEvil, field };
        assert_eq!(record.outcome, Outcome::Refused(Reason::Rule(lacks)));
    }
    assert_eq!(server.commands().len(), sent, "what is not possible is not sent");
}

/// The id of the only structure.
fn only(engine: &Engine) -> StructureId {
    engine.snapshot().confirmed.structures.keys().next().cloned().expect("a structure")
}

#[tokio::test]
async fn the_homes_of_two_servers_are_two() {
    let (one, other) = (Nle::start(&["02AA01AB50120001"]).await, Nle::start(&["02AA01AB50120002"]).await);
    let (one, other) = (engine_on(service(&one)), engine_on(service(&other)));
    live(&one).await;
    live(&other).await;
    assert_ne!(only(&one), only(&other));
}

#[tokio::test]
async fn away_is_shown_as_requested_until_the_thermostat_reports_eco() {
    let server = Nle::start(&["02AA01AB50120001", "02AA01AB50120002"]).await;
    let engine = engine_on(service(&server));
    live(&engine).await;
    let record = wanted(&engine, Write::Away(only(&engine), Away::Away)).await;
    assert_eq!(record.outcome, Outcome::Done);
    let told: Vec<(String, String, Value)> = server.commands();
    let set_away = |serial: &str| (serial.to_owned(), "set_away".to_owned(), json!(true));
    assert_eq!(told, [set_away("02AA01AB50120001"), set_away("02AA01AB50120002")]);
    let home = Arc::clone(&engine.snapshot().confirmed);
    assert!(home.thermostats.values().all(|t| t.hvac_mode == Some(HvacMode::Eco)));
    assert_eq!(home.thermostats["02AA01AB50120001"].previous_hvac_mode, Some(HvacMode::Heat));
    // The server itself still reports home; only a report of the thermostats ends away.
    let asked = server.asked("/api/devices");
    until("another look", || (server.asked("/api/devices") > asked + 1).then_some(())).await;
    let away = |engine: &Engine| engine.snapshot().confirmed.structures[&only(engine)].away.clone();
    assert_eq!(away(&engine), Some(Away::Away));
    for serial in ["02AA01AB50120001", "02AA01AB50120002"] {
        server.report(serial, &json!({"eco": {"mode": "manual-eco"}}), &json!({}));
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(away(&engine), Some(Away::Away));
    // A user turns Eco off at the thermostat.
    for serial in ["02AA01AB50120001", "02AA01AB50120002"] {
        server.report(serial, &json!({"eco": {"mode": "schedule"}}), &json!({}));
    }
    until("home again", || (away(&engine) == Some(Away::Home)).then_some(())).await;
    // Leaving Eco for a mode sends both commands.
    assert_eq!(wanted(&engine, Write::Mode("02AA01AB50120001".into(), HvacMode::Eco)).await.outcome, Outcome::Done);
    assert_eq!(wanted(&engine, Write::Mode("02AA01AB50120001".into(), HvacMode::Cool)).await.outcome, Outcome::Done);
    let names: Vec<(String, Value)> = server.commands().into_iter().map(|(_, name, value)| (name, value)).collect();
    let (away, mode) = ("set_away".to_owned(), "set_mode".to_owned());
    assert_eq!(names[names.len() - 3..], [(away.clone(), json!(true)), (away, json!(false)), (mode, json!("cool"))]);
}

/// Findings N1: no firmware sends `is_online`, and the server answers `false` for it.
#[tokio::test]
async fn n1_a_thermostat_is_online_while_the_server_says_available() {
    let server = Nle::start(&["02AA01AB50120001"]).await;
    let engine = engine_on(service(&server));
    let online = |engine: &Engine| engine.snapshot().confirmed.thermostats["02AA01AB50120001"].is_online;
    live(&engine).await;
    assert_eq!(online(&engine), Some(true));
    let record = wanted(&engine, Write::Target("02AA01AB50120001".into(), Setpoint::celsius(19.5))).await;
    assert_eq!(record.outcome, Outcome::Done);
    server.available("02AA01AB50120001", false);
    until("the loss of the thermostat", || (online(&engine) == Some(false)).then_some(())).await;
}

/// Findings N1: the buckets of a real thermostat, as the real server answers them.
#[tokio::test]
async fn n1_the_recorded_buckets_of_a_real_thermostat_are_a_home_that_can_be_changed() {
    let Some(folder) = recordings() else {
        println!("no folder of recordings here");
        return;
    };
    let bucket = |name: &str| -> Value {
        let text = std::fs::read_to_string(folder.join(name)).expect("a recorded bucket");
        serde_json::from_str(&text).expect("JSON")
    };
    let server = Nle::start(&[]).await;
    let device = bucket("real-thermostat-5.9.4-device.json");
    server.report("02AA01AC33140F61", &device, &bucket("real-thermostat-5.9.4-shared.json"));
    let engine = engine_on(service(&server));
    let home = Arc::clone(&live(&engine).await.confirmed);
    let thermostat = &home.thermostats["02AA01AC33140F61"];
    assert_eq!(thermostat.name.as_deref(), Some("Thermostat 0F61"));
    assert_eq!((thermostat.is_online, &thermostat.hvac_mode), (Some(true), &Some(HvacMode::Heat)));
    assert_eq!(thermostat.temperature_scale, Some(Scale::Fahrenheit));
    let write = Write::Target("02AA01AC33140F61".into(), Setpoint::fahrenheit(68.0));
    assert_eq!(wanted(&engine, write).await.outcome, Outcome::Done);
}

/// Findings N2: the server stores `structure.default` per serial number.
#[tokio::test]
async fn n2_eco_reaches_the_thermostat_that_is_meant_and_away_reaches_each() {
    let serials = ["02AA01AB50120001", "02AA01AB50120002", "02AA01AB50120003"];
    let server = Nle::start(&serials).await;
    let engine = engine_on(service(&server));
    live(&engine).await;
    let told = |server: &Nle| serials.map(|serial| server.manual_eco(serial));
    let eco = |engine: &Engine| {
        let home = Arc::clone(&engine.snapshot().confirmed);
        serials.map(|serial| home.thermostats[serial].hvac_mode == Some(HvacMode::Eco))
    };
    let mode = |serial: &str, mode: HvacMode| Write::Mode(serial.into(), mode);
    assert_eq!(wanted(&engine, mode(serials[1], HvacMode::Eco)).await.outcome, Outcome::Done);
    assert_eq!((told(&server), eco(&engine)), ([None, Some(true), None], [false, true, false]));
    assert_eq!(wanted(&engine, Write::Away(only(&engine), Away::Away)).await.outcome, Outcome::Done);
    assert_eq!((told(&server), eco(&engine)), ([Some(true); 3], [true; 3]));
    assert_eq!(wanted(&engine, mode(serials[2], HvacMode::Heat)).await.outcome, Outcome::Done);
    assert_eq!((told(&server), eco(&engine)), ([Some(true), Some(true), Some(false)], [true, true, false]));
    // A thermostat that was set to Eco at its dial leaves Eco as well.
    server.report(serials[2], &json!({"eco": {"mode": "manual-eco"}}), &json!({}));
    until("eco of the dial", || eco(&engine)[2].then_some(())).await;
    assert_eq!(wanted(&engine, mode(serials[2], HvacMode::Heat)).await.outcome, Outcome::Done);
    assert_eq!((told(&server)[2], eco(&engine)[2]), (Some(false), false));
}

/// Findings N3 and N4: the fan runs for the stored minutes, and a second start restarts its time.
#[tokio::test]
async fn n3_n4_the_fan_runs_for_the_minutes_that_are_stored_and_can_be_started_anew() {
    let server = Nle::start(&["02AA01AB50120001"]).await;
    let t = || "02AA01AB50120001".into();
    // Another client or an earlier run of this program stored the duration.
    server.report("02AA01AB50120001", &json!({"fan_timer_duration_minutes": 45}), &json!({}));
    let engine = engine_on(service(&server));
    live(&engine).await;
    assert_eq!(wanted(&engine, Write::FanTimer(t(), true)).await.outcome, Outcome::Done);
    let first = server.fan_until("02AA01AB50120001").expect("a fan that runs");
    assert_eq!(wanted(&engine, Write::FanDuration(t(), 15)).await.outcome, Outcome::Done);
    assert_eq!(wanted(&engine, Write::FanTimer(t(), true)).await.outcome, Outcome::Done);
    let again = server.fan_until("02AA01AB50120001").expect("a fan that runs");
    assert_eq!(first - again, 30 * 60);
}

#[tokio::test]
async fn a_burst_of_change_events_is_one_read() {
    let server = Nle::start(&["02AA01AB50120001", "02AA01AB50120002"]).await;
    let engine = engine_on(service_with(
        &server,
        None,
        NleTimes { poll: Duration::from_hours(1), poll_alone: Duration::from_hours(1), ..TIMES },
    ));
    live(&engine).await;
    until("the bells", || (server.asked("/api/events") > 0).then_some(())).await;
    tokio::time::sleep(Duration::from_millis(150)).await;
    let before = server.asked("/status");
    for degrees in [19.0, 19.5, 20.0] {
        server.report("02AA01AB50120002", &json!({}), &json!({"target_temperature": degrees}));
    }
    let shown = |engine: &Engine| engine.snapshot().confirmed.thermostats["02AA01AB50120002"].target_temperature;
    until("the change", || (shown(&engine) == Temperature::from_celsius(20.0)).then_some(())).await;
    assert_eq!(server.asked("/status"), before + 1, "six bells are one look");
    // The client ignores unreadable change events. A change event of an unknown thermostat makes it read the
    // list again.
    let list = server.asked("/api/devices");
    for data in ["", "hello", "{\"error\":\"no manager\"}", "{\"serial\":7}", "[]"] {
        server.ring_with(data);
    }
    server.report("02AA01AB50120003", &json!({}), &json!({"name": "New"}));
    until("the new thermostat", || engine.snapshot().confirmed.thermostats.get("02AA01AB50120003").map(drop)).await;
    assert_eq!(server.asked("/api/devices"), list + 1);
}

#[tokio::test]
async fn without_change_events_the_list_is_polled() {
    let server = Nle::start(&["02AA01AB50120001"]).await;
    server.trouble(Trouble::NoBells);
    let engine = engine_on(service(&server));
    live(&engine).await;
    server.report("02AA01AB50120001", &json!({}), &json!({"target_temperature": 18.0}));
    let shown = |engine: &Engine| engine.snapshot().confirmed.thermostats["02AA01AB50120001"].target_temperature;
    until("the change", || (shown(&engine) == Temperature::from_celsius(18.0)).then_some(())).await;
    assert_eq!(engine.snapshot().connection, Connection::Live);
}

#[tokio::test]
async fn a_clamped_temperature_is_reported() {
    let server = Nle::start(&["02AA01AB50120001"]).await;
    server.limit(10.0, 24.0);
    let engine = engine_on(service(&server));
    live(&engine).await;
    let t = || "02AA01AB50120001".into();
    let record = wanted(&engine, Write::Target(t(), Setpoint::celsius(26.0))).await;
    assert_eq!(record.outcome, Outcome::Refused(Reason::Adjusted { to: Setpoint::celsius(24.0) }));
    let shown = |engine: &Engine| engine.snapshot().shown.thermostats["02AA01AB50120001"].target_temperature;
    until("what it became", || (shown(&engine) == Temperature::from_celsius(24.0)).then_some(())).await;
    assert_eq!(wanted(&engine, Write::Mode(t(), HvacMode::HeatCool)).await.outcome, Outcome::Done);
    let (low, high) = (Some(Setpoint::fahrenheit(64.0)), Some(Setpoint::fahrenheit(80.0)));
    let record = wanted(&engine, Write::Range { thermostat: t(), low, high }).await;
    assert_eq!(record.outcome, Outcome::Refused(Reason::Adjusted { to: Setpoint::fahrenheit(75.0) }));
}

#[tokio::test]
async fn a_thermostat_that_is_not_on_the_list_is_never_named_to_the_server() {
    let server = Nle::start(&["02AA01AB50120001"]).await;
    let engine = engine_on(service(&server));
    live(&engine).await;
    let write = Write::Target("UNSEEN0000000000".into(), Setpoint::celsius(20.0));
    let record = wanted(&engine, write).await;
    assert!(matches!(record.outcome, Outcome::Refused(_)), "{:?}", record.outcome);
    assert_eq!(server.commands(), []);
}

#[tokio::test]
async fn server_errors_are_reported_and_the_home_stays() {
    let server = Nle::start(&["02AA01AB50120001"]).await;
    let engine = engine_on(service(&server));
    live(&engine).await;
    for trouble in [Trouble::Page, Trouble::Status(500), Trouble::Status(503), Trouble::Status(404)] {
        server.trouble(trouble);
        until("the loss", || matches!(engine.snapshot().connection, Connection::Reconnecting { .. }).then_some(()))
            .await;
        assert_eq!(engine.snapshot().confirmed.thermostats.len(), 1, "{trouble:?} emptied the home");
        server.trouble(Trouble::None);
        live(&engine).await;
    }
}

#[tokio::test]
async fn one_failed_read_keeps_the_connection() {
    let server = Nle::start(&["02AA01AB50120001"]).await;
    let engine = engine_on(service(&server));
    live(&engine).await;
    server.trouble(Trouble::StatusFails);
    let record = wanted(&engine, Write::Target("02AA01AB50120001".into(), Setpoint::celsius(19.5))).await;
    assert_eq!(record.outcome, Outcome::Done);
    assert_eq!(engine.snapshot().connection, Connection::Live);
}

#[tokio::test]
async fn coming_home_is_shown_as_requested_though_the_sensor_says_away() {
    let server = Nle::start(&["02AA01AB50120001"]).await;
    server.report("02AA01AB50120001", &json!({"eco": {"mode": "auto-eco"}}), &json!({"away": true}));
    let engine = engine_on(service(&server));
    live(&engine).await;
    assert_eq!(engine.snapshot().confirmed.structures[&only(&engine)].away, Some(Away::Away));
    assert_eq!(wanted(&engine, Write::Away(only(&engine), Away::Home)).await.outcome, Outcome::Done);
}

#[tokio::test]
async fn one_end_of_a_range_does_not_bring_the_other_back() {
    let server = Nle::start(&["02AA01AB50120001"]).await;
    server.report(
        "02AA01AB50120001",
        &json!({}),
        &json!({"target_temperature_type": "range",
        "target_temperature_low": 18.0, "target_temperature_high": 25.0}),
    );
    let service = service(&server);
    let home = Arc::clone(&service).fetch().await.expect("a home");
    let range = |low: Option<f64>, high: Option<f64>| {
        let (low, high) = (low.map(Setpoint::celsius), high.map(Setpoint::celsius));
        let write = Write::Range { thermostat: "02AA01AB50120001".into(), low, high };
        setpoint::home::check(&home, &write, jiff::Timestamp::UNIX_EPOCH).expect("allowed")
    };
    Arc::clone(&service).write(range(Some(20.0), None)).await.expect("taken");
    Arc::clone(&service).write(range(None, Some(26.0))).await.expect("taken");
    assert_eq!(last(&server).2, json!({"high": 26.0, "low": 20.0}));
}

#[tokio::test]
async fn one_thermostat_that_cannot_be_read_leaves_the_others() {
    let server = Nle::start(&["02AA01AB50120001", "02AA01AB50120002"]).await;
    server.report(
        "02AA01AB50120002",
        &json!({"eco": 7, "has_fan": "yes"}),
        &json!({
            "name": null, "current_temperature": "warm", "target_temperature": null, "target_temperature_type": null,
            "can_heat": null
        }),
    );
    let engine = engine_on(service(&server));
    let home = Arc::clone(&live(&engine).await.confirmed);
    let odd = &home.thermostats["02AA01AB50120002"];
    assert_eq!(odd.name.as_deref(), Some("Thermostat 0002"));
    assert_eq!((odd.ambient_temperature, odd.target_temperature, &odd.hvac_mode), (None, None, &None));
    let slot = Slot { node: setpoint::home::Node::Thermostat("02AA01AB50120001".into()), field: Field::Target };
    assert_eq!(blocked(&home, &slot), None);
    assert_eq!(
        wanted(&engine, Write::Target("02AA01AB50120001".into(), Setpoint::celsius(20.0))).await.outcome,
        Outcome::Done
    );
}

#[tokio::test]
async fn a_proxy_before_the_server_gets_its_token_and_a_wrong_one_is_a_sign_in() {
    let server = Nle::start(&["02AA01AB50120001"]).await;
    server.trouble(Trouble::WantsToken("let-me-in"));
    let engine = engine_on(service_with(&server, Some("let-me-in"), TIMES));
    live(&engine).await;
    let engine = engine_on(service_with(&server, Some("wrong"), TIMES));
    until("the sign-in", || matches!(engine.snapshot().connection, Connection::SignedOut { .. }).then_some(())).await;
}

#[test]
fn a_token_is_sent_only_over_https() {
    let token = SecretString::from("secret");
    assert!(NleClient::new("http://192.168.1.10:8082", None).is_ok(), "the server of one's own network");
    assert!(NleClient::new("http://192.168.1.10:8082", Some(&token)).is_err(), "a token over plain http");
    assert!(NleClient::new("https://nle.example", Some(&token)).is_ok());
    assert!(NleClient::new("ftp://192.168.1.10", None).is_err());
    assert!(NleClient::new("http://u:p@192.168.1.10", None).is_err());
}
