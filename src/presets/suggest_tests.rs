//! The suggestions for several homes.

use std::sync::Arc;

use super::*;
use crate::home::{Camera, DeviceTree, Temperature};
use crate::presets::tests::{home, now, thermostat};

fn writes(home: &DeviceTree, starter: Starter) -> Vec<Write> {
    let all = suggestions(home, now());
    all.into_iter().find(|suggestion| suggestion.starter == starter).map(|s| s.writes).unwrap_or_default()
}

fn only(thermostat: Thermostat) -> DeviceTree {
    let mut home = DeviceTree::default();
    home.thermostats.insert("t".into(), Arc::new(thermostat));
    home
}

#[test]
fn a_night_is_cooler_and_the_fan_rests() {
    let expected = [
        Write::Mode("t".into(), HvacMode::Heat),
        Write::Target("t".into(), Setpoint::celsius(17.0)),
        Write::FanTimer("t".into(), false),
    ];
    assert_eq!(writes(&home(HvacMode::Eco), Starter::Night), expected);
    assert_eq!(writes(&home(HvacMode::Off), Starter::Night), expected[2..], "what is off stays off");
    let range = |low, high| Write::Range { thermostat: "t".into(), low: Some(low), high: Some(high) };
    let celsius = range(Setpoint::celsius(17.0), Setpoint::celsius(24.0));
    assert!(writes(&home(HvacMode::HeatCool), Starter::Night).contains(&celsius));
    let fahrenheit = Thermostat { temperature_scale: Some(Scale::Fahrenheit), ..thermostat(HvacMode::HeatCool) };
    let expected = range(Setpoint::fahrenheit(62.0), Setpoint::fahrenheit(75.0));
    assert!(writes(&only(fahrenheit), Starter::Night).contains(&expected));
}

#[test]
fn suggestions_respect_equipment_and_lock() {
    let cool_only = Thermostat { can_heat: Some(false), has_fan: Some(false), ..thermostat(HvacMode::Eco) };
    let expected = [Write::Mode("t".into(), HvacMode::Cool), Write::Target("t".into(), Setpoint::celsius(24.0))];
    assert_eq!(writes(&only(cool_only), Starter::Night), expected);
    let locked = Thermostat {
        is_locked: Some(true),
        locked_temp_min: Temperature::from_celsius(19.0),
        locked_temp_max: Temperature::from_celsius(22.0),
        ..thermostat(HvacMode::Heat)
    };
    assert!(writes(&only(locked), Starter::Night).contains(&Write::Target("t".into(), Setpoint::celsius(19.0))));
    // A range without room within the lock is not suggested.
    let tight = Thermostat {
        is_locked: Some(true),
        locked_temp_min: Temperature::from_celsius(20.0),
        locked_temp_max: Temperature::from_celsius(20.5),
        ..thermostat(HvacMode::HeatCool)
    };
    let night = writes(&only(tight), Starter::Night);
    assert!(!night.iter().any(|write| matches!(write, Write::Range { .. })), "{night:?}");
    let nothing = Thermostat { can_heat: Some(false), can_cool: Some(false), ..thermostat(HvacMode::Off) };
    assert_eq!(writes(&only(nothing), Starter::Night), [Write::FanTimer("t".into(), false)]);
}

#[test]
fn away_sets_the_home_away_and_off_is_off() {
    let home = home(HvacMode::Heat);
    let away = Write::Away("s".into(), Away::Away);
    let cameras = Write::Streaming("c".into(), true);
    let rest = Write::FanTimer("t".into(), false);
    let eco = Write::Mode("t".into(), HvacMode::Eco);
    // A thermostat that belongs to no home does not follow one.
    assert_eq!(writes(&home, Starter::Away), [eco, rest.clone(), away.clone(), cameras.clone()]);
    let mut within = home.clone();
    within.thermostat_mut(&"t".into()).expect("a thermostat").structure_id = Some("s".into());
    assert_eq!(writes(&within, Starter::Away), [away.clone(), rest.clone(), cameras.clone()]);
    let off = super::tests::writes(&crate::presets::tests::home(HvacMode::Off), Starter::Away);
    assert_eq!(off, [away, rest, cameras], "what is off stays off");
    assert_eq!(writes(&home, Starter::EverythingOff)[0], Write::Mode("t".into(), HvacMode::Off));
    assert_eq!(writes(&home, Starter::EverythingOff)[2], Write::Streaming("c".into(), false));
}

#[test]
fn offline_devices_are_included_and_empty_homes_get_no_suggestion() {
    let mut home = DeviceTree::default();
    assert_eq!(suggestions(&home, now()), []);
    let offline = Camera { is_online: Some(false), is_streaming: Some(false), ..Camera::default() };
    home.cameras.insert("c".into(), Arc::new(offline));
    assert_eq!(writes(&home, Starter::Away), [Write::Streaming("c".into(), true)]);
}
