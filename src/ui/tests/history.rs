//! The chart of a thermostat and the strips on cards, over the simulator's past.

use egui::accesskit::Live;
use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use poll_promise::Promise;

use super::UiFixture;
use super::fixture::SimulatedHistory;
use crate::accounts::AccountsView;
use crate::automation::rule::RuleTrialRequest;
use crate::history::{Change, ChangeQuery, HistoryEntry, HistoryError};
use crate::home::DeviceId;
use crate::i18n::{Language, Localizer};
use crate::ui::curves::{CurveCache, CurveRequest, HistoryLookup, ReadCurve, TriedRule};
use crate::ui::energy_reports::{EnergyRead, EnergyReport, EnergyRequest};
use crate::ui::intent::{AppIntent, FileToSave, HistoryIntent, Page, Preference};
use crate::ui::pages::SettingsSection;

fn hallway() -> UiFixture {
    UiFixture::on(Page::Thermostat("hallway".into()))
}

/// A history that cannot be read, or has nothing.
pub(super) struct Without(pub(super) Option<HistoryError>);

impl HistoryLookup for Without {
    fn read(
        &self,
        _accounts: &AccountsView,
        _device: &DeviceId,
        request: CurveRequest,
    ) -> Promise<Result<ReadCurve, HistoryError>> {
        let empty = || {
            let curve = crate::history::Curve::new(&[], request.span, super::fixture::now().as_second());
            ReadCurve { curve, rows: crate::history::sums_between(&[], &request.rows), changes: Vec::new() }
        };
        Promise::from_ready(self.0.clone().map_or_else(|| Ok(empty()), Err))
    }

    fn energy(&self, _accounts: &AccountsView, request: &EnergyRequest) -> Promise<Result<EnergyRead, HistoryError>> {
        if let Some(failed) = &self.0 {
            return Promise::from_ready(Err(failed.clone()));
        }
        let report = |device| EnergyReport::read(device, request, |_, _| Ok(Vec::new()), |_| Ok(Vec::new()));
        let reports = request.devices.iter().map(report).collect::<Result<_, _>>();
        Promise::from_ready(reports.map(|reports| EnergyRead { reports, others: Vec::new() }))
    }

    fn try_rule(&self, accounts: &AccountsView, request: RuleTrialRequest) -> Promise<TriedRule> {
        SimulatedHistory.try_rule(accounts, request)
    }

    fn entries(&self) -> Promise<Result<Vec<HistoryEntry>, HistoryError>> {
        Promise::from_ready(Ok(Vec::new()))
    }

    fn changes(&self, _accounts: &AccountsView, _query: ChangeQuery) -> Promise<Result<Vec<Change>, HistoryError>> {
        Promise::from_ready(self.0.clone().map_or_else(|| Ok(Vec::new()), Err))
    }
}

fn chart_name(harness: &egui_kittest::Harness<'_, UiFixture>) -> String {
    let charts = harness.query_all_by_role(egui::Role::Image);
    let mut names = charts.filter_map(|chart| chart.accesskit_node().label());
    names.find(|name| name.starts_with("Hallway, ")).expect("the chart has a name")
}

#[test]
fn a_chart_says_what_it_shows_and_the_arrow_keys_read_it() {
    let mut harness = hallway().harness([1900.0, 1000.0], Theme::Dark);
    harness.run();
    let name = chart_name(&harness);
    assert!(name.starts_with("Hallway, Today: Room "), "{name}");
    assert!(name.contains("heated ") && name.ends_with("no gap"), "{name}");
    harness.get_by_label(&name).focus();
    harness.run();
    harness.key_press(Key::ArrowLeft);
    harness.run();
    let live = |harness: &egui_kittest::Harness<'_, UiFixture>| {
        let spoken = harness.root().children_recursive().find(|node| {
            let node = node.accesskit_node();
            node.live() == Live::Polite && node.value().is_some_and(|value| value.contains("room "))
        });
        spoken.and_then(|node| node.accesskit_node().value())
    };
    let first = live(&harness).expect("the cursor speaks");
    assert!(first.starts_with("14:3") || first.starts_with("14:2"), "{first}");
    harness.key_press(Key::ArrowLeft);
    harness.run();
    assert_ne!(live(&harness), Some(first));
    harness.key_press(Key::PageUp);
    harness.run();
    assert!(chart_name(&harness).starts_with("Hallway, Yesterday: "), "{}", chart_name(&harness));
    harness.key_press(Key::Minus);
    harness.run();
    assert!(chart_name(&harness).starts_with("Hallway, 20 Nov 12:00 – 22 Nov 12:00"), "{}", chart_name(&harness));
}

