//! The forms for servers with an address.

use egui::Ui;

use super::fields::{FormField, SignInForm, field_ui, keep_ui, submit_ui};
use super::{SignInProgress, folding_ui, progress_ui, step_ui};
use crate::accounts::session::SignInFields;
use crate::http::{base_url, local_url};
use crate::ui::intent::AppIntent;
use crate::ui::theme::{icons, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::icon_label_ui;

/// Host of the server that the vendor switched off.
const VENDOR: &str = "developer-api.nest.com";

/// Draws the steps beside the form.
pub(super) fn about_ui(ui: &mut Ui, view: &ViewContext<'_>, fields: SignInFields) {
    ui.label(title(view.text("connect-steps")));
    let steps: &[&str] = match fields {
        SignInFields::TokenOrClient => &["connect-wwn-step-server", "connect-wwn-step-token", "connect-wwn-step-try"],
        SignInFields::AddressOnly | SignInFields::AddressAndKey | SignInFields::GoogleProject => {
            &["connect-nle-step-firmware", "connect-nle-step-own", "connect-nle-step-hosted"]
        }
    };
    for (number, id) in steps.iter().enumerate() {
        step_ui(ui, view, number + 1, &view.text(id));
    }
    match fields {
        SignInFields::AddressOnly => {
            icon_label_ui(ui, icons::WARNING, small(view.text("sign-in-open-server")).color(view.colors.warning));
        }
        SignInFields::AddressAndKey => {
            ui.label(small(view.text("sign-in-hosted")).color(view.colors.muted));
        }
        SignInFields::TokenOrClient | SignInFields::GoogleProject => {}
    }
}

/// The error of an address that cannot be used.
fn address_error(view: &ViewContext<'_>, text: &str, needs_https: bool) -> Option<String> {
    if text.trim().is_empty() {
        return None;
    }
    match if needs_https { base_url(text) } else { local_url(text) } {
        Ok(url) if url.host_str() == Some(VENDOR) => Some(view.text("connect-vendor-is-off")),
        Ok(_) => None,
        Err(error) => Some(view.i18n.localize(&error)),
    }
}

/// The error of an address, unless it is still being typed.
fn shown_error(ui: &Ui, wrong: Option<&String>, field: FormField) -> Option<String> {
    wrong.filter(|_| !ui.memory(|memory| memory.has_focus(field.id()))).cloned()
}

/// Draws the form for a server with a key, or without one: then a proxy before it may want a token.
pub(super) fn server_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    form: &mut SignInForm,
    progress: &mut SignInProgress,
    wants_key: bool,
) {
    let needs_token = wants_key || !form.token.is_empty();
    let wrong = address_error(view, &form.url, needs_token);
    let shown = shown_error(ui, wrong.as_ref(), FormField::Address);
    let mut entered = field_ui(ui, view, form, progress, FormField::Address, "http://192.168.1.10:8082", shown);
    if wants_key {
        entered |= field_ui(ui, view, form, progress, FormField::Key, "nle_…", None);
    } else {
        let hint = view.text("sign-in-proxy-token-hint");
        entered |= field_ui(ui, view, form, progress, FormField::ProxyToken, &hint, None);
    }
    entered |= field_ui(ui, view, form, progress, FormField::Name, &view.text("sign-in-my-home"), None);
    if needs_token {
        entered |= keep_ui(ui, view, form, progress);
    }
    let mut missing = vec![(FormField::Address, "sign-in-needs-address")];
    if wants_key {
        missing.push((FormField::Key, "sign-in-needs-key"));
    }
    if submit_ui(ui, view, form, progress, &view.text("sign-in-add"), &missing, wrong, entered) {
        view.send(AppIntent::SignIn);
    }
    progress_ui(ui, view, progress);
}

/// Draws the form for a server of Works with Nest: a token, or the client of the server's own page.
pub(super) fn token_ui(ui: &mut Ui, view: &mut ViewContext<'_>, form: &mut SignInForm, progress: &mut SignInProgress) {
    let wrong = address_error(view, &form.url, true);
    let shown = shown_error(ui, wrong.as_ref(), FormField::Address);
    let mut entered = field_ui(ui, view, form, progress, FormField::Address, "https://", shown);
    entered |= field_ui(ui, view, form, progress, FormField::Token, "c.…", None);
    entered |= field_ui(ui, view, form, progress, FormField::Name, &view.text("sign-in-my-home"), None);
    entered |= keep_ui(ui, view, form, progress);
    let missing = [(FormField::Address, "sign-in-needs-address"), (FormField::Token, "sign-in-needs-token")];
    if submit_ui(ui, view, form, progress, &view.text("sign-in-with-token"), &missing, wrong.clone(), entered) {
        view.send(AppIntent::SignIn);
    }
    folding_ui(ui, &view.text("sign-in-otherwise"), false, |ui| {
        let page = address_error(view, &form.authorize_url, true);
        let exchange = address_error(view, &form.token_url, true);
        let wrong = wrong.or(page.clone()).or(exchange.clone());
        let pin = view.text("sign-in-pin-hint");
        let fields = [
            (
                FormField::AuthorizeUrl,
                "https://…/login/oauth2",
                shown_error(ui, page.as_ref(), FormField::AuthorizeUrl),
            ),
            (
                FormField::TokenUrl,
                "https://…/oauth2/access_token",
                shown_error(ui, exchange.as_ref(), FormField::TokenUrl),
            ),
            (FormField::Client, "", None),
            (FormField::Secret, "", None),
            (FormField::Pin, pin.as_str(), None),
        ];
        let mut entered = false;
        for (field, hint, error) in fields {
            entered |= field_ui(ui, view, form, progress, field, hint, error);
        }
        let label = if form.pin.is_empty() { "sign-in-in-browser" } else { "sign-in-with-pin" };
        let missing = [
            (FormField::Address, "sign-in-needs-address"),
            (FormField::TokenUrl, "sign-in-needs-client"),
            (FormField::Client, "sign-in-needs-client"),
        ];
        if submit_ui(ui, view, form, progress, &view.text(label), &missing, wrong, entered) {
            view.send(AppIntent::SignInByBrowser);
        }
    });
    progress_ui(ui, view, progress);
}
