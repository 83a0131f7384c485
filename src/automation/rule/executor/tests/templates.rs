//! The templates, as they are put into the file.

use super::{World, told};
use crate::automation::form_file::Form as _;
use crate::automation::rule::{Rules, Template};
use crate::home::{Away, HvacMode, HvacState, Scale};
use crate::i18n::english;

fn world(template: Template) -> World {
    let mut rules = Rules::default();
    for rule in template.rules(english(), Scale::Celsius) {
        rules.put(rule);
    }
    let mut world = World::new(&rules.to_text());
    world.pass(3);
    world
}

#[test]
fn everybody_leaves_and_comes_home() {
    let mut world = world(Template::SaveEnergy);
    world.thermostat(|it| it.hvac_mode = Some(HvacMode::Off));
    world.presence(Away::Away);
    assert_eq!(told(&world.pass(1)), ["Hallway Eco: Skipped(NoSetpoint)"], "one that is off stays off");
    world.presence(Away::Home);
    world.thermostat(|it| it.hvac_mode = Some(HvacMode::Heat));
    world.pass(1);
    world.presence(Away::Away);
    assert_eq!(told(&world.pass(1)), ["Hallway Eco"]);

    let mut world = self::world(Template::Welcome);
    world.presence(Away::Away);
    let to_eco = |it: &mut crate::home::Thermostat| {
        it.previous_hvac_mode = Some(HvacMode::Cool);
        it.hvac_mode = Some(HvacMode::Eco);
    };
    world.thermostat(to_eco);
    world.pass(1);
    world.presence(Away::Home);
    assert_eq!(told(&world.pass(1)), ["Hallway Cool"]);
}

#[test]
fn the_night_takes_the_level_of_each_mode() {
    for (mode, expected) in [
        (HvacMode::Heat, "Hallway 17.0 °C"),
        (HvacMode::HeatCool, "Hallway 17.0°–26.0 °C"),
        (HvacMode::Off, "end Hallway: Skipped(NoSetpoint)"),
    ] {
        let mut world = world(Template::Night);
        world.thermostat(|it| it.hvac_mode = Some(mode));
        assert_eq!(told(&world.pass(10 * 60)), [expected]);
    }
}

#[test]
fn an_open_window_pauses_the_heat_of_its_room() {
    let mut world = world(Template::Window);
    for celsius in [20.0, 19.4, 18.9] {
        world.room(celsius);
        world.pass(2);
    }
    let paused = world.runs.clone();
    assert_eq!(told(&paused), ["Hallway 10.0 °C"]);
    assert_eq!(
        world.holds.values().next().and_then(|hold| hold.rule.clone()).as_deref(),
        Some(paused[0].rule.as_str())
    );
    world.room(19.6);
    assert_eq!(told(&world.pass(1)), ["end Hallway"]);
    assert!(world.holds.is_empty());
    // A set point of 10 °C would make a thermostat that cools run for ever.
    let mut world = self::world(Template::Window);
    world.thermostat(|it| it.hvac_mode = Some(HvacMode::Cool));
    for celsius in [20.0, 19.4, 18.9] {
        world.room(celsius);
        world.pass(2);
    }
    assert_eq!(told(&world.runs), ["Pause heating while a window is open: NotSo"]);
}

#[test]
fn it_tells_what_is_amiss() {
    let mut world = world(Template::Amiss);
    assert_eq!(told(&world.pass(200)), [] as [&str; 0]);
    world.thermostat(|it| it.hvac_state = Some(HvacState::Heating));
    world.pass(119);
    assert_eq!(world.runs.len(), 0);
    assert_eq!(told(&world.pass(3)), ["{why}"]);
    world.room(6.0);
    assert_eq!(told(&world.pass(1)), ["{why}"]);
    let reasons: Vec<String> = world
        .runs
        .iter()
        .map(|run| english().localize(&crate::automation::rule::reason_message(&run.trigger, &run.subject)))
        .collect();
    assert_eq!(
        reasons,
        ["Hallway heats or cools without effect for 2 h", "Hallway is colder than 7.0\u{a0}°C"],
        "the device is named"
    );
}
