//! Names, places, and captured values.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::home::{Away, Camera, HvacMode, Node, Scale, Setpoint, Structure, Temperature, Thermostat};

pub(super) fn now() -> Timestamp {
    Timestamp::from_second(1_700_000_000).expect("in range")
}

pub(super) fn thermostat(mode: HvacMode) -> Thermostat {
    Thermostat {
        name: Some("Hallway".to_owned()),
        hvac_mode: Some(mode),
        can_heat: Some(true),
        can_cool: Some(true),
        has_fan: Some(true),
        fan_timer_active: Some(false),
        target_temperature: Temperature::from_celsius(20.5),
        target_temperature_low: Temperature::from_celsius(18.0),
        target_temperature_high: Temperature::from_celsius(24.0),
        ..Thermostat::default()
    }
}

pub(super) fn home(mode: HvacMode) -> DeviceTree {
    let mut home = DeviceTree::default();
    home.thermostats.insert("t".into(), Arc::new(thermostat(mode)));
    let camera = Camera { name: Some("Door".to_owned()), is_streaming: Some(true), ..Camera::default() };
    home.cameras.insert("c".into(), Arc::new(camera));
    home.structures.insert("s".into(), Arc::new(Structure { away: Some(Away::Home), ..Structure::default() }));
    home
}

fn door(on: bool) -> Vec<Write> {
    vec![Write::Streaming("c".into(), on)]
}

fn three() -> Presets {
    let mut presets = Presets::default();
    for name in ["Night", "Party", "Away"] {
        presets.add(name, door(false), &home(HvacMode::Heat)).expect("a free name");
    }
    presets
}

fn names(presets: &Presets) -> Vec<&str> {
    presets.list().iter().map(|preset| preset.name.as_str()).collect()
}

#[test]
fn names_are_unique_in_any_case_not_empty_and_fit_a_button() {
    let mut presets = three();
    let home = home(HvacMode::Heat);
    assert_eq!(presets.add("  NIGHT ", door(true), &home), Err(PresetError::NameTaken("Night".to_owned())));
    assert_eq!(presets.add(" \t", door(true), &home), Err(PresetError::NameMissing));
    assert_eq!(presets.add(&"ü".repeat(41), door(true), &home), Err(PresetError::NameTooLong(41)));
    assert_eq!(presets.add("Nothing", vec![], &home), Err(PresetError::Empty));
    assert_eq!(names(&presets).len(), 3, "nothing was added");
    assert_eq!(presets.add(&format!(" {} ", "ü".repeat(40)), door(true), &home), Ok(4));
    assert_eq!(presets.rename(1, "party"), Err(PresetError::NameTaken("Party".to_owned())));
    assert_eq!(presets.rename(1, "NIGHT"), Ok(()), "its own name in another case");
    assert_eq!(presets.rename(99, "New"), Err(PresetError::Gone));
    assert!(PresetError::NameTooLong(41).to_string().contains("40"));
    assert_eq!(presets.find("night").map(|preset| preset.id), Some(1));
    assert_eq!(presets.find("nigh"), None);
}

#[test]
fn presets_are_moved_removed_and_restored() {
    let mut presets = three();
    assert_eq!(presets.move_to(3, 0), Ok(()));
    assert_eq!(names(&presets), ["Away", "Night", "Party"]);
    assert_eq!(presets.move_to(3, 99), Ok(()));
    assert_eq!(names(&presets), ["Night", "Party", "Away"]);
    assert_eq!(presets.move_to(99, 0), Err(PresetError::Gone));
    let before = presets.clone();
    let (at, party) = presets.remove(2).expect("there");
    assert_eq!((at, names(&presets)), (1, vec!["Night", "Away"]));
    assert_eq!(presets.remove(2), None);
    presets.put_back(at, party.clone()).expect("its name is free");
    assert_eq!(presets, before);
    assert_eq!(presets.put_back(0, party), Err(PresetError::NameTaken("Party".to_owned())));
    assert_eq!(presets.replace(2, door(true), &home(HvacMode::Heat)), Ok(()));
    assert_eq!(presets.get(2).map(|preset| preset.writes.clone()), Some(door(true)));
    assert_eq!(presets.replace(2, vec![], &DeviceTree::default()), Err(PresetError::Empty));
    assert_eq!(presets.replace(99, door(true), &DeviceTree::default()), Err(PresetError::Gone));
}

#[test]
fn a_removed_device_keeps_its_name() {
    let mut presets = three();
    let mut home = home(HvacMode::Heat);
    home.cameras.clear();
    let lines = presets.get(1).expect("there").ready(&home, now());
    assert_eq!(
        (lines[0].name.as_str(), &lines[0].verdict),
        ("Door", &Verdict::Refused(Refusal::Unknown("c".to_owned())))
    );
    // Changing the preset while the device is gone keeps its name.
    presets.replace(1, door(true), &home).expect("there");
    assert_eq!(presets.get(1).expect("there").ready(&home, now())[0].name, "Door");
}

