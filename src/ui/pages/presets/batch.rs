//! The progress of a batch, device by device, with one undo for all of it.

use egui::{Align2, Area, Color32, CornerRadius, Frame, Margin, Order, Role, Stroke, Ui, UiBuilder, vec2};

use super::PresetsState;
use super::value_text;
use crate::accounts::{AccountsView, BatchParts, Handled};
use crate::engine::{BatchItem, ChangeKind, ItemState};
use crate::ui::intent::AppIntent;
use crate::ui::theme::tokens::{measure, radius, size, space};
use crate::ui::theme::{icons, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{at_the_right, button_ui, icon_ui, quiet_button_ui, why_text};

#[derive(Debug, Default)]
pub(super) struct BatchListState {
    /// The batches that were closed, or that existed before the window.
    closed: Option<Handled>,
    /// Height of the list in the last frame.
    height: f32,
}

impl BatchListState {
    /// Closes a list without open items or failures when the user opens another page.
    pub(super) fn leave_page(&mut self, snapshot: &AccountsView) {
        let Some(newest) = snapshot.latest_batch() else { return };
        if newest.items().all(|item| has_nothing_to_tell(&item.state)) {
            self.close(&newest);
        }
    }

    fn close(&mut self, batch: &BatchParts<'_>) {
        let closed = self.closed.get_or_insert_default();
        batch.ids().for_each(|id| closed.note(id));
    }
}

/// True if an item succeeded, or if the user discarded or replaced it. A failure stays visible.
fn has_nothing_to_tell(state: &ItemState) -> bool {
    match state {
        ItemState::Done | ItemState::Unchanged | ItemState::Discarded | ItemState::Replaced => true,
        ItemState::Waiting(_)
        | ItemState::Sending
        | ItemState::Confirming
        | ItemState::Conflict
        | ItemState::Refused(_)
        | ItemState::Unconfirmed
        | ItemState::MayHaveArrived
        | ItemState::Expired => false,
    }
}

/// Draws the newest batch until it is closed. Returns the height that it occupies above the corner.
pub(in crate::ui) fn batch_ui(ui: &Ui, view: &mut ViewContext<'_>, state: &mut PresetsState) -> f32 {
    let snapshot = view.snapshot;
    let closed = state.batches.closed.get_or_insert_with(|| snapshot.present_batches());
    let is_new = |batch: &BatchParts<'_>| batch.ids().any(|id| closed.is_new(id));
    let Some(batch) = snapshot.latest_batch().filter(is_new) else { return 0.0 };
    let screen = ui.ctx().content_rect();
    let narrow = screen.width() < measure::NARROW;
    let offset = if narrow { vec2(-12.0, -90.0) } else { vec2(-24.0, -24.0) };
    let width = (measure::TOAST + 40.0).min(screen.width() - 24.0);
    let area = Area::new(egui::Id::unique("batch")).order(Order::Foreground).anchor(Align2::RIGHT_BOTTOM, offset);
    let shown = area.show(ui.ctx(), |ui| list_ui(ui, view, &batch, width, screen.height() * 0.4));
    if shown.inner {
        state.batches.close(&batch);
        return 0.0;
    }
    let height = shown.response.rect.height();
    if (height - state.batches.height).abs() > 0.5 {
        // The list is anchored at its lower corner, so egui must know its height first.
        state.batches.height = height;
        ui.ctx().request_discard("a list of results got more or fewer rows");
    }
    height + space::S
}

/// Draws the items of a batch; `true` if the list closes.
pub(in crate::ui) fn list_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    batch: &BatchParts<'_>,
    width: f32,
    height: f32,
) -> bool {
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
                    closed = quiet_button_ui(ui, icons::CLOSE, &view.text("batch-close")).clicked();
                });
            });
            egui::ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::XS;
                ui.spacing_mut().interact_size.y = 20.0;
                batch.items().for_each(|item| item_ui(ui, view, item));
            });
            if view.snapshot.can_reverse(batch) {
                ui.add_space(space::XS);
                let (label, name) = match batch.kind() {
                    ChangeKind::Change | ChangeKind::Redo => ("undo-all", "undo-what"),
                    ChangeKind::Undo => ("redo-all", "redo-what"),
                };
                let name = view.i18n.format(name, [("what", batch.name().into())]);
                if button_ui(ui, view.text(label), &name).clicked() {
                    view.send(AppIntent::Reverse(batch.reversal()));
                }
            }
        });
    });
    closed
}

fn heading_text(view: &ViewContext<'_>, batch: &BatchParts<'_>) -> String {
    let settled = batch.items().filter(|item| matches!(item.state, ItemState::Done | ItemState::Unchanged));
    let (done, all) = (settled.count(), batch.items().count());
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let id = match (batch.kind(), batch.is_over()) {
        (ChangeKind::Undo, true) => "batch-undone",
        (ChangeKind::Undo, false) => "batch-undoing",
        (ChangeKind::Change | ChangeKind::Redo, true) => "batch-over",
        (ChangeKind::Change | ChangeKind::Redo, false) => "batch-going-on",
    };
    view.i18n.format(id, [("name", batch.name().into()), ("done", number(done).into()), ("all", number(all).into())])
}

fn item_ui(ui: &mut Ui, view: &ViewContext<'_>, item: &BatchItem) {
    let (icon, color, words) = state_text(view, &item.state);
    ui.horizontal_wrapped(|ui| {
        icon_ui(ui, icon, size::SMALL, color);
        let name = view.i18n.disambiguate(view.snapshot, &item.slot.node, &item.name);
        ui.label(small(format!("{name} · {}", value_text(view, &item.write))));
        ui.label(small(words).color(color));
    });
}

fn state_text(view: &ViewContext<'_>, state: &ItemState) -> (&'static str, Color32, String) {
    let colors = view.colors;
    match state {
        ItemState::Waiting(_) => (icons::CLOCK, colors.muted, view.text("item-waiting")),
        ItemState::Sending | ItemState::Confirming => (icons::CLOCK, colors.muted, view.text("item-sending")),
        ItemState::Conflict => (icons::WARNING, colors.warning, view.text("item-conflict")),
        ItemState::Done => (icons::CHECK, colors.eco, view.text("outcome-done")),
        ItemState::Unchanged => (icons::MINUS, colors.muted, view.text("preview-unchanged")),
        ItemState::Refused(why) => (icons::WARNING, colors.alarm, why_text(view, why)),
        ItemState::Unconfirmed => (icons::WARNING, colors.warning, view.text("outcome-unconfirmed")),
        ItemState::MayHaveArrived => (icons::WARNING, colors.warning, view.text("item-may-have-arrived")),
        ItemState::Expired => (icons::CLOCK, colors.warning, view.text("outcome-expired")),
        ItemState::Discarded => (icons::UNDO, colors.muted, view.text("outcome-discarded")),
        ItemState::Replaced => (icons::FORWARD, colors.muted, view.text("item-replaced")),
    }
}
