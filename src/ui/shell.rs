//! The frame around the pages: the navigation rail and the top bar.

use egui::epaint::RectShape;
use egui::{
    Align, Align2, Button, CentralPanel, CornerRadius, Frame, Id, Layout, Margin, Panel, Rect, Response, RichText,
    Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use super::action::Action;
use super::intent::{Page, UiIntent};
use super::keys::shortcut_text;
use super::pages::{SettingsSection, away_ui};
use super::theme::tokens::{measure, radius, size, space};
use super::theme::{icons, regular, semibold, small};
use super::view::ViewContext;
use super::widgets::{button_ui, connection_text, dot_ui, quiet_button_ui, value_scope};
use crate::accounts::AccountSnapshot;
use crate::home::{Field, Node, Slot, StructureId};

/// The pages of the rail, in its order.
const DESTINATIONS: [Action; 7] = [
    Action::Overview,
    Action::Activity,
    Action::Energy,
    Action::Schedule,
    Action::Presets,
    Action::Console,
    Action::Settings,
];

/// Draws the rail beside the page, or below it in a narrow window. Returns its place.
pub(super) fn rail_ui(ui: &mut Ui, view: &mut ViewContext<'_>, page: &Page) -> Rect {
    let frame = Frame::new().fill(view.colors.surface).inner_margin(Margin::same(8));
    let narrow = ui.available_width() < measure::NARROW;
    let shown: Vec<Action> = DESTINATIONS.into_iter().filter(|action| action.is_offered(view)).collect();
    let shown = if narrow {
        Panel::bottom("rail").frame(frame).resizable(false).show(ui, |ui| {
            let width = (ui.available_width() - space::XS * shown.len() as f32) / shown.len() as f32;
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::XS;
                for action in shown {
                    destination_ui(ui, view, action, page, vec2(width, ITEM));
                }
            });
        })
    } else {
        Panel::left("rail").frame(frame).exact_size(measure::RAIL).resizable(false).show(ui, |ui| {
            ui.with_layout(Layout::top_down(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.y = 6.0;
                // In a low window the items are lower, so that all of them are in sight.
                let height = (ui.available_height() / (shown.len() + 1) as f32 - 6.0).clamp(LEAST_ITEM, ITEM);
                let size = vec2(measure::RAIL - 16.0, height);
                for action in shown {
                    destination_ui(ui, view, action, page, size);
                }
                ui.with_layout(Layout::bottom_up(Align::Center), |ui| {
                    let response = item_ui(ui, view, Action::Help, false, size);
                    if response.clicked() {
                        view.send(UiIntent::Action(Action::Help));
                    }
                });
            });
        })
    };
    shown.response.rect
}

fn destination_ui(ui: &mut Ui, view: &mut ViewContext<'_>, action: Action, page: &Page, size: Vec2) {
    // A device's page belongs to the overview.
    let here = match page {
        Page::Overview | Page::Structure(_) | Page::Thermostat(_) | Page::Camera(_) | Page::Protect(_) => {
            action == Action::Overview
        }
        // The pages for developers share one item of the rail.
        Page::Console | Page::Explorer | Page::Simulator => action == Action::Console,
        Page::Settings | Page::Connect => action == Action::Settings,
        // Both are done by this computer.
        Page::Schedule | Page::Rules => action == Action::Schedule,
        Page::Activity | Page::Energy | Page::Presets => action.page().as_ref() == Some(page),
    };
    if item_ui(ui, view, action, here, size).clicked() {
        view.send(UiIntent::Action(action));
    }
}

/// The message id of an action's short name on the rail.
fn rail_word(action: Action) -> &'static str {
    match action {
        Action::Overview => "rail-home",
        Action::Activity => "activity",
        Action::Energy => "energy",
        Action::Schedule => "schedule",
        Action::Presets => "presets",
        Action::Console => "rail-developer",
        Action::Settings => "rail-settings",
        Action::Help => "rail-help",
        Action::Palette
        | Action::Rules
        | Action::Simulator
        | Action::Explorer
        | Action::Undo
        | Action::Redo
        | Action::Back
        | Action::Search
        | Action::NextHome
        | Action::LargerText
        | Action::SmallerText
        | Action::UsualText
        | Action::Reconnect
        | Action::CloseWindow
        | Action::Quit => action.text(),
    }
}

