//! Sends a request and reads its answer within limits.

use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::Response;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION};
use tokio::sync::watch;
use tokio::time::{Instant, timeout};
use url::Url;

use super::address::address;
use super::exchange::{Exchange, ExchangeEnd, Head, Hop, StreamEvent};
use super::mask::{masked, masked_bytes};
use crate::http::RawRequest;
use crate::http::{Api, Decoder, unreachable};
use crate::service::{Failure, Reason};

/// The limits of one exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeLimits {
    /// The maximum size of a body, and of one event, in bytes; the rest is not read.
    pub body: usize,
    /// The maximum wait for the beginning of an answer, per host.
    pub first: Duration,
    /// The maximum further time for an answer that is no stream.
    pub whole: Duration,
    /// The number of stream events that are kept; earlier ones are only counted.
    pub events: usize,
    /// The size of the stream events that are kept, in bytes.
    pub event_bytes: usize,
    /// The interval of progress reports.
    pub tell: Duration,
}

impl Default for ExchangeLimits {
    fn default() -> Self {
        const MIB: usize = 1024 * 1024;
        Self {
            body: 32 * MIB,
            first: Duration::from_secs(30),
            whole: Duration::from_mins(2),
            events: 500,
            event_bytes: 32 * MIB,
            tell: Duration::from_millis(100),
        }
    }
}

/// Sends a raw request and reports its progress until the end. Dropping the future ends the request.
pub async fn send(api: &dyn Api, draft: &RawRequest, limits: &ExchangeLimits, shown: &watch::Sender<Exchange>) {
    let mut sending = Sending { api, limits, shown, began: Instant::now(), now: Exchange::default(), own: None };
    let end = sending.run(draft).await;
    sending.now.end = Some(end);
    sending.tell();
}

struct Sending<'a> {
    api: &'a dyn Api,
    limits: &'a ExchangeLimits,
    shown: &'a watch::Sender<Exchange>,
    began: Instant,
    now: Exchange,
    /// The account's token, for masking.
    own: Option<String>,
}

