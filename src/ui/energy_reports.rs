//! The reports of the energy page, read in the background and kept while it is shown.

use std::sync::Arc;

use egui::Context;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use poll_promise::Promise;

use super::curves::CurveCache;
use crate::accounts::AccountsView;
use crate::history::{
    Change, ChangeKind, ChangeQuery, DayEnergy, DegreeDayBase, EnergyStar, EpaDays, EquipmentPart, EquipmentRun,
    HeatLoss, HeatLossFit, HistoryError, HoursOfDay, OpenWindow, Season, ShortCycles, StoredInterval, Sums,
    TooFewCoreDays, TooFewStretches, days, energy_star, filter_seconds, least_starts, months, open_windows,
    short_cycles, sums_between,
};
use crate::home::DeviceId;

/// The past that the page shows: a period, and two that it is compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct EnergyRequest {
    /// The thermostats, in the order in which the page lists them.
    pub devices: Vec<DeviceId>,
    /// The bounds of the parts of the period, as seconds since 1970.
    pub parts: Vec<i64>,
    /// The bounds of the parts of the periods that it is compared with.
    pub compared: [Vec<i64>; 2],
    pub base: DegreeDayBase,
    pub zone: TimeZone,
    /// The begin and the end of the time that tells the loss of heat.
    pub house: (i64, i64),
    /// The time of the last change of the filter, and true if the heating blows through it.
    pub filter: Option<(i64, bool)>,
}

/// The energy of a thermostat.
#[derive(Debug, Clone, PartialEq)]
pub struct EnergyReport {
    pub device: DeviceId,
    pub period: PeriodReport,
    /// The periods that it is compared with, in the order of the request.
    pub compared: [PeriodReport; 2],
    pub house: Result<HeatLoss, TooFewStretches>,
    /// The seconds of the filter since its last change, of a year at most.
    pub filter_s: Option<u64>,
    /// The runtime of the period by the hour of the day.
    pub hours: HoursOfDay,
    /// The metric of ENERGY STAR for heating, over the same time as the loss of heat.
    pub star: Result<EnergyStar, TooFewCoreDays>,
    /// The fewest starts of the heating within the period that the sums can tell.
    pub least_starts: usize,
    /// The times within the period at which the heating or the cooling started too often.
    pub short_cycles: Vec<ShortCycles>,
    /// The newest times within the period at which a window may have been open.
    pub opened: Vec<OpenWindow>,
}

/// A period of a thermostat.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PeriodReport {
    pub days: Vec<DayEnergy>,
    /// The sums of its parts.
    pub parts: Vec<Sums>,
}

impl PeriodReport {
    fn of(parts: &[i64]) -> Self {
        Self { days: Vec::new(), parts: vec![Sums::default(); parts.len().saturating_sub(1)] }
    }

    /// Adds the intervals of a month of the period.
    fn add(&mut self, stored: &[StoredInterval], parts: &[i64], request: &EnergyRequest) {
        let (_, end) = bounds(parts);
        // An interval that reaches over the end tells of a day that is not shown.
        let is_inside = |day: &DayEnergy| {
            day.date.to_zoned(request.zone.clone()).is_ok_and(|begin| begin.timestamp().as_second() < end)
        };
        for day in days(stored, request.base, &request.zone).into_iter().filter(is_inside) {
            match self.days.last_mut() {
                // An interval of the month before reached into this day.
                Some(last) if last.date == day.date => {
                    last.sums.plus(&day.sums);
                    last.degree_days = last.degree_days.plus(day.degree_days);
                }
                Some(_) | None => self.days.push(day),
            }
        }
        for (sums, part) in self.parts.iter_mut().zip(sums_between(stored, parts)) {
            sums.plus(&part);
        }
    }
}

/// Everything that was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EnergyRead {
    pub reports: Vec<EnergyReport>,
    /// Thermostats of the history that no home has, by their id there, with their names: exports, and what was replaced.
    pub others: Vec<(DeviceId, String)>,
}

/// Most open windows of a thermostat that the page lists.
const MOST_OPENED: usize = 20;

