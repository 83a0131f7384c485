//! A number with step buttons on both sides, and a field to type another one.
//!
//! Enter or the button requests the typed value; Esc, or leaving the field, discards it.

use egui::{Align2, Key, TextEdit, Ui};

use super::button::{button_or_why_ui, round_button_ui};
use super::closed::{explain, reason};
use crate::engine::Debounce;
use crate::home::{Slot, Write};
use crate::ui::theme::icons;
use crate::ui::view::ViewContext;

/// Width of the field in points; fits three digits and a decimal point.
const WIDTH: f32 = 60.0;

/// The data of a number control.
pub(crate) struct Number<'a> {
    /// The accessible name.
    pub(crate) name: &'a str,
    /// The current value as text.
    pub(crate) present: &'a str,
    /// The writes of one step down and one step up, if they change the value.
    pub(crate) steps: [Option<Write>; 2],
}

/// Draws the number; `parse` parses a typed text into a write, or returns the reason why there is none.
pub(crate) fn number_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    slot: &Slot,
    number: &Number<'_>,
    parse: impl Fn(&ViewContext<'_>, &str) -> Result<Write, String>,
) {
    let closed = reason(ui);
    let [down, up] = &number.steps;
    let what = |id: &str| view.i18n.format(id, [("what", number.name.into())]);
    let (lower, raise, save) = (what("dial-lower"), what("dial-raise"), what("save-what"));
    if round_button_ui(ui, icons::MINUS, &lower, down.is_some()).clicked()
        && let Some(write) = down
    {
        view.request(write.clone(), Debounce::Step);
    }
    let typed_id = ui.make_persistent_id(("typed", number.name));
    let typed: Option<String> = ui.data(|data| data.get_temp(typed_id));
    let is_typed = typed.is_some();
    let mut text = typed.unwrap_or_else(|| number.present.to_owned());
    let before = text.clone();
    // An empty field is visible only by its edge.
    ui.visuals_mut().widgets.inactive.bg_stroke.color = view.colors.tick;
    let mut fixed = text.as_str();
    let edit = if closed.is_some() { TextEdit::singleline(&mut fixed) } else { TextEdit::singleline(&mut text) };
    let response = ui.add(edit.align(Align2::CENTER_CENTER).desired_width(WIDTH)).accessible_name(number.name);
    if let Some(closed) = &closed {
        explain(ui, &response, closed);
    }
    if round_button_ui(ui, icons::PLUS, &raise, up.is_some()).clicked()
        && let Some(write) = up
    {
        view.request(write.clone(), Debounce::Step);
    }
    let why_not = (!is_typed).then(|| view.text("save-unchanged"));
    let button = button_or_why_ui(ui, view.text("save"), &save, why_not.as_deref());
    let wanted_id = typed_id.with("wanted");
    if text != before {
        ui.data_mut(|data| {
            data.insert_temp(typed_id, text.clone());
            data.remove::<bool>(wanted_id);
        });
    }
    if closed.is_some() || (!is_typed && text == before) {
        return;
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let stays = response.has_focus() || button.has_focus() || button.is_pointer_button_down_on();
    let wanted = entered || button.clicked();
    match parse(view, &text) {
        Ok(write) if wanted => {
            view.request(write, Debounce::Now);
            ui.data_mut(|data| data.remove::<String>(typed_id));
        }
        Err(why) if wanted || stays => {
            if wanted {
                // Keep the focus, so that the user can correct the value.
                response.request_focus();
                ui.data_mut(|data| data.insert_temp(wanted_id, true));
            }
            if ui.data(|data| data.get_temp(wanted_id)).unwrap_or_default() {
                view.remark = Some((slot.clone(), why));
            }
        }
        Ok(_) | Err(_) if response.lost_focus() && !stays => {
            // Leaving the field does not request a write.
            ui.data_mut(|data| data.remove::<String>(typed_id));
        }
        Ok(_) | Err(_) => {}
    }
}
