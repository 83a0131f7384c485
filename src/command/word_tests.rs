//! Commands that users type, correct and incorrect.

use std::sync::Arc;

use jiff::Timestamp;

use super::*;
use crate::home::{
    Away, Camera, DeviceTree, HvacMode, Node, Scale, Setpoint, Structure, Temperature, Thermostat, Write,
};

fn now() -> Timestamp {
    Timestamp::from_second(1_700_000_000).expect("in range")
}

fn home() -> DeviceTree {
    let thermostat = |name: &str| {
        Arc::new(Thermostat {
            name: Some(name.to_owned()),
            target_temperature: Temperature::from_celsius(20.0),
            ..Thermostat::default()
        })
    };
    let mut home = DeviceTree::default();
    home.thermostats.insert("t1".into(), thermostat("Hallway"));
    home.thermostats.insert("t2".into(), thermostat("Bedroom"));
    home.thermostats.insert("t3".into(), thermostat("Hall of mirrors"));
    home.cameras.insert("c1".into(), Arc::new(Camera { name: Some("Front door".to_owned()), ..Camera::default() }));
    home.cameras.insert("c2".into(), Arc::new(Camera { name: Some("bedroom".to_owned()), ..Camera::default() }));
    let structure = Structure { name: Some("Maple Street".to_owned()), ..Structure::default() };
    home.structures.insert("s1".into(), Arc::new(structure));
    home
}

fn said(what: &str, field: &str, value: &str) -> Result<Write, String> {
    let home = home();
    let named = find(&home, what).map_err(|err| err.to_string())?;
    understand(&home, &named.node, field, value, now()).map_err(|err| err.to_string())
}

#[expect(clippy::unnecessary_wraps, reason = "compared with what was understood")]
fn target(setpoint: Setpoint) -> Result<Write, String> {
    Ok(Write::Target("t1".into(), setpoint))
}

#[test]
fn temperatures_are_parsed_in_all_common_forms() {
    for text in ["21.5", "21,5", " 21.5 ", "21.5c", "21.5 °C", "21,6", "+1.5"] {
        assert_eq!(said("hallway", "target", text), target(Setpoint::celsius(21.5)), "{text}");
    }
    for text in ["70F", "70 f", "70°F", "70.4F"] {
        assert_eq!(said("hallway", "target", text), target(Setpoint::fahrenheit(70.0)), "{text}");
    }
    assert_eq!(said("hallway", "target_temperature_f", "70"), target(Setpoint::fahrenheit(70.0)));
    assert_eq!(said("hallway", "target", "-0.5"), target(Setpoint::celsius(19.5)));
    assert_eq!(
        said("hallway", "target", "999"),
        target(Setpoint::celsius(999.0)),
        "the rules refuse it, with a reason"
    );
}

/// Findings of real homes, low table 15: a number that only the other scale has was meant in that one.
#[test]
fn a_l15_a_number_of_the_other_scale_gets_a_hint_in_the_digits_that_were_typed() {
    let hint = "“70” is no setting in °C; for °F write 70F";
    assert_eq!(said("hallway", "target", "70"), Err(hint.to_owned()));
    let mut home = home();
    let id = "t1".into();
    home.thermostat_mut(&id).expect("there").temperature_scale = Some(Scale::Fahrenheit);
    let typed = |text: &str| understand(&home, &Node::Thermostat(id.clone()), "target", text, now());
    let err = typed("22.5").expect_err("a number of the other scale");
    assert_eq!(err.to_string(), "“22.5” is no setting in °F; for °C write 22.5C");
    assert_eq!(typed("22.5C"), Ok(Write::Target(id.clone(), Setpoint::celsius(22.5))));
}

#[test]
fn invalid_temperatures_are_reported() {
    for text in ["abc", "", "NaN", "inf", "1e3", "21.5.5", "°", "--1", "21 5", "🔥"] {
        let err = said("hallway", "target", text).expect_err(text);
        assert!(err.contains("such as 21.5"), "{text}: {err}");
    }
}

