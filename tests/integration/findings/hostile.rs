//! Servers that repeat secrets or do not answer, and names with terminal escape sequences.

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use serde_json::json;
use setpoint::engine::{Origin, WaitLimits};
use setpoint::home::{Checked, DeviceTree, Setpoint, Write, check};
use setpoint::http::base_url;
use setpoint::nle::{HostedClient, HostedService, HostedTimes, NleClient, NleService, NleTimes};
use setpoint::sdm::{SdmClient, SdmConfig, SdmSecret, SdmService, SdmTimes};
use setpoint::service::{FailureKind, Service};
use setpoint::simulator::Options;
use setpoint::wwn::client::{Client, StreamTimes, WwnService};

use super::{SERIAL, run_at};
use crate::support::engine::{engine_on, live};
use crate::support::flaky::{Answers, Flaky};
use crate::support::sdm::{ACCESS, CLIENT, CLIENT_SECRET, CODE, PROJECT, REFRESH, Sdm, Trouble};
use crate::support::user::User;
use crate::support::{self, Recorder, simulation, until};

const TOKEN: &str = "c.HOSTILE/token-of-the-tests";
const KEY: &str = "nlapi_00112233445566778899aabbccddeeff";
const STATUSES: [u16; 8] = [200, 400, 401, 403, 404, 429, 500, 503];

/// A change of the first thermostat, checked by the rules.
fn change(home: &DeviceTree) -> Checked {
    let id = home.thermostats.keys().next().expect("a thermostat").clone();
    check(home, &Write::Target(id, Setpoint::celsius(19.5)), jiff::Timestamp::UNIX_EPOCH).expect("allowed")
}

/// Every text form of the failure of a change: display, debug and journal.
async fn failure(service: &Arc<impl Service>, home: &DeviceTree) -> String {
    let failure = Arc::clone(service).write(change(home)).await.expect_err("it is no success");
    format!("{failure} {failure:?} {}", serde_json::to_string(&failure.reason).expect("plain data"))
}

/// A server of No Longer Evil that answers changes with this status and repeats the token.
async fn repeating(status: u16) -> Recorder {
    let thermostat = json!({
        "serial": SERIAL, "name": "Hallway", "is_available": true, "mode": "heat", "current_temperature": 20.0,
        "target_temperature": 21.0, "capabilities": {"can_heat": true, "can_cool": false, "has_fan": false}
    });
    let list = json!({ "devices": [thermostat] }).to_string();
    let (one, said) =
        (thermostat.to_string(), json!({"success": false, "message": format!("the key {TOKEN} may not")}));
    let said = said.to_string();
    Recorder::start(move |seen| match seen.path.as_str() {
        "/api/devices" => support::json(200, &list),
        "/status" => support::json(200, &one),
        "/command" => support::json(status, &said),
        _ => support::json(404, "{}"),
    })
    .await
}

#[tokio::test]
async fn h1_no_longer_evil_cannot_reveal_its_token() {
    for status in STATUSES {
        let server = repeating(status).await;
        let client = NleClient::new(server.url().as_str(), Some(&SecretString::from(TOKEN))).expect("a client");
        let service = NleService::new(client, "Mill Lane", NleTimes::default());
        let home = Arc::clone(&service).fetch().await.expect("a home");
        let shown = failure(&service, &home).await;
        assert!(!shown.contains(TOKEN), "{status}: {shown}");
        assert!(status != 400 || shown.contains("the key [token] may not"), "{shown}");
    }
}

