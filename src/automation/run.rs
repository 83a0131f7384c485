//! Runs: each occasion on which something was to be done, with what became of it. They are kept for good.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::home::{DeviceId, Write};
use crate::i18n::{Message, ToMessage, message};

/// The number of a run in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(pub i64);

/// The reason why there was an occasion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// A level of a schedule was in force from a time on.
    Start { schedule: String, level: String },
    /// A hold ended.
    HoldEnd,
}

/// The reason why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Skip {
    /// The thermostat showed the value already.
    AlreadySo,
    /// A person changed the value after the start, or while the hold lasted.
    ChangedByHand,
    /// A hold was in force.
    Held,
    /// The program did not run, or the computer slept; with the number of starts that passed.
    Asleep(u64),
    /// The thermostat or its service could not be reached.
    Offline,
    /// The write was not sent.
    NotSent,
    /// The thermostat is off, in Eco, or in a mode that has no set point.
    NoSetpoint,
    /// The level has no set point for the mode.
    LacksLevel,
    /// The value from before is not known.
    NothingBefore,
    /// At the end of a hold, the thermostat had another value than the held one.
    OtherValue,
    /// At the end of a hold, the thermostat was in another mode than before it.
    OtherMode,
    /// The set point is outside of the limits of all rules.
    BeyondLimits,
    /// The room is too cold to do without heat, or nobody knows.
    TooCold,
}

impl ToMessage for Skip {
    fn to_message(&self) -> Message {
        match self {
            Self::AlreadySo => message!("run-already-so"),
            Self::ChangedByHand => message!("run-changed-by-hand"),
            Self::Held => message!("run-held"),
            Self::Asleep(1) => message!("run-asleep"),
            Self::Asleep(count) => message!("run-asleep-several", count = i64::try_from(*count).unwrap_or(i64::MAX)),
            Self::NoSetpoint => message!("run-no-setpoint"),
            Self::LacksLevel => message!("run-lacks-level"),
            Self::NothingBefore => message!("run-nothing-before"),
            Self::Offline => message!("run-offline"),
            Self::NotSent => message!("run-not-sent"),
            Self::OtherValue => message!("run-other-value"),
            Self::OtherMode => message!("run-other-mode"),
            Self::BeyondLimits => message!("run-beyond-limits"),
            Self::TooCold => message!("run-too-cold"),
        }
    }
}

/// The outcome of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunOutcome {
    /// The writes are about to be made. After a crash nobody knows yet if they were.
    Open,
    Skipped(Skip),
    /// The service confirmed the write.
    Done,
    /// The service accepted the write and has not shown it.
    Unconfirmed,
    /// The service may have received the write.
    MayHaveArrived,
    /// With the reason, as a sentence.
    Refused(String),
    /// Nothing was sent. The start, or the end of the hold, stays due.
    NotSent,
    /// Somebody changed the value before it was sent.
    Superseded,
}

/// One occasion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    pub trigger: Trigger,
    pub thermostat: DeviceId,
    /// The name of the thermostat at that time.
    pub name: String,
    /// The time for which it was due.
    pub due: Timestamp,
    /// The time at which it was handled.
    pub at: Timestamp,
    pub write: Option<Write>,
    /// The value before.
    pub before: Option<Write>,
    /// The begin of the hold that ends with it, unless nothing is sent. A hold that began later stays.
    #[serde(default)]
    pub ends_hold: Option<Timestamp>,
    pub outcome: RunOutcome,
}
