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
    assert!(harness.query_by_label(UNDO).is_none() && says(&harness, "14:31 · changed again since"));
    click(&mut harness, "Undo Hallway: 21.5\u{a0}°C → 23.0\u{a0}°C");
    assert_eq!(harness.state().intents, [fixture::undo(4)]);
    let mut harness = with_newer(Some(3), 20.0);
    assert!(harness.query_by_label(UNDO).is_none() && says(&harness, "14:31 · undone"));
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
        assert_eq!(says(&harness, "Nothing found"), !undo && !retry, "{text}");
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

/// Picks an option of a filter.
fn choose(harness: &mut Bound, filter: &str, option: &str) {
    harness.query_all_by_label_contains(&format!("{filter}: ")).next().expect("the filter").click();
    harness.run();
    harness.get_by_role_and_label(egui::Role::Button, option).click();
    harness.run();
}

#[test]
fn changes_are_filtered_by_origin() {
    let mut harness = page();
    choose(&mut harness, "By whom", "From elsewhere");
    assert!(harness.query_by_label(UNDO).is_none() && says(&harness, "elsewhere"));
    choose(&mut harness, "By whom", "From here");
    assert!(harness.query_by_label(UNDO).is_some() && !says(&harness, "Eco → Heat"));
    choose(&mut harness, "By whom", "Anybody");
    assert!(says(&harness, "Eco → Heat"));
}

#[test]
fn changes_are_filtered_by_device() {
    let mut harness = page();
    choose(&mut harness, "Device", "Front door");
    assert!(says(&harness, "Front door: Person") && harness.query_by_label(UNDO).is_none());
    choose(&mut harness, "Device", "Hallway");
    assert!(!says(&harness, "Front door: Person") && harness.query_by_label(UNDO).is_some());
    choose(&mut harness, "By whom", "command line");
    assert!(harness.query_by_label(UNDO).is_none() && says(&harness, "25.0\u{a0}°C"));
    choose(&mut harness, "Kind", "Offline");
    assert!(says(&harness, "Nothing found"));
}

#[test]
fn each_day_but_the_present_one_has_a_heading() {
    let harness = page();
    let top = |words: &str| harness.get_by_label(words).rect().top();
    assert!(top("Yesterday") < top("Smoke in the Kitchen") && top("Garden: Motion") < top("Yesterday"));
    assert!(harness.query_by_label("Today").is_none());
}

#[test]
fn the_search_key_focuses_the_search() {
    let mut harness = UiFixture::on(Page::Settings).shown();
    press_with(&mut harness, COMMAND, Key::F);
    type_text(&mut harness, "zzz");
    assert!(says(&harness, "Nothing found"));
}

#[test]
fn an_empty_log_says_so() {
    let mut bench = UiFixture::on(Page::Activity);
    bench.snapshot.journal = std::sync::Arc::default();
    bench.snapshot.events = std::sync::Arc::default();
    assert!(says(&bench.shown(), "Nothing was changed yet"));
}

#[test]
fn alarms_and_events_of_cameras_stand_between_the_changes() {
    let mut harness = page();
    let top = |harness: &Bound, words: &str| harness.get_by_label(words).rect().top();
    let (newest, person) = (top(&harness, "Hallway: 20.0\u{a0}°C → 21.5\u{a0}°C"), top(&harness, "Front door: Person"));
    let older = top(&harness, "Hallway: 20.0\u{a0}°C → 25.0\u{a0}°C");
    assert!(newest < person && person < older, "{newest} {person} {older}");
    assert!(says(&harness, "Smoke in the Kitchen") && says(&harness, "· warning"));
    choose(&mut harness, "Kind", "Alarms");
    assert!(says(&harness, "Smoke in the Kitchen") && !says(&harness, "Front door: Person"));
    choose(&mut harness, "Kind", "Cameras");
    assert!(!says(&harness, "Smoke in the Kitchen") && says(&harness, "Garden: Motion"));
    type_into(&mut harness, SEARCH, "person");
    assert!(!says(&harness, "Garden: Motion"));
    click(&mut harness, "Open Front door: Person");
    assert_eq!(harness.state().window.page, Page::Camera("door".into()));
}

#[test]
fn changes_that_wait_stand_on_top_and_can_be_cancelled() {
    let mut bench = UiFixture::on(Page::Activity);
    let wish = Write::Target("studio".into(), Setpoint::celsius(23.0));
    let reason = crate::engine::WaitReason::Offline;
    let phase = crate::engine::Phase::Waiting { reason, until: None, expires: fixture::now() };
    fixture::pending(&mut bench.snapshot, wish.clone(), phase);
    let mut harness = bench.shown();
    let top = |harness: &Bound, words: &str| harness.get_by_label(words).rect().top();
    let waiting = "Studio: 23.0\u{a0}°C";
    assert!(top(&harness, waiting) < top(&harness, "Hallway: 20.0\u{a0}°C → 21.5\u{a0}°C"));
    click(&mut harness, &format!("Cancel {waiting}"));
    let discard = crate::engine::Request::Discard(wish.slot());
    assert_eq!(harness.state().intents, [crate::ui::intent::AppIntent::Engine(discard)]);
}

#[test]
fn a_camera_lists_its_events() {
    let mut bench = UiFixture::on(Page::Camera("garden".into()));
    let mut events = (*bench.snapshot.events).clone();
    for id in 10..30 {
        let event = events.iter().find(|event| &*event.name == "Garden").expect("an event");
        let event = crate::engine::HomeEvent { id, ..(**event).clone() };
        events.push_front(std::sync::Arc::new(event));
    }
    bench.snapshot.events = std::sync::Arc::new(events);
    let mut harness = bench.harness([1180.0, 2400.0], egui::Theme::Dark);
    harness.run();
    let shown = |harness: &Bound| harness.query_all_by_label("Motion").count();
    let few = shown(&harness);
    click(&mut harness, "Show all 21");
    assert_eq!(shown(&harness), few + 15);
    click(&mut harness, "Show fewer");
    assert_eq!(shown(&harness), few);
}