/// Height of an item of the rail, and the least one in a low window, in points.
const ITEM: f32 = 54.0;
const LEAST_ITEM: f32 = 40.0;

/// Space on either side of an item of the rail, in points.
const AROUND_ITEM: f32 = 8.0;

/// Smallest size of a word of the rail, in points.
const LEAST_RAIL: f32 = 9.0;

fn item_ui(ui: &mut Ui, view: &ViewContext<'_>, action: Action, here: bool, place: Vec2) -> Response {
    let word = view.text(rail_word(action));
    let (rect, response) = ui.allocate_exact_size(place, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Tab, true, &word));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(here));
    let colors = view.colors;
    let corner = CornerRadius::same(radius::CONTROL + 2);
    if here || response.hovered() {
        ui.painter().rect_filled(rect, corner, colors.raised);
    }
    if here {
        ui.painter().rect_stroke(rect, corner, Stroke::new(1.5, colors.chosen_edge), StrokeKind::Inside);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, corner, Stroke::new(2.0, colors.accent), StrokeKind::Inside);
    }
    let color = if here { colors.text } else { colors.muted };
    let middle = rect.center();
    let icon_at = pos2(middle.x, rect.top() + 0.35 * rect.height());
    ui.painter().text(icon_at, Align2::CENTER_CENTER, action.icon(), regular(size::ICON), color);
    let font = |size| if here { semibold(size) } else { regular(size) };
    let room = rect.expand2(vec2(AROUND_ITEM / 2.0 - 1.0, 0.0));
    let whole = ui.painter().layout_no_wrap(word.clone(), font(size::RAIL), color).size().x;
    // A long word is smaller; one that is still too long is clipped, so that it does not overlap the next button.
    let fitting = (size::RAIL * room.width() / whole.max(1.0)).clamp(LEAST_RAIL, size::RAIL);
    let galley = ui.painter().layout_no_wrap(word, font(fitting), color);
    let at = pos2((middle.x - galley.size().x / 2.0).max(room.left()), rect.top() + 0.65 * rect.height());
    ui.painter().with_clip_rect(room).galley(at, galley, color);
    response.on_hover_text(shortcut_hint(view, action))
}

/// The name of an action with its key: `Activity (Ctrl+2)`.
fn shortcut_hint(view: &ViewContext<'_>, action: Action) -> String {
    format!("{} ({})", view.i18n.text(action.text()), shortcut_text(view.i18n, action))
}

/// Draws the top bar: the home, Home or Away, the connection, and the button of the palette. Returns its
/// place.
pub(super) fn top_bar_ui(ui: &mut Ui, view: &mut ViewContext<'_>) -> Rect {
    let narrow = ui.available_width() < measure::ONE_COLUMN;
    let side = if narrow { 12 } else { 24 };
    let frame = Frame::new().fill(view.colors.window).inner_margin(Margin::symmetric(side, 12));
    let shown = Panel::top("bar").frame(frame).resizable(false).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = if narrow { space::S } else { 14.0 };
            ui.set_height(36.0);
            // Limit a long name, to leave room for Home or Away, the connection and the palette.
            let most = ui.available_width() * 0.3;
            home_ui(ui, view, most);
            if !narrow {
                badge_ui(ui, view);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| command_field_ui(ui, view, narrow));
        });
        if narrow {
            ui.horizontal(|ui| {
                // A rail below the page has no room for the help button.
                let has_rail = ui.ctx().content_rect().width() >= measure::NARROW;
                let room = ui.available_width() - if has_rail { 0.0 } else { measure::CONTROL + space::S };
                ui.scope(|ui| {
                    ui.set_max_width(room);
                    badge_ui(ui, view);
                });
                if !has_rail {
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| help_button_ui(ui, view));
                }
            });
        }
    });
    shown.response.rect
}

