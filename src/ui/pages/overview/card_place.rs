//! Cards of the overview: a click opens the page, and a drag or keys move the device.

use std::collections::BTreeSet;

use egui::{Align, CursorIcon, Key, Layout, Modifiers, Pos2, Rect, Response, Sense, Stroke, Ui, UiBuilder, WidgetRect};

use super::Overview;
use super::arrange::moved;
use crate::home::{DeviceId, Slot};
use crate::ui::intent::{AppIntent, Page, UiIntent};
use crate::ui::theme::colors;
use crate::ui::view::ViewContext;
use crate::ui::widgets::{card_frame, context_menu_ui, is_list_open, offers};

/// The device of a card.
pub(super) struct CardSubject<'a> {
    pub(super) device: &'a DeviceId,
    pub(super) page: Page,
    /// The value whose menu the card has, if the device has one to change.
    pub(super) slot: Option<Slot>,
}

/// A card that is dragged to another place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Dragged {
    id: DeviceId,
    /// The id of the device whose place it would take.
    over: Option<DeviceId>,
    /// The devices among which it may be moved.
    section: Vec<DeviceId>,
}

impl Overview {
    /// True while a card is dragged.
    pub(in crate::ui) fn is_dragging(&self) -> bool {
        self.dragged.is_some()
    }

    /// The devices among which a device may be moved.
    fn section(&self, id: &DeviceId) -> Vec<DeviceId> {
        self.home.as_ref().map(|home| self.arrangement.section(home, id)).unwrap_or_default()
    }

    /// Moves the dragged card when it is dropped. Esc takes the drag back, and so does a drop on another page.
    pub(super) fn drop_card(&mut self, ui: &Ui, view: &mut ViewContext<'_>) {
        let (is_held, is_dropped, is_cancelled) =
            ui.input(|input| (input.pointer.any_down(), input.pointer.any_released(), input.key_pressed(Key::Escape)));
        if is_held && !is_cancelled {
            return;
        }
        let Some(Dragged { id, over: Some(over), section }) = self.dragged.take() else { return };
        let to = section.iter().position(|other| *other == over);
        if let Some(to) = to.filter(|_| is_dropped && !is_cancelled) {
            view.send(AppIntent::Arrange(moved(&section, &id, to)));
        }
    }

