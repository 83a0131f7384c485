//! Settings: accounts, look, language, desktop, hotkey and notifications.

use egui::Ui;

use super::accounts::{Renaming, accounts_ui};
use super::autostart::{StartsWithDesktop, starts_ui};
use super::hotkey::{Recording, hotkey_ui};
use super::notify::notify_ui;
use super::scrolling;
use super::sign_in::{SignInForm, SignInProgress, sign_in_ui, unseal_ui};
use crate::accounts::settings::{Appearance, OnClose, Settings, TextSize};
use crate::home::Scale;
use crate::i18n::Language;
use crate::platform::hotkey::HotkeyStatus;
use crate::ui::intent::{AppIntent, Preference};
use crate::ui::theme::heading;
use crate::ui::theme::tokens::space;
use crate::ui::view::ViewContext;
use crate::ui::widgets::{card_ui, choice_ui, plain_row_ui, segmented_ui};

/// The data of the page besides the snapshot.
pub struct SettingsState<'a> {
    /// The settings of the user.
    pub settings: &'a Settings,
    /// The contents of the sign-in form.
    pub form: &'a mut SignInForm,
    pub progress: &'a SignInProgress,
    /// The ids of the shown accounts, in the order of the snapshot.
    pub shown: &'a [&'a str],
    /// The account that is being renamed.
    pub renaming: &'a mut Renaming,
    /// True while an account waits for the passphrase of its sealed file.
    pub is_sealed: bool,
    /// True if the program has an icon in the desktop's tray.
    pub has_tray: bool,
    pub starts: &'a StartsWithDesktop,
    /// The state of the hotkey that opens the launcher.
    pub hotkey: &'a HotkeyStatus,
    /// The recording of a hotkey.
    pub recording: &'a mut Recording,
}

/// Draws the page.
pub fn settings_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: SettingsState<'_>) {
    let SettingsState { settings, form, progress, shown, renaming, is_sealed, has_tray, starts, hotkey, recording } =
        state;
    ui.label(heading(view.text("settings")));
    ui.add_space(space::XS);
    scrolling(ui, view.is_fresh, "settings", |ui| {
        // Accounts come first, because most users open the page for them.
        if is_sealed {
            unseal_ui(ui, view, form);
        }
        accounts_ui(ui, view, settings, shown, renaming);
        sign_in_ui(ui, view, form, progress);
        look_ui(ui, view, settings);
        desktop_ui(ui, view, settings, has_tray, starts);
        card_ui(ui, |ui| hotkey_ui(ui, view, settings.hotkey, hotkey, recording));
        notify_ui(ui, view, &settings.notify);
    });
}

fn look_ui(ui: &mut Ui, view: &mut ViewContext<'_>, settings: &Settings) {
    card_ui(ui, |ui| {
        let name = view.text("settings-appearance");
        plain_row_ui(ui, view, &name, &view.text("settings-appearance-about"), |ui, view| {
            let options = [
                (Appearance::System, view.text("as-the-desktop")),
                (Appearance::Light, view.text("settings-light")),
                (Appearance::Dark, view.text("settings-dark")),
            ];
            if let Some(picked) = segmented_ui(ui, &name, Some(&settings.appearance), &options) {
                view.send(AppIntent::Prefer(Preference::Appearance(picked)));
            }
        });
        ui.separator();
        let name = view.text("settings-text-size");
        plain_row_ui(ui, view, &name, &view.text("settings-text-size-about"), |ui, view| {
            let title = |size: &TextSize| view.i18n.format("percent", [("value", i64::from(size.percent()).into())]);
            if let Some(picked) = choice_ui(ui, &name, Some(&settings.text_size), &TextSize::OFFERED, title) {
                view.send(AppIntent::Prefer(Preference::TextSize(picked)));
            }
        });
        ui.separator();
        let name = view.text("settings-scale");
        plain_row_ui(ui, view, &name, &view.text("settings-scale-about"), |ui, view| {
            let options = [
                (None, view.text("settings-scale-own")),
                (Some(Scale::Celsius), Scale::Celsius.sign().to_owned()),
                (Some(Scale::Fahrenheit), Scale::Fahrenheit.sign().to_owned()),
            ];
            if let Some(picked) = segmented_ui(ui, &name, Some(&settings.scale), &options) {
                view.send(AppIntent::Prefer(Preference::Scale(picked)));
            }
        });
        ui.separator();
        flag_ui(ui, view, "settings-contrast", settings.high_contrast, Preference::HighContrast);
        ui.separator();
        flag_ui(ui, view, "settings-motion", settings.reduced_motion, Preference::ReducedMotion);
        ui.separator();
        let name = view.text("settings-language");
        plain_row_ui(ui, view, &name, "", |ui, view| {
            let chosen = settings.language.as_deref().and_then(Language::from_code);
            let options: Vec<Option<Language>> = std::iter::once(None).chain(Language::ALL.map(Some)).collect();
            let title = |language: &Option<Language>| match language {
                Some(language) => language.own_name().to_owned(),
                None => view.text("as-the-desktop"),
            };
            if let Some(picked) = choice_ui(ui, &name, Some(&chosen), &options, title) {
                view.send(AppIntent::Prefer(Preference::Language(picked)));
            }
        });
    });
}

/// Draws the settings of the desktop: the tray, and the effect of closing the window.
fn desktop_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    settings: &Settings,
    has_tray: bool,
    starts: &StartsWithDesktop,
) {
    card_ui(ui, |ui| {
        starts_ui(ui, view, starts);
        ui.separator();
        let name = view.text("settings-on-close");
        let about = view.text(if has_tray { "settings-on-close-about" } else { "closing-no-tray-about" });
        plain_row_ui(ui, view, &name, &about, |ui, view| {
            let options = [
                (None, view.text("settings-on-close-ask")),
                (Some(OnClose::Stay), view.text("settings-on-close-stay")),
                (Some(OnClose::Quit), view.text("settings-on-close-quit")),
            ];
            if let Some(picked) = segmented_ui(ui, &name, Some(&settings.on_close), &options) {
                view.send(AppIntent::Prefer(Preference::OnClose(picked)));
            }
        });
        ui.separator();
        let name = view.text("settings-tray-scrolls");
        plain_row_ui(ui, view, &name, &view.text("settings-tray-scrolls-about"), |ui, view| {
            let options = [(true, view.text("on")), (false, view.text("off"))];
            if let Some(picked) = segmented_ui(ui, &name, Some(&settings.tray_scrolls), &options) {
                view.send(AppIntent::Prefer(Preference::TrayScrolls(picked)));
            }
        });
    });
}

fn flag_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    id: &str,
    value: Option<bool>,
    preference: impl Fn(Option<bool>) -> Preference,
) {
    let name = view.text(id);
    plain_row_ui(ui, view, &name, "", |ui, view| {
        let options =
            [(None, view.text("as-the-desktop")), (Some(true), view.text("on")), (Some(false), view.text("off"))];
        if let Some(picked) = segmented_ui(ui, &name, Some(&value), &options) {
            view.send(AppIntent::Prefer(preference(picked)));
        }
    });
}
