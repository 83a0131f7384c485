//! The number in the middle of the dial, and the field to type another one.
//!
//! Enter or the button below requests the typed value; Esc or leaving the field discards it. An invalid or
//! refused value is explained below the dial after the user tries to set it, or earlier if no further character
//! can make it valid.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    Align2, Color32, CornerRadius, Key, Rect, Response, Role, Sense, Stroke, StrokeKind, TextEdit, Ui, Widget as _,
    WidgetInfo, vec2,
};

use super::paint::Face;
use super::{HandleEnd, Subject, Targets, value_of};
use crate::command::{Typed, continuations, range, temperature};
use crate::engine::Debounce;
use crate::home::{DeviceTree, Refusal, Setpoint, Write, check_request};
use crate::ui::theme::tokens::{radius, size};
use crate::ui::theme::{colors, light, semibold};
use crate::ui::view::{Draft, ViewContext};
use crate::ui::widgets::climate::Doing;
use crate::ui::widgets::closed::explain;

/// Opens the field with its first characters.
pub(super) fn begin_typing(ui: &Ui, view: &mut ViewContext<'_>, subject: &Subject<'_>, end: HandleEnd, text: String) {
    let edit = subject.dial.with("typed");
    let chars = text.chars().count();
    if view.state(&subject.slot).is_none() && !view.drafts.is_sent(&subject.slot) {
        view.drafts
            .remember_base(&subject.slot, || subject.slot.present(&view.snapshot.confirmed, Some(subject.scale)));
    }
    view.drafts.keep(subject.slot.clone(), Draft::Text(text));
    ui.data_mut(|data| {
        data.insert_temp(subject.dial.with("end"), end);
        data.remove::<String>(subject.dial.with("wanted"));
    });
    let mut state = TextEditState::load(ui.ctx(), edit).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(chars))));
    state.store(ui.ctx(), edit);
    ui.memory_mut(|memory| memory.request_focus(edit));
}

/// Draws the number, or the field in its place.
pub(super) fn number_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    subject: &Subject<'_>,
    face: &Face,
    targets: Targets,
    doing: &Doing,
    reason: Option<&str>,
) {
    let rect = Rect::from_center_size(face.arc.center, vec2(face.disc * 1.5, face.number * 1.1));
    if matches!(view.drafts.of(&subject.slot), Some(Draft::Text(_))) {
        field_ui(ui, view, subject, face, targets, doing, rect);
        return;
    }
    if targets == Targets::Nothing {
        return;
    }
    let sense = if reason.is_some() { Sense::focusable_noninteractive() } else { Sense::click() };
    let button = ui.interact(rect, subject.dial.with("number"), sense);
    let label = view.i18n.format("dial-type", [("what", subject.label(view, first(targets)).into())]);
    button.widget_info(|| WidgetInfo::labeled(egui::Role::Button, reason.is_none(), &label));
    if let Some(reason) = reason {
        explain(ui, &button, reason);
        return;
    }
    if button.has_focus() || button.hovered() {
        let color = if doing.disc.is_some() { colors(ui).on_disc } else { colors(ui).accent };
        let width = if button.has_focus() { 2.0 } else { 1.0 };
        let stroke = egui::Stroke::new(width, color);
        ui.painter().rect_stroke(rect, f32::from(radius::CONTROL), stroke, egui::StrokeKind::Inside);
    }
    if button.clicked() {
        // On a range, a click edits the nearer number.
        let right = button.interact_pointer_pos().is_some_and(|at| at.x > rect.center().x);
        let end = if right && matches!(targets, Targets::Range(..)) { HandleEnd::High } else { first(targets) };
        let present = value_of(targets, end).map(|degrees| Setpoint { degrees, scale: subject.scale });
        begin_typing(ui, view, subject, end, present.map(|present| view.i18n.number(present)).unwrap_or_default());
        select_all(ui, subject);
    }
}

fn first(targets: Targets) -> HandleEnd {
    match targets {
        Targets::Range(..) => HandleEnd::Low,
        Targets::Single(_) | Targets::Nothing => HandleEnd::Single,
    }
}

