//! The accounts of the settings: the connection of each, its limits, and the actions on it.

use egui::{TextEdit, Ui};

use crate::accounts::AccountSnapshot;
use crate::accounts::session::ServiceEntry;
use crate::accounts::settings::{Account, Settings};
use crate::ui::intent::{AccountIntent, AppIntent, Page, UiIntent};
use crate::ui::theme::tokens::{measure, size};
use crate::ui::theme::{icons, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{
    at_the_right, button_or_why_ui, button_ui, card_ui, connection_text, dot_ui, icon_label_ui, main_button_ui,
    plain_row_ui, quiet_button_ui,
};

/// The account that is being renamed, with the typed name.
#[derive(Debug, Default)]
pub struct Renaming(Option<(String, String)>);

/// Draws a card for each account, and one for the simulated home.
pub(super) fn accounts_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    settings: &Settings,
    shown: &[&str],
    renaming: &mut Renaming,
) {
    let snapshot = view.snapshot;
    let state_of = |key: &str| snapshot.accounts.iter().find(|account| account.key == key);
    ui.horizontal(|ui| {
        ui.label(title(view.text("settings-accounts")));
        at_the_right(ui, "add", |ui| {
            let add = view.text("accounts-add");
            if main_button_ui(ui, format!("{} {add}", icons::PLUS), &add, None).clicked() {
                view.send(UiIntent::Go(Page::Connect));
            }
        });
    });
    let last = settings.accounts.len().saturating_sub(1);
    for (index, account) in settings.accounts.iter().enumerate() {
        let state = state_of(&account.id);
        let place = (index == 0, index == last);
        ui.push_id(account.id.as_str(), |ui| card_ui(ui, |ui| account_ui(ui, view, account, state, place, renaming)));
    }
    // The account of the environment is not in the settings.
    if let Some(state) = state_of("environment") {
        card_ui(ui, |ui| {
            ui.label(title(view.i18n.localize(&state.label.name)));
            ui.label(small(state.label.place.as_str()).color(view.colors.muted));
            state_ui(ui, view, state);
        });
    }
    card_ui(ui, |ui| others_ui(ui, view, settings, shown));
}

/// Draws the row of the simulated home. If it or a single account is shown, it also draws the button that shows
/// all accounts again.
fn others_ui(ui: &mut Ui, view: &mut ViewContext<'_>, settings: &Settings, shown: &[&str]) {
    let simulated = view.text("simulated-home");
    let is_simulated = view.snapshot.is_simulated();
    plain_row_ui(ui, view, &simulated, &view.text("simulated-home-about"), |ui, view| {
        if is_simulated {
            dot_ui(ui, view.colors.eco);
            ui.label(small(view.text("settings-account-open")));
            return;
        }
        let label = view.i18n.format("settings-account-switch", [("name", simulated.as_str().into())]);
        if button_ui(ui, view.text("open"), &label).clicked() {
            view.send(AppIntent::OpenSimulated);
        }
    });
    let is_hidden = settings.accounts.iter().any(|account| !shown.contains(&account.id.as_str()));
    if is_hidden {
        ui.separator();
        let label = view.text("accounts-show");
        if button_ui(ui, &label, &label).clicked() {
            view.send(AppIntent::OpenAccounts);
        }
    }
}

