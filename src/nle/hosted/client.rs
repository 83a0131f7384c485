//! Calls to the hosted server.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, RequestBuilder};
use secrecy::SecretString;
use serde_json::Value;
use tokio::time::Instant;
use url::Url;

use super::super::client::{bearer, malformed, read_schedule, success};
use super::super::wire::Reading;
use super::commands::{HostedCall, SCHEDULE};
use super::rate_limit::{RateLimit, read_headers};
use super::wire::{self, Listed};
use crate::http::{Answer, base_url, http_client, json_value, read_answer, unreachable};
use crate::service::{Failure, FailureKind, Reason, Secrets, StoredSchedule, UnusableUrl};

/// Time limit of a call.
const CALL_TIMEOUT: Duration = Duration::from_secs(15);
/// The window of the rate limit of a key.
const WINDOW: Duration = Duration::from_mins(1);

/// A client with the key of one account.
pub struct HostedClient {
    pub(super) base: Url,
    pub(super) http: reqwest::Client,
    pub(super) authorization: HeaderValue,
    rate_limit: Mutex<RateLimit>,
    secrets: Arc<Secrets>,
}

impl HostedClient {
    /// Creates a client for the address of the site or of its API. The address must use https or point to this
    /// machine.
    pub fn new(address: &str, key: &SecretString) -> Result<Self, UnusableUrl> {
        let base = super::base(address).ok_or_else(|| UnusableUrl::NotAUrl(address.to_owned()))?;
        let base = base_url(base.as_str())?;
        let rate_limit = Mutex::new(RateLimit::new(WINDOW));
        Ok(Self {
            http: http_client(&base)?,
            base,
            authorization: bearer(key)?,
            rate_limit,
            secrets: Arc::new(Secrets::of([key])),
        })
    }

    /// Replaces the window of the rate limit, for tests that cannot wait whole minutes.
    #[must_use]
    pub fn with_window(mut self, window: Duration) -> Self {
        self.rate_limit = Mutex::new(RateLimit::new(window));
        self
    }

    /// The address of the API.
    pub fn base(&self) -> &Url {
        &self.base
    }

    /// The time of the next allowed poll.
    pub(super) fn next_poll(&self) -> Instant {
        self.rate_limit().next_poll(Instant::now())
    }

    /// Fetches all thermostats of the account, and those that other accounts share with it.
    pub(super) async fn devices(&self) -> Result<Vec<Listed>, Failure> {
        let answer = self.call(self.http.request(Method::GET, self.at(&["devices"]))).await?;
        wire::devices(&success(&answer)?.body).map_err(|err| malformed(&err, &answer))
    }

    /// Fetches one thermostat.
    pub(super) async fn status(&self, listed: &Listed) -> Result<Reading, Failure> {
        let answer = self.call(self.http.request(Method::GET, self.of(listed, &["status"]))).await?;
        match answer.status {
            // Another account shared this thermostat and has ended that; the key itself is valid.
            403 => Err(Failure::new(FailureKind::Gone, Reason::DeviceGone)),
            _ => wire::status(&success(&answer)?.body, listed).map_err(|err| malformed(&err, &answer)),
        }
    }

    /// Sends a change.
    pub(super) async fn send(&self, listed: &Listed, call: &HostedCall) -> Result<(), Failure> {
        let request = self.http.request(call.method(), self.of(listed, call.path));
        let request = request.header(CONTENT_TYPE, "application/json").body(call.body.to_string());
        let answer = self.call(request).await?;
        let body: Value = json_value(&answer.body).unwrap_or_default();
        let is_made = body.get("success").and_then(Value::as_bool);
        if answer.status == 403 || (is_made == Some(false) && matches!(answer.status, 200 | 400 | 422 | 500)) {
            // A key may be read-only, and so may a thermostat of another account.
            return Err(answer.refused(["message", "error"].into_iter().find_map(|key| body.get(key)?.as_str())));
        }
        success(&answer)?;
        // Another program answers, such as the login page of a proxy.
        if is_made == Some(true) { Ok(()) } else { Err(Failure::bug(Reason::NotAHome)) }
    }

    /// Fetches the schedule that a thermostat keeps itself.
    pub(super) async fn schedule(&self, listed: &Listed) -> Result<StoredSchedule, Failure> {
        let answer = self.call(self.http.request(Method::GET, self.of(listed, SCHEDULE))).await?;
        read_schedule(&answer)
    }

    pub(super) fn rate_limit(&self) -> MutexGuard<'_, RateLimit> {
        self.rate_limit.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn of(&self, listed: &Listed, path: &[&str]) -> Url {
        self.at(&[&["thermostat", listed.id.as_str()], path].concat())
    }

    fn at(&self, path: &[&str]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        url
    }

    async fn call(&self, request: RequestBuilder) -> Result<Answer, Failure> {
        let request = request.header(AUTHORIZATION, self.authorization.clone()).header(ACCEPT, "application/json");
        self.rate_limit().called(Instant::now());
        let call = async {
            let response = request.send().await.map_err(|err| unreachable(&self.base, &err))?;
            let headers = response.headers().clone();
            let mut answer = read_answer(response, &self.secrets).await?;
            if let Some(limits) = read_headers(&headers, answer.date) {
                self.rate_limit().update(limits, Instant::now());
                answer.retry_after = answer.retry_after.or(limits.reset.filter(|_| answer.status == 429));
            }
            Ok(answer)
        };
        tokio::time::timeout(CALL_TIMEOUT, call).await.unwrap_or_else(|_late| Err(Failure::offline(Reason::NoAnswer)))
    }
}
