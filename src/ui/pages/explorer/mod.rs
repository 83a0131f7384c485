//! The explorer: the whole JSON document of the home as the API has it, live, with controls for its writable
//! values. Several accounts appear as one document.

mod detail;
mod document;
mod edit;
mod leaf;

use std::sync::Arc;

use egui::{Align2, CentralPanel, Frame, Key, Margin, Panel, RichText, ScrollArea, TextEdit, Ui};
use jiff::Timestamp;

use self::document::{Document, is_hidden};
use super::{api_bar_ui, api_pages_ui, message_ui};
use crate::home::{DeviceTree, is_field_key};
use crate::http::Method;
use crate::json_tree::{JsonKind, JsonTree, RowKey, TreeRow};
use crate::ui::action::Action;
use crate::ui::intent::{CodeRequest, UiIntent};
use crate::ui::theme::tokens::{measure, size, space};
use crate::ui::theme::{icons, small};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{
    JsonTreeAction, JsonTreeMarks, button_or_why_ui, button_ui, follow_focus, json_tree_ui, quiet_button_ui,
};

/// Width of the details' column, in points.
const DETAIL: f32 = 340.0;
/// Width of the search field, in points, and of the controls beside it during a search.
const SEARCH: f32 = 260.0;
const BESIDE_SEARCH: f32 = 230.0;
/// Largest share of a narrow page for the details.
const DETAIL_SHARE: f32 = 0.6;

/// The state of the explorer.
#[derive(Debug, Default)]
pub struct ExplorerState {
    document: Option<Document>,
    /// True if the whole document is expanded at first.
    is_unfolded: bool,
    /// True if the page was hidden in the last frame.
    is_left: bool,
    search: String,
    /// The lines that match the search.
    hits: Vec<usize>,
    /// The index of the current match in `hits`.
    hit: usize,
    /// True if the user selected a line, so that its details show.
    is_picked: bool,
    /// The height of the details on a narrow page, from the last frame.
    detail_height: f32,
    /// True after the user copied a part of the selected line.
    is_copied: bool,
}

impl ExplorerState {
    /// Creates a state in which the whole document is expanded.
    pub fn unfolded() -> Self {
        Self { is_unfolded: true, ..Self::default() }
    }

    /// Marks the page as hidden. Changes until it shows again are not highlighted.
    pub(in crate::ui) fn look_away(&mut self) {
        self.is_left = true;
    }

    /// The tree, for tests.
    #[cfg(test)]
    pub(in crate::ui) fn tree(&self) -> Option<&crate::ui::widgets::JsonTreeState> {
        self.document.as_ref().map(|document| &document.tree)
    }

    /// Number of lines of the document.
    #[cfg(test)]
    pub(in crate::ui) fn lines(&self) -> usize {
        self.document.as_ref().map_or(0, |document| document.json_tree.len())
    }

    /// Creates a state with a search result, for tests.
    #[cfg(test)]
    pub(in crate::ui) fn looking_for(text: &str, home: &Arc<DeviceTree>, now: Timestamp) -> Self {
        let mut state = Self { search: text.to_owned(), is_picked: true, ..Self::default() };
        state.renew(home, now);
        state.find();
        state.go_to_hit(0);
        state
    }

    /// Updates the document if the device tree is a new one.
    pub(in crate::ui) fn renew(&mut self, home: &Arc<DeviceTree>, now: Timestamp) {
        let document = self.document.get_or_insert_with(|| {
            let mut document = Document::new(home);
            if self.is_unfolded {
                document.tree.unfold_all(&document.json_tree);
            }
            document
        });
        let is_newer = document.update(home, now);
        if std::mem::take(&mut self.is_left) {
            document.forget_changes();
        }
        if is_newer {
            self.find();
        }
    }

    /// Repeats the search; the current match stays near its line.
    fn find(&mut self) {
        let Some(document) = &self.document else { return };
        let before = self.hits.get(self.hit).copied().unwrap_or_default();
        self.hits = document.json_tree.search(self.search.trim());
        self.hit = self.hits.partition_point(|hit| *hit < before).min(self.hits.len().saturating_sub(1));
    }

    fn go_to_hit(&mut self, by: isize) {
        let last = self.hits.len().saturating_sub(1);
        self.hit = match self.hit.checked_add_signed(by) {
            Some(next) if next > last => 0,
            Some(next) => next,
            None => last,
        };
        if let (Some(document), Some(hit)) = (&mut self.document, self.hits.get(self.hit)) {
            document.tree.select(&document.json_tree, *hit);
            self.is_copied = false;
        }
    }
}