/// Draws the name of the shown home, or a list if there are several, and Home or Away.
fn home_ui(ui: &mut Ui, view: &mut ViewContext<'_>, most: f32) {
    let shown = std::sync::Arc::clone(&view.snapshot.shown);
    let summary = view.summary;
    let present = match summary.homes() {
        [] | [_] => return,
        [_, only] => only.clone(),
        [_, _, ..] => view.home.cloned(),
    };
    let name_of = |id: &StructureId| {
        let name = shown.structures.get(id).and_then(|structure| structure.name.clone());
        let name = view.name_or(name.as_deref(), "structure");
        view.i18n.disambiguate(view.snapshot, &Node::Structure(id.clone()), &name)
    };
    if summary.homes().len() > 2 {
        let title = |id: &Option<StructureId>| id.as_ref().map_or_else(|| view.text("all-homes"), name_of);
        let label = view.text("which-home");
        if let Some(picked) = super::widgets::choice_ui(ui, &label, Some(&present), summary.homes(), title) {
            view.send(UiIntent::ShowHome(picked));
        }
    } else if let Some(id) = &present {
        let name = name_of(id);
        let text = RichText::new(name.as_str()).font(semibold(size::TITLE));
        let label = view.i18n.format("card-home", [("name", name.as_str().into())]);
        let clicked = ui.scope(|ui| {
            // Without padding, the name aligns with the titles of the pages.
            ui.spacing_mut().button_padding.x = 0.0;
            ui.set_max_width(most);
            let behind = ui.painter().add(egui::Shape::Noop);
            let response = ui.add(Button::new(text).frame(false).truncate()).accessible_name(label);
            if response.hovered() || response.has_focus() {
                let edge = if response.has_focus() { Stroke::new(2.0, view.colors.accent) } else { Stroke::NONE };
                let (rect, corner) = (response.rect.expand2(vec2(space::S, 0.0)), CornerRadius::same(radius::CONTROL));
                let shape = RectShape::new(rect, corner, view.colors.raised, edge, StrokeKind::Inside);
                ui.painter().set(behind, shape);
            }
            response.on_hover_text(&name).clicked()
        });
        if clicked.inner {
            view.send(UiIntent::Go(Page::Structure(id.clone())));
        }
    }
    if let Some((id, structure)) = present.as_ref().and_then(|id| shown.structures.get_key_value(id)) {
        let name = view.name_or(structure.name.as_deref(), "structure");
        let slot = Slot { node: Node::Structure(id.clone()), field: Field::Away };
        value_scope(ui, view, &slot, |ui, view| away_ui(ui, view, id, structure, &name));
    }
}

/// Draws the name and the connection of the service, as a button to the accounts.
fn badge_ui(ui: &mut Ui, view: &mut ViewContext<'_>) {
    let accounts = &view.snapshot.accounts;
    let away = accounts.iter().filter(|account| !account.connection().is_online()).count();
    let (fine, line) = connection_text(&view.snapshot.connection, view);
    let color = if fine && away == 0 { view.colors.eco } else { view.colors.warning };
    ui.spacing_mut().item_spacing.x = 6.0;
    dot_ui(ui, color);
    let name = view.i18n.accounts(view.snapshot);
    let words = if fine && away > 0 {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX).into();
        view.i18n.format("accounts-away", [("away", count(away)), ("count", count(accounts.len()))])
    } else {
        format!("{name} · {line}")
    };
    let about = match view.snapshot.only() {
        Some(account) => account.label.place.clone(),
        None => accounts.iter().map(|account| account_line(account, view)).collect::<Vec<_>>().join("\n"),
    };
    // The padding of the button would part the words from their dot.
    ui.spacing_mut().button_padding.x = space::XS;
    let button = Button::new(small(words).color(view.colors.muted)).frame_when_inactive(false).truncate();
    let response = ui.add(button).on_hover_text(about);
    super::widgets::focus_ring(ui, &response);
    if response.clicked() {
        view.send(if view.has_accounts || !view.snapshot.is_simulated() {
            UiIntent::ShowSettings(SettingsSection::Accounts)
        } else {
            UiIntent::Go(Page::Connect)
        });
    }
}

