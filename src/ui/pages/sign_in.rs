//! The form for a new account: the kind of its service, its address, and its token, if there is one.

use egui::{Color32, RichText, TextEdit, Ui};
use secrecy::SecretString;

use super::google::google_ui;
use crate::accounts::session::{ServiceEntry, SignInFields};
use crate::accounts::vault::Keep;
use crate::home::ServiceKind;
use crate::sdm::setup::Report;
use crate::ui::intent::AppIntent;
use crate::ui::sign_in::SignInError;
use crate::ui::theme::tokens::size;
use crate::ui::theme::{icons, regular, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{card_ui, focus_ring, icon_label_ui, main_button_ui, segmented_ui};

/// Default port of the redirect. A web client of OAuth requires a fixed address.
pub(crate) const USUAL_PORT: u16 = 8080;

/// The contents of the sign-in form. The secrets leave the form when they are used.
#[derive(Default)]
pub struct SignInForm {
    /// True to scroll the page to the form.
    pub comes_into_sight: bool,
    pub kind: ServiceKind,
    /// Base URL.
    pub url: String,
    /// The name of the account.
    pub name: String,
    /// An access token, pasted.
    pub token: String,
    /// Sign-in page.
    pub authorize_url: String,
    /// The address that exchanges a code for a token.
    pub token_url: String,
    /// OAuth client.
    pub client_id: String,
    /// The secret of the OAuth client.
    pub client_secret: String,
    /// A PIN, copied from the sign-in page.
    pub pin: String,
    /// The Device Access project.
    pub project: String,
    /// The Pub/Sub subscription.
    pub subscription: String,
    /// The port of the redirect; empty for the default.
    pub port: String,
    /// The place to store the token.
    pub keep: Keep,
    /// The passphrase of the sealed file, if the token goes there.
    pub passphrase: String,
}

impl SignInForm {
    /// Takes the token out of the form.
    pub fn take_token(&mut self) -> SecretString {
        SecretString::from(std::mem::take(&mut self.token))
    }
}

/// The progress of a sign-in.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum SignInProgress {
    /// No sign-in runs.
    #[default]
    Idle,
    /// The browser has not returned a code yet.
    WaitingForBrowser,
    /// A request to the service or the keyring runs.
    WaitingForService,
    /// A check of the set-up at Google runs.
    Checking,
    /// The result of the check.
    Checked(Report),
    /// The reason why the sign-in failed.
    Failed(SignInError),
}

/// Draws the field for the passphrase of the sealed file.
pub(super) fn unseal_ui(ui: &mut Ui, view: &mut ViewContext<'_>, form: &mut SignInForm) {
    card_ui(ui, |ui| {
        ui.label(title(view.text("unseal-title")));
        field_ui(ui, view, "unseal-passphrase", &mut form.passphrase, "", true);
        let why_not = form.passphrase.is_empty().then(|| view.text("unseal-needs-passphrase"));
        let label = view.text("unseal-open");
        if main_button_ui(ui, &label, &label, why_not.as_deref()).clicked() {
            view.send(AppIntent::Unseal);
        }
    });
}

pub(super) fn sign_in_ui(ui: &mut Ui, view: &mut ViewContext<'_>, form: &mut SignInForm, progress: &SignInProgress) {
    card_ui(ui, |ui| {
        let heading = ui.label(title(view.text("sign-in-title")));
        if std::mem::take(&mut form.comes_into_sight) {
            heading.scroll_to_me(Some(egui::Align::TOP));
        }
        kind_ui(ui, view, form);
        let fields = ServiceEntry::at(form.kind, &form.url).sign_in;
        let (about, address) = match fields {
            SignInFields::TokenOrClient => ("sign-in-about", "https://"),
            SignInFields::AddressOnly | SignInFields::AddressAndKey => {
                ("sign-in-about-nle", "http://192.168.1.10:8082")
            }
            SignInFields::GoogleProject => {
                google_ui(ui, view, form, progress);
                return;
            }
        };
        ui.label(small(view.text(about)).color(view.colors.muted));
        field_ui(ui, view, "sign-in-address", &mut form.url, address, false);
        field_ui(ui, view, "sign-in-name", &mut form.name, "", false);
        if fields != SignInFields::TokenOrClient {
            server_ui(ui, view, form, progress, fields == SignInFields::AddressAndKey);
            return;
        }
        field_ui(ui, view, "sign-in-token", &mut form.token, "c.…", true);
        keep_ui(ui, view, form);
        let is_working = matches!(progress, SignInProgress::WaitingForBrowser | SignInProgress::WaitingForService);
        let working = is_working.then(|| view.text("sign-in-working"));
        let no_url = form.url.is_empty().then(|| view.text("sign-in-needs-address"));
        let blocked = working.or(no_url);
        let no_token = form.token.is_empty().then(|| view.text("sign-in-needs-token"));
        let label = view.text("sign-in-with-token");
        if main_button_ui(ui, &label, &label, blocked.clone().or(no_token).as_deref()).clicked() {
            view.send(AppIntent::SignIn);
        }
        // A collapsing header does not wrap its title by itself.
        let room = ui.available_width() - ui.spacing().indent;
        let header =
            ui.painter().layout(view.text("sign-in-otherwise"), regular(size::BODY), Color32::PLACEHOLDER, room);
        let otherwise = egui::CollapsingHeader::new(header).id_salt("sign in otherwise").show(ui, |ui| {
            field_ui(ui, view, "sign-in-page", &mut form.authorize_url, "https://…/login/oauth2", false);
            field_ui(ui, view, "sign-in-token-address", &mut form.token_url, "https://…/oauth2/access_token", false);
            field_ui(ui, view, "sign-in-client", &mut form.client_id, "", false);
            field_ui(ui, view, "sign-in-secret", &mut form.client_secret, "", true);
            field_ui(ui, view, "sign-in-pin", &mut form.pin, &view.text("sign-in-pin-hint"), true);
            let lacks = form.token_url.is_empty() || form.client_id.is_empty();
            let lacks = lacks.then(|| view.text("sign-in-needs-client"));
            let label =
                if form.pin.is_empty() { view.text("sign-in-in-browser") } else { view.text("sign-in-with-pin") };
            if main_button_ui(ui, &label, &label, blocked.or(lacks).as_deref()).clicked() {
                view.send(AppIntent::SignInByBrowser);
            }
        });
        focus_ring(ui, &otherwise.header_response);
        progress_ui(ui, view, progress);
    });
}

