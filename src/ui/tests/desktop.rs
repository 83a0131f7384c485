//! Parts of the window that depend on the desktop: closing, links, pins.

use egui::Key;
use egui_kittest::kittest::Queryable as _;

use super::{Bound, UiFixture, click, press, press_with, says};
use crate::accounts::settings::OnClose;
use crate::command::link::Link;
use crate::engine::Request;
use crate::home::{HvacMode, Setpoint, Write};
use crate::platform::hotkey::HotkeyStatus;
use crate::ui::Modal;
use crate::ui::intent::{AppIntent, ClosingAnswer, Page, Preference};
use crate::ui::pages::SettingsSection;
use crate::ui::window::ClosingQuestion;

fn closing(question: ClosingQuestion) -> Bound {
    let mut bench = UiFixture::on(Page::Overview);
    bench.window.modals.open(Modal::Closing(question));
    bench.shown()
}

#[test]
fn closing_asks_once_whether_to_stay() {
    for (button, answer) in
        [("Keep it in the tray", ClosingAnswer::Stay), ("Quit", ClosingAnswer::Quit), ("Cancel", ClosingAnswer::Cancel)]
    {
        let mut harness = closing(ClosingQuestion::StayInTray);
        assert!(harness.get_by_label("Keep it in the tray").is_focused());
        click(&mut harness, button);
        assert_eq!(harness.state().intents, [AppIntent::Closing(answer)], "{button}");
    }
    let mut harness = closing(ClosingQuestion::StayInTray);
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().intents, [AppIntent::Closing(ClosingAnswer::Cancel)]);
}

#[test]
fn a_missing_tray_is_explained() {
    let mut harness = closing(ClosingQuestion::NoTray);
    assert!(says(&harness, "AppIndicator"), "how to get one");
    assert!(harness.query_by_label("Keep it in the tray").is_none());
    click(&mut harness, "Quit");
    assert_eq!(harness.state().intents, [AppIntent::Closing(ClosingAnswer::Quit)]);
}

fn linked(text: &str) -> Bound {
    let mut bench = UiFixture::on(Page::Overview);
    bench.window.modals.open(Modal::Link(Link::parse(text).expect("a link")));
    bench.shown()
}

#[test]
fn a_link_shows_its_effect_and_asks() {
    let text = "setpoint://thermostat/hallway?target=23";
    let write = Write::Target("hallway".into(), Setpoint::celsius(23.0));
    let mut harness = linked(text);
    assert!(says(&harness, "Hallway: 21.5\u{a0}°C → 23.0\u{a0}°C"));
    assert!(harness.get_by_label("Cancel").is_focused(), "a quick Enter does no harm");
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().intents, []);
    assert!(harness.state().window.modals.link().is_none());

    let mut harness = linked(text);
    click(&mut harness, "Apply");
    assert_eq!(harness.state().writes(), [write]);

    let mut harness = linked("setpoint://thermostat/hallway?mode=cool&target=23");
    click(&mut harness, "Apply");
    let asked = &harness.state().intents;
    assert!(
        matches!(&asked[..], [AppIntent::Engine(Request::Apply { writes, .. })]
            if writes.contains(&Write::Mode("hallway".into(), HvacMode::Cool)) && writes.len() == 2),
        "{asked:?}"
    );
}

#[test]
fn a_link_to_an_unknown_device_says_so() {
    for (text, words) in [
        ("setpoint://thermostat/attic?target=21", "attic"),
        ("setpoint://thermostat/hallway?target=hot", "hot"),
        ("setpoint://thermostat/hallway?target=99", "too high"),
    ] {
        let mut harness = linked(text);
        assert!(says(&harness, words), "{text} is silent about {words}");
        assert!(harness.query_by_label("Apply").is_none(), "{text} can be applied");
        press(&mut harness, Key::Escape);
        assert_eq!(harness.state().intents, []);
        assert!(harness.state().window.modals.link().is_none());
    }
}