/// Draws the page.
pub(in crate::ui) fn explorer_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ExplorerState) {
    state.renew(&view.snapshot.shown, view.now);
    ui.set_max_width(ui.available_width() - measure::BAR);
    let narrow = ui.available_width() < measure::ONE_COLUMN;
    if !narrow {
        api_bar_ui(ui, view, Action::Explorer);
    }
    bar_ui(ui, view, state, narrow);
    ui.add_space(space::XS);
    if state.document.as_ref().is_none_or(|document| document.json_tree.len() < 2) {
        message_ui(ui, view, icons::TREE, "explorer-empty", "explorer-empty-about");
        return;
    }
    let mut actions = Vec::new();
    if !narrow || state.is_picked {
        beside_ui(ui, view, state, narrow, &mut actions);
    }
    let frame = Frame::new().inner_margin(Margin { right: if narrow { 0 } else { 16 }, ..Margin::ZERO });
    CentralPanel::default().frame(frame).show(ui, |ui| actions.extend(tree_ui(ui, view, state)));
    for ask in actions {
        handle_action(ui, state, ask);
    }
}

/// Draws the heading, the search, and the buttons for the whole tree.
fn bar_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ExplorerState, narrow: bool) {
    let expansion = |ui: &mut Ui, view: &ViewContext<'_>, state: &mut ExplorerState| {
        let Some(document) = &mut state.document else { return };
        let (fold, unfold) = (view.text("explorer-fold-all"), view.text("explorer-unfold-all"));
        // A narrow window has room for the icons only.
        let label = |text: &str, icon: &str| if narrow { icon.to_owned() } else { text.to_owned() };
        if button_ui(ui, label(&fold, icons::MINUS), &fold).on_hover_text(&fold).clicked() {
            document.tree.fold_all(&document.json_tree);
        }
        if button_ui(ui, label(&unfold, icons::PLUS), &unfold).on_hover_text(&unfold).clicked() {
            document.tree.unfold_all(&document.json_tree);
        }
    };
    if narrow {
        ui.horizontal_wrapped(|ui| {
            api_pages_ui(ui, view, Action::Explorer);
            expansion(ui, view, state);
        });
        ui.horizontal(|ui| {
            let beside = if state.search.trim().is_empty() { space::L } else { BESIDE_SEARCH };
            let width = (ui.available_width() - beside).min(SEARCH);
            search_ui(ui, view, state, width);
        });
    } else {
        ui.horizontal(|ui| {
            search_ui(ui, view, state, SEARCH);
            ui.add_space(space::S);
            expansion(ui, view, state);
        });
    }
}

fn search_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &mut ExplorerState, width: f32) {
    let name = view.text("explorer-search");
    let hint = name.clone();
    ui.scope(|ui| {
        // An empty field is visible only by its edge.
        ui.visuals_mut().widgets.inactive.bg_stroke.color = view.colors.tick;
        let edit = TextEdit::singleline(&mut state.search).hint_text(hint).align(Align2::LEFT_CENTER);
        let response = ui.add(edit.desired_width(width)).accessible_name(&name);
        if response.changed() {
            state.hit = 0;
            state.hits.clear();
            state.find();
            state.go_to_hit(0);
        }
        if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            let by = if ui.input(|input| input.modifiers.shift) { -1 } else { 1 };
            state.go_to_hit(by);
            response.request_focus();
        }
    });
    if state.search.trim().is_empty() {
        return;
    }
    let words = if state.hits.is_empty() {
        view.text("explorer-none")
    } else {
        let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX).into();
        view.i18n.format("explorer-hits", [("at", number(state.hit + 1)), ("count", number(state.hits.len()))])
    };
    let why_not = state.hits.is_empty().then_some(words.as_str());
    for (icon, text, by) in [(icons::UP, "explorer-previous", -1), (icons::DOWN, "explorer-next", 1)] {
        let label = view.text(text);
        if button_or_why_ui(ui, RichText::new(icon).size(size::SMALL), &label, why_not).on_hover_text(&label).clicked()
        {
            state.go_to_hit(by);
        }
    }
    if quiet_button_ui(ui, icons::CLOSE, &view.text("activity-clear")).clicked() {
        state.search.clear();
        state.find();
    }
    ui.label(small(words).color(view.colors.muted));
}

/// The request for a line: a write of its value if it is writable, or else a read.
fn code_of(view: &ViewContext<'_>, json_tree: &JsonTree, line: TreeRow<'_>) -> CodeRequest {
    let home = &view.snapshot.shown;
    let pointer = line.pointer();
    let node = leaf::page(home, &pointer).and_then(|(_, node)| node);
    let account = node.and_then(|node| Some(view.snapshot.named_owner(&node)?.key.clone()));
    let written = leaf::writable(home, &pointer).and_then(|_| {
        let (path, _) = pointer.rsplit_once('/')?;
        let value = serde_json::from_str(&json_tree.json(line.index())).ok()?;
        let fields = serde_json::Map::from_iter([(line.key()?.to_string(), value)]);
        Some((path.to_owned(), serde_json::Value::Object(fields)))
    });
    match written {
        Some((path, body)) => CodeRequest { method: Method::Put, path, body: Some(body), account, other_api: None },
        None => CodeRequest {
            method: Method::Get,
            path: format!("/{}", pointer.trim_start_matches('/')),
            body: None,
            account,
            other_api: None,
        },
    }
}

