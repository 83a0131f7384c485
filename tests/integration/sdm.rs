//! Google Device Access: engine, client and a stand-in for Google together, over real sockets.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

mod findings;
use crate::support;

use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use setpoint::engine::{Connection, Debounce, Engine, Origin, Outcome, Request};
use setpoint::home::{
    Away, DeviceTree, Field, HvacMode, HvacState, Refusal, Scale, ServiceKind, Setpoint, Temperature, Write,
};
use setpoint::sdm::{GoogleSignIn, SIGN_IN, SdmClient, SdmConfig, SdmSecret, SdmService, SdmTimes};
use setpoint::service::{FailureKind, Reason, Service as _};
use support::engine::{engine_on, live, wanted};
use support::sdm::{CLIENT, CLIENT_SECRET, CODE, PROJECT, REFRESH, SUBSCRIPTION, Sdm, Trouble, thermostat_traits};
use support::until;

const TIMES: SdmTimes = SdmTimes {
    pull: Duration::from_secs(5),
    after_command: Duration::from_millis(100),
    again_after_command: Duration::from_millis(300),
    list_gap: Duration::from_millis(100),
    poll: Duration::from_secs(3600),
    poll_alone: Duration::from_millis(200),
    events_again: Duration::from_millis(100),
    image_gap: Duration::from_secs(3600),
    confirm: Duration::from_secs(2),
    first_pause: Duration::from_millis(30),
    longest_pause: Duration::from_millis(60),
};

/// Later than any list that the tests read.
const LATER: &str = "2100-01-01T00:00:01Z";
const LATER_STILL: &str = "2100-01-01T00:00:09Z";

fn config(server: &Sdm, subscription: Option<&str>) -> SdmConfig {
    let tokens = format!("{}/token", server.url);
    let addresses = [server.url.as_str(), server.url.as_str(), tokens.as_str()];
    SdmConfig::new(addresses, PROJECT, CLIENT, subscription.map(str::to_owned)).expect("addresses")
}

fn secret() -> SdmSecret {
    let (refresh_token, client_secret) = (SecretString::from(REFRESH), SecretString::from(CLIENT_SECRET));
    SdmSecret { refresh_token, client_secret, issued: None }
}

fn service(server: &Sdm) -> Arc<SdmService> {
    let client = SdmClient::new(config(server, Some(SUBSCRIPTION)), secret()).expect("a client");
    SdmService::new(client, "Google", TIMES)
}

fn engine(server: &Sdm) -> Engine {
    engine_on(service(server))
}

async fn shows(engine: &Engine, what: &str, is_so: impl Fn(&DeviceTree) -> bool) {
    until(what, || is_so(&engine.snapshot().confirmed).then_some(())).await;
}

fn sent(server: &Sdm, from: usize) -> Vec<(String, Value)> {
    server.commands()[from..].iter().map(|(_, name, params)| (name.clone(), params.clone())).collect()
}

fn target(home: &DeviceTree) -> Option<Temperature> {
    home.thermostats["thermostat"].target_temperature
}

#[tokio::test]
async fn a_home_is_shown_with_rooms_as_names_and_traits_of_tomorrow_kept() {
    let server = Sdm::start().await;
    server.add("lamp", "LAMP", "Attic", &json!({}));
    let engine = engine(&server);
    let home = Arc::clone(&live(&engine).await.confirmed);
    let thermostat = &home.thermostats["thermostat"];
    assert_eq!(thermostat.name.as_deref(), Some("Hallway"), "it has no name of its own");
    assert_eq!((&thermostat.hvac_mode, &thermostat.hvac_state), (&Some(HvacMode::Heat), &Some(HvacState::Heating)));
    assert_eq!(target(&home), Temperature::from_celsius(21.0));
    assert_eq!((thermostat.has_fan, thermostat.humidity), (Some(true), Some(43)));
    assert_eq!(thermostat.extra.get("sdm_OfTomorrow"), Some(json!({"answer": 42})));
    assert_eq!(home.cameras["doorbell"].name.as_deref(), Some("Front door"));
    let structure = &home.structures["home"];
    assert_eq!(structure.name.as_deref(), Some("Elm Street"));
    assert_eq!(structure.thermostats.as_deref(), Some(&["thermostat".into()][..]));
    assert_eq!(structure.away, None, "away cannot even be read");
    assert_eq!(home.device_count(), 2, "what has no page is not shown");
}

