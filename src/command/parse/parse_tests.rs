//! Commands as users type them into the palette.

use std::sync::Arc;

use super::*;
use crate::home::{Camera, HvacMode, Setpoint, Structure, Temperature, Thermostat};

fn now() -> Timestamp {
    Timestamp::from_second(1_700_000_000).expect("in range")
}

fn thermostat(name: &str) -> Thermostat {
    Thermostat {
        name: Some(name.to_owned()),
        can_heat: Some(true),
        can_cool: Some(true),
        has_fan: Some(true),
        hvac_mode: Some(HvacMode::Heat),
        target_temperature: Temperature::from_celsius(20.0),
        ..Thermostat::default()
    }
}

fn home() -> DeviceTree {
    let mut home = DeviceTree::default();
    home.thermostats.insert("t1".into(), Arc::new(thermostat("Hallway")));
    let heat_only = Thermostat { can_cool: Some(false), has_fan: Some(false), ..thermostat("Living Room") };
    home.thermostats.insert("t2".into(), Arc::new(heat_only));
    let camera = |name: &str| Arc::new(Camera { name: Some(name.to_owned()), ..Camera::default() });
    home.cameras.insert("c1".into(), camera("Front door"));
    home.cameras.insert("c2".into(), camera("Living room"));
    let structure = Structure { name: Some("Maple Street".to_owned()), away: Some(Away::Away), ..Structure::default() };
    home.structures.insert("s1".into(), Arc::new(structure));
    home
}

fn said_in(home: &DeviceTree, text: &str) -> Vec<Write> {
    parse(home, text, now()).unwrap_or_else(|err| panic!("{text}: {err}"))
}

fn said(text: &str) -> Vec<Write> {
    said_in(&home(), text)
}

fn wrong(text: &str) -> ParseError {
    parse(&home(), text, now()).expect_err(text)
}

fn target(id: &str, celsius: f64) -> Write {
    Write::Target(id.into(), Setpoint::celsius(celsius))
}

fn mode_of(id: &str, mode: HvacMode) -> Write {
    Write::Mode(id.into(), mode)
}

fn fan_of(id: &str, on: bool) -> Write {
    Write::FanTimer(id.into(), on)
}

fn camera(id: &str, on: bool) -> Write {
    Write::Streaming(id.into(), on)
}

#[test]
fn a_bare_temperature_is_a_target_and_two_are_a_range() {
    for text in [
        "hallway 21.5",
        "HALLWAY 21,5",
        "hal 21.5 °C",
        "hallway +1.5",
        "t1 21.5c",
        "hallway to 21.5",
        "set hallway 21.5",
        "  hallway   21.5 degrees ",
        "hallway target 21.5",
        "hallway tar 21.5",
        "hallway thermostat 21.5 degrees celsius",
    ] {
        assert_eq!(said(text), [target("t1", 21.5)], "{text}");
    }
    assert_eq!(said("hallway 70 f"), [Write::Target("t1".into(), Setpoint::fahrenheit(70.0))]);
    let (low, high) = (Some(Setpoint::celsius(18.0)), Some(Setpoint::celsius(24.0)));
    for text in ["hallway 18-24", "hallway 18 to 24", "hallway 18–24 °C", "hallway range 18-24"] {
        assert_eq!(said(text), [Write::Range { thermostat: "t1".into(), low, high }], "{text}");
    }
}

#[test]
fn modes_fans_and_cameras_need_no_field() {
    assert_eq!(said("hallway eco"), [mode_of("t1", HvacMode::Eco)]);
    assert_eq!(said("hallway heat cool"), [mode_of("t1", HvacMode::HeatCool)]);
    assert_eq!(said("living room thermostat off"), [mode_of("t2", HvacMode::Off)]);
    assert_eq!(said("hallway fan on"), [fan_of("t1", true)]);
    let timed = [Write::FanDuration("t1".into(), 30), fan_of("t1", true)];
    for text in ["hallway fan 30", "hallway fan on for 30 min", "hallway fan 30min", "hallway fan on 30"] {
        assert_eq!(said(text), timed, "{text}");
    }
    assert_eq!(said("hallway fan 2 h")[0], Write::FanDuration("t1".into(), 120));
    assert_eq!(said("hallway fan duration 45"), [Write::FanDuration("t1".into(), 45)]);
    assert_eq!(said("hallway fan-duration 45"), [Write::FanDuration("t1".into(), 45)]);
    assert_eq!(said("front door off"), [camera("c1", false)]);
    assert_eq!(said("door streaming on"), [camera("c1", true)]);
    assert_eq!(said("hallway label Kate's “Room”"), [Write::Label("t1".into(), "Kate's “Room”".to_owned())]);
}

