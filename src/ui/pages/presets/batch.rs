//! What becomes of a preset, device by device, while it happens; undone as one.

use egui::{Align2, Area, Color32, CornerRadius, Frame, Margin, Order, Role, Stroke, Ui, UiBuilder, vec2};

use super::PresetsState;
use super::value_text;
use crate::engine::{Batch, BatchItem, ItemState, Request};
use crate::ui::intent::Intent;
use crate::ui::theme::tokens::{measure, radius, size, space};
use crate::ui::theme::{icons, small, title};
use crate::ui::view::View;
use crate::ui::widgets::{at_the_right, button_ui, icon_ui, quiet_button_ui, why_text};

/// Which batches are on show.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// The newest one that was closed, or that was there before the window.
    closed: Option<u64>,
}

/// Draws the newest batch, until it is closed; how much room it takes above the corner.
pub(in crate::ui) fn batch_ui(ui: &Ui, view: &mut View<'_>, state: &mut PresetsState) -> f32 {
    let batches = std::sync::Arc::clone(&view.snapshot.batches);
    let newest = batches.front().map_or(0, |batch| batch.label.id);
    let closed = *state.batches.closed.get_or_insert(newest);
    let Some(batch) = batches.front().filter(|batch| batch.label.id > closed) else { return 0.0 };
    let screen = ui.ctx().content_rect();
    let narrow = screen.width() < measure::NARROW;
    let offset = if narrow { vec2(-12.0, -90.0) } else { vec2(-24.0, -24.0) };
    let width = (measure::TOAST + 40.0).min(screen.width() - 24.0);
    let area = Area::new(egui::Id::unique("batch")).order(Order::Foreground).anchor(Align2::RIGHT_BOTTOM, offset);
    let shown = area.show(ui.ctx(), |ui| list_ui(ui, view, batch, width, screen.height() * 0.4));
    if shown.inner {
        state.batches.closed = Some(batch.label.id);
        return 0.0;
    }
    shown.response.rect.height() + space::S
}

/// Draws what becomes of a batch; `true` when it is to be closed.
pub(in crate::ui) fn list_ui(ui: &mut Ui, view: &mut View<'_>, batch: &Batch, width: f32, height: f32) -> bool {
    let frame = Frame::new()
        .fill(view.colors.surface)
        .stroke(Stroke::new(1.0, view.colors.line))
        .corner_radius(CornerRadius::same(radius::CARD))
        .inner_margin(Margin::same(16));
    let heading = heading_text(view, batch);
    let builder = UiBuilder::new().accessibility_role(Role::Alert).accessibility_label(heading.clone());
    let mut closed = false;
    ui.scope_builder(builder, |ui| {
        frame.show(ui, |ui| {
            ui.set_width(width - 34.0);
            ui.horizontal(|ui| {
                ui.label(title(heading));
                at_the_right(ui, "close", |ui| {
                    closed = quiet_button_ui(ui, icons::CLOSE, &view.say("batch-close")).clicked();
                });
            });
            egui::ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::XS;
                ui.spacing_mut().interact_size.y = 20.0;
                batch.items.iter().for_each(|item| item_ui(ui, view, item));
            });
            let can_undo = batch.items.iter().any(|item| item.state == ItemState::Done || is_open(&item.state));
            if can_undo {
                ui.add_space(space::XS);
                let label = view.say("undo-all");
                let name = view.texts.with("undo-what", [("what", batch.label.name.as_str().into())]);
                if button_ui(ui, label, &name).clicked() {
                    view.ask(Intent::Engine(Request::UndoBatch(batch.label.id)));
                }
            }
        });
    });
    closed
}

fn heading_text(view: &View<'_>, batch: &Batch) -> String {
    let settled = batch.items.iter().filter(|item| matches!(item.state, ItemState::Done | ItemState::Unchanged));
    let (done, all) = (settled.count(), batch.items.len());
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    view.texts.with(
        if batch.is_over() { "batch-over" } else { "batch-going-on" },
        [("name", batch.label.name.as_str().into()), ("done", number(done).into()), ("all", number(all).into())],
    )
}

fn is_open(state: &ItemState) -> bool {
    match state {
        ItemState::Waiting(_) | ItemState::Sending | ItemState::Confirming | ItemState::Conflict => true,
        ItemState::Done
        | ItemState::Unchanged
        | ItemState::Refused(_)
        | ItemState::Unconfirmed
        | ItemState::Expired
        | ItemState::Discarded
        | ItemState::Replaced => false,
    }
}

fn item_ui(ui: &mut Ui, view: &View<'_>, item: &BatchItem) {
    let (icon, color, words) = state_text(view, &item.state);
    ui.horizontal_wrapped(|ui| {
        icon_ui(ui, icon, size::SMALL, color);
        ui.label(small(format!("{} · {}", item.name, value_text(view, &item.wish))));
        ui.label(small(words).color(color));
    });
}

fn state_text(view: &View<'_>, state: &ItemState) -> (&'static str, Color32, String) {
    let colors = view.colors;
    match state {
        ItemState::Waiting(_) => (icons::CLOCK, colors.muted, view.say("item-waiting")),
        ItemState::Sending | ItemState::Confirming => (icons::CLOCK, colors.muted, view.say("item-sending")),
        ItemState::Conflict => (icons::WARNING, colors.warning, view.say("item-conflict")),
        ItemState::Done => (icons::CHECK, colors.eco, view.say("outcome-done")),
        ItemState::Unchanged => (icons::MINUS, colors.muted, view.say("preview-unchanged")),
        ItemState::Refused(why) => (icons::WARNING, colors.alarm, why_text(view, why)),
        ItemState::Unconfirmed => (icons::WARNING, colors.warning, view.say("outcome-unconfirmed")),
        ItemState::Expired => (icons::CLOCK, colors.warning, view.say("outcome-expired")),
        ItemState::Discarded => (icons::UNDO, colors.muted, view.say("outcome-discarded")),
        ItemState::Replaced => (icons::FORWARD, colors.muted, view.say("item-replaced")),
    }
}
