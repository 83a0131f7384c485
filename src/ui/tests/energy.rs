//! The energy page over the simulator's past, and the import of an export.

use std::path::PathBuf;

use egui::{Key, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::UiFixture;
use super::fixture;
use crate::accounts::settings::{CostSettings, FilterSettings};
use crate::history::{CentiCelsius, DegreeDayBase, RefusalReason, RefusedLine};
use crate::history::{HistoryImportError, ImportReport, Overlap, UnreadableExport};
use crate::i18n::{Language, Localizer};
use crate::ui::intent::{AppIntent, FileToSave, HistoryIntent, Page, Preference};
use crate::ui::pages::{ImportStatus, JoinProposal, JoinQuestion};

type Window = Harness<'static, UiFixture>;

fn energy(import: ImportStatus) -> Window {
    let bench = UiFixture { import, ..UiFixture::on(Page::Energy) };
    let mut harness = bench.harness([1500.0, 1400.0], Theme::Dark);
    harness.run();
    harness
}

fn has(harness: &Window, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn every_figure_says_on_how_much_it_rests() {
    let harness = energy(ImportStatus::Closed);
    assert!(has(&harness, "Heated") && has(&harness, "in the same days of Nov 2025"));
    assert!(has(&harness, "°C·d in the same days of Nov 2025"));
    assert!(has(&harness, "more than in the same days of Oct 2026"), "the period before is compared as well");
    assert!(has(&harness, "whole days"));
    assert!(has(&harness, "loses ") && has(&harness, "stretches of the last year without heating"));
    assert!(has(&harness, "Saved (ENERGY STAR)") && has(&harness, "core days of the last year"));
    assert!(has(&harness, "Hallway: starts too often") && has(&harness, "6 runs of at most 2"));
    assert!(has(&harness, "The heating started at least "));
    assert!(has(&harness, "of 1555 hours; the others are left out, not counted as off"));
    let bars = harness.query_all_by_label_contains("Hours of heating and cooling: Sun 1 Nov, heated ").count();
    assert_eq!(bars, 1, "the bars are said");
}

#[test]
fn periods_thermostats_and_the_base_are_chosen() {
    let mut harness = energy(ImportStatus::Closed);
    harness.get_by_label("Period: Year").click();
    harness.run();
    assert!(has(&harness, "2026, and pale 2025"));
    harness.get_by_label("Earlier").click();
    harness.run();
    assert!(has(&harness, "2025, and pale 2024"));
    harness.get_by_label("Thermostat: All thermostats").click();
    harness.run();
    assert!(has(&harness, "1234"), "an export is a choice as well");
    harness.get_by_role_and_label(egui::Role::Button, "Hallway").click();
    harness.run();
    assert!(!has(&harness, "Each thermostat"), "one thermostat is shown");
    harness.get_by_label("Show as table").click();
    harness.run();
    assert!(has(&harness, "Heated (2024)"));
    harness.get_by_label_contains("Degree days below: ").click();
    harness.run();
    harness.get_by_role_and_label(egui::Role::Button, "17.0°").click();
    harness.run();
    let base = DegreeDayBase(CentiCelsius(1_700));
    assert_eq!(harness.state().intents, [AppIntent::Prefer(Preference::DegreeDayBase(base))]);
}

#[test]
fn the_bars_are_compared_with_the_period_before_or_a_year_before() {
    let mut harness = energy(ImportStatus::Closed);
    assert!(has(&harness, "Nov 2026, and pale Nov 2025"));
    harness.get_by_label("Compare with: Oct 2026").click();
    harness.run();
    assert!(has(&harness, "Nov 2026, and pale Oct 2026"));
    harness.get_by_label("Show as table").click();
    harness.run();
    assert!(has(&harness, "Heated (Oct 2026)"));
    harness.get_by_label("Period: Year").click();
    harness.run();
    assert!(!has(&harness, "Compare with"), "the year before is the period before");
}

#[test]
fn the_bars_are_saved_for_each_thermostat() {
    let mut harness = energy(ImportStatus::Closed);
    harness.get_by_label("Save as CSV").click();
    harness.run();
    let [AppIntent::SaveFile(FileToSave::Text { name, ending, text })] = harness.state().intents.as_slice() else {
        panic!("{:?}", harness.state().intents)
    };
    assert_eq!((name.as_str(), *ending), ("Energy Nov 2026", "csv"));
    assert_eq!(text.lines().count(), 1 + 3 * 30);
    assert!(text.contains("\nHallway,2026-11-02T00:00:00+00:00,"), "{text}");
    let head = text.lines().next().unwrap_or_default();
    assert!(head.ends_with(",heat_s_previous,cool_s_previous,covered_s_previous,heat_s_year_before,cool_s_year_before,covered_s_year_before"), "{head}");
    assert!(text.lines().all(|line| line.split(',').count() == 11), "{text}");
}

#[test]
fn a_home_without_history_says_that_nothing_is_known() {
    let mut bench = UiFixture::on(Page::Energy);
    bench.window.curves = crate::ui::curves::CurveCache::of(super::history::Without(None));
    let mut harness = bench.harness([1500.0, 1000.0], Theme::Dark);
    harness.run();
    assert!(has(&harness, "Nothing is known of this time"));
    assert!(has(&harness, "Needs 30 stretches of an hour without heating; there are 0"));
    assert!(has(&harness, "No outdoor temperature is known"));
    let mut bench = UiFixture::on(Page::Energy);
    bench.window.curves = crate::ui::curves::CurveCache::of(super::history::Without(None));
    fixture::rebuild(&mut bench.snapshot, |home| home.thermostats.clear());
    let mut harness = bench.harness([1500.0, 1000.0], Theme::Dark);
    harness.run();
    assert!(has(&harness, "No thermostat here"));
}

#[test]
fn an_export_is_chosen_from_the_downloads_or_by_its_path() {
    let mut harness = energy(ImportStatus::Closed);
    harness.get_by_label("Import from Google Takeout…").click();
    harness.run();
    assert_eq!(harness.state().intents, [AppIntent::History(HistoryIntent::FindExports)]);
    let zip = PathBuf::from("/home/me/Downloads/takeout-001.zip");
    let mut harness = energy(ImportStatus::Choosing { found: vec![zip.clone()] });
    harness.get_by_label("Import takeout-001.zip").click();
    harness.run();
    assert_eq!(harness.state().intents, [AppIntent::History(HistoryIntent::Import(vec![zip]))]);
    harness.get_by_label("Path").focus();
    harness.run();
    harness.get_by_label("Path").type_text("/tmp/nest exports");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    let wanted = AppIntent::History(HistoryIntent::Import(vec![PathBuf::from("/tmp/nest exports")]));
    assert_eq!(harness.state().intents.last(), Some(&wanted));
}

#[test]
fn a_running_import_shows_its_progress_and_ends_on_request() {
    let begun = fixture::now() - jiff::SignedDuration::from_secs(10);
    let mut harness = energy(ImportStatus::Running { done: 25, all: 100, begun });
    assert!(has(&harness, "Reading: 25 %, about 30 s left"));
    harness.get_by_label("Cancel Import from Google Takeout").click();
    harness.run();
    assert_eq!(harness.state().intents, [AppIntent::History(HistoryIntent::CancelImport)]);
}

fn report() -> ImportReport {
    let refused = RefusedLine { file: "HvacRuntime.jsonl".to_owned(), line: 7, reason: RefusalReason::Future };
    ImportReport { taken: 2_879, known: 0, refused: 1, refusals: vec![refused], files: 1, ..ImportReport::default() }
}

#[test]
fn a_report_names_what_was_refused_and_asks_which_thermostat_it_is() {
    let overlap = Overlap { hours: 51, difference: 0.1 };
    let proposal = JoinProposal { key: "hallway".to_owned(), name: "Hallway".to_owned(), overlap };
    let question = JoinQuestion { export: "takeout:1".to_owned(), name: "7890".to_owned(), proposal: Some(proposal) };
    let mut bench = UiFixture::on_several(Page::Energy);
    bench.import = ImportStatus::Done { report: report(), questions: vec![question] };
    let name = crate::engine::AccountName::Own("Mill Lane".to_owned());
    let account = crate::engine::AccountLabel { name, ..(*bench.snapshot.account).clone() };
    bench.snapshot.account = std::sync::Arc::new(account);
    let mut harness = bench.harness([1500.0, 1600.0], Theme::Dark);
    harness.run();
    assert!(has(&harness, "2879 intervals taken, 0 known already, 1 refused, from 1 files"));
    assert!(has(&harness, "HvacRuntime.jsonl:7: The interval is of the future"));
    assert!(has(&harness, "Its temperatures were those of Hallway for 51 hours, 0.1 °C apart"));
    harness.get_by_label("Use this: Which thermostat is 7890?").click();
    harness.run();
    let to = Some(("hallway".to_owned(), "Hallway".to_owned()));
    let wanted = HistoryIntent::Join { export: "takeout:1".to_owned(), to };
    assert_eq!(harness.state().intents, [AppIntent::History(wanted)]);
}

#[test]
fn a_failed_import_is_said_in_the_language_of_the_user() {
    let failed = HistoryImportError::Export(UnreadableExport::Zip("a.zip".to_owned(), "no end".to_owned()));
    let mut bench = UiFixture { import: ImportStatus::Failed(failed), ..UiFixture::on(Page::Energy) };
    bench.i18n = Localizer::new(Language::German);
    let mut harness = bench.harness([1500.0, 1400.0], Theme::Dark);
    harness.run();
    assert!(has(
        &harness,
        "a.zip lässt sich nicht lesen: no end. Wenn der Download abgebrochen ist, wiederholen Sie ihn"
    ));
    let said =
        harness.root().children_recursive().any(|node| node.accesskit_node().live() == egui::accesskit::Live::Polite);
    assert!(said, "the failure is heard");
}

#[test]
fn a_cost_is_a_range_once_power_and_price_are_known() {
    let mut harness = energy(ImportStatus::Closed);
    assert!(has(&harness, "Enter the rated power and a price to see an estimate"));
    harness.get_by_role_and_label(egui::Role::TextInput, "Price of a kWh").focus();
    harness.run();
    harness.get_by_role_and_label(egui::Role::TextInput, "Price of a kWh").type_text("0,28");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    let price = CostSettings { price: Some(280), ..CostSettings::default() };
    assert_eq!(harness.state().intents, [AppIntent::Prefer(Preference::Cost(price))]);
    let mut bench = UiFixture::on(Page::Energy);
    bench.settings.energy.cost = CostSettings { heating_w: Some(1_000), cooling_w: Some(1_000), ..price };
    let mut harness = bench.harness([1500.0, 1600.0], Theme::Dark);
    harness.run();
    // 245 hours and 38 minutes of one kilowatt.
    assert!(has(&harness, "61.90 to 75.66"));
}

#[test]
fn a_filter_counts_from_its_change_and_is_due() {
    let mut harness = energy(ImportStatus::Closed);
    harness.get_by_label("Changed today").click();
    harness.run();
    let today = FilterSettings::changed_on(jiff::civil::date(2026, 11, 22));
    assert_eq!(harness.state().intents, [AppIntent::Prefer(Preference::Filter(Some(today)))]);
    let mut bench = UiFixture::on(Page::Energy);
    bench.settings.energy.filter = Some(FilterSettings::changed_on(jiff::civil::date(2026, 1, 1)));
    let mut harness = bench.harness([1500.0, 1900.0], Theme::Dark);
    harness.run();
    assert!(has(&harness, "of 300 h") && has(&harness, "It is due · changed on Thu 1 Jan 2026"));
}

#[test]
fn a_month_is_saved_as_a_sheet_to_print() {
    let mut harness = energy(ImportStatus::Closed);
    harness.get_by_label("Save as PDF").click();
    harness.run();
    let [AppIntent::SaveFile(FileToSave::Bytes { name, ending, bytes })] = harness.state().intents.as_slice() else {
        panic!("{:?}", harness.state().intents)
    };
    assert_eq!((name.as_str(), *ending), ("Energy Nov 2026", "pdf"));
    assert!(bytes.starts_with(b"%PDF-"));
    if let Some(folder) = std::env::var_os("SHEET_IN") {
        std::fs::write(std::path::Path::new(&folder).join("sheet.pdf"), bytes).expect("written");
    }
}
