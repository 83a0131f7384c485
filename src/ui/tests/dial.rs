//! The dial with every kind of input: mouse, wheel, keys, assistive technology.

use egui::{Event, Key, Modifiers, MouseWheelUnit, Pos2, Role, TouchPhase, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{UiFixture, fixture};
use crate::engine::{Phase, Request, WaitReason};
use crate::home::{HvacMode, Setpoint, Temperature, Write};
use crate::ui::intent::{AppIntent, Page};

pub(super) const NAME: &str = "Hallway target temperature";
pub(super) const LOW: &str = "Bedroom heat to";
const HIGH: &str = "Bedroom cool to";

pub(super) fn hallway() -> Harness<'static, UiFixture> {
    UiFixture::on(Page::Thermostat("hallway".into())).shown()
}

pub(super) fn bedroom() -> Harness<'static, UiFixture> {
    UiFixture::on(Page::Thermostat("bedroom".into())).shown()
}

pub(super) fn target(celsius: f64) -> Write {
    Write::Target("hallway".into(), Setpoint::celsius(celsius))
}

pub(super) fn range(low: f64, high: f64) -> Write {
    let at = |celsius| Some(Setpoint::celsius(celsius));
    Write::Range { thermostat: "bedroom".into(), low: at(low), high: at(high) }
}

pub(super) fn focused(name: &str, mut harness: Harness<'static, UiFixture>) -> Harness<'static, UiFixture> {
    harness.get_by_role_and_label(Role::Slider, name).focus();
    harness.run();
    harness
}

pub(super) fn press(harness: &mut Harness<'static, UiFixture>, key: Key) {
    harness.key_press(key);
    harness.run();
}

fn last(harness: &Harness<'static, UiFixture>) -> Option<Write> {
    harness.state().writes().last().cloned()
}

/// The middle of the dial; the handle of 21.5 °C is a little right of the top.
fn center(harness: &Harness<'static, UiFixture>) -> (Pos2, f32) {
    let handle = harness.get_by_role_and_label(Role::Slider, NAME).rect().center();
    let number = harness.get_by_label("Type Hallway target temperature").rect().center();
    (number, (handle - number).length())
}

/// The point at a share of the sweep, 0 to 1.
fn on_track(harness: &Harness<'static, UiFixture>, share: f32) -> Pos2 {
    let (center, radius) = center(harness);
    center + egui::Vec2::angled(std::f32::consts::PI * (0.75 + 1.5 * share)) * radius
}

#[test]
fn a_screen_reader_hears_value_range_and_step() {
    let harness = hallway();
    let node = harness.get_by_role_and_label(Role::Slider, NAME);
    let node = node.accesskit_node();
    assert_eq!(node.numeric_value(), Some(21.5));
    assert_eq!((node.min_numeric_value(), node.max_numeric_value()), (Some(9.0), Some(32.0)));
    assert_eq!((node.numeric_value_step(), node.numeric_value_jump()), (Some(0.5), Some(2.0)));
    assert_eq!(node.value().as_deref(), Some("21.5 degrees Celsius, Heating, about 20 min"));
    assert!(!node.is_disabled());
}

#[test]
fn assistive_technology_sets_and_steps_the_value() {
    let mut harness = hallway();
    harness.get_by_role_and_label(Role::Slider, NAME).set_value_accesskit(23.2);
    harness.run();
    assert_eq!(last(&harness), Some(target(23.0)), "the nearest step");
    harness.get_by_role_and_label(Role::Slider, NAME).increment_accesskit();
    harness.run();
    assert_eq!(last(&harness), Some(target(23.5)));
    harness.get_by_role_and_label(Role::Slider, NAME).set_value_accesskit(99.0);
    harness.run();
    assert_eq!(last(&harness), Some(target(32.0)), "no farther than is allowed");
}

#[test]
fn every_key_of_the_dial_works() {
    for (key, celsius) in [
        (Key::ArrowUp, 22.0),
        (Key::ArrowRight, 22.0),
        (Key::ArrowDown, 21.0),
        (Key::ArrowLeft, 21.0),
        (Key::PageUp, 23.5),
        (Key::PageDown, 19.5),
        (Key::Home, 9.0),
        (Key::End, 32.0),
    ] {
        let mut harness = focused(NAME, hallway());
        press(&mut harness, key);
        assert_eq!(harness.state().writes(), [target(celsius)], "{key:?}");
        let slider = harness.get_by_role_and_label(Role::Slider, NAME);
        assert!(slider.is_focused(), "{key:?} keeps the focus");
    }
}

#[test]
fn home_and_end_stop_at_the_lock() {
    for (key, celsius) in [(Key::Home, 18.0), (Key::End, 23.0)] {
        let mut bench = UiFixture::on(Page::Thermostat("hallway".into()));
        fixture::change(&mut bench.snapshot, "hallway", |t| {
            t.is_locked = Some(true);
            t.locked_temp_min = Temperature::from_celsius(18.0);
            t.locked_temp_max = Temperature::from_celsius(23.0);
        });
        let mut harness = focused(NAME, bench.shown());
        press(&mut harness, key);
        assert_eq!(last(&harness), Some(target(celsius)));
    }
}

#[test]
fn the_wheel_turns_only_while_the_handle_has_the_focus() {
    let scroll_by = |harness: &mut Harness<'static, UiFixture>, delta: egui::Vec2| {
        let (middle, _) = center(harness);
        harness.hover_at(middle);
        harness.run();
        // An X server may report one notch twice.
        for _ in 0..2 {
            harness.input_mut().events.push(Event::MouseWheel {
                unit: MouseWheelUnit::Line,
                delta,
                phase: TouchPhase::Move,
                source: egui::MouseWheelSource::Wheel,
                modifiers: Modifiers::NONE,
            });
        }
        harness.run();
    };
    let scroll = |harness: &mut Harness<'static, UiFixture>| scroll_by(harness, vec2(0.0, 1.0));
    let mut harness = hallway();
    scroll(&mut harness);
    assert_eq!(harness.state().writes(), [], "scrolling the page must not heat the house");
    let mut harness = focused(NAME, hallway());
    for sideways in [1.0, -1.0] {
        scroll_by(&mut harness, vec2(sideways, 0.0));
    }
    assert_eq!(harness.state().writes(), [], "a tilted wheel has no direction");
    scroll(&mut harness);
    assert_eq!(harness.state().writes(), [target(22.0)]);
}

