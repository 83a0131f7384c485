//! The settings: the look, the language, and the accounts.

use egui::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Bound, UiFixture, assert_closed, click, says};
use crate::accounts::settings::{Account, Appearance, CameraNews, Notify};
use crate::files::FileError;
use crate::i18n::Language;
use crate::platform::autostart::{AutostartError, AutostartStatus, Closed};
use crate::ui::intent::{AccountIntent, AppIntent, Page, Preference};
use crate::ui::pages::{SettingsSection, StartsWithDesktop};

fn page(section: SettingsSection) -> Bound {
    tall(UiFixture::settings(section))
}

/// A window high enough for the whole page.
fn tall(bench: UiFixture) -> Bound {
    let mut harness = bench.harness([1180.0, 2400.0], egui::Theme::Dark);
    harness.run();
    harness
}

#[test]
fn notifications_are_chosen_in_the_settings() {
    let mut harness = page(SettingsSection::Notifications);
    harness.get_by_role_and_label(Role::Switch, "Any movement at a camera").click();
    harness.run();
    let wanted = Notify { motion: true, ..Notify::default() };
    assert_eq!(harness.state().intents, [AppIntent::Prefer(Preference::Notify(wanted))]);
    harness.state_mut().intents.clear();
    harness.get_by_role_and_label(Role::Switch, "Quiet hours").click();
    harness.run();
    let wanted = Notify { quiet: Some((22, 7)), ..Notify::default() };
    assert_eq!(harness.state().intents, [AppIntent::Prefer(Preference::Notify(wanted.clone()))]);
    harness.state_mut().settings.notify = wanted;
    harness.state_mut().intents.clear();
    harness.run();
    for (list, hour, quiet) in [("Quiet from: 22:00", "23:00", (23, 7)), ("Quiet until: 7:00", "6:00", (22, 6))] {
        click(&mut harness, list);
        assert!(harness.query_by_role_and_label(Role::Button, "4:00").is_some(), "{list} does not open");
        harness.get_by_role_and_label(Role::Button, hour).click();
        harness.run();
        let wanted = Notify { quiet: Some(quiet), ..Notify::default() };
        assert_eq!(harness.state().intents.last(), Some(&AppIntent::Prefer(Preference::Notify(wanted))));
    }
}

#[test]
fn a_camera_may_be_notified_less() {
    let mut harness = UiFixture::on(Page::Camera("garden".into())).shown();
    click(&mut harness, "Notifications: As in the settings");
    harness.get_by_role_and_label(Role::Button, "Nothing").click();
    harness.run();
    let cameras = [("garden".to_owned(), CameraNews::Nothing)].into();
    let wanted = Notify { cameras, ..Notify::default() };
    assert_eq!(harness.state().intents, [AppIntent::Prefer(Preference::Notify(wanted.clone()))]);
    harness.state_mut().settings.notify = wanted;
    harness.run();
    assert!(harness.query_by_label("Notifications: Nothing").is_some());
}

#[test]
fn the_look_and_the_language_are_chosen() {
    let mut harness = page(SettingsSection::Appearance);
    for name in ["Appearance: Light", "High contrast: On", "Reduced motion: Off", "Language: As the desktop"] {
        click(&mut harness, name);
    }
    harness.get_by_role_and_label(Role::Button, "Deutsch").click();
    harness.run();
    let asked = [
        Preference::Appearance(Appearance::Light),
        Preference::HighContrast(Some(true)),
        Preference::ReducedMotion(Some(false)),
        Preference::Language(Some(Language::German)),
    ];
    assert_eq!(harness.state().intents, asked.map(AppIntent::Prefer));
}

#[test]
fn a_sealed_file_asks_for_its_passphrase() {
    let mut bench = UiFixture::on(Page::Settings);
    bench.is_sealed = true;
    let mut harness = tall(bench);
    assert_closed(&mut harness, "Open the file", "Type the passphrase first");
    harness.state_mut().window.form.passphrase = "open sesame".to_owned();
    harness.run();
    click(&mut harness, "Open the file");
    assert_eq!(harness.state().intents, [AppIntent::Unseal]);
}

