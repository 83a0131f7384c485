//! The page of the simulated home: every control, by its name.

use egui::Role;
use egui_kittest::kittest::Queryable as _;

use super::{Bench, Bound, assert_closed, click, says};
use crate::home::{AlarmState, BatteryHealth, Setpoint};
use crate::simulator::EventKind;
use crate::ui::intent::{Happening, Intent, Page};

fn page() -> Bound {
    let mut harness = Bench::on(Page::Simulator).harness([1180.0, 3600.0], egui::Theme::Dark);
    harness.run();
    harness
}

#[test]
fn everything_that_can_happen_has_a_control() {
    let lock = (Setpoint::celsius(18.0), Setpoint::celsius(22.0));
    for (name, happening) in [
        ("Speed of time: 60×", Happening::Speed(60.0)),
        ("Person in front of Front door", Happening::Event("door".into(), EventKind::Person)),
        ("Motion in front of Front door", Happening::Event("door".into(), EventKind::Motion)),
        ("Sound in front of Garden", Happening::Event("garden".into(), EventKind::Sound)),
        ("Kitchen Protect, Smoke: emergency", Happening::Smoke("kitchen".into(), AlarmState::Emergency)),
        ("Kitchen Protect, Carbon monoxide: warning", Happening::Co("kitchen".into(), AlarmState::Warning)),
        ("Drain the battery, Kitchen Protect", Happening::Battery("kitchen".into(), BatteryHealth::Replace)),
        ("Replace the battery, Bedroom Protect", Happening::Battery("bed".into(), BatteryHealth::Ok)),
        ("Lock, Hallway", Happening::Lock("hallway".into(), Some(lock))),
        ("Emergency heat, Hallway", Happening::EmergencyHeat("hallway".into(), true)),
        ("Take offline, Hallway", Happening::Online("hallway".into(), false)),
        ("Bring online, Studio", Happening::Online("studio".into(), true)),
        ("Take offline, Front door", Happening::Online("door".into(), false)),
        ("Take offline, Kitchen Protect", Happening::Online("kitchen".into(), false)),
    ] {
        let mut harness = page();
        click(&mut harness, name);
        assert_eq!(harness.state().intents, [Intent::Simulate(happening)], "{name}");
    }
}

#[test]
fn the_weather_is_set_by_hand() {
    let mut harness = page();
    harness.get_by_role_and_label(Role::Slider, "Outside").set_value_accesskit(-7.0);
    harness.run();
    assert_eq!(harness.state().intents, [Intent::Simulate(Happening::Outdoor(Some(-7.0)))]);
    assert_closed(&mut page(), "Let the weather be", "It follows the time of day already");
}

#[test]
fn a_rush_hour_has_a_length() {
    let mut harness = page();
    click(&mut harness, "Energy rush hour, Maple Street: Off");
    harness.get_by_role_and_label(Role::Button, "2 h").click();
    harness.run();
    assert_eq!(harness.state().intents, [Intent::Simulate(Happening::RushHour("s".into(), 2))]);
}

#[test]
fn a_camera_that_is_off_sees_nothing() {
    assert_closed(&mut page(), "Person in front of Nursery", "The camera is off or offline and sees nothing");
}

#[test]
fn another_account_has_no_such_panel() {
    let mut bench = Bench::on(Page::Simulator);
    let name = crate::engine::AccountName::Own("Mill Lane".to_owned());
    let account = crate::engine::AccountLabel { name, ..(*bench.snapshot.account).clone() };
    bench.snapshot.account = std::sync::Arc::new(account);
    assert!(says(&bench.shown(), "No simulated home is open"));
}