/// The error output of a command and the journal keep the rest of the text.
#[tokio::test]
async fn h1_a_token_that_is_repeated_is_in_no_message_and_no_log() {
    let server = repeating(400).await;
    let user = User::new();
    let url = server.url();
    let sign_in = ["auth", "login", "--kind", "nle", "--url", url.as_str(), "--name", "Mill Lane"];
    let sign_in = [sign_in.as_slice(), &["--token-stdin", "--sealed"]].concat();
    let (code, _, complained) = user.run_with(&sign_in, TOKEN).await;
    assert_eq!(code, 0, "{complained}");
    let (code, said, complained) = user.run(&["set", "hallway", "target", "19.5"]).await;
    assert_eq!((code, said.as_str()), (3, ""), "{complained}");
    assert!(complained.contains("the key [token] may not"), "{complained}");
    let log = std::fs::read_to_string(user.account_folder().join("journal.jsonl")).expect("a log");
    assert!(log.contains("[token]") && !log.contains(TOKEN), "{log}");

    let server = Sdm::start().await;
    let user = User::new();
    assert_eq!(user.sign_in(&server, CODE).await.0, 0);
    server.trouble(Trouble::At(":executeCommand", 400, google_repeats(400)));
    let (code, _, complained) = user.run(&["set", "hallway", "target", "19.5"]).await;
    assert_eq!(code, 3, "{complained}");
    let log = std::fs::read_to_string(user.account_folder().join("journal.jsonl")).expect("a log");
    for secret in [ACCESS, REFRESH, CLIENT_SECRET] {
        assert!(!complained.contains(secret) && !log.contains(secret), "{secret}: {complained} {log}");
    }
    assert!(complained.contains("[token]") && log.contains("[token]"), "{complained} {log}");
}

#[tokio::test]
async fn h1_the_hosted_server_cannot_reveal_its_key() {
    for status in STATUSES {
        let listed = json!({"devices": [{"id": "one", "serial": SERIAL, "name": "Hallway", "accessType": "owner"}]});
        let bucket = |value: serde_json::Value| json!({"object_revision": 7, "object_timestamp": 1, "value": value});
        let state = json!({
            format!("shared.{SERIAL}"): bucket(json!({
                "target_temperature": 21.0, "target_temperature_type": "heat", "can_heat": true
            })),
            format!("device.{SERIAL}"): bucket(json!({"has_fan": false, "eco": {"mode": "schedule"}}))
        });
        let one = json!({"device": {"id": "one", "serial": SERIAL}, "state": state}).to_string();
        let said = json!({"success": false, "error": format!("Invalid API key {KEY}")}).to_string();
        let server = Recorder::start(move |seen| match (seen.method.as_str(), seen.path.as_str()) {
            ("GET", "/api/v1/devices") => support::json(200, &listed.to_string()),
            ("GET", _) => support::json(200, &one),
            _ => support::json(status, &said),
        })
        .await;
        let client = HostedClient::new(&format!("{}api/v1", server.url()), &SecretString::from(KEY)).expect("a client");
        let service = HostedService::new(client, "Mill Lane", HostedTimes::default());
        let home = Arc::clone(&service).fetch().await.expect("a home");
        let shown = failure(&service, &home).await;
        assert!(!shown.contains(KEY), "{status}: {shown}");
        assert!(status != 400 || shown.contains("Invalid API key [token]"), "{shown}");
    }
}

/// An error of Google that contains every secret of the account.
fn google_repeats(status: u16) -> String {
    let message = format!("token {ACCESS} of {REFRESH} for {CLIENT_SECRET}");
    json!({"error": {"code": status, "message": message, "status": "INVALID_ARGUMENT"}}).to_string()
}

fn google(server: &Sdm) -> Arc<SdmService> {
    let tokens = format!("{}/token", server.url);
    let addresses = [server.url.as_str(), server.url.as_str(), tokens.as_str()];
    let config = SdmConfig::new(addresses, PROJECT, CLIENT, None).expect("addresses");
    let (refresh_token, client_secret) = (SecretString::from(REFRESH), SecretString::from(CLIENT_SECRET));
    let secret = SdmSecret { refresh_token, client_secret, issued: None };
    SdmService::new(SdmClient::new(config, secret).expect("a client"), "Google", SdmTimes::default())
}

