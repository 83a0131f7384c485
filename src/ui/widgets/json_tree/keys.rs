//! Keyboard navigation of a tree.

use egui::{Event, InputState, Key, Modifiers};

use super::{JsonTreeAction, JsonTreeState};
use crate::json_tree::{JsonTree, TreeRow};

/// Consumes the keys of a tree.
pub(super) fn key_actions(
    input: &mut InputState,
    json_tree: &JsonTree,
    state: &mut JsonTreeState,
    page: usize,
    actions: &mut Vec<JsonTreeAction>,
) {
    let before = state.selected;
    let pages = page.saturating_sub(1).max(1).cast_signed();
    let rows = state.expansion.len().cast_signed();
    for (key, by) in [
        (Key::ArrowDown, 1),
        (Key::ArrowUp, -1),
        (Key::PageDown, pages),
        (Key::PageUp, -pages),
        (Key::Home, -rows),
        (Key::End, rows),
    ] {
        for _ in 0..input.count_and_consume_key(Modifiers::NONE, key) {
            walk(json_tree, state, by);
        }
    }
    for _ in 0..input.count_and_consume_key(Modifiers::NONE, Key::ArrowLeft) {
        left(json_tree, state, actions);
    }
    for _ in 0..input.count_and_consume_key(Modifiers::NONE, Key::ArrowRight) {
        right(json_tree, state, actions);
    }
    if input.consume_key(Modifiers::NONE, Key::Space) {
        toggle(json_tree, state, state.selected, actions);
    }
    if input.consume_key(Modifiers::NONE, Key::Enter) {
        actions.push(JsonTreeAction::Opened(state.selected));
    }
    let copies = input.events.iter().any(|event| matches!(event, Event::Copy));
    if copies {
        input.events.retain(|event| !matches!(event, Event::Copy));
        actions.push(JsonTreeAction::CopyValue(state.selected));
    }
    if state.selected != before {
        state.wanted = Some((state.selected, None));
        actions.push(JsonTreeAction::Selected(state.selected));
    }
}

/// Expands a collapsed container, or collapses an expanded one.
pub(super) fn toggle(json_tree: &JsonTree, state: &mut JsonTreeState, line: usize, actions: &mut Vec<JsonTreeAction>) {
    if json_tree.line(line).is_some_and(TreeRow::can_fold) {
        state.fold(json_tree, line, !state.expansion.is_closed(line));
        actions.push(JsonTreeAction::Toggled);
    }
}

/// Moves the selection by rows and skips rows that only end a container.
fn walk(json_tree: &JsonTree, state: &mut JsonTreeState, by: isize) {
    let last = state.expansion.len().saturating_sub(1);
    let from = state.expansion.row_of(state.selected);
    let mut row = from.saturating_add_signed(by).min(last);
    let is_end =
        |row: usize| state.expansion.line_in(row).and_then(|line| json_tree.line(line)).is_some_and(TreeRow::is_end);
    // Skip end rows forwards, and go back if no other row follows.
    while by > 0 && row < last && is_end(row) {
        row += 1;
    }
    while row > 0 && is_end(row) {
        row -= 1;
    }
    if by < 0 || row > from {
        state.selected = state.expansion.line_in(row).unwrap_or_default();
    }
}

fn left(json_tree: &JsonTree, state: &mut JsonTreeState, actions: &mut Vec<JsonTreeAction>) {
    let Some(line) = json_tree.line(state.selected) else { return };
    if line.can_fold() && !state.expansion.is_closed(line.index()) {
        toggle(json_tree, state, line.index(), actions);
    } else if let Some(parent) = line.parent() {
        state.selected = parent;
    }
}

fn right(json_tree: &JsonTree, state: &mut JsonTreeState, actions: &mut Vec<JsonTreeAction>) {
    let Some(line) = json_tree.line(state.selected).filter(|line| line.can_fold()) else { return };
    if state.expansion.is_closed(line.index()) {
        toggle(json_tree, state, line.index(), actions);
    } else {
        state.selected = line.index() + 1;
    }
}