#[test]
fn a_drag_on_the_handle_is_written_once_when_released() {
    let mut harness = hallway();
    let from = harness.get_by_role_and_label(Role::Slider, NAME).rect().center();
    harness.drag_at(from);
    harness.run();
    for step in 1..=10 {
        let to = on_track(&harness, 0.55 + 0.02 * step as f32);
        harness.hover_at(to);
        harness.run();
    }
    assert_eq!(harness.state().writes(), [], "nothing leaves while the hand is on it");
    let to = pos2(from.x + 120.0, from.y + 60.0);
    harness.drop_at(to);
    harness.run();
    let writes = harness.state().writes();
    let [Write::Target(_, setpoint)] = writes[..] else { panic!("{writes:?}") };
    assert!(setpoint.degrees > 22.0 && setpoint.rounded() == setpoint, "{setpoint}");
    let Some(AppIntent::Engine(Request::Set { debounce, .. })) = harness.state().intents.first() else {
        panic!("a wish")
    };
    assert_eq!(*debounce, crate::engine::Debounce::Drag);
}

#[test]
fn a_drag_back_to_where_it_began_writes_nothing() {
    let mut harness = hallway();
    let from = harness.get_by_role_and_label(Role::Slider, NAME).rect().center();
    harness.drag_at(from);
    harness.run();
    let away = on_track(&harness, 0.8);
    harness.hover_at(away);
    harness.run();
    harness.hover_at(from);
    harness.run();
    harness.drop_at(from);
    harness.run();
    assert_eq!(harness.state().intents, []);
}