    /// Moves the device of the focused card by keys, to the place of the next visible one.
    fn move_by_keys(&self, ui: &Ui, view: &mut ViewContext<'_>, id: &DeviceId) {
        let keys = [(Key::ArrowLeft, -1_isize), (Key::ArrowRight, 1)];
        let is_pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::CTRL | Modifiers::SHIFT, key));
        let Some((_, by)) = keys.into_iter().find(|(key, _)| is_pressed(*key)) else { return };
        let section = self.section(id);
        let shown: BTreeSet<&DeviceId> = self.rows.iter().flat_map(|(_, row)| row.devices()).collect();
        let visible: Vec<&DeviceId> = section.iter().filter(|other| shown.contains(other)).collect();
        let at = visible.iter().position(|other| *other == id);
        let Some(next) = at.and_then(|at| at.checked_add_signed(by)).and_then(|to| visible.get(to)) else { return };
        if let Some(to) = section.iter().position(|other| other == *next) {
            view.send(AppIntent::Arrange(moved(&section, id, to)));
        }
    }

    /// Draws a card that opens its page wherever no control of it is clicked, and that can be dragged to another place.
    /// The keyboard and screen readers use its name, which is a link. The menu of the card is that of its value.
    pub(super) fn card_at(
        &mut self,
        ui: &mut Ui,
        view: &mut ViewContext<'_>,
        rect: Rect,
        CardSubject { device, page, slot }: CardSubject<'_>,
        contents: impl FnOnce(&mut Ui, &mut ViewContext<'_>),
    ) {
        let builder = UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min));
        // The id must not depend on the number of rows drawn before, so that the focus stays while the page scrolls.
        let id = ui.make_persistent_id(("card", &page));
        // The click that closes a list opens nothing; the list is closed before the card knows of the click.
        let is_list_open = is_list_open(ui);
        // The controls are added later and lie above.
        // A finger scrolls the page.
        let is_touch = ui.input(|input| input.has_touch_screen());
        let card = ui.interact(rect, id.with("open"), if is_touch { Sense::CLICK } else { Sense::CLICK | Sense::DRAG });
        let card = card.on_hover_cursor(CursorIcon::PointingHand);
        let look = self.drag_look(ui, &card, device);
        let colors = colors(ui);
        let is_pressed = card.is_pointer_button_down_on();
        let (fill, edge) = match (look, card.hovered(), is_pressed) {
            (DragLook::Target, ..) => (colors.raised, Stroke::new(2.0, colors.accent)),
            (_, _, true) => (colors.raised, Stroke::new(1.0, colors.accent)),
            (_, true, false) => (colors.surface.lerp_to_gamma(colors.raised, 0.6), Stroke::new(1.0, colors.tick)),
            (_, false, false) => (colors.surface, Stroke::new(1.0, colors.line)),
        };
        let has_focus = ui.scope_builder(builder.scope_id(id), |ui| {
            if look == DragLook::Dragged {
                ui.multiply_opacity(0.5);
            }
            let frame = card_frame(ui).fill(fill).stroke(edge);
            let inner = rect.size() - frame.total_margin().sum();
            frame.show(ui, |ui| {
                ui.set_min_size(inner);
                ui.set_max_size(inner);
                // A text that can be selected would take the click.
                ui.style_mut().interaction.selectable_labels = false;
                contents(ui, view);
            });
            let focused = ui.memory(|memory| memory.focused());
            let widget = ui.ctx().viewport(|viewport| viewport.this_pass.widgets.get(focused?).copied());
            widget.is_some_and(|widget| rect.contains(widget.rect.center()) && widget.layer_id == ui.layer_id())
        });
        if let Some(slot) = &slot {
            context_menu_ui(ui, view, rect, ("card", device), Some(slot), |view| offers(view, slot));
        }
        if has_focus.inner {
            self.move_by_keys(ui, view, device);
        }
        if self.wants_focus.take_if(|wanted| *wanted == page).is_some() {
            focus_first(ui, rect);
        }
        // Only now are the controls of the card known.
        let began = ui.input(|input| input.pointer.press_origin());
        if card.drag_started() && !is_on_control(ui, began) {
            self.dragged = Some(Dragged { id: device.clone(), over: None, section: self.section(device) });
        }
        if card.clicked() && !is_list_open && !is_on_control(ui, card.interact_pointer_pos()) {
            view.send(UiIntent::Go(page));
        }
    }

    /// Follows a drag that passes over a card.
    fn drag_look(&mut self, ui: &Ui, card: &Response, device: &DeviceId) -> DragLook {
        let Some(dragged) = &mut self.dragged else { return DragLook::None };
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        if dragged.id == *device {
            return DragLook::Dragged;
        }
        let pointer = ui.input(|input| input.pointer.interact_pos());
        if pointer.is_some_and(|at| card.rect.contains(at)) && dragged.section.contains(device) {
            dragged.over = Some(device.clone());
            return DragLook::Target;
        }
        if dragged.over.as_ref() == Some(device) {
            dragged.over = None;
        }
        DragLook::None
    }
}

/// The part of a card in a drag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DragLook {
    None,
    Dragged,
    /// The dragged card would take its place.
    Target,
}

/// Gives the focus to the first control of a card: its name.
fn focus_first(ui: &Ui, card: Rect) {
    let first = ui.ctx().viewport(|viewport| {
        let mut inside = viewport.this_pass.widgets.get_layer(ui.layer_id());
        let found = inside.find(|widget| widget.sense.is_focusable() && card.contains(widget.rect.center()));
        found.map(|widget| widget.id)
    });
    if let Some(id) = first {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
}

/// True if a place is on a control of a card. A closed control takes no click, which would go to the card.
fn is_on_control(ui: &Ui, at: Option<Pos2>) -> bool {
    let Some(at) = at else { return false };
    let is_hit = |widget: &WidgetRect| widget.sense.is_focusable() && widget.interact_rect.contains(at);
    ui.ctx().viewport(|viewport| viewport.this_pass.widgets.get_layer(ui.layer_id()).any(is_hit))
}
