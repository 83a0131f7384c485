//! The overview: a card for every device, by home and kind.
//!
//! Rows have fixed heights, so that only the visible ones are built: ten thousand devices cost as much as ten. While
//! assistive technology is used, each of the others is a node of its tree in every frame.

mod arrange;
mod card_place;
mod cards;

use std::fmt::Debug;
use std::hash::Hash;
use std::ops::Range;
use std::sync::Arc;

use egui::{
    Align, Align2, CornerRadius, FocusDirection, Id, Key, Label, Layout, Pos2, Rect, RichText, Role, Sense, Stroke,
    StrokeKind, TextEdit, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use self::arrange::{Arrangement, CardKind, MANY_DEVICES, OverviewRow, card_width, same_devices};
use self::card_place::{CardSubject, Dragged};
use super::settings::SettingsSection;
use super::{chips_ui, message_ui, page_area};
use crate::engine::Connection;
use crate::home::{DeviceId, DeviceTree, Field, Node, Slot};
use crate::ui::intent::{AccountIntent, AppIntent, Intent, Page, Preference, UiIntent};
use crate::ui::theme::tokens::{measure, radius, size, space};
use crate::ui::theme::{icons, regular, semibold};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{
    button_ui, follow_focus, hidden_heading, icon_ui, main_button_ui, section_heading, segmented_ui,
};

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

impl Overview {
    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, view: &mut ViewContext<'_>) {
        let home = Arc::clone(&view.snapshot.shown);
        if home.structures.is_empty() && home.device_count() == 0 {
            empty_ui(ui, view);
            return;
        }
        hidden_heading(ui, view, ui.max_rect().min, &view.text("overview-title"));
        let width = ui.available_width() - measure::BAR;
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
                self.row_ui(ui, view, &home, rect, top, row);
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
            for (column, id) in ids.iter().enumerate() {
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

    /// Draws a row; `top` is its place in the contents.
    fn row_ui(
        &mut self,
        ui: &mut Ui,
        view: &mut ViewContext<'_>,
        home: &DeviceTree,
        rect: Rect,
        top: f32,
        row: OverviewRow,
    ) {
        match row {
            OverviewRow::Invitation => {
                let strip = rect.with_max_y(rect.bottom() - space::M);
                at(ui, strip, "invitation", |ui| invitation_ui(ui, view));
            }
            OverviewRow::Presets => at(ui, rect, "presets", |ui| chips_ui(ui, view)),
            OverviewRow::Tools => at(ui, rect, "tools", |ui| self.tools_ui(ui, view)),
            OverviewRow::Home(id) => at(ui, rect, &id, |ui| cards::home_row_ui(ui, view, id.as_ref())),
            OverviewRow::Kind(title) => at(ui, rect, (title, top as i64), |ui| {
                let name = view.text(title);
                let text = RichText::new(&name).font(semibold(size::SMALL));
                let response = ui.label(text.color(view.colors.muted));
                section_heading(ui, &response, &name);
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
                let slot = Slot { node: Node::Thermostat(id.clone()), field: thermostat.main_field() };
                let subject = CardSubject { device: id, page: Page::Thermostat(id.clone()), slot: Some(slot) };
                self.card_at(ui, view, rect, subject, |ui, view| {
                    if is_compact {
                        cards::compact_thermostat_ui(ui, view, id, thermostat);
                    } else {
                        cards::thermostat_card_ui(ui, view, id, thermostat);
                    }
                    cards::failure_ui(ui, view, &Node::Thermostat(id.clone()));
                });
            }
            CardKind::Camera => {
                let Some(camera) = home.cameras.get(id) else { return };
                let slot = Slot { node: Node::Camera(id.clone()), field: Field::Streaming };
                let subject = CardSubject { device: id, page: Page::Camera(id.clone()), slot: Some(slot) };
                self.card_at(ui, view, rect, subject, |ui, view| {
                    cards::camera_card_ui(ui, view, id, camera, is_compact);
                    cards::failure_ui(ui, view, &Node::Camera(id.clone()));
                });
            }
            CardKind::Protect => {
                let Some(protect) = home.protects.get(id) else { return };
                let subject = CardSubject { device: id, page: Page::Protect(id.clone()), slot: None };
                self.card_at(ui, view, rect, subject, |ui, view| {
                    cards::protect_card_ui(ui, view, id, protect);
                });
            }
        }
    }

    fn arrange(&mut self, home: &Arc<DeviceTree>, width: f32, view: &ViewContext<'_>) {
        let failed = view.snapshot.writes().filter(|(_, state)| !state.is_open());
        let mut failed: Vec<DeviceId> = failed.filter_map(|(slot, _)| slot.node.device().cloned()).collect();
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
            kinds: ["thermostat", "camera", "protect"].map(|kind| view.text(kind)),
            is_compact: view.is_compact && has_tools,
            has_presets: !view.presets.list().is_empty() || !view.levels().is_empty(),
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
    // Where nothing is left out, Tab must lead on to the rail.
    let sense = if is_there || has_focus { Sense::focusable_noninteractive() } else { Sense::hover() };
    ui.interact(rect, id, sense);
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