#[test]
fn homes_accept_away_and_arrivals() {
    let away = |away| [Write::Away("s1".into(), away)];
    for text in ["away", "maple street away", "maple away", "all away", "AWAY", "maple street presence away"] {
        assert_eq!(said(text), away(Away::Away), "{text}");
    }
    assert_eq!(said("home"), away(Away::Home));
    assert_eq!(said("maple street name Elm"), [Write::StructureName("s1".into(), "Elm".to_owned())]);
    for text in ["eta 30", "maple eta 30 min", "arrival 30"] {
        let writes = said(text);
        let [Write::Eta(id, eta)] = writes.as_slice() else { panic!("{text}: {writes:?}") };
        assert!(id.as_str() == "s1" && eta.window.is_some(), "{text}");
    }
    let writes = said("eta cancel");
    assert!(matches!(writes.as_slice(), [Write::Eta(_, eta)] if eta.window.is_none()), "{writes:?}");
}

#[test]
fn an_arrival_applies_to_the_only_home_that_is_away() {
    let mut home = home();
    let here = Structure { name: Some("Cabin".to_owned()), away: Some(Away::Home), ..Structure::default() };
    home.structures.insert("s2".into(), Arc::new(here.clone()));
    assert!(matches!(said_in(&home, "eta 30")[..], [Write::Eta(ref id, _)] if id.as_str() == "s1"));
    assert_eq!(said_in(&home, "away").len(), 2);
    home.structures.insert("s2".into(), Arc::new(Structure { away: Some(Away::AutoAway), ..here.clone() }));
    let err = parse(&home, "eta 30", now()).expect_err("two are away").to_string();
    assert!(err.contains("Cabin") && err.contains("Maple Street"), "{err}");
    let eta_begin = Some(now());
    home.structures.insert("s2".into(), Arc::new(Structure { eta_begin, ..here }));
    assert!(matches!(said_in(&home, "eta cancel")[..], [Write::Eta(ref id, _)] if id.as_str() == "s2"));
}

#[test]
fn groups_include_every_capable_device() {
    assert_eq!(said("all eco"), [mode_of("t1", HvacMode::Eco), mode_of("t2", HvacMode::Eco)]);
    assert_eq!(said("everything off"), [mode_of("t1", HvacMode::Off), mode_of("t2", HvacMode::Off)]);
    assert_eq!(said("all cool"), [mode_of("t1", HvacMode::Cool)]);
    assert_eq!(said("all 20.5"), [target("t1", 20.5), target("t2", 20.5)]);
    assert_eq!(said("thermostats +1"), [target("t1", 21.0), target("t2", 21.0)]);
    for text in ["all cameras off", "cameras off", "set cameras off"] {
        assert_eq!(said(text), [camera("c1", false), camera("c2", false)], "{text}");
    }
    for text in ["fans off", "all fans off", "all fan off", "fan off"] {
        assert_eq!(said(text), [fan_of("t1", false)], "{text}");
    }
    assert_eq!(said("fans 15").len(), 2);
    let err = wrong("all label x").to_string();
    assert!(err.contains("label") && err.contains("target"), "{err}");
    assert!(matches!(wrong("all"), ParseError::NothingAsked { .. }));
    assert!(matches!(wrong("all on"), ParseError::NoSuchValue { .. }));
    assert_eq!(
        parse(&DeviceTree::default(), "cameras off", now()),
        Err(ParseError::NothingOfKind { kind: Kind::Camera })
    );
}

#[test]
fn shared_names_are_resolved_by_the_value_or_reported() {
    assert_eq!(said("living room 21"), [target("t2", 21.0)], "a camera takes no temperature");
    assert_eq!(said("living room on"), [camera("c2", true)]);
    let err = wrong("living room off").to_string();
    assert!(err.contains("Living Room thermostat") && err.contains("Living room camera"), "{err}");
    assert_eq!(said("living room camera off"), [camera("c2", false)]);
    let err = wrong("camera off").to_string();
    assert!(err.contains("Front door"), "{err}");
}

#[test]
fn a_whole_name_goes_before_a_group_and_a_group_before_a_part_of_a_name() {
    let mut home = home();
    home.cameras.insert("c3".into(), Arc::new(Camera { name: Some("All".to_owned()), ..Camera::default() }));
    home.cameras.insert("c4".into(), Arc::new(Camera { name: Some("Hallway fan".to_owned()), ..Camera::default() }));
    home.cameras.insert("c5".into(), Arc::new(Camera { name: Some("Awayside".to_owned()), ..Camera::default() }));
    assert_eq!(said_in(&home, "all off"), [camera("c3", false)]);
    assert_eq!(said_in(&home, "all eco").len(), 2, "the camera called All knows no eco");
    assert_eq!(said_in(&home, "hallway fan off"), [camera("c4", false)], "the longest name");
    assert_eq!(said_in(&home, "hallway fan 30").len(), 2, "which the camera does not know");
    assert!(matches!(said_in(&home, "away")[..], [Write::Away(..)]));
    let structure = Structure { name: Some("Home".to_owned()), ..Structure::default() };
    home.structures.insert("s9".into(), Arc::new(structure));
    assert_eq!(said_in(&home, "home away"), [Write::Away("s9".into(), Away::Away)]);
    assert_eq!(said_in(&home, "home").len(), 2);
}

