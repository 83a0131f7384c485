//! The fields of the sign-in forms. An error stands beside its field and goes when the field is mended; Enter
//! submits, or moves to what is still missing.

use egui::{Id, Key, RichText, TextEdit, Ui};
use secrecy::SecretString;

use super::{SignInProgress, announce};
use crate::accounts::vault::Keep;
use crate::home::ServiceKind;
use crate::service::{Reason, UnusableUrl};
use crate::ui::intent::AppIntent;
use crate::ui::sign_in::SignInError;
use crate::ui::theme::tokens::{measure, space};
use crate::ui::theme::{icons, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{card_ui, icon_label_ui, main_button_ui, segmented_ui};

/// The contents of the sign-in form. The secrets leave the form when they are used.
#[derive(Default)]
pub struct SignInForm {
    /// The service that the user chose; `None` until then.
    pub kind: Option<ServiceKind>,
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
    /// The empty field that a submission lacked.
    missing: Option<FormField>,
}

impl SignInForm {
    /// Takes the token out of the form.
    pub fn take_token(&mut self) -> SecretString {
        SecretString::from(std::mem::take(&mut self.token))
    }
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FormField {
    Address,
    Name,
    /// The access token.
    Token,
    /// The key of an account at the hosted server.
    Key,
    /// The token for a proxy before a server without tokens.
    ProxyToken,
    /// The address of the sign-in page.
    AuthorizeUrl,
    /// The address that exchanges a code for a token.
    TokenUrl,
    /// The OAuth client.
    Client,
    /// The secret of the OAuth client.
    Secret,
    Pin,
    /// The Device Access project.
    Project,
    /// The OAuth client at Google.
    GoogleClient,
    /// The secret of the OAuth client at Google.
    GoogleSecret,
    /// The Pub/Sub subscription.
    Subscription,
    /// The port of the redirect.
    Port,
    /// The passphrase of a new sealed file.
    Passphrase,
    /// The passphrase of the sealed file that exists.
    UnsealPassphrase,
}

impl FormField {
    /// The id of the text field.
    pub(super) fn id(self) -> Id {
        Id::unique(("sign-in", self))
    }

    /// The message with the name of the field.
    fn message(self) -> &'static str {
        match self {
            Self::Address => "sign-in-address",
            Self::Name => "sign-in-name",
            Self::Token => "sign-in-token",
            Self::Key => "sign-in-key",
            Self::ProxyToken => "sign-in-proxy-token",
            Self::AuthorizeUrl => "sign-in-page",
            Self::TokenUrl => "sign-in-token-address",
            Self::Client => "sign-in-client",
            Self::Secret => "sign-in-secret",
            Self::Pin => "sign-in-pin",
            Self::Project => "google-project",
            Self::GoogleClient => "google-client",
            Self::GoogleSecret => "google-secret",
            Self::Subscription => "google-subscription",
            Self::Port => "google-port",
            Self::Passphrase => "keep-passphrase",
            Self::UnsealPassphrase => "unseal-passphrase",
        }
    }

    fn is_secret(self) -> bool {
        match self {
            Self::Token
            | Self::Key
            | Self::ProxyToken
            | Self::Secret
            | Self::Pin
            | Self::GoogleSecret
            | Self::Passphrase
            | Self::UnsealPassphrase => true,
            Self::Address
            | Self::Name
            | Self::AuthorizeUrl
            | Self::TokenUrl
            | Self::Client
            | Self::Project
            | Self::GoogleClient
            | Self::Subscription
            | Self::Port => false,
        }
    }

    fn of(self, form: &mut SignInForm) -> &mut String {
        match self {
            Self::Address => &mut form.url,
            Self::Name => &mut form.name,
            Self::Token | Self::Key | Self::ProxyToken => &mut form.token,
            Self::AuthorizeUrl => &mut form.authorize_url,
            Self::TokenUrl => &mut form.token_url,
            Self::Client | Self::GoogleClient => &mut form.client_id,
            Self::Secret | Self::GoogleSecret => &mut form.client_secret,
            Self::Pin => &mut form.pin,
            Self::Project => &mut form.project,
            Self::Subscription => &mut form.subscription,
            Self::Port => &mut form.port,
            Self::Passphrase | Self::UnsealPassphrase => &mut form.passphrase,
        }
    }
}

/// The kind of field that a failed sign-in is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Faulty {
    Address,
    Token,
}