#[tokio::test]
async fn every_write_of_the_mapping_table_arrives_as_its_command_or_is_refused() {
    let server = Sdm::start().await;
    let engine = engine(&server);
    live(&engine).await;
    let t = || "thermostat".into();
    let setpoint = |name: &str| format!("ThermostatTemperatureSetpoint.{name}");
    let mode = |word: &str| ("ThermostatMode.SetMode".to_owned(), json!({ "mode": word }));
    let eco = |word: &str| ("ThermostatEco.SetMode".to_owned(), json!({ "mode": word }));
    let fan = |params: Value| ("Fan.SetTimer".to_owned(), params);
    let (low, high) = (Some(Setpoint::celsius(18.0)), Some(Setpoint::celsius(25.0)));
    for (write, commands) in [
        (Write::Target(t(), Setpoint::celsius(22.5)), vec![(setpoint("SetHeat"), json!({"heatCelsius": 22.5}))]),
        (
            Write::Target(t(), Setpoint::fahrenheit(68.0)),
            vec![(setpoint("SetHeat"), json!({"heatCelsius": (68.0 - 32.0) / 1.8}))],
        ),
        (Write::FanDuration(t(), 30), vec![]),
        (Write::FanTimer(t(), true), vec![fan(json!({"timerMode": "ON", "duration": "1800s"}))]),
        (Write::FanTimer(t(), false), vec![fan(json!({"timerMode": "OFF"}))]),
        (Write::Mode(t(), HvacMode::Eco), vec![eco("MANUAL_ECO")]),
        (Write::Mode(t(), HvacMode::Cool), vec![eco("OFF"), mode("COOL")]),
        (Write::Target(t(), Setpoint::celsius(24.0)), vec![(setpoint("SetCool"), json!({"coolCelsius": 24.0}))]),
        (Write::Mode(t(), HvacMode::HeatCool), vec![mode("HEATCOOL")]),
        (
            Write::Range { thermostat: t(), low, high },
            vec![(setpoint("SetRange"), json!({"heatCelsius": 18.0, "coolCelsius": 25.0}))],
        ),
        (
            Write::Range { thermostat: t(), low: Some(Setpoint::celsius(17.0)), high: None },
            vec![(setpoint("SetRange"), json!({"heatCelsius": 17.0, "coolCelsius": 25.0}))],
        ),
        (Write::Mode(t(), HvacMode::Off), vec![mode("OFF")]),
    ] {
        let before = server.commands().len();
        let record = wanted(&engine, write.clone()).await;
        assert_eq!(record.outcome, Outcome::Done, "{write:?}");
        assert_eq!(sent(&server, before), commands, "{write:?}");
    }
    let before = server.commands().len();
    for (write, field) in [
        (Write::Away("home".into(), Away::Away), Field::Away),
        (Write::Scale(t(), Scale::Fahrenheit), Field::Scale),
        (Write::Label(t(), "Kate".to_owned()), Field::Label),
        (Write::Streaming("doorbell".into(), true), Field::Streaming),
    ] {
        let lacks = Refusal::ServiceLacks { service: ServiceKind::DeviceAccess, field };
        assert_eq!(wanted(&engine, write).await.outcome, Outcome::Refused(Reason::Rule(lacks)));
    }
    assert_eq!(server.commands().len(), before, "what is not possible is not sent");
}

