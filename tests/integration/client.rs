//! The client against servers that redirect, send wrong answers, close the connection or stop answering.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use crate::support;

use std::net::{Ipv4Addr, TcpListener as StdListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{Method, header};
use axum::response::Response;
use futures_util::stream;
use setpoint::home::{DeviceTree, Scale, Write, check};
use setpoint::service::{FailureKind, Service as _, Update};
use setpoint::simulator::Options;
use setpoint::wwn::client::{Client, StreamTimes, WwnService};
use support::{PATIENCE, Recorder, TOKEN, json, moved, simulation, token};
use tokio::sync::mpsc;

const FAST: StreamTimes = StreamTimes {
    silent: Duration::from_millis(150),
    dead: Duration::from_millis(400),
    first_pause: Duration::from_millis(20),
    longest_pause: Duration::from_millis(50),
};

fn scale_write(home: &mut DeviceTree) -> setpoint::home::Checked {
    home.thermostats.insert("t".into(), Arc::default());
    let write = Write::Scale("t".into(), Scale::Fahrenheit);
    check(home, &write, jiff::Timestamp::UNIX_EPOCH).expect("allowed")
}

#[tokio::test]
async fn a_write_goes_through_the_redirect_with_method_body_and_token() {
    let api = Recorder::start(|_| json(200, "{\"temperature_scale\":\"F\"}")).await;
    let target = api.url();
    let front = Recorder::start(move |seen| moved(307, target.join(&seen.path).expect("a URL").as_str())).await;
    let client = Client::new(front.url(), &token()).expect("a client");
    client.write(&scale_write(&mut DeviceTree::default())).await.expect("accepted");
    let [one] = api.seen().try_into().expect("exactly one request");
    assert_eq!(one.method, Method::PUT);
    assert_eq!(one.path, "/devices/thermostats/t");
    assert_eq!(one.body, "{\"temperature_scale\":\"F\"}");
    assert_eq!(one.authorization.as_deref(), Some(format!("Bearer {TOKEN}").as_str()));
}

#[tokio::test]
async fn the_redirected_host_is_remembered_and_forgotten_when_it_fails() {
    let api = Recorder::start(|_| json(200, "{}")).await;
    let broken = Arc::new(AtomicUsize::new(0));
    let first_api = {
        let broken = Arc::clone(&broken);
        Recorder::start(move |_| {
            if broken.load(Ordering::SeqCst) == 0 {
                json(200, "{}")
            } else {
                json(503, "{\"error\":\"service unavailable\"}")
            }
        })
        .await
    };
    let (one, two) = (first_api.url(), api.url());
    let front = {
        let broken = Arc::clone(&broken);
        Recorder::start(move |seen| {
            let target = if broken.load(Ordering::SeqCst) == 0 { &one } else { &two };
            moved(307, target.join(&seen.path).expect("a URL").as_str())
        })
        .await
    };
    let client = Client::new(front.url(), &token()).expect("a client");
    let write = scale_write(&mut DeviceTree::default());
    for _ in 0..3 {
        client.write(&write).await.expect("accepted");
    }
    assert_eq!((front.seen().len(), first_api.seen().len()), (1, 3), "the front is asked once");
    broken.store(1, Ordering::SeqCst);
    client.write(&write).await.expect("accepted by the other host");
    assert_eq!((front.seen().len(), api.seen().len()), (2, 1));
}

/// The foreign server fails the test if it receives any request.
#[tokio::test]
async fn the_token_is_never_sent_to_a_foreign_host() {
    let stranger = Recorder::start(|_| json(200, "{}")).await;
    let port = stranger.address.port();
    for location in [
        // Another name of the same machine, so the client could connect.
        format!("http://127.0.0.1.nip.io:{port}/"),
        format!("http://{}:{port}/", machine_address()),
        format!("http://user@127.0.0.1:{port}/"),
        format!("http://[::ffff:7f00:1]:{port}/"),
        format!("ftp://127.0.0.1:{port}/"),
        "http://0.0.0.0/".to_owned(),
    ] {
        let target = location.clone();
        let front = Recorder::start(move |_| moved(307, &target)).await;
        let client = Client::new(front.url(), &token()).expect("a client");
        let failure = client.home().await.expect_err("not followed");
        assert_eq!(failure.kind, FailureKind::Bug, "{location}: {failure}");
        assert!(failure.to_string().contains("not sent"), "{location}: {failure}");
        assert!(!failure.to_string().contains(TOKEN));
    }
    assert_eq!(stranger.seen(), [], "the stranger was asked");
}

/// An address of this machine that is not loopback, or an unused address if there is none.
fn machine_address() -> String {
    // Connecting a datagram socket sends nothing; it only picks the local address.
    let socket = std::net::UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).expect("a socket");
    let picked = socket.connect("192.0.2.1:9").and_then(|()| socket.local_addr());
    picked
        .ok()
        .map(|address| address.ip().to_string())
        .filter(|ip| !ip.starts_with("127."))
        .unwrap_or("192.0.2.1".to_owned())
}

