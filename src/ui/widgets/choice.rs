//! Choice of one option: a drop-down list, or segmented buttons for few options.

use egui::accesskit::Action;
use egui::{
    Align, Align2, Color32, ComboBox, CornerRadius, EventFilter, Frame, Id, InnerResponse, Key, Layout, Margin,
    Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, vec2,
};

use super::closed::{explain, reason};
use super::line::one_line;
use crate::ui::theme::tokens::{measure, radius, size};
use crate::ui::theme::{colors, icons, mark_chosen, regular};

/// Largest width of an option's text, in points.
const WIDEST: f32 = 240.0;

/// Height from which on a list scrolls, in points.
const LIST: f32 = 400.0;

/// Draws a drop-down list; `Some` if the user picked another option.
pub(crate) fn choice_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    chosen: Option<&T>,
    options: &[T],
    title: impl Fn(&T) -> String,
) -> Option<T> {
    let mut picked = None;
    let mut is_ended = false;
    let shown = chosen.map_or_else(|| "–".to_owned(), &title);
    let full_name = format!("{name}: {shown}");
    if let Some(closed) = reason(ui) {
        closed_choice_ui(ui, name, &shown, &full_name, &closed);
        return None;
    }
    // Scroll to the chosen option only when the list opens; later the user scrolls.
    let opened_id = ui.make_persistent_id((name, "opened"));
    let frame = ui.ctx().cumulative_frame_nr();
    let opened: Option<u64> = ui.data(|data| data.get_temp(opened_id)).flatten();
    let is_new = opened.is_none();
    // The key that opens the list must not pick from it in another pass of the same frame.
    let takes_picks = opened.is_some_and(|opened| opened < frame);
    let inner = ComboBox::from_id_salt(name)
        .selected_text(one_line(ui, &shown, regular(size::BODY), Color32::PLACEHOLDER, WIDEST))
        .icon(arrow)
        .height(LIST)
        .show_ui(ui, |ui| {
            mark_chosen(ui);
            for option in options {
                let response = ui.selectable_label(
                    chosen == Some(option),
                    one_line(ui, &title(option), regular(size::BODY), Color32::PLACEHOLDER, WIDEST),
                );
                if is_new && !ui.is_sizing_pass() && chosen == Some(option) {
                    response.scroll_to_me(Some(egui::Align::Center));
                    // The arrow keys go on from there.
                    response.request_focus();
                }
                if response.clicked() && takes_picks {
                    if chosen != Some(option) {
                        picked = Some(option.clone());
                    }
                    // Close the list after a pick by keyboard too.
                    is_ended = true;
                    ui.close();
                }
            }
            // The sizing pass does not count as shown.
            !ui.is_sizing_pass()
        });
    let is_open = inner.inner == Some(true);
    ui.data_mut(|data| data.insert_temp(opened_id, is_open.then(|| opened.unwrap_or(frame))));
    // A pick and Esc return the focus to the control.
    if is_ended || !is_new && !is_open && ui.memory(|memory| memory.focused()).is_none() {
        inner.response.request_focus();
    }
    inner.response.accessible_name(full_name);
    picked
}

/// Draws a blocked list with the look, width and id of an open one.
fn closed_choice_ui(ui: &mut Ui, name: &str, shown: &str, full_name: &str, closed: &str) {
    let id = ui.make_persistent_id(egui::IdSalt::new(name));
    let colors = colors(ui);
    let galley = one_line(ui, shown, regular(size::BODY), Color32::PLACEHOLDER, WIDEST);
    let spacing = ui.spacing();
    let (padding, icon) = (spacing.button_padding, spacing.icon_width);
    let inner = (galley.size().x + spacing.icon_spacing + icon + 2.0 * padding.x).max(spacing.combo_width);
    let size = vec2(inner, spacing.interact_size.y.max(galley.size().y + 2.0 * padding.y));
    let (_, rect) = ui.allocate_space(size);
    let response = ui.interact(rect, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, false, full_name));
    if ui.is_rect_visible(rect) {
        let visuals = ui.visuals().widgets.inactive;
        let (fill, edge) = (visuals.weak_bg_fill, visuals.bg_stroke);
        ui.painter().rect(rect, visuals.corner_radius, fill, edge, egui::StrokeKind::Inside);
        let at = egui::pos2(rect.left() + padding.x, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, colors.text);
        let at = egui::pos2(rect.right() - padding.x - icon / 2.0, rect.center().y);
        ui.painter().text(at, Align2::CENTER_CENTER, icons::DOWN, regular(size::SMALL), colors.text);
    }
    explain(ui, &response, closed);
}

fn arrow(ui: &Ui, rect: egui::Rect, visuals: &egui::style::WidgetVisuals, _open: bool) {
    let at = rect.center();
    ui.painter().text(at, Align2::CENTER_CENTER, icons::DOWN, regular(size::SMALL), visuals.fg_stroke.color);
}

