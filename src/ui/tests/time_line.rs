//! The time line: changes of the history below those of the logs, and runs of the equipment.

use egui::Theme;
use egui_kittest::kittest::Queryable as _;
use jiff::SignedDuration;
use poll_promise::Promise;

use super::UiFixture;
use super::fixture::{self, SimulatedHistory};
use crate::accounts::AccountsView;
use crate::automation::rule::RuleTrialRequest;
use crate::history::{Change, ChangeCause, ChangeKind, ChangeQuery, HistoryEntry, HistoryError};
use crate::home::DeviceId;
use crate::i18n::{Language, Localizer};
use crate::ui::curves::{CurveCache, CurveRequest, HistoryLookup, ReadCurve, TriedRule};
use crate::ui::energy_reports::{EnergyRead, EnergyRequest};
use crate::ui::intent::Page;

/// A history with these changes.
struct Told(Vec<Change>);

impl HistoryLookup for Told {
    fn read(
        &self,
        accounts: &AccountsView,
        device: &DeviceId,
        request: CurveRequest,
    ) -> Promise<Result<ReadCurve, HistoryError>> {
        SimulatedHistory.read(accounts, device, request)
    }

    fn energy(&self, accounts: &AccountsView, request: &EnergyRequest) -> Promise<Result<EnergyRead, HistoryError>> {
        SimulatedHistory.energy(accounts, request)
    }

    fn try_rule(&self, accounts: &AccountsView, request: RuleTrialRequest) -> Promise<TriedRule> {
        SimulatedHistory.try_rule(accounts, request)
    }

    fn entries(&self) -> Promise<Result<Vec<HistoryEntry>, HistoryError>> {
        Promise::from_ready(Ok(Vec::new()))
    }

    fn changes(&self, _accounts: &AccountsView, query: ChangeQuery) -> Promise<Result<Vec<Change>, HistoryError>> {
        let is_of = |change: &&Change| query.node.as_ref().is_none_or(|node| *node == change.node);
        Promise::from_ready(Ok(self.0.iter().filter(is_of).take(query.most).cloned().collect()))
    }
}

fn ago(minutes: i64) -> jiff::Timestamp {
    fixture::now() - SignedDuration::from_mins(minutes)
}

fn run(minutes: i64, lasts: i64) -> Change {
    Change::span("hallway", "Hallway", ChangeKind::Heating, ago(minutes), Some(ago(minutes - lasts)))
}

fn activity(changes: Vec<Change>) -> UiFixture {
    let mut bench = UiFixture::on(Page::Activity);
    bench.window.curves = CurveCache::of(Told(changes));
    bench
}

#[test]
fn a_run_and_an_old_change_stand_in_order_with_their_cause() {
    let old = Change {
        before: Some("heat".to_owned()),
        after: Some("eco".to_owned()),
        cause: Some(ChangeCause::Elsewhere),
        ..Change::span("hallway", "Hallway", ChangeKind::Mode, ago(60 * 24 * 30), None)
    };
    // The log shows the newest change itself, so the history does not repeat it.
    let known = Change::span("hallway", "Hallway", ChangeKind::Target, ago(1), None);
    let open = Change::span("bedroom", "Bedroom", ChangeKind::Offline, ago(300), None);
    let mut harness = activity(vec![known, run(20, 12), open, old]).harness([1180.0, 900.0], Theme::Dark);
    harness.run();
    let top = |words: &str| harness.get_by_label(words).rect().top();
    assert!(top("Hallway heated") < top("Garden: Motion"));
    assert!(harness.query_by_label("14:12 to 14:24, 12 min").is_some());
    assert!(harness.query_by_label("since 09:32; nobody heard its end").is_some());
    assert!(top("Hallway: Heat → Eco") > top("Bedroom was offline"));
    assert!(harness.query_by_label_contains("23 Oct 14:32 · ").is_some());
    assert_eq!(harness.query_all_by_label_contains("20.0 °C → 21.5 °C").count() % 2, 0, "once, with its menu");
    harness.get_by_label("Kind: Everything").click();
    harness.run();
    harness.get_by_role_and_label(egui::Role::Button, "Equipment").click();
    harness.run();
    assert!(harness.query_by_label("Hallway heated").is_some());
    assert!(harness.query_by_label("Bedroom was offline").is_none());
}

#[test]
fn old_events_of_cameras_and_arrivals_stand_in_it() {
    let seen = Change::span("door", "Front door", ChangeKind::Person, ago(60 * 24 * 20), None);
    let arrival = Change {
        after: Some("17:30".to_owned()),
        cause: Some(ChangeCause::Cli),
        ..Change::span("home", "Maple Street", ChangeKind::Arrival, ago(60 * 24 * 21), None)
    };
    let former = Change::span("gone", "Attic", ChangeKind::Offline, ago(60 * 24 * 22), Some(ago(60 * 24 * 22 - 30)));
    let mut harness = activity(vec![seen, arrival, former]).harness([1180.0, 1400.0], Theme::Dark);
    harness.run();
    assert!(harness.query_by_label_contains("2 Nov 14:32").is_some());
    assert!(harness.query_by_label_contains("17:30").is_some());
    harness.get_by_label("Device: All devices").click();
    harness.run();
    harness.get_by_role_and_label(egui::Role::Button, "Attic").click_accesskit();
    harness.run();
    assert!(harness.query_by_label("Attic was offline").is_some());
    assert!(harness.query_by_label_contains("17:30").is_none());
}

#[test]
fn the_list_goes_on_where_it_is_scrolled_to_its_end() {
    let all: Vec<Change> = (0..2_500).map(|n| run(30 + n * 20, 10)).collect();
    let mut bench = activity(all);
    bench.i18n = Localizer::new(Language::German);
    let mut harness = bench.harness([1180.0, 900.0], Theme::Light);
    harness.run();
    harness.hover_at(egui::pos2(600.0, 500.0));
    for _ in 0..60 {
        harness.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, -20_000.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: egui::Modifiers::NONE,
        });
        harness.run_steps(4);
    }
    // The smoke of a day ago is far above; the last run is that of a month ago.
    assert!(harness.query_all_by_label_contains("18.\u{a0}Okt. 21").count() > 0);
}
