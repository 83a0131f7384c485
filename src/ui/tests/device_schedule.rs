//! The schedule that a thermostat keeps itself, on the schedule page.

use std::path::Path;
use std::sync::Arc;

use egui::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::UiFixture;
use super::schedule::{WEEK, edits, page};
use crate::automation::device_schedule::{
    DeviceScheduleOutcome, KnownDeviceSchedule, ReplaceError, ReplacedSchedule, ScheduleBackup, ScheduleReplacement,
};
use crate::automation::schedule::ScheduleEdit;
use crate::home::{Capabilities, DeviceSchedule, DeviceStart, ScheduleMode, ScheduledTarget, ServiceKind, Temperature};
use crate::service::{Failure, Reason, StoredSchedule};
use crate::ui::intent::{AppIntent, DeviceScheduleIntent};
use crate::ui::theme::Look;

fn heat(second: u32, degrees: f64) -> DeviceStart {
    DeviceStart { second, target: ScheduledTarget::Heat(Temperature::from_celsius(degrees).expect("a temperature")) }
}

/// A week that the thermostat learned.
fn kept() -> DeviceSchedule {
    let work = vec![heat(26_100, 20.5), heat(32_400, 18.4), heat(61_200, 20.523_21), heat(81_900, 16.5)];
    let free = vec![heat(28_800, 20.5), heat(82_800, 16.5)];
    let days = std::array::from_fn(|day| if day < 5 { work.clone() } else { free.clone() });
    DeviceSchedule { name: "Current Schedule".to_owned(), mode: ScheduleMode::Heat, days }
}

fn known(schedule: Option<DeviceSchedule>) -> KnownDeviceSchedule {
    let stored = StoredSchedule { schedule, unreadable: 0, original: serde_json::Value::Null };
    KnownDeviceSchedule { read: Some(stored), ..KnownDeviceSchedule::default() }
}

fn backup(schedule: Option<DeviceSchedule>) -> ScheduleBackup {
    ScheduleBackup {
        taken: super::fixture::now(),
        thermostat: "hallway".into(),
        name: "Hallway".to_owned(),
        schedule,
        unreadable: 0,
        original: serde_json::Value::Null,
    }
}

/// The page on a thermostat that keeps its schedule itself.
fn keeping(text: &str, known: Option<KnownDeviceSchedule>) -> UiFixture {
    let mut bench = page(text);
    bench.automation.in_force.clear();
    let own = Capabilities::lacking(ServiceKind::NoLongerEvil, &[]);
    for home in [&mut bench.snapshot.shown, &mut bench.snapshot.confirmed] {
        *home = Arc::new((**home).clone().with_capabilities(own));
    }
    bench.device_schedules = known.map(|known| ("hallway".into(), known)).into_iter().collect();
    bench
}

fn asked(harness: &Harness<'static, UiFixture>) -> Vec<DeviceScheduleIntent> {
    let intents = harness.state().intents.iter();
    let of = |intent: &AppIntent| {
        if let AppIntent::DeviceSchedule(intent) = intent { Some(intent.clone()) } else { None }
    };
    intents.filter_map(of).collect()
}

fn replacement(harness: &Harness<'static, UiFixture>) -> ScheduleReplacement {
    let replaced = asked(harness).into_iter().find_map(|intent| match intent {
        DeviceScheduleIntent::Replace(wanted) => Some(*wanted),
        DeviceScheduleIntent::Read(_) => None,
    });
    replaced.expect("a replacement")
}

#[test]
fn the_page_reads_what_the_thermostat_keeps_and_offers_no_switch() {
    let mut harness = keeping(WEEK, None).shown();
    harness.run_ok();
    assert!(asked(&harness).contains(&DeviceScheduleIntent::Read("hallway".into())));
    assert!(harness.query_by_role_and_label(Role::Switch, "Active on Hallway").is_none());
    let put = harness.get_by_role_and_label(Role::Button, "Put this week on Hallway");
    assert!(put.accesskit_node().is_disabled(), "before it is read there would be no backup");
    harness.get_by_label_contains("sends no set points");
}

