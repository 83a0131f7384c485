//! Changes in the explorer: each leaf by its own control, within the rules.

use egui::{Key, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::explorer::{find, on, only_hallway};
use super::{Bound, COMMAND, assert_closed, click, fixture, press, press_with, says, type_into, type_text};
use crate::home::{Away, HvacMode, Scale, Setpoint, Thermostat, Write};

#[test]
fn a_choice_requests_the_write_of_its_leaf() {
    for (found, control, expected) in [
        ("away", "Home or away: Away", Write::Away("s".into(), Away::Away)),
        ("temperature_scale", "Display of the thermostat: °F", Write::Scale("hallway".into(), Scale::Fahrenheit)),
        ("fan_timer_active", "Fan", Write::FanTimer("hallway".into(), true)),
        ("is_streaming", "Camera", Write::Streaming("door".into(), false)),
    ] {
        let mut harness = on(only_hallway(|_| {}), found);
        let control = harness.get_by(|node| {
            node.label().as_deref() == Some(control) && matches!(node.role(), Role::RadioButton | Role::Switch)
        });
        control.click();
        harness.run();
        assert_eq!(harness.state().writes(), [expected], "{found}");
    }
    for (found, list, option, expected) in [
        ("hvac_mode", "Mode: Heat · heat", "Eco · eco", Write::Mode("hallway".into(), HvacMode::Eco)),
        ("fan_timer_duration", "Fan duration: 15 min", "30 min", Write::FanDuration("hallway".into(), 30)),
    ] {
        let mut harness = on(only_hallway(|_| {}), found);
        click(&mut harness, list);
        click(&mut harness, option);
        assert_eq!(harness.state().writes(), [expected], "{found}");
    }
}

#[test]
fn a_text_is_sent_with_enter() {
    let mut harness = on(only_hallway(|_| {}), "label");
    type_into(&mut harness, "Label", "stairs");
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().writes(), [Write::Label("hallway".into(), "Upstairs".to_owned())]);
    let mut harness = on(only_hallway(|_| {}), "maple");
    type_into(&mut harness, "Home name", "!");
    click(&mut harness, "Save Home name");
    assert_eq!(harness.state().writes(), [Write::StructureName("s".into(), "Maple Street!".to_owned())]);
}

#[test]
fn a_setpoint_is_stepped_and_typed_in_the_scale_of_its_leaf() {
    let mut harness = on(only_hallway(|_| {}), "target_temperature_f");
    click(&mut harness, "Raise target_temperature_f");
    assert_eq!(harness.state().writes(), [Write::Target("hallway".into(), Setpoint::fahrenheit(72.0))]);
    let mut harness = on(only_hallway(|_| {}), "target_temperature_c");
    click(&mut harness, "Lower target_temperature_c");
    assert_eq!(harness.state().writes(), [Write::Target("hallway".into(), Setpoint::celsius(21.0))]);
    let field = |harness: &mut Bound, text: &str| {
        harness.get_by_role_and_label(Role::TextInput, "target_temperature_c").focus();
        harness.run();
        press_with(harness, COMMAND, Key::A);
        type_text(harness, text);
    };
    field(&mut harness, "23");
    assert_eq!(harness.state().writes().len(), 1, "nothing is sent while somebody types");
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().writes().last(), Some(&Write::Target("hallway".into(), Setpoint::celsius(23.0))));
    field(&mut harness, "99");
    press(&mut harness, Key::Enter);
    assert!(says(&harness, "is too high"));
    assert_eq!(harness.state().writes().len(), 2);
    press(&mut harness, Key::Escape);
    assert!(!says(&harness, "is too high"));
}

#[test]
fn an_end_of_a_range_keeps_its_distance() {
    let range = |low: f64, high: f64| Write::Range {
        thermostat: "hallway".into(),
        low: Some(Setpoint::celsius(low)),
        high: Some(Setpoint::celsius(high)),
    };
    let mut harness = on(only_hallway(|t| t.hvac_mode = Some(HvacMode::HeatCool)), "target_temperature_low_c");
    click(&mut harness, "Raise target_temperature_low_c");
    assert_eq!(harness.state().writes(), [range(18.5, 24.0)]);
    let close = |t: &mut Thermostat| {
        t.hvac_mode = Some(HvacMode::HeatCool);
        t.target_temperature_high = crate::home::Temperature::from_celsius(19.5);
    };
    let mut harness = on(only_hallway(close), "target_temperature_low_c");
    let raise = harness.get_by_label("Raise target_temperature_low_c");
    assert!(raise.accesskit_node().is_disabled(), "18 and 19.5 are as close as may be");
    click(&mut harness, "Lower target_temperature_low_c");
    assert_eq!(harness.state().writes(), [range(17.5, 19.5)]);
}

#[test]
fn blocked_and_read_only_leaves_show_the_reason() {
    let eco = |t: &mut Thermostat| t.hvac_mode = Some(HvacMode::Eco);
    for name in ["Raise target_temperature_c", "Lower target_temperature_c"] {
        assert_closed(&mut on(only_hallway(eco), "target_temperature_c"), name, "Eco is on");
    }
    let mut harness = on(only_hallway(eco), "target_temperature_c");
    let field = harness.get_by_role_and_label(Role::TextInput, "target_temperature_c");
    assert!(field.accesskit_node().is_disabled());
    assert!(says(&harness, "Eco is on"));
    click(&mut harness, "Clear the search");
    find(&mut harness, "hvac_state");
    assert!(says(&harness, "This value is read-only"));
    let offline = |t: &mut Thermostat| t.is_online = Some(false);
    assert_closed(&mut on(only_hallway(offline), "hvac_mode"), "Mode: Heat · heat", "The device is offline");
    let mut bench = only_hallway(|_| {});
    fixture::rebuild(&mut bench.snapshot, |home| *home = std::mem::take(home).with_capabilities(fixture::NLE));
    assert!(says(&on(bench, "is_streaming"), "cannot switch cameras on or off"));
}
