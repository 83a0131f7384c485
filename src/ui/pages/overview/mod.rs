//! The overview: a card for every device, by home and kind.
//!
//! Rows have fixed heights, so that only the visible ones are built: ten thousand devices cost as much as ten.

mod cards;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::hash::Hash;
use std::sync::Arc;

use egui::{
    Align, CornerRadius, CursorIcon, Label, Layout, Rect, Response, RichText, Sense, Stroke, StrokeKind, Ui, UiBuilder,
    WidgetRect, pos2, vec2,
};

use super::settings::SettingsSection;
use super::{message_ui, page_area};
use crate::accounts::AccountsView;
use crate::engine::Connection;
use crate::home::{DeviceId, DeviceTree, StructureId, name_order};
use crate::ui::intent::{AccountIntent, AppIntent, Intent, Page, UiIntent};
use crate::ui::summary::in_order;
use crate::ui::theme::tokens::{measure, radius, size, space};
use crate::ui::theme::{colors, icons, regular, semibold};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_ui, card_frame, follow_focus, icon_ui, is_list_open, main_button_ui};

/// A row of the page.
#[derive(Debug, Clone)]
enum OverviewRow {
    Invitation,
    Home(Option<StructureId>),
    Kind(&'static str),
    Thermostats(Vec<DeviceId>),
    Cameras(Vec<DeviceId>),
    Protects(Vec<DeviceId>),
}

impl OverviewRow {
    fn height(&self) -> f32 {
        match self {
            Self::Invitation => measure::INVITATION,
            Self::Home(_) => measure::HOME_ROW,
            Self::Kind(_) => measure::KIND_ROW,
            Self::Thermostats(_) => measure::THERMOSTAT_CARD + space::L,
            Self::Cameras(_) => measure::CAMERA_CARD + space::L,
            Self::Protects(_) => measure::PROTECT_CARD + space::L,
        }
    }
}

/// Rows to draw before and after the visible ones: the name of a kind, and cards.
const BEYOND: usize = 2;

type MakeRow = fn(Vec<DeviceId>) -> OverviewRow;

/// The rows of the page, rebuilt when the devices or the width change.
#[derive(Debug, Default)]
pub struct Overview {
    rows: Vec<(f32, OverviewRow)>,
    height: f32,
    columns: usize,
    only: Option<StructureId>,
    /// The accounts, in order.
    accounts: Vec<String>,
    is_simulated: bool,
    /// The Protects with an alarm.
    alarmed: Vec<DeviceId>,
    home: Option<Arc<DeviceTree>>,
}

impl Overview {
    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, view: &mut ViewContext<'_>) {
        let home = Arc::clone(&view.snapshot.shown);
        if home.structures.is_empty() && home.device_count() == 0 {
            empty_ui(ui, view);
            return;
        }
        let width = ui.available_width() - space::M;
        let columns = ((width + space::L) / (measure::CARD_WIDTH + space::L)).floor().max(1.0) as usize;
        self.arrange(&home, columns, view.home, view.snapshot, view.summary.alarmed());
        let card_width = (width - space::L * (columns as f32 - 1.0)) / columns as f32;
        page_area(view.is_fresh, "overview").show_viewport(ui, |ui, seen| {
            ui.set_height(self.height);
            let origin = ui.max_rect().min;
            let first = self.rows.partition_point(|(top, row)| top + row.height() < seen.top());
            let last = self.rows.partition_point(|(top, _)| *top <= seen.bottom());
            // Tab moves only to drawn widgets, so draw the next cards on both sides as well.
            let drawn = first.saturating_sub(BEYOND)..(last + BEYOND).min(self.rows.len());
            for (top, row) in self.rows.get(drawn).unwrap_or_default() {
                let place = |column: usize, width: f32, height: f32| {
                    let left = column as f32 * (card_width + space::L);
                    Rect::from_min_size(pos2(origin.x + left, origin.y + top), vec2(width, height))
                };
                match row {
                    OverviewRow::Invitation => {
                        let strip = place(0, width, measure::INVITATION - space::M);
                        at(ui, strip, "invitation", |ui| invitation_ui(ui, view));
                    }
                    OverviewRow::Home(id) => {
                        at(ui, place(0, width, measure::HOME_ROW), id, |ui| cards::home_row_ui(ui, view, id.as_ref()));
                    }
                    OverviewRow::Kind(title) => {
                        at(ui, place(0, width, measure::KIND_ROW), (title, *top as i64), |ui| {
                            let text = RichText::new(view.text(title)).font(semibold(size::SMALL));
                            ui.label(text.color(view.colors.muted));
                        });
                    }
                    OverviewRow::Thermostats(ids) => {
                        for (column, id) in ids.iter().enumerate() {
                            let Some(thermostat) = home.thermostats.get(id) else { continue };
                            let rect = place(column, card_width, measure::THERMOSTAT_CARD);
                            card_at(ui, view, rect, Page::Thermostat(id.clone()), |ui, view| {
                                cards::thermostat_card_ui(ui, view, id, thermostat);
                            });
                        }
                    }
                    OverviewRow::Cameras(ids) => {
                        for (column, id) in ids.iter().enumerate() {
                            let Some(camera) = home.cameras.get(id) else { continue };
                            let rect = place(column, card_width, measure::CAMERA_CARD);
                            card_at(ui, view, rect, Page::Camera(id.clone()), |ui, view| {
                                cards::camera_card_ui(ui, view, id, camera);
                            });
                        }
                    }
                    OverviewRow::Protects(ids) => {
                        for (column, id) in ids.iter().enumerate() {
                            let Some(protect) = home.protects.get(id) else { continue };
                            let rect = place(column, card_width, measure::PROTECT_CARD);
                            card_at(ui, view, rect, Page::Protect(id.clone()), |ui, view| {
                                cards::protect_card_ui(ui, view, id, protect);
                            });
                        }
                    }
                }
            }
            follow_focus(ui);
        });
    }