fn account_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    account: &Account,
    state: Option<&AccountSnapshot>,
    (is_first, is_last): (bool, bool),
    renaming: &mut Renaming,
) {
    let named = |view: &ViewContext<'_>, id: &str| view.i18n.format(id, [("name", account.name.as_str().into())]);
    let ask = |view: &mut ViewContext<'_>, intent| view.send(AppIntent::Account(account.id.clone(), intent));
    ui.horizontal(|ui| {
        icon_label_ui(ui, icons::HOME, title(account.name.as_str()));
        at_the_right(ui, "actions", |ui| {
            let (up, down, rename) =
                (named(view, "preset-up"), named(view, "preset-down"), named(view, "account-rename"));
            if !is_first && quiet_button_ui(ui, icons::RAISE, &up).on_hover_text(&up).clicked() {
                ask(view, AccountIntent::Move { up: true });
            }
            if !is_last && quiet_button_ui(ui, icons::LOWER, &down).on_hover_text(&down).clicked() {
                ask(view, AccountIntent::Move { up: false });
            }
            if quiet_button_ui(ui, icons::PENCIL, &rename).on_hover_text(&rename).clicked() {
                renaming.0 = Some((account.id.clone(), account.name.clone()));
            }
        });
    });
    rename_ui(ui, view, account, renaming);
    let service = ServiceEntry::at(account.kind, &account.url).kind.title();
    let about = small(format!("{service} · {}", account.url)).color(view.colors.muted);
    ui.add(egui::Label::new(about).wrap());
    match state {
        Some(state) => state_ui(ui, view, state),
        None => {
            ui.label(small(view.text("account-not-shown")).color(view.colors.muted));
        }
    }
    ui.horizontal_wrapped(|ui| {
        let (again, edit, out) =
            (named(view, "account-reconnect"), named(view, "account-sign-in"), named(view, "account-sign-out"));
        if button_ui(ui, view.text("sign-in-again"), &edit).clicked() {
            ask(view, AccountIntent::Edit);
        }
        if state.is_some() && button_ui(ui, view.text("action-reconnect"), &again).clicked() {
            ask(view, AccountIntent::Reopen);
        }
        if button_ui(ui, view.text("sign-out"), &out).clicked() {
            ask(view, AccountIntent::SignOut);
        }
    });
}

/// Draws the connection, the remaining budget of writes, and the limits of the service.
fn state_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &AccountSnapshot) {
    let (fine, line) = connection_text(state.connection(), view);
    ui.scope(|ui| {
        // The line has no controls, so it is only as high as its text.
        ui.spacing_mut().interact_size.y = 18.0;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            dot_ui(ui, if fine { view.colors.eco } else { view.colors.warning });
            ui.add(egui::Label::new(small(line)).wrap());
        });
    });
    let home = &state.snapshot.confirmed;
    let devices = i64::try_from(home.device_count()).unwrap_or(i64::MAX);
    let devices = view.i18n.format("account-devices", [("count", devices.into())]);
    let left = view.i18n.format("settings-writes-left", [("count", i64::from(state.snapshot.writes_left).into())]);
    ui.add(egui::Label::new(small(format!("{devices} · {left}"))).wrap());
    // The devices of an account may differ; the first that lacks something tells of the service.
    let lacks = home.capabilities().find_map(|own| Some((own.service()?, own.lacking_fields())));
    if let Some((service, fields)) = lacks {
        let fields: Vec<String> = fields.iter().map(|f| view.i18n.localize(f)).collect();
        let text = view
            .i18n
            .format("account-lacks", [("service", service.title().into()), ("fields", fields.join(", ").into())]);
        ui.add(egui::Label::new(small(text).color(view.colors.muted)).wrap());
    }
}

fn rename_ui(ui: &mut Ui, view: &mut ViewContext<'_>, account: &Account, renaming: &mut Renaming) {
    let Some((_, text)) = renaming.0.as_mut().filter(|(id, _)| *id == account.id) else { return };
    let name = view.i18n.format("account-name-of", [("name", account.name.as_str().into())]);
    let mut is_over = false;
    ui.horizontal_wrapped(|ui| {
        ui.visuals_mut().widgets.inactive.bg_stroke.color = view.colors.tick;
        let edit = TextEdit::singleline(text).desired_width(measure::TOAST * 0.6);
        let response = ui.add(edit).accessible_name(name);
        let trimmed = text.trim();
        let is_same = trimmed == account.name;
        let why_not = if is_same {
            Some(view.text("save-unchanged"))
        } else {
            trimmed.is_empty().then(|| view.text("account-name-empty"))
        };
        let save = view.text("save");
        let label = view.i18n.format("account-keep-name", [("name", trimmed.into())]);
        let pressed = button_or_why_ui(ui, egui::RichText::new(save).size(size::BODY), &label, why_not.as_deref());
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let escaped = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Escape));
        if (pressed.clicked() || entered) && why_not.is_none() {
            view.send(AppIntent::Account(account.id.clone(), AccountIntent::Rename(trimmed.to_owned())));
            is_over = true;
        }
        is_over |= escaped || (entered && is_same);
    });
    if is_over {
        renaming.0 = None;
    }
}