#[tokio::test]
async fn events_change_traits_in_part_and_an_older_one_never_wins() {
    let server = Sdm::start().await;
    let engine = engine(&server);
    live(&engine).await;
    let setpoint = |degrees: f64| json!({"sdm.devices.traits.ThermostatTemperatureSetpoint": {"heatCelsius": degrees}});
    server.publish_traits("m1", "thermostat", LATER_STILL, &setpoint(19.0));
    shows(&engine, "the event", |home| target(home) == Temperature::from_celsius(19.0)).await;
    let thermostat = Arc::clone(&engine.snapshot().confirmed.thermostats["thermostat"]);
    assert_eq!((&thermostat.hvac_mode, thermostat.humidity), (&Some(HvacMode::Heat), Some(43)), "the rest stays");
    // An event that was sent earlier and arrives later, a duplicate, and an event from before the list.
    server.publish_traits("m2", "thermostat", LATER, &setpoint(18.0));
    server.publish_traits("m1", "thermostat", LATER_STILL, &setpoint(17.0));
    server.publish_traits("m3", "thermostat", "2001-01-01T00:00:00Z", &setpoint(16.0));
    // A mode with its setpoint: the setpoint of the previous mode is gone.
    server.publish_traits(
        "m4",
        "thermostat",
        LATER_STILL,
        &json!({"sdm.devices.traits.ThermostatMode": {"mode": "COOL"}, "sdm.devices.traits.ThermostatTemperatureSetpoint": {"coolCelsius": 26.0}}),
    );
    shows(&engine, "the mode", |home| home.thermostats["thermostat"].hvac_mode == Some(HvacMode::Cool)).await;
    assert_eq!(target(&engine.snapshot().confirmed), Temperature::from_celsius(26.0));
    until("all to be acknowledged", || (server.acknowledged().len() == 5).then_some(())).await;
}

#[tokio::test]
async fn unreadable_messages_are_acknowledged_and_dropped() {
    let server = Sdm::start().await;
    let engine = engine(&server);
    live(&engine).await;
    server.publish_raw("b1", "not base64!");
    server.publish_raw("b2", "bm90IGpzb24=");
    for (id, payload) in [
        ("b3", json!({})),
        ("b4", json!({"resourceUpdate": null, "timestamp": LATER})),
        ("b5", json!({"resourceUpdate": {"name": 7, "traits": []}, "timestamp": LATER})),
        ("b6", json!({"resourceUpdate": {"name": "x/thermostat", "traits": {"y": 3}}, "timestamp": "yesterday"})),
        (
            "b7",
            json!({"resourceUpdate": {"name": "x/thermostat", "traits": {"sdm.devices.traits.Humidity": null}}, "timestamp": LATER}),
        ),
    ] {
        server.publish(id, &payload);
    }
    server.publish_traits(
        "b8",
        "thermostat",
        LATER,
        &json!({"sdm.devices.traits.Humidity": {"ambientHumidityPercent": 55.0}}),
    );
    shows(&engine, "the good one", |home| home.thermostats["thermostat"].humidity == Some(55)).await;
    until("all to be acknowledged", || (server.acknowledged().len() == 8).then_some(())).await;
    assert_eq!(engine.snapshot().connection, Connection::Live);
}

#[tokio::test]
async fn a_new_or_removed_device_reloads_the_list() {
    let server = Sdm::start().await;
    let engine = engine(&server);
    live(&engine).await;
    server.add("studio", "THERMOSTAT", "Studio", &thermostat_traits());
    server.publish(
        "r1",
        &json!({"eventId": "r1", "timestamp": LATER, "relationUpdate": {"type": "CREATED", "subject": "",
        "object": format!("enterprises/{PROJECT}/devices/studio")}}),
    );
    shows(&engine, "the new one", |home| home.thermostats.contains_key("studio")).await;
    // An event of an unknown device has the same effect.
    server.add("attic", "THERMOSTAT", "Attic", &thermostat_traits());
    server.publish_traits("r2", "attic", LATER, &json!({}));
    shows(&engine, "the unknown one", |home| home.thermostats.contains_key("attic")).await;
}

#[tokio::test]
async fn messages_from_before_the_start_are_history() {
    let server = Sdm::start().await;
    let ended = json!({"eventThreadState": "ENDED"});
    server.publish_event("old", "doorbell", "2026-01-01T10:00:00Z", "CameraMotion.Motion", &ended);
    let engine = engine(&server);
    let first = live(&engine).await;
    let last = |home: &DeviceTree| home.cameras["doorbell"].last_event.clone();
    let event = last(&first.confirmed).expect("history is there from the first");
    assert_eq!((event.has_motion, event.has_person, event.is_going_on()), (Some(true), None, false));
    let started = json!({"eventThreadState": "STARTED"});
    server.publish_event("new", "doorbell", LATER, "CameraMotion.Motion", &started);
    shows(&engine, "the movement", |home| last(home).is_some_and(|event| event.is_going_on())).await;
    // The same session adds data, and ends.
    let name = format!("enterprises/{PROJECT}/devices/doorbell");
    server.publish(
        "new2",
        &json!({"eventId": "new", "timestamp": LATER_STILL, "eventThreadState": "ENDED",
        "resourceUpdate": {"name": name, "events": {"sdm.devices.events.DoorbellChime.Chime":
            {"eventSessionId": "session of new", "eventId": "x", "zones": ["", "Path"]}}}}),
    );
    shows(&engine, "the visitor", |home| last(home).is_some_and(|event| event.has_person == Some(true))).await;
    let event = last(&engine.snapshot().confirmed).expect("an event");
    assert_eq!((event.has_motion, event.is_going_on()), (Some(true), false));
    assert_eq!(event.activity_zone_ids.as_deref(), Some(&["Path".to_owned()][..]));
    // An older event that arrives late changes nothing.
    server.publish_event("late", "doorbell", "2026-01-02T10:00:00Z", "CameraSound.Sound", &ended);
    until("it to be taken", || (server.acknowledged().len() == 4).then_some(())).await;
    assert_eq!(last(&engine.snapshot().confirmed).expect("an event").has_sound, None);
}

