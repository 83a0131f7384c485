//! Requests that a user writes, to servers that answer well, badly, without end, or with too much.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use crate::support;

use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;
use futures_util::stream;
use secrecy::SecretString;
use serde_json::{Value, json};
use setpoint::http::{Api as _, Method, RawRequest, base_url};
use setpoint::requests::{Body as Kind, Exchange, ExchangeEnd, ExchangeLimits, send};
use setpoint::service::UnsafeRedirect;
use setpoint::simulator::Options;
use setpoint::wwn::client::Client;
use support::nle::Nle;
use support::sdm::{PROJECT, Sdm};
use support::stub::SERIAL;
use support::user::User;
use support::{PATIENCE, TOKEN, simulation, until};
use tokio::net::TcpListener;
use tokio::sync::watch;

async fn answer(request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let authorization = request.headers().get(header::AUTHORIZATION).cloned();
    let authorization = authorization.as_ref().and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let to = |status: u16, location: &str| {
        let response = Response::builder().status(status).header(header::LOCATION, location);
        response.body(Body::from("moved")).expect("a response")
    };
    let chunks = |chunk: &'static [u8], most: usize| {
        let chunks = (0..most).map(move |_| Ok::<_, std::io::Error>(Bytes::from_static(chunk)));
        Body::from_stream(stream::iter(chunks))
    };
    let typed =
        |kind: &str, body: Body| Response::builder().header(header::CONTENT_TYPE, kind).body(body).expect("a response");
    match path.as_str() {
        "/hop" => to(307, "/echo"),
        "/away" => to(307, "https://elsewhere.example/x"),
        "/lossy" => to(302, "/echo"),
        "/round" => to(307, "/round"),
        "/echo" => {
            let method = request.method().to_string();
            let body = axum::body::to_bytes(request.into_body(), 1 << 20).await.expect("a body");
            let body = String::from_utf8_lossy(&body).into_owned();
            let echo = json!({"method": method, "body": body, "authorization": authorization, "api_key": "s3cret"});
            typed("application/json", Body::from(echo.to_string()))
        }
        "/binary" => typed("image/png", Body::from(vec![0x89, 0x50, 0x4e, 0x47, 0, 0xff, 0xfe])),
        "/page" => typed("text/html", Body::from("<html>Welcome</html>")),
        "/refused" => (StatusCode::BAD_REQUEST, "{\"error\":\"no\"}").into_response(),
        "/endless" => typed("text/plain", chunks(&[b'x'; 8192], usize::MAX)),
        "/large" => typed("application/json", chunks(b"\"twelve bytes", 100 * 1024 * 1024 / 13)),
        "/events" => {
            let events = (0..2000).map(|number| {
                Ok::<_, std::io::Error>(Bytes::from(format!("event: put\ndata: {{\"number\":{number}}}\n\n")))
            });
            typed("text/event-stream", Body::from_stream(stream::iter(events)))
        }
        "/forever" => {
            let events = stream::unfold(0, |number| async move {
                tokio::time::sleep(Duration::from_millis(10)).await;
                let event = Bytes::from(format!("event: tick\ndata: {number}\n\n"));
                Some((Ok::<_, std::io::Error>(event), number + 1))
            });
            typed("text/event-stream", Body::from_stream(events))
        }
        "/silent" => {
            tokio::time::sleep(Duration::from_secs(3600)).await;
            StatusCode::OK.into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The address of a server with the answers above.
async fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(any(answer))).await });
    url
}

async fn exchange(path: &str, method: Method, body: &str, limits: &ExchangeLimits) -> Exchange {
    let base = base_url(&server().await).expect("an address");
    let client = Client::new(base, &SecretString::from(TOKEN)).expect("a client");
    let draft = RawRequest { method, path: path.to_owned(), body: body.to_owned(), wants_stream: false };
    let (shown, seen) = watch::channel(Exchange::default());
    tokio::time::timeout(PATIENCE, send(&client, &draft, limits, &shown)).await.expect("in time");
    seen.borrow().clone()
}

async fn get(path: &str) -> Exchange {
    exchange(path, Method::Get, "", &ExchangeLimits::default()).await
}

