//! The account and the appearance.

use egui::{RichText, TextEdit, Ui};
use secrecy::SecretString;

use super::scrolling;
use crate::account::Keep;
use crate::settings::Appearance;
use crate::ui::intent::Intent;
use crate::ui::theme::colors;
use crate::ui::theme::tokens::size;
use crate::ui::view::View;
use crate::ui::widgets::{card_ui, segmented_ui};

/// What a person typed to sign in. The secrets leave it when they are used.
#[derive(Default)]
pub struct SignInForm {
    /// Base URL.
    pub url: String,
    /// What to call the account.
    pub name: String,
    /// An access token, pasted.
    pub token: String,
    /// Sign-in page.
    pub authorize_url: String,
    /// Where a code becomes a token.
    pub token_url: String,
    /// OAuth client.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
    /// A PIN, copied from the sign-in page.
    pub pin: String,
    /// Where to keep the token.
    pub keep: Keep,
    /// What seals the file, when it is kept there.
    pub passphrase: String,
}

impl SignInForm {
    /// Takes the token out of the form.
    pub fn take_token(&mut self) -> SecretString {
        SecretString::from(std::mem::take(&mut self.token))
    }
}

/// How far a sign-in is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum SignInProgress {
    /// Nobody is signing in.
    #[default]
    Idle,
    /// The service or the keyring is being asked.
    Working(String),
    /// It did not work, and why.
    Failed(String),
}

/// What the page shows beside the snapshot.
pub struct SettingsState<'a> {
    /// Light or dark.
    pub appearance: Appearance,
    /// What was typed.
    pub form: &'a mut SignInForm,
    /// How far a sign-in is.
    pub progress: &'a SignInProgress,
    /// The account in the settings, if it is the one that is open.
    pub account: Option<&'a str>,
    /// Whether the account waits for the passphrase of its sealed file.
    pub is_sealed: bool,
}

/// Draws the page.
pub fn settings_ui(ui: &mut Ui, view: &mut View<'_>, state: SettingsState<'_>) {
    let SettingsState { appearance, form, progress, account, is_sealed } = state;
    ui.label(RichText::new("Settings").size(size::HEADING));
    scrolling(ui, "settings", |ui| {
        card_ui(ui, |ui| {
            egui::Sides::new().show(
                ui,
                |ui| ui.label(RichText::new("Appearance").size(size::TITLE)),
                |ui| {
                    let options = [
                        (Appearance::System, "As the desktop"),
                        (Appearance::Light, "Light"),
                        (Appearance::Dark, "Dark"),
                    ];
                    if let Some(appearance) = segmented_ui(ui, "Appearance", Some(&appearance), &options) {
                        view.ask(Intent::Appear(appearance));
                    }
                },
            );
        });
        account_ui(ui, view, account);
        if is_sealed {
            unseal_ui(ui, view, form);
        }
        sign_in_ui(ui, view, form, progress);
    });
}

fn account_ui(ui: &mut Ui, view: &mut View<'_>, account: Option<&str>) {
    card_ui(ui, |ui| {
        let label = &view.snapshot.account;
        ui.label(RichText::new(&label.name).size(size::TITLE));
        let muted = colors(ui.visuals()).muted;
        ui.label(RichText::new(&label.place).size(size::SMALL).color(muted));
        ui.label(format!("{} changes can be made right now", view.snapshot.writes_left));
        if account.is_none() && label.is_simulated {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            if account.is_some() {
                if ui.button("Sign out").clicked() {
                    view.ask(Intent::SignOut);
                }
                if ui.button("Try again").accessible_name("Connect again").clicked() {
                    view.ask(Intent::Reopen);
                }
            }
            if !label.is_simulated && ui.button("Open the simulated home").clicked() {
                view.ask(Intent::OpenSimulated);
            }
        });
    });
}

fn unseal_ui(ui: &mut Ui, view: &mut View<'_>, form: &mut SignInForm) {
    card_ui(ui, |ui| {
        ui.label(RichText::new("The token is in a sealed file").size(size::TITLE));
        field_ui(ui, "Passphrase of the file", &mut form.passphrase, "", true);
        if ui.add_enabled(!form.passphrase.is_empty(), egui::Button::new("Open the file")).clicked() {
            view.ask(Intent::Unseal);
        }
    });
}

fn sign_in_ui(ui: &mut Ui, view: &mut View<'_>, form: &mut SignInForm, progress: &SignInProgress) {
    card_ui(ui, |ui| {
        let colors = colors(ui.visuals());
        ui.label(RichText::new("Connect a Works with Nest server").size(size::TITLE));
        let about = "The vendor switched its own server off in 2023. This is for servers that speak the same API.";
        ui.label(RichText::new(about).size(size::SMALL).color(colors.muted));
        field_ui(ui, "Address", &mut form.url, "https://", false);
        field_ui(ui, "Name", &mut form.name, "what to call it", false);
        field_ui(ui, "Access token", &mut form.token, "c.…", true);
        keep_ui(ui, form);
        let working = matches!(progress, SignInProgress::Working(_));
        let can = !working && !form.url.is_empty();
        if ui.add_enabled(can && !form.token.is_empty(), egui::Button::new("Sign in with the token")).clicked() {
            view.ask(Intent::SignIn);
        }
        egui::CollapsingHeader::new("Sign in with a PIN or in the browser").show(ui, |ui| {
            field_ui(ui, "Sign-in page", &mut form.authorize_url, "https://…/login/oauth2", false);
            field_ui(ui, "Token address", &mut form.token_url, "https://…/oauth2/access_token", false);
            field_ui(ui, "Client ID", &mut form.client_id, "", false);
            field_ui(ui, "Client secret", &mut form.client_secret, "", true);
            field_ui(ui, "PIN", &mut form.pin, "leave empty for the browser", true);
            let can = can && !form.token_url.is_empty() && !form.client_id.is_empty();
            let title = if form.pin.is_empty() { "Sign in in the browser" } else { "Sign in with the PIN" };
            if ui.add_enabled(can, egui::Button::new(title)).clicked() {
                view.ask(Intent::SignInByBrowser);
            }
        });
        match progress {
            SignInProgress::Idle => {}
            SignInProgress::Working(what) => {
                ui.label(RichText::new(what).color(colors.muted));
            }
            SignInProgress::Failed(why) => {
                ui.label(RichText::new(why).color(colors.alarm));
            }
        }
    });
}

/// Where the token goes. The keyring comes first; nothing is ever kept in a plain file.
fn keep_ui(ui: &mut Ui, form: &mut SignInForm) {
    ui.label(RichText::new("Keep the token").size(size::SMALL));
    ui.horizontal_wrapped(|ui| {
        let options = [
            (Keep::Keyring, "In the keyring"),
            (Keep::Memory, "Only while Setpoint runs"),
            (Keep::SealedFile, "In a sealed file"),
        ];
        if let Some(keep) = segmented_ui(ui, "Keep the token", Some(&form.keep), &options) {
            form.keep = keep;
        }
    });
    if form.keep == Keep::SealedFile {
        field_ui(ui, "Passphrase", &mut form.passphrase, "seals the file; asked for at each start", true);
    }
}

fn field_ui(ui: &mut Ui, name: &str, text: &mut String, hint: &str, is_secret: bool) {
    ui.label(RichText::new(name).size(size::SMALL));
    let width = ui.available_width().min(420.0);
    let edit = TextEdit::singleline(text).password(is_secret).hint_text(hint).align(egui::Align2::LEFT_CENTER);
    ui.add(edit.desired_width(width)).accessible_name(name);
}