    fn arrange(
        &mut self,
        home: &Arc<DeviceTree>,
        columns: usize,
        only: Option<&StructureId>,
        snapshot: &AccountsView,
        alarmed: &[DeviceId],
    ) {
        let same = self.columns == columns
            && self.only.as_ref() == only
            && self.is_simulated == snapshot.is_simulated()
            && self.alarmed == alarmed
            && self.accounts.iter().eq(snapshot.accounts.iter().map(|account| &account.key))
            && self.home.as_ref().is_some_and(|old| same_devices(old, home));
        self.home = Some(Arc::clone(home));
        if same {
            return;
        }
        self.columns = columns;
        self.only = only.cloned();
        self.alarmed = alarmed.to_vec();
        self.is_simulated = snapshot.is_simulated();
        self.accounts = snapshot.accounts.iter().map(|account| account.key.clone()).collect();
        self.rows.clear();
        let mut top = 0.0;
        let mut push = |row: OverviewRow| {
            let height = row.height();
            self.rows.push((top, row));
            top += height;
        };
        if self.is_simulated {
            push(OverviewRow::Invitation);
        }
        // The top bar shows the name of a single home.
        let names_homes = only.is_none() && home.structures.len() != 1;
        let structures = in_order(snapshot).into_iter().map(Some).chain([None]);
        for structure in structures.filter(|structure| only.is_none() || structure.as_ref() == only) {
            // Devices without a known home come last.
            let within = |id: Option<&StructureId>| match &structure {
                Some(own) => id == Some(own),
                None => id.is_none_or(|id| !home.structures.contains_key(id)),
            };
            let thermostats = ids(&home.thermostats, |t| within(t.structure_id.as_ref()), |t| t.name.as_deref());
            let cameras = ids(&home.cameras, |c| within(c.structure_id.as_ref()), |c| c.name.as_deref());
            let protects = ids(&home.protects, |p| within(p.structure_id.as_ref()), |p| p.name.as_deref());
            if structure.is_none() && thermostats.is_empty() && cameras.is_empty() && protects.is_empty() {
                continue;
            }
            if names_homes || structure.is_none() {
                push(OverviewRow::Home(structure.clone()));
            }
            let is_alarmed = protects.iter().any(|id| alarmed.contains(id));
            let mut protects = protects;
            protects.sort_by_key(|id| alarmed.iter().position(|other| other == id).unwrap_or(usize::MAX));
            let mut kinds: [(&str, Vec<DeviceId>, MakeRow); 3] = [
                ("kind-climate", thermostats, OverviewRow::Thermostats),
                ("kind-cameras", cameras, OverviewRow::Cameras),
                ("kind-safety", protects, OverviewRow::Protects),
            ];
            if is_alarmed {
                // Safety comes first while an alarm lasts.
                kinds.rotate_right(1);
            }
            for (title, ids, row) in kinds {
                if !ids.is_empty() {
                    push(OverviewRow::Kind(title));
                    ids.chunks(columns).for_each(|chunk| push(row(chunk.to_vec())));
                }
            }
        }
        self.height = top + space::XL;
    }
}

