//! Toasts: short messages about the outcome of a change, with an undo button. A toast disappears after a while,
//! but not while it has the pointer or the focus. The log keeps all changes.

use std::collections::VecDeque;

use egui::{Align2, Area, Color32, CornerRadius, Frame, Margin, Order, Role, Stroke, Ui, UiBuilder, vec2};
use jiff::{SignedDuration, Timestamp};

use super::action::Action;
use super::intent::{AppIntent, Page};
use super::keys::shortcut_text;
use super::pages::{change_text, retry_of, undo_intent};
use super::theme::tokens::{measure, radius, size, space};
use super::theme::{icons, regular, small};
use super::view::ViewContext;
use super::widgets::{button_ui, icon_ui, quiet_button_ui};
use crate::accounts::{AccountsView, EntryId, Handled, JournalEntry};
use crate::engine::{ChangeKind, Origin, Outcome, Record};
use crate::home::{Scale, Setpoint, Write};

/// Time that a toast stays.
const STAYS: SignedDuration = SignedDuration::from_secs(6);
/// Time that a toast stays after a big jump, which may be a mistake.
const STAYS_LONG: SignedDuration = SignedDuration::from_secs(10);
/// Most toasts at once.
const SHOWN: usize = 3;

/// The toasts on screen.
#[derive(Debug, Default)]
pub(super) struct Toasts {
    handled: Handled,
    shown: VecDeque<Toast>,
    /// The number of the newest toasts that screen readers were not told yet.
    unsaid: usize,
    /// The text that screen readers were told last, until it may be said again.
    said: Option<(String, Timestamp)>,
}

#[derive(Debug)]
pub(super) struct Toast {
    about: ToastSubject,
    until: Timestamp,
}

#[derive(Debug)]
enum ToastSubject {
    /// A change, which the user can undo, or redo if it is an undo.
    Change(EntryId, Box<Record>, ChangeKind),
    /// The text about a success of the window.
    Done(String),
    /// The text about a failure of the window.
    Failed(String),
}

impl ToastSubject {
    fn change(&self) -> Option<&Record> {
        match self {
            Self::Change(_, record, _) => Some(record),
            Self::Done(_) | Self::Failed(_) => None,
        }
    }

    fn entry(&self) -> Option<EntryId> {
        if let Self::Change(id, ..) = self { Some(*id) } else { None }
    }

    /// The intent that undoes the change, or that repeats a change that was undone.
    fn undo(&self) -> Option<AppIntent> {
        let Self::Change(id, record, _) = self else { return None };
        undo_intent(*id, record)
    }

    /// True for a change that the page shows as well: on the page of its device, and in the activity.
    fn is_shown_by(&self, page: &Page) -> bool {
        let Self::Change(_, record, _) = self else { return false };
        let is_made = matches!(record.outcome, Outcome::Done | Outcome::Accepted);
        is_made && (*page == Page::Activity || *page == Page::of(&record.slot.node))
    }
}

impl Toasts {
    /// Makes toasts of the new records of the journal.
    pub(super) fn refresh(&mut self, snapshot: &AccountsView, now: Timestamp) {
        let is_open = |toast: &Toast| toast.about.entry().is_none_or(|id| snapshot.account(id.account).is_some());
        self.shown.retain(is_open);
        let new = snapshot.new_records(&mut self.handled).into_iter();
        for entry in new.filter(|entry| is_worth_a_toast(entry.record)) {
            self.shown.retain(|toast| toast.about.change().is_none_or(|shown| shown.slot != entry.record.slot));
            let account = snapshot.account(entry.account);
            let kind = account.map_or(ChangeKind::Change, |account| account.snapshot.kind_of(entry.record.id));
            self.push(Toast::of(entry, kind, now));
        }
    }

    /// Shows a text about a success.
    pub(super) fn info(&mut self, words: String, now: Timestamp) {
        self.add(ToastSubject::Done(words), now);
    }

    /// Shows a text about a failure.
    pub(super) fn warn(&mut self, words: String, now: Timestamp) {
        self.add(ToastSubject::Failed(words), now);
    }

    fn add(&mut self, about: ToastSubject, now: Timestamp) {
        // Replace the last message, so that a repeated one appears once and stays longer.
        self.shown.retain(|toast| toast.about.change().is_some());
        self.push(Toast { about, until: now.checked_add(STAYS).unwrap_or(Timestamp::MAX) });
    }

    fn push(&mut self, toast: Toast) {
        self.shown.push_back(toast);
        self.unsaid += 1;
        while self.shown.len() > SHOWN {
            self.shown.pop_front();
        }
    }

