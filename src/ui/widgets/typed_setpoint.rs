//! A setpoint as text: sent with Enter, dropped with Esc or by leaving, with a decimal point or
//! comma. What is no temperature, or not allowed, stays in the field and is said below it.

use egui::{Align2, Key, TextEdit, Ui, Widget as _};

use crate::engine::Settle;
use crate::home::{DeviceId, Setpoint, Slot, Write, check};
use crate::language::{Typed, temperature};
use crate::ui::theme::colors;
use crate::ui::view::{Draft, View};

/// Draws the field; `shown` is what it says while nobody types.
pub(super) fn typed_setpoint_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    id: &DeviceId,
    slot: &Slot,
    shown: Setpoint,
    name: &str,
) {
    let resting = shown.short();
    let mut text = match view.drafts.of(slot) {
        Some(Draft::Text(text)) => text.clone(),
        Some(Draft::Number(_) | Draft::Pair(..)) | None => resting.clone(),
    };
    let before = text.clone();
    ui.visuals_mut().widgets.inactive.bg_stroke.color = colors(ui.visuals()).tick;
    let edit = TextEdit::singleline(&mut text).align(Align2::CENTER_CENTER).desired_width(56.0);
    let response = edit.ui(ui).accessible_name(format!("{name}, typed"));
    if response.gained_focus() {
        select_all(ui, &response, &text);
    }
    if text != before {
        view.drafts.keep(slot.clone(), Draft::Text(text.clone()));
    }
    if !matches!(view.drafts.of(slot), Some(Draft::Text(_))) {
        return;
    }
    let wish = match temperature(text.trim_end_matches(['°', ' ']), shown.scale) {
        Some(Typed::Absolute(setpoint)) => Ok(setpoint),
        Some(Typed::Step(step)) => Ok(Setpoint { degrees: shown.degrees + step.degrees, scale: step.scale }),
        None => Err(format!("“{}” is not a temperature; write one such as {}", text.trim(), resting)),
    };
    let wish = wish.and_then(|setpoint| {
        let write = Write::Target(id.clone(), setpoint.rounded());
        check(&view.snapshot.shown, &write, view.now).map(|_| write).map_err(|refusal| refusal.sentence())
    });
    let left = response.lost_focus();
    let entered = left && ui.input(|input| input.key_pressed(Key::Enter));
    match wish {
        Ok(write) if entered => view.want(write, Settle::Now),
        Err(why) if entered || !left => {
            if entered {
                // There is more to type.
                response.request_focus();
            }
            view.remark = Some((slot.clone(), why));
        }
        // Leaving the field is no wish.
        Ok(_) | Err(_) if left => view.drafts.drop(slot),
        Ok(_) | Err(_) => {}
    }
}

/// Whoever comes to the field wants to replace what is in it.
fn select_all(ui: &Ui, response: &egui::Response, text: &str) {
    if let Some(mut state) = egui::text_edit::TextEditState::load(ui.ctx(), response.id) {
        let end = egui::text::CCursor::new(text.chars().count());
        let all = egui::text::CCursorRange::two(egui::text::CCursor::new(0), end);
        state.cursor.set_char_range(Some(all));
        state.store(ui.ctx(), response.id);
    }
}
