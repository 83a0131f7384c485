//! The overview: a card for every device, by home and kind.
//!
//! Rows have fixed heights, so that only the visible ones are built: ten thousand devices cost as much as ten.

mod arrange;
mod cards;

use std::fmt::Debug;
use std::hash::Hash;
use std::ops::Range;
use std::sync::Arc;

use egui::{
    Align, Align2, CornerRadius, CursorIcon, FocusDirection, Id, Key, Label, Layout, Modifiers, Pos2, Rect, Response,
    RichText, Role, Sense, Stroke, StrokeKind, TextEdit, Ui, UiBuilder, WidgetInfo, WidgetRect, pos2, vec2,
};

use self::arrange::{Arrangement, CardKind, MANY_DEVICES, OverviewRow, card_width, moved, same_devices};
use super::settings::SettingsSection;
use super::{chips_ui, message_ui, page_area};
use crate::engine::Connection;
use crate::home::{DeviceId, DeviceTree, Node};
use crate::ui::intent::{AccountIntent, AppIntent, Intent, Page, Preference, UiIntent};
use crate::ui::theme::tokens::{measure, radius, size, space};
use crate::ui::theme::{colors, icons, regular, semibold};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{
    button_ui, card_frame, follow_focus, hidden_heading, icon_ui, is_list_open, main_button_ui, section_heading,
    segmented_ui,
};

/// Most devices of a row that are read while they are scrolled away.
const MOST_READ: usize = 64;
/// Rows to draw before and after the visible ones: the name of a kind, and cards.
const BEYOND: usize = 2;

/// The state of the page: its rows, rebuilt when the devices, the width or the filter change.
#[derive(Debug, Default)]
pub struct Overview {
    rows: Vec<(f32, OverviewRow)>,
    height: f32,
    width: f32,
    arrangement: Arrangement,
    home: Option<Arc<DeviceTree>>,
    /// The text of the filter.
    filter: String,
    /// The page whose card takes the focus once it is drawn.
    wants_focus: Option<Page>,
    /// The card that is dragged, with the place that it would take in its section.
    dragged: Option<Dragged>,
}

/// A card that is dragged to another place.
#[derive(Debug, Clone, PartialEq)]
struct Dragged {
    id: DeviceId,
    /// The id of the device whose place it would take.
    over: Option<DeviceId>,
}

