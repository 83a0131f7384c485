//! Completions while a command is typed.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::command::parse;
use crate::home::Temperature;

fn home() -> DeviceTree {
    let thermostat = |name: &str, mode| Thermostat {
        name: Some(name.to_owned()),
        can_heat: Some(true),
        can_cool: Some(false),
        has_fan: Some(true),
        fan_timer_active: Some(false),
        hvac_mode: Some(mode),
        target_temperature: Temperature::from_celsius(20.5),
        ..Thermostat::default()
    };
    let mut home = DeviceTree::default();
    home.thermostats.insert("t1".into(), Arc::new(thermostat("Hallway", HvacMode::Heat)));
    home.thermostats.insert("t2".into(), Arc::new(thermostat("Bath  room", HvacMode::Eco)));
    let camera =
        |name: &str| Arc::new(Camera { name: Some(name.to_owned()), is_streaming: Some(true), ..Camera::default() });
    home.cameras.insert("c1".into(), camera("Front door"));
    home.cameras.insert("c2".into(), camera("Twin"));
    home.cameras.insert("c3".into(), camera("twin"));
    let structure = Structure { name: Some("Maple Street".to_owned()), away: Some(Away::Away), ..Structure::default() };
    home.structures.insert("s1".into(), Arc::new(structure));
    home
}

fn texts(text: &str) -> Vec<String> {
    complete(&home(), text, None).into_iter().map(|offer| offer.text).collect()
}

#[test]
fn names_are_completed_first_then_their_values() {
    let offers = complete(&home(), "ha", None);
    let now = || Detail::Now(Write::Target("t1".into(), Setpoint::celsius(20.5)));
    assert_eq!((offers[0].text.as_str(), &offers[0].detail), ("Hallway ", &now()));
    assert_eq!((offers[1].text.as_str(), &offers[1].detail), ("Hallway 21.0", &now()));
}

#[test]
fn completions_fit_the_device_and_its_mode() {
    let hallway = texts("hallway ");
    let expected = ["Hallway 21.0", "Hallway 20.0", "Hallway eco", "Hallway off", "Hallway fan on", "Hallway fan 30"];
    assert_eq!(hallway[..expected.len()], expected);
    assert!(!hallway.contains(&"Hallway cool".to_owned()) && !hallway.contains(&"Hallway heat".to_owned()));
    assert_eq!(texts("bath room ")[..2], ["Bath room heat", "Bath room off"], "eco takes no temperature");
    assert_eq!(texts("front door "), ["Front door off", "Front door on"]);
    assert_eq!(texts("maple street ")[..2], ["Maple Street home", "Maple Street eta 30"]);
}

#[test]
fn the_rest_of_the_line_narrows_the_completions() {
    assert_eq!(texts("hallway e"), ["Hallway eco"]);
    assert_eq!(texts("HALLWAY fan o"), ["Hallway fan on", "Hallway fan off"]);
    assert_eq!(texts("hallway on"), ["Hallway fan on"]);
    assert_eq!(texts("hallway zzz"), Vec::<String>::new());
    assert_eq!(texts("all e"), ["all eco"]);
    assert!(texts("h").contains(&"home".to_owned()));
}

#[test]
fn an_empty_line_completes_to_names_and_groups() {
    let offers = texts("");
    assert!(offers.len() <= MOST, "{offers:?}");
    assert!(offers.contains(&"Hallway ".to_owned()) && offers.contains(&"all eco".to_owned()), "{offers:?}");
    assert_eq!(complete(&DeviceTree::default(), "", None), []);
}

#[test]
fn equal_names_complete_to_ids() {
    assert_eq!(texts("twin"), ["c2 ", "c3 "]);
}

#[test]
fn complete_lines_can_be_parsed() {
    let now = jiff::Timestamp::from_second(1_700_000_000).expect("in range");
    let home = home();
    let mut seen = 0;
    for begun in ["", "h", "hallway ", "bath ", "front door ", "twin ", "c2 ", "maple ", "all ", "f", "c", "eta "] {
        for offer in complete(&home, begun, None).iter().filter(|offer| !offer.text.ends_with(' ')) {
            seen += 1;
            assert!(parse(&home, &offer.text, now).is_ok(), "{begun:?}: {offer:?}");
        }
    }
    assert!(seen > 30, "{seen}");
}

proptest! {
    #[test]
    fn any_text_is_handled_without_panic(text in "\\PC{0,40}", name in "\\PC{0,20}") {
        let mut home = home();
        home.camera_mut(&"c1".into()).expect("there").name = Some(name.clone());
        for typed in [text.clone(), name.clone(), format!("{name} {text}"), format!("hallway {text}"), format!("{text} ")] {
            prop_assert!(complete(&home, &typed, None).len() <= MOST);
        }
    }
}
