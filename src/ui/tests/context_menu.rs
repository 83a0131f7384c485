//! The menu of a control: by mouse, keyboard and touch, for people first, and the value of every control as code.

use egui::{Event, Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::as_code::{PLACEHOLDER, code, hallway, home, target, wanted};
use super::{Bound, UiFixture, click, fixture, press, press_with, says};
use crate::snippet::CodeLanguage;
use crate::ui::intent::{AppIntent, Page};

/// A control, with the path and the body of its menu's first entry.
type Control = (Page, Role, &'static str, &'static str, &'static str);

fn controls() -> Vec<Control> {
    let t = "/devices/thermostats/hallway";
    vec![
        (hallway(), Role::Slider, "Hallway target temperature", t, r#"{"target_temperature_c":21.5}"#),
        (hallway(), Role::Button, "Raise Hallway target temperature", t, r#"{"target_temperature_c":21.5}"#),
        (hallway(), Role::RadioButton, "Mode: Eco", t, r#"{"hvac_mode":"heat"}"#),
        (hallway(), Role::Switch, "Fan", t, r#"{"fan_timer_active":false}"#),
        (hallway(), Role::RadioButton, "Scale: °F", t, r#"{"temperature_scale":"C"}"#),
        (hallway(), Role::TextInput, "Label", t, r#"{"label":""}"#),
        (home(), Role::RadioButton, "Home or away: Away", "/structures/s", r#"{"away":"home"}"#),
        (home(), Role::TextInput, "Home name", "/structures/s", r#"{"name":"Maple Street"}"#),
        (home(), Role::ComboBox, "Arrival: in 30 min", "/structures/s", r#""trip_id":"setpoint""#),
        (
            Page::Camera("door".into()),
            Role::Switch,
            "Front door camera",
            "/devices/cameras/door",
            r#"{"is_streaming":true}"#,
        ),
        (Page::Overview, Role::Switch, "Front door camera", "/devices/cameras/door", r#"{"is_streaming":true}"#),
        (Page::Overview, Role::ComboBox, "Hallway mode: Heat", t, r#"{"hvac_mode":"heat"}"#),
        (Page::Overview, Role::Button, "Warmer, Hallway", t, r#"{"target_temperature_c":21.5}"#),
        (
            Page::Thermostat("bedroom".into()),
            Role::Slider,
            "Bedroom heat to",
            "/devices/thermostats/bedroom",
            r#"{"target_temperature_high_c":24.0,"target_temperature_low_c":18.0}"#,
        ),
    ]
}

/// The first entry of the open menu that shows code, without the entries of the last changes.
fn code_entry(harness: &Bound) -> egui_kittest::Node<'_> {
    let mut entries = harness
        .query_all_by_label_contains("Show as code: ")
        .filter(|entry| entry.accesskit_node().label().is_some_and(|label| !label.contains(['·', '→'])));
    entries.next().expect("an entry")
}

#[test]
fn the_menu_of_every_control_shows_its_value_as_code_by_keyboard() {
    for (page, role, name, path, body) in controls() {
        for (modifiers, key) in [(Modifiers::SHIFT, Key::F10), (Modifiers::NONE, Key::Menu)] {
            let mut harness = UiFixture::on(page.clone()).shown();
            let named: Vec<String> =
                harness.query_all_by_role(role).filter_map(|node| node.accesskit_node().label()).collect();
            assert!(named.iter().any(|known| known == name), "{name} is none of {named:?}");
            harness.get_all_by_role_and_label(role, name).next().expect("a control").focus();
            harness.run();
            press_with(&mut harness, modifiers, key);
            // The first entry has the focus; code comes last.
            let focused = harness.get_by(|node| node.is_focused()).accesskit_node().label().unwrap_or_default();
            assert!(
                ["Undo", "Pin", "Unpin", "Rename", "Copy"].iter().any(|word| focused.starts_with(word)),
                "{focused}"
            );
            code_entry(&harness).focus();
            harness.run();
            press(&mut harness, Key::Enter);
            let code = code(&harness);
            assert!(code.contains(path) && code.contains(body), "{name}: {code}");
            press(&mut harness, Key::Escape);
            assert!(harness.query_by_label("The code").is_none(), "{name}: Esc closes it");
            harness.run();
            let control = harness.get_all_by_role_and_label(role, name).next().expect("a control");
            assert!(control.is_focused(), "{name} has the focus again");
            assert_eq!(harness.state().intents, [], "{name}: nothing was asked of the home");
        }
    }
}

#[test]
fn the_menu_of_every_control_shows_its_value_as_code_by_mouse() {
    for (page, role, name, path, body) in controls() {
        let mut harness = UiFixture::on(page).shown();
        harness.get_all_by_role_and_label(role, name).next().expect("a control").click_secondary();
        harness.run();
        code_entry(&harness).click();
        harness.run();
        let code = code(&harness);
        assert!(code.contains(path) && code.contains(body), "{name}: {code}");
        assert_eq!(harness.state().intents, [], "{name}: nothing was asked of the home");
    }
}

#[test]
fn the_menu_opens_at_the_pointer_and_closes_without_a_choice() {
    let mut harness = UiFixture::on(hallway()).shown();
    let entries = |harness: &Bound| harness.query_all_by_label_contains("Show as code: ").count();
    let before = entries(&harness);
    harness.get_by_role_and_label(Role::Switch, "Fan").focus();
    harness.run();
    press_with(&mut harness, Modifiers::SHIFT, Key::F10);
    assert_eq!(entries(&harness), before + 2, "the row has two values");
    // Arrows lead through all entries, from the last one to the first.
    let first = harness.query_all_by_label_contains("Pin to the tray and launcher").any(|entry| entry.is_focused());
    press(&mut harness, Key::ArrowUp);
    assert!(first, "the first entry had the focus");
    assert!(harness.get_by_label("Show as code: Fan duration").is_focused());
    press(&mut harness, Key::Escape);
    assert_eq!(entries(&harness), before);
    assert!(harness.get_by_role_and_label(Role::Switch, "Fan").is_focused());
    // A read-only fact has no menu.
    harness.get_by_label("Humidity").click_secondary();
    harness.run();
    assert_eq!(entries(&harness), before);
}

#[test]
fn a_long_press_opens_the_menu() {
    let mut harness = UiFixture::on(hallway()).shown();
    let at = harness.get_by_role_and_label(Role::Switch, "Fan").rect().center();
    let touch =
        |phase| Event::Touch { device_id: egui::TouchDeviceId(1), id: egui::TouchId(1), phase, pos: at, force: None };
    let button = |pressed| Event::PointerButton {
        pos: at,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    harness.event(Event::PointerMoved(at));
    harness.event(touch(egui::TouchPhase::Start));
    harness.event(button(true));
    harness.run_steps(8);
    harness.event(touch(egui::TouchPhase::End));
    harness.event(button(false));
    harness.run();
    assert!(harness.query_by_label("Show as code: Fan").is_some());
    assert_eq!(harness.state().intents, [], "the switch was not flipped");
}

#[test]
fn on_a_short_line_the_button_beside_it_has_the_menu() {
    let change = "Hallway: 20.0\u{a0}°C → 21.5\u{a0}°C";
    let mut harness = UiFixture::on(Page::Activity).harness([376.0, 780.0], egui::Theme::Dark);
    harness.run();
    assert!(harness.query_by_label(&format!("Show as code: {change}")).is_none());
    harness.get_by_label(&format!("Undo {change}")).focus();
    harness.run();
    press_with(&mut harness, Modifiers::SHIFT, Key::F10);
    press(&mut harness, Key::Enter);
    assert_eq!(code(&harness), wanted(CodeLanguage::Curl, PLACEHOLDER, &target()));
}

#[test]
fn the_menu_of_a_value_is_for_people_first() {
    let open = |harness: &mut Bound| {
        harness.get_by_role_and_label(Role::Slider, "Hallway target temperature").focus();
        harness.run();
        press_with(harness, Modifiers::SHIFT, Key::F10);
    };
    for (entry, intent) in [
        ("Undo: Hallway: 20.0\u{a0}°C → 21.5\u{a0}°C", Some(fixture::undo(3))),
        ("Pin to the tray and launcher: Hallway", Some(AppIntent::Pin("hallway".into(), true))),
        ("Copy the value: Target temperature", None),
    ] {
        let mut harness = UiFixture::on(hallway()).shown();
        open(&mut harness);
        click(&mut harness, entry);
        assert_eq!(harness.state().intents, Vec::from_iter(intent), "{entry}");
    }
    let mut harness = UiFixture::on(hallway()).shown();
    open(&mut harness);
    click(&mut harness, "Rename: Hallway");
    harness.run();
    assert!(harness.get_by_role_and_label(Role::TextInput, "Label").is_focused());
    // Whoever is no developer sees no code.
    let mut bench = UiFixture::on(hallway());
    bench.settings.developer = Some(false);
    let mut harness = bench.shown();
    open(&mut harness);
    assert!(says(&harness, "Copy the value") && !says(&harness, "Show as code"));
}