#[tokio::test]
async fn redirects_are_shown_and_followed_with_the_request() {
    let shown = exchange("/hop", Method::Put, "{\"label\":\"Ü\"}", &ExchangeLimits::default()).await;
    assert_eq!(shown.hops.iter().map(|hop| hop.status).collect::<Vec<_>>(), [307, 200]);
    assert!(shown.hops[1].url.ends_with("/echo"));
    assert_eq!(shown.end, Some(ExchangeEnd::Whole));
    let head = shown.head.as_ref().expect("a head");
    assert_eq!((head.status, head.reason, head.header("Content-Type")), (200, "OK", Some("application/json")));
    let Kind::Json(text) = shown.body() else { panic!("{:?}", shown.body()) };
    let echo: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!((&echo["method"], &echo["body"]), (&json!("PUT"), &json!("{\"label\":\"Ü\"}")));
    // The request carried the token; the output hides the token and any other key.
    assert_eq!(echo["authorization"], json!("Bearer [token]"));
    assert_eq!(echo["api_key"], json!("[hidden]"));
    assert!(!format!("{shown:?}").contains(TOKEN));
}

#[tokio::test]
async fn a_redirect_that_must_not_be_followed_is_shown_as_the_answer() {
    let away = get("/away").await;
    assert_eq!(away.end, Some(ExchangeEnd::NotFollowed(UnsafeRedirect::ForeignHost("elsewhere.example".to_owned()))));
    assert_eq!(away.head.as_ref().map(|head| head.status), Some(307));
    assert_eq!(away.body(), Kind::Text("moved"));
    assert_eq!(get("/lossy").await.end, Some(ExchangeEnd::NotFollowed(UnsafeRedirect::Status(302))));
    let round = get("/round").await;
    assert!(matches!(round.end, Some(ExchangeEnd::NotFollowed(UnsafeRedirect::TooManyHops(_)))));
    assert_eq!(round.hops.len(), 4);
}

#[tokio::test]
async fn non_json_and_refusals_are_shown() {
    assert!(matches!(get("/binary").await.body(), Kind::Binary(bytes) if bytes.len() == 7));
    assert_eq!(get("/page").await.body(), Kind::Text("<html>Welcome</html>"));
    let refused = get("/refused").await;
    assert_eq!(refused.head.as_ref().map(|head| head.is_success()), Some(false));
    assert_eq!(refused.body(), Kind::Json("{\"error\":\"no\"}"));
    let missing = get("/nothing").await;
    assert_eq!((missing.head.map(|head| head.status), missing.received), (Some(404), 0));
}

#[tokio::test]
async fn an_answer_without_end_and_one_of_a_hundred_megabytes_are_cut_at_the_limit() {
    let small = ExchangeLimits { body: 1 << 20, ..ExchangeLimits::default() };
    let endless = exchange("/endless", Method::Get, "", &small).await;
    assert_eq!((endless.end.clone(), endless.body.len()), (Some(ExchangeEnd::Cut { limit: 1 << 20 }), 1 << 20));
    assert!(matches!(endless.body(), Kind::Text(_)));
    let large = get("/large").await;
    let limit = ExchangeLimits::default().body;
    assert_eq!((large.end, large.body.len()), (Some(ExchangeEnd::Cut { limit }), limit));
    let impatient = ExchangeLimits { first: Duration::from_millis(50), ..ExchangeLimits::default() };
    let silent = exchange("/silent", Method::Get, "", &impatient).await;
    assert_eq!(silent.end, Some(ExchangeEnd::TimedOut(Duration::from_millis(50))));
}

#[tokio::test]
async fn a_stream_keeps_its_last_events_and_goes_on_until_it_is_dropped() {
    let events = get("/events").await;
    assert_eq!((events.events.len(), events.dropped_events), (500, 1500));
    assert_eq!(events.events.last().map(|event| event.data.as_str()), Some("{\"number\":1999}"));
    let base = base_url(&server().await).expect("an address");
    let client = Client::new(base, &SecretString::from(TOKEN)).expect("a client");
    let draft = RawRequest { path: "/forever".to_owned(), wants_stream: true, ..RawRequest::default() };
    let (shown, seen) = watch::channel(Exchange::default());
    let sending = tokio::spawn(async move { send(&client, &draft, &ExchangeLimits::default(), &shown).await });
    until("some events", || (seen.borrow().events.len() >= 3).then_some(())).await;
    assert_eq!(seen.borrow().end, None, "it goes on");
    sending.abort();
    sending.await.expect_err("it was ended");
    let last = seen.borrow().events.len();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(seen.borrow().events.len(), last);
}

