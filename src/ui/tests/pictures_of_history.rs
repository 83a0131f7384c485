//! Pictures of the history in states that need presses: its table, its dates, an import, costs.

use std::path::Path;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::UiFixture;
use super::fixture;
use crate::accounts::settings::{CostSettings, FilterSettings, NightPrice};
use crate::history::{ImportReport, Overlap, RefusalReason, RefusedLine};
use crate::i18n::{Language, Localizer};
use crate::ui::intent::Page;
use crate::ui::pages::{ImportStatus, JoinProposal, JoinQuestion};
use crate::ui::theme::Look;

/// A state: its name, its window, and the controls that are pressed by the ids of their messages.
type State = (&'static str, UiFixture, &'static [&'static [&'static str]]);

fn states() -> Vec<State> {
    let hallway = || UiFixture::on(Page::Thermostat("hallway".into()));
    let energy = |import| UiFixture { import, ..UiFixture::on(Page::Energy) };
    let begun = fixture::now() - jiff::SignedDuration::from_secs(10);
    let refused =
        |line| RefusedLine { file: "HvacRuntime.jsonl".to_owned(), line, reason: RefusalReason::Missing("device_id") };
    let report = ImportReport {
        taken: 34_448,
        refused: 3,
        refusals: (7..10).map(refused).collect(),
        files: 12,
        others: 3,
        ..ImportReport::default()
    };
    let overlap = Overlap { hours: 51, difference: 0.1 };
    let proposal = JoinProposal { key: "hallway".into(), name: "Hallway".to_owned(), overlap };
    let question =
        JoinQuestion { export: "takeout:02AA01AC".to_owned(), name: "01AC".to_owned(), proposal: Some(proposal) };
    let questions = vec![question];
    let mut costs = energy(ImportStatus::Closed);
    costs.settings.energy.cost = CostSettings {
        heating_w: Some(24_000),
        cooling_w: Some(3_500),
        price: Some(280),
        night: Some(NightPrice { price: 190, ..NightPrice::default() }),
    };
    costs.settings.energy.filter = Some(FilterSettings::changed_on(jiff::civil::date(2026, 9, 1)));
    vec![
        ("history-week", hallway(), &[&["chart-period", "chart-week"]]),
        ("history-table", hallway(), &[&["chart-period", "chart-week"], &["chart-as-table"]]),
        ("history-year", hallway(), &[&["chart-period", "chart-year"], &["chart-dates"]]),
        ("history-cost", costs, &[]),
        ("history-running", energy(ImportStatus::Running { done: 25, all: 100, begun }), &[]),
        ("history-report", energy(ImportStatus::Done { report, questions }), &[]),
        ("history-energy-table", energy(ImportStatus::Closed), &[&["chart-as-table"], &["chart-dates"]]),
    ]
}

fn press(harness: &mut Harness<'_, UiFixture>, ids: &[&str]) {
    let words: Vec<String> = ids.iter().map(|id| harness.state().i18n.text(id).into_owned()).collect();
    let label = words.join(": ");
    let found = harness.query_all_by_label(&label).next();
    if let Some(node) = found {
        node.click();
        harness.run();
    }
}

#[test]
#[ignore = "makes pictures of the states of the history, to be looked at"]
fn every_state_wide_and_narrow() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pictures");
    std::fs::create_dir_all(&folder).expect("a folder");
    let language = std::env::var("PICTURES_IN").ok();
    for (word, look) in [("dark", Look::DARK), ("light", Look::LIGHT)] {
        for width in [360.0, 480.0, 1180.0] {
            for (name, mut bench, presses) in states() {
                if let Some(language) = &language {
                    bench.i18n = Localizer::new(Language::from_code(language).expect("a known language"));
                }
                let height = if width > 1_000.0 { 1_500.0 } else { 3_000.0 };
                let mut harness = bench.looking([width, height], Look { is_still: true, ..look }, 1.0);
                harness.run();
                for ids in presses {
                    press(&mut harness, ids);
                }
                let suffix = language.as_ref().map(|code| format!("-{code}")).unwrap_or_default();
                let file = folder.join(format!("{name}-{word}-{width}{suffix}.png"));
                harness.render().expect("a Vulkan driver").save(file).expect("saved");
            }
        }
    }
}
