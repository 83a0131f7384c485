//! The history as the window shows it: read on a blocking thread, with a made-up past of simulated thermostats.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::task::Waker;

use jiff::tz::TimeZone;
use poll_promise::Promise;
use tokio::runtime::Handle;

use super::history::HistoryFiles;
use crate::accounts::AccountsView;
use crate::automation::rule::{RecordedHome, RuleTrialRequest, readings_of};
use crate::clock::Clock;
use crate::history::{
    Change, ChangeQuery, Curve, HistoryEntry, HistoryError, HistoryStore, StoredInterval, sums_between,
};
use crate::home::DeviceId;
use crate::simulator::{PAST_STEP_S, Past};
use crate::ui::curves::{CurveRequest, HistoryLookup, ReadCurve, TriedRule};
use crate::ui::energy_reports::{EnergyRead, EnergyReport, EnergyRequest};

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

/// The past of one thermostat, from which any part can be read.
struct DevicePast {
    device: DeviceId,
    path: PathBuf,
    /// The made-up past of a simulated thermostat.
    simulated: Option<Past>,
}

impl DevicePast {
    /// The intervals that begin within `from..to`, ordered by start. A simulated thermostat has none after `now`.
    fn intervals(&self, from: i64, to: i64, now: i64) -> Result<Vec<StoredInterval>, HistoryError> {
        let mut stored = Vec::new();
        if let Some(history) = HistoryStore::open_to_read(&self.path)?
            && let Some(known) = history.keyed(self.device.as_str())?
        {
            stored = history.intervals(&known, from, to)?;
        }
        Ok(match &self.simulated {
            Some(past) => with_past(stored, past, (from, to.min(now - PAST_STEP_S))),
            None => stored,
        })
    }

    /// The recorded changes, the newest first.
    fn changes(&self, query: &ChangeQuery) -> Result<Vec<Change>, HistoryError> {
        HistoryStore::open_to_read(&self.path)?.map_or(Ok(Vec::new()), |history| history.changes(query))
    }
}

impl HistoryReader {
    fn past(&self, accounts: &AccountsView, device: &DeviceId) -> DevicePast {
        let simulated = simulated_past(accounts, device);
        let path = if simulated.is_some() { &self.files.simulated } else { &self.files.own }.clone();
        DevicePast { device: device.clone(), path, simulated }
    }

    /// Reads on a blocking thread, and wakes the window.
    fn spawn<T: Send + 'static>(&self, read: impl FnOnce(i64) -> T + Send + 'static) -> Promise<T> {
        let (sender, promise) = Promise::new();
        let (now, waker) = (self.clock.now().as_second(), self.waker.clone());
        self.runtime.spawn_blocking(move || {
            sender.send(read(now));
            waker.wake();
        });
        promise
    }
}

impl HistoryLookup for HistoryReader {
    fn read(
        &self,
        accounts: &AccountsView,
        device: &DeviceId,
        request: CurveRequest,
    ) -> Promise<Result<ReadCurve, HistoryError>> {
        let past = self.past(accounts, device);
        self.spawn(move |now| {
            let stored = past.intervals(request.span.earliest(), request.span.to, now)?;
            let rows = sums_between(&stored, &request.rows);
            let changes = request.changes(&past.device).map_or(Ok(Vec::new()), |query| past.changes(&query))?;
            Ok(ReadCurve { curve: Curve::new(&stored, request.span, now), rows, changes })
        })
    }

    fn energy(&self, accounts: &AccountsView, request: &EnergyRequest) -> Promise<Result<EnergyRead, HistoryError>> {
        let pasts: Vec<DevicePast> = request.devices.iter().map(|device| self.past(accounts, device)).collect();
        let (request, own) = (request.clone(), self.files.own.clone());
        let shown: BTreeSet<DeviceId> = accounts.shown.thermostats.keys().cloned().collect();
        self.spawn(move |now| {
            let report = |past: &DevicePast| {
                let changes = |query| past.changes(&query);
                EnergyReport::read(&past.device, &request, |from, to| past.intervals(from, to, now), changes)
            };
            let reports = pasts.iter().map(report).collect::<Result<_, _>>()?;
            Ok(EnergyRead { reports, others: others(&own, &shown)? })
        })
    }

    fn entries(&self) -> Promise<Result<Vec<HistoryEntry>, HistoryError>> {
        let own = self.files.own.clone();
        self.spawn(move |_| HistoryStore::open_to_read(&own)?.map_or(Ok(Vec::new()), |history| history.entries()))
    }

    fn try_rule(&self, accounts: &AccountsView, request: RuleTrialRequest) -> Promise<TriedRule> {
        let pasts: Vec<DevicePast> = request.home.thermostats.keys().map(|id| self.past(accounts, id)).collect();
        let is_simulated = accounts.is_simulated();
        let file = if is_simulated { &self.files.simulated } else { &self.files.own }.clone();
        self.spawn(move |now| {
            let mut recorded = RecordedHome::default();
            let span = (request.from, request.to);
            for past in pasts {
                let stored = past.intervals(span.0.as_second(), span.1.as_second(), now)?;
                recorded.readings.insert(past.device.clone(), readings_of(&stored));
            }
            if let Some(history) = HistoryStore::open_to_read(&file)? {
                recorded.changes = history.changes(&RecordedHome::changes_of(span))?;
            }
            Ok(request.run(&recorded))
        })
    }

    fn changes(&self, accounts: &AccountsView, query: ChangeQuery) -> Promise<Result<Vec<Change>, HistoryError>> {
        let is_there =
            |is_simulated| accounts.accounts.iter().any(|account| account.label.is_simulated() == is_simulated);
        let mut files = Vec::new();
        if is_there(true) {
            files.push(self.files.simulated.clone());
        }
        if is_there(false) {
            files.push(self.files.own.clone());
        }
        self.spawn(move |_| {
            let mut changes = Vec::new();
            for file in files {
                if let Some(history) = HistoryStore::open_to_read(&file)? {
                    changes.extend(history.changes(&query)?);
                }
            }
            changes.sort_by_key(|change| std::cmp::Reverse(change.at));
            changes.truncate(query.most);
            Ok(changes)
        })
    }
}

/// The thermostats in a file that are not shown, by their id there.
fn others(file: &Path, shown: &BTreeSet<DeviceId>) -> Result<Vec<(DeviceId, String)>, HistoryError> {
    let Some(history) = HistoryStore::open_to_read(file)? else { return Ok(Vec::new()) };
    let all = history.own_devices()?.into_iter().map(|device| (DeviceId::from(device.key.as_str()), device.name));
    Ok(all.filter(|(id, _)| !shown.contains(id)).collect())
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
    let zone = structure.and_then(|structure| structure.zone());
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
