//! A stand-in for the server that the project behind No Longer Evil hosts, written from its documentation: the
//! buckets of each thermostat, calls that change them, and twenty calls a minute for a key.

use std::collections::{BTreeMap, VecDeque};
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::json as answer;

pub(crate) const KEY: &str = "nle_00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
/// Calls within one window.
const CALLS: usize = 20;
/// The lowest and highest temperature that is stored, in degrees Celsius.
const LIMITS: (f64, f64) = (9.0, 30.0);
/// The time of the last write of each bucket: 2026-11-22T19:43:09.239Z.
const WRITTEN: i64 = 1_795_376_589_239;

/// A fault of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    None,
    /// The key is withdrawn.
    Withdrawn,
    /// The key allows reading only.
    LooksOnly,
    /// Every call is answered with this status.
    Status(u16),
    /// An HTML page in place of every answer.
    Page,
    /// Too many calls, for this number of seconds from now on. The server counts the refused calls.
    Spent(u64),
}

struct Inner {
    /// The shared and the device bucket by serial number.
    thermostats: BTreeMap<String, (Value, Value)>,
    /// Thermostats whose status the key may not read.
    hidden: Vec<String>,
    /// Thermostats whose status fails.
    broken: Vec<String>,
    trouble: Trouble,
    since: Instant,
    window: Duration,
    calls: VecDeque<Instant>,
    /// All calls: time and path.
    seen: Vec<(Instant, String)>,
    refused: usize,
    /// Id, path after the id, and body of each change.
    changes: Vec<(String, String, Value)>,
    /// True if the server stores a change at once; otherwise the change waits for `catch_up`.
    is_prompt: bool,
    waiting: Vec<(String, Value)>,
    /// The schedules that thermostats sent.
    schedules: BTreeMap<String, Value>,
}

/// The server.
#[derive(Clone)]
pub(crate) struct Hosted {
    pub(crate) url: String,
    inner: Arc<Mutex<Inner>>,
}

/// The id of a thermostat in the paths of calls.
pub(crate) fn id_of(serial: &str) -> String {
    format!("id/{serial}")
}

impl Hosted {
    /// Starts a server with these thermostats, each in heat at 21 °C. `window` is the length of its rate limit
    /// window.
    pub(crate) async fn start(serials: &[&str], window: Duration) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let url = format!("http://{}/api/v1", listener.local_addr().expect("an address"));
        let inner = Inner {
            thermostats: BTreeMap::new(),
            hidden: Vec::new(),
            broken: Vec::new(),
            trouble: Trouble::None,
            since: Instant::now(),
            window,
            calls: VecDeque::new(),
            seen: Vec::new(),
            refused: 0,
            changes: Vec::new(),
            is_prompt: true,
            waiting: Vec::new(),
            schedules: BTreeMap::new(),
        };
        let server = Self { url, inner: Arc::new(Mutex::new(inner)) };
        for serial in serials {
            let shared = json!({
                "name": format!("Room {serial}"), "current_temperature": 20.25, "target_temperature": 21.0,
                "target_temperature_high": 25.0, "target_temperature_low": 19.0, "target_temperature_type": "heat",
                "can_heat": true, "can_cool": true, "hvac_heater_state": true, "hvac_ac_state": false
            });
            let device = json!({
                "current_humidity": 41, "current_version": "5.9.3-8", "temperature_scale": "C", "has_fan": true,
                "fan_timer_timeout": 0, "away_temperature_high": 26.0, "away_temperature_low": 16.0, "leaf": true,
                "is_online": true, "eco": {"mode": "schedule"}
            });
            server.lock().thermostats.insert((*serial).to_owned(), (shared, device));
        }
        let router = Router::new()
            .route("/api/v1/devices", get(devices))
            .route("/api/v1/thermostat/{id}/status", get(status))
            .route("/api/v1/thermostat/{id}/schedule", get(schedule).put(set_schedule))
            .route("/api/v1/thermostat/{id}/{*path}", post(change))
            .layer(middleware::from_fn_with_state(server.clone(), guarded))
            .with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        server
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("not poisoned")
    }

    pub(crate) fn trouble(&self, trouble: Trouble) {
        let mut inner = self.lock();
        (inner.trouble, inner.since) = (trouble, Instant::now());
    }

    /// Sets the schedule that a thermostat sent.
    pub(crate) fn keep_schedule(&self, serial: &str, schedule: Value) {
        self.lock().schedules.insert(serial.to_owned(), schedule);
    }

    /// The stored schedule of a thermostat.
    pub(crate) fn schedule(&self, serial: &str) -> Value {
        self.lock().schedules.get(serial).cloned().unwrap_or_default()
    }

    /// Forbids the status of this thermostat from now on.
    pub(crate) fn hide(&self, serial: &str) {
        self.lock().hidden.push(serial.to_owned());
    }

    /// Makes the status of this thermostat fail from now on.
    pub(crate) fn damage(&self, serial: &str) {
        self.lock().broken.push(serial.to_owned());
    }

    pub(crate) fn remove(&self, serial: &str) {
        self.lock().thermostats.remove(serial);
    }

    /// From now on the server accepts changes and stores them only at `catch_up`.
    pub(crate) fn dawdle(&self) {
        self.lock().is_prompt = false;
    }

    /// Stores the waiting changes.
    pub(crate) fn catch_up(&self) {
        let mut inner = self.lock();
        for (serial, values) in std::mem::take(&mut inner.waiting) {
            merge(&mut inner, &serial, &values);
        }
    }

    /// Merges values that the thermostat reports.
    pub(crate) fn report(&self, serial: &str, device: &Value, shared: &Value) {
        merge(&mut self.lock(), serial, &json!({ "device": device, "shared": shared }));
    }

    pub(crate) fn changes(&self) -> Vec<(String, String, Value)> {
        self.lock().changes.clone()
    }

    /// All calls until now: time and path.
    pub(crate) fn seen(&self) -> Vec<(Instant, String)> {
        self.lock().seen.clone()
    }

    /// Number of calls beyond the limit of the key.
    pub(crate) fn refused(&self) -> usize {
        self.lock().refused
    }
}

