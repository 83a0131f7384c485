//! The findings of 2026-11-28 about Google, each named by its number. A name that begins with `a_l` is of the table of
//! low ones of real homes.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use setpoint::engine::Outcome;
use setpoint::home::{DeviceTree, HvacMode, Refusal, Setpoint, SetpointField, Write};
use setpoint::sdm::SdmTimes;
use setpoint::service::{FailureKind, Reason, Service as _};

use super::support::engine::{engine_on, live, wanted};
use super::support::sdm::{SUBSCRIPTION, Sdm, Trouble};
use super::support::until;
use super::{LATER, TIMES, engine, service, shows, target};

/// Findings of real homes, low table 13: a message must not contain Google's name of the command.
#[tokio::test]
async fn a_l13_a_command_that_the_mode_forbids_has_a_sentence() {
    let server = Sdm::start().await;
    let service = service(&server);
    let home = Arc::clone(&service).fetch().await.expect("a home");
    let write = Write::Target("thermostat".into(), Setpoint::celsius(20.0));
    let checked = || setpoint::home::check(&home, &write, jiff::Timestamp::UNIX_EPOCH).expect("allowed");
    let message = "sdm.devices.commands.ThermostatTemperatureSetpoint.SetHeat command not allowed in current thermostat \
                   mode.";
    server.trouble(Trouble::Commands(400, "FAILED_PRECONDITION", message));
    let failure = Arc::clone(&service).write(checked()).await.expect_err("another mode");
    assert_eq!((failure.kind, &failure.reason), (FailureKind::Refused, &Reason::OtherMode));
    assert!(!failure.to_string().contains("sdm."), "{failure}");
    server.trouble(Trouble::Commands(
        400,
        "FAILED_PRECONDITION",
        "command not allowed when thermostat in MANUAL_ECO mode.",
    ));
    let failure = Arc::clone(&service).write(checked()).await.expect_err("Eco");
    let forbids = Refusal::ModeForbids { field: SetpointField::Target, mode: HvacMode::Eco };
    assert_eq!(failure.reason, Reason::Rule(forbids), "the window offers to leave Eco");
}

/// Findings of real homes, low table 12: a disabled API fails every call.
#[tokio::test]
async fn a_l12_an_api_that_is_switched_off_is_a_sign_in_for_lists_and_commands_alike() {
    let server = Sdm::start().await;
    let service = service(&server);
    let home = Arc::clone(&service).fetch().await.expect("a home");
    let write = Write::Target("thermostat".into(), Setpoint::celsius(20.0));
    let checked = setpoint::home::check(&home, &write, jiff::Timestamp::UNIX_EPOCH).expect("allowed");
    let message = "Smart Device Management API has not been used in project 123 before or it is disabled.";
    server.trouble(Trouble::Calls(403, "PERMISSION_DENIED", message));
    let looked = Arc::clone(&service).fetch().await.expect_err("disabled");
    let written = service.write(checked).await.expect_err("disabled");
    assert_eq!((looked.kind, written.kind), (FailureKind::SignIn, FailureKind::SignIn));
    for failure in [looked, written] {
        assert!(failure.to_string().contains("has not been used in project 123"), "{failure}");
    }
}

/// Findings of real homes, low table 7: the client does not begin a pull that it would give up for an empty
/// subscription, because the messages of such a pull come again only much later.
#[tokio::test]
async fn a_l7_the_wait_for_events_at_the_start_is_the_one_that_takes_the_first() {
    let server = Sdm::start().await;
    server.patient();
    let engine = engine(&server);
    live(&engine).await;
    let pulls = || server.asked(&format!("/v1/{SUBSCRIPTION}:pull"));
    until("a wait for events", || (pulls() > 0).then_some(())).await;
    let humidity = json!({"sdm.devices.traits.Humidity": {"ambientHumidityPercent": 55.0}});
    server.publish_traits("m1", "thermostat", LATER, &humidity);
    shows(&engine, "the event", |home| home.thermostats["thermostat"].humidity == Some(55)).await;
    // The pull that took the message, and the next one.
    until("the next wait", || (pulls() > 1).then_some(())).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(pulls(), 2);
}

/// Findings of real homes, low table 9, and L13 of hostile peers.
#[tokio::test]
async fn a_l9_l13_numbers_that_no_sensor_has_are_left_out() {
    let server = Sdm::start().await;
    let engine = engine(&server);
    let home = Arc::clone(&live(&engine).await.confirmed);
    assert_eq!(home.thermostats["thermostat"].humidity, Some(43));
    let publish = |second: usize, number: f64| {
        let trait_of = |name: &str| format!("sdm.devices.traits.{name}");
        let traits = json!({
            trait_of("Humidity"): {"ambientHumidityPercent": number},
            trait_of("Temperature"): {"ambientTemperatureCelsius": number},
            trait_of("ThermostatTemperatureSetpoint"): {"heatCelsius": number}
        });
        server.publish_traits(&format!("m{second}"), "thermostat", &format!("2100-01-01T00:00:{second:02}Z"), &traits);
    };
    let known = |home: &DeviceTree| {
        let thermostat = &home.thermostats["thermostat"];
        [thermostat.humidity.is_some(), thermostat.ambient_temperature.is_some(), target(home).is_some()]
    };
    for (count, absurd) in [1e308, -1e308, 1000.0].into_iter().enumerate() {
        publish(2 * count + 1, absurd);
        shows(&engine, "nothing", |home| known(home) == [false; 3]).await;
        publish(2 * count + 2, 22.0);
        shows(&engine, "what a sensor may have", |home| known(home) == [true; 3]).await;
    }
}

/// Findings G1: a change that Google accepted may be shown half a minute later, and is then done.
#[tokio::test]
async fn g1_a_command_that_is_shown_late_is_done_and_google_has_thirty_seconds() {
    assert!(SdmTimes::default().confirm >= Duration::from_secs(30));
    let server = Sdm::start().await;
    let service = service(&server);
    assert_eq!(service.confirms_within(), TIMES.confirm);
    let engine = engine_on(service);
    live(&engine).await;
    server.obey(false);
    let record = wanted(&engine, Write::Target("thermostat".into(), Setpoint::celsius(24.0))).await;
    assert_eq!(record.outcome, Outcome::Unconfirmed);
    let setpoint = json!({"sdm.devices.traits.ThermostatTemperatureSetpoint": {"heatCelsius": 24.0}});
    server.publish_traits("late", "thermostat", LATER, &setpoint);
    let journal = until("its end", || {
        let journal = Arc::clone(&engine.snapshot().journal);
        (journal.front()?.outcome == Outcome::Done).then_some(journal)
    })
    .await;
    assert_eq!(journal.len(), 1, "it is nobody else's: {journal:?}");
    assert_eq!(engine.snapshot().write_state(&record.slot), None, "nothing is said of it any more");
}
