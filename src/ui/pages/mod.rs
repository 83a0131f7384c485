//! Pages: functions of a view that draw and return intents.

mod accounts;
mod activity;
mod as_text;
mod autostart;
mod camera;
mod connect;
mod console;
mod energy;
mod explorer;
mod form_edits;
mod history;
mod hold;
mod hotkey;
mod notify;
mod outside;
mod overview;
mod presets;
mod protect;
mod rules;
mod schedule;
mod settings;
mod simulated_card;
mod simulator;
mod structure;
mod thermostat;
mod trial_card;

use std::fmt::Debug;
use std::hash::Hash;

use egui::{RichText, ScrollArea, Ui, UiBuilder, WidgetText, vec2};

pub use accounts::Renaming;
pub use activity::ActivityState;
pub(super) use activity::{
    activity_ui, change_text, outcome_line, own_change_text, own_past_text, retry_of, undo_intent, who_text,
};
pub use autostart::StartsWithDesktop;
pub(super) use camera::enlarged_ui;
pub(crate) use connect::USUAL_PORT;
pub(super) use connect::connect_ui;
pub use connect::{FormField, SignInForm, SignInProgress};
pub(super) use console::console_ui;
use console::{api_bar_ui, api_pages_ui};
pub use energy::{EnergyState, ImportStatus, JoinProposal, JoinQuestion};
pub(super) use energy::{energy_ui, take_dropped_files};
pub use explorer::ExplorerState;
pub(super) use explorer::explorer_ui;
pub use history::HistoryList;
pub(super) use hold::{hold_end_text, hold_menu_ui};
pub use hotkey::Recording;
pub use outside::OutsideForm;
pub use overview::Overview;
pub use presets::PresetsState;
pub(super) use presets::{batch_ui, chips_ui, list_ui, presets_ui};
pub(super) use protect::alarms_ui;
pub use rules::RulesState;
pub(super) use rules::rules_ui;
pub use schedule::ScheduleState;
pub(super) use schedule::schedule_ui;
pub use settings::{SettingsSection, SettingsState, settings_ui};
pub(super) use simulator::simulator_ui;
pub(super) use structure::{arrival_of, arrival_write, away_ui};

use super::intent::{AppIntent, Page, UiIntent};
use super::theme::tokens::{measure, size, space};
use super::theme::{heading, icons, regular, semibold, small, title};
use super::view::ViewContext;
use super::widgets::{
    at_the_right, card_ui, focus_ring, follow_focus, icon_label_ui, icon_ui, one_line, quiet_button_ui,
};
use crate::engine::UndoStatus;
use crate::home::{DeviceId, Node, Refusal, StructureId};
use crate::ui::widgets::page_heading_ui;

/// Draws the page of one device or home.
pub(super) fn page_ui(ui: &mut Ui, view: &mut ViewContext<'_>, page: &Page) {
    match page {
        // These pages have their own state and are drawn by the window.
        Page::Overview
        | Page::Settings
        | Page::Connect
        | Page::Activity
        | Page::Energy
        | Page::Schedule
        | Page::Rules
        | Page::Presets
        | Page::Console
        | Page::Explorer
        | Page::Simulator => {}
        Page::Structure(id) => structure::structure_ui(ui, view, id),
        Page::Thermostat(id) => thermostat::thermostat_ui(ui, view, id),
        Page::Camera(id) => camera::camera_ui(ui, view, id),
        Page::Protect(id) => protect::protect_ui(ui, view, id),
    }
}