    /// Draws the toasts, `above` points higher than the corner of the window. What the page shows by itself is only
    /// said.
    pub(super) fn ui(&mut self, ui: &Ui, view: &mut ViewContext<'_>, page: &Page, above: f32) {
        self.shown.retain(|toast| toast.until > view.now);
        let unsaid = std::mem::take(&mut self.unsaid).min(self.shown.len());
        let new: Vec<&Toast> = self.shown.iter().skip(self.shown.len() - unsaid).collect();
        if let Some(newest) = new.last() {
            let texts: Vec<String> = new.iter().map(|toast| toast_text(view, &toast.about).2).collect();
            self.said = Some((texts.join(". "), newest.until));
        }
        self.said.take_if(|(_, until)| *until <= view.now);
        if let Some((text, until)) = &self.said {
            say(ui, text);
            let left = std::time::Duration::try_from(until.duration_since(view.now)).unwrap_or_default();
            ui.ctx().request_repaint_after(left);
        }
        self.shown.retain(|toast| !toast.about.is_shown_by(page));
        if self.shown.is_empty() {
            return;
        }
        let narrow = ui.ctx().content_rect().width() < measure::NARROW;
        let offset = if narrow { vec2(-12.0, -90.0 - above) } else { vec2(-24.0, -24.0 - above) };
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
        let focus = ui.memory(|memory| memory.focused()).and_then(|id| ui.ctx().read_response(id));
        let is_focused = focus.is_some_and(|focus| focus.layer_id == inner.response.layer_id);
        let held = inner.response.contains_pointer() || is_focused;
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

impl Toast {
    /// Creates the toast of a record of this kind.
    pub(super) fn of(entry: JournalEntry<'_>, kind: ChangeKind, now: Timestamp) -> Self {
        let stays = if is_big_jump(entry.record) { STAYS_LONG } else { STAYS };
        let about = ToastSubject::Change(entry.id(), Box::new(entry.record.clone()), kind);
        Self { about, until: now.checked_add(stays).unwrap_or(Timestamp::MAX) }
    }
}

/// Makes screen readers say a text, once: a node without a picture whose text changes.
fn say(ui: &Ui, text: &str) {
    let id = egui::Id::unique("outcome");
    ui.interact(egui::Rect::ZERO, id, egui::Sense::hover());
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(egui::accesskit::Role::Status);
        node.set_live(egui::accesskit::Live::Polite);
        node.set_value(text);
        node.set_label(text);
    });
}

/// The icon, the colour and the text of a toast.
fn toast_text(view: &ViewContext<'_>, about: &ToastSubject) -> (&'static str, Color32, String) {
    match about {
        ToastSubject::Change(_, record, kind) => change_toast(view, record, *kind),
        ToastSubject::Done(words) => (icons::CHECK, view.colors.eco, words.clone()),
        ToastSubject::Failed(words) => (icons::WARNING, view.colors.warning, words.clone()),
    }
}

