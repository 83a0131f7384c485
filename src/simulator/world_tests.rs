//! Tests of the home over long times, without a server and without waiting.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::home::{Scale, Setpoint, Write};
use crate::simulator::HomePlan;
use crate::simulator::plans;

fn noon() -> Timestamp {
    "2026-01-15T12:00:00Z".parse().expect("a moment")
}

fn world(plan: HomePlan, chance: u64, speed: f64) -> World {
    World::new(plans::build(plan, chance, noon(), "http://127.0.0.1:1".to_owned()), chance, speed, noon())
}

fn named(world: &World, name: &str) -> DeviceId {
    let found = world.home.thermostats.iter().find(|(_, t)| t.name.as_deref() == Some(name));
    found.expect("a thermostat of that name").0.clone()
}

fn after(seconds: i64) -> Timestamp {
    noon() + SignedDuration::from_secs(seconds)
}

#[test]
fn a_seed_gives_the_same_home_and_the_same_future() {
    let lived = |seed| {
        let mut world = world(HomePlan::House, seed, 60.0);
        for second in 1..600 {
            world.pass(after(second));
        }
        world.home
    };
    assert_eq!(lived(4), lived(4));
    assert_ne!(lived(4), lived(5));
}

#[test]
fn the_house_has_what_it_says() {
    let world = world(HomePlan::House, 1, 1.0);
    let names: BTreeSet<_> = world.home.thermostats.values().filter_map(|t| t.name.clone()).collect();
    assert_eq!(names, ["Bedroom", "Hallway", "Studio"].map(str::to_owned).into());
    assert_eq!((world.home.cameras.len(), world.home.protects.len()), (3, 3));
    let structure = world.home.structures.values().next().expect("a structure");
    assert_eq!(structure.name.as_deref(), Some("Maple Street"));
    assert!(structure.wheres.as_ref().is_some_and(|wheres| wheres.len() >= 29));
    let hallway = &world.home.thermostats[&named(&world, "Hallway")];
    assert_eq!(hallway.hvac_state, Some(HvacState::Heating));
}

#[test]
fn an_estate_has_names_of_its_own() {
    let world = world(HomePlan::Estate(50), 1, 1.0);
    assert_eq!((world.home.thermostats.len(), world.home.cameras.len()), (50, 25));
    assert_eq!(world.home.structures.len(), 3);
    let names = world.home.thermostats.values().filter_map(|t| t.name.as_ref());
    assert_eq!(names.collect::<BTreeSet<_>>().len(), 50);
}

#[test]
fn a_year_passes_at_any_speed() {
    for speed in [1.0, 60.0, 100_000.0] {
        let mut world = world(HomePlan::House, 3, speed);
        for day in 1..20 {
            world.pass(after(day * 86_400));
            for thermostat in world.home.thermostats.values() {
                let ambient = thermostat.ambient_temperature.expect("shown").celsius();
                assert!((-40.0..50.0).contains(&ambient), "{ambient} at speed {speed}");
            }
        }
    }
}

#[test]
fn time_that_runs_backwards_changes_nothing() {
    let mut world = world(HomePlan::House, 1, 60.0);
    world.pass(after(100));
    let before = world.home.clone();
    world.pass(after(50));
    assert_eq!(world.home, before);
}

#[test]
fn targets_are_reached_and_the_leaf_is_earned() {
    let mut world = world(HomePlan::House, 1, 1.0);
    let hallway = named(&world, "Hallway");
    world.write(&[Write::Target(hallway.clone(), Setpoint::celsius(16.5))], noon()).expect("allowed");
    assert_eq!(world.home.thermostats[&hallway].has_leaf, Some(true));
    world.write(&[Write::Target(hallway.clone(), Setpoint::celsius(23.0))], noon()).expect("allowed");
    assert_eq!(world.home.thermostats[&hallway].has_leaf, Some(false));
    assert_eq!(world.home.thermostats[&hallway].hvac_state, Some(HvacState::Heating));
    world.pass(after(24 * 3600));
    let ambient = world.home.thermostats[&hallway].ambient_temperature.expect("shown").view(Scale::Celsius);
    assert!((22.5..=23.0).contains(&ambient), "{ambient}");
}

#[test]
fn a_refused_write_changes_nothing() {
    let mut world = world(HomePlan::House, 1, 1.0);
    let (hallway, structure) = (named(&world, "Hallway"), world.home.structures.keys().next().expect("one").clone());
    let before = world.home.clone();
    let writes = [Write::Away(structure, Away::Away), Write::Target(hallway, Setpoint::celsius(20.0))];
    assert!(world.write(&writes, noon()).is_err(), "eco takes no target");
    assert_eq!(world.home, before);
    assert!(world.eco_by_away.is_empty());
}

#[test]
fn cameras_see_something_in_the_course_of_a_day() {
    let mut world = world(HomePlan::House, 1, 1.0);
    let seen = |world: &World| -> Vec<_> {
        world
            .home
            .cameras
            .values()
            .map(|camera| camera.last_event.as_ref().and_then(|event| event.start_time))
            .collect()
    };
    let (before, mut events) = (seen(&world), BTreeSet::new());
    for minute in 1..1440 {
        world.pass(after(minute * 60));
        events.extend(seen(&world));
    }
    let nursery =
        world.home.cameras.values().position(|camera| camera.is_streaming == Some(false)).expect("one is off");
    assert_eq!(seen(&world)[nursery], before[nursery], "a camera that is off sees nothing");
    assert!(events.len() > 20, "{}", events.len());
}
