//! JSON as a tree: folded, walked with the keys, searched, and drawn a screenful at a time.
//!
//! The tree is one stop of the Tab key. The arrows move its selection as they do in any tree, and
//! for assistive technology the selected row has the focus. It knows nothing of what the JSON is
//! about: whoever draws it adds marks and entries of the menu.

mod keys;
mod row;

pub(crate) use self::row::color_of as json_color;

use std::collections::BTreeMap;

use egui::style::ScrollAnimation;
use egui::{Align, EventFilter, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use crate::i18n::Localizer;
use crate::json_tree::{Expansion, JsonTree, TreeRow};

/// What a person does with a tree.
#[derive(Debug, Clone)]
pub(crate) struct JsonTreeState {
    expansion: Expansion,
    selected: usize,
    /// A line that is to come into sight, and where; `None` for wherever that is least of a move.
    wanted: Option<(usize, Option<Align>)>,
    /// The height of the last frame, and whether the selected row was in it.
    saw: (f32, bool),
    /// How many rows were drawn in the last frame.
    #[cfg(test)]
    pub(crate) drawn: usize,
}

/// What stands out in a tree.
pub(crate) struct JsonTreeMarks<'a> {
    /// The lines that a search found, in their order.
    pub(crate) hits: &'a [usize],
    /// The one of them that is looked at.
    pub(crate) hit: Option<usize>,
    /// The lines that changed lately, and how much of their mark is left: 1 to 0.
    pub(crate) changed: &'a BTreeMap<usize, f32>,
    /// An icon at the end of a row, with words for it.
    pub(crate) note: &'a dyn Fn(TreeRow<'_>) -> Option<(&'static str, String)>,
}

/// What a person asks of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JsonTreeAction {
    /// Another line is selected.
    Selected(usize),
    /// A container was opened or closed.
    Toggled,
    /// A container is to be closed, or opened.
    Fold(usize, bool),
    /// Whatever there is to do with the selected line.
    Opened(usize),
    /// The path of a line.
    CopyPath(usize),
    /// The value of a line.
    CopyValue(usize),
}

impl JsonTreeState {
    /// A tree with every container closed that stands in so many others.
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

    /// The same tree of a newer document.
    #[must_use]
    pub(crate) fn carried(&self, old: &JsonTree, new: &JsonTree) -> Self {
        let mut pointer = old.line(self.selected).map(TreeRow::pointer).unwrap_or_default();
        // What is gone leaves the selection to what it stood in.
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

    /// Selects a line and brings it into sight.
    pub(crate) fn select(&mut self, json_tree: &JsonTree, line: usize) {
        self.expansion.reveal(json_tree, line);
        self.selected = line;
        // In the middle, with what stands around it.
        self.wanted = Some((line, Some(Align::Center)));
    }

    /// Closes every container but the whole.
    pub(crate) fn fold_all(&mut self, json_tree: &JsonTree) {
        self.refold(Expansion::to_depth(json_tree, 1));
    }

    /// Opens every container.
    pub(crate) fn unfold_all(&mut self, json_tree: &JsonTree) {
        self.refold(Expansion::open(json_tree));
    }

    fn refold(&mut self, expansion: Expansion) {
        self.expansion = expansion;
        // What is hidden now is stood for by what hides it.
        self.selected = self.expansion.line_in(self.expansion.row_of(self.selected)).unwrap_or_default();
        self.wanted = Some((self.selected, None));
    }

    /// Whether a container is closed.
    pub(crate) fn is_closed(&self, line: usize) -> bool {
        self.expansion.is_closed(line)
    }

    /// Closes a container, or opens it.
    pub(crate) fn fold(&mut self, json_tree: &JsonTree, line: usize, closed: bool) {
        self.expansion.set(json_tree, line, closed);
        if !self.expansion.shows(self.selected) {
            self.selected = line;
        }
    }
}

/// A tree and all that is drawn of it.
struct Tree<'a> {
    json: &'a JsonTree,
    marks: &'a JsonTreeMarks<'a>,
    i18n: &'a Localizer,
    id: egui::Id,
    has_focus: bool,
}

/// Draws a tree into the room that is left; `menu` adds entries below those of the tree's own.
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
        // Something opened beside the tree and took its room.
        state.wanted = Some((state.selected, None));
    }
    let mut asked = Vec::new();
    if whole.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let page = (rect.height() / row::HEIGHT) as usize;
        ui.input_mut(|input| keys::take(input, json_tree, state, page, &mut asked));
    }
    let tree = Tree { json: json_tree, marks, i18n, id, has_focus: whole.has_focus() };
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
                    // With the rows around it, so that one sees where it goes on; at once, as keys
                    // repeat faster than anything glides. Wanted until it is seen: the room may
                    // still change.
                    let place = place(state.expansion.row_of(wanted)).expand2(vec2(0.0, row::HEIGHT));
                    ui.scroll_to_rect_animation(place, align, ScrollAnimation::none());
                    ui.ctx().request_repaint();
                }
                // Where there is hardly a row, one try has to do.
                state.wanted = state.wanted.filter(|_| !is_tiny);
                state.saw = (rect.height(), saw_selected);
                #[cfg(test)]
                (state.drawn = rows.len());
                for row in rows.clone() {
                    let Some(line) = state.expansion.line_in(row).and_then(|line| json_tree.line(line)) else {
                        continue;
                    };
                    row::row_ui(ui, &tree, state, line, place(row), &mut menu, &mut asked);
                }
                ui.advance_cursor_after_rect(place(rows.end.saturating_sub(1)));
            },
        );
    });
    ui.advance_cursor_after_rect(rect);
    ui.ctx().accesskit_node_builder(id, |node| node.set_active_descendant(selected.accesskit_id()));
    let grabbed = |ask: &JsonTreeAction| matches!(ask, JsonTreeAction::Selected(_) | JsonTreeAction::Toggled);
    if asked.iter().any(grabbed) && !ui.ctx().text_edit_focused() {
        // The keys go on from where the hand was.
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    asked
}
