//! Holds below the dial and in the palette, and the level of a schedule that is in force.

use std::path::Path;
use std::sync::Arc;

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::SignedDuration;

use super::{UiFixture, fixture};
use crate::automation::driver::{AutomationView, ShownHold, ShownLevel};
use crate::automation::executor::AppliedState;
use crate::automation::hold::Hold;
use crate::automation::run::{Run, RunId, RunOutcome, Skip, Trigger};
use crate::automation::schedule::ComfortLevel;
use crate::home::{HoldEnd, Setpoint, Write};
use crate::ui::intent::{AppIntent, AutomationIntent, Page};
use crate::ui::palette::Palette;
use crate::ui::theme::Look;

fn target(celsius: f64) -> Write {
    Write::Target("hallway".into(), Setpoint::celsius(celsius))
}

fn level(name: &str, heat: f64) -> ComfortLevel {
    ComfortLevel { name: name.to_owned(), heat: Some(Setpoint::celsius(heat)), cool: Some(Setpoint::celsius(26.0)) }
}

fn ahead(hours: i64) -> jiff::Timestamp {
    fixture::now() + SignedDuration::from_hours(hours)
}

pub(super) fn held() -> AutomationView {
    let hold = Hold {
        thermostat: "hallway".into(),
        name: "Hallway".to_owned(),
        write: target(21.5),
        before: Some(target(19.0)),
        began: ahead(-1),
        ends: HoldEnd::At(ahead(2)),
        mode: None,
        rule: None,
    };
    let shown = ShownHold { hold, ends: Some(ahead(2)), then: None };
    AutomationView { holds: [("hallway".into(), shown)].into(), ..AutomationView::default() }
}

pub(super) fn scheduled(state: Option<AppliedState>) -> AutomationView {
    let shown = ShownLevel {
        schedule: "Weekdays".to_owned(),
        level: level("Home", 21.5),
        since: ahead(-3),
        next: Some((ahead(5), level("Sleep", 17.0))),
        state,
    };
    AutomationView { in_force: [("hallway".into(), shown)].into(), ..AutomationView::default() }
}

fn hallway(automation: AutomationView) -> Harness<'static, UiFixture> {
    UiFixture { automation, ..UiFixture::on(Page::Thermostat("hallway".into())) }.shown()
}

fn automation_intents(harness: &Harness<'static, UiFixture>) -> Vec<AutomationIntent> {
    let intents = harness.state().intents.iter();
    intents
        .filter_map(|intent| if let AppIntent::Automation(intent) = intent { Some(intent.clone()) } else { None })
        .collect()
}

fn pick(harness: &mut Harness<'static, UiFixture>, list: &str, option: &str) {
    harness.get_by_label(list).click();
    harness.run();
    harness.get_by_label(option).click_accesskit();
    harness.run();
}

#[test]
fn a_value_is_held_for_a_time_from_the_list_below_the_dial() {
    let mut harness = hallway(AutomationView::default());
    pick(&mut harness, "Hold: Not held", "for 2 h, until 16:32");
    let ends = HoldEnd::At(ahead(2));
    let expected = AutomationIntent::Hold { name: "Hallway".to_owned(), writes: vec![target(21.5)], ends };
    assert_eq!(automation_intents(&harness), [expected]);
}

#[test]
fn the_end_of_a_hold_is_shown_moved_and_ended() {
    let mut harness = hallway(held());
    harness.get_by_label("Held at 21.5\u{a0}°C until 16:32");
    harness.get_by_label("then 19.0\u{a0}°C again");
    pick(&mut harness, "Hold: until 16:32", "until you end it");
    harness.get_by_label("End the hold of Hallway now").click();
    harness.run();
    let expected =
        [AutomationIntent::MoveHold("hallway".into(), HoldEnd::Never), AutomationIntent::EndHold("hallway".into())];
    assert_eq!(automation_intents(&harness), expected);
    // A value that somebody changed is not held any more.
    let mut other = held();
    other.holds.get_mut(&crate::home::DeviceId::from("hallway")).expect("a hold").hold.write = target(25.0);
    assert!(hallway(other).query_by_label("Held at 25.0\u{a0}°C until 16:32").is_none());
}

#[test]
fn the_level_in_force_says_since_when_what_comes_next_and_why_it_does_not_apply() {
    let harness = hallway(scheduled(Some(AppliedState::Set(target(21.5)))));
    harness.get_by_label("Home, 21.5\u{a0}°C since 11:32");
    harness.get_by_label("then Sleep, 17.0\u{a0}°C at 19:32");
    let harness = hallway(scheduled(Some(AppliedState::LeftAlone)));
    harness.get_by_label("Changed by hand, instead of Home, 21.5\u{a0}°C");
    let harness = hallway(scheduled(Some(AppliedState::Waiting(Skip::Offline))));
    harness.get_by_label("Home, 21.5\u{a0}°C is due since 11:32");
    harness.get_by_label("the thermostat could not be reached");
}

