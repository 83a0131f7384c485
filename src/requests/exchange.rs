//! A request with its answer.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::mask::masked;
use crate::http::Trace;
use crate::service::{Failure, UnsafeRedirect};

/// One host that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// The address of the request.
    pub url: String,
    /// The status of the answer.
    pub status: u16,
    /// The time from the request to the beginning of the answer.
    pub took: Duration,
}

/// The head of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub status: u16,
    /// The standard reason phrase; empty for an unknown status.
    pub reason: &'static str,
    /// The version, such as `HTTP/1.1`.
    pub version: String,
    /// The headers in their order.
    pub headers: Vec<(String, String)>,
}

impl Head {
    /// True for a status of success.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// One event of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamEvent {
    /// The name, such as `put`.
    pub name: String,
    /// The data as received.
    pub data: String,
    /// The time since the request.
    pub after: Duration,
}

/// The end of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum ExchangeEnd {
    /// Complete.
    Whole,
    /// Cut at the limit; the rest was not read.
    Cut {
        /// The limit, in bytes.
        limit: usize,
    },
    /// A redirect that the token must not follow.
    NotFollowed(UnsafeRedirect),
    /// Stopped by the user.
    Stopped,
    /// Timed out after this time.
    TimedOut(Duration),
    /// The connection failed.
    Failed(Failure),
}

/// A request with its answer so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Exchange {
    /// The hosts in the order of the requests.
    pub hops: Vec<Hop>,
    /// The head of the answer.
    pub head: Option<Head>,
    /// The time from the request to the last data.
    pub took: Duration,
    /// The number of body bytes so far.
    pub received: usize,
    /// The body, once it is complete or cut.
    pub body: Bytes,
    /// The last events of a stream.
    pub events: Vec<Arc<StreamEvent>>,
    /// The number of earlier events.
    pub dropped_events: usize,
    /// The end; `None` while it is in progress.
    pub end: Option<ExchangeEnd>,
}

/// The kind of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body<'a> {
    /// No body.
    Empty,
    /// Text that begins like JSON or has its content type.
    Json(&'a str),
    /// Other text.
    Text(&'a str),
    /// Not text.
    Binary(&'a [u8]),
}

impl Exchange {
    /// An exchange without a body, for a request that went through the engine.
    pub fn of_trace(trace: Trace) -> Self {
        let hops = trace.hops.into_iter().map(|(url, status, took)| Hop { url, status, took });
        let hops: Vec<Hop> = hops.collect();
        let status = hops.last().map_or(0, |hop| hop.status);
        let reason = reqwest::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
        let headers = trace.headers.into_iter().map(|(name, value)| (name, masked(value, None))).collect();
        let head = Head { status, reason: reason.unwrap_or_default(), version: trace.version, headers };
        let took = hops.iter().map(|hop| hop.took).sum();
        Self { hops, head: Some(head), took, end: Some(ExchangeEnd::Whole), ..Self::default() }
    }

    /// The kind of the body.
    pub fn body(&self) -> Body<'_> {
        if self.body.is_empty() {
            return Body::Empty;
        }
        // A cut text may end within a character.
        let text = match std::str::from_utf8(&self.body) {
            Ok(text) => text,
            Err(err) if err.error_len().is_none() && matches!(self.end, Some(ExchangeEnd::Cut { .. })) => {
                let whole = self.body.get(..err.valid_up_to()).unwrap_or_default();
                std::str::from_utf8(whole).unwrap_or_default()
            }
            Err(_) => return Body::Binary(&self.body),
        };
        if text.contains('\0') {
            return Body::Binary(&self.body);
        }
        let kind = self.head.as_ref().and_then(|head| head.header("content-type")).unwrap_or_default();
        let is_json = kind.contains("json") || text.trim_start().starts_with(['{', '[']);
        if is_json { Body::Json(text) } else { Body::Text(text) }
    }
}