impl Sending<'_> {
    fn tell(&mut self) {
        self.now.took = self.began.elapsed();
        self.shown.send_replace(self.now.clone());
    }

    fn masked(&self, text: impl Into<String>) -> String {
        masked(text.into(), self.own.as_deref())
    }

    async fn run(&mut self, draft: &RawRequest) -> ExchangeEnd {
        let Ok(mut at) = address(self.api.base(), &draft.path) else {
            return ExchangeEnd::Failed(Failure::bug(Reason::Unexplained));
        };
        let headers = match self.headers(draft).await {
            Ok(headers) => headers,
            Err(failure) => return ExchangeEnd::Failed(failure),
        };
        let mut hop = 0;
        loop {
            let response = match self.ask(&at, draft, headers.clone()).await {
                Ok(response) => response,
                Err(end) => return end,
            };
            let status = response.status().as_u16();
            let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
            if !matches!(status, 301 | 302 | 303 | 307 | 308) {
                return self.read(&at, response).await;
            }
            hop += 1;
            match self.api.follow(&at, status, location, hop) {
                Ok(next) => at = next,
                Err(refused) => {
                    let end = self.read(&at, response).await;
                    return if end == ExchangeEnd::Whole { ExchangeEnd::NotFollowed(refused) } else { end };
                }
            }
        }
    }

    async fn headers(&mut self, draft: &RawRequest) -> Result<HeaderMap, Failure> {
        let mut headers = HeaderMap::new();
        if let Some(authorization) = self.api.authorization().await? {
            let text = authorization.to_str().unwrap_or_default();
            self.own = Some(text.strip_prefix("Bearer ").unwrap_or(text).to_owned());
            headers.insert(AUTHORIZATION, authorization);
        }
        let accept = if draft.wants_stream { "text/event-stream" } else { "application/json" };
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
        if !draft.body.trim().is_empty() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        Ok(headers)
    }

    async fn ask(&mut self, at: &Url, draft: &RawRequest, headers: HeaderMap) -> Result<Response, ExchangeEnd> {
        let method = reqwest::Method::from_bytes(draft.method.word().as_bytes());
        let method = method.map_err(|err| ExchangeEnd::Failed(Failure::of_program(err)))?;
        let mut request = self.api.http().request(method, at.clone()).headers(headers);
        if !draft.body.trim().is_empty() {
            request = request.body(draft.body.clone());
        }
        self.api.calling();
        let began = Instant::now();
        let answer = timeout(self.limits.first, request.send()).await;
        let answer = answer.map_err(|_late| ExchangeEnd::TimedOut(self.limits.first))?;
        let response = answer.map_err(|err| ExchangeEnd::Failed(unreachable(at, &err)))?;
        let hop = Hop { url: self.masked(at.as_str()), status: response.status().as_u16(), took: began.elapsed() };
        self.now.hops.push(hop);
        self.tell();
        Ok(response)
    }

    async fn read(&mut self, at: &Url, response: Response) -> ExchangeEnd {
        let head = Head {
            status: response.status().as_u16(),
            reason: response.status().canonical_reason().unwrap_or_default(),
            version: format!("{:?}", response.version()),
            headers: response
                .headers()
                .iter()
                .map(|(name, value)| (name.as_str().to_owned(), self.masked(String::from_utf8_lossy(value.as_bytes()))))
                .collect(),
        };
        let is_stream = head.header("content-type").is_some_and(|kind| kind.starts_with("text/event-stream"));
        self.now.head = Some(head);
        self.tell();
        if is_stream {
            return self.read_events(at, response).await;
        }
        let within = self.limits.whole;
        let mut body = BytesMut::new();
        let read = timeout(within, self.read_body(at, response, &mut body)).await;
        let end = read.unwrap_or(ExchangeEnd::TimedOut(within));
        self.now.body = Bytes::from(masked_bytes(&body, self.own.as_deref(), end != ExchangeEnd::Whole));
        end
    }

    async fn read_body(&mut self, at: &Url, mut response: Response, body: &mut BytesMut) -> ExchangeEnd {
        let limit = self.limits.body;
        let mut last_report = Instant::now();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) => {
                    let room = limit - body.len();
                    body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
                    self.now.received = body.len();
                    if chunk.len() > room {
                        return ExchangeEnd::Cut { limit };
                    }
                }
                Ok(None) => return ExchangeEnd::Whole,
                Err(err) => return ExchangeEnd::Failed(unreachable(at, &err)),
            }
            if last_report.elapsed() >= self.limits.tell {
                last_report = Instant::now();
                self.tell();
            }
        }
    }

    async fn read_events(&mut self, at: &Url, mut response: Response) -> ExchangeEnd {
        let limit = self.limits.body;
        let mut decoder = Decoder::new(limit);
        let mut events = Vec::new();
        let mut kept = 0;
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) => {
                    self.now.received = self.now.received.saturating_add(chunk.len());
                    if decoder.push(&chunk, &mut events).is_err() {
                        return ExchangeEnd::Cut { limit };
                    }
                }
                Ok(None) => return ExchangeEnd::Whole,
                Err(err) => return ExchangeEnd::Failed(unreachable(at, &err)),
            }
            if events.is_empty() {
                continue;
            }
            for event in events.drain(..) {
                let event = StreamEvent {
                    name: masked(event.name, self.own.as_deref()),
                    data: masked(event.data, self.own.as_deref()),
                    after: self.began.elapsed(),
                };
                kept += event.data.len();
                self.now.events.push(Arc::new(event));
            }
            let is_over =
                |now: &Exchange, kept| now.events.len() > self.limits.events || kept > self.limits.event_bytes;
            while self.now.events.len() > 1 && is_over(&self.now, kept) {
                kept -= self.now.events.remove(0).data.len();
                self.now.dropped_events += 1;
            }
            self.tell();
        }
    }
}
