//! Holds: a set point that a person chose for a time.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use crate::home::HoldEnd;
use crate::home::{DeviceId, DeviceTree, HvacMode, Write};

/// A set point that a person chose for a time. At its end the schedule applies, or the value from before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hold {
    pub thermostat: DeviceId,
    /// The name of the thermostat when the hold began.
    pub name: String,
    /// The target or the range.
    pub write: Write,
    /// The value from before, of the first of several holds without a pause; `None` if it was not known.
    pub before: Option<Write>,
    pub began: Timestamp,
    pub ends: HoldEnd,
    /// The mode in which the values were set: the value from before comes back in this one only.
    #[serde(default)]
    pub mode: Option<HvacMode>,
    /// The rule that began it; `None` for a person.
    #[serde(default)]
    pub rule: Option<String>,
}

impl Hold {
    /// The hold that replaces another one of the same thermostat: the value from before stays, unless the other one is
    /// over, or was in force no more.
    #[must_use]
    pub fn after(self, earlier: Option<&Self>, home: &DeviceTree, now: Timestamp) -> Self {
        let goes_on = |earlier: &&Self| {
            let is_over = matches!(earlier.ends, HoldEnd::At(end) if end <= now);
            earlier.thermostat == self.thermostat && !is_over && earlier.is_shown_by(home)
        };
        match earlier.filter(goes_on) {
            Some(earlier) => Self { before: earlier.before.clone(), ..self },
            None => self,
        }
    }

    /// True if the thermostat shows the value.
    pub fn is_shown_by(&self, home: &DeviceTree) -> bool {
        self.write.is_shown_by(home)
    }
}

/// The thermostat of a write of its target or range, which can be held.
pub fn holdable(write: &Write) -> Option<&DeviceId> {
    match write {
        Write::Target(id, _) | Write::Range { thermostat: id, .. } => Some(id),
        Write::Away(..)
        | Write::StructureName(..)
        | Write::Eta(..)
        | Write::Scale(..)
        | Write::Mode(..)
        | Write::FanTimer(..)
        | Write::FanDuration(..)
        | Write::Label(..)
        | Write::Streaming(..) => None,
    }
}
