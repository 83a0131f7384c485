//! Calls to the server's control port.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue};
use reqwest::{RequestBuilder, Response};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use url::Url;

use super::commands::NleCommand;
use super::wire::{self, NleMalformed, Reading};
use crate::home::DeviceId;
use crate::http::{Answer, http_client, is_loopback, json_value, local_url, read_answer, unreachable};
use crate::service::{Failure, FailureKind, Reason, Secrets, StoredSchedule, UnusableUrl};

/// Time limit of a call. It does not apply to the stream.
const CALL_TIMEOUT: Duration = Duration::from_secs(15);

/// A client of one server.
#[derive(Clone)]
pub struct NleClient {
    pub(super) base: Url,
    pub(super) http: reqwest::Client,
    /// For a proxy in front of the server; the server itself requires no authorization.
    pub(super) authorization: Option<HeaderValue>,
    secrets: Arc<Secrets>,
}

impl NleClient {
    /// Creates a client for the address of the control port. A token is only needed by a proxy in front of the
    /// server; with a token the address must use https or point to this machine.
    pub fn new(address: &str, token: Option<&SecretString>) -> Result<Self, UnusableUrl> {
        let base = local_url(address)?;
        let of_proxy = token;
        let authorization = match token {
            None => None,
            Some(_) if base.scheme() != "https" && !is_loopback(&base) => return Err(UnusableUrl::Plaintext),
            Some(token) => Some(bearer(token)?),
        };
        Ok(Self { http: http_client(&base)?, base, authorization, secrets: Arc::new(Secrets::of(of_proxy)) })
    }

    /// The address of the server.
    pub fn base(&self) -> &Url {
        &self.base
    }

    /// Fetches all thermostats.
    pub(super) async fn devices(&self) -> Result<Vec<Reading>, Failure> {
        let answer = self.call(self.http.get(self.at("api/devices"))).await?;
        if answer.status == 404 {
            // The address is the port of the devices, or another program answers.
            return Err(Failure::new(FailureKind::Bug, Reason::NotTheControlPort));
        }
        wire::devices(&success(&answer)?.body).map_err(|err| malformed(&err, &answer))
    }

    /// Fetches one thermostat; `None` if the server does not know it.
    pub(super) async fn status(&self, serial: &DeviceId) -> Result<Option<Reading>, Failure> {
        let mut url = self.at("status");
        url.query_pairs_mut().append_pair("serial", serial.as_str());
        let answer = self.call(self.http.get(url)).await?;
        if answer.status == 404 {
            return Ok(None);
        }
        wire::status(&success(&answer)?.body).map(Some).map_err(|err| malformed(&err, &answer))
    }

    /// Sends a command. Returns the values that the server says it stored.
    pub(super) async fn command(&self, command: &NleCommand) -> Result<Value, Failure> {
        let body = json!({ "serial": command.serial.as_str(), "command": command.name, "value": command.value });
        let request = self.http.post(self.at("command")).header("content-type", "application/json");
        let answer = self.call(request.body(body.to_string())).await?;
        let stored: Value = json_value(&answer.body).unwrap_or_default();
        let is_refused = stored.get("success").and_then(Value::as_bool) == Some(false);
        if is_refused && matches!(answer.status, 200 | 400 | 500) {
            return Err(answer.refused(stored.get("message").and_then(Value::as_str)));
        }
        success(&answer)?;
        match stored.pointer("/data/values") {
            Some(values) if stored.get("success").and_then(Value::as_bool) == Some(true) => Ok(values.clone()),
            // Another program answers, such as the login page of a proxy.
            Some(_) | None => Err(Failure::bug(Reason::NotAHome)),
        }
    }

    /// Fetches the schedule that a thermostat keeps itself.
    pub(super) async fn schedule(&self, serial: &DeviceId) -> Result<StoredSchedule, Failure> {
        let mut url = self.at("api/schedule");
        url.query_pairs_mut().append_pair("serial", serial.as_str());
        let answer = self.call(self.http.get(url)).await?;
        read_schedule(&answer)
    }

    /// Opens the stream of change events.
    pub(super) async fn changes(&self) -> Result<Response, Failure> {
        let request = self.headed(self.http.get(self.at("api/events")), "text/event-stream");
        let response = tokio::time::timeout(CALL_TIMEOUT, request.send()).await;
        let response = response.map_err(|_late| Failure::offline(Reason::NoAnswer))?;
        let response = response.map_err(|err| unreachable(&self.base, &err))?;
        let is_stream = response
            .headers()
            .get("content-type")
            .and_then(|value| value.to_str().ok())
            .is_some_and(|kind| kind.starts_with("text/event-stream"));
        match response.status().as_u16() {
            200 if is_stream => Ok(response),
            200 => Err(Failure::bug(Reason::NotAHome)),
            status => Err(Failure::offline(Reason::UnexpectedStatus { status, said: None })),
        }
    }

    fn at(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path.split('/'));
        }
        url
    }

    fn headed(&self, request: RequestBuilder, accept: &'static str) -> RequestBuilder {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
        if let Some(authorization) = &self.authorization {
            headers.insert(AUTHORIZATION, authorization.clone());
        }
        request.headers(headers)
    }

    async fn call(&self, request: RequestBuilder) -> Result<Answer, Failure> {
        let request = self.headed(request, "application/json");
        let call = async {
            let response = request.send().await.map_err(|err| unreachable(&self.base, &err))?;
            read_answer(response, &self.secrets).await
        };
        tokio::time::timeout(CALL_TIMEOUT, call).await.unwrap_or_else(|_late| Err(Failure::offline(Reason::NoAnswer)))
    }
}

/// Returns the header for a token. Logs do not show its value.
pub(super) fn bearer(token: &SecretString) -> Result<HeaderValue, UnusableUrl> {
    let token = token.expose_secret();
    let is_token = !token.is_empty() && !token.chars().any(|c| c.is_whitespace() || c.is_control());
    let value = is_token.then(|| HeaderValue::from_str(&format!("Bearer {token}")).ok()).flatten();
    let mut value = value.ok_or(UnusableUrl::Token)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Returns the answer if its status is 200, else the failure that it means.
pub(super) fn success(answer: &Answer) -> Result<&Answer, Failure> {
    if answer.status == 200 {
        return Ok(answer);
    }
    let body: Value = json_value(&answer.body).unwrap_or_default();
    let message = ["message", "error"].into_iter().find_map(|key| body.get(key)?.as_str());
    Err(answer.failure(message))
}

/// Returns the schedule of an answer.
pub(super) fn read_schedule(answer: &Answer) -> Result<StoredSchedule, Failure> {
    if answer.status == 404 {
        // An older server has no schedules; the thermostat itself is on the list.
        return Err(Failure::new(FailureKind::Refused, Reason::UnexpectedStatus { status: 404, said: None }));
    }
    let value: Value = json_value(&success(answer)?.body).map_err(|err| answer.not_understood(&err))?;
    super::schedule::parse(&value).map_err(|why| answer.not_understood(&why))
}

pub(super) fn malformed(err: &NleMalformed, answer: &Answer) -> Failure {
    match err {
        NleMalformed::NotJson(err) => answer.not_understood(err),
        NleMalformed::NoDevices => Failure::bug(Reason::NotAHome),
    }
}