#[test]
fn an_account_is_signed_out_and_connected_again() {
    let mut bench = UiFixture::on(Page::Settings);
    bench.shown = vec!["mill-lane".to_owned()];
    let (id, name) = ("mill-lane".to_owned(), "Mill Lane".to_owned());
    bench.settings.accounts.push(Account { id, name, url: "https://example.org".to_owned(), ..Account::default() });
    let name = crate::engine::AccountName::Own("Mill Lane".to_owned());
    let account = crate::engine::AccountLabel { name, ..(*bench.snapshot.account).clone() };
    bench.snapshot.account = std::sync::Arc::new(account);
    let mut harness = tall(bench);
    for name in ["Sign out of Mill Lane", "Connect Mill Lane again", "Open Simulated home"] {
        click(&mut harness, name);
    }
    let of = |intent| AppIntent::Account("mill-lane".to_owned(), intent);
    assert_eq!(
        harness.state().intents,
        [of(AccountIntent::SignOut), of(AccountIntent::Reopen), AppIntent::OpenSimulated]
    );
}

#[test]
fn the_autostart_switch_works_or_shows_the_reason() {
    let mut harness = page(SettingsSection::Tray);
    const NAME: &str = "Start with the desktop";
    harness.get_by_role_and_label(Role::Switch, NAME).click();
    harness.run();
    assert_eq!(harness.state().intents, [AppIntent::StartWithDesktop(true)]);

    let other = Some("/opt/setpoint --hidden".to_owned());
    harness.state_mut().starts = StartsWithDesktop {
        standing: AutostartStatus::Open { is_on: true, other },
        failure: Some(AutostartError::File("/home/me/setpoint.desktop".into(), FileError::Full)),
    };
    harness.run();
    assert!(says(&harness, "Another copy of Setpoint is started: /opt/setpoint --hidden"));
    assert!(says(&harness, "/home/me/setpoint.desktop cannot be changed (the disk is full)"));
    let on = harness.get_by_role_and_label(Role::Switch, NAME);
    assert_eq!(on.accesskit_node().toggled(), Some(egui::accesskit::Toggled::True));
    on.click();
    harness.run();
    assert_eq!(harness.state().intents.last(), Some(&AppIntent::StartWithDesktop(false)));

    harness.state_mut().starts =
        StartsWithDesktop { standing: AutostartStatus::Closed { is_on: false, why: Closed::Sandbox }, failure: None };
    harness.run();
    assert_closed(&mut harness, NAME, "A Flatpak cannot switch this itself yet");
    assert!(says(&harness, "A Flatpak cannot switch this itself yet"));
}

#[test]
fn missing_capabilities_block_controls_with_the_reason() {
    let bench = |page| {
        let mut bench = UiFixture::on(page);
        super::fixture::rebuild(&mut bench.snapshot, |home| {
            *home = std::mem::take(home).with_capabilities(super::fixture::NLE);
        });
        bench
    };
    let mut harness = bench(Page::Structure("s".into())).shown();
    assert_closed(&mut harness, "Home name", "No Longer Evil cannot change names");
    assert!(says(&harness, "No Longer Evil does not support arrivals"));
    let harness = bench(Page::Thermostat("hallway".into())).shown();
    assert!(says(&harness, "No Longer Evil cannot change names"));
}

#[test]
fn a_banner_keeps_the_focused_control_in_view() {
    const SIZE: [f32; 2] = [1180.0, 380.0];
    let mut harness = UiFixture::settings(SettingsSection::Notifications).harness(SIZE, egui::Theme::Dark);
    harness.run();
    let switch = "Any movement at a camera";
    harness.get_by_role_and_label(Role::Switch, switch).focus();
    harness.run();
    let place = |harness: &Bound| harness.get_by_role_and_label(Role::Switch, switch).rect();
    let before = place(&harness);
    assert!(before.bottom() > SIZE[1] - 60.0 && before.bottom() < SIZE[1], "{before:?} is at the lower edge");
    let notices = super::samples::settings_notices();
    harness.state_mut().notices.extend(notices.into_iter().take(1).map(crate::ui::Notice::Settings));
    harness.run();
    let after = place(&harness);
    assert!(after.bottom() < SIZE[1] && after.top() > 0.0, "{after:?} is out of sight");
    // The page does not undo a scroll of the user.
    harness.event(egui::Event::PointerMoved(egui::pos2(600.0, 300.0)));
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, 900.0),
        source: egui::MouseWheelSource::Wheel,
        phase: egui::TouchPhase::Move,
        modifiers: egui::Modifiers::NONE,
    });
    for _ in 0..120 {
        harness.step();
    }
    assert!(place(&harness).top() > after.top() + 20.0, "{:?} was scrolled back to", place(&harness));
}