#[tokio::test]
async fn other_redirects_and_loops_are_refused() {
    for status in [301, 302, 303] {
        let api = Recorder::start(|_| json(200, "{}")).await;
        let target = api.url();
        let front = Recorder::start(move |_| moved(status, target.as_str())).await;
        let client = Client::new(front.url(), &token()).expect("a client");
        assert_eq!(client.home().await.expect_err("refused").kind, FailureKind::Bug);
        assert_eq!(api.seen(), []);
    }
    let front = Recorder::start(|seen| moved(307, &seen.path)).await;
    let client = Client::new(front.url(), &token()).expect("a client");
    let failure = client.home().await.expect_err("a loop");
    assert!(failure.to_string().contains("more than 3"), "{failure}");
    assert_eq!(front.seen().len(), 4);
}

#[tokio::test]
async fn answers_that_are_not_json_are_a_clear_failure() {
    for (status, body, kind) in [
        (200, "<html>", FailureKind::Bug),
        (200, "{\"devices\":", FailureKind::Bug),
        (200, "[1,2]", FailureKind::Bug),
        (200, "", FailureKind::Bug),
        (400, "<html>", FailureKind::Refused),
        (401, "{\"error\":\"unauthorized\"}", FailureKind::SignIn),
        (418, "", FailureKind::Bug),
        (502, "<html>", FailureKind::Offline),
    ] {
        let server = Recorder::start(move |_| json(status, body)).await;
        let client = Client::new(server.url(), &token()).expect("a client");
        let failure = client.home().await.expect_err(body);
        assert_eq!(failure.kind, kind, "{status} {body}: {failure}");
        assert!(!failure.to_string().is_empty());
    }
}

#[tokio::test]
async fn a_closed_port_is_offline() {
    let port = {
        let listener = StdListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        listener.local_addr().expect("an address").port()
    };
    let base = url::Url::parse(&format!("http://127.0.0.1:{port}/")).expect("a URL");
    let client = Client::new(base, &token()).expect("a client");
    let failure = client.home().await.expect_err("nobody is there");
    assert_eq!(failure.kind, FailureKind::Offline);
    assert!(failure.to_string().contains("127.0.0.1"), "{failure}");
}

fn events(chunks: Vec<&'static str>, then_hang: bool) -> Response {
    let chunks = chunks.into_iter().map(|chunk| Ok::<_, std::io::Error>(Bytes::from_static(chunk.as_bytes())));
    let body = if then_hang {
        Body::from_stream(futures_util::StreamExt::chain(stream::iter(chunks), stream::pending()))
    } else {
        Body::from_stream(stream::iter(chunks))
    };
    Response::builder().header(header::CONTENT_TYPE, "text/event-stream").body(body).expect("a response")
}

async fn hear(url: url::Url, count: usize) -> Vec<Update> {
    let client = Client::new(url, &token()).expect("a client");
    let (updates, mut heard) = mpsc::channel(16);
    let listener = tokio::spawn(WwnService::new(client, FAST).listen(updates));
    let mut all = Vec::new();
    while all.len() < count {
        match tokio::time::timeout(PATIENCE, heard.recv()).await.expect("in time") {
            Some(update) => all.push(update),
            None => break,
        }
    }
    listener.abort();
    all
}

