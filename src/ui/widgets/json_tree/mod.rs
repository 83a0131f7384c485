//! A JSON tree view: it collapses, moves by keys, shows search hits, and draws only the visible rows.
//!
//! The tree is one stop of the Tab key. The arrow keys move its selection as in other trees, and assistive
//! technology sees the selected row as focused. The widget knows nothing about the meaning of the JSON; the
//! caller adds marks and menu entries.

mod keys;
mod row;

pub(crate) use self::row::color_of as json_color;

use std::collections::BTreeMap;

use egui::style::ScrollAnimation;
use egui::{Align, EventFilter, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use crate::i18n::Localizer;
use crate::json_tree::{Expansion, JsonTree, TreeRow};

/// The state of a tree view.
#[derive(Debug, Clone)]
pub(crate) struct JsonTreeState {
    expansion: Expansion,
    selected: usize,
    /// A row to scroll into view, and its alignment; `None` for the shortest way.
    wanted: Option<(usize, Option<Align>)>,
    /// The height of the last frame, and true if it showed the selected row.
    saw: (f32, bool),
    /// Number of rows drawn in the last frame.
    #[cfg(test)]
    pub(crate) drawn: usize,
}

/// Highlights of a tree.
pub(crate) struct JsonTreeMarks<'a> {
    /// The lines that match a search, in order.
    pub(crate) hits: &'a [usize],
    /// The line of the current match.
    pub(crate) hit: Option<usize>,
    /// The lines that changed lately, with the remaining strength of their highlight: 1 to 0.
    pub(crate) changed: &'a BTreeMap<usize, f32>,
    /// Returns an icon for the end of a row, with its text.
    pub(crate) note: &'a dyn Fn(TreeRow<'_>) -> Option<(&'static str, String)>,
}

/// An action of the user in a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JsonTreeAction {
    /// The selection moved to a line.
    Selected(usize),
    /// A container was collapsed or expanded.
    Toggled,
    /// Collapse (`true`) or expand the container at a line.
    Fold(usize, bool),
    /// Activate the selected line.
    Opened(usize),
    /// Copy the path of a line.
    CopyPath(usize),
    /// Copy the value of a line.
    CopyValue(usize),
}

impl JsonTreeState {
    /// Creates a tree in which all containers at this depth are collapsed.
    pub(crate) fn to_depth(json_tree: &JsonTree, depth: usize) -> Self {
        Self {
            expansion: Expansion::to_depth(json_tree, depth),
            selected: 0,
            wanted: None,
            saw: (0.0, false),
            #[cfg(test)]
            drawn: 0,
        }
    }

    /// Transfers the state to a newer document.
    #[must_use]
    pub(crate) fn carried(&self, old: &JsonTree, new: &JsonTree) -> Self {
        let mut pointer = old.line(self.selected).map(TreeRow::pointer).unwrap_or_default();
        // If the selected row is gone, select its nearest remaining ancestor.
        let selected = loop {
            match new.find(&pointer) {
                Some(line) => break line,
                None => pointer.truncate(pointer.rfind('/').unwrap_or_default()),
            }
        };
        Self { expansion: self.expansion.carried(old, new), selected, ..self.clone() }
    }

    /// The selected line.
    pub(crate) fn selected(&self) -> usize {
        self.selected
    }

    /// Selects a line and scrolls to it.
    pub(crate) fn select(&mut self, json_tree: &JsonTree, line: usize) {
        self.expansion.reveal(json_tree, line);
        self.selected = line;
        // Scroll to the middle, so that the lines around it are visible.
        self.wanted = Some((line, Some(Align::Center)));
    }

    /// Collapses every container except the root.
    pub(crate) fn fold_all(&mut self, json_tree: &JsonTree) {
        self.refold(Expansion::to_depth(json_tree, 1));
    }

    /// Expands every container.
    pub(crate) fn unfold_all(&mut self, json_tree: &JsonTree) {
        self.refold(Expansion::open(json_tree));
    }

    fn refold(&mut self, expansion: Expansion) {
        self.expansion = expansion;
        // If the selected row was collapsed away, select its nearest visible ancestor.
        self.selected = self.expansion.line_in(self.expansion.row_of(self.selected)).unwrap_or_default();
        self.wanted = Some((self.selected, None));
    }

    /// True if a container is collapsed.
    pub(crate) fn is_closed(&self, line: usize) -> bool {
        self.expansion.is_closed(line)
    }

