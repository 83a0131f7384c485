//! A Works with Nest server with one thermostat whose label can be written. A test sets the answer to each
//! write: a stand-in for connections and services that fail in the middle of a change.

use std::collections::VecDeque;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, put};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::broadcast;

/// The answer to one write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answers {
    /// Applied, shown on the stream and answered.
    Well,
    /// Applied and answered; the stream shows it after `show`.
    Unshown,
    /// Answered with this status, applied and shown.
    AppliedWith(u16),
    /// Answered with this status, and not applied.
    RefusedWith(u16),
    /// Answered with this body, and not applied.
    Says(&'static str),
    /// Applied and shown; the connection ends in the middle of the answer.
    CutAfter,
    /// Not applied; the connection ends without an answer.
    CutBefore,
    /// Applied, never answered; the stream shows it after `show`.
    Silent,
}

struct Inner {
    label: String,
    /// The label that streams and documents show.
    shown: String,
    answers: VecDeque<Answers>,
    usual: Answers,
    puts: Vec<String>,
    applied: Vec<String>,
}

/// The server.
#[derive(Clone)]
pub(crate) struct Flaky {
    pub(crate) url: String,
    inner: Arc<Mutex<Inner>>,
    changed: broadcast::Sender<()>,
}

impl Flaky {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let url = format!("http://{}/", listener.local_addr().expect("an address"));
        let inner = Inner {
            label: String::new(),
            shown: String::new(),
            answers: VecDeque::new(),
            usual: Answers::Well,
            puts: Vec::new(),
            applied: Vec::new(),
        };
        let (changed, _) = broadcast::channel(64);
        let server = Self { url, inner: Arc::new(Mutex::new(inner)), changed };
        let router = Router::new()
            .route("/", get(document))
            .route("/devices/thermostats/hall", put(write))
            .with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        server
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("not poisoned")
    }

    /// Sets the answers to the next writes, in order. Later writes get the usual answer.
    pub(crate) fn next(&self, answers: impl IntoIterator<Item = Answers>) {
        self.lock().answers = answers.into_iter().collect();
    }

    /// Sets the usual answer to writes.
    pub(crate) fn usual(&self, answers: Answers) {
        self.lock().usual = answers;
    }

    /// The received labels, in order.
    pub(crate) fn puts(&self) -> Vec<String> {
        self.lock().puts.clone()
    }

    /// The stored labels, in order.
    pub(crate) fn applied(&self) -> Vec<String> {
        self.lock().applied.clone()
    }

    /// Shows the stored label on streams and in documents.
    pub(crate) fn show(&self) {
        let mut inner = self.lock();
        let Inner { label, shown, .. } = &mut *inner;
        shown.clone_from(label);
        drop(inner);
        self.changed.send(()).ok();
    }

    fn home(&self) -> Value {
        let label = self.lock().shown.clone();
        json!({
            "devices": {"thermostats": {"hall": {
                "device_id": "hall", "structure_id": "s", "name": "Hallway", "label": label, "is_online": true,
                "can_heat": true, "hvac_mode": "heat", "target_temperature_c": 20.0, "target_temperature_f": 68
            }}},
            "structures": {"s": {"structure_id": "s", "name": "Mill Lane", "away": "home", "thermostats": ["hall"]}}
        })
    }
}

async fn document(State(server): State<Flaky>, headers: HeaderMap) -> Response {
    let is_stream = headers.get(header::ACCEPT).is_some_and(|accept| accept == "text/event-stream");
    if !is_stream {
        return super::json(200, &server.home().to_string());
    }
    let changes = server.changed.subscribe();
    let events = futures_util::stream::unfold((server, changes, true), |(server, mut changes, is_first)| async move {
        if !is_first {
            changes.recv().await.ok()?;
        }
        let event = json!({ "path": "/", "data": server.home() });
        let bytes = Bytes::from(format!("event: put\ndata: {event}\n\n"));
        Some((Ok::<Bytes, std::convert::Infallible>(bytes), (server, changes, false)))
    });
    let response = Response::builder().header(header::CONTENT_TYPE, "text/event-stream");
    response.body(Body::from_stream(events)).expect("a stream")
}

async fn write(State(server): State<Flaky>, body: Bytes) -> Response {
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    let label = asked["label"].as_str().unwrap_or_default().to_owned();
    let answers = {
        let mut inner = server.lock();
        inner.puts.push(label.clone());
        let usual = inner.usual;
        inner.answers.pop_front().unwrap_or(usual)
    };
    let apply = |shows: bool| {
        let mut inner = server.lock();
        inner.applied.push(label.clone());
        inner.label.clone_from(&label);
        drop(inner);
        if shows {
            server.show();
        }
    };
    let cut = || {
        let broken = futures_util::stream::iter([
            Ok(Bytes::from_static(b"{\"la")),
            Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset)),
        ]);
        let response = Response::builder().header(header::CONTENT_TYPE, "application/json");
        response.body(Body::from_stream(broken)).expect("a response")
    };
    let with = |status: u16, body: &str| {
        let status = StatusCode::from_u16(status).expect("a status");
        let response = Response::builder().status(status).header(header::CONTENT_TYPE, "application/json");
        response.body(Body::from(body.to_owned())).expect("a response")
    };
    match answers {
        Answers::Well => {
            apply(true);
            with(200, &asked.to_string())
        }
        Answers::Unshown => {
            apply(false);
            with(200, &asked.to_string())
        }
        Answers::AppliedWith(status) => {
            apply(true);
            with(status, if status == 204 { "" } else { "{}" })
        }
        Answers::RefusedWith(status) => with(status, "{\"error\":\"no\",\"message\":\"no\"}"),
        Answers::Says(body) => with(200, body),
        Answers::CutAfter => {
            apply(true);
            cut()
        }
        Answers::CutBefore => cut(),
        Answers::Silent => {
            apply(false);
            tokio::time::sleep(Duration::from_secs(3600)).await;
            with(200, "{}")
        }
    }
}
