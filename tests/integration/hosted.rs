//! nolongerevil.com: engine, client and a stand-in for the hosted server together, over real sockets. The
//! documentation is the only source of the stand-in.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use crate::support;

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Value, json};
use setpoint::engine::{Connection, Engine, Outcome};
use setpoint::home::{
    Away, Field, HvacMode, HvacState, Refusal, Scale, ServiceKind, Setpoint, StructureId, Temperature, Write,
};
use setpoint::nle::{HostedClient, HostedService, HostedTimes};
use setpoint::service::Reason;
use support::engine::{engine_on, live, wanted};
use support::hosted::{Hosted, KEY, Trouble, id_of};
use support::until;
use support::user::User;

const SERIAL: &str = "02AA01AB50120001";
const OTHER: &str = "02AA01AB50120002";

/// The rate limit window of the server in most tests: short enough that no test runs out of calls.
const BLINK: Duration = Duration::from_millis(50);

const TIMES: HostedTimes = HostedTimes {
    poll: Duration::from_millis(100),
    between: Duration::from_millis(40),
    list: Duration::from_millis(500),
    fresh: Duration::from_millis(10),
    again: Duration::from_millis(50),
    busy: Duration::from_millis(300),
    confirm: Duration::from_secs(2),
    first_pause: Duration::from_millis(30),
    longest_pause: Duration::from_millis(60),
};

fn service(server: &Hosted, window: Duration) -> Arc<HostedService> {
    service_with(server, window, KEY)
}

fn service_with(server: &Hosted, window: Duration, key: &str) -> Arc<HostedService> {
    let client = HostedClient::new(&server.url, &SecretString::from(key)).expect("a client");
    HostedService::new(client.with_window(window), "Mill Lane", TIMES)
}

fn change(serial: &str, path: &str, body: Value) -> (String, String, Value) {
    (id_of(serial), path.to_owned(), body)
}

fn target(engine: &Engine) -> Option<Temperature> {
    engine.snapshot().confirmed.thermostats[SERIAL].target_temperature
}

/// The id of the only structure.
fn only(engine: &Engine) -> StructureId {
    engine.snapshot().confirmed.structures.keys().next().cloned().expect("a structure")
}

#[tokio::test]
async fn a_home_is_made_of_the_buckets() {
    let server = Hosted::start(&[SERIAL, OTHER], BLINK).await;
    server.report(OTHER, &json!({"eco": {"mode": "manual-eco"}, "is_online": false}), &json!({"name": null}));
    let engine = engine_on(service(&server, BLINK));
    let snapshot = live(&engine).await;
    let home = &snapshot.confirmed;
    assert_eq!((home.thermostats.len(), home.structures.len()), (2, 1));
    assert_eq!(home.structures[&only(&engine)].name.as_deref(), Some("Mill Lane"));
    let thermostat = &home.thermostats[SERIAL];
    assert_eq!(thermostat.name.as_deref(), Some("Room 02AA01AB50120001"));
    assert_eq!(thermostat.target_temperature, Temperature::from_celsius(21.0));
    assert_eq!(thermostat.ambient_temperature, Temperature::from_celsius(20.25));
    assert_eq!((&thermostat.hvac_mode, &thermostat.hvac_state), (&Some(HvacMode::Heat), &Some(HvacState::Heating)));
    assert_eq!((thermostat.humidity, thermostat.has_leaf, thermostat.is_online), (Some(41), Some(true), Some(true)));
    assert_eq!(thermostat.fan_timer_active, Some(false));
    assert_eq!(thermostat.last_connection.expect("a time").to_string(), "2026-11-22T19:43:09.239Z");
    let other = &home.thermostats[OTHER];
    assert_eq!((other.name.as_deref(), other.is_online), (Some("Thermostat 0002"), Some(false)));
    assert_eq!(other.hvac_mode, Some(HvacMode::Eco));
    assert!(!format!("{snapshot:?}").contains(KEY), "the key is kept");
}

