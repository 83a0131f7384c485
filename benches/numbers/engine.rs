//! Times from a request to the socket, and from an event to the published snapshot.

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{Method, header};
use axum::response::Response;
use secrecy::SecretString;
use setpoint::clock::SystemClock;
use setpoint::engine::{AccountLabel, AccountName, Connection, Debounce, Engine, Origin, Request, Setup};
use setpoint::home::{DeviceTree, Scale, Write};
use setpoint::service::WriteLimits;
use setpoint::wwn::client::{Client, StreamTimes, WwnService};
use setpoint::wwn::wire::render;
use tokio::sync::{broadcast, mpsc};

use crate::timing::{limit, say};
use crate::wire::{estate, runtime};

#[derive(Clone)]
struct Server {
    events: broadcast::Sender<Bytes>,
    first: Bytes,
    arrivals: mpsc::Sender<Instant>,
}

async fn answer(State(server): State<Server>, request: axum::extract::Request) -> Response {
    if request.method() == Method::PUT {
        server.arrivals.send(Instant::now()).await.ok();
        return Response::new(Body::from("{}"));
    }
    let mut later = server.events.subscribe();
    let (pieces, stream) = mpsc::channel::<Result<Bytes, Infallible>>(4);
    pieces.send(Ok(server.first)).await.ok();
    tokio::spawn(async move {
        while let Ok(event) = later.recv().await {
            if pieces.send(Ok(event)).await.is_err() {
                return;
            }
        }
    });
    let body = Body::from_stream(futures_util::stream::unfold(stream, |mut stream| async {
        stream.recv().await.map(|piece| (piece, stream))
    }));
    let mut response = Response::new(body);
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/event-stream"));
    response
}

fn event(home: &DeviceTree) -> Bytes {
    Bytes::from(format!("event: put\ndata: {{\"path\":\"/\",\"data\":{}}}\n\n", render(home)))
}

pub(crate) fn run() {
    let home = estate(12);
    let devices = home.device_count();
    let Some((to_socket, to_snapshot)) = measured(home, |_| ()) else {
        say("from a wish to the socket", "could not be measured");
        return;
    };
    limit("from a wish to the bytes at the server, settling apart", to_socket, Duration::from_millis(5));
    limit(&format!("from an event to the snapshot, {devices} devices"), to_snapshot, Duration::from_millis(1));
}

/// The times from a wish to the socket and from an event to the snapshot, while `beside` is kept.
pub(crate) fn measured<T>(mut home: DeviceTree, beside: impl FnOnce(&Engine) -> T) -> Option<(Duration, Duration)> {
    let id = home.thermostats.keys().next().cloned()?;
    let runtime = runtime();
    runtime.block_on(async {
        let (events, _) = broadcast::channel(16);
        let (arrivals, mut arrived) = mpsc::channel(16);
        let server = Server { events: events.clone(), first: event(&home), arrivals };
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.ok()?;
        let base = url::Url::parse(&format!("http://{}/", listener.local_addr().ok()?)).ok()?;
        tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer).with_state(server)).await });
        let client = Client::new(base, &SecretString::from("c.bench")).ok()?;
        let account = AccountLabel { name: AccountName::Simulated, place: String::new() };
        let setup = Setup {
            account,
            limits: WriteLimits::SIMULATED,
            storage: None,
            notices: Vec::new(),
            clock: SystemClock::shared(),
        };
        let engine = Engine::start(setup, WwnService::new(client, StreamTimes::default()));
        let mut snapshots = engine.snapshots();
        snapshots.wait_for(|snapshot| snapshot.connection == Connection::Live).await.ok()?;
        let _beside = beside(&engine);
        let (mut to_socket, mut to_snapshot) = (Vec::new(), Vec::new());
        for round in 0..60 {
            let scale = if round % 2 == 0 { Scale::Fahrenheit } else { Scale::Celsius };
            let write = Write::Scale(id.clone(), scale);
            let started = Instant::now();
            engine.request(Request::Set { write, debounce: Debounce::Now, origin: Origin::Window, seen: None });
            to_socket.push(arrived.recv().await?.duration_since(started));
            home.thermostat_mut(&id)?.temperature_scale = Some(scale);
            let bytes = event(&home);
            let started = Instant::now();
            events.send(bytes).ok();
            let shows =
                |home: &DeviceTree| home.thermostats.get(&id).is_some_and(|t| t.temperature_scale == Some(scale));
            snapshots.wait_for(|snapshot| shows(&snapshot.confirmed)).await.ok()?;
            to_snapshot.push(started.elapsed());
            snapshots.wait_for(|snapshot| snapshot.writes.is_empty()).await.ok()?;
            // The pause keeps the writes within the simulated budget, as those of a user are.
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        engine.shut_down(Duration::from_millis(100)).await;
        Some((middle(to_socket), middle(to_snapshot)))
    })
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