#[test]
fn the_shown_week_replaces_the_one_that_was_read() {
    let mut harness = keeping(WEEK, Some(known(Some(kept())))).shown();
    harness.get_by_label_contains("Monday to Friday: 07:15 20.5° · 09:00 18.4°");
    harness.get_by_label_contains("by the thermostat’s own schedule");
    harness.get_by_role_and_label(Role::Button, "Put this week on Hallway").click();
    harness.run_ok();
    let wanted = replacement(&harness);
    assert_eq!((wanted.thermostat, wanted.name), ("hallway".into(), "Hallway".to_owned()));
    assert_eq!(wanted.replaces, ReplacedSchedule::Seen(Some(kept())));
    assert_eq!(wanted.schedule.days[0].first(), Some(&heat(23_400, 20.5)));
    // With that week at the thermostat there is nothing to put on it.
    let harness = keeping(WEEK, Some(known(Some(wanted.schedule)))).shown();
    harness.get_by_label_contains("Hallway keeps this week");
    assert!(harness.query_by_role_and_label(Role::Button, "Put this week on Hallway").is_none());
}

#[test]
fn a_kept_week_becomes_a_schedule() {
    let mut harness = keeping("", Some(known(Some(kept())))).shown();
    harness.get_by_role_and_label(Role::Button, "Make a schedule of it").click();
    harness.run_ok();
    let schedules: Vec<String> = edits(&harness)
        .into_iter()
        .filter_map(|edit| match edit {
            ScheduleEdit::Schedule { name, schedule: Some(schedule) } => {
                Some(format!("{name}: {} {}", schedule.days[0].len(), schedule.days[6].len()))
            }
            ScheduleEdit::Schedule { .. }
            | ScheduleEdit::Level { .. }
            | ScheduleEdit::Assign { .. }
            | ScheduleEdit::Dates { .. } => None,
        })
        .collect();
    assert_eq!(schedules, ["Week of Hallway: 4 2"]);
}

#[test]
fn a_week_of_before_is_put_back_and_failures_are_told() {
    let with = |outcome| KnownDeviceSchedule {
        backups: vec![backup(Some(kept())), backup(None)],
        outcome: Some(outcome),
        ..known(None)
    };
    let mut harness = keeping(WEEK, Some(with(DeviceScheduleOutcome::Replaced))).shown();
    harness.get_by_label_contains("has sent no schedule yet");
    let name = harness.get_all_by_label_contains("Put back the week of before").collect::<Vec<_>>();
    assert_eq!(name.iter().filter(|button| button.accesskit_node().is_disabled()).count(), 1, "there was none");
    name.first().expect("a button").click();
    harness.run_ok();
    let wanted = replacement(&harness);
    assert_eq!((wanted.schedule, wanted.replaces), (kept(), ReplacedSchedule::Seen(None)));
    let unread = DeviceScheduleOutcome::Unread(Failure::offline(Reason::NoAnswer));
    let harness = keeping(WEEK, Some(with(unread))).shown();
    harness.get_by_label_contains("The schedule cannot be read:");
    let changed = DeviceScheduleOutcome::NotReplaced(ReplaceError::ChangedMeanwhile);
    let harness = keeping(WEEK, Some(with(changed))).shown();
    assert_eq!(harness.get_all_by_label_contains("changed meanwhile").count(), 2, "below the button too");
}

/// Draws the page; run it to look at it.
#[test]
#[ignore = "draws pictures for people"]
fn pictures_of_device_schedule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pictures");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (word, look) in [("dark", Look::DARK), ("light", Look::LIGHT)] {
        for (width, height) in [(360.0, 3_000.0), (1_180.0, 1_600.0)] {
            for name in ["device-schedule", "device-schedule-first"] {
                let text = if name == "device-schedule" { WEEK } else { "" };
                let known = KnownDeviceSchedule {
                    backups: vec![backup(Some(kept())), backup(None)],
                    outcome: (!text.is_empty()).then_some(DeviceScheduleOutcome::Replaced),
                    ..known(Some(kept()))
                };
                let mut bench = keeping(text, Some(known));
                if let Ok(code) = std::env::var("PICTURES_IN") {
                    let language = crate::i18n::Language::from_code(&code).expect("a known language");
                    bench.i18n = crate::i18n::Localizer::new(language);
                }
                let mut harness = bench.looking([width, height], Look { is_still: true, ..look }, 1.0);
                harness.run_ok();
                let picture = harness.render().expect("a picture");
                picture.save(folder.join(format!("{name}-{word}-{width}.png"))).expect("saved");
            }
        }
    }
}
