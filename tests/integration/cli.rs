//! The program itself, run by a user or a script: output, exit codes and mistakes.
#![expect(clippy::expect_used, clippy::panic, reason = "a helper of a test fails the test")]

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A user with an empty home and no desktop.
pub(crate) struct User {
    pub(crate) home: TempDir,
}

impl User {
    pub(crate) fn new() -> Self {
        Self { home: tempfile::tempdir().expect("a folder") }
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_setpoint"));
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.home.path())
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            // Without a session bus there is no keyring, and no command may wait for one.
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program runs")
    }

    pub(crate) fn run_at(&self, server: &Simulator, arguments: &[&str]) -> Output {
        let mut command = self.command(arguments);
        server.environment(&mut command);
        command.output().expect("the program runs")
    }

    fn config(&self) -> std::path::PathBuf {
        self.home.path().join(".config/setpoint")
    }
}

/// `setpoint simulate`, killed when the test drops it.
pub(crate) struct Simulator {
    child: Child,
    url: String,
    token: String,
}

impl Simulator {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut child = User::new()
            .command(&[&["simulate"], arguments].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the simulator runs");
        let mut line = String::new();
        let out = child.stdout.take().expect("a pipe");
        BufReader::new(out).read_line(&mut line).expect("a line");
        let ready: Value = serde_json::from_str(&line).expect("one line of JSON");
        let text = |key: &str| ready[key].as_str().expect(key).to_owned();
        Self { child, url: text("url"), token: text("token") }
    }

    /// Tells a command of this server.
    pub(crate) fn environment(&self, command: &mut Command) {
        command.env("SETPOINT_URL", &self.url).env("SETPOINT_TOKEN", &self.token);
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

pub(crate) fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

pub(crate) fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("ended by a signal: {}", err(output)))
}

#[test]
fn a_value_is_set_read_and_listed() {
    let (user, server) = (User::new(), Simulator::start(&["--seed", "5"]));
    let set = user.run_at(&server, &["set", "hallway", "target", "22,5"]);
    assert_eq!((code(&set), err(&set)), (0, String::new()));
    assert!(out(&set).contains("22.5 °C"), "{}", out(&set));
    let status = user.run_at(&server, &["status", "--json"]);
    let status: Value = serde_json::from_str(&out(&status)).expect("JSON");
    let hallway = status["thermostats"].as_array().expect("a list").iter().find(|t| t["name"] == "Hallway");
    let hallway = hallway.expect("the hallway");
    assert_eq!(hallway["target_c"], 22.5);
    let path = format!("devices/thermostats/{}/target_temperature_c", hallway["id"].as_str().expect("an id"));
    let got = user.run_at(&server, &["get", &path]);
    assert_eq!((code(&got), out(&got).trim()), (0, "22.5"));
    let plain = user.run_at(&server, &["status"]);
    assert!(out(&plain).contains("Maple Street  (home)"), "{}", out(&plain));
}

#[test]
fn every_write_has_a_command() {
    let (user, server) = (User::new(), Simulator::start(&[]));
    for words in [
        ["hallway", "mode", "heat"],
        ["hallway", "target", "70F"],
        ["hallway", "target", "+1"],
        ["hallway", "scale", "F"],
        ["hallway", "label", "Kate's \"Room\" 🔥"],
        ["hallway", "fan-duration", "30"],
        ["hallway", "fan", "on"],
        ["bedroom thermostat", "range", "17-25"],
        ["front", "streaming", "off"],
        ["maple", "away", "away"],
        ["maple", "eta", "30"],
        ["maple", "eta", "cancel"],
        ["maple", "away", "home"],
        ["maple", "name", "Elm Street"],
    ] {
        // A label becomes part of the device name, so the name of the home changes last.
        let [what, field, value] = words;
        let output = user.run_at(&server, &["set", what, field, value]);
        assert_eq!(code(&output), 0, "{words:?}: {}", err(&output));
    }
}

#[test]
fn a_command_prints_a_line_per_write() {
    let (user, server) = (User::new(), Simulator::start(&[]));
    for words in [&["hallway 21.5"][..], &["hallway", "+1"], &["front", "door", "off"], &["hallway fan 30"], &["away"]]
    {
        let output = user.run_at(&server, &[&["set"], words].concat());
        assert_eq!((code(&output), err(&output)), (0, String::new()), "{words:?}");
    }
    let eco = user.run_at(&server, &["set", "all eco"]);
    assert_eq!(code(&eco), 0, "{}", err(&eco));
    assert!(out(&eco).lines().count() > 1, "{}", out(&eco));
    let again = user.run_at(&server, &["set", "all eco", "--json"]);
    let answers: Value = serde_json::from_str(&out(&again)).expect("one array");
    let answers = answers.as_array().expect("an array");
    assert!(answers.iter().all(|answer| answer["outcome"] == "unchanged"), "{answers:?}");
    // Eco takes no target: each line reports the refusal, and no write is made.
    let refused = user.run_at(&server, &["set", "all 20"]);
    assert_eq!(code(&refused), 3, "{}", out(&refused));
    assert!(out(&refused).lines().all(|line| line.contains("was refused")), "{}", out(&refused));
    let usage = user.run_at(&server, &["set", "hallway"]);
    assert_eq!((code(&usage), out(&usage)), (2, String::new()));
}

