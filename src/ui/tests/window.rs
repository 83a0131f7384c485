//! The window as the user left it: its page, its text size, and the scale of its temperatures.

use std::sync::Arc;

use egui::{Key, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{COMMAND, UiFixture, click, pages, press, press_with, says, type_text};
use crate::engine::Connection;
use crate::home::{Scale, Setpoint, Write};
use crate::i18n::{Language, Localizer};
use crate::ui::intent::{AppIntent, Page, Preference};
use crate::ui::pages::SettingsSection;
use crate::ui::window::UiState;

fn in_fahrenheit(page: Page) -> UiFixture {
    let i18n = Localizer::new(Language::English).with_scale(Some(Scale::Fahrenheit));
    UiFixture { i18n, ..UiFixture::on(page) }
}

#[test]
fn every_page_is_a_word_of_the_settings_file() {
    for page in pages().into_iter().chain([Page::Structure("s/1".into())]) {
        assert_eq!(Page::from_word(&page.to_word()), Some(page));
    }
    for wrong in ["", "cellar", "lamp/1", "/"] {
        assert_eq!(Page::from_word(wrong), None, "{wrong}");
    }
}

#[test]
fn a_window_opens_at_the_page_that_it_showed_last() {
    let bench = UiFixture::on(Page::Overview);
    let mut harness = UiFixture { window: UiState::showing(Page::Activity), ..bench }.shown();
    assert_eq!(harness.state().window.page, Page::Activity);
    press_with(&mut harness, egui::Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(harness.state().window.page, Page::Overview, "Back leads to the overview");
}

#[test]
fn the_page_of_a_device_opens_once_the_device_is_known() {
    let mut bench = UiFixture::on(Page::Overview);
    bench.window = UiState::showing(Page::Thermostat("hallway".into()));
    let (known, connection) = (Arc::clone(&bench.snapshot.shown), bench.snapshot.connection.clone());
    bench.snapshot.shown = Arc::default();
    bench.snapshot.connection = Connection::Connecting;
    let mut harness = bench.shown();
    assert_eq!(harness.state().window.page, Page::Overview);
    harness.state_mut().snapshot.shown = known;
    harness.state_mut().snapshot.connection = connection;
    harness.run();
    assert_eq!(harness.state().window.page, Page::Thermostat("hallway".into()));
    // A device that is gone, and a user who went elsewhere meanwhile, leave the page as it is.
    let mut bench = UiFixture::on(Page::Overview);
    bench.window = UiState::showing(Page::Thermostat("gone".into()));
    assert_eq!(bench.shown().state().window.page, Page::Overview);
    let mut bench = UiFixture::on(Page::Overview);
    bench.window = UiState::showing(Page::Thermostat("hallway".into()));
    bench.window.page = Page::Settings;
    assert_eq!(bench.shown().state().window.page, Page::Settings);
}

#[test]
fn temperatures_are_shown_in_the_scale_of_the_window() {
    let harness = in_fahrenheit(Page::Overview).shown();
    assert!(says(&harness, "66°"), "the room of Hallway, 19.0 °C");
    assert!(!says(&harness, "19.0"));
    let mut harness = in_fahrenheit(Page::Thermostat("hallway".into())).shown();
    let slider = harness.get_by_role_and_label(Role::Slider, "Hallway target temperature");
    assert_eq!(slider.accesskit_node().data().numeric_value_step(), Some(1.0));
    slider.focus();
    harness.run();
    press(&mut harness, Key::ArrowUp);
    press(&mut harness, Key::Enter);
    let written = harness.state().writes();
    let [Write::Target(_, setpoint)] = written.as_slice() else { panic!("{written:?}") };
    assert_eq!(setpoint.scale, Scale::Fahrenheit);
}

#[test]
fn a_typed_number_is_in_the_scale_of_the_window() {
    let mut harness = in_fahrenheit(Page::Overview).shown();
    press_with(&mut harness, COMMAND, Key::K);
    type_text(&mut harness, "hallway 70");
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().writes(), [Write::Target("hallway".into(), Setpoint::fahrenheit(70.0))]);
}

#[test]
fn text_size_and_scale_are_chosen_in_the_settings() {
    let mut harness = UiFixture::settings(SettingsSection::Appearance).harness([1180.0, 2400.0], egui::Theme::Dark);
    harness.run();
    click(&mut harness, "Text size: 100 %");
    harness.get_by_role_and_label(Role::Button, "125 %").click();
    harness.run();
    harness.get_by_role_and_label(Role::RadioButton, "Temperatures: °F").click();
    harness.run();
    let size = crate::accounts::settings::TextSize::try_from(125).expect("an offered size");
    let expected = [Preference::TextSize(size), Preference::Scale(Some(Scale::Fahrenheit))];
    assert_eq!(harness.state().intents, expected.map(AppIntent::Prefer));
}
