//! The schedules that thermostats keep themselves: reads and replacements that the window asks for.

use std::collections::BTreeMap;
use std::sync::Arc;

use poll_promise::Promise;

use super::App;
use super::automation::automation_files;
use crate::automation::device_schedule::{
    DeviceScheduleOutcome, KnownDeviceSchedule, ReplaceError, ScheduleBackup, replace,
};
use crate::home::DeviceId;
use crate::service::{Failure, StoredSchedule};
use crate::ui::intent::DeviceScheduleIntent;
use crate::ui::notice::Notice;

/// The end of a call: the outcome, the schedule as it was read last, and its backups.
struct Ended {
    outcome: DeviceScheduleOutcome,
    stored: Option<StoredSchedule>,
    backups: Vec<ScheduleBackup>,
}

/// The schedules of thermostats, and the calls about them.
#[derive(Default)]
pub(super) struct DeviceSchedules {
    pub(super) known: BTreeMap<DeviceId, KnownDeviceSchedule>,
    calls: BTreeMap<DeviceId, Promise<Ended>>,
}

impl App {
    pub(super) fn device_schedule_intent(&mut self, intent: DeviceScheduleIntent) {
        let (thermostat, replacement) = match intent {
            DeviceScheduleIntent::Read(thermostat) => (thermostat, None),
            DeviceScheduleIntent::Replace(wanted) => (wanted.thermostat.clone(), Some(*wanted)),
        };
        if self.device_schedules.calls.contains_key(&thermostat) {
            return;
        }
        let service = self.accounts.service_of(&thermostat);
        let places = self.setup.places.as_ref().zip(self.accounts.sources().next());
        let backups = places.map(|(places, source)| automation_files(places, source).backups);
        let known = self.device_schedules.known.entry(thermostat.clone()).or_default();
        let (Some(service), Some(backups)) = (service, backups) else {
            // The entry keeps the page from asking again in each frame.
            known.outcome = Some(DeviceScheduleOutcome::Unread(Failure::of_program("the account is not open")));
            if replacement.is_some() {
                self.notice(Notice::NotTaken);
            }
            return;
        };
        known.is_busy = true;
        let now = self.setup.clock.now();
        let id = thermostat.clone();
        let (sender, promise) = Promise::new();
        let waker = Arc::clone(&self.setup.channels.waker);
        self.setup.runtime.spawn(async move {
            let (outcome, stored) = match replacement {
                None => match service.device_schedule(id.clone()).await {
                    Ok(stored) => (DeviceScheduleOutcome::Read, Some(stored)),
                    Err(failure) => (DeviceScheduleOutcome::Unread(failure), None),
                },
                Some(wanted) => match replace(&service, &backups, wanted, now).await {
                    Ok(replaced) if replaced.is_new => (DeviceScheduleOutcome::Replaced, Some(replaced.stored)),
                    Ok(replaced) => (DeviceScheduleOutcome::Unchanged, Some(replaced.stored)),
                    Err(error) => {
                        // With another schedule there the page shows that one.
                        let is_other = matches!(error, ReplaceError::ChangedMeanwhile | ReplaceError::StoredOther);
                        let read = if is_other { service.device_schedule(id.clone()).await.ok() } else { None };
                        (DeviceScheduleOutcome::NotReplaced(error), read)
                    }
                },
            };
            let kept = tokio::task::spawn_blocking(move || backups.of(&id)).await;
            let kept = kept.map_err(|err| err.to_string()).and_then(|kept| kept.map_err(|err| err.to_string()));
            let backups = kept.unwrap_or_else(|why| {
                tracing::warn!(why, "the backups of schedules cannot be read");
                Vec::new()
            });
            sender.send(Ended { outcome, stored, backups });
            waker.wake_now();
        });
        self.device_schedules.calls.insert(thermostat, promise);
    }

    /// Receives the ends of calls.
    pub(super) fn receive_device_schedules(&mut self) {
        let DeviceSchedules { known, calls } = &mut self.device_schedules;
        let ended: Vec<DeviceId> =
            calls.iter().filter(|(_, call)| call.ready().is_some()).map(|(id, _)| id.clone()).collect();
        for id in ended {
            let Some(Ok(ended)) = calls.remove(&id).map(Promise::try_take) else { continue };
            let known = known.entry(id.clone()).or_default();
            known.is_busy = false;
            known.backups = ended.backups;
            known.read = ended.stored.or(known.read.take());
            match &ended.outcome {
                DeviceScheduleOutcome::Replaced => tracing::info!(%id, "a thermostat has another schedule"),
                DeviceScheduleOutcome::NotReplaced(why) => {
                    tracing::warn!(%id, %why, "the schedule of a thermostat was not replaced");
                }
                DeviceScheduleOutcome::Read | DeviceScheduleOutcome::Unchanged | DeviceScheduleOutcome::Unread(_) => {}
            }
            known.outcome = Some(ended.outcome);
        }
    }

    /// Forgets what was read, because other accounts are shown.
    pub(super) fn forget_device_schedules(&mut self) {
        // A call that is under way ends by itself, and nobody takes its end.
        self.device_schedules = DeviceSchedules::default();
    }
}
