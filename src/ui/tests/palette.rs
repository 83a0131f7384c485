//! The command palette, by keyboard.

use egui::{Event, Key};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Bound, COMMAND, UiFixture, click, press, press_with, says, type_text};
use crate::engine::Request;
use crate::home::{HvacMode, Setpoint, Write};
use crate::ui::intent::{AppIntent, Page, PresetIntent};

fn opened() -> Bound {
    let mut harness = UiFixture::on(Page::Overview).shown();
    press_with(&mut harness, COMMAND, Key::K);
    assert!(harness.get_by_label("Command").is_focused());
    harness
}

fn typed(text: &str) -> Bound {
    let mut harness = opened();
    type_text(&mut harness, text);
    harness
}

fn entered(text: &str) -> Bound {
    let mut harness = typed(text);
    press(&mut harness, Key::Enter);
    harness
}

#[test]
fn a_command_is_previewed_by_device_and_applied_as_a_batch() {
    let mut harness = typed("all eco");
    for words in ["Hallway: Heat → Eco", "Bedroom: Heat · Cool → Eco", "Studio: Eco · The device is"] {
        assert!(says(&harness, words), "nothing says {words:?}");
    }
    assert_eq!(harness.state().intents, [], "looking sets nothing");
    press(&mut harness, Key::Enter);
    let [AppIntent::Engine(Request::Apply { name, writes, .. })] = &harness.state().intents[..] else {
        panic!("{:?}", harness.state().intents)
    };
    assert_eq!(name, "all eco");
    assert!(writes.contains(&Write::Mode("hallway".into(), HvacMode::Eco)), "{writes:?}");
    assert!(harness.state().window.modals.palette().is_none());
}

#[test]
fn one_write_goes_as_from_a_control() {
    let harness = entered("hallway 22");
    assert_eq!(harness.state().writes(), [Write::Target("hallway".into(), Setpoint::celsius(22.0))]);
}

#[test]
fn tab_completes_and_the_focus_stays() {
    let mut harness = typed("hallw");
    press(&mut harness, Key::Tab);
    let field = harness.get_by_label("Command");
    assert!(field.is_focused());
    assert_eq!(field.value().unwrap_or_default().to_lowercase(), "hallway ");
    type_text(&mut harness, "23");
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().writes(), [Write::Target("hallway".into(), Setpoint::celsius(23.0))]);
}

#[test]
fn escape_closes_it_and_gives_the_focus_back() {
    let mut harness = UiFixture::on(Page::Overview).shown();
    harness.get_by_label("Warmer, Hallway").focus();
    harness.run();
    for (key, name) in [(Key::K, "Command"), (Key::F1, "Close")] {
        if key == Key::F1 {
            press(&mut harness, key);
        } else {
            press_with(&mut harness, COMMAND, key);
        }
        assert!(harness.get_by_label(name).is_focused(), "{name}");
        press(&mut harness, Key::Escape);
        assert!(harness.query_by_label(name).is_none(), "{name} is still there");
        assert!(harness.get_by_label("Warmer, Hallway").is_focused(), "after {name}");
    }
    assert_eq!(harness.state().intents, []);
}

#[test]
fn an_action_a_preset_and_a_page_are_picked() {
    assert_eq!(entered("settings").state().window.page, Page::Settings);
    assert_eq!(entered("open nursery").state().window.page, Page::Camera("nursery".into()));
    assert_eq!(entered("open cellar").state().window.page, Page::Protect("cellar".into()));
    let harness = entered("night");
    let [AppIntent::Presets(PresetIntent::Apply { name, .. })] = &harness.state().intents[..] else {
        panic!("{:?}", harness.state().intents)
    };
    assert_eq!(name, "Night");
}

/// The chosen rows by their accessible names.
fn chosen(harness: &Bound) -> Vec<String> {
    let rows = harness.query_all_by_role(egui::Role::ListBoxOption);
    let chosen = rows.filter(|row| row.accesskit_node().is_selected() == Some(true));
    chosen.filter_map(|row| row.accesskit_node().label()).collect()
}

#[test]
fn an_empty_field_chooses_nothing() {
    let mut harness = opened();
    assert!(harness.query_all_by_role(egui::Role::ListBoxOption).count() > 3);
    assert_eq!(chosen(&harness), Vec::<String>::new());
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().intents, [], "Enter by mistake changes nothing");
    press(&mut harness, Key::ArrowDown);
    assert_eq!(chosen(&harness).len(), 1, "the first row");
    type_text(&mut harness, "hallway 22");
    assert_eq!(chosen(&harness), ["hallway 22, one change"]);
}

#[test]
fn a_page_that_the_palette_opens_has_the_focus_on_its_heading() {
    let mut harness = UiFixture::on(Page::Overview).shown();
    // The widget with the focus before goes with its page.
    harness.get_by_label("Warmer, Hallway").focus();
    harness.run();
    press_with(&mut harness, COMMAND, Key::K);
    type_text(&mut harness, "open hallway");
    press(&mut harness, Key::Enter);
    harness.run();
    let heading = harness.get_by_role_and_label(egui::Role::Heading, "Hallway");
    assert!(heading.is_focused(), "{:?}", harness.ctx.memory(|memory| memory.focused()));
    press(&mut harness, Key::Escape);
    harness.run();
    assert!(harness.get_by_label("Warmer, Hallway").is_focused(), "back where the user was");
}

