//! What every service can do for the engine, and how it fails.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::mpsc;

use crate::home::{Checked, Home, Refusal};

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
#[error("{message}")]
pub struct Failure {
    /// Decides what happens next.
    pub kind: FailureKind,
    /// For a person; the service's own words where it gave any. Never holds a token.
    pub message: String,
    /// The rule, where one of this program forbade it before it was sent.
    pub refusal: Option<Refusal>,
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
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), refusal: None }
    }

    /// A rule of this program forbids it.
    pub fn refused(refusal: Refusal) -> Self {
        Self { kind: FailureKind::Refused, message: refusal.sentence(), refusal: Some(refusal) }
    }

    /// The service cannot be reached.
    pub fn offline(message: impl Into<String>) -> Self {
        Self::new(FailureKind::Offline, message)
    }

    /// Something that should not happen.
    pub fn bug(message: impl Into<String>) -> Self {
        Self::new(FailureKind::Bug, message)
    }
}
