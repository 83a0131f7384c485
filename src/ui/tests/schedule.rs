//! The schedule page: a week by mouse, keys and fields, levels, dates, and the undo.

use std::path::Path;
use std::sync::Arc;

use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::UiFixture;
use super::hold::{held, scheduled};
use crate::automation::Form as _;
use crate::automation::driver::AutomationView;
use crate::automation::executor::AppliedState;
use crate::automation::schedule::{LoadedSchedules, ScheduleEdit, Schedules};
use crate::home::{Setpoint, Write};
use crate::ui::intent::{AppIntent, AutomationIntent, Page};
use crate::ui::theme::Look;

pub(super) const WEEK: &str = r#"
[levels]
Home = { heat = 20.5, cool = 25 }
Away = { heat = 18.5, cool = 28 }
Sleep = { heat = 17, cool = 26 }
[[schedule]]
name = "Weekdays"
monday = ["06:30 Home", "08:30 Away", "17:00 Home", "22:30 Sleep"]
tuesday = ["06:30 Home", "08:30 Away", "17:00 Home", "22:30 Sleep"]
wednesday = ["06:30 Home", "08:30 Away", "17:00 Home", "22:30 Sleep"]
thursday = ["06:30 Home", "08:30 Away", "17:00 Home", "22:30 Sleep"]
friday = ["06:30 Home", "08:30 Away", "17:00 Home", "22:30 Sleep"]
saturday = ["08:00 Home", "23:00 Sleep"]
sunday = ["08:00 Home", "23:00 Sleep"]
[[schedule]]
name = "Vacation"
monday = ["12:00 Sleep"]
[[thermostat]]
name = "Hallway"
id = "hallway"
schedule = "Weekdays"
[[dates]]
name = "Christmas"
from = 2026-12-20
to = 2027-01-03
schedule = "Vacation"
"#;

fn loaded(text: &str) -> Arc<LoadedSchedules> {
    Arc::new(Schedules::parse(text).expect("schedules"))
}

pub(super) fn page(text: &str) -> UiFixture {
    let target = Write::Target("hallway".into(), Setpoint::celsius(20.5));
    let in_force = if text.is_empty() { AutomationView::default() } else { scheduled(Some(AppliedState::Set(target))) };
    let automation = AutomationView { schedules: loaded(text), ..in_force };
    let mut bench = UiFixture { automation, ..UiFixture::on(Page::Schedule) };
    bench.window.schedule_of("hallway".into());
    bench
}

fn week() -> Harness<'static, UiFixture> {
    page(WEEK).shown()
}

pub(super) fn edits(harness: &Harness<'static, UiFixture>) -> Vec<ScheduleEdit> {
    let intents = harness.state().intents.iter();
    let of = |intent: &AppIntent| {
        if let AppIntent::Automation(AutomationIntent::Schedules(edits)) = intent { edits.clone() } else { Vec::new() }
    };
    intents.flat_map(of).collect()
}

/// The starts of Monday after the last edit.
fn monday(harness: &Harness<'static, UiFixture>) -> Vec<String> {
    let mut all = loaded(WEEK).content.clone();
    for edit in edits(harness) {
        edit.apply(&mut all);
    }
    all.schedules[0].days[0].iter().map(|start| format!("{} {}", start.at.strftime("%H:%M"), start.level)).collect()
}

const HOME: &str = "Monday 06:30, Home, 20.5°";

#[test]
fn a_start_moves_by_keys_and_the_edit_is_undone() {
    let mut harness = week();
    harness.get_by_role_and_label(Role::Button, HOME).focus();
    harness.run();
    harness.key_press(Key::ArrowRight);
    harness.run();
    assert_eq!(monday(&harness)[0], "06:45 Home");
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowLeft);
    harness.run();
    assert_eq!(monday(&harness)[0], "05:45 Home");
    harness.get_by_label("Undo the last edit of the schedules").click();
    harness.run();
    assert_eq!(monday(&harness)[0], "06:45 Home");
    harness.key_press_modifiers(super::COMMAND, Key::Z);
    harness.run();
    harness.run();
    assert_eq!(monday(&harness)[0], "06:30 Home");
    assert!(harness.get_by_label("Undo the last edit of the schedules").accesskit_node().is_disabled());
    // A start stays a quarter of an hour behind the one before it.
    harness.get_by_role_and_label(Role::Button, "Monday 08:30, Away, 18.5°").focus();
    harness.run();
    for _ in 0..4 {
        harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowLeft);
        harness.run();
    }
    assert_eq!(monday(&harness)[1], "06:45 Away");
    harness.key_press(Key::Delete);
    harness.run();
    assert_eq!(monday(&harness), ["06:30 Home", "17:00 Home", "22:30 Sleep"]);
}

