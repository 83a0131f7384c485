//! The reasons of failed calls, for the user and for the journal.
//!
//! A message of a service is a [`ServiceText`], and its constructor masks the secrets of the
//! account.

use std::io;

use serde::{Deserialize, Serialize};

use super::address::{UnsafeRedirect, UnusableUrl};
use super::service_text::{Secrets, ServiceText};
use crate::home::{Refusal, Setpoint};
use crate::i18n::{Message, ToMessage, display_english, message};

/// The reason that a call failed or a connection is missing. Its JSON is in the journal of every account:
/// variants may be added but not renamed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A rule of this program forbids the write.
    Rule(Refusal),
    /// The service gives the reason in its own message.
    Said(ServiceText),
    /// The thermostat is in another mode than the service last reported.
    OtherMode,
    /// The service accepted the write and stored another temperature, within its own limits.
    Adjusted {
        /// The stored temperature.
        to: Setpoint,
    },
    /// The service accepted the write and stored another value.
    StoredOther {
        /// The stored value, as the service gives it.
        value: ServiceText,
    },
    /// The service refuses the write without a message.
    Unexplained,
    /// The device or structure no longer exists.
    DeviceGone,
    /// The token is not valid.
    TokenRefused {
        /// The service's message, if any.
        said: Option<ServiceText>,
    },
    /// The user or the service withdrew the access, for example in the account at the vendor.
    Withdrawn,
    /// The client made too many calls.
    Busy {
        /// The service's message, if any.
        said: Option<ServiceText>,
    },
    /// The service is temporarily down and says until when.
    Unavailable {
        /// The service's message, if any.
        said: Option<ServiceText>,
    },
    /// The service has an internal problem.
    ServerFailed {
        /// HTTP status.
        status: u16,
        /// The service's message, if any.
        said: Option<ServiceText>,
    },
    /// The status has no meaning here.
    UnexpectedStatus {
        /// HTTP status.
        status: u16,
        /// The service's message, if any.
        said: Option<ServiceText>,
    },
    /// There is no connection.
    Unreachable {
        /// The name of the machine.
        host: String,
        cause: Cause,
    },
    /// The service was connected but did not answer in time.
    NoAnswer,
    /// The stream went silent.
    Silent,
    /// The connection broke during a transfer.
    BrokeOff(Cause),
    /// The service ended the stream.
    Closed,
    /// The service reported an error on the stream.
    StreamFailed,
    /// The service cancelled the stream.
    StreamCancelled,
    /// The answer is not in the expected form, such as the login page of a hotel's network.
    NotUnderstood {
        /// The position and cause of the parse error, for developers.
        detail: ServiceText,
    },
    /// The answer is well-formed but does not describe a home.
    NotAHome,
    /// The server has no list of devices: the address is its port for thermostats, or another program.
    NotTheControlPort,
    /// The answer is larger than that of any home.
    TooLarge {
        /// The limit in megabytes.
        megabytes: u32,
    },
    /// The redirect is not safe.
    Redirect(UnsafeRedirect),
    /// The address may not receive a token.
    Address(UnusableUrl),
    /// The service refuses the code or PIN.
    SignInRefused {
        /// HTTP status.
        status: u16,
        /// The service's message, if any.
        said: Option<ServiceText>,
    },
    /// The sign-in returned no token.
    NoToken,
    /// The service did not revoke the token.
    SignOutRefused {
        /// HTTP status.
        status: u16,
    },
    /// The program ended before the answer arrived.
    ProgramEnded,
    /// This program has a bug.
    Program(String),
}

impl ToMessage for Reason {
    fn to_message(&self) -> Message {
        match self {
            Self::Rule(refusal) => refusal.to_message(),
            Self::Said(words) => Message::verbatim(words.as_str()),
            Self::OtherMode => message!("reason-other-mode"),
            Self::Adjusted { to } => message!("reason-adjusted", to = *to),
            Self::StoredOther { value } => message!("reason-stored-other", value = value.as_str()),
            Self::Unexplained => message!("reason-unexplained"),
            Self::DeviceGone => message!("reason-device-gone"),
            Self::TokenRefused { said } => message!("reason-token-refused").quoting(said.as_ref()),
            Self::Withdrawn => message!("reason-withdrawn"),
            Self::Busy { said } => message!("reason-busy").quoting(said.as_ref()),
            Self::Unavailable { said } => message!("reason-unavailable").quoting(said.as_ref()),
            Self::ServerFailed { status, said } => {
                message!("reason-server-failed", status = *status).quoting(said.as_ref())
            }
            Self::UnexpectedStatus { status, said } => {
                message!("reason-status", status = *status).quoting(said.as_ref())
            }
            Self::Unreachable { host, cause } => {
                message!("reason-unreachable", host = host, cause = cause.to_message())
            }
            Self::NoAnswer => message!("reason-no-answer"),
            Self::Silent => message!("reason-silent"),
            Self::BrokeOff(cause) => message!("reason-broke-off", cause = cause.to_message()),
            Self::Closed => message!("reason-closed"),
            Self::StreamFailed => message!("reason-stream-failed"),
            Self::StreamCancelled => message!("reason-stream-cancelled"),
            Self::NotUnderstood { detail } => message!("reason-not-understood", detail = detail.as_str()),
            Self::NotAHome => message!("reason-not-a-home"),
            Self::NotTheControlPort => message!("reason-not-the-control-port"),
            Self::TooLarge { megabytes } => message!("reason-too-large", megabytes = *megabytes),
            Self::Redirect(redirect) => redirect.to_message(),
            Self::Address(error) => error.to_message(),
            Self::SignInRefused { said: None, status } => message!("reason-sign-in-status", status = *status),
            Self::SignInRefused { said, .. } => message!("reason-sign-in-refused").quoting(said.as_ref()),
            Self::NoToken => message!("reason-no-token"),
            Self::SignOutRefused { status } => message!("reason-sign-out-refused", status = *status),
            Self::ProgramEnded => message!("reason-program-ended"),
            Self::Program(detail) => message!("reason-program", detail = detail),
        }
    }
}

display_english!(Reason);

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// No program listens at the address.
    Refused,
    /// No name server knows the name, or none can be reached.
    UnknownHost,
    /// No route leads to the address.
    NoRoute,
    /// No answer came in time.
    TimedOut,
    /// The other side closed the connection.
    HungUp,
    /// The certificate is not valid for the host.
    Certificate,
    /// The TLS handshake failed.
    Encryption,
    Unknown,
    /// The system's text for any other cause.
    Other(String),
}

impl ToMessage for Cause {
    fn to_message(&self) -> Message {
        match self {
            Self::Refused => message!("cause-refused"),
            Self::UnknownHost => message!("cause-unknown-host"),
            Self::NoRoute => message!("cause-no-route"),
            Self::TimedOut => message!("cause-timed-out"),
            Self::HungUp => message!("cause-hung-up"),
            Self::Certificate => message!("cause-certificate"),
            Self::Encryption => message!("cause-encryption"),
            Self::Unknown => message!("cause-unknown"),
            Self::Other(words) => Message::verbatim(words),
        }
    }
}

display_english!(Cause);

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