#[test]
fn the_effect_counts_what_is_refused_apart() {
    let harness = typed("all 20");
    assert_eq!(chosen(&harness), ["all 20, one change · 2 not possible"]);
}

#[test]
fn a_preset_shows_its_changes_before_enter() {
    let harness = typed("night");
    assert_eq!(chosen(&harness).len(), 1);
    assert!(says(&harness, "Hallway: "), "the preview of the preset");
    assert_eq!(harness.state().intents, []);
    let spoken = |harness: &Bound| {
        let status = harness.get_by_role(egui::Role::Status);
        status.accesskit_node().label().unwrap_or_default().lines().count()
    };
    let mut harness = opened();
    press(&mut harness, Key::ArrowDown);
    assert!(chosen(&harness)[0].contains("preset · ") && spoken(&harness) > 1, "{:?}", chosen(&harness));
    while chosen(&harness)[0].contains("preset") {
        press(&mut harness, Key::ArrowDown);
    }
    assert_eq!(spoken(&harness), 1, "only the chosen preset shows its changes");
}

#[test]
fn an_exact_name_comes_first_and_others_in_natural_order() {
    let mut fixture = UiFixture::on(Page::Overview);
    let id: crate::home::DeviceId = "hallway".into();
    let hallway = std::sync::Arc::clone(&fixture.snapshot.shown.thermostats[&id]);
    let home = std::sync::Arc::make_mut(&mut fixture.snapshot.shown);
    home.thermostats.clear();
    for number in [30, 3, 1, 10, 2] {
        let name = Some(format!("Room {number}"));
        let thermostat = crate::home::Thermostat { name, ..(*hallway).clone() };
        home.thermostats.insert(format!("t{number}").as_str().into(), std::sync::Arc::new(thermostat));
    }
    fixture.snapshot.confirmed = std::sync::Arc::clone(&fixture.snapshot.shown);
    let mut harness = fixture.shown();
    press_with(&mut harness, COMMAND, Key::K);
    type_text(&mut harness, "room 3");
    let rows = |harness: &Bound| {
        let rows = harness.query_all_by_role(egui::Role::ListBoxOption);
        let rows = rows.filter_map(|row| row.accesskit_node().label());
        rows.filter(|row| row.starts_with("Open Room")).collect::<Vec<_>>()
    };
    assert_eq!(chosen(&harness), ["Open Room 3, Thermostat"]);
    assert_eq!(rows(&harness), ["Open Room 3, Thermostat", "Open Room 30, Thermostat"]);
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().window.page, Page::Thermostat("t3".into()));
    press_with(&mut harness, COMMAND, Key::K);
    type_text(&mut harness, "open room");
    let names = ["Room 1", "Room 2", "Room 3", "Room 10", "Room 30"].map(|name| format!("Open {name}, Thermostat"));
    assert_eq!(rows(&harness), names);
}

#[test]
fn arrows_choose_and_a_click_picks() {
    let mut harness = typed("show");
    assert_eq!(chosen(&harness), ["Show all devices"]);
    press(&mut harness, Key::ArrowDown);
    assert_eq!(chosen(&harness), ["Show the activity"]);
    press(&mut harness, Key::ArrowUp);
    press(&mut harness, Key::ArrowUp);
    assert_eq!(chosen(&harness), ["Show all devices"], "the first is the end");
    click(&mut harness, "Show the presets");
    assert_eq!(harness.state().window.page, Page::Presets);
}

#[test]
fn the_chosen_row_is_announced_with_its_preview_while_the_focus_stays() {
    let announced = |harness: &Bound| {
        let node = harness.get_by_role(egui::Role::Status);
        let node = node.accesskit_node();
        assert_eq!(node.live(), egui::accesskit::Live::Polite);
        node.label().unwrap_or_default()
    };
    let mut harness = typed("show");
    let count = harness.query_all_by_role(egui::Role::ListBoxOption).count();
    assert_eq!(announced(&harness), format!("Show all devices, 1 of {count}"));
    press(&mut harness, Key::ArrowDown);
    assert_eq!(announced(&harness), format!("Show the activity, 2 of {count}"));
    assert!(harness.get_by_label("Command").is_focused());
    let said = announced(&typed("hallway 22"));
    let preview = "Hallway: 21.5\u{a0}°C → 22.0\u{a0}°C";
    assert!(said.starts_with("hallway 22, one change, 1 of") && said.ends_with(preview), "{said}");
    assert_eq!(announced(&typed("zzz 20")), "", "the remark says why");
}

#[test]
fn invalid_commands_are_explained() {
    assert!(says(&typed("zzz 20"), "There is no device or home called “zzz"));
    assert_eq!(entered("zzz 20").state().intents, []);
}