#[test]
fn exit_codes_distinguish_usage_refusal_sign_in_and_silence() {
    let (user, server) = (User::new(), Simulator::start(&[]));
    let at = |arguments: &[&str]| user.run_at(&server, arguments);
    for (arguments, expected, says) in [
        (&["set", "attic", "target", "20"][..], 2, "Hallway"),
        (&["set", "hallway", "target", "abc"], 2, "such as 21.5"),
        (&["set", "hallway", "colour", "red"], 2, "target"),
        (&["set", "hallway", "target", "999"], 3, "too high"),
        (&["set", "studio", "mode", "cool"], 3, "cooling"),
        (&["get", "devices/thermostats/nobody"], 3, "there is nothing at devices/thermostats/nobody"),
        (&["frobnicate"], 2, "frobnicate"),
    ] {
        let output = at(arguments);
        assert_eq!(code(&output), expected, "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains(says), "{arguments:?}: {}", err(&output));
        assert_eq!(out(&output), "", "standard output is for answers only");
    }
    let bad_token =
        user.command(&["status"]).env("SETPOINT_URL", &server.url).env("SETPOINT_TOKEN", "c.wrong").output();
    let bad_token = bad_token.expect("runs");
    assert_eq!(code(&bad_token), 4, "{}", err(&bad_token));
    assert!(!err(&bad_token).contains("c.wrong"), "the token is in no message");
    let nobody =
        user.command(&["status"]).env("SETPOINT_URL", "http://127.0.0.1:1").env("SETPOINT_TOKEN", "c.x").output();
    assert_eq!(code(&nobody.expect("runs")), 5);
}

#[test]
fn a_wrong_environment_is_explained() {
    let user = User::new();
    for (url, token, says) in [
        (Some("example.org"), Some("c.x"), "https://"),
        (Some("http://example.org"), Some("c.x"), "https://"),
        (Some("http://127.0.0.1:1"), Some("c.x\ny"), "line break"),
        (Some("http://127.0.0.1:1"), None, "belong together"),
        (None, Some("c.x"), "belong together"),
    ] {
        let mut command = user.command(&["status"]);
        url.map(|url| command.env("SETPOINT_URL", url));
        token.map(|token| command.env("SETPOINT_TOKEN", token));
        let output = command.output().expect("runs");
        assert_eq!(code(&output), 2, "{url:?}: {}", err(&output));
        assert!(err(&output).contains(says), "{url:?}: {}", err(&output));
    }
    let none = user.run(&["status"]);
    assert_eq!(code(&none), 4);
    assert!(err(&none).contains("setpoint simulate"), "{}", err(&none));
}

#[test]
fn a_page_instead_of_an_answer_means_unreachable() {
    let (user, server) = (User::new(), Simulator::start(&["--fault", "html"]));
    let output = user.run_at(&server, &["status"]);
    assert_eq!(code(&output), 5, "{}", err(&output));
    assert!(!err(&output).contains("<html"), "{}", err(&output));
}

#[test]
fn commands_open_the_simulated_home_only_on_request() {
    let (user, server) = (User::new(), Simulator::start(&[]));
    let simulated = user.run_at(&server, &["--simulated", "set", "hallway", "target", "19"]);
    assert_eq!(code(&simulated), 2, "it would have been written to another home");
    let named = user.run_at(&server, &["--account", "nobody", "status"]);
    assert_eq!(code(&named), 2, "a named account goes before the environment");
}

#[test]
fn credentials_need_reveal() {
    let (user, server) = (User::new(), Simulator::start(&[]));
    let hidden = user.run_at(&server, &["get", "/"]);
    assert!(!out(&hidden).contains(&server.token));
    assert!(!out(&user.run_at(&server, &["get", "metadata/access_token"])).contains(&server.token));
    let revealed = user.run_at(&server, &["get", "metadata/access_token", "--reveal"]);
    assert_eq!(out(&revealed).trim(), server.token);
}

#[test]
fn a_port_in_use_is_said_so() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let output = User::new().run(&["simulate", "--listen", &address]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("in use"), "{}", err(&output));
    for (flag, value) in
        [("--home", "castle"), ("--home", "estate:99999"), ("--speed", "NaN"), ("--speed", "0"), ("--fault", "rain")]
    {
        let output = User::new().run(&["simulate", flag, value]);
        assert_eq!(code(&output), 2, "{flag} {value}: {}", err(&output));
        assert!(!err(&output).is_empty());
    }
}

