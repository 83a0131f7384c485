//! The reasons of failed calls, for the user and for the journal.
//!
//! Each reason displays as an English sentence without a full stop, for the command line and the log; the window
//! has its own texts. A message of a service is a [`ServiceText`], and its constructor masks the secrets of the
//! account.

use std::io;

use serde::{Deserialize, Serialize};

use super::address::{UnsafeRedirect, UnusableUrl};
use super::service_text::{Secrets, ServiceText};
use crate::home::{Refusal, Setpoint};

/// The reason that a call failed or a connection is missing. Its JSON is in the journal of every account:
/// variants may be added but not renamed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A rule of this program forbids the write.
    #[error("{0}")]
    Rule(Refusal),
    /// The service gives the reason in its own message.
    #[error("{0}")]
    Said(ServiceText),
    /// The thermostat is in another mode than the service last reported.
    #[error("the mode that the thermostat is in now does not allow this; what it shows is being read again")]
    OtherMode,
    /// The service accepted the write and stored another temperature, within its own limits.
    #[error("the service set {to} instead")]
    Adjusted {
        /// The stored temperature.
        to: Setpoint,
    },
    /// The service accepted the write and stored another value.
    #[error("the service stored {value} instead")]
    StoredOther {
        /// The stored value, as the service gives it.
        value: ServiceText,
    },
    /// The service refuses the write without a message.
    #[error("the service refused this without a reason")]
    Unexplained,
    /// The device or structure no longer exists.
    #[error("the service does not know this device any more")]
    DeviceGone,
    /// The token is not valid.
    #[error("the service does not accept the token ({})", or(.said.as_ref(), "no reason"))]
    TokenRefused {
        /// The service's message, if any.
        said: Option<ServiceText>,
    },
    /// The user or the service withdrew the access, for example in the account at the vendor.
    #[error("access was withdrawn; sign in again to go on")]
    Withdrawn,
    /// The client made too many calls.
    #[error("the service asks to wait ({})", or(.said.as_ref(), "blocked"))]
    Busy {
        /// The service's message, if any.
        said: Option<ServiceText>,
    },
    /// The service is temporarily down and says until when.
    #[error("the service is not available ({})", or(.said.as_ref(), "no reason"))]
    Unavailable {
        /// The service's message, if any.
        said: Option<ServiceText>,
    },
    /// The service has an internal problem.
    #[error("the service failed ({status}: {})", or(.said.as_ref(), "no reason"))]
    ServerFailed {
        /// HTTP status.
        status: u16,
        /// The service's message, if any.
        said: Option<ServiceText>,
    },
    /// The status has no meaning here.
    #[error("the service answered {status} ({})", or(.said.as_ref(), "no reason"))]
    UnexpectedStatus {
        /// HTTP status.
        status: u16,
        /// The service's message, if any.
        said: Option<ServiceText>,
    },
    /// There is no connection.
    #[error("{host} cannot be reached: {cause}")]
    Unreachable {
        /// The name of the machine.
        host: String,
        /// The cause.
        cause: Cause,
    },
    /// The service was connected but did not answer in time.
    #[error("the service did not answer in time")]
    NoAnswer,
    /// The stream went silent.
    #[error("nothing was heard for too long")]
    Silent,
    /// The connection broke during a transfer.
    #[error("the connection broke off: {0}")]
    BrokeOff(Cause),
    /// The service ended the stream.
    #[error("the service closed the connection")]
    Closed,
    /// The service reported an error on the stream.
    #[error("the service reported an error on the stream")]
    StreamFailed,
    /// The service cancelled the stream.
    #[error("the service cancelled the stream")]
    StreamCancelled,
    /// The answer is not in the expected form, such as the login page of a hotel's network.
    #[error("the service sent text that is not JSON: {detail}")]
    NotUnderstood {
        /// The position and cause of the parse error, for developers.
        detail: ServiceText,
    },
    /// The answer is well-formed but does not describe a home.
    #[error("the service sent something else where a home was expected")]
    NotAHome,
    /// A server of No Longer Evil has no list of devices: the address is its port for thermostats, or another
    /// program.
    #[error("this is not the control port of a No Longer Evil server; it is 8082 unless somebody changed it")]
    NotTheControlPort,
    /// The answer is larger than that of any home.
    #[error("the service sent more than {megabytes} MB")]
    TooLarge {
        /// The limit in megabytes.
        megabytes: u32,
    },
    /// The redirect is not safe.
    #[error("{0}")]
    Redirect(UnsafeRedirect),
    /// The address may not receive a token.
    #[error("{0}")]
    Address(UnusableUrl),
    /// The service refuses the code or PIN.
    #[error("the sign-in was refused: {}", said_or_status(.said.as_ref(), *.status))]
    SignInRefused {
        /// HTTP status.
        status: u16,
        /// The service's message, if any.
        said: Option<ServiceText>,
    },
    /// The sign-in returned no token.
    #[error("the sign-in service sent no token")]
    NoToken,
    /// The service did not revoke the token.
    #[error("the service answered {status} to the sign-out")]
    SignOutRefused {
        /// HTTP status.
        status: u16,
    },
    /// The program ended before the answer arrived.
    #[error("the program ended before the service answered")]
    ProgramEnded,
    /// This program has a bug.
    #[error("something went wrong in this program: {0}")]
    Program(String),
}

