//! The connection of an account, for requests that the user types.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use reqwest::header::HeaderValue;
use url::Url;

use super::raw::RawApi;
use crate::service::{Failure, UnsafeRedirect};

/// The trace of a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The time of sending.
    pub began: Instant,
    /// The called addresses, each with its status and duration.
    pub hops: Vec<(String, u16, Duration)>,
    /// The HTTP version, such as `HTTP/1.1`.
    pub version: String,
    /// The headers of the last answer.
    pub headers: Vec<(String, String)>,
}

/// The interface to the client of an account for requests of the user. It does not check the rules of a home;
/// the client still decides where the token goes.
pub trait Api: Send + Sync + 'static {
    /// The base URL; paths are below it.
    fn base(&self) -> &Url;

    /// The requests that the service understands.
    fn raw(&self) -> Arc<dyn RawApi>;

    /// The HTTP client. It follows no redirect.
    fn http(&self) -> &reqwest::Client;

    /// Returns the authorization header; `None` if the service needs none. May need a call of its own.
    fn authorization(&self) -> BoxFuture<'_, Result<Option<HeaderValue>, Failure>>;

    /// Returns the target of a redirect if the token may go there; `hop` counts from 1.
    fn follow(&self, at: &Url, status: u16, location: Option<&str>, hop: u32) -> Result<Url, UnsafeRedirect>;

    /// The trace of the last write of this client, from any source, if the client keeps one.
    fn last_write(&self) -> Option<Trace> {
        None
    }

    /// Counts a call that is about to be sent, if the service has a rate limit.
    fn calling(&self) {}
}

/// Returns the refusal of a redirect, for a service that uses none.
pub(crate) fn no_redirect(status: u16, location: Option<&str>, at: &Url) -> UnsafeRedirect {
    let target = location.and_then(|location| at.join(location).ok());
    match target {
        Some(target) => UnsafeRedirect::ForeignHost(target.host_str().unwrap_or_default().to_owned()),
        None => UnsafeRedirect::Status(status),
    }
}