#[tokio::test]
async fn every_write_of_the_documentation_arrives_as_its_call() {
    let server = Hosted::start(&[SERIAL], BLINK).await;
    let engine = engine_on(service(&server, BLINK));
    live(&engine).await;
    let t = || SERIAL.into();
    let kept = wanted(&engine, Write::FanDuration(t(), 30)).await;
    assert_eq!((kept.outcome, server.changes()), (Outcome::Done, Vec::new()), "it goes along with the next start");
    let celsius = |value: f64, mode: &str| json!({"value": value, "mode": mode, "scale": "C"});
    let (low, high) = (Some(Setpoint::celsius(18.0)), Some(Setpoint::celsius(25.0)));
    for (write, path, body) in [
        (Write::Target(t(), Setpoint::celsius(22.5)), "temperature", celsius(22.5, "heat")),
        (Write::Target(t(), Setpoint::fahrenheit(70.0)), "temperature", celsius((70.0 - 32.0) / 1.8, "heat")),
        (Write::FanTimer(t(), true), "fan", json!({"duration": 1800})),
        (Write::FanTimer(t(), false), "fan", json!({"mode": "auto"})),
        (Write::Mode(t(), HvacMode::Cool), "mode", json!({"mode": "cool"})),
        (Write::Target(t(), Setpoint::celsius(24.0)), "temperature", celsius(24.0, "cool")),
        (Write::Mode(t(), HvacMode::HeatCool), "mode", json!({"mode": "heat-cool"})),
        (
            Write::Range { thermostat: t(), low, high },
            "temperature/range",
            json!({"low": 18.0, "high": 25.0, "scale": "C"}),
        ),
        (
            Write::Range { thermostat: t(), low: Some(Setpoint::celsius(20.0)), high: None },
            "temperature/range",
            json!({"low": 20.0, "high": 25.0, "scale": "C"}),
        ),
        (Write::Mode(t(), HvacMode::Off), "mode", json!({"mode": "off"})),
        (Write::Mode(t(), HvacMode::Eco), "away", json!({"away": true})),
    ] {
        let record = wanted(&engine, write.clone()).await;
        assert_eq!(record.outcome, Outcome::Done, "{write:?}");
        assert_eq!(server.changes().last(), Some(&change(SERIAL, path, body)), "{write:?}");
    }
    let sent = server.changes().len();
    for (write, field) in [
        (Write::Scale(t(), Scale::Fahrenheit), Field::Scale),
        (Write::Label(t(), "Kate".to_owned()), Field::Label),
        (Write::StructureName(only(&engine), "Mill".to_owned()), Field::Name),
    ] {
        let lacks = Refusal::ServiceLacks { service: ServiceKind::HostedNoLongerEvil, field };
        assert_eq!(wanted(&engine, write).await.outcome, Outcome::Refused(Reason::Rule(lacks)));
    }
    let stranger = Write::Target("UNSEEN0000000000".into(), Setpoint::celsius(20.0));
    assert!(matches!(wanted(&engine, stranger).await.outcome, Outcome::Refused(_)));
    assert_eq!(server.changes().len(), sent, "what is not possible or not known is not sent");
    assert!(server.seen().iter().all(|(_, path)| !path.contains("UNSEEN")), "a stranger is named to the server");
}

#[tokio::test]
async fn away_is_sent_to_each_thermostat_and_shown_until_reported() {
    let server = Hosted::start(&[SERIAL, OTHER], BLINK).await;
    let engine = engine_on(service(&server, BLINK));
    live(&engine).await;
    assert_eq!(wanted(&engine, Write::Away(only(&engine), Away::Away)).await.outcome, Outcome::Done);
    let away = json!({"away": true});
    assert_eq!(server.changes(), [change(SERIAL, "away", away.clone()), change(OTHER, "away", away)]);
    let is_eco = |engine: &Engine| {
        let home = Arc::clone(&engine.snapshot().confirmed);
        home.thermostats.values().all(|thermostat| thermostat.hvac_mode == Some(HvacMode::Eco))
    };
    assert!(is_eco(&engine));
    for serial in [SERIAL, OTHER] {
        server.report(serial, &json!({"eco": {"mode": "manual-eco"}}), &json!({}));
    }
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert!(is_eco(&engine));
    for serial in [SERIAL, OTHER] {
        server.report(serial, &json!({"eco": {"mode": "schedule"}}), &json!({}));
    }
    until("home again", || (!is_eco(&engine)).then_some(())).await;
}