impl EnergyReport {
    /// Reads the report of a thermostat. `read` returns the intervals that begin within a span; at no time more than
    /// those of a month are in memory.
    pub(crate) fn read(
        device: &DeviceId,
        request: &EnergyRequest,
        mut read: impl FnMut(i64, i64) -> Result<Vec<StoredInterval>, HistoryError>,
        changes: impl FnOnce(ChangeQuery) -> Result<Vec<Change>, HistoryError>,
    ) -> Result<Self, HistoryError> {
        let (mut starts, mut hours, mut opened) = (0, HoursOfDay::default(), Vec::new());
        let mut compared = request.compared.each_ref().map(|parts| PeriodReport::of(parts));
        for (report, parts) in compared.iter_mut().zip(&request.compared) {
            for (from, to) in months(bounds(parts), &request.zone) {
                report.add(&read(from, to)?, parts, request);
            }
        }
        let mut period = PeriodReport::of(&request.parts);
        for (from, to) in months(bounds(&request.parts), &request.zone) {
            let stored = read(from, to)?;
            period.add(&stored, &request.parts, request);
            opened.extend(open_windows(&stored));
            starts += least_starts(&stored, EquipmentPart::Heat);
            hours.add(&stored, &request.zone);
        }
        opened.drain(..opened.len().saturating_sub(MOST_OPENED));
        let mut filter_s = 0;
        let mut fit = HeatLossFit::default();
        let mut star_days = EpaDays::new(&request.zone, Timestamp::from_second(request.house.1).unwrap_or_default());
        for (from, to) in months(request.house, &request.zone) {
            let stored = read(from, to)?;
            fit.add(&stored);
            if let Some((since, is_forced_air)) = request.filter {
                filter_s += filter_seconds(&stored, since, is_forced_air);
            }
            star_days.add(&stored);
        }
        let (from, to) = bounds(&request.parts);
        let time = |second| Timestamp::from_second(second).ok();
        let query = ChangeQuery {
            node: Some(device.as_str().to_owned()),
            kinds: &[ChangeKind::Heating, ChangeKind::Cooling],
            from: time(from),
            to: time(to),
            most: MOST_RUNS,
        };
        Ok(Self {
            device: device.clone(),
            period,
            compared,
            house: fit.finish(),
            star: energy_star(&star_days.finish(), Season::Heating),
            filter_s: request.filter.map(|_| filter_s),
            hours,
            least_starts: starts,
            short_cycles: cycles(&changes(query)?),
            opened,
        })
    }
}

/// Most changes of a period that are looked through for runs.
const MOST_RUNS: usize = 100_000;

/// The times at which the heating, or the cooling, started too often. `changes` begin with the newest.
fn cycles(changes: &[Change]) -> Vec<ShortCycles> {
    let of = |kind: ChangeKind| {
        let runs = changes.iter().rev().filter(|change| change.kind == kind);
        let run = |change: &Change| Some(EquipmentRun { from: change.at.as_second(), to: change.until?.as_second() });
        short_cycles(&runs.filter_map(run).collect::<Vec<_>>())
    };
    let mut all = of(ChangeKind::Heating);
    all.extend(of(ChangeKind::Cooling));
    all.sort_by_key(|cycles| cycles.from);
    all
}

/// The begin and the end of all parts; an empty span without any.
fn bounds(parts: &[i64]) -> (i64, i64) {
    parts.first().copied().zip(parts.last().copied()).unwrap_or_default()
}

/// Time after which reports are read again.
const AGES: SignedDuration = SignedDuration::from_mins(5);

/// The reports that were read last.
#[derive(Default)]
pub(super) struct EnergyReports {
    answered: Option<(EnergyRequest, Timestamp)>,
    /// The revision of the history that was read.
    revision: u64,
    read: Arc<EnergyRead>,
    failed: Option<HistoryError>,
    pending: Option<(EnergyRequest, Promise<Result<EnergyRead, HistoryError>>)>,
}

/// The reports as far as they were read.
#[derive(Debug, Clone)]
pub(super) struct ShownReports {
    /// Empty until the wanted reports were read.
    pub(super) read: Arc<EnergyRead>,
    pub(super) is_reading: bool,
    pub(super) failed: Option<HistoryError>,
}

impl EnergyReports {
    /// True once something was read.
    pub(super) fn is_read(&self) -> bool {
        self.answered.is_some()
    }

    /// The thermostats of the history that no home has, as they were read last.
    pub(super) fn others(&self) -> &[(DeviceId, String)] {
        &self.read.others
    }

    /// Returns the reports of a request, and begins to read them where needed.
    pub(super) fn get_or_read(
        &mut self,
        ctx: &Context,
        (accounts, now): (&AccountsView, Timestamp),
        history: &CurveCache,
        request: EnergyRequest,
    ) -> ShownReports {
        if let Some((asked, promise)) = self.pending.take() {
            match promise.try_take() {
                Ok(read) => {
                    (self.read, self.failed) = match read {
                        Ok(read) => (Arc::new(read), None),
                        Err(failed) => (Arc::default(), Some(failed)),
                    };
                    self.answered = Some((asked, now));
                }
                Err(promise) => self.pending = Some((asked, promise)),
            }
        }
        if self.revision != history.revision() {
            self.revision = history.revision();
            self.answered = None;
        }
        let answered = self.answered.as_ref().filter(|(answered, _)| *answered == request);
        let is_reading = answered.is_none();
        let is_current = answered.is_some_and(|(_, at)| now.duration_since(*at).abs() < AGES);
        if !is_current && self.pending.is_none() {
            self.pending = history.energy(accounts, &request).map(|promise| (request, promise));
            // A lookup of a test has the answer at once.
            ctx.request_repaint();
        }
        let read = if is_reading { Arc::default() } else { Arc::clone(&self.read) };
        ShownReports { read, is_reading, failed: self.failed.clone().filter(|_| !is_reading) }
    }
}
