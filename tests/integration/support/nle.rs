//! A stand-in for the self-hosted server of No Longer Evil: buckets of thermostats, commands with their limits
//! and traps, change events, and faults on demand. Its answers were compared with those of the real server (its
//! head of 2026-06-29) to the recorded buckets of a real thermostat.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Query, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;
use tokio::sync::broadcast;

use super::json as answer;

/// The lowest and highest temperature that the server stores, in degrees Celsius.
const LIMITS: (f64, f64) = (7.222, 35.0);

/// A fault of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// No fault.
    None,
    /// An HTML page in place of every answer.
    Page,
    /// No answer at all.
    Hang,
    /// This status for every call, with an error in JSON.
    Status(u16),
    /// A proxy that requires this token.
    WantsToken(&'static str),
    /// No stream of change events.
    NoBells,
    /// Only commands are answered.
    StatusFails,
    /// Commands for this thermostat are answered only when the fault is over.
    HoldsCommandsOf(&'static str),
}

#[derive(Default)]
struct Buckets {
    /// `device.SERIAL`.
    device: Map<String, Value>,
    /// `shared.SERIAL`.
    shared: Map<String, Value>,
    /// `schedule.SERIAL`; null until the thermostat has sent one.
    schedule: Value,
    /// `structure.default`, which the server stores for each serial number.
    structure: Map<String, Value>,
    /// True while the thermostat has no connection to the server.
    is_away: bool,
}

struct Inner {
    thermostats: BTreeMap<String, Buckets>,
    limits: (f64, f64),
    trouble: Trouble,
    /// Serial number, command and value, in order of arrival.
    commands: Vec<(String, String, Value)>,
    /// Number of calls of each path.
    asked: BTreeMap<String, u32>,
}

/// The server.
#[derive(Clone)]
pub(crate) struct Nle {
    pub(crate) url: String,
    inner: Arc<Mutex<Inner>>,
    bells: broadcast::Sender<String>,
}

/// The secret of the device, which no client may store.
pub(crate) const API_KEY: &str = "nl_a-secret-of-the-device";

impl Nle {
    /// Starts a server with these thermostats, each in heat at 21 °C.
    pub(crate) async fn start(serials: &[&str]) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let url = format!("http://{}/", listener.local_addr().expect("an address"));
        let inner = Inner {
            thermostats: BTreeMap::new(),
            limits: LIMITS,
            trouble: Trouble::None,
            commands: Vec::new(),
            asked: BTreeMap::new(),
        };
        let (bells, _) = broadcast::channel(256);
        let server = Self { url, inner: Arc::new(Mutex::new(inner)), bells };
        for serial in serials {
            server.report(
                serial,
                &json!({
                    "current_humidity": 41, "current_version": "5.9.3-8", "temperature_scale": "C", "has_fan": true,
                    "fan_timer_timeout": 0, "away_temperature_high": 26.0, "away_temperature_low": 16.0, "leaf": false,
                    "eco": {"mode": "schedule"}
                }),
                &json!({
                    "name": format!("Room {serial}"), "current_temperature": 20.25, "target_temperature": 21.0,
                    "target_temperature_type": "heat", "can_heat": true, "can_cool": true, "hvac_heater_state": true,
                    "away": false
                }),
            );
        }
        let router = Router::new()
            .route("/health", get(|| async { answer(200, "{\"status\":\"ok\"}") }))
            .route("/api/devices", get(devices))
            .route("/status", get(status))
            .route("/api/events", get(events))
            .route("/api/schedule", get(schedule))
            .route("/command", post(command))
            .layer(middleware::from_fn_with_state(server.clone(), troubled))
            .with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        server
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("not poisoned")
    }

    /// Sets the fault from now on.
    pub(crate) fn trouble(&self, trouble: Trouble) {
        self.lock().trouble = trouble;
    }

    /// Sets the limits of the thermostats, in degrees Celsius. The server clamps temperatures to them.
    pub(crate) fn limit(&self, low: f64, high: f64) {
        self.lock().limits = (low, high);
    }

    /// The received commands, in order.
    pub(crate) fn commands(&self) -> Vec<(String, String, Value)> {
        self.lock().commands.clone()
    }

    /// Number of calls of a path.
    pub(crate) fn asked(&self, path: &str) -> u32 {
        self.lock().asked.get(path).copied().unwrap_or_default()
    }

    /// Merges values that the thermostat reports over the device's port.
    pub(crate) fn report(&self, serial: &str, device: &Value, shared: &Value) {
        let mut inner = self.lock();
        let buckets = inner.thermostats.entry(serial.to_owned()).or_default();
        merge(&mut buckets.device, device);
        merge(&mut buckets.shared, shared);
        drop(inner);
        // The server sends a change event for each bucket.
        for _ in 0..2 {
            self.ring(serial);
        }
    }

    /// Sets the schedule that a thermostat sent.
    pub(crate) fn keep_schedule(&self, serial: &str, schedule: Value) {
        self.lock().thermostats.entry(serial.to_owned()).or_default().schedule = schedule;
    }

    /// The stored schedule of a thermostat.
    pub(crate) fn schedule(&self, serial: &str) -> Value {
        self.lock().thermostats.get(serial).map(|buckets| buckets.schedule.clone()).unwrap_or_default()
    }

    /// Sets the connection of the thermostat to the server.
    pub(crate) fn available(&self, serial: &str, is_available: bool) {
        self.lock().thermostats.entry(serial.to_owned()).or_default().is_away = !is_available;
        self.ring(serial);
    }

    /// The `manual_eco_all` that the server sent to a thermostat.
    pub(crate) fn manual_eco(&self, serial: &str) -> Option<bool> {
        self.lock().thermostats.get(serial)?.structure.get("manual_eco_all")?.as_bool()
    }

    /// The end of the fan timer of a thermostat, in seconds since the epoch.
    pub(crate) fn fan_until(&self, serial: &str) -> Option<i64> {
        self.lock().thermostats.get(serial)?.device.get("fan_timer_timeout")?.as_i64()
    }

    fn ring(&self, serial: &str) {
        self.bells.send(json!({ "serial": serial }).to_string()).ok();
    }

    /// Sends a change event with any text.
    pub(crate) fn ring_with(&self, data: &str) {
        self.bells.send(data.to_owned()).ok();
    }
}

