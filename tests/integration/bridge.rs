//! `setpoint serve` with old clients: the program itself, in front of a stand-in for No Longer Evil, called over
//! HTTP.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use crate::support;

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use support::nle::{API_KEY, Nle, Trouble};
use support::until;
use support::user::User;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Child;

const SERIAL: &str = "02AA01AB50120001";
const OTHER_SERIAL: &str = "02AA01AB50120002";

/// Creates a user with an account at a server of No Longer Evil.
async fn user_of(server: &Nle) -> User {
    let user = User::new();
    user.add_nle(server).await;
    user
}

struct Serving {
    child: Child,
    url: String,
    token: String,
    http: reqwest::Client,
}

impl Serving {
    async fn start(user: &User, arguments: &[&str]) -> Self {
        let mut command = user.command(&[&["serve"], arguments].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it runs");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let line = tokio::time::timeout(support::PATIENCE, lines.next_line()).await.expect("in time");
        let line = line.expect("read").expect("a line");
        let ready: Value = serde_json::from_str(&line).expect("JSON");
        let token = ready["token"].as_str().unwrap_or_default().to_owned();
        rustls::crypto::ring::default_provider().install_default().ok();
        // Old clients follow the redirect themselves and send the header again.
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        Self { child, url: ready["api"].as_str().expect("an address").to_owned(), token, http }
    }

    async fn ask(&self, method: Method, path: &str, token: &str, body: Option<&Value>) -> (StatusCode, String) {
        let mut request = self.http.request(method, format!("{}/{path}", self.url)).bearer_auth(token);
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let response = request.send().await.expect("an answer");
        (response.status(), response.text().await.expect("text"))
    }

    async fn put(&self, path: &str, body: &Value) -> (StatusCode, String) {
        self.ask(Method::PUT, path, &self.token, Some(body)).await
    }

    async fn get(&self, path: &str) -> Value {
        let (status, text) = self.ask(Method::GET, path, &self.token, None).await;
        assert_eq!(status, StatusCode::OK, "{path}: {text}");
        serde_json::from_str(&text).expect("JSON")
    }
}

fn thermostat() -> String {
    format!("devices/thermostats/{SERIAL}")
}

fn last(server: &Nle) -> (String, Value) {
    let (_, name, value) = server.commands().last().cloned().expect("a command");
    (name, value)
}

#[tokio::test]
async fn the_writes_of_the_guide_are_done_or_refused_with_the_reason() {
    let server = Nle::start(&[SERIAL]).await;
    let user = user_of(&server).await;
    let bridge = Serving::start(&user, &["--account", "mill lane"]).await;
    let whole = bridge.get("").await;
    assert!(!whole.to_string().contains(API_KEY), "the secret of a device is served");
    let home = whole["structures"].as_object().expect("homes").keys().next().expect("a home").clone();
    assert_eq!(whole["structures"][&home]["name"], "Mill Lane");
    assert_eq!(whole["devices"]["thermostats"][SERIAL]["target_temperature_c"], 21.0);

    for (path, body, command) in [
        (thermostat(), json!({"temperature_scale": "F"}), ("set_device_setting", json!({"temperature_scale": "F"}))),
        (thermostat(), json!({"target_temperature_f": 72}), ("set_temperature", json!((72.0 - 32.0) / 1.8))),
        (format!("structures/{home}"), json!({"away": "away"}), ("set_away", json!(true))),
    ] {
        let (status, text) = bridge.put(&path, &body).await;
        assert_eq!(status, StatusCode::OK, "{path} {body}: {text}");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("an echo"), body);
        assert_eq!(last(&server), (command.0.to_owned(), command.1));
        let (field, value) = body.as_object().and_then(|body| body.iter().next()).expect("a field");
        let shown = bridge.get(&format!("{path}/{field}")).await;
        assert_eq!(&shown, value, "{path}/{field} is not shown");
    }
    let (status, text) = bridge.put(&thermostat(), &json!({"label": "Kate's Room"})).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(text.contains("No Longer Evil cannot change names"), "{text}");
    let (status, text) = bridge.put(&thermostat(), &json!({"target_temperature_c": 22})).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "Eco is on: {text}");
    let (status, _) = bridge.put("devices/cameras/x", &json!({"is_streaming": true})).await;
    assert!(status.is_client_error(), "{status}");
    let (status, _) = bridge.put(&thermostat(), &json!({"target_temperature_f": "warm"})).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);

    // The journal of the account names the bridge as the origin.
    let log = user.home.path().join(".local/share/setpoint/accounts");
    let text = find(&log, "journal").expect("a journal");
    assert!(text.contains("\"who\":\"bridge\""), "{text}");
}

