//! What became of the last wish, in words, with what can be done about it.

use egui::{Button, RichText, Ui, vec2};

use super::card::dot_ui;
use crate::engine::{Connection, Hold, Phase, Request};
use crate::home::Slot;
use crate::ui::intent::Intent;
use crate::ui::theme::colors;
use crate::ui::theme::tokens::size;
use crate::ui::view::View;

type MakeRequest = fn(Slot) -> Request;

/// Draws the state of a slot; nothing when it is confirmed.
pub(super) fn status_ui(ui: &mut Ui, view: &mut View<'_>, slot: &Slot) {
    let Some(state) = view.state(slot).cloned() else { return };
    let colors = colors(ui.visuals());
    let value = match state.wish.value_text() {
        // "on" alone does not begin a sentence.
        word if word == "on" || word == "off" => format!("{} {word}", slot.field.title()),
        value => value,
    };
    let (color, text) = match &state.phase {
        Phase::Waiting { hold: Hold::Settling, .. } => (colors.muted, format!("{value} · sends in a moment")),
        Phase::Waiting { hold: Hold::Offline, expires, .. } => {
            (colors.warning, format!("{value} is queued, kept until {}", view.clock(*expires)))
        }
        Phase::Waiting { hold: Hold::RateLimited, until, .. } => match until {
            Some(until) => {
                (colors.warning, format!("{value} waits for the rate limit until {}", view.clock_with_seconds(*until)))
            }
            None => (colors.warning, format!("{value} waits for the rate limit")),
        },
        Phase::Waiting { hold: Hold::SignIn, .. } => (colors.warning, format!("{value} waits until you sign in")),
        Phase::Sending => (colors.muted, format!("Sending {value}…")),
        Phase::Confirming => (colors.muted, format!("{value} accepted, waiting for the device…")),
        Phase::Conflict { theirs } => {
            (colors.warning, format!("Changed elsewhere to {}; you asked for {value}", theirs.value_text()))
        }
        Phase::Failed { why, at } => (colors.alarm, format!("{value} was not set at {}: {why}", view.clock(*at))),
    };
    let actions: &[(&str, MakeRequest)] = match &state.phase {
        Phase::Waiting { hold: Hold::Settling, .. } => &[("Undo", Request::Discard), ("Send now", Request::SendNow)],
        Phase::Waiting { .. } => &[("Undo", Request::Discard)],
        Phase::Sending | Phase::Confirming => &[],
        Phase::Conflict { .. } => &[("Keep mine", Request::KeepMine), ("Take theirs", Request::TakeTheirs)],
        Phase::Failed { .. } => &[("Retry", Request::Retry), ("Dismiss", Request::Discard)],
    };
    ui.horizontal_wrapped(|ui| {
        dot_ui(ui, color);
        ui.label(RichText::new(text).size(size::SMALL).color(color));
        for (label, request) in actions {
            let name = format!("{label}, {}", slot.field.title());
            let button = Button::new(RichText::new(*label).size(size::SMALL)).min_size(vec2(0.0, 26.0));
            if ui.add(button).accessible_name(name).clicked() {
                if matches!(state.phase, Phase::Waiting { .. } | Phase::Conflict { .. }) {
                    view.drafts.drop(slot);
                }
                view.ask(Intent::Engine(request(slot.clone())));
            }
        }
    });
}

/// The line to the service in words, and whether it is fine.
pub(crate) fn connection_text(connection: &Connection, view: &View<'_>) -> (bool, String) {
    match connection {
        Connection::Connecting => (false, "connecting…".to_owned()),
        Connection::Live => (true, "live".to_owned()),
        Connection::Stale { since } => (false, format!("silent since {}", view.clock(*since))),
        Connection::Reconnecting { since, retry_at, .. } => match retry_at {
            Some(at) => {
                let (since, at) = (view.clock(*since), view.clock_with_seconds(*at));
                (false, format!("offline since {since}, next try at {at}"))
            }
            None => (false, format!("offline since {}, connecting…", view.clock(*since))),
        },
        Connection::SignedOut { .. } => (false, "signed out".to_owned()),
    }
}