#[test]
fn changes_of_the_history_are_marked_and_read_with_who_made_them() {
    let mut harness = hallway().harness([1900.0, 1000.0], Theme::Dark);
    harness.run();
    let name = chart_name(&harness);
    harness.get_by_label(&name).focus();
    harness.run();
    let spoken = |harness: &egui_kittest::Harness<'_, UiFixture>| {
        let nodes = harness.root().children_recursive();
        let values = nodes.filter_map(|node| node.accesskit_node().value());
        values.into_iter().find(|value| value.contains("room ")).unwrap_or_default()
    };
    let mut heard = String::new();
    for _ in 0..60 {
        harness.key_press(Key::ArrowLeft);
        harness.run();
        heard.push_str(&spoken(&harness));
        heard.push('\n');
    }
    let count = |words: &str| heard.matches(words).count();
    assert_eq!(count("21.0 °C → 20.0 °C"), 1, "{heard}");
    assert_eq!(count("18.0 °C → 21.0 °C"), 1, "{heard}");
    assert!(heard.contains("by hand or schedule") || heard.contains("elsewhere"), "{heard}");
}

#[test]
fn a_table_has_the_same_figures_and_is_copied_as_csv() {
    let mut harness = hallway().harness([1900.0, 1000.0], Theme::Dark);
    harness.run();
    harness.get_by_label("Period: Week").click();
    harness.run();
    harness.get_by_label("Show as table").click();
    harness.run();
    assert!(harness.query_by_label("Heated").is_some());
    assert!(harness.query_by_label("Mon 16 Nov").is_some());
    harness.get_by_label("Copy as CSV").click();
    harness.step();
    let copied =
        harness.output().platform_output.commands.iter().find_map(|command| {
            if let egui::OutputCommand::CopyText(text) = command { Some(text.clone()) } else { None }
        });
    let copied = copied.expect("a copied text");
    let lines: Vec<&str> = copied.lines().collect();
    assert_eq!(lines.len(), 8, "{copied}");
    assert!(lines[1].starts_with("2026-11-16T00:00:00+00:00,2026-11-17T00:00:00+00:00,"), "{copied}");
    let seconds: u64 = lines[1].split(',').nth(5).and_then(|field| field.parse().ok()).expect("heated seconds");
    assert!((1..86_400).contains(&seconds), "{copied}");
}

#[test]
fn two_fingers_zoom_and_one_moves() {
    let mut harness = hallway().harness([1900.0, 1000.0], Theme::Dark);
    harness.run();
    let center = harness.get_by_label(&chart_name(&harness)).rect().center();
    let touch = |harness: &mut egui_kittest::Harness<'_, UiFixture>, finger: u64, phase, x: f32| {
        harness.event(egui::Event::Touch {
            device_id: egui::TouchDeviceId(1),
            id: egui::TouchId(finger),
            phase,
            pos: center + egui::vec2(x, 0.0),
            force: None,
        });
        harness.run();
    };
    harness.hover_at(center);
    touch(&mut harness, 1, egui::TouchPhase::Start, -40.0);
    touch(&mut harness, 2, egui::TouchPhase::Start, 40.0);
    for step in 1_u8..6 {
        touch(&mut harness, 2, egui::TouchPhase::Move, 40.0 + f32::from(step) * 20.0);
    }
    touch(&mut harness, 2, egui::TouchPhase::End, 140.0);
    touch(&mut harness, 1, egui::TouchPhase::End, -40.0);
    let zoomed = chart_name(&harness);
    assert!(zoomed.starts_with("Hallway, 22 Nov 0"), "{zoomed}");
}

