//! The overview: its cards, their order, the filter, and the compact view.

use std::sync::Arc;

use egui::{Key, Modifiers, PointerButton, pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Bound, UiFixture, click, fixture, press, press_with, says, type_into};
use crate::engine::{FailureCause, Phase, Request};
use crate::home::{DeviceId, Setpoint, Thermostat, Write};
use crate::service::Reason;
use crate::ui::intent::{AppIntent, Page, Preference};

/// A home with thermostats named Room 1 to Room 40.
pub(super) fn forty(compact: bool) -> UiFixture {
    let mut bench = UiFixture::on(Page::Overview);
    bench.settings.compact = compact;
    fixture::rebuild(&mut bench.snapshot, |home| {
        let one = (**home.thermostats.get("hallway").expect("a thermostat")).clone();
        home.thermostats.clear();
        for number in 1..=40 {
            let thermostat = Thermostat { name: Some(format!("Room {number}")), ..one.clone() };
            home.thermostats.insert(format!("r{number:02}").into(), Arc::new(thermostat));
        }
    });
    bench
}

fn top(harness: &Bound, name: &str) -> (f32, f32) {
    let rect = harness.get_by_label(name).rect();
    (rect.top(), rect.left())
}

fn order(ids: &[&str]) -> AppIntent {
    AppIntent::Arrange(ids.iter().copied().map(DeviceId::from).collect())
}

#[test]
fn both_ends_of_a_range_are_set_on_the_card() {
    for launcher in [false, true] {
        let mut bench = UiFixture::on(Page::Overview);
        bench.launcher = launcher;
        let mut harness = bench.shown();
        // The room has 19 °C, which is nearer to the lower end.
        click(&mut harness, "Warmer, Bedroom, Heat to");
        click(&mut harness, "Bedroom, Cool to: 24.0°");
        click(&mut harness, "Cooler, Bedroom, Cool to");
        let range = |low, high| Write::Range {
            thermostat: "bedroom".into(),
            low: Some(Setpoint::celsius(low)),
            high: Some(Setpoint::celsius(high)),
        };
        assert_eq!(harness.state().writes(), [range(18.5, 24.0), range(18.0, 23.5)], "in the launcher: {launcher}");
    }
}

#[test]
fn a_range_on_a_card_keeps_its_deadband() {
    let mut bench = UiFixture::on(Page::Overview);
    fixture::change(&mut bench.snapshot, "bedroom", |t| {
        t.target_temperature_high = Setpoint::celsius(19.5).temperature();
    });
    let mut harness = bench.shown();
    click(&mut harness, "Bedroom, Heat to: 18.0°");
    click(&mut harness, "Warmer, Bedroom, Heat to");
    assert_eq!(harness.state().writes(), [], "18.0 and 19.5 °C are as close as they may be");
}

#[test]
fn a_failure_stands_on_its_card_with_its_reason_until_it_is_dismissed() {
    let mut bench = UiFixture::on(Page::Overview);
    let wish = Write::Target("hallway".into(), Setpoint::celsius(23.0));
    let why = FailureCause::Refused(Reason::service_text("The thermostat is asleep and will not wake before noon"));
    fixture::pending(&mut bench.snapshot, wish.clone(), Phase::Failed { why, at: fixture::now() });
    let mut harness = bench.shown();
    assert!(says(&harness, "The thermostat is asleep and will not wake before noon"));
    click(&mut harness, "Dismiss, Target temperature");
    assert_eq!(harness.state().intents, [AppIntent::Engine(Request::Discard(wish.slot()))]);
    assert_eq!(harness.state().window.page, Page::Overview);
}

#[test]
fn a_failure_of_a_camera_stands_on_its_card_too() {
    let mut bench = UiFixture::on(Page::Overview);
    let wish = Write::Streaming("door".into(), false);
    let why = FailureCause::Refused(Reason::service_text("The camera is busy"));
    fixture::pending(&mut bench.snapshot, wish.clone(), Phase::Failed { why, at: fixture::now() });
    let mut harness = bench.shown();
    let [name, why, next] = ["Front door, camera", "The camera is busy", "Bedroom Protect, Protect"]
        .map(|text| harness.query_all_by_label_contains(text).next().expect("a text").rect());
    assert!(name.bottom() < why.top() && why.bottom() < next.top(), "{name:?} {why:?} {next:?}");
    click(&mut harness, "Dismiss, Camera");
    assert_eq!(harness.state().intents, [AppIntent::Engine(Request::Discard(wish.slot()))]);
}

#[test]
fn pinned_devices_come_first_and_then_the_order_of_the_user() {
    let mut bench = UiFixture::on(Page::Overview);
    bench.pinned = vec!["studio".into()];
    let harness = bench.shown();
    let [studio, bedroom, hallway] =
        ["Studio", "Bedroom", "Hallway"].map(|name| top(&harness, &format!("{name}, thermostat")));
    assert!(studio < bedroom && bedroom < hallway);
    let mut bench = UiFixture::on(Page::Overview);
    bench.order = vec!["hallway".into(), "bedroom".into()].into();
    let harness = bench.shown();
    let [studio, bedroom, hallway] =
        ["Studio", "Bedroom", "Hallway"].map(|name| top(&harness, &format!("{name}, thermostat")));
    assert!(hallway < bedroom && bedroom < studio, "a device without a place comes last");
}

