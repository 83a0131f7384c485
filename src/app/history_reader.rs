//! The history as the window shows it: read on a blocking thread, with a made-up past of simulated thermostats.

use std::sync::Arc;
use std::task::Waker;

use jiff::tz::TimeZone;
use poll_promise::Promise;
use tokio::runtime::Handle;

use super::history::HistoryFiles;
use crate::accounts::AccountsView;
use crate::clock::Clock;
use crate::history::{Curve, HistoryError, HistoryStore, StoredInterval, sums_between};
use crate::home::DeviceId;
use crate::simulator::{PAST_STEP_S, Past};
use crate::ui::curves::{CurveLookup, CurveRequest, ReadCurve};

/// Reads the files of the history. Each read opens its file, so one that was replaced meanwhile is read as it is.
pub(super) struct HistoryReader {
    files: HistoryFiles,
    runtime: Handle,
    clock: Arc<dyn Clock>,
    waker: Waker,
}

impl HistoryReader {
    /// Creates a reader that wakes the window when it has read something.
    pub(super) fn new(files: HistoryFiles, runtime: Handle, clock: Arc<dyn Clock>, waker: Waker) -> Self {
        Self { files, runtime, clock, waker }
    }
}

impl CurveLookup for HistoryReader {
    fn read(
        &self,
        accounts: &AccountsView,
        device: &DeviceId,
        request: CurveRequest,
    ) -> Promise<Result<ReadCurve, HistoryError>> {
        let past = simulated_past(accounts, device);
        let path = if past.is_some() { &self.files.simulated } else { &self.files.own }.clone();
        let (device, now, waker) = (device.clone(), self.clock.now().as_second(), self.waker.clone());
        let (sender, promise) = Promise::new();
        self.runtime.spawn_blocking(move || {
            let span = (request.span.earliest(), request.span.to);
            let read = HistoryStore::open_to_read(&path).and_then(|history| {
                let Some(history) = history else { return Ok(Vec::new()) };
                let known = history.keyed(device.as_str())?;
                known.map_or(Ok(Vec::new()), |known| history.intervals(&known, span.0, span.1))
            });
            sender.send(read.map(|stored| {
                let stored = match past {
                    Some(past) => with_past(stored, &past, (span.0, span.1.min(now - PAST_STEP_S))),
                    None => stored,
                };
                let rows = sums_between(&stored, &request.rows);
                ReadCurve { curve: Curve::new(&stored, request.span, now), rows }
            }));
            waker.wake();
        });
        promise
    }
}

/// The made-up past of a thermostat of the simulated home; `None` for a real one.
fn simulated_past(accounts: &AccountsView, device: &DeviceId) -> Option<Past> {
    let account =
        accounts.accounts.iter().find(|account| account.snapshot.confirmed.thermostats.contains_key(device))?;
    if !account.label.is_simulated() {
        return None;
    }
    let home = &account.snapshot.confirmed;
    let thermostat = home.thermostats.get(device)?;
    let structure = thermostat.structure_id.as_ref().and_then(|id| home.structures.get(id));
    let zone = structure.and_then(|structure| TimeZone::get(structure.time_zone.as_deref()?).ok());
    Some(Past::new(device, thermostat, zone.unwrap_or(TimeZone::UTC)))
}

/// Adds a made-up past to what was recorded, ordered by start. Where both tell of a time, the recorded one counts.
fn with_past(mut stored: Vec<StoredInterval>, past: &Past, (from, to): (i64, i64)) -> Vec<StoredInterval> {
    let device = stored.first().map_or(0, |one| one.device);
    let recorded: Vec<i64> = stored.iter().map(|one| one.interval.start).collect();
    let made = past.intervals(from, to).into_iter().filter(|one| recorded.binary_search(&one.start).is_err());
    stored.extend(made.map(|interval| StoredInterval { device, interval }));
    stored.sort_by_key(|one| one.interval.start);
    stored
}