fn merge(bucket: &mut Map<String, Value>, values: &Value) {
    for (key, value) in values.as_object().into_iter().flatten() {
        bucket.insert(key.clone(), value.clone());
    }
}

async fn troubled(State(server): State<Nle>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    *server.lock().asked.entry(path.clone()).or_default() += 1;
    let trouble = server.lock().trouble;
    let authorization = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    match trouble {
        Trouble::Page => {
            let page = Response::builder().status(StatusCode::OK).header(header::CONTENT_TYPE, "text/html");
            page.body(Body::from("<html><body>Welcome to the hotel</body></html>")).expect("a page")
        }
        Trouble::Hang => std::future::pending().await,
        Trouble::Status(status) => answer(status, "{\"error\":\"as you asked\"}"),
        Trouble::WantsToken(token) if authorization != Some(format!("Bearer {token}").as_str()) => {
            answer(401, "{\"error\":\"who are you\"}")
        }
        Trouble::NoBells if path == "/api/events" => answer(404, "{\"error\":\"no bells\"}"),
        Trouble::StatusFails if path == "/status" => answer(500, "{\"error\":\"database is locked\"}"),
        Trouble::None
        | Trouble::WantsToken(_)
        | Trouble::NoBells
        | Trouble::StatusFails
        | Trouble::HoldsCommandsOf(_) => next.run(request).await,
    }
}