/// The title of a page; empty for the overview, which is the program itself.
pub(super) fn page_title(view: &ViewContext<'_>, page: &Page) -> String {
    let home = &view.snapshot.shown;
    let of = |name: Option<&str>, kind: &str| view.name_or(name, kind);
    match page {
        Page::Overview => String::new(),
        Page::Structure(id) => of(home.structures.get(id).and_then(|it| it.name.as_deref()), "structure"),
        Page::Thermostat(id) => of(home.thermostats.get(id).and_then(|it| it.name.as_deref()), "thermostat"),
        Page::Camera(id) => of(home.cameras.get(id).and_then(|it| it.name.as_deref()), "camera"),
        Page::Protect(id) => match home.protects.get(id) {
            Some(protect) => protect::protect_name(view, protect),
            None => view.text("protect"),
        },
        Page::Activity => view.text("activity"),
        Page::Energy => view.text("energy"),
        Page::Schedule => view.text("schedule"),
        Page::Rules => view.text("rules"),
        Page::Presets => view.text("presets"),
        Page::Console | Page::Simulator | Page::Explorer => view.text("rail-developer"),
        Page::Settings => view.text("settings"),
        Page::Connect => view.text("connect-title"),
    }
}

/// The scroll area of a page, which begins at the top of a page that was opened.
fn page_area(is_fresh: bool, salt: impl Hash + Debug) -> ScrollArea {
    let area = ScrollArea::vertical().id_salt(salt).auto_shrink(false);
    if is_fresh { area.vertical_scroll_offset(0.0) } else { area }
}

/// Draws a page of one column that scrolls.
fn scrolling(ui: &mut Ui, is_fresh: bool, salt: impl Hash + Debug, contents: impl FnOnce(&mut Ui)) {
    page_area(is_fresh, salt).show(ui, |ui| {
        let width = (ui.available_width() - measure::BAR).min(measure::PAGE);
        ui.set_max_width(width);
        ui.spacing_mut().item_spacing.y = space::M;
        contents(ui);
        ui.add_space(space::XL);
        follow_focus(ui);
    });
}

/// Draws a page of cards that scrolls as a whole: in two columns in a wide window, else the left cards above the right
/// ones.
fn cards_ui<'v>(ui: &mut Ui, view: &mut ViewContext<'v>, salt: impl Hash + Debug, [left, right]: [Column<'_, 'v>; 2]) {
    page_area(view.is_fresh, salt).show(ui, |ui| {
        let width = (ui.available_width() - measure::BAR).min(2.0 * measure::PAGE + GUTTER);
        ui.spacing_mut().item_spacing.y = space::M;
        if width < measure::TWO_COLUMNS {
            column_ui(ui, width.min(measure::PAGE), |ui| {
                left(ui, view);
                right(ui, view);
            });
        } else {
            let half = ((width - GUTTER) / 2.0).floor();
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = GUTTER;
                for column in [left, right] {
                    column_ui(ui, half, |ui| column(ui, view));
                }
            });
        }
        ui.add_space(space::XL);
        follow_focus(ui);
    });
}

/// The widths of the columns of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Columns {
    /// The left column has the width of a dial; in a wide window there is a third column.
    Dial,
    /// The left column takes all width that the right one leaves.
    Picture,
}

