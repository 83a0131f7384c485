//! A card with a name and an explanation on the left and a control on the right, or below them in a narrow
//! window.

use egui::{Align, Id, Layout, Ui, UiBuilder, Vec2, vec2};

use super::button::button_ui;
use super::card::card_ui;
use super::closed::closed_scope;
use super::context_menu::{context_menu_ui, offers};
use super::status::status_ui;
use crate::home::{DeviceId, Field, HvacMode, Node, Refusal, Slot, Write};
use crate::ui::theme::tokens::{measure, size, space};
use crate::ui::theme::{regular, small, title};
use crate::ui::view::ViewContext;

/// Draws a row for one value: its name, an explanation, the control, the state of the last write, and the reason
/// why the control is blocked.
pub(crate) fn row_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    slot: &Slot,
    about: &str,
    control: impl FnOnce(&mut Ui, &mut ViewContext<'_>),
) {
    let refusal = view.blocked(slot);
    let reason = refusal.as_ref().map(|refusal| view.i18n.localize(refusal));
    let name = view.i18n.localize(&slot.field);
    // Rows above may come and go, so fix the ids of this row; otherwise its control loses the focus.
    let builder = UiBuilder::new().scope_id(ui.make_persistent_id(slot));
    let row = ui.scope_builder(builder, |ui| {
        card_ui(ui, |ui| {
            plain_row_ui(ui, view, &name, about, |ui, view| {
                closed_scope(ui, reason.as_deref(), |ui| control(ui, view));
            });
            below_ui(ui, view, slot);
        });
    });
    context_menu_ui(ui, view, row.response.rect, slot, Some(slot), |view| offers(view, slot));
}

/// Draws a row for a setting that is not a value of a device, without a card.
pub(crate) fn plain_row_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    name: &str,
    about: &str,
    control: impl FnOnce(&mut Ui, &mut ViewContext<'_>),
) {
    // Cards beside each other share their ids; the next automatic id is unique.
    let id = ui.next_auto_id().with(("row", name));
    let width = ui.available_width();
    // First frame: lay the control out next to the minimum label width to measure its natural width.
    let needed = size_of(ui, id).map(|size| size.x);
    let room = needed.map_or(LEAST_WORDS, |needed| width - space::L - needed);
    // The control stays beside the label as long as the label has enough width. A switch takes little of it.
    let is_small = needed.is_none_or(|needed| needed <= SMALL_CONTROL);
    if (width < STACKED_BELOW && !is_small) || room < LEAST_WORDS {
        words_ui(ui, name, about, false);
        ui.horizontal_wrapped(|ui| control(ui, view));
    } else {
        ui.horizontal_top(|ui| {
            ui.allocate_ui_with_layout(vec2(room, 0.0), Layout::top_down(Align::Min), |ui| {
                ui.set_width(room);
                words_ui(ui, name, about, true);
            });
            right_part_ui(ui, id, |ui| control(ui, view));
        });
    }
}

/// Width in points below which a control goes under its label.
const STACKED_BELOW: f32 = measure::NARROW - 2.0 * space::XL - 60.0;
/// Width of a control that stays beside its label in a narrow window too, in points.
const SMALL_CONTROL: f32 = 72.0;
/// Smallest width of a label beside a control, in points.
const LEAST_WORDS: f32 = 110.0;

/// The size of a widget in the last frame; `None` if it was not drawn yet.
fn size_of(ui: &Ui, id: Id) -> Option<Vec2> {
    ui.data(|data| data.get_temp(id))
}

/// Draws contents at the right edge in reading order, with the width of the last frame.
pub(crate) fn at_the_right<R>(
    ui: &mut Ui,
    salt: impl std::hash::Hash + std::fmt::Debug,
    contents: impl FnOnce(&mut Ui) -> R,
) -> R {
    let id = ui.next_auto_id().with(("width", format!("{salt:?}")));
    right_part_ui(ui, id, contents)
}

