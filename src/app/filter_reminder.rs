//! The reminder of the air filter: once a day the hours are counted, and a notice says that the filter is due.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use jiff::civil::Date;

use super::App;
use super::event::AppEvent;
use super::history::HistoryFiles;
use crate::accounts::settings::FilterSettings;
use crate::history::{HistoryError, HistoryStore, filter_seconds};
use crate::platform::notifications::Notification;
use crate::ui::Notice;

/// The hours of a filter since a day, counted on another thread.
pub(super) struct FilterReminder {
    /// The settings and the day of the last count.
    counted: Option<(FilterSettings, Date)>,
    /// The settings of the filter that was told of.
    told: Option<FilterSettings>,
    sender: SyncSender<(FilterSettings, u64)>,
    receiver: Receiver<(FilterSettings, u64)>,
}

impl Default for FilterReminder {
    fn default() -> Self {
        let (sender, receiver) = sync_channel(1);
        Self { counted: None, told: None, sender, receiver }
    }
}

impl App {
    /// Counts the hours once a day, and tells of a filter that is due once.
    pub(super) fn remind_of_filter(&mut self) {
        while let Ok((filter, hours)) = self.filter_reminder.receiver.try_recv() {
            let is_present = self.setup.settings.energy.filter == Some(filter);
            if is_present && hours >= u64::from(filter.hours) && self.filter_reminder.told != Some(filter) {
                self.filter_reminder.told = Some(filter);
                self.tell_of_filter(hours);
            }
        }
        let Some(filter) = self.setup.settings.energy.filter else {
            self.withdraw_filter_notice();
            return;
        };
        if self.filter_reminder.told.is_some_and(|told| told != filter) {
            self.withdraw_filter_notice();
        }
        let today = self.setup.clock.now().to_zoned(self.setup.zone.clone()).date();
        let Some(places) = &self.setup.places else { return };
        if self.filter_reminder.counted.replace((filter, today)) == Some((filter, today)) {
            return;
        }
        let (file, sender) = (HistoryFiles::in_folder(&places.data).own, self.filter_reminder.sender.clone());
        let waker = Arc::clone(&self.setup.channels.waker);
        self.setup.runtime.spawn_blocking(move || match filter_hours(&file, &filter) {
            Ok(hours) => {
                // The program has ended meanwhile if nobody receives it.
                if sender.try_send((filter, hours)).is_ok() {
                    waker.wake_now();
                }
            }
            Err(err) => tracing::debug!(%err, "the hours of the filter are not known"),
        });
    }

    fn tell_of_filter(&mut self, hours: u64) {
        self.notice(Notice::FilterDue(hours));
        if let Some(notifier) = &self.shell.notifier {
            notifier.show(Notification {
                is_urgent: false,
                title: self.i18n.text("filter-title").into_owned(),
                body: Notice::FilterDue(hours).text(&self.i18n),
                open: AppEvent::Open(None),
                action: None,
                subject: Some("filter".to_owned()),
                picture: None,
                only_completes: false,
            });
        }
    }

    fn withdraw_filter_notice(&mut self) {
        if self.filter_reminder.told.take().is_some() {
            self.setup.notices.retain(|notice| !matches!(notice, Notice::FilterDue(_)));
        }
    }
}

/// The hours of the thermostat whose equipment ran longest since the filter was changed.
fn filter_hours(file: &Path, filter: &FilterSettings) -> Result<u64, HistoryError> {
    let Some(history) = HistoryStore::open_to_read(file)? else { return Ok(0) };
    let mut most = 0;
    for device in history.own_devices()? {
        let changed = filter.changed.to_zoned(device.time_zone()).map_or(0, |at| at.timestamp().as_second());
        let mut seconds = 0;
        history.each_month(&device, (changed, i64::MAX), |stored| {
            seconds += filter_seconds(stored, changed, filter.is_forced_air);
            Ok::<_, HistoryError>(())
        })?;
        most = most.max(seconds);
    }
    Ok(most / 3_600)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{EquipmentPart, Interval, IntervalSource};

    #[test]
    fn the_hours_are_those_of_the_busiest_thermostat_since_the_change() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("history.sqlite3");
        let mut history = HistoryStore::open(&file).expect("opened").history;
        let writer = history.write().expect("begun");
        // From 31 December 2025 on: a day before the change, and two days after it.
        for (key, seconds) in [("a", 300), ("b", 100)] {
            let device = writer.ensure_device(key, key).expect("a thermostat");
            writer.note_zone(device.id, "UTC", 1).expect("noted");
            for n in 0..3 * 288 {
                let mut interval = Interval::new(1_767_139_200 + n * 300, 300, IntervalSource::Recorded);
                interval.covered_s = 300;
                interval.run.set(EquipmentPart::Heat, Some(seconds));
                writer.put(device.id, &interval).expect("stored");
            }
        }
        writer.commit().expect("kept");
        let filter = FilterSettings::changed_on(jiff::civil::date(2026, 1, 1));
        let hours = |is_forced_air| filter_hours(&file, &FilterSettings { is_forced_air, ..filter }).expect("read");
        assert_eq!((hours(true), hours(false)), (48, 0));
        assert_eq!(filter_hours(&folder.path().join("none"), &filter).expect("read"), 0);
    }
}
