//! The treatment of requests at each service.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]
#![expect(clippy::panic, reason = "a helper of a test fails the test")]

use std::sync::Arc;

use serde_json::json;
use url::Url;

use setpoint::home::{
    Away, DeviceId, DeviceTree, HvacMode, Refusal, Scale, Setpoint, Structure, StructureId, Thermostat, Write,
};
use setpoint::http::{Method, RawApi, RawRequest};
use setpoint::nle::{HostedApi, OwnServerApi};
use setpoint::requests::{Holds, Plan, Problem, hints, plan, problems};
use setpoint::sdm::ProjectApi;
use setpoint::wwn::{DocumentApi, wire};

fn base() -> Url {
    Url::parse("http://127.0.0.1:8080/").expect("a URL")
}

fn home() -> DeviceTree {
    let id = DeviceId::new("02AA");
    let structure = StructureId::new("s");
    let thermostat = Thermostat {
        structure_id: Some(structure.clone()),
        name: Some("Hallway".to_owned()),
        is_online: Some(true),
        hvac_mode: Some(HvacMode::Heat),
        can_heat: Some(true),
        can_cool: Some(true),
        has_fan: Some(true),
        fan_timer_duration: Some(15),
        ..Thermostat::default()
    };
    let mut home = DeviceTree::default();
    let of = Structure { thermostats: Some(vec![id.clone()]), ..Structure::default() };
    home.structures.insert(structure, Arc::new(of));
    home.thermostats.insert(id, Arc::new(thermostat));
    home
}

fn planned(api: &dyn RawApi, method: Method, path: &str, body: &str) -> Result<Plan, Problem> {
    let draft = RawRequest { method, path: path.to_owned(), body: body.to_owned(), wants_stream: false };
    plan(&draft, &base(), api, &home())
}

fn writes(api: &dyn RawApi, path: &str, body: &serde_json::Value) -> Result<Vec<Write>, Problem> {
    let method = if api.has_document() { Method::Put } else { Method::Post };
    planned(api, method, path, &body.to_string()).map(|plan| match plan {
        Plan::Write(writes) => writes,
        Plan::Look => panic!("it changes something"),
    })
}

fn id() -> DeviceId {
    DeviceId::new("02AA")
}

#[test]
fn requests_of_works_with_nest_become_writes() {
    let wwn = DocumentApi;
    assert_eq!(planned(&wwn, Method::Get, "/", ""), Ok(Plan::Look));
    assert_eq!(
        writes(&wwn, "/devices/thermostats/02AA", &json!({"hvac_mode": "cool", "label": "Den"})),
        Ok(vec![Write::Label(id(), "Den".to_owned()), Write::Mode(id(), HvacMode::Cool)])
    );
    assert_eq!(
        writes(&wwn, "structures/s/away", &json!("away")),
        Ok(vec![Write::Away(StructureId::new("s"), Away::Away)])
    );
    assert_eq!(
        writes(&wwn, "/devices/thermostats/02AA", &json!({"humidity": 5})),
        Err(Problem::ReadOnly(vec!["humidity".to_owned()]))
    );
    assert_eq!(writes(&wwn, "/devices", &json!({})), Err(Problem::NotWritable("/devices".to_owned())));
    assert!(matches!(writes(&wwn, "/nothing", &json!({})), Err(Problem::UnknownPath { .. })));
    assert_eq!(
        writes(&wwn, "/devices/thermostats/x", &json!({"label": "y"})),
        Err(Problem::Refused(Refusal::Unknown("x".to_owned())))
    );
}

#[test]
fn errors_of_a_request_have_a_position() {
    let wwn = DocumentApi;
    let broken = planned(&wwn, Method::Put, "/structures/s", "{\n  \"away\": home\n}");
    assert!(matches!(broken, Err(Problem::NotJson { line: 2, column: 11, .. })), "{broken:?}");
    assert_eq!(planned(&wwn, Method::Get, "/", "{}"), Err(Problem::BodyTooMuch(Method::Get)));
    assert_eq!(planned(&wwn, Method::Put, "/", " "), Err(Problem::BodyMissing(Method::Put)));
    assert!(matches!(planned(&wwn, Method::Delete, "/", ""), Err(Problem::LacksMethod { .. })));
    let document: serde_json::Value = serde_json::from_str(&wire::render(&home())).expect("JSON");
    let draft = |path: &str| RawRequest { path: path.to_owned(), ..RawRequest::default() };
    let found = problems(&draft("/devices/thermostats/02AB/label"), &base(), &wwn, Some(&document), false);
    assert!(matches!(&found[..], [Problem::UnknownPath { nearest: Some(near), .. }] if near == "/devices/thermostats"));
    assert!(found[0].is_a_guess());
    assert!(problems(&draft("/devices/thermostats/02AA.json?x=1"), &base(), &wwn, Some(&document), false).is_empty());
    let streamed =
        RawRequest { method: Method::Put, wants_stream: true, body: "no json".to_owned(), ..RawRequest::default() };
    assert_eq!(problems(&streamed, &base(), &wwn, None, true), [Problem::StreamOfWrite], "raw may be no JSON");
}