#[tokio::test]
async fn a_stream_that_ends_is_opened_again() {
    let server = Recorder::start(|_| events(vec!["event: put\ndata: {\"path\":\"/\",\"data\":{}}\n\n"], false)).await;
    let heard = hear(server.url(), 5).await;
    assert_eq!(heard[0], Update::Connecting);
    assert_eq!(heard[1], Update::Home(Box::default()));
    assert!(matches!(heard[2], Update::Lost { .. }), "{heard:?}");
    assert_eq!(heard[3], Update::Connecting);
    assert_eq!(heard[4], Update::Home(Box::default()));
}

/// A proxy ends each stream after a while. If each stream delivered the home, the pause stays at the shortest.
/// If the server sends no home, the pause grows with each attempt.
#[tokio::test]
async fn m11_a_stream_that_worked_is_followed_by_the_shortest_pause() {
    for (event, has_worked) in
        [("event: put\ndata: {\"path\":\"/\",\"data\":{}}\n\n", true), ("event: keep-alive\ndata: null\n\n", false)]
    {
        let server = Recorder::start(move |_| events(vec![event], false)).await;
        let heard = hear(server.url(), 15).await;
        let pause = |update: &Update| if let Update::Lost { retry_in, .. } = update { Some(*retry_in) } else { None };
        let pauses: Vec<Duration> = heard.iter().filter_map(pause).collect();
        assert!(pauses.len() >= 4, "{heard:?}");
        assert!(pauses.iter().all(|pause| *pause >= FAST.first_pause / 2), "never without a pause: {pauses:?}");
        assert_eq!(pauses.iter().all(|pause| *pause <= FAST.first_pause), has_worked, "{pauses:?}");
    }
}

#[tokio::test]
async fn a_silent_stream_is_noticed_and_given_up() {
    let server = Recorder::start(|_| events(vec!["event: keep-alive\ndata: null\n\n"], true)).await;
    let heard = hear(server.url(), 4).await;
    assert_eq!(heard[..3], [Update::Connecting, Update::Alive, Update::Stalled]);
    assert!(matches!(&heard[3], Update::Lost { failure, .. } if failure.kind == FailureKind::Offline), "{heard:?}");
}

#[tokio::test]
async fn half_events_and_wrong_json_are_lost_connections() {
    for chunk in [
        "event: put\ndata: {\"path\":\"/\",\"da",
        "event: put\ndata: {\"path\":\n\n",
        "event: put\ndata: {\"data\":[]}\n\n",
    ] {
        let server = Recorder::start(move |_| events(vec![chunk], false)).await;
        let heard = hear(server.url(), 2).await;
        assert!(matches!(heard[1], Update::Lost { .. }), "{chunk}: {heard:?}");
    }
}

#[tokio::test]
async fn a_revoked_token_ends_the_stream_for_good() {
    let server = Recorder::start(|_| events(vec!["event: auth_revoked\ndata: \"c.secret\"\n\n"], false)).await;
    let heard = hear(server.url(), 9).await;
    assert!(matches!(&heard[1], Update::SignedOut(failure) if failure.kind == FailureKind::SignIn), "{heard:?}");
    assert_eq!(heard.len(), 2, "no further try");
    let server = Recorder::start(|_| json(401, "{\"error\":\"unauthorized\"}")).await;
    let heard = hear(server.url(), 9).await;
    assert!(matches!(&heard[1], Update::SignedOut(_)), "{heard:?}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn the_simulated_home_is_read_as_it_is() {
    let simulation = simulation(Options::default()).await;
    let token = secrecy::SecretString::from(simulation.token());
    let client = Client::new(simulation.url().clone(), &token).expect("a client");
    let home = client.home().await.expect("a home");
    assert_eq!((home.thermostats.len(), home.cameras.len(), home.protects.len()), (3, 3, 3));
    for (id, thermostat) in &home.thermostats {
        assert!(thermostat.extra.is_empty(), "{id}: {:?}", thermostat.extra);
    }
    simulation.stop().await;
}
