//! Curves of thermostats, read from the history in the background and kept while they are shown.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::Context;
use jiff::{SignedDuration, Timestamp};
use poll_promise::Promise;

use super::energy_reports::{EnergyRead, EnergyRequest};
use crate::accounts::AccountsView;
use crate::automation::FormProblem;
use crate::automation::rule::{RuleTrial, RuleTrialRequest};
use crate::history::{Change, ChangeKind, ChangeQuery, Curve, CurveSpan, HistoryEntry, HistoryError, Sums};
use crate::home::DeviceId;

/// A part of the past to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurveRequest {
    pub span: CurveSpan,
    /// The bounds of the rows of the table, as seconds since 1970.
    pub rows: Vec<i64>,
    /// True to read the changes within the span as well.
    pub has_changes: bool,
}

/// A curve, the sums of each row of its table, and the changes within its span.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadCurve {
    pub curve: Curve,
    pub rows: Vec<Sums>,
    /// The newest changes of what a chart marks, the newest first; at most some hundred.
    pub changes: Vec<Change>,
}

/// Most changes of a curve.
pub(crate) const MOST_CHANGES: usize = 500;

impl CurveRequest {
    /// The changes that belong to the curve; `None` if they are not wanted.
    pub(crate) fn changes(&self, device: &DeviceId) -> Option<ChangeQuery> {
        let time = |second| Timestamp::from_second(second).ok();
        self.has_changes.then(|| ChangeQuery {
            node: Some(device.as_str().to_owned()),
            kinds: &[ChangeKind::Target, ChangeKind::Range, ChangeKind::Mode],
            from: time(self.span.from),
            to: time(self.span.to),
            most: MOST_CHANGES,
        })
    }
}

/// A rule that was tried: the history cannot be read, or the rule cannot be carried out, or what it would have done.
pub type TriedRule = Result<Result<RuleTrial, FormProblem>, HistoryError>;

/// The history of thermostats. Tests supply one of their own.
pub trait HistoryLookup {
    /// Begins to read a curve.
    fn read(
        &self,
        accounts: &AccountsView,
        device: &DeviceId,
        request: CurveRequest,
    ) -> Promise<Result<ReadCurve, HistoryError>>;

    /// Begins to read what the energy page shows.
    fn energy(&self, accounts: &AccountsView, request: &EnergyRequest) -> Promise<Result<EnergyRead, HistoryError>>;

    /// Begins to read changes, the newest first.
    fn changes(&self, accounts: &AccountsView, query: ChangeQuery) -> Promise<Result<Vec<Change>, HistoryError>>;

    /// Begins to try a rule on the history.
    fn try_rule(&self, accounts: &AccountsView, request: RuleTrialRequest) -> Promise<TriedRule>;

    /// Begins to read the thermostats of the history.
    fn entries(&self) -> Promise<Result<Vec<HistoryEntry>, HistoryError>>;
}

/// The place where a curve is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CurvePlace {
    /// The chart on the page of the thermostat.
    Page,
    /// The line on its card.
    Card,
    /// The lines below the week of its schedule.
    Week,
}

/// Most curves that are kept: more than cards fit on any screen, as one that is in sight and not kept would be read in
/// each frame. One of a card has fifty points, one of a page two thousand.
const MOST_KEPT: usize = 400;
/// Most curves that are read at the same time.
const MOST_READ: usize = 2;
impl CurvePlace {
    /// Time after which a curve that reaches the present is read again.
    fn ages(self) -> SignedDuration {
        match self {
            Self::Page => SignedDuration::from_mins(1),
            Self::Card => SignedDuration::from_mins(5),
            Self::Week => SignedDuration::from_mins(15),
        }
    }
}

/// The curves that are shown.
#[derive(Default)]
pub struct CurveCache {
    lookup: Option<Box<dyn HistoryLookup>>,
    kept: BTreeMap<(CurvePlace, DeviceId), KeptCurve>,
    /// Counts the changes of the history that this program made.
    revision: u64,
}

struct KeptCurve {
    /// The last request that was answered, with the time of its answer.
    answered: Option<(CurveRequest, Timestamp)>,
    read: Arc<ReadCurve>,
    failed: Option<HistoryError>,
    pending: Option<(CurveRequest, Promise<Result<ReadCurve, HistoryError>>)>,
    /// The number of the frame that showed it last.
    shown_at: u64,
}

/// The state of a curve that was asked for.
#[derive(Debug, Clone)]
pub(crate) struct ShownCurve {
    /// The curve that was read last, which may be that of another span.
    pub(crate) read: Arc<ReadCurve>,
    /// True until the wanted span was read once.
    pub(crate) is_reading: bool,
    /// The reason why the last read failed.
    pub(crate) failed: Option<HistoryError>,
}

