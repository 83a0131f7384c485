//! The API of an account as it is, for requests that a person words.

use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use reqwest::header::HeaderValue;
use url::Url;

use crate::service::{Failure, UnsafeRedirect};

/// Which language the API of a service speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dialect {
    /// Works with Nest: one document, read and written by path.
    WorksWithNest,
    /// A No Longer Evil server of one's own: commands by serial number.
    NoLongerEvil,
    /// The hosted No Longer Evil: calls below the id of a thermostat.
    HostedNoLongerEvil,
    /// Google Device Access: resources of a project, and commands to devices.
    DeviceAccess {
        /// The project, which every path begins with.
        project: String,
    },
}

/// How a write was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// When it was sent.
    pub began: Instant,
    /// The addresses that were asked, each with its status and how long it took.
    pub hops: Vec<(String, u16, Duration)>,
    /// Such as `HTTP/1.1`.
    pub version: String,
    /// The headers of the last answer.
    pub headers: Vec<(String, String)>,
}

/// What a request of a person's own needs of the client of an account. It checks nothing against the
/// rules of a home; where the token goes stays the client's to decide.
pub trait Api: Send + Sync + 'static {
    /// Where it is; paths are below it.
    fn base(&self) -> &Url;

    /// Which language it speaks.
    fn dialect(&self) -> Dialect;

    /// Calls without following any redirect.
    fn http(&self) -> &reqwest::Client;

    /// As whom to ask; `None` where nobody is asked. It may take a call of its own to know.
    fn authorization(&self) -> BoxFuture<'_, Result<Option<HeaderValue>, Failure>>;

    /// Where a redirect leads, when the token may go there; `hop` counts from 1.
    fn follow(&self, at: &Url, status: u16, location: Option<&str>, hop: u32) -> Result<Url, UnsafeRedirect>;

    /// How the last write of this client was answered, whoever asked for it, where that is kept.
    fn last_write(&self) -> Option<Trace> {
        None
    }

    /// A call is about to be made: where calls are counted, it counts.
    fn calling(&self) {}
}

/// A service that redirects nowhere is followed nowhere.
pub(crate) fn no_redirect(status: u16, location: Option<&str>, at: &Url) -> UnsafeRedirect {
    let target = location.and_then(|location| at.join(location).ok());
    match target {
        Some(target) => UnsafeRedirect::ForeignHost(target.host_str().unwrap_or_default().to_owned()),
        None => UnsafeRedirect::Status(status),
    }
}