fn status_of(serial: &str, buckets: &Buckets) -> Value {
    let (device, shared) = (&buckets.device, &buckets.shared);
    let of = |bucket: &Map<String, Value>, key: &str| bucket.get(key).cloned().unwrap_or(Value::Null);
    let timeout = device.get("fan_timer_timeout").and_then(Value::as_i64).unwrap_or_default();
    let name = shared.get("name").and_then(Value::as_str).filter(|name| !name.is_empty()).unwrap_or(serial);
    json!({
        "serial": serial, "api_key": API_KEY, "is_available": !buckets.is_away,
        "last_seen": "2026-11-22T19:43:09.239221", "name": name, "current_temperature": of(shared, "current_temperature"),
        "target_temperature": of(shared, "target_temperature"),
        "target_temperature_high": of(shared, "target_temperature_high"),
        "target_temperature_low": of(shared, "target_temperature_low"),
        "humidity": of(device, "current_humidity"), "mode": of(shared, "target_temperature_type"),
        "hvac": {"heater": of(shared, "hvac_heater_state"), "ac": of(shared, "hvac_ac_state"), "emer_heat": false},
        "fan_timer_active": timeout > 0, "fan_timer_timeout": timeout,
        "eco_temperatures": {"high": of(device, "away_temperature_high"), "low": of(device, "away_temperature_low")},
        "is_online": device.get("is_online").cloned().unwrap_or(Value::Bool(false)), "has_leaf": of(device, "leaf"),
        "software_version": of(device, "current_version"), "temperature_scale": of(device, "temperature_scale"),
        "capabilities": {"can_heat": of(shared, "can_heat"), "can_cool": of(shared, "can_cool"),
                         "has_fan": of(device, "has_fan"), "has_emer_heat": false},
        "eco_mode": device.get("eco").and_then(|eco| eco.get("mode")).cloned().unwrap_or(Value::Null),
        "time_to_target": null, "time_to_target_training_status": null, "structure_id": null,
        "away": of(shared, "away"), "schedule_mode": null
    })
}

async fn devices(State(server): State<Nle>) -> Response {
    let inner = server.lock();
    let list: Vec<Value> = inner.thermostats.iter().map(|(serial, buckets)| status_of(serial, buckets)).collect();
    answer(200, &json!({ "total": list.len(), "devices": list }).to_string())
}

async fn status(State(server): State<Nle>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let Some(serial) = query.get("serial") else {
        return answer(400, "{\"error\":\"Serial parameter required\"}");
    };
    match server.lock().thermostats.get(serial) {
        Some(buckets) => answer(200, &status_of(serial, buckets).to_string()),
        None => answer(404, "{\"error\":\"Device not found\"}"),
    }
}

/// The server answers with null for a thermostat that it does not know.
async fn schedule(State(server): State<Nle>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let Some(serial) = query.get("serial") else {
        return answer(400, "{\"error\":\"Serial parameter required\"}");
    };
    answer(200, &json!({"serial": serial, "schedule": server.schedule(serial), "object_revision": 1}).to_string())
}

async fn events(State(server): State<Nle>) -> Response {
    let bells = server.bells.subscribe();
    let lines = futures_util::stream::unfold(bells, |mut bells| async {
        let data = bells.recv().await.ok()?;
        Some((Ok::<Bytes, std::convert::Infallible>(Bytes::from(format!("data: {data}\n\n"))), bells))
    });
    let response = Response::builder().header(header::CONTENT_TYPE, "text/event-stream; charset=utf-8");
    response.body(Body::from_stream(lines)).expect("a stream")
}