fn typed(text: &str, presses: &[egui::Key]) -> Harness<'static, UiFixture> {
    let mut bench = UiFixture::on(Page::Overview);
    bench.window.modals.open(crate::ui::modal::Modal::Palette(Palette::typed(text)));
    let mut harness = bench.shown();
    for key in presses {
        harness.key_press(*key);
        harness.run();
    }
    harness
}

#[test]
fn a_hold_is_typed_with_its_end() {
    let harness = typed("hallway 19 until 22:00", &[egui::Key::Enter]);
    let intents = automation_intents(&harness);
    let [AutomationIntent::Hold { name, writes, ends: HoldEnd::At(at) }] = intents.as_slice() else {
        panic!("{intents:?}")
    };
    assert_eq!((name.as_str(), writes.as_slice()), ("hallway 19 until 22:00", [target(19.0)].as_slice()));
    assert_eq!(at.to_zoned(jiff::tz::TimeZone::UTC).time(), jiff::civil::time(22, 0, 0, 0));
    // Without a value, the present one is held.
    let harness = typed("hallway for 2h", &[egui::Key::Enter]);
    let expected = AutomationIntent::Hold {
        name: "hallway for 2h".to_owned(),
        writes: vec![target(21.5)],
        ends: HoldEnd::At(ahead(2)),
    };
    assert_eq!(automation_intents(&harness), [expected]);
    let harness = typed("hallway 19 until soon", &[egui::Key::Enter]);
    assert_eq!(automation_intents(&harness), []);
    harness.get_by_label("“soon” tells no end; write until 22:00, for 2h, until next or until cancelled");
    let harness = typed("away until 22:00", &[]);
    harness.get_by_label("Only a temperature is held for a time, and not Home or away");
    let harness = typed("hallway 19 until next", &[egui::Key::Enter]);
    assert_eq!(automation_intents(&harness), []);
    harness.get_by_label("Hallway has no active schedule, so it has no next set point");
    // The fan has its own time.
    let harness = typed("hallway fan on for 30 min", &[egui::Key::Enter]);
    assert_eq!(automation_intents(&harness), []);
    assert!(matches!(harness.state().intents.as_slice(), [AppIntent::Engine(_)]));
}

#[test]
fn the_name_of_the_list_tells_the_end_to_a_screen_reader() {
    let harness = hallway(held());
    let list = harness.get_by_label("Hold: until 16:32");
    assert!(!list.accesskit_node().is_disabled());
}

#[test]
fn the_time_line_tells_what_a_schedule_did_not_do_and_why() {
    let run = Run {
        trigger: Trigger::Start { schedule: "Weekdays".to_owned(), level: "Home".to_owned() },
        thermostat: "hallway".into(),
        name: "Hallway".to_owned(),
        due: ahead(-1),
        at: ahead(-1),
        write: None,
        before: None,
        ends_hold: None,
        outcome: RunOutcome::Skipped(Skip::ChangedByHand),
    };
    let automation = AutomationView { runs: Arc::new(vec![(RunId(1), run)]), ..AutomationView::default() };
    let harness = UiFixture { automation, ..UiFixture::on(Page::Activity) }.shown();
    harness.get_by_label("Hallway: Home was not set");
    harness.get_by_label("13:32 · schedule · somebody had changed it by hand");
}

#[test]
#[ignore = "makes pictures of holds and schedules, to be looked at"]
fn pictures_of_automation() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pictures");
    std::fs::create_dir_all(&folder).expect("a folder");
    let states = || {
        [
            ("hold-held", held()),
            ("hold-scheduled", scheduled(Some(AppliedState::Set(target(21.5))))),
            ("hold-waiting", scheduled(Some(AppliedState::Waiting(Skip::Offline)))),
        ]
    };
    for (word, look) in [("dark", Look::DARK), ("light", Look::LIGHT)] {
        for (width, height) in [(360.0, 1_600.0), (1_180.0, 900.0)] {
            for (name, automation) in states() {
                let bench = UiFixture { automation, ..UiFixture::on(Page::Thermostat("hallway".into())) };
                let mut harness = bench.looking([width, height], look, 1.0);
                harness.run_ok();
                let picture = harness.render().expect("a picture");
                picture.save(folder.join(format!("{name}-{word}-{width}.png"))).expect("saved");
            }
        }
    }
}
