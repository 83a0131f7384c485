//! Buttons, switches and choices.

use egui::{RichText, Ui};

use super::{GalleryState, cells_ui};
use crate::ui::theme::icons;
use crate::ui::theme::tokens::size;
use crate::ui::widgets::{
    button_or_why_ui, button_ui, choice_ui, closed_scope, main_button_ui, quiet_button_ui, round_button_ui,
    segmented_ui, toggle_ui,
};

/// The state of a control in the gallery.
#[derive(Clone, Copy)]
enum Is {
    Open,
    Closed,
}

const STATES: [(&str, Is); 2] = [("open", Is::Open), ("closed, with the reason", Is::Closed)];

/// Draws the group.
pub(super) fn ui(ui: &mut Ui, stage: &GalleryState) {
    let i18n = std::sync::Arc::clone(&stage.i18n);
    let say = |id: &str| i18n.text(id).into_owned();
    let offline = i18n.localize(&crate::home::Refusal::Offline);
    let reason = |is: Is| match is {
        Is::Open => None,
        Is::Closed => Some(offline.as_str()),
    };
    cells_ui(ui, "Buttons", 330.0, &STATES, |ui, caption, is| {
        ui.horizontal_wrapped(|ui| {
            let (save, apply) = (say("save"), say("apply"));
            button_or_why_ui(ui, &save, &format!("{save}, {caption}"), reason(*is));
            main_button_ui(ui, &apply, &format!("{apply}, {caption}"), reason(*is));
            closed_scope(ui, reason(*is), |ui| {
                let (edit, more) = (say("cancel"), say("help-dial-arrows"));
                quiet_button_ui(ui, RichText::new(icons::PENCIL).size(size::TITLE), &format!("{edit}, {caption}"));
                round_button_ui(ui, icons::PLUS, &format!("{more}, {caption}"), true);
            });
        });
    });
    cells_ui(
        ui,
        "More buttons",
        330.0,
        &[("at the end of its range", ()), ("small, with an icon", ())],
        |ui, caption, ()| {
            if caption.starts_with("at") {
                round_button_ui(ui, icons::MINUS, caption, false);
            } else {
                let text = format!("{} {}", icons::REFRESH, say("preset-recapture"));
                button_ui(ui, crate::ui::theme::small(text), caption);
            }
        },
    );
    cells_ui(ui, "Switch", 330.0, &STATES, |ui, caption, is| {
        closed_scope(ui, reason(*is), |ui| {
            ui.horizontal(|ui| {
                for (word, value) in [("on", true), ("off", false)] {
                    let mut on = value;
                    toggle_ui(ui, &mut on, &format!("Switch {word}, {caption}"));
                    ui.label(say(word));
                }
            });
        });
    });
    choices_ui(ui, stage, reason);
}

fn choices_ui<'a>(ui: &mut Ui, stage: &GalleryState, reason: impl Fn(Is) -> Option<&'a str>) {
    let modes = super::sample::thermostat("", crate::home::HvacMode::Heat, 20.0, 21.0).modes();
    let title = |mode: &crate::home::HvacMode| stage.i18n.localize(mode);
    let options: Vec<_> = modes.iter().map(|mode| (mode.clone(), title(mode))).collect();
    cells_ui(ui, "Choice of few", 480.0, &STATES, |ui, caption, is| {
        closed_scope(ui, reason(*is), |ui| {
            ui.horizontal_wrapped(|ui| segmented_ui(ui, caption, modes.first(), &options));
        });
    });
    cells_ui(ui, "Choice of many", 330.0, &STATES, |ui, caption, is| {
        closed_scope(ui, reason(*is), |ui| choice_ui(ui, caption, modes.get(2), &modes, title));
    });
}
