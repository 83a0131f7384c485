//! The banner above the page: failed connections and notices, with their remedies.

use std::fmt::Debug;
use std::hash::Hash;

use egui::{Frame, Margin, Panel, Ui};

use super::action::Action;
use super::intent::{AccountIntent, AppIntent, Intent, UiIntent};
use super::notice::Notice;
use super::pages::SettingsSection;
use super::theme::icons;
use super::theme::tokens::measure;
use super::view::ViewContext;
use super::widgets::{ActionLine, Bullet, action_line_ui};
use crate::accounts::AccountSnapshot;
use crate::accounts::session::SessionError;
use crate::engine::Connection;
use crate::service::Reason;

/// A failed connection to a service, with the remedies of the user.
struct ConnectionProblem {
    words: String,
    /// The id of the account in the settings, if there are several.
    account: Option<String>,
    may_sign_in: bool,
    may_retry: bool,
}

/// The failed connections, each with its account if there are several.
fn connection_problems(view: &ViewContext<'_>, failures: &[(&str, &SessionError)]) -> Vec<ConnectionProblem> {
    let several = view.snapshot.has_several();
    let of = |account: &AccountSnapshot| {
        let signed_out = matches!(account.connection(), Connection::SignedOut { .. });
        // A locked keyring needs only another try after the user unlocks it; other failures need the settings
        // page.
        let closed = *account.connection() == Connection::Closed;
        let name = view.i18n.localize(&account.label.name);
        let line = |why: String| {
            if !several {
                return why;
            }
            view.i18n.format("account-line", [("name", name.as_str().into()), ("line", why.into())])
        };
        let words = match account.connection() {
            // People know the name that they gave, not the address; the settings show the address.
            Connection::Reconnecting { why: Some(Reason::Unreachable { cause, .. }), .. } => {
                view.i18n.localize(&Reason::Unreachable { host: name.clone(), cause: cause.clone() })
            }
            Connection::Reconnecting { why: Some(why), .. } | Connection::SignedOut { why } => {
                line(view.i18n.localize(why))
            }
            Connection::Reconnecting { why: None, .. } => line(view.text("line-connecting")),
            Connection::Closed => {
                let failure = failures.iter().find(|(key, _)| !several || *key == account.key);
                line(view.i18n.localize(failure?.1))
            }
            Connection::Connecting | Connection::Live | Connection::Stale { .. } => return None,
        };
        Some(ConnectionProblem {
            words,
            account: several.then(|| account.key.clone()),
            may_sign_in: signed_out || closed && !account.label.is_simulated(),
            may_retry: !signed_out,
        })
    };
    view.snapshot.accounts.iter().filter_map(of).collect()
}

/// Draws failed connections and notices; draws no panel if there are none.
pub(super) fn banner_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    failures: &[(&str, &SessionError)],
    notices: &[Notice],
) {
    let warnings = connection_problems(view, failures);
    let own: Vec<_> = view.snapshot.notices().collect();
    if warnings.is_empty() && own.is_empty() && notices.is_empty() {
        return;
    }
    let side = if ui.available_width() < measure::NARROW { 12 } else { 24 };
    let frame = Frame::new().fill(view.colors.raised).inner_margin(Margin::symmetric(side, 8));
    Panel::top("banner").frame(frame).resizable(false).show(ui, |ui| {
        for warning in warnings {
            connection_problem_ui(ui, view, warning);
        }
        for (id, warning) in own {
            if notice_ui(ui, view, ("warning", id), &view.i18n.localize(warning)) {
                view.send(AppIntent::DismissWarning(id));
            }
        }
        for (index, note) in notices.iter().enumerate() {
            if notice_ui(ui, view, ("notice", index), &note.text(view.i18n)) {
                view.send(AppIntent::DismissNotice(index));
            }
        }
    });
}

/// Draws a notice; `true` if it was dismissed.
fn notice_ui(ui: &mut Ui, view: &ViewContext<'_>, salt: impl Hash + Debug, text: &str) -> bool {
    let name = view.i18n.format("dismiss-what", [("what", text.into())]);
    banner_line_ui(ui, view, salt, text, &[(view.text("dismiss"), name)]).is_some()
}

fn banner_line_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    salt: impl Hash + Debug,
    text: &str,
    buttons: &[(String, String)],
) -> Option<usize> {
    let bullet = Bullet::Icon(icons::WARNING, view.colors.warning);
    let line = ActionLine { bullet, text, color: view.colors.text, buttons, is_wide: true };
    action_line_ui(ui, ui.make_persistent_id(salt), &line).1
}

fn connection_problem_ui(ui: &mut Ui, view: &mut ViewContext<'_>, warning: ConnectionProblem) {
    let ConnectionProblem { words, account, may_sign_in, may_retry } = warning;
    // Screen readers need the account in the name of the button.
    let named = |label: String| match &account {
        Some(_) => (label.clone(), format!("{label} ({words})")),
        None => (label.clone(), label),
    };
    let sign_in = may_sign_in.then(|| (named(view.text("sign-in-again")), true));
    let again = may_retry.then(|| (named(view.text("try-now")), false));
    let (buttons, signs_in): (Vec<_>, Vec<_>) = sign_in.into_iter().chain(again).unzip();
    let pressed = banner_line_ui(ui, view, ("problem", &account), &words, &buttons);
    match pressed.and_then(|index| signs_in.get(index)) {
        Some(true) => {
            let id = account.clone().or_else(|| view.snapshot.only().map(|only| only.key.clone()));
            view.send(match id {
                Some(id) => Intent::from(AppIntent::Account(id, AccountIntent::Edit)),
                None => UiIntent::ShowSettings(SettingsSection::Accounts).into(),
            });
        }
        Some(false) => view.send(match account {
            Some(id) => Intent::from(AppIntent::Account(id, AccountIntent::Reopen)),
            None => UiIntent::Action(Action::Reconnect).into(),
        }),
        None => {}
    }
}