impl Overview {
    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, view: &mut ViewContext<'_>) {
        let home = Arc::clone(&view.snapshot.shown);
        if home.structures.is_empty() && home.device_count() == 0 {
            empty_ui(ui, view);
            return;
        }
        hidden_heading(ui, view, ui.max_rect().min, &view.text("overview-title"));
        let width = ui.available_width() - space::M;
        self.arrange(&home, width, view);
        page_area(view.is_fresh, "overview").show_viewport(ui, |ui, seen| {
            ui.set_height(self.height);
            let origin = ui.max_rect().min;
            let is_compact = self.arrangement.is_compact;
            let first = self.rows.partition_point(|(top, row)| top + row.height(width, is_compact) < seen.top());
            let last = self.rows.partition_point(|(top, _)| *top <= seen.bottom());
            // Tab moves only to drawn widgets, so draw the next cards on both sides as well.
            let drawn = first.saturating_sub(BEYOND)..(last + BEYOND).min(self.rows.len());
            let ends = (drawn.start > 0, drawn.end < self.rows.len());
            let is_read = self.name_list(ui, view);
            if is_read {
                self.read_rows(ui, view, &home, 0..drawn.start, width, origin);
            } else {
                skipped_ui(ui, ends.0, "above", origin, FocusDirection::Next);
            }
            let rows: Vec<(f32, OverviewRow)> = self.rows.get(drawn.clone()).unwrap_or_default().to_vec();
            for (top, row) in rows {
                let height = row.height(width, is_compact);
                let rect = Rect::from_min_size(pos2(origin.x, origin.y + top), vec2(width, height));
                self.row_ui(ui, view, &home, rect, row);
            }
            if is_read {
                self.read_rows(ui, view, &home, drawn.end..self.rows.len(), width, origin);
            } else {
                let bottom = pos2(origin.x, origin.y + self.height - 1.0);
                skipped_ui(ui, ends.1, "below", bottom, FocusDirection::Previous);
            }
            follow_focus(ui);
        });
        self.drop_card(ui, view);
    }

    /// Names the list of the devices, with their number; `true` if assistive technology reads it.
    fn name_list(&self, ui: &Ui, view: &ViewContext<'_>) -> bool {
        let cards =
            |(_, row): &(f32, OverviewRow)| if let OverviewRow::Cards { ids, .. } = row { ids.len() } else { 0 };
        let count: usize = self.rows.iter().map(cards).sum();
        let spoken = i64::try_from(count).unwrap_or(i64::MAX).into();
        let named = ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(Role::List);
            node.set_label(view.i18n.format("account-devices", [("count", spoken)]));
            node.set_size_of_set(count);
        });
        named.is_some()
    }

    /// Puts the devices that are scrolled away into the tree of assistive technology. One that gets the focus scrolls
    /// into sight, and its card takes the focus over.
    fn read_rows(
        &mut self,
        ui: &Ui,
        view: &mut ViewContext<'_>,
        home: &DeviceTree,
        rows: Range<usize>,
        width: f32,
        origin: Pos2,
    ) {
        let mut wanted = None;
        for (top, row) in self.rows.get(rows).unwrap_or_default() {
            let OverviewRow::Cards { kind, ids, columns, .. } = row else { continue };
            let card = card_width(width, *columns);
            for (column, id) in ids.iter().enumerate().take(MOST_READ) {
                let at = pos2(origin.x + column as f32 * (card + space::L), origin.y + top);
                let rect = Rect::from_min_size(at, vec2(card, measure::PROTECT_CARD));
                let (page, name) = cards::page_and_name(view, home, *kind, id);
                let node = Id::unique(("scrolled away", &page));
                let response = ui.interact(rect, node, Sense::click());
                response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
                if response.has_focus() {
                    ui.scroll_to_rect(rect, None);
                    wanted = Some(page.clone());
                }
                if response.clicked() {
                    view.send(UiIntent::Go(page));
                }
            }
        }
        if wanted.is_some() {
            self.wants_focus = wanted;
            ui.ctx().request_repaint();
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, view: &mut ViewContext<'_>, home: &DeviceTree, rect: Rect, row: OverviewRow) {
        match row {
            OverviewRow::Invitation => {
                let strip = rect.with_max_y(rect.bottom() - space::M);
                at(ui, strip, "invitation", |ui| invitation_ui(ui, view));
            }
            OverviewRow::Presets => at(ui, rect, "presets", |ui| chips_ui(ui, view)),
            OverviewRow::Tools => at(ui, rect, "tools", |ui| self.tools_ui(ui, view)),
            OverviewRow::Home(id) => at(ui, rect, &id, |ui| cards::home_row_ui(ui, view, id.as_ref())),
            OverviewRow::Kind(title) => at(ui, rect, (title, rect.top() as i64), |ui| {
                let text = RichText::new(view.text(title)).font(semibold(size::SMALL));
                let response = ui.label(text.color(view.colors.muted));
                section_heading(ui, &response);
            }),
            OverviewRow::Nothing => at(ui, rect, "nothing", |ui| {
                ui.label(RichText::new(view.text("overview-none")).color(view.colors.muted));
            }),
            OverviewRow::Cards { kind, ids, columns, .. } => {
                let (card, height) = (card_width(rect.width(), columns), rect.height() - space::L);
                for (column, id) in ids.iter().enumerate() {
                    let left = rect.left() + column as f32 * (card + space::L);
                    let rect = Rect::from_min_size(pos2(left, rect.top()), vec2(card, height));
                    self.card_ui(ui, view, home, kind, id, rect);
                }
            }
        }
    }

    fn card_ui(
        &mut self,
        ui: &mut Ui,
        view: &mut ViewContext<'_>,
        home: &DeviceTree,
        kind: CardKind,
        id: &DeviceId,
        rect: Rect,
    ) {
        let is_compact = self.arrangement.is_compact;
        match kind {
            CardKind::Thermostat => {
                let Some(thermostat) = home.thermostats.get(id) else { return };
                self.card_at(ui, view, rect, id, Page::Thermostat(id.clone()), |ui, view| {
                    if is_compact {
                        cards::compact_thermostat_ui(ui, view, id, thermostat);
                    } else {
                        cards::thermostat_card_ui(ui, view, id, thermostat);
                    }
                    cards::failure_ui(ui, view, id);
                });
            }
            CardKind::Camera => {
                let Some(camera) = home.cameras.get(id) else { return };
                self.card_at(ui, view, rect, id, Page::Camera(id.clone()), |ui, view| {
                    cards::camera_card_ui(ui, view, id, camera, is_compact);
                });
            }
            CardKind::Protect => {
                let Some(protect) = home.protects.get(id) else { return };
                self.card_at(ui, view, rect, id, Page::Protect(id.clone()), |ui, view| {
                    cards::protect_card_ui(ui, view, id, protect);
                });
            }
        }
    }

    fn arrange(&mut self, home: &Arc<DeviceTree>, width: f32, view: &ViewContext<'_>) {
        let failed = view.snapshot.writes().filter(|(_, state)| !state.is_open());
        let mut failed: Vec<DeviceId> = failed.filter_map(|(slot, _)| device_of(&slot.node)).collect();
        failed.dedup();
        let has_tools = home.device_count() >= MANY_DEVICES;
        let filter = if has_tools { self.filter.to_lowercase() } else { String::new() };
        let arrangement = Arrangement {
            only: view.home.cloned(),
            accounts: view.snapshot.accounts.iter().map(|account| account.key.clone()).collect(),
            is_simulated: view.snapshot.is_simulated(),
            alarmed: view.summary.alarmed().to_vec(),
            failed,
            pinned: view.pinned.to_vec(),
            order: Arc::clone(view.order),
            words: filter.split_whitespace().map(str::to_owned).collect(),
            is_compact: view.is_compact && has_tools,
            has_presets: !view.presets.list().is_empty(),
            has_tools,
            columns: Arrangement::columns_at(width),
        };
        let is_same = self.arrangement == arrangement && self.home.as_ref().is_some_and(|old| same_devices(old, home));
        self.home = Some(Arc::clone(home));
        if is_same && (self.width - width).abs() < 0.5 {
            return;
        }
        if !is_same {
            self.rows = arrangement.rows(home, view.snapshot, width).into_iter().map(|row| (0.0, row)).collect();
            self.arrangement = arrangement;
        }
        self.width = width;
        let mut top = 0.0;
        for (at, row) in &mut self.rows {
            *at = top;
            top += row.height(width, self.arrangement.is_compact);
        }
        self.height = top + space::XL;
    }

    /// Draws the filter and the choice of the compact view.
    fn tools_ui(&mut self, ui: &mut Ui, view: &mut ViewContext<'_>) {
        let name = view.text("overview-filter");
        let room = ui.available_width();
        ui.scope(|ui| {
            ui.visuals_mut().widgets.inactive.bg_stroke.color = view.colors.tick;
            let edit = TextEdit::singleline(&mut self.filter).hint_text(&name).align(Align2::LEFT_CENTER);
            let response = ui.add(edit.desired_width((room * 0.4).clamp(140.0, 280.0))).accessible_name(&name);
            if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
                self.filter.clear();
            }
        });
        let compact = view.text("overview-compact");
        let options = [(false, view.text("overview-cards")), (true, compact.clone())];
        let label = view.text("overview-view");
        if let Some(is_compact) = segmented_ui(ui, &label, Some(&view.is_compact), &options) {
            view.send(AppIntent::Prefer(Preference::Compact(is_compact)));
        }
    }

    /// The section of a device: the devices that it may be moved among.
    fn section(&self, id: &DeviceId) -> Vec<DeviceId> {
        let mut section = Vec::new();
        let mut is_found = false;
        for (_, row) in &self.rows {
            match row {
                OverviewRow::Cards { ids, .. } => {
                    is_found |= ids.contains(id);
                    section.extend(ids.iter().cloned());
                }
                OverviewRow::Invitation
                | OverviewRow::Presets
                | OverviewRow::Tools
                | OverviewRow::Home(_)
                | OverviewRow::Kind(_)
                | OverviewRow::Nothing => {
                    if is_found {
                        break;
                    }
                    section.clear();
                }
            }
        }
        section
    }

    /// Moves the dragged card when it is dropped.
    fn drop_card(&mut self, ui: &Ui, view: &mut ViewContext<'_>) {
        if ui.input(|input| input.pointer.any_down()) {
            return;
        }
        let Some(Dragged { id, over: Some(over) }) = self.dragged.take() else { return };
        let section = self.section(&id);
        if let Some(to) = section.iter().position(|other| *other == over) {
            view.send(AppIntent::Arrange(moved(&section, &id, to)));
        }
    }

    /// Moves the device of the focused card by keys.
    fn move_by_keys(&self, ui: &Ui, view: &mut ViewContext<'_>, id: &DeviceId) {
        let keys = [(Key::ArrowLeft, -1_isize), (Key::ArrowRight, 1)];
        let is_pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::CTRL | Modifiers::SHIFT, key));
        let Some((_, by)) = keys.into_iter().find(|(key, _)| is_pressed(*key)) else { return };
        let section = self.section(id);
        let Some(to) = section.iter().position(|other| other == id).and_then(|at| at.checked_add_signed(by)) else {
            return;
        };
        if to < section.len() {
            view.send(AppIntent::Arrange(moved(&section, id, to)));
        }
    }
}