#[test]
fn ranges_modes_and_switches() {
    let range = |low, high| Ok(Write::Range { thermostat: "t1".into(), low: Some(low), high: Some(high) });
    for text in ["18-24", "18–24", "18 to 24", "18..24", "18 24"] {
        let expected = range(Setpoint::celsius(18.0), Setpoint::celsius(24.0));
        assert_eq!(said("hallway", "range", text), expected, "{text}");
    }
    let fahrenheit = range(Setpoint::fahrenheit(64.0), Setpoint::fahrenheit(72.0));
    assert_eq!(said("hallway", "range", "64-72F"), fahrenheit);
    assert_eq!(said("hallway", "range", "64F-72F"), fahrenheit);
    assert!(said("hallway", "range", "18").is_err());
    for text in ["heat-cool", "heat cool", "HEAT_COOL", "Heat · Cool", "auto"] {
        assert_eq!(said("hallway", "mode", text), Ok(Write::Mode("t1".into(), HvacMode::HeatCool)), "{text}");
    }
    assert_eq!(said("hallway", "fan", "on"), Ok(Write::FanTimer("t1".into(), true)));
    assert_eq!(said("hallway", "fan-duration", "30 min"), Ok(Write::FanDuration("t1".into(), 30)));
    assert_eq!(said("hallway", "scale", "f"), Ok(Write::Scale("t1".into(), Scale::Fahrenheit)));
    assert_eq!(said("hallway", "label", "Kate's “Room”"), Ok(Write::Label("t1".into(), "Kate's “Room”".to_owned())));
    assert_eq!(said("front", "streaming", "off"), Ok(Write::Streaming("c1".into(), false)));
    assert_eq!(said("maple", "away", "home"), Ok(Write::Away("s1".into(), Away::Home)));
    assert_eq!(said("maple", "name", "New"), Ok(Write::StructureName("s1".into(), "New".to_owned())));
    assert!(said("maple", "eta", "30").is_ok() && said("maple", "eta", "cancel").is_ok());
    assert!(said("maple", "eta", "-5").is_err() && said("maple", "eta", "soon").is_err());
}

#[test]
fn names_may_be_shortened_while_they_are_unique() {
    let home = home();
    let node = |text: &str| find(&home, text).map(|named| named.node);
    assert_eq!(node("HALLWAY"), Ok(Node::Thermostat("t1".into())));
    assert_eq!(node("hallw"), Ok(Node::Thermostat("t1".into())));
    assert_eq!(node("mirr"), Ok(Node::Thermostat("t3".into())));
    assert_eq!(node("door"), Ok(Node::Camera("c1".into())));
    assert_eq!(node("t2"), Ok(Node::Thermostat("t2".into())));
    assert_eq!(node("bedroom thermostat"), Ok(Node::Thermostat("t2".into())));
    let err = node("hall").expect_err("two").to_string();
    assert!(err.contains("Hallway") && err.contains("Hall of mirrors"), "{err}");
    let err = node("bedroom").expect_err("two").to_string();
    assert!(err.contains("Bedroom thermostat") && err.contains("bedroom camera"), "{err}");
    let err = node("attic").expect_err("none").to_string();
    assert!(err.contains("Maple Street"), "{err}");
    assert!(node("").is_err());
}

#[test]
fn equal_names_are_distinguished_by_ids() {
    let mut home = home();
    let twin = Arc::clone(&home.thermostats["t1"]);
    home.thermostats.insert("t9".into(), twin);
    let err = find(&home, "hallway").expect_err("two").to_string();
    assert!(err.contains("(t1)") && err.contains("(t9)"), "{err}");
    assert_eq!(find(&home, "t9").map(|named| named.node), Ok(Node::Thermostat("t9".into())));
}

#[test]
fn fields_may_be_shortened_too_and_others_are_listed() {
    assert!(said("hallway", "tar", "20").is_ok());
    assert!(said("hallway", "m", "heat").is_ok());
    let err = said("hallway", "colour", "red").expect_err("none");
    assert!(err.contains("target") && err.contains("fan-duration"), "{err}");
    assert!(said("front", "target", "20").is_err());
    assert!(said("hallway", "", "20").is_err());
}

#[test]
fn partial_temperatures_have_continuations() {
    for (typed, whole) in [
        ("", "21.5"),
        ("2", "21.5"),
        ("7", "72f"),
        ("21", "21.5"),
        ("21,", "21,5"),
        ("70", "70f"),
        ("70 fahr", "70 fahrenheit"),
        ("70 deg", "70 degrees f"),
        ("-", "-1.5"),
        ("+", "+1"),
    ] {
        assert!(continuations(typed).iter().any(|text| text == whole), "{typed:?} may become {whole:?}");
    }
    for typed in ["2abc", "999", "21.55", "2..5", "21 x", "ä", "−", "°"] {
        let whole = continuations(typed);
        assert!(whole.iter().all(|text| text.starts_with(typed)), "{typed:?} becomes {whole:?}");
    }
}

#[test]
fn a_command_for_all_sets_devices_in_the_order_of_their_names() {
    let mut home = home();
    for number in [10, 2, 1] {
        let name = Some(format!("Room {number}"));
        home.thermostats.insert(format!("a{number}").into(), Arc::new(Thermostat { name, ..Thermostat::default() }));
    }
    let writes = parse(&home, "all eco", now()).expect("a command");
    let names: Vec<_> = writes.iter().map(|write| write.slot().node.name(&home).to_owned()).collect();
    assert_eq!(names, ["Bedroom", "Hall of mirrors", "Hallway", "Room 1", "Room 2", "Room 10"]);
}
