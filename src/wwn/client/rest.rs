//! REST calls: one request, its redirects, and the meaning of its answer.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION};
use reqwest::{Method, Response};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use url::Url;

use super::redirect::{follow, token_hosts};
use crate::home::{Checked, DeviceTree};
use crate::http::{Answer, Trace, http_client, json_value, read_answer, unreachable};
use crate::service::{Failure, FailureKind, Reason, Secrets, UnsafeRedirect, UnusableUrl};
use crate::wwn::error::ErrorBody;
use crate::wwn::wire::{self, Malformed};

/// Time limit of a call. It does not apply to the stream.
pub(super) const CALL_TIMEOUT: Duration = Duration::from_secs(30);

/// A client of one account.
#[derive(Clone)]
pub struct Client {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) base: Url,
    pub(super) authorization: HeaderValue,
    pub(super) secrets: Arc<Secrets>,
    pub(super) http: reqwest::Client,
    /// The address that the last redirect led to. The next call goes there directly.
    remembered: Mutex<Option<Url>>,
    /// The trace of the last write, for display.
    pub(super) last_write: Mutex<Option<Trace>>,
}

impl Client {
    /// Creates a client for a base URL and a token.
    pub fn new(base: Url, token: &SecretString) -> Result<Self, UnusableUrl> {
        let secrets = Arc::new(Secrets::of([token]));
        let token = token.expose_secret();
        if token.is_empty() || token.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(UnusableUrl::Token);
        }
        let Ok(mut authorization) = HeaderValue::from_str(&format!("Bearer {token}")) else {
            return Err(UnusableUrl::Token);
        };
        authorization.set_sensitive(true);
        let http = http_client(&base)?;
        Ok(Self {
            inner: Arc::new(Inner {
                base,
                authorization,
                secrets,
                http,
                remembered: Mutex::new(None),
                last_write: Mutex::new(None),
            }),
        })
    }

    /// The configured base URL.
    pub fn base(&self) -> &Url {
        &self.inner.base
    }

    /// Fetches the whole device tree.
    pub async fn home(&self) -> Result<DeviceTree, Failure> {
        let answer = success(self.call(Method::GET, "/", None).await?)?;
        wire::parse(&answer.body).map_err(|err| malformed(&err, &answer.secrets))
    }

    /// Fetches the value at a path (`/structures/<id>/away`).
    pub async fn value(&self, path: &str) -> Result<Value, Failure> {
        let answer = success(self.call(Method::GET, path, None).await?)?;
        json_value(&answer.body).map_err(|err| answer.not_understood(&err))
    }

    /// Sends a write; `Ok` if the service accepted it. The vendor's service answers with the values that it
    /// stored: if a stored value differs, the service did not make the write.
    pub async fn write(&self, write: &Checked) -> Result<(), Failure> {
        let wire::WriteRequest { path, body } = wire::request(write.write());
        let mut answer = self.call(Method::PUT, &path, Some(&body)).await?;
        // Other servers of this API confirm a write with one of these statuses.
        if matches!(answer.status, 201 | 202 | 204) {
            answer.status = 200;
        }
        let answer = success(answer)?;
        if answer.body.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        let stored: Value = json_value(&answer.body).map_err(|err| answer.not_understood(&err))?;
        match other_value(&body, &stored) {
            Some(other) => {
                let value = answer.service_text(&other.to_string());
                let reason = value.map_or(Reason::Unexplained, |value| Reason::StoredOther { value });
                Err(Failure::new(FailureKind::Refused, reason))
            }
            None => Ok(()),
        }
    }

    /// Sends one call and returns the answer with any status.
    pub async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Answer, Failure> {
        let limits = async {
            let response = self.exchange(&method, path, body, "application/json").await?;
            read_answer(response, &self.inner.secrets).await
        };
        match tokio::time::timeout(CALL_TIMEOUT, limits).await {
            Ok(answer) => answer,
            Err(_elapsed) => {
                // The host behind the last redirect may be the one that hangs, so the next call starts at the
                // front host.
                self.forget_redirect();
                Err(Failure::offline(Reason::NoAnswer))
            }
        }
    }

    /// Opens a stream of the whole device tree.
    pub(super) async fn open_stream(&self) -> Result<Response, Failure> {
        let response = self.exchange(&Method::GET, "/", None, "text/event-stream").await?;
        if response.status().as_u16() == 200 {
            return Ok(response);
        }
        match success(read_answer(response, &self.inner.secrets).await?) {
            Err(failure) => Err(failure),
            // The status above was not 200, so this arm is not reached in practice.
            Ok(_) => Err(Failure::offline(Reason::Closed)),
        }
    }

    /// Forgets the address of the last redirect, so that the next call asks the front host again.
    pub fn forget_redirect(&self) {
        self.remember(None);
    }

    /// Sends one request and follows safe redirects. Starts at the address of the last redirect if there is one,
    /// else at the front host.
    async fn exchange(
        &self,
        method: &Method,
        path: &str,
        body: Option<&Value>,
        accept: &'static str,
    ) -> Result<Response, Failure> {
        let remembered = self.inner.remembered.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(direct) = remembered {
            match self.walk(&direct, method, path, body, accept).await {
                // Sending a PUT of a value twice does no harm, so a remembered host that fails only costs time:
                // ask the front host.
                Err(failure) if failure.kind == FailureKind::Offline => {}
                Ok(response) if response.status().is_server_error() => {}
                other => return other,
            }
            self.forget_redirect();
        }
        self.walk(&self.inner.base, method, path, body, accept).await
    }

    async fn walk(
        &self,
        base: &Url,
        method: &Method,
        path: &str,
        body: Option<&Value>,
        accept: &'static str,
    ) -> Result<Response, Failure> {
        let mut at = join(base, path);
        let mut hop = 0;
        let began = Instant::now();
        let mut hops = Vec::new();
        loop {
            token_hosts(&self.inner.base)
                .check(&at)
                .or_else(|refused| self.is_base(&at, refused))
                .map_err(|refused| self.unsafe_redirect(refused))?;
            let sent_at = Instant::now();
            let response = self.send(&at, method, body, accept).await?;
            let status = response.status().as_u16();
            hops.push((self.said(at.as_str()), status, sent_at.elapsed()));
            if !(300..400).contains(&status) {
                if *method != Method::GET {
                    self.keep_trace(began, hops, &response);
                }
                if hop > 0 {
                    self.remember(Some(base_of(&at, path)));
                }
                return Ok(response);
            }
            hop += 1;
            let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
            at = follow(&self.inner.base, &at, status, location, hop)
                .map_err(|refused| self.unsafe_redirect(refused))?;
        }
    }

    fn keep_trace(&self, began: Instant, hops: Vec<(String, u16, Duration)>, response: &Response) {
        let header = |(name, value): (&HeaderName, &HeaderValue)| {
            (name.as_str().to_owned(), self.said(&String::from_utf8_lossy(value.as_bytes())))
        };
        let headers = response.headers().iter().map(header).collect();
        let trace = Trace { began, hops, version: format!("{:?}", response.version()), headers };
        *self.inner.last_write.lock().unwrap_or_else(PoisonError::into_inner) = Some(trace);
    }

    /// Masks the token in a text of the service.
    fn said(&self, text: &str) -> String {
        self.inner.secrets.mask(text)
    }

    /// Masks the token in the refused host name: a malicious service may put the token into the name.
    fn unsafe_redirect(&self, refused: UnsafeRedirect) -> Failure {
        let masked = if let UnsafeRedirect::ForeignHost(host) = &refused {
            UnsafeRedirect::ForeignHost(self.said(host))
        } else {
            refused
        };
        Failure::bug(Reason::Redirect(masked))
    }

    /// Allows the origin of the configured address even if no redirect could lead there, for example to an IP
    /// address.
    fn is_base(&self, at: &Url, refused: UnsafeRedirect) -> Result<(), UnsafeRedirect> {
        if at.origin() == self.inner.base.origin() { Ok(()) } else { Err(refused) }
    }

    async fn send(
        &self,
        at: &Url,
        method: &Method,
        body: Option<&Value>,
        accept: &'static str,
    ) -> Result<Response, Failure> {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, self.inner.authorization.clone());
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
        let mut request = self.inner.http.request(method.clone(), at.clone()).headers(headers);
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, "application/json").body(body.to_string());
        }
        request.send().await.map_err(|err| unreachable(at, &err))
    }

    fn remember(&self, base: Option<Url>) {
        *self.inner.remembered.lock().unwrap_or_else(PoisonError::into_inner) = base;
    }
}

