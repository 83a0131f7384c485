//! The result of a trial that runs in the background, as a card.

use std::time::Duration;

use egui::{Label, Ui};
use poll_promise::Promise;

use crate::ui::theme::tokens::space;
use crate::ui::theme::{small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::card_ui;

/// Time between two looks at a trial that runs.
const LOOK: Duration = Duration::from_millis(50);

/// Takes the result of a trial once it is there, and looks again soon while it is not.
pub(super) fn finished<T: Send>(ui: &Ui, running: &mut Option<Promise<T>>) -> Option<T> {
    match running.take()?.try_take() {
        Ok(result) => Some(result),
        Err(pending) => {
            *running = Some(pending);
            ui.ctx().request_repaint_after(LOOK);
            None
        }
    }
}

/// Draws the words of the result, of which the first is announced; `below` draws what follows them.
pub(super) fn trial_card_ui(ui: &mut Ui, view: &ViewContext<'_>, words: &[String], below: impl FnOnce(&mut Ui)) {
    card_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        for (index, words) in words.iter().enumerate() {
            let text = if index == 0 { title(words) } else { small(words.as_str()).color(view.colors.muted) };
            let label = ui.add(Label::new(text).wrap());
            if index == 0 {
                ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
            }
        }
        below(ui);
    });
}