#[test]
fn any_text_is_taken() {
    let long = "hallway 21.5 ".repeat(400);
    for text in ["ÄÖÜß ñé", "   ", "all", "→ 21", "a\u{301}", &"W".repeat(5000), &long] {
        let mut harness = typed(text);
        press(&mut harness, Key::ArrowDown);
        press(&mut harness, Key::Tab);
        press(&mut harness, Key::Escape);
        assert!(harness.state().window.modals.palette().is_none(), "{text:.20}");
        assert_eq!(harness.state().intents, [], "{text:.20}");
    }
}

#[test]
fn switching_a_camera_on_asks_for_consent() {
    let mut harness = entered("nursery on");
    assert_eq!(harness.state().intents, []);
    assert!(says(&harness, "Switch on Nursery?"));
    assert!(harness.get_by_label("Keep it off").is_focused(), "Enter alone switches nothing on");
    click(&mut harness, "Switch on");
    assert_eq!(harness.state().writes(), [Write::Streaming("nursery".into(), true)]);
}

#[test]
fn keys_in_the_first_frame_are_not_lost() {
    // Keys arrive in the frame of the shortcut, in the next one, and after the field exists.
    let mut harness = UiFixture::on(Page::Overview).shown();
    harness.key_press_modifiers(COMMAND, Key::K);
    harness.event(Event::Text("hall".to_owned()));
    harness.step();
    harness.event(Event::Text("way".to_owned()));
    harness.step();
    harness.event(Event::Text(" 22".to_owned()));
    harness.run();
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().writes(), [Write::Target("hallway".into(), Setpoint::celsius(22.0))]);
}

/// The writes of a text typed into the palette in a language.
fn typed_in(language: crate::i18n::Language, text: &str) -> Vec<Write> {
    let mut bench = UiFixture::on(Page::Overview);
    bench.i18n = crate::i18n::Localizer::new(language);
    let mut harness = bench.shown();
    press_with(&mut harness, COMMAND, Key::K);
    type_text(&mut harness, text);
    press(&mut harness, Key::Enter);
    let apply = |intent: &AppIntent| {
        let AppIntent::Engine(crate::engine::Request::Apply { writes, .. }) = intent else { return Vec::new() };
        writes.clone()
    };
    let intents = &harness.state().intents;
    harness.state().writes().into_iter().chain(intents.iter().flat_map(apply)).collect()
}

#[test]
fn commands_are_understood_in_every_language() {
    use crate::i18n::Language::{English, French, German, Spanish};
    let eco = typed_in(English, "all eco");
    assert!(eco.len() > 1, "{eco:?}");
    for (language, text) in [(German, "alle eco"), (French, "tous eco"), (Spanish, "todos eco")] {
        assert_eq!(typed_in(language, text), eco, "{text}");
        assert_eq!(typed_in(language, "all eco"), eco, "English is understood as well");
    }
    let warmer = typed_in(English, "hallway warmer");
    assert_eq!(warmer.len(), 1);
    for (language, text) in
        [(German, "hallway wärmer"), (French, "hallway plus chaud"), (Spanish, "hallway más caliente")]
    {
        assert_eq!(typed_in(language, text), warmer, "{text}");
    }
    let off = typed_in(English, "turn off front door");
    for (language, text) in [(German, "front door aus"), (French, "front door éteint"), (Spanish, "front door apagado")]
    {
        assert_eq!(typed_in(language, text), off, "{text}");
    }
    assert_eq!(typed_in(English, "hallway heat 20").len(), 2);
}

#[test]
fn a_preset_the_theme_and_the_sign_in_are_found_by_what_people_say() {
    let entered = |text: &str| {
        let mut harness = UiFixture::on(Page::Overview).shown();
        press_with(&mut harness, COMMAND, Key::K);
        type_text(&mut harness, text);
        press(&mut harness, Key::Enter);
        harness
    };
    let harness = entered("good night");
    let [AppIntent::Presets(PresetIntent::Apply { name, .. })] = &harness.state().intents[..] else {
        panic!("{:?}", harness.state().intents)
    };
    assert_eq!(name, "Night");
    // A suggested preset is found too, until the user has one of that name.
    let mut bench = UiFixture::on(Page::Overview);
    bench.presets = crate::presets::Presets::default();
    let mut harness = bench.shown();
    press_with(&mut harness, COMMAND, Key::K);
    type_text(&mut harness, "good night");
    press(&mut harness, Key::Enter);
    let [AppIntent::Presets(PresetIntent::Apply { name, writes })] = &harness.state().intents[..] else {
        panic!("{:?}", harness.state().intents)
    };
    assert!(name == "Night" && !writes.is_empty());
    let dark = crate::ui::Preference::Appearance(crate::accounts::settings::Appearance::Dark);
    assert_eq!(entered("dark theme").state().intents, [AppIntent::Prefer(dark)]);
    assert_eq!(entered("sign in").state().window.page, Page::Connect);
}
