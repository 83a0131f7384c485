//! Fixtures: changes of the gallery's invented home.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::tz::TimeZone;
use poll_promise::Promise;

use crate::accounts::settings::{Account, Settings};
use crate::accounts::{AccountId, AccountSnapshot, AccountsReversal, AccountsView, EntryId};
use crate::automation::rule::{RecordedHome, RuleTrialRequest, readings_of};
use crate::engine::{AccountLabel, AccountName, Connection, Snapshot};
use crate::history::{
    Change, ChangeCause, ChangeKind, ChangeQuery, Curve, HistoryEntry, HistoryError, StoredInterval, sums_between,
};
use crate::home::{
    Capabilities, Confidential, DeviceId, DeviceTree, Field, HvacMode, ServiceKind, Setpoint, Structure, Thermostat,
    Write,
};
use crate::media::{CameraEventId, Lookup, PictureSource};
use crate::presets::Presets;
use crate::service::{Cause, Reason};
use crate::simulator::{PAST_STEP_S, Past};
use crate::ui::console::ConsoleTarget;
use crate::ui::curves::{CurveRequest, HistoryLookup, ReadCurve, TriedRule};
use crate::ui::energy_reports::{EnergyRead, EnergyReport, EnergyRequest};
pub(super) use crate::ui::gallery::sample::{change, home, now, pending, picture, snapshot};
use crate::ui::intent::AppIntent;
use crate::ui::texture_cache::PictureLookup;
use crate::wwn::DocumentApi;

/// The abilities of a service that cannot change everything.
pub(super) const NLE: Capabilities =
    Capabilities::lacking(ServiceKind::NoLongerEvil, &[Field::Name, Field::Eta, Field::Label, Field::Streaming]);

/// Drawn scenes for links and for the kept pictures of all events.
pub(super) struct PicturesOfEvents;

impl PictureLookup for PicturesOfEvents {
    fn get_or_load(&self, source: &PictureSource, max_age: Duration) -> Option<(usize, Lookup)> {
        let url = match source {
            PictureSource::Url(url) => url.clone(),
            PictureSource::Event(event) => Confidential::new(format!("{} {}", event.camera, event.at)),
        };
        Some((0, picture(&url, max_age)))
    }

    fn has_event(&self, _event: &CameraEventId) -> bool {
        true
    }
}

/// The made-up past of the simulator, for every thermostat.
pub(super) struct SimulatedHistory;

impl SimulatedHistory {
    fn intervals(accounts: &AccountsView, device: &DeviceId, from: i64, to: i64) -> Vec<StoredInterval> {
        let thermostat = accounts.shown.thermostats.get(device).cloned().unwrap_or_default();
        let past = Past::new(device, &thermostat, TimeZone::UTC);
        let made = past.intervals(from, to.min(now().as_second() - PAST_STEP_S)).into_iter();
        made.map(|interval| StoredInterval { device: 1, interval }).collect()
    }
}

fn kept(key: &str, name: &str) -> HistoryEntry {
    let now = now().as_second();
    HistoryEntry {
        key: key.to_owned(),
        name: name.to_owned(),
        extent: Some((now - 365 * 86_400, now)),
        intervals: 103_220,
    }
}

impl HistoryLookup for SimulatedHistory {
    fn read(
        &self,
        accounts: &AccountsView,
        device: &DeviceId,
        request: CurveRequest,
    ) -> Promise<Result<ReadCurve, HistoryError>> {
        let stored = Self::intervals(accounts, device, request.span.earliest(), request.span.to);
        let rows = sums_between(&stored, &request.rows);
        let curve = Curve::new(&stored, request.span, now().as_second());
        let set = |hours_ago: i64, before: &str, after: &str, cause| {
            let at = now() - jiff::SignedDuration::from_mins(hours_ago * 60);
            let change = Change::span("hallway", "Hallway", ChangeKind::Target, at, None);
            Change { before: Some(before.to_owned()), after: Some(after.to_owned()), cause: Some(cause), ..change }
        };
        let all =
            [set(5, "21.0 °C", "20.0 °C", ChangeCause::Elsewhere), set(8, "18.0 °C", "21.0 °C", ChangeCause::Window)];
        let within = |change: &Change| {
            device.as_str() == "hallway" && (request.span.from..request.span.to).contains(&change.at.as_second())
        };
        let changes = all.into_iter().filter(|change| request.has_changes && within(change)).collect();
        Promise::from_ready(Ok(ReadCurve { curve, rows, changes }))
    }

    fn energy(&self, accounts: &AccountsView, request: &EnergyRequest) -> Promise<Result<EnergyRead, HistoryError>> {
        let report = |device| {
            let runs = (0..6).rev().map(|n| {
                let at = now() - jiff::SignedDuration::from_mins(300 - n * 11);
                let until = Some(at + jiff::SignedDuration::from_mins(2));
                Change::span("hallway", "Hallway", ChangeKind::Heating, at, until)
            });
            let runs: Vec<Change> = if device == &DeviceId::from("hallway") { runs.collect() } else { Vec::new() };
            let read = |from, to| Ok(Self::intervals(accounts, device, from, to));
            EnergyReport::read(device, request, read, |_| Ok(runs))
        };
        // The same year is asked for by every picture and every language.
        static KNOWN: Mutex<Vec<(EnergyRequest, Vec<EnergyReport>)>> = Mutex::new(Vec::new());
        let mut kept = KNOWN.lock().expect("no other test failed meanwhile");
        let known = kept.iter().find(|(known, _)| known == request).map(|(_, reports)| reports.clone());
        let is_new = known.is_none();
        let read = || request.devices.iter().map(report).collect::<Result<Vec<_>, _>>();
        let reports = known.map_or_else(read, Ok);
        if let (Ok(reports), true) = (&reports, is_new) {
            kept.push((request.clone(), reports.clone()));
        }
        let others = vec![("takeout:1234".into(), "1234".to_owned())];
        Promise::from_ready(reports.map(|reports| EnergyRead { reports, others }))
    }

