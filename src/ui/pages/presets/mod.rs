//! Presets: named sets of writes, captured from the current state, edited, and applied as one batch.

mod batch;
mod editor;
mod level;

use egui::{Align, Label, Layout, RichText, Ui, vec2};

pub(in crate::ui) use batch::{batch_ui, list_ui};
use editor::Editor;
use level::{become_level_ui, level_ui};

use super::{message_ui, page_area};
use crate::accounts::AccountsView;
use crate::home::{Field, PreviewLine, Verdict, Write, preview};
use crate::presets::{Preset, Presets, Suggestion, suggestions};
use crate::ui::intent::{AppIntent, Page, PresetIntent, UiIntent};
use crate::ui::theme::tokens::{measure, size, space};
use crate::ui::theme::{heading, icons, regular, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{
    Offer, at_the_right, button_ui, card_ui, context_menu_ui, focus_heading, follow_focus, icon_label_ui,
    main_button_ui, one_line, page_heading_ui, quiet_button_ui,
};

/// The state of the presets' page.
#[derive(Debug, Default)]
pub struct PresetsState {
    editor: Option<Editor>,
    /// True if the editor was closed in the last frame, which takes away the widget with the focus.
    has_closed_editor: bool,
    batches: batch::BatchListState,
}

impl PresetsState {
    /// Reacts to a change of the page: closes a finished batch list.
    pub(in crate::ui) fn leave_page(&mut self, snapshot: &AccountsView) {
        self.batches.leave_page(snapshot);
    }

    /// Resets the list of batches, because the batches of another journal have other ids.
    pub fn forget_batches(&mut self) {
        self.batches = batch::BatchListState::default();
    }
}

/// Draws the page.
pub(in crate::ui) fn presets_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    state: &mut PresetsState,
    presets: &Presets,
    removed: Option<&str>,
) {
    if std::mem::take(&mut state.has_closed_editor) {
        focus_heading(ui);
    }
    ui.horizontal(|ui| {
        ui.set_max_width(ui.available_width() - measure::BAR);
        page_heading_ui(ui, view, heading(view.text("presets")));
        let label = view.text("preset-new");
        // A second one would replace the preset that is being edited.
        if state.editor.is_some() {
            return;
        }
        at_the_right(ui, "new", |ui| {
            let text = format!("{} {label}", icons::PLUS);
            if main_button_ui(ui, text, &label, None).clicked() {
                state.editor = Some(Editor::captured(view));
            }
        });
    });
    ui.label(small(view.text("presets-about")).color(view.colors.muted));
    ui.add_space(space::S);
    if let Some(editor) = &mut state.editor {
        if editor.ui(ui, view, presets) {
            state.editor = None;
            state.has_closed_editor = true;
            ui.ctx().request_repaint();
        }
        return;
    }
    page_area(view.is_fresh, "presets").show(ui, |ui| {
        let width = ui.available_width() - measure::BAR;
        ui.set_max_width(width);
        ui.spacing_mut().item_spacing.y = space::M;
        if let Some(name) = removed {
            removed_ui(ui, view, name);
        }
        let count = presets.list().len();
        let list = presets.list();
        grid_ui(ui, width, count, |ui, index| {
            let Some(preset) = list.get(index) else { return };
            let place = ListPosition { is_first: index == 0, is_last: index + 1 == count };
            preset_ui(ui, view, state, preset, place);
        });
        let levels = view.levels();
        if !levels.is_empty() {
            ui.add(Label::new(small(view.text("presets-levels")).color(view.colors.muted)).wrap());
        }
        grid_ui(ui, width, levels.len(), |ui, index| {
            if let Some((name, writes)) = levels.get(index) {
                level_ui(ui, view, name, writes);
            }
        });
        let home = std::sync::Arc::clone(&view.snapshot.shown);
        let offered: Vec<Suggestion> = suggestions(&home, view.now)
            .into_iter()
            .filter(|offer| presets.find(&view.i18n.localize(&offer.starter)).is_none())
            .collect();
        if count == 0 && offered.is_empty() && levels.is_empty() {
            message_ui(ui, view, icons::PRESET, "presets-empty", "presets-empty-about");
        }
        if !offered.is_empty() {
            ui.label(small(view.text("presets-suggested")).color(view.colors.muted));
        }
        grid_ui(ui, width, offered.len(), |ui, index| {
            if let Some(offer) = offered.get(index) {
                suggestion_ui(ui, view, state, offer);
            }
        });
        ui.add_space(space::XL);
        follow_focus(ui);
    });
}

