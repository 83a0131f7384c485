//! One row of a tree.

use egui::accesskit::Action;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, Color32, CornerRadius, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2};

use super::{DrawnTree, JsonTreeAction, JsonTreeState, keys};
use crate::json_tree::{JsonKind, RowKey, TreeRow};
use crate::ui::theme::tokens::{Colors, measure, size, space};
use crate::ui::theme::{colors, icons, mono, regular};
use crate::ui::widgets::button_ui;

/// Height of a row, in points.
pub(super) const HEIGHT: f32 = 26.0;
/// Indentation for each level, in points.
const INDENT: f32 = 16.0;
/// Indentation for each level in a narrow tree, in points.
const NARROW_INDENT: f32 = 10.0;
/// Width of the triangle before a row, in points.
const TRIANGLE: f32 = 20.0;
/// Most characters of a value; no screen has room for more.
const SHOWN_CHARS: usize = 300;
/// Corner radius of a highlighted row.
const CORNER: CornerRadius = CornerRadius::same(4);
/// Most fields to search for a name. No device has more fields, and a list of thousands has no name.
const FIELDS_LOOKED_AT: usize = 100;
/// Share of the highlight colour in the background of a row.
const MARKED: f32 = 0.08;

/// The widget id of a row.
pub(super) fn id(tree: &DrawnTree<'_>, line: usize) -> egui::Id {
    tree.id.with(line)
}

/// Draws a row and handles its input.
pub(super) fn row_ui(
    ui: &Ui,
    tree: &DrawnTree<'_>,
    state: &mut JsonTreeState,
    line: TreeRow<'_>,
    rect: Rect,
    menu: &mut impl FnMut(&mut Ui, TreeRow<'_>),
    actions: &mut Vec<JsonTreeAction>,
) {
    let indent = indent(line, rect.width());
    let is_closed = state.expansion.is_closed(line.index());
    let is_selected = state.selected == line.index();
    if line.is_end() {
        // An end row has no accessibility node, because its container has one.
        guides(ui, line, rect, indent);
        let at = pos2(rect.left() + indent + TRIANGLE, rect.center().y);
        let font = mono(size::SMALL);
        ui.painter().text(at, Align2::LEFT_CENTER, line.shown(1), font, colors(ui).muted);
        return;
    }
    let response = ui.interact(rect, id(tree, line.index()), Sense::CLICK);
    let note = (tree.marks.note)(line);
    let changed = changed(tree, line, is_closed);
    let description = Said { value: value(tree, line), note: note.as_ref().map(|(_, words)| words.as_str()), changed };
    describe_row(ui, tree, line, &response, description, (is_selected, is_closed));
    background(ui, tree, line, rect, &response, changed);
    guides(ui, line, rect, indent);
    if is_selected {
        frame(ui, tree, rect);
    }
    paint(ui, tree, line, rect, indent, is_closed, note.map(|(icon, _)| icon));
    act(ui, tree, state, line, &response, rect.left() + indent + TRIANGLE, actions);
    response.context_menu(|ui| {
        for (text, ask) in [
            ("json-tree-copy-path", JsonTreeAction::CopyPath(line.index())),
            ("json-tree-copy-value", JsonTreeAction::CopyValue(line.index())),
        ] {
            let name = tree.i18n.text(text).into_owned();
            if button_ui(ui, &name, &name).clicked() {
                actions.push(ask);
                ui.close();
            }
        }
        menu(ui, line);
    });
}

fn indent(line: TreeRow<'_>, width: f32) -> f32 {
    let step = if width < measure::NARROW { NARROW_INDENT } else { INDENT };
    // Limit the indentation to half of the row, however deep the row is.
    (line.depth() as f32 * step).min(width / 2.0)
}

/// Strength of a row's change highlight: its own, or the strongest of the rows that it hides.
fn changed(tree: &DrawnTree<'_>, line: TreeRow<'_>, is_closed: bool) -> Option<f32> {
    let last = if is_closed { line.end() } else { line.index() };
    let marks = tree.marks.changed.range(line.index()..=last);
    marks.map(|(_, left)| *left).reduce(f32::max)
}

/// The accessible description of a row, besides its name.
struct Said<'a> {
    value: String,
    note: Option<&'a str>,
    changed: Option<f32>,
}

