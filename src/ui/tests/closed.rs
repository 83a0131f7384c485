//! Every control that can be blocked keeps its place and its focus, shows the reason, and requests nothing.

use egui::{Key, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Bound, UiFixture, assert_closed, fixture, press};
use crate::home::{AlarmState, Away, Camera, HvacMode, Thermostat};
use crate::ui::intent::Page;

type Change = fn(&mut Thermostat);

fn hallway(page: Page, change: Change) -> Bound {
    let mut bench = UiFixture::on(page);
    fixture::change(&mut bench.snapshot, "hallway", change);
    bench.shown()
}

fn thermostat_page() -> Page {
    Page::Thermostat("hallway".into())
}

const OFFLINE: &str = "The device is offline";

#[test]
fn an_offline_thermostat_blocks_every_control() {
    for name in [
        "Hallway target temperature",
        "Type Hallway target temperature",
        "Raise Hallway target temperature",
        "Lower Hallway target temperature",
        "Mode: Eco",
        "Fan duration: 15 min",
        "Fan",
        "Scale: °F",
        "Label",
    ] {
        let mut harness = hallway(thermostat_page(), |t| t.is_online = Some(false));
        if ["Fan", "Label"].contains(&name) {
            let role = if name == "Fan" { Role::Switch } else { Role::TextInput };
            let node = harness.get_by_role_and_label(role, name);
            assert!(node.accesskit_node().is_disabled(), "{name} is open");
            node.focus();
            harness.run();
            let node = harness.get_by_role_and_label(role, name);
            assert!(node.is_focused(), "{name} does not take the focus");
            assert!(node.accesskit_node().description().unwrap_or_default().contains(OFFLINE), "{name}");
            press(&mut harness, Key::Space);
            assert_eq!(harness.state().intents, [], "{name}");
        } else {
            assert_closed(&mut harness, name, OFFLINE);
        }
    }
    for name in ["Warmer, Hallway", "Cooler, Hallway", "Hallway mode: Heat"] {
        assert_closed(&mut hallway(Page::Overview, |t| t.is_online = Some(false)), name, OFFLINE);
    }
}

#[test]
fn modes_block_the_dial_and_the_steps() {
    let cases: [(Change, &str); 3] = [
        (|t| t.hvac_mode = Some(HvacMode::Eco), "Eco is on"),
        (|t| t.hvac_mode = Some(HvacMode::Off), "The thermostat is off"),
        (|t| t.is_using_emergency_heat = Some(true), "Emergency heat is on"),
    ];
    for (change, why) in cases {
        assert_closed(&mut hallway(thermostat_page(), change), "Hallway target temperature", why);
    }
    let emergency: Change = |t| t.is_using_emergency_heat = Some(true);
    for name in ["Mode: Eco", "Raise Hallway target temperature", "Type Hallway target temperature"] {
        assert_closed(&mut hallway(thermostat_page(), emergency), name, "Emergency heat is on");
    }
    for name in ["Hallway mode: Heat", "Warmer, Hallway", "Cooler, Hallway"] {
        assert_closed(&mut hallway(Page::Overview, emergency), name, "Emergency heat is on");
    }
}

#[test]
fn a_missing_fan_has_no_card_and_smoke_blocks_the_fan() {
    let harness = hallway(thermostat_page(), |t| t.has_fan = Some(false));
    assert!(harness.query_by_label("Fan duration: 15 min").is_none());
    let mut bench = UiFixture::on(thermostat_page());
    fixture::rebuild(&mut bench.snapshot, |home| {
        let kitchen = home.protects.get_mut("kitchen").expect("a Protect");
        std::sync::Arc::make_mut(kitchen).smoke_alarm_state = Some(AlarmState::Emergency);
    });
    let harness = bench.shown();
    let fan = harness.get_by_role_and_label(Role::Switch, "Fan");
    let fan = fan.accesskit_node();
    assert!(fan.is_disabled());
    assert!(fan.description().unwrap_or_default().contains("while a Protect warns"), "{:?}", fan.description());
}

#[test]
fn an_offline_camera_is_blocked() {
    for page in [Page::Overview, Page::Camera("door".into())] {
        let mut bench = UiFixture::on(page);
        fixture::rebuild(&mut bench.snapshot, |home| {
            let camera: &mut Camera = home.camera_mut(&"door".into()).expect("a camera");
            camera.is_online = Some(false);
        });
        assert_closed(&mut bench.shown(), "Front door camera", OFFLINE);
    }
}

#[test]
fn an_arrival_needs_an_empty_home_with_a_thermostat() {
    let mut harness = UiFixture::on(Page::Structure("s".into())).shown();
    assert_closed(&mut harness, "Announce arrival", "only while the home is set to away");
    let mut bench = UiFixture::on(Page::Structure("s".into()));
    fixture::rebuild(&mut bench.snapshot, |home| {
        let home = home.structure_mut(&"s".into()).expect("a home");
        (home.away, home.thermostats) = (Some(Away::Away), None);
    });
    assert_closed(&mut bench.shown(), "Announce arrival", "this home has none");
}

#[test]
fn a_blocked_control_keeps_its_place_and_focus() {
    for (page, name) in [
        (thermostat_page(), "Hallway target temperature"),
        (thermostat_page(), "Type Hallway target temperature"),
        (thermostat_page(), "Raise Hallway target temperature"),
        (thermostat_page(), "Mode: Eco"),
        (thermostat_page(), "Fan duration: 15 min"),
        (thermostat_page(), "Scale: °F"),
        (Page::Overview, "Warmer, Hallway"),
        (Page::Overview, "Hallway mode: Heat"),
    ] {
        let mut harness = UiFixture::on(page).shown();
        harness.get_by_label(name).focus();
        harness.run();
        let before = harness.get_by_label(name).rect();
        fixture::change(&mut harness.state_mut().snapshot, "hallway", |t| t.is_online = Some(false));
        harness.run();
        let node = harness.get_by_label(name);
        assert!(node.is_focused(), "{name} loses the focus");
        assert_eq!(node.rect().size(), before.size(), "{name}");
        assert!(node.accesskit_node().is_disabled(), "{name}");
        fixture::change(&mut harness.state_mut().snapshot, "hallway", |t| t.is_online = Some(true));
        harness.run();
        assert!(harness.get_by_label(name).is_focused(), "{name} loses the focus when it opens");
        assert_eq!(harness.get_by_label(name).rect(), before, "{name}");
    }
}