fn right_part_ui<R>(ui: &mut Ui, id: Id, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let last = size_of(ui, id);
    let inner = if let Some(last) = last {
        ui.add_space((ui.available_width() - last.x).max(0.0));
        // With its height known, the row around it centres it.
        ui.allocate_ui_with_layout(last, Layout::left_to_right(Align::Center), contents)
    } else {
        ui.horizontal(contents)
    };
    let size = inner.response.rect.size();
    if last.is_none_or(|last| (size - last).abs().max_elem() > 0.5) {
        ui.data_mut(|data| data.insert_temp(id, size));
        ui.ctx().request_discard("the size of a control became known");
    }
    inner.inner
}

fn words_ui(ui: &mut Ui, name: &str, about: &str, is_beside: bool) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        if about.is_empty() && is_beside {
            // A single line is centred on the control.
            ui.add_space(space::XS + 3.0);
        }
        ui.label(title(name));
        if !about.is_empty() {
            let muted = crate::ui::theme::colors(ui).muted;
            ui.label(small(about).color(muted));
        }
    });
}

/// Draws the reason why a control is blocked with its remedy, the error of a typed text, and the state of the
/// last write.
pub(crate) fn below_ui(ui: &mut Ui, view: &mut ViewContext<'_>, slot: &Slot) {
    // The page itself shows once that a device is offline.
    if let Some(refusal) = view.blocked(slot).filter(|refusal| *refusal != Refusal::Offline) {
        let words = view.i18n.localize(&refusal);
        let text = ui.painter().layout_no_wrap(words.clone(), regular(size::SMALL), view.colors.muted);
        // A button stands beside a whole line only.
        let layout = if text.size().x + WAY_OUT <= ui.available_width() {
            Layout::left_to_right(Align::Center)
        } else {
            Layout::top_down(Align::Min)
        };
        ui.allocate_ui_with_layout(vec2(ui.available_width(), 0.0), layout, |ui| {
            ui.label(small(words).color(view.colors.muted));
            way_out_ui(ui, view, slot, &refusal);
        });
    }
    if let Some((_, remark)) = view.remark.take_if(|(remarked, _)| remarked == slot) {
        ui.label(small(remark).color(view.colors.alarm));
    }
    status_ui(ui, view, slot);
}

/// Width of the button that leads out of a mode, in points; longer labels go below the reason.
const WAY_OUT: f32 = 180.0;

/// The mode before the thermostat was switched off, if its last change of mode is known.
fn mode_before_off(view: &ViewContext<'_>, id: &DeviceId) -> Option<HvacMode> {
    let slot = Slot { node: Node::Thermostat(id.clone()), field: Field::Mode };
    let newest = view.snapshot.records().find(|entry| entry.record.slot == slot)?.record;
    match (&newest.write, &newest.undo) {
        (Some(Write::Mode(_, HvacMode::Off)), Some(Write::Mode(_, before))) => Some(before.clone()),
        (_, _) => None,
    }
}

/// Draws a button that unblocks a control, if a change of mode does so.
fn way_out_ui(ui: &mut Ui, view: &mut ViewContext<'_>, slot: &Slot, refusal: &Refusal) {
    let (Refusal::ModeForbids { mode, .. }, Node::Thermostat(id)) = (refusal, &slot.node) else { return };
    let Some(thermostat) = view.snapshot.shown.thermostats.get(id).cloned() else { return };
    let offered = thermostat.modes();
    let before = thermostat.mode_before_eco().filter(|before| offered.contains(before)).cloned();
    let any = offered.iter().find(|mode| matches!(mode, HvacMode::Heat | HvacMode::Cool)).cloned();
    let (label, next) = match mode {
        HvacMode::Eco => ("way-out-eco", before.or(any)),
        HvacMode::Off => {
            let before = mode_before_off(view, id);
            let before = before.filter(|before| *before != HvacMode::Eco && offered.contains(before));
            ("way-out-off", before.or(any))
        }
        HvacMode::Heat | HvacMode::Cool | HvacMode::HeatCool | HvacMode::Other(_) => return,
    };
    let Some(next) = next.filter(|next| !matches!(next, HvacMode::Eco | HvacMode::Off)) else { return };
    let label = view.i18n.format(label, [("mode", view.i18n.localize(&next).into())]);
    if button_ui(ui, small(label.clone()), &label).clicked() {
        view.request(Write::Mode(id.clone(), next), crate::engine::Debounce::Now);
    }
}