#[test]
fn a_card_is_moved_by_keys() {
    let mut harness = UiFixture::on(Page::Overview).shown();
    let keys = Modifiers::CTRL | Modifiers::SHIFT | Modifiers::COMMAND;
    harness.get_by_label("Hallway, thermostat").focus();
    harness.run();
    press_with(&mut harness, keys, Key::ArrowLeft);
    press_with(&mut harness, keys, Key::ArrowRight);
    harness.get_by_label("Bedroom, thermostat").focus();
    harness.run();
    press_with(&mut harness, keys, Key::ArrowLeft);
    let expected = [order(&["hallway", "bedroom", "studio"]), order(&["bedroom", "studio", "hallway"])];
    assert_eq!(harness.state().intents, expected, "the first card cannot go further");
}

#[test]
fn a_card_is_dragged_to_another_place() {
    let mut harness = UiFixture::on(Page::Overview).shown();
    let (from, to) = (beside(&harness, "Bedroom, thermostat"), beside(&harness, "Studio, thermostat"));
    drag(&mut harness, from, to);
    assert_eq!(harness.state().intents, [order(&["hallway", "studio", "bedroom"])]);
    assert_eq!(harness.state().window.page, Page::Overview, "a drag opens nothing");
    // A card leaves no section: among the cameras a thermostat has no place.
    harness.state_mut().intents.clear();
    let camera = beside(&harness, "Front door, camera");
    drag(&mut harness, from, camera);
    // A drag that begins on a control moves no card, and Esc takes a drag back.
    let control = harness.get_by_label("Warmer, Hallway").rect().center();
    drag(&mut harness, control, to);
    hold(&mut harness, from, to);
    press(&mut harness, Key::Escape);
    harness.event(button(to, false));
    harness.run();
    assert_eq!(harness.state().intents, []);
}

#[test]
fn a_drag_that_ends_on_another_page_moves_nothing() {
    let mut harness = UiFixture::on(Page::Overview).shown();
    let (from, to) = (beside(&harness, "Bedroom, thermostat"), beside(&harness, "Studio, thermostat"));
    hold(&mut harness, from, to);
    press_with(&mut harness, super::COMMAND, Key::Num2);
    assert_eq!(harness.state().window.page, Page::Activity);
    harness.event(button(to, false));
    harness.run();
    press_with(&mut harness, super::COMMAND, Key::Num1);
    assert_eq!(harness.state().intents, []);
}

/// A place on a card, below its name.
fn beside(harness: &Bound, name: &str) -> egui::Pos2 {
    harness.get_by_label(name).rect().left_bottom() + egui::vec2(4.0, 50.0)
}

fn button(pos: egui::Pos2, pressed: bool) -> egui::Event {
    egui::Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

/// Presses at one place and moves to another.
fn hold(harness: &mut Bound, from: egui::Pos2, to: egui::Pos2) {
    harness.hover_at(from);
    harness.run();
    harness.event(button(from, true));
    harness.step();
    for share in [0.2_f32, 0.5, 0.8, 1.0] {
        harness.hover_at(from + (to - from) * share);
        harness.step();
    }
}

fn drag(harness: &mut Bound, from: egui::Pos2, to: egui::Pos2) {
    hold(harness, from, to);
    harness.event(button(to, false));
    harness.run();
}

#[test]
fn an_order_is_kept_whole_under_a_filter_and_among_the_pinned() {
    let keys = Modifiers::CTRL | Modifiers::SHIFT | Modifiers::COMMAND;
    let mut bench = forty(false);
    bench.pinned = vec!["r40".into()];
    let mut harness = bench.shown();
    type_into(&mut harness, "Filter by name", "room 1");
    // Room 1 and Room 10 to 19 are shown; Room 2 to 9 keep their places between them.
    harness.get_by_label("Room 10, thermostat").focus();
    harness.run();
    press_with(&mut harness, keys, Key::ArrowLeft);
    let [AppIntent::Arrange(order)] = harness.state().intents.as_slice() else { panic!("one order") };
    assert_eq!(order.len(), 39, "all that are not pinned");
    assert_eq!(order.get(..3), Some(["r10", "r01", "r02"].map(DeviceId::from).as_slice()));
    // The only pinned one has no neighbour.
    harness.state_mut().intents.clear();
    type_into(&mut harness, "Filter by name", "");
    press(&mut harness, Key::Escape);
    harness.get_by_label("Room 40, thermostat").focus();
    harness.run();
    press_with(&mut harness, keys, Key::ArrowRight);
    assert_eq!(harness.state().intents, []);
}

/// The focus after each Tab, while no assistive technology is used.
pub(super) fn tabbed_without_reader(mut bench: UiFixture, presses: usize) -> Vec<Option<egui::Id>> {
    let ctx = egui::Context::default();
    crate::ui::theme::install(&ctx, crate::ui::theme::Look::LIGHT);
    let mut frame = |pressed| {
        let key = egui::Event::Key {
            key: Key::Tab,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        let input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(pos2(0.0, 0.0), egui::vec2(1180.0, 700.0))),
            events: if pressed { vec![key] } else { Vec::new() },
            ..egui::RawInput::default()
        };
        ctx.run_ui(input, |ui| bench.ui(ui)).textures_delta.clear();
        ctx.memory(|memory| memory.focused())
    };
    (0..presses)
        .map(|_| {
            frame(true);
            // A skipped part scrolls into sight and hands the focus on.
            (0..4).map(|_| frame(false)).last().flatten()
        })
        .collect()
}