fn device_of(node: &Node) -> Option<DeviceId> {
    match node {
        Node::Thermostat(id) | Node::Camera(id) => Some(id.clone()),
        Node::Structure(_) => None,
    }
}

/// Draws nothing, and takes the focus that Tab brings to devices that are not drawn: the page scrolls there, and the
/// focus goes on to the first of them, or the last.
fn skipped_ui(ui: &Ui, is_there: bool, salt: &str, at: Pos2, direction: FocusDirection) {
    let id = ui.make_persistent_id(("skipped", salt));
    let rect = Rect::from_min_size(at, vec2(1.0, 1.0));
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    if has_focus && !is_there {
        // The widgets that follow, or came before, are drawn now.
        ui.memory_mut(|memory| memory.move_focus(direction));
    }
    ui.interact(rect, id, Sense::focusable_noninteractive());
    if has_focus {
        if is_there {
            ui.scroll_to_rect(rect, None);
        }
        ui.ctx().request_repaint();
    }
}

fn at(ui: &mut Ui, rect: Rect, salt: impl Hash + Debug, contents: impl FnOnce(&mut Ui)) {
    let builder = UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center));
    let id = ui.make_persistent_id(("row", salt));
    ui.scope_builder(builder.scope_id(id), contents);
}

impl Overview {
    /// Draws a card that opens its page wherever no control of it is clicked, and that can be dragged to another place.
    /// The keyboard and screen readers use its name, which is a link.
    fn card_at(
        &mut self,
        ui: &mut Ui,
        view: &mut ViewContext<'_>,
        rect: Rect,
        device: &DeviceId,
        page: Page,
        contents: impl FnOnce(&mut Ui, &mut ViewContext<'_>),
    ) {
        let builder = UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min));
        // The id must not depend on the number of rows drawn before, so that the focus stays while the page scrolls.
        let id = ui.make_persistent_id(("card", &page));
        // The click that closes a list opens nothing; the list is closed before the card knows of the click.
        let is_list_open = is_list_open(ui);
        // The controls are added later and lie above.
        let card = ui.interact(rect, id.with("open"), Sense::CLICK | Sense::DRAG);
        let card = card.on_hover_cursor(CursorIcon::PointingHand);
        let look = self.drag_card(ui, &card, device);
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
        if has_focus.inner {
            self.move_by_keys(ui, view, device);
        }
        if self.wants_focus.take_if(|wanted| *wanted == page).is_some() {
            focus_first(ui, rect);
        }
        if card.clicked() && !is_list_open && !is_on_control(ui, &card) {
            view.send(UiIntent::Go(page));
        }
    }

    /// Follows a drag that begins on a card or passes over it.
    fn drag_card(&mut self, ui: &Ui, card: &Response, device: &DeviceId) -> DragLook {
        if card.drag_started() && !is_on_control(ui, card) {
            self.dragged = Some(Dragged { id: device.clone(), over: None });
        }
        let Some(dragged) = &self.dragged else { return DragLook::None };
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        if dragged.id == *device {
            return DragLook::Dragged;
        }
        let pointer = ui.input(|input| input.pointer.interact_pos());
        let is_over = pointer.is_some_and(|at| card.rect.contains(at)) && self.section(&dragged.id).contains(device);
        if let Some(dragged) = &mut self.dragged {
            if is_over {
                dragged.over = Some(device.clone());
            } else if dragged.over.as_ref() == Some(device) {
                dragged.over = None;
            }
        }
        if is_over { DragLook::Target } else { DragLook::None }
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

/// True if the pointer is on a control of a card. A closed control takes no click, which would go to the card.
fn is_on_control(ui: &Ui, card: &Response) -> bool {
    let Some(at) = card.interact_pointer_pos() else { return false };
    let is_hit = |widget: &WidgetRect| widget.sense.is_focusable() && widget.interact_rect.contains(at);
    ui.ctx().viewport(|viewport| viewport.this_pass.widgets.get_layer(ui.layer_id()).any(is_hit))
}

/// Draws the strip above the devices of the simulated home, with the way to a real one.
fn invitation_ui(ui: &mut Ui, view: &mut ViewContext<'_>) {
    let (label, intent): (_, Intent) = if view.has_accounts {
        (view.text("invitation-back"), AppIntent::OpenAccounts.into())
    } else {
        (view.text("invitation-connect"), UiIntent::Go(Page::Connect).into())
    };
    let colors = view.colors;
    let rect = ui.max_rect();
    ui.painter().rect(
        rect,
        CornerRadius::same(radius::CARD),
        colors.raised,
        Stroke::new(1.0, colors.line),
        StrokeKind::Inside,
    );
    ui.add_space(space::L);
    let narrow = ui.available_width() < measure::NARROW;
    icon_ui(ui, icons::HOME, size::TITLE, colors.accent);
    let text = view.text(if narrow { "invitation-short" } else { "invitation" });
    let button = ui.painter().layout_no_wrap(label.clone(), regular(size::BODY), colors.text).size().x;
    let room = ui.available_width() - button - 2.0 * ui.spacing().button_padding.x - space::XL - space::S;
    ui.scope(|ui| {
        ui.set_max_width(room.max(0.0));
        ui.add(Label::new(RichText::new(text)).truncate());
    });
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.add_space(space::M);
        if main_button_ui(ui, &label, &label, None).clicked() {
            view.send(intent);
        }
    });
}