/// Runs `setpoint request` on a server.
async fn request(url: &str, token: &str, arguments: &[&str]) -> (i32, String, String) {
    let user = User::new();
    let mut command = user.command(&[&["request"], arguments].concat());
    command.env("SETPOINT_URL", url).env("SETPOINT_TOKEN", token);
    let output = tokio::time::timeout(PATIENCE, command.output()).await.expect("in time").expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().expect("a code"), text(&output.stdout), text(&output.stderr))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_reads_writes_by_the_rules_and_sends_raw() {
    let home = simulation(Options::default()).await;
    let (url, token) = (home.url().to_string(), home.token().to_owned());
    let ask = async |arguments: &[&str]| request(&url, &token, arguments).await;
    let (code, said, complained) = ask(&["GET", "/devices/thermostats"]).await;
    assert_eq!(code, 0, "{complained}");
    let thermostats: Value = serde_json::from_str(&said).expect("JSON");
    let id = thermostats.as_object().and_then(|all| all.keys().next()).expect("a thermostat").clone();
    let path = format!("/devices/thermostats/{id}");
    let (code, said, complained) = ask(&["put", &path, "{\"label\":\"Den\"}"]).await;
    assert_eq!(code, 0, "{said}{complained}");
    assert!(said.contains("Den"), "{said}");
    let (_, _, complained) = ask(&["put", &path, "{\"label\":\"Loft\"}", "-i"]).await;
    // The client followed the redirect when it read the home, and remembers it.
    assert!(complained.contains("200 http") && complained.contains("HTTP/1.1 200 OK"), "{complained}");
    assert_eq!(ask(&["put", &path, "{\"label\":\"Den\"}"]).await.0, 0);
    let (_, said, _) = ask(&["get", &format!("{path}/label")]).await;
    assert_eq!(said.trim(), "\"Den\"");
    // The rules check the request before the service; with `--raw` the service refuses it.
    let cold = "{\"target_temperature_c\":2}";
    let (code, _, complained) = ask(&["PUT", &path, cold]).await;
    assert_eq!(code, 3, "{complained}");
    let (code, said, complained) = ask(&["PUT", &path, cold, "--raw", "--include"]).await;
    assert_eq!(code, 3, "{complained}");
    assert!(
        said.contains("error") && complained.contains("307 ") && complained.contains("400 Bad Request"),
        "{said}{complained}"
    );
    assert!(!complained.contains(&token), "{complained}");
    let (code, _, complained) = ask(&["PUT", &path, "{\"label\": Den}"]).await;
    assert_eq!(code, 2);
    assert!(complained.contains("Not valid JSON: line 1, column 11"), "{complained}");
    let (code, _, complained) = ask(&["DELETE", &path]).await;
    assert!(code == 2 && complained.contains("--raw"), "{complained}");
    let (code, said, _) = ask(&["GET", "/", "--stream", "--count", "1"]).await;
    assert!(code == 0 && said.starts_with("event: put\ndata: {"), "{said}");
    let (code, said, _) = ask(&["--fields", &path]).await;
    assert!(code == 0 && said.contains("hvac_mode") && said.contains("now \"Den\""), "{said}");
    let (code, said, complained) = ask(&["--list"]).await;
    assert!(code == 0 && complained.is_empty(), "{complained}");
    // Each listed write can be sent unchanged.
    let writes: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("setpoint request PUT ")).collect();
    assert!(writes.len() >= 3, "{said}");
    for write in writes {
        let (path, body) = write.split_once(' ').expect("a path and a body");
        let (code, _, complained) = ask(&["PUT", path, body.trim_matches('\'')]).await;
        assert_eq!(code, 0, "{write}: {complained}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_uses_the_api_of_each_service() {
    let server = Nle::start(&[SERIAL]).await;
    let user = User::new();
    user.add_nle(&server).await;
    let (code, said, complained) = user.run(&["request", "GET", &format!("/status?serial={SERIAL}")]).await;
    assert_eq!(code, 0, "{complained}");
    assert!(said.contains("\"api_key\":\"[hidden]\"") || said.contains("\"api_key\": \"[hidden]\""), "{said}");
    let command = json!({"serial": SERIAL, "command": "set_mode", "value": "cool"}).to_string();
    let (code, said, complained) = user.run(&["request", "POST", "/command", &command]).await;
    assert_eq!(code, 0, "{said}{complained}");
    assert!(server.commands().iter().any(|(_, name, _)| name == "set_mode"), "{said}");
    let unknown = json!({"serial": "02AA99", "command": "set_mode", "value": "heat"}).to_string();
    assert_eq!(user.run(&["request", "POST", "/command", &unknown]).await.0, 3, "no unknown serial is ever sent");

    let google = Sdm::start().await;
    let user = User::new();
    assert_eq!(user.sign_in(&google, support::sdm::CODE).await.0, 0);
    let devices = format!("/enterprises/{PROJECT}/devices");
    let (code, said, complained) = user.run(&["request", "GET", &devices]).await;
    assert!(code == 0 && said.contains("sdm.devices.types.THERMOSTAT"), "{said}{complained}");
    let eco = json!({"command": "sdm.devices.commands.ThermostatEco.SetMode", "params": {"mode": "MANUAL_ECO"}});
    let path = format!("{devices}/thermostat:executeCommand");
    let (code, said, complained) = user.run(&["request", "POST", &path, &eco.to_string()]).await;
    assert_eq!(code, 0, "{said}{complained}");
    assert!(google.commands().iter().any(|(_, name, _)| name == "ThermostatEco.SetMode"), "{:?}", google.commands());
}

/// With an account of another service, the snippet for the program's own command needs no bridge.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_snippet_for_an_account_of_another_service_runs_as_it_is() {
    let server = Nle::start(&[SERIAL]).await;
    let user = User::new();
    user.add_nle(&server).await;
    let path = format!("/devices/thermostats/{SERIAL}");
    for (words, is_said) in [
        (["set", SERIAL, "mode", "cool"], format!("setpoint --account='Mill Lane' set {SERIAL} mode cool")),
        (
            ["put", &path, r#"{"hvac_mode": "heat"}"#, ""],
            format!("setpoint --account='Mill Lane' set {SERIAL} mode heat"),
        ),
    ] {
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let snippet = [&["snippet", "--lang", "setpoint"], words.as_slice()].concat();
        let (code, said, complained) = user.run(&snippet).await;
        assert_eq!((code, complained.as_str()), (0, ""), "{words:?}");
        assert_eq!(said, format!("#!/bin/sh\nset -eu\n{is_said}\n"));
        let program = std::path::Path::new(env!("CARGO_BIN_EXE_setpoint")).parent().expect("a folder");
        let mut shell = tokio::process::Command::new("/bin/sh");
        let shell = shell.args(["-c", &said]).env_clear().env("PATH", program).env("HOME", user.home.path());
        let shell = shell.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        let output = shell.env("SETPOINT_PASSPHRASE", "a passphrase of the tests").output().await.expect("a shell");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let modes = |(_, name, value): (String, String, Value)| (name == "set_mode").then_some(value);
    let modes: Vec<Value> = server.commands().into_iter().filter_map(modes).collect();
    assert_eq!(modes, [json!("cool"), json!("heat")]);
}

#[tokio::test]
async fn a_collection_goes_to_postman_and_comes_back_without_its_token() {
    let user = User::new();
    let collection = json!({
        "info": {"name": "Nest", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "c.secret", "type": "string"}]},
        "item": [{"name": "Warm", "request": {"method": "PUT", "url": "{{base_url}}/devices/thermostats/x",
            "body": {"mode": "raw", "raw": "{\"target_temperature_c\": 21}"}}}]
    });
    let (code, said, complained) = user.run_with(&["request", "--import", "-"], &collection.to_string()).await;
    assert_eq!(code, 0, "{complained}");
    assert_eq!(said.trim(), "Nest (1)");
    let (code, said, complained) = user.run(&["request", "--export", "Nest"]).await;
    assert_eq!(code, 0, "{complained}");
    let exported: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(exported["item"][0]["name"], "Warm");
    assert!(!said.contains("c.secret"), "{said}");
    let (code, _, complained) = user.run(&["request", "--export", "Other"]).await;
    assert!(code == 2 && complained.contains("Nest"), "{complained}");
    let (code, _, complained) = user.run_with(&["request", "--import", "-"], "{}").await;
    assert_eq!(code, 2, "{complained}");
}

/// The services' own clients decide which hosts get their tokens, also for these requests.
#[tokio::test]
async fn a_client_follows_no_redirect_that_it_would_not_follow_itself() {
    let base = base_url(&server().await).expect("an address");
    let client = Client::new(base, &SecretString::from(TOKEN)).expect("a client");
    let at = client.base().clone();
    assert!(client.follow(&at, 307, Some("https://elsewhere.example/"), 1).is_err());
    assert!(client.follow(&at, 307, Some("/x"), 1).is_ok());
}