#[test]
fn no_keyring_means_no_token_on_disk() {
    let (user, server) = (User::new(), Simulator::start(&[]));
    let mut login = user.command(&["auth", "login", "--url", &server.url, "--token-stdin"]);
    let mut child = login.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
    // The program may end before it reads its input.
    child.stdin.take().expect("a pipe").write_all(server.token.as_bytes()).ok();
    let output = child.wait_with_output().expect("ends");
    assert_eq!(code(&output), 4, "{}", err(&output));
    assert!(err(&output).contains("keyring"), "{}", err(&output));
    assert!(!holds(user.home.path(), &server.token), "the token is on disk");
}

#[test]
fn a_sealed_file_keeps_the_token_where_there_is_no_keyring() {
    let (user, server) = (User::new(), Simulator::start(&[]));
    let sign_in = |passphrase: Option<&str>| {
        let mut login = user.command(&["auth", "login", "--url", &server.url, "--token-stdin", "--sealed"]);
        passphrase.map(|passphrase| login.env("SETPOINT_PASSPHRASE", passphrase));
        let mut child =
            login.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
        // The program may end before it reads its input.
        child.stdin.take().expect("a pipe").write_all(server.token.as_bytes()).ok();
        child.wait_with_output().expect("ends")
    };
    let without = sign_in(None);
    assert_eq!(code(&without), 2, "{}", err(&without));
    assert!(err(&without).contains("SETPOINT_PASSPHRASE"), "{}", err(&without));
    let signed_in = sign_in(Some("correct horse"));
    assert_eq!(code(&signed_in), 0, "{}", err(&signed_in));
    assert!(!holds(user.home.path(), &server.token), "the token is on disk");
    let with =
        |passphrase: &str| user.command(&["status"]).env("SETPOINT_PASSPHRASE", passphrase).output().expect("runs");
    assert_eq!(code(&with("correct horse")), 0);
    let wrong = with("wrong");
    assert_eq!(code(&wrong), 4);
    assert!(err(&wrong).contains("passphrase"), "{}", err(&wrong));
    let closed = user.run(&["status"]);
    assert!(code(&closed) == 4 && err(&closed).contains("passphrase"), "{}", err(&closed));
    let out_again =
        user.command(&["auth", "logout"]).env("SETPOINT_PASSPHRASE", "correct horse").output().expect("runs");
    assert_eq!(code(&out_again), 0, "{}", err(&out_again));
    assert_eq!(code(&user.run(&["status"])), 4, "signed out");
}

fn holds(folder: &Path, text: &str) -> bool {
    fs::read_dir(folder).expect("a folder").any(|entry| {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            holds(&path, text)
        } else {
            fs::read(&path).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains(text))
        }
    })
}

#[test]
fn damaged_settings_are_quarantined_with_a_warning() {
    let user = User::new();
    fs::create_dir_all(user.config()).expect("a folder");
    fs::write(user.config().join("settings.toml"), "accounts = [").expect("written");
    let output = user.run(&["auth", "status"]);
    assert_eq!(code(&output), 0);
    assert!(err(&output).contains("settings.toml.corrupt"), "{}", err(&output));
    assert!(user.config().join("settings.toml.corrupt").exists());
}

#[test]
fn without_a_display_the_window_says_so() {
    let user = User::new();
    let output = user.run(&["--simulated"]);
    assert_eq!(code(&output), 5, "{}", err(&output));
    assert!(err(&output).contains("no window could be opened"), "{}", err(&output));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let (user, server) = (User::new(), Simulator::start(&["--home", "estate:200"]));
    let mut command = user.command(&["get", "/"]);
    let mut child = command
        .env("SETPOINT_URL", &server.url)
        .env("SETPOINT_TOKEN", &server.token)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ends");
    assert_eq!((code(&output), err(&output)), (0, String::new()));
}

#[test]
fn watch_prints_changes() {
    let (user, server) = (User::new(), Simulator::start(&[]));
    let mut command = user.command(&["watch", "--json", "--count", "1"]);
    let mut child = command
        .env("SETPOINT_URL", &server.url)
        .env("SETPOINT_TOKEN", &server.token)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    // A line on standard error marks that `watch` has the first snapshot to compare with.
    let mut ready = String::new();
    BufReader::new(child.stderr.take().expect("a pipe")).read_line(&mut ready).expect("a line");
    let set = user.run_at(&server, &["set", "hallway", "fan-duration", "45"]);
    assert_eq!(code(&set), 0, "{}", err(&set));
    let output = child.wait_with_output().expect("ends");
    let change: Value = serde_json::from_str(out(&output).trim()).expect("one line of JSON");
    assert!(change["path"].as_str().expect("a path").starts_with('/'), "{change}");
    assert!(change.get("from").is_some() && change.get("to").is_some() && change.get("at").is_some());
}