/// Joins a base and a path. Escapes the special characters of a URL in each part of the path.
fn join(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path.split('/').filter(|segment| !segment.is_empty()));
    }
    if path.trim_matches('/').is_empty() {
        url.clone_from(base);
    }
    url
}

/// Returns the base of an address to which `path` was appended.
fn base_of(at: &Url, path: &str) -> Url {
    let mut base = at.clone();
    base.set_query(None);
    base.set_fragment(None);
    for _ in path.split('/').filter(|segment| !segment.is_empty()) {
        if let Ok(mut segments) = base.path_segments_mut() {
            segments.pop_if_empty().pop();
        }
    }
    if !base.path().ends_with('/') {
        let path = format!("{}/", base.path());
        base.set_path(&path);
    }
    base
}

/// Returns the value that a service stored in place of the written one, if the answer contains it. Numbers may
/// come back in another form, and the service may round a temperature.
fn other_value<'s>(written: &Value, stored: &'s Value) -> Option<&'s Value> {
    let (Some(fields), Some(stored)) = (written.as_object(), stored.as_object()) else { return None };
    let of_another_kind = |written: &Value, stored: &Value| match (written, stored) {
        (Value::String(written), Value::String(stored)) => written != stored,
        (Value::Bool(written), Value::Bool(stored)) => written != stored,
        (Value::Number(written), Value::Number(stored)) => {
            written.as_f64().zip(stored.as_f64()).is_some_and(|(written, stored)| (written - stored).abs() > 1.0)
        }
        _ => false,
    };
    fields.iter().find_map(|(key, value)| stored.get(key).filter(|stored| of_another_kind(value, stored)))
}