fn value(tree: &DrawnTree<'_>, line: TreeRow<'_>) -> String {
    if line.is_container() {
        let count = i64::try_from(line.children()).unwrap_or(i64::MAX);
        let count = tree.i18n.format("json-tree-entries", [("count", count.into())]);
        return match name_in(tree, line) {
            Some(name) => format!("{count}, {name}"),
            None => count,
        };
    }
    let cut: String = line.text().chars().take(SHOWN_CHARS).collect();
    cut
}

/// The value of a container's `name` field, which tells the user more than an id.
fn name_in<'a>(tree: &DrawnTree<'a>, line: TreeRow<'_>) -> Option<&'a str> {
    let named = |child: &TreeRow<'_>| child.kind() == JsonKind::Text && child.key() == Some(RowKey::Name("name"));
    let json_tree = tree.json;
    let name = json_tree.children(line.index()).take(FIELDS_LOOKED_AT).find(named)?;
    Some(name.text()).filter(|name| !name.is_empty())
}

fn describe_row(
    ui: &Ui,
    tree: &DrawnTree<'_>,
    line: TreeRow<'_>,
    response: &Response,
    said: Said<'_>,
    (is_selected, is_closed): (bool, bool),
) {
    let name = line.key().map_or_else(|| "JSON".to_owned(), |key| key.to_string());
    response.widget_info(|| WidgetInfo::labeled(Role::TreeItem, true, &name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_value(said.value);
        node.set_level(line.depth() + 1);
        node.set_selected(is_selected);
        if line.can_fold() {
            node.set_expanded(!is_closed);
            node.add_action(if is_closed { Action::Expand } else { Action::Collapse });
        }
        let changed = said.changed.map(|_| tree.i18n.text("json-tree-changed"));
        let is_hit = tree.marks.hits.binary_search(&line.index()).is_ok();
        let hit = is_hit.then(|| tree.i18n.text("json-tree-hit"));
        let parts: Vec<&str> = said
            .note
            .into_iter()
            .chain(changed.as_deref())
            .chain(hit.as_deref())
            .filter(|part| !part.is_empty())
            .collect();
        if !parts.is_empty() {
            node.set_description(parts.join(", "));
        }
    });
}

fn background(ui: &Ui, tree: &DrawnTree<'_>, line: TreeRow<'_>, rect: Rect, response: &Response, changed: Option<f32>) {
    let colors = colors(ui);
    let painter = ui.painter();
    if response.hovered() || response.context_menu_opened() {
        painter.rect_filled(rect, CORNER, colors.surface);
    }
    if tree.marks.hits.binary_search(&line.index()).is_ok() {
        let behind = colors.window.lerp_to_gamma(colors.accent, MARKED);
        painter.rect_filled(rect, CORNER, behind);
        bar(ui, rect, colors.accent);
        if tree.marks.hit == Some(line.index()) {
            painter.rect_stroke(rect, CORNER, Stroke::new(1.0, colors.accent), StrokeKind::Inside);
        }
    }
    if let Some(left) = changed {
        painter.rect_filled(rect, CORNER, colors.warning.gamma_multiply(MARKED * left));
        bar(ui, rect, colors.warning.gamma_multiply(left.max(0.4)));
    }
}

/// Draws a bar at the start of a highlighted row, so that the highlight is visible without colour as well.
fn bar(ui: &Ui, rect: Rect, color: Color32) {
    ui.painter().rect_filled(Rect::from_min_size(rect.min, egui::vec2(3.0, rect.height())), CORNER, color);
}

/// Draws the frame of the selected row.
fn frame(ui: &Ui, tree: &DrawnTree<'_>, rect: Rect) {
    let colors = colors(ui);
    let edge = if tree.has_focus { Stroke::new(2.0, colors.accent) } else { Stroke::new(1.0, colors.tick) };
    ui.painter().rect_stroke(rect, CORNER, edge, StrokeKind::Inside);
}

/// Draws a thin vertical line for each ancestor of the row.
fn guides(ui: &Ui, line: TreeRow<'_>, rect: Rect, indent: f32) {
    let colors = colors(ui);
    let depth = line.depth().min(64);
    for level in 0..depth {
        let x = rect.left() + indent * level as f32 / depth as f32 + TRIANGLE / 2.0;
        ui.painter().vline(x.round() + 0.5, rect.y_range(), Stroke::new(1.0, colors.line));
    }
}

