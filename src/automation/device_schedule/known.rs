//! The schedules of thermostats as far as this program has read them.

use super::{ReplaceError, ScheduleBackup};
use crate::service::{Failure, StoredSchedule};

/// The schedule that a thermostat keeps, as it was read last.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct KnownDeviceSchedule {
    /// `None` until a reading succeeds.
    pub read: Option<StoredSchedule>,
    /// The newest first.
    pub backups: Vec<ScheduleBackup>,
    /// True while it is read or replaced.
    pub is_busy: bool,
    /// The end of the last call.
    pub outcome: Option<DeviceScheduleOutcome>,
}

/// The end of a call about the schedule of a thermostat.
#[derive(Debug, Clone, PartialEq)]
pub enum DeviceScheduleOutcome {
    Read,
    /// The schedule cannot be read.
    Unread(Failure),
    Replaced,
    /// The thermostat had the same schedule already.
    Unchanged,
    NotReplaced(ReplaceError),
}