#[tokio::test]
async fn several_accounts_are_served_as_one_home() {
    let (mill, cottage) = (Nle::start(&[SERIAL]).await, Nle::start(&[OTHER_SERIAL]).await);
    let user = user_of(&mill).await;
    user.add_nle_as(&cottage, "Cottage").await;
    let bridge = Serving::start(&user, &["--all"]).await;
    let homes = bridge.get("structures").await;
    let mut names: Vec<&str> =
        homes.as_object().expect("homes").values().filter_map(|home| home["name"].as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Cottage", "Mill Lane"]);
    let other = format!("devices/thermostats/{OTHER_SERIAL}");
    let (body, slow) = (json!({"target_temperature_c": 23.5}), json!({"target_temperature_c": 19.5}));
    // A server that hangs delays no write to another account.
    mill.trouble(Trouble::HoldsCommandsOf(SERIAL));
    let path = thermostat();
    tokio::select! {
        biased;
        answer = bridge.put(&path, &slow) => panic!("it hangs: {answer:?}"),
        (status, text) = bridge.put(&other, &body) => assert_eq!(status, StatusCode::OK, "{text}"),
    }
    assert_eq!(last(&cottage), ("set_temperature".to_owned(), json!(23.5)));
    assert_eq!(bridge.get(&other).await["target_temperature_c"], 23.5);
    let (code, _, complained) = user.run(&["serve", "--all", "--account", "Cottage"]).await;
    assert!(code == 2 && complained.contains("leave out --account"), "{complained}");
}

/// The text of the first file below a folder whose name begins with `name`.
fn find(folder: &Path, name: &str) -> Option<String> {
    for entry in std::fs::read_dir(folder).ok()? {
        let path = entry.ok()?.path();
        if path.is_dir() {
            if let Some(text) = find(&path, name) {
                return Some(text);
            }
        } else if path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(name)) {
            return std::fs::read_to_string(path).ok();
        }
    }
    None
}

#[tokio::test]
async fn the_bridge_has_its_own_tokens_and_read_only_ones() {
    let server = Nle::start(&[SERIAL]).await;
    let user = user_of(&server).await;
    let file = user.home.path().join("tokens");
    std::fs::write(&file, "a-token-for-changes\na-token-for-looking read-only\n").expect("written");
    let text = file.to_string_lossy().into_owned();
    let (code, _, complained) = user.run(&["serve", "--token-file", &text]).await;
    assert_eq!(code, 2, "a file that others may read was used");
    assert!(complained.contains("chmod 600") && !complained.contains("a-token"), "{complained}");
    own(&file);
    let bridge = Serving::start(&user, &["--token-file", &text]).await;
    assert_eq!(bridge.token, "", "a token of the file is told");
    let cool = json!({"hvac_mode": "cool"});
    for (token, look, change) in [
        ("a-token-for-changes", 200, 200),
        ("a-token-for-looking", 200, 400),
        ("a-token-for-nothing", 401, 401),
        ("", 401, 401),
    ] {
        let (status, text) = bridge.ask(Method::GET, "", token, None).await;
        assert_eq!(status.as_u16(), look, "{token:?} looks: {text}");
        let (status, text) = bridge.ask(Method::PUT, &thermostat(), token, Some(&cool)).await;
        assert_eq!(status.as_u16(), change, "{token:?} changes: {text}");
    }
    assert_eq!(server.commands().len(), 1);
}

#[cfg(unix)]
fn own(file: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).expect("set");
}

#[tokio::test]
async fn a_stream_shows_what_changes_at_the_thermostat() {
    let server = Nle::start(&[SERIAL]).await;
    let user = user_of(&server).await;
    let bridge = Serving::start(&user, &[]).await;
    let request = bridge.http.get(format!("{}/{}/target_temperature_c", bridge.url, thermostat()));
    let request = request.bearer_auth(&bridge.token).header("accept", "text/event-stream");
    let mut stream = request.send().await.expect("a stream");
    let mut text = String::new();
    server.report(SERIAL, &json!({}), &json!({"target_temperature": 18.5}));
    while !text.contains("18.5") {
        let chunk = tokio::time::timeout(support::PATIENCE, stream.chunk()).await.expect("in time");
        text += &String::from_utf8_lossy(&chunk.expect("read").expect("more"));
    }
    assert!(text.contains("21.0"), "it did not begin with what was: {text}");
}