impl CurveCache {
    /// A cache in front of a history.
    pub fn of(lookup: impl HistoryLookup + 'static) -> Self {
        Self { lookup: Some(Box::new(lookup)), kept: BTreeMap::new(), revision: 0 }
    }

    /// Begins to read what the energy page shows; `None` without a history.
    pub(super) fn energy(
        &self,
        accounts: &AccountsView,
        request: &EnergyRequest,
    ) -> Option<Promise<Result<EnergyRead, HistoryError>>> {
        self.lookup.as_ref().map(|lookup| lookup.energy(accounts, request))
    }

    /// Begins to try a rule on the history; `None` without one.
    pub(super) fn try_rule(&self, accounts: &AccountsView, request: RuleTrialRequest) -> Option<Promise<TriedRule>> {
        self.lookup.as_ref().map(|lookup| lookup.try_rule(accounts, request))
    }

    /// Begins to read changes; `None` without a history.
    pub(super) fn changes(
        &self,
        accounts: &AccountsView,
        query: ChangeQuery,
    ) -> Option<Promise<Result<Vec<Change>, HistoryError>>> {
        self.lookup.as_ref().map(|lookup| lookup.changes(accounts, query))
    }

    /// Begins to read the thermostats of the history; `None` without one.
    pub(super) fn entries(&self) -> Option<Promise<Result<Vec<HistoryEntry>, HistoryError>>> {
        self.lookup.as_ref().map(|lookup| lookup.entries())
    }

    /// True if there is a history.
    pub(crate) fn has_history(&self) -> bool {
        self.lookup.is_some()
    }

    /// Returns a curve as far as it was read, and begins to read it where needed.
    pub(crate) fn get_or_read(
        &mut self,
        ctx: &Context,
        (accounts, now): (&AccountsView, Timestamp),
        (place, device): (CurvePlace, &DeviceId),
        request: CurveRequest,
    ) -> ShownCurve {
        let frame = ctx.cumulative_frame_nr();
        self.receive(now);
        let reading = self.kept.values().filter(|kept| kept.pending.is_some()).count();
        if !self.kept.contains_key(&(place, device.clone())) {
            self.make_room();
        }
        let kept = self.kept.entry((place, device.clone())).or_insert_with(|| KeptCurve {
            answered: None,
            read: Arc::default(),
            failed: None,
            pending: None,
            shown_at: frame,
        });
        kept.shown_at = frame;
        let answered = kept.answered.as_ref().filter(|(answered, _)| *answered == request);
        let is_current = answered.is_some_and(|(answered, at)| {
            answered.span.to < at.as_second() || now.duration_since(*at).abs() < place.ages()
        });
        let is_reading = answered.is_none();
        if !is_current && kept.pending.is_none() {
            match &self.lookup {
                Some(lookup) if reading < MOST_READ => {
                    kept.pending = Some((request.clone(), lookup.read(accounts, device, request)));
                    // A lookup of a test has the answer at once.
                    ctx.request_repaint();
                }
                Some(_) => ctx.request_repaint_after(std::time::Duration::from_millis(50)),
                None => {}
            }
        }
        ShownCurve { read: Arc::clone(&kept.read), is_reading, failed: kept.failed.clone() }
    }

    /// Reads everything again that is shown: the history was changed.
    pub(crate) fn forget(&mut self) {
        self.kept.values_mut().for_each(|kept| kept.answered = None);
        self.revision += 1;
    }

    /// A number that is another one after each change of the history.
    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    /// Takes the answers that came.
    fn receive(&mut self, now: Timestamp) {
        for kept in self.kept.values_mut() {
            let Some((request, promise)) = kept.pending.take() else { continue };
            match promise.try_take() {
                Ok(Ok(read)) => {
                    (kept.read, kept.failed) = (Arc::new(read), None);
                    kept.answered = Some((request, now));
                }
                Ok(Err(failed)) => {
                    kept.failed = Some(failed);
                    kept.answered = Some((request, now));
                }
                Err(promise) => kept.pending = Some((request, promise)),
            }
        }
    }

    /// Drops the curve that was not shown for longest, if there are too many.
    fn make_room(&mut self) {
        while self.kept.len() >= MOST_KEPT {
            let oldest = self.kept.iter().min_by_key(|(_, kept)| kept.shown_at).map(|(key, _)| key.clone());
            let Some(oldest) = oldest else { return };
            self.kept.remove(&oldest);
        }
    }
}
