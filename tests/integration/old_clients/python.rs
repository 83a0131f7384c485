//! python-nest through the bridge, and google-nest-sdm on the stand-in for Google itself. Each is a script
//! beside `tests/clients/run` with its own checks; this file checks the commands that arrived.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::process::Command;

use super::checks::{Checks, differs, run};
use super::support::nle::Nle;
use super::support::sdm::{ACCESS, PROJECT, Sdm};
use super::support::stub::{SERIAL, Stub};
use super::support::user::User;

/// Environment variable with the path of the Python that has the packages.
const PYTHON: &str = "SETPOINT_CLIENTS_PYTHON";
const PATIENCE: Duration = Duration::from_mins(2);

/// Runs a script and prints its output.
async fn script(name: &str, arguments: &[&str], token: &str) -> Option<String> {
    let python = std::env::var_os(PYTHON).expect("the Python with the packages; use tests/clients/run");
    let mut command = Command::new(python);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients").join(name)).args(arguments);
    command.env("SETPOINT_TOKEN", token).env("PYTHONDONTWRITEBYTECODE", "1");
    let output = run(command, PATIENCE).await;
    print!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (!output.status.success()).then(|| format!("{name} ended with {}", output.status))
}

/// A scenario of python-nest, with the expected commands.
struct Scene {
    name: &'static str,
    commands: Vec<(&'static str, Value)>,
}

fn scene(name: &'static str, commands: &[(&'static str, Value)]) -> Scene {
    Scene { name, commands: commands.to_vec() }
}

async fn play(client: &'static str, service: &str, stub: Stub, scenes: Vec<Scene>) {
    let mut checks = Checks::of(client);
    let user = User::new();
    stub.add_to(&user).await;
    for Scene { name, commands } in scenes {
        // Each scenario has its own bridge: all together exceed the limit per minute of the service.
        let bridge = user.serve().await;
        let before = stub.commands().len();
        let ended = script("python_nest_today.py", &[&bridge.front, service, name], &bridge.token).await;
        let wanted: Vec<String> = commands.iter().map(|(name, value)| format!("{name} {value}")).collect();
        let arrived = differs("the service was told", &stub.commands().split_off(before), &wanted);
        checks.check(&format!("{name} comes to what it should"), ended.or(arrived));
    }
    checks.finish();
}

#[tokio::test]
#[ignore = "needs python-nest; run by tests/clients/run"]
async fn python_nest_on_no_longer_evil() {
    let stub = Stub::Nle(Nle::start(&[SERIAL]).await);
    let scenes = vec![
        scene("looks", &[]),
        scene(
            "comfort",
            &[
                ("set_temperature", json!(19.0)),
                ("set_temperature", json!(22.5)),
                ("set_device_setting", json!({"temperature_scale": "F"})),
                ("set_device_setting", json!({"temperature_scale": "C"})),
                ("set_device_setting", json!({"fan_timer_duration_minutes": 45})),
                ("set_fan", json!("on")),
                ("set_fan", json!("auto")),
            ],
        ),
        scene(
            "modes",
            &[
                ("set_mode", json!("cool")),
                ("set_mode", json!("off")),
                ("set_mode", json!("heat-cool")),
                ("set_temperature", json!({"high": 24.0, "low": 18.5})),
            ],
        ),
        scene(
            "away",
            &[
                ("set_mode", json!("heat")),
                ("set_away", json!(true)),
                ("set_away", json!(false)),
                ("set_away", json!(true)),
            ],
        ),
    ];
    play("python-nest, No Longer Evil", "nle", stub, scenes).await;
}

#[tokio::test]
#[ignore = "needs python-nest; run by tests/clients/run"]
async fn python_nest_on_google_device_access() {
    let stub = Stub::Sdm(Sdm::start().await);
    let (mode, setpoint) = ("ThermostatMode.SetMode", "ThermostatTemperatureSetpoint.SetHeat");
    let scenes = vec![
        scene("looks", &[]),
        scene("target", &[(setpoint, json!({"heatCelsius": 19.0})), (setpoint, json!({"heatCelsius": 22.5}))]),
        scene(
            "fan",
            &[
                ("Fan.SetTimer", json!({"duration": "2700s", "timerMode": "ON"})),
                ("Fan.SetTimer", json!({"timerMode": "OFF"})),
            ],
        ),
        scene(
            "modes",
            &[
                (mode, json!({"mode": "COOL"})),
                (mode, json!({"mode": "HEATCOOL"})),
                ("ThermostatTemperatureSetpoint.SetRange", json!({"coolCelsius": 24.0, "heatCelsius": 18.5})),
            ],
        ),
        scene("eco", &[("ThermostatEco.SetMode", json!({"mode": "MANUAL_ECO"}))]),
    ];
    play("python-nest, Google Device Access", "sdm", stub, scenes).await;
}

#[tokio::test]
#[ignore = "needs google-nest-sdm; run by tests/clients/run"]
async fn google_nest_sdm_takes_the_stand_in_for_google() {
    let server = Sdm::start().await;
    let ambient = json!({"sdm.devices.traits.Temperature": {"ambientTemperatureCelsius": 19.5}});
    server.publish_traits("1", "thermostat", "2026-11-22T12:00:00Z", &ambient);
    server.publish_event("2", "doorbell", "2026-11-22T12:00:01Z", "DoorbellChime.Chime", &json!({}));
    let ended = script("google_nest_sdm_client.py", &[&server.url, PROJECT], ACCESS).await;
    let mut checks = Checks::of("google-nest-sdm");
    checks.check("it comes to its end", ended);
    let told: Vec<String> = server.commands().into_iter().map(|(device, name, _)| format!("{device} {name}")).collect();
    let wanted = [
        "ThermostatTemperatureSetpoint.SetHeat",
        "ThermostatMode.SetMode",
        "ThermostatMode.SetMode",
        "ThermostatTemperatureSetpoint.SetCool",
        "ThermostatTemperatureSetpoint.SetHeat",
        "ThermostatMode.SetMode",
        "ThermostatTemperatureSetpoint.SetRange",
        "Fan.SetTimer",
        "Fan.SetTimer",
        "ThermostatEco.SetMode",
        "ThermostatTemperatureSetpoint.SetHeat",
        "ThermostatEco.SetMode",
    ];
    let wanted: Vec<String> = wanted.iter().map(|name| format!("thermostat {name}")).collect();
    checks.check("its commands arrived", differs("the stand-in was told", &told, &wanted));
    checks.check("its messages are acknowledged", differs("acknowledged", &server.acknowledged().len(), &2));
    checks.finish();
}