#[test]
fn a_drag_that_starts_anywhere_else_changes_nothing() {
    let mut harness = hallway();
    let (middle, radius) = center(&harness);
    for from in [middle + vec2(0.0, 60.0), middle + vec2(0.0, radius), middle + vec2(-radius, -radius)] {
        harness.drag_at(from);
        harness.run();
        harness.hover_at(from + vec2(50.0, -30.0));
        harness.run();
        harness.drop_at(from + vec2(80.0, -60.0));
        harness.run();
        assert_eq!(harness.state().writes(), [], "{from}");
    }
}

#[test]
fn a_click_on_the_arc_moves_the_handle() {
    let mut harness = hallway();
    let at = on_track(&harness, (24.0 - 9.0) / 23.0);
    harness.drag_at(at);
    harness.run();
    harness.drop_at(at);
    harness.run();
    assert_eq!(harness.state().writes(), [target(24.0)]);
    assert!(harness.get_by_role_and_label(Role::Slider, NAME).is_focused());
}

#[test]
fn the_buttons_step() {
    let mut harness = hallway();
    harness.get_by_label("Raise Hallway target temperature").click();
    harness.run();
    harness.get_by_label("Lower Hallway target temperature").click();
    harness.run();
    assert_eq!(harness.state().writes(), [target(22.0), target(21.5)]);
}

#[test]
fn a_range_has_two_handles_kept_apart() {
    let mut harness = bedroom();
    harness.get_by_role_and_label(Role::Slider, LOW).set_value_accesskit(19.0);
    harness.run();
    assert_eq!(last(&harness), Some(range(19.0, 24.0)));
    // The upper end cannot come closer than the deadband, and the page shows why.
    harness.get_by_role_and_label(Role::Slider, HIGH).set_value_accesskit(19.5);
    harness.run();
    assert_eq!(last(&harness), Some(range(19.0, 20.5)));
    assert!(bedroom().query_by_label_contains("Keeps at least 1.5\u{a0}°C between the two").is_some());
    let high = harness.get_by_role_and_label(Role::Slider, HIGH);
    assert_eq!(high.accesskit_node().min_numeric_value(), Some(20.5), "the limits follow the other end");
}

#[test]
fn tab_goes_from_the_lower_end_to_the_upper_one() {
    let mut harness = focused(LOW, bedroom());
    press(&mut harness, Key::Tab);
    assert!(harness.get_by_role_and_label(Role::Slider, HIGH).is_focused());
    press(&mut harness, Key::ArrowUp);
    assert_eq!(last(&harness), Some(range(18.0, 24.5)));
}

#[test]
fn an_arrow_in_the_frame_after_the_focus_came_moves_the_handle_only() {
    for name in [LOW, HIGH] {
        let mut harness = bedroom();
        harness.get_by_role_and_label(Role::Slider, name).focus();
        harness.step();
        // `key_press` of the harness would add a frame with the release between the two.
        let press =
            |key| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
        harness.input_mut().events.push(press(Key::ArrowLeft));
        harness.step();
        harness.run();
        let slider = harness.get_by_role_and_label(Role::Slider, name);
        assert!(slider.is_focused(), "{name} keeps the focus");
        assert_eq!(last(&harness), Some(if name == LOW { range(17.5, 24.0) } else { range(18.0, 23.5) }));
    }
}

#[test]
fn one_end_of_a_range_is_typed() {
    let mut harness = focused(HIGH, bedroom());
    for letter in ["2", "6"] {
        harness.event(Event::Text(letter.to_owned()));
        harness.run();
    }
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().writes(), [range(18.0, 26.0)]);
    let mut harness = focused(LOW, bedroom());
    for letter in ["2", "3"] {
        harness.event(Event::Text(letter.to_owned()));
        harness.run();
    }
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().writes(), []);
    assert!(harness.query_by_label_contains("at least 1.5\u{a0}°C apart").is_some());
}

