//! The interface between the engine and every service, and its failures.

mod address;
mod backoff;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod limits;
mod reason;
mod reconnect;
mod service_text;

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::mpsc;

pub use address::{UnsafeRedirect, UnusableUrl};
pub use backoff::Backoff;
pub use limits::WriteLimits;
pub use reason::{Cause, Reason};
pub use reconnect::{ConnectionEnd, ReconnectLoop};
pub use service_text::{Secrets, ServiceText};

use crate::home::{Checked, DeviceId, DeviceSchedule, DeviceTree, Field, Refusal};
use crate::i18n::{Message, ToMessage, display_english};

/// A connection to the homes of one account.
///
/// The engine runs [`Service::listen`] for as long as the account is open and calls
/// [`Service::write`] beside it; neither touches any state of the engine.
pub trait Service: Send + Sync + 'static {
    /// Connects, reconnects and sends updates until the account cannot go on (see [`Update::SignedOut`]) or the
    /// receiver is dropped.
    fn listen(self: Arc<Self>, updates: mpsc::Sender<Update>) -> BoxFuture<'static, ()>;

    /// Sends one write to the service. `Ok` means accepted, not applied: the applied value comes as an
    /// [`Update::Home`].
    fn write(self: Arc<Self>, write: Checked) -> BoxFuture<'static, Result<(), Failure>>;

    /// Fields that this program stores itself and that need no call to the service.
    fn kept_here(&self) -> &'static [Field] {
        &[]
    }

    /// The time that the service may take to show an accepted change.
    fn confirms_within(&self) -> Duration {
        Duration::from_secs(8)
    }

    /// Reads the schedule that a thermostat keeps itself; only for services whose [`ServiceKind::keeps_schedules`].
    ///
    /// [`ServiceKind::keeps_schedules`]: crate::home::ServiceKind::keeps_schedules
    fn device_schedule(self: Arc<Self>, _thermostat: DeviceId) -> BoxFuture<'static, Result<StoredSchedule, Failure>> {
        Box::pin(async { Err(Failure::of_program("this service keeps no schedules")) })
    }

    /// Replaces the whole schedule of a thermostat. `Ok` means stored by the service; the thermostat takes it over when
    /// it connects next.
    fn set_device_schedule(
        self: Arc<Self>,
        _thermostat: DeviceId,
        _schedule: DeviceSchedule,
    ) -> BoxFuture<'static, Result<(), Failure>> {
        Box::pin(async { Err(Failure::of_program("this service keeps no schedules")) })
    }

    /// Fetches the whole device tree once, for a command that does not listen.
    fn fetch(self: Arc<Self>) -> BoxFuture<'static, Result<DeviceTree, Failure>>;
}

/// The schedule of a thermostat, as its service stores it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredSchedule {
    /// `None` if the service has none of this thermostat.
    pub schedule: Option<DeviceSchedule>,
    /// The number of entries that are not understood and are not in `schedule`.
    pub unreadable: usize,
    /// The schedule in the words of the service.
    pub original: serde_json::Value,
}

/// An update from a service.
#[derive(Debug, Clone, PartialEq)]
pub enum Update {
    /// The service tries to connect.
    Connecting,
    /// The service is connected; this is the whole device tree.
    Home(Box<DeviceTree>),
    /// Nothing changed, but the connection works.
    Alive,
    /// The service has been silent for longer than usual.
    Stalled,
    /// The connection is lost; the next try comes after a pause.
    Lost {
        /// The reason.
        failure: Failure,
        /// The pause.
        retry_in: Duration,
    },
    /// The user must sign in again; no further update comes.
    SignedOut(Failure),
}

/// The reason that a call failed.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// The kind, which decides the next step.
    pub kind: FailureKind,
    /// The reason, for the user.
    pub reason: Reason,
}

impl ToMessage for Failure {
    fn to_message(&self) -> Message {
        self.reason.to_message()
    }
}

display_english!(Failure);

/// The next step after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// Back off with jitter; writes wait.
    Offline,
    /// The service asks to wait: for this time, or by default for a minute and growing.
    Busy(Option<Duration>),
    /// The account stops until the user signs in.
    SignIn,
    /// The write is rolled back and the message shown.
    Refused,
    /// The device or structure no longer exists.
    Gone,
    /// A program has a bug; the write is rolled back.
    Bug,
}

impl Failure {
    /// Creates a failure.
    pub fn new(kind: FailureKind, reason: Reason) -> Self {
        Self { kind, reason }
    }

    /// Creates the failure for a write that a rule of this program forbids.
    pub fn refused(refusal: Refusal) -> Self {
        Self::new(FailureKind::Refused, Reason::Rule(refusal))
    }

    /// True if the failed write may have arrived and been applied. A broken connection leaves this open, unless
    /// it was never established.
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

    /// Creates the failure for an unreachable service.
    pub fn offline(reason: Reason) -> Self {
        Self::new(FailureKind::Offline, reason)
    }

    /// Creates the failure for something that should not happen.
    pub fn bug(reason: Reason) -> Self {
        Self::new(FailureKind::Bug, reason)
    }

    /// Creates the failure for a bug of this program; `detail` is for the developer.
    pub fn of_program(detail: impl std::fmt::Display) -> Self {
        Self::bug(Reason::Program(detail.to_string()))
    }
}