#[test]
fn a_start_is_dragged_on_the_grid() {
    let mut harness = week();
    let block = harness.get_by_role_and_label(Role::Button, HOME).rect();
    let from = block.center();
    harness.drag_at(from);
    harness.run();
    harness.hover_at(from + egui::vec2(20.0, 0.0));
    harness.run();
    harness.hover_at(from + egui::vec2(block.width(), 0.0));
    harness.run();
    assert_eq!(edits(&harness), [], "nothing leaves before the release");
    harness.drop_at(from + egui::vec2(block.width(), 0.0));
    harness.run();
    // Two hours to the right are where the next start is.
    assert_eq!(monday(&harness)[..2], ["08:15 Home", "08:30 Away"]);
}

#[test]
fn the_selected_start_has_fields_and_its_day_is_copied() {
    let mut harness = week();
    harness.get_by_role_and_label(Role::Button, HOME).click();
    harness.run();
    let field = harness.get_by_role_and_label(Role::TextInput, "Time of the start on Monday at 06:30");
    field.focus();
    harness.run();
    for _ in 0..5 {
        harness.key_press(Key::Backspace);
    }
    harness.get_by_role_and_label(Role::TextInput, "Time of the start on Monday at 06:30").type_text("9:10");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(monday(&harness)[..2], ["08:30 Away", "09:10 Home"]);
    harness.get_by_label("Level on Monday at 09:10: Home").click();
    harness.run();
    harness.get_by_label("Sleep").click_accesskit();
    harness.run();
    assert_eq!(monday(&harness)[1], "09:10 Sleep");
    harness.get_by_label("Copy Monday to: copy to…").click();
    harness.run();
    harness.get_by_label("Saturday and Sunday").click_accesskit();
    harness.run();
    let mut all = loaded(WEEK).content.clone();
    for edit in edits(&harness) {
        edit.apply(&mut all);
    }
    assert_eq!(all.schedules[0].days[6], all.schedules[0].days[0]);
}

#[test]
fn levels_dates_and_the_switch_are_edited() {
    let mut harness = week();
    harness.get_by_role_and_label(Role::TextInput, "Heat of Home").focus();
    harness.run();
    for _ in 0..6 {
        harness.key_press(Key::Backspace);
    }
    harness.get_by_role_and_label(Role::TextInput, "Heat of Home").type_text("21,5");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    let Some(ScheduleEdit::Level { level: Some(level), .. }) = edits(&harness).pop() else { panic!("a level") };
    assert_eq!((level.heat, level.cool), (Some(Setpoint::celsius(21.5)), Some(Setpoint::celsius(25.0))));
    harness.get_by_label("Remove Home").click_accesskit();
    harness.run();
    harness.get_by_label("Weekdays uses Home; change its starts first");
    harness.get_by_label("Remove the dates Christmas").click_accesskit();
    harness.run();
    assert!(matches!(edits(&harness).pop(), Some(ScheduleEdit::Dates { span: None, .. })));
    harness.get_by_role_and_label(Role::Switch, "Active on Hallway").click_accesskit();
    harness.run();
    assert!(matches!(edits(&harness).pop(), Some(ScheduleEdit::Assign { schedule: None, .. })));
}

#[test]
fn a_first_week_is_made_and_nothing_is_switched_on() {
    let mut harness = page("").shown();
    harness.get_by_label("Begin with a usual week").click();
    harness.run();
    let edits = edits(&harness);
    assert_eq!(edits.len(), 5);
    assert!(matches!(edits.last(), Some(ScheduleEdit::Assign { schedule: None, .. })));
    // The page shows it at once.
    harness.get_by_role_and_label(Role::Button, HOME);
    harness.get_by_label("This schedule is not active here");
}

