//! One of several: a drop-down list, or buttons side by side when there are few.

use egui::{Button, ComboBox, Ui};

/// Draws a drop-down list; `Some` when another entry was picked.
pub(crate) fn choice_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    chosen: Option<&T>,
    options: &[T],
    title: impl Fn(&T) -> String,
) -> Option<T> {
    let mut picked = None;
    let shown = chosen.map_or_else(|| "unknown".to_owned(), &title);
    let inner = ComboBox::from_id_salt(name).selected_text(&shown).show_ui(ui, |ui| {
        for option in options {
            if ui.selectable_label(chosen == Some(option), title(option)).clicked() && chosen != Some(option) {
                picked = Some(option.clone());
                // A pick by keyboard closes the list as one by mouse does.
                ui.close();
            }
        }
    });
    if picked.is_some() {
        inner.response.request_focus();
    }
    inner.response.accessible_name(format!("{name}: {shown}"));
    picked
}

/// Draws buttons side by side; `Some` when another one was pressed.
pub(crate) fn segmented_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    chosen: Option<&T>,
    options: &[(T, &str)],
) -> Option<T> {
    let mut picked = None;
    ui.spacing_mut().item_spacing.x = 2.0;
    // Rows grow from the right, so the last option is drawn first there.
    let from_right = ui.layout().prefer_right_to_left();
    let ordered: Vec<&(T, &str)> = if from_right { options.iter().rev().collect() } else { options.iter().collect() };
    for (option, title) in ordered {
        let is_chosen = chosen == Some(option);
        let response = ui.add(Button::selectable(is_chosen, *title)).accessible_name(format!("{name}: {title}"));
        if response.clicked() && !is_chosen {
            picked = Some(option.clone());
        }
    }
    picked
}
