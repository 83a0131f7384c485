//! A stand-in for Google Device Access, Pub/Sub and Google's tokens, written from the fact sheet: the answers of
//! each, and every known error.

use std::collections::{BTreeMap, VecDeque};
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::header;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};
use base64::Engine as _;
use serde_json::{Value, json};
use setpoint::clock::SystemClock;
use tokio::net::TcpListener;
use tokio::sync::Notify;

use super::images::{Images, clip, generate, image};
use super::json as answer;
use super::pubsub::{PubSub, topic};
pub(crate) use super::traits::thermostat_traits;

pub(crate) const PROJECT: &str = "32c4c2bc-fe0d-461b-b51c-f3885afff2f0";
pub(crate) const CLIENT: &str = "1234-abc.apps.googleusercontent.com";
pub(crate) const CLIENT_SECRET: &str = "GOCSPX-a-secret-of-the-tests";
pub(crate) const REFRESH: &str = "1//a-refresh-token-of-the-tests";
/// The first access token.
pub(crate) const ACCESS: &str = "ya29.1";
pub(crate) const CODE: &str = "4/a-code-of-the-tests";
pub(crate) const SUBSCRIPTION: &str = "projects/cloud/subscriptions/nest";

/// A fault of the servers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Trouble {
    /// No fault.
    None,
    /// The refresh token is withdrawn.
    Revoked,
    /// The access token is no longer valid; a new one is.
    Expired,
    /// Every command is answered with this status, RPC status and message.
    Commands(u16, &'static str, &'static str),
    /// Every call except for tokens is answered with this status, RPC status and message.
    Calls(u16, &'static str, &'static str),
    /// The subscription may not be read.
    NoEvents,
    /// An HTML page in place of every answer.
    Page,
    /// Every call whose path contains this part is answered with this status and body.
    At(&'static str, u16, String),
}

struct Inner {
    devices: BTreeMap<String, Value>,
    pubsub: PubSub,
    images: Images,
    /// Fields that each token answer has beside the usual ones.
    granted: Value,
    structures: Value,
    trouble: Trouble,
    /// Device, command and parameters, in order of arrival.
    commands: Vec<(String, String, Value)>,
    /// The number of the current access token.
    access: u32,
    queue: VecDeque<(String, Value)>,
    acknowledged: Vec<String>,
    asked: BTreeMap<String, u32>,
    forms: Vec<BTreeMap<String, String>>,
    /// True if a command also changes the device and publishes the change.
    obeys: bool,
    /// The time for which a pull waits for messages.
    pull: Duration,
    count: u64,
}

/// The servers, all on one address.
#[derive(Clone)]
pub(crate) struct Sdm {
    pub(crate) url: String,
    inner: Arc<Mutex<Inner>>,
    more: Arc<Notify>,
}

