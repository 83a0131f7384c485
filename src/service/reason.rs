//! Why a call did not do what it was to do, for people and for the journal.
//!
//! Each displays as an English sentence without a full stop, for the command line and the log; the
//! window has its own words for them. A service's own words are a [`Said`], which cannot be made without
//! masking the secrets of the account.

use std::io;

use serde::{Deserialize, Serialize};

use super::address::{UnsafeRedirect, UnusableUrl};
use super::said::{Said, Secrets};
use crate::home::{Refusal, Setpoint};

/// Why a call failed, or a connection is not there. Its JSON is in the journal of every account:
/// a variant may be added, but none renamed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A rule of this program forbids it.
    #[error("{0}")]
    Rule(Refusal),
    /// The service says why, in its own words.
    #[error("{0}")]
    Said(Said),
    /// The thermostat is in another mode than the service told last.
    #[error("the mode that the thermostat is in now does not allow this; what it shows is being read again")]
    OtherMode,
    /// The service took it and stored another temperature, within limits of its own.
    #[error("the service set {to} instead")]
    Adjusted {
        /// What it stored.
        to: Setpoint,
    },
    /// The service took it and stored something else.
    #[error("the service stored {value} instead")]
    StoredOther {
        /// What it stored, as it says it.
        value: Said,
    },
    /// The service refuses it without a word.
    #[error("the service refused this without a reason")]
    Unexplained,
    /// The device or structure is not there any more.
    #[error("the service does not know this device any more")]
    DeviceGone,
    /// The token is not good.
    #[error("the service does not accept the token ({})", or(.said.as_ref(), "no reason"))]
    TokenRefused {
        /// The service's own words, if any.
        said: Option<Said>,
    },
    /// Somebody withdrew the access, for example in their account at the vendor.
    #[error("access was withdrawn; sign in again to go on")]
    Withdrawn,
    /// Too many calls.
    #[error("the service asks to wait ({})", or(.said.as_ref(), "blocked"))]
    Busy {
        /// The service's own words, if any.
        said: Option<Said>,
    },
    /// Down for a while, and it says until when.
    #[error("the service is not available ({})", or(.said.as_ref(), "no reason"))]
    Unavailable {
        /// The service's own words, if any.
        said: Option<Said>,
    },
    /// The service has a problem of its own.
    #[error("the service failed ({status}: {})", or(.said.as_ref(), "no reason"))]
    ServerFailed {
        /// HTTP status.
        status: u16,
        /// The service's own words, if any.
        said: Option<Said>,
    },
    /// An answer that has no meaning here.
    #[error("the service answered {status} ({})", or(.said.as_ref(), "no reason"))]
    UnexpectedStatus {
        /// HTTP status.
        status: u16,
        /// The service's own words, if any.
        said: Option<Said>,
    },
    /// No connection.
    #[error("{host} cannot be reached: {cause}")]
    Unreachable {
        /// The name of the machine.
        host: String,
        /// Why not.
        cause: Cause,
    },
    /// A connection, and no answer on it in time.
    #[error("the service did not answer in time")]
    NoAnswer,
    /// A stream on which nothing came any more.
    #[error("nothing was heard for too long")]
    Silent,
    /// The connection ended in the middle of something.
    #[error("the connection broke off: {0}")]
    BrokeOff(Cause),
    /// The service ended the stream.
    #[error("the service closed the connection")]
    Closed,
    /// The service said on the stream that something is wrong with it.
    #[error("the service reported an error on the stream")]
    StreamFailed,
    /// The service cancelled the stream.
    #[error("the service cancelled the stream")]
    StreamCancelled,
    /// Not in the form that was expected, such as a page of a hotel's network.
    #[error("the service sent text that is not JSON: {detail}")]
    NotUnderstood {
        /// Where the reading ended, for somebody who knows such texts.
        detail: Said,
    },
    /// Well-formed, but not about a home.
    #[error("the service sent something else where a home was expected")]
    NotAHome,
    /// A server of No Longer Evil without a list of devices: its port for thermostats, or another program.
    #[error("this is not the control port of a No Longer Evil server; it is 8082 unless somebody changed it")]
    NotTheControlPort,
    /// More than anybody's home has to say.
    #[error("the service sent more than {megabytes} MB")]
    TooLarge {
        /// The limit.
        megabytes: u32,
    },
    /// A redirect that is not followed.
    #[error("{0}")]
    Redirect(UnsafeRedirect),
    /// An address that no token may be sent to.
    #[error("{0}")]
    Address(UnusableUrl),
    /// No token for the code or PIN.
    #[error("the sign-in was refused: {}", said_or_status(.said.as_ref(), *.status))]
    SignInRefused {
        /// HTTP status.
        status: u16,
        /// The service's own words, if any.
        said: Option<Said>,
    },
    /// A sign-in that brought no token.
    #[error("the sign-in service sent no token")]
    NoToken,
    /// The service did not take the token back.
    #[error("the service answered {status} to the sign-out")]
    SignOutRefused {
        /// HTTP status.
        status: u16,
    },
    /// The program ended before the answer came.
    #[error("the program ended before the service answered")]
    ProgramEnded,
    /// A mistake of this program.
    #[error("something went wrong in this program: {0}")]
    Program(String),
}

fn or<'a>(said: Option<&'a Said>, otherwise: &'a str) -> &'a str {
    said.map_or(otherwise, Said::as_str)
}

fn said_or_status(said: Option<&Said>, status: u16) -> String {
    said.map_or_else(|| format!("status {status}"), Said::to_string)
}

impl Reason {
    /// Words that no service said just now: those of a record, or of an example.
    pub fn said(words: impl Into<String>) -> Self {
        Self::Said(Said::from(words.into()))
    }

    /// An answer that is not in the form that was expected; `detail` may quote it.
    pub fn not_understood(detail: &impl std::fmt::Display, secrets: &Secrets) -> Self {
        let said = Said::new(&detail.to_string(), secrets);
        Self::NotUnderstood { detail: said.unwrap_or_else(|| Said::from("no reason".to_owned())) }
    }
}

impl Reason {
    /// True when nothing can have been sent: there was no connection to send it on.
    pub(super) fn is_before_sending(&self) -> bool {
        if let Self::Unreachable { cause, .. } = self {
            return match cause {
                Cause::Refused | Cause::UnknownHost | Cause::NoRoute | Cause::Certificate | Cause::Encryption => true,
                Cause::TimedOut | Cause::HungUp | Cause::Unknown | Cause::Other(_) => false,
            };
        }
        // A rule, an address and the like are looked at before anything is sent.
        !self.leaves_open() && !matches!(self, Self::Said(_))
    }

    /// True when a change that was answered so may have been applied: the answer does not tell.
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

/// Why there is no connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Nobody listens there.
    #[error("nothing answers there (connection refused)")]
    Refused,
    /// The name is known to no name server, or no name server can be asked.
    #[error("its name was not found; is this machine online?")]
    UnknownHost,
    /// No way leads there.
    #[error("no network leads there")]
    NoRoute,
    /// Nothing came in time.
    #[error("no answer in time")]
    TimedOut,
    /// The other side hung up.
    #[error("the other side hung up")]
    HungUp,
    /// It cannot prove that it is who it should be.
    #[error("its certificate is not valid for it")]
    Certificate,
    /// The two cannot agree on how to encrypt.
    #[error("no encrypted connection could be agreed on")]
    Encryption,
    /// Not said.
    #[error("no connection")]
    Unknown,
    /// What the system says of anything else.
    #[error("{0}")]
    Other(String),
}

impl Cause {
    /// What an error of the system means here; `None` for a kind that says nothing of a connection.
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