#[test]
fn a_link_without_values_opens_the_page() {
    let harness = linked("setpoint://thermostat/hallway");
    assert_eq!(harness.state().window.page, Page::Thermostat("hallway".into()));
    assert!(harness.state().window.modals.link().is_none());
}

#[test]
fn a_camera_of_a_link_goes_on_only_with_consent() {
    let mut bench = UiFixture::on(Page::Overview);
    super::fixture::rebuild(&mut bench.snapshot, |home| {
        home.camera_mut(&"garden".into()).expect("a camera").is_streaming = Some(false);
    });
    bench.window.modals.open(Modal::Link(Link::parse("setpoint://camera/garden?streaming=on").expect("a link")));
    let mut harness = bench.shown();
    click(&mut harness, "Apply");
    assert_eq!(harness.state().intents, []);
    assert!(harness.state().window.modals.consent().is_some());
}

#[test]
fn a_device_is_pinned_from_its_page() {
    let mut bench = UiFixture::on(Page::Thermostat("hallway".into()));
    bench.pinned = vec!["bedroom".into()];
    let mut harness = bench.shown();
    click(&mut harness, "Pin to the tray and launcher");
    assert_eq!(harness.state().intents, [AppIntent::Pin("hallway".into(), true)]);
    harness.state_mut().pinned = vec!["hallway".into()];
    harness.state_mut().intents.clear();
    harness.run();
    click(&mut harness, "Unpin");
    assert_eq!(harness.state().intents, [AppIntent::Pin("hallway".into(), false)]);
}

#[test]
fn the_settings_have_the_effect_of_closing() {
    let mut harness = UiFixture::settings(SettingsSection::Tray).shown();
    click(&mut harness, "When the window is closed: Stay in the tray");
    assert_eq!(harness.state().intents, [AppIntent::Prefer(Preference::OnClose(Some(OnClose::Stay)))]);
}

#[test]
fn a_hotkey_is_chosen_by_pressing_it() {
    let mut harness = UiFixture::settings(SettingsSection::Tray).shown();
    click(&mut harness, "Keys for the quick launcher: Choose…");
    assert!(says(&harness, "Esc keeps it as it was"));
    press(&mut harness, Key::N);
    assert!(says(&harness, "Hold Ctrl or Alt as well"));
    press(&mut harness, Key::ArrowUp);
    assert!(says(&harness, "Letters, digits"));
    assert_eq!(harness.state().intents, []);
    // During a recording, keys do not have their usual effect: Ctrl+K opens no palette.
    press_with(&mut harness, super::COMMAND, Key::K);
    let keys = "Ctrl+K".parse().expect("keys");
    assert_eq!(harness.state().intents, [AppIntent::Prefer(Preference::Hotkey(Some(keys)))]);
    assert!(harness.state().window.modals.palette().is_none());

    harness.state_mut().settings.hotkey = Some(keys);
    harness.state_mut().intents.clear();
    harness.run();
    click(&mut harness, "Keys for the quick launcher: Ctrl+K");
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().intents, []);
    click(&mut harness, "Keys for the quick launcher: Remove");
    assert_eq!(harness.state().intents, [AppIntent::Prefer(Preference::Hotkey(None))]);
}

#[test]
fn the_status_of_the_hotkey_is_shown() {
    for (standing, words) in [
        (HotkeyStatus::Denied, "Another program has these keys"),
        (HotkeyStatus::Unavailable, "setpoint launcher"),
        (HotkeyStatus::Held { keys: Some("Meta+F5".to_owned()) }, "The desktop gave these: Meta+F5"),
    ] {
        let mut bench = UiFixture::settings(SettingsSection::Tray);
        bench.settings.hotkey = Some("Ctrl+Alt+N".parse().expect("keys"));
        bench.hotkey = standing;
        assert!(says(&bench.shown(), words), "{words}");
    }
}