/// Draws a toast; `true` if it closes.
pub(super) fn toast_ui(ui: &mut Ui, view: &mut ViewContext<'_>, toast: &Toast, width: f32) -> bool {
    let (icon, color, text) = toast_text(view, &toast.about);
    let record = toast.about.change();
    let frame = Frame::new()
        .fill(view.colors.raised)
        .stroke(Stroke::new(1.0, view.colors.line))
        .corner_radius(CornerRadius::same(radius::CARD))
        .inner_margin(Margin::symmetric(14, 10));
    let builder = UiBuilder::new().accessibility_role(Role::Alert).accessibility_label(text.clone());
    let mut gone = false;
    ui.scope_builder(builder.id_salt(toast.about.entry()), |ui| {
        frame.show(ui, |ui| {
            ui.set_width(width - 30.0);
            ui.horizontal_top(|ui| {
                // Align the first line of the text with the buttons, however many lines the text has.
                let lead = (measure::CONTROL - size::SMALL) / 2.0 - 2.0;
                ui.vertical(|ui| {
                    ui.add_space(lead);
                    icon_ui(ui, icon, size::BODY, color);
                });
                let undo = toast.about.undo();
                let retry = record.and_then(|record| retry_of(view, record));
                let is_undo = matches!(toast.about, ToastSubject::Change(_, _, ChangeKind::Undo));
                let button = match (&undo, retry) {
                    (Some(_), _) => Some(view.text(if is_undo { "redo" } else { "undo" })),
                    (None, Some(_)) => Some(view.text("retry")),
                    (None, None) => None,
                };
                // The text wraps in the width that the buttons leave.
                let padding = 2.0 * ui.spacing().button_padding.x + space::S;
                let width = |ui: &Ui, label: &str, points| {
                    let galley = ui.painter().layout_no_wrap(label.to_owned(), regular(points), view.colors.text);
                    galley.size().x + padding
                };
                let buttons = button.as_ref().map_or(0.0, |label| width(ui, label, size::SMALL))
                    + width(ui, icons::CLOSE, size::BODY)
                    + space::S;
                let room = (ui.available_width() - buttons).max(80.0);
                ui.allocate_ui_with_layout(vec2(room, 0.0), egui::Layout::top_down(egui::Align::Min), |ui| {
                    ui.set_width(room);
                    ui.add_space(lead);
                    ui.add(egui::Label::new(small(text)).wrap());
                });
                if let (Some(undo), Some(label)) = (undo, &button) {
                    let keys = shortcut_text(view.i18n, if is_undo { Action::Redo } else { Action::Undo });
                    if button_ui(ui, small(label), label).on_hover_text(keys).clicked() {
                        view.send(undo);
                        gone = true;
                    }
                } else if let (Some(write), Some(label)) = (retry, &button)
                    && button_ui(ui, small(label), label).clicked()
                {
                    view.send(AppIntent::wanting(write.clone()));
                    gone = true;
                }
                if quiet_button_ui(ui, icons::CLOSE, &view.text("close-toast")).clicked() {
                    gone = true;
                }
            });
        });
    });
    gone
}

/// Returns icon, colour and text for the outcome of a change.
fn change_toast(view: &ViewContext<'_>, record: &Record, kind: ChangeKind) -> (&'static str, Color32, String) {
    let change = change_text(view, record);
    match &record.outcome {
        Outcome::Refused(why) => {
            let text =
                view.i18n.format("toast-refused", [("change", change.into()), ("why", view.i18n.localize(why).into())]);
            (icons::WARNING, view.colors.alarm, text)
        }
        Outcome::Unconfirmed => {
            let text = view.i18n.format("toast-unconfirmed", [("change", change.into())]);
            (icons::WARNING, view.colors.warning, text)
        }
        Outcome::MayHaveArrived(why) => {
            let why = view.i18n.localize(why);
            let text = view.i18n.format("toast-may-have-arrived", [("change", change.into()), ("why", why.into())]);
            (icons::WARNING, view.colors.warning, text)
        }
        Outcome::Expired => {
            let text = view.i18n.format("toast-expired", [("change", change.into())]);
            (icons::CLOCK, view.colors.warning, text)
        }
        Outcome::Done | Outcome::Accepted | Outcome::Discarded if kind == ChangeKind::Undo => {
            (icons::UNDO, view.colors.eco, view.i18n.format("toast-undone", [("change", change.into())]))
        }
        Outcome::Done | Outcome::Accepted | Outcome::Discarded => (icons::CHECK, view.colors.eco, change),
    }
}

/// True for a record of the window, the tray, a rule, a schedule or a hold that the user did not discard. A batch has its own list.
fn is_worth_a_toast(record: &Record) -> bool {
    let ours = match record.origin {
        Origin::Window | Origin::Tray | Origin::Rule | Origin::Schedule | Origin::Hold => true,
        Origin::Cli | Origin::Bridge | Origin::Elsewhere | Origin::AfterAway | Origin::AfterHome => false,
    };
    ours && record.batch.is_none() && record.outcome != Outcome::Discarded
}

/// True for a change of more than 3 °C or 5 °F at once.
fn is_big_jump(record: &Record) -> bool {
    let far = |from: Setpoint, to: Setpoint| {
        let from = from.temperature().map(|t| t.setpoint(to.scale));
        let limit = match to.scale {
            Scale::Celsius => 3.0,
            Scale::Fahrenheit => 5.0,
        };
        from.is_some_and(|from| (from.degrees - to.degrees).abs() > limit)
    };
    match (&record.undo, &record.write) {
        (Some(Write::Target(_, from)), Some(Write::Target(_, to))) => far(*from, *to),
        (Some(Write::Range { low: a, high: b, .. }), Some(Write::Range { low: c, high: d, .. })) => {
            a.zip(*c).is_some_and(|(from, to)| far(from, to)) || b.zip(*d).is_some_and(|(from, to)| far(from, to))
        }
        (_, _) => false,
    }
}