#[tokio::test]
async fn a_clamped_temperature_is_reported() {
    let server = Hosted::start(&[SERIAL], BLINK).await;
    let engine = engine_on(service(&server, BLINK));
    live(&engine).await;
    let record = wanted(&engine, Write::Target(SERIAL.into(), Setpoint::celsius(31.0))).await;
    assert_eq!(record.outcome, Outcome::Refused(Reason::Adjusted { to: Setpoint::celsius(30.0) }));
    until("what it became", || (target(&engine) == Temperature::from_celsius(30.0)).then_some(())).await;
    assert_eq!(engine.snapshot().shown.thermostats[SERIAL].target_temperature, Temperature::from_celsius(30.0));
}

#[tokio::test]
async fn later_changes_are_found_by_polling() {
    let server = Hosted::start(&[SERIAL], BLINK).await;
    let engine = engine_on(service(&server, BLINK));
    live(&engine).await;
    server.dawdle();
    let catching_up = server.clone();
    tokio::spawn(async move {
        let told = || (catching_up.changes().len() == 1).then_some(());
        until("the change", told).await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        catching_up.catch_up();
    });
    let record = wanted(&engine, Write::Target(SERIAL.into(), Setpoint::celsius(23.0))).await;
    assert_eq!((record.outcome, target(&engine)), (Outcome::Done, Temperature::from_celsius(23.0)));
    // A value that the server clamps to its limits is no success.
    let catching_up = server.clone();
    tokio::spawn(async move {
        until("the change", || (catching_up.changes().len() == 2).then_some(())).await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        catching_up.catch_up();
    });
    let record = wanted(&engine, Write::Target(SERIAL.into(), Setpoint::celsius(31.0))).await;
    assert_ne!(record.outcome, Outcome::Done);
    assert_eq!(engine.snapshot().shown.thermostats[SERIAL].target_temperature, Temperature::from_celsius(30.0));
}

#[tokio::test]
async fn polls_leave_room_for_changes() {
    // The window is 1.2 seconds here, so a poll every 30 milliseconds is forty polls in a window.
    let minute = Duration::from_millis(1200);
    let serials: Vec<String> = (1..=5).map(|number| format!("02AA01AB5012000{number}")).collect();
    let server = Hosted::start(&serials.iter().map(String::as_str).collect::<Vec<_>>(), minute).await;
    let client = HostedClient::new(&server.url, &SecretString::from(KEY)).expect("a client").with_window(minute);
    let (poll, between) = (Duration::from_millis(1), Duration::from_millis(30));
    let service = HostedService::new(client, "Mill Lane", HostedTimes { poll, between, ..TIMES });
    let engine = engine_on(service);
    assert_eq!(live(&engine).await.confirmed.thermostats.len(), 5);
    for degrees in [19.0, 19.5, 20.0] {
        tokio::time::sleep(minute).await;
        let write = Write::Target(SERIAL.into(), Setpoint::celsius(degrees));
        assert_eq!(wanted(&engine, write).await.outcome, Outcome::Done, "{degrees}");
    }
    assert_eq!(server.refused(), 0, "more than twenty in a minute");
    let seen = server.seen();
    for serial in &serials {
        let path = format!("/{serial}/status").replace('/', "%2F");
        let looks = seen.iter().filter(|(_, seen)| seen.replace('/', "%2F").ends_with(&path)).count();
        assert!(looks >= 3, "{serial} was looked at {looks} times");
    }
    let changes = seen.iter().filter(|(_, path)| path.ends_with("/temperature")).count();
    let minutes = seen.last().expect("calls").0.duration_since(seen[0].0).as_secs_f64() / minute.as_secs_f64();
    let looks = (seen.len() - 2 * changes) as f64;
    assert!(looks <= 12.0 * (minutes + 1.0), "{looks} looks in {minutes} minutes");
}