/// Returns the answer if its status is 200, else the failure with the message of the service.
fn success(answer: Answer) -> Result<Answer, Failure> {
    if answer.status == 200 {
        return Ok(answer);
    }
    let body: Option<ErrorBody> = serde_json::from_slice(&answer.body).ok();
    let message = body.map(|body| if body.message.is_empty() { body.error } else { body.message });
    Err(answer.failure(message.as_deref()))
}

/// The failure for an answer that is not JSON or does not describe a home.
pub(super) fn malformed(err: &Malformed, secrets: &Secrets) -> Failure {
    Failure::bug(match err {
        Malformed::NotJson(err) => Reason::not_understood(err, secrets),
        Malformed::NotAHome(_) => Reason::NotAHome,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::base_url;

    #[test]
    fn a_token_has_no_line_break() {
        let base = base_url("http://127.0.0.1:1").expect("good");
        for bad in ["", "c.a\nb", "c.a\r\nX-Evil: 1", "c a", "c.\u{0}"] {
            let client = Client::new(base.clone(), &SecretString::from(bad));
            assert_eq!(client.err(), Some(UnusableUrl::Token), "{bad:?}");
        }
        assert!(Client::new(base, &SecretString::from("c.good")).is_ok());
    }

    #[test]
    fn paths_are_escaped_part_by_part() {
        let base = Url::parse("https://example.org/wwn/").expect("a URL");
        let joined = join(&base, "/devices/thermostats/a?b#c%2F d");
        assert_eq!(joined.as_str(), "https://example.org/wwn/devices/thermostats/a%3Fb%23c%252F%20d");
        assert_eq!(join(&base, "/").as_str(), "https://example.org/wwn/");
        assert_eq!(base_of(&joined, "/devices/thermostats/x").as_str(), "https://example.org/wwn/");
        let root = Url::parse("http://127.0.0.1:1/").expect("a URL");
        assert_eq!(base_of(&join(&root, "/structures/x/away"), "/structures/x/away"), root);
    }

    /// Findings H1: PHP writes a slash as `\/`, and any letter may be written as an escape.
    #[test]
    fn h1_the_token_is_masked_after_the_escapes_of_json_are_read() {
        for said in [r#"{"message":"no right for c\u002esecret\/x"}"#, r#"{"error":"no right for C.SECRET/X"}"#] {
            let secrets = Arc::new(Secrets::of([&SecretString::from("c.secret/x")]));
            let answer = Answer { status: 400, body: bytes::Bytes::from(said), retry_after: None, date: None, secrets };
            let failure = success(answer).map(drop).expect_err("refused");
            assert_eq!(failure.to_string(), "no right for [token]", "{said}");
        }
    }

    #[test]
    fn failures_have_a_kind() {
        let kind = |status, body: &'static str| {
            let body = bytes::Bytes::from_static(body.as_bytes());
            let answer = Answer { status, body, retry_after: None, date: None, secrets: Arc::default() };
            success(answer).map(drop).expect_err("not 200")
        };
        let refused = kind(400, r#"{"error":"Thermostat is not online","message":"Thermostat is not online"}"#);
        assert_eq!(refused, Failure::new(FailureKind::Refused, Reason::service_text("Thermostat is not online")));
        assert_eq!(kind(400, "<html>").kind, FailureKind::Refused);
        assert_eq!(kind(401, "").kind, FailureKind::SignIn);
        assert_eq!(kind(404, "").kind, FailureKind::Gone);
        assert_eq!(kind(429, "").kind, FailureKind::Busy(None));
        assert_eq!(kind(503, "").kind, FailureKind::Offline);
        assert_eq!(kind(418, "").kind, FailureKind::Bug);
    }
}