/// Draws cards in columns of equal width, as many as fit, row by row.
fn grid_ui(ui: &mut Ui, width: f32, count: usize, mut card_ui: impl FnMut(&mut Ui, usize)) {
    let columns = ((width + space::L) / (LEAST_CARD + space::L)).floor().max(1.0) as usize;
    let columns = columns.min(count.max(1));
    let card = ((width - space::L * (columns as f32 - 1.0)) / columns as f32).floor();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        for column in 0..columns {
            ui.allocate_ui_with_layout(vec2(card, 0.0), Layout::top_down(Align::Min), |ui| {
                ui.set_width(card);
                ui.spacing_mut().item_spacing = vec2(space::S, space::M);
                for index in (column..count).step_by(columns) {
                    ui.push_id(index, |ui| card_ui(ui, index));
                }
            });
        }
    });
}

/// Smallest width of a preset beside another, in points.
const LEAST_CARD: f32 = 460.0;

/// Smallest width of a card with the name and the buttons of a preset on one line, in points.
const LEAST_LINE: f32 = 360.0;

/// The position of a preset in the list.
#[derive(Clone, Copy)]
struct ListPosition {
    is_first: bool,
    is_last: bool,
}

fn preset_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut PresetsState, preset: &Preset, place: ListPosition) {
    let lines = preset.ready(&view.snapshot.shown, view.now);
    let card = card_ui(ui, |ui| {
        // Beside five buttons a narrow card has no room for a name.
        let is_narrow = ui.available_width() < LEAST_LINE;
        if is_narrow {
            icon_label_ui(ui, icons::PRESET, title(preset.name.as_str()));
        }
        ui.horizontal(|ui| {
            if !is_narrow {
                icon_label_ui(ui, icons::PRESET, title(preset.name.as_str()));
            }
            at_the_right(ui, "actions", |ui| {
                let named = |id: &str| view.i18n.format(id, [("name", preset.name.as_str().into())]);
                let (up, down, edit, remove, apply) = (
                    named("preset-up"),
                    named("preset-down"),
                    named("preset-edit"),
                    named("preset-remove"),
                    named("preset-apply"),
                );
                let mut ask = None;
                if !place.is_first && quiet_button_ui(ui, icons::RAISE, &up).on_hover_text(&up).clicked() {
                    ask = Some(PresetIntent::Move { id: preset.id, up: true });
                }
                if !place.is_last && quiet_button_ui(ui, icons::LOWER, &down).on_hover_text(&down).clicked() {
                    ask = Some(PresetIntent::Move { id: preset.id, up: false });
                }
                if quiet_button_ui(ui, icons::PENCIL, &edit).on_hover_text(&edit).clicked() {
                    state.editor = Some(Editor::of(view, preset));
                }
                if quiet_button_ui(ui, icons::TRASH, &remove).on_hover_text(&remove).clicked() {
                    ask = Some(PresetIntent::Remove(preset.id));
                }
                if main_button_ui(ui, view.text("apply"), &apply, None).clicked() {
                    ask = Some(PresetIntent::Apply { name: preset.name.clone(), writes: preset.writes.clone() });
                }
                if let Some(ask) = ask {
                    view.send(AppIntent::Presets(ask));
                }
            });
        });
        lines_ui(ui, view, &lines);
        become_level_ui(ui, view, preset);
    });
    context_menu_ui(ui, view, card.response.rect, preset.id, None, |view| {
        let offer = |write: &Write| {
            let device = write.slot().node.name(&view.snapshot.shown).to_owned();
            Offer { what: format!("{device} · {}", view.i18n.localize(&write.slot().field)), write: Ok(write.clone()) }
        };
        preset.writes.iter().map(offer).collect()
    });
}

/// Draws the button that restores the deleted preset.
fn removed_ui(ui: &mut Ui, view: &mut ViewContext<'_>, name: &str) {
    ui.horizontal_wrapped(|ui| {
        ui.label(view.i18n.format("preset-removed", [("name", name.into())]));
        let undo = view.text("undo");
        let label = view.i18n.format("preset-put-back", [("name", name.into())]);
        if button_ui(ui, undo, &label).clicked() {
            view.send(AppIntent::Presets(PresetIntent::PutBack));
        }
    });
}