#[test]
fn the_mode_and_the_setpoints_that_apply_in_it_are_captured() {
    let captured = |mode: HvacMode| capture(&home(mode), &Scope { fans: false, cameras: false, ..Scope::default() });
    let mode = |mode| Write::Mode("t".into(), mode);
    let target = Write::Target("t".into(), Setpoint::celsius(20.5));
    assert_eq!(captured(HvacMode::Heat), [mode(HvacMode::Heat), target]);
    let (low, high) = (Some(Setpoint::celsius(18.0)), Some(Setpoint::celsius(24.0)));
    let range = Write::Range { thermostat: "t".into(), low, high };
    assert_eq!(captured(HvacMode::HeatCool), [mode(HvacMode::HeatCool), range]);
    assert_eq!(captured(HvacMode::Eco), [mode(HvacMode::Eco)]);
    assert_eq!(captured(HvacMode::Other("strange".into())), []);
}

#[test]
fn the_scope_selects_fans_cameras_and_presence() {
    let mut home = home(HvacMode::Off);
    let everything = capture(&home, &Scope { away: true, ..Scope::default() });
    assert_eq!(
        everything,
        [
            Write::Away("s".into(), Away::Home),
            Write::Mode("t".into(), HvacMode::Off),
            Write::FanTimer("t".into(), false),
            Write::Streaming("c".into(), true),
        ]
    );
    assert!(!capture(&home, &Scope::default()).contains(&everything[0]), "presence only when asked for");
    let only = Some([Node::Camera("c".into())].into());
    assert_eq!(capture(&home, &Scope { only, ..Scope::default() }), door(true));
    let thermostat = home.thermostat_mut(&"t".into()).expect("there");
    (thermostat.fan_timer_active, thermostat.fan_timer_duration) = (Some(true), Some(45));
    let fans = Scope { climate: false, cameras: false, ..Scope::default() };
    assert_eq!(capture(&home, &fans), [Write::FanDuration("t".into(), 45), Write::FanTimer("t".into(), true)]);
    home.thermostat_mut(&"t".into()).expect("there").has_fan = Some(false);
    assert_eq!(capture(&home, &fans), []);
}

fn any_thermostat() -> impl Strategy<Value = Thermostat> {
    let modes = prop::sample::select(vec![
        None,
        Some(HvacMode::Heat),
        Some(HvacMode::Cool),
        Some(HvacMode::HeatCool),
        Some(HvacMode::Eco),
        Some(HvacMode::Off),
        Some(HvacMode::Other("x".into())),
    ]);
    let maybe = || prop::option::of(any::<bool>());
    let degrees = || prop::option::of(-50.0_f64..80.0);
    let flags = (maybe(), maybe(), maybe(), maybe(), maybe(), maybe());
    let scale = prop::sample::select(vec![None, Some(Scale::Celsius), Some(Scale::Fahrenheit)]);
    (modes, flags, degrees(), degrees(), degrees(), scale, prop::option::of(-10_i64..1000)).prop_map(
        |(hvac_mode, (online, heat, cool, fan, active, locked), target, low, high, temperature_scale, minutes)| {
            Thermostat {
                hvac_mode,
                is_online: online,
                can_heat: heat,
                can_cool: cool,
                has_fan: fan,
                fan_timer_active: active,
                is_locked: locked,
                fan_timer_duration: minutes,
                temperature_scale,
                target_temperature: target.and_then(Temperature::from_celsius),
                target_temperature_low: low.and_then(Temperature::from_celsius),
                target_temperature_high: high.and_then(Temperature::from_celsius),
                ..Thermostat::default()
            }
        },
    )
}

proptest! {
    #[test]
    fn applying_a_fresh_capture_changes_nothing(
        thermostats in prop::collection::vec(any_thermostat(), 0..4),
        streaming in prop::option::of(any::<bool>()),
    ) {
        let mut home = home(HvacMode::Heat);
        home.camera_mut(&"c".into()).expect("there").is_streaming = streaming;
        for (n, thermostat) in thermostats.into_iter().enumerate() {
            home.thermostats.insert(format!("t{n}").into(), Arc::new(thermostat));
        }
        let writes = capture(&home, &Scope { away: true, ..Scope::default() });
        for line in preview(&home, &writes, now()) {
            // Starting a running fan restarts its timer.
            let restarts = matches!(line.to, Write::FanTimer(_, true));
            let changes = line.verdict != Verdict::Unchanged && !(restarts && line.verdict == Verdict::Allowed);
            prop_assert!(!changes, "{:?}", line);
        }
    }
}
