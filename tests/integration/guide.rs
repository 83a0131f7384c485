//! Every write of the vendor's guide, on each current service: from the window, as a command, and through the
//! bridge. `UPDATE_DOCS=1 cargo test --test integration guide::` writes the table of docs/services/writes.md.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use crate::support;

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};
use setpoint::engine::Outcome;
use setpoint::home::{Away, DeviceId, DeviceTree, Eta, HvacMode, Scale, Setpoint, StructureId, Write, check};
use support::engine::{engine_on, live, wanted};
use support::nle::Nle;
use support::sdm::Sdm;
use support::stub::{SERIAL, Stub};
use support::user::User;

/// One write of the guide in its three forms.
struct Row {
    /// The body in the guide.
    body: Value,
    write: Write,
    /// The arguments after `setpoint set`.
    words: Vec<String>,
    /// The path after the address of the API.
    path: String,
}

/// The result of a write.
#[derive(Debug, Clone, PartialEq)]
enum Came {
    /// These commands with their parameters arrived at the service.
    Sent(Vec<String>),
    Refused(String),
}

/// The guide's writes and those of the reference it links to, in an order in which no write blocks the next.
fn rows(home: &DeviceTree) -> Vec<Row> {
    let structure = home.structures.keys().next().expect("a home").clone();
    let thermostat = home.thermostats.keys().next().expect("a thermostat").clone();
    let camera = home.cameras.keys().next().cloned();
    let begin: jiff::Timestamp = "2100-01-01T18:00:00Z".parse().expect("a time");
    let end: jiff::Timestamp = "2100-01-01T18:30:00Z".parse().expect("a time");
    let eta = Eta { trip_id: "work".to_owned(), window: Some((begin, end)) };
    let on_home = |id: &StructureId, body: Value, write: Write, words: &[&str]| Row {
        path: format!("structures/{id}"),
        words: std::iter::once(id.as_str()).chain(words.iter().copied()).map(str::to_owned).collect(),
        body,
        write,
    };
    let on = |kind: &str, id: &DeviceId, body: Value, write: Write, words: &[&str]| Row {
        path: format!("devices/{kind}/{id}"),
        words: std::iter::once(id.as_str()).chain(words.iter().copied()).map(str::to_owned).collect(),
        body,
        write,
    };
    let t = |body: Value, write: fn(DeviceId) -> Write, words: &[&str]| {
        on("thermostats", &thermostat, body, write(thermostat.clone()), words)
    };
    let mut rows = vec![
        t(json!({"temperature_scale": "F"}), |id| Write::Scale(id, Scale::Fahrenheit), &["scale", "F"]),
        t(json!({"target_temperature_f": 68}), |id| Write::Target(id, Setpoint::fahrenheit(68.0)), &["target", "68F"]),
        t(json!({"target_temperature_c": 22.5}), |id| Write::Target(id, Setpoint::celsius(22.5)), &["target", "22.5C"]),
        t(json!({"fan_timer_active": true}), |id| Write::FanTimer(id, true), &["fan", "on"]),
        t(json!({"fan_timer_duration": 45}), |id| Write::FanDuration(id, 45), &["fan-duration", "45"]),
        t(json!({"label": "Pat's room"}), |id| Write::Label(id, "Pat's room".to_owned()), &["label", "Pat's room"]),
        t(json!({"hvac_mode": "heat-cool"}), |id| Write::Mode(id, HvacMode::HeatCool), &["mode", "heat-cool"]),
        t(
            json!({"target_temperature_low_c": 18, "target_temperature_high_c": 25}),
            |id| Write::Range {
                thermostat: id,
                low: Some(Setpoint::celsius(18.0)),
                high: Some(Setpoint::celsius(25.0)),
            },
            &["range", "18C-25C"],
        ),
        t(json!({"hvac_mode": "eco"}), |id| Write::Mode(id, HvacMode::Eco), &["mode", "eco"]),
    ];
    if let Some(camera) = camera {
        let write = Write::Streaming(camera.clone(), false);
        rows.push(on("cameras", &camera, json!({"is_streaming": false}), write, &["streaming", "off"]));
    }
    rows.push(on_home(
        &structure,
        json!({"name": "Summer house"}),
        Write::StructureName(structure.clone(), "Summer house".to_owned()),
        &["name", "Summer house"],
    ));
    rows.push(on_home(
        &structure,
        json!({"eta": {"trip_id": "work", "estimated_arrival_window_begin": begin, "estimated_arrival_window_end": end}}),
        Write::Eta(structure.clone(), eta),
        &["eta", "30"],
    ));
    // Eco is away for No Longer Evil, so the home changes to occupied first.
    for (word, away) in [("home", Away::Home), ("away", Away::Away)] {
        let write = Write::Away(structure.clone(), away);
        rows.push(on_home(&structure, json!({ "away": word }), write, &["away", word]));
    }
    rows
}

/// Makes each write as a control of the window does.
async fn by_window(stub: &Stub) -> Vec<(Row, Came)> {
    let engine = engine_on(stub.service());
    live(&engine).await;
    let mut came = Vec::new();
    for row in rows(&engine.snapshot().confirmed) {
        let before = stub.commands().len();
        if let Err(refusal) = check(&engine.snapshot().shown, &row.write, jiff::Timestamp::UNIX_EPOCH) {
            came.push((row, Came::Refused(refusal.to_string())));
            continue;
        }
        let outcome = wanted(&engine, row.write.clone()).await.outcome;
        assert_eq!(outcome, Outcome::Done, "{:?}", row.write);
        came.push((row, Came::Sent(stub.commands().split_off(before))));
    }
    came
}

