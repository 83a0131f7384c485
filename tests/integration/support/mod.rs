//! Shared parts of the integration tests: servers on loopback with scripted answers.
#![expect(dead_code, reason = "each test file uses a part of it")]
#![expect(clippy::expect_used, reason = "a helper of tests fails the test")]

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::Response;
use secrecy::SecretString;
use setpoint::simulator::{Options, Simulation};
use tokio::net::TcpListener;
use url::Url;

/// The longest wait of a test.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// The token of the servers in this folder.
pub(crate) const TOKEN: &str = "c.a-token-of-the-tests";

/// A request that a server received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) authorization: Option<String>,
    pub(crate) body: String,
}

pub(crate) mod engine;
pub(crate) mod flaky;
pub(crate) mod hosted;
pub(crate) mod images;
pub(crate) mod nle;
pub(crate) mod nle_schedule;
pub(crate) mod pubsub;
pub(crate) mod sdm;
pub(crate) mod stub;
pub(crate) mod traits;
pub(crate) mod user;

type Answerer = Arc<dyn Fn(&Seen) -> Response + Send + Sync>;

/// A server that records its requests and answers with a function.
#[derive(Clone)]
pub(crate) struct Recorder {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Recorder {
    pub(crate) async fn start(answer: impl Fn(&Seen) -> Response + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        Self::start_on(listener, answer)
    }

    pub(crate) fn start_on(listener: TcpListener, answer: impl Fn(&Seen) -> Response + Send + Sync + 'static) -> Self {
        let address = listener.local_addr().expect("an address");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let answer: Answerer = Arc::new(answer);
        let router = Router::new().fallback(record).with_state((Arc::clone(&seen), answer));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, seen }
    }

    pub(crate) fn url(&self) -> Url {
        Url::parse(&format!("http://{}/", self.address)).expect("a URL")
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("not poisoned").clone()
    }
}

async fn record(State((seen, answer)): State<(Arc<Mutex<Vec<Seen>>>, Answerer)>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap_or_default();
    let authorization = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let one = Seen {
        method: parts.method,
        path: parts.uri.path().to_owned(),
        authorization: authorization.map(str::to_owned),
        body: String::from_utf8_lossy(&bytes).into_owned(),
    };
    seen.lock().expect("not poisoned").push(one.clone());
    answer(&one)
}

pub(crate) fn json(status: u16, body: &str) -> Response {
    Response::builder()
        .status(StatusCode::from_u16(status).expect("a status"))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_owned()))
        .expect("a response")
}

pub(crate) fn moved(status: u16, location: &str) -> Response {
    Response::builder()
        .status(StatusCode::from_u16(status).expect("a status"))
        .header(header::LOCATION, location)
        .body(Body::empty())
        .expect("a response")
}

pub(crate) fn token() -> SecretString {
    SecretString::from(TOKEN)
}

pub(crate) async fn simulation(options: Options) -> Simulation {
    setpoint::simulator::start(options, setpoint::clock::SystemClock::shared()).await.expect("a simulated home")
}

/// Polls until there is a value, for a bounded time.
pub(crate) async fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let started = tokio::time::Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(started.elapsed() < PATIENCE, "{what} did not happen within {PATIENCE:?}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