/// Draws the message of an empty overview: no devices, no response yet, or no connection.
fn empty_ui(ui: &mut Ui, view: &mut ViewContext<'_>) {
    match view.snapshot.connection.clone() {
        Connection::Live | Connection::Stale { .. } => {
            message_ui(ui, view, icons::HOME, "empty-title", "empty-about");
        }
        Connection::Connecting => message_ui(ui, view, icons::CLOCK, "connecting-title", "connecting-about"),
        Connection::Reconnecting { .. } => message_ui(ui, view, icons::OFFLINE, "offline-title", "offline-about"),
        connection @ (Connection::SignedOut { .. } | Connection::Closed) => {
            let is_closed = connection == Connection::Closed;
            if is_closed {
                message_ui(ui, view, icons::LOCK, "closed-title", "closed-about");
            } else {
                message_ui(ui, view, icons::LOCK, "signed-out-title", "signed-out-about");
            }
            ui.vertical_centered(|ui| {
                ui.add_space(space::M);
                let (sign_in, simulated) = (view.text("sign-in-again"), view.text("open-simulated"));
                if !is_closed && button_ui(ui, &sign_in, &sign_in).clicked() {
                    view.send(match view.snapshot.only() {
                        Some(only) => Intent::from(AppIntent::Account(only.key.clone(), AccountIntent::Edit)),
                        None => UiIntent::ShowSettings(SettingsSection::Accounts).into(),
                    });
                }
                if !view.snapshot.is_simulated() && button_ui(ui, &simulated, &simulated).clicked() {
                    view.send(AppIntent::OpenSimulated);
                }
            });
        }
    }
}