    fn try_rule(&self, accounts: &AccountsView, request: RuleTrialRequest) -> Promise<TriedRule> {
        let (from, to) = (request.from, request.to);
        let device = DeviceId::from("hallway");
        let stored = Self::intervals(accounts, &device, from.as_second(), to.as_second());
        // An hour after everybody has left.
        let at = now() - jiff::SignedDuration::from_hours(53);
        let change = Change::span("hallway", "Hallway", ChangeKind::Mode, at, None);
        let cause = Some(ChangeCause::Window);
        let changes = vec![Change { after: Some("Heat".to_owned()), cause, ..change }];
        let recorded = RecordedHome { readings: [(device, readings_of(&stored))].into(), changes };
        Promise::from_ready(Ok(request.run(&recorded)))
    }

    fn entries(&self) -> Promise<Result<Vec<HistoryEntry>, HistoryError>> {
        Promise::from_ready(Ok(vec![kept("hallway", "Hallway"), kept("takeout:1", "7890")]))
    }

    fn changes(&self, _accounts: &AccountsView, _query: ChangeQuery) -> Promise<Result<Vec<Change>, HistoryError>> {
        Promise::from_ready(Ok(Vec::new()))
    }
}

pub(super) fn rebuild(snapshot: &mut Snapshot, change: impl FnOnce(&mut DeviceTree)) {
    let mut home = (*snapshot.shown).clone();
    change(&mut home);
    snapshot.shown = Arc::new(home);
    snapshot.confirmed = Arc::clone(&snapshot.shown);
}

/// The account of the default home, for API requests.
pub(super) fn target() -> ConsoleTarget {
    ConsoleTarget {
        key: "simulated".to_owned(),
        name: AccountName::Simulated,
        base: url::Url::parse("http://127.0.0.1:8080/").expect("a URL"),
        api: Arc::new(DocumentApi),
        home: Arc::new(home()),
    }
}

pub(super) fn presets() -> Presets {
    let mut presets = Presets::default();
    let night = vec![
        Write::Mode("hallway".into(), HvacMode::Heat),
        Write::Target("hallway".into(), Setpoint::celsius(17.0)),
        Write::FanTimer("hallway".into(), false),
        Write::Streaming("door".into(), true),
    ];
    presets.add("Night", night, &home()).expect("a name that is free");
    presets
}

/// Three accounts: the default home, and in the second list one with a limited service and one that is offline.
pub(super) fn several() -> (Snapshot, Vec<AccountSnapshot>, Settings) {
    let mut snapshot = snapshot();
    let mut cottage = DeviceTree::default();
    let attic = snapshot.confirmed.thermostats.get("studio").expect("a thermostat");
    let attic = Thermostat { name: Some("Attic".to_owned()), structure_id: Some("c".into()), ..(**attic).clone() };
    cottage.thermostats.insert("attic".into(), Arc::new(Thermostat { is_online: Some(true), ..attic }));
    let structure = Structure { name: Some("Cottage".to_owned()), ..Structure::default() };
    cottage.structures.insert("c".into(), Arc::new(structure));
    let why = Reason::Unreachable { host: "smartdevicemanagement.googleapis.com".to_owned(), cause: Cause::NoRoute };
    let away = Connection::Reconnecting { since: now(), retry_at: None, why: Some(why) };
    let mut settings = Settings::default();
    let mut others = Vec::new();
    snapshot.writes_left = 20;
    for (number, (key, name, kind, url, connection, home)) in (0..).zip([
        ("mill", "Mill Lane", ServiceKind::WorksWithNest, "https://home.example.org/", Connection::Live, None),
        (
            "cottage",
            "Cottage server",
            ServiceKind::NoLongerEvil,
            "http://192.168.1.10:8082/",
            Connection::Live,
            Some(cottage.with_capabilities(NLE)),
        ),
        (
            "google",
            "Parents",
            ServiceKind::DeviceAccess,
            "https://smartdevicemanagement.googleapis.com/",
            away,
            Some(DeviceTree::default()),
        ),
    ]) {
        let place = url::Url::parse(url).expect("a URL").host_str().expect("a host").to_owned();
        let label = Arc::new(AccountLabel { name: AccountName::Own(name.to_owned()), place });
        match home.map(Arc::new) {
            None => snapshot.account = label,
            Some(home) => {
                let (confirmed, shown) = (Arc::clone(&home), home);
                let empty = Snapshot::empty(Arc::clone(&label));
                let snapshot = Snapshot { version: 1, connection, confirmed, shown, writes_left: 20, ..empty };
                let (id, snapshot) = (AccountId::new(number), Arc::new(snapshot));
                others.push(AccountSnapshot { id, key: key.to_owned(), label, snapshot });
            }
        }
        let (id, name, url) = (key.to_owned(), name.to_owned(), url.to_owned());
        settings.accounts.push(Account { id, kind, name, url, ..Account::default() });
    }
    (snapshot, others, settings)
}

/// An entry of the first account.
pub(super) fn entry(number: u64) -> EntryId {
    EntryId { account: AccountId::new(0), number }
}

/// The undo of a record of the first account.
pub(super) fn undo(number: u64) -> AppIntent {
    AppIntent::Reverse(AccountsReversal::of_record(entry(number)))
}

/// The undo of a batch of the first account.
pub(super) fn undo_batch(number: u64) -> AppIntent {
    AppIntent::Reverse(AccountsReversal::of_batch(std::iter::once(entry(number))))
}