fn or<'a>(said: Option<&'a ServiceText>, otherwise: &'a str) -> &'a str {
    said.map_or(otherwise, ServiceText::as_str)
}

fn said_or_status(said: Option<&ServiceText>, status: u16) -> String {
    said.map_or_else(|| format!("status {status}"), ServiceText::to_string)
}

impl Reason {
    /// Creates a reason from a text that is already safe: from a record or an example, not directly from a
    /// service.
    pub fn service_text(words: impl Into<String>) -> Self {
        Self::Said(ServiceText::from(words.into()))
    }

    /// Creates the reason for an answer in an unexpected form; `detail` may quote the answer.
    pub fn not_understood(detail: &impl std::fmt::Display, secrets: &Secrets) -> Self {
        let said = ServiceText::new(&detail.to_string(), secrets);
        Self::NotUnderstood { detail: said.unwrap_or_else(|| ServiceText::from("no reason".to_owned())) }
    }
}

impl Reason {
    /// True if nothing was sent, because there was no connection.
    pub(super) fn is_before_sending(&self) -> bool {
        if let Self::Unreachable { cause, .. } = self {
            return match cause {
                Cause::Refused | Cause::UnknownHost | Cause::NoRoute | Cause::Certificate | Cause::Encryption => true,
                Cause::TimedOut | Cause::HungUp | Cause::Unknown | Cause::Other(_) => false,
            };
        }
        // Rules, addresses and the like are checked before anything is sent.
        !self.leaves_open() && !matches!(self, Self::Said(_))
    }

    /// True if the write may have been applied, because the answer does not tell.
    pub(super) fn leaves_open(&self) -> bool {
        match self {
            Self::Redirect(refused) => matches!(refused, UnsafeRedirect::Status(_)),
            Self::Unreachable { .. }
            | Self::NoAnswer
            | Self::BrokeOff(_)
            | Self::Closed
            | Self::Silent
            | Self::ServerFailed { .. }
            | Self::Unavailable { .. }
            | Self::UnexpectedStatus { .. }
            | Self::NotUnderstood { .. }
            | Self::NotAHome
            | Self::TooLarge { .. }
            | Self::ProgramEnded
            | Self::Program(_) => true,
            Self::Rule(_)
            | Self::Said(_)
            | Self::OtherMode
            | Self::Adjusted { .. }
            | Self::StoredOther { .. }
            | Self::Unexplained
            | Self::DeviceGone
            | Self::TokenRefused { .. }
            | Self::Withdrawn
            | Self::Busy { .. }
            | Self::StreamFailed
            | Self::StreamCancelled
            | Self::NotTheControlPort
            | Self::Address(_)
            | Self::SignInRefused { .. }
            | Self::NoToken
            | Self::SignOutRefused { .. } => false,
        }
    }
}

impl From<Refusal> for Reason {
    fn from(refusal: Refusal) -> Self {
        Self::Rule(refusal)
    }
}

/// The cause of a missing connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// No program listens at the address.
    #[error("nothing answers there (connection refused)")]
    Refused,
    /// No name server knows the name, or none can be reached.
    #[error("its name was not found; is this machine online?")]
    UnknownHost,
    /// No route leads to the address.
    #[error("no network leads there")]
    NoRoute,
    /// No answer came in time.
    #[error("no answer in time")]
    TimedOut,
    /// The other side closed the connection.
    #[error("the other side hung up")]
    HungUp,
    /// The certificate is not valid for the host.
    #[error("its certificate is not valid for it")]
    Certificate,
    /// The TLS handshake failed.
    #[error("no encrypted connection could be agreed on")]
    Encryption,
    /// The cause is unknown.
    #[error("no connection")]
    Unknown,
    /// The system's text for any other cause.
    #[error("{0}")]
    Other(String),
}

impl Cause {
    /// Converts a system error; `None` for a kind that does not concern a connection.
    pub fn of_io(kind: io::ErrorKind) -> Option<Self> {
        use io::ErrorKind as Kind;
        let causes = [
            (&[Kind::ConnectionRefused][..], Self::Refused),
            (&[Kind::NetworkUnreachable, Kind::HostUnreachable, Kind::NetworkDown][..], Self::NoRoute),
            (&[Kind::TimedOut][..], Self::TimedOut),
            (
                &[Kind::ConnectionReset, Kind::ConnectionAborted, Kind::BrokenPipe, Kind::UnexpectedEof][..],
                Self::HungUp,
            ),
        ];
        causes.into_iter().find(|(kinds, _)| kinds.contains(&kind)).map(|(_, cause)| cause)
    }
}