impl Sdm {
    /// Starts a home with a thermostat in the hallway and a doorbell.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let url = format!("http://{}/v1", listener.local_addr().expect("an address"));
        let structure = format!("enterprises/{PROJECT}/structures/home");
        let inner = Inner {
            devices: BTreeMap::new(),
            pubsub: PubSub::ready(SUBSCRIPTION),
            images: Images::default(),
            granted: json!({}),
            structures: json!([{"name": structure, "traits": {"sdm.structures.traits.Info": {"customName": "Elm Street"}}}]),
            trouble: Trouble::None,
            commands: Vec::new(),
            access: 1,
            queue: VecDeque::new(),
            acknowledged: Vec::new(),
            asked: BTreeMap::new(),
            forms: Vec::new(),
            obeys: true,
            pull: Duration::from_millis(100),
            count: 0,
        };
        let server = Self { url, inner: Arc::new(Mutex::new(inner)), more: Arc::new(Notify::new()) };
        server.add("thermostat", "THERMOSTAT", "Hallway", &thermostat_traits());
        server.add(
            "doorbell",
            "DOORBELL",
            "Porch",
            &json!({"sdm.devices.traits.Info": {"customName": "Front door"},
                    "sdm.devices.traits.CameraPerson": {}, "sdm.devices.traits.DoorbellChime": {}}),
        );
        let router = Router::new()
            .route("/v1/token", post(token))
            .route("/v1/image/{event}", get(image))
            .route("/v1/clip/{event}", get(clip))
            .route("/v1/enterprises/{project}/devices", get(devices))
            .route("/v1/enterprises/{project}/structures", get(structures))
            .route("/v1/enterprises/{project}/structures/{structure}", get(one_structure))
            .route("/v1/enterprises/{project}/devices/{device}", get(device).post(command))
            .route("/v1/projects/{cloud}/subscriptions/{call}", get(topic).put(topic).post(subscription))
            .route("/v1/projects/{cloud}/topics/{call}", get(topic).put(topic).post(topic))
            .layer(middleware::from_fn_with_state(server.clone(), troubled))
            .with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        server
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("not poisoned")
    }

    /// Reads or changes topics, subscriptions and policies.
    pub(crate) fn pubsub<T>(&self, look: impl FnOnce(&mut PubSub) -> T) -> T {
        look(&mut self.lock().pubsub)
    }

    /// Reads or changes pictures of events.
    pub(crate) fn images<T>(&self, look: impl FnOnce(&mut Images) -> T) -> T {
        look(&mut self.lock().images)
    }

    /// Adds these fields to each token answer from now on.
    pub(crate) fn grant(&self, more: Value) {
        self.lock().granted = more;
    }

    /// Removes all devices, as if the user ticked none on Google's page.
    pub(crate) fn untick(&self) {
        self.lock().devices.clear();
    }

    /// Adds a device.
    pub(crate) fn add(&self, id: &str, kind: &str, room: &str, traits: &Value) {
        let parent = format!("enterprises/{PROJECT}/structures/home/rooms/{}", room.to_lowercase());
        let device = json!({
            "name": format!("enterprises/{PROJECT}/devices/{id}"), "type": format!("sdm.devices.types.{kind}"),
            "traits": traits, "parentRelations": [{"parent": parent, "displayName": room}]
        });
        self.lock().devices.insert(id.to_owned(), device);
    }

    pub(crate) fn trouble(&self, trouble: Trouble) {
        if trouble == Trouble::Expired {
            self.lock().access += 1;
        } else {
            self.lock().trouble = trouble;
        }
    }

    /// Sets if accepted commands change the device from now on.
    pub(crate) fn obey(&self, obeys: bool) {
        self.lock().obeys = obeys;
    }

    /// From now on a pull waits until there is a message, as Google's does for a minute or two.
    pub(crate) fn patient(&self) {
        self.lock().pull = Duration::from_secs(3600);
    }

    pub(crate) fn commands(&self) -> Vec<(String, String, Value)> {
        self.lock().commands.clone()
    }

    pub(crate) fn asked(&self, path: &str) -> u32 {
        self.lock().asked.get(path).copied().unwrap_or_default()
    }

    pub(crate) fn forms(&self) -> Vec<BTreeMap<String, String>> {
        self.lock().forms.clone()
    }

    pub(crate) fn acknowledged(&self) -> Vec<String> {
        self.lock().acknowledged.clone()
    }

    /// Publishes a message unchanged.
    pub(crate) fn publish_raw(&self, id: &str, data: &str) {
        self.lock().queue.push_back((id.to_owned(), json!(data)));
        self.more.notify_waiters();
    }

    /// Publishes an event.
    pub(crate) fn publish(&self, id: &str, payload: &Value) {
        let data = base64::engine::general_purpose::STANDARD.encode(payload.to_string());
        self.publish_raw(id, &data);
    }

    /// Publishes an event about traits with this timestamp.
    pub(crate) fn publish_traits(&self, id: &str, device: &str, at: &str, traits: &Value) {
        let name = format!("enterprises/{PROJECT}/devices/{device}");
        self.publish(
            id,
            &json!({"eventId": id, "timestamp": at, "userId": "u",
                                 "resourceUpdate": {"name": name, "traits": traits}}),
        );
    }

    /// Publishes an event of a camera with this timestamp.
    pub(crate) fn publish_event(&self, id: &str, device: &str, at: &str, kind: &str, more: &Value) {
        let name = format!("enterprises/{PROJECT}/devices/{device}");
        let mut payload = json!({"eventId": id, "timestamp": at, "userId": "u",
            "resourceUpdate": {"name": name, "events": {
                format!("sdm.devices.events.{kind}"): {"eventSessionId": format!("session of {id}"), "eventId": id}}}});
        for (key, value) in more.as_object().into_iter().flatten() {
            payload[key] = value.clone();
        }
        self.publish(id, &payload);
    }
}

pub(crate) fn error(status: u16, rpc: &str, message: &str) -> Response {
    answer(status, &json!({"error": {"code": status, "message": message, "status": rpc}}).to_string())
}

