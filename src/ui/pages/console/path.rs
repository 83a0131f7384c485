//! The path field with completion.

use egui::{Key, Modifiers, Popup, PopupCloseBehavior, RichText, ScrollArea, TextEdit, Ui};

use crate::requests::{PathCompletion, complete};
use crate::ui::console::{ConsoleState, ConsoleTarget};
use crate::ui::theme::tokens::size;
use crate::ui::theme::{mono, small};
use crate::ui::view::ViewContext;

/// Largest height of the list, in points.
const HEIGHT: f32 = 260.0;
const WIDTH: f32 = 420.0;

/// Draws the path field with the list of completions.
pub(super) fn path_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &mut ConsoleState, target: &ConsoleTarget) {
    ui.visuals_mut().widgets.inactive.bg_stroke.color = view.colors.tick;
    let offered = offered(state, target);
    let id = ui.make_persistent_id("console-path");
    let is_open = state.completing.is_some() && !offered.is_empty();
    if ui.memory(|memory| memory.has_focus(id)) {
        if is_open {
            keys(ui, state, &offered);
        } else if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown)) {
            state.completing = Some(0);
        }
    }
    let edit = TextEdit::singleline(&mut state.draft.path)
        .id(id)
        .font(egui::FontSelection::FontId(mono(size::BODY)))
        .hint_text("/devices/thermostats/…")
        .align(egui::Align2::LEFT_CENTER)
        .lock_focus(is_open)
        .desired_width(f32::INFINITY);
    let response = ui.add(edit).accessible_name(view.text("console-path"));
    // Open the list only while the user types: Tab through the field must continue, and a path that a button
    // sets needs no list.
    if response.changed() && response.has_focus() {
        state.completing = Some(0);
    }
    if response.lost_focus() && !ui.input(|input| input.pointer.any_pressed()) {
        state.completing = None;
    }
    let mut picked = None;
    let mut open = is_open;
    Popup::from_response(&response)
        .open_bool(&mut open)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .width(response.rect.width().min(WIDTH))
        .show(|ui| {
            ScrollArea::vertical().max_height(HEIGHT).show(ui, |ui| {
                for (number, completion) in offered.iter().enumerate() {
                    let is_chosen = state.completing == Some(number);
                    let line = row_ui(ui, view, completion, is_chosen);
                    if is_chosen
                        && ui.input(|input| input.key_pressed(Key::ArrowDown) || input.key_pressed(Key::ArrowUp))
                    {
                        line.scroll_to_me(None);
                    }
                    if line.clicked() {
                        picked = Some(completion.clone());
                    }
                }
            });
        });
    if is_open && !open {
        state.completing = None;
    }
    if let Some(picked) = picked {
        accept(ui, state, &picked);
        response.request_focus();
    }
}

fn offered(state: &mut ConsoleState, target: &ConsoleTarget) -> Vec<PathCompletion> {
    if state.completing.is_none() {
        return Vec::new();
    }
    let document = state.document(target);
    let typed = state.draft.path.as_str();
    if let Some(document) = document {
        return complete(&document, typed);
    }
    // Other services have no document, so complete from their example requests.
    let mut paths: Vec<String> = target.api.examples(&target.home).into_iter().map(|draft| draft.path).collect();
    paths.dedup();
    let begins = |path: &String| path.starts_with(typed.trim()) && path != typed;
    let completion = |path| PathCompletion { path, about: String::new(), has_more: false };
    paths.into_iter().filter(begins).map(completion).collect()
}

/// Handles the keys of the list: arrows move; Tab and Enter accept and close the list, so that the next Tab
/// moves the focus; Escape closes it.
fn keys(ui: &Ui, state: &mut ConsoleState, offered: &[PathCompletion]) {
    let chosen = state.completing.unwrap_or_default().min(offered.len().saturating_sub(1));
    state.completing = Some(chosen);
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowDown) {
        state.completing = Some((chosen + 1).min(offered.len().saturating_sub(1)));
    } else if pressed(Key::ArrowUp) {
        state.completing = Some(chosen.saturating_sub(1));
    } else if pressed(Key::Escape) {
        state.completing = None;
    } else if (pressed(Key::Enter) || pressed(Key::Tab))
        && let Some(picked) = offered.get(chosen)
    {
        accept(ui, state, picked);
    }
}

fn accept(ui: &Ui, state: &mut ConsoleState, picked: &PathCompletion) {
    state.draft.path = if picked.has_more { format!("{}/", picked.path) } else { picked.path.clone() };
    state.completing = None;
    // Move the caret to the end of the accepted text.
    let id = ui.make_persistent_id("console-path");
    if let Some(mut edit) = egui::TextEdit::load_state(ui.ctx(), id) {
        let end = egui::text::CCursor::new(state.draft.path.chars().count());
        edit.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
        edit.store(ui.ctx(), id);
    }
}

fn row_ui(ui: &mut Ui, view: &ViewContext<'_>, completion: &PathCompletion, is_chosen: bool) -> egui::Response {
    let last = completion.path.rsplit('/').next().unwrap_or_default();
    let more = if completion.has_more { "/" } else { "" };
    let shown = if completion.about.is_empty() { completion.path.as_str() } else { last };
    let about: String = completion.about.chars().take(40).collect();
    let text = RichText::new(format!("{shown}{more}")).font(mono(size::SMALL));
    let name = format!("{}{more} {about}", completion.path);
    ui.horizontal(|ui| {
        let response = ui.selectable_label(is_chosen, text);
        ui.label(small(about).color(view.colors.muted));
        response
    })
    .inner
    .accessible_name(name)
}