#[tokio::test]
async fn h1_google_cannot_reveal_a_secret() {
    for status in STATUSES.into_iter().filter(|status| *status != 200) {
        let server = Sdm::start().await;
        let service = google(&server);
        let home = Arc::clone(&service).fetch().await.expect("a home");
        server.trouble(Trouble::At(":executeCommand", status, google_repeats(status)));
        let shown = failure(&service, &home).await;
        for secret in [ACCESS, REFRESH, CLIENT_SECRET] {
            assert!(!shown.contains(secret), "{status}: {secret} in {shown}");
        }
        assert!(status != 400 || shown.contains("token [token] of [token] for [token]"), "{shown}");
    }
    // The token endpoint may repeat secrets too.
    let server = Sdm::start().await;
    let description = format!("{REFRESH} is not for {CLIENT_SECRET}");
    let refused = json!({"error": "invalid_grant", "error_description": description}).to_string();
    server.trouble(Trouble::At("/token", 400, refused));
    let failure = google(&server).fetch().await.expect_err("no token");
    assert_eq!(failure.kind, FailureKind::SignIn);
    let shown = format!("{failure} {failure:?}");
    assert!(shown.contains("[token] is not for [token]"), "{shown}");
    assert!(!shown.contains(REFRESH) && !shown.contains(CLIENT_SECRET), "{shown}");
}

/// The write waits for the answer, although the value is shown already; the message names the answer.
#[tokio::test]
async fn l2_a_missing_answer_is_not_called_a_value_that_is_not_shown() {
    let server = Flaky::start().await;
    let client = Client::new(base_url(&server.url).expect("an address"), &support::token()).expect("a client");
    let engine = engine_on(WwnService::new(client, StreamTimes::default()));
    live(&engine).await;
    server.next([Answers::Silent]);
    let (access, patience) = (engine.access(), Duration::from_millis(500));
    let patience = WaitLimits { within: patience, for_service: patience };
    let write = Write::Label("hall".into(), "late".to_owned());
    let made = access.submit_and_wait("a label".to_owned(), vec![write], Origin::Cli, patience);
    let shown = async {
        until("the write", || (server.applied() == ["late"]).then_some(())).await;
        server.show();
        let label = || engine.snapshot().confirmed.thermostats["hall"].label.clone();
        until("the label", || (label().as_deref() == Some("late")).then_some(())).await;
    };
    let (made, ()) = tokio::join!(made, shown);
    let waiting = made.expect("the engine takes it").waiting;
    let said: Vec<(&str, bool)> = waiting.iter().map(|waiting| (waiting.why.as_str(), waiting.is_accepted)).collect();
    assert_eq!(said, [("the service has not answered yet", false)]);
}

/// Another user who renames a device must not control the terminal, whichever command prints the name.
#[tokio::test]
async fn m7_no_command_prints_an_escape_in_a_name() {
    const HOSTILE: &str = "a\u{1b}]52;c;cHduZWQ=\u{7}\u{1b}[2Jb\u{202e}c";
    let home = simulation(Options::default()).await;
    let user = User::new();
    let hallway = home.home().borrow().thermostats.iter().find_map(|(id, thermostat)| {
        (thermostat.name.as_deref() == Some("Hallway")).then(|| format!("/devices/thermostats/{id}"))
    });
    let hallway = hallway.expect("the hallway");
    let label = json!({ "label": HOSTILE }).to_string();
    for (arguments, expected) in [
        (&["set", "hallway", "label", HOSTILE][..], 0),
        (&["set", "maple", "name", HOSTILE], 0),
        (&["set", "hallway", "scale", "F"], 0),
        (&["set", "all eco"], 0),
        (&["set", "away"], 0),
        (&["set", "cameras off"], 0),
        (&["set", "nobody", "target", "20"], 2),
        (&["set", "all 20"], 3),
        (&["status"], 0),
        (&["request", "PUT", &hallway, "{\"label\":\"Hall\"}"], 0),
        (&["request", "PUT", &hallway, &label], 0),
    ] {
        let (code, said, complained) = run_at(&user, &home, arguments).await;
        assert_eq!(code, expected, "{arguments:?}: {said:?} {complained:?}");
        for text in [&said, &complained] {
            let obeyed = text.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}');
            assert!(!obeyed, "{arguments:?}: {text:?}");
        }
    }
    home.stop().await;
}
