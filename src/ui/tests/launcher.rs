//! The quick launcher, by keyboard and by name.

use egui::{Key, Role, Theme};
use egui_kittest::kittest::Queryable as _;

use super::{Bench, Bound, click, press, says, type_text};
use crate::engine::{Debounce, Request};
use crate::home::{Away, HvacMode, Setpoint, Write};
use crate::ui::intent::{Intent, Page};
use crate::ui::launcher::{LAUNCHER_SIZE, LauncherEnd};

fn launcher_with(change: impl FnOnce(&mut Bench)) -> Bound {
    let mut bench = Bench::on(Page::Overview);
    bench.launcher = true;
    change(&mut bench);
    let mut harness = bench.harness(LAUNCHER_SIZE, Theme::Dark);
    harness.run();
    harness
}

fn launcher() -> Bound {
    launcher_with(|_| {})
}

fn end(harness: &Bound) -> Option<LauncherEnd> {
    harness.state().launcher_end
}

#[test]
fn a_sentence_is_typed_at_once_and_the_launcher_stays_for_the_next() {
    let mut harness = launcher();
    assert!(harness.get_by_label("Command").is_focused(), "one types without a click");
    type_text(&mut harness, "hallway 22");
    assert!(says(&harness, "Hallway · Target temperature"), "what will be written is shown");
    assert!(!says(&harness, "Pinned"), "the pinned controls give way");
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().writes(), [Write::Target("hallway".into(), Setpoint::celsius(22.0))]);
    assert_eq!(end(&harness), None);
    assert!(says(&harness, "Pinned"));
    type_text(&mut harness, "all eco");
    press(&mut harness, Key::Enter);
    let asked = &harness.state().intents;
    assert!(
        matches!(asked.last(), Some(Intent::Engine(Request::Apply { name, .. })) if name == "all eco"),
        "{asked:?}"
    );
}

#[test]
fn escape_closes_and_nothing_is_asked() {
    let mut harness = launcher();
    type_text(&mut harness, "hallway 25");
    press(&mut harness, Key::Escape);
    assert_eq!(end(&harness), Some(LauncherEnd::Done));
    assert_eq!(harness.state().intents, []);
}

#[test]
fn without_pins_the_first_few_are_at_hand() {
    let mut harness = launcher();
    harness.get_by_label("Warmer, Hallway").click();
    harness.run();
    let warmer = Write::Target("hallway".into(), Setpoint::celsius(22.0));
    assert_eq!(harness.state().intents, [Intent::want(warmer, Debounce::Step, None)]);
    harness.state_mut().intents.clear();
    click(&mut harness, "Maple Street: Away");
    assert!(harness.state().writes().iter().any(|write| matches!(write, Write::Away(_, Away::Away))));
}

#[test]
fn pins_choose_what_is_at_hand() {
    let harness = launcher_with(|bench| bench.pinned = vec!["bedroom".into()]);
    assert!(says(&harness, "Bedroom") && !says(&harness, "Hallway"));
    assert!(harness.query_by_role(Role::Switch).is_none(), "no camera was pinned");
}

#[test]
fn no_camera_goes_on_unasked() {
    let mut harness = launcher_with(|bench| {
        bench.pinned = vec!["garden".into()];
        super::fixture::rebuild(&mut bench.snapshot, |home| {
            home.camera_mut(&"garden".into()).expect("a camera").is_streaming = Some(false);
        });
    });
    let switch = harness.get_by_role(Role::Switch);
    switch.click();
    harness.run();
    assert_eq!(harness.state().intents, []);
    assert!(harness.state().window.consent.is_some(), "it is asked about here");
    click(&mut harness, "Switch on");
    assert_eq!(harness.state().writes(), [Write::Streaming("garden".into(), true)]);
}

#[test]
fn what_the_window_shows_opens_the_window() {
    let mut harness = launcher();
    click(&mut harness, "Open Setpoint");
    assert_eq!(end(&harness), Some(LauncherEnd::InWindow));
    assert_eq!(harness.state().window.asked_outside, [Intent::Go(Page::Overview)]);

    let mut harness = launcher();
    type_text(&mut harness, "open bedroom");
    press(&mut harness, Key::Enter);
    assert_eq!(end(&harness), Some(LauncherEnd::InWindow));
    harness.state_mut().launcher = false;
    harness.run();
    assert!(matches!(harness.state().window.page, Page::Thermostat(_)), "{:?}", harness.state().window.page);
}

#[test]
fn a_mode_without_a_setpoint_is_said_in_words() {
    let harness = launcher_with(|bench| {
        super::fixture::change(&mut bench.snapshot, "hallway", |t| t.hvac_mode = Some(HvacMode::Off));
        bench.pinned = vec!["hallway".into()];
    });
    assert!(harness.query_by_label("Warmer, Hallway").is_none() && says(&harness, "Off"));
}
