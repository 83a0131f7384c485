//! Screen readers and keys: headings, titles, regions, groups, dialogs.

use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Bound, COMMAND, UiFixture, click, pages, press, press_with, sections};
use crate::ui::intent::Page;
use crate::ui::pages::SettingsSection;

fn focused(harness: &Bound) -> (Role, String) {
    let node = harness.get_by(|node| node.is_focused());
    (node.accesskit_node().role(), node.accesskit_node().label().unwrap_or_default())
}

#[test]
fn a_page_that_opens_says_its_name_and_names_the_window() {
    let mut harness = UiFixture::on(Page::Overview).shown();
    harness.get_by_label("Hallway, thermostat").focus();
    harness.run();
    press(&mut harness, Key::Enter);
    assert_eq!(focused(&harness), (Role::Heading, "Hallway".to_owned()));
    assert_eq!(harness.state().window.title(), "Hallway · Setpoint");
    press(&mut harness, Key::Tab);
    assert_ne!(focused(&harness).0, Role::Heading, "it is no stop of Tab");
    press_with(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(focused(&harness).1, "Hallway, thermostat", "back on the card");
    assert_eq!(harness.state().window.title(), "Setpoint");
    for (key, name) in
        [(Key::Num2, "Activity"), (Key::Num3, "Energy"), (Key::Num4, "Presets"), (Key::Num5, "Developer")]
    {
        press_with(&mut harness, COMMAND, key);
        assert_eq!(focused(&harness), (Role::Heading, name.to_owned()));
        assert_eq!(harness.state().window.title(), format!("{name} · Setpoint"));
    }
}

#[test]
fn the_page_of_a_thermostat_says_room_state_and_time() {
    let harness = UiFixture::on(Page::Thermostat("hallway".into())).shown();
    let words = "Room 20.5 degrees Celsius, Heating, about 20 min";
    assert!(harness.query_by_label(words).is_some(), "as a text of its own");
    let slider = harness.get_by_role_and_label(Role::Slider, "Hallway target temperature");
    assert_eq!(slider.accesskit_node().description().as_deref(), Some(words));
}

#[test]
fn f6_moves_between_rail_bar_and_page() {
    let mut harness = UiFixture::on(Page::Settings).shown();
    harness.get_by_role_and_label(Role::Tab, "Appearance").focus();
    harness.run();
    let mut met = Vec::new();
    for _ in 0..3 {
        press(&mut harness, Key::F6);
        met.push(focused(&harness).1);
    }
    assert_eq!(met, ["Home", "Maple Street, home", "Accounts"]);
    press_with(&mut harness, Modifiers::SHIFT, Key::F6);
    assert_eq!(focused(&harness).1, "Maple Street, home");
}

#[test]
fn a_group_of_buttons_is_one_stop_of_tab_with_arrows_inside() {
    let mut harness = UiFixture::settings(SettingsSection::Appearance).shown();
    harness.get_by_label("Appearance: As the desktop").focus();
    harness.run();
    press(&mut harness, Key::ArrowRight);
    assert_eq!(focused(&harness).1, "Appearance: Light");
    assert_eq!(harness.state().intents, [], "the arrows choose nothing");
    press(&mut harness, Key::ArrowLeft);
    press(&mut harness, Key::ArrowLeft);
    assert_eq!(focused(&harness).1, "Appearance: Dark", "around the end");
    press(&mut harness, Key::Tab);
    assert!(!focused(&harness).1.starts_with("Appearance"), "{:?}", focused(&harness));
}

#[test]
fn a_dialog_has_a_name_and_hides_what_is_behind() {
    let mut harness = UiFixture::on(Page::Overview).shown();
    press(&mut harness, Key::F1);
    let dialog = harness.get_by_role(Role::Dialog);
    assert_eq!(dialog.accesskit_node().label().as_deref(), Some("Help"));
    let behind = harness.query_by(|node| node.label().as_deref() == Some("Hallway, thermostat") && !node.is_hidden());
    assert!(behind.is_none(), "the card behind the dialog is read");
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("Hallway, thermostat").is_some());
}

#[test]
fn no_name_contains_a_glyph_of_the_icons() {
    let pages = pages().into_iter().map(UiFixture::on).chain(sections().into_iter().map(|(_, bench)| bench));
    for bench in pages {
        let harness = bench.shown();
        let page = harness.state().window.page.clone();
        let is_glyph = |text: Option<String>| {
            text.is_some_and(|text| text.contains(|letter: char| ('\u{e000}'..='\u{f8ff}').contains(&letter)))
        };
        let found: Vec<String> = harness
            .query_all_by(|node| {
                is_glyph(node.label())
                    || is_glyph(node.value())
                    || is_glyph(node.description())
                    || is_glyph(node.data().placeholder().map(str::to_owned))
            })
            .map(|node| format!("{:?} {:?}", node.accesskit_node().role(), node.accesskit_node().label()))
            .collect();
        assert_eq!(found, Vec::<String>::new(), "{page:?}");
        drop(found);
    }
}

#[test]
fn a_click_on_a_page_of_the_rail_leads_to_its_heading() {
    let mut harness = UiFixture::on(Page::Overview).shown();
    harness.get_by_role_and_label(Role::Tab, "Presets").click();
    harness.run();
    assert_eq!(focused(&harness).1, "Presets");
    click(&mut harness, "Edit Night");
    assert!(harness.get_by_role_and_label(Role::TextInput, "Name of the preset").is_focused());
}