fn field_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    subject: &Subject<'_>,
    face: &Face,
    targets: Targets,
    doing: &Doing,
    rect: Rect,
) {
    let Some(Draft::Text(mut text)) = view.drafts.of(&subject.slot).cloned() else { return };
    let before = text.clone();
    let end: HandleEnd = ui.data(|data| data.get_temp(subject.dial.with("end"))).unwrap_or_else(|| first(targets));
    let label = subject.label(view, end);
    let name = view.i18n.format("dial-typed", [("what", label.as_str().into())]);
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    let edit = TextEdit::singleline(&mut text)
        .id(subject.dial.with("typed"))
        .font(light(face.number * 0.75))
        .align(Align2::CENTER_CENTER)
        .desired_width(rect.width());
    let response = edit.ui(&mut child).accessible_name(name);
    if text != before {
        view.drafts.keep(subject.slot.clone(), Draft::Text(text.clone()));
    }
    let button = set_ui(ui, view, subject, face, doing, &label);
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let wanted = button.clicked() || entered;
    if response.lost_focus() && button.is_pointer_button_down_on() {
        // A press on the button moves the focus before it becomes a click; keep the field open.
        response.request_focus();
    }
    let stays = response.has_focus() || button.has_focus() || button.is_pointer_button_down_on();
    let left = (response.lost_focus() || button.lost_focus()) && !stays;
    let present = subject.shown_targets();
    let home = std::sync::Arc::clone(&view.snapshot.shown);
    let parse = |text: &str| parse(&home, view.now, subject, present, end, text);
    match parse(&text) {
        Ok(write) if wanted => {
            view.request(write, Debounce::Now);
            ui.memory_mut(|memory| memory.request_focus(super::handle::id(subject.dial, end)));
        }
        Err(why) if wanted || !left => {
            let wanted_id = subject.dial.with("wanted");
            if wanted {
                // Keep the focus, so that the user can correct the value.
                response.request_focus();
                ui.data_mut(|data| data.insert_temp(wanted_id, text.clone()));
            }
            let was_wanted = ui.data(|data| data.get_temp::<String>(wanted_id)).as_ref() == Some(&text);
            let is_hopeless = || !range_continuations(&text).iter().any(|text| parse(text).is_ok());
            if !text.is_empty() && (was_wanted || is_hopeless()) {
                view.remark = Some((subject.slot.clone(), error_text(view, subject, present, end, &text, &why)));
            }
        }
        // Leaving the field does not request a write.
        Ok(_) | Err(_) if left => {
            view.drafts.drop(&subject.slot);
            if ui.input(|input| input.key_pressed(Key::Escape)) {
                ui.memory_mut(|memory| memory.request_focus(super::handle::id(subject.dial, end)));
            }
        }
        Ok(_) | Err(_) => {}
    }
}

/// Draws the button that sets the typed value, for the mouse and for assistive technology, which has no Enter.
fn set_ui(ui: &Ui, view: &ViewContext<'_>, subject: &Subject<'_>, face: &Face, doing: &Doing, label: &str) -> Response {
    let color = if doing.disc.is_some() { view.colors.on_disc } else { view.colors.text };
    let word = ui.painter().layout_no_wrap(view.text("dial-set"), semibold(size::SMALL), color);
    let rect = Rect::from_center_size(face.below(), vec2(word.size().x + 24.0, 28.0));
    let button = ui.interact(rect, subject.dial.with("set"), Sense::click());
    let name = view.i18n.format("dial-set-name", [("what", label.into())]);
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let width = if button.has_focus() || button.hovered() { 2.5 } else { 1.0 };
    let corner = CornerRadius::same(radius::CONTROL);
    ui.painter().rect(rect, corner, Color32::TRANSPARENT, Stroke::new(width, color), StrokeKind::Inside);
    ui.painter().galley(rect.center() - word.size() / 2.0, word, color);
    button
}

/// The text up to the second temperature of a range; `None` if there is only one. A sign in front is no range.
fn low_end(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let at = text.rfind(['-', '–', ' ']).filter(|at| *at > 0)?;
    let separator = text.get(at..)?.chars().next()?;
    text.get(..at + separator.len_utf8())
}