fn account_line(account: &AccountSnapshot, view: &ViewContext<'_>) -> String {
    let (_, line) = connection_text(account.connection(), view);
    view.i18n.format("account-line", [("name", view.i18n.localize(&account.label.name).into()), ("line", line.into())])
}

fn help_button_ui(ui: &mut Ui, view: &mut ViewContext<'_>) {
    let name = view.text(rail_word(Action::Help));
    let icon = RichText::new(Action::Help.icon()).size(size::TITLE).color(view.colors.muted);
    let hint = shortcut_hint(view, Action::Help);
    if quiet_button_ui(ui, icon, &name).on_hover_text(hint).clicked() {
        view.send(UiIntent::Action(Action::Help));
    }
}

/// Draws a button that looks like a text field and opens the palette.
fn command_field_ui(ui: &mut Ui, view: &mut ViewContext<'_>, narrow: bool) {
    let name = view.text("action-palette");
    if narrow {
        if button_ui(ui, RichText::new(icons::SEARCH).size(size::TITLE), &name).on_hover_text(&name).clicked() {
            view.send(UiIntent::Action(Action::Palette));
        }
        return;
    }
    let width = ui.available_width().min(420.0);
    let (rect, response) = ui.allocate_exact_size(vec2(width, measure::CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let colors = view.colors;
    let edge = if response.has_focus() {
        Stroke::new(2.0, colors.accent)
    } else if response.hovered() {
        Stroke::new(1.0, colors.tick)
    } else {
        Stroke::new(1.0, colors.line)
    };
    ui.painter().rect(rect, CornerRadius::same(radius::CONTROL + 2), colors.surface, edge, StrokeKind::Inside);
    let inner = rect.shrink2(vec2(14.0, 0.0));
    let keys = shortcut_text(view.i18n, Action::Palette);
    let keys = ui.painter().layout_no_wrap(keys, regular(12.0), colors.muted);
    let keys_at = pos2(inner.right() - keys.size().x, inner.center().y - keys.size().y / 2.0);
    let keys_rect = Rect::from_min_size(keys_at, keys.size()).expand2(vec2(6.0, 3.0));
    let hint = super::palette::hint(view);
    let clip = Rect::from_min_max(rect.min, pos2(keys_rect.left() - space::S, rect.bottom()));
    let at = inner.left_center();
    ui.painter().with_clip_rect(clip).text(at, Align2::LEFT_CENTER, hint, regular(size::BODY), colors.muted);
    ui.painter().rect_stroke(keys_rect, CornerRadius::same(4), Stroke::new(1.0, colors.line), StrokeKind::Inside);
    ui.painter().galley(keys_at, keys, colors.muted);
    if response.clicked() {
        view.send(UiIntent::Action(Action::Palette));
    }
}

/// Draws the frame of a page and returns its place. The ids of the page do not depend on the panels above it, so the
/// focus stays when a banner appears or disappears.
pub(super) fn page_frame_ui<'v>(
    ui: &mut Ui,
    view: &mut ViewContext<'v>,
    page: &Page,
    contents: impl FnOnce(&mut Ui, &mut ViewContext<'v>),
) -> Rect {
    let side = if ui.available_width() < measure::NARROW { 12 } else { 24 };
    // The rest of the margin is that of the scroll bar, which belongs to the page.
    let right = side - measure::BAR as i8;
    let margin = Margin { left: side, right, top: 14, bottom: 0 };
    let frame = Frame::new().fill(view.colors.window).inner_margin(margin);
    let builder = UiBuilder::new().scope_id(Id::unique(("page", std::mem::discriminant(page))));
    let shown = CentralPanel::default().frame(frame).show(ui, |ui| {
        ui.scope_builder(builder, |ui| contents(ui, view));
    });
    shown.response.rect
}