#[test]
fn an_end_outside_a_new_lock_does_not_block_the_other() {
    let bench = || {
        let mut bench = UiFixture::on(Page::Thermostat("bedroom".into()));
        fixture::change(&mut bench.snapshot, "bedroom", |t| {
            t.is_locked = Some(true);
            t.locked_temp_min = Temperature::from_celsius(19.0);
            t.locked_temp_max = Temperature::from_celsius(26.0);
        });
        bench
    };
    let mut harness = focused(HIGH, bench().shown());
    press(&mut harness, Key::ArrowUp);
    assert_eq!(harness.state().writes(), [range(18.0, 24.5)]);
    let mut harness = focused(HIGH, bench().shown());
    for letter in ["2", "5"] {
        harness.event(Event::Text(letter.to_owned()));
        harness.run();
    }
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().writes(), [range(18.0, 25.0)], "typed as well");
}

#[test]
fn a_blocked_dial_keeps_the_focus_and_shows_the_reason() {
    type Change = fn(&mut crate::home::Thermostat);
    let cases: [(Change, &str); 5] = [
        (|t| t.is_online = Some(false), "The device is offline"),
        (|t| t.hvac_mode = Some(HvacMode::Eco), "Eco is on and keeps its own limits"),
        (|t| t.hvac_mode = Some(HvacMode::Off), "The thermostat is off"),
        (|t| t.is_using_emergency_heat = Some(true), "Emergency heat is on"),
        (|t| t.hvac_mode = Some(HvacMode::Other("new".into())), "unknown to this program"),
    ];
    for (change, words) in cases {
        let mut bench = UiFixture::on(Page::Thermostat("hallway".into()));
        fixture::change(&mut bench.snapshot, "hallway", change);
        let mut harness = focused(NAME, bench.shown());
        let node = harness.get_by_role_and_label(Role::Slider, NAME);
        let node = node.accesskit_node();
        assert!(node.is_disabled() && node.is_focused(), "{words}");
        let description = node.description().unwrap_or_default();
        assert!(description.contains(words), "{description:?} does not say {words:?}");
        press(&mut harness, Key::ArrowUp);
        harness.event(Event::Text("2".to_owned()));
        harness.run();
        assert_eq!(harness.state().intents, [], "{words}");
    }
}

#[test]
fn what_was_switched_off_is_offered_again() {
    let mut bench = UiFixture::on(Page::Thermostat("hallway".into()));
    fixture::change(&mut bench.snapshot, "hallway", |t| t.hvac_mode = Some(HvacMode::Off));
    let records = std::sync::Arc::make_mut(&mut bench.snapshot.journal);
    let newest = records.front().expect("a record").clone();
    let (off, cool) = (Write::Mode("hallway".into(), HvacMode::Off), Write::Mode("hallway".into(), HvacMode::Cool));
    records.push_front(crate::engine::Record {
        id: newest.id + 1,
        slot: off.slot(),
        write: Some(off),
        undo: Some(cool),
        batch: None,
        ..newest
    });
    let mut after_eco = UiFixture { snapshot: bench.snapshot.clone(), ..UiFixture::on(bench.window.page.clone()) };
    let mut harness = bench.shown();
    harness.get_by_label("Turn on: Cool").click();
    harness.run();
    assert_eq!(harness.state().writes(), [Write::Mode("hallway".into(), HvacMode::Cool)]);
    // Eco takes no temperature either.
    let records = std::sync::Arc::make_mut(&mut after_eco.snapshot.journal);
    records.front_mut().expect("a record").undo = Some(Write::Mode("hallway".into(), HvacMode::Eco));
    after_eco.shown().get_by_label("Turn on: Heat");
}