fn tree_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ExplorerState) -> Vec<JsonTreeAction> {
    let Some(document) = &mut state.document else { return Vec::new() };
    let changed = document.marks(ui, view.now);
    let home = &view.snapshot.shown;
    let can_change = view.text("explorer-can-change");
    let confidential = view.text("explorer-confidential");
    let note = |line: TreeRow<'_>| {
        if line.is_container() {
            return None;
        }
        if line.kind() == JsonKind::Text && is_hidden(line) {
            return Some((icons::LOCK, confidential.clone()));
        }
        // The pointer of a row is costly in a long document, and most keys are none of a field.
        let is_field = matches!(line.key(), Some(RowKey::Name(key)) if is_field_key(key));
        is_field.then(|| leaf::writable(home, &line.pointer())).flatten().map(|_| (icons::PENCIL, can_change.clone()))
    };
    let marks =
        JsonTreeMarks { hits: &state.hits, hit: state.hits.get(state.hit).copied(), changed: &changed, note: &note };
    let name = view.text("explorer-tree");
    let label = view.text("as-code");
    let mut code = None;
    let json_tree = &document.json_tree;
    let actions = json_tree_ui(ui, view.i18n, &name, json_tree, &mut document.tree, &marks, |ui, line| {
        if button_ui(ui, &label, &label).clicked() {
            code = Some(code_of(view, json_tree, line));
            ui.close();
        }
    });
    if let Some(code) = code {
        view.send(UiIntent::AsCode(code));
    }
    actions
}

/// Draws the details of the selected line, beside the tree or below it in a narrow window.
fn beside_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    state: &mut ExplorerState,
    narrow: bool,
    actions: &mut Vec<JsonTreeAction>,
) {
    let Some(document) = &state.document else { return };
    let Some(line) = document.json_tree.line(document.tree.selected()) else { return };
    let is_copied = state.is_copied;
    let mut is_closed = false;
    let closing = narrow.then_some(&mut is_closed);
    let contents = |ui: &mut Ui| {
        let scrolled = ScrollArea::vertical().id_salt("detail").auto_shrink([false, narrow]).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - space::XS);
            ui.spacing_mut().item_spacing.y = space::M;
            actions.extend(detail::detail_ui(ui, view, document, line, is_copied, closing));
            ui.add_space(space::M);
            follow_focus(ui);
        });
        scrolled.content_size.y
    };
    if narrow {
        let most = ui.available_height() * DETAIL_SHARE;
        let height = state.detail_height.clamp(1.0, most);
        let panel =
            Panel::bottom("explorer detail").frame(Frame::new().inner_margin(Margin { top: 8, ..Margin::ZERO }));
        let shown = panel.resizable(false).exact_size(height).show(ui, contents);
        // The height of the contents is known only after they are drawn.
        let needed = shown.inner + space::S;
        if (needed - state.detail_height).abs() > 0.5 {
            state.detail_height = needed;
            ui.ctx().request_discard("the height of the details became known");
        }
    } else {
        let panel = Panel::right("explorer detail").frame(Frame::NONE).show_separator_line(false);
        panel.resizable(false).exact_size(DETAIL).show(ui, contents);
    }
    if is_closed {
        state.is_picked = false;
    }
}

fn handle_action(ui: &Ui, state: &mut ExplorerState, ask: JsonTreeAction) {
    let Some(document) = &mut state.document else { return };
    match ask {
        JsonTreeAction::Selected(_) => (state.is_picked, state.is_copied) = (true, false),
        JsonTreeAction::Opened(_) => state.is_picked = true,
        JsonTreeAction::Toggled => {}
        JsonTreeAction::Fold(line, closed) => document.tree.fold(&document.json_tree, line, closed),
        JsonTreeAction::CopyPath(line) => {
            let path = document.json_tree.line(line).map(TreeRow::pointer).filter(|path| !path.is_empty());
            ui.ctx().copy_text(path.unwrap_or_else(|| "/".to_owned()));
            state.is_copied = true;
        }
        JsonTreeAction::CopyValue(line) => {
            let Some(text) = document.json_tree.line(line).filter(|line| !is_hidden(*line)) else { return };
            let text =
                if text.kind() == JsonKind::Text { text.text().to_owned() } else { document.json_tree.json(line) };
            ui.ctx().copy_text(text);
            state.is_copied = true;
        }
    }
}