/// Makes each write as a command of the program.
async fn by_command(stub: &Stub, rows: &[(Row, Came)]) {
    let user = User::new();
    stub.add_to(&user).await;
    for (row, came) in rows {
        stub.report();
        let before = stub.commands().len();
        let words: Vec<String> =
            row.words.iter().map(|word| if word.starts_with("home-") { stub.home() } else { word.clone() }).collect();
        let words: Vec<&str> = std::iter::once("set").chain(words.iter().map(String::as_str)).collect();
        user.forget_limits();
        let (code, said, complained) = user.run(&words).await;
        match came {
            Came::Sent(commands) => {
                assert_eq!(code, 0, "{words:?}: {said}{complained}");
                // Each command is a new process without the in-memory state of the previous one.
                let sent = stub.commands().split_off(before);
                assert_eq!(&sent, commands, "{words:?}");
            }
            Came::Refused(why) => {
                assert_eq!(code, 3, "{words:?}: {said}{complained}");
                assert!(complained.contains(why.as_str()), "{words:?}: {complained}");
            }
        }
    }
}

/// Makes each write as an old client does, through the bridge.
async fn by_bridge(stub: &Stub, rows: &[(Row, Came)]) {
    let user = User::new();
    stub.add_to(&user).await;
    let http = reqwest::Client::new();
    for (row, came) in rows {
        stub.report();
        // Each write has its own bridge: all together exceed the limit per minute of the service.
        let mut bridge = user.serve().await;
        let before = stub.commands().len();
        let path = match row.path.strip_prefix("structures/home-") {
            Some(_other_server) => format!("structures/{}", stub.home()),
            None => row.path.clone(),
        };
        let request = http.put(format!("{}/{path}", bridge.api)).bearer_auth(&bridge.token);
        let request = request.header("content-type", "application/json").body(row.body.to_string());
        let response = request.send().await.expect("an answer");
        let (status, text) = (response.status().as_u16(), response.text().await.expect("text"));
        match came {
            Came::Sent(commands) => {
                assert_eq!(status, 200, "{}: {text}", row.body);
                assert_eq!(&stub.commands().split_off(before), commands, "{}", row.body);
            }
            Came::Refused(why) => {
                assert_eq!(status, 400, "{}: {text}", row.body);
                let text: Value = serde_json::from_str(&text).expect("JSON");
                assert!(text.to_string().contains(why.as_str()), "{}: {text}", row.body);
            }
        }
        bridge.child.kill().await.expect("ended");
    }
}

/// Makes each write in the three ways, each way on its own stand-in.
async fn in_all_ways(stubs: [Stub; 3]) -> Vec<(Row, Came)> {
    let [window, command, bridge] = stubs;
    let came = by_window(&window).await;
    tokio::join!(by_command(&command, &came), by_bridge(&bridge, &came));
    came
}

fn cell(came: Option<&Came>) -> String {
    match came {
        None => "there are no cameras".to_owned(),
        Some(Came::Sent(commands)) if commands.is_empty() => "kept by Setpoint for the next start".to_owned(),
        Some(Came::Sent(commands)) => {
            commands.iter().map(|command| format!("`{command}`")).collect::<Vec<_>>().join(", ")
        }
        Some(Came::Refused(why)) => format!("refused: {why}"),
    }
}

#[tokio::test]
async fn every_write_of_the_guide_is_done_or_refused_alike_in_window_command_and_bridge() {
    rustls::crypto::ring::default_provider().install_default().ok();
    let nle = async || Stub::Nle(Nle::start(&[SERIAL]).await);
    let sdm = async || Stub::Sdm(Sdm::start().await);
    let (nle, sdm) = tokio::join!(async { in_all_ways([nle().await, nle().await, nle().await]).await }, async {
        in_all_ways([sdm().await, sdm().await, sdm().await]).await
    },);
    let mut table =
        "| a write of the vendor's guide | No Longer Evil | Google Device Access |\n|---|---|---|\n".to_owned();
    for (row, at_google) in &sdm {
        let at_nle = nle.iter().find(|(other, _)| other.body == row.body).map(|(_, came)| came);
        let fields = row.body.as_object().expect("an object");
        let body = if fields.contains_key("eta") { "{\"eta\":{…}}".to_owned() } else { row.body.to_string() };
        writeln!(table, "| `{body}` | {} | {} |", cell(at_nle), cell(Some(at_google))).expect("written");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/services/writes.md");
    let page = std::fs::read_to_string(&path).expect("the page");
    let (begin, end) =
        ("<!-- the writes: made by tests/integration/guide.rs -->\n", "<!-- the end of the writes -->\n");
    let (before, rest) = page.split_once(begin).expect("the place of the table");
    let (shown, after) = rest.split_once(end).expect("the end of the table");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, format!("{before}{begin}{table}{end}{after}")).expect("written");
    } else {
        assert_eq!(shown, table, "run UPDATE_DOCS=1 cargo test --test integration guide::");
    }
}