#[test]
fn commands_of_no_longer_evil_become_writes() {
    let nle = OwnServerApi;
    let command = |name: &str, value: serde_json::Value| {
        writes(&nle, "/command", &json!({"serial": "02AA", "command": name, "value": value}))
    };
    let one = |write: Write| Ok(vec![write]);
    assert_eq!(command("set_temperature", json!(20.5)), one(Write::Target(id(), Setpoint::celsius(20.5))));
    let (low, high) = (Some(Setpoint::celsius(19.0)), Some(Setpoint::celsius(24.0)));
    let range = Write::Range { thermostat: id(), low, high };
    assert_eq!(command("set_temperature", json!({"low": 19, "high": 24})), one(range.clone()));
    assert_eq!(command("set_mode", json!("range")), one(Write::Mode(id(), HvacMode::HeatCool)));
    // The server puts only the named thermostat into Eco.
    assert_eq!(command("set_away", json!(true)), one(Write::Mode(id(), HvacMode::Eco)));
    assert_eq!(command("set_away", json!(false)), Err(Problem::NotUnderstood), "it is not in Eco");
    assert_eq!(command("set_away", json!("yes")), Err(Problem::WrongKind));
    assert_eq!(command("set_fan", json!("auto")), one(Write::FanTimer(id(), false)));
    assert_eq!(command("set_fan", json!(900)), one(Write::FanTimer(id(), true)));
    assert_eq!(command("set_fan", json!(1800)), Ok(vec![Write::FanDuration(id(), 30), Write::FanTimer(id(), true)]));
    let scale = command("set_device_setting", json!({"temperature_scale": "F"}));
    assert_eq!(scale, one(Write::Scale(id(), Scale::Fahrenheit)));
    assert_eq!(command("set_device_setting", json!({"target_humidity": 40})), Err(Problem::NotUnderstood));
    assert_eq!(command("set_temperature", json!("warm")), Err(Problem::WrongKind));
    assert_eq!(command("restart", json!(null)), Err(Problem::NotUnderstood));
    assert_eq!(writes(&nle, "/other", &json!({})), Err(Problem::NotUnderstood));
}

#[test]
fn commands_of_device_access_become_writes() {
    let sdm = ProjectApi { project: "p".to_owned() };
    let command = |name: &str, params: serde_json::Value| {
        let body = json!({"command": format!("sdm.devices.commands.{name}"), "params": params});
        writes(&sdm, "/enterprises/p/devices/02AA:executeCommand", &body)
    };
    let one = |write: Write| Ok(vec![write]);
    let heat = command("ThermostatTemperatureSetpoint.SetHeat", json!({"heatCelsius": 20}));
    assert_eq!(heat, one(Write::Target(id(), Setpoint::celsius(20.0))));
    let cool = command("ThermostatTemperatureSetpoint.SetCool", json!({"coolCelsius": 20}));
    assert!(matches!(cool, Err(Problem::Refused(Refusal::ModeForbids { mode: HvacMode::Heat, .. }))));
    let (low, high) = (Some(Setpoint::celsius(19.0)), Some(Setpoint::celsius(24.0)));
    let range = command("ThermostatTemperatureSetpoint.SetRange", json!({"heatCelsius": 19, "coolCelsius": 24}));
    assert_eq!(range, one(Write::Range { thermostat: id(), low, high }));
    assert_eq!(
        command("ThermostatMode.SetMode", json!({"mode": "HEATCOOL"})),
        one(Write::Mode(id(), HvacMode::HeatCool))
    );
    assert_eq!(command("ThermostatEco.SetMode", json!({"mode": "MANUAL_ECO"})), one(Write::Mode(id(), HvacMode::Eco)));
    assert_eq!(command("Fan.SetTimer", json!({"timerMode": "OFF"})), one(Write::FanTimer(id(), false)));
    assert_eq!(
        command("Fan.SetTimer", json!({"timerMode": "ON", "duration": "3600s"})),
        Ok(vec![Write::FanDuration(id(), 60), Write::FanTimer(id(), true)])
    );
    assert_eq!(command("CameraLiveStream.GenerateWebRtcStream", json!({})), Err(Problem::NotUnderstood));
}