/// Draws buttons side by side; `Some` if the user pressed another one.
pub(crate) fn segmented_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    chosen: Option<&T>,
    options: &[(T, String)],
) -> Option<T> {
    let mut picked = None;
    let colors = colors(ui);
    // In a wrapping layout, buttons that do not fit move to the next line as a whole.
    let whole = segments_width(ui, options.iter().map(|(_, title)| title.as_str()));
    // At the start of a line, a line break would only add an empty line.
    let is_at_start = ui.cursor().left() <= ui.max_rect().left() + 1.0;
    if ui.layout().main_wrap() && !is_at_start && whole > ui.available_size_before_wrap().x {
        ui.end_row();
    }
    let frame = Frame::new()
        .fill(colors.raised)
        .corner_radius(CornerRadius::same(radius::CONTROL + 2))
        .inner_margin(Margin::same(2));
    in_row(ui, vec2(whole, measure::CONTROL + 4.0), |ui| {
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            // A right-to-left layout draws the last option first.
            let from_right = ui.layout().prefer_right_to_left();
            let ordered: Vec<&(T, String)> =
                if from_right { options.iter().rev().collect() } else { options.iter().collect() };
            let base = ui.make_persistent_id(("segments", name));
            let id = |index: usize| base.with(index);
            let count = options.len();
            // The group is one stop of Tab: the button with the focus, or else the chosen one.
            let focused = (0..count).find(|index| ui.memory(|memory| memory.has_focus(id(*index))));
            let mut next = None;
            let stop = focused.or(options.iter().position(|(option, _)| chosen == Some(option))).unwrap_or_default();
            for (option, title) in ordered {
                let index = options.iter().position(|(other, _)| other == option).unwrap_or_default();
                let is_chosen = chosen == Some(option);
                let segment = Segment { id: id(index), title, is_chosen, is_stop: index == stop };
                let response = segment_ui(ui, &segment, &format!("{name}: {title}"));
                if response.has_focus() {
                    next = moved_by_arrows(ui, response.id, index, count);
                }
                if response.clicked() && !is_chosen {
                    picked = Some(option.clone());
                }
            }
            // Only now, because a button that is no stop yet gives the focus away when it is drawn.
            if let Some(next) = next {
                ui.memory_mut(|memory| memory.request_focus(id(next)));
            }
        })
    });
    picked
}

/// The width of buttons side by side with these titles.
pub(crate) fn segments_width<'t>(ui: &Ui, titles: impl Iterator<Item = &'t str>) -> f32 {
    titles.map(|title| segment_galley(ui, title).size().x + SEGMENT_PADDING + 2.0).sum::<f32>() + 2.0
}

/// Draws contents of a known size, in the middle of a row that is higher.
fn in_row(ui: &mut Ui, size: Vec2, contents: impl FnOnce(&mut Ui) -> InnerResponse<()>) {
    if ui.layout().is_horizontal() && !ui.layout().main_wrap() && !ui.layout().prefer_right_to_left() {
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), contents);
    } else {
        contents(ui);
    }
}

/// A button of a group.
struct Segment<'a> {
    id: Id,
    title: &'a str,
    is_chosen: bool,
    /// True for the button that Tab leads to.
    is_stop: bool,
}

/// The button that the arrow keys lead to. They move the focus only, because choosing may change the home.
fn moved_by_arrows(ui: &Ui, id: Id, at: usize, count: usize) -> Option<usize> {
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    let by = usize::from(pressed(Key::ArrowRight)) + (count - 1) * usize::from(pressed(Key::ArrowLeft));
    (by > 0 && count > 1).then_some((at + by) % count)
}

/// Horizontal space around the text of a segment, in points.
const SEGMENT_PADDING: f32 = 24.0;

fn segment_galley(ui: &Ui, title: &str) -> std::sync::Arc<egui::Galley> {
    ui.painter().layout_no_wrap(title.to_owned(), regular(size::BODY), colors(ui).text)
}

fn segment_ui(ui: &mut Ui, segment: &Segment<'_>, name: &str) -> Response {
    let colors = colors(ui);
    let closed = reason(ui);
    let Segment { id, title, is_chosen, is_stop } = *segment;
    let galley = segment_galley(ui, title);
    let height = ui.spacing().interact_size.y - 4.0;
    // Assistive technology may move the focus to any of them.
    let is_wanted = ui.input(|input| input.has_accesskit_action_request(id, Action::Focus));
    if is_wanted {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let sense = match (closed.is_some(), is_stop || is_wanted) {
        (true, true) => Sense::focusable_noninteractive(),
        (true, false) => Sense::hover(),
        (false, true) => Sense::click(),
        (false, false) => Sense::CLICK,
    };
    let (_, rect) = ui.allocate_space(vec2(galley.size().x + SEGMENT_PADDING, height));
    let response = ui.interact(rect, id, sense);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, closed.is_none(), is_chosen, name));
    ui.ctx().accesskit_node_builder(id, |node| node.add_action(Action::Focus));
    if ui.is_rect_visible(rect) {
        let corner = CornerRadius::same(radius::CONTROL);
        if is_chosen {
            ui.painter().rect_filled(rect, corner, colors.surface);
        }
        let edge = if response.has_focus() {
            Some(Stroke::new(2.0, colors.accent))
        } else if is_chosen || (response.hovered() && closed.is_none()) {
            Some(Stroke::new(1.0, if is_chosen { colors.tick } else { colors.line }))
        } else {
            None
        };
        if let Some(edge) = edge {
            ui.painter().rect_stroke(rect, corner, edge, egui::StrokeKind::Inside);
        }
        let color = if is_chosen { colors.text } else { colors.muted };
        ui.painter().galley_with_override_text_color(rect.center() - galley.size() / 2.0, galley, color);
    }
    if let Some(closed) = closed {
        explain(ui, &response, &closed);
    }
    response
}
