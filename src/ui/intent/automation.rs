//! Intents for holds, schedules and rules.

use jiff::Timestamp;

use crate::automation::device_schedule::ScheduleReplacement;
use crate::automation::rule::RuleEdit;
use crate::automation::schedule::ScheduleEdit;
use crate::home::{DeviceId, HoldEnd, Write};

/// The length of a hold, from the time at which it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldLength {
    Minutes(i64),
    /// Until the next start of the schedule.
    NextStart,
    /// Until the user ends it.
    Unlimited,
}

impl HoldLength {
    /// The lengths in menus, in minutes.
    pub const MENU: [i64; 3] = [60, 120, 240];

    /// The end of a hold that begins now.
    pub fn ends(self, now: Timestamp) -> HoldEnd {
        match self {
            Self::Minutes(minutes) => {
                let end = now.checked_add(jiff::SignedDuration::from_mins(minutes));
                HoldEnd::At(end.unwrap_or(now))
            }
            Self::NextStart => HoldEnd::NextStart,
            Self::Unlimited => HoldEnd::Never,
        }
    }
}

/// An intent for holds, schedules and rules.
#[derive(Debug, Clone, PartialEq)]
pub enum AutomationIntent {
    /// Request set points, and hold them until an end.
    Hold {
        /// The name of the change, if there are several.
        name: String,
        writes: Vec<Write>,
        ends: HoldEnd,
    },
    /// Hold the present set points of a thermostat, or move the end of its hold.
    HoldPresent { thermostat: DeviceId, length: HoldLength },
    /// End a hold now: what is in force applies.
    EndHold(DeviceId),
    /// Move the end of a hold.
    MoveHold(DeviceId, HoldEnd),
    /// Edit the schedules, as one step.
    Schedules(Vec<ScheduleEdit>),
    /// Edit the rules, as one step.
    Rules(Vec<RuleEdit>),
}

/// An intent for the schedule that a thermostat keeps itself.
#[derive(Debug, Clone, PartialEq)]
pub enum DeviceScheduleIntent {
    Read(DeviceId),
    Replace(Box<ScheduleReplacement>),
}
