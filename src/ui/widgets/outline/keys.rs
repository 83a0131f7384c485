//! What the keys do in a tree.

use egui::{Event, InputState, Key, Modifiers};

use super::{OutlineAsk, OutlineState};
use crate::outline::{Line, Outline};

/// Takes the keys of a tree out of the input.
pub(super) fn take(
    input: &mut InputState,
    outline: &Outline,
    state: &mut OutlineState,
    page: usize,
    asked: &mut Vec<OutlineAsk>,
) {
    let before = state.selected;
    let pages = page.saturating_sub(1).max(1).cast_signed();
    let rows = state.folds.len().cast_signed();
    for (key, by) in [
        (Key::ArrowDown, 1),
        (Key::ArrowUp, -1),
        (Key::PageDown, pages),
        (Key::PageUp, -pages),
        (Key::Home, -rows),
        (Key::End, rows),
    ] {
        for _ in 0..input.count_and_consume_key(Modifiers::NONE, key) {
            walk(outline, state, by);
        }
    }
    for _ in 0..input.count_and_consume_key(Modifiers::NONE, Key::ArrowLeft) {
        left(outline, state, asked);
    }
    for _ in 0..input.count_and_consume_key(Modifiers::NONE, Key::ArrowRight) {
        right(outline, state, asked);
    }
    if input.consume_key(Modifiers::NONE, Key::Space) {
        toggle(outline, state, state.selected, asked);
    }
    if input.consume_key(Modifiers::NONE, Key::Enter) {
        asked.push(OutlineAsk::Opened(state.selected));
    }
    let copies = input.events.iter().any(|event| matches!(event, Event::Copy));
    if copies {
        input.events.retain(|event| !matches!(event, Event::Copy));
        asked.push(OutlineAsk::CopyValue(state.selected));
    }
    if state.selected != before {
        state.wanted = Some((state.selected, None));
        asked.push(OutlineAsk::Selected(state.selected));
    }
}

/// Opens a closed container, or closes an open one.
pub(super) fn toggle(outline: &Outline, state: &mut OutlineState, line: usize, asked: &mut Vec<OutlineAsk>) {
    if outline.line(line).is_some_and(Line::can_fold) {
        state.fold(outline, line, !state.folds.is_closed(line));
        asked.push(OutlineAsk::Toggled);
    }
}

/// So many rows down or up; nothing is done on a line that only closes a container.
fn walk(outline: &Outline, state: &mut OutlineState, by: isize) {
    let last = state.folds.len().saturating_sub(1);
    let from = state.folds.row_of(state.selected);
    let mut row = from.saturating_add_signed(by).min(last);
    let is_end = |row: usize| state.folds.line_in(row).and_then(|line| outline.line(line)).is_some_and(Line::is_end);
    // Past the ends that follow; back where there is nothing after them.
    while by > 0 && row < last && is_end(row) {
        row += 1;
    }
    while row > 0 && is_end(row) {
        row -= 1;
    }
    if by < 0 || row > from {
        state.selected = state.folds.line_in(row).unwrap_or_default();
    }
}

fn left(outline: &Outline, state: &mut OutlineState, asked: &mut Vec<OutlineAsk>) {
    let Some(line) = outline.line(state.selected) else { return };
    if line.can_fold() && !state.folds.is_closed(line.index()) {
        toggle(outline, state, line.index(), asked);
    } else if let Some(parent) = line.parent() {
        state.selected = parent;
    }
}

fn right(outline: &Outline, state: &mut OutlineState, asked: &mut Vec<OutlineAsk>) {
    let Some(line) = outline.line(state.selected).filter(|line| line.can_fold()) else { return };
    if state.folds.is_closed(line.index()) {
        toggle(outline, state, line.index(), asked);
    } else {
        state.selected = line.index() + 1;
    }
}
