//! The progress of a batch, device by device, with one undo for all of it.

use std::time::Duration;

use egui::{
    Align, Align2, Area, Color32, CornerRadius, Frame, Label, Layout, Margin, Order, Role, Stroke, Ui, UiBuilder, vec2,
};
use jiff::{SignedDuration, Timestamp};

use super::PresetsState;
use super::value_text;
use crate::accounts::{AccountsView, BatchParts, EntryId, Handled};
use crate::engine::{BatchItem, ChangeKind, ItemState};
use crate::ui::intent::AppIntent;
use crate::ui::theme::tokens::{measure, radius, space};
use crate::ui::theme::{icons, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_ui, icon_label_ui, quiet_button_ui, why_text};

#[derive(Debug, Default)]
pub(super) struct BatchListState {
    /// The batches that were closed, or that existed before the window.
    closed: Option<Handled>,
    /// Height of the list in the last frame.
    height: f32,
    /// The batch whose items are all shown.
    detailed: Option<EntryId>,
    /// The batch that ended without a failure, with the time at which it was seen to have ended.
    ended: Option<(EntryId, Timestamp)>,
}

/// Time that the result of a batch without failures stays.
const STAYS: SignedDuration = SignedDuration::from_secs(12);

impl BatchListState {
    /// Closes a list without open items or failures when the user opens another page.
    pub(super) fn leave_page(&mut self, snapshot: &AccountsView) {
        let Some(newest) = snapshot.latest_batch() else { return };
        if newest.items().all(|item| has_nothing_to_tell(&item.state)) {
            self.close(&newest);
        }
    }

    /// True if a batch without failures has been shown long enough.
    fn is_outdated(&mut self, batch: &BatchParts<'_>, view: &ViewContext<'_>, ui: &Ui, is_held: bool) -> bool {
        let is_fine = batch.is_over() && batch.items().all(|item| has_nothing_to_tell(&item.state));
        let Some(id) = batch.ids().next().filter(|_| is_fine) else {
            self.ended = None;
            return false;
        };
        if is_held || self.ended.is_none_or(|(ended, _)| ended != id) {
            self.ended = Some((id, view.now));
        }
        let since = self.ended.map_or(view.now, |(_, since)| since);
        let left = STAYS - view.now.duration_since(since);
        ui.ctx().request_repaint_after(Duration::try_from(left).unwrap_or_default());
        left <= SignedDuration::ZERO
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
    let id = batch.ids().next();
    let mut is_detailed = state.batches.detailed.is_some() && state.batches.detailed == id;
    let most = screen.height() * 0.4;
    let shown = area.show(ui.ctx(), |ui| list_ui(ui, view, &batch, width, most, &mut is_detailed));
    state.batches.detailed = id.filter(|_| is_detailed);
    let is_held = is_detailed || shown.response.contains_pointer();
    if shown.inner || state.batches.is_outdated(&batch, view, ui, is_held) {
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

/// Draws the result of a batch as one sentence, with its failed items, and with all of them on request. `true` if it
/// closes.
pub(in crate::ui) fn list_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    batch: &BatchParts<'_>,
    width: f32,
    height: f32,
    is_detailed: &mut bool,
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
            ui.horizontal_top(|ui| {
                let room = ui.available_width() - measure::CONTROL - space::S;
                ui.allocate_ui_with_layout(vec2(room, 0.0), Layout::top_down(Align::Min), |ui| {
                    ui.set_width(room);
                    let label = ui.add(Label::new(title(heading)).wrap());
                    // Screen readers say the result, not each step towards it.
                    if batch.is_over() {
                        ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
                    }
                });
                closed = quiet_button_ui(ui, icons::CLOSE, &view.text("batch-close")).clicked();
            });
            let shown: Vec<&BatchItem> = batch.items().filter(|item| *is_detailed || is_failure(&item.state)).collect();
            if !shown.is_empty() {
                egui::ScrollArea::vertical().max_height(height).show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = space::XS;
                    ui.spacing_mut().interact_size.y = 20.0;
                    for item in shown {
                        item_ui(ui, view, item);
                    }
                });
            }
            ui.add_space(space::XS);
            ui.horizontal_wrapped(|ui| {
                if view.snapshot.can_reverse(batch) {
                    let (label, name) = match batch.kind() {
                        ChangeKind::Change | ChangeKind::Redo => ("undo", "undo-what"),
                        ChangeKind::Undo => ("redo", "redo-what"),
                    };
                    let name = view.i18n.format(name, [("what", batch.name().into())]);
                    if button_ui(ui, view.text(label), &name).clicked() {
                        view.send(AppIntent::Reverse(batch.reversal()));
                    }
                }
                let details = view.text(if *is_detailed { "batch-details-less" } else { "batch-details" });
                if button_ui(ui, &details, &details).clicked() {
                    *is_detailed = !*is_detailed;
                }
            });
        });
    });
    closed
}

/// True for an item that was not made, or may not have been.
fn is_failure(state: &ItemState) -> bool {
    match state {
        ItemState::Conflict
        | ItemState::Refused(_)
        | ItemState::Unconfirmed
        | ItemState::MayHaveArrived
        | ItemState::Expired => true,
        ItemState::Done
        | ItemState::Unchanged
        | ItemState::Discarded
        | ItemState::Replaced
        | ItemState::Waiting(_)
        | ItemState::Sending
        | ItemState::Confirming => false,
    }
}

/// `Evening: 1 changed, 10 were so already`, or the progress while the batch is under way.
fn heading_text(view: &ViewContext<'_>, batch: &BatchParts<'_>) -> String {
    let count = |is_of: fn(&ItemState) -> bool| batch.items().filter(|item| is_of(&item.state)).count();
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let is_undo = batch.kind() == ChangeKind::Undo;
    if !batch.is_over() {
        let done = count(|state| matches!(state, ItemState::Done | ItemState::Unchanged));
        let id = if is_undo { "batch-undoing" } else { "batch-going-on" };
        let all = number(batch.items().count());
        return view
            .i18n
            .format(id, [("name", batch.name().into()), ("done", number(done).into()), ("all", all.into())]);
    }
    let parts = [
        (if is_undo { "batch-set-back" } else { "batch-changed" }, count(|state| *state == ItemState::Done)),
        ("batch-same", count(|state| *state == ItemState::Unchanged)),
        ("batch-failed", count(is_failure)),
        ("batch-left", count(|state| matches!(state, ItemState::Discarded | ItemState::Replaced))),
    ];
    let said = parts.into_iter().filter(|(_, count)| *count > 0);
    let said: Vec<String> = said.map(|(id, count)| view.i18n.format(id, [("count", number(count).into())])).collect();
    let id = if is_undo { "batch-undone" } else { "batch-over" };
    view.i18n.format(id, [("name", batch.name().into()), ("result", said.join(", ").into())])
}

fn item_ui(ui: &mut Ui, view: &ViewContext<'_>, item: &BatchItem) {
    let (icon, color, words) = state_text(view, &item.state);
    let name = view.i18n.disambiguate(view.snapshot, &item.slot.node, &item.name);
    let text = format!("{name} · {} · {words}", value_text(view, &item.write));
    icon_label_ui(ui, icon, small(text).color(color));
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
