//! The lists of sent and saved requests.

use egui::{Align, Align2, Layout, RichText, TextEdit, Ui};

use crate::http::RawRequest;
use crate::postman;
use crate::requests::{Collection, Saved, SentRequest, to_postman};
use crate::ui::console::{ConsoleIntent, ConsoleState, RequestList};
use crate::ui::intent::AppIntent;
use crate::ui::theme::tokens::{measure, size, space};
use crate::ui::theme::{icons, mono, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_or_why_ui, button_ui, card_ui, focus_ring, quiet_button_ui, segmented_ui};

/// Most sent requests in the list; a search finds more.
const SHOWN: usize = 30;
/// Width of the name fields, in points.
const NAME: f32 = 150.0;

pub(super) fn request_list_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ConsoleState) {
    card_ui(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            let lists = [
                (RequestList::History, view.text("console-history")),
                (RequestList::Collections, view.text("console-collections")),
            ];
            if let Some(picked) = segmented_ui(ui, &view.text("console-lists"), Some(&state.list), &lists) {
                state.list = picked;
            }
            if state.list == RequestList::History {
                ui.visuals_mut().widgets.inactive.bg_stroke.color = view.colors.tick;
                let edit = TextEdit::singleline(&mut state.list_search)
                    .hint_text(view.text("console-history-search"))
                    .align(Align2::LEFT_CENTER)
                    .desired_width(NAME);
                ui.add(edit).accessible_name(view.text("console-history-search"));
            }
        });
        match state.list {
            RequestList::History => history_ui(ui, view, state),
            RequestList::Collections => collections_ui(ui, view, state),
        }
    });
}

fn history_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ConsoleState) {
    if !state.forgotten.is_empty() {
        let count = state.forgotten.len().to_string();
        let label = view.i18n.format("console-history-back", [("count", count.into())]);
        if button_ui(ui, small(&label), &label).clicked() {
            view.send(AppIntent::Console(ConsoleIntent::Remember));
        }
    }
    let found: Vec<SentRequest> = state.history.search(&state.list_search).into_iter().take(SHOWN).cloned().collect();
    if found.is_empty() {
        let words = if state.history.entries().len() == 0 { "console-history-empty" } else { "activity-none" };
        ui.label(small(view.text(words)).color(view.colors.muted));
        return;
    }
    for (number, entry) in found.iter().enumerate() {
        ui.push_id(number, |ui| {
            if entry_ui(ui, view, entry) {
                state.load(entry.draft.clone(), entry.is_raw);
            }
        });
    }
    let forget = view.text("console-history-clear");
    if button_ui(ui, small(&forget), &forget).clicked() {
        view.send(AppIntent::Console(ConsoleIntent::Forget(state.list_search.clone())));
    }
}

/// Draws a sent request; `true` to load it into the editor.
fn entry_ui(ui: &mut Ui, view: &ViewContext<'_>, entry: &SentRequest) -> bool {
    ui.horizontal(|ui| {
        let status = entry.status.map_or_else(|| "–".to_owned(), |status| status.to_string());
        let is_fine = entry.status.is_none_or(|status| status < 400);
        let color = if is_fine { view.colors.muted } else { view.colors.warning };
        let what = words(&entry.draft);
        let time = view.clock(entry.at);
        let label = view.i18n.format("console-again", [("what", what.as_str().into())]);
        line_ui(ui, &what, &label, |ui| {
            ui.label(small(format!("{status} · {time}")).color(color));
        })
    })
    .inner
}

/// Draws a clickable request on one line, with contents at its end.
fn line_ui(ui: &mut Ui, what: &str, label: &str, end: impl FnOnce(&mut Ui)) -> bool {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        end(ui);
        let room = ui.available_width();
        ui.allocate_ui_with_layout(egui::vec2(room, measure::CONTROL), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(room);
            let text = RichText::new(what).font(mono(size::SMALL));
            let response = ui.add(egui::Button::new(text).frame(false).truncate()).accessible_name(label);
            focus_ring(ui, &response);
            response.on_hover_text(what).clicked()
        })
        .inner
    })
    .inner
}

fn words(draft: &RawRequest) -> String {
    let body = draft.body.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{} {} {body}", draft.method.word(), draft.path).trim_end().to_owned()
}

fn collections_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ConsoleState) {
    keep_ui(ui, view, state);
    if let Some((_, removed)) = &state.removed {
        let label = view.i18n.format("console-put-back", [("name", removed.name.as_str().into())]);
        if button_ui(ui, small(&label), &label).clicked() {
            view.send(AppIntent::Console(ConsoleIntent::PutBack));
        }
    }
    let collections: Vec<Collection> = state.history.collections().to_vec();
    if collections.is_empty() {
        ui.label(small(view.text("console-collections-empty")).color(view.colors.muted));
    }
    for (number, collection) in collections.iter().enumerate() {
        ui.push_id(number, |ui| collection_ui(ui, view, state, collection));
    }
    import_ui(ui, view, state);
}