/// Continuations of a temperature, or of the second one of a range.
fn range_continuations(text: &str) -> Vec<String> {
    let typed = text.trim_start();
    let Some(low) = low_end(typed) else { return continuations(text) };
    let (low, high) = typed.split_at(low.len());
    continuations(high).into_iter().map(|high| format!("{low}{high}")).collect()
}

/// The text above the number while it is typed: the end of the range that it sets, in the color of that end.
pub(super) fn lead(view: &ViewContext<'_>, subject: &Subject<'_>, end: HandleEnd) -> (String, Color32) {
    let text = match view.drafts.of(&subject.slot) {
        Some(Draft::Text(text)) => text.trim(),
        _ => "",
    };
    match end {
        HandleEnd::Low if low_end(text).is_none() => (view.text("dial-heat-to"), view.colors.heat),
        HandleEnd::High if low_end(text).is_none() => (view.text("dial-cool-to"), view.colors.cool),
        HandleEnd::Single | HandleEnd::Low | HandleEnd::High => (view.text("dial-set-to"), view.colors.text),
    }
}

/// The reason why a typed text gives no write.
enum NoTemperature {
    NoTemperature,
    Refused(Refusal),
}

/// Returns the write of a typed text, or the reason why there is none.
fn parse(
    home: &DeviceTree,
    now: jiff::Timestamp,
    subject: &Subject<'_>,
    present: Targets,
    end: HandleEnd,
    text: &str,
) -> Result<Write, NoTemperature> {
    if let Some((low, high)) = range(text, subject.scale).filter(|_| matches!(present, Targets::Range(..))) {
        let (low, high) = (Some(low.rounded()), Some(high.rounded()));
        let write = Write::Range { thermostat: subject.id.clone(), low, high };
        return check_request(home, &write, now).map(|_| write).map_err(NoTemperature::Refused);
    }
    let shown = shown(subject, present, end);
    let setpoint = match temperature(text, subject.scale).ok_or(NoTemperature::NoTemperature)? {
        Typed::Absolute(setpoint) => setpoint,
        Typed::Step(step) => {
            let from = shown.and_then(|shown| shown.temperature()).map(|t| t.setpoint(step.scale));
            Setpoint { degrees: from.ok_or(NoTemperature::NoTemperature)?.degrees + step.degrees, scale: step.scale }
        }
    };
    let setpoint = setpoint.rounded();
    let thermostat = subject.id.clone();
    let write = match end {
        HandleEnd::Single => Write::Target(thermostat, setpoint),
        HandleEnd::Low => {
            Write::Range { thermostat, low: Some(setpoint), high: other(present, HandleEnd::High, setpoint) }
        }
        HandleEnd::High => {
            Write::Range { thermostat, low: other(present, HandleEnd::Low, setpoint), high: Some(setpoint) }
        }
    };
    check_request(home, &write, now).map(|_| write).map_err(NoTemperature::Refused)
}

/// The reason why a typed text gives no write, in the user's language.
fn error_text(
    view: &ViewContext<'_>,
    subject: &Subject<'_>,
    present: Targets,
    end: HandleEnd,
    text: &str,
    why: &NoTemperature,
) -> String {
    match why {
        NoTemperature::Refused(refusal) => view.i18n.localize(refusal),
        NoTemperature::NoTemperature => {
            let example = shown(subject, present, end).unwrap_or(Setpoint { degrees: 21.0, scale: subject.scale });
            let example = view.i18n.number(example);
            view.i18n.format("typed-no-temperature", [("text", text.trim().into()), ("example", example.into())])
        }
    }
}

fn shown(subject: &Subject<'_>, present: Targets, end: HandleEnd) -> Option<Setpoint> {
    value_of(present, end).map(|degrees| Setpoint { degrees, scale: subject.scale })
}

/// The other end, unchanged, in the scale of the typed one.
fn other(present: Targets, end: HandleEnd, typed: Setpoint) -> Option<Setpoint> {
    value_of(present, end)
        .and_then(|degrees| Setpoint { degrees, scale: typed.scale }.temperature())
        .map(|temperature| temperature.setpoint(typed.scale))
}

fn select_all(ui: &Ui, subject: &Subject<'_>) {
    let edit = subject.dial.with("typed");
    let mut state = TextEditState::load(ui.ctx(), edit).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), CCursor::new(16))));
    state.store(ui.ctx(), edit);
}
