//! The response to a request: its status, its parts, and its effect on the home.

use egui::{Color32, Frame, RichText, ScrollArea, Ui};

use super::body;
use crate::engine::{Outcome, SubmitOutcome};
use crate::requests::{Exchange, ExchangeEnd};
use crate::ui::console::{AnswerPart, AnswerState, ConsoleAnswer, ConsoleState};
use crate::ui::theme::tokens::{size, space};
use crate::ui::theme::{icons, mono, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{card_ui, icon_label_ui, icon_ui, segmented_ui};

/// Most changes of the home in the list.
const CHANGES: usize = 100;
/// Most characters of a value.
const VALUE: usize = 200;
/// A mebibyte in bytes.
const MIB: usize = 1024 * 1024;

/// Draws the response in the remaining height, or in a fixed height.
pub(super) fn answer_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &mut ConsoleState, height: Option<f32>) {
    // Beside the request the card fills the page; below it, the card has its full height only with a response.
    let is_high = height.is_none() || state.answer.is_some();
    let height = height.unwrap_or_else(|| ui.available_height() - space::S);
    card_ui(ui, |ui| {
        if is_high {
            ui.set_min_height((height - 2.0 * space::L).max(0.0));
        }
        let Some(answer) = &state.answer else {
            ui.label(title(view.text("console-answer")));
            ui.label(small(view.text("console-answer-none")).color(view.colors.muted));
            return;
        };
        let sent = format!("{} {}", answer.draft.method.word(), answer.draft.path);
        ui.add(egui::Label::new(RichText::new(sent).font(mono(size::SMALL)).color(view.colors.muted)).truncate());
        match &answer.state {
            AnswerState::Wire { .. } => wire_ui(ui, view, state, height),
            AnswerState::Writing(_) => {
                ui.label(view.text("console-writing"));
            }
            AnswerState::Written(made) => {
                if let Some(outside) = &answer.outside {
                    status_ui(ui, view, state, outside);
                }
                written_ui(ui, view, made.as_ref());
                ui.separator();
                reaction_ui(ui, view, answer, height);
                if let Some(outside) = &answer.outside {
                    ui.separator();
                    ui.label(title(view.text("console-headers")));
                    headers_ui(ui, view, outside);
                }
            }
        }
    });
}

fn wire_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &mut ConsoleState, height: f32) {
    let Some(exchange) = state.exchange() else { return };
    status_ui(ui, view, state, &exchange);
    let parts = [
        (AnswerPart::Body, view.text(if exchange.events.is_empty() { "console-body-part" } else { "console-events" })),
        (AnswerPart::Headers, view.text("console-headers")),
        (AnswerPart::Reaction, view.text("console-reaction")),
    ];
    let picked = ui.horizontal(|ui| segmented_ui(ui, &view.text("console-parts"), Some(&state.part), &parts)).inner;
    state.part = picked.unwrap_or(state.part);
    ui.separator();
    match state.part {
        AnswerPart::Body => body::body_ui(ui, view, state, &exchange, height),
        AnswerPart::Headers => headers_ui(ui, view, &exchange),
        AnswerPart::Reaction => {
            if let Some(answer) = &state.answer {
                reaction_ui(ui, view, answer, height);
            }
        }
    }
}

/// Draws the status, such as `200 OK · 124 ms · 3.4 kB`, and the reason if the response ended early.
fn status_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &ConsoleState, exchange: &Exchange) {
    let color = |status: u16| match status {
        200..=299 => view.colors.eco,
        300..=399 => view.colors.muted,
        _ => view.colors.warning,
    };
    ui.horizontal_wrapped(|ui| {
        if let Some(head) = &exchange.head {
            let words = format!("{} {}", head.status, head.reason);
            ui.label(title(words).color(color(head.status)));
        } else if exchange.end.is_none() {
            ui.label(title(view.text("console-asking")));
        }
        let milliseconds = exchange.took.as_millis();
        let size =
            if exchange.received > 0 { format!(" · {}", bytes(view, exchange.received)) } else { String::new() };
        let facts = format!("{milliseconds} ms{size}");
        ui.label(small(facts).color(view.colors.muted));
        if exchange.hops.len() > 1 {
            let hops: Vec<String> = exchange.hops.iter().map(|hop| hop.status.to_string()).collect();
            ui.label(small(hops.join(" › ")).color(view.colors.muted));
        }
        if state.answer.as_ref().is_some_and(|answer| answer.is_raw) {
            ui.label(small(view.text("console-was-raw")).color(view.colors.warning));
        }
    });
    let is_stopped = match state.answer.as_ref().map(|answer| &answer.state) {
        Some(AnswerState::Wire { is_stopped, .. }) => *is_stopped,
        Some(AnswerState::Writing(_) | AnswerState::Written(_)) | None => false,
    };
    let words = match &exchange.end {
        None if is_stopped => Some(view.text("console-stopped")),
        Some(ExchangeEnd::Stopped) => Some(view.text("console-stopped")),
        None | Some(ExchangeEnd::Whole) => None,
        Some(ExchangeEnd::Cut { limit }) => {
            Some(view.i18n.format("console-cut", [("megabytes", (limit / MIB).to_string().into())]))
        }
        Some(ExchangeEnd::NotFollowed(refused)) => Some(view.i18n.localize(refused)),
        Some(ExchangeEnd::TimedOut(within)) => {
            Some(view.i18n.format("console-timed-out", [("seconds", within.as_secs().to_string().into())]))
        }
        Some(ExchangeEnd::Failed(failure)) => Some(view.i18n.localize(&failure.reason)),
    };
    if let Some(words) = words {
        icon_label_ui(ui, icons::WARNING, small(words).color(view.colors.warning));
    }
}

