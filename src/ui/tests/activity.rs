//! The log of changes: search in any language, undo, retry.

use egui::Key;
use egui_kittest::kittest::Queryable as _;

use super::{Bound, COMMAND, UiFixture, click, fixture, press_with, says, type_into, type_text};
use crate::home::{Setpoint, Write};
use crate::i18n::{Language, Localizer};
use crate::ui::intent::Page;

fn page() -> Bound {
    UiFixture::on(Page::Activity).shown()
}

const SEARCH: &str = "Search the changes";
const UNDO: &str = "Undo Hallway: 20.0\u{a0}°C → 21.5\u{a0}°C";
const RETRY: &str = "Try again: Hallway: 20.0\u{a0}°C → 25.0\u{a0}°C";

#[test]
fn a_refused_change_can_be_retried() {
    let mut harness = page();
    click(&mut harness, RETRY);
    assert_eq!(harness.state().writes(), [Write::Target("hallway".into(), Setpoint::celsius(25.0))]);
}

#[test]
fn the_newest_change_can_be_undone_and_redone() {
    let with_newer = |undoes: Option<u64>, to: f64| {
        let mut bench = UiFixture::on(Page::Activity);
        let mut records = (*bench.snapshot.journal).clone();
        let mut newer = records.front().cloned().expect("a record");
        (newer.undo, newer.write) = (newer.write, Some(Write::Target("hallway".into(), Setpoint::celsius(to))));
        (newer.id, newer.undoes) = (4, undoes);
        records.push_front(newer);
        bench.snapshot.journal = std::sync::Arc::new(records);
        crate::ui::tests::fixture::change(&mut bench.snapshot, "hallway", |t| {
            t.target_temperature = crate::home::Temperature::from_celsius(to);
        });
        bench.shown()
    };
    let mut harness = with_newer(None, 23.0);
    assert!(harness.query_by_label(UNDO).is_none() && says(&harness, "done · changed again since"));
    click(&mut harness, "Undo Hallway: 21.5\u{a0}°C → 23.0\u{a0}°C");
    assert_eq!(harness.state().intents, [fixture::undo(4)]);
    let mut harness = with_newer(Some(3), 20.0);
    assert!(harness.query_by_label(UNDO).is_none() && says(&harness, "done · undone"));
    click(&mut harness, "Redo Hallway: 21.5\u{a0}°C → 20.0\u{a0}°C");
    assert_eq!(harness.state().intents, [fixture::undo(4)]);
}

#[test]
fn a_blocked_undo_shows_the_reason() {
    let mut bench = UiFixture::on(Page::Activity);
    crate::ui::tests::fixture::change(&mut bench.snapshot, "hallway", |t| {
        t.hvac_mode = Some(crate::home::HvacMode::Eco);
    });
    let mut harness = bench.shown();
    super::assert_closed(&mut harness, UNDO, "Eco is on and keeps its own limits");
}

#[test]
fn a_change_that_would_be_refused_again_has_no_retry() {
    let mut bench = UiFixture::on(Page::Activity);
    let mut records = (*bench.snapshot.journal).clone();
    records[1].write = Some(Write::Target("hallway".into(), Setpoint::celsius(40.0)));
    bench.snapshot.journal = std::sync::Arc::new(records);
    let harness = bench.shown();
    assert!(says(&harness, "→ 40.0\u{a0}°C") && harness.query_by_label("Retry").is_none());
    assert!(harness.query_all_by_label_contains("Try again").next().is_none());
}

#[test]
fn changes_are_found_by_device_value_time_and_outcome() {
    for (text, undo, retry) in [
        ("21.5", true, false),
        ("HALLWAY target", true, true),
        ("command line", false, true),
        ("14:31", true, false),
        ("refused", false, true),
        ("zzz", false, false),
    ] {
        let mut harness = page();
        type_into(&mut harness, SEARCH, text);
        assert_eq!(harness.query_by_label(UNDO).is_some(), undo, "{text}");
        assert_eq!(harness.query_by_label(RETRY).is_some(), retry, "{text}");
        assert_eq!(says(&harness, "Nothing like that"), !undo && !retry, "{text}");
        click(&mut harness, "Clear the search");
        assert!(harness.query_by_label(UNDO).is_some());
    }
}

#[test]
fn changes_are_found_in_german() {
    for (text, done, refused) in
        [("21,5 hallway", true, false), ("abgelehnt", false, true), ("fenster", true, false), ("target", false, false)]
    {
        let mut bench = UiFixture::on(Page::Activity);
        bench.i18n = Localizer::new(Language::German);
        let search = bench.i18n.text("activity-search").into_owned();
        let mut harness = bench.shown();
        type_into(&mut harness, &search, text);
        assert_eq!(says(&harness, "21,5\u{a0}°C"), done, "{text}");
        assert_eq!(says(&harness, "25,0\u{a0}°C"), refused, "{text}");
    }
}

#[test]
fn changes_are_filtered_by_origin() {
    let mut harness = page();
    click(&mut harness, "Whose changes: From elsewhere");
    assert!(harness.query_by_label(UNDO).is_none() && says(&harness, "elsewhere"));
    click(&mut harness, "Whose changes: From here");
    assert!(harness.query_by_label(UNDO).is_some() && !says(&harness, "Eco → Heat"));
    click(&mut harness, "Whose changes: All");
    assert!(says(&harness, "Eco → Heat"));
}

#[test]
fn the_search_key_focuses_the_search() {
    let mut harness = UiFixture::on(Page::Settings).shown();
    press_with(&mut harness, COMMAND, Key::F);
    type_text(&mut harness, "zzz");
    assert!(says(&harness, "Nothing like that"));
}

#[test]
fn an_empty_log_says_so() {
    let mut bench = UiFixture::on(Page::Activity);
    bench.snapshot.journal = std::sync::Arc::default();
    assert!(says(&bench.shown(), "Nothing was changed yet"));
}