#[test]
fn a_mistake_in_the_file_and_a_close_pair_are_told() {
    let text = WEEK.replace("\"06:30 Home\", \"08:30 Away\"", "\"06:30 Home\", \"06:40 Away\"");
    let text = format!("{text}[[schedule]]\nname = \"Bad\"\nmonday = [\"25:00 Home\"]\n");
    let harness = page(&text).shown();
    harness.get_by_label("schedule “Bad”: “25:00” is no time of day; write it as 06:30");
    assert!(harness.query_all_by_label("06:30 and 06:40 are closer than a quarter of an hour").count() > 0);
}

#[test]
fn a_week_is_taken_in_as_text() {
    let mut harness = week();
    let field = (Role::MultilineTextInput, "Text to import");
    let mut paste = |text: &str| {
        harness.get_by_role_and_label(field.0, field.1).focus();
        harness.run();
        harness.key_press_modifiers(super::COMMAND, Key::A);
        harness.get_by_role_and_label(field.0, field.1).type_text(text);
        harness.run();
        harness.get_by_label("Import").click_accesskit();
        harness.run();
    };
    paste("[[schedule]]\nname = \"Guests\"\nmonday = [\"07:00 Nowhere\"]");
    paste("[[schedule]]\nname = \"Guests\"\nmonday = [\"07:00 Warm\"]\n[levels]\nWarm = { heat = 22 }");
    let edits = edits(&harness);
    assert_eq!(edits.len(), 2 + 1, "a level, a schedule, and the thermostat as it was: {edits:?}");
    let mut all = loaded(WEEK).content.clone();
    for edit in edits {
        edit.apply(&mut all);
    }
    assert_eq!((all.schedules.len(), all.levels.len()), (3, 4));
    assert_eq!(all.thermostats, loaded(WEEK).content.thermostats);
}

#[test]
fn the_table_has_a_row_for_each_start() {
    let mut harness = week();
    harness.get_by_label("Form: Table").click();
    harness.run();
    assert_eq!(
        harness
            .query_all_by_role(Role::TextInput)
            .filter(|node| {
                node.accesskit_node().label().is_some_and(|label| label.starts_with("Time of the start"))
            })
            .count(),
        5 * 4 + 2 * 2
    );
    harness.get_by_label("Remove the start on Monday at 08:30").click_accesskit();
    harness.run();
    assert_eq!(monday(&harness).len(), 3);
}

#[test]
fn a_schedule_is_tried_on_the_last_days() {
    let mut harness = week();
    harness.get_by_label("Try on the last 30 days").click();
    harness.run();
    harness.run();
    let tried = harness.query_all_by_role(Role::Label).any(|node| {
        node.accesskit_node().value().is_some_and(|text| text.starts_with("In the last 30 days it would have set "))
    });
    assert!(tried);
}

#[test]
#[ignore = "makes pictures of the schedule page, to be looked at"]
fn pictures_of_schedule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pictures");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (word, look) in [("dark", Look::DARK), ("light", Look::LIGHT)] {
        for (width, height) in [(360.0, 2_600.0), (1_180.0, 1_400.0), (1_900.0, 1_300.0)] {
            for name in ["schedule", "schedule-held", "schedule-first"] {
                let mut bench = page(if name == "schedule-first" { "" } else { WEEK });
                if name == "schedule-held" {
                    bench.automation.holds = held().holds;
                }
                if let Ok(code) = std::env::var("PICTURES_IN") {
                    let language = crate::i18n::Language::from_code(&code).expect("a known language");
                    bench.i18n = crate::i18n::Localizer::new(language);
                }
                let mut harness = bench.looking([width, height], Look { is_still: true, ..look }, 1.0);
                harness.run_ok();
                if name == "schedule-held"
                    && let Some(start) = harness.query_by_label(HOME)
                {
                    start.click();
                    harness.run_ok();
                }
                let picture = harness.render().expect("a picture");
                picture.save(folder.join(format!("{name}-{word}-{width}.png"))).expect("saved");
            }
        }
    }
}