#[tokio::test]
async fn a_large_home_is_never_shown_in_part() {
    let minute = Duration::from_secs(1);
    let serials: Vec<String> = (10..35).map(|number| format!("02AA01AB501200{number}")).collect();
    let server = Hosted::start(&serials.iter().map(String::as_str).collect::<Vec<_>>(), minute).await;
    let client = HostedClient::new(&server.url, &SecretString::from(KEY)).expect("a client").with_window(minute);
    let times = HostedTimes { fresh: Duration::from_mins(1), ..TIMES };
    let engine = engine_on(HostedService::new(client, "Mill Lane", times));
    let count = || Some(engine.snapshot().confirmed.thermostats.len()).filter(|count| *count > 0);
    assert_eq!(until("the home", count).await, 25);
    assert_eq!(server.refused(), 1, "the wait was not kept to");
}

#[test]
fn polls_use_at_most_half_of_the_calls() {
    let times = HostedTimes::default();
    assert!(Duration::from_mins(1) >= times.between * 10 && times.poll >= times.between, "{times:?}");
}

#[tokio::test]
async fn a_server_that_asks_to_wait_stays_connected() {
    let server = Hosted::start(&[SERIAL], BLINK).await;
    let engine = engine_on(service(&server, BLINK));
    live(&engine).await;
    server.trouble(Trouble::Spent(2));
    let before = server.seen().len();
    let started = std::time::Instant::now();
    until("a refusal", || (server.refused() > 0).then_some(())).await;
    let record = wanted(&engine, Write::Target(SERIAL.into(), Setpoint::celsius(19.0))).await;
    assert_eq!(record.outcome, Outcome::Done, "it is sent when the wait is over");
    assert!(started.elapsed() > Duration::from_millis(1500), "{:?}", started.elapsed());
    assert_eq!(engine.snapshot().connection, Connection::Live);
    // The calls are the refused poll and the write; the client does not call again during the wait.
    let during = server.seen()[before..].iter().filter(|(at, _)| *at < started + Duration::from_millis(1500)).count();
    assert!(during <= 3, "{during} calls while the server asked to wait");
}

#[tokio::test]
async fn a_refused_key_needs_a_sign_in_and_a_read_only_key_is_a_refusal() {
    let server = Hosted::start(&[SERIAL], BLINK).await;
    let is_out = |engine: &Engine| matches!(engine.snapshot().connection, Connection::SignedOut { .. }).then_some(());
    let stranger = engine_on(service_with(&server, BLINK, "nle_wrong"));
    until("the sign-in", || is_out(&stranger)).await;
    assert!(!format!("{:?}", stranger.snapshot().connection).contains("nle_wrong"), "the key is told");
    let engine = engine_on(service(&server, BLINK));
    live(&engine).await;
    server.trouble(Trouble::LooksOnly);
    let record = wanted(&engine, Write::Target(SERIAL.into(), Setpoint::celsius(19.0))).await;
    assert_eq!(record.outcome, Outcome::Refused(Reason::service_text("This key has no write scope")));
    assert_eq!(engine.snapshot().connection, Connection::Live);
    server.trouble(Trouble::Withdrawn);
    until("the sign-in", || is_out(&engine)).await;
}

#[tokio::test]
async fn server_errors_are_reported_and_the_home_stays() {
    let server = Hosted::start(&[SERIAL, OTHER], BLINK).await;
    let engine = engine_on(service(&server, BLINK));
    live(&engine).await;
    for trouble in [Trouble::Page, Trouble::Status(500), Trouble::Status(503)] {
        server.trouble(trouble);
        let lost = || matches!(engine.snapshot().connection, Connection::Reconnecting { .. }).then_some(());
        until("the loss", lost).await;
        assert_eq!(engine.snapshot().confirmed.thermostats.len(), 2, "{trouble:?} emptied the home");
        server.trouble(Trouble::None);
        live(&engine).await;
    }
    // A thermostat that is no longer shared, or that is removed, does not affect the other.
    server.hide(OTHER);
    until("it to go", || (engine.snapshot().confirmed.thermostats.len() == 1).then_some(())).await;
    assert_eq!(engine.snapshot().connection, Connection::Live);
    server.remove(SERIAL);
    until("it to go", || engine.snapshot().confirmed.thermostats.is_empty().then_some(())).await;
    assert_eq!(engine.snapshot().connection, Connection::Live);
}

