//! What was answered.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::mask::masked;
use crate::http::Trace;
use crate::service::{Failure, UnsafeRedirect};

/// One host that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// Its address, with what it was asked for.
    pub url: String,
    /// What it answered.
    pub status: u16,
    /// From the request to the beginning of its answer.
    pub took: Duration,
}

/// The beginning of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its status.
    pub status: u16,
    /// What a status of that number is called; empty for one that nobody named.
    pub reason: &'static str,
    /// Such as `HTTP/1.1`.
    pub version: String,
    /// In the order in which they came.
    pub headers: Vec<(String, String)>,
}

impl Head {
    /// Whether the service did what it was asked for.
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
    /// Such as `put`.
    pub name: String,
    /// As it came.
    pub data: String,
    /// How long after the request.
    pub after: Duration,
}

/// How an answer ended.
#[derive(Debug, Clone, PartialEq)]
pub enum End {
    /// All of it is there.
    Whole,
    /// The rest was more than the limit, in bytes, and was not read.
    Cut {
        /// The limit.
        limit: usize,
    },
    /// A redirect that the token must not follow.
    NotFollowed(UnsafeRedirect),
    /// The person had enough of it.
    Stopped,
    /// It took longer than this.
    TimedOut(Duration),
    /// It broke off, or never began.
    Failed(Failure),
}

/// A request and its answer, as far as it came.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Exchange {
    /// The hosts that were asked, the one that answered last.
    pub hops: Vec<Hop>,
    /// The beginning of the answer.
    pub head: Option<Head>,
    /// From the request to the last that came.
    pub took: Duration,
    /// Bytes of the body that came.
    pub received: usize,
    /// The body, when it is all there or was cut.
    pub body: Bytes,
    /// The last events of a stream.
    pub events: Vec<Arc<StreamEvent>>,
    /// How many events came before those.
    pub dropped_events: usize,
    /// How it ended; `None` while it goes on.
    pub end: Option<End>,
}

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body<'a> {
    /// Nothing.
    Empty,
    /// Text that begins like JSON, or is said to be.
    Json(&'a str),
    /// Other text.
    Text(&'a str),
    /// No text.
    Binary(&'a [u8]),
}

impl Exchange {
    /// The outside of an answer whose body went to the engine.
    pub fn of_trace(trace: Trace) -> Self {
        let hops = trace.hops.into_iter().map(|(url, status, took)| Hop { url, status, took });
        let hops: Vec<Hop> = hops.collect();
        let status = hops.last().map_or(0, |hop| hop.status);
        let reason = reqwest::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
        let headers = trace.headers.into_iter().map(|(name, value)| (name, masked(value, None))).collect();
        let head = Head { status, reason: reason.unwrap_or_default(), version: trace.version, headers };
        let took = hops.iter().map(|hop| hop.took).sum();
        Self { hops, head: Some(head), took, end: Some(End::Whole), ..Self::default() }
    }

    /// What the body is.
    pub fn body(&self) -> Body<'_> {
        if self.body.is_empty() {
            return Body::Empty;
        }
        // A text that was cut may end within a letter.
        let text = match std::str::from_utf8(&self.body) {
            Ok(text) => text,
            Err(err) if err.error_len().is_none() && matches!(self.end, Some(End::Cut { .. })) => {
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