pub(super) fn progress_ui(ui: &mut Ui, view: &ViewContext<'_>, progress: &SignInProgress) {
    match progress {
        // Only the form for Google shows the state of a check.
        SignInProgress::Idle | SignInProgress::Checking | SignInProgress::Checked(_) => {}
        SignInProgress::WaitingForBrowser => {
            ui.label(RichText::new(view.text("sign-in-waiting-browser")).color(view.colors.muted));
        }
        SignInProgress::WaitingForService => {
            ui.label(RichText::new(view.text("sign-in-waiting-service")).color(view.colors.muted));
        }
        SignInProgress::Failed(why) => {
            icon_label_ui(ui, icons::WARNING, RichText::new(why.text(view.i18n)).color(view.colors.alarm));
        }
    }
}

/// Draws the choice of the service's kind.
fn kind_ui(ui: &mut Ui, view: &ViewContext<'_>, form: &mut SignInForm) {
    let name = view.text("sign-in-kind");
    ui.horizontal_wrapped(|ui| {
        let options = ServiceKind::CHOICES.map(|kind| (kind, kind.title().to_owned()));
        if let Some(kind) = segmented_ui(ui, &name, Some(&form.kind), &options) {
            form.kind = kind;
        }
    });
}

/// Draws the rest of the form for a server with a key, or without one: then a proxy before it may want a token.
fn server_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    form: &mut SignInForm,
    progress: &SignInProgress,
    wants_key: bool,
) {
    if wants_key {
        ui.label(small(view.text("sign-in-hosted")).color(view.colors.muted));
        field_ui(ui, view, "sign-in-key", &mut form.token, "nle_…", true);
    } else {
        icon_label_ui(ui, icons::WARNING, small(view.text("sign-in-open-server")).color(view.colors.warning));
        field_ui(ui, view, "sign-in-proxy-token", &mut form.token, &view.text("sign-in-proxy-token-hint"), true);
    }
    if wants_key || !form.token.is_empty() {
        keep_ui(ui, view, form);
    }
    let working = (*progress == SignInProgress::WaitingForService).then(|| view.text("sign-in-working"));
    let no_url = form.url.is_empty().then(|| view.text("sign-in-needs-address"));
    let no_key = (wants_key && form.token.is_empty()).then(|| view.text("sign-in-needs-key"));
    let label = view.text("sign-in-add");
    if main_button_ui(ui, &label, &label, working.or(no_url).or(no_key).as_deref()).clicked() {
        view.send(AppIntent::SignIn);
    }
    progress_ui(ui, view, progress);
}

/// Draws the choice of the token's place. The keyring comes first; no choice stores the token in a plain file.
pub(super) fn keep_ui(ui: &mut Ui, view: &ViewContext<'_>, form: &mut SignInForm) {
    let name = view.text("keep-token");
    ui.label(small(name.as_str()));
    ui.horizontal_wrapped(|ui| {
        let options = [
            (Keep::Keyring, view.text("keep-keyring")),
            (Keep::Memory, view.text("keep-memory")),
            (Keep::SealedFile, view.text("keep-sealed")),
        ];
        if let Some(keep) = segmented_ui(ui, &name, Some(&form.keep), &options) {
            form.keep = keep;
        }
    });
    if form.keep == Keep::SealedFile {
        field_ui(ui, view, "keep-passphrase", &mut form.passphrase, &view.text("keep-passphrase-hint"), true);
    }
}

pub(super) fn field_ui(ui: &mut Ui, view: &ViewContext<'_>, id: &str, text: &mut String, hint: &str, is_secret: bool) {
    let name = view.text(id);
    ui.label(small(name.as_str()));
    let width = ui.available_width().min(420.0);
    ui.scope(|ui| {
        ui.visuals_mut().widgets.inactive.bg_stroke.color = view.colors.tick;
        let edit = TextEdit::singleline(text).password(is_secret).hint_text(hint).align(egui::Align2::LEFT_CENTER);
        ui.add(edit.desired_width(width)).accessible_name(name);
    });
}
