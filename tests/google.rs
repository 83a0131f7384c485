//! Google Device Access as a person meets it at a terminal: signing in, commands, and the bridge,
//! with the program itself in front of a stand-in for Google.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

mod support;

use std::process::Stdio;

use serde_json::{Value, json};
use support::sdm::{CLIENT, CLIENT_SECRET, CODE, PROJECT, REFRESH, SUBSCRIPTION, Sdm, Trouble};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::Command;

struct User {
    home: TempDir,
}

impl User {
    fn new() -> Self {
        Self { home: tempfile::tempdir().expect("a folder") }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_setpoint"));
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.home.path())
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
            .env("SETPOINT_PASSPHRASE", "a passphrase of the tests")
            .env("SETPOINT_CLIENT_SECRET", CLIENT_SECRET)
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }

    async fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = tokio::time::timeout(support::PATIENCE, self.command(arguments).output()).await;
        let output = output.expect("in time").expect("the program runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().expect("a code"), text(&output.stdout), text(&output.stderr))
    }

    /// Signs in by pasting an address with this code, as the page that was named would lead to.
    async fn sign_in(&self, server: &Sdm, code: &str) -> (i32, String, String) {
        let token_url = format!("{}/token", server.url);
        let arguments = [
            ["auth", "google", "--paste", "--sealed"].as_slice(),
            &["--project", PROJECT, "--client-id", CLIENT, "--subscription", SUBSCRIPTION],
            &["--api-url", &server.url, "--events-url", &server.url, "--token-url", &token_url],
            &["--sign-in-url", &server.url],
        ]
        .concat();
        let mut command = self.command(&arguments);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
        let mut said = BufReader::new(child.stderr.take().expect("piped"));
        let mut line = String::new();
        said.read_line(&mut line).await.expect("a line");
        let page: url::Url = line.split_whitespace().last().expect("a page").parse().expect("a URL");
        assert!(page.path().ends_with(&format!("/{PROJECT}/auth")), "{page}");
        let state = page.query_pairs().find(|(key, _)| key == "state").expect("a state").1.into_owned();
        let pasted = format!("https://www.google.com/?state={state}&code={code}&scope=x\n");
        child.stdin.take().expect("piped").write_all(pasted.as_bytes()).await.expect("written");
        let mut rest = String::new();
        said.read_to_string(&mut rest).await.expect("read");
        let output = child.wait_with_output().await.expect("it ended");
        (output.status.code().expect("a code"), String::from_utf8_lossy(&output.stdout).into_owned(), rest)
    }
}

#[tokio::test]
async fn one_signs_in_by_pasting_and_commands_and_the_bridge_work() {
    let server = Sdm::start().await;
    let user = User::new();
    let (code, said, complained) = user.sign_in(&server, CODE).await;
    assert_eq!(code, 0, "{complained}");
    assert!(said.contains("Google (2 devices); the token is in the sealed file"), "{said}");
    assert!(complained.contains("seven days"), "{complained}");
    let settings = std::fs::read_to_string(user.home.path().join(".config/setpoint/settings.toml")).expect("settings");
    assert!(settings.contains(SUBSCRIPTION) && !settings.contains(REFRESH) && !settings.contains(CLIENT_SECRET));

    let (code, said, complained) = user.run(&["set", "hallway", "target", "22.5"]).await;
    assert_eq!(code, 0, "{said}{complained}");
    let (_, name, params) = server.commands().pop().expect("a command");
    assert_eq!((name.as_str(), params), ("ThermostatTemperatureSetpoint.SetHeat", json!({"heatCelsius": 22.5})));
    let (code, _, complained) = user.run(&["set", "elm street", "away", "away"]).await;
    assert_eq!(code, 3);
    assert!(complained.contains("Google Device Access cannot set home or away"), "{complained}");

    let mut command = user.command(&["serve"]);
    let mut bridge = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it runs");
    let mut lines = BufReader::new(bridge.stdout.take().expect("piped")).lines();
    let line = tokio::time::timeout(support::PATIENCE, lines.next_line()).await.expect("in time");
    let ready: Value = serde_json::from_str(&line.expect("read").expect("a line")).expect("JSON");
    rustls::crypto::ring::default_provider().install_default().ok();
    let http = reqwest::Client::new();
    let (api, token) = (ready["api"].as_str().expect("an address"), ready["token"].as_str().expect("a token"));
    let put = async |path: &str, body: Value| {
        let request = http.put(format!("{api}/{path}")).bearer_auth(token).header("content-type", "application/json");
        let answer = request.body(body.to_string()).send().await.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("text"))
    };
    let (status, text) = put("devices/thermostats/thermostat", json!({"target_temperature_f": 70})).await;
    assert_eq!(status, 200, "{text}");
    let (_, name, params) = server.commands().pop().expect("a command");
    assert_eq!(name, "ThermostatTemperatureSetpoint.SetHeat");
    assert_eq!(params, json!({"heatCelsius": 21.11}), "21.1111… is said in hundredths");
    for (path, body, why) in [
        ("structures/home", json!({"away": "away"}), "cannot set home or away"),
        ("devices/thermostats/thermostat", json!({"temperature_scale": "F"}), "cannot change the scale"),
        ("devices/thermostats/thermostat", json!({"label": "x"}), "cannot change names"),
        ("devices/cameras/doorbell", json!({"is_streaming": true}), "cannot switch cameras"),
    ] {
        let (status, text) = put(path, body).await;
        assert_eq!(status, 400, "{path}");
        assert!(text.contains(why), "{path}: {text}");
    }
}

#[tokio::test]
async fn a_sign_in_that_fails_says_why_and_keeps_nothing() {
    let server = Sdm::start().await;
    let user = User::new();
    let (code, _, complained) = user.sign_in(&server, "4/wrong").await;
    assert_eq!(code, 4, "{complained}");
    server.trouble(Trouble::Calls(403, "PERMISSION_DENIED", "Smart Device Management API has not been used"));
    let (code, _, complained) = user.sign_in(&server, CODE).await;
    assert_eq!(code, 4);
    assert!(complained.contains("has not been used"), "{complained}");
    let (_, said, _) = user.run(&["auth", "status"]).await;
    assert!(said.contains("No account"), "{said}");
    // The three ids are mixed up easily.
    for (project, client, subscription, why) in [
        ("my-cloud-project", CLIENT, SUBSCRIPTION, "no Device Access project"),
        (PROJECT, "1234", SUBSCRIPTION, "no OAuth client"),
        (PROJECT, CLIENT, "projects/cloud/topics/nest", "that is a topic"),
        (PROJECT, CLIENT, "nest", "no subscription"),
    ] {
        let arguments = ["auth", "google", "--project", project, "--client-id", client, "--subscription", subscription];
        let (code, _, complained) = user.run(&arguments).await;
        assert_eq!(code, 2, "{complained}");
        assert!(complained.contains(why), "{complained}");
    }
}
