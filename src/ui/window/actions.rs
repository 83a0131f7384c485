//! The keys of actions, and the text that was typed after them in the same frame.

use egui::{Event, Ui};

use crate::ui::action::Action;
use crate::ui::intent::UiIntent;
use crate::ui::view::ViewContext;

/// Takes the pressed keys of actions.
pub(super) fn take_actions(ui: &Ui, view: &mut ViewContext<'_>, typed_ahead: &mut String) {
    let typing = ui.text_edit_focused();
    let actions = ui.input_mut(|input| Action::pressed(input, typing));
    if actions.contains(&Action::Palette) && !typing {
        // Keys typed in the same frame as Ctrl+K arrive before the text field exists; buffer them.
        *typed_ahead = ui.input(|input| typed_in(&input.events));
    }
    for action in actions {
        // The pages for developers have no keys while they are not shown.
        if action.is_offered(view) || action.page().is_none() {
            view.send(UiIntent::Action(action));
        }
    }
}

fn typed_in(events: &[Event]) -> String {
    events.iter().filter_map(|event| if let Event::Text(text) = event { Some(text.as_str()) } else { None }).collect()
}
