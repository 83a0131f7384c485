//! A text field that sends on Enter or by its button, and never by losing the focus.

use egui::{Align2, Id, Key, TextEdit, Ui};

use super::button::button_or_why_ui;
use super::closed::{explain, reason};
use crate::engine::Debounce;
use crate::home::{FieldValue, Refusal, Slot, check};
use crate::ui::view::{Draft, ViewContext};

/// Width in points; fits beside its button on the narrowest page.
const WIDTH: f32 = 200.0;

/// Gives the focus to the field of a text when it is drawn next.
pub(crate) fn edit_text(ui: &Ui, slot: Slot) {
    ui.data_mut(|data| data.insert_temp(Id::unique("edited text"), slot));
    ui.ctx().request_repaint();
}

/// True once if the field of this text shall have the focus.
fn takes_focus(ui: &Ui, slot: &Slot) -> bool {
    let id = Id::unique("edited text");
    ui.data_mut(|data| {
        let is_wanted = data.get_temp::<Slot>(id).as_ref() == Some(slot);
        if is_wanted {
            data.remove::<Slot>(id);
        }
        is_wanted
    })
}

/// Draws a text field for a text whose confirmed value is `confirmed`.
pub(crate) fn text_field_ui(ui: &mut Ui, view: &mut ViewContext<'_>, slot: &Slot, name: &str, confirmed: &str) {
    let write = |text: &str| slot.write(FieldValue::Text(text.to_owned()));
    let mut text = match view.drafts.of(slot) {
        Some(Draft::Text(text)) => text.clone(),
        Some(Draft::Number(_) | Draft::Pair(..)) | None => confirmed.to_owned(),
    };
    let before = text.clone();
    let changed = write(&text).filter(|_| text != confirmed);
    let refusal = changed.and_then(|write| check(&view.snapshot.shown, &write, view.now).err());
    // An empty field is visible only by its edge.
    ui.visuals_mut().widgets.inactive.bg_stroke.color = view.colors.tick;
    let closed = reason(ui);
    // A blocked field still takes the focus, so that a screen reader can read the reason.
    let mut fixed = text.as_str();
    let edit = if closed.is_some() { TextEdit::singleline(&mut fixed) } else { TextEdit::singleline(&mut text) };
    let response = ui.add(edit.align(Align2::LEFT_CENTER).desired_width(WIDTH)).accessible_name(name);
    if takes_focus(ui, slot) {
        response.request_focus();
    }
    if let Some(closed) = &closed {
        explain(ui, &response, closed);
    }
    let can_save = closed.is_none() && text != confirmed && refusal.is_none();
    let why_not = match &refusal {
        Some(refusal) => Some(view.i18n.localize(refusal)),
        None => (!can_save).then(|| view.i18n.text("save-unchanged").into_owned()),
    };
    let save = view.i18n.text("save").into_owned();
    let save_name = view.i18n.format("save-what", [("what", name.into())]);
    let pressed = button_or_why_ui(ui, save, &save_name, why_not.as_deref()).clicked();
    if text != before {
        view.drafts.keep(slot.clone(), Draft::Text(text.clone()));
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let escaped = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
    if escaped {
        view.drafts.drop(slot);
    } else if (entered || pressed)
        && can_save
        && let Some(write) = write(&text)
    {
        view.request(write, Debounce::Now);
    }
    let wanted_id = response.id.with("wanted");
    let Some(refusal) = refusal else {
        ui.data_mut(|data| data.remove::<bool>(wanted_id));
        return;
    };
    if entered {
        // Keep the focus, so that the user can correct the text.
        response.request_focus();
        ui.data_mut(|data| data.insert_temp(wanted_id, true));
    }
    // An empty field may still become a name, so report it only on Enter; report a text that is too long at
    // once.
    let may_become_one = refusal == Refusal::NameMissing;
    if !may_become_one || ui.data(|data| data.get_temp(wanted_id)).unwrap_or_default() {
        view.remark = Some((slot.clone(), view.i18n.localize(&refusal)));
    }
}