/// The colour of a value.
pub(crate) fn color_of(kind: JsonKind, colors: &Colors) -> Color32 {
    match kind {
        JsonKind::Text => colors.eco,
        JsonKind::Number => colors.cool,
        JsonKind::Bool => colors.heat,
        JsonKind::Null | JsonKind::Object | JsonKind::Array | JsonKind::ObjectEnd | JsonKind::ArrayEnd => colors.muted,
    }
}

fn paint(
    ui: &Ui,
    tree: &DrawnTree<'_>,
    line: TreeRow<'_>,
    rect: Rect,
    indent: f32,
    is_closed: bool,
    note: Option<&'static str>,
) {
    let colors = colors(ui);
    let painter = ui.painter();
    let left = rect.left() + indent;
    if line.can_fold() {
        let triangle = if is_closed { icons::FORWARD } else { icons::DOWN };
        let at = pos2(left + TRIANGLE / 2.0, rect.center().y);
        painter.text(at, Align2::CENTER_CENTER, triangle, regular(size::SMALL), colors.muted);
    }
    let end = match note {
        Some(icon) => {
            let at = pos2(rect.right() - space::S, rect.center().y);
            painter.text(at, Align2::RIGHT_CENTER, icon, regular(size::SMALL), colors.muted).left()
        }
        None => rect.right(),
    };
    let font = mono(size::SMALL);
    let mut job = LayoutJob::default();
    let mut add = |text: &str, color| job.append(text, 0.0, TextFormat::simple(font.clone(), color));
    match line.key() {
        Some(RowKey::Name(name)) => {
            add(name, colors.text);
            add(": ", colors.muted);
        }
        Some(RowKey::Index(index)) => add(&format!("{index}: "), colors.muted),
        None => {}
    }
    let color = color_of(line.kind(), colors);
    match (is_closed, line.kind() == JsonKind::Array) {
        (true, false) => add(&format!("{{ {} }}", line.children()), color),
        (true, true) => add(&format!("[ {} ]", line.children()), color),
        (false, _) => add(&line.shown(SHOWN_CHARS), color),
    }
    if let Some(name) = Some(line).filter(TreeRow::is_container).and_then(|line| name_in(tree, line)) {
        add("  ", color);
        add(&name.chars().take(SHOWN_CHARS).collect::<String>(), color);
    }
    let room = end - left - TRIANGLE - space::S;
    job.wrap = TextWrapping { max_width: room, max_rows: 1, break_anywhere: true, overflow_character: Some('…') };
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let at = pos2(left + TRIANGLE, rect.center().y - galley.size().y / 2.0);
    painter.with_clip_rect(rect.intersect(ui.clip_rect())).galley(at, galley, colors.text);
}

fn act(
    ui: &Ui,
    tree: &DrawnTree<'_>,
    state: &mut JsonTreeState,
    line: TreeRow<'_>,
    response: &Response,
    text: f32,
    actions: &mut Vec<JsonTreeAction>,
) {
    let index = line.index();
    let is_requested = |action| ui.input(|input| input.has_accesskit_action_request(response.id, action));
    let is_closed = state.expansion.is_closed(index);
    let on_triangle = response.interact_pointer_pos().is_some_and(|at| at.x < text);
    if (response.clicked() && on_triangle && line.can_fold())
        || response.double_clicked()
        || (is_requested(Action::Expand) && is_closed)
        || (is_requested(Action::Collapse) && !is_closed)
    {
        keys::toggle(tree.json, state, index, actions);
    }
    if response.clicked() || response.secondary_clicked() {
        state.selected = index;
        actions.push(JsonTreeAction::Selected(index));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::tokens::{DARK, DARK_HIGH_CONTRAST, LIGHT, LIGHT_HIGH_CONTRAST, contrast};

    #[test]
    fn marked_text_has_enough_contrast() {
        for (colors, least) in [(DARK, 4.5), (LIGHT, 4.5), (DARK_HIGH_CONTRAST, 7.0), (LIGHT_HIGH_CONTRAST, 7.0)] {
            let found = colors.window.lerp_to_gamma(colors.accent, MARKED);
            let changed = colors.window.blend(colors.warning.gamma_multiply(MARKED));
            for behind in [found, changed] {
                for kind in [JsonKind::Text, JsonKind::Number, JsonKind::Bool, JsonKind::Null] {
                    let is = contrast(color_of(kind, &colors), behind);
                    assert!(is >= least, "{kind:?} on {behind:?}: {is:.2}");
                }
                assert!(contrast(colors.text, behind) >= least);
            }
        }
    }
}
