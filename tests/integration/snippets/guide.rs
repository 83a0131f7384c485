//! The guide's writes.

use jiff::Timestamp;
use serde_json::{Value, json};
use setpoint::home::{Away, DeviceTree, Eta, HvacMode, Scale, Setpoint, Write, check};
use setpoint::http::Method;
use setpoint::simulator::{Options, Simulation};
use setpoint::snippet::{Call, CodeLanguage, TokenFrom};
use setpoint::wwn::wire;

use super::toolchain::Toolchain;
use crate::support::{PATIENCE, simulation};

/// The writes, in an order in which no write blocks the next and each is a change.
pub(crate) fn writes(home: &DeviceTree) -> Vec<Write> {
    let structure = home.structures.keys().next().expect("a home").clone();
    let camera = home.cameras.keys().next().expect("a camera").clone();
    let able = |write: Write| check(home, &write, Timestamp::UNIX_EPOCH).is_ok();
    let thermostat = home
        .thermostats
        .keys()
        .find(|id| able(Write::Mode((*id).clone(), HvacMode::HeatCool)) && able(Write::FanTimer((*id).clone(), true)));
    let t = || thermostat.expect("one that does everything").clone();
    let begin: Timestamp = "2100-01-01T18:00:00Z".parse().expect("a time");
    let end: Timestamp = "2100-01-01T18:30:00Z".parse().expect("a time");
    vec![
        Write::Scale(t(), Scale::Celsius),
        Write::Scale(t(), Scale::Fahrenheit),
        Write::Mode(t(), HvacMode::Heat),
        Write::Target(t(), Setpoint::fahrenheit(66.0)),
        Write::Target(t(), Setpoint::fahrenheit(70.0)),
        Write::Target(t(), Setpoint::celsius(22.5)),
        Write::FanTimer(t(), true),
        Write::FanDuration(t(), 45),
        Write::Label(t(), "Kate's Room".to_owned()),
        Write::Mode(t(), HvacMode::HeatCool),
        Write::Range { thermostat: t(), low: Some(Setpoint::celsius(18.0)), high: Some(Setpoint::celsius(25.0)) },
        Write::Mode(t(), HvacMode::Eco),
        Write::Streaming(camera.clone(), false),
        Write::Streaming(camera, true),
        Write::StructureName(structure.clone(), "Summer house".to_owned()),
        Write::Away(structure.clone(), Away::Away),
        Write::Eta(structure.clone(), Eta { trip_id: "work".to_owned(), window: Some((begin, end)) }),
        Write::Away(structure, Away::Home),
    ]
}

/// The call of a write. A page gets the address after the redirect of the service.
pub(crate) fn call_of(write: &Write, home: &Simulation, language: CodeLanguage) -> Call {
    let request = wire::request(write);
    call(home, language, Method::Put, &request.path, Some(request.body))
}

fn call(home: &Simulation, language: CodeLanguage, method: Method, path: &str, body: Option<Value>) -> Call {
    let base = if language == CodeLanguage::Page { home.api_url() } else { home.url() };
    Call::new(base.as_str(), method, path, body, TokenFrom::default()).expect("a call")
}

/// Waits until the home shows a write.
pub(crate) async fn shown(home: &Simulation, write: &Write) -> bool {
    let mut now = home.home();
    let found = tokio::time::timeout(PATIENCE, now.wait_for(|home| write.is_shown_by(home))).await;
    found.is_ok_and(|found| found.is_ok())
}

/// Makes each write with a snippet, then reads everything. Returns the count.
pub(crate) async fn every_write_is_made(toolchain: &mut Toolchain) -> usize {
    let home = simulation(Options::default()).await;
    let language = toolchain.language;
    let mut count = 0;
    let all = writes(&home.home().borrow().clone());
    for write in all {
        let call = call_of(&write, &home, language);
        let ran = toolchain.run(&call, Some(home.token())).await;
        assert!(ran.succeeded, "{language:?}, {write:?}: {ran:?}");
        assert!(shown(&home, &write).await, "{language:?}, {write:?}: {ran:?}");
        if language != CodeLanguage::Setpoint {
            let echo: Value = serde_json::from_str(&ran.said).expect("JSON");
            assert_eq!(echo, wire::request(&write).body, "{language:?}");
        }
        count += 1;
    }
    let ran = toolchain.run(&call(&home, language, Method::Get, "/structures", None), Some(home.token())).await;
    assert!(ran.succeeded && ran.said.contains("Summer house"), "{language:?}: {ran:?}");
    home.stop().await;
    count + 1
}

/// A refusal, an invalid token, no token at all, and a server that does not run.
pub(crate) async fn what_is_refused_is_a_failure(toolchain: &mut Toolchain) -> usize {
    let home = simulation(Options::default()).await;
    let language = toolchain.language;
    let thermostat = home.home().borrow().thermostats.keys().next().expect("one").clone();
    let path = format!("devices/thermostats/{thermostat}");
    let long = call(&home, language, Method::Put, &path, Some(json!({"label": "x".repeat(300)})));
    let ran = toolchain.run(&long, Some(home.token())).await;
    let told = format!("{}{}", ran.said, ran.complained);
    // The program's own command checks its rules first and prints its own message.
    assert!(!ran.succeeded && (told.contains("400") || language == CodeLanguage::Setpoint), "{ran:?}");
    let fine = call(&home, language, Method::Put, &path, Some(json!({"label": "Den"})));
    for token in [Some("c.wrong"), None] {
        let ran = toolchain.run(&fine, token).await;
        // If the user cancels the prompt, a page does nothing.
        assert!(
            !ran.succeeded || (language == CodeLanguage::Page && token.is_none()),
            "{language:?}, {token:?}: {ran:?}"
        );
    }
    home.stop().await;
    let ran = toolchain.run(&fine, Some("c.any")).await;
    assert!(!ran.succeeded, "{language:?}: {ran:?}");
    4
}

/// Parses the snippet of each write, for a language that cannot run here.
pub(crate) async fn every_write_is_parsed(toolchain: &mut Toolchain) -> usize {
    let home = simulation(Options::default()).await;
    let all = writes(&home.home().borrow().clone());
    let mut calls: Vec<Call> = all.iter().map(|write| call_of(write, &home, toolchain.language)).collect();
    calls.push(call(&home, toolchain.language, Method::Get, "/structures", None));
    for call in &calls {
        let ran = toolchain.run(call, None).await;
        assert!(ran.succeeded, "{ran:?}");
    }
    home.stop().await;
    calls.len()
}
