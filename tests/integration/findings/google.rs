//! Commands on an account at Google.

use serde_json::{Value, json};

use crate::support::sdm::{CODE, Sdm, Trouble, thermostat_traits};
use crate::support::user::User;

async fn signed_in(server: &Sdm) -> User {
    let user = User::new();
    let (code, _, complained) = user.sign_in(server, CODE).await;
    assert_eq!(code, 0, "{complained}");
    user
}

/// A change that Google accepted is pending, however late it is shown: it is neither done nor refused.
#[tokio::test]
async fn g1_m3_accepted_by_google_is_reported_as_accepted() {
    let server = Sdm::start().await;
    let user = signed_in(&server).await;
    server.obey(false);
    let (code, said, complained) = user.run(&["set", "hallway", "target", "24"]).await;
    assert_eq!((code, complained.as_str()), (0, ""), "{said}");
    assert!(said.contains("accepted, waiting for the thermostat to show it"), "{said}");
    assert!(!said.contains("(was"), "{said}");
    assert_eq!(server.commands().len(), 1);
}

/// Google stores no duration: a running fan is started once more with the requested minutes.
#[tokio::test]
async fn g2_n4_a_fan_that_runs_is_started_anew_for_the_minutes_asked_for() {
    let server = Sdm::start().await;
    let user = signed_in(&server).await;
    for minutes in ["45", "15"] {
        user.forget_limits();
        let (code, said, complained) = user.run(&["set", "hallway", "fan", minutes]).await;
        assert_eq!((code, complained.as_str()), (0, ""), "{said}");
        assert!(!said.contains("fan on already"), "{said}");
    }
    let sent: Vec<(String, Value)> = server.commands().into_iter().map(|(_, name, params)| (name, params)).collect();
    let fan = |duration: &str| ("Fan.SetTimer".to_owned(), json!({"timerMode": "ON", "duration": duration}));
    assert_eq!(sent, [fan("2700s"), fan("900s")]);
}

/// Google sends both limits of Eco for any equipment.
#[tokio::test]
async fn a_l10_eco_of_a_unit_that_only_heats_has_one_limit() {
    let server = Sdm::start().await;
    let mut traits = thermostat_traits();
    traits["sdm.devices.traits.ThermostatMode"] = json!({"availableModes": ["HEAT", "OFF"], "mode": "HEAT"});
    traits["sdm.devices.traits.ThermostatEco"] = json!({
        "availableModes": ["MANUAL_ECO", "OFF"], "mode": "MANUAL_ECO", "heatCelsius": 21.0, "coolCelsius": 29.0
    });
    server.add("thermostat", "THERMOSTAT", "Hallway", &traits);
    let user = signed_in(&server).await;
    let (code, said, complained) = user.run(&["status"]).await;
    assert_eq!((code, complained.as_str()), (0, ""));
    assert!(said.contains("eco 21.0 °C") && !said.contains("29.0"), "{said}");
    let (_, said, _) = user.run(&["status", "--json"]).await;
    let said: Value = serde_json::from_str(&said).expect("JSON");
    let thermostat = &said["thermostats"][0];
    assert_eq!((&thermostat["eco_low_c"], thermostat.get("eco_high_c")), (&json!(21.0), None), "{thermostat}");
}

/// A disabled API fails every call.
#[tokio::test]
async fn a_l12_an_api_that_is_switched_off_ends_every_command_with_the_same_code() {
    let message = "Smart Device Management API has not been used in project 7 before or it is disabled.";
    let server = Sdm::start().await;
    let user = signed_in(&server).await;
    server.trouble(Trouble::Calls(403, "PERMISSION_DENIED", message));
    let (looked, _, complained) = user.run(&["status"]).await;
    assert!(complained.contains("has not been used in project 7"), "{complained}");
    server.trouble(Trouble::Commands(403, "PERMISSION_DENIED", message));
    let (set, _, complained) = user.run(&["set", "hallway", "target", "24"]).await;
    assert_eq!((looked, set), (4, 4), "{complained}");
}

/// Google sends neither the presence nor the state of a camera: the output omits both and does not call them
/// unknown.
#[tokio::test]
async fn a_l17_values_that_google_omits_are_not_called_unknown() {
    let server = Sdm::start().await;
    let user = signed_in(&server).await;
    let (code, said, complained) = user.run(&["status"]).await;
    assert_eq!((code, complained.as_str()), (0, ""));
    assert!(said.lines().any(|line| line == "Elm Street"), "{said}");
    assert!(said.lines().any(|line| line.trim_start().starts_with("Front door") && line.ends_with("camera")), "{said}");
    assert!(!said.contains("unknown"), "{said}");
}