fn suggestion_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &mut PresetsState, offer: &Suggestion) {
    let lines = preview(&view.snapshot.shown, &offer.writes, view.now);
    let name = view.i18n.localize(&offer.starter);
    card_ui(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(title(name.as_str()).color(view.colors.muted));
            at_the_right(ui, offer.starter, |ui| {
                let label = view.i18n.format("preset-look-at", [("name", name.as_str().into())]);
                if button_ui(ui, view.text("preset-add"), &label).clicked() {
                    state.editor = Some(Editor::suggested(view, &name, &offer.writes));
                }
            });
        });
        lines_ui(ui, view, &lines);
    });
}

/// Draws the values of a preset, one line for each device.
fn lines_ui(ui: &mut Ui, view: &ViewContext<'_>, lines: &[PreviewLine]) {
    let mut devices: Vec<(&str, Vec<String>)> = Vec::new();
    for line in lines {
        let value = match &line.verdict {
            // A camera that the preset switches on must be obvious.
            Verdict::Allowed if matches!(line.to, Write::Streaming(_, true)) => view.text("preset-camera-goes-on"),
            Verdict::Allowed | Verdict::Unchanged => value_text(view, &line.to),
            Verdict::Refused(refusal) => {
                format!("{} ({})", value_text(view, &line.to), view.i18n.localize(refusal))
            }
        };
        match devices.iter_mut().find(|(name, _)| *name == line.name) {
            Some((_, values)) => values.push(value),
            None => devices.push((&line.name, vec![value])),
        }
    }
    ui.spacing_mut().item_spacing.y = space::XS;
    ui.spacing_mut().interact_size.y = 18.0;
    for (name, values) in devices {
        ui.horizontal_wrapped(|ui| {
            ui.label(small(name));
            ui.label(small(values.join(" · ")).color(view.colors.muted));
        });
    }
}

/// A value as text, with its field if the value alone is ambiguous: `Fan off`, but `21.0 °C`.
fn value_text(view: &ViewContext<'_>, write: &Write) -> String {
    let value = view.value(write);
    let field = write.slot().field;
    let is_clear = matches!(
        field,
        Field::Away | Field::Name | Field::Eta | Field::Target | Field::Range | Field::Mode | Field::Label
    );
    if is_clear { value } else { format!("{} {value}", view.i18n.localize(&field)) }
}

/// Draws a button for each preset and each comfort level, which applies it, and one that leads to the presets.
pub(in crate::ui) fn chips_ui(ui: &mut Ui, view: &mut ViewContext<'_>) {
    let presets = view.presets;
    let more = view.text("presets-all");
    let rest = ui.painter().layout_no_wrap(more.clone(), regular(size::SMALL), view.colors.text).size().x + space::XL;
    let of_presets = presets.list().iter().map(|preset| (icons::PRESET, preset.name.clone(), preset.writes.clone()));
    let of_levels = view.levels().into_iter().map(|(name, writes)| (icons::CALENDAR, name, writes));
    for (icon, title, writes) in of_presets.chain(of_levels).collect::<Vec<_>>() {
        let name = view.i18n.format("preset-apply", [("name", title.as_str().into())]);
        let galley = one_line(ui, &title, regular(size::SMALL), view.colors.text, MOST_CHIP);
        let width = galley.size().x + 2.0 * ui.spacing().button_padding.x + size::SMALL + space::S;
        // The page of the presets has those that do not fit.
        if width + rest > ui.available_width() {
            break;
        }
        let icon = RichText::new(icon).size(size::SMALL).color(view.colors.accent);
        if button_ui(ui, (icon, egui::WidgetText::from(galley)), &name).on_hover_text(&name).clicked() {
            view.send(AppIntent::Presets(PresetIntent::Apply { name: title, writes }));
        }
    }
    if quiet_button_ui(ui, small(&more).color(view.colors.muted), &more).clicked() {
        view.send(UiIntent::Go(Page::Presets));
    }
}

/// Largest width of the name of a preset on its button, in points.
const MOST_CHIP: f32 = 160.0;