/// A column of a page.
type Column<'a, 'v> = Box<dyn FnOnce(&mut Ui, &mut ViewContext<'v>) + 'a>;

/// The parts of a page of columns.
struct PageParts<'a, 'v> {
    /// The dial or the picture.
    main: Column<'a, 'v>,
    controls: Column<'a, 'v>,
    /// A curve, which is best seen beside the dial: below it, or in the third column.
    curve: Option<Column<'a, 'v>>,
    lists: Column<'a, 'v>,
}

/// Draws a page of columns, which scroll apart, so that the dial or the picture on the left stays in sight. The lists
/// stand below the controls unless the window is wide; in a narrow window all parts stack.
fn columns_ui<'v>(
    ui: &mut Ui,
    view: &mut ViewContext<'v>,
    id: &DeviceId,
    kind: Columns,
    PageParts { main, controls, curve, lists }: PageParts<'_, 'v>,
) {
    let is_fresh = view.is_fresh;
    let width = ui.available_width() - measure::BAR;
    if width < measure::ONE_COLUMN {
        page_area(is_fresh, id).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::M;
            for column in [main, controls].into_iter().chain(curve).chain([lists]) {
                column_ui(ui, width, |ui| column(ui, view));
            }
            ui.add_space(space::XL);
            follow_focus(ui);
        });
        return;
    }
    let has_third = kind == Columns::Dial && width >= measure::THREE_COLUMNS;
    let left_width = match kind {
        Columns::Dial => measure::DIAL_COLUMN.min(width * 0.45),
        Columns::Picture => width - GUTTER - measure::DIAL_COLUMN.min(width * 0.4),
    };
    let rest = width - left_width - GUTTER;
    let columns: Vec<(f32, Vec<Column<'_, 'v>>)> = if has_third {
        // A curve needs more width than a row of settings.
        let settings = ((rest - GUTTER) * 0.42).floor();
        let third = curve.into_iter().chain([lists]).collect();
        vec![(left_width, vec![main]), (settings, vec![controls]), (rest - GUTTER - settings, third)]
    } else {
        let most = if kind == Columns::Dial { rest.min(measure::WIDE_PAGE - left_width - GUTTER) } else { rest };
        let left = std::iter::once(main).chain(curve).collect();
        vec![(left_width, left), (most, vec![controls, lists])]
    };
    let height = ui.available_height();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let last = columns.len() - 1;
        for (index, (width, parts)) in columns.into_iter().enumerate() {
            if index > 0 {
                ui.add_space(GUTTER - measure::BAR);
            }
            let room = if index == last { ui.available_width() } else { width + measure::BAR };
            ui.allocate_ui_with_layout(vec2(room, height), egui::Layout::top_down(egui::Align::Min), |ui| {
                page_area(is_fresh, (index, id)).show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = space::M;
                    column_ui(ui, width, |ui| parts.into_iter().for_each(|part| part(ui, view)));
                    ui.add_space(space::XL);
                    follow_focus(ui);
                });
            });
        }
    });
}

/// Space between two columns, in points.
const GUTTER: f32 = 28.0;

fn column_ui(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(width, 0.0), egui::Layout::top_down(egui::Align::Min), |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.x = space::S;
        contents(ui);
    });
}

/// Draws the back button and the name of the page.
fn heading_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    structure: Option<&StructureId>,
    text: &str,
    device: Option<&DeviceId>,
) {
    ui.horizontal_wrapped(|ui| {
        let back = view.text("back");
        // The arrow stands at the left edge of the page, and its padding in the margin.
        let padding = ui.spacing().button_padding.x;
        let room = ui.available_rect_before_wrap().translate(vec2(-padding, 0.0));
        let mut margin = ui.new_child(UiBuilder::new().id_salt("back").max_rect(room));
        let arrow = RichText::new(icons::BACK).size(size::TITLE);
        let response = quiet_button_ui(&mut margin, arrow, &back).on_hover_text(&back);
        ui.allocate_space(response.rect.size() - vec2(padding, 0.0));
        if response.clicked() {
            view.send(UiIntent::Back);
        }
        let home = structure.and_then(|id| view.snapshot.shown.structures.get_key_value(id));
        if let Some((id, home)) = home {
            let name = view.name_or(home.name.as_deref(), "structure");
            let most = ui.max_rect().width() * 0.4;
            let name = one_line(ui, &name, regular(size::BODY), view.colors.muted, most);
            if link_ui(ui, name) {
                view.send(UiIntent::Go(Page::Structure(id.clone())));
            }
            ui.label(RichText::new("›").color(view.colors.muted));
        }
        let most = ui.max_rect().width() - measure::CONTROL - space::XL;
        let title = one_line(ui, text, semibold(size::HEADING), view.colors.text, most);
        let is_cut = title.elided;
        let response = page_heading_ui(ui, view, title);
        if is_cut {
            response.on_hover_text(text);
        }
        if let Some(device) = device {
            pin_ui(ui, view, device);
        }
    });
    ui.add_space(space::XS);
}