#[test]
fn a_thermostat_that_rests_outside_its_range_does_not_hold() {
    for (mode, target, words) in [
        (HvacMode::Heat, 21.5, "Idle"),
        (HvacMode::Heat, 20.5, "Holding"),
        (HvacMode::Heat, 19.5, "Holding"),
        (HvacMode::Heat, 19.0, "Idle"),
        (HvacMode::Cool, 19.0, "Idle"),
        (HvacMode::Cool, 21.0, "Holding"),
        (HvacMode::Cool, 22.0, "Idle"),
    ] {
        let mut bench = UiFixture::on(Page::Overview);
        for id in ["bedroom", "studio"] {
            fixture::change(&mut bench.snapshot, id, |t| t.hvac_mode = Some(HvacMode::Off));
        }
        fixture::change(&mut bench.snapshot, "hallway", |t| {
            t.hvac_mode = Some(mode.clone());
            t.hvac_state = Some(crate::home::HvacState::Off);
            t.target_temperature = Setpoint::celsius(target).temperature();
        });
        let harness = bench.shown();
        let other = if words == "Idle" { "Holding" } else { "Idle" };
        assert!(super::says(&harness, words) && !super::says(&harness, other), "{mode} {target}: {words}");
    }
}

#[test]
fn eco_and_off_offer_another_mode() {
    for (mode, button) in [(HvacMode::Eco, "Leave Eco: Cool"), (HvacMode::Off, "Turn on: Heat")] {
        let mut bench = UiFixture::on(Page::Thermostat("hallway".into()));
        fixture::change(&mut bench.snapshot, "hallway", |t| {
            (t.hvac_mode, t.previous_hvac_mode) = (Some(mode), Some(HvacMode::Cool));
        });
        let mut harness = bench.shown();
        harness.get_by_label(button).click();
        harness.run();
        let [Write::Mode(_, next)] = &harness.state().writes()[..] else { panic!("{button}") };
        assert!(button.contains(next.title()), "{button} sets {next}");
    }
}

#[test]
fn enter_sends_at_once_and_escape_discards() {
    let slot = target(23.0).slot();
    for (key, request) in [(Key::Enter, Request::SendNow(slot.clone())), (Key::Escape, Request::Discard(slot))] {
        let mut bench = UiFixture::on(Page::Thermostat("hallway".into()));
        let settling = Phase::Waiting { reason: WaitReason::Settling, until: None, expires: fixture::now() };
        fixture::pending(&mut bench.snapshot, target(23.0), settling);
        let mut harness = focused(NAME, bench.shown());
        press(&mut harness, key);
        assert_eq!(harness.state().intents, [AppIntent::Engine(request)], "{key:?}");
    }
}

#[test]
fn escape_cancels_a_drag() {
    let mut harness = hallway();
    let from = harness.get_by_role_and_label(Role::Slider, NAME).rect().center();
    harness.drag_at(from);
    harness.run();
    let to = on_track(&harness, 0.9);
    harness.hover_at(to);
    harness.run();
    press(&mut harness, Key::Escape);
    harness.drop_at(to);
    harness.run();
    assert_eq!(harness.state().intents, []);
    let slider = harness.get_by_role_and_label(Role::Slider, NAME);
    assert_eq!(slider.accesskit_node().numeric_value(), Some(21.5), "the old value is back");
}

#[test]
fn typing_after_our_own_step_is_no_conflict() {
    let mut bench = UiFixture::on(Page::Thermostat("hallway".into()));
    let settling = Phase::Waiting { reason: WaitReason::Settling, until: None, expires: fixture::now() };
    fixture::pending(&mut bench.snapshot, target(22.0), settling);
    let mut harness = focused(NAME, bench.shown());
    harness.event(Event::Text("19".to_owned()));
    harness.run();
    press(&mut harness, Key::Enter);
    let Some(AppIntent::Engine(Request::Set { write, seen, .. })) = harness.state().intents.last() else {
        panic!("a wish")
    };
    assert_eq!((write, seen), (&target(19.0), &None), "what was there before our own step is no news");
}
