//! The reasons why a line of an export is not taken.

use super::files::UnreadableExport;
use super::lines::MOST_LINE;
use crate::history::interval::Implausible;
use crate::i18n::{Message, ToMessage, display_english, message};

/// The reason why a line is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusalReason {
    Long,
    NotText,
    /// The reason of the library, in English.
    NoObject(String),
    /// The reason of the library, in English.
    NoSummary(String),
    /// A day of a summary, and why it is not taken.
    Day(String, Box<Self>),
    /// A folder or zip beside the export.
    Unreadable(Box<UnreadableExport>),
    /// The name of a field that is missing.
    Missing(&'static str),
    NoId,
    /// A field with a value that it cannot have.
    Value(&'static str, String),
    /// A text that should be a time or a day.
    NoTime(String),
    /// The end of an interval is before its begin.
    Order,
    /// A run without begin or length.
    NoRun,
    Implausible(Implausible),
    Future,
    /// The export has more thermostats than this.
    TooManyDevices(usize),
}

/// Most characters of a foreign text in a reason.
const LONGEST: usize = 60;

/// The begin of a foreign text.
pub(super) fn shortened(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

impl From<Implausible> for RefusalReason {
    fn from(why: Implausible) -> Self {
        Self::Implausible(why)
    }
}

impl ToMessage for RefusalReason {
    fn to_message(&self) -> Message {
        match self {
            Self::Long => message!("line-long", most = MOST_LINE),
            Self::NotText => message!("line-not-text"),
            Self::NoObject(why) => message!("line-no-object", why = why),
            Self::NoSummary(why) => message!("line-no-summary", why = why),
            Self::Day(day, why) => message!("line-day", day = day, why = why.to_message()),
            Self::Unreadable(why) => why.to_message(),
            Self::Missing(field) => message!("line-missing", field = *field),
            Self::NoId => message!("line-no-id"),
            Self::Value(field, value) => message!("line-value", field = *field, value = value),
            Self::NoTime(text) => message!("line-no-time", text = text),
            Self::Order => message!("line-order"),
            Self::NoRun => message!("line-no-run"),
            Self::Implausible(Implausible::Width(width)) => message!("line-width", width = *width),
            Self::Implausible(Implausible::Time(_)) => message!("line-out-of-time"),
            Self::Implausible(Implausible::Seconds { seconds, width }) => {
                message!("line-seconds", seconds = *seconds, width = *width)
            }
            Self::Future => message!("line-future"),
            Self::TooManyDevices(most) => message!("line-devices", most = *most),
        }
    }
}

display_english!(RefusalReason);