#[tokio::test]
async fn a_thermostat_that_cannot_be_read_does_not_take_the_other_with_it() {
    let server = Hosted::start(&[SERIAL, OTHER], BLINK).await;
    let engine = engine_on(service(&server, BLINK));
    live(&engine).await;
    server.damage(OTHER);
    let path = |(_, path): &(std::time::Instant, String)| path.contains(OTHER);
    let before = server.seen().len();
    let looks = || (server.seen()[before..].iter().filter(|seen| path(seen)).count() > 2).then_some(());
    until("looks at it", looks).await;
    assert_eq!(engine.snapshot().connection, Connection::Live);
    assert_eq!(engine.snapshot().confirmed.thermostats.len(), 2, "what was known of it stays");
    // A new engine gets the other thermostat.
    let newcomer = engine_on(service(&server, BLINK));
    assert_eq!(live(&newcomer).await.confirmed.thermostats.len(), 1);
    let write = Write::Target(SERIAL.into(), Setpoint::celsius(19.0));
    assert_eq!(wanted(&newcomer, write).await.outcome, Outcome::Done);
}

#[test]
fn the_key_is_sent_only_over_https() {
    let key = SecretString::from(KEY);
    assert!(HostedClient::new("http://nolongerevil.com/api/v1", &key).is_err(), "plain http");
    assert!(HostedClient::new("https://nolongerevil.com", &key).is_ok());
    assert!(HostedClient::new("https://u:p@nolongerevil.com", &key).is_err());
    assert!(HostedClient::new("https://nolongerevil.com", &SecretString::from("two words")).is_err());
}

#[tokio::test]
async fn signing_in_with_a_key_at_a_terminal_works() {
    let server = Hosted::start(&[SERIAL], Duration::from_mins(1)).await;
    let user = User::new();
    let login = ["auth", "login", "--kind", "nle", "--url", &server.url, "--name", "Mill Lane"];
    let (code, _, complained) = user.run(&login).await;
    assert_eq!(code, 2);
    assert!(complained.contains("wants a key") && complained.contains("--token-stdin"), "{complained}");
    let with_key = [&login[..], &["--token-stdin", "--sealed"]].concat();
    let (code, _, complained) = user.run_with(&with_key, "nle_wrong\n").await;
    assert_eq!(code, 4, "{complained}");
    let (code, said, complained) = user.run_with(&with_key, &format!("{KEY}\n")).await;
    assert_eq!((code, complained.as_str()), (0, ""), "{said}");
    assert!(said.contains("Mill Lane (1 device); the token is in the sealed file"), "{said}");
    let (code, said, complained) = user.run(&["set", "room", "target", "22.5"]).await;
    assert_eq!(code, 0, "{said}{complained}");
    let body = json!({"value": 22.5, "mode": "heat", "scale": "C"});
    assert_eq!(server.changes(), [change(SERIAL, "temperature", body)]);
    let (code, _, complained) = user.run(&["set", "room", "scale", "F"]).await;
    assert_eq!(code, 3);
    assert!(complained.contains("nolongerevil.com cannot change the scale"), "{complained}");
    let (_, said, _) = user.run(&["auth", "status"]).await;
    assert!(said.contains("signed in, token in the sealed file"), "{said}");
    let settings = std::fs::read_to_string(user.home.path().join(".config/setpoint/settings.toml")).expect("settings");
    assert!(!settings.contains(KEY), "the key is in the settings");
    assert_eq!(server.refused(), 0);
}
