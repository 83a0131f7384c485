//! What every service can do for the engine, and how it fails.

mod address;
mod backoff;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod line;
mod reason;
mod said;

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::mpsc;

pub use address::{UnsafeRedirect, UnusableUrl};
pub use backoff::Backoff;
pub use line::{End, Line};
pub use reason::{Cause, Reason};
pub use said::{Said, Secrets};

use crate::home::{Checked, Field, Home, Refusal};

/// A connection to the homes of one account.
///
/// The engine runs [`Service::listen`] for as long as the account is open and calls
/// [`Service::write`] beside it; neither touches any state of the engine.
pub trait Service: Send + Sync + 'static {
    /// Connects, reconnects and reports until the account cannot go on (see
    /// [`Update::SignedOut`]) or the receiver is dropped.
    fn listen(self: Arc<Self>, updates: mpsc::Sender<Update>) -> BoxFuture<'static, ()>;

    /// Asks the service for one change. `Ok` means accepted, not applied: the applied value
    /// comes as an [`Update::Home`].
    fn write(self: Arc<Self>, write: Checked) -> BoxFuture<'static, Result<(), Failure>>;

    /// Values that are kept in this program and need no call to the service.
    fn kept_here(&self) -> &'static [Field] {
        &[]
    }

    /// How long the service may take to show a change that it accepted.
    fn confirms_within(&self) -> Duration {
        Duration::from_secs(8)
    }

    /// The whole home, once: for a command that does not stay.
    fn look(self: Arc<Self>) -> BoxFuture<'static, Result<Home, Failure>>;
}

/// What a service reports.
#[derive(Debug, Clone, PartialEq)]
pub enum Update {
    /// It tries to connect.
    Connecting,
    /// The whole home as it is now; connected.
    Home(Box<Home>),
    /// Nothing new, but the line is alive.
    Alive,
    /// Nothing was heard for longer than usual.
    Silent,
    /// The connection is gone; the next try comes after a pause.
    Lost {
        /// Why.
        failure: Failure,
        /// The pause.
        retry_in: Duration,
    },
    /// The account must be signed in again; nothing more will come.
    SignedOut(Failure),
}

/// Why a call did not do what it was to do.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{reason}")]
pub struct Failure {
    /// Decides what happens next.
    pub kind: FailureKind,
    /// For a person.
    pub reason: Reason,
}

/// What happens next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// Back off with jitter; writes wait.
    Offline,
    /// The service asks to wait: for so long, or for a minute and growing.
    Busy(Option<Duration>),
    /// The account stops until somebody signs in.
    SignIn,
    /// The write is rolled back and the message shown.
    Refused,
    /// The device or structure is no longer there.
    Gone,
    /// Somebody made a mistake in a program; the write is rolled back.
    Bug,
}

impl Failure {
    /// A failure of a kind.
    pub fn new(kind: FailureKind, reason: Reason) -> Self {
        Self { kind, reason }
    }

    /// A rule of this program forbids it.
    pub fn refused(refusal: Refusal) -> Self {
        Self::new(FailureKind::Refused, Reason::Rule(refusal))
    }

    /// True when a change that ended so may have been applied. A line that broke tells nothing, unless it
    /// never stood.
    pub fn leaves_open(&self) -> bool {
        match self.kind {
            FailureKind::Offline => !self.reason.is_before_sending(),
            FailureKind::Busy(_)
            | FailureKind::SignIn
            | FailureKind::Refused
            | FailureKind::Gone
            | FailureKind::Bug => self.reason.leaves_open(),
        }
    }

    /// The service cannot be reached.
    pub fn offline(reason: Reason) -> Self {
        Self::new(FailureKind::Offline, reason)
    }

    /// Something that should not happen.
    pub fn bug(reason: Reason) -> Self {
        Self::new(FailureKind::Bug, reason)
    }

    /// A mistake of this program, as its maker would want to read of it.
    pub fn of_program(detail: impl std::fmt::Display) -> Self {
        Self::bug(Reason::Program(detail.to_string()))
    }
}
