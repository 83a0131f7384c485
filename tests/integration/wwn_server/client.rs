//! A plain client that follows no redirect by itself, and a simulated home for it.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use reqwest::{Client, Method, Response};
use serde_json::Value;
use setpoint::clock::SystemClock;
use setpoint::home::{DeviceId, DeviceTree, StructureId};
use setpoint::simulator::{Options, Simulation, start};

/// The longest wait for any step.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// A simulated home with a client.
pub(crate) struct Scene {
    pub(crate) simulation: Simulation,
    pub(crate) http: Client,
}

impl Scene {
    pub(crate) async fn new() -> Self {
        Self::with(Options::default()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        rustls::crypto::ring::default_provider().install_default().ok();
        let http = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .no_proxy()
            .build()
            .expect("a client");
        let simulation = start(options, SystemClock::shared()).await.expect("a simulation");
        Self { simulation, http }
    }

    pub(crate) fn home(&self) -> Arc<DeviceTree> {
        Arc::clone(&self.simulation.home().borrow())
    }

    pub(crate) fn front(&self, path: &str) -> String {
        format!("{}{path}", self.simulation.url().as_str().trim_end_matches('/'))
    }

    pub(crate) fn api(&self, path: &str) -> String {
        format!("{}{path}", self.simulation.api_url().as_str().trim_end_matches('/'))
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: impl Into<reqwest::Body>) -> Response {
        let request = self.http.request(method, self.api(path)).bearer_auth(self.simulation.token()).body(body);
        request.send().await.expect("an answer")
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        read(self.send(Method::GET, path, "").await).await
    }

    pub(crate) async fn put(&self, path: &str, body: &str) -> (u16, Value) {
        read(self.send(Method::PUT, path, body.to_owned()).await).await
    }

    pub(crate) async fn stream(&self, path: &str) -> Events {
        self.stream_as(path, self.simulation.token()).await
    }

    pub(crate) async fn stream_as(&self, path: &str, token: &str) -> Events {
        let request = self.http.get(self.api(path)).bearer_auth(token).header("Accept", "text/event-stream");
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), 200);
        assert!(response.headers()["content-type"].to_str().expect("text").starts_with("text/event-stream"));
        Events { body: response.bytes_stream().boxed(), text: Vec::new() }
    }

    /// The thermostat, camera or Protect of this name.
    pub(crate) fn thermostat(&self, name: &str) -> DeviceId {
        let home = self.home();
        let found = home.thermostats.iter().find(|(_, t)| t.name.as_deref() == Some(name));
        found.expect("a thermostat of that name").0.clone()
    }

    pub(crate) fn camera(&self, name: &str) -> DeviceId {
        let home = self.home();
        let found = home.cameras.iter().find(|(_, c)| c.name.as_deref() == Some(name));
        found.expect("a camera of that name").0.clone()
    }

    pub(crate) fn protect(&self, name: &str) -> DeviceId {
        let home = self.home();
        let found = home.protects.iter().find(|(_, p)| p.name.as_deref() == Some(name));
        found.expect("a Protect of that name").0.clone()
    }

    pub(crate) fn structure(&self) -> StructureId {
        self.home().structures.keys().next().expect("a structure").clone()
    }
}

/// Status and body of an answer. Panics if the body is not JSON.
pub(crate) async fn read(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let text = response.text().await.expect("a body");
    let value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{status} with no JSON: {text:?}"));
    (status, value)
}

/// The events of a stream.
pub(crate) struct Events {
    body: futures_util::stream::BoxStream<'static, reqwest::Result<bytes::Bytes>>,
    text: Vec<u8>,
}

impl Events {
    /// The next event and its data; `None` at the end of the stream, after an error too.
    pub(crate) async fn next(&mut self) -> Option<(String, String)> {
        loop {
            if let Some(end) = self.text.windows(2).position(|pair| pair == b"\n\n") {
                let event: Vec<u8> = self.text.drain(..end + 2).collect();
                let event = String::from_utf8(event).expect("text");
                let (name, data) = event.trim_end().split_once('\n').expect("two lines");
                let name = name.strip_prefix("event: ").expect("a name");
                return Some((name.to_owned(), data.strip_prefix("data: ").expect("data").to_owned()));
            }
            let piece = tokio::time::timeout(PATIENCE, self.body.next()).await.expect("something in time")?;
            self.text.extend_from_slice(&piece.ok()?);
        }
    }

    /// The path and data of the next `put`.
    pub(crate) async fn put(&mut self) -> (String, Value) {
        loop {
            let (name, data) = self.next().await.expect("an event");
            if name == "put" {
                let put: Value = serde_json::from_str(&data).expect("JSON");
                return (put["path"].as_str().expect("a path").to_owned(), put["data"].clone());
            }
            assert_eq!(name, "keep-alive");
        }
    }

    /// Reads `put` events until one passes.
    pub(crate) async fn put_with(&mut self, passes: impl Fn(&Value) -> bool) -> Value {
        loop {
            let (_, data) = self.put().await;
            if passes(&data) {
                return data;
            }
        }
    }

    /// The text after the last complete event.
    pub(crate) fn rest(&self) -> String {
        String::from_utf8_lossy(&self.text).into_owned()
    }
}