/// A number of bytes with a suitable unit.
fn bytes(view: &ViewContext<'_>, count: usize) -> String {
    let number = |of: f64| view.i18n.decimal(of, 1);
    match count {
        0..=999 => format!("{count} B"),
        1000..=999_999 => format!("{} kB", number(count as f64 / 1000.0)),
        _ => format!("{} MB", number(count as f64 / 1_000_000.0)),
    }
}

fn headers_ui(ui: &mut Ui, view: &ViewContext<'_>, exchange: &Exchange) {
    let line = |ui: &mut Ui, text: String, color: Color32| {
        ui.add(egui::Label::new(RichText::new(text).font(mono(size::SMALL)).color(color)).wrap().selectable(true));
    };
    ScrollArea::vertical().id_salt("console-headers").auto_shrink([false, true]).show(ui, |ui| {
        for hop in &exchange.hops {
            line(ui, format!("{}  {} ms  {}", hop.status, hop.took.as_millis(), hop.url), view.colors.muted);
        }
        if let Some(head) = &exchange.head {
            ui.add_space(space::S);
            line(ui, format!("{} {} {}", head.version, head.status, head.reason), view.colors.text);
            for (name, value) in &head.headers {
                line(ui, format!("{name}: {value}"), view.colors.text);
            }
        }
    });
}

/// Draws the outcome of writes that the engine sent.
fn written_ui(ui: &mut Ui, view: &ViewContext<'_>, made: Option<&SubmitOutcome>) {
    let Some(made) = made else {
        ui.label(view.text("not-taken"));
        return;
    };
    for record in &made.records {
        let (color, words) = match &record.outcome {
            Outcome::Done => (view.colors.eco, view.text("console-done")),
            Outcome::Accepted => (view.colors.muted, view.text("console-accepted")),
            Outcome::Refused(why) => (view.colors.warning, view.i18n.localize(why)),
            Outcome::Unconfirmed => (view.colors.warning, view.text("console-unconfirmed")),
            Outcome::MayHaveArrived(why) => (
                view.colors.warning,
                view.i18n.format("why-may-have-arrived", [("why", view.i18n.localize(why).into())]),
            ),
            Outcome::Expired => (view.colors.warning, view.text("console-expired")),
            Outcome::Discarded => (view.colors.muted, view.text("console-discarded")),
        };
        ui.horizontal_wrapped(|ui| {
            icon_ui(ui, icons::ACTIVITY, size::BODY, color);
            ui.label(crate::ui::pages::change_text(view, record));
        });
        ui.label(small(words).color(color));
    }
    for slot in &made.unchanged {
        let field = view.i18n.localize(&slot.field);
        ui.label(view.i18n.format("console-unchanged", [("what", field.into())]));
    }
    for slot in &made.superseded {
        let field = view.i18n.localize(&slot.field);
        ui.label(view.i18n.format("console-superseded", [("what", field.into())]));
    }
    for waiting in &made.waiting {
        let field = view.i18n.localize(&waiting.slot.field);
        icon_label_ui(ui, icons::CLOCK, RichText::new(view.i18n.format("console-waiting", [("what", field.into())])));
    }
}

/// Draws the changes that the event stream of the home reported since the request.
fn reaction_ui(ui: &mut Ui, view: &ViewContext<'_>, answer: &ConsoleAnswer, height: f32) {
    ui.label(title(view.text("console-reaction")));
    let (_, changes) = &answer.reaction;
    if changes.is_empty() {
        ui.label(small(view.text("console-reaction-none")).color(view.colors.muted));
        return;
    }
    ScrollArea::vertical().id_salt("console-reaction").max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for change in changes.iter().take(CHANGES) {
            let value = |value: &Option<serde_json::Value>| match value {
                // A value may be a whole picture as text.
                Some(value) => value.to_string().chars().take(VALUE).collect(),
                None => "–".to_owned(),
            };
            Frame::new().show(ui, |ui| {
                ui.add(egui::Label::new(small(change.pointer.as_str()).color(view.colors.muted)).wrap());
                let words = format!("{} → {}", value(&change.old), value(&change.new));
                ui.add(egui::Label::new(RichText::new(words).font(mono(size::SMALL))).wrap());
            });
        }
        if changes.len() > CHANGES {
            let more = (changes.len() - CHANGES).to_string();
            ui.label(small(view.i18n.format("console-more-changes", [("count", more.into())])));
        }
    });
}