fn field<'h>(harness: &'h egui_kittest::Harness<'_, UiFixture>, name: &'h str) -> egui_kittest::Node<'h> {
    harness.get_by_role_and_label(egui::Role::TextInput, name)
}

fn fill(harness: &mut egui_kittest::Harness<'_, UiFixture>, name: &str, text: &str) {
    field(harness, name).focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    field(harness, name).type_text(text);
    harness.run();
}

#[test]
fn any_span_is_typed() {
    let mut harness = hallway().harness([1900.0, 1000.0], Theme::Dark);
    harness.run();
    harness.get_by_label("Choose dates").click();
    harness.run();
    let from = field(&harness, "From");
    assert!(from.is_focused());
    assert_eq!(from.accesskit_node().value().as_deref(), Some("2026-11-22"));
    fill(&mut harness, "From", "2026-10-05");
    fill(&mut harness, "To", "someday");
    harness.key_press(Key::Enter);
    harness.run();
    assert!(harness.query_by_label("Write a day such as 2026-11-22, a month or a year").is_some());
    fill(&mut harness, "To", "2026-10-21");
    harness.key_press(Key::Enter);
    harness.run();
    assert!(harness.query_by_label("From").is_none(), "the fields close");
    assert!(chart_name(&harness).starts_with("Hallway, 5 Oct – 21 Oct: Room "), "{}", chart_name(&harness));
    harness.get_by_label("Choose dates").click();
    harness.run();
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_label("From").is_none(), "Esc closes them");
}

#[test]
fn a_picture_of_the_chart_is_saved_with_the_name_of_the_thermostat() {
    let mut harness = hallway().harness([1900.0, 1000.0], Theme::Dark);
    harness.run();
    harness.get_by_label("Save as picture").click();
    harness.run();
    let [AppIntent::SaveFile(FileToSave::Picture { name, area })] = harness.state().intents.as_slice() else {
        panic!("{:?}", harness.state().intents)
    };
    assert_eq!(name, "Hallway Sun 22 Nov 2026");
    assert!(area.width() > 400.0 && area.height() > 250.0, "{area:?}");
}

#[test]
fn the_wheel_with_ctrl_zooms_and_a_drag_moves() {
    let mut harness = hallway().harness([1900.0, 1000.0], Theme::Dark);
    harness.run();
    let center = harness.get_by_label(&chart_name(&harness)).rect().center();
    harness.hover_at(center);
    harness.run();
    harness.event(egui::Event::Zoom(2.0));
    harness.run();
    let zoomed = chart_name(&harness);
    assert!(zoomed.starts_with("Hallway, 22 Nov 0"), "{zoomed}");
    harness.drag_at(center);
    harness.hover_at(center + egui::vec2(120.0, 0.0));
    harness.run();
    harness.drop_at(center + egui::vec2(120.0, 0.0));
    harness.run();
    assert_ne!(chart_name(&harness), zoomed);
}

#[test]
fn a_day_without_data_and_a_file_that_cannot_be_read_are_said() {
    let mut bench = hallway();
    bench.window.curves = CurveCache::of(Without(None));
    let mut harness = bench.harness([1900.0, 1000.0], Theme::Dark);
    harness.run();
    assert!(chart_name(&harness).ends_with("Nothing is known of this time"), "{}", chart_name(&harness));
    let mut bench = hallway();
    bench.i18n = Localizer::new(Language::German);
    bench.window.curves = CurveCache::of(Without(Some(HistoryError::Damaged)));
    let mut harness = bench.harness([1900.0, 1000.0], Theme::Dark);
    harness.run();
    assert!(harness.query_by_label_contains("Der Verlauf kann nicht gelesen werden").is_some());
}