fn merge(inner: &mut Inner, serial: &str, values: &Value) {
    let Some((shared, device)) = inner.thermostats.get_mut(serial) else { return };
    for (bucket, part) in [(shared, "shared"), (device, "device")] {
        for (key, value) in values[part].as_object().into_iter().flatten() {
            bucket[key] = value.clone();
        }
    }
}

async fn guarded(State(server): State<Hosted>, request: Request, next: Next) -> Response {
    let authorization = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let is_known = authorization == Some(format!("Bearer {KEY}").as_str());
    let is_change = request.method() == axum::http::Method::POST;
    let now = Instant::now();
    let (trouble, left, reset) = {
        let mut inner = server.lock();
        inner.seen.push((now, request.uri().path().to_owned()));
        let window = inner.window;
        inner.calls.retain(|at| now.duration_since(*at) < window);
        let mut left = CALLS - inner.calls.len();
        let mut reset = inner.calls.front().map_or(window, |at| window.saturating_sub(now.duration_since(*at)));
        if let Trouble::Spent(seconds) = inner.trouble {
            let over = Duration::from_secs(seconds).saturating_sub(now.duration_since(inner.since));
            if !over.is_zero() {
                (left, reset) = (0, over);
            }
        }
        if left == 0 {
            inner.refused += 1;
        } else {
            inner.calls.push_back(now);
        }
        (inner.trouble, left, reset)
    };
    let mut response = match trouble {
        _ if left == 0 => answer(429, "{\"error\":\"Rate limit exceeded\"}"),
        Trouble::Withdrawn => answer(401, "{\"error\":\"Invalid API key\"}"),
        _ if !is_known => answer(401, "{\"error\":\"Invalid API key\"}"),
        Trouble::LooksOnly if is_change => answer(403, "{\"error\":\"This key has no write scope\"}"),
        Trouble::Status(status) => answer(status, "{\"error\":\"as you asked\"}"),
        Trouble::Page => answer(200, "<html><body>Welcome</body></html>"),
        Trouble::None | Trouble::LooksOnly | Trouble::Spent(_) => next.run(request).await,
    };
    let headers = response.headers_mut();
    let seconds = reset.as_secs() + u64::from(reset.subsec_nanos() > 0);
    headers.insert("x-ratelimit-limit", HeaderValue::from(CALLS));
    headers.insert("x-ratelimit-remaining", HeaderValue::from(left.saturating_sub(1)));
    headers.insert("x-ratelimit-reset", HeaderValue::from(seconds));
    response
}

async fn devices(State(server): State<Hosted>) -> Response {
    let list: Vec<Value> = server
        .lock()
        .thermostats
        .keys()
        .map(|serial| json!({"id": id_of(serial), "serial": serial, "name": null, "accessType": "owner"}))
        .collect();
    answer(200, &json!({ "devices": list }).to_string())
}

fn serial_of(inner: &Inner, id: &str) -> Option<String> {
    inner.thermostats.keys().find(|serial| id_of(serial) == id).cloned()
}