fn not_permitted() -> Response {
    error(403, "PERMISSION_DENIED", "The caller does not have permission")
}

async fn troubled(State(server): State<Sdm>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    *server.lock().asked.entry(path.clone()).or_default() += 1;
    let (trouble, access) = {
        let inner = server.lock();
        (inner.trouble.clone(), inner.access)
    };
    if path.starts_with("/v1/image/") {
        return next.run(request).await;
    }
    let is_token = path == "/v1/token";
    let authorization = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if !is_token && authorization != Some(format!("Bearer ya29.{access}").as_str()) {
        return error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
    }
    match trouble {
        Trouble::Revoked if is_token => {
            answer(400, "{\"error\":\"invalid_grant\",\"error_description\":\"Token has been expired or revoked.\"}")
        }
        Trouble::Revoked => error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials."),
        Trouble::Calls(status, rpc, message) if !is_token => error(status, rpc, message),
        Trouble::Commands(status, rpc, message) if path.ends_with(":executeCommand") => error(status, rpc, message),
        Trouble::NoEvents if path.contains("/subscriptions/") => {
            error(403, "PERMISSION_DENIED", "User not authorized to perform this action.")
        }
        Trouble::Page if !is_token => answer(200, "<html><body>Welcome</body></html>"),
        Trouble::At(part, status, body) if path.contains(part) => answer(status, &body),
        Trouble::None
        | Trouble::Calls(..)
        | Trouble::Commands(..)
        | Trouble::NoEvents
        | Trouble::Expired
        | Trouble::At(..)
        | Trouble::Page => next.run(request).await,
    }
}

async fn token(State(server): State<Sdm>, body: Bytes) -> Response {
    let form: BTreeMap<String, String> = url::form_urlencoded::parse(&body).into_owned().collect();
    let of = |key: &str| form.get(key).cloned().unwrap_or_default();
    let is_client = of("client_id") == CLIENT && of("client_secret") == CLIENT_SECRET;
    let is_good = match of("grant_type").as_str() {
        "authorization_code" => of("code") == CODE,
        "refresh_token" => of("refresh_token") == REFRESH,
        _ => false,
    };
    let mut inner = server.lock();
    inner.forms.push(form);
    if !is_client {
        return answer(401, "{\"error\":\"invalid_client\",\"error_description\":\"The OAuth client was not found.\"}");
    }
    if !is_good {
        return answer(400, "{\"error\":\"invalid_grant\",\"error_description\":\"Bad Request\"}");
    }
    let access = format!("ya29.{}", inner.access);
    let mut token =
        json!({"access_token": access, "expires_in": 3599, "refresh_token": REFRESH, "token_type": "Bearer"});
    for (key, value) in inner.granted.as_object().into_iter().flatten() {
        token[key] = value.clone();
    }
    drop(inner);
    answer(200, &token.to_string())
}

async fn devices(State(server): State<Sdm>, Path(project): Path<String>) -> Response {
    if project != PROJECT {
        return not_permitted();
    }
    let devices: Vec<Value> = server.lock().devices.values().cloned().collect();
    if devices.is_empty() {
        return answer(200, "{}");
    }
    answer(200, &json!({ "devices": devices }).to_string())
}

async fn structures(State(server): State<Sdm>, Path(project): Path<String>) -> Response {
    if project != PROJECT {
        return not_permitted();
    }
    let structures = server.lock().structures.clone();
    answer(200, &json!({ "structures": structures }).to_string())
}

async fn one_structure(State(server): State<Sdm>, Path((project, id)): Path<(String, String)>) -> Response {
    let name = format!("enterprises/{project}/structures/{id}");
    let inner = server.lock();
    match inner.structures.as_array().into_iter().flatten().find(|structure| structure["name"] == name.as_str()) {
        Some(structure) => answer(200, &structure.to_string()),
        None => error(404, "NOT_FOUND", &format!("Structure {name} not found.")),
    }
}

async fn device(State(server): State<Sdm>, Path((_, id)): Path<(String, String)>) -> Response {
    match server.lock().devices.get(&id) {
        Some(device) => answer(200, &device.to_string()),
        None => error(404, "NOT_FOUND", &format!("Device enterprises/{PROJECT}/devices/{id} not found.")),
    }
}