#[test]
fn the_only_thermostat_needs_no_name() {
    let mut home = home();
    home.thermostats.remove("t2");
    assert_eq!(said_in(&home, "22"), [target("t1", 22.0)]);
    assert_eq!(said_in(&home, "eco"), [mode_of("t1", HvacMode::Eco)]);
    assert!(parse(&self::home(), "22", now()).is_err());
}

#[test]
fn unknown_names_are_reported_with_the_known_ones() {
    assert!(matches!(wrong(""), ParseError::NothingAsked { .. }));
    assert!(matches!(wrong("hallway"), ParseError::NothingAsked { name, .. } if name == "Hallway"));
    assert!(matches!(wrong("attic fan on"), ParseError::NoSuchName { name, .. } if name == "attic"));
    assert!(matches!(wrong("hallway frobnicate"), ParseError::NoSuchValue { value, .. } if value == "frobnicate"));
    assert!(matches!(wrong("hallway colour red"), ParseError::NoSuchField { .. }));
    assert!(matches!(wrong("front door 21"), ParseError::NoSuchValue { .. }));
    assert!(matches!(wrong("hallway fan soon"), ParseError::NoSuchValue { .. }));
    assert!(matches!(wrong("maple street 21"), ParseError::NoSuchValue { .. }));
    assert!(matches!(wrong("eta soon"), ParseError::NoSuchValue { .. }));
    assert!(matches!(wrong("hallway label"), ParseError::NoSuchValue { .. }));
}

#[test]
fn errors_name_the_wrong_word() {
    for (text, name) in [
        ("hallwy target 21", "hallwy"),
        ("attic fan 30", "attic"),
        ("big attic 21", "big attic"),
        ("attic front off", "attic front"),
        ("attic", "attic"),
    ] {
        let why = wrong(text);
        assert!(matches!(&why, ParseError::NoSuchName { name: n, .. } if n == name), "{text}: {why}");
    }
    for (text, field) in [
        ("hallway targt 21", "targt"),
        ("set hallway targt 21", "targt"),
        ("living room thermostat targt 21", "targt"),
        ("all targt 21", "targt"),
        ("front door powr on", "powr"),
    ] {
        let why = wrong(text);
        assert!(matches!(&why, ParseError::NoSuchField { field: f, .. } if f == field), "{text}: {why}");
    }
    for (text, value) in [
        ("hallway target warm", "warm"),
        ("turn hallway fan maybe", "maybe"),
        ("hallway fan on for ever", "ever"),
        ("cameras onn", "onn"),
        ("front door onn", "onn"),
        ("living room fan maybe", "maybe"),
    ] {
        let why = wrong(text);
        assert!(matches!(&why, ParseError::NoSuchValue { value: v, .. } if v == value), "{text}: {why}");
    }
    for (text, rest) in [
        ("hallway 21.5 please", "please"),
        ("hallway target 21.5 right now", "right now"),
        ("hallway eco now", "now"),
        ("hallway fan off now", "now"),
        ("all eco tonight", "tonight"),
        ("front door off again", "again"),
        ("maple street away today", "today"),
        ("away today", "today"),
        ("eta 30 minutes or so", "or so"),
    ] {
        assert_eq!(wrong(text), ParseError::TooMuch(rest.to_owned()), "{text}");
    }
}

#[test]
fn an_ambiguous_beginning_is_reported_with_whole_names() {
    let mut home = home();
    home.cameras.insert("c3".into(), Arc::new(Camera { name: Some("Front".to_owned()), ..Camera::default() }));
    let why = parse(&home, "front door", now()).expect_err("nothing is said of it");
    assert!(matches!(&why, ParseError::NothingAsked { name, .. } if name == "Front door"), "{why}");
}

proptest::proptest! {
    #[test]
    fn any_text_is_handled_without_panic(text in "\\PC{0,60}") {
        parse(&home(), &text, now()).ok();
        parse(&home(), &format!("hallway {text}"), now()).ok();
        parse(&home(), &format!("all {text}"), now()).ok();
    }
}

#[test]
fn people_say_warmer_heat_20_and_turn_off() {
    let of = said;
    assert_eq!(of("hallway warmer"), of("hallway +1"));
    assert_eq!(of("hallway colder"), of("hallway -1"));
    assert_eq!(of("turn off front door"), of("front door off"));
    assert_eq!(of("switch on the front door"), of("front door on"));
    let both = of("hallway heat 20");
    assert_eq!(both.len(), 2, "{both:?}");
    assert_eq!(both[..1], of("hallway heat"));
    assert_eq!(both[1..], of("hallway 20"));
}