async fn status(State(server): State<Hosted>, Path(id): Path<String>) -> Response {
    let inner = server.lock();
    let Some(serial) = serial_of(&inner, &id) else { return answer(404, "{\"error\":\"Device not found\"}") };
    if inner.hidden.contains(&serial) {
        return answer(403, "{\"error\":\"No access to this device\"}");
    }
    if inner.broken.contains(&serial) {
        return answer(500, "{\"error\":\"Internal server error\"}");
    }
    let (shared, device) = &inner.thermostats[&serial];
    let bucket = |value: &Value| json!({"object_revision": 7, "object_timestamp": WRITTEN, "value": value});
    let state = json!({format!("shared.{serial}"): bucket(shared), format!("device.{serial}"): bucket(device)});
    answer(200, &json!({"device": {"id": id, "serial": serial}, "state": state}).to_string())
}

async fn schedule(State(server): State<Hosted>, Path(id): Path<String>) -> Response {
    let inner = server.lock();
    let Some(serial) = serial_of(&inner, &id) else { return answer(404, "{\"error\":\"Device not found\"}") };
    let schedule = inner.schedules.get(&serial).cloned().unwrap_or_default();
    answer(200, &json!({"device": {"id": id, "serial": serial}, "schedule": schedule}).to_string())
}

async fn set_schedule(State(server): State<Hosted>, Path(id): Path<String>, body: Bytes) -> Response {
    let Ok(asked) = serde_json::from_slice::<Value>(&body) else { return answer(400, "{\"error\":\"Invalid JSON\"}") };
    let mut inner = server.lock();
    let Some(serial) = serial_of(&inner, &id) else { return answer(404, "{\"error\":\"Device not found\"}") };
    match super::nle_schedule::stored(&asked["schedule"]) {
        Ok(schedule) => {
            inner.schedules.insert(serial, schedule);
            answer(200, "{\"success\":true,\"message\":\"Schedule updated\"}")
        }
        Err(message) => answer(400, &json!({"error": message}).to_string()),
    }
}

async fn change(State(server): State<Hosted>, Path((id, path)): Path<(String, String)>, body: Bytes) -> Response {
    let Ok(asked) = serde_json::from_slice::<Value>(&body) else { return answer(400, "{\"error\":\"Invalid JSON\"}") };
    let mut inner = server.lock();
    inner.changes.push((id.clone(), path.clone(), asked.clone()));
    let Some(serial) = serial_of(&inner, &id) else { return answer(404, "{\"error\":\"Device not found\"}") };
    let mode = inner.thermostats[&serial].0["target_temperature_type"].clone();
    let Some(values) = values(&path, &asked, &mode) else {
        return answer(400, "{\"success\":false,\"message\":\"Invalid request\"}");
    };
    if inner.is_prompt {
        merge(&mut inner, &serial, &values);
    } else {
        inner.waiting.push((serial.clone(), values));
    }
    let said = json!({"success": true, "message": "Command sent", "device": serial, "object": "shared", "revision": 8,
                      "timestamp": WRITTEN});
    answer(200, &said.to_string())
}

/// The values that a change stores; `None` if the change does not match the documentation.
fn values(path: &str, asked: &Value, mode: &Value) -> Option<Value> {
    let clamped = |key: &str| asked[key].as_f64().map(|degrees| degrees.clamp(LIMITS.0, LIMITS.1));
    let word = |key: &str| asked[key].as_str();
    let is_celsius = word("scale") == Some("C");
    match path {
        "temperature" if is_celsius && &asked["mode"] == mode => {
            Some(json!({"shared": {"target_temperature": clamped("value")?}}))
        }
        "temperature/range" if is_celsius => Some(json!({"shared": {
            "target_temperature_low": clamped("low")?, "target_temperature_high": clamped("high")?}})),
        "mode" => match word("mode")? {
            "heat-cool" => Some(json!({"shared": {"target_temperature_type": "range"}})),
            mode @ ("heat" | "cool" | "off") => Some(json!({"shared": {"target_temperature_type": mode}})),
            _ => None,
        },
        // Only a later report of the thermostat shows the result.
        "away" => asked["away"].as_bool().map(|_| json!({})),
        "fan" => match (word("mode"), asked["duration"].as_i64()) {
            (Some("auto" | "off"), None) => Some(json!({"device": {"fan_timer_timeout": 0}})),
            (None, Some(seconds @ 1..=43_200)) => {
                Some(json!({"device": {"fan_timer_timeout": WRITTEN / 1000 + seconds}}))
            }
            _ => None,
        },
        _ => None,
    }
}