#[test]
fn hints_list_writable_fields_with_allowed_values() {
    let home = home();
    let thermostat = hints(&home, "/devices/thermostats/02AA");
    assert_eq!(thermostat.len(), 11);
    let label = hints(&home, "devices/thermostats/02AA/label");
    assert_eq!(label.iter().map(|hint| hint.name.as_str()).collect::<Vec<_>>(), ["label"]);
    let range = thermostat.iter().find(|hint| hint.name == "target_temperature_low_c").expect("a range");
    assert!(range.closed.is_some(), "it heats only");
    let mode = thermostat.iter().find(|hint| hint.name == "hvac_mode").expect("a mode");
    assert_eq!(mode.now, Some(json!("heat")));
    assert!(matches!(&mode.holds, Holds::Words(words) if words.contains(&"heat-cool".to_owned())));
    assert!(hints(&home, "/devices").is_empty() && hints(&home, "/devices/thermostats/x").is_empty());
}

/// Every example request can be sent.
#[test]
fn examples_can_be_parsed() {
    let mut home = home();
    let (id, one) = home.thermostats.iter().next().expect("a thermostat");
    // A thermostat that comes first and has a range.
    let (before, mut other) = (format!("!{id}"), Thermostat::clone(one));
    other.hvac_mode = Some(HvacMode::HeatCool);
    home.thermostats.insert(before.as_str().into(), other.into());
    let sdm = ProjectApi { project: "p".to_owned() };
    let apis: [&dyn RawApi; 3] = [&DocumentApi, &OwnServerApi, &sdm];
    for draft in apis.map(|api| api.examples(&home).into_iter().map(move |draft| (api, draft))).into_iter().flatten() {
        let (api, draft) = draft;
        let planned = plan(&draft, &base(), api, &home);
        assert!(planned.is_ok(), "{draft:?}: {planned:?}");
    }
    for draft in HostedApi.examples(&home) {
        let planned = plan(&draft, &base(), &HostedApi, &home);
        let expected = if draft.method == Method::Get { Ok(Plan::Look) } else { Err(Problem::NotUnderstood) };
        assert_eq!(planned, expected);
    }
}

/// Findings of real homes, low table 4: an own server removes devices by DELETE. No rule covers that; `--raw`
/// sends it.
#[test]
fn a_l4_an_own_server_supports_delete() {
    for (path, body) in [("/api/device", r#"{"serial":"02AA"}"#), ("/api/registered-devices/02AA", "")] {
        let nle = OwnServerApi;
        assert_eq!(planned(&nle, Method::Delete, path, body), Err(Problem::NotUnderstood), "{path}");
        let draft = RawRequest {
            method: Method::Delete,
            path: path.to_owned(),
            body: body.to_owned(),
            ..RawRequest::default()
        };
        for is_raw in [false, true] {
            assert_eq!(problems(&draft, &base(), &nle, None, is_raw), [], "{path}");
        }
        let hosted = problems(&draft, &base(), &HostedApi, None, false);
        assert!(matches!(hosted.first(), Some(Problem::LacksMethod { .. })), "{hosted:?}");
    }
}

/// Findings of real homes, low table 5.
#[test]
fn a_l5_no_example_starts_a_fan_that_is_not_there() {
    let with_fan = home();
    let mut without = home();
    without.thermostat_mut(&id()).expect("there").has_fan = Some(false);
    let apis: [&dyn RawApi; 2] = [&OwnServerApi, &ProjectApi { project: "p".to_owned() }];
    for api in apis {
        let has_fan = |home: &DeviceTree| {
            api.examples(home).iter().any(|draft| ["set_fan", "Fan."].iter().any(|fan| draft.body.contains(fan)))
        };
        assert!(has_fan(&with_fan) && !has_fan(&without), "{api:?}");
    }
}
