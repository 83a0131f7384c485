//! A file that people edit, as text out of the window and into it.

use egui::{TextEdit, TextStyle, Ui};

use crate::ui::theme::tokens::space;
use crate::ui::theme::{small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_or_why_ui, button_ui, card_ui};

/// The longest text that is taken, in bytes.
const MOST_BYTES: usize = 1024 * 1024;

/// The state of the card.
#[derive(Debug, Default)]
pub(super) struct AsText {
    typed: String,
    /// The outcome of the last button.
    remark: Option<String>,
}

/// Draws the card. `take` takes a text, and returns the outcome, or the reason why it was not taken.
pub(super) fn as_text_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    state: &mut AsText,
    (name, about): (&'static str, &'static str),
    text: impl FnOnce() -> String,
    take: impl FnOnce(&mut ViewContext<'_>, &str) -> Result<String, String>,
) {
    card_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(title(view.text(name)));
        ui.label(small(view.text(about)).color(view.colors.muted));
        let copies = view.text("as-text-copy");
        if button_ui(ui, copies.as_str(), &copies).clicked() {
            ui.ctx().copy_text(text());
            state.remark = Some(view.text("as-text-copied"));
        }
        let field = TextEdit::multiline(&mut state.typed)
            // Tab leads on.
            .font(TextStyle::Monospace)
            .desired_rows(3)
            .hint_text(view.text("as-text-hint"))
            .desired_width(ui.available_width());
        ui.add(field).accessible_name(view.text("as-text-field"));
        let takes = view.text("as-text-take");
        let why = match state.typed.len() {
            0 => Some(view.text("as-text-empty")),
            length if length > MOST_BYTES => Some(view.text("outside-too-long")),
            _ => None,
        };
        if button_or_why_ui(ui, takes.as_str(), &takes, why.as_deref()).clicked() {
            state.remark = Some(match take(view, &state.typed) {
                Ok(taken) => {
                    state.typed.clear();
                    taken
                }
                Err(why) => why,
            });
        }
        if let Some(remark) = &state.remark {
            let label = ui.label(small(remark.as_str()).color(view.colors.muted));
            ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
        }
    });
}
