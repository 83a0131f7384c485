//! The page of the simulated home: every control, by its name.

use egui::Role;
use egui_kittest::kittest::Queryable as _;

use super::{Bound, UiFixture, assert_closed, click, says};
use crate::home::{AlarmState, BatteryHealth, Setpoint};
use crate::simulator::EventKind;
use crate::ui::intent::{AppIntent, Page, SimulatorCommand};

fn page() -> Bound {
    let mut harness = UiFixture::on(Page::Simulator).harness([1180.0, 3600.0], egui::Theme::Dark);
    harness.run();
    harness
}

#[test]
fn every_simulator_command_has_a_control() {
    let lock = (Setpoint::celsius(18.0), Setpoint::celsius(22.0));
    for (name, happening) in [
        ("Speed of time: 60×", SimulatorCommand::Speed(60.0)),
        ("Person in front of Front door", SimulatorCommand::Event("door".into(), EventKind::Person)),
        ("Motion in front of Front door", SimulatorCommand::Event("door".into(), EventKind::Motion)),
        ("Sound in front of Garden", SimulatorCommand::Event("garden".into(), EventKind::Sound)),
        ("Kitchen Protect, Smoke: emergency", SimulatorCommand::Smoke("kitchen".into(), AlarmState::Emergency)),
        ("Kitchen Protect, Carbon monoxide: warning", SimulatorCommand::Co("kitchen".into(), AlarmState::Warning)),
        ("Drain the battery, Kitchen Protect", SimulatorCommand::Battery("kitchen".into(), BatteryHealth::Replace)),
        ("Replace the battery, Bedroom Protect", SimulatorCommand::Battery("bed".into(), BatteryHealth::Ok)),
        ("Lock, Hallway", SimulatorCommand::Lock("hallway".into(), Some(lock))),
        ("Emergency heat, Hallway", SimulatorCommand::EmergencyHeat("hallway".into(), true)),
        ("Take offline, Hallway", SimulatorCommand::Online("hallway".into(), false)),
        ("Bring online, Studio", SimulatorCommand::Online("studio".into(), true)),
        ("Take offline, Front door", SimulatorCommand::Online("door".into(), false)),
        ("Take offline, Kitchen Protect", SimulatorCommand::Online("kitchen".into(), false)),
    ] {
        let mut harness = page();
        click(&mut harness, name);
        assert_eq!(harness.state().intents, [AppIntent::Simulate(happening)], "{name}");
    }
}

#[test]
fn the_weather_is_set_by_hand() {
    let mut harness = page();
    harness.get_by_role_and_label(Role::Slider, "Outside").set_value_accesskit(-7.0);
    harness.run();
    assert_eq!(harness.state().intents, [AppIntent::Simulate(SimulatorCommand::Outdoor(Some(-7.0)))]);
    assert_closed(&mut page(), "Follow the time of day", "It follows the time of day already");
}

#[test]
fn a_rush_hour_has_a_length() {
    let mut harness = page();
    click(&mut harness, "Energy rush hour, Maple Street: Off");
    harness.get_by_role_and_label(Role::Button, "2 h").click();
    harness.run();
    assert_eq!(harness.state().intents, [AppIntent::Simulate(SimulatorCommand::RushHour("s".into(), 2))]);
}

#[test]
fn a_camera_that_is_off_sees_nothing() {
    assert_closed(&mut page(), "Person in front of Nursery", "The camera is off or offline and sees nothing");
}

#[test]
fn other_accounts_have_no_simulator() {
    let mut bench = UiFixture::on(Page::Simulator);
    let name = crate::engine::AccountName::Own("Mill Lane".to_owned());
    let account = crate::engine::AccountLabel { name, ..(*bench.snapshot.account).clone() };
    bench.snapshot.account = std::sync::Arc::new(account);
    assert!(says(&bench.shown(), "No simulated home is open"));
}
