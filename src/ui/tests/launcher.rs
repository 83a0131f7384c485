//! The quick launcher, by keyboard and by name.

use egui::{Key, Role, Theme};
use egui_kittest::kittest::Queryable as _;

use super::{Bound, UiFixture, click, fixture, press, says, type_text};
use crate::engine::{Debounce, Request};
use crate::home::{Away, HoldEnd, HvacMode, Setpoint, Write};
use crate::ui::intent::{AppIntent, AutomationIntent, Intent, Page, UiIntent};
use crate::ui::launcher::{LAUNCHER_SIZE, LauncherEnd};

fn launcher_with(change: impl FnOnce(&mut UiFixture)) -> Bound {
    let mut bench = UiFixture::on(Page::Overview);
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
fn a_command_is_typed_at_once_and_the_launcher_stays() {
    let mut harness = launcher();
    assert!(harness.get_by_label("Command").is_focused(), "one types without a click");
    type_text(&mut harness, "hallway 22");
    assert!(says(&harness, "Hallway: 21.5\u{a0}°C → 22.0\u{a0}°C"), "what will be written is shown");
    assert!(!says(&harness, "Devices"), "the controls give way");
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().writes(), [Write::Target("hallway".into(), Setpoint::celsius(22.0))]);
    assert_eq!(end(&harness), None);
    assert!(says(&harness, "Devices"));
    type_text(&mut harness, "all eco");
    press(&mut harness, Key::Enter);
    let asked = &harness.state().intents;
    assert!(
        matches!(asked.last(), Some(AppIntent::Engine(Request::Apply { name, .. })) if name == "all eco"),
        "{asked:?}"
    );
}

#[test]
fn escape_closes_without_a_question() {
    let mut harness = launcher();
    type_text(&mut harness, "hallway 25");
    press(&mut harness, Key::Escape);
    assert_eq!(end(&harness), Some(LauncherEnd::Done));
    assert_eq!(harness.state().intents, []);
}

#[test]
fn without_pins_the_first_devices_are_shown() {
    let mut harness = launcher();
    harness.get_by_label("Warmer, Hallway").click();
    harness.run();
    let warmer = Write::Target("hallway".into(), Setpoint::celsius(22.0));
    assert_eq!(harness.state().intents, [AppIntent::set(warmer, Debounce::Step, None)]);
    harness.state_mut().intents.clear();
    click(&mut harness, "Maple Street: Away");
    assert!(harness.state().writes().iter().any(|write| matches!(write, Write::Away(_, Away::Away))));
}

#[test]
fn pins_select_the_shown_devices() {
    let harness = launcher_with(|bench| bench.pinned = vec!["bedroom".into()]);
    assert!(says(&harness, "Bedroom") && !says(&harness, "Hallway"));
    assert!(harness.query_by_role(Role::Switch).is_none(), "no camera was pinned");
}

#[test]
fn switching_a_camera_on_asks_for_consent() {
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
    assert!(harness.state().window.modals.consent().is_some(), "it is asked about here");
    click(&mut harness, "Switch on");
    assert_eq!(harness.state().writes(), [Write::Streaming("garden".into(), true)]);
}

#[test]
fn window_actions_open_the_window() {
    let mut harness = launcher();
    click(&mut harness, "Open Setpoint");
    assert_eq!(end(&harness), Some(LauncherEnd::InWindow));
    assert_eq!(harness.state().window.queued_intents, [Intent::from(UiIntent::Go(Page::Overview))]);

    let mut harness = launcher();
    type_text(&mut harness, "open bedroom");
    press(&mut harness, Key::Enter);
    assert_eq!(end(&harness), Some(LauncherEnd::InWindow));
    harness.state_mut().launcher = false;
    harness.run();
    assert!(matches!(harness.state().window.page, Page::Thermostat(_)), "{:?}", harness.state().window.page);
}

#[test]
fn a_mode_without_a_setpoint_shows_text() {
    let harness = launcher_with(|bench| {
        super::fixture::change(&mut bench.snapshot, "hallway", |t| t.hvac_mode = Some(HvacMode::Off));
        bench.pinned = vec!["hallway".into()];
    });
    assert!(harness.query_by_label("Warmer, Hallway").is_none() && says(&harness, "Off"));
}

#[test]
fn the_outcome_of_a_command_is_shown_below_its_field() {
    let mut harness = launcher();
    type_text(&mut harness, "hallway 22");
    press(&mut harness, Key::Enter);
    let bench = harness.state_mut();
    let wish = Write::Target("hallway".into(), Setpoint::celsius(22.0));
    fixture::pending(&mut bench.snapshot, wish, crate::engine::Phase::Sending);
    bench.snapshot.writes.values_mut().for_each(|state| state.since = bench.now);
    harness.run();
    assert!(says(&harness, "Hallway: Sending 22.0\u{a0}°C"));
    let bench = harness.state_mut();
    bench.snapshot.writes.clear();
    let mut record = bench.snapshot.journal.front().expect("a record").clone();
    record.at = bench.now;
    record.id += 1;
    record.outcome = crate::engine::Outcome::Refused(crate::service::Reason::service_text("It is asleep"));
    // A later change by somebody else is no outcome.
    let mut foreign = record.clone();
    (foreign.id, foreign.origin) = (record.id + 1, crate::engine::Origin::Elsewhere);
    foreign.outcome = crate::engine::Outcome::Done;
    let journal = std::sync::Arc::make_mut(&mut bench.snapshot.journal);
    journal.push_front(record);
    journal.push_front(foreign);
    harness.run();
    assert!(says(&harness, "refused: It is asleep"));
}

#[test]
fn a_thermostat_is_held_and_its_end_is_shown() {
    let hold = |harness: &mut Bound, choice: &str| {
        click(harness, "Hold Hallway for a time");
        harness.run();
        let wanted = harness.get_all_by_label_contains(choice).next().expect("a choice").rect().center();
        harness.hover_at(wanted);
        harness.drag_at(wanted);
        harness.drop_at(wanted);
        harness.run();
    };
    let mut harness = launcher();
    assert!(!says(&harness, "until"));
    hold(&mut harness, "for 2 h");
    let [AppIntent::Automation(AutomationIntent::Hold { name, writes, ends: HoldEnd::At(_) })] =
        &harness.state().intents[..]
    else {
        panic!("{:?}", harness.state().intents)
    };
    assert_eq!(name, "Hallway");
    assert_eq!(*writes, [Write::Target("hallway".into(), Setpoint::celsius(21.5))]);
    let mut harness = launcher_with(|bench| bench.automation = super::hold::held());
    assert!(says(&harness, "until 16:32"), "the end is shown on the line");
    hold(&mut harness, "Not held");
    assert_eq!(harness.state().intents, [AppIntent::Automation(AutomationIntent::EndHold("hallway".into()))]);
    let mut harness = launcher_with(|bench| bench.automation = super::hold::held());
    hold(&mut harness, "until you end it");
    assert_eq!(
        harness.state().intents,
        [AppIntent::Automation(AutomationIntent::MoveHold("hallway".into(), HoldEnd::Never))]
    );
    // Another end is typed in the field of the launcher.
    let mut harness = launcher();
    hold(&mut harness, "another end");
    assert_eq!(harness.get_by_label("Command").value().as_deref(), Some("hallway 21.5C until "));
}