    /// Collapses or expands a container.
    pub(crate) fn fold(&mut self, json_tree: &JsonTree, line: usize, closed: bool) {
        self.expansion.set(json_tree, line, closed);
        if !self.expansion.shows(self.selected) {
            self.selected = line;
        }
    }
}

/// The parts of a tree that drawing a row needs.
struct DrawnTree<'a> {
    json: &'a JsonTree,
    marks: &'a JsonTreeMarks<'a>,
    i18n: &'a Localizer,
    id: egui::Id,
    has_focus: bool,
}

/// Draws a tree into the remaining area; `menu` adds entries below the entries of the tree.
pub(crate) fn json_tree_ui(
    ui: &mut Ui,
    i18n: &Localizer,
    name: &str,
    json_tree: &JsonTree,
    state: &mut JsonTreeState,
    marks: &JsonTreeMarks<'_>,
    mut menu: impl FnMut(&mut Ui, TreeRow<'_>),
) -> Vec<JsonTreeAction> {
    let id = ui.make_persistent_id(egui::IdSalt::new(("outline", name)));
    let rect = ui.available_rect_before_wrap();
    let whole = ui.interact(rect, id, Sense::focusable_noninteractive());
    whole.widget_info(|| WidgetInfo::labeled(Role::Tree, true, name));
    let (height, saw_selected) = state.saw;
    if saw_selected && rect.height() < height && state.wanted.is_none() {
        // The tree became smaller, so bring the selected row back into view.
        state.wanted = Some((state.selected, None));
    }
    let mut actions = Vec::new();
    if whole.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let page = (rect.height() / row::HEIGHT) as usize;
        ui.input_mut(|input| keys::key_actions(input, json_tree, state, page, &mut actions));
    }
    let tree = DrawnTree { json: json_tree, marks, i18n, id, has_focus: whole.has_focus() };
    let selected = row::id(&tree, state.selected);
    let builder = UiBuilder::new().max_rect(rect).accessibility_parent(id);
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().id_salt(id).auto_shrink(false).show_rows(
            ui,
            row::HEIGHT,
            state.expansion.len(),
            |ui, rows| {
                let (top, width) = (ui.max_rect().min, ui.available_width());
                let place = |row: usize| {
                    let down = (row as f32 - rows.start as f32) * row::HEIGHT;
                    Rect::from_min_size(top + vec2(0.0, down), vec2(width, row::HEIGHT))
                };
                let seen = ui.clip_rect().expand(0.5).y_range();
                let is_seen = |line: usize| {
                    let place = place(state.expansion.row_of(line)).y_range();
                    seen.contains(place.min) && seen.contains(place.max)
                };
                let is_tiny = rect.height() < 3.0 * row::HEIGHT;
                let saw_selected = is_seen(state.selected);
                state.wanted = state.wanted.filter(|(line, _)| !is_seen(*line));
                if let Some((wanted, align)) = state.wanted {
                    // Include the neighbouring rows, to show the context. Scroll without animation, because keys
                    // repeat faster. Repeat until the row is visible, because the area may still change its
                    // size.
                    let place = place(state.expansion.row_of(wanted)).expand2(vec2(0.0, row::HEIGHT));
                    ui.scroll_to_rect_animation(place, align, ScrollAnimation::none());
                    ui.ctx().request_repaint();
                }
                // An area of hardly one row may never show the row completely, so try only once.
                state.wanted = state.wanted.filter(|_| !is_tiny);
                state.saw = (rect.height(), saw_selected);
                #[cfg(test)]
                (state.drawn = rows.len());
                for row in rows.clone() {
                    let Some(line) = state.expansion.line_in(row).and_then(|line| json_tree.line(line)) else {
                        continue;
                    };
                    row::row_ui(ui, &tree, state, line, place(row), &mut menu, &mut actions);
                }
                ui.advance_cursor_after_rect(place(rows.end.saturating_sub(1)));
            },
        );
    });
    ui.advance_cursor_after_rect(rect);
    ui.ctx().accesskit_node_builder(id, |node| node.set_active_descendant(selected.accesskit_id()));
    let grabbed = |ask: &JsonTreeAction| matches!(ask, JsonTreeAction::Selected(_) | JsonTreeAction::Toggled);
    if actions.iter().any(grabbed) && !ui.ctx().text_edit_focused() {
        // Give the tree the focus, so that keys continue at the clicked row.
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    actions
}
