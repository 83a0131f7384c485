//! A temperature typed on the dial, in place of its number.

use egui::{Event, Key, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::UiFixture;
use super::dial::{LOW, NAME, bedroom, focused, hallway, press, range, target};
use crate::home::{Setpoint, Write};

/// A focused handle with a text typed on it.
fn typed(text: &str) -> Harness<'static, UiFixture> {
    let mut harness = focused(NAME, hallway());
    for letter in text.chars() {
        harness.event(Event::Text(letter.to_string()));
        harness.run();
    }
    harness
}

#[test]
fn digits_on_the_handle_are_typed_and_sent_with_enter_alone() {
    for (text, setpoint) in [
        ("23", Setpoint::celsius(23.0)),
        ("23,5", Setpoint::celsius(23.5)),
        ("23.0", Setpoint::celsius(23.0)),
        ("73F", Setpoint::fahrenheit(73.0)),
        ("+1.5", Setpoint::celsius(23.0)),
        ("-1", Setpoint::celsius(20.5)),
    ] {
        let mut harness = typed(text);
        assert_eq!(harness.state().writes(), [], "{text}: nothing leaves while typing");
        press(&mut harness, Key::Enter);
        assert_eq!(harness.state().writes(), [Write::Target("hallway".into(), setpoint)], "{text}");
    }
    for keys in [&[Key::Escape][..], &[Key::Tab, Key::Tab], &[Key::Tab, Key::Escape]] {
        let mut harness = typed("23");
        for key in keys {
            press(&mut harness, *key);
        }
        assert_eq!(harness.state().writes(), [], "{keys:?} is no wish");
        assert!(harness.query_by_role(Role::TextInput).is_none_or(|field| field.value().as_deref() != Some("23")));
    }
}

#[test]
fn a_range_is_typed_on_either_handle() {
    for text in ["17", "17-24.5", "2", "17-2", "17-x"] {
        let mut harness = focused(LOW, bedroom());
        for letter in text.chars() {
            harness.event(Event::Text(letter.to_string()));
            harness.run();
        }
        let has_remark = harness.query_by_label_contains("is not a temperature").is_some();
        assert_eq!(has_remark, text == "17-x", "{text}");
        press(&mut harness, Key::Enter);
        let wanted = match text {
            "17" => vec![range(17.0, 24.0)],
            "17-24.5" => vec![range(17.0, 24.5)],
            _ => Vec::new(),
        };
        assert_eq!(harness.state().writes(), wanted, "{text}");
    }
}

#[test]
fn an_invalid_temperature_stays_with_an_explanation() {
    for (text, says) in
        [("2abc", "is not a temperature"), ("999", "too high"), ("2", "too low"), ("2..5", "is not a temperature")]
    {
        let mut harness = typed(text);
        press(&mut harness, Key::Enter);
        assert_eq!(harness.state().writes(), [], "{text}");
        assert!(harness.query_by_label_contains(says).is_some(), "{text}: nothing says {says:?}");
        let field = harness.get_by_role_and_label(Role::TextInput, "Hallway target temperature, typed");
        assert_eq!(field.value().as_deref(), Some(text), "what was typed is still there");
    }
}

#[test]
fn a_partial_temperature_shows_no_error() {
    let wrong = |harness: &Harness<'static, UiFixture>| {
        let said = ["is not a temperature", "is too low", "is too high", "apart"];
        said.into_iter().any(|words| harness.query_all_by_label_contains(words).next().is_some())
    };
    for text in ["2", "21.", "+", "7", "70", "70f"] {
        assert!(!wrong(&typed(text)), "{text} is only begun");
    }
    for text in ["45", "2a", "999", "2..", "-99"] {
        assert!(wrong(&typed(text)), "{text} becomes none");
    }
    let mut harness = typed("7");
    press(&mut harness, Key::Enter);
    assert!(wrong(&harness), "Enter wants it as it is");
    harness.event(Event::Text("2f".to_owned()));
    harness.run();
    assert!(!wrong(&harness), "it is another text");
}

#[test]
fn a_button_sets_the_typed_temperature() {
    const SET: &str = "Set Hallway target temperature";
    assert!(hallway().query_by_label(SET).is_none(), "only while something is typed");
    let mut harness = typed("23");
    harness.get_by_label(SET).click();
    harness.run();
    assert_eq!(harness.state().writes(), [target(23.0)]);
    assert!(harness.get_by_role_and_label(Role::Slider, NAME).is_focused());

    let mut harness = hallway();
    harness.get_by_label("Type Hallway target temperature").click();
    harness.run();
    let field = harness.get_by_role_and_label(Role::TextInput, "Hallway target temperature, typed");
    field.set_text_value_accesskit("24");
    harness.run();
    harness.get_by_label(SET).click_accesskit();
    harness.run();
    assert_eq!(harness.state().writes(), [target(24.0)]);

    let mut harness = typed("22");
    press(&mut harness, Key::Tab);
    assert!(harness.get_by_label(SET).is_focused(), "Tab comes to it");
    press(&mut harness, Key::Space);
    assert_eq!(harness.state().writes(), [target(22.0)]);

    let mut harness = typed("7");
    harness.get_by_label(SET).click();
    harness.run();
    assert_eq!(harness.state().writes(), []);
    assert!(harness.query_by_label_contains("is too low").is_some(), "it says what is wrong");
    assert!(harness.get_by_label("Hallway target temperature, typed").is_focused(), "and there is more to type");
}

#[test]
fn the_number_opens_the_field_and_letters_elsewhere_do_not() {
    let mut harness = hallway();
    harness.get_by_label("Type Hallway target temperature").click();
    harness.run();
    let field = harness.get_by_role_and_label(Role::TextInput, "Hallway target temperature, typed");
    assert_eq!(field.value().as_deref(), Some("21.5"));
    harness.event(Event::Text("abc".to_owned()));
    harness.run();
    press(&mut harness, Key::Enter);
    assert!(harness.query_by_label_contains("“abc” is not a temperature").is_some());

    let mut harness = focused(NAME, hallway());
    harness.event(Event::Text("x".to_owned()));
    harness.run();
    assert!(harness.query_by_label("Hallway target temperature, typed").is_none());
}