async fn command(State(server): State<Sdm>, Path((_, call)): Path<(String, String)>, body: Bytes) -> Response {
    let Some(id) = call.strip_suffix(":executeCommand") else { return error(404, "NOT_FOUND", "Not found.") };
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    let name = asked["command"].as_str().unwrap_or_default().trim_start_matches("sdm.devices.commands.").to_owned();
    let params = asked["params"].clone();
    let mut inner = server.lock();
    inner.commands.push((id.to_owned(), name.clone(), params.clone()));
    if name == "CameraEventImage.GenerateImage" {
        drop(inner);
        return generate(&server, &params);
    }
    let obeys = inner.obeys;
    let Some(device) = inner.devices.get_mut(id) else { return error(404, "NOT_FOUND", "Device not found.") };
    let traits = &mut device["traits"];
    let of = |name: &str| format!("sdm.devices.traits.{name}");
    let mode = traits[of("ThermostatMode")]["mode"].as_str().unwrap_or_default().to_owned();
    let is_eco = traits[of("ThermostatEco")]["mode"] == "MANUAL_ECO";
    let setpoint = of("ThermostatTemperatureSetpoint");
    let wants = match name.as_str() {
        "ThermostatTemperatureSetpoint.SetHeat" => "HEAT",
        "ThermostatTemperatureSetpoint.SetCool" => "COOL",
        "ThermostatTemperatureSetpoint.SetRange" => "HEATCOOL",
        _ => "",
    };
    if !wants.is_empty() && is_eco {
        let message = format!("sdm.devices.commands.{name} command not allowed when thermostat in MANUAL_ECO mode.");
        return error(400, "FAILED_PRECONDITION", &message);
    }
    if !wants.is_empty() && mode != wants || name == "Fan.SetTimer" && mode == "OFF" {
        let message = format!("sdm.devices.commands.{name} command not allowed in current thermostat mode.");
        return error(400, "FAILED_PRECONDITION", &message);
    }
    if obeys {
        match name.as_str() {
            "ThermostatMode.SetMode" => {
                traits[of("ThermostatMode")]["mode"] = params["mode"].clone();
                traits[&setpoint] = match params["mode"].as_str() {
                    Some("HEAT") => json!({"heatCelsius": 20.0}),
                    Some("COOL") => json!({"coolCelsius": 25.0}),
                    Some("HEATCOOL") => json!({"heatCelsius": 19.0, "coolCelsius": 26.0}),
                    _ => json!({}),
                };
            }
            "ThermostatEco.SetMode" => traits[of("ThermostatEco")]["mode"] = params["mode"].clone(),
            "Fan.SetTimer" => {
                traits[of("Fan")] = json!({ "timerMode": params["timerMode"] });
                if params["timerMode"] == "ON" {
                    let asked = params["duration"].as_str().and_then(|text| text.strip_suffix('s')?.parse().ok());
                    let runs = Duration::from_secs(asked.unwrap_or(900));
                    traits[of("Fan")]["timerTimeout"] = json!(SystemClock::shared().now() + runs);
                }
            }
            _ if !wants.is_empty() => traits[&setpoint] = params.clone(),
            _ => return error(404, "NOT_FOUND", "Command not found."),
        }
    }
    answer(200, "{}")
}

async fn subscription(State(server): State<Sdm>, Path((_, call)): Path<(String, String)>, body: Bytes) -> Response {
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    match call.as_str() {
        "nest:acknowledge" => {
            let acks = asked["ackIds"].as_array().cloned().unwrap_or_default();
            let acks = acks.iter().filter_map(|ack| ack.as_str().map(str::to_owned));
            server.lock().acknowledged.extend(acks);
            answer(200, "{}")
        }
        "nest:pull" => {
            let waiting = server.more.notified();
            let (is_empty, most) = {
                let inner = server.lock();
                (inner.queue.is_empty(), inner.pull)
            };
            if is_empty {
                tokio::time::timeout(most, waiting).await.ok();
            }
            let mut inner = server.lock();
            let queued: Vec<(String, Value)> = inner.queue.drain(..).collect();
            let mut received = Vec::new();
            for (id, data) in queued {
                inner.count += 1;
                let ack = format!("ack-{}-{id}", inner.count);
                received.push(json!({"ackId": ack, "message": {"data": data, "messageId": id}}));
            }
            answer(200, &json!({ "receivedMessages": received }).to_string())
        }
        _ => error(404, "NOT_FOUND", "Resource not found (resource=nest)."),
    }
}
