//! Toasts: what came of a change, with the way back. The log keeps all of it; a toast is gone
//! after a while, and stays while a hand or the focus is on it.

use std::collections::VecDeque;

use egui::{Align2, Area, CornerRadius, Frame, Margin, Order, RichText, Role, Stroke, Ui, UiBuilder, vec2};
use jiff::{SignedDuration, Timestamp};

use super::action::Action;
use super::intent::Intent;
use super::pages::{change_text, undo_intent};
use super::theme::tokens::{measure, radius, space};
use super::theme::{icons, small};
use super::view::View;
use super::widgets::{button_ui, quiet_button_ui};
use crate::engine::{Outcome, Record, Snapshot, Who};
use crate::home::{Scale, Setpoint, Write};

/// How long a toast stays.
const STAYS: SignedDuration = SignedDuration::from_secs(6);
/// How long after a big jump, which may have been a slip.
const STAYS_LONG: SignedDuration = SignedDuration::from_secs(10);
/// How many are shown at once.
const SHOWN: usize = 3;

/// The toasts on show.
#[derive(Debug, Default)]
pub(super) struct Toasts {
    /// The newest record that was looked at; `None` before the first snapshot.
    seen: Option<u64>,
    shown: VecDeque<Toast>,
}

#[derive(Debug)]
struct Toast {
    record: Record,
    until: Timestamp,
}

impl Toasts {
    /// Makes toasts of what is new in the journal.
    pub(super) fn look(&mut self, snapshot: &Snapshot, now: Timestamp) {
        let newest = snapshot.journal.front().map_or(0, |record| record.id);
        let Some(seen) = self.seen.replace(newest) else { return };
        if newest < seen {
            // Another account.
            self.shown.clear();
            return;
        }
        let new: Vec<&Record> = snapshot.journal.iter().take_while(|record| record.id > seen).collect();
        for record in new.into_iter().rev().filter(|record| is_worth_a_toast(record)) {
            let stays = if is_big_jump(record) { STAYS_LONG } else { STAYS };
            let until = now.checked_add(stays).unwrap_or(Timestamp::MAX);
            self.shown.retain(|toast| toast.record.slot != record.slot);
            self.shown.push_back(Toast { record: record.clone(), until });
        }
        while self.shown.len() > SHOWN {
            self.shown.pop_front();
        }
    }

    /// Draws them.
    pub(super) fn ui(&mut self, ui: &Ui, view: &mut View<'_>) {
        self.shown.retain(|toast| toast.until > view.now);
        if self.shown.is_empty() {
            return;
        }
        let narrow = ui.ctx().content_rect().width() < measure::NARROW;
        let offset = if narrow { vec2(-12.0, -90.0) } else { vec2(-24.0, -24.0) };
        let area = Area::new(egui::Id::unique("toasts")).order(Order::Foreground).anchor(Align2::RIGHT_BOTTOM, offset);
        let mut gone = None;
        let width = measure::TOAST.min(ui.ctx().content_rect().width() - 24.0);
        let inner = area.show(ui.ctx(), |ui| {
            ui.set_max_width(width);
            for (index, toast) in self.shown.iter().enumerate() {
                if toast_ui(ui, view, toast, width) {
                    gone = Some(index);
                }
            }
        });
        let held = inner.response.contains_pointer();
        if held {
            let until = view.now.checked_add(STAYS).unwrap_or(Timestamp::MAX);
            self.shown.iter_mut().for_each(|toast| toast.until = toast.until.max(until));
        }
        if let Some(index) = gone {
            self.shown.remove(index);
        }
        if let Some(next) = self.shown.iter().map(|toast| toast.until).min() {
            let left = std::time::Duration::try_from(next.duration_since(view.now)).unwrap_or_default();
            ui.ctx().request_repaint_after(left);
        }
    }
}

/// Draws one; `true` when it is to go.
fn toast_ui(ui: &mut Ui, view: &mut View<'_>, toast: &Toast, width: f32) -> bool {
    let record = &toast.record;
    let change = change_text(view, record);
    let (icon, color, text) = match &record.outcome {
        Outcome::Refused(why) => {
            let text = view.texts.with("toast-refused", [("change", change.into()), ("why", why.as_str().into())]);
            (icons::WARNING, view.colors.alarm, text)
        }
        Outcome::Unconfirmed => {
            let text = view.texts.with("toast-unconfirmed", [("change", change.into())]);
            (icons::WARNING, view.colors.warning, text)
        }
        Outcome::Expired => {
            let text = view.texts.with("toast-expired", [("change", change.into())]);
            (icons::CLOCK, view.colors.warning, text)
        }
        Outcome::Done | Outcome::Accepted | Outcome::Discarded => (icons::CHECK, view.colors.eco, change),
    };
    let frame = Frame::new()
        .fill(view.colors.raised)
        .stroke(Stroke::new(1.0, view.colors.line))
        .corner_radius(CornerRadius::same(radius::CARD))
        .inner_margin(Margin::symmetric(14, 10));
    let builder = UiBuilder::new().accessibility_role(Role::Alert).accessibility_label(text.clone());
    let mut gone = false;
    ui.scope_builder(builder.id_salt(record.id), |ui| {
        frame.show(ui, |ui| {
            ui.set_width(width - 30.0);
            ui.horizontal(|ui| {
                ui.label(RichText::new(icon).color(color));
                let room = ui.available_width() - 118.0;
                ui.allocate_ui(vec2(room, 0.0), |ui| {
                    ui.set_width(room);
                    ui.add(egui::Label::new(small(text)).wrap());
                });
                ui.add_space(space::XS);
                if let Some(undo) = undo_intent(record).filter(|_| record.undoes.is_none()) {
                    let label = view.say("undo");
                    let keys = ui.ctx().format_shortcut(&Action::Undo.shortcut());
                    if button_ui(ui, small(&label), &label).on_hover_text(keys).clicked() {
                        view.ask(undo);
                        gone = true;
                    }
                } else if let (Outcome::Refused(_), Some(wish)) = (&record.outcome, &record.wish) {
                    let label = view.say("retry");
                    if button_ui(ui, small(&label), &label).clicked() {
                        view.ask(Intent::wanting(wish.clone()));
                        gone = true;
                    }
                }
                if quiet_button_ui(ui, icons::CLOSE, &view.say("close-toast")).clicked() {
                    gone = true;
                }
            });
        });
    });
    gone
}

/// Ours, and not taken back by hand. A batch has a list of its own.
fn is_worth_a_toast(record: &Record) -> bool {
    let ours = match record.who {
        Who::Window | Who::Tray | Who::Rule => true,
        Who::Cli | Who::Elsewhere => false,
    };
    ours && record.batch.is_none() && record.outcome != Outcome::Discarded
}

/// More than 3 °C or 5 °F at once.
fn is_big_jump(record: &Record) -> bool {
    let far = |from: Setpoint, to: Setpoint| {
        let from = from.temperature().map(|t| t.setpoint(to.scale));
        let limit = match to.scale {
            Scale::Celsius => 3.0,
            Scale::Fahrenheit => 5.0,
        };
        from.is_some_and(|from| (from.degrees - to.degrees).abs() > limit)
    };
    match (&record.undo, &record.wish) {
        (Some(Write::Target(_, from)), Some(Write::Target(_, to))) => far(*from, *to),
        (Some(Write::Range { low: a, high: b, .. }), Some(Write::Range { low: c, high: d, .. })) => {
            a.zip(*c).is_some_and(|(from, to)| far(from, to)) || b.zip(*d).is_some_and(|(from, to)| far(from, to))
        }
        (_, _) => false,
    }
}
