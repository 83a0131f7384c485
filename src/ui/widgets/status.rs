//! The state of the last write as text, with buttons for its remedies.

use egui::{Color32, Ui};

use super::action_line::{ActionLine, Bullet, action_line_ui};
use crate::engine::{Connection, FailureCause, Phase, Request, WaitReason, WriteState};
use crate::home::{Slot, Write, check_request};
use crate::ui::intent::AppIntent;
use crate::ui::view::ViewContext;

type MakeRequest = fn(Slot) -> Request;

/// The state of a pending write as text, with its colour.
pub(crate) fn status_text(view: &ViewContext<'_>, state: &WriteState) -> (Color32, String) {
    let i18n = view.i18n;
    let colors = view.colors;
    let value = view.value(&state.write);
    let with_value = |id| i18n.format(id, [("value", value.as_str().into())]);
    let until = |id, time: String| i18n.format(id, [("value", value.as_str().into()), ("time", time.into())]);
    match &state.phase {
        Phase::Waiting { reason: WaitReason::Settling, .. } => (colors.muted, with_value("status-settling")),
        Phase::Waiting { reason: WaitReason::Offline, expires, .. } => {
            (colors.warning, until("status-offline", view.clock(*expires)))
        }
        Phase::Waiting { reason: WaitReason::RateLimited, until: at, .. } => match at {
            Some(at) => (colors.warning, until("status-limited-until", view.clock_with_seconds(*at))),
            None => (colors.warning, with_value("status-limited")),
        },
        Phase::Waiting { reason: WaitReason::ServiceAsks, until: at, .. } => match at {
            Some(at) => (colors.warning, until("status-asked-until", view.clock_with_seconds(*at))),
            None => (colors.warning, with_value("status-asked")),
        },
        Phase::Waiting { reason: WaitReason::Unanswered, .. } => (colors.warning, with_value("status-unanswered")),
        Phase::Waiting { reason: WaitReason::SignIn, .. } => (colors.warning, with_value("status-sign-in")),
        Phase::Waiting { reason: WaitReason::Turn, .. } => (colors.muted, with_value("status-after")),
        Phase::Sending => (colors.muted, with_value("status-sending")),
        Phase::Confirming => (colors.muted, with_value("status-confirming")),
        Phase::Conflict { theirs } => {
            let theirs = view.value(theirs);
            let text = i18n.format("status-conflict", [("value", value.as_str().into()), ("theirs", theirs.into())]);
            (colors.warning, text)
        }
        Phase::Failed { why, at } => ended_text(view, &value, why, *at),
    }
}

/// The outcome of a write that the home does not show, as text. An accepted write, or one that may have arrived,
/// must not be called "not set".
fn ended_text(view: &ViewContext<'_>, value: &str, why: &FailureCause, at: jiff::Timestamp) -> (Color32, String) {
    let (i18n, colors, time) = (view.i18n, view.colors, view.clock(at));
    let (color, id, name, detail) = match why {
        FailureCause::NotShown(shown) => {
            (colors.warning, "status-not-shown", "shown", shown_text(view, shown.as_ref()))
        }
        FailureCause::MayHaveArrived(reason) => {
            (colors.warning, "status-may-have-arrived", "why", i18n.localize(reason))
        }
        FailureCause::Refused(_) | FailureCause::TooLong => (colors.alarm, "status-failed", "why", why_text(view, why)),
    };
    (color, i18n.format(id, [("value", value.into()), ("time", time.into()), (name, detail.into())]))
}

fn shown_text(view: &ViewContext<'_>, shown: Option<&Write>) -> String {
    shown.map_or_else(|| view.text("value-none"), |shown| view.value(shown))
}

/// The reason why a write failed, as text.
pub(crate) fn why_text(view: &ViewContext<'_>, why: &FailureCause) -> String {
    match why {
        // The value in the user's language and time zone.
        FailureCause::NotShown(shown) => {
            view.i18n.format("why-not-shown", [("shown", shown_text(view, shown.as_ref()).into())])
        }
        FailureCause::Refused(_) | FailureCause::MayHaveArrived(_) | FailureCause::TooLong => view.i18n.localize(why),
    }
}

/// Draws the write state of a slot; draws nothing if it is confirmed.
pub(super) fn status_ui(ui: &mut Ui, view: &mut ViewContext<'_>, slot: &Slot) {
    let Some(state) = view.state(slot).cloned() else { return };
    let (color, text) = status_text(view, &state);
    let i18n = view.i18n;
    let actions: &[(&str, MakeRequest)] = match &state.phase {
        Phase::Waiting { reason: WaitReason::Settling, .. } => {
            &[("cancel", Request::Discard), ("send-now", Request::SendNow)]
        }
        Phase::Waiting { reason: WaitReason::ServiceAsks, .. } => {
            &[("cancel", Request::Discard), ("send-anyway", Request::SendNow)]
        }
        Phase::Waiting { .. } => &[("cancel", Request::Discard)],
        Phase::Sending | Phase::Confirming => &[],
        Phase::Conflict { .. } => &[("keep-mine", Request::KeepMine), ("take-theirs", Request::TakeTheirs)],
        // The rules refuse this write now, so do not offer a retry.
        Phase::Failed { .. } if check_request(&view.snapshot.shown, &state.write, view.now).is_err() => {
            &[("dismiss", Request::Discard)]
        }
        Phase::Failed { .. } => &[("retry", Request::Retry), ("dismiss", Request::Discard)],
    };
    let field = i18n.localize(&slot.field);
    let named = |(id, _): &(&str, MakeRequest)| {
        let label = i18n.text(id).into_owned();
        let name = format!("{label}, {field}");
        (label, name)
    };
    let buttons: Vec<_> = actions.iter().map(named).collect();
    let line = ActionLine { bullet: Bullet::Dot(color), text: &text, color, buttons: &buttons, is_wide: false };
    let (label, pressed) = action_line_ui(ui, ui.make_persistent_id(("status", slot)), &line);
    // A live region, so that screen readers announce changes.
    ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
    if let Some((_, request)) = pressed.and_then(|index| actions.get(index)) {
        if matches!(state.phase, Phase::Waiting { .. } | Phase::Conflict { .. }) {
            view.drafts.drop(slot);
        }
        view.send(AppIntent::Engine(request(slot.clone())));
    }
}

/// The state of the connection as text, and true if it works.
pub(crate) fn connection_text(connection: &Connection, view: &ViewContext<'_>) -> (bool, String) {
    let say = |id: &str| view.i18n.text(id).into_owned();
    match connection {
        Connection::Connecting => (false, say("line-connecting")),
        Connection::Live => (true, say("line-live")),
        Connection::Stale { since } => (false, view.i18n.format("line-silent", [("time", view.clock(*since).into())])),
        Connection::Reconnecting { since, retry_at, .. } => {
            let since = view.clock(*since);
            let text = match retry_at {
                Some(at) => view.i18n.format(
                    "line-offline-until",
                    [("since", since.into()), ("time", view.clock_with_seconds(*at).into())],
                ),
                None => view.i18n.format("line-offline", [("since", since.into())]),
            };
            (false, text)
        }
        Connection::SignedOut { .. } => (false, say("line-signed-out")),
        Connection::Closed => (false, say("line-closed")),
    }
}
