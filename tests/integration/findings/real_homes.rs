//! Commands and the bridge on self-hosted servers and on the simulated home.

use std::time::Duration;

use serde_json::{Value, json};
use setpoint::bridge::write;
use setpoint::clock::SystemClock;
use setpoint::engine::{AccountLabel, AccountName, Engine, Setup};
use setpoint::home::{Setpoint, Write};
use setpoint::nle::{NleClient, NleService, NleTimes};
use setpoint::rate_limit::Rate;
use setpoint::service::WriteLimits;
use setpoint::simulator::Options;

use super::{SERIAL, run_at};
use crate::support;
use crate::support::engine::live;
use crate::support::nle::Nle;
use crate::support::user::User;
use crate::support::{Recorder, simulation};

/// The device port of a server has no list of thermostats, and neither has a path below the control port.
#[tokio::test]
async fn a_l1_a_wrong_port_is_reported() {
    let devices = Recorder::start(|_seen| support::json(404, "{\"error\":\"Not found\"}")).await;
    let control = Nle::start(&[SERIAL]).await;
    let user = User::new();
    for url in [devices.url().to_string(), format!("{}api", control.url)] {
        let (code, _, complained) = user.run(&["auth", "login", "--kind", "nle", "--url", &url]).await;
        assert_ne!(code, 0, "{url}");
        assert!(complained.contains("not the control port") && complained.contains("8082"), "{url}: {complained}");
        assert!(!complained.contains("device any more"), "{url}: {complained}");
    }
    let (_, said, _) = user.run(&["auth", "status"]).await;
    assert!(said.contains("No account"), "{said}");
}

#[tokio::test]
async fn a_l6_an_account_without_devices_is_reported() {
    let server = Nle::start(&[]).await;
    let user = User::new();
    let sign_in = ["auth", "login", "--kind", "nle", "--url", &server.url, "--name", "Mill Lane"];
    let (code, said, _) = user.run(&sign_in).await;
    assert_eq!((code, said.as_str()), (0, "Added Mill Lane (no devices yet)\n"));
    let (code, said, complained) = user.run(&["status"]).await;
    assert_eq!((code, complained.as_str()), (0, ""));
    assert!(said.contains("no homes and no devices"), "{said:?}");
    // The message uses the singular and the plural.
    for (serials, count) in [(&[SERIAL][..], "(1 device)"), (&[SERIAL, "02AA01AB50120002"], "(2 devices)")] {
        let server = Nle::start(serials).await;
        let (_, said, _) = User::new().run(&["auth", "login", "--kind", "nle", "--url", &server.url]).await;
        assert!(said.contains(count), "{said}");
    }
}

/// Standard error that is no terminal is read by programs and stored in files.
#[tokio::test]
async fn a_l8_log_lines_in_a_pipe_have_no_colour() {
    let home = simulation(Options::default()).await;
    let mut command = User::new().command(&["status"]);
    command.env("SETPOINT_LOG", "trace").env("SETPOINT_URL", home.url().as_str()).env("SETPOINT_TOKEN", home.token());
    let output = tokio::time::timeout(support::PATIENCE, command.output()).await.expect("in time").expect("it runs");
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && (log.contains(" TRACE ") || log.contains(" DEBUG ")), "{log}");
    assert!(!log.contains('\u{1b}'), "{log}");
    home.stop().await;
}

/// In Eco the Eco limits are in force, not the target of the previous mode.
#[tokio::test]
async fn a_l11_status_as_json_has_the_limits_of_eco_in_place_of_the_target() {
    let home = simulation(Options::default()).await;
    let user = User::new();
    let hallway = async || {
        let (code, said, complained) = run_at(&user, &home, &["status", "--json"]).await;
        assert_eq!((code, complained.as_str()), (0, ""));
        let status: Value = serde_json::from_str(&said).expect("JSON");
        let all = status["thermostats"].as_array().expect("a list");
        all.iter().find(|thermostat| thermostat["name"] == "Hallway").expect("the hallway").clone()
    };
    let before = hallway().await;
    assert!(before["target_c"].is_number() && before.get("eco_low_c").is_none(), "{before}");
    let (code, _, complained) = run_at(&user, &home, &["set", "hallway", "mode", "eco"]).await;
    assert_eq!(code, 0, "{complained}");
    let eco = hallway().await;
    assert_eq!(eco["mode"], "eco");
    for limit in ["eco_low_c", "eco_low_f", "eco_high_c", "eco_high_f"] {
        assert!(eco[limit].is_number(), "{limit}: {eco}");
    }
    let targets = eco.as_object().expect("an object").keys().filter(|key| key.starts_with("target")).count();
    assert_eq!(targets, 0, "{eco}");
    home.stop().await;
}