#[test]
fn tab_leads_through_the_page_and_out_of_it_without_assistive_technology() {
    for (is_large, stops) in [(false, 60), (true, 230)] {
        let bench = if is_large { forty(false) } else { UiFixture::on(Page::Overview) };
        let met = tabbed_without_reader(bench, stops);
        let again = met.iter().skip(1).position(|id| id == met.first().expect("a stop")).expect("a full round");
        let round: std::collections::HashSet<_> = met.iter().take(again + 1).collect();
        assert_eq!(round.len(), again + 1, "no stop comes twice in a round: {met:?}");
        assert!(again > 20, "{again} stops");
    }
}

#[test]
fn a_large_home_has_a_filter_and_a_compact_view() {
    let harness = UiFixture::on(Page::Overview).shown();
    assert!(harness.query_by_label("Filter by name").is_none(), "few devices need none");
    let mut harness = forty(false).shown();
    type_into(&mut harness, "Filter by name", "room 3");
    assert!(says(&harness, "Room 39") && !says(&harness, "Room 4,") && !says(&harness, "Front door"));
    press(&mut harness, Key::Escape);
    type_into(&mut harness, "Filter by name", "protect");
    assert!(says(&harness, "Kitchen Protect") && !says(&harness, "Room 4,"), "by the word on the card");
    press(&mut harness, Key::Escape);
    type_into(&mut harness, "Filter by name", "zz");
    assert!(says(&harness, "No device has such a name"));
    press(&mut harness, Key::Escape);
    assert!(says(&harness, "Room 4,"));
    click(&mut harness, "View: Compact");
    assert_eq!(harness.state().intents, [AppIntent::Prefer(Preference::Compact(true))]);
    let before = top(&harness, "Room 10, thermostat");
    harness.state_mut().settings.compact = true;
    harness.run();
    assert!(top(&harness, "Room 10, thermostat") < before, "more fit into the window");
    click(&mut harness, "Warmer, Room 1");
    assert_eq!(harness.state().writes().len(), 1);
}

#[test]
fn every_device_is_in_the_tree_and_takes_the_focus_wherever_the_page_is_scrolled() {
    let mut harness = forty(false).harness([1180.0, 700.0], egui::Theme::Dark);
    harness.run();
    for number in 1..=40 {
        let name = format!("Room {number}, thermostat");
        assert!(harness.query_by_label(&name).is_some(), "{name} is not in the tree");
    }
    let list = harness.get_by_role(egui::Role::List);
    assert_eq!(list.accesskit_node().label().as_deref(), Some("46 devices"));
    harness.get_by_label("Room 40, thermostat").focus();
    harness.run();
    harness.run();
    let focused = harness.get_by(|node| node.is_focused());
    assert_eq!(focused.accesskit_node().label().as_deref(), Some("Room 40, thermostat"));
    let rect = focused.rect();
    assert!(rect.top() > 0.0 && rect.bottom() < 700.0, "{rect:?} is out of sight");
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().window.page, Page::Thermostat("r40".into()));
    press_with(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    harness.run();
    let focused = harness.get_by(|node| node.is_focused());
    assert_eq!(focused.accesskit_node().label().as_deref(), Some("Room 40, thermostat"), "Back leads to its card");
}

#[test]
fn the_menu_of_a_card_pins_and_renames_its_device() {
    let mut harness = UiFixture::on(Page::Overview).shown();
    harness.get_by_label("Hallway, thermostat").click_secondary();
    harness.run();
    assert_eq!(harness.state().window.page, Page::Overview, "a secondary click opens no page");
    click(&mut harness, "Pin to the tray and launcher: Hallway");
    assert_eq!(harness.state().intents, [AppIntent::Pin("hallway".into(), true)]);
    harness.get_by_label("Hallway, thermostat").focus();
    harness.run();
    press_with(&mut harness, Modifiers::SHIFT, Key::F10);
    click(&mut harness, "Rename: Hallway");
    assert_eq!(harness.state().window.page, Page::Thermostat("hallway".into()));
    assert!(harness.get_by_role_and_label(egui::Role::TextInput, "Label").is_focused());
    assert_eq!(harness.state().writes(), []);
}

#[test]
fn the_kinds_of_devices_are_headings_with_names() {
    let harness = UiFixture::on(Page::Overview).shown();
    for name in ["Climate", "Cameras", "Safety"] {
        assert!(harness.query_by_role_and_label(egui::Role::Heading, name).is_some(), "{name}");
    }
}