/// Draws the fields that save the typed request under a name.
fn keep_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ConsoleState) {
    ui.horizontal_wrapped(|ui| {
        ui.visuals_mut().widgets.inactive.bg_stroke.color = view.colors.tick;
        let (name, collection) = &mut state.keep_as;
        for (text, label) in [(&mut *name, "console-keep-name"), (&mut *collection, "console-keep-collection")] {
            let label = view.text(label);
            let edit = TextEdit::singleline(text).hint_text(&label).align(Align2::LEFT_CENTER).desired_width(NAME);
            ui.add(edit).accessible_name(label);
        }
        let is_named = !name.trim().is_empty() && !collection.trim().is_empty();
        let is_there = state.history.has(collection, name);
        let label = view.text(if is_there { "console-keep-replace" } else { "console-keep" });
        let why_not = (!is_named).then(|| view.text("console-keep-unnamed"));
        if button_or_why_ui(ui, label.as_str(), &label, why_not.as_deref()).clicked() {
            let (name, collection) = (name.clone(), collection.clone());
            view.send(AppIntent::Console(ConsoleIntent::Keep { collection, name, draft: state.draft.clone() }));
            state.keep_as.0.clear();
        }
    });
}

fn collection_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ConsoleState, collection: &Collection) {
    ui.add_space(space::S);
    ui.horizontal_wrapped(|ui| {
        ui.label(title(collection.name.as_str()));
        let label = view.i18n.format("console-copy-postman", [("name", collection.name.as_str().into())]);
        if button_ui(ui, small(view.text("console-copy-as-postman")), &label).on_hover_text(&label).clicked() {
            let exported = postman::export(&to_postman(collection));
            ui.ctx().copy_text(serde_json::to_string_pretty(&exported).unwrap_or_default());
        }
    });
    for (number, Saved { name, draft }) in collection.requests.iter().enumerate() {
        ui.push_id(number, |ui| {
            ui.horizontal(|ui| {
                let label = view.i18n.format("console-again", [("what", name.as_str().into())]);
                let clicked = line_ui(ui, &format!("{name}  ·  {}", words(draft)), &label, |ui| {
                    let label = view.i18n.format("console-remove", [("name", name.as_str().into())]);
                    if quiet_button_ui(ui, icons::CLOSE, &label).on_hover_text(&label).clicked() {
                        let (collection, name) = (collection.name.clone(), name.clone());
                        view.send(AppIntent::Console(ConsoleIntent::Remove { collection, name }));
                    }
                });
                if clicked {
                    state.load(draft.clone(), false);
                    state.keep_as = (name.clone(), collection.name.clone());
                }
            });
        });
    }
}

/// Draws the import of a Postman collection, which the user pastes or drops on the window as a file.
fn import_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ConsoleState) {
    ui.add_space(space::S);
    let dropped = ui.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
    if let Some(path) = dropped {
        view.send(AppIntent::Console(ConsoleIntent::ImportFile(path)));
    }
    let Some(pasted) = &mut state.pasted else {
        let label = view.text("console-import");
        if button_ui(ui, small(&label), &label).clicked() {
            state.pasted = Some(String::new());
            state.remarks.clear();
        }
        remarks_ui(ui, view, &state.remarks);
        return;
    };
    ui.visuals_mut().widgets.inactive.bg_stroke.color = view.colors.tick;
    let label = view.text("console-import-text");
    let edit = TextEdit::multiline(pasted).hint_text(&label).desired_rows(4).desired_width(f32::INFINITY);
    let edit = edit.font(egui::FontSelection::FontId(mono(size::SMALL)));
    ui.add(edit).accessible_name(label);
    let text: std::sync::Arc<str> = pasted.as_str().into();
    ui.horizontal(|ui| {
        let label = view.text("console-import-take");
        let why_not = text.trim().is_empty().then(|| view.text("console-import-empty"));
        if button_or_why_ui(ui, label.as_str(), &label, why_not.as_deref()).clicked() {
            view.send(AppIntent::Console(ConsoleIntent::Import(text)));
        }
        let label = view.text("cancel");
        if button_ui(ui, label.as_str(), &label).clicked() {
            state.pasted = None;
            state.remarks.clear();
        }
    });
    remarks_ui(ui, view, &state.remarks);
}

fn remarks_ui(ui: &mut Ui, view: &ViewContext<'_>, remarks: &[String]) {
    for remark in remarks {
        ui.label(small(remark.as_str()).color(view.colors.warning));
    }
}