/// The bridge waits for a limit that ends soon. For a longer one it refuses at once, and the write is not sent
/// later.
#[tokio::test]
async fn a_l14_a_bridge_write_waits_for_the_next_slot() {
    let server = Nle::start(&[SERIAL]).await;
    let engine = |refill: Duration| {
        let client = NleClient::new(&server.url, None).expect("a client");
        let account = AccountLabel { name: AccountName::Own("Home".to_owned()), place: String::new() };
        let limits = WriteLimits { device: Rate { burst: 1, refill }, ..WriteLimits::SIMULATED };
        let clock = SystemClock::shared();
        let setup = Setup { account, limits, storage: None, notices: Vec::new(), clock };
        Engine::start(setup, NleService::new(client, "Mill Lane", NleTimes::default()))
    };
    let to = |celsius: f64| vec![Write::Target(SERIAL.into(), Setpoint::celsius(celsius))];
    let targets = || server.commands().into_iter().map(|(_, _, value)| value).collect::<Vec<Value>>();
    let soon = engine(Duration::from_secs(1));
    live(&soon).await;
    for celsius in [18.0, 18.5] {
        assert_eq!(write(soon.access(), SystemClock::shared(), to(celsius)).await, Ok(()));
    }
    assert_eq!(targets(), [json!(18.0), json!(18.5)]);
    let late = engine(Duration::from_hours(1));
    live(&late).await;
    assert_eq!(write(late.access(), SystemClock::shared(), to(19.0)).await, Ok(()));
    let refused = write(late.access(), SystemClock::shared(), to(19.5)).await.expect_err("an hour is too long");
    assert_eq!(refused.status, 429);
    assert!(late.snapshot().write_state(&to(19.5)[0].slot()).is_none(), "it is taken back");
    assert_eq!(targets(), [json!(18.0), json!(18.5), json!(19.0)]);
}

#[tokio::test]
async fn a_l16_away_is_reported_once() {
    let home = simulation(Options::default()).await;
    let (code, said, complained) = run_at(&User::new(), &home, &["set", "maple", "away", "away"]).await;
    assert_eq!((code, complained.as_str()), (0, ""));
    assert_eq!(said, "Maple Street: away (was home)\n");
    home.stop().await;
}

/// A stream has no end, so a client that did not ask for one would wait for it.
#[tokio::test]
async fn a_l19_a_stream_that_was_not_asked_for_is_refused() {
    let server = Nle::start(&[SERIAL]).await;
    let user = User::new();
    user.add_nle(&server).await;
    let (code, said, complained) = user.run(&["request", "GET", "/api/events"]).await;
    assert_eq!((code, said.as_str()), (2, ""), "{complained}");
    assert!(complained.contains("--stream"), "{complained}");
}

/// The simulated home restarts a running fan with the requested minutes, as the services do.
#[tokio::test]
async fn n4_a_fan_that_runs_in_the_simulated_home_is_started_anew() {
    let home = simulation(Options::default()).await;
    let user = User::new();
    let (_, said, _) = run_at(&user, &home, &["status", "--json"]).await;
    let status: Value = serde_json::from_str(&said).expect("JSON");
    let all = status["thermostats"].as_array().expect("a list");
    let hallway = all.iter().find(|thermostat| thermostat["name"] == "Hallway").expect("the hallway");
    let ends = format!("devices/thermostats/{}/fan_timer_timeout", hallway["id"].as_str().expect("an id"));
    let started = async |minutes: &str| -> jiff::Timestamp {
        let (code, said, complained) = run_at(&user, &home, &["set", "hallway", "fan", minutes]).await;
        assert_eq!((code, complained.as_str()), (0, ""), "{said}");
        let (_, said, _) = run_at(&user, &home, &["get", &ends]).await;
        said.trim().trim_matches('"').parse().expect("a time")
    };
    let (long, short) = (started("45").await, started("15").await);
    assert!(short < long, "{short} is not before {long}");
    home.stop().await;
}