/// The part of the form that a failure concerns; `None` if it is about none of them.
pub(super) fn field_of(why: &SignInError) -> Option<Faulty> {
    match why {
        SignInError::Unusable(UnusableUrl::Token) | SignInError::Service(Reason::TokenRefused { .. }) => {
            Some(Faulty::Token)
        }
        SignInError::Unusable(UnusableUrl::Tls(_)) => None,
        SignInError::Unusable(_) | SignInError::Service(Reason::Unreachable { .. }) => Some(Faulty::Address),
        SignInError::Service(_) | SignInError::Browser(_) | SignInError::Vault(_) | SignInError::NotReady(_) => None,
    }
}

fn is_about(faulty: Faulty, field: FormField) -> bool {
    match faulty {
        Faulty::Address => field == FormField::Address,
        Faulty::Token => matches!(field, FormField::Token | FormField::Key | FormField::ProxyToken),
    }
}

/// Draws a field with its error; `true` if Enter was pressed in it. A change of the field takes back the failure of
/// the last sign-in.
pub(super) fn field_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    form: &mut SignInForm,
    progress: &mut SignInProgress,
    field: FormField,
    hint: &str,
    error: Option<String>,
) -> bool {
    let name = view.text(field.message());
    let width = ui.available_width().min(measure::DIALOG);
    ui.spacing_mut().item_spacing.y = space::XS;
    ui.label(small(name.as_str()));
    let response = ui
        .scope(|ui| {
            ui.visuals_mut().widgets.inactive.bg_stroke.color = view.colors.tick;
            let edit = TextEdit::singleline(field.of(form))
                .id(field.id())
                .password(field.is_secret())
                .hint_text(hint)
                .align(egui::Align2::LEFT_CENTER);
            ui.add(edit.desired_width(width)).accessible_name(name)
        })
        .inner;
    if response.changed() {
        form.missing.take_if(|missing| *missing == field);
        if progress.failure().is_some() {
            *progress = SignInProgress::Idle;
        }
    }
    let failed = progress.failure().filter(|why| field_of(why).is_some_and(|about| is_about(about, field)));
    let failed = failed.map(|why| why.text(view.i18n));
    if let Some(error) = error.or(failed) {
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_invalid(egui::accesskit::Invalid::True);
            node.set_description(error.as_str());
        });
        let label = icon_label_ui(ui, icons::WARNING, small(error).color(view.colors.alarm));
        announce(ui, label.id);
    }
    ui.add_space(space::S);
    let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if is_entered {
        // If the sign-in is refused, the user goes on typing here.
        response.request_focus();
    }
    is_entered
}

/// Draws the button of a form; `true` if it is submitted. The fields that must be filled come with the sentence that
/// asks for them. `wrong` is the error of a filled field.
#[expect(clippy::too_many_arguments, reason = "each form has its own label, fields and errors")]
pub(super) fn submit_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    form: &mut SignInForm,
    progress: &SignInProgress,
    label: &str,
    needed: &[(FormField, &str)],
    wrong: Option<String>,
    entered: bool,
) -> bool {
    let lacks = needed.iter().copied().find(|(field, _)| field.of(form).trim().is_empty());
    let working = progress.working().map(|id| view.text(id));
    let why_not = working.clone().or_else(|| lacks.map(|(_, sentence)| view.text(sentence))).or(wrong);
    let is_pressed = main_button_ui(ui, label, label, why_not.as_deref()).clicked();
    if entered
        && working.is_none()
        && let Some((field, _)) = lacks
    {
        ui.memory_mut(|memory| memory.request_focus(field.id()));
        form.missing = Some(field);
    }
    if let Some((_, sentence)) = lacks.filter(|(field, _)| form.missing == Some(*field)) {
        let label = ui.label(RichText::new(view.text(sentence)).color(view.colors.warning));
        announce(ui, label.id);
    }
    (is_pressed || entered) && why_not.is_none()
}

/// Draws the choice of the token's place; `true` if Enter was pressed in the field of its passphrase. The keyring comes
/// first; no choice stores the token in a plain file.
pub(super) fn keep_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    form: &mut SignInForm,
    progress: &mut SignInProgress,
) -> bool {
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
    ui.add_space(space::S);
    form.keep == Keep::SealedFile
        && field_ui(ui, view, form, progress, FormField::Passphrase, &view.text("keep-passphrase-hint"), None)
}

/// Draws the field for the passphrase of the sealed file.
pub(in crate::ui::pages) fn unseal_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    form: &mut SignInForm,
    progress: &mut SignInProgress,
) {
    card_ui(ui, |ui| {
        ui.label(title(view.text("unseal-title")));
        let entered = field_ui(ui, view, form, progress, FormField::UnsealPassphrase, "", None);
        let needed = [(FormField::UnsealPassphrase, "unseal-needs-passphrase")];
        if submit_ui(ui, view, form, &SignInProgress::Idle, &view.text("unseal-open"), &needed, None, entered) {
            view.send(AppIntent::Unseal);
        }
    });
}