#[tokio::test]
async fn an_access_token_that_ended_is_replaced_and_a_withdrawn_one_is_a_sign_in() {
    let server = Sdm::start().await;
    let engine = engine(&server);
    live(&engine).await;
    server.trouble(Trouble::Expired);
    let record = wanted(&engine, Write::Target("thermostat".into(), Setpoint::celsius(20.0))).await;
    assert_eq!(record.outcome, Outcome::Done);
    server.trouble(Trouble::Revoked);
    let write = Write::Target("thermostat".into(), Setpoint::celsius(19.0));
    assert!(engine.request(Request::Set { write, debounce: Debounce::Now, origin: Origin::Window, seen: None }));
    let why = until("the sign-in", || {
        if let Connection::SignedOut { why } = &engine.snapshot().connection { Some(why.clone()) } else { None }
    })
    .await;
    assert!(why.to_string().contains("expired or revoked"), "{why}");
    assert_eq!(engine.snapshot().confirmed.device_count(), 2, "what was known stays");
}

#[tokio::test]
async fn each_error_of_a_command_says_what_it_means() {
    let server = Sdm::start().await;
    let service = service(&server);
    let home = Arc::clone(&service).fetch().await.expect("a home");
    let write = Write::Target("thermostat".into(), Setpoint::celsius(20.0));
    let checked = || setpoint::home::check(&home, &write, jiff::Timestamp::UNIX_EPOCH).expect("allowed");
    let rate = "Rate limited for the Thermostat.";
    for (status, rpc, message, kind) in [
        (400, "INVALID_ARGUMENT", "Invalid argument.", FailureKind::Refused),
        (404, "NOT_FOUND", "Device not found.", FailureKind::Gone),
        (403, "PERMISSION_DENIED", "The caller does not have permission", FailureKind::Refused),
        (429, "RESOURCE_EXHAUSTED", rate, FailureKind::Busy(None)),
        (500, "INTERNAL", "Internal error encountered.", FailureKind::Offline),
        (504, "DEADLINE_EXCEEDED", "Deadline exceeded.", FailureKind::Offline),
    ] {
        server.trouble(Trouble::Commands(status, rpc, message));
        let failure = Arc::clone(&service).write(checked()).await.expect_err(message);
        assert_eq!(failure.kind, kind, "{message}");
        assert!(failure.reason.to_string().contains(message), "{}", failure.reason);
    }
}

#[tokio::test]
async fn without_events_or_with_them_refused_the_devices_are_read_more_often() {
    for subscription in [None, Some(SUBSCRIPTION)] {
        let server = Sdm::start().await;
        server.trouble(Trouble::NoEvents);
        let client = SdmClient::new(config(&server, subscription), secret()).expect("a client");
        let engine = engine_on(SdmService::new(client, "Google", TIMES));
        live(&engine).await;
        let mut traits = thermostat_traits();
        traits["sdm.devices.traits.ThermostatTemperatureSetpoint"] = json!({"heatCelsius": 17.5});
        server.add("thermostat", "THERMOSTAT", "Hallway", &traits);
        shows(&engine, "the change", |home| target(home) == Temperature::from_celsius(17.5)).await;
        assert_eq!(engine.snapshot().connection, Connection::Live);
    }
}

