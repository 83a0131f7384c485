//! Schedules that a thermostat keeps itself: made from levels and taken over as levels, and replaced as a whole, with a
//! backup of the one before.

mod backups;
mod convert;
mod known;

use std::sync::Arc;

use jiff::Timestamp;

pub use self::backups::{MOST_BACKUPS, ScheduleBackup, ScheduleBackups};
pub use self::convert::{TakenOver, mode_of, take_over, to_device};
pub use self::known::{DeviceScheduleOutcome, KnownDeviceSchedule};
use crate::files::FileError;
use crate::home::{DeviceId, DeviceSchedule};
use crate::i18n::{Message, ToMessage, display_english, message};
use crate::service::{Failure, Service, StoredSchedule};

/// A replacement of the schedule of a thermostat.
#[derive(Debug, Clone, PartialEq)]
pub struct ScheduleReplacement {
    pub thermostat: DeviceId,
    /// The name of the thermostat, for its backup.
    pub name: String,
    pub schedule: DeviceSchedule,
    pub replaces: ReplacedSchedule,
}

/// The schedule that may be replaced.
#[derive(Debug, Clone, PartialEq)]
pub enum ReplacedSchedule {
    /// Any.
    Any,
    /// The one that the person saw; `None` if the thermostat had none.
    Seen(Option<DeviceSchedule>),
}

/// A schedule that was replaced, as the service stores it now.
#[derive(Debug, Clone, PartialEq)]
pub struct Replaced {
    pub stored: StoredSchedule,
    /// False if the service had the same schedule already, so that nothing was sent.
    pub is_new: bool,
}

/// The reason why a schedule was not replaced, or is not known to be.
#[derive(Debug, Clone, PartialEq)]
pub enum ReplaceError {
    /// The present schedule cannot be read, so there would be no backup.
    Unread(Failure),
    /// The backup cannot be written.
    NoBackup(FileError),
    /// Somebody changed the schedule since it was shown.
    ChangedMeanwhile,
    /// The service did not take it.
    Refused(Failure),
    /// The service may have taken it.
    MayHaveArrived(Failure),
    /// The service took it and stores another one.
    StoredOther,
}

impl ToMessage for ReplaceError {
    fn to_message(&self) -> Message {
        match self {
            Self::Unread(failure) => message!("device-schedule-unread", why = failure.to_message()),
            Self::NoBackup(error) => message!("device-schedule-no-backup", why = error.to_message()),
            Self::ChangedMeanwhile => message!("device-schedule-changed"),
            Self::Refused(failure) => message!("device-schedule-refused", why = failure.to_message()),
            Self::MayHaveArrived(failure) => message!("device-schedule-open", why = failure.to_message()),
            Self::StoredOther => message!("device-schedule-stored-other"),
        }
    }
}

display_english!(ReplaceError);

impl ReplaceError {
    /// The failure of the service behind it, if there is one.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Unread(failure) | Self::Refused(failure) | Self::MayHaveArrived(failure) => Some(failure),
            Self::NoBackup(_) | Self::ChangedMeanwhile | Self::StoredOther => None,
        }
    }
}

/// Replaces the whole schedule of a thermostat: reads the present one, keeps it as a backup, writes the new one, and
/// reads it back.
pub async fn replace(
    service: &Arc<dyn Service>,
    backups: &ScheduleBackups,
    wanted: ScheduleReplacement,
    now: Timestamp,
) -> Result<Replaced, ReplaceError> {
    let ScheduleReplacement { thermostat, name, schedule, replaces } = wanted;
    let read = || Arc::clone(service).device_schedule(thermostat.clone());
    let present = read().await.map_err(ReplaceError::Unread)?;
    match &replaces {
        ReplacedSchedule::Seen(seen) if !is_same(seen.as_ref(), present.schedule.as_ref()) => {
            return Err(ReplaceError::ChangedMeanwhile);
        }
        ReplacedSchedule::Seen(_) | ReplacedSchedule::Any => {}
    }
    let is_understood = present.unreadable == 0;
    if is_understood && present.schedule.as_ref().is_some_and(|present| present.is_same(&schedule)) {
        return Ok(Replaced { stored: present, is_new: false });
    }
    let backup = ScheduleBackup {
        taken: now,
        thermostat: thermostat.clone(),
        name,
        schedule: present.schedule,
        unreadable: present.unreadable,
        original: present.original,
    };
    let backups = backups.clone();
    let kept = tokio::task::spawn_blocking(move || backups.keep(backup)).await;
    let kept = kept.unwrap_or_else(|err| Err(FileError::Other(err.to_string())));
    kept.map_err(ReplaceError::NoBackup)?;
    let sent = Arc::clone(service).set_device_schedule(thermostat.clone(), schedule.clone()).await;
    match sent {
        Err(failure) if !failure.leaves_open() => return Err(ReplaceError::Refused(failure)),
        Ok(()) | Err(_) => {}
    }
    // Without an answer the stored schedule says whether it arrived.
    match (read().await, sent) {
        (Ok(stored), _) if is_same(Some(&schedule), stored.schedule.as_ref()) => Ok(Replaced { stored, is_new: true }),
        (Ok(_), Ok(())) => Err(ReplaceError::StoredOther),
        (Ok(_), Err(failure)) => Err(ReplaceError::Refused(failure)),
        (Err(failure), Ok(())) | (Err(_), Err(failure)) => Err(ReplaceError::MayHaveArrived(failure)),
    }
}

fn is_same(one: Option<&DeviceSchedule>, other: Option<&DeviceSchedule>) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => one.is_same(other),
        (Some(_), None) | (None, Some(_)) => false,
    }
}

#[cfg(test)]
mod replace_tests;