/// Draws the button that pins a device to the tray and the launcher, or unpins it.
fn pin_ui(ui: &mut Ui, view: &mut ViewContext<'_>, device: &DeviceId) {
    let is_pinned = view.pinned.contains(device);
    let name = view.text(if is_pinned { "unpin" } else { "pin" });
    let color = if is_pinned { view.colors.accent } else { view.colors.muted };
    let icon = RichText::new(icons::PIN).size(size::TITLE).color(color);
    let response = quiet_button_ui(ui, icon, &name).on_hover_text(&name);
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_toggled(is_pinned.into()));
    if response.clicked() {
        view.send(AppIntent::Pin(device.clone(), !is_pinned));
    }
}

/// Draws a link to another page; `true` if it was clicked.
fn link_ui(ui: &mut Ui, text: impl Into<WidgetText>) -> bool {
    let response = ui.link(text);
    focus_ring(ui, &response);
    response.clicked()
}

/// Draws the message for a device that no longer exists.
fn gone_ui(ui: &mut Ui, view: &mut ViewContext<'_>, kind: &str) {
    let kind = view.text(kind);
    heading_ui(ui, view, None, &kind, None);
    message_ui(ui, view, icons::SEARCH, "gone-title", "gone-about");
}

/// Draws the message of an empty page.
fn message_ui(ui: &mut Ui, view: &ViewContext<'_>, icon: &str, title_id: &str, about_id: &str) {
    ui.vertical_centered(|ui| {
        ui.set_max_width(measure::DIALOG.min(ui.available_width()));
        ui.add_space(space::XL * 3.0);
        icon_ui(ui, icon, size::READING, view.colors.muted);
        ui.add_space(space::S);
        ui.label(heading(view.text(title_id)));
        ui.label(RichText::new(view.text(about_id)).color(view.colors.muted));
    });
}

/// Draws the message that a device is offline, once for its page.
fn offline_ui(ui: &mut Ui, view: &ViewContext<'_>, is_reachable: bool) {
    if !is_reachable {
        card_ui(ui, |ui| {
            let text = RichText::new(view.i18n.localize(&Refusal::Offline)).color(view.colors.warning);
            icon_label_ui(ui, icons::OFFLINE, text);
        });
    }
}

/// Draws a read-only fact: its name and its value.
pub(super) fn fact_ui(ui: &mut Ui, view: &ViewContext<'_>, icon: &str, name_id: &str, value: &str) {
    ui.scope(|ui| {
        // The row has no control, so it is only as high as its text.
        ui.spacing_mut().interact_size.y = size::SMALL;
        ui.horizontal(|ui| {
            icon_ui(ui, icon, size::TITLE, view.colors.muted);
            ui.label(small(view.text(name_id)).color(view.colors.muted));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add(egui::Label::new(small(value)).truncate());
            });
        });
    });
}

/// Draws the last changes of a device or home.
fn recent_ui(ui: &mut Ui, view: &mut ViewContext<'_>, node: &Node) {
    const SHOWN: usize = 4;
    let snapshot = view.snapshot;
    let recent: Vec<_> = snapshot.records().filter(|entry| entry.record.slot.node == *node).take(SHOWN).collect();
    let standings = snapshot.standings();
    card_ui(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(title(view.text("recent")));
            at_the_right(ui, "all", |ui| {
                if link_ui(ui, small(view.text("recent-all"))) {
                    view.send(UiIntent::Go(Page::Activity));
                }
            });
        });
        if recent.is_empty() {
            ui.label(small(view.text("activity-empty")).color(view.colors.muted));
        }
        for entry in recent {
            ui.separator();
            let standing = standings.get(&entry.id()).copied().unwrap_or(UndoStatus::Nothing);
            activity::line_ui(ui, view, entry, standing, activity::LinePlace::OwnPage);
        }
    });
}