#[tokio::test]
async fn the_home_survives_errors_of_google() {
    let server = Sdm::start().await;
    let client = SdmClient::new(config(&server, None), secret()).expect("a client");
    let engine = engine_on(SdmService::new(client, "Google", TIMES));
    live(&engine).await;
    for trouble in [
        Trouble::Page,
        Trouble::Calls(500, "INTERNAL", "Internal error encountered."),
        Trouble::Calls(503, "UNAVAILABLE", "The service is currently unavailable."),
    ] {
        server.trouble(trouble.clone());
        until("the loss", || matches!(engine.snapshot().connection, Connection::Reconnecting { .. }).then_some(()))
            .await;
        assert_eq!(engine.snapshot().confirmed.device_count(), 2, "{trouble:?} emptied the home");
        server.trouble(Trouble::None);
        live(&engine).await;
    }
}

#[tokio::test]
async fn a_command_without_effect_is_rolled_back() {
    let server = Sdm::start().await;
    let engine = engine(&server);
    live(&engine).await;
    server.obey(false);
    let record = wanted(&engine, Write::Target("thermostat".into(), Setpoint::celsius(24.0))).await;
    assert_eq!(record.outcome, Outcome::Unconfirmed);
    assert_eq!(target(&engine.snapshot().shown), Temperature::from_celsius(21.0));
}

#[tokio::test]
async fn incomplete_thermostats_are_shown() {
    let server = Sdm::start().await;
    server.add(
        "bare",
        "THERMOSTAT",
        "",
        &json!({"sdm.devices.traits.Fan": {}, "sdm.devices.traits.ThermostatMode": null}),
    );
    let mut both = thermostat_traits();
    both["sdm.devices.traits.ThermostatTemperatureSetpoint"] = json!({"heatCelsius": 20.0, "coolCelsius": 25.0});
    server.add("both", "THERMOSTAT", "Attic", &both);
    let mut eco = thermostat_traits();
    eco["sdm.devices.traits.ThermostatEco"]["mode"] = json!("MANUAL_ECO");
    eco["sdm.devices.traits.ThermostatTemperatureSetpoint"] = json!({});
    server.add("eco", "THERMOSTAT", "Den", &eco);
    let engine = engine(&server);
    let home = Arc::clone(&live(&engine).await.confirmed);
    let bare = &home.thermostats["bare"];
    assert_eq!((bare.has_fan, &bare.hvac_mode, bare.name.as_deref()), (Some(false), &None, Some("Thermostat")));
    let both = &home.thermostats["both"];
    assert_eq!(both.target_temperature, Temperature::from_celsius(20.0), "that of its mode");
    assert_eq!(both.target_temperature_high, None);
    let eco = &home.thermostats["eco"];
    assert_eq!((&eco.hvac_mode, eco.mode_before_eco()), (&Some(HvacMode::Eco), Some(&HvacMode::Heat)));
}

#[tokio::test]
async fn a_code_is_exchanged_only_with_its_verifier() {
    let server = Sdm::start().await;
    let config = config(&server, None);
    let pages = SIGN_IN.parse().expect("a URL");
    let sign_in = GoogleSignIn::begin(pages, PROJECT, CLIENT, "http://127.0.0.1:8080/callback", true);
    let client_secret = || SecretString::from(CLIENT_SECRET);
    let kept = SdmClient::exchange(&config, &sign_in, &SecretString::from(CODE), client_secret()).await.expect("kept");
    assert_eq!(kept.refresh_token.expose_secret(), REFRESH);
    let form = server.forms().pop().expect("a form");
    assert_eq!(form["redirect_uri"], "http://127.0.0.1:8080/callback");
    assert_eq!(form["code_verifier"].len(), 64);
    for (code, secret) in [("4/wrong", CLIENT_SECRET), (CODE, "wrong")] {
        let (code, secret) = (SecretString::from(code), SecretString::from(secret));
        let failure = SdmClient::exchange(&config, &sign_in, &code, secret).await.map(drop).expect_err("refused");
        assert_eq!(failure.kind, FailureKind::SignIn);
        assert!(!failure.to_string().contains(CLIENT_SECRET));
    }
}