#[test]
fn each_card_says_what_its_thermostat_did_for_a_day() {
    let mut bench = UiFixture::on(Page::Overview);
    bench.window.curves = CurveCache::of(SimulatedHistory);
    let mut harness = bench.harness([1180.0, 820.0], Theme::Dark);
    harness.run();
    let strips = harness.query_all_by_label_contains("The last 24 hours: Room ").count();
    assert_eq!(strips, 3);
    let mut bench = UiFixture::on(Page::Overview);
    bench.window.curves = CurveCache::of(Without(None));
    let mut harness = bench.harness([1180.0, 820.0], Theme::Dark);
    harness.run();
    assert_eq!(harness.query_all_by_label("The history begins now").count(), 3);
}

#[test]
fn a_program_without_a_data_folder_shows_no_chart() {
    let mut bench = hallway();
    bench.window.curves = CurveCache::default();
    let mut harness = bench.harness([1900.0, 1000.0], Theme::Dark);
    harness.run();
    assert!(harness.query_by_label("Period: Day").is_none());
    harness.key_press_modifiers(Modifiers::NONE, Key::Tab);
    harness.run();
}

#[test]
fn a_thermostat_is_forgotten_after_a_second_press_only() {
    let mut harness = UiFixture::settings(SettingsSection::History).harness([1180.0, 820.0], Theme::Dark);
    harness.run();
    harness.get_by_label("Save 7890 as CSV").click();
    harness.run();
    let wanted = HistoryIntent::Export { key: "takeout:1".to_owned(), name: "7890 history".to_owned() };
    assert_eq!(std::mem::take(&mut harness.state_mut().intents), [AppIntent::History(wanted)]);
    harness.get_by_label("Forget 7890").click();
    harness.run();
    assert_eq!(harness.state().intents, []);
    harness.get_by_label("Cancel Forget 7890").click();
    harness.run();
    harness.get_by_label("Forget 7890").click();
    harness.run();
    harness.get_by_label("Really delete Forget 7890").click();
    harness.run();
    let wanted = HistoryIntent::Forget(Some("takeout:1".to_owned()));
    assert_eq!(harness.state().intents, [AppIntent::History(wanted)]);
    harness.get_by_label("Keep the history: For ever").click();
    harness.run();
    harness.get_by_role_and_label(egui::Role::Button, "2 years").click();
    harness.run();
    assert_eq!(harness.state().intents.last(), Some(&AppIntent::Prefer(Preference::KeepHistory(Some(2)))));
}

/// A history that is never read to its end.
struct Reading;

impl HistoryLookup for Reading {
    fn read(
        &self,
        accounts: &AccountsView,
        device: &DeviceId,
        request: CurveRequest,
    ) -> Promise<Result<ReadCurve, HistoryError>> {
        if request.span.to - request.span.from > 90_000 {
            let (sender, promise) = Promise::new();
            std::mem::forget(sender);
            return promise;
        }
        SimulatedHistory.read(accounts, device, request)
    }

    fn energy(&self, accounts: &AccountsView, request: &EnergyRequest) -> Promise<Result<EnergyRead, HistoryError>> {
        SimulatedHistory.energy(accounts, request)
    }

    fn changes(&self, accounts: &AccountsView, query: ChangeQuery) -> Promise<Result<Vec<Change>, HistoryError>> {
        SimulatedHistory.changes(accounts, query)
    }

    fn try_rule(&self, accounts: &AccountsView, request: RuleTrialRequest) -> Promise<TriedRule> {
        SimulatedHistory.try_rule(accounts, request)
    }

    fn entries(&self) -> Promise<Result<Vec<HistoryEntry>, HistoryError>> {
        SimulatedHistory.entries()
    }
}

#[test]
fn the_figures_of_a_day_are_not_told_as_those_of_a_year_that_is_being_read() {
    let mut bench = hallway();
    bench.window.curves = CurveCache::of(Reading);
    let mut harness = bench.harness([1900.0, 1000.0], Theme::Dark);
    harness.run();
    assert!(chart_name(&harness).starts_with("Hallway, Today: Room "));
    harness.get_by_label("Period: Year").click();
    harness.run();
    assert_eq!(chart_name(&harness), "Hallway, 2026: Reading the history…");
    assert!(harness.query_by_label_contains("heated").is_none());
}