#[tokio::test]
async fn a_write_that_cannot_be_sent_is_refused_and_does_not_come_later() {
    let server = Nle::start(&[SERIAL]).await;
    let user = user_of(&server).await;
    let bridge = Serving::start(&user, &[]).await;
    server.trouble(Trouble::Status(503));
    // The write itself or an earlier poll detects the failure.
    let (status, text) = bridge.put(&thermostat(), &json!({"target_temperature_c": 23})).await;
    // A server that fails may have applied the write.
    assert_eq!(status, StatusCode::GATEWAY_TIMEOUT, "{text}");
    server.trouble(Trouble::None);
    until("the server to be asked again", || (server.asked("/api/devices") > 2).then_some(())).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(server.commands(), [], "it was sent after all");
}

#[tokio::test]
async fn a_write_that_takes_long_does_not_delay_other_clients() {
    const SLOW: &str = "02AA01AB50120002";
    let server = Nle::start(&[SERIAL, SLOW]).await;
    let user = user_of(&server).await;
    let bridge = Serving::start(&user, &[]).await;
    server.trouble(Trouble::HoldsCommandsOf(SLOW));
    let (slow, body) = (format!("devices/thermostats/{SLOW}"), json!({"target_temperature_c": 23}));
    let held = bridge.put(&slow, &body);
    let others = async {
        until("the first command to arrive", || (!server.commands().is_empty()).then_some(())).await;
        for degrees in [19, 20, 22] {
            let (path, body) = (thermostat(), json!({ "target_temperature_c": degrees }));
            let (first, second) = tokio::join!(bridge.put(&path, &body), bridge.get(&path));
            assert_eq!(first.0, StatusCode::OK, "{}", first.1);
            assert!(second.is_object());
        }
        let arrived: Vec<_> = server.commands().into_iter().map(|(serial, ..)| serial).collect();
        assert_eq!(arrived, [SLOW, SERIAL, SERIAL, SERIAL]);
        assert_eq!(bridge.get(&format!("{slow}/target_temperature_c")).await, 21.0, "it was answered after all");
        server.trouble(Trouble::None);
    };
    let ((status, text), ()) = tokio::join!(held, others);
    assert_eq!(status, StatusCode::OK, "{text}");
    assert_eq!(bridge.get(&format!("{slow}/target_temperature_c")).await, 23.0);
}

#[tokio::test]
async fn of_two_clients_that_write_one_field_the_later_value_stays() {
    let server = Nle::start(&[SERIAL]).await;
    let user = user_of(&server).await;
    let bridge = Serving::start(&user, &[]).await;
    let (path, warm, cool) = (thermostat(), json!({"target_temperature_c": 24}), json!({"target_temperature_c": 18}));
    for round in 1..=4 {
        let (first, second) = tokio::join!(bridge.put(&path, &warm), bridge.put(&path, &cool));
        assert_eq!([first.0, second.0], [StatusCode::OK; 2], "{first:?} {second:?}");
        let (name, value) = last(&server);
        assert_eq!(name, "set_temperature");
        let shown = bridge.get(&format!("{path}/target_temperature_c")).await;
        assert_eq!(shown.as_f64(), value.as_f64(), "the value is not that of the last command");
        // A value that is replaced before it is sent has no command of its own.
        let sent = server.commands().len();
        assert!((round..=2 * round).contains(&sent), "{sent} commands in {round} rounds");
    }
}

#[tokio::test]
async fn without_a_certificate_it_listens_on_loopback_only() {
    let server = Nle::start(&[SERIAL]).await;
    let user = user_of(&server).await;
    let (code, _, complained) = user.run(&["serve", "--listen", "0.0.0.0:0"]).await;
    assert_eq!(code, 2);
    assert!(complained.contains("for this machine alone"), "{complained}");
    let (code, _, complained) = user.run(&["serve", "--account", "nobody"]).await;
    assert_eq!(code, 2, "{complained}");
    server.trouble(Trouble::WantsToken("x"));
    let (code, _, complained) = user.run(&["serve"]).await;
    assert_eq!(code, 4, "{complained}");
    server.trouble(Trouble::None);
    let mut bridge = Serving::start(&user, &[]).await;
    let pid = bridge.child.id().expect("it runs");
    let killed = std::process::Command::new("kill").args(["-TERM", &pid.to_string()]).status().expect("kill runs");
    assert!(killed.success());
    let ended = tokio::time::timeout(support::PATIENCE, bridge.child.wait()).await.expect("in time");
    assert_eq!(ended.expect("it ended").code(), Some(0));
}