#[tokio::test]
async fn accepted_values_count_for_the_next_command() {
    let server = Sdm::start().await;
    let mut traits = thermostat_traits();
    traits["sdm.devices.traits.ThermostatMode"]["mode"] = json!("HEATCOOL");
    traits["sdm.devices.traits.ThermostatTemperatureSetpoint"] = json!({"heatCelsius": 19.0, "coolCelsius": 26.0});
    server.add("thermostat", "THERMOSTAT", "Hallway", &traits);
    let service = service(&server);
    let home = Arc::clone(&service).fetch().await.expect("a home");
    let low = Write::Range { thermostat: "thermostat".into(), low: Some(Setpoint::celsius(18.0)), high: None };
    let high = Write::Range { thermostat: "thermostat".into(), low: None, high: Some(Setpoint::celsius(25.0)) };
    for write in [low, high] {
        let checked = setpoint::home::check(&home, &write, jiff::Timestamp::UNIX_EPOCH).expect("allowed");
        Arc::clone(&service).write(checked).await.expect("accepted");
    }
    let (_, params) = sent(&server, 0).pop().expect("a command");
    assert_eq!(params, json!({"heatCelsius": 18.0, "coolCelsius": 25.0}), "the low end of before was sent again");
}

#[tokio::test]
async fn a_message_may_contain_several_events() {
    let server = Sdm::start().await;
    let engine = engine(&server);
    live(&engine).await;
    let last = |home: &DeviceTree| home.cameras["doorbell"].last_event.clone();
    let name = format!("enterprises/{PROJECT}/devices/doorbell");
    let of = |session: &str| json!({"eventSessionId": session, "eventId": "x"});
    let tell = |id: &str, at: &str, events: Value| {
        server.publish(
            id,
            &json!({"eventId": id, "timestamp": at, "eventThreadState": "STARTED",
            "resourceUpdate": {"name": name, "events": events}}),
        );
    };
    tell(
        "e1",
        LATER,
        json!({"sdm.devices.events.CameraMotion.Motion": of("first"), "sdm.devices.events.CameraPerson.Person": of("first")}),
    );
    shows(&engine, "both", |home| {
        last(home).is_some_and(|event| (event.has_motion, event.has_person) == (Some(true), Some(true)))
    })
    .await;
    tell("e2", LATER_STILL, json!({"sdm.devices.events.CameraSound.Sound": of("second")}));
    shows(&engine, "the second", |home| last(home).is_some_and(|event| event.has_sound == Some(true))).await;
    // More data of the first session, and an event that only announces a clip.
    tell("e3", "2100-01-01T00:00:20Z", json!({"sdm.devices.events.CameraMotion.Motion": of("first")}));
    tell("e4", "2100-01-01T00:00:21Z", json!({"sdm.devices.events.CameraClipPreview.ClipPreview": of("third")}));
    until("all to be taken", || (server.acknowledged().len() == 4).then_some(())).await;
    let event = last(&engine.snapshot().confirmed).expect("an event");
    assert_eq!((event.has_sound, event.has_motion), (Some(true), None), "the second is the last");
}

#[tokio::test]
async fn an_unlisted_device_is_requested_once() {
    let server = Sdm::start().await;
    let engine = engine(&server);
    live(&engine).await;
    let path = format!("/v1/enterprises/{PROJECT}/devices");
    let before = server.asked(&path);
    assert!(before > 0, "the list is read at {path}");
    for id in ["g1", "g2", "g3", "g4"] {
        server.publish_traits(id, "of-somebody-else", LATER, &json!({}));
        until("it to be taken", || server.acknowledged().iter().any(|ack| ack.ends_with(id)).then_some(())).await;
        tokio::time::sleep(2 * TIMES.list_gap).await;
    }
    assert_eq!(server.asked(&path), before + 1);
}

#[tokio::test]
async fn a_service_that_is_busy_is_not_lost() {
    let server = Sdm::start().await;
    let client = SdmClient::new(config(&server, None), secret()).expect("a client");
    let engine = engine_on(SdmService::new(client, "Google", TIMES));
    live(&engine).await;
    server.trouble(Trouble::Calls(429, "RESOURCE_EXHAUSTED", "Rate limited."));
    let path = format!("/v1/enterprises/{PROJECT}/devices");
    let before = server.asked(&path);
    until("two lists to be refused", || (server.asked(&path) >= before + 2).then_some(())).await;
    assert_eq!(engine.snapshot().connection, Connection::Live);
}
