//! Comfort levels beside presets: applied to all thermostats, found by name, and made of a preset.

use std::path::Path;
use std::sync::Arc;

use egui::{Key, Role};
use egui_kittest::kittest::Queryable as _;

use super::{COMMAND, UiFixture, click, press, press_with, type_text};
use crate::automation::Form as _;
use crate::automation::schedule::{LoadedSchedules, ScheduleEdit, Schedules};
use crate::home::{DeviceTree, HvacMode, Setpoint, Write};
use crate::presets::Presets;
use crate::ui::intent::{AppIntent, AutomationIntent, Page, PresetIntent};
use crate::ui::theme::Look;

const LEVELS: &str = "[levels]\nHome = { heat = 20.5, cool = 25 }\nSleep = { heat = 17, cool = 26 }\n";

/// A page with two levels and a preset that sets a set point alone.
fn page(page: Page) -> UiFixture {
    let mut bench = UiFixture::on(page);
    let loaded: LoadedSchedules = Schedules::parse(LEVELS).expect("levels");
    bench.automation.schedules = Arc::new(loaded);
    let mut presets = Presets::default();
    presets.add("Reading", on_all(19.0, 24.0), &DeviceTree::default()).expect("a preset");
    let writes = vec![Write::Target("hallway".into(), Setpoint::celsius(19.0))];
    presets.add("Hallway alone", writes, &DeviceTree::default()).expect("a preset");
    let writes = vec![Write::Mode("hallway".into(), HvacMode::Eco)];
    presets.add("Away for long", writes, &DeviceTree::default()).expect("a preset");
    bench.presets = presets;
    bench
}

/// The writes that put the thermostats of the fixture on a level, in their modes.
fn on_all(heat: f64, cool: f64) -> Vec<Write> {
    let (low, high) = (Some(Setpoint::celsius(heat)), Some(Setpoint::celsius(cool)));
    let range = Write::Range { thermostat: "bedroom".into(), low, high };
    let target = |id: &str| Write::Target(id.into(), Setpoint::celsius(heat));
    vec![range, target("hallway"), target("studio")]
}

/// The same for *Sleep*.
fn sleep() -> Vec<Write> {
    on_all(17.0, 26.0)
}

fn applied(intents: &[AppIntent]) -> (String, Vec<Write>) {
    let found = intents.iter().find_map(|intent| {
        let AppIntent::Presets(PresetIntent::Apply { name, writes }) = intent else { return None };
        Some((name.clone(), writes.clone()))
    });
    found.expect("an applied preset or level")
}

#[test]
fn a_level_is_applied_from_the_presets_the_overview_and_the_palette() {
    for shown in [Page::Presets, Page::Overview] {
        let mut harness = page(shown.clone()).shown();
        click(&mut harness, "Apply Sleep");
        assert_eq!(applied(&harness.state().intents), ("Sleep".to_owned(), sleep()), "{shown:?}");
    }
    let mut harness = page(Page::Overview).shown();
    press_with(&mut harness, COMMAND, Key::K);
    type_text(&mut harness, "sleep");
    press(&mut harness, Key::Enter);
    assert_eq!(applied(&harness.state().intents), ("Sleep".to_owned(), sleep()));
}

#[test]
fn a_preset_of_set_points_alone_becomes_a_level() {
    let mut harness = page(Page::Presets).shown();
    for other in ["Away for long", "Hallway alone"] {
        let button = format!("Make {other} a comfort level");
        assert!(harness.query_by_role_and_label(Role::Button, &button).is_none(), "{other} is no level");
    }
    click(&mut harness, "Make Reading a comfort level");
    let [AppIntent::Automation(AutomationIntent::Schedules(edits))] = &harness.state().intents[..] else {
        panic!("{:?}", harness.state().intents)
    };
    let [ScheduleEdit::Level { name, level: Some(level) }] = &edits[..] else { panic!("{edits:?}") };
    let setpoints = (Some(Setpoint::celsius(19.0)), Some(Setpoint::celsius(24.0)));
    assert_eq!((name.as_str(), (level.heat, level.cool)), ("Reading", setpoints));

    // Only a level that is kept takes the place of the preset.
    let mut bench = page(Page::Presets);
    let text = format!("{LEVELS}Reading = {{ heat = 19, cool = 24 }}\n");
    bench.automation.schedules = Arc::new(Schedules::parse(&text).expect("levels"));
    let id = bench.presets.find("Reading").expect("a preset").id;
    let mut harness = bench.shown();
    click(&mut harness, "Remove the preset Reading and use its comfort level");
    assert_eq!(harness.state().intents, [AppIntent::Presets(PresetIntent::Remove(id))]);
}

#[test]
fn a_preset_hides_the_level_of_its_name() {
    let mut bench = page(Page::Presets);
    bench.presets.add("sleep", sleep(), &DeviceTree::default()).expect("a preset");
    let harness = bench.shown();
    assert!(harness.query_by_label("Apply Sleep").is_none());
    assert!(harness.query_by_label("Apply sleep").is_some());
    assert!(harness.query_by_label("Make sleep a comfort level").is_none(), "there is a level of that name");
}

/// Draws the page; run it to look at it.
#[test]
#[ignore = "draws pictures for people"]
fn pictures_of_levels() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pictures");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (word, look) in [("dark", Look::DARK), ("light", Look::LIGHT)] {
        for (width, height) in [(360.0, 1_600.0), (1_180.0, 900.0)] {
            for (name, shown) in [("levels-presets", Page::Presets), ("levels-overview", Page::Overview)] {
                let mut harness = page(shown).looking([width, height], Look { is_still: true, ..look }, 1.0);
                harness.run_ok();
                let picture = harness.render().expect("a picture");
                picture.save(folder.join(format!("{name}-{word}-{width}.png"))).expect("saved");
            }
        }
    }
}