#[tokio::test]
async fn commands_work_on_the_account_too() {
    let server = Nle::start(&[SERIAL]).await;
    let user = user_of(&server).await;
    let (code, said, complained) = user.run(&["set", "room", "target", "22.5"]).await;
    assert_eq!((code, complained.as_str()), (0, ""), "{said}");
    assert_eq!(last(&server), ("set_temperature".to_owned(), json!(22.5)));
    let (_, said, _) = user.run(&["status"]).await;
    assert!(said.contains("Mill Lane") && said.contains(SERIAL), "{said}");
    let (_, said, _) = user.run(&["get", &format!("{}/hvac_mode", thermostat())]).await;
    assert_eq!(said.trim(), "heat");
    let (code, _, complained) = user.run(&["set", "room", "label", "Attic"]).await;
    assert_eq!(code, 3);
    assert!(complained.contains("No Longer Evil cannot change names"), "{complained}");
    let (_, said, _) = user.run(&["auth", "status"]).await;
    assert!(said.contains("no token needed"), "{said}");
    assert_eq!(user.run(&["auth", "logout"]).await.0, 0);
    let (_, said, _) = user.run(&["auth", "status"]).await;
    assert!(said.contains("No account"), "{said}");
}

#[tokio::test]
async fn other_machines_are_served_with_a_certificate_and_come_back_to_its_name() {
    let server = Nle::start(&[SERIAL]).await;
    let user = user_of(&server).await;
    let made = rcgen::generate_simple_self_signed(["home.example.org".to_owned()]).expect("a certificate");
    let pem = made.cert.pem();
    let (certificate, key) = (user.home.path().join("cert.pem"), user.home.path().join("key.pem"));
    std::fs::write(&certificate, &pem).expect("written");
    std::fs::write(&key, made.signing_key.serialize_pem()).expect("written");
    let (certificate, key) = (certificate.to_string_lossy().into_owned(), key.to_string_lossy().into_owned());
    let encrypted = ["--certificate", certificate.as_str(), "--key", key.as_str()];

    for (arguments, words) in [
        (["--listen", "0.0.0.0:0"].as_slice(), "--name"),
        (&["--name", "home.example.org:8888"], "no name of a machine"),
    ] {
        let arguments = [["serve"].as_slice(), &encrypted, arguments].concat();
        let (code, _, complained) = user.run(&arguments).await;
        assert_eq!(code, 2, "{complained}");
        assert!(complained.contains(words), "{complained}");
    }
    let (code, _, complained) = user.run(&["serve", "--certificate", &key, "--key", &key]).await;
    assert_eq!(code, 2);
    assert!(complained.contains("holds no certificate"), "{complained}");

    let arguments = [encrypted.as_slice(), &["--listen", "127.0.0.1:0", "--name", "home.example.org"]].concat();
    let bridge = Serving::start(&user, &arguments).await;
    assert!(bridge.url.starts_with("https://home.example.org:"), "{}", bridge.url);
    let trusted = reqwest::Certificate::from_pem(pem.as_bytes()).expect("a certificate");
    let port = url::Url::parse(&bridge.url).expect("a URL").port().expect("a port");
    let client = |trusts: bool| {
        let builder = reqwest::Client::builder().no_proxy().resolve("home.example.org", ([127, 0, 0, 1], port).into());
        let builder = if trusts { builder.tls_certs_only([trusted.clone()]) } else { builder.tls_certs_only([]) };
        builder.build().expect("a client")
    };
    // A silent connection must not block other clients.
    let _silent = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.expect("connected");
    let address = format!("{}/{}/target_temperature_c", bridge.url, thermostat());
    let answer = client(true).get(&address).bearer_auth(&bridge.token).send().await.expect("an answer");
    assert_eq!((answer.status(), answer.text().await.expect("text").as_str()), (StatusCode::OK, "21.0"));
    client(false).get(&address).bearer_auth(&bridge.token).send().await.expect_err("nobody vouches for it");
    // The port must not answer without TLS.
    let plain = address.replace("https://home.example.org", "http://127.0.0.1");
    client(true).get(plain).bearer_auth(&bridge.token).send().await.expect_err("it speaks TLS only");
}