/// Device ids ordered by name, and then by id.
fn ids<T>(
    devices: &BTreeMap<DeviceId, Arc<T>>,
    keep: impl Fn(&T) -> bool,
    name: impl Fn(&T) -> Option<&str>,
) -> Vec<DeviceId> {
    let mut kept: Vec<(&str, &DeviceId)> = devices
        .iter()
        .filter(|(_, device)| keep(device))
        .map(|(id, device)| (name(device).unwrap_or_default(), id))
        .collect();
    kept.sort_by(|(one, one_id), (other, other_id)| name_order(one, other).then_with(|| one_id.cmp(other_id)));
    kept.into_iter().map(|(_, id)| id.clone()).collect()
}

/// True if both device trees give the same rows; values on the cards do not matter.
fn same_devices(old: &Arc<DeviceTree>, new: &Arc<DeviceTree>) -> bool {
    Arc::ptr_eq(old, new)
        || (old.structures.keys().eq(new.structures.keys())
            && places(&old.thermostats, |t| t.structure_id.as_ref())
                .eq(places(&new.thermostats, |t| t.structure_id.as_ref()))
            && places(&old.cameras, |c| c.structure_id.as_ref()).eq(places(&new.cameras, |c| c.structure_id.as_ref()))
            && places(&old.protects, |p| p.structure_id.as_ref())
                .eq(places(&new.protects, |p| p.structure_id.as_ref())))
}

fn places<T>(
    devices: &BTreeMap<DeviceId, Arc<T>>,
    structure: impl Fn(&T) -> Option<&StructureId>,
) -> impl Iterator<Item = (&DeviceId, Option<&StructureId>)> {
    devices.iter().map(move |(id, device)| (id, structure(device)))
}

fn at(ui: &mut Ui, rect: Rect, salt: impl Hash + Debug, contents: impl FnOnce(&mut Ui)) {
    let builder = UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center));
    let id = ui.make_persistent_id(("row", salt));
    ui.scope_builder(builder.scope_id(id), contents);
}

/// Draws a card that opens its page wherever no control of it is clicked. The keyboard and screen readers use its
/// name, which is a link.
fn card_at(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    rect: Rect,
    page: Page,
    contents: impl FnOnce(&mut Ui, &mut ViewContext<'_>),
) {
    let builder = UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min));
    // The id must not depend on the number of rows drawn before, so that the focus stays while the page scrolls.
    let id = ui.make_persistent_id(("card", &page));
    // The click that closes a list opens nothing; the list is closed before the card knows of the click.
    let is_list_open = is_list_open(ui);
    // The controls are added later and lie above.
    let card = ui.interact(rect, id.with("open"), Sense::CLICK).on_hover_cursor(CursorIcon::PointingHand);
    let colors = colors(ui);
    let is_pressed = card.is_pointer_button_down_on();
    let (fill, edge) = match (card.hovered(), is_pressed) {
        (_, true) => (colors.raised, colors.accent),
        (true, false) => (colors.surface.lerp_to_gamma(colors.raised, 0.6), colors.tick),
        (false, false) => (colors.surface, colors.line),
    };
    ui.scope_builder(builder.scope_id(id), |ui| {
        let frame = card_frame(ui).fill(fill).stroke(Stroke::new(1.0, edge));
        let inner = rect.size() - frame.total_margin().sum();
        frame.show(ui, |ui| {
            ui.set_min_size(inner);
            ui.set_max_size(inner);
            // A text that can be selected would take the click.
            ui.style_mut().interaction.selectable_labels = false;
            contents(ui, view);
        });
    });
    if card.clicked() && !is_list_open && !is_on_control(ui, &card) {
        view.send(UiIntent::Go(page));
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