async fn command(State(server): State<Nle>, body: Bytes) -> Response {
    let refused = |message: String| answer(400, &json!({ "success": false, "message": message }).to_string());
    let Ok(asked) = serde_json::from_slice::<Value>(&body) else { return refused("Invalid JSON".to_owned()) };
    let text = |key: &str| asked.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (serial, name, value) = (text("serial"), text("command"), asked.get("value").cloned().unwrap_or_default());
    server.lock().commands.push((serial.clone(), name.clone(), value.clone()));
    let is_held = || matches!(server.lock().trouble, Trouble::HoldsCommandsOf(held) if held == serial);
    super::until("the fault to be over", || (!is_held()).then_some(())).await;
    let mut inner = server.lock();
    // The server creates an unknown thermostat.
    inner.thermostats.entry(serial.clone()).or_default();
    let stored = store(&mut inner, &serial, &name, &value);
    drop(inner);
    match stored {
        Ok((key, values)) => {
            server.ring(&serial);
            let said = json!({"success": true, "data": {"object_key": key, "values": values}});
            answer(200, &said.to_string())
        }
        Err(message) => refused(message),
    }
}

fn store(inner: &mut Inner, serial: &str, name: &str, value: &Value) -> Result<(String, Value), String> {
    let Inner { thermostats, limits, .. } = inner;
    let clamp = |value: &Value| value.as_f64().map(|degrees| degrees.clamp(limits.0, limits.1));
    let buckets = thermostats.get_mut(serial).ok_or("no such thermostat")?;
    let has_fan = buckets.device.get("has_fan") == Some(&Value::Bool(true));
    let now = jiff::Timestamp::from_second(1_795_376_589).expect("a time").as_second();
    let (part, values) = match name {
        "set_temperature" => {
            let values = match (clamp(value), value.get("high"), value.get("low")) {
                (Some(degrees), _, _) => json!({"target_temperature": degrees, "target_change_pending": true}),
                (None, Some(high), Some(low)) => json!({"target_temperature_high": clamp(high),
                    "target_temperature_low": clamp(low), "target_change_pending": true}),
                _ => return Err("Invalid temperature".to_owned()),
            };
            ("shared", values)
        }
        "set_mode" => match value.as_str() {
            Some(word @ ("off" | "heat" | "cool")) => ("shared", json!({ "target_temperature_type": word })),
            Some("heat-cool" | "range" | "auto") => ("shared", json!({ "target_temperature_type": "range" })),
            Some("emergency") => return Err("Device does not have emergency heat (has_emer_heat=false)".to_owned()),
            _ => return Err("Use set_away to control eco mode.".to_owned()),
        },
        "set_away" => {
            let values = json!({ "manual_eco_all": value, "manual_eco_timestamp": now });
            merge(&mut buckets.structure, &values);
            return Ok(("structure.default".to_owned(), values));
        }
        "set_schedule" => {
            let schedule = super::nle_schedule::stored(value)?;
            buckets.schedule = schedule.clone();
            return Ok((format!("schedule.{serial}"), schedule));
        }
        "set_fan" if !has_fan => return Err("Device does not have a fan".to_owned()),
        "set_fan" => {
            let seconds = match (value.as_str(), value.as_i64()) {
                (Some("auto"), _) => 0,
                (Some("on"), _) => {
                    let stored = buckets.device.get("fan_timer_duration_minutes").and_then(Value::as_i64);
                    now + stored.unwrap_or(60) * 60
                }
                (_, Some(seconds)) => now + seconds,
                _ => return Err("Invalid fan value".to_owned()),
            };
            ("device", json!({ "fan_timer_timeout": seconds }))
        }
        "set_device_setting" => {
            let fields = value.as_object().into_iter().flatten();
            let fits = |key: &str| matches!(key, "temperature_scale" | "fan_timer_duration_minutes");
            if let Some((wrong, _)) = fields.into_iter().find(|(key, _)| !fits(key)) {
                return Err(format!("Fields not cloud-writable: {wrong}."));
            }
            ("device", value.clone())
        }
        other => return Err(format!("Unknown command: {other}")),
    };
    merge(if part == "shared" { &mut buckets.shared } else { &mut buckets.device }, &values);
    Ok((format!("{part}.{serial}"), values))
}
